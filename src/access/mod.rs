//! Access control: whether a principal may see or change a variable (RFC 3411 section 4.3, RFC 3415).
//!
//! [`AccessControl`] is the service interface that command responders call. [`OpenAccess`] grants everything;
//! [`SubtreeAccess`] is a small policy of named principals that grants only what is listed.

mod decision;
mod open;
mod subtrees;

pub use decision::{AccessControl, AccessDecision, AccessRequest, NextInView, ViewType};
pub use open::OpenAccess;
pub use subtrees::{SubtreeAccess, Views};
