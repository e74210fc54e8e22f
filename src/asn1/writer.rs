//! Writing elements, from the last to the first.

use core::ops::Deref;

use super::{IntegerElement, Tag};

/// The room that a fresh buffer starts with.
const FIRST_ROOM: usize = 128;

/// Fills the caller's buffer from the back: what is written comes to stand *before* what has been
/// written already, so the length of an element is known when its header is due.
///
/// The caller keeps the buffer: once it has grown to the size of the usual message nothing is
/// allocated any more. [`finish`](Self::finish) moves the message to the front of it. A buffer that
/// still holds the last message is room that needs no clearing: hand it over as it is.
///
/// ```
/// use deferred_snmp::asn1::{Tag, Writer};
///
/// let mut buffer = Vec::new();
/// let mut writer = Writer::new(&mut buffer);
/// writer.constructed(Tag::SEQUENCE, |writer| {
///     writer.element(Tag::OCTET_STRING, b"public");
///     writer.integer(1);
/// });
/// writer.finish();
/// assert_eq!(buffer, b"\x30\x0b\x02\x01\x01\x04\x06public");
/// ```
#[derive(Debug)]
pub struct Writer<'b> {
    buffer: &'b mut Vec<u8>,
    /// Everything from here to the end of the buffer is written.
    start: usize,
}

impl<'b> Writer<'b> {
    /// A writer into `buffer`, whose contents are overwritten.
    #[inline]
    pub fn new(buffer: &'b mut Vec<u8>) -> Self {
        let start = buffer.len();
        Self { buffer, start }
    }

    /// The number of octets written so far: a mark for [`enclose`](Self::enclose), and the distance
    /// of a place from the end of the message, which later writing does not change.
    #[inline]
    pub fn written(&self) -> usize {
        self.buffer.len().saturating_sub(self.start)
    }

    /// Writes octets as they are.
    #[inline]
    pub fn octets(&mut self, octets: &[u8]) {
        if self.start < octets.len() {
            self.grow(octets.len());
        }
        let end = self.start;
        self.start = end.saturating_sub(octets.len());
        if let Some(room) = self.buffer.get_mut(self.start..end) {
            room.copy_from_slice(octets);
        }
    }

    /// Writes the header of an element whose `length` octets of contents are written already.
    #[inline]
    pub fn header(&mut self, tag: Tag, length: usize) {
        if length < 0x80 {
            self.octets(&[tag.octet(), length as u8]);
        } else {
            self.octets(&Header::new(tag, length));
        }
    }

    /// Writes one element with the given contents octets.
    #[inline]
    pub fn element(&mut self, tag: Tag, contents: &[u8]) {
        self.octets(contents);
        self.header(tag, contents.len());
    }

    /// Makes all that was written since `mark`, a former [`written`](Self::written), the contents of
    /// one element.
    #[inline]
    pub fn enclose(&mut self, tag: Tag, mark: usize) {
        self.header(tag, self.written().saturating_sub(mark));
    }

    /// Writes an element whose contents `fill` writes, last to first.
    #[inline]
    pub fn constructed(&mut self, tag: Tag, fill: impl FnOnce(&mut Self)) {
        let mark = self.written();
        fill(self);
        self.enclose(tag, mark);
    }

    /// Writes an INTEGER.
    #[inline]
    pub fn integer(&mut self, value: i32) {
        self.number(IntegerElement::signed(value));
    }

    /// Writes an unsigned integer with the tag `tag`.
    #[inline]
    pub fn unsigned(&mut self, tag: Tag, value: u64) {
        self.number(IntegerElement::unsigned(tag, value));
    }

    #[inline]
    fn number(&mut self, number: IntegerElement) {
        let free = self.buffer.get_mut(..self.start);
        match free.and_then(<[u8]>::last_chunk_mut) {
            // Copying a fixed number of octets takes one instruction. The surplus lies where what
            // comes before is still to be written.
            Some(room) => {
                *room = *number.padded();
                self.start = self.start.saturating_sub(number.len());
            }
            None => self.octets(&number),
        }
    }

    /// Writes an OCTET STRING or what else is plain octets, with the tag `tag`.
    #[inline]
    pub fn octet_string(&mut self, tag: Tag, octets: &[u8]) {
        self.element(tag, octets);
    }

