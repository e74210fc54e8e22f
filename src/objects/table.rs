//! Conceptual tables: columns, and rows named by an index.

use std::collections::BTreeMap;
use std::mem;
use std::ops::Bound;
use std::sync::Arc;

use super::asker::Asker;
use super::column::Column;
use super::object::{Advance, Answer, ManagedObject, ReadError};
use super::phases::{Assignments, Refused, SetError, SetPhase};
use super::scalar::same_type;
use crate::message::Version;
use crate::smi::{Value, ValueRef};

/// A table of rows, to be registered at its entry object (`ifEntry`, 1.3.6.1.2.1.2.2.1).
///
/// An instance is named by column and index. Finding a cell, or the next one, costs a search among the columns and one
/// among the rows, however many cells are missing in between. Rows come and go through [`insert`](Self::insert) and
/// [`remove`](Self::remove); SET changes cells of writable columns and creates none.
///
/// A column that some row has no cell in keeps a list of the rows that have one, of some 36 octets each.
#[derive(Debug, Default)]
pub struct Table {
    /// Ascending by number.
    columns: Vec<Column>,
    /// Cells stand in the order of `columns`.
    rows: BTreeMap<Arc<[u32]>, Vec<Option<Value>>>,
    undo: Vec<Undo>,
}

#[derive(Debug)]
struct Undo {
    column: usize,
    index: Arc<[u32]>,
    former: Value,
}

/// How many columns without a cell are tried in one search. The place of the next is named then, as if it were an
/// instance: whoever asks passes it over, and counts.
const COLUMNS_TRIED: usize = 64;

impl Table {
    /// A table with these columns and no rows. Of two columns with one number the later counts.
    pub fn new(columns: impl IntoIterator<Item = Column>) -> Self {
        let columns: BTreeMap<u32, Column> = columns
            .into_iter()
            .map(|column| (column.number, column))
            .collect();
        Self {
            columns: columns.into_values().collect(),
            rows: BTreeMap::new(),
            undo: Vec::new(),
        }
    }

    /// Adds the row named `index`, or replaces it; cells of columns that the table does not have are left out.
    pub fn insert<V: Into<Value>>(
        &mut self,
        index: &[u32],
        cells: impl IntoIterator<Item = (u32, V)>,
    ) {
        let mut row: Vec<Option<Value>> = self.columns.iter().map(|_| None).collect();
        for (number, value) in cells {
            if let Some(column) = self.column(number) {
                row[column] = Some(value.into());
            }
        }
        self.remove(index);
        let index: Arc<[u32]> = index.into();
        for (column, cell) in self.columns.iter_mut().zip(&row) {
            match cell {
                Some(value) => column.cells.add(&index, value),
                None => column.cells.leave_out(|| self.rows.keys().cloned()),
            }
        }
        self.rows.insert(index, row);
    }

    /// Removes the row named `index`; false when there is none.
    pub fn remove(&mut self, index: &[u32]) -> bool {
        let Some(row) = self.rows.remove(index) else {
            return false;
        };
        for (column, cell) in self.columns.iter_mut().zip(row) {
            if let Some(value) = cell {
                column.cells.take(index, &value);
            }
            if self.rows.is_empty() {
                column.cells.forget_gaps();
            }
        }
        true
    }

    /// Replaces a stored cell; false when the row or the column does not exist.
    pub fn set(&mut self, column: u32, index: &[u32], value: impl Into<Value>) -> bool {
        let Some(place) = self.column(column) else {
            return false;
        };
        let Some(index) = self.rows.get_key_value(index).map(|(index, _)| index) else {
            return false;
        };
        let index = Arc::clone(index);
        self.put(place, &index, value.into());
        true
    }

