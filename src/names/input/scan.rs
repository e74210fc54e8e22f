//! Numbers, addresses and octets in the notations of C's library, which Net-SNMP's tools read values with.

use std::net::Ipv4Addr;
use std::str::FromStr;

use crate::names::display_hint::Part;

/// The number at the start of a text, after white space and a sign, and what follows it; `None` when there is none.
///
/// `radix` 0 stands for that of C's literals. Of a number beyond 64 bits it is only said that it is one.
pub(super) fn number(text: &str, radix: u32) -> Option<(i128, &str)> {
    let text = text.trim_start_matches([' ', '\t', '\n', '\x0b', '\x0c', '\r']);
    let (negative, text) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    let prefixed = text
        .strip_prefix("0x")
        .or_else(|| text.strip_prefix("0X"))
        .filter(|rest| rest.starts_with(|digit: char| digit.is_ascii_hexdigit()));
    let (radix, text) = match (radix, prefixed) {
        (0 | 16, Some(rest)) => (16, rest),
        (0, None) if text.starts_with('0') => (8, text),
        (0, None) => (10, text),
        (radix, _) => (radix, text),
    };
    let end = text
        .find(|digit: char| !digit.is_digit(radix))
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    if digits.is_empty() {
        return None;
    }
    let number = digits.chars().fold(0_i128, |number, digit| {
        let digit = digit.to_digit(radix).unwrap_or(0);
        (number * i128::from(radix) + i128::from(digit)).min(TOO_LARGE)
    });
    Some((if negative { -number } else { number }, rest))
}

/// A number of more than 64 bits.
const TOO_LARGE: i128 = 1 << 64;

/// The decimal digits that a text begins with, as a number, after a minus sign if there is one.
pub(super) fn leading_number(text: &str) -> Option<i128> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let starts_so = digits.starts_with(|digit: char| digit.is_ascii_digit());
    let (number, _) = number(text, 10).filter(|_| starts_so)?;
    Some(number)
}

/// The floating-point number that a text begins with, after white space; `None` when it begins with none.
pub(super) fn leading_float<T: FromStr>(text: &str) -> Option<T> {
    let text = text.trim_ascii_start();
    let unsigned = text.trim_start_matches(['+', '-']);
    if unsigned.starts_with("0x") || unsigned.starts_with("0X") {
        return number(text, 16)?.0.to_string().parse().ok();
    }
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '+' | '-');
    let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
    // No number needs more characters than this to be told from its neighbours.
    let end = end.min(64);
    (1..=end).rev().find_map(|end| text[..end].parse().ok())
}

/// A number and nothing else.
pub(super) fn whole_number(text: &str, radix: u32) -> Option<i128> {
    number(text, radix)
        .filter(|(_, rest)| rest.is_empty())
        .map(|(number, _)| number)
}

/// An address of one to four numbers, the last of which fills what is left: `10.1` is 10.0.0.1. Whatever stands behind
/// white space is passed over.
pub(super) fn address(text: &str) -> Option<Ipv4Addr> {
    let end = text.find(|c: char| c.is_ascii_whitespace());
    let text = &text[..end.unwrap_or(text.len())];
    let parts: Vec<u32> = text
        .split('.')
        .map(|part| {
            let first = part.chars().next().filter(char::is_ascii_digit);
            first.and_then(|_| u32::try_from(whole_number(part, 0)?).ok())
        })
        .collect::<Option<_>>()?;
    let (&last, leading) = parts.split_last()?;
    if leading.len() > 3 {
        return None;
    }
    let mut address = 0;
    for (place, &part) in leading.iter().enumerate() {
        address |= u32::from(u8::try_from(part).ok()?) << (24 - 8 * place);
    }
    let free = 32 - 8 * leading.len() as u32;
    let fits = free == 32 || last >> free == 0;
    fits.then(|| (address | last).into())
}

/// Octets as pairs of hexadecimal digits, with or without blanks between them and `0x` before them.
pub(super) fn hex(text: &str) -> Option<Vec<u8>> {
    let text = text
        .strip_prefix("0x")
        .or_else(|| text.strip_prefix("0X"))
        .unwrap_or(text);
    let mut octets = Vec::new();
    let mut rest = text.as_bytes();
    loop {
        rest = match *rest {
            [] => return Some(octets),
            [b' ', ref rest @ ..] => rest,
            [high, low, ref rest @ ..] => {
                let digit = |octet: u8| char::from(octet).to_digit(16);
                octets.push((digit(high)? << 4 | digit(low)?) as u8);
                rest
            }
            [_] => return None,
        };
    }
}

/// Octets as decimal numbers between blanks.
pub(super) fn decimal(text: &str) -> Option<Vec<u8>> {
    text.split_ascii_whitespace()
        .map(|number| number.parse().ok())
        .collect()
}

