//! The users, keys and messages of the USM vectors.

use deferred_snmp::security::EngineId;
use deferred_snmp::security::usm::{AuthProtocol, PrivProtocol, User, UserKeys, UsmUser};
use serde_json::Value;

use super::hex_octets;

/// What a vector calls `auth`.
pub fn auth_protocol(vector: &Value) -> Option<AuthProtocol> {
    let name = vector["auth"].as_str()?;
    Some(name.parse().expect("an authentication protocol"))
}

/// What a vector calls `priv`, with its `key_extension`.
pub fn priv_protocol(vector: &Value) -> Option<PrivProtocol> {
    let name = vector["priv"].as_str()?;
    let extension = vector["key_extension"].as_str();
    Some(match (name, extension) {
        ("DES", None) => PrivProtocol::Des,
        ("3DES", Some("reeder")) => PrivProtocol::TripleDes,
        ("AES", None) => PrivProtocol::Aes128,
        ("AES192", Some("blumenthal")) => PrivProtocol::Aes192Blumenthal,
        ("AES256", Some("blumenthal")) => PrivProtocol::Aes256Blumenthal,
        ("AES192", Some("reeder")) => PrivProtocol::Aes192Reeder,
        ("AES256", Some("reeder")) => PrivProtocol::Aes256Reeder,
        other => panic!("{other:?}"),
    })
}

/// The engine of a vector.
pub fn engine_id(vector: &Value) -> EngineId {
    let digits = vector["engine_id"].as_str().expect("an engine id");
    digits.parse().expect("an engine id")
}

/// The user that a vector describes by pass phrases, at its engine.
pub fn keys(vector: &Value) -> UserKeys {
    let user = UsmUser::new("user").expect("a name");
    let phrase = |name: &str| vector[name].as_str().expect("a pass phrase").to_owned();
    let user: User = match (auth_protocol(vector), priv_protocol(vector)) {
        (None, _) => user.into(),
        (Some(auth), None) => {
            let user = user.auth(auth, &*phrase("auth_password"));
            user.expect("an authenticated user").into()
        }
        (Some(auth), Some(privacy)) => {
            let user = user.auth(auth, &*phrase("auth_password"));
            let user = user.expect("an authenticated user");
            let user = user.privacy(privacy, &*phrase("priv_password"));
            user.expect("a user with privacy").into()
        }
    };
    user.localize(&engine_id(vector)).expect("keys")
}

/// The octets of a field, if it is there.
pub fn octets(vector: &Value, name: &str) -> Option<Vec<u8>> {
    vector
        .get(name)
        .filter(|value| !value.is_null())
        .map(hex_octets)
}
