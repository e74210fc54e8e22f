//! In which context a request of SNMPv3 is made.

use std::fmt;
use std::sync::Arc;

use crate::security::EngineId;

/// A context by the engine that realizes it and by its name. RFC 3411 section 3.3.1.
///
/// The default one, the authoritative engine's context without a name, costs nothing; others are cheap
/// to clone. Only SNMPv3 carries it in the message.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Context(Option<Arc<Inner>>);

#[derive(Clone, Default, PartialEq, Eq)]
struct Inner {
    engine_id: Option<EngineId>,
    name: Box<[u8]>,
}

impl Context {
    /// The context `name` of the authoritative engine.
    pub fn named(name: impl AsRef<[u8]>) -> Self {
        Self::default().with_name(name)
    }

    /// The context `name` of the same engine.
    #[must_use]
    pub fn with_name(mut self, name: impl AsRef<[u8]>) -> Self {
        Arc::make_mut(self.0.get_or_insert_default()).name = name.as_ref().into();
        self
    }

    /// The context of the same name at `engine_id`, which the authoritative engine speaks for.
    #[must_use]
    pub fn at_engine(mut self, engine_id: EngineId) -> Self {
        Arc::make_mut(self.0.get_or_insert_default()).engine_id = Some(engine_id);
        self
    }

    /// contextEngineID, unless it is the authoritative engine's.
    pub fn engine_id(&self) -> Option<&EngineId> {
        self.0.as_ref()?.engine_id.as_ref()
    }

    /// contextName; empty is the default context.
    pub fn name(&self) -> &[u8] {
        self.0.as_ref().map_or(&[], |context| &context.name)
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("engine_id", &self.engine_id())
            .field("name", &format_args!("{}", self.name().escape_ascii()))
            .finish()
    }
}
