//! One engine by hand: its datagrams in a list, its time a number of milliseconds.

use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

use deferred_snmp::engine::{
    Credentials, Endpoint, Engine, EngineConfig, Event, IncomingResponse, Peer, Request, RequestId,
};
use deferred_snmp::message::{CommunityMessage, Version};
use deferred_snmp::oid;
use deferred_snmp::pdu::{GenericTrap, Pdu, PduBody, PduKind, TrapPdu};
use deferred_snmp::smi::{ObjectIdentifier, Value, ValueRef, VarBindList};

pub const SYS_DESCR: ObjectIdentifier = oid!(1.3.6.1.2.1.1.1.0);

pub struct Rig {
    pub engine: Engine,
    start: Instant,
    /// The time of the last input.
    pub now: Instant,
}

/// A datagram that the engine wants sent.
#[derive(Debug)]
pub struct Sent {
    pub peer: Peer,
    pub request: Option<RequestId>,
    pub data: Vec<u8>,
}

impl Rig {
    #[expect(
        clippy::disallowed_methods,
        reason = "an Instant can be had in no other way; only distances from it matter"
    )]
    pub fn new(config: EngineConfig) -> Self {
        let start = Instant::now();
        Self {
            engine: Engine::new(config, start),
            start,
            now: start,
        }
    }

    pub fn seeded() -> Self {
        Self::new(EngineConfig::with_seed(1))
    }

    pub fn at(&self, milliseconds: u64) -> Instant {
        self.start + Duration::from_millis(milliseconds)
    }

    pub fn submit(&mut self, milliseconds: u64, request: Request) -> RequestId {
        self.now = self.at(milliseconds);
        self.engine.submit(self.now, request).unwrap()
    }

    pub fn receive(&mut self, milliseconds: u64, peer: &Peer, datagram: &[u8]) {
        self.now = self.at(milliseconds);
        self.engine.handle_message(self.now, peer, datagram);
    }

    pub fn timeout(&mut self, milliseconds: u64) {
        self.now = self.at(milliseconds);
        self.engine.handle_timeout(self.now);
    }

    /// The engine's next deadline in milliseconds.
    pub fn deadline(&self) -> Option<u64> {
        let next = self.engine.next_deadline()?;
        Some(next.duration_since(self.start).as_millis() as u64)
    }

    pub fn sent(&mut self) -> Vec<Sent> {
        let mut sent = Vec::new();
        let mut data = Vec::new();
        while let Some(transmit) = self.engine.poll_transmit(self.now, &mut data) {
            assert_eq!(transmit.len, data.len());
            sent.push(Sent {
                peer: transmit.peer,
                request: transmit.request,
                data: data.clone(),
            });
        }
        sent
    }

    /// The only datagram that the engine wants sent.
    pub fn sent_one(&mut self) -> Sent {
        let mut sent = self.sent();
        assert_eq!(sent.len(), 1, "{sent:?}");
        sent.remove(0)
    }

    pub fn events(&mut self) -> Vec<Event> {
        std::iter::from_fn(|| self.engine.poll_event()).collect()
    }
}

pub fn agent(number: u8) -> Peer {
    Peer::udp(Endpoint(0), ([192, 0, 2, number], 161).into())
}

pub fn v2c() -> Credentials {
    Credentials::V2c("public".into())
}

/// A GET of sysDescr.0 with the default patience.
pub fn get(peer: Peer) -> Request {
    Request::new(peer, v2c(), get_pdu(Vec::new()))
}

pub fn get_pdu(buffer: Vec<u8>) -> Pdu {
    let mut var_binds = VarBindList::from_buffer(buffer);
    var_binds.push(SYS_DESCR.as_ref(), ValueRef::Null);
    Pdu::new(PduKind::GetRequest, 0, var_binds)
}

/// The answer to `request`, with `value` for every variable in it.
pub fn answer(request: &[u8], value: impl Into<Value>) -> Vec<u8> {
    let value = value.into();
    answer_by(request, |pdu| {
        pdu.kind = PduKind::Response;
        let names = std::mem::take(&mut pdu.var_binds);
        for var_bind in &names {
            pdu.var_binds.push(var_bind.name, value.as_ref());
        }
    })
}

/// What `change` makes of the PDU of `request`, in a message that is otherwise the same.
pub fn answer_by(request: &[u8], change: impl FnOnce(&mut Pdu)) -> Vec<u8> {
    let message = CommunityMessage::decode(request).unwrap();
    let PduBody::Pdu(pdu) = message.pdu else {
        panic!("not a request: {message}");
    };
    let mut pdu = pdu.to_owned();
    change(&mut pdu);
    let mut out = Vec::new();
    CommunityMessage::new(message.version, message.community, &pdu).encode(&mut out);
    out
}

/// `request`, answered in another version or with another community.
pub fn readdressed(request: &[u8], version: Version, community: &[u8]) -> Vec<u8> {
    let answer = answer(request, 1);
    let pdu = CommunityMessage::decode(&answer).unwrap().pdu;
    let mut out = Vec::new();
    CommunityMessage::new(version, community, pdu).encode(&mut out);
    out
}

/// A coldStart of SNMPv1, in a message.
pub fn trap_v1() -> Vec<u8> {
    let trap = TrapPdu {
        enterprise: SYS_DESCR,
        agent_addr: Ipv4Addr::LOCALHOST,
        generic_trap: GenericTrap::COLD_START,
        specific_trap: 0,
        time_stamp: 0,
        var_binds: VarBindList::new(),
    };
    let mut out = Vec::new();
    CommunityMessage::new(Version::V1, b"public", &trap).encode(&mut out);
    out
}

/// The request-id of a message.
pub fn request_id(datagram: &[u8]) -> i32 {
    match CommunityMessage::decode(datagram).unwrap().pdu {
        PduBody::Pdu(pdu) => pdu.request_id,
        PduBody::Trap(_) => panic!("a trap has no request-id"),
    }
}

/// The only event, which is an answer to `id`.
pub fn only_response(events: Vec<Event>, id: RequestId) -> IncomingResponse {
    match <[Event; 1]>::try_from(events).unwrap() {
        [Event::Response { id: of, response }] => {
            assert_eq!(of, id);
            response
        }
        [other] => panic!("{other:?}"),
    }
}

/// The only event, which is the failure of `id`, in words.
pub fn only_failure(events: Vec<Event>, id: RequestId) -> String {
    match <[Event; 1]>::try_from(events).unwrap() {
        [Event::Failed { id: of, error }] => {
            assert_eq!(of, id);
            error.to_string()
        }
        [other] => panic!("{other:?}"),
    }
}
