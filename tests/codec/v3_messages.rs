//! The frame of SNMPv3 messages: what is taken, what is refused and where.

use deferred_snmp::asn1::{BerErrorKind, Reader, Tag};
use deferred_snmp::message::{
    CommunityMessage, HeaderData, MessageFlags, ScopedPdu, ScopedPduData, V3Message, peek,
};
use deferred_snmp::oid;
use deferred_snmp::pdu::{Pdu, PduKind};
use deferred_snmp::security::SecurityModel;
use deferred_snmp::security::usm::{OutgoingMessage, Protection, SecurityParameters};
use hex_literal::hex;
use util::{hex_octets, json_lines};

/// An element with a length of one octet.
fn element(tag: u8, contents: &[u8]) -> Vec<u8> {
    assert!(contents.len() < 0x80);
    [&[tag, contents.len() as u8], contents].concat()
}

fn header(fields: &[&[u8]]) -> Vec<u8> {
    element(0x30, &fields.concat())
}

const ID: &[u8] = &hex!("020107");
const MAX_SIZE: &[u8] = &hex!("020201e4");
const MODEL: &[u8] = &hex!("020103");
const PLAIN: &[u8] = &hex!("30120400 0400 a00c 020109 020100 020100 3001 05");

fn flags(octet: u8) -> Vec<u8> {
    vec![0x04, 0x01, octet]
}

/// A message with these header fields and this data.
fn message(header_fields: &[&[u8]], data: &[u8]) -> Vec<u8> {
    let parts = [
        &hex!("020103")[..],
        &header(header_fields),
        &hex!("0400"),
        data,
    ];
    element(0x30, &parts.concat())
}

fn kind(datagram: &[u8]) -> BerErrorKind {
    V3Message::decode(datagram).unwrap_err().kind()
}

#[test]
fn header_limits() {
    let with = |id: &[u8], size: &[u8], model: &[u8]| message(&[id, size, &flags(0), model], PLAIN);
    let decoded = |id, size, model| V3Message::decode(&with(id, size, model)).map(|m| m.header);
    let least = decoded(&hex!("020100"), MAX_SIZE, &hex!("020101")).unwrap();
    assert_eq!((least.message_id, least.max_size), (0, 484));
    assert_eq!(least.security_model, 1);
    let most = &hex!("02047fffffff");
    let most = decoded(most, most, most).unwrap();
    assert_eq!((most.message_id, most.max_size), (i32::MAX, i32::MAX));
    assert_eq!(most.security_model, i32::MAX);

    let out_of_range = BerErrorKind::IntegerOutOfRange;
    assert_eq!(kind(&with(&hex!("0201ff"), MAX_SIZE, MODEL)), out_of_range);
    assert_eq!(
        kind(&with(&hex!("02050080000000"), MAX_SIZE, MODEL)),
        out_of_range
    );
    assert_eq!(kind(&with(ID, &hex!("020201e3"), MODEL)), out_of_range);
    assert_eq!(kind(&with(ID, MAX_SIZE, &hex!("020100"))), out_of_range);
    assert_eq!(kind(&with(ID, MAX_SIZE, &hex!("0201fd"))), out_of_range);
    assert_eq!(
        peek::message_id(&with(&hex!("0201ff"), MAX_SIZE, MODEL)).map_err(|error| error.kind()),
        Err(out_of_range)
    );
    assert_eq!(peek::message_id(&with(ID, MAX_SIZE, MODEL)), Ok(7));
}

