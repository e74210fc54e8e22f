//! A table as a managed object.

use super::layout::Rule;
use super::store::Store;
use super::table::Table;
use super::table_handle::TableHandle;
use crate::message::Version;
use crate::names::{BaseType, Index};
use crate::objects::asker::Asker;
use crate::objects::column::Column;
use crate::objects::definition::{Defined, DefinitionError, ObjectDefinition};
use crate::objects::object::{Advance, Answer, ManagedObject, ReadError};
use crate::objects::phases::{Assignments, Refused, SetError, SetPhase};
use crate::objects::row_status::{RowStatus, StorageType};
use crate::objects::scalar::same_type;
use crate::smi::{ObjectIdentifier, OidRef, ValueRef};

/// How many columns without a cell are tried in one search. The place of the next is named then, as if it were an
/// instance: whoever asks passes it over, and counts.
const COLUMNS_TRIED: usize = 64;

impl Table {
    /// Replaces `instance` by the next cell, in SNMPv1 by one of a column that does not hold Counter64s alone.
    fn next(&self, instance: &mut Vec<u32>, v1: bool) -> bool {
        let store = &mut *self.shared.store.borrow_mut();
        if store.is_empty() {
            return false;
        }
        let (number, mut after) = match instance.split_first() {
            Some((&number, index)) => (number, Some(index)),
            None => (0, None),
        };
        let first = match store.layout.place(number) {
            Some(place) => place,
            None => self.columns.partition_point(|it| it.number < number),
        };
        for (tried, column) in self.columns[first..].iter().enumerate() {
            let place = first + tried;
            if column.number != number {
                after = None;
            }
            if tried == COLUMNS_TRIED {
                instance.clear();
                instance.push(column.number);
                return true;
            }
            if v1 && is_counter64(store, column, place) {
                continue;
            }
            if let Some(index) = store.next(place, column.is_computed(), after) {
                instance.clear();
                instance.push(column.number);
                instance.extend_from_slice(index);
                return true;
            }
        }
        false
    }

    /// Whether the row of this index could be created by a SET with this value.
    fn check_new(&self, place: usize, index: &[u32], value: ValueRef<'_>) -> Result<(), SetError> {
        let store = self.shared.store.borrow();
        let layout = &store.layout;
        check_first(&layout.columns[place], value)?;
        if Some(place) == layout.storage {
            check_storage(None, value)?;
        }
        let is_index = layout.index.is_empty() || Index::fits(&layout.index, index);
        match self.shared.is_creatable() && is_index && !index.is_empty() {
            true => Ok(()),
            false => Err(SetError::NoCreation),
        }
    }

    /// Whether a cell of a row that exists could have this value.
    fn check_cell(&self, place: usize, index: &[u32], value: ValueRef<'_>) -> Result<(), SetError> {
        let store = self.shared.store.borrow();
        let Some(row) = store.row(index) else {
            drop(store);
            return self.check_new(place, index, value);
        };
        let layout = &store.layout;
        let storage = layout.storage_of(&row.cells);
        if Some(place) == layout.storage {
            check_storage(Some(storage), value)?;
        }
        match row.cells.get(place) {
            Some(present) if self.columns[place].syntax.is_none() => same_type(present, value)?,
            Some(_) => {}
            None if self.shared.is_creatable() => check_first(&layout.columns[place], value)?,
            None => return Err(SetError::NoCreation),
        }
        // What becomes of the row is judged when all its columns are known.
        let governs = Some(place) == layout.status || Some(place) == layout.storage;
        match storage {
            Some(StorageType::ReadOnly) if !governs => Err(SetError::NotWritable),
            _ => Ok(()),
        }
    }
}

/// Whether a cell that does not exist could have this value: where nobody has said its syntax, a value of a type, and of that of the
/// default.
fn check_first(rule: &Rule, value: ValueRef<'_>) -> Result<(), SetError> {
    match (&rule.syntax, &rule.default) {
        (Some(_), _) => Ok(()),
        (None, Some(default)) => same_type(default.as_ref(), value),
        (None, None) => match BaseType::of(value) {
            Some(_) => Ok(()),
            None => Err(SetError::WrongType),
        },
    }
}

/// Whether a row may be kept so: RFC 2579, StorageType. `former` is `None` for a new row.
fn check_storage(former: Option<Option<StorageType>>, value: ValueRef<'_>) -> Result<(), SetError> {
    let number = value.as_i64().and_then(|number| number.try_into().ok());
    let asked = number.and_then(StorageType::from_number);
    let asked = asked.ok_or(SetError::WrongValue)?;
    match asked.may_follow(former.flatten()) {
        true => Ok(()),
        false => Err(SetError::WrongValue),
    }
}

fn is_counter64(store: &Store, column: &Column, place: usize) -> bool {
    match column.is_computed() || store.is_blank(place) {
        true => column.is_declared_counter64(),
        false => store.is_counter64(place),
    }
}

