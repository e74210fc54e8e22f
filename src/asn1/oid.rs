//! Contents of OBJECT IDENTIFIER. X.690 section 8.19.

use core::iter::FusedIterator;

use super::BerErrorKind;

/// The largest number of arcs (sub-identifiers) of an object identifier. RFC 2578 section 3.5.
pub const MAX_ARCS: usize = 128;

/// Accepts contents octets that hold a whole object identifier of at least two and at most 128
/// arcs, none above 4294967295 and none padded. On failure says what is wrong and at which octet.
///
/// The first two arcs share one sub-identifier, so 2.4294967216 and above do not exist here.
#[inline]
pub fn check_oid(contents: &[u8]) -> Result<(), (BerErrorKind, usize)> {
    if is_plain(contents) {
        return Ok(());
    }
    check_carefully(contents)
}

/// Whether the identifier is sound beyond doubt, as nearly all are: short, without an arc above 28
/// bits and without an octet that might be padding.
#[inline]
fn is_plain(contents: &[u8]) -> bool {
    let mut rest = contents;
    while let Some((eight, behind)) = rest.split_first_chunk::<8>()
        && u64::from_ne_bytes(*eight) & 0x8080_8080_8080_8080 == 0
    {
        rest = behind;
    }
    let mut continued = 0_u32;
    for &octet in rest {
        if octet < 0x80 {
            continued = 0;
        } else if octet == 0x80 || continued == 3 {
            return false;
        } else {
            continued = continued.wrapping_add(1);
        }
    }
    continued == 0 && !contents.is_empty() && contents.len() < MAX_ARCS
}

/// Whether contents octets hold an object identifier but for padding: octets 0x80 at the beginning of
/// sub-identifiers.
#[cold]
pub(crate) fn is_sound_but_padded(contents: &[u8]) -> bool {
    check_arcs(contents, true).is_ok()
}

/// The contents octets without the padding of sub-identifiers, octets 0x80 at their beginning.
#[cold]
pub fn unpadded_oid(contents: &[u8]) -> Vec<u8> {
    let mut at_start = true;
    let kept = contents.iter().copied().filter(|octet| {
        let is_padding = at_start && *octet == 0x80;
        at_start = is_padding || octet & 0x80 == 0;
        !is_padding
    });
    kept.collect()
}

#[cold]
fn check_carefully(contents: &[u8]) -> Result<(), (BerErrorKind, usize)> {
    check_arcs(contents, false)
}

fn check_arcs(contents: &[u8], padded: bool) -> Result<(), (BerErrorKind, usize)> {
    let mut rest = contents.iter().enumerate();
    let mut arcs = 1_usize;
    while let Some((start, &first)) = rest.next() {
        if first == 0x80 {
            if padded {
                continue;
            }
            return Err((BerErrorKind::PaddedSubidentifier, start));
        }
        if arcs == MAX_ARCS {
            return Err((BerErrorKind::TooManySubidentifiers, start));
        }
        let mut octet = first;
        let mut value = u32::from(first & 0x7f);
        while octet & 0x80 != 0 {
            let Some((_, &next)) = rest.next() else {
                return Err((BerErrorKind::TruncatedSubidentifier, start));
            };
            if value >> 25 != 0 {
                return Err((BerErrorKind::SubidentifierTooLarge, start));
            }
            octet = next;
            value = value << 7 | u32::from(next & 0x7f);
        }
        arcs = arcs.saturating_add(1);
    }
    match contents.last() {
        Some(last) if last & 0x80 == 0 => Ok(()),
        _ => Err((BerErrorKind::TruncatedSubidentifier, 0)),
    }
}

/// The arcs of an object identifier, or of the part of one behind a prefix.
///
/// Decodes as it goes; nothing is allocated.
#[derive(Clone, Debug)]
pub struct Arcs<'a> {
    octets: &'a [u8],
    head: Head,
}

#[derive(Clone, Copy, Debug)]
enum Head {
    /// The next sub-identifier holds the first two arcs.
    First,
    /// The second arc, split off already.
    Second(u32),
    /// Every sub-identifier is an arc.
    Past,
}

