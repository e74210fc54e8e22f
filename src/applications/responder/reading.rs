//! The read operations of RFC 3416 section 4.2, binding by binding, each answered at once or later.

use super::failure::{Failure, Halt};
use super::held::{Held, What, octets_at_least};
use super::search::{Step, Target};
use super::world::{Read, World};
use crate::objects::{Passage, ReadError};
use crate::pdu::{Bulk, ErrorStatus};
use crate::smi::{Extent, OidRef, Tag, Value, ValueRef, VarBindList, VarBindListRef};

/// A request that reads, while it is being processed.
///
/// It goes by rows: all bindings of a GET or GETNEXT are one, and so are the non-repeaters of a GETBULK and each of its
/// repetitions. The answers of a row are asked for side by side, and go into the response in the order of its bindings.
#[derive(Default)]
pub(super) struct Reading {
    kind: Kind,
    /// Counter64 does not exist, and an exception is the error noSuchName (RFC 3584 section 4.2.2).
    v1: bool,
    max_octets: usize,
    /// Past so many steps a GETBULK ends, if it has something to tell.
    max_steps: u32,
    /// The response so far.
    pub(super) var_binds: VarBindList,
    pub(super) passage: Passage,
    /// Places in the tree, kept for their allocations: one for each binding of a GETBULK, and of a row that waits.
    pub(super) targets: Vec<Target>,
    pub(super) row: Row,
    /// The answers of this row from the first on that came later, in the order of the bindings.
    pub(super) held: Vec<Held>,
    /// What their values take in the response at least.
    held_octets: usize,
    /// One on its way there.
    value: Option<Value>,
    /// The response as it was before this row.
    complete: Extent,
    /// Whether it ended early, for the number of its steps.
    pub(super) is_exhausted: bool,
}

#[derive(Clone, Copy, Default)]
pub(super) enum Kind {
    #[default]
    Get,
    GetNext,
    GetBulk(Bulk),
}

/// Where a request is.
#[derive(Clone, Copy, Default)]
pub(super) struct Row {
    /// The bindings that it is about, from this one to before that one.
    pub(super) from: usize,
    pub(super) to: usize,
    /// The binding whose turn it is.
    pub(super) at: usize,
    /// Whether the search for that one is under way.
    is_begun: bool,
    /// The binding of the first answer that is held.
    pub(super) held_from: usize,
    /// Whether a variable has been found in this row.
    has_found: bool,
    /// Which repetition this is, counted from one; none for other rows.
    repetition: u32,
}

/// How far an operation has come.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Progress {
    Done,
    /// Its steps are used up.
    Pause,
    /// It waits for answers.
    Wait,
}

/// How a row ended.
pub(super) enum RowEnd {
    Complete,
    /// The response has no room for all of it.
    Full,
    Pause,
    Wait,
}

/// What became of one binding.
#[derive(Clone, Copy)]
enum Got {
    Pushed,
    Full,
    /// There is an answer, for when those before it have come.
    Value,
    /// The answer comes later.
    Later,
    Pause,
}

impl Reading {
    /// Begins another request.
    pub(super) fn begin(&mut self, kind: Kind, len: usize, v1: bool, max_octets: usize) {
        self.kind = kind;
        self.v1 = v1;
        self.max_octets = max_octets;
        self.max_steps = u32::MAX;
        self.var_binds.clear();
        self.passage.reset();
        self.held.clear();
        self.complete = Extent::default();
        self.is_exhausted = false;
        let (to, targets) = match kind {
            Kind::Get | Kind::GetNext => (len, 1),
            Kind::GetBulk(bulk) => (non_repeaters(bulk, len), len),
        };
        self.row = Row {
            to,
            ..Row::default()
        };
        self.have_targets(targets);
    }

    /// Past so many steps a GETBULK ends, if it has something to tell.
    pub(super) fn set_max_steps(&mut self, max_steps: u32) {
        self.max_steps = max_steps;
    }

