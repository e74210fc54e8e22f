//! When a thread's work is over, so that what it leaves pending is no error.

use std::cell::Cell;

use super::outcome::{Fault, Interrupt};
use super::release::user_code;

thread_local! {
    /// How many drivers of this thread are at work.
    static AT_WORK: Cell<usize> = const { Cell::new(0) };
    /// Whether the last of them has come to an orderly end.
    static IS_ORDERLY: Cell<bool> = const { Cell::new(false) };
}

/// Whatever fires Deferreds of this thread until its end: a reactor.
pub(crate) struct Driver {
    is_at_work: Cell<bool>,
}

impl Driver {
    pub(crate) fn new() -> Self {
        let driver = Self {
            is_at_work: Cell::new(false),
        };
        driver.begins();
        driver
    }

    /// It is at work.
    pub(crate) fn begins(&self) {
        if !self.is_at_work.replace(true) {
            AT_WORK.set(AT_WORK.get() + 1);
        }
    }

    /// It has been told to end. What waits for it now is abandoned rightly.
    pub(crate) fn ends(&self) {
        self.is_over(true);
    }

    /// It is not there any more, told or not.
    pub(crate) fn is_gone(&self) {
        self.is_over(false);
    }

    fn is_over(&self, is_orderly: bool) {
        if self.is_at_work.replace(false) {
            AT_WORK.set(AT_WORK.get() - 1);
            IS_ORDERLY.set(is_orderly);
        }
    }
}

/// Whether the work of this thread has come to an orderly end.
fn is_over() -> bool {
    let at_work = AT_WORK.try_with(Cell::get);
    at_work == Ok(0) && IS_ORDERLY.try_with(Cell::get) == Ok(true)
}

/// Whether the error says nothing but that a Deferred was still pending when the work of this thread ended. Every
/// type can be asked only what it prints: the interrupt inside it, or what it makes of one.
pub(crate) fn is_of_the_end<E: Fault>(error: &E) -> bool {
    let is_abandoned = || {
        let words = error.to_string();
        let abandoned = E::from(Interrupt::Abandoned);
        words.contains(&Interrupt::Abandoned.to_string())
            || words == abandoned.to_string() && format!("{error:?}") == format!("{abandoned:?}")
    };
    is_over() && user_code(is_abandoned) == Ok(true)
}
