//! Observers of an engine: what they are shown, when they end, and what a callback may do.

use std::cell::{Cell, RefCell};
use std::net::SocketAddr;
use std::rc::Rc;

use deferred_snmp::deferred::Interrupt;
use deferred_snmp::engine::Address;
use deferred_snmp::hlapi::*;
use deferred_snmp::message::{ScopedPduData, Version};
use deferred_snmp::objects::{MibTree, Scalar};
use deferred_snmp::oid;
use deferred_snmp::pdu::{PduBody, PduKind};
use hex_literal::hex;
use util::manager::{Manager, Pair, turn_until};
use util::raw;

fn pair() -> Pair {
    let mut tree = MibTree::new();
    tree.register(oid!(1.3.6.1.2.1.1.5), Scalar::constant("gateway"))
        .unwrap();
    Pair::new(tree)
}

fn ask(
    engine: &SnmpEngine,
    target: &UdpTransportTarget,
    auth: &dyn AuthData,
) -> deferred_snmp::deferred::Deferred<Response, SnmpError> {
    let name = ObjectType::new("SNMPv2-MIB::sysName.0");
    get_cmd(engine, auth, target, &ContextData::default(), [name])
}

fn get(pair: &mut Pair) {
    let deferred = ask(
        &pair.manager.engine,
        &pair.target,
        &CommunityData::new("public"),
    );
    pair.manager.succeed(deferred);
}

type Lines = Rc<RefCell<Vec<String>>>;

/// An observer that notes the direction and the kind of PDU.
fn note(engine: &SnmpEngine, name: &'static str, lines: &Lines) -> Observer {
    let lines = Rc::clone(lines);
    engine.observe(move |message| lines.borrow_mut().push(line(name, message)))
}

fn line(name: &str, message: &ObservedMessage<'_>) -> String {
    let kind = match message.pdu() {
        Some(PduBody::Pdu(pdu)) => pdu.kind.to_string(),
        Some(PduBody::Trap(_)) => "Trap-PDU".to_owned(),
        None => "?".to_owned(),
    };
    format!("{name} {:?} {kind}", message.direction())
}

#[test]
fn both_sides_see_each_message_with_its_addresses_and_parts() {
    let mut pair = pair();
    let seen = Rc::new(Cell::new(0));
    let agent_address: SocketAddr = pair.target.to_string().parse().unwrap();
    let observe = |engine: &SnmpEngine, first: Direction, peer_is_agent: bool| {
        let seen = Rc::clone(&seen);
        engine.observe(move |message| {
            let (kind, other) = match message.direction() == first {
                true => (PduKind::GetRequest, PduKind::Response),
                false => (PduKind::Response, PduKind::GetRequest),
            };
            let Some(PduBody::Pdu(pdu)) = message.pdu() else {
                panic!("{message}");
            };
            assert_eq!(pdu.kind, kind, "and not {other}");
            let Address::Udp(peer) = message.address() else {
                panic!("{message}");
            };
            let local = message.local_addr().unwrap();
            match peer_is_agent {
                true => assert_eq!(*peer, agent_address),
                false => assert_eq!(*local, Address::Udp(agent_address)),
            }
            let parts = message.community_message().unwrap();
            assert_eq!(parts.community, b"public");
            assert_eq!(message.version(), Some(Version::V2c));
            assert_eq!(message.security_level(), Some(SecurityLevel::NoAuthNoPriv));
            assert!(message.v3_message().is_none());
            for shown in [format!("{message}"), format!("{message:?}")] {
                assert!(!shown.contains("public"), "the community shows: {shown}");
            }
            seen.set(seen.get() + 1);
        })
    };
    observe(&pair.manager.engine, Direction::Sent, true);
    observe(&pair.agent, Direction::Received, false);
    get(&mut pair);
    assert_eq!(seen.get(), 4, "a request and a response at both sides");
}

#[test]
fn a_message_that_has_to_be_mended_shows_what_it_says() {
    let mut manager = Manager::new();
    let listening = SnmpEngine::new(&manager.reactor.handle());
    let address = listening
        .listen_udp("127.0.0.1:0".parse().unwrap())
        .unwrap();
    let seen = Rc::new(RefCell::new(Vec::new()));
    let shown = Rc::clone(&seen);
    listening.observe(move |message| {
        assert!(message.community_message().is_none());
        shown.borrow_mut().push(message.to_string());
    });
    let padded = hex!(
        "30 1d 02 01 01 04 01 63 a2 15 02 01 07 02 01 00 02 01 00 30 0a 30 08 06 04 2b 06 80 01 05 00"
    );
    let port = raw::open(&manager.reactor.handle(), |_, _| Vec::new());
    port.write(&padded, address).unwrap();
    turn_until(&mut manager.reactor, || !seen.borrow().is_empty());
    let from = port.local_addr();
    let expected = format!("from {from}: v2c Response-PDU id 7 [1.3.6.1 = ]");
    assert_eq!(*seen.borrow(), [expected]);
}

