//! Messages: what a datagram holds. RFC 1157, RFC 1901, RFC 3412.
//!
//! [`CommunityMessage`] is the message of SNMPv1 and SNMPv2c, [`V3Message`] that of SNMPv3, whose PDU
//! comes within a [`ScopedPdu`]; [`peek`] says which version and msgID a datagram claims before it is
//! decoded.
//!
//! Octets behind a message of SNMPv1 and SNMPv2c, and behind the last element inside message and PDU, are
//! passed over ([`left_over`] counts them); a message of SNMPv3 has none outside its scoped PDU. What else
//! devices get wrong and does no harm, [`mended`] puts right.

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
mod mended;
pub mod peek;
mod scoped_pdu;
mod v3;
mod version;

pub use community::CommunityMessage;
#[cfg(any(fuzzing, feature = "testing"))]
#[doc(hidden)]
pub use community::fuzz_message;
pub use mended::{can_be_mended, left_over, mended};
pub use scoped_pdu::ScopedPdu;
#[cfg(any(fuzzing, feature = "testing"))]
#[doc(hidden)]
pub use v3::fuzz_v3_message;
pub use v3::{HeaderData, MessageFlags, ScopedPduData, V3Message};
pub use version::Version;
