//! The grammar of a DISPLAY-HINT (RFC 2579 section 3.1), and what PySNMP and Net-SNMP's tools make of it.
//!
//! The grammar is here once; PySNMP, what Net-SNMP's tools print by, and what they read by differ in what they accept, in what
//! they take for a mark, and in what they do without a length.

/// One octet-format specification of a hint.
#[derive(Clone, Copy)]
pub(super) struct Part {
    pub(super) repeat: bool,
    /// The number of octets; `None` where it is not said.
    pub(super) length: Option<usize>,
    pub(super) format: u8,
    pub(super) separator: Option<u8>,
    pub(super) terminator: Option<u8>,
}

impl Part {
    /// The first specification of a hint as PySNMP has it, and what follows it; `None` when there is none.
    ///
    /// A length may be 0, or be left out: then it is all that is left. Only what is repeated has a terminator, which may be
    /// any octet, and takes the place of the separator.
    pub(super) fn pysnmp(hint: &[u8]) -> Option<(Self, &[u8])> {
        let (written, rest) = Written::split(hint, |_, _| true, |written, _| written.repeat);
        if !matches!(written.format, b'a' | b't' | b'x' | b'd' | b'o') {
            return None;
        }
        let length = match written.length {
            Length::Unsaid => None,
            Length::Octets(length) => Some(length),
            Length::Endless => return None,
        };
        let mut part = written.with_length(length);
        part.separator = part.separator.filter(|_| part.terminator.is_none());
        Some((part, rest))
    }

    /// As [`pysnmp`](Self::pysnmp), but as Net-SNMP's tools print by it.
    ///
    /// Here any format will do, even none, and any length: 0 is as good as none. Without one, the letter of a number's
    /// format is no mark, but begins the next specification.
    pub(super) fn printed(hint: &[u8]) -> (Self, &[u8]) {
        let begins_next = |written: &Written, octet| match octet {
            b'x' | b'd' | b'o' => matches!(written.length, Length::Unsaid | Length::Octets(0)),
            _ => begins(octet),
        };
        let is_mark = |written: &Written, octet| !begins_next(written, octet);
        let (written, rest) = Written::split(hint, is_mark, is_mark);
        let length = match written.length {
            Length::Unsaid | Length::Octets(0) => None,
            Length::Octets(length) => Some(length),
            Length::Endless => Some(usize::MAX),
        };
        (written.with_length(length), rest)
    }

    /// As [`pysnmp`](Self::pysnmp), but as Net-SNMP's tools read by it.
    ///
    /// Only what is repeated can do without a length, and none is longer than a string of SNMP. `t` is not known.
    pub(super) fn scanned(hint: &[u8]) -> Option<(Self, &[u8])> {
        let is_mark = |_: &Written, octet| !begins(octet);
        let (written, rest) = Written::split(hint, is_mark, is_mark);
        let length = match written.length {
            Length::Unsaid if written.repeat => None,
            Length::Octets(length @ ..=0xffff) => Some(length),
            _ => return None,
        };
        let part = written.with_length(length);
        matches!(part.format, b'a' | b'x' | b'd' | b'o').then_some((part, rest))
    }
}

/// How many octets a specification takes, as it is written.
#[derive(Clone, Copy)]
enum Length {
    Unsaid,
    Octets(usize),
    /// More than can be counted.
    Endless,
}

impl Length {
    /// What the digits say that a text begins with, and what follows them.
    #[inline]
    fn split(text: &[u8]) -> (Self, &[u8]) {
        let (mut length, mut rest) = (Self::Unsaid, text);
        while let [digit @ b'0'..=b'9', behind @ ..] = rest {
            let longer = match length {
                Self::Unsaid => Some(0),
                Self::Octets(length) => length.checked_mul(10),
                Self::Endless => None,
            };
            let longer = longer.and_then(|longer| longer.checked_add((digit - b'0').into()));
            length = longer.map_or(Self::Endless, Self::Octets);
            rest = behind;
        }
        (length, rest)
    }
}

