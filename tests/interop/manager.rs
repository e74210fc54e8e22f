//! Our manager against Net-SNMP's agent: every answer is what Net-SNMP's own tools read there.

use deferred_snmp::hlapi::*;
use deferred_snmp::oid;
use util::manager::Manager;
use util::netsnmp::{self, NUMERIC, Printed, Row, Snmpd};

/// Where snmpd keeps objects of known value; see the harness.
const OBJECTS: ObjectIdentifier = oid!(1.3.6.1.4.1.99999.7);

/// A version and an address: how a peer is spoken to.
struct Way {
    auth: CommunityData,
    writer: CommunityData,
    target: UdpTransportTarget,
    version: &'static str,
    address: String,
}

impl Way {
    fn is_v1(&self) -> bool {
        self.version == "-v1"
    }

    /// What a tool prints for these arguments, which follow version, community and address.
    fn rows(&self, tool: &str, options: &[&str], names: &[&str]) -> Vec<Row> {
        let printed = self.run(tool, "public", options, names);
        assert!(printed.success, "{tool} {names:?}: {printed:?}");
        netsnmp::rows(&printed.stdout)
    }

    fn run(&self, tool: &str, community: &str, options: &[&str], names: &[&str]) -> Printed {
        let common = [self.version, "-c", community, NUMERIC];
        netsnmp::run(tool, &[&common, options, &[&*self.address], names].concat())
    }
}

/// Both versions over IPv4, and over IPv6 where there is any.
fn ways(snmpd: &Snmpd) -> Vec<Way> {
    let mut addresses = vec![(snmpd.v4(), snmpd.v4().to_string())];
    addresses.extend(snmpd.v6().map(|v6| (v6, format!("udp6:{v6}"))));
    let mut ways = Vec::new();
    for (address, argument) in addresses {
        for version in ["-v1", "-v2c"] {
            let community = |name: &str| match version {
                "-v1" => CommunityData::v1(name),
                _ => CommunityData::v2c(name),
            };
            ways.push(Way {
                auth: community("public"),
                writer: community("private"),
                target: address.into(),
                version,
                address: argument.clone(),
            });
        }
    }
    ways
}

fn rows_of(response: &Response) -> Vec<Row> {
    response.var_binds().iter().map(Row::from).collect()
}

#[test]
fn get_reads_what_snmpget_reads() {
    let Some(snmpd) = Snmpd::start("get_reads_what_snmpget_reads") else {
        return;
    };
    let known: Vec<String> = (1..=8).map(|at| format!("{OBJECTS}.{at}.0")).collect();
    let several: Vec<&str> = ["1.3.6.1.2.1.1.1.0", "1.3.6.1.2.1.1.2.0"]
        .into_iter()
        .chain(known.iter().map(String::as_str))
        .collect();
    let mut manager = Manager::new();
    for way in ways(&snmpd) {
        for names in [&several[..1], &several, &several[..0]] {
            let response = manager.succeed(get_cmd(
                &manager.engine,
                &way.auth,
                &way.target,
                &ContextData::default(),
                names.iter().copied(),
            ));
            assert_eq!(response.error_status(), ErrorStatus::NO_ERROR);
            assert_eq!(response.error_index(), 0);
            // snmpget asks for nothing when no name is given, and sends no empty request
            let expected = match names {
                [] => Vec::new(),
                names => way.rows("snmpget", &[], names),
            };
            assert_eq!(rows_of(&response), expected);
        }
    }
}

