//! The compiled-in modules. The files of `tables` are written by `examples/mibgen.rs`.

mod entry;
mod lookup;
mod tables;

pub use lookup::Builtin;
pub(crate) use lookup::DISPLAY_STRING;
#[cfg(feature = "mib")]
pub(super) use tables::MODULES;
