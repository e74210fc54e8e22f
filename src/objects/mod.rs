//! Managed objects: the tree that an agent answers from.
//!
//! [`MibTree`] holds [`ManagedObject`]s in the order of their names: [`Scalar`], [`Table`], [`ProviderTable`] for rows that
//! the program keeps, or a type of the program's own. [`standard`](crate::applications::standard) has ready-made ones.

mod asker;
mod call;
mod column;
mod index_string;
mod later;
mod object;
mod passage;
mod phases;
mod provider;
mod records;
mod scalar;
mod table;
mod table_index;
mod tree;

pub use asker::Asker;
pub(crate) use asker::Calls;
pub(crate) use call::judge;
pub use column::Column;
pub use index_string::{ImpliedString, IndexString};
pub use later::{Completion, Ticket};
pub use object::{Advance, Answer, Computed, ManagedObject, ReadError};
pub(crate) use passage::Passage;
pub(crate) use phases::Source;
pub use phases::{Assignment, Assignments, AssignmentsIter, Refused, SetError, SetPhase};
pub use provider::{ProviderTable, TableProvider};
pub(crate) use records::Records;
pub use scalar::Scalar;
pub(crate) use scalar::{LaterValue, Setter, same_type};
pub use table::Table;
pub use table_index::{Delimited, TableIndex};
pub(crate) use tree::{Cursor, Lent};
pub use tree::{MibTree, OverlapError};
