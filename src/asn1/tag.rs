//! Identifiers of elements.

use core::fmt;

/// The identifier of an element: class, constructed bit and number in one comparable value. X.690
/// section 8.1.2.
///
/// All tags of SNMP are of the low form, one octet, and print as that octet. The high form (number
/// 31 and above) can be read, so that an element with one can be named in an error or skipped.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tag(u32);

impl Tag {
    /// INTEGER.
    pub const INTEGER: Self = Self::low(0x02);
    /// BIT STRING, which SNMP does not have: BITS are an OCTET STRING. RFC 1442 had it.
    pub const BIT_STRING: Self = Self::low(0x03);
    /// OCTET STRING.
    pub const OCTET_STRING: Self = Self::low(0x04);
    /// NULL.
    pub const NULL: Self = Self::low(0x05);
    /// OBJECT IDENTIFIER.
    pub const OBJECT_IDENTIFIER: Self = Self::low(0x06);
    /// SEQUENCE and SEQUENCE OF.
    pub const SEQUENCE: Self = Self::low(0x30);
    /// IpAddress. RFC 2578 section 7.1.5.
    pub const IP_ADDRESS: Self = Self::low(0x40);
    /// Counter32. RFC 2578 section 7.1.6.
    pub const COUNTER32: Self = Self::low(0x41);
    /// Gauge32. RFC 2578 section 7.1.7.
    pub const GAUGE32: Self = Self::low(0x42);
    /// Unsigned32, which shares the tag of Gauge32. RFC 2578 section 7.1.11.
    pub const UNSIGNED32: Self = Self::GAUGE32;
    /// TimeTicks. RFC 2578 section 7.1.8.
    pub const TIME_TICKS: Self = Self::low(0x43);
    /// Opaque. RFC 2578 section 7.1.9.
    pub const OPAQUE: Self = Self::low(0x44);
    /// NsapAddress, which SNMP has no more. RFC 1442 section 7.1.8.
    pub const NSAP_ADDRESS: Self = Self::low(0x45);
    /// Counter64. RFC 2578 section 7.1.10.
    pub const COUNTER64: Self = Self::low(0x46);
    /// UInteger32, which SNMP has no more: Unsigned32 shares the tag of Gauge32. RFC 1442 section
    /// 7.1.10.
    pub const UINTEGER32: Self = Self::low(0x47);
    /// noSuchObject. RFC 3416 section 3.
    pub const NO_SUCH_OBJECT: Self = Self::low(0x80);
    /// noSuchInstance. RFC 3416 section 3.
    pub const NO_SUCH_INSTANCE: Self = Self::low(0x81);
    /// endOfMibView. RFC 3416 section 3.
    pub const END_OF_MIB_VIEW: Self = Self::low(0x82);

    /// The context-specific constructed tag `number`, as PDUs have. Only the five bits of the low
    /// form count.
    pub const fn context(number: u8) -> Self {
        Self::low(0xa0 | (number & 0x1f))
    }

    /// The tag of the identifier octet `octet`, or nothing if that announces the high form.
    pub const fn from_octet(octet: u8) -> Option<Self> {
        if octet & 0x1f == 0x1f {
            None
        } else {
            Some(Self::low(octet))
        }
    }

    /// The tag of the identifier octet `octet`, which must not be one that announces the high form.
    pub(super) const fn low(octet: u8) -> Self {
        Self(octet as u32)
    }

    /// The tag of the high form that begins with `lead`, or nothing if the number needs more than
    /// 24 bits.
    pub(super) const fn high(lead: u8, number: u32) -> Option<Self> {
        if number >> 24 == 0 {
            Some(Self(lead as u32 | number << 8))
        } else {
            None
        }
    }

    /// The tag as one number, to keep it.
    pub(crate) const fn to_bits(self) -> u32 {
        self.0
    }

    /// The tag that [`to_bits`](Self::to_bits) has made a number of.
    pub(crate) const fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    /// The first identifier octet, which is the whole tag in the low form.
    pub const fn octet(self) -> u8 {
        (self.0 & 0xff) as u8
    }

    /// The identifier octets behind the first, of which the low form has none.
    pub(super) fn following(self) -> impl Iterator<Item = u8> {
        let number = self.number();
        let high = self.octet() & 0x1f == 0x1f;
        let groups = number.checked_ilog2().unwrap_or(0) / 7;
        (0..=groups).rev().filter(move |_| high).map(move |group| {
            let more = if group == 0 { 0 } else { 0x80 };
            (number >> group.saturating_mul(7) & 0x7f) as u8 | more
        })
    }

    /// The number within the class.
    pub const fn number(self) -> u32 {
        if self.octet() & 0x1f == 0x1f {
            self.0 >> 8
        } else {
            self.0 & 0x1f
        }
    }

    /// Whether the contents are elements themselves.
    pub const fn is_constructed(self) -> bool {
        self.0 & 0x20 != 0
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#04x}", self.octet())?;
        if self.octet() & 0x1f == 0x1f {
            write!(f, " number {}", self.number())?;
        }
        Ok(())
    }
}

impl fmt::Debug for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tag({self})")
    }
}
