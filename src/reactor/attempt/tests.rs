//! Errors of the system in place of its calls. The time between two tries passes by the clock of these tests.

use std::cell::{Cell, RefCell};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::rc::Rc;
use std::time::Duration;

use rustix::io::Errno;

use super::{Call, faults};
use crate::deferred::{reset_reporter, set_reporter};
use crate::reactor::{
    ConnectionLost, Datagram, DatagramProtocol, Phase, Protocol, Reactor, SendBatch, SendError,
    Transport, UdpPort, UnixDatagramPort, UnixDatagramProtocol, standstill,
};

const LASTING: usize = usize::MAX / 2;
/// More than the pause between two tries.
const PAUSE: Duration = Duration::from_millis(20);
const SHORTAGES: [Errno; 2] = [Errno::NOMEM, Errno::NOBUFS];

/// Counts what is delivered and told.
#[derive(Default)]
struct Heard {
    received: Cell<usize>,
    writable: Cell<usize>,
    stopped: Cell<usize>,
}

impl DatagramProtocol for Heard {
    fn datagram_received(&self, _: Datagram<'_>) {
        self.received.set(self.received.get() + 1);
    }
    fn writable(&self) {
        self.writable.set(self.writable.get() + 1);
    }
    fn stop_protocol(&self) {
        self.stopped.set(self.stopped.get() + 1);
    }
}

impl UnixDatagramProtocol for Heard {
    fn datagram_received(&self, _: &[u8], _: Option<&std::path::Path>) {
        self.received.set(self.received.get() + 1);
    }
    fn writable(&self) {
        self.writable.set(self.writable.get() + 1);
    }
    fn stop_protocol(&self) {
        self.stopped.set(self.stopped.get() + 1);
    }
}

/// A reactor, and what it reports.
struct Stage {
    reactor: Reactor,
    told: Rc<RefCell<Vec<String>>>,
}

impl Stage {
    fn new() -> Self {
        let told = Rc::new(RefCell::new(Vec::new()));
        let sink = told.clone();
        set_reporter(move |unhandled| sink.borrow_mut().push(unhandled.to_string()));
        let mut reactor = Reactor::new().expect("a reactor");
        reactor.turn().expect("start-up");
        Self { reactor, told }
    }

    /// A pass, after which the host may sleep.
    fn turn(&mut self) {
        let turn = self.reactor.turn().expect("a pass");
        assert!(!turn.more && turn.phase == Phase::Running, "{turn:?}");
    }

    fn pause(&mut self) {
        standstill::pass(PAUSE);
        // One pass for the timed call, and one for what is ready then.
        self.reactor.turn().expect("a pass");
        self.turn();
    }

    fn udp(&self) -> (UdpPort, Rc<Heard>) {
        let heard = Rc::new(Heard::default());
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        let port = self.reactor.handle().listen_udp(any, heard.clone());
        (port.expect("bound"), heard)
    }

    fn times_told(&self) -> usize {
        self.told.borrow().len()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        faults::end();
        reset_reporter();
    }
}

fn inject(call: Call, error: Errno, times: usize) {
    faults::inject(call, error.raw_os_error(), times);
}

#[test]
fn an_interrupted_call_is_made_again() {
    let mut stage = Stage::new();
    let (port, heard) = stage.udp();
    let own = port.local_addr();
    for _ in 0..2 {
        inject(Call::Send, Errno::INTR, 2);
        port.write(b"x", own).expect("sent");
    }
    let mut batch = SendBatch::new();
    (0..3).for_each(|_| batch.push(b"x", own, None));
    inject(Call::Send, Errno::INTR, 2);
    assert_eq!(port.write_batch(&batch).expect("sent"), 3);
    inject(Call::Receive, Errno::INTR, 2);
    stage.turn();
    assert_eq!((heard.received.get(), faults::end()), (5, 0));
    assert_eq!(stage.times_told(), 0);
}

