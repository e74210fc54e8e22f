//! What an answer needs of the message that it answers: one variant for each model.

use std::fmt;

use crate::engine::address::Peer;
use crate::engine::buffers::BufferPool;
use crate::engine::records::About;
use crate::engine::v3::UsmReply;
use crate::message::Version;

/// In which version, and in whose name, a request was made.
pub(in crate::engine) enum ReplySecurity {
    Community {
        version: Version,
        community: Vec<u8>,
    },
    Usm(UsmReply),
}

impl ReplySecurity {
    /// What records say of who asked from `peer`.
    pub(super) fn about<'a>(&'a self, peer: &'a Peer) -> About<'a> {
        match self {
            Self::Community { .. } => About::from(peer),
            Self::Usm(reply) => About::from(peer).user(reply.user_name()),
        }
    }

    /// Gives back what is not needed any more.
    #[inline]
    pub(super) fn recycle(self, buffers: &mut BufferPool) {
        match self {
            Self::Community { community, .. } => buffers.give(community),
            Self::Usm(_) => {}
        }
    }
}

/// Without the community.
impl fmt::Debug for ReplySecurity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Community { version, .. } => write!(f, "Community({version}, ..)"),
            Self::Usm(reply) => fmt::Debug::fmt(reply, f),
        }
    }
}