/// A value that a table has, lent from `octets` where it has any.
#[inline]
fn lend<'o>(octets: &'o mut Vec<u8>, value: ValueRef<'_>) -> Answer<'o> {
    let mut keep = |contents: &[u8]| {
        octets.clear();
        octets.extend_from_slice(contents);
    };
    match value {
        ValueRef::OctetString(contents) => {
            keep(contents);
            Answer::Borrowed(ValueRef::OctetString(octets))
        }
        ValueRef::Opaque(contents) => {
            keep(contents);
            Answer::Borrowed(ValueRef::Opaque(octets))
        }
        ValueRef::ObjectIdentifier(oid) => {
            keep(oid.contents());
            Answer::Borrowed(ValueRef::ObjectIdentifier(OidRef::checked(octets)))
        }
        // A number, which has no memory of its own.
        other => Answer::Owned(other.to_owned()),
    }
}

impl ManagedObject for Table {
    fn registered_at(&mut self, name: &ObjectIdentifier) {
        for column in &self.named {
            let key = &column.key;
            error!("table {name}: the column {key} is left out, since no definition is known here");
        }
    }

    fn get(&mut self, asker: &Asker<'_>, instance: &[u32]) -> Result<Answer<'_>, ReadError> {
        let (&number, index) = instance.split_first().ok_or(ReadError::NoSuchObject)?;
        self.unfinished.remove_old(&self.shared, asker.now);
        let store = self.shared.store.borrow();
        let place = store.layout.place(number).ok_or(ReadError::NoSuchObject)?;
        let row = store.row(index).ok_or(ReadError::NoSuchInstance)?;
        let Column { getter, syntax, .. } = &mut self.columns[place];
        if let Some(getter) = getter {
            drop(store);
            return getter(asker, index)?.of_syntax(syntax.as_ref());
        }
        let value = row.cells.get(place).ok_or(ReadError::NoSuchInstance)?;
        Ok(lend(&mut self.octets, value))
    }

    fn advance(&mut self, asker: &Asker<'_>, instance: &mut Vec<u32>) -> Advance {
        self.unfinished.remove_old(&self.shared, asker.now);
        self.next(instance, asker.version == Version::V1).into()
    }

    fn check(
        &mut self,
        asker: &Asker<'_>,
        instance: &[u32],
        value: ValueRef<'_>,
    ) -> Result<(), SetError> {
        self.unfinished.remove_old(&self.shared, asker.now);
        let (&number, index) = instance.split_first().ok_or(SetError::NotWritable)?;
        let layout = self.shared.layout();
        let place = layout.place(number).ok_or(SetError::NotWritable)?;
        let column = &self.columns[place];
        if !column.writable || column.is_computed() {
            return Err(SetError::NotWritable);
        }
        if let Some(syntax) = &column.syntax {
            syntax.check(value)?;
        }
        if Some(place) == layout.status && value.as_i64() == Some(RowStatus::NotReady as i64) {
            return Err(SetError::WrongValue);
        }
        self.check_cell(place, index, value)?;
        match &mut self.columns[place].validator {
            Some(validator) => validator(index, value),
            None => Ok(()),
        }
    }

    fn reserve(
        &mut self,
        asker: &Asker<'_>,
        assignments: Assignments<'_>,
    ) -> Result<SetPhase, Refused> {
        self.setting
            .reserve(&self.shared, self.judge.as_mut(), asker, assignments)?;
        Ok(SetPhase::Done)
    }

    fn commit(
        &mut self,
        asker: &Asker<'_>,
        assignments: Assignments<'_>,
    ) -> Result<SetPhase, Refused> {
        self.setting
            .commit(&self.shared, self.judge.as_mut(), asker, assignments)?;
        for index in self.setting.indices() {
            self.unfinished.note(&self.shared, index, asker.now);
        }
        Ok(SetPhase::Done)
    }

    fn undo(&mut self, asker: &Asker<'_>, _: Assignments<'_>) -> Result<SetPhase, Refused> {
        let is_whole = self.setting.undo(&self.shared);
        for index in self.setting.indices() {
            self.unfinished.note(&self.shared, index, asker.now);
        }
        match is_whole {
            true => Ok(SetPhase::Done),
            false => Err(SetError::GenErr.into()),
        }
    }

    fn cleanup(&mut self, _: Assignments<'_>) {
        self.setting.cleanup(&self.shared);
    }
}

impl Defined for Table {
    type Handle = TableHandle;

    fn handle(&self) -> TableHandle {
        self.handle()
    }

    fn define(&mut self, definition: &ObjectDefinition) -> Result<(), DefinitionError> {
        if self.takes_all && !definition.is_known() {
            return Err(definition.contradiction("nothing is known of the columns of such a table"));
        }
        let mut columns = std::mem::take(&mut self.columns);
        columns.append(&mut self.named);
        self.columns = Column::define_all(columns, definition)?;
        let has = |table: &Self, number| table.columns.iter().any(|it| it.number == number);
        if self.takes_all {
            for column in definition.columns() {
                if column.is_readable() && !has(self, column.number()) {
                    let mut taken = Column::new(column.number());
                    taken.define(definition)?;
                    self.add(taken);
                }
            }
        }
        for column in &mut self.columns {
            column.allow_set(definition);
        }
        if self.index.is_empty() {
            self.index = definition.index().to_vec();
        }
        let module = definition.is_known().then(|| definition.module());
        self.arrange(module);
        Ok(())
    }
}
