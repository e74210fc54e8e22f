//! Looking for variables in a tree whose objects may do anything meanwhile.

use super::failure::{Failure, Halt};
use super::held::Of;
use super::world::{Awaited, World};
use crate::access::NextInView;
use crate::objects::{
    Advance, Answer, Cursor, MibTree, Passage, Place, ReadError, Ticket, leave_out,
};
use crate::pdu::ErrorStatus;
use crate::smi::{MAX_ARCS, ObjectIdentifier, OidRef, Tag};

/// A place in the tree that belongs to one binding of the request.
#[derive(Default)]
pub(super) struct Target {
    pub(super) cursor: Cursor,
    /// Until when the cursor is good: what is registered where has not changed since.
    generation: u64,
    /// Where the search has come to since the variable found last. From this, or from what was found last, or from the name
    /// of the request, the cursor can be made again.
    passed: Option<Passed>,
    /// The variable found last.
    pub(super) found: Option<ObjectIdentifier>,
    pub(super) ended: bool,
}

struct Passed {
    name: ObjectIdentifier,
    /// Whether the variable of this name has still to be looked at.
    is_next: bool,
}

/// How looking for the next variable ended, or why it stopped.
pub(super) enum Step<R> {
    /// There is one, of which this was made.
    Found(R),
    /// There is none.
    End,
    /// The steps are used up.
    Pause,
    /// What was asked for comes later: see [`World::later`].
    Later,
}

/// What a search finds at a variable.
enum Seen<R> {
    Value(R),
    NotInV1,
    Later(Ticket),
}

/// How often objects may come and go while one variable is looked for.
const MAX_CHANGES: u32 = 16;

enum Moved {
    Here,
    End,
    Pause,
    Later,
    /// Objects have come or gone.
    Changed,
}

