//! Command responders, and what can be changed while they serve.

use std::fmt;
use std::rc::Rc;

use crate::access::AccessControl;
use crate::applications::{CommandResponder, Contexts, ServedContext};
use crate::deferred::Deferred;
use crate::engine::{ContextScope, PduClass, RegistrationId};
use crate::objects::{Completion, ManagedObject, OverlapError, Ticket};
use crate::smi::{ObjectIdentifier, OidRef};

use super::error::SnmpError;
use super::served::Served;
use super::session::SnmpEngine;

impl SnmpEngine {
    /// Serves requests to this engine by `responder` (PySNMP's `GetCommandResponder` and its sisters in one), whatever
    /// their context: the responder has [the list of those](CommandResponder::contexts). It stays when what this
    /// returns is dropped. Its objects can be changed while they are served: see [`RegisteredResponder`].
    ///
    /// # Errors
    ///
    /// [`SnmpError::Registration`] if there is one already that has not been [closed](RegisteredResponder::close). Those
    /// [for certain contexts](Self::register_responder_within) do not count.
    ///
    /// # Examples
    ///
    /// ```
    /// use deferred_snmp::access::OpenAccess;
    /// use deferred_snmp::applications::CommandResponder;
    /// use deferred_snmp::hlapi::{ContextScope, SnmpEngine, SnmpError};
    /// use deferred_snmp::objects::MibTree;
    /// # use deferred_snmp::reactor::Reactor;
    ///
    /// # let reactor = Reactor::new()?;
    /// let engine = SnmpEngine::new(&reactor.handle());
    /// let responder = || CommandResponder::new(MibTree::new(), OpenAccess);
    /// let first = engine.register_responder(responder())?;
    /// let second = engine.register_responder(responder());
    /// assert!(matches!(second, Err(SnmpError::Registration(_))));
    /// // On behalf of a device that speaks no SNMPv3 itself.
    /// let device = ContextScope::engine("80000000010a0b0c0d".parse()?);
    /// engine.register_responder_within(device, responder())?;
    /// first.close();
    /// engine.register_responder(responder())?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn register_responder(
        &self,
        responder: CommandResponder,
    ) -> Result<RegisteredResponder, SnmpError> {
        self.register_responder_within(ContextScope::this_engine(), responder)
    }

    /// Serves requests in the contexts of `scope` by `responder`: of another engine, or in one context beside a responder
    /// for all. See [`Engine::register`](crate::engine::Engine::register) for who comes first.
    ///
    /// The scope says which requests the responder gets, and its [contexts](CommandResponder::contexts_mut) what it
    /// answers them from. Where a scope [names a context](ContextScope::named), the responder needs one of that name: what
    /// [`CommandResponder::new`] was given is the default context, which nobody reaches there.
    /// `examples/agent_contexts.rs` serves both, by [`Agent`](super::Agent)s.
    ///
    /// # Errors
    ///
    /// [`SnmpError::Registration`] if there is one for the same scope already.
    ///
    /// # Examples
    ///
    /// ```
    /// use deferred_snmp::access::OpenAccess;
    /// use deferred_snmp::applications::CommandResponder;
    /// use deferred_snmp::hlapi::{ContextScope, SnmpEngine};
    /// use deferred_snmp::objects::{MibTree, Scalar};
    /// use deferred_snmp::oid;
    /// # use deferred_snmp::reactor::Reactor;
    ///
    /// # let reactor = Reactor::new()?;
    /// # let engine = SnmpEngine::new(&reactor.handle());
    /// let mut objects = MibTree::new();
    /// objects.register(oid!(1.3.6.1.2.1.1.5), Scalar::constant("line card 7"))?;
    /// let mut responder = CommandResponder::new(MibTree::new(), OpenAccess);
    /// responder.contexts_mut().insert("card-7", objects);
    /// let card = ContextScope::this_engine().named("card-7");
    /// engine.register_responder_within(card, responder)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn register_responder_within(
        &self,
        scope: ContextScope,
        responder: CommandResponder,
    ) -> Result<RegisteredResponder, SnmpError> {
        let session = self.session();
        let served = Served::new(responder, session);
        let registered = &session.responders().registered;
        let id = session.register(registered, scope, &PduClass::REQUESTS, Rc::clone(&served))?;
        Ok(RegisteredResponder { served, id })
    }
}

