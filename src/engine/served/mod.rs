//! What others ask this engine and tell it, from a message that has been let in to its answer.

mod accepting;
mod answering;
mod community;
mod informs;
mod received;
mod registry;
mod replies;
mod reply_security;
#[expect(
    clippy::module_inception,
    reason = "the file holds the type of that name"
)]
mod served;
mod unfetched;

pub(super) use answering::TOO_LONG;
pub(super) use received::{Received, ReceivedPdu};
pub(super) use registry::ContextEngine;
pub use registry::{ContextScope, PduClass, RegistrationError, RegistrationId};
pub(super) use reply_security::ReplySecurity;
pub(super) use served::Served;
