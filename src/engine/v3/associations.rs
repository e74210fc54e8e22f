//! What is known of the authoritative engines that are asked.

use std::collections::{HashMap, VecDeque};
use std::hash::{Hash, Hasher};
use std::time::{Duration, Instant};

use slab::Slab;

use crate::engine::address::Peer;
use crate::engine::engine::later;
use crate::engine::event::RequestId;
use crate::engine::trouble::Trouble;
use crate::security::EngineId;

use super::UsmCredentials;
use super::clock::Clock;
use super::key_ring::KeyRing;
use crate::engine::local::LATCH;
use crate::slot_list::UseOrder;

/// The engine at a peer's address, or the one of a given name there.
#[derive(Clone, Debug)]
struct Key {
    peer: Peer,
    given: Option<EngineId>,
    /// Whether an engine that takes the place of a proven one is followed. What is known is kept apart,
    /// so that who follows decides nothing for who does not.
    follows: bool,
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.is(&other.peer, other.given, other.follows)
    }
}

impl Eq for Key {}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.peer.key(), self.given, self.follows).hash(state);
    }
}

impl Key {
    fn is(&self, peer: &Peer, given: Option<EngineId>, follows: bool) -> bool {
        self.peer.key() == peer.key() && self.given == given && self.follows == follows
    }
}

/// Associations by peer. They outlive the requests: a peer that was asked once costs one round trip
/// from then on. Bounded: of those that nothing is outstanding to, the longest unused are forgotten.
#[derive(Debug)]
pub(in crate::engine) struct AssociationTable {
    by_key: HashMap<Key, usize>,
    /// Discovery messages under way, by msgID.
    by_discovery: HashMap<i32, usize>,
    associations: Slab<Association>,
    /// Those that nothing is outstanding to.
    idle: UseOrder,
    capacity: usize,
}

/// What is known of the engine at a peer's address.
#[derive(Debug)]
pub(super) struct Association {
    key: Key,
    outstanding: usize,
    /// None until the engine's name is discovered.
    pub(super) engine: Option<RemoteEngine>,
    /// Changes with the engine's name.
    pub(super) generation: u32,
    /// While the name is asked for. In a box, since that is seldom and the rest is read for each message.
    discovery: Option<Box<Discovery>>,
    /// msgMaxSize: the longest message that the peer takes.
    pub(super) max_size: usize,
    /// By whose word.
    size_by: Word,
    /// When a request was answered last.
    answered_at: Option<Instant>,
    /// A request has timed out since: the next one asks for the engine's name from its first try on.
    pub(super) is_doubted: bool,
}

/// Who said something of an engine, in the order of what that is worth.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Word {
    /// A report that anybody could have sent.
    Hearsay,
    /// An answer without a digest, to a request without one.
    Answer,
    /// An answer with the right digest.
    SignedAnswer,
}

impl Word {
    /// What an answer is worth.
    fn of_answer(is_authenticated: bool) -> Self {
        match is_authenticated {
            true => Self::SignedAnswer,
            false => Self::Answer,
        }
    }
}

/// By which clock a message to another engine goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum TimeSource {
    /// What the engine has shown, else what it claims.
    Best,
    /// What it claims.
    Claim,
    /// Boots and time are 0, which asks for its time. RFC 3414 section 4.
    None,
}

/// What has become of the name that an unauthenticated message gives an engine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Naming {
    /// It is the one that was known.
    Same {
        /// The clock is another than messages to it went by.
        is_time_other: bool,
    },
    /// The engine goes by it from now on.
    New,
    /// It went by another one, under which it was proven; now by this one.
    Followed,
    /// It goes on by the one that was known.
    Refused,
}

/// An authoritative engine whose name is known.
#[derive(Debug)]
pub(super) struct RemoteEngine {
    pub(super) id: EngineId,
    /// What authenticated messages have shown. None until there was one: the engine is not proven then.
    pub(super) clock: Option<Clock>,
    /// What a message without a digest said last.
    pub(super) claim: Option<Clock>,
    pub(super) keys: KeyRing,
}

