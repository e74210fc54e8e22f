//! What the rows of a table consist of.

use std::fmt;

use super::packed::Cells;
use crate::names::{IndexPart, Syntax};
use crate::objects::column::{Column, ColumnKey, KeyForm, unqualified};
use crate::objects::row_status::{RowStatus, StorageType};
use crate::smi::Value;

/// The columns of a table as its rows know them, and the rules for cells.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// Ascending by number.
    pub(super) columns: Vec<Rule>,
    /// The places of the columns by which rows are governed.
    pub(super) status: Option<usize>,
    pub(super) storage: Option<usize>,
    /// Empty where nobody has said what names a row.
    pub(super) index: Vec<IndexPart>,
    /// The module of the definition.
    pub(super) module: Option<Box<str>>,
}

/// The rules for the cells of one column.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) number: u32,
    pub(super) name: Option<Box<str>>,
    pub(super) syntax: Option<Syntax>,
    pub(super) is_required: bool,
    pub(super) default: Option<Value>,
    pub(super) is_fixed: bool,
}

impl Layout {
    /// The layout of these columns, which ascend.
    pub(super) fn new(columns: &[Column], index: Vec<IndexPart>, module: Option<Box<str>>) -> Self {
        let of_syntax = |name: &str| {
            let has = |column: &Column| column.syntax.as_ref().is_some_and(|it| it.name() == name);
            columns.iter().position(has)
        };
        // One that SET cannot write governs nothing.
        let status = of_syntax(RowStatus::SYNTAX.name()).filter(|place| columns[*place].writable);
        let storage = of_syntax(StorageType::SYNTAX.name());
        let rule = |(place, column): (usize, &Column)| {
            let governs = Some(place) == status || Some(place) == storage;
            let usually = status.is_some() && column.writable && column.default.is_none();
            Rule {
                number: column.number,
                name: column.name.clone(),
                syntax: column.syntax.clone(),
                is_required: !governs && column.is_required.unwrap_or(usually),
                default: column.default.clone(),
                is_fixed: column.is_fixed,
            }
        };
        Self {
            columns: columns.iter().enumerate().map(rule).collect(),
            status,
            storage,
            index,
            module,
        }
    }

    /// Whether SET can create rows.
    pub(super) fn is_creatable(&self) -> bool {
        self.status.is_some()
    }

    /// The cells of a row that nobody has given any.
    pub(super) fn defaults(&self) -> Cells {
        let defaults = self.columns.iter().map(|rule| rule.default.as_ref());
        Cells::pack(defaults.map(|default| default.map(Value::as_ref)))
    }

    /// These cells, and defaults where there is none.
    pub(super) fn filled(&self, cells: &Cells) -> Cells {
        let rules = self.columns.iter().enumerate();
        Cells::pack(rules.map(|(place, rule)| {
            let default = rule.default.as_ref().map(Value::as_ref);
            cells.get(place).or(default)
        }))
    }

    /// The place of a column.
    #[inline]
    pub(super) fn place(&self, number: u32) -> Option<usize> {
        // Most tables have their columns from some number on without a gap.
        let first = self.columns.first()?.number;
        let guess = number.checked_sub(first)? as usize;
        match self.columns.get(guess) {
            Some(rule) if rule.number == number => Some(guess),
            _ => self
                .columns
                .binary_search_by_key(&number, |rule| rule.number)
                .ok(),
        }
    }

    /// The status of a row, active where nothing governs it.
    pub(super) fn status_of(&self, cells: &Cells) -> RowStatus {
        let number = |place: usize| cells.get(place)?.as_i64()?.try_into().ok();
        match self.status {
            Some(place) => {
                let status = number(place).and_then(RowStatus::from_number);
                status.unwrap_or(RowStatus::NotReady)
            }
            None => RowStatus::Active,
        }
    }

    /// How long a row is kept, where it says so.
    pub(super) fn storage_of(&self, cells: &Cells) -> Option<StorageType> {
        let number = cells.get(self.storage?)?.as_i64()?;
        StorageType::from_number(number.try_into().ok()?)
    }

    /// The place of a column that is named either way.
    pub(super) fn find(&self, key: &ColumnKey) -> Option<usize> {
        let name = match &key.0 {
            KeyForm::Number(number) => return self.place(*number),
            KeyForm::Name(name) => &**name,
        };
        let name = unqualified(name, self.module.as_deref())?;
        let is_it = |rule: &Rule| rule.name.as_deref() == Some(name);
        self.columns.iter().position(is_it)
    }
}

/// Its name, or its number.
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => f.write_str(name),
            None => write!(f, "column {}", self.number),
        }
    }
}
