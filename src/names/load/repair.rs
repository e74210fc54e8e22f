//! Definitions that the parser refused, written anew in the order and form that it takes.
//!
//! Vendors put clauses in any order, leave some out, and give names that are none to the numbers of an enumeration. The
//! parser drops such a definition, and with it the place of everything below. What is understood of it is kept here.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::defval::defval;
use super::error::LeniencyKind;
use super::notes::Note;
use super::tokens::{Kind, Tokens};

/// A text with some definitions written anew, each on the line where it stood.
#[derive(Debug, Default)]
pub(super) struct Repaired {
    pub(super) text: Vec<u8>,
    /// Labels that are no names, by the names that stand for them.
    pub(super) labels: HashMap<String, String>,
    pub(super) notes: Vec<Note>,
}

/// Names that stand for labels that are none begin so, followed by a number.
const STAND_IN: &str = "label-that-is-no-name-";

/// The most tokens of one label.
const MOST_WORDS: usize = 16;

/// The name of a type that nobody defines, for a SYNTAX that cannot be read.
const UNREADABLE: &str = "Unreadable";

pub(super) const MACROS: [&str; 10] = [
    "OBJECT-TYPE",
    "NOTIFICATION-TYPE",
    "TRAP-TYPE",
    "OBJECT-GROUP",
    "NOTIFICATION-GROUP",
    "MODULE-IDENTITY",
    "OBJECT-IDENTITY",
    "MODULE-COMPLIANCE",
    "AGENT-CAPABILITIES",
    "TEXTUAL-CONVENTION",
];

pub(super) const CLAUSES: [&str; 26] = [
    "SYNTAX",
    "UNITS",
    "ACCESS",
    "MAX-ACCESS",
    "MIN-ACCESS",
    "STATUS",
    "DESCRIPTION",
    "REFERENCE",
    "INDEX",
    "AUGMENTS",
    "DEFVAL",
    "OBJECTS",
    "NOTIFICATIONS",
    "VARIABLES",
    "ENTERPRISE",
    "LAST-UPDATED",
    "ORGANIZATION",
    "CONTACT-INFO",
    "REVISION",
    "DISPLAY-HINT",
    "MODULE",
    "PRODUCT-RELEASE",
    "SUPPORTS",
    "MANDATORY-GROUPS",
    "GROUP",
    "OBJECT",
];

pub(super) const ACCESSES: [&str; 6] = [
    "read-only",
    "read-write",
    "read-create",
    "write-only",
    "not-accessible",
    "accessible-for-notify",
];

pub(super) const STATUSES: [&str; 5] =
    ["current", "deprecated", "obsolete", "mandatory", "optional"];

/// Mends what the parser did not understand of `text`: IMPORTS, and definitions that begin at none of the places in
/// `understood`. `None` if there is nothing to mend.
pub(super) fn repair(text: &[u8], understood: &HashSet<usize>) -> Option<Repaired> {
    let tokens = Tokens::new(text);
    let mut mender = Mender {
        tokens: &tokens,
        labels: HashMap::new(),
        may_stand_in: !text
            .windows(STAND_IN.len())
            .any(|window| window == STAND_IN.as_bytes()),
    };
    let mut repaired = Repaired::default();
    let mut copied = 0;
    let mut line = 1;
    let mut at = 0;
    while at < tokens.len() {
        let start = at;
        let found = if tokens.word(at) == "IMPORTS" {
            let end = imports_end(&tokens, at);
            at = end;
            let mended = mender.imports(start..end);
            mended.map(|mended| (mended, end, "the IMPORTS are not in order".to_owned()))
        } else if tokens.word(at + 1) == "MACRO" {
            while at < tokens.len() && tokens.word(at) != "END" {
                at += 1;
            }
            None
        } else if begins_definition(&tokens, at) {
            at += 1;
            while at < tokens.len() && !ends_definition(&tokens, at) {
                at += 1;
            }
            let place = tokens.get(start).map_or(0, |token| token.start);
            let refused = !understood.contains(&place);
            let mended = refused.then(|| mender.definition(start..at)).flatten();
            let name = tokens.word(start);
            mended.map(|(mended, end)| (mended, end, format!("{name} is not in order")))
        } else {
            None
        };
        at = at.max(start + 1);
        let places = found.and_then(|(mended, end, what)| {
            let first = tokens.get(start)?.start;
            let last = tokens.get(end.checked_sub(1)?)?.end;
            Some((mended, first..last, what))
        });
        if let Some((mended, place, what)) = places {
            let before = &text[copied..place.start];
            line += newlines(before);
            let what = format!("{what}; what is understood of it is kept");
            let note = Note::new(line, LeniencyKind::Syntax, what);
            repaired.notes.push(note);
            repaired.text.extend_from_slice(before);
            repaired.text.extend_from_slice(mended.as_bytes());
            let lost = newlines(&text[place.clone()]).saturating_sub(newlines(mended.as_bytes()));
            repaired.text.extend(std::iter::repeat_n(b'\n', lost));
            line += newlines(&text[place.clone()]);
            copied = place.end;
        }
    }
    if repaired.notes.is_empty() {
        return None;
    }
    repaired.text.extend_from_slice(&text[copied..]);
    repaired.labels = mender.labels;
    Some(repaired)
}

