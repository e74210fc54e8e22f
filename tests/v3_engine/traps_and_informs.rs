//! Traps and informs of SNMPv3 between engines without I/O: traps in the authority of their sender,
//! informs in that of their receiver.

use std::time::{Duration, Instant};

use deferred_snmp::applications::{acknowledgement, notification};
use deferred_snmp::engine::{
    Context, Credentials, Endpoint, Engine, EngineConfig, Event, IncomingNotification, Peer,
    Request, RequestId, UsmCredentials,
};
use deferred_snmp::message::Version;
use deferred_snmp::oid;
use deferred_snmp::pdu::{Pdu, PduKind};
use deferred_snmp::security::usm::{
    AuthProtocol, PrivProtocol, User, UserEntry, UserTable, UsmUser,
};
use deferred_snmp::security::{EngineId, SecurityLevel, SecurityModel};
use deferred_snmp::smi::{VarBind, VarBindList};
use util::hex_octets;
use util::shared::shared;

const SENDER: u8 = 9;
const RECEIVER: u8 = 7;

fn engine_id(number: u8) -> EngineId {
    EngineId::generate(20_408, [number; 8])
}

fn user(name: &str) -> User {
    let user = UsmUser::new(name).unwrap();
    let authentication = "authentication phrase";
    match name {
        "plain" => user.into(),
        "auth" => user
            .auth(AuthProtocol::Sha256, authentication)
            .unwrap()
            .into(),
        _ => {
            let user = user.auth(AuthProtocol::Sha1, authentication).unwrap();
            let user = user
                .privacy(PrivProtocol::Aes128, "privacy phrase")
                .unwrap();
            user.into()
        }
    }
}

const NAMES: [&str; 3] = ["plain", "auth", "both"];

/// A receiver of the traps that the users send from the sender's engine, and of their informs.
fn receiving() -> EngineConfig {
    let mut users = UserTable::default();
    for name in NAMES {
        let entry = UserEntry::new(user(name)).security_name(format!("{name} there"));
        users
            .insert(entry.clone().at_engine(engine_id(SENDER)))
            .unwrap();
        users.insert(entry).unwrap();
    }
    EngineConfig::with_seed(RECEIVER.into())
        .engine_id(engine_id(RECEIVER))
        .users(users)
        .notifications(true)
}

fn sending() -> EngineConfig {
    EngineConfig::with_seed(SENDER.into()).engine_id(engine_id(SENDER))
}

/// The instant from which all are counted, in seconds.
#[derive(Clone, Copy)]
struct Start(Instant);

impl Start {
    #[expect(
        clippy::disallowed_methods,
        reason = "an Instant can be had in no other way; only distances from it matter"
    )]
    fn new() -> Self {
        Self(Instant::now())
    }

    fn at(self, seconds: u64) -> Instant {
        self.0 + Duration::from_secs(seconds)
    }
}

fn peer(number: u8) -> Peer {
    Peer::udp(Endpoint(0), ([192, 0, 2, number], 162).into())
}

fn bindings() -> VarBindList {
    let objects = [VarBind::new(oid!(1.3.6.1.2.1.1.5.0), "name")];
    let mut list = VarBindList::new();
    let cold_start = oid!(1.3.6.1.6.3.1.1.5.1);
    notification(
        99,
        cold_start.as_ref(),
        &objects.into_iter().collect(),
        &mut list,
    );
    list
}

fn submit(engine: &mut Engine, now: Instant, user: User, kind: PduKind) -> RequestId {
    submit_in(engine, now, user, kind, Context::named("east"))
}

fn submit_in(
    engine: &mut Engine,
    now: Instant,
    user: User,
    kind: PduKind,
    context: Context,
) -> RequestId {
    let credentials = Credentials::Usm(UsmCredentials::new(user));
    let request = Request::new(peer(RECEIVER), credentials, Pdu::new(kind, 0, bindings()));
    engine.submit(now, request.context(context)).unwrap()
}

fn transmits(engine: &mut Engine, now: Instant) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let mut data = Vec::new();
    while engine.poll_transmit(now, &mut data).is_some() {
        found.push(data.clone());
    }
    found
}

fn taken(engine: &mut Engine) -> Vec<IncomingNotification> {
    std::iter::from_fn(|| engine.poll_event())
        .map(|event| match event {
            Event::Notification(notification) => notification,
            other => panic!("{other:?}"),
        })
        .collect()
}

/// The trap that an engine made at `begin` with these boots sends at `now`.
fn trap(start: Start, (begin, boots): (u64, u32), now: u64, user: User) -> Vec<u8> {
    let mut engine = Engine::new(sending().boots(boots), start.at(begin));
    submit(&mut engine, start.at(now), user, PduKind::TrapV2);
    transmits(&mut engine, start.at(0)).remove(0)
}

