//! Notifications through the high-level API: what is sent, what its Deferred fires with, and what a
//! receiver of our own gets.

use std::cell::{Cell, RefCell};
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::deferred::{DeferredList, Interrupt};
use deferred_snmp::engine::SubmitError;
use deferred_snmp::hlapi::*;
use deferred_snmp::message::Version;
use deferred_snmp::oid;
use deferred_snmp::pdu::{Pdu, PduKind};
use util::manager::{Manager, turn_until};
use util::raw;

/// A sender and a receiver on the same reactor.
struct Post {
    manager: Manager,
    receiver: SnmpEngine,
    address: SocketAddr,
    target: UdpTransportTarget,
}

impl Post {
    fn new() -> Self {
        let manager = Manager::new();
        let receiver = SnmpEngine::new(&manager.reactor.handle());
        receiver.add_v1_system("my-area", "public");
        let local = "127.0.0.1:0".parse().unwrap();
        let address = receiver.listen_udp(local).unwrap();
        let target = UdpTransportTarget::from(address)
            .timeout(Duration::from_secs(1))
            .retries(30);
        Self {
            manager,
            receiver,
            address,
            target,
        }
    }

    fn send(
        &mut self,
        auth: &dyn AuthData,
        notify_type: NotifyType,
        notification: impl Into<NotificationType>,
    ) -> Result<Response, SnmpError> {
        let context = ContextData::default();
        let deferred = send_notification(
            &self.manager.engine,
            auth,
            &self.target,
            &context,
            notify_type,
            notification,
        );
        self.manager.settle(deferred)
    }

    fn next(&mut self, queue: &NotificationQueue) -> Notification {
        self.manager.succeed(queue.next())
    }
}

fn lines(notification: &Notification) -> Vec<String> {
    notification.iter().map(|v| v.to_string()).collect()
}

fn warm_start() -> NotificationType {
    NotificationType::new("SNMPv2-MIB::warmStart").add_var_binds([
        ObjectType::from((oid!(1.3.6.1.2.1.1.3.0), TimeTicks(12_345))),
        ObjectType::new("SNMPv2-MIB::sysName.0").value("gateway"),
    ])
}

#[test]
fn a_trap_fires_when_it_is_sent_and_an_inform_when_it_is_acknowledged() {
    let mut post = Post::new();
    let queue = NotificationReceiver::queue(&post.receiver, 10).expect("the only one");
    let expected = [
        "SNMPv2-MIB::sysUpTime.0 = 12345",
        "SNMPv2-MIB::snmpTrapOID.0 = SNMPv2-MIB::warmStart",
        "SNMPv2-MIB::sysName.0 = gateway",
    ];

    let auth = CommunityData::new("public");
    let sent = post.send(&auth, NotifyType::Trap, warm_start()).unwrap();
    assert_eq!(sent.error_status(), ErrorStatus::NO_ERROR);
    assert_eq!(sent.iter().count(), 0);
    let trap = post.next(&queue);
    assert!(!trap.is_inform());
    assert_eq!(lines(&trap), expected);
    assert_eq!(trap.version(), Version::V2c);
    assert_eq!(trap.security_name(), b"my-area");
    assert_eq!(trap.community(), Some(&b"public"[..]));
    assert_eq!(trap.context_name(), b"");
    assert_eq!(trap.up_time(), Some(12_345));
    assert_eq!(trap.trap_oid(), Some(oid!(1.3.6.1.6.3.1.1.5.2)));
    assert_eq!(
        trap.local_addr().unwrap().to_string(),
        post.target.to_string()
    );
    assert!(trap.address().to_string().starts_with("127.0.0.1:"));
    let numbers = lines(&trap.lookup_mib(false));
    assert_eq!(numbers[1], "1.3.6.1.6.3.1.1.4.1.0 = 1.3.6.1.6.3.1.1.5.2");

    let answer = post.send(&auth, NotifyType::Inform, warm_start()).unwrap();
    let answer: Vec<String> = answer.iter().map(|v| v.to_string()).collect();
    assert_eq!(answer, expected);
    let inform = post.next(&queue);
    assert!(inform.is_inform());
    assert_eq!(lines(&inform), expected);
}

