//! Conversations recorded between managers and agents of others, with our engine as the agent.

use deferred_snmp::asn1::Reader;
use deferred_snmp::engine::{EngineConfig, Event};
use deferred_snmp::message::{ScopedPdu, ScopedPduData, V3Message};
use deferred_snmp::security::usm::{User, UserEntry, UserTable, UsmUser};
use deferred_snmp::security::{EngineId, SecurityLevel};
use serde_json::Value;

use crate::pair::{Pair, decoded, reported};
use util::hex_octets;
use util::shared::shared;
use util::usm;

/// The user that a vector describes.
fn user(vector: &Value) -> User {
    let user = UsmUser::new(vector["user"].as_str().unwrap()).unwrap();
    let phrase = |name: &str| vector[name].as_str().unwrap().to_owned();
    let Some(auth) = usm::auth_protocol(vector) else {
        return user.into();
    };
    let user = user.auth(auth, &*phrase("auth_password")).unwrap();
    let Some(privacy) = usm::priv_protocol(vector) else {
        return user.into();
    };
    user.privacy(privacy, &*phrase("priv_password"))
        .unwrap()
        .into()
}

/// The octets of the scoped PDU of a message.
fn scoped_octets(message: &Value, datagram: &[u8]) -> Vec<u8> {
    match V3Message::decode(datagram).unwrap().data {
        ScopedPduData::Plaintext(element) => element.rest().to_vec(),
        ScopedPduData::Encrypted(_) => hex_octets(&message["scoped_pdu_plain"]),
    }
}

fn scoped(octets: &[u8]) -> ScopedPdu<'_> {
    ScopedPdu::decode_padded(Reader::new(octets), 7).unwrap()
}

/// Replays one conversation: question and report, request and answer.
fn replay(vector: &Value) {
    let name = vector["user"].as_str().unwrap();
    let messages = vector["messages"].as_array().unwrap();
    let datagrams: Vec<_> = messages.iter().map(|m| hex_octets(&m["hex"])).collect();
    let [question, report, request, answer] = &datagrams[..] else {
        panic!("{name}: {} messages", datagrams.len());
    };
    let (_, clock) = decoded(report);
    let mut users = UserTable::default();
    users.insert(UserEntry::new(user(vector))).unwrap();
    let agent = EngineConfig::with_seed(1).engine_id(usm::engine_id(vector));
    let agent = agent.boots(clock.boots).users(users);
    let mut pair = Pair::with(EngineConfig::with_seed(2), agent);

    pair.pass(u64::from(clock.time) * 1000);
    // Until the counter stands where theirs did.
    let (_, counter) = reported(report);
    let mut ours = Vec::new();
    for _ in 0..counter {
        pair.give_agent(question);
        ours = pair.answered().remove(0);
    }
    assert_eq!(ours, *report, "{name}: the report");

    let (header, parameters) = decoded(request);
    pair.pass(u64::from(parameters.time - clock.time) * 1000);
    pair.give_agent(request);
    let event = pair.agent.poll_event();
    let Some(Event::Request(incoming)) = event else {
        panic!("{name}: {event:?} {:?}", pair.agent.statistics());
    };
    let asked = scoped_octets(&messages[2], request);
    let mut pdu = scoped(&asked).pdu.to_owned();
    pdu.request_id = incoming.pdu.request_id;
    assert_eq!(incoming.pdu, pdu, "{name}: the request");
    assert_eq!(incoming.security_level, SecurityLevel::from(header.flags));

    let (_, parameters) = decoded(answer);
    let passed = parameters.time - decoded(request).1.time;
    pair.pass(u64::from(passed) * 1000);
    let answered = scoped_octets(&messages[3], answer);
    let their_pdu = scoped(&answered).pdu.to_owned();
    assert!(pair.agent.respond(pair.now(), incoming.state, their_pdu));
    let ours = pair.answered().remove(0);
    if header.flags.is_encrypted() {
        assert_eq!(
            ours.len(),
            answer.len(),
            "{name}: the answer but for its salt"
        );
    } else {
        assert_eq!(ours, *answer, "{name}: the answer");
    }
}

#[test]
fn a_trap_of_others_is_taken_once_its_sender_is_known() {
    let test = "a_trap_of_others_is_taken_once_its_sender_is_known";
    let Some(path) = shared(test, "vectors/notifications.json") else {
        return;
    };
    let text = std::fs::read_to_string(path).unwrap();
    let mut vectors: Vec<Value> = serde_json::from_str(&text).unwrap();
    vectors.retain(|vector| vector["name"].as_str().unwrap().starts_with("v3 trap"));
    assert!(!vectors.is_empty());
    for vector in &mut vectors {
        let datagram = hex_octets(&vector["messages"][0]["hex"]);
        let (header, parameters) = decoded(&datagram);
        vector["user"] = String::from_utf8_lossy(parameters.user_name).into();
        let sender = EngineId::new(parameters.engine_id).unwrap();
        let entry = UserEntry::new(user(vector));
        for (entry, is_known) in [
            (entry.clone(), false),
            (entry.clone().at_engine(sender), true),
            (entry.at_any_engine(), true),
        ] {
            let mut users = UserTable::default();
            users.insert(entry).unwrap();
            let receiver = EngineConfig::with_seed(1).users(users).notifications(true);
            let mut pair = Pair::with(EngineConfig::with_seed(2), receiver);
            pair.give_agent(&datagram);
            match pair.agent.poll_event() {
                Some(Event::Notification(notification)) if is_known => {
                    let level = SecurityLevel::from(header.flags);
                    assert_eq!(notification.security_level, level);
                    assert!(notification.pdu.var_binds.len() >= 2);
                }
                None if !is_known => {
                    assert_eq!(pair.agent.statistics().unknown_engine_ids, 1);
                }
                other => panic!("{other:?}"),
            }
        }
    }
}

#[test]
fn conversations_of_others_could_have_been_with_this_engine() {
    for file in ["messages-netsnmp.json", "messages-pysnmp.json"] {
        let test = "conversations_of_others_could_have_been_with_this_engine";
        let Some(path) = shared(test, &format!("vectors/{file}")) else {
            return;
        };
        let text = std::fs::read_to_string(path).unwrap();
        let vectors: Vec<Value> = serde_json::from_str(&text).unwrap();
        assert!(vectors.len() >= 15, "{file}");
        vectors.iter().for_each(replay);
    }
}
