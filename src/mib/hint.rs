//! DISPLAY-HINT: octets and integers as text and back (RFC 2579 section 3.1).

use std::fmt::{self, Write as _};

/// One octet-format specification of a hint.
#[derive(Clone, Copy, Debug)]
struct Part {
    repeat: bool,
    length: usize,
    format: u8,
    separator: Option<u8>,
    terminator: Option<u8>,
}

/// The specifications of an octet hint; the last applies to whatever octets are left.
#[derive(Clone, Debug)]
struct Parts<'a> {
    rest: &'a [u8],
    last: Option<Part>,
}

impl<'a> Parts<'a> {
    fn new(hint: &'a str) -> Self {
        Self {
            rest: hint.as_bytes(),
            last: None,
        }
    }

    /// The next specification, or the last again; `None` when the hint is malformed.
    fn next(&mut self) -> Option<Part> {
        let Some((part, rest)) = Self::split(self.rest) else {
            return if self.rest.is_empty() {
                self.last
            } else {
                None
            };
        };
        self.rest = rest;
        self.last = Some(part);
        Some(part)
    }

    fn split(hint: &[u8]) -> Option<(Part, &[u8])> {
        let (repeat, hint) = match hint {
            [b'*', rest @ ..] => (true, rest),
            _ => (false, hint),
        };
        let digits = hint
            .iter()
            .take_while(|octet| octet.is_ascii_digit())
            .count();
        let length = std::str::from_utf8(&hint[..digits]).ok()?.parse().ok()?;
        let (&format, hint) = hint[digits..].split_first()?;
        if !matches!(format, b'a' | b't' | b'x' | b'd' | b'o') {
            return None;
        }
        // A digit or an asterisk begins the next specification and so cannot separate.
        let mark = |hint: &[u8]| {
            hint.first()
                .copied()
                .filter(|octet| !octet.is_ascii_digit() && *octet != b'*')
        };
        let separator = mark(hint);
        let hint = if separator.is_some() {
            &hint[1..]
        } else {
            hint
        };
        let terminator = if repeat && separator.is_some() {
            mark(hint)
        } else {
            None
        };
        let hint = if terminator.is_some() {
            &hint[1..]
        } else {
            hint
        };
        Some((
            Part {
                repeat,
                length,
                format,
                separator,
                terminator,
            },
            hint,
        ))
    }
}

/// Writes octets by the hint; false, and nothing written, when the hint does not suit them.
pub(super) fn format_octets(
    hint: &str,
    octets: &[u8],
    f: &mut fmt::Formatter<'_>,
) -> Result<bool, fmt::Error> {
    // A first pass without output finds out whether every octet can be shown.
    if walk(hint, octets, &mut Sink(None))? {
        walk(hint, octets, &mut Sink(Some(f)))
    } else {
        Ok(false)
    }
}

/// Output, or nowhere.
struct Sink<'f, 'g>(Option<&'f mut fmt::Formatter<'g>>);

impl fmt::Write for Sink<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.as_mut().map_or(Ok(()), |f| f.write_str(text))
    }
}

fn walk(hint: &str, octets: &[u8], out: &mut Sink<'_, '_>) -> Result<bool, fmt::Error> {
    let mut parts = Parts::new(hint);
    let mut rest = octets;
    while !rest.is_empty() {
        let Some(part) = parts.next() else {
            return Ok(false);
        };
        let times = if part.repeat {
            let (&times, after) = rest.split_first().unwrap_or((&0, rest));
            rest = after;
            usize::from(times)
        } else {
            1
        };
        if part.length == 0 && parts.rest.is_empty() {
            return Ok(false);
        }
        for time in 0..times {
            let (octets, after) = rest.split_at(part.length.min(rest.len()));
            rest = after;
            if !write_part(part.format, octets, out)? {
                return Ok(false);
            }
            let last_time = time + 1 == times;
            let mark = if last_time && part.terminator.is_some() {
                part.terminator
            } else {
                part.separator
            };
            if let Some(mark) = mark.filter(|_| !rest.is_empty()) {
                out.write_char(mark.into())?;
            }
            if rest.is_empty() {
                break;
            }
        }
    }
    Ok(true)
}

