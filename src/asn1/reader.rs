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
/// in it, so that every error names the octet of the whole message. After an error the cursor stands
/// where it stood before. Copying it is cheap and remembers the place.
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
        if let [identifier, length, rest @ ..] = self.octets
            && identifier & 0x1f != 0x1f
            && *length < 0x80
        {
            return self.take(Tag::low(*identifier), 2, rest, usize::from(*length));
        }
        self.read_long()
    }

    /// The contents of the next element, which must be a `tag`, as a reader of its own.
    #[inline]
    pub fn sub(&mut self, tag: Tag) -> Result<Self, BerError> {
        let mut ahead = *self;
        let element = ahead.read()?;
        if element.tag != tag {
            return Err(self.error(BerErrorKind::UnexpectedTag {
                expected: tag,
                found: element.tag,
            }));
        }
        *self = ahead;
        Ok(element.contents)
    }

    /// The contents of the next element, which must be a `tag`, as octets.
    #[inline]
    pub fn octets(&mut self, tag: Tag) -> Result<&'a [u8], BerError> {
        self.sub(tag).map(|contents| contents.octets)
    }

    /// The next element, an INTEGER of 32 bits.
    #[inline]
    pub fn integer(&mut self) -> Result<i32, BerError> {
        self.convert(Tag::INTEGER, integer::read_i32)
    }

    /// The next element, an unsigned integer of 32 bits with the tag `tag`.
    #[inline]
    pub fn unsigned(&mut self, tag: Tag) -> Result<u32, BerError> {
        self.convert(tag, integer::read_u32)
    }

    /// The next element, an unsigned integer of 64 bits with the tag `tag`.
    #[inline]
    pub fn unsigned64(&mut self, tag: Tag) -> Result<u64, BerError> {
        self.convert(tag, integer::read_u64)
    }

    /// The next element, which must be a `tag` without contents.
    #[inline]
    pub fn null(&mut self, tag: Tag) -> Result<(), BerError> {
        self.convert(tag, |contents| {
            if contents.is_empty() {
                Ok(())
            } else {
                Err(BerErrorKind::NullWithContents)
            }
        })
    }

    /// The next element, an IpAddress with the tag `tag`. RFC 2578 section 7.1.5.
    #[inline]
    pub fn ip_address(&mut self, tag: Tag) -> Result<[u8; 4], BerError> {
        self.convert(tag, |contents| {
            contents
                .try_into()
                .map_err(|_| BerErrorKind::IpAddressLength)
        })
    }

    /// The contents octets of the next element, an OBJECT IDENTIFIER, checked by [`check_oid`].
    /// One without contents, as some devices send for "none", reads as 0.0.
    #[inline]
    pub fn oid_contents(&mut self) -> Result<&'a [u8], BerError> {
        let mut ahead = *self;
        let contents = ahead.sub(Tag::OBJECT_IDENTIFIER)?;
        if contents.is_empty() {
            *self = ahead;
            return Ok(EMPTY_OID);
        }
        match check_oid(contents.octets) {
            Ok(()) => {
                *self = ahead;
                Ok(contents.octets)
            }
            Err((kind, at)) => Err(BerError::new(kind, contents.offset.saturating_add(at))),
        }
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

    #[inline]
    fn convert<T>(
        &mut self,
        tag: Tag,
        convert: impl FnOnce(&'a [u8]) -> Result<T, BerErrorKind>,
    ) -> Result<T, BerError> {
        let mut ahead = *self;
        let contents = ahead.octets(tag)?;
        let value = convert(contents).map_err(|kind| self.error(kind))?;
        *self = ahead;
        Ok(value)
    }

    /// An element whose header is not the common one of two octets.
    #[cold]
    fn read_long(&mut self) -> Result<Element<'a>, BerError> {
        let (rest, header) = ber_read_element_header(self.octets).map_err(|error| {
            self.error(match error {
                NomErr::Incomplete(_) => BerErrorKind::Truncated,
                NomErr::Error(HeaderError::InvalidLength) => BerErrorKind::LengthTooLong,
                // Refused by der-parser only for an indefinite length that is not constructed.
                NomErr::Error(HeaderError::ConstructExpected) => BerErrorKind::IndefiniteLength,
                NomErr::Error(_) | NomErr::Failure(_) => BerErrorKind::InvalidTag,
            })
        })?;
        let Length::Definite(length) = header.length() else {
            return Err(self.error(BerErrorKind::IndefiniteLength));
        };
        let identifier = header.raw_tag().unwrap_or_default();
        let tag = match *identifier {
            [octet] => Some(Tag::low(octet)),
            [lead, ..] => Tag::high(lead, header.tag().0),
            [] => None,
        };
        let tag = tag.ok_or_else(|| self.error(BerErrorKind::InvalidTag))?;
        let header_len = self.octets.len().saturating_sub(rest.len());
        if header_len.saturating_sub(identifier.len()) > MAX_LENGTH_OCTETS {
            return Err(self.error(BerErrorKind::LengthTooLong));
        }
        self.take(tag, header_len, rest, length)
    }

    #[inline]
    fn take(
        &mut self,
        tag: Tag,
        header_len: usize,
        rest: &'a [u8],
        length: usize,
    ) -> Result<Element<'a>, BerError> {
        let Some((contents, behind)) = rest.split_at_checked(length) else {
            return Err(self.error(BerErrorKind::Truncated));
        };
        let start = self.offset.saturating_add(header_len);
        let element = Element {
            tag,
            offset: self.offset,
            contents: Self::at(contents, start),
        };
        *self = Self::at(behind, start.saturating_add(length));
        Ok(element)
    }
}

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

/// The octet that announces a long length, and the four that SNMP has use for.
const MAX_LENGTH_OCTETS: usize = 5;

/// Reads all elements of `data`, and those within constructed ones: an entry point for fuzzing.
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
            let _ = before.clone().integer();
            let _ = before.clone().unsigned64(element.tag);
            let _ = before.clone().oid_contents();
            if element.tag.is_constructed() {
                pending.push(element.contents);
            }
        }
    }
}
