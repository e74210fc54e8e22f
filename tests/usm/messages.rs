//! Whole messages of SNMPv3 that others sent: opened, and produced again octet for octet.

use std::collections::HashSet;
use std::fs;

use deferred_snmp::asn1::Reader;
use deferred_snmp::message::{MessageFlags, ScopedPdu, ScopedPduData, V3Message, peek};
use deferred_snmp::oid;
use deferred_snmp::pdu::{Pdu, PduKind};
use deferred_snmp::security::usm::{
    AuthProtocol, AuthenticationError, LocalizedKey, MasterKey, OutgoingMessage, PrivProtocol,
    PrivacyError, Protection, Salts, SealError, SecurityParameters, UserKeys,
};
use deferred_snmp::security::{EngineId, SecurityLevel, SecurityModel};
use deferred_snmp::smi::OctetString;
use serde_json::Value;
use util::shared::shared;
use util::{hex_octets, json_lines};

/// What a message says once it is open.
struct Opened<'a> {
    message: V3Message<'a>,
    parameters: SecurityParameters<'a>,
    /// The scoped PDU and, behind it, padding.
    plaintext: Vec<u8>,
    padding: usize,
}

impl Opened<'_> {
    fn scoped_pdu(&self) -> ScopedPdu<'_> {
        let reader = Reader::new(&self.plaintext);
        ScopedPdu::decode_padded(reader, self.padding).expect("a scoped PDU")
    }
}

/// As an engine does it: digest first, then the cipher, then the PDU.
fn open<'a>(datagram: &'a [u8], keys: &UserKeys, check_digest: bool) -> Opened<'a> {
    let message = V3Message::decode(datagram).expect("a message");
    let parameters = SecurityParameters::decode(message.security_parameters).expect("parameters");
    let level = SecurityLevel::from(message.header.flags);
    assert!(level <= keys.level(), "{message}");
    if level >= SecurityLevel::AuthNoPriv && check_digest {
        let key = keys.authentication().expect("an authentication key");
        let verified = key.verify(datagram, parameters.digest_field());
        assert_eq!(verified, Ok(()), "{message}");
    }
    match message.data {
        ScopedPduData::Plaintext(element) => Opened {
            message,
            parameters,
            plaintext: element.rest().to_vec(),
            padding: 0,
        },
        ScopedPduData::Encrypted(contents) => {
            let key = keys.privacy().expect("a privacy key");
            let mut plaintext = contents.rest().to_vec();
            let (boots, time) = (parameters.boots, parameters.time);
            key.decrypt(boots, time, parameters.privacy, &mut plaintext)
                .expect("decrypted");
            Opened {
                message,
                parameters,
                plaintext,
                padding: key.protocol().max_padding(),
            }
        }
    }
}

/// The same message from its parts, with the salt that it came with.
fn produced(opened: &Opened<'_>, keys: &UserKeys) -> Vec<u8> {
    let Opened {
        message,
        parameters,
        ..
    } = opened;
    let header = message.header;
    let outgoing = OutgoingMessage {
        message_id: header.message_id,
        max_size: header.max_size,
        reportable: header.flags.is_reportable(),
        engine_id: parameters.engine_id,
        boots: parameters.boots,
        time: parameters.time,
        user_name: parameters.user_name,
        scoped_pdu: opened.scoped_pdu(),
    };
    let protection = match SecurityLevel::from(header.flags) {
        SecurityLevel::NoAuthNoPriv => Protection::NoAuthNoPriv,
        SecurityLevel::AuthNoPriv => Protection::AuthNoPriv(keys.authentication().unwrap()),
        SecurityLevel::AuthPriv => Protection::AuthPriv {
            authentication: keys.authentication().unwrap(),
            privacy: keys.privacy().unwrap(),
            salt: parameters.privacy.try_into().expect("a salt of 8 octets"),
        },
    };
    let mut datagram = b"something else".to_vec();
    outgoing.encode(protection, &mut datagram);
    datagram
}

