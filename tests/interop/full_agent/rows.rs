//! Rows by `snmpset`: RowStatus and StorageType of our agent, beside those of snmpd.

use util::netsnmp::Snmpd;

use super::objects::quick;
use super::{Tools, plays, start};

/// What snmpd says instead, and by which text of an RFC we do not.
type Instead = Option<(&'static str, &'static str)>;

/// RFC 2579, RowStatus, createAndGo: where something is missing, the row is not created.
const CREATE_AND_GO: &str = "RFC 2579 RowStatus, state A of createAndGo";
/// A row that the SET takes out of service, or removes, is not active: the SET happens as if simultaneously.
const SIMULTANEOUS: &str =
    "RFC 3416 section 4.2.5; RFC 2579 RowStatus, states D of notInService and destroy";
/// Of our agent the table is the last object.
const BEHIND: &str = "RFC 3416 section 4.2.2, endOfMibView";
/// A value that can under no circumstances be assigned is found before one that could under others.
const FIRST: &str = "RFC 3416 section 4.2.5 (6) and (10)";

/// Commands of `private`, what they print, and where snmpd prints something else.
const PARAMS: &[(&str, &str, Instead)] = &[
    (
        "set T.'p1' i createAndWait",
        "T.'p1' = INTEGER: createAndWait(5)",
        None,
    ),
    (
        "get T.'p1' T1.'p1'",
        "T.'p1' = INTEGER: notReady(3); T1.'p1' = No Such Instance currently exists at this OID",
        None,
    ),
    ("set T.'p1' i active", "2: inconsistentValue T.'p1'", None),
    (
        "set T1.'p1' i 3 T2.'p1' i 3 T3.'p1' s boss T4.'p1' i authPriv",
        "T1.'p1' = INTEGER: 3; T2.'p1' = INTEGER: 3; T3.'p1' = STRING: boss; T4.'p1' = INTEGER: authPriv(3)",
        None,
    ),
    ("get T.'p1'", "T.'p1' = INTEGER: notInService(2)", None),
    ("set T.'p1' i active", "T.'p1' = INTEGER: active(1)", None),
    (
        "get T.'p1' T5.'p1'",
        "T.'p1' = INTEGER: active(1); T5.'p1' = INTEGER: nonVolatile(3)",
        None,
    ),
    ("set T.'p1' i active", "T.'p1' = INTEGER: active(1)", None),
    ("set T1.'p1' i 3", "2: inconsistentValue T1.'p1'", None),
    (
        "set T.'p1' i createAndGo",
        "2: inconsistentValue T.'p1'",
        None,
    ),
    (
        "set T.'p1' i createAndWait",
        "2: inconsistentValue T.'p1'",
        None,
    ),
    ("set T.'p1' i 3", "2: wrongValue T.'p1'", None),
    ("set T.'p1' i 0", "2: wrongValue T.'p1'", None),
    ("set T.'p1' i 7", "2: wrongValue T.'p1'", None),
    (
        "set T.'p1' i notInService",
        "T.'p1' = INTEGER: notInService(2)",
        None,
    ),
    ("set T1.'p1' i 1", "T1.'p1' = INTEGER: 1", None),
    (
        "get T.'p1' T1.'p1'",
        "T.'p1' = INTEGER: notInService(2); T1.'p1' = INTEGER: 1",
        None,
    ),
    ("set T.'p1' i destroy", "T.'p1' = INTEGER: destroy(6)", None),
    ("set T.'p1' i destroy", "T.'p1' = INTEGER: destroy(6)", None),
    (
        "get T.'p1' T1.'p1'",
        "T.'p1' = No Such Instance currently exists at this OID; T1.'p1' = No Such Instance currently exists at this OID",
        None,
    ),
    (
        "walk TABLE",
        "TABLE = No more variables left in this MIB View (It is past the end of the MIB tree)",
        Some((
            "TABLE = No Such Object available on this agent at this OID",
            BEHIND,
        )),
    ),
    ("set T.'p2' i active", "2: inconsistentValue T.'p2'", None),
    (
        "set T.'p2' i notInService",
        "2: inconsistentValue T.'p2'",
        None,
    ),
    ("set T1.'p2' i 3", "2: inconsistentName T1.'p2'", None),
    (
        "get T.'p2' T1.'p2'",
        "T.'p2' = No Such Instance currently exists at this OID; T1.'p2' = No Such Instance currently exists at this OID",
        None,
    ),
    (
        "walk TABLE",
        "TABLE = No more variables left in this MIB View (It is past the end of the MIB tree)",
        Some((
            "TABLE = No Such Object available on this agent at this OID",
            BEHIND,
        )),
    ),
    (
        "set T.'p5' i createAndGo",
        "2: inconsistentValue T.'p5'",
        Some(("T.'p5' = INTEGER: createAndGo(4)", CREATE_AND_GO)),
    ),
    (
        "get T.'p5'",
        "T.'p5' = No Such Instance currently exists at this OID",
        Some(("T.'p5' = INTEGER: notReady(3)", CREATE_AND_GO)),
    ),
    ("set T.'p5' i destroy", "T.'p5' = INTEGER: destroy(6)", None),
    (
        "set T.'p3' i createAndGo T1.'p3' i 3 T2.'p3' i 3 T3.'p3' s boss T4.'p3' i authPriv",
        "T.'p3' = INTEGER: createAndGo(4); T1.'p3' = INTEGER: 3; T2.'p3' = INTEGER: 3; T3.'p3' = STRING: boss; T4.'p3' = INTEGER: authPriv(3)",
        None,
    ),
    (
        "set T1.'p4' i 1 T2.'p4' i 2 T3.'p4' s other T4.'p4' i 1 T.'p4' i createAndGo",
        "T1.'p4' = INTEGER: 1; T2.'p4' = INTEGER: 2; T3.'p4' = STRING: other; T4.'p4' = INTEGER: noAuthNoPriv(1); T.'p4' = INTEGER: createAndGo(4)",
        None,
    ),
    (
        "get T.'p3' T.'p4'",
        "T.'p3' = INTEGER: active(1); T.'p4' = INTEGER: active(1)",
        None,
    ),
    (
        "set T1.'p3' i 0 T.'p3' i notInService",
        "T1.'p3' = INTEGER: 0; T.'p3' = INTEGER: notInService(2)",
        Some(("2: inconsistentValue T1.'p3'", SIMULTANEOUS)),
    ),
    (
        "get T.'p3' T1.'p3'",
        "T.'p3' = INTEGER: notInService(2); T1.'p3' = INTEGER: 0",
        Some((
            "T.'p3' = INTEGER: active(1); T1.'p3' = INTEGER: 3",
            SIMULTANEOUS,
        )),
    ),
    (
        "set T1.'p3' i 2 T.'p3' i active",
        "T1.'p3' = INTEGER: 2; T.'p3' = INTEGER: active(1)",
        Some(("2: inconsistentValue T1.'p3'", SIMULTANEOUS)),
    ),
    (
        "set T1.'p3' i -1",
        "2: wrongValue T1.'p3'",
        Some(("2: inconsistentValue T1.'p3'", FIRST)),
    ),
    ("set T2.'p3' i 0", "2: wrongValue T2.'p3'", None),
    ("set T4.'p3' i 4", "2: wrongValue T4.'p3'", None),
    ("set T4.'p3' s no", "2: wrongType T4.'p3'", None),
    ("set T5.'p3' i 5", "2: wrongValue T5.'p3'", None),
    ("set T5.'p3' i 2", "T5.'p3' = INTEGER: volatile(2)", None),
    ("set T5.'p3' i 3", "T5.'p3' = INTEGER: nonVolatile(3)", None),
    ("set T5.'p3' i 4", "2: wrongValue T5.'p3'", None),
    (
        "set T.'p3' i destroy T1.'p3' i 1",
        "T.'p3' = INTEGER: destroy(6); T1.'p3' = INTEGER: 1",
        Some(("2: inconsistentValue T1.'p3'", SIMULTANEOUS)),
    ),
    (
        "get T.'p3'",
        "T.'p3' = No Such Instance currently exists at this OID",
        Some(("T.'p3' = INTEGER: active(1)", SIMULTANEOUS)),
    ),
    (
        "set T.'p6' i createAndGo T5.'p6' i 4 T1.'p6' i 3 T2.'p6' i 3 T3.'p6' s boss T4.'p6' i 3",
        "2: wrongValue T5.'p6'",
        None,
    ),
    (
        "set sysContact.0 s a T.'p4' i createAndGo",
        "2: inconsistentValue T.'p4'",
        None,
    ),
    ("set T.'p4' i destroy", "T.'p4' = INTEGER: destroy(6)", None),
    ("set T i createAndWait", "2: noCreation T", None),
];

