//! The datagrams that cost an agent most, and the agents that they are for: of a million objects each.

use deferred_snmp::access::{AccessControl, AccessDecision, AccessRequest, OpenAccess};
use deferred_snmp::access::{SubtreeAccess, Views};
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::message::{CommunityMessage, Version};
use deferred_snmp::objects::{Column, MibTree, Scalar, SetError, Table};
use deferred_snmp::oid;
use deferred_snmp::pdu::{Bulk, Pdu, PduKind};
use deferred_snmp::smi::VarBindList;
use deferred_snmp::smi::{Counter64, Gauge32, ObjectIdentifier, OidRef, Value, ValueRef};

/// The longest datagram.
pub(crate) const LONGEST: usize = 65_507;
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

struct Question {
    version: Version,
    kind: PduKind,
    value: Option<Value>,
    len: usize,
}

impl Question {
    /// A datagram with as many of these names as it has room for.
    fn asks(self, names: impl IntoIterator<Item = ObjectIdentifier>) -> Vec<u8> {
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
        datagram
    }
}

fn v1(kind: PduKind, len: usize) -> Question {
    Question {
        version: Version::V1,
        kind,
        value: None,
        len,
    }
}

fn v2(kind: PduKind, len: usize) -> Question {
    Question {
        version: Version::V2c,
        ..v1(kind, len)
    }
}

fn set(len: usize) -> Question {
    Question {
        value: Some(Gauge32(1).into()),
        ..v2(PduKind::SetRequest, len)
    }
}

fn tiny() -> impl Iterator<Item = ObjectIdentifier> {
    std::iter::repeat(oid!(1.3))
}

fn somewhere() -> impl Iterator<Item = ObjectIdentifier> {
    anywhere().map(|(column, row)| cell(column, row))
}

fn ascending() -> impl Iterator<Item = ObjectIdentifier> {
    (1..=ROWS).map(|row| cell(1, row))
}

fn long() -> impl Iterator<Item = ObjectIdentifier> {
    let arcs = |row| long_index(row).split_off(1);
    (0..20_000).map(move |row| cell(1, u32::MAX).extend(arcs(row)).unwrap())
}

fn scalar() -> impl Iterator<Item = ObjectIdentifier> {
    anywhere().map(|(column, row)| ENTRY.extend([column * row, 0]).unwrap())
}

fn gauges() -> MibTree {
    cells(|column, row| Gauge32(column * row).into())
}

/// Cells of which every other one does not exist for SNMPv1.
fn mixed() -> MibTree {
    cells(|column, row| match (column + row) % 2 {
        0 => Counter64(1).into(),
        _ => Gauge32(1).into(),
    })
}

/// Those of `gauges`, and a scalar that cannot be set after all.
fn failing() -> MibTree {
    let mut tree = gauges();
    let refusing = Scalar::constant(Gauge32(1)).writable(|_| Err(SetError::GenErr));
    tree.register(oid!(1.3.6.1.4.1.99.3), refusing).unwrap();
    tree
}