    fn have_targets(&mut self, count: usize) {
        if self.targets.len() < count {
            self.targets.resize_with(count, Target::default);
        }
    }

    /// Goes on as far as it can. Bindings of a GETBULK that do not fit are left out, from the first of them on; when that
    /// is the first of all, the response is tooBig: one without bindings would be asked for again for ever. A failure in a
    /// later repetition ends the response before that repetition, which RFC 3416 section 4.2.3 allows for requests
    /// that take too long.
    pub(super) fn run(
        &mut self,
        world: &mut World<'_>,
        bindings: VarBindListRef<'_>,
    ) -> Result<Progress, Halt> {
        let mut list = self.bindings_of_row(bindings);
        loop {
            match self.run_row(world, list) {
                Ok(RowEnd::Complete) => {
                    if !self.next_row(bindings.len()) {
                        return Ok(Progress::Done);
                    }
                    if self.row.repetition == 1 {
                        list = self.bindings_of_row(bindings);
                    }
                }
                Ok(RowEnd::Full) => return self.full(),
                Ok(RowEnd::Wait) => return Ok(Progress::Wait),
                Ok(RowEnd::Pause) if self.passage.taken() > self.max_steps => {
                    return match self.end_early() {
                        true => Ok(Progress::Done),
                        false => Ok(Progress::Pause),
                    };
                }
                Ok(RowEnd::Pause) => return Ok(Progress::Pause),
                Err(Halt::Failed(failure))
                    if failure.status == ErrorStatus::GEN_ERR && self.row.repetition > 1 =>
                {
                    self.var_binds.truncate(self.complete);
                    return Ok(Progress::Done);
                }
                Err(halt) => return Err(halt),
            }
        }
    }

    /// Ends with the repetitions that are complete; false where there is none.
    pub(super) fn end_early(&mut self) -> bool {
        let ends = self.row.repetition > 1;
        if ends {
            self.is_exhausted = true;
            self.var_binds.truncate(self.complete);
        }
        ends
    }

    /// Ends a request that cannot go on, since it may take no more steps: with what it has, or as a failure.
    pub(super) fn give_up(&mut self) -> Result<Progress, Halt> {
        if self.end_early() {
            return Ok(Progress::Done);
        }
        self.is_exhausted = true;
        let awaited = self.held.iter().position(Held::is_awaited);
        let position = match awaited {
            Some(place) => self.row.held_from + place,
            None => self.row.at.min(self.row.to.saturating_sub(1)),
        };
        Err(Failure::at(ErrorStatus::GEN_ERR, position).into())
    }