#[test]
fn get_tells_the_exceptions_apart() {
    let Some(snmpd) = Snmpd::start("get_tells_the_exceptions_apart") else {
        return;
    };
    let [name, bad_instance, location] = [
        "1.3.6.1.2.1.1.5.0",
        "1.3.6.1.2.1.1.5.5",
        "1.3.6.1.2.1.1.6.0",
    ];
    let bad_object = "1.3.6.1.2.1.1.99.0";
    let mut manager = Manager::new();
    for way in ways(&snmpd) {
        let names = match way.is_v1() {
            true => [name, bad_instance, location],
            false => [name, bad_instance, bad_object],
        };
        let deferred = get_cmd(
            &manager.engine,
            &way.auth,
            &way.target,
            &ContextData::default(),
            names,
        );
        let response = manager.succeed(deferred);
        let values: Vec<Value> = response.iter().map(|v| v.value().to_owned()).collect();
        if way.is_v1() {
            assert_eq!(response.error_status(), ErrorStatus::NO_SUCH_NAME);
            assert_eq!(response.error_index(), 2);
            assert_eq!(values, vec![Value::NoSuchObject; 3]);
            let printed = way.run("snmpget", "public", &["-Cf"], &names);
            assert!(!printed.success);
            assert!(printed.stderr.contains("noSuchName"), "{printed:?}");
            assert!(printed.stderr.contains("1.3.6.1.2.1.1.5.5"), "{printed:?}");
            let error = response.into_result().expect_err("noSuchName");
            assert_eq!(
                error.to_string(),
                "noSuchName at SNMPv2-MIB::sysName.5 (index 2)"
            );
        } else {
            assert_eq!(response.error_status(), ErrorStatus::NO_ERROR);
            assert_eq!(values[1..], [Value::NoSuchInstance, Value::NoSuchObject]);
            assert_eq!(rows_of(&response), way.rows("snmpget", &[], &names));
        }
    }
}

#[test]
fn getnext_reads_what_snmpgetnext_reads() {
    let Some(snmpd) = Snmpd::start("getnext_reads_what_snmpgetnext_reads") else {
        return;
    };
    let names = [
        "1.3.6.1.2.1.1",
        "1.3.6.1.2.1.1.2",
        "1.3.6.1.4.1.99999.7.4.0",
    ];
    let past_the_end = "2.5";
    let mut manager = Manager::new();
    for way in ways(&snmpd) {
        let mut next = |names: &[&'static str]| {
            let deferred = next_cmd(
                &manager.engine,
                &way.auth,
                &way.target,
                &ContextData::default(),
                names.iter().copied(),
            );
            manager.succeed(deferred)
        };
        let response = next(&names);
        assert_eq!(response.rows().count(), 1);
        assert_eq!(rows_of(&response), way.rows("snmpgetnext", &[], &names));

        let response = next(&[past_the_end]);
        assert!(response.rows().all(|row| row.is_end_of_mib()));
        assert_eq!(
            response.rows().next().expect("one row").to_owned(),
            [VarBind::new(oid!(2.5), Value::EndOfMibView)]
        );
        if way.is_v1() {
            assert_eq!(response.error_status(), ErrorStatus::NO_SUCH_NAME);
        } else {
            assert_eq!(response.error_status(), ErrorStatus::NO_ERROR);
            let printed = way.rows("snmpgetnext", &[], &[past_the_end]);
            assert_eq!(rows_of(&response), printed);
        }
    }
}

#[test]
fn getbulk_reads_what_snmpbulkget_reads() {
    let Some(snmpd) = Snmpd::start("getbulk_reads_what_snmpbulkget_reads") else {
        return;
    };
    let names = [
        "1.3.6.1.2.1.1.4",
        "1.3.6.1.4.1.99999.7",
        "1.3.6.1.2.1.1.9.1.2",
    ];
    let mut manager = Manager::new();
    for way in ways(&snmpd) {
        // no reading beyond objects whose values stand still
        for (non_repeaters, repetitions) in [(0, 4), (1, 4), (2, 4), (3, 4), (2, 0), (9, 1)] {
            let response = manager.succeed(bulk_cmd(
                &manager.engine,
                &way.auth,
                &way.target,
                &ContextData::default(),
                non_repeaters,
                repetitions,
                names,
            ));
            let found = rows_of(&response);
            if way.is_v1() {
                // GETNEXT instead
                assert_eq!(found, way.rows("snmpgetnext", &[], &names));
                continue;
            }
            let counts = [format!("-Cn{non_repeaters}"), format!("-Cr{repetitions}")];
            let printed = match names.len() > non_repeaters as usize {
                true => way.rows("snmpbulkget", &counts.each_ref().map(|c| &**c), &names),
                // which snmpbulkget refuses to ask: the same as GETNEXT
                false => way.rows("snmpgetnext", &[], &names),
            };
            assert_eq!(found, printed, "{counts:?}");

            let fixed = (non_repeaters as usize).min(names.len());
            let rows: Vec<_> = response.rows().map(|row| row.to_owned()).collect();
            let expected = match names.len() - fixed {
                0 => 1,
                _ if repetitions == 0 => 1,
                _ => repetitions as usize,
            };
            assert_eq!(rows.len(), expected, "{counts:?}");
            for row in &rows {
                assert_eq!(row[..fixed], rows[0][..fixed], "{counts:?}");
            }
        }
    }
}

