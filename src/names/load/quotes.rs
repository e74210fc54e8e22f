//! Quotation marks that do not pair.
//!
//! A mark too many, or one that is missing, turns strings inside out from there to the end of the file. Where a string
//! may begin and what may follow it is known, though: it stands behind `DESCRIPTION` and the like, or in the braces of a
//! DEFVAL, and before another clause or `::=`. A text whose marks stand in no other places is not touched.

use std::cell::Cell;

use super::error::LeniencyKind;
use super::notes::Note;
use super::repair::{ACCESSES, CLAUSES, MACROS, STATUSES, known};
use super::text::comment_end;
use super::tokens::{is_part, word_end};

/// Clauses that are a text.
const TEXTS: [&str; 9] = [
    "UNITS",
    "DESCRIPTION",
    "REFERENCE",
    "LAST-UPDATED",
    "ORGANIZATION",
    "CONTACT-INFO",
    "REVISION",
    "DISPLAY-HINT",
    "PRODUCT-RELEASE",
];

/// What else may follow a text.
const BEHIND: [&str; 6] = [
    "END",
    "INCLUDES",
    "VARIATION",
    "WRITE-SYNTAX",
    "CREATION-REQUIRES",
    "DEFINITIONS",
];

/// How often each octet of a text may be looked at again.
const MOST_LOOKS: usize = 16;

/// A text whose quotation marks pair.
#[derive(Debug)]
pub(super) struct Paired {
    pub(super) text: Vec<u8>,
    pub(super) notes: Vec<Note>,
}

/// What stands for a quotation mark within a text.
const INNER: u8 = b'\'';

/// What is done to a place of the text.
#[derive(Clone, Copy, Debug)]
enum Edit {
    /// A mark that begins and ends nothing, replaced by this.
    Stray(u8),
    /// A mark is missing before it.
    Missing,
}

/// What stands before a place, for a quotation mark there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Keyword,
    Brace,
    Other,
}

/// Pairs the quotation marks of a text. `None` if there is nothing to mend, or no way to do it.
pub(super) fn pair(text: &[u8]) -> Option<Paired> {
    let mut pairing = Pairing {
        text,
        edits: Vec::new(),
        looks: Cell::new(text.len().saturating_mul(MOST_LOOKS)),
    };
    pairing.run()?;
    let (mut mended, mut notes) = (Vec::with_capacity(text.len()), Vec::new());
    let (mut copied, mut line) = (0, 1);
    for &(at, edit) in &pairing.edits {
        let before = text.get(copied..at)?;
        mended.extend_from_slice(before);
        line += before.iter().filter(|&&octet| octet == b'\n').count();
        copied = at;
        let what = match edit {
            Edit::Stray(octet) => {
                mended.push(octet);
                copied += 1;
                match octet {
                    INNER => "a quotation mark within a text is read as an apostrophe",
                    _ => "a quotation mark that begins no text is left out",
                }
            }
            Edit::Missing => {
                mended.push(b'"');
                "the quotation mark behind a text is missing"
            }
        };
        notes.push(Note::new(line, LeniencyKind::Syntax, what));
    }
    mended.extend_from_slice(text.get(copied..)?);
    (!notes.is_empty()).then_some(Paired {
        text: mended,
        notes,
    })
}

struct Pairing<'a> {
    text: &'a [u8],
    /// In the order of their places.
    edits: Vec<(usize, Edit)>,
    /// How many octets may be looked at again.
    looks: Cell<usize>,
}

