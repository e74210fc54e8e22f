//! Names in the notation of Net-SNMP's tools.

use super::assign::InputOptions;
use super::best_match;
use super::error::InputError;
use super::hint;
use super::scan;
use crate::names::index::IndexPart;
use crate::names::roots::root_arc;
use crate::names::{BaseType, Names, NamesExt, Node, NodeKind};
use crate::smi::{MAX_ARCS, ObjectIdentifier};

/// What names without a leading dot stand below under `-Iu`.
const MIB_2: &str = "1.3.6.1.2.1";

impl InputOptions {
    /// The OBJECT IDENTIFIER that Net-SNMP's tools read from `text`.
    ///
    /// That is a path of labels and numbers from the root, `MODULE::symbol`, or the symbol alone; what follows a
    /// column is read by its INDEX clause: numbers, labels of an enumeration, a variable string in `"`, a fixed one in
    /// `'`, each after a dot. Numbers are C's: 010 is eight. When nothing of this kind is known, the text is a pattern
    /// for the nearest label, as under [`best_match`](Self::best_match).
    ///
    /// Not everything that the tools print is read back by them: `ipv4."10.0.0.1"` is a string of eight characters to them.
    /// [`NamesExt::parse`] reads the address.
    ///
    /// # Errors
    ///
    /// Says what is not known or out of range in the words of Net-SNMP's tools.
    ///
    /// ```
    /// use deferred_snmp::names::{Builtin, InputOptions};
    ///
    /// let options = InputOptions::new();
    /// let name = options.name(&Builtin, "IF-MIB::ifDescr.7")?;
    /// assert_eq!(name.to_string(), "1.3.6.1.2.1.2.2.1.2.7");
    /// let error = options.name(&Builtin, "ifDescr.0").unwrap_err();
    /// assert_eq!(error.to_string(), "Unknown Object Identifier (Index out of range: 0 (ifIndex))");
    /// # Ok::<(), deferred_snmp::names::InputError>(())
    /// ```
    pub fn name(&self, names: &dyn Names, text: &str) -> Result<ObjectIdentifier, InputError> {
        let reader = Reader {
            names,
            checks: self.checks,
            hints: self.hints,
        };
        if let Some((module, symbol)) = qualified(text) {
            return reader.symbol(module, symbol);
        }
        let plain = text.strip_prefix('.').unwrap_or(text);
        // A colon anywhere makes it no path.
        if self.random_access || text.contains(':') {
            return reader.symbol(None, plain);
        }
        let best = || best_match::find(names, text).ok_or(InputError::Unknown);
        if self.best_match {
            return best().and_then(|label| reader.symbol(None, label));
        }
        let path = match self.relative && plain == text {
            true => reader.path(&format!("{MIB_2}.{text}")),
            false => reader.path(plain),
        };
        let path_error = match path {
            Ok(oid) => return Ok(oid),
            Err(error) if self.exact => return Err(error),
            // A root alone is no name, nor a pattern for another.
            Err(error) if root(plain).is_some() => return Err(error),
            // Numbers are no symbol and no pattern.
            Err(error) if !text.contains(|c: char| c.is_ascii_alphabetic()) => return Err(error),
            Err(error) => error,
        };
        let symbol_error = match reader.symbol(None, plain) {
            Ok(oid) => return Ok(oid),
            Err(error) => error,
        };
        // The tools tell what they noticed last.
        best()
            .and_then(|label| reader.symbol(None, label))
            .map_err(|_| match symbol_error {
                InputError::Unknown => path_error,
                noticed => noticed,
            })
    }
}

/// Module and symbol of `MODULE::symbol` or `MODULE:symbol`; `ANY` stands for every module.
fn qualified(text: &str) -> Option<(Option<&str>, &str)> {
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let end = text.find(|c| !is_of_name(c))?;
    let (module, rest) = text.split_at(end);
    let symbol = rest.strip_prefix("::").or_else(|| rest.strip_prefix(':'))?;
    Some((Some(module).filter(|module| *module != "ANY"), symbol))
}

#[derive(Clone, Copy)]
struct Reader<'a> {
    names: &'a dyn Names,
    checks: bool,
    hints: bool,
}

impl Reader<'_> {
    fn path(&self, path: &str) -> Result<ObjectIdentifier, InputError> {
        Suffix::new(self, Vec::new(), "(top)", Some(path)).read()
    }

    fn symbol(&self, module: Option<&str>, text: &str) -> Result<ObjectIdentifier, InputError> {
        let (symbol, rest) = split(text);
        let (arcs, label) = match self.names.find(module, symbol) {
            Some(node) => (node.arcs().to_vec(), node.name()),
            None => {
                let root = root(symbol).filter(|_| module.is_none());
                (vec![root.ok_or(InputError::Unknown)?], symbol)
            }
        };
        Suffix::new(self, arcs, label, rest).read()
    }
}

