//! A column of a table, and which rows have a cell in it.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use super::asker::Asker;
use super::object::{Answer, Computed, ReadError};
use super::phases::SetError;
use crate::names::{BaseType, Syntax};
use crate::smi::{Value, ValueRef};

pub(super) type CellGetter =
    Box<dyn FnMut(&Asker<'_>, &[u32]) -> Result<Answer<'static>, ReadError>>;
pub(super) type CellValidator = Box<dyn FnMut(&[u32], ValueRef<'_>) -> Result<(), SetError>>;

/// A column of a [`Table`](super::Table).
pub struct Column {
    pub(super) number: u32,
    pub(super) syntax: Option<Syntax>,
    pub(super) writable: bool,
    pub(super) getter: Option<CellGetter>,
    pub(super) validator: Option<CellValidator>,
    pub(super) cells: Cells,
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
            cells: Cells::default(),
        }
    }

    /// Declares the syntax that SET holds values to; without it the type of the present value is the measure. By a
    /// declared Counter64, GetNext of SNMPv1, which has none, leaves a [computed](Self::dynamic) column out at once.
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

    /// Computes the cells: `getter` is called with the index of an existing row, and may say that there is no such cell, or
    /// that reading it fails: see [`Computed`]. The column cannot be set then.
    #[must_use]
    pub fn dynamic<C: Computed>(self, mut getter: impl FnMut(&[u32]) -> C + 'static) -> Self {
        self.dynamic_for(move |_, index| getter(index))
    }

    /// The same by a closure that is told who asks.
    #[must_use]
    pub fn dynamic_for<C: Computed>(
        self,
        mut getter: impl FnMut(&Asker<'_>, &[u32]) -> C + 'static,
    ) -> Self {
        self.answered_by(move |asker, index| getter(asker, index).into_result().map(Answer::Owned))
    }

    /// Has `getter` answer for the cells, at once or later.
    pub(crate) fn answered_by(
        mut self,
        getter: impl FnMut(&Asker<'_>, &[u32]) -> Result<Answer<'static>, ReadError> + 'static,
    ) -> Self {
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

/// The column with this number.
impl From<u32> for Column {
    fn from(number: u32) -> Self {
        Self::new(number)
    }
}

impl Column {
    pub(crate) fn number(&self) -> u32 {
        self.number
    }

    /// All its cells are Counter64s, unless a syntax is declared.
    pub(crate) fn of_counter64(mut self) -> Self {
        const COUNTER64: Syntax =
            Syntax::from_static("Counter64", BaseType::Counter64, &[], &[], None);
        self.syntax.get_or_insert(COUNTER64);
        self
    }

    pub(super) fn is_computed(&self) -> bool {
        self.getter.is_some()
    }

    /// Whether all its cells are Counter64s: by what is stored, or by the syntax where they are computed.
    pub(super) fn is_counter64(&self) -> bool {
        if self.is_computed() {
            self.is_declared_counter64()
        } else {
            self.cells.counter64s == self.cells.count
        }
    }

    pub(super) fn is_declared_counter64(&self) -> bool {
        let syntax = self.syntax.as_ref();
        syntax.is_some_and(|syntax| syntax.base() == BaseType::Counter64)
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

/// Which rows of a table have a cell in a column.
#[derive(Debug, Default)]
pub(super) struct Cells {
    count: usize,
    /// How many of the cells are Counter64s.
    counter64s: usize,
    /// The rows that have a cell; `None` while every row has one.
    rows: Option<BTreeSet<Arc<[u32]>>>,
}

impl Cells {
    /// The rows that have a cell, unless every row has one.
    pub(super) fn rows(&self) -> Option<&BTreeSet<Arc<[u32]>>> {
        self.rows.as_ref()
    }

    /// There is a cell where none was.
    pub(super) fn add(&mut self, index: &Arc<[u32]>, value: &Value) {
        self.count += 1;
        self.counter64s += usize::from(is_counter64(value));
        if let Some(rows) = &mut self.rows {
            rows.insert(Arc::clone(index));
        }
    }

    /// A row comes that has no cell here, beside `others`.
    pub(super) fn leave_out<I: Iterator<Item = Arc<[u32]>>>(&mut self, others: impl Fn() -> I) {
        // Up to now every row had one.
        self.rows.get_or_insert_with(|| others().collect());
    }

    /// A cell gets another value.
    pub(super) fn replace(&mut self, former: &Value, value: &Value) {
        self.counter64s -= usize::from(is_counter64(former));
        self.counter64s += usize::from(is_counter64(value));
    }

    /// A row with a cell goes.
    pub(super) fn take(&mut self, index: &[u32], value: &Value) {
        self.count -= 1;
        self.counter64s -= usize::from(is_counter64(value));
        if let Some(rows) = &mut self.rows {
            rows.remove(index);
        }
    }

    /// The table has no rows, so none lacks a cell.
    pub(super) fn forget_gaps(&mut self) {
        self.rows = None;
    }
}

fn is_counter64(value: &Value) -> bool {
    matches!(value, Value::Counter64(_))
}
