//! What becomes of an answer that has passed every test of its message.

use crate::pdu::{Pdu, PduKind, PduRef};
use crate::smi::{VarBindList, VarBindListRef};

use super::engine::Engine;
use super::event::{Event, IncomingResponse, RequestId};
use super::records::Kind;
use super::trouble::Trouble;

impl Engine {
    /// Takes the answer to an outstanding request: it ends the request, unless it names other
    /// variables than those asked for and something better may come.
    pub(super) fn take_answer(&mut self, id: RequestId, pdu: PduRef<'_>) {
        let Some(pending) = self.outstanding.table.get(id) else {
            return;
        };
        let asked = &pending.request.pdu;
        let names_differ = names_differ(asked.as_ref(), pdu);
        if names_differ {
            let (peer, is_strict) = (pending.request.peer.clone(), pending.request.strict_names);
            // A SET that was answered without an error has been carried out: not again.
            let is_worth_a_try = asked.kind == PduKind::GetRequest
                && pending.differing < MOST_DIFFERING
                && !pending.is_last_try();
            self.common.record(Kind::Differing, &peer);
            if is_strict {
                return self.outstanding.note(&peer, &Trouble::OtherNames);
            }
            if is_worth_a_try {
                return self.try_again(id, pdu);
            }
        }
        let Some(mut answer) = self.finish(id) else {
            return;
        };
        self.outstanding.table.remember_answered(pdu.request_id);
        // The request's own buffer takes the answer: no allocation unless the answer is longer.
        answer.assign(pdu);
        self.answered(id, answer, names_differ);
    }

    /// Keeps an answer for the end and asks again at once, which is a try. The former request-id is
    /// given up, so that a second copy of this answer does not cost another try.
    fn try_again(&mut self, id: RequestId, pdu: PduRef<'_>) {
        self.renumber(id);
        let Some(pending) = self.outstanding.table.get_mut(id) else {
            return;
        };
        pending.differing += 1;
        match &mut pending.kept {
            Some(kept) => kept.assign(pdu),
            None => {
                let var_binds = VarBindList::from_buffer(self.common.buffers.take());
                let mut kept = Box::new(Pdu::new(pdu.kind, 0, var_binds));
                kept.assign(pdu);
                pending.kept = Some(kept);
            }
        }
        self.send(id);
    }

    /// Hands the answer out that was kept, in place of a time-out. False if there is none.
    pub(super) fn answer_as_kept(&mut self, id: RequestId) -> bool {
        let Some(kept) = self
            .outstanding
            .table
            .get_mut(id)
            .and_then(|pending| pending.kept.take())
        else {
            return false;
        };
        if let Some(asked) = self.finish(id) {
            self.recycle(asked);
            self.answered(id, *kept, true);
        }
        true
    }

    fn answered(&mut self, id: RequestId, pdu: Pdu, names_differ: bool) {
        self.common.stats.responses += 1;
        let response = IncomingResponse { pdu, names_differ };
        self.common
            .events
            .push_back(Event::Response { id, response });
    }
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