impl Part {
    /// Reads what this specification wrote, and returns what follows it.
    fn read<'t>(&self, text: &'t str, octets: &mut Vec<u8>) -> Option<&'t str> {
        let mut rest = text;
        let count = octets.len();
        if self.repeat {
            octets.push(0);
        }
        let mut times = 0_u8;
        loop {
            rest = self.read_once(rest, octets)?;
            times = times.wrapping_add(1);
            if let Some(separator) = self.separator.filter(|_| !rest.is_empty()) {
                rest = rest.strip_prefix(char::from(separator))?;
            }
            let ended = self
                .terminator
                .and_then(|terminator| rest.strip_prefix(char::from(terminator)));
            if let Some(after) = ended {
                rest = after;
                break;
            }
            // Where nothing is taken, nothing will ever be.
            if !self.repeat || rest.is_empty() || rest.len() == text.len() {
                break;
            }
        }
        if self.repeat {
            octets[count] = times;
        }
        Some(rest)
    }

    fn read_once<'t>(&self, text: &'t str, octets: &mut Vec<u8>) -> Option<&'t str> {
        let length = self.length.unwrap_or(0);
        let radix = match self.format {
            b'x' => 16,
            b'd' => 10,
            b'o' => 8,
            _ => {
                let mut end = length.min(text.len());
                while !text.is_char_boundary(end) {
                    end += 1;
                }
                octets.extend_from_slice(&text.as_bytes()[..end]);
                return Some(&text[end..]);
            }
        };
        let (number, rest) = number(text, radix)?;
        let number = number.min(i128::from(u64::MAX)).to_be_bytes();
        let missing = length.saturating_sub(number.len());
        octets.extend(std::iter::repeat_n(0, missing));
        octets.extend_from_slice(&number[number.len() - (length - missing)..]);
        Some(rest)
    }
}

/// The octets that a text stands for by a DISPLAY-HINT; `None` when it has not its form. The last specification takes
/// what is left of the text.
pub(super) fn hinted(hint: &str, text: &str) -> Option<Vec<u8>> {
    let mut hint = hint.as_bytes();
    let mut rest = text;
    let mut octets = Vec::new();
    let mut part = None;
    while !rest.is_empty() {
        if !hint.is_empty() {
            let (next, after) = Part::scanned(hint)?;
            hint = after;
            part = Some(next);
        }
        let before = rest.len();
        rest = part?.read(rest, &mut octets)?;
        // No string of SNMP is longer.
        let endless = hint.is_empty() && rest.len() == before;
        if endless || octets.len() > 0xffff {
            return None;
        }
    }
    Some(octets)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Random;

    #[test]
    fn any_text_is_read_by_any_hint() {
        for seed in 0..1000 {
            let mut random = Random::new(seed);
            let hint = random.text("*0123456789adotx:.-", 8);
            let likely = random.text("0123456789abcdefx:. -", 12);
            let any: String = String::from_utf8_lossy(&random.octets(12)).into_owned();
            for text in [likely, any] {
                let _ = hinted(&hint, &text);
                let _ = super::super::hint::parse_octets(&hint, &text);
                let _ = super::super::hint::parse_integer(&hint, &text);
                let _ = (
                    address(&text),
                    hex(&text),
                    decimal(&text),
                    whole_number(&text, 0),
                );
            }
        }
    }

    #[test]
    fn numbers_are_read_as_c_reads_them() {
        assert_eq!(number(" -12ab", 10), Some((-12, "ab")));
        assert_eq!(number("0x1f:", 16), Some((31, ":")));
        assert_eq!(number("017", 0), Some((15, "")));
        assert_eq!(number("0xg", 0), Some((0, "xg")));
        assert_eq!(number("x", 10), None);
    }

    #[test]
    fn addresses_are_read_as_c_reads_them() {
        assert_eq!(address("10.1.2"), Some(Ipv4Addr::new(10, 1, 0, 2)));
        assert_eq!(address("0x7f000001"), Some(Ipv4Addr::LOCALHOST));
        assert_eq!(address("255.255.255.255"), Some(Ipv4Addr::BROADCAST));
        assert_eq!(address("10.1.2.256"), None);
        assert_eq!(address("1.2.3.4.5"), None);
        assert_eq!(address(""), None);
        assert_eq!(address("localhost"), None);
    }

    #[test]
    fn octets_are_read_in_hexadecimal() {
        assert_eq!(hex("0x00 0aFF").as_deref(), Some(&[0, 10, 255][..]));
        assert_eq!(hex("").as_deref(), Some(&[][..]));
        assert_eq!(hex("0"), None);
        assert_eq!(hex("zz"), None);
    }

    #[test]
    fn text_is_read_by_a_hint() {
        assert_eq!(
            hinted("1x:", "0:11:22").as_deref(),
            Some(&[0, 0x11, 0x22][..])
        );
        assert_eq!(hinted("1x:", "00112233").as_deref(), Some(&[0x33][..]));
        assert_eq!(hinted("1x:", "tomorrow"), None);
        assert_eq!(
            hinted("*1d./1x", "10.11./c").as_deref(),
            Some(&[2, 10, 11, 12][..])
        );
        assert_eq!(hinted("255t", "text"), None);
        assert_eq!(hinted("0a", "text"), None);
    }
}
