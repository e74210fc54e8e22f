//! The Trap-PDU of SNMPv1.

use core::fmt;
use core::net::Ipv4Addr;

use super::pdu::write_bindings;
use crate::asn1::{BerError, BerErrorKind, Element, Reader, Tag, Writer};
use crate::smi::{ObjectIdentifier, OidRef, ValueRef, VarBindList, VarBindListRef};

/// The generic-trap number of a Trap-PDU. Unknown numbers survive; known ones print their name. RFC
/// 1157 section 4.1.6.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GenericTrap(i32);

impl GenericTrap {
    /// The agent starts, and its configuration may have changed.
    pub const COLD_START: Self = Self(0);
    /// The agent starts with an unchanged configuration.
    pub const WARM_START: Self = Self(1);
    /// An interface failed.
    pub const LINK_DOWN: Self = Self(2);
    /// An interface came up.
    pub const LINK_UP: Self = Self(3);
    /// A message was not properly authenticated.
    pub const AUTHENTICATION_FAILURE: Self = Self(4);
    /// An EGP neighbour was lost.
    pub const EGP_NEIGHBOR_LOSS: Self = Self(5);
    /// The specific-trap field says what happened.
    pub const ENTERPRISE_SPECIFIC: Self = Self(6);

    /// The trap with the given number, known or not.
    pub const fn new(number: i32) -> Self {
        Self(number)
    }

    /// The number.
    pub const fn number(self) -> i32 {
        self.0
    }

    /// The name in the RFC, if the number has one.
    pub const fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::COLD_START => "coldStart",
            Self::WARM_START => "warmStart",
            Self::LINK_DOWN => "linkDown",
            Self::LINK_UP => "linkUp",
            Self::AUTHENTICATION_FAILURE => "authenticationFailure",
            Self::EGP_NEIGHBOR_LOSS => "egpNeighborLoss",
            Self::ENTERPRISE_SPECIFIC => "enterpriseSpecific",
            _ => return None,
        })
    }
}

impl From<i32> for GenericTrap {
    fn from(number: i32) -> Self {
        Self(number)
    }
}

impl fmt::Display for GenericTrap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => fmt::Display::fmt(&self.0, f),
        }
    }
}

impl fmt::Debug for GenericTrap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A Trap-PDU that owns what it holds. RFC 1157 section 4.1.6.
#[expect(
    clippy::exhaustive_structs,
    reason = "RFC 1157 closes the set of fields"
)]
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TrapPdu {
    /// The kind of object that sends it: its sysObjectID, or the enterprise that defined the trap.
    pub enterprise: ObjectIdentifier,
    /// The address of the object that sends it.
    pub agent_addr: Ipv4Addr,
    /// What happened.
    pub generic_trap: GenericTrap,
    /// What happened, if it is specific to the enterprise.
    pub specific_trap: i32,
    /// sysUpTime when it happened, in hundredths of a second.
    pub time_stamp: u32,
    /// Variables of interest.
    pub var_binds: VarBindList,
}

impl TrapPdu {
    /// The borrowed form.
    #[inline]
    pub fn as_ref(&self) -> TrapPduRef<'_> {
        TrapPduRef {
            enterprise: self.enterprise.as_ref(),
            agent_addr: self.agent_addr,
            generic_trap: self.generic_trap,
            specific_trap: self.specific_trap,
            time_stamp: self.time_stamp,
            var_binds: self.var_binds.as_ref(),
        }
    }
}

impl From<TrapPduRef<'_>> for TrapPdu {
    fn from(pdu: TrapPduRef<'_>) -> Self {
        Self {
            enterprise: pdu.enterprise.into(),
            agent_addr: pdu.agent_addr,
            generic_trap: pdu.generic_trap,
            specific_trap: pdu.specific_trap,
            time_stamp: pdu.time_stamp,
            var_binds: pdu.var_binds.into(),
        }
    }
}

impl fmt::Display for TrapPdu {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.as_ref(), f)
    }
}

/// A Trap-PDU that borrows from the message. Prints on one line. RFC 1157 section 4.1.6.
#[expect(
    clippy::exhaustive_structs,
    reason = "RFC 1157 closes the set of fields"
)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TrapPduRef<'a> {
    /// The kind of object that sends it: its sysObjectID, or the enterprise that defined the trap.
    pub enterprise: OidRef<'a>,
    /// The address of the object that sends it.
    pub agent_addr: Ipv4Addr,
    /// What happened.
    pub generic_trap: GenericTrap,
    /// What happened, if it is specific to the enterprise.
    pub specific_trap: i32,
    /// sysUpTime when it happened, in hundredths of a second.
    pub time_stamp: u32,
    /// Variables of interest.
    pub var_binds: VarBindListRef<'a>,
}

impl<'a> TrapPduRef<'a> {
    /// The tag of the encoding.
    pub const TAG: Tag = Tag::context(4);

    /// The next element of `reader`, every binding in it checked. Octets behind the bindings are passed
    /// over.
    ///
    /// A trap is not lost for an odd header: an agent-addr that is not of four octets reads as 0.0.0.0, a
    /// time-stamp that is no number of its type as 0, and of a generic-trap or specific-trap beyond 32 bits
    /// the lower 32 are read.
    pub fn decode(reader: &mut Reader<'a>) -> Result<Self, BerError> {
        Self::from_element(reader.read()?)
    }

    /// The PDU that `element` is.
    pub(super) fn from_element(element: Element<'a>) -> Result<Self, BerError> {
        if element.tag != Self::TAG {
            return Err(element.error(BerErrorKind::UnexpectedPdu(element.tag)));
        }
        let mut fields = element.contents;
        Ok(Self {
            enterprise: OidRef::decode(&mut fields)?,
            agent_addr: fields.read()?.ip_address().unwrap_or_default().into(),
            generic_trap: GenericTrap::new(read_number(&mut fields)?),
            specific_trap: read_number(&mut fields)?,
            time_stamp: fields.read()?.unsigned().unwrap_or_default(),
            var_binds: VarBindListRef::decode(&mut fields)?,
        })
    }

    /// Writes the PDU as an element.
    pub fn encode(self, writer: &mut Writer<'_>) {
        writer.constructed(Self::TAG, |writer| {
            self.var_binds.encode(writer);
            writer.unsigned(Tag::TIME_TICKS, self.time_stamp.into());
            writer.integer(self.specific_trap);
            writer.integer(self.generic_trap.number());
            writer.element(Tag::IP_ADDRESS, &self.agent_addr.octets());
            self.enterprise.encode(writer);
        });
    }

    /// A PDU of its own.
    pub fn to_owned(self) -> TrapPdu {
        TrapPdu::from(self)
    }
}

/// The next of `fields`, an INTEGER, or as much of it as there is place for.
pub(super) fn read_number(fields: &mut Reader<'_>) -> Result<i32, BerError> {
    let element = fields.element(Tag::INTEGER)?;
    element.integer().or_else(|error| {
        let value = ValueRef::Other {
            tag: Tag::INTEGER,
            contents: element.contents.rest(),
        };
        value.as_i64().map(|number| number as i32).ok_or(error)
    })
}

impl fmt::Display for TrapPduRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Trap-PDU {} from {} {}",
            self.enterprise, self.agent_addr, self.generic_trap
        )?;
        if self.generic_trap == GenericTrap::ENTERPRISE_SPECIFIC {
            write!(f, " {}", self.specific_trap)?;
        }
        write!(f, " up {}", self.time_stamp)?;
        write_bindings(self.var_binds, f)
    }
}
