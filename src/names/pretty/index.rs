//! What follows the symbol of a name.

use std::fmt::{self, Write};

use super::hint::{self, Hinted, Place};
use crate::names::{BaseType, IndexPart, Syntax};
use crate::smi::{Shown, ValueRef, fmt_hex, from_hex};

/// What stands in an InetAddress, by the number of its InetAddressType (RFC 4001): sizes and hint.
const INET_ADDRESSES: [(u32, std::ops::RangeInclusive<usize>, &str); 5] = [
    (1, 4..=4, "1d.1d.1d.1d"),
    (2, 16..=16, "2x:2x:2x:2x:2x:2x:2x:2x"),
    (3, 8..=8, "1d.1d.1d.1d%4d"),
    (4, 20..=20, "2x:2x:2x:2x:2x:2x:2x:2x%4d"),
    (16, 1..=255, "255a"),
];

/// Writes an index by its INDEX clause, a dot before each value, or in numbers where the sub-identifiers are not one
/// value for each object of the clause.
///
/// `append_index` reads this, so a change here needs one there.
pub(super) fn write_index(
    parts: &[IndexPart],
    arcs: &[u32],
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    // Without output first, so that nothing has to be kept.
    let mut index = Writer::new(arcs, false);
    if !index.write_parts(parts, &mut Nowhere)? {
        return arcs.iter().try_for_each(|arc| write!(f, ".{arc}"));
    }
    // Beside words the numbers of an OBJECT IDENTIFIER are told from others, if there is one only.
    let mut oids = parts
        .iter()
        .filter(|part| part.syntax().base() == BaseType::ObjectIdentifier);
    let short_oid = index.has_words && oids.next().is_some() && oids.next().is_none();
    Writer::new(arcs, short_oid)
        .write_parts(parts, f)
        .map(|_| ())
}

/// Output that nobody sees.
struct Nowhere;

impl Write for Nowhere {
    fn write_str(&mut self, _: &str) -> fmt::Result {
        Ok(())
    }
}

struct Writer<'s> {
    rest: &'s [u32],
    /// The InetAddressType that stands before.
    address_type: Option<u32>,
    /// Whether something else than numbers was written.
    has_words: bool,
    /// Whether the length of an OBJECT IDENTIFIER may be left out.
    short_oid: bool,
}

impl<'s> Writer<'s> {
    fn new(rest: &'s [u32], short_oid: bool) -> Self {
        Self {
            rest,
            address_type: None,
            has_words: false,
            short_oid,
        }
    }

    /// Whether each part has its value and nothing is left; what is written stands for nothing otherwise.
    fn write_parts(&mut self, parts: &[IndexPart], f: &mut dyn Write) -> Result<bool, fmt::Error> {
        for part in parts {
            f.write_char('.')?;
            if self.write_part(part, f)?.is_none() {
                return Ok(false);
            }
        }
        Ok(self.rest.is_empty())
    }

    fn take(&mut self, count: usize) -> Option<&'s [u32]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    /// Octets behind their number, or as many as there are.
    fn take_octets(&mut self, part: &IndexPart) -> Option<Vec<u8>> {
        let arcs = if part.is_implied() {
            self.take(self.rest.len())?
        } else if let Some(size) = part.syntax().fixed_size() {
            self.take(size)?
        } else {
            let &[length] = self.take(1)? else {
                return None;
            };
            self.take(usize::try_from(length).ok()?)?
        };
        arcs.iter().map(|&arc| u8::try_from(arc).ok()).collect()
    }

