//! The handle of a Unix datagram socket.

use std::fmt;
use std::path::Path;
use std::rc::Rc;

use mio::net::UnixDatagram;

use super::port::Port;
use super::socket_file::SocketFile;
use super::{UnixDatagramProtocol, UnixPortError};
use crate::deferred::Deferred;
use crate::reactor::core::Core;
use crate::reactor::udp::SendError;

/// A Unix datagram socket; clones are handles of the same one.
///
/// Dropping all handles does not close it: it listens until [`UnixDatagramPort::stop_listening`]
/// or the end of the reactor. The file of a socket with a path is removed then, unless another has
/// taken its place.
#[derive(Clone)]
pub struct UnixDatagramPort {
    pub(super) port: Rc<Port>,
}

impl UnixDatagramPort {
    pub(in crate::reactor) fn listen(
        core: &Rc<Core>,
        path: &Path,
        protocol: Rc<dyn UnixDatagramProtocol>,
    ) -> Result<Self, UnixPortError> {
        let open = || {
            let (socket, file) = SocketFile::bind(path)?;
            Port::open(core, socket, Some(file), None, protocol)
        };
        open().map_err(|error| UnixPortError::new(path, error))
    }

    pub(in crate::reactor) fn connect(
        core: &Rc<Core>,
        peer: &Path,
        own: Option<&Path>,
        protocol: Rc<dyn UnixDatagramProtocol>,
    ) -> Result<Self, UnixPortError> {
        let (socket, file) = match own {
            None => (UnixDatagram::unbound(), None),
            Some(own) => match SocketFile::bind(own) {
                Ok((socket, file)) => (Ok(socket), Some(file)),
                Err(error) => return Err(UnixPortError::new(own, error)),
            },
        };
        let open = || {
            let socket = socket?;
            socket.connect(peer)?;
            Port::open(core, socket, file, Some(peer), protocol)
        };
        open().map_err(|error| UnixPortError::new(peer, error))
    }

    /// The path it is bound to, if any.
    pub fn local_path(&self) -> Option<&Path> {
        self.port.file.as_ref().map(SocketFile::path)
    }

    /// The path of the peer that a connected port is tied to.
    pub fn peer_path(&self) -> Option<&Path> {
        self.port.peer.as_deref()
    }

    /// Sends one datagram at once to the socket with this path; nothing is buffered.
    ///
    /// # Errors
    ///
    /// [`SendError::WouldBlock`] if the receiver's queue is full; nothing tells when it has room, so
    /// try again later. [`SendError::Io`] if there is no such socket (`NotFound`) or no program
    /// listens on it (`ConnectionRefused`).
    pub fn write(&self, data: &[u8], to: &Path) -> Result<(), SendError> {
        self.port.send(false, |socket| socket.send_to(data, to))
    }

    /// As [`UnixDatagramPort::write`], to the peer of a connected port. After
    /// [`SendError::WouldBlock`] the protocol's `writable` is called when it is worth trying again.
    pub fn write_to_peer(&self, data: &[u8]) -> Result<(), SendError> {
        self.port.send(true, |socket| socket.send(data))
    }

    /// Stops reading at once; the Deferred fires when the socket is closed, its file removed and
    /// `stop_protocol` has run, which is at the end of the present pass or in the next one.
    pub fn stop_listening(&self) -> Deferred<()> {
        self.port.registration.stop(self.port.clone())
    }

    /// Whether the port still listens.
    pub fn is_listening(&self) -> bool {
        !self.port.registration.is_closing()
    }

    /// How many datagrams were dropped because they were longer than 65,535 octets.
    pub fn truncated(&self) -> u64 {
        self.port.truncated.get()
    }
}

impl fmt::Debug for UnixDatagramPort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnixDatagramPort")
            .field("local_path", &self.local_path())
            .field("peer_path", &self.peer_path())
            .field("listening", &self.is_listening())
            .finish_non_exhaustive()
    }
}
