//! The reactor: timers, calls from threads, an idle turn, and datagrams beside a bare loop.
//!
//!     cargo bench -p benches --bench reactor
//!
//! Wanted: timers whose insert, move and cancel need no search, so that the figures at 10^3 and
//! 10^6 pending calls differ by cache misses only; datagrams at 1.25 x the bare loop with the same
//! system calls or less.

use std::cell::Cell;
use std::hint::black_box;
use std::io::{IoSlice, IoSliceMut};
use std::net::SocketAddr;
use std::os::fd::AsRawFd;
use std::rc::Rc;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use deferred_snmp::reactor::{
    Datagram, DatagramProtocol, DelayedCall, Reactor, SendBatch, UdpPort,
};
use nix::sys::socket::{MsgFlags, MultiHeaders, SockaddrIn, recvmmsg, sendmmsg};

const PENDING: [usize; 2] = [1_000, 1_000_000];

fn reactor() -> Reactor {
    let mut reactor = Reactor::new().expect("a reactor");
    reactor.turn().expect("a pass");
    reactor
}

/// Delays as requests have them: a few classes of equal time-outs.
fn delay(number: usize) -> Duration {
    Duration::from_secs(1_000 + number as u64 % 5)
}

fn fill(reactor: &Reactor, count: usize) -> Vec<DelayedCall> {
    let handle = reactor.handle();
    (0..count)
        .map(|number| handle.call_later(delay(number), || ()))
        .collect()
}

fn timers(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("timers");
    for pending in PENDING {
        let reactor = reactor();
        let handle = reactor.handle();
        let calls = fill(&reactor, pending);
        group.bench_function(BenchmarkId::new("insert and cancel", pending), |bencher| {
            let mut number = 0;
            bencher.iter(|| {
                number += 1;
                let call = handle.call_later(delay(number), || ());
                call.cancel().expect("pending");
            });
        });
        group.bench_function(BenchmarkId::new("move", pending), |bencher| {
            let mut number = 0;
            bencher.iter(|| {
                // A stride that visits the calls in no order of theirs.
                number = (number + 7919) % pending;
                calls[number].reset(delay(number)).expect("pending");
            });
        });
        drop(calls);
        group.sample_size(10);
        group.bench_function(BenchmarkId::new("fire, each", pending), |bencher| {
            bencher.iter_custom(|rounds| {
                let mut took = Duration::ZERO;
                for _ in 0..rounds.div_ceil(pending as u64) {
                    let builder = Reactor::builder().timed_call_budget(pending);
                    let mut reactor = builder.build().expect("a reactor");
                    let handle = reactor.handle();
                    let fired = Rc::new(Cell::new(0usize));
                    for _ in 0..pending {
                        let fired = fired.clone();
                        handle.call_later(Duration::ZERO, move || fired.set(fired.get() + 1));
                    }
                    let start = clock();
                    reactor.turn().expect("a pass");
                    took += start.elapsed();
                    assert_eq!(fired.get(), pending);
                }
                let made = rounds.div_ceil(pending as u64) * pending as u64;
                took.mul_f64(rounds as f64 / made as f64)
            });
        });
    }
    group.finish();
}

fn threads(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("calls from threads");
    let mut reactor = reactor();
    let remote = reactor.remote();
    group.throughput(Throughput::Elements(1_000));
    group.bench_function("queue and run 1,000", |bencher| {
        bencher.iter(|| {
            for number in 0..1_000 {
                remote.call_from_thread(move || {
                    black_box(number);
                });
            }
            reactor.turn().expect("a pass");
        });
    });
    group.finish();
}

fn turns(criterion: &mut Criterion) {
    let mut reactor = reactor();
    let counter = Rc::new(Counter::default());
    let _port = listen(&reactor, counter);
    let _calls = fill(&reactor, 1_000);
    criterion.bench_function("idle turn", |bencher| {
        bencher.iter(|| reactor.turn().expect("a pass"));
    });
    let ran = Cell::new(0u64);
    let task = reactor.handle().task(move || ran.set(ran.get() + 1));
    criterion.bench_function("turn with a task scheduled outside", |bencher| {
        bencher.iter(|| {
            task.schedule();
            reactor.turn().expect("a pass")
        });
    });
}

#[derive(Default)]
struct Counter(Cell<usize>);

impl DatagramProtocol for Counter {
    fn datagram_received(&self, datagram: Datagram<'_>) {
        self.0.set(self.0.get() + datagram.data.len().min(1));
    }
}

fn listen(reactor: &Reactor, protocol: Rc<Counter>) -> UdpPort {
    let addr = SocketAddr::from(([127, 0, 0, 1], 0));
    reactor.handle().listen_udp(addr, protocol).expect("bound")
}

