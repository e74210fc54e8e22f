//! Contents of INTEGER and of the types derived from it. X.690 section 8.3.
//!
//! Reading accepts more octets than needed, as devices send them, but no value outside the type.
//! The unsigned types of SNMP are positive integers, so one whose first bit is set takes a zero octet
//! before it. Devices leave that out; as in Net-SNMP, the octets of an unsigned type are the number as
//! it stands, and none is negative.

use core::ops::Deref;

use super::{BerErrorKind, Tag};

/// The value of an `i32`.
#[inline]
pub(super) fn read_i32(contents: &[u8]) -> Result<i32, BerErrorKind> {
    i32::try_from(read_i64(contents)?).map_err(|_| BerErrorKind::IntegerOutOfRange)
}

/// The value of a `u32`.
#[inline]
pub(crate) fn read_u32(contents: &[u8]) -> Result<u32, BerErrorKind> {
    match *contents {
        [a] => Ok(a.into()),
        [a, b] => Ok(u16::from_be_bytes([a, b]).into()),
        [a, b, c] => Ok(u32::from_be_bytes([0, a, b, c])),
        [a, b, c, d] | [0, a, b, c, d] => Ok(u32::from_be_bytes([a, b, c, d])),
        _ => {
            let value = read_long_unsigned(contents)?;
            u32::try_from(value).map_err(|_| BerErrorKind::IntegerOutOfRange)
        }
    }
}

/// The value of a `u64`.
#[inline]
pub(crate) fn read_u64(contents: &[u8]) -> Result<u64, BerErrorKind> {
    match contents {
        [] => Err(BerErrorKind::EmptyInteger),
        [0, value @ ..] | value if value.len() <= 8 => Ok(value.iter().fold(0, shift_in)),
        _ => read_long_unsigned(contents),
    }
}

/// An unsigned integer that is empty or has leading zeros.
#[cold]
fn read_long_unsigned(contents: &[u8]) -> Result<u64, BerErrorKind> {
    let zeros = contents.iter().take_while(|&&octet| octet == 0).count();
    match contents.get(zeros..) {
        _ if contents.is_empty() => Err(BerErrorKind::EmptyInteger),
        Some(value) if value.len() <= 8 => Ok(value.iter().fold(0, shift_in)),
        _ => Err(BerErrorKind::IntegerOutOfRange),
    }
}

/// The value of an INTEGER that is not negative.
pub(crate) fn read_positive(contents: &[u8]) -> Result<u64, BerErrorKind> {
    match contents.first() {
        Some(octet) if octet & 0x80 != 0 => Err(BerErrorKind::IntegerOutOfRange),
        _ => read_u64(contents),
    }
}

/// The value of an INTEGER of up to 64 bits.
#[inline]
pub(crate) fn read_i64(contents: &[u8]) -> Result<i64, BerErrorKind> {
    match *contents {
        [] => Err(BerErrorKind::EmptyInteger),
        [a] => Ok(i8::from_be_bytes([a]).into()),
        [a, b] => Ok(i16::from_be_bytes([a, b]).into()),
        [a, b, c] => Ok((i32::from_be_bytes([a, b, c, 0]) >> 8).into()),
        [a, b, c, d] => Ok(i32::from_be_bytes([a, b, c, d]).into()),
        [sign, ..] => read_long(contents, i64::from(sign.cast_signed() >> 7).cast_unsigned()),
    }
}

/// An integer of more than four octets; `sign` is its sign in all bits.
fn read_long(contents: &[u8], sign: u64) -> Result<i64, BerErrorKind> {
    if contents.len() > 8 && !is_sign_extended(contents, sign) {
        return Err(BerErrorKind::IntegerOutOfRange);
    }
    Ok(contents.iter().fold(sign, shift_in).cast_signed())
}

/// Whether all that precedes the last eight octets repeats their sign.
#[cold]
fn is_sign_extended(contents: &[u8], sign: u64) -> bool {
    let (padding, value) = contents.split_at(contents.len().saturating_sub(8));
    padding.iter().all(|&octet| u64::from(octet) == sign & 0xff)
        && value
            .first()
            .is_some_and(|octet| u64::from(octet & 0x80) == sign & 0x80)
}

#[inline]
fn shift_in(value: u64, octet: &u8) -> u64 {
    value << 8 | u64::from(*octet)
}

/// An integer as a whole element of the shortest form, on the stack; dereferences to its octets.
#[derive(Clone, Copy, Debug)]
pub struct IntegerElement {
    /// The element stands at the end.
    octets: [u8; 16],
    len: usize,
}