#[test]
fn a_v1_trap_takes_its_header_from_bindings() {
    let mut post = Post::new();
    let queue = NotificationReceiver::queue(&post.receiver, 10).expect("the only one");
    let auth = CommunityData::v1("public");
    let bare = NotificationType::new("SNMPv2-MIB::coldStart");
    post.send(&auth, NotifyType::Trap, bare).unwrap();
    let trap = post.next(&queue).lookup_mib(false);
    assert_eq!(trap.version(), Version::V1);
    assert_eq!(
        lines(&trap)[1..],
        [
            "1.3.6.1.6.3.1.1.4.1.0 = 1.3.6.1.6.3.1.1.5.1",
            "1.3.6.1.6.3.18.1.3.0 = 0.0.0.0",
            "1.3.6.1.6.3.18.1.4.0 = public",
            "1.3.6.1.6.3.1.1.4.3.0 = 1.3.6.1.6.3.1.1.5",
        ]
    );

    let custom = NotificationType::new("1.3.6.1.4.1.20408.4.1.1.2.0.432").add_var_binds([
        ObjectType::from((oid!(1.3.6.1.2.1.1.3.0), TimeTicks(12_345))),
        ObjectType::from((oid!(1.3.6.1.6.3.18.1.3.0), IpAddress::new(192, 0, 2, 7))),
        ObjectType::from((oid!(1.3.6.1.6.3.18.1.4.0), "told")),
        ObjectType::from((oid!(1.3.6.1.2.1.1.1.0), "my system")),
    ]);
    post.send(&auth, NotifyType::Trap, custom).unwrap();
    let trap = post.next(&queue).lookup_mib(false);
    assert_eq!(
        lines(&trap),
        [
            "1.3.6.1.2.1.1.3.0 = 12345",
            "1.3.6.1.6.3.1.1.4.1.0 = 1.3.6.1.4.1.20408.4.1.1.2.0.432",
            "1.3.6.1.6.3.18.1.4.0 = told",
            "1.3.6.1.2.1.1.1.0 = my system",
            // The receiver makes bindings of the header, behind the trap's own.
            "1.3.6.1.6.3.18.1.3.0 = 192.0.2.7",
            "1.3.6.1.6.3.1.1.4.3.0 = 1.3.6.1.4.1.20408.4.1.1.2",
        ]
    );

    let inform = post.send(&auth, NotifyType::Inform, warm_start());
    assert!(
        matches!(inform, Err(SnmpError::Submit(SubmitError::UnsupportedPdu))),
        "{inform:?}"
    );
    let large = warm_start().add_var_binds([(oid!(1.3.6.1.4.1.1.1.0), Counter64(1))]);
    let refused = post.send(&auth, NotifyType::Trap, large).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "the notification cannot be sent by SNMPv1: SNMPv1 has no Counter64 and no exceptions"
    );
}

#[test]
fn a_user_of_v3_sends_traps_from_its_own_engine_and_informs_to_the_receivers() {
    let mut post = Post::new();
    let queue = NotificationReceiver::queue(&post.receiver, 10).expect("the only one");
    let user = UsmUserData::new("joe")
        .auth(AuthProtocol::Sha256, "authentication phrase")
        .privacy(PrivProtocol::Aes128, "privacy phrase");
    let sender = post.manager.engine.engine_id();
    let at_sender = user.clone().security_engine_id(sender);
    post.receiver.add_v3_user(&user).unwrap();
    post.receiver
        .add_v3_user(&at_sender.security_name("joe there"))
        .unwrap();
    for (notify_type, engine_id, name) in [
        (NotifyType::Trap, sender, "joe there"),
        (NotifyType::Inform, post.receiver.engine_id(), "joe"),
    ] {
        let answer = post.send(&user, notify_type, warm_start()).unwrap();
        let taken = post.next(&queue);
        assert_eq!(taken.is_inform(), notify_type == NotifyType::Inform);
        assert_eq!(taken.version(), Version::V3);
        assert_eq!(taken.security_level(), SecurityLevel::AuthPriv);
        assert_eq!(taken.security_name(), name.as_bytes());
        assert_eq!(taken.community(), None);
        assert_eq!(taken.context_engine_id(), Some(engine_id));
        assert_eq!(taken.var_binds().len(), 3);
        let answered = if taken.is_inform() { 3 } else { 0 };
        assert_eq!(answer.iter().count(), answered);
    }
    let wrong = UsmUserData::new("joe").auth(AuthProtocol::Sha256, "some other phrase");
    let refused = post.send(&wrong, NotifyType::Inform, warm_start());
    assert_eq!(refused.unwrap_err().to_string(), "Wrong SNMP PDU digest");
    let short = UsmUserData::new("joe").auth(AuthProtocol::Sha256, "short");
    let refused = post.send(&short, NotifyType::Trap, warm_start());
    assert!(matches!(refused, Err(SnmpError::User(_))), "{refused:?}");
    assert!(queue.is_empty());
}