/// One octet-format specification as it is written.
struct Written {
    repeat: bool,
    length: Length,
    /// 0 where the hint ends before it.
    format: u8,
    separator: Option<u8>,
    terminator: Option<u8>,
}

impl Written {
    /// `[*] [length] format [separator [terminator]]`, and what follows. Whether an octet is a mark is asked with what stands
    /// before it; what begins a specification never separates.
    #[inline]
    fn split(
        hint: &[u8],
        separates: impl Fn(&Self, u8) -> bool,
        terminates: impl Fn(&Self, u8) -> bool,
    ) -> (Self, &[u8]) {
        let (repeat, hint) = match hint {
            [b'*', rest @ ..] => (true, rest),
            _ => (false, hint),
        };
        let (length, hint) = Length::split(hint);
        let (format, mut rest) = match hint {
            [format, rest @ ..] => (*format, rest),
            [] => (0, hint),
        };
        let mut written = Self {
            repeat,
            length,
            format,
            separator: None,
            terminator: None,
        };
        if let [mark, behind @ ..] = rest
            && !begins(*mark)
            && separates(&written, *mark)
        {
            (written.separator, rest) = (Some(*mark), behind);
            if let [mark, behind @ ..] = rest
                && terminates(&written, *mark)
            {
                (written.terminator, rest) = (Some(*mark), behind);
            }
        }
        (written, rest)
    }

    fn with_length(self, length: Option<usize>) -> Part {
        Part {
            repeat: self.repeat,
            length,
            format: self.format,
            separator: self.separator,
            terminator: self.terminator,
        }
    }
}

/// Whether a specification can begin with the octet.
const fn begins(octet: u8) -> bool {
    matches!(octet, b'*' | b'0'..=b'9')
}

/// The specifications of a hint as PySNMP has them, which starts again at its end.
pub(super) struct Parts<'h> {
    hint: &'h [u8],
    rest: &'h [u8],
    /// The only one, where there is no other.
    only: Option<Part>,
}

impl<'h> Parts<'h> {
    pub(super) const fn new(hint: &'h str) -> Self {
        Self {
            hint: hint.as_bytes(),
            rest: hint.as_bytes(),
            only: None,
        }
    }

    /// The next one; `None` where the hint makes no sense.
    #[inline]
    pub(super) fn next(&mut self) -> Option<Part> {
        if self.only.is_some() {
            return self.only;
        }
        let (part, rest) = Part::pysnmp(self.rest)?;
        if rest.is_empty() {
            self.only = Some(part).filter(|_| self.rest.len() == self.hint.len());
            self.rest = self.hint;
        } else {
            self.rest = rest;
        }
        Some(part)
    }
}

/// Whether PySNMP understands every specification of a hint, and octets are taken somewhere: where none are, none are
/// ever shown.
pub(super) fn is_sensible(mut hint: &[u8]) -> bool {
    let mut takes = false;
    while !hint.is_empty() {
        match Part::pysnmp(hint) {
            Some((part, rest)) => {
                takes |= part.repeat || part.length != Some(0);
                hint = rest;
            }
            None => return false,
        }
    }
    takes
}

/// The format of an integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum IntegerFormat {
    /// With so many decimal places.
    Decimal(u16),
    Hexadecimal,
    Octal,
    Binary,
}

impl IntegerFormat {
    /// As PySNMP has it; `None` when the hint is another.
    pub(super) fn pysnmp(hint: &str) -> Option<Self> {
        match letter(hint)? {
            ('d', "") => Some(Self::Decimal(0)),
            ('d', rest) => places(rest)?.parse().ok().map(Self::Decimal),
            ('x', "") => Some(Self::Hexadecimal),
            ('o', "") => Some(Self::Octal),
            ('b', "") => Some(Self::Binary),
            _ => None,
        }
    }

