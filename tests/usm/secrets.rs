//! What holds a secret neither shows it nor can be compared or hashed.

use std::fmt::{Debug, Display};
use std::hash::Hash;

use aes::{Aes128Enc, Aes192Enc, Aes256Enc};
use deferred_snmp::engine::{
    Credentials, Endpoint, Engine, EngineConfig, Event, Peer, Request, UsmCredentials,
};
use deferred_snmp::message::{CommunityMessage, Version};
use deferred_snmp::oid;
use deferred_snmp::pdu::{Pdu, PduKind};
use deferred_snmp::security::usm::{
    Auth, AuthKey, AuthPriv, AuthProtocol, Key, LocalizedKey, MasterKey, PrivProtocol, PrivacyKey,
    Secret, User, UserEntry, UserKeys, UserTable, UsmUser,
};
use deferred_snmp::security::{CommunityEntry, CommunityTable, EngineId};
use deferred_snmp::smi::VarBind;
use des::{Des, TdesEde3};
use md5::Md5;
use sha1::Sha1;
use sha2::{Sha256, Sha512};
use zeroize::ZeroizeOnDrop;

/// Does not compile if the type has the trait: which of the two functions is meant is then ambiguous.
macro_rules! assert_lacks {
    ($type:ty: $($bound:path),+) => {
        $({
            trait Either<T> {
                fn function() {}
            }
            impl<T: ?Sized> Either<()> for T {}
            struct Has;
            impl<T: ?Sized + $bound> Either<Has> for T {}
            <$type as Either<_>>::function();
        })+
    };
}

macro_rules! assert_secret {
    ($($type:ty),+ $(,)?) => {
        $(assert_lacks!($type: PartialEq, Eq, PartialOrd, Ord, Hash, Display, Copy, AsRef<[u8]>);)+
    };
}

#[test]
fn missing_traits() {
    assert_secret!(
        Secret,
        Key,
        MasterKey,
        LocalizedKey,
        AuthKey,
        PrivacyKey,
        UserKeys,
        User,
        UsmUser<Auth>,
        UsmUser<AuthPriv>,
    );
}

/// The states that keys are kept in (an HMAC is two hashes) overwrite themselves: in the crates that
/// they come from this is a feature, which has to stay on.
#[test]
fn secrets_are_overwritten() {
    fn overwritten<T: ZeroizeOnDrop>() {}
    overwritten::<Secret>();
    overwritten::<Md5>();
    overwritten::<Sha1>();
    overwritten::<Sha256>();
    overwritten::<Sha512>();
    overwritten::<Aes128Enc>();
    overwritten::<Aes192Enc>();
    overwritten::<Aes256Enc>();
    overwritten::<Des>();
    overwritten::<TdesEde3>();
}

/// Whatever way octets are printed, those of the secret are not there.
fn assert_redacted(value: &dyn Debug, secrets: &[&[u8]]) {
    for text in [format!("{value:?}"), format!("{value:#?}")] {
        for secret in secrets {
            let hex: String = secret.iter().map(|octet| format!("{octet:02x}")).collect();
            let numbers = format!("{secret:?}");
            let numbers = numbers.trim_matches(['[', ']']);
            let plain = secret.escape_ascii().to_string();
            for shown in [&hex[..8], &numbers[..8], &plain[..4]] {
                assert!(!text.contains(shown), "{text} shows {shown}");
            }
        }
    }
}

#[test]
fn debug_is_redacted() {
    let engine_id: EngineId = "80001f888059dc486145a26322".parse().unwrap();
    let (auth_phrase, priv_phrase) = ("xylophone 1", "zeppelins 2");
    let master = MasterKey::from_passphrase(AuthProtocol::Sha256, auth_phrase.as_bytes()).unwrap();
    let local = master.localize(&engine_id);
    let secrets = [
        auth_phrase.as_bytes(),
        priv_phrase.as_bytes(),
        master.secret().expose(),
        local.secret().expose(),
    ];
    let user = UsmUser::new("joe").unwrap();
    let user = user.auth(AuthProtocol::Sha256, auth_phrase).unwrap();
    assert_redacted(&user, &secrets);
    let user = user.privacy(PrivProtocol::Des, priv_phrase).unwrap();
    assert_redacted(&user, &secrets);
    let user = User::from(user);
    let keys = user.localize(&engine_id).unwrap();
    assert_redacted(&user, &secrets);
    assert_redacted(&keys, &secrets);
    assert_redacted(&keys.authentication().unwrap(), &secrets);
    assert_redacted(&keys.privacy().unwrap(), &secrets);
    assert_redacted(&master, &secrets);
    assert_redacted(&local, &secrets);
    assert_redacted(&master.secret(), &secrets);
    assert_redacted(&Key::passphrase(auth_phrase), &secrets);
    assert_redacted(&Key::master(master.secret().expose()), &secrets);
    assert_redacted(
        &Key::localized(engine_id, local.secret().expose()),
        &secrets,
    );
    assert_eq!(format!("{:?}", Secret::new(b"secret")), "Secret(..)");
    assert!(format!("{user:?}").contains("joe"));
}

