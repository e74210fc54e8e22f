//! Managed objects by the names that MIB modules give them.

use std::fmt;

use super::column::unqualified;
use super::object::ManagedObject;
use super::tree::OverlapError;
use crate::names::{
    Access, IndexPart, NameError, Names, NamesExt, Node, NodeKind, PrettyName, Syntax,
};
use crate::smi::{ObjectIdentifier, Value};

/// A managed object that can be registered by the name of its definition: [`MibTree::define`](super::MibTree::define). It takes from there
/// what a program would have to repeat otherwise: SYNTAX, MAX-ACCESS, and of a table the numbers of its columns, the INDEX and the
/// DEFVALs.
pub trait Defined: ManagedObject {
    /// What the program reaches the object by while it is served: of a [`Table`](super::Table) its rows, `()` where there is nothing.
    type Handle;

    /// What the program keeps.
    fn handle(&self) -> Self::Handle;

    /// Takes what the definition says. What the program has said itself remains. Called once, before the object is
    /// registered.
    ///
    /// # Errors
    ///
    /// The object is none of that definition, or contradicts it.
    fn define(&mut self, definition: &ObjectDefinition) -> Result<(), DefinitionError>;
}

/// What a MIB module says of a managed object: of a scalar, of a table with its columns, or of a column (RFC 2578 section 7).
#[derive(Clone, Debug)]
pub struct ObjectDefinition {
    module: String,
    name: String,
    oid: ObjectIdentifier,
    access: Access,
    syntax: Option<Syntax>,
    default: Option<Value>,
    index: Vec<IndexPart>,
    columns: Vec<Self>,
    is_table: bool,
}

impl ObjectDefinition {
    /// Looks up an object, given as `IF-MIB::ifTable`, `ifTable`, or in numbers. A table may be given by its name or by that of its entry.
    ///
    /// # Errors
    ///
    /// There is no such name, or it is no scalar and no table.
    pub fn look_up(names: &dyn Names, name: &str) -> Result<Self, DefinitionError> {
        let oid = names.parse(name).map_err(DefinitionError::Name)?;
        Self::at(names, &oid)
    }

    /// The definition of what lies at this name. Where nothing is known of it or of what is above it, the definition says
    /// nothing ([`is_known`](Self::is_known)): the object goes by what the program says.
    ///
    /// # Errors
    ///
    /// The name is known to be that of something else than a scalar or a table.
    pub fn at(names: &dyn Names, oid: &ObjectIdentifier) -> Result<Self, DefinitionError> {
        let wrong = |kind| DefinitionError::Kind {
            name: PrettyName::new(names, oid).to_string(),
            kind,
        };
        let Some(node) = names.nearest(oid.as_ref()) else {
            return Ok(Self::unknown(oid));
        };
        let is_it = node.arcs().len() == oid.len();
        match node.kind() {
            NodeKind::Scalar if is_it => Self::of(names, node),
            NodeKind::Row if is_it => Self::of_table(names, node),
            NodeKind::Table if is_it => {
                let rows = names.children(node.arcs());
                let row = rows.iter().find(|row| row.kind() == NodeKind::Row);
                Self::of_table(names, *row.ok_or_else(|| wrong(NodeKind::Table))?)
            }
            NodeKind::Node if !is_it => Ok(Self::unknown(oid)),
            NodeKind::Column if is_it => {
                let column = Self::of(names, node)?;
                Err(column.contradiction("a column is registered with its table"))
            }
            kind => Err(wrong(kind)),
        }
    }

    fn unknown(oid: &ObjectIdentifier) -> Self {
        Self {
            module: String::new(),
            name: oid.to_string(),
            oid: oid.clone(),
            access: Access::NotAccessible,
            syntax: None,
            default: None,
            index: Vec::new(),
            columns: Vec::new(),
            is_table: false,
        }
    }

    /// Whether there is a definition.
    pub fn is_known(&self) -> bool {
        !self.module.is_empty()
    }

    fn of(names: &dyn Names, node: Node<'_>) -> Result<Self, DefinitionError> {
        let oid = ObjectIdentifier::from_arcs(node.arcs());
        Ok(Self {
            module: node.module().to_owned(),
            name: node.name().to_owned(),
            oid: oid.map_err(|error| DefinitionError::Name(NameError::Oid(error)))?,
            access: node.access().unwrap_or(Access::NotAccessible),
            syntax: node.syntax().cloned(),
            // One that is none of the syntax is no default: modules are what they are.
            default: names.default_of(node).unwrap_or_default(),
            index: node.index().to_vec(),
            columns: Vec::new(),
            is_table: false,
        })
    }

    fn of_table(names: &dyn Names, row: Node<'_>) -> Result<Self, DefinitionError> {
        let columns = names.children(row.arcs()).into_iter();
        let columns = columns.filter(|node| node.kind() == NodeKind::Column);
        Ok(Self {
            columns: columns
                .map(|column| Self::of(names, column))
                .collect::<Result<_, _>>()?,
            is_table: true,
            ..Self::of(names, row)?
        })
    }

