//! Net-SNMP's tools against our agent in SNMPv3: every pair of protocols, and every refusal.

use deferred_snmp::access::OpenAccess;
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::{MibTree, Scalar};
use deferred_snmp::oid;
use util::agent::{self, Agent, settable};
use util::netsnmp::{self, Row};
use util::v3::{AUTH_PHRASE, PRIV_PHRASE, Pair, SHA_AES, table};

/// One object of each type.
const SCALARS: ObjectIdentifier = oid!(1.3.6.1.4.1.99999.1);

/// Adds a user who may read and write everything.
fn add(engine: &SnmpEngine, pair: Pair) -> Result<(), SnmpError> {
    let user = UsmUserData::new(pair.name()).security_name("writer");
    match (pair.auth, pair.privacy) {
        (Some(auth), Some(privacy)) => {
            engine.add_v3_user(&user.auth(auth, AUTH_PHRASE).privacy(privacy, PRIV_PHRASE))
        }
        (Some(auth), None) => engine.add_v3_user(&user.auth(auth, AUTH_PHRASE)),
        // Who cannot prove anything may do nothing.
        (None, _) => engine.add_v3_user(&user.security_name("nobody")),
    }
}

fn start(test: &str, pairs: &'static [Pair]) -> Option<Agent> {
    netsnmp::peer(test, "snmpget")?;
    let users = move |engine: &SnmpEngine| {
        for pair in pairs {
            add(engine, *pair).expect("a user with long phrases");
        }
    };
    Some(Agent::start_with("127.0.0.1", agent::writable_tree, users))
}

fn rows(variables: &[VarBind]) -> Vec<Row> {
    variables.iter().map(|v| Row::from(v.as_ref())).collect()
}

/// GET, SET and a walk as one user.
fn exercise(agent: &Agent, pair: Pair, round: usize) -> Result<(), String> {
    let all = agent::variables();
    let run = |tool: &str, options: &[&str], names: &[&str]| {
        let printed = pair.run(agent.address, tool, options, names);
        match printed.success {
            true => Ok(netsnmp::rows(&printed.stdout)),
            false => Err(format!("{tool}: {}", printed.stderr.trim())),
        }
    };
    let some = [&all[0], &all[12], &all[17]].map(VarBind::clone);
    let names = some.each_ref().map(|v| v.name.to_string());
    let found = run("snmpget", &[], &names.each_ref().map(String::as_str))?;
    if found != rows(&some) {
        return Err(format!("snmpget: {found:?}"));
    }
    let object = format!("{}.0", settable(1));
    let value = round.to_string();
    let set = run("snmpset", &[], &[&object, "i", &value])?;
    let read = run("snmpget", &[], &[&object])?;
    if set != read || read[0].value != value {
        return Err(format!("snmpset: {set:?}, then {read:?}"));
    }
    let scalars = all.iter().filter(|v| v.name.starts_with(&SCALARS));
    let scalars: Vec<VarBind> = scalars.cloned().collect();
    let found = run("snmpbulkwalk", &["-Cr20"], &[&SCALARS.to_string()])?;
    if found != rows(&scalars) {
        return Err(format!("snmpbulkwalk: {found:?}"));
    }
    Ok(())
}

#[test]
fn the_tools_read_and_write_with_every_pair_of_protocols() {
    const TEST: &str = "the_tools_read_and_write_with_every_pair_of_protocols";
    let pairs: &'static [Pair] = Pair::all().leak();
    let Some(agent) = start(TEST, pairs) else {
        return;
    };
    let mut failures = Vec::new();
    let mut cells = Vec::new();
    for (round, pair) in (1..).zip(pairs) {
        cells.push(match exercise(&agent, *pair, round) {
            Ok(()) => "ok",
            Err(error) if error.contains("Invalid") => "not there",
            Err(error) if pair.auth.is_none() && error.contains("authorizationError") => "refused",
            Err(error) => {
                failures.push(format!("{pair:?}: {error}"));
                "FAILED"
            }
        });
    }
    let title = "Net-SNMP's tools against our agent, by authentication and privacy";
    let table = table(title, &cells);
    util::tell(&table);
    assert!(failures.is_empty(), "{table}{failures:#?}");
    assert_eq!(cells[0], "refused", "nobody has rights without a digest");
    assert!(table.matches(" ok").count() >= 19, "{table}");
}

