//! One binding of what comes back.

use std::fmt;
use std::net::Ipv4Addr;
use std::rc::Rc;

use crate::names::{Names, PrettyName, PrettyValue, PrettyVarBind};
use crate::smi::{ObjectIdentifier, OidRef, Value, ValueRef, VarBind, VarBindRef};

use super::object::ObjectType;

/// A binding lent by a [`Response`](super::Response), a [`Row`](super::Row) or a [`Notification`](super::Notification).
/// Prints `name = value` as PySNMP does, [`label`](Self::label) and [`text`](Self::text).
#[derive(Clone, Copy)]
pub struct ResponseVarBind<'a> {
    var_bind: VarBindRef<'a>,
    names: Option<&'a Rc<dyn Names>>,
}

impl<'a> ResponseVarBind<'a> {
    pub(super) fn new(var_bind: VarBindRef<'a>, names: Option<&'a Rc<dyn Names>>) -> Self {
        Self { var_bind, names }
    }

    #[cfg(feature = "serde")]
    pub(super) fn is_named(&self) -> bool {
        self.names.is_some()
    }

    #[cfg(feature = "serde")]
    pub(super) fn var_bind(&self) -> VarBindRef<'a> {
        self.var_bind
    }

    /// The name, as numbers.
    pub fn name(&self) -> OidRef<'a> {
        self.var_bind.name
    }

    /// The value.
    pub fn value(&self) -> ValueRef<'a> {
        self.var_bind.value
    }

    /// The name as it is printed, by [`PrettyName`]: `IF-MIB::ifDescr.2`. Numbers where names are not looked up.
    pub fn label(&self) -> String {
        match self.names {
            Some(names) => PrettyName::new(&**names, self.var_bind.name).to_string(),
            None => self.var_bind.name.to_string(),
        }
    }

    /// The value as it is printed, by [`PrettyValue`]: `up`, `0:1a:2b:3c:4d:5e`. By its type alone where names are not
    /// looked up.
    pub fn text(&self) -> String {
        let VarBindRef { name, value } = self.var_bind;
        match self.names {
            Some(names) => PrettyValue::new(&**names, name, value).to_string(),
            None => value.to_string(),
        }
    }

    /// Whether there is no value: see [`ValueRef::is_exception`].
    pub fn is_exception(&self) -> bool {
        self.var_bind.value.is_exception()
    }

    /// See [`ValueRef::as_i64`].
    pub fn as_i64(&self) -> Option<i64> {
        self.var_bind.value.as_i64()
    }

    /// See [`ValueRef::as_u64`].
    pub fn as_u64(&self) -> Option<u64> {
        self.var_bind.value.as_u64()
    }

    /// See [`ValueRef::as_f64`].
    pub fn as_f64(&self) -> Option<f64> {
        self.var_bind.value.as_f64()
    }

    /// See [`ValueRef::as_str`].
    pub fn as_str(&self) -> Option<&'a str> {
        self.var_bind.value.as_str()
    }

    /// See [`ValueRef::as_bytes`].
    pub fn as_bytes(&self) -> Option<&'a [u8]> {
        self.var_bind.value.as_bytes()
    }

    /// See [`ValueRef::as_oid`].
    pub fn as_oid(&self) -> Option<OidRef<'a>> {
        self.var_bind.value.as_oid()
    }

    /// See [`ValueRef::as_ip`].
    pub fn as_ip(&self) -> Option<Ipv4Addr> {
        self.var_bind.value.as_ip()
    }

    /// A copy to keep, which prints in the same way.
    pub fn to_owned(&self) -> NamedVarBind {
        let VarBind { name, value } = self.var_bind.to_owned();
        NamedVarBind {
            name,
            value,
            names: self.names.cloned(),
        }
    }
}

impl fmt::Display for ResponseVarBind<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.names {
            Some(names) => PrettyVarBind::new(&**names, self.var_bind).fmt(f),
            None => self.var_bind.fmt(f),
        }
    }
}

