//! Tables by rows.

use std::cell::RefCell;
use std::collections::{BTreeMap, btree_map};
use std::fmt;
use std::ops::ControlFlow;
use std::rc::Rc;

use crate::applications::WalkSummary;
use crate::deferred::Deferred;
use crate::names::{IndexValue, Names, NamesExt, NodeKind, PrettyName};
use crate::smi::{ObjectIdentifier, VarBind};

use super::columns::{self, Column};
use super::error::SnmpError;
use super::exchange::Exchange;
use super::object::ObjectIdentity;
use super::response::Row;
use super::var_bind::ResponseVarBind;

/// How a table is read: [`RemoteEngine::table_with`](super::RemoteEngine::table_with).
#[derive(Clone, Debug, Default)]
pub struct TableOptions {
    max_repetitions: Option<u32>,
    limit_rows: Option<usize>,
}

impl TableOptions {
    /// How many rows to ask for at a time. Default as many as make about 50 bindings, and 2 at least: most answers are
    /// one datagram then that no network cuts.
    #[must_use]
    pub fn max_repetitions(mut self, repetitions: u32) -> Self {
        self.max_repetitions = Some(repetitions);
        self
    }

    /// How many rows to keep: those with the lowest indices. [`ResponseTable::is_limited`] tells whether there were more.
    /// The walk ends at what comes above these, so that lower ones which come behind, out of order, are not seen. Default no
    /// limit: the agent says how much memory the table takes.
    #[must_use]
    pub fn limit_rows(mut self, rows: usize) -> Self {
        self.limit_rows = Some(rows);
        self
    }

    fn repetitions(&self, columns: usize) -> u32 {
        let usual = (50 / columns.max(1)).clamp(2, 50) as u32;
        self.max_repetitions.unwrap_or(usual)
    }
}

impl Exchange<'_> {
    /// Reads columns of a table.
    pub(super) fn table(
        self,
        options: TableOptions,
        columns: impl IntoIterator<Item = impl Into<ObjectIdentity>>,
    ) -> Deferred<ResponseTable, SnmpError> {
        let columns = match columns::resolve(self.session, columns) {
            Ok(columns) => columns,
            Err(error) => return Deferred::fail(error),
        };
        let looks_up = self.question.as_ref().is_ok_and(|it| it.lookup_mib);
        let names = looks_up.then(|| self.session.names());
        let roots = columns.iter().map(|column| column.oid.clone().into());
        let (roots, repetitions) = (roots.collect(), options.repetitions(columns.len()));
        let columns: Rc<[Column]> = columns.into();
        let filling = Rc::new(RefCell::new(Rows {
            limit: options.limit_rows.unwrap_or(usize::MAX),
            ..Rows::default()
        }));
        let (filled, names_of) = (Rc::clone(&filling), Rc::clone(&columns));
        let walk = self.bulk_walk_below(repetitions, roots);
        walk.lexicographic_mode(false)
            .try_for_each(move |row| filling.borrow_mut().take(&columns, &row))
            .map(move |summary| {
                let rows = filled.take();
                ResponseTable {
                    columns: names_of,
                    is_limited: rows.is_limited,
                    rows: rows.cells,
                    summary,
                    names,
                }
            })
    }
}

/// The cells of a row by the places of their columns.
type Cells = Box<[Option<VarBind>]>;

/// Rows as they come.
#[derive(Default)]
struct Rows {
    cells: BTreeMap<Vec<u32>, Cells>,
    limit: usize,
    is_limited: bool,
}

impl Rows {
    /// Takes what one row of the walk has: of each column one cell, which need not be of the same index.
    fn take(&mut self, columns: &[Column], row: &Row<'_>) -> ControlFlow<()> {
        let mut is_wanted = !self.is_limited && self.limit > 0;
        for (place, (column, cell)) in columns.iter().zip(row.iter()).enumerate() {
            // A column that has ended says so with its last name.
            if cell.is_exception() {
                continue;
            }
            let index = cell.name().strip_prefix(&column.oid);
            let index: Vec<u32> = index.into_iter().flatten().collect();
            if !index.is_empty()
                && let Some(cells) = self.row(index, columns.len())
            {
                cells[place] = Some(cell.into());
                is_wanted = true;
            }
        }
        match is_wanted {
            true => ControlFlow::Continue(()),
            // All that is left has higher indices.
            false => ControlFlow::Break(()),
        }
    }

