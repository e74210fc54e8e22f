//! The datagrams that cost an agent most: up to 65,507 octets, at agents with a million objects.
//!
//! Everything is measured from the datagram to the octets of the answer. GETBULK has the room of an authenticated
//! request.

use std::hint::black_box;

use criterion::Criterion;
use deferred_snmp::access::{AccessControl, AccessDecision, AccessRequest, OpenAccess};
use deferred_snmp::access::{SubtreeAccess, Views};
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::engine::{Engine, EngineConfig, Event};
use deferred_snmp::message::{CommunityMessage, Version};
use deferred_snmp::objects::{Asker, Column, MibTree, Scalar, SetError, Table};
use deferred_snmp::oid;
use deferred_snmp::pdu::{Bulk, Pdu, PduKind};
use deferred_snmp::security::{CommunityEntry, CommunityTable};
use deferred_snmp::smi::VarBindList;
use deferred_snmp::smi::{Counter64, Gauge32, ObjectIdentifier, OidRef, Value, ValueRef};

use crate::{Exchange, peer};

const LONGEST: usize = 65_507;
const ENTRY: ObjectIdentifier = oid!(1.3.6.1.4.1.99.1.1);
const BEHIND: ObjectIdentifier = oid!(1.3.6.1.4.1.99.2);

const ROWS: u32 = 50_000;
const COLUMNS: u32 = 20;

fn cell(column: u32, row: u32) -> ObjectIdentifier {
    ENTRY.extend([column, row]).unwrap()
}

/// Places that follow no order.
fn anywhere() -> impl Iterator<Item = (u32, u32)> {
    let mut state = 1_u32;
    std::iter::repeat_with(move || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        (1 + state % COLUMNS, 1 + state / COLUMNS % ROWS)
    })
}

fn tree(object: Table) -> MibTree {
    let mut tree = MibTree::new();
    tree.register(ENTRY, object).unwrap();
    tree.register(BEHIND, Scalar::constant("behind")).unwrap();
    tree
}

/// A million cells of one kind.
fn cells(value: impl Fn(u32, u32) -> Value) -> MibTree {
    let mut table = Table::new((1..=COLUMNS).map(|number| Column::new(number).writable()));
    for row in 1..=ROWS {
        table.insert(&[row], (1..=COLUMNS).map(|c| (c, value(c, row))));
    }
    tree(table)
}

/// A million rows whose one cell is computed.
fn computed(value: fn() -> Option<Value>) -> MibTree {
    let mut table = Table::new([Column::new(1).dynamic(move |_| value())]);
    for row in 1..=1_000_000 {
        table.insert(&[row], [(9, 0)]);
    }
    tree(table)
}

/// A million objects at 1.3.6.1.4.1.99.1.1.1 and so on.
fn objects(object: impl Fn() -> Table, scalar: impl Fn() -> Option<Value>) -> MibTree {
    let mut tree = MibTree::new();
    for arc in 1..=1_000_000 {
        let name = ENTRY.child(arc).unwrap();
        match scalar() {
            Some(value) => tree.register(name, Scalar::constant(value)).unwrap(),
            None => tree.register(name, object()).unwrap(),
        }
    }
    tree.register(BEHIND, Scalar::constant("behind")).unwrap();
    tree
}

/// Rows whose names have as many arcs as a name can have.
fn long_names() -> MibTree {
    let mut table = Table::new([Column::new(1)]);
    for row in 0..20_000 {
        table.insert(&long_index(row), [(1, 0)]);
    }
    tree(table)
}

fn long_index(row: u32) -> Vec<u32> {
    let mut index = vec![u32::MAX; 116];
    index.push(row);
    index
}

/// Shows nothing and cannot tell where it goes on.
struct Hides;

impl AccessControl for Hides {
    fn is_access_allowed(&self, _: &AccessRequest<'_>, _: OidRef<'_>) -> AccessDecision {
        AccessDecision::NotInView
    }
}

/// A view of what lies behind each of these cells, which is nothing.
fn islands(cells: impl Iterator<Item = ObjectIdentifier>) -> SubtreeAccess {
    let mut views = Views::new();
    for cell in cells {
        views = views.read(cell.child(0).unwrap());
    }
    let mut policy = SubtreeAccess::new();
    policy.set("reader", views);
    policy
}

struct Asker {
    version: Version,
    kind: PduKind,
    value: Option<Value>,
    len: usize,
}

impl Asker {
    fn of(version: Version, kind: PduKind) -> Self {
        Self {
            version,
            kind,
            value: None,
            len: LONGEST,
        }
    }

