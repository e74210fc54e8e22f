//! In which context a request is made.

/// The context that is spoken of (PySNMP's `ContextData`).
///
/// The default context is the only one that SNMPv1 and SNMPv2c can name in a message: there the
/// community chooses among several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ContextData {}
