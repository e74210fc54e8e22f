//! Tables by rows: from columns that an agent walks, in order or not.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use deferred_snmp::hlapi::*;
use deferred_snmp::names::IndexValue;
use deferred_snmp::objects::MibTree;
use deferred_snmp::oid;
use deferred_snmp::reactor::Handle;

use util::manager::{Manager, Pair};
use util::raw::{self, Asked};
use util::recording::{self, InOrder};
use util::shared::shared;

const IF_ENTRY: ObjectIdentifier = oid!(1.3.6.1.2.1.2.2.1);
const IF_X_ENTRY: ObjectIdentifier = oid!(1.3.6.1.2.1.31.1.1.1);

fn cell(entry: &ObjectIdentifier, column: u32, index: &[u32], value: impl Into<Value>) -> VarBind {
    let arcs = std::iter::once(column).chain(index.iter().copied());
    VarBind::new(entry.extend(arcs).expect("a short name"), value)
}

/// Three interfaces, of which the second has no counter and the third no wide one.
fn interfaces() -> Vec<VarBind> {
    vec![
        cell(&IF_ENTRY, 1, &[1], 1),
        cell(&IF_ENTRY, 1, &[2], 2),
        cell(&IF_ENTRY, 1, &[10], 10),
        cell(&IF_ENTRY, 2, &[1], "lo"),
        cell(&IF_ENTRY, 2, &[2], "eth0"),
        cell(&IF_ENTRY, 2, &[10], "eth1"),
        cell(&IF_ENTRY, 8, &[1], 1),
        cell(&IF_ENTRY, 8, &[2], 2),
        cell(&IF_ENTRY, 8, &[10], 1),
        cell(&IF_ENTRY, 10, &[1], Counter32(11)),
        cell(&IF_ENTRY, 10, &[10], Counter32(u32::MAX)),
        cell(&IF_X_ENTRY, 6, &[1], Counter64(11)),
        cell(&IF_X_ENTRY, 6, &[2], Counter64(1 << 40)),
        cell(
            &oid!(1.3.6.1.2.1.6.13.1),
            1,
            &[127, 0, 0, 1, 22, 10, 0, 0, 1, 4000],
            5,
        ),
    ]
}

fn pair() -> Pair {
    Pair::new(recording::tree(&interfaces()))
}

fn v2c() -> CommunityData {
    CommunityData::new("public")
}

fn remote(pair: &Pair) -> RemoteEngine {
    pair.manager.engine.remote(&v2c(), &pair.target)
}

/// The rows as text: the index, then each cell, or a dash.
fn printed(table: &ResponseTable) -> Vec<String> {
    let cell =
        |cell: Option<ResponseVarBind<'_>>| cell.map_or_else(|| "-".to_owned(), |cell| cell.text());
    table
        .iter()
        .map(|row| {
            let cells: Vec<String> = row.iter().map(cell).collect();
            format!("{}: {}", row.index(), cells.join(" "))
        })
        .collect()
}

#[test]
fn columns_side_by_side_are_rows_by_index() {
    let mut pair = pair();
    let expected = [
        "1: lo up 11 11",
        "2: eth0 down - 1099511627776",
        "10: eth1 up 4294967295 -",
    ];
    for auth in [CommunityData::v1("public"), v2c()] {
        let remote = pair.manager.engine.remote(&auth, &pair.target);
        for repetitions in [1, 2, 3, 50] {
            let names = [
                "ifDescr",
                "IF-MIB::ifOperStatus",
                "1.3.6.1.2.1.2.2.1.10",
                "ifHCInOctets",
            ];
            let options = TableOptions::default().max_repetitions(repetitions);
            let table = pair.manager.succeed(remote.table_with(options, names));
            let is_v1 = auth != v2c();
            let expected = expected.map(|row| match is_v1 {
                // SNMPv1 has no Counter64.
                true => row.rsplit_once(' ').expect("cells").0.to_owned() + " -",
                false => row.to_owned(),
            });
            assert_eq!(printed(&table), expected, "{repetitions}");
            assert_eq!((table.len(), table.is_limited()), (3, false));
            let columns: Vec<_> = table.columns().collect();
            assert_eq!(
                columns,
                ["ifDescr", "ifOperStatus", "ifInOctets", "ifHCInOctets"]
            );
        }
    }
}

