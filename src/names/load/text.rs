//! What is done with the text of a module before it is parsed.

use std::ops::Range;

use super::tokens::{is_part, word_end};

/// A line, counted from 1.
pub(super) type Line = usize;

/// The names of the modules in a text, found without parsing: what stands before `DEFINITIONS ::=`.
pub(super) fn heads(text: &[u8]) -> Vec<String> {
    let name = |head: Head| {
        std::str::from_utf8(&text[head.name])
            .ok()
            .map(str::to_owned)
    };
    head_places(text).filter_map(name).collect()
}

/// Where a module begins.
struct Head {
    name: Range<usize>,
    /// What stands between `DEFINITIONS` and `::=`, if that is more than comments.
    tags: Option<Range<usize>>,
    /// Where `::=` stands.
    assign: usize,
}

/// Where those names stand.
fn head_places(text: &[u8]) -> impl Iterator<Item = Head> {
    let mut from = 0;
    std::iter::from_fn(move || {
        while let Some(at) = definitions(&text[from..]).map(|at| from + at) {
            from = at + WORD.len();
            if let Some((assign, has_tags)) = after_tags(text, from) {
                let start = at.saturating_sub(LONGEST_HEAD);
                if let Some(place) = last_word(&text[start..at]) {
                    return Some(Head {
                        name: start + place.start..start + place.end,
                        tags: has_tags.then_some(from..assign),
                        assign,
                    });
                }
            }
        }
        None
    })
}

const WORD: &[u8; 11] = b"DEFINITIONS";

/// How much is looked at on either side of the word: a name and an OBJECT IDENTIFIER value, or the words of a tag default
/// with a comment, are shorter.
const LONGEST_HEAD: usize = 512;

/// What ASN.1 allows before `::=`: how its types are tagged, and extended.
const TAGS: [&[u8]; 6] = [
    b"IMPLICIT",
    b"EXPLICIT",
    b"AUTOMATIC",
    b"TAGS",
    b"EXTENSIBILITY",
    b"IMPLIED",
];

/// Where `::=` stands, if nothing but comments and the words of a tag default is before it, and whether there are any of
/// these.
fn after_tags(text: &[u8], start: usize) -> Option<(usize, bool)> {
    let (mut at, mut has_tags) = (start, false);
    while at < start + LONGEST_HEAD {
        let rest = text.get(at..)?;
        if rest.starts_with(b"::=") {
            return Some((at, has_tags));
        }
        at = match rest.first()? {
            octet if octet.is_ascii_whitespace() => at + 1,
            b'-' if rest.get(1) == Some(&b'-') => comment_end(text, at + 2),
            &octet if is_part(octet) => {
                let end = word_end(text, at + 1);
                let is_known = |word: &&[u8]| word.eq_ignore_ascii_case(&text[at..end]);
                has_tags = TAGS.iter().any(is_known);
                has_tags.then_some(end)?
            }
            _ => return None,
        };
    }
    None
}

/// Blanks what stands between `DEFINITIONS` and `::=`. Returns the lines where that begins.
fn blank_tags(text: &mut [u8]) -> Vec<Line> {
    let heads: Vec<Head> = head_places(text).collect();
    let (mut from, mut line) = (0, 1);
    let mut blanked = Vec::new();
    for tags in heads.into_iter().filter_map(|head| head.tags) {
        line += newlines(&text[from..tags.start]);
        from = tags.start;
        blanked.push(line);
        blank_out(&mut text[tags]);
    }
    blanked
}

/// Blanks the EXPORTS, which may stand before the IMPORTS in ASN.1 and mean nothing to a MIB.
fn blank_exports(text: &mut [u8]) {
    let heads: Vec<Head> = head_places(text).collect();
    for head in heads {
        let begin = after_space(text, head.assign + b"::=".len());
        let end = word_end(text, begin);
        let start = after_space(text, end);
        let keyword = word_end(text, start);
        if &text[begin..end] != b"BEGIN" || &text[start..keyword] != b"EXPORTS" {
            continue;
        }
        let mut at = after_space(text, keyword);
        // Whatever else stands there, the clause is not in order.
        while text
            .get(at)
            .is_some_and(|&octet| is_part(octet) || octet == b',')
        {
            at = after_space(text, word_end(text, at + 1));
        }
        if text.get(at) == Some(&b';') {
            blank_out(&mut text[start..=at]);
        }
    }
}

