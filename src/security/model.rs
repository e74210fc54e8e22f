//! The words every security model shares.

use std::fmt;

use crate::message::MessageFlags;

/// The number of a security model, `SnmpSecurityModel` of RFC 3411 section 5.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SecurityModel(i32);

impl SecurityModel {
    /// Any model; a wildcard in access rules.
    pub const ANY: Self = Self(0);
    /// The community-based model of SNMPv1.
    pub const V1: Self = Self(1);
    /// The community-based model of SNMPv2c.
    pub const V2C: Self = Self(2);
    /// The user-based model of RFC 3414.
    pub const USM: Self = Self(3);
    /// The transport security model of RFC 5591.
    pub const TSM: Self = Self(4);

    /// The model with this number, registered or not.
    pub const fn new(number: i32) -> Self {
        Self(number)
    }

    /// The number.
    pub const fn number(self) -> i32 {
        self.0
    }
}

impl fmt::Display for SecurityModel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::ANY => f.write_str("any"),
            Self::V1 => f.write_str("v1"),
            Self::V2C => f.write_str("v2c"),
            Self::USM => f.write_str("usm"),
            Self::TSM => f.write_str("tsm"),
            Self(number) => number.fmt(f),
        }
    }
}

impl fmt::Debug for SecurityModel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// How a message is protected, weakest first, `SnmpSecurityLevel` of RFC 3411 section 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(
    clippy::exhaustive_enums,
    reason = "RFC 3411 has these three levels and no room for others"
)]
pub enum SecurityLevel {
    /// Neither authenticated nor encrypted.
    NoAuthNoPriv,
    /// Authenticated.
    AuthNoPriv,
    /// Authenticated and encrypted.
    AuthPriv,
}

impl SecurityLevel {
    /// The flags of a message with this protection. RFC 3412 section 6.4.
    pub const fn flags(self) -> MessageFlags {
        match self {
            Self::NoAuthNoPriv => MessageFlags::NO_AUTH_NO_PRIV,
            Self::AuthNoPriv => MessageFlags::AUTH_NO_PRIV,
            Self::AuthPriv => MessageFlags::AUTH_PRIV,
        }
    }
}

impl From<MessageFlags> for SecurityLevel {
    fn from(flags: MessageFlags) -> Self {
        if flags.is_encrypted() {
            Self::AuthPriv
        } else if flags.is_authenticated() {
            Self::AuthNoPriv
        } else {
            Self::NoAuthNoPriv
        }
    }
}

impl fmt::Display for SecurityLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoAuthNoPriv => "noAuthNoPriv",
            Self::AuthNoPriv => "authNoPriv",
            Self::AuthPriv => "authPriv",
        })
    }
}
