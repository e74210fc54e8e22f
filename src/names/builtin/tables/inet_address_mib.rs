//! INET-ADDRESS-MIB. Written by `examples/mibgen.rs`; not to be edited.

use crate::names::builtin::entry::{optional, table};

table! { "INET-ADDRESS-MIB"
syntaxes {
S0 "InetAddress" OctetString [ (0 255) ] [ ] []
S1 "InetAddressDNS" OctetString [ (1 255) ] [ ] ["255a"]
S2 "InetAddressIPv4" OctetString [ (4 4) ] [ ] ["1d.1d.1d.1d"]
S3 "InetAddressIPv4z" OctetString [ (8 8) ] [ ] ["1d.1d.1d.1d%4d"]
S4 "InetAddressIPv6" OctetString [ (16 16) ] [ ] ["2x:2x:2x:2x:2x:2x:2x:2x"]
S5 "InetAddressIPv6z" OctetString [ (20 20) ] [ ] ["2x:2x:2x:2x:2x:2x:2x:2x%4d"]
S6 "InetAddressPrefixLength" Gauge32 [ (0 2040) ] [ ] ["d"]
S7 "InetAddressType" Integer32 [ ] [ "unknown" 0 "ipv4" 1 "ipv6" 2 "ipv4z" 3 "ipv6z" 4 "dns" 16 ] []
S8 "InetAutonomousSystemNumber" Gauge32 [ ] [ ] ["d"]
S9 "InetPortNumber" Gauge32 [ (0 65535) ] [ ] ["d"]
S10 "InetScopeType" Integer32 [ ] [ "interfaceLocal" 1 "linkLocal" 2 "subnetLocal" 3 "adminLocal" 4
"siteLocal" 5 "organizationLocal" 8 "global" 14 ] []
S11 "InetVersion" Integer32 [ ] [ "unknown" 0 "ipv4" 1 "ipv6" 2 ] []
S12 "InetZoneIndex" Gauge32 [ ] [ ] ["d"]
}
details {
D0 [] [] [] ""
}
definitions {
"inetAddressMIB" [1 3 6 1 2 1 76] Node ModuleIdentity [] [] [] D0
}
names {
0
}
types {
"InetAddress" S0
"InetAddressDNS" S1
"InetAddressIPv4" S2
"InetAddressIPv4z" S3
"InetAddressIPv6" S4
"InetAddressIPv6z" S5
"InetAddressPrefixLength" S6
"InetAddressType" S7
"InetAutonomousSystemNumber" S8
"InetPortNumber" S9
"InetScopeType" S10
"InetVersion" S11
"InetZoneIndex" S12
} }
