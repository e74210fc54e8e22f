//! Traps and informs to send.

use std::borrow::Cow;

use crate::applications::{Command, notification};
use crate::deferred::Deferred;
use crate::mib::{IndexValue, Macro, Names, NodeKind};
use crate::pdu::SNMP_TRAP_OID;
use crate::smi::{ObjectIdentifier, OidRef, Value, VarBindList};

use super::auth::AuthData;
use super::commands::start;
use super::context::ContextData;
use super::error::SnmpError;
use super::object::{Index, ObjectIdentity, ObjectType};
use super::response::Response;
use super::session::{Session, SnmpEngine};
use super::target::UdpTransportTarget;
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
/// A trap fires once its message has been handed to a socket, with a response that has no bindings:
/// whether it arrives, nobody knows. It goes once, whatever the target says about retries. An inform
/// fires with the receiver's answer, whose bindings are those sent.
///
/// sysUpTime.0 and snmpTrapOID.0 come first; unless bindings of the notification say otherwise, they
/// are the time since the engine was made and the notification's name. With SNMPv1, bindings
/// snmpTrapEnterprise.0 and snmpTrapAddress.0 fill the fields of the Trap-PDU, and there are no
/// informs.
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
///                 .add_var_binds([ObjectType::new("SNMPv2-MIB::sysName.0").value("gateway")]),
///         )
///         .add_callback(|_| println!("on its way"))
///     })
/// }
/// ```
pub fn send_notification(
    engine: &SnmpEngine,
    auth: &(impl AuthData + ?Sized),
    target: &UdpTransportTarget,
    context: &ContextData,
    notify_type: NotifyType,
    notification: impl Into<NotificationType>,
) -> Deferred<Response, SnmpError> {
    let session = engine.session();
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
    start(engine, auth, target, context, command, var_binds)
}

/// What a notification says: its name, the objects that its definition asks for, and any others
/// (PySNMP's `NotificationType`).
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
    /// `instanceIndex`). Scalars among them have the index 0 in any case.
    #[must_use]
    pub fn instance_index(mut self, index: impl Into<Index>) -> Self {
        self.instance = index.into();
        self
    }

    /// The value of one object in the notification's definition (PySNMP's `objects`). Those without
    /// are sent as Null; values for objects that are not in the definition are ignored.
    #[must_use]
    pub fn object(mut self, module: &str, symbol: &str, value: impl Into<ObjectValue>) -> Self {
        let object = (module.to_owned(), symbol.to_owned(), value.into());
        self.objects.push(object);
        self
    }

    /// Appends bindings. One that names an object of the notification's definition takes its place.
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
        let mut objects = self.defined(&*names, trap_oid.as_ref(), &added)?;
        let trap_oid = generic_trap(&*names, &trap_oid).unwrap_or(trap_oid);
        for binding in &added {
            objects.push(binding.name, binding.value);
        }
        notification(up_time, trap_oid.as_ref(), &objects, out);
        Ok(())
    }

    /// The objects of the definition, less those that are among the added ones.
    fn defined(
        &self,
        names: &dyn Names,
        trap_oid: OidRef<'_>,
        added: &VarBindList,
    ) -> Result<VarBindList, SnmpError> {
        let mut objects = VarBindList::new();
        for object in names.notification_objects(trap_oid) {
            let Some(node) = names.nearest(object.as_ref()) else {
                continue;
            };
            let scalar = [IndexValue::from(0)];
            let index = match node.kind() {
                NodeKind::Scalar => &scalar[..],
                _ => self.instance.values(),
            };
            let name = names.resolve(Some(node.module()), node.name(), index)?;
            if added.iter().any(|binding| binding.name == name.as_ref()) {
                continue;
            }
            let is_this = |(module, symbol, _): &&(String, String, ObjectValue)| {
                symbol == node.name() && (module.is_empty() || module == node.module())
            };
            let value = match self.objects.iter().rfind(is_this) {
                Some((_, _, value)) => value.cast(names, &name)?,
                None => Cow::Owned(Value::Null),
            };
            objects.push(name.as_ref(), (*value).as_ref());
        }
        Ok(objects)
    }
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
    named.last()?.value.as_oid().map(OidRef::to_owned)
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
