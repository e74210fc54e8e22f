//! The rows of a table while it is served.

use std::fmt;
use std::rc::Rc;

use super::conceptual_row::{ConceptualRow, NewRow};
use super::layout::Layout;
use super::packed::Cells;
use super::shared::Shared;
use super::store::Row;
use crate::names::{CastError, Index, IndexError, Misfit};
use crate::objects::column::ColumnKey;
use crate::objects::row_status::{RowStatus, StorageType};
use crate::smi::{Value, ValueRef};

/// The rows of a [`Table`](super::Table), to be changed while it is served.
///
/// Clones are the same rows. It may be used at any time, in the code of managed objects and in the hooks of the table as well; what it
/// changes is what the next request sees. The hooks end with the table: one that owns a handle keeps nothing alive.
///
/// Rows are named by the values of the INDEX, as the table's definition has it: `3`, `"backup"`, `("tcp", 80)`; where
/// nobody has said what the INDEX is, by plain numbers.
#[derive(Clone)]
pub struct TableHandle {
    pub(super) shared: Rc<Shared>,
}

impl TableHandle {
    /// Adds a row, or replaces it. Cells that are not given are those of the columns' defaults.
    ///
    /// In a table with a RowStatus column, the row is active unless its status is given as another. Its StorageType is volatile unless it
    /// is given: the program will bring the row again when it starts.
    ///
    /// # Errors
    ///
    /// Says which cell is wrong or missing, or what is wrong with the index. The table is as it was then.
    pub fn insert(&self, index: impl Into<Index>, row: impl Into<NewRow>) -> Result<(), RowError> {
        let layout = self.shared.layout();
        let index = arcs(&layout, &index.into())?;
        if self.shared.lacks_base(&index) {
            return Err(RowError::NoSuchRow);
        }
        let cells = pack(&layout, row.into())?;
        self.shared.change(&index, Some(cells));
        Ok(())
    }

    /// Replaces a cell, or adds it to a row that lacks it.
    ///
    /// # Errors
    ///
    /// There is no such row or column, the value does not fit it, or the row lacks a cell that it needs to be in service.
    pub fn set(
        &self,
        index: impl Into<Index>,
        column: impl Into<ColumnKey>,
        value: impl Into<Value>,
    ) -> Result<(), RowError> {
        let layout = self.shared.layout();
        let index = arcs(&layout, &index.into())?;
        let (place, value) = cell(&layout, &column.into(), value.into())?;
        let cells = {
            let store = self.shared.store.borrow();
            let row = store.row(&index).ok_or(RowError::NoSuchRow)?;
            row.cells
                .with(layout.columns.len(), &[(place, value.as_ref())], None)
        };
        if Some(place) == layout.status {
            layout.demand(|place| cells.get(place))?;
        }
        self.shared.change(&index, Some(cells));
        Ok(())
    }

    /// Removes a row; false if there is none of this index, or if it goes with one of the table that this one
    /// [augments](super::Table::augmenting).
    pub fn remove(&self, index: impl Into<Index>) -> bool {
        let layout = self.shared.layout();
        arcs(&layout, &index.into()).is_ok_and(|index| self.shared.change(&index, None).is_some())
    }

    /// A row as it is now.
    pub fn row(&self, index: impl Into<Index>) -> Option<ConceptualRow> {
        let store = self.shared.store.borrow();
        let index = arcs(&store.layout, &index.into()).ok()?;
        let row = store.row(&index)?;
        Some(ConceptualRow::new(&store.layout, row.clone()))
    }

