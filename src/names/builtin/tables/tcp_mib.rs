//! TCP-MIB. Written by `examples/mibgen.rs`; not to be edited.

use crate::names::builtin::entry::{optional, table};

table! { "TCP-MIB"
syntaxes {
S0 "INTEGER" Integer32 [ ] [ "other" 1 "constant" 2 "rsre" 3 "vanj" 4 "rfc2988" 5 ] []
S1 "Integer32" Integer32 [ (0 2147483647) ] [ ] []
S2 "Integer32" Integer32 [ (-1 -1) (0 2147483647) ] [ ] []
S3 "Counter32" Counter32 [ ] [ ] []
S4 "Gauge32" Gauge32 [ ] [ ] []
S5 "IpAddress" IpAddress [ ] [ ] []
S6 "Integer32" Integer32 [ (0 65535) ] [ ] []
S7 "INTEGER" Integer32 [ ] [ "closed" 1 "listen" 2 "synSent" 3 "synReceived" 4 "established" 5 "finWait1" 6
"finWait2" 7 "closeWait" 8 "lastAck" 9 "closing" 10 "timeWait" 11 "deleteTCB" 12 ] []
S8 "Counter64" Counter64 [ ] [ ] []
S9 "InetAddressType" Integer32 [ ] [ "unknown" 0 "ipv4" 1 "ipv6" 2 "ipv4z" 3 "ipv6z" 4 "dns" 16 ] []
S10 "InetAddress" OctetString [ (0 255) ] [ ] []
S11 "InetPortNumber" Gauge32 [ (0 65535) ] [ ] ["d"]
S12 "Unsigned32" Gauge32 [ ] [ ] []
}
details {
D0 [] [] [] ""
D1 [] [] [] "milliseconds"
D2 [(new "tcpConnLocalAddress" S5) (new "tcpConnLocalPort" S6) (new "tcpConnRemAddress" S5) (new "tcpConnRemPort" S6)] [] [] ""
D3 [(new "tcpConnectionLocalAddressType" S9) (new "tcpConnectionLocalAddress" S10) (new "tcpConnectionLocalPort" S11) (new "tcpConnectionRemAddressType" S9) (new "tcpConnectionRemAddress" S10) (new "tcpConnectionRemPort" S11)] [] [] ""
D4 [(new "tcpListenerLocalAddressType" S9) (new "tcpListenerLocalAddress" S10) (new "tcpListenerLocalPort" S11)] [] [] ""
D5 [] [] [("TCP-MIB" "tcpRtoAlgorithm") ("TCP-MIB" "tcpRtoMin") ("TCP-MIB" "tcpRtoMax") ("TCP-MIB" "tcpMaxConn") ("TCP-MIB" "tcpActiveOpens") ("TCP-MIB" "tcpPassiveOpens") ("TCP-MIB" "tcpAttemptFails") ("TCP-MIB" "tcpEstabResets") ("TCP-MIB" "tcpCurrEstab") ("TCP-MIB" "tcpInSegs") ("TCP-MIB" "tcpOutSegs") ("TCP-MIB" "tcpRetransSegs") ("TCP-MIB" "tcpConnState") ("TCP-MIB" "tcpConnLocalAddress") ("TCP-MIB" "tcpConnLocalPort") ("TCP-MIB" "tcpConnRemAddress") ("TCP-MIB" "tcpConnRemPort") ("TCP-MIB" "tcpInErrs") ("TCP-MIB" "tcpOutRsts")] ""
D6 [] [] [("TCP-MIB" "tcpRtoAlgorithm") ("TCP-MIB" "tcpRtoMin") ("TCP-MIB" "tcpRtoMax") ("TCP-MIB" "tcpMaxConn") ("TCP-MIB" "tcpActiveOpens") ("TCP-MIB" "tcpPassiveOpens") ("TCP-MIB" "tcpAttemptFails") ("TCP-MIB" "tcpEstabResets") ("TCP-MIB" "tcpCurrEstab") ("TCP-MIB" "tcpInSegs") ("TCP-MIB" "tcpOutSegs") ("TCP-MIB" "tcpRetransSegs") ("TCP-MIB" "tcpInErrs") ("TCP-MIB" "tcpOutRsts")] ""
D7 [] [] [("TCP-MIB" "tcpConnectionState") ("TCP-MIB" "tcpConnectionProcess")] ""
D8 [] [] [("TCP-MIB" "tcpListenerProcess")] ""
D9 [] [] [("TCP-MIB" "tcpHCInSegs") ("TCP-MIB" "tcpHCOutSegs")] ""
}
definitions {
"tcp" [1 3 6 1 2 1 6] Node ObjectIdentifier [] [] [] D0
"tcpRtoAlgorithm" [1 3 6 1 2 1 6 1] Scalar ObjectType [ReadOnly] [Current] [S0] D0
"tcpRtoMin" [1 3 6 1 2 1 6 2] Scalar ObjectType [ReadOnly] [Current] [S1] D1
"tcpRtoMax" [1 3 6 1 2 1 6 3] Scalar ObjectType [ReadOnly] [Current] [S1] D1
"tcpMaxConn" [1 3 6 1 2 1 6 4] Scalar ObjectType [ReadOnly] [Current] [S2] D0
"tcpActiveOpens" [1 3 6 1 2 1 6 5] Scalar ObjectType [ReadOnly] [Current] [S3] D0
"tcpPassiveOpens" [1 3 6 1 2 1 6 6] Scalar ObjectType [ReadOnly] [Current] [S3] D0
"tcpAttemptFails" [1 3 6 1 2 1 6 7] Scalar ObjectType [ReadOnly] [Current] [S3] D0
"tcpEstabResets" [1 3 6 1 2 1 6 8] Scalar ObjectType [ReadOnly] [Current] [S3] D0
"tcpCurrEstab" [1 3 6 1 2 1 6 9] Scalar ObjectType [ReadOnly] [Current] [S4] D0
"tcpInSegs" [1 3 6 1 2 1 6 10] Scalar ObjectType [ReadOnly] [Current] [S3] D0
"tcpOutSegs" [1 3 6 1 2 1 6 11] Scalar ObjectType [ReadOnly] [Current] [S3] D0
"tcpRetransSegs" [1 3 6 1 2 1 6 12] Scalar ObjectType [ReadOnly] [Current] [S3] D0
"tcpConnTable" [1 3 6 1 2 1 6 13] Table ObjectType [NotAccessible] [Deprecated] [] D0
"tcpConnEntry" [1 3 6 1 2 1 6 13 1] Row ObjectType [NotAccessible] [Deprecated] [] D2
"tcpConnState" [1 3 6 1 2 1 6 13 1 1] Column ObjectType [ReadWrite] [Deprecated] [S7] D2
"tcpConnLocalAddress" [1 3 6 1 2 1 6 13 1 2] Column ObjectType [ReadOnly] [Deprecated] [S5] D2
"tcpConnLocalPort" [1 3 6 1 2 1 6 13 1 3] Column ObjectType [ReadOnly] [Deprecated] [S6] D2
"tcpConnRemAddress" [1 3 6 1 2 1 6 13 1 4] Column ObjectType [ReadOnly] [Deprecated] [S5] D2
"tcpConnRemPort" [1 3 6 1 2 1 6 13 1 5] Column ObjectType [ReadOnly] [Deprecated] [S6] D2
"tcpInErrs" [1 3 6 1 2 1 6 14] Scalar ObjectType [ReadOnly] [Current] [S3] D0
"tcpOutRsts" [1 3 6 1 2 1 6 15] Scalar ObjectType [ReadOnly] [Current] [S3] D0
"tcpHCInSegs" [1 3 6 1 2 1 6 17] Scalar ObjectType [ReadOnly] [Current] [S8] D0
"tcpHCOutSegs" [1 3 6 1 2 1 6 18] Scalar ObjectType [ReadOnly] [Current] [S8] D0
"tcpConnectionTable" [1 3 6 1 2 1 6 19] Table ObjectType [NotAccessible] [Current] [] D0
"tcpConnectionEntry" [1 3 6 1 2 1 6 19 1] Row ObjectType [NotAccessible] [Current] [] D3
"tcpConnectionLocalAddressType" [1 3 6 1 2 1 6 19 1 1] Column ObjectType [NotAccessible] [Current] [S9] D3
"tcpConnectionLocalAddress" [1 3 6 1 2 1 6 19 1 2] Column ObjectType [NotAccessible] [Current] [S10] D3
"tcpConnectionLocalPort" [1 3 6 1 2 1 6 19 1 3] Column ObjectType [NotAccessible] [Current] [S11] D3
"tcpConnectionRemAddressType" [1 3 6 1 2 1 6 19 1 4] Column ObjectType [NotAccessible] [Current] [S9] D3
"tcpConnectionRemAddress" [1 3 6 1 2 1 6 19 1 5] Column ObjectType [NotAccessible] [Current] [S10] D3
"tcpConnectionRemPort" [1 3 6 1 2 1 6 19 1 6] Column ObjectType [NotAccessible] [Current] [S11] D3
"tcpConnectionState" [1 3 6 1 2 1 6 19 1 7] Column ObjectType [ReadWrite] [Current] [S7] D3
"tcpConnectionProcess" [1 3 6 1 2 1 6 19 1 8] Column ObjectType [ReadOnly] [Current] [S12] D3
"tcpListenerTable" [1 3 6 1 2 1 6 20] Table ObjectType [NotAccessible] [Current] [] D0
"tcpListenerEntry" [1 3 6 1 2 1 6 20 1] Row ObjectType [NotAccessible] [Current] [] D4
"tcpListenerLocalAddressType" [1 3 6 1 2 1 6 20 1 1] Column ObjectType [NotAccessible] [Current] [S9] D4
"tcpListenerLocalAddress" [1 3 6 1 2 1 6 20 1 2] Column ObjectType [NotAccessible] [Current] [S10] D4
"tcpListenerLocalPort" [1 3 6 1 2 1 6 20 1 3] Column ObjectType [NotAccessible] [Current] [S11] D4
"tcpListenerProcess" [1 3 6 1 2 1 6 20 1 4] Column ObjectType [ReadOnly] [Current] [S12] D4
"tcpMIB" [1 3 6 1 2 1 49] Node ModuleIdentity [] [] [] D0
"tcpMIBConformance" [1 3 6 1 2 1 49 2] Node ObjectIdentifier [] [] [] D0
"tcpMIBCompliances" [1 3 6 1 2 1 49 2 1] Node ObjectIdentifier [] [] [] D0
"tcpMIBCompliance" [1 3 6 1 2 1 49 2 1 1] Compliance ModuleCompliance [] [Deprecated] [] D0
"tcpMIBCompliance2" [1 3 6 1 2 1 49 2 1 2] Compliance ModuleCompliance [] [Current] [] D0
"tcpMIBGroups" [1 3 6 1 2 1 49 2 2] Node ObjectIdentifier [] [] [] D0
"tcpGroup" [1 3 6 1 2 1 49 2 2 1] Group ObjectGroup [] [Deprecated] [] D5
"tcpBaseGroup" [1 3 6 1 2 1 49 2 2 2] Group ObjectGroup [] [Current] [] D6
"tcpConnectionGroup" [1 3 6 1 2 1 49 2 2 3] Group ObjectGroup [] [Current] [] D7
"tcpListenerGroup" [1 3 6 1 2 1 49 2 2 4] Group ObjectGroup [] [Current] [] D8
"tcpHCGroup" [1 3 6 1 2 1 49 2 2 5] Group ObjectGroup [] [Current] [] D9
}
names {
0 5 7 47 14 16 17 18 19 15 13 25 48 27 26 28 33 30 29 31 32 24 9 8 46 50 22 23 20 10 35 49 37 36 38 39 34 40
43 44 42 41 45 4 21 11 6 12 1 3 2
}
types {
} }
