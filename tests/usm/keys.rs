//! From pass phrases to keys, and from old keys to new ones: the vectors of RFC 3414, and those of
//! others.

use std::fs;

use deferred_snmp::security::EngineId;
use deferred_snmp::security::usm::{
    AuthProtocol, Key, KeyChangeError, LocalizedKey, MasterKey, PrivProtocol, PrivacyKey, User,
    UserError, UsmUser, apply_key_change, key_change,
};
use deferred_snmp::security::{EngineIdError, SecurityLevel};
use serde_json::Value;
use util::shared::shared;
use util::usm::{auth_protocol, engine_id, octets, priv_protocol};

fn rfc3414() -> Value {
    serde_json::from_str(include_str!("../vectors/usm-rfc3414.json")).unwrap()
}

fn vectors_of<'a>(file: &'a Value, name: &str, least: usize) -> &'a [Value] {
    let vectors = file[name].as_array().unwrap();
    assert!(vectors.len() >= least, "{name}: {}", vectors.len());
    vectors
}

fn text<'a>(vector: &'a Value, name: &str) -> &'a str {
    vector[name].as_str().unwrap()
}

fn master(vector: &Value, password: &str) -> MasterKey {
    let protocol = auth_protocol(vector).unwrap();
    MasterKey::from_passphrase(protocol, text(vector, password).as_bytes()).unwrap()
}

/// The user's localized key, and with a privacy protocol the privacy key.
fn check_key(vector: &Value) {
    let protocol = auth_protocol(vector).unwrap();
    let engine_id = engine_id(vector);
    let master = master(vector, "password");
    if let Some(expected) = octets(vector, "ku") {
        assert_eq!(master.secret().expose(), expected, "{vector}");
        let given = MasterKey::new(protocol, &expected).unwrap();
        assert!(given.secret().is_same(master.secret()));
    }
    let localized = master.localize(&engine_id);
    let expected = octets(vector, "kul").unwrap();
    assert_eq!(localized.secret().expose(), expected, "{vector}");
    if let Some(expected) = octets(vector, "priv_key") {
        let privacy = priv_protocol(vector).unwrap();
        let password = vector["priv_password"].as_str();
        let password = password.unwrap_or_else(|| text(vector, "password"));
        let master = MasterKey::from_passphrase(protocol, password.as_bytes()).unwrap();
        let secret = master.localize(&engine_id).privacy_secret(privacy);
        assert_eq!(secret.expose(), expected, "{vector}");
        assert_eq!(secret.expose().len(), privacy.key_len());
    }
}

/// Both directions of a key change, with the keys of the user's pass phrases.
fn check_key_change(vector: &Value) {
    let protocol = auth_protocol(vector).unwrap();
    let engine_id = engine_id(vector);
    let [old, new] = ["old_password", "new_password"].map(|password| {
        let localized = master(vector, password).localize(&engine_id);
        match priv_protocol(vector) {
            Some(privacy) => localized.privacy_secret(privacy),
            None => localized.secret().clone(),
        }
    });
    let random = octets(vector, "random").unwrap();
    let expected = octets(vector, "key_change").unwrap();
    let change = key_change(protocol, old.expose(), new.expose(), &random).unwrap();
    assert_eq!(change, expected, "{vector}");
    let changed = apply_key_change(protocol, old.expose(), &expected).unwrap();
    assert!(changed.is_same(&new), "{vector}");
}

#[test]
fn keys_of_rfc_3414() {
    vectors_of(&rfc3414(), "keys", 4).iter().for_each(check_key);
}

#[test]
fn key_changes_of_rfc_3414() {
    vectors_of(&rfc3414(), "key_changes", 3)
        .iter()
        .for_each(check_key_change);
}

#[test]
fn keys_of_others() {
    let Some(path) = shared("keys_of_others", "vectors/usm-keys.json") else {
        return;
    };
    let file: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    vectors_of(&file, "vectors", 21).iter().for_each(check_key);
    vectors_of(&file, "extended", 30).iter().for_each(check_key);
}