#[test]
fn set_writes_what_snmpget_reads_then() {
    let Some(snmpd) = Snmpd::start("set_writes_what_snmpget_reads_then") else {
        return;
    };
    let mut manager = Manager::new();
    for (round, way) in ways(&snmpd).into_iter().enumerate() {
        let text = format!("round {round}");
        let objects = [
            ObjectType::symbol("SNMPv2-MIB", "sysName", 0).value(text.clone()),
            ObjectType::from(("1.3.6.1.4.1.99999.7.7.0", round as i32 - 2)),
            ObjectType::from(("1.3.6.1.4.1.99999.7.8.0", OctetString::from(&[0, 0xff]))),
        ];
        let response = manager.succeed(set_cmd(
            &manager.engine,
            &way.writer,
            &way.target,
            &ContextData::default(),
            objects,
        ));
        assert_eq!(response.error_status(), ErrorStatus::NO_ERROR);
        let names = [
            "1.3.6.1.2.1.1.5.0",
            "1.3.6.1.4.1.99999.7.7.0",
            "1.3.6.1.4.1.99999.7.8.0",
        ];
        let read = way.rows("snmpget", &[], &names);
        assert_eq!(rows_of(&response), read);
        assert_eq!(read[1].value, (round as i32 - 2).to_string());
        assert_eq!(read[2].value, "00 FF");
    }
}

#[test]
fn set_says_why_it_was_refused_and_changes_nothing() {
    let Some(snmpd) = Snmpd::start("set_says_why_it_was_refused_and_changes_nothing") else {
        return;
    };
    let good = || ObjectType::from(("1.3.6.1.4.1.99999.7.7.0", 99));
    let read_only = || ObjectType::from(("1.3.6.1.4.1.99999.7.1.0", 99));
    let wrong_type = || ObjectType::from(("1.3.6.1.2.1.1.5.0", Integer32(99)));
    let names = [
        "1.3.6.1.4.1.99999.7.7.0",
        "1.3.6.1.4.1.99999.7.1.0",
        "1.3.6.1.2.1.1.5.0",
    ];
    let mut manager = Manager::new();
    for way in ways(&snmpd) {
        let before = way.rows("snmpget", &[], &names);
        let cases = [
            (
                &way.writer,
                vec![good(), read_only()],
                2,
                ErrorStatus::NO_SUCH_NAME,
                ErrorStatus::NOT_WRITABLE,
            ),
            (
                &way.writer,
                vec![good(), good(), wrong_type()],
                3,
                ErrorStatus::BAD_VALUE,
                ErrorStatus::WRONG_TYPE,
            ),
            (
                &way.auth,
                vec![good()],
                1,
                ErrorStatus::NO_SUCH_NAME,
                ErrorStatus::NO_ACCESS,
            ),
        ];
        for (auth, objects, index, in_v1, in_v2c) in cases {
            let expected = if way.is_v1() { in_v1 } else { in_v2c };
            let context = ContextData::default();
            let deferred = set_cmd(&manager.engine, auth, &way.target, &context, objects);
            let response = manager.succeed(deferred);
            assert_eq!(response.error_status(), expected);
            assert_eq!(response.error_index(), index);
        }
        assert_eq!(way.rows("snmpget", &[], &names), before);
    }
}

