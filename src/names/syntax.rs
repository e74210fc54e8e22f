//! The SYNTAX of an object: type, ranges, labels and display hint (RFC 2578 section 7.1, RFC 2579).

use std::borrow::Cow;
use std::fmt;

use super::definition::Lent;
use crate::smi::{Tag, ValueRef};

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

    /// The tag of its values.
    const fn tag(self) -> Tag {
        match self {
            Self::Integer32 => Tag::INTEGER,
            Self::OctetString | Self::Bits => Tag::OCTET_STRING,
            Self::ObjectIdentifier => Tag::OBJECT_IDENTIFIER,
            Self::IpAddress => Tag::IP_ADDRESS,
            Self::Counter32 => Tag::COUNTER32,
            Self::Gauge32 => Tag::GAUGE32,
            Self::TimeTicks => Tag::TIME_TICKS,
            Self::Opaque => Tag::OPAQUE,
            Self::Counter64 => Tag::COUNTER64,
        }
    }

    /// The base type of a value; `None` for NULL, the exceptions, and what is of none of the types.
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
            | ValueRef::EndOfMibView
            | ValueRef::Other { .. } => return None,
        })
    }
}

/// Why a value is none of a syntax. What a SET of it is refused with is for the managed objects to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "type, length, encoding and value are all that RFC 3416 section 4.2.5 finds in a value by itself"
)]
pub enum Misfit {
    /// It is of another type.
    Type,
    /// It is longer or shorter than the syntax allows.
    Length,
    /// Its encoding does not agree with its type.
    Encoding,
    /// It is out of range, or a number without a label where all have one.
    Value,
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Type => "the value is of another type",
            Self::Length => "the value is too long or too short",
            Self::Encoding => "the encoding of the value does not agree with its type",
            Self::Value => "the value is out of range",
        })
    }
}

impl std::error::Error for Misfit {}

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

    /// Whether this is a word of the language, with another meaning elsewhere in a module.
    fn is_keyword(&self) -> bool {
        matches!(
            &*self.name,
            "accessible-for-notify"
                | "current"
                | "mandatory"
                | "not-accessible"
                | "not-implemented"
                | "obsolete"
                | "optional"
                | "read-create"
                | "read-only"
                | "read-write"
                | "write-only"
        )
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
    unseen: Unseen,
    /// Whether it is made of Integer32 or Unsigned32, which Net-SNMP tells from INTEGER and Gauge32.
    sized: bool,
    /// Whether it is the DisplayString of RFC1213-MIB, or made of it: that of SNMPv2-TC, but without its hint.
    is_text: bool,
}

/// What Net-SNMP does not see of a syntax.
///
/// Of a textual convention that is made of another it takes nothing but the base type, and of one that is not imported
/// nothing at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unseen {
    pub(super) base: bool,
    pub(super) ranges: bool,
    pub(super) labels: bool,
    pub(super) hint: bool,
}

impl Unseen {
    pub(super) const NOTHING: Self = Self {
        base: false,
        ranges: false,
        labels: false,
        hint: false,
    };

    #[cfg(feature = "mib")]
    pub(super) const ALL_BUT_BASE: Self = Self {
        base: false,
        ranges: true,
        labels: true,
        hint: true,
    };
}

/// The type as it is, without limits and labels.
impl From<BaseType> for Syntax {
    fn from(base: BaseType) -> Self {
        Self::new(base.name(), base)
    }
}

impl From<&Self> for Syntax {
    fn from(syntax: &Self) -> Self {
        syntax.clone()
    }
}

impl Syntax {
    /// A syntax without limits, labels or hint. `name` is for messages: `DisplayString`.
    pub const fn new(name: &'static str, base: BaseType) -> Self {
        Self::from_static(name, base, &[], &[], None)
    }

