//! A time-out in SNMPv3 tells what came instead of an answer: each cause has its own words.

use std::time::Duration;

use deferred_snmp::engine::{Credentials, Endpoint, EngineConfig, Peer, Request, UsmCredentials};
use deferred_snmp::message::{CommunityMessage, Version};
use deferred_snmp::oid;
use deferred_snmp::pdu::{Pdu, PduKind};
use deferred_snmp::security::SecurityLevel;
use deferred_snmp::security::usm::UserKeys;
use deferred_snmp::smi::VarBindList;

use util::rig::get_pdu;

use crate::pair::{
    Forged, Pair, agent_config, agent_peer, both, decoded, engine_id, plain_user, request, user,
    user_with,
};

const TIME_OUT: &str = "No SNMP response received before timeout: 192.0.2.1:161, 1 try of 1s";
const REPORT: deferred_snmp::smi::ObjectIdentifier = oid!(1.3.6.1.6.3.15.1.1.4.0);

/// A request under way.
struct UnderWay {
    asked: Vec<u8>,
    answer: Vec<u8>,
}

impl UnderWay {
    fn forged(&self) -> Forged<'static> {
        Forged::answer(&self.asked)
    }

    /// The same octets with others in their place.
    fn changed(&self, from: &[u8], to: &[u8]) -> Vec<u8> {
        let at = self.answer.windows(from.len()).position(|it| it == from);
        let at = at.expect("it is there");
        [&self.answer[..at], to, &self.answer[at + from.len()..]].concat()
    }
}

fn keys() -> UserKeys {
    user("both").localize(&engine_id(7)).unwrap()
}

/// What the time-out says, besides that it is one, when these datagrams come instead of the answer to a request of
/// `credentials`, whose engine is known.
fn told_from(
    credentials: UsmCredentials,
    datagrams: impl FnOnce(&UnderWay) -> Vec<(Peer, Vec<u8>)>,
) -> String {
    let mut pair = Pair::new();
    pair.ask(credentials.clone()).1.unwrap();
    let id = pair.submit_request(request(credentials).patience(Duration::from_secs(1), 0));
    let asked = pair.asked().remove(0);
    pair.give_agent(&asked);
    pair.serve();
    let answer = pair.answered().remove(0);
    for (peer, datagram) in datagrams(&UnderWay { asked, answer }) {
        let now = pair.now();
        pair.manager.handle_message(now, &peer, &datagram);
    }
    assert!(pair.outcomes().is_empty(), "nothing of it ends the request");
    pair.pass(1000);
    let (of, outcome) = pair.outcomes().remove(0);
    assert_eq!(of, id);
    let words = outcome.unwrap_err();
    let rest = words.strip_prefix(TIME_OUT);
    rest.unwrap_or_else(|| panic!("{words}")).to_owned()
}

fn told(datagram: impl FnOnce(&UnderWay) -> Vec<u8>) -> String {
    told_from(both(), |request| vec![(agent_peer(), datagram(request))])
}

/// What the time-out of a request says that waits for its engine's name, after this has come.
fn told_of_discovery(datagram: impl FnOnce(&[u8]) -> (Peer, Vec<u8>)) -> String {
    let mut pair = Pair::new();
    let id = pair.submit_request(request(both()).patience(Duration::from_secs(1), 0));
    let question = pair.asked().remove(0);
    let (peer, datagram) = datagram(&question);
    let now = pair.now();
    pair.manager.handle_message(now, &peer, &datagram);
    pair.pass(1000);
    let (of, outcome) = pair.outcomes().remove(0);
    assert_eq!(of, id);
    let words = outcome.unwrap_err();
    let rest = words.strip_prefix(TIME_OUT);
    rest.unwrap_or_else(|| panic!("{words}")).to_owned()
}

fn elsewhere() -> Peer {
    Peer::udp(Endpoint(0), ([192, 0, 2, 9], 161).into())
}

const OTHER_SOURCE: &str = "; an answer came from 192.0.2.9:161, which was not asked; accept_any_source takes such answers";

#[test]
fn an_answer_from_another_address() {
    let words = told_from(both(), |request| {
        vec![(elsewhere(), request.answer.clone())]
    });
    assert_eq!(words, OTHER_SOURCE);
    let words =
        told_of_discovery(|question| (elsewhere(), Forged::report(question, REPORT).plain()));
    assert_eq!(words, OTHER_SOURCE);
}

