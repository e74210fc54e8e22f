//! SNMPv3 through the high-level API: users, contexts, and what goes wrong with them.

use std::time::Duration;

use deferred_snmp::access::OpenAccess;
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::deferred::Interrupt;
use deferred_snmp::engine::ErrorIndication;
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::{MibTree, Scalar};
use deferred_snmp::oid;
use deferred_snmp::security::usm::UserError;
use util::agent;
use util::manager::Pair;
use util::raw;

fn user() -> impl AuthData {
    UsmUserData::new("both")
        .auth(AuthProtocol::Sha1, "authentication phrase")
        .privacy(PrivProtocol::Aes128, "privacy phrase")
}

fn pair() -> Pair {
    let pair = Pair::new(agent::tree());
    let reader = |name: &str| UsmUserData::new(name).security_name("reader");
    let auth = |name: &str| reader(name).auth(AuthProtocol::Sha256, "authentication phrase");
    let writer = UsmUserData::new("both").security_name("writer");
    let writer = writer.auth(AuthProtocol::Sha1, "authentication phrase");
    let writer = writer.privacy(PrivProtocol::Aes128, "privacy phrase");
    let plain = UsmUserData::new("plain").security_name("anybody");
    pair.agent.add_v3_user(&plain).unwrap();
    pair.agent.add_v3_user(&auth("auth")).unwrap();
    pair.agent.add_v3_user(&writer).unwrap();
    pair
}

fn get(pair: &mut Pair, auth: &dyn AuthData, context: &ContextData) -> Result<Response, SnmpError> {
    let engine = &pair.manager.engine;
    let objects = [ObjectType::symbol("SNMPv2-MIB", "sysDescr", 0)];
    let get = get_cmd(engine, auth, &pair.target, context, objects);
    pair.manager.settle(get)
}