/// One who has the keys is added once, and not once for traps and once for informs.
#[test]
fn a_user_at_any_engine_sends_traps_and_informs() {
    let mut post = Post::new();
    let signed = UsmUserData::new("joe").auth(AuthProtocol::Sha256, "authentication phrase");
    let sealed = UsmUserData::new("sue")
        .auth(AuthProtocol::Sha256, "authentication phrase")
        .privacy(PrivProtocol::Aes128, "privacy phrase");
    let receiver = &post.receiver;
    receiver.add_v3_user(&signed.clone().any_engine()).unwrap();
    receiver.add_v3_user(&sealed.clone().any_engine()).unwrap();
    let queue = NotificationReceiver::queue(receiver, 10).expect("the only one");
    let users: [(&dyn AuthData, &[u8], SecurityLevel); 2] = [
        (&signed, b"joe", SecurityLevel::AuthNoPriv),
        (&sealed, b"sue", SecurityLevel::AuthPriv),
    ];
    for (auth, name, level) in users {
        for notify_type in [NotifyType::Inform, NotifyType::Trap, NotifyType::Inform] {
            post.send(auth, notify_type, warm_start()).unwrap();
            let taken = post.next(&queue);
            assert_eq!(taken.is_inform(), notify_type == NotifyType::Inform);
            assert_eq!(taken.security_level(), level);
            assert_eq!(taken.security_name(), name);
        }
    }
}

#[test]
fn what_is_removed_is_silence() {
    let mut post = Post::new();
    let queue = NotificationReceiver::queue(&post.receiver, 10).expect("the only one");
    post.receiver.add_v1_system("my-area", "publik");
    post.receiver.add_v1_system("other-area", "other");
    assert!(post.receiver.remove_v1_system("my-area"));
    assert!(!post.receiver.remove_v1_system("my-area"), "once");
    for community in ["public", "publik", "other"] {
        let auth = CommunityData::new(community);
        post.send(&auth, NotifyType::Trap, warm_start()).unwrap();
    }
    assert_eq!(post.next(&queue).community(), Some(&b"other"[..]));
    assert_eq!(post.receiver.statistics().in_bad_community_names, 2);
}

#[test]
fn notifications_go_out_from_the_address_that_was_chosen() {
    let mut post = Post::new();
    let queue = NotificationReceiver::queue(&post.receiver, 10).expect("the only one");
    let auth = CommunityData::v1("public");
    post.send(&auth, NotifyType::Trap, warm_start()).unwrap();
    assert!(
        post.next(&queue)
            .address()
            .to_string()
            .starts_with("127.0.0.1:")
    );
    let chosen = "127.0.0.3:0".parse().unwrap();
    let bound = post.manager.engine.send_from(chosen).unwrap();
    post.send(&auth, NotifyType::Trap, warm_start()).unwrap();
    let trap = post.next(&queue).lookup_mib(false);
    assert_eq!(trap.address().to_string(), bound.to_string());
    let agent = lines(&trap)
        .into_iter()
        .find(|line| line.starts_with("1.3.6.1.6.3.18.1.3.0 "));
    assert_eq!(agent.as_deref(), Some("1.3.6.1.6.3.18.1.3.0 = 127.0.0.3"));
    let nowhere = "192.0.2.1:0".parse().unwrap();
    let error = post.manager.engine.send_from(nowhere).unwrap_err();
    assert!(matches!(error, SnmpError::Transport(_)), "{error}");
}

