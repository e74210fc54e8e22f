//! Net-SNMP's tools against our agent: they read what the agent was given, and print what it refuses.

use deferred_snmp::objects::MibTree;
use deferred_snmp::smi::{ObjectIdentifier, OctetString, Value, VarBind};
use util::agent::{self, Agent, settable};
use util::netsnmp::{self, NUMERIC, Printed, Row};
use util::recording;

const VERSIONS: [&str; 2] = ["-v1", "-v2c"];

/// An agent with these objects, over IPv4; `None` and a line when the tools are missing.
fn start(test: &str, objects: impl FnOnce() -> MibTree + Send + 'static) -> Option<Agent> {
    netsnmp::peer(test, "snmpget")?;
    Some(Agent::start("127.0.0.1", objects))
}

fn run(tool: &str, agent: &Agent, version: &str, community: &str, rest: &[&str]) -> Printed {
    let address = match agent.address.is_ipv4() {
        true => agent.address.to_string(),
        false => format!("udp6:{}", agent.address),
    };
    // options come before the address
    let at = rest.iter().take_while(|word| word.starts_with('-')).count();
    let (options, names) = rest.split_at(at);
    let common = [version, "-c", community, "-r", "2", NUMERIC];
    netsnmp::run(tool, &[&common, options, &[&address], names].concat())
}

fn read(tool: &str, agent: &Agent, version: &str, rest: &[&str]) -> Vec<Row> {
    let printed = run(tool, agent, version, "public", rest);
    assert!(printed.success, "{tool} {version} {rest:?}: {printed:?}");
    netsnmp::rows(&printed.stdout)
}

fn rows<'a>(variables: impl IntoIterator<Item = &'a VarBind>) -> Vec<Row> {
    let variables = variables.into_iter();
    variables.map(|v| Row::from(v.as_ref())).collect()
}

/// What SNMPv1 can read of `variables`.
fn without_counter64(variables: Vec<VarBind>) -> Vec<VarBind> {
    let is_not = |v: &VarBind| !matches!(v.value, Value::Counter64(_));
    variables.into_iter().filter(is_not).collect()
}

fn visible(version: &str) -> Vec<VarBind> {
    match version {
        "-v1" => without_counter64(agent::variables()),
        _ => agent::variables(),
    }
}

#[test]
fn snmpget_reads_every_variable() {
    let Some(agent) = start("snmpget_reads_every_variable", agent::tree) else {
        return;
    };
    for version in VERSIONS {
        for some in visible(version).chunks(7) {
            let names: Vec<_> = some.iter().map(|v| v.name.to_string()).collect();
            let names: Vec<_> = names.iter().map(String::as_str).collect();
            assert_eq!(read("snmpget", &agent, version, &names), rows(some));
        }
    }
}

#[test]
fn snmpgetnext_leads_from_each_variable_to_the_next() {
    const TEST: &str = "snmpgetnext_leads_from_each_variable_to_the_next";
    let Some(agent) = start(TEST, agent::tree) else {
        return;
    };
    for version in VERSIONS {
        let all = visible(version);
        for (some, next) in all.chunks(6).zip(all[1..].chunks(6)) {
            let names: Vec<_> = some.iter().map(|v| v.name.to_string()).collect();
            let names: Vec<_> = names.iter().map(String::as_str).collect();
            let names = &names[..next.len()];
            assert_eq!(read("snmpgetnext", &agent, version, names), rows(next));
        }
    }
}

#[test]
fn the_walkers_read_all_of_it() {
    let Some(agent) = start("the_walkers_read_all_of_it", agent::tree) else {
        return;
    };
    let walk = |tool: &str, agent: &Agent, version: &str, options: &[&str]| {
        let mut found = read(tool, agent, version, &[options, &["1.3"]].concat());
        if version == "-v2c" {
            let end = found.pop().expect("the end is printed");
            assert_eq!(end.value, netsnmp::END_OF_MIB_VIEW);
        }
        assert_eq!(
            found,
            rows(&visible(version)),
            "{tool} {version} {options:?}"
        );
    };
    for version in VERSIONS {
        walk("snmpwalk", &agent, version, &[]);
    }
    for repetitions in ["-Cr1", "-Cr7", "-Cr50", "-Cr1000"] {
        walk("snmpbulkwalk", &agent, "-v2c", &[repetitions]);
    }
    #[expect(
        clippy::disallowed_types,
        reason = "binding a socket is the one sure way to tell"
    )]
    if std::net::UdpSocket::bind("[::1]:0").is_ok() {
        let agent = Agent::start("[::1]", agent::tree);
        walk("snmpwalk", &agent, "-v1", &[]);
        walk("snmpbulkwalk", &agent, "-v2c", &[]);
    }
}