#[test]
fn key_changes_of_others() {
    let Some(path) = shared("key_changes_of_others", "vectors/key-change.json") else {
        return;
    };
    let file: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let vectors = file.as_array().unwrap();
    assert!(vectors.len() >= 12, "{}", vectors.len());
    vectors.iter().for_each(check_key_change);
}

/// Keys longer than the hash take several of its digests.
#[test]
fn a_long_key_changes_and_back() {
    let (old, new, random) = ([1; 32], [2; 32], [3; 32]);
    for protocol in AuthProtocol::ALL {
        let change = key_change(protocol, &old, &new, &random).unwrap();
        assert_eq!(change.len(), 64);
        assert_eq!(change[..32], random);
        let changed = apply_key_change(protocol, &old, &change).unwrap();
        assert_eq!(changed.expose(), new);
        let guessed = apply_key_change(protocol, &[9; 32], &change).unwrap();
        assert_ne!(guessed.expose()[..16], new[..16]);
        assert_ne!(guessed.expose()[16..], new[16..]);
    }
}

#[test]
fn key_changes_of_wrong_lengths() {
    let change = |old: &[u8], new: &[u8], random: &[u8]| {
        key_change(AuthProtocol::Md5, old, new, random).map(drop)
    };
    assert_eq!(change(&[1; 16], &[2; 16], &[3; 16]), Ok(()));
    assert_eq!(change(&[1; 16], &[2; 16], &[3; 15]), Err(KeyChangeError));
    assert_eq!(change(&[1; 16], &[2; 15], &[3; 16]), Err(KeyChangeError));
    assert_eq!(change(&[], &[], &[]), Err(KeyChangeError));
    for len in [0, 15, 16, 31, 33] {
        let applied = apply_key_change(AuthProtocol::Md5, &[1; 16], &vec![0; len]);
        assert_eq!(applied.err(), Some(KeyChangeError), "{len}");
    }
}

fn engine(text: &str) -> EngineId {
    text.parse().unwrap()
}

/// A user whose keys are given in each of the three forms has the same keys.
#[test]
fn every_form_of_a_key() {
    let engine_id = engine("80001f888059dc486145a26322");
    for auth in AuthProtocol::ALL {
        let [auth_master, priv_master] = ["authentication phrase", "privacy phrase"]
            .map(|phrase| MasterKey::from_passphrase(auth, phrase.as_bytes()).unwrap());
        let auth_local = auth_master.localize(&engine_id);
        let priv_local = priv_master.localize(&engine_id);
        for privacy in PrivProtocol::ALL {
            let used = priv_local.privacy_secret(privacy);
            let forms: [(Key, Key); 4] = [
                ("authentication phrase".into(), "privacy phrase".into()),
                (
                    Key::master(auth_master.secret().expose()),
                    Key::master(priv_master.secret().expose()),
                ),
                (
                    Key::localized(engine_id, auth_local.secret().expose()),
                    Key::localized(engine_id, priv_local.secret().expose()),
                ),
                (
                    Key::localized(engine_id, auth_local.secret().expose()),
                    Key::localized(engine_id, used.expose()),
                ),
            ];
            let results = forms.map(|(auth_key, priv_key)| {
                let user = UsmUser::new("joe").unwrap().auth(auth, auth_key).unwrap();
                let user: User = user.privacy(privacy, priv_key).unwrap().into();
                let keys = user.localize(&engine_id).unwrap();
                let mut signed = *b"a message that is not one, with room for the digest of SHA-512 at its end ................................................";
                let end = signed.len();
                let field = end - auth.digest_len()..end;
                keys.authentication().unwrap().sign(&mut signed, field).unwrap();
                let mut encrypted = [0x30; 48];
                let key = keys.privacy().unwrap();
                key.encrypt(1, 2, [3; 8], &mut encrypted).unwrap();
                (signed, encrypted)
            });
            for result in &results[1..] {
                assert_eq!(result, &results[0], "{auth} {privacy}");
            }
        }
    }
}

