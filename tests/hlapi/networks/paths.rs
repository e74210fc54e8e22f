//! Addresses that are not of IP: paths, on a network within the program.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::access::OpenAccess;
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::engine::{EngineConfig, Transmit};
use deferred_snmp::hlapi::*;
use deferred_snmp::reactor::Handle;
use deferred_snmp::transport::{Carrier, Link, Network, OpenError, Opening};
use util::agent;

use super::asking::{public, text};
use super::place::{Place, Udp};

const NAME: &str = "1.3.6.1.2.1.1.5.0";

/// Who listens where, by path.
#[derive(Clone)]
struct Paths {
    reactor: Handle,
    links: Rc<RefCell<BTreeMap<Rc<Path>, Link>>>,
}

struct Socket {
    paths: Paths,
    own: Rc<Path>,
    link: Link,
}

fn address(path: &Path) -> Address {
    Address::UnixDatagram(path.into())
}

impl Network for Paths {
    fn open(&self, opening: Opening<'_>, link: Link) -> Result<Rc<dyn Carrier>, OpenError> {
        let Address::UnixDatagram(path) = opening.address() else {
            return Err(OpenError::Unsupported(opening.address().clone()));
        };
        let mut links = self.links.borrow_mut();
        let own = match opening {
            Opening::ClientFor(_) => Path::new(&format!("client {}", links.len())).into(),
            Opening::ClientAt(_) | Opening::ServerAt(_) => Rc::from(&**path),
        };
        links.insert(Rc::clone(&own), link.clone());
        let paths = self.clone();
        Ok(Rc::new(Socket { paths, own, link }))
    }
}

impl Carrier for Socket {
    fn push(&self, message: Transmit, octets: &[u8]) {
        let own = address(&self.own);
        self.link.sent(&message.peer, Some(&own), octets);
        let Address::UnixDatagram(to) = &message.peer.address else {
            panic!("{message:?} is not for this network");
        };
        let Some(link) = self.paths.links.borrow().get(&**to).cloned() else {
            return;
        };
        let (from, octets) = (link.peer(own), octets.to_vec());
        self.paths.reactor.call_later(Duration::ZERO, move || {
            link.received(&from, None, &octets);
            link.batch_received();
        });
    }

    fn flush(&self) {}

    fn local_addr(&self) -> Option<Address> {
        Some(address(&self.own))
    }

    fn close(&self) {
        self.paths.links.borrow_mut().remove(&self.own);
    }
}

#[test]
fn an_agent_is_asked_at_a_path() {
    let mut place = Udp::new();
    let reactor = place.reactor();
    let links = Rc::default();
    let paths = Paths {
        reactor: reactor.clone(),
        links,
    };
    let engine = || SnmpEngine::with_network(&reactor, EngineConfig::default(), paths.clone());
    let (agent, manager) = (engine(), engine());
    let responder = CommandResponder::new(agent::tree(), OpenAccess);
    agent.register_responder(responder).unwrap();
    agent.add_v1_system("reader", "public");
    let at = address(Path::new("/run/agent"));
    assert_eq!(agent.listen(&at).unwrap(), Some(at.clone()));

    let target = AddressTransportTarget::new(at);
    assert_eq!(target.to_string(), "unixdgram:/run/agent");
    let asked = manager.remote(&public(), &target).get([NAME]);
    assert_eq!(text(&place.succeed(asked)), "example");
    let every_kind: [Box<dyn TransportTarget>; 2] = [
        Box::new(target),
        Box::new(UdpTransportTarget::new(("192.0.2.1", 161))),
    ];
    let outcomes = every_kind.map(|target| {
        let asked = manager.remote(&public(), &target).get([NAME]);
        place.settle(asked).map(|response| text(&response))
    });
    let [Ok(by_path), Err(SnmpError::UnsupportedTransport(nowhere))] = outcomes else {
        panic!("{outcomes:?}");
    };
    assert_eq!(
        (&*by_path, nowhere.to_string()),
        ("example", "192.0.2.1:161".into())
    );

    // Nobody is there: a time-out that tells the path.
    let nobody = AddressTransportTarget::new(address(Path::new("/run/nobody")));
    let nobody = nobody.timeout(Duration::from_millis(20)).retries(1);
    let silent = place.settle(manager.remote(&public(), &nobody).get([NAME]));
    let error = silent.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert!(
        error.to_string().contains("unixdgram:/run/nobody, 2 tries"),
        "{error}"
    );
    agent.close();
}

#[test]
fn the_network_of_udp_leads_to_no_path() {
    let mut place = Udp::new();
    let at = address(Path::new("/run/agent"));
    let listening = place.engine().listen(&at);
    assert!(
        matches!(listening, Err(SnmpError::UnsupportedTransport(_))),
        "{listening:?}"
    );
    let target = AddressTransportTarget::from(at);
    let asked = place.engine().remote(&public(), &target).get([NAME]);
    let error = place.settle(asked).unwrap_err();
    assert_eq!(
        error.to_string(),
        "no transport here leads to unixdgram:/run/agent (unixdgram)"
    );
}
