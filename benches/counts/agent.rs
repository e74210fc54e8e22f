//! An agent: from the octets of a request to those of its answer.

use std::hint::black_box;
use std::time::Instant;

use deferred_snmp::access::OpenAccess;
use deferred_snmp::applications::{CommandResponder, Started};
use deferred_snmp::engine::{Endpoint, Engine, EngineConfig, Event, Peer};
use deferred_snmp::message::{CommunityMessage, Version};
use deferred_snmp::objects::{Column, MibTree, Scalar, Table};
use deferred_snmp::oid;
use deferred_snmp::pdu::{Bulk, Pdu, PduKind};
use deferred_snmp::security::usm::{UserEntry, UserTable};
use deferred_snmp::security::{CommunityEntry, CommunityTable};
use deferred_snmp::smi::{ObjectIdentifier, ValueRef, VarBindList};

use crate::manager::{clock, user};
use crate::{Cases, counted};

pub(crate) const SYS_DESCR: ObjectIdentifier = oid!(1.3.6.1.2.1.1.1.0);

/// A column of 50 rows, with others before and after it.
pub(crate) const COLUMN: ObjectIdentifier = oid!(1.3.6.1.2.1.2.2.1.10);

pub(crate) fn cases(cases: &Cases) {
    let bulk = Bulk {
        non_repeaters: 0,
        max_repetitions: 25,
    };
    let description = ValueRef::OctetString(b"Linux router 6.1.0-21-amd64");
    for (what, pdu) in [
        (
            "GET",
            Pdu::new(PduKind::GetRequest, 1, one(SYS_DESCR, ValueRef::Null)),
        ),
        (
            "GETBULK of 25",
            Pdu::bulk_request(1, bulk, one(COLUMN, ValueRef::Null)),
        ),
        (
            "SET",
            Pdu::new(PduKind::SetRequest, 1, one(SYS_DESCR, description)),
        ),
    ] {
        let mut agent = Agent::new(clock());
        // With as many numbers as make each SET another one: what is remembered of the last 64 would answer it.
        let mut requests = (1..=97).cycle().map(|request_id| {
            let mut request = Vec::new();
            let pdu = Pdu {
                request_id,
                ..pdu.clone()
            };
            CommunityMessage::new(Version::V2c, b"public", &pdu).encode(&mut request);
            request
        });
        cases.parts(&format!("agent, {what}"), || {
            let request = requests.next().expect("there is always one");
            counted(|| {
                black_box(agent.answer(black_box(&request)));
            });
        });
    }
}

fn one(name: ObjectIdentifier, value: ValueRef<'_>) -> VarBindList {
    let mut var_binds = VarBindList::new();
    var_binds.push(name.as_ref(), value);
    var_binds
}

/// An agent that answers everybody.
pub(crate) struct Agent {
    engine: Engine,
    responder: CommandResponder,
    now: Instant,
    manager: Peer,
    answer: Vec<u8>,
}

impl Agent {
    pub(crate) fn new(now: Instant) -> Self {
        let mut communities = CommunityTable::default();
        communities.insert("public", CommunityEntry::new("reader"));
        let mut users = UserTable::default();
        users.insert(UserEntry::new(user())).expect("room");
        let config = EngineConfig::with_seed(2)
            .communities(communities)
            .users(users);
        Self {
            engine: Engine::new(config, now),
            responder: CommandResponder::new(tree(), OpenAccess),
            now,
            manager: Peer::udp(Endpoint(0), ([192, 0, 2, 1], 40_000).into()),
            answer: Vec::with_capacity(2000),
        }
    }

    /// What it says to a request: the answer, or a report, which the engine makes itself.
    pub(crate) fn answer(&mut self, request: &[u8]) -> &[u8] {
        let Self { engine, now, .. } = self;
        engine.handle_message(*now, &self.manager, request);
        if let Some(event) = engine.poll_event() {
            let Event::Request(request) = event else {
                unreachable!()
            };
            let state = request.state;
            let Started::Answered(response) = self.responder.start(*now, request) else {
                unreachable!()
            };
            assert!(!response.error_status.is_error());
            assert!(engine.respond(*now, state, response));
        }
        let transmit = engine.poll_transmit(*now, &mut self.answer);
        assert!(transmit.is_some());
        &self.answer
    }
}

/// A tree of the usual kind: a few scalars and a table.
fn tree() -> MibTree {
    let mut tree = MibTree::new();
    let system = oid!(1.3.6.1.2.1.1);
    for number in 1..=7 {
        let object = Scalar::variable("Linux router 6.1.0-18-amd64");
        tree.register(system.child(number).expect("few arcs"), object)
            .expect("free");
    }
    let mut table = Table::new((1..=22).map(Column::new));
    for row in 1..=50 {
        let cells = (1..=22).map(|column| (column, 1_000_000 + row as i32));
        table.insert(&[row], cells);
    }
    tree.register(oid!(1.3.6.1.2.1.2.2.1), table).expect("free");
    tree
}
