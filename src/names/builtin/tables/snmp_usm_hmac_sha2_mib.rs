//! SNMP-USM-HMAC-SHA2-MIB. Written by `examples/mibgen.rs`; not to be edited.

use crate::names::builtin::entry::{optional, table};

table! { "SNMP-USM-HMAC-SHA2-MIB"
syntaxes {
}
details {
D0 [] [] [] ""
}
definitions {
"snmpUsmHmacSha2MIB" [1 3 6 1 2 1 235] Node ModuleIdentity [] [] [] D0
"usmHMAC128SHA224AuthProtocol" [1 3 6 1 6 3 10 1 1 4] Node ObjectIdentity [] [Current] [] D0
"usmHMAC192SHA256AuthProtocol" [1 3 6 1 6 3 10 1 1 5] Node ObjectIdentity [] [Current] [] D0
"usmHMAC256SHA384AuthProtocol" [1 3 6 1 6 3 10 1 1 6] Node ObjectIdentity [] [Current] [] D0
"usmHMAC384SHA512AuthProtocol" [1 3 6 1 6 3 10 1 1 7] Node ObjectIdentity [] [Current] [] D0
}
names {
0 1 2 3 4
}
types {
} }
