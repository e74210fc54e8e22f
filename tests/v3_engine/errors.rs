//! What goes wrong: each error is told from the others, each counter moves, and reports go out at the
//! right level and to nobody who does not want them.

use deferred_snmp::asn1::Reader;
use deferred_snmp::engine::{
    Context, Credentials, ErrorIndication, Event, Refusal, Statistics, SubmitError, UsmCredentials,
};
use deferred_snmp::message::{MessageFlags, ScopedPdu, ScopedPduData, V3Message};
use deferred_snmp::oid;
use deferred_snmp::pdu::PduKind;
use deferred_snmp::security::SecurityLevel;
use deferred_snmp::security::usm::{AuthProtocol, PrivProtocol, User, UsmUser};
use deferred_snmp::smi::ObjectIdentifier;

use crate::pair::{
    AUTH_PHRASE, Forged, PRIVACY_PHRASE, Pair, agent_config, auth_user, decoded, engine_id,
    other_engine, plain_user, reported, request, user, user_with,
};

fn usm(user: User) -> UsmCredentials {
    UsmCredentials::new(user)
}

/// A GET by `credentials` of agent 7, which refuses it three times: it could have been damaged on its way.
/// The words, the agent's counters, its last report.
fn refused(credentials: UsmCredentials) -> (String, Statistics, Vec<u8>) {
    let mut pair = Pair::new();
    let (_, outcome) = pair.ask(credentials);
    let report = pair.to_manager.pop().unwrap();
    (outcome.unwrap_err(), *pair.agent.statistics(), report)
}

#[test]
fn an_unknown_user_is_reported() {
    let (words, counted, report) = refused(usm(user("nobody")));
    assert_eq!(words, "Unknown USM user");
    assert_eq!(counted.unknown_user_names, 3);
    assert_eq!(reported(&report), ("1.3.6.1.6.3.15.1.1.3.0".into(), 3));
    assert_eq!(decoded(&report).0.flags, MessageFlags::NO_AUTH_NO_PRIV);
}

#[test]
fn a_level_that_the_agent_has_no_keys_for_is_reported() {
    for strange in [user("auth"), auth_user("plain")] {
        let (words, counted, report) = refused(usm(strange));
        assert_eq!(words, "Unsupported SNMP security level");
        assert_eq!(counted.unsupported_sec_levels, 3);
        assert_eq!(reported(&report), ("1.3.6.1.6.3.15.1.1.1.0".into(), 3));
        assert_eq!(decoded(&report).0.flags, MessageFlags::NO_AUTH_NO_PRIV);
    }
}

#[test]
fn another_authentication_key_is_reported() {
    let (words, counted, report) =
        refused(usm(user_with("both", "not the phrase", PRIVACY_PHRASE)));
    assert_eq!(words, "Wrong SNMP PDU digest");
    assert_eq!(counted.wrong_digests, 3);
    assert_eq!(reported(&report), ("1.3.6.1.6.3.15.1.1.5.0".into(), 3));
    assert_eq!(decoded(&report).0.flags, MessageFlags::NO_AUTH_NO_PRIV);
    // So is another protocol, whose digest is of another length.
    let sha512 = UsmUser::new("both").unwrap();
    let sha512 = sha512.auth(AuthProtocol::Sha512, AUTH_PHRASE).unwrap();
    let (words, ..) = refused(usm(sha512.into()));
    assert_eq!(words, "Wrong SNMP PDU digest");
}

#[test]
fn another_privacy_key_is_reported() {
    let (words, counted, report) = refused(usm(user_with("both", AUTH_PHRASE, "not the phrase")));
    assert_eq!(
        words,
        "Ciphering services not available or ciphertext is broken"
    );
    assert_eq!(counted.decryption_errors, 3);
    assert_eq!(reported(&report), ("1.3.6.1.6.3.15.1.1.6.0".into(), 3));
    assert_eq!(decoded(&report).0.flags, MessageFlags::NO_AUTH_NO_PRIV);
    let des = UsmUser::new("both").unwrap();
    let des = des.auth(AuthProtocol::Sha1, AUTH_PHRASE).unwrap();
    let des = des.privacy(PrivProtocol::Des, PRIVACY_PHRASE).unwrap();
    let (words, ..) = refused(usm(des.into()));
    assert!(words.starts_with("Ciphering services"), "{words}");
}