#[test]
fn of_a_private_message_the_envelope_shows_and_no_secret() {
    let mut pair = pair();
    let user = UsmUserData::new("alice")
        .auth(AuthProtocol::Sha1, "authkey1")
        .privacy(PrivProtocol::Aes128, "privkey1");
    pair.agent.add_v3_user(&user).unwrap();
    let engine_id = pair.agent.engine_id();
    let private = Rc::new(Cell::new(0));
    let reports = Rc::new(Cell::new(0));
    let (count, discovered) = (Rc::clone(&private), Rc::clone(&reports));
    pair.manager.engine.observe(move |message| {
        let v3 = message.v3_message().unwrap();
        let parameters = message.security_parameters().unwrap();
        assert!(message.community_message().is_none());
        assert_eq!(message.version(), Some(Version::V3));
        if message.security_level() == Some(SecurityLevel::AuthPriv) {
            assert_eq!(parameters.engine_id, engine_id.octets());
            assert_eq!(parameters.user_name, b"alice");
            assert!(matches!(v3.data, ScopedPduData::Encrypted(_)));
            assert!(message.pdu().is_none() && message.scoped_pdu().is_none());
            count.set(count.get() + 1);
        } else if let Some(PduBody::Pdu(pdu)) = message.pdu() {
            discovered.set(discovered.get() + u32::from(pdu.kind == PduKind::Report));
        }
        let shown = format!("{message} {message:?}");
        assert!(shown.contains("boots"), "{shown}");
        assert!(!shown.contains("authkey1") && !shown.contains("privkey1"));
    });
    // What it is refused or granted does not matter: both are answers.
    let deferred = ask(&pair.manager.engine, &pair.target, &user);
    let _ = pair.manager.settle(deferred);
    assert_eq!(reports.get(), 1, "the discovery");
    assert_eq!(private.get(), 2, "a request and its answer");
}

#[test]
fn traps_and_what_is_no_message_are_shown_too() {
    let mut manager = Manager::new();
    let receiver = SnmpEngine::new(&manager.reactor.handle());
    let address = receiver.listen_udp("127.0.0.1:0".parse().unwrap()).unwrap();
    let lines = Lines::default();
    note(&receiver, "receiver", &lines);
    let sent = send_notification(
        &manager.engine,
        &CommunityData::v1("public"),
        &UdpTransportTarget::from(address),
        &ContextData::default(),
        NotifyType::Trap,
        NotificationType::new("SNMPv2-MIB::coldStart"),
    );
    manager.succeed(sent);
    let port = raw::open(&manager.reactor.handle(), |_, _| Vec::new());
    port.write(b"noise", address).unwrap();
    let both = || lines.borrow().len() == 2;
    turn_until(&mut manager.reactor, both);
    let expected = ["receiver Received Trap-PDU", "receiver Received ?"];
    assert_eq!(*lines.borrow(), expected);
}

#[test]
fn each_try_is_shown() {
    let mut manager = Manager::new();
    let lines = Lines::default();
    note(&manager.engine, "manager", &lines);
    let mut left = 2;
    let address = raw::listen(&manager.reactor.handle(), move |request| {
        left -= 1;
        let answer = raw::Asked::new(request).answer(|_| ());
        Vec::from_iter((left == 0).then_some(answer))
    });
    let target = UdpTransportTarget::from(address)
        .timeout(std::time::Duration::from_millis(20))
        .retries(100);
    let deferred = ask(&manager.engine, &target, &CommunityData::new("public"));
    manager.succeed(deferred);
    let lines = lines.borrow();
    let sent = lines.iter().filter(|line| line.contains("Sent")).count();
    assert!(sent >= 2, "{lines:?}");
}

