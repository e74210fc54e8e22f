//! In which context a request is made.

use crate::engine::Context;
use crate::security::EngineId;

/// The context that is spoken of (PySNMP's `ContextData`).
///
/// The default context is the only one that SNMPv1 and SNMPv2c can name in a message: there the
/// community chooses among several. SNMPv3 names it in every message.
///
/// # Examples
///
/// ```
/// use deferred_snmp::hlapi::ContextData;
///
/// let context = ContextData::default().name("my-context");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContextData {
    context: Context,
}

impl ContextData {
    /// The context `name` (PySNMP's `contextName`). Default empty: the default context.
    #[must_use]
    pub fn name(mut self, name: impl AsRef<[u8]>) -> Self {
        self.context = self.context.with_name(name);
        self
    }

    /// The engine that has the context (PySNMP's `contextEngineId`). Default the engine that is asked, which
    /// [`EngineId::LOCAL`] says too, whatever its name.
    #[must_use]
    pub fn engine_id(mut self, engine_id: EngineId) -> Self {
        self.context = self.context.at_engine(engine_id);
        self
    }

    pub(super) fn context(&self) -> &Context {
        &self.context
    }
}
