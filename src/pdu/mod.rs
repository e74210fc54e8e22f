//! Protocol data units: the eight that share one shape, and the Trap-PDU of SNMPv1. RFC 3416, RFC 1157.
//!
//! A PDU is decoded from a [`Reader`](crate::asn1::Reader) and written to a
//! [`Writer`](crate::asn1::Writer), whatever message is around it. [`PduRef`] and [`TrapPduRef`]
//! borrow from the message, [`Pdu`] and [`TrapPdu`] own what they hold. Which PDU may travel in which
//! version is for the message layer to say; how a notification of one version is told in another is
//! in [`TrapPduRef::from_notification`] and [`TrapPduRef::append_notification`].

#![cfg_attr(
    not(test),
    warn(
        clippy::unwrap_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects
    )
)]

mod body;
mod bulk;
mod error_status;
mod kind;
#[expect(clippy::module_inception, reason = "the file is named after the type")]
mod pdu;
mod proxy;
mod trap_v1;

pub use body::PduBody;
pub use bulk::Bulk;
pub use error_status::ErrorStatus;
pub use kind::PduKind;
pub use pdu::{Pdu, PduRef};
pub use proxy::{
    SNMP_TRAP_ADDRESS, SNMP_TRAP_COMMUNITY, SNMP_TRAP_ENTERPRISE, SNMP_TRAP_OID, SYS_UP_TIME,
    TranslationError,
};
pub use trap_v1::{GenericTrap, TrapPdu, TrapPduRef};
