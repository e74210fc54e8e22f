//! (pdu)