fn write_part(format: u8, octets: &[u8], out: &mut Sink<'_, '_>) -> Result<bool, fmt::Error> {
    match format {
        b'a' | b't' => match std::str::from_utf8(octets) {
            Ok(text) if format == b't' || text.is_ascii() => out.write_str(text)?,
            _ => return Ok(false),
        },
        b'x' => {
            for octet in octets {
                write!(out, "{octet:02x}")?;
            }
        }
        _ => {
            let Some(number) = octets.iter().try_fold(0_u128, |sum, &octet| {
                Some(sum.checked_mul(256)? | u128::from(octet))
            }) else {
                return Ok(false);
            };
            if format == b'o' {
                write!(out, "{number:o}")?;
            } else {
                write!(out, "{number}")?;
            }
        }
    }
    Ok(true)
}

/// The octets that a text written by the hint stands for; `None` when it is not such a text.
pub(super) fn parse_octets(hint: &str, text: &str) -> Option<Vec<u8>> {
    let mut parts = Parts::new(hint);
    let mut rest = text;
    let mut octets = Vec::new();
    while !rest.is_empty() {
        let part = parts
            .next()
            .filter(|part| !part.repeat && part.length > 0)?;
        let radix = match part.format {
            b'x' => 16,
            b'd' => 10,
            b'o' => 8,
            _ => {
                let mut end = part.length.min(rest.len());
                while !rest.is_char_boundary(end) {
                    end -= 1;
                }
                if end == 0 || (part.format == b'a' && !rest[..end].is_ascii()) {
                    return None;
                }
                octets.extend_from_slice(&rest.as_bytes()[..end]);
                rest = skip(&rest[end..], part.separator);
                continue;
            }
        };
        let limit = if radix == 16 {
            part.length * 2
        } else {
            rest.len()
        };
        let digits = rest
            .chars()
            .take_while(|digit| digit.is_digit(radix))
            .count()
            .min(limit);
        let number = u128::from_str_radix(&rest[..digits], radix).ok()?;
        let bytes = number.to_be_bytes();
        let (high, low) = bytes.split_at(bytes.len().checked_sub(part.length)?);
        if high.iter().any(|&octet| octet != 0) {
            return None;
        }
        octets.extend_from_slice(low);
        let after = skip(&rest[digits..], part.separator);
        // What follows without the separator does not belong to this part.
        if !after.is_empty() && after.len() == rest.len() - digits && part.separator.is_some() {
            return None;
        }
        rest = after;
    }
    Some(octets)
}

fn skip(text: &str, mark: Option<u8>) -> &str {
    mark.and_then(|mark| text.strip_prefix(char::from(mark)))
        .unwrap_or(text)
}

/// Writes an integer by the hint (`d`, `d-2`, `x`, `o`, `b`); false, and nothing written, when the hint is another.
pub(super) fn format_integer(
    hint: &str,
    number: i32,
    f: &mut fmt::Formatter<'_>,
) -> Result<bool, fmt::Error> {
    let sign = if number < 0 { "-" } else { "" };
    let size = number.unsigned_abs();
    match hint {
        "d" => write!(f, "{number}")?,
        "x" => write!(f, "{sign}{size:x}")?,
        "o" => write!(f, "{sign}{size:o}")?,
        "b" => write!(f, "{sign}{size:b}")?,
        _ => {
            let Some(places) = hint
                .strip_prefix("d-")
                .and_then(|places| places.parse::<u32>().ok())
            else {
                return Ok(false);
            };
            match 10_u32.checked_pow(places) {
                Some(unit) if places > 0 => write!(
                    f,
                    "{sign}{}.{:0width$}",
                    size / unit,
                    size % unit,
                    width = places as usize
                )?,
                _ => return Ok(false),
            }
        }
    }
    Ok(true)
}
