//! Lists of variable bindings, kept encoded.

use core::fmt;
use core::iter::FusedIterator;

use super::{OidRef, ValueRef, VarBind, VarBindRef};
use crate::asn1::{BerError, Reader, Tag, Writer};

/// A list of variable bindings that is encoded already: one buffer, whatever the number of bindings.
/// RFC 3416 section 3.
///
/// [`push`](Self::push) encodes; sending the list copies octets. What has been pushed can be read
/// back but not changed; make another list instead, in the same buffer if need be
/// ([`clear`](Self::clear)).
///
/// ```
/// use deferred_snmp::oid;
/// use deferred_snmp::smi::{ValueRef, VarBindList};
///
/// let mut list = VarBindList::new();
/// list.push(oid!(1.3.6.1.2.1.1.5.0).as_ref(), ValueRef::OctetString(b"gateway"));
/// assert_eq!(list.len(), 1);
/// assert_eq!(list.get(0).unwrap().to_string(), "1.3.6.1.2.1.1.5.0 = gateway");
/// ```
#[derive(Clone, Default)]
pub struct VarBindList {
    octets: Vec<u8>,
    count: usize,
}

impl VarBindList {
    /// An empty list, which allocates nothing.
    pub const fn new() -> Self {
        Self {
            octets: Vec::new(),
            count: 0,
        }
    }

    /// An empty list with room for `octets` encoded octets (20 to 30 a binding are usual).
    pub fn with_capacity(octets: usize) -> Self {
        Self::from_buffer(Vec::with_capacity(octets))
    }

    /// An empty list in an old buffer, whose contents are dropped.
    pub fn from_buffer(mut buffer: Vec<u8>) -> Self {
        buffer.clear();
        Self {
            octets: buffer,
            count: 0,
        }
    }

    /// The buffer, for another list.
    pub fn into_buffer(self) -> Vec<u8> {
        self.octets
    }

    /// Appends a binding. Allocates only to grow.
    #[inline]
    pub fn push(&mut self, name: OidRef<'_>, value: ValueRef<'_>) {
        VarBindRef { name, value }.append_to(&mut self.octets);
        self.count += 1;
    }

    /// Appends a binding unless the encoded bindings would then be longer than `limit` octets; false if so.
    #[inline]
    pub fn try_push(&mut self, name: OidRef<'_>, value: ValueRef<'_>, limit: usize) -> bool {
        // A value that is too long by itself is not copied to see that.
        if let ValueRef::OctetString(octets)
        | ValueRef::Opaque(octets)
        | ValueRef::Other {
            contents: octets, ..
        } = value
            && octets.len() > limit
        {
            return false;
        }
        let before = self.octets.len();
        VarBindRef { name, value }.append_to(&mut self.octets);
        let fits = self.octets.len() <= limit;
        if fits {
            self.count += 1;
        } else {
            self.octets.truncate(before);
        }
        fits
    }

    /// How far the list goes at present, for [`truncate`](Self::truncate).
    pub(crate) fn extent(&self) -> Extent {
        Extent {
            octets: self.octets.len(),
            count: self.count,
        }
    }

    /// Drops the bindings that were pushed since the list went as far as `extent`.
    pub(crate) fn truncate(&mut self, extent: Extent) {
        self.octets.truncate(extent.octets);
        self.count = extent.count;
    }

    /// Drops all bindings and keeps the buffer.
    pub fn clear(&mut self) {
        self.octets.clear();
        self.count = 0;
    }

    /// Gives back what the buffer has more than it needs, where that is more than half of it.
    pub(crate) fn shrink(&mut self) {
        if self.octets.capacity() / 2 > self.octets.len().max(128) {
            self.octets.shrink_to_fit();
        }
    }

    /// Replaces the contents by those of `list`, in the same buffer.
    pub fn assign(&mut self, list: VarBindListRef<'_>) {
        self.octets.clear();
        self.octets.extend_from_slice(list.octets);
        self.count = list.count;
    }

