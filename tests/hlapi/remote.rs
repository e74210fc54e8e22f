//! The verbs of a remote engine, beside those of PySNMP.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::access::OpenAccess;
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::engine::SubmitError;
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::{MibTree, Scalar};
use deferred_snmp::oid;
use util::agent;
use util::manager::{Manager, Pair};
use util::raw::{self, Asked};

fn v2c() -> CommunityData {
    CommunityData::new("private")
}

fn remote(pair: &Pair) -> RemoteEngine {
    pair.manager.engine.remote(&v2c(), &pair.target)
}

/// What a response says, as it is printed.
fn printed(response: &Response) -> Vec<String> {
    response.iter().map(|v| v.to_string()).collect()
}

#[test]
fn the_verbs_ask_what_those_of_pysnmp_ask() {
    let mut pair = Pair::new(agent::writable_tree());
    let remote = remote(&pair);
    let names = ["SNMPv2-MIB::sysName.0", "SNMPv2-MIB::sysDescr"];
    let cases = [
        (remote.get(names), pair.get(&v2c(), names)),
        (remote.next(names), pair.next(&v2c(), names)),
        (remote.bulk(1, 3, names), pair.bulk(&v2c(), (1, 3), names)),
    ];
    for (ours, pysnmps) in cases {
        let ours = pair.manager.succeed(ours);
        assert!(!ours.var_binds().is_empty());
        assert_eq!(printed(&ours), printed(&pysnmps.expect("an answer")));
    }
    let settable = agent::settable(1).child(0).expect("a short name");
    let set = remote.set([(settable.clone(), 7)]);
    let set = pair.manager.succeed(set);
    assert_eq!(set.error_status(), ErrorStatus::NO_ERROR);
    let read = pair.manager.succeed(remote.get([settable]));
    assert_eq!(read.iter().next().expect("one").value().as_i64(), Some(7));
    for (repetitions, walk) in [
        (None, remote.walk(["1.3.6.1"])),
        (Some(7), remote.bulk_walk(7, ["1.3.6.1"])),
    ] {
        let ours = pair.collect(walk.max_rows(30));
        let pysnmps = pair.walk(&v2c(), repetitions, ["1.3.6.1"]);
        assert_eq!(ours.len(), 30);
        assert_eq!(ours, pair.collect(pysnmps.max_rows(30)));
    }
}

#[test]
fn a_notification_goes_to_the_remote_engine() {
    let mut manager = Manager::new();
    let receiver = SnmpEngine::new(&manager.reactor.handle());
    receiver.add_v1_system("my-area", "public");
    let address = receiver.listen_udp(([127, 0, 0, 1], 0).into());
    let target = UdpTransportTarget::from(address.expect("a free port"));
    let queue = NotificationReceiver::queue(&receiver, 10).expect("the only one");
    let remote = manager
        .engine
        .remote(&CommunityData::new("public"), &target);
    let warm_start = NotificationType::new("SNMPv2-MIB::warmStart");
    let informed = manager.succeed(remote.notify(NotifyType::Inform, warm_start));
    assert_eq!(informed.iter().len(), 2);
    let inform = manager.succeed(queue.next());
    assert!(inform.is_inform());
    assert_eq!(inform.trap_oid(), Some(oid!(1.3.6.1.6.3.1.1.5.2)));
}

#[test]
fn the_context_is_the_one_that_is_set() {
    let mut pair = Pair::new(MibTree::new());
    let mut inside = MibTree::new();
    let contact = Scalar::constant("in the context");
    inside.register(oid!(1.3.6.1.2.1.1.4), contact).unwrap();
    let mut responder = CommandResponder::new(MibTree::new(), OpenAccess);
    responder.contexts_mut().insert("inside", inside);
    // They come before the one for all contexts.
    let empty = CommandResponder::new(MibTree::new(), OpenAccess);
    for (context, responder) in [("inside", responder), ("", empty)] {
        let scope = ContextScope::this_engine().named(context);
        let registered = pair.agent.register_responder_within(scope, responder);
        registered.expect("the only one for that context");
    }
    pair.agent.add_v3_user(&UsmUserData::new("plain")).unwrap();
    let engine = pair.manager.engine.clone();
    let outside = engine.remote(&UsmUserData::new("plain"), &pair.target);
    let inside = outside
        .clone()
        .context(&ContextData::default().name("inside"));
    for (remote, expected) in [
        (inside, "SNMPv2-MIB::sysContact.0 = in the context"),
        (
            outside,
            "SNMPv2-MIB::sysContact.0 = No Such Object currently exists at this OID",
        ),
    ] {
        let response = pair.manager.succeed(remote.get(["sysContact.0"]));
        assert_eq!(printed(&response), [expected]);
    }
}

