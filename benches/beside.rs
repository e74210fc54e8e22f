//! What others notice of the datagrams that cost an agent most, over real sockets.
//!
//!     cargo bench -p benches --bench beside                    # each alone, and 100 at once
//!     cargo bench -p benches --bench beside -- GETBULK         # those with that in their names
//!     cargo bench -p benches --bench beside -- len=1472        # in datagrams of so many octets
//!
//! While an agent works at the datagrams, somebody else asks it for sysDescr.0 every 10 ms. Prints one line for each: the
//! longest that this one waited, the longest that the datagrams waited for their answers, how many of these came and how
//! many said noError, and the CPU time of the agent's thread, all of it in milliseconds. The first line of each agent
//! is the same without any such datagram.
//!
//! The 100 are of 100 addresses, as what one address may have waiting is bounded. Who gets no answer for 200 ms sends its
//! datagram again: the system has no room for so many at once.

#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "who asks is on other threads than the agent, and measures time"
)]

#[path = "engine/datagrams.rs"]
mod datagrams;

use std::net::{SocketAddr, UdpSocket};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use deferred_snmp::engine::EngineConfig;
use deferred_snmp::hlapi::SnmpEngine;
use deferred_snmp::message::{CommunityMessage, Version};
use deferred_snmp::objects::Scalar;
use deferred_snmp::oid;
use deferred_snmp::pdu::{Pdu, PduBody, PduKind};
use deferred_snmp::reactor::{Reactor, Remote};
use deferred_snmp::smi::{ValueRef, VarBindList};

use datagrams::{AGENTS, Agent, LONGEST};

/// How often the other one asks.
const TICK: Duration = Duration::from_millis(10);
const AGAIN: Duration = Duration::from_millis(200);
/// When the asking for an answer ends.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long nothing is asked but sysDescr.0, for comparison.
const QUIET: Duration = Duration::from_secs(1);

fn main() {
    let mut len = LONGEST;
    let mut words = Vec::new();
    // `cargo bench` adds an option of its own.
    for argument in std::env::args().skip(1).filter(|it| !it.starts_with("--")) {
        match argument.strip_prefix("len=") {
            Some(number) => len = number.parse().expect("a number of octets"),
            None => words.push(argument),
        }
    }
    println!("agent/question: others, answers [ms]; answered, noError of all; CPU [ms]");
    for agent in AGENTS {
        let name = |what: &str| format!("{}/{what}", agent.name);
        let mut questions = (agent.questions)(len);
        questions.retain(|(what, _)| words.iter().all(|word| name(what).contains(word)));
        if questions.is_empty() {
            continue;
        }
        let served = Served::start(agent);
        served.measure(&name("nothing"), &[], 0);
        for (what, datagram) in &questions {
            served.measure(&name(what), datagram, 1);
            served.measure(&name(what), datagram, 100);
        }
        served.end();
    }
}

/// An agent on a thread of its own.
struct Served {
    address: SocketAddr,
    remote: Remote,
    /// Where the system tells the CPU time of the thread.
    schedstat: String,
    thread: std::thread::JoinHandle<()>,
}

