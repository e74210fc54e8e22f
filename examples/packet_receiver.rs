//! Receive notifications packet by packet, without an engine, over IPv4 and over IPv6.
//!
//!     cargo run --example packet_receiver [-- ADDRESS:PORT ...]
//!
//! * traps of SNMPv1, traps and informs of SNMPv2c, whatever their community: nothing is checked that the
//!   program does not check itself
//! * an inform is answered with its own bindings
//! * over UDP: on 127.0.0.1 and, if there is any IPv6, on `::1`, where notifications of the example's
//!   own come in, or on each ADDRESS:PORT until it is interrupted; an IPv6 address stands in brackets
//!
//! With `-- 127.0.0.1:1162 [::1]:1162`, each of these commands sends something:
//!
//!     snmptrap -v1 -c public 127.0.0.1:1162 1.3.6.1.4.1.20408.4.1.1.2 127.0.0.1 1 0 123
//!     snmpinform -v2c -c public udp6:[::1]:1162 123 1.3.6.1.6.3.1.1.5.1

mod common;

use std::cell::RefCell;
use std::io;
use std::rc::Rc;

use common::notifications;
use deferred_snmp::message::CommunityMessage;
use deferred_snmp::pdu::{PduBody, PduKind, PduRef};
use deferred_snmp::reactor::{Datagram, DatagramProtocol, Reactor, UdpPort};

fn main() -> io::Result<()> {
    let mut reactor = Reactor::new()?;
    let handle = reactor.handle();
    let listen = |address| {
        let port = handle.listen_udp(address, Rc::new(Receiver::default()))?;
        Ok::<_, deferred_snmp::reactor::CannotListenError>(port.local_addr())
    };
    let own = common::loopbacks();
    notifications::serve_by(&handle, listen, own, notifications::of_each_kind);
    reactor.run()
}

/// What is behind one port.
#[derive(Default)]
struct Receiver {
    port: RefCell<Option<UdpPort>>,
}

impl DatagramProtocol for Receiver {
    fn start_protocol(&self, port: &UdpPort) {
        self.port.replace(Some(port.clone()));
    }

    fn datagram_received(&self, datagram: Datagram<'_>) {
        let message = match CommunityMessage::decode(datagram.data) {
            Ok(message) => message,
            Err(error) => return println!("from {}: {error}", datagram.from),
        };
        print!("{} from {}: ", message.version, datagram.from);
        match message.pdu {
            PduBody::Trap(trap) => {
                println!("{} of {}", trap.generic_trap, trap.enterprise);
                println!("  specific-trap {}", trap.specific_trap);
                println!("  agent-addr {}", trap.agent_addr);
                println!("  time-stamp {}", trap.time_stamp);
                trap.var_binds.iter().for_each(|v| println!("  {v}"));
            }
            PduBody::Pdu(pdu) => {
                println!("{}", pdu.kind);
                pdu.var_binds.iter().for_each(|v| println!("  {v}"));
                if pdu.kind == PduKind::InformRequest {
                    self.acknowledge(message, pdu, datagram);
                }
            }
        }
    }

    fn stop_protocol(&self) {
        self.port.take();
    }
}

impl Receiver {
    fn acknowledge(&self, inform: CommunityMessage<'_>, pdu: PduRef<'_>, datagram: Datagram<'_>) {
        let response = PduRef {
            kind: PduKind::Response,
            ..pdu
        };
        let mut answer = Vec::new();
        CommunityMessage::new(inform.version, inform.community, response).encode(&mut answer);
        if let Some(port) = &*self.port.borrow()
            // From the address that was written to, where a port has several.
            && let Err(error) = port.write_from(&answer, datagram.from, datagram.to)
        {
            println!("to {}: {error}", datagram.from);
        }
    }
}
