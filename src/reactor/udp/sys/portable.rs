//! Systems without batches: single calls behind the same interface.

use std::io;
use std::net::{IpAddr, SocketAddr};

use mio::net::UdpSocket;
use socket2::Socket;

use super::common::{BATCH, Envelope, LONGEST, Received, STRIDE};
use crate::reactor::udp::batch::Outgoing;

/// Buffers for one batch.
pub(in crate::reactor) struct Inbox {
    bytes: Vec<u8>,
    envelopes: Vec<Envelope>,
}

impl Default for Inbox {
    fn default() -> Self {
        Self {
            bytes: vec![0; BATCH * STRIDE],
            envelopes: Vec::with_capacity(BATCH),
        }
    }
}

impl Inbox {
    pub(in crate::reactor::udp) fn fill(
        &mut self,
        socket: &UdpSocket,
        _: SocketAddr,
        _: bool,
        longest: usize,
    ) -> io::Result<bool> {
        self.envelopes.clear();
        let longest = longest.min(LONGEST);
        for buffer in self.bytes.chunks_mut(STRIDE) {
            // With room for the longest there is, for Windows makes an error of a cut datagram.
            match socket.recv_from(buffer) {
                Ok((len, from)) => self.envelopes.push(Envelope {
                    len: len.min(longest),
                    from,
                    to: None,
                    truncated: len > longest,
                }),
                Err(error) if self.envelopes.is_empty() => return Err(error),
                Err(error) => return Ok(error.kind() == io::ErrorKind::WouldBlock),
            }
        }
        Ok(false)
    }

    pub(in crate::reactor::udp) fn len(&self) -> usize {
        self.envelopes.len()
    }

    pub(in crate::reactor::udp) fn iter(&self) -> impl Iterator<Item = Received<'_>> {
        let buffers = self.bytes.chunks(STRIDE);
        buffers
            .zip(&self.envelopes)
            .map(|(buffer, envelope)| Received {
                data: &buffer[..envelope.len],
                from: envelope.from,
                to: envelope.to,
                truncated: envelope.truncated,
            })
    }
}

pub(in crate::reactor::udp) fn ask_for_destination(_: &Socket, _: SocketAddr) -> io::Result<()> {
    Ok(())
}

pub(in crate::reactor::udp) fn send_whole(_: &Socket, _: SocketAddr) -> bool {
    false
}

pub(in crate::reactor::udp) fn fragmented<R>(
    _: &UdpSocket,
    send: impl FnOnce() -> io::Result<R>,
) -> io::Result<R> {
    send()
}

pub(in crate::reactor::udp) fn send(
    socket: &UdpSocket,
    data: &[u8],
    to: SocketAddr,
    _: Option<IpAddr>,
) -> io::Result<()> {
    socket.send_to(data, to).map(drop)
}

pub(in crate::reactor::udp) fn send_run(
    socket: &UdpSocket,
    datagrams: &[Outgoing],
    from: Option<IpAddr>,
) -> io::Result<usize> {
    let mut sent = 0;
    for datagram in datagrams {
        match send(socket, &datagram.data, datagram.to, from) {
            Ok(()) => sent += 1,
            Err(error) if sent == 0 => return Err(error),
            Err(_) => break,
        }
    }
    Ok(sent)
}

pub(in crate::reactor::udp) fn has_room_to_spare(_: &UdpSocket) -> bool {
    true
}

pub(in crate::reactor::udp) fn ask_for_news(_: &Socket, _: SocketAddr, _: bool) -> bool {
    false
}

pub(in crate::reactor::udp) fn next_news(
    _: &UdpSocket,
    _: SocketAddr,
) -> io::Result<Option<(SocketAddr, io::Error)>> {
    Ok(None)
}
