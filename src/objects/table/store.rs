//! The rows of a table, and where the next one is.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::layout::Layout;
use super::packed::Cells;
use crate::objects::ordered::{Ordered, Place};
use crate::smi::ValueRef;

/// A row: what names it, and its cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) index: Rc<[u32]>,
    pub(super) cells: Cells,
}

#[derive(Debug, Default)]
pub(super) struct Store {
    pub(super) layout: Rc<Layout>,
    rows: Ordered<Row>,
    /// By the places of the columns.
    presence: Vec<Presence>,
    /// The row that was found last: what is asked for next is mostly this one, or the one behind it.
    latest: Place,
    /// How many rows SET may create.
    pub(super) max_rows: Option<usize>,
    /// How often a row has been changed.
    changes: u64,
}

/// Which rows have a cell in a column.
#[derive(Debug, Default)]
struct Presence {
    count: usize,
    /// How many of the cells are Counter64s.
    counter64s: usize,
    /// The rows that have a cell, while they are few.
    few: Option<BTreeSet<Rc<[u32]>>>,
}

/// How many rows without a cell are passed over in one search. The next row is named then, as if it had one: whoever asks passes it
/// over, and counts.
const ROWS_TRIED: usize = 64;

/// One row of so many has a cell in a column whose rows are listed.
const FEW: usize = 8;

impl Store {
    pub(super) fn new(layout: Layout) -> Self {
        let mut store = Self::default();
        store
            .presence
            .resize_with(layout.columns.len(), Presence::default);
        store.layout = Rc::new(layout);
        store
    }

    /// Has the rows take another layout. Cells of columns that it does not have go.
    pub(super) fn set_layout(&mut self, layout: Layout) {
        let number = |place: usize| layout.columns[place].number;
        let former = Rc::clone(&self.layout);
        let places: Vec<_> = (0..layout.columns.len())
            .map(|place| former.place(number(place)))
            .collect();
        let rows = std::mem::take(&mut self.rows);
        let max_rows = self.max_rows;
        *self = Self::new(layout);
        self.max_rows = max_rows;
        for row in rows.iter() {
            self.replace(&row.index, Some(row.cells.moved(&places)));
        }
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn changes(&self) -> u64 {
        self.changes
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter()
    }

    pub(super) fn indices(&self) -> impl Iterator<Item = &Rc<[u32]>> {
        self.rows().map(|row| &row.index)
    }

    fn search(&self, index: &[u32]) -> Place {
        self.rows.search(|row| *row.index < *index)
    }

    /// The row of this index.
    #[inline]
    pub(super) fn row(&self, index: &[u32]) -> Option<&Row> {
        let is_it = |row: &&Row| *row.index == *index;
        if let Some(row) = self.rows.get(self.latest).filter(is_it) {
            return Some(row);
        }
        self.rows.get(self.search(index)).filter(is_it)
    }

    /// The cell of a row.
    #[inline]
    pub(super) fn cell(&self, place: usize, index: &[u32]) -> Option<ValueRef<'_>> {
        self.row(index)?.cells.get(place)
    }

    /// The place of the first row behind `after`.
    #[inline]
    fn behind(&self, after: &[u32]) -> Place {
        let is_it = |row: &Row| *row.index == *after;
        if self.rows.get(self.latest).is_some_and(is_it) {
            return self.rows.next(self.latest);
        }
        // Another column of the same request has found the row behind it.
        match self.rows.previous(self.latest) {
            // That row may have gone, and with it the place.
            Some(previous) if self.rows.get(previous).is_some_and(is_it) => {
                self.rows.next(previous)
            }
            _ => self.rows.search(|row| *row.index <= *after),
        }
    }