#[test]
fn snmpbulkget_reads_non_repeaters_and_columns() {
    let Some(agent) = start("snmpbulkget_reads_non_repeaters_and_columns", agent::tree) else {
        return;
    };
    let all = agent::variables();
    let after = |name: &ObjectIdentifier, count: usize| {
        let from = all.partition_point(|v| v.name <= *name);
        all[from..].iter().take(count).cloned().collect::<Vec<_>>()
    };
    let objects = [
        "1.3.6.1.2.1.1.3",
        "1.3.6.1.4.1.99999.1",
        "1.3.6.1.4.1.99999.2.1.1",
    ];
    let roots: Vec<ObjectIdentifier> = objects.map(|o| o.parse().expect("an OID")).to_vec();
    for fixed in 0..objects.len() {
        let repetitions = 4;
        let mut expected = Vec::new();
        for root in &roots[..fixed] {
            expected.extend(after(root, 1));
        }
        let columns: Vec<_> = roots[fixed..]
            .iter()
            .map(|root| after(root, repetitions))
            .collect();
        for row in 0..repetitions {
            expected.extend(columns.iter().map(|column| column[row].clone()));
        }
        let counts = [format!("-Cn{fixed}"), format!("-Cr{repetitions}")];
        let options = counts.each_ref().map(|count| count.as_str());
        let arguments = [&options[..], &objects[..]].concat();
        assert_eq!(
            read("snmpbulkget", &agent, "-v2c", &arguments),
            rows(&expected)
        );
    }
}

#[test]
fn snmpstatus_is_content() {
    let Some(agent) = start("snmpstatus_is_content", agent::tree) else {
        return;
    };
    for version in VERSIONS {
        let printed = run("snmpstatus", &agent, version, "public", &[]);
        assert!(
            printed.stdout.contains("an agent under test"),
            "{printed:?}"
        );
    }
}

#[test]
fn the_tools_print_the_exceptions_and_no_such_name() {
    const TEST: &str = "the_tools_print_the_exceptions_and_no_such_name";
    let Some(agent) = start(TEST, agent::tree) else {
        return;
    };
    let [good, instance, object] = [
        "1.3.6.1.2.1.1.5.0",
        "1.3.6.1.2.1.1.5.1",
        "1.3.6.1.2.1.1.99.0",
    ];
    let found = read("snmpget", &agent, "-v2c", &[good, instance, object]);
    assert_eq!(found[0].value, "65 78 61 6D 70 6C 65");
    assert_eq!(found[1].value, netsnmp::NO_SUCH_INSTANCE);
    assert_eq!(found[2].value, netsnmp::NO_SUCH_OBJECT);
    let end = read("snmpgetnext", &agent, "-v2c", &["1.3.6.1.5"]);
    assert_eq!(end[0].value, netsnmp::END_OF_MIB_VIEW);

    // in SNMPv1 there is one error for all of them, and Counter64 is among what does not exist
    let counter64 = "1.3.6.1.4.1.99999.1.22.0";
    for missing in [instance, object, counter64] {
        let printed = run("snmpget", &agent, "-v1", "public", &["-Cf", good, missing]);
        assert!(!printed.success);
        assert!(printed.stderr.contains("(noSuchName)"), "{printed:?}");
        let failed = format!("Failed object: .{missing}");
        assert!(printed.stderr.contains(&failed), "{printed:?}");
        // without -Cf the tool leaves the bad one out and asks again
        assert_eq!(
            read_partly(&agent, &[good, missing]),
            ["65 78 61 6D 70 6C 65"]
        );
    }
    let printed = run(
        "snmpgetnext",
        &agent,
        "-v1",
        "public",
        &["-Cf", "1.3.6.1.5"],
    );
    assert!(printed.stderr.contains("(noSuchName)"), "{printed:?}");
}