#[test]
fn a_port_that_cannot_read_for_a_while_tries_again_after_a_pause() {
    for error in SHORTAGES.into_iter().chain([Errno::INTR, Errno::IO]) {
        let mut stage = Stage::new();
        let (port, heard) = stage.udp();
        port.write(b"x", port.local_addr()).expect("sent");
        inject(Call::Receive, error, LASTING);
        stage.turn();
        // Many datagrams, and one call at a time.
        for _ in 0..3 {
            port.write(b"x", port.local_addr()).expect("sent");
            stage.turn();
        }
        assert_eq!(stage.reactor.handle().delayed_calls().len(), 1, "{error:?}");
        stage.pause();
        assert!(port.is_listening(), "{error:?}");
        assert_eq!((heard.received.get(), stage.times_told()), (0, 1));
        faults::end();
        stage.pause();
        assert_eq!(heard.received.get(), 4, "{error:?}");
        // Another time is told again.
        inject(Call::Receive, error, LASTING);
        port.write(b"x", port.local_addr()).expect("sent");
        stage.turn();
        assert_eq!(stage.times_told(), 2);
        faults::end();
        stage.pause();
        assert_eq!(heard.received.get(), 5);
    }
}

#[test]
fn what_the_network_says_again_and_again_does_not_spin() {
    let mut stage = Stage::new();
    let (port, heard) = stage.udp();
    port.write(b"x", port.local_addr()).expect("sent");
    inject(Call::Receive, Errno::ACCESS, LASTING);
    stage.turn();
    let calls = LASTING - faults::end();
    assert!(calls <= 65, "{calls} calls");
    assert_eq!((heard.received.get(), stage.times_told()), (0, 1));
    stage.pause();
    assert_eq!(heard.received.get(), 1);
    // Once is no more than a refusal of an earlier datagram.
    port.write(b"x", port.local_addr()).expect("sent");
    inject(Call::Receive, Errno::ACCESS, 1);
    stage.turn();
    assert_eq!((heard.received.get(), stage.times_told()), (2, 1));
}

#[test]
fn a_port_closes_when_its_descriptor_is_wrong() {
    for error in [Errno::BADF, Errno::NOTSOCK] {
        let mut stage = Stage::new();
        let (port, heard) = stage.udp();
        port.write(b"x", port.local_addr()).expect("sent");
        inject(Call::Receive, error, 1);
        stage.turn();
        assert!(!port.is_listening());
        assert_eq!((heard.stopped.get(), stage.times_told()), (1, 1));
    }
}

#[test]
fn a_send_for_which_the_system_has_no_room_fails_alone() {
    for error in SHORTAGES.into_iter().chain([Errno::INTR]) {
        let mut stage = Stage::new();
        let (port, heard) = stage.udp();
        let own = port.local_addr();
        inject(Call::Send, error, LASTING);
        let sent = port.write(b"x", own);
        assert!(matches!(sent, Err(SendError::Io(_))), "{sent:?}");
        let mut batch = SendBatch::new();
        (0..3).for_each(|_| batch.push(b"x", own, None));
        let sent = port.write_batch(&batch).expect_err("no room");
        assert_eq!(sent.sent, 0);
        assert!(matches!(sent.error, SendError::Io(_)), "{sent:?}");
        faults::end();
        port.write(b"x", own).expect("sent");
        stage.turn();
        assert_eq!((heard.received.get(), heard.writable.get()), (1, 0));
    }
}

/// A path for a socket of this test alone.
fn path(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("deferred-snmp-{}-{name}", std::process::id()))
}

fn unix(stage: &Stage, name: &str) -> (UnixDatagramPort, UnixDatagramPort, [Rc<Heard>; 2]) {
    let handle = stage.reactor.handle();
    let path = path(name);
    let (listening, tied) = (Rc::new(Heard::default()), Rc::new(Heard::default()));
    let port = handle.listen_unix_datagram(&path, listening.clone());
    let port = port.expect("bound");
    let peer = handle.connect_unix_datagram(&path, None, tied.clone());
    (port, peer.expect("connected"), [listening, tied])
}