    /// A datagram with as many of these names as it has room for.
    fn asks(self, names: impl IntoIterator<Item = ObjectIdentifier>) -> (Version, Vec<u8>) {
        let mut list = VarBindList::new();
        for name in names {
            let value = self.value.as_ref().map_or(ValueRef::Null, Value::as_ref);
            // What is around the bindings, and is reckoned longer for an answer, which SET has to fit into.
            if !list.try_push(name.as_ref(), value, self.len - 80) {
                break;
            }
        }
        let pdu = if self.kind == PduKind::GetBulkRequest {
            let bulk = Bulk {
                non_repeaters: 0,
                max_repetitions: 1_000_000,
            };
            Pdu::bulk_request(1, bulk, list)
        } else {
            Pdu::new(self.kind, 1, list)
        };
        let mut datagram = Vec::new();
        CommunityMessage::new(self.version, b"public", &pdu).encode(&mut datagram);
        assert!(datagram.len() <= self.len);
        (self.version, datagram)
    }
}

pub(crate) fn datagrams(criterion: &mut Criterion) {
    use PduKind::{GetBulkRequest, GetNextRequest, GetRequest, SetRequest};
    use Version::{V1, V2c};

    let tiny = || std::iter::repeat(oid!(1.3));
    let somewhere = || anywhere().map(|(column, row)| cell(column, row));
    let ascending = || (1..=ROWS).map(|row| cell(1, row));
    let long = || {
        let rows = 0..20_000;
        rows.map(|row| {
            cell(1, u32::MAX)
                .extend(long_index(row).split_off(1))
                .unwrap()
        })
    };
    let v2 = |kind| Asker::of(V2c, kind);
    let v1 = || Asker::of(V1, GetNextRequest);

    let gauges = || cells(|column, row| Gauge32(column * row).into());
    let mut bench = Bench::new(criterion, "a million cells", gauges(), OpenAccess);
    bench.run("GET 1.3", v2(GetRequest).asks(tiny()));
    bench.run("GET anywhere", v2(GetRequest).asks(somewhere()));
    bench.run("GETNEXT 1.3", v2(GetNextRequest).asks(tiny()));
    bench.run("GETNEXT anywhere", v2(GetNextRequest).asks(somewhere()));
    bench.run("GETBULK 1.3", v2(GetBulkRequest).asks(tiny()));
    bench.run("GETBULK anywhere", v2(GetBulkRequest).asks(somewhere()));
    bench.run("GETBULK from one", v2(GetBulkRequest).asks([oid!(1.3)]));
    let mut set = v2(SetRequest);
    set.value = Some(Gauge32(1).into());
    bench.run("SET anywhere", set.asks(somewhere()));
    let mut set = v2(SetRequest);
    set.value = Some(Gauge32(1).into());
    bench.run("SET of one cell", set.asks(std::iter::repeat(cell(1, 1))));

    let mut failing = gauges();
    let refusing = Scalar::constant(Gauge32(1)).writable(|_| Err(SetError::GenErr));
    failing.register(oid!(1.3.6.1.4.1.99.3), refusing).unwrap();
    let mut bench = Bench::new(criterion, "a SET undone", failing, OpenAccess);
    let mut set = v2(SetRequest);
    set.value = Some(Gauge32(1).into());
    let last = oid!(1.3.6.1.4.1.99.3.0);
    bench.run("SET", set.asks(somewhere().take(2_800).chain([last])));

    let counters = || cells(|_, _| Counter64(1).into());
    let mut bench = Bench::new(criterion, "a million Counter64s", counters(), OpenAccess);
    bench.run("v1 GETNEXT 1.3", v1().asks(tiny()));
    bench.run("v1 GETNEXT anywhere", v1().asks(somewhere()));

    let mixed = || {
        cells(|column, row| match (column + row) % 2 {
            0 => Counter64(1).into(),
            _ => Gauge32(1).into(),
        })
    };
    let mut bench = Bench::new(
        criterion,
        "every other one a Counter64",
        mixed(),
        OpenAccess,
    );
    bench.run("v1 GETNEXT anywhere", v1().asks(somewhere()));

    let computing = || computed(|| Some(Counter64(1).into()));
    let mut bench = Bench::new(criterion, "computed Counter64s", computing(), OpenAccess);
    let mut small = v1();
    small.len = 1_500;
    bench.run("v1 GETNEXT of 1,500 octets", small.asks(ascending()));
    bench.run("v1 GETNEXT", v1().asks(ascending()));

    let mut bench = Bench::new(criterion, "empty cells", computed(|| None), OpenAccess);
    bench.run("GETNEXT", v2(GetNextRequest).asks(ascending()));
    bench.run("GETBULK", v2(GetBulkRequest).asks(ascending()));

    let mut bench = Bench::new(criterion, "a policy that cannot tell", gauges(), Hides);
    bench.run("GETNEXT", v2(GetNextRequest).asks(somewhere()));
    bench.run("GETBULK", v2(GetBulkRequest).asks(somewhere()));

    let mut bench = Bench::new(
        criterion,
        "a view of 50,000 roots",
        gauges(),
        islands(ascending()),
    );
    bench.run("GETNEXT", v2(GetNextRequest).asks(ascending()));
    bench.run("GETBULK", v2(GetBulkRequest).asks(ascending()));

    let scalars = objects(Table::default, || Some(Gauge32(1).into()));
    let mut bench = Bench::new(criterion, "a million scalars", scalars, OpenAccess);
    let scalar = || anywhere().map(|(column, row)| ENTRY.extend([column * row, 0]).unwrap());
    bench.run("GET", v2(GetRequest).asks(scalar()));
    bench.run("GETNEXT", v2(GetNextRequest).asks(scalar()));
    bench.run("GETBULK", v2(GetBulkRequest).asks(tiny()));

    let scalars = objects(Table::default, || Some(Counter64(1).into()));
    let mut bench = Bench::new(criterion, "scalars of Counter64", scalars, OpenAccess);
    bench.run("v1 GETNEXT", v1().asks(scalar()));

    let tables = objects(|| Table::new([Column::new(1)]), || None);
    let mut bench = Bench::new(criterion, "a million empty tables", tables, OpenAccess);
    bench.run("GETNEXT", v2(GetNextRequest).asks(scalar()));

    let mut bench = Bench::new(criterion, "names of 128 arcs", long_names(), OpenAccess);
    bench.run("GETNEXT", v2(GetNextRequest).asks(long()));
    bench.run("GETBULK", v2(GetBulkRequest).asks(long()));
    let mut bench = Bench::new(criterion, "hidden names of 128 arcs", long_names(), Hides);
    bench.run("GETNEXT", v2(GetNextRequest).asks(long()));
    let view = islands(long());
    let mut bench = Bench::new(criterion, "a view of 20,000 long roots", long_names(), view);
    bench.run("GETNEXT", v2(GetNextRequest).asks(long()));
}

