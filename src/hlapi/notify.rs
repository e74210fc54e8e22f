//! Traps and informs to send.

use crate::applications::{Command, is_value, notification};
use crate::deferred::Deferred;
use crate::names::{Index, IndexValue, Macro, Names, NamesExt, Node, NodeKind};
use crate::pdu::SNMP_TRAP_OID;
use crate::smi::{ObjectIdentifier, OidRef, VarBindList, VarBindRef};

use super::auth::AuthData;
use super::context::ContextData;
use super::error::SnmpError;
use super::exchange::Exchange;
use super::object::{ObjectIdentity, ObjectType};
use super::place::TransportTarget;
use super::response::Response;
use super::session::{Session, SnmpEngine};
use super::value::ObjectValue;

/// The group snmp of MIB-II, which the generic traps name as their ENTERPRISE. RFC 1215.
const SNMP_GROUP: [u32; 7] = [1, 3, 6, 1, 2, 1, 11];

/// Whether the receiver of a notification is to acknowledge it.
#[expect(
    clippy::exhaustive_enums,
    reason = "RFC 3416 has the two, and no program would do without telling them apart"
)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NotifyType {
    /// Nobody answers (PySNMP's `'trap'`).
    Trap,
    /// The receiver answers, or it is sent again (PySNMP's `'inform'`).
    Inform,
}

/// Sends a notification (PySNMP's `sendNotification`).
///
/// A trap fires once the system has taken its message, with a response that has no bindings: whether it
/// arrives, nobody knows. It goes once; where there is no way to send it, it is tried again as often as the
/// target says, and fails with [`ErrorIndication::CannotSend`](crate::engine::ErrorIndication::CannotSend) after
/// that, or at once where the system refuses it. An inform fires with the receiver's answer, whose bindings
/// are those sent.
///
/// sysUpTime.0 and snmpTrapOID.0 come first; unless bindings of the notification say otherwise, they
/// are the time since the engine was made and the notification's name. With SNMPv1, bindings
/// snmpTrapEnterprise.0 and snmpTrapAddress.0 fill the fields of the Trap-PDU and are not sent
/// beside them, and there are no informs.
///
/// Then come the objects of the definition, in its order, and after them the other bindings, in
/// theirs. What has no value is left out, with a record in the log: neither a Null nor an exception such as
/// noSuchInstance is an object's value.
///
/// # Errors
///
/// Through the errback: [`SnmpError`].
///
/// # Examples
///
/// ```
/// use deferred_snmp::hlapi::*;
/// use deferred_snmp::task::react;
///
/// fn main() -> ExitCode {
///     react(|reactor| {
///         send_notification(
///             &SnmpEngine::new(reactor),
///             &CommunityData::new("public"),
///             &UdpTransportTarget::new(("127.0.0.1", 16_200)),
///             &ContextData::default(),
///             NotifyType::Trap,
///             NotificationType::new("SNMPv2-MIB::warmStart")
///                 .add_var_binds([("SNMPv2-MIB::sysName.0", "gateway")]),
///         )
///         .add_callback(|_| println!("on its way"))
///     })
/// }
/// ```
pub fn send_notification(
    engine: &SnmpEngine,
    auth: &(impl AuthData + ?Sized),
    target: &(impl TransportTarget + ?Sized),
    context: &ContextData,
    notify_type: NotifyType,
    notification: impl Into<NotificationType>,
) -> Deferred<Response, SnmpError> {
    Exchange::new(engine, auth, target, context).notify(notify_type, notification)
}

impl Exchange<'_> {
    /// Sends a notification.
    pub(super) fn notify(
        self,
        notify_type: NotifyType,
        notification: impl Into<NotificationType>,
    ) -> Deferred<Response, SnmpError> {
        let session = self.session;
        let mut var_binds = session.var_binds();
        let notification: NotificationType = notification.into();
        let up_time = session.up_time();
        if let Err(error) = notification.encode(session, up_time, &mut var_binds) {
            return Deferred::fail(error);
        }
        let command = match notify_type {
            NotifyType::Trap => Command::Trap,
            NotifyType::Inform => Command::Inform,
        };
        self.start(command, var_binds)
    }
}

