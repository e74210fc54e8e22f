//! What all systems share: limits, and a datagram as it lies in an `Inbox`.

use std::io;
use std::net::{IpAddr, SocketAddr};

use socket2::Socket;

/// Datagrams of one system call, where it takes several.
pub(in crate::reactor::udp) const BATCH: usize = 32;

/// The longest datagram.
pub(in crate::reactor::udp) const LONGEST: usize = 65_535;

/// From one buffer to the next. Not a power of two, which would put the beginnings of all
/// datagrams into the same few cache lines.
pub(super) const STRIDE: usize = 65_536 + 192;

/// One datagram in an `Inbox`.
pub(in crate::reactor::udp) struct Received<'a> {
    pub(in crate::reactor::udp) data: &'a [u8],
    pub(in crate::reactor::udp) from: SocketAddr,
    pub(in crate::reactor::udp) to: Option<IpAddr>,
    pub(in crate::reactor::udp) truncated: bool,
}

/// What is known of a datagram beside its octets.
pub(super) struct Envelope {
    pub(super) len: usize,
    pub(super) from: SocketAddr,
    pub(super) to: Option<IpAddr>,
    pub(super) truncated: bool,
}

/// What the systems say of an address that the socket has no use for.
#[cfg(unix)]
pub(in crate::reactor::udp) const OTHER_FAMILY: i32 = rustix::io::Errno::AFNOSUPPORT.raw_os_error();
/// WSAEAFNOSUPPORT.
#[cfg(not(unix))]
pub(in crate::reactor::udp) const OTHER_FAMILY: i32 = 10_047;

/// Longer names would be cut, shorter ones would tie the socket to nothing.
#[cfg(target_os = "linux")]
pub(in crate::reactor::udp) fn bind_to_interface(socket: &Socket, name: &str) -> io::Result<()> {
    if name.is_empty() || name.len() > 15 || name.contains('\0') {
        return Err(rustix::io::Errno::NODEV.into());
    }
    socket.bind_device(Some(name.as_bytes()))
}

#[cfg(not(target_os = "linux"))]
pub(in crate::reactor::udp) fn bind_to_interface(_: &Socket, _: &str) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

pub(in crate::reactor::udp) fn share(socket: &Socket) -> io::Result<()> {
    socket.set_reuse_address(true)?;
    #[cfg(all(unix, not(any(target_os = "solaris", target_os = "illumos"))))]
    socket.set_reuse_port(true)?;
    Ok(())
}

/// Whether an error of reading is what the network says of a datagram that was sent: it takes that one call,
/// and the socket is as good as before.
pub(in crate::reactor::udp) fn is_news(error: &io::Error) -> bool {
    use io::ErrorKind;
    matches!(
        error.kind(),
        // Windows tells so of a port where nobody listens.
        ErrorKind::ConnectionReset
            | ErrorKind::ConnectionRefused
            | ErrorKind::HostUnreachable
            | ErrorKind::NetworkUnreachable
            | ErrorKind::NetworkDown
            | ErrorKind::PermissionDenied
    ) || error
        .raw_os_error()
        .is_some_and(|code| OTHER_NEWS.contains(&code))
}

/// Those of the errors of ICMP that have no kind in std.
#[cfg(unix)]
const OTHER_NEWS: &[i32] = {
    use rustix::io::Errno;
    &[
        Errno::MSGSIZE.raw_os_error(),
        Errno::HOSTDOWN.raw_os_error(),
        Errno::NOPROTOOPT.raw_os_error(),
        Errno::OPNOTSUPP.raw_os_error(),
        Errno::PROTO.raw_os_error(),
        #[cfg(target_os = "linux")]
        Errno::NONET.raw_os_error(),
    ]
};
#[cfg(not(unix))]
const OTHER_NEWS: &[i32] = &[];