/// The number of a root by the name that the tools have for it.
fn root(label: &str) -> Option<u32> {
    root_arc(label).filter(|_| !label.contains("itu-t"))
}

/// The part before the next dot, and what follows the dot.
fn split(text: &str) -> (&str, Option<&str>) {
    match text.split_once('.') {
        Some((part, rest)) => (part, Some(rest)),
        None => (text, None),
    }
}

/// What follows a name, on its way into sub-identifiers.
struct Suffix<'a> {
    reader: &'a Reader<'a>,
    arcs: Vec<u32>,
    /// The label of the node that was reached last, for messages.
    below: Option<String>,
    rest: Option<&'a str>,
}

impl<'a> Suffix<'a> {
    fn new(reader: &'a Reader<'a>, arcs: Vec<u32>, below: &str, rest: Option<&'a str>) -> Self {
        Self {
            reader,
            arcs,
            below: Some(below.to_owned()),
            rest,
        }
    }

    fn read(mut self) -> Result<ObjectIdentifier, InputError> {
        let leaf = self.descend()?;
        if let Some(leaf) = leaf {
            self.below = None;
            if leaf.kind() == NodeKind::Column {
                self.index(leaf.index())?;
            }
        }
        while self.rest.is_some() {
            self.plain()?;
        }
        ObjectIdentifier::from_arcs(&self.arcs).map_err(|_| InputError::Unknown)
    }

