//! SNMPv3 against Net-SNMP's agent: every pair of protocols that it speaks, its restarts, and its
//! reports.

use std::time::Duration;

use deferred_snmp::engine::{Credentials, ErrorIndication};
use deferred_snmp::hlapi::*;
use deferred_snmp::oid;
use deferred_snmp::security::usm::MasterKey;
use util::manager::Manager;
use util::netsnmp::{self, Row, Snmpd};
use util::v3::{AUTH_PHRASE, PRIV_PHRASE, Pair, SHA_AES, table};

/// Where snmpd keeps objects of known value; see the harness.
const OBJECTS: ObjectIdentifier = oid!(1.3.6.1.4.1.99999.7);
const WRITABLE: &str = "1.3.6.1.4.1.99999.7.7.0";

fn configuration(pairs: &[Pair]) -> String {
    pairs.iter().map(|pair| pair.configuration()).collect()
}

fn rows_of<'a>(var_binds: impl IntoIterator<Item = &'a NamedVarBind>) -> Vec<Row> {
    let var_binds = var_binds.into_iter();
    var_binds.map(|v| Row::from(v.as_ref())).collect()
}

fn get(
    manager: &mut Manager,
    user: &Credentials,
    target: &UdpTransportTarget,
    names: &[&str],
) -> Result<Vec<Row>, SnmpError> {
    let context = ContextData::default();
    let names = names.iter().copied();
    let deferred = get_cmd(&manager.engine, user, target, &context, names);
    let response = manager.settle(deferred)?.into_result()?;
    Ok(response.var_binds().iter().map(Row::from).collect())
}

/// GET, SET and a walk with GETBULK as one user; what differs from what the tools read is an error.
fn exercise(manager: &mut Manager, snmpd: &Snmpd, pair: Pair, round: i32) -> Result<(), String> {
    let (user, target) = (pair.user(), snmpd.v4().into());
    let names = ["1.3.6.1.2.1.1.1.0", "1.3.6.1.4.1.99999.7.3.0", WRITABLE];
    let compare = |what: &str, found: &[Row], tool: &str, names: &[&str]| {
        let printed = pair.run(snmpd.v4(), tool, &[], names);
        if !printed.success {
            return Err(format!("{tool}: {}", printed.stderr.trim()));
        }
        let mut rows = netsnmp::rows(&printed.stdout);
        rows.retain(|row| row.value != netsnmp::END_OF_MIB_VIEW);
        (rows == found)
            .then_some(())
            .ok_or_else(|| format!("{what}: {found:?} instead of {rows:?}"))
    };
    let found = get(manager, &user, &target, &names).map_err(|error| format!("get: {error}"))?;
    compare("get", &found, "snmpget", &names)?;

    let context = ContextData::default();
    let value = ObjectType::from((WRITABLE, round));
    let deferred = set_cmd(&manager.engine, &user, &target, &context, [value]);
    let response = manager.settle(deferred).and_then(Response::into_result);
    response.map_err(|error| format!("set: {error}"))?;
    let found = get(manager, &user, &target, &[WRITABLE]).map_err(|error| error.to_string())?;
    if found[0].value != round.to_string() {
        return Err(format!("set: {found:?} instead of {round}"));
    }

    let walk = bulk_walk_cmd(&manager.engine, &user, &target, &context, 3, [OBJECTS]);
    let rows = manager.settle(walk.lexicographic_mode(false).collect());
    let rows = rows.map_err(|error| format!("walk: {error}"))?;
    let found = rows_of(rows.iter().flatten());
    compare("walk", &found, "snmpwalk", &[&OBJECTS.to_string()])
}

