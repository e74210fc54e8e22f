//! The integer types and IpAddress. RFC 2578 section 7.1.

use core::fmt;

/// IpAddress: the standard library's type. RFC 2578 section 7.1.5.
pub type IpAddress = core::net::Ipv4Addr;

macro_rules! integer_type {
    ($(#[$docs:meta])* $name:ident($inner:ty)) => {
        $(#[$docs])*
        #[expect(clippy::exhaustive_structs, reason = "the number is all there is")]
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
        pub struct $name(pub $inner);

        impl From<$inner> for $name {
            fn from(value: $inner) -> Self {
                Self(value)
            }
        }

        impl From<$name> for $inner {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }
    };
}

integer_type! {
    /// Integer32 and INTEGER, enumerated or not. RFC 2578 section 7.1.1.
    Integer32(i32)
}
integer_type! {
    /// Unsigned32, on the wire a Gauge32. RFC 2578 section 7.1.11.
    Unsigned32(u32)
}
integer_type! {
    /// Gauge32, which sticks at its maximum. RFC 2578 section 7.1.7.
    Gauge32(u32)
}
integer_type! {
    /// Counter32, which wraps around. RFC 2578 section 7.1.6.
    Counter32(u32)
}
integer_type! {
    /// TimeTicks, in hundredths of a second. RFC 2578 section 7.1.8.
    TimeTicks(u32)
}
integer_type! {
    /// Counter64, which wraps around and does not exist in SNMPv1. RFC 2578 section 7.1.10.
    Counter64(u64)
}
