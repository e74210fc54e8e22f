//! Send traps packet by packet, without an engine, over IPv4 and over IPv6.
//!
//!     cargo run --example packet_trap [-- HOST[:PORT] ...]
//!
//! * the messages are made of a community and a PDU, and encoded into datagrams
//! * over UDP, to receivers that the example starts itself on 127.0.0.1 and, if there is any IPv6, on
//!   `::1`, and that print what they get, or to each HOST:162
//! * to each of them a Trap-PDU of SNMPv1 and an SNMPv2-Trap-PDU of SNMPv2c, community `public`: coldStart
//!   with sysName.0
//!
//! Does what these commands do:
//!
//!     snmptrap -v1 -c public HOST 1.3.6.1.4.1.20408.4.1.1.2 127.0.0.1 0 0 12345 1.3.6.1.2.1.1.5.0 s gateway
//!     snmptrap -v2c -c public HOST 12345 1.3.6.1.6.3.1.1.5.1 1.3.6.1.2.1.1.5.0 s gateway

mod common;

use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::rc::Rc;

use common::{notifications, packets};
use deferred_snmp::deferred::Failure;
use deferred_snmp::message::{CommunityMessage, Version};
use deferred_snmp::oid;
use deferred_snmp::pdu::{GenericTrap, Pdu, PduKind, SNMP_TRAP_OID, SYS_UP_TIME, TrapPdu};
use deferred_snmp::reactor::{Datagram, DatagramProtocol, Handle};
use deferred_snmp::smi::{TimeTicks, VarBind};
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let reactor = reactor.clone();
        reactor.clone().inline_callbacks(async move {
            for manager in notifications::managers(&reactor, common::loopbacks()) {
                let to = packets::address(&reactor, &manager.target).await?;
                send(&reactor, to)?;
                manager.print(2).await?;
            }
            Ok(())
        })
    })
}

/// Sends both traps.
fn send(reactor: &Handle, to: SocketAddr) -> Result<(), Failure> {
    let port = packets::open(reactor, to, Rc::new(Deaf))?;
    let mut datagram = Vec::new();

    let trap = trap_v1();
    CommunityMessage::new(Version::V1, b"public", &trap).encode(&mut datagram);
    port.write(&datagram, to)?;

    let trap = trap_v2();
    CommunityMessage::new(Version::V2c, b"public", &trap).encode(&mut datagram);
    port.write(&datagram, to)?;
    Ok(())
}

fn trap_v1() -> TrapPdu {
    let name = VarBind::new(oid!(1.3.6.1.2.1.1.5.0), "gateway");
    TrapPdu {
        enterprise: oid!(1.3.6.1.4.1.20408.4.1.1.2),
        agent_addr: Ipv4Addr::LOCALHOST,
        generic_trap: GenericTrap::COLD_START,
        specific_trap: 0,
        time_stamp: 12_345,
        var_binds: [name].into_iter().collect(),
    }
}

fn trap_v2() -> Pdu {
    let var_binds = [
        VarBind::new(SYS_UP_TIME.clone(), TimeTicks(12_345)),
        VarBind::new(SNMP_TRAP_OID.clone(), oid!(1.3.6.1.6.3.1.1.5.1)),
        VarBind::new(oid!(1.3.6.1.2.1.1.5.0), "gateway"),
    ];
    let request_id = packets::random_id();
    Pdu::new(PduKind::TrapV2, request_id, var_binds.into_iter().collect())
}

/// Nobody answers a trap.
struct Deaf;

impl DatagramProtocol for Deaf {
    fn datagram_received(&self, _: Datagram<'_>) {}
}
