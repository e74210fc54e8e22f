//! The objects of the agent, and what the tools say of each.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::applications::standard::System;
use deferred_snmp::deferred::{Deferred, Failure, SharedResolver};
use deferred_snmp::hlapi::{Agent, Rows};
use deferred_snmp::names::{BaseType, Builtin, IndexPart, Syntax};
use deferred_snmp::objects::{
    Column, MibTree, ProviderTable, Scalar, SetError, Table, TestAndIncr,
};
use deferred_snmp::oid;
use deferred_snmp::reactor::Handle;
use deferred_snmp::smi::{Counter32, Counter64, ObjectIdentifier, ValueRef};
use deferred_snmp::task::defer_later;

use super::super::later_agent::{Noting, object};
use super::super::odd_agent::Numbers;
use super::{Tools, plays, start};

/// An interface of the program.
struct Interface {
    number: i32,
    name: &'static str,
    octets: u64,
}

fn syntax(name: &str, base: BaseType, range: (i64, i64)) -> Syntax {
    Syntax::owned(name.to_owned(), base, vec![range], vec![], None)
}

/// jobTable: managers make rows. Command, priority, runs, StorageType, RowStatus, note.
fn jobs() -> Table {
    let number = syntax("Integer32", BaseType::Integer32, (1, 65_535));
    let command = syntax("DisplayString", BaseType::OctetString, (1, 20));
    let note = syntax("DisplayString", BaseType::OctetString, (0, 255));
    let priority = syntax("Integer32", BaseType::Integer32, (1, 10));
    Table::new([
        Column::new(2)
            .syntax(command)
            .writable()
            .fixed_while_active(),
        Column::new(3).syntax(priority).writable().default(5),
        Column::new(4).default(Counter64(0)),
        Column::new(5).storage_type(),
        Column::new(6).row_status(),
        Column::new(7).syntax(note).writable().default(""),
    ])
    .index([IndexPart::owned("jobId".to_owned(), number, false)])
}

pub(super) fn entry(number: u32) -> ObjectIdentifier {
    object(number).child(1).expect("a short name")
}

/// Those that answer at once; so many rows are in the table of the program's numbers.
pub(super) fn quick(rows: u32) -> MibTree {
    let mut tree = MibTree::new();
    System::new("agent under test")
        .contact("nobody")
        .name("example")
        .register(&mut tree, || 4711)
        .expect("free");
    let params = Table::managed().fixed_while_active([
        "snmpTargetParamsMPModel",
        "snmpTargetParamsSecurityModel",
        "snmpTargetParamsSecurityName",
        "snmpTargetParamsSecurityLevel",
    ]);
    let name = "SNMP-TARGET-MIB::snmpTargetParamsTable";
    tree.define(&Builtin, name, params).expect("free");
    let name = "SNMP-TARGET-MIB::snmpTargetSpinLock";
    let lock = TestAndIncr::new(4711);
    tree.define(&Builtin, name, lock).expect("free");
    let interfaces = [
        (1, "lo", 1_000_u64),
        (2, "eth0", 5_000_000_000),
        (700, "wlan;0", 0),
    ];
    let interfaces: BTreeMap<u32, Interface> = interfaces
        .into_iter()
        .map(|(number, name, octets)| {
            let interface = Interface {
                number: number as i32,
                name,
                octets,
            };
            (number, interface)
        })
        .collect();
    let interfaces = Rows::of(Rc::new(RefCell::new(interfaces)))
        .column("ifIndex", |it: &Interface| it.number)
        .column("ifDescr", |it| it.name)
        .column("ifType", |_| 6)
        .column("ifInOctets", |it| Counter32(it.octets as u32));
    tree.define(&Builtin, "IF-MIB::ifTable", interfaces)
        .expect("free");
    tree.register(entry(1), jobs()).expect("free");
    let numbers = ProviderTable::new(Numbers(rows), [2, 3].map(Column::new));
    tree.register(entry(6), numbers).expect("free");
    tree
}

