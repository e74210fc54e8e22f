//! The inside of a Unix datagram port.

use std::cell::{Cell, RefCell};
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::rc::{Rc, Weak};

use mio::Interest;
use mio::net::UnixDatagram;

use super::{UnixDatagramPort, UnixDatagramProtocol};
use crate::deferred::{Deferred, Resolver, unhandled};
use crate::reactor::attempt::{Call, Rest, attempt, is_of_descriptor, is_shortage};
use crate::reactor::core::Core;
use crate::reactor::readiness::Readiness;
use crate::reactor::report::guarded;
use crate::reactor::slot::{Key, Source};
use crate::reactor::udp::SendError;

pub(super) struct Port {
    core: Weak<Core>,
    socket: RefCell<Option<UnixDatagram>>,
    protocol: RefCell<Option<Rc<dyn UnixDatagramProtocol>>>,
    key: Cell<Option<Key>>,
    pub(super) file: Option<SocketFile>,
    pub(super) peer: Option<PathBuf>,
    /// Stopping was asked for: nothing more is delivered.
    pub(super) closing: Cell<bool>,
    /// A send would have blocked and nobody has been told of the end of it.
    blocked: Cell<bool>,
    /// Reading fails, which has been told.
    fails: Cell<bool>,
    rest_of_reading: Rest,
    rest_of_sending: Rest,
    pub(super) truncated: Cell<u64>,
    /// Whoever asked for the end and waits for it.
    waiting: RefCell<Vec<Resolver<()>>>,
}

impl Port {
    pub(super) fn open(
        core: &Rc<Core>,
        mut socket: UnixDatagram,
        file: Option<SocketFile>,
        peer: Option<&Path>,
        protocol: Rc<dyn UnixDatagramProtocol>,
    ) -> io::Result<UnixDatagramPort> {
        if core.is_over() {
            return Err(io::Error::other("the reactor has ended"));
        }
        let no_token = || io::Error::other("the range of tokens is used up");
        let (key, token) = core.insert().ok_or_else(no_token)?;
        if let Err(error) = core
            .registry
            .register(&mut socket, token, Interest::READABLE)
        {
            core.slots.borrow_mut().remove(key);
            return Err(error);
        }
        let port = Rc::new(Self {
            core: Rc::downgrade(core),
            socket: RefCell::new(Some(socket)),
            protocol: RefCell::new(Some(protocol.clone())),
            key: Cell::new(Some(key)),
            file,
            peer: peer.map(Path::to_owned),
            closing: Cell::new(false),
            blocked: Cell::new(false),
            fails: Cell::new(false),
            rest_of_reading: Rest::default(),
            rest_of_sending: Rest::default(),
            truncated: Cell::new(0),
            waiting: RefCell::default(),
        });
        core.slots.borrow_mut().fill(key, port.clone());
        let port = UnixDatagramPort { port };
        guarded("start_protocol", || protocol.start_protocol(&port));
        Ok(port)
    }

