//! SET: all of it or nothing, object by object (RFC 3416 section 4.2.5).

use std::time::Instant;

use super::contexts::ContextId;
use super::failure::{Failure, Halt, status};
use super::reading::{MAX_KEPT, Progress};
use super::settling::TOO_LATE;
use super::waiters::Waiters;
use super::world::{Awaited, World};
use crate::objects::{
    Asker, Assignment, Assignments, Completion, Cursor, ManagedObject, Place, Records, Refused,
    SetError, SetPhase, Source,
};
use crate::pdu::ErrorStatus;
use crate::smi::{Extent, ObjectIdentifier, ValueRef, VarBindListRef};

/// A SET while it is being processed.
#[derive(Default)]
pub(super) struct Transaction {
    /// By the bindings of the request.
    variables: Vec<Variable>,
    /// The bindings, those of one object side by side.
    order: Vec<usize>,
    /// The objects, in the order of their first bindings.
    groups: Vec<Group>,
    stage: Stage,
    failure: Option<Failure>,
    /// How many objects, at the end, are asked to reserve once more.
    postponed: usize,
    /// How many objects, from the first, have reserved, and are to be cleaned up.
    reserved: usize,
    /// What the stage waits for, and what has come of it.
    awaited: Option<Awaited>,
    come: Option<Result<(), Refused>>,
    is_late: bool,
    cursor: Cursor,
    /// When the checks began: places are good while it lasts.
    generation: u64,
}

#[derive(Default)]
struct Variable {
    instance: Vec<u32>,
    /// Its object.
    name: Option<ObjectIdentifier>,
    serial: u64,
    place: Place,
    /// Where its binding begins.
    extent: Extent,
}

/// An object, and what the SET assigns to it.
struct Group {
    name: ObjectIdentifier,
    serial: u64,
    place: Place,
    /// Until when the place is good.
    generation: u64,
    /// Its part of the order.
    from: usize,
    to: usize,
}

/// What is done next, to which of the objects.
#[derive(Clone, Copy, Default)]
enum Stage {
    #[default]
    Check,
    Reserve(usize),
    Commit(usize),
    /// Those before this one have committed.
    Undo(usize),
    Cleanup,
}

/// The assignments of one object.
struct OfGroup<'t> {
    bindings: VarBindListRef<'t>,
    variables: &'t [Variable],
    members: &'t [usize],
}

impl Source for OfGroup<'_> {
    fn assignment(&self, place: usize) -> Assignment<'_> {
        let variable = &self.variables[self.members[place]];
        let binding = self.bindings.after(variable.extent).iter().next();
        let value = binding.map_or(ValueRef::Null, |binding| binding.value);
        Assignment::new(&variable.instance, value)
    }
}

type Call = fn(&mut dyn ManagedObject, &Asker<'_>, Assignments<'_>) -> Result<SetPhase, Refused>;

impl Transaction {
    /// Begins another request.
    pub(super) fn begin(&mut self) {
        self.order.clear();
        self.groups.clear();
        self.stage = Stage::Check;
        self.failure = None;
        self.postponed = 0;
        self.reserved = 0;
        self.awaited = None;
        self.come = None;
        self.is_late = false;
    }

    /// Whether its allocations are worth being kept for another request.
    pub(super) fn is_small(&self) -> bool {
        self.variables.len() <= MAX_KEPT
    }