/// Those that take their time, fail, or do wrong.
pub(super) fn add_slow(agent: &Agent, reactor: &Handle) {
    let register = |number, scalar: Scalar| agent.scalar(object(number), scalar).expect("free");
    let delay = Duration::from_millis(300);
    let (reads, sets) = (reactor.clone(), reactor.clone());
    let later = Scalar::later(move |_| -> Deferred<i32> { defer_later(&reads, delay, || Ok(42)) });
    let later =
        later.writable_later(move |_, _| -> Deferred<()> { defer_later(&sets, delay, || ()) });
    register(2, later);
    register(3, Scalar::variable(1).writable(|_| Err(SetError::GenErr)));
    let kept: Rc<RefCell<Vec<SharedResolver<i32, Failure>>>> = Rc::default();
    let never = move || {
        let (resolver, deferred) = Deferred::<i32>::pair();
        kept.borrow_mut().push(resolver.into_shared());
        deferred
    };
    let setting = never.clone();
    let silent = Scalar::later(move |_| never());
    register(4, silent.writable_later(move |_, _| setting().map(drop)));
    register(5, Scalar::dynamic(|| -> i32 { panic!("a test") }));
    let no_way_back = |value: ValueRef<'_>| match value.as_i64() {
        Some(1) => Err(SetError::GenErr),
        _ => Ok(()),
    };
    register(7, Scalar::variable(1).writable(no_way_back));
    let notes: Rc<RefCell<String>> = Rc::default();
    let noting = Noting {
        value: 1,
        former: 1,
        commits: true,
        notes: Rc::clone(&notes),
    };
    agent.subtree(object(8), noting).expect("free");
    register(9, Scalar::dynamic(move || notes.borrow().clone()));
}

#[test]
fn scalars_are_set_or_refused_by_every_version() {
    let Some(tools) = Tools::find("scalars_are_set_or_refused_by_every_version") else {
        return;
    };
    let agent = start(|| quick(1), false);
    let address = agent.address.to_string();
    let long = "x".repeat(256);
    let too_long = format!("P set sysContact.0 s {long}");
    let told = tools.ask(&address, &too_long);
    assert_eq!(told, "2: wrongLength sysContact.0");
    let told = tools.ask(&address, &too_long.replacen('P', "P1", 1));
    assert_eq!(told, "2: badValue sysContact.0");
    let script: &[(&str, &str)] = &[
        (
            "P set sysContact.0 s a sysName.0 s b sysDescr.0 s c",
            "2: notWritable sysDescr.0",
        ),
        (
            "R get sysContact.0 sysName.0",
            "sysContact.0 = STRING: nobody; sysName.0 = STRING: example",
        ),
        ("P set sysContact.1 s x", "2: noCreation sysContact.1"),
        ("P set sysContact.0 i 5", "2: wrongType sysContact.0"),
        ("P set 1.3.6.1.2.1.1.99.0 i 3", "2: notWritable system.99.0"),
        ("P1 set sysContact.1 s x", "2: noSuchName sysContact.1"),
        ("P1 set sysContact.0 i 5", "2: badValue sysContact.0"),
        ("P1 set 1.3.6.1.2.1.1.99.0 i 3", "2: noSuchName system.99.0"),
        (
            "P1 set sysContact.0 s a sysName.0 s b sysDescr.0 s c",
            "2: noSuchName sysDescr.0",
        ),
        ("R set sysName.0 s x", "2: noAccess sysName.0"),
        ("R1 set sysName.0 s x", "2: noSuchName sysName.0"),
        ("N get sysName.0", "2: authorizationError"),
        (
            "BOSS set sysContact.0 s a sysName.0 s b",
            "sysContact.0 = STRING: a; sysName.0 = STRING: b",
        ),
        ("R1 get sysName.0", "sysName.0 = STRING: b"),
        (
            "BOSS get sysDescr.0",
            "sysDescr.0 = STRING: agent under test",
        ),
        ("FRIDGE get sysDescr.0", "sysDescr.0 = STRING: a fridge"),
        ("WEAK get sysDescr.0", "2: authorizationError"),
        ("WEAK set sysName.0 s x", "2: authorizationError"),
        (
            "FRIDGE get SPIN.0",
            "SPIN.0 = No Such Object available on this agent at this OID",
        ),
    ];
    plays(&tools, &address, script);
}

