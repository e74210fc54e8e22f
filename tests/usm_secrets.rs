//! What holds a secret neither shows it nor can be compared or hashed.

use std::fmt::{Debug, Display};
use std::hash::Hash;

use aes::{Aes128Enc, Aes192Enc, Aes256Enc};
use deferred_snmp::security::EngineId;
use deferred_snmp::security::usm::{
    Auth, AuthKey, AuthPriv, AuthProtocol, Key, LocalizedKey, MasterKey, PrivProtocol, PrivacyKey,
    Secret, User, UserKeys, UsmUser,
};
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