#[test]
fn another_engine_than_the_one_named_is_reported() {
    for (level, messages) in [
        (SecurityLevel::NoAuthNoPriv, 1),
        (SecurityLevel::AuthPriv, 3),
    ] {
        let credentials = usm(user("both")).at_level(level).at_engine(engine_id(8));
        let (words, counted, report) = refused(credentials);
        assert_eq!(words, other_engine(8, 7));
        assert_eq!(counted.unknown_engine_ids, messages);
        let count = messages as u32;
        assert_eq!(reported(&report), ("1.3.6.1.6.3.15.1.1.4.0".into(), count));
        assert_eq!(decoded(&report).1.engine_id, engine_id(7).octets());
    }
}

#[test]
fn an_agent_that_has_used_up_its_boots_is_out_of_every_window() {
    let mut pair = Pair::with(
        deferred_snmp::engine::EngineConfig::with_seed(1),
        agent_config(7).boots(u32::MAX),
    );
    let (rounds, outcome) = pair.ask(usm(user("both")));
    let words = "SNMP message timing parameters not in windows of trust";
    assert_eq!(outcome, Err(words.into()));
    // The discovery, the request, and the request for two clocks more.
    assert_eq!(rounds, 4);
    assert_eq!(pair.agent.statistics().not_in_time_windows, 3);
    let report = pair.to_manager.last().unwrap();
    assert_eq!(reported(report), ("1.3.6.1.6.3.15.1.1.2.0".into(), 3));
    let (header, parameters) = decoded(report);
    assert_eq!(
        header.flags,
        MessageFlags::AUTH_NO_PRIV,
        "it shows the clock"
    );
    assert_eq!(
        (parameters.boots, parameters.user_name),
        (2_147_483_647, &b"both"[..])
    );
    // What is not authenticated has no time.
    assert_eq!(pair.ask(usm(plain_user("plain"))), (1, Ok(())));
}

#[test]
fn an_application_can_refuse_and_the_report_is_at_the_level_of_the_request() {
    for (refusal, words, counter) in [
        (
            Refusal::UnknownContext,
            "SNMP context not found",
            "1.3.6.1.6.3.12.1.5.0",
        ),
        (
            Refusal::UnavailableContext,
            "SNMP context is not available",
            "1.3.6.1.6.3.12.1.4.0",
        ),
        (
            Refusal::UnknownPduHandler,
            "Unhandled PDU type encountered",
            "1.3.6.1.6.3.11.2.1.3.0",
        ),
    ] {
        for (credentials, flags) in [
            (usm(plain_user("plain")), MessageFlags::NO_AUTH_NO_PRIV),
            (usm(auth_user("auth")), MessageFlags::AUTH_NO_PRIV),
            (usm(user("both")), MessageFlags::AUTH_PRIV),
        ] {
            let mut pair = Pair::new();
            pair.ask(credentials.clone()).1.unwrap();
            let id = pair.submit(credentials);
            for datagram in pair.asked() {
                pair.give_agent(&datagram);
            }
            let Some(Event::Request(request)) = pair.agent.poll_event() else {
                panic!("no request");
            };
            assert!(
                pair.agent
                    .refuse_request(pair.now(), request.state, refusal)
            );
            assert!(
                !pair
                    .agent
                    .refuse_request(pair.now(), request.state, refusal)
            );
            let [report] = &pair.answered()[..] else {
                panic!("not one report");
            };
            assert_eq!(decoded(report).0.flags, flags);
            if flags != MessageFlags::AUTH_PRIV {
                assert_eq!(reported(report), (counter.into(), 1));
            }
            pair.give_manager(report);
            assert_eq!(pair.outcomes(), [(id, Err(words.into()))]);
            let counted = pair.agent.statistics();
            let all = counted.unknown_contexts
                + counted.unavailable_contexts
                + counted.unknown_pdu_handlers;
            assert_eq!(all, 1, "{words}");
        }
    }
}