#[test]
fn flags_and_data_agree() {
    let with = |flags: &[u8], data: &[u8]| message(&[ID, MAX_SIZE, flags, MODEL], data);
    let encrypted = &hex!("0403 616263");
    let decode =
        |octet, data| V3Message::decode(&with(&flags(octet), data)).map(|m| m.header.flags);
    assert_eq!(decode(0, PLAIN), Ok(MessageFlags::NO_AUTH_NO_PRIV));
    assert_eq!(decode(1, PLAIN), Ok(MessageFlags::AUTH_NO_PRIV));
    assert_eq!(decode(3, encrypted), Ok(MessageFlags::AUTH_PRIV));
    assert_eq!(
        decode(5, PLAIN),
        Ok(MessageFlags::AUTH_NO_PRIV.reportable(true))
    );
    // the reserved bits do not count, and do not survive
    assert_eq!(decode(0xf8, PLAIN), Ok(MessageFlags::NO_AUTH_NO_PRIV));
    assert_eq!(decode(0xff, encrypted).map(MessageFlags::octet), Ok(7));

    let invalid = V3Message::decode(&with(&flags(2), encrypted)).unwrap_err();
    assert_eq!(invalid.kind(), BerErrorKind::PrivacyWithoutAuthentication);
    assert_eq!(invalid.offset(), 14, "the flags");
    assert_eq!(kind(&with(&flags(6), PLAIN)), invalid.kind());

    let unexpected = |expected, found: &[u8]| {
        let found = Reader::new(found).peek_tag().unwrap();
        BerErrorKind::UnexpectedTag { expected, found }
    };
    let data = unexpected(Tag::SEQUENCE, encrypted);
    assert_eq!(kind(&with(&flags(1), encrypted)), data);
    let data = unexpected(Tag::OCTET_STRING, PLAIN);
    assert_eq!(kind(&with(&flags(3), PLAIN)), data);

    assert_eq!(
        kind(&with(&hex!("0400"), PLAIN)),
        BerErrorKind::StringLength
    );
    assert_eq!(
        kind(&with(&hex!("04020000"), PLAIN)),
        BerErrorKind::StringLength
    );
    for octet in 0..=u8::MAX {
        let flags = MessageFlags::from_octet(octet);
        assert_eq!(flags.is_none(), octet & 3 == 2);
        assert!(flags.is_none_or(|flags| flags.octet() == octet & 7));
    }
}

#[test]
fn nothing_is_left_over() {
    let sound = message(&[ID, MAX_SIZE, &flags(0), MODEL], PLAIN);
    assert!(V3Message::decode(&sound).is_ok());
    let trailing = BerErrorKind::TrailingOctets;
    assert_eq!(kind(&[&sound[..], &[0]].concat()), trailing);
    let data = [PLAIN, &hex!("0500")].concat();
    assert_eq!(
        kind(&message(&[ID, MAX_SIZE, &flags(0), MODEL], &data)),
        trailing
    );
    let more = [ID, MAX_SIZE, &flags(0), MODEL, MODEL];
    assert_eq!(kind(&message(&more, PLAIN)), trailing);
    for end in 0..sound.len() {
        assert!(V3Message::decode(&sound[..end]).is_err(), "{end}");
    }
}

#[test]
fn other_versions() {
    let pdu = Pdu::new(
        PduKind::GetRequest,
        1,
        [(oid!(1.3.6.1), ())].into_iter().collect(),
    );
    let mut v2c = Vec::new();
    CommunityMessage::new(deferred_snmp::message::Version::V2c, b"c", &pdu).encode(&mut v2c);
    assert_eq!(kind(&v2c), BerErrorKind::UnexpectedVersion(1));
    let peeked = peek::message_id(&v2c).map_err(|error| error.kind());
    assert_eq!(peeked, Err(BerErrorKind::UnexpectedVersion(1)));
}

