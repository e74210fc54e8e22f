//! The numbers by which requests go on the wire: request-ids, which are msgIDs in SNMPv3.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::identifiers::Identifiers;
use super::v3::AssociationTable;

/// Which request has which number, and which were answered last.
#[derive(Debug)]
pub(super) struct Numbers {
    places: HashMap<i32, u32, BuildHasherDefault<AsItIs>>,
    /// How many of those are former ones.
    formers: usize,
    identifiers: Identifiers,
    answered: Recent,
}

impl Numbers {
    pub(super) fn new(seed: u64, are_short: bool) -> Self {
        Self {
            places: HashMap::default(),
            formers: 0,
            identifiers: Identifiers::new(seed, are_short),
            answered: Recent::default(),
        }
    }

    /// How many requests have a number.
    pub(super) fn requests(&self) -> usize {
        self.places.len() - self.formers
    }

    /// A number that no outstanding request has, and no question for an engine's name. None if all are taken.
    #[inline]
    pub(super) fn fresh(&mut self, questions: &mut AssociationTable) -> Option<i32> {
        match self.free_one(questions) {
            Some(fresh) => Some(fresh),
            None => self.freed(questions),
        }
    }

    /// The same where all numbers are taken, among others by questions that nobody waits for any more.
    #[cold]
    fn freed(&mut self, questions: &mut AssociationTable) -> Option<i32> {
        questions.forget_idle_questions();
        self.free_one(questions)
    }

    #[inline]
    fn free_one(&mut self, questions: &AssociationTable) -> Option<i32> {
        let taken = &self.places;
        let is_free = |it| !taken.contains_key(&it) && questions.find_discovery(it).is_none();
        self.identifiers.next(is_free)
    }

    #[inline]
    pub(super) fn insert(&mut self, number: i32, place: usize) {
        self.places.insert(number, place as u32);
    }

    /// The place of the request that has a number.
    #[inline]
    pub(super) fn find(&self, number: i32) -> Option<usize> {
        Some(*self.places.get(&number)? as usize)
    }

    /// Takes the numbers of a request that is over.
    #[inline]
    pub(super) fn free(&mut self, number: i32, former: Option<i32>) {
        if let Some(former) = former {
            self.places.remove(&former);
            self.formers -= 1;
        }
        self.places.remove(&number);
    }

    /// Gives the request at `place` another number. Answers to the one it had still count if `keeps_former`, and
    /// answers to the former one no more.
    pub(super) fn renumber(
        &mut self,
        place: usize,
        number: &mut i32,
        former: &mut Option<i32>,
        keeps_former: bool,
        questions: &mut AssociationTable,
    ) {
        let Some(fresh) = self.fresh(questions) else {
            return;
        };
        let mut gone = Some(std::mem::replace(number, fresh));
        if keeps_former {
            gone = std::mem::replace(former, gone);
            self.formers += usize::from(gone.is_none());
        }
        if let Some(gone) = gone {
            self.places.remove(&gone);
            self.answered.push(gone);
        }
        self.insert(fresh, place);
    }

    pub(super) fn remember_answered(&mut self, number: i32) {
        self.answered.push(number);
    }

    pub(super) fn was_just_answered(&self, number: i32) -> bool {
        self.answered.contains(number)
    }
}

/// The request-ids answered last, to tell a second answer from a late one.
#[derive(Debug)]
struct Recent {
    ids: [i32; 256],
    next: u8,
}

impl Default for Recent {
    fn default() -> Self {
        // No request-id is negative.
        Self {
            ids: [-1; 256],
            next: 0,
        }
    }
}

impl Recent {
    fn push(&mut self, id: i32) {
        self.ids[usize::from(self.next)] = id;
        self.next = self.next.wrapping_add(1);
    }

    fn contains(&self, id: i32) -> bool {
        self.ids.contains(&id)
    }
}

/// A hasher for keys that are random already: request-ids are, and nobody else chooses them.
#[derive(Debug, Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn write(&mut self, octets: &[u8]) {
        for &octet in octets {
            self.0 = (self.0 << 8) | u64::from(octet);
        }
    }

    fn write_i32(&mut self, number: i32) {
        // Tables take the place from the low bits and a tag from the high ones.
        self.0 = (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
