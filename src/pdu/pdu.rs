//! The PDU shape that all kinds but the Trap-PDU of SNMPv1 share.

use core::fmt;

use super::trap_v1::read_number;
use super::{ErrorStatus, PduKind};
use crate::asn1::{BerError, BerErrorKind, Element, Reader, Tag, Writer};
use crate::smi::{ValueRef, VarBindList, VarBindListRef, VarBindRef};

/// A PDU that owns its variable bindings. RFC 3416 section 3.
#[expect(
    clippy::exhaustive_structs,
    reason = "RFC 3416 closes the set of fields"
)]
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pdu {
    /// What the PDU does.
    pub kind: PduKind,
    /// Pairs a response with its request.
    pub request_id: i32,
    /// What went wrong; in a GetBulkRequest-PDU non-repeaters, see [`bulk`](Self::bulk).
    pub error_status: ErrorStatus,
    /// With which variable, counted from 1, or 0; in a GetBulkRequest-PDU max-repetitions.
    pub error_index: i32,
    /// The variables.
    pub var_binds: VarBindList,
}

impl Pdu {
    /// A PDU without an error.
    pub const fn new(kind: PduKind, request_id: i32, var_binds: VarBindList) -> Self {
        Self {
            kind,
            request_id,
            error_status: ErrorStatus::NO_ERROR,
            error_index: 0,
            var_binds,
        }
    }

    /// The binding that the error-index of a response is about, with that index. None if there is none at that place:
    /// agents send 0, negative numbers, and numbers beyond the list.
    pub fn at_fault(&self) -> Option<(usize, VarBindRef<'_>)> {
        let index = usize::try_from(self.error_index).ok()?;
        let var_bind = self.var_binds.get(index.checked_sub(1)?)?;
        Some((index, var_bind))
    }

    /// Takes over what `pdu` holds, into the buffer that is there: allocates only to grow.
    pub fn assign(&mut self, pdu: PduRef<'_>) {
        self.kind = pdu.kind;
        self.request_id = pdu.request_id;
        self.error_status = pdu.error_status;
        self.error_index = pdu.error_index;
        self.var_binds.assign(pdu.var_binds);
    }

    /// The borrowed form.
    #[inline]
    pub fn as_ref(&self) -> PduRef<'_> {
        PduRef {
            kind: self.kind,
            request_id: self.request_id,
            error_status: self.error_status,
            error_index: self.error_index,
            var_binds: self.var_binds.as_ref(),
        }
    }
}

impl From<PduRef<'_>> for Pdu {
    fn from(pdu: PduRef<'_>) -> Self {
        Self {
            kind: pdu.kind,
            request_id: pdu.request_id,
            error_status: pdu.error_status,
            error_index: pdu.error_index,
            var_binds: pdu.var_binds.into(),
        }
    }
}

impl fmt::Display for Pdu {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.as_ref(), f)
    }
}

/// A PDU that borrows from the message. Prints on one line. RFC 3416 section 3.
#[expect(
    clippy::exhaustive_structs,
    reason = "RFC 3416 closes the set of fields"
)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PduRef<'a> {
    /// What the PDU does.
    pub kind: PduKind,
    /// Pairs a response with its request.
    pub request_id: i32,
    /// What went wrong; in a GetBulkRequest-PDU non-repeaters, see [`bulk`](Self::bulk).
    pub error_status: ErrorStatus,
    /// With which variable, counted from 1, or 0; in a GetBulkRequest-PDU max-repetitions.
    pub error_index: i32,
    /// The variables.
    pub var_binds: VarBindListRef<'a>,
}

impl<'a> PduRef<'a> {
    /// Whether no value is a Counter64 or an exception, which SNMPv1 does not have. RFC 3584 section 4.2.2.
    pub fn has_values_of_v1(&self) -> bool {
        let is_later = |value: ValueRef<'_>| value.tag() == Tag::COUNTER64 || value.is_exception();
        !self.var_binds.iter().any(|binding| is_later(binding.value))
    }

    /// The next element of `reader`, every binding in it checked. Octets behind the bindings are passed
    /// over. A notification is not lost for a request-id, error-status or error-index beyond 32 bits: the
    /// lower 32 are read.
    pub fn decode(reader: &mut Reader<'a>) -> Result<Self, BerError> {
        Self::from_element(reader.read()?)
    }

    /// The PDU that `element` is.
    #[inline]
    pub(super) fn from_element(element: Element<'a>) -> Result<Self, BerError> {
        let Some(kind) = PduKind::from_tag(element.tag) else {
            return Err(element.error(BerErrorKind::UnexpectedPdu(element.tag)));
        };
        let mut fields = element.contents;
        Ok(Self {
            kind,
            request_id: read_field(kind, &mut fields)?,
            error_status: ErrorStatus::new(read_field(kind, &mut fields)?),
            error_index: read_field(kind, &mut fields)?,
            var_binds: VarBindListRef::decode(&mut fields)?,
        })
    }

    /// Writes the PDU as an element.
    #[inline]
    pub fn encode(self, writer: &mut Writer<'_>) {
        writer.constructed(self.kind.tag(), |writer| {
            self.var_binds.encode(writer);
            writer.integer(self.error_index);
            writer.integer(self.error_status.number());
            writer.integer(self.request_id);
        });
    }

    /// A PDU of its own, in one allocation.
    pub fn to_owned(self) -> Pdu {
        Pdu::from(self)
    }
}

/// The next of `fields`, an INTEGER of the header of a PDU.
#[inline]
fn read_field(kind: PduKind, fields: &mut Reader<'_>) -> Result<i32, BerError> {
    let before = *fields;
    fields.integer().or_else(|error| {
        if !kind.is_notification() {
            return Err(error);
        }
        *fields = before;
        read_number(fields)
    })
}

impl fmt::Display for PduRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} id {}", self.kind, self.request_id)?;
        if let Some(bulk) = self.bulk() {
            let (non_repeaters, max_repetitions) = (bulk.non_repeaters, bulk.max_repetitions);
            write!(
                f,
                " non-repeaters {non_repeaters} max-repetitions {max_repetitions}"
            )?;
        } else if self.error_status.is_error() {
            write!(f, " {} at {}", self.error_status, self.error_index)?;
        }
        write_bindings(self.var_binds, f)
    }
}

/// The bindings in brackets, on the line that has begun.
pub(super) fn write_bindings(
    var_binds: VarBindListRef<'_>,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let mut separator = " [";
    for binding in var_binds {
        write!(f, "{separator}{binding}")?;
        separator = ", ";
    }
    f.write_str(if var_binds.is_empty() { " []" } else { "]" })
}