    fn with_socket<R>(
        &self,
        f: impl FnOnce(&UnixDatagram) -> io::Result<R>,
    ) -> Result<R, SendError> {
        match &*self.socket.borrow() {
            Some(socket) if !self.closing.get() => f(socket).map_err(SendError::Io),
            _ => Err(SendError::Closed),
        }
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
                if waits && !self.blocked.replace(true) {
                    self.register(Interest::READABLE | Interest::WRITABLE);
                }
                Err(SendError::WouldBlock)
            }
            // Of that no event tells the end: the system may call the socket writable all the time.
            Err(SendError::Io(error)) if is_shortage(&error) => {
                if waits
                    && !self.blocked.replace(true)
                    && let Some(core) = self.core.upgrade()
                {
                    let then = Readiness::WRITE;
                    self.rest_of_sending.take(&core, self.key.get(), then);
                }
                Err(SendError::WouldBlock)
            }
            Err(SendError::Io(error)) if error.raw_os_error() == Some(TOO_LONG) => {
                Err(SendError::MessageTooLong)
            }
            Err(error) => Err(error),
        }
    }

    /// Registers again, which also makes an event of what is already there.
    fn register(&self, interest: Interest) {
        let (Some(core), Some(key)) = (self.core.upgrade(), self.key.get()) else {
            return;
        };
        let token = core.slots.borrow().token(key);
        let registered = match &mut *self.socket.borrow_mut() {
            Some(socket) => core.registry.reregister(socket, token, interest),
            None => Ok(()),
        };
        if let Err(error) = registered {
            unhandled("registering a Unix port", &error);
        }
    }

    fn protocol(&self) -> Option<Rc<dyn UnixDatagramProtocol>> {
        let protocol = self.protocol.borrow();
        protocol.clone().filter(|_| !self.closing.get())
    }

    /// Reads within the budgets; what is returned says whether more may be waiting.
    fn read(&self, core: &Rc<Core>) -> Readiness {
        let mut buffer = core.take_buffer();
        let (mut datagrams, mut octets, mut in_a_row) = (0, 0, 0);
        let left = loop {
            let Some(protocol) = self.protocol() else {
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
                    self.fails.set(false);
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
        let is_lost = is_of_descriptor(error);
        if is_lost || !self.fails.replace(true) {
            unhandled("reading from a Unix port", error);
        }
        match is_lost {
            true => self.close(),
            // What has come is still there, and no event will tell of it again.
            false => {
                let then = Readiness::READ;
                self.rest_of_reading.take(core, self.key.get(), then);
            }
        }
        false
    }

    pub(super) fn stop(self: &Rc<Self>) -> Deferred<()> {
        if self.socket.borrow().is_none() {
            return Deferred::succeed(());
        }
        let (resolver, closed) = Deferred::pair();
        self.waiting.borrow_mut().push(resolver);
        if !self.closing.replace(true)
            && let Some(core) = self.core.upgrade()
        {
            let closing = self.clone();
            core.call_soon(move || closing.close());
        }
        closed
    }

    /// Closes the socket and tells; does nothing the second time.
    fn close(&self) {
        self.closing.set(true);
        if let (Some(core), Some(key)) = (self.core.upgrade(), self.key.take()) {
            let source = core.slots.borrow_mut().remove(key);
            drop(source);
        }
        let Some(protocol) = self.release() else {
            return;
        };
        guarded("stop_protocol", || protocol.stop_protocol());
        let waiting = self.waiting.take();
        for resolver in waiting {
            resolver.callback(());
        }
    }

    fn release(&self) -> Option<Rc<dyn UnixDatagramProtocol>> {
        if let Some(file) = &self.file {
            file.remove();
        }
        let socket = self.socket.borrow_mut().take();
        if let (Some(mut socket), Some(core)) = (socket, self.core.upgrade()) {
            // The socket is closed next, which does the same for those systems that fail here.
            let _ = core.registry.deregister(&mut socket);
        }
        self.protocol.borrow_mut().take()
    }
}

impl Source for Port {
    fn serve(self: Rc<Self>, core: &Rc<Core>, ready: Readiness) -> Readiness {
        if ready.contains(Readiness::WRITE) && self.blocked.replace(false) {
            self.register(Interest::READABLE);
            if let Some(protocol) = self.protocol() {
                guarded("writable", || protocol.writable());
            }
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
        self.closing.set(true);
        drop(self.release());
        drop(self.waiting.take());
    }
}

/// The file of a bound socket, which stays in the file system until somebody removes it.
pub(super) struct SocketFile {
    path: PathBuf,
    /// Device and inode; a file that has taken this one's place is not ours to remove.
    identity: Cell<Option<(u64, u64)>>,
}

impl SocketFile {
    pub(super) fn bind(path: &Path) -> io::Result<(UnixDatagram, Self)> {
        let socket = UnixDatagram::bind(path)?;
        let file = Self {
            path: path.to_owned(),
            identity: Cell::new(identity(path)),
        };
        Ok((socket, file))
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    fn remove(&self) {
        let ours = self.identity.take();
        if ours.is_some()
            && ours == identity(&self.path)
            && let Err(error) = fs::remove_file(&self.path)
        {
            debug!("{} is left behind: {error}", self.path.display());
        }
    }
}

impl Drop for SocketFile {
    fn drop(&mut self) {
        self.remove();
    }
}

fn identity(path: &Path) -> Option<(u64, u64)> {
    let metadata = fs::symlink_metadata(path).ok()?;
    Some((metadata.dev(), metadata.ino()))
}

/// How often a peer may have closed before a datagram is read.
const RESETS_A_PASS: usize = 64;

/// EMSGSIZE.
const TOO_LONG: i32 = rustix::io::Errno::MSGSIZE.raw_os_error();
