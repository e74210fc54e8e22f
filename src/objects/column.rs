//! A column of a table.

use std::borrow::Cow;
use std::fmt;

use super::asker::Asker;
use super::definition::{DefinitionError, ObjectDefinition};
use super::object::{Answer, Computed, ReadError};
use super::phases::SetError;
use super::row_status::{RowStatus, StorageType};
use crate::names::{BaseType, Index, Syntax};
use crate::smi::{Value, ValueRef};

pub(super) type CellGetter =
    Box<dyn FnMut(&Asker<'_>, &[u32]) -> Result<Answer<'static>, ReadError>>;
pub(super) type CellValidator = Box<dyn FnMut(&[u32], ValueRef<'_>) -> Result<(), SetError>>;

/// Which column of a table: its number below the entry, or its name in the MIB module that defines it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnKey(pub(super) KeyForm);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum KeyForm {
    Number(u32),
    Name(Cow<'static, str>),
}

/// A name without the module before it; `None` where that is another one.
pub(super) fn unqualified<'n>(name: &'n str, module: Option<&str>) -> Option<&'n str> {
    match name.split_once("::") {
        Some((its, name)) => (Some(its) == module).then_some(name),
        None => Some(name),
    }
}

impl From<u32> for ColumnKey {
    fn from(number: u32) -> Self {
        Self(KeyForm::Number(number))
    }
}

impl From<&'static str> for ColumnKey {
    fn from(name: &'static str) -> Self {
        Self(KeyForm::Name(Cow::Borrowed(name)))
    }
}

impl From<String> for ColumnKey {
    fn from(name: String) -> Self {
        Self(KeyForm::Name(Cow::Owned(name)))
    }
}

impl fmt::Display for ColumnKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            KeyForm::Number(number) => write!(f, "{number}"),
            KeyForm::Name(name) => f.write_str(name),
        }
    }
}

/// A column of a [`Table`](super::Table), or of another kind of table.
///
/// It is named by its number below the table's entry, or, where the table is registered by the name of its
/// [definition](super::ObjectDefinition), by its name there: `"ifDescr"`. Then its syntax comes from there as well, its default, and whether
/// SET may change it.
pub struct Column {
    pub(super) key: ColumnKey,
    /// Of no meaning until it is [known](Self::is_known).
    pub(super) number: u32,
    /// In the definition.
    pub(super) name: Option<Box<str>>,
    pub(super) syntax: Option<Syntax>,
    pub(super) writable: bool,
    pub(super) is_read_only: bool,
    pub(super) getter: Option<CellGetter>,
    pub(super) validator: Option<CellValidator>,
    /// Whether a row needs a cell here to be in service; by its access and default where nobody says so.
    pub(super) is_required: Option<bool>,
    pub(super) default: Option<Value>,
    pub(super) is_fixed: bool,
    /// The syntax goes by the type of what the program returns; a definition has to agree.
    is_by_type: bool,
}

impl Column {
    /// A column that no request changes; `number` is its sub-identifier below the table's entry.
    pub fn new(number: u32) -> Self {
        Self {
            key: number.into(),
            number,
            name: None,
            syntax: None,
            writable: false,
            is_read_only: false,
            getter: None,
            validator: None,
            is_required: None,
            default: None,
            is_fixed: false,
            is_by_type: false,
        }
    }

    /// The column of this name: `"ifDescr"`. It has no cells until its table is registered by the name of its definition.
    pub fn named(name: impl Into<Cow<'static, str>>) -> Self {
        Self {
            key: ColumnKey(KeyForm::Name(name.into())),
            ..Self::new(0)
        }
    }

    /// Declares the syntax that SET holds values to, a [`BaseType`] for one without limits; without it the type of the present value is the measure. By a
    /// declared Counter64, GetNext of SNMPv1, which has none, leaves a [computed](Self::dynamic) column out at once.
    #[must_use]
    pub fn syntax(mut self, syntax: impl Into<Syntax>) -> Self {
        self.syntax = Some(syntax.into());
        self
    }

    /// Lets SET change the cells that exist, and, in a table with a [`RowStatus`] column, create others. A definition says
    /// this by MAX-ACCESS.
    #[must_use]
    pub fn writable(mut self) -> Self {
        self.writable = true;
        self
    }

    /// Lets no SET change the cells, although the definition would (MIN-ACCESS of a compliance statement).
    #[must_use]
    pub fn read_only(mut self) -> Self {
        self.is_read_only = true;
        self.writable = false;
        self
    }

    /// Asks for a cell in each row that is in service. In a table with a [`RowStatus`] column, columns that can be written and have no
    /// [default](Self::default) are required unless this says otherwise.
    #[must_use]
    pub fn required(mut self, is_required: bool) -> Self {
        self.is_required = Some(is_required);
        self
    }

    /// The cell of a row that is made without one, in place of the definition's DEFVAL.
    #[must_use]
    pub fn default(mut self, value: impl Into<Value>) -> Self {
        self.default = Some(value.into());
        self
    }

    /// Lets SET change the cells of rows that are not active, and of those that it takes out of service (RFC 2579, RowStatus). Others may be
    /// changed at any time.
    #[must_use]
    pub fn fixed_while_active(mut self) -> Self {
        self.is_fixed = true;
        self
    }

    /// Makes this the column by which rows are created, put in service and destroyed: its syntax is [`RowStatus`], and SET may
    /// write it.
    #[must_use]
    pub fn row_status(self) -> Self {
        self.syntax(RowStatus::SYNTAX).writable()
    }

