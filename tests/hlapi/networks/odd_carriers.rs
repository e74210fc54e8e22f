//! Carriers that do what they should not, in virtual time: nobody else may lose by it, and no operation its outcome.

use std::cell::{Cell, RefCell};
use std::io::ErrorKind;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::{Rc, Weak};
use std::time::Duration;

use deferred_snmp::access::OpenAccess;
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::deferred::Interrupt;
use deferred_snmp::engine::{Address, Peer, SendFailure, SystemError, Transmit};
use deferred_snmp::hlapi::*;
use deferred_snmp::message::{CommunityMessage, Version};
use deferred_snmp::objects::{MibTree, Scalar};
use deferred_snmp::oid;
use deferred_snmp::pdu::{Pdu, PduKind, SNMP_TRAP_OID, SYS_UP_TIME};
use deferred_snmp::smi::{ValueRef, VarBindList};
use deferred_snmp::testing::{Simulation, Wire};
use deferred_snmp::transport::{Carrier, Link, Network, OpenError, Opening};

use super::asking::public;

const NAME: &str = "1.3.6.1.2.1.1.5.0";
const SECOND: Duration = Duration::from_secs(1);

/// When a carrier does something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    Open,
    Push,
    Flush,
    LocalAddr,
    Close,
}

/// A message that it has been given.
type Given<'a> = Option<(&'a Transmit, &'a [u8])>;

