//! Text that a DISPLAY-HINT wrote, read backwards (RFC 2579 section 3.1).

/// The octets that a text stands for; `None` when it cannot have been written by the hint.
///
/// Which text belongs to which specification is found by the separator, or else by the digits that there are. A hint
/// that repeats by a count cannot be read: the count is not in the text. Where a hint ends before the text does, it
/// starts again.
pub(super) fn parse_octets(hint: &str, text: &str) -> Option<Vec<u8>> {
    let mut specifications = hint.as_bytes();
    let mut rest = text.as_bytes();
    let mut octets = Vec::new();
    while !rest.is_empty() {
        let (part, after) = Part::split(specifications)?;
        specifications = if after.is_empty() {
            hint.as_bytes()
        } else {
            after
        };
        let length = part.length.unwrap_or(rest.len());
        let radix = match part.format {
            b'x' => 16,
            b'd' => 10,
            b'o' => 8,
            b'a' | b't' => {
                let (taken, after) = rest.split_at(length.min(rest.len()));
                octets.extend_from_slice(taken);
                rest = after;
                continue;
            }
            _ => return None,
        };
        let end = match part.separator {
            Some(separator) => rest.iter().position(|&octet| octet == separator),
            None => rest
                .iter()
                .position(|&octet| !char::from(octet).is_digit(radix)),
        };
        let (digits, after) = rest.split_at(end.unwrap_or(rest.len()));
        append_number(digits, radix, length, &mut octets)?;
        // No string of SNMP is longer.
        if octets.len() > 0xffff {
            return None;
        }
        rest = match (part.separator, after) {
            (Some(_), [_, after @ ..]) => after,
            (_, after) => after,
        };
    }
    Some(octets)
}

/// Appends a number in `length` octets, or in more when it needs them.
fn append_number(digits: &[u8], radix: u32, length: usize, octets: &mut Vec<u8>) -> Option<()> {
    let digits = std::str::from_utf8(digits).ok()?.trim();
    let number = u128::from_str_radix(digits, radix).ok()?.to_be_bytes();
    let used = number.len() - number.iter().take_while(|&&octet| octet == 0).count();
    let length = length.max(used).max(1);
    octets.extend(std::iter::repeat_n(0, length.saturating_sub(number.len())));
    octets.extend_from_slice(&number[number.len() - length.min(number.len())..]);
    Some(())
}

/// One octet-format specification of a hint.
struct Part {
    length: Option<usize>,
    format: u8,
    separator: Option<u8>,
}

impl Part {
    fn split(hint: &[u8]) -> Option<(Self, &[u8])> {
        let digits = hint
            .iter()
            .take_while(|octet| octet.is_ascii_digit())
            .count();
        let (length, hint) = hint.split_at(digits);
        let length = match length {
            [] => None,
            _ => {
                let length = std::str::from_utf8(length).ok()?.parse().ok()?;
                // No specification takes more than the longest string has.
                Some(length).filter(|length| (1..=0xffff).contains(length))
            }
        };
        if digits > 0 && length.is_none() {
            return None;
        }
        let (&format, hint) = hint.split_first().filter(|(format, _)| **format != b'*')?;
        let (separator, hint) = match hint {
            [first, rest @ ..] if !first.is_ascii_digit() && *first != b'*' => (Some(*first), rest),
            _ => (None, hint),
        };
        let part = Self {
            length,
            format,
            separator,
        };
        Some((part, hint))
    }
}

/// The integer that a text stands for by the hint of an integer; `None` when it stands for none.
pub(super) fn parse_integer(hint: &str, text: &str) -> Option<i64> {
    let text = text.trim();
    let (sign, size) = match text.strip_prefix('-') {
        Some(size) => (-1, size),
        None => (1, text),
    };
    let radix = |digits: &str, radix| {
        let plain = digits.starts_with(|digit: char| digit.is_digit(radix));
        let number = i64::from_str_radix(digits, radix).ok().filter(|_| plain)?;
        number.checked_mul(sign)
    };
    match hint {
        "x" => radix(size.strip_prefix("0x")?, 16),
        "o" => radix(Some(size).filter(|size| size.starts_with('0'))?, 8),
        "b" => radix(
            size.strip_suffix('B').or_else(|| size.strip_prefix('B'))?,
            2,
        ),
        _ => {
            let places: i32 = match hint.strip_prefix('d')? {
                "" => 0,
                places => places.strip_prefix('-')?.parse().ok()?,
            };
            let number: f64 = text.parse().ok()?;
            let number = number * 10_f64.powi(places);
            // Beyond this no integer of SNMP is meant, and not every integer has a float.
            (number.abs() < 9e15).then_some(number as i64)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_by_the_hint_that_wrote_it() {
        assert_eq!(
            parse_octets("1x:", "0:1a:2").as_deref(),
            Some(&[0, 0x1a, 2][..])
        );
        assert_eq!(
            parse_octets("1d.1d.1d.1d", "10.0.0.1").as_deref(),
            Some(&[10, 0, 0, 1][..])
        );
        assert_eq!(
            parse_octets("2d-1d-1d,1d:1d:1d.1d,1a1d:1d", "2019-10-28,13:30:15.5,+2:0").as_deref(),
            Some(&[7, 227, 10, 28, 13, 30, 15, 5, b'+', 2, 0][..])
        );
        assert_eq!(parse_octets("255a", "text").as_deref(), Some(&b"text"[..]));
    }

    #[test]
    fn text_of_another_form_is_refused() {
        assert_eq!(parse_octets("1x:", "0:zz"), None);
        assert_eq!(parse_octets("1d.1d", "."), None);
        assert_eq!(parse_octets("*1x:", "1:2"), None);
        assert_eq!(parse_octets("0d", "1"), None);
        assert_eq!(parse_integer("d", "text"), None);
        assert_eq!(parse_integer("x", "12"), None);
        assert_eq!(parse_integer("x", "0x+5"), None);
    }

    #[test]
    fn integers_are_read_by_their_hint() {
        assert_eq!(parse_integer("d-2", "-1.25"), Some(-125));
        assert_eq!(parse_integer("d", "12.9"), Some(12));
        assert_eq!(parse_integer("x", "-0x1f"), Some(-31));
        assert_eq!(parse_integer("o", "017"), Some(15));
        assert_eq!(parse_integer("b", "101B"), Some(5));
    }
}
