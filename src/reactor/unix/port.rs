//! The inside of a Unix datagram port.

use std::cell::Cell;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use mio::Interest;
use mio::net::UnixDatagram;

use super::socket_file::SocketFile;
use super::{UnixDatagramPort, UnixDatagramProtocol};
use crate::reactor::attempt::{Call, Failing, Rest, attempt, is_shortage, is_too_long};
use crate::reactor::core::Core;
use crate::reactor::readiness::Readiness;
use crate::reactor::registration::Registration;
use crate::reactor::report::guarded;
use crate::reactor::slot::Source;
use crate::reactor::udp::SendError;

pub(super) struct Port {
    pub(super) registration: Registration<UnixDatagram, Rc<dyn UnixDatagramProtocol>>,
    pub(super) file: Option<SocketFile>,
    pub(super) peer: Option<PathBuf>,
    /// Of reading.
    failing: Failing,
    rest_of_sending: Rest,
    pub(super) truncated: Cell<u64>,
}

impl Port {
    pub(super) fn open(
        core: &Rc<Core>,
        socket: UnixDatagram,
        file: Option<SocketFile>,
        peer: Option<&Path>,
        protocol: Rc<dyn UnixDatagramProtocol>,
    ) -> io::Result<UnixDatagramPort> {
        let told = protocol.clone();
        let build = |registration| Self {
            registration,
            file,
            peer: peer.map(Path::to_owned),
            failing: Failing::default(),
            rest_of_sending: Rest::default(),
            truncated: Cell::new(0),
        };
        let port = Registration::open(core, socket, Interest::READABLE, protocol, build)?;
        let port = UnixDatagramPort { port };
        guarded("start_protocol", || told.start_protocol(&port));
        Ok(port)
    }

    fn with_socket<R>(
        &self,
        f: impl FnOnce(&UnixDatagram) -> io::Result<R>,
    ) -> Result<R, SendError> {
        let done = self.registration.with(f).ok_or(SendError::Closed)?;
        done.map_err(SendError::Io)
    }

    /// Sends. With `waits`, the protocol is told when a send that would have blocked is worth another try.
    pub(super) fn send(
        &self,
        waits: bool,
        send: impl Fn(&UnixDatagram) -> io::Result<usize>,
    ) -> Result<(), SendError> {
        match self.with_socket(|socket| attempt(Call::Send, || send(socket))) {
            Ok(_) => Ok(()),
            Err(SendError::Io(error)) if error.kind() == io::ErrorKind::WouldBlock => {
                if waits {
                    self.registration.block_until_writable();
                }
                Err(SendError::WouldBlock)
            }
            // Of that no event tells the end: the system may call the socket writable all the time.
            Err(SendError::Io(error)) if is_shortage(&error) => {
                if waits
                    && self.registration.block()
                    && let Some(core) = self.registration.core()
                {
                    let key = self.registration.key();
                    self.rest_of_sending.take(&core, key, Readiness::WRITE);
                }
                Err(SendError::WouldBlock)
            }
            Err(SendError::Io(error)) if is_too_long(&error) => Err(SendError::MessageTooLong),
            Err(error) => Err(error),
        }
    }

    /// Reads within the budgets; what is returned says whether more may be waiting.
    fn read(&self, core: &Rc<Core>) -> Readiness {
        let mut buffer = core.take_buffer();
        let (mut datagrams, mut octets, mut in_a_row) = (0, 0, 0);
        let left = loop {
            let Some(protocol) = self.registration.protocol() else {
                break Readiness::NONE;
            };
            if datagrams >= core.budgets.datagrams || octets >= core.budgets.octets {
                break Readiness::READ;
            }
            match self
                .with_socket(|socket| attempt(Call::Receive, || socket.recv_from(&mut buffer)))
            {
                Ok((count, from)) => {
                    datagrams += 1;
                    octets += count;
                    in_a_row = 0;
                    self.failing.has_succeeded();
                    // The buffer is an octet longer than what is taken.
                    if count == buffer.len() {
                        self.truncated.set(self.truncated.get() + 1);
                        continue;
                    }
                    guarded("datagram_received", || {
                        protocol.datagram_received(&buffer[..count], from.as_pathname());
                    });
                }
                Err(SendError::Io(error)) => {
                    in_a_row += 1;
                    if !self.reads_on(core, &error, in_a_row) {
                        break Readiness::NONE;
                    }
                }
                Err(_) => break Readiness::NONE,
            }
        };
        core.give_buffer(buffer);
        left
    }

    /// Whether reading goes on at once after so many errors in a row.
    fn reads_on(&self, core: &Rc<Core>, error: &io::Error, in_a_row: usize) -> bool {
        match error.kind() {
            io::ErrorKind::WouldBlock => return false,
            // The peer of a connected socket has closed, and with that the error is used up.
            io::ErrorKind::ConnectionReset if in_a_row <= RESETS_A_PASS => return true,
            _ => {}
        }
        if self.failing.is_final("reading from a Unix port", error) {
            self.close();
        } else {
            // What has come is still there, and no event will tell of it again.
            let key = self.registration.key();
            self.failing.rest().take(core, key, Readiness::READ);
        }
        false
    }

    fn close(&self) {
        self.remove_file();
        self.registration.close(|protocol| {
            guarded("stop_protocol", || protocol.stop_protocol());
        });
    }

    fn remove_file(&self) {
        if let Some(file) = &self.file {
            file.remove();
        }
    }
}

impl Source for Port {
    fn serve(self: Rc<Self>, core: &Rc<Core>, ready: Readiness) -> Readiness {
        if self.registration.unblock(ready)
            && let Some(protocol) = self.registration.protocol()
        {
            guarded("writable", || protocol.writable());
        }
        // An error of the socket is found, and told, by reading.
        if ready.contains(Readiness::READ) || ready.contains(Readiness::HANGUP) {
            return self.read(core);
        }
        Readiness::NONE
    }

    fn disconnect(self: Rc<Self>, _: &Rc<Core>) {
        self.close();
    }

    fn abandon(self: Rc<Self>, _: &Core) {
        self.remove_file();
        self.registration.abandon();
    }
}

/// How often a peer may have closed before a datagram is read.
const RESETS_A_PASS: usize = 64;