#[derive(Debug, Default)]
struct Discovery {
    /// The msgID of the messages that ask for the engine's name.
    id: Option<i32>,
    /// When the last one was sent, or queued.
    asked_at: Option<Instant>,
    /// In the queue of what is to be sent next.
    is_queued: bool,
    /// Requests that wait for the engine's name; may hold some that are over.
    waiting: VecDeque<RequestId>,
}

impl AssociationTable {
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            by_key: HashMap::new(),
            by_discovery: HashMap::new(),
            associations: Slab::new(),
            idle: UseOrder::default(),
            capacity,
        }
    }

    /// Counts a request to `peer` in. The number is good for as long as the request is outstanding; `latest`
    /// keeps it for the next request to the peer, which mostly has the same.
    pub(in crate::engine) fn enter(
        &mut self,
        peer: &Peer,
        credentials: &UsmCredentials,
        follows: bool,
        latest: &mut Option<u32>,
    ) -> usize {
        let given = credentials.engine_id();
        let associations = &mut self.associations;
        let is_it = |number: &usize| {
            let association = associations.get(*number);
            association.is_some_and(|it| it.key.is(peer, given, follows))
        };
        let number = match latest.map(|number| number as usize).filter(is_it) {
            Some(number) => number,
            None => {
                let key = Key {
                    peer: peer.clone().to_local(None),
                    given,
                    follows,
                };
                let of_key = key.clone();
                let insert = || associations.insert(Association::new(of_key));
                *self.by_key.entry(key).or_insert_with(insert)
            }
        };
        *latest = Some(number as u32);
        self.idle.remove(number);
        self.associations[number].outstanding += 1;
        number
    }

    /// Counts a request out that is over.
    pub(in crate::engine) fn leave(
        &mut self,
        number: usize,
        is_pending: impl Fn(RequestId) -> bool,
    ) {
        let association = &mut self.associations[number];
        association.outstanding -= 1;
        if association.outstanding > 0 {
            // Cancelling a million requests that wait must not leave a million entries.
            if let Some(discovery) = &mut association.discovery
                && discovery.waiting.len() > 2 * association.outstanding + 16
            {
                discovery.waiting.retain(|&id| is_pending(id));
            }
            return;
        }
        if let Some(discovery) = &mut association.discovery {
            discovery.waiting.clear();
            // Nobody repeats the question any more; who comes next has to ask at once.
            discovery.asked_at = None;
        }
        self.idle.push(number);
        while self.idle.len() > self.capacity {
            let Some(oldest) = self.idle.first() else {
                break;
            };
            self.idle.remove(oldest);
            let gone = self.associations.remove(oldest);
            self.by_key.remove(&gone.key);
            if let Some(id) = gone.discovery.and_then(|discovery| discovery.id) {
                self.by_discovery.remove(&id);
            }
        }
    }

    /// The name of the engine at `peer`, if it has been discovered.
    pub(in crate::engine) fn name_at(&self, peer: &Peer) -> Option<EngineId> {
        [false, true].into_iter().find_map(|follows| {
            let key = Key {
                peer: peer.clone(),
                given: None,
                follows,
            };
            let number = *self.by_key.get(&key)?;
            Some(self.associations[number].engine.as_ref()?.id)
        })
    }

    /// Whether the engine at `peer` goes by that name.
    pub(super) fn is_known(&self, peer: &Peer, engine_id: &EngineId) -> bool {
        self.name_at(peer) == Some(*engine_id)
    }

    /// An association that a request is outstanding to, or a question under way.
    #[inline]
    pub(super) fn at(&mut self, number: usize) -> &mut Association {
        &mut self.associations[number]
    }

    pub(super) fn get_mut(&mut self, number: usize) -> Option<&mut Association> {
        self.associations.get_mut(number)
    }

    /// Who is asked there.
    pub(super) fn peer_of(&self, number: usize) -> &Peer {
        &self.associations[number].key.peer
    }

    /// Whether the question for the engine's name has its msgID.
    pub(super) fn is_numbered(&self, number: usize) -> bool {
        let discovery = &self.associations[number].discovery;
        discovery.as_ref().is_some_and(|it| it.id.is_some())
    }

    /// Asks for the engine's name, unless somebody did less than `patience` ago, under the msgID `fresh` if the question
    /// has none. True if a message has to be queued for that. Also says when to ask again.
    pub(super) fn ask(
        &mut self,
        number: usize,
        now: Instant,
        patience: Duration,
        fresh: Option<i32>,
    ) -> (bool, Instant) {
        let association = &mut self.associations[number];
        let discovery = association.discovery.get_or_insert_default();
        if let Some(again) = discovery.asked_at.map(|at| later(at, patience))
            && now < again
        {
            return (false, again);
        }
        discovery.id = discovery.id.or(fresh);
        let Some(id) = discovery.id else {
            return (false, later(now, patience));
        };
        discovery.asked_at = Some(now);
        let is_queued = std::mem::replace(&mut discovery.is_queued, true);
        self.by_discovery.insert(id, number);
        (!is_queued, later(now, patience))
    }

    /// The peer to ask for its engine's name, and the msgID. None if nobody wants to know any more.
    pub(in crate::engine) fn question(&mut self, number: usize) -> Option<(Peer, i32)> {
        let association = self.associations.get_mut(number)?;
        let discovery = association.discovery.as_mut()?;
        discovery.is_queued = false;
        if discovery.waiting.is_empty() || association.outstanding == 0 {
            return None;
        }
        Some((association.key.peer.clone(), discovery.id?))
    }

    /// The question is not queued any more, nor has it been sent.
    pub(in crate::engine) fn is_not_queued(&mut self, number: usize) {
        let association = self.associations.get_mut(number);
        if let Some(discovery) = association.and_then(|known| known.discovery.as_mut()) {
            discovery.is_queued = false;
        }
    }

    /// What the question with this msgID has to be queued as again, since it could not be sent. None if it is queued, or
    /// has been forgotten.
    pub(in crate::engine) fn asks_again(&mut self, message_id: i32) -> Option<usize> {
        let number = self.find_discovery(message_id)?;
        let discovery = self.associations[number].discovery.as_mut()?;
        (!std::mem::replace(&mut discovery.is_queued, true)).then_some(number)
    }

    /// The question with this msgID was not sent: whoever wants to know the name asks at once.
    pub(in crate::engine) fn was_not_asked(&mut self, message_id: i32) {
        let number = self.find_discovery(message_id);
        if let Some(discovery) = number.and_then(|it| self.associations[it].discovery.as_mut()) {
            discovery.asked_at = None;
        }
    }

    /// The requests that wait for the answer to the question with this msgID; may hold some that are over.
    pub(in crate::engine) fn waiting(&self, message_id: i32) -> Vec<RequestId> {
        let number = self.find_discovery(message_id);
        let discovery = number.and_then(|it| self.associations[it].discovery.as_ref());
        discovery.map_or_else(Vec::new, |it| it.waiting.iter().copied().collect())
    }

    /// The association whose engine's name was asked for under this msgID.
    pub(in crate::engine) fn find_discovery(&self, message_id: i32) -> Option<usize> {
        self.by_discovery.get(&message_id).copied()
    }

    /// Gives back the msgIDs of questions that nobody waits for any more.
    pub(in crate::engine) fn forget_idle_questions(&mut self) {
        let associations = &mut self.associations;
        self.by_discovery.retain(|_, number| {
            let asked = associations.get_mut(*number);
            let is_wanted = asked.as_ref().is_some_and(|it| it.outstanding > 0);
            if !is_wanted && let Some(association) = asked {
                association.discovery = None;
            }
            is_wanted
        });
    }

    /// The question for an engine's name has been answered. Gives the requests that waited for that.
    pub(super) fn discovered(&mut self, number: usize) -> VecDeque<RequestId> {
        let association = self.associations.get_mut(number);
        let discovery = association.and_then(|asked| asked.discovery.take());
        let discovery = discovery.unwrap_or_default();
        if let Some(id) = discovery.id {
            self.by_discovery.remove(&id);
        }
        discovery.waiting
    }
}

