//! Serve without the reactor: the engine and the responder behind a socket of the program's own.
//!
//!     cargo run --example sans_io_agent [-- ADDRESS:PORT]
//!
//! * SNMPv2c, community `public`
//! * 1.3.6.1.2.1.1.1.0, a text that is there at once; 1.3.6.1.4.1.8072.9999.9999.1.0, a level that a device tells after 300 ms,
//!   and takes 300 ms to change
//! * neither part reads a clock or sends: requests go from the engine to the responder, answers the other way
//! * over UDP: on a port of 127.0.0.1, where the program asks itself from another thread, or on ADDRESS:PORT until it is
//!   interrupted
//!
//! With `-- 127.0.0.1:1161`, these commands ask the same:
//!
//!     snmpget -v2c -c public 127.0.0.1:1161 1.3.6.1.2.1.1.1.0 1.3.6.1.4.1.8072.9999.9999.1.0
//!     snmpset -v2c -c public 127.0.0.1:1161 1.3.6.1.4.1.8072.9999.9999.1.0 i 40

mod common;

use std::cell::RefCell;
use std::error::Error;
use std::io;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::rc::Rc;
use std::thread;
use std::time::{Duration, Instant};

use deferred_snmp::access::OpenAccess;
use deferred_snmp::applications::{CommandResponder, Started, Unanswered};
use deferred_snmp::deferred::Deferred;
use deferred_snmp::engine::{
    Address, Endpoint, Engine, EngineConfig, Event, IncomingRequest, Peer, SendFailure,
    StateReference,
};
use deferred_snmp::hlapi::{CommunityData, SnmpEngine, SnmpError, UdpTransportTarget};
use deferred_snmp::objects::{
    Advance, Answer, Asker, Assignments, Completion, ManagedObject, MibTree, ReadError, Refused,
    Scalar, SetError, SetPhase, Ticket,
};
use deferred_snmp::oid;
use deferred_snmp::pdu::Pdu;
use deferred_snmp::reactor::Handle;
use deferred_snmp::security::{CommunityEntry, CommunityTable};
use deferred_snmp::smi::{Value, ValueRef};
use deferred_snmp::task::react;

#[expect(clippy::disallowed_types, reason = "there is no reactor to own it")]
type Socket = std::net::UdpSocket;

/// How long the device takes.
const A_WHILE: Duration = Duration::from_millis(300);
/// How many datagrams are read before the time is told: a flood does not stop it.
const MOST_IN_A_ROW: u32 = 1_000;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let address: Option<SocketAddr> = match arguments.as_slice() {
        [] => "127.0.0.1:0".parse().ok(),
        [address] => address.parse().ok(),
        _ => None,
    };
    let address = address.unwrap_or_else(|| common::usage_is(" [ADDRESS:PORT]"));
    let socket = Socket::bind(address)?;
    let address = socket.local_addr()?;
    if !arguments.is_empty() {
        Agent::new(socket)?.serve()?;
        return Ok(ExitCode::SUCCESS);
    }
    thread::Builder::new().spawn(move || {
        let agent = Agent::new(socket).expect("objects that do not overlap");
        agent.serve().expect("a socket that works");
    })?;
    Ok(react(|reactor| ask(reactor, address)))
}

/// Reads, sets, and reads again.
fn ask(reactor: &Handle, address: SocketAddr) -> Deferred<(), SnmpError> {
    let engine = SnmpEngine::new(reactor);
    let agent = engine.remote(
        &CommunityData::new("public"),
        &UdpTransportTarget::from(address),
    );
    let level = "1.3.6.1.4.1.8072.9999.9999.1.0";
    reactor.spawn(async move {
        let slow = agent.get([level]);
        common::report("at once:", agent.get(["1.3.6.1.2.1.1.1.0"]).await)?;
        common::report("later:", slow.await)?;
        common::report("set:", agent.set([(level, 40)]).await)?;
        common::report("and now:", agent.get([level]).await)
    })
}