fn indication(pair: &mut Pair, auth: &dyn AuthData, context: &ContextData) -> ErrorIndication {
    match get(pair, auth, context) {
        Err(SnmpError::Indication(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_level_and_a_community_are_answered_by_one_agent() {
    let mut pair = pair();
    let sha = UsmUserData::new("auth").auth(AuthProtocol::Sha256, "authentication phrase");
    let all: [&dyn AuthData; 4] = [
        &UsmUserData::new("plain"),
        &sha,
        &user(),
        &CommunityData::new("public"),
    ];
    for auth in all {
        let response = get(&mut pair, auth, &ContextData::default()).unwrap();
        let text = response.iter().next().unwrap().to_string();
        assert_eq!(text, "SNMPv2-MIB::sysDescr.0 = an agent under test");
    }
}

#[test]
fn walks_and_sets_go_through_as_well() {
    let mut pair = pair();
    let (engine, context) = (&pair.manager.engine, ContextData::default());
    let walk = bulk_walk_cmd(engine, &user(), &pair.target, &context, 10, [oid!(1.3)]);
    let rows = pair.manager.succeed(walk.collect());
    let found: Vec<_> = rows.into_iter().flatten().collect();
    assert_eq!(found, agent::variables());

    let engine = &pair.manager.engine;
    let name = ObjectType::new("SNMPv2-MIB::sysName.0").value("renamed");
    let set = set_cmd(engine, &user(), &pair.target, &context, [name]);
    let response = pair.manager.succeed(set);
    assert_eq!(response.error_status(), ErrorStatus::NO_ERROR);
}

#[test]
fn what_is_wrong_with_a_key_goes_to_the_errback() {
    let mut pair = pair();
    let short = UsmUserData::new("both").auth(AuthProtocol::Sha1, "short");
    let error = get(&mut pair, &short, &ContextData::default()).unwrap_err();
    assert!(matches!(
        error,
        SnmpError::User(UserError::PassphraseTooShort)
    ));
    let engine = &pair.manager.engine;
    let walk = walk_cmd(
        engine,
        &short,
        &pair.target,
        &ContextData::default(),
        [oid!(1.3)],
    );
    let error = pair.manager.settle(walk.collect()).unwrap_err();
    assert!(matches!(
        error,
        SnmpError::User(UserError::PassphraseTooShort)
    ));
    let nobody = UsmUserData::new("");
    assert!(pair.manager.engine.add_v3_user(&nobody).is_err());
}

#[test]
fn the_agent_says_what_is_wrong() {
    let mut pair = pair();
    let default = ContextData::default();
    let unknown = UsmUserData::new("nobody");
    assert_eq!(
        indication(&mut pair, &unknown, &default),
        ErrorIndication::UnknownUserName
    );
    let wrong = UsmUserData::new("both").auth(AuthProtocol::Sha1, "another phrase");
    assert_eq!(
        indication(&mut pair, &wrong, &default),
        ErrorIndication::WrongDigest
    );
    let elsewhere = default.clone().name("elsewhere");
    assert_eq!(
        indication(&mut pair, &user(), &elsewhere),
        ErrorIndication::UnknownContext
    );
    let weak = UsmUserData::new("auth")
        .auth(AuthProtocol::Sha256, "authentication phrase")
        .privacy(PrivProtocol::Aes128, "privacy phrase");
    assert_eq!(
        indication(&mut pair, &weak, &default),
        ErrorIndication::UnsupportedSecurityLevel
    );
    // And a corrected phrase is good at once.
    assert!(get(&mut pair, &user(), &default).is_ok());
}

#[test]
fn a_context_has_its_own_objects() {
    let mut pair = pair();
    let mut responder = CommandResponder::new(agent::tree(), OpenAccess);
    let mut tree = MibTree::new();
    let scalar = Scalar::constant("in another context");
    tree.register(oid!(1.3.6.1.2.1.1.1), scalar).unwrap();
    responder.contexts_mut().insert("other", tree);
    let scope = ContextScope::this_engine().named("other");
    let registered = pair.agent.register_responder_within(scope, responder);
    registered.expect("the only one for that context");
    let other = ContextData::default().name("other");
    let at_engine = other.clone().engine_id(pair.agent.engine_id());
    for context in [other, at_engine] {
        let response = get(&mut pair, &user(), &context).unwrap();
        let text = response.iter().next().unwrap().to_string();
        assert_eq!(text, "SNMPv2-MIB::sysDescr.0 = in another context");
    }
    let foreign = ContextData::default().engine_id("8000000001020304".parse().unwrap());
    assert_eq!(
        indication(&mut pair, &user(), &foreign),
        ErrorIndication::UnknownPduHandler
    );
}

#[test]
fn the_name_of_the_agent_is_known_once_it_was_asked() {
    let mut pair = pair();
    let (default, name) = (ContextData::default(), pair.agent.engine_id());
    let known = |pair: &Pair| pair.manager.engine.engine_id_of(&pair.target);
    assert_eq!(known(&pair), None);
    get(&mut pair, &CommunityData::new("public"), &default).unwrap();
    assert_eq!(known(&pair), None, "SNMPv2c does not tell");
    let given = UsmUserData::new("plain").security_engine_id(name);
    get(&mut pair, &given, &default).unwrap();
    assert_eq!(known(&pair), None, "it was given, and not discovered");

    let stranger = UsmUserData::new("nobody");
    indication(&mut pair, &stranger, &default);
    assert_eq!(known(&pair), Some(name), "a refusal tells as well");
    let elsewhere = UdpTransportTarget::new(("127.0.0.1", 1));
    assert_eq!(pair.manager.engine.engine_id_of(&elsewhere), None);
    let unresolved = UdpTransportTarget::new(("no-such-host.invalid", 161));
    assert_eq!(pair.manager.engine.engine_id_of(&unresolved), None);
}

#[test]
fn an_engine_can_ask_itself() {
    let mut pair = pair();
    pair.manager.engine = pair.agent.clone();
    assert!(get(&mut pair, &user(), &ContextData::default()).is_ok());
}

#[test]
fn the_examples_print_what_their_own_agent_has() {
    const TEST: &str = "the_examples_print_what_their_own_agent_has";
    let octets = "IF-MIB::ifInOctets.1 = 1000\n";
    let descr = "SNMPv2-MIB::sysDescr.0 = an agent of deferred-snmp\n";
    let discovered = format!("Remote securityEngineId = 0x80004fb805636c6f75644dab22cc\n{descr}");
    let expected = [
        ("usm_none_none", octets),
        ("usm_md5_none", octets),
        ("usm_md5_des", octets),
        ("usm_sha_aes128", descr),
        ("usm_sha512_aes256", descr),
        ("usm_master_keys", descr),
        ("usm_localized_keys", descr),
        ("discover_engine_id", &discovered),
        ("custom_security_name", descr),
        (
            "custom_context",
            "SNMPv2-MIB::sysDescr.0 = another context of the same agent\n",
        ),
        (
            "native_usm_sha_set",
            "SNMPv2-MIB::sysLocation.0 = my new value\n",
        ),
    ];
    let Some(programs) = util::examples(TEST, &expected.map(|(name, _)| name)) else {
        return;
    };
    for ((name, expected), program) in expected.into_iter().zip(programs) {
        let output = std::process::Command::new(program).output();
        let output = output.expect("an example can be started");
        let text = String::from_utf8_lossy(&output.stdout);
        assert_eq!(text, expected, "{name}: {output:?}");
        assert!(output.status.success(), "{name}");
    }
}

#[test]
fn an_engine_is_asked_for_its_name_without_a_user() {
    let mut pair = pair();
    let named = pair.agent.engine_id();
    let discovering = discover(&pair.manager.engine, &pair.target);
    assert_eq!(pair.manager.succeed(discovering), named);
    assert_eq!(pair.manager.engine.engine_id_of(&pair.target), Some(named));
    let at_engine = UsmUserData::new("plain").security_engine_id(named);
    get(&mut pair, &at_engine, &ContextData::default()).unwrap();
    // An agent that has neither users nor communities tells it as well.
    let stranger = SnmpEngine::new(&pair.manager.reactor.handle());
    let address = stranger.listen_udp("127.0.0.1:0".parse().unwrap()).unwrap();
    // What localhost means first is the system's affair.
    let _ = stranger.listen_udp(([0, 0, 0, 0, 0, 0, 0, 1], address.port()).into());
    let by_name = UdpTransportTarget::new(("localhost", address.port()));
    for target in [address.into(), by_name] {
        let discovering = discover(&pair.manager.engine, &target);
        assert_eq!(pair.manager.succeed(discovering), stranger.engine_id());
    }
    // While a request is under way there.
    let asked = pair.manager.get("1.3.6.1.2.1.1.1.0", &user(), &pair.target);
    let discovering = discover(&pair.manager.engine, &pair.target);
    assert_eq!(pair.manager.succeed(discovering), named);
    pair.manager.succeed(asked);
}

#[test]
fn a_discovery_times_out_and_is_cancelled_as_a_request_is() {
    let mut pair = pair();
    let silent = raw::listen(&pair.manager.reactor.handle(), |_| Vec::new());
    let target = UdpTransportTarget::from(silent);
    let hasty = target.clone().timeout(Duration::from_millis(1)).retries(2);
    let discovering = discover(&pair.manager.engine, &hasty);
    let error = pair.manager.settle(discovering).unwrap_err();
    assert!(error.is_timeout(), "{error}");
    // How many tries: one that is late by more than a time-out is not made any more.
    assert!(error.to_string().contains(" of 1ms"), "{error}");

    let discovering = discover(&pair.manager.engine, &target);
    let handle = discovering.cancel_handle();
    pair.manager.reactor.turn().unwrap();
    assert!(handle.cancel());
    let error = pair.manager.settle(discovering).unwrap_err();
    assert!(matches!(error, SnmpError::Interrupt(Interrupt::Cancelled)));

    let discovering = discover(&pair.manager.engine, &target);
    pair.manager.engine.close();
    let error = pair.manager.settle(discovering).unwrap_err();
    assert!(matches!(error, SnmpError::Interrupt(Interrupt::Abandoned)));

    let nowhere = UdpTransportTarget::new(("name.invalid", 161));
    let discovering = discover(
        &pair.manager.engine,
        &nowhere.timeout(Duration::from_secs(1)),
    );
    assert!(pair.manager.settle(discovering).is_err());
}