/// Holds one message against its description.
fn check(vector: &Value, message: &Value, keys: &UserKeys) {
    let name = format!("{} {} {}", vector["auth"], vector["priv"], message["hex"]);
    let datagram = hex_octets(&message["hex"]);
    let check_digest = message.get("digest_ok").is_none_or(|ok| ok == true);
    let opened = open(&datagram, keys, check_digest);
    let header = opened.message.header;
    assert_eq!(u64::from(header.flags.octet()), message["flags"], "{name}");
    assert_eq!(header.security_model, SecurityModel::USM.number(), "{name}");
    assert_eq!(peek::message_id(&datagram), Ok(header.message_id));
    if let Some(number) = message.get("msg_id") {
        assert_eq!(header.message_id, *number, "{name}");
    }
    assert_eq!(opened.parameters.boots, message["engine_boots"], "{name}");
    assert_eq!(opened.parameters.time, message["engine_time"], "{name}");
    let digest = opened.parameters.authentication.rest();
    if let Some(expected) = util::usm::octets(message, "digest") {
        assert_eq!(digest, expected, "{name}");
        assert_eq!(datagram[opened.parameters.digest_field()], expected);
    }
    let mut padding = None;
    if let Some(expected) = util::usm::octets(message, "scoped_pdu_plain") {
        let (plain, pad) = opened.plaintext.split_at(expected.len());
        assert_eq!(plain, expected, "{name}");
        assert!(pad.len() <= opened.padding, "{name}");
        padding = Some(pad);
    }
    // PySNMP pads with zeros, which is as good but another cipher text
    let other_padding = padding.is_some_and(|pad| pad.iter().any(|&o| usize::from(o) != pad.len()));
    let again = produced(&opened, keys);
    if other_padding {
        assert_eq!(again.len(), datagram.len(), "{name}");
        let field = opened.parameters.digest_field();
        let last_block = datagram.len() - 8;
        assert_eq!(again[..field.start], datagram[..field.start], "{name}");
        assert_eq!(
            again[field.end..last_block],
            datagram[field.end..last_block],
            "{name}"
        );
        let reopened = open(&again, keys, true);
        assert_eq!(reopened.scoped_pdu(), opened.scoped_pdu(), "{name}");
    } else if check_digest {
        assert_eq!(hex(&again), hex(&datagram), "{name}");
    }
}

/// For messages of assertions.
fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}

#[test]
fn recorded_messages() {
    let mut levels = [0; 3];
    for vector in json_lines(include_str!("../vectors/v3-messages.jsonl")) {
        check(&vector, &vector, &util::usm::keys(&vector));
        let protection = vector["flags"].as_u64().unwrap() % 4;
        levels[protection.count_ones() as usize] += 1;
    }
    assert!(levels.into_iter().all(|count| count >= 2), "{levels:?}");
}

#[test]
fn conversations_of_others() {
    for (name, least) in [("messages-netsnmp.json", 45), ("messages-pysnmp.json", 15)] {
        let Some(path) = shared("conversations_of_others", &format!("vectors/{name}")) else {
            return;
        };
        let vectors: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        let vectors = vectors.as_array().unwrap();
        assert!(vectors.len() >= least, "{name}: {}", vectors.len());
        for vector in vectors {
            let keys = util::usm::keys(vector);
            let messages = vector["messages"].as_array().unwrap();
            assert_eq!(messages.len(), 4);
            for message in messages {
                check(vector, message, &keys);
            }
        }
    }
}

#[test]
fn captured_by_others() {
    let Some(path) = shared("captured_by_others", "vectors/captured.json") else {
        return;
    };
    let vectors: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let vectors = vectors.as_array().unwrap();
    assert!(vectors.len() >= 19, "{}", vectors.len());
    for vector in vectors {
        let keys = util::usm::keys(vector);
        let datagram = hex_octets(&vector["hex"]);
        let message = V3Message::decode(&datagram).unwrap();
        if SecurityLevel::from(message.header.flags) <= keys.level() {
            check(vector, vector, &keys);
        } else {
            // encrypted with a pass phrase that nobody told
            let parameters = SecurityParameters::decode(message.security_parameters).unwrap();
            let key = keys.authentication().unwrap();
            assert_eq!(key.verify(&datagram, parameters.digest_field()), Ok(()));
        }
    }
}

/// The authenticated messages among the recorded ones, with their keys.
fn authenticated() -> impl Iterator<Item = (Vec<u8>, UserKeys)> {
    json_lines(include_str!("../vectors/v3-messages.jsonl"))
        .filter(|vector| vector.get("digest").is_some())
        .map(|vector| (hex_octets(&vector["hex"]), util::usm::keys(&vector)))
}

