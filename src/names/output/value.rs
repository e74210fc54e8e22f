//! Values.

use std::io::Write as _;

use super::name::append_name;
use super::octets::{
    append_hex, append_hinted, append_hinted_number, append_number, append_signed, append_text,
    is_text,
};
use super::options::{OutputOptions, StringStyle};
use crate::names::{BaseType, Syntax};
use crate::names::{Names, Node};
use crate::smi::{Tag, ValueRef, Wrapped};

/// Appends the value of a variable at or below `node`.
pub(super) fn append_value(
    options: &OutputOptions,
    names: &dyn Names,
    node: Option<Node<'_>>,
    value: ValueRef<'_>,
    output: &mut Vec<u8>,
) {
    let text: &[u8] = match value {
        ValueRef::NoSuchObject => b"No Such Object available on this agent at this OID",
        ValueRef::NoSuchInstance => b"No Such Instance currently exists at this OID",
        ValueRef::EndOfMibView => {
            b"No more variables left in this MIB View (It is past the end of the MIB tree)"
        }
        _ => {
            let syntax = node.and_then(Node::syntax);
            let expected = syntax.filter(|syntax| syntax.is_seen()).map(Expected::of);
            let fits = expected.is_none_or(|expected| expected.fits(options, value));
            let writer = Writer {
                options,
                names,
                syntax: syntax.filter(|_| fits),
                units: node
                    .filter(|_| fits && options.units)
                    .map_or("", |node| node.units()),
            };
            if let (false, false, Some(expected)) = (fits, options.equal_signs, expected) {
                let _ = write!(output, "Wrong Type (should be {}): ", expected.name());
            }
            writer.append(value, output);
            return;
        }
    };
    output.extend_from_slice(text);
}

/// The type that an object has in Net-SNMP's tree.
#[derive(Clone, Copy)]
enum Expected {
    Base(BaseType),
    /// NetworkAddress of RFC 1155, which is an IpAddress on the wire and is printed in another way.
    NetworkAddress,
    /// A type that no value of SNMPv2 has.
    Former(&'static str),
}

impl Expected {
    fn of(syntax: &Syntax) -> Self {
        match syntax.name() {
            "NetworkAddress" => Self::NetworkAddress,
            "NsapAddress" => Self::Former("NsapAddress"),
            "UInteger32" => Self::Former("UInteger32"),
            _ => Self::Base(syntax.base()),
        }
    }

    fn fits(self, options: &OutputOptions, value: ValueRef<'_>) -> bool {
        let found = match value {
            ValueRef::Other {
                tag: Tag::INTEGER, ..
            } => Some(BaseType::Integer32),
            value => BaseType::of(value),
        };
        match self {
            Self::NetworkAddress => found == Some(BaseType::IpAddress),
            Self::Former(_) => false,
            // A 64-bit integer in an Opaque does as well.
            Self::Base(BaseType::Counter64) if options.opaque_values => match value {
                ValueRef::Opaque(octets) => matches!(
                    Wrapped::read(octets),
                    Some(Wrapped::Unsigned(_) | Wrapped::Counter64(_) | Wrapped::Signed(_))
                ),
                _ => found == Some(BaseType::Counter64),
            },
            Self::Base(BaseType::Bits) => found == Some(BaseType::OctetString),
            Self::Base(base) => found == Some(base),
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::NetworkAddress => "NetworkAddress",
            Self::Former(name) => name,
            Self::Base(base) => match base {
                BaseType::Integer32 => "INTEGER",
                BaseType::OctetString => "OCTET STRING",
                BaseType::ObjectIdentifier => "OBJECT IDENTIFIER",
                BaseType::IpAddress => "IpAddress",
                BaseType::Counter32 => "Counter32",
                BaseType::Gauge32 => "Gauge32 or Unsigned32",
                BaseType::TimeTicks => "Timeticks",
                BaseType::Opaque => "Opaque",
                BaseType::Counter64 => "Counter64",
                BaseType::Bits => "BITS",
            },
        }
    }
}

/// What is known of a value.
struct Writer<'w> {
    options: &'w OutputOptions,
    names: &'w dyn Names,
    /// The syntax of its object, if the value is of it.
    syntax: Option<&'w Syntax>,
    units: &'w str,
}

