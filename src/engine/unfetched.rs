//! Received requests and notifications that nobody has fetched yet.

use crate::smi::VarBindListRef;

/// How many there are among the events. Bounded, since nobody answers for what others send.
#[derive(Debug)]
pub(super) struct Unfetched {
    pub(super) notifications: usize,
    octets: usize,
    max_notifications: usize,
    max_octets: usize,
}

impl Unfetched {
    pub(super) fn new(max_notifications: usize, max_octets: usize) -> Self {
        Self {
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

    pub(super) fn add(&mut self, var_binds: VarBindListRef<'_>) {
        self.octets += var_binds.encoded_len();
    }

    pub(super) fn subtract(&mut self, var_binds: VarBindListRef<'_>) {
        self.octets -= var_binds.encoded_len();
    }
}