/// Something that is told what to do, and has done it after a while.
struct Device {
    level: i32,
    jobs: Vec<Job>,
}

struct Job {
    due: Instant,
    ticket: Ticket,
    /// `None` to read.
    level: Option<i32>,
}

impl Device {
    fn begin(&mut self, asker: &Asker<'_>, level: Option<i32>) -> Ticket {
        let ticket = asker.ticket();
        let due = asker.now.unwrap_or_else(now) + A_WHILE;
        self.jobs.push(Job { due, ticket, level });
        ticket
    }

    /// What the next job that is done has come to.
    fn next_done(&mut self, now: Instant) -> Option<(Ticket, Completion)> {
        let place = self.jobs.iter().position(|job| job.due <= now)?;
        let job = self.jobs.remove(place);
        Some(match job.level {
            None => {
                let value = Value::Integer(self.level);
                (job.ticket, Completion::Value(Ok(value)))
            }
            Some(level) => {
                self.level = level;
                (job.ticket, Completion::SetPhase(Ok(())))
            }
        })
    }

    fn next_deadline(&self) -> Option<Instant> {
        self.jobs.iter().map(|job| job.due).min()
    }
}

/// The device as a managed object.
struct Level {
    device: Rc<RefCell<Device>>,
    /// What a SET that is undone goes back to.
    former: i32,
}

impl ManagedObject for Level {
    fn get(&mut self, asker: &Asker<'_>, instance: &[u32]) -> Result<Answer<'_>, ReadError> {
        if instance != [0] {
            return Err(ReadError::NoSuchInstance);
        }
        let ticket = self.device.borrow_mut().begin(asker, None);
        Ok(Answer::Later(ticket))
    }

    fn advance(&mut self, _: &Asker<'_>, instance: &mut Vec<u32>) -> Advance {
        let is_before = instance.is_empty();
        *instance = vec![0];
        is_before.into()
    }

    fn check(
        &mut self,
        _: &Asker<'_>,
        instance: &[u32],
        value: ValueRef<'_>,
    ) -> Result<(), SetError> {
        match (instance, value) {
            ([0], ValueRef::Integer(0..=100)) => Ok(()),
            ([0], ValueRef::Integer(_)) => Err(SetError::WrongValue),
            ([0], _) => Err(SetError::WrongType),
            _ => Err(SetError::NoCreation),
        }
    }

    fn commit(
        &mut self,
        asker: &Asker<'_>,
        assignments: Assignments<'_>,
    ) -> Result<SetPhase, Refused> {
        // Of several values for the one variable the last counts.
        let last = assignments.into_iter().next_back().map(|it| it.value);
        let Some(ValueRef::Integer(level)) = last else {
            return Err(SetError::WrongType.into());
        };
        let mut device = self.device.borrow_mut();
        self.former = device.level;
        Ok(SetPhase::Later(device.begin(asker, Some(level))))
    }

    fn undo(&mut self, asker: &Asker<'_>, _: Assignments<'_>) -> Result<SetPhase, Refused> {
        let ticket = self.device.borrow_mut().begin(asker, Some(self.former));
        Ok(SetPhase::Later(ticket))
    }
}

/// An engine, what it serves, and the socket of its program.
struct Agent {
    engine: Engine,
    responder: CommandResponder,
    device: Rc<RefCell<Device>>,
    socket: Socket,
}

impl Agent {
    fn new(socket: Socket) -> Result<Self, Box<dyn Error>> {
        let device = Rc::new(RefCell::new(Device {
            level: 21,
            jobs: Vec::new(),
        }));
        let level = Level {
            device: Rc::clone(&device),
            former: 0,
        };
        let mut tree = MibTree::new();
        tree.register(
            oid!(1.3.6.1.2.1.1.1),
            Scalar::constant("an agent without a reactor"),
        )?;
        tree.register(oid!(1.3.6.1.4.1.8072.9999.9999.1), level)?;
        let mut communities = CommunityTable::default();
        communities.insert("public", CommunityEntry::new("reader"));
        let config = EngineConfig::default().communities(communities);
        Ok(Self {
            engine: Engine::new(config, now()),
            responder: CommandResponder::new(tree, OpenAccess),
            device,
            socket,
        })
    }

