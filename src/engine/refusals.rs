//! What is dropped of what was received: counted, recorded, and remembered for the time-out of a request to its sender.

use crate::asn1::{BerError, BerErrorKind};
use crate::pdu::PduKind;

use super::address::Peer;
use super::common::Common;
use super::outstanding::Outstanding;
use super::records::{About, Kind};
use super::trouble::Trouble;

impl Outstanding {
    /// Remembers what came from `peer`, and was no answer, for the requests that are outstanding to it.
    pub(super) fn note(&mut self, peer: &Peer, trouble: &Trouble) {
        self.peers.note(peer, trouble, self.table.latest());
    }

    /// Drops a message, with the reason that time-outs tell.
    #[cold]
    pub(super) fn refuse_by<'a>(
        &mut self,
        common: &mut Common,
        kind: Kind,
        about: impl Into<About<'a>>,
        trouble: Trouble,
    ) {
        let about = about.into();
        self.note(about.peer(), &trouble);
        common.record(kind, about.detail(&trouble));
    }

    /// RFC 3412 section 4.2.1, steps 1 and 2.
    #[cold]
    pub(super) fn refuse_malformed(&mut self, common: &mut Common, peer: &Peer, error: BerError) {
        let about = About::from(peer).detail(&error);
        if let BerErrorKind::UnexpectedVersion(number) = error.kind() {
            self.note(peer, &Trouble::UnknownVersion(number));
            common.record(Kind::BadVersion, about);
        } else {
            self.note(peer, &Trouble::Malformed(error));
            common.record(Kind::Malformed, about);
        }
    }

    /// Drops an answer that names no outstanding request.
    #[cold]
    pub(super) fn refuse_unasked<'a>(
        &mut self,
        common: &mut Common,
        about: impl Into<About<'a>>,
        number: i32,
    ) {
        let kind = match self.table.was_just_answered(number) {
            true => Kind::Duplicate,
            false => Kind::Late,
        };
        self.refuse_by(common, kind, about, self.unasked(number));
    }

    /// What a message is that names no outstanding request.
    pub(super) fn unasked(&self, number: i32) -> Trouble {
        let is_of_16_bits = i16::try_from(number).is_ok() || u16::try_from(number).is_ok();
        match is_of_16_bits && !self.has_short_identifiers {
            true => Trouble::CutOff(number),
            false => Trouble::Unasked(number),
        }
    }

    /// Drops an answer to the request at `place` that comes from somebody else, or before that was sent.
    #[cold]
    pub(super) fn refuse_foreign<'a>(
        &mut self,
        common: &mut Common,
        about: impl Into<About<'a>>,
        place: usize,
    ) {
        let about = about.into();
        let request = &self.table.at(place).request;
        let (asked, number) = (request.peer.clone(), request.pdu.request_id);
        let found = about.peer();
        let trouble = match asked.is(found) {
            true => Trouble::Unasked(number),
            false => foreign(&asked, found),
        };
        self.note(&asked, &trouble);
        common.record(Kind::Foreign, about.detail(&trouble));
    }

    /// What a PDU is to who waits for an answer from `peer`.
    pub(super) fn no_answer(&self, peer: &Peer, number: i32, kind: PduKind) -> Trouble {
        let asked = self.table.find(number);
        match asked.is_some_and(|(_, asked)| asked.request.is_echoed_by(peer, kind)) {
            true => Trouble::Echo,
            false => Trouble::NoAnswer(kind),
        }
    }
}

/// What an answer from `found` is to who has asked somebody else, or from another port.
pub(super) fn foreign(asked: &Peer, found: &Peer) -> Trouble {
    match asked.address == found.address {
        true => Trouble::OtherPort,
        false => Trouble::OtherSource(found.address.clone()),
    }
}
