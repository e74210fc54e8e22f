//! The inside of a connection: reading within budgets, the queue for sending, the ways to end.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::io::{self, IoSlice, Read, Write};
use std::net::{Shutdown, SocketAddr};
use std::rc::Rc;
use std::time::Duration;

use mio::Interest;
use mio::net::TcpStream;
use socket2::SockRef;

use super::{ConnectionLost, Protocol, Transport, WriteError};
use crate::reactor::attempt::{Call, Rest, attempt, is_shortage};
use crate::reactor::core::Core;
use crate::reactor::readiness::Readiness;
use crate::reactor::registration::Registration;
use crate::reactor::report::guarded;
use crate::reactor::slot::Source;

pub(super) struct Connection {
    registration: Registration<TcpStream, Rc<dyn Protocol>>,
    pub(super) local: SocketAddr,
    pub(super) peer: SocketAddr,
    /// What the system has not taken yet.
    queue: RefCell<VecDeque<u8>>,
    pub(super) limit: Cell<usize>,
    /// A write was refused, and nobody has been told that there is room again.
    refused: Cell<bool>,
    /// The program wants nothing to read.
    pub(super) paused: Cell<bool>,
    /// The peer has ended its sending.
    read_ended: Cell<bool>,
    /// After a shortage of the system's.
    rest: Rest,
    sending: Cell<Sending>,
    ending: Cell<Ending>,
}

/// How far this side has come with ending its sending.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sending {
    Open,
    /// Ends when the queue is empty.
    Ending,
    Ended,
}

/// What the program has asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    No,
    /// Close when the queue is empty.
    Close,
    Abort,
}

impl Connection {
    /// Of a stream that is connected, between these addresses.
    pub(super) fn new(
        registration: Registration<TcpStream, Rc<dyn Protocol>>,
        (local, peer): (SocketAddr, SocketAddr),
    ) -> Self {
        Self {
            registration,
            local,
            peer,
            queue: RefCell::default(),
            limit: Cell::new(WRITE_LIMIT),
            refused: Cell::new(false),
            paused: Cell::new(false),
            read_ended: Cell::new(false),
            rest: Rest::default(),
            sending: Cell::new(Sending::Open),
            ending: Cell::new(Ending::No),
        }
    }

    /// Tells the protocol, and reads.
    pub(super) fn begin(connection: Rc<Self>) -> Transport {
        let transport = Transport { connection };
        let connection = &transport.connection;
        connection.tell("connection_made", |protocol, it| {
            protocol.connection_made(it)
        });
        // The event that announced what is there already may have gone to an earlier owner.
        connection.registration.serve_soon(Readiness::READ);
        transport
    }

    pub(super) fn with_stream<R>(
        &self,
        f: impl FnOnce(&TcpStream) -> io::Result<R>,
    ) -> io::Result<R> {
        let done = self.registration.with(f);
        done.unwrap_or_else(|| Err(io::ErrorKind::NotConnected.into()))
    }

    pub(super) fn is_connected(&self) -> bool {
        self.ending.get() == Ending::No && self.registration.is_open()
    }

    pub(super) fn unsent(&self) -> usize {
        self.queue.borrow().len()
    }

    pub(super) fn write(&self, data: &[u8]) -> Result<(), WriteError> {
        if !self.is_connected() || self.sending.get() != Sending::Open {
            return Err(WriteError::Closed);
        }
        let mut queue = self.queue.borrow_mut();
        if !queue.is_empty() && queue.len() + data.len() > self.limit.get() {
            self.refused.set(true);
            return Err(WriteError::Full);
        }
        let was_empty = queue.is_empty();
        queue.extend(data);
        drop(queue);
        if was_empty {
            self.registration.serve_soon(Readiness::WRITE);
        }
        Ok(())
    }

    pub(super) fn resume(&self) {
        if self.paused.replace(false) {
            self.registration.serve_soon(Readiness::READ);
        }
    }

    pub(super) fn lose(&self) {
        if self.ending.get() == Ending::No {
            self.ending.set(Ending::Close);
            self.registration.serve_soon(Readiness::WRITE);
        }
    }

    pub(super) fn lose_write(&self) {
        if self.sending.get() == Sending::Open {
            self.sending.set(Sending::Ending);
            self.registration.serve_soon(Readiness::WRITE);
        }
    }

    pub(super) fn abort(&self) {
        if self.ending.replace(Ending::Abort) != Ending::Abort {
            self.registration.serve_soon(Readiness::WRITE);
        }
    }

    /// Calls the protocol, if it is still to be called; a panic of it ends the connection.
    fn tell(self: &Rc<Self>, place: &str, call: impl FnOnce(&dyn Protocol, &Transport)) {
        let Some(protocol) = self.registration.protocol() else {
            return;
        };
        let transport = Transport {
            connection: self.clone(),
        };
        if guarded(place, || call(&*protocol, &transport)).is_none() {
            self.finish(ConnectionLost::Panicked);
        }
    }

    /// Whether the program wants what the peer sends.
    fn reads(&self) -> bool {
        self.is_connected() && !self.paused.get() && !self.read_ended.get()
    }

