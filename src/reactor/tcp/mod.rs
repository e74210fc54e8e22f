//! TCP: Twisted's `listenTCP` and `connectTCP`, byte streams with flow control and half close.

mod connecting;
mod connection;
mod error;
mod listener;
mod protocol;
mod tcp_port;
mod transport;

pub(super) use connecting::connect;
pub use error::{ConnectError, ConnectionLost, WriteError};
pub use protocol::Protocol;
pub use tcp_port::TcpPort;
pub use transport::Transport;
