//! What the tests of Deferreds share: a journal of what happened, an error type, a reporter.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use deferred_snmp::deferred::{Deferred, Interrupt, Unhandled, set_reporter};

pub(crate) type D<T> = Deferred<T, Oops>;

/// What happened, in order. A clone is the same journal.
#[derive(Clone, Default)]
pub(crate) struct Journal(Rc<RefCell<Vec<String>>>);
impl Journal {
    pub(crate) fn note(&self, what: impl fmt::Display) {
        self.0.borrow_mut().push(what.to_string());
    }

    /// Everything noted since the last time this was asked.
    pub(crate) fn take(&self) -> Vec<String> {
        self.0.take()
    }

    /// A value that notes its own drop.
    pub(crate) fn on_drop(&self, what: &'static str) -> NotesDrop {
        NotesDrop(self.clone(), what)
    }

    /// Ends a chain by noting what it came to.
    pub(crate) fn end<T: fmt::Debug>(&self, name: &'static str, d: D<T>) {
        let journal = self.clone();
        d.add_both(move |result| journal.note(format_args!("{name}: {}", show(&result))));
    }
}

fn show<T: fmt::Debug>(result: &Result<T, Oops>) -> String {
    match result {
        Ok(value) => format!("{value:?}"),
        Err(error) => format!("!{error}"),
    }
}

pub(crate) struct NotesDrop(Journal, &'static str);

impl Drop for NotesDrop {
    fn drop(&mut self) {
        self.0.note(self.1);
    }
}

/// The error of the tests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Oops {
    Said(&'static str),
    Interrupted(Interrupt),
}

impl From<Interrupt> for Oops {
    fn from(interrupt: Interrupt) -> Self {
        Self::Interrupted(interrupt)
    }
}

impl fmt::Display for Oops {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Said(text) => f.write_str(text),
            Self::Interrupted(interrupt) => interrupt.fmt(f),
        }
    }
}

impl std::error::Error for Oops {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Said(_) => None,
            Self::Interrupted(interrupt) => Some(interrupt),
        }
    }
}

/// Notes in the journal what is reported as unhandled on this thread from now on.
pub(crate) fn report_to(journal: &Journal) {
    let journal = journal.clone();
    set_reporter(move |unhandled: &Unhandled<'_>| {
        journal.note(format_args!("unhandled: {}", unhandled.error()));
    });
}
