//! A network that loses, delays, repeats, reorders and damages datagrams.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::time::{Duration, Instant};

use super::random::Random;

/// Datagrams on their way.
///
/// Each one is delayed by a time of its own, so they overtake each other as soon as the range of
/// delays is wider than the gap between them.
#[derive(Debug)]
pub struct Wire {
    seed: u64,
    random: Random,
    loss: f64,
    duplication: f64,
    corruption: f64,
    truncation: f64,
    delay: RangeInclusive<Duration>,
    /// By time of arrival; those that arrive together, in the order of sending.
    on_the_way: BTreeMap<(Instant, u64), Delivery>,
    sequence: u64,
    statistics: WireStatistics,
    trace: u64,
}

/// A datagram that has arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Delivery {
    /// Who sent it.
    pub from: SocketAddr,
    /// Whom it was sent to.
    pub to: SocketAddr,
    /// What it holds.
    pub data: Vec<u8>,
}

/// What a wire has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct WireStatistics {
    /// Datagrams put on the wire.
    pub sent: u64,
    /// Those of them that were lost.
    pub lost: u64,
    /// Those of them that were repeated.
    pub duplicated: u64,
    /// Those of them with a flipped bit.
    pub corrupted: u64,
    /// Those of them that were cut short.
    pub truncated: u64,
}

impl Wire {
    /// A perfect wire with a delay of one millisecond. Chance follows from `seed`.
    pub fn new(seed: u64) -> Self {
        let delay = Duration::from_millis(1);
        Self {
            seed,
            random: Random::new(seed),
            loss: 0.0,
            duplication: 0.0,
            corruption: 0.0,
            truncation: 0.0,
            delay: delay..=delay,
            on_the_way: BTreeMap::new(),
            sequence: 0,
            statistics: WireStatistics::default(),
            trace: 0xcbf2_9ce4_8422_2325,
        }
    }

    pub(super) fn seed(&self) -> u64 {
        self.seed
    }

    /// The share of datagrams that get lost, 0 to 1.
    #[must_use]
    pub fn loss(mut self, share: f64) -> Self {
        self.loss = share;
        self
    }

    /// The share of datagrams that arrive twice, 0 to 1.
    #[must_use]
    pub fn duplication(mut self, share: f64) -> Self {
        self.duplication = share;
        self
    }

    /// The share of datagrams in which one bit is flipped, 0 to 1.
    #[must_use]
    pub fn corruption(mut self, share: f64) -> Self {
        self.corruption = share;
        self
    }

    /// The share of datagrams that lose some of their last octets, 0 to 1.
    #[must_use]
    pub fn truncation(mut self, share: f64) -> Self {
        self.truncation = share;
        self
    }

    /// How long a datagram is on its way; a wide range reorders. One whose time no clock can tell, such as
    /// [`Duration::MAX`], never arrives.
    #[must_use]
    pub fn delay(mut self, delay: RangeInclusive<Duration>) -> Self {
        self.delay = delay;
        self
    }

    /// Puts a datagram on the wire.
    pub fn send(&mut self, now: Instant, from: SocketAddr, to: SocketAddr, data: &[u8]) {
        self.statistics.sent += 1;
        if self.random.chance(self.loss) {
            self.statistics.lost += 1;
            self.record(b"lost", data);
            return;
        }
        let twice = self.random.chance(self.duplication);
        self.statistics.duplicated += u64::from(twice);
        for _ in 0..1 + usize::from(twice) {
            let delay = self.next_delay();
            self.sequence += 1;
            let delivery = Delivery {
                from,
                to,
                data: self.damage(data.to_vec()),
            };
            if let Some(arrival) = now.checked_add(delay) {
                self.on_the_way.insert((arrival, self.sequence), delivery);
            }
        }
        self.record(b"sent", data);
    }

    fn next_delay(&mut self) -> Duration {
        let (shortest, longest) = (*self.delay.start(), *self.delay.end());
        let spread = longest.saturating_sub(shortest).as_nanos();
        let spread = u64::try_from(spread).unwrap_or(u64::MAX);
        let extra = self.random.below(spread.saturating_add(1));
        shortest.saturating_add(Duration::from_nanos(extra))
    }

    fn damage(&mut self, mut data: Vec<u8>) -> Vec<u8> {
        // Nothing is drawn for what never happens: a wire without damage stays the wire it was.
        if self.corruption > 0.0 && self.random.chance(self.corruption) && !data.is_empty() {
            let bit = self.random.below(data.len() as u64 * 8) as usize;
            data[bit / 8] ^= 1 << (bit % 8);
            self.statistics.corrupted += 1;
        }
        if self.truncation > 0.0 && self.random.chance(self.truncation) {
            data.truncate(self.random.below(data.len() as u64) as usize);
            self.statistics.truncated += 1;
        }
        data
    }

    /// When the next datagram arrives.
    pub fn next_arrival(&self) -> Option<Instant> {
        self.on_the_way.keys().next().map(|(at, _)| *at)
    }

    /// The next datagram that has arrived by `now`.
    pub fn receive(&mut self, now: Instant) -> Option<Delivery> {
        if self.next_arrival()? > now {
            return None;
        }
        let (_, delivery) = self.on_the_way.pop_first()?;
        self.record(b"came", &delivery.data);
        Some(delivery)
    }

    /// What has happened so far.
    pub fn statistics(&self) -> WireStatistics {
        self.statistics
    }

    /// A digest of everything that was sent, lost and received, octet for octet and in order: two
    /// runs with the same digest were the same run.
    pub fn trace(&self) -> u64 {
        self.trace
    }

    /// FNV-1a.
    fn record(&mut self, what: &[u8], data: &[u8]) {
        for octet in what.iter().chain(data) {
            self.trace = (self.trace ^ u64::from(*octet)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