    /// A stored cell.
    pub fn value(&self, column: u32, index: &[u32]) -> Option<&Value> {
        self.rows.get(index)?[self.column(column)?].as_ref()
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The indices of all rows, ascending.
    pub fn indices(&self) -> impl Iterator<Item = &[u32]> {
        self.rows.keys().map(|index| &**index)
    }

    fn column(&self, number: u32) -> Option<usize> {
        self.columns
            .binary_search_by_key(&number, |column| column.number)
            .ok()
    }

    /// Puts `value` into a cell of a row that exists, and gives back what was there.
    fn put(&mut self, place: usize, index: &Arc<[u32]>, value: Value) -> Option<Value> {
        let cell = &mut self.rows.get_mut(index)?[place];
        let cells = &mut self.columns[place].cells;
        if let Some(former) = cell {
            cells.replace(former, &value);
            return Some(mem::replace(former, value));
        }
        cells.add(index, &value);
        *cell = Some(value);
        None
    }

    /// Puts `value` into a cell that is there, and keeps what it replaces. False if there is none.
    fn assign(&mut self, instance: &[u32], value: ValueRef<'_>) -> bool {
        let Some((&number, index)) = instance.split_first() else {
            return false;
        };
        let row = self.rows.get_key_value(index);
        let (Some(column), Some((index, row))) = (self.column(number), row) else {
            return false;
        };
        if row[column].is_none() {
            return false;
        }
        let index = Arc::clone(index);
        if let Some(former) = self.put(column, &index, value.to_owned()) {
            self.undo.push(Undo {
                column,
                index,
                former,
            });
        }
        true
    }

    /// Takes back what has been assigned, last first. False if a row of it has gone.
    fn take_back(&mut self) -> bool {
        let mut is_whole = true;
        while let Some(undo) = self.undo.pop() {
            is_whole &= self.put(undo.column, &undo.index, undo.former).is_some();
        }
        is_whole
    }

    /// The first row behind `after`, or the first of all, with a cell in `column`.
    fn next_index<'t>(&'t self, column: &'t Column, after: Option<&[u32]>) -> Option<&'t [u32]> {
        let behind = (
            after.map_or(Bound::Unbounded, Bound::Excluded),
            Bound::Unbounded,
        );
        let index = match column.cells.rows() {
            Some(rows) if !column.is_computed() => rows.range::<[u32], _>(behind).next(),
            _ => self.rows.range::<[u32], _>(behind).next().map(|row| row.0),
        };
        index.map(|index| &**index)
    }

    /// Replaces `instance` by the next cell, in SNMPv1 by one of a column that does not hold Counter64s alone.
    fn next(&self, instance: &mut Vec<u32>, v1: bool) -> bool {
        if self.rows.is_empty() {
            return false;
        }
        let (number, mut after) = match instance.split_first() {
            Some((&number, index)) => (number, Some(index)),
            None => (0, None),
        };
        let place = self
            .columns
            .partition_point(|column| column.number < number);
        for (tried, column) in self.columns[place..].iter().enumerate() {
            if column.number != number {
                after = None;
            }
            if tried == COLUMNS_TRIED {
                instance.clear();
                instance.push(column.number);
                return true;
            }
            if v1 && column.is_counter64() {
                continue;
            }
            if let Some(index) = self.next_index(column, after) {
                instance.clear();
                instance.push(column.number);
                instance.extend_from_slice(index);
                return true;
            }
        }
        false
    }
}

impl ManagedObject for Table {
    fn get(&mut self, asker: &Asker<'_>, instance: &[u32]) -> Result<Answer<'_>, ReadError> {
        let (&number, index) = instance.split_first().ok_or(ReadError::NoSuchObject)?;
        let column = self.column(number).ok_or(ReadError::NoSuchObject)?;
        let row = self.rows.get(index).ok_or(ReadError::NoSuchInstance)?;
        match &mut self.columns[column].getter {
            Some(getter) => getter(asker, index),
            None => match &row[column] {
                Some(value) => Ok(Answer::Borrowed(value.as_ref())),
                None => Err(ReadError::NoSuchInstance),
            },
        }
    }

    fn advance(&mut self, asker: &Asker<'_>, instance: &mut Vec<u32>) -> Advance {
        self.next(instance, asker.version == Version::V1).into()
    }

    fn check(
        &mut self,
        _: &Asker<'_>,
        instance: &[u32],
        value: ValueRef<'_>,
    ) -> Result<(), SetError> {
        let (&number, index) = instance.split_first().ok_or(SetError::NotWritable)?;
        let place = self.column(number).ok_or(SetError::NotWritable)?;
        let column = &mut self.columns[place];
        if !column.writable || column.is_computed() {
            return Err(SetError::NotWritable);
        }
        if let Some(syntax) = &column.syntax {
            syntax.check(value)?;
        }
        let cell = self.rows.get(index).and_then(|row| row[place].as_ref());
        let present = cell.ok_or(SetError::NoCreation)?;
        if column.syntax.is_none() {
            same_type(present.as_ref(), value)?;
        }
        column
            .validator
            .as_mut()
            .map_or(Ok(()), |validator| validator(index, value))
    }

    fn commit(&mut self, _: &Asker<'_>, assignments: Assignments<'_>) -> Result<SetPhase, Refused> {
        // Of a SET in a context that the table was taken out of meanwhile.
        self.undo.clear();
        for (assignment, it) in assignments.iter().enumerate() {
            if !self.assign(it.instance, it.value) {
                // The row has gone since it was checked.
                self.take_back();
                let error = SetError::GenErr;
                return Err(Refused { error, assignment });
            }
        }
        Ok(SetPhase::Done)
    }

    fn undo(&mut self, _: &Asker<'_>, _: Assignments<'_>) -> Result<SetPhase, Refused> {
        match self.take_back() {
            true => Ok(SetPhase::Done),
            false => Err(SetError::GenErr.into()),
        }
    }

    fn cleanup(&mut self, _: Assignments<'_>) {
        self.undo.clear();
    }
}
