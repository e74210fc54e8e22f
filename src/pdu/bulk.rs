//! What a GetBulkRequest-PDU has in place of the error fields.

use super::{ErrorStatus, Pdu, PduKind, PduRef};
use crate::smi::VarBindList;

/// The two numbers of a GetBulkRequest-PDU. RFC 3416 section 4.2.3.
#[expect(clippy::exhaustive_structs, reason = "RFC 3416 closes the pair")]
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Bulk {
    /// How many names, from the first, are asked for one successor only.
    pub non_repeaters: u32,
    /// How many successors each of the other names is asked for.
    pub max_repetitions: u32,
}

impl Pdu {
    /// A GetBulkRequest-PDU. Numbers above 2147483647, which have no encoding, become that.
    pub fn bulk_request(request_id: i32, bulk: Bulk, var_binds: VarBindList) -> Self {
        let encoded = |number| i32::try_from(number).unwrap_or(i32::MAX);
        Self {
            kind: PduKind::GetBulkRequest,
            request_id,
            error_status: ErrorStatus::new(encoded(bulk.non_repeaters)),
            error_index: encoded(bulk.max_repetitions),
            var_binds,
        }
    }

    /// The numbers of a GetBulkRequest-PDU, nothing for the other kinds. RFC 3416 section 4.2.3.
    pub fn bulk(&self) -> Option<Bulk> {
        self.as_ref().bulk()
    }
}

impl PduRef<'_> {
    /// The numbers of a GetBulkRequest-PDU, nothing for the other kinds. Negative ones count as 0.
    /// RFC 3416 section 4.2.3.
    pub fn bulk(&self) -> Option<Bulk> {
        let decoded = |number| u32::try_from(number).unwrap_or(0);
        (self.kind == PduKind::GetBulkRequest).then(|| Bulk {
            non_repeaters: decoded(self.error_status.number()),
            max_repetitions: decoded(self.error_index),
        })
    }
}
