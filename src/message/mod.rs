//! (message)
