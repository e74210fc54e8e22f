//! Datagrams between programs of one host: Twisted's `listenUNIXDatagram` and
//! `connectUNIXDatagram`.

mod datagram_port;
mod error;
mod port;
mod protocol;
mod socket_file;

pub use datagram_port::UnixDatagramPort;
pub use error::UnixPortError;
pub use protocol::UnixDatagramProtocol;
