//! Tables from collections of the program.

use std::any::TypeId;
use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use super::cached::{Cached, NoRows};
use super::rows_collection::RowCollection;
use crate::objects::{
    Advance, Answer, Asker, Assignments, Column, Computed, Defined, DefinitionError, ManagedObject,
    ObjectDefinition, ProviderTable, ReadError, Refused, SetError, SetPhase, TableProvider,
};
use crate::smi::{Counter64, Value, ValueRef};
use crate::throttle::Throttle;

/// A table whose rows are those of a collection of the program, to be registered at its entry object. Nothing is copied:
/// what the program does to its collection is what the next request sees, and a walk under way goes on by name.
///
/// The collection is a [`RowCollection`]: a `BTreeMap` by what can be a [`TableIndex`](crate::objects::TableIndex), or a
/// `Vec`, whose rows are named from 1 on.
///
/// It is borrowed while one cell is read, and while the closure of a column runs: that may look at other things of the
/// program, and at this collection, but not change the latter. Nothing of the library is borrowed then. If the
/// program has the collection borrowed mutably at that moment, since a request is answered
/// from within its own code, the request gets genErr and the log a record.
///
/// # Examples
///
/// ```
/// use std::cell::RefCell;
/// use std::collections::BTreeMap;
/// use std::rc::Rc;
///
/// use deferred_snmp::hlapi::{Counter64, Rows, Value};
/// use deferred_snmp::objects::{MibTree, SetError};
/// use deferred_snmp::oid;
/// use deferred_snmp::smi::ValueRef;
///
/// struct Interface {
///     name: String,
///     octets: u64,
///     speed: Option<i32>,
///     status: i32,
/// }
///
/// let interfaces: Rc<RefCell<BTreeMap<u32, Interface>>> = Rc::default();
/// let rows = Rows::of(Rc::clone(&interfaces))
///     .octets(2, |row| &row.name)
///     .column(5, |row| row.speed.map(Value::from))
///     .writable(7, |row| row.status, |row, status| {
///         row.status = status.as_i64().and_then(|it| it.try_into().ok()).ok_or(SetError::WrongType)?;
///         Ok(())
///     })
///     .column(10, |row| Counter64(row.octets));
/// let mut tree = MibTree::new();
/// tree.register(oid!(1.3.6.1.4.1.99.1.1), rows)?;
///
/// let (name, octets, speed, status) = ("eth0".into(), 4711, None, 1);
/// interfaces.borrow_mut().insert(3, Interface { name, octets, speed, status });
/// let value = tree.get(oid!(1.3.6.1.4.1.99.1.1.2.3).as_ref())?;
/// assert_eq!(value.as_ref(), ValueRef::OctetString(b"eth0"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Rows<C: RowCollection> {
    table: ProviderTable<Shared<C>>,
}

impl<C: RowCollection> Rows<C> {
    /// The rows of `collection`, without columns to begin with.
    pub fn of(collection: Rc<RefCell<C>>) -> Self {
        Self::from_source(Source::Kept(collection))
    }

    /// The rows of `cached`, which are loaded when they are asked for and kept for a time, without columns to begin with. The
    /// closures of the columns get what was loaded, and run without anything borrowed. Nothing is copied.
    ///
    /// They can be read only: SET of a [writable](Self::writable) column gets notWritable.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::collections::BTreeMap;
    /// use std::time::Duration;
    ///
    /// use deferred_snmp::hlapi::{Cached, Rows};
    ///
    /// fn read_users() -> std::io::Result<BTreeMap<u32, String>> {
    ///     let text = std::fs::read_to_string("/etc/passwd")?;
    ///     Ok(text.lines().filter_map(|line| {
    ///         let mut fields = line.split(':');
    ///         let name = fields.next()?.to_owned();
    ///         Some((fields.nth(1)?.parse().ok()?, name))
    ///     }).collect())
    /// }
    ///
    /// let users = Cached::new(Duration::from_secs(30), read_users);
    /// let rows = Rows::cached(users).octets(2, |name| name);
    /// # drop(rows);
    /// ```
    pub fn cached(cached: Cached<C>) -> Self {
        Self::from_source(Source::Cached(cached))
    }

    fn from_source(source: Source<C>) -> Self {
        let shared = Shared {
            source,
            columns: Vec::new(),
            named: Vec::new(),
            octets: Vec::new(),
            borrowed: Throttle::default(),
        };
        Self {
            table: ProviderTable::new(shared, []),
        }
    }

