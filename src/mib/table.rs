//! Conceptual tables: columns, and rows named by an index.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Bound;

use super::object::{Answer, ManagedObject, ReadError, SetError};
use super::scalar::same_type;
use super::syntax::Syntax;
use crate::smi::{Value, ValueRef};

type CellGetter = Box<dyn FnMut(&[u32]) -> Option<Value>>;
type CellValidator = Box<dyn FnMut(&[u32], ValueRef<'_>) -> Result<(), SetError>>;

/// A column of a [`Table`].
pub struct Column {
    number: u32,
    syntax: Option<Syntax>,
    writable: bool,
    getter: Option<CellGetter>,
    validator: Option<CellValidator>,
}

impl Column {
    /// A column that no request changes; `number` is its sub-identifier below the table's entry.
    pub fn new(number: u32) -> Self {
        Self {
            number,
            syntax: None,
            writable: false,
            getter: None,
            validator: None,
        }
    }

    /// Declares the syntax that SET holds values to; without it the type of the present value is the measure.
    #[must_use]
    pub fn syntax(mut self, syntax: Syntax) -> Self {
        self.syntax = Some(syntax);
        self
    }

    /// Lets SET change the cells that exist.
    #[must_use]
    pub fn writable(mut self) -> Self {
        self.writable = true;
        self
    }

    /// Computes the cells: `getter` is called with the index of an existing row. The column cannot be set then.
    #[must_use]
    pub fn dynamic(mut self, getter: impl FnMut(&[u32]) -> Option<Value> + 'static) -> Self {
        self.getter = Some(Box::new(getter));
        self
    }

    /// Asks `validator` about every value of the right syntax, with the index of its row, before anything is changed.
    #[must_use]
    pub fn validate(
        mut self,
        validator: impl FnMut(&[u32], ValueRef<'_>) -> Result<(), SetError> + 'static,
    ) -> Self {
        self.validator = Some(Box::new(validator));
        self
    }
}

impl fmt::Debug for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Column")
            .field("number", &self.number)
            .field("writable", &self.writable)
            .field("computed", &self.getter.is_some())
            .finish_non_exhaustive()
    }
}

/// A table of rows, to be registered at its entry object (`ifEntry`, 1.3.6.1.2.1.2.2.1).
///
/// An instance is named by column and index. Finding a cell, or the next one, costs a search among the columns and one
/// among the rows. Rows come and go through [`insert`](Self::insert) and [`remove`](Self::remove); SET changes cells of
/// writable columns and creates none.
#[derive(Debug, Default)]
pub struct Table {
    /// Ascending by number.
    columns: Vec<Column>,
    /// Cells stand in the order of `columns`.
    rows: BTreeMap<Box<[u32]>, Vec<Option<Value>>>,
    undo: Vec<Undo>,
}

#[derive(Debug)]
struct Undo {
    column: usize,
    index: Box<[u32]>,
    former: Option<Value>,
}

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
        self.rows.insert(index.into(), row);
    }

    /// Removes the row named `index`; false when there is none.
    pub fn remove(&mut self, index: &[u32]) -> bool {
        self.rows.remove(index).is_some()
    }

    /// Replaces a stored cell; false when the row or the column does not exist.
    pub fn set(&mut self, column: u32, index: &[u32], value: impl Into<Value>) -> bool {
        let Some(column) = self.column(column) else {
            return false;
        };
        let Some(row) = self.rows.get_mut(index) else {
            return false;
        };
        row[column] = Some(value.into());
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
}

impl ManagedObject for Table {
    fn get(&mut self, instance: &[u32]) -> Result<Answer<'_>, ReadError> {
        let (&number, index) = instance.split_first().ok_or(ReadError::NoSuchObject)?;
        let column = self.column(number).ok_or(ReadError::NoSuchObject)?;
        let row = self.rows.get(index).ok_or(ReadError::NoSuchInstance)?;
        match &mut self.columns[column].getter {
            Some(getter) => getter(index).map(Answer::Owned),
            None => row[column]
                .as_ref()
                .map(|value| Answer::Borrowed(value.as_ref())),
        }
        .ok_or(ReadError::NoSuchInstance)
    }

    fn advance(&mut self, instance: &mut Vec<u32>) -> bool {
        let (number, mut after) = match instance.split_first() {
            Some((&number, index)) => (number, index),
            None => (0, &[][..]),
        };
        let place = self
            .columns
            .partition_point(|column| column.number < number);
        for (offset, column) in self.columns[place..].iter().enumerate() {
            if column.number != number {
                after = &[];
            }
            let next = self
                .rows
                .range::<[u32], _>((Bound::Excluded(after), Bound::Unbounded))
                .find(|(_, row)| column.getter.is_some() || row[place + offset].is_some());
            if let Some((index, _)) = next {
                instance.clear();
                instance.push(column.number);
                instance.extend_from_slice(index);
                return true;
            }
        }
        false
    }

    fn test(&mut self, instance: &[u32], value: ValueRef<'_>) -> Result<(), SetError> {
        let (&number, index) = instance.split_first().ok_or(SetError::NotWritable)?;
        let place = self.column(number).ok_or(SetError::NotWritable)?;
        let column = &mut self.columns[place];
        if !column.writable || column.getter.is_some() {
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

    fn commit(&mut self, instance: &[u32], value: ValueRef<'_>) -> Result<(), SetError> {
        let (&number, index) = instance.split_first().ok_or(SetError::GenErr)?;
        let column = self.column(number).ok_or(SetError::GenErr)?;
        let row = self.rows.get_mut(index).ok_or(SetError::GenErr)?;
        let former = row[column].replace(value.to_owned());
        self.undo.push(Undo {
            column,
            index: index.into(),
            former,
        });
        Ok(())
    }

    fn undo(&mut self, instance: &[u32]) -> Result<(), SetError> {
        let (&number, index) = instance.split_first().ok_or(SetError::GenErr)?;
        let column = self.column(number).ok_or(SetError::GenErr)?;
        let latest = self
            .undo
            .iter()
            .rposition(|undo| undo.column == column && *undo.index == *index)
            .ok_or(SetError::GenErr)?;
        let undo = self.undo.remove(latest);
        let row = self.rows.get_mut(index).ok_or(SetError::GenErr)?;
        row[column] = undo.former;
        Ok(())
    }

    fn cleanup(&mut self, _: &[u32]) {
        self.undo.clear();
    }
}
