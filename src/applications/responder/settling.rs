//! What has come later, and what that leads to.

use std::time::Instant;

use super::contexts::ContextId;
use super::failure::{Failure, Halt};
use super::held::{Of, What};
use super::reading::{Reading, RowEnd, is_exception};
use super::search::Step;
use super::waiters::Waiters;
use super::world::{Awaited, Read, World};
use crate::objects::{Completion, ReadError, Records, judge};
use crate::pdu::ErrorStatus;
use crate::smi::{OidRef, Tag, Value, VarBindListRef};

/// What the log says of an object that does not answer.
pub(super) const TOO_LATE: &str = "it has not answered in time";

impl Reading {
    /// The answer with this number has come. False if it is not waited for.
    pub(super) fn accept(
        &mut self,
        number: u64,
        outcome: Completion,
        context: ContextId,
        waiters: &Waiters,
    ) -> bool {
        let mut held = self.held.iter_mut();
        let Some(held) = held.find(|held| held.is(number)) else {
            return false;
        };
        held.release(context, waiters);
        held.accept(outcome);
        true
    }

    /// The answer with this number, if it is waited for.
    pub(super) fn awaited(&self, number: u64) -> Option<&Awaited> {
        self.held.iter().find_map(|held| match &held.what {
            What::Awaited(awaited, _) if awaited.number == number => Some(awaited),
            _ => None,
        })
    }

    /// Whether it waits for answers only.
    pub(super) fn is_awaiting(&self) -> bool {
        self.row.at == self.row.to && self.held.iter().any(|held| held.is_awaited())
    }

    /// The answers that have not come are not waited for any more: they have failed.
    pub(super) fn expire(
        &mut self,
        context: ContextId,
        waiters: &Waiters,
        records: &Records,
        now: Instant,
    ) {
        for held in &mut self.held {
            if let What::Awaited(awaited, _) = &held.what {
                records.late(&awaited.name, &TOO_LATE, Some(now));
                held.release(context, waiters);
                held.accept(Completion::Value(Err(ReadError::Failed)));
            }
        }
    }

    /// Nobody waits for the answers that have not come, nor for the response.
    pub(super) fn release(&mut self, context: ContextId, waiters: &Waiters) {
        for held in self.held.drain(..) {
            held.release(context, waiters);
        }
    }

    /// Looks at what has come, and searches on where that leads on. Puts all into the response when nothing more is
    /// waited for.
    pub(super) fn settle(
        &mut self,
        world: &mut World<'_>,
        bindings: VarBindListRef<'_>,
    ) -> Result<RowEnd, Halt> {
        let before = self.row.held_from - self.row.from;
        let mut is_awaiting = false;
        for (place, binding) in bindings.iter().skip(before).enumerate() {
            let Some(held) = self.held.get_mut(place) else {
                break;
            };
            let position = self.row.held_from + place;
            let slot = held.slot;
            match std::mem::replace(&mut held.what, What::Search) {
                What::Search => {}
                What::Come(awaited, Of::Value, Completion::Again) => {
                    if self.passage.is_over() {
                        held.what = What::Come(awaited, Of::Value, Completion::Again);
                        return Ok(RowEnd::Pause);
                    }
                    let what = self.read_again(world, slot, binding.name, position)?;
                    is_awaiting |= matches!(what, What::Awaited(..));
                    self.held[place].what = self.judged(what, position);
                    continue;
                }
                What::Come(awaited, of, outcome) => {
                    let what = self.look_at(world, slot, &awaited, of, outcome, binding.name);
                    let failure = Failure::at(ErrorStatus::GEN_ERR, position);
                    let what = what.unwrap_or(What::Failed(failure));
                    let is_search = matches!(what, What::Search);
                    self.held[place].what = self.judged(what, position);
                    if !is_search {
                        continue;
                    }
                }
                what => {
                    is_awaiting |= matches!(what, What::Awaited(..));
                    held.what = what;
                    continue;
                }
            }
            if self.passage.is_over() {
                return Ok(RowEnd::Pause);
            }
            let (target, passage) = (&mut self.targets[slot], &mut self.passage);
            let step = world.search(target, binding.name, position, passage, |_, answer| {
                answer.as_ref().to_owned()
            });
            let what = match step {
                Ok(Step::Found(value)) => What::Value(value),
                Ok(Step::End) => {
                    target.ended = true;
                    What::Value(Value::EndOfMibView)
                }
                Ok(Step::Pause) => return Ok(RowEnd::Pause),
                Ok(Step::Later) => match world.later.take() {
                    Some((awaited, of)) => What::Awaited(awaited, of),
                    None => What::Search,
                },
                Err(Halt::Failed(failure)) => What::Failed(failure),
                Err(halt) => return Err(halt),
            };
            is_awaiting |= matches!(what, What::Awaited(..));
            self.held[place].what = self.judged(what, position);
        }
        match is_awaiting {
            true => Ok(RowEnd::Wait),
            false => self.flush(bindings),
        }
    }