#[test]
fn rows_of_a_standard_table_beside_those_of_snmpd() {
    let test = "rows_of_a_standard_table_beside_those_of_snmpd";
    let Some(tools) = Tools::find(test) else {
        return;
    };
    let agent = start(|| quick(1), false);
    let address = agent.address.to_string();
    let Some(snmpd) = Snmpd::start(test) else {
        return;
    };
    let peer = snmpd.v4().to_string();
    let mut wrong = Vec::new();
    for (command, expected, instead) in PARAMS {
        let command = format!("P {command}");
        let told = tools.ask(&address, &command);
        if told != *expected {
            wrong.push(format!("{command}: {told}"));
        }
        let (expected, why) = instead.unwrap_or((expected, "no difference is known"));
        let told = tools.ask(&peer, &command);
        if told != expected {
            wrong.push(format!("{command}: snmpd says {told}, {why}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn rows_of_a_table_of_the_programs_own() {
    let Some(tools) = Tools::find("rows_of_a_table_of_the_programs_own") else {
        return;
    };
    let agent = start(|| quick(1), false);
    let address = agent.address.to_string();
    // Command 2, priority 3, runs 4, StorageType 5, RowStatus 6, note 7.
    let script: &[(&str, &str)] = &[
        ("P set J.1.1.6.7 i 5", "J.1.1.6.7 = INTEGER: 5"),
        (
            "R get J.1.1.6.7 J.1.1.2.7 J.1.1.3.7 J.1.1.4.7",
            "J.1.1.6.7 = INTEGER: 3; J.1.1.2.7 = No Such Instance currently exists at this OID; J.1.1.3.7 = INTEGER: 5; J.1.1.4.7 = Counter64: 0",
        ),
        ("P set J.1.1.6.7 i 1", "2: inconsistentValue J.1.1.6.7"),
        (
            "P set J.1.1.2.7 s tar J.1.1.7.7 s nightly",
            "J.1.1.2.7 = STRING: \"tar\"; J.1.1.7.7 = STRING: \"nightly\"",
        ),
        ("R get J.1.1.6.7", "J.1.1.6.7 = INTEGER: 2"),
        ("P set J.1.1.6.7 i 1", "J.1.1.6.7 = INTEGER: 1"),
        ("P set J.1.1.2.7 s zip", "2: inconsistentValue J.1.1.2.7"),
        ("P set J.1.1.3.7 i 7", "J.1.1.3.7 = INTEGER: 7"),
        ("P set J.1.1.3.7 i 11", "2: wrongValue J.1.1.3.7"),
        ("P set J.1.1.4.7 u 1", "2: notWritable J.1.1.4.7"),
        (
            "P set J.1.1.2.7 s zip J.1.1.6.7 i 2",
            "J.1.1.2.7 = STRING: \"zip\"; J.1.1.6.7 = INTEGER: 2",
        ),
        ("P set J.1.1.6.7 i 4", "2: inconsistentValue J.1.1.6.7"),
        ("P set J.1.1.6.7 i 3", "2: wrongValue J.1.1.6.7"),
        ("P set J.1.1.6.8 i 4", "2: inconsistentValue J.1.1.6.8"),
        (
            "P set J.1.1.2.8 s x J.1.1.6.8 i 4",
            "J.1.1.2.8 = STRING: \"x\"; J.1.1.6.8 = INTEGER: 4",
        ),
        (
            "P set J.1.1.6.9 i 4 J.1.1.2.9 s x",
            "J.1.1.6.9 = INTEGER: 4; J.1.1.2.9 = STRING: \"x\"",
        ),
        (
            "R get J.1.1.6.8 J.1.1.6.9 J.1.1.5.9",
            "J.1.1.6.8 = INTEGER: 1; J.1.1.6.9 = INTEGER: 1; J.1.1.5.9 = INTEGER: 3",
        ),
        (
            "P set J.1.1.2.9 s 123456789012345678901",
            "2: wrongLength J.1.1.2.9",
        ),
        ("P set J.1.1.6.0 i 5", "2: noCreation J.1.1.6.0"),
        ("P set J.1.1.6.65536 i 5", "2: noCreation J.1.1.6.65536"),
        ("P set J.1.1.6.1.1 i 5", "2: noCreation J.1.1.6.1.1"),
        ("P set J.1.1.3.10 i 5", "2: inconsistentName J.1.1.3.10"),
        ("P1 set J.1.1.3.10 i 5", "2: noSuchName J.1.1.3.10"),
        ("P1 set J.1.1.6.8 i 4", "2: badValue J.1.1.6.8"),
        (
            "P set J.1.1.6.7 i 6 J.1.1.6.8 i 6 J.1.1.6.9 i 6",
            "J.1.1.6.7 = INTEGER: 6; J.1.1.6.8 = INTEGER: 6; J.1.1.6.9 = INTEGER: 6",
        ),
        ("P set J.1.1.6.7 i 6", "J.1.1.6.7 = INTEGER: 6"),
        ("R getnext J.1.1", "J.6.1.2.1 = Gauge32: 1"),
    ];
    plays(&tools, &address, script);
}

/// A row that waits keeps no cell of the others from a table: snmpd shows `?` for all of them.
#[test]
fn a_row_that_waits_hides_no_other() {
    let Some(tools) = Tools::find("a_row_that_waits_hides_no_other") else {
        return;
    };
    let agent = start(|| quick(1), false);
    let address = agent.address.to_string();
    for (command, expected) in [
        (
            "P set T.'o' i createAndWait",
            "T.'o' = INTEGER: createAndWait(5)",
        ),
        ("R get T.'o'", "T.'o' = INTEGER: notReady(3)"),
    ] {
        assert_eq!(tools.ask(&address, command), expected);
    }
    for row in ["n1", "p3"] {
        let all = format!(
            "P set T.'{row}' i createAndGo T1.'{row}' i 3 T2.'{row}' i 3 T3.'{row}' s boss T4.'{row}' i 3"
        );
        let told = tools.ask(&address, &all);
        assert!(
            told.starts_with(&format!("T.'{row}' = INTEGER: createAndGo(4)")),
            "{told}"
        );
    }
    for options in ["-Ci -Cf ;", "-Cf ; -Ci"] {
        let printed = tools.run(&address, &format!("R table {options} TABLE"));
        assert!(printed.success, "{printed:?}");
        let lines: Vec<&str> = printed
            .stdout
            .lines()
            .filter(|it| it.contains(';'))
            .collect();
        let rows = [
            "'n1';3;3;boss;authPriv;nonVolatile;active",
            "'p3';3;3;boss;authPriv;nonVolatile;active",
            // The tool puts rows behind the others that it meets in a later column first.
            "'o';?;?;?;?;nonVolatile;notReady",
        ];
        assert_eq!(lines[1..], rows, "{options}: {}", printed.stdout);
    }
}

#[test]
fn an_advisory_lock_is_taken_by_one_of_two_managers() {
    let test = "an_advisory_lock_is_taken_by_one_of_two_managers";
    let Some(tools) = Tools::find(test) else {
        return;
    };
    let agent = start(|| quick(1), false);
    let address = agent.address.to_string();
    let Some(snmpd) = Snmpd::start(test) else {
        return;
    };
    // snmpd finds that it is not the present value before it finds that it is none: RFC 3416 section 4.2.5 (6) and (10).
    let peer = (snmpd.v4().to_string(), "2: inconsistentValue SPIN.0");
    for (address, negative) in [(address, "2: wrongValue SPIN.0"), peer] {
        let value = || -> i64 {
            let told = tools.ask(&address, "P get SPIN.0");
            let value = told.strip_prefix("SPIN.0 = INTEGER: ").map(str::parse);
            value.expect("a lock").expect("a number")
        };
        let present = value();
        let set = format!("P set SPIN.0 i {present}");
        assert_eq!(
            tools.ask(&address, &set),
            format!("SPIN.0 = INTEGER: {present}")
        );
        assert_eq!(value(), present + 1);
        assert_eq!(tools.ask(&address, &set), "2: inconsistentValue SPIN.0");
        let told = tools.ask(&address, "P set SPIN.0 i -1");
        assert_eq!(told, negative);
        assert_eq!(value(), present + 1);
    }
}
