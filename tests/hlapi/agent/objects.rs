//! Objects by the names that they are known by.

use deferred_snmp::hlapi::*;
use deferred_snmp::objects::{
    Advance, Answer, Asker, Column, ManagedObject, ReadError, Scalar, Table,
};
use deferred_snmp::oid;

use super::{FREE, Rig, free};

/// Shows `.7` below its name, and what is asked for.
struct Everything;

impl ManagedObject for Everything {
    fn get(&mut self, _: &Asker<'_>, instance: &[u32]) -> Result<Answer<'_>, ReadError> {
        Ok(Answer::Owned(
            instance
                .first()
                .map_or(Value::Null, |it| (*it as i32).into()),
        ))
    }

    fn advance(&mut self, _: &Asker<'_>, instance: &mut Vec<u32>) -> Advance {
        match instance.first() {
            None => {
                instance.push(7);
                Advance::Found
            }
            Some(_) => Advance::End,
        }
    }
}

const CONTACT: &str = "SNMPv2-MIB::sysContact.0";

#[test]
fn a_scalar_by_each_of_its_names() {
    let (mut rig, agent) = Rig::open();
    let names = [
        ObjectIdentity::from("SNMPv2-MIB::sysContact"),
        "sysContact".into(),
        oid!(1.3.6.1.2.1.1.4).into(),
        "1.3.6.1.2.1.1.4".into(),
        ObjectIdentity::symbol("SNMPv2-MIB", "sysContact", ()),
    ];
    for name in &names {
        agent
            .scalar(name.clone(), Scalar::variable("nobody"))
            .expect("free");
        assert_eq!(rig.get([CONTACT]), "nobody");
        assert_eq!(
            rig.set([(oid!(1.3.6.1.2.1.1.4.0), Value::from("x".repeat(256)))]),
            "wrongLength 1"
        );
        for other in &names {
            let seen = agent.with(other.clone(), |it: &mut Scalar| it.value());
            assert_eq!(seen, Some(Ok("nobody".into())));
            assert!(
                agent.with(other.clone(), |_: &mut Table| ()).is_none(),
                "it is no table"
            );
            let again = agent.scalar(other.clone(), Scalar::variable("other"));
            let error = again.expect_err("taken").to_string();
            assert_eq!(error, "1.3.6.1.2.1.1.4 is registered already");
        }
        assert!(agent.remove(name.clone()));
        assert!(!agent.remove(name.clone()));
    }
}

#[test]
fn a_table_by_its_name_and_that_of_its_entry() {
    let (mut rig, agent) = Rig::open();
    let names = [
        ObjectIdentity::from("IF-MIB::ifTable"),
        "IF-MIB::ifEntry".into(),
        "ifTable".into(),
        oid!(1.3.6.1.2.1.2.2).into(),
        oid!(1.3.6.1.2.1.2.2.1).into(),
        ObjectIdentity::symbol("IF-MIB", "ifEntry", ()),
    ];
    for name in &names {
        let table = Table::new(["ifDescr", "ifInOctets"].map(Column::named));
        let rows = agent.table(name.clone(), table).expect("free");
        let cells = [("ifDescr", Value::from("eth0")), ("ifInOctets", 7.into())];
        rows.insert(3, cells).expect("a row");
        assert_eq!(
            rig.get(["IF-MIB::ifDescr.3", "IF-MIB::ifInOctets.3"]),
            "eth0, 7"
        );
        for other in &names {
            let len = agent.with(other.clone(), |it: &mut Table| it.len());
            assert_eq!(len, Some(1));
        }
        assert!(agent.remove(name.clone()));
        assert!(!agent.remove(name.clone()));
        // The handle has the rows still, and nobody sees them.
        rows.insert(4, [("ifDescr", "eth1")]).expect("a row");
        assert_eq!(rows.len(), 2);
        assert_eq!(
            rig.get(["IF-MIB::ifDescr.4"]),
            "No Such Object currently exists at this OID"
        );
    }
}

/// A subtree lies where it was put, also at the name of a table or of a column.
#[test]
fn a_subtree_at_any_name() {
    let (mut rig, agent) = Rig::open();
    let names = [
        "IF-MIB::ifTable",
        "IF-MIB::ifEntry",
        "IF-MIB::ifMtu",
        "IF-MIB::interfaces",
        "IF-MIB::linkDown",
        "1.3.6.1.4.1.99999.5",
        "1.3",
    ];
    for name in names {
        agent.subtree(name, Everything).expect("free");
        let oid = ObjectIdentity::from(name).resolve_with_mib(&rig.engine);
        let oid = oid.expect("a name");
        let instance = oid.extend([7]).expect("short");
        assert_eq!(rig.get([instance]), "7");
        assert!(agent.with(name, |_: &mut Everything| ()).is_some());
        assert!(agent.remove(name), "{name}");
        assert!(!agent.remove(name), "{name}");
    }
}

#[test]
fn what_overlaps_is_refused_and_everything_is_as_before() {
    let (mut rig, agent) = Rig::open();
    agent.subtree(FREE, Everything).expect("free");
    for name in [FREE, free(3), oid!(1.3.6.1.4.1)] {
        let error = agent.subtree(name.clone(), Everything);
        let error = error.expect_err("it overlaps");
        assert!(matches!(error, SnmpError::Definition(_)), "{error}");
        let error = agent.table(name, Table::new([Column::new(1)]));
        assert!(error.is_err());
    }
    assert_eq!(rig.get([free(9)]), "9");
}

/// Those that are told in mistakes.rs, by other names and as the agent's errors.
#[test]
fn wrong_kinds_and_names() {
    let (_rig, agent) = Rig::open();
    let cases = [
        (
            agent.scalar(
                ObjectIdentity::symbol("IF-MIB", "ifDescr", ()),
                Scalar::constant("text"),
            ),
            "IF-MIB::ifDescr: a column is registered with its table",
        ),
        (
            agent.scalar(
                ObjectIdentity::symbol("SNMPv2-MIB", "sysDescr", 0),
                Scalar::constant("text"),
            ),
            "SNMPv2-MIB::sysDescr.0 is an instance of a scalar, which is registered without .0: a scalar or a table can be registered",
        ),
        (
            agent.scalar(oid!(1.3.6.1.2.1.2.2), Scalar::constant("text")),
            "IF-MIB::ifEntry: a table is no scalar",
        ),
        (
            agent.subtree("IF-MIB::ifTabel", Everything),
            "no symbol ifTabel in MIB module IF-MIB",
        ),
        (
            agent.scalar("IF-MIB::linkDown", Scalar::constant("text")),
            "IF-MIB::linkDown is a notification: a scalar or a table can be registered",
        ),
    ];
    for (result, expected) in cases {
        let error = result.expect_err(expected);
        assert_eq!(error.to_string(), expected);
    }
    assert!(!agent.remove("IF-MIB::ifTabel"));
    assert!(!agent.remove("IF-MIB::ifDescr"));
    assert!(agent.with("nowhere", |_: &mut Scalar| ()).is_none());
}

#[cfg(feature = "mib")]
#[test]
fn names_that_are_loaded_while_it_serves() {
    let (mut rig, agent) = Rig::open();
    let temperature = || Scalar::dynamic(|| 215);
    let error = agent.scalar("EXAMPLE-MIB::exampleTemperature", temperature());
    let error = error.expect_err("not loaded").to_string();
    assert_eq!(error, "MIB module EXAMPLE-MIB is not known");
    let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/mibs");
    agent
        .engine()
        .add_asn1_mib_source(directory)
        .expect("a directory");
    agent.engine().load_mibs(["EXAMPLE-MIB"]).expect("a module");
    agent
        .scalar("EXAMPLE-MIB::exampleTemperature", temperature())
        .expect("free");
    agent
        .scalar("exampleMode", Scalar::variable("heating"))
        .expect("free");
    let sensors = agent
        .table("EXAMPLE-MIB::exampleSensorTable", Table::managed())
        .expect("free");
    sensors
        .insert("roof", [("exampleSensorValue", "-3.5")])
        .expect("a row");
    let object = |name: &str| {
        let name = ObjectIdentity::from(name);
        name.resolve_with_mib(agent.engine()).expect("a name")
    };
    let names = [
        object("EXAMPLE-MIB::exampleTemperature.0"),
        object("EXAMPLE-MIB::exampleMode.0"),
        object("EXAMPLE-MIB::exampleSensorValue.\"roof\""),
    ];
    assert_eq!(rig.get(names.clone()), "215, 2, -35");
    let mode = names[1].clone();
    assert_eq!(rig.set([(mode.clone(), 4)]), "wrongValue 1");
    assert_eq!(rig.set([(mode, 3)]), "3");
    let index = sensors.insert("", [("exampleSensorValue", 1)]);
    assert!(index.is_err(), "it has 1 to 16 octets");
}
