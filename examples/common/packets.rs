//! What the examples at packet level share: a port that asks and waits for the answer, without an
//! engine.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::deferred::{Deferred, Failure, Interrupt, Resolver};
use deferred_snmp::hlapi::UdpTransportTarget;
use deferred_snmp::message::{CommunityMessage, Version};
use deferred_snmp::pdu::{Pdu, PduBody, PduKind};
use deferred_snmp::reactor::{CannotListenError, Datagram, DatagramProtocol, Handle, UdpPort};
use deferred_snmp::smi::VarBindList;

/// How long to wait for the answer to each try, and how many to make.
const PATIENCE: Duration = Duration::from_secs(1);
const TRIES: u32 = 3;

/// A port, and who waits for an answer there.
pub(crate) struct Asker {
    reactor: Handle,
    port: UdpPort,
    exchange: Rc<Exchange>,
    next_id: Cell<i32>,
}

impl Asker {
    /// A port that reaches `peer`.
    pub(crate) fn new(reactor: &Handle, peer: SocketAddr) -> Result<Self, Failure> {
        let exchange = Rc::new(Exchange::default());
        Ok(Self {
            reactor: reactor.clone(),
            port: open(reactor, peer, exchange.clone())?,
            exchange,
            next_id: Cell::new(random_id()),
        })
    }

    /// A number that no other request of this port has.
    pub(crate) fn request_id(&self) -> i32 {
        let id = self.next_id.get();
        self.next_id.set(id.checked_add(1).unwrap_or_default());
        id
    }

    /// Sends a request until it is answered, and gives the answer.
    pub(crate) async fn ask(
        &self,
        to: SocketAddr,
        version: Version,
        community: &[u8],
        pdu: &Pdu,
    ) -> Result<Pdu, Failure> {
        let mut datagram = Vec::new();
        CommunityMessage::new(version, community, pdu).encode(&mut datagram);
        for _ in 0..TRIES {
            self.port.write(&datagram, to)?;
            let (resolver, answer) = Deferred::<Pdu, Failure>::pair();
            let wait = Wait { to, resolver };
            self.exchange
                .waiting
                .borrow_mut()
                .insert(pdu.request_id, wait);
            match answer.add_timeout(PATIENCE, &self.reactor).await {
                Err(failure) if matches!(failure.interrupt(), Some(Interrupt::TimedOut(_))) => {}
                outcome => return outcome,
            }
        }
        let text = format!("no answer from {to}: {TRIES} tries of {PATIENCE:?}");
        Err(Failure::message(text))
    }
}

/// Opens a port that reaches `peer`.
pub(crate) fn open(
    reactor: &Handle,
    peer: SocketAddr,
    protocol: Rc<dyn DatagramProtocol>,
) -> Result<UdpPort, CannotListenError> {
    let any = match peer {
        SocketAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        SocketAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
    };
    reactor.listen_udp(SocketAddr::new(any, 0), protocol)
}

/// A request-id that cannot be foreseen: who guesses it can forge an answer.
pub(crate) fn random_id() -> i32 {
    let random = RandomState::new().build_hasher().finish();
    (random & 0x7fff_ffff) as i32
}

#[derive(Default)]
struct Exchange {
    /// By request-id.
    waiting: RefCell<HashMap<i32, Wait>>,
}

struct Wait {
    to: SocketAddr,
    resolver: Resolver<Pdu, Failure>,
}

impl Wait {
    /// Without the zone of an address of IPv6, which an answer may lack.
    fn is_to(&self, from: SocketAddr) -> bool {
        (self.to.ip(), self.to.port()) == (from.ip(), from.port())
    }
}

impl DatagramProtocol for Exchange {
    fn datagram_received(&self, datagram: Datagram<'_>) {
        let message = match CommunityMessage::decode(datagram.data) {
            Ok(message) => message,
            Err(error) => return println!("from {}: {error}", datagram.from),
        };
        let PduBody::Pdu(pdu) = message.pdu else {
            return;
        };
        let mut waiting = self.waiting.borrow_mut();
        let wait = waiting.get(&pdu.request_id);
        let is_answer =
            pdu.kind == PduKind::Response && wait.is_some_and(|wait| wait.is_to(datagram.from));
        let wait = is_answer.then(|| waiting.remove(&pdu.request_id)).flatten();
        // Its callbacks may ask again.
        drop(waiting);
        if let Some(wait) = wait {
            wait.resolver.callback(pdu.to_owned());
        }
    }
}

/// The bindings of an answer, or the error that it reports.
pub(crate) fn var_binds(answer: Pdu) -> Result<VarBindList, Failure> {
    match answer.error_status.is_error() {
        true => Err(Failure::message(match answer.at_fault() {
            Some((_, var_bind)) => format!("{} at {}", answer.error_status, var_bind.name),
            None => answer.error_status.to_string(),
        })),
        false => Ok(answer.var_binds),
    }
}

/// The address of a target on the command line, looked up if it is a name.
pub(crate) async fn address(
    reactor: &Handle,
    target: &UdpTransportTarget,
) -> Result<SocketAddr, Failure> {
    let written = target.to_string();
    if let Ok(address) = written.parse() {
        return Ok(address);
    }
    let (host, port) = written.rsplit_once(':').unwrap_or((&written, "161"));
    let (host, port) = (host.trim_matches(['[', ']']), port.parse()?);
    match reactor
        .resolve_with_port(host, port, PATIENCE * TRIES)
        .await
    {
        Ok(address) => Ok(address),
        Err(error) => Err(Failure::message(format!("unknown host {host:?}: {error}"))),
    }
}