    /// The bindings from the first of this row on.
    fn bindings_of_row<'b>(&self, bindings: VarBindListRef<'b>) -> VarBindListRef<'b> {
        let mut iter = bindings.iter();
        if let Some(before) = self.row.from.checked_sub(1) {
            iter.nth(before);
        }
        iter.as_list()
    }

    /// Whether another row follows this one.
    fn next_row(&mut self, len: usize) -> bool {
        let Kind::GetBulk(bulk) = self.kind else {
            return false;
        };
        let row = &mut self.row;
        if row.repetition == bulk.max_repetitions || (row.repetition > 0 && !row.has_found) {
            return false;
        }
        if row.repetition == 0 {
            row.from = non_repeaters(bulk, len);
            row.to = len;
        }
        row.repetition += 1;
        row.at = row.from;
        row.has_found = false;
        self.complete = self.var_binds.extent();
        true
    }

    /// The next binding does not fit.
    fn full(&self) -> Result<Progress, Halt> {
        match self.kind {
            Kind::GetBulk(_) if !self.var_binds.is_empty() => Ok(Progress::Done),
            _ => Err(Failure::TOO_BIG.into()),
        }
    }

    /// `bindings` begin with the first of the row.
    fn run_row(
        &mut self,
        world: &mut World<'_>,
        bindings: VarBindListRef<'_>,
    ) -> Result<RowEnd, Halt> {
        let mut names = bindings.names();
        for _ in self.row.from..self.row.at {
            names.next();
        }
        while self.row.at < self.row.to {
            let Some(name) = names.next() else {
                break;
            };
            if self.passage.is_over() {
                return Ok(RowEnd::Pause);
            }
            let got = match self.kind {
                Kind::Get => self.get(world, name),
                Kind::GetNext | Kind::GetBulk(_) => self.next(world, name),
            };
            match got {
                Ok(Got::Pushed) => {}
                Ok(Got::Full) => return Ok(RowEnd::Full),
                Ok(Got::Pause) => return Ok(RowEnd::Pause),
                Ok(Got::Value) => {
                    let value = self.value.take();
                    self.held_octets += value.as_ref().map_or(0, octets_at_least);
                    if self.var_binds.octets().len() + self.held_octets > self.max_octets {
                        // Nor for those behind it, which need not be asked for.
                        self.hold(What::Full);
                        self.row.at = self.row.to;
                        break;
                    }
                    self.hold(value.map_or(What::Search, What::Value));
                }
                Ok(Got::Later) => {
                    let later = world.later.take();
                    self.hold(later.map_or(What::Search, |(it, of)| What::Awaited(it, of)));
                }
                Err(Halt::Failed(failure)) if !self.held.is_empty() => {
                    // One before it may have failed as well, and counts first.
                    self.hold(What::Failed(failure));
                    self.row.at = self.row.to;
                    break;
                }
                Err(halt) => return Err(halt),
            }
            self.row.at += 1;
            self.row.is_begun = false;
        }
        if self.held.is_empty() {
            return Ok(RowEnd::Complete);
        }
        self.settle(world, bindings)
    }

    /// Keeps an answer until those before it have come.
    fn hold(&mut self, what: What) {
        if self.held.is_empty() {
            self.row.held_from = self.row.at;
            self.held_octets = 0;
        }
        let slot = self.slot();
        self.held.push(Held { slot, what });
        self.have_targets(slot + 2);
    }

    /// The place in the tree for the binding whose turn it is.
    fn slot(&self) -> usize {
        match self.kind {
            // One for all, unless those before are still needed.
            Kind::Get | Kind::GetNext => self.held.len(),
            Kind::GetBulk(_) => self.row.at,
        }
    }

    fn get(&mut self, world: &mut World<'_>, name: OidRef<'_>) -> Result<Got, Halt> {
        let position = self.row.at;
        self.passage.hand_out();
        let exception = if world.may_access(name, position)? {
            let is_held = !self.held.is_empty();
            let (v1, max_octets) = (self.v1, self.max_octets);
            let (var_binds, target) = (&mut self.var_binds, &mut self.targets[0]);
            let held = &mut self.value;
            let cursor = &mut target.cursor;
            let read = match world.locate(name, cursor) {
                true => world.read(cursor, |answer| {
                    let value = answer.as_ref();
                    if v1 && value.tag() == Tag::COUNTER64 {
                        Err(Failure::at(ErrorStatus::NO_SUCH_NAME, position).into())
                    } else if is_held {
                        *held = Some(value.to_owned());
                        Ok(Got::Value)
                    } else if var_binds.try_push(name, value, max_octets) {
                        Ok(Got::Pushed)
                    } else {
                        Ok(Got::Full)
                    }
                }),
                false => Err(ReadError::NoSuchObject),
            };
            match read {
                Ok(Read::Now(got)) => return got,
                Ok(Read::Later) => return Ok(Got::Later),
                Err(ReadError::NoSuchObject) => Value::NoSuchObject,
                Err(ReadError::NoSuchInstance) => Value::NoSuchInstance,
                Err(ReadError::Failed) => {
                    return Err(Failure::at(ErrorStatus::GEN_ERR, position).into());
                }
            }
        } else {
            Value::NoSuchObject
        };
        self.exception(name, exception)
    }

    fn next(&mut self, world: &mut World<'_>, requested: OidRef<'_>) -> Result<Got, Halt> {
        let (position, slot) = (self.row.at, self.slot());
        let is_held = !self.held.is_empty();
        let max_octets = self.max_octets;
        let (var_binds, target) = (&mut self.var_binds, &mut self.targets[slot]);
        if self.row.repetition <= 1 && !self.row.is_begun {
            world.begin(target, requested);
        }
        if !target.ended {
            let (passage, held) = (&mut self.passage, &mut self.value);
            let step = world.search(target, requested, position, passage, |name, answer| {
                if is_held {
                    *held = Some(answer.as_ref().to_owned());
                    Got::Value
                } else if var_binds.try_push(name, answer.as_ref(), max_octets) {
                    Got::Pushed
                } else {
                    Got::Full
                }
            })?;
            match step {
                Step::Found(got) => {
                    self.row.has_found = true;
                    return Ok(got);
                }
                Step::End => target.ended = true,
                Step::Pause => {
                    self.row.is_begun = true;
                    return Ok(Got::Pause);
                }
                Step::Later => return Ok(Got::Later),
            }
        }
        // Repeaters come here with each repetition.
        self.passage.hand_out();
        let last = target.found.take();
        let name = last.as_ref().map_or(requested, |name| name.as_ref());
        let got = self.exception(name, Value::EndOfMibView);
        self.targets[slot].found = last;
        got
    }

    fn exception(&mut self, name: OidRef<'_>, exception: Value) -> Result<Got, Halt> {
        if self.v1 {
            Err(Failure::at(ErrorStatus::NO_SUCH_NAME, self.row.at).into())
        } else if !self.held.is_empty() {
            self.value = Some(exception);
            Ok(Got::Value)
        } else if self
            .var_binds
            .try_push(name, exception.as_ref(), self.max_octets)
        {
            Ok(Got::Pushed)
        } else {
            Ok(Got::Full)
        }
    }

    /// Puts what was held into the response, once all of it has come.
    pub(super) fn flush(&mut self, bindings: VarBindListRef<'_>) -> Result<RowEnd, Halt> {
        let before = self.row.held_from - self.row.from;
        let held = self.held.drain(..);
        for (held, binding) in held.zip(bindings.iter().skip(before)) {
            let value = match held.what {
                What::Value(value) => value,
                What::Failed(failure) => return Err(failure.into()),
                What::Full => return Ok(RowEnd::Full),
                // There is none: each of them has been looked at.
                What::Awaited(..) | What::Come(..) | What::Search => continue,
            };
            let found = match self.kind {
                Kind::Get => None,
                Kind::GetNext | Kind::GetBulk(_) => self.targets[held.slot].found.as_ref(),
            };
            let name = found.map_or(binding.name, |name| name.as_ref());
            self.row.has_found |= !matches!(value, Value::EndOfMibView);
            if !self
                .var_binds
                .try_push(name, value.as_ref(), self.max_octets)
            {
                return Ok(RowEnd::Full);
            }
        }
        Ok(RowEnd::Complete)
    }

    /// Whether its allocations are worth being kept for another request.
    pub(super) fn is_small(&self) -> bool {
        self.targets.len().max(self.held.capacity()) <= MAX_KEPT
    }

    pub(super) fn is_v1(&self) -> bool {
        self.v1
    }
}

/// Of so many bindings what a request leaves is kept for another.
pub(super) const MAX_KEPT: usize = 1_024;

fn non_repeaters(bulk: Bulk, len: usize) -> usize {
    usize::try_from(bulk.non_repeaters).map_or(len, |number| number.min(len))
}

/// An exception of SNMPv2.
pub(super) fn is_exception(value: ValueRef<'_>) -> bool {
    matches!(
        value,
        ValueRef::NoSuchObject | ValueRef::NoSuchInstance | ValueRef::EndOfMibView
    )
}