/// The values that snmpget in SNMPv1 reads when it leaves out what does not exist.
fn read_partly(agent: &Agent, names: &[&str]) -> Vec<String> {
    let printed = run("snmpget", agent, "-v1", "public", names);
    let rows = netsnmp::rows(&printed.stdout);
    rows.into_iter().map(|row| row.value).collect()
}

#[test]
fn communities_see_what_they_may() {
    let Some(agent) = start("communities_see_what_they_may", agent::tree) else {
        return;
    };
    for version in VERSIONS {
        let printed = run("snmpwalk", &agent, version, "system", &["1.3"]);
        let mut found = netsnmp::rows(&printed.stdout);
        found.retain(|row| row.value != netsnmp::END_OF_MIB_VIEW);
        assert_eq!(found, rows(&agent::variables()[..11]));
    }
    let outside = "1.3.6.1.4.1.99999.1.1.0";
    let printed = run("snmpget", &agent, "-v2c", "system", &[outside]);
    let found = netsnmp::rows(&printed.stdout);
    assert_eq!(found[0].value, netsnmp::NO_SUCH_OBJECT);

    let printed = run("snmpget", &agent, "-v2c", "nothing", &[outside]);
    assert!(printed.stderr.contains("authorizationError"), "{printed:?}");
    let printed = run("snmpget", &agent, "-v1", "nothing", &["-Cf", outside]);
    assert!(printed.stderr.contains("(noSuchName)"), "{printed:?}");
    let unknown = ["-t", "0.2", "-r", "1"];
    let printed = netsnmp::run(
        "snmpget",
        &[
            &["-v2c", "-c", "unknown"],
            &unknown[..],
            &[&agent.address.to_string(), outside],
        ]
        .concat(),
    );
    assert!(printed.stderr.contains("Timeout"), "{printed:?}");
}

#[test]
fn snmpset_writes_what_snmpget_reads_then() {
    let Some(agent) = start(
        "snmpset_writes_what_snmpget_reads_then",
        agent::writable_tree,
    ) else {
        return;
    };
    let name = |number: u32| format!("{}.0", settable(number));
    let (number, octets) = (name(1), name(2));
    for version in VERSIONS {
        let values = [("i", "-2147483648", "i", "7"), ("i", "3", "x", "00FF80")];
        for (kind, value, _, _) in values {
            let arguments = [&*number, kind, value, &octets, "x", "00FF80"];
            let printed = run("snmpset", &agent, version, "private", &arguments);
            assert!(printed.success, "{printed:?}");
            let expected = [
                Row::from(
                    VarBind::new(parse(&number), value.parse::<i32>().expect("i32")).as_ref(),
                ),
                Row::from(
                    VarBind::new(parse(&octets), OctetString::from(&[0, 0xff, 0x80])).as_ref(),
                ),
            ];
            assert_eq!(netsnmp::rows(&printed.stdout), expected);
            assert_eq!(
                read("snmpget", &agent, version, &[&number, &octets]),
                expected
            );
        }
        let text = format!("set in {version}");
        let arguments = ["1.3.6.1.2.1.1.5.0", "s", &text];
        let printed = run("snmpset", &agent, version, "private", &arguments);
        assert!(printed.success, "{printed:?}");
        let read = read("snmpget", &agent, version, &["1.3.6.1.2.1.1.5.0"]);
        let expected = VarBind::new(parse("1.3.6.1.2.1.1.5.0"), text);
        assert_eq!(read, rows([&expected]));
    }
}

fn parse(name: &str) -> ObjectIdentifier {
    name.parse().expect("an OID")
}