impl Writer<'_> {
    fn append(&self, value: ValueRef<'_>, output: &mut Vec<u8>) {
        let hint = self.syntax.and_then(Syntax::stated_hint);
        match value {
            ValueRef::Integer(number) => self.append_integer(number, output),
            ValueRef::OctetString(octets) => match (self.syntax, hint) {
                (Some(syntax), _) if syntax.base() == BaseType::Bits => {
                    return self.append_bits(Some(syntax), octets, output);
                }
                (_, Some(hint)) => return self.append_hinted(hint, octets, output),
                (_, None) => {
                    append_string(self.options, octets, output);
                    if octets.is_empty() {
                        return;
                    }
                }
            },
            ValueRef::ObjectIdentifier(oid) => {
                self.append_type(b"OID: ", output);
                append_name(self.options, self.names, oid, output);
            }
            ValueRef::IpAddress(address) => return self.append_address(address.octets(), output),
            ValueRef::Counter32(number) => {
                self.append_type(b"Counter32: ", output);
                append_number(number.into(), output);
            }
            ValueRef::Gauge32(number) => {
                self.append_type(b"Gauge32: ", output);
                match hint {
                    Some(hint) => append_hinted_number(hint, number.into(), output),
                    None => append_number(number.into(), output),
                }
            }
            ValueRef::TimeTicks(ticks) => {
                if self.options.numeric_ticks {
                    return append_number(ticks.into(), output);
                }
                if !self.options.quick {
                    let _ = write!(output, "Timeticks: ({ticks}) ");
                }
                append_ticks(self.options, ticks, output);
            }
            ValueRef::Counter64(number) => {
                self.append_type(b"Counter64: ", output);
                append_number(number, output);
            }
            ValueRef::Opaque(octets) => self.append_opaque(octets, output),
            ValueRef::Other { tag, contents } => {
                return self.append_other(value, tag, contents, output);
            }
            _ => return output.extend_from_slice(b"NULL"),
        }
        self.append_units(output);
    }

    fn append_type(&self, name: &[u8], output: &mut Vec<u8>) {
        if !self.options.quick {
            output.extend_from_slice(name);
        }
    }

    fn append_units(&self, output: &mut Vec<u8>) {
        if !self.units.is_empty() {
            output.push(b' ');
            output.extend_from_slice(self.units.as_bytes());
        }
    }

    fn append_integer(&self, number: i32, output: &mut Vec<u8>) {
        self.append_type(b"INTEGER: ", output);
        let label = self
            .syntax
            .filter(|_| !self.options.numeric_enumerations)
            .and_then(|syntax| syntax.stated_label(number));
        match (label, self.syntax.and_then(Syntax::stated_hint)) {
            (Some(label), _) if self.options.quick => output.extend_from_slice(label.as_bytes()),
            (Some(label), _) => {
                output.extend_from_slice(label.as_bytes());
                output.push(b'(');
                append_signed(number.into(), output);
                output.push(b')');
            }
            (None, Some(hint)) => append_hinted_number(hint, number.into(), output),
            (None, None) => append_signed(number.into(), output),
        }
    }

    fn append_hinted(&self, hint: &str, octets: &[u8], output: &mut Vec<u8>) {
        let start = output.len();
        self.append_type(b"STRING: ", output);
        if append_hinted(self.options, hint, octets, output) {
            self.append_units(output);
        } else {
            output.truncate(start);
            append_bad_hint(self.options, hint, octets, output);
        }
    }

    /// Bits by their labels, where a syntax has some.
    fn append_bits(&self, syntax: Option<&Syntax>, octets: &[u8], output: &mut Vec<u8>) {
        if self.options.quick {
            output.push(b'"');
            append_hex(self.options, octets, output);
            output.push(b'"');
            return;
        }
        output.extend_from_slice(b"BITS: ");
        append_hex(self.options, octets, output);
        // Labels are searched from where the last was found: behind an unknown bit none is found any more.
        let mut labels = syntax.into_iter().flat_map(Syntax::stated_labels);
        let mut label = labels.next();
        for bit in set_bits(octets) {
            while label.is_some_and(|label| usize::try_from(label.number()) != Ok(bit)) {
                label = labels.next();
            }
            match label {
                Some(label) if !self.options.numeric_enumerations => {
                    output.extend_from_slice(label.name().as_bytes());
                    output.push(b'(');
                    append_number(bit as u64, output);
                    output.extend_from_slice(b") ");
                }
                _ => {
                    append_number(bit as u64, output);
                    output.push(b' ');
                }
            }
        }
    }

    fn append_address(&self, octets: [u8; 4], output: &mut Vec<u8>) {
        let network = matches!(
            self.syntax.map(Expected::of),
            Some(Expected::NetworkAddress)
        );
        let [a, b, c, d] = octets;
        let _ = if network {
            self.append_type(b"Network Address: ", output);
            write!(output, "{a:02X}:{b:02X}:{c:02X}:{d:02X}")
        } else {
            self.append_type(b"IpAddress: ", output);
            write!(output, "{a}.{b}.{c}.{d}")
        };
    }

    /// A number or a BIT STRING as Net-SNMP has them. Of anything else it says only that it has a bad
    /// type.
    fn append_other(&self, value: ValueRef<'_>, tag: Tag, contents: &[u8], output: &mut Vec<u8>) {
        let number = (value.as_u64(), value.as_i64());
        if tag == Tag::INTEGER && number != (None, None) {
            self.append_type(b"INTEGER: ", output);
        }
        match number {
            (Some(number), _) => append_number(number, output),
            (None, Some(number)) => append_signed(number, output),
            (None, None) if tag == Tag::BIT_STRING => {
                return self.append_bits(None, contents, output);
            }
            (None, None) if tag == Tag::NULL => return output.extend_from_slice(b"NULL"),
            (None, None) => {
                let _ = write!(output, "Variable has bad type {tag}: ");
                return append_hex(self.options, contents, output);
            }
        }
        self.append_units(output);
    }

    fn append_opaque(&self, octets: &[u8], output: &mut Vec<u8>) {
        let wrapped = self.options.opaque_values.then(|| Wrapped::read(octets));
        match wrapped.flatten() {
            Some(Wrapped::Float(number)) => {
                self.append_type(b"Opaque: Float: ", output);
                self.append_float(number.into(), output);
            }
            Some(Wrapped::Double(number)) => {
                self.append_type(b"Opaque: Float: ", output);
                self.append_float(number, output);
            }
            Some(Wrapped::Unsigned(number)) => {
                self.append_type(b"Opaque: UInt64: ", output);
                append_number(number, output);
            }
            Some(Wrapped::Counter64(number)) => {
                self.append_type(b"Opaque: Counter64: ", output);
                append_number(number, output);
            }
            Some(Wrapped::Signed(number)) => {
                self.append_type(b"Opaque: Int64: ", output);
                append_signed(number, output);
            }
            None => {
                self.append_type(b"OPAQUE: ", output);
                append_hex(self.options, octets, output);
            }
        }
    }

    fn append_float(&self, number: f64, output: &mut Vec<u8>) {
        let width = self.options.precision.width;
        let decimals = self.options.precision.decimals;
        let _ = if number.is_finite() {
            write!(output, "{number:width$.decimals$}")
        } else {
            let text = if number.is_nan() {
                "nan"
            } else if number > 0.0 {
                "inf"
            } else {
                "-inf"
            };
            write!(output, "{text:>width$}")
        };
    }
}

