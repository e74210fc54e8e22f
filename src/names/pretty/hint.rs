//! Octets and integers by a DISPLAY-HINT (RFC 2579 section 3.1).

use std::fmt::{self, Write};

use crate::names::display_hint::{IntegerFormat, Part, Parts, is_sensible};
use crate::names::input::parse_octets;
use crate::smi::{from_hex, is_like_hex};

/// What a hint made of octets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hinted {
    /// They are written.
    Written,
    /// Nothing is written: the hint cannot be understood, or is empty.
    Senseless,
    /// Nothing is written: what the hint makes of these octets could stand for others as well, or is no text.
    Unclear,
}

/// Where octets are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// As a value.
    Value,
    /// In an index, where `0x` always begins octets in hexadecimal.
    Index,
}

impl Place {
    /// Whether a text, which is the octets themselves, is not taken for octets in hexadecimal.
    fn is_text(self, octets: &[u8]) -> bool {
        let is_like_hex = match self {
            Self::Value => is_like_hex(octets, |octets| self.is_text(octets)),
            Self::Index => from_hex(octets).is_some(),
        };
        !is_like_hex && std::str::from_utf8(octets).is_ok()
    }
}

/// Writes octets by the hint, which starts again when it ends before they do.
///
/// Octets are written only where the text leads back to them. Those that the hint has no digits, characters or
/// separators for would be lost otherwise: what is no UTF-8 under `a` and `t`, the leading zeros of a number that is cut
/// off, a count of repetitions that does not fit.
pub(super) fn write_octets(
    hint: &str,
    octets: &[u8],
    place: Place,
    f: &mut dyn Write,
) -> Result<Hinted, fmt::Error> {
    if let Some((part, [])) = Part::pysnmp(hint.as_bytes())
        && let Part {
            repeat: false,
            format: b'a' | b't',
            separator: None,
            ..
        } = part
        && part.length != Some(0)
    {
        return match std::str::from_utf8(octets) {
            Ok(text) if place.is_text(octets) => f.write_str(text).map(|()| Hinted::Written),
            _ => Ok(Hinted::Unclear),
        };
    }
    // Few octets may not come to the place where a hint goes wrong. It is none for them either.
    if !octets.is_empty() && is_clear(hint, octets) && is_sensible(hint.as_bytes()) {
        let mut text = Text::new(f);
        format(hint, octets, &mut text)?;
        return text.flush().map(|()| Hinted::Written);
    }
    if !is_sensible(hint.as_bytes()) {
        return Ok(Hinted::Senseless);
    }
    match unclear(hint, octets) {
        Some(text) => f.write_str(&text).map(|()| Hinted::Written),
        None => Ok(Hinted::Unclear),
    }
}

/// The text of octets that may not lead back to them, if it does.
#[cold]
fn unclear(hint: &str, octets: &[u8]) -> Option<String> {
    let mut text = Vec::new();
    format(hint, octets, &mut text).ok()?;
    let text = String::from_utf8(text).ok()?;
    let leads_back = || parse_octets(hint, &text).is_some_and(|read| read == octets);
    (from_hex(text.as_bytes()).is_none() && leads_back()).then_some(text)
}

/// Whether it can be seen without reading it that the text leads back to the octets: numbers of full length that end
/// where a separator stands, or the text.
fn is_clear(hint: &str, octets: &[u8]) -> bool {
    let mut parts = Parts::new(hint);
    let mut rest = octets;
    while !rest.is_empty() {
        let Some(part) = parts.next() else {
            return false;
        };
        let is_first = rest.len() == octets.len();
        let taken = match part.length {
            Some(length @ 1..=8) if !part.repeat => rest.split_at_checked(length),
            _ => None,
        };
        let Some((taken, left)) = taken else {
            return false;
        };
        let is_clear = match part.format {
            b'a' | b't' => !is_first && taken.is_ascii(),
            _ => {
                left.is_empty()
                    || part
                        .separator
                        .is_some_and(|mark| mark.is_ascii_punctuation())
            }
        };
        if !is_clear {
            return false;
        }
        rest = left;
    }
    true
}

/// Where a hint writes to.
trait Sink {
    fn put(&mut self, octets: &[u8]) -> fmt::Result;
}

/// For what is known to be ASCII. A few octets are kept, so that what follows has not to deal with each of them.
struct Text<'f> {
    f: &'f mut dyn Write,
    kept: [u8; 64],
    length: usize,
}

impl<'f> Text<'f> {
    fn new(f: &'f mut dyn Write) -> Self {
        Self {
            f,
            kept: [0; 64],
            length: 0,
        }
    }

