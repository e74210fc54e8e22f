//! Two engines and what goes between them, datagram by datagram, in milliseconds of virtual time.

use std::time::{Duration, Instant};

use deferred_snmp::engine::{
    Credentials, Endpoint, Engine, EngineConfig, ErrorIndication, Event, Peer, Request, RequestId,
    UsmCredentials,
};
use deferred_snmp::message::{HeaderData, ScopedPdu, ScopedPduData, V3Message};
use deferred_snmp::pdu::{ErrorStatus, Pdu, PduKind};
use deferred_snmp::security::usm::{
    AuthProtocol, OutgoingMessage, PrivProtocol, Salts, SecurityParameters, User, UserEntry,
    UserKeys, UserTable, UsmUser,
};
use deferred_snmp::security::{EngineId, SecurityLevel};
use deferred_snmp::smi::{ObjectIdentifier, ValueRef, VarBindList};

use util::rig::get_pdu;

pub(crate) const AUTH_PHRASE: &str = "authentication phrase";
pub(crate) const PRIVACY_PHRASE: &str = "privacy phrase";

pub(crate) fn engine_id(number: u8) -> EngineId {
    EngineId::generate(20_408, [number; 8])
}

/// The user `name` with both keys.
pub(crate) fn user(name: &str) -> User {
    user_with(name, AUTH_PHRASE, PRIVACY_PHRASE)
}

pub(crate) fn user_with(name: &str, authentication: &str, privacy: &str) -> User {
    UsmUser::new(name)
        .unwrap()
        .auth(AuthProtocol::Sha1, authentication)
        .unwrap()
        .privacy(PrivProtocol::Aes128, privacy)
        .unwrap()
        .into()
}

pub(crate) fn auth_user(name: &str) -> User {
    let user = UsmUser::new(name).unwrap();
    user.auth(AuthProtocol::Sha1, AUTH_PHRASE).unwrap().into()
}

pub(crate) fn plain_user(name: &str) -> User {
    UsmUser::new(name).unwrap().into()
}

/// What the agent is made with: the users `both`, `auth` and `plain`.
pub(crate) fn agent_config(number: u8) -> EngineConfig {
    let mut users = UserTable::default();
    for user in [user("both"), auth_user("auth"), plain_user("plain")] {
        users.insert(UserEntry::new(user)).unwrap();
    }
    EngineConfig::with_seed(number.into())
        .engine_id(engine_id(number))
        .users(users)
}

pub(crate) struct Pair {
    pub(crate) manager: Engine,
    pub(crate) agent: Engine,
    start: Instant,
    now: u64,
    /// Datagrams from manager to agent and back since the last look.
    pub(crate) to_agent: Vec<Vec<u8>>,
    pub(crate) to_manager: Vec<Vec<u8>>,
    /// How many octets of bindings the agent had room for, last.
    pub(crate) room: usize,
}

