//! Ports, bindings and receivers leave records of what they drop, one a second.

use std::cell::Cell;
use std::net::SocketAddr;
use std::rc::{Rc, Weak};

use deferred_snmp::access::OpenAccess;
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::engine::{Credentials, Endpoint, EngineConfig, Event, Peer, Request, RequestId};
use deferred_snmp::hlapi::*;
use deferred_snmp::message::Version;
use deferred_snmp::objects::MibTree;
use deferred_snmp::oid;
use deferred_snmp::pdu::{Pdu, PduKind};
use deferred_snmp::reactor::{Datagram, DatagramProtocol, UdpOptions, UdpPort};
use deferred_snmp::smi::{ValueRef, VarBindList};
use deferred_snmp::transport::{Binding, EventSink};
use util::manager::{Manager, turn_until};
use util::raw::{self, encode};
use util::records;

/// The first record that holds `words`, with its level: there is another only if a second has passed meanwhile.
fn record_of(words: &str) -> Option<String> {
    let records = records::take().into_iter();
    let mut records = records.map(|(level, text)| format!("{level} {text}"));
    records.find(|text| text.contains(words))
}

fn trap() -> Vec<u8> {
    let mut var_binds = VarBindList::new();
    let up_time = oid!(1.3.6.1.2.1.1.3.0);
    var_binds.push(up_time.as_ref(), ValueRef::TimeTicks(0));
    let pdu = Pdu::new(PduKind::TrapV2, 1, var_binds);
    encode(Version::V2c, b"secret", &pdu)
}

fn sender(manager: &Manager) -> UdpPort {
    raw::open(&manager.reactor.handle(), |_, _| Vec::new())
}

#[test]
fn a_full_queue_of_a_receiver() {
    records::collect();
    let mut manager = Manager::new();
    manager.engine.add_v1_system("sender", "secret");
    let queue = NotificationReceiver::queue(&manager.engine, 1).expect("the only one");
    let any: SocketAddr = "127.0.0.1:0".parse().unwrap();
    let to = manager.engine.listen_udp(any).expect("a free port");
    let sender = sender(&manager);
    for _ in 0..3 {
        sender.write(&trap(), to).expect("sent");
    }
    turn_until(&mut manager.reactor, || queue.dropped() == 2);
    let from = sender.local_addr();
    let expected = format!("WARN notification from {from}: the queue of the receiver is full");
    assert_eq!(record_of("queue"), Some(expected));
}

#[derive(Default)]
struct Lengths(Cell<usize>);

impl DatagramProtocol for Lengths {
    fn datagram_received(&self, datagram: Datagram<'_>) {
        self.0.set(datagram.data.len());
    }
}

#[test]
fn a_datagram_that_is_longer_than_its_port_takes() {
    records::collect();
    let mut manager = Manager::new();
    let lengths = Rc::new(Lengths::default());
    let any = "127.0.0.1:0".parse().unwrap();
    let reactor = manager.reactor.handle();
    let options = UdpOptions::new().longest_datagram(10);
    let port = reactor.listen_udp_with(any, &options, lengths.clone());
    let port = port.expect("a port");
    let sender = sender(&manager);
    for length in [11, 12, 13, 3] {
        let datagram = vec![0; length];
        sender.write(&datagram, port.local_addr()).expect("sent");
    }
    turn_until(&mut manager.reactor, || lengths.0.get() == 3);
    assert_eq!(port.truncated(), 3);
    let expected = format!(
        "DEBUG {}: datagram from {} is longer than is taken",
        port.local_addr(),
        sender.local_addr()
    );
    assert_eq!(record_of("longer"), Some(expected));
}

struct Deaf;

impl EventSink for Deaf {
    fn event(self: Rc<Self>, _: Event) {}
    fn abandoned(self: Rc<Self>, _: Vec<RequestId>) {}
}

