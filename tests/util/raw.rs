//! A peer that answers what a test makes up.

use std::cell::RefCell;
use std::net::SocketAddr;
use std::rc::Rc;

use deferred_snmp::message::{CommunityMessage, Version};
use deferred_snmp::pdu::{Pdu, PduBody, PduKind};
use deferred_snmp::reactor::{Datagram, DatagramProtocol, Handle, UdpPort};

type Answer = Box<dyn FnMut(&[u8], SocketAddr) -> Vec<Vec<u8>>>;

/// A port on 127.0.0.1 that sends back what `answer` makes of each datagram.
pub fn listen(
    reactor: &Handle,
    mut answer: impl FnMut(&[u8]) -> Vec<Vec<u8>> + 'static,
) -> SocketAddr {
    open(reactor, move |data, _| answer(data)).local_addr()
}

/// The same, told also from where each datagram came; for answers from another port.
pub fn open(
    reactor: &Handle,
    answer: impl FnMut(&[u8], SocketAddr) -> Vec<Vec<u8>> + 'static,
) -> UdpPort {
    let protocol = Rc::new(Peer {
        answer: RefCell::new(Box::new(answer)),
        port: RefCell::default(),
    });
    let any = SocketAddr::from(([127, 0, 0, 1], 0));
    reactor.listen_udp(any, protocol).expect("a free port")
}

struct Peer {
    answer: RefCell<Answer>,
    port: RefCell<Option<UdpPort>>,
}

impl DatagramProtocol for Peer {
    fn start_protocol(&self, port: &UdpPort) {
        *self.port.borrow_mut() = Some(port.clone());
    }

    fn datagram_received(&self, datagram: Datagram<'_>) {
        let answers = self.answer.borrow_mut()(datagram.data, datagram.from);
        let port = self.port.borrow();
        let port = port.as_ref().expect("it has started");
        for answer in answers {
            port.write(&answer, datagram.from)
                .expect("loopback takes it");
        }
    }

    fn stop_protocol(&self) {
        self.port.take();
    }
}

/// A request as it was received.
pub struct Asked {
    pub version: Version,
    pub community: Vec<u8>,
    pub pdu: Pdu,
}

impl Asked {
    pub fn new(datagram: &[u8]) -> Self {
        let message = CommunityMessage::decode(datagram).expect("our own messages are well formed");
        let PduBody::Pdu(pdu) = message.pdu else {
            panic!("a trap is no request");
        };
        Self {
            version: message.version,
            community: message.community.to_vec(),
            pdu: pdu.to_owned(),
        }
    }

    /// The answer that repeats the bindings of the request, changed by `change`.
    pub fn answer(&self, change: impl FnOnce(&mut Pdu)) -> Vec<u8> {
        let mut pdu = self.pdu.clone();
        pdu.kind = PduKind::Response;
        (pdu.error_status, pdu.error_index) = Default::default();
        change(&mut pdu);
        encode(self.version, &self.community, &pdu)
    }
}

pub fn encode(version: Version, community: &[u8], pdu: &Pdu) -> Vec<u8> {
    let mut datagram = Vec::new();
    CommunityMessage::new(version, community, pdu).encode(&mut datagram);
    datagram
}