    fn part(&mut self) -> &'a str {
        let (part, rest) = split(self.rest.unwrap_or_default());
        self.rest = rest;
        part
    }

    /// Goes down the tree as far as it is known. Gives the node without others below, if it comes to one.
    fn descend(&mut self) -> Result<Option<Node<'a>>, InputError> {
        let names = self.reader.names;
        loop {
            let below = names.at_or_after(&[&self.arcs[..], &[0]].concat());
            if below.is_none_or(|node| !node.arcs().starts_with(&self.arcs)) {
                let node = names.at_or_above(&self.arcs);
                if self.arcs.len() == 1 {
                    self.below = None;
                }
                return Ok(node.filter(|node| node.arcs() == self.arcs));
            }
            if self.rest.is_none() {
                return Ok(None);
            }
            let part = self.part();
            if part.starts_with(|first: char| first.is_ascii_digit()) {
                let arc = number(part).ok_or_else(|| self.unknown(part))?;
                self.arcs.push(arc);
                let reached = names.at_or_after(&self.arcs);
                let Some(reached) = reached.filter(|node| node.arcs().starts_with(&self.arcs))
                else {
                    return Ok(None);
                };
                // A number without a name of its own on the way to one that has.
                let is_it = reached.arcs().len() == self.arcs.len();
                self.below = is_it.then(|| reached.name().to_owned());
            } else {
                let root = root(part).filter(|_| self.arcs.is_empty());
                self.arcs = match (names.child(&self.arcs, part), root) {
                    (Some(node), _) => node.arcs().to_vec(),
                    (None, Some(root)) => vec![root],
                    (None, None) => return Err(self.unknown(part)),
                };
                self.below = Some(part.to_owned());
            }
        }
    }

    fn unknown(&self, part: &str) -> InputError {
        InputError::SubId {
            below: self.below.clone(),
            text: part.to_owned(),
        }
    }

    fn index(&mut self, parts: &[IndexPart]) -> Result<(), InputError> {
        for part in parts {
            if self.rest.is_none() {
                break;
            }
            self.below = Some(part.name().to_owned());
            let syntax = part.syntax();
            let refused = |text: &str| InputError::Index {
                text: text.to_owned(),
                object: part.name().to_owned(),
            };
            match syntax.base() {
                _ if syntax.is_unknown() || !syntax.is_seen() => break,
                _ if syntax.name() == "NetworkAddress" => {
                    let family = self.part();
                    let family = number(family).ok_or_else(|| refused(family))?;
                    self.arcs.push(family);
                    if family != 1 {
                        break;
                    }
                    self.octets(4).map_err(refused)?;
                }
                BaseType::Integer32 | BaseType::Gauge32 | BaseType::TimeTicks => {
                    let text = self.part();
                    let arc = match text.starts_with(|first: char| first.is_ascii_digit()) {
                        true => number(text),
                        false => (syntax.stated_labels())
                            .find(|label| label.name() == text)
                            .and_then(|label| u32::try_from(label.number()).ok()),
                    };
                    let arc = arc.ok_or_else(|| refused(text))?;
                    let ranges = syntax.stated_ranges();
                    let within = |&(low, high): &(i64, i64)| (low..=high).contains(&arc.into());
                    let is_bounded = !ranges.is_empty() && syntax.stated_labels().next().is_none();
                    if self.reader.checks && is_bounded && !ranges.iter().any(within) {
                        return Err(refused(text));
                    }
                    self.arcs.push(arc);
                }
                BaseType::IpAddress => self.octets(4).map_err(refused)?,
                BaseType::OctetString => self.string(part)?,
                // The rest is plain numbers.
                _ => break,
            }
        }
        Ok(())
    }

    /// So many octets as numbers, or fewer where the text ends. Fails with the one that is none.
    fn octets(&mut self, count: usize) -> Result<(), &'a str> {
        for _ in 0..count {
            if self.rest.is_none() {
                break;
            }
            let text = self.part();
            let octet = match text {
                "" => Some(0),
                _ => number(text).filter(|octet| !self.reader.checks || *octet <= 255),
            };
            self.arcs.push(octet.ok_or(text)?);
        }
        Ok(())
    }

    /// The value of a string in an index: in quotes, or in numbers.
    fn string(&mut self, part: &IndexPart) -> Result<(), InputError> {
        let refused = |text: &str| InputError::Index {
            text: text.to_owned(),
            object: part.name().to_owned(),
        };
        let text = self.rest.unwrap_or_default();
        let fixed = part.syntax().stated_size();
        let has_length = !part.is_implied() && fixed.is_none();
        let Some(quote) = text
            .chars()
            .next()
            .filter(|first| matches!(first, '"' | '\''))
        else {
            let mut count = fixed;
            if has_length {
                let text = self.part();
                let room = MAX_ARCS.saturating_sub(self.arcs.len() + 2);
                let length = number(text).filter(|&length| length as usize <= room);
                let length = length.ok_or_else(|| refused(text))?;
                self.arcs.push(length);
                count = Some(length as usize);
            }
            return self.octets(count.unwrap_or(usize::MAX)).map_err(refused);
        };
        match quote {
            '\'' if has_length => return Err(InputError::Quote { quote }),
            '"' if !has_length => return Err(InputError::Quote { quote }),
            _ => {}
        }
        let (content, after) = unquoted(&text[1..], quote).ok_or_else(|| refused(text))?;
        let shown = format!("{quote}{content}");
        let hint = part.syntax().stated_hint().filter(|_| self.reader.hints);
        let octets = hint
            .and_then(|hint| hint::parse_octets(hint, &content))
            .unwrap_or_else(|| content.into_bytes());
        self.rest = match after.strip_prefix('.') {
            Some(rest) => Some(rest),
            None if after.is_empty() => None,
            None => return Err(refused(&shown)),
        };
        if self.reader.checks {
            let fits = match fixed {
                Some(size) => octets.len() == size,
                // Net-SNMP wants a SIZE that allows it.
                None => part
                    .syntax()
                    .stated_ranges()
                    .iter()
                    .any(|&(low, high)| (low..=high).contains(&(octets.len() as i64))),
            };
            if !fits {
                return Err(refused(&shown));
            }
        }
        if has_length {
            self.arcs.push(octets.len() as u32);
        }
        self.arcs.extend(octets.into_iter().map(u32::from));
        Ok(())
    }

    /// A number, a string in `"` with its length, or one in `'` without.
    fn plain(&mut self) -> Result<(), InputError> {
        let text = self.rest.unwrap_or_default();
        let Some(quote) = text
            .chars()
            .next()
            .filter(|first| matches!(first, '"' | '\''))
        else {
            let part = self.part();
            let is_number = part.starts_with(|first: char| first.is_ascii_digit());
            let arc = number(part).filter(|_| is_number);
            // What is not understood is shown with all that follows.
            self.arcs.push(arc.ok_or_else(|| self.unknown(text))?);
            return Ok(());
        };
        let (content, after) = (text[1..].split_once(quote)).ok_or_else(|| self.unknown(text))?;
        self.rest = match after.strip_prefix('.') {
            Some(rest) => Some(rest),
            None if after.is_empty() => None,
            None => return Err(self.unknown(text)),
        };
        if quote == '"' {
            self.arcs.push(content.len() as u32);
        }
        self.arcs.extend(content.bytes().map(u32::from));
        Ok(())
    }
}

/// A number in C's notation that fits a sub-identifier.
fn number(text: &str) -> Option<u32> {
    u32::try_from(scan::whole_number(text, 0)?).ok()
}

/// What stands before the closing quote, without the backslashes that protect characters, and what follows it.
fn unquoted(text: &str, quote: char) -> Option<(String, &str)> {
    let mut content = String::new();
    let mut characters = text.char_indices();
    while let Some((place, character)) = characters.next() {
        match character {
            '\\' => content.extend(characters.next().map(|(_, character)| character)),
            _ if character == quote => return Some((content, &text[place + 1..])),
            _ => content.push(character),
        }
    }
    None
}
