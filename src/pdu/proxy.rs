//! Notifications between the form of SNMPv1 and that of the later versions. RFC 3584 section 3.

use core::fmt;
use core::net::Ipv4Addr;

use super::{GenericTrap, TrapPduRef};
use crate::oid;
use crate::smi::{ObjectIdentifier, OidRef, Tag, ValueRef, VarBindList, VarBindListRef};

/// sysUpTime.0: the name of a notification's first binding. RFC 3416 section 4.2.6.
pub static SYS_UP_TIME: ObjectIdentifier = oid!(1.3.6.1.2.1.1.3.0);
/// snmpTrapOID.0: the name of a notification's second binding. RFC 3416 section 4.2.6.
pub static SNMP_TRAP_OID: ObjectIdentifier = oid!(1.3.6.1.6.3.1.1.4.1.0);
/// snmpTrapEnterprise.0: the enterprise of a Trap-PDU, as a binding. RFC 3418 section 2.
pub static SNMP_TRAP_ENTERPRISE: ObjectIdentifier = oid!(1.3.6.1.6.3.1.1.4.3.0);
/// snmpTrapAddress.0: the agent address of a Trap-PDU, as a binding. RFC 3584 section 6.
pub static SNMP_TRAP_ADDRESS: ObjectIdentifier = oid!(1.3.6.1.6.3.18.1.3.0);
/// snmpTrapCommunity.0: the community a Trap-PDU came with, as a binding. RFC 3584 section 6.
pub static SNMP_TRAP_COMMUNITY: ObjectIdentifier = oid!(1.3.6.1.6.3.18.1.4.0);

/// snmpTraps: above the standard traps, whose last arc is the generic-trap number plus one.
static SNMP_TRAPS: ObjectIdentifier = oid!(1.3.6.1.6.3.1.1.5);

/// Why a notification has no equal in the other form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TranslationError {
    /// There is no snmpTrapOID.0, or it or sysUpTime.0 has a value of another type than its own.
    NotANotification,
    /// A binding holds a Counter64 or an exception, which SNMPv1 does not have.
    NoSuchType,
    /// snmpTrapOID.0 is too short to hold an enterprise, or ends in a number that is no INTEGER.
    TrapOid,
    /// generic-trap is none of the seven, or specific-trap is negative.
    TrapNumber,
    /// The enterprise is so long that the name of the trap would have more than 128 arcs.
    Enterprise,
}

impl fmt::Display for TranslationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotANotification => {
                "snmpTrapOID.0 is missing, or it or sysUpTime.0 is of a wrong type"
            }
            Self::NoSuchType => "SNMPv1 has no Counter64 and no exceptions",
            Self::TrapOid => "snmpTrapOID.0 cannot be told as enterprise and specific-trap",
            Self::TrapNumber => "generic-trap or specific-trap has no meaning",
            Self::Enterprise => "the enterprise is too long",
        })
    }
}

impl core::error::Error for TranslationError {}

impl<'a> TrapPduRef<'a> {
    /// The SNMPv1 form of the notification with these bindings, sysUpTime.0 and snmpTrapOID.0 included.
    /// RFC 3584 section 3.2.
    ///
    /// These two are found by their names, wherever they are; without sysUpTime.0 the time-stamp is 0. The
    /// agent address is what a binding snmpTrapAddress.0 says, or else `agent_addr`. All bindings but
    /// those two where they stand first, as they should, are passed on, those too whose values the header
    /// has.
    ///
    /// # Errors
    ///
    /// [`TranslationError`] if SNMPv1 cannot say it.
    pub fn from_notification(
        var_binds: VarBindListRef<'a>,
        agent_addr: Ipv4Addr,
    ) -> Result<Self, TranslationError> {
        let (mut time_stamp, mut trap_oid) = (None, None);
        let mut agent_addr = agent_addr;
        let mut trap_enterprise = None;
        let mut bindings = var_binds.iter();
        let mut passed_on = var_binds;
        let mut at_start = true;
        while let Some(binding) = bindings.next() {
            let is_up_time = binding.name == SYS_UP_TIME.as_ref() && time_stamp.is_none();
            let is_trap_oid = binding.name == SNMP_TRAP_OID.as_ref() && trap_oid.is_none();
            at_start &= is_up_time || is_trap_oid;
            if at_start {
                passed_on = bindings.as_list();
            }
            match binding.value {
                ValueRef::TimeTicks(ticks) if is_up_time => time_stamp = Some(ticks),
                ValueRef::ObjectIdentifier(oid) if is_trap_oid => trap_oid = Some(oid),
                _ if is_up_time || is_trap_oid => return Err(TranslationError::NotANotification),
                ValueRef::Counter64(_)
                | ValueRef::Other {
                    tag: Tag::COUNTER64,
                    ..
                } => return Err(TranslationError::NoSuchType),
                value if value.is_exception() => return Err(TranslationError::NoSuchType),
                ValueRef::IpAddress(address) if binding.name == SNMP_TRAP_ADDRESS.as_ref() => {
                    agent_addr = address;
                }
                ValueRef::ObjectIdentifier(enterprise)
                    if binding.name == SNMP_TRAP_ENTERPRISE.as_ref() =>
                {
                    trap_enterprise = Some(enterprise);
                }
                _ => {}
            }
        }
        let trap_oid = trap_oid.ok_or(TranslationError::NotANotification)?;
        let (enterprise, generic_trap, specific_trap) = match generic_trap(trap_oid) {
            Some(generic) => (trap_enterprise.unwrap_or(SNMP_TRAPS.as_ref()), generic, 0),
            None => {
                let (enterprise, specific) = split(trap_oid).ok_or(TranslationError::TrapOid)?;
                (enterprise, GenericTrap::ENTERPRISE_SPECIFIC, specific)
            }
        };
        Ok(Self {
            enterprise,
            agent_addr,
            generic_trap,
            specific_trap,
            time_stamp: time_stamp.unwrap_or_default(),
            var_binds: passed_on,
        })
    }