impl Association {
    fn new(key: Key) -> Self {
        Self {
            engine: key.given.map(|id| RemoteEngine::new(id, None)),
            key,
            outstanding: 0,
            generation: 0,
            discovery: None,
            max_size: usize::MAX,
            size_by: Word::Hearsay,
            answered_at: None,
            is_doubted: false,
        }
    }

    /// Takes note of an answer.
    pub(super) fn answered(&mut self, max_size: i32, is_authenticated: bool, now: Instant) {
        self.takes(max_size, Word::of_answer(is_authenticated));
        self.answered_at = Some(now);
        self.is_doubted = false;
    }

    /// Whether a request has been answered in the last `duration`.
    pub(super) fn has_answered_within(&self, duration: Duration, now: Instant) -> bool {
        let answered_at = self.answered_at;
        answered_at.is_some_and(|at| now.saturating_duration_since(at) < duration)
    }

    /// Takes note of the msgMaxSize of the peer, unless somebody said it whose word is worth more.
    pub(super) fn takes(&mut self, max_size: i32, word: Word) {
        if word < self.size_by {
            return;
        }
        self.max_size = usize::try_from(max_size).unwrap_or(usize::MAX);
        self.size_by = word;
    }

    /// A request was too long for the peer. If nothing as good as the answer to it says so, the next one
    /// will tell: who has only long ones to send would never find out.
    pub(super) fn was_too_big(&mut self, is_authenticated: bool) {
        if self.size_by < Word::of_answer(is_authenticated) {
            self.max_size = usize::MAX;
        }
    }