    /// Writes an OBJECT IDENTIFIER of the contents octets `contents`.
    #[inline]
    pub fn oid_contents(&mut self, contents: &[u8]) {
        self.element(Tag::OBJECT_IDENTIFIER, contents);
    }

    /// Moves the message to the front of the buffer, which holds nothing else afterwards. Says its
    /// length.
    pub fn finish(self) -> usize {
        let length = self.written();
        if self.start > 0 {
            self.buffer.copy_within(self.start.., 0);
            self.buffer.truncate(length);
        }
        length
    }

    #[cold]
    fn grow(&mut self, wanted: usize) {
        let end = self.buffer.len();
        let added = wanted.saturating_add(FIRST_ROOM).max(end);
        self.buffer.resize(end.saturating_add(added), 0);
        self.buffer
            .copy_within(self.start..end, self.start.saturating_add(added));
        self.start = self.start.saturating_add(added);
    }
}

/// The header of an element with known contents, on the stack; dereferences to its octets. For
/// lists that grow forwards.
#[derive(Clone, Copy, Debug)]
pub struct Header {
    octets: [u8; 10],
    len: usize,
}

impl Header {
    /// A header before `length` octets of contents. Of `tag` the first octet counts, which is all of
    /// it in the low form.
    #[inline]
    pub const fn new(tag: Tag, length: usize) -> Self {
        if length < 0x80 {
            Self {
                octets: [tag.octet(), length as u8, 0, 0, 0, 0, 0, 0, 0, 0],
                len: 2,
            }
        } else {
            Self::long(tag, length)
        }
    }

    /// The number of octets of a header before `length` octets of contents.
    #[inline]
    pub const fn len_before(length: usize) -> usize {
        if length < 0x80 {
            2
        } else {
            Self::long(Tag::NULL, length).len
        }
    }

    /// Appends a header before `length` octets of contents to `out`.
    #[inline]
    pub fn append(out: &mut Vec<u8>, tag: Tag, length: usize) {
        if length < 0x80 {
            out.extend_from_slice(&[tag.octet(), length as u8]);
        } else {
            out.extend_from_slice(&Self::long(tag, length));
        }
    }

    /// Appends a header before `length` octets of contents to `out`, whichever form `tag` has.
    pub fn append_any(out: &mut Vec<u8>, tag: Tag, length: usize) {
        let header = Self::new(tag, length);
        if let [identifier, length @ ..] = &*header {
            out.push(*identifier);
            out.extend(tag.following());
            out.extend_from_slice(length);
        }
    }

    #[cold]
    const fn long(tag: Tag, length: usize) -> Self {
        let unused = length.leading_zeros() / 8;
        let count = (usize::BITS / 8).saturating_sub(unused);
        let shifted = (length as u64) << (64_u32.saturating_sub(count.saturating_mul(8)));
        let [a, b, c, d, e, f, g, h] = shifted.to_be_bytes();
        Self {
            octets: [tag.octet(), 0x80 | count as u8, a, b, c, d, e, f, g, h],
            len: count.saturating_add(2) as usize,
        }
    }
}

impl Deref for Header {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        self.octets.get(..self.len).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_every_length() {
        let cases: [(usize, &[u8]); 6] = [
            (0, &[0x04, 0x00]),
            (127, &[0x04, 0x7f]),
            (128, &[0x04, 0x81, 0x80]),
            (256, &[0x04, 0x82, 0x01, 0x00]),
            (65_536, &[0x04, 0x83, 0x01, 0x00, 0x00]),
            (0x0100_0000, &[0x04, 0x84, 0x01, 0x00, 0x00, 0x00]),
        ];
        for (length, header) in cases {
            assert_eq!(&*Header::new(Tag::OCTET_STRING, length), header);
            let mut buffer = Vec::new();
            let mut writer = Writer::new(&mut buffer);
            writer.header(Tag::OCTET_STRING, length);
            assert_eq!(writer.finish(), header.len());
            assert_eq!(buffer, header);
        }
    }

    #[test]
    fn growth_keeps_what_is_written() {
        let mut buffer = Vec::new();
        let mut writer = Writer::new(&mut buffer);
        for number in (0..10_000_u32).rev() {
            writer.octets(&number.to_be_bytes());
        }
        assert_eq!(writer.finish(), 40_000);
        let expected: Vec<u8> = (0..10_000_u32).flat_map(u32::to_be_bytes).collect();
        assert_eq!(buffer, expected);
    }
}
