//! What differs between systems. Each variant provides:
//!
//! - `Inbox`: buffers for [`BATCH`] datagrams, made by `default` without touching their pages.
//!   - `fill(&mut self, &UdpSocket, local, tells_destination, longest) -> io::Result<bool>` takes what
//!     is there, at most a batch, and tells whether the socket is known to be drained;
//!   - `len(&self)`, `iter(&self)`: the [`Received`](common::Received) of the last `fill`.
//! - `ask_for_destination(&Socket, SocketAddr) -> io::Result<()>`: before binding, have the system
//!   tell where datagrams were sent to, if it can.
//! - `bind_to_interface(&Socket, name) -> io::Result<()>`: before binding, have the system use this interface and no other.
//! - `share(&Socket) -> io::Result<()>`: before binding, let others bind the same address.
//! - `send_whole(&Socket, SocketAddr) -> bool`: before binding, have the system send datagrams whole or not
//!   at all, if it then does less; whether it does.
//! - `fragmented(&UdpSocket, send) -> io::Result<R>`: `send` with fragments allowed, where they are not.
//! - `send(&UdpSocket, data, to, from) -> io::Result<()>`: one datagram, `from` an address of ours
//!   if given.
//! - `send_run(&UdpSocket, &[Outgoing], from) -> io::Result<usize>`: at most [`BATCH`] datagrams;
//!   how many went, which is at least one. All have the same family.
//! - `has_room_to_spare(&UdpSocket) -> bool`: whether the send buffer is less than half full; true where the
//!   system does not tell that.
//! - `ask_for_news(&Socket, SocketAddr, takes_v4) -> bool`: have the system keep what the network says of datagrams
//!   that were sent, those that an address of IPv6 sends by IPv4 included; whether it does.
//! - `next_news(&UdpSocket, local) -> io::Result<Option<(SocketAddr, io::Error)>>`: the next of that, with where the
//!   datagram went.
//!
//! `--cfg deferred_snmp_portable_udp` takes the portable one on Linux too, to test it there.

mod common;
#[cfg(all(target_os = "linux", not(deferred_snmp_portable_udp)))]
mod linux;
#[cfg(any(not(target_os = "linux"), deferred_snmp_portable_udp))]
mod portable;

pub(super) use common::{BATCH, LONGEST, OTHER_FAMILY, bind_to_interface, is_news, share};
#[cfg(all(target_os = "linux", not(deferred_snmp_portable_udp)))]
pub(in super::super) use linux::Inbox;
#[cfg(all(target_os = "linux", not(deferred_snmp_portable_udp)))]
pub(super) use linux::{
    ask_for_destination, ask_for_news, fragmented, has_room_to_spare, next_news, send, send_run,
    send_whole,
};
#[cfg(any(not(target_os = "linux"), deferred_snmp_portable_udp))]
pub(in super::super) use portable::Inbox;
#[cfg(any(not(target_os = "linux"), deferred_snmp_portable_udp))]
pub(super) use portable::{
    ask_for_destination, ask_for_news, fragmented, has_room_to_spare, next_news, send, send_run,
    send_whole,
};
