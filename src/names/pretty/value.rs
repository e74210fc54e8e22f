//! Values and bindings.

use std::fmt::{self, Write};

use super::hint::{self, Hinted, Place};
use super::name::write_name;
use crate::names::{BaseType, Names, NamesExt, Syntax};
use crate::smi::{OidRef, Shown, ValueRef, VarBindRef, escaped, fmt_hex};

/// Prints the value of a variable as its object's syntax says: labels, display hints, names for OBJECT IDENTIFIERs.
///
/// Nothing that the value holds is left out. Octets under a DISPLAY-HINT for text are shown as text if they are UTF-8;
/// they, and octets under any other hint, are shown in hexadecimal where the text would not lead back to them. An empty
/// hint is none.
///
/// Where PySNMP's `prettyPrint` lets characters through that a terminal acts on, they are shown: `\n`, `\r`, `\t`, `\x1b`,
/// `\u{202e}`. A backslash is a backslash, and is doubled where it would look like the beginning of one of these:
/// `C:\Windows`, but `C:\\new`.
#[derive(Clone, Copy)]
pub struct PrettyValue<'a> {
    names: &'a dyn Names,
    oid: OidRef<'a>,
    value: ValueRef<'a>,
}

impl<'a> PrettyValue<'a> {
    /// `value` as a value of the variable `oid`.
    pub fn new(
        names: &'a dyn Names,
        oid: impl Into<OidRef<'a>>,
        value: impl Into<ValueRef<'a>>,
    ) -> Self {
        Self {
            names,
            oid: oid.into(),
            value: value.into(),
        }
    }
}

impl fmt::Display for PrettyValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let node = self.names.nearest(self.oid);
        let syntax = node.and_then(|node| node.syntax());
        escaped(f, |f| write_value(self.names, syntax, self.value, f))
    }
}

impl fmt::Debug for PrettyValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Prints a variable binding as `name = value`, the value as [`PrettyValue`] does.
///
/// ```
/// use deferred_snmp::names::{Builtin, PrettyVarBind};
/// use deferred_snmp::oid;
/// use deferred_snmp::smi::VarBind;
///
/// let binding = VarBind::new(oid!(1.3.6.1.2.1.2.2.1.8.1), 2);
/// let text = PrettyVarBind::new(&Builtin, binding.as_ref()).to_string();
/// assert_eq!(text, "IF-MIB::ifOperStatus.1 = down");
/// ```
#[derive(Clone, Copy)]
pub struct PrettyVarBind<'a> {
    names: &'a dyn Names,
    binding: VarBindRef<'a>,
}

impl<'a> PrettyVarBind<'a> {
    /// `binding` with the names that `names` knows.
    pub fn new(names: &'a dyn Names, binding: VarBindRef<'a>) -> Self {
        Self { names, binding }
    }
}

impl fmt::Display for PrettyVarBind<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let VarBindRef { name, value } = self.binding;
        escaped(f, |f| {
            let node = write_name(self.names, name, f)?;
            f.write_str(" = ")?;
            write_value(self.names, node.and_then(|node| node.syntax()), value, f)
        })
    }
}

impl fmt::Debug for PrettyVarBind<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Writes a value of an object that has this syntax, if it is one.
fn write_value(
    names: &dyn Names,
    syntax: Option<&Syntax>,
    value: ValueRef<'_>,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    match (syntax, value) {
        (Some(_), ValueRef::ObjectIdentifier(oid)) => write_name(names, oid, f).map(|_| ()),
        (Some(syntax), value) => syntax.display(value).write(f),
        (None, value) => fmt::Display::fmt(&value, f),
    }
}

impl Syntax {
    /// The value as this syntax writes it: a label, by the display hint, or plainly.
    pub fn display<'a>(&'a self, value: ValueRef<'a>) -> SyntaxDisplay<'a> {
        SyntaxDisplay {
            syntax: self,
            value,
        }
    }
}

/// Prints a value as its [`Syntax`] writes it, with characters that a terminal acts on shown as by [`PrettyValue`].
#[derive(Clone, Copy, Debug)]
pub struct SyntaxDisplay<'a> {
    syntax: &'a Syntax,
    value: ValueRef<'a>,
}

impl fmt::Display for SyntaxDisplay<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        escaped(f, |f| self.write(f))
    }
}

