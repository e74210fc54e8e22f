//! Messages: what a datagram holds. RFC 1157, RFC 1901.
//!
//! [`CommunityMessage`] is the message of SNMPv1 and SNMPv2c; [`peek`] says which version a datagram
//! claims before it is decoded.

#![cfg_attr(
    not(test),
    warn(
        clippy::unwrap_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects
    )
)]

mod community;
pub mod peek;
mod version;

pub use community::CommunityMessage;
#[doc(hidden)]
pub use community::fuzz_message;
pub use version::Version;