/// An agent, and a name for it.
struct Bench<'c> {
    criterion: &'c mut Criterion,
    name: &'static str,
    engine: Engine,
    responder: CommandResponder,
}

impl<'c> Bench<'c> {
    fn new(
        criterion: &'c mut Criterion,
        name: &'static str,
        tree: MibTree,
        policy: impl AccessControl + 'static,
    ) -> Self {
        let mut communities = CommunityTable::default();
        communities.insert("public", CommunityEntry::new("reader"));
        let config = EngineConfig::with_seed(1)
            .communities(communities)
            .max_unauthenticated_bulk_size(LONGEST);
        Self {
            criterion,
            name,
            engine: Engine::new(config, Exchange::new().now),
            responder: CommandResponder::new(tree, policy),
        }
    }

    fn run(&mut self, what: &str, (version, datagram): (Version, Vec<u8>)) {
        let Self {
            engine, responder, ..
        } = self;
        let now = Exchange::new().now;
        let manager = peer(1);
        let mut message = Vec::with_capacity(LONGEST);
        let mut serve = || {
            engine.handle_message(now, &manager, black_box(&datagram));
            let Some(Event::Request(request)) = engine.poll_event() else {
                unreachable!("{version}: {} octets", datagram.len())
            };
            let info = Asker::from(&request);
            let answer = responder
                .process(&info, request.pdu.as_ref(), request.room)
                .unwrap();
            let outcome = (answer.error_status, answer.var_binds.len());
            engine.recycle(request.pdu);
            engine.respond(now, request.state, answer);
            black_box(engine.poll_transmit(now, &mut message));
            outcome
        };
        let (status, bindings) = serve();
        println!(
            "worst/{}/{what}: {} octets, {status}, {bindings} bindings",
            self.name,
            datagram.len()
        );
        let mut group = self
            .criterion
            .benchmark_group(format!("worst/{}", self.name));
        group.sample_size(10);
        group.bench_function(what, |bencher| bencher.iter(&mut serve));
        group.finish();
    }
}