impl IntegerElement {
    /// An INTEGER.
    #[inline]
    pub const fn signed(value: i32) -> Self {
        // The bits that differ from the sign, and one for the sign itself.
        let magnitude = (value ^ (value >> 31)).cast_unsigned();
        let bits = 33_u32.wrapping_sub(magnitude.leading_zeros());
        let kept = u64::MAX >> (64_u32.saturating_sub(bits.next_multiple_of(8)));
        Self::new(Tag::INTEGER, (value as i64).cast_unsigned() & kept, bits)
    }

    /// An unsigned integer, which is a positive one of X.690, with the tag `tag`.
    #[inline]
    pub const fn unsigned(tag: Tag, value: u64) -> Self {
        Self::new(tag, value, 65_u32.wrapping_sub(value.leading_zeros()))
    }

    #[inline]
    const fn new(tag: Tag, value: u64, bits: u32) -> Self {
        let count = bits.div_ceil(8);
        let header = u16::from_be_bytes([tag.octet(), count as u8]) as u128;
        // At most nine octets of contents and two of header.
        let element = header << count.saturating_mul(8) | value as u128;
        Self {
            octets: element.to_be_bytes(),
            len: count.saturating_add(2) as usize,
        }
    }

    /// Appends the element to `out`.
    #[inline]
    pub(crate) fn append(&self, out: &mut Vec<u8>) {
        if out.capacity().wrapping_sub(out.len()) < self.octets.len() {
            return out.extend_from_slice(self);
        }
        // Copying a fixed number of octets takes one instruction. The surplus goes again.
        let end = out.len().saturating_add(self.len);
        let surplus = self.octets.len().saturating_sub(self.len) as u32;
        let first = u128::from_be_bytes(self.octets) << surplus.saturating_mul(8);
        out.extend_from_slice(&first.to_be_bytes());
        out.truncate(end);
    }

    /// The contents octets.
    #[inline]
    pub fn contents(&self) -> &[u8] {
        let start = self.octets.len().saturating_add(2).saturating_sub(self.len);
        self.octets.get(start..).unwrap_or_default()
    }

    /// The element at the end of sixteen octets.
    #[inline]
    pub(super) const fn padded(&self) -> &[u8; 16] {
        &self.octets
    }
}

impl Deref for IntegerElement {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        let start = self.octets.len().saturating_sub(self.len);
        self.octets.get(start..).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUT_OF_RANGE: BerErrorKind = BerErrorKind::IntegerOutOfRange;

    #[test]
    fn signed_contents() {
        let cases: [(&[u8], Result<i32, BerErrorKind>); 14] = [
            (&[], Err(BerErrorKind::EmptyInteger)),
            (&[0x00], Ok(0)),
            (&[0x7f], Ok(127)),
            (&[0x80], Ok(-128)),
            (&[0x00, 0x80], Ok(128)),
            (&[0xff, 0x7f], Ok(-129)),
            (&[0x00, 0x00, 0x01], Ok(1)),
            (&[0x7f, 0xff, 0xff, 0xff], Ok(i32::MAX)),
            (&[0x80, 0x00, 0x00, 0x00], Ok(i32::MIN)),
            (&[0x00, 0xff, 0xff, 0xff, 0xff], Err(OUT_OF_RANGE)),
            (&[0xff, 0x7f, 0xff, 0xff, 0xff], Err(OUT_OF_RANGE)),
            (&[0xff, 0xff, 0xff, 0xff, 0xfe], Ok(-2)),
            (&[0, 0, 0, 0, 0, 0, 0, 0, 0, 5], Ok(5)),
            (&[1, 0, 0, 0, 0, 0, 0, 0, 5], Err(OUT_OF_RANGE)),
        ];
        for (contents, value) in cases {
            assert_eq!(read_i32(contents), value, "{contents:02x?}");
        }
    }

