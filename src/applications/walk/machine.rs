//! The walk itself.

use std::mem;
use std::ops::ControlFlow;

use crate::message::Version;
use crate::pdu::{Bulk, ErrorStatus, Pdu};
use crate::smi::{ObjectIdentifier, OidRef, ValueRef, VarBindList, VarBindListRef, VarBindRef};

use super::super::command_generator::Command;
use super::error::WalkError;
use super::options::{WalkOptions, WalkSummary};
use super::pace::Pace;
use super::root::WalkRoot;

/// A walk through one or more columns in step.
///
/// It comes to an end with every agent that has an end: the name that the next request asks to follow is higher than that
/// of the last one, in each column. In between, rows are handed out as they come.
#[derive(Clone, Debug)]
pub struct Walk {
    version: Version,
    options: WalkOptions,
    columns: Vec<Column>,
    pace: Pace,
    /// What has come of the next row if an answer was cut inside it: a binding for each of the first columns that have not
    /// ended.
    held: VarBindList,
    /// How many columns are asked for at once until the next row is whole, if not all.
    at_once: Option<usize>,
    /// Why the first of the columns that do not go on has ended.
    fault: Option<WalkError>,
    summary: WalkSummary,
}

#[derive(Clone, Debug)]
struct Column {
    root: WalkRoot,
    /// The last name handed out; what the next request asks to follow.
    last: ObjectIdentifier,
    /// Whether the last binding does not follow what was asked for.
    stuck: bool,
    /// Whether it ends with the answer that is being taken: some of its bindings lie behind its end.
    closing: bool,
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

/// What a binding is for its column.
enum Cell {
    Taken,
    LeftOut,
    End,
}

impl Walk {
    /// A walk that begins behind each of `roots`.
    pub fn new(
        version: Version,
        roots: impl IntoIterator<Item = ObjectIdentifier>,
        options: WalkOptions,
    ) -> Self {
        Self::below(version, roots.into_iter().map(WalkRoot::from), options)
    }

    /// A walk that begins behind each of `roots`, which may be arcs at the top of the tree.
    pub fn below(
        version: Version,
        roots: impl IntoIterator<Item = WalkRoot>,
        options: WalkOptions,
    ) -> Self {
        let columns = roots
            .into_iter()
            .map(|root| Column {
                last: root.asked(),
                root,
                stuck: false,
                closing: false,
                ended: false,
            })
            .collect();
        Self {
            version,
            pace: Pace::new(options.max_repetitions.unwrap_or(1)),
            options,
            columns,
            held: VarBindList::new(),
            at_once: None,
            fault: None,
            summary: WalkSummary::default(),
        }
    }

