//! Managed objects: the tree that an agent answers from.
//!
//! [`MibTree`] holds [`ManagedObject`]s in the order of their names: [`Scalar`], [`Table`], or a type of the
//! program's own. [`standard`](crate::applications::standard) has ready-made ones.

mod asker;
mod call;
mod column;
mod later;
mod object;
mod passage;
mod phases;
mod records;
mod scalar;
mod table;
mod tree;

pub use asker::Asker;
pub(crate) use asker::Calls;
pub(crate) use call::judge;
pub use column::Column;
pub use later::{Outcome, Ticket};
pub use object::{Advance, Answer, Computed, ManagedObject, ReadError};
pub(crate) use passage::Passage;
pub(crate) use phases::Source;
pub use phases::{Assignment, Assignments, Phase, Refused, SetError};
pub(crate) use records::Records;
pub use scalar::Scalar;
pub(crate) use scalar::{LaterValue, Setter};
pub use table::Table;
pub(crate) use tree::{Cursor, Lent};
pub use tree::{MibTree, OverlapError};
