//! What the command responder allocates: nothing to read, once its buffers have grown.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use counting_allocator::{counted, held};
use deferred_snmp::access::{OpenAccess, SubtreeAccess, Views};
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::applications::standard::System;
use deferred_snmp::deferred::{Deferred, Failure, Resolver};
use deferred_snmp::hlapi::{CommunityData, Rows};
use deferred_snmp::message::Version;
use deferred_snmp::names::{Builtin, PrettyVarBind};
use deferred_snmp::objects::{Asker, Column, MibTree, Scalar, Table};
use deferred_snmp::oid;
use deferred_snmp::pdu::{Bulk, ErrorStatus, Pdu, PduKind};
use deferred_snmp::security::{SecurityLevel, SecurityModel};
use deferred_snmp::smi::{
    Counter32, Counter64, Gauge32, ObjectIdentifier, TimeTicks, Value, VarBind, VarBindList,
};
use util::manager::{Pair, turn_until};

fn responder() -> CommandResponder {
    let mut tree = MibTree::new();
    System::new("probe")
        .register(&mut tree, || 4711)
        .expect("free");
    let mut table = Table::new([Column::new(2), Column::new(10)]);
    for index in 1..=1_000_u32 {
        let cells: [(u32, Value); 2] =
            [(2, "GigabitEthernet".into()), (10, Counter32(index).into())];
        table.insert(&[index], cells);
    }
    tree.register(oid!(1.3.6.1.2.1.2.2.1), table).expect("free");
    let mut policy = SubtreeAccess::new();
    policy.set(
        "public",
        Views::new()
            .read(oid!(1.3.6.1.2.1.1.3))
            .read(oid!(1.3.6.1.2.1.2)),
    );
    CommandResponder::new(tree, policy)
}

fn names(names: &[ObjectIdentifier]) -> VarBindList {
    names.iter().map(|name| VarBind::new(name, ())).collect()
}

#[test]
fn reading_allocates_nothing() {
    let (model, level) = (SecurityModel::V2C, SecurityLevel::NoAuthNoPriv);
    let info = Asker::new(Version::V2c, model, b"public", level, b"");
    let column = oid!(1.3.6.1.2.1.2.2.1.2);
    let requests = [
        Pdu::new(
            PduKind::GetRequest,
            1,
            names(&[oid!(1.3.6.1.2.1.1.3.0), oid!(1.3.6.1.2.1.1.1.0)]),
        ),
        Pdu::new(
            PduKind::GetNextRequest,
            2,
            names(&[oid!(1.3), column.clone()]),
        ),
        Pdu::bulk_request(
            3,
            Bulk {
                non_repeaters: 1,
                max_repetitions: 25,
            },
            names(&[
                oid!(1.3.6.1.2.1.1.3),
                column,
                oid!(1.3.6.1.2.1.2.2.1.10.900),
            ]),
        ),
    ];
    let responder = responder();
    for warm in [false, true] {
        for request in &requests {
            let (bindings, allocations) = counted(|| {
                let response = responder
                    .process(&info, request.as_ref(), 65_000)
                    .expect("a response");
                assert_eq!(response.error_status, ErrorStatus::NO_ERROR);
                let bindings = response.var_binds.len();
                responder.recycle(response);
                bindings
            });
            assert!(bindings >= 2);
            if warm {
                assert_eq!(allocations, 0, "{request}");
            }
        }
    }
}

/// What a program's collection lends goes the same way.
#[test]
fn reading_rows_of_a_collection_allocates_nothing() {
    struct Interface {
        name: String,
        octets: u32,
    }
    let rows = (1..=1_000_u32).map(|index| {
        let name = format!("GigabitEthernet{index}");
        let octets = index;
        ([index / 10, index], Interface { name, octets })
    });
    let rows: BTreeMap<[u32; 2], Interface> = rows.collect();
    let rows = Rows::of(Rc::new(RefCell::new(rows)))
        .octets(2, |row| &row.name)
        .column(10, |row| Counter32(row.octets));
    let mut tree = MibTree::new();
    let entry = oid!(1.3.6.1.2.1.2.2.1);
    tree.register(entry.clone(), rows).expect("free");
    let responder = CommandResponder::new(tree, OpenAccess);
    let (model, level) = (SecurityModel::V2C, SecurityLevel::NoAuthNoPriv);
    let info = Asker::new(Version::V2c, model, b"public", level, b"");
    let bulk = Bulk {
        non_repeaters: 0,
        max_repetitions: 25,
    };
    let columns = [2, 10].map(|column| entry.child(column).expect("short"));
    let request = Pdu::bulk_request(3, bulk, names(&columns));
    for warm in [false, true] {
        let (bindings, allocations) = counted(|| {
            let response = responder
                .process(&info, request.as_ref(), 65_000)
                .expect("a response");
            let bindings = response.var_binds.len();
            responder.recycle(response);
            bindings
        });
        assert_eq!(bindings, 50);
        if warm {
            assert_eq!(allocations, 0);
        }
    }
}

