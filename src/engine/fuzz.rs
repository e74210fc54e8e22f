//! Any datagram, at an engine that is asked, notified, and waits for answers.

use std::time::{Duration, Instant};

use crate::message::{CommunityMessage, V3Message};
use crate::pdu::{ErrorStatus, Pdu, PduBody, PduKind};
use crate::security::usm::{AuthProtocol, Key, PrivProtocol, User, UserEntry, UserTable, UsmUser};
use crate::security::{CommunityEntry, CommunityTable, EngineId};
use crate::smi::{VarBindList, VarBindListRef};

use super::{
    Credentials, Endpoint, Engine, EngineConfig, Event, Peer, Request, RequestId, StateReference,
    UsmCredentials,
};

/// Gives `data` to an engine with communities, users and requests of its own under way: as it is, and as the answer to
/// each of those. Counts the requests and notifications that it takes from it. An entry point for fuzzing.
///
/// Whatever comes, the engine sends little and nothing that it could not read itself, each of its requests has one
/// outcome, and none is answered by a message whose digest is not right.
#[doc(hidden)]
pub fn fuzz_engine(now: Instant, data: &[u8]) -> usize {
    let Some(mut run) = Run::new(now) else {
        unreachable!("the configuration is sound");
    };
    run.engine.handle_message(now, &run.peer, data);
    run.settle();
    let taken = run.taken;
    for answer in run.as_answers(data) {
        let outcomes = run.authentic;
        run.engine.handle_message(now, &run.peer, &answer);
        run.settle();
        if answer != data {
            assert_eq!(outcomes, run.authentic, "believed without a digest");
        }
    }
    let mut rounds = 0;
    while let Some(deadline) = run.engine.next_deadline() {
        run.engine.handle_timeout(deadline);
        run.settle();
        rounds += 1;
        assert!(rounds < 100, "there is no end");
    }
    assert_eq!((run.outcomes, run.engine.outstanding()), (2, 0));
    taken
}

/// What [`fuzz_engine`] is about: the engine 80004fb80501 in its first boot; the community "public"; and the users "plain",
/// "auth" (SHA-256), "both" (SHA-1 and AES-128) and "old" (MD5 and DES), each octet of whose master keys is 7.
#[doc(hidden)]
pub fn fuzz_config() -> Option<EngineConfig> {
    let mut communities = CommunityTable::default();
    communities.insert("public", CommunityEntry::new("public"));
    let mut users = UserTable::default();
    for user in [user("plain")?, user("auth")?, user("both")?, user("old")?] {
        users.insert(UserEntry::new(user).at_any_engine()).ok()?;
    }
    let config = EngineConfig::with_seed(1)
        .engine_id(EngineId::new(b"\x80\0\x4f\xb8\x05\x01").ok()?)
        .communities(communities)
        .users(users);
    Some(config.notifications(true))
}

fn user(name: &str) -> Option<User> {
    let user = UsmUser::new(name).ok()?;
    let key = |len: usize| Key::master(vec![7; len]);
    Some(match name {
        "auth" => user.auth(AuthProtocol::Sha256, key(32)).ok()?.into(),
        "both" => {
            let user = user.auth(AuthProtocol::Sha1, key(20)).ok()?;
            user.privacy(PrivProtocol::Aes128, key(20)).ok()?.into()
        }
        "old" => {
            let user = user.auth(AuthProtocol::Md5, key(16)).ok()?;
            user.privacy(PrivProtocol::Des, key(16)).ok()?.into()
        }
        _ => user.into(),
    })
}

struct Run {
    engine: Engine,
    peer: Peer,
    /// Its request in a user's name.
    secured: Option<RequestId>,
    /// By which numbers its requests are answered: msgID and request-id.
    message_id: i32,
    request_id: i32,
    taken: usize,
    outcomes: usize,
    /// Answers to the request in a user's name.
    authentic: usize,
    sent: usize,
}