#[test]
fn comparison_of_secrets() {
    let secret = Secret::new(b"12345678");
    assert!(secret.is_same(&Secret::new(b"12345678")));
    assert!(!secret.is_same(&Secret::new(b"12345679")));
    assert!(!secret.is_same(&Secret::new(b"1234567")));
    let engine_id: EngineId = "80001f888059dc486145a26322".parse().unwrap();
    let forms = [
        Key::passphrase("12345678"),
        Key::master("12345678"),
        Key::localized(engine_id, "12345678"),
    ];
    for (at, a) in forms.iter().enumerate() {
        for (other_at, b) in forms.iter().enumerate() {
            assert_eq!(a.is_same(b), at == other_at);
        }
    }
}

/// An engine with everything under way: requests in both directions, answers that wait to be sent, and a
/// message that it has decrypted.
#[test]
#[expect(clippy::disallowed_methods, reason = "only one instant is needed")]
fn an_engine_shows_no_community_no_phrase_and_no_plain_text() {
    let now = std::time::Instant::now();
    let (community, asked_with) = ("xylophone", "wheelbarrow");
    let (auth_phrase, priv_phrase) = ("quicksilver 1", "zeppelins 2");
    let joe = UsmUser::new("joe").unwrap();
    let joe = joe.auth(AuthProtocol::Sha1, auth_phrase).unwrap();
    let joe: User = joe
        .privacy(PrivProtocol::Aes128, priv_phrase)
        .unwrap()
        .into();
    let seed = 0x0123_4567_89ab_cdef;
    let config = || {
        let mut users = UserTable::default();
        users.insert(UserEntry::new(joe.clone())).unwrap();
        let mut communities = CommunityTable::default();
        communities.insert(community, CommunityEntry::new("somebody"));
        let config = EngineConfig::with_seed(seed);
        config.users(users).communities(communities)
    };
    let shown = format!("{:?}", config());
    assert!(
        shown.contains("joe") && !shown.contains(&seed.to_string()),
        "{shown}"
    );

    let (mut engine, mut other) = (Engine::new(config(), now), Engine::new(config(), now));
    let peer = Peer::udp(Endpoint(0), ([192, 0, 2, 1], 161).into());
    let names = [VarBind::new(oid!(1.3.6.1.2.1.1.5.0), "jabberwocky")];
    let set = Pdu::new(PduKind::SetRequest, 7, names.into_iter().collect());
    let message = CommunityMessage::new(Version::V2c, community.as_bytes(), &set);
    let mut datagram = Vec::new();
    message.encode(&mut datagram);
    // One is answered, one waits for its answer.
    for _ in 0..2 {
        engine.handle_message(now, &peer, &datagram);
    }
    let Some(Event::Request(first)) = engine.poll_event() else {
        panic!("no request");
    };
    assert!(engine.respond(now, first.state, first.pdu));
    let Some(Event::Request(_)) = engine.poll_event() else {
        panic!("no second request");
    };
    let asked = Pdu::new(PduKind::GetRequest, 0, Default::default());
    let credentials = Credentials::V2c(asked_with.into());
    engine
        .submit(now, Request::new(peer.clone(), credentials, asked))
        .unwrap();
    let credentials = UsmCredentials::new(joe.clone()).at_engine(engine.engine_id());
    let request = Request::new(peer.clone(), Credentials::Usm(credentials), set.clone());
    // Of the right time only when the engine has told it.
    other.submit(now, request).unwrap();
    for _ in 0..2 {
        assert!(other.poll_transmit(now, &mut datagram).is_some());
        engine.handle_message(now, &peer, &datagram);
        while engine.poll_transmit(now, &mut datagram).is_some() {
            other.handle_message(now, &peer, &datagram);
        }
    }
    let Some(Event::Request(decrypted)) = engine.poll_event() else {
        panic!("nothing decrypted");
    };
    engine.recycle(decrypted.pdu);
    message.encode(&mut datagram);
    engine.handle_message(now, &peer, &datagram);
    let Some(Event::Request(third)) = engine.poll_event() else {
        panic!("no third request");
    };
    let empty = Pdu::new(PduKind::Response, 0, Default::default());
    assert!(engine.respond(now, third.state, empty));
    let secrets = [
        community,
        asked_with,
        auth_phrase,
        priv_phrase,
        "jabberwocky",
    ];
    assert_redacted(&engine, &secrets.map(str::as_bytes));
    assert!(format!("{engine:?}").contains("joe"));
}