/// A number; the first SET has made the room in which the former value is kept.
#[test]
fn a_set_of_one_cell_allocates_nothing() {
    let mut table = Table::new([Column::new(10).writable()]);
    table.insert(&[7], [(10, Counter32(1))]);
    let mut tree = MibTree::new();
    let entry = oid!(1.3.6.1.2.1.2.2.1);
    tree.register(entry.clone(), table).expect("free");
    let responder = CommandResponder::new(tree, OpenAccess);
    let (model, level) = (SecurityModel::V2C, SecurityLevel::NoAuthNoPriv);
    let info = Asker::new(Version::V2c, model, b"public", level, b"");
    let cell = entry.extend([10, 7]).expect("short");
    for value in 2..5 {
        let bindings = [VarBind::new(cell.clone(), Counter32(value))];
        let request = Pdu::new(PduKind::SetRequest, 1, bindings.into_iter().collect());
        let ((), allocations) = counted(|| {
            let response = responder
                .process(&info, request.as_ref(), 65_000)
                .expect("a response");
            assert_eq!(response.error_status, ErrorStatus::NO_ERROR);
            responder.recycle(response);
        });
        assert!(value == 2 || allocations == 0, "{allocations}");
    }
}

#[test]
fn a_value_that_comes_later_costs_three_allocations() {
    let mut tree = MibTree::new();
    let [at_once, later] = [oid!(1.3.6.1.2.1.1.5), oid!(1.3.6.1.2.1.1.6)];
    tree.register(at_once, Scalar::dynamic(|| 7)).expect("free");
    let kept: Rc<Cell<Option<Resolver<i32, Failure>>>> = Rc::default();
    let keeping = Rc::clone(&kept);
    let scalar = Scalar::later(move |_| {
        let (resolver, deferred) = Deferred::pair();
        keeping.set(Some(resolver));
        deferred
    });
    tree.register(later, scalar).expect("free");
    let mut pair = Pair::new(tree);
    let auth = CommunityData::new("public");
    let mut get = |name: &'static str| {
        let asked = pair.manager.get(name, &auth, &pair.target);
        let ((), allocations) = counted(|| {
            turn_until(&mut pair.manager.reactor, || {
                if let Some(resolver) = kept.take() {
                    resolver.callback(7);
                }
                asked.is_fired()
            });
        });
        let response = pair.manager.succeed(asked);
        assert_eq!(response.iter().next().and_then(|it| it.as_i64()), Some(7));
        allocations
    };
    // Buffers and tables grow at first.
    for name in ["1.3.6.1.2.1.1.5.0", "1.3.6.1.2.1.1.6.0"].repeat(10) {
        get(name);
    }
    let [at_once, later] = ["1.3.6.1.2.1.1.5.0", "1.3.6.1.2.1.1.6.0"].map(&mut get);
    let ((), own) = counted(|| {
        let (resolver, deferred) = Deferred::<i32>::pair();
        resolver.callback(7);
        drop(deferred);
    });
    assert!(
        own > 0 && later > at_once + own,
        "{own}, {at_once}, {later}"
    );
    assert!(later - at_once <= own + 3, "{own}, {at_once}, {later}");
}

#[test]
fn printing_a_binding_with_one_index_allocates_nothing() {
    use std::fmt::Write as _;

    let bindings = [
        VarBind::new(oid!(1.3.6.1.2.1.1.2.0), oid!(1.3.6.1.4.1.8072.3.2.10)),
        VarBind::new(oid!(1.3.6.1.2.1.2.2.1.8.3), 1),
        VarBind::new(oid!(1.3.6.1.2.1.2.2.1.6.3), b"\x00\x11\x22\x33\x44\x55"),
        VarBind::new(oid!(1.3.6.1.4.1.8072.1.3), "text"),
    ];
    let mut text = String::with_capacity(1_000);
    let ((), allocations) = counted(|| {
        for binding in &bindings {
            writeln!(text, "{}", PrettyVarBind::new(&Builtin, binding.as_ref())).expect("a string");
        }
    });
    assert_eq!(
        text,
        "SNMPv2-MIB::sysObjectID.0 = NET-SNMP-MIB::netSnmpAgentOIDs.10\n\
         IF-MIB::ifOperStatus.3 = up\n\
         IF-MIB::ifPhysAddress.3 = 00:11:22:33:44:55\n\
         NET-SNMP-MIB::netSnmpObjects.3 = text\n"
    );
    assert_eq!(allocations, 0);
}

/// 510 octets before rows were packed.
#[test]
fn a_row_of_ten_cells_takes_less_than_300_octets() {
    const ROWS: u32 = 10_000;
    let before = held();
    let mut table = Table::new((1..=10).map(Column::new));
    for row in 1..=ROWS {
        let cells: [(u32, Value); 10] = [
            (1, (row as i32).into()),
            (2, format!("interface {row}").into()),
            (3, 6.into()),
            (4, 1_500.into()),
            (5, Gauge32(1_000_000_000).into()),
            (6, Value::from(&[0, 0x10, 0x20, 0x30, 0x40, 0x50][..])),
            (7, 1.into()),
            (8, TimeTicks(row).into()),
            (9, Counter32(row).into()),
            (10, Counter64(row.into()).into()),
        ];
        table.insert(&[row], cells);
    }
    let octets = (held() - before) / ROWS.cast_signed() as isize;
    assert!(octets < 300, "{octets}");
}