/// Where white space and comments end that begin at `at`.
fn after_space(text: &[u8], mut at: usize) -> usize {
    while let Some(octet) = text.get(at) {
        at = match octet {
            octet if octet.is_ascii_whitespace() => at + 1,
            b'-' if text.get(at + 1) == Some(&b'-') => comment_end(text, at + 2),
            _ => break,
        };
    }
    at
}

fn blank_out(text: &mut [u8]) {
    for octet in text {
        if *octet != b'\n' {
            *octet = b' ';
        }
    }
}

/// How far the word can be moved on when this octet stands below its end (Horspool's search): a directory's worth of
/// text is looked through for one module.
const SHIFTS: [u8; 256] = {
    let mut shifts = [WORD.len() as u8; 256];
    let mut at = 0;
    while at < WORD.len() - 1 {
        shifts[WORD[at] as usize] = (WORD.len() - 1 - at) as u8;
        at += 1;
    }
    shifts
};

fn definitions(text: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let window = text.get(at..at + WORD.len())?;
        if window == WORD {
            return Some(at);
        }
        at += usize::from(SHIFTS[usize::from(window[WORD.len() - 1])]);
    }
}

/// The name at the end of a text, or before an OBJECT IDENTIFIER value or comments there.
fn last_word(mut text: &[u8]) -> Option<Range<usize>> {
    loop {
        text = text.trim_ascii_end();
        let line = text.iter().rposition(|&octet| octet == b'\n');
        let line = line.map_or(0, |at| at + 1);
        match text[line..].windows(2).position(|pair| pair == b"--") {
            Some(comment) => text = &text[..line + comment],
            None => break,
        }
    }
    if text.ends_with(b"}") {
        let open = text.iter().rposition(|&octet| octet == b'{')?;
        text = text[..open].trim_ascii_end();
    }
    let is_part = |octet: &u8| octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'_' | b'.');
    let start = text
        .iter()
        .rposition(|octet| !is_part(octet))
        .map_or(0, |at| at + 1);
    (start < text.len()).then_some(start..text.len())
}

/// Blanks what stands before a module and is no comment: the letter that it came with, or a byte order mark. Returns
/// the lines where that begins.
fn blank_preambles(text: &mut [u8]) -> Vec<Line> {
    let heads: Vec<Range<usize>> = head_places(text).map(|head| head.name).collect();
    let (mut from, mut line) = (0, 1);
    let mut blanked = Vec::new();
    for (nth, head) in heads.into_iter().enumerate() {
        let between = &text[from..head.start];
        let last_line = between.iter().rposition(|&octet| octet == b'\n');
        let in_comment = between[last_line.map_or(0, |at| at + 1)..]
            .windows(2)
            .any(|pair| pair == b"--");
        let start = if nth == 0 {
            Some(from)
        } else {
            after_end(between).map(|at| from + at)
        };
        if let Some(start) = start.filter(|_| !in_comment) {
            let lines = text[start..head.start].split(|&octet| octet == b'\n');
            let is_foreign = |line: &[u8]| {
                let line = line.trim_ascii();
                !line.is_empty() && !line.starts_with(b"--")
            };
            let mut foreign = lines.enumerate().filter(|(_, line)| is_foreign(line));
            if let Some((nth, _)) = foreign.next() {
                blanked.push(line + newlines(&text[from..start]) + nth);
                blank_out(&mut text[start..head.start]);
            }
        }
        line += newlines(&text[from..head.end]);
        from = head.end;
    }
    blanked
}

/// What follows the last line that is nothing but `END`.
fn after_end(text: &[u8]) -> Option<usize> {
    let mut at = 0;
    let mut after = None;
    for line in text.split_inclusive(|&octet| octet == b'\n') {
        at += line.len();
        let code = line.windows(2).position(|pair| pair == b"--");
        if line[..code.unwrap_or(line.len())].trim_ascii() == b"END" {
            after = Some(at);
        }
    }
    after
}

