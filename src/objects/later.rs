//! Answers that come later.

use super::object::ReadError;
use super::phases::Refused;
use crate::smi::Value;

/// The name of one answer that comes later. Each goes by itself; a ticket is redeemed once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ticket {
    operation: u32,
    serial: u64,
    number: u64,
}

impl Ticket {
    /// One that nobody waits for.
    pub(super) const VOID: Self = Self {
        operation: u32::MAX,
        serial: 0,
        number: 0,
    };

    pub(super) const fn new(operation: u32, serial: u64, number: u64) -> Self {
        Self {
            operation,
            serial,
            number,
        }
    }

    /// The place of the operation that waits for it, and which of those that had the place.
    pub(crate) const fn operation(self) -> (u32, u64) {
        (self.operation, self.serial)
    }

    /// Which of the operation's tickets it is. They count from one.
    pub(crate) const fn number(self) -> u64 {
        self.number
    }
}

/// What an object has to say in the end, under the [`Ticket`] that it was given.
#[derive(Clone, Debug)]
#[expect(
    clippy::exhaustive_enums,
    reason = "one for each thing that an object is asked, and to be asked again"
)]
pub enum Completion {
    /// Of [`ManagedObject::get`](super::ManagedObject::get): the value.
    Value(Result<Value, ReadError>),
    /// Of [`ManagedObject::advance`](super::ManagedObject::advance): the name of the next instance, below the object's own.
    /// `None` when there is none.
    Instance(Result<Option<Vec<u32>>, ReadError>),
    /// Of a phase of a SET.
    SetPhase(Result<(), Refused>),
    /// Of `get` and `advance`: there is what the answer is made of, and the object is called again with the same arguments.
    /// Each time is a [step](crate::applications::CommandResponder::set_max_steps). No answer to a phase of a SET.
    Again,
}