impl fmt::Debug for ResponseVarBind<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A binding to keep, from [`ResponseVarBind::to_owned`]: a [`VarBind`] that knows how its name and value are printed.
///
/// Name and value are read and moved out as those of a [`VarBind`], which it compares with and converts to. It keeps the
/// names of the engine, so it stays on the thread: a [`VarBind`] goes to others.
///
/// # Examples
///
/// ```no_run
/// // Not run here: it asks an agent on port 161.
/// use deferred_snmp::hlapi::*;
/// use deferred_snmp::task::react;
///
/// fn main() -> ExitCode {
///     react(|reactor| {
///         let target = UdpTransportTarget::new(("127.0.0.1", 161));
///         let agent = SnmpEngine::new(reactor).remote(&CommunityData::new("public"), &target);
///         agent.walk(["IF-MIB::ifOperStatus"]).lexicographic_mode(false).collect().map(|rows| {
///             for status in rows.iter().flatten() {
///                 // IF-MIB::ifOperStatus.2 is up
///                 println!("{} is {}", status.label(), status.text());
///                 let plain: VarBind = status.clone().into();
///                 assert_eq!(*status, plain);
///             }
///         })
///     })
/// }
/// ```
#[derive(Clone)]
pub struct NamedVarBind {
    /// The variable's name.
    pub name: ObjectIdentifier,
    /// Its value.
    pub value: Value,
    names: Option<Rc<dyn Names>>,
}

impl NamedVarBind {
    /// The binding as responses lend it.
    pub fn lend(&self) -> ResponseVarBind<'_> {
        ResponseVarBind::new(self.as_ref(), self.names.as_ref())
    }

    /// The borrowed form of the [`VarBind`].
    pub fn as_ref(&self) -> VarBindRef<'_> {
        VarBindRef {
            name: self.name.as_ref(),
            value: self.value.as_ref(),
        }
    }

    /// The name as it is printed: see [`ResponseVarBind::label`].
    pub fn label(&self) -> String {
        self.lend().label()
    }

    /// The value as it is printed: see [`ResponseVarBind::text`].
    pub fn text(&self) -> String {
        self.lend().text()
    }

    /// Whether there is no value: see [`ValueRef::is_exception`].
    pub fn is_exception(&self) -> bool {
        self.value.is_exception()
    }

    /// See [`ValueRef::as_i64`].
    pub fn as_i64(&self) -> Option<i64> {
        self.value.as_i64()
    }

    /// See [`ValueRef::as_u64`].
    pub fn as_u64(&self) -> Option<u64> {
        self.value.as_u64()
    }

    /// See [`ValueRef::as_f64`].
    pub fn as_f64(&self) -> Option<f64> {
        self.value.as_f64()
    }

    /// See [`ValueRef::as_str`].
    pub fn as_str(&self) -> Option<&str> {
        self.value.as_str()
    }

    /// See [`ValueRef::as_bytes`].
    pub fn as_bytes(&self) -> Option<&[u8]> {
        self.value.as_bytes()
    }

    /// See [`ValueRef::as_oid`].
    pub fn as_oid(&self) -> Option<OidRef<'_>> {
        self.value.as_oid()
    }

    /// See [`ValueRef::as_ip`].
    pub fn as_ip(&self) -> Option<Ipv4Addr> {
        self.value.as_ip()
    }
}

impl fmt::Display for NamedVarBind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.lend().fmt(f)
    }
}

impl fmt::Debug for NamedVarBind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Equal names and values, however they print.
impl PartialEq for NamedVarBind {
    fn eq(&self, other: &Self) -> bool {
        self.as_ref() == other.as_ref()
    }
}

impl Eq for NamedVarBind {}

impl PartialEq<VarBind> for NamedVarBind {
    fn eq(&self, other: &VarBind) -> bool {
        self.as_ref() == other.as_ref()
    }
}

impl PartialEq<NamedVarBind> for VarBind {
    fn eq(&self, other: &NamedVarBind) -> bool {
        self.as_ref() == other.as_ref()
    }
}

/// Prints numbers: it comes from no engine.
impl From<VarBind> for NamedVarBind {
    fn from(VarBind { name, value }: VarBind) -> Self {
        Self {
            name,
            value,
            names: None,
        }
    }
}

impl From<NamedVarBind> for VarBind {
    fn from(NamedVarBind { name, value, .. }: NamedVarBind) -> Self {
        Self { name, value }
    }
}

impl From<ResponseVarBind<'_>> for VarBind {
    fn from(binding: ResponseVarBind<'_>) -> Self {
        binding.var_bind.to_owned()
    }
}

impl From<NamedVarBind> for ObjectType {
    fn from(binding: NamedVarBind) -> Self {
        VarBind::from(binding).into()
    }
}