#[test]
fn a_trap_is_one_message_in_the_authority_of_its_sender() {
    let start = Start::new();
    for (name, level) in NAMES.into_iter().zip([
        SecurityLevel::NoAuthNoPriv,
        SecurityLevel::AuthNoPriv,
        SecurityLevel::AuthPriv,
    ]) {
        let mut sender = Engine::new(sending(), start.at(0));
        let mut receiver = Engine::new(receiving(), start.at(0));
        let id = submit(&mut sender, start.at(1), user(name), PduKind::TrapV2);
        let sent = transmits(&mut sender, start.at(0));
        assert_eq!(sent.len(), 1, "nobody is asked for an engine's name");
        let event = sender.poll_event();
        assert!(
            matches!(event, Some(Event::Sent { id: of }) if of == id),
            "{event:?}"
        );
        assert_eq!(sender.next_deadline(), None);

        receiver.handle_message(start.at(1), &peer(SENDER), &sent[0]);
        let [trap] = <[_; 1]>::try_from(taken(&mut receiver)).unwrap();
        assert_eq!(trap.state, None);
        assert!(trap.peer.is(&peer(SENDER)));
        assert_eq!(trap.version, Version::V3);
        assert_eq!(trap.security_model, SecurityModel::USM);
        assert_eq!(trap.security_level, level);
        assert_eq!(&*trap.security_name, format!("{name} there").as_bytes());
        assert_eq!(trap.community, None);
        assert_eq!(trap.context_engine_id, Some(engine_id(SENDER)));
        assert_eq!(&*trap.context_name, b"east");
        assert_eq!(trap.pdu.kind, PduKind::TrapV2);
        assert_eq!(trap.pdu.var_binds, bindings());
        assert!(
            transmits(&mut receiver, start.at(0)).is_empty(),
            "nobody answers a trap"
        );
    }
}

#[test]
fn an_inform_is_in_the_authority_of_its_receiver_and_acknowledged() {
    let start = Start::new();
    for name in NAMES {
        let mut sender = Engine::new(sending(), start.at(0));
        let mut receiver = Engine::new(receiving(), start.at(0));
        // The name and the clock of the receiver, the inform. The second one speaks of another engine's
        // context, and is answered in that.
        let east = Context::named("east");
        let clock = usize::from(name != "plain");
        for (expected, context, of) in [
            (2 + clock, east.clone(), RECEIVER),
            (1, east.at_engine(engine_id(42)), 42),
        ] {
            let kind = PduKind::InformRequest;
            let id = submit_in(&mut sender, start.at(1), user(name), kind, context);
            let mut rounds = 0;
            let mut informs = Vec::new();
            loop {
                let sent = transmits(&mut sender, start.at(0));
                if sent.is_empty() {
                    break;
                }
                rounds += 1;
                assert!(rounds < 10, "they never end");
                for data in sent {
                    receiver.handle_message(start.at(1), &peer(SENDER), &data);
                }
                for inform in taken(&mut receiver) {
                    let answer = acknowledgement(&inform, Vec::new());
                    assert!(receiver.respond(start.at(1), inform.state.unwrap(), answer));
                    informs.push(inform);
                }
                for data in transmits(&mut receiver, start.at(0)) {
                    sender.handle_message(start.at(1), &peer(RECEIVER), &data);
                }
            }
            assert_eq!(rounds, expected, "{name}");
            let [inform] = <[_; 1]>::try_from(informs).unwrap();
            assert_eq!(inform.context_engine_id, Some(engine_id(of)));
            assert_eq!(&*inform.context_name, b"east");
            assert_eq!(&*inform.security_name, format!("{name} there").as_bytes());
            assert_eq!(inform.pdu.kind, PduKind::InformRequest);
            match sender.poll_event() {
                Some(Event::Response {
                    id: answered,
                    response,
                }) => {
                    assert_eq!(answered, id);
                    assert_eq!(response.pdu.var_binds, bindings());
                }
                other => panic!("{other:?}"),
            }
        }
    }
}

#[test]
fn traps_from_before_the_window_or_an_earlier_boot_are_refused() {
    let start = Start::new();
    let mut receiver = Engine::new(receiving(), start.at(10_000));
    // (when the sender was made, its boots, whether the trap is taken); sent at 10,000 seconds.
    for ((begin, boots), is_taken) in [
        ((0, 5), true),
        ((9_900, 5), false),
        ((0, 4), false),
        ((100, 5), true),
        ((149, 5), true),
        ((151, 5), false),
        ((9_999, 6), true),
        ((0, 5), false),
    ] {
        let data = trap(start, (begin, boots), 10_000, user("auth"));
        receiver.handle_message(start.at(10_000), &peer(SENDER), &data);
        assert_eq!(taken(&mut receiver).len() == 1, is_taken, "{begin} {boots}");
        assert!(transmits(&mut receiver, start.at(0)).is_empty());
    }
    assert_eq!(receiver.statistics().stale_messages, 4);
    assert_eq!(receiver.statistics().notifications, 4);
}

