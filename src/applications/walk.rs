//! Walking: GETNEXT or GETBULK, again and again, until the columns end.
//!
//! [`Walk`] is a state machine without I/O: [`Walk::next_request`] says what to ask,
//! [`Walk::handle_response`] takes the answer and hands out its rows, [`Walk::handle_timeout`] is for an answer that has
//! not come.

mod error;
mod machine;
mod options;
mod pace;
mod root;

pub use error::WalkError;
pub use machine::{Progress, Walk};
pub use options::{WalkOptions, WalkSummary};
pub use root::WalkRoot;
