//! The read operations of RFC 3416 section 4.2, and what they share with SET.

use crate::access::{AccessControl, AccessDecision, AccessRequest, NextInView};
use crate::mib::{Cursor, MibTree, ReadError};
use crate::pdu::{Bulk, ErrorStatus};
use crate::smi::{ObjectIdentifier, OidRef, ValueRef, VarBindList, VarBindListRef};

use super::command_responder::Unanswered;

/// One request while it is being processed.
pub(super) struct Operation<'r> {
    pub(super) tree: &'r mut MibTree,
    pub(super) access: &'r dyn AccessControl,
    pub(super) request: AccessRequest<'r>,
    /// Counter64 does not exist, and an exception is the error noSuchName (RFC 3584 section 4.2.2).
    pub(super) v1: bool,
    pub(super) max_octets: usize,
    pub(super) var_binds: &'r mut VarBindList,
}

/// What ends an operation early.
pub(super) enum Halt {
    Failed(Failure),
    Unanswered(Unanswered),
}

/// An error-status, and the index of the binding it is about, counted from one.
#[derive(Clone, Copy)]
pub(super) struct Failure {
    pub(super) status: ErrorStatus,
    pub(super) index: i32,
}

impl Failure {
    pub(super) const NONE: Self = Self {
        status: ErrorStatus::NO_ERROR,
        index: 0,
    };

    /// The response does not fit; no binding in particular is to blame.
    pub(super) const TOO_BIG: Self = Self {
        status: ErrorStatus::TOO_BIG,
        index: 0,
    };

    /// `position` counts from zero.
    pub(super) fn at(status: ErrorStatus, position: usize) -> Self {
        Self {
            status,
            index: i32::try_from(position + 1).unwrap_or(i32::MAX),
        }
    }
}

impl From<Failure> for Halt {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// A place in the tree that belongs to one binding of the request.
#[derive(Default)]
pub(super) struct Target {
    pub(super) cursor: Cursor,
    /// The variable found last, by a repeater that found one.
    found: Option<ObjectIdentifier>,
    ended: bool,
}

/// Makes `targets` one for each binding, keeping their allocations.
pub(super) fn prepare(targets: &mut Vec<Target>, count: usize) -> &mut [Target] {
    if targets.len() < count {
        targets.resize_with(count, Target::default);
    }
    &mut targets[..count]
}

/// How looking for the next variable ended.
pub(super) enum Step {
    /// It is in the response.
    Found,
    /// There is none.
    End,
    /// It does not fit into the response.
    Full,
}

impl Operation<'_> {
    /// GetRequest-PDU, RFC 3416 section 4.2.1.
    pub(super) fn get(
        &mut self,
        bindings: VarBindListRef<'_>,
        targets: &mut Vec<Target>,
    ) -> Result<(), Halt> {
        let cursor = &mut prepare(targets, 1)[0].cursor;
        for (position, binding) in bindings.iter().enumerate() {
            let exception = if self.may_access(binding.name, position)? {
                let found = if self.tree.locate(binding.name, cursor) {
                    self.tree.read(cursor)
                } else {
                    Err(ReadError::NoSuchObject)
                };
                match found {
                    Ok(answer) => {
                        let value = answer.as_ref();
                        if self.v1 && matches!(value, ValueRef::Counter64(_)) {
                            return Err(Failure::at(ErrorStatus::NO_SUCH_NAME, position).into());
                        }
                        if !self
                            .var_binds
                            .try_push(binding.name, value, self.max_octets)
                        {
                            return Err(Failure::TOO_BIG.into());
                        }
                        continue;
                    }
                    Err(ReadError::NoSuchObject) => ValueRef::NoSuchObject,
                    Err(ReadError::NoSuchInstance) => ValueRef::NoSuchInstance,
                    Err(ReadError::Failed) => {
                        return Err(Failure::at(ErrorStatus::GEN_ERR, position).into());
                    }
                }
            } else {
                ValueRef::NoSuchObject
            };
            self.push_exception(binding.name, exception, position)?;
        }
        Ok(())
    }

    /// GetNextRequest-PDU, RFC 3416 section 4.2.2.
    pub(super) fn get_next(
        &mut self,
        bindings: VarBindListRef<'_>,
        targets: &mut Vec<Target>,
    ) -> Result<(), Halt> {
        let target = &mut prepare(targets, 1)[0];
        for (position, binding) in bindings.iter().enumerate() {
            self.tree.locate(binding.name, &mut target.cursor);
            match self.step(target, position)? {
                Step::Found => {}
                Step::End => {
                    self.push_exception(binding.name, ValueRef::EndOfMibView, position)?;
                }
                Step::Full => return Err(Failure::TOO_BIG.into()),
            }
        }
        Ok(())
    }

