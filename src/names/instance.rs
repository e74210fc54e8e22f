//! The name of an instance, by values of its index.

use super::definition::{Node, NodeKind};
use super::index::append_values;
use super::index_error::IndexError;
use super::index_value::IndexValue;
use super::name_error::NameError;
use crate::smi::ObjectIdentifier;

impl Node<'_> {
    pub(super) fn index_error(self, reason: IndexError) -> NameError {
        NameError::Index {
            node: format!("{}::{}", self.module(), self.name()),
            reason,
        }
    }

    /// The name of an instance of this node.
    pub(super) fn instance(self, index: &[IndexValue]) -> Result<ObjectIdentifier, NameError> {
        let refused = |reason| self.index_error(reason);
        let mut arcs = self.arcs().to_vec();
        match self.kind() {
            NodeKind::Column | NodeKind::Row => {
                append_values(self.index(), index, &mut arcs).map_err(refused)?;
            }
            NodeKind::Scalar if index.len() > 1 => {
                return Err(refused(IndexError::TooMany {
                    given: index.len(),
                    taken: 1,
                }));
            }
            _ => {
                for value in index {
                    arcs.push(value.as_arc().map_err(refused)?);
                }
            }
        }
        ObjectIdentifier::from_arcs(&arcs).map_err(NameError::Oid)
    }
}