#[test]
fn every_pair_of_protocols_reads_and_writes_what_the_tools_do() {
    const TEST: &str = "every_pair_of_protocols_reads_and_writes_what_the_tools_do";
    let pairs = Pair::all();
    let Some(snmpd) = Snmpd::start_with(TEST, &configuration(&pairs)) else {
        return;
    };
    let mut manager = Manager::new();
    let mut failures = Vec::new();
    let mut cells = Vec::new();
    for (round, pair) in (1..).zip(&pairs) {
        // What this Net-SNMP was built without is nobody's failure.
        let probe = pair.run(snmpd.v4(), "snmpget", &[], &["1.3.6.1.2.1.1.3.0"]);
        let cell = if !probe.success && probe.stderr.contains("Invalid") {
            "not there"
        } else {
            match exercise(&mut manager, &snmpd, *pair, round) {
                Ok(()) => "ok",
                Err(error) => {
                    failures.push(format!("{pair:?}: {error}"));
                    "FAILED"
                }
            }
        };
        cells.push(cell);
    }
    let title = "GET, SET and GETBULK walk, by authentication and privacy";
    let table = table(title, &cells);
    util::tell(&table);
    assert!(failures.is_empty(), "{table}{failures:#?}");
    assert!(table.matches(" ok").count() >= 20, "{table}");
}

#[test]
fn a_walk_of_everything_reads_what_snmpbulkwalk_reads() {
    const TEST: &str = "a_walk_of_everything_reads_what_snmpbulkwalk_reads";
    let Some(snmpd) = Snmpd::start_with(TEST, &SHA_AES.configuration()) else {
        return;
    };
    let mut manager = Manager::new();
    let names = |rows: &[Row]| rows.iter().map(|row| row.oid.clone()).collect::<Vec<_>>();
    let read = || {
        let printed = SHA_AES.run(snmpd.v4(), "snmpbulkwalk", &[], &["1.3"]);
        assert!(printed.success, "{printed:?}");
        let mut rows = netsnmp::rows(&printed.stdout);
        rows.retain(|row| row.value != netsnmp::END_OF_MIB_VIEW);
        names(&rows)
    };
    // The system's own tables may change between two walks: try again then.
    for _ in 0..10 {
        let before = read();
        let walk = bulk_walk_cmd(
            &manager.engine,
            &SHA_AES.user(),
            &UdpTransportTarget::from(snmpd.v4()),
            &ContextData::default(),
            50,
            [oid!(1.3)],
        );
        let found = names(&rows_of(manager.succeed(walk.collect()).iter().flatten()));
        assert!(found.len() > 500, "{} rows", found.len());
        if before == read() {
            assert_eq!(found, before);
            return;
        }
    }
    panic!("the objects of this system do not stand still");
}

/// How a GET of sysUpTime.0 ends.
fn ask(manager: &mut Manager, snmpd: &Snmpd, user: &Credentials) -> Result<(), ErrorIndication> {
    ask_at(manager, &UdpTransportTarget::from(snmpd.v4()), user)
}

fn ask_at(
    manager: &mut Manager,
    target: &UdpTransportTarget,
    user: &Credentials,
) -> Result<(), ErrorIndication> {
    match get(manager, user, target, &["1.3.6.1.2.1.1.3.0"]) {
        Ok(_) => Ok(()),
        Err(SnmpError::Indication(error)) => Err(error),
        Err(error) => panic!("{error}"),
    }
}

/// What the agent says of itself: snmpEngineID and snmpEngineBoots.
fn engine_of(snmpd: &Snmpd) -> (String, u32) {
    let names = ["1.3.6.1.6.3.10.2.1.1.0", "1.3.6.1.6.3.10.2.1.2.0"];
    let pair = Pair {
        auth: None,
        privacy: None,
    };
    let printed = pair.run(snmpd.v4(), "snmpget", &[], &names);
    let [id, boots] = &netsnmp::rows(&printed.stdout)[..] else {
        panic!("{printed:?}");
    };
    (id.value.clone(), boots.value.parse().expect("a number"))
}