fn newlines(text: &[u8]) -> usize {
    text.iter().filter(|&&octet| octet == b'\n').count()
}

const TAG_DEFAULT: &str = "what stands between DEFINITIONS and ::= is left out";
const PREAMBLE: &str = "text before the module is left out";
const LONG_COMMENT: &str = "text after the second pair of hyphens of a comment is left out";
const C_COMMENT: &str = "a comment as in C";

/// What was found in a text before it is parsed.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Prepared {
    /// What was blanked, and what is to be said of it.
    pub(super) blanked: Vec<(Line, &'static str)>,
    /// The deepest nesting of brackets outside strings and comments, and where it is reached.
    pub(super) depth: usize,
    pub(super) deepest: Line,
}

/// Blanks what a parser would read as definitions and nobody means so, and measures the nesting.
///
/// Those are: text before a module; the tag default behind its name and the EXPORTS, which mean nothing to a MIB; whole-line comments
/// that hold a second pair of hyphens with words behind it, where a comment ends by ASN.1; comments as in C, which later
/// versions of ASN.1 have; and control characters.
pub(super) fn prepare(text: &mut [u8]) -> Prepared {
    let tags = blank_tags(text);
    let preambles = blank_preambles(text);
    blank_exports(text);
    let tags = tags.into_iter().map(|line| (line, TAG_DEFAULT));
    let mut found = Prepared {
        blanked: preambles.into_iter().map(|line| (line, PREAMBLE)).collect(),
        ..Prepared::default()
    };
    found.blanked.extend(tags);
    let (mut line, mut blank, mut depth) = (1, true, 0_usize);
    let mut c_comments = true;
    let mut at = 0;
    while let Some(&octet) = text.get(at) {
        at += 1;
        match octet {
            b'\n' => {
                line += 1;
                blank = true;
                continue;
            }
            b' ' | b'\t' | b'\r' => continue,
            b'\0'..b' ' | 0x7f => {
                text[at - 1] = b' ';
                continue;
            }
            b'/' if c_comments && text.get(at) == Some(&b'*') => {
                let length = text[at + 1..].windows(2).position(|pair| pair == b"*/");
                let Some(length) = length else {
                    c_comments = false;
                    continue;
                };
                let end = at + 1 + length + 2;
                found.blanked.push((line, C_COMMENT));
                line += newlines(&text[at..end]);
                blank_out(&mut text[at - 1..end]);
                at = end;
                continue;
            }
            b'-' if text.get(at) == Some(&b'-') => {
                let start = at - 1;
                at = comment_end(text, at + 1);
                // Looked at once for each line, so that the work is in proportion to the text.
                if blank && text[at - 1] == b'-' && at >= start + 4 {
                    let rest = text[at..].iter().take_while(|&&octet| octet != b'\n');
                    if rest.clone().any(u8::is_ascii_alphanumeric) {
                        at += rest.count();
                        text[start..at].fill(b' ');
                        found.blanked.push((line, LONG_COMMENT));
                    }
                }
            }
            b'"' => {
                let rest = &text[at..];
                let length = rest.iter().position(|&octet| octet == b'"');
                let string = &rest[..length.unwrap_or(rest.len())];
                line += newlines(string);
                at += string.len() + 1;
                depth = 0;
            }
            // Tags are not nested, but what they tag is.
            b'{' | b'(' | b'[' => {
                depth += 1;
                if depth > found.depth {
                    (found.depth, found.deepest) = (depth, line);
                }
            }
            b'}' | b')' => depth = depth.saturating_sub(1),
            b';' | b'=' => depth = 0,
            _ => {}
        }
        blank = false;
    }
    found
}

/// Where a comment ends whose text begins at `at`: after the next pair of hyphens, or before the end of the line.
pub(super) fn comment_end(text: &[u8], mut at: usize) -> usize {
    while let Some(&octet) = text.get(at) {
        match octet {
            b'\n' => return at,
            b'-' if text.get(at + 1) == Some(&b'-') => return at + 2,
            _ => at += 1,
        }
    }
    at
}
