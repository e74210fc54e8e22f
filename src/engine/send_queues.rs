//! What waits to be sent, apart for each endpoint.

use std::collections::VecDeque;
use std::fmt;
use std::time::{Duration, Instant};

use slab::Slab;

use super::address::{Endpoint, Peer};
use super::engine::next;
use super::event::{Origin, RequestId};

/// What waits to be sent. Requests are encoded when their turn comes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Outgoing {
    Request(RequestId),
    /// The question for an engine's name, by the number of the association.
    Discovery(usize),
    /// A message that is written already, by its number.
    Message(usize),
}

/// What a written message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MessageKind {
    /// Of what was wrong with a message. Whoever sent that has shown nothing, so it is the first to go.
    Report,
    /// An answer to somebody known.
    Answer,
}

/// A message that is written already.
pub(super) struct Message {
    pub(super) peer: Peer,
    pub(super) octets: Vec<u8>,
    pub(super) kind: MessageKind,
    /// When it was queued first.
    pub(super) since: Instant,
    /// It has been given out once, and could not be sent.
    pub(super) tried: bool,
    /// How often its endpoint had been blocked then.
    blocks: u64,
}

/// Without what a message says, its community among that.
impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            peer, octets, kind, ..
        } = self;
        write!(f, "{kind:?}({peer}, {} octets)", octets.len())
    }
}

impl Message {
    pub(super) fn new(peer: Peer, octets: Vec<u8>, kind: MessageKind, since: Instant) -> Self {
        Self {
            peer,
            octets,
            kind,
            since,
            tried: false,
            blocks: 0,
        }
    }

    /// What it was made of, should it come back.
    pub(super) fn origin(&self) -> Origin {
        match self.kind {
            MessageKind::Report => Origin::Report,
            MessageKind::Answer => Origin::Answer {
                since: self.since,
                tried: self.tried,
            },
        }
    }

    /// Whether nobody waits for it any more.
    pub(super) fn is_stale(&self, now: Instant) -> bool {
        now.saturating_duration_since(self.since) >= STALE
    }
}

/// An answer that has waited so long for its port is not sent: who asked has asked again, or given up. The
/// patience of Net-SNMP's tools and of PySNMP is 6 seconds.
const STALE: Duration = Duration::from_secs(5);

/// Written messages of one endpoint do not wait beyond so many octets.
const MOST_OCTETS: usize = 16 << 20;

/// A queue for each endpoint: one whose port is full keeps nobody else waiting. The endpoints that have
/// something to send and are not blocked take turns.
#[derive(Debug, Default)]
pub(super) struct SendQueues {
    /// In the order of their endpoints. There are few of them, and each message looks for its own several times.
    queues: Vec<(Endpoint, SendQueue)>,
    turns: VecDeque<Endpoint>,
    messages: Slab<Message>,
}

#[derive(Debug, Default)]
struct SendQueue {
    entries: VecDeque<Outgoing>,
    /// Requests among them that are over.
    over: usize,
    /// Messages among them, and their octets.
    messages: usize,
    octets: usize,
    blocked: bool,
    /// How often it has been blocked.
    blocks: u64,
}

impl SendQueue {
    /// Whether it has a turn.
    fn is_ready(&self) -> bool {
        !self.blocked && !self.entries.is_empty()
    }

    /// Queues the next, or the first, and sees that the endpoint has a turn.
    fn put(
        &mut self,
        outgoing: Outgoing,
        is_first: bool,
        endpoint: Endpoint,
        turns: &mut VecDeque<Endpoint>,
    ) {
        if self.entries.is_empty() && !self.blocked {
            turns.push_back(endpoint);
        }
        match is_first {
            true => self.entries.push_front(outgoing),
            false => self.entries.push_back(outgoing),
        }
    }

    /// Drops the requests that are over once they are most of what there is: starting and cancelling
    /// without ever draining must not grow the queue.
    fn tidy(&mut self, is_over: impl Fn(RequestId) -> bool) {
        if self.over == self.entries.len() {
            self.entries.clear();
            self.over = 0;
        } else if self.over > 256 && self.over > self.entries.len() / 2 {
            self.entries.retain(|outgoing| match outgoing {
                Outgoing::Request(id) => !is_over(*id),
                Outgoing::Discovery(_) | Outgoing::Message(_) => true,
            });
            self.over = 0;
        }
    }
}

impl SendQueues {
    #[inline]
    fn place(&self, endpoint: Endpoint) -> Result<usize, usize> {
        (self.queues).binary_search_by_key(&endpoint, |(of, _)| *of)
    }

    #[inline]
    fn get(&self, endpoint: Endpoint) -> Option<&SendQueue> {
        Some(&self.queues[self.place(endpoint).ok()?].1)
    }

    #[inline]
    fn get_mut(&mut self, endpoint: Endpoint) -> Option<&mut SendQueue> {
        let place = self.place(endpoint).ok()?;
        Some(&mut self.queues[place].1)
    }

