//! Informs that came lately: one that is sent again is acknowledged again, and not handed out again.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash};
use std::time::{Duration, Instant};

use slab::Slab;

use crate::engine::address::Peer;
use crate::engine::common::Common;
use crate::engine::event::StateReference;
use crate::pdu::{ErrorStatus, Pdu, PduKind, PduRef};
use crate::slot_list::UseOrder;
use crate::smi::VarBindList;

/// How long an inform is remembered from its answer: as long as a message of SNMPv3 counts as of now (RFC 3414
/// section 2.2.3).
const LIFETIME: Duration = Duration::from_secs(150);

/// What the answers may take, all together, that do not repeat the bindings of their inform.
const MOST_OCTETS: usize = 1 << 20;

/// How many tries of one inform are known by their octets, beside the first.
const MOST_TRIES: usize = 15;

/// What an inform is recognised by, hashed under a key that nobody outside knows.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct Marks {
    /// Who says what from where. Without the msgID: Net-SNMP draws another one for each try.
    said: u64,
    /// The very octets of a message with a digest, wherever they come from.
    signed: Option<u64>,
    /// The bindings alone.
    var_binds: u64,
}

/// Names an inform that is under way, until it has been answered or dropped: there is one, in the reply.
#[derive(Debug)]
pub(super) struct InformReference(u32);

/// The informs that are under way, and those answered in the last 150 seconds. Bounded: of the latter the oldest is
/// forgotten; of the former there are no more than received requests may wait for their answers.
#[derive(Debug)]
pub(super) struct InformTable {
    by_mark: HashMap<u64, u32>,
    informs: Slab<Inform>,
    /// The answered ones, by age.
    order: UseOrder,
    /// In the answers that are kept.
    octets: usize,
    capacity: usize,
}

#[derive(Debug)]
struct Inform {
    marks: Marks,
    /// The octets of later tries that have a digest: each has a msgID of its own.
    tries: Vec<u64>,
    state: InformState,
}

/// What has become of an inform. One that was dropped is none: it is handed out when it comes again.
#[derive(Debug)]
enum InformState {
    /// Handed out, and not answered yet.
    UnderWay(StateReference),
    Answered {
        at: Instant,
        error_status: ErrorStatus,
        error_index: i32,
        /// None for those of the inform.
        var_binds: Option<VarBindList>,
    },
}

/// An inform that has come before.
pub(super) enum FormerInform {
    UnderWay(StateReference),
    /// With its answer.
    Answered(Pdu),
}

impl InformTable {
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            by_mark: HashMap::new(),
            informs: Slab::new(),
            order: UseOrder::default(),
            octets: 0,
            capacity,
        }
    }

    /// The marks of an inform from `peer`. `sender` is in whose name it comes, and whatever else that is
    /// not in the PDU tells it from others; `signed` is a message that has a digest.
    pub(super) fn marks(
        &self,
        peer: &Peer,
        sender: impl Hash,
        pdu: PduRef<'_>,
        signed: Option<&[u8]>,
    ) -> Marks {
        let key = self.by_mark.hasher();
        let var_binds = key.hash_one(pdu.var_binds.octets());
        let header = (pdu.request_id, pdu.error_status, pdu.error_index);
        Marks {
            said: key.hash_one((peer.key(), sender, header, var_binds)),
            signed: signed.map(|octets| key.hash_one(octets)),
            var_binds,
        }
    }

    /// What has become of an inform that has come before.
    pub(super) fn find(
        &mut self,
        pdu: PduRef<'_>,
        marks: Marks,
        common: &mut Common,
    ) -> Option<FormerInform> {
        while let Some(oldest) = self.order.first()
            && let InformState::Answered { at, .. } = self.informs[oldest].state
            && common.now.saturating_duration_since(at) >= LIFETIME
        {
            self.forget(oldest);
        }
        let said = self.by_mark.get(&marks.said);
        let slot = *said.or_else(|| self.by_mark.get(&marks.signed?))?;
        let inform = self.informs.get_mut(slot as usize)?;
        if let Some(signed) = marks.signed
            && inform.tries.len() < MOST_TRIES
            && !self.by_mark.contains_key(&signed)
        {
            inform.tries.push(signed);
            self.by_mark.insert(signed, slot);
        }
        Some(match &inform.state {
            InformState::UnderWay(state) => FormerInform::UnderWay(*state),
            InformState::Answered {
                error_status,
                error_index,
                var_binds,
                ..
            } => {
                let list = VarBindList::from_buffer(common.buffers.take());
                let mut answer = Pdu::new(PduKind::Response, pdu.request_id, list);
                answer.error_status = *error_status;
                answer.error_index = *error_index;
                let kept = var_binds.as_ref().map(VarBindList::as_ref);
                answer.var_binds.assign(kept.unwrap_or(pdu.var_binds));
                FormerInform::Answered(answer)
            }
        })
    }

    /// Remembers an inform that is handed out under the name `state`; [`InformTable::find`] does not know it.
    pub(super) fn insert(&mut self, marks: Marks, state: StateReference) -> InformReference {
        let slot = self.informs.insert(Inform {
            marks,
            tries: Vec::new(),
            state: InformState::UnderWay(state),
        });
        for mark in [Some(marks.said), marks.signed].into_iter().flatten() {
            self.by_mark.insert(mark, slot as u32);
        }
        InformReference(slot as u32)
    }

    /// Takes note of how an inform has been answered. From now on it can be forgotten for others: while it is under
    /// way, whoever works on it would be given it a second time.
    pub(super) fn answered(&mut self, now: Instant, reference: InformReference, answer: &Pdu) {
        let var_binds = self.by_mark.hasher().hash_one(answer.var_binds.octets());
        let slot = reference.0 as usize;
        let inform = &mut self.informs[slot];
        let is_echo = var_binds == inform.marks.var_binds;
        inform.state = InformState::Answered {
            at: now,
            error_status: answer.error_status,
            error_index: answer.error_index,
            var_binds: (!is_echo).then(|| answer.var_binds.clone()),
        };
        if !is_echo {
            self.octets += answer.var_binds.octets().len();
        }
        self.order.push(slot);
        while (self.order.len() > self.capacity || self.octets > MOST_OCTETS)
            && let Some(oldest) = self.order.first()
        {
            self.forget(oldest);
        }
    }

    /// Forgets an inform that nobody has answered, so that it is handed out when it comes again.
    pub(super) fn dropped(&mut self, reference: InformReference) {
        self.forget(reference.0 as usize);
    }

    fn forget(&mut self, slot: usize) {
        let Inform {
            marks,
            tries,
            state,
            ..
        } = self.informs.remove(slot);
        self.order.remove(slot);
        let marks = [Some(marks.said), marks.signed];
        for mark in marks.into_iter().flatten().chain(tries) {
            self.by_mark.remove(&mark);
        }
        if let InformState::Answered {
            var_binds: Some(kept),
            ..
        } = state
        {
            self.octets -= kept.octets().len();
        }
    }
}
