//! Names, values and bindings as PySNMP's `prettyPrint` writes them.

#[cfg(any(fuzzing, feature = "testing"))]
mod fuzz;
mod hint;
mod index;
mod name;
mod value;

#[cfg(any(fuzzing, feature = "testing"))]
#[doc(hidden)]
pub use fuzz::fuzz_display;
pub(super) use index::is_counted;
pub use name::PrettyName;
pub use value::{PrettyValue, PrettyVarBind, SyntaxDisplay};