#[test]
fn snmpset_prints_why_it_was_refused_and_nothing_changes() {
    const TEST: &str = "snmpset_prints_why_it_was_refused_and_nothing_changes";
    let Some(agent) = start(TEST, agent::writable_tree) else {
        return;
    };
    let name = |number: u32| format!("{}.0", settable(number));
    let missing = format!("{}.1", settable(1));
    let too_long = "x".repeat(256);
    let cases = [
        // what is set beside something that would succeed, community, in SNMPv1, in SNMPv2c
        ([&*name(1), "s", "text"], "private", "badValue", "wrongType"),
        ([&*name(2), "i", "5"], "private", "badValue", "wrongType"),
        ([&*name(3), "i", "11"], "private", "badValue", "wrongValue"),
        ([&*name(4), "i", "6"], "private", "genError", "commitFailed"),
        (
            [&*name(6), "i", "6"],
            "private",
            "noSuchName",
            "notWritable",
        ),
        ([&*missing, "i", "6"], "private", "noSuchName", "noCreation"),
        (
            ["1.3.6.1.2.1.1.5.0", "s", &*too_long],
            "private",
            "badValue",
            "wrongLength",
        ),
        (
            ["1.3.6.1.2.1.1.1.0", "s", "x"],
            "private",
            "noSuchName",
            "notWritable",
        ),
        (
            ["1.3.6.1.4.1.99999.9.0", "i", "1"],
            "private",
            "noSuchName",
            "notWritable",
        ),
        ([&*name(1), "i", "6"], "public", "noSuchName", "noAccess"),
    ];
    let all: Vec<_> = [1, 2, 3, 4, 6].map(name).to_vec();
    let all: Vec<_> = all.iter().map(String::as_str).collect();
    let good = name(2);
    for version in VERSIONS {
        let before = read("snmpget", &agent, version, &all);
        for (bad, community, in_v1, in_v2c) in &cases {
            let arguments = [&[&*good, "s", "changed"][..], bad].concat();
            let printed = run("snmpset", &agent, version, community, &arguments);
            let expected = if version == "-v1" { in_v1 } else { in_v2c };
            assert!(!printed.success, "{printed:?}");
            let reason = format!("Reason: {expected}");
            let in_brackets = format!("Reason: ({expected})");
            assert!(
                printed.stderr.contains(&reason) || printed.stderr.contains(&in_brackets),
                "{bad:?} {expected}: {printed:?}"
            );
            // the first binding is the one that a community without the right to write fails at
            let at = if *community == "public" {
                &good
            } else {
                bad[0]
            };
            let failed = format!("Failed object: .{at}");
            assert!(printed.stderr.contains(&failed), "{printed:?}");
        }
        assert_eq!(read("snmpget", &agent, version, &all), before);
        // an object whose code fails is an error of the agent, and only for that object
        let broken = name(5);
        let printed = run(
            "snmpget",
            &agent,
            version,
            "public",
            &["-Cf", &good, &broken],
        );
        assert!(printed.stderr.contains("(genError)"), "{printed:?}");
        assert!(
            printed
                .stderr
                .contains(&format!("Failed object: .{broken}")),
            "{printed:?}"
        );
        assert_eq!(read("snmpget", &agent, version, &[&good]).len(), 1);
    }
}

#[test]
fn recordings_of_devices_are_walked_as_they_are() {
    const TEST: &str = "recordings_of_devices_are_walked_as_they_are";
    let Some(directory) = util::shared::shared(TEST, "snmprec") else {
        return;
    };
    let devices = [
        "ciscosb_cbs350",
        "timos_7750",
        "sim-network-switch-dlink-des3038",
    ];
    for device in devices {
        let variables = recording::variables(&directory.join(format!("{device}.snmprec")));
        assert!(variables.len() > 2_000, "{device}: {}", variables.len());
        let served = variables.clone();
        let Some(agent) = start(TEST, move || recording::tree(&served)) else {
            return;
        };
        for (tool, version, options) in [
            ("snmpwalk", "-v1", &[][..]),
            ("snmpbulkwalk", "-v2c", &["-Cr10"]),
            ("snmpbulkwalk", "-v2c", &["-Cr500"]),
        ] {
            let expected = match version {
                "-v1" => without_counter64(variables.clone()),
                _ => variables.clone(),
            };
            // the tools walk below one name
            let expected: Vec<_> = expected
                .into_iter()
                .filter(|v| v.name.starts_with(&deferred_snmp::oid!(1.3)))
                .collect();
            let mut found = read(tool, &agent, version, &[options, &["1.3"]].concat());
            found.retain(|row| row.value != netsnmp::END_OF_MIB_VIEW);
            for (row, variable) in found.iter().zip(&expected) {
                assert_eq!(*row, Row::from(variable.as_ref()), "{device} {tool}");
            }
            assert_eq!(found.len(), expected.len(), "{device} {tool}");
        }
    }
}
