//! The user-based security model of SNMPv3: users, keys, digests and ciphers. RFC 3414, RFC 3826,
//! RFC 7860.
//!
//! A [`UsmUser`] is a name with as much protection as it was given; a privacy key without an
//! authentication key cannot be written down. [`User`] is the same with the level as a value; it is
//! cheap to clone and turns pass phrases into master keys once. [`User::localize`] makes the
//! [`UserKeys`] for one engine, whose keyed states are meant to be kept: with them a message costs
//! what its digest and its cipher cost.
//!
//! [`OutgoingMessage`] writes a protected message. An incoming one is taken apart in the order of
//! RFC 3414 section 3.2: [`V3Message::decode`](crate::message::V3Message::decode),
//! [`SecurityParameters::decode`], [`AuthKey::verify`], [`PrivacyKey::decrypt`],
//! [`ScopedPdu::decode_padded`](crate::message::ScopedPdu::decode_padded).
//!
//! Secrets are overwritten when they are dropped, have neither `==` nor a hash, and do not show in
//! `Debug`.

mod auth;
pub(crate) mod constants;
mod error;
mod key_change;
mod keys;
mod outgoing;
mod parameters;
mod privacy;
mod protocol;
mod salts;
mod secret;
mod user;
mod user_keys;
mod users;

pub use auth::AuthKey;
pub use constants::*;
pub use error::{AuthenticationError, PrivacyError, SealError, UnknownProtocol, UserError};
pub use key_change::{KeyChangeError, apply_key_change, key_change};
#[cfg(test)]
pub(crate) use keys::DERIVATIONS;
pub use keys::{LocalizedKey, MasterKey};
pub use outgoing::{OutgoingMessage, Protection};
pub use parameters::SecurityParameters;
#[cfg(any(fuzzing, feature = "testing"))]
#[doc(hidden)]
pub use parameters::fuzz_security_parameters;
pub use privacy::PrivacyKey;
pub use protocol::{AuthProtocol, PrivProtocol};
pub use salts::Salts;
pub use secret::{Key, Secret};
pub use user::{Auth, AuthPriv, NoAuth, User, UsmUser};
pub use user_keys::UserKeys;
pub use users::{TableFull, UserEntry, UserTable};