#[test]
fn without_look_up_everything_prints_in_numbers() {
    let mut pair = Pair::new(agent::tree());
    let remote = remote(&pair).lookup_mib(false);
    let expected = ["1.3.6.1.2.1.1.2.0 = 1.3.6.1.4.1.8072.3.2.10"];
    let got = pair.manager.succeed(remote.get(["sysObjectID.0"]));
    assert_eq!(printed(&got), expected);
    let lines = Rc::new(RefCell::new(Vec::new()));
    let filling = Rc::clone(&lines);
    let walk = remote.walk(["sysObjectID"]).lexicographic_mode(false);
    let walk = walk.for_each(move |row| {
        let row = row.iter().map(|v| v.to_string());
        filling.borrow_mut().extend(row);
    });
    pair.manager.succeed(walk);
    assert_eq!(lines.take(), expected);
    // Set for one walk, as well.
    let walk = pair.walk(&v2c(), None, ["sysObjectID"]).lookup_mib(false);
    let filling = Rc::clone(&lines);
    let walk = walk.max_rows(1).for_each(move |row| {
        let row = row.iter().map(|v| v.to_string());
        filling.borrow_mut().extend(row);
    });
    pair.manager.succeed(walk);
    assert_eq!(lines.take(), expected);
}

#[test]
fn patience_is_that_of_the_target_unless_it_is_set() {
    let mut manager = Manager::new();
    let mut heard = 0;
    let peer = raw::listen(&manager.reactor.handle(), move |datagram| {
        heard += 1;
        match heard {
            ..=3 => vec![],
            _ => vec![Asked::new(datagram).answer(|_| ())],
        }
    });
    let short = Duration::from_millis(5);
    let target = UdpTransportTarget::from(peer).timeout(short).retries(0);
    let remote = manager.engine.remote(&v2c(), &target);
    let error = manager.settle(remote.get(["1.3.6"])).expect_err("one try");
    assert!(error.is_timeout(), "{error:?}");
    let never = remote.clone().timeout(Duration::ZERO);
    let error = manager.settle(never.get(["1.3.6"])).expect_err("no time");
    assert!(matches!(error, SnmpError::Submit(SubmitError::ZeroTimeout)));
    let patient = remote.retries(100_000);
    manager.succeed(patient.get(["1.3.6"]));
}

#[test]
fn what_is_wrong_with_the_credentials_is_told_by_each_verb() {
    let mut pair = Pair::new(agent::tree());
    let user = UsmUserData::new("user").auth(AuthProtocol::Sha1, "short");
    let remote = pair.manager.engine.remote(&user, &pair.target);
    let is_users = |error: SnmpError| matches!(error, SnmpError::User(_));
    let get = pair.manager.settle(remote.get(["sysName.0"]));
    assert!(is_users(get.expect_err("a short phrase")));
    let walk = pair.manager.settle(remote.walk(["sysName"]).collect());
    assert!(is_users(walk.expect_err("a short phrase")));
    let notified = remote.notify(NotifyType::Trap, "SNMPv2-MIB::warmStart");
    let notified = pair.manager.settle(notified);
    assert!(is_users(notified.expect_err("a short phrase")));
}

#[test]
fn a_target_may_be_any_that_is_one() {
    let mut pair = Pair::new(agent::tree());
    let targets: [Box<dyn TransportTarget>; 2] =
        [Box::new(pair.target.clone()), Box::new(pair.target.clone())];
    let (engine, context) = (pair.manager.engine.clone(), ContextData::default());
    for target in &targets {
        let lent: &dyn TransportTarget = &**target;
        let all = [
            engine.remote(&v2c(), target).get(["sysName.0"]),
            engine.remote(&v2c(), lent).get(["sysName.0"]),
            get_cmd(&engine, &v2c(), lent, &context, ["sysName.0"]),
        ];
        for get in all {
            let response = pair.manager.succeed(get);
            assert_eq!(printed(&response), ["SNMPv2-MIB::sysName.0 = example"]);
        }
        let walk = walk_cmd(&engine, &v2c(), lent, &context, ["sysName"]).max_rows(1);
        assert_eq!(pair.collect(walk).len(), 1);
        assert_eq!(lent.to_string(), pair.target.to_string());
    }
}
