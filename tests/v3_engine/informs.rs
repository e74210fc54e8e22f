//! Informs that come again, in a user's name: acknowledged again, handed out once.

use deferred_snmp::applications::acknowledgement;
use deferred_snmp::engine::{EngineConfig, Event, IncomingNotification, Peer};
use deferred_snmp::message::{ScopedPdu, ScopedPduData, V3Message};
use deferred_snmp::oid;
use deferred_snmp::pdu::{Pdu, PduKind};
use deferred_snmp::security::SecurityLevel;
use deferred_snmp::security::usm::{AuthProtocol, User, UserEntry, UserKeys, UserTable, UsmUser};
use deferred_snmp::smi::{ValueRef, VarBindList};

use crate::pair::{AUTH_PHRASE, Forged, auth_user, decoded, engine_id, plain_user, reported, user};
use util::rig::{Rig, agent};

/// Three tries of Net-SNMP's `snmpinform -v3 -l authNoPriv`, a second apart, whose acknowledgements were
/// lost: boots and time of the receiver as they were, a msgID for each, one request-id for all.
const TRIES: [&str; 3] = [
    "3081ac020103301102040f721d48020300ffe30401050201030430302e041180001f8880f949fe204ee90c6b00000000\
     02010102010104036a6f65040c725d7602e90afb0832517e5b04003062041180001f8880f1598179f5e80c6b00000000\
     0400a64b020422fbd782020100020100303d300d06082b0601020101030043012a3017060a2b06010603010104010006\
     092b0601060301010502301306082b06010201010500040767617465776179",
    "3081ac020103301102040f721d4a020300ffe30401050201030430302e041180001f8880f949fe204ee90c6b00000000\
     02010102010204036a6f65040c62299125334533f95338140304003062041180001f8880f1598179f5e80c6b00000000\
     0400a64b020422fbd782020100020100303d300d06082b0601020101030043012a3017060a2b06010603010104010006\
     092b0601060301010502301306082b06010201010500040767617465776179",
    "3081ac020103301102040f721d4b020300ffe30401050201030430302e041180001f8880f949fe204ee90c6b00000000\
     02010102010304036a6f65040ceab58570f1a332ffd65460b404003062041180001f8880f1598179f5e80c6b00000000\
     0400a64b020422fbd782020100020100303d300d06082b0601020101030043012a3017060a2b06010603010104010006\
     092b0601060301010502301306082b06010201010500040767617465776179",
];

fn octets(digits: &str) -> Vec<u8> {
    let pairs = digits.as_bytes().chunks(2);
    pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

fn receiver_of(users: impl IntoIterator<Item = User>, config: EngineConfig) -> Rig {
    let mut table = UserTable::default();
    for user in users {
        table.insert(UserEntry::new(user)).unwrap();
    }
    Rig::new(config.users(table).notifications(true))
}

/// Engine 7, in its first boot.
fn receiver() -> Rig {
    let users = [
        user("both"),
        user("other"),
        auth_user("auth"),
        plain_user("plain"),
    ];
    let config = EngineConfig::with_seed(7).engine_id(engine_id(7));
    receiver_of(users, config)
}

fn only(rig: &mut Rig) -> IncomingNotification {
    match <[Event; 1]>::try_from(rig.events()).unwrap() {
        [Event::Notification(notification)] => notification,
        [other] => panic!("{other:?}"),
    }
}

fn acknowledge(rig: &mut Rig, notification: &IncomingNotification) {
    let answer = acknowledgement(notification, Vec::new());
    assert!(
        rig.engine
            .respond(rig.now, notification.state.unwrap(), answer)
    );
}

/// msgID and request-id of a message that is not encrypted.
fn identifiers(datagram: &[u8]) -> (i32, i32) {
    let message = V3Message::decode(datagram).unwrap();
    let ScopedPduData::Plaintext(data) = message.data else {
        panic!("encrypted: {message}");
    };
    let scoped_pdu = ScopedPdu::decode_padded(data, 0).unwrap();
    (message.header.message_id, scoped_pdu.pdu.request_id)
}

/// What engine 7 is sent by those who know its clock.
fn inform<'a>(user_name: &'a str, time: u32, message_id: i32) -> Forged<'a> {
    let mut list = VarBindList::new();
    list.push(oid!(1.3.6.1.2.1.1.3.0).as_ref(), ValueRef::TimeTicks(1));
    let name = oid!(1.3.6.1.6.3.1.1.5.1);
    list.push(
        oid!(1.3.6.1.6.3.1.1.4.1.0).as_ref(),
        ValueRef::ObjectIdentifier(name.as_ref()),
    );
    Forged {
        message_id,
        engine_id: b"\x80\0\x4f\xb8\x05\x07\x07\x07\x07\x07\x07\x07\x07",
        clock: (1, time),
        user_name,
        pdu: Pdu::new(PduKind::InformRequest, 77, list),
        context_name: "",
    }
}

