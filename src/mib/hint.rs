//! DISPLAY-HINT: octets and integers as text and back (RFC 2579 section 3.1).

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
