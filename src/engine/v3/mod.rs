//! SNMPv3: message processing (RFC 3412) and the user-based security model (RFC 3414) at work.

mod answer;
mod associations;
mod authoritative;
mod clock;
mod context;
mod credentials;
mod discovery;
mod incoming;
mod key_ring;
mod outgoing;
mod refusing;
mod remotes;
mod report;
mod reported;
mod room;
mod state;

pub(super) use answer::{Report, UsmReply};
pub(super) use associations::AssociationTable;
pub use context::Context;
pub use credentials::UsmCredentials;
pub(super) use report::Counter;
pub use report::Refusal;
pub(super) use state::{Progress, Usm};