fn keys_of(user: &User) -> UserKeys {
    user.localize(&engine_id(7)).unwrap()
}

/// The user of each level, and how it signs.
fn levels() -> [(&'static str, UserKeys, SecurityLevel); 3] {
    [
        ("plain", UserKeys::none(), SecurityLevel::NoAuthNoPriv),
        (
            "auth",
            keys_of(&auth_user("auth")),
            SecurityLevel::AuthNoPriv,
        ),
        ("both", keys_of(&user("both")), SecurityLevel::AuthPriv),
    ]
}

#[test]
fn a_try_of_net_snmp_under_another_number_is_the_same_inform() {
    let joe = UsmUser::new("joe").unwrap();
    let joe = joe.auth(AuthProtocol::Sha1, AUTH_PHRASE).unwrap().into();
    let id = "80001f8880f949fe204ee90c6b00000000".parse().unwrap();
    let mut rig = receiver_of([joe], EngineConfig::with_seed(1).engine_id(id));
    let tries = TRIES.map(octets);
    rig.receive(1_000, &agent(9), &tries[0]);
    let notification = only(&mut rig);
    rig.receive(2_000, &agent(9), &tries[1]);
    assert!(rig.sent().is_empty() && rig.events().is_empty());
    // It waits for the answer to its latest try only.
    acknowledge(&mut rig, &notification);
    assert_eq!(identifiers(&rig.sent_one().data), identifiers(&tries[1]));
    rig.receive(3_000, &agent(9), &tries[2]);
    assert_eq!(identifiers(&rig.sent_one().data), identifiers(&tries[2]));
    assert!(rig.events().is_empty());
    assert_eq!(rig.engine.statistics().repeated_informs, 2);
    assert_eq!(rig.engine.statistics().notifications, 1);
}

/// Who has recorded a later try cannot have it handed out either.
#[test]
fn each_signed_try_is_known_by_its_octets_from_wherever_it_comes() {
    let mut rig = receiver();
    let keys = keys_of(&auth_user("auth"));
    let tries: Vec<_> = (1..=16)
        .map(|number| inform("auth", 0, number).seal(&keys, SecurityLevel::AuthNoPriv))
        .collect();
    for (at, datagram) in tries.iter().enumerate() {
        rig.receive(at as u64, &agent(9), datagram);
        if at == 0 {
            let notification = only(&mut rig);
            acknowledge(&mut rig, &notification);
        }
        assert_eq!(rig.sent().len(), 1);
    }
    for (number, datagram) in tries.iter().enumerate() {
        let elsewhere = agent(10 + number as u8);
        rig.receive(149_999, &elsewhere, datagram);
        assert!(rig.sent_one().peer.is(&elsewhere));
        assert!(rig.events().is_empty(), "{number}");
    }
    assert_eq!(rig.engine.statistics().notifications, 1);
    // All of them are forgotten with it.
    rig.receive(150_000, &agent(9), &tries[15]);
    only(&mut rig);
}

#[test]
fn at_each_level_the_same_octets_are_the_same_inform() {
    for (name, keys, level) in levels() {
        let mut rig = receiver();
        let datagram = inform(name, 0, 1).seal(&keys, level);
        rig.receive(0, &agent(9), &datagram);
        let notification = only(&mut rig);
        acknowledge(&mut rig, &notification);
        let first = rig.sent_one().data;
        for at in [1, 149_999] {
            rig.receive(at, &agent(9), &datagram);
            let again = rig.sent_one().data;
            let (header, parameters) = decoded(&again);
            assert_eq!(header.message_id, 1);
            assert_eq!(header.flags, decoded(&first).0.flags, "{level}");
            assert_eq!(parameters.time, at as u32 / 1_000, "the time of now");
        }
        assert!(rig.events().is_empty());
    }
}

/// A message with a digest is known by its octets: who repeats it from elsewhere makes nothing known
/// twice. Without a digest, nothing tells a copy from another sender that says the same.
#[test]
fn signed_octets_from_elsewhere_are_the_same_inform() {
    for (name, keys, level) in levels() {
        let mut rig = receiver();
        let datagram = inform(name, 0, 1).seal(&keys, level);
        let elsewhere = Peer::udp(
            deferred_snmp::engine::Endpoint(0),
            ([192, 0, 2, 9], 9).into(),
        );
        rig.receive(0, &agent(9), &datagram);
        let notification = only(&mut rig);
        // Under way, the answer still goes to who has asked first.
        rig.receive(1, &elsewhere, &datagram);
        if level == SecurityLevel::NoAuthNoPriv {
            let another = only(&mut rig);
            assert!(another.peer.is(&elsewhere));
            continue;
        }
        assert!(rig.events().is_empty());
        acknowledge(&mut rig, &notification);
        assert!(rig.sent_one().peer.is(&agent(9)));
        rig.receive(2, &elsewhere, &datagram);
        assert!(rig.sent_one().peer.is(&elsewhere));
        assert!(rig.events().is_empty());
    }
}

#[test]
fn who_says_it_and_in_which_context_tells_one_from_another() {
    let mut rig = receiver();
    let (both, other) = (keys_of(&user("both")), keys_of(&user("other")));
    let signed = SecurityLevel::AuthPriv;
    let datagram = inform("both", 0, 1).seal(&both, signed);
    rig.receive(0, &agent(9), &datagram);
    let notification = only(&mut rig);
    acknowledge(&mut rig, &notification);
    drop(rig.sent_one());
    let mut context = inform("both", 0, 2);
    context.context_name = "west";
    let mut request_id = inform("both", 0, 3);
    request_id.pdu.request_id += 1;
    let others = [
        (agent(9), context.seal(&both, signed)),
        (agent(9), request_id.seal(&both, signed)),
        (agent(9), inform("other", 0, 4).seal(&other, signed)),
        (
            agent(9),
            inform("both", 0, 5).seal(&both, SecurityLevel::AuthNoPriv),
        ),
        (agent(8), inform("both", 0, 6).seal(&both, signed)),
    ];
    for (peer, datagram) in others {
        rig.receive(1, &peer, &datagram);
        let notification = only(&mut rig);
        acknowledge(&mut rig, &notification);
        assert_eq!(rig.sent().len(), 1);
    }
    assert_eq!(rig.engine.statistics().repeated_informs, 0);
}

#[test]
fn a_copy_that_is_not_believed_is_not_acknowledged() {
    let mut rig = receiver();
    let keys = keys_of(&user("both"));
    let datagram = inform("both", 0, 1).seal(&keys, SecurityLevel::AuthPriv);
    rig.receive(0, &agent(9), &datagram);
    let notification = only(&mut rig);
    acknowledge(&mut rig, &notification);
    drop(rig.sent_one());
    let mut damaged = datagram.clone();
    *damaged.last_mut().unwrap() ^= 1;
    let unsigned = inform("both", 0, 1).plain();
    let unknown = inform("nobody", 0, 1).plain();
    for (forged, counter) in [
        (damaged, "1.3.6.1.6.3.15.1.1.5.0"),
        (unsigned, "1.3.6.1.6.3.15.1.1.1.0"),
        (unknown, "1.3.6.1.6.3.15.1.1.3.0"),
    ] {
        rig.receive(1, &agent(9), &forged);
        assert_eq!(reported(&rig.sent_one().data), (counter.to_owned(), 1));
    }
    // The same octets, when they are too old.
    rig.receive(151_000, &agent(9), &datagram);
    let (counter, _) = reported(&rig.sent_one().data);
    assert_eq!(counter, "1.3.6.1.6.3.15.1.1.2.0");
    assert!(rig.events().is_empty());
    assert_eq!(rig.engine.statistics().repeated_informs, 0);
}

#[test]
fn it_is_forgotten_after_150_seconds_and_when_it_is_not_taken() {
    for (name, keys, level) in levels() {
        let mut rig = receiver();
        rig.receive(0, &agent(9), &inform(name, 0, 1).seal(&keys, level));
        let notification = only(&mut rig);
        assert!(rig.engine.discard(notification.state.unwrap()));
        rig.receive(10_000, &agent(9), &inform(name, 10, 2).seal(&keys, level));
        let notification = only(&mut rig);
        acknowledge(&mut rig, &notification);
        assert_eq!(rig.sent().len(), 1);
        rig.receive(159_999, &agent(9), &inform(name, 159, 3).seal(&keys, level));
        assert_eq!(rig.sent().len(), 1);
        assert!(rig.events().is_empty());
        rig.receive(160_000, &agent(9), &inform(name, 160, 4).seal(&keys, level));
        assert!(rig.sent().is_empty());
        only(&mut rig);
    }
}

#[test]
fn what_waits_to_be_fetched_is_bounded_in_octets() {
    let text = [7; 900];
    for kind in [PduKind::GetRequest, PduKind::InformRequest, PduKind::TrapV2] {
        for (name, keys, level) in levels() {
            let users = [user("both"), auth_user("auth"), plain_user("plain")];
            let config = EngineConfig::with_seed(7).engine_id(engine_id(7));
            let mut rig = receiver_of(users, config.max_unfetched_octets(2_500));
            for number in 0..5 {
                let mut forged = inform(name, 0, number);
                (forged.pdu.kind, forged.pdu.request_id) = (kind, number);
                let name = oid!(1.3.6.1);
                let value = ValueRef::OctetString(&text);
                forged.pdu.var_binds.push(name.as_ref(), value);
                rig.receive(0, &agent(9), &forged.seal(&keys, level));
            }
            let counted = *rig.engine.statistics();
            let dropped = counted.dropped_notifications + counted.silent_drops;
            assert_eq!((dropped, rig.events().len()), (3, 2), "{kind} {level}");
            rig.receive(0, &agent(9), &inform(name, 0, 9).seal(&keys, level));
            assert_eq!(rig.events().len(), 1, "there is room again");
        }
    }
}

/// It would be kept beside the bindings, whose octets are bounded.
#[test]
fn a_context_name_that_no_context_can_have_is_not_kept() {
    let (possible, too_long) = ("c".repeat(255), "c".repeat(256));
    for kind in [PduKind::GetRequest, PduKind::InformRequest, PduKind::TrapV2] {
        for (name, keys, level) in levels() {
            let mut rig = receiver();
            let mut forged = inform(name, 0, 1);
            forged.pdu.kind = kind;
            forged.context_name = &too_long;
            rig.receive(0, &agent(9), &forged.seal(&keys, level));
            assert!(rig.events().is_empty(), "{kind} {level}");
            assert_eq!(rig.engine.statistics().unknown_contexts, 1);
            assert_eq!(rig.sent().len(), usize::from(kind.is_confirmed()));
            let mut forged = inform(name, 0, 2);
            forged.pdu.kind = kind;
            forged.context_name = &possible;
            rig.receive(0, &agent(9), &forged.seal(&keys, level));
            assert_eq!(rig.events().len(), 1, "{kind} {level}");
        }
    }
}
