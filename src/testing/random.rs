//! Chance that repeats.

use crate::engine::split_mix;

/// A small generator of pseudo-random numbers (SplitMix64): fit for simulations, and for nothing
/// that an adversary looks at.
#[derive(Clone, Debug)]
pub struct Random {
    state: u64,
}

impl Random {
    /// A generator whose numbers follow from `seed`.
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next number, any of 64 bits.
    pub fn next_u64(&mut self) -> u64 {
        split_mix(&mut self.state)
    }

    /// A number below `limit`; 0 if that is 0.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.next_u64().checked_rem(limit).unwrap_or(0)
    }

    /// True with this probability, 0 to 1.
    pub fn chance(&mut self, probability: f64) -> bool {
        // 53 bits are what a double holds.
        let fraction = (self.next_u64() >> 11) as f64 / (1u64 << 53) as f64;
        fraction < probability
    }
}

/// For the tests of this crate that try a private function with anything.
#[cfg(test)]
impl Random {
    /// Any octets, at most `longest` of them.
    pub(crate) fn octets(&mut self, longest: u64) -> Vec<u8> {
        let length = self.below(longest + 1);
        (0..length).map(|_| self.next_u64() as u8).collect()
    }

    /// At most `longest` of these characters, each as often as it comes.
    pub(crate) fn text(&mut self, characters: &str, longest: u64) -> String {
        let characters: Vec<char> = characters.chars().collect();
        let length = self.below(longest + 1);
        (0..length)
            .map(|_| characters[self.below(characters.len() as u64) as usize])
            .collect()
    }
}
