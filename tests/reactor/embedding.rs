//! One suite of behaviour, against every way of driving the reactor: its own loop, `turn` by
//! `poll(2)`, an edge-triggered outer epoll, and attached to the host's own poll.

mod ending;
mod hosts;
mod news;
mod on_a_poll;
mod standstill;

use std::cell::{Cell, RefCell};
use std::io::{self, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use deferred_snmp::deferred::Deferred;
use deferred_snmp::reactor::mio;
use deferred_snmp::reactor::{
    Attached, ConnectionLost, Datagram, DatagramProtocol, FileDescriptor, Handle, Phase, Protocol,
    Transport, UdpPort, poll_timeout_ms,
};
use ending::*;
use hosts::*;
use news::*;
use standstill::*;
use util::loops::{Log, ms, reports};

/// One step with nothing to do but a wake.
fn idle(host: &mut dyn Host) {
    host.remote().wake();
    host.step(&mut || ());
}

/// Steps until `done`; gives the number of steps. No busy loop: not more than `bound`.
fn until(host: &mut dyn Host, bound: usize, done: impl Fn() -> bool) -> usize {
    let mut steps = 0;
    while !done() {
        host.step(&mut || ());
        steps += 1;
        assert!(steps <= bound, "{steps} steps and not done");
    }
    steps
}

/// Counts what comes in.
#[derive(Default)]
struct Counter {
    count: Cell<usize>,
    panics: Cell<bool>,
}

impl DatagramProtocol for Counter {
    fn datagram_received(&self, _: Datagram<'_>) {
        self.count.set(self.count.get() + 1);
        assert!(!self.panics.get(), "asked to fail");
    }
}

fn listen(handle: &Handle) -> (UdpPort, Rc<Counter>) {
    let counter = Rc::new(Counter::default());
    let addr = "127.0.0.1:0".parse().expect("an address");
    let port = handle.listen_udp(addr, counter.clone()).expect("bound");
    (port, counter)
}

fn more_ready_sockets_than_the_buffer_holds(make: &dyn Fn(Wish) -> Box<dyn Host>) {
    let mut host = make(Wish::default());
    let ports: Vec<_> = (0..30).map(|_| listen(&host.handle())).collect();
    for (port, _) in &ports {
        port.write(b"x", port.local_addr()).expect("sent");
    }
    let total = || {
        ports
            .iter()
            .map(|(_, counter)| counter.count.get())
            .sum::<usize>()
    };
    until(&mut *host, 100, || total() == 30);
}

fn a_budget_smaller_than_the_queue(make: &dyn Fn(Wish) -> Box<dyn Host>) {
    let mut host = make(Wish {
        datagrams: 32,
        ..Wish::default()
    });
    let (port, counter) = listen(&host.handle());
    for _ in 0..200 {
        port.write(b"x", port.local_addr()).expect("sent");
    }
    let steps = until(&mut *host, 20, || counter.count.get() == 200);
    assert!(steps >= 7, "a turn is bounded: {steps}");
}

/// A stream that, when it can be read, closes its twin and opens another in its place.
struct Twin {
    stream: UnixStream,
    on_read: RefCell<Option<Box<dyn FnOnce()>>>,
    reads: Cell<usize>,
}

impl AsFd for Twin {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.stream.as_fd()
    }
}

impl FileDescriptor for Twin {
    fn do_read(&self) -> io::Result<()> {
        self.reads.set(self.reads.get() + 1);
        let on_read = self.on_read.take();
        if let Some(on_read) = on_read {
            on_read();
        }
        (&self.stream).read(&mut [0; 8]).map(drop)
    }
    fn connection_lost(&self, _: Option<io::Error>) {}
}

fn twin() -> (Rc<Twin>, UnixStream) {
    let (stream, other) = UnixStream::pair().expect("a pair");
    stream.set_nonblocking(true).expect("non-blocking");
    let twin = Twin {
        stream,
        on_read: RefCell::new(None),
        reads: Cell::new(0),
    };
    (Rc::new(twin), other)
}

