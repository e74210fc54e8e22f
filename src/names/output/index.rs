//! What follows the last label of a name: the index, taken apart by the INDEX clause.

use super::name::{append_arcs, append_name_of};
use super::octets::{append_hinted, append_number};
use super::options::{NameStyle, OutputOptions};
use super::value::{append_bad_hint, append_ticks};
use crate::names::IndexPart;
use crate::names::{BaseType, Syntax};
use crate::names::{Names, Node, NodeKind};

/// Appends the sub-identifiers below `node`, which are at least one.
pub(super) fn append_tail(
    options: &OutputOptions,
    names: &dyn Names,
    node: Option<Node<'_>>,
    arcs: &[u32],
    output: &mut Vec<u8>,
) {
    output.push(b'.');
    let index = node.map_or(&[][..], |node| node.index());
    let mut tail = Tail {
        options,
        names,
        rest: arcs,
        previous: None,
        output,
    };
    // Below a row stands a column, even one that is not known.
    let is_row = node.is_some_and(|node| node.kind() == NodeKind::Row);
    if is_row
        && !index.is_empty()
        && let Some(column) = tail.take(1)
    {
        append_number(column[0].into(), tail.output);
        tail.output.push(b'.');
    }
    let broken_down = options.names != NameStyle::Numeric && !options.plain_index;
    if broken_down {
        for part in index {
            if tail.rest.is_empty() || tail.append_part(part).is_none() {
                break;
            }
        }
    }
    tail.finish();
}

/// Sub-identifiers on their way to the output.
struct Tail<'t, 'a> {
    options: &'t OutputOptions,
    names: &'t dyn Names,
    rest: &'a [u32],
    /// The sub-identifier before `rest`.
    previous: Option<u32>,
    output: &'t mut Vec<u8>,
}