#[test]
fn objects_that_are_slow_or_wrong_answer_for_themselves() {
    let Some(tools) = Tools::find("objects_that_are_slow_or_wrong_answer_for_themselves") else {
        return;
    };
    let agent = start(|| quick(1), true);
    let address = agent.address.to_string();
    let script: &[(&str, &str)] = &[
        (
            "R get J.2.0 sysDescr.0 J.2.0",
            "J.2.0 = INTEGER: 42; sysDescr.0 = STRING: agent under test; J.2.0 = INTEGER: 42",
        ),
        ("P set J.2.0 i 43", "J.2.0 = INTEGER: 43"),
        ("P set J.8.0 i 2 J.3.0 i 2", "2: commitFailed J.3.0"),
        (
            "R get J.8.0 J.9.0",
            "J.8.0 = INTEGER: 1; J.9.0 = STRING: \"rcux\"",
        ),
        (
            "P set J.8.0 i 2 J.2.0 i 43 J.3.0 i 2",
            "2: commitFailed J.3.0",
        ),
        ("R get J.8.0", "J.8.0 = INTEGER: 1"),
        ("P set J.7.0 i 2 J.3.0 i 2", "2: undoFailed"),
        ("R get J.4.0", "2: genError J.4.0"),
        ("P set J.4.0 i 2", "2: genError J.4.0"),
        ("BOSS get sysDescr.0 J.5.0", "2: genError J.5.0"),
        ("R get sysDescr.0", "sysDescr.0 = STRING: agent under test"),
    ];
    plays(&tools, &address, script);
}

/// Every object of the default context by three versions: what the program's own walk of the tree has.
#[test]
fn a_walk_has_the_same_variables_in_every_version() {
    let Some(tools) = Tools::find("a_walk_has_the_same_variables_in_every_version") else {
        return;
    };
    let with_rows = || {
        let mut tree = quick(60);
        let jobs = tree.object_mut::<Table>(entry(1).as_ref()).expect("there");
        for number in 1..=40 {
            // Each has a cell less than the one before it.
            let cells = [(2, "work"), (7, "a note")].into_iter();
            jobs.insert(&[number], cells.take(number as usize % 3));
        }
        tree
    };
    let mut tree = with_rows();
    let (mut names, mut counter64s) = (Vec::new(), 0);
    let mut name = oid!(1.3);
    while let Some((next, value)) = tree.get_next(name.as_ref()).expect("they answer") {
        counter64s += usize::from(matches!(value.as_ref(), ValueRef::Counter64(_)));
        names.push(format!(".{next}"));
        name = next;
    }
    let agent = start(with_rows, false);
    let address = agent.address.to_string();
    let mut walks = Vec::new();
    for command in [
        "R bulkwalk -Cp -Cr50 .1",
        "R1 walk -Cp .1",
        "BOSS walk -Cp .1",
        "BOSS bulkwalk -Cp -Cr7 .1",
    ] {
        let printed = tools.run(&address, &format!("{command} -On"));
        assert!(printed.success, "{printed:?}");
        let lines = printed.stdout.lines();
        let found: Vec<String> = lines
            .filter_map(|line| line.split_once(" = "))
            .filter(|(_, value)| !value.starts_with("No more variables"))
            .map(|(name, value)| format!("{name} {value}"))
            .collect();
        walks.push((command, found));
    }
    let only_names = |walk: &[String]| -> Vec<String> {
        let names = walk.iter().map(|line| line.split(' ').next());
        names.map(|name| name.expect("one").to_owned()).collect()
    };
    for (command, walk) in &walks {
        match command.starts_with("R1") {
            true => assert_eq!(walk.len(), names.len() - counter64s, "{command}"),
            false => assert_eq!(only_names(walk), names, "{command}"),
        }
        // What SNMPv1 has is what the others have, less the Counter64s.
        let all = walks[0].1.iter();
        let expected = all.filter(|line| walk.len() == names.len() || !line.contains("Counter64:"));
        let same_but_time = |line: &&String| !line.contains("sysUpTime");
        let expected: Vec<_> = expected.filter(same_but_time).collect();
        let found: Vec<_> = walk.iter().filter(same_but_time).collect();
        assert_eq!(found, expected, "{command}");
    }
}
