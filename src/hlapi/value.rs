//! Values as programs write them.

use std::borrow::Cow;

use crate::applications::is_value;
use crate::mib::{BaseType, Names, Node, PrettyName, Syntax};
use crate::smi::{
    Counter32, Counter64, Gauge32, Integer32, IpAddress, ObjectIdentifier, OctetString, Opaque,
    TimeTicks, Unsigned32, Value,
};

use super::error::SnmpError;

/// The value of an object, as a program gives it.
///
/// Text and plain numbers become what the object's SYNTAX asks for: text may be a label, names of
/// bits, or what the DISPLAY-HINT writes; a number becomes the object's kind of number, and is read
/// like text by an object that has none. Where nothing is known of the object, text is an OCTET STRING
/// and a number an INTEGER. Values of SNMP's own types are sent as they are.
#[derive(Clone, Debug, PartialEq)]
pub struct ObjectValue(Form);

#[derive(Clone, Debug, PartialEq)]
enum Form {
    Given(Value),
    Plain(Value),
}

impl ObjectValue {
    /// No value.
    pub(super) const NULL: Self = Self(Form::Given(Value::Null));

    /// Whether it says only that there is no value.
    pub(super) fn is_none(&self) -> bool {
        let (Form::Given(value) | Form::Plain(value)) = &self.0;
        !is_value(value.as_ref())
    }

    /// The value as one of the variable `name`.
    pub(super) fn cast(
        &self,
        names: &dyn Names,
        name: &ObjectIdentifier,
    ) -> Result<Cow<'_, Value>, SnmpError> {
        let plain = match &self.0 {
            Form::Given(value) => return Ok(Cow::Borrowed(value)),
            Form::Plain(value) => value,
        };
        match names.nearest(name.as_ref()).and_then(Node::syntax) {
            Some(syntax) => cast(names, name, syntax, plain).map(Cow::Owned),
            None => Ok(Cow::Borrowed(plain)),
        }
    }
}

fn cast(
    names: &dyn Names,
    name: &ObjectIdentifier,
    syntax: &Syntax,
    plain: &Value,
) -> Result<Value, SnmpError> {
    let cast = match plain.as_str() {
        // An OBJECT IDENTIFIER may be given by its name.
        Some(text) if syntax.base() == BaseType::ObjectIdentifier => {
            return Ok(Value::ObjectIdentifier(names.parse(text)?));
        }
        Some(text) => syntax.parse(text),
        None if is_number(syntax.base()) => syntax.cast(plain.clone()),
        None => syntax.parse(&plain.to_string()),
    };
    cast.map_err(|error| SnmpError::Value {
        name: name.clone(),
        label: PrettyName::new(names, name).to_string().into(),
        error,
    })
}

const fn is_number(base: BaseType) -> bool {
    matches!(
        base,
        BaseType::Integer32
            | BaseType::Counter32
            | BaseType::Gauge32
            | BaseType::TimeTicks
            | BaseType::Counter64
    )
}

macro_rules! from {
    ($form:ident: $($source:ty),+) => {$(
        impl From<$source> for ObjectValue {
            fn from(value: $source) -> Self {
                Self(Form::$form(value.into()))
            }
        }
    )+};
}

from!(Plain: &str, String, i32);
from!(Given: Value, (), Integer32, Unsigned32, Gauge32, Counter32, TimeTicks, Counter64, IpAddress,
    ObjectIdentifier, &ObjectIdentifier, OctetString, Opaque, &[u8], Vec<u8>);

impl<const N: usize> From<&[u8; N]> for ObjectValue {
    fn from(octets: &[u8; N]) -> Self {
        Self(Form::Given(octets.into()))
    }
}