/// The bits that are set, the highest of the first octet being the first.
fn set_bits(octets: &[u8]) -> impl Iterator<Item = usize> {
    (0..octets.len() * 8).filter(|bit| octets[bit / 8] & (0x80 >> (bit % 8)) != 0)
}

/// A string whose hint makes no sense.
pub(super) fn append_bad_hint(
    options: &OutputOptions,
    hint: &str,
    octets: &[u8],
    output: &mut Vec<u8>,
) {
    let _ = write!(output, "(Bad hint ignored: {hint}) ");
    append_string(options, octets, output);
}

/// A string without hint.
fn append_string(options: &OutputOptions, octets: &[u8], output: &mut Vec<u8>) {
    let hex = match options.strings {
        StringStyle::Guess => !octets.iter().all(|&octet| is_text(octet)),
        StringStyle::Text => false,
        StringStyle::Hex => true,
    };
    if octets.is_empty() {
        return output.extend_from_slice(b"\"\"");
    }
    let quoted = !hex || options.quick;
    if !options.quick {
        output.extend_from_slice(if hex { b"Hex-STRING: " } else { b"STRING: " });
    }
    if quoted {
        output.push(b'"');
    }
    if hex {
        append_hex(options, octets, output);
    } else {
        append_text(octets, output);
    }
    if quoted {
        output.push(b'"');
    }
}

/// Hundredths of a second as days, hours, minutes and seconds.
pub(super) fn append_ticks(options: &OutputOptions, ticks: u32, output: &mut Vec<u8>) {
    if options.numeric_ticks {
        return append_number(ticks.into(), output);
    }
    let (hundredths, seconds) = (ticks % 100, ticks / 100);
    let (seconds, minutes) = (seconds % 60, seconds / 60);
    let (minutes, hours) = (minutes % 60, minutes / 60);
    let (hours, days) = (hours % 24, hours / 24);
    let _ = match days {
        _ if options.quick => write!(output, "{days}:{hours}"),
        0 => write!(output, "{hours}"),
        1 => write!(output, "1 day, {hours}"),
        _ => write!(output, "{days} days, {hours}"),
    };
    let _ = write!(output, ":{minutes:02}:{seconds:02}.{hundredths:02}");
}
