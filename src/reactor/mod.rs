//! (reactor)
