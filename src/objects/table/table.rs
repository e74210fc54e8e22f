//! Conceptual tables: columns, and rows named by an index.

use std::fmt;
use std::rc::Rc;
use std::time::Duration;

use super::conceptual_row::ConceptualRow;
use super::layout::Layout;
use super::packed::Cells;
use super::setting::{Judge, RowChange, Setting};
use super::shared::{Hook, Hooks, Owned, Shared};
use super::table_handle::TableHandle;
use super::unfinished::Unfinished;
use crate::names::IndexPart;
use crate::objects::asker::Asker;
use crate::objects::column::{Column, ColumnKey};
use crate::objects::phases::SetError;
use crate::objects::row_status::RowStatus;
use crate::smi::{Value, ValueRef};

/// A table of rows, to be registered by the name of its definition, or at its entry object (`ifEntry`, 1.3.6.1.2.1.2.2.1).
///
/// Rows come and go by [`insert`](Self::insert) and [`remove`](Self::remove), and, once the table is registered, by a
/// [`TableHandle`]. An instance is named by column and index. Finding a cell, or the next one, costs a search among the columns and one
/// among the rows; the row behind the one that was read last costs none.
///
/// # Rows that managers make
///
/// SET changes cells of [writable](Column::writable) columns. Where one of them is a [`RowStatus`], it creates and removes rows as well (RFC
/// 2579): by createAndGo, or by createAndWait and active, with its columns in any order; a row that lacks a cell which it needs is
/// notReady. In a column of [`StorageType`](crate::objects::StorageType), such rows are nonVolatile unless the manager says otherwise. Both columns are found by their
/// syntax.
///
/// The program is told of rows that are put in service and taken out of it, by whomever:
/// [`on_activate`](Self::on_activate) and its sisters. It may object beforehand: [`validate`](Self::validate).
///
/// # Examples
///
/// ```
/// use deferred_snmp::objects::{Column, MibTree, Table};
/// use deferred_snmp::oid;
///
/// let jobs = Table::new([
///     Column::new(2).writable(),
///     Column::new(3).writable().default(5),
///     Column::new(4).row_status(),
/// ])
/// .on_activate(|row| println!("{:?} runs", row.get(2)))
/// .on_deactivate(|row| println!("{:?} is stopped", row.get(2)));
/// let rows = jobs.handle();
/// let mut tree = MibTree::new();
/// tree.register(oid!(1.3.6.1.4.1.8072.9999.9999.3.1), jobs)?;
/// rows.insert(1, [(2, "backup")])?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Table {
    /// Ascending by number.
    pub(super) columns: Vec<Column>,
    /// Those whose numbers the definition has still to tell.
    pub(super) named: Vec<Column>,
    pub(super) index: Vec<IndexPart>,
    /// Whether it has every column of its definition.
    pub(super) takes_all: bool,
    pub(super) judge: Option<Judge>,
    pub(super) shared: Owned,
    pub(super) setting: Setting,
    pub(super) unfinished: Unfinished,
    /// Of the cell that was read last.
    pub(super) octets: Vec<u8>,
}

/// How many rows SET may create, unless the program says otherwise.
const MAX_ROWS: usize = 65_536;

impl Table {
    /// A table with these columns and no rows. Of two columns with one number the later counts.
    pub fn new(columns: impl IntoIterator<Item = Column>) -> Self {
        let mut table = Self {
            columns: Vec::new(),
            named: Vec::new(),
            index: Vec::new(),
            takes_all: false,
            judge: None,
            shared: Owned::default(),
            setting: Setting::default(),
            unfinished: Unfinished::default(),
            octets: Vec::new(),
        };
        for column in columns {
            table.add(column);
        }
        table.shared.store.borrow_mut().max_rows = Some(MAX_ROWS);
        table.arrange(None);
        table
    }

