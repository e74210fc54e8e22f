//! Collections of the program by the names of their columns.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::rc::Rc;

use deferred_snmp::hlapi::*;
use deferred_snmp::objects::{
    Column, Defined, ImpliedString, IndexString, Scalar, SetError, Table, TableIndex,
};
use deferred_snmp::oid;
use deferred_snmp::smi::ValueRef;

use super::{Rig, free, told};

#[derive(Default)]
struct Interface {
    name: String,
    octets: u64,
    status: i32,
}

type Interfaces = Rc<RefCell<BTreeMap<u32, Interface>>>;

fn interfaces() -> Interfaces {
    let interface = |index: u32| Interface {
        name: format!("eth{index}"),
        octets: u64::from(index) * 1_000,
        status: 1,
    };
    let rows = (1..=3).map(|index| (index, interface(index)));
    Rc::new(RefCell::new(rows.collect()))
}

fn status(row: &mut Interface, value: ValueRef<'_>) -> Result<(), SetError> {
    // What comes is of the syntax, also when a SET is undone.
    let ValueRef::Integer(status) = value else {
        return Err(SetError::WrongType);
    };
    row.status = status;
    Ok(())
}

fn rows(interfaces: &Interfaces) -> Rows<BTreeMap<u32, Interface>> {
    Rows::of(Rc::clone(interfaces))
        .octets("ifDescr", |row| &row.name)
        .column("ifInOctets", |row| Counter32(row.octets as u32))
        .writable("ifAdminStatus", |row| row.status, status)
}

fn refused<O: Defined>(name: impl Into<ObjectIdentity>, table: O) -> String {
    let (_rig, agent) = Rig::open();
    let Err(error) = agent.table(name, table) else {
        panic!("it is wrong");
    };
    error.to_string()
}

#[test]
fn the_names_of_columns_are_those_of_the_definition() {
    let names = [
        ObjectIdentity::from("IF-MIB::ifTable"),
        "IF-MIB::ifEntry".into(),
        oid!(1.3.6.1.2.1.2.2).into(),
        oid!(1.3.6.1.2.1.2.2.1).into(),
    ];
    for name in names {
        let (mut rig, agent) = Rig::open();
        let interfaces = interfaces();
        agent.table(name, rows(&interfaces)).expect("free");
        assert_eq!(
            rig.get([
                "IF-MIB::ifDescr.2",
                "IF-MIB::ifInOctets.3",
                "IF-MIB::ifAdminStatus.1"
            ]),
            "eth2, 3000, up"
        );
        assert_eq!(rig.set([("IF-MIB::ifAdminStatus.1", 2)]), "down");
        let cell = |column: u32| oid!(1.3.6.1.2.1.2.2.1).extend([column, 1]).expect("short");
        let plain = rig.public().lookup_mib(false);
        let set = told(plain.set([(cell(7), Value::from(4))]));
        assert_eq!(rig.wait(set), "wrongValue 1");
        let set = told(plain.set([(cell(2), Value::from("x"))]));
        assert_eq!(rig.wait(set), "notWritable 1");
        assert_eq!(interfaces.borrow()[&1].status, 2);
    }
}

#[test]
fn one_collection_behind_a_table_and_what_augments_it() {
    let (mut rig, agent) = Rig::open();
    let interfaces = interfaces();
    agent
        .table("IF-MIB::ifTable", rows(&interfaces))
        .expect("free");
    let more = Rows::of(Rc::clone(&interfaces))
        .octets("ifName", |row| &row.name)
        .column("ifHCInOctets", |row| Counter64(row.octets));
    agent.table("IF-MIB::ifXTable", more).expect("free");
    let names = [
        "IF-MIB::ifDescr.3",
        "IF-MIB::ifName.3",
        "IF-MIB::ifHCInOctets.3",
    ];
    assert_eq!(rig.get(names), "eth3, eth3, 3000");
    interfaces.borrow_mut().remove(&3);
    let gone = "No Such Instance currently exists at this OID";
    assert_eq!(rig.get(names), format!("{gone}, {gone}, {gone}"));
}

