//! What a descriptor is ready for.

use std::ops::{BitAnd, BitOr, BitOrAssign};

/// A set of the conditions a descriptor can be ready for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Readiness(u8);

impl Readiness {
    pub(super) const NONE: Self = Self(0);
    pub(super) const READ: Self = Self(1);
    pub(super) const WRITE: Self = Self(2);
    /// The other side is gone, or the descriptor is in error.
    pub(super) const HANGUP: Self = Self(4);

    pub(super) fn of(event: &mio::event::Event) -> Self {
        let mut ready = Self::NONE;
        if event.is_readable() {
            ready |= Self::READ;
        }
        if event.is_writable() {
            ready |= Self::WRITE;
        }
        if event.is_read_closed() || event.is_error() {
            ready |= Self::HANGUP;
        }
        ready
    }

    pub(super) fn is_none(self) -> bool {
        self == Self::NONE
    }

    pub(super) fn contains(self, other: Self) -> bool {
        self & other == other
    }
}

impl BitOr for Readiness {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Readiness {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

impl BitAnd for Readiness {
    type Output = Self;
    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}