    /// Adds a column: its number below the entry, its name where the table is registered by the name of its definition (`"ifDescr"`), or a
    /// [`Column`] with more to it; and what its cells are. The closure may say
    /// that a row has none, or that reading it fails: see [`Computed`]. A number becomes one of the kind that the column's syntax has,
    /// where that is known. Of two columns with one number the later counts.
    ///
    /// GetNext of SNMPv1, which has no Counter64, leaves a column out whose closure returns a [`Counter64`] or whose syntax is
    /// one.
    #[must_use]
    pub fn column<V: Computed + 'static>(
        self,
        column: impl Into<Column>,
        mut get: impl FnMut(&C::Row) -> V + 'static,
    ) -> Self {
        let read = Read::Made(Box::new(move |row| get(row).into_result()));
        self.add(typed::<V>(column.into()), read, None)
    }

    /// Adds a column of OCTET STRINGs that lie in the rows. There is no allocation for such a cell.
    #[must_use]
    pub fn octets<O: AsRef<[u8]> + ?Sized>(
        self,
        column: impl Into<Column>,
        mut get: impl FnMut(&C::Row) -> &O + 'static,
    ) -> Self {
        let read = Read::Lent(Box::new(move |row, octets| {
            octets.extend_from_slice(get(row).as_ref());
        }));
        self.add(column.into(), read, None)
    }

    /// Adds a column whose cells SET can change by `set`: those that exist, by values of the declared syntax, or of the present
    /// value's type.
    ///
    /// `set` is called again with the former value when the SET is undone. An error from it ends the SET with commitFailed;
    /// what can be known earlier belongs in [`Column::validate`]. The collection is borrowed mutably meanwhile.
    #[must_use]
    pub fn writable<V: Computed + 'static>(
        self,
        column: impl Into<Column>,
        mut get: impl FnMut(&C::Row) -> V + 'static,
        set: impl FnMut(&mut C::Row, ValueRef<'_>) -> Result<(), SetError> + 'static,
    ) -> Self {
        let read = Read::Made(Box::new(move |row| get(row).into_result()));
        let column = typed::<V>(column.into()).writable();
        self.add(column, read, Some(Box::new(set)))
    }

    fn add(mut self, column: Column, read: Read<C::Row>, set: Option<Set<C::Row>>) -> Self {
        let shared = self.table.provider_mut();
        let number = column.number();
        let cells = Cells { number, read, set };
        match column.name_wanted() {
            Some(name) => shared.named.push((name.into(), cells)),
            None => shared.add(cells),
        }
        self.table.add_column(column);
        self
    }
}

/// A column whose closure returns this.
fn typed<V: 'static>(column: Column) -> Column {
    match TypeId::of::<V>() == TypeId::of::<Counter64>() {
        true => column.of_counter64(),
        false => column,
    }
}

/// Where rows come from.
enum Source<C: RowCollection> {
    /// The program has them.
    Kept(Rc<RefCell<C>>),
    Cached(Cached<C>),
}

/// The collection and its columns, as a provider.
struct Shared<C: RowCollection> {
    source: Source<C>,
    /// Ascending by number.
    columns: Vec<Cells<C::Row>>,
    /// Those whose numbers the definition has still to tell, by their names.
    named: Vec<(Box<str>, Cells<C::Row>)>,
    /// Of the cell that was read last.
    octets: Vec<u8>,
    /// Of the records that the collection is borrowed.
    borrowed: Throttle,
}

struct Cells<R> {
    number: u32,
    read: Read<R>,
    set: Option<Set<R>>,
}

enum Read<R> {
    Made(Make<R>),
    Lent(Append<R>),
}

impl<R> Read<R> {
    /// The cell of a row, lent from `octets` where it has any.
    #[inline]
    fn cell<'o>(
        &mut self,
        row: Option<&R>,
        octets: &'o mut Vec<u8>,
    ) -> Result<Answer<'o>, ReadError> {
        let row = row.ok_or(ReadError::NoSuchInstance)?;
        match self {
            Self::Made(get) => get(row).map(Answer::Owned),
            Self::Lent(get) => {
                octets.clear();
                get(row, octets);
                Ok(Answer::Borrowed(ValueRef::OctetString(octets)))
            }
        }
    }
}

