//! Bindings, names and values as Net-SNMP's tools print them, with the options that follow their `-O`.
//!
//! Kept apart from the style of [`PrettyVarBind`](super::PrettyVarBind): neither borrows from the other, so that a
//! change to one cannot show in the other.

mod index;
mod name;
mod octets;
mod options;
mod printed;
mod value;

pub use options::{OutputOptionError, OutputOptions};
pub use printed::Printed;
