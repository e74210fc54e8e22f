//! A table that augments another one: RFC 2578 section 7.8.

use deferred_snmp::access::OpenAccess;
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::names::Builtin;
use deferred_snmp::objects::{Asker, MibTree, Scalar, SetError, Table, TableHandle};
use deferred_snmp::oid;
use deferred_snmp::pdu::{ErrorStatus, Pdu, PduKind};
use deferred_snmp::smi::{ObjectIdentifier, Value, VarBind};

const ADDRESSES: ObjectIdentifier = oid!(1.3.6.1.6.3.12.1.2.1);
const EXTENSIONS: ObjectIdentifier = oid!(1.3.6.1.6.3.18.1.2.1);

/// snmpTargetAddrTable, snmpTargetAddrExtTable, and a scalar whose commit fails.
struct Tables {
    responder: CommandResponder,
    addresses: TableHandle,
    extensions: TableHandle,
}

fn tables() -> Tables {
    let (addresses, mut tree) = (Table::managed(), MibTree::new());
    let extensions = Table::augmenting(&addresses.handle())
        .fixed_while_active(["snmpTargetAddrTMask"])
        .default("snmpTargetAddrMMS", 484);
    let handles = (addresses.handle(), extensions.handle());
    tree.define(&Builtin, "snmpTargetAddrTable", addresses)
        .expect("known");
    tree.define(
        &Builtin,
        "SNMP-COMMUNITY-MIB::snmpTargetAddrExtTable",
        extensions,
    )
    .expect("known");
    let failing = Scalar::variable(1).writable(|_| Err(SetError::GenErr));
    tree.register(oid!(1.3.6.1.7.1), failing).expect("free");
    Tables {
        responder: CommandResponder::new(tree, OpenAccess),
        addresses: handles.0,
        extensions: handles.1,
    }
}

/// A cell of the row `name`, which is one octet.
fn cell(table: &ObjectIdentifier, column: u32, name: u8, value: impl Into<Value>) -> VarBind {
    let name = table.extend([column, name.into()]).expect("short");
    VarBind::new(name, value)
}

/// All that a row needs, with createAndGo at the end.
fn new(name: u8) -> Vec<VarBind> {
    let udp = [127, 0, 0, 1, 0, 162];
    vec![
        cell(&ADDRESSES, 2, name, oid!(1.3.6.1.6.1.1)),
        cell(&ADDRESSES, 3, name, &udp[..]),
        cell(&ADDRESSES, 7, name, "params"),
        cell(&ADDRESSES, 9, name, 4),
    ]
}

impl Tables {
    fn set(&self, bindings: Vec<VarBind>) -> (ErrorStatus, i32) {
        let request = Pdu::new(PduKind::SetRequest, 1, bindings.into_iter().collect());
        let response = self
            .responder
            .process(&Asker::program(), request.as_ref(), 65_000)
            .expect("a response");
        (response.error_status, response.error_index)
    }

    /// The names of the rows of both tables.
    fn rows(&self) -> [Vec<u32>; 2] {
        let names = |table: &TableHandle| table.rows().iter().map(|row| row.index()[0]).collect();
        [names(&self.addresses), names(&self.extensions)]
    }

    fn mask(&self, name: u8) -> Option<Value> {
        let row = self
            .extensions
            .row(std::str::from_utf8(&[name]).expect("ASCII"))?;
        row.get(1).map(|value| value.to_owned())
    }
}

const OK: (ErrorStatus, i32) = (ErrorStatus::NO_ERROR, 0);

#[test]
fn rows_come_and_go_with_those_of_the_base() {
    let tables = tables();
    assert_eq!(tables.set(new(b'a')), OK);
    assert_eq!(tables.rows(), [[97], [97]]);
    // The DEFVAL of one column, and what the program says of the other.
    assert_eq!(tables.mask(b'a'), Some(Value::from("")));
    let row = tables.extensions.row("a").expect("a row");
    assert_eq!(
        row.get("snmpTargetAddrMMS").and_then(|it| it.as_i64()),
        Some(484)
    );
    assert_eq!(tables.set(vec![cell(&ADDRESSES, 9, b'a', 6)]), OK);
    assert_eq!(tables.rows(), [[], []]);
    assert!(tables.set(new(b'b')) == OK && tables.addresses.remove("b"));
    assert_eq!(tables.rows(), [[], []]);
}