impl Pair {
    pub(crate) fn new() -> Self {
        Self::with(EngineConfig::with_seed(1), agent_config(7))
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "an Instant can be had in no other way; only distances from it matter"
    )]
    pub(crate) fn with(manager: EngineConfig, agent: EngineConfig) -> Self {
        let start = Instant::now();
        Self {
            manager: Engine::new(manager, start),
            agent: Engine::new(agent, start),
            start,
            now: 0,
            to_agent: Vec::new(),
            to_manager: Vec::new(),
            room: 0,
        }
    }

    pub(crate) fn now(&self) -> Instant {
        self.start + Duration::from_millis(self.now)
    }

    /// Lets time pass for both.
    pub(crate) fn pass(&mut self, milliseconds: u64) {
        self.now += milliseconds;
        let now = self.now();
        self.manager.handle_timeout(now);
        self.agent.handle_timeout(now);
    }

    /// Another agent takes the address over.
    pub(crate) fn replace_agent(&mut self, config: EngineConfig) {
        self.agent = Engine::new(config, self.now());
    }

    pub(crate) fn submit(&mut self, credentials: UsmCredentials) -> RequestId {
        self.submit_request(request(credentials))
    }

    pub(crate) fn submit_request(&mut self, request: Request) -> RequestId {
        self.manager.submit(self.now(), request).unwrap()
    }

    /// What the manager wants sent.
    pub(crate) fn asked(&mut self) -> Vec<Vec<u8>> {
        let now = self.now();
        transmits(&mut self.manager, now)
    }

    pub(crate) fn answered(&mut self) -> Vec<Vec<u8>> {
        let now = self.now();
        transmits(&mut self.agent, now)
    }

    pub(crate) fn give_agent(&mut self, datagram: &[u8]) {
        let now = self.now();
        self.agent.handle_message(now, &manager_peer(), datagram);
    }

    pub(crate) fn give_manager(&mut self, datagram: &[u8]) {
        let now = self.now();
        self.manager.handle_message(now, &agent_peer(), datagram);
    }

    /// Answers what the agent has taken in: every variable is 1.
    pub(crate) fn serve(&mut self) {
        let mut others = Vec::new();
        while let Some(event) = self.agent.poll_event() {
            let Event::Request(request) = event else {
                others.push(event);
                continue;
            };
            self.room = request.room;
            let mut pdu = request.pdu;
            let names = std::mem::take(&mut pdu.var_binds);
            let mut var_binds = VarBindList::new();
            for var_bind in &names {
                var_binds.push(var_bind.name, ValueRef::Integer(1));
            }
            pdu.var_binds = var_binds;
            pdu.kind = PduKind::Response;
            pdu.error_status = ErrorStatus::NO_ERROR;
            pdu.error_index = 0;
            self.agent.respond(self.now(), request.state, pdu);
        }
        assert!(others.is_empty(), "{others:?}");
    }

    /// Takes a request to the agent, and its answer back.
    pub(crate) fn exchange(&mut self, request: &[u8]) {
        self.give_agent(request);
        self.serve();
        let answer = self.answered().remove(0);
        self.give_manager(&answer);
    }

    /// Delivers until nothing is left to deliver. Gives the number of round trips.
    pub(crate) fn run(&mut self) -> usize {
        let mut rounds = 0;
        loop {
            let asked = self.asked();
            if asked.is_empty() {
                return rounds;
            }
            rounds += 1;
            for datagram in asked {
                self.give_agent(&datagram);
                self.to_agent.push(datagram);
            }
            self.serve();
            for datagram in self.answered() {
                self.give_manager(&datagram);
                self.to_manager.push(datagram);
            }
            assert!(rounds < 100, "they never end");
        }
    }

    /// Delivers, and lets time pass until `id` is over. Gives its outcome.
    pub(crate) fn finish(&mut self, id: RequestId) -> Result<(), String> {
        for _ in 0..20 {
            self.run();
            if let Some((of, outcome)) = self.outcomes().pop() {
                assert_eq!(of, id);
                return outcome;
            }
            self.pass(1_000);
        }
        panic!("it never ends");
    }

    /// The outcomes: who was answered, and who failed with which words.
    pub(crate) fn outcomes(&mut self) -> Vec<(RequestId, Result<(), String>)> {
        std::iter::from_fn(|| self.manager.poll_event())
            .map(|event| match event {
                Event::Response { id, response } => {
                    assert_eq!(response.pdu.kind, PduKind::Response);
                    (id, Ok(()))
                }
                Event::Failed { id, error } => (id, Err(error.to_string())),
                other => panic!("{other:?}"),
            })
            .collect()
    }

    /// Asks once and gives the number of round trips and the outcome.
    pub(crate) fn ask(&mut self, credentials: UsmCredentials) -> (usize, Result<(), String>) {
        self.ask_request(request(credentials))
    }

    pub(crate) fn ask_request(&mut self, request: Request) -> (usize, Result<(), String>) {
        let id = self.submit_request(request);
        let rounds = self.run();
        let mut outcomes = self.outcomes();
        assert_eq!(outcomes.len(), 1, "{outcomes:?}");
        let (of, outcome) = outcomes.remove(0);
        assert_eq!(of, id);
        (rounds, outcome)
    }
}

fn transmits(engine: &mut Engine, now: Instant) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let mut data = Vec::new();
    while engine.poll_transmit(now, &mut data).is_some() {
        found.push(data.clone());
    }
    found
}

pub(crate) fn agent_peer() -> Peer {
    Peer::udp(Endpoint(0), ([192, 0, 2, 1], 161).into())
}

pub(crate) fn manager_peer() -> Peer {
    Peer::udp(Endpoint(0), ([198, 51, 100, 1], 40_000).into())
}

pub(crate) fn request(credentials: UsmCredentials) -> Request {
    Request::new(
        agent_peer(),
        Credentials::Usm(credentials),
        get_pdu(Vec::new()),
    )
}

