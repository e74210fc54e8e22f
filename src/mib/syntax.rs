//! The SYNTAX of an object: type, ranges, labels and display hint (RFC 2578 section 7.1, RFC 2579).

use std::borrow::Cow;

use super::definition::Lent;
use super::object::SetError;
use crate::smi::ValueRef;

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
    /// The name of RFC 2578: `OCTET STRING`; for what has several, the first that its documentation names.
    #[cfg(feature = "mib")]
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Integer32 => "INTEGER",
            Self::OctetString => "OCTET STRING",
            Self::ObjectIdentifier => "OBJECT IDENTIFIER",
            Self::IpAddress => "IpAddress",
            Self::Counter32 => "Counter32",
            Self::Gauge32 => "Gauge32",
            Self::TimeTicks => "TimeTicks",
            Self::Opaque => "Opaque",
            Self::Counter64 => "Counter64",
            Self::Bits => "BITS",
        }
    }

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
    // Shared with the types that this one is derived from.
    ranges: Lent<[(i64, i64)]>,
    labels: Lent<[Label]>,
    hint: Option<Lent<str>>,
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
            ranges: Lent::Static(ranges),
            labels: Lent::Static(labels),
            hint: match hint {
                Some(hint) => Some(Lent::Static(hint)),
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
            ranges: ranges.into(),
            labels: labels.into(),
            hint: hint.map(|hint| Lent::Shared(hint.into())),
        }
    }

    /// This type with labels, and without limits.
    #[cfg(feature = "mib")]
    pub(super) fn with_labels(&self, labels: Vec<Label>) -> Self {
        Self {
            ranges: Lent::Static(&[]),
            labels: labels.into(),
            ..self.clone()
        }
    }

    /// This type with other limits.
    #[cfg(feature = "mib")]
    pub(super) fn with_ranges(&self, ranges: Vec<(i64, i64)>) -> Self {
        Self {
            ranges: ranges.into(),
            ..self.clone()
        }
    }

    /// A type derived from this one, with its hint unless there is a new one.
    #[cfg(feature = "mib")]
    pub(super) fn renamed(&self, name: &str, hint: Option<&str>) -> Self {
        let hint = hint.map(|hint| Lent::Shared(hint.into()));
        Self {
            name: Cow::Owned(name.to_owned()),
            hint: hint.or_else(|| self.hint.clone()),
            ..self.clone()
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
}