#[test]
fn no_octet_can_be_changed() {
    let mut messages = 0;
    for (mut datagram, keys) in authenticated() {
        let message = V3Message::decode(&datagram).unwrap();
        let field = SecurityParameters::decode(message.security_parameters)
            .unwrap()
            .digest_field();
        let key = keys.authentication().unwrap();
        for at in 0..datagram.len() {
            datagram[at] ^= 1 << (at % 8);
            assert_eq!(
                key.verify(&datagram, field.clone()),
                Err(AuthenticationError),
                "octet {at}"
            );
            datagram[at] ^= 1 << (at % 8);
        }
        assert_eq!(key.verify(&datagram, field.clone()), Ok(()));
        // a digest that is cut off, even if what is there is right
        for len in 0..field.len() {
            let cut_off = field.start..field.start + len;
            assert!(key.verify(&datagram, cut_off).is_err(), "{len} octets");
        }
        let beyond = datagram.len() - field.len() + 1;
        let beyond = beyond..beyond + field.len();
        assert!(key.verify(&datagram, beyond.clone()).is_err());
        let before = datagram.clone();
        assert!(key.sign(&mut datagram, beyond).is_err());
        assert!(key.sign(&mut datagram, 0..field.len() - 1).is_err());
        assert_eq!(datagram, before);
        messages += 1;
    }
    assert!(messages >= 14, "{messages}");
}

#[test]
fn wrong_keys_open_nothing() {
    let vectors: Vec<_> = json_lines(include_str!("../vectors/v3-messages.jsonl"))
        .filter(|vector| vector.get("digest").is_some())
        .map(|vector| (util::usm::keys(&vector), vector))
        .collect();
    let mut refused = 0;
    for (_, vector) in &vectors {
        let datagram = hex_octets(&vector["hex"]);
        let message = V3Message::decode(&datagram).unwrap();
        let parameters = SecurityParameters::decode(message.security_parameters).unwrap();
        for (other_keys, other) in &vectors {
            let key = other_keys.authentication().unwrap();
            let verified = key.verify(&datagram, parameters.digest_field());
            let same_key = ["auth", "auth_password", "engine_id"]
                .iter()
                .all(|&field| vector[field] == other[field]);
            assert_eq!(verified.is_ok(), same_key, "{key:?}: {message}");
            refused += usize::from(!same_key);
        }
    }
    assert!(refused >= 100, "{refused}");
}

#[test]
fn what_cannot_be_decrypted() {
    for (datagram, keys) in authenticated() {
        let message = V3Message::decode(&datagram).unwrap();
        let ScopedPduData::Encrypted(contents) = message.data else {
            continue;
        };
        let key = keys.privacy().unwrap();
        let mut data = contents.rest().to_vec();
        for salt in [&[][..], &[0; 7], &[0; 9]] {
            let refused = key.decrypt(1, 1, salt, &mut data);
            assert_eq!(refused, Err(PrivacyError));
        }
        assert_eq!(data, contents.rest());
        let whole_blocks = matches!(key.protocol(), PrivProtocol::Des | PrivProtocol::TripleDes);
        data.truncate(data.len() / 8 * 8 - 1);
        let cut_off = data.clone();
        assert_eq!(key.decrypt(1, 1, &[0; 8], &mut data).is_err(), whole_blocks);
        assert_eq!(data == cut_off, whole_blocks);
        data.clone_from(&cut_off);
        assert_eq!(key.encrypt(1, 1, [0; 8], &mut data).is_err(), whole_blocks);
        assert_eq!(data == cut_off, whole_blocks);
    }
}

/// A wrong privacy key is found out by what it yields.
#[test]
fn garbage_is_no_scoped_pdu() {
    for (datagram, keys) in authenticated() {
        let message = V3Message::decode(&datagram).unwrap();
        let ScopedPduData::Encrypted(contents) = message.data else {
            continue;
        };
        let key = keys.privacy().unwrap();
        for salt in 0..50_u64 {
            let mut data = contents.rest().to_vec();
            key.decrypt(1, 1, &salt.to_be_bytes(), &mut data).unwrap();
            let decoded =
                ScopedPdu::decode_padded(Reader::new(&data), key.protocol().max_padding());
            assert!(decoded.is_err());
        }
    }
}

