//! Who takes which PDUs: applications register for contexts and classes. RFC 3412 sections 4.2.2.1, 4.3 and 4.4.

use std::collections::HashMap;
use std::fmt;
use std::num::NonZeroU64;
use std::sync::Arc;

use slab::Slab;

use crate::pdu::PduKind;
use crate::security::EngineId;

/// A class of PDUs that an application can register for. RFC 3411 section 2.8.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[expect(
    clippy::exhaustive_enums,
    reason = "what is neither asked nor told is an answer, which goes to who has asked"
)]
pub enum PduClass {
    /// GetRequest-PDU, GetNextRequest-PDU and GetBulkRequest-PDU.
    Read,
    /// SetRequest-PDU.
    Write,
    /// InformRequest-PDU, SNMPv2-Trap-PDU, and the Trap-PDU of SNMPv1.
    Notification,
}

impl PduClass {
    /// What a command responder takes.
    pub const REQUESTS: [Self; 2] = [Self::Read, Self::Write];

    /// The class of a PDU; none of an answer.
    #[inline]
    pub const fn of(kind: PduKind) -> Option<Self> {
        Some(match kind {
            PduKind::GetRequest | PduKind::GetNextRequest | PduKind::GetBulkRequest => Self::Read,
            PduKind::SetRequest => Self::Write,
            PduKind::InformRequest | PduKind::TrapV2 => Self::Notification,
            PduKind::Response | PduKind::Report => return None,
        })
    }
}

/// Contexts that an application speaks for: those of one engine or of any, with one name or with all names.
///
/// `8000000006` as the engine is this one (RFC 5343).
///
/// # Examples
///
/// ```
/// use deferred_snmp::engine::ContextScope;
///
/// let device = "80000000010a0b0c0d".parse()?;
/// let one = ContextScope::engine(device).named("vlan-7");
/// assert_eq!(one.to_string(), "context \"vlan-7\" of engine 80000000010a0b0c0d");
/// let default = ContextScope::this_engine().named("");
/// assert_eq!(default.to_string(), "the default context of this engine");
/// # Ok::<(), deferred_snmp::security::EngineIdError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct ContextScope {
    engine: ContextEngine,
    /// None for all.
    name: Option<Arc<[u8]>>,
}

/// Whose contexts an application speaks for, or whose context a message speaks of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::engine) enum ContextEngine {
    This,
    Given(EngineId),
    /// Of a message: it does not say whose.
    Any,
}

impl ContextScope {
    /// All contexts of the engine that is registered with.
    pub const fn this_engine() -> Self {
        Self::all_of(ContextEngine::This)
    }

    /// All contexts of the engine `engine_id`, whichever that is.
    pub const fn engine(engine_id: EngineId) -> Self {
        Self::all_of(ContextEngine::Given(engine_id))
    }

    /// All contexts of every engine, but for PDUs of a class that somebody has registered for by the engine's name.
    /// Notifications of SNMPv1 and SNMPv2c, which name no engine, are among what this takes, unless the
    /// [entry](crate::security::CommunityEntry::context_engine_id) of their community names one.
    pub const fn any_engine() -> Self {
        Self::all_of(ContextEngine::Any)
    }

    /// Only the context `name` of these; empty is the default context.
    #[must_use]
    pub fn named(mut self, name: impl AsRef<[u8]>) -> Self {
        self.name = Some(name.as_ref().into());
        self
    }

    const fn all_of(engine: ContextEngine) -> Self {
        Self { engine, name: None }
    }
}

impl fmt::Display for ContextScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) if name.is_empty() => f.write_str("the default context")?,
            Some(name) => write!(f, "context \"{}\"", name.escape_ascii())?,
            None => f.write_str("all contexts")?,
        }
        match self.engine {
            ContextEngine::This => f.write_str(" of this engine"),
            ContextEngine::Given(engine_id) => write!(f, " of engine {engine_id}"),
            ContextEngine::Any => f.write_str(" of any engine"),
        }
    }
}

impl fmt::Debug for ContextScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ContextScope({self})")
    }
}

/// Names a registration. It is never reused: a stale one names nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RegistrationId {
    slot: u32,
    serial: NonZeroU64,
}

