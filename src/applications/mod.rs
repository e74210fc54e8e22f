//! The applications of RFC 3413, without I/O: what is asked, what is answered, and what is made of
//! answers.

mod bulk;
mod command_generator;
mod command_responder;
mod context;
mod notification_originator;
mod notification_receiver;
mod operation;
mod set;
mod split;
pub mod standard;
mod walk;

pub use command_generator::{Command, Rows, is_end_of_mib};
pub use command_responder::{CommandResponder, RequestInfo, Unanswered};
pub use context::Contexts;
pub(crate) use notification_originator::is_value;
pub use notification_originator::notification;
pub use notification_receiver::acknowledgement;
pub use split::Split;
pub use walk::{Progress, Walk, WalkError, WalkOptions, WalkRoot, WalkSummary};
