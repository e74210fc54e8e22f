//! SNMPv2-TM. Written by `examples/mibgen.rs`; not to be edited.

use crate::names::builtin::entry::{optional, table};

table! { "SNMPv2-TM"
syntaxes {
S0 "SnmpIPXAddress" OctetString [ (12 12) ] [ ] ["4x.1x:1x:1x:1x:1x:1x.2d"]
S1 "SnmpNBPAddress" OctetString [ (3 99) ] [ ] []
S2 "SnmpOSIAddress" OctetString [ (1 1) (4 85) ] [ ] ["*1x:/1x:"]
S3 "SnmpUDPAddress" OctetString [ (6 6) ] [ ] ["1d.1d.1d.1d/2d"]
}
details {
D0 [] [] [] ""
}
definitions {
"snmpUDPDomain" [1 3 6 1 6 1 1] Node ObjectIdentity [] [Current] [] D0
"snmpCLNSDomain" [1 3 6 1 6 1 2] Node ObjectIdentity [] [Current] [] D0
"snmpCONSDomain" [1 3 6 1 6 1 3] Node ObjectIdentity [] [Current] [] D0
"snmpDDPDomain" [1 3 6 1 6 1 4] Node ObjectIdentity [] [Current] [] D0
"snmpIPXDomain" [1 3 6 1 6 1 5] Node ObjectIdentity [] [Current] [] D0
"rfc1157Proxy" [1 3 6 1 6 2 1] Node ObjectIdentifier [] [] [] D0
"rfc1157Domain" [1 3 6 1 6 2 1 1] Node ObjectIdentity [] [Deprecated] [] D0
"snmpv2tm" [1 3 6 1 6 3 19] Node ModuleIdentity [] [] [] D0
}
names {
6 5 1 2 3 4 0 7
}
types {
"SnmpIPXAddress" S0
"SnmpNBPAddress" S1
"SnmpOSIAddress" S2
"SnmpUDPAddress" S3
} }