/// Datagrams, each with a name.
type Named = Vec<(&'static str, Vec<u8>)>;

/// An agent, and what it is asked.
pub(crate) struct Agent {
    pub(crate) name: &'static str,
    pub(crate) responder: fn() -> CommandResponder,
    /// Datagrams of about so many octets.
    pub(crate) questions: fn(usize) -> Named,
}

fn open(tree: MibTree) -> CommandResponder {
    CommandResponder::new(tree, OpenAccess)
}

pub(crate) const AGENTS: &[Agent] = {
    use PduKind::{GetBulkRequest, GetNextRequest, GetRequest};
    &[
        Agent {
            name: "a million cells",
            responder: || open(gauges()),
            questions: |len| {
                vec![
                    ("GET 1.3", v2(GetRequest, len).asks(tiny())),
                    ("GET anywhere", v2(GetRequest, len).asks(somewhere())),
                    ("GETNEXT 1.3", v2(GetNextRequest, len).asks(tiny())),
                    (
                        "GETNEXT anywhere",
                        v2(GetNextRequest, len).asks(somewhere()),
                    ),
                    ("GETBULK 1.3", v2(GetBulkRequest, len).asks(tiny())),
                    (
                        "GETBULK anywhere",
                        v2(GetBulkRequest, len).asks(somewhere()),
                    ),
                    (
                        "GETBULK from one",
                        v2(GetBulkRequest, len).asks([oid!(1.3)]),
                    ),
                    ("SET anywhere", set(len).asks(somewhere())),
                    (
                        "SET of one cell",
                        set(len).asks(std::iter::repeat(cell(1, 1))),
                    ),
                ]
            },
        },
        Agent {
            name: "a SET undone",
            responder: || open(failing()),
            questions: |len| {
                let last = oid!(1.3.6.1.4.1.99.3.0);
                let names = somewhere().take(2_800 * len / LONGEST).chain([last]);
                vec![("SET", set(len).asks(names))]
            },
        },
        Agent {
            name: "a million Counter64s",
            responder: || open(cells(|_, _| Counter64(1).into())),
            questions: |len| {
                vec![
                    ("v1 GETNEXT 1.3", v1(GetNextRequest, len).asks(tiny())),
                    (
                        "v1 GETNEXT anywhere",
                        v1(GetNextRequest, len).asks(somewhere()),
                    ),
                ]
            },
        },
        Agent {
            name: "every other one a Counter64",
            responder: || open(mixed()),
            questions: |len| {
                let anywhere = v1(GetNextRequest, len).asks(somewhere());
                vec![("v1 GETNEXT anywhere", anywhere)]
            },
        },
        Agent {
            name: "computed Counter64s",
            responder: || open(computed(|| Some(Counter64(1).into()))),
            questions: |len| {
                let small = v1(GetNextRequest, 1_500).asks(ascending());
                let all = v1(GetNextRequest, len).asks(ascending());
                vec![("v1 GETNEXT of 1,500 octets", small), ("v1 GETNEXT", all)]
            },
        },
        Agent {
            name: "empty cells",
            responder: || open(computed(|| None)),
            questions: |len| {
                vec![
                    ("GETNEXT", v2(GetNextRequest, len).asks(ascending())),
                    ("GETBULK", v2(GetBulkRequest, len).asks(ascending())),
                ]
            },
        },
        Agent {
            name: "a policy that cannot tell",
            responder: || CommandResponder::new(gauges(), Hides),
            questions: |len| {
                vec![
                    ("GETNEXT", v2(GetNextRequest, len).asks(somewhere())),
                    ("GETBULK", v2(GetBulkRequest, len).asks(somewhere())),
                ]
            },
        },
        Agent {
            name: "a view of 50,000 roots",
            responder: || CommandResponder::new(gauges(), islands(ascending())),
            questions: |len| {
                vec![
                    ("GETNEXT", v2(GetNextRequest, len).asks(ascending())),
                    ("GETBULK", v2(GetBulkRequest, len).asks(ascending())),
                ]
            },
        },
        Agent {
            name: "a million scalars",
            responder: || open(objects(|| Table::new([]), || Some(Gauge32(1).into()))),
            questions: |len| {
                vec![
                    ("GET", v2(GetRequest, len).asks(scalar())),
                    ("GETNEXT", v2(GetNextRequest, len).asks(scalar())),
                    ("GETBULK", v2(GetBulkRequest, len).asks(tiny())),
                ]
            },
        },
        Agent {
            name: "scalars of Counter64",
            responder: || open(objects(|| Table::new([]), || Some(Counter64(1).into()))),
            questions: |len| vec![("v1 GETNEXT", v1(GetNextRequest, len).asks(scalar()))],
        },
        Agent {
            name: "a million empty tables",
            responder: || open(objects(|| Table::new([Column::new(1)]), || None)),
            questions: |len| vec![("GETNEXT", v2(GetNextRequest, len).asks(scalar()))],
        },
        Agent {
            name: "names of 128 arcs",
            responder: || open(long_names()),
            questions: |len| {
                vec![
                    ("GETNEXT", v2(GetNextRequest, len).asks(long())),
                    ("GETBULK", v2(GetBulkRequest, len).asks(long())),
                ]
            },
        },
        Agent {
            name: "hidden names of 128 arcs",
            responder: || CommandResponder::new(long_names(), Hides),
            questions: |len| vec![("GETNEXT", v2(GetNextRequest, len).asks(long()))],
        },
        Agent {
            name: "a view of 20,000 long roots",
            responder: || CommandResponder::new(long_names(), islands(long())),
            questions: |len| vec![("GETNEXT", v2(GetNextRequest, len).asks(long()))],
        },
    ]
};
