//! A DEFVAL of a definition that is not in order.

use std::ops::Range;

use super::repair::{is_name, is_number};
use super::tokens::{Kind, Tokens};

/// The part behind DEFVAL, if it has one of the forms of RFC 2578 section 7.9, which the parser takes. `stand_in` gives the
/// name for a label that may be none.
pub(super) fn defval(
    tokens: &Tokens<'_>,
    part: Range<usize>,
    stand_in: impl FnMut(&str) -> Option<String>,
) -> Option<String> {
    let inner = braced(tokens, part)?;
    let value = match tokens.get(inner.start)?.kind {
        Kind::Text => Some(tokens.raw(inner.clone()).to_owned()).filter(|_| inner.len() == 1),
        Kind::Word => word(tokens, inner, stand_in),
        Kind::Mark(b'\'') => digits(tokens, inner),
        Kind::Mark(b'{') => list(tokens, braced(tokens, inner)?, stand_in),
        Kind::Mark(_) | Kind::Assign => None,
    }?;
    // Text that is not UTF-8 has come out empty.
    (!value.is_empty()).then(|| format!("{{ {value} }}"))
}

/// What stands in the braces that are all of a part.
fn braced(tokens: &Tokens<'_>, part: Range<usize>) -> Option<Range<usize>> {
    let last = part.end.checked_sub(1).filter(|last| *last > part.start)?;
    let are_there = tokens.is(part.start, Kind::Mark(b'{')) && tokens.is(last, Kind::Mark(b'}'));
    are_there.then_some(part.start + 1..last)
}

/// A number, or a label or name.
fn word(
    tokens: &Tokens<'_>,
    part: Range<usize>,
    mut stand_in: impl FnMut(&str) -> Option<String>,
) -> Option<String> {
    // A label that is no name may have several words.
    match tokens.raw(part) {
        number if is_number(number) => Some(number.to_owned()),
        label => stand_in(label),
    }
}

/// `'0f'H` or `'0101'B`.
fn digits(tokens: &Tokens<'_>, part: Range<usize>) -> Option<String> {
    let closing = part.end.checked_sub(2).filter(|at| *at > part.start)?;
    let is_radix = matches!(tokens.word(closing + 1), "H" | "h" | "B" | "b");
    let digits: Vec<&str> = tokens.words(part.start + 1..closing).collect();
    let are_all = digits.len() == closing - part.start - 1;
    (is_radix && are_all && tokens.is(closing, Kind::Mark(b'\'')))
        .then(|| format!("'{}'{}", digits.concat(), tokens.word(closing + 1)))
}

/// Labels of bits between commas, or the names and numbers of an OBJECT IDENTIFIER.
fn list(
    tokens: &Tokens<'_>,
    part: Range<usize>,
    mut stand_in: impl FnMut(&str) -> Option<String>,
) -> Option<String> {
    let has_comma = part.clone().any(|at| tokens.is(at, Kind::Mark(b',')));
    let mut list: Vec<String> = Vec::new();
    if has_comma || part.len() < 2 {
        let mut start = part.start;
        while start < part.end {
            let comma = (start..part.end).find(|&at| tokens.is(at, Kind::Mark(b',')));
            let end = comma.unwrap_or(part.end);
            // A comma too many says nothing.
            if start < end {
                list.push(stand_in(tokens.raw(start..end))?);
            }
            start = end + 1;
        }
        return Some(format!("{{ {} }}", list.join(", ")));
    }
    let mut at = part.start;
    while at < part.end {
        let word = tokens.word(at);
        let mark = |at, mark| tokens.is(at, Kind::Mark(mark));
        let number = tokens.word(at + 2);
        let is_numbered = mark(at + 1, b'(') && is_number(number) && mark(at + 3, b')');
        if is_numbered && is_name(word) {
            list.push(format!("{word}({number})"));
            at += 4;
        } else if is_name(word) || is_number(word) {
            list.push(word.to_owned());
            at += 1;
        } else {
            return None;
        }
    }
    Some(format!("{{ {} }}", list.join(" ")))
}
