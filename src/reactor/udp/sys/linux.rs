//! Linux: `recvmmsg` with packet information, `sendmmsg`.

use std::io::{self, IoSlice, IoSliceMut};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::os::fd::{AsRawFd, RawFd};

use mio::net::UdpSocket;
use nix::libc;
use nix::sys::socket::{
    ControlMessage, ControlMessageOwned, MsgFlags, MultiHeaders, SockaddrIn, SockaddrIn6,
    SockaddrLike, SockaddrStorage, recvmmsg, recvmsg, sendmsg, setsockopt, sockopt,
};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::net::sockopt::{Ipv4PathMtuDiscovery, set_ip_mtu_discover};
use rustix::net::{MMsgHdr, SendAncillaryBuffer, SendFlags, SocketAddrAny, sendmmsg};
use socket2::Socket;

use super::common::{BATCH, Envelope, LONGEST, Received, STRIDE};
use crate::reactor::udp::batch::Outgoing;

/// Buffers for one batch, of 2 MiB address space; the system provides pages as they are written.
pub(in crate::reactor) struct Inbox {
    bytes: Vec<u8>,
    envelopes: Vec<Envelope>,
    // The system leaves the length of the last address and control data in the headers, and nix
    // does not put it back: so a set for each family, with and without control data.
    v4: [Option<MultiHeaders<SockaddrIn>>; 2],
    v6: [Option<MultiHeaders<SockaddrIn6>>; 2],
}

impl Default for Inbox {
    fn default() -> Self {
        Self {
            bytes: vec![0; BATCH * STRIDE],
            envelopes: Vec::with_capacity(BATCH),
            v4: [None, None],
            v6: [None, None],
        }
    }
}

impl Inbox {
    pub(in crate::reactor::udp) fn fill(
        &mut self,
        socket: &UdpSocket,
        local: SocketAddr,
        tells_destination: bool,
        longest: usize,
    ) -> io::Result<bool> {
        self.envelopes.clear();
        let call = Call {
            fd: socket.as_raw_fd(),
            tells_destination,
            longest: longest.min(LONGEST),
            bytes: &mut self.bytes,
            envelopes: &mut self.envelopes,
        };
        if local.is_ipv4() {
            let address = |from: &SockaddrIn| SocketAddr::V4((*from).into());
            call.receive(&mut self.v4[usize::from(tells_destination)], address)
        } else {
            let address = |from: &SockaddrIn6| SocketAddr::V6((*from).into());
            call.receive(&mut self.v6[usize::from(tells_destination)], address)
        }
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

struct Call<'a> {
    fd: RawFd,
    tells_destination: bool,
    longest: usize,
    bytes: &'a mut [u8],
    envelopes: &'a mut Vec<Envelope>,
}

impl Call<'_> {
    fn receive<S: SockaddrLike + Copy>(
        self,
        headers: &mut Option<MultiHeaders<S>>,
        address: impl Fn(&S) -> SocketAddr,
    ) -> io::Result<bool> {
        let kept = headers.get_or_insert_with(|| {
            let space = self
                .tells_destination
                .then(|| nix::cmsg_space!(libc::in6_pktinfo));
            MultiHeaders::preallocate(BATCH, space)
        });
        let mut buffers = self.bytes.chunks_mut(STRIDE);
        let mut slices: [[IoSliceMut<'_>; 1]; BATCH] = std::array::from_fn(|_| {
            let buffer = buffers.next().unwrap_or_default();
            [IoSliceMut::new(&mut buffer[..self.longest])]
        });
        let received = recvmmsg(self.fd, kept, &mut slices, MsgFlags::MSG_DONTWAIT, None)?;
        let mut intact = true;
        for message in received {
            let Some(from) = &message.address else {
                continue;
            };
            let mut to = None;
            if self.tells_destination {
                let control = message.cmsgs().ok();
                let info = control.and_then(|mut all| all.find_map(destination));
                intact &= info.is_some();
                to = info.flatten();
            }
            self.envelopes.push(Envelope {
                len: message.bytes.min(self.longest),
                from: address(from),
                to,
                truncated: message.flags.contains(MsgFlags::MSG_TRUNC),
            });
        }
        if !intact {
            // A message without control data has left no room for that of later ones.
            *headers = None;
        }
        Ok(self.envelopes.len() < BATCH)
    }
}

