//! Names: what `SNMPv2-MIB::sysDescr` stands for, and what its values look like.
//!
//! A source of names, [`Names`], knows the [`Definition`]s and [`Syntax`]es behind them; [`Builtin`] is the one that needs
//! no file. [`NamesExt`] leads from a name to an OBJECT IDENTIFIER and back.

mod buffered;
mod builtin;
mod definition;
mod display_hint;
mod index;
mod index_error;
mod index_value;
mod input;
mod instance;
#[cfg(feature = "mib")]
mod load;
mod module;
mod name_error;
mod names_ext;
mod output;
mod pretty;
mod roots;
mod source;
mod syntax;

pub use builtin::Builtin;
pub(crate) use builtin::DISPLAY_STRING;
pub use definition::{Access, Definition, Macro, Node, NodeKind, Status, Symbol};
pub use index::IndexPart;
pub use index_error::IndexError;
pub use index_value::{Index, IndexValue};
pub use input::{CastError, DefaultError, InputError, InputOptions};
#[cfg(all(feature = "mib", any(fuzzing, feature = "testing")))]
#[doc(hidden)]
pub use load::fuzz_modules;
#[cfg(feature = "mib")]
pub use load::{Leniency, LeniencyKind, LoadError, LoadErrorKind, Modules, SearchPath};
pub use name_error::NameError;
pub use names_ext::NamesExt;
pub use output::{OutputOptionError, OutputOptions, Printed};
#[cfg(any(fuzzing, feature = "testing"))]
#[doc(hidden)]
pub use pretty::fuzz_display;
pub use pretty::{PrettyName, PrettyValue, PrettyVarBind, SyntaxDisplay};
pub use source::Names;
pub(crate) use syntax::misfit;
pub use syntax::{BaseType, Label, Misfit, Syntax};