/// Every pair of protocols at every level, with scoped PDUs of every length modulo the block.
#[test]
fn what_is_sealed_opens() {
    let engine_id = EngineId::generate(8072, [8, 7, 6, 5, 4, 3, 2, 1]);
    let mut salts = Salts::new(5, 0xfeed_beef_0000_0001);
    let mut seen = HashSet::new();
    for auth in AuthProtocol::ALL {
        let master = MasterKey::new(auth, &vec![0x2b; auth.key_len()]).unwrap();
        let local = master.localize(&engine_id);
        for privacy in PrivProtocol::ALL {
            let keys = UserKeys::auth_priv(local.authentication(), local.privacy(privacy));
            for len in 0..9 {
                let pdu = Pdu::new(
                    PduKind::SetRequest,
                    -1,
                    [(oid!(1.3.6.1), OctetString(vec![b'x'; len]))]
                        .into_iter()
                        .collect(),
                );
                let scoped_pdu = ScopedPdu {
                    context_engine_id: engine_id.octets(),
                    context_name: b"context",
                    pdu: pdu.as_ref(),
                };
                for level in [
                    SecurityLevel::NoAuthNoPriv,
                    SecurityLevel::AuthNoPriv,
                    SecurityLevel::AuthPriv,
                ] {
                    let outgoing = OutgoingMessage {
                        message_id: i32::MAX,
                        max_size: 484,
                        reportable: false,
                        engine_id: engine_id.octets(),
                        boots: i32::MAX as u32,
                        time: 0,
                        user_name: &[b'u'; 32],
                        scoped_pdu,
                    };
                    let protection = keys.protection(level, &mut salts).unwrap();
                    assert_eq!(protection.level(), level);
                    let mut datagram = Vec::new();
                    outgoing.encode(protection, &mut datagram);
                    let opened = open(&datagram, &keys, true);
                    assert_eq!(opened.message.header.flags, level.flags());
                    assert_eq!(opened.scoped_pdu(), scoped_pdu, "{auth} {privacy} {len}");
                    let salt = opened.parameters.privacy;
                    if level == SecurityLevel::AuthPriv {
                        assert!(seen.insert(salt.to_vec()), "{salt:02x?} comes twice");
                        let plain = &opened.plaintext[..16];
                        let shown = datagram.windows(16).any(|octets| octets == plain);
                        assert!(!shown, "{privacy} leaves the text as it is");
                    } else {
                        assert!(salt.is_empty());
                    }
                }
            }
        }
    }
    assert_eq!(seen.len(), 6 * 7 * 9);
}

#[test]
fn no_keys_no_protection() {
    let engine_id = EngineId::generate(8072, [0; 8]);
    let local = LocalizedKey::new(AuthProtocol::Sha256, &engine_id, &[1; 32]).unwrap();
    let all = [
        UserKeys::none(),
        UserKeys::auth(local.authentication()),
        UserKeys::auth_priv(local.authentication(), local.privacy(PrivProtocol::Des)),
    ];
    let levels = [
        SecurityLevel::NoAuthNoPriv,
        SecurityLevel::AuthNoPriv,
        SecurityLevel::AuthPriv,
    ];
    let mut salts = Salts::new(1, 0);
    for (keys, own_level) in all.iter().zip(levels) {
        assert_eq!(keys.level(), own_level);
        for level in levels {
            let protection = keys.protection(level, &mut salts).map(Protection::level);
            let expected = if level <= own_level {
                Ok(level)
            } else {
                Err(SealError::UnsupportedLevel(level))
            };
            assert_eq!(protection, expected);
        }
    }
    let next = salts.next(PrivProtocol::Des).unwrap();
    assert_eq!(next, [0, 0, 0, 1, 0, 0, 0, 1], "one salt was taken");
}

#[test]
fn levels_and_flags() {
    let pairs = [
        (SecurityLevel::NoAuthNoPriv, MessageFlags::NO_AUTH_NO_PRIV),
        (SecurityLevel::AuthNoPriv, MessageFlags::AUTH_NO_PRIV),
        (SecurityLevel::AuthPriv, MessageFlags::AUTH_PRIV),
    ];
    for (level, flags) in pairs {
        assert_eq!(level.flags(), flags);
        assert_eq!(SecurityLevel::from(flags.reportable(true)), level);
        assert_eq!(flags.to_string(), level.to_string());
    }
}