#[test]
fn a_message_for_a_port_that_is_not_open() {
    records::collect();
    let mut manager = Manager::new();
    let sink: Rc<dyn EventSink> = Rc::new(Deaf);
    let weak: Weak<dyn EventSink> = Rc::downgrade(&sink);
    let config = EngineConfig::with_seed(1);
    let binding = Binding::new(&manager.reactor.handle(), config, weak);
    let nobody = Peer::udp(Endpoint(9), ([192, 0, 2, 1], 161).into());
    for _ in 0..2 {
        let v2c = Credentials::V2c("secret".into());
        let pdu = Pdu::new(PduKind::GetRequest, 0, VarBindList::new());
        binding
            .submit(Request::new(nobody.clone(), v2c, pdu))
            .expect("room");
    }
    turn_until(&mut manager.reactor, || {
        binding.with_engine_at_rest(|engine| engine.statistics().out_pkts == 2)
    });
    let expected = "WARN message to 192.0.2.1:161: port 9 is not open";
    assert_eq!(record_of("not open").as_deref(), Some(expected));
}

/// An engine that listens, and what records call it.
fn listening(manager: &Manager) -> (SnmpEngine, String) {
    let engine = SnmpEngine::new(&manager.reactor.handle());
    engine.add_v1_system("sender", "secret");
    let any: SocketAddr = "127.0.0.1:0".parse().unwrap();
    let address = engine.listen_udp(any).expect("a free port");
    (engine, format!("engine at [{address}]"))
}

#[test]
fn a_second_receiver_or_responder_is_an_error_and_no_record() {
    let manager = Manager::new();
    let (engine, _) = listening(&manager);
    let responder = || CommandResponder::new(MibTree::new(), OpenAccess);
    let ((), records) = records::during(|| {
        let receiver = NotificationReceiver::new(&engine, |_| ()).expect("the first");
        NotificationReceiver::deferred(&engine, |_| ()).expect_err("the second");
        NotificationReceiver::queue(&engine, 3).expect_err("the third");
        // It goes on receiving when its handle is dropped.
        drop(receiver);
        NotificationReceiver::new(&engine, |_| ()).expect_err("the fourth");
        let first = engine.register_responder(responder()).expect("the first");
        engine
            .register_responder(responder())
            .expect_err("the second");
        first.close();
        engine
            .register_responder(responder())
            .expect("the only one");
    });
    assert!(records.is_empty(), "{records:?}");
}

#[test]
fn a_queue_of_notifications_that_is_dropped() {
    let mut manager = Manager::new();
    let (engine, name) = listening(&manager);
    let to = name.trim_start_matches("engine at [").trim_end_matches(']');
    let to: SocketAddr = to.parse().unwrap();
    let sender = sender(&manager);
    let queue = NotificationReceiver::queue(&engine, 10).expect("the only one");
    let ended = format!("debug: {name}: the queue of the receiver is dropped, which ends it");
    let ((), records) = records::during(|| drop(queue));
    assert_eq!(records, [&*ended]);

    for orderly in [false, true] {
        let queue = NotificationReceiver::queue(&engine, 10).expect("the only one");
        for _ in 0..3 {
            sender.write(&trap(), to).expect("sent");
        }
        turn_until(&mut manager.reactor, || queue.len() == 3);
        let lost = "warn: notifications lost that waited in the queue of a receiver: 3";
        if orderly {
            let ((), records) = records::during(|| engine.close());
            assert_eq!(records, [lost]);
            let ((), records) = records::during(|| drop(queue));
            assert!(records.is_empty(), "{records:?}");
        } else {
            let ((), records) = records::during(|| drop(queue));
            assert_eq!(records, [&*ended, lost]);
        }
    }
}

#[test]
fn a_receiver_whose_engine_ends() {
    let manager = Manager::new();
    let engine = SnmpEngine::new(&manager.reactor.handle());
    NotificationReceiver::new(&engine, |_| ()).expect("the only one");
    let ((), records) = records::during(|| drop(engine));
    let expected = "debug: an engine has ended whose receiver of notifications was open";
    assert_eq!(records, [expected]);
    let engine = SnmpEngine::new(&manager.reactor.handle());
    NotificationReceiver::new(&engine, |_| ())
        .expect("the only one")
        .close();
    let ((), records) = records::during(|| drop(engine));
    assert!(records.is_empty(), "{records:?}");
}