#[test]
fn a_cell_is_found_by_name_and_by_place_and_has_a_type() {
    let mut pair = pair();
    let columns = ["1.3.6.1.2.1.2.2.1.2", "IF-MIB::ifInOctets", "ifOperStatus"];
    let table = pair.manager.succeed(remote(&pair).table(columns));
    let first = table.row(&[1]).expect("the first");
    for name in [
        "ifDescr",
        "IF-MIB::ifDescr",
        "1.3.6.1.2.1.2.2.1.2",
        ".1.3.6.1.2.1.2.2.1.2",
    ] {
        assert_eq!(first.get(name).expect(name).as_str(), Some("lo"));
    }
    assert_eq!(first.get(0).expect("a cell").as_str(), Some("lo"));
    let octets = first.get(&String::from("ifInOctets")).expect("a cell");
    assert_eq!(octets.as_u64(), Some(11));
    assert_eq!(octets.label(), "IF-MIB::ifInOctets.1");
    assert_eq!(octets.value().tag(), Value::from(Counter32(0)).tag());
    let status = first.get(2).expect("a cell");
    assert_eq!((status.as_i64(), status.text()), (Some(1), "up".to_owned()));
    let second = table.row(&[2]).expect("the second");
    assert!(second.get("ifInOctets").is_none());
    assert_eq!(second.iter().flatten().count(), 2);
    for none in ["ifOutOctets", "TCP-MIB::ifDescr", "", "1.3.6"] {
        assert!(first.get(none).is_none(), "{none}");
    }
    assert!(first.get(3).is_none());
    for index in [&[3][..], &[], &[1, 1]] {
        assert!(table.row(index).is_none());
    }
}

#[test]
fn the_name_of_a_table_stands_for_its_columns() {
    let mut pair = pair();
    for name in ["ifTable", "IF-MIB::ifEntry", "1.3.6.1.2.1.2.2"] {
        let table = pair
            .manager
            .succeed(remote(&pair).table([name, "ifDescr", "ifHCInOctets"]));
        assert_eq!(table.columns().len(), 23);
        assert_eq!(table.columns().next().as_deref(), Some("ifIndex"));
        assert_eq!(table.columns().last().as_deref(), Some("ifHCInOctets"));
        assert_eq!(table.len(), 3);
        let row = table.row(&[2]).expect("the second");
        assert_eq!(row.iter().flatten().count(), 4);
        assert_eq!(row.get("ifDescr").expect("a cell").text(), "eth0");
    }
    // The index of this one cannot be read.
    let table = pair
        .manager
        .succeed(remote(&pair).table(["ipNetToPhysicalTable"]));
    assert_eq!(
        table.columns().next().as_deref(),
        Some("ipNetToPhysicalPhysAddress")
    );
    assert!(table.is_empty());
}

#[test]
fn what_is_no_column_of_the_table_is_an_error_that_says_so() {
    let mut pair = pair();
    let cases = [
        (
            vec!["ifDescr", "tcpConnState"],
            "TCP-MIB::tcpConnState is not a column of the table of IF-MIB::ifDescr",
        ),
        (
            vec!["ifTable", "sysORDescr"],
            "SNMPv2-MIB::sysORDescr is not a column of the table of IF-MIB::ifIndex",
        ),
        (
            vec!["1.3.6.1.4.1.99999.1.1.2", "1.3.6.1.4.1.99999.2.1.2"],
            "SNMPv2-SMI::enterprises.99999.2.1.2 is not a column of the table of SNMPv2-SMI::enterprises.99999.1.1.2",
        ),
        (
            vec!["sysDescr"],
            "SNMPv2-MIB::sysDescr is neither a column nor a table",
        ),
        (
            vec!["sysDescr.0"],
            "SNMPv2-MIB::sysDescr.0 is neither a column nor a table",
        ),
        (
            vec!["ifDescr", "ifInOctets.2"],
            "IF-MIB::ifInOctets.2 is neither a column nor a table",
        ),
        (
            vec!["system"],
            "SNMPv2-MIB::system is neither a column nor a table",
        ),
        (
            vec!["linkDown"],
            "IF-MIB::linkDown is neither a column nor a table",
        ),
    ];
    for (columns, expected) in cases {
        let outcome = pair.manager.settle(remote(&pair).table(columns));
        let error = outcome.expect_err(expected);
        assert!(matches!(error, SnmpError::Column(_)), "{error:?}");
        assert_eq!(error.to_string(), expected);
    }
    let outcome = pair.manager.settle(remote(&pair).table(["ifNothing"]));
    assert!(matches!(outcome, Err(SnmpError::Name(_))));
    // Nothing of them was sent.
    assert_eq!(pair.manager.engine.statistics().requests, 0);
}