/// What it does.
type Deed = Rc<dyn Fn(When, &Link, Given<'_>)>;

type Kept = Rc<RefCell<Vec<(Transmit, Vec<u8>)>>>;

#[derive(Clone)]
struct Odd {
    deed: Deed,
    told: Rc<RefCell<Vec<When>>>,
    links: Rc<RefCell<Vec<Link>>>,
    /// Carriers that are there.
    carriers: Rc<RefCell<Vec<Weak<OddCarrier>>>>,
}

struct OddCarrier {
    odd: Odd,
    link: Link,
}

impl Odd {
    fn new(deed: impl Fn(When, &Link, Given<'_>) + 'static) -> Self {
        Self {
            deed: Rc::new(deed),
            told: Rc::default(),
            links: Rc::default(),
            carriers: Rc::default(),
        }
    }

    fn engine(&self, simulation: &mut Simulation) -> SnmpEngine {
        let config = simulation.config();
        SnmpEngine::with_network(simulation.reactor(), config, self.clone())
    }

    fn told(&self) -> Vec<When> {
        self.told.take()
    }

    fn link(&self) -> Link {
        self.links.borrow().last().expect("one was opened").clone()
    }

    fn carriers(&self) -> usize {
        let carriers = self.carriers.borrow();
        carriers.iter().filter(|it| it.strong_count() > 0).count()
    }

    fn act(&self, when: When, link: &Link, message: Given<'_>) {
        self.told.borrow_mut().push(when);
        (self.deed)(when, link, message);
    }
}

impl Network for Odd {
    fn open(&self, _: Opening<'_>, link: Link) -> Result<Rc<dyn Carrier>, OpenError> {
        self.links.borrow_mut().push(link.clone());
        self.act(When::Open, &link, None);
        let odd = self.clone();
        let carrier = Rc::new(OddCarrier { odd, link });
        self.carriers.borrow_mut().push(Rc::downgrade(&carrier));
        Ok(carrier)
    }
}

impl Carrier for OddCarrier {
    fn push(&self, message: Transmit, octets: &[u8]) {
        let message = Some((&message, octets));
        self.odd.act(When::Push, &self.link, message);
    }

    fn flush(&self) {
        self.odd.act(When::Flush, &self.link, None);
    }

    fn local_addr(&self) -> Option<Address> {
        self.odd.act(When::LocalAddr, &self.link, None);
        None
    }

    fn close(&self) {
        self.odd.act(When::Close, &self.link, None);
    }
}

fn simulation() -> Simulation {
    Simulation::new(Wire::new(1))
}

fn agent() -> UdpTransportTarget {
    UdpTransportTarget::new(("192.0.2.1", 161)).retries(2)
}

fn get(engine: &SnmpEngine) -> deferred_snmp::deferred::Deferred<Response, SnmpError> {
    engine.remote(&public(), &agent()).get([NAME])
}

fn local() -> std::net::SocketAddr {
    ([192, 0, 2, 9], 161).into()
}

/// Serves one object to `public`; gives how often it has been read.
fn serve(engine: &SnmpEngine) -> Rc<Cell<u32>> {
    let reads = Rc::new(Cell::new(0));
    let counted = Rc::clone(&reads);
    let mut tree = MibTree::new();
    let object = Scalar::dynamic(move || {
        counted.set(counted.get() + 1);
        1
    });
    tree.register(oid!(1.3.6.1.2.1.1.5), object).unwrap();
    let responder = CommandResponder::new(tree, OpenAccess);
    engine.register_responder(responder).unwrap();
    engine.add_v1_system("reader", "public");
    reads
}

fn message(kind: PduKind, var_binds: VarBindList) -> Vec<u8> {
    let pdu = Pdu::new(kind, 7, var_binds);
    let mut octets = Vec::new();
    CommunityMessage::new(Version::V2c, b"public", &pdu).encode(&mut octets);
    octets
}

fn request() -> Vec<u8> {
    let mut var_binds = VarBindList::new();
    var_binds.push(oid!(1.3.6.1.2.1.1.5.0).as_ref(), ValueRef::Null);
    message(PduKind::GetRequest, var_binds)
}

fn trap() -> Vec<u8> {
    let mut var_binds = VarBindList::new();
    var_binds.push(SYS_UP_TIME.as_ref(), ValueRef::TimeTicks(0));
    let cold_start = oid!(1.3.6.1.6.3.1.1.5.1);
    var_binds.push(
        SNMP_TRAP_OID.as_ref(),
        ValueRef::ObjectIdentifier(cold_start.as_ref()),
    );
    message(PduKind::TrapV2, var_binds)
}

fn manager(link: &Link) -> Peer {
    link.peer(Address::Udp(([192, 0, 2, 7], 40_000).into()))
}

#[test]
fn a_carrier_that_ends_while_it_is_opened_is_not_open() {
    let mut simulation = simulation();
    let odd = Odd::new(|when, link, _| {
        if when == When::Open {
            link.block();
            link.closed();
            link.writable();
        }
    });
    let engine = odd.engine(&mut simulation);
    for _ in 0..2 {
        let error = simulation.block_on(get(&engine)).unwrap_err();
        assert!(matches!(error, SnmpError::Transport(_)), "{error:?}");
        let error = engine.listen_udp(local()).unwrap_err();
        assert!(error.to_string().contains("aborted"), "{error}");
    }
    assert_eq!(odd.told(), [When::Open; 4]);
    assert_eq!(odd.carriers(), 0);
}

#[test]
fn what_comes_while_a_carrier_is_opened_is_answered_by_it() {
    let mut simulation = simulation();
    let odd = Odd::new(|when, link, _| {
        if when == When::Open {
            link.received(&manager(link), None, &request());
            link.batch_received();
            link.writable();
        }
    });
    let engine = odd.engine(&mut simulation);
    let reads = serve(&engine);
    engine.listen_udp(local()).unwrap();
    simulation.run(SECOND);
    assert_eq!(reads.get(), 1);
    assert!(odd.told().contains(&When::Push));
}

#[test]
fn a_block_before_the_carrier_is_open_counts() {
    let mut simulation = simulation();
    let odd = Odd::new(|when, link, _| {
        if when == When::Open {
            link.block();
        }
    });
    let engine = odd.engine(&mut simulation);
    drop(get(&engine).add_both(|_| ()));
    simulation.run(SECOND / 2);
    assert_eq!(odd.told(), [When::Open]);
    odd.link().writable();
    assert_eq!(odd.told(), [When::Push, When::Flush]);
}

#[test]
fn nothing_comes_of_what_is_received_after_the_end() {
    let mut simulation = simulation();
    let odd = Odd::new(|_, _, _| ());
    let engine = odd.engine(&mut simulation);
    let reads = serve(&engine);
    engine.listen_udp(local()).unwrap();
    let link = odd.link();
    let receive = |peer: &_, octets: &[u8]| {
        link.received(peer, None, octets);
        link.batch_received();
    };
    receive(&manager(&link), &[]);
    receive(&manager(&link), &[0x30; 70_000]);
    receive(&manager(&link), &request());
    receive(&link.peer(Address::Tcp(local())), &request());
    let path = std::path::Path::new("/run/manager");
    receive(&link.peer(Address::Unix(path.into())), &request());
    assert_eq!(reads.get(), 3);
    engine.close();
    let seen = Rc::new(Cell::new(0));
    let seeing = Rc::clone(&seen);
    engine.observe(move |_| seeing.set(seeing.get() + 1));
    receive(&manager(&link), &request());
    assert_eq!((reads.get(), seen.get()), (3, 0));
    engine.listen_udp(local()).unwrap();
    receive(&manager(&link), &request());
    assert_eq!((reads.get(), seen.get()), (3, 0));
}

#[test]
fn an_observer_that_closes_the_engine_has_the_last_word() {
    let mut simulation = simulation();
    let odd = Odd::new(|_, _, _| ());
    let engine = odd.engine(&mut simulation);
    let reads = serve(&engine);
    engine.listen_udp(local()).unwrap();
    let closing = engine.clone();
    engine.observe(move |_| closing.close());
    let link = odd.link();
    link.received(&manager(&link), None, &request());
    link.batch_received();
    assert_eq!(reads.get(), 0);
    assert_eq!(engine.statistics().in_pkts, 0);
}

#[test]
fn the_link_of_a_carrier_that_has_closed_is_not_that_of_a_later_one() {
    let mut simulation = simulation();
    let odd = Odd::new(|_, _, _| ());
    let engine = odd.engine(&mut simulation);
    engine.send_from(local()).unwrap();
    let first = odd.link();
    // There are so many numbers of endpoints.
    for _ in 0..=u16::MAX {
        engine.close();
        engine.send_from(local()).unwrap();
        odd.links.borrow_mut().clear();
    }
    let asked = get(&engine);
    first.closed();
    first.block();
    let error = simulation.block_on(asked).unwrap_err();
    assert!(error.to_string().contains("3 tries"), "{error}");
}

#[test]
fn a_carrier_that_panics_costs_a_try_and_nobody_else_anything() {
    let mut simulation = simulation();
    let odd = Odd::new(|when, link, message| match (when, message) {
        (When::Push, Some((message, octets))) => {
            let is_ipv4 = message.peer.address.socket_addr().unwrap().is_ipv4();
            assert!(!is_ipv4, "a message");
            let mut answer = octets.to_vec();
            let tag = answer.iter().position(|octet| *octet == 0xa0).unwrap();
            answer[tag] = 0xa2;
            link.received(&message.peer, None, &answer);
        }
        (When::Flush, _) => {
            link.batch_received();
            panic!("a flush");
        }
        (When::Close, _) => panic!("an end"),
        _ => {}
    });
    let engine = odd.engine(&mut simulation);
    let outcomes = Rc::new(RefCell::new(Vec::new()));
    let ipv6 = UdpTransportTarget::new(("2001:db8::1", 161));
    for target in [agent(), ipv6.clone(), agent(), ipv6] {
        let outcomes = Rc::clone(&outcomes);
        engine
            .remote(&public(), &target)
            .get([NAME])
            .add_both(move |outcome| {
                let outcome = outcome.map(drop).map_err(|error| error.to_string());
                outcomes.borrow_mut().push(outcome);
            });
    }
    simulation.run(SECOND / 2);
    assert_eq!(*outcomes.borrow(), [Ok(()), Ok(())]);
    assert!(simulation.run(SECOND * 10));
    let late = outcomes.borrow()[2].clone().unwrap_err();
    assert!(late.contains("3 tries"), "{late}");
    assert_eq!(outcomes.borrow().len(), 4);
    odd.told();
    engine.close();
    assert_eq!(odd.told(), [When::Close; 2]);
    assert_eq!(odd.carriers(), 0);
}

#[test]
fn a_receiver_that_panics_at_the_end_keeps_no_outcome_from_others() {
    let mut simulation = simulation();
    let odd = Odd::new(|_, _, _| ());
    let engine = odd.engine(&mut simulation);
    engine.add_v1_system("sender", "public");
    let taken = Rc::new(Cell::new(0));
    let taking = Rc::clone(&taken);
    let receiver = NotificationReceiver::new(&engine, move |_| {
        taking.set(taking.get() + 1);
        panic!("a receiver");
    });
    receiver.unwrap();
    let abandoned = Rc::new(Cell::new(0));
    for _ in 0..3 {
        let counted = Rc::clone(&abandoned);
        get(&engine).add_both(move |outcome| {
            let outcome = outcome.map(drop);
            let is_abandoned = matches!(outcome, Err(SnmpError::Interrupt(Interrupt::Abandoned)));
            counted.set(counted.get() + u32::from(is_abandoned));
        });
    }
    let link = odd.link();
    simulation.reactor().call_later(SECOND / 2, move || {
        for _ in 0..2 {
            link.received(&manager(&link), None, &trap());
        }
        link.closed();
    });
    simulation.run(SECOND * 10);
    assert_eq!((taken.get(), abandoned.get()), (2, 3));
}

#[test]
fn an_engine_may_close_or_end_within_every_method_of_its_carrier() {
    use When::{Close, Flush, LocalAddr, Open, Push};
    for when in [Open, Push, Flush, LocalAddr, Close] {
        for closes in [true, false] {
            let mut simulation = simulation();
            let kept: Rc<RefCell<Option<SnmpEngine>>> = Rc::default();
            let held = Rc::clone(&kept);
            let odd = Odd::new(move |now, _, _| {
                let engine = held.take().filter(|_| now == when);
                if let Some(engine) = engine.filter(|_| closes) {
                    engine.close();
                }
            });
            let engine = odd.engine(&mut simulation);
            let outcomes = Rc::new(Cell::new(0));
            kept.replace(Some(engine.clone()));
            let counted = Rc::clone(&outcomes);
            get(&engine).add_both(move |_| counted.set(counted.get() + 1));
            drop(engine);
            simulation.run(SECOND * 10);
            if let Some(engine) = kept.take() {
                engine.close();
            }
            assert_eq!(outcomes.get(), 1, "{when:?}, {closes}");
            assert_eq!(odd.carriers(), 0, "{when:?}, {closes}");
            let told = odd.told();
            assert_eq!(told.last(), Some(&Close), "{when:?}, {closes}: {told:?}");
        }
    }
}

#[test]
fn an_opening_that_fails_in_whatever_way_leaves_nothing_behind() {
    let turn = Rc::new(Cell::new(0));
    let mut simulation = simulation();
    let odd = Odd::new(move |when, link, _| match when {
        When::Open => {
            turn.set(turn.get() + 1);
            link.block();
            link.received(&manager(link), None, &request());
            match turn.get() % 3 {
                0 => panic!("a network"),
                1 => link.closed(),
                _ => link.unblock(),
            }
        }
        When::Push => link.closed(),
        _ => {}
    });
    let engine = odd.engine(&mut simulation);
    let reads = serve(&engine);
    let mut outcomes = Vec::new();
    for _ in 0..6 {
        let asked = catch_unwind(AssertUnwindSafe(|| get(&engine)));
        outcomes.push(match asked {
            Err(_) => "panic",
            Ok(asked) => match simulation.block_on(asked).unwrap_err() {
                SnmpError::Transport(_) => "not opened",
                SnmpError::Interrupt(Interrupt::Abandoned) => "abandoned",
                other => panic!("{other}"),
            },
        });
    }
    assert_eq!(outcomes[..3], ["not opened", "abandoned", "panic"]);
    assert_eq!(outcomes[3..], outcomes[..3]);
    simulation.run(SECOND);
    assert!(reads.get() > 0);
    assert_eq!(odd.carriers(), 0);
}

#[test]
fn what_is_said_twice_or_of_everything_ends_each_operation_once() {
    let error = SystemError::from(ErrorKind::Other);
    type Says = fn(&Link, &Transmit, &[u8], SystemError);
    let says: [Says; 5] = [
        |link, message, octets, _| {
            link.take_back(message, octets);
            link.take_back(message, octets);
        },
        |link, message, octets, error| {
            link.failed(message, SendFailure::Refused(error));
            link.take_back(message, octets);
        },
        |link, message, octets, error| {
            link.failed(message, SendFailure::Passing(error));
            link.failed(message, SendFailure::Shortage(error));
            link.take_back(message, octets);
        },
        |link, message, _, error| {
            link.failed(message, SendFailure::Shortage(error));
            link.undelivered(&message.peer, error);
        },
        |link, message, octets, _| {
            link.received(&message.peer, None, octets);
            link.batch_received();
        },
    ];
    for say in says {
        let mut simulation = simulation();
        let kept = Kept::default();
        let keeping = Rc::clone(&kept);
        let odd = Odd::new(move |when, link, message| {
            if let Some((message, octets)) = message {
                let mut kept = keeping.borrow_mut();
                if kept.len() < 100 {
                    kept.push((message.clone(), octets.to_vec()));
                    drop(kept);
                    say(link, message, octets, error);
                }
            }
            let kept = keeping.borrow();
            if kept.len() < 100 && matches!(when, When::Flush | When::Close) {
                for (message, octets) in kept.iter().rev().take(5) {
                    link.take_back(message, octets);
                }
                drop(kept);
                link.writable();
            }
        });
        let engine = odd.engine(&mut simulation);
        let outcomes = Rc::new(Cell::new(0));
        let user = UsmUserData::new("stranger");
        for _ in 0..3 {
            let operations = [
                get(&engine).map(drop),
                engine.remote(&user, &agent()).get([NAME]).map(drop),
                send_notification(
                    &engine,
                    &public(),
                    &agent(),
                    &ContextData::default(),
                    NotifyType::Trap,
                    NotificationType::new("SNMPv2-MIB::coldStart"),
                )
                .map(drop),
            ];
            for operation in operations {
                let counted = Rc::clone(&outcomes);
                operation.add_both(move |_| counted.set(counted.get() + 1));
            }
        }
        assert!(simulation.run(SECOND * 100));
        assert_eq!(outcomes.get(), 9);
        engine.close();
    }
}
