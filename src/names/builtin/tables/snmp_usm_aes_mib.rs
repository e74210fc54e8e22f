//! SNMP-USM-AES-MIB. Written by `examples/mibgen.rs`; not to be edited.

use crate::names::builtin::entry::{optional, table};

table! { "SNMP-USM-AES-MIB"
syntaxes {
}
details {
D0 [] [] [] ""
}
definitions {
"usmAesCfb128Protocol" [1 3 6 1 6 3 10 1 2 4] Node ObjectIdentity [] [Current] [] D0
"snmpUsmAesMIB" [1 3 6 1 6 3 20] Node ModuleIdentity [] [] [] D0
}
names {
1 0
}
types {
} }
