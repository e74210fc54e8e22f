//! What a program is told that gets something wrong: the words say where and what.

use deferred_snmp::hlapi::{Agent, SnmpEngine};
use deferred_snmp::names::Builtin;
use deferred_snmp::objects::{
    Column, Defined, DefinitionError, MibTree, NewRow, RowError, RowStatus, Scalar, Table,
    TableHandle, TestAndIncr,
};
use deferred_snmp::oid;
use deferred_snmp::reactor::Reactor;

fn told(name: &str, object: impl Defined) -> String {
    let mut tree = MibTree::new();
    let error = tree.define(&Builtin, name, object);
    let text = error.expect_err("it is wrong").to_string();
    assert_eq!(tree.names().count(), 0, "nothing is registered: {name}");
    text
}

const IF_TABLE: &str = "IF-MIB::ifTable";
const PARAMS: &str = "SNMP-TARGET-MIB::snmpTargetParamsTable";

#[test]
fn of_tables_and_their_columns() {
    let number = Column::new;
    let cases: Vec<(String, &str)> = vec![
        (
            told(IF_TABLE, Table::new([Column::named("ifDescription")])),
            "IF-MIB::ifEntry has no column ifDescription",
        ),
        (
            told(IF_TABLE, Table::new([number(99)])),
            "IF-MIB::ifEntry has no column 99",
        ),
        (
            told(IF_TABLE, Table::new([Column::named("IP-MIB::ifDescr")])),
            "IF-MIB::ifEntry has no column IP-MIB::ifDescr",
        ),
        (
            told(PARAMS, Table::managed().required("snmpTargetParamsMpModel")),
            "SNMP-TARGET-MIB::snmpTargetParamsEntry has no column snmpTargetParamsMpModel",
        ),
        (
            told(PARAMS, Table::managed().default("priority", 5)),
            "SNMP-TARGET-MIB::snmpTargetParamsEntry has no column priority",
        ),
        (
            told(PARAMS, Table::managed().fixed_while_active(["name"])),
            "SNMP-TARGET-MIB::snmpTargetParamsEntry has no column name",
        ),
        (
            told(PARAMS, Table::new([Column::named("snmpTargetParamsName")])),
            "SNMP-TARGET-MIB::snmpTargetParamsName: a column that is not-accessible has no cells",
        ),
        (
            told(PARAMS, Table::new([number(1)])),
            "SNMP-TARGET-MIB::snmpTargetParamsName: a column that is not-accessible has no cells",
        ),
        (
            told(IF_TABLE, Table::new([Column::named("ifDescr").writable()])),
            "IF-MIB::ifDescr: SET cannot change what is defined as read-only",
        ),
        (
            told(
                PARAMS,
                Table::managed().default("snmpTargetParamsMPModel", "v3"),
            ),
            "SNMP-TARGET-MIB::snmpTargetParamsMPModel: \"v3\" is not a value of SnmpMessageProcessingModel, which is a number from 0 to 2147483647",
        ),
        (
            told(
                PARAMS,
                Table::managed().default("snmpTargetParamsMPModel", -1),
            ),
            "SNMP-TARGET-MIB::snmpTargetParamsMPModel: \"-1\" is not a value of SnmpMessageProcessingModel, which is a number from 0 to 2147483647",
        ),
        (
            told(
                PARAMS,
                Table::managed().default("snmpTargetParamsSecurityLevel", 4),
            ),
            "SNMP-TARGET-MIB::snmpTargetParamsSecurityLevel: \"4\" is not a value of SnmpSecurityLevel, which is one of noAuthNoPriv(1), authNoPriv(2), authPriv(3)",
        ),
        (
            told("1.3.6.1.4.1.99999.5.1", Table::managed()),
            "1.3.6.1.4.1.99999.5.1: nothing is known of the columns of such a table",
        ),
        (
            told("1.3.6.1.4.1.99999.5.1", Table::new([Column::named("load")])),
            "1.3.6.1.4.1.99999.5.1 has no column load",
        ),
    ];
    agree(&cases);
}

