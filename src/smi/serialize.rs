//! Values and bindings for data formats, by serde. [`manual::features`](crate::manual::features#serde) says in which shape.

use core::fmt;

use serde::ser::{Serialize, SerializeSeq, SerializeStruct, Serializer};

use super::{
    ObjectIdentifier, OidRef, Value, ValueRef, VarBind, VarBindList, VarBindListRef, VarBindRef,
};

/// Octets as hexadecimal digits, without anything before them.
struct Hex<'a>(&'a [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|octet| write!(f, "{octet:02x}"))
    }
}

/// Formatted as text.
struct Shown<T>(T);

impl<T: fmt::Display> Serialize for Shown<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'a> ValueRef<'a> {
    /// The name of its type.
    const fn type_name(self) -> &'static str {
        match self {
            Self::Integer(_) => "Integer32",
            Self::OctetString(_) => "OctetString",
            Self::Null => "Null",
            Self::ObjectIdentifier(_) => "ObjectIdentifier",
            Self::IpAddress(_) => "IpAddress",
            Self::Counter32(_) => "Counter32",
            Self::Gauge32(_) => "Gauge32",
            Self::TimeTicks(_) => "TimeTicks",
            Self::Opaque(_) => "Opaque",
            Self::Counter64(_) => "Counter64",
            Self::NoSuchObject => "noSuchObject",
            Self::NoSuchInstance => "noSuchInstance",
            Self::EndOfMibView => "endOfMibView",
            Self::Other { .. } => "Other",
        }
    }

    /// How many fields [`serialize_fields`](Self::serialize_fields) writes.
    pub(crate) const fn fields(self) -> usize {
        match self {
            Self::Other { .. } => 3,
            _ => 2,
        }
    }

    /// Writes its type, and what it is: `value`, or `hex` for octets that are no text.
    pub(crate) fn serialize_fields<S: SerializeStruct>(
        self,
        fields: &mut S,
    ) -> Result<(), S::Error> {
        fields.serialize_field("type", self.type_name())?;
        let hex =
            |fields: &mut S, octets: &'a [u8]| fields.serialize_field("hex", &Shown(Hex(octets)));
        match self {
            Self::Integer(number) => fields.serialize_field("value", &number),
            Self::OctetString(octets) => match self.as_str() {
                Some(text) => fields.serialize_field("value", text),
                None => hex(fields, octets),
            },
            Self::ObjectIdentifier(oid) => fields.serialize_field("value", &oid),
            Self::IpAddress(address) => fields.serialize_field("value", &Shown(address)),
            Self::Counter32(number) | Self::Gauge32(number) | Self::TimeTicks(number) => {
                fields.serialize_field("value", &number)
            }
            Self::Counter64(number) => fields.serialize_field("value", &number),
            Self::Opaque(octets) => hex(fields, octets),
            Self::Null | Self::NoSuchObject | Self::NoSuchInstance | Self::EndOfMibView => {
                fields.serialize_field("value", &())
            }
            Self::Other { tag, contents } => {
                fields.serialize_field("tag", &Shown(tag))?;
                hex(fields, contents)
            }
        }
    }
}

/// `{"type": "Counter32", "value": 5}`.
impl Serialize for ValueRef<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Value", self.fields())?;
        self.serialize_fields(&mut fields)?;
        fields.end()
    }
}

/// As the borrowed form.
impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_ref().serialize(serializer)
    }
}

/// Numbers with dots, as a text: `"1.3.6.1.2.1.1.3.0"`.
impl Serialize for OidRef<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// As the borrowed form.
impl Serialize for ObjectIdentifier {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_ref().serialize(serializer)
    }
}

/// `{"name": "1.3.6.1.2.1.1.3.0", "type": "TimeTicks", "value": 4711}`.
impl Serialize for VarBindRef<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("VarBind", 1 + self.value.fields())?;
        fields.serialize_field("name", &self.name)?;
        self.value.serialize_fields(&mut fields)?;
        fields.end()
    }
}

/// As the borrowed form.
impl Serialize for VarBind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_ref().serialize(serializer)
    }
}

/// A list of bindings.
impl Serialize for VarBindListRef<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.len()))?;
        for binding in self.iter() {
            list.serialize_element(&binding)?;
        }
        list.end()
    }
}

/// As the borrowed form.
impl Serialize for VarBindList {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_ref().serialize(serializer)
    }
}