#[test]
fn an_answer_under_another_msg_id_or_request_id() {
    let expected =
        "; a message from there had the request-id or msgID 99999, for which nobody waits";
    let words = told(|request| {
        let mut forged = request.forged();
        forged.message_id = 99_999;
        forged.seal(&keys(), SecurityLevel::AuthPriv)
    });
    assert_eq!(words, expected);
    let words = told(|request| {
        let mut forged = request.forged();
        forged.pdu.request_id = 99_999;
        forged.seal(&keys(), SecurityLevel::AuthPriv)
    });
    assert_eq!(words, expected);
}

#[test]
fn numbers_of_16_bits() {
    let option = "; for agents that keep 16 bits of it there is short_identifiers";
    let words = told(|request| {
        let mut forged = request.forged();
        forged.message_id &= 0xffff;
        forged.seal(&keys(), SecurityLevel::AuthPriv)
    });
    assert!(words.ends_with(option), "{words}");
    let words = told_of_discovery(|question| {
        let mut forged = Forged::report(question, REPORT);
        forged.message_id &= 0xffff;
        (agent_peer(), forged.plain())
    });
    assert!(words.ends_with(option), "{words}");
}

#[test]
fn the_request_itself_or_the_question_for_the_name() {
    let expected = "; the request itself came back from there";
    assert_eq!(told(|request| request.asked.clone()), expected);
    let words = told_of_discovery(|question| (agent_peer(), question.to_vec()));
    assert_eq!(words, expected);
}

#[test]
fn other_pdus_than_an_answer() {
    for (kind, expected) in [
        (PduKind::SetRequest, "; a SetRequest-PDU came from there"),
        (PduKind::TrapV2, "; a trap came from there"),
    ] {
        let words = told(|request| {
            let mut forged = request.forged();
            forged.pdu.kind = kind;
            forged.seal(&keys(), SecurityLevel::AuthPriv)
        });
        assert_eq!(words, expected, "{kind}");
    }
    let words = told_of_discovery(|question| {
        let mut forged = Forged::report(question, REPORT);
        forged.pdu.kind = PduKind::Response;
        (agent_peer(), forged.plain())
    });
    assert_eq!(words, "; a Response-PDU came from there");
}

#[test]
fn a_report_to_nothing_that_was_asked() {
    let words = told(|request| {
        let mut forged = Forged::report(&request.asked, REPORT);
        forged.message_id = 0;
        forged.plain()
    });
    assert_eq!(words, "; a report from there fits no request");
}

#[test]
fn an_engine_id_that_is_none() {
    let long = [0x61; 36];
    for is_known in [false, true] {
        let report = |request: &[u8]| {
            let mut forged = Forged::answer(request);
            forged.engine_id = &long;
            forged.pdu.kind = if is_known {
                PduKind::Response
            } else {
                PduKind::Report
            };
            forged.plain()
        };
        let words = match is_known {
            true => told(|request| report(&request.asked)),
            false => told_of_discovery(|question| (agent_peer(), report(question))),
        };
        let expected = format!(
            "; a message from there had an engine id of 36 octets, {}..",
            "61".repeat(32)
        );
        assert_eq!(words, expected);
    }
}

#[test]
fn the_engine_id_that_stands_for_any() {
    let words = told_of_discovery(|question| {
        let mut forged = Forged::report(question, REPORT);
        forged.engine_id = &[0x80, 0, 0, 0, 6];
        (agent_peer(), forged.plain())
    });
    let expected = "; a message from there had the engine id 8000000006, which is no engine's name";
    assert_eq!(words, expected);
}

#[test]
fn an_answer_of_another_engine() {
    let words = told(|request| {
        let mut forged = request.forged();
        forged.engine_id = b"\x80\0\x4f\xb8\x05\x08\x08\x08\x08\x08\x08\x08\x08";
        let keys = user("both").localize(&engine_id(8)).unwrap();
        forged.seal(&keys, SecurityLevel::AuthPriv)
    });
    let expected = "; an answer from there was of engine 80004fb8050808080808080808, \
                    where 80004fb8050707070707070707 was asked";
    assert_eq!(words, expected);
}