    /// The index of the first row behind `after`, or of the first of all, with a cell in the column at `place`; `None` if there is
    /// none. Past [`ROWS_TRIED`] rows without one it is that of a row which has none.
    pub(super) fn next(
        &mut self,
        column: usize,
        is_computed: bool,
        after: Option<&[u32]>,
    ) -> Option<&[u32]> {
        let presence = &self.presence[column];
        if presence.count == 0 && !is_computed {
            return None;
        }
        let mut place = match (&presence.few, after) {
            (Some(few), after) if !is_computed => {
                let first = match after {
                    Some(after) => {
                        let behind = (std::ops::Bound::Excluded(after), std::ops::Bound::Unbounded);
                        few.range::<[u32], _>(behind).next()
                    }
                    None => few.first(),
                };
                self.search(first?)
            }
            (_, Some(after)) => self.behind(after),
            (_, None) => Place::default(),
        };
        if presence.few.is_none() && presence.count < self.rows.len() && !is_computed {
            for _ in 0..ROWS_TRIED {
                let row = self.rows.get(place)?;
                if row.cells.get(column).is_some() {
                    break;
                }
                place = self.rows.next(place);
            }
        }
        self.latest = place;
        self.rows.get(place).map(|row| &*row.index)
    }

    /// Whether all cells of a column are Counter64s.
    pub(super) fn is_counter64(&self, column: usize) -> bool {
        let presence = &self.presence[column];
        presence.counter64s == presence.count
    }

    /// Whether a column has no cell.
    pub(super) fn is_blank(&self, column: usize) -> bool {
        self.presence[column].count == 0
    }

    /// Puts a row in place of the one of this index, or takes it out. Gives what was there.
    pub(super) fn replace(&mut self, index: &Rc<[u32]>, cells: Option<Cells>) -> Option<Cells> {
        self.changes += 1;
        let place = self.search(index);
        let found = self.rows.get(place).filter(|row| *row.index == **index);
        let is_there = found.is_some();
        for (column, presence) in self.presence.iter_mut().enumerate() {
            let former = found.and_then(|row| row.cells.get(column));
            let next = cells.as_ref().and_then(|cells| cells.get(column));
            presence.change(index, former, next);
        }
        let former = match (cells, is_there) {
            (Some(cells), true) => {
                let row = self.rows.get_mut(place)?;
                Some(std::mem::replace(&mut row.cells, cells))
            }
            (Some(cells), false) => {
                let index = Rc::clone(index);
                self.rows.insert(place, Row { index, cells });
                None
            }
            (None, true) => self.rows.remove(place).map(|row| row.cells),
            (None, false) => None,
        };
        self.list_few();
        former
    }

    /// Lists the rows of columns in which few have a cell, and no longer those of others.
    fn list_few(&mut self) {
        let len = self.rows.len();
        for (column, presence) in self.presence.iter_mut().enumerate() {
            let is_sparse = len > ROWS_TRIED && presence.count * FEW < len;
            if presence.few.is_none() && is_sparse {
                let has = |row: &&Row| row.cells.get(column).is_some();
                let rows = self.rows.iter().filter(has);
                presence.few = Some(rows.map(|row| Rc::clone(&row.index)).collect());
            } else if presence.few.is_some() && (presence.count * FEW > 2 * len || len == 0) {
                presence.few = None;
            }
        }
    }
}

impl Presence {
    /// A cell comes, goes, or gets another value.
    fn change(
        &mut self,
        index: &Rc<[u32]>,
        former: Option<ValueRef<'_>>,
        next: Option<ValueRef<'_>>,
    ) {
        let is_counter64 = |value: Option<ValueRef<'_>>| {
            usize::from(matches!(value, Some(ValueRef::Counter64(_))))
        };
        self.counter64s = self.counter64s + is_counter64(next) - is_counter64(former);
        self.count = self.count + usize::from(next.is_some()) - usize::from(former.is_some());
        if let Some(few) = &mut self.few {
            match (former, next) {
                (None, Some(_)) => _ = few.insert(Rc::clone(index)),
                (Some(_), None) => _ = few.remove(&**index),
                _ => {}
            }
        }
    }
}
