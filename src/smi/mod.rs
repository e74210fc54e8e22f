//! The data types of SNMP: object identifiers, values, variable bindings. RFC 2578, RFC 3416.
//!
//! Each has two forms. The borrowed one ([`OidRef`], [`ValueRef`], [`VarBindRef`],
//! [`VarBindListRef`]) points into a message that was checked once when it was decoded; it is
//! `Copy`, costs nothing to pass and prints itself. The owned one ([`ObjectIdentifier`], [`Value`],
//! [`VarBind`], [`VarBindList`]) can hold only what may be sent. `as_ref` leads from the owned form
//! to the borrowed one, `to_owned` back.
//!
//! Identifiers and lists of bindings are kept encoded even when owned: comparing, prefix tests,
//! copying and encoding are then operations on octets.

mod escape;
mod integers;
mod octets;
mod oid;
mod oid_builder;
mod oid_error;
mod oid_ref;
#[cfg(feature = "serde")]
mod serialize;
mod value;
mod value_ref;
mod varbind;
mod varbind_list;
mod wrapped;

pub use crate::asn1::{Arcs, MAX_ARCS, Tag};
pub(crate) use escape::{Shown, escaped, unquoted};
pub use integers::{Counter32, Counter64, Gauge32, Integer32, IpAddress, TimeTicks, Unsigned32};
pub use octets::{OctetString, Opaque};
pub(crate) use octets::{fmt_hex, from_hex, is_like_hex};
pub use oid::ObjectIdentifier;
#[cfg(any(fuzzing, feature = "testing"))]
#[doc(hidden)]
pub use oid::fuzz_oid;
#[doc(hidden)]
pub use oid_builder::OidLiteral;
pub use oid_error::OidError;
pub use oid_ref::OidRef;
pub use value::Value;
pub use value_ref::ValueRef;
pub use varbind::{VarBind, VarBindRef};
pub(crate) use varbind_list::Extent;
#[cfg(any(fuzzing, feature = "testing"))]
#[doc(hidden)]
pub use varbind_list::fuzz_var_binds;
pub use varbind_list::{VarBindIter, VarBindList, VarBindListRef};
pub(crate) use wrapped::Wrapped;
