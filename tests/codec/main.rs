//! Octets in and out: BER, messages of every version, OBJECT IDENTIFIERs and values, and any octets at all.

mod ber;
mod community_messages;
mod fuzz_corpus;
mod leniency;
mod oid;
mod v3_messages;
mod values;
