//! Names: what `SNMPv2-MIB::sysDescr` stands for, and what its values look like.
//!
//! [`Names`] leads from a name to an OBJECT IDENTIFIER and back, with the [`Definition`]s and [`Syntax`]es behind it.
//! [`Builtin`] is the one that needs no file.

mod builtin;
mod definition;
mod display_hint;
mod index;
mod input;
#[cfg(feature = "mib")]
mod load;
mod module;
mod names;
mod output;
mod pretty;
mod syntax;

pub use builtin::Builtin;
pub(crate) use builtin::DISPLAY_STRING;
pub use definition::{Access, Definition, Macro, Node, NodeKind, Status, Symbol};
pub use index::{IndexError, IndexPart, IndexValue};
pub use input::{CastError, InputError, InputOptions};
#[cfg(all(feature = "mib", any(fuzzing, feature = "testing")))]
#[doc(hidden)]
pub use load::fuzz_modules;
#[cfg(feature = "mib")]
pub use load::{Leniency, LeniencyKind, LoadError, LoadErrorKind, Modules, SearchPath};
pub use names::{NameError, Names};
pub use output::{OutputOptionError, OutputOptions, Printed};
#[cfg(any(fuzzing, feature = "testing"))]
#[doc(hidden)]
pub use pretty::fuzz_display;
pub use pretty::{PrettyName, PrettyValue, PrettyVarBind, SyntaxDisplay};
pub(crate) use syntax::misfit;
pub use syntax::{BaseType, Label, Misfit, Syntax};