impl World<'_> {
    /// Puts `target` where `requested` is, for a new search.
    #[inline]
    pub(super) fn begin(&self, target: &mut Target, requested: OidRef<'_>) {
        target.found = None;
        target.passed = None;
        target.ended = false;
        self.place(target, requested);
    }

    #[inline]
    fn place(&self, target: &mut Target, name: OidRef<'_>) -> bool {
        target.generation = self.contexts.generation();
        self.locate(name, &mut target.cursor)
    }

    /// Makes the cursor good again, after objects have come or gone. True if the variable there has still to be looked at.
    fn restore(&mut self, target: &mut Target, requested: OidRef<'_>) -> bool {
        self.hand.put_back();
        let passed = target.passed.take();
        let name = passed.as_ref().map(|passed| passed.name.as_ref());
        let found = target.found.take();
        let name = name.or_else(|| found.as_ref().map(ObjectIdentifier::as_ref));
        let is_located = self.place(target, name.unwrap_or(requested));
        target.found = found;
        let is_next = passed.as_ref().is_some_and(|passed| passed.is_next);
        target.passed = passed;
        is_next && is_located && target.cursor.at.is_instance()
    }

    /// Looks for the next variable that this request may see, and gives what `sink` makes of it. A search that had to
    /// pause goes on where it was.
    pub(super) fn search<R>(
        &mut self,
        target: &mut Target,
        requested: OidRef<'_>,
        position: usize,
        passage: &mut Passage,
        mut sink: impl FnMut(OidRef<'_>, Answer<'_>) -> R,
    ) -> Result<Step<R>, Halt> {
        let failed = || Halt::from(Failure::at(ErrorStatus::GEN_ERR, position));
        let v1 = self.v1;
        let mut changes = 0;
        passage.renew(self.contexts.generation());
        let mut is_there = match &target.passed {
            None => {
                passage.begin(position);
                false
            }
            Some(passed) => {
                passage.resume(position);
                passed.is_next && target.cursor.at.is_instance()
            }
        };
        loop {
            if target.generation != self.contexts.generation() {
                changes += 1;
                if changes > MAX_CHANGES {
                    return Err(failed());
                }
                is_there = self.restore(target, requested);
                passage.renew(target.generation);
            }
            if !is_there {
                match self.advance(target, passage).map_err(|_| failed())? {
                    Moved::Here => {}
                    Moved::Changed => continue,
                    Moved::End => {
                        passage.end(&target.cursor.at);
                        target.passed = None;
                        return Ok(Step::End);
                    }
                    Moved::Pause => return Ok(Step::Pause),
                    Moved::Later => {
                        target.remember(requested);
                        return Ok(Step::Later);
                    }
                }
            } else if let Some(lent) = self.hand.take(target.cursor.at.place) {
                self.waiters
                    .admit(self.context, lent)
                    .map_err(|_| failed())?;
            }
            let Some(name) = self.name(&target.cursor) else {
                return Err(failed());
            };
            let is_visible = self.may_access(name.as_ref(), position)?;
            if is_visible {
                let lent = self.hand.held_mut().ok_or_else(failed)?;
                let instance = &target.cursor.at.instance;
                let seen = lent.read(self.asker, self.records, instance, |answer| match answer {
                    Answer::Later(ticket) => Seen::Later(ticket),
                    answer if v1 && answer.as_ref().tag() == Tag::COUNTER64 => Seen::NotInV1,
                    answer => Seen::Value(sink(name.as_ref(), answer)),
                });
                match seen {
                    Ok(Seen::Later(ticket)) => {
                        let of = Of::Candidate(name.clone());
                        target.passed = Some(Passed::behind(name));
                        self.awaits(ticket, of).map_err(|_| failed())?;
                        return Ok(Step::Later);
                    }
                    Ok(Seen::NotInV1) => {}
                    Ok(Seen::Value(result)) => {
                        passage.end(&target.cursor.at);
                        passage.hand_out();
                        target.found = Some(name);
                        target.passed = None;
                        return Ok(Step::Found(result));
                    }
                    Err(ReadError::NoSuchObject | ReadError::NoSuchInstance) => {}
                    Err(ReadError::Failed) => return Err(failed()),
                }
            }
            let steps = target.cursor.at.steps(self.arcs(&target.cursor));
            if target.generation != self.contexts.generation() {
                // Its place may be another's by now.
                passage.charge(steps);
                target.passed = Some(Passed::behind(name));
                is_there = false;
                if passage.is_over() {
                    return Ok(Step::Pause);
                }
                continue;
            }
            is_there = passage.pass(&mut target.cursor.at, steps);
            if is_there {
                // Where an earlier search ended: at a variable, or at the end of the tree.
                if !self.holds(&target.cursor) {
                    passage.end(&target.cursor.at);
                    target.passed = None;
                    return Ok(Step::End);
                }
                let next = self.name(&target.cursor).ok_or_else(failed)?;
                target.passed = Some(Passed::at(next));
            } else {
                let next = match is_visible {
                    true => NextInView::Unknown,
                    false => self.access.next_in_view(&self.request, name.as_ref()),
                };
                match next {
                    NextInView::At(root) if root > name => {
                        // The root itself may be a variable; whether it exists shows when it is read.
                        self.place(target, root.as_ref());
                        is_there = target.cursor.at.is_instance();
                        target.passed = Some(Passed::at(root));
                    }
                    NextInView::Nothing => {
                        target.cursor.at.place = Place::END;
                        target.cursor.at.instance.clear();
                        passage.end(&target.cursor.at);
                        target.passed = None;
                        return Ok(Step::End);
                    }
                    NextInView::At(_) | NextInView::Unknown => {
                        target.passed = Some(Passed::behind(name));
                    }
                }
            }
            if passage.is_over() {
                return Ok(Step::Pause);
            }
        }
    }

    /// Moves the cursor to the next instance, for SNMPv1 past Counter64s that objects can leave out. Every object without
    /// an instance is passed over with a step of `passage`.
    #[inline(always)]
    fn advance(&mut self, target: &mut Target, passage: &mut Passage) -> Result<Moved, ReadError> {
        loop {
            let Cursor { at, previous } = &mut target.cursor;
            let Some(lent) = self.hand.take(at.place) else {
                // Behind the last, or one whose code runs already.
                return match self.holds(&target.cursor) {
                    true => Err(ReadError::Failed),
                    false => Ok(Moved::End),
                };
            };
            self.waiters.admit(self.context, lent)?;
            let arcs = lent.arcs;
            previous.clone_from(&at.instance);
            let advance = lent.advance(self.asker, self.records, &mut at.instance, previous);
            if target.generation != self.contexts.generation() {
                return Ok(Moved::Changed);
            }
            match advance {
                Advance::Found => return Ok(Moved::Here),
                Advance::End => {}
                Advance::Failed => return Err(ReadError::Failed),
                Advance::Later(ticket) => {
                    return self.awaits(ticket, Of::Name).map(|()| Moved::Later);
                }
            }
            at.instance.clear();
            if !previous.is_empty() {
                at.place = self.next(at.place);
                continue;
            }
            let steps = at.steps(arcs);
            let has_jumped = passage.pass(at, steps);
            if !has_jumped {
                at.place = self.next(at.place);
            }
            if (has_jumped || passage.is_over()) && !self.holds(&target.cursor) {
                return Ok(Moved::End);
            }
            if passage.is_over() {
                // Before what it has come to: an object that has still to be asked for its first instance, or an instance.
                let next = self.name(&target.cursor).ok_or(ReadError::Failed)?;
                target.passed = Some(Passed::at(next));
                return Ok(Moved::Pause);
            }
            if has_jumped {
                self.hand.take(target.cursor.at.place);
                return Ok(Moved::Here);
            }
        }
    }

    /// Whether `cursor` is before the end of the tree.
    fn holds(&self, cursor: &Cursor) -> bool {
        let holds = |tree: &mut MibTree| tree.holds(cursor.at.place);
        self.contexts.look(self.context, holds) == Some(true)
    }

    /// The place of the object behind the one at `place`.
    fn next(&self, place: Place) -> Place {
        let next = self.contexts.look(self.context, |tree| tree.next(place));
        next.unwrap_or(Place::END)
    }

    /// The name of the variable at `cursor`; `None` when it would be too long for an OBJECT IDENTIFIER.
    #[inline(always)]
    fn name(&self, cursor: &Cursor) -> Option<ObjectIdentifier> {
        let instance = &cursor.at.instance;
        match self.hand.held() {
            Some(lent) if lent.place == cursor.at.place => lent.name.extended(lent.arcs, instance),
            _ => self.contexts.look(self.context, |tree| {
                let (name, _) = tree.registered(cursor.at.place)?;
                name.extended(name.len(), instance)
            })?,
        }
    }

    /// The number of sub-identifiers in the name of the object at `cursor`.
    fn arcs(&self, cursor: &Cursor) -> usize {
        match self.hand.held() {
            Some(lent) if lent.place == cursor.at.place => lent.arcs,
            _ => self
                .contexts
                .look(self.context, |tree| {
                    let (name, _) = tree.registered(cursor.at.place)?;
                    Some(name.len())
                })
                .flatten()
                .unwrap_or_default(),
        }
    }

    /// The name that an object has found by now comes next, unless it is out of order. `None` for the end of the object.
    pub(super) fn take_name(
        &self,
        target: &mut Target,
        awaited: &Awaited,
        instance: Option<&[u32]>,
    ) -> Result<(), ReadError> {
        // The place is made again from the name.
        target.generation = u64::MAX;
        let (arcs, now) = (awaited.name.len(), self.asker.now);
        let mut left_out = Vec::new();
        let instance = match instance {
            Some(instance) if *instance <= *target.cursor.previous => {
                let previous = &target.cursor.previous;
                self.records
                    .disorder(&awaited.name, instance, previous, now);
                return Err(ReadError::Failed);
            }
            Some(instance) if arcs + instance.len() > MAX_ARCS => {
                self.records.too_long(&awaited.name, instance, now);
                left_out.extend_from_slice(instance);
                leave_out(&mut left_out, arcs).then_some(&*left_out)
            }
            other => other,
        };
        let name = match instance {
            Some(instance) => awaited.name.extend(instance.iter().copied()).ok(),
            None => {
                let next = |tree: &mut MibTree| tree.name_after(awaited.name.as_ref()).cloned();
                let next = self.contexts.look(self.context, next).flatten();
                target.ended = next.is_none();
                next.or_else(|| Some(awaited.name.clone()))
            }
        };
        target.passed = Some(Passed::at(name.ok_or(ReadError::Failed)?));
        Ok(())
    }
}

impl Target {
    /// The value of the variable that the search had come to is there: it is found.
    pub(super) fn take_found(&mut self, name: ObjectIdentifier) {
        self.found = Some(name);
        self.passed = None;
    }

    /// The object is asked again: for the value of `candidate`, or for what comes next.
    pub(super) fn ask_again(&mut self, candidate: Option<ObjectIdentifier>) {
        // The place is made again from the name.
        self.generation = u64::MAX;
        if let Some(name) = candidate {
            self.passed = Some(Passed::at(name));
        }
    }

    /// Keeps the name from which the cursor can be made again.
    fn remember(&mut self, requested: OidRef<'_>) {
        if self.passed.is_none() {
            let found = self.found.clone();
            let name = found.unwrap_or_else(|| requested.to_owned());
            self.passed = Some(Passed::behind(name));
        }
    }
}

impl Passed {
    fn behind(name: ObjectIdentifier) -> Self {
        Self {
            name,
            is_next: false,
        }
    }

    fn at(name: ObjectIdentifier) -> Self {
        Self {
            name,
            is_next: true,
        }
    }
}
