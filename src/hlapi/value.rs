//! Values as programs write them.

use std::borrow::Cow;

use crate::applications::is_value;
use crate::names::{BaseType, Names, NamesExt, Node, PrettyName, Syntax};
use crate::objects::{RowStatus, StorageType};
use crate::smi::{
    Counter32, Counter64, Gauge32, Integer32, IpAddress, ObjectIdentifier, OctetString, Opaque,
    TimeTicks, Unsigned32, Value,
};

use super::error::SnmpError;
use super::object::parse;

/// The value of an object, as a program gives it.
///
/// Text, plain numbers and truth values become what the object's SYNTAX asks for, and the operation fails with
/// [`SnmpError::Value`] where they cannot:
///
/// - text may be a label, names of bits, or what the DISPLAY-HINT writes;
/// - a number of any of Rust's integer types becomes the object's kind of number if it is in its range, and is read like
///   text by an object that has none;
/// - `true` and `false` are the labels of these names, as TruthValue has them: 1 and 2.
///
/// Where nothing is known of the object, text is an OCTET STRING, a number an INTEGER, if it has 32 bits at most, and
/// there is no `true`; larger ones are given as [`Gauge32`], [`Counter64`] or whatever is meant. Values of SNMP's own types
/// are sent as they are.
///
/// # Examples
///
/// ```
/// use deferred_snmp::hlapi::*;
///
/// let list = objects![
///     ("IF-MIB::ifAdminStatus.3", "down"),
///     ("IF-MIB::ifAdminStatus.4", 2_u8),
///     ("IF-MIB::ifPromiscuousMode.3", false),
///     ("HOST-RESOURCES-MIB::hrSystemInitialLoadDevice.0", u64::MAX), // is refused
///     ("1.3.6.1.4.1.20408.1.0", Counter64(1)),
/// ];
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ObjectValue(Form);

#[derive(Clone, Debug, PartialEq)]
enum Form {
    Given(Value),
    Text(String),
    Number(i64),
    /// Beyond the others.
    Large(u64),
    /// Beyond every object, in digits.
    Huge(Box<str>),
    Truth(bool),
}

impl ObjectValue {
    /// No value.
    pub(super) const NULL: Self = Self(Form::Given(Value::Null));

    /// Whether it says only that there is no value.
    pub(super) fn is_none(&self) -> bool {
        matches!(&self.0, Form::Given(value) if !is_value(value.as_ref()))
    }

    /// The value as one of the variable `name`.
    pub(super) fn cast(
        &self,
        names: &dyn Names,
        name: &ObjectIdentifier,
    ) -> Result<Cow<'_, Value>, SnmpError> {
        if let Form::Given(value) = &self.0 {
            return Ok(Cow::Borrowed(value));
        }
        let syntax = names.nearest(name.as_ref()).and_then(Node::syntax);
        let cast = match (&self.0, syntax) {
            (Form::Text(text), None) => Ok(text.as_str().into()),
            // An OBJECT IDENTIFIER may be given by its name.
            (Form::Text(text), Some(syntax)) if syntax.base() == BaseType::ObjectIdentifier => {
                return Ok(Cow::Owned(parse(names, text)?.into()));
            }
            (Form::Text(text), Some(syntax)) => syntax.parse(text),
            (Form::Number(number), syntax) => {
                syntax.unwrap_or(&INTEGER).value_of_number((*number).into())
            }
            (Form::Large(number), syntax) => {
                syntax.unwrap_or(&INTEGER).value_of_number((*number).into())
            }
            (Form::Huge(digits), syntax) => syntax.unwrap_or(&INTEGER).parse(digits),
            (Form::Truth(truth), syntax) => syntax.unwrap_or(&INTEGER).value_of_truth(*truth),
            (Form::Given(value), _) => Ok(value.clone()),
        };
        cast.map(Cow::Owned).map_err(|error| SnmpError::Value {
            name: name.clone(),
            label: PrettyName::new(names, name).to_string().into(),
            error,
        })
    }
}

/// What a number is where nothing is known of the object.
static INTEGER: Syntax = Syntax::from_static(
    "INTEGER",
    BaseType::Integer32,
    &[(i32::MIN as i64, i32::MAX as i64)],
    &[],
    None,
);

macro_rules! from {
    ($form:ident: $($source:ty),+) => {$(
        impl From<$source> for ObjectValue {
            fn from(value: $source) -> Self {
                Self(Form::$form(value.into()))
            }
        }
    )+};
}

from!(Text: &str, String);
from!(Number: i8, i16, i32, i64, u8, u16, u32);
from!(Truth: bool);
from!(Given: Value, RowStatus, StorageType, (), Integer32, Unsigned32, Gauge32, Counter32, TimeTicks, Counter64, IpAddress,
    ObjectIdentifier, &ObjectIdentifier, OctetString, Opaque, &[u8], Vec<u8>);

impl<const N: usize> From<&[u8; N]> for ObjectValue {
    fn from(octets: &[u8; N]) -> Self {
        Self(Form::Given(octets.into()))
    }
}

impl From<u64> for ObjectValue {
    fn from(number: u64) -> Self {
        Self(match i64::try_from(number) {
            Ok(number) => Form::Number(number),
            Err(_) => Form::Large(number),
        })
    }
}

macro_rules! from_wide {
    ($($source:ty),+) => {$(
        impl From<$source> for ObjectValue {
            fn from(number: $source) -> Self {
                match (i64::try_from(number), u64::try_from(number)) {
                    (Ok(number), _) => number.into(),
                    (_, Ok(number)) => number.into(),
                    _ => Self(Form::Huge(number.to_string().into())),
                }
            }
        }
    )+};
}

from_wide!(i128, u128);

impl From<isize> for ObjectValue {
    fn from(number: isize) -> Self {
        (number as i64).into()
    }
}

impl From<usize> for ObjectValue {
    fn from(number: usize) -> Self {
        (number as u64).into()
    }
}