    /// The place of the queue of an endpoint, which there is then.
    #[inline]
    fn enter(&mut self, endpoint: Endpoint) -> usize {
        match self.place(endpoint) {
            Ok(place) => place,
            Err(place) => {
                self.queues.insert(place, (endpoint, SendQueue::default()));
                place
            }
        }
    }

    /// Whether [`SendQueues::pop`] has something to give.
    pub(super) fn is_ready(&self) -> bool {
        !self.turns.is_empty()
    }

    pub(super) fn push(&mut self, endpoint: Endpoint, outgoing: Outgoing) {
        let place = self.enter(endpoint);
        let queue = &mut self.queues[place].1;
        queue.put(outgoing, false, endpoint, &mut self.turns);
    }

    /// Queues first what could not be sent.
    pub(super) fn push_again(&mut self, endpoint: Endpoint, outgoing: Outgoing) {
        let place = self.enter(endpoint);
        let queue = &mut self.queues[place].1;
        queue.put(outgoing, true, endpoint, &mut self.turns);
    }

    /// Queues a message, the first of all if it has been tried before. Gives it back where too much waits
    /// already.
    #[inline]
    pub(super) fn push_message(&mut self, mut message: Message) -> Result<(), Message> {
        let endpoint = message.peer.endpoint;
        let place = self.enter(endpoint);
        let queue = &mut self.queues[place].1;
        if queue.octets + message.octets.len() > MOST_OCTETS {
            return Err(message);
        }
        queue.messages += 1;
        queue.octets += message.octets.len();
        message.blocks = queue.blocks;
        let is_again = message.tried;
        let outgoing = Outgoing::Message(self.messages.insert(message));
        queue.put(outgoing, is_again, endpoint, &mut self.turns);
        Ok(())
    }

    /// The next of the endpoint whose turn it is. Requests that are over are passed by.
    pub(super) fn pop(&mut self, is_over: impl Fn(RequestId) -> bool) -> Option<Outgoing> {
        let endpoint = *self.turns.front()?;
        let queue = self.get_mut(endpoint)?;
        let first = loop {
            match next(&mut queue.entries)? {
                Outgoing::Request(id) if is_over(id) => queue.over -= 1,
                first => break first,
            }
        };
        queue.tidy(is_over);
        if queue.entries.is_empty() {
            self.turns.pop_front();
        } else if self.turns.len() > 1 {
            self.turns.rotate_left(1);
        }
        Some(first)
    }

    /// A message that has been popped, with true if it still may be sent: a report that was there when its endpoint
    /// was blocked may not.
    #[inline]
    pub(super) fn take_message(&mut self, number: usize) -> (Message, bool) {
        let message = self.messages.remove(number);
        let mut is_wanted = true;
        if let Some(queue) = self.get_mut(message.peer.endpoint) {
            queue.messages -= 1;
            queue.octets -= message.octets.len();
            is_wanted = message.kind != MessageKind::Report || message.blocks == queue.blocks;
        }
        (message, is_wanted)
    }

    /// How many messages wait there.
    pub(super) fn messages(&self, endpoint: Endpoint) -> usize {
        let queue = self.get(endpoint);
        queue.map_or(0, |queue| queue.messages)
    }

    /// Counts a request that is over and was queued.
    pub(super) fn request_is_over(
        &mut self,
        endpoint: Endpoint,
        is_over: impl Fn(RequestId) -> bool,
    ) {
        let Some(queue) = self.get_mut(endpoint) else {
            return;
        };
        let had_turn = queue.is_ready();
        queue.over += 1;
        queue.tidy(is_over);
        if had_turn && !queue.is_ready() {
            self.turns.retain(|turn| *turn != endpoint);
        }
    }

    pub(super) fn is_blocked(&self, endpoint: Endpoint) -> bool {
        let queue = self.get(endpoint);
        queue.is_some_and(|queue| queue.blocked)
    }

    pub(super) fn block(&mut self, endpoint: Endpoint) {
        let place = self.enter(endpoint);
        let queue = &mut self.queues[place].1;
        let had_turn = queue.is_ready();
        if !std::mem::replace(&mut queue.blocked, true) {
            queue.blocks += 1;
        }
        if had_turn {
            self.turns.retain(|turn| *turn != endpoint);
        }
    }

    pub(super) fn unblock(&mut self, endpoint: Endpoint) {
        let Some(queue) = self.get_mut(endpoint) else {
            return;
        };
        if std::mem::take(&mut queue.blocked) && queue.is_ready() {
            self.turns.push_back(endpoint);
        }
    }

    /// Drops the queue of an endpoint, and gives the questions for names that were in it.
    pub(super) fn remove(&mut self, endpoint: Endpoint) -> Vec<usize> {
        self.turns.retain(|turn| *turn != endpoint);
        let queue = match self.place(endpoint) {
            Ok(place) => self.queues.remove(place).1,
            Err(_) => SendQueue::default(),
        };
        let entries = queue.entries.into_iter();
        let mut questions = Vec::new();
        for outgoing in entries {
            match outgoing {
                Outgoing::Discovery(number) => questions.push(number),
                Outgoing::Message(number) => _ = self.messages.try_remove(number),
                Outgoing::Request(_) => {}
            }
        }
        questions
    }
}
