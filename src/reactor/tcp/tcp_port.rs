//! The handle of a socket that takes TCP connections.

use std::fmt;
use std::net::SocketAddr;
use std::rc::Rc;

use super::listener::{Listener, MakeProtocol};
use crate::deferred::Deferred;
use crate::reactor::core::Core;
use crate::reactor::udp::CannotListenError;

/// A socket that takes TCP connections; clones are handles of the same one.
///
/// Dropping all handles does not close it: it listens until [`TcpPort::stop_listening`] or the end
/// of the reactor.
#[derive(Clone)]
pub struct TcpPort {
    listener: Rc<Listener>,
}

impl TcpPort {
    pub(in crate::reactor) fn listen(
        core: &Rc<Core>,
        addr: SocketAddr,
        make: MakeProtocol,
    ) -> Result<Self, CannotListenError> {
        let listener = Listener::open(core, addr, make);
        let listener = listener.map_err(|error| CannotListenError { addr, error })?;
        Ok(Self { listener })
    }

    /// The address it is bound to, with the real port.
    pub fn local_addr(&self) -> SocketAddr {
        self.listener.local
    }

    /// Takes no more connections; the Deferred fires when the socket is closed, which is at the end
    /// of the present pass or in the next one. Connections that stand are not touched.
    pub fn stop_listening(&self) -> Deferred<()> {
        let listener = &self.listener;
        listener.registration.stop(listener.clone())
    }

    /// Whether the port still listens.
    pub fn is_listening(&self) -> bool {
        !self.listener.registration.is_closing()
    }
}

impl fmt::Debug for TcpPort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TcpPort")
            .field("local_addr", &self.local_addr())
            .field("listening", &self.is_listening())
            .finish_non_exhaustive()
    }
}