/// The next of what the network says of datagrams that were sent: where to, and what. None if there is no more.
#[cold]
pub(in crate::reactor::udp) fn next_news(
    socket: &UdpSocket,
    local: SocketAddr,
) -> io::Result<Option<(SocketAddr, io::Error)>> {
    loop {
        let next = match local {
            SocketAddr::V4(_) => {
                receive_news(socket, |from: SockaddrIn| SocketAddr::V4(from.into()))
            }
            SocketAddr::V6(_) => {
                receive_news(socket, |from: SockaddrIn6| SocketAddr::V6(from.into()))
            }
        };
        match next {
            Ok(Some(news)) => return Ok(Some(news)),
            // What the system itself says: who sent has been told.
            Ok(None) => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(None),
            Err(error) => return Err(error),
        }
    }
}

fn receive_news<S: SockaddrLike + Copy>(
    socket: &UdpSocket,
    address: impl Fn(S) -> SocketAddr,
) -> io::Result<Option<(SocketAddr, io::Error)>> {
    // Where the datagram came from is told as well, if that is asked for. What does not fit is missing as a whole.
    let mut control = nix::cmsg_space!([u8; 256]);
    // The datagram itself comes along, as much of it as there is room for.
    let mut slices: [IoSliceMut<'_>; 0] = [];
    let flags = MsgFlags::MSG_ERRQUEUE | MsgFlags::MSG_DONTWAIT;
    let message = recvmsg::<S>(socket.as_raw_fd(), &mut slices, Some(&mut control), flags)?;
    let mut news = None;
    for control in message.cmsgs().into_iter().flatten() {
        let (ControlMessageOwned::Ipv4RecvErr(error, _)
        | ControlMessageOwned::Ipv6RecvErr(error, _)) = control
        else {
            continue;
        };
        if matches!(
            error.ee_origin,
            libc::SO_EE_ORIGIN_ICMP | libc::SO_EE_ORIGIN_ICMP6
        ) {
            news = Some(error.ee_errno);
        }
    }
    let error = news.map(|code| io::Error::from_raw_os_error(code.cast_signed()));
    Ok(message.address.map(address).zip(error))
}

pub(in crate::reactor::udp) fn ask_for_news(
    socket: &Socket,
    addr: SocketAddr,
    takes_v4: bool,
) -> bool {
    let by_v4 = || setsockopt(socket, sockopt::Ipv4RecvErr, &true).is_ok();
    let by_v6 = || setsockopt(socket, sockopt::Ipv6RecvErr, &true).is_ok();
    match addr {
        SocketAddr::V4(_) => by_v4(),
        SocketAddr::V6(_) => by_v6() && (!takes_v4 || by_v4()),
    }
}

/// The address of ours named by packet information; the inner option is none for one that cannot
/// be sent from.
fn destination(control: ControlMessageOwned) -> Option<Option<IpAddr>> {
    let ip = match control {
        ControlMessageOwned::Ipv4PacketInfo(info) => {
            IpAddr::V4(Ipv4Addr::from(info.ipi_spec_dst.s_addr.to_ne_bytes()))
        }
        ControlMessageOwned::Ipv6PacketInfo(info) => {
            IpAddr::V6(Ipv6Addr::from(info.ipi6_addr.s6_addr))
        }
        _ => return None,
    };
    Some(Some(ip).filter(|ip| !ip.is_multicast() && !ip.is_unspecified()))
}

pub(in crate::reactor::udp) fn ask_for_destination(
    socket: &Socket,
    addr: SocketAddr,
) -> io::Result<()> {
    match addr {
        SocketAddr::V4(_) => setsockopt(socket, sockopt::Ipv4PacketInfo, &true)?,
        SocketAddr::V6(_) => setsockopt(socket, sockopt::Ipv6RecvPacketInfo, &true)?,
    }
    Ok(())
}

/// A datagram of IPv4 that may be fragmented needs an identification, which Linux takes from a counter
/// that all processors share; one that may not needs none (RFC 6864 section 4.1).
pub(in crate::reactor::udp) fn send_whole(socket: &Socket, addr: SocketAddr) -> bool {
    addr.is_ipv4() && set_ip_mtu_discover(socket, Ipv4PathMtuDiscovery::DO).is_ok()
}

pub(in crate::reactor::udp) fn fragmented<R>(
    socket: &UdpSocket,
    send: impl FnOnce() -> io::Result<R>,
) -> io::Result<R> {
    set_ip_mtu_discover(socket, Ipv4PathMtuDiscovery::WANT)?;
    let sent = send();
    // If this fails, the next long datagram needs no second try.
    let _ = set_ip_mtu_discover(socket, Ipv4PathMtuDiscovery::DO);
    sent
}

pub(in crate::reactor::udp) fn send(
    socket: &UdpSocket,
    data: &[u8],
    to: SocketAddr,
    from: Option<IpAddr>,
) -> io::Result<()> {
    let Some(from) = from else {
        return socket.send_to(data, to).map(drop);
    };
    let slices = [IoSlice::new(data)];
    let send = |control: ControlMessage<'_>| {
        let to = SockaddrStorage::from(to);
        let flags = MsgFlags::MSG_DONTWAIT;
        sendmsg(socket.as_raw_fd(), &slices, &[control], flags, Some(&to))
    };
    match from {
        IpAddr::V4(ip) => {
            let address = |ip: Ipv4Addr| libc::in_addr {
                s_addr: u32::from_ne_bytes(ip.octets()),
            };
            send(ControlMessage::Ipv4PacketInfo(&libc::in_pktinfo {
                ipi_ifindex: 0,
                ipi_spec_dst: address(ip),
                ipi_addr: address(Ipv4Addr::UNSPECIFIED),
            }))?
        }
        IpAddr::V6(ip) => send(ControlMessage::Ipv6PacketInfo(&libc::in6_pktinfo {
            ipi6_addr: libc::in6_addr {
                s6_addr: ip.octets(),
            },
            ipi6_ifindex: 0,
        }))?,
    };
    Ok(())
}