    /// Up to the width of the type the octets are the number as it stands; before it, zeros.
    #[test]
    fn unsigned_contents() {
        let cases: [(&[u8], Result<u32, BerErrorKind>); 16] = [
            (&[], Err(BerErrorKind::EmptyInteger)),
            (&[0x00], Ok(0)),
            (&[0x7f], Ok(127)),
            (&[0xff], Ok(255)),
            (&[0x80, 0xe8], Ok(33_000)),
            (&[0xff, 0xff, 0xff], Ok(16_777_215)),
            (&[0x80, 0x00, 0x00, 0x00], Ok(2_147_483_648)),
            (&[0xff, 0xff, 0xff, 0xff], Ok(4_294_967_295)),
            (&[0x00, 0xff, 0xff, 0xff, 0xff], Ok(4_294_967_295)),
            (&[0x00, 0x00, 0x01], Ok(1)),
            (&[0, 0, 0, 0, 0, 0, 0, 0, 0, 7], Ok(7)),
            (&[0, 0, 0, 0xff, 0, 0, 0], Ok(0xff00_0000)),
            (&[0x01, 0x00, 0x00, 0x00, 0x00], Err(OUT_OF_RANGE)),
            (&[0xff, 0x00, 0x00, 0x00, 0x00], Err(OUT_OF_RANGE)),
            (&[0xff, 0xff, 0xff, 0xff, 0xff], Err(OUT_OF_RANGE)),
            (&[0, 1, 0, 0, 0, 0], Err(OUT_OF_RANGE)),
        ];
        for (contents, value) in cases {
            assert_eq!(read_u32(contents), value, "{contents:02x?}");
        }
        let cases: [(&[u8], Result<u64, BerErrorKind>); 13] = [
            (&[], Err(BerErrorKind::EmptyInteger)),
            (&[0x2a], Ok(42)),
            (&[0xff], Ok(255)),
            (&[0x80, 0, 0, 0], Ok(2_147_483_648)),
            (&[0xff, 0xff, 0xff, 0xff, 0xff], Ok(1_099_511_627_775)),
            (&[0, 255, 255, 255, 255, 255, 255, 255, 255], Ok(u64::MAX)),
            (&[255, 255, 255, 255, 255, 255, 255, 255], Ok(u64::MAX)),
            (&[128, 0, 0, 0, 0, 0, 0, 0], Ok(1 << 63)),
            (&[0, 0, 1, 0, 0, 0, 0, 0, 0, 0], Ok(1 << 56)),
            (&[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], Ok(0)),
            (&[1, 0, 0, 0, 0, 0, 0, 0, 0], Err(OUT_OF_RANGE)),
            (
                &[255, 255, 255, 255, 255, 255, 255, 255, 255],
                Err(OUT_OF_RANGE),
            ),
            (&[0, 1, 0, 0, 0, 0, 0, 0, 0, 0], Err(OUT_OF_RANGE)),
        ];
        for (contents, value) in cases {
            assert_eq!(read_u64(contents), value, "{contents:02x?}");
        }
    }

    #[test]
    fn integers_beyond_32_bits() {
        type Case<'a> = (
            &'a [u8],
            Result<i64, BerErrorKind>,
            Result<u64, BerErrorKind>,
        );
        let cases: [Case<'_>; 6] = [
            (
                &[0x00, 0xdf, 0x65, 0xc7, 0x13],
                Ok(3_747_989_267),
                Ok(3_747_989_267),
            ),
            (
                &[0xff, 0x7f, 0xff, 0xff, 0xff],
                Ok(-2_147_483_649),
                Err(OUT_OF_RANGE),
            ),
            (
                &[0x7f, 255, 255, 255, 255, 255, 255, 255],
                Ok(i64::MAX),
                Ok(i64::MAX.cast_unsigned()),
            ),
            (
                &[0, 0x80, 0, 0, 0, 0, 0, 0, 0],
                Err(OUT_OF_RANGE),
                Ok(1 << 63),
            ),
            (
                &[1, 0, 0, 0, 0, 0, 0, 0, 0],
                Err(OUT_OF_RANGE),
                Err(OUT_OF_RANGE),
            ),
            (
                &[],
                Err(BerErrorKind::EmptyInteger),
                Err(BerErrorKind::EmptyInteger),
            ),
        ];
        for (contents, signed, positive) in cases {
            assert_eq!(read_i64(contents), signed, "{contents:02x?}");
            assert_eq!(read_positive(contents), positive, "{contents:02x?}");
        }
    }

    #[test]
    fn written_elements_are_the_shortest() {
        let cases: [(i32, &[u8]); 8] = [
            (0, &[2, 1, 0x00]),
            (127, &[2, 1, 0x7f]),
            (128, &[2, 2, 0x00, 0x80]),
            (-128, &[2, 1, 0x80]),
            (-129, &[2, 2, 0xff, 0x7f]),
            (-1, &[2, 1, 0xff]),
            (i32::MAX, &[2, 4, 0x7f, 0xff, 0xff, 0xff]),
            (i32::MIN, &[2, 4, 0x80, 0x00, 0x00, 0x00]),
        ];
        for (value, element) in cases {
            assert_eq!(&*IntegerElement::signed(value), element, "{value}");
        }
        let cases: [(u64, &[u8]); 3] = [
            (0, &[0x46, 1, 0x00]),
            (0x80, &[0x46, 2, 0x00, 0x80]),
            (
                u64::MAX,
                &[0x46, 9, 0, 255, 255, 255, 255, 255, 255, 255, 255],
            ),
        ];
        for (value, element) in cases {
            let written = IntegerElement::unsigned(Tag::COUNTER64, value);
            assert_eq!(&*written, element, "{value}");
        }
    }
}
