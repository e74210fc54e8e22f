//! The owned object identifier.

use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::str::FromStr;

use super::oid_builder::OidBuilder;
use super::{OidError, OidLiteral, OidRef};
use crate::asn1::{Arcs, MAX_ARCS};

/// An object identifier: 2 to 128 arcs, each at most 4294967295. RFC 2578 section 3.5.
///
/// It holds the encoded form, so that encoding, equality and prefix tests are operations on octets.
/// Up to 30 octets, which is nearly every identifier in use, sit in the value itself; a longer one
/// is one allocation, and one from [`oid!`](crate::oid!) none at all.
///
/// ```
/// use deferred_snmp::oid;
/// use deferred_snmp::smi::ObjectIdentifier;
///
/// let system = oid!(1.3.6.1.2.1.1);
/// let name: ObjectIdentifier = "1.3.6.1.2.1.1.5.0".parse()?;
/// assert!(name.starts_with(&system));
/// assert!(name > system);
/// assert_eq!(name.strip_prefix(&system).unwrap().collect::<Vec<_>>(), [5, 0]);
/// assert_eq!(system.extend([5, 0])?, name);
/// # Ok::<(), deferred_snmp::smi::OidError>(())
/// ```
#[derive(Clone)]
pub struct ObjectIdentifier(Repr);

/// The longest identifier that is kept inline.
const INLINE: usize = 30;

#[derive(Clone)]
enum Repr {
    Inline { len: u8, octets: [u8; INLINE] },
    Static(&'static [u8]),
    Heap(Box<[u8]>),
}

impl ObjectIdentifier {
    /// The identifier of the given arcs.
    pub fn from_arcs(arcs: &[u32]) -> Result<Self, OidError> {
        Self::grown(OidBuilder::new(), arcs.iter().copied())
    }

    /// What [`oid!`](crate::oid!) expands to.
    #[doc(hidden)]
    pub const fn from_literal(literal: &'static OidLiteral) -> Self {
        Self(Repr::Static(literal.contents()))
    }

    /// The borrowed form.
    #[inline]
    pub fn as_ref(&self) -> OidRef<'_> {
        OidRef::checked(self.contents())
    }

    /// The contents octets of the encoding.
    #[inline]
    pub fn contents(&self) -> &[u8] {
        match &self.0 {
            Repr::Inline { len, octets } => &octets[..usize::from(*len)],
            Repr::Static(octets) => octets,
            Repr::Heap(octets) => octets,
        }
    }

    /// The arcs, one after the other.
    pub fn arcs(&self) -> Arcs<'_> {
        self.as_ref().arcs()
    }

    /// The number of arcs, from 2 to 128. Reads the whole identifier.
    #[expect(clippy::len_without_is_empty, reason = "there are at least two arcs")]
    pub fn len(&self) -> usize {
        self.as_ref().len()
    }

    /// Whether this identifier is `prefix` or lies below it.
    #[inline]
    pub fn starts_with<'p>(&self, prefix: impl Into<OidRef<'p>>) -> bool {
        self.as_ref().starts_with(prefix)
    }

    /// The arcs behind `prefix`, if this identifier is `prefix` or lies below it.
    pub fn strip_prefix<'p>(&self, prefix: impl Into<OidRef<'p>>) -> Option<Arcs<'_>> {
        self.as_ref().strip_prefix(prefix)
    }

    /// The identifier without its last arc, if it has more than two.
    pub fn parent(&self) -> Option<OidRef<'_>> {
        self.as_ref().parent()
    }

    /// The identifier with one more arc. Fails at 128 arcs.
    pub fn child(&self, arc: u32) -> Result<Self, OidError> {
        self.extend([arc])
    }

    /// The identifier with more arcs. Fails when there would be more than 128.
    pub fn extend(&self, arcs: impl IntoIterator<Item = u32>) -> Result<Self, OidError> {
        Self::grown(OidBuilder::resume(self.contents(), self.len()), arcs)
    }

    /// The same for an identifier that is known to have `len` arcs: where the result needs no allocation, in one go. `None`
    /// when there would be more than 128.
    #[inline]
    pub(crate) fn extended(&self, len: usize, arcs: &[u32]) -> Option<Self> {
        let Repr::Inline { len: end, octets } = &self.0 else {
            return self.extended_slowly(arcs);
        };
        // The octets of a sub-identifier are written as eight, of which the next ones overwrite what is too much.
        let mut room = [0; INLINE + 8];
        room[..INLINE].copy_from_slice(octets);
        let mut end = usize::from(*end);
        if len < 2 || len + arcs.len() > MAX_ARCS {
            return self.extended_slowly(arcs);
        }
        for &arc in arcs {
            let Some(eight) = room[end..].first_chunk_mut() else {
                return self.extended_slowly(arcs);
            };
            let (octets, len) = subidentifier(arc);
            *eight = octets;
            end += len;
        }
        if end > INLINE {
            return self.extended_slowly(arcs);
        }
        let len = end as u8;
        let octets = *room.first_chunk()?;
        Some(Self(Repr::Inline { len, octets }))
    }

    #[inline(never)]
    fn extended_slowly(&self, arcs: &[u32]) -> Option<Self> {
        self.extend(arcs.iter().copied()).ok()
    }

    fn grown(
        mut builder: OidBuilder,
        arcs: impl IntoIterator<Item = u32>,
    ) -> Result<Self, OidError> {
        arcs.into_iter().try_for_each(|arc| builder.push(arc))?;
        builder.contents().map(Self::copied)
    }

    /// An identifier of its own with these contents octets, which were checked.
    fn copied(contents: &[u8]) -> Self {
        if contents.len() > INLINE {
            return Self(Repr::Heap(contents.into()));
        }
        let mut octets = [0; INLINE];
        octets[..contents.len()].copy_from_slice(contents);
        Self(Repr::Inline {
            len: contents.len() as u8,
            octets,
        })
    }
}