#[test]
fn the_objects_of_a_definition_are_added() {
    let mut post = Post::new();
    let queue = NotificationReceiver::queue(&post.receiver, 10).expect("the only one");
    let auth = CommunityData::new("public");
    let link_up = NotificationType::symbol("IF-MIB", "linkUp")
        .instance_index(123)
        .object("IF-MIB", "ifIndex", 123)
        .object("", "ifAdminStatus", "up")
        .object("SNMPv2-MIB", "ifOperStatus", "up")
        .object("IF-MIB", "ifDescr", "not in the definition");
    post.send(&auth, NotifyType::Trap, link_up.clone()).unwrap();
    assert_eq!(
        lines(&post.next(&queue))[1..],
        [
            "SNMPv2-MIB::snmpTrapOID.0 = IF-MIB::linkUp",
            "IF-MIB::ifIndex.123 = 123",
            "IF-MIB::ifAdminStatus.123 = up",
        ]
    );
    // A binding of the same name takes the place of the definition's.
    let with_status = link_up.clone().add_var_binds([
        (ObjectIdentity::symbol("IF-MIB", "ifDescr", 123), "eth0"),
        (
            ObjectIdentity::symbol("IF-MIB", "ifAdminStatus", 123),
            "down",
        ),
        (ObjectIdentity::symbol("IF-MIB", "ifOperStatus", 123), "up"),
    ]);
    post.send(&auth, NotifyType::Trap, with_status).unwrap();
    assert_eq!(
        lines(&post.next(&queue))[2..],
        [
            "IF-MIB::ifIndex.123 = 123",
            "IF-MIB::ifAdminStatus.123 = down",
            "IF-MIB::ifOperStatus.123 = up",
            "IF-MIB::ifDescr.123 = eth0",
        ]
    );

    let wrong = link_up
        .clone()
        .object("IF-MIB", "ifAdminStatus", "sideways");
    let error = post.send(&auth, NotifyType::Trap, wrong).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("value of IF-MIB::ifAdminStatus.123: "),
        "{error}"
    );
    let error = post
        .send(&auth, NotifyType::Trap, link_up.instance_index([1, 2]))
        .unwrap_err();
    assert!(matches!(error, SnmpError::Name(_)), "{error}");
}

#[test]
fn what_a_notification_can_be_made_of() {
    let mut post = Post::new();
    let queue = NotificationReceiver::queue(&post.receiver, 10).expect("the only one");
    let auth = CommunityData::new("public");
    let cold = "SNMPv2-MIB::snmpTrapOID.0 = SNMPv2-MIB::coldStart";

    post.send(&auth, NotifyType::Trap, "SNMPv2-MIB::coldStart")
        .unwrap();
    assert_eq!(lines(&post.next(&queue))[1..], [cold]);
    let listed = [
        ObjectType::from((oid!(1.3.6.1.2.1.1.5.0), "gateway")),
        ObjectType::from((oid!(1.3.6.1.6.3.1.1.4.1.0), oid!(1.3.6.1.6.3.1.1.5.1))),
    ];
    post.send(&auth, NotifyType::Trap, listed.clone()).unwrap();
    let taken = lines(&post.next(&queue));
    assert_eq!(taken[1..], [cold, "SNMPv2-MIB::sysName.0 = gateway"]);
    let own_name = NotificationType::new("1.3.6.1.4.1.1.0.1").add_var_binds(listed);
    post.send(&auth, NotifyType::Trap, own_name).unwrap();
    assert_eq!(lines(&post.next(&queue))[1], cold, "the binding counts");

    let nameless: Vec<ObjectType> = vec![(oid!(1.3.6.1.2.1.1.5.0), "gateway").into()];
    let refused = post.send(&auth, NotifyType::Trap, nameless).unwrap_err();
    assert!(matches!(refused, SnmpError::NoTrapOid), "{refused}");
    let unknown = post
        .send(&auth, NotifyType::Trap, "SNMPv2-MIB::lukewarmStart")
        .unwrap_err();
    assert!(matches!(unknown, SnmpError::Name(_)), "{unknown}");
}

