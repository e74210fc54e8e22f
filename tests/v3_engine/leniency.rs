//! What is read although the standard has it otherwise: engine ids that no engine should have, and odd elements
//! inside a scoped PDU. Outside it nothing is read that should not be there.

use deferred_snmp::asn1::Reader;
use deferred_snmp::engine::{EngineConfig, Event, UsmCredentials};
use deferred_snmp::message::{ScopedPduData, V3Message};
use deferred_snmp::oid;
use deferred_snmp::pdu::PduKind;
use deferred_snmp::security::EngineId;
use deferred_snmp::security::usm::{SecurityParameters, User, UserEntry, UserKeys, UserTable};
use deferred_snmp::smi::{ObjectIdentifier, Tag, Value};
use hex_literal::hex;

use crate::pair::{
    Forged, Pair, agent_config, auth_user, engine_id, is_question, plain_user, request, user,
};

const UNKNOWN_ENGINE_IDS: ObjectIdentifier = oid!(1.3.6.1.6.3.15.1.1.4.0);

fn users() -> [User; 3] {
    [plain_user("plain"), auth_user("auth"), user("both")]
}

/// Names that RFC 3411 does not have.
fn odd_engine_ids() -> Vec<EngineId> {
    let octets: [&[u8]; 8] = [
        &hex!("ff42"),
        &hex!("01020304"),
        &[0],
        &[0; 12],
        &[0xff; 9],
        &[0xff; 32],
        &[0x80; 32],
        b"router",
    ];
    octets.map(|octets| EngineId::new(octets).unwrap()).to_vec()
}

#[test]
fn an_engine_id_of_1_to_32_octets_is_found_out_and_asked() {
    for name in odd_engine_ids() {
        for user in users() {
            let config = agent_config(7).engine_id(name);
            let mut pair = Pair::with(EngineConfig::with_seed(1), config);
            let (_, outcome) = pair.ask(UsmCredentials::new(user));
            assert_eq!(outcome, Ok(()), "{name}");
        }
    }
}

#[test]
fn an_engine_id_of_1_to_32_octets_can_be_given_by_hand() {
    for name in odd_engine_ids() {
        for user in users() {
            let config = agent_config(7).engine_id(name);
            let mut pair = Pair::with(EngineConfig::with_seed(1), config);
            let id = pair.submit(UsmCredentials::new(user).at_engine(name));
            assert_eq!(pair.finish(id), Ok(()), "{name}");
            let asked_for_its_name = pair.to_agent.iter().any(|sent| is_question(sent));
            assert!(!asked_for_its_name, "{name}");
        }
    }
}

#[test]
fn a_trap_of_an_engine_with_an_odd_id_is_taken() {
    for name in odd_engine_ids() {
        let mut users = UserTable::default();
        users
            .insert(UserEntry::new(user("both")).at_engine(name))
            .unwrap();
        let receiver = EngineConfig::with_seed(7)
            .engine_id(engine_id(7))
            .users(users)
            .notifications(true);
        let mut pair = Pair::with(EngineConfig::with_seed(1).engine_id(name), receiver);
        let mut trap = request(UsmCredentials::new(user("both")));
        trap.pdu.kind = PduKind::TrapV2;
        pair.submit_request(trap);
        let datagram = pair.asked().remove(0);
        pair.give_agent(&datagram);
        let Some(Event::Notification(notification)) = pair.agent.poll_event() else {
            panic!("the trap of {name} is lost");
        };
        assert_eq!(notification.context_engine_id, Some(name));
    }
}

#[test]
fn an_engine_id_that_is_refused_is_named() {
    let mut pair = Pair::new();
    let id = pair.submit(UsmCredentials::new(user("both")));
    let question = pair.asked().remove(0);
    let mut report = Forged::report(&question, UNKNOWN_ENGINE_IDS);
    let octets = [0xab; 36];
    report.engine_id = &octets;
    pair.give_manager(&report.plain());
    pair.pass(1_000_000);
    let (of, outcome) = pair.outcomes().remove(0);
    assert_eq!(of, id);
    let words = outcome.unwrap_err();
    let name = format!("an engine id of 36 octets, {}..", "ab".repeat(32));
    assert!(words.contains(&name), "{words}");
}

/// `message` with what `change` makes of its scoped PDU, encrypted and signed as before, and octets behind that.
fn rewritten(
    message: &[u8],
    keys: &UserKeys,
    change: impl FnOnce(Vec<u8>) -> Vec<u8>,
    [in_message, behind]: [&[u8]; 2],
) -> Vec<u8> {
    let message = V3Message::decode(message).unwrap();
    let mut parameters = SecurityParameters::decode(message.security_parameters).unwrap();
    let SecurityParameters { boots, time, .. } = parameters;
    let is_encrypted = message.header.flags.is_encrypted();
    let data = match message.data {
        ScopedPduData::Plaintext(element) => change(element.rest().to_vec()),
        ScopedPduData::Encrypted(contents) => {
            let key = keys.privacy().unwrap();
            let mut data = contents.rest().to_vec();
            key.decrypt(boots, time, parameters.privacy, &mut data)
                .unwrap();
            let mut data = change(data);
            let salt = parameters.privacy.try_into().unwrap();
            key.encrypt(boots, time, salt, &mut data).unwrap();
            data
        }
    };
    let zeros = [0; 12];
    if message.header.flags.is_authenticated() {
        parameters.authentication = Reader::new(&zeros);
    }
    let mut out = Vec::new();
    V3Message::encode_parts(
        message.header,
        &mut out,
        |writer| {
            writer.octets(in_message);
            match is_encrypted {
                true => writer.element(Tag::OCTET_STRING, &data),
                false => writer.octets(&data),
            }
        },
        |writer| {
            parameters.encode(writer);
        },
    );
    out.extend_from_slice(behind);
    if message.header.flags.is_authenticated() {
        // The digest is the second last of the security parameters, before the salt.
        let digest = out.windows(12).rposition(|twelve| twelve == zeros).unwrap();
        let key = keys.authentication().unwrap();
        key.sign(&mut out, digest..digest + 12).unwrap();
    }
    out
}

