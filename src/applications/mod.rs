//! The applications of RFC 3413, without I/O: what is asked, what is answered, and what is made of
//! answers.

mod command_generator;
mod notification_originator;
mod notification_receiver;
mod responder;
mod split;
pub mod standard;
mod walk;

pub use command_generator::{Command, ResponseRows, is_end_of_mib};
pub(crate) use notification_originator::is_value;
pub use notification_originator::notification;
pub use notification_receiver::acknowledgement;
pub use responder::{
    CommandResponder, Contexts, Finished, ServedContext, SetFailure, Started, Unanswered,
};
pub use split::Split;
pub use walk::{Progress, Walk, WalkError, WalkOptions, WalkRoot, WalkSummary};
