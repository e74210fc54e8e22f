//! A table that augments another one: RFC 2578 section 7.8.

use deferred_snmp::access::OpenAccess;
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::names::Builtin;
use deferred_snmp::objects::{
    Asker, Column, MibTree, RowError, Scalar, SetError, Table, TableHandle,
};
use deferred_snmp::oid;
use deferred_snmp::pdu::{ErrorStatus, Pdu, PduKind};
use deferred_snmp::smi::{ObjectIdentifier, Value, VarBind};

const ADDRESSES: ObjectIdentifier = oid!(1.3.6.1.6.3.12.1.2.1);
const EXTENSIONS: ObjectIdentifier = oid!(1.3.6.1.6.3.18.1.2.1);

/// snmpTargetAddrTable, snmpTargetAddrExtTable, a scalar whose commit fails, and one whose commit removes the row "a".
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
    let rows = handles.0.clone();
    let removing = Scalar::variable(1).writable(move |_| {
        rows.remove("a");
        Ok(())
    });
    tree.register(oid!(1.3.6.1.7.2), removing).expect("free");
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

/// No rows in either table.
const NONE: [Vec<u32>; 2] = [Vec::new(), Vec::new()];

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
    assert_eq!(tables.rows(), NONE);
    assert!(tables.set(new(b'b')) == OK && tables.addresses.remove("b"));
    assert_eq!(tables.rows(), NONE);
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
    assert_eq!(tables.rows(), NONE);
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
    assert_eq!(tables.rows(), NONE);
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
    assert_eq!(tables.rows(), NONE);
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

/// In either order: what is assigned to the extension of a row that goes is of no matter.
#[test]
fn a_set_may_destroy_a_row_and_assign_to_its_extension() {
    let tables = tables();
    let destroy = || cell(&ADDRESSES, 9, b'a', 6);
    let assign = || cell(&EXTENSIONS, 2, b'a', 1_000);
    for both in [vec![destroy(), assign()], vec![assign(), destroy()]] {
        assert_eq!(tables.set(new(b'a')), OK);
        let mut in_vain = both.clone();
        in_vain.push(VarBind::new(oid!(1.3.6.1.7.1.0), 2));
        assert_eq!(tables.set(in_vain), (ErrorStatus::COMMIT_FAILED, 3));
        let row = tables.extensions.row("a").expect("it is back");
        assert_eq!(row.get(2).and_then(|it| it.as_i64()), Some(484));
        assert_eq!(tables.set(both), OK);
        assert_eq!(tables.rows(), NONE);
    }
    // That was about another SET, and the next row of this name is another one.
    assert_eq!(tables.set(new(b'a')), OK);
    assert_eq!(tables.set(vec![assign()]), OK);
}

#[test]
fn the_program_neither_adds_nor_removes_extensions_alone() {
    let tables = tables();
    let added = tables.extensions.insert("a", [(2, 1_000)]);
    assert_eq!(added, Err(RowError::NoSuchRow));
    assert_eq!(tables.rows(), NONE);
    assert_eq!(tables.set(new(b'a')), OK);
    assert!(!tables.extensions.remove("a"));
    assert_eq!(tables.rows(), [[97], [97]]);
    tables
        .extensions
        .insert("a", [(2, 1_000)])
        .expect("replaced");
    assert_eq!(tables.set(vec![cell(&EXTENSIONS, 2, b'a', 2_000)]), OK);
}

/// RFC 2578 section 7.8: what is augmented has an INDEX of its own.
#[test]
fn what_augments_an_extension_augments_its_base() {
    let base = Table::new([Column::new(2)]);
    let middle = Table::augmenting(&base.handle()).column(Column::new(3).default(1));
    let top = Table::augmenting(&middle.handle()).column(Column::new(4).default(2));
    let (rows, extensions) = (base.handle(), top.handle());
    rows.insert(1, [(2, "a row")]).expect("a row");
    extensions.set(1, 4, 99).expect("a cell");
    assert!(rows.remove(1));
    assert!(extensions.is_empty());
    rows.insert(1, [(2, "another")]).expect("a row");
    let row = extensions.row(1).expect("it comes with that");
    assert_eq!(row.get(4).and_then(|it| it.as_i64()), Some(2));
}

#[test]
fn a_row_that_the_program_removes_during_the_set_is_gone_in_both() {
    let tables = tables();
    let mut both = new(b'a');
    both.push(VarBind::new(oid!(1.3.6.1.7.2.0), 2));
    both.push(cell(&EXTENSIONS, 1, b'a', "mask"));
    assert_eq!(tables.set(both.clone()), OK);
    assert_eq!(tables.rows(), NONE);
    both.push(VarBind::new(oid!(1.3.6.1.7.1.0), 2));
    assert_eq!(tables.set(both), (ErrorStatus::UNDO_FAILED, 0));
    assert_eq!(tables.rows(), NONE);
}
