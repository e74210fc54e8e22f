//! The SYNTAX of an object: type, ranges, labels and display hint (RFC 2578 section 7.1, RFC 2579).

use std::borrow::Cow;
use std::fmt;

use super::hint;
use super::object::SetError;
use crate::smi::{ObjectIdentifier, OctetString, Opaque, Value, ValueRef};

/// The type on the wire that an object's values have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "the base types of RFC 2578 section 7.1 are closed"
)]
pub enum BaseType {
    /// INTEGER, Integer32 and enumerations.
    Integer32,
    /// OCTET STRING, BITS included.
    OctetString,
    /// OBJECT IDENTIFIER.
    ObjectIdentifier,
    /// IpAddress.
    IpAddress,
    /// Counter32.
    Counter32,
    /// Gauge32 and Unsigned32.
    Gauge32,
    /// TimeTicks.
    TimeTicks,
    /// Opaque.
    Opaque,
    /// Counter64.
    Counter64,
    /// BITS; an OCTET STRING on the wire.
    Bits,
}

impl BaseType {
    /// The base type of a value; `None` for NULL and the exceptions.
    pub fn of(value: ValueRef<'_>) -> Option<Self> {
        Some(match value {
            ValueRef::Integer(_) => Self::Integer32,
            ValueRef::OctetString(_) => Self::OctetString,
            ValueRef::ObjectIdentifier(_) => Self::ObjectIdentifier,
            ValueRef::IpAddress(_) => Self::IpAddress,
            ValueRef::Counter32(_) => Self::Counter32,
            ValueRef::Gauge32(_) => Self::Gauge32,
            ValueRef::TimeTicks(_) => Self::TimeTicks,
            ValueRef::Opaque(_) => Self::Opaque,
            ValueRef::Counter64(_) => Self::Counter64,
            ValueRef::Null
            | ValueRef::NoSuchObject
            | ValueRef::NoSuchInstance
            | ValueRef::EndOfMibView => return None,
        })
    }
}

/// One named number of an enumeration, or one named bit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    name: Cow<'static, str>,
    number: i32,
}

impl Label {
    /// A label of a compiled-in table.
    pub const fn new(name: &'static str, number: i32) -> Self {
        Self {
            name: Cow::Borrowed(name),
            number,
        }
    }

    /// A label read at run time.
    pub const fn owned(name: String, number: i32) -> Self {
        Self {
            name: Cow::Owned(name),
            number,
        }
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The number it stands for.
    pub const fn number(&self) -> i32 {
        self.number
    }
}

/// What values an object takes and how they are written (RFC 2578 section 7.1).
///
/// Built once, in a `static` for compiled-in modules, and read through references.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Syntax {
    name: Cow<'static, str>,
    base: BaseType,
    ranges: Cow<'static, [(i64, i64)]>,
    labels: Cow<'static, [Label]>,
    hint: Option<Cow<'static, str>>,
}

impl Syntax {
    /// A syntax without limits, labels or hint. `name` is for messages: `DisplayString`.
    pub const fn new(name: &'static str, base: BaseType) -> Self {
        Self::from_static(name, base, &[], &[], None)
    }

    /// A syntax of a compiled-in module.
    ///
    /// `ranges`, inclusive, limit the value of a number or the number of octets of a string; none means no limit.
    pub const fn from_static(
        name: &'static str,
        base: BaseType,
        ranges: &'static [(i64, i64)],
        labels: &'static [Label],
        hint: Option<&'static str>,
    ) -> Self {
        Self {
            name: Cow::Borrowed(name),
            base,
            ranges: Cow::Borrowed(ranges),
            labels: Cow::Borrowed(labels),
            hint: match hint {
                Some(hint) => Some(Cow::Borrowed(hint)),
                None => None,
            },
        }
    }

    /// A syntax read at run time; the parameters are those of [`from_static`](Self::from_static).
    pub fn owned(
        name: String,
        base: BaseType,
        ranges: Vec<(i64, i64)>,
        labels: Vec<Label>,
        hint: Option<String>,
    ) -> Self {
        Self {
            name: Cow::Owned(name),
            base,
            ranges: Cow::Owned(ranges),
            labels: Cow::Owned(labels),
            hint: hint.map(Cow::Owned),
        }
    }

    /// The name for messages: the textual convention, or the base type.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The type on the wire.
    pub const fn base(&self) -> BaseType {
        self.base
    }

    /// The limits, inclusive, of a number or of the number of octets of a string; none means no limit.
    pub fn ranges(&self) -> &[(i64, i64)] {
        &self.ranges
    }

    /// The DISPLAY-HINT, if any.
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// The named numbers of an enumeration, or the named bits of BITS.
    pub fn labels(&self) -> &[Label] {
        &self.labels
    }

    /// The label of a number.
    pub fn label(&self, number: i32) -> Option<&str> {
        self.labels
            .iter()
            .find(|label| label.number == number)
            .map(Label::name)
    }

    /// The number of octets that every value has, when there is only one possibility.
    pub(super) fn fixed_size(&self) -> Option<usize> {
        match *self.ranges {
            [(low, high)] if low == high => usize::try_from(low).ok(),
            _ => None,
        }
    }