fn a_socket_closed_and_another_opened_inside_a_batch(make: &dyn Fn(Wish) -> Box<dyn Host>) {
    let mut host = make(Wish::default());
    let handle = host.handle();
    let (left, mut to_left) = twin();
    let (right, mut to_right) = twin();
    let (fresh, _to_fresh) = twin();
    for (own, twin) in [(&left, &right), (&right, &left)] {
        let (twin, fresh, inside) = (twin.clone(), fresh.clone(), handle.clone());
        *own.on_read.borrow_mut() = Some(Box::new(move || {
            let twin: Rc<dyn FileDescriptor> = twin;
            let fresh: Rc<dyn FileDescriptor> = fresh;
            inside.remove_reader(&twin);
            inside.add_reader(&fresh).expect("watched");
        }));
        let own: Rc<dyn FileDescriptor> = own.clone();
        handle.add_reader(&own).expect("watched");
    }
    to_left.write_all(b"x").expect("written");
    to_right.write_all(b"x").expect("written");
    until(&mut *host, 5, || left.reads.get() + right.reads.get() > 0);
    // Whatever is still noted of the batch names nobody.
    for _ in 0..3 {
        host.remote().wake();
        host.step(&mut || ());
    }
    assert_eq!(left.reads.get() + right.reads.get(), 1);
    assert_eq!(
        fresh.reads.get(),
        0,
        "an event of the closed one is not an event of this one"
    );
    left.on_read.take();
    right.on_read.take();
}

fn wakes_before_during_and_after_a_pass(make: &dyn Fn(Wish) -> Box<dyn Host>) {
    let mut host = make(Wish::default());
    idle(&mut *host);
    let (done, ran) = crossbeam_channel::unbounded();
    let remote = host.remote();
    // Between asking for the timeout and sleeping.
    let early = done.clone();
    let mut first = Some(move || early.send("before").expect("received"));
    host.step(&mut || {
        if let Some(first) = first.take() {
            remote.call_from_thread(first);
        }
    });
    // During a pass, from this thread: the event of it may be taken by the pass itself.
    let nested = host.remote();
    let inner = done.clone();
    remote.call_from_thread(move || {
        nested.call_from_thread(move || inner.send("during").expect("received"));
    });
    host.step(&mut || ());
    host.step(&mut || ());
    // While the host sleeps.
    let (began, begun) = crossbeam_channel::bounded::<()>(1);
    let thread = std::thread::Builder::new().spawn(move || {
        begun.recv().expect("sent");
        remote.call_from_thread(move || done.send("asleep").expect("received"));
    });
    let mut heard = ran.try_iter().collect::<Vec<_>>();
    let mut began = Some(began);
    let mut steps = 0;
    while heard.len() < 3 {
        host.step(&mut || {
            if let Some(began) = began.take() {
                began.send(()).expect("a thread");
            }
        });
        heard.extend(ran.try_iter());
        steps += 1;
        assert!(steps < 10, "{heard:?}");
    }
    thread.expect("a thread").join().expect("joined");
    assert_eq!(heard, ["before", "during", "asleep"]);
}

fn a_deadline_made_earlier_outside_a_pass(make: &dyn Fn(Wish) -> Box<dyn Host>) {
    let mut host = make(Wish::default());
    idle(&mut *host);
    let handle = host.handle();
    let log = Log::default();
    handle.call_later(Duration::from_secs(3600), log.noting("an hour"));
    let moved = handle.call_later(Duration::from_secs(3600), log.noting("moved"));
    idle(&mut *host);
    // The host has asked already; what happens now it does not know of.
    let mut first = Some(log.noting("new"));
    host.step(&mut || {
        if let Some(first) = first.take() {
            handle.call_later(ms(1), first);
        }
    });
    until(&mut *host, 5, || log.len() == 1);
    host.step(&mut || {
        if moved.active() {
            moved.reset(ms(1)).expect("pending");
        }
    });
    until(&mut *host, 5, || log.len() == 2);
    assert_eq!(log.events(), ["new", "moved"]);
}

fn a_new_reactor_asks_for_its_first_pass(make: &dyn Fn(Wish) -> Box<dyn Host>) {
    let mut host = make(Wish::default());
    let handle = host.handle();
    host.step(&mut || ());
    assert!(handle.is_running());
}