#[test]
fn the_tools_print_why_they_are_refused() {
    const TEST: &str = "the_tools_print_why_they_are_refused";
    const USERS: &[Pair] = &[SHA_AES];
    let Some(agent) = start(TEST, USERS) else {
        return;
    };
    let name = SHA_AES.name();
    let address = agent.address.to_string();
    let ask = |rest: &[&str]| {
        let common = ["-v3", "-r", "1", "-t", "1", "-a", "SHA"];
        let object = [&*address, "1.3.6.1.2.1.1.1.0"];
        let printed = netsnmp::run("snmpget", &[&common, rest, &object].concat());
        assert!(!printed.success, "{rest:?}: {printed:?}");
        printed.stderr
    };
    let phrase = ["-A", AUTH_PHRASE];
    let auth = |user, phrase| ["-l", "authNoPriv", "-u", user, "-A", phrase];
    let error = ask(&auth("stranger", AUTH_PHRASE));
    assert!(error.contains("Unknown user name"), "{error}");
    let error = ask(&auth(&name, "another phrase"));
    assert!(error.contains("Authentication failure"), "{error}");
    // A context that is not there, and a user who is not authenticated.
    let context = [&auth(&name, AUTH_PHRASE)[..], &["-n", "nowhere"]].concat();
    let error = ask(&context);
    assert!(error.contains("Bad context specified"), "{error}");
    let error = ask(&[&["-l", "noAuthNoPriv", "-u", &name][..], &phrase].concat());
    assert!(error.contains("authorizationError"), "{error}");
    let wrong_key = [
        "-l",
        "authPriv",
        "-x",
        "AES",
        "-X",
        "another phrase",
        "-u",
        &name,
    ];
    let error = ask(&[&wrong_key[..], &phrase].concat());
    assert!(error.contains("Decryption error"), "{error}");
}

#[test]
fn the_tools_find_the_engine_that_stands_for_any() {
    const TEST: &str = "the_tools_find_the_engine_that_stands_for_any";
    const USERS: &[Pair] = &[SHA_AES];
    let Some(agent) = start(TEST, USERS) else {
        return;
    };
    let object = "1.3.6.1.2.1.1.1.0";
    let read = |options: &[&str]| {
        let printed = SHA_AES.run(agent.address, "snmpget", options, &[object]);
        assert!(printed.success, "{printed:?}");
        netsnmp::rows(&printed.stdout)
    };
    assert_eq!(read(&["-E", "0x8000000006"]), read(&[]));
}

/// `snmpget -E`: a request about the context of an engine that the agent speaks for.
#[test]
fn the_tools_reach_who_has_registered_for_another_engine() {
    const TEST: &str = "the_tools_reach_who_has_registered_for_another_engine";
    if netsnmp::peer(TEST, "snmpget").is_none() {
        return;
    }
    let agent = Agent::start_with("127.0.0.1", agent::tree, |engine| {
        add(engine, SHA_AES).expect("a user with long phrases");
        let mut tree = MibTree::new();
        let scalar = Scalar::constant("a device behind the agent");
        tree.register(oid!(1.3.6.1.2.1.1.1), scalar)
            .expect("an empty tree");
        let device = "80000000010a0b0c0d".parse().expect("a name");
        let responder = CommandResponder::new(tree, OpenAccess);
        engine
            .register_responder_within(ContextScope::engine(device), responder)
            .expect("nobody else speaks for it");
    });
    let object = "1.3.6.1.2.1.1.1.0";
    let read = |options: &[&str]| {
        let options = [&["-r", "1", "-t", "1"], options].concat();
        SHA_AES.run(agent.address, "snmpget", &options, &[object])
    };
    for (options, expected) in [
        (&[][..], "an agent under test"),
        (&["-E", "0x80000000010a0b0c0d"], "a device behind the agent"),
    ] {
        let printed = read(options);
        assert!(printed.success, "{options:?}: {printed:?}");
        let expected = VarBind::new(oid!(1.3.6.1.2.1.1.1.0), expected);
        assert_eq!(netsnmp::rows(&printed.stdout), rows(&[expected]));
    }
    // Nobody speaks for this one.
    let printed = read(&["-E", "0x80000000010a0b0c0e"]);
    assert!(!printed.success, "{printed:?}");
    // Net-SNMP's words for a report of snmpUnknownPDUHandlers.
    let words = "snmpget: Bad version specified";
    assert!(printed.stderr.contains(words), "{printed:?}");
}

