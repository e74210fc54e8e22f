//! The rows that a table and its handles have in common, and what is told of them.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::ops::Deref;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::rc::{Rc, Weak};
use std::time::Instant;

use super::conceptual_row::ConceptualRow;
use super::layout::{Layout, Rule};
use super::packed::Cells;
use super::store::{Row, Store};
use crate::objects::row_status::RowStatus;
use crate::throttle::Throttle;

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

/// A row that a SET under way has changed.
struct HeldBack {
    index: Rc<[u32]>,
    /// Whether the program has changed it since.
    is_touched: bool,
}

/// What a SET under way is to do, or has done, about a row being there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Planned {
    Created,
    Removed,
}

#[derive(Default)]
pub(super) struct Shared {
    pub(super) store: RefCell<Store>,
    pub(super) hooks: RefCell<Hooks>,
    /// The rows of the table that this one augments.
    base: Option<Rc<Self>>,
    /// Those that augment this one.
    augmenting: RefCell<Vec<Weak<Self>>>,
    /// The rows that come and go by the SET under way, for tables that augment this one.
    planned: RefCell<BTreeMap<Rc<[u32]>, Planned>>,
    /// What has gone with a row of the base, in case that comes back.
    gone: RefCell<BTreeMap<Rc<[u32]>, Cells>>,
    /// What is still to be told.
    news: RefCell<VecDeque<(What, ConceptualRow)>>,
    /// The rows that a SET has changed which may still be undone: nothing is told of them before it has ended.
    held_back: RefCell<Vec<HeldBack>>,
    is_telling: Cell<bool>,
    /// Whether the table itself has been dropped, and handles alone are left.
    is_ownerless: Cell<bool>,
    /// Of the records of rows that lack something.
    lacking: RefCell<Throttle>,
}

impl Shared {
    /// Leaves a record of a row that cannot be in service.
    #[cold]
    pub(super) fn lacks(&self, index: &[u32], rule: &Rule, now: Option<Instant>) {
        let left_out = self.lacking.borrow_mut().admit_at(now);
        if let Some(left_out) = left_out {
            debug!("table: the row {index:?} lacks {rule}{left_out}");
        }
    }

    pub(super) fn layout(&self) -> Rc<Layout> {
        Rc::clone(&self.store.borrow().layout)
    }

    /// Puts a row in place of the one of this index, or takes it out, and tells the program. Gives what was there. The rows of a
    /// table that augments another one neither come nor go by this.
    pub(super) fn change(&self, index: &Rc<[u32]>, cells: Option<Cells>) -> Option<Cells> {
        if self.lacks_base(index) || (self.base.is_some() && cells.is_none()) {
            return None;
        }
        let former = self.put(index, cells);
        // A SET under way may bring back other rows; this one has gone for good, and the next of its index is another.
        for other in self.augmenting() {
            other.gone.borrow_mut().remove(index);
        }
        let mut held_back = self.held_back.borrow_mut();
        let under_way = held_back.iter_mut().find(|it| it.index == *index);
        let is_held_back = under_way.map(|it| it.is_touched = true).is_some();
        drop(held_back);
        if !is_held_back {
            self.note(index, former.as_ref());
            self.tell();
        }
        former
    }

    /// Tells nothing of these rows before the SET has ended that has changed them.
    pub(super) fn hold_back(&self, rows: impl IntoIterator<Item = Rc<[u32]>>) {
        let held_back = |index| HeldBack {
            index,
            is_touched: false,
        };
        let rows = rows.into_iter().map(held_back);
        self.held_back.borrow_mut().extend(rows);
    }

    /// Whether the program has changed a row that is held back, by its place among those.
    pub(super) fn is_touched(&self, place: usize) -> bool {
        let held_back = self.held_back.borrow();
        held_back.get(place).is_some_and(|it| it.is_touched)
    }

    /// The same without a word to the program. The rows of tables that augment this one follow.
    pub(super) fn put(&self, index: &Rc<[u32]>, cells: Option<Cells>) -> Option<Cells> {
        let is_there = cells.is_some();
        let former = self.store.borrow_mut().replace(index, cells);
        if former.is_some() != is_there {
            for other in self.augmenting() {
                other.follow(index, is_there);
            }
        }
        former
    }

    /// No SET is under way: nothing is held back, and rows that have come and gone will not be taken back.
    pub(super) fn settle(&self) {
        self.held_back.borrow_mut().clear();
        self.planned.borrow_mut().clear();
        for other in self.augmenting() {
            other.gone.borrow_mut().clear();
        }
    }

    fn augmenting(&self) -> Vec<Rc<Self>> {
        let others = self.augmenting.borrow();
        others.iter().filter_map(Weak::upgrade).collect()
    }

