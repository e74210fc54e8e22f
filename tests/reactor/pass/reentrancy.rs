//! Everything may be done from every kind of user code that the reactor calls.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::deferred::{Deferred, Failure, Interrupt, reset_reporter, set_reporter};
use deferred_snmp::reactor::{
    ConnectionLost, Datagram, DatagramProtocol, FileDescriptor, Handle, Protocol, SystemEvent,
    Transport, TriggerPhase, UdpPort,
};
use deferred_snmp::task::{LoopingCall, defer_later};
use util::loops::{reactor, run};

/// Where code of the user's was called from, and the means to do everything there.
#[derive(Clone)]
struct Everywhere {
    handle: Handle,
    places: Rc<RefCell<BTreeMap<&'static str, u32>>>,
}

impl Everywhere {
    /// Fires, cancels, adds and drops whatever there is; the first few times at each place, for it
    /// leads to more of the same.
    fn exercise(&self, place: &'static str) {
        let mut places = self.places.borrow_mut();
        let times = places.entry(place).or_default();
        *times += 1;
        let enough = *times > 3;
        drop(places);
        if enough {
            return;
        }
        self.chains();
        // A reactor that has ended refuses the rest.
        if self.handle.is_running() {
            self.timers();
            self.sockets();
        }
    }

    /// A number that differs from call to call.
    fn turn(&self) -> u32 {
        self.places.borrow().values().sum()
    }

    fn chains(&self) {
        let (own, inner) = (self.clone(), self.witness());
        let (resolver, d) = Deferred::<u32>::with_canceller(move || {
            own.exercise("a canceller");
            None
        });
        let (own, other, last) = (self.clone(), self.clone(), self.clone());
        let d = d
            .add_callback(move |n| {
                let _inner = inner;
                own.exercise("a callback");
                Ok(n + 1)
            })
            .add_errback(move |error: Failure| {
                other.exercise("an errback");
                Err(error)
            })
            .add_timeout_with(Duration::from_millis(1), &self.handle, move |result, _| {
                last.exercise("a time-out");
                result
            });
        match self.turn() % 3 {
            0 => resolver.callback(1),
            1 => {
                d.cancel();
                drop(resolver);
            }
            // Left to the time-out, and then to the reporter.
            _ => {
                let late = Duration::from_secs(3600);
                self.handle.call_later(late, || drop(resolver));
            }
        }
        drop(d);
        drop(Deferred::<u32>::fail(Failure::from(Interrupt::Abandoned)));
        let own = self.clone();
        drop(self.handle.spawn(async move {
            own.exercise("a coroutine");
            defer_later::<_, _, Failure>(&own.handle, Duration::ZERO, || ()).await?;
            own.exercise("a coroutine that went on");
            Ok::<_, Failure>(())
        }));
    }

    fn timers(&self) {
        let own = self.clone();
        let call = self
            .handle
            .call_later(Duration::ZERO, move || own.exercise("a timed call"));
        call.reset(Duration::ZERO).expect("pending");
        let witness = self.witness();
        let cancelled = self
            .handle
            .call_later(Duration::ZERO, move || drop(witness));
        cancelled.cancel().expect("pending");
        let own = self.clone();
        let looping = LoopingCall::new(&self.handle, move || own.exercise("a looping call"));
        drop(looping.start(Duration::ZERO, true));
        looping.stop().expect("running");
        let own = self.clone();
        let task = self.handle.task(move || own.exercise("a task"));
        task.schedule();
        let kept = Cell::new(Some(task));
        self.handle
            .call_later(Duration::from_millis(1), move || drop(kept.take()));
        self.handle.remote().call_from_thread(|| {
            let own = CALLED.with_borrow(Clone::clone);
            own.expect("under way").exercise("a call from a thread");
        });
        let own = self.clone();
        let threaded: Deferred<()> = self.handle.defer_to_thread(|| Ok::<_, Interrupt>(()));
        drop(threaded.add_both(move |_| own.exercise("a thread's outcome")));
        let own = self.clone();
        let id = self.handle.add_system_event_trigger(
            TriggerPhase::After,
            SystemEvent::Named("exercise"),
            move || own.exercise("a trigger"),
        );
        self.handle
            .fire_system_event(SystemEvent::Named("exercise"));
        assert!(self.handle.remove_system_event_trigger(id).is_err());
    }