    fn flush(&mut self) -> fmt::Result {
        let text = std::str::from_utf8(&self.kept[..self.length]).unwrap_or_default();
        self.length = 0;
        self.f.write_str(text)
    }
}

impl Sink for Text<'_> {
    fn put(&mut self, octets: &[u8]) -> fmt::Result {
        for part in octets.chunks(self.kept.len()) {
            if self.length + part.len() > self.kept.len() {
                self.flush()?;
            }
            self.kept[self.length..][..part.len()].copy_from_slice(part);
            self.length += part.len();
        }
        Ok(())
    }
}

impl Sink for Vec<u8> {
    fn put(&mut self, octets: &[u8]) -> fmt::Result {
        self.extend_from_slice(octets);
        Ok(())
    }
}

fn format(hint: &str, octets: &[u8], sink: &mut impl Sink) -> fmt::Result {
    let mut parts = Parts::new(hint);
    let mut rest = octets;
    while let [first, ..] = *rest {
        let Some(part) = parts.next() else {
            return Ok(());
        };
        let mut times = 1;
        if part.repeat {
            times = first;
            rest = &rest[1..];
        }
        let length = part.length.unwrap_or(rest.len());
        for _ in 0..times {
            let (octets, after) = rest.split_at(length.min(rest.len()));
            format_part(part.format, octets, sink)?;
            if let Some(terminator) = part.terminator.filter(|_| !rest.is_empty()) {
                sink.put(&[terminator])?;
            }
            rest = after;
        }
        if let Some(separator) = part.separator.filter(|_| !rest.is_empty()) {
            sink.put(&[separator])?;
        }
    }
    Ok(())
}

fn format_part(format: u8, octets: &[u8], sink: &mut impl Sink) -> fmt::Result {
    match (format, octets) {
        (_, []) => Ok(()),
        (b'a' | b't', _) => sink.put(octets),
        (b'x', _) => {
            let zeros = octets.iter().take_while(|&&octet| octet == 0).count();
            let Some((first, rest)) = octets[zeros..].split_first() else {
                return sink.put(b"00");
            };
            let digits = hex_digits(*first);
            // PySNMP leaves out the zero before the first of several octets.
            let skipped = usize::from(!rest.is_empty() && *first < 0x10);
            sink.put(&digits[skipped..])?;
            rest.iter()
                .try_for_each(|&octet| sink.put(&hex_digits(octet)))
        }
        _ => {
            let number = octets.iter().try_fold(0_u128, |number, &octet| {
                Some(number.checked_mul(256)? | u128::from(octet))
            });
            match number {
                Some(number) if format == b'o' => sink.put(format!("{number:03o}").as_bytes()),
                Some(number) => put_decimal(number, sink),
                None => format_part(b'x', octets, sink),
            }
        }
    }
}

fn hex_digits(octet: u8) -> [u8; 2] {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    [octet >> 4, octet & 15].map(|digit| DIGITS[usize::from(digit)])
}

fn put_decimal(number: u128, sink: &mut impl Sink) -> fmt::Result {
    let Ok(mut rest) = u64::try_from(number) else {
        return sink.put(number.to_string().as_bytes());
    };
    let mut digits = [0; 20];
    let mut start = digits.len();
    loop {
        start -= 1;
        digits[start] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            return sink.put(&digits[start..]);
        }
    }
}

