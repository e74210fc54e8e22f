//! Octets and numbers as text.

use std::io::Write as _;

use super::options::OutputOptions;
use crate::names::display_hint::{IntegerFormat, Part};

/// Octets in a line of hexadecimal output.
const HEX_LINE: usize = 16;

/// Appends a number. Writing to a `Vec` cannot fail.
pub(super) fn append_number(number: u64, output: &mut Vec<u8>) {
    let mut digits = [0; 20];
    let mut rest = number;
    let mut start = digits.len();
    loop {
        start -= 1;
        digits[start] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    output.extend_from_slice(&digits[start..]);
}

/// Appends a number with its sign.
pub(super) fn append_signed(number: i64, output: &mut Vec<u8>) {
    if number < 0 {
        output.push(b'-');
    }
    append_number(number.unsigned_abs(), output);
}

/// Whether the octet can stand in text, white space included.
pub(super) const fn is_text(octet: u8) -> bool {
    matches!(octet, b' '..=b'~' | b'\t'..=b'\r')
}

/// Appends octets in hexadecimal, each with a space after it, in lines.
pub(super) fn append_hex(options: &OutputOptions, octets: &[u8], output: &mut Vec<u8>) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut rest = octets;
    loop {
        let (line, after) = rest.split_at(rest.len().min(HEX_LINE));
        for octet in line {
            let high = DIGITS[usize::from(octet >> 4)];
            let low = DIGITS[usize::from(octet & 15)];
            output.extend_from_slice(&[high, low, b' ']);
        }
        if options.text_beside_hex {
            output.extend_from_slice(b"  [");
            output.extend(
                line.iter()
                    .map(|&octet| if is_text(octet) { octet } else { b'.' }),
            );
            output.push(b']');
        }
        if after.is_empty() {
            return;
        }
        output.push(b'\n');
        rest = after;
    }
}

/// Appends octets as text, with a backslash before quotes and backslashes and a dot for what cannot be printed.
pub(super) fn append_text(octets: &[u8], output: &mut Vec<u8>) {
    for &octet in octets {
        if matches!(octet, b'\\' | b'"') {
            output.push(b'\\');
        }
        output.push(if is_text(octet) { octet } else { b'.' });
    }
}

/// Appends octets by a DISPLAY-HINT; false, and nothing appended, when the hint makes no sense.
pub(super) fn append_hinted(
    options: &OutputOptions,
    hint: &str,
    octets: &[u8],
    output: &mut Vec<u8>,
) -> bool {
    let start = output.len();
    let mut hint = hint.as_bytes();
    let mut rest = octets;
    // An empty hint formats as its octets would be counted: one decimal number each.
    let mut part = Part {
        repeat: false,
        length: None,
        format: b'd',
        separator: None,
        terminator: None,
    };
    while let [first, ..] = *rest {
        let mut repeat = 1;
        if !hint.is_empty() {
            (part, hint) = Part::printed(hint);
            if part.repeat {
                repeat = first;
                rest = &rest[1..];
            }
        }
        let width = part.length.unwrap_or(1);
        while repeat > 0 && !rest.is_empty() {
            let (octets, after) = rest.split_at(rest.len().min(width));
            rest = after;
            if !append_part(options, part, hint.is_empty(), octets, output) {
                output.truncate(start);
                return false;
            }
            if let Some(separator) = part.separator.filter(|_| !rest.is_empty()) {
                output.push(separator);
            }
            repeat -= 1;
        }
        if let Some(terminator) = part.terminator.filter(|_| !rest.is_empty()) {
            output.push(terminator);
        }
    }
    true
}

fn append_part(
    options: &OutputOptions,
    part: Part,
    last: bool,
    octets: &[u8],
    output: &mut Vec<u8>,
) -> bool {
    let width = part.length.unwrap_or(1);
    // A short last number is filled up as if zeros followed.
    let number = || {
        let padded = octets.iter().copied().chain(std::iter::repeat(0));
        // Eight octets further on nothing is left of a number, however wide the hint has it.
        padded
            .take(width.clamp(octets.len(), octets.len() + 8))
            .fold(0_u64, |number, octet| number << 8 | u64::from(octet))
    };
    match part.format {
        b'x' => {
            let number = number();
            let alone = part.separator.is_none() && last;
            if number < 16 && width == 1 && (options.two_digit_hex || alone) {
                output.push(b'0');
            }
            // Writing to a `Vec` cannot fail, here and below.
            let _ = write!(output, "{number:x}");
        }
        b'd' => append_signed(number() as i64, output),
        b'o' => {
            let _ = write!(output, "{:o}", number());
        }
        b'a' | b't' => {
            if octets.contains(&0) {
                append_text(octets, output);
            } else {
                output.extend_from_slice(octets);
            }
        }
        _ => return false,
    }
    true
}

/// Appends an integer by the hint of an integer: `d`, `d-2`, `x`, `o`, `b`.
pub(super) fn append_hinted_number(hint: &str, number: i64, output: &mut Vec<u8>) {
    let _ = match IntegerFormat::printed(hint) {
        IntegerFormat::Hexadecimal => write!(output, "{number:x}"),
        IntegerFormat::Octal => write!(output, "{number:o}"),
        IntegerFormat::Binary => write!(output, "{:032b}", number as u32),
        IntegerFormat::Decimal(0) => {
            append_signed(number, output);
            Ok(())
        }
        IntegerFormat::Decimal(places) => {
            if number < 0 {
                output.push(b'-');
            }
            let point = usize::from(places);
            let digits = format!("{:0point$}", number.unsigned_abs());
            let (whole, part) = digits.split_at(digits.len() - point);
            write!(output, "{whole}.{part}")
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Random;

    #[test]
    fn many_places_are_not_cut() {
        for (hint, expected) in [("d-99", format!(".{:0>99}", 5)), ("d-256", "5".to_owned())] {
            let mut output = Vec::new();
            append_hinted_number(hint, 5, &mut output);
            assert_eq!(String::from_utf8(output), Ok(expected), "{hint}");
        }
    }

    #[test]
    fn any_hint_and_any_octets_can_be_printed() {
        for seed in 0..1000 {
            let mut random = Random::new(seed);
            let hint = random.text("*0123456789adotx:.-", 8);
            let octets = random.octets(40);
            let mut output = b"before".to_vec();
            if !append_hinted(&OutputOptions::new(), &hint, &octets, &mut output) {
                assert_eq!(&output, b"before", "seed {seed}");
            }
            append_hinted_number(&hint, random.next_u64() as i64, &mut output);
            assert!(output.starts_with(b"before"), "seed {seed}");
        }
    }
}
