//! GetBulk (RFC 3416 section 4.2.3).

use super::operation::{Failure, Halt, Operation, Step, Target, prepare};
use crate::pdu::{Bulk, ErrorStatus};
use crate::smi::{ObjectIdentifier, OidRef, ValueRef, VarBindIter, VarBindListRef};

/// How one iteration through the repeaters ended.
enum Repetition {
    /// There may be more.
    Complete,
    /// Every repeater is at its end.
    Ended,
    /// The response has no room for all of it.
    Full,
}

impl Operation<'_> {
    /// GetBulkRequest-PDU, RFC 3416 section 4.2.3. Bindings that do not fit are left out, from the first of them on;
    /// when that is the first of all, the response is tooBig: one without bindings would be asked for again for ever.
    /// A failure in a later repetition ends the response before that repetition, which the section allows for
    /// requests that take too long.
    pub(super) fn get_bulk(
        &mut self,
        bindings: VarBindListRef<'_>,
        bulk: Bulk,
        targets: &mut Vec<Target>,
    ) -> Result<(), Halt> {
        let non_repeaters =
            usize::try_from(bulk.non_repeaters).map_or(bindings.len(), |n| n.min(bindings.len()));
        let targets = prepare(targets, bindings.len());
        let (singles, repeaters) = targets.split_at_mut(non_repeaters);
        let mut names = bindings.iter();
        for (position, (target, binding)) in singles.iter_mut().zip(names.by_ref()).enumerate() {
            self.begin(target, binding.name);
            if let Step::Full = self.bulk_step(target, binding.name, position)? {
                return self.full();
            }
        }
        for repetition in 0..bulk.max_repetitions {
            let is_first = repetition == 0;
            let complete = self.var_binds.extent();
            match self.repeat(repeaters, names.clone(), non_repeaters, is_first) {
                Ok(Repetition::Complete) => {}
                Ok(Repetition::Ended) => break,
                Ok(Repetition::Full) => return self.full(),
                Err(Halt::Failed(failure))
                    if failure.status == ErrorStatus::GEN_ERR && !is_first =>
                {
                    self.var_binds.truncate(complete);
                    break;
                }
                Err(halt) => return Err(halt),
            }
        }
        Ok(())
    }

    /// One iteration through the repeaters, whose names are `names`; the first of these is the binding at `offset`.
    fn repeat(
        &mut self,
        repeaters: &mut [Target],
        names: VarBindIter<'_>,
        offset: usize,
        is_first: bool,
    ) -> Result<Repetition, Halt> {
        let mut outcome = Repetition::Ended;
        for (position, (target, binding)) in (offset..).zip(repeaters.iter_mut().zip(names)) {
            if is_first {
                self.begin(target, binding.name);
            }
            match self.bulk_step(target, binding.name, position)? {
                Step::Full => return Ok(Repetition::Full),
                Step::Found => outcome = Repetition::Complete,
                Step::End => {}
            }
        }
        Ok(outcome)
    }

    /// Puts `target` where `requested` is.
    fn begin(&self, target: &mut Target, requested: OidRef<'_>) {
        self.tree.locate(requested, &mut target.cursor);
        target.found = None;
        target.ended = false;
    }

    /// The next binding does not fit.
    fn full(&self) -> Result<(), Halt> {
        if self.var_binds.is_empty() {
            Err(Failure::TOO_BIG.into())
        } else {
            Ok(())
        }
    }

    /// One binding of the response: the next variable, or endOfMibView under the name found last.
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
}