#[test]
fn a_context_of_another_engine_has_no_handler() {
    let mut pair = Pair::new();
    let context = Context::named("somewhere").at_engine(engine_id(8));
    let (_, outcome) = pair.ask_request(request(usm(user("both"))).context(context));
    assert_eq!(outcome, Err("Unhandled PDU type encountered".into()));
    assert_eq!(pair.agent.statistics().unknown_pdu_handlers, 1);
    // The report is as private as the request, and names it.
    let (asked, report) = (
        pair.to_agent.last().unwrap(),
        pair.to_manager.last().unwrap(),
    );
    let (header, parameters) = decoded(report);
    assert_eq!(header.flags, MessageFlags::AUTH_PRIV);
    let message = V3Message::decode(report).unwrap();
    let ScopedPduData::Encrypted(data) = message.data else {
        panic!("in the clear: {message}");
    };
    let mut plain = data.rest().to_vec();
    let keys = user("both").localize(&engine_id(7)).unwrap();
    let (boots, time) = (parameters.boots, parameters.time);
    let decrypted = keys
        .privacy()
        .unwrap()
        .decrypt(boots, time, parameters.privacy, &mut plain);
    decrypted.unwrap();
    let scoped_pdu = ScopedPdu::decode_padded(Reader::new(&plain), 0).unwrap();
    assert_eq!(scoped_pdu.context_engine_id, engine_id(7).octets());
    assert_eq!(scoped_pdu.pdu.kind, PduKind::Report);
    // Request-id and msgID of our own requests are the same.
    assert_eq!(scoped_pdu.pdu.request_id, decoded(asked).0.message_id);
    let counter = scoped_pdu.pdu.var_binds.iter().next().unwrap();
    assert_eq!(counter.to_string(), "1.3.6.1.6.3.11.2.1.3.0 = 1");
}

#[test]
fn reports_that_only_others_send_have_their_own_words() {
    let cases: [(ObjectIdentifier, ErrorIndication); 3] = [
        (
            oid!(1.3.6.1.6.3.11.2.1.1.0),
            ErrorIndication::UnknownSecurityModel,
        ),
        (
            oid!(1.3.6.1.6.3.11.2.1.2.0),
            ErrorIndication::InvalidMessage,
        ),
        (
            oid!(1.3.6.1.4.1.9.9.0),
            ErrorIndication::ReportReceived {
                counter: oid!(1.3.6.1.4.1.9.9.0),
            },
        ),
    ];
    for (counter, error) in cases {
        let mut pair = Pair::new();
        pair.ask(usm(user("both"))).1.unwrap();
        // Nothing has been heard with the keys of this one: reports are believed, unless the request may
        // have been damaged.
        let id = pair.submit(usm(auth_user("auth")));
        for _ in 0..3 {
            assert_eq!(pair.outcomes(), []);
            let asked = pair.asked().remove(0);
            pair.give_manager(&Forged::report(&asked, counter.clone()).plain());
        }
        assert_eq!(pair.outcomes(), [(id, Err(error.to_string()))]);
    }
    assert_eq!(
        ErrorIndication::ReportReceived {
            counter: oid!(1.3.6.1.4.1.9.9.0)
        }
        .to_string(),
        "Remote SNMP engine reported error: 1.3.6.1.4.1.9.9.0"
    );
}

#[test]
fn a_report_against_what_was_proven_leaves_the_tries_as_they_are_and_is_told_at_the_end() {
    let mut pair = Pair::new();
    pair.ask(usm(user("both"))).1.unwrap();
    let wrong_digest = oid!(1.3.6.1.6.3.15.1.1.5.0);
    // The agent has answered to these keys: the request was damaged on its way, or the report is forged.
    let id = pair.submit(usm(user("both")));
    for _ in 0..6 {
        let asked = pair.asked().remove(0);
        for _ in 0..20 {
            pair.give_manager(&Forged::report(&asked, wrong_digest.clone()).plain());
        }
        assert!(pair.asked().is_empty(), "the next try has its time");
        assert_eq!(pair.outcomes(), []);
        pair.pass(1_000);
    }
    let words = ErrorIndication::WrongDigest.to_string();
    assert_eq!(pair.outcomes(), [(id, Err(words))]);
    // The next one is answered, and nothing is left of that.
    assert_eq!(pair.ask(usm(user("both"))), (1, Ok(())));
}