    /// As Net-SNMP's tools print by it: what follows does not count, and any other hint is for a plain number.
    pub(super) fn printed(hint: &str) -> Self {
        match letter(hint) {
            Some(('d', rest)) => {
                let places = places(rest).unwrap_or_default();
                let digits = places.bytes().take_while(u8::is_ascii_digit).count();
                let places = places[..digits].parse().ok();
                // Beyond that the number stands for itself.
                Self::Decimal(places.filter(|&places| places <= 255).unwrap_or(0))
            }
            Some(('x', _)) => Self::Hexadecimal,
            Some(('o', _)) => Self::Octal,
            Some(('b', _)) => Self::Binary,
            _ => Self::Decimal(0),
        }
    }
}

/// The letter of an integer's format, and what follows it.
fn letter(hint: &str) -> Option<(char, &str)> {
    let mut rest = hint.chars();
    Some((rest.next()?, rest.as_str()))
}

/// The number of decimal places, as it is written behind `d`.
fn places(rest: &str) -> Option<&str> {
    rest.strip_prefix('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A specification in words, and what follows it.
    fn shown((part, rest): (Part, &[u8])) -> String {
        let length = part
            .length
            .map_or_else(|| "-".to_owned(), |it| it.to_string());
        let mark = |mark: Option<u8>| mark.map_or('-', char::from);
        format!(
            "{}{length} {} {} {} {}",
            if part.repeat { "*" } else { "" },
            char::from(part.format),
            mark(part.separator),
            mark(part.terminator),
            String::from_utf8_lossy(rest)
        )
    }

    #[test]
    fn each_reads_a_specification_by_its_rules() {
        // (hint, as PySNMP has it, as Net-SNMP prints by it, as it reads by it)
        let none = "";
        for (hint, pysnmp, printed, scanned) in [
            ("1x:2d", "1 x : - 2d", "1 x : - 2d", "1 x : - 2d"),
            ("1x*1d", "1 x - - *1d", "1 x - - *1d", "1 x - - *1d"),
            ("255t", "255 t - - ", "255 t - - ", none),
            ("1d.-", "1 d . - -", "1 d . - ", "1 d . - "),
            ("*1d./1a", "*1 d - / 1a", "*1 d . / 1a", "*1 d . / 1a"),
            ("*1d.2a", "*1 d - 2 a", "*1 d . - 2a", "*1 d . - 2a"),
            ("*x:", "*- x : - ", "*- x : - ", "*- x : - "),
            ("dx", "- d x - ", "- d - - x", none),
            ("0a[1x", "0 a [ - 1x", "- a [ - 1x", "0 a [ - 1x"),
            ("1z", none, "1 z - - ", none),
            ("65536d", "65536 d - - ", "65536 d - - ", none),
        ] {
            let read = |found: Option<_>| found.map_or_else(String::new, shown);
            assert_eq!(read(Part::pysnmp(hint.as_bytes())), pysnmp, "{hint}");
            assert_eq!(shown(Part::printed(hint.as_bytes())), printed, "{hint}");
            assert_eq!(read(Part::scanned(hint.as_bytes())), scanned, "{hint}");
        }
        let huge = b"99999999999999999999d";
        assert!(Part::pysnmp(huge).is_none() && Part::scanned(huge).is_none());
        assert_eq!(Part::printed(huge).0.length, Some(usize::MAX));
    }

    #[test]
    fn the_format_of_an_integer_is_exact_for_pysnmp_alone() {
        use IntegerFormat::{Binary, Decimal, Hexadecimal, Octal};
        for (hint, pysnmp, printed) in [
            ("d", Some(Decimal(0)), Decimal(0)),
            ("d-2", Some(Decimal(2)), Decimal(2)),
            ("d-2x", None, Decimal(2)),
            ("d-256", Some(Decimal(256)), Decimal(0)),
            ("d2", None, Decimal(0)),
            ("x", Some(Hexadecimal), Hexadecimal),
            ("x1", None, Hexadecimal),
            ("o", Some(Octal), Octal),
            ("b", Some(Binary), Binary),
            ("1d", None, Decimal(0)),
            ("", None, Decimal(0)),
        ] {
            assert_eq!(IntegerFormat::pysnmp(hint), pysnmp, "{hint}");
            assert_eq!(IntegerFormat::printed(hint), printed, "{hint}");
        }
    }
}
