//! Contents of INTEGER and of the types derived from it. X.690 section 8.3.
//!
//! Reading accepts more octets than needed, as devices send them, but no value outside the type.
//! The unsigned types of SNMP are positive integers, so their upper half takes an octet more than
//! the type is wide. Devices that encode them as signed ones leave it out; as in Net-SNMP such a
//! negative number of the type's own width is taken for the unsigned one that it was.

use core::ops::Deref;

use super::BerErrorKind;

/// The value of an `i32`.
#[inline]
pub(super) fn read_i32(contents: &[u8]) -> Result<i32, BerErrorKind> {
    i32::try_from(read_i64(contents)?).map_err(|_| BerErrorKind::IntegerOutOfRange)
}

/// The value of a `u32`.
#[inline]
pub(super) fn read_u32(contents: &[u8]) -> Result<u32, BerErrorKind> {
    let value = read_i64(contents)?;
    u32::try_from(value)
        .or_else(|_| i32::try_from(value).map(i32::cast_unsigned))
        .map_err(|_| BerErrorKind::IntegerOutOfRange)
}

/// The value of a `u64`.
#[inline]
pub(super) fn read_u64(contents: &[u8]) -> Result<u64, BerErrorKind> {
    match contents {
        [0, value @ ..] if value.len() >= 8 => {
            let (padding, value) = value.split_at(value.len().saturating_sub(8));
            if padding.iter().any(|&octet| octet != 0) {
                return Err(BerErrorKind::IntegerOutOfRange);
            }
            Ok(value.iter().fold(0, shift_in))
        }
        _ => read_i64(contents).map(i64::cast_unsigned),
    }
}

#[inline]
fn read_i64(contents: &[u8]) -> Result<i64, BerErrorKind> {
    let &[first, ..] = contents else {
        return Err(BerErrorKind::EmptyInteger);
    };
    let sign: u64 = if first & 0x80 == 0 { 0 } else { u64::MAX };
    let value = contents.iter().fold(sign, shift_in);
    if contents.len() > 8 && !is_sign_extended(contents, sign) {
        return Err(BerErrorKind::IntegerOutOfRange);
    }
    Ok(value.cast_signed())
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

/// The shortest contents octets of an integer, on the stack; dereferences to the octets.
#[derive(Clone, Copy, Debug)]
pub struct IntegerOctets {
    octets: [u8; 9],
    len: u8,
}

impl IntegerOctets {
    /// The contents of a signed integer.
    #[inline]
    pub const fn signed(value: i32) -> Self {
        // The bits that differ from the sign, and one for the sign itself.
        let magnitude = (value ^ (value >> 31)).cast_unsigned();
        Self::new(
            (value as i64).cast_unsigned(),
            33_u32.wrapping_sub(magnitude.leading_zeros()),
        )
    }

    /// The contents of an unsigned integer, which is a positive one of X.690.
    #[inline]
    pub const fn unsigned(value: u64) -> Self {
        Self::new(value, 65_u32.wrapping_sub(value.leading_zeros()))
    }

    /// The last `bits` of `value`, which are at most 64 and a sign bit of zero.
    #[inline]
    const fn new(value: u64, bits: u32) -> Self {
        let [a, b, c, d, e, f, g, h] = value.to_be_bytes();
        Self {
            octets: [0, a, b, c, d, e, f, g, h],
            len: bits.div_ceil(8) as u8,
        }
    }
}

impl Deref for IntegerOctets {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        let start = self.octets.len().saturating_sub(usize::from(self.len));
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

    #[test]
    fn unsigned_contents() {
        let cases: [(&[u8], Result<u32, BerErrorKind>); 9] = [
            (&[], Err(BerErrorKind::EmptyInteger)),
            (&[0x00, 0xff, 0xff, 0xff, 0xff], Ok(u32::MAX)),
            (&[0xff, 0xff, 0xff, 0xff], Ok(u32::MAX)),
            (&[0x80, 0x00, 0x00, 0x00], Ok(1 << 31)),
            (&[0xff], Ok(u32::MAX)),
            (&[0x00, 0x00, 0x01], Ok(1)),
            (&[0x01, 0x00, 0x00, 0x00, 0x00], Err(OUT_OF_RANGE)),
            (&[0xff, 0x00, 0x00, 0x00, 0x00], Err(OUT_OF_RANGE)),
            (&[0, 0, 0, 0, 0, 0, 0, 0, 0, 7], Ok(7)),
        ];
        for (contents, value) in cases {
            assert_eq!(read_u32(contents), value, "{contents:02x?}");
        }
        let cases: [(&[u8], Result<u64, BerErrorKind>); 7] = [
            (&[], Err(BerErrorKind::EmptyInteger)),
            (&[0, 255, 255, 255, 255, 255, 255, 255, 255], Ok(u64::MAX)),
            (&[255, 255, 255, 255, 255, 255, 255, 255], Ok(u64::MAX)),
            (&[0, 0, 1, 0, 0, 0, 0, 0, 0, 0], Ok(1 << 56)),
            (&[1, 0, 0, 0, 0, 0, 0, 0, 0], Err(OUT_OF_RANGE)),
            (&[0, 1, 0, 0, 0, 0, 0, 0, 0, 0], Err(OUT_OF_RANGE)),
            (&[0x2a], Ok(42)),
        ];
        for (contents, value) in cases {
            assert_eq!(read_u64(contents), value, "{contents:02x?}");
        }
    }

    #[test]
    fn written_contents_are_the_shortest() {
        let cases: [(i32, &[u8]); 8] = [
            (0, &[0x00]),
            (127, &[0x7f]),
            (128, &[0x00, 0x80]),
            (-128, &[0x80]),
            (-129, &[0xff, 0x7f]),
            (-1, &[0xff]),
            (i32::MAX, &[0x7f, 0xff, 0xff, 0xff]),
            (i32::MIN, &[0x80, 0x00, 0x00, 0x00]),
        ];
        for (value, contents) in cases {
            assert_eq!(&*IntegerOctets::signed(value), contents, "{value}");
        }
        assert_eq!(&*IntegerOctets::unsigned(0), [0x00]);
        assert_eq!(&*IntegerOctets::unsigned(0x80), [0x00, 0x80]);
        assert_eq!(
            &*IntegerOctets::unsigned(u64::MAX),
            [0, 255, 255, 255, 255, 255, 255, 255, 255]
        );
    }
}