    /// The next request, with its bindings put into `buffer`; `None` when the walk is over.
    pub fn next_request(&mut self, buffer: Vec<u8>) -> Option<Pdu> {
        if self.is_over() {
            return None;
        }
        let mut var_binds = VarBindList::from_buffer(buffer);
        for at in self.asked_columns() {
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
    /// `endOfMibView`; so does one whose binding is left out of a row.
    ///
    /// Rows are handed out as they came, out of order or repeated, if their names follow the one that was asked for; others
    /// are left out and counted ([`WalkSummary::left_out`]). A column whose last name does not follow it has ended; the
    /// others go on, and the error is told when all have ended. A column with an exception or a name outside its root in an
    /// answer ends with that answer, whose other rows are handed out, those behind as well.
    ///
    /// An answer that ends inside a row has that row completed by the next one, in which GETNEXT asks for the columns that
    /// are missing. Where a row of several columns is too long for an answer to GETNEXT, it is asked for in parts, and so it
    /// is where the agent says noSuchName and not of which column.
    ///
    /// # Errors
    ///
    /// [`WalkError`] if the walk cannot go on, or has ended and a column of it could not go on. Rows before the fault have
    /// been handed out.
    pub fn handle_response(
        &mut self,
        response: &Pdu,
        mut each: impl FnMut(&[VarBindRef<'_>]) -> ControlFlow<()>,
    ) -> Result<Progress, WalkError> {
        if self.is_over() {
            return Ok(Progress::Done);
        }
        self.summary.calls += 1;
        let taken = match response.error_status {
            ErrorStatus::NO_ERROR => self.take_rows(&response.var_binds, &mut each),
            status => self.take_error(status, response, &mut each),
        };
        self.pace.heard();
        if taken.is_err() {
            self.end();
        }
        taken?;
        self.progress()
    }

    /// Takes note that no answer has come to the last request, with all its tries. If it was a GETBULK of more than one
    /// repetition, there is one more request, of one: answers that are long enough to be cut into fragments may not arrive
    /// where others do, and an agent may need too long for many rows. Once that is answered, the walk goes on with a quarter
    /// of the repetitions, which grow again. If it is not answered either, or where there is nothing shorter to ask for, as
    /// with GETNEXT, the walk is over: the time-out is its end.
    pub fn handle_timeout(&mut self) -> Progress {
        if !self.is_over() {
            let repetitions = self.repetitions_next();
            if repetitions > 1 && self.pace.try_one(repetitions) {
                debug!(
                    "no answer to a walk that asked for {repetitions} repetitions: one is tried"
                );
                return Progress::More;
            }
            self.end();
        }
        Progress::Done
    }

    fn take_rows(
        &mut self,
        bindings: &VarBindList,
        each: &mut impl FnMut(&[VarBindRef<'_>]) -> ControlFlow<()>,
    ) -> Result<(), WalkError> {
        let live: Vec<usize> = self.live_columns().collect();
        if bindings.len() < live.len() || !self.held.is_empty() || self.at_once.is_some() {
            return self.take_part(bindings, each);
        }
        self.take_whole(bindings, &live, each);
        Ok(())
    }

    /// Takes an answer with at least one row.
    #[inline]
    fn take_whole(
        &mut self,
        bindings: &VarBindList,
        live: &[usize],
        each: &mut impl FnMut(&[VarBindRef<'_>]) -> ControlFlow<()>,
    ) {
        self.pace.ask_more();
        let asked: Vec<ObjectIdentifier> = self.columns.iter().map(|c| c.last.clone()).collect();
        // The row as it stands: the last name of each column. One vector serves all rows.
        let mut row: Vec<VarBindRef<'_>> = asked
            .iter()
            .map(|name| VarBindRef {
                name: name.as_ref(),
                value: ValueRef::EndOfMibView,
            })
            .collect();
        let rows = bindings.len() / live.len();
        let mut cells = bindings.iter();
        let mut may_be_over = true;
        for _ in 0..rows {
            let mut grew = false;
            for (&at, cell) in live.iter().zip(cells.by_ref()) {
                match self.take_cell(at, cell, asked[at].as_ref()) {
                    Cell::Taken => {
                        row[at] = cell;
                        grew = true;
                    }
                    Cell::LeftOut | Cell::End => row[at].value = ValueRef::EndOfMibView,
                }
            }
            if grew {
                self.summary.rows += 1;
                if each(&row).is_break() {
                    self.options.max_rows = Some(self.summary.rows);
                }
            }
            if self.rows_left() == Some(0) {
                break;
            }
            if may_be_over && live.iter().all(|&at| self.columns[at].closing) {
                // Looked at once: an answer may be long.
                may_be_over = false;
                if !self.come_back(live, cells.as_list()) {
                    break;
                }
            }
        }
        for (place, &at) in live.iter().enumerate() {
            let column = &mut self.columns[at];
            if column.stuck && !column.closing {
                let last = bindings.get((rows - 1) * live.len() + place);
                self.stop_column(at, last.map(|last| last.name.into()));
            } else {
                column.last = row[at].name.into();
                column.ended = column.closing;
            }
        }
    }

    /// Whether some of `cells`, of columns that have left their roots, lie below them again. Most often none does, and names
    /// are faster looked at than values taken.
    fn come_back(&self, live: &[usize], cells: VarBindListRef<'_>) -> bool {
        let mut cells = cells.names().zip(live.iter().cycle());
        self.options.lexicographic_mode
            || cells.any(|(name, &at)| self.columns[at].root.holds(name))
    }

    /// What `cell` is for its column, which asked for what follows `asked`.
    fn take_cell(&mut self, at: usize, cell: VarBindRef<'_>, asked: OidRef<'_>) -> Cell {
        let column = &mut self.columns[at];
        let stays = self.options.lexicographic_mode || column.root.holds(cell.name);
        if cell.value.is_exception() || !stays {
            column.closing = true;
            return Cell::End;
        }
        column.stuck =
            cell.name <= asked && !(self.options.ignore_non_increasing_oid && cell.name != asked);
        if column.stuck {
            self.leave_out(cell.name, asked);
            return Cell::LeftOut;
        }
        Cell::Taken
    }

    #[cold]
    fn leave_out(&mut self, name: OidRef<'_>, asked: OidRef<'_>) {
        if self.summary.left_out == 0 {
            warn!("a walk leaves out {name}, which the agent says follows {asked}");
        }
        self.summary.left_out += 1;
    }

    /// Ends a column whose last name, `answered`, does not follow what was asked for: it could go round for ever.
    #[cold]
    fn stop_column(&mut self, at: usize, answered: Option<ObjectIdentifier>) {
        if self.has_ended() {
            return;
        }
        let column = &mut self.columns[at];
        column.ended = true;
        if let Some(answered) = answered.filter(|_| !self.options.ignore_non_increasing_oid) {
            let asked = column.last.clone();
            self.fault
                .get_or_insert(WalkError::OidNotIncreasing { asked, answered });
        }
    }

    /// Takes an answer with less than a row, or the rest of a row of which some has come before.
    #[cold]
    fn take_part(
        &mut self,
        bindings: &VarBindList,
        each: &mut impl FnMut(&[VarBindRef<'_>]) -> ControlFlow<()>,
    ) -> Result<(), WalkError> {
        let is_bulk = self.is_bulk();
        let wanted = self.asked_columns().count();
        if bindings.is_empty() && !is_bulk {
            return self.ask_for_fewer(wanted).ok_or(WalkError::EmptyResponse);
        }
        for cell in bindings.iter().take(wanted) {
            self.held.push(cell.name, cell.value);
        }
        if is_bulk {
            self.pace.ask_singly();
        }
        self.take_held(each);
        Ok(())
    }

    /// Hands out the row that is held once it is whole.
    fn take_held(&mut self, each: &mut impl FnMut(&[VarBindRef<'_>]) -> ControlFlow<()>) {
        if self.asked_columns().next().is_some() {
            return;
        }
        self.at_once = None;
        let row = mem::take(&mut self.held);
        if !row.is_empty() {
            let live: Vec<usize> = self.live_columns().collect();
            self.take_whole(&row, &live, each);
        }
    }

    #[cold]
    fn take_error(
        &mut self,
        status: ErrorStatus,
        response: &Pdu,
        each: &mut impl FnMut(&[VarBindRef<'_>]) -> ControlFlow<()>,
    ) -> Result<(), WalkError> {
        match status {
            // SNMPv2 has no such error, but agents that send it mean the same.
            ErrorStatus::NO_SUCH_NAME => {
                self.end_column(response.error_index);
                self.take_held(each);
                Ok(())
            }
            ErrorStatus::TOO_BIG if self.is_bulk() => {
                match self.repetitions_next() {
                    // Some agents say that instead of answering with fewer rows.
                    repetitions @ 2.. => self.pace.ask_less(repetitions),
                    _ => self.pace.ask_singly(),
                }
                Ok(())
            }
            ErrorStatus::TOO_BIG => {
                let asked = self.asked_columns().map(|at| self.columns[at].last.clone());
                let asked: Vec<ObjectIdentifier> = asked.collect();
                let limit = self.options.max_message_size;
                self.ask_for_fewer(asked.len())
                    .ok_or(WalkError::TooBig { asked, limit })
            }
            status => {
                let (index, at_fault) = response.at_fault().unzip();
                Err(WalkError::ErrorStatus {
                    status,
                    index: index.unwrap_or(0),
                    name: at_fault.map(|var_bind| var_bind.name.into()),
                })
            }
        }
    }

    /// The row comes in parts from now on, since the agent had no answer to GETNEXT for `columns`; `None` if that is one.
    fn ask_for_fewer(&mut self, columns: usize) -> Option<()> {
        self.at_once = Some(columns / 2).filter(|half| *half > 0);
        self.at_once.map(drop)
    }

    /// What `noSuchName` means in SNMPv1: nothing follows in the column at `index`. Where that points to none of several,
    /// each is asked for by itself.
    fn end_column(&mut self, index: i32) {
        let asked: Vec<usize> = self.asked_columns().collect();
        let named = usize::try_from(index)
            .ok()
            .and_then(|index| asked.get(index.checked_sub(1)?));
        match (named, &asked[..]) {
            (Some(&at), _) | (None, &[at]) => self.columns[at].ended = true,
            (None, _) => self.at_once = Some(1),
        }
    }

    fn end(&mut self) {
        self.columns.iter_mut().for_each(|c| c.ended = true);
    }

    /// Whether requests are GETBULKs at present.
    fn is_bulk(&self) -> bool {
        self.options.max_repetitions.is_some()
            && self.version != Version::V1
            && !self.pace.is_single()
            && self.held.is_empty()
            && self.at_once.is_none()
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
        self.pace.repetitions().min(rows_left)
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

    fn progress(&mut self) -> Result<Progress, WalkError> {
        if !self.is_over() {
            return Ok(Progress::More);
        }
        self.fault.take().map_or(Ok(Progress::Done), Err)
    }

    fn live_columns(&self) -> impl Iterator<Item = usize> {
        let columns = self.columns.iter().enumerate();
        columns
            .filter(|(_, column)| !column.ended)
            .map(|(at, _)| at)
    }

    /// The columns that the next request asks for: those that have not ended and of which nothing is held, or some of them.
    fn asked_columns(&self) -> impl Iterator<Item = usize> {
        self.live_columns()
            .skip(self.held.len())
            .take(self.at_once.unwrap_or(usize::MAX))
    }
}