    /// Asks for the variable of a GET once more.
    fn read_again(
        &mut self,
        world: &mut World<'_>,
        slot: usize,
        name: OidRef<'_>,
        position: usize,
    ) -> Result<What, Halt> {
        self.passage.charge(1);
        match world.may_access(name, position) {
            Ok(true) => {}
            Ok(false) => return Ok(What::Value(Value::NoSuchObject)),
            Err(Halt::Failed(failure)) => return Ok(What::Failed(failure)),
            Err(halt) => return Err(halt),
        }
        let cursor = &mut self.targets[slot].cursor;
        let read = match world.locate(name, cursor) {
            true => world.read(cursor, |answer| answer.as_ref().to_owned()),
            false => Err(ReadError::NoSuchObject),
        };
        let later = world.later.take();
        Ok(match (read, later) {
            (Ok(Read::Now(value)), _) => What::Value(value),
            (Ok(Read::Later), Some((awaited, of))) => What::Awaited(awaited, of),
            (Err(ReadError::NoSuchObject), _) => What::Value(Value::NoSuchObject),
            (Err(ReadError::NoSuchInstance), _) => What::Value(Value::NoSuchInstance),
            (Ok(Read::Later), None) | (Err(ReadError::Failed), _) => {
                What::Failed(Failure::at(ErrorStatus::GEN_ERR, position))
            }
        })
    }

    /// By the rules of the version.
    fn judged(&self, what: What, position: usize) -> What {
        match what {
            What::Value(value)
                if self.is_v1()
                    && (is_exception(value.as_ref()) || value.as_ref().tag() == Tag::COUNTER64) =>
            {
                What::Failed(Failure::at(ErrorStatus::NO_SUCH_NAME, position))
            }
            what => what,
        }
    }

    /// What an answer says that came later.
    fn look_at(
        &mut self,
        world: &World<'_>,
        slot: usize,
        awaited: &Awaited,
        of: Of,
        outcome: Completion,
        requested: OidRef<'_>,
    ) -> Result<What, ReadError> {
        match (of, outcome) {
            (Of::Value | Of::Candidate(_), Completion::Value(Err(ReadError::Failed)))
            | (
                Of::Name,
                Completion::Instance(Err(_)) | Completion::Value(Err(ReadError::Failed)),
            ) => Err(ReadError::Failed),
            (Of::Value, Completion::Value(value)) => {
                match self.checked(world, awaited, requested, value) {
                    Ok(value) => Ok(What::Value(value)),
                    Err(ReadError::NoSuchObject) => Ok(What::Value(Value::NoSuchObject)),
                    Err(ReadError::NoSuchInstance) => Ok(What::Value(Value::NoSuchInstance)),
                    Err(ReadError::Failed) => Err(ReadError::Failed),
                }
            }
            (Of::Candidate(name), Completion::Value(value)) => {
                match self.checked(world, awaited, name.as_ref(), value) {
                    Ok(value) if self.is_v1() && value.as_ref().tag() == Tag::COUNTER64 => {
                        self.pass_over(slot, awaited);
                        Ok(What::Search)
                    }
                    Ok(value) => {
                        self.passage.hand_out();
                        self.targets[slot].take_found(name);
                        Ok(What::Value(value))
                    }
                    Err(ReadError::Failed) => Err(ReadError::Failed),
                    Err(ReadError::NoSuchObject | ReadError::NoSuchInstance) => {
                        self.pass_over(slot, awaited);
                        Ok(What::Search)
                    }
                }
            }
            (Of::Name, Completion::Instance(Ok(instance))) => {
                let target = &mut self.targets[slot];
                world.take_name(target, awaited, instance.as_deref())?;
                match target.ended {
                    true => Ok(What::Value(Value::EndOfMibView)),
                    false => Ok(What::Search),
                }
            }
            (Of::Candidate(name), Completion::Again) => {
                self.passage.charge(1);
                self.targets[slot].ask_again(Some(name));
                Ok(What::Search)
            }
            (Of::Name, Completion::Again) => {
                self.passage.charge(1);
                self.targets[slot].ask_again(None);
                Ok(What::Search)
            }
            (
                _,
                Completion::Value(_)
                | Completion::Instance(_)
                | Completion::SetPhase(_)
                | Completion::Again,
            ) => {
                let reason = "its answer is to something else than it was asked";
                world.records.late(&awaited.name, &reason, world.asker.now);
                Err(ReadError::Failed)
            }
        }
    }

    /// A search passes over what it has come to.
    fn pass_over(&mut self, slot: usize, awaited: &Awaited) {
        let steps = self.targets[slot].cursor.at.steps(awaited.name.len());
        self.passage.charge(steps);
    }

    /// A value that came later, if it is one.
    fn checked(
        &self,
        world: &World<'_>,
        awaited: &Awaited,
        variable: OidRef<'_>,
        value: Result<Value, ReadError>,
    ) -> Result<Value, ReadError> {
        let value = value?;
        match judge(value.as_ref()) {
            None => Ok(value),
            Some(ReadError::Failed) => {
                let instance: Vec<u32> = variable.arcs().skip(awaited.name.len()).collect();
                world
                    .records
                    .null(&awaited.name, &instance, world.asker.now);
                Err(ReadError::Failed)
            }
            Some(missing) => Err(missing),
        }
    }
}
