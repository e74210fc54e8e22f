//! What the engine is told of a message that was not sent.

use std::io;

use crate::engine::{SendFailure, SystemError};
use crate::reactor::{SendError, is_shortage};

/// How a message failed; none if its port is full or closes, which is no failure.
pub(super) fn send_failure(error: SendError) -> Option<SendFailure> {
    let failure = match &error {
        SendError::Closed | SendError::WouldBlock => return None,
        SendError::MessageTooLong | SendError::InvalidAddress(_) => SendFailure::Refused,
        SendError::Io(error) if is_refused(error) => SendFailure::Refused,
        SendError::Io(error) if is_shortage(error) => SendFailure::Shortage,
        SendError::Io(_) => SendFailure::Passing,
    };
    Some(failure(SystemError::from(&io::Error::from(error))))
}

/// EACCES, EPERM, EINVAL, EADDRNOTAVAIL and EAFNOSUPPORT: what the system says of an address that it will not
/// send to, and of one that it cannot send from.
fn is_refused(error: &io::Error) -> bool {
    use io::ErrorKind;
    matches!(
        error.kind(),
        ErrorKind::PermissionDenied | ErrorKind::InvalidInput | ErrorKind::AddrNotAvailable
    ) || error.raw_os_error().is_some() && error.raw_os_error() == other_family()
}

fn other_family() -> Option<i32> {
    let unspecified = std::net::SocketAddr::from(([0, 0, 0, 0], 0));
    io::Error::from(SendError::InvalidAddress(unspecified)).raw_os_error()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use nix::libc;

    #[test]
    fn what_will_be_so_at_the_next_try_is_told_from_what_may_pass() {
        let os = |code| SendError::Io(io::Error::from_raw_os_error(code));
        let family = std::net::SocketAddr::from(([192, 0, 2, 1], 161));
        for (error, code) in [
            (os(libc::EACCES), libc::EACCES),
            (os(libc::EPERM), libc::EPERM),
            (os(libc::EINVAL), libc::EINVAL),
            (os(libc::EADDRNOTAVAIL), libc::EADDRNOTAVAIL),
            (os(libc::EAFNOSUPPORT), libc::EAFNOSUPPORT),
            (SendError::MessageTooLong, libc::EMSGSIZE),
            (SendError::InvalidAddress(family), libc::EAFNOSUPPORT),
        ] {
            let failure = send_failure(error).expect("a failure");
            assert!(matches!(failure, SendFailure::Refused(_)), "{failure:?}");
            assert_eq!(failure.error().code(), Some(code));
        }
        for code in [
            libc::ENETUNREACH,
            libc::EHOSTUNREACH,
            libc::ENETDOWN,
            libc::ENODEV,
            libc::ECONNREFUSED,
            libc::EIO,
        ] {
            let failure = send_failure(os(code)).expect("a failure");
            assert!(matches!(failure, SendFailure::Passing(_)), "{failure:?}");
            assert_eq!(failure.error().code(), Some(code));
        }
        for code in [libc::ENOBUFS, libc::ENOMEM, libc::EINTR] {
            let failure = send_failure(os(code)).expect("a failure");
            assert!(matches!(failure, SendFailure::Shortage(_)), "{failure:?}");
            assert_eq!(failure.error().code(), Some(code));
        }
        for none in [SendError::WouldBlock, SendError::Closed] {
            assert_eq!(send_failure(none), None);
        }
    }
}