    /// The rows as they are now, in the order of their indices.
    pub fn rows(&self) -> Vec<ConceptualRow> {
        let store = self.shared.store.borrow();
        let row = |row: &Row| ConceptualRow::new(&store.layout, row.clone());
        store.rows().map(row).collect()
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.shared.store.borrow().len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The sub-identifiers of an index.
fn arcs(layout: &Layout, index: &Index) -> Result<Rc<[u32]>, RowError> {
    let arcs = match &*layout.index {
        [] => index.plain_arcs(),
        clause => index.encode(clause),
    };
    let arcs = arcs.map_err(RowError::Index)?;
    match arcs.is_empty() {
        true => Err(RowError::NoIndex),
        false => Ok(arcs.into()),
    }
}

/// A cell as it fits into its column: its place, and the value.
fn cell(layout: &Layout, column: &ColumnKey, value: Value) -> Result<(usize, Value), RowError> {
    let unknown = || RowError::NoSuchColumn(column.to_string());
    let place = layout.find(column).ok_or_else(unknown)?;
    let Some(syntax) = &layout.columns[place].syntax else {
        return Ok((place, value));
    };
    let value = syntax.cast(value).map_err(|error| RowError::Cast {
        column: column.to_string(),
        error,
    })?;
    match syntax.check(value.as_ref()) {
        Ok(()) => Ok((place, value)),
        Err(misfit) => Err(RowError::Value {
            column: column.to_string(),
            misfit,
        }),
    }
}

/// The cells of a new row, with those that nobody has given.
fn pack(layout: &Layout, row: NewRow) -> Result<Cells, RowError> {
    let storage = layout.storage.map(|it| (it, StorageType::Volatile.into()));
    let status = layout.status.map(|it| (it, RowStatus::Active.into()));
    let mut cells: Vec<(usize, Value)> = storage.into_iter().chain(status).collect();
    for (column, value) in row.cells {
        cells.push(cell(layout, &column, value)?);
    }
    let cells: Vec<_> = cells
        .iter()
        .map(|(it, value)| (*it, value.as_ref()))
        .collect();
    let cells = layout.defaults().with(layout.columns.len(), &cells, None);
    layout.demand(|place| cells.get(place))?;
    Ok(cells)
}

impl Layout {
    /// Asks for a status that a row can have, and for the cells that it has then.
    fn demand<'c>(&self, cell: impl Fn(usize) -> Option<ValueRef<'c>>) -> Result<(), RowError> {
        if let Some(place) = self.status {
            let status = cell(place).and_then(|value| value.as_i64()?.try_into().ok());
            match status.and_then(RowStatus::from_number) {
                Some(RowStatus::Active | RowStatus::NotInService) => {}
                Some(RowStatus::NotReady) => return Ok(()),
                _ => return Err(RowError::Status),
            }
        }
        let mut rules = self.columns.iter().enumerate();
        match rules.find(|(place, rule)| rule.is_required && cell(*place).is_none()) {
            Some((_, rule)) => Err(RowError::Incomplete(rule.to_string())),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for TableHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.rows()).finish()
    }
}

/// Why a row cannot be added to a table, or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RowError {
    /// The index does not fit the INDEX.
    Index(IndexError),
    /// There is no index, and no row without one.
    NoIndex,
    /// There is no row of this index, in this table or in the one that it [augments](super::Table::augmenting).
    NoSuchRow,
    /// The table has no such column; or it has no names, since it has not been registered by one.
    NoSuchColumn(String),
    /// The value is none of the column's syntax.
    Cast {
        /// The column.
        column: String,
        /// What is wrong.
        error: CastError,
    },
    /// The value is of another type, or out of range.
    Value {
        /// The column.
        column: String,
        /// What is wrong.
        misfit: Misfit,
    },
    /// The row lacks a cell that one in service has: in this column.
    Incomplete(String),
    /// The row is to have a status that none has: a row is active, notInService or notReady.
    Status,
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Index(error) => write!(f, "the index of the row: {error}"),
            Self::NoIndex => f.write_str("the index of the row has no values"),
            Self::NoSuchRow => f.write_str("there is no row of this index"),
            Self::NoSuchColumn(column) => write!(f, "the table has no column {column}"),
            Self::Cast { column, error } => write!(f, "{column}: {error}"),
            Self::Value { column, misfit } => write!(f, "{column}: {misfit}"),
            Self::Incomplete(column) => write!(f, "the row has no {column}"),
            Self::Status => f.write_str("a row is active(1), notInService(2) or notReady(3)"),
        }
    }
}

impl std::error::Error for RowError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Index(error) => Some(error),
            Self::Cast { error, .. } => Some(error),
            Self::Value { misfit, .. } => Some(misfit),
            _ => None,
        }
    }
}
