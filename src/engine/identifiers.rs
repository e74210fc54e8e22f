//! Request-ids that do not repeat and cannot be foreseen.

use std::fmt;

/// A keyed permutation of the 31-bit numbers, applied to a counter; or of the 15-bit numbers.
///
/// A counter alone would not repeat, but anyone who sees one request could forge the answer to the
/// next. Permuted under a secret key, 2^31 requests pass before an identifier returns, and the
/// sequence looks random. Negative numbers are left out because some agents get them wrong, and of those that
/// keep 16 bits some make a negative number of what has the 16th.
pub(super) struct Identifiers {
    keys: [u64; ROUNDS],
    counter: u32,
    is_short: bool,
}

const ROUNDS: usize = 4;

impl Identifiers {
    pub(super) fn new(seed: u64, is_short: bool) -> Self {
        let mut state = seed;
        Self {
            keys: [(); ROUNDS].map(|()| split_mix(&mut state)),
            counter: split_mix(&mut state) as u32,
            is_short,
        }
    }

    /// The next identifier that `is_free`. None if no number is: each is looked at once.
    #[inline]
    pub(super) fn next(&mut self, is_free: impl Fn(i32) -> bool) -> Option<i32> {
        match self.is_short {
            true => self.next_of::<8>(is_free),
            false => self.next_of::<16>(is_free),
        }
    }

    /// Of blocks of two halves with so many bits.
    #[inline]
    fn next_of<const HALF: u32>(&mut self, is_free: impl Fn(i32) -> bool) -> Option<i32> {
        let limit = 1 << (2 * HALF - 1);
        for _ in 0..limit {
            self.counter = self.counter.wrapping_add(1) % limit;
            // Walking the cycle of a permutation of 32 bits until it comes back below 2^31 makes a
            // permutation of 31 bits out of it; two steps in the mean.
            let mut id = self.permute::<HALF>(self.counter);
            while id >= limit {
                id = self.permute::<HALF>(id);
            }
            if is_free(id as i32) {
                return Some(id as i32);
            }
        }
        None
    }

    /// A Feistel network over two halves.
    fn permute<const HALF: u32>(&self, block: u32) -> u32 {
        let mask = (1 << HALF) - 1;
        let (mut left, mut right) = (block >> HALF, block & mask);
        for key in self.keys {
            let mut mix = key ^ u64::from(right).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            mix = (mix ^ (mix >> 32)).wrapping_mul(key | 1);
            (left, right) = (right, left ^ (mix >> (64 - HALF)) as u32);
        }
        (left << HALF) | right
    }
}

/// One step of the SplitMix64 generator: spreads a seed over several keys.
pub(crate) fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Without the keys, which foretell all identifiers.
impl fmt::Debug for Identifiers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identifiers(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn do_not_repeat_and_are_never_negative() {
        let mut ids = Identifiers::new(7, false);
        let mut seen = HashSet::new();
        for _ in 0..200_000 {
            let id = ids.next(|_| true).unwrap();
            assert!(id >= 0);
            assert!(seen.insert(id), "{id} came twice");
        }
    }

    #[test]
    fn follow_from_the_seed() {
        let (mut a, mut b, mut c) = (
            Identifiers::new(1, false),
            Identifiers::new(1, false),
            Identifiers::new(2, false),
        );
        let sequence =
            |ids: &mut Identifiers| -> Vec<_> { (0..10).map(|_| ids.next(|_| true)).collect() };
        let first = sequence(&mut a);
        assert_eq!(first, sequence(&mut b));
        assert_ne!(first, sequence(&mut c));
    }

    #[test]
    fn neighbours_differ_in_about_half_of_their_bits() {
        let mut ids = Identifiers::new(3, false);
        let mut before = ids.next(|_| true).unwrap();
        let mut changed = 0;
        for _ in 0..10_000 {
            let id = ids.next(|_| true).unwrap();
            changed += (id ^ before).count_ones();
            before = id;
        }
        let mean = f64::from(changed) / 10_000.0;
        assert!((15.0..16.0).contains(&mean), "{mean} bits of 31");
    }

    #[test]
    fn short_ones_are_all_numbers_of_15_bits_before_one_returns() {
        let mut ids = Identifiers::new(5, true);
        let mut seen = HashSet::new();
        for _ in 0..32_768 {
            let id = ids.next(|id| !seen.contains(&id)).unwrap();
            assert!((0..32_768).contains(&id), "{id}");
            assert!(seen.insert(id), "{id} came twice");
        }
        assert_eq!(ids.next(|id| !seen.contains(&id)), None, "none is left");
        assert_eq!(ids.next(|id| id == 77), Some(77));
    }

    #[test]
    fn short_ones_do_not_follow_one_another() {
        let mut ids = Identifiers::new(6, true);
        let drawn: Vec<_> = (0..1000).filter_map(|_| ids.next(|_| true)).collect();
        let steps: HashSet<_> = drawn.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert!(steps.len() > 900, "{} steps", steps.len());
    }
}
