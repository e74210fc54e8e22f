//! Traps and informs of SNMPv3: who is the authority, and what is refused.

use deferred_snmp::engine::{EngineConfig, Event, IncomingNotification, UsmCredentials};
use deferred_snmp::pdu::PduKind;
use deferred_snmp::security::usm::{UserEntry, UserTable};
use deferred_snmp::security::{SecurityLevel, SecurityModel};

use crate::pair::{Forged, Pair, auth_user, decoded, engine_id, plain_user, request, user};

/// A receiver, engine 7, that takes traps from engine 1 and informs.
fn pair_with(users: UserTable) -> Pair {
    let sender = EngineConfig::with_seed(1).engine_id(engine_id(1)).boots(3);
    let receiver = EngineConfig::with_seed(7).engine_id(engine_id(7));
    Pair::with(sender, receiver.users(users).notifications(true))
}

fn pair() -> Pair {
    let mut users = UserTable::default();
    for user in [user("both"), auth_user("auth"), plain_user("plain")] {
        users.insert(UserEntry::new(user.clone())).unwrap();
        users
            .insert(UserEntry::new(user).at_engine(engine_id(1)))
            .unwrap();
    }
    pair_with(users)
}

fn trap(pair: &mut Pair, credentials: UsmCredentials) -> Vec<u8> {
    let mut request = request(credentials);
    request.pdu.kind = PduKind::TrapV2;
    let id = pair.submit_request(request);
    let trap = pair.asked().remove(0);
    let event = pair.manager.poll_event();
    assert!(
        matches!(event, Some(Event::Sent { id: of }) if of == id),
        "{event:?}"
    );
    trap
}