type Make<R> = Box<dyn FnMut(&R) -> Result<Value, ReadError>>;
/// Appends the octets of a cell.
type Append<R> = Box<dyn FnMut(&R, &mut Vec<u8>)>;
type Set<R> = Box<dyn FnMut(&mut R, ValueRef<'_>) -> Result<(), SetError>>;

impl<C: RowCollection> Shared<C> {
    /// Adds a column, or replaces the one of this number.
    fn add(&mut self, cells: Cells<C::Row>) {
        match self.place(cells.number) {
            Ok(place) => self.columns[place] = cells,
            Err(place) => self.columns.insert(place, cells),
        }
    }

    /// Sees to it that there are rows for this request.
    #[inline(always)]
    fn prepare(&self, asker: &Asker<'_>) -> Result<(), NoRows> {
        match &self.source {
            Source::Kept(_) => Ok(()),
            Source::Cached(cached) => cached.prepare(asker),
        }
    }

    #[inline(always)]
    fn place(&self, number: u32) -> Result<usize, usize> {
        // Most tables have their columns from some number on without a gap.
        let first = self.columns.first().map_or(0, |cells| cells.number);
        let guess = number.wrapping_sub(first) as usize;
        if self
            .columns
            .get(guess)
            .is_some_and(|cells| cells.number == number)
        {
            return Ok(guess);
        }
        self.columns
            .binary_search_by_key(&number, |cells| cells.number)
    }
}

/// The program has the collection, and nothing can be read or changed: leaves a record.
#[cold]
fn is_borrowed(records: &mut Throttle, asker: &Asker<'_>) {
    let left_out = records.admit_at(asker.now);
    if let Some(left_out) = left_out {
        error!("a collection that is served as a table is borrowed by the program{left_out}");
    }
}

impl<C: RowCollection> TableProvider for Shared<C> {
    type Index = C::Index;

    fn first_from(
        &mut self,
        asker: &Asker<'_>,
        from: &C::Index,
    ) -> Result<Option<C::Index>, ReadError> {
        let collection = match &self.source {
            Source::Kept(collection) => collection,
            Source::Cached(cached) => return Ok(cached.rows(asker)?.first_from(from)),
        };
        match collection.try_borrow() {
            Ok(collection) => Ok(collection.first_from(from)),
            Err(_) => {
                is_borrowed(&mut self.borrowed, asker);
                Err(ReadError::Failed)
            }
        }
    }

    fn cell(
        &mut self,
        asker: &Asker<'_>,
        index: &C::Index,
        column: u32,
    ) -> Result<Answer<'_>, ReadError> {
        let place = self.place(column).map_err(|_| ReadError::NoSuchObject)?;
        let read = &mut self.columns[place].read;
        let collection = match &self.source {
            Source::Kept(collection) => collection,
            Source::Cached(cached) => {
                return read.cell(cached.rows(asker)?.row(index), &mut self.octets);
            }
        };
        match collection.try_borrow() {
            Ok(collection) => read.cell(collection.row(index), &mut self.octets),
            Err(_) => {
                is_borrowed(&mut self.borrowed, asker);
                Err(ReadError::Failed)
            }
        }
    }

    fn check(
        &mut self,
        _: &Asker<'_>,
        _: &C::Index,
        column: u32,
        _: ValueRef<'_>,
    ) -> Result<(), SetError> {
        match self.place(column) {
            Ok(place) if self.columns[place].set.is_some() => Ok(()),
            _ => Err(SetError::NotWritable),
        }
    }

    fn set(
        &mut self,
        asker: &Asker<'_>,
        index: &C::Index,
        column: u32,
        value: ValueRef<'_>,
    ) -> Result<(), SetError> {
        let place = self.place(column).map_err(|_| SetError::GenErr)?;
        let Source::Kept(collection) = &self.source else {
            return Err(SetError::NotWritable);
        };
        let Ok(mut collection) = collection.try_borrow_mut() else {
            is_borrowed(&mut self.borrowed, asker);
            return Err(SetError::GenErr);
        };
        let row = collection.row_mut(index).ok_or(SetError::GenErr)?;
        let set = self.columns[place].set.as_mut();
        set.ok_or(SetError::GenErr)?(row, value)
    }
}

impl<C: RowCollection> ManagedObject for Rows<C> {
    fn get(&mut self, asker: &Asker<'_>, instance: &[u32]) -> Result<Answer<'_>, ReadError> {
        if let Err(none) = self.table.provider().prepare(asker) {
            return match none {
                NoRows::Later(ticket) => Ok(Answer::Later(ticket)),
                NoRows::Failed => Err(ReadError::Failed),
            };
        }
        self.table.get(asker, instance)
    }

    fn advance(&mut self, asker: &Asker<'_>, instance: &mut Vec<u32>) -> Advance {
        if let Err(none) = self.table.provider().prepare(asker) {
            return match none {
                NoRows::Later(ticket) => Advance::Later(ticket),
                NoRows::Failed => Advance::Failed,
            };
        }
        self.table.advance(asker, instance)
    }

    fn check(
        &mut self,
        asker: &Asker<'_>,
        instance: &[u32],
        value: ValueRef<'_>,
    ) -> Result<(), SetError> {
        match self.table.provider().source {
            Source::Kept(_) => self.table.check(asker, instance, value),
            Source::Cached(_) => Err(SetError::NotWritable),
        }
    }

    fn commit(
        &mut self,
        asker: &Asker<'_>,
        assignments: Assignments<'_>,
    ) -> Result<SetPhase, Refused> {
        self.table.commit(asker, assignments)
    }

    fn undo(
        &mut self,
        asker: &Asker<'_>,
        assignments: Assignments<'_>,
    ) -> Result<SetPhase, Refused> {
        self.table.undo(asker, assignments)
    }

    fn cleanup(&mut self, assignments: Assignments<'_>) {
        self.table.cleanup(assignments);
    }
}

impl<C: RowCollection> Defined for Rows<C> {
    type Handle = ();

    fn handle(&self) {}

    fn define(&mut self, definition: &ObjectDefinition) -> Result<(), DefinitionError> {
        self.table.define(definition)?;
        let shared = self.table.provider_mut();
        for (name, mut cells) in std::mem::take(&mut shared.named) {
            // The table has found it.
            if let Some(column) = definition.column(&name) {
                cells.number = column.number();
                shared.add(cells);
            }
        }
        Ok(())
    }
}

impl<C: RowCollection> fmt::Debug for Rows<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rows")
            .field("table", &self.table)
            .finish_non_exhaustive()
    }
}
