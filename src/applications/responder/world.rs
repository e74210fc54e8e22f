//! What an operation runs in: the tree, who asks, and the policy.

use super::contexts::{ContextId, Contexts};
use super::failure::{Failure, Halt, Unanswered, status};
use super::hand::Hand;
use super::held::Of;
use super::waiters::Waiters;
use crate::access::{AccessControl, AccessDecision, AccessRequest};
use crate::objects::{
    Answer, Asker, Cursor, Lent, ManagedObject, MibTree, Place, ReadError, Records, Refused,
    SetError, SetPhase, Ticket,
};
use crate::pdu::ErrorStatus;
use crate::smi::{ObjectIdentifier, OidRef, ValueRef, VarBindRef};

/// What an operation runs in, for as long as it runs without a break.
pub(super) struct World<'r> {
    pub(super) contexts: &'r Contexts,
    pub(super) context: ContextId,
    pub(super) access: &'r dyn AccessControl,
    pub(super) request: AccessRequest<'r>,
    pub(super) asker: &'r Asker<'r>,
    pub(super) records: &'r Records,
    pub(super) waiters: &'r Waiters,
    pub(super) hand: Hand<'r>,
    /// What was asked for last and comes later.
    pub(super) later: Option<(Awaited, Of)>,
    /// Counter64 does not exist, and an exception is the error noSuchName (RFC 3584 section 4.2.2).
    pub(super) v1: bool,
}

/// What an object says when it is read.
pub(super) enum Read<R> {
    Now(R),
    /// See [`World::later`].
    Later,
}

/// An answer that an object owes.
#[derive(Clone, Debug)]
pub(super) struct Awaited {
    /// The ticket's number.
    pub(super) number: u64,
    /// The object.
    pub(super) name: ObjectIdentifier,
    pub(super) serial: u64,
}

