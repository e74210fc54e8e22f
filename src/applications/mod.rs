//! (applications)
