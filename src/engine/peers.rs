//! What is known of the peers that requests are outstanding to.

use std::collections::VecDeque;
use std::hash::{BuildHasher, RandomState};

use hashbrown::HashTable;
use slab::Slab;

use super::address::Peer;
use super::event::RequestId;
use super::trouble::Trouble;
use crate::slot_list::UseOrder;

/// A window for each peer: how many requests it has been sent and has not answered, and which ones
/// wait until it has.
///
/// Ten thousand requests started at once would otherwise overflow the receive buffer of the agent,
/// which holds about 270 datagrams. Peers without an outstanding request are kept in case that another one
/// follows, as many as there are others; the longest unused are forgotten.
#[derive(Debug)]
pub(super) struct PeerTable {
    /// Numbers only: the keys stand with the peers, and the table stays in the cache.
    by_key: HashTable<u32>,
    hasher: RandomState,
    peers: Slab<PeerState>,
    /// Those without an outstanding request.
    idle: UseOrder,
    window: u32,
    /// The longest queue of the peers that were forgotten, for the next that needs one.
    spare: VecDeque<RequestId>,
}

/// So many idle peers may stay in any case.
const FEW: usize = 4;

#[derive(Debug)]
struct PeerState {
    /// Without an own address.
    peer: Peer,
    /// Requests submitted and not yet over.
    outstanding: u32,
    /// Those of them that have been sent.
    in_flight: u32,
    /// Those that have not, in order; may hold requests that are over (they are skipped).
    waiting: VecDeque<RequestId>,
    /// What came and was not an answer: the last of each class, and the serial number of the latest request then.
    troubles: Vec<(Trouble, u64)>,
    association: Option<u32>,
}

impl PeerTable {
    pub(super) fn new(window: u32) -> Self {
        Self {
            by_key: HashTable::new(),
            hasher: RandomState::new(),
            peers: Slab::new(),
            idle: UseOrder::default(),
            window,
            spare: VecDeque::new(),
        }
    }

    /// Counts a request to `peer` in. Gives the number of the peer for as long as the request is
    /// outstanding.
    pub(super) fn enter(&mut self, peer: &Peer) -> usize {
        let number = match self.find(peer) {
            Some(number) => number,
            None => self.insert(peer),
        };
        self.idle.remove(number);
        self.peers[number].outstanding += 1;
        number
    }

    fn find(&self, peer: &Peer) -> Option<usize> {
        let key = peer.key();
        let is_it = |&number: &u32| self.peers[number as usize].peer.key() == key;
        let number = self.by_key.find(self.hasher.hash_one(key), is_it)?;
        Some(*number as usize)
    }

    /// The peer that something came from: it may have been asked without a zone.
    fn find_sender(&self, peer: &Peer) -> Option<usize> {
        self.find(peer).or_else(|| self.find(&peer.in_any_zone()?))
    }

    fn insert(&mut self, peer: &Peer) -> usize {
        let number = self.peers.insert(PeerState {
            peer: peer.clone().to_local(None),
            outstanding: 0,
            in_flight: 0,
            waiting: VecDeque::new(),
            troubles: Vec::new(),
            association: None,
        });
        let (peers, hasher) = (&self.peers, &self.hasher);
        let rehash = |&number: &u32| hasher.hash_one(peers[number as usize].peer.key());
        let hash = hasher.hash_one(peer.key());
        self.by_key.insert_unique(hash, number as u32, rehash);
        number
    }

    fn forget(&mut self, number: usize) {
        let gone = self.peers.remove(number);
        let hash = self.hasher.hash_one(gone.peer.key());
        if let Ok(entry) = (self.by_key).find_entry(hash, |&other| other as usize == number) {
            entry.remove();
        }
        if gone.waiting.capacity() > self.spare.capacity() {
            self.spare = gone.waiting;
            self.spare.clear();
        }
    }

    /// Lets a request through if the window is open; otherwise it waits for [`PeerTable::leave`].
    pub(super) fn admit(&mut self, number: usize, id: RequestId) -> bool {
        let peer = &mut self.peers[number];
        if peer.in_flight < self.window {
            peer.in_flight += 1;
            return true;
        }
        if peer.waiting.capacity() == 0 {
            peer.waiting = std::mem::take(&mut self.spare);
        }
        peer.waiting.push_back(id);
        false
    }

    /// Counts a request out that is over.
    pub(super) fn leave(&mut self, number: usize, was_in_flight: bool) {
        let peer = &mut self.peers[number];
        peer.outstanding -= 1;
        peer.in_flight -= u32::from(was_in_flight);
        if peer.outstanding > 0 {
            return;
        }
        self.idle.push(number);
        while self.idle.len() > (self.peers.len() - self.idle.len()).max(FEW) {
            let Some(oldest) = self.idle.first() else {
                break;
            };
            self.idle.remove(oldest);
            self.forget(oldest);
        }
    }

    /// The next request whose turn it is, if `number` is still known and its window open, by what `place_of`
    /// says of it: none if it is over. It counts as in flight.
    pub(super) fn admit_next(
        &mut self,
        number: usize,
        place_of: impl Fn(RequestId) -> Option<usize>,
    ) -> Option<usize> {
        let peer = self.peers.get_mut(number)?;
        while peer.in_flight < self.window {
            let id = peer.waiting.pop_front()?;
            if let Some(place) = place_of(id) {
                peer.in_flight += 1;
                return Some(place);
            }
        }
        None
    }

    /// Drops what is over from the queue of a peer, once most of it is: cancelling a million
    /// waiting requests must not leave a million entries.
    pub(super) fn tidy(&mut self, number: usize, is_waiting: impl Fn(RequestId) -> bool) {
        let Some(peer) = self.peers.get_mut(number) else {
            return;
        };
        if peer.waiting.len() > 2 * (peer.outstanding - peer.in_flight) as usize + 16 {
            peer.waiting.retain(|&id| is_waiting(id));
        }
    }

    /// Where the number of the association that was used last with a peer is kept. It may be stale.
    pub(super) fn association(&mut self, number: usize) -> &mut Option<u32> {
        &mut self.peers[number].association
    }

    /// Whether requests to `peer` are outstanding, or were lately.
    pub(super) fn is_known(&self, peer: &Peer) -> bool {
        self.find_sender(peer).is_some()
    }

    /// Remembers what came from `peer`, if it is known, for the requests up to serial number `latest`. Whoever was
    /// asked with its zone and without is both.
    #[cold]
    pub(super) fn note(&mut self, peer: &Peer, trouble: &Trouble, latest: u64) {
        let anywhere = peer.in_any_zone();
        for peer in [Some(peer), anywhere.as_ref()].into_iter().flatten() {
            let Some(number) = self.find(peer) else {
                continue;
            };
            let troubles = &mut self.peers[number].troubles;
            let of_class = |(noted, _): &&mut (Trouble, u64)| noted.class() == trouble.class();
            match troubles.iter_mut().find(of_class) {
                Some(noted) => *noted = (trouble.clone(), latest),
                None => troubles.push((trouble.clone(), latest)),
            }
        }
    }

    /// What came from a peer and was not an answer, and explains best why there is none to `id`: nothing that came
    /// before that request.
    pub(super) fn trouble(&self, number: usize, id: RequestId) -> Option<Trouble> {
        let noted = self.peers[number].troubles.iter();
        let since = noted.filter(|(_, latest)| id.serial <= *latest);
        let best = since.max_by_key(|(trouble, _)| trouble.class());
        best.map(|(trouble, _)| trouble.clone())
    }
}