#[test]
fn columns_that_contradict_the_definition() {
    let column = |column: Column| {
        let table = Rows::of(interfaces()).column(column, |row| row.status);
        refused("IF-MIB::ifTable", table)
    };
    let cases = [
        (
            column(Column::named("ifDescription")),
            "IF-MIB::ifEntry has no column ifDescription",
        ),
        (
            column(Column::named("ifName")),
            "IF-MIB::ifEntry has no column ifName",
        ),
        (column(Column::new(99)), "IF-MIB::ifEntry has no column 99"),
        (
            refused(
                "IF-MIB::ifTable",
                Rows::of(interfaces()).writable("ifDescr", |row| row.status, status),
            ),
            "IF-MIB::ifDescr: SET cannot change what is defined as read-only",
        ),
        (
            refused(
                "IF-MIB::ifTable",
                Rows::of(interfaces()).column("ifInOctets", |row| Counter64(row.octets)),
            ),
            "IF-MIB::ifInOctets: a Counter64 is no value of Counter32",
        ),
        (
            refused(
                "IF-MIB::ifTable",
                rows(&interfaces()).column(2, |row| row.status),
            ),
            "IF-MIB::ifEntry: column 2 is given twice, by its name and by its number",
        ),
        (
            refused(
                "IF-MIB::ifTable",
                Table::new([Column::new(2)]).default("ifDescr", "eth"),
            ),
            "IF-MIB::ifEntry: column 2 is given twice, by its name and by its number",
        ),
        (
            refused(free(1), rows(&interfaces())),
            "1.3.6.1.4.1.99999.5.1 has no column ifDescr",
        ),
        (
            refused("SNMPv2-MIB::sysContact", rows(&interfaces())),
            "SNMPv2-MIB::sysContact: a scalar is no table",
        ),
        (
            refused(
                "SNMP-TARGET-MIB::snmpTargetParamsTable",
                keyed([ImpliedString::from("x")], "snmpTargetParamsName"),
            ),
            "SNMP-TARGET-MIB::snmpTargetParamsName: a column that is not-accessible has no cells",
        ),
    ];
    for (told, expected) in cases {
        assert_eq!(told, expected);
    }
}

/// Rows of the value 3, by these keys.
fn keyed<K: TableIndex>(
    keys: impl IntoIterator<Item = K>,
    column: &'static str,
) -> Rows<BTreeMap<K, i32>> {
    let rows = keys.into_iter().map(|key| (key, 3)).collect();
    Rows::of(Rc::new(RefCell::new(rows))).column(column, |row| *row)
}

/// Whether rows with such keys are taken for the table that this column is of.
fn takes<K: TableIndex>(table: &str, column: &'static str) -> Result<(), String> {
    let (_rig, agent) = Rig::open();
    let taken = agent.table(table, keyed::<K>([], column));
    taken.map_err(|error| error.to_string())
}

