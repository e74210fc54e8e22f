//! Which columns a table is made of.

use std::fmt;

use crate::names::{Access, Names, NamesExt, Node, NodeKind, PrettyName};
use crate::smi::ObjectIdentifier;

use super::error::SnmpError;
use super::object::ObjectIdentity;
use super::session::Session;

/// A column that is asked for.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) oid: ObjectIdentifier,
    /// As the program names it, if it does so by a text.
    asked: Option<String>,
    /// Module and name, where they are known.
    symbol: Option<(String, String)>,
}

impl Column {
    /// What it is called: by its name, or as it was asked for.
    pub(super) fn name(&self) -> String {
        match (&self.symbol, &self.asked) {
            (Some((_, name)), _) | (None, Some(name)) => name.clone(),
            (None, None) => self.oid.to_string(),
        }
    }

    /// Whether its module knows it.
    pub(super) const fn is_known(&self) -> bool {
        self.symbol.is_some()
    }

    /// Whether it goes by `name`: as it was asked for, its own, with its module, or in numbers.
    pub(super) fn is_called(&self, name: &str) -> bool {
        if self.asked.as_deref() == Some(name) {
            return true;
        }
        match (&self.symbol, name.split_once("::")) {
            (Some((_, own)), None) if own == name => true,
            (Some((module, own)), Some(words)) => words == (module, own),
            _ => name
                .parse()
                .is_ok_and(|oid: ObjectIdentifier| oid == self.oid),
        }
    }
}

/// The columns of one table by their names, each once.
struct Columns<'a> {
    names: &'a dyn Names,
    columns: Vec<Column>,
    /// Where the row is that all are columns of.
    row: Option<Vec<u32>>,
}

/// Looks the columns up; the name of a table or of its row stands for all columns that can be read.
pub(super) fn resolve(
    session: &Session,
    identities: impl IntoIterator<Item = impl Into<ObjectIdentity>>,
) -> Result<Vec<Column>, SnmpError> {
    // Resolving may load modules, so that the names are asked for after that.
    let resolved: Result<Vec<_>, SnmpError> = identities
        .into_iter()
        .map(|identity| {
            let identity: ObjectIdentity = identity.into();
            let oid = identity.resolve(session)?;
            Ok((oid, identity.text().map(str::to_owned)))
        })
        .collect();
    let names = session.names();
    let mut columns = Columns {
        names: &*names,
        columns: Vec::new(),
        row: None,
    };
    for (oid, asked) in resolved? {
        columns.add(oid, asked)?;
    }
    Ok(columns.columns)
}

impl Columns<'_> {
    fn add(&mut self, oid: ObjectIdentifier, asked: Option<String>) -> Result<(), ColumnError> {
        let names = self.names;
        let Some(node) = names.nearest(oid.as_ref()) else {
            return self.push(oid, asked, None);
        };
        // How far below the node that is known.
        match (node.kind(), oid.len() - node.arcs().len()) {
            (NodeKind::Column, 0) => self.push(oid, asked, Some(node)),
            (NodeKind::Row, 0) => self.add_all(node),
            (NodeKind::Table, 0) => {
                let below = names.children(node.arcs());
                match below.into_iter().find(|n| n.kind() == NodeKind::Row) {
                    Some(row) => self.add_all(row),
                    None => Err(self.no_column(&oid)),
                }
            }
            // A column that the module does not have, or nothing is known of the table.
            (NodeKind::Row, 1) | (NodeKind::Table, 2) | (NodeKind::Node, 2..) => {
                self.push(oid, asked, None)
            }
            _ => Err(self.no_column(&oid)),
        }
    }

    /// All columns of a row that can be read.
    fn add_all(&mut self, row: Node<'_>) -> Result<(), ColumnError> {
        let below = self.names.children(row.arcs());
        let readable = below.into_iter().filter(|node| {
            let hidden = [
                Access::NotAccessible,
                Access::AccessibleForNotify,
                Access::WriteOnly,
            ];
            node.kind() == NodeKind::Column
                && node.access().is_none_or(|access| !hidden.contains(&access))
        });
        for node in readable {
            if let Ok(oid) = ObjectIdentifier::from_arcs(node.arcs()) {
                self.push(oid, None, Some(node))?;
            }
        }
        Ok(())
    }

    fn push(
        &mut self,
        oid: ObjectIdentifier,
        asked: Option<String>,
        node: Option<Node<'_>>,
    ) -> Result<(), ColumnError> {
        let row = self.row_of(&oid);
        if *self.row.get_or_insert_with(|| row.clone()) != row {
            let first = self.columns.first().map(|column| &column.oid);
            return Err(ColumnError::OtherTable {
                column: self.label(&oid),
                first: first.map(|oid| self.label(oid)).unwrap_or_default(),
            });
        }
        let before = self.columns.iter_mut().find(|column| column.oid == oid);
        match before {
            Some(column) => column.asked = column.asked.take().or(asked),
            None => self.columns.push(Column {
                oid,
                asked,
                symbol: node.map(|node| (node.module().to_owned(), node.name().to_owned())),
            }),
        }
        Ok(())
    }

    /// The row that a column belongs to: of one that AUGMENTS another, that one. RFC 2578 section 7.8.
    fn row_of(&self, column: &ObjectIdentifier) -> Vec<u32> {
        let mut arcs: Vec<u32> = column.arcs().collect();
        arcs.pop();
        // Nothing but a wrong module augments that often.
        for _ in 0..8 {
            let row = self.names.at_or_above(&arcs);
            let row = row.filter(|row| row.arcs() == arcs);
            let Some(base) = row.and_then(Node::augments) else {
                break;
            };
            match self.names.find(Some(base.module()), base.name()) {
                Some(base) => arcs = base.arcs().to_vec(),
                None => break,
            }
        }
        arcs
    }

    fn no_column(&self, oid: &ObjectIdentifier) -> ColumnError {
        ColumnError::NotAColumn {
            name: self.label(oid),
        }
    }

    fn label(&self, oid: &ObjectIdentifier) -> String {
        PrettyName::new(self.names, oid).to_string()
    }
}

/// Why there is no table of the columns that were asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ColumnError {
    /// The name is neither that of a column nor of a table.
    NotAColumn {
        /// The name, as it is printed.
        name: String,
    },
    /// The column is one of another table than the first, which it does not augment either: other rows.
    OtherTable {
        /// The name of the column, as it is printed.
        column: String,
        /// The name of the first column.
        first: String,
    },
}

impl fmt::Display for ColumnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAColumn { name } => write!(f, "{name} is neither a column nor a table"),
            Self::OtherTable { column, first } => {
                write!(f, "{column} is not a column of the table of {first}")
            }
        }
    }
}

impl std::error::Error for ColumnError {}

impl From<ColumnError> for SnmpError {
    fn from(error: ColumnError) -> Self {
        Self::Column(error)
    }
}