    /// A table with all the columns of the definition that it will be registered by, as its MAX-ACCESS has them: where
    /// that is read-create, managers make rows.
    ///
    /// ```
    /// use deferred_snmp::names::Builtin;
    /// use deferred_snmp::objects::{MibTree, NewRow, Table};
    ///
    /// let targets = Table::managed().fixed_while_active(["snmpTargetParamsSecurityName"]);
    /// let rows = targets.handle();
    /// let mut tree = MibTree::new();
    /// tree.define(&Builtin, "SNMP-TARGET-MIB::snmpTargetParamsTable", targets)?;
    /// let traps = NewRow::new()
    ///     .set("snmpTargetParamsMPModel", 3)
    ///     .set("snmpTargetParamsSecurityModel", 3)
    ///     .set("snmpTargetParamsSecurityName", "operator")
    ///     .set("snmpTargetParamsSecurityLevel", "authPriv");
    /// rows.insert("traps", traps)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn managed() -> Self {
        Self {
            takes_all: true,
            ..Self::new([])
        }
    }

    /// A table whose rows are there exactly when those of `base` are (AUGMENTS, RFC 2578 section 7.8), with all the columns of the definition
    /// that it will be registered by, and others that are added to it. Its rows have the defaults of its columns at first; the program
    /// can replace them, and can neither add others nor remove them.
    ///
    /// A SET that creates a row may assign columns of both tables, in any order.
    ///
    /// ```
    /// use deferred_snmp::names::Builtin;
    /// use deferred_snmp::objects::{MibTree, Table};
    ///
    /// let mut tree = MibTree::new();
    /// let addresses = Table::managed();
    /// let masks = Table::augmenting(&addresses.handle());
    /// tree.define(&Builtin, "SNMP-TARGET-MIB::snmpTargetAddrTable", addresses)?;
    /// tree.define(&Builtin, "SNMP-COMMUNITY-MIB::snmpTargetAddrExtTable", masks)?;
    /// # Ok::<(), deferred_snmp::objects::DefinitionError>(())
    /// ```
    pub fn augmenting(base: &TableHandle) -> Self {
        Self {
            takes_all: true,
            shared: Owned(Shared::that_augments(&base.shared)),
            ..Self::new([])
        }
    }

    /// Adds a column, or replaces the one of this name or number.
    #[must_use]
    pub fn column(mut self, column: impl Into<Column>) -> Self {
        self.add(column.into());
        self.arrange(None);
        self
    }

    /// Says what names a row, where no definition does: a SET cannot create others.
    #[must_use]
    pub fn index(mut self, parts: impl IntoIterator<Item = IndexPart>) -> Self {
        self.index = parts.into_iter().collect();
        self.arrange(None);
        self
    }

    /// Asks for a cell in this column in each row that is in service: [`Column::required`].
    #[must_use]
    pub fn required(self, column: impl Into<ColumnKey>) -> Self {
        self.change(column.into(), |it| it.is_required = Some(true))
    }

    /// Lets rows be in service without a cell in this column: [`Column::required`].
    #[must_use]
    pub fn optional(self, column: impl Into<ColumnKey>) -> Self {
        self.change(column.into(), |it| it.is_required = Some(false))
    }

    /// Gives rows that are made without a cell in this column this value: [`Column::default`].
    #[must_use]
    pub fn default(self, column: impl Into<ColumnKey>, value: impl Into<Value>) -> Self {
        self.change(column.into(), |it| it.default = Some(value.into()))
    }

    /// Lets SET change these columns of rows only that are not active: [`Column::fixed_while_active`].
    #[must_use]
    pub fn fixed_while_active<K: Into<ColumnKey>>(
        self,
        columns: impl IntoIterator<Item = K>,
    ) -> Self {
        let fix = |table: Self, key: K| table.change(key.into(), |it| it.is_fixed = true);
        columns.into_iter().fold(self, fix)
    }

    /// How many rows there may be when SET creates another. Default 65,536. Beyond that it is resourceUnavailable; the
    /// program may insert as many as it likes.
    #[must_use]
    pub fn max_rows(self, rows: usize) -> Self {
        self.shared.store.borrow_mut().max_rows = Some(rows);
        self
    }

    /// Removes rows that managers have made or changed and that have not been active for so long since: 5 minutes are usual. They go
    /// when a manager asks something of the table the next time, since it has no timer; until then the program sees them. By default they
    /// stay. RFC 2579, RowStatus.
    #[must_use]
    pub fn forget_unfinished(mut self, after: Duration) -> Self {
        self.unfinished.kept_for = Some(after);
        self
    }

    /// Asks `judge` before a SET changes a row: see [`RowChange`] for what, and with the row as it would be then, or as it is if it is to
    /// go. An error is what the manager is told, with [`SetError::InconsistentValue`] as the usual one; where a row could only not be in
    /// service yet, it is notReady then. Nothing has been changed yet, and may not be by `judge` either: another object of the same
    /// SET may refuse.
    #[must_use]
    pub fn validate(
        self,
        mut judge: impl FnMut(&ConceptualRow, RowChange) -> Result<(), SetError> + 'static,
    ) -> Self {
        self.validate_for(move |_, row, change| judge(row, change))
    }

    /// The same by a closure that is told who asks.
    #[must_use]
    pub fn validate_for(
        mut self,
        judge: impl FnMut(&Asker<'_>, &ConceptualRow, RowChange) -> Result<(), SetError> + 'static,
    ) -> Self {
        self.judge = Some(Box::new(judge));
        self
    }

    /// Tells the program of each row that has been put in service, after the SET has succeeded; of those that the program inserts as well. In a
    /// table without a RowStatus column all rows are.
    #[must_use]
    pub fn on_activate(self, hook: impl FnMut(&ConceptualRow) + 'static) -> Self {
        self.hook(|hooks| &mut hooks.activate, hook)
    }

    /// Tells the program of each row that has been changed while it is in service, as it is now.
    #[must_use]
    pub fn on_change(self, hook: impl FnMut(&ConceptualRow) + 'static) -> Self {
        self.hook(|hooks| &mut hooks.change, hook)
    }

    /// Tells the program of each row that is no longer in service, since it has been taken out or destroyed: in the latter case as it
    /// was.
    #[must_use]
    pub fn on_deactivate(self, hook: impl FnMut(&ConceptualRow) + 'static) -> Self {
        self.hook(|hooks| &mut hooks.deactivate, hook)
    }

    /// Tells the program of each row that has been removed, as it was, after [`on_deactivate`](Self::on_deactivate) if it was in service.
    #[must_use]
    pub fn on_destroy(self, hook: impl FnMut(&ConceptualRow) + 'static) -> Self {
        self.hook(|hooks| &mut hooks.destroy, hook)
    }

    fn hook(
        self,
        place: fn(&mut Hooks) -> &mut Option<Hook>,
        hook: impl FnMut(&ConceptualRow) + 'static,
    ) -> Self {
        *place(&mut self.shared.hooks.borrow_mut()) = Some(Box::new(hook));
        self
    }

    /// The way to its rows while it is served.
    pub fn handle(&self) -> TableHandle {
        TableHandle {
            shared: Rc::clone(&self.shared),
        }
    }

    /// Adds the row named `index`, or replaces it; cells of columns that the table does not have are left out. There are no defaults,
    /// and no value is checked: [`TableHandle::insert`] does that. Where the RowStatus is not among the cells, the row is active.
    pub fn insert<V: Into<Value>>(
        &mut self,
        index: &[u32],
        cells: impl IntoIterator<Item = (u32, V)>,
    ) {
        let layout = self.shared.layout();
        let mut row: Vec<Option<Value>> = layout.columns.iter().map(|_| None).collect();
        if let Some(place) = layout.status {
            row[place] = Some(RowStatus::Active.into());
        }
        for (number, value) in cells {
            if let Some(column) = layout.place(number) {
                row[column] = Some(value.into());
            }
        }
        let cells = Cells::pack(row.iter().map(|cell| cell.as_ref().map(Value::as_ref)));
        self.shared.change(&index.into(), Some(cells));
    }

    /// Removes the row named `index`; false when there is none.
    pub fn remove(&mut self, index: &[u32]) -> bool {
        self.shared.change(&index.into(), None).is_some()
    }

    /// Replaces a stored cell; false when the row or the column does not exist.
    pub fn set(&mut self, column: u32, index: &[u32], value: impl Into<Value>) -> bool {
        let layout = self.shared.layout();
        let Some(place) = layout.place(column) else {
            return false;
        };
        let row = self.shared.store.borrow().row(index).cloned();
        row.is_some_and(|row| {
            let value = value.into();
            let cells = row
                .cells
                .with(layout.columns.len(), &[(place, value.as_ref())], None);
            self.shared.change(&row.index, Some(cells)).is_some()
        })
    }

    /// A stored cell.
    pub fn value(&self, column: u32, index: &[u32]) -> Option<Value> {
        let store = self.shared.store.borrow();
        let place = store.layout.place(column)?;
        store.cell(place, index).map(ValueRef::to_owned)
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.shared.store.borrow().len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The indices of all rows, ascending.
    pub fn indices(&self) -> Vec<Rc<[u32]>> {
        let store = self.shared.store.borrow();
        store.indices().cloned().collect()
    }

    /// Adds a column, or replaces the one of this name or number.
    pub(super) fn add(&mut self, column: Column) {
        let is_it = |other: &&mut Column| other.key == column.key;
        if let Some(named) = self.named.iter_mut().find(is_it) {
            *named = column;
        } else if !column.is_known() {
            self.named.push(column);
        } else {
            let number = |column: &Column| column.number;
            match self.columns.binary_search_by_key(&column.number, number) {
                Ok(place) => self.columns[place] = column,
                Err(place) => self.columns.insert(place, column),
            }
        }
    }

    /// Changes the column of this name or number, which is added if there is none.
    fn change(mut self, key: ColumnKey, change: impl FnOnce(&mut Column)) -> Self {
        let columns = self.columns.iter_mut().chain(&mut self.named);
        match columns.into_iter().find(|column| column.key == key) {
            Some(column) => change(column),
            None => {
                let mut column = Column::from(key);
                change(&mut column);
                self.add(column);
            }
        }
        self.arrange(None);
        self
    }

    /// Has the rows follow the columns.
    pub(super) fn arrange(&self, module: Option<&str>) {
        let module = module.map(Into::into);
        let layout = Layout::new(&self.columns, self.index.clone(), module);
        self.shared.store.borrow_mut().set_layout(layout);
        self.shared.fill();
    }
}

/// Without columns.
impl Default for Table {
    fn default() -> Self {
        Self::new([])
    }
}

impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table")
            .field("columns", &self.columns)
            .field("rows", &self.len())
            .finish_non_exhaustive()
    }
}
