//! The compiled-in modules. The tables are written by `examples/mibgen`.

mod lookup;
mod tables;

pub use lookup::Builtin;
pub(super) use lookup::DISPLAY_STRING;
#[cfg(feature = "mib")]
pub(super) use tables::MODULES;