    fn sockets(&self) {
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        let port = self
            .handle
            .listen_udp(any, Rc::new(self.clone()))
            .expect("bound");
        port.write(b"x", port.local_addr()).expect("sent");
        let own: Rc<dyn Protocol> = Rc::new(self.clone());
        let tcp = self.handle.listen_tcp(any, move |_| Some(own.clone()));
        let tcp = tcp.expect("bound");
        let limit = Duration::from_secs(10);
        let own: Rc<dyn Protocol> = Rc::new(self.clone());
        drop(
            self.handle
                .connect_tcp(tcp.local_addr(), limit, own)
                // Whoever connects while the reactor ends is told so.
                .add_both(|_| ()),
        );
        let (ours, other) = UnixStream::pair().expect("a pair");
        drop(other);
        let watched: Rc<dyn FileDescriptor> = Rc::new(Watched(ours, self.clone()));
        self.handle.add_reader(&watched).expect("watched");
        self.handle.add_writer(&watched).expect("watched");
        self.handle.remove_writer(&watched);
        let own = self.clone();
        let stop = move || {
            let closed = port.stop_listening();
            drop(closed.map(move |()| own.exercise("the end of a port")));
        };
        // With the datagram unread, or after it.
        match self.turn().is_multiple_of(2) {
            true => stop(),
            false => drop(self.handle.call_later(Duration::from_millis(1), stop)),
        }
    }

    fn witness(&self) -> Witness {
        Witness(self.clone())
    }
}

/// Does everything while it is dropped.
struct Witness(Everywhere);

impl Drop for Witness {
    fn drop(&mut self) {
        self.0.exercise("a destructor");
    }
}

impl DatagramProtocol for Everywhere {
    fn start_protocol(&self, _: &UdpPort) {
        self.exercise("start_protocol");
    }
    fn datagram_received(&self, _: Datagram<'_>) {
        self.exercise("datagram_received");
    }
    fn batch_received(&self) {
        self.exercise("batch_received");
    }
    fn stop_protocol(&self) {
        self.exercise("stop_protocol");
    }
}

impl Protocol for Everywhere {
    fn connection_made(&self, transport: &Transport) {
        // Refused where it is the second of a pair in one protocol and that has closed.
        let _ = transport.write(b"x");
        self.exercise("connection_made");
    }
    fn data_received(&self, transport: &Transport, _: &[u8]) {
        transport.lose_write_connection();
        self.exercise("data_received");
    }
    fn read_connection_lost(&self, transport: &Transport) {
        transport.lose_connection();
        self.exercise("read_connection_lost");
    }
    fn write_connection_lost(&self, _: &Transport) {
        self.exercise("write_connection_lost");
    }
    fn connection_lost(&self, _: ConnectionLost) {
        self.exercise("connection_lost");
    }
}

struct Watched(UnixStream, Everywhere);

impl AsFd for Watched {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}

impl FileDescriptor for Watched {
    fn do_read(&self) -> io::Result<()> {
        self.1.exercise("do_read");
        Err(io::ErrorKind::UnexpectedEof.into())
    }
    fn connection_lost(&self, _: Option<io::Error>) {
        self.1.exercise("a descriptor's end");
    }
}

/// Where `exercise` has to have been called from.
const PLACES: &[&str] = &[
    "a callback",
    "an errback",
    "a canceller",
    "a time-out",
    "a destructor",
    "the reporter",
    "a coroutine",
    "a coroutine that went on",
    "a timed call",
    "a looping call",
    "a task",
    "a trigger",
    "a call from a thread",
    "a thread's outcome",
    "start_protocol",
    "datagram_received",
    "batch_received",
    "stop_protocol",
    "the end of a port",
    "connection_made",
    "data_received",
    "read_connection_lost",
    "write_connection_lost",
    "connection_lost",
    "do_read",
    "a descriptor's end",
];

thread_local! {
    static CALLED: RefCell<Option<Everywhere>> = const { RefCell::new(None) };
}

/// Stops the reactor when every place was seen.
fn look(everywhere: Everywhere) {
    let handle = everywhere.handle.clone();
    let places = everywhere.places.borrow();
    if PLACES.iter().all(|place| places.contains_key(place)) {
        return handle.stop().expect("running");
    }
    drop(places);
    handle.call_later(Duration::from_millis(1), move || look(everywhere));
}

#[test]
fn d_052_everything_may_be_done_from_everywhere() {
    let mut reactor = reactor();
    let everywhere = Everywhere {
        handle: reactor.handle(),
        places: Rc::default(),
    };
    let panics: Rc<RefCell<Vec<String>>> = Rc::default();
    let (reported, own) = (panics.clone(), everywhere.clone());
    set_reporter(move |unhandled| {
        let text = unhandled.to_string();
        if text.contains("panicked") {
            reported.borrow_mut().push(text);
        }
        own.exercise("the reporter");
    });
    CALLED.set(Some(everywhere.clone()));
    let first = everywhere.clone();
    reactor
        .handle()
        .call_later(Duration::ZERO, move || first.exercise("a timed call"));
    look(everywhere);
    run(&mut reactor);
    drop(reactor);
    CALLED.take();
    reset_reporter();
    assert_eq!(*panics.borrow(), [""; 0]);
}
