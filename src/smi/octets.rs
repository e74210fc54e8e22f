//! OCTET STRING and Opaque.

use core::fmt;
use core::ops::Deref;

macro_rules! octets_type {
    ($(#[$docs:meta])* $name:ident, $display:path) => {
        $(#[$docs])*
        #[expect(clippy::exhaustive_structs, reason = "the octets are all there is")]
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name(pub Vec<u8>);

        impl Deref for $name {
            type Target = [u8];

            fn deref(&self) -> &[u8] {
                &self.0
            }
        }

        impl AsRef<[u8]> for $name {
            fn as_ref(&self) -> &[u8] {
                &self.0
            }
        }

        impl From<Vec<u8>> for $name {
            fn from(octets: Vec<u8>) -> Self {
                Self(octets)
            }
        }

        impl From<&[u8]> for $name {
            fn from(octets: &[u8]) -> Self {
                Self(octets.to_vec())
            }
        }

        impl<const N: usize> From<&[u8; N]> for $name {
            fn from(octets: &[u8; N]) -> Self {
                Self(octets.to_vec())
            }
        }

        impl From<$name> for Vec<u8> {
            fn from(octets: $name) -> Self {
                octets.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                $display(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "(\"{}\")"), self.0.escape_ascii())
            }
        }
    };
}

octets_type! {
    /// OCTET STRING. RFC 2578 section 7.1.2.
    ///
    /// Prints as text if every octet is printable ASCII, else as `0x` and hexadecimal digits.
    OctetString, fmt_octets
}
octets_type! {
    /// Opaque: an encoding of something else, kept as it is. RFC 2578 section 7.1.9.
    ///
    /// Prints as `0x` and hexadecimal digits.
    Opaque, fmt_hex
}

impl From<&str> for OctetString {
    fn from(text: &str) -> Self {
        Self(text.as_bytes().to_vec())
    }
}

impl From<String> for OctetString {
    fn from(text: String) -> Self {
        Self(text.into_bytes())
    }
}

/// Text if every octet is printable ASCII, else hexadecimal.
pub(super) fn fmt_octets(octets: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match core::str::from_utf8(octets) {
        Ok(text) if is_plain(octets) => f.write_str(text),
        _ => fmt_hex(octets, f),
    }
}

/// Whether octets without a DISPLAY-HINT are printed as text.
fn is_plain(octets: &[u8]) -> bool {
    octets.iter().all(|octet| matches!(octet, 0x20..=0x7e)) && !is_like_hex(octets, is_plain)
}

/// Whether a text reads like octets in hexadecimal, and those are not printed as text: then the text would be taken for
/// them, and is printed in hexadecimal itself.
pub(crate) fn is_like_hex(text: &[u8], is_text: impl Fn(&[u8]) -> bool) -> bool {
    text.starts_with(b"0x") && !text.iter().any(u8::is_ascii_uppercase) && {
        let octets = from_hex(text);
        octets.is_some_and(|octets| !is_text(&octets))
    }
}

/// The octets that `0x` and pairs of digits stand for, one pair at least.
#[inline]
pub(crate) fn from_hex(text: &[u8]) -> Option<Vec<u8>> {
    text.strip_prefix(b"0x").and_then(from_pairs)
}

#[cold]
fn from_pairs(digits: &[u8]) -> Option<Vec<u8>> {
    let digit = |digit: u8| char::from(digit).to_digit(16);
    let octets: Option<Vec<u8>> = digits
        .chunks(2)
        .map(|pair| match *pair {
            [high, low] => u8::try_from(digit(high)? << 4 | digit(low)?).ok(),
            _ => None,
        })
        .collect();
    octets.filter(|octets| !octets.is_empty())
}

/// `0x` and two lower-case digits an octet.
pub(crate) fn fmt_hex(octets: &[u8], f: &mut (impl fmt::Write + ?Sized)) -> fmt::Result {
    f.write_str("0x")?;
    octets.iter().try_for_each(|octet| write!(f, "{octet:02x}"))
}