/// The octets of a sub-identifier, before others of no meaning, and their number. Without a branch: a guess of how long it
/// is fails often.
#[inline]
const fn subidentifier(arc: u32) -> ([u8; 8], usize) {
    let arc = arc as u64;
    let len = (u64::BITS - (arc | 1).leading_zeros()).div_ceil(7);
    // Seven bits an octet, and in all but the last the eighth.
    let spread = arc & 0x7f
        | (arc & 0x3f80) << 1
        | (arc & 0x1f_c000) << 2
        | (arc & 0xfe0_0000) << 3
        | (arc & 0xf000_0000) << 4;
    let octets = (spread | 0x80_8080_8000) << (u64::BITS - 8 * len);
    (octets.to_be_bytes(), len as usize)
}

impl From<OidRef<'_>> for ObjectIdentifier {
    fn from(oid: OidRef<'_>) -> Self {
        Self::copied(oid.contents())
    }
}

impl From<&Self> for ObjectIdentifier {
    fn from(oid: &Self) -> Self {
        oid.clone()
    }
}

impl<'a> From<&'a ObjectIdentifier> for OidRef<'a> {
    #[inline]
    fn from(oid: &'a ObjectIdentifier) -> Self {
        oid.as_ref()
    }
}

impl TryFrom<&[u32]> for ObjectIdentifier {
    type Error = OidError;

    fn try_from(arcs: &[u32]) -> Result<Self, OidError> {
        Self::from_arcs(arcs)
    }
}

impl<const N: usize> TryFrom<[u32; N]> for ObjectIdentifier {
    type Error = OidError;

    fn try_from(arcs: [u32; N]) -> Result<Self, OidError> {
        Self::from_arcs(&arcs)
    }
}

/// The dotted form, with or without a leading dot.
impl FromStr for ObjectIdentifier {
    type Err = OidError;

    fn from_str(text: &str) -> Result<Self, OidError> {
        OidBuilder::parse(text.as_bytes())?
            .contents()
            .map(Self::copied)
    }
}

impl PartialEq for ObjectIdentifier {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.contents() == other.contents()
    }
}

impl Eq for ObjectIdentifier {}

impl PartialEq<OidRef<'_>> for ObjectIdentifier {
    fn eq(&self, other: &OidRef<'_>) -> bool {
        self.as_ref() == *other
    }
}

impl PartialEq<ObjectIdentifier> for OidRef<'_> {
    fn eq(&self, other: &ObjectIdentifier) -> bool {
        *self == other.as_ref()
    }
}

impl Ord for ObjectIdentifier {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_ref().cmp(&other.as_ref())
    }
}

impl PartialOrd for ObjectIdentifier {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialOrd<OidRef<'_>> for ObjectIdentifier {
    fn partial_cmp(&self, other: &OidRef<'_>) -> Option<Ordering> {
        Some(self.as_ref().cmp(other))
    }
}

impl PartialOrd<ObjectIdentifier> for OidRef<'_> {
    fn partial_cmp(&self, other: &ObjectIdentifier) -> Option<Ordering> {
        Some(self.cmp(&other.as_ref()))
    }
}

impl Hash for ObjectIdentifier {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_ref().hash(state);
    }
}

impl fmt::Display for ObjectIdentifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.as_ref(), f)
    }
}

impl fmt::Debug for ObjectIdentifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Takes `data` for the text of an identifier and for its contents octets; what is accepted must
/// survive the way back: an entry point for fuzzing.
#[cfg(any(fuzzing, feature = "testing"))]
#[doc(hidden)]
pub fn fuzz_oid(data: &[u8]) {
    let from_text = core::str::from_utf8(data)
        .ok()
        .and_then(|text| text.parse().ok());
    let from_contents = OidRef::from_contents(data).ok().map(ObjectIdentifier::from);
    for oid in [from_text, from_contents].into_iter().flatten() {
        let oid: ObjectIdentifier = oid;
        assert_eq!(oid.to_string().parse().as_ref(), Ok(&oid));
        let arcs: Vec<u32> = oid.arcs().collect();
        assert_eq!(arcs.len(), oid.len());
        assert_eq!(ObjectIdentifier::from_arcs(&arcs).as_ref(), Ok(&oid));
        assert!(
            oid.parent()
                .is_none_or(|parent| oid > parent && oid.starts_with(parent))
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_grow_in_one_go_are_those_that_grow_arc_by_arc() {
        let arcs = [0, 1, 127, 128, 16_383, 16_384, 2_097_152, 1 << 28, u32::MAX];
        let roots = ["0.0", "1.3", "2.999", "1.3.6.1.4.1.4294967295"];
        for root in roots.map(|root| root.parse::<ObjectIdentifier>()) {
            let root = root.expect("a name");
            for count in [0, 1, 2, 5, 7, 121, 122, 126, 127] {
                for turn in 0..arcs.len() {
                    let instance = arcs.iter().cycle().skip(turn).take(count).copied();
                    let instance: Vec<u32> = instance.collect();
                    let expected = root.extend(instance.iter().copied()).ok();
                    assert_eq!(
                        root.extended(root.len(), &instance),
                        expected,
                        "{root} {count}"
                    );
                }
            }
        }
    }
}
