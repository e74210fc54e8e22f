//! Walking: GETNEXT or GETBULK, again and again, until the columns end.
//!
//! [`Walk`] is a state machine without I/O: [`Walk::next_request`] says what to ask,
//! [`Walk::handle_response`] takes the answer and hands out its rows.

use std::fmt;
use std::ops::ControlFlow;

use crate::message::Version;
use crate::pdu::{Bulk, ErrorStatus, Pdu};
use crate::smi::{ObjectIdentifier, OidRef, ValueRef, VarBindList, VarBindRef};

use super::command_generator::Command;

/// How to walk.
#[derive(Clone, Debug)]
pub struct WalkOptions {
    max_repetitions: Option<u32>,
    lexicographic_mode: bool,
    max_rows: Option<usize>,
    max_calls: Option<usize>,
    ignore_non_increasing_oid: bool,
    max_message_size: usize,
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

    /// Stops after so many rows. Default no limit.
    #[must_use]
    pub fn max_rows(mut self, rows: usize) -> Self {
        self.max_rows = Some(rows);
        self
    }

    /// Stops after so many requests. Default no limit.
    #[must_use]
    pub fn max_calls(mut self, calls: usize) -> Self {
        self.max_calls = Some(calls);
        self
    }

    /// Goes on where an agent answers with a name that does not follow the one asked for; such a
    /// walk may never end, so give it a limit. A name that only repeats the one asked for ends its
    /// column all the same. Default `false`: the walk fails.
    #[must_use]
    pub fn ignore_non_increasing_oid(mut self, ignore: bool) -> Self {
        self.ignore_non_increasing_oid = ignore;
        self
    }

    /// How long a message the asker takes, in octets, as [`WalkError::TooBig`] says it. Default 65,507.
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
    /// Rows handed out.
    pub rows: usize,
    /// Requests answered.
    pub calls: usize,
}

/// Why a walk cannot go on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WalkError {
    /// The agent reports an error that does not mean the end.
    ErrorStatus {
        /// Which.
        status: ErrorStatus,
        /// Which binding it is about, counted from 1; 0 if none, or if no binding has the index that the agent tells.
        index: usize,
        /// The name at the error-index, where that points to one.
        name: Option<ObjectIdentifier>,
    },
    /// The agent's answer does not follow what was asked for; going on could loop for ever.
    OidNotIncreasing {
        /// What was asked for.
        asked: ObjectIdentifier,
        /// What came.
        answered: ObjectIdentifier,
    },
    /// One row does not fit into a message.
    TooBig {
        /// What it follows: a name for each column that has not ended.
        asked: Vec<ObjectIdentifier>,
        /// How many octets the asker takes; the agent sends no more than that, and may send less.
        limit: usize,
    },
    /// The answer holds no row.
    EmptyResponse,
}

impl fmt::Display for WalkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ErrorStatus { status, name, .. } => {
                write!(f, "{status}")?;
                name.iter().try_for_each(|name| write!(f, " at {name}"))
            }
            Self::OidNotIncreasing { asked, answered } => {
                write!(f, "OIDs are not increasing: {answered} follows {asked}")
            }
            Self::TooBig { asked, limit } => {
                f.write_str("tooBig: what follows ")?;
                for (place, name) in asked.iter().enumerate() {
                    let comma = if place > 0 { ", " } else { "" };
                    write!(f, "{comma}{name}")?;
                }
                write!(
                    f,
                    " does not fit into one message of the agent; up to {limit} octets are taken"
                )
            }
            Self::EmptyResponse => f.write_str("Empty SNMP response message"),
        }
    }
}

impl std::error::Error for WalkError {}

/// The most rows that are asked for with GETNEXT before GETBULK is tried again.
const MOST_SINGLY: u32 = 64;

/// A walk through one or more columns in step.
#[derive(Clone, Debug)]
pub struct Walk {
    version: Version,
    options: WalkOptions,
    columns: Vec<Column>,
    /// Repetitions to ask for next, and the most that the agent has not called `tooBig`.
    repetitions: u32,
    most: u32,
    /// How many rows are still asked for one by one with GETNEXT, and how many there were at the last time.
    singly: u32,
    singly_before: u32,
    summary: WalkSummary,
}

#[derive(Clone, Debug)]
struct Column {
    root: ObjectIdentifier,
    /// The last name seen; what the next request asks to follow.
    last: ObjectIdentifier,
    ended: bool,
}

