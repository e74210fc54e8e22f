//! The command responder (RFC 3413 section 3.2): objects and contexts that stay in reach, and operations that can wait.

mod command_responder;
mod contexts;
mod failure;
mod hand;
mod handed_in;
mod held;
mod operations;
mod program;
mod reading;
mod repeats;
mod search;
mod serving;
mod settings;
mod settling;
mod transaction;
mod waiters;
mod working;
mod world;

pub use command_responder::CommandResponder;
pub use contexts::{Contexts, ServedContext};
pub use failure::Unanswered;
pub use operations::Finished;
pub use program::SetFailure;
pub use serving::Started;