#[test]
fn scoped_pdus() {
    let pdu = Pdu::new(
        PduKind::GetRequest,
        9,
        [(oid!(1.3.6.1), ())].into_iter().collect(),
    );
    let scoped_pdu = ScopedPdu {
        context_engine_id: &hex!("8000000001"),
        context_name: b"north\n",
        pdu: pdu.as_ref(),
    };
    let outgoing = OutgoingMessage {
        message_id: 3,
        max_size: 1472,
        reportable: true,
        engine_id: b"",
        boots: 0,
        time: i32::MAX as u32,
        user_name: b"joe",
        scoped_pdu,
    };
    let mut datagram = Vec::new();
    outgoing.encode(Protection::NoAuthNoPriv, &mut datagram);
    let message = V3Message::decode(&datagram).unwrap();
    assert_eq!(
        message.header,
        HeaderData {
            message_id: 3,
            max_size: 1472,
            flags: MessageFlags::NO_AUTH_NO_PRIV.reportable(true),
            security_model: SecurityModel::USM.number(),
        }
    );
    assert_eq!(
        message.to_string(),
        "v3 message 3 max 1472 noAuthNoPriv reportable model 3 \
         north\\n@8000000001 GetRequest-PDU id 9 [1.3.6.1 = ]"
    );
    let parameters = SecurityParameters::decode(message.security_parameters).unwrap();
    assert_eq!(parameters.to_string(), "joe@ boots 0 time 2147483647");
    assert!(parameters.authentication.is_empty() && parameters.privacy.is_empty());

    let ScopedPduData::Plaintext(element) = message.data else {
        panic!("not plain");
    };
    assert_eq!(ScopedPdu::decode_padded(element, 0), Ok(scoped_pdu));
    let padded = [element.rest(), &[0; 8]].concat();
    let decode = |padding| ScopedPdu::decode_padded(Reader::new(&padded), padding);
    assert_eq!(decode(8), Ok(scoped_pdu));
    let error = decode(7).unwrap_err();
    assert_eq!(error.kind(), BerErrorKind::TrailingOctets);
    assert_eq!(error.offset(), element.rest().len());
    let trap_v1 = hex!("3006 0400 0400 a400");
    let error = ScopedPdu::decode(&mut Reader::new(&trap_v1)).unwrap_err();
    assert!(matches!(error.kind(), BerErrorKind::UnexpectedPdu(_)));
}

#[test]
fn security_parameters() {
    let field = |name: &[u8], boots: &[u8], time: &[u8]| {
        let engine = hex!("0405 8000000001");
        let name = element(0x04, name);
        element(
            0x30,
            &[&engine, boots, time, &name, &hex!("0400 0400")[..]].concat(),
        )
    };
    let zero = &hex!("020100");
    let kind = |octets: &[u8]| {
        let decoded = SecurityParameters::decode(Reader::new(octets));
        decoded.map(drop).map_err(|error| error.kind())
    };
    assert_eq!(kind(&field(&[b'a'; 32], zero, zero)), Ok(()));
    assert_eq!(kind(&field(b"", &hex!("02047fffffff"), zero)), Ok(()));
    let length = Err(BerErrorKind::StringLength);
    assert_eq!(kind(&field(&[b'a'; 33], zero, zero)), length);
    let range = Err(BerErrorKind::IntegerOutOfRange);
    assert_eq!(kind(&field(b"", &hex!("0201ff"), zero)), range);
    assert_eq!(kind(&field(b"", zero, &hex!("02050080000000"))), range);
    let mut more = field(b"", zero, zero);
    more.push(0);
    assert_eq!(kind(&more), Err(BerErrorKind::TrailingOctets));
}

/// Each part knows where it is: the one thing that in-place checking depends on.
#[test]
fn places_in_the_datagram() {
    for vector in json_lines(include_str!("../vectors/v3-messages.jsonl")) {
        let datagram = hex_octets(&vector["hex"]);
        let message = V3Message::decode(&datagram).unwrap();
        let parameters = SecurityParameters::decode(message.security_parameters).unwrap();
        let at = |reader: Reader<'_>| datagram[reader.offset()..][..reader.rest().len()].to_vec();
        assert_eq!(
            at(message.security_parameters),
            message.security_parameters.rest()
        );
        assert_eq!(
            at(parameters.authentication),
            parameters.authentication.rest()
        );
        assert_eq!(
            &datagram[parameters.digest_field()],
            parameters.authentication.rest()
        );
        let (ScopedPduData::Plaintext(data) | ScopedPduData::Encrypted(data)) = message.data;
        assert_eq!(at(data), data.rest());
        assert_eq!(data.offset() + data.rest().len(), datagram.len());
        let mut again = Vec::new();
        message.encode(&mut again);
        assert_eq!(again, datagram);
    }
}
