use std::time::Instant;

use super::*;
use crate::engine::{Endpoint, Engine, EngineConfig, Peer};
use crate::pdu::Pdu;
use crate::security::usm::{
    AuthProtocol, DERIVATIONS, OutgoingMessage, PrivProtocol, Salts, UserEntry, UserTable, UsmUser,
};
use crate::smi::VarBindList;

/// A trap of `user` from the engine `number`.
fn trap(user: &User, level: SecurityLevel, number: u8) -> Vec<u8> {
    let engine_id = EngineId::generate(1, [number; 8]);
    let keys = user.localize(&engine_id).unwrap();
    let pdu = Pdu::new(PduKind::TrapV2, 0, VarBindList::new());
    let mut out = Vec::new();
    OutgoingMessage {
        message_id: 1,
        max_size: 65_507,
        reportable: false,
        engine_id: engine_id.octets(),
        boots: 1,
        time: 1,
        user_name: user.name(),
        scoped_pdu: ScopedPdu {
            context_engine_id: engine_id.octets(),
            context_name: b"",
            pdu: pdu.as_ref(),
        },
    }
    .encode(
        keys.protection(level, &mut Salts::new(1, 1)).unwrap(),
        &mut out,
    );
    out
}

/// A user whose privacy key is extended by hashing a mebibyte.
fn user(phrase: &str) -> User {
    let user = UsmUser::new("joe").unwrap();
    let user = user.auth(AuthProtocol::Md5, phrase).unwrap();
    user.privacy(PrivProtocol::Aes256Reeder, phrase)
        .unwrap()
        .into()
}

#[test]
#[expect(clippy::disallowed_methods, reason = "only one instant is needed")]
fn a_forged_engine_costs_no_more_than_a_digest() {
    let (joe, mallory) = (user("the phrase of joe"), user("another phrase"));
    let mut users = UserTable::default();
    let entry = UserEntry::new(joe.clone()).at_any_engine();
    users.insert(entry).unwrap();
    let config = EngineConfig::with_seed(1).users(users).notifications(true);
    let now = Instant::now();
    let mut engine = Engine::new(config, now);
    let peer = Peer::udp(Endpoint(0), ([192, 0, 2, 1], 162).into());
    let mut cost_of = |datagram: &[u8]| {
        let before = DERIVATIONS.with(std::cell::Cell::get);
        engine.handle_message(now, &peer, datagram);
        let taken = std::iter::from_fn(|| engine.poll_event()).count();
        (taken, DERIVATIONS.with(std::cell::Cell::get) - before)
    };
    // From here on joe's master key is known.
    assert_eq!(cost_of(&trap(&joe, SecurityLevel::AuthPriv, 0)), (1, 1));
    for number in 1..20 {
        let signed = trap(&mallory, SecurityLevel::AuthPriv, number);
        assert_eq!(cost_of(&signed), (0, 0), "{number}");
        let unsigned = trap(&mallory, SecurityLevel::NoAuthNoPriv, number);
        assert_eq!(cost_of(&unsigned), (0, 0), "{number}");
    }
    let another = trap(&joe, SecurityLevel::AuthPriv, 20);
    assert_eq!(
        cost_of(&another),
        (1, 1),
        "the extension of the privacy key"
    );
    let again = trap(&joe, SecurityLevel::AuthNoPriv, 20);
    assert_eq!(cost_of(&again), (1, 0), "kept");
    assert_eq!(engine.statistics().wrong_digests, 19);
    assert_eq!(engine.statistics().unsupported_sec_levels, 19);
}
