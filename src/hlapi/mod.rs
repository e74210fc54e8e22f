//! (hlapi)