    fn write_part(
        &mut self,
        part: &IndexPart,
        f: &mut dyn Write,
    ) -> Result<Option<()>, fmt::Error> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let syntax = part.syntax();
        match syntax.base() {
            BaseType::Integer32
            | BaseType::Gauge32
            | BaseType::Counter32
            | BaseType::Counter64
            | BaseType::TimeTicks => self.write_number(syntax, f),
            BaseType::IpAddress => {
                let Some(&[a, b, c, d]) = self.take(4) else {
                    return Ok(None);
                };
                if [a, b, c, d].iter().any(|&octet| octet > 255) {
                    return Ok(None);
                }
                write!(f, "{a}.{b}.{c}.{d}")?;
                Ok(Some(()))
            }
            BaseType::ObjectIdentifier => self.write_oid(part, f),
            BaseType::OctetString | BaseType::Opaque if syntax.name() == "InetAddress" => {
                self.write_address(part, f)
            }
            BaseType::OctetString | BaseType::Opaque => {
                let octets = self.take_octets(part);
                let Some(octets) = octets.filter(|octets| syntax.allows_size(octets.len())) else {
                    return Ok(None);
                };
                self.has_words = true;
                write_quoted(syntax.printed_hint(), &octets, f)?;
                Ok(Some(()))
            }
            // PySNMP looks for the names of bits here, and finds numbers.
            BaseType::Bits => match self.take_octets(part) {
                Some(octets) if octets.is_empty() => {
                    f.write_str("\"\"")?;
                    self.has_words = true;
                    Ok(Some(()))
                }
                _ => Ok(None),
            },
        }
    }

    fn write_number(
        &mut self,
        syntax: &Syntax,
        f: &mut dyn Write,
    ) -> Result<Option<()>, fmt::Error> {
        let Some(&[arc]) = self.take(1) else {
            return Ok(None);
        };
        if syntax.name() == "InetAddressType" {
            self.address_type = Some(arc);
        }
        let number = match syntax.base() {
            BaseType::Integer32 => {
                let Ok(number) = i32::try_from(arc) else {
                    return Ok(None);
                };
                if let Some(label) = syntax.label(number)
                    && is_readable(syntax, label, number)
                {
                    f.write_str(label)?;
                    self.has_words = true;
                    return Ok(Some(()));
                }
                ValueRef::Integer(number)
            }
            BaseType::Gauge32 => ValueRef::Gauge32(arc),
            BaseType::Counter32 => ValueRef::Counter32(arc),
            BaseType::TimeTicks => ValueRef::TimeTicks(arc),
            _ => ValueRef::Counter64(arc.into()),
        };
        if syntax.check(number).is_err() {
            return Ok(None);
        }
        write!(f, "{arc}")?;
        Ok(Some(()))
    }

    /// The sub-identifiers of an OBJECT IDENTIFIER. Their number stands before them, unless it is IMPLIED; PySNMP leaves
    /// it out, and so does this where it is no riddle what they are.
    fn write_oid(&mut self, part: &IndexPart, f: &mut dyn Write) -> Result<Option<()>, fmt::Error> {
        let length = match self.rest {
            [length, ..] if !part.is_implied() => usize::try_from(*length)
                .ok()
                .and_then(|length| length.checked_add(1)),
            rest => Some(rest.len()),
        };
        let Some(mut arcs) = length.and_then(|length| self.take(length)) else {
            return Ok(None);
        };
        if let [_, oid @ ..] = arcs
            && self.short_oid
            && !part.is_implied()
            && !is_counted(oid)
        {
            arcs = oid;
        }
        for (place, arc) in arcs.iter().enumerate() {
            write!(f, "{}{arc}", if place == 0 { "" } else { "." })?;
        }
        Ok(Some(()))
    }

    /// An address of the type that stands before it, or octets where that is none of those with a form of their own.
    fn write_address(
        &mut self,
        part: &IndexPart,
        f: &mut dyn Write,
    ) -> Result<Option<()>, fmt::Error> {
        let (Some(kind), Some(octets)) = (self.address_type, self.take_octets(part)) else {
            return Ok(None);
        };
        let form = INET_ADDRESSES.iter().find(|(number, _, _)| *number == kind);
        let fits = form.is_none_or(|(_, sizes, _)| sizes.contains(&octets.len()));
        if !fits || !part.syntax().allows_size(octets.len()) {
            return Ok(None);
        }
        self.has_words = true;
        write_quoted(form.map(|(_, _, hint)| *hint), &octets, f)?;
        Ok(Some(()))
    }
}

/// Whether numbers begin with how many follow, or are none: they are read as an OBJECT IDENTIFIER with its length.
pub(in crate::names) fn is_counted(arcs: &[u32]) -> bool {
    match arcs {
        [length, rest @ ..] => usize::try_from(*length) == Ok(rest.len()),
        [] => true,
    }
}

/// Whether a label leads back to its number.
fn is_readable(syntax: &Syntax, label: &str, number: i32) -> bool {
    let is_word = label
        .bytes()
        .all(|octet| octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'_'));
    let mut labels = syntax.labels().iter();
    is_word
        && label.bytes().any(|octet| !octet.is_ascii_digit())
        && labels
            .find(|other| other.name() == label)
            .map(|other| other.number())
            == Some(number)
}

/// Writes octets between quotes: by the hint, as text, or in hexadecimal where those do not lead back to them.
fn write_quoted(hint: Option<&str>, octets: &[u8], f: &mut dyn Write) -> fmt::Result {
    f.write_char('"')?;
    let mut shown = Shown::quoted(f);
    let hinted = match hint {
        Some(hint) => hint::write_octets(hint, octets, Place::Index, &mut shown)?,
        None => Hinted::Senseless,
    };
    shown.finish()?;
    if hinted != Hinted::Written {
        let text = std::str::from_utf8(octets).ok().filter(|_| {
            // A hint that makes no sense is no way back.
            let is_plain = octets.iter().all(|octet| matches!(octet, b' '..=b'~'));
            hinted == Hinted::Senseless && is_plain && from_hex(octets).is_none()
        });
        match text {
            Some(text) => {
                let mut shown = Shown::quoted(f);
                shown.write_str(text)?;
                shown.finish()?;
            }
            None => fmt_hex(octets, f)?,
        }
    }
    f.write_char('"')
}
