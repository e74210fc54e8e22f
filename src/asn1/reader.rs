//! Reading elements out of borrowed octets.

use der_parser::ber::{Length, ber_read_element_header};
use der_parser::error::BerError as HeaderError;
use der_parser::nom::Err as NomErr;

use super::oid::check_oid;
use super::{BerError, BerErrorKind, Tag, integer};

/// The octets of an object identifier that came without any: 0.0.
const EMPTY_OID: &[u8] = &[0x00];

/// A cursor over octets that hold one element after the other.
///
/// It borrows from the message and hands out readers of an element's contents that know their place
/// in it, so that every error names the octet of the whole message. Copying it is cheap and remembers
/// the place; after an error the place is of no use.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    octets: &'a [u8],
    offset: usize,
}

impl<'a> Reader<'a> {
    /// A reader at the beginning of a message.
    #[inline]
    pub const fn new(octets: &'a [u8]) -> Self {
        Self { octets, offset: 0 }
    }

    /// A reader of `octets`, which begin at octet `offset` of the message: for parts that were
    /// decrypted or copied elsewhere.
    #[inline]
    pub const fn at(octets: &'a [u8], offset: usize) -> Self {
        Self { octets, offset }
    }

    /// Whether everything has been read.
    #[inline]
    pub const fn is_empty(&self) -> bool {
        self.octets.is_empty()
    }

    /// The place of the next octet in the message.
    #[inline]
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// What has not been read yet.
    #[inline]
    pub const fn rest(&self) -> &'a [u8] {
        self.octets
    }

    /// The tag of the next element, which stays unread.
    #[inline]
    pub fn peek_tag(&self) -> Result<Tag, BerError> {
        match self.octets {
            [octet, ..] if octet & 0x1f != 0x1f => Ok(Tag::low(*octet)),
            _ => self.clone().read().map(|element| element.tag),
        }
    }

    /// The next element, whatever it is.
    #[inline]
    pub fn read(&mut self) -> Result<Element<'a>, BerError> {
        // Nearly every element of SNMP has one octet of tag and one of length.
        let (tag, length, rest) = match self.octets {
            [identifier, length, rest @ ..] if identifier & 0x1f != 0x1f && *length < 0x80 => {
                (Tag::low(*identifier), usize::from(*length), rest)
            }
            octets => long_header(octets).map_err(|kind| self.error(kind))?,
        };
        let Some((contents, behind)) = rest.split_at_checked(length) else {
            return Err(self.error(BerErrorKind::Truncated));
        };
        // Places in a message that is in memory do not overflow.
        let header_len = self.octets.len().wrapping_sub(rest.len());
        let start = self.offset.wrapping_add(header_len);
        let element = Element {
            tag,
            offset: self.offset,
            contents: Self::at(contents, start),
        };
        *self = Self::at(behind, start.wrapping_add(length));
        Ok(element)
    }

    /// The next element, which must be a `tag`.
    #[inline]
    pub fn element(&mut self, tag: Tag) -> Result<Element<'a>, BerError> {
        let element = self.read()?;
        if element.tag == tag {
            Ok(element)
        } else {
            Err(element.error(BerErrorKind::UnexpectedTag {
                expected: tag,
                found: element.tag,
            }))
        }
    }

    /// The contents of the next element, which must be a `tag`, as a reader of its own.
    #[inline]
    pub fn sub(&mut self, tag: Tag) -> Result<Self, BerError> {
        self.element(tag).map(|element| element.contents)
    }

    /// The contents of the next element, which must be a `tag`, as octets.
    #[inline]
    pub fn octets(&mut self, tag: Tag) -> Result<&'a [u8], BerError> {
        self.element(tag).map(|element| element.contents.octets)
    }

    /// The next element, an INTEGER of 32 bits.
    #[inline]
    pub fn integer(&mut self) -> Result<i32, BerError> {
        self.element(Tag::INTEGER)?.integer()
    }

    /// The next element, an unsigned integer of 32 bits with the tag `tag`.
    #[inline]
    pub fn unsigned(&mut self, tag: Tag) -> Result<u32, BerError> {
        self.element(tag)?.unsigned()
    }

    /// The contents octets of the next element, an OBJECT IDENTIFIER; see
    /// [`Element::oid_contents`].
    #[inline]
    pub fn oid_contents(&mut self) -> Result<&'a [u8], BerError> {
        self.element(Tag::OBJECT_IDENTIFIER)?.oid_contents()
    }

    /// Ends the reading: nothing may be left.
    #[inline]
    pub fn finish(self) -> Result<(), BerError> {
        if self.octets.is_empty() {
            Ok(())
        } else {
            Err(self.error(BerErrorKind::TrailingOctets))
        }
    }

    /// An error of `kind` at the next octet.
    #[inline]
    pub const fn error(&self, kind: BerErrorKind) -> BerError {
        BerError::new(kind, self.offset)
    }
}

