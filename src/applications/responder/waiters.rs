//! How many answers each object owes.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use super::contexts::ContextId;
use crate::objects::{Lent, ReadError};

/// How many answers one object may owe.
pub(super) const MAX_OF_AN_OBJECT: u32 = 64;

/// The answers that come later, by the object that owes them. An object that never answers must not take all room.
#[derive(Default)]
pub(super) struct Waiters {
    owed: RefCell<BTreeMap<(usize, u64, u64), u32>>,
    /// In all.
    count: Cell<usize>,
}

fn key(context: ContextId, serial: u64) -> (usize, u64, u64) {
    let (slot, of_slot) = context.parts();
    (slot, of_slot, serial)
}

impl Waiters {
    /// Whether an object may be asked: one that owes as many answers as it may is not.
    #[inline]
    pub(super) fn admit(&self, context: ContextId, lent: &Lent) -> Result<(), ReadError> {
        match self.count.get() {
            0 => Ok(()),
            _ => self.admit_beside(context, lent),
        }
    }

    fn admit_beside(&self, context: ContextId, lent: &Lent) -> Result<(), ReadError> {
        let owed = self.owed.borrow();
        match owed.get(&key(context, lent.serial)) {
            Some(&owes) if owes >= MAX_OF_AN_OBJECT => Err(ReadError::Failed),
            _ => Ok(()),
        }
    }

    /// An object owes one more.
    pub(super) fn add(&self, context: ContextId, serial: u64) {
        self.count.set(self.count.get() + 1);
        *self
            .owed
            .borrow_mut()
            .entry(key(context, serial))
            .or_default() += 1;
    }

    /// One of them has come, or is not waited for any more.
    pub(super) fn remove(&self, context: ContextId, serial: u64) {
        let mut owed = self.owed.borrow_mut();
        let key = key(context, serial);
        if let Some(owes) = owed.get_mut(&key) {
            *owes -= 1;
            self.count.set(self.count.get() - 1);
            if *owes == 0 {
                owed.remove(&key);
            }
        }
    }
}
