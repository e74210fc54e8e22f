//! What an answer needs of the message that it answers: one variant for each model.

use std::fmt;

use crate::engine::address::Peer;
use crate::engine::buffers::BufferPool;
use crate::engine::common::Common;
use crate::engine::processing;
use crate::engine::records::About;
use crate::engine::v3::{Usm, UsmReply};
use crate::message::Version;
use crate::pdu::Pdu;

/// In which version, and in whose name, a request was made.
pub(in crate::engine) enum ReplySecurity {
    Community {
        version: Version,
        community: Vec<u8>,
    },
    Usm(UsmReply),
}

impl ReplySecurity {
    /// Writes the message of an answer (`prepareResponseMessage`). False if it is longer than is taken, or cannot be
    /// sealed.
    #[inline]
    pub(super) fn prepare_response(
        &self,
        pdu: &Pdu,
        usm: &mut Usm,
        common: &Common,
        out: &mut Vec<u8>,
    ) -> bool {
        match self {
            Self::Community { version, community } => {
                processing::prepare_response_message(*version, community, pdu, out);
                out.len() <= common.max_message_size
            }
            Self::Usm(reply) => usm.prepare_response(reply, pdu, common, out),
        }
    }

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