    /// Whether a value is of this syntax, checked in the order of RFC 3416 section 4.2.5.
    ///
    /// # Errors
    ///
    /// `WrongType`, `WrongLength`, or `WrongValue`.
    pub fn check(&self, value: ValueRef<'_>) -> Result<(), SetError> {
        let found = BaseType::of(value).ok_or(SetError::WrongType)?;
        let expected = match self.base {
            BaseType::Bits => BaseType::OctetString,
            base => base,
        };
        if found != expected {
            return Err(SetError::WrongType);
        }
        match value {
            ValueRef::OctetString(octets) | ValueRef::Opaque(octets)
                if !self.in_ranges(octets.len() as i128) =>
            {
                return Err(SetError::WrongLength);
            }
            ValueRef::Integer(number) => {
                if !self.labels.is_empty() && self.label(number).is_none() {
                    return Err(SetError::WrongValue);
                }
                self.check_number(number.into())?;
            }
            ValueRef::Counter32(number)
            | ValueRef::Gauge32(number)
            | ValueRef::TimeTicks(number) => self.check_number(number.into())?,
            ValueRef::Counter64(number) => self.check_number(number.into())?,
            _ => {}
        }
        Ok(())
    }

    /// Whether a string may have this number of octets.
    pub(super) fn allows_size(&self, size: usize) -> bool {
        self.in_ranges(size as i128)
    }

    fn check_number(&self, number: i128) -> Result<(), SetError> {
        if self.in_ranges(number) {
            Ok(())
        } else {
            Err(SetError::WrongValue)
        }
    }

    fn in_ranges(&self, number: i128) -> bool {
        self.ranges.is_empty()
            || self
                .ranges
                .iter()
                .any(|&(low, high)| i128::from(low) <= number && number <= i128::from(high))
    }

    /// The value that a text stands for: a label or decimal number, dotted OID or address, text or octets by the
    /// DISPLAY-HINT.
    ///
    /// # Errors
    ///
    /// The text is none, or the value is out of range; the error names both.
    pub fn parse(&self, text: &str) -> Result<Value, CastError> {
        let refused = || CastError {
            text: text.to_owned(),
            syntax: self.name.clone(),
        };
        let value = self.parse_unchecked(text).ok_or_else(refused)?;
        match self.check(value.as_ref()) {
            Ok(()) => Ok(value),
            Err(_) => Err(refused()),
        }
    }

    /// A value of this syntax made from what a program gave: a number becomes the object's kind of number, and text
    /// given for anything but a string is read as by [`parse`](Self::parse). A value of another type that cannot be
    /// made one is returned as it is, for the agent to judge.
    ///
    /// # Errors
    ///
    /// The value is out of range, too long or short, or a text that is no value of this syntax.
    pub fn cast(&self, value: Value) -> Result<Value, CastError> {
        let cast = match (self.base, &value) {
            (BaseType::OctetString | BaseType::Opaque, _) => None,
            (BaseType::Bits, Value::OctetString(_)) if self.check(value.as_ref()).is_ok() => None,
            (_, Value::OctetString(octets)) => match std::str::from_utf8(octets) {
                Ok(text) => Some(self.parse(text)?),
                Err(_) => None,
            },
            (
                BaseType::Counter32 | BaseType::Gauge32 | BaseType::TimeTicks | BaseType::Counter64,
                Value::Integer(number),
            ) => Some(self.parse(&number.to_string())?),
            _ => None,
        };
        let value = cast.unwrap_or(value);
        match self.check(value.as_ref()) {
            Ok(()) | Err(SetError::WrongType) => Ok(value),
            Err(_) => Err(CastError {
                text: value.to_string(),
                syntax: self.name.clone(),
            }),
        }
    }

    fn parse_unchecked(&self, text: &str) -> Option<Value> {
        let number = || text.trim().parse::<u32>().ok();
        Some(match self.base {
            BaseType::Integer32 => {
                Value::Integer(match self.labels.iter().find(|label| label.name == text) {
                    Some(label) => label.number,
                    None => text.trim().parse().ok()?,
                })
            }
            BaseType::OctetString => Value::OctetString(OctetString::from(match self.hint() {
                Some(hint) => hint::parse_octets(hint, text)?,
                None => text.as_bytes().to_vec(),
            })),
            BaseType::Bits => Value::OctetString(OctetString::from(self.parse_bits(text)?)),
            BaseType::Opaque => Value::Opaque(Opaque::from(text.as_bytes().to_vec())),
            BaseType::ObjectIdentifier => {
                Value::ObjectIdentifier(text.trim().parse::<ObjectIdentifier>().ok()?)
            }
            BaseType::IpAddress => Value::IpAddress(text.trim().parse().ok()?),
            BaseType::Counter32 => Value::Counter32(number()?),
            BaseType::Gauge32 => Value::Gauge32(number()?),
            BaseType::TimeTicks => Value::TimeTicks(number()?),
            BaseType::Counter64 => Value::Counter64(text.trim().parse().ok()?),
        })
    }

    fn parse_bits(&self, text: &str) -> Option<Vec<u8>> {
        let mut octets = Vec::new();
        for name in text
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty())
        {
            let bit = self.labels.iter().find(|label| label.name == name)?;
            let bit = usize::try_from(bit.number).ok()?;
            if octets.len() <= bit / 8 {
                octets.resize(bit / 8 + 1, 0);
            }
            octets[bit / 8] |= 0x80 >> (bit % 8);
        }
        Some(octets)
    }
}

/// A text that is no value of a syntax.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CastError {
    text: String,
    syntax: Cow<'static, str>,
}

impl CastError {
    /// The text that was refused.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The name of the syntax it is no value of.
    pub fn syntax(&self) -> &str {
        &self.syntax
    }
}

impl fmt::Display for CastError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not a value of {}", self.text, self.syntax)
    }
}

impl std::error::Error for CastError {}