    /// The module that defines it.
    pub fn module(&self) -> &str {
        &self.module
    }

    /// Its name: of a table that of its entry.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where it is registered: a table at its entry.
    pub fn oid(&self) -> &ObjectIdentifier {
        &self.oid
    }

    /// What may be done with it, MAX-ACCESS.
    pub fn access(&self) -> Access {
        self.access
    }

    /// The SYNTAX of its values; a table has none.
    pub fn syntax(&self) -> Option<&Syntax> {
        self.syntax.as_ref()
    }

    /// The DEFVAL.
    pub fn default_value(&self) -> Option<&Value> {
        self.default.as_ref()
    }

    /// The INDEX of a table: that of the table which it AUGMENTS, where it does.
    pub fn index(&self) -> &[IndexPart] {
        &self.index
    }

    /// The columns of a table, ascending.
    pub fn columns(&self) -> &[Self] {
        &self.columns
    }

    /// The column of this name, with or without the module before it.
    pub fn column(&self, name: &str) -> Option<&Self> {
        let name = unqualified(name, Some(&self.module))?;
        self.columns.iter().find(|column| column.name == name)
    }

    /// Its last sub-identifier: the number of a column.
    pub fn number(&self) -> u32 {
        self.oid.arcs().last().unwrap_or(0)
    }

    /// Whether it is a table.
    pub fn is_table(&self) -> bool {
        self.is_table
    }

    /// Whether requests may read it.
    pub fn is_readable(&self) -> bool {
        use Access::{ReadCreate, ReadOnly, ReadWrite};
        matches!(self.access, ReadOnly | ReadWrite | ReadCreate)
    }

    /// Whether requests may change it.
    pub fn is_writable(&self) -> bool {
        use Access::{ReadCreate, ReadWrite, WriteOnly};
        matches!(self.access, ReadWrite | ReadCreate | WriteOnly)
    }

    /// A value of the program's as one of this syntax.
    pub(super) fn fit(&self, syntax: &Syntax, value: Value) -> Result<Value, DefinitionError> {
        let wrong = |reason: String| DefinitionError::Value {
            name: self.to_string(),
            reason,
        };
        let value = syntax
            .cast(value)
            .map_err(|error| wrong(error.to_string()))?;
        match syntax.check(value.as_ref()) {
            Ok(()) => Ok(value),
            Err(misfit) => Err(wrong(misfit.to_string())),
        }
    }

    /// That one of its columns is there by its name and by its number.
    pub(super) fn twice(&self, number: u32) -> DefinitionError {
        self.contradiction(format!(
            "column {number} is given twice, by its name and by its number"
        ))
    }

    /// That `what` contradicts it.
    pub(super) fn contradiction(&self, what: impl Into<String>) -> DefinitionError {
        DefinitionError::Contradiction {
            name: self.to_string(),
            what: what.into(),
        }
    }
}

/// Its name with that of its module; in numbers where it is not known.
impl fmt::Display for ObjectDefinition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.is_known() {
            true => write!(f, "{}::{}", self.module, self.name),
            false => f.write_str(&self.name),
        }
    }
}

/// Why an object cannot be registered by a name.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DefinitionError {
    /// There is no such name.
    Name(NameError),
    /// The name is none of an object that can be registered.
    Kind {
        /// The name.
        name: String,
        /// What it, or what is above it, is.
        kind: NodeKind,
    },
    /// The table has no such column.
    Column {
        /// The table.
        table: String,
        /// The column, as it was named.
        column: String,
    },
    /// A value does not fit the SYNTAX.
    Value {
        /// The object.
        name: String,
        /// Why not.
        reason: String,
    },
    /// What the program says of the object contradicts its definition.
    Contradiction {
        /// The object.
        name: String,
        /// What the program says.
        what: String,
    },
    /// Another object lies at, above or below it.
    Overlap(OverlapError),
}

impl fmt::Display for DefinitionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(error) => error.fmt(f),
            Self::Kind { name, kind } => {
                let kind = match kind {
                    NodeKind::Scalar => "an instance of a scalar, which is registered without .0",
                    NodeKind::Column => "a column, or an instance of one",
                    NodeKind::Table | NodeKind::Row => "below a table",
                    NodeKind::Notification => "a notification",
                    _ => "a node",
                };
                write!(f, "{name} is {kind}: a scalar or a table can be registered")
            }
            Self::Column { table, column } => write!(f, "{table} has no column {column}"),
            Self::Value { name, reason } => write!(f, "{name}: {reason}"),
            Self::Contradiction { name, what } => write!(f, "{name}: {what}"),
            Self::Overlap(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for DefinitionError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Name(error) => Some(error),
            Self::Overlap(error) => Some(error),
            _ => None,
        }
    }
}

impl From<OverlapError> for DefinitionError {
    fn from(error: OverlapError) -> Self {
        Self::Overlap(error)
    }
}
