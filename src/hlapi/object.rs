//! What a request is about.

#[cfg(feature = "mib")]
use std::path::PathBuf;

use crate::applications::WalkRoot;
use crate::names::{Index, NameError, Names, NamesExt};
use crate::smi::{ObjectIdentifier, VarBind, VarBindList};

use super::error::SnmpError;
#[cfg(feature = "mib")]
use super::mibs::MibSources;
use super::session::{Session, SnmpEngine};
use super::value::ObjectValue;

/// The name of an object, not yet resolved (PySNMP's `ObjectIdentity`).
///
/// It comes from an [`ObjectIdentifier`], from a module and a symbol, or from a text: numbers with
/// dots (`1.3.6.1.2.1.1.1.0`), labels with dots, from the root or from any known node on
/// (`iso.org.dod.internet.mgmt.mib-2.system.sysDescr.0`, `system.sysDescr.0`), or
/// `MODULE::symbol.index`; the name of a module alone stands for its first node. Where what follows is asked for, by
/// walks, [`next_cmd`](super::next_cmd) and [`bulk_cmd`](super::bulk_cmd), a single arc will do: `1`, `iso`, `.`.
/// An index in a text may have labels and quoted strings, as it is printed: [`NamesExt::parse`].
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
/// let row = ObjectIdentity::from(r#"IP-MIB::ipAddressIfIndex.ipv4."10.0.0.1""#);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectIdentity {
    form: Form,
    #[cfg(feature = "mib")]
    sources: Option<Box<MibSources>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Form {
    Oid(ObjectIdentifier),
    Arcs(Vec<u32>),
    Text(String),
    Edge {
        module: String,
        last: bool,
    },
    Symbol {
        module: String,
        symbol: String,
        index: Index,
    },
}

impl ObjectIdentity {
    /// The object called `symbol` in `module`, at `index`. An empty module stands for any.
    pub fn symbol(module: &str, symbol: &str, index: impl Into<Index>) -> Self {
        Self::of(Form::Symbol {
            module: module.to_owned(),
            symbol: symbol.to_owned(),
            index: index.into(),
        })
    }

    /// The first node of a module in the order of the tree (PySNMP's `ObjectIdentity("SNMPv2-MIB")`).
    pub fn module_first(module: &str) -> Self {
        Self::of(Form::Edge {
            module: module.to_owned(),
            last: false,
        })
    }

    /// The last node of a module in the order of the tree (PySNMP's `last=True`).
    pub fn module_last(module: &str) -> Self {
        Self::of(Form::Edge {
            module: module.to_owned(),
            last: true,
        })
    }

    const fn of(form: Form) -> Self {
        Self {
            form,
            #[cfg(feature = "mib")]
            sources: None,
        }
    }

    /// The text that it is given by, if it is.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.form {
            Form::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Has these modules loaded before the name is resolved, as
    /// [`SnmpEngine::load_mibs`](super::SnmpEngine::load_mibs) does; what goes wrong goes to the errback.
    #[cfg(feature = "mib")]
    #[must_use]
    pub fn load_mibs<M: Into<String>>(mut self, modules: impl IntoIterator<Item = M>) -> Self {
        let sources = self.sources.get_or_insert_default();
        sources.modules.extend(modules.into_iter().map(Into::into));
        self
    }

    /// Has a directory of modules added before the name is resolved, as
    /// [`SnmpEngine::add_asn1_mib_source`](super::SnmpEngine::add_asn1_mib_source) does; what goes wrong goes to the
    /// errback.
    #[cfg(feature = "mib")]
    #[must_use]
    pub fn add_asn1_mib_source(mut self, directory: impl Into<PathBuf>) -> Self {
        let sources = self.sources.get_or_insert_default();
        sources.directories.push(directory.into());
        self
    }

    /// The numbers, as `engine` knows them (PySNMP's `resolve_with_mib` and `get_oid`). Operations do this by
    /// themselves.
    ///
    /// What else PySNMP tells of a resolved name comes from [`SnmpEngine::names`]: its node by
    /// [`nearest`](NamesExt::nearest), its labels by [`labels`](NamesExt::labels), module, symbol and index by
    /// [`symbol_of`](NamesExt::symbol_of), its text by [`PrettyName`](crate::names::PrettyName).
    ///
    /// # Errors
    ///
    /// [`SnmpError::Name`], [`SnmpError::Oid`], [`SnmpError::Mib`].
    pub fn resolve_with_mib(&self, engine: &SnmpEngine) -> Result<ObjectIdentifier, SnmpError> {
        self.resolve(engine.session())
    }

    /// The numbers, as the engine knows them once it has what the name asks for.
    pub(super) fn resolve(&self, session: &Session) -> Result<ObjectIdentifier, SnmpError> {
        #[cfg(feature = "mib")]
        if let Some(sources) = &self.sources {
            session.bring_in(sources)?;
        }
        self.look_up(&*session.names())
    }

    /// The same where what follows is asked for, which an arc at the top of the tree can be named for as well.
    fn resolve_root(&self, session: &Session) -> Result<WalkRoot, SnmpError> {
        match self.resolve(session) {
            Ok(name) => Ok(name.into()),
            Err(error) => self.top(&*session.names()).ok_or(error),
        }
    }

