//! Managed objects: the tree that an agent answers from, and the names by which people know it.
//!
//! [`MibTree`] holds [`ManagedObject`]s in the order of their names: [`Scalar`], [`Table`], or a type of the
//! program's own. [`Names`] leads from `SNMPv2-MIB::sysDescr` to an OBJECT IDENTIFIER and back; [`Builtin`] is the one
//! that needs no file. [`standard`] has ready-made objects.

mod builtin;
mod column;
mod definition;
mod display_hint;
mod index;
mod input;
#[cfg(feature = "mib")]
mod load;
mod module;
mod names;
mod object;
mod output;
mod passage;
mod pretty;
mod scalar;
pub mod standard;
mod syntax;
mod table;
mod tree;

pub use builtin::Builtin;
pub use column::Column;
pub use definition::{Access, Definition, Macro, Node, NodeKind, Status, Symbol};
pub use index::{IndexError, IndexPart, IndexValue};
pub use input::{CastError, InputError, InputOptions};
#[cfg(all(feature = "mib", any(fuzzing, feature = "testing")))]
#[doc(hidden)]
pub use load::fuzz_modules;
#[cfg(feature = "mib")]
pub use load::{Leniency, LeniencyKind, LoadError, LoadErrorKind, Modules, SearchPath};
pub use names::{NameError, Names};
pub use object::{Answer, Computed, ManagedObject, ReadError, SetError};
pub use output::{OutputOptionError, OutputOptions, Printed};
pub(crate) use passage::Passage;
#[cfg(any(fuzzing, feature = "testing"))]
#[doc(hidden)]
pub use pretty::fuzz_display;
pub use pretty::{PrettyName, PrettyValue, PrettyVarBind, SyntaxDisplay};
pub use scalar::Scalar;
pub use syntax::{BaseType, Label, Syntax};
pub use table::Table;
pub(crate) use tree::Cursor;
pub use tree::{MibTree, OverlapError};
