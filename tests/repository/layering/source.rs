//! Rust source read as far as the layering test needs it: tokens, and the paths they form.

use std::path::Path;

/// A word, `::`, or one punctuation mark. A literal is the word `0`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) text: String,
    pub(crate) line: usize,
}

/// A file of `src` and the path of the module it is.
#[derive(Debug)]
pub(crate) struct Module {
    pub(crate) file: String,
    path: Vec<String>,
}

impl Module {
    /// The module of a file, named relative to `src`.
    pub(crate) fn of_file(file: &Path) -> Self {
        let mut path: Vec<String> = file
            .with_extension("")
            .iter()
            .map(|part| part.to_string_lossy().into_owned())
            .collect();
        if path.last().is_some_and(|last| last == "mod") || path == ["lib"] {
            path.pop();
        }
        Self {
            file: format!("src/{}", file.display()),
            path,
        }
    }

    /// The top-level module it belongs to; empty for the crate page.
    pub(crate) fn layer(&self) -> &str {
        self.path.first().map_or("", String::as_str)
    }
}

/// A path as the compiler would resolve it: one that stays in the crate begins with `crate`.
#[derive(Debug)]
pub(crate) struct UsedPath {
    pub(crate) segments: Vec<String>,
    pub(crate) line: usize,
}

impl UsedPath {
    pub(crate) fn is_local(&self) -> bool {
        self.segments[0] == "crate"
    }

    pub(crate) fn starts_with(&self, prefix: &[&str]) -> bool {
        self.segments.len() >= prefix.len() && self.segments.iter().zip(prefix).all(|(a, b)| a == b)
    }
}

/// Every path of the file, test-only items left out.
pub(crate) fn paths(module: &Module, tokens: &[Token]) -> Vec<UsedPath> {
    let mut found = Vec::new();
    let mut depth = 0_usize;
    // inline modules that are open, each with the depth of its brace
    let mut inline: Vec<(String, usize)> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match text(tokens, at) {
            "{" => depth += 1,
            "}" => {
                depth = depth.saturating_sub(1);
                if inline.last().is_some_and(|(_, d)| *d == depth) {
                    inline.pop();
                }
            }
            "mod" if text(tokens, at + 2) == "{" => {
                inline.push((text(tokens, at + 1).to_owned(), depth));
            }
            word if begins_path(word, text(tokens, at + 1)) => {
                let mut here = module.path.clone();
                here.extend(inline.iter().map(|(name, _)| name.clone()));
                let mut trees = Vec::new();
                at = tree(tokens, at, &[], &mut trees);
                found.extend(trees.into_iter().map(|(segments, line)| UsedPath {
                    segments: resolve(&here, segments),
                    line,
                }));
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

fn begins_path(word: &str, next: &str) -> bool {
    let is_word = word.starts_with(|c: char| c.is_alphabetic() || c == '_');
    is_word && (next == "::" || (next == "as" && matches!(word, "crate" | "super")))
}

/// Reads one path or use tree into `out` and returns the index behind it.
fn tree(
    tokens: &[Token],
    mut at: usize,
    prefix: &[String],
    out: &mut Vec<(Vec<String>, usize)>,
) -> usize {
    let mut segments = prefix.to_vec();
    let line = tokens.get(at).map_or(0, |token| token.line);
    loop {
        match text(tokens, at) {
            "{" => {
                at += 1;
                while !matches!(text(tokens, at), "}" | "") {
                    let before = at;
                    at = tree(tokens, at, &segments, out);
                    // past the comma, or past what is no use tree
                    if text(tokens, at) == "," || at == before {
                        at += 1;
                    }
                }
                return at + 1;
            }
            "*" => segments.push("*".to_owned()),
            // `{self}` stands for the prefix
            "self" if !segments.is_empty() => {}
            word if word.starts_with(|c: char| c.is_alphanumeric() || c == '_') => {
                segments.push(word.to_owned());
            }
            // a turbofish: the path ends here
            _ => break,
        }
        at += 1;
        if text(tokens, at) != "::" {
            break;
        }
        at += 1;
    }
    if text(tokens, at) == "as" {
        at += 2;
    }
    if !segments.is_empty() {
        out.push((segments, line));
    }
    at
}

fn resolve(here: &[String], segments: Vec<String>) -> Vec<String> {
    let mut base = match segments[0].as_str() {
        "crate" => Vec::new(),
        "self" | "super" => here.to_vec(),
        _ => return segments,
    };
    let mut rest = segments.into_iter().peekable();
    rest.next_if(|first| first == "crate" || first == "self");
    while rest.next_if(|next| next == "super").is_some() {
        base.pop();
    }
    std::iter::once("crate".to_owned())
        .chain(base)
        .chain(rest)
        .collect()
}

/// The tokens of a file without comments, literals and test-only items.
pub(crate) fn tokens(source: &str) -> Vec<Token> {
    without_tests(&lex(source))
}

/// The text of a token; empty past the end.
pub(crate) fn text(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).map_or("", |token| token.text.as_str())
}

fn lex(source: &str) -> Vec<Token> {
    let chars: Vec<char> = source.chars().collect();
    let peek = |at: usize| chars.get(at).copied().unwrap_or('\0');
    let word_char = |c: char| c.is_alphanumeric() || c == '_';
    let mut out = Vec::new();
    let mut line = 1;
    let mut at = 0;
    while at < chars.len() {
        let from = at;
        let mut token = None;
        match (peek(at), peek(at + 1)) {
            ('/', '/') => at = skip_until(&chars, at, |rest| rest[0] == '\n'),
            ('/', '*') => at = block_comment(&chars, at),
            ('"', _) => {
                at = string(&chars, at);
                token = Some("0".to_owned());
            }
            // a character, not a lifetime
            ('\'', next) if next == '\\' || peek(at + 2) == '\'' => {
                let body = at + if next == '\\' { 3 } else { 2 };
                at = skip_until(&chars, body, |rest| rest[0] == '\'') + 1;
                token = Some("0".to_owned());
            }
            ('\'', _) => at += 1,
            (':', ':') => {
                at += 2;
                token = Some("::".to_owned());
            }
            (c, _) if word_char(c) => {
                at = skip_until(&chars, at, |rest| !word_char(rest[0]));
                let word: String = chars[from..at].iter().collect();
                let prefix = matches!(word.as_str(), "r" | "b" | "c" | "br" | "cr");
                let hashes = chars[at..].iter().take_while(|c| **c == '#').count();
                if prefix && peek(at + hashes) == '"' {
                    at = if word.ends_with('r') {
                        raw_string(&chars, at + hashes + 1, hashes)
                    } else {
                        string(&chars, at)
                    };
                    token = Some("0".to_owned());
                } else if word == "r" && hashes == 1 {
                    // a raw identifier: the word follows
                    at += 1;
                } else {
                    token = Some(word);
                }
            }
            (c, _) => {
                at += 1;
                token = (!c.is_whitespace()).then(|| c.to_string());
            }
        }
        out.extend(token.map(|text| Token { text, line }));
        let end = at.min(chars.len());
        line += chars[from..end].iter().filter(|c| **c == '\n').count();
    }
    out
}

fn skip_until(chars: &[char], mut at: usize, stop: impl Fn(&[char]) -> bool) -> usize {
    while at < chars.len() && !stop(&chars[at..]) {
        at += 1;
    }
    at
}

fn block_comment(chars: &[char], from: usize) -> usize {
    let mut depth = 0_usize;
    let mut at = from;
    while at < chars.len() {
        if chars[at..].starts_with(&['/', '*']) {
            depth += 1;
            at += 2;
        } else if chars[at..].starts_with(&['*', '/']) {
            depth -= 1;
            at += 2;
            if depth == 0 {
                break;
            }
        } else {
            at += 1;
        }
    }
    at
}

/// Past a literal that begins with the quotation mark at `from`.
fn string(chars: &[char], from: usize) -> usize {
    let mut at = from + 1;
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    at + 1
}

fn raw_string(chars: &[char], from: usize, hashes: usize) -> usize {
    let end = skip_until(chars, from, |rest| {
        rest[0] == '"' && rest[1..].iter().take_while(|c| **c == '#').count() >= hashes
    });
    end + 1 + hashes
}

fn without_tests(tokens: &[Token]) -> Vec<Token> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let inner = text(tokens, at + 1) == "!";
        let bracket = at + 1 + usize::from(inner);
        if text(tokens, at) == "#" && text(tokens, bracket) == "[" {
            let end = closing(tokens, bracket);
            if is_test_only(&tokens[bracket + 1..end.min(tokens.len())]) {
                if inner {
                    return out;
                }
                at = item_end(tokens, end + 1);
                continue;
            }
        }
        out.push(tokens[at].clone());
        at += 1;
    }
    out
}