    /// GetBulkRequest-PDU, RFC 3416 section 4.2.3. Bindings that do not fit are left out, from the first of them on.
    pub(super) fn get_bulk(
        &mut self,
        bindings: VarBindListRef<'_>,
        bulk: Bulk,
        targets: &mut Vec<Target>,
    ) -> Result<(), Halt> {
        let non_repeaters =
            usize::try_from(bulk.non_repeaters).map_or(bindings.len(), |n| n.min(bindings.len()));
        let targets = prepare(targets, bindings.len());
        for (binding, target) in bindings.iter().zip(&mut *targets) {
            self.tree.locate(binding.name, &mut target.cursor);
            target.found = None;
            target.ended = false;
        }
        let (singles, repeaters) = targets.split_at_mut(non_repeaters);
        for (position, (target, binding)) in singles.iter_mut().zip(bindings).enumerate() {
            match self.bulk_step(target, binding.name, position)? {
                Step::Full => return Ok(()),
                Step::Found | Step::End => {}
            }
        }
        for _ in 0..bulk.max_repetitions {
            let mut all_ended = true;
            let names = bindings.iter().skip(non_repeaters);
            for (offset, (target, binding)) in repeaters.iter_mut().zip(names).enumerate() {
                match self.bulk_step(target, binding.name, non_repeaters + offset)? {
                    Step::Full => return Ok(()),
                    Step::Found => all_ended = false,
                    Step::End => {}
                }
            }
            if all_ended {
                break;
            }
        }
        Ok(())
    }

    /// One binding of a GetBulk response: the next variable, or endOfMibView under the name found last.
    fn bulk_step(
        &mut self,
        target: &mut Target,
        requested: OidRef<'_>,
        position: usize,
    ) -> Result<Step, Halt> {
        if !target.ended {
            match self.step(target, position)? {
                Step::End => target.ended = true,
                step => return Ok(step),
            }
        }
        let name = target
            .found
            .as_ref()
            .map_or(requested, ObjectIdentifier::as_ref);
        if self
            .var_binds
            .try_push(name, ValueRef::EndOfMibView, self.max_octets)
        {
            Ok(Step::End)
        } else {
            Ok(Step::Full)
        }
    }

    /// Puts the next variable that this request may see into the response.
    fn step(&mut self, target: &mut Target, position: usize) -> Result<Step, Halt> {
        let failed = || Halt::from(Failure::at(ErrorStatus::GEN_ERR, position));
        let cursor = &mut target.cursor;
        let mut more = self.tree.advance(cursor).map_err(|_| failed())?;
        while more {
            let name = self.tree.name(cursor).ok_or_else(failed)?;
            if self.may_access(name.as_ref(), position)? {
                match self.tree.read(cursor) {
                    Ok(answer) => {
                        let value = answer.as_ref();
                        if !(self.v1 && matches!(value, ValueRef::Counter64(_))) {
                            let fits =
                                self.var_binds
                                    .try_push(name.as_ref(), value, self.max_octets);
                            target.found = Some(name);
                            return Ok(if fits { Step::Found } else { Step::Full });
                        }
                    }
                    Err(ReadError::NoSuchObject | ReadError::NoSuchInstance) => {}
                    Err(ReadError::Failed) => return Err(failed()),
                }
            } else {
                match self.access.next_in_view(&self.request, name.as_ref()) {
                    NextInView::At(root) if root > name => {
                        // The root itself may be a variable; whether it exists shows when it is read.
                        self.tree.locate(root.as_ref(), cursor);
                        if cursor.is_instance() {
                            continue;
                        }
                    }
                    NextInView::Nothing => return Ok(Step::End),
                    NextInView::At(_) | NextInView::Unknown => {}
                }
            }
            more = self.tree.advance(cursor).map_err(|_| failed())?;
        }
        Ok(Step::End)
    }

    /// Whether the view holds `name`; what else access control may answer ends the operation (RFC 3413 section 3.2).
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

    fn push_exception(
        &mut self,
        name: OidRef<'_>,
        exception: ValueRef<'_>,
        position: usize,
    ) -> Result<(), Halt> {
        if self.v1 {
            Err(Failure::at(ErrorStatus::NO_SUCH_NAME, position).into())
        } else if self.var_binds.try_push(name, exception, self.max_octets) {
            Ok(())
        } else {
            Err(Failure::TOO_BIG.into())
        }
    }
}
