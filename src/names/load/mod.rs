//! MIB modules from files.

mod defval;
mod encoding;
mod error;
#[cfg(any(fuzzing, feature = "testing"))]
mod fuzz;
mod home;
mod modules;
mod notes;
mod quotes;
mod repair;
mod resolve;
mod search;
mod source;
mod text;
mod tokens;
mod types;
mod words;

pub use error::{Leniency, LeniencyKind, LoadError, LoadErrorKind};
#[cfg(any(fuzzing, feature = "testing"))]
#[doc(hidden)]
pub use fuzz::fuzz_modules;
pub use modules::Modules;
pub use search::SearchPath;