#[test]
fn a_unix_port_waits_and_goes_on() {
    let mut stage = Stage::new();
    let (port, peer, [heard, tied]) = unix(&stage, "waits");
    inject(Call::Send, Errno::INTR, 2);
    peer.write_to_peer(b"x").expect("sent");
    inject(Call::Receive, Errno::INTR, 2);
    stage.turn();
    assert_eq!((heard.received.get(), faults::end()), (1, 0));
    for (number, error) in SHORTAGES.into_iter().chain([Errno::INTR]).enumerate() {
        inject(Call::Receive, error, LASTING);
        peer.write_to_peer(b"x").expect("sent");
        stage.turn();
        stage.pause();
        assert!(port.is_listening(), "{error:?}");
        assert_eq!(stage.times_told(), number + 1);
        faults::end();
        stage.pause();
        assert_eq!(heard.received.get(), number + 2, "{error:?}");

        inject(Call::Send, error, LASTING);
        for _ in 0..2 {
            let sent = peer.write_to_peer(b"x");
            assert!(matches!(sent, Err(SendError::WouldBlock)), "{sent:?}");
            let sent = peer.write(b"x", &path("waits"));
            assert!(matches!(sent, Err(SendError::WouldBlock)), "{sent:?}");
        }
        stage.turn();
        assert_eq!(tied.writable.get(), number, "not at once");
        faults::end();
        stage.pause();
        assert_eq!(tied.writable.get(), number + 1);
    }
    inject(Call::Receive, Errno::CONNRESET, LASTING);
    peer.write_to_peer(b"x").expect("sent");
    stage.turn();
    assert!(faults::end() > LASTING - 70, "it does not spin");
    inject(Call::Receive, Errno::BADF, 1);
    peer.write_to_peer(b"x").expect("sent");
    stage.turn();
    assert!(!port.is_listening());
}

/// What becomes of a stream.
#[derive(Default)]
struct Stream {
    octets: Cell<usize>,
    lost: Cell<bool>,
}

impl Protocol for Stream {
    fn data_received(&self, _: &Transport, data: &[u8]) {
        self.octets.set(self.octets.get() + data.len());
    }
    fn connection_lost(&self, _: ConnectionLost) {
        self.lost.set(true);
    }
}

#[test]
fn a_connection_waits_and_goes_on() {
    let mut stage = Stage::new();
    let handle = stage.reactor.handle();
    let (server, client) = (Rc::new(Stream::default()), Rc::new(Stream::default()));
    let served: Rc<dyn Protocol> = server.clone();
    let served = Cell::new(Some(served));
    let any = SocketAddr::from(([127, 0, 0, 1], 0));
    let port = handle.listen_tcp(any, move |_| served.take());
    let there = port.expect("bound").local_addr();
    for call in [Call::Connect, Call::Accept, Call::Receive] {
        inject(call, Errno::INTR, 2);
    }
    let transport = Rc::new(RefCell::new(None));
    let place = transport.clone();
    let connected = handle.connect_tcp(there, Duration::from_secs(3600), client.clone());
    drop(connected.map(move |made| *place.borrow_mut() = Some(made)));
    while transport.borrow().is_none() {
        stage.reactor.iterate(None).expect("a pass");
    }
    let transport = transport.take().expect("connected");
    stage.turn();
    assert_eq!(faults::end(), 0);
    let mut sent = 0;
    for error in SHORTAGES.into_iter().chain([Errno::INTR]) {
        for call in [Call::Send, Call::Receive] {
            inject(call, error, LASTING);
            transport.write(b"octets").expect("queued");
            for _ in 0..3 {
                stage.turn();
            }
            stage.pause();
            assert_eq!(server.octets.get(), sent, "{error:?}");
            faults::end();
            stage.pause();
            stage.turn();
            sent += 6;
            assert_eq!(server.octets.get(), sent, "{error:?} {call:?}");
        }
    }
    assert!(!server.lost.get() && !client.lost.get());
    inject(Call::Receive, Errno::TIMEDOUT, 1);
    transport.write(b"octets").expect("queued");
    stage.turn();
    stage.turn();
    assert!(server.lost.get(), "other errors are the end of it");
}