#[test]
fn several_targets_at_once_are_several_calls_in_a_list() {
    let mut post = Post::new();
    let seen = Rc::new(RefCell::new(Vec::new()));
    let to = Rc::clone(&seen);
    NotificationReceiver::new(&post.receiver, move |notification| {
        to.borrow_mut().push(notification.is_inform());
    })
    .expect("the only one");
    let nobody = raw::listen(&post.manager.reactor.handle(), |_| Vec::new());
    let nobody = UdpTransportTarget::from(nobody)
        .timeout(Duration::from_millis(1))
        .retries(1);
    let managers = [
        (&post.target, NotifyType::Trap),
        (&post.target, NotifyType::Inform),
        (&nobody, NotifyType::Trap),
        (&nobody, NotifyType::Inform),
    ];
    let sent = managers.map(|(target, notify_type)| {
        send_notification(
            &post.manager.engine,
            &CommunityData::new("public"),
            target,
            &ContextData::default(),
            notify_type,
            warm_start(),
        )
    });
    let outcomes = post.manager.succeed(DeferredList::new(sent));
    let ends: Vec<_> = outcomes
        .iter()
        .map(|outcome| match outcome {
            Ok(response) => Ok(response.iter().count()),
            Err(error) => Err(error.is_timeout()),
        })
        .collect();
    assert_eq!(ends, [Ok(0), Ok(3), Ok(0), Err(true)]);
    turn_until(&mut post.manager.reactor, || seen.borrow().len() >= 2);
    assert_eq!(*seen.borrow(), [false, true]);
}

#[test]
fn a_refused_community_or_no_receiver_is_silence() {
    let mut post = Post::new();
    post.target = post.target.timeout(Duration::from_millis(1)).retries(1);
    let auth = CommunityData::new("public");
    let unanswered = post.send(&auth, NotifyType::Inform, warm_start());
    assert!(unanswered.unwrap_err().is_timeout(), "nobody takes it");
    assert!(post.receiver.statistics().unknown_pdu_handlers > 0);

    let queue = NotificationReceiver::queue(&post.receiver, 10).expect("the only one");
    let other = CommunityData::new("publi");
    let unanswered = post.send(&other, NotifyType::Inform, warm_start());
    assert!(unanswered.unwrap_err().is_timeout(), "the wrong community");
    assert!(post.receiver.statistics().in_bad_community_names > 0);
    post.send(&other, NotifyType::Trap, warm_start()).unwrap();
    assert!(queue.is_empty());

    post.receiver.set_community_rule(|community| {
        let entry = CommunityEntry::new("by rule");
        community.ends_with(b"li").then_some(entry)
    });
    post.target = post.target.timeout(Duration::from_secs(1)).retries(30);
    post.send(&other, NotifyType::Inform, warm_start()).unwrap();
    let taken = post.next(&queue);
    assert_eq!(taken.security_name(), b"by rule");
    assert_eq!(taken.community(), Some(&b"publi"[..]));
}

#[test]
fn a_full_queue_drops_traps_and_leaves_informs_to_be_sent_again() {
    let mut post = Post::new();
    let queue = NotificationReceiver::queue(&post.receiver, 1).expect("the only one");
    let auth = CommunityData::new("public");
    post.send(&auth, NotifyType::Inform, warm_start()).unwrap();
    assert_eq!((queue.len(), queue.dropped()), (1, 0));
    post.target = post.target.timeout(Duration::from_millis(1)).retries(0);
    let unanswered = post.send(&auth, NotifyType::Inform, warm_start());
    assert!(unanswered.unwrap_err().is_timeout());
    turn_until(&mut post.manager.reactor, || queue.dropped() == 1);
    assert!(post.next(&queue).is_inform());
    post.target = post.target.timeout(Duration::from_secs(1)).retries(30);
    post.send(&auth, NotifyType::Inform, warm_start()).unwrap();
    assert_eq!((queue.len(), queue.dropped()), (1, 1));
}

fn length(notification: &Notification) -> usize {
    notification.var_binds().octets().len()
}

/// A notification with a text of so many octets.
fn long(octets: usize) -> NotificationType {
    let text = "x".repeat(octets);
    warm_start().add_var_binds([ObjectType::from((oid!(1.3.6.1.4.1.99999.1.0), text))])
}