    /// The arc at the top of the tree that this names.
    fn top(&self, names: &dyn Names) -> Option<WalkRoot> {
        let node = match &self.form {
            Form::Oid(_) => None,
            Form::Arcs(arcs) => match arcs[..] {
                [arc] => return WalkRoot::top(arc),
                _ => None,
            },
            Form::Edge { module, last } => names.edge(module, *last),
            Form::Text(text) => match text.split_once("::") {
                Some((module, symbol)) => names.find(Some(module.trim()), symbol.trim()),
                None => return WalkRoot::top_named(text),
            },
            Form::Symbol {
                module,
                symbol,
                index,
            } if index.values().is_empty() => match module.as_str() {
                "" => return WalkRoot::top_named(symbol),
                module => names.find(Some(module), symbol),
            },
            Form::Symbol { .. } => None,
        };
        match node?.arcs() {
            &[arc] => WalkRoot::top(arc),
            _ => None,
        }
    }

    fn look_up(&self, names: &dyn Names) -> Result<ObjectIdentifier, SnmpError> {
        match &self.form {
            Form::Oid(oid) => Ok(oid.clone()),
            Form::Arcs(arcs) => ObjectIdentifier::from_arcs(arcs).map_err(|error| SnmpError::Oid {
                text: dotted(arcs),
                error,
            }),
            Form::Edge { module, last } => edge(names, module, *last),
            Form::Text(text) => parse(names, text).or_else(|error| match error {
                // As in PySNMP, the name of a module alone.
                SnmpError::Name(_) => edge(names, text, false).map_err(|_| error),
                error => Err(error),
            }),
            Form::Symbol {
                module,
                symbol,
                index,
            } if symbol.is_empty() && index.values().is_empty() => edge(names, module, false),
            Form::Symbol {
                module,
                symbol,
                index,
            } => Ok(names.resolve(Some(module), symbol, index.values())?),
        }
    }
}

/// The name that a text is; the error has the text.
pub(super) fn parse(names: &dyn Names, text: &str) -> Result<ObjectIdentifier, SnmpError> {
    names.parse(text).map_err(|error| match error {
        NameError::Oid(error) => SnmpError::Oid {
            text: text.to_owned(),
            error,
        },
        error => error.into(),
    })
}

/// The first or last node of a module.
fn edge(names: &dyn Names, module: &str, last: bool) -> Result<ObjectIdentifier, SnmpError> {
    let unknown = || NameError::UnknownModule {
        module: module.to_owned(),
    };
    let node = names.edge(module, last).ok_or_else(unknown)?;
    Ok(ObjectIdentifier::from_arcs(node.arcs()).map_err(NameError::Oid)?)
}

impl From<ObjectIdentifier> for ObjectIdentity {
    fn from(oid: ObjectIdentifier) -> Self {
        Self::of(Form::Oid(oid))
    }
}

impl From<&str> for ObjectIdentity {
    fn from(text: &str) -> Self {
        Self::of(Form::Text(text.to_owned()))
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

/// Sub-identifiers; whether they make an OBJECT IDENTIFIER shows when the operation starts.
impl From<Vec<u32>> for ObjectIdentity {
    fn from(arcs: Vec<u32>) -> Self {
        Self::of(Form::Arcs(arcs))
    }
}

impl From<&[u32]> for ObjectIdentity {
    fn from(arcs: &[u32]) -> Self {
        Self::from(arcs.to_vec())
    }
}

impl<const N: usize> From<[u32; N]> for ObjectIdentity {
    fn from(arcs: [u32; N]) -> Self {
        Self::from(arcs.to_vec())
    }
}

impl From<String> for ObjectIdentity {
    fn from(text: String) -> Self {
        Self::of(Form::Text(text))
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

    /// What is asked to follow this object.
    pub(super) fn resolve_root(&self, session: &Session) -> Result<WalkRoot, SnmpError> {
        self.identity.resolve_root(session)
    }

    /// Appends the binding of this object.
    pub(super) fn encode(
        &self,
        session: &Session,
        var_binds: &mut VarBindList,
    ) -> Result<(), SnmpError> {
        self.push(session, &self.identity.resolve(session)?, var_binds)
    }

    /// Appends the binding that asks for what follows this object.
    pub(super) fn encode_root(
        &self,
        session: &Session,
        var_binds: &mut VarBindList,
    ) -> Result<(), SnmpError> {
        self.push(session, &self.resolve_root(session)?.asked(), var_binds)
    }

    fn push(
        &self,
        session: &Session,
        oid: &ObjectIdentifier,
        var_binds: &mut VarBindList,
    ) -> Result<(), SnmpError> {
        let value = self.value.cast(&*session.names(), oid)?;
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

/// A list of [`ObjectType`](crate::hlapi::ObjectType) whose members are names, or pairs of a name and a value, mixed at
/// will: a `Vec`, for [`set_cmd`](crate::hlapi::set_cmd) and wherever else objects are taken.
///
/// # Examples
///
/// ```
/// use deferred_snmp::hlapi::*;
///
/// let list = objects![("sysName.0", "gateway"), ("ifAdminStatus.3", 2), "sysUpTime.0"];
/// assert_eq!(list[1], ObjectType::new("ifAdminStatus.3").value(2));
/// ```
#[macro_export]
macro_rules! objects {
    ($($object:expr),* $(,)?) => {{
        let objects: ::std::vec::Vec<$crate::hlapi::ObjectType> =
            ::std::vec![$($crate::hlapi::ObjectType::from($object)),*];
        objects
    }};
}

fn dotted(arcs: &[u32]) -> String {
    let arcs: Vec<String> = arcs.iter().map(u32::to_string).collect();
    arcs.join(".")
}

impl From<VarBind> for ObjectType {
    fn from(var_bind: VarBind) -> Self {
        Self::new(var_bind.name).value(var_bind.value)
    }
}
