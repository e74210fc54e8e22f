//! The notification receiver: the answer to an inform (RFC 3413 section 3.4, RFC 3416 section 4.2.7).

use crate::engine::IncomingNotification;
use crate::pdu::{ErrorStatus, Pdu, PduKind};
use crate::smi::VarBindList;

/// The Response-PDU that acknowledges a notification, in `buffer`: its bindings again, or tooBig and
/// none where these have no room. RFC 3416 section 4.2.7.
pub fn acknowledgement(notification: &IncomingNotification, buffer: Vec<u8>) -> Pdu {
    let mut response = Pdu::new(PduKind::Response, 0, VarBindList::from_buffer(buffer));
    let var_binds = notification.pdu.var_binds.as_ref();
    if var_binds.encoded_len() <= notification.room {
        response.var_binds.assign(var_binds);
    } else {
        response.error_status = ErrorStatus::TOO_BIG;
    }
    response
}
