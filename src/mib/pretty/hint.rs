//! Octets and integers by a DISPLAY-HINT (RFC 2579 section 3.1).

use std::fmt::{self, Write};

/// One octet-format specification of a hint.
struct Part {
    repeat: bool,
    /// The number of octets; all that are left where it is not said.
    length: Option<usize>,
    format: u8,
    separator: Option<u8>,
    terminator: Option<u8>,
}

impl Part {
    /// The first specification of a hint and what follows it; `None` when there is none.
    fn split(hint: &[u8]) -> Option<(Self, &[u8])> {
        let (repeat, hint) = match hint {
            [b'*', rest @ ..] => (true, rest),
            _ => (false, hint),
        };
        let digits = hint
            .iter()
            .take_while(|octet| octet.is_ascii_digit())
            .count();
        let (length, hint) = hint.split_at(digits);
        let length = match length {
            [] => None,
            _ => Some(
                std::str::from_utf8(length)
                    .ok()?
                    .parse()
                    .ok()
                    .filter(|&length| length > 0)?,
            ),
        };
        let (&format, hint) = hint.split_first()?;
        if !matches!(format, b'a' | b't' | b'x' | b'd' | b'o') {
            return None;
        }
        let (separator, hint) = match hint {
            [first, rest @ ..] if !first.is_ascii_digit() && *first != b'*' => (Some(*first), rest),
            _ => (None, hint),
        };
        let (terminator, hint) = match hint {
            [first, rest @ ..] if repeat && separator.is_some() => (Some(*first), rest),
            _ => (None, hint),
        };
        let part = Self {
            repeat,
            length,
            format,
            separator: separator.filter(|_| terminator.is_none()),
            terminator,
        };
        Some((part, hint))
    }
}

/// Whether every specification of a hint can be understood.
fn is_valid(mut hint: &[u8]) -> bool {
    while !hint.is_empty() {
        match Part::split(hint) {
            Some((_, rest)) => hint = rest,
            None => return false,
        }
    }
    true
}

/// Writes octets by the hint, which starts again when it ends before they do; false, and nothing written, when the hint
/// cannot be understood.
pub(super) fn write_octets(
    hint: &str,
    octets: &[u8],
    f: &mut dyn Write,
) -> Result<bool, fmt::Error> {
    if !is_valid(hint.as_bytes()) {
        return Ok(false);
    }
    let mut specifications = hint.as_bytes();
    let mut rest = octets;
    while let [first, ..] = *rest {
        let Some((part, after)) = Part::split(specifications) else {
            return Ok(true);
        };
        specifications = if after.is_empty() {
            hint.as_bytes()
        } else {
            after
        };
        let mut times = 1;
        if part.repeat {
            times = first;
            rest = &rest[1..];
        }
        let length = part.length.unwrap_or(rest.len());
        for _ in 0..times {
            let (octets, after) = rest.split_at(length.min(rest.len()));
            write_part(part.format, octets, f)?;
            if let Some(terminator) = part.terminator.filter(|_| !rest.is_empty()) {
                f.write_char(terminator.into())?;
            }
            rest = after;
        }
        if let Some(separator) = part.separator.filter(|_| !rest.is_empty()) {
            f.write_char(separator.into())?;
        }
    }
    Ok(true)
}

fn write_part(format: u8, octets: &[u8], f: &mut dyn Write) -> fmt::Result {
    match format {
        b'a' => octets
            .chunk_by(|a, b| a.is_ascii() == b.is_ascii())
            .filter_map(|run| std::str::from_utf8(run).ok().filter(|run| run.is_ascii()))
            .try_for_each(|run| f.write_str(run)),
        b't' => octets
            .utf8_chunks()
            .try_for_each(|chunk| f.write_str(chunk.valid())),
        b'x' => {
            let zeros = octets.iter().take_while(|&&octet| octet == 0).count();
            let digits = &octets[zeros..];
            let Some((first, rest)) = digits.split_first() else {
                return f.write_str("00");
            };
            if rest.is_empty() {
                return write!(f, "{first:02x}");
            }
            write!(f, "{first:x}")?;
            rest.iter().try_for_each(|octet| write!(f, "{octet:02x}"))
        }
        _ => {
            let number = octets.iter().try_fold(0_u128, |number, &octet| {
                Some(number.checked_mul(256)? | u128::from(octet))
            });
            match number {
                Some(number) if format == b'o' => write!(f, "{number:03o}"),
                Some(number) => write!(f, "{number}"),
                None => write_part(b'x', octets, f),
            }
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
    match hint {
        "d" => write!(f, "{number}")?,
        "x" => write!(f, "0x{sign}{size:x}")?,
        "o" => write!(f, "0{sign}{size:o}")?,
        "b" if number == 0 => f.write_char('B')?,
        "b" => write!(f, "{sign}{size:b}B")?,
        _ => {
            let unit = hint
                .strip_prefix("d-")
                .and_then(|places| places.parse::<u32>().ok())
                .and_then(|places| Some((places as usize, 10_u64.checked_pow(places)?)));
            match unit {
                Some((0, _)) => write!(f, "{number}")?,
                Some((places, unit)) => {
                    write!(f, "{sign}{}.{:0places$}", size / unit, size % unit)?
                }
                None => return Ok(false),
            }
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Random;

    #[test]
    fn any_hint_and_any_octets_can_be_written() {
        for seed in 0..1000 {
            let mut random = Random::new(seed);
            let hint = random.text("*0123456789adotx:.-", 8);
            if octets(&hint, &random.octets(40)).is_none() {
                assert!(!is_valid(hint.as_bytes()), "seed {seed}");
            }
            integer(&hint, random.next_u64() as i64);
        }
    }

    fn octets(hint: &str, octets: &[u8]) -> Option<String> {
        let mut text = String::new();
        let done = write_octets(hint, octets, &mut text).expect("a String takes everything");
        done.then_some(text)
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
        assert_eq!(octets("255a", b"a\tb\xe9c").as_deref(), Some("a\tbc"));
        assert_eq!(octets("255t", b"a\xc3\xa9\xff").as_deref(), Some("a\u{e9}"));
        assert_eq!(
            octets("*1d./1x", &[2, 10, 11, 12]).as_deref(),
            Some("10/11/0c")
        );
    }

    #[test]
    fn a_hint_starts_again_when_octets_are_left() {
        assert_eq!(octets("1d-1d", &[1, 2, 3, 4]).as_deref(), Some("1-23-4"));
    }

    #[test]
    fn a_hint_that_makes_no_sense_writes_nothing() {
        assert_eq!(octets("255", b"text"), None);
        assert_eq!(octets("1z", b"text"), None);
        assert_eq!(octets("0a", b"text"), None);
        assert_eq!(integer("q", 1), None);
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