fn work_queued_outside_a_pass(make: &dyn Fn(Wish) -> Box<dyn Host>) {
    let mut host = make(Wish::default());
    idle(&mut *host);
    let handle = host.handle();
    let log = Log::default();
    let notes = log.clone();
    let task = handle.task(move || notes.note("task"));
    host.step(&mut || task.schedule());
    let (port, _) = listen(&handle);
    let note = log.noting("closed");
    let mut closed = None;
    host.step(&mut || closed = Some(port.stop_listening()));
    drop(
        closed
            .take()
            .map(|closed: Deferred<()>| closed.add_callback(|()| note())),
    );
    until(&mut *host, 3, || log.len() == 2);
    let mut phase = Phase::Running;
    for _ in 0..3 {
        if phase != Phase::Stopped {
            let mut stop = || {
                // Fails the second time.
                let _ = handle.stop();
            };
            phase = host.step(&mut stop).phase;
        }
    }
    assert_eq!(phase, Phase::Stopped);
}

/// Sends what it is told to, counts what comes, and sends it back if it is to.
struct Stream {
    echoes: bool,
    left: Cell<usize>,
    received: Cell<usize>,
    held: Cell<usize>,
    over: Cell<bool>,
}

impl Stream {
    fn new(echoes: bool, left: usize) -> Rc<Self> {
        Rc::new(Self {
            echoes,
            left: Cell::new(left),
            received: Cell::default(),
            held: Cell::default(),
            over: Cell::default(),
        })
    }

    fn pump(&self, transport: &Transport) {
        while self.left.get() > 0 {
            let piece = self.left.get().min(5000);
            if transport.write(&[7; 5000][..piece]).is_err() {
                return;
            }
            self.left.set(self.left.get() - piece);
        }
        if !self.echoes {
            transport.lose_write_connection();
        }
    }
}

impl Protocol for Stream {
    fn connection_made(&self, transport: &Transport) {
        self.pump(transport);
    }
    fn data_received(&self, transport: &Transport, data: &[u8]) {
        self.received.set(self.received.get() + data.len());
        if self.echoes && transport.write(data).is_err() {
            self.held.set(data.len());
            transport.pause_producing();
        }
    }
    fn writable(&self, transport: &Transport) {
        self.pump(transport);
        if self.held.get() > 0 {
            transport.write(&vec![7; self.held.take()]).expect("room");
            transport.resume_producing();
        }
    }
    fn connection_lost(&self, reason: ConnectionLost) {
        assert!(matches!(reason, ConnectionLost::Done), "{reason}");
        self.over.set(true);
    }
}

fn a_stream_there_and_back(make: &dyn Fn(Wish) -> Box<dyn Host>) {
    const TOTAL: usize = 1 << 20;
    let mut host = make(Wish::default());
    let handle = host.handle();
    let (client, server) = (Stream::new(false, TOTAL), Stream::new(true, 0));
    let first: Rc<dyn Protocol> = server.clone();
    let first = Cell::new(Some(first));
    let addr = "127.0.0.1:0".parse().expect("an address");
    let port = handle.listen_tcp(addr, move |_| first.take());
    let addr = port.expect("bound").local_addr();
    drop(handle.connect_tcp(addr, LIMIT, client.clone()));
    until(&mut *host, 5000, || client.over.get() && server.over.get());
    assert_eq!(
        (server.received.get(), client.received.get()),
        (TOTAL, TOTAL)
    );
}

fn a_deadline_of_zero(make: &dyn Fn(Wish) -> Box<dyn Host>) {
    let mut host = make(Wish::default());
    let handle = host.handle();
    let count = Rc::new(Cell::new(0));
    fn again(handle: &Handle, count: &Rc<Cell<usize>>) {
        let (inside, counter) = (handle.clone(), count.clone());
        handle.call_later(Duration::ZERO, move || {
            counter.set(counter.get() + 1);
            if counter.get() < 100 {
                again(&inside, &counter);
            }
        });
    }
    again(&handle, &count);
    let steps = until(&mut *host, 102, || count.get() == 100);
    assert!(steps >= 100, "one a pass: {steps}");
}

fn timers_fire_and_nothing_spins(make: &dyn Fn(Wish) -> Box<dyn Host>) {
    let mut host = make(Wish::default());
    let handle = host.handle();
    let log = Log::default();
    for number in 0..10u32 {
        let delay = Duration::from_micros(1499 * u64::from(number));
        handle.call_later(delay, log.noting(&number.to_string()));
    }
    // A wake-up for each, the first step, and now and then one that comes a hair early.
    until(&mut *host, 30, || log.len() == 10);
}