/// Writes an integer by the hint: `d`, `d-2`, `x`, `o`, `b`; false, and nothing written, when the hint is another.
pub(super) fn write_integer(
    hint: &str,
    number: i64,
    f: &mut dyn Write,
) -> Result<bool, fmt::Error> {
    let sign = if number < 0 { "-" } else { "" };
    let size = number.unsigned_abs();
    let Some(format) = IntegerFormat::pysnmp(hint) else {
        return Ok(false);
    };
    match format {
        IntegerFormat::Decimal(0) => write!(f, "{number}")?,
        IntegerFormat::Decimal(places) => {
            let Some(unit) = 10_u64.checked_pow(places.into()) else {
                return Ok(false);
            };
            let places = usize::from(places);
            write!(f, "{sign}{}.{:0places$}", size / unit, size % unit)?;
        }
        IntegerFormat::Hexadecimal => write!(f, "0x{sign}{size:x}")?,
        IntegerFormat::Octal => write!(f, "0{sign}{size:o}")?,
        IntegerFormat::Binary if number == 0 => f.write_char('B')?,
        IntegerFormat::Binary => write!(f, "{sign}{size:b}B")?,
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Random;

    #[test]
    fn what_any_hint_writes_leads_back_to_the_octets() {
        for seed in 0..20_000 {
            let mut random = Random::new(seed);
            let hint = random.text("*0123456789adotx:.-", 8);
            let given = random.octets(6);
            if let Some(text) = octets(&hint, &given) {
                assert_eq!(
                    parse_octets(&hint, &text),
                    Some(given),
                    "seed {seed}: {hint}"
                );
            }
            integer(&hint, random.next_u64() as i64);
        }
    }

    fn octets(hint: &str, octets: &[u8]) -> Option<String> {
        let mut text = String::new();
        let hinted = write_octets(hint, octets, Place::Value, &mut text);
        let hinted = hinted.expect("a String takes everything");
        (hinted == Hinted::Written).then_some(text)
    }

    fn integer(hint: &str, number: i64) -> Option<String> {
        let mut text = String::new();
        let done = write_integer(hint, number, &mut text).expect("a String takes everything");
        done.then_some(text)
    }

    #[test]
    fn octets_are_written_by_their_hint() {
        let date = [7, 227, 10, 28, 13, 30, 15, 5, b'+', 2, 0];
        assert_eq!(
            octets("2d-1d-1d,1d:1d:1d.1d,1a1d:1d", &date).as_deref(),
            Some("2019-10-28,13:30:15.5,+2:0")
        );
        assert_eq!(octets("1x:", &[0, 0x1a, 2]).as_deref(), Some("00:1a:02"));
        assert_eq!(octets("2x:2x", &[0, 0x1a, 1, 2]).as_deref(), Some("1a:102"));
        assert_eq!(octets("1x1x", &[0, 0x1a]).as_deref(), Some("001a"));
        assert_eq!(octets("255a", b"a\tb").as_deref(), Some("a\tb"));
        assert_eq!(
            octets("255a", "Zürich".as_bytes()).as_deref(),
            Some("Zürich")
        );
        assert_eq!(octets("1a", "Zürich".as_bytes()).as_deref(), Some("Zürich"));
        assert_eq!(
            octets("*1d./1x", &[2, 10, 11, 12]).as_deref(),
            Some("10/11/0c")
        );
    }

    #[test]
    fn a_hint_starts_again_when_octets_are_left() {
        assert_eq!(octets("1d-", &[1, 2, 3, 4]).as_deref(), Some("1-2-3-4"));
        assert_eq!(
            octets("1x-1x:", &[1, 2, 3, 4]).as_deref(),
            Some("01-02:03-04")
        );
    }

    #[test]
    fn a_specification_may_take_nothing() {
        let mut address = vec![0x20, 1, 0x0d, 0xb8];
        address.resize(16, 0);
        address.extend([0, 161]);
        assert_eq!(
            octets("0a[2x:2x:2x:2x:2x:2x:2x:2x]0a:2d", &address).as_deref(),
            Some("[2001:db8:00:00:00:00:00:00]:161")
        );
    }

    #[test]
    fn a_text_that_stands_for_other_octets_too_is_not_written() {
        // 1, 23 and 4 make the same.
        assert_eq!(octets("1d-1d", &[1, 2, 3, 4]), None);
        assert_eq!(octets("2d-1d", &[7]), None);
        assert_eq!(octets("2x:", &[0, 1, 2]), None);
        assert_eq!(octets("*1d./1d", &[2, 10, 11, 12]), None);
        assert_eq!(octets("*1d./1a", &[9, 1, 2]), None);
        assert_eq!(octets("255a", b"a\xff"), None);
        assert_eq!(octets("255t", b"a\xff"), None);
        // Octets 80 and ff are written so.
        assert_eq!(octets("255a", b"0x80ff"), None);
        assert_eq!(octets("255a", b"0x4142").as_deref(), Some("0x4142"));
    }

    #[test]
    fn a_hint_that_makes_no_sense_writes_nothing() {
        for hint in ["255", "1z", "0a", "0x:", "", "1d0", "1d\\n", "1x:1q"] {
            for octets in [&b"+"[..], b"43", b"text"] {
                let written = write_octets(hint, octets, Place::Value, &mut String::new());
                assert_eq!(written, Ok(Hinted::Senseless), "{hint}");
            }
        }
        assert_eq!(integer("q", 1), None);
        assert_eq!(integer("", 1), None);
    }

    #[test]
    fn integers_are_written_by_their_hint() {
        assert_eq!(integer("d-2", -5).as_deref(), Some("-0.05"));
        assert_eq!(integer("d-0", 5).as_deref(), Some("5"));
        assert_eq!(integer("x", 255).as_deref(), Some("0xff"));
        assert_eq!(integer("o", 8).as_deref(), Some("010"));
        assert_eq!(integer("b", 5).as_deref(), Some("101B"));
    }
}
