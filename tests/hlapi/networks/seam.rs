//! What is of the seam itself: two networks in one program, one that leads nowhere, and one that listens in.

use std::cell::{Cell, RefCell};
use std::io::ErrorKind;
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::engine::{Address, EngineConfig, SendFailure, SystemError, Transmit};
use deferred_snmp::hlapi::*;
use deferred_snmp::reactor::{Handle, Reactor};
use deferred_snmp::task::sleep;
use deferred_snmp::transport::{
    Binding, Carrier, EventSink, Link, Network, OpenError, Opening, UdpNetwork,
};
use util::agent;

use super::asking::{public, text};
use super::place::{Place, Simulated, Udp, hasty};

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

/// What a carrier does from within its own methods.
#[derive(Clone, Copy, Debug)]
enum Deed {
    /// Answers each request before `push` returns.
    Answer,
    /// Gives the first message back, and has room for it later.
    TakeBack,
    /// Ends before `flush` returns.
    Close,
    /// Fails each message for good.
    Refuse,
    /// Hears from the network that nobody is there.
    Undelivered,
}

struct Doing {
    deed: Deed,
    handle: Handle,
}

struct Odd {
    deed: Cell<Deed>,
    link: Link,
    handle: Handle,
}

impl Network for Doing {
    fn open(&self, _: Opening<'_>, link: Link) -> Result<Rc<dyn Carrier>, OpenError> {
        // What is said too early does no harm.
        link.writable();
        link.block();
        link.unblock();
        Ok(Rc::new(Odd {
            deed: Cell::new(self.deed),
            link,
            handle: self.handle.clone(),
        }))
    }
}

impl Carrier for Odd {
    fn push(&self, message: Transmit, octets: &[u8]) {
        match self.deed.get() {
            Deed::Answer => {
                let mut answer = octets.to_vec();
                let tag = answer.iter().position(|octet| *octet == 0xa0);
                answer[tag.expect("a GetRequest-PDU")] = 0xa2;
                self.link.sent(&message.peer, None, octets);
                self.link.received(&message.peer, None, &answer);
                self.link.batch_received();
            }
            Deed::TakeBack => {
                self.link.take_back(&message, octets);
                self.deed.set(Deed::Answer);
                let link = self.link.clone();
                self.handle
                    .call_later(Duration::ZERO, move || link.writable());
            }
            Deed::Refuse => {
                let error = SystemError::from(ErrorKind::PermissionDenied);
                self.link.failed(&message, SendFailure::Refused(error));
            }
            Deed::Undelivered => {
                let error = SystemError::from(ErrorKind::ConnectionRefused);
                self.link.undelivered(&message.peer, error);
            }
            Deed::Close => {}
        }
    }

    fn flush(&self) {
        if let Deed::Close = self.deed.get() {
            self.link.closed();
            self.link.closed();
            self.link.writable();
        }
    }

    fn local_addr(&self) -> Option<Address> {
        None
    }

    fn close(&self) {}
}

/// What comes of a GET, with an observer that counts what passes.
fn outcome(deed: Deed) -> (Result<String, String>, usize) {
    let mut place = Udp::new();
    let handle = place.reactor();
    let network = Doing {
        deed,
        handle: handle.clone(),
    };
    let config = EngineConfig::with_seed(1);
    let engine = SnmpEngine::with_network(&handle, config, network);
    let seen = Rc::new(Cell::new(0));
    let (seeing, own) = (Rc::clone(&seen), engine.clone());
    engine.observe(move |_| {
        seeing.set(seeing.get() + 1);
        assert_eq!(own.statistics().requests, 1);
    });
    let target = hasty(place.nobody());
    let get = engine.remote(&public(), &target).get([NAME]);
    let outcome = place.settle(get).map(|response| text(&response));
    // What was shown later has been shown now.
    place
        .settle(sleep(&handle, Duration::from_millis(1)))
        .unwrap();
    (outcome.map_err(|error| error.to_string()), seen.get())
}

#[test]
fn a_carrier_may_call_its_link_from_all_of_its_methods() {
    assert_eq!(outcome(Deed::Answer), (Ok(String::new()), 2));
    assert_eq!(outcome(Deed::TakeBack), (Ok(String::new()), 2));
    let abandoned = "abandoned: the firing side was dropped".to_owned();
    assert_eq!(outcome(Deed::Close), (Err(abandoned), 0));
    let (refused, seen) = outcome(Deed::Refuse);
    let refused = refused.expect_err("it cannot be sent");
    assert!(
        refused.starts_with("cannot send to 127.0.0.1:"),
        "{refused}"
    );
    assert!(refused.ends_with("permission denied"), "{refused}");
    assert_eq!(seen, 0);
    let (nobody, _) = outcome(Deed::Undelivered);
    let nobody = nobody.expect_err("nobody is there");
    assert!(nobody.contains("3 tries of 100ms; "), "{nobody}");
}
