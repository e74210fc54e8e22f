//! Values that people and programs write, made into what an object's SYNTAX asks for.
//!
//! [`Syntax::parse`](super::Syntax::parse) and [`Syntax::cast`](super::Syntax::cast) follow PySNMP, [`InputOptions`]
//! follows Net-SNMP's tools.

mod assign;
mod best_match;
mod cast;
mod default;
mod error;
mod hint;
mod index;
mod name;
mod scan;
mod written;

pub use assign::InputOptions;
pub use cast::CastError;
pub use default::DefaultError;
pub(super) use default::default_of;
pub use error::InputError;
pub(super) use hint::parse_octets;
pub(super) use index::arc;
pub(super) use written::{below, instance_at, unusual};