    /// The row at `index`, unless there are enough with lower ones.
    fn row(&mut self, index: Vec<u32>, columns: usize) -> Option<&mut Cells> {
        if self.cells.len() >= self.limit && !self.cells.contains_key(&index) {
            self.is_limited = true;
            let last = self.cells.last_entry()?;
            if *last.key() < index {
                return None;
            }
            last.remove();
        }
        let none = || vec![None; columns].into();
        Some(self.cells.entry(index).or_insert_with(none))
    }
}

/// A table, or some columns of one, by rows: what [`RemoteEngine::table`](super::RemoteEngine::table) fires with.
///
/// Rows are in the order of their indices, each once: cells that the agent tells twice count as it told them last.
///
/// # Examples
///
/// ```no_run
/// // Not run here: it asks an agent on port 161.
/// use deferred_snmp::hlapi::*;
/// use deferred_snmp::task::react;
///
/// fn main() -> ExitCode {
///     react(|reactor| {
///         let target = UdpTransportTarget::new(("127.0.0.1", 161));
///         let agent = SnmpEngine::new(reactor).remote(&CommunityData::new("public"), &target);
///         agent.table(["ifDescr", "ifInOctets", "ifHCInOctets"]).map(|table| {
///             for row in &table {
///                 let octets = row.get("ifHCInOctets").or(row.get("ifInOctets"));
///                 let octets = octets.and_then(|cell| cell.as_u64());
///                 let name = row.get("ifDescr").map(|cell| cell.text());
///                 println!("{}: {name:?} {octets:?}", row.index());
///             }
///         })
///     })
/// }
/// ```
#[derive(Clone)]
pub struct ResponseTable {
    columns: Rc<[Column]>,
    rows: BTreeMap<Vec<u32>, Cells>,
    is_limited: bool,
    summary: WalkSummary,
    names: Option<Rc<dyn Names>>,
}

impl ResponseTable {
    /// The names of the columns, in their order: `ifDescr`; of those that no module has, what they were asked for by.
    pub fn columns(&self) -> impl ExactSizeIterator<Item = String> + '_ {
        self.columns.iter().map(Column::name)
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row: the agent does not have the table, or it is empty.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows, in the order of their indices.
    pub fn iter(&self) -> TableIter<'_> {
        TableIter {
            table: self,
            rows: self.rows.iter(),
        }
    }

    /// The row at an index, given by its sub-identifiers: `&[2]`.
    pub fn row(&self, index: &[u32]) -> Option<TableRow<'_>> {
        let (index, cells) = self.rows.get_key_value(index)?;
        Some(TableRow {
            table: self,
            index,
            cells,
        })
    }

    /// Whether there were more rows than [`TableOptions::limit_rows`] lets be kept.
    pub fn is_limited(&self) -> bool {
        self.is_limited
    }

    /// What the walk did that has read the table: requests, and bindings that it left out.
    pub fn summary(&self) -> WalkSummary {
        self.summary
    }

    fn place(&self, column: TableColumn<'_>) -> Option<usize> {
        match column.0 {
            ColumnForm::Place(place) => Some(place),
            ColumnForm::Name(name) => self.columns.iter().position(|c| c.is_called(name)),
        }
    }
}

impl fmt::Debug for ResponseTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self).finish()
    }
}

impl<'a> IntoIterator for &'a ResponseTable {
    type Item = TableRow<'a>;
    type IntoIter = TableIter<'a>;

    fn into_iter(self) -> TableIter<'a> {
        self.iter()
    }
}

/// The rows of a [`ResponseTable`].
#[derive(Clone)]
pub struct TableIter<'a> {
    table: &'a ResponseTable,
    rows: btree_map::Iter<'a, Vec<u32>, Cells>,
}

impl<'a> Iterator for TableIter<'a> {
    type Item = TableRow<'a>;

    fn next(&mut self) -> Option<TableRow<'a>> {
        let (index, cells) = self.rows.next()?;
        Some(TableRow {
            table: self.table,
            index,
            cells,
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rows.size_hint()
    }
}

impl ExactSizeIterator for TableIter<'_> {}

impl fmt::Debug for TableIter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

/// Which column of a [`TableRow`]: by its name, as it was asked for, `ifDescr`, `IF-MIB::ifDescr` or in numbers; or by its
/// place among the columns, counted from 0.
#[derive(Clone, Copy, Debug)]
pub struct TableColumn<'a>(ColumnForm<'a>);

#[derive(Clone, Copy, Debug)]
enum ColumnForm<'a> {
    Name(&'a str),
    Place(usize),
}