impl Run {
    fn new(now: Instant) -> Option<Self> {
        let mut run = Self {
            engine: Engine::new(fuzz_config()?, now),
            peer: Peer::udp(Endpoint(0), ([192, 0, 2, 1], 161).into()),
            secured: None,
            message_id: 0,
            request_id: 0,
            taken: 0,
            outcomes: 0,
            authentic: 0,
            sent: 0,
        };
        let usm = UsmCredentials::new(user("both")?);
        for credentials in [Credentials::V2c("public".into()), Credentials::Usm(usm)] {
            let pdu = Pdu::new(PduKind::GetRequest, 0, VarBindList::new());
            let request = Request::new(run.peer.clone(), credentials, pdu);
            let request = request.patience(Duration::from_secs(1), 2);
            run.secured = Some(run.engine.submit(now, request).ok()?);
        }
        run.settle();
        Some(run)
    }

    /// Takes what the engine has to say, and answers what it is asked.
    fn settle(&mut self) {
        let mut message = Vec::new();
        loop {
            while self
                .engine
                .poll_transmit(self.engine.common.now, &mut message)
                .is_some()
            {
                self.sent += 1;
                assert!(self.sent < 50, "one datagram, and no end of messages");
                self.note(&message);
            }
            let Some(event) = self.engine.poll_event() else {
                return;
            };
            self.handle(event);
        }
    }

    /// Reads the numbers of a request of ours.
    fn note(&mut self, message: &[u8]) {
        if let Ok(message) = CommunityMessage::decode(message) {
            if let PduBody::Pdu(pdu) = message.pdu
                && pdu.kind == PduKind::GetRequest
            {
                self.request_id = pdu.request_id;
            }
        } else {
            let message = V3Message::decode(message).expect("what the engine says is a message");
            if message.header.flags.is_reportable() {
                self.message_id = message.header.message_id;
            }
        }
    }

    fn handle(&mut self, event: Event) {
        match event {
            Event::Response { id, response } => {
                self.outcomes += 1;
                self.authentic += usize::from(self.secured == Some(id));
                check(response.pdu.var_binds.as_ref());
            }
            Event::Failed { error, .. } => {
                self.outcomes += 1;
                assert!(!error.to_string().contains(char::is_control));
            }
            Event::Sent { .. } => unreachable!("there is no trap"),
            Event::InformExpired { .. } | Event::Discovered { .. } => {}
            Event::Request(request) => {
                self.taken += 1;
                self.answer(request.state, request.pdu);
            }
            Event::Notification(notification) => {
                self.taken += 1;
                check(notification.pdu.var_binds.as_ref());
                if let Some(state) = notification.state {
                    self.answer(state, notification.pdu);
                }
            }
        }
    }

    /// Says what was asked.
    fn answer(&mut self, state: StateReference, mut pdu: Pdu) {
        check(pdu.var_binds.as_ref());
        pdu.kind = PduKind::Response;
        (pdu.error_status, pdu.error_index) = (ErrorStatus::NO_ERROR, 0);
        self.engine.respond(self.engine.common.now, state, pdu);
    }

    /// `data` with the numbers of the requests that are under way.
    fn as_answers(&self, data: &[u8]) -> Vec<Vec<u8>> {
        let mut answers = Vec::new();
        let mut out = Vec::new();
        if let Ok(message) = CommunityMessage::decode(data)
            && let PduBody::Pdu(mut pdu) = message.pdu
        {
            pdu.request_id = self.request_id;
            CommunityMessage::new(message.version, message.community, pdu).encode(&mut out);
            answers.push(out.clone());
        }
        if let Ok(mut message) = V3Message::decode(data) {
            message.header.message_id = self.message_id;
            message.encode(&mut out);
            answers.push(out.clone());
        }
        answers
    }
}

fn check(var_binds: VarBindListRef<'_>) {
    for binding in var_binds {
        assert!(!binding.to_string().contains(char::is_control));
    }
}
