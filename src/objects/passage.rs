//! What one request may pass over on its way through the tree.

use super::tree::Position;

/// The steps of one request: of what it passes over without handing it out (variables that are missing, hidden or of no
/// type that the version has, and objects without instances), and of what it hands out. The longest stretch that was
/// passed over is remembered, so that the next binding that comes into it leaves it with one step.
#[derive(Debug, Default)]
pub(crate) struct Passage {
    /// How many steps it may take until it has to give way, and how many of these are left.
    granted: u32,
    left: u32,
    /// What it has taken in all.
    taken: u32,
    /// What it may take in all.
    most: u32,
    /// Until when the places below are good.
    generation: u64,
    /// The binding that is searched for.
    position: usize,
    /// Where the stretch under way began, and what it has cost.
    begin: Position,
    steps: u32,
    longest: Stretch,
}

/// From the first place that was passed over to where the search ended.
#[derive(Debug, Default)]
struct Stretch {
    from: Position,
    to: Position,
    steps: u32,
}

impl Passage {
    /// Begins another request.
    pub(crate) fn reset(&mut self) {
        self.grant(0);
        self.taken = 0;
        self.most = u32::MAX;
        self.steps = 0;
        self.longest.steps = 0;
    }

    /// Forgets the places that are remembered if objects have come or gone since.
    #[inline]
    pub(crate) fn renew(&mut self, generation: u64) {
        if self.generation != generation {
            self.generation = generation;
            self.steps = 0;
            self.longest.steps = 0;
        }
    }

    /// Lets the request take so many steps before it gives way.
    pub(crate) fn grant(&mut self, steps: u32) {
        self.granted = steps;
        self.left = steps;
    }

    /// Ends it after so many steps in all.
    pub(crate) fn limit(&mut self, most: u32) {
        self.most = most;
    }

    /// Whether the request has to give way.
    #[inline]
    pub(crate) fn is_over(&self) -> bool {
        self.left == 0 || self.taken > self.most
    }

    /// How many of the steps that were granted have been taken.
    pub(crate) fn spent(&self) -> u32 {
        self.granted - self.left
    }

    /// How many steps the request has taken over what it has not handed out.
    pub(crate) fn taken(&self) -> u32 {
        self.taken
    }

    /// Hands a variable out, which is a step as well, but bounded by the room of the response.
    pub(crate) fn hand_out(&mut self) {
        self.left = self.left.saturating_sub(1);
    }

    /// Takes steps.
    #[inline]
    pub(crate) fn charge(&mut self, steps: u32) {
        self.left = self.left.saturating_sub(steps);
        self.taken = self.taken.saturating_add(steps);
    }

    /// Begins the search for another variable, for the binding at this position.
    pub(crate) fn begin(&mut self, position: usize) {
        self.steps = 0;
        self.position = position;
    }

    /// Goes on with a search. If others have been made meanwhile, what it has passed over before is not told any more.
    pub(crate) fn resume(&mut self, position: usize) {
        if self.position != position {
            self.begin(position);
        }
    }

    /// Passes over what is at `position`, which costs so many steps. True if that moved `position` on to where an
    /// earlier search ended.
    pub(crate) fn pass(&mut self, position: &mut Position, steps: u32) -> bool {
        self.charge(steps);
        if self.steps == 0 {
            self.begin.move_to(position);
        }
        self.steps = self.steps.saturating_add(steps);
        let known = &self.longest;
        let is_inside = known.steps > 0 && known.from <= *position && *position < known.to;
        if is_inside {
            // It is a part of that one, or leads up to it: together they are one.
            if self.begin > known.from {
                self.begin.move_to(&known.from);
            }
            position.move_to(&known.to);
            self.steps = self.steps.saturating_add(known.steps);
        }
        is_inside
    }

    /// Ends the search at `position`, where a variable was found or the tree ends.
    pub(crate) fn end(&mut self, position: &Position) {
        if self.steps > self.longest.steps {
            self.longest.from.move_to(&self.begin);
            self.longest.to.move_to(position);
            self.longest.steps = self.steps;
        }
    }
}
