//! The Basic Encoding Rules as far as SNMP uses them: tags, a reader that borrows from the datagram,
//! a writer that fills the caller's buffer from the back, and the contents of INTEGER and
//! OBJECT IDENTIFIER. RFC 3417 section 8, ITU-T X.690.
//!
//! The reader knows octets and an offset and nothing else; what an element means is for the layers
//! above. It refuses what RFC 3417 forbids (indefinite lengths, constructed strings) and accepts
//! what it allows (lengths and integers with more octets than needed). No input makes it panic, and
//! it never allocates. An error is `Copy`: what was wrong, and at which octet of the message.

#![cfg_attr(
    not(test),
    warn(
        clippy::unwrap_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects
    )
)]

mod error;
mod integer;
mod oid;
mod reader;
mod tag;
mod writer;

pub use error::{BerError, BerErrorKind};
pub use integer::IntegerElement;
pub(crate) use integer::{read_i64, read_positive, read_u32, read_u64};
pub(crate) use oid::is_sound_but_padded;
pub use oid::{Arcs, MAX_ARCS, check_oid, unpadded_oid};
#[cfg(any(fuzzing, feature = "testing"))]
#[doc(hidden)]
pub use reader::fuzz_reader;
pub use reader::{Element, Reader};
pub use tag::Tag;
pub use writer::{Header, Writer};
