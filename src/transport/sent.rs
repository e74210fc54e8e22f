//! Messages that have gone out, for those who watch.

use std::net::SocketAddr;

use crate::engine::Peer;

/// Copies of the messages of one run of the pump: they are lent to whoever watches when nothing is
/// borrowed any more. Keeps its buffers.
#[derive(Default)]
pub(super) struct SentMessages {
    sent: Vec<Sent>,
    octets: Vec<u8>,
}

struct Sent {
    peer: Peer,
    local: SocketAddr,
    /// Where the message ends in the octets of all.
    end: usize,
}

impl SentMessages {
    pub(super) fn push(&mut self, peer: Peer, local: SocketAddr, message: &[u8]) {
        self.octets.extend_from_slice(message);
        let end = self.octets.len();
        self.sent.push(Sent { peer, local, end });
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&Peer, SocketAddr, &[u8])> {
        let mut start = 0;
        self.sent.iter().map(move |sent| {
            let octets = &self.octets[start..sent.end];
            start = sent.end;
            (&sent.peer, sent.local, octets)
        })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.sent.is_empty()
    }

    pub(super) fn clear(&mut self) {
        self.sent.clear();
        self.octets.clear();
    }
}