fn newlines(text: &[u8]) -> usize {
    text.iter().filter(|&&octet| octet == b'\n').count()
}

pub(super) fn is_number(word: &str) -> bool {
    let digits = word.strip_prefix('-').unwrap_or(word);
    !digits.is_empty() && digits.bytes().all(|octet| octet.is_ascii_digit())
}

pub(super) fn is_name(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_alphabetic())
        && word
            .bytes()
            .all(|octet| octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'_'))
}

fn begins_definition(tokens: &Tokens<'_>, at: usize) -> bool {
    if !is_name(tokens.word(at)) {
        return false;
    }
    let next = tokens.word(at + 1);
    if MACROS.contains(&next) {
        return CLAUSES.contains(&tokens.word(at + 2));
    }
    // What is assigned is a type: no value in braces, no number of a trap, no module.
    let assigned = tokens.word(at + 2);
    let is_type = is_name(assigned) || tokens.is(at + 2, Kind::Mark(b'['));
    tokens.is(at + 1, Kind::Assign) && is_type && assigned != "BEGIN"
}

fn ends_definition(tokens: &Tokens<'_>, at: usize) -> bool {
    let identifier = tokens.word(at + 1) == "OBJECT" && tokens.word(at + 2) == "IDENTIFIER";
    begins_definition(tokens, at)
        || tokens.word(at) == "END"
        || tokens.word(at + 1) == "MACRO"
        || (identifier && tokens.is(at + 3, Kind::Assign))
}

/// Where an IMPORTS clause ends that begins at `at`, and those right behind it: after the last semicolon, or before the
/// first definition.
fn imports_end(tokens: &Tokens<'_>, at: usize) -> usize {
    let mut end = at + 1;
    while end < tokens.len() && !ends_definition(tokens, end) {
        end += 1;
        if tokens.is(end - 1, Kind::Mark(b';')) && tokens.word(end) != "IMPORTS" {
            break;
        }
    }
    end
}

struct Mender<'a> {
    tokens: &'a Tokens<'a>,
    labels: HashMap<String, String>,
    may_stand_in: bool,
}

