//! Text that a DISPLAY-HINT wrote, read backwards (RFC 2579 section 3.1).

use crate::names::display_hint::{IntegerFormat, Part};

/// The octets that a text stands for; `None` when it cannot have been written by the hint.
///
/// Which text belongs to which specification is found by the separator, or else by the digits that there are. What is
/// repeated is counted as far as the mark between repetitions goes; without such a mark it cannot be read. Where a hint
/// ends before the text does, it starts again.
pub(in crate::names) fn parse_octets(hint: &str, text: &str) -> Option<Vec<u8>> {
    let mut specifications = hint.as_bytes();
    let mut rest = text.as_bytes();
    let mut octets = Vec::new();
    let mut before = usize::MAX;
    while !rest.is_empty() {
        if specifications.len() == hint.len() {
            // Where a whole hint takes nothing, it never will.
            if rest.len() == before {
                return None;
            }
            before = rest.len();
        }
        let (part, after) = Part::pysnmp(specifications)?;
        specifications = if after.is_empty() {
            hint.as_bytes()
        } else {
            after
        };
        // No number is longer than the longest string.
        let is_text = matches!(part.format, b'a' | b't');
        if !is_text && part.length.is_some_and(|length| length > LONGEST) {
            return None;
        }
        rest = if part.repeat {
            repeated(&part, rest, &mut octets)?
        } else {
            let rest = once(&part, part.separator, rest, &mut octets)?;
            match (part.separator, rest) {
                (Some(separator), [first, after @ ..]) if *first == separator => after,
                _ => rest,
            }
        };
        if octets.len() > LONGEST {
            return None;
        }
    }
    Some(octets)
}

/// No string of SNMP is longer.
const LONGEST: usize = 0xffff;

/// What a specification takes of a text, and what follows that.
fn once<'t>(
    part: &Part,
    separator: Option<u8>,
    text: &'t [u8],
    octets: &mut Vec<u8>,
) -> Option<&'t [u8]> {
    let length = part.length.unwrap_or(text.len());
    let radix = match part.format {
        _ if length == 0 => return Some(text),
        b'x' => 16,
        b'd' => 10,
        b'o' => 8,
        _ => {
            let (taken, rest) = text.split_at(length.min(text.len()));
            octets.extend_from_slice(taken);
            return Some(rest);
        }
    };
    let end = match separator {
        Some(separator) => text.iter().position(|&octet| octet == separator),
        None => {
            // Two digits an octet are all that the hint writes: those behind them are of the next. They are not looked
            // at, so that the work is in proportion to the text.
            let most = match part.format {
                b'x' => length.saturating_mul(2).min(text.len()),
                _ => text.len(),
            };
            let digits = &text[..most];
            let end = digits
                .iter()
                .position(|&octet| !char::from(octet).is_digit(radix));
            Some(end.unwrap_or(most))
        }
    };
    let end = end.unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    append_number(digits, radix, length, octets)?;
    Some(rest)
}

/// As [`once`], for a specification that is repeated; the count stands first in the octets.
fn repeated<'t>(part: &Part, text: &'t [u8], octets: &mut Vec<u8>) -> Option<&'t [u8]> {
    let mark = part.terminator?;
    let place = octets.len();
    octets.push(0);
    let (mut rest, mut count) = (text, 0_u8);
    while !rest.is_empty() {
        let length = octets.len();
        match once(part, None, rest, octets) {
            Some([]) => rest = &[],
            Some([first, after @ ..]) if *first == mark => rest = after,
            // This is for the next specification.
            _ => {
                octets.truncate(length);
                break;
            }
        }
        count = count.checked_add(1)?;
        if octets.len() > LONGEST {
            return None;
        }
    }
    octets[place] = count;
    Some(rest)
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
    match IntegerFormat::pysnmp(hint)? {
        IntegerFormat::Hexadecimal => radix(size.strip_prefix("0x")?, 16),
        IntegerFormat::Octal => radix(Some(size).filter(|size| size.starts_with('0'))?, 8),
        IntegerFormat::Binary => radix(
            size.strip_suffix('B').or_else(|| size.strip_prefix('B'))?,
            2,
        ),
        IntegerFormat::Decimal(places) => match decimal(size, places) {
            Some(size) => size.checked_mul(sign),
            None => {
                let number: f64 = text.parse().ok()?;
                let number = number * 10_f64.powi(places.into());
                // Beyond this no integer of SNMP is meant, and not every integer has a float.
                (number.abs() < 9e15).then_some(number as i64)
            }
        },
    }
}

/// A number with a decimal point, which is moved by so many places; digits behind it are cut off. `None` when there is
/// more than digits, or too many.
fn decimal(text: &str, places: u16) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let is_plain = |text: &str| text.bytes().all(|octet| octet.is_ascii_digit());
    if !is_plain(whole) || !is_plain(fraction) || whole.len() + fraction.len() == 0 {
        return None;
    }
    let fraction = fraction.bytes().chain(std::iter::repeat(b'0'));
    let mut digits = whole.bytes().chain(fraction.take(places.into()));
    digits.try_fold(0_i64, |number, digit| {
        number.checked_mul(10)?.checked_add((digit - b'0').into())
    })
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
        assert_eq!(
            parse_octets("*1d./1a", "1/2/x").as_deref(),
            Some(&[2, 1, 2, b'x'][..])
        );
        assert_eq!(
            parse_octets("0a[2x:1x]0a:2d", "[1a2b:3]:161").as_deref(),
            Some(&[0x1a, 0x2b, 3, 0, 161][..])
        );
    }

    #[test]
    fn text_of_another_form_is_refused() {
        assert_eq!(parse_octets("1x:", "0:zz"), None);
        assert_eq!(parse_octets("1d.1d", "."), None);
        assert_eq!(parse_octets("*1x:", "1:2"), None);
        assert_eq!(parse_octets("0d", "1"), None);
        assert_eq!(parse_octets("0x0a", "1"), None);
        assert_eq!(parse_integer("d", "text"), None);
        assert_eq!(parse_integer("x", "12"), None);
        assert_eq!(parse_integer("x", "0x+5"), None);
    }

    #[test]
    fn integers_are_read_by_their_hint() {
        assert_eq!(parse_integer("d-2", "-1.25"), Some(-125));
        assert_eq!(parse_integer("d", "12.9"), Some(12));
        // Not the nearest float below it.
        assert_eq!(parse_integer("d-2", "0.29"), Some(29));
        assert_eq!(parse_integer("d-2", "-1.15"), Some(-115));
        assert_eq!(parse_integer("d-3", "2147483.647"), Some(2_147_483_647));
        assert_eq!(parse_integer("d-2", "1e1"), Some(1000));
        assert_eq!(parse_integer("d-2", "."), None);
        assert_eq!(parse_integer("d-40", "1"), None);
        assert_eq!(parse_integer("x", "-0x1f"), Some(-31));
        assert_eq!(parse_integer("o", "017"), Some(15));
        assert_eq!(parse_integer("b", "101B"), Some(5));
    }
}
