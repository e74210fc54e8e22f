//! An agent: from the octets of a request to those of its answer.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::rc::Rc;
use std::time::Instant;

use deferred_snmp::access::OpenAccess;
use deferred_snmp::applications::{CommandResponder, Started};
use deferred_snmp::engine::{Endpoint, Engine, EngineConfig, Event, Peer};
use deferred_snmp::hlapi::Rows;
use deferred_snmp::message::{CommunityMessage, Version};
use deferred_snmp::objects::{
    Answer, Asker, Column, ManagedObject, MibTree, ProviderTable, ReadError, Scalar, Table,
    TableProvider,
};
use deferred_snmp::oid;
use deferred_snmp::pdu::{Bulk, Pdu, PduKind};
use deferred_snmp::security::usm::{UserEntry, UserTable};
use deferred_snmp::security::{CommunityEntry, CommunityTable};
use deferred_snmp::smi::{ObjectIdentifier, ValueRef, VarBindList};

use crate::manager::{clock, user};
use crate::{Cases, counted};

pub(crate) const SYS_DESCR: ObjectIdentifier = oid!(1.3.6.1.2.1.1.1.0);

const ENTRY: ObjectIdentifier = oid!(1.3.6.1.2.1.2.2.1);

/// A column of 50 rows, with others before and after it.
pub(crate) const COLUMN: ObjectIdentifier = oid!(1.3.6.1.2.1.2.2.1.10);

const COLUMNS: std::ops::RangeInclusive<u32> = 1..=22;
const ROWS: std::ops::RangeInclusive<u32> = 1..=50;

pub(crate) fn cases(cases: &Cases) {
    let bulk = || {
        let bulk = Bulk {
            non_repeaters: 0,
            max_repetitions: 25,
        };
        Pdu::bulk_request(1, bulk, one(COLUMN, ValueRef::Null))
    };
    let get = Pdu::new(PduKind::GetRequest, 1, one(SYS_DESCR, ValueRef::Null));
    let description = ValueRef::OctetString(b"Linux router 6.1.0-21-amd64");
    let set = Pdu::new(PduKind::SetRequest, 1, one(SYS_DESCR, description));
    case(cases, "GET", &get, table());
    case(cases, "GETBULK of 25", &bulk(), table());
    let provider = ProviderTable::new(Numbers, COLUMNS.map(Column::new));
    case(cases, "GETBULK of 25 from a provider", &bulk(), provider);
    case(cases, "GETBULK of 25 from a BTreeMap", &bulk(), rows());
    case(cases, "SET", &set, table());
}

/// What it takes an agent with this table to answer.
fn case(cases: &Cases, what: &str, pdu: &Pdu, table: impl ManagedObject) {
    let mut agent = Agent::with(clock(), tree(table));
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

/// Rows that cost their program next to nothing: what is left is the path to them.
struct Numbers;

impl TableProvider for Numbers {
    type Index = u32;

    fn first_from(&mut self, _: &Asker<'_>, from: &u32) -> Result<Option<u32>, ReadError> {
        let first = (*from).max(*ROWS.start());
        Ok(ROWS.contains(&first).then_some(first))
    }

    fn cell(&mut self, _: &Asker<'_>, index: &u32, _: u32) -> Result<Answer<'_>, ReadError> {
        Ok(ValueRef::Integer(1_000_000 + *index as i32).into())
    }
}

/// The rows of a collection of the program's.
fn rows() -> impl ManagedObject {
    let rows: BTreeMap<u32, i32> = ROWS.map(|row| (row, 1_000_000 + row as i32)).collect();
    let rows = Rows::of(Rc::new(RefCell::new(rows)));
    COLUMNS.fold(rows, |rows, column| rows.column(column, |row| *row))
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
        Self::with(now, tree(table()))
    }

    fn with(now: Instant, tree: MibTree) -> Self {
        let mut communities = CommunityTable::default();
        communities.insert("public", CommunityEntry::new("reader"));
        let mut users = UserTable::default();
        users.insert(UserEntry::new(user())).expect("room");
        let config = EngineConfig::with_seed(2)
            .communities(communities)
            .users(users);
        Self {
            engine: Engine::new(config, now),
            responder: CommandResponder::new(tree, OpenAccess),
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
fn tree(table: impl ManagedObject) -> MibTree {
    let mut tree = MibTree::new();
    let system = oid!(1.3.6.1.2.1.1);
    for number in 1..=7 {
        let object = Scalar::variable("Linux router 6.1.0-18-amd64");
        tree.register(system.child(number).expect("few arcs"), object)
            .expect("free");
    }
    tree.register(ENTRY, table).expect("free");
    tree
}

fn table() -> Table {
    let mut table = Table::new(COLUMNS.map(Column::new));
    for row in ROWS {
        let cells = COLUMNS.map(|column| (column, 1_000_000 + row as i32));
        table.insert(&[row], cells);
    }
    table
}
