//! Names, values and bindings as PySNMP's `prettyPrint` writes them.

mod fuzz;
mod hint;
mod index;
mod name;
mod value;

#[doc(hidden)]
pub use fuzz::fuzz_display;
pub use name::PrettyName;
pub use value::{PrettyValue, PrettyVarBind, SyntaxDisplay};