    /// Makes this the column that tells how long rows are kept: its syntax is [`StorageType`], and SET may write it.
    #[must_use]
    pub fn storage_type(self) -> Self {
        self.syntax(StorageType::SYNTAX).writable()
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

/// The column of this name.
impl From<&'static str> for Column {
    fn from(name: &'static str) -> Self {
        Self::named(name)
    }
}

impl From<ColumnKey> for Column {
    fn from(key: ColumnKey) -> Self {
        match key.0 {
            KeyForm::Number(number) => Self::new(number),
            KeyForm::Name(name) => Self::named(name),
        }
    }
}

impl Column {
    /// The name by which its number has still to be found.
    pub(crate) fn name_wanted(&self) -> Option<&str> {
        match &self.key.0 {
            KeyForm::Name(name) if !self.is_known() => Some(name),
            _ => None,
        }
    }

    pub(crate) fn number(&self) -> u32 {
        self.number
    }

    /// All its cells are Counter64s, unless a syntax is declared.
    pub(crate) fn of_counter64(mut self) -> Self {
        const COUNTER64: Syntax =
            Syntax::from_static("Counter64", BaseType::Counter64, &[], &[], None);
        self.is_by_type = self.syntax.is_none();
        self.syntax.get_or_insert(COUNTER64);
        self
    }

    /// Whether its number is known.
    pub(super) fn is_known(&self) -> bool {
        matches!(self.key.0, KeyForm::Number(_)) || self.name.is_some()
    }

    pub(super) fn is_computed(&self) -> bool {
        self.getter.is_some()
    }

    pub(super) fn is_declared_counter64(&self) -> bool {
        let syntax = self.syntax.as_ref();
        syntax.is_some_and(|syntax| syntax.base() == BaseType::Counter64)
    }

    /// Takes what a table's definition says of this column.
    pub(crate) fn define(&mut self, table: &ObjectDefinition) -> Result<(), DefinitionError> {
        let column = match &self.key.0 {
            KeyForm::Number(_) if !table.is_known() => return Ok(()),
            KeyForm::Number(number) => table.columns().iter().find(|it| it.number() == *number),
            KeyForm::Name(name) => table.column(name),
        };
        let column = column.ok_or_else(|| DefinitionError::Column {
            table: table.to_string(),
            column: self.key.to_string(),
        })?;
        if !column.is_readable() {
            let access = column.access().name();
            return Err(column.contradiction(format!("a column that is {access} has no cells")));
        }
        if self.writable && !column.is_writable() {
            return Err(column.contradiction("SET cannot change what is defined as read-only"));
        }
        if let (true, Some(ours), Some(syntax)) = (self.is_by_type, &self.syntax, column.syntax())
            && ours.base() != syntax.base()
        {
            let (ours, theirs) = (ours.name(), syntax.name());
            return Err(column.contradiction(format!("a {ours} is no value of {theirs}")));
        }
        if self.syntax.is_none() || self.is_by_type {
            self.syntax = column.syntax().cloned();
        }
        self.number = column.number();
        self.name = Some(column.name().into());
        let given = self.default.take();
        self.default = match (
            given.or_else(|| column.default_value().cloned()),
            &self.syntax,
        ) {
            (Some(value), Some(syntax)) => Some(column.fit(syntax, value)?),
            (default, _) => default,
        };
        Ok(())
    }

    /// The columns of a table as its definition has them, ascending, and those of its INDEX.
    pub(super) fn define_all(
        columns: Vec<Self>,
        table: &ObjectDefinition,
    ) -> Result<Vec<Self>, DefinitionError> {
        if table.is_known() && !table.is_table() {
            return Err(table.contradiction("a scalar is no table"));
        }
        let mut defined: Vec<Self> = Vec::with_capacity(columns.len());
        let find = |defined: &[Self], number| {
            defined.binary_search_by_key(&number, |column: &Self| column.number)
        };
        for mut column in columns {
            column.define(table)?;
            match find(&defined, column.number) {
                Ok(_) => return Err(table.twice(column.number)),
                Err(place) => defined.insert(place, column),
            }
        }
        for column in Self::of_index(table)? {
            if let Err(place) = find(&defined, column.number) {
                defined.insert(place, column);
            }
        }
        Ok(defined)
    }

    /// The columns of a table that are objects of its INDEX and can be read all the same, as ifIndex can: each tells its part of the index.
    fn of_index(table: &ObjectDefinition) -> Result<Vec<Self>, DefinitionError> {
        let mut columns = Vec::new();
        for column in table.columns().iter().filter(|it| it.is_readable()) {
            let parts = table.index();
            let Some(nth) = parts.iter().position(|part| part.name() == column.name()) else {
                continue;
            };
            let clause = parts[..=nth].to_vec();
            let mut its = Self::new(column.number()).answered_by(move |_, arcs| {
                let value = Index::last_value(&clause, arcs);
                value.map(Answer::Owned).ok_or(ReadError::NoSuchInstance)
            });
            its.define(table)?;
            columns.push(its);
        }
        Ok(columns)
    }

    /// Lets SET write it if the definition does.
    pub(super) fn allow_set(&mut self, table: &ObjectDefinition) {
        let column = table.columns().iter().find(|it| it.number() == self.number);
        let may = column.is_some_and(ObjectDefinition::is_writable);
        self.writable |= may && !self.is_read_only && !self.is_computed();
    }
}

impl fmt::Debug for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Column")
            .field("key", &format_args!("{}", self.key))
            .field("writable", &self.writable)
            .field("computed", &self.getter.is_some())
            .finish_non_exhaustive()
    }
}