#[test]
fn indices_are_of_the_form_of_the_index_clause() {
    let integer = ("IF-MIB::ifTable", "ifType");
    let address = ("IP-MIB::ipAddrTable", "ipAdEntIfIndex");
    let implied = (
        "SNMP-TARGET-MIB::snmpTargetParamsTable",
        "snmpTargetParamsMPModel",
    );
    let counted = (
        "SNMP-VIEW-BASED-ACM-MIB::vacmSecurityToGroupTable",
        "vacmSecurityToGroupStatus",
    );
    let ok = Ok(());
    let fits = [
        takes::<u32>(integer.0, integer.1),
        takes::<u16>(integer.0, integer.1),
        takes::<[u32; 1]>(integer.0, integer.1),
        takes::<Vec<u32>>(integer.0, integer.1),
        takes::<Ipv4Addr>(address.0, address.1),
        takes::<[u8; 4]>(address.0, address.1),
        takes::<(u16, [u8; 3])>(address.0, address.1),
        takes::<ImpliedString>(implied.0, implied.1),
        takes::<Vec<u32>>(implied.0, implied.1),
        takes::<(u32, IndexString)>(counted.0, counted.1),
        takes::<(u8, Vec<u32>)>(counted.0, counted.1),
    ];
    for (place, fits) in fits.into_iter().enumerate() {
        assert_eq!(fits, ok, "{place}");
    }
    let wrong = [
        takes::<IndexString>(integer.0, integer.1),
        takes::<ImpliedString>(integer.0, integer.1),
        takes::<(u32, u32)>(integer.0, integer.1),
        takes::<u32>(address.0, address.1),
        takes::<[u8; 5]>(address.0, address.1),
        takes::<IndexString>(address.0, address.1),
        takes::<IndexString>(implied.0, implied.1),
        takes::<u32>(implied.0, implied.1),
        takes::<(u32, u32)>(counted.0, counted.1),
        takes::<(u32, ImpliedString)>(counted.0, counted.1),
        takes::<IndexString>(counted.0, counted.1),
        takes::<(u32, u32, IndexString)>(counted.0, counted.1),
        takes::<([u32; 2], Vec<u32>)>(counted.0, counted.1),
    ];
    for (place, wrong) in wrong.into_iter().enumerate() {
        let error = wrong.expect_err("it is of another form");
        assert!(
            error.contains(" is no index by INDEX { "),
            "{place}: {error}"
        );
    }
    let told = takes::<u32>(implied.0, implied.1);
    assert_eq!(
        told.expect_err("a number"),
        "SNMP-TARGET-MIB::snmpTargetParamsEntry: u32 is no index by INDEX { IMPLIED snmpTargetParamsName }"
    );
}

/// A type of the program's that says nothing of its form is taken as it is.
#[test]
fn an_index_of_a_form_that_nobody_tells() {
    #[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
    struct Port(u32);
    impl TableIndex for Port {
        fn write(&self, arcs: &mut Vec<u32>) {
            arcs.push(self.0);
        }

        fn read(arcs: &[u32]) -> Option<Self> {
            u32::read(arcs).map(Self)
        }

        fn after(arcs: &[u32]) -> Option<Self> {
            u32::after(arcs).map(Self)
        }
    }
    let (mut rig, agent) = Rig::open();
    let table = keyed([Port(4)], "ifType");
    agent.table("IF-MIB::ifTable", table).expect("free");
    assert_eq!(rig.get(["1.3.6.1.2.1.2.2.1.3.4"]), "hdh1822");
}

fn types(rig: &mut Rig, names: &[&str]) -> Vec<Value> {
    let asked = rig.public().get(names.iter().copied());
    let response = rig.simulation.block_on(asked).expect("an answer");
    assert_eq!(response.error_status(), ErrorStatus::NO_ERROR);
    response.iter().map(|it| it.value().to_owned()).collect()
}

