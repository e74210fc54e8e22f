//! Changing a key over the network without sending it.

use std::error::Error;
use std::fmt;

use super::keys::hash;
use super::{AuthProtocol, Secret};

/// The value to write to a KeyChange object, which turns the key `old` into `new`: `random`, then
/// what is learnt from it only by who has the old key. RFC 3414 section 5.
///
/// Both keys are localized, and of the length that their protocol uses. `random` has to be
/// unpredictable and of that length too. `protocol` is the user's authentication protocol, for a
/// privacy key as well. A value can be tried against a guess of the old key, so it is no secret but
/// not for everybody either.
pub fn key_change(
    protocol: AuthProtocol,
    old: &[u8],
    new: &[u8],
    random: &[u8],
) -> Result<Vec<u8>, KeyChangeError> {
    if old.is_empty() || old.len() != new.len() || random.len() != old.len() {
        return Err(KeyChangeError);
    }
    let delta = Secret::filled(new.len(), |delta| mask(protocol, old, random, new, delta));
    Ok([random, delta.expose()].concat())
}

/// The key that `old` becomes when `change` is written to its KeyChange object. RFC 3414 section 5.
pub fn apply_key_change(
    protocol: AuthProtocol,
    old: &[u8],
    change: &[u8],
) -> Result<Secret, KeyChangeError> {
    let (random, delta) = change
        .split_at_checked(old.len())
        .filter(|(_, delta)| !old.is_empty() && delta.len() == old.len())
        .ok_or(KeyChangeError)?;
    Ok(Secret::filled(old.len(), |new| {
        mask(protocol, old, random, delta, new);
    }))
}

/// `to` becomes `from` XOR the hashes that follow from the old key and `random`.
fn mask(protocol: AuthProtocol, old: &[u8], random: &[u8], from: &[u8], to: &mut [u8]) {
    let mut state = Secret::new(old);
    let len = protocol.key_len();
    for (to, from) in to.chunks_mut(len).zip(from.chunks(len)) {
        state = hash(protocol, [state.expose(), random]);
        for ((to, from), mask) in to.iter_mut().zip(from).zip(state.expose()) {
            *to = from ^ mask;
        }
    }
}

/// The old key, the new one and the random octets are not of one length.
#[expect(clippy::exhaustive_structs, reason = "there is nothing more to say")]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct KeyChangeError;

impl fmt::Display for KeyChangeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("keys and random octets of different lengths")
    }
}

impl Error for KeyChangeError {}
