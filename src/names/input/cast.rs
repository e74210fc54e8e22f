//! What a program writes, made a value of a SYNTAX as PySNMP does.

use std::fmt::{self, Write as _};
use std::net::Ipv4Addr;

use super::hint;
use crate::names::display_hint::is_sensible;
use crate::names::{BaseType, Misfit, Syntax};
use crate::smi::{ObjectIdentifier, OctetString, Opaque, Value, ValueRef, escaped};

impl Syntax {
    /// The value that a text stands for: a label or a number, by the DISPLAY-HINT if there is one; an OBJECT IDENTIFIER
    /// or an address in dots; the labels of bits, between commas or blanks; text, or octets by the DISPLAY-HINT.
    ///
    /// # Errors
    ///
    /// The text is none, or the value is out of range; the error says what was expected.
    pub fn parse(&self, text: &str) -> Result<Value, CastError> {
        let value = self.parse_unchecked(text);
        value
            .filter(|value| self.check(value.as_ref()).is_ok())
            .ok_or_else(|| CastError::new(self, text))
    }

    /// A value of this syntax made from what a program gave: a number becomes the object's kind of number, and text
    /// given for anything but a string is read as by [`parse`](Self::parse). A value of another type that cannot be
    /// made one is returned as it is, for the agent to judge.
    ///
    /// # Errors
    ///
    /// The value is out of range, too long or short, or a text that is no value of this syntax.
    pub fn cast(&self, value: Value) -> Result<Value, CastError> {
        let cast = match (self.base(), &value) {
            (BaseType::OctetString | BaseType::Opaque, _) => None,
            (BaseType::Bits, Value::OctetString(_)) if self.check(value.as_ref()).is_ok() => None,
            (_, Value::OctetString(octets)) => match std::str::from_utf8(octets) {
                Ok(text) => Some(self.parse(text)?),
                Err(_) => None,
            },
            (
                BaseType::Counter32 | BaseType::Gauge32 | BaseType::TimeTicks | BaseType::Counter64,
                Value::Integer(number),
            ) => {
                let cast = self.number((*number).into());
                Some(cast.ok_or_else(|| CastError::new(self, &number.to_string()))?)
            }
            _ => None,
        };
        let value = cast.unwrap_or(value);
        match self.check(value.as_ref()) {
            Ok(()) | Err(Misfit::Type | Misfit::Encoding) => Ok(value),
            Err(_) => Err(CastError::new(self, &value.to_string())),
        }
    }

    /// A number of another kind as one of this syntax's kind; `None` where either is none, or it does not fit.
    #[cold]
    pub(crate) fn recast(&self, value: ValueRef<'_>) -> Option<Value> {
        self.number(match value {
            ValueRef::Integer(number) => number.into(),
            ValueRef::Counter32(number)
            | ValueRef::Gauge32(number)
            | ValueRef::TimeTicks(number) => number.into(),
            ValueRef::Counter64(number) => number.into(),
            _ => return None,
        })
    }

    /// The value that a number stands for: this syntax's kind of number, or what the number is as text where it has none.
    pub(crate) fn value_of_number(&self, number: i128) -> Result<Value, CastError> {
        let is_number = matches!(
            self.base(),
            BaseType::Integer32
                | BaseType::Counter32
                | BaseType::Gauge32
                | BaseType::TimeTicks
                | BaseType::Counter64
        );
        if !is_number {
            return self.parse(&number.to_string());
        }
        self.number(number)
            .filter(|value| self.check(value.as_ref()).is_ok())
            .ok_or_else(|| CastError::new(self, &number.to_string()))
    }

    /// The number whose label says so, as in TruthValue.
    pub(crate) fn value_of_truth(&self, truth: bool) -> Result<Value, CastError> {
        let text = if truth { "true" } else { "false" };
        match self.base() {
            BaseType::Integer32 => self.parse(text),
            _ => Err(CastError::new(self, text)),
        }
    }

    fn parse_unchecked(&self, text: &str) -> Option<Value> {
        match self.base() {
            BaseType::Integer32 => {
                let label = self.labels().iter().find(|label| label.name() == text);
                match label {
                    Some(label) => Some(Value::Integer(label.number())),
                    None => self.parse_number(text),
                }
            }
            BaseType::Gauge32 | BaseType::TimeTicks => self.parse_number(text),
            BaseType::Counter32 => self.number(text.trim().parse().ok()?),
            BaseType::Counter64 => Some(Value::Counter64(text.trim().parse().ok()?)),
            BaseType::OctetString => {
                let hint = self.hint();
                // One that makes no sense is as good as none.
                let octets = match hint.filter(|hint| is_sensible(hint.as_bytes())) {
                    Some(hint) => hint::parse_octets(hint, text)?,
                    None => text.as_bytes().to_vec(),
                };
                Some(Value::OctetString(OctetString::from(octets)))
            }
            BaseType::Bits => {
                let octets = self.parse_bits(text)?;
                Some(Value::OctetString(OctetString::from(octets)))
            }
            BaseType::Opaque => Some(Value::Opaque(Opaque::from(text.as_bytes().to_vec()))),
            BaseType::ObjectIdentifier => {
                let oid = text.trim().parse::<ObjectIdentifier>().ok()?;
                Some(Value::ObjectIdentifier(oid))
            }
            BaseType::IpAddress => Some(Value::IpAddress(address(text.trim())?)),
        }
    }

