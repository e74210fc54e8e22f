//! What goes out of a request, and what comes of a message that did not.

use super::address::Peer;
use super::common::Common;
use super::event::{Event, Origin, RequestId};
use super::models::Models;
use super::outstanding::Outstanding;
use super::send_queues::Outgoing;
use super::v3::Usm;

impl Outstanding {
    /// Writes the message of a request whose turn it is. None if it fails now.
    pub(super) fn transmit(
        &mut self,
        place: usize,
        buffer: &mut Vec<u8>,
        models: &mut Models,
        common: &mut Common,
    ) -> Option<(Peer, Origin)> {
        let pending = self.table.at(place);
        pending.queued = false;
        common.stats.retransmissions += u64::from(pending.tries > 0);
        pending.tries = pending.tries.saturating_add(1);
        let (id, is_confirmed) = (pending.id(place), pending.is_confirmed());
        let peer = pending.request.peer.clone();
        if let Err(error) = models.prepare_outgoing(place, self, buffer, common) {
            self.fail(place, error, &mut models.usm, common);
            return None;
        }
        if !is_confirmed {
            self.given_out.push(id);
        }
        Some((peer, Origin::Request(id)))
    }

    /// The message of a request had no room in its port: the try has not taken place.
    pub(super) fn came_back(&mut self, id: RequestId, common: &mut Common) {
        self.was_given_out(id);
        // It may be over meanwhile.
        let Some(place) = self.table.place_of(id) else {
            return;
        };
        let pending = self.table.at(place);
        pending.tries = pending.tries.saturating_sub(1);
        if let Some(progress) = &mut pending.usm {
            progress.was_not_sent();
        }
        common.stats.took_back(pending.tries > 0);
        if !std::mem::replace(&mut pending.queued, true) {
            let endpoint = pending.request.peer.endpoint;
            common.out.push_again(endpoint, Outgoing::Request(id));
        }
    }

    /// A trap is over once its message has gone out: nobody will answer.
    #[inline]
    pub(super) fn settle_traps(&mut self, usm: &mut Usm, common: &mut Common) {
        if !self.given_out.is_empty() {
            self.traps_are_sent(usm, common);
        }
    }

    #[cold]
    #[inline(never)]
    fn traps_are_sent(&mut self, usm: &mut Usm, common: &mut Common) {
        let mut sent = std::mem::take(&mut self.given_out);
        for id in sent.drain(..) {
            // One may have failed since.
            if let Some(place) = self.table.place_of(id) {
                let (_, pdu) = self.finish(place, usm, common);
                common.recycle(pdu);
                common.events.push_back(Event::Sent { id });
            }
        }
        self.given_out = sent;
    }

    /// Takes a trap out of those that were given out and may still fail. False if it is none of them.
    pub(super) fn was_given_out(&mut self, id: RequestId) -> bool {
        // One that comes back is among the last.
        let place = self.given_out.iter().rposition(|it| *it == id);
        place.map(|place| self.given_out.remove(place)).is_some()
    }
}