#[test]
fn they_are_called_in_order_until_they_are_closed() {
    let mut pair = pair();
    let lines = Lines::default();
    let engine = pair.manager.engine.clone();
    let first = note(&engine, "first", &lines);
    let second = note(&engine, "second", &lines);
    get(&mut pair);
    first.close();
    get(&mut pair);
    second.close();
    second.close();
    get(&mut pair);
    let expected = [
        "first Sent GetRequest-PDU",
        "second Sent GetRequest-PDU",
        "first Received Response-PDU",
        "second Received Response-PDU",
        "second Sent GetRequest-PDU",
        "second Received Response-PDU",
    ];
    assert_eq!(*lines.borrow(), expected);
    assert!(format!("{first:?}").contains("is_open: false"));
}

#[test]
fn a_dropped_handle_ends_nothing_and_the_end_of_the_engine_drops_the_callback() {
    let mut pair = pair();
    let held = Rc::new(());
    let kept = Rc::clone(&held);
    let observer = pair.manager.engine.observe(move |_| {
        let _ = &kept;
    });
    get(&mut pair);
    assert_eq!(Rc::strong_count(&held), 2);
    pair.manager.engine.close();
    assert_eq!(Rc::strong_count(&held), 1, "closing drops it");
    observer.close();

    let kept = Rc::clone(&held);
    drop(pair.manager.engine.observe(move |_| {
        let _ = &kept;
    }));
    assert_eq!(Rc::strong_count(&held), 2, "the handle does not matter");
    drop(pair);
    assert_eq!(Rc::strong_count(&held), 1, "the engine has ended");
}

#[test]
fn a_callback_may_end_itself_and_others_and_begin_others() {
    let mut pair = pair();
    let lines = Lines::default();
    let engine = pair.manager.engine.clone();
    let own: Rc<RefCell<Option<Observer>>> = Rc::default();
    let (itself, notes, of) = (Rc::clone(&own), Rc::clone(&lines), engine.clone());
    let last: Rc<RefCell<Option<Observer>>> = Rc::default();
    let doomed = Rc::clone(&last);
    let observer = engine.observe(move |message| {
        notes.borrow_mut().push(line("once", message));
        itself.take().expect("called once only").close();
        doomed.take().expect("it is there").close();
        note(&of, "later", &notes);
    });
    own.replace(Some(observer));
    last.replace(Some(note(&engine, "never", &lines)));
    get(&mut pair);
    let expected = ["once Sent GetRequest-PDU", "later Received Response-PDU"];
    assert_eq!(*lines.borrow(), expected);
}

#[test]
fn a_callback_may_start_requests() {
    let mut pair = pair();
    let engine = pair.manager.engine.clone();
    let target = pair.target.clone();
    let more = Rc::new(Cell::new(3_u32));
    let answered = Rc::new(Cell::new(0));
    let (left, done, of) = (Rc::clone(&more), Rc::clone(&answered), engine.clone());
    engine.observe(move |_| {
        if let Some(next) = left.get().checked_sub(1) {
            left.set(next);
            let done = Rc::clone(&done);
            ask(&of, &target, &CommunityData::new("public"))
                .add_callback(move |_| done.set(done.get() + 1));
        }
    });
    get(&mut pair);
    let all = || answered.get() == 3;
    turn_until(&mut pair.manager.reactor, all);
    assert_eq!(more.get(), 0);
}

#[test]
fn a_callback_may_close_the_engine_at_either_message() {
    for direction in [Direction::Sent, Direction::Received] {
        let mut pair = pair();
        let engine = pair.manager.engine.clone();
        let of = engine.clone();
        engine.observe(move |message| {
            if message.direction() == direction {
                of.close();
            }
        });
        let deferred = ask(&engine, &pair.target, &CommunityData::new("public"));
        let outcome = pair.manager.settle(deferred);
        let error = outcome.expect_err("it has been given up");
        assert!(
            matches!(error, SnmpError::Interrupt(Interrupt::Abandoned)),
            "{direction:?}: {error}"
        );
    }
}

#[test]
fn a_panic_stays_in_its_callback() {
    let mut pair = pair();
    let lines = Lines::default();
    let calls = Rc::new(Cell::new(0));
    let engine = pair.manager.engine.clone();
    let count = Rc::clone(&calls);
    engine.observe(move |_| {
        count.set(count.get() + 1);
        panic!("an observer that fails");
    });
    note(&engine, "second", &lines);
    get(&mut pair);
    get(&mut pair);
    assert_eq!(calls.get(), 4, "it keeps its place");
    assert_eq!(lines.borrow().len(), 4, "the others are called");
}
