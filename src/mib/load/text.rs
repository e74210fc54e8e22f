//! What is done with the text of a module before it is parsed.

/// A line, counted from 1, whose comment went on after a second pair of hyphens.
pub(super) type Line = usize;

/// The names of the modules in a text, found without parsing: what stands before `DEFINITIONS ::=`.
pub(super) fn heads(text: &[u8]) -> Vec<String> {
    const WORD: &[u8] = b"DEFINITIONS";
    let mut names = Vec::new();
    let mut from = 0;
    while let Some(at) = find(&text[from..], WORD).map(|at| from + at) {
        from = at + WORD.len();
        let begins = text[from..].trim_ascii_start().starts_with(b"::=");
        if let Some(name) = begins.then(|| last_word(&text[..at])).flatten() {
            names.push(name);
        }
    }
    names
}

fn find(text: &[u8], word: &[u8]) -> Option<usize> {
    let &first = word.first()?;
    let mut from = 0;
    loop {
        let at = from + text.get(from..)?.iter().position(|&octet| octet == first)?;
        if text[at..].starts_with(word) {
            return Some(at);
        }
        from = at + 1;
    }
}

/// The name at the end of a text, or before an OBJECT IDENTIFIER value there.
fn last_word(text: &[u8]) -> Option<String> {
    let mut text = text.trim_ascii_end();
    if text.ends_with(b"}") {
        let open = text.iter().rposition(|&octet| octet == b'{')?;
        text = text[..open].trim_ascii_end();
    }
    let is_part = |octet: &u8| octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'_' | b'.');
    let start = text
        .iter()
        .rposition(|octet| !is_part(octet))
        .map_or(0, |at| at + 1);
    let name = std::str::from_utf8(&text[start..]).ok()?;
    (!name.is_empty()).then(|| name.to_owned())
}

/// Where the scan is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Code,
    Text,
    Comment,
}

/// The deepest nesting of brackets outside strings and comments, and the line where it is reached.
pub(super) fn deepest_nesting(text: &[u8]) -> (usize, Line) {
    let (mut depth, mut deepest, mut line) = (0_usize, (0, 1), 1);
    scan(text, |at, state, _| {
        let octet = text[at];
        line += usize::from(octet == b'\n');
        if state != State::Code {
            return;
        }
        match octet {
            b'{' | b'(' => depth += 1,
            // Tags are not nested, but what they tag is.
            b'[' => depth += 1,
            b'}' | b')' => depth = depth.saturating_sub(1),
            b';' | b'"' | b'=' => depth = 0,
            _ => {}
        }
        if depth > deepest.0 {
            deepest = (depth, line);
        }
    });
    deepest
}

/// Blanks whole-line comments that hold a second pair of hyphens with words behind it.
///
/// By ASN.1 the comment ends there, and the words would be read as definitions. Where a line begins with the comment,
/// nobody means that.
pub(super) fn close_comments(text: &mut [u8]) -> Vec<Line> {
    let mut ends = Vec::new();
    let (mut line, mut line_start) = (1, 0);
    let mut blank_until = 0;
    scan(text, |at, state, opened| {
        if text[at] == b'\n' {
            line += 1;
            line_start = at + 1;
        }
        if at < blank_until || state != State::Comment || !opened {
            return;
        }
        if !text[line_start..at].trim_ascii().is_empty() {
            return;
        }
        let length = text[at..]
            .iter()
            .position(|&octet| octet == b'\n')
            .unwrap_or(text.len() - at);
        let comment = &text[at + 2..at + length];
        let Some(second) = find(comment, b"--") else {
            return;
        };
        if comment[second..].iter().any(u8::is_ascii_alphanumeric) {
            blank_until = at + length;
            ends.push((line, at, at + length));
        }
    });
    let mut lines = Vec::new();
    for (line, start, end) in ends {
        text[start..end].fill(b' ');
        lines.push(line);
    }
    lines
}

/// Calls `visit` with every position, what it is part of, and whether a comment opens there.
fn scan(text: &[u8], mut visit: impl FnMut(usize, State, bool)) {
    let mut state = State::Code;
    let mut at = 0;
    while at < text.len() {
        let pair = text[at..].starts_with(b"--");
        match state {
            State::Code if pair => {
                state = State::Comment;
                visit(at, state, true);
                visit(at + 1, state, false);
                at += 2;
                continue;
            }
            State::Code if text[at] == b'"' => state = State::Text,
            State::Text if text[at] == b'"' => {
                visit(at, State::Code, false);
                state = State::Code;
                at += 1;
                continue;
            }
            State::Comment if text[at] == b'\n' => state = State::Code,
            State::Comment if pair => {
                visit(at, state, false);
                visit(at + 1, state, false);
                state = State::Code;
                at += 2;
                continue;
            }
            _ => {}
        }
        visit(at, state, false);
        at += 1;
    }
}
