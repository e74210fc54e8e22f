//! Names, values and bindings as PySNMP's `prettyPrint` writes them.

mod hint;
mod index;
mod name;
mod value;

pub use name::PrettyName;
pub use value::{PrettyValue, PrettyVarBind, SyntaxDisplay};
