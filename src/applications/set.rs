//! SET: all of it or nothing (RFC 3416 section 4.2.5).

use super::operation::{Failure, Halt, Operation, Target, prepare};
use crate::objects::SetError;
use crate::pdu::ErrorStatus;
use crate::smi::{ValueRef, VarBindListRef, VarBindRef};

impl Operation<'_> {
    /// SetRequest-PDU, RFC 3416 section 4.2.5: tests every binding, then commits every binding; undoes what was
    /// committed when one fails.
    pub(super) fn set(
        &mut self,
        bindings: VarBindListRef<'_>,
        targets: &mut Vec<Target>,
    ) -> Result<(), Halt> {
        // The response repeats the bindings of the request, so its size is known before anything is changed.
        if bindings.encoded_len() > self.max_octets {
            return Err(Failure::TOO_BIG.into());
        }
        let targets = prepare(targets, bindings.len());
        let mut tested = 0;
        let mut outcome = Ok(());
        for (position, (binding, target)) in bindings.iter().zip(&mut *targets).enumerate() {
            outcome = self.test(binding, target, position);
            if outcome.is_err() {
                break;
            }
            tested += 1;
        }
        let targets = &targets[..tested];
        if outcome.is_ok() {
            outcome = self.commit(bindings, targets).map_err(Halt::from);
        }
        for target in targets {
            // A failing clean-up is in the log; the outcome of the SET is settled.
            let _ = self.tree.phase(&target.cursor, |object, instance| {
                object.cleanup(instance);
                Ok(())
            });
        }
        outcome?;
        self.var_binds.assign(bindings);
        Ok(())
    }

    /// Validates one binding, in the order of the RFC.
    fn test(
        &mut self,
        binding: VarBindRef<'_>,
        target: &mut Target,
        position: usize,
    ) -> Result<(), Halt> {
        if !self.may_access(binding.name, position)? {
            return Err(Failure::at(ErrorStatus::NO_ACCESS, position).into());
        }
        if !self.tree.locate(binding.name, &mut target.cursor) {
            return Err(Failure::at(ErrorStatus::NOT_WRITABLE, position).into());
        }
        self.tree
            .phase(&target.cursor, |object, instance| {
                object.test(instance, binding.value)?;
                let ValueRef::Other { .. } = binding.value else {
                    return Ok(());
                };
                // No variable has such a value, whatever its object thinks.
                object.cleanup(instance);
                Err(SetError::WrongEncoding)
            })
            .map_err(|error| Failure::at(status(error), position).into())
    }

    fn commit(&mut self, bindings: VarBindListRef<'_>, targets: &[Target]) -> Result<(), Failure> {
        for (position, (binding, target)) in bindings.iter().zip(targets).enumerate() {
            let committed = self.tree.phase(&target.cursor, |object, instance| {
                object.commit(instance, binding.value)
            });
            if committed.is_err() {
                return Err(self.undo(&targets[..position], position));
            }
        }
        Ok(())
    }

    /// Takes back what was committed, last first; goes on when one cannot be, and says so in the end.
    fn undo(&mut self, committed: &[Target], failed: usize) -> Failure {
        let mut failure = Failure::at(ErrorStatus::COMMIT_FAILED, failed);
        for target in committed.iter().rev() {
            let undone = self
                .tree
                .phase(&target.cursor, |object, instance| object.undo(instance));
            if undone.is_err() {
                failure = Failure {
                    status: ErrorStatus::UNDO_FAILED,
                    index: 0,
                };
            }
        }
        failure
    }
}

/// The error-status that says the same as an object's refusal.
fn status(error: SetError) -> ErrorStatus {
    match error {
        SetError::NotWritable => ErrorStatus::NOT_WRITABLE,
        SetError::WrongType => ErrorStatus::WRONG_TYPE,
        SetError::WrongLength => ErrorStatus::WRONG_LENGTH,
        SetError::WrongEncoding => ErrorStatus::WRONG_ENCODING,
        SetError::WrongValue => ErrorStatus::WRONG_VALUE,
        SetError::NoCreation => ErrorStatus::NO_CREATION,
        SetError::InconsistentName => ErrorStatus::INCONSISTENT_NAME,
        SetError::InconsistentValue => ErrorStatus::INCONSISTENT_VALUE,
        SetError::ResourceUnavailable => ErrorStatus::RESOURCE_UNAVAILABLE,
        SetError::GenErr => ErrorStatus::GEN_ERR,
    }
}