#[test]
fn the_tools_reach_the_contexts_of_other_engines() {
    const TEST: &str = "the_tools_reach_the_contexts_of_other_engines";
    if netsnmp::peer(TEST, "snmpget").is_none() {
        return;
    }
    let device = "80000000010a0b0c0d";
    let agent = Agent::start_with("127.0.0.1", agent::tree, move |engine| {
        add(engine, SHA_AES).expect("a user with long phrases");
        let device = ContextScope::engine(device.parse().expect("an engine id"));
        for (scope, number) in [
            (device.clone(), 1),
            (device.named("east"), 2),
            (ContextScope::this_engine().named("west"), 3),
        ] {
            let tree = || {
                let mut tree = MibTree::new();
                let object = Scalar::constant(number);
                tree.register(oid!(1.3.6.1.2.1.1.5), object).expect("free");
                tree
            };
            let mut responder = CommandResponder::new(tree(), OpenAccess);
            responder.contexts_mut().insert("east", tree());
            responder.contexts_mut().insert("west", tree());
            engine
                .register_responder_within(scope, responder)
                .expect("the only one");
        }
    });
    let ask = |options: &[&str]| {
        let object = "1.3.6.1.2.1.1.5.0";
        let options = [&["-r", "1", "-t", "1"], options].concat();
        let printed = SHA_AES.run(agent.address, "snmpget", &options, &[object]);
        match printed.success {
            true => netsnmp::rows(&printed.stdout)[0].value.clone(),
            false => printed.stderr,
        }
    };
    let (device, local) = (&*format!("0x{device}"), "0x8000000006");
    assert_eq!(ask(&[]), ask(&["-E", local]));
    assert_eq!(ask(&["-E", device]), "1");
    assert_eq!(ask(&["-E", device, "-n", "east"]), "2");
    assert_eq!(ask(&["-E", local, "-n", "west"]), "3");
    assert_eq!(ask(&["-n", "west"]), "3");
    let nobody = ask(&["-E", "0x80000000010a0b0c0e"]);
    // What Net-SNMP makes of snmpUnknownPDUHandlers.
    assert!(nobody.contains("Bad version specified"), "{nobody}");
}

/// The tree with an object of 2,000 octets between two short ones.
fn tree_with_a_long_object() -> MibTree {
    let mut tree = agent::tree();
    let behind = oid!(1.3.6.1.4.1.99999.10);
    tree.register(behind, Scalar::constant(1)).expect("free");
    for (arc, octets) in [(1, 1), (2, 2_000), (3, 1)] {
        let name = oid!(1.3.6.1.4.1.99999.9).child(arc).expect("short");
        let object = Scalar::constant(vec![b'x'; octets]);
        tree.register(name, object).expect("free");
    }
    tree
}

#[test]
fn snmpbulkwalk_ends_where_an_object_does_not_fit() {
    const TEST: &str = "snmpbulkwalk_ends_where_an_object_does_not_fit";
    if netsnmp::peer(TEST, "snmpbulkwalk").is_none() {
        return;
    }
    let agent = Agent::start_with("127.0.0.1", tree_with_a_long_object, |engine| {
        add(engine, SHA_AES).expect("a user with long phrases");
    });
    let address = agent.address;
    let v3 =
        |options: &[&str]| SHA_AES.run(address, "snmpbulkwalk", options, &["1.3.6.1.4.1.99999.9"]);
    // Who has authenticated, and takes long messages, reads all of it.
    let all = v3(&[]);
    assert!(all.success, "{all:?}");
    assert_eq!(netsnmp::rows(&all.stdout).len(), 3);
    // With less room it has what comes before, and an error.
    let small = v3(&["--sendMessageMaxSize=500"]);
    let text = address.to_string();
    let community = [
        "-v2c",
        "-c",
        "public",
        netsnmp::NUMERIC,
        &text,
        "1.3.6.1.4.1.99999.9",
    ];
    for printed in [small, netsnmp::run("snmpbulkwalk", &community)] {
        assert!(!printed.success, "{printed:?}");
        assert_eq!(netsnmp::rows(&printed.stdout).len(), 1, "{printed:?}");
        assert!(printed.stderr.contains("tooBig"), "{printed:?}");
    }
}
