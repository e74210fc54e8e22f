//! Serve two scalars packet by packet, without an engine, over IPv4 and over IPv6.
//!
//!     cargo run --example packet_agent [-- ADDRESS:PORT ...]
//!
//! * SNMPv1 and SNMPv2c, community `public`; what comes with another one is not answered
//! * GET, GETNEXT and GETBULK of 1.3.6.1.4.1.20408.2.1.0, a text, and 1.3.6.1.4.1.20408.2.2.0, the number of
//!   requests so far; SET is refused
//! * over UDP: on 127.0.0.1 and, if there is any IPv6, on `::1`, where the example walks itself, or on each
//!   ADDRESS:PORT until it is interrupted; an IPv6 address stands in brackets
//!
//! With `-- 127.0.0.1:1161 [::1]:1161`, each of these commands reads both:
//!
//!     snmpwalk -v1 -c public 127.0.0.1:1161 1.3.6.1.4.1.20408
//!     snmpbulkwalk -v2c -c public udp6:[::1]:1161 1.3.6.1.4.1.20408

mod common;

use std::cell::{Cell, RefCell};
use std::io;
use std::net::SocketAddr;
use std::rc::Rc;

use common::notifications;
use deferred_snmp::deferred::Deferred;
use deferred_snmp::hlapi::{CommunityData, SnmpEngine, SnmpError, UdpTransportTarget};
use deferred_snmp::message::{CommunityMessage, Version};
use deferred_snmp::oid;
use deferred_snmp::pdu::{ErrorStatus, Pdu, PduBody, PduKind, PduRef};
use deferred_snmp::reactor::{
    CannotListenError, Datagram, DatagramProtocol, Handle, Reactor, UdpPort,
};
use deferred_snmp::smi::{Counter32, ObjectIdentifier, OidRef, Value, VarBind, VarBindList};

const TEXT: ObjectIdentifier = oid!(1.3.6.1.4.1.20408.2.1.0);
const REQUESTS: ObjectIdentifier = oid!(1.3.6.1.4.1.20408.2.2.0);

/// As many bindings fit into a datagram that is not fragmented.
const MOST_BINDINGS: usize = 32;

fn main() -> io::Result<()> {
    let mut reactor = Reactor::new()?;
    let handle = reactor.handle();
    let requests = Rc::new(Cell::new(0));
    let listen = |address| {
        let agent = Rc::new(Agent {
            requests: Rc::clone(&requests),
            port: RefCell::default(),
        });
        let port = handle.listen_udp(address, agent)?;
        Ok::<_, CannotListenError>(port.local_addr())
    };
    notifications::serve_by(&handle, listen, common::loopbacks(), walk);
    reactor.run()
}

/// Walks it, with an engine.
fn walk(reactor: &Handle, address: SocketAddr) -> Deferred<(), SnmpError> {
    let target = UdpTransportTarget::from(address);
    SnmpEngine::new(reactor)
        .remote(&CommunityData::new("public"), &target)
        .bulk_walk(10, [oid!(1.3.6.1.4.1.20408)])
        .lexicographic_mode(false)
        .for_each(|row| row.iter().for_each(|var_bind| println!("{var_bind}")))
        .map(|_| ())
}

/// What is behind one port.
struct Agent {
    requests: Rc<Cell<u32>>,
    port: RefCell<Option<UdpPort>>,
}

impl DatagramProtocol for Agent {
    fn start_protocol(&self, port: &UdpPort) {
        self.port.replace(Some(port.clone()));
    }

    fn datagram_received(&self, datagram: Datagram<'_>) {
        let Ok(request) = CommunityMessage::decode(datagram.data) else {
            return;
        };
        let PduBody::Pdu(pdu) = request.pdu else {
            return;
        };
        let is_request = pdu.kind.is_read() || pdu.kind.is_write();
        if request.community != b"public" || !is_request {
            return;
        }
        self.requests.set(self.requests.get().wrapping_add(1));
        let response = self.answer(request.version, pdu);
        let mut answer = Vec::new();
        CommunityMessage::new(request.version, request.community, &response).encode(&mut answer);
        if let Some(port) = &*self.port.borrow()
            // From the address that was asked, where a port has several.
            && let Err(error) = port.write_from(&answer, datagram.from, datagram.to)
        {
            println!("to {}: {error}", datagram.from);
        }
    }