const DATAGRAMS: usize = 128;
const LENGTH: usize = 90;

fn datagrams(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("datagrams there, 128");
    group.throughput(Throughput::Elements(DATAGRAMS as u64));
    let mut reactor = reactor();
    let counter = Rc::new(Counter::default());
    let server = listen(&reactor, counter.clone());
    let client = listen(&reactor, Rc::default());
    let mut batch = SendBatch::new();
    group.bench_function("reactor, batches", |bencher| {
        bencher.iter(|| {
            batch.clear();
            for _ in 0..DATAGRAMS {
                batch.push(&[7; LENGTH], server.local_addr(), None);
            }
            assert_eq!(client.write_batch(&batch).expect("sent"), DATAGRAMS);
            let end = counter.0.get() + DATAGRAMS;
            while counter.0.get() < end {
                reactor.turn().expect("a pass");
            }
        });
    });
    let wildcard = reactor
        .handle()
        .listen_udp(SocketAddr::from(([0, 0, 0, 0], 0)), counter.clone())
        .expect("bound");
    let to = SocketAddr::from(([127, 0, 0, 1], wildcard.local_addr().port()));
    group.bench_function("reactor, batches, destination told", |bencher| {
        bencher.iter(|| {
            batch.clear();
            for _ in 0..DATAGRAMS {
                batch.push(&[7; LENGTH], to, None);
            }
            assert_eq!(client.write_batch(&batch).expect("sent"), DATAGRAMS);
            let end = counter.0.get() + DATAGRAMS;
            while counter.0.get() < end {
                reactor.turn().expect("a pass");
            }
        });
    });
    group.bench_function("reactor, single sends", |bencher| {
        bencher.iter(|| {
            for _ in 0..DATAGRAMS {
                client
                    .write(&[7; LENGTH], server.local_addr())
                    .expect("sent");
            }
            let end = counter.0.get() + DATAGRAMS;
            while counter.0.get() < end {
                reactor.turn().expect("a pass");
            }
        });
    });
    group.bench_function("bare sendmmsg and recvmmsg", |bencher| {
        let mut bare = Bare::new();
        bencher.iter(|| bare.round());
    });
    group.finish();
}

/// The same datagrams with nothing but the system calls.
struct Bare {
    receiver: socket2::Socket,
    sender: socket2::Socket,
    to: SockaddrIn,
    outgoing: MultiHeaders<SockaddrIn>,
    incoming: MultiHeaders<SockaddrIn>,
    buffers: Vec<[u8; 2048]>,
}

const BATCH: usize = 32;

impl Bare {
    fn new() -> Self {
        let socket = || {
            let kind = socket2::Type::DGRAM;
            let socket = socket2::Socket::new(socket2::Domain::IPV4, kind, None);
            let socket = socket.expect("a socket");
            let addr = SocketAddr::from(([127, 0, 0, 1], 0));
            socket.bind(&addr.into()).expect("bound");
            socket.set_nonblocking(true).expect("set");
            socket
        };
        let receiver = socket();
        let addr = receiver.local_addr().expect("bound").as_socket_ipv4();
        Self {
            receiver,
            sender: socket(),
            to: addr.expect("an IPv4 address").into(),
            outgoing: MultiHeaders::preallocate(BATCH, None),
            incoming: MultiHeaders::preallocate(BATCH, None),
            buffers: vec![[0; 2048]; BATCH],
        }
    }

    fn round(&mut self) {
        let data = [7; LENGTH];
        let to = [Some(self.to); BATCH];
        for _ in 0..DATAGRAMS / BATCH {
            let slices = [[IoSlice::new(&data)]; BATCH];
            let fd = self.sender.as_raw_fd();
            let flags = MsgFlags::MSG_DONTWAIT;
            sendmmsg(fd, &mut self.outgoing, &slices, to, [], flags).expect("sent");
        }
        let mut count = 0;
        while count < DATAGRAMS {
            let mut slices: Vec<_> = self
                .buffers
                .iter_mut()
                .map(|buffer| [IoSliceMut::new(buffer)])
                .collect();
            let fd = self.receiver.as_raw_fd();
            let flags = MsgFlags::MSG_DONTWAIT;
            let received = recvmmsg(fd, &mut self.incoming, &mut slices, flags, None);
            for message in received.expect("received") {
                count += message.bytes.min(1);
            }
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn clock() -> Instant {
    Instant::now()
}

criterion_group!(benches, timers, threads, turns, datagrams);
criterion_main!(benches);
