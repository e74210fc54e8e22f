//! (mib)