/// Whether a walk goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "it does or it does not")]
pub enum Progress {
    /// [`Walk::next_request`] has another request.
    More,
    /// It is over.
    Done,
}

impl Walk {
    /// A walk that begins behind each of `roots`.
    pub fn new(
        version: Version,
        roots: impl IntoIterator<Item = ObjectIdentifier>,
        options: WalkOptions,
    ) -> Self {
        let columns = roots
            .into_iter()
            .map(|root| Column {
                last: root.clone(),
                root,
                ended: false,
            })
            .collect();
        let repetitions = options.max_repetitions.unwrap_or(1);
        Self {
            version,
            repetitions,
            most: repetitions,
            singly: 0,
            singly_before: 0,
            options,
            columns,
            summary: WalkSummary::default(),
        }
    }

    /// The next request, with its bindings put into `buffer`; `None` when the walk is over.
    pub fn next_request(&mut self, buffer: Vec<u8>) -> Option<Pdu> {
        if self.is_over() {
            return None;
        }
        let mut var_binds = VarBindList::from_buffer(buffer);
        for at in self.live_columns() {
            var_binds.push(self.columns[at].last.as_ref(), ValueRef::Null);
        }
        Some(self.command().pdu(self.version, var_binds))
    }

    /// What has been done so far.
    pub fn summary(&self) -> WalkSummary {
        self.summary
    }

