//! What differs between systems for all sockets. Each has:
//!
//! - `NO_BUFFERS`: the error of a system that is short of buffers;
//! - `OF_DESCRIPTOR`: errors of a descriptor that is none of a socket, or of one that cannot do what is asked;
//! - `TOO_LONG`: the error of a datagram that is too long;
//! - `allow_restart(&Socket) -> io::Result<()>`: before binding, let a server have an address although connections of its last run
//!   linger.

#[cfg(not(unix))]
mod other {
    /// WSAENOBUFS.
    pub(in crate::reactor) const NO_BUFFERS: i32 = 10_055;
    /// WSAEBADF, WSAENOTSOCK, WSAEINVAL and WSAEFAULT.
    pub(in crate::reactor) const OF_DESCRIPTOR: &[i32] = &[10_009, 10_038, 10_022, 10_014];
    /// WSAEMSGSIZE.
    pub(in crate::reactor) const TOO_LONG: i32 = 10_040;

    /// Windows does so anyhow, and lets two programs have one port with the option.
    pub(in crate::reactor) fn allow_restart(_: &socket2::Socket) -> std::io::Result<()> {
        Ok(())
    }
}
#[cfg(unix)]
mod unix {
    use rustix::io::Errno;

    pub(in crate::reactor) const NO_BUFFERS: i32 = Errno::NOBUFS.raw_os_error();
    pub(in crate::reactor) const OF_DESCRIPTOR: &[i32] = &[
        Errno::BADF.raw_os_error(),
        Errno::NOTSOCK.raw_os_error(),
        Errno::INVAL.raw_os_error(),
        Errno::FAULT.raw_os_error(),
        Errno::NOSYS.raw_os_error(),
    ];
    pub(in crate::reactor) const TOO_LONG: i32 = Errno::MSGSIZE.raw_os_error();

    pub(in crate::reactor) fn allow_restart(socket: &socket2::Socket) -> std::io::Result<()> {
        socket.set_reuse_address(true)
    }
}

#[cfg(not(unix))]
pub(super) use other::{NO_BUFFERS, OF_DESCRIPTOR, TOO_LONG, allow_restart};
#[cfg(unix)]
pub(super) use unix::{NO_BUFFERS, OF_DESCRIPTOR, TOO_LONG, allow_restart};