#[test]
fn a_set_may_assign_columns_of_both() {
    let tables = tables();
    let mut both = new(b'a');
    both.push(cell(&EXTENSIONS, 1, b'a', "mask"));
    assert_eq!(tables.set(both), OK);
    assert_eq!(tables.mask(b'a'), Some(Value::from("mask")));
    // Active by now: the mask is fixed, the size is not.
    let refused = (ErrorStatus::INCONSISTENT_VALUE, 2);
    let both = vec![
        cell(&EXTENSIONS, 2, b'a', 1_000),
        cell(&EXTENSIONS, 1, b'a', "other"),
    ];
    assert_eq!(tables.set(both), refused);
    assert_eq!(tables.set(vec![cell(&EXTENSIONS, 2, b'a', 1_000)]), OK);
    assert_eq!(tables.set(vec![cell(&ADDRESSES, 9, b'a', 2)]), OK);
    assert_eq!(tables.set(vec![cell(&EXTENSIONS, 1, b'a', "other")]), OK);
    assert_eq!(tables.mask(b'a'), Some(Value::from("other")));
}

/// RFC 3416 section 4.2.5: as if simultaneously.
#[test]
fn the_order_of_the_bindings_does_not_count() {
    let tables = tables();
    let mut both = new(b'a');
    both.insert(0, cell(&EXTENSIONS, 1, b'a', "mask"));
    assert_eq!(tables.set(both.clone()), OK);
    assert_eq!(tables.mask(b'a'), Some(Value::from("mask")));
    assert_eq!(tables.set(vec![cell(&ADDRESSES, 9, b'a', 6)]), OK);
    // Without a row of the base that comes, what that lacks is to blame.
    both.truncate(3);
    assert_eq!(
        tables.set(both.clone()),
        (ErrorStatus::INCONSISTENT_NAME, 2)
    );
    both.push(cell(&ADDRESSES, 9, b'a', 4));
    assert_eq!(tables.set(both), (ErrorStatus::INCONSISTENT_VALUE, 4));
    let failing = vec![
        cell(&EXTENSIONS, 1, b'a', "mask"),
        VarBind::new(oid!(1.3.6.1.7.1.0), 2),
    ];
    assert_eq!(tables.set(failing), (ErrorStatus::INCONSISTENT_NAME, 1));
    assert_eq!(tables.rows(), [[], []]);
}

#[test]
fn without_a_row_of_the_base_there_is_none() {
    let tables = tables();
    let alone = tables.set(vec![cell(&EXTENSIONS, 1, b'a', "mask")]);
    assert_eq!(alone, (ErrorStatus::INCONSISTENT_NAME, 1));
    // A row that cannot be created takes its extension with it.
    let both = vec![
        cell(&ADDRESSES, 9, b'a', 4),
        cell(&EXTENSIONS, 1, b'a', "mask"),
    ];
    assert_eq!(tables.set(both), (ErrorStatus::INCONSISTENT_VALUE, 1));
    assert_eq!(tables.rows(), [[], []]);
    // That was about another SET.
    let alone = tables.set(vec![cell(&EXTENSIONS, 1, b'a', "mask")]);
    assert_eq!(alone, (ErrorStatus::INCONSISTENT_NAME, 1));
}

#[test]
fn what_is_undone_is_undone_in_both() {
    let tables = tables();
    let failing = || VarBind::new(oid!(1.3.6.1.7.1.0), 2);
    let mut created = new(b'a');
    created.extend([cell(&EXTENSIONS, 1, b'a', "mask"), failing()]);
    assert_eq!(tables.set(created), (ErrorStatus::COMMIT_FAILED, 6));
    assert_eq!(tables.rows(), [[], []]);
    let mut both = new(b'a');
    both.push(cell(&EXTENSIONS, 1, b'a', "mask"));
    assert_eq!(tables.set(both), OK);
    let destroyed = vec![cell(&ADDRESSES, 9, b'a', 6), failing()];
    assert_eq!(tables.set(destroyed), (ErrorStatus::COMMIT_FAILED, 2));
    assert_eq!(tables.rows(), [[97], [97]]);
    assert_eq!(tables.mask(b'a'), Some(Value::from("mask")));
}

#[test]
fn rows_that_were_there_before_have_extensions() {
    let (addresses, mut tree) = (Table::managed(), MibTree::new());
    let rows = addresses.handle();
    tree.define(&Builtin, "snmpTargetAddrTable", addresses)
        .expect("known");
    let row = [
        ("snmpTargetAddrParams", "params"),
        ("snmpTargetAddrTDomain", "1.3.6.1.6.1.1"),
    ];
    let row = deferred_snmp::objects::NewRow::from(row);
    rows.insert(
        "a",
        row.set("snmpTargetAddrTAddress", &[127, 0, 0, 1, 0, 162][..]),
    )
    .expect("complete");
    let extensions = Table::augmenting(&rows);
    let handle = extensions.handle();
    tree.define(
        &Builtin,
        "SNMP-COMMUNITY-MIB::snmpTargetAddrExtTable",
        extensions,
    )
    .expect("known");
    let row = handle.row("a").expect("a row");
    assert_eq!(
        row.get("snmpTargetAddrTMask").and_then(|it| it.as_bytes()),
        Some(&b""[..])
    );
}
