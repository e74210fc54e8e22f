//! The compiled-in names: SNMPv2-SMI, SNMPv2-MIB (RFC 3418) and IF-MIB (RFC 2863).

mod entry;
mod labels;
mod nodes;
mod syntaxes;

pub use entry::Builtin;
pub(super) use syntaxes::DISPLAY_STRING;