#[test]
fn an_answer_in_another_users_name() {
    let words = told(|request| {
        let mut forged = request.forged();
        forged.user_name = "auth";
        forged.seal(&keys(), SecurityLevel::AuthPriv)
    });
    assert_eq!(words, "; an answer from there had another user than asked");
}

#[test]
fn an_answer_at_another_level() {
    for (level, shown) in [
        (SecurityLevel::NoAuthNoPriv, "noAuthNoPriv"),
        (SecurityLevel::AuthNoPriv, "authNoPriv"),
    ] {
        let words = told(|request| request.forged().seal(&keys(), level));
        let expected = format!(
            "; an answer from there was at security level {shown}, where authPriv was asked"
        );
        assert_eq!(words, expected);
    }
}

#[test]
fn an_answer_from_another_context() {
    let words = told(|request| {
        let mut forged = request.forged();
        forged.context_name = "other";
        forged.seal(&keys(), SecurityLevel::AuthPriv)
    });
    assert_eq!(
        words,
        "; an answer from there had another context than asked"
    );
}

#[test]
fn a_wrong_digest() {
    let words = told(|request| {
        let other = user_with("both", "another phrase", "privacy phrase");
        let keys = other.localize(&engine_id(7)).unwrap();
        request.forged().seal(&keys, SecurityLevel::AuthPriv)
    });
    assert_eq!(words, "; a message from there had a wrong digest");
}

#[test]
fn what_cannot_be_decrypted() {
    let words = told(|request| {
        let other = user_with("both", "authentication phrase", "another phrase");
        let keys = other.localize(&engine_id(7)).unwrap();
        request.forged().seal(&keys, SecurityLevel::AuthPriv)
    });
    assert_eq!(words, "; a message from there could not be decrypted");
}

#[test]
fn used_up_boots_are_not_an_old_message() {
    let words = told(|request| {
        let mut forged = request.forged();
        forged.clock = (0x7fff_ffff, 5);
        forged.seal(&keys(), SecurityLevel::AuthPriv)
    });
    let expected = "; the engine there has used up its boots: nothing that it says is believed \
                    until it has another engine id";
    assert_eq!(words, expected);
}

#[test]
fn an_agent_that_has_used_up_its_boots_is_an_error_of_its_own() {
    let mut pair = Pair::with(
        EngineConfig::with_seed(1),
        agent_config(7).boots(0x7fff_ffff),
    );
    let id = pair.submit(both());
    let words = pair.finish(id).unwrap_err();
    assert_eq!(
        words,
        "SNMP message timing parameters not in windows of trust"
    );
}

#[test]
fn an_old_message_shows_both_clocks() {
    // Asked and withheld for ten minutes, in which the agent's clock is followed.
    let mut pair = Pair::new();
    pair.ask(both()).1.unwrap();
    let patience = Duration::from_secs(1000);
    let id = pair.submit_request(request(both()).patience(patience, 0));
    let asked = pair.asked().remove(0);
    let late = Forged::answer(&asked).seal(&keys(), SecurityLevel::AuthPriv);
    pair.pass(600_000);
    pair.ask(both()).1.unwrap();
    pair.give_manager(&late);
    pair.pass(400_000);
    let (of, outcome) = pair.outcomes().remove(0);
    assert_eq!(of, id);
    let words = outcome.unwrap_err();
    let expected = "; a message from there was too old to be believed: boots 1 and time 0, \
                    where the engine is at boots 1 and time 600";
    assert!(words.ends_with(expected), "{words}");
}

/// Flags and security model of a message at authPriv that expects no report.
const HEADER: [u8; 6] = [4, 1, 3, 2, 1, 3];

#[test]
fn another_security_model_or_flags_that_no_message_has() {
    let words = told(|request| request.changed(&HEADER, &[4, 1, 3, 2, 1, 7]));
    assert_eq!(
        words,
        "; a message from there was in security model 7, which is not spoken"
    );
    let words = told(|request| request.changed(&HEADER, &[4, 1, 2, 2, 1, 3]));
    assert_eq!(
        words,
        "; a message from there asked for privacy without authentication"
    );
}

#[test]
fn a_message_that_is_cut_off() {
    let words = told(|request| request.answer[..40].to_vec());
    assert!(words.contains("could not be parsed: "), "{words}");
}