fn is_test_only(attribute: &[Token]) -> bool {
    let has = |word: &str| attribute.iter().any(|token| token.text == word);
    text(attribute, 0) == "cfg" && has("test") && !has("not") && !has("any")
}

/// The index of the bracket that closes the one at `open`.
pub(crate) fn closing(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.text.as_str() {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    tokens.len()
}

/// Past `pub`, `pub(crate)` and the like.
pub(crate) fn past_visibility(tokens: &[Token], at: usize) -> usize {
    match (text(tokens, at), text(tokens, at + 1)) {
        ("pub", "(") => closing(tokens, at + 1) + 1,
        ("pub", _) => at + 1,
        _ => at,
    }
}

/// Past the item, statement, field or arm that begins at `from`, further attributes included.
pub(crate) fn item_end(tokens: &[Token], from: usize) -> usize {
    let mut at = from;
    while text(tokens, at) == "#" {
        at = closing(tokens, at + 1) + 1;
    }
    at = past_visibility(tokens, at);
    let has_name = matches!(text(tokens, at + 1), ":" | "=" | ",");
    while at < tokens.len() {
        match text(tokens, at) {
            ";" => return at + 1,
            "," if has_name => return at + 1,
            // the end of what holds it
            "}" | ")" | "]" => return at,
            "{" => {
                at = closing(tokens, at) + 1;
                // `use a::{b};` and `= S { .. };` go on
                if !matches!(text(tokens, at), ";" | "," | "." | "?") {
                    return at;
                }
            }
            "(" | "[" => at = closing(tokens, at) + 1,
            _ => at += 1,
        }
    }
    at
}