fn one_million_timers_cancelled(make: &dyn Fn(Wish) -> Box<dyn Host>) {
    let mut host = make(Wish::default());
    let handle = host.handle();
    let log = Log::default();
    for round in 0..1000u64 {
        let calls: Vec<_> = (0..1000)
            .map(|number| handle.call_later(ms(1 + (number * round) % 50), || ()))
            .collect();
        for call in calls {
            call.cancel().expect("pending");
        }
    }
    assert!(handle.delayed_calls().is_empty());
    handle.call_later(ms(1), log.noting("after"));
    until(&mut *host, 10, || log.len() == 1);
}

fn a_callback_that_panics(make: &dyn Fn(Wish) -> Box<dyn Host>) {
    let reported = reports();
    let mut host = make(Wish::default());
    let handle = host.handle();
    handle.call_later(Duration::ZERO, || panic!("asked to fail"));
    host.remote().call_from_thread(|| panic!("asked to fail"));
    let (port, counter) = listen(&handle);
    counter.panics.set(true);
    port.write(b"x", port.local_addr()).expect("sent");
    until(&mut *host, 10, || reported.len() == 3);
    counter.panics.set(false);
    port.write(b"x", port.local_addr()).expect("sent");
    until(&mut *host, 10, || counter.count.get() == 2);
}

fn dropped_with_everything_outstanding(make: &dyn Fn(Wish) -> Box<dyn Host>) {
    let mut host = make(Wish::default());
    let handle = host.handle();
    let log = Log::default();
    let witness = Rc::new(());
    let held = |note: &str| {
        let (held, note) = (witness.clone(), log.noting(note));
        move || {
            drop(held);
            note();
        }
    };
    idle(&mut *host);
    let (port, counter) = listen(&handle);
    port.write(b"x", port.local_addr()).expect("sent");
    handle.call_later(ms(1), held("timer"));
    handle.call_later(Duration::ZERO, held("due timer"));
    let task = handle.task({
        let held = witness.clone();
        move || drop(held.clone())
    });
    task.schedule();
    let (resolver, request) = Deferred::<()>::pair();
    handle.call_later(ms(5), move || resolver.callback(()));
    let outcome = log.clone();
    let last = held("");
    drop(request.add_both(move |result| {
        outcome.note(format!("{result:?}").split(',').next().unwrap_or_default());
        last();
    }));
    let remote = host.remote();
    remote.call_from_thread(|| panic!("must not run"));
    drop(task);
    drop(host);
    // Abandoned, as the firing side went with its timer; nothing else ran.
    let events = log.take();
    assert_eq!(events.len(), 2, "{events:?}");
    assert!(events[0].contains("Abandoned"), "{events:?}");
    assert_eq!(counter.count.get(), 0);
    assert_eq!(Rc::strong_count(&witness), 1, "nothing is kept");
    // Handles that are left over do nothing, and keep nothing.
    handle.call_later(Duration::ZERO, held("late"));
    assert_eq!(Rc::strong_count(&witness), 1);
    remote.call_from_thread(|| panic!("must not run"));
    assert!(handle.stop().is_err());
    assert!(handle.listen_udp(port.local_addr(), counter).is_err());
    assert!(log.events().is_empty());
}

fn stopping_needs_passes_and_is_then_over(make: &dyn Fn(Wish) -> Box<dyn Host>) {
    use deferred_snmp::reactor::{SystemEvent, TriggerPhase};
    let mut host = make(Wish::default());
    let handle = host.handle();
    let (port, counter) = listen(&handle);
    let waits = Rc::new(RefCell::new(None));
    let (slot, own) = (waits.clone(), port.clone());
    handle.add_system_event_trigger(TriggerPhase::Before, SystemEvent::Shutdown, move || {
        // Needs input: the datagram has to come in before shutdown goes on.
        own.write(b"x", own.local_addr()).expect("sent");
        let (resolver, wait) = Deferred::<()>::pair();
        *slot.borrow_mut() = Some(resolver);
        wait
    });
    idle(&mut *host);
    handle.stop().expect("running");
    let mut steps = 0;
    loop {
        let turn = host.step(&mut || ());
        if counter.count.get() == 1
            && let Some(resolver) = waits.take()
        {
            resolver.callback(());
        }
        if turn.phase == Phase::Stopped {
            break;
        }
        steps += 1;
        assert!(steps < 20, "it never stops");
    }
    assert!(!port.is_listening());
}

