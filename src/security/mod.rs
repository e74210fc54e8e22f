//! Security models: who speaks, and how well that is known (RFC 3411 section 3.4, RFC 3584 section 5).
//!
//! Communities are at this level, the user-based model of SNMPv3 is in [`usm`].
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
mod engine_id;
mod model;
pub mod usm;

pub use community::{Community, CommunityEntry, CommunityTable};
pub use engine_id::{EngineId, EngineIdError};
pub use model::{SecurityLevel, SecurityModel};