/// One `sendmmsg`, unless a source is given: nix gives no count of what `sendmmsg` sent, and
/// rustix no packet information.
pub(in crate::reactor::udp) fn send_run(
    socket: &UdpSocket,
    datagrams: &[Outgoing],
    from: Option<IpAddr>,
) -> io::Result<usize> {
    let count = datagrams.len().min(BATCH);
    if from.is_some() || count == 1 {
        let Some(first) = datagrams.first() else {
            return Ok(0);
        };
        return send(socket, &first.data, first.to, from).map(|()| 1);
    }
    let at = |index: usize| &datagrams[index.min(count - 1)];
    let to: [SocketAddrAny; BATCH] = std::array::from_fn(|index| at(index).to.into());
    let slices: [[IoSlice<'_>; 1]; BATCH] =
        std::array::from_fn(|index| [IoSlice::new(&at(index).data)]);
    let mut control: [SendAncillaryBuffer<'_, '_, '_>; BATCH] =
        std::array::from_fn(|_| SendAncillaryBuffer::default());
    let mut controls = control.iter_mut();
    let mut messages: [MMsgHdr<'_>; BATCH] = std::array::from_fn(|index| {
        let control = controls.next().expect("as many as there are messages");
        MMsgHdr::new_with_addr(&to[index], &slices[index], control)
    });
    let sent = sendmmsg(socket, &mut messages[..count], SendFlags::DONTWAIT)?;
    Ok(sent)
}

/// Linux calls a datagram socket writable while less than half of its send buffer is in use
/// (`sock_writeable`), and yet takes datagrams until it is full.
pub(in crate::reactor::udp) fn has_room_to_spare(socket: &UdpSocket) -> bool {
    let mut polled = [PollFd::new(socket, PollFlags::OUT)];
    let at_once = Timespec::default();
    let asked = rustix::io::retry_on_intr(|| poll(&mut polled, Some(&at_once)));
    asked.is_err() || polled[0].revents().contains(PollFlags::OUT)
}