#[test]
fn what_one_user_has_proven_is_not_lost_by_another_one() {
    let mut pair = Pair::new();
    for name in ["both", "auth"] {
        let user = if name == "both" {
            user(name)
        } else {
            auth_user(name)
        };
        pair.ask(usm(user)).1.unwrap();
    }
    for credentials in [usm(user("both")), usm(auth_user("auth"))] {
        let id = pair.submit(credentials);
        let asked = pair.asked().remove(0);
        let report = Forged::report(&asked, oid!(1.3.6.1.6.3.15.1.1.5.0));
        pair.give_manager(&report.plain());
        assert!(pair.asked().is_empty());
        pair.exchange(&asked);
        assert_eq!(pair.outcomes(), [(id, Ok(()))]);
    }
}

#[test]
fn a_header_that_is_not_understood_moves_its_counter_and_is_not_reported() {
    let mut pair = Pair::new();
    pair.submit(usm(plain_user("plain")));
    let asked = pair.asked().remove(0);
    // msgFlags and msgSecurityModel are the last of the header.
    let at = asked.windows(5).position(|w| w == [4, 1, 4, 2, 1]).unwrap();
    let mut datagram = asked.clone();
    datagram[at + 2] = 0x06;
    // The data of a message that claims privacy is an OCTET STRING.
    pair.give_agent(&datagram);
    assert_eq!(pair.agent.statistics().invalid_msgs, 1);
    for model in [1, 2, 4, 127] {
        let mut datagram = asked.clone();
        datagram[at + 5] = model;
        pair.give_agent(&datagram);
    }
    assert_eq!(pair.agent.statistics().unknown_security_models, 4);
    // What is wrong with the flags of another model is not ours to say.
    let mut datagram = asked.clone();
    (datagram[at + 2], datagram[at + 5]) = (0x06, 4);
    pair.give_agent(&datagram);
    assert_eq!(pair.agent.statistics().unknown_security_models, 5);
    assert_eq!(pair.agent.statistics().invalid_msgs, 1);
    let mut datagram = asked;
    datagram[at + 5] = 0;
    pair.give_agent(&datagram);
    assert_eq!(pair.agent.statistics().in_asn_parse_errs, 1);
    assert!(pair.answered().is_empty());
}

#[test]
fn an_engine_without_a_proper_name_is_not_believed_to_be_one() {
    for name in [&[1; 33][..], &[0; 64]] {
        let mut pair = Pair::new();
        let id = pair.submit(usm(user("both")));
        let question = pair.asked().remove(0);
        let mut report = Forged::report(&question, oid!(1.3.6.1.6.3.15.1.1.4.0));
        report.engine_id = name;
        for _ in 0..100 {
            pair.give_manager(&report.plain());
        }
        assert!(pair.asked().is_empty(), "{name:?}");
        assert_eq!(pair.manager.statistics().mismatched_responses, 100);
        // The engine that is there is still waited for.
        pair.give_agent(&question);
        for datagram in pair.answered() {
            pair.give_manager(&datagram);
        }
        pair.run();
        assert_eq!(pair.outcomes(), [(id, Ok(()))]);
        // A request to an engine of such a name only moves a counter, and is told the right one.
        let mut asked = Forged::report(&question, oid!(1.3.6.1.6.3.15.1.1.4.0));
        asked.engine_id = name;
        asked.pdu.kind = PduKind::GetRequest;
        let before = pair.agent.statistics().unknown_engine_ids;
        pair.give_agent(&asked.plain());
        assert_eq!(pair.agent.statistics().unknown_engine_ids, before + 1);
        let report = pair.answered().remove(0);
        assert_eq!(decoded(&report).1.engine_id, engine_id(7).octets());
    }
    // If nothing else comes, the time-out says so.
    let mut pair = Pair::new();
    let id = pair.submit(usm(user("both")));
    let question = pair.asked().remove(0);
    let mut report = Forged::report(&question, oid!(1.3.6.1.6.3.15.1.1.4.0));
    report.engine_id = &[1; 33];
    pair.give_manager(&report.plain());
    for _ in 0..6 {
        pair.pass(1_000);
        pair.asked();
    }
    let (of, outcome) = pair.outcomes().remove(0);
    let words = outcome.unwrap_err();
    assert_eq!(of, id);
    let expected = format!(
        "; a message from there had an engine id of 33 octets, {}..",
        "01".repeat(32)
    );
    assert!(words.ends_with(&expected), "{words}");
}