fn taken(pair: &mut Pair) -> Option<IncomingNotification> {
    match pair.agent.poll_event()? {
        Event::Notification(notification) => Some(notification),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_trap_is_in_the_authority_of_its_sender() {
    for (credentials, level) in [
        (
            UsmCredentials::new(plain_user("plain")),
            SecurityLevel::NoAuthNoPriv,
        ),
        (
            UsmCredentials::new(auth_user("auth")),
            SecurityLevel::AuthNoPriv,
        ),
        (UsmCredentials::new(user("both")), SecurityLevel::AuthPriv),
    ] {
        let mut pair = pair();
        pair.pass(5_000);
        let name = String::from_utf8_lossy(credentials.user().name()).into_owned();
        let datagram = trap(&mut pair, credentials);
        let (header, parameters) = decoded(&datagram);
        assert!(!header.flags.is_reportable());
        assert_eq!(parameters.engine_id, engine_id(1).octets());
        assert_eq!((parameters.boots, parameters.time), (3, 5));
        pair.give_agent(&datagram);
        let notification = taken(&mut pair).unwrap();
        assert_eq!(notification.security_level, level);
        assert_eq!(notification.security_model, SecurityModel::USM);
        assert_eq!(*notification.security_name, *name.as_bytes());
        assert_eq!(notification.context_engine_id, Some(engine_id(1)));
        assert_eq!(notification.pdu.kind, PduKind::TrapV2);
        assert!(notification.state.is_none() && notification.community.is_none());
        assert!(pair.answered().is_empty());
    }
}

#[test]
fn an_inform_is_in_the_authority_of_its_receiver_and_answered() {
    let mut pair = pair();
    let mut inform = request(UsmCredentials::new(user("both")));
    inform.pdu.kind = PduKind::InformRequest;
    let id = pair.submit_request(inform);
    // The name of the receiver, its clock, the inform.
    for _ in 0..3 {
        for datagram in pair.asked() {
            pair.give_agent(&datagram);
            pair.to_agent.push(datagram);
        }
        if let Some(notification) = taken(&mut pair) {
            let mut pdu = notification.pdu;
            pdu.kind = PduKind::Response;
            assert!(
                pair.agent
                    .respond(pair.now(), notification.state.unwrap(), pdu)
            );
        }
        for datagram in pair.answered() {
            pair.give_manager(&datagram);
        }
    }
    assert_eq!(pair.outcomes(), [(id, Ok(()))]);
    let inform = pair.to_agent.last().unwrap();
    assert_eq!(decoded(inform).1.engine_id, engine_id(7).octets());
}

#[test]
fn a_trap_that_comes_late_or_from_an_earlier_boot_is_refused() {
    let mut pair = pair();
    let credentials = UsmCredentials::new(user("both"));
    let first = trap(&mut pair, credentials.clone());
    pair.give_agent(&first);
    assert!(taken(&mut pair).is_some());
    pair.pass(151_000);
    pair.give_agent(&first);
    assert!(taken(&mut pair).is_none(), "151 seconds later");
    assert_eq!(pair.agent.statistics().stale_messages, 1);
    let second = trap(&mut pair, credentials.clone());
    pair.give_agent(&second);
    assert!(taken(&mut pair).is_some());
    // The sender restarts.
    let config = EngineConfig::with_seed(2).engine_id(engine_id(1)).boots(4);
    pair.manager = deferred_snmp::engine::Engine::new(config, pair.now());
    let third = trap(&mut pair, credentials);
    pair.give_agent(&third);
    assert!(taken(&mut pair).is_some());
    pair.give_agent(&second);
    assert!(taken(&mut pair).is_none(), "from before the restart");
    assert_eq!(pair.agent.statistics().stale_messages, 2);
}

#[test]
fn traps_of_unknown_engines_and_users_and_with_wrong_keys_are_counted() {
    let mut both = UserTable::default();
    let elsewhere = UserEntry::new(user("both")).at_engine(engine_id(2));
    both.insert(elsewhere).unwrap();
    let mut pair = pair_with(both);
    let datagram = trap(&mut pair, UsmCredentials::new(user("both")));
    pair.give_agent(&datagram);
    assert_eq!(pair.agent.statistics().unknown_engine_ids, 1);

    let mut pair = self::pair();
    let strange = [user("nobody"), user("auth"), user("plain")];
    for user in strange {
        let datagram = trap(&mut pair, UsmCredentials::new(user));
        pair.give_agent(&datagram);
    }
    let mistyped = crate::pair::user_with("both", "mistyped phrase", "privacy phrase");
    let datagram = trap(&mut pair, UsmCredentials::new(mistyped));
    pair.give_agent(&datagram);
    let counted = pair.agent.statistics();
    assert_eq!(counted.unknown_user_names, 1);
    assert_eq!(counted.unsupported_sec_levels, 2);
    assert_eq!(counted.wrong_digests, 1);
    assert!(taken(&mut pair).is_none());
    assert!(pair.answered().is_empty(), "nobody reports to a trap");
}

#[test]
fn a_user_at_any_engine_takes_traps_of_all_who_have_the_keys() {
    let mut users = UserTable::default();
    users
        .insert(
            UserEntry::new(user("both"))
                .security_name("alias")
                .at_any_engine(),
        )
        .unwrap();
    let mut pair = pair_with(users);
    for number in 1..5 {
        let config = EngineConfig::with_seed(number.into()).engine_id(engine_id(number));
        pair.manager = deferred_snmp::engine::Engine::new(config, pair.now());
        let datagram = trap(&mut pair, UsmCredentials::new(user("both")));
        pair.give_agent(&datagram);
        let notification = taken(&mut pair).unwrap();
        assert_eq!(notification.context_engine_id, Some(engine_id(number)));
        assert_eq!(*notification.security_name, *b"alias");
    }
}

#[test]
fn an_engine_that_has_used_up_its_boots_sends_nothing_in_its_authority() {
    let mut pair = pair();
    let config = EngineConfig::with_seed(2)
        .engine_id(engine_id(1))
        .boots(u32::MAX);
    pair.manager = deferred_snmp::engine::Engine::new(config, pair.now());
    let mut request = request(UsmCredentials::new(user("both")));
    request.pdu.kind = PduKind::TrapV2;
    let id = pair.submit_request(request);
    assert!(pair.asked().is_empty());
    let outcomes = pair.outcomes();
    assert_eq!(outcomes.len(), 1);
    assert_eq!(outcomes[0].0, id);
    let words = outcomes[0].1.clone().unwrap_err();
    assert!(
        words.ends_with("this engine has used up its boots"),
        "{words}"
    );
}

#[test]
fn a_trap_whose_number_is_that_of_a_request_is_no_answer_to_it() {
    for (credentials, level) in [
        (plain_user("plain"), SecurityLevel::NoAuthNoPriv),
        (user("both"), SecurityLevel::AuthPriv),
    ] {
        let mut pair = pair();
        // The receiver asks somebody else, under a number that the trap happens to have.
        let mut elsewhere =
            request(UsmCredentials::new(plain_user("plain")).at_engine(engine_id(9)));
        elsewhere.peer = util::rig::agent(200);
        let asked = pair.agent.submit(pair.now(), elsewhere).unwrap();
        let question = pair.answered().remove(0);
        let keys = credentials.localize(&engine_id(1)).unwrap();
        let mut pdu = util::rig::get_pdu(Vec::new());
        pdu.kind = PduKind::TrapV2;
        let sender = engine_id(1);
        let mut forged = Forged {
            message_id: decoded(&question).0.message_id,
            engine_id: sender.octets(),
            clock: (3, 0),
            user_name: std::str::from_utf8(credentials.name()).unwrap(),
            pdu,
            context_name: "",
        };
        pair.give_agent(&forged.seal(&keys, level));
        assert!(taken(&mut pair).is_some(), "{level}");
        assert_eq!(pair.agent.statistics().foreign_responses, 0);
        // An answer with that number, from somebody who was not asked, is one.
        forged.pdu.kind = PduKind::Response;
        pair.give_agent(&forged.seal(&keys, level));
        assert!(taken(&mut pair).is_none());
        assert_eq!(pair.agent.statistics().foreign_responses, 1);
        assert!(pair.agent.cancel(pair.now(), asked), "it goes on");
    }
}

#[test]
fn senders_are_forgotten_in_the_order_of_their_last_trap() {
    let mut users = UserTable::default();
    users
        .insert(UserEntry::new(user("both")).at_any_engine())
        .unwrap();
    let sender = EngineConfig::with_seed(1);
    let receiver = EngineConfig::with_seed(7).users(users).max_peers(3);
    let mut pair = Pair::with(sender, receiver.notifications(true));
    let traps: Vec<_> = (1..=4)
        .map(|number| {
            let config = EngineConfig::with_seed(number.into()).engine_id(engine_id(number));
            pair.manager = deferred_snmp::engine::Engine::new(config, pair.now());
            trap(&mut pair, UsmCredentials::new(user("both")))
        })
        .collect();
    let mut is_taken = |number: usize| {
        pair.give_agent(&traps[number - 1]);
        taken(&mut pair).is_some()
    };
    assert!(is_taken(1) && is_taken(2) && is_taken(3));
    assert!(!is_taken(1), "repeated; and heard of again");
    assert!(is_taken(4));
    assert!(!is_taken(1) && !is_taken(3) && !is_taken(4), "known");
    assert!(is_taken(2), "forgotten");
}
