//! The kinds of PDU and their classes.

use core::fmt;

use crate::asn1::Tag;

/// The kind of a PDU other than the Trap-PDU of SNMPv1. RFC 3416 section 3.
#[expect(clippy::exhaustive_enums, reason = "RFC 3416 closes the set")]
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PduKind {
    /// Reads the named variables.
    GetRequest,
    /// Reads the variables that follow the named ones.
    GetNextRequest,
    /// Answers a request.
    Response,
    /// Writes the named variables, all or none.
    SetRequest,
    /// Reads many variables that follow the named ones.
    GetBulkRequest,
    /// Notifies, and asks for a Response.
    InformRequest,
    /// Notifies.
    TrapV2,
    /// Says to an engine why its message was not processed.
    Report,
}

impl PduKind {
    /// All kinds, in the order of their tags.
    pub const ALL: [Self; 8] = [
        Self::GetRequest,
        Self::GetNextRequest,
        Self::Response,
        Self::SetRequest,
        Self::GetBulkRequest,
        Self::InformRequest,
        Self::TrapV2,
        Self::Report,
    ];

    /// The tag of the encoding.
    pub const fn tag(self) -> Tag {
        Tag::context(match self {
            Self::GetRequest => 0,
            Self::GetNextRequest => 1,
            Self::Response => 2,
            Self::SetRequest => 3,
            // 4 is the Trap-PDU of SNMPv1.
            Self::GetBulkRequest => 5,
            Self::InformRequest => 6,
            Self::TrapV2 => 7,
            Self::Report => 8,
        })
    }

    /// The kind with the tag `tag`, if there is one.
    #[inline]
    pub const fn from_tag(tag: Tag) -> Option<Self> {
        Some(match tag.octet() {
            0xa0 => Self::GetRequest,
            0xa1 => Self::GetNextRequest,
            0xa2 => Self::Response,
            0xa3 => Self::SetRequest,
            0xa5 => Self::GetBulkRequest,
            0xa6 => Self::InformRequest,
            0xa7 => Self::TrapV2,
            0xa8 => Self::Report,
            _ => return None,
        })
    }

    /// Whether it asks for variables: the Read Class. RFC 3411 section 2.8.
    pub const fn is_read(self) -> bool {
        matches!(
            self,
            Self::GetRequest | Self::GetNextRequest | Self::GetBulkRequest
        )
    }

    /// Whether it changes variables: the Write Class. RFC 3411 section 2.8.
    pub const fn is_write(self) -> bool {
        matches!(self, Self::SetRequest)
    }

    /// Whether it answers a former message: the Response Class. RFC 3411 section 2.8.
    pub const fn is_response(self) -> bool {
        matches!(self, Self::Response | Self::Report)
    }

    /// Whether it notifies: the Notification Class. RFC 3411 section 2.8.
    pub const fn is_notification(self) -> bool {
        matches!(self, Self::InformRequest | Self::TrapV2)
    }

    /// Whether it passes between engines only: the Internal Class. RFC 3411 section 2.8.
    pub const fn is_internal(self) -> bool {
        matches!(self, Self::Report)
    }

    /// Whether an answer is expected: the Confirmed Class. RFC 3411 section 2.8.
    pub const fn is_confirmed(self) -> bool {
        self.is_read() || self.is_write() || matches!(self, Self::InformRequest)
    }
}

impl fmt::Display for PduKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::GetRequest => "GetRequest-PDU",
            Self::GetNextRequest => "GetNextRequest-PDU",
            Self::Response => "Response-PDU",
            Self::SetRequest => "SetRequest-PDU",
            Self::GetBulkRequest => "GetBulkRequest-PDU",
            Self::InformRequest => "InformRequest-PDU",
            Self::TrapV2 => "SNMPv2-Trap-PDU",
            Self::Report => "Report-PDU",
        })
    }
}
