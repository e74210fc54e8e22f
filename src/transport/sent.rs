//! Messages that have gone out, for those who watch.

use crate::engine::{Address, Peer};

/// Copies of the messages of one run of the pump: they are lent to whoever watches when nothing is
/// borrowed any more. Keeps its buffers.
#[derive(Default)]
pub(super) struct SentMessages {
    sent: Vec<Sent>,
    octets: Vec<u8>,
}

struct Sent {
    peer: Peer,
    local: Option<Address>,
    /// Where the message ends in the octets of all.
    end: usize,
}

impl SentMessages {
    pub(super) fn push(&mut self, peer: Peer, local: Option<Address>, message: &[u8]) {
        self.octets.extend_from_slice(message);
        let end = self.octets.len();
        self.sent.push(Sent { peer, local, end });
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&Peer, Option<&Address>, &[u8])> {
        let mut start = 0;
        self.sent.iter().map(move |sent| {
            let octets = &self.octets[start..sent.end];
            start = sent.end;
            (&sent.peer, sent.local.as_ref(), octets)
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