    /// A number as text, by the hint where numbers have no labels.
    fn parse_number(&self, text: &str) -> Option<Value> {
        let hint = self.hint().filter(|hint| !hint.is_empty());
        match hint.filter(|_| self.labels().is_empty()) {
            Some(hint) => self.number(hint::parse_integer(hint, text)?.into()),
            None => self.number(text.trim().parse().ok()?),
        }
    }

    /// A number as a value of this syntax; `None` when it is too large or this is no kind of number.
    fn number(&self, number: i128) -> Option<Value> {
        let unsigned = || u32::try_from(number).ok();
        Some(match self.base() {
            BaseType::Integer32 => Value::Integer(i32::try_from(number).ok()?),
            BaseType::Counter32 => Value::Counter32(unsigned()?),
            BaseType::Gauge32 => Value::Gauge32(unsigned()?),
            BaseType::TimeTicks => Value::TimeTicks(unsigned()?),
            BaseType::Counter64 => Value::Counter64(u64::try_from(number).ok()?),
            _ => return None,
        })
    }

    fn parse_bits(&self, text: &str) -> Option<Vec<u8>> {
        let mut octets = Vec::new();
        let names = text.split([',', ' ', '\t']).filter(|name| !name.is_empty());
        for name in names {
            let bit = self.labels().iter().find(|label| label.name() == name)?;
            let bit = usize::try_from(bit.number()).ok()?;
            set_bit(&mut octets, bit);
        }
        Some(octets)
    }

    /// What a value of this syntax looks like, for messages.
    fn expected(&self) -> String {
        let mut text = String::new();
        let labels = self.labels();
        let what = match self.base() {
            BaseType::Bits => "names of bits",
            _ if !labels.is_empty() => "one",
            BaseType::Integer32
            | BaseType::Counter32
            | BaseType::Gauge32
            | BaseType::TimeTicks
            | BaseType::Counter64 => "a number",
            BaseType::OctetString => "text",
            BaseType::ObjectIdentifier => "an OBJECT IDENTIFIER",
            BaseType::IpAddress => "an address in dots",
            BaseType::Opaque => "octets",
        };
        text.push_str(what);
        // Long lists say nothing to a reader.
        for (place, label) in labels.iter().take(20).enumerate() {
            let before = if place == 0 { " of " } else { ", " };
            let _ = write!(text, "{before}{}({})", label.name(), label.number());
        }
        if labels.len() > 20 {
            text.push_str(", ..");
        }
        let is_string = matches!(self.base(), BaseType::OctetString | BaseType::Opaque);
        for (place, &(low, high)) in self.ranges().iter().enumerate() {
            let before = match place {
                0 if is_string => " of ",
                0 => " from ",
                _ => " or ",
            };
            let _ = write!(text, "{before}{low}");
            if high != low {
                let _ = write!(text, " to {high}");
            }
        }
        if is_string && !self.ranges().is_empty() {
            text.push_str(" octets");
        }
        if self.ranges().is_empty() && labels.is_empty() {
            text.push_str(match self.base() {
                BaseType::Integer32 => " from -2147483648 to 2147483647",
                BaseType::Counter32 | BaseType::Gauge32 | BaseType::TimeTicks => {
                    " from 0 to 4294967295"
                }
                BaseType::Counter64 => " from 0 to 18446744073709551615",
                _ => "",
            });
        }
        if let Some(hint) = self.hint().filter(|_| labels.is_empty()) {
            let _ = write!(text, " in the form {hint:?}");
        }
        text
    }
}

/// Four decimal numbers between dots, with or without zeros before them.
fn address(text: &str) -> Option<Ipv4Addr> {
    let octets: Option<Vec<u8>> = text.split('.').map(|octet| octet.parse().ok()).collect();
    let octets: [u8; 4] = octets?.try_into().ok()?;
    Some(octets.into())
}

/// Sets a bit of BITS, the first of which is the highest of the first octet.
pub(super) fn set_bit(octets: &mut Vec<u8>, bit: usize) {
    if octets.len() <= bit / 8 {
        octets.resize(bit / 8 + 1, 0);
    }
    octets[bit / 8] |= 0x80 >> (bit % 8);
}

/// A text or value that is no value of a syntax.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CastError {
    text: Box<str>,
    syntax: Box<str>,
    expected: Box<str>,
}

impl CastError {
    pub(super) fn new(syntax: &Syntax, text: &str) -> Self {
        Self {
            text: text.into(),
            syntax: syntax.name().into(),
            expected: syntax.expected().into(),
        }
    }

    /// The text that was refused.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The name of the syntax it is no value of.
    pub fn syntax(&self) -> &str {
        &self.syntax
    }

    /// What would have been one: `a number from 0 to 127`.
    pub fn expected(&self) -> &str {
        &self.expected
    }
}

impl fmt::Display for CastError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        escaped(f, |f| self.write(f))
    }
}

impl CastError {
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            text,
            syntax,
            expected,
        } = self;
        write!(
            f,
            "{text:?} is not a value of {syntax}, which is {expected}"
        )
    }
}

impl std::error::Error for CastError {}