impl Mender<'_> {
    /// An IMPORTS clause as it should be; `None` if it is so.
    fn imports(&self, part: Range<usize>) -> Option<String> {
        let tokens = self.tokens;
        let mut mended = String::from("IMPORTS");
        let mut symbols: Vec<&str> = Vec::new();
        let mut in_order = tokens.is(part.end - 1, Kind::Mark(b';'));
        let mut at = part.start + 1;
        while at < part.end {
            let word = tokens.word(at);
            match word {
                "FROM" => {
                    at += 1;
                    let module = tokens.word(at);
                    if module.starts_with(|first: char| first.is_ascii_uppercase()) {
                        mended.push_str(&format!(" {} FROM {module}", symbols.join(", ")));
                    } else {
                        in_order = false;
                    }
                    symbols.clear();
                }
                "IMPORTS" => in_order = false,
                _ if is_name(word) && !CLAUSES.contains(&word) => symbols.push(word),
                _ if tokens.is(at, Kind::Mark(b',')) => {}
                _ if tokens.is(at, Kind::Mark(b';')) => {}
                _ => in_order = false,
            }
            at += 1;
        }
        mended.push(';');
        (!in_order).then_some(mended)
    }

    /// A definition as it should be, and where it ends.
    fn definition(&mut self, part: Range<usize>) -> Option<(String, usize)> {
        let tokens = self.tokens;
        let name = tokens.word(part.start);
        if tokens.is(part.start + 1, Kind::Assign) {
            if tokens.word(part.start + 2) == "TEXTUAL-CONVENTION" {
                let clauses = Clauses::new(tokens, part.start + 3..part.end);
                let mended = self.convention(name, &clauses)?;
                return Some((mended, part.end));
            }
            let syntax = self.syntax(part.start + 2..part.end)?;
            return Some((format!("{name} ::= {syntax}"), part.end));
        }
        let written = tokens.word(part.start + 1);
        let assign = part.clone().find(|&at| tokens.is(at, Kind::Assign))?;
        let clauses = Clauses::new(tokens, part.start + 2..assign);
        let (value, end) = self.value(assign + 1..part.end)?;
        let mended = match written {
            "OBJECT-TYPE" => self.object(name, &clauses),
            "TRAP-TYPE" => {
                let enterprise = clauses.words("ENTERPRISE").next()?;
                let variables = self.list(&clauses, "VARIABLES").unwrap_or_default();
                let texts = clauses.texts(&["DESCRIPTION", "REFERENCE"]);
                format!("{name} TRAP-TYPE ENTERPRISE {enterprise}{variables}{texts}")
            }
            "NOTIFICATION-TYPE" => {
                let objects = self.list(&clauses, "OBJECTS").unwrap_or_default();
                format!("{name} {written}{objects}{}", clauses.required())
            }
            "OBJECT-GROUP" | "NOTIFICATION-GROUP" => {
                let keyword = if written == "OBJECT-GROUP" {
                    "OBJECTS"
                } else {
                    "NOTIFICATIONS"
                };
                let members = self.list(&clauses, keyword).unwrap_or_default();
                format!("{name} {written}{members}{}", clauses.required())
            }
            "MODULE-IDENTITY" => format!(
                "{name} {written} LAST-UPDATED \"\" ORGANIZATION \"\" CONTACT-INFO \"\" DESCRIPTION {}",
                clauses.text("DESCRIPTION").unwrap_or("\"\"")
            ),
            "AGENT-CAPABILITIES" => {
                format!(
                    "{name} {written} PRODUCT-RELEASE \"\"{}",
                    clauses.required()
                )
            }
            _ => format!("{name} {written}{}", clauses.required()),
        };
        Some((format!("{mended} ::= {value}"), end))
    }

    fn object(&mut self, name: &str, clauses: &Clauses<'_>) -> String {
        let tokens = self.tokens;
        let syntax = clauses.part("SYNTAX").and_then(|part| self.syntax(part));
        let syntax = syntax.unwrap_or_else(|| UNREADABLE.to_owned());
        let mut mended = format!("{name} OBJECT-TYPE SYNTAX {syntax}");
        mended.push_str(&clauses.texts(&["UNITS"]));
        let accesses = ["MAX-ACCESS", "ACCESS", "MIN-ACCESS"];
        let access = accesses.iter().find_map(|keyword| {
            let mut words = clauses.words(keyword);
            words.find_map(|word| known(word, &ACCESSES))
        });
        // What stands for no access at all.
        let access = access.unwrap_or("not-implemented");
        mended.push_str(&format!(" MAX-ACCESS {access}"));
        if let Some(status) = clauses.status() {
            mended.push_str(&format!(" STATUS {status}"));
        }
        mended.push_str(&clauses.texts(&["DESCRIPTION", "REFERENCE"]));
        let row = self.list(clauses, "INDEX");
        let row = row.or_else(|| self.list(clauses, "AUGMENTS"));
        mended.push_str(&row.unwrap_or_default());
        let default = clauses.part("DEFVAL");
        let default = default.and_then(|part| defval(tokens, part, |label| self.label(label)));
        if let Some(default) = default {
            mended.push_str(&format!(" DEFVAL {default}"));
        }
        mended
    }

    /// A clause of names in braces; `None` without a name. SMIv1 has types there as well; another name stands for one that
    /// is more than a word.
    fn list(&mut self, clauses: &Clauses<'_>, keyword: &str) -> Option<String> {
        let tokens = self.tokens;
        let part = clauses.part(keyword)?;
        let (mut list, mut implied) = (Vec::new(), "");
        let mut at = part.start;
        while at < part.end {
            let start = at;
            let words = (tokens.word(at), tokens.word(at + 1));
            let is_long = matches!(words, ("OCTET", "STRING") | ("OBJECT", "IDENTIFIER"));
            at += if is_long { 2 } else { 1 };
            match words.0 {
                "IMPLIED" => implied = "IMPLIED ",
                word if is_name(word) => {
                    at = limits_end(tokens, at..part.end).unwrap_or(at);
                    let written: Vec<&str> = tokens.raw(start..at).split_whitespace().collect();
                    let written = written.join(" ");
                    let item = match word {
                        "INTEGER" => Some(word.to_owned()),
                        _ if written == "OCTET STRING" => Some(written),
                        _ => self.label(&written),
                    };
                    list.extend(item.map(|item| format!("{implied}{item}")));
                    implied = "";
                }
                _ => {}
            }
        }
        (!list.is_empty()).then(|| format!(" {keyword} {{ {} }}", list.join(", ")))
    }

    fn convention(&mut self, name: &str, clauses: &Clauses<'_>) -> Option<String> {
        let syntax = clauses.part("SYNTAX").and_then(|part| self.syntax(part))?;
        Some(format!(
            "{name} ::= TEXTUAL-CONVENTION{}{} SYNTAX {syntax}",
            clauses.texts(&["DISPLAY-HINT"]),
            clauses.required()
        ))
    }

    /// What stands behind `::=`, and where it ends.
    fn value(&self, part: Range<usize>) -> Option<(String, usize)> {
        let tokens = self.tokens;
        if is_number(tokens.word(part.start)) {
            return Some((tokens.word(part.start).to_owned(), part.start + 1));
        }
        let open = tokens.is(part.start, Kind::Mark(b'{'));
        let close = part
            .clone()
            .find(|&at| open && tokens.is(at, Kind::Mark(b'}')))?;
        let mut value = String::new();
        for at in part.start..=close {
            if !tokens.is(at, Kind::Mark(b',')) {
                value.push_str(tokens.raw(at..at + 1));
                value.push(' ');
            }
        }
        Some((value, close + 1))
    }

    /// A SYNTAX; `None` if it is none.
    fn syntax(&mut self, part: Range<usize>) -> Option<String> {
        let tokens = self.tokens;
        let mut at = part.start;
        let word = |at: usize| Some(tokens.word(at)).filter(|_| at < part.end);
        let first = word(at)?;
        let second = word(at + 1).unwrap_or_default();
        let base = match (first, second) {
            ("OCTET", "STRING") | ("OBJECT", "IDENTIFIER") => format!("{first} {second}"),
            ("BIT", "STRING") => "BITS".to_owned(),
            ("SEQUENCE", of) if of.eq_ignore_ascii_case("of") => {
                return is_name(tokens.word(at + 2))
                    .then(|| format!("SEQUENCE OF {}", tokens.word(at + 2)));
            }
            ("SEQUENCE" | "CHOICE" | "OBJECT" | "OCTET" | "BIT", _) => return None,
            _ if is_name(first) => {
                at -= 1;
                first.to_owned()
            }
            _ => return None,
        };
        at += 2;
        if at < part.end && tokens.is(at, Kind::Mark(b'{')) {
            let labels = self.labels(at + 1..part.end);
            return (!labels.is_empty()).then(|| format!("{base} {{ {} }}", labels.join(", ")));
        }
        let limits = limits_end(tokens, at..part.end);
        let limits = limits.map_or("", |end| tokens.raw(at..end));
        Some(format!("{base} {limits}"))
    }

    /// `label(number)` as often as that stands there; labels that are no names are replaced.
    fn labels(&mut self, part: Range<usize>) -> Vec<String> {
        let tokens = self.tokens;
        let mut labels = Vec::new();
        let mut start = part.start;
        for at in part {
            if tokens.is(at, Kind::Mark(b',')) || tokens.is(at, Kind::Mark(b'}')) {
                start = at + 1;
            }
            if tokens.is(at, Kind::Mark(b'}')) {
                break;
            }
            if at > start + MOST_WORDS {
                start = at;
            }
            if !tokens.is(at, Kind::Mark(b'(')) {
                continue;
            }
            let label: Vec<&str> = tokens.raw(start..at).split_whitespace().collect();
            if let Some((number, end)) = number(tokens, at + 1).filter(|_| !label.is_empty()) {
                let label = self.label(&label.join(" "));
                labels.extend(label.map(|label| format!("{label}({number})")));
                start = end;
            }
        }
        labels
    }

    /// A name for a label: the label itself, if it is one.
    fn label(&mut self, written: &str) -> Option<String> {
        if is_name(written) {
            return Some(written.to_owned());
        }
        if !self.may_stand_in {
            return None;
        }
        let stand_in = format!("{STAND_IN}{}", self.labels.len());
        self.labels.insert(stand_in.clone(), written.to_owned());
        Some(stand_in)
    }
}