/// What a notification says: its name, the objects that its definition asks for, and any others
/// (PySNMP's `NotificationType`).
///
/// The objects of the definition are given as bindings, by [`add_var_binds`](Self::add_var_binds), or
/// as values of one row, by [`instance_index`](Self::instance_index) and [`object`](Self::object).
///
/// Wherever one is taken, its name alone will do, or a list of bindings that has snmpTrapOID.0.
///
/// # Examples
///
/// ```
/// use deferred_snmp::hlapi::{NotificationType, ObjectType};
///
/// let link_up = NotificationType::symbol("IF-MIB", "linkUp")
///     .instance_index(123)
///     .object("IF-MIB", "ifIndex", 123)
///     .object("IF-MIB", "ifAdminStatus", "up")
///     .object("IF-MIB", "ifOperStatus", "up")
///     .add_var_binds([ObjectType::symbol("IF-MIB", "ifDescr", 123).value("eth0")]);
///
/// let the_same = NotificationType::new("IF-MIB::linkUp").add_var_binds([
///     ObjectType::from(("IF-MIB::ifIndex.123", 123)),
///     ObjectType::from(("IF-MIB::ifAdminStatus.123", "up")),
///     ObjectType::from(("IF-MIB::ifOperStatus.123", "up")),
///     ObjectType::from(("IF-MIB::ifDescr.123", "eth0")),
/// ]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct NotificationType {
    /// None if a binding has the name.
    identity: Option<ObjectIdentity>,
    instance: Index,
    /// Values of objects in the definition, by module and symbol.
    objects: Vec<(String, String, ObjectValue)>,
    var_binds: Vec<ObjectType>,
}

impl NotificationType {
    /// The notification of this name.
    pub fn new(identity: impl Into<ObjectIdentity>) -> Self {
        Self {
            identity: Some(identity.into()),
            instance: Index::default(),
            objects: Vec::new(),
            var_binds: Vec::new(),
        }
    }

    /// The notification called `symbol` in `module`.
    pub fn symbol(module: &str, symbol: &str) -> Self {
        Self::new(ObjectIdentity::symbol(module, symbol, ()))
    }

    /// The row that the objects in the notification's definition are columns of (PySNMP's
    /// `instanceIndex`). Scalars among them have the index 0 in any case. Without it, the values that
    /// [`object`](Self::object) gives to columns are sent under the names of the columns themselves.
    #[must_use]
    pub fn instance_index(mut self, index: impl Into<Index>) -> Self {
        self.instance = index.into();
        self
    }

    /// The value of one object in the notification's definition (PySNMP's `objects`), in the row that
    /// [`instance_index`](Self::instance_index) names. Values for objects that are not in the
    /// definition are left out, and so are objects that are given neither here nor as a binding, each
    /// with a record in the log; PySNMP sends the latter as Null.
    #[must_use]
    pub fn object(mut self, module: &str, symbol: &str, value: impl Into<ObjectValue>) -> Self {
        let object = (module.to_owned(), symbol.to_owned(), value.into());
        self.objects.push(object);
        self
    }

    /// Appends bindings. The first that is an instance of an object in the notification's definition,
    /// whichever instance, takes that object's place; if [`object`](Self::object) gives a value, only
    /// one of the same name does. Bindings without a value are left out, with a record in the log.
    #[must_use]
    pub fn add_var_binds(
        mut self,
        var_binds: impl IntoIterator<Item = impl Into<ObjectType>>,
    ) -> Self {
        self.var_binds.extend(var_binds.into_iter().map(Into::into));
        self
    }

    /// Appends the bindings of the notification.
    fn encode(
        &self,
        session: &Session,
        up_time: u32,
        out: &mut VarBindList,
    ) -> Result<(), SnmpError> {
        let mut added = VarBindList::new();
        for object in &self.var_binds {
            object.encode(session, &mut added)?;
        }
        let trap_oid = match &self.identity {
            Some(identity) => identity.resolve(session)?,
            None => listed_trap_oid(&added).ok_or(SnmpError::NoTrapOid)?,
        };
        let names = session.names();
        let objects = self.objects(&*names, trap_oid.as_ref(), &added)?;
        let trap_oid = generic_trap(&*names, &trap_oid).unwrap_or(trap_oid);
        notification(up_time, trap_oid.as_ref(), &objects, out);
        Ok(())
    }