    /// Reads within the budgets; what is returned says whether more may be waiting.
    fn read(self: &Rc<Self>, core: &Rc<Core>) -> Readiness {
        let mut buffer = core.take_buffer();
        let (mut reads, mut octets) = (0, 0);
        let left = loop {
            if !self.reads() {
                // Resuming comes back here by itself.
                break Readiness::NONE;
            }
            if reads >= core.budgets.datagrams || octets >= core.budgets.octets {
                break Readiness::READ;
            }
            match self.with_stream(|mut stream| attempt(Call::Receive, || stream.read(&mut buffer)))
            {
                Ok(0) => {
                    self.ended();
                    break Readiness::NONE;
                }
                Ok(count) => {
                    reads += 1;
                    octets += count;
                    self.tell("data_received", |protocol, it| {
                        protocol.data_received(it, &buffer[..count]);
                    });
                }
                Err(error) => match error.kind() {
                    io::ErrorKind::WouldBlock => break Readiness::NONE,
                    _ if is_shortage(&error) => {
                        self.rests();
                        break Readiness::NONE;
                    }
                    _ => {
                        self.finish(error.into());
                        break Readiness::NONE;
                    }
                },
            }
        };
        core.give_buffer(buffer);
        left
    }

    /// Reads and sends after a pause: no event tells of that.
    #[cold]
    fn rests(&self) {
        if let Some(core) = self.registration.core() {
            let then = Readiness::READ | Readiness::WRITE;
            self.rest.take(&core, self.registration.key(), then);
        }
    }

    /// The peer sends no more.
    fn ended(self: &Rc<Self>) {
        self.read_ended.set(true);
        self.tell("read_connection_lost", |protocol, it| {
            protocol.read_connection_lost(it);
        });
        if self.sending.get() == Sending::Ended {
            self.finish(ConnectionLost::Done);
        }
    }

    /// Sends what the system takes. An error is the end of the connection.
    fn flush(&self) -> io::Result<()> {
        loop {
            let mut queue = self.queue.borrow_mut();
            if queue.is_empty() {
                return Ok(());
            }
            let (one, two) = queue.as_slices();
            let slices = [IoSlice::new(one), IoSlice::new(two)];
            match self
                .with_stream(|mut stream| attempt(Call::Send, || stream.write_vectored(&slices)))
            {
                Ok(count) => drop(queue.drain(..count)),
                Err(error) => match error.kind() {
                    io::ErrorKind::WouldBlock => return Ok(()),
                    _ if is_shortage(&error) => {
                        self.rests();
                        return Ok(());
                    }
                    _ => return Err(error),
                },
            }
        }
    }

    /// Sends, and does what was to be done when everything has gone.
    fn send(self: &Rc<Self>) {
        if let Err(error) = self.flush() {
            return self.finish(error.into());
        }
        if self.unsent() > 0 {
            return;
        }
        if self.ending.get() == Ending::Close {
            return self.finish(ConnectionLost::Done);
        }
        if self.sending.get() == Sending::Ending {
            self.sending.set(Sending::Ended);
            // Fails if the peer has gone meanwhile, of which reading tells.
            let _ = self.with_stream(|stream| stream.shutdown(Shutdown::Write));
            self.tell("write_connection_lost", |protocol, it| {
                protocol.write_connection_lost(it);
            });
            if self.read_ended.get() {
                self.finish(ConnectionLost::Done);
            }
        } else if self.refused.replace(false) {
            self.tell("writable", |protocol, it| protocol.writable(it));
        }
    }

    /// Lets go of the socket and tells; does nothing the second time.
    fn finish(&self, reason: ConnectionLost) {
        if matches!(reason, ConnectionLost::Aborted | ConnectionLost::Panicked) {
            // The other side learns that this was no orderly end. No harm if it cannot.
            let _ =
                self.with_stream(|stream| SockRef::from(stream).set_linger(Some(Duration::ZERO)));
        }
        self.registration.close(|protocol| {
            self.queue.take();
            guarded("connection_lost", || protocol.connection_lost(reason));
        });
    }
}

impl Source for Connection {
    fn serve(self: Rc<Self>, core: &Rc<Core>, ready: Readiness) -> Readiness {
        if self.ending.get() == Ending::Abort {
            self.finish(ConnectionLost::Aborted);
            return Readiness::NONE;
        }
        let mut left = Readiness::NONE;
        let hangup = ready.contains(Readiness::HANGUP);
        if self.reads() {
            if hangup || ready.contains(Readiness::READ) {
                left = self.read(core);
            }
        } else if hangup && let Ok(Some(error)) = self.with_stream(TcpStream::take_error) {
            // Nothing is being read that would find it.
            self.finish(error.into());
        }
        if ready.contains(Readiness::WRITE) {
            self.send();
        }
        left
    }

    fn disconnect(self: Rc<Self>, _: &Rc<Core>) {
        // What the system takes now still goes; whether it does makes no difference any more.
        let _ = self.flush();
        self.finish(ConnectionLost::ReactorStopped);
    }

    fn abandon(self: Rc<Self>, _: &Core) {
        self.registration.abandon();
        self.queue.take();
    }
}

/// What the stream of a connection is registered for, from when it is being made.
pub(super) const BOTH_WAYS: Interest = Interest::READABLE.add(Interest::WRITABLE);

/// Enough for the longest message of SNMP over TCP.
const WRITE_LIMIT: usize = 64 * 1024;
