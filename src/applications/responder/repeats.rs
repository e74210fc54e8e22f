//! Requests that come again.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use crate::engine::{IncomingRequest, later};
use crate::pdu::ErrorStatus;

/// Whether one request is a later copy of another.
pub(super) fn is_repetition(one: &IncomingRequest, other: &IncomingRequest) -> bool {
    one.pdu.request_id == other.pdu.request_id
        && one.pdu.kind == other.pdu.kind
        && one.peer.is(&other.peer)
        && one.version == other.version
        && one.security_model == other.security_model
        && one.security_level == other.security_level
        && one.security_name == other.security_name
        && one.context_engine_id == other.context_engine_id
        && one.context_name == other.context_name
        && one.pdu.error_status == other.pdu.error_status
        && one.pdu.error_index == other.pdu.error_index
        && one.pdu.var_binds.octets() == other.pdu.var_binds.octets()
}

/// The outcomes of the latest SETs: one that comes again, since its response was lost, is not carried out again.
#[derive(Default)]
pub(super) struct Outcomes {
    list: VecDeque<SetOutcome>,
    /// The request-ids of these.
    ids: VecDeque<i32>,
}

struct SetOutcome {
    until: Instant,
    request: IncomingRequest,
    error_status: ErrorStatus,
    error_index: i32,
}

/// How many outcomes are kept, and how long.
const MAX_OUTCOMES: usize = 64;
const OUTCOME_LIFETIME: Duration = Duration::from_secs(5);

impl Outcomes {
    /// What became of a SET that this is a repetition of.
    pub(super) fn find(
        &self,
        now: Instant,
        request: &IncomingRequest,
    ) -> Option<(ErrorStatus, i32)> {
        let its = |&place: &usize| {
            let kept = &self.list[place];
            now < kept.until && is_repetition(&kept.request, request)
        };
        let kept = &self.list[self.with(request.pdu.request_id).find(its)?];
        Some((kept.error_status, kept.error_index))
    }

    /// Where those of this request-id are.
    fn with(&self, request_id: i32) -> impl Iterator<Item = usize> {
        // Mostly there is none, which shows sooner when all are counted at once.
        let count = |ids: &[i32]| ids.iter().filter(|id| **id == request_id).count();
        let (front, back) = self.ids.as_slices();
        let is_there = count(front) + count(back) > 0;
        let ids = self.ids.iter().take(if is_there { usize::MAX } else { 0 });
        let ids = ids.enumerate();
        ids.filter(move |(_, id)| **id == request_id)
            .map(|(place, _)| place)
    }

    /// Keeps an outcome. Gives back the request of one that is not kept any more.
    pub(super) fn keep(
        &mut self,
        now: Instant,
        request: IncomingRequest,
        error_status: ErrorStatus,
        error_index: i32,
    ) -> Option<IncomingRequest> {
        // Of an asker that uses one number again for another SET, the latest counts.
        let is_of = |&place: &usize| {
            let kept = &self.list[place].request;
            kept.peer.is(&request.peer) && kept.security_name == request.security_name
        };
        let at = match self.with(request.pdu.request_id).find(is_of) {
            Some(at) => Some(at),
            None if self.list.len() >= MAX_OUTCOMES => Some(0),
            None => {
                let first = self.list.front();
                first.filter(|first| first.until <= now).map(|_| 0)
            }
        };
        let former = at.and_then(|at| {
            self.ids.remove(at);
            self.list.remove(at)
        });
        self.ids.push_back(request.pdu.request_id);
        self.list.push_back(SetOutcome {
            until: later(now, OUTCOME_LIFETIME),
            request,
            error_status,
            error_index,
        });
        former.map(|former| former.request)
    }
}