/// The tag and the length in a header that is not the common one of two octets, and what is behind
/// it.
#[cold]
fn long_header(octets: &[u8]) -> Result<(Tag, usize, &[u8]), BerErrorKind> {
    let (rest, header) = ber_read_element_header(octets).map_err(|error| match error {
        NomErr::Incomplete(_) => BerErrorKind::Truncated,
        NomErr::Error(HeaderError::InvalidLength) => BerErrorKind::LengthTooLong,
        // Refused by der-parser only for an indefinite length that is not constructed.
        NomErr::Error(HeaderError::ConstructExpected) => BerErrorKind::IndefiniteLength,
        NomErr::Error(_) | NomErr::Failure(_) => BerErrorKind::InvalidTag,
    })?;
    let Length::Definite(length) = header.length() else {
        return Err(BerErrorKind::IndefiniteLength);
    };
    let identifier = header.raw_tag().unwrap_or_default();
    let tag = match *identifier {
        [octet] => Some(Tag::low(octet)),
        [lead, ..] => Tag::high(lead, header.tag().0),
        [] => None,
    };
    let tag = tag.ok_or(BerErrorKind::InvalidTag)?;
    let header_len = octets.len().saturating_sub(rest.len());
    if header_len.saturating_sub(identifier.len()) > MAX_LENGTH_OCTETS {
        return Err(BerErrorKind::LengthTooLong);
    }
    Ok((tag, length, rest))
}

/// The octet that announces a long length, and the four that SNMP has use for.
const MAX_LENGTH_OCTETS: usize = 5;

/// One element: its tag, where it begins, and a reader of its contents.
#[non_exhaustive]
#[derive(Clone, Copy, Debug)]
pub struct Element<'a> {
    /// The identifier.
    pub tag: Tag,
    /// The octet of the message at which the header begins.
    pub offset: usize,
    /// The contents.
    pub contents: Reader<'a>,
}

impl<'a> Element<'a> {
    /// The value of an INTEGER of 32 bits. More octets than needed are accepted.
    #[inline]
    pub fn integer(&self) -> Result<i32, BerError> {
        self.converted(integer::read_i32(self.contents.octets))
    }

    /// The value of an unsigned integer of 32 bits. A negative number of 32 bits, as devices send it
    /// that encode all integers as signed, is read as the unsigned one that was meant.
    #[inline]
    pub fn unsigned(&self) -> Result<u32, BerError> {
        self.converted(integer::read_u32(self.contents.octets))
    }

    /// The value of an unsigned integer of 64 bits, read like one of 32.
    #[inline]
    pub fn unsigned64(&self) -> Result<u64, BerError> {
        self.converted(integer::read_u64(self.contents.octets))
    }

    /// Accepts a NULL or another element without contents.
    #[inline]
    pub fn null(&self) -> Result<(), BerError> {
        if self.contents.is_empty() {
            Ok(())
        } else {
            Err(self.error(BerErrorKind::NullWithContents))
        }
    }

    /// The four octets of an IpAddress. RFC 2578 section 7.1.5.
    #[inline]
    pub fn ip_address(&self) -> Result<[u8; 4], BerError> {
        let address = self.contents.octets.try_into();
        self.converted(address.map_err(|_| BerErrorKind::IpAddressLength))
    }

    /// The contents octets of an OBJECT IDENTIFIER, checked by [`check_oid`]. One without contents,
    /// as some devices send for "none", reads as 0.0.
    #[inline]
    pub fn oid_contents(&self) -> Result<&'a [u8], BerError> {
        let contents = self.trusted_oid_contents();
        match check_oid(contents) {
            Ok(()) => Ok(contents),
            Err((kind, at)) => {
                let offset = self.contents.offset.saturating_add(at);
                Err(BerError::new(kind, offset))
            }
        }
    }

    /// The same for contents octets that have been checked before.
    #[inline]
    pub fn trusted_oid_contents(&self) -> &'a [u8] {
        match self.contents.octets {
            [] => EMPTY_OID,
            octets => octets,
        }
    }

    /// An error of `kind` at this element.
    #[inline]
    pub const fn error(&self, kind: BerErrorKind) -> BerError {
        BerError::new(kind, self.offset)
    }

    #[inline]
    fn converted<T>(&self, value: Result<T, BerErrorKind>) -> Result<T, BerError> {
        value.map_err(|kind| self.error(kind))
    }
}

/// Reads all elements of `data`, and those within constructed ones: an entry point for fuzzing.
#[cfg(any(fuzzing, feature = "testing"))]
#[doc(hidden)]
pub fn fuzz_reader(data: &[u8]) {
    let mut pending = vec![Reader::new(data)];
    while let Some(mut reader) = pending.pop() {
        while !reader.is_empty() {
            let before = reader;
            let Ok(element) = reader.read() else {
                assert_eq!(
                    reader.offset(),
                    before.offset(),
                    "an error moved the reader"
                );
                break;
            };
            assert_eq!(element.offset, before.offset());
            assert!(reader.offset() > before.offset() && reader.offset() <= data.len());
            let _ = (element.integer(), element.unsigned(), element.unsigned64());
            let _ = (element.oid_contents(), element.ip_address());
            if element.tag.is_constructed() {
                pending.push(element.contents);
            }
        }
    }
}