impl World<'_> {
    /// Whether the view holds `name`; what else access control may answer ends the operation (RFC 3413 section 3.2).
    #[inline]
    pub(super) fn may_access(&self, name: OidRef<'_>, position: usize) -> Result<bool, Halt> {
        match self.access.is_access_allowed(&self.request, name) {
            AccessDecision::Allowed => Ok(true),
            AccessDecision::NotInView => Ok(false),
            AccessDecision::NoSuchView
            | AccessDecision::NoAccessEntry
            | AccessDecision::NoGroupName => {
                Err(Failure::at(ErrorStatus::AUTHORIZATION_ERROR, position).into())
            }
            AccessDecision::NoSuchContext => Err(Halt::Unanswered(Unanswered::UnknownContext)),
            AccessDecision::OtherError => Err(Failure::at(ErrorStatus::GEN_ERR, position).into()),
        }
    }

    /// Puts `cursor` at `name`; false where no object answers for that.
    #[inline]
    pub(super) fn locate(&self, name: OidRef<'_>, cursor: &mut Cursor) -> bool {
        let located = self
            .contexts
            .look(self.context, |tree| tree.locate(name, cursor));
        located.unwrap_or_else(|| {
            cursor.at.place = Place::END;
            false
        })
    }

    /// What `sink` makes of the value of the variable at `cursor`.
    #[inline]
    pub(super) fn read<R>(
        &mut self,
        cursor: &Cursor,
        sink: impl FnOnce(Answer<'_>) -> R,
    ) -> Result<Read<R>, ReadError> {
        let lent = self.hand.take(cursor.at.place).ok_or(ReadError::Failed)?;
        self.waiters.admit(self.context, lent)?;
        let instance = &cursor.at.instance;
        let read = lent.read(self.asker, self.records, instance, |answer| match answer {
            Answer::Later(ticket) => Err(ticket),
            answer => Ok(sink(answer)),
        })?;
        match read {
            Ok(now) => Ok(Read::Now(now)),
            Err(ticket) => self.awaits(ticket, Of::Value).map(|()| Read::Later),
        }
    }

    /// Takes note of what the object in hand has to say later.
    #[cold]
    pub(super) fn awaits(&mut self, ticket: Ticket, of: Of) -> Result<(), ReadError> {
        let awaited = self.awaited(ticket).ok_or(ReadError::Failed)?;
        self.later = Some((awaited, of));
        Ok(())
    }

    /// Runs a phase of a SET on the object at `place`. Gives what has to be waited for.
    pub(super) fn phase(
        &mut self,
        place: Place,
        phase: impl FnOnce(&mut dyn ManagedObject, &Asker<'_>) -> Result<SetPhase, Refused>,
    ) -> Result<Option<Awaited>, Refused> {
        let failed = Refused::from(SetError::GenErr);
        let lent = self.hand.take(place).ok_or(failed)?;
        // Whoever waits for its values must not keep a SET from its end.
        let done = lent.phase(self.asker, self.records, phase);
        match done.unwrap_or(Err(failed))? {
            SetPhase::Done => Ok(None),
            SetPhase::Later(ticket) => self.awaited(ticket).map(Some).ok_or(failed),
        }
    }

    /// Validates a value for the variable that is named with it, and puts `cursor` there.
    pub(super) fn check(
        &mut self,
        binding: VarBindRef<'_>,
        cursor: &mut Cursor,
        position: usize,
        object: impl FnOnce(&Lent),
    ) -> Result<(), Halt> {
        let failed = |error| Halt::from(Failure::at(status(error), position));
        if !self.may_access(binding.name, position)? {
            return Err(failed(SetError::NoAccess));
        }
        if !self.locate(binding.name, cursor) {
            return Err(failed(SetError::NotWritable));
        }
        let lent = self.hand.take(cursor.at.place);
        let lent = lent.ok_or_else(|| failed(SetError::GenErr))?;
        object(lent);
        let instance = &cursor.at.instance;
        let checked = lent.phase(self.asker, self.records, |object, asker| {
            object.check(asker, instance, binding.value)
        });
        match (checked.unwrap_or(Err(SetError::GenErr)), binding.value) {
            // No variable has such a value, whatever its object thinks.
            (Ok(()), ValueRef::Other { .. }) => Err(failed(SetError::WrongEncoding)),
            (Ok(()), _) => Ok(()),
            (Err(error), _) => {
                // A genErr has been told of where it arose.
                if error != SetError::GenErr {
                    let (name, now) = (&lent.name, self.asker.now);
                    self.records.refused(name, "check", error.into(), now);
                }
                Err(failed(error))
            }
        }
    }

    /// The name of an object by its place, if it is this one.
    pub(super) fn registered_as(&self, place: Place, serial: u64) -> Option<ObjectIdentifier> {
        let name = |tree: &mut MibTree| {
            let (name, its) = tree.registered(place)?;
            (its == serial).then(|| name.clone())
        };
        self.contexts.look(self.context, name)?
    }

    /// Makes the place of an object good again, after objects have come or gone. False if it has gone.
    pub(super) fn find(
        &self,
        name: &ObjectIdentifier,
        serial: u64,
        place: &mut Place,
        generation: &mut u64,
    ) -> bool {
        if *generation == self.contexts.generation() {
            return true;
        }
        let found = self
            .contexts
            .look(self.context, |tree| tree.place_of(name.as_ref()));
        let Some(found) = found.flatten() else {
            return false;
        };
        let is_it = self.registered_as(found, serial).is_some();
        if is_it {
            *place = found;
            *generation = self.contexts.generation();
        }
        is_it
    }

    /// Takes note of a ticket that the object in hand gave back. `None` if it is none that it can have been given for this.
    fn awaited(&self, ticket: Ticket) -> Option<Awaited> {
        let lent = self.hand.held()?;
        let name = lent.name.clone();
        if !self.asker.redeem(ticket) {
            let reason = match self.asker.can_wait() {
                true => "it gave back a ticket that was not given to it for this",
                false => "it answers later, and nobody can wait for that here",
            };
            self.records.late(&name, &reason, self.asker.now);
            return None;
        }
        self.waiters.add(self.context, lent.serial);
        Some(Awaited {
            number: ticket.number(),
            name,
            serial: lent.serial,
        })
    }
}
