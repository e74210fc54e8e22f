//! What is read although it breaks the standards, and what is not.
//!
//! Devices get encodings wrong, and whoever asks them wants the rest of the answer nevertheless. So each element is judged
//! on its own: one that cannot be what it claims to be is kept as it came, and nothing else is lost with it, as long as it
//! has a sound frame (tag, length, and as many octets). What is written always follows the standards, except for values
//! that were kept.
//!
//! # Values
//!
//! | on the wire | what becomes of it | Net-SNMP 5.9 |
//! |---|---|---|
//! | an unsigned number without its leading zero: `41 02 80 e8`, `46 04 80 00 00 00` | the number, 33000 and 2147483648: up to the width of the type, the octets are the number as it stands | the same |
//! | a number with more leading octets than needed | the number | the same, up to eight octets |
//! | an unsigned number that does not fit its type, or of no octets: `41 05 ff 00 00 00 00`, `41 00` | [`Value::Other`], without a number | cuts it off; of no octets: loses the answer |
//! | an INTEGER beyond 32 bits: `02 05 00 df 65 c7 13` | [`Value::Other`], with [`as_i64`](crate::hlapi::Value::as_i64) and [`as_u64`](crate::hlapi::Value::as_u64) as far as 64 bits go | as 64 bits, sometimes cut off |
//! | an INTEGER of no octets, or beyond 64 bits | [`Value::Other`], without a number | loses the answer |
//! | UInteger32, tag 0x47 | [`Value::Other`], with `as_i64` and `as_u64` | the number |
//! | NsapAddress, tag 0x45, and BIT STRING, tag 0x03 | [`Value::Other`] | a bad type, and bits |
//! | another tag, constructed or not, of whatever class: 0x48, 0x83, 0x24, 0x30, `5f 81 01` | [`Value::Other`] | loses the answer |
//! | a NULL with contents | [`Value::Other`] | NULL |
//! | noSuchObject, noSuchInstance, endOfMibView with contents | that exception: what it contains means nothing | the same |
//! | an IpAddress that is not of four octets | [`Value::Other`] | loses the answer |
//! | an OBJECT IDENTIFIER of no octets | 0.0 | 0 |
//! | an OBJECT IDENTIFIER that is cut off, has a sub-identifier beyond 32 bits, or more than 128 | [`Value::Other`] | loses the answer |
//! | an OBJECT IDENTIFIER whose sub-identifiers are padded with 0x80 | the same without padding | the same |
//!
//! [`Value::Other`] holds tag and contents. It prints as its number, or as its tag and its octets in hexadecimal, and is
//! written back octet for octet, by a program that passes it on. In a SET to an agent of this crate it is wrongType, or
//! wrongEncoding if its tag is the one that the object has; in requests that only read, it is ignored, as any value is.
//! SNMPv1 takes none with the tag of Counter64.
//!
//! # Around the values
//!
//! | on the wire | what becomes of it | Net-SNMP 5.9 |
//! |---|---|---|
//! | a name whose sub-identifiers are padded with 0x80 | the same without padding, in what is received, compared and passed on | the same |
//! | octets behind a message of SNMPv1 or SNMPv2c | ignored | the same |
//! | octets behind the last element inside a message, a PDU, or a scoped PDU of SNMPv3 | ignored | the same |
//! | octets behind name and value inside a binding | ignored | loses the answer |
//! | octets behind a message of SNMPv3, or anywhere in it outside the scoped PDU | refused: there every octet counts for the digest | ignored |
//! | a name that is cut off, has a sub-identifier beyond 32 bits or more than 128, or is no OBJECT IDENTIFIER | refused: nobody can say what the value is of | refused |
//! | something else than bindings in the list of bindings | refused: what follows might be meant as bindings | refused |
//! | a length that is indefinite or goes beyond what encloses it | refused: nobody can say where the next element begins | refused |
//! | a length of more than four octets | refused, however many of them are zero | taken, if they are |
//! | a request-id, msgID, error-status, error-index, boots or time that is no INTEGER of 32 bits | refused: these are signed numbers, and answers are told by them | taken as far as 64 bits go; of no octets or with another tag: refused |
//!
//! The [engine](crate::engine) does all this for whoever uses it. With the [decoders](crate::message) alone, names and
//! bindings have to be mended first: [`message::mended`](crate::message::mended).
//!
//! # Notifications
//!
//! | on the wire | what becomes of it |
//! |---|---|
//! | a trap of SNMPv1 whose generic-trap is none of the seven, or whose specific-trap is negative | handed out without snmpTrapOID.0: [`trap_oid`](crate::hlapi::Notification::trap_oid) is `None` |
//! | a generic-trap or specific-trap beyond 32 bits | its lower 32 bits |
//! | an agent-addr that is not of four octets | 0.0.0.0, in snmpTrapAddress.0 |
//! | a time-stamp without its leading zero | the number |
//! | a time-stamp that is no number of its type | 0 |
//! | sysUpTime.0 missing, or not the first binding; snmpTrapOID.0 not the second | [`up_time`](crate::hlapi::Notification::up_time) and [`trap_oid`](crate::hlapi::Notification::trap_oid) find them by their names |
//!
//! # Engine ids
//!
//! RFC 3411 wants 5 to 32 octets, neither all 0x00 nor all 0xff. [`EngineId`] takes 1 to 32 of any kind, received or given
//! by hand, since devices let people type them. An error about one that is too long shows how it begins.
//!
//! # Finding out
//!
//! With the feature `log`, octets that were ignored, messages that were mended and traps without a name leave a record
//! ([`Statistics`](crate::engine::Statistics#records)). A mended message costs two decodings and a copy more; what has no
//! fault costs nothing.
//!
//! [`EngineId`]: crate::security::EngineId
//! [`Value::Other`]: crate::hlapi::Value::Other