#[test]
fn a_trap_is_taken_once_and_not_after_the_window() {
    let start = Start::new();
    let mut receiver = Engine::new(receiving(), start.at(0));
    let mut taken_at = |seconds, data: &[u8]| {
        receiver.handle_message(start.at(seconds), &peer(SENDER), data);
        taken(&mut receiver).len() == 1
    };
    // Three traps of the same second.
    let traps = ["both", "auth", "both"].map(|name| trap(start, (0, 1), 10, user(name)));
    assert!(taken_at(10, &traps[0]));
    assert!(!taken_at(10, &traps[0]), "repeated at once");
    assert!(taken_at(160, &traps[1]), "150 seconds late");
    assert!(!taken_at(160, &traps[1]), "repeated");
    assert!(!taken_at(161, &traps[2]), "151 seconds late");
    assert!(!taken_at(100_000, &traps[0]), "repeated long after");
    assert_eq!(receiver.statistics().stale_messages, 4);
}

#[test]
fn a_replayed_inform_is_refused_after_the_window_and_told_the_time() {
    let start = Start::new();
    let mut sender = Engine::new(sending(), start.at(0));
    let mut receiver = Engine::new(receiving(), start.at(0));
    submit(
        &mut sender,
        start.at(1),
        user("both"),
        PduKind::InformRequest,
    );
    // The name of the receiver, and its clock.
    for _ in 0..2 {
        let question = transmits(&mut sender, start.at(0)).remove(0);
        receiver.handle_message(start.at(1), &peer(SENDER), &question);
        let report = transmits(&mut receiver, start.at(0)).remove(0);
        sender.handle_message(start.at(1), &peer(RECEIVER), &report);
    }
    let inform = transmits(&mut sender, start.at(0)).remove(0);
    receiver.handle_message(start.at(1), &peer(SENDER), &inform);
    assert_eq!(taken(&mut receiver).len(), 1);
    receiver.handle_message(start.at(152), &peer(SENDER), &inform);
    assert!(taken(&mut receiver).is_empty());
    assert_eq!(receiver.statistics().not_in_time_windows, 2);
    assert_eq!(transmits(&mut receiver, start.at(0)).len(), 1, "a report");
}

#[test]
fn a_damaged_trap_is_never_taken() {
    let start = Start::new();
    for name in ["auth", "both"] {
        let data = trap(start, (0, 1), 10, user(name));
        let mut receiver = Engine::new(receiving(), start.at(0));
        for at in 0..data.len() {
            for bit in 0..8 {
                let mut damaged = data.clone();
                damaged[at] ^= 1 << bit;
                receiver.handle_message(start.at(10), &peer(SENDER), &damaged);
                assert!(taken(&mut receiver).is_empty(), "{name}: bit {bit} of {at}");
            }
            receiver.handle_message(start.at(10), &peer(SENDER), &data[..at]);
            assert!(taken(&mut receiver).is_empty(), "{name}: {at} octets");
        }
        transmits(&mut receiver, start.at(0));
        receiver.handle_message(start.at(10), &peer(SENDER), &data);
        assert_eq!(taken(&mut receiver).len(), 1, "the whole one is");
    }
}

#[test]
fn who_is_not_known_or_has_other_keys_only_moves_a_counter() {
    let start = Start::new();
    let mut receiver = Engine::new(receiving(), start.at(0));
    let mut give = |data: &[u8]| {
        receiver.handle_message(start.at(10), &peer(SENDER), data);
        assert!(taken(&mut receiver).is_empty());
        assert!(
            transmits(&mut receiver, start.at(0)).is_empty(),
            "nobody answers a trap"
        );
    };
    give(&trap(start, (0, 1), 10, user("nobody")));
    let other_phrase = UsmUser::new("auth").unwrap();
    let other_phrase = other_phrase.auth(AuthProtocol::Sha256, "another phrase");
    give(&trap(start, (0, 1), 10, other_phrase.unwrap().into()));
    // Without the keys that the user has, anybody could have sent it.
    give(&trap(
        start,
        (0, 1),
        10,
        UsmUser::new("auth").unwrap().into(),
    ));
    give(&trap(start, (0, 1), 10, {
        let more = UsmUser::new("plain").unwrap();
        more.auth(AuthProtocol::Sha1, "authentication phrase")
            .unwrap()
            .into()
    }));
    let mut elsewhere = Engine::new(sending().engine_id(engine_id(1)), start.at(0));
    submit(&mut elsewhere, start.at(10), user("auth"), PduKind::TrapV2);
    give(&transmits(&mut elsewhere, start.at(0))[0]);
    let counted = receiver.statistics();
    assert_eq!(counted.unknown_user_names, 1);
    assert_eq!(counted.wrong_digests, 1);
    assert_eq!(counted.unsupported_sec_levels, 2);
    assert_eq!(counted.unknown_engine_ids, 1);
    assert_eq!(counted.notifications, 0);
}