#[test]
fn users_that_are_refused() {
    let user = || UsmUser::new("joe").unwrap();
    let key_length = |expected, found| UserError::KeyLength { expected, found };
    let here = engine("80001f888059dc486145a26322");

    assert_eq!(UsmUser::new("").err(), Some(UserError::NameLength));
    assert_eq!(UsmUser::new([b'a'; 33]).err(), Some(UserError::NameLength));
    assert!(UsmUser::new([b'a'; 32]).is_ok());

    let auth = |key: Key| user().auth(AuthProtocol::Sha1, key).err();
    assert_eq!(auth("1234567".into()), Some(UserError::PassphraseTooShort));
    assert_eq!(auth("12345678".into()), None);
    assert_eq!(auth(Key::master([0; 16])), Some(key_length(20, 16)));
    assert_eq!(
        auth(Key::localized(here, [0; 21])),
        Some(key_length(20, 21))
    );

    let privacy = |protocol, key: Key| {
        let user = user().auth(AuthProtocol::Sha1, "12345678").unwrap();
        user.privacy(protocol, key).err()
    };
    let aes = PrivProtocol::Aes256Reeder;
    assert_eq!(privacy(aes, "".into()), Some(UserError::PassphraseTooShort));
    assert_eq!(privacy(aes, Key::master([0; 32])), Some(key_length(20, 32)));
    assert_eq!(
        privacy(aes, Key::localized(here, [0; 31])),
        Some(key_length(32, 31))
    );
    assert_eq!(privacy(aes, Key::localized(here, [0; 20])), None);
    assert_eq!(privacy(aes, Key::localized(here, [0; 64])), None);

    let elsewhere = engine("80001f888059dc486145a26323");
    let local: User = user()
        .auth(AuthProtocol::Sha1, Key::localized(here, [7; 20]))
        .unwrap()
        .into();
    assert!(local.localize(&here).is_ok());
    assert_eq!(
        local.localize(&elsewhere).err(),
        Some(UserError::OtherEngine)
    );
    assert_eq!(
        UserError::PassphraseTooShort.to_string(),
        "pass phrase of fewer than 8 octets"
    );
}

#[test]
fn keys_of_wrong_lengths() {
    let engine_id = engine("80001f888059dc486145a26322");
    for protocol in AuthProtocol::ALL {
        for len in [0, protocol.key_len() - 1, protocol.key_len() + 1] {
            let octets = vec![1; len];
            assert!(MasterKey::new(protocol, &octets).is_err());
            assert!(LocalizedKey::new(protocol, &engine_id, &octets).is_err());
        }
    }
    for protocol in PrivProtocol::ALL {
        assert!(PrivacyKey::new(protocol, &vec![1; protocol.key_len()]).is_ok());
        for len in [0, protocol.key_len() - 1, protocol.key_len() + 1] {
            assert!(PrivacyKey::new(protocol, &vec![1; len]).is_err());
        }
    }
}

#[test]
fn the_same_user() {
    let user = |name: &str, auth: &str, privacy: &str| -> User {
        let user = UsmUser::new(name).unwrap();
        let user = user.auth(AuthProtocol::Sha1, auth).unwrap();
        user.privacy(PrivProtocol::Aes128, privacy).unwrap().into()
    };
    let joe = user("joe", "12345678", "abcdefgh");
    assert!(joe.is_same(&joe.clone()));
    assert!(joe.is_same(&user("joe", "12345678", "abcdefgh")));
    assert!(!joe.is_same(&user("jim", "12345678", "abcdefgh")));
    assert!(!joe.is_same(&user("joe", "12345679", "abcdefgh")));
    assert!(!joe.is_same(&user("joe", "12345678", "abcdefgi")));
    let by_name: User = UsmUser::new("joe").unwrap().into();
    assert!(!joe.is_same(&by_name) && !by_name.is_same(&joe));
    let less: User = UsmUser::new("joe")
        .unwrap()
        .auth(AuthProtocol::Sha1, "12345678")
        .unwrap()
        .into();
    assert!(!joe.is_same(&less) && !less.is_same(&joe));
    let otherwise: User = UsmUser::new("joe")
        .unwrap()
        .auth(AuthProtocol::Md5, "12345678")
        .unwrap()
        .into();
    assert!(!less.is_same(&otherwise));
    assert_eq!(by_name.level(), SecurityLevel::NoAuthNoPriv);
    assert_eq!(less.level(), SecurityLevel::AuthNoPriv);
    assert_eq!(joe.level(), SecurityLevel::AuthPriv);
}

