//! Any PDU.

use core::fmt;

use super::{Pdu, PduRef, TrapPdu, TrapPduRef};
use crate::asn1::{BerError, Reader, Writer};
use crate::smi::VarBindListRef;

/// The PDU of a message, of either shape.
#[expect(clippy::exhaustive_enums, reason = "there are two shapes of PDU")]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PduBody<'a> {
    /// One of the shape that RFC 3416 gives all PDUs.
    Pdu(PduRef<'a>),
    /// The Trap-PDU of SNMPv1.
    Trap(TrapPduRef<'a>),
}

impl<'a> PduBody<'a> {
    /// The next element of `reader`, every binding in it checked.
    #[inline]
    pub fn decode(reader: &mut Reader<'a>) -> Result<Self, BerError> {
        let element = reader.read()?;
        if element.tag == TrapPduRef::TAG {
            TrapPduRef::from_element(element).map(Self::Trap)
        } else {
            PduRef::from_element(element).map(Self::Pdu)
        }
    }

    /// The variables.
    #[inline]
    pub const fn var_binds(&self) -> VarBindListRef<'a> {
        match self {
            Self::Pdu(pdu) => pdu.var_binds,
            Self::Trap(trap) => trap.var_binds,
        }
    }

    /// Writes the PDU as an element.
    #[inline]
    pub fn encode(self, writer: &mut Writer<'_>) {
        match self {
            Self::Pdu(pdu) => pdu.encode(writer),
            Self::Trap(pdu) => pdu.encode(writer),
        }
    }
}

impl<'a> From<PduRef<'a>> for PduBody<'a> {
    fn from(pdu: PduRef<'a>) -> Self {
        Self::Pdu(pdu)
    }
}

impl<'a> From<TrapPduRef<'a>> for PduBody<'a> {
    fn from(pdu: TrapPduRef<'a>) -> Self {
        Self::Trap(pdu)
    }
}

impl<'a> From<&'a Pdu> for PduBody<'a> {
    fn from(pdu: &'a Pdu) -> Self {
        Self::Pdu(pdu.as_ref())
    }
}

impl<'a> From<&'a TrapPdu> for PduBody<'a> {
    fn from(pdu: &'a TrapPdu) -> Self {
        Self::Trap(pdu.as_ref())
    }
}

impl fmt::Display for PduBody<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pdu(pdu) => fmt::Display::fmt(pdu, f),
            Self::Trap(pdu) => fmt::Display::fmt(pdu, f),
        }
    }
}