#[test]
fn an_index_has_the_values_of_its_clause() {
    let mut pair = pair();
    let table = pair.manager.succeed(remote(&pair).table(["tcpConnState"]));
    let row = table.iter().next().expect("a connection");
    let arcs = [127, 0, 0, 1, 22, 10, 0, 0, 1, 4000];
    let address = |octets: [u8; 4]| IndexValue::Address(octets.into());
    let values = [
        address([127, 0, 0, 1]),
        22.into(),
        address([10, 0, 0, 1]),
        4000.into(),
    ];
    assert_eq!(row.index().values(), values);
    assert_eq!(
        (row.index().arcs(), row.index().as_u32()),
        (&arcs[..], None)
    );
    assert_eq!(row.index().to_string(), "127.0.0.1.22.10.0.0.1.4000");
    let table = pair.manager.succeed(remote(&pair).table(["ifDescr"]));
    let index = table.iter().last().expect("the last").index();
    assert_eq!(
        (index.values(), index.as_u32()),
        (vec![10.into()], Some(10))
    );

    let entry = oid!(1.3.6.1.6.3.16.1.2.1);
    let name = [3, 5, 97, 108, 105, 99, 101];
    let group = [
        cell(&entry, 3, &name, "readers"),
        cell(&entry, 3, &[3, 5, 97], "cut"),
    ];
    let mut pair = Pair::new(recording::tree(&group));
    let groups = pair.manager.succeed(remote(&pair).table(["vacmGroupName"]));
    let indices: Vec<_> = groups.iter().map(|row| row.index()).collect();
    assert_eq!(indices[1].to_string(), r#"3."alice""#);
    assert_eq!(
        indices[1].values(),
        [3.into(), IndexValue::Octets(b"alice".to_vec())]
    );
    // Of a column that its module lacks, as of the others.
    let columns = ["1.3.6.1.6.3.16.1.2.1.77", "vacmGroupName"];
    let table = pair.manager.succeed(remote(&pair).table(columns));
    let beside: Vec<_> = table.iter().map(|row| row.index()).collect();
    assert_eq!(format!("{beside:?}"), format!("{indices:?}"));
    assert_eq!(beside[1].values(), indices[1].values());
    // Numbers where the clause does not fit.
    assert_eq!(indices[0].to_string(), "3.5.97");
    assert_eq!(indices[0].values(), [3, 5, 97].map(IndexValue::from));
    let numbers = remote(&pair).lookup_mib(false).table(["vacmGroupName"]);
    let table = pair.manager.succeed(numbers);
    let row = table.iter().last().expect("the last");
    assert_eq!(row.index().to_string(), "3.5.97.108.105.99.101");
    assert_eq!(row.index().values(), name.map(IndexValue::from));
    let cell = row.get("vacmGroupName").expect("a cell");
    assert_eq!(
        cell.to_string(),
        "1.3.6.1.6.3.16.1.2.1.3.3.5.97.108.105.99.101 = readers"
    );
}

#[test]
fn a_table_that_no_module_has_is_read_by_numbers() {
    let entry = oid!(1.3.6.1.4.1.99999.7.1);
    let cells = [
        cell(&entry, 1, &[4, 4], 1),
        cell(&entry, 2, &[4, 4], "x"),
        cell(&entry, 2, &[5], "y"),
    ];
    let mut pair = Pair::new(recording::tree(&cells));
    let columns = ["1.3.6.1.4.1.99999.7.1.1", "1.3.6.1.4.1.99999.7.1.2"];
    let table = pair.manager.succeed(remote(&pair).table(columns));
    assert_eq!(printed(&table), ["4.4: 1 x", "5: - y"]);
    assert_eq!(table.columns().collect::<Vec<_>>(), columns);
    let row = table.row(&[4, 4]).expect("the first");
    assert_eq!(row.get(columns[1]).expect("a cell").as_str(), Some("x"));
    let owned = columns.map(|column| column.parse::<ObjectIdentifier>().expect("a name"));
    let table = pair.manager.succeed(remote(&pair).table(owned));
    assert_eq!(printed(&table), ["4.4: 1 x", "5: - y"]);
    // A column that the module of its table lacks.
    let odd = [cell(&IF_ENTRY, 2, &[1], "lo"), cell(&IF_ENTRY, 99, &[1], 7)];
    let mut pair = Pair::new(recording::tree(&odd));
    let table = pair
        .manager
        .succeed(remote(&pair).table(["ifDescr", "1.3.6.1.2.1.2.2.1.99"]));
    assert_eq!(printed(&table), ["1: lo 7"]);
}

/// Where a device listens that keeps the order of these lines.
fn device(reactor: &Handle, lines: Vec<VarBind>) -> SocketAddr {
    let device = InOrder::new(lines);
    raw::listen(reactor, move |datagram| {
        let asked = Asked::new(datagram);
        let answer = device.answer(&asked.pdu);
        vec![asked.answer(|pdu| pdu.var_binds = answer.var_binds)]
    })
}

#[test]
fn rows_that_come_twice_or_out_of_order_are_merged() {
    let mut manager = Manager::new();
    let lines = vec![
        cell(&IF_ENTRY, 2, &[3], "c"),
        cell(&IF_ENTRY, 2, &[1], "a"),
        cell(&IF_ENTRY, 2, &[2], "an old b"),
        cell(&IF_ENTRY, 2, &[4], "d"),
        cell(&IF_ENTRY, 2, &[2], "b"),
        cell(&IF_ENTRY, 2, &[5], "e"),
        cell(&IF_ENTRY, 8, &[1], 1),
        cell(&IF_ENTRY, 8, &[5], 2),
        cell(&IF_ENTRY, 8, &[2], 1),
        cell(&IF_ENTRY, 8, &[3], 1),
        cell(&IF_ENTRY, 8, &[9], 1),
        cell(&IF_ENTRY, 11, &[1], Counter32(0)),
    ];
    let peer = UdpTransportTarget::from(device(&manager.reactor.handle(), lines));
    let remote = manager.engine.remote(&v2c(), &peer);
    let table = manager.succeed(remote.table(["ifDescr", "ifOperStatus"]));
    let expected = [
        "1: a up",
        "2: b up",
        "3: c up",
        "4: d -",
        "5: e down",
        "9: - up",
    ];
    assert_eq!(printed(&table), expected);
    assert_eq!(table.summary().left_out, 0);
}

#[test]
fn no_more_rows_are_kept_than_the_limit_says() {
    let mut pair = pair();
    let rows = |limit| {
        let options = TableOptions::default().limit_rows(limit).max_repetitions(1);
        remote(&pair).table_with(options, ["ifDescr", "ifHCInOctets", "ifInOctets"])
    };
    let all = [
        "1: lo 11 11",
        "2: eth0 1099511627776 -",
        "10: eth1 - 4294967295",
    ];
    let deferreds: Vec<_> = (0..5).map(rows).collect();
    for (limit, deferred) in deferreds.into_iter().enumerate() {
        let table = pair.manager.succeed(deferred);
        assert_eq!(printed(&table), all[..limit.min(3)], "{limit}");
        assert_eq!(table.is_limited(), limit < 3, "{limit}");
    }
    // It stops behind the last row that it keeps, and not at the end of the table.
    let many: Vec<_> = (1..=1_000)
        .map(|index| cell(&IF_ENTRY, 2, &[index], "x"))
        .collect();
    let mut pair = Pair::new(recording::tree(&many));
    let options = TableOptions::default().limit_rows(20).max_repetitions(10);
    let table = pair
        .manager
        .succeed(remote(&pair).table_with(options, ["ifDescr"]));
    assert_eq!((table.len(), table.is_limited()), (20, true));
    assert!(table.summary().calls <= 4, "{:?}", table.summary());
    assert_eq!(
        table.iter().last().expect("the last").index().as_u32(),
        Some(20)
    );
}

#[test]
fn an_agent_without_the_table_has_no_rows_and_one_that_fails_is_an_error() {
    let mut pair = Pair::new(MibTree::new());
    let table = pair.manager.succeed(remote(&pair).table(["ifTable"]));
    assert!(table.is_empty() && table.iter().next().is_none());
    let none: [&str; 0] = [];
    let table = pair.manager.succeed(remote(&pair).table(none));
    assert_eq!((table.len(), table.columns().len()), (0, 0));
    let mut manager = Manager::new();
    let peer = raw::listen(&manager.reactor.handle(), |datagram| {
        vec![Asked::new(datagram).answer(|pdu| pdu.error_status = ErrorStatus::GEN_ERR)]
    });
    let remote = manager
        .engine
        .remote(&v2c(), &UdpTransportTarget::from(peer));
    let error = manager
        .settle(remote.table(["ifDescr"]))
        .expect_err("genErr");
    assert!(matches!(error, SnmpError::ErrorStatus { .. }), "{error:?}");
}

#[test]
fn the_tables_of_recorded_devices_have_the_cells_of_their_recordings() {
    let test = "the_tables_of_recorded_devices_have_the_cells_of_their_recordings";
    let Some(directory) = shared(test, "snmprec") else {
        return;
    };
    let columns = [
        "ifDescr",
        "ifType",
        "ifOperStatus",
        "ifInOctets",
        "ifHCInOctets",
        "ifAlias",
    ];
    let names: [ObjectIdentifier; 6] = [
        oid!(1.3.6.1.2.1.2.2.1.2),
        oid!(1.3.6.1.2.1.2.2.1.3),
        oid!(1.3.6.1.2.1.2.2.1.8),
        oid!(1.3.6.1.2.1.2.2.1.10),
        oid!(1.3.6.1.2.1.31.1.1.1.6),
        oid!(1.3.6.1.2.1.31.1.1.1.18),
    ];
    let mut manager = Manager::new();
    let (mut devices, mut rows) = (0, 0);
    for file in std::fs::read_dir(directory).expect("a directory") {
        let path = file.expect("a readable directory").path();
        if path.extension().is_none_or(|is| is != "snmprec") {
            continue;
        }
        let lines = recording::lines(&path);
        let mut expected: BTreeMap<Vec<u32>, [Option<Value>; 6]> = BTreeMap::new();
        for VarBind { name, value } in &lines {
            for (place, column) in names.iter().enumerate() {
                if let Some(index) = name.strip_prefix(column) {
                    expected.entry(index.collect()).or_default()[place] = Some(value.clone());
                }
            }
        }
        let peer = UdpTransportTarget::from(device(&manager.reactor.handle(), lines));
        let remote = manager.engine.remote(&v2c(), &peer);
        let table = manager.succeed(remote.table(columns));
        let found = table.iter().map(|row| {
            let cells = row
                .iter()
                .map(|cell| cell.map(|cell| cell.value().to_owned()));
            let cells: Vec<_> = cells.collect();
            (row.index().arcs().to_vec(), cells.try_into().expect("six"))
        });
        let found: BTreeMap<Vec<u32>, [Option<Value>; 6]> = found.collect();
        assert_eq!(found, expected, "{}", path.display());
        devices += 1;
        rows += found.len();
    }
    assert!(
        devices == 41 && rows > 500,
        "{devices} devices, {rows} rows"
    );
}
