//! The notification originator: the bindings of a notification (RFC 3413 section 3.3, RFC 3416 section 4.2.6).

use crate::pdu::{SNMP_TRAP_OID, SYS_UP_TIME};
use crate::smi::{OidRef, ValueRef, VarBindList};

/// Appends the bindings of a notification called `trap_oid`: sysUpTime.0, snmpTrapOID.0 and `objects`
/// in their order. A sysUpTime.0 or snmpTrapOID.0 among these takes the place of the one given here;
/// of several, the last. A Null is no value of an object, and neither is an exception such as
/// [`ValueRef::NoSuchInstance`]: an object that has one is left out, with a record in the log. RFC 3416 section 4.2.6.
pub fn notification(
    up_time: u32,
    trap_oid: OidRef<'_>,
    objects: &VarBindList,
    out: &mut VarBindList,
) {
    let mut up_time = ValueRef::TimeTicks(up_time);
    let mut trap_oid = ValueRef::ObjectIdentifier(trap_oid);
    for object in objects {
        if !is_value(object.value) {
            warn!(
                "notification: {} is left out, since it has no value",
                object.name
            );
        } else if object.name == SYS_UP_TIME.as_ref() {
            up_time = object.value;
        } else if object.name == SNMP_TRAP_OID.as_ref() {
            trap_oid = object.value;
        }
    }
    out.push(SYS_UP_TIME.as_ref(), up_time);
    out.push(SNMP_TRAP_OID.as_ref(), trap_oid);
    for object in objects {
        let is_first = object.name == SYS_UP_TIME.as_ref() || object.name == SNMP_TRAP_OID.as_ref();
        if !is_first && is_value(object.value) {
            out.push(object.name, object.value);
        }
    }
}

/// Whether this is the value of an object, and says not only that there is none.
pub(crate) fn is_value(value: ValueRef<'_>) -> bool {
    value != ValueRef::Null && !value.is_exception()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oid;
    use crate::smi::{ObjectIdentifier, TimeTicks, VarBind};

    const COLD_START: ObjectIdentifier = oid!(1.3.6.1.6.3.1.1.5.1);

    #[test]
    fn time_and_name_come_first() {
        let name = VarBind::new(oid!(1.3.6.1.2.1.1.5.0), "a name");
        let objects: VarBindList = [name.clone()].into_iter().collect();
        let mut list = VarBindList::new();
        notification(42, COLD_START.as_ref(), &objects, &mut list);
        let expected: VarBindList = [
            VarBind::new(&SYS_UP_TIME, TimeTicks(42)),
            VarBind::new(&SNMP_TRAP_OID, COLD_START),
            name,
        ]
        .into_iter()
        .collect();
        assert_eq!(list, expected);
    }

    #[test]
    fn the_callers_time_and_name_take_their_place() {
        let name = VarBind::new(oid!(1.3.6.1.2.1.1.5.0), "a name");
        let trap: ObjectIdentifier = oid!(1.3.6.1.4.1.9999.0.1);
        let objects: VarBindList = [
            VarBind::new(&SNMP_TRAP_OID, &trap),
            name.clone(),
            VarBind::new(&SYS_UP_TIME, TimeTicks(7)),
        ]
        .into_iter()
        .collect();
        let mut list = VarBindList::new();
        notification(42, COLD_START.as_ref(), &objects, &mut list);
        let expected: VarBindList = [
            VarBind::new(&SYS_UP_TIME, TimeTicks(7)),
            VarBind::new(&SNMP_TRAP_OID, &trap),
            name,
        ]
        .into_iter()
        .collect();
        assert_eq!(list, expected);
    }

    #[test]
    fn a_null_is_no_value_of_an_object() {
        let name = VarBind::new(oid!(1.3.6.1.2.1.1.5.0), "a name");
        let objects: VarBindList = [
            VarBind::new(&SYS_UP_TIME, ()),
            VarBind::new(oid!(1.3.6.1.2.1.1.6.0), ()),
            name.clone(),
            VarBind::new(&SNMP_TRAP_OID, ()),
        ]
        .into_iter()
        .collect();
        let mut list = VarBindList::new();
        notification(42, COLD_START.as_ref(), &objects, &mut list);
        let expected: VarBindList = [
            VarBind::new(&SYS_UP_TIME, TimeTicks(42)),
            VarBind::new(&SNMP_TRAP_OID, COLD_START),
            name,
        ]
        .into_iter()
        .collect();
        assert_eq!(list, expected);
    }
}