#[test]
fn nothing_is_reported_to_who_does_not_ask_for_it() {
    let mut pair = Pair::new();
    pair.submit(usm(plain_user("plain")));
    let asked = pair.asked().remove(0);
    let at = asked.windows(3).position(|w| w == [4, 1, 4]).unwrap();
    let mut silent = asked.clone();
    silent[at + 2] = 0;
    pair.give_agent(&silent);
    assert_eq!(pair.agent.statistics().unknown_engine_ids, 1);
    assert!(pair.answered().is_empty(), "the reportableFlag was not set");
    // A report is never the answer to a report or an answer, whatever its flags say.
    for kind in [PduKind::Report, PduKind::Response, PduKind::TrapV2] {
        let mut report = Forged::report(&asked, oid!(1.3.6.1.6.3.15.1.1.4.0));
        report.pdu.kind = kind;
        report.engine_id = &[];
        let mut report = report.plain();
        let at = report.windows(3).position(|w| w == [4, 1, 0]).unwrap();
        report[at + 2] = 4;
        pair.give_agent(&report);
        assert!(pair.answered().is_empty(), "{kind}");
    }
    assert_eq!(pair.agent.statistics().unknown_engine_ids, 4);
    pair.give_agent(&asked);
    assert_eq!(pair.answered().len(), 1);
}

#[test]
fn a_level_above_the_users_is_refused_before_anything_is_sent() {
    let mut pair = Pair::new();
    let credentials = usm(auth_user("auth")).at_level(SecurityLevel::AuthPriv);
    let error = pair.manager.submit(pair.now(), request(credentials));
    assert_eq!(
        error,
        Err(SubmitError::UnsupportedLevel(SecurityLevel::AuthPriv))
    );
    assert!(pair.asked().is_empty());
}

#[test]
fn a_key_of_another_engine_is_an_error_of_the_request() {
    let mut pair = Pair::new();
    let key = deferred_snmp::security::usm::Key::localized(engine_id(8), [7; 20]);
    let user = UsmUser::new("both").unwrap().auth(AuthProtocol::Sha1, key);
    let (_, outcome) = pair.ask(usm(user.unwrap().into()));
    let words = outcome.unwrap_err();
    assert!(
        words.starts_with("Unknown SNMP security name encountered"),
        "{words}"
    );
}

#[test]
fn requests_longer_than_the_agent_takes_are_not_sent_and_answers_fit() {
    let agent = agent_config(7).max_message_size(500);
    let mut pair = Pair::with(deferred_snmp::engine::EngineConfig::with_seed(1), agent);
    let credentials = usm(user("both"));
    let mut long = request(credentials.clone());
    for _ in 0..40 {
        let name = oid!(1.3.6.1.2.1.1.1.0);
        let value = deferred_snmp::smi::ValueRef::Null;
        long.pdu.var_binds.push(name.as_ref(), value);
    }
    let (_, outcome) = pair.ask_request(long);
    let words = outcome.unwrap_err();
    assert!(
        words.starts_with("SNMP message will be too big: "),
        "{words}"
    );
    assert!(words.ends_with("at most 500 are taken"), "{words}");
    assert_eq!(pair.ask(credentials.clone()), (1, Ok(())));
    assert_eq!(decoded(pair.to_manager.last().unwrap()).0.max_size, 500);

    // The other way round: the agent has less room for who takes less.
    let asks = |limit| {
        let manager = deferred_snmp::engine::EngineConfig::with_seed(1).max_message_size(limit);
        let mut pair = Pair::with(manager, agent_config(7));
        pair.ask(credentials.clone()).1.unwrap();
        pair.room
    };
    assert_eq!(asks(65_507) - asks(484), 65_507 - 484);
    assert!(asks(484) > 200);
}

#[test]
fn credentials_are_equal_if_users_levels_and_engines_are() {
    let one = usm(user("both"));
    assert_eq!(
        Credentials::Usm(one.clone()),
        Credentials::Usm(usm(user("both")))
    );
    assert_ne!(one, usm(user("other")));
    assert_ne!(one, usm(user_with("both", AUTH_PHRASE, "another phrase")));
    assert_ne!(one, one.clone().at_level(SecurityLevel::AuthNoPriv));
    assert_ne!(one, one.clone().at_engine(engine_id(7)));
}
