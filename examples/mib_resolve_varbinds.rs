//! Between names as people write them and the bindings of a message, in every form there is.
//!
//!     cargo run --example mib_resolve_varbinds
//!
//! * no agent is asked
//! * names by numbers, by labels, by module and symbol, by first and last node; values that the MIB makes into what
//!   the object asks for
//!
//! Does what this command does for one of the names:
//!
//!     snmptranslate -On SNMPv2-MIB::sysDescr.0

mod common;

use std::process::ExitCode;

use deferred_snmp::deferred::execute;
use deferred_snmp::hlapi::{ObjectIdentity, SnmpEngine, SnmpError};
use deferred_snmp::names::{IndexValue, PrettyName, PrettyVarBind};
use deferred_snmp::oid;
use deferred_snmp::smi::{ValueRef, VarBindRef};
use deferred_snmp::task::react;

fn main() -> ExitCode {
    common::no_arguments();
    react(|reactor| execute(|| run(&SnmpEngine::new(reactor))))
}

fn run(engine: &SnmpEngine) -> Result<(), SnmpError> {
    let names = engine.names();
    let address: [IndexValue; 2] = ["ipv4".into(), "127.0.0.1".into()];
    let identities = [
        ObjectIdentity::from(oid!(1.3.6.1.2.1.1.1.0)),
        ObjectIdentity::from(".1.3.6.1.2.1.1.1.0"),
        ObjectIdentity::from([1, 3, 6, 1, 2, 1, 1, 1, 0]),
        ObjectIdentity::from("iso.org.dod.internet.mgmt.1.system.sysDescr.0"),
        ObjectIdentity::from("SNMPv2-MIB::sysDescr.0"),
        ObjectIdentity::symbol("SNMPv2-MIB", "sysDescr", 0),
        ObjectIdentity::symbol("", "sysDescr", 0),
        ObjectIdentity::module_first("SNMPv2-MIB"),
        ObjectIdentity::module_last("SNMPv2-MIB"),
        ObjectIdentity::symbol("IP-MIB", "ipAddressIfIndex", address),
        ObjectIdentity::symbol("SNMPv2-SMI", "enterprises", ()),
    ];
    for identity in identities {
        let oid = identity.resolve_with_mib(engine)?;
        println!("{oid} is {}", PrettyName::new(&*names, &oid));
    }

    // The other way: bindings as they come in a message.
    let var_binds = [
        (oid!(1.3.6.1.2.1.2.2.1.8.1), ValueRef::Integer(1)),
        (
            oid!(1.3.6.1.2.1.2.2.1.6.2),
            ValueRef::OctetString(&[2, 0, 0, 0, 0, 1]),
        ),
        (
            oid!(1.3.6.1.2.1.25.1.2.0),
            ValueRef::OctetString(&[7, 234, 11, 23, 8, 30, 0, 0]),
        ),
        (oid!(1.3.6.1.4.1.20408.1.0), ValueRef::Counter64(7)),
    ];
    for (name, value) in &var_binds {
        let name = name.as_ref();
        let var_bind = VarBindRef {
            name,
            value: *value,
        };
        println!("{}", PrettyVarBind::new(&*names, var_bind));
    }

    let surplus = ObjectIdentity::symbol("IF-MIB", "ifDescr", [1, 2]);
    if let Err(error) = surplus.resolve_with_mib(engine) {
        println!("{error}");
    }
    Ok(())
}
