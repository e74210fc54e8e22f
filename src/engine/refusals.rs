//! What is dropped of what was received: counted, recorded, and remembered for the time-out of a request to its sender.

use crate::asn1::{BerError, BerErrorKind};
use crate::pdu::{PduKind, PduRef};
use crate::smi::VarBindListRef;

use super::address::Peer;
use super::engine::Engine;
use super::event::RequestId;
use super::records::{About, Kind};
use super::trouble::Trouble;

impl Engine {
    /// Remembers what came from `peer`, and was no answer, for the requests that are outstanding to it.
    pub(super) fn note(&mut self, peer: &Peer, trouble: &Trouble) {
        self.peers.note(peer, trouble, self.pending.latest());
    }

    /// Drops a message, with the reason that time-outs tell.
    #[cold]
    pub(super) fn refuse_by<'a>(
        &mut self,
        kind: Kind,
        about: impl Into<About<'a>>,
        trouble: Trouble,
    ) {
        let about = about.into();
        self.note(about.peer(), &trouble);
        self.record(kind, about.detail(&trouble));
    }

    /// RFC 3412 section 4.2.1, steps 1 and 2.
    #[cold]
    pub(super) fn refuse_malformed(&mut self, peer: &Peer, error: BerError) {
        let about = About::from(peer).detail(&error);
        if let BerErrorKind::UnexpectedVersion(number) = error.kind() {
            self.note(peer, &Trouble::UnknownVersion(number));
            self.record(Kind::BadVersion, about);
        } else {
            self.note(peer, &Trouble::Malformed(error));
            self.record(Kind::Malformed, about);
        }
    }

    /// Drops an answer that names no outstanding request.
    #[cold]
    pub(super) fn refuse_unasked<'a>(&mut self, about: impl Into<About<'a>>, number: i32) {
        let kind = match self.pending.was_just_answered(number) {
            true => Kind::Duplicate,
            false => Kind::Late,
        };
        self.refuse_by(kind, about, self.unasked(number));
    }

    /// What a message is that names no outstanding request.
    pub(super) fn unasked(&self, number: i32) -> Trouble {
        let is_of_16_bits = i16::try_from(number).is_ok() || u16::try_from(number).is_ok();
        match is_of_16_bits && !self.has_short_identifiers {
            true => Trouble::CutOff(number),
            false => Trouble::Unasked(number),
        }
    }

    /// Drops an answer that names an outstanding request, and comes from somebody else or before that was sent.
    #[cold]
    pub(super) fn refuse_foreign<'a>(&mut self, about: impl Into<About<'a>>, id: RequestId) {
        let about = about.into();
        let Some(pending) = self.pending.get(id) else {
            return;
        };
        let (asked, number) = (pending.request.peer.clone(), pending.request.pdu.request_id);
        let found = about.peer();
        let trouble = match asked.is(found) {
            true => Trouble::Unasked(number),
            false => foreign(&asked, found),
        };
        self.note(&asked, &trouble);
        self.record(Kind::Foreign, about.detail(&trouble));
    }

    /// Drops a PDU that is no answer.
    #[cold]
    pub(super) fn refuse_pdu(&mut self, kind: Kind, peer: &Peer, pdu: &PduRef<'_>) {
        let trouble = self.no_answer(peer, pdu.request_id, pdu.kind);
        self.refuse_by(kind, peer, trouble);
    }

    #[cold]
    pub(super) fn refuse_trap(&mut self, kind: Kind, peer: &Peer) {
        self.refuse_by(kind, peer, Trouble::NoAnswer(PduKind::TrapV2));
    }

    /// What a PDU is to who waits for an answer from `peer`.
    pub(super) fn no_answer(&self, peer: &Peer, number: i32, kind: PduKind) -> Trouble {
        let id = self.pending.find(number);
        let pending = id.and_then(|id| self.pending.get(id));
        let asked = pending.map(|pending| &pending.request);
        match asked.is_some_and(|asked| asked.peer.is(peer) && asked.pdu.kind == kind) {
            true => Trouble::Echo,
            false => Trouble::NoAnswer(kind),
        }
    }

    /// Drops a request, since as many wait for being fetched or answered as may.
    #[cold]
    pub(super) fn refuse_for_room<'a>(&mut self, about: impl Into<About<'a>>) {
        let about = about.into();
        self.record(Kind::SilentDrop, about.detail(&"too many are waiting"));
    }

    /// Nobody answers for what an unfetched trap costs, so their number is bounded.
    pub(super) fn has_room_for_notification<'a>(
        &mut self,
        about: impl Into<About<'a>>,
        kind: PduKind,
        var_binds: VarBindListRef<'_>,
    ) -> bool {
        let has_room = self.unfetched.has_room_for_notification(var_binds);
        if !has_room {
            self.refuse_by(Kind::DroppedNotification, about, Trouble::NoAnswer(kind));
        }
        has_room
    }
}

/// What an answer from `found` is to who has asked somebody else, or from another port.
pub(super) fn foreign(asked: &Peer, found: &Peer) -> Trouble {
    match asked.address == found.address {
        true => Trouble::OtherPort,
        false => Trouble::OtherSource(found.address.clone()),
    }
}
