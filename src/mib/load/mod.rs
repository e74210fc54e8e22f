//! MIB modules from files.

mod error;
mod home;
mod modules;
mod resolve;
mod search;
mod source;
mod text;
mod types;
mod words;

pub use error::{Leniency, LoadError, LoadErrorKind};
pub use modules::Modules;
pub use search::SearchPath;