    /// One turn after the other: new requests, what objects have to say, requests that wait, answers, a sleep.
    fn serve(mut self) -> io::Result<()> {
        loop {
            let now = now();
            while let Some(event) = self.engine.poll_event() {
                if let Event::Request(request) = event {
                    self.start(now, request);
                }
            }
            // Nothing is borrowed while the responder has it.
            while let Some((ticket, outcome)) = self.next_done(now) {
                // False where nobody waits any more.
                self.responder.complete(ticket, outcome);
            }
            let can_go_on = self.responder.run_waiting(now);
            while let Some(finished) = self.responder.poll_finished() {
                self.finish(now, finished.state, finished.answer);
            }
            self.send(now);
            self.receive(match can_go_on {
                true => Some(now),
                false => self.next_deadline(),
            })?;
        }
    }

    fn start(&mut self, now: Instant, request: IncomingRequest) {
        // The request goes to the responder; this is what its answer needs.
        let state = request.state;
        match self.responder.start(now, request) {
            Started::Answered(pdu) => self.finish(now, state, Ok(pdu)),
            Started::Unanswered(reason) => self.finish(now, state, Err(reason)),
            Started::Repeats(former) => _ = self.engine.discard(former),
            // It comes from `poll_finished`.
            _ => {}
        }
    }

    fn finish(&mut self, now: Instant, state: StateReference, answer: Result<Pdu, Unanswered>) {
        match answer.map_err(Unanswered::refusal) {
            Ok(pdu) => self.engine.respond(now, state, pdu),
            Err(Some(refusal)) => self.engine.refuse_request(now, state, refusal),
            Err(None) => self.engine.discard(state),
        };
    }

    fn next_done(&self, now: Instant) -> Option<(Ticket, Completion)> {
        self.device.borrow_mut().next_done(now)
    }

    /// The earliest of all.
    fn next_deadline(&self) -> Option<Instant> {
        let device = self.device.borrow().next_deadline();
        let both = [self.engine.next_deadline(), self.responder.next_deadline()];
        both.into_iter().chain([device]).flatten().min()
    }

    fn send(&mut self, now: Instant) {
        let mut message = Vec::new();
        while let Some(transmit) = self.engine.poll_transmit(now, &mut message) {
            if let Address::Udp(to) = transmit.peer.address {
                // The first error may be of an earlier datagram.
                let send = || self.socket.send_to(&message, to);
                if let Err(error) = send().or_else(|_| send()) {
                    let failure = SendFailure::Refused((&error).into());
                    self.engine.handle_send_failure(now, &transmit, failure);
                }
            }
        }
    }

    /// Sleeps until a datagram comes, or the time does; reads what has come, and tells the time then.
    fn receive(&mut self, until: Option<Instant>) -> io::Result<()> {
        let sleep = until.map(|at| at.saturating_duration_since(now()));
        let is_to_sleep = sleep != Some(Duration::ZERO);
        if is_to_sleep {
            self.socket.set_read_timeout(sleep)?;
        }
        self.socket.set_nonblocking(!is_to_sleep)?;
        let mut buffer = [0; 65_535];
        for _ in 0..MOST_IN_A_ROW {
            match self.socket.recv_from(&mut buffer) {
                Ok((count, from)) => {
                    let peer = Peer::udp(Endpoint(0), from);
                    self.engine.handle_message(now(), &peer, &buffer[..count]);
                }
                Err(error) => match error.kind() {
                    io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => break,
                    _ => return Err(error),
                },
            }
            self.socket.set_nonblocking(true)?;
        }
        self.engine.handle_timeout(now());
        self.responder.handle_timeout(now());
        Ok(())
    }
}

#[expect(clippy::disallowed_methods, reason = "the clock is the program's")]
fn now() -> Instant {
    Instant::now()
}
