//! The form of a DISPLAY-HINT for octets (RFC 2579 section 3.1), as PySNMP reads it.

/// One octet-format specification of a hint.
#[derive(Clone, Copy)]
pub(super) struct Part {
    pub(super) repeat: bool,
    /// The number of octets, which may be none; all that are left where it is not said.
    pub(super) length: Option<usize>,
    pub(super) format: u8,
    pub(super) separator: Option<u8>,
    pub(super) terminator: Option<u8>,
}

impl Part {
    /// The first specification of a hint and what follows it; `None` when there is none.
    pub(super) fn split(hint: &[u8]) -> Option<(Self, &[u8])> {
        let (repeat, length, hint) = split_head(hint);
        let length = match length {
            [] => None,
            digits => {
                let length = digits.iter().try_fold(0_usize, |length, digit| {
                    length.checked_mul(10)?.checked_add((digit - b'0').into())
                });
                Some(length?)
            }
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

/// Whether the first specification of a hint begins with the `*` that repeats it, the digits of its length, and what
/// follows them. What lengths and the rest may be is not the same for PySNMP and Net-SNMP.
pub(super) fn split_head(hint: &[u8]) -> (bool, &[u8], &[u8]) {
    let (repeat, hint) = match hint {
        [b'*', rest @ ..] => (true, rest),
        _ => (false, hint),
    };
    let digits = hint
        .iter()
        .take_while(|octet| octet.is_ascii_digit())
        .count();
    let (digits, hint) = hint.split_at(digits);
    (repeat, digits, hint)
}

/// The specifications of a hint, which starts again at its end.
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
        let (part, rest) = Part::split(self.rest)?;
        if rest.is_empty() {
            self.only = Some(part).filter(|_| self.rest.len() == self.hint.len());
            self.rest = self.hint;
        } else {
            self.rest = rest;
        }
        Some(part)
    }
}

/// Whether every specification of a hint can be understood, and octets are taken somewhere: where none are, none are
/// ever shown.
pub(super) fn is_sensible(mut hint: &[u8]) -> bool {
    let mut takes = false;
    while !hint.is_empty() {
        match Part::split(hint) {
            Some((part, rest)) => {
                takes |= part.repeat || part.length != Some(0);
                hint = rest;
            }
            None => return false,
        }
    }
    takes
}
