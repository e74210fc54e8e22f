//! What becomes of a received datagram (RFC 3412 section 4.2).

use std::time::Instant;

use crate::asn1::BerError;
use crate::message::{self, CommunityMessage, Version};
use crate::pdu::{PduBody, PduKind, PduRef};

use super::address::Peer;
use super::engine::Engine;
use super::processing;
use super::records::{About, Kind};

impl Engine {
    /// Takes one datagram from `peer`: an answer ends its request, a request becomes an event,
    /// everything else moves a counter.
    ///
    /// Never fails and never panics, whatever the datagram holds; allocates for the octets that came,
    /// not for the lengths that they claim.
    pub fn handle_datagram(&mut self, now: Instant, peer: &Peer, datagram: &[u8]) {
        self.common.advance(now);
        self.settle_traps();
        self.common.stats.in_pkts += 1;
        match message::peek::version(datagram) {
            Ok(Version::V1 | Version::V2c) => {}
            Ok(Version::V3) => return self.handle_v3(peer, datagram),
            Err(error) => {
                return self
                    .outstanding
                    .refuse_malformed(&mut self.common, peer, error);
            }
        }
        match CommunityMessage::decode(datagram) {
            Ok(message) => {
                let left_over = message::left_over(datagram, message.pdu.var_binds());
                if left_over > 0 {
                    self.common.record(
                        Kind::LeftOver,
                        About::from(peer).detail(&format_args!("{left_over} octets")),
                    );
                }
                self.dispatch(peer, &message);
            }
            Err(error) if message::can_be_mended(&error) => self.mend(peer, datagram, error),
            Err(error) => self
                .outstanding
                .refuse_malformed(&mut self.common, peer, error),
        }
    }

    /// Takes a message of which `error` can be mended.
    #[cold]
    fn mend(&mut self, peer: &Peer, datagram: &[u8], error: BerError) {
        self.common
            .record(Kind::Mended, About::from(peer).detail(&error));
        match CommunityMessage::decode(&message::mended(datagram)) {
            Ok(message) => self.dispatch(peer, &message),
            Err(error) => self
                .outstanding
                .refuse_malformed(&mut self.common, peer, error),
        }
    }

    fn dispatch(&mut self, peer: &Peer, message: &CommunityMessage<'_>) {
        match &message.pdu {
            PduBody::Pdu(pdu) if pdu.kind == PduKind::Response => {
                self.accept_response(peer, message, pdu);
            }
            _ => self.served.accept_community_message(
                peer,
                message,
                &self.communities,
                &mut self.usm,
                &mut self.outstanding,
                &mut self.common,
            ),
        }
    }

    /// The answer must come from the address asked, in the version and with the community of the
    /// request (RFC 3412 section 7.2, RFC 3413 section 3.1).
    fn accept_response(&mut self, peer: &Peer, message: &CommunityMessage<'_>, pdu: &PduRef<'_>) {
        let found = self.outstanding.table.find(pdu.request_id);
        let Some((id, pending)) = found.and_then(|id| Some((id, self.outstanding.table.get(id)?)))
        else {
            return self.refuse_unnamed(peer, message.version, pdu.request_id);
        };
        let from_asked = self.outstanding.any_source || pending.request.peer.is(peer);
        if !from_asked || pending.tries == 0 {
            return self.outstanding.refuse_foreign(&mut self.common, peer, id);
        }
        if !processing::matches(&pending.request.credentials, message) {
            let trouble = processing::mismatch(&pending.request.credentials, message);
            return self
                .outstanding
                .refuse_by(&mut self.common, Kind::Mismatched, peer, trouble);
        }
        self.take_answer(id, *pdu);
    }
}
