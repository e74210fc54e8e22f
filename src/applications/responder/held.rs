//! Answers that are kept until those before them have come.

use super::contexts::ContextId;
use super::failure::Failure;
use super::waiters::Waiters;
use super::world::Awaited;
use crate::objects::Completion;
use crate::smi::{ObjectIdentifier, Value, ValueRef};

/// The answer to one binding of a row, of which an earlier one, or itself, comes later.
pub(super) struct Held {
    /// Its place in the tree.
    pub(super) slot: usize,
    pub(super) what: What,
}

pub(super) enum What {
    /// There it is; what stands for a variable that is not there as well.
    Value(Value),
    /// It comes later.
    Awaited(Awaited, Of),
    /// It has come, and has not been looked at yet.
    Come(Awaited, Of, Completion),
    /// The variable is missing: the search goes on behind it.
    Search,
    Failed(Failure),
    /// The response has no room for it, whatever comes for those before it.
    Full,
}

/// What comes later.
pub(super) enum Of {
    /// The value of the variable of the request.
    Value,
    /// The value of the variable that a search has come to.
    Candidate(ObjectIdentifier),
    /// The name of the next variable.
    Name,
}

/// How many octets a value takes in a response at least.
pub(super) fn octets_at_least(value: &Value) -> usize {
    match value.as_ref() {
        ValueRef::OctetString(octets) | ValueRef::Opaque(octets) => octets.len(),
        _ => 0,
    }
}

impl Held {
    pub(super) fn is_awaited(&self) -> bool {
        matches!(self.what, What::Awaited(..))
    }

    /// Whether the answer with this number is waited for.
    pub(super) fn is(&self, number: u64) -> bool {
        matches!(&self.what, What::Awaited(awaited, _) if awaited.number == number)
    }

    /// What was waited for has come.
    pub(super) fn accept(&mut self, outcome: Completion) {
        match std::mem::replace(&mut self.what, What::Search) {
            What::Awaited(awaited, of) => self.what = What::Come(awaited, of, outcome),
            what => self.what = what,
        }
    }

    /// Nobody waits for it any more.
    pub(super) fn release(&self, context: ContextId, waiters: &Waiters) {
        if let What::Awaited(awaited, _) = &self.what {
            waiters.remove(context, awaited.serial);
        }
    }
}