impl RegistrationId {
    /// A small number that no other registration has until this one is ended: an index for a table of what belongs to
    /// each.
    pub fn index(self) -> usize {
        self.slot as usize
    }
}

/// Why [`Engine::register`](crate::engine::Engine::register) refused; nothing was registered.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RegistrationError {
    /// Somebody has registered for the same contexts and class, and has not ended that.
    AlreadyRegistered {
        /// The contexts.
        scope: ContextScope,
        /// The first of the classes of which that is so.
        class: PduClass,
    },
    /// There are as many registrations as may be.
    TooMany {
        /// That number.
        limit: usize,
    },
}

impl fmt::Display for RegistrationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AlreadyRegistered { scope, class } => {
                let what = match class {
                    PduClass::Read => "read requests",
                    PduClass::Write => "write requests",
                    PduClass::Notification => "notifications",
                };
                write!(
                    f,
                    "another application has registered for {what} in {scope}"
                )
            }
            Self::TooMany { limit } => {
                write!(f, "there are {limit} registrations, which is the limit")
            }
        }
    }
}

impl std::error::Error for RegistrationError {}

/// So many registrations there may be.
const CAPACITY: usize = 4_096;

/// The registrations. Looking one up takes no hashing where nobody has registered for a context by its name or for
/// another engine.
#[derive(Debug)]
pub(super) struct Registry {
    own: EngineId,
    registrations: Slab<Registration>,
    serial: NonZeroU64,
    /// How many of them are for notifications.
    receivers: usize,
    this: Contexts,
    others: HashMap<EngineId, Contexts>,
    any: Contexts,
}

#[derive(Debug)]
struct Registration {
    serial: NonZeroU64,
    scope: ContextScope,
    classes: Box<[PduClass]>,
}

/// Who takes what of one engine's contexts, or of any engine's.
#[derive(Debug, Default)]
struct Contexts {
    all: Takers,
    named: HashMap<Arc<[u8]>, Takers>,
}

/// Who takes which class.
#[derive(Debug, Default)]
struct Takers {
    read: Option<RegistrationId>,
    write: Option<RegistrationId>,
    notification: Option<RegistrationId>,
}

impl Registry {
    /// Of the engine `own`.
    pub(super) fn new(own: EngineId) -> Self {
        Self {
            own,
            registrations: Slab::new(),
            serial: NonZeroU64::MIN,
            receivers: 0,
            this: Contexts::default(),
            others: HashMap::new(),
            any: Contexts::default(),
        }
    }

    /// The same where the owner of the engine takes its requests, and notifications of any engine, if so.
    pub(super) fn of_owner(own: EngineId, requests: bool, notifications: bool) -> Self {
        let mut registry = Self::new(own);
        let wanted = [
            (
                requests,
                ContextScope::this_engine(),
                &PduClass::REQUESTS[..],
            ),
            (
                notifications,
                ContextScope::any_engine(),
                &[PduClass::Notification],
            ),
        ];
        for (_, scope, classes) in wanted.into_iter().filter(|(is_wanted, ..)| *is_wanted) {
            let registered = registry.register(scope, classes);
            debug_assert!(registered.is_ok(), "nobody else has registered");
        }
        registry
    }

    /// Whether anybody takes any notifications.
    pub(super) fn takes_notifications(&self) -> bool {
        self.receivers > 0
    }

    /// Who takes a PDU in a context: who has registered for the very engine comes before who has for any, and who has for
    /// the very context before who has for all.
    #[inline(always)]
    pub(super) fn find(
        &self,
        class: PduClass,
        engine: &ContextEngine,
        name: &[u8],
    ) -> Option<RegistrationId> {
        let contexts = match engine {
            ContextEngine::This => Some(&self.this),
            ContextEngine::Given(engine) if *engine == self.own => Some(&self.this),
            ContextEngine::Given(engine) => self.others.get(engine),
            ContextEngine::Any => None,
        };
        let exact = contexts.and_then(|contexts| contexts.find(class, name));
        exact.or_else(|| self.any.find(class, name))
    }