    /// The borrowed form.
    #[inline]
    pub fn as_ref(&self) -> VarBindListRef<'_> {
        VarBindListRef {
            octets: &self.octets,
            count: self.count,
        }
    }

    /// The encoded bindings: the contents of the `SEQUENCE OF VarBind`.
    pub fn octets(&self) -> &[u8] {
        &self.octets
    }

    /// The number of bindings.
    #[inline]
    pub const fn len(&self) -> usize {
        self.count
    }

    /// Whether there are no bindings.
    #[inline]
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The bindings, one after the other. Allocates nothing.
    #[inline]
    pub fn iter(&self) -> VarBindIter<'_> {
        self.as_ref().iter()
    }

    /// The binding at `index`, counted from 0. Walks over those before it.
    pub fn get(&self, index: usize) -> Option<VarBindRef<'_>> {
        self.as_ref().get(index)
    }
}

/// How far a list went.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Extent {
    octets: usize,
    count: usize,
}

impl From<VarBindListRef<'_>> for VarBindList {
    fn from(list: VarBindListRef<'_>) -> Self {
        Self {
            octets: list.octets.to_vec(),
            count: list.count,
        }
    }
}

impl<B: Into<VarBind>> Extend<B> for VarBindList {
    fn extend<I: IntoIterator<Item = B>>(&mut self, bindings: I) {
        for binding in bindings {
            let VarBind { name, value } = binding.into();
            self.push(name.as_ref(), value.as_ref());
        }
    }
}

impl<B: Into<VarBind>> FromIterator<B> for VarBindList {
    fn from_iter<I: IntoIterator<Item = B>>(bindings: I) -> Self {
        let mut list = Self::new();
        list.extend(bindings);
        list
    }
}

impl<'a> IntoIterator for &'a VarBindList {
    type Item = VarBindRef<'a>;
    type IntoIter = VarBindIter<'a>;

    fn into_iter(self) -> VarBindIter<'a> {
        self.iter()
    }
}

impl PartialEq for VarBindList {
    fn eq(&self, other: &Self) -> bool {
        self.as_ref() == other.as_ref()
    }
}

impl Eq for VarBindList {}

impl fmt::Debug for VarBindList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.as_ref(), f)
    }
}

/// A list of variable bindings borrowed from a message, checked once from end to end: iterating it
/// afterwards cannot fail and allocates nothing. RFC 3416 section 3.
#[derive(Clone, Copy)]
pub struct VarBindListRef<'a> {
    octets: &'a [u8],
    count: usize,
}

impl<'a> VarBindListRef<'a> {
    /// The next element of `reader`, with every binding in it checked.
    #[inline]
    pub fn decode(reader: &mut Reader<'a>) -> Result<Self, BerError> {
        let mut bindings = reader.sub(Tag::SEQUENCE)?;
        let octets = bindings.rest();
        let mut count = 0;
        while !bindings.is_empty() {
            VarBindRef::decode(&mut bindings)?;
            count += 1;
        }
        Ok(Self { octets, count })
    }

    /// Writes the list as an element: its bindings as they are, which may be longer than necessary
    /// if they were received so.
    #[inline]
    pub fn encode(self, writer: &mut Writer<'_>) {
        writer.element(Tag::SEQUENCE, self.octets);
    }

    /// The number of bindings.
    #[inline]
    pub const fn len(self) -> usize {
        self.count
    }

    /// Whether there are no bindings.
    #[inline]
    pub const fn is_empty(self) -> bool {
        self.count == 0
    }

