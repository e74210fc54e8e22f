//! Sub-identifiers side by side.

use crate::smi::{MAX_ARCS, OidRef};

/// The sub-identifiers of a name, without an allocation.
pub(super) struct Buffered {
    arcs: [u32; MAX_ARCS],
    len: usize,
}

impl Buffered {
    pub(super) fn new(oid: OidRef<'_>) -> Self {
        let mut arcs = [0; MAX_ARCS];
        let mut len = 0;
        for (place, arc) in arcs.iter_mut().zip(oid.arcs()) {
            *place = arc;
            len += 1;
        }
        Self { arcs, len }
    }

    pub(super) fn arcs(&self) -> &[u32] {
        &self.arcs[..self.len]
    }
}
