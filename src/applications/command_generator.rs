//! The command generator: requests and what is made of their answers (RFC 3413 section 3.1).

use crate::message::Version;
use crate::pdu::{Bulk, ErrorStatus, Pdu, PduKind};
use crate::smi::{ValueRef, VarBindList, VarBindRef};

/// A request or a notification that is independent of the SNMP version it will be sent in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "all that RFC 3416 lets an entity send without having been asked"
)]
pub enum Command {
    /// The values of the variables named.
    Get,
    /// The variables that follow those named.
    GetNext,
    /// Several variables that follow each of those named. In SNMPv1, which has no such request,
    /// this is [`Command::GetNext`].
    GetBulk(Bulk),
    /// New values for the variables named.
    Set,
    /// A notification that nobody answers; see [`notification`](super::notification).
    Trap,
    /// A notification that is to be acknowledged. SNMPv1 has none.
    Inform,
}

impl Command {
    /// The PDU of this command in `version`.
    pub fn pdu(self, version: Version, var_binds: VarBindList) -> Pdu {
        match self {
            Self::Get => Pdu::new(PduKind::GetRequest, 0, var_binds),
            Self::GetNext => Pdu::new(PduKind::GetNextRequest, 0, var_binds),
            Self::Set => Pdu::new(PduKind::SetRequest, 0, var_binds),
            Self::Trap => Pdu::new(PduKind::TrapV2, 0, var_binds),
            Self::Inform => Pdu::new(PduKind::InformRequest, 0, var_binds),
            Self::GetBulk(_) if version == Version::V1 => {
                Pdu::new(PduKind::GetNextRequest, 0, var_binds)
            }
            Self::GetBulk(bulk) => Pdu::bulk_request(0, bulk, var_binds),
        }
    }

    /// Brings an answer of SNMPv1 into the form of the later versions: with `noSuchName`, whose
    /// bindings only repeat the request, the values become the exceptions that say the same, so
    /// that one test for the end serves all versions. Other answers stay as they are.
    pub fn unify(self, version: Version, response: &mut Pdu) {
        if version != Version::V1 || response.error_status != ErrorStatus::NO_SUCH_NAME {
            return;
        }
        let exception = match self {
            Self::GetNext | Self::GetBulk(_) => ValueRef::EndOfMibView,
            _ => ValueRef::NoSuchObject,
        };
        let mut var_binds = VarBindList::with_capacity(response.var_binds.octets().len());
        for var_bind in &response.var_binds {
            var_binds.push(var_bind.name, exception);
        }
        response.var_binds = var_binds;
    }
}

/// The rows of an answer to [`Command::GetNext`] or [`Command::GetBulk`]: each has one binding for
/// every variable asked for, those of the non-repeaters repeated. A last row that is not complete
/// is left out.
#[derive(Clone, Debug)]
pub struct ResponseRows<'a> {
    bindings: Vec<VarBindRef<'a>>,
    non_repeaters: usize,
    repeaters: usize,
    next: usize,
}

impl<'a> ResponseRows<'a> {
    /// The rows in `response`, which answers a request for `columns` variables.
    pub fn new(response: &'a VarBindList, columns: usize, non_repeaters: usize) -> Self {
        let non_repeaters = non_repeaters.min(columns);
        Self {
            bindings: response.iter().collect(),
            non_repeaters,
            repeaters: columns - non_repeaters,
            next: 0,
        }
    }

    /// How many rows there are.
    fn total(&self) -> usize {
        let repeated = self.bindings.len().saturating_sub(self.non_repeaters);
        match repeated.checked_div(self.repeaters) {
            // Non-repeaters alone still make a row.
            Some(0) | None => usize::from(
                self.non_repeaters > 0
                    && repeated == 0
                    && self.bindings.len() == self.non_repeaters,
            ),
            Some(rows) => rows,
        }
    }
}

impl<'a> Iterator for ResponseRows<'a> {
    type Item = Vec<VarBindRef<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.next >= self.total() {
            return None;
        }
        let start = self.non_repeaters + self.next * self.repeaters;
        let repeated = self
            .bindings
            .get(start..start + self.repeaters)
            .unwrap_or_default();
        self.next += 1;
        Some([&self.bindings[..self.non_repeaters], repeated].concat())
    }
}

/// Whether nothing follows: every value is `endOfMibView`, `noSuchObject` or `noSuchInstance`
/// (`isEndOfMib` of PySNMP).
pub fn is_end_of_mib<'a>(row: impl IntoIterator<Item = VarBindRef<'a>>) -> bool {
    row.into_iter()
        .all(|var_bind| var_bind.value.is_exception())
}
