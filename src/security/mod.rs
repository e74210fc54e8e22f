//! Security models: who speaks, and how well that is known (RFC 3411 section 3.4, RFC 3584 section 5).
#![cfg_attr(
    not(test),
    warn(
        clippy::unwrap_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects
    )
)]

mod community;
mod model;

pub use community::{Community, CommunityEntry, CommunityTable};
pub use model::{SecurityLevel, SecurityModel};