#[test]
fn an_answer_in_another_version() {
    let words = told(|request| {
        let id = decoded(&request.asked).0.message_id;
        let pdu = Pdu::new(PduKind::Response, id, VarBindList::new());
        let mut out = Vec::new();
        CommunityMessage::new(Version::V2c, b"public", &pdu).encode(&mut out);
        out
    });
    let expected = "; an answer from there was of SNMPv2c, and the request of SNMPv3";
    assert_eq!(words, expected);
    // And the other way round.
    let mut pair = Pair::new();
    let v2c = Credentials::V2c("public".into());
    let get = Request::new(agent_peer(), v2c, get_pdu(Vec::new()));
    let id = pair.submit_request(get.patience(Duration::from_secs(1), 0));
    let asked = pair.asked().remove(0);
    let mut other = Pair::new();
    other.submit(both());
    let mut forged = Forged::answer(&other.asked().remove(0));
    forged.message_id = util::rig::request_id(&asked);
    pair.give_manager(&forged.plain());
    pair.pass(1000);
    let expected =
        format!("{TIME_OUT}; an answer from there was of SNMPv3, and the request of SNMPv2c");
    assert_eq!(pair.outcomes(), [(id, Err(expected))]);
}

#[test]
fn a_later_plain_message_hides_no_wrong_digest() {
    let wrong = |request: &UnderWay| {
        let other = user_with("both", "another phrase", "privacy phrase");
        let keys = other.localize(&engine_id(7)).unwrap();
        request.forged().seal(&keys, SecurityLevel::AuthPriv)
    };
    let late = |request: &UnderWay| {
        let mut forged = request.forged();
        forged.message_id = 99_999;
        forged.seal(&keys(), SecurityLevel::AuthPriv)
    };
    for is_reversed in [false, true] {
        let words = told_from(both(), |request| {
            let mut came = vec![
                (agent_peer(), wrong(request)),
                (agent_peer(), b"nonsense".to_vec()),
                (elsewhere(), request.answer.clone()),
                (agent_peer(), late(request)),
            ];
            if is_reversed {
                came.reverse();
            }
            came
        });
        assert_eq!(words, "; a message from there had a wrong digest");
    }
}

#[test]
fn answers_without_protection_have_their_causes_too() {
    let words = told_from(UsmCredentials::new(plain_user("plain")), |request| {
        let mut forged = request.forged();
        forged.user_name = "auth";
        vec![(agent_peer(), forged.plain())]
    });
    assert_eq!(words, "; an answer from there had another user than asked");
}

#[test]
fn a_message_to_a_manager_that_receives_too_is_told() {
    // Who takes traps of any engine looks for the digest of what is no answer.
    let mut pair = Pair::with(
        EngineConfig::with_seed(1).notifications(true),
        agent_config(7),
    );
    pair.ask(both()).1.unwrap();
    let id = pair.submit_request(request(both()).patience(Duration::from_secs(1), 0));
    let asked = pair.asked().remove(0);
    let mut forged = Forged::answer(&asked);
    forged.message_id = 4;
    forged.pdu.kind = PduKind::TrapV2;
    pair.give_manager(&forged.plain());
    pair.pass(1000);
    let expected = format!("{TIME_OUT}; a trap came from there");
    assert_eq!(pair.outcomes(), [(id, Err(expected))]);
}

#[test]
fn an_answer_in_another_version_to_the_question_for_the_name() {
    let answer = |question: &[u8]| {
        let id = decoded(question).0.message_id;
        let pdu = Pdu::new(PduKind::Response, id, VarBindList::new());
        let mut out = Vec::new();
        CommunityMessage::new(Version::V2c, b"public", &pdu).encode(&mut out);
        out
    };
    let words = told_of_discovery(|question| (agent_peer(), answer(question)));
    let expected = "; an answer from there was of SNMPv2c, and the request of SNMPv3";
    assert_eq!(words, expected);
    let words = told_of_discovery(|question| (elsewhere(), answer(question)));
    assert_eq!(words, OTHER_SOURCE);
}

#[test]
fn an_answer_to_another_port_than_the_question_for_the_name_came_from() {
    let other_port = Peer::udp(Endpoint(1), ([192, 0, 2, 1], 161).into());
    let words =
        told_of_discovery(|question| (other_port, Forged::report(question, REPORT).plain()));
    let expected = "; an answer from there came to another port than it was asked from; \
                    accept_any_source takes such answers";
    assert_eq!(words, expected);
}
