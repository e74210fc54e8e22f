//! The user-based security model (RFC 3414): keys, messages, and what is kept secret.

mod keys;
mod messages;
mod secrets;
