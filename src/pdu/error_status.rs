//! error-status.

use core::fmt;

/// The error-status of a response. Unknown numbers survive. Known ones print their name, others
/// `error-status 20`. RFC 3416 section 3.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ErrorStatus(i32);

macro_rules! statuses {
    ($($(#[$docs:meta])* $name:ident = $number:literal, $text:literal;)+) => {
        impl ErrorStatus {
            $($(#[$docs])* pub const $name: Self = Self($number);)+

            /// The name in the RFC, if the number has one.
            pub const fn name(self) -> Option<&'static str> {
                match self.0 {
                    $($number => Some($text),)+
                    _ => None,
                }
            }
        }
    };
}

statuses! {
    /// Nothing went wrong.
    NO_ERROR = 0, "noError";
    /// The response does not fit into a message.
    TOO_BIG = 1, "tooBig";
    /// There is no such variable, or not for this requester. SNMPv1.
    NO_SUCH_NAME = 2, "noSuchName";
    /// The value does not suit the variable. SNMPv1.
    BAD_VALUE = 3, "badValue";
    /// The variable cannot be written. Used by no standard.
    READ_ONLY = 4, "readOnly";
    /// None of the other errors.
    GEN_ERR = 5, "genErr";
    /// The requester may not do this to the variable.
    NO_ACCESS = 6, "noAccess";
    /// The value is of the wrong type.
    WRONG_TYPE = 7, "wrongType";
    /// The value is of a wrong length.
    WRONG_LENGTH = 8, "wrongLength";
    /// The value is encoded in a way that the type does not allow.
    WRONG_ENCODING = 9, "wrongEncoding";
    /// The variable can never have this value.
    WRONG_VALUE = 10, "wrongValue";
    /// The variable does not exist and can never be created.
    NO_CREATION = 11, "noCreation";
    /// The variable cannot have this value now.
    INCONSISTENT_VALUE = 12, "inconsistentValue";
    /// A resource is lacking.
    RESOURCE_UNAVAILABLE = 13, "resourceUnavailable";
    /// Writing failed, and what had been written was undone.
    COMMIT_FAILED = 14, "commitFailed";
    /// Writing failed, and not everything that had been written could be undone.
    UNDO_FAILED = 15, "undoFailed";
    /// The requester may not do this at all.
    AUTHORIZATION_ERROR = 16, "authorizationError";
    /// The variable can never be written.
    NOT_WRITABLE = 17, "notWritable";
    /// The variable does not exist and cannot be created now.
    INCONSISTENT_NAME = 18, "inconsistentName";
}

impl ErrorStatus {
    /// The status with the given number, known or not.
    pub const fn new(number: i32) -> Self {
        Self(number)
    }

    /// The number.
    pub const fn number(self) -> i32 {
        self.0
    }

    /// Whether it is any other than noError.
    pub const fn is_error(self) -> bool {
        self.0 != Self::NO_ERROR.0
    }

    /// The status that says this to an SNMPv1 manager. Unknown ones become genErr. RFC 3584 section
    /// 4.4.
    pub const fn to_v1(self) -> Self {
        match self {
            Self::NO_ERROR
            | Self::TOO_BIG
            | Self::NO_SUCH_NAME
            | Self::BAD_VALUE
            | Self::READ_ONLY => self,
            Self::WRONG_VALUE
            | Self::WRONG_ENCODING
            | Self::WRONG_TYPE
            | Self::WRONG_LENGTH
            | Self::INCONSISTENT_VALUE => Self::BAD_VALUE,
            Self::NO_ACCESS
            | Self::NOT_WRITABLE
            | Self::NO_CREATION
            | Self::INCONSISTENT_NAME
            | Self::AUTHORIZATION_ERROR => Self::NO_SUCH_NAME,
            _ => Self::GEN_ERR,
        }
    }
}

impl From<i32> for ErrorStatus {
    fn from(number: i32) -> Self {
        Self(number)
    }
}

impl fmt::Display for ErrorStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => write!(f, "error-status {}", self.0),
        }
    }
}

impl fmt::Debug for ErrorStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        assert_eq!(ErrorStatus::NO_SUCH_NAME.to_string(), "noSuchName");
        assert_eq!(format!("{:?}", ErrorStatus::new(18)), "inconsistentName");
        assert_eq!(ErrorStatus::new(19).to_string(), "error-status 19");
        assert_eq!(format!("{:?}", ErrorStatus::new(-1)), "error-status -1");
    }

    #[test]
    fn what_a_v1_manager_is_told() {
        // RFC 3584 section 4.4, by number; the last is none of the standard.
        let table = [0, 1, 2, 3, 4, 5, 2, 3, 3, 3, 3, 2, 3, 5, 5, 5, 2, 2, 2, 5];
        for (v2, v1) in (0..).zip(table) {
            assert_eq!(ErrorStatus::new(v2).to_v1(), ErrorStatus::new(v1), "{v2}");
        }
    }
}
