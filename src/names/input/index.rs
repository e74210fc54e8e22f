//! An index as people write it, and as [`PrettyName`](crate::names::PrettyName) prints it.

use crate::names::pretty::is_counted;
use crate::names::{BaseType, Syntax};
use crate::names::{IndexError, IndexPart, IndexValue};
use crate::smi::{from_hex, unquoted};

/// Appends the sub-identifiers of an index that is taken apart by the INDEX clause: a value for each of its objects, or
/// for the first few.
///
/// Numbers are sub-identifiers, with the length before octets that the clause asks for; labels stand for numbers; what stands in quotes is read by the syntax of its object, `"0x00ff"` as octets.
///
/// # Errors
///
/// Says which value is none, or what is left over behind the last.
pub(super) fn append_index(
    parts: &[IndexPart],
    text: &str,
    arcs: &mut Vec<u32>,
) -> Result<(), IndexError> {
    let mut reader = Reader { rest: Some(text) };
    let mut address_type = None;
    for (place, part) in parts.iter().enumerate() {
        let Some(rest) = reader.rest else {
            break;
        };
        if rest.starts_with(['"', '\'']) {
            let value = reader.quoted(part, address_type)?;
            part.encode(&value, address_type, arcs)?;
        } else if part.syntax().base() == BaseType::ObjectIdentifier {
            reader.oid(parts, place, arcs)?;
        } else {
            reader.bare(part, arcs)?;
        }
        if part.syntax().name() == "InetAddressType" {
            address_type = arcs.last().copied();
        }
    }
    match reader.rest {
        Some(rest) => Err(IndexError::LeftOver {
            text: rest.to_owned(),
        }),
        None => Ok(()),
    }
}

/// A number as it stands in a name.
#[inline]
pub(in crate::names) fn arc(text: &str) -> Option<u32> {
    // A plus sign is all that stands before digits for Rust.
    text.parse().ok().filter(|_| !text.starts_with('+'))
}

struct Reader<'t> {
    /// `None` at the end; behind a dot there is always something, though it may be empty.
    rest: Option<&'t str>,
}

impl<'t> Reader<'t> {
    /// What stands before the next dot.
    fn word(&mut self) -> Option<&'t str> {
        let rest = self.rest?;
        let (word, rest) = match rest.split_once('.') {
            Some((word, rest)) => (word, Some(rest)),
            None => (rest, None),
        };
        self.rest = rest;
        Some(word)
    }

    fn number(&mut self, part: &IndexPart) -> Result<u32, IndexError> {
        let word = self.word().unwrap_or_default();
        arc(word).ok_or_else(|| mismatch(part, word))
    }

    /// Numbers, or a label.
    fn bare(&mut self, part: &IndexPart, arcs: &mut Vec<u32>) -> Result<(), IndexError> {
        let syntax = part.syntax();
        let count = match syntax.base() {
            BaseType::IpAddress => 4,
            BaseType::OctetString | BaseType::Bits | BaseType::Opaque if !part.is_implied() => {
                match syntax.fixed_size() {
                    Some(size) => size,
                    None => self.length(part, arcs)?,
                }
            }
            BaseType::OctetString
            | BaseType::Bits
            | BaseType::Opaque
            | BaseType::ObjectIdentifier => usize::MAX,
            BaseType::Integer32
            | BaseType::Gauge32
            | BaseType::Counter32
            | BaseType::Counter64
            | BaseType::TimeTicks => {
                let word = self.word().unwrap_or_default();
                let number = arc(word).or_else(|| labelled(syntax, word));
                arcs.push(number.ok_or_else(|| mismatch(part, word))?);
                return Ok(());
            }
        };
        self.numbers(count, part, arcs)
    }

    /// An OBJECT IDENTIFIER with its length, or without it if it is the only one of the INDEX clause: then it has what the
    /// objects behind it leave, where that does not begin with its length itself.
    fn oid(
        &mut self,
        parts: &[IndexPart],
        place: usize,
        arcs: &mut Vec<u32>,
    ) -> Result<(), IndexError> {
        let part = &parts[place];
        let is_other = |part: &IndexPart| part.syntax().base() != BaseType::ObjectIdentifier;
        let others = &parts[place + 1..];
        let is_only = parts[..place].iter().chain(others).all(is_other);
        let taken = others.iter().map(words_of).sum();
        let left = words(self.rest.unwrap_or_default()).checked_sub(taken);
        if part.is_implied() {
            return self.numbers(usize::MAX, part, arcs);
        }
        let Some(count) = left.filter(|&count| is_only && count > 0) else {
            let length = self.length(part, arcs)?;
            return self.numbers(length, part, arcs);
        };
        let mut oid = Vec::new();
        self.numbers(count, part, &mut oid)?;
        if !is_counted(&oid) {
            arcs.push(oid.len() as u32);
        }
        arcs.extend(oid);
        Ok(())
    }

    /// So many numbers, or fewer where the text ends.
    fn numbers(
        &mut self,
        count: usize,
        part: &IndexPart,
        arcs: &mut Vec<u32>,
    ) -> Result<(), IndexError> {
        for _ in 0..count {
            if self.rest.is_none() {
                break;
            }
            arcs.push(self.number(part)?);
        }
        Ok(())
    }

    fn length(&mut self, part: &IndexPart, arcs: &mut Vec<u32>) -> Result<usize, IndexError> {
        let length = self.number(part)?;
        arcs.push(length);
        Ok(length as usize)
    }

    /// What stands between quotes: of either kind, since Net-SNMP's tools print strings of fixed size in single ones.
    fn quoted(
        &mut self,
        part: &IndexPart,
        address_type: Option<u32>,
    ) -> Result<IndexValue, IndexError> {
        let text = self.rest.unwrap_or_default();
        let unclosed = || mismatch(part, text);
        let is_string = matches!(
            part.syntax().base(),
            BaseType::OctetString | BaseType::Opaque
        );
        if let Some(text) = text.strip_prefix('\'') {
            let (content, after) = single_quoted(text).ok_or_else(unclosed)?;
            self.rest = after.strip_prefix('.');
            // The tools print the octets themselves there, whatever the DISPLAY-HINT.
            let is_value = is_string && part.syntax().allows_size(content.len());
            return Ok(match is_value {
                true => IndexValue::from(content.as_bytes()),
                false => IndexValue::from(content),
            });
        }
        let (content, after) = unquoted(&text[1..]).ok_or_else(unclosed)?;
        self.rest = after.strip_prefix('.');
        let hex = from_hex(content.as_bytes()).filter(|_| is_string);
        Ok(match hex {
            Some(octets) => IndexValue::Octets(octets),
            // An address in the form of the tools: as many numbers in hexadecimal as it has octets.
            None if matches!(address_type, Some(2 | 4))
                && part.syntax().name() == "InetAddress" =>
            {
                let octets = octets_of_address(&content);
                octets.map_or(IndexValue::Text(content), IndexValue::Octets)
            }
            None => IndexValue::Text(content),
        })
    }
}