impl Pairing<'_> {
    /// Goes through all the text. `None` if that takes too long.
    fn run(&mut self) -> Option<()> {
        let text = self.text;
        let (mut at, mut before, mut in_default) = (0, Before::Other, false);
        while let Some(&octet) = text.get(at) {
            let start = at;
            at += 1;
            before = match octet {
                octet if octet.is_ascii_whitespace() => continue,
                b'-' if text.get(at) == Some(&b'-') => {
                    at = comment_end(text, at + 1);
                    continue;
                }
                b'"' if before == Before::Other => {
                    self.edits.push((start, Edit::Stray(b' ')));
                    continue;
                }
                b'"' => {
                    at = self.string(start, before == Before::Brace)?;
                    Before::Other
                }
                octet if is_part(octet) => {
                    at = word_end(text, at);
                    match &text[start..at] {
                        b"MACRO" => {
                            at = self.macro_end(at);
                            Before::Other
                        }
                        b"DEFVAL" => {
                            in_default = true;
                            Before::Keyword
                        }
                        word if is_keyword(word) => Before::Keyword,
                        _ => Before::Other,
                    }
                }
                b'{' | b',' if in_default => Before::Brace,
                b'}' => {
                    in_default = false;
                    Before::Other
                }
                _ => Before::Other,
            };
        }
        Some(())
    }

    /// Where the body of a macro ends: in it, quotation marks stand around the words of the macro.
    fn macro_end(&self, mut at: usize) -> usize {
        while let Some(&octet) = self.text.get(at) {
            let start = at;
            at += 1;
            if is_part(octet) {
                at = word_end(self.text, at);
                if &self.text[start..at] == b"END" {
                    break;
                }
            }
        }
        at
    }

    /// Finds the end of the string that begins at `open`. Returns where to go on, or `None` if that takes too long.
    fn string(&mut self, open: usize, in_braces: bool) -> Option<usize> {
        let text = self.text;
        let first_edit = self.edits.len();
        let mut at = open + 1;
        loop {
            let length = text[at..].iter().position(|&octet| octet == b'"');
            let Some(mark) = length.map(|length| at + length) else {
                // There is no other mark: it ends before something that no text is.
                let end = self.end_before(open, text.len()).unwrap_or(text.len());
                return self.close(first_edit, end, text.len());
            };
            let ends = self.may_end(mark + 1, in_braces);
            if let Some(keyword) = self.keyword_before(open, mark) {
                let has_assign = || text[open..mark].windows(2).any(|pair| pair == b":=");
                if !ends || begins_line(text, keyword) || has_assign() {
                    // This mark begins another text, so the one before has ended.
                    let end = self.end_before(open, keyword).unwrap_or(keyword);
                    return self.close(first_edit, end, mark);
                }
            }
            if ends {
                return Some(mark + 1);
            }
            if self.looks.get() == 0 {
                return None;
            }
            self.edits.push((mark, Edit::Stray(INNER)));
            at = mark + 1;
        }
    }

    /// Puts the mark that is missing behind the last word before `end`, in the place of what was found from there to
    /// `looked_at`. Returns where to go on, as [`string`](Self::string) does.
    fn close(&mut self, first_edit: usize, end: usize, looked_at: usize) -> Option<usize> {
        self.look(looked_at - end);
        let blanks = self.text[..end].iter().rev();
        let place = end
            - blanks
                .take_while(|octet| octet.is_ascii_whitespace())
                .count();
        let mut kept = self.edits.split_off(first_edit);
        kept.retain(|&(at, _)| at < place);
        self.edits.append(&mut kept);
        self.edits.push((place, Edit::Missing));
        (self.looks.get() > 0).then_some(end)
    }

    /// Counts octets that are looked at again.
    fn look(&self, octets: usize) {
        self.looks.set(self.looks.get().saturating_sub(octets));
    }

    /// Whether what stands at `at` may follow a text.
    fn may_end(&self, at: usize, in_braces: bool) -> bool {
        let (place, word) = self.token(at);
        if word.is_empty() {
            return match self.text.get(place) {
                None => true,
                Some(b':') => [&b"::="[..], b":="]
                    .iter()
                    .any(|assign| self.text[place..].starts_with(assign)),
                Some(b'}' | b',') => in_braces,
                Some(_) => false,
            };
        }
        if in_braces {
            return false;
        }
        if CLAUSES.contains(&word) || BEHIND.contains(&word) {
            return true;
        }
        let (place, next) = self.token(place + word.len());
        let behind = self.token(place + next.len()).1;
        MACROS.contains(&next)
            || next == "MACRO"
            || (next, behind) == ("OBJECT", "IDENTIFIER")
            || (next.is_empty() && self.text[place..].starts_with(b"::="))
    }

    /// The next word, or mark, and where it begins.
    fn token(&self, start: usize) -> (usize, &str) {
        let mut at = start;
        let word = loop {
            at = match self.text.get(at) {
                Some(octet) if octet.is_ascii_whitespace() => at + 1,
                Some(b'-') if self.text.get(at + 1) == Some(&b'-') => {
                    comment_end(self.text, at + 2)
                }
                Some(&octet) if is_part(octet) => {
                    break &self.text[at..word_end(self.text, at + 1)];
                }
                _ => break &[],
            };
        };
        self.look(at - start + word.len());
        (at, std::str::from_utf8(word).unwrap_or_default())
    }

    /// Where the keyword of a text stands, if it is right before `mark` and behind `open`.
    fn keyword_before(&self, open: usize, mark: usize) -> Option<usize> {
        let between = &self.text[open + 1..mark];
        let trimmed = between.trim_ascii_end();
        let word = trimmed
            .iter()
            .rev()
            .take_while(|&&octet| is_part(octet))
            .count();
        let start = trimmed.len() - word;
        let is_apart = trimmed.len() < between.len()
            && start
                .checked_sub(1)
                .is_some_and(|at| trimmed[at].is_ascii_whitespace());
        let is_text = TEXTS
            .iter()
            .any(|text| text.as_bytes() == &trimmed[start..]);
        (is_apart && is_text).then_some(open + 1 + start)
    }

    /// The first place behind `open` and before `limit` that begins what cannot be part of a text.
    fn end_before(&self, open: usize, limit: usize) -> Option<usize> {
        let mut at = open + 1;
        while at < limit {
            let start = at;
            let rest = &self.text[start..limit];
            at += 1;
            if rest.starts_with(b"::=") || rest.starts_with(b":=") {
                return Some(start);
            }
            if !is_part(rest[0]) || is_part(self.text[start - 1]) {
                continue;
            }
            let (_, word) = self.token(start);
            at = start + word.len().max(1);
            let next = self.token(at).1;
            let is_clause = match word {
                "STATUS" => known(next, &STATUSES).is_some(),
                "ACCESS" | "MAX-ACCESS" | "MIN-ACCESS" => known(next, &ACCESSES).is_some(),
                "END" => begins_line(self.text, start),
                _ => {
                    begins_line(self.text, start)
                        && (CLAUSES.contains(&word) || MACROS.contains(&next))
                }
            };
            if is_clause {
                return Some(start);
            }
        }
        None
    }
}

/// Whether a string may follow: the keyword of a text, or a word in capitals that begins like one.
fn is_keyword(word: &[u8]) -> bool {
    let in_capitals = word
        .iter()
        .all(|octet| octet.is_ascii_uppercase() || *octet == b'-');
    let is_like = |text: &&str| word.starts_with(&text.as_bytes()[..3]);
    in_capitals && TEXTS.iter().any(is_like)
}

/// Whether nothing stands before `at` on its line.
fn begins_line(text: &[u8], at: usize) -> bool {
    let before = text[..at].iter().rev();
    let mut before = before.skip_while(|&&octet| octet != b'\n' && octet.is_ascii_whitespace());
    before.next().is_none_or(|&octet| octet == b'\n')
}
