//! What the index of a row looks like in the name of an instance.

use super::definition::{DefinitionError, ObjectDefinition};
use super::table_index::TableIndex;
use crate::names::{BaseType, IndexPart};

/// How a part of an index stands in the name of an instance (RFC 2578 section 7.7). By this a table whose rows are named otherwise
/// than its INDEX says is noticed when it is [registered](super::MibTree::define).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IndexForm {
    /// So many sub-identifiers: an integer is one, an IpAddress four, a string of fixed length one for each octet.
    Fixed(usize),
    /// A length, and so many sub-identifiers.
    Counted,
    /// All that follow: an object with IMPLIED.
    Implied,
    /// Any sub-identifiers up to the end. Suits every INDEX.
    Any,
}

impl IndexForm {
    /// How an object of an INDEX stands.
    fn of(part: &IndexPart) -> Self {
        let syntax = part.syntax();
        match (syntax.base(), syntax.fixed_size()) {
            (BaseType::IpAddress, _) => Self::Fixed(4),
            (BaseType::OctetString | BaseType::Bits | BaseType::Opaque, Some(size)) => {
                Self::Fixed(size)
            }
            (
                BaseType::OctetString
                | BaseType::Bits
                | BaseType::Opaque
                | BaseType::ObjectIdentifier,
                _,
            ) => match part.is_implied() {
                true => Self::Implied,
                false => Self::Counted,
            },
            _ => Self::Fixed(1),
        }
    }
}

/// Fixed parts that follow each other, as one: `[u32; 2]` and two integers are the same sub-identifiers.
fn joined(forms: impl IntoIterator<Item = IndexForm>) -> Vec<IndexForm> {
    let mut joined: Vec<IndexForm> = Vec::new();
    for form in forms {
        match (joined.last_mut(), form) {
            (Some(IndexForm::Fixed(before)), IndexForm::Fixed(more)) => *before += more,
            _ => joined.push(form),
        }
    }
    joined
}

fn agree(ours: &[IndexForm], clause: &[IndexForm]) -> bool {
    match (ours, clause) {
        ([IndexForm::Any, ..], _) | ([], []) => true,
        // The fixed parts in front of sub-identifiers of any number.
        ([IndexForm::Fixed(ours), IndexForm::Any, ..], [IndexForm::Fixed(theirs), ..]) => {
            ours <= theirs
        }
        ([one, ours @ ..], [other, clause @ ..]) => one == other && agree(ours, clause),
        _ => false,
    }
}

/// Compares the indices of a table with its INDEX, where one is known.
pub(super) fn compare<K: TableIndex>(definition: &ObjectDefinition) -> Result<(), DefinitionError> {
    let clause = definition.index();
    let is_that = clause.is_empty()
        || agree(
            &joined(K::forms()),
            &joined(clause.iter().map(IndexForm::of)),
        );
    if is_that {
        return Ok(());
    }
    let parts: Vec<_> = clause
        .iter()
        .map(|part| match part.is_implied() {
            true => format!("IMPLIED {}", part.name()),
            false => part.name().to_owned(),
        })
        .collect();
    let (ours, parts) = (std::any::type_name::<K>(), parts.join(", "));
    Err(definition.contradiction(format!("{ours} is no index by INDEX {{ {parts} }}")))
}
