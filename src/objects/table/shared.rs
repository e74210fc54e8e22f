//! The rows that a table and its handles have in common, and what is told of them.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::rc::Rc;

use super::conceptual_row::ConceptualRow;
use super::layout::Layout;
use super::packed::Cells;
use super::store::{Row, Store};
use crate::objects::row_status::RowStatus;

/// What a program wants to know of rows.
pub(super) type Hook = Box<dyn FnMut(&ConceptualRow)>;

#[derive(Default)]
pub(super) struct Hooks {
    pub(super) activate: Option<Hook>,
    pub(super) change: Option<Hook>,
    pub(super) deactivate: Option<Hook>,
    pub(super) destroy: Option<Hook>,
}

/// Something that a hook is called for.
#[derive(Clone, Copy)]
enum What {
    Activated,
    Changed,
    Deactivated,
    Destroyed,
}

#[derive(Default)]
pub(super) struct Shared {
    pub(super) store: RefCell<Store>,
    pub(super) hooks: RefCell<Hooks>,
    /// What is still to be told.
    news: RefCell<VecDeque<(What, ConceptualRow)>>,
    /// The rows that a SET has changed which may still be undone: nothing is told of them before it has ended.
    held_back: RefCell<Vec<Rc<[u32]>>>,
    is_telling: Cell<bool>,
}

impl Shared {
    pub(super) fn layout(&self) -> Rc<Layout> {
        Rc::clone(&self.store.borrow().layout)
    }

    /// Puts a row in place of the one of this index, or takes it out, and tells the program. Gives what was there.
    pub(super) fn change(&self, index: &Rc<[u32]>, cells: Option<Cells>) -> Option<Cells> {
        let former = self.store.borrow_mut().replace(index, cells.clone());
        if !self.held_back.borrow().contains(index) {
            self.note(index, former.as_ref(), cells.as_ref());
            self.tell();
        }
        former
    }

    /// Tells nothing of these rows for the time being, and of all others again.
    pub(super) fn hold_back<'r>(&self, rows: impl IntoIterator<Item = &'r Rc<[u32]>>) {
        let mut held_back = self.held_back.borrow_mut();
        held_back.clear();
        if !self.is_without_hooks() {
            held_back.extend(rows.into_iter().cloned());
        }
    }

    /// Notes what has become of a row that was like this.
    pub(super) fn note_since(&self, index: &Rc<[u32]>, former: Option<&Cells>) {
        if self.is_without_hooks() {
            return;
        }
        let next = self.store.borrow().row(index).map(|row| row.cells.clone());
        self.note(index, former, next.as_ref());
    }

    /// Notes what has become of a row.
    fn note(&self, index: &Rc<[u32]>, former: Option<&Cells>, next: Option<&Cells>) {
        if self.is_without_hooks() {
            return;
        }
        let store = self.store.borrow();
        let is_active = |cells: Option<&Cells>| {
            cells.is_some_and(|cells| store.status_of(cells) == RowStatus::Active)
        };
        let mut news = self.news.borrow_mut();
        let mut note = |what, cells: Option<&Cells>| {
            if let Some(cells) = cells {
                let (index, cells) = (Rc::clone(index), cells.clone());
                let row = ConceptualRow::new(&store.layout, Row { index, cells });
                news.push_back((what, row));
            }
        };
        match (is_active(former), is_active(next)) {
            (false, true) => note(What::Activated, next),
            (true, true) if former != next => note(What::Changed, next),
            (true, false) => note(What::Deactivated, next.or(former)),
            _ => {}
        }
        if next.is_none() {
            note(What::Destroyed, former);
        }
    }

    fn is_without_hooks(&self) -> bool {
        // While one runs, they are out of their place.
        let Hooks {
            activate,
            change,
            deactivate,
            destroy,
        } = &*self.hooks.borrow();
        let hooks = [activate, change, deactivate, destroy];
        !self.is_telling.get() && hooks.iter().all(|hook| hook.is_none())
    }

    /// Tells the program what has been noted. Nothing is borrowed while its code runs; what that changes is told in its turn.
    /// A panic goes on when all has been told.
    pub(super) fn tell(&self) {
        if self.is_telling.get() || self.news.borrow().is_empty() {
            return;
        }
        let mut telling = Telling {
            hooks: std::mem::take(&mut *self.hooks.borrow_mut()),
            shared: self,
        };
        self.is_telling.set(true);
        let mut panic = None;
        loop {
            let Some((what, row)) = self.news.borrow_mut().pop_front() else {
                break;
            };
            let hook = match what {
                What::Activated => &mut telling.hooks.activate,
                What::Changed => &mut telling.hooks.change,
                What::Deactivated => &mut telling.hooks.deactivate,
                What::Destroyed => &mut telling.hooks.destroy,
            };
            if let Some(hook) = hook
                && let Err(payload) = catch_unwind(AssertUnwindSafe(|| hook(&row)))
            {
                panic.get_or_insert(payload);
            }
        }
        drop(telling);
        if let Some(payload) = panic {
            resume_unwind(payload);
        }
    }
}

/// The hooks while they are called. They go back to their place.
struct Telling<'s> {
    hooks: Hooks,
    shared: &'s Shared,
}

impl Drop for Telling<'_> {
    fn drop(&mut self) {
        *self.shared.hooks.borrow_mut() = std::mem::take(&mut self.hooks);
        self.shared.is_telling.set(false);
    }
}
