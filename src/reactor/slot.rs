//! Tokens with generation: which source an event of the system belongs to.

use std::ops::Range;
use std::rc::Rc;

use mio::Token;

use super::core::Core;
use super::readiness::Readiness;

/// Something that owns a descriptor and is told when it is ready.
pub(super) trait Source {
    /// Uses the readiness; what is returned is left over and served again in the next pass.
    fn serve(self: Rc<Self>, core: &Rc<Core>, ready: Readiness) -> Readiness;

    /// The reactor ends: let go of the descriptor and tell whoever waits.
    fn disconnect(self: Rc<Self>, core: &Rc<Core>);

    /// The reactor was dropped: let go of the descriptor and of what the user gave, silently.
    fn abandon(self: Rc<Self>, core: &Core);
}

/// Names one registration; a later one in the same slot has another generation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key {
    index: u32,
    generation: u32,
}

/// How keys become tokens of mio.
#[derive(Clone, Debug)]
pub(super) enum Tokens {
    /// All tokens are ours: the upper half of the number is the generation.
    Own,
    /// The host lends a range, where a generation does not fit.
    Lent(Range<usize>),
}

/// The registered sources.
pub(super) struct Slots {
    tokens: Tokens,
    entries: Vec<Entry>,
    free: Vec<u32>,
    /// Closed since the pass began. Free again in the next one, when no event of the present
    /// batch can name them any more.
    retired: Vec<u32>,
}

struct Entry {
    generation: u32,
    source: Option<Rc<dyn Source>>,
    ready: Readiness,
}

const HALF: u32 = usize::BITS / 2;

impl Slots {
    pub(super) fn new(tokens: Tokens) -> Self {
        Self {
            tokens,
            entries: Vec::new(),
            free: Vec::new(),
            retired: Vec::new(),
        }
    }

    /// A place for a source that is yet to be registered; none if the tokens are used up.
    pub(super) fn reserve(&mut self) -> Option<(Key, Token)> {
        let index = match self.free.pop() {
            Some(index) => index,
            None => {
                let limit = match &self.tokens {
                    // The three uppermost tokens are the waker's, the timer's and the signals'.
                    Tokens::Own => (1usize << HALF) - 3,
                    Tokens::Lent(range) => range.len(),
                };
                if self.entries.len() >= limit {
                    return None;
                }
                self.entries.push(Entry {
                    generation: 0,
                    source: None,
                    ready: Readiness::NONE,
                });
                (self.entries.len() - 1) as u32
            }
        };
        let key = Key {
            index,
            generation: self.entries[index as usize].generation,
        };
        Some((key, self.token(key)))
    }

    /// Puts the source where [`Slots::reserve`] made room, or another one was, which is given.
    pub(super) fn fill(&mut self, key: Key, source: Rc<dyn Source>) -> Option<Rc<dyn Source>> {
        self.entry(key)?.source.replace(source)
    }

    /// Takes out the source, or gives back a place that was only reserved.
    pub(super) fn remove(&mut self, key: Key) -> Option<Rc<dyn Source>> {
        let entry = self.entry(key)?;
        entry.generation = entry.generation.wrapping_add(1);
        entry.ready = Readiness::NONE;
        let source = entry.source.take();
        self.retired.push(key.index);
        source
    }

    /// Notes readiness of the owner of `token`. `Some(key)` if it has to be queued for it.
    pub(super) fn note(&mut self, token: Token, ready: Readiness) -> Option<Key> {
        let key = self.key(token)?;
        self.add(key, ready)
    }

    /// As [`Slots::note`], for a key.
    pub(super) fn add(&mut self, key: Key, ready: Readiness) -> Option<Key> {
        let entry = self.entry(key)?;
        entry.source.as_ref()?;
        let queued = !entry.ready.is_none();
        entry.ready |= ready;
        (!queued && !entry.ready.is_none()).then_some(key)
    }

    /// The source of `key` and its readiness, which is taken.
    pub(super) fn take_ready(&mut self, key: Key) -> Option<(Rc<dyn Source>, Readiness)> {
        let entry = self.entry(key)?;
        let source = entry.source.clone()?;
        Some((source, std::mem::take(&mut entry.ready)))
    }