/// The user `both` at the engine that answers.
pub(crate) fn both() -> UsmCredentials {
    UsmCredentials::new(user("both"))
}

/// A request of that kind in the name of `both`, without variables.
pub(crate) fn of_kind(kind: PduKind) -> Request {
    let mut request = request(both());
    request.pdu.kind = kind;
    request
}

/// Whether it asks for the name of an engine.
pub(crate) fn is_question(datagram: &[u8]) -> bool {
    decoded(datagram).1.engine_id.is_empty()
}

/// The words of a request to one engine where another one answers.
pub(crate) fn other_engine(expected: u8, found: u8) -> String {
    let (expected, found) = (engine_id(expected), engine_id(found));
    ErrorIndication::OtherEngine { expected, found }.to_string()
}

/// What a message says, whatever keys it takes to write it.
pub(crate) struct Forged<'a> {
    pub(crate) message_id: i32,
    pub(crate) engine_id: &'a [u8],
    pub(crate) clock: (u32, u32),
    pub(crate) user_name: &'a str,
    pub(crate) pdu: Pdu,
    pub(crate) context_name: &'a str,
}

impl Forged<'_> {
    /// A report of the counter `oid` from agent 7 to `request`.
    pub(crate) fn report(request: &[u8], oid: ObjectIdentifier) -> Self {
        let request = V3Message::decode(request).unwrap();
        let mut var_binds = VarBindList::new();
        var_binds.push(oid.as_ref(), ValueRef::Counter32(1));
        Self {
            message_id: request.header.message_id,
            engine_id: b"\x80\0\x4f\xb8\x05\x07\x07\x07\x07\x07\x07\x07\x07",
            clock: (1, 0),
            user_name: "",
            pdu: Pdu::new(PduKind::Report, 0, var_binds),
            context_name: "",
        }
    }

    /// An answer without variables to `request`, in the name of `both`, from agent 7.
    pub(crate) fn answer(request: &[u8]) -> Self {
        let message_id = V3Message::decode(request).unwrap().header.message_id;
        Self {
            message_id,
            engine_id: b"\x80\0\x4f\xb8\x05\x07\x07\x07\x07\x07\x07\x07\x07",
            clock: (1, 0),
            user_name: "both",
            pdu: Pdu::new(PduKind::Response, message_id, VarBindList::new()),
            context_name: "",
        }
    }

    /// The message at the level of the keys, or without any.
    pub(crate) fn seal(&self, keys: &UserKeys, level: SecurityLevel) -> Vec<u8> {
        let mut salts = Salts::new(1, 99);
        let mut out = Vec::new();
        OutgoingMessage {
            message_id: self.message_id,
            max_size: 65_507,
            reportable: self.pdu.kind.is_confirmed(),
            engine_id: self.engine_id,
            boots: self.clock.0,
            time: self.clock.1,
            user_name: self.user_name.as_bytes(),
            scoped_pdu: ScopedPdu {
                context_engine_id: self.engine_id,
                context_name: self.context_name.as_bytes(),
                pdu: self.pdu.as_ref(),
            },
        }
        .encode(keys.protection(level, &mut salts).unwrap(), &mut out);
        out
    }

    pub(crate) fn plain(&self) -> Vec<u8> {
        self.seal(&UserKeys::none(), SecurityLevel::NoAuthNoPriv)
    }
}

/// Header and security parameters of a message.
pub(crate) fn decoded(datagram: &[u8]) -> (HeaderData, SecurityParameters<'_>) {
    let message = V3Message::decode(datagram).unwrap();
    let parameters = SecurityParameters::decode(message.security_parameters).unwrap();
    (message.header, parameters)
}

/// The counter that a report in the clear, or only signed, carries, and its value.
pub(crate) fn reported(datagram: &[u8]) -> (String, u32) {
    let message = V3Message::decode(datagram).unwrap();
    let ScopedPduData::Plaintext(data) = message.data else {
        panic!("encrypted: {message}");
    };
    let scoped_pdu = ScopedPdu::decode_padded(data, 0).unwrap();
    assert_eq!(scoped_pdu.pdu.kind, PduKind::Report);
    let of = SecurityParameters::decode(message.security_parameters).unwrap();
    assert_eq!(scoped_pdu.context_engine_id, of.engine_id);
    let binding = scoped_pdu.pdu.var_binds.iter().next().unwrap();
    let ValueRef::Counter32(value) = binding.value else {
        panic!("{binding}");
    };
    (binding.name.to_string(), value)
}
