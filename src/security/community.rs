//! The community-based security models of SNMPv1 and SNMPv2c (RFC 3584 section 5).

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use super::engine_id::EngineId;

/// A community name: the octets that a v1 or v2c message carries in the clear.
///
/// Cheap to clone, however many targets share it. It is a password of sorts, so `Debug` does not
/// show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Community(Arc<[u8]>);

impl Community {
    /// The octets on the wire.
    pub fn octets(&self) -> &[u8] {
        &self.0
    }
}

impl<N: AsRef<[u8]> + ?Sized> From<&N> for Community {
    fn from(name: &N) -> Self {
        Self(name.as_ref().into())
    }
}

impl fmt::Debug for Community {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Community(..)")
    }
}

/// Whom a community stands for: a row of `snmpCommunityTable` (RFC 3584 section 5.3).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CommunityEntry {
    /// The name that access control decides by.
    pub security_name: Arc<[u8]>,
    /// The context that requests with this community speak of; empty is the default context.
    pub context_name: Arc<[u8]>,
    /// The engine whose context that is, since messages with a community do not say it (snmpCommunityContextEngineID).
    /// None by default: then requests are about this engine, and of notifications it is not known. Where it is another
    /// engine, requests go to who has [registered](crate::engine::Engine::register) for that. `8000000006` is this one
    /// (RFC 5343).
    pub context_engine_id: Option<EngineId>,
}

impl CommunityEntry {
    /// An entry for the default context.
    pub fn new(security_name: impl AsRef<[u8]>) -> Self {
        Self {
            security_name: security_name.as_ref().into(),
            context_name: Arc::default(),
            context_engine_id: None,
        }
    }

    /// The same entry for another context.
    #[must_use]
    pub fn context_name(mut self, name: impl AsRef<[u8]>) -> Self {
        self.context_name = name.as_ref().into();
        self
    }

    /// The same entry for contexts of another engine: see the [field](Self::context_engine_id).
    #[must_use]
    pub fn context_engine_id(mut self, engine_id: EngineId) -> Self {
        self.context_engine_id = Some(engine_id);
        self
    }
}

/// Decides about communities that the table does not list.
type Rule = dyn Fn(&[u8]) -> Option<CommunityEntry> + Send + Sync;

/// The communities that this engine answers to. Empty by default: no request is served.
#[derive(Default)]
pub struct CommunityTable {
    entries: HashMap<Arc<[u8]>, CommunityEntry>,
    rule: Option<Box<Rule>>,
}

impl CommunityTable {
    /// Accepts `community`; gives back the entry it had before.
    pub fn insert(
        &mut self,
        community: impl AsRef<[u8]>,
        entry: CommunityEntry,
    ) -> Option<CommunityEntry> {
        self.entries.insert(community.as_ref().into(), entry)
    }

    /// Accepts `community` no longer.
    pub fn remove(&mut self, community: impl AsRef<[u8]>) -> Option<CommunityEntry> {
        self.entries.remove(community.as_ref())
    }

    /// Accepts no longer what stands for `security_name`. True if there was such a community. Looks at all.
    pub fn remove_security_name(&mut self, security_name: impl AsRef<[u8]>) -> bool {
        let (name, before) = (security_name.as_ref(), self.entries.len());
        self.entries
            .retain(|_, entry| *entry.security_name != *name);
        self.entries.len() < before
    }

    /// Asks `rule` about every community that is not listed, in place of an earlier rule: a family of
    /// names can be accepted by a pattern. It is called for each message with such a community, from
    /// whomever it comes, and must not block.
    pub fn set_rule(
        &mut self,
        rule: impl Fn(&[u8]) -> Option<CommunityEntry> + Send + Sync + 'static,
    ) {
        self.rule = Some(Box::new(rule));
    }

    /// Whom `community` stands for. Allocates only where a rule decides.
    pub fn lookup(&self, community: &[u8]) -> Option<(Community, CommunityEntry)> {
        let known = self.find(community)?;
        let name = known.name(community);
        Some((name, known.entry.into_owned()))
    }

    /// The same, lent where it is listed.
    #[inline]
    pub(crate) fn find(&self, community: &[u8]) -> Option<KnownCommunity<'_>> {
        if let Some((name, entry)) = self.entries.get_key_value(community) {
            return Some(KnownCommunity {
                name: Some(name),
                entry: Cow::Borrowed(entry),
            });
        }
        let entry = self.rule.as_ref()?(community)?;
        Some(KnownCommunity {
            name: None,
            entry: Cow::Owned(entry),
        })
    }
}

/// A community that is accepted.
pub(crate) struct KnownCommunity<'a> {
    /// None if a rule has decided.
    name: Option<&'a Arc<[u8]>>,
    /// Whom it stands for.
    pub(crate) entry: Cow<'a, CommunityEntry>,
}

impl KnownCommunity<'_> {
    /// Its name, which is `community`.
    pub(crate) fn name(&self, community: &[u8]) -> Community {
        let listed = self.name.map(|name| Community(Arc::clone(name)));
        listed.unwrap_or_else(|| community.into())
    }
}

impl fmt::Debug for CommunityTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.entries.values()).finish()
    }
}