    /// The token of a key, for registering again.
    pub(super) fn token(&self, key: Key) -> Token {
        match &self.tokens {
            Tokens::Own => {
                let mask = (1usize << HALF) - 1;
                Token(((key.generation as usize & mask) << HALF) | key.index as usize)
            }
            Tokens::Lent(range) => Token(range.start + key.index as usize),
        }
    }

    /// A pass begins: the tokens closed in the last one may be used again.
    pub(super) fn release_retired(&mut self) {
        self.free.append(&mut self.retired);
    }

    /// How many places there are, filled or not: the most entries a ready list can need.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The keys of all sources.
    pub(super) fn keys(&self) -> Vec<Key> {
        let filled = self.entries.iter().zip(0u32..);
        filled
            .filter(|(entry, _)| entry.source.is_some())
            .map(|(entry, index)| Key {
                index,
                generation: entry.generation,
            })
            .collect()
    }

    fn entry(&mut self, key: Key) -> Option<&mut Entry> {
        self.entries
            .get_mut(key.index as usize)
            .filter(|entry| entry.generation == key.generation)
    }

    fn key(&self, token: Token) -> Option<Key> {
        match &self.tokens {
            Tokens::Own => {
                let mask = (1usize << HALF) - 1;
                let index = token.0 & mask;
                let entry = self.entries.get(index)?;
                (entry.generation as usize & mask == token.0 >> HALF).then_some(Key {
                    index: index as u32,
                    generation: entry.generation,
                })
            }
            Tokens::Lent(range) => {
                let index = token.0.checked_sub(range.start)?;
                let entry = self.entries.get(index)?;
                Some(Key {
                    index: index as u32,
                    generation: entry.generation,
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Nothing;

    impl Source for Nothing {
        fn serve(self: Rc<Self>, _: &Rc<Core>, _: Readiness) -> Readiness {
            Readiness::NONE
        }
        fn disconnect(self: Rc<Self>, _: &Rc<Core>) {}
        fn abandon(self: Rc<Self>, _: &Core) {}
    }

    fn open(slots: &mut Slots) -> (Key, Token) {
        let (key, token) = slots.reserve().expect("a free token");
        assert!(slots.fill(key, Rc::new(Nothing)).is_none());
        (key, token)
    }

    #[test]
    fn own_tokens_of_a_reused_slot_differ() {
        let mut slots = Slots::new(Tokens::Own);
        let (first, stale) = open(&mut slots);
        slots.remove(first);
        slots.release_retired();
        let (second, fresh) = open(&mut slots);
        assert_ne!(stale, fresh);
        assert_eq!(slots.note(stale, Readiness::READ), None);
        assert_eq!(slots.note(fresh, Readiness::READ), Some(second));
    }

    #[test]
    fn lent_tokens_stay_retired_until_the_next_pass_and_in_range() {
        let mut slots = Slots::new(Tokens::Lent(40..42));
        let (first, one) = open(&mut slots);
        let (_, two) = open(&mut slots);
        assert_eq!((one, two), (Token(40), Token(41)));
        assert!(slots.reserve().is_none(), "the range is used up");
        slots.remove(first);
        assert!(slots.reserve().is_none(), "not before the batch is over");
        assert_eq!(
            slots.note(one, Readiness::READ),
            None,
            "a retired slot drops its events"
        );
        slots.release_retired();
        assert_eq!(open(&mut slots).1, Token(40));
    }

    #[test]
    fn readiness_is_queued_once_and_taken_whole() {
        let mut slots = Slots::new(Tokens::Own);
        let (key, token) = open(&mut slots);
        assert_eq!(slots.note(token, Readiness::READ), Some(key));
        assert_eq!(slots.note(token, Readiness::WRITE), None);
        let (_, ready) = slots.take_ready(key).expect("a source");
        assert!(ready.contains(Readiness::READ) && ready.contains(Readiness::WRITE));
        assert_eq!(slots.note(token, Readiness::READ), Some(key));
    }
}