fn agree(cases: &[(String, &str)]) {
    let wrong: Vec<_> = cases
        .iter()
        .filter(|(told, expected)| told != expected)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn of_names_and_kinds() {
    let scalar = || Scalar::variable("text");
    let table = || Table::new([Column::new(2)]);
    let cases: Vec<(String, &str)> = vec![
        (
            told("IF-MIB::ifTabel", table()),
            "no symbol ifTabel in MIB module IF-MIB",
        ),
        (
            told("NO-SUCH-MIB::ifTable", table()),
            "MIB module NO-SUCH-MIB is not known",
        ),
        (
            told("", table()),
            "an object identifier has at least two arcs",
        ),
        (
            told(IF_TABLE, scalar()),
            "IF-MIB::ifEntry: a table is no scalar",
        ),
        (
            told("IF-MIB::ifEntry", TestAndIncr::new(0)),
            "IF-MIB::ifEntry: a TestAndIncr has that syntax",
        ),
        (
            told("SNMPv2-MIB::sysContact", table()),
            "SNMPv2-MIB::sysContact: a scalar is no table",
        ),
        (
            told("SNMPv2-MIB::sysContact", Table::managed()),
            "SNMPv2-MIB::sysContact: a scalar is no table",
        ),
        (
            told("SNMPv2-MIB::sysContact", TestAndIncr::new(0)),
            "SNMPv2-MIB::sysContact: a TestAndIncr has that syntax",
        ),
        (
            told("sysDescr.0", Scalar::constant("text")),
            "SNMPv2-MIB::sysDescr.0 is an instance of a scalar, which is registered without .0: a scalar or a table can be registered",
        ),
        (
            told("1.3.6.1.2.1.1.1.0", Scalar::constant("text")),
            "SNMPv2-MIB::sysDescr.0 is an instance of a scalar, which is registered without .0: a scalar or a table can be registered",
        ),
        (
            told("IF-MIB::ifDescr", table()),
            "IF-MIB::ifDescr: a column is registered with its table",
        ),
        (
            told("IF-MIB::ifDescr.1", scalar()),
            "IF-MIB::ifDescr.1 is a column, or an instance of one: a scalar or a table can be registered",
        ),
        (
            told("1.3.6.1.2.1.2.2.2", table()),
            "IF-MIB::ifTable.2 is below a table: a scalar or a table can be registered",
        ),
        (
            told("SNMPv2-MIB::system", scalar()),
            "SNMPv2-MIB::system is a node: a scalar or a table can be registered",
        ),
        (
            told("IF-MIB::linkDown", scalar()),
            "IF-MIB::linkDown is a notification: a scalar or a table can be registered",
        ),
        (
            told("SNMPv2-MIB::sysDescr", scalar()),
            "SNMPv2-MIB::sysDescr: SET cannot change what is defined as read-only; a constant, or what is computed, can be changed by the program",
        ),
        (
            told("SNMPv2-MIB::sysDescr", Scalar::constant(5)),
            "SNMPv2-MIB::sysDescr: the value is of another type",
        ),
    ];
    agree(&cases);
}

#[test]
fn of_what_is_there_already() {
    let mut tree = MibTree::new();
    let contact = || Scalar::variable("nobody");
    tree.define(&Builtin, "SNMPv2-MIB::sysContact", contact())
        .expect("free");
    let error = tree
        .define(&Builtin, "1.3.6.1.2.1.1.4", contact())
        .expect_err("taken");
    assert!(matches!(error, DefinitionError::Overlap(_)));
    assert_eq!(error.to_string(), "1.3.6.1.2.1.1.4 is registered already");
}

fn params() -> TableHandle {
    let mut tree = MibTree::new();
    let table = Table::managed();
    let rows = table.handle();
    tree.define(&Builtin, PARAMS, table).expect("free");
    rows.insert("there", whole()).expect("a row");
    rows
}

fn whole() -> NewRow {
    NewRow::new()
        .set("snmpTargetParamsMPModel", 3)
        .set("snmpTargetParamsSecurityModel", 3)
        .set("snmpTargetParamsSecurityName", "operator")
        .set("snmpTargetParamsSecurityLevel", "authPriv")
}

#[test]
fn of_rows_and_cells() {
    let rows = params();
    let before = format!("{rows:?}");
    let insert = |index: &str, row: NewRow| rows.insert(index, row);
    let set = |column: &'static str, value: i32| rows.set("there", column, value);
    let status = "snmpTargetParamsRowStatus";
    let long = "x".repeat(33);
    let errors: Vec<(Result<(), RowError>, &str)> = vec![
        (
            insert("new", NewRow::new().set("snmpTargetParamsMPModel", 3)),
            "the row has no snmpTargetParamsSecurityModel",
        ),
        (
            insert("new", whole().set("priority", 3)),
            "the table has no column priority",
        ),
        (
            insert("new", whole().set(1, "new")),
            "the table has no column 1",
        ),
        (
            insert("new", whole().set("snmpTargetParamsMPModel", "three")),
            "snmpTargetParamsMPModel: \"three\" is not a value of SnmpMessageProcessingModel, which is a number from 0 to 2147483647",
        ),
        (
            insert("new", whole().set("snmpTargetParamsMPModel", -3)),
            "snmpTargetParamsMPModel: \"-3\" is not a value of SnmpMessageProcessingModel, which is a number from 0 to 2147483647",
        ),
        (
            insert("new", whole().set("snmpTargetParamsSecurityLevel", "none")),
            "snmpTargetParamsSecurityLevel: \"none\" is not a value of SnmpSecurityLevel, which is one of noAuthNoPriv(1), authNoPriv(2), authPriv(3)",
        ),
        (
            insert("new", whole().set(status, RowStatus::CreateAndGo)),
            "a row is active(1), notInService(2) or notReady(3)",
        ),
        (
            insert("", whole()),
            "the index of the row: snmpTargetParamsName: \"\" is not a value of SnmpAdminString, which is text of 1 to 32 octets in the form \"255t\"",
        ),
        (
            insert(&long, whole()),
            "the index of the row: snmpTargetParamsName: \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\" is not a value of SnmpAdminString, which is text of 1 to 32 octets in the form \"255t\"",
        ),
        (
            rows.insert(7, whole()),
            "the index of the row: 7 does not fit snmpTargetParamsName of type SnmpAdminString",
        ),
        (
            rows.insert(("a", "b"), whole()),
            "the index of the row: 2 values given, 1 taken",
        ),
        (
            rows.set("nowhere", "snmpTargetParamsMPModel", 1),
            "there is no row of this index",
        ),
        (
            set("snmpTargetParamsModel", 1),
            "the table has no column snmpTargetParamsModel",
        ),
        (
            set("snmpTargetParamsMPModel", -1),
            "snmpTargetParamsMPModel: \"-1\" is not a value of SnmpMessageProcessingModel, which is a number from 0 to 2147483647",
        ),
        (
            set(status, 7),
            "snmpTargetParamsRowStatus: \"7\" is not a value of RowStatus, which is one of active(1), notInService(2), notReady(3), createAndGo(4), createAndWait(5), destroy(6)",
        ),
        (
            set(status, 6),
            "a row is active(1), notInService(2) or notReady(3)",
        ),
        (
            set(status, 4),
            "a row is active(1), notInService(2) or notReady(3)",
        ),
    ];
    let cases: Vec<(String, &str)> = errors
        .into_iter()
        .map(|(result, expected)| (result.expect_err(expected).to_string(), expected))
        .collect();
    agree(&cases);
    assert_eq!(format!("{rows:?}"), before, "nothing has changed");
}

/// A row that is not complete waits, and is not put in service by a mere word.
#[test]
fn of_rows_that_lack_something() {
    let rows = params();
    let status = "snmpTargetParamsRowStatus";
    let waits = NewRow::new().set(status, RowStatus::NotReady);
    rows.insert("waits", waits).expect("it may wait");
    for asked in [RowStatus::Active, RowStatus::NotInService] {
        let error = rows.set("waits", status, asked).expect_err("incomplete");
        assert_eq!(error.to_string(), "the row has no snmpTargetParamsMPModel");
    }
    // Where there is no RowStatus, all rows are in service.
    let table = Table::new([Column::new(1), Column::new(2).required(true)]);
    let rows = table.handle();
    let error = rows.insert(1, [(1, "text")]).expect_err("incomplete");
    assert_eq!(error.to_string(), "the row has no column 2");
    rows.insert(1, [(2, "text")]).expect("a row");
}

#[test]
fn of_agents() {
    let reactor = Reactor::new().expect("descriptors");
    let handle = reactor.handle();
    let engine = SnmpEngine::new(&handle);
    let agent = Agent::on(&engine).start().expect("the first");
    let scalar = || Scalar::constant("text");
    let gone = agent.add_context("fridge", MibTree::new());
    assert!(agent.remove_context("fridge"));
    let cases: Vec<(String, &str)> = [
        (agent.scalar("SNMPv2-MIB::sysDescr.0", scalar()), "SNMPv2-MIB::sysDescr.0 is an instance of a scalar, which is registered without .0: a scalar or a table can be registered"),
        (agent.scalar("SNMPv2-MIB::sysDesc", scalar()), "no symbol sysDesc in MIB module SNMPv2-MIB"),
        (agent.scalar(IF_TABLE, scalar()), "IF-MIB::ifEntry: a table is no scalar"),
        (
            agent.table(oid!(1.3.6.1.4.1.99999.5.1), Table::managed()).map(drop),
            "1.3.6.1.4.1.99999.5.1: nothing is known of the columns of such a table",
        ),
        (
            agent.table("SNMPv2-MIB::sysDescr", Table::new([])).map(drop),
            "SNMPv2-MIB::sysDescr: a scalar is no table",
        ),
        (gone.scalar("SNMPv2-MIB::sysDescr", scalar()), "there is no context \"fridge\""),
        (Agent::on(&engine).start().map(drop), "another application has registered for read requests in all contexts of this engine"),
        (
            Agent::on(&engine).config(|config| config).start().map(drop),
            "an engine that is there cannot be configured",
        ),
        (
            Agent::builder(&handle)
                .state_file("/nowhere/at/all")
                .start()
                .map(drop),
            "/nowhere/at/all: there is no directory /nowhere/at",
        ),
    ]
    .into_iter()
    .map(|(result, expected)| (result.expect_err(expected).to_string(), expected))
    .collect();
    agree(&cases);
    assert!(agent.context("fridge").is_none());
}
