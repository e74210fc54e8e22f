//! What can fail about a connection.

use std::error::Error;
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use crate::deferred::Interrupt;

/// A connection was not made.
#[derive(Debug)]
#[non_exhaustive]
pub enum ConnectError {
    /// Nobody listens at this address.
    Refused(SocketAddr),
    /// This address has not answered for so long, or, without a time, for as long as the system
    /// waits.
    TimedOut(SocketAddr, Option<Duration>),
    /// Anything else that the system says of this address.
    Io(SocketAddr, io::Error),
    /// The attempt was cancelled, or the reactor has ended.
    Interrupted(Interrupt),
}

impl ConnectError {
    pub(super) fn new(addr: SocketAddr, error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::ConnectionRefused => Self::Refused(addr),
            io::ErrorKind::TimedOut => Self::TimedOut(addr, None),
            _ => Self::Io(addr, error),
        }
    }
}

impl fmt::Display for ConnectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(addr) => write!(f, "cannot connect to {addr}: connection refused"),
            Self::TimedOut(addr, Some(limit)) => {
                write!(f, "cannot connect to {addr}: no answer in {limit:?}")
            }
            Self::TimedOut(addr, None) => write!(f, "cannot connect to {addr}: no answer"),
            Self::Io(addr, error) => write!(f, "cannot connect to {addr}: {error}"),
            Self::Interrupted(interrupt) => write!(f, "not connected: {interrupt}"),
        }
    }
}

impl Error for ConnectError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io(_, error) => Some(error),
            Self::Interrupted(interrupt) => Some(interrupt),
            Self::Refused(_) | Self::TimedOut(..) => None,
        }
    }
}

impl From<Interrupt> for ConnectError {
    fn from(interrupt: Interrupt) -> Self {
        Self::Interrupted(interrupt)
    }
}

/// Why a connection is over.
#[derive(Debug)]
#[non_exhaustive]
pub enum ConnectionLost {
    /// It was closed in order, by this side or the other.
    Done,
    /// This side has aborted it.
    Aborted,
    /// The other side has aborted it, or does not know of it.
    Reset,
    /// The other side does not answer.
    TimedOut,
    /// The protocol has panicked.
    Panicked,
    /// The reactor has ended.
    ReactorStopped,
    /// Anything else the system says.
    Io(io::Error),
}

impl From<io::Error> for ConnectionLost {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe => Self::Reset,
            io::ErrorKind::TimedOut => Self::TimedOut,
            _ => Self::Io(error),
        }
    }
}

impl fmt::Display for ConnectionLost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Done => f.write_str("the connection was closed"),
            Self::Aborted => f.write_str("the connection was aborted"),
            Self::Reset => f.write_str("the connection was reset by the peer"),
            Self::TimedOut => f.write_str("the peer does not answer"),
            Self::Panicked => f.write_str("the protocol panicked"),
            Self::ReactorStopped => f.write_str("the reactor has stopped"),
            Self::Io(error) => write!(f, "the connection failed: {error}"),
        }
    }
}

impl Error for ConnectionLost {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io(error) => Some(error),
            _ => None,
        }
    }
}

/// Octets were not queued for sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WriteError {
    /// The connection, or this direction of it, is closed or about to be.
    Closed,
    /// The queue is full; `writable` of the protocol tells when it is empty.
    Full,
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Closed => "the connection is closed for writing",
            Self::Full => "the queue for sending is full",
        })
    }
}

impl Error for WriteError {}