    pub(super) fn register(
        &mut self,
        scope: ContextScope,
        classes: &[PduClass],
    ) -> Result<RegistrationId, RegistrationError> {
        let scope = self.resolved(scope);
        let takers = self.contexts(&scope).and_then(|it| it.takers(&scope));
        let is_taken = |class: &&PduClass| takers.is_some_and(|it| it.of(**class).is_some());
        if let Some(&class) = classes.iter().find(is_taken) {
            return Err(RegistrationError::AlreadyRegistered { scope, class });
        }
        if self.registrations.len() >= CAPACITY {
            return Err(RegistrationError::TooMany { limit: CAPACITY });
        }
        self.serial = self.serial.saturating_add(1);
        self.receivers += usize::from(classes.contains(&PduClass::Notification));
        let slot = self.registrations.insert(Registration {
            serial: self.serial,
            scope: scope.clone(),
            classes: classes.into(),
        });
        let id = RegistrationId {
            slot: slot as u32,
            serial: self.serial,
        };
        let contexts = match scope.engine {
            ContextEngine::This => &mut self.this,
            ContextEngine::Given(engine) => self.others.entry(engine).or_default(),
            ContextEngine::Any => &mut self.any,
        };
        let takers = match scope.name {
            Some(name) => contexts.named.entry(name).or_default(),
            None => &mut contexts.all,
        };
        for class in classes {
            *takers.of_mut(*class) = Some(id);
        }
        Ok(id)
    }

    /// False if it has been ended already.
    pub(super) fn unregister(&mut self, id: RegistrationId) -> bool {
        let slot = id.index();
        let found = self.registrations.get(slot);
        if found.is_none_or(|found| found.serial != id.serial) {
            return false;
        }
        let Registration { scope, classes, .. } = self.registrations.remove(slot);
        self.receivers -= usize::from(classes.contains(&PduClass::Notification));
        match scope.engine {
            ContextEngine::This => self.this.unregister(scope.name, &classes),
            ContextEngine::Any => self.any.unregister(scope.name, &classes),
            ContextEngine::Given(engine) => {
                if let Some(contexts) = self.others.get_mut(&engine) {
                    contexts.unregister(scope.name, &classes);
                    if contexts.is_empty() {
                        self.others.remove(&engine);
                    }
                }
            }
        }
        true
    }

    /// This engine goes by this name, however it was called.
    fn resolved(&self, mut scope: ContextScope) -> ContextScope {
        if let ContextEngine::Given(engine) = scope.engine
            && (engine == self.own || engine == EngineId::LOCAL)
        {
            scope.engine = ContextEngine::This;
        }
        scope
    }

    fn contexts(&self, scope: &ContextScope) -> Option<&Contexts> {
        match &scope.engine {
            ContextEngine::This => Some(&self.this),
            ContextEngine::Given(engine) => self.others.get(engine),
            ContextEngine::Any => Some(&self.any),
        }
    }
}

impl Contexts {
    #[inline]
    fn find(&self, class: PduClass, name: &[u8]) -> Option<RegistrationId> {
        let named = self.named.get(name).and_then(|takers| takers.of(class));
        named.or_else(|| self.all.of(class))
    }

    fn takers(&self, scope: &ContextScope) -> Option<&Takers> {
        match &scope.name {
            Some(name) => self.named.get(name),
            None => Some(&self.all),
        }
    }

    fn unregister(&mut self, name: Option<Arc<[u8]>>, classes: &[PduClass]) {
        let Some(name) = name else {
            return self.all.clear(classes);
        };
        if let Some(takers) = self.named.get_mut(&name) {
            takers.clear(classes);
            if takers.is_empty() {
                self.named.remove(&name);
            }
        }
    }

    fn is_empty(&self) -> bool {
        self.all.is_empty() && self.named.is_empty()
    }
}

impl Takers {
    #[inline]
    fn of(&self, class: PduClass) -> Option<RegistrationId> {
        match class {
            PduClass::Read => self.read,
            PduClass::Write => self.write,
            PduClass::Notification => self.notification,
        }
    }

    fn of_mut(&mut self, class: PduClass) -> &mut Option<RegistrationId> {
        match class {
            PduClass::Read => &mut self.read,
            PduClass::Write => &mut self.write,
            PduClass::Notification => &mut self.notification,
        }
    }

    fn clear(&mut self, classes: &[PduClass]) {
        for class in classes {
            *self.of_mut(*class) = None;
        }
    }

    fn is_empty(&self) -> bool {
        self.read.is_none() && self.write.is_none() && self.notification.is_none()
    }
}