    /// What is made of an object in an INDEX whose type nobody defines: a number, as most are.
    #[cfg(feature = "mib")]
    pub(super) const UNKNOWN: Self = Self::new(UNKNOWN, BaseType::Integer32);

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
            unseen: Unseen::NOTHING,
            sized: false,
            is_text: false,
        }
    }

    /// A syntax of the compiled-in module `module`.
    pub(super) const fn compiled_in(
        module: &str,
        name: &'static str,
        base: BaseType,
        ranges: &'static [(i64, i64)],
        labels: &'static [Label],
        hint: Option<&'static str>,
    ) -> Self {
        let mut syntax = Self::from_static(name, base, ranges, labels, hint);
        syntax.is_text = is(module, RFC1213) && is(name, DISPLAY_STRING);
        syntax
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
            unseen: Unseen::NOTHING,
            sized: false,
            is_text: false,
        }
    }

    /// This type with labels, and without limits.
    #[cfg(feature = "mib")]
    pub(super) fn with_labels(&self, labels: Vec<Label>) -> Self {
        Self {
            ranges: Lent::Static(&[]),
            labels: labels.into(),
            unseen: Unseen {
                ranges: false,
                labels: false,
                ..self.unseen
            },
            ..self.clone()
        }
    }

    /// This type with other limits.
    #[cfg(feature = "mib")]
    pub(super) fn with_ranges(&self, ranges: Vec<(i64, i64)>) -> Self {
        Self {
            ranges: ranges.into(),
            unseen: Unseen {
                ranges: false,
                ..self.unseen
            },
            ..self.clone()
        }
    }

    /// The type of this name that is made of this one, with its hint unless there is a new one. `unseen` is what it has
    /// from a type with a name of its own.
    #[cfg(feature = "mib")]
    pub(super) fn renamed(&self, name: &str, hint: Option<&str>, unseen: Unseen) -> Self {
        let unseen = Unseen {
            base: self.unseen.base,
            hint: unseen.hint && hint.is_none(),
            ..unseen
        };
        let hint = hint.map(|hint| Lent::Shared(hint.into()));
        Self {
            name: Cow::Owned(name.to_owned()),
            hint: hint.or_else(|| self.hint.clone()),
            unseen,
            sized: self.is_sized(),
            ..self.clone()
        }
    }

    /// This type as one that the module `module` defines.
    #[cfg(feature = "mib")]
    pub(super) fn defined_in(mut self, module: &str) -> Self {
        self.is_text |= module == RFC1213 && self.name == DISPLAY_STRING;
        self
    }

    /// This type where it is used and not imported.
    #[cfg(feature = "mib")]
    pub(super) fn not_imported(&self) -> Self {
        Self {
            unseen: Unseen {
                base: true,
                ..Unseen::ALL_BUT_BASE
            },
            ..self.clone()
        }
    }

    /// The name for messages: the textual convention, or the base type.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the type is not known, but taken for a number.
    pub(super) fn is_unknown(&self) -> bool {
        self.name == UNKNOWN
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

    /// The DISPLAY-HINT by which values are printed. The DisplayString of RFC1213-MIB is printed as that of SNMPv2-TC,
    /// which has taken its place; one that another module defines is not.
    pub(super) fn printed_hint(&self) -> Option<&str> {
        self.hint().or_else(|| self.is_text.then_some("255a"))
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
    pub(crate) fn fixed_size(&self) -> Option<usize> {
        only_size(&self.ranges)
    }

    /// Whether the type is Integer32 or Unsigned32, or made of one.
    pub(super) fn is_sized(&self) -> bool {
        self.sized || matches!(&*self.name, "Integer32" | "Unsigned32")
    }

    /// Whether Net-SNMP knows the type at all.
    pub(super) const fn is_seen(&self) -> bool {
        !self.unseen.base
    }

    /// The limits that the object or its textual convention states itself, which are those that Net-SNMP sees.
    pub(super) fn stated_ranges(&self) -> &[(i64, i64)] {
        if self.unseen.ranges {
            &[]
        } else {
            &self.ranges
        }
    }

    /// As [`stated_ranges`](Self::stated_ranges), the one size.
    pub(super) fn stated_size(&self) -> Option<usize> {
        only_size(self.stated_ranges())
    }

    /// As [`stated_ranges`](Self::stated_ranges), the labels, without those that Net-SNMP takes for keywords.
    pub(super) fn stated_labels(&self) -> impl Iterator<Item = &Label> {
        let stated = self.all_stated_labels().iter();
        stated.filter(|label| !label.is_keyword())
    }

    fn all_stated_labels(&self) -> &[Label] {
        if self.unseen.labels {
            &[]
        } else {
            &self.labels
        }
    }

    /// As [`stated_ranges`](Self::stated_ranges), the label of a number.
    pub(super) fn stated_label(&self, number: i32) -> Option<&str> {
        let mut labels = self.all_stated_labels().iter();
        labels
            .find(|label| label.number == number && !label.is_keyword())
            .map(Label::name)
    }

    /// As [`stated_ranges`](Self::stated_ranges), the DISPLAY-HINT.
    pub(super) fn stated_hint(&self) -> Option<&str> {
        self.hint().filter(|_| !self.unseen.hint)
    }

    /// Whether a value is of this syntax, checked in the order of RFC 3416 section 4.2.5.
    ///
    /// # Errors
    ///
    /// [`Misfit::Type`], [`Misfit::Length`], [`Misfit::Encoding`] for a [`Value::Other`](crate::smi::Value::Other) that has
    /// the tag of this syntax, or [`Misfit::Value`].
    pub fn check(&self, value: ValueRef<'_>) -> Result<(), Misfit> {
        let Some(found) = BaseType::of(value) else {
            return Err(misfit(self.base.tag(), value));
        };
        let expected = match self.base {
            BaseType::Bits => BaseType::OctetString,
            base => base,
        };
        if found != expected {
            return Err(Misfit::Type);
        }
        match value {
            ValueRef::OctetString(octets) | ValueRef::Opaque(octets)
                if !self.in_ranges(octets.len() as i128) =>
            {
                return Err(Misfit::Length);
            }
            ValueRef::Integer(number) => {
                if !self.labels.is_empty() && self.label(number).is_none() {
                    return Err(Misfit::Value);
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

    fn check_number(&self, number: i128) -> Result<(), Misfit> {
        if self.in_ranges(number) {
            Ok(())
        } else {
            Err(Misfit::Value)
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

/// Why `value`, which is of no base type, cannot be set where values have the tag `expected`. RFC 3416 section
/// 4.2.5.
pub(crate) fn misfit(expected: Tag, value: ValueRef<'_>) -> Misfit {
    match value {
        ValueRef::Other { tag, .. } if tag == expected => Misfit::Encoding,
        _ => Misfit::Type,
    }
}

const RFC1213: &str = "RFC1213-MIB";
const DISPLAY_STRING: &str = "DisplayString";

/// `==`, which no constant can use.
const fn is(a: &str, b: &str) -> bool {
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    while let ([first, a_rest @ ..], [second, b_rest @ ..]) = (a, b) {
        if *first != *second {
            return false;
        }
        (a, b) = (a_rest, b_rest);
    }
    a.is_empty() && b.is_empty()
}

/// No name of a type: those begin with a capital letter.
const UNKNOWN: &str = "unknown";

fn only_size(ranges: &[(i64, i64)]) -> Option<usize> {
    match *ranges {
        [(low, high)] if low == high => usize::try_from(low).ok(),
        _ => None,
    }
}