/// The number in the brackets that were opened before `at`, and where they end. It may be written as `'0A'H`.
fn number(tokens: &Tokens<'_>, at: usize) -> Option<(i64, usize)> {
    let (number, end) = if tokens.is(at, Kind::Mark(b'\'')) {
        let radix = match tokens.word(at + 3) {
            "H" | "h" => 16,
            "B" | "b" => 2,
            _ => return None,
        };
        let number = i64::from_str_radix(tokens.word(at + 1), radix).ok()?;
        (number, at + 4)
    } else {
        (tokens.word(at).parse().ok()?, at + 1)
    };
    tokens
        .is(end, Kind::Mark(b')'))
        .then_some((number, end + 1))
}

/// Where the limits that begin at the start of a part end; `None` if there are none, or not of numbers.
fn limits_end(tokens: &Tokens<'_>, part: Range<usize>) -> Option<usize> {
    let mut depth = 0_usize;
    for at in part {
        match tokens.get(at)?.kind {
            Kind::Mark(b'(') => depth += 1,
            Kind::Mark(b')') if depth == 1 => return Some(at + 1),
            Kind::Mark(b')') => depth = depth.checked_sub(1)?,
            Kind::Mark(b'.' | b'|') if depth > 0 => {}
            Kind::Word if depth > 0 => {
                let word = tokens.word(at);
                if !is_number(word) && !["SIZE", "MIN", "MAX"].contains(&word) {
                    return None;
                }
            }
            _ => return None,
        }
    }
    None
}

