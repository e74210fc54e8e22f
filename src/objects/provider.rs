//! Tables whose rows the program has.

use std::fmt;

use super::asker::Asker;
use super::column::Column;
use super::definition::{Defined, DefinitionError, ObjectDefinition};
use super::index_form;
use super::object::{Advance, Answer, ManagedObject, ReadError};
use super::phases::{Assignments, Refused, SetError, SetPhase};
use super::scalar::same_type;
use super::table_index::TableIndex;
use crate::message::Version;
use crate::smi::{Value, ValueRef};

/// A collection of the program's that has the rows of a table. A [`ProviderTable`] makes a managed object of it.
///
/// It is asked for rows and cells when a request is, and nothing is stored here: a table of 100,000 rows costs no memory
/// and cannot be out of date. Rows may come and go at any time, between two steps of a walk too, which goes on by name.
///
/// What lies in a `Rc<RefCell<..>>` is served by [`hlapi::Rows`](crate::hlapi::Rows) without a type for that. A collection
/// that has to be asked over a network is a [`ManagedObject`] of its own, which may give the next name later.
///
/// # Examples
///
/// ```
/// use deferred_snmp::objects::{Answer, Asker, Column, MibTree, ProviderTable, ReadError, TableProvider};
/// use deferred_snmp::oid;
/// use deferred_snmp::smi::ValueRef;
///
/// /// By descending load; the index is the place.
/// struct Processes(Vec<(String, i32)>);
///
/// impl TableProvider for Processes {
///     type Index = u32;
///
///     fn first_from(&mut self, _: &Asker<'_>, from: &u32) -> Result<Option<u32>, ReadError> {
///         let first = (*from).max(1);
///         Ok((first as usize <= self.0.len()).then_some(first))
///     }
///
///     fn cell(&mut self, _: &Asker<'_>, index: &u32, column: u32) -> Result<Answer<'_>, ReadError> {
///         let place = (*index as usize).checked_sub(1);
///         let row = place.and_then(|place| self.0.get(place));
///         let (name, load) = row.ok_or(ReadError::NoSuchInstance)?;
///         Ok(Answer::Borrowed(match column {
///             2 => ValueRef::OctetString(name.as_bytes()),
///             _ => ValueRef::Integer(*load),
///         }))
///     }
/// }
///
/// let processes = Processes(vec![("busy".into(), 90), ("idle".into(), 10)]);
/// let table = ProviderTable::new(processes, [2, 3].map(Column::new));
/// let mut tree = MibTree::new();
/// tree.register(oid!(1.3.6.1.4.1.99.1.1), table)?;
/// let next = tree.get_next(oid!(1.3.6.1.4.1.99.1.1.2.1).as_ref())?;
/// let (name, value) = next.expect("a cell");
/// assert_eq!(name, oid!(1.3.6.1.4.1.99.1.1.2.2));
/// assert_eq!(value.as_ref(), ValueRef::OctetString(b"idle"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait TableProvider: 'static {
    /// What names a row.
    type Index: TableIndex;

    /// The first row at `from` or behind it, in the order of the indices.
    ///
    /// # Errors
    ///
    /// Any: it cannot be found out now. The response says genErr.
    fn first_from(
        &mut self,
        asker: &Asker<'_>,
        from: &Self::Index,
    ) -> Result<Option<Self::Index>, ReadError>;

    /// The cell of this row in a column that the table has. The row need not exist, and a row may lack cells. What the
    /// provider lends is not copied.
    ///
    /// # Errors
    ///
    /// [`ReadError::NoSuchInstance`] if there is no such cell, [`ReadError::Failed`] if it cannot be retrieved.
    fn cell(
        &mut self,
        asker: &Asker<'_>,
        index: &Self::Index,
        column: u32,
    ) -> Result<Answer<'_>, ReadError>;

    /// Whether `value` could be [set](Self::set); changes nothing. The cell exists, its column is
    /// [writable](Column::writable), and the value is of its type.
    ///
    /// # Errors
    ///
    /// Says why not; the default is [`SetError::NotWritable`].
    fn check(
        &mut self,
        asker: &Asker<'_>,
        index: &Self::Index,
        column: u32,
        value: ValueRef<'_>,
    ) -> Result<(), SetError> {
        let _ = (asker, index, column, value);
        Err(SetError::NotWritable)
    }

    /// Gives a cell another value. It is called again with the former value when the SET is undone.
    ///
    /// # Errors
    ///
    /// It failed after all, and nothing has changed: the response says commitFailed.
    fn set(
        &mut self,
        asker: &Asker<'_>,
        index: &Self::Index,
        column: u32,
        value: ValueRef<'_>,
    ) -> Result<(), SetError> {
        let _ = (asker, index, column, value);
        Err(SetError::NotWritable)
    }
}

