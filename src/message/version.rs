//! The version field.

use core::fmt;

/// A version of SNMP, as the first field of a message names it. RFC 3584 section 1.
#[expect(clippy::exhaustive_enums, reason = "there are three versions")]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Version {
    /// SNMPv1. RFC 1157.
    V1,
    /// Community-based SNMPv2. RFC 1901.
    V2c,
    /// SNMPv3. RFC 3412.
    V3,
}

impl Version {
    /// The number on the wire: 0, 1 or 3.
    pub const fn number(self) -> i32 {
        match self {
            Self::V1 => 0,
            Self::V2c => 1,
            Self::V3 => 3,
        }
    }

    /// The version with the number `number` on the wire, if there is one.
    pub const fn from_number(number: i32) -> Option<Self> {
        match number {
            0 => Some(Self::V1),
            1 => Some(Self::V2c),
            3 => Some(Self::V3),
            _ => None,
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::V1 => "v1",
            Self::V2c => "v2c",
            Self::V3 => "v3",
        })
    }
}
