//! The engine without the reactor: a blocking program with a socket of its own.
//!
//!     cargo run --example sans_io_blocking
//!
//! * the engine neither reads a clock nor sends: time and datagrams are arguments and results
//! * take out all it has to send and to tell, sleep until its deadline, bring in what has come
//! * one question is answered, another one goes where nobody answers and is tried twice

mod common;

use std::error::Error;
use std::io;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use common::survey::watchdog;
use deferred_snmp::engine::{
    Address, Credentials, Endpoint, Engine, EngineConfig, ErrorIndication, Event, Peer, Request,
    SendFailure,
};
use deferred_snmp::oid;
use deferred_snmp::pdu::{Pdu, PduKind};
use deferred_snmp::reactor::Reactor;
use deferred_snmp::smi::{ValueRef, VarBindList};

#[expect(clippy::disallowed_types, reason = "there is no reactor to own it")]
type Socket = std::net::UdpSocket;

const ROUNDS: u32 = 8;
/// More than a receive buffer holds: a flood does not stop time.
const MOST_IN_A_ROW: u32 = 10_000;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let _watchdog = watchdog();
    let agent = agent_on_a_thread()?;
    let mute = Socket::bind("127.0.0.1:0")?;
    let mut manager = Manager {
        engine: Engine::new(EngineConfig::default(), now()),
        socket: Socket::bind("127.0.0.1:0")?,
        rounds: 0,
        in_a_row: 0,
    };
    let patience = Duration::from_millis(100);
    let answer = manager.get(agent, 5 * patience)??;
    let Err(error) = manager.get(mute.local_addr()?, patience)? else {
        return Err("an answer from nobody".into());
    };
    let var_bind = answer.var_binds.get(0).ok_or("an empty answer")?;
    let rounds = manager.rounds;
    println!("sans_io_blocking: {var_bind}; {error}; {rounds} rounds of at most {ROUNDS}");
    Ok(match rounds <= ROUNDS {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}

/// An engine and the socket of its program.
struct Manager {
    engine: Engine,
    socket: Socket,
    /// How often it slept.
    rounds: u32,
    /// Datagrams since the time was told.
    in_a_row: u32,
}

impl Manager {
    /// Asks for sysDescr.0, twice if need be, and waits for what becomes of it.
    fn get(
        &mut self,
        agent: SocketAddr,
        patience: Duration,
    ) -> Result<Result<Pdu, ErrorIndication>, Box<dyn Error>> {
        let mut var_binds = VarBindList::new();
        var_binds.push(oid!(1.3.6.1.2.1.1.1.0).as_ref(), ValueRef::Null);
        let request = Request::new(
            Peer::udp(Endpoint(0), agent),
            Credentials::V2c("public".into()),
            Pdu::new(PduKind::GetRequest, 0, var_binds),
        );
        self.engine.submit(now(), request.patience(patience, 1))?;
        loop {
            self.send();
            while let Some(event) = self.engine.poll_event() {
                match event {
                    Event::Response { response, .. } => return Ok(Ok(response.pdu)),
                    Event::Failed { error, .. } => return Ok(Err(error)),
                    _ => {}
                }
            }
            self.wait()?;
        }
    }

    fn send(&mut self) {
        let mut message = Vec::new();
        while let Some(transmit) = self.engine.poll_transmit(now(), &mut message) {
            if let Address::Udp(to) = transmit.peer.address {
                // The first error may be of an earlier datagram.
                let send = || self.socket.send_to(&message, to);
                if let Err(error) = send().or_else(|_| send()) {
                    let failure = SendFailure::Refused((&error).into());
                    self.engine.handle_send_failure(now(), &transmit, failure);
                }
            }
        }
    }

    /// Sleeps until a datagram comes or the engine's deadline, which waits for what has come already.
    fn wait(&mut self) -> io::Result<()> {
        self.rounds += 1;
        let sleep = self.engine.next_deadline().map(|at| {
            // Zero would mean no limit.
            at.saturating_duration_since(now())
                .max(Duration::from_millis(1))
        });
        self.socket.set_read_timeout(sleep)?;
        let mut buffer = [0; 65_535];
        match self.socket.recv_from(&mut buffer) {
            Ok((count, from)) => {
                let peer = Peer::udp(Endpoint(0), from);
                self.engine.handle_message(now(), &peer, &buffer[..count]);
                self.in_a_row += 1;
                if self.in_a_row < MOST_IN_A_ROW {
                    return Ok(());
                }
            }
            Err(error) => match error.kind() {
                io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => {}
                _ => return Err(error),
            },
        }
        self.in_a_row = 0;
        self.engine.handle_timeout(now());
        Ok(())
    }
}

#[expect(clippy::disallowed_methods, reason = "the clock is the program's")]
fn now() -> Instant {
    Instant::now()
}

fn agent_on_a_thread() -> io::Result<SocketAddr> {
    let (sender, address) = mpsc::channel();
    thread::Builder::new().spawn(move || {
        let mut reactor = Reactor::new().expect("a reactor");
        let agent = common::agent(&reactor.handle(), "127.0.0.1:0");
        sender.send(agent).expect("the main thread waits for it");
        reactor.run().expect("a loop")
    })?;
    address.recv().map_err(io::Error::other)
}
