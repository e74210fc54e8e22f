//! Tables that keep their rows.

mod conceptual_row;
mod layout;
mod managed_object;
mod packed;
mod setting;
mod shared;
mod store;
#[expect(clippy::module_inception, reason = "the file is named by its type")]
mod table;
mod table_handle;
mod unfinished;

pub use conceptual_row::{ConceptualRow, NewRow};
pub use setting::RowChange;
pub use table::Table;
pub use table_handle::{RowError, TableHandle};