#[test]
fn a_queue_is_bounded_in_octets() {
    let mut post = Post::new();
    let queue = NotificationReceiver::queue(&post.receiver, 100)
        .expect("the only one")
        .max_octets(2_500);
    let auth = CommunityData::new("public");
    for _ in 0..4 {
        post.send(&auth, NotifyType::Trap, long(1_000)).unwrap();
    }
    turn_until(&mut post.manager.reactor, || queue.dropped() == 2);
    assert_eq!(queue.len(), 2);
    // A short one has room yet, and an inform that has none is not acknowledged.
    post.send(&auth, NotifyType::Inform, warm_start()).unwrap();
    let hasty = post.target.clone();
    let hasty = hasty.timeout(Duration::from_millis(1)).retries(0);
    let patient = std::mem::replace(&mut post.target, hasty);
    let unanswered = post.send(&auth, NotifyType::Inform, long(1_000));
    assert!(unanswered.unwrap_err().is_timeout());
    turn_until(&mut post.manager.reactor, || queue.dropped() == 3);
    post.target = patient;

    let mut left = queue.octets();
    assert!((2_000..=2_500).contains(&left), "{left}");
    for _ in 0..3 {
        left -= length(&post.next(&queue));
        assert_eq!(queue.octets(), left);
    }
    assert_eq!((left, queue.len()), (0, 0));

    // One is kept whatever its length, and who waits gets any.
    post.send(&auth, NotifyType::Inform, long(10_000)).unwrap();
    assert_eq!(queue.len(), 1);
    post.send(&auth, NotifyType::Trap, warm_start()).unwrap();
    turn_until(&mut post.manager.reactor, || queue.dropped() == 4);
    assert!(length(&post.next(&queue)) > 10_000);
    let waiting = [queue.next(), queue.next()];
    for _ in 0..2 {
        post.send(&auth, NotifyType::Inform, long(10_000)).unwrap();
    }
    for next in waiting {
        assert!(length(&post.manager.succeed(next)) > 10_000);
    }
    assert_eq!((queue.octets(), queue.dropped()), (0, 4));
}

#[test]
fn an_inform_for_which_there_was_no_room_is_taken_when_it_comes_again() {
    let mut post = Post::new();
    let queue = NotificationReceiver::queue(&post.receiver, 1).expect("the only one");
    let auth = CommunityData::new("public");
    post.send(&auth, NotifyType::Inform, warm_start()).unwrap();
    let target = post.target.clone();
    let untiring = target.timeout(Duration::from_millis(5)).retries(20_000);
    let sent = send_notification(
        &post.manager.engine,
        &auth,
        &untiring,
        &ContextData::default(),
        NotifyType::Inform,
        warm_start(),
    );
    turn_until(&mut post.manager.reactor, || queue.dropped() >= 3);
    assert!(post.next(&queue).is_inform());
    post.manager.succeed(sent);
    assert_eq!(queue.len(), 1);
    assert_eq!(
        post.receiver.statistics().notifications,
        queue.dropped() + 2
    );
}

#[test]
fn a_callback_sees_an_inform_once_however_often_it_comes() {
    let mut post = Post::new();
    let (seen, acknowledged) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(0)));
    let (count, answers) = (Rc::clone(&seen), Rc::clone(&acknowledged));
    NotificationReceiver::new(&post.receiver, move |notification| {
        assert!(notification.is_inform());
        count.set(count.get() + 1);
    })
    .expect("the only one");
    let port = raw::open(&post.manager.reactor.handle(), move |_, _| {
        answers.set(answers.get() + 1);
        Vec::new()
    });
    let var_binds = [
        (oid!(1.3.6.1.2.1.1.3.0), TimeTicks(1).into()),
        (
            oid!(1.3.6.1.6.3.1.1.4.1.0),
            Value::from(oid!(1.3.6.1.6.3.1.1.5.1)),
        ),
    ];
    let pdu = Pdu::new(PduKind::InformRequest, 7, var_binds.into_iter().collect());
    let inform = raw::encode(Version::V2c, b"public", &pdu);
    for round in 1..=5 {
        port.write(&inform, post.address).unwrap();
        turn_until(&mut post.manager.reactor, || acknowledged.get() == round);
        assert_eq!(seen.get(), 1);
    }
    assert_eq!(post.receiver.statistics().repeated_informs, 4);
}