    fn stop_protocol(&self) {
        self.port.take();
    }
}

impl Agent {
    fn answer(&self, version: Version, request: PduRef<'_>) -> Pdu {
        let mut found = VarBindList::new();
        let answered = match request.kind {
            PduKind::SetRequest => Err((ErrorStatus::NOT_WRITABLE, 1)),
            PduKind::GetBulkRequest => {
                self.bulk(request, &mut found);
                Ok(())
            }
            kind => self.each(version, kind, request, &mut found),
        };
        let (error_status, error_index, var_binds) = match answered {
            Ok(()) => (ErrorStatus::NO_ERROR, 0, found),
            Err((status, index)) => {
                let status = if version == Version::V1 {
                    status.to_v1()
                } else {
                    status
                };
                (status, index, request.var_binds.to_owned())
            }
        };
        Pdu {
            kind: PduKind::Response,
            request_id: request.request_id,
            error_status,
            error_index,
            var_binds,
        }
    }

    /// GET and GETNEXT. SNMPv1 has no exceptions: the first name without a value is the error.
    fn each(
        &self,
        version: Version,
        kind: PduKind,
        request: PduRef<'_>,
        found: &mut VarBindList,
    ) -> Result<(), (ErrorStatus, i32)> {
        for (index, binding) in (1..).zip(request.var_binds) {
            let binding = match kind {
                PduKind::GetNextRequest => self.next(binding.name),
                _ => self.get(binding.name),
            };
            if version == Version::V1 && binding.value.is_exception() {
                return Err((ErrorStatus::NO_SUCH_NAME, index));
            }
            found.extend([binding]);
        }
        Ok(())
    }

    /// RFC 3416 section 4.2.3.
    fn bulk(&self, request: PduRef<'_>, found: &mut VarBindList) {
        let Some(bulk) = request.bulk() else {
            return;
        };
        let names = request.var_binds.iter().map(|binding| binding.name);
        let non_repeaters = bulk.non_repeaters as usize;
        for name in names.clone().take(non_repeaters).take(MOST_BINDINGS) {
            found.extend([self.next(name)]);
        }
        let mut row: Vec<ObjectIdentifier> =
            names.skip(non_repeaters).map(OidRef::to_owned).collect();
        for _ in 0..bulk.max_repetitions {
            if row.is_empty() || found.len() + row.len() > MOST_BINDINGS {
                break;
            }
            // Once every name is at its end, so are all repetitions that follow.
            let mut has_ended = true;
            for name in &mut row {
                let binding = self.next(name.as_ref());
                has_ended &= binding.value == Value::EndOfMibView;
                *name = binding.name.clone();
                found.extend([binding]);
            }
            if has_ended {
                break;
            }
        }
    }

    fn objects(&self) -> [(ObjectIdentifier, Value); 2] {
        [
            (TEXT, "an agent without an engine".into()),
            (REQUESTS, Counter32(self.requests.get()).into()),
        ]
    }

    fn get(&self, name: OidRef<'_>) -> VarBind {
        let found = self
            .objects()
            .into_iter()
            .find(|(own, _)| own.as_ref() == name);
        match found {
            Some(found) => found.into(),
            None => VarBind::new(name.to_owned(), Value::NoSuchObject),
        }
    }

    /// The first object after `name`.
    fn next(&self, name: OidRef<'_>) -> VarBind {
        let found = self
            .objects()
            .into_iter()
            .find(|(own, _)| own.as_ref() > name);
        match found {
            Some(found) => found.into(),
            None => VarBind::new(name.to_owned(), Value::EndOfMibView),
        }
    }
}