/// What becomes of a GET of sysDescr.0 in the name of `user` whose answer is rewritten: the value, or the words.
fn asked_through(
    user: &User,
    change: impl FnOnce(Vec<u8>) -> Vec<u8>,
    tails: [&[u8]; 2],
) -> Result<Value, String> {
    let mut pair = Pair::new();
    let (_, outcome) = pair.ask(UsmCredentials::new(user.clone()));
    assert_eq!(outcome, Ok(()));
    let id = pair.submit(UsmCredentials::new(user.clone()));
    let asked = pair.asked().remove(0);
    pair.give_agent(&asked);
    pair.serve();
    let answer = pair.answered().remove(0);
    let keys = user.localize(&engine_id(7)).unwrap();
    pair.give_manager(&rewritten(&answer, &keys, change, tails));
    pair.pass(1_000_000);
    match pair.manager.poll_event() {
        Some(Event::Response { id: of, response }) => {
            assert_eq!(of, id);
            Ok(response.pdu.var_binds.get(0).unwrap().value.to_owned())
        }
        Some(Event::Failed { error, .. }) => Err(error.to_string()),
        other => panic!("{other:?}"),
    }
}

/// An element of fewer than 128 octets of contents.
fn element(tag: u8, contents: &[u8]) -> Vec<u8> {
    [&[tag, u8::try_from(contents.len()).unwrap()], contents].concat()
}

/// The elements of a scoped PDU: up to the PDU, the fields of the PDU up to the bindings.
fn taken_apart(scoped_pdu: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let mut fields = Reader::new(scoped_pdu).sub(Tag::SEQUENCE).unwrap();
    let start = fields.rest();
    fields.octets(Tag::OCTET_STRING).unwrap();
    fields.octets(Tag::OCTET_STRING).unwrap();
    let head = start[..start.len() - fields.rest().len()].to_vec();
    let mut pdu = fields.read().unwrap().contents;
    let start = pdu.rest();
    for _ in 0..3 {
        pdu.integer().unwrap();
    }
    (head, start[..start.len() - pdu.rest().len()].to_vec())
}

/// The scoped PDU with another binding of sysDescr.0, and octets behind the bindings and behind the PDU.
fn odd_scoped_pdu(scoped_pdu: &[u8], binding: &[u8], in_pdu: &[u8], behind: &[u8]) -> Vec<u8> {
    let (head, fields) = taken_apart(scoped_pdu);
    let list = element(0x30, &element(0x30, binding));
    let pdu = element(0xa2, &[&fields[..], &list, in_pdu].concat());
    element(0x30, &[&head[..], &pdu, behind].concat())
}

#[test]
fn inside_a_scoped_pdu_odd_elements_are_read() {
    const PLAIN: &[u8] = &hex!("06 08 2b 06 01 02 01 01 01 00");
    const PADDED: &[u8] = &hex!("06 0a 2b 06 80 01 02 01 01 80 01 00");
    let large = Value::Other {
        tag: Tag::INTEGER,
        contents: hex!("00 df 65 c7 13").into(),
    };
    let large_octets: &[u8] = &hex!("02 05 00 df 65 c7 13");
    let some: &[u8] = &hex!("05 00 ff");
    let cases: [(&[u8], &[u8], &[u8], &[u8], Value); 6] = [
        (PLAIN, &hex!("02 01 05"), &[], &[], Value::from(5)),
        (PLAIN, large_octets, &[], &[], large.clone()),
        (PLAIN, &hex!("02 01 05"), some, &[], Value::from(5)),
        (PLAIN, &hex!("02 01 05"), some, some, Value::from(5)),
        (PADDED, &hex!("02 01 05 ff"), &[], &[], Value::from(5)),
        (PADDED, large_octets, some, some, large),
    ];
    for user in users() {
        for (name, value, in_pdu, behind, expected) in &cases {
            let binding = [*name, value].concat();
            let change =
                |scoped_pdu: Vec<u8>| odd_scoped_pdu(&scoped_pdu, &binding, in_pdu, behind);
            let outcome = asked_through(&user, change, [&[], &[]]);
            assert_eq!(outcome.as_ref(), Ok(expected), "{binding:02x?}");
        }
    }
}

#[test]
fn outside_the_scoped_pdu_nothing_may_be_left_over() {
    for user in users() {
        let same = |scoped_pdu: Vec<u8>| scoped_pdu;
        assert_eq!(asked_through(&user, same, [&[], &[]]), Ok(Value::from(1)));
        for tails in [[&[0][..], &[]], [&[], &[0][..]], [&hex!("05 00"), &[]]] {
            let words = asked_through(&user, same, tails).unwrap_err();
            assert!(
                words.contains("could not be parsed: trailing octets"),
                "{words}"
            );
        }
        let more = |scoped_pdu: Vec<u8>| [&scoped_pdu[..], &[0]].concat();
        let words = asked_through(&user, more, [&[], &[]]).unwrap_err();
        let reason = match user.name() {
            // The cipher fills up nothing.
            b"both" => "could not be decrypted",
            _ => "could not be parsed: trailing octets",
        };
        assert!(words.contains(reason), "{words}");
    }
}
