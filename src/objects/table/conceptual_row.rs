//! A row as the program sees it.

use std::fmt;
use std::rc::Rc;

use super::layout::Layout;
use super::store::Row;
use crate::names::Index;
use crate::objects::column::ColumnKey;
use crate::objects::row_status::RowStatus;
use crate::smi::{Value, ValueRef};

/// A row of a [`Table`](super::Table) as it was, or as it would be: a copy, which stays as it is when the table changes.
#[derive(Clone)]
pub struct ConceptualRow {
    layout: Rc<Layout>,
    row: Row,
}

impl ConceptualRow {
    pub(super) fn new(layout: &Rc<Layout>, row: Row) -> Self {
        Self {
            layout: Rc::clone(layout),
            row,
        }
    }

    /// What names it: the sub-identifiers behind those of a column. A [`TableHandle`](super::TableHandle) takes the row itself in
    /// their place, and `Index::from(&row)` has their values by the INDEX.
    pub fn index(&self) -> &[u32] {
        &self.row.index
    }

    /// The same as values of the INDEX, by which another table's [handle](super::TableHandle) finds its row as well; numbers where nobody has
    /// said what the INDEX is.
    pub fn index_values(&self) -> Index {
        self.into()
    }

    /// The cell in a column, given by its name or its number. `None` if there is none, or no such column.
    pub fn get(&self, column: impl Into<ColumnKey>) -> Option<ValueRef<'_>> {
        let place = self.layout.find(&column.into())?;
        self.row.cells.get(place)
    }

    /// Its status. `None` in a table without a column for that.
    pub fn status(&self) -> Option<RowStatus> {
        let number = self.row.cells.get(self.layout.status?)?.as_i64()?;
        RowStatus::from_number(number.try_into().ok()?)
    }

    /// The numbers of the columns in which it has a cell, and the values there.
    pub fn cells(&self) -> impl Iterator<Item = (u32, ValueRef<'_>)> {
        let columns = self.layout.columns.iter().enumerate();
        columns.filter_map(|(place, rule)| Some((rule.number, self.row.cells.get(place)?)))
    }
}

/// What names the row, by the INDEX of its table: `rows.remove(&row)`.
impl From<&ConceptualRow> for Index {
    fn from(row: &ConceptualRow) -> Self {
        let values = Self::decode(&row.layout.index, row.index());
        values.unwrap_or_else(|| row.index().into())
    }
}

impl fmt::Debug for ConceptualRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} ", self.index())?;
        f.debug_map().entries(self.cells()).finish()
    }
}

/// The cells of a row that the program adds to a [`Table`](super::Table), by the names or the numbers of their columns.
///
/// An array of pairs will do where the values are of one type: `[("ifDescr", "eth0")]`.
#[derive(Clone, Debug, Default)]
pub struct NewRow {
    pub(super) cells: Vec<(ColumnKey, Value)>,
}

impl NewRow {
    /// A row without cells.
    pub fn new() -> Self {
        Self::default()
    }

    /// With this cell. Of several in one column the last counts.
    #[must_use]
    pub fn set(mut self, column: impl Into<ColumnKey>, value: impl Into<Value>) -> Self {
        self.cells.push((column.into(), value.into()));
        self
    }
}

impl<C: Into<ColumnKey>, V: Into<Value>, const N: usize> From<[(C, V); N]> for NewRow {
    fn from(cells: [(C, V); N]) -> Self {
        let pair = |(column, value): (C, V)| (column.into(), value.into());
        Self {
            cells: cells.into_iter().map(pair).collect(),
        }
    }
}
