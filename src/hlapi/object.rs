//! What a request is about.

use crate::mib::{IndexValue, NameError, Names};
use crate::smi::{IpAddress, ObjectIdentifier, VarBind, VarBindList};

use super::error::SnmpError;
use super::value::ObjectValue;

/// The name of an object, not yet resolved (PySNMP's `ObjectIdentity`).
///
/// It comes from an [`ObjectIdentifier`], from a module and a symbol, or from a text: numbers with
/// dots (`1.3.6.1.2.1.1.1.0`), labels with dots (`iso.org.dod.internet.mgmt.mib-2.system.sysDescr.0`)
/// or `MODULE::symbol.index`.
///
/// # Examples
///
/// ```
/// use deferred_snmp::hlapi::ObjectIdentity;
/// use deferred_snmp::oid;
///
/// let same = [
///     ObjectIdentity::from(oid!(1.3.6.1.2.1.1.1.0)),
///     ObjectIdentity::from(".1.3.6.1.2.1.1.1.0"),
///     ObjectIdentity::from("SNMPv2-MIB::sysDescr.0"),
///     ObjectIdentity::symbol("SNMPv2-MIB", "sysDescr", 0),
/// ];
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectIdentity {
    form: Form,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Form {
    Oid(ObjectIdentifier),
    Text(String),
    Symbol {
        module: String,
        symbol: String,
        index: Index,
    },
}

/// Which instance of an object: one value for each object in the INDEX clause of its table, or `0`
/// for a scalar. `()` is none at all, for walks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Index(Vec<IndexValue>);

impl Index {
    pub(super) fn values(&self) -> &[IndexValue] {
        &self.0
    }
}

impl From<()> for Index {
    fn from((): ()) -> Self {
        Self::default()
    }
}

impl<V: Into<IndexValue>, const N: usize> From<[V; N]> for Index {
    fn from(values: [V; N]) -> Self {
        Self(values.into_iter().map(Into::into).collect())
    }
}

impl From<Vec<IndexValue>> for Index {
    fn from(values: Vec<IndexValue>) -> Self {
        Self(values)
    }
}

macro_rules! one_value {
    ($($value:ty),+) => {$(
        impl From<$value> for Index {
            fn from(value: $value) -> Self {
                Self(vec![value.into()])
            }
        }
    )+};
}

one_value!(i32, u32, &str, String, IpAddress, ObjectIdentifier);

impl ObjectIdentity {
    /// The object called `symbol` in `module`, at `index`. An empty module stands for any.
    pub fn symbol(module: &str, symbol: &str, index: impl Into<Index>) -> Self {
        Self {
            form: Form::Symbol {
                module: module.to_owned(),
                symbol: symbol.to_owned(),
                index: index.into(),
            },
        }
    }

    /// The numbers, as `names` knows them.
    pub(super) fn resolve(&self, names: &dyn Names) -> Result<ObjectIdentifier, SnmpError> {
        match &self.form {
            Form::Oid(oid) => Ok(oid.clone()),
            Form::Text(text) => names.parse(text).map_err(|error| match error {
                NameError::Oid(error) => SnmpError::Oid {
                    text: text.clone(),
                    error,
                },
                error => error.into(),
            }),
            Form::Symbol {
                module,
                symbol,
                index,
            } => Ok(names.resolve(Some(module), symbol, &index.0)?),
        }
    }
}

impl From<ObjectIdentifier> for ObjectIdentity {
    fn from(oid: ObjectIdentifier) -> Self {
        Self {
            form: Form::Oid(oid),
        }
    }
}

impl From<&str> for ObjectIdentity {
    fn from(text: &str) -> Self {
        Self {
            form: Form::Text(text.to_owned()),
        }
    }
}

impl From<&&str> for ObjectIdentity {
    fn from(text: &&str) -> Self {
        Self::from(*text)
    }
}

impl From<&ObjectIdentifier> for ObjectIdentity {
    fn from(oid: &ObjectIdentifier) -> Self {
        Self::from(oid.clone())
    }
}

impl From<String> for ObjectIdentity {
    fn from(text: String) -> Self {
        Self {
            form: Form::Text(text),
        }
    }
}

/// An object, with a value if it is to be written (PySNMP's `ObjectType`).
///
/// Wherever one is taken, its name alone will do, or a pair of name and value.
///
/// # Examples
///
/// ```
/// use deferred_snmp::hlapi::{ObjectType, OctetString, TimeTicks};
///
/// let named = ObjectType::symbol("SNMPv2-MIB", "sysName", 0);
/// let valued = ObjectType::symbol("SNMPv2-MIB", "sysName", 0).value("gateway");
/// let paired = ObjectType::from(("1.3.6.1.2.1.1.5.0", OctetString::from("gateway")));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ObjectType {
    identity: ObjectIdentity,
    value: ObjectValue,
}

impl ObjectType {
    /// The object of this name, without a value.
    pub fn new(identity: impl Into<ObjectIdentity>) -> Self {
        Self {
            identity: identity.into(),
            value: ObjectValue::NULL,
        }
    }

    /// The object called `symbol` in `module`, at `index`, without a value.
    pub fn symbol(module: &str, symbol: &str, index: impl Into<Index>) -> Self {
        Self::new(ObjectIdentity::symbol(module, symbol, index))
    }

    /// The same object with a value. Text and plain numbers are made what the object's SYNTAX asks
    /// for when the request is sent; values of SNMP's own types are sent as they are.
    #[must_use]
    pub fn value(mut self, value: impl Into<ObjectValue>) -> Self {
        self.value = value.into();
        self
    }

    pub(super) fn resolve(&self, names: &dyn Names) -> Result<ObjectIdentifier, SnmpError> {
        self.identity.resolve(names)
    }

    /// Appends the binding of this object.
    pub(super) fn encode(
        &self,
        names: &dyn Names,
        var_binds: &mut VarBindList,
    ) -> Result<(), SnmpError> {
        let oid = self.resolve(names)?;
        let value = self.value.cast(names, &oid)?;
        var_binds.push(oid.as_ref(), (*value).as_ref());
        Ok(())
    }
}

impl<I: Into<ObjectIdentity>> From<I> for ObjectType {
    fn from(identity: I) -> Self {
        Self::new(identity)
    }
}

impl<I: Into<ObjectIdentity>, V: Into<ObjectValue>> From<(I, V)> for ObjectType {
    fn from((identity, value): (I, V)) -> Self {
        Self::new(identity).value(value)
    }
}

impl From<VarBind> for ObjectType {
    fn from(var_bind: VarBind) -> Self {
        Self::new(var_bind.name).value(var_bind.value)
    }
}
