//! The inside of a listening socket.

use std::io;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

use mio::Interest;
use mio::net::{TcpListener, TcpStream};
use socket2::{Domain, Protocol as IpProtocol, Socket, Type};

use super::Protocol;
use super::connection::{BOTH_WAYS, Connection};
use crate::deferred::unhandled;
use crate::reactor::attempt::{Call, Failing, attempt};
use crate::reactor::core::Core;
use crate::reactor::readiness::Readiness;
use crate::reactor::registration::Registration;
use crate::reactor::report::guarded;
use crate::reactor::slot::Source;
use crate::reactor::sys;

/// Gives the protocol of a new connection with this peer, or refuses it.
pub(in crate::reactor) type MakeProtocol = Rc<dyn Fn(SocketAddr) -> Option<Rc<dyn Protocol>>>;

pub(super) struct Listener {
    pub(super) registration: Registration<TcpListener, MakeProtocol>,
    pub(super) local: SocketAddr,
    /// The system is short of something.
    failing: Failing,
}

impl Listener {
    pub(super) fn open(
        core: &Rc<Core>,
        addr: SocketAddr,
        make: MakeProtocol,
    ) -> io::Result<Rc<Self>> {
        let socket = bind(addr)?;
        let local = socket.local_addr()?;
        let build = |registration| Self {
            registration,
            local,
            failing: Failing::default(),
        };
        Registration::open(core, socket, Interest::READABLE, make, build)
    }

    fn accept(&self) -> io::Result<(TcpStream, SocketAddr)> {
        let accept = |socket: &TcpListener| attempt(Call::Accept, || socket.accept());
        let accepted = self.registration.with(accept);
        accepted.unwrap_or_else(|| Err(io::ErrorKind::WouldBlock.into()))
    }

    /// A peer has connected: gives it a protocol.
    fn admit(&self, core: &Rc<Core>, stream: TcpStream, peer: SocketAddr) -> io::Result<()> {
        let make = self.registration.protocol();
        let protocol = make.and_then(|make| guarded("making a protocol", || make(peer))?);
        // Without one the connection is dropped, and with that closed.
        let Some(protocol) = protocol else {
            return Ok(());
        };
        let local = stream.local_addr()?;
        let build = |registration| Connection::new(registration, (local, peer));
        let connection = Registration::open(core, stream, BOTH_WAYS, protocol, build)?;
        Connection::begin(connection);
        Ok(())
    }

    /// Whether taking connections goes on after this error.
    fn goes_on(&self, core: &Rc<Core>, error: &io::Error) -> bool {
        match error.kind() {
            io::ErrorKind::WouldBlock => false,
            // The peer has gone again before it was its turn.
            io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset => true,
            _ => {
                // Mostly descriptors: the connection waits, and asking at once would only spin.
                self.failing.tell("taking a TCP connection", error);
                let key = self.registration.key();
                let rest = self.failing.rest();
                rest.take_for(RETRY, core, key, Readiness::READ);
                false
            }
        }
    }
}

impl Source for Listener {
    fn serve(self: Rc<Self>, core: &Rc<Core>, _: Readiness) -> Readiness {
        for _ in 0..ACCEPTS_A_PASS {
            match self.accept() {
                Ok((stream, peer)) => {
                    self.failing.has_succeeded();
                    if let Err(error) = self.admit(core, stream, peer) {
                        unhandled("taking a TCP connection", &error);
                    }
                }
                Err(error) if self.goes_on(core, &error) => {}
                Err(_) => return Readiness::NONE,
            }
        }
        Readiness::READ
    }

    fn disconnect(self: Rc<Self>, _: &Rc<Core>) {
        self.registration.close(|_| ());
    }

    fn abandon(self: Rc<Self>, _: &Core) {
        self.registration.abandon();
    }
}

fn bind(addr: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(
        Domain::for_address(addr),
        Type::STREAM,
        Some(IpProtocol::TCP),
    )?;
    socket.set_nonblocking(true)?;
    if addr.is_ipv6() {
        socket.set_only_v6(true)?;
    }
    sys::allow_restart(&socket)?;
    socket.bind(&addr.into())?;
    socket.listen(BACKLOG)?;
    Ok(TcpListener::from_std(socket.into()))
}

/// Connections that the system keeps until they are taken; more may be cut down by it.
const BACKLOG: i32 = 1024;
/// Connections taken before others have their turn.
const ACCEPTS_A_PASS: usize = 64;
/// How long taking connections rests when the system is short of descriptors or memory.
const RETRY: Duration = Duration::from_millis(100);

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::deferred::{reset_reporter, set_reporter};
    use crate::reactor::Reactor;

    /// Using up the descriptors would disturb other tests, so the system's answer is made up.
    #[test]
    fn a_lack_of_descriptors_is_told_once_and_tried_again_later() {
        let mut reactor = Reactor::new().expect("a reactor");
        let handle = reactor.handle();
        let told = Rc::new(Cell::new(0));
        let count = told.clone();
        set_reporter(move |_| count.set(count.get() + 1));
        let addr = SocketAddr::from(([127, 0, 0, 1], 0));
        let listener = Listener::open(&handle.core, addr, Rc::new(|_| None)).expect("bound");
        reactor.turn().expect("start-up");
        // As many connections as may come meanwhile.
        for _ in 0..3 {
            let error = io::Error::from(io::ErrorKind::OutOfMemory);
            assert!(!listener.goes_on(&handle.core, &error));
            assert_eq!(handle.delayed_calls().len(), 1);
        }
        reset_reporter();
        assert_eq!(told.get(), 1);
        assert!(!reactor.turn().expect("a pass").more, "it does not spin");
        let gone = io::Error::from(io::ErrorKind::ConnectionAborted);
        assert!(listener.goes_on(&handle.core, &gone), "the next is taken");
    }
}