impl<'a> Arcs<'a> {
    /// The arcs of the identifier with the contents octets `contents`. Of octets that
    /// [`check_oid`] refuses some iterator results, but no panic.
    pub const fn new(contents: &'a [u8]) -> Self {
        Self {
            octets: contents,
            head: Head::First,
        }
    }

    /// The arcs in `octets`, which are whole sub-identifiers from the middle of an identifier.
    pub const fn tail(octets: &'a [u8]) -> Self {
        Self {
            octets,
            head: Head::Past,
        }
    }

    fn subidentifier(&mut self) -> Option<u32> {
        let mut value: u32 = 0;
        while let [octet, rest @ ..] = self.octets {
            self.octets = rest;
            value = value << 7 | u32::from(octet & 0x7f);
            if octet & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }
}

impl Iterator for Arcs<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        match self.head {
            Head::First => {
                let both = self.subidentifier()?;
                let first = (both / 40).min(2);
                self.head = Head::Second(both.saturating_sub(first.saturating_mul(40)));
                Some(first)
            }
            Head::Second(arc) => {
                self.head = Head::Past;
                Some(arc)
            }
            Head::Past => self.subidentifier(),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let waiting = match self.head {
            Head::First => usize::from(!self.octets.is_empty()),
            Head::Second(_) => 1,
            Head::Past => 0,
        };
        let upper = self.octets.len().saturating_add(waiting);
        (
            self.octets.len().div_ceil(5).saturating_add(waiting),
            Some(upper),
        )
    }
}

impl FusedIterator for Arcs<'_> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contents_that_are_refused() {
        let long = [1; 128];
        let cases: [(&[u8], (BerErrorKind, usize)); 8] = [
            (&[], (BerErrorKind::TruncatedSubidentifier, 0)),
            (&[0x80], (BerErrorKind::PaddedSubidentifier, 0)),
            (&[0x2b, 0x80, 0x01], (BerErrorKind::PaddedSubidentifier, 1)),
            (
                &[0x2b, 0x06, 0x81],
                (BerErrorKind::TruncatedSubidentifier, 2),
            ),
            (&[0x81, 0x80], (BerErrorKind::TruncatedSubidentifier, 0)),
            (
                &[0x2b, 0x90, 0x80, 0x80, 0x80, 0x00],
                (BerErrorKind::SubidentifierTooLarge, 1),
            ),
            (
                &[0x2b, 0x81, 0x80, 0x80, 0x80, 0x80, 0x00],
                (BerErrorKind::SubidentifierTooLarge, 1),
            ),
            (&long, (BerErrorKind::TooManySubidentifiers, 127)),
        ];
        for (contents, error) in cases {
            assert_eq!(check_oid(contents), Err(error), "{contents:02x?}");
        }
    }

    #[test]
    fn arcs_of_accepted_contents() {
        let cases: [(&[u8], &[u32]); 6] = [
            (&[0x00], &[0, 0]),
            (&[0x27], &[0, 39]),
            (&[0x2b, 0x06, 0x01], &[1, 3, 6, 1]),
            (&[0x88, 0x37, 0x03], &[2, 999, 3]),
            (&[0x8f, 0xff, 0xff, 0xff, 0x7f], &[2, u32::MAX - 80]),
            (&[0x2b, 0x8f, 0xff, 0xff, 0xff, 0x7f], &[1, 3, u32::MAX]),
        ];
        for (contents, arcs) in cases {
            assert_eq!(check_oid(contents), Ok(()), "{contents:02x?}");
            let iter = Arcs::new(contents);
            let (low, high) = iter.size_hint();
            assert!(low <= arcs.len() && Some(arcs.len()) <= high);
            assert_eq!(iter.collect::<Vec<_>>(), arcs);
        }
        assert_eq!(check_oid(&[1; 127]), Ok(()));
        assert_eq!(Arcs::new(&[1; 127]).count(), MAX_ARCS);
    }
}