impl<'a> Tail<'_, 'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u32]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        self.previous = taken.last().copied().or(self.previous);
        Some(taken)
    }

    /// The sub-identifiers behind a length that stands first.
    fn take_counted(&mut self) -> Option<&'a [u32]> {
        let length = usize::try_from(*self.rest.first()?).ok()?;
        let taken = self.take(length.checked_add(1)?)?;
        taken.get(1..)
    }

    /// Appends one value of the index; `None` when the sub-identifiers do not fit or are of no type for an index, and
    /// then they and those behind them are still to be printed.
    fn append_part(&mut self, part: &IndexPart) -> Option<()> {
        let bracketed = self.options.bracketed_index;
        let syntax = part.syntax();
        // SMIv1 allows a type in the place of an object; Net-SNMP looks for an object.
        let is_type = part
            .name()
            .starts_with(|first: char| first.is_ascii_uppercase());
        if is_type || syntax.is_unknown() && self.names.find(None, part.name()).is_none() {
            return None;
        }
        if bracketed {
            if self.output.last() == Some(&b'.') {
                self.output.pop();
            }
            self.output.push(b'[');
        }
        match syntax.base() {
            _ if syntax.is_unknown() || !syntax.is_seen() || syntax.name() == "NsapAddress" => {
                return None;
            }
            BaseType::OctetString => self.append_string(part)?,
            BaseType::Integer32 | BaseType::Gauge32 => {
                let arc = self.take(1)?[0];
                match syntax.stated_label(arc as i32) {
                    Some(label) => self.output.extend_from_slice(label.as_bytes()),
                    None => append_number(arc.into(), self.output),
                }
            }
            BaseType::TimeTicks => {
                let arc = self.take(1)?[0];
                if bracketed {
                    append_ticks(self.options, arc, self.output);
                } else {
                    append_number(arc.into(), self.output);
                }
            }
            BaseType::ObjectIdentifier => self.append_oid(part)?,
            BaseType::IpAddress => self.append_address(syntax)?,
            BaseType::Bits | BaseType::Opaque | BaseType::Counter32 | BaseType::Counter64 => {
                return None;
            }
        }
        self.output.push(if bracketed { b']' } else { b'.' });
        Some(())
    }

    fn append_string(&mut self, part: &IndexPart) -> Option<()> {
        let syntax = part.syntax();
        let fixed = if part.is_implied() {
            Some(self.rest.len())
        } else {
            syntax.stated_size()
        };
        if let (true, Some(hint)) = (self.options.bracketed_index, syntax.stated_hint()) {
            let arcs = match fixed {
                Some(size) => self.take(size)?,
                None => self.take_counted()?,
            };
            self.append_by_hint(hint, arcs);
            return Some(());
        }
        if let Some(size) = fixed {
            let arcs = self.take(size)?;
            self.append_quoted(arcs, b'\'');
            return Some(());
        }
        let type_arc = self.previous;
        let arcs = self.take_counted()?;
        if arcs.is_empty() {
            self.append_quote(b'"');
            self.append_quote(b'"');
            return Some(());
        }
        let address = type_arc
            .filter(|_| syntax.name() == "InetAddress" && self.follows_address_type(part))
            .and_then(|kind| inet_address(kind, arcs));
        match address {
            Some(address) => {
                self.output.push(b'"');
                self.output.extend_from_slice(address.as_bytes());
                self.output.push(b'"');
            }
            None => self.append_quoted(arcs, b'"'),
        }
        Some(())
    }

    fn append_by_hint(&mut self, hint: &str, arcs: &[u32]) {
        let octets: Vec<u8> = arcs.iter().map(|&arc| arc as u8).collect();
        let start = self.output.len();
        if !self.options.quick {
            self.output.extend_from_slice(b"STRING: ");
        }
        if !append_hinted(self.options, hint, &octets, self.output) {
            self.output.truncate(start);
            append_bad_hint(self.options, hint, &octets, self.output);
        }
    }

    /// Whether the object that is defined before an object of the INDEX clause is an InetAddressType.
    fn follows_address_type(&self, part: &IndexPart) -> bool {
        let before = || {
            let node = self.names.find(None, part.name())?;
            let (&last, above) = node.arcs().split_last()?;
            let before = [above, &[last.checked_sub(1)?]].concat();
            let before = self.names.at_or_above(&before)?;
            (before.arcs().len() == node.arcs().len()).then_some(before)
        };
        before()
            .and_then(Node::syntax)
            .is_some_and(|syntax| syntax.name() == "InetAddressType")
    }

    fn append_quote(&mut self, quote: u8) {
        if self.options.escape_quotes {
            self.output.push(b'\\');
        }
        self.output.push(quote);
    }

    fn append_quoted(&mut self, arcs: &[u32], quote: u8) {
        if arcs.is_empty() {
            return;
        }
        self.append_quote(quote);
        self.output.extend(arcs.iter().map(|&arc| match arc {
            0x20..=0x7e => arc as u8,
            _ => b'.',
        }));
        self.append_quote(quote);
    }

    fn append_oid(&mut self, part: &IndexPart) -> Option<()> {
        let counted = !part.is_implied();
        let arcs = match self.rest.first() {
            Some(&length) if counted => self.take(usize::try_from(length).ok()?.checked_add(1)?)?,
            _ => self.take(self.rest.len())?,
        };
        if self.options.bracketed_index {
            let value = if counted { &arcs[1..] } else { arcs };
            // One without sub-identifiers is 0.0 on the wire.
            let value = if value.is_empty() { &[0] } else { value };
            append_name_of(self.options, self.names, value, self.output);
        } else {
            self.output.pop();
            append_arcs(arcs, self.output);
        }
        Some(())
    }

    fn append_address(&mut self, syntax: &Syntax) -> Option<()> {
        if syntax.name() == "NetworkAddress" {
            let kind = self.take(1)?[0];
            append_number(kind.into(), self.output);
            self.output.push(b'.');
            if kind != 1 {
                return None;
            }
        }
        let octets = self.take(4)?;
        for (place, &octet) in octets.iter().enumerate() {
            if place > 0 {
                self.output.push(b'.');
            }
            append_number(octet.into(), self.output);
        }
        Some(())
    }

    /// Appends what is left, in numbers.
    fn finish(self) {
        if self.output.last() == Some(&b'.') {
            self.output.pop();
        }
        append_arcs(self.rest, self.output);
    }
}

/// An InetAddress of a type that stands before it; `None` when they do not fit together.
fn inet_address(kind: u32, arcs: &[u32]) -> Option<String> {
    let octets: Vec<u8> = arcs
        .iter()
        .map(|&arc| u8::try_from(arc).ok())
        .collect::<Option<_>>()?;
    let zoned = matches!(kind, 3 | 4);
    let (address, zone) = match (kind, octets.len()) {
        (1, 4) | (2, 16) => (&octets[..], None),
        (3, 8) | (4, 20) => {
            let (address, zone) = octets.split_at(octets.len() - 4);
            let zone = zone
                .iter()
                .fold(0_u32, |zone, &octet| zone << 8 | u32::from(octet));
            (address, zoned.then_some(zone))
        }
        _ => return None,
    };
    let parts: Vec<String> = address
        .iter()
        .map(|octet| {
            if address.len() == 4 {
                octet.to_string()
            } else {
                format!("{octet:02x}")
            }
        })
        .collect();
    let mut text = parts.join(if address.len() == 4 { "." } else { ":" });
    if let Some(zone) = zone {
        text.push_str(&format!("%{zone}"));
    }
    Some(text)
}
