//! What a message does to the request that it claims to answer.

use crate::asn1::BerError;
use crate::pdu::{Pdu, PduKind, PduRef};
use crate::smi::{VarBindList, VarBindListRef};

use super::common::Common;
use super::error::ErrorIndication;
use super::event::{Event, IncomingResponse, RequestId};
use super::outstanding::Outstanding;
use super::records::{About, Kind};
use super::trouble::Trouble;
use super::v3::Usm;

/// What a message that claims to answer a request does to that.
#[derive(Debug)]
pub(super) enum Verdict<'a> {
    /// It is the answer.
    Answered(PduRef<'a>),
    /// The request is sent again at once: what it goes by was not so, or is proven now.
    Repeat,
    /// The request is over.
    Failed(ErrorIndication),
    /// The request goes on. What the message says is kept, where it says something.
    Waits,
    /// The message is dropped, and a time-out tells why.
    Refused(Kind, Trouble),
    /// The message cannot be read.
    Malformed(BerError),
}

impl Outstanding {
    /// Does what a message does to the request that it claims to answer.
    #[inline]
    pub(super) fn apply<'a>(
        &mut self,
        place: usize,
        verdict: Verdict<'_>,
        about: impl Into<About<'a>>,
        usm: &mut Usm,
        common: &mut Common,
    ) {
        match verdict {
            Verdict::Answered(pdu) => self.take_answer(place, pdu, usm, common),
            Verdict::Repeat => self.repeat(place, usm, common),
            Verdict::Failed(error) => self.fail(place, error, usm, common),
            Verdict::Waits => {}
            Verdict::Refused(kind, trouble) => self.refuse_by(common, kind, about, trouble),
            Verdict::Malformed(error) => self.refuse_malformed(common, about.into().peer(), error),
        }
    }

    /// Takes the answer to an outstanding request: it ends the request, unless it names other
    /// variables than those asked for and something better may come.
    pub(super) fn take_answer(
        &mut self,
        place: usize,
        pdu: PduRef<'_>,
        usm: &mut Usm,
        common: &mut Common,
    ) {
        let pending = self.table.at(place);
        let asked = &pending.request.pdu;
        let names_differ = names_differ(asked.as_ref(), pdu);
        if names_differ {
            // A SET that was answered without an error has been carried out: not again.
            let is_worth_a_try = asked.kind == PduKind::GetRequest
                && pending.differing < MOST_DIFFERING
                && !pending.is_last_try();
            common.record(Kind::Differing, &pending.request.peer);
            if pending.request.strict_names {
                let peer = pending.request.peer.clone();
                return self.note(&peer, &Trouble::OtherNames);
            }
            if is_worth_a_try {
                return self.try_again(place, pdu, usm, common);
            }
        }
        let (id, mut answer) = self.finish(place, usm, common);
        self.table.numbers().remember_answered(pdu.request_id);
        // The request's own buffer takes the answer: no allocation unless the answer is longer.
        answer.assign(pdu);
        answered(id, answer, names_differ, common);
    }

    /// Keeps an answer for the end and asks again at once, which is a try. The former request-id is
    /// given up, so that a second copy of this answer does not cost another try.
    fn try_again(&mut self, place: usize, pdu: PduRef<'_>, usm: &mut Usm, common: &mut Common) {
        let (pending, numbers) = self.table.at_with_numbers(place);
        pending.renumber(place, numbers, &mut usm.associations, common.now);
        pending.differing += 1;
        let kept = pending.kept.get_or_insert_with(|| {
            let var_binds = VarBindList::from_buffer(common.buffers.take());
            Box::new(Pdu::new(pdu.kind, 0, var_binds))
        });
        kept.assign(pdu);
        self.start(place, usm, common);
    }

    /// Hands the answer out that was kept, in place of a time-out. False if there is none.
    pub(super) fn answer_as_kept(
        &mut self,
        place: usize,
        usm: &mut Usm,
        common: &mut Common,
    ) -> bool {
        let Some(kept) = self.table.at(place).kept.take() else {
            return false;
        };
        let (id, asked) = self.finish(place, usm, common);
        common.recycle(asked);
        answered(id, *kept, true, common);
        true
    }
}

fn answered(id: RequestId, pdu: Pdu, names_differ: bool, common: &mut Common) {
    common.stats.responses += 1;
    let response = IncomingResponse { pdu, names_differ };
    common.events.push_back(Event::Response { id, response });
}

/// As often an answer with other names is kept and asked for again at once, however many tries there are: an
/// agent that answers so each time is not asked without end.
const MOST_DIFFERING: u8 = 16;

/// Whether an answer without an error binds as many variables as a GET or SET has asked for, but not
/// the same. Other answers say by their names what they are about.
fn names_differ(asked: PduRef<'_>, answer: PduRef<'_>) -> bool {
    let is_judged = matches!(asked.kind, PduKind::GetRequest | PduKind::SetRequest)
        && !answer.error_status.is_error()
        && answer.var_binds.len() == asked.var_binds.len();
    is_judged && !is_permutation(asked.var_binds, answer.var_binds)
}

/// Whether two lists of the same length bind the same names, in any order and each as often. Names
/// have one encoding each.
fn is_permutation(asked: VarBindListRef<'_>, answer: VarBindListRef<'_>) -> bool {
    asked.names().eq(answer.names()) || sorted(asked) == sorted(answer)
}

#[cold]
fn sorted(var_binds: VarBindListRef<'_>) -> Vec<&[u8]> {
    let mut names: Vec<_> = var_binds.names().map(|name| name.contents()).collect();
    names.sort_unstable();
    names
}