    /// The encoded bindings: the contents of the `SEQUENCE OF VarBind`.
    #[inline]
    pub const fn octets(self) -> &'a [u8] {
        self.octets
    }

    /// The number of octets that the bindings take, without the header around the list.
    #[inline]
    pub const fn encoded_len(self) -> usize {
        self.octets.len()
    }

    /// The bindings, one after the other. Allocates nothing.
    #[inline]
    pub const fn iter(self) -> VarBindIter<'a> {
        VarBindIter {
            reader: Reader::new(self.octets),
            left: self.count,
        }
    }

    /// The names, one after the other: the values are passed over.
    #[inline]
    pub(crate) fn names(self) -> impl Iterator<Item = OidRef<'a>> {
        let mut reader = Reader::new(self.octets);
        core::iter::from_fn(move || {
            if reader.is_empty() {
                return None;
            }
            let mut fields = reader.sub(Tag::SEQUENCE).ok()?;
            let name = fields.element(Tag::OBJECT_IDENTIFIER).ok()?;
            Some(OidRef::checked(name.trusted_oid_contents()))
        })
    }

    /// The binding at `index`, counted from 0. Walks over those before it.
    pub fn get(self, index: usize) -> Option<VarBindRef<'a>> {
        self.iter().nth(index)
    }

    /// How far the list goes before `rest`, which is its end.
    pub(crate) const fn extent_before(self, rest: Self) -> Extent {
        Extent {
            octets: self.octets.len() - rest.octets.len(),
            count: self.count - rest.count,
        }
    }

    /// The bindings behind `extent`, which is that of a beginning of this list.
    pub(crate) fn after(self, extent: Extent) -> Self {
        Self {
            octets: self.octets.get(extent.octets..).unwrap_or_default(),
            count: self.count.saturating_sub(extent.count),
        }
    }

    /// A list of its own, in one allocation.
    pub fn to_owned(self) -> VarBindList {
        VarBindList::from(self)
    }
}

impl<'a> IntoIterator for VarBindListRef<'a> {
    type Item = VarBindRef<'a>;
    type IntoIter = VarBindIter<'a>;

    fn into_iter(self) -> VarBindIter<'a> {
        self.iter()
    }
}

/// Equal names and values in the same order, however they are encoded.
impl PartialEq for VarBindListRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.count == other.count && (self.octets == other.octets || self.iter().eq(other.iter()))
    }
}

impl Eq for VarBindListRef<'_> {}

impl fmt::Debug for VarBindListRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// The bindings of a list.
#[derive(Clone, Debug)]
pub struct VarBindIter<'a> {
    reader: Reader<'a>,
    left: usize,
}

impl<'a> VarBindIter<'a> {
    /// The bindings that have not been passed yet, as a list.
    pub const fn as_list(&self) -> VarBindListRef<'a> {
        VarBindListRef {
            octets: self.reader.rest(),
            count: self.left,
        }
    }
}

impl<'a> Iterator for VarBindIter<'a> {
    type Item = VarBindRef<'a>;

    #[inline]
    fn next(&mut self) -> Option<VarBindRef<'a>> {
        self.left = self.left.checked_sub(1)?;
        VarBindRef::decode_again(&mut self.reader).ok()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for VarBindIter<'_> {}
impl FusedIterator for VarBindIter<'_> {}

/// Reads `data` as a list of bindings; one that is accepted must survive re-encoding binding by
/// binding: an entry point for fuzzing.
#[cfg(any(fuzzing, feature = "testing"))]
#[doc(hidden)]
pub fn fuzz_var_binds(data: &[u8]) {
    let Ok(list) = VarBindListRef::decode(&mut Reader::new(data)) else {
        return;
    };
    assert_eq!(list.iter().count(), list.len());
    let again: VarBindList = list.iter().map(VarBind::from).collect();
    assert_eq!(again.as_ref(), list);
    let mut encoded = Vec::new();
    let mut writer = Writer::new(&mut encoded);
    list.encode(&mut writer);
    writer.finish();
    let decoded = VarBindListRef::decode(&mut Reader::new(&encoded));
    assert_eq!(decoded, Ok(list));
    for binding in list {
        assert!(!binding.to_string().contains(char::is_control));
    }
}