    /// Takes the answer to the last request and calls `each` with every row in it: one binding a
    /// column, in the order of the roots. A column that has ended reads as its last name and
    /// `endOfMibView`.
    ///
    /// # Errors
    ///
    /// [`WalkError`] if the walk cannot go on. Rows before the fault have been handed out.
    pub fn handle_response(
        &mut self,
        response: &Pdu,
        mut each: impl FnMut(&[VarBindRef<'_>]) -> ControlFlow<()>,
    ) -> Result<Progress, WalkError> {
        if self.is_over() {
            return Ok(Progress::Done);
        }
        let repetitions = self.repetitions_next();
        self.summary.calls += 1;
        match response.error_status {
            ErrorStatus::NO_ERROR => {}
            // SNMPv2 has no such error, but agents that send it mean the same.
            ErrorStatus::NO_SUCH_NAME => return Ok(self.end_column(response.error_index)),
            ErrorStatus::TOO_BIG if self.is_bulk() => {
                if repetitions > 1 {
                    // Some agents say that instead of answering with fewer rows.
                    self.repetitions = repetitions / 2;
                    self.most = self.repetitions;
                } else {
                    self.ask_singly();
                }
                return Ok(self.progress());
            }
            ErrorStatus::TOO_BIG => {
                let columns = self.live_columns();
                let asked = columns.map(|at| self.columns[at].last.clone()).collect();
                self.end();
                return Err(WalkError::TooBig {
                    asked,
                    limit: self.options.max_message_size,
                });
            }
            status => {
                self.end();
                let (index, at_fault) = response.at_fault().unzip();
                return Err(WalkError::ErrorStatus {
                    status,
                    index: index.unwrap_or(0),
                    name: at_fault.map(|var_bind| var_bind.name.into()),
                });
            }
        }
        let outcome = self.take_rows(&response.var_binds, &mut each);
        if outcome.is_err() {
            self.end();
        }
        outcome.map(|()| self.progress())
    }

    fn take_rows(
        &mut self,
        bindings: &VarBindList,
        each: &mut impl FnMut(&[VarBindRef<'_>]) -> ControlFlow<()>,
    ) -> Result<(), WalkError> {
        let live: Vec<usize> = self.live_columns().collect();
        if bindings.len() < live.len() {
            if !self.is_bulk() {
                return Err(WalkError::EmptyResponse);
            }
            self.ask_singly();
            return Ok(());
        }
        self.ask_more();
        let asked: Vec<ObjectIdentifier> = self.columns.iter().map(|c| c.last.clone()).collect();
        // The row as it stands: the last name of each column. One vector serves all rows.
        let mut row: Vec<VarBindRef<'_>> = asked
            .iter()
            .map(|name| VarBindRef {
                name: name.as_ref(),
                value: ValueRef::EndOfMibView,
            })
            .collect();
        let mut outcome = Ok(());
        let mut bindings = bindings.iter();
        for _ in 0..bindings.len() / live.len() {
            let mut grew = false;
            for (&at, binding) in live.iter().zip(bindings.by_ref()) {
                match self.take_binding(at, binding, row[at].name) {
                    Ok(true) => {
                        row[at] = binding;
                        grew = true;
                    }
                    Ok(false) => row[at].value = ValueRef::EndOfMibView,
                    Err(error) => outcome = Err(error),
                }
            }
            if outcome.is_err() || !grew {
                break;
            }
            self.summary.rows += 1;
            if each(&row).is_break() {
                self.options.max_rows = Some(self.summary.rows);
            }
            if self.has_ended() {
                break;
            }
        }
        for at in live {
            self.columns[at].last = row[at].name.into();
        }
        outcome
    }

    /// Whether `binding` belongs to the column; otherwise the column ends there.
    fn take_binding(
        &mut self,
        at: usize,
        binding: VarBindRef<'_>,
        previous: OidRef<'_>,
    ) -> Result<bool, WalkError> {
        let column = &mut self.columns[at];
        if column.ended {
            return Ok(false);
        }
        let stays =
            self.options.lexicographic_mode || binding.name.starts_with(column.root.as_ref());
        column.ended = if binding.value.is_exception() || !stays {
            true
        } else if binding.name > previous {
            false
        } else if self.options.ignore_non_increasing_oid {
            binding.name == previous
        } else {
            return Err(WalkError::OidNotIncreasing {
                asked: previous.into(),
                answered: binding.name.into(),
            });
        };
        Ok(!column.ended)
    }

    /// What `noSuchName` means in SNMPv1: nothing follows in the column at `index`.
    fn end_column(&mut self, index: i32) -> Progress {
        let at = usize::try_from(index)
            .ok()
            .and_then(|index| self.live_columns().nth(index.checked_sub(1)?));
        match at {
            Some(at) => self.columns[at].ended = true,
            None => self.end(),
        }
        self.progress()
    }

    fn end(&mut self) {
        self.columns.iter_mut().for_each(|c| c.ended = true);
    }

    /// Whether requests are GETBULKs at present.
    fn is_bulk(&self) -> bool {
        self.options.max_repetitions.is_some() && self.version != Version::V1 && self.singly == 0
    }

    /// The next row is too long for a GETBULK: it goes on with GETNEXT, the longer the more often that happens.
    fn ask_singly(&mut self) {
        self.singly = (2 * self.singly_before).clamp(1, MOST_SINGLY);
        self.singly_before = self.singly;
    }

    /// An answer had room for its rows.
    fn ask_more(&mut self) {
        if self.singly > 0 {
            self.singly -= 1;
            // It was for a long row, and not for the number of rows, that the agent refused fewer and fewer.
            self.most = self.options.max_repetitions.unwrap_or(1);
        } else {
            self.singly_before = 0;
            self.repetitions = self.repetitions.saturating_mul(2).min(self.most);
        }
    }

    fn command(&self) -> Command {
        if !self.is_bulk() {
            return Command::GetNext;
        }
        Command::GetBulk(Bulk {
            non_repeaters: 0,
            max_repetitions: self.repetitions_next(),
        })
    }

    /// How many rows the next request asks for.
    fn repetitions_next(&self) -> u32 {
        if !self.is_bulk() {
            return 1;
        }
        let rows_left = self
            .rows_left()
            .map_or(u32::MAX, |rows| u32::try_from(rows).unwrap_or(u32::MAX));
        self.repetitions.min(rows_left)
    }

    fn rows_left(&self) -> Option<usize> {
        let limit = self.options.max_rows?;
        Some(limit.saturating_sub(self.summary.rows))
    }

    /// Whether no further row is wanted.
    fn has_ended(&self) -> bool {
        self.live_columns().next().is_none() || self.rows_left() == Some(0)
    }

    /// Whether no further request is wanted.
    fn is_over(&self) -> bool {
        self.has_ended()
            || self
                .options
                .max_calls
                .is_some_and(|limit| self.summary.calls >= limit)
    }

    fn progress(&self) -> Progress {
        if self.is_over() {
            Progress::Done
        } else {
            Progress::More
        }
    }

    fn live_columns(&self) -> impl Iterator<Item = usize> {
        let columns = self.columns.iter().enumerate();
        columns
            .filter(|(_, column)| !column.ended)
            .map(|(at, _)| at)
    }
}
