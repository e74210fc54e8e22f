//! (deferred)
