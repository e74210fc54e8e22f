//! Command responders, and the requests that they answer.

use std::cell::RefCell;
use std::fmt;
use std::rc::{Rc, Weak};

use crate::applications::{CommandResponder, Started, Unanswered};
use crate::engine::{
    ContextScope, IncomingRequest, PduClass, Refusal, RegistrationId, StateReference,
};
use crate::throttle::Throttle;

use super::error::SnmpError;
use super::registered::{Lent, Registered};
use super::session::{Session, SnmpEngine};

impl SnmpEngine {
    /// Serves requests to this engine by `responder` (PySNMP's `GetCommandResponder` and its sisters in one), whatever
    /// their context: the responder has [the list of those](CommandResponder::contexts_mut). It stays when what this
    /// returns is dropped.
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
    /// `examples/agent_of_other_engine.rs` serves both.
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
        let registered = &session.responders().registered;
        let responder = Rc::new(responder);
        let id = session.register(registered, scope, &PduClass::REQUESTS, responder)?;
        Ok(RegisteredResponder {
            session: Rc::downgrade(session),
            id,
        })
    }
}

/// A command responder that is registered with an engine, which [`SnmpEngine::register_responder`] gives. To drop this
/// ends nothing.
pub struct RegisteredResponder {
    session: Weak<Session>,
    id: RegistrationId,
}

impl RegisteredResponder {
    /// Serves no more. Its requests go to another responder that is registered for them, or are refused. False if it has
    /// been closed already, or the engine has ended.
    pub fn close(&self) -> bool {
        let session = self.session.upgrade();
        session.is_some_and(|session| session.unregister(&session.responders().registered, self.id))
    }
}

impl fmt::Debug for RegisteredResponder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let session = self.session.upgrade();
        let is_open =
            session.is_some_and(|session| session.responders().registered.contains(self.id));
        f.debug_struct("RegisteredResponder")
            .field("is_open", &is_open)
            .finish()
    }
}

/// The responders of an engine.
#[derive(Default)]
pub(super) struct Responders {
    registered: Registered<Rc<CommandResponder>>,
    /// Of the records of requests without an answer.
    unanswered: RefCell<Throttle>,
}

impl Session {
    /// Has a request answered by the responder that it is for.
    pub(super) fn serve(&self, request: IncomingRequest) {
        let (state, now) = (request.state, self.handle().now());
        let registered = &self.responders().registered;
        let context = (Some(&request.context_engine_id), &request.context_name[..]);
        let kind = request.pdu.kind;
        let mut lent = self.lend(registered, request.registration, kind, context);
        let Some(responder) = lent.as_mut().and_then(Lent::application) else {
            // It has been closed since the request came, and there is no other.
            return self.refuse(state, Refusal::UnknownPduHandler);
        };
        let responder = Rc::clone(responder);
        drop(lent);
        match responder.start(now, request) {
            Started::Answered(pdu) => {
                _ = self
                    .binding()
                    .with_engine(|engine, now| engine.respond(now, state, pdu));
            }
            Started::Unanswered(Unanswered::UnknownContext) => {
                self.refuse(state, Refusal::UnknownContext);
            }
            Started::Unanswered(Unanswered::UnavailableContext) => {
                self.refuse(state, Refusal::UnavailableContext);
            }
            Started::Unanswered(reason) => {
                let left_out = self.responders().unanswered.borrow_mut().admit(now);
                if let Some(left_out) = left_out {
                    debug!("request is not answered: {reason}{left_out}");
                }
                self.binding()
                    .with_engine(|engine, _| engine.discard(state));
            }
            Started::Waits | Started::Repeats(_) => {}
        }
    }

    fn refuse(&self, state: StateReference, refusal: Refusal) {
        self.binding()
            .with_engine(|engine, now| engine.refuse_request(now, state, refusal));
    }
}