/// A table whose rows are those of a [`TableProvider`], to be registered at its entry object.
///
/// GETNEXT goes by column and then by row. A column that is not given here has no instance. Rows without a cell in a column
/// are passed over, each with a [step](crate::applications::CommandResponder::set_max_steps); a column that is declared as
/// Counter64 is left out by SNMPv1 in one.
///
/// SET changes cells of writable columns and creates none.
pub struct ProviderTable<P: TableProvider> {
    provider: P,
    /// Ascending by number.
    columns: Vec<Column>,
    /// Those whose numbers the definition has still to tell.
    named: Vec<Column>,
    latest: Latest<P::Index>,
    undo: Vec<Undo<P::Index>>,
}

/// The row that was named last: what GETNEXT has found is read next.
struct Latest<K> {
    /// The place of its column.
    column: usize,
    arcs: Vec<u32>,
    index: Option<K>,
}

struct Undo<K> {
    column: u32,
    index: K,
    former: Value,
}

impl<K: TableIndex> Latest<K> {
    /// The index with these sub-identifiers.
    #[inline]
    fn read(&mut self, arcs: &[u32]) -> Option<&K> {
        if self.arcs != arcs {
            self.index = K::read(arcs);
            self.arcs.clear();
            self.arcs.extend_from_slice(arcs);
        }
        self.index.as_ref()
    }

    /// Keeps the index of a row that was found, and adds its sub-identifiers to `instance`.
    #[inline]
    fn keep(&mut self, index: K, instance: &mut Vec<u32>) {
        let begin = instance.len();
        index.write(instance);
        self.arcs.clear();
        self.arcs.extend_from_slice(&instance[begin..]);
        self.index = Some(index);
    }
}

impl<P: TableProvider> ProviderTable<P> {
    /// The table of the rows of `provider` with these columns. Of two columns with one number the later counts.
    ///
    /// A [syntax](Column::syntax) holds a SET to it, and tells which columns SNMPv1 leaves out. The cells of a
    /// [computed](Column::dynamic) column are those that its closure makes for each row.
    pub fn new(provider: P, columns: impl IntoIterator<Item = Column>) -> Self {
        let mut table = Self {
            provider,
            columns: Vec::new(),
            named: Vec::new(),
            latest: Latest {
                column: 0,
                arcs: Vec::new(),
                index: None,
            },
            undo: Vec::new(),
        };
        for column in columns {
            table.add_column(column);
        }
        table
    }

    pub(crate) fn add_column(&mut self, column: Column) {
        if !column.is_known() {
            return self.named.push(column);
        }
        match self.column(column.number) {
            Ok(place) => self.columns[place] = column,
            Err(place) => self.columns.insert(place, column),
        }
    }

    /// The collection.
    pub fn provider(&self) -> &P {
        &self.provider
    }

    /// The collection, to change it.
    pub fn provider_mut(&mut self) -> &mut P {
        &mut self.provider
    }

    /// The place of a column, or where it would be.
    #[inline]
    fn column(&self, number: u32) -> Result<usize, usize> {
        let latest = self.latest.column;
        match self.columns.get(latest) {
            Some(column) if column.number == number => Ok(latest),
            _ => self
                .columns
                .binary_search_by_key(&number, |column| column.number),
        }
    }

    /// The place of the first column from `place` on that the version has.
    #[inline]
    fn shown(&self, place: usize, version: Version) -> usize {
        match version {
            Version::V1 => {
                let left_out = self.columns[place..].iter();
                let left_out = left_out.take_while(|column| column.is_declared_counter64());
                place + left_out.count()
            }
            Version::V2c | Version::V3 => place,
        }
    }

    /// Replaces `instance` by the name of the first row at `from` or behind it in the column at `place`. False if there is
    /// none.
    #[inline]
    fn find(
        &mut self,
        asker: &Asker<'_>,
        place: usize,
        from: Option<P::Index>,
        instance: &mut Vec<u32>,
    ) -> Result<bool, ReadError> {
        let Some(from) = from else {
            return Ok(false);
        };
        let Some(index) = self.provider.first_from(asker, &from)? else {
            return Ok(false);
        };
        instance.clear();
        instance.push(self.columns[place].number);
        self.latest.column = place;
        self.latest.keep(index, instance);
        Ok(true)
    }

    fn next(&mut self, asker: &Asker<'_>, instance: &mut Vec<u32>) -> Result<bool, ReadError> {
        let (number, arcs) = match instance.split_first() {
            Some((&number, arcs)) => (number, arcs),
            None => (0, &[][..]),
        };
        let (Ok(place) | Err(place)) = self.column(number);
        let mut place = self.shown(place, asker.version);
        let is_at = |column: &Column| column.number == number;
        if !arcs.is_empty() && self.columns.get(place).is_some_and(is_at) {
            if self.find(asker, place, P::Index::after(arcs), instance)? {
                return Ok(true);
            }
            place = self.shown(place + 1, asker.version);
        }
        // Each row is in every column: there are none at all, or some in this one.
        match place < self.columns.len() {
            true => self.find(asker, place, P::Index::after(&[]), instance),
            false => Ok(false),
        }
    }

