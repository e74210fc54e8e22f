//! The read operations of RFC 3416 section 4.2, and what they share with SET.

use crate::access::{AccessControl, AccessDecision, AccessRequest, NextInView};
use crate::objects::{Cursor, MibTree, Passage, ReadError};
use crate::pdu::ErrorStatus;
use crate::smi::{ObjectIdentifier, OidRef, Tag, ValueRef, VarBindList, VarBindListRef};

use super::command_responder::Unanswered;

/// One request while it is being processed.
pub(super) struct Operation<'r> {
    pub(super) tree: &'r mut MibTree,
    pub(super) access: &'r dyn AccessControl,
    pub(super) request: AccessRequest<'r>,
    /// Counter64 does not exist, and an exception is the error noSuchName (RFC 3584 section 4.2.2).
    pub(super) v1: bool,
    /// What may be passed over.
    pub(super) passage: &'r mut Passage,
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
    pub(super) found: Option<ObjectIdentifier>,
    pub(super) ended: bool,
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
                        if self.v1 && value.tag() == Tag::COUNTER64 {
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

    /// Puts the next variable that this request may see into the response. Past the bound on what may be passed over
    /// it fails as an object does.
    pub(super) fn step(&mut self, target: &mut Target, position: usize) -> Result<Step, Halt> {
        self.passage.begin();
        let step = self.search(target, position);
        self.passage.end(&target.cursor.at);
        step
    }

    fn search(&mut self, target: &mut Target, position: usize) -> Result<Step, Halt> {
        let failed = || Halt::from(Failure::at(ErrorStatus::GEN_ERR, position));
        let cursor = &mut target.cursor;
        let mut is_there = false;
        loop {
            if !is_there && !self.advance(cursor, position)? {
                return Ok(Step::End);
            }
            let name = self.tree.name(cursor).ok_or_else(failed)?;
            let is_visible = self.may_access(name.as_ref(), position)?;
            if is_visible {
                match self.tree.read(cursor) {
                    Ok(answer) => {
                        let value = answer.as_ref();
                        if !(self.v1 && value.tag() == Tag::COUNTER64) {
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
            }
            let passed = self.tree.pass(cursor, self.passage);
            is_there = passed.map_err(|_| failed())?;
            if is_there {
                // Where an earlier search ended: at a variable, or at the end of the tree.
                if !self.tree.holds(cursor) {
                    return Ok(Step::End);
                }
            } else if !is_visible {
                match self.access.next_in_view(&self.request, name.as_ref()) {
                    NextInView::At(root) if root > name => {
                        // The root itself may be a variable; whether it exists shows when it is read.
                        self.tree.locate(root.as_ref(), cursor);
                        is_there = cursor.at.is_instance();
                    }
                    NextInView::Nothing => return Ok(Step::End),
                    NextInView::At(_) | NextInView::Unknown => {}
                }
            }
        }
    }

    /// Moves `cursor` to the next instance; false at the end of the tree.
    fn advance(&mut self, cursor: &mut Cursor, position: usize) -> Result<bool, Halt> {
        self.tree
            .advance(cursor, self.v1, self.passage)
            .map_err(|_| Failure::at(ErrorStatus::GEN_ERR, position).into())
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