    /// Those of a table whose rows are there exactly when those of another one are (RFC 2578 section 7.8). That does not
    /// augment a third one: what augments it has the rows of that.
    pub(super) fn that_augments(base: &Rc<Self>) -> Rc<Self> {
        let base = base.base.as_ref().unwrap_or(base);
        let shared = Rc::new(Self {
            base: Some(Rc::clone(base)),
            ..Self::default()
        });
        let mut augmenting = base.augmenting.borrow_mut();
        augmenting.retain(|other| other.strong_count() > 0);
        augmenting.push(Rc::downgrade(&shared));
        drop(augmenting);
        for index in base.store.borrow().indices() {
            shared.follow(index, true);
        }
        shared
    }

    /// A row of the base comes or goes.
    fn follow(&self, index: &Rc<[u32]>, is_there: bool) {
        let cells = is_there.then(|| {
            let former = self.gone.borrow_mut().remove(index);
            former.unwrap_or_else(|| self.store.borrow().layout.defaults())
        });
        if is_there != self.store.borrow().row(index).is_some() {
            let former = self.put(index, cells);
            let gone = former.map(|cells| (Rc::clone(index), cells));
            self.gone.borrow_mut().extend(gone);
        }
    }

    /// Gives rows the defaults of columns that they have no cell in, where no row is made without.
    pub(super) fn fill(&self) {
        if self.base.is_none() {
            return;
        }
        let layout = self.layout();
        let indices: Vec<_> = self.store.borrow().indices().cloned().collect();
        for index in indices {
            let row = self.store.borrow().row(&index).cloned();
            let cells = row.map(|row| layout.filled(&row.cells));
            self.put(&index, cells);
        }
    }

    /// Whether SET can create rows, here or in the table that this one augments.
    pub(super) fn is_creatable(&self) -> bool {
        let base = self.base.as_ref();
        base.map_or_else(|| self.layout(), |base| base.layout())
            .is_creatable()
    }

    /// Whether there can be no such row, since the table that this one augments has none.
    pub(super) fn lacks_base(&self, index: &[u32]) -> bool {
        let base = self.base.as_ref();
        base.is_some_and(|base| base.store.borrow().row(index).is_none())
    }

    /// Keeps what the SET under way is to do, if there is a table that it matters to.
    pub(super) fn plan(&self, rows: impl Iterator<Item = (Rc<[u32]>, Planned)>) {
        if !self.augmenting.borrow().is_empty() {
            self.planned.borrow_mut().extend(rows);
        }
    }

    /// What the SET under way does about this row of the base.
    pub(super) fn planned_in_base(&self, index: &[u32]) -> Option<Planned> {
        let planned = self.base.as_ref()?.planned.borrow();
        planned.get(index).copied()
    }

    /// The status of a row that has these cells: that of the base where there is one.
    pub(super) fn status_of(&self, index: &[u32], cells: &Cells) -> RowStatus {
        let Some(base) = &self.base else {
            return self.store.borrow().layout.status_of(cells);
        };
        let store = base.store.borrow();
        let row = store.row(index);
        row.map_or(RowStatus::NotReady, |row| {
            store.layout.status_of(&row.cells)
        })
    }

    /// Notes what has become of a row that was so.
    pub(super) fn note(&self, index: &Rc<[u32]>, former: Option<&Cells>) {
        if self.is_without_hooks() {
            return;
        }
        let store = self.store.borrow();
        let next = store.row(index).map(|row| &row.cells);
        let is_active = |cells: Option<&Cells>| {
            cells.is_some_and(|cells| store.layout.status_of(cells) == RowStatus::Active)
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

/// What a table itself holds: its hooks are dropped with it, so that one of them may own a handle.
#[derive(Default)]
pub(super) struct Owned(pub(super) Rc<Shared>);

impl Deref for Owned {
    type Target = Rc<Shared>;

    fn deref(&self) -> &Rc<Shared> {
        &self.0
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        self.0.is_ownerless.set(true);
        // A hook may have what uses the table in its turn.
        let hooks = std::mem::take(&mut *self.0.hooks.borrow_mut());
        drop(hooks);
    }
}

/// The hooks while they are called. They go back to their place, unless the table has gone.
struct Telling<'s> {
    hooks: Hooks,
    shared: &'s Shared,
}

impl Drop for Telling<'_> {
    fn drop(&mut self) {
        if !self.shared.is_ownerless.get() {
            *self.shared.hooks.borrow_mut() = std::mem::take(&mut self.hooks);
        }
        self.shared.is_telling.set(false);
    }
}