fn r_060_a_pass_is_the_same_in_every_loop_and_reactors_share_nothing(
    make: &dyn Fn(Wish) -> Box<dyn Host>,
) {
    let (mut host, mut other) = (make(Wish::default()), make(Wish::default()));
    idle(&mut *host);
    idle(&mut *other);
    let (handle, log) = (host.handle(), Log::default());
    let called = Arc::new(AtomicBool::new(false));
    let (notes, asked) = (log.clone(), called.clone());
    handle.call_later(Duration::ZERO, move || {
        assert!(asked.load(Ordering::Relaxed), "calls from threads first");
        notes.note("timed call");
    });
    let task = handle.task({
        let notes = log.clone();
        move || notes.note("task")
    });
    task.schedule();
    host.remote()
        .call_from_thread(move || called.store(true, Ordering::Relaxed));
    let foreign = Log::default();
    other
        .handle()
        .call_later(Duration::ZERO, foreign.noting("foreign"));
    until(&mut *host, 10, || log.len() == 2);
    assert_eq!(log.events(), ["timed call", "task"]);
    handle.stop().expect("running");
    until(&mut *host, 10, || !handle.is_running());
    assert_eq!(foreign.len(), 0, "of a reactor that made no pass");
    assert!(other.handle().is_running());
    until(&mut *other, 10, || foreign.len() == 1);
}

macro_rules! suite {
    ($($host:ident => $make:expr;)+) => {
        $(mod $host {
            use super::*;

            fn make(wish: Wish) -> Box<dyn Host> {
                let make: fn(Wish) -> Box<dyn Host> = $make;
                make(wish)
            }

            suite!(@cases
                a_new_reactor_asks_for_its_first_pass
                more_ready_sockets_than_the_buffer_holds
                a_budget_smaller_than_the_queue
                a_socket_closed_and_another_opened_inside_a_batch
                wakes_before_during_and_after_a_pass
                a_deadline_made_earlier_outside_a_pass
                work_queued_outside_a_pass
                a_deadline_of_zero
                timers_fire_and_nothing_spins
                one_million_timers_cancelled
                a_callback_that_panics
                news_of_closed_ports_holds_up_nothing
                what_has_come_counts_before_time_outs
                a_flood_does_not_stop_time
                a_connection_that_stands_is_not_timed_out
                a_stream_there_and_back
                dropped_with_everything_outstanding
                stopping_needs_passes_and_is_then_over
                threads_that_wait_for_the_reactor_end_with_it
                a_turn_does_not_wait_for_threads
                the_wait_for_threads_has_a_deadline
                what_a_stopped_reactor_accepts
                after_a_crash_nothing_starts_again
                values_that_panic_when_dropped_at_the_end
                r_060_a_pass_is_the_same_in_every_loop_and_reactors_share_nothing
            );
        })+
    };
    (@cases $($case:ident)+) => {
        $(#[test]
        fn $case() {
            super::$case(&make);
        })+
    };
}

suite! {
    own_loop => |wish| Box::new(Own(wish.build()));
    turn_by_poll => |wish| Box::new(Level(wish.build()));
    edge_triggered => |wish| Box::new(Edge::new(wish.build()));
    attached => |wish| Box::new(OnMio::new(wish.builder(), 64));
    attached_small_buffer => |wish| Box::new(OnMio::new(wish.builder(), 1));
}

#[cfg(target_os = "linux")]
suite! {
    descriptor_only => |wish| {
        Box::new(FdOnly(wish.builder().timer_fd(true).build().expect("a reactor")))
    };
}

#[test]
fn timeouts_for_poll_are_rounded_up() {
    assert_eq!(poll_timeout_ms(None), -1);
    assert_eq!(poll_timeout_ms(Some(Duration::ZERO)), 0);
    assert_eq!(poll_timeout_ms(Some(Duration::from_nanos(1))), 1);
    assert_eq!(poll_timeout_ms(Some(Duration::from_micros(1499))), 2);
    assert_eq!(poll_timeout_ms(Some(ms(3))), 3);
    assert_eq!(poll_timeout_ms(Some(Duration::MAX)), i32::MAX);
}
