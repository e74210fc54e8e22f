//! Managed objects: the tree that an agent answers from.
//!
//! [`MibTree`] holds [`ManagedObject`]s in the order of their names: [`Scalar`], [`Table`], or a type of the
//! program's own. [`standard`](crate::applications::standard) has ready-made ones.

mod column;
mod object;
mod passage;
mod scalar;
mod table;
mod tree;

pub use column::Column;
pub use object::{Answer, Computed, ManagedObject, ReadError, SetError};
pub(crate) use passage::Passage;
pub use scalar::Scalar;
pub use table::Table;
pub(crate) use tree::Cursor;
pub use tree::{MibTree, OverlapError};