    /// Goes on as far as it can. The response repeats `bindings`.
    pub(super) fn run(
        &mut self,
        world: &mut World<'_>,
        bindings: VarBindListRef<'_>,
        max_octets: usize,
    ) -> Result<Progress, Halt> {
        loop {
            match self.stage {
                Stage::Check => {
                    // The size of the response is known before anything is changed.
                    if bindings.encoded_len() > max_octets {
                        return Err(Failure::TOO_BIG.into());
                    }
                    self.check(world, bindings)?;
                    self.group();
                    self.stage = Stage::Reserve(0);
                }
                Stage::Reserve(group) if group == self.groups.len() => {
                    self.stage = Stage::Commit(0);
                }
                Stage::Reserve(group) => {
                    let reserve: Call = |object, asker, set| object.reserve(asker, set);
                    let Some(done) = self.call(world, bindings, group, reserve) else {
                        return Ok(Progress::Wait);
                    };
                    // Of one that is late nobody knows.
                    self.reserved = group + usize::from(done.is_ok() || self.is_late);
                    match done {
                        Ok(()) => self.stage = Stage::Reserve(group + 1),
                        Err(refused) => self.refuse(world, group, refused),
                    }
                }
                Stage::Commit(group) if group == self.groups.len() => self.stage = Stage::Cleanup,
                Stage::Commit(group) => {
                    let commit: Call = |object, asker, set| object.commit(asker, set);
                    let Some(done) = self.call(world, bindings, group, commit) else {
                        return Ok(Progress::Wait);
                    };
                    match done {
                        Ok(()) => self.stage = Stage::Commit(group + 1),
                        Err(refused) => {
                            let name = &self.groups[group].name;
                            let now = world.asker.now;
                            world.records.refused(name, "commit", refused, now);
                            let status = ErrorStatus::COMMIT_FAILED;
                            self.failure = Some(self.blamed(group, status, refused));
                            self.stage = Stage::Undo(group);
                        }
                    }
                }
                Stage::Undo(0) => self.stage = Stage::Cleanup,
                Stage::Undo(group) => {
                    let undo: Call = |object, asker, set| object.undo(asker, set);
                    let Some(done) = self.call(world, bindings, group - 1, undo) else {
                        return Ok(Progress::Wait);
                    };
                    if let Err(refused) = done {
                        let name = &self.groups[group - 1].name;
                        let now = world.asker.now;
                        world.records.refused(name, "undo", refused, now);
                        // The others are undone all the same.
                        self.failure = Some(Failure::of_all(ErrorStatus::UNDO_FAILED));
                    }
                    self.stage = Stage::Undo(group - 1);
                }
                Stage::Cleanup => {
                    self.cleanup(world, bindings);
                    return match self.failure {
                        None => Ok(Progress::Done),
                        Some(failure) => Err(failure.into()),
                    };
                }
            }
        }
    }

    /// Validates each binding, in the order of the RFC.
    fn check(&mut self, world: &mut World<'_>, bindings: VarBindListRef<'_>) -> Result<(), Halt> {
        if self.variables.len() < bindings.len() {
            self.variables
                .resize_with(bindings.len(), Variable::default);
        }
        let mut iter = bindings.iter();
        self.generation = world.contexts.generation();
        for (position, variable) in self.variables[..bindings.len()].iter_mut().enumerate() {
            variable.extent = bindings.extent_before(iter.as_list());
            let Some(binding) = iter.next() else {
                break;
            };
            world.check(binding, &mut self.cursor, position, |lent| {
                variable.name = Some(lent.name.clone());
                variable.serial = lent.serial;
                variable.place = lent.place;
            })?;
            variable.instance.clone_from(&self.cursor.at.instance);
            self.order.push(position);
        }
        Ok(())
    }

    /// Finds what belongs to one object.
    fn group(&mut self) {
        let variables = &self.variables;
        self.order
            .sort_unstable_by_key(|at| (variables[*at].serial, *at));
        let mut from = 0;
        for members in self
            .order
            .chunk_by(|a, b| variables[*a].serial == variables[*b].serial)
        {
            let first = &variables[members[0]];
            let to = from + members.len();
            self.groups.extend(first.name.clone().map(|name| Group {
                name,
                serial: first.serial,
                place: first.place,
                generation: self.generation,
                from,
                to,
            }));
            from = to;
        }
        let order = &self.order;
        self.groups.sort_unstable_by_key(|group| order[group.from]);
    }

    /// What has come of a phase of one object: what was waited for, or what it says now. `None` if it has to be waited for.
    fn call(
        &mut self,
        world: &mut World<'_>,
        bindings: VarBindListRef<'_>,
        group: usize,
        call: Call,
    ) -> Option<Result<(), Refused>> {
        if self.awaited.is_some() {
            let come = self.come.take()?;
            self.awaited = None;
            return Some(come);
        }
        let its = &mut self.groups[group];
        let source = OfGroup {
            bindings,
            variables: &self.variables,
            members: &self.order[its.from..its.to],
        };
        let failed = Refused::from(SetError::GenErr);
        if !world.find(&its.name, its.serial, &mut its.place, &mut its.generation) {
            return Some(Err(failed));
        }
        let assignments = Assignments::new(&source, source.members.len());
        match world.phase(its.place, |object, asker| call(object, asker, assignments)) {
            Ok(None) => Some(Ok(())),
            Ok(Some(awaited)) => {
                self.awaited = Some(awaited);
                None
            }
            Err(refused) => Some(Err(refused)),
        }
    }

