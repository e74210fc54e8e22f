//! Where the verbs meet: those of PySNMP, and those of a [`RemoteEngine`](super::RemoteEngine).

use std::rc::Rc;

use crate::applications::Command;
use crate::deferred::Deferred;
use crate::message::Version;
use crate::pdu::{Pdu, PduKind};
use crate::smi::VarBindList;

use super::auth::AuthData;
use super::context::ContextData;
use super::error::SnmpError;
use super::object::ObjectType;
use super::place::{Place, TransportTarget};
use super::question::Question;
use super::response::Response;
use super::session::{Session, SnmpEngine};

/// Who asks whom, and how.
pub(super) struct Exchange<'a> {
    pub(super) session: &'a Rc<Session>,
    pub(super) place: &'a Place,
    /// What is wrong with the credentials is an error of the operation.
    pub(super) question: Result<Question, SnmpError>,
}

impl<'a> Exchange<'a> {
    pub(super) fn new(
        engine: &'a SnmpEngine,
        auth: &(impl AuthData + ?Sized),
        target: &'a (impl TransportTarget + ?Sized),
        context: &ContextData,
    ) -> Self {
        let context = context.context().clone();
        let credentials = auth.credentials();
        Self {
            session: engine.session(),
            place: target.place(),
            question: credentials.map(|it| Question::new(it, context, target.options())),
        }
    }

    /// Sends a command about `objects`.
    pub(super) fn send(
        self,
        command: Command,
        objects: impl IntoIterator<Item = impl Into<ObjectType>>,
    ) -> Deferred<Response, SnmpError> {
        let session = self.session;
        let mut var_binds = session.var_binds();
        for object in objects {
            let object: ObjectType = object.into();
            let encoded = match command {
                Command::GetNext | Command::GetBulk(_) => {
                    object.encode_root(session, &mut var_binds)
                }
                _ => object.encode(session, &mut var_binds),
            };
            if let Err(error) = encoded {
                return Deferred::fail(error);
            }
        }
        self.start(command, var_binds)
    }

    /// Sends a PDU as it is, but for its request-id.
    pub(super) fn send_pdu(mut self, pdu: Pdu) -> Deferred<Response, SnmpError> {
        let command = match (pdu.kind, pdu.bulk()) {
            (_, Some(bulk)) => Command::GetBulk(bulk),
            (PduKind::GetNextRequest, _) => Command::GetNext,
            (PduKind::SetRequest, _) => Command::Set,
            (PduKind::TrapV2, _) => Command::Trap,
            (PduKind::InformRequest, _) => Command::Inform,
            // A GetRequest-PDU, or what the engine refuses.
            _ => Command::Get,
        };
        // As it is, whatever comes of it.
        if let Ok(question) = &mut self.question {
            question.options.split_too_big = false;
        }
        self.start_with(command, false, |_| pdu)
    }

    /// Starts an operation of one request, once the target's address is known.
    pub(super) fn start(
        self,
        command: Command,
        var_binds: VarBindList,
    ) -> Deferred<Response, SnmpError> {
        self.start_with(command, true, |version| command.pdu(version, var_binds))
    }

    pub(super) fn start_with(
        self,
        command: Command,
        own_trap: bool,
        pdu: impl FnOnce(Version) -> Pdu,
    ) -> Deferred<Response, SnmpError> {
        let (session, place) = (self.session, self.place);
        let mut question = match self.question {
            Ok(question) => question,
            Err(error) => return Deferred::fail(error),
        };
        question.command = command;
        question.own_trap = own_trap;
        let pdu = pdu(question.credentials.version());
        if let Some(address) = place.address() {
            return session.start(address, question, pdu);
        }
        let options = question.options;
        question.until = options.over_at(session.handle());
        let resolved = Rc::clone(session);
        place
            .resolve(session.handle(), options)
            .add_callback(move |address| resolved.start(address, question, pdu))
    }
}