/// A command responder that is registered with an engine, which [`SnmpEngine::register_responder`] gives: the way to its
/// objects while they are served.
///
/// Clones are the same responder, and to drop them ends nothing. Everything here may be called from the code of a managed
/// object too, about this object itself as well: what is removed while it runs is dropped when it returns. So an object may
/// own a clone; the objects are dropped with the engine, or with [`close`](Self::close). One that owns an [`SnmpEngine`] keeps
/// that until it is removed itself.
///
/// # Examples
///
/// ```
/// use deferred_snmp::access::OpenAccess;
/// use deferred_snmp::applications::CommandResponder;
/// use deferred_snmp::hlapi::SnmpEngine;
/// use deferred_snmp::objects::{Column, MibTree, Scalar, Table};
/// use deferred_snmp::oid;
/// # use deferred_snmp::reactor::Reactor;
///
/// # let reactor = Reactor::new()?;
/// let engine = SnmpEngine::new(&reactor.handle());
/// let agent = engine.register_responder(CommandResponder::new(MibTree::new(), OpenAccess))?;
/// // All this, at any time.
/// let cards = oid!(1.3.6.1.4.1.8072.9999.9999.7.1);
/// agent.register(cards.clone(), Table::new([Column::new(2)]))?;
/// agent.with(&cards, |table: &mut Table| table.insert(&[7], [(2, "line card 7")]));
/// agent.unregister(&cards);
/// // In a context of another name.
/// agent.contexts().insert("card-7", MibTree::new());
/// if let Some(card) = agent.context("card-7") {
///     card.register(oid!(1.3.6.1.2.1.1.5), Scalar::constant("line card 7"))?;
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct RegisteredResponder {
    served: Rc<Served>,
    id: RegistrationId,
}

impl RegisteredResponder {
    /// The responder itself, to change its bounds. To have its requests answered is the engine's part.
    pub fn responder(&self) -> &CommandResponder {
        self.served.responder()
    }

    /// Its contexts: they come and go, and are [available](Contexts::set_available) or not.
    ///
    /// A request of SNMPv3 names the context that it asks. One of SNMPv1 or SNMPv2c is in that of its community, by
    /// [`CommunityEntry::context_name`](crate::security::CommunityEntry::context_name).
    pub fn contexts(&self) -> &Contexts {
        self.responder().contexts()
    }

    /// The context `name`, whose objects can be changed. How requests come to it, see [`contexts`](Self::contexts).
    pub fn context(&self, name: impl AsRef<[u8]>) -> Option<ServedContext<'_>> {
        self.contexts().get(name)
    }

    /// Puts `object` in charge of everything below `name` in the default context.
    ///
    /// # Errors
    ///
    /// Another object lies at, above or below `name`.
    pub fn register(
        &self,
        name: impl Into<ObjectIdentifier>,
        object: impl ManagedObject,
    ) -> Result<(), OverlapError> {
        match self.context("") {
            Some(context) => context.register(name, object),
            None => Ok(()),
        }
    }

    /// Removes the object registered at `name` in the default context, and drops it. False if there is none. Requests that
    /// wait for it are answered: see [`ServedContext::unregister`].
    pub fn unregister<'n>(&self, name: impl Into<OidRef<'n>>) -> bool {
        let context = self.context("");
        context.is_some_and(|context| context.unregister(name))
    }

    /// What `look` makes of the object registered at `name` in the default context: see [`ServedContext::with`].
    pub fn with<'n, T: ManagedObject, R>(
        &self,
        name: impl Into<OidRef<'n>>,
        look: impl FnOnce(&mut T) -> R,
    ) -> Option<R> {
        self.context("")?.with(name, look)
    }

    /// Replaces the access control. A request under way goes by the old one until its next slice, or until what it waits for
    /// has come.
    pub fn set_access(&self, access: impl AccessControl + 'static) {
        self.responder().set_access(access);
    }

    /// Hands in what an object has to say under a [ticket](crate::objects::Asker::ticket), and has its request go on. An object
    /// with a Deferred has less to do: see [`Asker::later`](crate::objects::Asker::later). False if nobody waits for it
    /// any more.
    pub fn complete(&self, ticket: Ticket, outcome: Completion) -> bool {
        self.served.complete(ticket, outcome, None)
    }

    /// Serves no more: requests go to another responder that is registered for them, or are refused. Those that wait are
    /// answered still; then the objects are dropped. False if it has been closed already, or the engine has ended.
    pub fn close(&self) -> bool {
        let session = self.served.session();
        session.is_some_and(|session| session.close_responder(&self.served, self.id))
    }
}

impl RegisteredResponder {
    /// Closes it, and fires when what waited has been answered: also where it has been closed before, and requests wait still.
    pub(super) fn close_after_answers(&self) -> Deferred<()> {
        self.close();
        self.served.end()
    }
}

impl fmt::Debug for RegisteredResponder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let session = self.served.session();
        let is_open =
            session.is_some_and(|session| session.responders().registered.contains(self.id));
        f.debug_struct("RegisteredResponder")
            .field("is_open", &is_open)
            .finish()
    }
}