#[test]
fn an_agent_that_was_restarted_or_replaced_is_followed() {
    const TEST: &str = "an_agent_that_was_restarted_or_replaced_is_followed";
    let pairs = [
        SHA_AES,
        Pair {
            privacy: None,
            ..SHA_AES
        },
        Pair {
            auth: None,
            privacy: None,
        },
    ];
    let users = configuration(&pairs);
    let Some(mut snmpd) = Snmpd::start_with(TEST, &users) else {
        return;
    };
    let mut manager = Manager::new();
    let mut ask_all = |snmpd: &Snmpd| {
        for pair in pairs {
            let before = manager.engine.statistics();
            let target = UdpTransportTarget::from(snmpd.v4()).follow_engine_changes(true);
            let outcome = ask_at(&mut manager, &target, &pair.user());
            assert_eq!(outcome, Ok(()), "{pair:?}");
            let after = manager.engine.statistics();
            assert_eq!(after.timeouts, before.timeouts);
        }
        manager.engine.statistics()
    };
    let first = ask_all(&snmpd);
    assert_eq!(first.discoveries, 1);
    // One that does not follow.
    let mut strict = Manager::new();
    assert_eq!(ask(&mut strict, &snmpd, &SHA_AES.user()), Ok(()));
    // One boot later.
    let (id, boots) = engine_of(&snmpd);
    snmpd.restart_with(&users);
    assert_eq!(engine_of(&snmpd), (id.clone(), boots + 1));
    let restarted = ask_all(&snmpd);
    assert_eq!(restarted.discoveries, 1);
    assert!(restarted.resynchronisations > first.resynchronisations);
    // Another device at the same address.
    let other = format!("exactEngineID 0x8000000001020304\n{users}");
    snmpd.forget();
    snmpd.restart_with(&other);
    let (other_id, _) = engine_of(&snmpd);
    assert_eq!(other_id, "80 00 00 00 01 02 03 04");
    let impatient = UdpTransportTarget::from(snmpd.v4())
        .timeout(Duration::from_millis(100))
        .retries(2);
    let outcome = ask_at(&mut strict, &impatient, &SHA_AES.user());
    let Err(ErrorIndication::OtherEngine { expected, found }) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(found.to_string(), "8000000001020304");
    let octets = id.replace(' ', "").to_lowercase();
    assert_eq!(expected.to_string(), octets);
    let replaced = ask_all(&snmpd);
    assert_eq!(replaced.engine_changes, 1);
    assert!(replaced.resynchronisations > restarted.resynchronisations);
    // Two boots later, and then it has lost count: its clock goes back.
    for _ in 0..2 {
        snmpd.restart_with(&other);
    }
    assert_eq!(engine_of(&snmpd), (other_id.clone(), 3));
    let later = ask_all(&snmpd);
    assert!(later.resynchronisations > replaced.resynchronisations);
    snmpd.forget();
    snmpd.restart_with(&other);
    assert_eq!(engine_of(&snmpd), (other_id, 1));
    let lost = ask_all(&snmpd);
    assert!(lost.resynchronisations > later.resynchronisations);
    assert_eq!(lost.discoveries, 1);
    // Known again: one message each.
    let known = ask_all(&snmpd);
    assert_eq!(known.resynchronisations, lost.resynchronisations);
    assert_eq!(known.out_pkts, lost.out_pkts + pairs.len() as u64);
}

