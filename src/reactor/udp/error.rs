//! What can fail about a UDP port.

use std::error::Error;
use std::fmt;
use std::io;
use std::net::SocketAddr;

use super::sys;
use crate::reactor::sys::TOO_LONG;

/// A socket could not be bound.
#[derive(Debug)]
#[non_exhaustive]
pub struct CannotListenError {
    /// The address asked for.
    pub addr: SocketAddr,
    /// What the system says.
    pub error: io::Error,
}

impl fmt::Display for CannotListenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot listen on {}: {}", self.addr, self.error)
    }
}

impl Error for CannotListenError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.error)
    }
}

/// A datagram was not sent.
#[derive(Debug)]
#[non_exhaustive]
pub enum SendError {
    /// The port is closed, or about to be.
    Closed,
    /// The system has no room at present; `writable` of the protocol tells when it has.
    WouldBlock,
    /// Longer than the system or the network takes.
    MessageTooLong,
    /// The address is not of the port's family.
    InvalidAddress(SocketAddr),
    /// Anything else the system says.
    Io(io::Error),
}

impl fmt::Display for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed => f.write_str("the port is closed"),
            Self::WouldBlock => f.write_str("no room to send at present"),
            Self::MessageTooLong => f.write_str("the datagram is too long"),
            Self::InvalidAddress(addr) => write!(f, "{addr} is not of the port's address family"),
            Self::Io(error) => write!(f, "cannot send: {error}"),
        }
    }
}

impl Error for SendError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io(error) => Some(error),
            _ => None,
        }
    }
}

/// The error as the system would put it.
impl From<SendError> for io::Error {
    fn from(error: SendError) -> Self {
        match error {
            SendError::Closed => io::ErrorKind::NotConnected.into(),
            SendError::WouldBlock => io::ErrorKind::WouldBlock.into(),
            SendError::MessageTooLong => Self::from_raw_os_error(TOO_LONG),
            SendError::InvalidAddress(_) => Self::from_raw_os_error(sys::OTHER_FAMILY),
            SendError::Io(error) => error,
        }
    }
}

/// Sending a batch stopped at a datagram that cannot be sent.
#[derive(Debug)]
#[non_exhaustive]
pub struct BatchError {
    /// How many datagrams went before it; it is the one at this index.
    pub sent: usize,
    /// What is wrong with it.
    pub error: SendError,
}

impl fmt::Display for BatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "datagram {} of the batch: {}", self.sent, self.error)
    }
}

impl Error for BatchError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.error)
    }
}