    /// Takes back what has been set, last first. False if not all of it could be.
    fn take_back(&mut self, asker: &Asker<'_>) -> bool {
        let mut is_whole = true;
        while let Some(undo) = self.undo.pop() {
            let value = undo.former.as_ref();
            let taken_back = self.provider.set(asker, &undo.index, undo.column, value);
            is_whole &= taken_back.is_ok();
        }
        is_whole
    }

    /// Sets a cell that is there, and keeps what it replaces.
    fn assign(
        &mut self,
        asker: &Asker<'_>,
        instance: &[u32],
        value: ValueRef<'_>,
    ) -> Result<(), SetError> {
        let (&column, arcs) = instance.split_first().ok_or(SetError::GenErr)?;
        let index = P::Index::read(arcs).ok_or(SetError::GenErr)?;
        let place = self.column(column).map_err(|_| SetError::GenErr)?;
        // The row may have gone since it was checked.
        let former = self.provider.cell(asker, &index, column);
        let syntax = self.columns[place].syntax.as_ref();
        let former = former.and_then(|former| former.of_syntax(syntax));
        let former = match former.map_err(|_| SetError::GenErr)? {
            Answer::Owned(former) => former,
            Answer::Borrowed(former) => former.to_owned(),
            // This could not be undone.
            Answer::Later(_) => return Err(SetError::GenErr),
        };
        self.provider.set(asker, &index, column, value)?;
        self.undo.push(Undo {
            column,
            index,
            former,
        });
        Ok(())
    }
}

impl<P: TableProvider> ManagedObject for ProviderTable<P> {
    fn get(&mut self, asker: &Asker<'_>, instance: &[u32]) -> Result<Answer<'_>, ReadError> {
        let (&number, arcs) = instance.split_first().ok_or(ReadError::NoSuchObject)?;
        let place = self.column(number).map_err(|_| ReadError::NoSuchObject)?;
        let index = self.latest.read(arcs).ok_or(ReadError::NoSuchInstance)?;
        let Column { getter, syntax, .. } = &mut self.columns[place];
        let Some(getter) = getter else {
            let cell = self.provider.cell(asker, index, number)?;
            return cell.of_syntax(syntax.as_ref());
        };
        match self.provider.first_from(asker, index)? {
            Some(row) if row == *index => getter(asker, arcs)?.of_syntax(syntax.as_ref()),
            _ => Err(ReadError::NoSuchInstance),
        }
    }

    fn advance(&mut self, asker: &Asker<'_>, instance: &mut Vec<u32>) -> Advance {
        self.next(asker, instance)
            .map_or(Advance::Failed, Advance::from)
    }

    fn check(
        &mut self,
        asker: &Asker<'_>,
        instance: &[u32],
        value: ValueRef<'_>,
    ) -> Result<(), SetError> {
        let (&number, arcs) = instance.split_first().ok_or(SetError::NotWritable)?;
        let place = self.column(number).map_err(|_| SetError::NotWritable)?;
        let column = &mut self.columns[place];
        if !column.writable || column.is_computed() {
            return Err(SetError::NotWritable);
        }
        if let Some(syntax) = &column.syntax {
            syntax.check(value)?;
        }
        let index = self.latest.read(arcs).ok_or(SetError::NoCreation)?;
        match self.provider.cell(asker, index, number) {
            Ok(present) if column.syntax.is_none() => same_type(present.as_ref(), value)?,
            Ok(_) => {}
            Err(ReadError::Failed) => return Err(SetError::GenErr),
            Err(_) => return Err(SetError::NoCreation),
        }
        if let Some(validator) = &mut column.validator {
            validator(arcs, value)?;
        }
        self.provider.check(asker, index, number, value)
    }

    fn commit(
        &mut self,
        asker: &Asker<'_>,
        assignments: Assignments<'_>,
    ) -> Result<SetPhase, Refused> {
        // Of a SET in a context that the table was taken out of meanwhile.
        self.undo.clear();
        for (assignment, it) in assignments.iter().enumerate() {
            if let Err(error) = self.assign(asker, it.instance, it.value) {
                self.take_back(asker);
                return Err(Refused { error, assignment });
            }
        }
        Ok(SetPhase::Done)
    }

    fn undo(&mut self, asker: &Asker<'_>, _: Assignments<'_>) -> Result<SetPhase, Refused> {
        match self.take_back(asker) {
            true => Ok(SetPhase::Done),
            false => Err(SetError::GenErr.into()),
        }
    }

    fn cleanup(&mut self, _: Assignments<'_>) {
        self.undo.clear();
    }
}

impl<P: TableProvider> Defined for ProviderTable<P> {
    type Handle = ();

    fn handle(&self) {}

    fn define(&mut self, definition: &ObjectDefinition) -> Result<(), DefinitionError> {
        index_form::compare::<P::Index>(definition)?;
        let mut columns = std::mem::take(&mut self.columns);
        columns.append(&mut self.named);
        self.columns = Column::define_all(columns, definition)?;
        Ok(())
    }
}

impl<P: TableProvider> fmt::Debug for ProviderTable<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProviderTable")
            .field("columns", &self.columns)
            .finish_non_exhaustive()
    }
}
