//! A variable binding: a name and a value.

use core::fmt;

use super::{ObjectIdentifier, OidRef, Value, ValueRef};
use crate::asn1::{BerError, Element, Header, Reader, Tag};

/// A variable binding. RFC 3416 section 3.
#[expect(clippy::exhaustive_structs, reason = "RFC 3416 closes the pair")]
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct VarBind {
    /// The variable's name.
    pub name: ObjectIdentifier,
    /// Its value, Null where a request does not say.
    pub value: Value,
}

impl VarBind {
    /// A binding of `name` to `value`.
    pub fn new(name: impl Into<ObjectIdentifier>, value: impl Into<Value>) -> Self {
        Self {
            name: name.into(),
            value: value.into(),
        }
    }

    /// The borrowed form.
    #[inline]
    pub fn as_ref(&self) -> VarBindRef<'_> {
        VarBindRef {
            name: self.name.as_ref(),
            value: self.value.as_ref(),
        }
    }
}

impl<N: Into<ObjectIdentifier>, V: Into<Value>> From<(N, V)> for VarBind {
    fn from((name, value): (N, V)) -> Self {
        Self::new(name, value)
    }
}

impl From<VarBindRef<'_>> for VarBind {
    fn from(binding: VarBindRef<'_>) -> Self {
        Self {
            name: binding.name.into(),
            value: binding.value.into(),
        }
    }
}

impl fmt::Display for VarBind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.as_ref(), f)
    }
}

/// A variable binding borrowed from a message. Prints as `name = value`. RFC 3416 section 3.
#[expect(clippy::exhaustive_structs, reason = "RFC 3416 closes the pair")]
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct VarBindRef<'a> {
    /// The variable's name.
    pub name: OidRef<'a>,
    /// Its value, Null where a request does not say.
    pub value: ValueRef<'a>,
}

impl<'a> VarBindRef<'a> {
    /// The next element of `reader`.
    #[inline]
    pub fn decode(reader: &mut Reader<'a>) -> Result<Self, BerError> {
        Self::read(reader, Element::oid_contents, ValueRef::decode)
    }

    /// The next element of `reader`, which has been decoded before.
    #[inline]
    pub(super) fn decode_again(reader: &mut Reader<'a>) -> Result<Self, BerError> {
        let name = |element: &Element<'a>| Ok(element.trusted_oid_contents());
        Self::read(reader, name, ValueRef::decode_again)
    }

    #[inline]
    fn read(
        reader: &mut Reader<'a>,
        name: impl FnOnce(&Element<'a>) -> Result<&'a [u8], BerError>,
        value: impl FnOnce(&mut Reader<'a>) -> Result<ValueRef<'a>, BerError>,
    ) -> Result<Self, BerError> {
        let mut fields = reader.sub(Tag::SEQUENCE)?;
        let element = fields.element(Tag::OBJECT_IDENTIFIER)?;
        let name = OidRef::checked(name(&element)?);
        let value = value(&mut fields)?;
        fields.finish()?;
        Ok(Self { name, value })
    }

    /// A binding of its own. Octets and long identifiers allocate.
    pub fn to_owned(self) -> VarBind {
        VarBind::from(self)
    }

    /// Appends the encoded binding.
    #[inline]
    pub(super) fn append_to(self, out: &mut Vec<u8>) {
        let (start, name) = (out.len(), self.name.contents());
        // The length is known in the end, and mostly a short one.
        Header::append(out, Tag::SEQUENCE, 0);
        Header::append(out, Tag::OBJECT_IDENTIFIER, name.len());
        out.extend_from_slice(name);
        self.value.append_to(out);
        let length = out.len() - start - 2;
        match out.get_mut(start + 1) {
            Some(octet) if length < 0x80 => *octet = length as u8,
            _ => lengthen(out, start, length),
        }
    }
}

/// Gives the element at `start`, whose header was to become one of two octets, the header before so many octets.
#[cold]
fn lengthen(out: &mut Vec<u8>, start: usize, length: usize) {
    let header = Header::new(Tag::SEQUENCE, length);
    out.splice(start..start + 2, header.iter().copied());
}

impl fmt::Display for VarBindRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} = {}", self.name, self.value)
    }
}
