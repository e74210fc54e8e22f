//! What a table can have its rows from.

use std::collections::BTreeMap;

use crate::objects::TableIndex;

/// A collection whose elements are rows of a table, in the order of their indices. [`Rows`](super::Rows) serves it.
///
/// A type of the program's own that has such a collection in it passes it on.
///
/// # Examples
///
/// ```
/// use std::collections::BTreeMap;
///
/// use deferred_snmp::hlapi::RowCollection;
///
/// struct Job {
///     command: String,
/// }
///
/// #[derive(Default)]
/// struct Jobs {
///     by_user_and_number: BTreeMap<(u16, u32), Job>,
///     // and more that belongs to them
/// }
///
/// impl RowCollection for Jobs {
///     type Index = (u16, u32);
///     type Row = Job;
///
///     fn first_from(&self, from: &Self::Index) -> Option<Self::Index> {
///         self.by_user_and_number.first_from(from)
///     }
///
///     fn row(&self, index: &Self::Index) -> Option<&Job> {
///         self.by_user_and_number.get(index)
///     }
///
///     fn row_mut(&mut self, index: &Self::Index) -> Option<&mut Job> {
///         self.by_user_and_number.get_mut(index)
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be served as a table",
    note = "a `Vec` can, and a `BTreeMap` whose keys are indices: `IndexString` in place of `String`, `u32` in place of `i32` or `u64`",
    note = "a type of your own implements `RowCollection`"
)]
pub trait RowCollection: 'static {
    /// What names a row.
    type Index: TableIndex;
    /// What the closures of the columns get.
    type Row;

    /// The first row at `from` or behind it, in the order of the indices.
    fn first_from(&self, from: &Self::Index) -> Option<Self::Index>;

    /// The row of this index.
    fn row(&self, index: &Self::Index) -> Option<&Self::Row>;

    /// The row of this index, to be changed by a SET.
    fn row_mut(&mut self, index: &Self::Index) -> Option<&mut Self::Row>;
}

impl<K: TableIndex, V: 'static> RowCollection for BTreeMap<K, V> {
    type Index = K;
    type Row = V;

    fn first_from(&self, from: &K) -> Option<K> {
        self.range(from..).next().map(|(index, _)| index.clone())
    }

    fn row(&self, index: &K) -> Option<&V> {
        self.get(index)
    }

    fn row_mut(&mut self, index: &K) -> Option<&mut V> {
        self.get_mut(index)
    }
}

/// The rows are named 1, 2, 3 and so on: a row that goes gives its name to the next.
impl<V: 'static> RowCollection for Vec<V> {
    type Index = u32;
    type Row = V;

    fn first_from(&self, from: &u32) -> Option<u32> {
        let first = (*from).max(1);
        self.row(&first).map(|_| first)
    }

    fn row(&self, index: &u32) -> Option<&V> {
        self.get(place(*index)?)
    }

    fn row_mut(&mut self, index: &u32) -> Option<&mut V> {
        self.get_mut(place(*index)?)
    }
}

fn place(index: u32) -> Option<usize> {
    usize::try_from(index).ok()?.checked_sub(1)
}
