//! What is of the seam itself: two networks in one program, one that leads nowhere, and one that listens in.

use std::cell::RefCell;
use std::rc::Rc;

use deferred_snmp::engine::{Address, EngineConfig, Transmit};
use deferred_snmp::hlapi::*;
use deferred_snmp::reactor::Reactor;
use deferred_snmp::transport::{
    Binding, Carrier, EventSink, Link, Network, OpenError, Opening, UdpNetwork,
};
use util::agent;

use super::asking::{public, text};
use super::place::{Place, Simulated, Udp};

const NAME: &str = "1.3.6.1.2.1.1.5.0";

#[test]
fn one_program_asks_by_udp_and_by_the_simulated_wire() {
    fn name(engine: &SnmpEngine, target: &UdpTransportTarget) -> impl Fn() -> Asked + use<> {
        let remote = engine.remote(&public(), target);
        move || remote.get([NAME]).map(|response| text(&response))
    }
    type Asked = deferred_snmp::deferred::Deferred<String, SnmpError>;

    let (mut udp, mut wire) = (Udp::new(), Simulated::new());
    let (_near, near) = udp.agent(agent::tree());
    let (_far, far) = wire.agent(agent::tree());
    let by_udp = name(&udp.engine(), &near);
    let by_wire = name(&wire.engine(), &far);
    for _ in 0..3 {
        assert_eq!(udp.succeed(by_udp()), "example");
        assert_eq!(wire.succeed(by_wire()), "example");
    }
}

/// Has no carrier for anything but IPv4.
struct Ipv4Only(UdpNetwork);

impl Network for Ipv4Only {
    fn open(&self, opening: Opening<'_>, link: Link) -> Result<Rc<dyn Carrier>, OpenError> {
        match opening.address().socket_addr() {
            Some(address) if address.is_ipv4() => self.0.open(opening, link),
            _ => Err(OpenError::Unsupported(opening.address().clone())),
        }
    }
}

#[test]
fn an_address_that_nothing_leads_to_is_an_error_that_names_it() {
    let mut place = Udp::new();
    let (_agent, target) = place.agent(agent::tree());
    let network = Ipv4Only(UdpNetwork::new(&place.reactor()));
    let engine = SnmpEngine::with_network(&place.reactor(), EngineConfig::default(), network);
    place.succeed(engine.remote(&public(), &target).get([NAME]));
    let other: UdpTransportTarget = "[2001:db8::1]:161".parse().unwrap();
    let operations = [
        engine.remote(&public(), &other).get([NAME]).map(drop),
        engine
            .remote(&public(), &other)
            .walk([NAME])
            .collect()
            .map(drop),
        discover(&engine, &other).map(drop),
    ];
    for operation in operations {
        let error = place.settle(operation).expect_err("nothing leads there");
        assert!(
            matches!(error, SnmpError::UnsupportedTransport(_)),
            "{error:?}"
        );
        let expected = "no transport here leads to [2001:db8::1]:161 (udp)";
        assert_eq!(error.to_string(), expected);
    }
    let error = engine.listen_udp("[::1]:0".parse().unwrap()).unwrap_err();
    assert!(
        matches!(error, SnmpError::UnsupportedTransport(_)),
        "{error:?}"
    );
}

struct Nothing;

impl EventSink for Nothing {
    fn event(self: Rc<Self>, _: deferred_snmp::engine::Event) {}
    fn abandoned(self: Rc<Self>, _: Vec<deferred_snmp::engine::RequestId>) {}
}

#[test]
fn udp_carries_no_other_transport() {
    let reactor = Reactor::new().expect("a reactor");
    let sink: Rc<dyn EventSink> = Rc::new(Nothing);
    let config = EngineConfig::default();
    let binding = Binding::new(&reactor.handle(), config, Rc::downgrade(&sink));
    let addresses = [
        Address::Tcp(([127, 0, 0, 1], 161).into()),
        Address::Unix(std::path::Path::new("/run/agent").into()),
    ];
    for address in addresses {
        assert_eq!(binding.open_endpoint_for(&address), None);
        for opened in [
            binding.endpoint_for(&address),
            binding.listen(&address),
            binding.open_client(&address),
        ] {
            let error = opened.expect_err("no UDP");
            assert!(error.to_string().contains(&address.to_string()), "{error}");
            assert!(matches!(error, OpenError::Unsupported(_)));
        }
    }
}

/// Writes down what goes, and passes it on.
struct Recorder {
    udp: UdpNetwork,
    told: Told,
}

type Told = Rc<RefCell<Vec<String>>>;

struct Recorded {
    carrier: Rc<dyn Carrier>,
    told: Told,
}

impl Network for Recorder {
    fn open(&self, opening: Opening<'_>, link: Link) -> Result<Rc<dyn Carrier>, OpenError> {
        self.told.borrow_mut().push("open".to_owned());
        Ok(Rc::new(Recorded {
            carrier: self.udp.open(opening, link)?,
            told: Rc::clone(&self.told),
        }))
    }
}

impl Carrier for Recorded {
    fn push(&self, message: Transmit, octets: &[u8]) {
        let told = format!("{} octets to {}", octets.len(), message.peer);
        self.told.borrow_mut().push(told);
        self.carrier.push(message, octets);
    }

    fn flush(&self) {
        self.told.borrow_mut().push("flush".to_owned());
        self.carrier.flush();
    }

    fn local_addr(&self) -> Option<Address> {
        self.carrier.local_addr()
    }

    fn close(&self) {
        self.told.borrow_mut().push("close".to_owned());
        self.carrier.close();
    }
}

#[test]
fn a_carrier_in_front_of_another_sees_each_message_once_and_one_flush_for_several() {
    let mut place = Udp::new();
    let (_agent, target) = place.agent(agent::tree());
    let told = Told::default();
    let network = Recorder {
        udp: UdpNetwork::new(&place.reactor()),
        told: Rc::clone(&told),
    };
    let config = EngineConfig::with_seed(1).short_identifiers(true);
    let engine = SnmpEngine::with_network(&place.reactor(), config, network);
    let remote = engine.remote(&public(), &target);
    let gets = [(); 3].map(|()| remote.get([NAME]));
    place.succeed(deferred_snmp::deferred::gather_results(gets));
    engine.close();
    let told = told.take();
    let sent = &told[1];
    assert!(sent.ends_with(&format!(" octets to {target}")), "{sent}");
    let count = |what: &str| told.iter().filter(|it| *it == what).count();
    assert_eq!((count("open"), count("close")), (1, 1));
    assert_eq!(
        told.iter().filter(|it| it.contains(" octets to ")).count(),
        3
    );
    assert_eq!(count("flush"), 1, "{told:?}");
}
