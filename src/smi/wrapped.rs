//! Numbers that SNMP has no type for, wrapped into an Opaque.
//!
//! An Opaque holds an encoded element. Net-SNMP and others give these tags of their own, which begin with
//! 9f: 78 is a float and 79 a double of IEEE 754, 7a a signed and 7b an unsigned integer of 64 bits, and 76
//! a Counter64.

use super::Opaque;
use crate::asn1;

/// A number in an Opaque.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Wrapped {
    Float(f32),
    Double(f64),
    Signed(i64),
    Unsigned(u64),
    Counter64(u64),
}

impl Wrapped {
    /// The number in the octets of an Opaque; `None` if they are no such number.
    pub(crate) fn read(octets: &[u8]) -> Option<Self> {
        let [0x9f, tag, length, contents @ ..] = octets else {
            return None;
        };
        if usize::from(*length) != contents.len() {
            return None;
        }
        match *tag {
            FLOAT => contents
                .try_into()
                .ok()
                .map(f32::from_be_bytes)
                .map(Self::Float),
            DOUBLE => contents
                .try_into()
                .ok()
                .map(f64::from_be_bytes)
                .map(Self::Double),
            SIGNED => asn1::read_i64(contents).ok().map(Self::Signed),
            UNSIGNED => asn1::read_u64(contents).ok().map(Self::Unsigned),
            COUNTER64 => asn1::read_u64(contents).ok().map(Self::Counter64),
            _ => None,
        }
    }

    pub(super) fn as_i64(self) -> Option<i64> {
        match self {
            Self::Signed(number) => Some(number),
            other => other.as_u64()?.try_into().ok(),
        }
    }

    pub(super) fn as_u64(self) -> Option<u64> {
        match self {
            Self::Unsigned(number) | Self::Counter64(number) => Some(number),
            Self::Signed(number) => number.try_into().ok(),
            Self::Float(_) | Self::Double(_) => None,
        }
    }

    pub(super) fn as_f64(self) -> f64 {
        match self {
            Self::Float(number) => number.into(),
            Self::Double(number) => number,
            Self::Signed(number) => number as f64,
            Self::Unsigned(number) | Self::Counter64(number) => number as f64,
        }
    }
}

impl Opaque {
    /// A float, as Net-SNMP wraps it: `9f 78 04` and the four octets of IEEE 754.
    ///
    /// ```
    /// use deferred_snmp::smi::{Opaque, Value};
    ///
    /// let load = Opaque::float(1.5);
    /// assert_eq!(*load, [0x9f, 0x78, 4, 0x3f, 0xc0, 0, 0]);
    /// assert_eq!(Value::from(load).as_f64(), Some(1.5));
    /// ```
    pub fn float(number: f32) -> Self {
        wrapped(FLOAT, &number.to_be_bytes())
    }

    /// A double, as Net-SNMP wraps it: `9f 79 08` and the eight octets of IEEE 754.
    pub fn double(number: f64) -> Self {
        wrapped(DOUBLE, &number.to_be_bytes())
    }

    /// A signed integer of 64 bits, as Net-SNMP wraps it: `9f 7a`, and the contents of an INTEGER.
    pub fn int64(number: i64) -> Self {
        wrapped(SIGNED, minimal(&number.to_be_bytes()))
    }

    /// An unsigned integer of 64 bits, as Net-SNMP wraps it: `9f 7b`, and the contents of a positive INTEGER.
    pub fn uint64(number: u64) -> Self {
        let [a, b, c, d, e, f, g, h] = number.to_be_bytes();
        wrapped(UNSIGNED, minimal(&[0, a, b, c, d, e, f, g, h]))
    }

    /// The number, if this is one that is wrapped as Net-SNMP does it: a float, a double, or an integer of 64 bits.
    pub fn as_f64(&self) -> Option<f64> {
        Wrapped::read(self).map(Wrapped::as_f64)
    }
}

const COUNTER64: u8 = 0x76;
const FLOAT: u8 = 0x78;
const DOUBLE: u8 = 0x79;
const SIGNED: u8 = 0x7a;
const UNSIGNED: u8 = 0x7b;

fn wrapped(tag: u8, contents: &[u8]) -> Opaque {
    let head = [0x9f, tag, contents.len() as u8];
    Opaque([&head[..], contents].concat())
}

/// The fewest octets of a two's complement number.
fn minimal(mut octets: &[u8]) -> &[u8] {
    while let [first, next, ..] = octets {
        let spare = if *next < 0x80 { 0 } else { 0xff };
        if *first != spare {
            break;
        }
        octets = &octets[1..];
    }
    octets
}
