//! The words of a module's text, as far as mending it needs them.

use std::ops::Range;

use super::text::comment_end;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name, a keyword or a number.
    Word,
    /// A string between double quotes.
    Text,
    /// `::=`, and `:=`, which is meant for it.
    Assign,
    /// Any other octet.
    Mark(u8),
}

/// A token and its place in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// A text and its tokens, without comments.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    text: &'a [u8],
    all: Vec<Token>,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(text: &'a [u8]) -> Self {
        let mut all = Vec::new();
        let mut at = 0;
        while let Some(&octet) = text.get(at) {
            let start = at;
            at += 1;
            let kind = match octet {
                octet if octet.is_ascii_whitespace() => continue,
                b'-' if text.get(at) == Some(&b'-') => {
                    at = comment_end(text, at + 1);
                    continue;
                }
                b'"' => {
                    let length = text[at..].iter().position(|&octet| octet == b'"');
                    at = length.map_or(text.len(), |length| at + length + 1);
                    Kind::Text
                }
                b':' if text[at..].starts_with(b":=") => {
                    at += 2;
                    Kind::Assign
                }
                b':' if text.get(at) == Some(&b'=') => {
                    at += 1;
                    Kind::Assign
                }
                octet if is_part(octet) => {
                    at = word_end(text, at);
                    Kind::Word
                }
                octet => Kind::Mark(octet),
            };
            all.push(Token {
                kind,
                start,
                end: at,
            });
        }
        Self { text, all }
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn get(&self, at: usize) -> Option<Token> {
        self.all.get(at).copied()
    }

    pub(super) fn is(&self, at: usize, kind: Kind) -> bool {
        self.get(at).is_some_and(|token| token.kind == kind)
    }

    /// The word at a place; empty if there is none.
    pub(super) fn word(&self, at: usize) -> &'a str {
        let word = self.get(at).filter(|token| token.kind == Kind::Word);
        word.map_or("", |word| self.slice(word.start..word.end))
    }

    /// The words in a part, in their order.
    pub(super) fn words(&self, part: Range<usize>) -> impl Iterator<Item = &'a str> {
        part.map(|at| self.word(at)).filter(|word| !word.is_empty())
    }

    /// The text from the first to the last token of a part; empty if it is not UTF-8.
    pub(super) fn raw(&self, part: Range<usize>) -> &'a str {
        match self.all.get(part) {
            Some([only]) => self.slice(only.start..only.end),
            Some([first, .., last]) => self.slice(first.start..last.end),
            _ => "",
        }
    }

    fn slice(&self, place: Range<usize>) -> &'a str {
        std::str::from_utf8(&self.text[place]).unwrap_or("")
    }
}

pub(super) fn is_part(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'_')
}

/// Where a word ends whose second octet is at `at`.
pub(super) fn word_end(text: &[u8], mut at: usize) -> usize {
    while let Some(&octet) = text.get(at) {
        let comment = octet == b'-' && text.get(at + 1) == Some(&b'-');
        if comment || !is_part(octet) {
            break;
        }
        at += 1;
    }
    at
}
