//! What the engine is told of a message that was not sent.

use std::io;

use crate::engine::{SendFailure, SystemError};
use crate::reactor::SendError;

/// How a message failed; none if its port is full or closes, which is no failure.
pub(super) fn send_failure(error: SendError) -> Option<SendFailure> {
    let is_refused = match &error {
        SendError::Closed | SendError::WouldBlock => return None,
        SendError::MessageTooLong | SendError::InvalidAddress(_) => true,
        SendError::Io(error) => is_refused(error),
    };
    let error = SystemError::from(&io::Error::from(error));
    Some(match is_refused {
        true => SendFailure::Refused(error),
        false => SendFailure::Passing(error),
    })
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