/// How many words a value has: numbers between dots, or what stands in quotes.
fn words_of(part: &IndexPart) -> usize {
    match part.syntax().base() {
        BaseType::IpAddress => 4,
        _ => 1,
    }
}

fn words(text: &str) -> usize {
    let mut rest = Some(text);
    let mut count = 0;
    while let Some(text) = rest {
        let after = match text.as_bytes().first() {
            Some(b'"') => unquoted(&text[1..]).map(|(_, after)| after),
            Some(b'\'') => single_quoted(&text[1..]).map(|(_, after)| after),
            _ => text.find('.').map(|dot| &text[dot..]),
        };
        rest = after.and_then(|after| after.strip_prefix('.'));
        count += 1;
    }
    count
}

fn mismatch(part: &IndexPart, given: &str) -> IndexError {
    IndexError::Mismatch {
        part: part.name().to_owned(),
        syntax: part.syntax().name().to_owned(),
        given: given.to_owned(),
    }
}

fn labelled(syntax: &Syntax, word: &str) -> Option<u32> {
    let label = syntax.labels().iter().find(|label| label.name() == word)?;
    u32::try_from(label.number()).ok()
}

/// The text up to the quote that stands before a dot or at the end, and what follows it.
fn single_quoted(text: &str) -> Option<(&str, &str)> {
    let mut quotes = text.match_indices('\'');
    quotes.find_map(|(place, _)| {
        let after = &text[place + 1..];
        let closes = after.is_empty() || after.starts_with('.');
        closes.then_some((&text[..place], after))
    })
}

/// `fe:80:..`, sixteen in all, and the zone behind `%` if there is one.
fn octets_of_address(text: &str) -> Option<Vec<u8>> {
    let (address, zone) = match text.split_once('%') {
        Some((address, zone)) => (address, Some(arc(zone)?)),
        None => (text, None),
    };
    let numbers = address.split(':');
    let octets: Option<Vec<u8>> = numbers
        .map(|number| u8::from_str_radix(number, 16).ok())
        .collect();
    let mut octets = octets.filter(|octets| octets.len() == 16)?;
    octets.extend(zone.into_iter().flat_map(u32::to_be_bytes));
    Some(octets)
}