/// As in PySNMP, a number becomes one of the object's kind.
#[test]
fn numbers_are_of_the_kind_that_the_syntax_says() {
    let (mut rig, agent) = Rig::open();
    let table = Rows::of(interfaces())
        .column("ifInOctets", |row| row.octets as i32)
        .column("ifLastChange", |row| Gauge32(row.octets as u32))
        .column("ifMtu", |row| Counter64(row.octets).0 as i32)
        .column("ifSpeed", |_| -1)
        .column("ifDescr", |row| row.status);
    agent.table("IF-MIB::ifTable", table).expect("free");
    let more = Rows::of(interfaces()).column("ifHCInOctets", |row| row.octets as i32);
    agent.table("IF-MIB::ifXTable", more).expect("free");
    agent
        .scalar("SNMPv2-MIB::sysUpTime", Scalar::dynamic(|| 4711))
        .expect("free");
    agent
        .scalar("IF-MIB::ifTableLastChange", Scalar::constant(7))
        .expect("free");
    let names = [
        "IF-MIB::ifInOctets.2",
        "IF-MIB::ifLastChange.2",
        "IF-MIB::ifMtu.2",
        "IF-MIB::ifHCInOctets.2",
        "SNMPv2-MIB::sysUpTime.0",
        "IF-MIB::ifTableLastChange.0",
    ];
    let expected: [Value; 6] = [
        Counter32(2_000).into(),
        TimeTicks(2_000).into(),
        2_000.into(),
        Counter64(2_000).into(),
        TimeTicks(4_711).into(),
        TimeTicks(7).into(),
    ];
    assert_eq!(types(&mut rig, &names), expected);
    // What cannot be one of that kind is no value, and all other rows have theirs.
    for name in ["IF-MIB::ifSpeed.2", "IF-MIB::ifDescr.2"] {
        let asked = rig.public().get([name]);
        let response = rig.simulation.block_on(asked).expect("an answer");
        assert_eq!(response.error_status(), ErrorStatus::GEN_ERR, "{name}");
    }
    agent
        .with("SNMPv2-MIB::sysUpTime", |it: &mut Scalar| it.set(12))
        .expect("it is there");
    assert_eq!(
        types(&mut rig, &["SNMPv2-MIB::sysUpTime.0"]),
        [Value::from(TimeTicks(12))]
    );
}

/// A text is what the value is called by.
#[test]
fn a_label_is_the_number_that_it_stands_for() {
    let (mut rig, agent) = Rig::open();
    let table = Rows::of(interfaces()).column("ifType", |_| "ethernetCsmacd");
    agent.table("IF-MIB::ifTable", table).expect("free");
    assert_eq!(types(&mut rig, &["IF-MIB::ifType.2"]), [Value::from(6)]);
}

/// ifIndex is in the INDEX, and can be read all the same: nobody has to say what it is.
#[test]
fn an_object_of_the_index_that_can_be_read_is_there_by_itself() {
    let (mut rig, agent) = Rig::open();
    let table = Rows::of(interfaces()).column("ifType", |_| 6);
    agent.table("IF-MIB::ifTable", table).expect("free");
    assert_eq!(types(&mut rig, &["IF-MIB::ifIndex.2"]), [Value::from(2)]);
    assert!(agent.remove("IF-MIB::ifTable"));
    // Unless the program does.
    let column = Column::named("ifIndex").dynamic(|index| index[0] as i32 + 10);
    let table = Table::new([column, Column::named("ifType")]);
    let rows = agent.table("IF-MIB::ifTable", table).expect("free");
    rows.insert(2, [("ifType", 6)]).expect("a row");
    assert_eq!(types(&mut rig, &["IF-MIB::ifIndex.2"]), [Value::from(12)]);
    assert!(agent.remove("IF-MIB::ifTable"));
    let rows = agent
        .table("IF-MIB::ifTable", Table::managed())
        .expect("free");
    rows.insert(3, [("ifType", 6)]).expect("a row");
    assert_eq!(types(&mut rig, &["IF-MIB::ifIndex.3"]), [Value::from(3)]);
}

/// What a SET is undone by is of the kind that it is done by.
#[test]
fn a_set_is_undone_by_a_number_of_the_same_kind() {
    let (mut rig, agent) = Rig::open();
    let seen = Rc::new(RefCell::new(Vec::new()));
    let noting = Rc::clone(&seen);
    let table = Rows::of(interfaces()).writable(
        "ifAdminStatus",
        |row| Gauge32(row.status as u32),
        move |row, value| {
            noting.borrow_mut().push(value.to_owned());
            status(row, value)
        },
    );
    agent.table("IF-MIB::ifTable", table).expect("free");
    let failing = Scalar::variable(1).writable(|_| Err(SetError::GenErr));
    agent.scalar(free(1), failing).expect("free");
    let cell = "IF-MIB::ifAdminStatus.1".to_owned();
    let other = free(1).child(0).expect("short").to_string();
    assert_eq!(rig.set([(cell, 2), (other, 2)]), "commitFailed 2");
    assert_eq!(seen.take(), [Value::from(2), 1.into()]);
}
