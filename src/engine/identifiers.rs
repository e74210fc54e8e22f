//! Request-ids that do not repeat and cannot be foreseen.

use std::fmt;

/// A keyed permutation of the 31-bit numbers, applied to a counter.
///
/// A counter alone would not repeat, but anyone who sees one request could forge the answer to the
/// next. Permuted under a secret key, 2^31 requests pass before an identifier returns, and the
/// sequence looks random. Negative numbers are left out because some agents get them wrong.
pub(super) struct Identifiers {
    keys: [u64; ROUNDS],
    counter: u32,
}

const ROUNDS: usize = 4;
const HALF_BITS: u32 = 16;
const HALF_MASK: u32 = (1 << HALF_BITS) - 1;
const LIMIT: u32 = 1 << 31;

impl Identifiers {
    pub(super) fn new(seed: u64) -> Self {
        let mut state = seed;
        Self {
            keys: [(); ROUNDS].map(|()| split_mix(&mut state)),
            counter: split_mix(&mut state) as u32 % LIMIT,
        }
    }

    /// The next identifier, 0 to 2^31 - 1.
    pub(super) fn next(&mut self) -> i32 {
        self.counter = (self.counter + 1) % LIMIT;
        // Walking the cycle of a permutation of 32 bits until it comes back below 2^31 makes a
        // permutation of 31 bits out of it; two steps in the mean.
        let mut id = self.permute(self.counter);
        while id >= LIMIT {
            id = self.permute(id);
        }
        id as i32
    }

    /// A Feistel network over two halves of 16 bits.
    fn permute(&self, block: u32) -> u32 {
        let (mut left, mut right) = (block >> HALF_BITS, block & HALF_MASK);
        for key in self.keys {
            let mut mix = key ^ u64::from(right).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            mix = (mix ^ (mix >> 32)).wrapping_mul(key | 1);
            (left, right) = (right, left ^ (mix >> 48) as u32);
        }
        (left << HALF_BITS) | right
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
        let mut ids = Identifiers::new(7);
        let mut seen = HashSet::new();
        for _ in 0..200_000 {
            let id = ids.next();
            assert!(id >= 0);
            assert!(seen.insert(id), "{id} came twice");
        }
    }

    #[test]
    fn follow_from_the_seed() {
        let (mut a, mut b, mut c) = (
            Identifiers::new(1),
            Identifiers::new(1),
            Identifiers::new(2),
        );
        let sequence = |ids: &mut Identifiers| (0..10).map(|_| ids.next()).collect::<Vec<_>>();
        let first = sequence(&mut a);
        assert_eq!(first, sequence(&mut b));
        assert_ne!(first, sequence(&mut c));
    }

    #[test]
    fn neighbours_differ_in_about_half_of_their_bits() {
        let mut ids = Identifiers::new(3);
        let mut before = ids.next();
        let mut changed = 0;
        for _ in 0..10_000 {
            let id = ids.next();
            changed += (id ^ before).count_ones();
            before = id;
        }
        let mean = f64::from(changed) / 10_000.0;
        assert!((15.0..16.0).contains(&mean), "{mean} bits of 31");
    }
}
