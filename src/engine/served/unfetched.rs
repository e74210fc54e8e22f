//! Received requests and notifications that nobody has fetched yet.

use crate::pdu::Pdu;
use crate::smi::VarBindListRef;

/// How many there are among the events. Bounded, since nobody answers for what others send.
#[derive(Debug)]
pub(super) struct Unfetched {
    requests: usize,
    notifications: usize,
    octets: usize,
    max_notifications: usize,
    max_octets: usize,
}

impl Unfetched {
    pub(super) fn new(max_notifications: usize, max_octets: usize) -> Self {
        Self {
            requests: 0,
            notifications: 0,
            octets: 0,
            max_notifications,
            max_octets,
        }
    }

    /// Whether these bindings have room beside those that wait. Where none wait, they have.
    pub(super) fn has_room(&self, var_binds: VarBindListRef<'_>) -> bool {
        let octets = self.octets.saturating_add(var_binds.encoded_len());
        self.octets == 0 || octets <= self.max_octets
    }

    pub(super) fn has_room_for_notification(&self, var_binds: VarBindListRef<'_>) -> bool {
        self.notifications < self.max_notifications && self.has_room(var_binds)
    }

    pub(super) fn requests(&self) -> usize {
        self.requests
    }

    pub(super) fn add_request(&mut self, pdu: &Pdu) {
        self.requests += 1;
        self.octets += pdu.var_binds.as_ref().encoded_len();
    }

    pub(super) fn subtract_request(&mut self, pdu: &Pdu) {
        self.requests -= 1;
        self.octets -= pdu.var_binds.as_ref().encoded_len();
    }

    pub(super) fn add_notification(&mut self, pdu: &Pdu) {
        self.notifications += 1;
        self.octets += pdu.var_binds.as_ref().encoded_len();
    }

    pub(super) fn subtract_notification(&mut self, pdu: &Pdu) {
        self.notifications -= 1;
        self.octets -= pdu.var_binds.as_ref().encoded_len();
    }
}