#[test]
fn a_receiver_can_end_and_be_replaced_from_inside() {
    let mut post = Post::new();
    let auth = CommunityData::new("public");
    let first = Rc::new(Cell::new(0));
    let second = Rc::new(Cell::new(0));
    let own = Rc::new(RefCell::new(None));
    let (counts, place) = (Rc::clone(&first), Rc::clone(&own));
    let receiver = NotificationReceiver::new(&post.receiver, move |_| {
        counts.set(counts.get() + 1);
        let receiver: Option<NotificationReceiver> = place.take();
        receiver.expect("it is called once").close();
    })
    .expect("the only one");
    own.replace(Some(receiver));
    post.send(&auth, NotifyType::Inform, warm_start()).unwrap();
    assert_eq!(first.get(), 1, "acknowledged, and in time");

    let (counts, engine) = (Rc::clone(&second), post.receiver.clone());
    let queue = Rc::new(RefCell::new(None));
    let (place, handle) = (Rc::clone(&queue), Rc::clone(&own));
    let replaced = NotificationReceiver::new(&post.receiver, move |_| {
        counts.set(counts.get() + 1);
        let taken = NotificationReceiver::queue(&engine, 1);
        assert!(matches!(taken, Err(SnmpError::Registration(_))));
        let receiver: Option<NotificationReceiver> = handle.take();
        receiver.expect("it is called once").close();
        let next = NotificationReceiver::queue(&engine, 1);
        place.replace(Some(next.expect("its place is free")));
    });
    own.replace(Some(replaced.expect("the only one")));
    post.send(&auth, NotifyType::Inform, warm_start()).unwrap();
    assert_eq!(second.get(), 1);
    post.send(&auth, NotifyType::Inform, warm_start()).unwrap();
    assert_eq!((first.get(), second.get()), (1, 1));
    let queue = queue.take().unwrap();
    assert_eq!(queue.len(), 1);
}

#[test]
fn those_who_wait_for_a_notification_learn_that_the_receiver_has_ended() {
    let mut post = Post::new();
    let queue = NotificationReceiver::queue(&post.receiver, 1).expect("the only one");
    let waiting = queue.next();
    post.receiver.close();
    for next in [waiting, queue.next()] {
        let error = post.manager.settle(next).unwrap_err();
        assert!(
            matches!(error, SnmpError::Interrupt(Interrupt::Abandoned)),
            "{error}"
        );
    }
}

#[test]
fn a_receiver_that_panics_goes_on_receiving() {
    let mut post = Post::new();
    let auth = CommunityData::new("public");
    let count = Rc::new(Cell::new(0));
    let counts = Rc::clone(&count);
    NotificationReceiver::new(&post.receiver, move |_| {
        counts.set(counts.get() + 1);
        assert!(counts.get() > 1, "the first is one too many");
    })
    .expect("the only one");
    post.send(&auth, NotifyType::Inform, warm_start()).unwrap();
    post.send(&auth, NotifyType::Inform, warm_start()).unwrap();
    turn_until(&mut post.manager.reactor, || count.get() == 2);
}

#[test]
fn a_notification_without_a_digest_does_not_come_in_the_name_of_a_user_with_keys() {
    let mut post = Post::new();
    let user = UsmUserData::new("joe").auth(AuthProtocol::Sha1, "authentication phrase");
    let at_sender = user
        .clone()
        .security_engine_id(post.manager.engine.engine_id());
    for user in [&user, &at_sender] {
        post.receiver.add_v3_user(user).unwrap();
    }
    let queue = NotificationReceiver::queue(&post.receiver, 8).expect("the only one");
    let unsigned = user.clone().level(SecurityLevel::NoAuthNoPriv);
    post.send(&unsigned, NotifyType::Trap, "SNMPv2-MIB::coldStart")
        .unwrap();
    let error = post
        .send(&unsigned, NotifyType::Inform, "SNMPv2-MIB::coldStart")
        .unwrap_err();
    assert_eq!(error.to_string(), "Unsupported SNMP security level");
    // What follows is the first to come.
    post.send(&user, NotifyType::Trap, "SNMPv2-MIB::warmStart")
        .unwrap();
    let notification = post.next(&queue);
    assert_eq!(notification.security_level(), SecurityLevel::AuthNoPriv);
    assert!(queue.is_empty());
    assert_eq!(post.receiver.statistics().unsupported_sec_levels, 2);
}