/// Walks as `way` says, with GETNEXT or so many repetitions, to the end of the MIB.
fn walk(manager: &mut Manager, way: &Way, repetitions: Option<u32>) -> Vec<Row> {
    let (context, root) = (ContextData::default(), [oid!(1.3)]);
    let engine = &manager.engine;
    let walk = match repetitions {
        None => walk_cmd(engine, &way.auth, &way.target, &context, root),
        Some(n) => bulk_walk_cmd(engine, &way.auth, &way.target, &context, n, root),
    };
    let rows = manager.succeed(walk.collect());
    let var_binds = rows.iter().flatten();
    var_binds.map(|v| Row::from(v.as_ref())).collect()
}

/// Compares what was read with what a tool read before and after: the names are the same, and so
/// are the values, but for those that were changing meanwhile.
fn compare(found: &[Row], before: &[Row], after: &[Row]) {
    assert_eq!(found.len(), before.len());
    let mut changing = 0;
    for ((row, before), after) in found.iter().zip(before).zip(after) {
        assert_eq!((&row.oid, &row.kind), (&before.oid, &before.kind));
        if before == after {
            assert_eq!(row, before);
        } else {
            changing += 1;
        }
    }
    assert!(changing < found.len() / 4, "{changing} rows are changing");
}

#[test]
fn a_walk_reads_what_snmpwalk_reads() {
    let Some(snmpd) = Snmpd::start("a_walk_reads_what_snmpwalk_reads") else {
        return;
    };
    let mut manager = Manager::new();
    for way in ways(&snmpd) {
        let tool = if way.is_v1() {
            "snmpwalk"
        } else {
            "snmpbulkwalk"
        };
        let read = || {
            let mut rows = way.rows(tool, &[], &["1.3"]);
            // what the tool prints to say that it has reached the end is no row of the walk
            rows.retain(|row| row.value != netsnmp::END_OF_MIB_VIEW);
            rows
        };
        let names = |rows: &[Row]| rows.iter().map(|row| row.oid.clone()).collect::<Vec<_>>();
        let kinds: &[_] = match way.address.starts_with("udp6") {
            true => &[Some(25)],
            false => &[None, Some(25), Some(50)],
        };
        let mut before = read();
        for repetitions in kinds {
            // the system's own tables may change between two walks: try again then
            let mut tries = 0;
            let (found, after) = loop {
                let found = walk(&mut manager, &way, *repetitions);
                let after = read();
                if names(&before) == names(&after) {
                    break (found, after);
                }
                tries += 1;
                assert!(tries < 10, "the objects of this system do not stand still");
                before = after;
            };
            assert!(found.len() > 500, "{} rows", found.len());
            compare(&found, &before, &after);
            before = after;
        }
    }
}

#[test]
fn a_walk_of_a_subtree_ends_with_it() {
    let Some(snmpd) = Snmpd::start("a_walk_of_a_subtree_ends_with_it") else {
        return;
    };
    let mut manager = Manager::new();
    for way in ways(&snmpd) {
        for repetitions in [1, 3, 100] {
            let walk = bulk_walk_cmd(
                &manager.engine,
                &way.auth,
                &way.target,
                &ContextData::default(),
                repetitions,
                [OBJECTS],
            );
            let rows = manager.succeed(walk.lexicographic_mode(false).collect());
            let found: Vec<_> = rows
                .iter()
                .flatten()
                .map(|v| Row::from(v.as_ref()))
                .collect();
            let printed = way.rows("snmpwalk", &[], &[&OBJECTS.to_string()]);
            assert_eq!(printed.len(), 8);
            assert_eq!(found, printed, "{repetitions} repetitions");
        }
    }
}
