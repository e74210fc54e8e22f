//! How many rows a walk asks for at a time.

/// The most rows that are asked for with GETNEXT before GETBULK is tried again.
const MOST_SINGLY: u32 = 64;

#[derive(Clone, Debug)]
pub(super) struct Pace {
    /// Repetitions to ask for next, the most that the agent has not called `tooBig`, and the most that it may be asked for
    /// at all: less than was wanted once it has left a request unanswered.
    repetitions: u32,
    most: u32,
    ceiling: u32,
    /// How many rows are still asked for one by one with GETNEXT, and how many there were at the last time.
    singly: u32,
    singly_before: u32,
    /// The repetitions that were not answered, while a single one is tried.
    unanswered: Option<u32>,
}

impl Pace {
    pub(super) fn new(repetitions: u32) -> Self {
        Self {
            repetitions,
            most: repetitions,
            ceiling: repetitions,
            singly: 0,
            singly_before: 0,
            unanswered: None,
        }
    }

    pub(super) fn repetitions(&self) -> u32 {
        match self.unanswered {
            Some(_) => 1,
            None => self.repetitions,
        }
    }

    /// Whether the next row is asked for with GETNEXT.
    pub(super) fn is_single(&self) -> bool {
        self.singly > 0
    }

    /// The next row is too long for a GETBULK: it goes on with GETNEXT, the longer the more often that happens.
    pub(super) fn ask_singly(&mut self) {
        self.singly = (2 * self.singly_before).clamp(1, MOST_SINGLY);
        self.singly_before = self.singly;
    }

    /// The agent has called `repetitions`, more than one, too big.
    pub(super) fn ask_less(&mut self, repetitions: u32) {
        self.repetitions = repetitions / 2;
        self.most = self.repetitions;
    }

    /// An answer had room for its rows.
    pub(super) fn ask_more(&mut self) {
        if self.singly > 0 {
            self.singly -= 1;
            // It was for a long row, and not for the number of rows, that the agent refused fewer and fewer.
            self.most = self.ceiling;
        } else {
            self.singly_before = 0;
            self.repetitions = self.repetitions.saturating_mul(2).min(self.most);
        }
    }

    /// No answer has come to `repetitions`, more than one: perhaps one repetition is answered. False if that has just
    /// been tried.
    pub(super) fn try_one(&mut self, repetitions: u32) -> bool {
        let first = self.unanswered.is_none();
        self.unanswered = Some(repetitions);
        first
    }

    /// An answer has come, and its rows have been taken. If it was to a single repetition after silence, it goes on with a
    /// quarter of what was not answered. It grows again, up to half of that, so that each further silence is about half as
    /// many: there are as many of them as the repetitions have binary digits at most.
    pub(super) fn heard(&mut self) {
        if let Some(repetitions) = self.unanswered.take() {
            self.repetitions = (repetitions / 4).max(1);
            self.ceiling = (repetitions / 2).max(1);
            self.most = self.most.min(self.ceiling);
        }
    }
}