/// The clauses of a definition, in the order in which they stand there.
struct Clauses<'a> {
    tokens: &'a Tokens<'a>,
    found: Vec<(&'a str, Range<usize>)>,
}

impl<'a> Clauses<'a> {
    fn new(tokens: &'a Tokens<'a>, part: Range<usize>) -> Self {
        let mut found: Vec<(&str, Range<usize>)> = Vec::new();
        let mut depth = 0_usize;
        for at in part.clone() {
            match tokens.get(at).map(|token| token.kind) {
                Some(Kind::Mark(b'{')) => depth += 1,
                Some(Kind::Mark(b'}')) => depth = depth.saturating_sub(1),
                _ => {}
            }
            let word = tokens.word(at);
            let is_type = (word, tokens.word(at + 1)) == ("OBJECT", "IDENTIFIER");
            if CLAUSES.contains(&word) && !is_type && (depth == 0 || is_certain(tokens, at)) {
                depth = 0;
                if let Some((_, last)) = found.last_mut() {
                    last.end = at;
                }
                found.push((word, at + 1..part.end));
            }
        }
        Self { tokens, found }
    }

    /// What stands in the first clause of this keyword.
    fn part(&self, keyword: &str) -> Option<Range<usize>> {
        let mut found = self.found.iter();
        let (_, part) = found.find(|(found, _)| *found == keyword)?;
        Some(part.clone())
    }

    fn words(&self, keyword: &str) -> impl Iterator<Item = &'a str> {
        self.tokens.words(self.part(keyword).unwrap_or_default())
    }

    fn text(&self, keyword: &str) -> Option<&'a str> {
        let mut part = self.part(keyword)?;
        let at = part.find(|&at| self.tokens.is(at, Kind::Text))?;
        let text = self.tokens.raw(at..at + 1);
        (text.len() > 1 && text.ends_with('"')).then_some(text)
    }

    /// The clauses of these keywords that are a text.
    fn texts(&self, keywords: &[&str]) -> String {
        let texts = keywords.iter().filter_map(|keyword| {
            let text = self.text(keyword)?;
            Some(format!(" {keyword} {text}"))
        });
        texts.collect()
    }

    fn status(&self) -> Option<&'static str> {
        self.words("STATUS").find_map(|word| known(word, &STATUSES))
    }

    /// STATUS and DESCRIPTION, which most macros must have, and the REFERENCE.
    fn required(&self) -> String {
        format!(
            " STATUS {} DESCRIPTION {}{}",
            self.status().unwrap_or("current"),
            self.text("DESCRIPTION").unwrap_or("\"\""),
            self.texts(&["REFERENCE"])
        )
    }
}

/// Whether a keyword begins a clause for what follows it, even where a brace has not been closed.
fn is_certain(tokens: &Tokens<'_>, at: usize) -> bool {
    let next = tokens.word(at + 1);
    match tokens.word(at) {
        "DESCRIPTION" => tokens.is(at + 1, Kind::Text),
        "ACCESS" | "MAX-ACCESS" => known(next, &ACCESSES).is_some(),
        "STATUS" => known(next, &STATUSES).is_some(),
        _ => false,
    }
}

/// The word of the standard, if `word` is that in any case.
pub(super) fn known(word: &str, words: &[&'static str]) -> Option<&'static str> {
    words
        .iter()
        .find(|known| known.eq_ignore_ascii_case(word))
        .copied()
}
