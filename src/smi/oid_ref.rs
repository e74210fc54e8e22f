//! The borrowed object identifier.

use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};

use super::ObjectIdentifier;
use crate::asn1::{Arcs, BerError, Reader, Writer, check_oid};

/// An object identifier that borrows its contents octets, which were checked when it was made.
///
/// Compares, orders and hashes like the [`ObjectIdentifier`] of the same arcs. Comparing and prefix
/// tests work on the octets; nothing is decoded. RFC 2578 section 3.5.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct OidRef<'a> {
    contents: &'a [u8],
}

impl<'a> OidRef<'a> {
    /// The identifier with the given contents octets, or what is wrong with them; the error's offset
    /// counts from their beginning. RFC 3417 section 8.
    pub fn from_contents(contents: &'a [u8]) -> Result<Self, BerError> {
        match check_oid(contents) {
            Ok(()) => Ok(Self { contents }),
            Err((kind, at)) => Err(BerError::new(kind, at)),
        }
    }

    /// The next element of `reader`, an OBJECT IDENTIFIER.
    #[inline]
    pub fn decode(reader: &mut Reader<'a>) -> Result<Self, BerError> {
        reader.oid_contents().map(Self::checked)
    }

    /// Writes the identifier as an element.
    #[inline]
    pub fn encode(self, writer: &mut Writer<'_>) {
        writer.oid_contents(self.contents);
    }

    /// The identifier with contents octets that have been checked before.
    #[inline]
    pub(crate) const fn checked(contents: &'a [u8]) -> Self {
        Self { contents }
    }

    /// The contents octets of the encoding.
    #[inline]
    pub const fn contents(self) -> &'a [u8] {
        self.contents
    }

    /// The arcs, one after the other.
    pub const fn arcs(self) -> Arcs<'a> {
        Arcs::new(self.contents)
    }

    /// The number of arcs, from 2 to 128. Reads the whole identifier.
    #[expect(clippy::len_without_is_empty, reason = "there are at least two arcs")]
    pub fn len(self) -> usize {
        1 + self
            .contents
            .iter()
            .filter(|&octet| octet & 0x80 == 0)
            .count()
    }

    /// Whether this identifier is `prefix` or lies below it.
    #[inline]
    pub fn starts_with<'p>(self, prefix: impl Into<OidRef<'p>>) -> bool {
        self.contents.starts_with(prefix.into().contents)
    }

    /// The arcs behind `prefix`, if this identifier is `prefix` or lies below it.
    pub fn strip_prefix<'p>(self, prefix: impl Into<OidRef<'p>>) -> Option<Arcs<'a>> {
        self.contents
            .strip_prefix(prefix.into().contents)
            .map(Arcs::tail)
    }

    /// The identifier without its last arc, if it has more than two.
    pub fn parent(self) -> Option<Self> {
        let (_, but_last) = self.contents.split_last()?;
        let end = but_last.iter().rposition(|octet| octet & 0x80 == 0)? + 1;
        Some(Self::checked(&self.contents[..end]))
    }

    /// An identifier of its own with the same arcs. Allocates for more than 30 octets.
    pub fn to_owned(self) -> ObjectIdentifier {
        ObjectIdentifier::from(self)
    }
}

impl Ord for OidRef<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let (a, b) = (self.contents, other.contents);
        let Some(differs) = first_difference(a, b) else {
            return a.len().cmp(&b.len());
        };
        // Both are equal up to the beginning of the sub-identifier that differs. Sub-identifiers
        // are never padded, so of two the longer is the larger.
        let start = a[..differs]
            .iter()
            .rposition(|octet| octet & 0x80 == 0)
            .map_or(0, |end| end + 1);
        let (a, b) = (subidentifier(&a[start..]), subidentifier(&b[start..]));
        a.len().cmp(&b.len()).then_with(|| a.cmp(b))
    }
}

/// Where two identifiers differ that both go on so far. Eight octets at a time: in a tree many are equal.
#[inline]
fn first_difference(a: &[u8], b: &[u8]) -> Option<usize> {
    let (eights, _) = a.as_chunks::<8>();
    let (others, _) = b.as_chunks::<8>();
    let equal = 8 * eights
        .iter()
        .zip(others)
        .take_while(|(a, b)| a == b)
        .count();
    let differs = a[equal..]
        .iter()
        .zip(&b[equal..])
        .position(|(a, b)| a != b)?;
    Some(equal + differs)
}

fn subidentifier(octets: &[u8]) -> &[u8] {
    let end = octets.iter().position(|octet| octet & 0x80 == 0);
    &octets[..end.map_or(octets.len(), |end| end + 1)]
}

impl PartialOrd for OidRef<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for OidRef<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.contents.hash(state);
    }
}

impl fmt::Display for OidRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, arc) in self.arcs().enumerate() {
            if place > 0 {
                f.write_str(".")?;
            }
            write!(f, "{arc}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for OidRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