impl<'a> From<&'a str> for TableColumn<'a> {
    fn from(name: &'a str) -> Self {
        Self(ColumnForm::Name(name))
    }
}

impl<'a> From<&'a String> for TableColumn<'a> {
    fn from(name: &'a String) -> Self {
        Self(ColumnForm::Name(name))
    }
}

impl From<usize> for TableColumn<'_> {
    fn from(place: usize) -> Self {
        Self(ColumnForm::Place(place))
    }
}

/// A row of a [`ResponseTable`].
#[derive(Clone, Copy)]
pub struct TableRow<'a> {
    table: &'a ResponseTable,
    index: &'a [u32],
    cells: &'a [Option<VarBind>],
}

impl<'a> TableRow<'a> {
    /// Which row it is.
    pub fn index(&self) -> RowIndex<'a> {
        let columns = &self.table.columns;
        // One that is known has an INDEX clause to print it by.
        let column = columns.iter().find(|column| column.is_known());
        RowIndex {
            arcs: self.index,
            column: &column.unwrap_or(&columns[0]).oid,
            names: self.table.names.as_ref(),
        }
    }

    /// The cell in a column, which tells its value by its type (`as_u64`) and as it is printed (`text`). `None` where the
    /// agent has none, and where the table has no such column.
    pub fn get<'c>(&self, column: impl Into<TableColumn<'c>>) -> Option<ResponseVarBind<'a>> {
        let cell = self.cells.get(self.table.place(column.into())?)?;
        self.lend(cell)
    }

    /// The cells in the order of the columns, `None` where the agent has none.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Option<ResponseVarBind<'a>>> + use<'a> {
        let row = *self;
        row.cells.iter().map(move |cell| row.lend(cell))
    }

    /// The cells that are there, with the names of their columns.
    #[cfg(feature = "serde")]
    pub(super) fn named(&self) -> impl Iterator<Item = (String, ResponseVarBind<'a>)> + '_ {
        let cells = self.table.columns().zip(self.iter());
        cells.filter_map(|(name, cell)| Some((name, cell?)))
    }

    fn lend(&self, cell: &'a Option<VarBind>) -> Option<ResponseVarBind<'a>> {
        let names = self.table.names.as_ref();
        Some(ResponseVarBind::new(cell.as_ref()?.as_ref(), names))
    }
}

impl fmt::Debug for TableRow<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let there = self.iter().flatten();
        f.debug_list().entries(there).finish()
    }
}

/// Which row of a table: what follows the names of its columns. Prints as it does in the name of a cell:
/// `ipv4."10.0.0.1"`.
#[derive(Clone, Copy)]
pub struct RowIndex<'a> {
    arcs: &'a [u32],
    column: &'a ObjectIdentifier,
    names: Option<&'a Rc<dyn Names>>,
}

impl<'a> RowIndex<'a> {
    /// The sub-identifiers.
    pub fn arcs(&self) -> &'a [u32] {
        self.arcs
    }

    /// The sub-identifier, if it is one: the index of most tables.
    pub fn as_u32(&self) -> Option<u32> {
        match *self.arcs {
            [arc] => Some(arc),
            _ => None,
        }
    }

    /// The values of the table's INDEX clause, in its order. Where the table is not known, names are not looked up, or the
    /// index does not fit, the sub-identifiers as numbers.
    pub fn values(&self) -> Vec<IndexValue> {
        let by_clause = || {
            let name = self.cell()?;
            let (node, values) = self.names?.symbol_of(name.as_ref())?;
            (node.kind() == NodeKind::Column).then_some(values)
        };
        let numbers = || self.arcs.iter().map(|&arc| arc.into()).collect();
        by_clause().unwrap_or_else(numbers)
    }

    /// The name of the cell in that column.
    fn cell(&self) -> Option<ObjectIdentifier> {
        self.column.extend(self.arcs.iter().copied()).ok()
    }

    /// The index as it is printed in the name of a cell.
    fn printed(&self) -> Option<String> {
        let (names, name) = (&**self.names?, self.cell()?);
        let column = PrettyName::new(names, self.column).to_string();
        let cell = PrettyName::new(names, &name).to_string();
        Some(cell.strip_prefix(&column)?.strip_prefix('.')?.to_owned())
    }
}

impl fmt::Display for RowIndex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(printed) = self.printed() {
            return f.write_str(&printed);
        }
        for (place, arc) in self.arcs.iter().enumerate() {
            let dot = if place > 0 { "." } else { "" };
            write!(f, "{dot}{arc}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for RowIndex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
