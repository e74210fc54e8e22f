//! What follows the symbol of a name.

use std::fmt::{self, Write};

use super::hint;
use super::value::{hint_of, write_octets};
use crate::mib::{BaseType, IndexPart, Syntax};
use crate::smi::ValueRef;

/// What stands in an InetAddress, by the number of its InetAddressType (RFC 4001): sizes and hint.
const INET_ADDRESSES: [(u32, std::ops::RangeInclusive<usize>, &str); 5] = [
    (1, 4..=4, "1d.1d.1d.1d"),
    (2, 16..=16, "2x:2x:2x:2x:2x:2x:2x:2x"),
    (3, 8..=8, "1d.1d.1d.1d%4d"),
    (4, 20..=20, "2x:2x:2x:2x:2x:2x:2x:2x%4d"),
    (16, 1..=255, "255a"),
];

/// Writes an index by its INDEX clause, values separated by dots.
///
/// Where a value does not fit, the sub-identifiers from there on are returned: PySNMP shows nothing but them. A string
/// that is cut off is taken as far as it goes.
pub(super) fn write_index<'s>(
    parts: &[IndexPart],
    arcs: &'s [u32],
    f: &mut dyn Write,
) -> Result<Result<(), &'s [u32]>, fmt::Error> {
    let mut index = Index {
        rest: arcs,
        address_types: Vec::new(),
    };
    for (place, part) in parts.iter().enumerate() {
        let before = index.rest;
        if place > 0 {
            f.write_char('.')?;
        }
        if index.write_part(part, f)?.is_none() {
            return Ok(Err(before));
        }
    }
    Ok(if index.rest.is_empty() {
        Ok(())
    } else {
        Err(arcs)
    })
}

struct Index<'s> {
    rest: &'s [u32],
    /// The InetAddressTypes so far.
    address_types: Vec<u32>,
}

impl<'s> Index<'s> {
    /// Takes as many sub-identifiers as there are, `count` at most.
    fn take(&mut self, count: usize) -> &'s [u32] {
        let (taken, rest) = self.rest.split_at(count.min(self.rest.len()));
        self.rest = rest;
        taken
    }

    fn take_counted(&mut self, part: &IndexPart) -> &'s [u32] {
        if part.is_implied() {
            return self.take(self.rest.len());
        }
        match self.take(1) {
            [length] => self.take(usize::try_from(*length).unwrap_or(usize::MAX)),
            _ => &[],
        }
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
                let Some(&[a, b, c, d]) = octets(self.take(4)).as_deref() else {
                    return Ok(None);
                };
                write!(f, "{a}.{b}.{c}.{d}")?;
                Ok(Some(()))
            }
            BaseType::ObjectIdentifier => {
                for (place, arc) in self.take_counted(part).iter().enumerate() {
                    write!(f, "{}{arc}", if place == 0 { "" } else { "." })?;
                }
                Ok(Some(()))
            }
            BaseType::OctetString | BaseType::Opaque if syntax.name() == "InetAddress" => {
                self.write_address(part, f)
            }
            BaseType::OctetString | BaseType::Opaque => {
                let arcs = match syntax.fixed_size() {
                    Some(size) if !part.is_implied() => self.take(size),
                    _ => self.take_counted(part),
                };
                let Some(octets) = octets(arcs) else {
                    return Ok(None);
                };
                if !syntax.allows_size(octets.len()) {
                    return Ok(None);
                }
                f.write_char('"')?;
                write_octets(hint_of(syntax), &octets, f)?;
                f.write_char('"')?;
                Ok(Some(()))
            }
            // PySNMP looks for the names of bits here, and finds numbers.
            BaseType::Bits => {
                if self.take_counted(part).is_empty() {
                    f.write_str("\"\"")?;
                    return Ok(Some(()));
                }
                Ok(None)
            }
        }
    }

    fn write_number(
        &mut self,
        syntax: &Syntax,
        f: &mut dyn Write,
    ) -> Result<Option<()>, fmt::Error> {
        let &[arc] = self.take(1) else {
            return Ok(None);
        };
        if syntax.name() == "InetAddressType" {
            self.address_types.push(arc);
        }
        // Hints of other kinds than `d` read a number as text of their kind, and it is not.
        if syntax.labels().is_empty() && syntax.hint().is_some_and(|hint| !hint.starts_with('d')) {
            return Ok(None);
        }
        let number = match syntax.base() {
            BaseType::Integer32 => {
                let Ok(number) = i32::try_from(arc) else {
                    return Ok(None);
                };
                if let Some(label) = syntax.label(number) {
                    f.write_str(label)?;
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

    /// An address of the type that stands before it, the nearest that is of a known kind.
    fn write_address(
        &mut self,
        part: &IndexPart,
        f: &mut dyn Write,
    ) -> Result<Option<()>, fmt::Error> {
        let kind = self
            .address_types
            .iter()
            .rev()
            .find_map(|kind| INET_ADDRESSES.iter().find(|(number, _, _)| number == kind));
        let Some((_, sizes, hint)) = kind else {
            return Ok(None);
        };
        let Some(octets) = octets(self.take_counted(part)) else {
            return Ok(None);
        };
        if !sizes.contains(&octets.len()) {
            return Ok(None);
        }
        f.write_char('"')?;
        hint::write_octets(hint, &octets, f)?;
        f.write_char('"')?;
        Ok(Some(()))
    }
}

fn octets(arcs: &[u32]) -> Option<Vec<u8>> {
    arcs.iter().map(|&arc| u8::try_from(arc).ok()).collect()
}
