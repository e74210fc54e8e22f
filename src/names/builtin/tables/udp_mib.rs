//! UDP-MIB. Written by `examples/mibgen.rs`; not to be edited.

use crate::names::builtin::entry::{optional, table};

table! { "UDP-MIB"
syntaxes {
S0 "Counter32" Counter32 [ ] [ ] []
S1 "IpAddress" IpAddress [ ] [ ] []
S2 "Integer32" Integer32 [ (0 65535) ] [ ] []
S3 "InetAddressType" Integer32 [ ] [ "unknown" 0 "ipv4" 1 "ipv6" 2 "ipv4z" 3 "ipv6z" 4 "dns" 16 ] []
S4 "InetAddress" OctetString [ (0 255) ] [ ] []
S5 "InetPortNumber" Gauge32 [ (0 65535) ] [ ] ["d"]
S6 "Unsigned32" Gauge32 [ (1 4294967295) ] [ ] []
S7 "Unsigned32" Gauge32 [ ] [ ] []
S8 "Counter64" Counter64 [ ] [ ] []
}
details {
D0 [] [] [] ""
D1 [(new "udpLocalAddress" S1) (new "udpLocalPort" S2)] [] [] ""
D2 [(new "udpEndpointLocalAddressType" S3) (new "udpEndpointLocalAddress" S4) (new "udpEndpointLocalPort" S5) (new "udpEndpointRemoteAddressType" S3) (new "udpEndpointRemoteAddress" S4) (new "udpEndpointRemotePort" S5) (new "udpEndpointInstance" S6)] [] [] ""
D3 [] [] [("UDP-MIB" "udpInDatagrams") ("UDP-MIB" "udpNoPorts") ("UDP-MIB" "udpInErrors") ("UDP-MIB" "udpOutDatagrams") ("UDP-MIB" "udpLocalAddress") ("UDP-MIB" "udpLocalPort")] ""
D4 [] [] [("UDP-MIB" "udpInDatagrams") ("UDP-MIB" "udpNoPorts") ("UDP-MIB" "udpInErrors") ("UDP-MIB" "udpOutDatagrams")] ""
D5 [] [] [("UDP-MIB" "udpHCInDatagrams") ("UDP-MIB" "udpHCOutDatagrams")] ""
D6 [] [] [("UDP-MIB" "udpEndpointProcess")] ""
}
definitions {
"udp" [1 3 6 1 2 1 7] Node ObjectIdentifier [] [] [] D0
"udpInDatagrams" [1 3 6 1 2 1 7 1] Scalar ObjectType [ReadOnly] [Current] [S0] D0
"udpNoPorts" [1 3 6 1 2 1 7 2] Scalar ObjectType [ReadOnly] [Current] [S0] D0
"udpInErrors" [1 3 6 1 2 1 7 3] Scalar ObjectType [ReadOnly] [Current] [S0] D0
"udpOutDatagrams" [1 3 6 1 2 1 7 4] Scalar ObjectType [ReadOnly] [Current] [S0] D0
"udpTable" [1 3 6 1 2 1 7 5] Table ObjectType [NotAccessible] [Deprecated] [] D0
"udpEntry" [1 3 6 1 2 1 7 5 1] Row ObjectType [NotAccessible] [Deprecated] [] D1
"udpLocalAddress" [1 3 6 1 2 1 7 5 1 1] Column ObjectType [ReadOnly] [Deprecated] [S1] D1
"udpLocalPort" [1 3 6 1 2 1 7 5 1 2] Column ObjectType [ReadOnly] [Deprecated] [S2] D1
"udpEndpointTable" [1 3 6 1 2 1 7 7] Table ObjectType [NotAccessible] [Current] [] D0
"udpEndpointEntry" [1 3 6 1 2 1 7 7 1] Row ObjectType [NotAccessible] [Current] [] D2
"udpEndpointLocalAddressType" [1 3 6 1 2 1 7 7 1 1] Column ObjectType [NotAccessible] [Current] [S3] D2
"udpEndpointLocalAddress" [1 3 6 1 2 1 7 7 1 2] Column ObjectType [NotAccessible] [Current] [S4] D2
"udpEndpointLocalPort" [1 3 6 1 2 1 7 7 1 3] Column ObjectType [NotAccessible] [Current] [S5] D2
"udpEndpointRemoteAddressType" [1 3 6 1 2 1 7 7 1 4] Column ObjectType [NotAccessible] [Current] [S3] D2
"udpEndpointRemoteAddress" [1 3 6 1 2 1 7 7 1 5] Column ObjectType [NotAccessible] [Current] [S4] D2
"udpEndpointRemotePort" [1 3 6 1 2 1 7 7 1 6] Column ObjectType [NotAccessible] [Current] [S5] D2
"udpEndpointInstance" [1 3 6 1 2 1 7 7 1 7] Column ObjectType [NotAccessible] [Current] [S6] D2
"udpEndpointProcess" [1 3 6 1 2 1 7 7 1 8] Column ObjectType [ReadOnly] [Current] [S7] D2
"udpHCInDatagrams" [1 3 6 1 2 1 7 8] Scalar ObjectType [ReadOnly] [Current] [S8] D0
"udpHCOutDatagrams" [1 3 6 1 2 1 7 9] Scalar ObjectType [ReadOnly] [Current] [S8] D0
"udpMIB" [1 3 6 1 2 1 50] Node ModuleIdentity [] [] [] D0
"udpMIBConformance" [1 3 6 1 2 1 50 2] Node ObjectIdentifier [] [] [] D0
"udpMIBCompliances" [1 3 6 1 2 1 50 2 1] Node ObjectIdentifier [] [] [] D0
"udpMIBCompliance" [1 3 6 1 2 1 50 2 1 1] Compliance ModuleCompliance [] [Deprecated] [] D0
"udpMIBCompliance2" [1 3 6 1 2 1 50 2 1 2] Compliance ModuleCompliance [] [Current] [] D0
"udpMIBGroups" [1 3 6 1 2 1 50 2 2] Node ObjectIdentifier [] [] [] D0
"udpGroup" [1 3 6 1 2 1 50 2 2 1] Group ObjectGroup [] [Deprecated] [] D3
"udpBaseGroup" [1 3 6 1 2 1 50 2 2 2] Group ObjectGroup [] [Current] [] D4
"udpHCGroup" [1 3 6 1 2 1 50 2 2 3] Group ObjectGroup [] [Current] [] D5
"udpEndpointGroup" [1 3 6 1 2 1 50 2 2 4] Group ObjectGroup [] [Current] [] D6
}
names {
0 28 10 30 17 12 11 13 18 15 14 16 9 6 27 29 19 20 1 3 7 8 21 24 25 23 22 26 2 4 5
}
types {
} }
