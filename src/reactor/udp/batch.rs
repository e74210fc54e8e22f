//! Datagrams to be sent together.

use std::net::{IpAddr, SocketAddr};

use crate::reactor::addresses::canonical;

/// Datagrams waiting to be sent with one call of `write_batch`.
///
/// The buffers are kept: a batch that is filled, sent and cleared again and again allocates
/// nothing once it has grown.
#[derive(Debug, Default)]
pub struct SendBatch {
    datagrams: Vec<Outgoing>,
    used: usize,
}

#[derive(Debug)]
pub(super) struct Outgoing {
    pub(super) data: Vec<u8>,
    pub(super) to: SocketAddr,
    pub(super) from: Option<IpAddr>,
}

/// Where a datagram of a [`SendBatch`] goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "a datagram has two ends")]
pub struct Route {
    /// The destination.
    pub to: SocketAddr,
    /// The address of this host to send from; none leaves the choice to the system.
    pub from: Option<IpAddr>,
}

impl SendBatch {
    /// An empty batch.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a datagram.
    pub fn push(&mut self, data: &[u8], to: SocketAddr, from: Option<IpAddr>) {
        self.push_with(|buffer| {
            buffer.extend_from_slice(data);
            Some(Route { to, from })
        });
    }

    /// Adds the datagram that `write` puts into the buffer it is given, empty, and says where it
    /// goes; nothing is added, and false returned, if it gives no route.
    pub fn push_with(&mut self, write: impl FnOnce(&mut Vec<u8>) -> Option<Route>) -> bool {
        if self.used == self.datagrams.len() {
            self.datagrams.push(Outgoing {
                data: Vec::new(),
                to: SocketAddr::from(([0, 0, 0, 0], 0)),
                from: None,
            });
        }
        let datagram = &mut self.datagrams[self.used];
        datagram.data.clear();
        let Some(route) = write(&mut datagram.data) else {
            return false;
        };
        datagram.to = canonical(route.to);
        datagram.from = route.from.map(|from| from.to_canonical());
        self.used += 1;
        true
    }

    /// How many datagrams wait.
    pub fn len(&self) -> usize {
        self.used
    }

    /// Whether none waits.
    pub fn is_empty(&self) -> bool {
        self.used == 0
    }

    /// Removes all datagrams; their buffers are kept.
    pub fn clear(&mut self) {
        self.used = 0;
    }

    /// Removes the first `count` datagrams, for instance those that `write_batch` sent.
    pub fn discard(&mut self, count: usize) {
        let count = count.min(self.used);
        self.datagrams[..self.used].rotate_left(count);
        self.used -= count;
    }

    /// The datagram at `index`: its octets and where it goes.
    pub fn get(&self, index: usize) -> Option<(&[u8], Route)> {
        let Outgoing { data, to, from } = self.datagrams().get(index)?;
        Some((
            data,
            Route {
                to: *to,
                from: *from,
            },
        ))
    }

    pub(super) fn datagrams(&self) -> &[Outgoing] {
        &self.datagrams[..self.used]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buffers_are_kept_and_order_survives_discarding() {
        let to = SocketAddr::from(([127, 0, 0, 1], 9));
        let mut batch = SendBatch::new();
        for octet in 0..4u8 {
            batch.push(&[octet; 100], to, None);
        }
        let buffer = batch.datagrams()[0].data.as_ptr();
        batch.discard(1);
        assert_eq!(batch.get(0).map(|(data, _)| data[0]), Some(1));
        assert!(!batch.push_with(|_| None));
        assert_eq!(batch.len(), 3);
        batch.push(&[9; 100], to, None);
        assert_eq!(batch.get(3).map(|(data, _)| data.as_ptr()), Some(buffer));
        batch.discard(7);
        assert!(batch.is_empty());
    }
}