impl SyntaxDisplay<'_> {
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { syntax, value } = *self;
        let number = match value {
            ValueRef::Integer(number) => i64::from(number),
            ValueRef::Counter32(number)
            | ValueRef::Gauge32(number)
            | ValueRef::TimeTicks(number) => number.into(),
            ValueRef::Counter64(number) => match i64::try_from(number) {
                Ok(number) => number,
                Err(_) => return write!(f, "{number}"),
            },
            ValueRef::OctetString(octets) => return write_string(syntax, octets, true, f),
            ValueRef::Opaque(octets) => return write_string(syntax, octets, false, f),
            ValueRef::IpAddress(address) if syntax.base() != BaseType::IpAddress => {
                return write_string(syntax, &address.octets(), false, f);
            }
            value => return fmt::Display::fmt(&value, f),
        };
        let is_number = !matches!(
            syntax.base(),
            BaseType::OctetString | BaseType::Bits | BaseType::Opaque | BaseType::ObjectIdentifier
        );
        if !is_number {
            return fmt::Display::fmt(&value, f);
        }
        let hinted = match value {
            ValueRef::Integer(_) => syntax.labels().is_empty(),
            value => !matches!(value, ValueRef::Counter32(_)),
        };
        if let Some(hint) = syntax.hint().filter(|_| hinted)
            && hint::write_integer(hint, number, f)?
        {
            return Ok(());
        }
        match i32::try_from(number)
            .ok()
            .and_then(|number| label(syntax, number))
        {
            Some(label) => f.write_str(label),
            None => write!(f, "{number}"),
        }
    }
}

/// The label of a number, with the one that PySNMP adds to RowStatus.
fn label(syntax: &Syntax, number: i32) -> Option<&str> {
    let absent = number == 0 && syntax.name() == "RowStatus";
    syntax
        .label(number)
        .or_else(|| absent.then_some("notExists"))
}

/// Writes octets as a value of an object of this syntax; `hinted` when a DISPLAY-HINT applies to values of their type.
fn write_string(
    syntax: &Syntax,
    octets: &[u8],
    hinted: bool,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    match syntax.base() {
        BaseType::Bits => write_bits(syntax, octets, f),
        BaseType::OctetString | BaseType::Opaque => {
            write_octets(syntax.printed_hint().filter(|_| hinted), octets, f)
        }
        BaseType::IpAddress | BaseType::ObjectIdentifier => {
            for (place, octet) in octets.iter().enumerate() {
                write!(f, "{}{octet}", if place == 0 { "" } else { "." })?;
            }
            Ok(())
        }
        _ => match syntax.hint().filter(|_| hinted) {
            Some(hint) if write_hinted(hint, octets, f)? == Hinted::Written => Ok(()),
            _ => write_bytes(octets, f),
        },
    }
}

/// Writes octets by the hint, or in hexadecimal where that would not show them all; without a hint that makes sense, as
/// text or in hexadecimal.
fn write_octets(hint: Option<&str>, octets: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let hinted = match hint {
        Some(hint) => write_hinted(hint, octets, f)?,
        None => Hinted::Senseless,
    };
    match hinted {
        Hinted::Written => Ok(()),
        Hinted::Unclear => fmt_hex(octets, f),
        Hinted::Senseless => fmt::Display::fmt(&ValueRef::OctetString(octets), f),
    }
}

fn write_hinted(
    hint: &str,
    octets: &[u8],
    f: &mut fmt::Formatter<'_>,
) -> Result<Hinted, fmt::Error> {
    let mut shown = Shown::new(f);
    let hinted = hint::write_octets(hint, octets, Place::Value, &mut shown)?;
    shown.finish()?;
    Ok(hinted)
}

fn write_bits(syntax: &Syntax, octets: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let set = (0..octets.len() * 8).filter(|bit| octets[bit / 8] & (0x80 >> (bit % 8)) != 0);
    for (position, bit) in set.enumerate() {
        if position > 0 {
            f.write_str(", ")?;
        }
        match i32::try_from(bit).ok().and_then(|bit| syntax.label(bit)) {
            Some(label) => f.write_str(label)?,
            None => write!(f, "UnknownBit-{bit}")?,
        }
    }
    Ok(())
}

/// Octets where a number should be: PySNMP shows them as Python writes bytes.
fn write_bytes(octets: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let quote = if octets.contains(&b'\'') && !octets.contains(&b'"') {
        '"'
    } else {
        '\''
    };
    write!(f, "b{quote}")?;
    for &octet in octets {
        match octet {
            b'\t' => f.write_str("\\t")?,
            b'\n' => f.write_str("\\n")?,
            b'\r' => f.write_str("\\r")?,
            b'\\' => f.write_str("\\\\")?,
            b'\'' if quote == '\'' => f.write_str("\\'")?,
            b' '..=b'~' => f.write_char(octet.into())?,
            _ => write!(f, "\\x{octet:02x}")?,
        }
    }
    f.write_char(quote)
}
