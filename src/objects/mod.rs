//! Managed objects: the tree that an agent answers from.
//!
//! [`MibTree`] holds [`ManagedObject`]s in the order of their names: [`Scalar`], [`Table`], [`ProviderTable`] for rows that
//! the program keeps, or a type of the program's own. [`standard`](crate::applications::standard) has ready-made ones.

mod asker;
mod call;
mod column;
mod definition;
mod index_form;
mod index_string;
mod later;
mod object;
mod ordered;
mod passage;
mod phases;
mod provider;
mod records;
mod row_status;
mod scalar;
mod table;
mod table_index;
mod test_and_incr;
mod tree;

pub use asker::Asker;
pub(crate) use asker::Calls;
pub(crate) use call::{judge, leave_out};
pub use column::{Column, ColumnKey};
pub use definition::{Defined, DefinitionError, ObjectDefinition};
pub use index_form::IndexForm;
pub use index_string::{ImpliedString, IndexString};
pub use later::{Completion, Ticket};
pub use object::{Advance, Answer, Computed, ManagedObject, ReadError};
pub(crate) use ordered::Place;
pub(crate) use passage::Passage;
pub(crate) use phases::Source;
pub use phases::{Assignment, Assignments, AssignmentsIter, Refused, SetError, SetPhase};
pub use provider::{ProviderTable, TableProvider};
pub(crate) use records::Records;
pub use row_status::{RowStatus, StorageType};
pub use scalar::Scalar;
pub(crate) use scalar::{LaterValue, Setter, same_type};
pub use table::{ConceptualRow, NewRow, RowChange, RowError, Table, TableHandle};
pub use table_index::{Delimited, TableIndex};
pub use test_and_incr::TestAndIncr;
pub(crate) use tree::{Cursor, Lent};
pub use tree::{MibTree, OverlapError};
