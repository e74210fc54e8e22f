//! RFC1213-MIB. Written by `examples/mibgen.rs`; not to be edited.

use crate::names::builtin::entry::{optional, table};

table! { "RFC1213-MIB"
syntaxes {
S0 "DisplayString" OctetString [ ] [ ] []
S1 "PhysAddress" OctetString [ ] [ ] []
S2 "DisplayString" OctetString [ (0 255) ] [ ] []
S3 "OBJECT IDENTIFIER" ObjectIdentifier [ ] [ ] []
S4 "TimeTicks" TimeTicks [ ] [ ] []
S5 "INTEGER" Integer32 [ (0 127) ] [ ] []
S6 "INTEGER" Integer32 [ ] [ ] []
S7 "INTEGER" Integer32 [ ] [ "other" 1 "regular1822" 2 "hdh1822" 3 "ddn-x25" 4 "rfc877-x25" 5
"ethernet-csmacd" 6 "iso88023-csmacd" 7 "iso88024-tokenBus" 8 "iso88025-tokenRing" 9 "iso88026-man" 10
"starLan" 11 "proteon-10Mbit" 12 "proteon-80Mbit" 13 "hyperchannel" 14 "fddi" 15 "lapb" 16 "sdlc" 17 "ds1" 18
"e1" 19 "basicISDN" 20 "primaryISDN" 21 "propPointToPointSerial" 22 "ppp" 23 "softwareLoopback" 24 "eon" 25
"ethernet-3Mbit" 26 "nsip" 27 "slip" 28 "ultra" 29 "ds3" 30 "sip" 31 "frame-relay" 32 ] []
S8 "Gauge" Gauge32 [ ] [ ] []
S9 "INTEGER" Integer32 [ ] [ "up" 1 "down" 2 "testing" 3 ] []
S10 "Counter" Counter32 [ ] [ ] []
S11 "NetworkAddress" IpAddress [ ] [ ] []
S12 "INTEGER" Integer32 [ ] [ "forwarding" 1 "not-forwarding" 2 ] []
S13 "IpAddress" IpAddress [ ] [ ] []
S14 "INTEGER" Integer32 [ (0 65535) ] [ ] []
S15 "INTEGER" Integer32 [ ] [ "other" 1 "invalid" 2 "direct" 3 "indirect" 4 ] []
S16 "INTEGER" Integer32 [ ] [ "other" 1 "local" 2 "netmgmt" 3 "icmp" 4 "egp" 5 "ggp" 6 "hello" 7 "rip" 8
"is-is" 9 "es-is" 10 "ciscoIgrp" 11 "bbnSpfIgp" 12 "ospf" 13 "bgp" 14 ] []
S17 "INTEGER" Integer32 [ ] [ "other" 1 "invalid" 2 "dynamic" 3 "static" 4 ] []
S18 "INTEGER" Integer32 [ ] [ "other" 1 "constant" 2 "rsre" 3 "vanj" 4 ] []
S19 "INTEGER" Integer32 [ ] [ "closed" 1 "listen" 2 "synSent" 3 "synReceived" 4 "established" 5 "finWait1" 6
"finWait2" 7 "closeWait" 8 "lastAck" 9 "closing" 10 "timeWait" 11 "deleteTCB" 12 ] []
S20 "INTEGER" Integer32 [ ] [ "idle" 1 "acquisition" 2 "down" 3 "up" 4 "cease" 5 ] []
S21 "INTEGER" Integer32 [ ] [ "active" 1 "passive" 2 ] []
S22 "INTEGER" Integer32 [ ] [ "start" 1 "stop" 2 ] []
S23 "INTEGER" Integer32 [ ] [ "enabled" 1 "disabled" 2 ] []
}
details {
D0 [] [] [] ""
D1 [(new "ifIndex" S6)] [] [] ""
D2 [(new "atIfIndex" S6) (new "atNetAddress" S11)] [] [] ""
D3 [(new "ipAdEntAddr" S13)] [] [] ""
D4 [(new "ipRouteDest" S13)] [] [] ""
D5 [(new "ipNetToMediaIfIndex" S6) (new "ipNetToMediaNetAddress" S13)] [] [] ""
D6 [(new "tcpConnLocalAddress" S13) (new "tcpConnLocalPort" S14) (new "tcpConnRemAddress" S13) (new "tcpConnRemPort" S14)] [] [] ""
D7 [(new "udpLocalAddress" S13) (new "udpLocalPort" S14)] [] [] ""
D8 [(new "egpNeighAddr" S13)] [] [] ""
}
definitions {
"mib-2" [1 3 6 1 2 1] Node ObjectIdentifier [] [] [] D0
"system" [1 3 6 1 2 1 1] Node ObjectIdentifier [] [] [] D0
"sysDescr" [1 3 6 1 2 1 1 1] Scalar ObjectType [ReadOnly] [Mandatory] [S2] D0
"sysObjectID" [1 3 6 1 2 1 1 2] Scalar ObjectType [ReadOnly] [Mandatory] [S3] D0
"sysUpTime" [1 3 6 1 2 1 1 3] Scalar ObjectType [ReadOnly] [Mandatory] [S4] D0
"sysContact" [1 3 6 1 2 1 1 4] Scalar ObjectType [ReadWrite] [Mandatory] [S2] D0
"sysName" [1 3 6 1 2 1 1 5] Scalar ObjectType [ReadWrite] [Mandatory] [S2] D0
"sysLocation" [1 3 6 1 2 1 1 6] Scalar ObjectType [ReadWrite] [Mandatory] [S2] D0
"sysServices" [1 3 6 1 2 1 1 7] Scalar ObjectType [ReadOnly] [Mandatory] [S5] D0
"interfaces" [1 3 6 1 2 1 2] Node ObjectIdentifier [] [] [] D0
"ifNumber" [1 3 6 1 2 1 2 1] Scalar ObjectType [ReadOnly] [Mandatory] [S6] D0
"ifTable" [1 3 6 1 2 1 2 2] Table ObjectType [NotAccessible] [Mandatory] [] D0
"ifEntry" [1 3 6 1 2 1 2 2 1] Row ObjectType [NotAccessible] [Mandatory] [] D1
"ifIndex" [1 3 6 1 2 1 2 2 1 1] Column ObjectType [ReadOnly] [Mandatory] [S6] D1
"ifDescr" [1 3 6 1 2 1 2 2 1 2] Column ObjectType [ReadOnly] [Mandatory] [S2] D1
"ifType" [1 3 6 1 2 1 2 2 1 3] Column ObjectType [ReadOnly] [Mandatory] [S7] D1
"ifMtu" [1 3 6 1 2 1 2 2 1 4] Column ObjectType [ReadOnly] [Mandatory] [S6] D1
"ifSpeed" [1 3 6 1 2 1 2 2 1 5] Column ObjectType [ReadOnly] [Mandatory] [S8] D1
"ifPhysAddress" [1 3 6 1 2 1 2 2 1 6] Column ObjectType [ReadOnly] [Mandatory] [S1] D1
"ifAdminStatus" [1 3 6 1 2 1 2 2 1 7] Column ObjectType [ReadWrite] [Mandatory] [S9] D1
"ifOperStatus" [1 3 6 1 2 1 2 2 1 8] Column ObjectType [ReadOnly] [Mandatory] [S9] D1
"ifLastChange" [1 3 6 1 2 1 2 2 1 9] Column ObjectType [ReadOnly] [Mandatory] [S4] D1
"ifInOctets" [1 3 6 1 2 1 2 2 1 10] Column ObjectType [ReadOnly] [Mandatory] [S10] D1
"ifInUcastPkts" [1 3 6 1 2 1 2 2 1 11] Column ObjectType [ReadOnly] [Mandatory] [S10] D1
"ifInNUcastPkts" [1 3 6 1 2 1 2 2 1 12] Column ObjectType [ReadOnly] [Mandatory] [S10] D1
"ifInDiscards" [1 3 6 1 2 1 2 2 1 13] Column ObjectType [ReadOnly] [Mandatory] [S10] D1
"ifInErrors" [1 3 6 1 2 1 2 2 1 14] Column ObjectType [ReadOnly] [Mandatory] [S10] D1
"ifInUnknownProtos" [1 3 6 1 2 1 2 2 1 15] Column ObjectType [ReadOnly] [Mandatory] [S10] D1
"ifOutOctets" [1 3 6 1 2 1 2 2 1 16] Column ObjectType [ReadOnly] [Mandatory] [S10] D1
"ifOutUcastPkts" [1 3 6 1 2 1 2 2 1 17] Column ObjectType [ReadOnly] [Mandatory] [S10] D1
"ifOutNUcastPkts" [1 3 6 1 2 1 2 2 1 18] Column ObjectType [ReadOnly] [Mandatory] [S10] D1
"ifOutDiscards" [1 3 6 1 2 1 2 2 1 19] Column ObjectType [ReadOnly] [Mandatory] [S10] D1
"ifOutErrors" [1 3 6 1 2 1 2 2 1 20] Column ObjectType [ReadOnly] [Mandatory] [S10] D1
"ifOutQLen" [1 3 6 1 2 1 2 2 1 21] Column ObjectType [ReadOnly] [Mandatory] [S8] D1
"ifSpecific" [1 3 6 1 2 1 2 2 1 22] Column ObjectType [ReadOnly] [Mandatory] [S3] D1
"at" [1 3 6 1 2 1 3] Node ObjectIdentifier [] [] [] D0
"atTable" [1 3 6 1 2 1 3 1] Table ObjectType [NotAccessible] [Deprecated] [] D0
"atEntry" [1 3 6 1 2 1 3 1 1] Row ObjectType [NotAccessible] [Deprecated] [] D2
"atIfIndex" [1 3 6 1 2 1 3 1 1 1] Column ObjectType [ReadWrite] [Deprecated] [S6] D2
"atPhysAddress" [1 3 6 1 2 1 3 1 1 2] Column ObjectType [ReadWrite] [Deprecated] [S1] D2
"atNetAddress" [1 3 6 1 2 1 3 1 1 3] Column ObjectType [ReadWrite] [Deprecated] [S11] D2
"ip" [1 3 6 1 2 1 4] Node ObjectIdentifier [] [] [] D0
"ipForwarding" [1 3 6 1 2 1 4 1] Scalar ObjectType [ReadWrite] [Mandatory] [S12] D0
"ipDefaultTTL" [1 3 6 1 2 1 4 2] Scalar ObjectType [ReadWrite] [Mandatory] [S6] D0
"ipInReceives" [1 3 6 1 2 1 4 3] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"ipInHdrErrors" [1 3 6 1 2 1 4 4] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"ipInAddrErrors" [1 3 6 1 2 1 4 5] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"ipForwDatagrams" [1 3 6 1 2 1 4 6] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"ipInUnknownProtos" [1 3 6 1 2 1 4 7] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"ipInDiscards" [1 3 6 1 2 1 4 8] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"ipInDelivers" [1 3 6 1 2 1 4 9] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"ipOutRequests" [1 3 6 1 2 1 4 10] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"ipOutDiscards" [1 3 6 1 2 1 4 11] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"ipOutNoRoutes" [1 3 6 1 2 1 4 12] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"ipReasmTimeout" [1 3 6 1 2 1 4 13] Scalar ObjectType [ReadOnly] [Mandatory] [S6] D0
"ipReasmReqds" [1 3 6 1 2 1 4 14] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"ipReasmOKs" [1 3 6 1 2 1 4 15] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"ipReasmFails" [1 3 6 1 2 1 4 16] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"ipFragOKs" [1 3 6 1 2 1 4 17] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"ipFragFails" [1 3 6 1 2 1 4 18] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"ipFragCreates" [1 3 6 1 2 1 4 19] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"ipAddrTable" [1 3 6 1 2 1 4 20] Table ObjectType [NotAccessible] [Mandatory] [] D0
"ipAddrEntry" [1 3 6 1 2 1 4 20 1] Row ObjectType [NotAccessible] [Mandatory] [] D3
"ipAdEntAddr" [1 3 6 1 2 1 4 20 1 1] Column ObjectType [ReadOnly] [Mandatory] [S13] D3
"ipAdEntIfIndex" [1 3 6 1 2 1 4 20 1 2] Column ObjectType [ReadOnly] [Mandatory] [S6] D3
"ipAdEntNetMask" [1 3 6 1 2 1 4 20 1 3] Column ObjectType [ReadOnly] [Mandatory] [S13] D3
"ipAdEntBcastAddr" [1 3 6 1 2 1 4 20 1 4] Column ObjectType [ReadOnly] [Mandatory] [S6] D3
"ipAdEntReasmMaxSize" [1 3 6 1 2 1 4 20 1 5] Column ObjectType [ReadOnly] [Mandatory] [S14] D3
"ipRouteTable" [1 3 6 1 2 1 4 21] Table ObjectType [NotAccessible] [Mandatory] [] D0
"ipRouteEntry" [1 3 6 1 2 1 4 21 1] Row ObjectType [NotAccessible] [Mandatory] [] D4
"ipRouteDest" [1 3 6 1 2 1 4 21 1 1] Column ObjectType [ReadWrite] [Mandatory] [S13] D4
"ipRouteIfIndex" [1 3 6 1 2 1 4 21 1 2] Column ObjectType [ReadWrite] [Mandatory] [S6] D4
"ipRouteMetric1" [1 3 6 1 2 1 4 21 1 3] Column ObjectType [ReadWrite] [Mandatory] [S6] D4
"ipRouteMetric2" [1 3 6 1 2 1 4 21 1 4] Column ObjectType [ReadWrite] [Mandatory] [S6] D4
"ipRouteMetric3" [1 3 6 1 2 1 4 21 1 5] Column ObjectType [ReadWrite] [Mandatory] [S6] D4
"ipRouteMetric4" [1 3 6 1 2 1 4 21 1 6] Column ObjectType [ReadWrite] [Mandatory] [S6] D4
"ipRouteNextHop" [1 3 6 1 2 1 4 21 1 7] Column ObjectType [ReadWrite] [Mandatory] [S13] D4
"ipRouteType" [1 3 6 1 2 1 4 21 1 8] Column ObjectType [ReadWrite] [Mandatory] [S15] D4
"ipRouteProto" [1 3 6 1 2 1 4 21 1 9] Column ObjectType [ReadOnly] [Mandatory] [S16] D4
"ipRouteAge" [1 3 6 1 2 1 4 21 1 10] Column ObjectType [ReadWrite] [Mandatory] [S6] D4
"ipRouteMask" [1 3 6 1 2 1 4 21 1 11] Column ObjectType [ReadWrite] [Mandatory] [S13] D4
"ipRouteMetric5" [1 3 6 1 2 1 4 21 1 12] Column ObjectType [ReadWrite] [Mandatory] [S6] D4
"ipRouteInfo" [1 3 6 1 2 1 4 21 1 13] Column ObjectType [ReadOnly] [Mandatory] [S3] D4
"ipNetToMediaTable" [1 3 6 1 2 1 4 22] Table ObjectType [NotAccessible] [Mandatory] [] D0
"ipNetToMediaEntry" [1 3 6 1 2 1 4 22 1] Row ObjectType [NotAccessible] [Mandatory] [] D5
"ipNetToMediaIfIndex" [1 3 6 1 2 1 4 22 1 1] Column ObjectType [ReadWrite] [Mandatory] [S6] D5
"ipNetToMediaPhysAddress" [1 3 6 1 2 1 4 22 1 2] Column ObjectType [ReadWrite] [Mandatory] [S1] D5
"ipNetToMediaNetAddress" [1 3 6 1 2 1 4 22 1 3] Column ObjectType [ReadWrite] [Mandatory] [S13] D5
"ipNetToMediaType" [1 3 6 1 2 1 4 22 1 4] Column ObjectType [ReadWrite] [Mandatory] [S17] D5
"ipRoutingDiscards" [1 3 6 1 2 1 4 23] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"icmp" [1 3 6 1 2 1 5] Node ObjectIdentifier [] [] [] D0
"icmpInMsgs" [1 3 6 1 2 1 5 1] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"icmpInErrors" [1 3 6 1 2 1 5 2] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"icmpInDestUnreachs" [1 3 6 1 2 1 5 3] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"icmpInTimeExcds" [1 3 6 1 2 1 5 4] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"icmpInParmProbs" [1 3 6 1 2 1 5 5] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"icmpInSrcQuenchs" [1 3 6 1 2 1 5 6] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"icmpInRedirects" [1 3 6 1 2 1 5 7] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"icmpInEchos" [1 3 6 1 2 1 5 8] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"icmpInEchoReps" [1 3 6 1 2 1 5 9] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"icmpInTimestamps" [1 3 6 1 2 1 5 10] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"icmpInTimestampReps" [1 3 6 1 2 1 5 11] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"icmpInAddrMasks" [1 3 6 1 2 1 5 12] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"icmpInAddrMaskReps" [1 3 6 1 2 1 5 13] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"icmpOutMsgs" [1 3 6 1 2 1 5 14] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"icmpOutErrors" [1 3 6 1 2 1 5 15] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"icmpOutDestUnreachs" [1 3 6 1 2 1 5 16] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"icmpOutTimeExcds" [1 3 6 1 2 1 5 17] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"icmpOutParmProbs" [1 3 6 1 2 1 5 18] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"icmpOutSrcQuenchs" [1 3 6 1 2 1 5 19] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"icmpOutRedirects" [1 3 6 1 2 1 5 20] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"icmpOutEchos" [1 3 6 1 2 1 5 21] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"icmpOutEchoReps" [1 3 6 1 2 1 5 22] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"icmpOutTimestamps" [1 3 6 1 2 1 5 23] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"icmpOutTimestampReps" [1 3 6 1 2 1 5 24] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"icmpOutAddrMasks" [1 3 6 1 2 1 5 25] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"icmpOutAddrMaskReps" [1 3 6 1 2 1 5 26] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"tcp" [1 3 6 1 2 1 6] Node ObjectIdentifier [] [] [] D0
"tcpRtoAlgorithm" [1 3 6 1 2 1 6 1] Scalar ObjectType [ReadOnly] [Mandatory] [S18] D0
"tcpRtoMin" [1 3 6 1 2 1 6 2] Scalar ObjectType [ReadOnly] [Mandatory] [S6] D0
"tcpRtoMax" [1 3 6 1 2 1 6 3] Scalar ObjectType [ReadOnly] [Mandatory] [S6] D0
"tcpMaxConn" [1 3 6 1 2 1 6 4] Scalar ObjectType [ReadOnly] [Mandatory] [S6] D0
"tcpActiveOpens" [1 3 6 1 2 1 6 5] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"tcpPassiveOpens" [1 3 6 1 2 1 6 6] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"tcpAttemptFails" [1 3 6 1 2 1 6 7] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"tcpEstabResets" [1 3 6 1 2 1 6 8] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"tcpCurrEstab" [1 3 6 1 2 1 6 9] Scalar ObjectType [ReadOnly] [Mandatory] [S8] D0
"tcpInSegs" [1 3 6 1 2 1 6 10] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"tcpOutSegs" [1 3 6 1 2 1 6 11] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"tcpRetransSegs" [1 3 6 1 2 1 6 12] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"tcpConnTable" [1 3 6 1 2 1 6 13] Table ObjectType [NotAccessible] [Mandatory] [] D0
"tcpConnEntry" [1 3 6 1 2 1 6 13 1] Row ObjectType [NotAccessible] [Mandatory] [] D6
"tcpConnState" [1 3 6 1 2 1 6 13 1 1] Column ObjectType [ReadWrite] [Mandatory] [S19] D6
"tcpConnLocalAddress" [1 3 6 1 2 1 6 13 1 2] Column ObjectType [ReadOnly] [Mandatory] [S13] D6
"tcpConnLocalPort" [1 3 6 1 2 1 6 13 1 3] Column ObjectType [ReadOnly] [Mandatory] [S14] D6
"tcpConnRemAddress" [1 3 6 1 2 1 6 13 1 4] Column ObjectType [ReadOnly] [Mandatory] [S13] D6
"tcpConnRemPort" [1 3 6 1 2 1 6 13 1 5] Column ObjectType [ReadOnly] [Mandatory] [S14] D6
"tcpInErrs" [1 3 6 1 2 1 6 14] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"tcpOutRsts" [1 3 6 1 2 1 6 15] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"udp" [1 3 6 1 2 1 7] Node ObjectIdentifier [] [] [] D0
"udpInDatagrams" [1 3 6 1 2 1 7 1] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"udpNoPorts" [1 3 6 1 2 1 7 2] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"udpInErrors" [1 3 6 1 2 1 7 3] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"udpOutDatagrams" [1 3 6 1 2 1 7 4] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"udpTable" [1 3 6 1 2 1 7 5] Table ObjectType [NotAccessible] [Mandatory] [] D0
"udpEntry" [1 3 6 1 2 1 7 5 1] Row ObjectType [NotAccessible] [Mandatory] [] D7
"udpLocalAddress" [1 3 6 1 2 1 7 5 1 1] Column ObjectType [ReadOnly] [Mandatory] [S13] D7
"udpLocalPort" [1 3 6 1 2 1 7 5 1 2] Column ObjectType [ReadOnly] [Mandatory] [S14] D7
"egp" [1 3 6 1 2 1 8] Node ObjectIdentifier [] [] [] D0
"egpInMsgs" [1 3 6 1 2 1 8 1] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"egpInErrors" [1 3 6 1 2 1 8 2] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"egpOutMsgs" [1 3 6 1 2 1 8 3] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"egpOutErrors" [1 3 6 1 2 1 8 4] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"egpNeighTable" [1 3 6 1 2 1 8 5] Table ObjectType [NotAccessible] [Mandatory] [] D0
"egpNeighEntry" [1 3 6 1 2 1 8 5 1] Row ObjectType [NotAccessible] [Mandatory] [] D8
"egpNeighState" [1 3 6 1 2 1 8 5 1 1] Column ObjectType [ReadOnly] [Mandatory] [S20] D8
"egpNeighAddr" [1 3 6 1 2 1 8 5 1 2] Column ObjectType [ReadOnly] [Mandatory] [S13] D8
"egpNeighAs" [1 3 6 1 2 1 8 5 1 3] Column ObjectType [ReadOnly] [Mandatory] [S6] D8
"egpNeighInMsgs" [1 3 6 1 2 1 8 5 1 4] Column ObjectType [ReadOnly] [Mandatory] [S10] D8
"egpNeighInErrs" [1 3 6 1 2 1 8 5 1 5] Column ObjectType [ReadOnly] [Mandatory] [S10] D8
"egpNeighOutMsgs" [1 3 6 1 2 1 8 5 1 6] Column ObjectType [ReadOnly] [Mandatory] [S10] D8
"egpNeighOutErrs" [1 3 6 1 2 1 8 5 1 7] Column ObjectType [ReadOnly] [Mandatory] [S10] D8
"egpNeighInErrMsgs" [1 3 6 1 2 1 8 5 1 8] Column ObjectType [ReadOnly] [Mandatory] [S10] D8
"egpNeighOutErrMsgs" [1 3 6 1 2 1 8 5 1 9] Column ObjectType [ReadOnly] [Mandatory] [S10] D8
"egpNeighStateUps" [1 3 6 1 2 1 8 5 1 10] Column ObjectType [ReadOnly] [Mandatory] [S10] D8
"egpNeighStateDowns" [1 3 6 1 2 1 8 5 1 11] Column ObjectType [ReadOnly] [Mandatory] [S10] D8
"egpNeighIntervalHello" [1 3 6 1 2 1 8 5 1 12] Column ObjectType [ReadOnly] [Mandatory] [S6] D8
"egpNeighIntervalPoll" [1 3 6 1 2 1 8 5 1 13] Column ObjectType [ReadOnly] [Mandatory] [S6] D8
"egpNeighMode" [1 3 6 1 2 1 8 5 1 14] Column ObjectType [ReadOnly] [Mandatory] [S21] D8
"egpNeighEventTrigger" [1 3 6 1 2 1 8 5 1 15] Column ObjectType [ReadWrite] [Mandatory] [S22] D8
"egpAs" [1 3 6 1 2 1 8 6] Scalar ObjectType [ReadOnly] [Mandatory] [S6] D0
"transmission" [1 3 6 1 2 1 10] Node ObjectIdentifier [] [] [] D0
"snmp" [1 3 6 1 2 1 11] Node ObjectIdentifier [] [] [] D0
"snmpInPkts" [1 3 6 1 2 1 11 1] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"snmpOutPkts" [1 3 6 1 2 1 11 2] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"snmpInBadVersions" [1 3 6 1 2 1 11 3] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"snmpInBadCommunityNames" [1 3 6 1 2 1 11 4] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"snmpInBadCommunityUses" [1 3 6 1 2 1 11 5] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"snmpInASNParseErrs" [1 3 6 1 2 1 11 6] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"snmpInTooBigs" [1 3 6 1 2 1 11 8] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"snmpInNoSuchNames" [1 3 6 1 2 1 11 9] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"snmpInBadValues" [1 3 6 1 2 1 11 10] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"snmpInReadOnlys" [1 3 6 1 2 1 11 11] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"snmpInGenErrs" [1 3 6 1 2 1 11 12] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"snmpInTotalReqVars" [1 3 6 1 2 1 11 13] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"snmpInTotalSetVars" [1 3 6 1 2 1 11 14] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"snmpInGetRequests" [1 3 6 1 2 1 11 15] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"snmpInGetNexts" [1 3 6 1 2 1 11 16] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"snmpInSetRequests" [1 3 6 1 2 1 11 17] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"snmpInGetResponses" [1 3 6 1 2 1 11 18] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"snmpInTraps" [1 3 6 1 2 1 11 19] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"snmpOutTooBigs" [1 3 6 1 2 1 11 20] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"snmpOutNoSuchNames" [1 3 6 1 2 1 11 21] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"snmpOutBadValues" [1 3 6 1 2 1 11 22] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"snmpOutGenErrs" [1 3 6 1 2 1 11 24] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"snmpOutGetRequests" [1 3 6 1 2 1 11 25] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"snmpOutGetNexts" [1 3 6 1 2 1 11 26] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"snmpOutSetRequests" [1 3 6 1 2 1 11 27] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"snmpOutGetResponses" [1 3 6 1 2 1 11 28] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"snmpOutTraps" [1 3 6 1 2 1 11 29] Scalar ObjectType [ReadOnly] [Mandatory] [S10] D0
"snmpEnableAuthenTraps" [1 3 6 1 2 1 11 30] Scalar ObjectType [ReadWrite] [Mandatory] [S23] D0
}
names {
35 37 38 40 39 36 148 170 150 149 156 157 154 169 162 159 158 166 167 168 163 161 160 155 165 164 153 152 151
90 103 102 93 99 98 92 91 95 97 96 94 101 100 116 115 106 112 111 105 104 108 110 109 107 114 113 19 14 12 25
26 24 22 23 27 13 21 16 10 20 31 32 30 28 33 29 18 34 17 11 15 9 41 63 66 64 65 67 62 61 43 47 42 60 59 58 46
50 49 45 44 48 84 85 87 86 83 88 52 53 51 57 56 55 54 79 70 69 71 82 80 72 73 74 75 81 76 78 68 77 89 0 172
200 178 176 177 181 175 183 187 186 189 180 173 182 188 179 184 185 190 193 194 196 195 198 192 174 197 191
199 5 2 7 6 3 8 4 1 117 122 124 131 133 134 135 136 132 130 126 125 137 127 121 138 128 123 129 118 120 119
171 139 145 140 142 146 147 141 143 144
}
types {
"DisplayString" S0
"PhysAddress" S1
} }