    /// The failure of a phase, at the binding that the object blames.
    /// An object does not reserve. Where it lacks a name that another object of the SET may be about to make, it is asked once more
    /// after the others: all of the SET happens as if simultaneously.
    fn refuse(&mut self, world: &World<'_>, group: usize, refused: Refused) {
        let others = group + 1..self.groups.len() - self.postponed;
        if refused.error == SetError::InconsistentName && !others.is_empty() {
            self.groups[group..].rotate_left(1);
            self.postponed += 1;
        } else {
            if refused.error != SetError::GenErr {
                let (name, now) = (&self.groups[group].name, world.asker.now);
                world.records.refused(name, "reserve", refused, now);
            }
            self.failure = Some(self.blamed(group, status(refused.error), refused));
            self.stage = Stage::Cleanup;
        }
    }

    fn blamed(&self, group: usize, status: ErrorStatus, refused: Refused) -> Failure {
        let group = &self.groups[group];
        let members = &self.order[group.from..group.to];
        let position = members.get(refused.assignment).unwrap_or(&members[0]);
        Failure::at(status, *position)
    }

    /// The outcome of the SET is settled; a failing clean-up is in the log.
    fn cleanup(&mut self, world: &mut World<'_>, bindings: VarBindListRef<'_>) {
        for its in &mut self.groups[..self.reserved] {
            let source = OfGroup {
                bindings,
                variables: &self.variables,
                members: &self.order[its.from..its.to],
            };
            if world.find(&its.name, its.serial, &mut its.place, &mut its.generation) {
                let assignments = Assignments::new(&source, source.members.len());
                _ = world.phase(its.place, |object, _| {
                    object.cleanup(assignments);
                    Ok(SetPhase::Done)
                });
            }
        }
        self.reserved = 0;
    }

    /// Whether a commit has failed, and those before it are being taken back.
    pub(super) fn is_undoing(&self) -> bool {
        matches!(self.stage, Stage::Undo(_))
    }

    /// What it waits for.
    pub(super) fn awaited(&self) -> Option<&Awaited> {
        self.awaited.as_ref().filter(|_| self.come.is_none())
    }

    /// The answer with this number has come. False if it is not waited for.
    pub(super) fn accept(
        &mut self,
        number: u64,
        outcome: Completion,
        context: ContextId,
        waiters: &Waiters,
    ) -> bool {
        if self
            .awaited()
            .is_none_or(|awaited| awaited.number != number)
        {
            return false;
        }
        self.release(context, waiters);
        self.come = Some(match outcome {
            Completion::SetPhase(done) => done,
            Completion::Value(_) | Completion::Instance(_) | Completion::Again => {
                Err(SetError::GenErr.into())
            }
        });
        true
    }

    /// What has not come is not waited for any more: it has failed.
    pub(super) fn expire(
        &mut self,
        context: ContextId,
        waiters: &Waiters,
        records: &Records,
        now: Instant,
    ) {
        if let Some(awaited) = self.awaited() {
            records.late(&awaited.name, &TOO_LATE, Some(now));
            self.release(context, waiters);
            self.is_late = true;
            self.come = Some(Err(SetError::GenErr.into()));
        }
    }

    /// Its object owes no answer any more.
    pub(super) fn release(&self, context: ContextId, waiters: &Waiters) {
        if let Some(awaited) = self.awaited() {
            waiters.remove(context, awaited.serial);
        }
    }

    /// Ends it without a response: takes back what has been committed, as far as that can be done at once, and cleans up.
    pub(super) fn abandon(&mut self, world: &mut World<'_>, bindings: VarBindListRef<'_>) {
        let committed = match self.stage {
            // The latest may have ended well without having been looked at yet.
            Stage::Commit(group) => group + usize::from(matches!(self.come, Some(Ok(())))),
            // The latest is being undone, or has been.
            Stage::Undo(group) => group - usize::from(self.awaited.is_some()),
            Stage::Check | Stage::Reserve(_) | Stage::Cleanup => 0,
        };
        if let (Stage::Reserve(group), true) = (self.stage, self.awaited.is_some()) {
            self.reserved = group + 1;
        }
        self.awaited = None;
        self.come = None;
        for group in (0..committed).rev() {
            let undo: Call = |object, asker, set| object.undo(asker, set);
            if self.call(world, bindings, group, undo).is_none() {
                self.release(world.context, world.waiters);
                self.awaited = None;
            }
        }
        self.cleanup(world, bindings);
    }
}