#[test]
fn each_way_to_fail_is_told_apart() {
    const TEST: &str = "each_way_to_fail_is_told_apart";
    let auth_only = Pair {
        privacy: None,
        ..SHA_AES
    };
    let users = configuration(&[SHA_AES, auth_only]);
    let Some(snmpd) = Snmpd::start_with(TEST, &users) else {
        return;
    };
    let mut manager = Manager::new();
    let mut fail = |user: Result<Credentials, SnmpError>| {
        let user = user.expect("phrases that are long enough");
        ask(&mut manager, &snmpd, &user).expect_err("a user that is not the agent's")
    };
    let stranger = UsmUserData::new("stranger").auth(AuthProtocol::Sha1, AUTH_PHRASE);
    assert_eq!(
        fail(stranger.credentials()),
        ErrorIndication::UnknownUserName
    );
    let wrong = SHA_AES.user_with("another phrase", PRIV_PHRASE);
    assert_eq!(fail(Ok(wrong)), ErrorIndication::WrongDigest);
    let other = UsmUserData::new(SHA_AES.name()).auth(AuthProtocol::Md5, AUTH_PHRASE);
    assert_eq!(fail(other.credentials()), ErrorIndication::WrongDigest);
    let too_much = UsmUserData::new(auth_only.name())
        .auth(AuthProtocol::Sha1, AUTH_PHRASE)
        .privacy(PrivProtocol::Aes128, PRIV_PHRASE);
    let error = fail(too_much.credentials());
    assert_eq!(error, ErrorIndication::UnsupportedSecurityLevel);
    // What it cannot decrypt, this Net-SNMP keeps to itself; others may report it.
    let wrong = SHA_AES.user_with(AUTH_PHRASE, "another phrase");
    let impatient = UdpTransportTarget::from(snmpd.v4())
        .timeout(Duration::from_millis(100))
        .retries(2);
    let error = get(&mut manager, &wrong, &impatient, &["1.3.6.1.2.1.1.3.0"]).unwrap_err();
    let is_reported = matches!(
        error,
        SnmpError::Indication(ErrorIndication::DecryptionError)
    );
    assert!(is_reported || error.is_timeout(), "{error}");
    // The corrected phrase counts at once.
    assert_eq!(ask(&mut manager, &snmpd, &SHA_AES.user()), Ok(()));
    let elsewhere = EngineId::new(&[0x80, 0, 0, 0, 1, 2, 3, 4]).expect("an engine id");
    let bound = UsmUserData::new(SHA_AES.name())
        .auth(AuthProtocol::Sha1, AUTH_PHRASE)
        .security_engine_id(elsewhere);
    let bound = bound.credentials().expect("a long phrase");
    match ask(&mut manager, &snmpd, &bound) {
        Err(ErrorIndication::OtherEngine { expected, .. }) => assert_eq!(expected, elsewhere),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_key_is_as_good_as_the_phrase_that_it_was_made_from() {
    const TEST: &str = "a_key_is_as_good_as_the_phrase_that_it_was_made_from";
    let engine = [0x80, 0, 0, 0, 1, 2, 3, 4];
    let users = format!(
        "exactEngineID 0x8000000001020304\n{}",
        SHA_AES.configuration()
    );
    let Some(snmpd) = Snmpd::start_with(TEST, &users) else {
        return;
    };
    let mut manager = Manager::new();
    let engine = EngineId::new(&engine).expect("an engine id");
    let master = |phrase: &str| {
        let made = MasterKey::from_passphrase(AuthProtocol::Sha1, phrase.as_bytes());
        made.expect("a long phrase")
    };
    let (auth, privacy) = (master(AUTH_PHRASE), master(PRIV_PHRASE));
    let masters = UsmUserData::new(SHA_AES.name())
        .auth(AuthProtocol::Sha1, Key::master(auth.secret().expose()))
        .privacy(PrivProtocol::Aes128, Key::master(privacy.secret().expose()));
    let localized = |key: &MasterKey| {
        let key = key.localize(&engine);
        Key::localized(engine, key.secret().expose())
    };
    let localized = UsmUserData::new(SHA_AES.name())
        .auth(AuthProtocol::Sha1, localized(&auth))
        .privacy(PrivProtocol::Aes128, localized(&privacy));
    let at_engine = localized.clone().security_engine_id(engine);
    for user in [
        masters.credentials(),
        localized.credentials(),
        at_engine.credentials(),
    ] {
        let user = user.expect("keys of the right length");
        assert_eq!(ask(&mut manager, &snmpd, &user), Ok(()));
    }
}

#[test]
fn the_engine_that_stands_for_any_tells_its_name() {
    const TEST: &str = "the_engine_that_stands_for_any_tells_its_name";
    let Some(snmpd) = Snmpd::start_with(TEST, &configuration(&[SHA_AES])) else {
        return;
    };
    let mut manager = Manager::new();
    let target = UdpTransportTarget::from(snmpd.v4());
    let deferred = get_cmd(
        &manager.engine,
        &SHA_AES.user(),
        &target,
        &ContextData::default().engine_id(EngineId::LOCAL),
        [ObjectType::symbol("SNMP-FRAMEWORK-MIB", "snmpEngineID", 0)],
    );
    let response = manager.succeed(deferred);
    let name = manager
        .engine
        .engine_id_of(&target)
        .expect("it has answered");
    let value = response
        .var_binds()
        .iter()
        .next()
        .expect("one object")
        .value;
    assert_eq!(value.as_bytes(), Some(name.octets()));
}
