//! How a walk goes, and what has become of it.

/// How to walk.
#[derive(Clone, Debug)]
pub struct WalkOptions {
    pub(super) max_repetitions: Option<u32>,
    pub(super) lexicographic_mode: bool,
    pub(super) max_rows: Option<usize>,
    pub(super) max_calls: Option<usize>,
    pub(super) ignore_non_increasing_oid: bool,
    pub(super) max_message_size: usize,
}

impl Default for WalkOptions {
    /// GETNEXT to the end of the MIB, without limits.
    fn default() -> Self {
        Self {
            max_repetitions: None,
            lexicographic_mode: true,
            max_rows: None,
            max_calls: None,
            ignore_non_increasing_oid: false,
            max_message_size: 65_507,
        }
    }
}

impl WalkOptions {
    /// Uses GETBULK with so many repetitions where the version has it. Default GETNEXT.
    ///
    /// A row that does not fit into an answer to GETBULK is asked for with GETNEXT, whose answers are longer with agents
    /// that bound what they say to those who have not authenticated.
    #[must_use]
    pub fn max_repetitions(mut self, repetitions: u32) -> Self {
        self.max_repetitions = Some(repetitions.max(1));
        self
    }

    /// Whether to go on to the end of the MIB (`true`, the default as in PySNMP) or to stop when
    /// every column has left the subtree it began in.
    #[must_use]
    pub fn lexicographic_mode(mut self, to_the_end: bool) -> Self {
        self.lexicographic_mode = to_the_end;
        self
    }

    /// Stops after so many rows have been handed out, repeated ones counted as often as they come. Default no limit.
    #[must_use]
    pub fn max_rows(mut self, rows: usize) -> Self {
        self.max_rows = Some(rows);
        self
    }

    /// Stops after so many requests have been answered. Default no limit.
    #[must_use]
    pub fn max_calls(mut self, calls: usize) -> Self {
        self.max_calls = Some(calls);
        self
    }

    /// Hands out every row that comes and goes on from the last one, wherever that leads (`-Cc` of Net-SNMP's tools);
    /// such a walk may never end, so give it a limit. A binding that only repeats the name asked for is left out all the
    /// same, and ends its column if it is the last.
    ///
    /// Default `false`: rows whose names do not follow the one that was asked for are left out and counted
    /// ([`WalkSummary::left_out`]), and a column whose last name in an answer does not follow it is an error. Rows that
    /// are out of order among themselves, or come twice, are handed out either way.
    #[must_use]
    pub fn ignore_non_increasing_oid(mut self, ignore: bool) -> Self {
        self.ignore_non_increasing_oid = ignore;
        self
    }

    /// How long a message the asker takes, in octets, as [`WalkError::TooBig`](super::WalkError::TooBig) says it. Default 65,507.
    #[must_use]
    pub fn max_message_size(mut self, octets: usize) -> Self {
        self.max_message_size = octets;
        self
    }
}

/// What a walk has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct WalkSummary {
    /// Rows handed out, repeated ones as well.
    pub rows: usize,
    /// Requests answered.
    pub calls: usize,
    /// Bindings that were not handed out, since their names do not follow the name that was asked for; the answer went on
    /// to names that do. [`WalkOptions::ignore_non_increasing_oid`] has them handed out.
    pub left_out: usize,
}