#[test]
fn without_a_taker_a_trap_is_a_pdu_that_nobody_handles() {
    let start = Start::new();
    let mut receiver = Engine::new(receiving().notifications(false), start.at(0));
    let data = trap(start, (0, 1), 10, user("both"));
    receiver.handle_message(start.at(10), &peer(SENDER), &data);
    assert!(!receiver.has_output());
    assert_eq!(receiver.statistics().unknown_pdu_handlers, 1);
}

#[test]
fn more_traps_than_allowed_are_dropped() {
    let start = Start::new();
    let mut receiver = Engine::new(receiving().max_unanswered(2), start.at(0));
    for second in 10..15 {
        let data = trap(start, (0, 1), second, user("auth"));
        receiver.handle_message(start.at(second), &peer(SENDER), &data);
    }
    assert_eq!(taken(&mut receiver).len(), 2);
    assert_eq!(receiver.statistics().dropped_notifications, 3);
}

#[test]
fn an_engine_that_has_used_up_its_boots_sends_no_authenticated_trap() {
    let start = Start::new();
    let mut sender = Engine::new(sending().boots(i32::MAX as u32), start.at(0));
    let id = submit(&mut sender, start.at(1), user("auth"), PduKind::TrapV2);
    assert!(transmits(&mut sender, start.at(0)).is_empty());
    let event = sender.poll_event();
    assert!(
        matches!(event, Some(Event::Failed { id: of, .. }) if of == id),
        "{event:?}"
    );
}

#[test]
fn a_recorded_trap_of_net_snmp() {
    let test = "a_recorded_trap_of_net_snmp";
    let Some(path) = shared(test, "vectors/notifications.json") else {
        return;
    };
    let text = std::fs::read_to_string(path).unwrap();
    let recorded: serde_json::Value = serde_json::from_str(&text).unwrap();
    let is_v3 = |item: &&serde_json::Value| item["name"].as_str().unwrap().starts_with("v3");
    let items: Vec<_> = recorded.as_array().unwrap().iter().filter(is_v3).collect();
    let [item] = items[..] else {
        panic!("{} traps of SNMPv3", items.len());
    };
    let user = UsmUser::new("ntf").unwrap();
    let user = user.auth(AuthProtocol::Sha256, "notify-auth-pass").unwrap();
    let user = user
        .privacy(PrivProtocol::Aes128, "notify-priv-pass")
        .unwrap();
    let sender: EngineId = "0x80001f8804746573742d656e67696e65".parse().unwrap();
    let mut users = UserTable::default();
    users
        .insert(UserEntry::new(user).at_engine(sender))
        .unwrap();
    let start = Start::new();
    let config = EngineConfig::with_seed(1).users(users).notifications(true);
    let mut receiver = Engine::new(config, start.at(0));
    let data = hex_octets(&item["messages"][0]["hex"]);
    receiver.handle_message(start.at(0), &peer(SENDER), &data);
    let [trap] = <[_; 1]>::try_from(taken(&mut receiver)).unwrap();
    assert_eq!(trap.security_level, SecurityLevel::AuthPriv);
    // The tool signs as one engine, and speaks of another one's context: its own.
    assert_eq!(
        trap.context_engine_id.map(|id| id.to_string()).as_deref(),
        Some("80001f888031deec078a03036b00000000")
    );
    let lines: Vec<_> = trap.pdu.var_binds.iter().map(|v| v.to_string()).collect();
    assert_eq!(
        lines,
        [
            "1.3.6.1.2.1.1.3.0 = 4242",
            "1.3.6.1.6.3.1.1.4.1.0 = 1.3.6.1.4.1.9999.0.1",
            "1.3.6.1.2.1.1.5.0 = a name",
            "1.3.6.1.2.1.2.2.1.1.7 = 7",
            "1.3.6.1.4.1.9999.1 = 0x00ff80",
            "1.3.6.1.4.1.9999.2 = 192.0.2.7",
            "1.3.6.1.4.1.9999.3 = 4294967295",
            "1.3.6.1.4.1.9999.4 = 18446744073709551615",
            "1.3.6.1.4.1.9999.5 = 1.3.6.1.4.1.9999.77",
            "1.3.6.1.4.1.9999.6 = 4294967295",
            "1.3.6.1.4.1.9999.7 = 123456",
        ]
    );
}
