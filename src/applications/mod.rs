//! The applications of RFC 3413, without I/O: what is asked, what is answered, and what is made of
//! answers.

mod command_generator;
mod walk;

pub use command_generator::{Command, Rows, is_end_of_mib};
pub use walk::{Progress, Walk, WalkError, WalkOptions, WalkSummary};