    /// Lets a request wait for the engine's name.
    pub(super) fn await_name(&mut self, id: RequestId) {
        self.discovery.get_or_insert_default().waiting.push_back(id);
    }

    /// Takes note of the name and the clock that a message without a digest claims. A name that was given,
    /// or under which the engine was proven, stays; the latter unless changes are followed.
    pub(super) fn claim(&mut self, id: EngineId, claim: Option<Clock>, now: Instant) -> Naming {
        let mut naming = Naming::New;
        if let Some(engine) = &mut self.engine {
            if engine.id == id {
                let known = engine.clock.or(engine.claim);
                let is_other = |claim: &Clock| !known.is_some_and(|it| it.agrees_with(claim, now));
                let is_time_other = claim.as_ref().is_some_and(is_other);
                engine.claim = claim.or(engine.claim);
                return Naming::Same { is_time_other };
            }
            if self.key.given.is_some() || engine.is_proven() && !self.key.follows {
                return Naming::Refused;
            }
            if engine.is_proven() {
                naming = Naming::Followed;
            }
        }
        self.generation = self.generation.wrapping_add(1);
        self.engine = Some(RemoteEngine::new(id, claim));
        self.max_size = usize::MAX;
        self.size_by = Word::Hearsay;
        naming
    }
}

impl RemoteEngine {
    fn new(id: EngineId, claim: Option<Clock>) -> Self {
        Self {
            id,
            clock: None,
            claim,
            keys: KeyRing::default(),
        }
    }

    /// Whether a message with the right digest has come from it.
    pub(super) fn is_proven(&self) -> bool {
        self.clock.is_some()
    }

    /// Boots and time for a message to it.
    pub(super) fn time(&self, by: TimeSource, now: Instant) -> (u32, u32) {
        let clock = match by {
            TimeSource::Best => self.clock.or(self.claim),
            TimeSource::Claim => self.claim,
            TimeSource::None => None,
        };
        clock.map_or((0, 0), |clock| clock.read(now))
    }

    /// Takes note of the clock of an authenticated message, or says why that is not believed.
    /// `is_fresh` says that it answers what was sent within the window: then it is of now, whatever its
    /// clock says.
    pub(super) fn accept_clock(
        &mut self,
        (boots, time): (u32, u32),
        is_fresh: bool,
        now: Instant,
    ) -> Result<(), Trouble> {
        let clock = (self.clock).get_or_insert_with(|| Clock::new(boots, time, now));
        if clock.accept(boots, time, now) {
            return Ok(());
        }
        let expected = clock.read(now);
        if boots == LATCH || expected.0 == LATCH && !is_fresh {
            return Err(Trouble::BootsExhausted);
        }
        if !is_fresh {
            return Err(Trouble::Stale {
                expected,
                found: (boots, time),
            });
        }
        *clock = Clock::new(boots, time, now);
        Ok(())
    }
}