#[test]
fn names_of_protocols() {
    for protocol in AuthProtocol::ALL {
        assert_eq!(protocol.to_string().parse(), Ok(protocol));
        let oid = protocol.oid();
        assert_eq!(AuthProtocol::from_oid(oid.as_ref()), Some(protocol));
        assert_eq!(PrivProtocol::from_oid(oid.as_ref()), None);
        assert!(protocol.digest_len() <= protocol.key_len());
    }
    for protocol in PrivProtocol::ALL {
        assert_eq!(protocol.to_string().parse(), Ok(protocol));
        let oid = protocol.oid();
        assert_eq!(PrivProtocol::from_oid(oid.as_ref()), Some(protocol));
        assert_eq!(AuthProtocol::from_oid(oid.as_ref()), None);
    }
    assert_eq!("sha1".parse(), Ok(AuthProtocol::Sha1));
    assert_eq!("sha256".parse(), Ok(AuthProtocol::Sha256));
    assert_eq!("AES128".parse(), Ok(PrivProtocol::Aes128));
    assert_eq!("aes256c".parse(), Ok(PrivProtocol::Aes256Reeder));
    assert_eq!("AES256".parse(), Ok(PrivProtocol::Aes256Blumenthal));
    assert!("SHA-3".parse::<AuthProtocol>().is_err());
    assert!("".parse::<PrivProtocol>().is_err());
}

#[test]
fn engine_ids() {
    let digits = "80001f888059dc486145a26322";
    assert_eq!(engine(digits).to_string(), digits);
    assert_eq!(engine(&format!("0x{digits}")), engine(digits));
    assert_eq!(engine(&digits.to_uppercase()), engine(digits));
    let error = |text: &str| text.parse::<EngineId>().err();
    // Names that RFC 3411 does not have, and people type into devices.
    for digits in ["ff42", "01", "00", "ff", "01020304", "0102030405"] {
        assert_eq!(engine(digits).to_string(), digits);
    }
    for octets in [[0x00; 32], [0x01; 32], [0xff; 32]] {
        for len in 1..=32 {
            let name = EngineId::new(&octets[..len]).unwrap();
            assert_eq!(name.octets(), &octets[..len]);
            assert_eq!(name.to_string().parse(), Ok(name));
        }
    }
    assert_ne!(engine("00"), engine("0000"));
    assert_eq!(error(""), Some(EngineIdError::Empty));
    assert_eq!(error("0x"), Some(EngineIdError::Empty));
    // What is refused is named.
    let words = |text: &str| text.parse::<EngineId>().unwrap_err().to_string();
    assert_eq!(
        words(&"0a".repeat(33)),
        format!(
            "engine id {}.. of 33 octets, which is more than 32",
            "0a".repeat(32)
        )
    );
    for digits in ["010203040", "01020304+5", "01020304é", "0x1", "joe"] {
        assert_eq!(error(digits), Some(EngineIdError::Digits(digits.into())));
        assert_eq!(
            words(digits),
            format!("engine id \"{digits}\" is not in pairs of hexadecimal digits")
        );
    }

    let generated = EngineId::generate(8072, [1, 2, 3, 4, 5, 6, 7, 8]);
    assert_eq!(generated.to_string(), "80001f88050102030405060708");
    assert_eq!(EngineId::new(generated.octets()), Ok(generated));
    assert_eq!(EngineId::generate(0, [0; 8]).octets().len(), 13);
    assert_ne!(engine("0102030405"), engine("010203040500"));
}
