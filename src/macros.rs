//! Logging behind the `log` feature: the same words whether it is on or off.

/// A record at level error.
macro_rules! error {
    ($($arg:tt)+) => {{
        #[cfg(feature = "log")]
        ::log::error!($($arg)+);
        #[cfg(not(feature = "log"))]
        { let _ = format_args!($($arg)+); }
    }};
}

/// A record at level warn.
macro_rules! warn {
    ($($arg:tt)+) => {{
        #[cfg(feature = "log")]
        ::log::warn!($($arg)+);
        #[cfg(not(feature = "log"))]
        { let _ = format_args!($($arg)+); }
    }};
}

/// A record at level debug.
macro_rules! debug {
    ($($arg:tt)+) => {{
        #[cfg(feature = "log")]
        ::log::debug!($($arg)+);
        #[cfg(not(feature = "log"))]
        { let _ = format_args!($($arg)+); }
    }};
}