    /// snmpTrapOID.0 of this trap. RFC 3584 section 3.1.
    ///
    /// # Errors
    ///
    /// [`TranslationError::TrapNumber`] and [`TranslationError::Enterprise`].
    pub fn trap_oid(self) -> Result<ObjectIdentifier, TranslationError> {
        if self.generic_trap == GenericTrap::ENTERPRISE_SPECIFIC {
            let specific =
                u32::try_from(self.specific_trap).map_err(|_| TranslationError::TrapNumber)?;
            let enterprise = self.enterprise.to_owned();
            return enterprise
                .extend([0, specific])
                .map_err(|_| TranslationError::Enterprise);
        }
        let last = match self.generic_trap.number() {
            number @ 0..=5 => number.unsigned_abs().saturating_add(1),
            _ => return Err(TranslationError::TrapNumber),
        };
        SNMP_TRAPS
            .child(last)
            .map_err(|_| TranslationError::TrapNumber)
    }

    /// Appends the bindings of the later versions' form: sysUpTime.0, snmpTrapOID.0, those of the
    /// trap, and snmpTrapAddress.0, snmpTrapCommunity.0 and snmpTrapEnterprise.0 unless the trap has
    /// them itself. RFC 3584 section 3.1.
    ///
    /// # Errors
    ///
    /// As [`trap_oid`](Self::trap_oid); nothing is appended then.
    pub fn append_notification(
        self,
        community: &[u8],
        var_binds: &mut VarBindList,
    ) -> Result<(), TranslationError> {
        let trap_oid = self.trap_oid()?;
        self.append(Some(trap_oid.as_ref()), community, var_binds);
        Ok(())
    }

    /// Appends the same bindings, but for snmpTrapOID.0 if this trap has none.
    ///
    /// # Errors
    ///
    /// Why snmpTrapOID.0 is missing, as [`trap_oid`](Self::trap_oid) says it.
    pub(crate) fn append_received(
        self,
        community: &[u8],
        var_binds: &mut VarBindList,
    ) -> Result<(), TranslationError> {
        let trap_oid = self.trap_oid();
        let known = trap_oid.as_ref().ok().map(ObjectIdentifier::as_ref);
        self.append(known, community, var_binds);
        trap_oid.map(drop)
    }

    fn append(self, trap_oid: Option<OidRef<'_>>, community: &[u8], var_binds: &mut VarBindList) {
        var_binds.push(SYS_UP_TIME.as_ref(), ValueRef::TimeTicks(self.time_stamp));
        if let Some(oid) = trap_oid {
            var_binds.push(SNMP_TRAP_OID.as_ref(), ValueRef::ObjectIdentifier(oid));
        }
        let additional = [
            (
                SNMP_TRAP_ADDRESS.as_ref(),
                ValueRef::IpAddress(self.agent_addr),
            ),
            (
                SNMP_TRAP_COMMUNITY.as_ref(),
                ValueRef::OctetString(community),
            ),
            (
                SNMP_TRAP_ENTERPRISE.as_ref(),
                ValueRef::ObjectIdentifier(self.enterprise),
            ),
        ];
        let mut present = [false; 3];
        for binding in self.var_binds {
            for (present, (name, _)) in present.iter_mut().zip(&additional) {
                *present |= binding.name == *name;
            }
            var_binds.push(binding.name, binding.value);
        }
        for (present, (name, value)) in present.into_iter().zip(&additional) {
            if !present {
                var_binds.push(*name, *value);
            }
        }
    }
}

/// The generic-trap number of a standard trap.
fn generic_trap(trap_oid: OidRef<'_>) -> Option<GenericTrap> {
    let mut below = trap_oid.strip_prefix(&SNMP_TRAPS)?;
    match (below.next(), below.next()) {
        (Some(last @ 1..=6), None) => i32::try_from(last.saturating_sub(1))
            .ok()
            .map(GenericTrap::new),
        _ => None,
    }
}

/// Enterprise and specific-trap of a trap that is none of the standard ones.
fn split(trap_oid: OidRef<'_>) -> Option<(OidRef<'_>, i32)> {
    let specific = i32::try_from(trap_oid.arcs().last()?).ok()?;
    let enterprise = trap_oid.parent()?;
    if enterprise.arcs().last() == Some(0) {
        return Some((enterprise.parent()?, specific));
    }
    Some((enterprise, specific))
}

#[cfg(test)]
mod tests;