impl Served {
    fn start(agent: &'static Agent) -> Self {
        let (tell, told) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            let mut reactor = Reactor::new().expect("the system gives descriptors");
            let config = EngineConfig::default().max_unauthenticated_bulk_size(LONGEST);
            let engine = SnmpEngine::with_config(&reactor.handle(), config);
            engine.add_v1_system("reader", "public");
            let responder = engine.register_responder((agent.responder)());
            let description = Scalar::constant("an agent under load");
            let responder = responder.expect("the only one");
            responder
                .register(oid!(1.3.6.1.2.1.1.1), description)
                .expect("free");
            let address = engine.listen_udp(([127, 0, 0, 1], 0).into());
            let thread = std::fs::read_link("/proc/thread-self").unwrap_or_default();
            let address = address.expect("a free port");
            tell.send((address, reactor.remote(), thread))
                .expect("it waits");
            reactor.run().expect("the reactor runs");
        });
        let (address, remote, of_thread) = told.recv().expect("the agent starts");
        Self {
            address,
            remote,
            schedstat: format!("/proc/{}/schedstat", of_thread.display()),
            thread,
        }
    }

    fn end(self) {
        self.remote
            .call_with_handle(|reactor| reactor.stop().expect("it runs"));
        self.thread.join().expect("it has run");
    }

    /// Zero where the system does not tell it this way.
    fn cpu_time(&self) -> Duration {
        let text = std::fs::read_to_string(&self.schedstat).unwrap_or_default();
        let nanoseconds = text.split(' ').next().and_then(|word| word.parse().ok());
        Duration::from_nanos(nanoseconds.unwrap_or(0))
    }

    /// Waits until the agent is through with what it was sent before, answered or not.
    fn come_to_rest(&self) {
        let mut before = Duration::ZERO;
        while self.cpu_time() - before > TICK / 10 {
            before = self.cpu_time();
            std::thread::sleep(10 * TICK);
        }
    }

    fn measure(&self, name: &str, datagram: &[u8], times: u8) {
        self.come_to_rest();
        let cpu = self.cpu_time();
        let is_over = AtomicBool::new(false);
        let (others, asked) = std::thread::scope(|scope| {
            let others = scope.spawn(|| self.others(&is_over));
            std::thread::sleep(5 * TICK);
            let asked = match times {
                0 => {
                    std::thread::sleep(QUIET);
                    Asked::default()
                }
                _ => self.ask(datagram, times),
            };
            is_over.store(true, Ordering::Relaxed);
            (others.join().expect("it ends"), asked)
        });
        let millis = |time: Duration| time.as_secs_f64() * 1e3;
        println!(
            "{name} x {times}: {:.1}, {:.1}; {}, {} of {times}; {:.1}",
            millis(others),
            millis(asked.longest),
            asked.answers,
            asked.successes,
            millis(self.cpu_time() - cpu),
        );
    }

    /// The longest that one who asks for sysDescr.0 waits.
    fn others(&self, is_over: &AtomicBool) -> Duration {
        let socket = socket([127, 0, 0, 1]);
        socket.set_read_timeout(Some(PATIENCE)).expect("a time");
        let mut longest = Duration::ZERO;
        while !is_over.load(Ordering::Relaxed) {
            let sent = Instant::now();
            socket
                .send_to(&description(), self.address)
                .expect("it goes");
            let mut answer = [0; 500];
            // What is lost counts as the time waited for it.
            let came = socket.recv(&mut answer).is_ok();
            let took = sent.elapsed();
            longest = longest.max(took);
            assert!(came, "nothing came for {took:?}");
            std::thread::sleep(TICK.saturating_sub(took));
        }
        longest
    }

    /// Sends the datagram from so many addresses, until each has its answer.
    fn ask(&self, datagram: &[u8], times: u8) -> Asked {
        let sockets: Vec<_> = (1..=times).map(|host| socket([127, 0, 1, host])).collect();
        let begin = Instant::now();
        let mut asked = Asked::default();
        let mut unanswered: Vec<_> = sockets.iter().collect();
        let mut answer = vec![0; LONGEST];
        while !unanswered.is_empty() && begin.elapsed() < PATIENCE {
            for socket in &unanswered {
                // A full buffer drops it, as a network would.
                _ = socket.send_to(datagram, self.address);
            }
            let sent = Instant::now();
            while !unanswered.is_empty() && sent.elapsed() < AGAIN {
                unanswered.retain(|socket| {
                    let Ok(len) = socket.recv(&mut answer) else {
                        return true;
                    };
                    let message = CommunityMessage::decode(&answer[..len]).expect("an answer");
                    let succeeds =
                        matches!(message.pdu, PduBody::Pdu(pdu) if !pdu.error_status.is_error());
                    asked.longest = begin.elapsed();
                    asked.answers += 1;
                    asked.successes += u32::from(succeeds);
                    false
                });
                std::thread::sleep(Duration::from_micros(200));
            }
        }
        asked
    }
}

#[derive(Default)]
struct Asked {
    longest: Duration,
    answers: u32,
    successes: u32,
}

fn socket(host: [u8; 4]) -> UdpSocket {
    let address: SocketAddr = (host, 0).into();
    let socket = UdpSocket::bind(address).expect("an address of loopback");
    let is_asker = host[2] == 1;
    socket
        .set_nonblocking(is_asker)
        .expect("a socket of one's own");
    socket
}

/// A GET of sysDescr.0.
fn description() -> Vec<u8> {
    let mut names = VarBindList::new();
    names.push(oid!(1.3.6.1.2.1.1.1.0).as_ref(), ValueRef::Null);
    let pdu = Pdu::new(PduKind::GetRequest, 7, names);
    let mut datagram = Vec::new();
    CommunityMessage::new(Version::V2c, b"public", &pdu).encode(&mut datagram);
    datagram
}
