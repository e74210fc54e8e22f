//! SNMPv2-SMI. Written by `examples/mibgen.rs`; not to be edited.

use crate::names::builtin::entry::{optional, table};

table! { "SNMPv2-SMI"
syntaxes {
S0 "ApplicationSyntax" IpAddress [ ] [ ] []
S1 "Counter32" Counter32 [ ] [ ] []
S2 "Counter64" Counter64 [ ] [ ] []
S3 "ExtUTCTime" OctetString [ (11 11) (13 13) ] [ ] []
S4 "Gauge32" Gauge32 [ ] [ ] []
S5 "Integer32" Integer32 [ ] [ ] []
S6 "IpAddress" IpAddress [ ] [ ] []
S7 "NotificationName" ObjectIdentifier [ ] [ ] []
S8 "ObjectName" ObjectIdentifier [ ] [ ] []
S9 "ObjectSyntax" IpAddress [ ] [ ] []
S10 "Opaque" Opaque [ ] [ ] []
S11 "SimpleSyntax" IpAddress [ ] [ ] []
S12 "TimeTicks" TimeTicks [ ] [ ] []
S13 "Unsigned32" Gauge32 [ ] [ ] []
}
details {
D0 [] [] [] ""
}
definitions {
"zeroDotZero" [0 0] Node ObjectIdentity [] [Current] [] D0
"iso" [1] Node ObjectIdentifier [] [] [] D0
"org" [1 3] Node ObjectIdentifier [] [] [] D0
"dod" [1 3 6] Node ObjectIdentifier [] [] [] D0
"internet" [1 3 6 1] Node ObjectIdentifier [] [] [] D0
"directory" [1 3 6 1 1] Node ObjectIdentifier [] [] [] D0
"mgmt" [1 3 6 1 2] Node ObjectIdentifier [] [] [] D0
"mib-2" [1 3 6 1 2 1] Node ObjectIdentifier [] [] [] D0
"transmission" [1 3 6 1 2 1 10] Node ObjectIdentifier [] [] [] D0
"experimental" [1 3 6 1 3] Node ObjectIdentifier [] [] [] D0
"private" [1 3 6 1 4] Node ObjectIdentifier [] [] [] D0
"enterprises" [1 3 6 1 4 1] Node ObjectIdentifier [] [] [] D0
"security" [1 3 6 1 5] Node ObjectIdentifier [] [] [] D0
"snmpV2" [1 3 6 1 6] Node ObjectIdentifier [] [] [] D0
"snmpDomains" [1 3 6 1 6 1] Node ObjectIdentifier [] [] [] D0
"snmpProxys" [1 3 6 1 6 2] Node ObjectIdentifier [] [] [] D0
"snmpModules" [1 3 6 1 6 3] Node ObjectIdentifier [] [] [] D0
}
names {
5 3 11 9 4 1 6 7 2 10 12 14 16 15 13 8 0
}
types {
"ApplicationSyntax" S0
"Counter32" S1
"Counter64" S2
"ExtUTCTime" S3
"Gauge32" S4
"Integer32" S5
"IpAddress" S6
"NotificationName" S7
"ObjectName" S8
"ObjectSyntax" S9
"Opaque" S10
"SimpleSyntax" S11
"TimeTicks" S12
"Unsigned32" S13
} }