    /// The objects of the definition in its order, one instance for each time that an object stands there (RFC 2578
    /// section 8.1), then those of the added bindings that are none of them. RFC 3416 section 4.2.6.
    fn objects(
        &self,
        names: &dyn Names,
        trap_oid: OidRef<'_>,
        added: &VarBindList,
    ) -> Result<VarBindList, SnmpError> {
        let mut objects = VarBindList::new();
        let mut added: Vec<VarBindRef<'_>> = added.iter().collect();
        let mut defined = Vec::new();
        for object in names.notification_objects(trap_oid) {
            let Some(node) = names.nearest(object.as_ref()) else {
                continue;
            };
            defined.push(node);
            let scalar = [IndexValue::from(0)];
            let index = match node.kind() {
                NodeKind::Scalar => &scalar[..],
                _ => self.instance.values(),
            };
            let indexed = names.resolve(Some(node.module()), node.name(), index);
            let value = self.value_of(node);
            let given = |is_meant: &dyn Fn(OidRef<'_>) -> bool| {
                let mut added = added.iter();
                added.position(|given| is_value(given.value) && is_meant(given.name))
            };
            let same = indexed
                .as_ref()
                .ok()
                .and_then(|name| given(&|given| given == name.as_ref()));
            let place = match value {
                None => same.or_else(|| given(&|given| given.starts_with(&object))),
                Some(_) => same,
            };
            if let Some(place) = place {
                let binding = added.remove(place);
                objects.push(binding.name, binding.value);
            } else if let Some(value) = value {
                let name = indexed?;
                let value = value.cast(names, &name)?;
                objects.push(name.as_ref(), (*value).as_ref());
            } else {
                warn!(
                    "notification {trap_oid}: {}::{} is left out, since it is given no value",
                    node.module(),
                    node.name()
                );
            }
        }
        for (module, symbol, _) in &self.objects {
            if !defined.iter().any(|&node| is_called(node, module, symbol)) {
                warn!(
                    "notification {trap_oid}: {module}::{symbol} is left out, since the definition does not have it"
                );
            }
        }
        for binding in added {
            objects.push(binding.name, binding.value);
        }
        Ok(objects)
    }

    /// The value that [`object`](Self::object) gives to this object; the last of several.
    fn value_of(&self, node: Node<'_>) -> Option<&ObjectValue> {
        let mut objects = self.objects.iter();
        let (_, _, value) = objects.rfind(|(module, symbol, _)| is_called(node, module, symbol))?;
        Some(value).filter(|value| !value.is_none())
    }
}

/// Whether the object goes by this name; an empty module stands for any.
fn is_called(node: Node<'_>, module: &str, symbol: &str) -> bool {
    symbol == node.name() && (module.is_empty() || module == node.module())
}

/// The name of a generic trap, if the TRAP-TYPE at this place is one: its ENTERPRISE is snmp, its number one of 0 to 5.
/// RFC 3584 section 3.1.
fn generic_trap(names: &dyn Names, trap_oid: &ObjectIdentifier) -> Option<ObjectIdentifier> {
    let node = names.nearest(trap_oid.as_ref())?;
    let is_trap_type = node.defined_by() == Macro::TrapType && node.arcs().len() == trap_oid.len();
    match node.arcs().strip_prefix(&SNMP_GROUP)? {
        &[0, number @ 0..=5] if is_trap_type => {
            ObjectIdentifier::from_arcs(&[1, 3, 6, 1, 6, 3, 1, 1, 5, number + 1]).ok()
        }
        _ => None,
    }
}

/// snmpTrapOID.0 among the bindings.
fn listed_trap_oid(var_binds: &VarBindList) -> Option<ObjectIdentifier> {
    let named = var_binds
        .iter()
        .filter(|binding| binding.name == SNMP_TRAP_OID.as_ref());
    let values = named.filter_map(|binding| binding.value.as_oid());
    values.last().map(OidRef::to_owned)
}

impl<I: Into<ObjectIdentity>> From<I> for NotificationType {
    fn from(identity: I) -> Self {
        Self::new(identity)
    }
}

impl From<Vec<ObjectType>> for NotificationType {
    fn from(var_binds: Vec<ObjectType>) -> Self {
        Self {
            identity: None,
            instance: Index::default(),
            objects: Vec::new(),
            var_binds,
        }
    }
}

impl<const N: usize> From<[ObjectType; N]> for NotificationType {
    fn from(var_binds: [ObjectType; N]) -> Self {
        Self::from(Vec::from(var_binds))
    }
}
