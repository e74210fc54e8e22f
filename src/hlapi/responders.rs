//! Command responders, and the requests that they answer.

use std::cell::RefCell;
use std::fmt;
use std::rc::{Rc, Weak};

use crate::applications::{CommandResponder, RequestInfo, Unanswered};
use crate::engine::{
    ContextScope, IncomingRequest, PduClass, Refusal, RegistrationId, StateReference,
};
use crate::throttle::Throttle;

use super::error::SnmpError;
use super::registered::{Lent, Registered};
use super::session::{Session, SnmpEngine};

impl SnmpEngine {
    /// Serves requests to this engine by `responder` (PySNMP's `GetCommandResponder` and its sisters in one), whatever
    /// their context: which ones there are is the responder's affair. It stays when what this returns is dropped.
    ///
    /// # Errors
    ///
    /// [`SnmpError::Registration`] if there is one already, until that is [closed](RegisteredResponder::close). One that
    /// serves [other contexts](Self::register_responder_within) is none.
    ///
    /// # Examples
    ///
    /// ```
    /// use deferred_snmp::access::OpenAccess;
    /// use deferred_snmp::applications::CommandResponder;
    /// use deferred_snmp::hlapi::{ContextScope, SnmpEngine, SnmpError};
    /// use deferred_snmp::mib::MibTree;
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
    /// # Errors
    ///
    /// [`SnmpError::Registration`] if there is one for the same scope already.
    pub fn register_responder_within(
        &self,
        scope: ContextScope,
        responder: CommandResponder,
    ) -> Result<RegisteredResponder, SnmpError> {
        let session = self.session();
        let registered = &session.responders().registered;
        let responder = Box::new(responder);
        let id = session.register(registered, scope, &PduClass::REQUESTS, responder)?;
        Ok(RegisteredResponder {
            session: Rc::downgrade(session),
            id,
        })
    }
}

/// A command responder that serves the requests of an engine: [`SnmpEngine::register_responder`].
pub struct RegisteredResponder {
    session: Weak<Session>,
    id: RegistrationId,
}

impl RegisteredResponder {
    /// Serves no more: requests are refused as those that nobody takes, unless another responder does. False if it has
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
    registered: Registered<Box<CommandResponder>>,
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
        let info = RequestInfo::from(&request);
        responder.set_time(now);
        let answer = responder.process(&info, request.pdu.as_ref(), request.room);
        responder.recycle(request.pdu);
        drop(lent);
        match answer {
            Ok(pdu) => {
                _ = self
                    .binding()
                    .with_engine(|engine, now| engine.respond(now, state, pdu));
            }
            Err(Unanswered::UnknownContext) => self.refuse(state, Refusal::UnknownContext),
            Err(reason) => {
                let left_out = self.responders().unanswered.borrow_mut().admit(now);
                if let Some(left_out) = left_out {
                    let peer = request.peer;
                    debug!("request from {peer} is not answered: {reason}{left_out}");
                }
                self.binding()
                    .with_engine(|engine, _| engine.discard(state));
            }
        }
    }

    fn refuse(&self, state: StateReference, refusal: Refusal) {
        self.binding()
            .with_engine(|engine, now| engine.refuse_request(now, state, refusal));
    }
}
