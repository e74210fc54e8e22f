//! IP-MIB. Written by `examples/mibgen.rs`; not to be edited.

use crate::names::builtin::entry::{optional, table};

table! { "IP-MIB"
syntaxes {
S0 "IpAddressOriginTC" Integer32 [ ] [ "other" 1 "manual" 2 "dhcp" 4 "linklayer" 5 "random" 6 ] []
S1 "IpAddressPrefixOriginTC" Integer32 [ ] [ "other" 1 "manual" 2 "wellknown" 3 "dhcp" 4 "routeradv" 5 ] []
S2 "IpAddressStatusTC" Integer32 [ ] [ "preferred" 1 "deprecated" 2 "invalid" 3 "inaccessible" 4 "unknown" 5
"tentative" 6 "duplicate" 7 "optimistic" 8 ] []
S3 "Ipv6AddressIfIdentifierTC" OctetString [ (0 8) ] [ ] ["2x:"]
S4 "INTEGER" Integer32 [ ] [ "forwarding" 1 "notForwarding" 2 ] []
S5 "Integer32" Integer32 [ (1 255) ] [ ] []
S6 "Counter32" Counter32 [ ] [ ] []
S7 "Integer32" Integer32 [ ] [ ] []
S8 "IpAddress" IpAddress [ ] [ ] []
S9 "INTEGER" Integer32 [ (1 2147483647) ] [ ] []
S10 "INTEGER" Integer32 [ (0 1) ] [ ] []
S11 "INTEGER" Integer32 [ (0 65535) ] [ ] []
S12 "PhysAddress" OctetString [ (0 65535) ] [ ] ["1x:"]
S13 "INTEGER" Integer32 [ ] [ "other" 1 "invalid" 2 "dynamic" 3 "static" 4 ] []
S14 "Integer32" Integer32 [ (0 255) ] [ ] []
S15 "TimeStamp" TimeTicks [ ] [ ] []
S16 "InterfaceIndex" Integer32 [ (1 2147483647) ] [ ] ["d"]
S17 "Integer32" Integer32 [ (0 65535) ] [ ] []
S18 "INTEGER" Integer32 [ ] [ "up" 1 "down" 2 ] []
S19 "Unsigned32" Gauge32 [ ] [ ] []
S20 "Unsigned32" Gauge32 [ (1500 65535) ] [ ] []
S21 "InetVersion" Integer32 [ ] [ "unknown" 0 "ipv4" 1 "ipv6" 2 ] []
S22 "Counter64" Counter64 [ ] [ ] []
S23 "InetAddressType" Integer32 [ ] [ "unknown" 0 "ipv4" 1 "ipv6" 2 "ipv4z" 3 "ipv6z" 4 "dns" 16 ] []
S24 "InetAddress" OctetString [ (0 255) ] [ ] []
S25 "InetAddressPrefixLength" Gauge32 [ (0 2040) ] [ ] ["d"]
S26 "TruthValue" Integer32 [ ] [ "true" 1 "false" 2 ] []
S27 "TestAndIncr" Integer32 [ (0 2147483647) ] [ ] []
S28 "INTEGER" Integer32 [ ] [ "unicast" 1 "anycast" 2 "broadcast" 3 ] []
S29 "RowPointer" ObjectIdentifier [ ] [ ] []
S30 "RowStatus" Integer32 [ ] [ "active" 1 "notInService" 2 "notReady" 3 "createAndGo" 4 "createAndWait" 5
"destroy" 6 ] []
S31 "StorageType" Integer32 [ ] [ "other" 1 "volatile" 2 "nonVolatile" 3 "permanent" 4 "readOnly" 5 ] []
S32 "INTEGER" Integer32 [ ] [ "other" 1 "invalid" 2 "dynamic" 3 "static" 4 "local" 5 ] []
S33 "INTEGER" Integer32 [ ] [ "reachable" 1 "stale" 2 "delay" 3 "probe" 4 "invalid" 5 "unknown" 6
"incomplete" 7 ] []
S34 "InetZoneIndex" Gauge32 [ ] [ ] ["d"]
S35 "Unsigned32" Gauge32 [ (0 65535) ] [ ] []
S36 "INTEGER" Integer32 [ ] [ "reserved" -2 "low" -1 "medium" 0 "high" 1 ] []
S37 "Unsigned32" Gauge32 [ (4 1800) ] [ ] []
S38 "Unsigned32" Gauge32 [ (3 1350) ] [ ] []
S39 "Unsigned32" Gauge32 [ (0 3600000) ] [ ] []
S40 "Unsigned32" Gauge32 [ (0 255) ] [ ] []
S41 "Unsigned32" Gauge32 [ (0 0) (4 9000) ] [ ] []
}
details {
D0 [] [] [] ""
D1 [] [] [] "seconds"
D2 [(new "ipAdEntAddr" S8)] [] [] ""
D3 [(new "ipNetToMediaIfIndex" S9) (new "ipNetToMediaNetAddress" S8)] [] [] ""
D4 [(new "ipv4InterfaceIfIndex" S16)] [] [] ""
D5 [(new "ipv4InterfaceIfIndex" S16)] [] [] "milliseconds" "1000"
D6 [(new "ipv6InterfaceIfIndex" S16)] [] [] ""
D7 [(new "ipv6InterfaceIfIndex" S16)] [] [] "octets"
D8 [(new "ipv6InterfaceIfIndex" S16)] [] [] "milliseconds"
D9 [(new "ipSystemStatsIPVersion" S21)] [] [] ""
D10 [(new "ipSystemStatsIPVersion" S21)] [] [] "milli-seconds"
D11 [(new "ipIfStatsIPVersion" S21) (new "ipIfStatsIfIndex" S16)] [] [] ""
D12 [(new "ipIfStatsIPVersion" S21) (new "ipIfStatsIfIndex" S16)] [] [] "milli-seconds"
D13 [(new "ipAddressPrefixIfIndex" S16) (new "ipAddressPrefixType" S23) (new "ipAddressPrefixPrefix" S24) (new "ipAddressPrefixLength" S25)] [] [] ""
D14 [(new "ipAddressPrefixIfIndex" S16) (new "ipAddressPrefixType" S23) (new "ipAddressPrefixPrefix" S24) (new "ipAddressPrefixLength" S25)] [] [] "seconds"
D15 [(new "ipAddressAddrType" S23) (new "ipAddressAddr" S24)] [] [] ""
D16 [(new "ipAddressAddrType" S23) (new "ipAddressAddr" S24)] [] [] "" "unicast"
D17 [(new "ipAddressAddrType" S23) (new "ipAddressAddr" S24)] [] [] "" "zeroDotZero"
D18 [(new "ipAddressAddrType" S23) (new "ipAddressAddr" S24)] [] [] "" "preferred"
D19 [(new "ipAddressAddrType" S23) (new "ipAddressAddr" S24)] [] [] "" "volatile"
D20 [(new "ipNetToPhysicalIfIndex" S16) (new "ipNetToPhysicalNetAddressType" S23) (new "ipNetToPhysicalNetAddress" S24)] [] [] ""
D21 [(new "ipNetToPhysicalIfIndex" S16) (new "ipNetToPhysicalNetAddressType" S23) (new "ipNetToPhysicalNetAddress" S24)] [] [] "" "static"
D22 [(new "ipv6ScopeZoneIndexIfIndex" S16)] [] [] ""
D23 [(new "ipDefaultRouterAddressType" S23) (new "ipDefaultRouterAddress" S24) (new "ipDefaultRouterIfIndex" S16)] [] [] ""
D24 [(new "ipDefaultRouterAddressType" S23) (new "ipDefaultRouterAddress" S24) (new "ipDefaultRouterIfIndex" S16)] [] [] "seconds"
D25 [(new "ipv6RouterAdvertIfIndex" S16)] [] [] ""
D26 [(new "ipv6RouterAdvertIfIndex" S16)] [] [] "" "false"
D27 [(new "ipv6RouterAdvertIfIndex" S16)] [] [] "seconds" "600"
D28 [(new "ipv6RouterAdvertIfIndex" S16)] [] [] "seconds"
D29 [(new "ipv6RouterAdvertIfIndex" S16)] [] [] "" "0"
D30 [(new "ipv6RouterAdvertIfIndex" S16)] [] [] "milliseconds" "0"
D31 [(new "icmpStatsIPVersion" S21)] [] [] ""
D32 [(new "icmpMsgStatsIPVersion" S21) (new "icmpMsgStatsType" S14)] [] [] ""
D33 [] [] [("IP-MIB" "ipForwarding") ("IP-MIB" "ipDefaultTTL") ("IP-MIB" "ipInReceives") ("IP-MIB" "ipInHdrErrors") ("IP-MIB" "ipInAddrErrors") ("IP-MIB" "ipForwDatagrams") ("IP-MIB" "ipInUnknownProtos") ("IP-MIB" "ipInDiscards") ("IP-MIB" "ipInDelivers") ("IP-MIB" "ipOutRequests") ("IP-MIB" "ipOutDiscards") ("IP-MIB" "ipOutNoRoutes") ("IP-MIB" "ipReasmTimeout") ("IP-MIB" "ipReasmReqds") ("IP-MIB" "ipReasmOKs") ("IP-MIB" "ipReasmFails") ("IP-MIB" "ipFragOKs") ("IP-MIB" "ipFragFails") ("IP-MIB" "ipFragCreates") ("IP-MIB" "ipAdEntAddr") ("IP-MIB" "ipAdEntIfIndex") ("IP-MIB" "ipAdEntNetMask") ("IP-MIB" "ipAdEntBcastAddr") ("IP-MIB" "ipAdEntReasmMaxSize") ("IP-MIB" "ipNetToMediaIfIndex") ("IP-MIB" "ipNetToMediaPhysAddress") ("IP-MIB" "ipNetToMediaNetAddress") ("IP-MIB" "ipNetToMediaType") ("IP-MIB" "ipRoutingDiscards")] ""
D34 [] [] [("IP-MIB" "icmpInMsgs") ("IP-MIB" "icmpInErrors") ("IP-MIB" "icmpInDestUnreachs") ("IP-MIB" "icmpInTimeExcds") ("IP-MIB" "icmpInParmProbs") ("IP-MIB" "icmpInSrcQuenchs") ("IP-MIB" "icmpInRedirects") ("IP-MIB" "icmpInEchos") ("IP-MIB" "icmpInEchoReps") ("IP-MIB" "icmpInTimestamps") ("IP-MIB" "icmpInTimestampReps") ("IP-MIB" "icmpInAddrMasks") ("IP-MIB" "icmpInAddrMaskReps") ("IP-MIB" "icmpOutMsgs") ("IP-MIB" "icmpOutErrors") ("IP-MIB" "icmpOutDestUnreachs") ("IP-MIB" "icmpOutTimeExcds") ("IP-MIB" "icmpOutParmProbs") ("IP-MIB" "icmpOutSrcQuenchs") ("IP-MIB" "icmpOutRedirects") ("IP-MIB" "icmpOutEchos") ("IP-MIB" "icmpOutEchoReps") ("IP-MIB" "icmpOutTimestamps") ("IP-MIB" "icmpOutTimestampReps") ("IP-MIB" "icmpOutAddrMasks") ("IP-MIB" "icmpOutAddrMaskReps")] ""
D35 [] [] [("IP-MIB" "ipForwarding") ("IP-MIB" "ipDefaultTTL") ("IP-MIB" "ipReasmTimeout")] ""
D36 [] [] [("IP-MIB" "ipv4InterfaceReasmMaxSize") ("IP-MIB" "ipv4InterfaceEnableStatus") ("IP-MIB" "ipv4InterfaceRetransmitTime")] ""
D37 [] [] [("IP-MIB" "ipv6IpForwarding") ("IP-MIB" "ipv6IpDefaultHopLimit")] ""
D38 [] [] [("IP-MIB" "ipv6InterfaceReasmMaxSize") ("IP-MIB" "ipv6InterfaceIdentifier") ("IP-MIB" "ipv6InterfaceEnableStatus") ("IP-MIB" "ipv6InterfaceReachableTime") ("IP-MIB" "ipv6InterfaceRetransmitTime") ("IP-MIB" "ipv6InterfaceForwarding")] ""
D39 [] [] [("IP-MIB" "ipv4InterfaceTableLastChange") ("IP-MIB" "ipv6InterfaceTableLastChange") ("IP-MIB" "ipIfStatsTableLastChange")] ""
D40 [] [] [("IP-MIB" "ipSystemStatsInReceives") ("IP-MIB" "ipSystemStatsInOctets") ("IP-MIB" "ipSystemStatsInHdrErrors") ("IP-MIB" "ipSystemStatsInNoRoutes") ("IP-MIB" "ipSystemStatsInAddrErrors") ("IP-MIB" "ipSystemStatsInUnknownProtos") ("IP-MIB" "ipSystemStatsInTruncatedPkts") ("IP-MIB" "ipSystemStatsInForwDatagrams") ("IP-MIB" "ipSystemStatsReasmReqds") ("IP-MIB" "ipSystemStatsReasmOKs") ("IP-MIB" "ipSystemStatsReasmFails") ("IP-MIB" "ipSystemStatsInDiscards") ("IP-MIB" "ipSystemStatsInDelivers") ("IP-MIB" "ipSystemStatsOutRequests") ("IP-MIB" "ipSystemStatsOutNoRoutes") ("IP-MIB" "ipSystemStatsOutForwDatagrams") ("IP-MIB" "ipSystemStatsOutDiscards") ("IP-MIB" "ipSystemStatsOutFragReqds") ("IP-MIB" "ipSystemStatsOutFragOKs") ("IP-MIB" "ipSystemStatsOutFragFails") ("IP-MIB" "ipSystemStatsOutFragCreates") ("IP-MIB" "ipSystemStatsOutTransmits") ("IP-MIB" "ipSystemStatsOutOctets") ("IP-MIB" "ipSystemStatsInMcastPkts") ("IP-MIB" "ipSystemStatsInMcastOctets") ("IP-MIB" "ipSystemStatsOutMcastPkts") ("IP-MIB" "ipSystemStatsOutMcastOctets") ("IP-MIB" "ipSystemStatsDiscontinuityTime") ("IP-MIB" "ipSystemStatsRefreshRate")] ""
D41 [] [] [("IP-MIB" "ipSystemStatsInBcastPkts") ("IP-MIB" "ipSystemStatsOutBcastPkts")] ""
D42 [] [] [("IP-MIB" "ipSystemStatsHCInOctets") ("IP-MIB" "ipSystemStatsHCOutOctets") ("IP-MIB" "ipSystemStatsHCInMcastOctets") ("IP-MIB" "ipSystemStatsHCOutMcastOctets")] ""
D43 [] [] [("IP-MIB" "ipSystemStatsHCInReceives") ("IP-MIB" "ipSystemStatsHCInForwDatagrams") ("IP-MIB" "ipSystemStatsHCInDelivers") ("IP-MIB" "ipSystemStatsHCOutRequests") ("IP-MIB" "ipSystemStatsHCOutForwDatagrams") ("IP-MIB" "ipSystemStatsHCOutTransmits") ("IP-MIB" "ipSystemStatsHCInMcastPkts") ("IP-MIB" "ipSystemStatsHCOutMcastPkts")] ""
D44 [] [] [("IP-MIB" "ipSystemStatsHCInBcastPkts") ("IP-MIB" "ipSystemStatsHCOutBcastPkts")] ""
D45 [] [] [("IP-MIB" "ipIfStatsInReceives") ("IP-MIB" "ipIfStatsInOctets") ("IP-MIB" "ipIfStatsInHdrErrors") ("IP-MIB" "ipIfStatsInNoRoutes") ("IP-MIB" "ipIfStatsInAddrErrors") ("IP-MIB" "ipIfStatsInUnknownProtos") ("IP-MIB" "ipIfStatsInTruncatedPkts") ("IP-MIB" "ipIfStatsInForwDatagrams") ("IP-MIB" "ipIfStatsReasmReqds") ("IP-MIB" "ipIfStatsReasmOKs") ("IP-MIB" "ipIfStatsReasmFails") ("IP-MIB" "ipIfStatsInDiscards") ("IP-MIB" "ipIfStatsInDelivers") ("IP-MIB" "ipIfStatsOutRequests") ("IP-MIB" "ipIfStatsOutForwDatagrams") ("IP-MIB" "ipIfStatsOutDiscards") ("IP-MIB" "ipIfStatsOutFragReqds") ("IP-MIB" "ipIfStatsOutFragOKs") ("IP-MIB" "ipIfStatsOutFragFails") ("IP-MIB" "ipIfStatsOutFragCreates") ("IP-MIB" "ipIfStatsOutTransmits") ("IP-MIB" "ipIfStatsOutOctets") ("IP-MIB" "ipIfStatsInMcastPkts") ("IP-MIB" "ipIfStatsInMcastOctets") ("IP-MIB" "ipIfStatsOutMcastPkts") ("IP-MIB" "ipIfStatsOutMcastOctets") ("IP-MIB" "ipIfStatsDiscontinuityTime") ("IP-MIB" "ipIfStatsRefreshRate")] ""
D46 [] [] [("IP-MIB" "ipIfStatsInBcastPkts") ("IP-MIB" "ipIfStatsOutBcastPkts")] ""
D47 [] [] [("IP-MIB" "ipIfStatsHCInOctets") ("IP-MIB" "ipIfStatsHCOutOctets") ("IP-MIB" "ipIfStatsHCInMcastOctets") ("IP-MIB" "ipIfStatsHCOutMcastOctets")] ""
D48 [] [] [("IP-MIB" "ipIfStatsHCInReceives") ("IP-MIB" "ipIfStatsHCInForwDatagrams") ("IP-MIB" "ipIfStatsHCInDelivers") ("IP-MIB" "ipIfStatsHCOutRequests") ("IP-MIB" "ipIfStatsHCOutForwDatagrams") ("IP-MIB" "ipIfStatsHCOutTransmits") ("IP-MIB" "ipIfStatsHCInMcastPkts") ("IP-MIB" "ipIfStatsHCOutMcastPkts")] ""
D49 [] [] [("IP-MIB" "ipIfStatsHCInBcastPkts") ("IP-MIB" "ipIfStatsHCOutBcastPkts")] ""
D50 [] [] [("IP-MIB" "ipAddressPrefixOrigin") ("IP-MIB" "ipAddressPrefixOnLinkFlag") ("IP-MIB" "ipAddressPrefixAutonomousFlag") ("IP-MIB" "ipAddressPrefixAdvPreferredLifetime") ("IP-MIB" "ipAddressPrefixAdvValidLifetime")] ""
D51 [] [] [("IP-MIB" "ipAddressSpinLock") ("IP-MIB" "ipAddressIfIndex") ("IP-MIB" "ipAddressType") ("IP-MIB" "ipAddressPrefix") ("IP-MIB" "ipAddressOrigin") ("IP-MIB" "ipAddressStatus") ("IP-MIB" "ipAddressCreated") ("IP-MIB" "ipAddressLastChanged") ("IP-MIB" "ipAddressRowStatus") ("IP-MIB" "ipAddressStorageType")] ""
D52 [] [] [("IP-MIB" "ipNetToPhysicalPhysAddress") ("IP-MIB" "ipNetToPhysicalLastUpdated") ("IP-MIB" "ipNetToPhysicalType") ("IP-MIB" "ipNetToPhysicalState") ("IP-MIB" "ipNetToPhysicalRowStatus")] ""
D53 [] [] [("IP-MIB" "ipv6ScopeZoneIndexLinkLocal") ("IP-MIB" "ipv6ScopeZoneIndex3") ("IP-MIB" "ipv6ScopeZoneIndexAdminLocal") ("IP-MIB" "ipv6ScopeZoneIndexSiteLocal") ("IP-MIB" "ipv6ScopeZoneIndex6") ("IP-MIB" "ipv6ScopeZoneIndex7") ("IP-MIB" "ipv6ScopeZoneIndexOrganizationLocal") ("IP-MIB" "ipv6ScopeZoneIndex9") ("IP-MIB" "ipv6ScopeZoneIndexA") ("IP-MIB" "ipv6ScopeZoneIndexB") ("IP-MIB" "ipv6ScopeZoneIndexC") ("IP-MIB" "ipv6ScopeZoneIndexD")] ""
D54 [] [] [("IP-MIB" "ipDefaultRouterLifetime") ("IP-MIB" "ipDefaultRouterPreference")] ""
D55 [] [] [("IP-MIB" "ipv6RouterAdvertSpinLock") ("IP-MIB" "ipv6RouterAdvertSendAdverts") ("IP-MIB" "ipv6RouterAdvertMaxInterval") ("IP-MIB" "ipv6RouterAdvertMinInterval") ("IP-MIB" "ipv6RouterAdvertManagedFlag") ("IP-MIB" "ipv6RouterAdvertOtherConfigFlag") ("IP-MIB" "ipv6RouterAdvertLinkMTU") ("IP-MIB" "ipv6RouterAdvertReachableTime") ("IP-MIB" "ipv6RouterAdvertRetransmitTime") ("IP-MIB" "ipv6RouterAdvertCurHopLimit") ("IP-MIB" "ipv6RouterAdvertDefaultLifetime") ("IP-MIB" "ipv6RouterAdvertRowStatus")] ""
D56 [] [] [("IP-MIB" "icmpStatsInMsgs") ("IP-MIB" "icmpStatsInErrors") ("IP-MIB" "icmpStatsOutMsgs") ("IP-MIB" "icmpStatsOutErrors") ("IP-MIB" "icmpMsgStatsInPkts") ("IP-MIB" "icmpMsgStatsOutPkts")] ""
}
definitions {
"ip" [1 3 6 1 2 1 4] Node ObjectIdentifier [] [] [] D0
"ipForwarding" [1 3 6 1 2 1 4 1] Scalar ObjectType [ReadWrite] [Current] [S4] D0
"ipDefaultTTL" [1 3 6 1 2 1 4 2] Scalar ObjectType [ReadWrite] [Current] [S5] D0
"ipInReceives" [1 3 6 1 2 1 4 3] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"ipInHdrErrors" [1 3 6 1 2 1 4 4] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"ipInAddrErrors" [1 3 6 1 2 1 4 5] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"ipForwDatagrams" [1 3 6 1 2 1 4 6] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"ipInUnknownProtos" [1 3 6 1 2 1 4 7] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"ipInDiscards" [1 3 6 1 2 1 4 8] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"ipInDelivers" [1 3 6 1 2 1 4 9] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"ipOutRequests" [1 3 6 1 2 1 4 10] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"ipOutDiscards" [1 3 6 1 2 1 4 11] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"ipOutNoRoutes" [1 3 6 1 2 1 4 12] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"ipReasmTimeout" [1 3 6 1 2 1 4 13] Scalar ObjectType [ReadOnly] [Current] [S7] D1
"ipReasmReqds" [1 3 6 1 2 1 4 14] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"ipReasmOKs" [1 3 6 1 2 1 4 15] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"ipReasmFails" [1 3 6 1 2 1 4 16] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"ipFragOKs" [1 3 6 1 2 1 4 17] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"ipFragFails" [1 3 6 1 2 1 4 18] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"ipFragCreates" [1 3 6 1 2 1 4 19] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"ipAddrTable" [1 3 6 1 2 1 4 20] Table ObjectType [NotAccessible] [Deprecated] [] D0
"ipAddrEntry" [1 3 6 1 2 1 4 20 1] Row ObjectType [NotAccessible] [Deprecated] [] D2
"ipAdEntAddr" [1 3 6 1 2 1 4 20 1 1] Column ObjectType [ReadOnly] [Deprecated] [S8] D2
"ipAdEntIfIndex" [1 3 6 1 2 1 4 20 1 2] Column ObjectType [ReadOnly] [Deprecated] [S9] D2
"ipAdEntNetMask" [1 3 6 1 2 1 4 20 1 3] Column ObjectType [ReadOnly] [Deprecated] [S8] D2
"ipAdEntBcastAddr" [1 3 6 1 2 1 4 20 1 4] Column ObjectType [ReadOnly] [Deprecated] [S10] D2
"ipAdEntReasmMaxSize" [1 3 6 1 2 1 4 20 1 5] Column ObjectType [ReadOnly] [Deprecated] [S11] D2
"ipNetToMediaTable" [1 3 6 1 2 1 4 22] Table ObjectType [NotAccessible] [Deprecated] [] D0
"ipNetToMediaEntry" [1 3 6 1 2 1 4 22 1] Row ObjectType [NotAccessible] [Deprecated] [] D3
"ipNetToMediaIfIndex" [1 3 6 1 2 1 4 22 1 1] Column ObjectType [ReadCreate] [Deprecated] [S9] D3
"ipNetToMediaPhysAddress" [1 3 6 1 2 1 4 22 1 2] Column ObjectType [ReadCreate] [Deprecated] [S12] D3
"ipNetToMediaNetAddress" [1 3 6 1 2 1 4 22 1 3] Column ObjectType [ReadCreate] [Deprecated] [S8] D3
"ipNetToMediaType" [1 3 6 1 2 1 4 22 1 4] Column ObjectType [ReadCreate] [Deprecated] [S13] D3
"ipRoutingDiscards" [1 3 6 1 2 1 4 23] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"ipv6IpForwarding" [1 3 6 1 2 1 4 25] Scalar ObjectType [ReadWrite] [Current] [S4] D0
"ipv6IpDefaultHopLimit" [1 3 6 1 2 1 4 26] Scalar ObjectType [ReadWrite] [Current] [S14] D0
"ipv4InterfaceTableLastChange" [1 3 6 1 2 1 4 27] Scalar ObjectType [ReadOnly] [Current] [S15] D0
"ipv4InterfaceTable" [1 3 6 1 2 1 4 28] Table ObjectType [NotAccessible] [Current] [] D0
"ipv4InterfaceEntry" [1 3 6 1 2 1 4 28 1] Row ObjectType [NotAccessible] [Current] [] D4
"ipv4InterfaceIfIndex" [1 3 6 1 2 1 4 28 1 1] Column ObjectType [NotAccessible] [Current] [S16] D4
"ipv4InterfaceReasmMaxSize" [1 3 6 1 2 1 4 28 1 2] Column ObjectType [ReadOnly] [Current] [S17] D4
"ipv4InterfaceEnableStatus" [1 3 6 1 2 1 4 28 1 3] Column ObjectType [ReadWrite] [Current] [S18] D4
"ipv4InterfaceRetransmitTime" [1 3 6 1 2 1 4 28 1 4] Column ObjectType [ReadOnly] [Current] [S19] D5
"ipv6InterfaceTableLastChange" [1 3 6 1 2 1 4 29] Scalar ObjectType [ReadOnly] [Current] [S15] D0
"ipv6InterfaceTable" [1 3 6 1 2 1 4 30] Table ObjectType [NotAccessible] [Current] [] D0
"ipv6InterfaceEntry" [1 3 6 1 2 1 4 30 1] Row ObjectType [NotAccessible] [Current] [] D6
"ipv6InterfaceIfIndex" [1 3 6 1 2 1 4 30 1 1] Column ObjectType [NotAccessible] [Current] [S16] D6
"ipv6InterfaceReasmMaxSize" [1 3 6 1 2 1 4 30 1 2] Column ObjectType [ReadOnly] [Current] [S20] D7
"ipv6InterfaceIdentifier" [1 3 6 1 2 1 4 30 1 3] Column ObjectType [ReadOnly] [Current] [S3] D6
"ipv6InterfaceEnableStatus" [1 3 6 1 2 1 4 30 1 5] Column ObjectType [ReadWrite] [Current] [S18] D6
"ipv6InterfaceReachableTime" [1 3 6 1 2 1 4 30 1 6] Column ObjectType [ReadOnly] [Current] [S19] D8
"ipv6InterfaceRetransmitTime" [1 3 6 1 2 1 4 30 1 7] Column ObjectType [ReadOnly] [Current] [S19] D8
"ipv6InterfaceForwarding" [1 3 6 1 2 1 4 30 1 8] Column ObjectType [ReadWrite] [Current] [S4] D6
"ipTrafficStats" [1 3 6 1 2 1 4 31] Node ObjectIdentifier [] [] [] D0
"ipSystemStatsTable" [1 3 6 1 2 1 4 31 1] Table ObjectType [NotAccessible] [Current] [] D0
"ipSystemStatsEntry" [1 3 6 1 2 1 4 31 1 1] Row ObjectType [NotAccessible] [Current] [] D9
"ipSystemStatsIPVersion" [1 3 6 1 2 1 4 31 1 1 1] Column ObjectType [NotAccessible] [Current] [S21] D9
"ipSystemStatsInReceives" [1 3 6 1 2 1 4 31 1 1 3] Column ObjectType [ReadOnly] [Current] [S6] D9
"ipSystemStatsHCInReceives" [1 3 6 1 2 1 4 31 1 1 4] Column ObjectType [ReadOnly] [Current] [S22] D9
"ipSystemStatsInOctets" [1 3 6 1 2 1 4 31 1 1 5] Column ObjectType [ReadOnly] [Current] [S6] D9
"ipSystemStatsHCInOctets" [1 3 6 1 2 1 4 31 1 1 6] Column ObjectType [ReadOnly] [Current] [S22] D9
"ipSystemStatsInHdrErrors" [1 3 6 1 2 1 4 31 1 1 7] Column ObjectType [ReadOnly] [Current] [S6] D9
"ipSystemStatsInNoRoutes" [1 3 6 1 2 1 4 31 1 1 8] Column ObjectType [ReadOnly] [Current] [S6] D9
"ipSystemStatsInAddrErrors" [1 3 6 1 2 1 4 31 1 1 9] Column ObjectType [ReadOnly] [Current] [S6] D9
"ipSystemStatsInUnknownProtos" [1 3 6 1 2 1 4 31 1 1 10] Column ObjectType [ReadOnly] [Current] [S6] D9
"ipSystemStatsInTruncatedPkts" [1 3 6 1 2 1 4 31 1 1 11] Column ObjectType [ReadOnly] [Current] [S6] D9
"ipSystemStatsInForwDatagrams" [1 3 6 1 2 1 4 31 1 1 12] Column ObjectType [ReadOnly] [Current] [S6] D9
"ipSystemStatsHCInForwDatagrams" [1 3 6 1 2 1 4 31 1 1 13] Column ObjectType [ReadOnly] [Current] [S22] D9
"ipSystemStatsReasmReqds" [1 3 6 1 2 1 4 31 1 1 14] Column ObjectType [ReadOnly] [Current] [S6] D9
"ipSystemStatsReasmOKs" [1 3 6 1 2 1 4 31 1 1 15] Column ObjectType [ReadOnly] [Current] [S6] D9
"ipSystemStatsReasmFails" [1 3 6 1 2 1 4 31 1 1 16] Column ObjectType [ReadOnly] [Current] [S6] D9
"ipSystemStatsInDiscards" [1 3 6 1 2 1 4 31 1 1 17] Column ObjectType [ReadOnly] [Current] [S6] D9
"ipSystemStatsInDelivers" [1 3 6 1 2 1 4 31 1 1 18] Column ObjectType [ReadOnly] [Current] [S6] D9
"ipSystemStatsHCInDelivers" [1 3 6 1 2 1 4 31 1 1 19] Column ObjectType [ReadOnly] [Current] [S22] D9
"ipSystemStatsOutRequests" [1 3 6 1 2 1 4 31 1 1 20] Column ObjectType [ReadOnly] [Current] [S6] D9
"ipSystemStatsHCOutRequests" [1 3 6 1 2 1 4 31 1 1 21] Column ObjectType [ReadOnly] [Current] [S22] D9
"ipSystemStatsOutNoRoutes" [1 3 6 1 2 1 4 31 1 1 22] Column ObjectType [ReadOnly] [Current] [S6] D9
"ipSystemStatsOutForwDatagrams" [1 3 6 1 2 1 4 31 1 1 23] Column ObjectType [ReadOnly] [Current] [S6] D9
"ipSystemStatsHCOutForwDatagrams" [1 3 6 1 2 1 4 31 1 1 24] Column ObjectType [ReadOnly] [Current] [S22] D9
"ipSystemStatsOutDiscards" [1 3 6 1 2 1 4 31 1 1 25] Column ObjectType [ReadOnly] [Current] [S6] D9
"ipSystemStatsOutFragReqds" [1 3 6 1 2 1 4 31 1 1 26] Column ObjectType [ReadOnly] [Current] [S6] D9
"ipSystemStatsOutFragOKs" [1 3 6 1 2 1 4 31 1 1 27] Column ObjectType [ReadOnly] [Current] [S6] D9
"ipSystemStatsOutFragFails" [1 3 6 1 2 1 4 31 1 1 28] Column ObjectType [ReadOnly] [Current] [S6] D9
"ipSystemStatsOutFragCreates" [1 3 6 1 2 1 4 31 1 1 29] Column ObjectType [ReadOnly] [Current] [S6] D9
"ipSystemStatsOutTransmits" [1 3 6 1 2 1 4 31 1 1 30] Column ObjectType [ReadOnly] [Current] [S6] D9
"ipSystemStatsHCOutTransmits" [1 3 6 1 2 1 4 31 1 1 31] Column ObjectType [ReadOnly] [Current] [S22] D9
"ipSystemStatsOutOctets" [1 3 6 1 2 1 4 31 1 1 32] Column ObjectType [ReadOnly] [Current] [S6] D9
"ipSystemStatsHCOutOctets" [1 3 6 1 2 1 4 31 1 1 33] Column ObjectType [ReadOnly] [Current] [S22] D9
"ipSystemStatsInMcastPkts" [1 3 6 1 2 1 4 31 1 1 34] Column ObjectType [ReadOnly] [Current] [S6] D9
"ipSystemStatsHCInMcastPkts" [1 3 6 1 2 1 4 31 1 1 35] Column ObjectType [ReadOnly] [Current] [S22] D9
"ipSystemStatsInMcastOctets" [1 3 6 1 2 1 4 31 1 1 36] Column ObjectType [ReadOnly] [Current] [S6] D9
"ipSystemStatsHCInMcastOctets" [1 3 6 1 2 1 4 31 1 1 37] Column ObjectType [ReadOnly] [Current] [S22] D9
"ipSystemStatsOutMcastPkts" [1 3 6 1 2 1 4 31 1 1 38] Column ObjectType [ReadOnly] [Current] [S6] D9
"ipSystemStatsHCOutMcastPkts" [1 3 6 1 2 1 4 31 1 1 39] Column ObjectType [ReadOnly] [Current] [S22] D9
"ipSystemStatsOutMcastOctets" [1 3 6 1 2 1 4 31 1 1 40] Column ObjectType [ReadOnly] [Current] [S6] D9
"ipSystemStatsHCOutMcastOctets" [1 3 6 1 2 1 4 31 1 1 41] Column ObjectType [ReadOnly] [Current] [S22] D9
"ipSystemStatsInBcastPkts" [1 3 6 1 2 1 4 31 1 1 42] Column ObjectType [ReadOnly] [Current] [S6] D9
"ipSystemStatsHCInBcastPkts" [1 3 6 1 2 1 4 31 1 1 43] Column ObjectType [ReadOnly] [Current] [S22] D9
"ipSystemStatsOutBcastPkts" [1 3 6 1 2 1 4 31 1 1 44] Column ObjectType [ReadOnly] [Current] [S6] D9
"ipSystemStatsHCOutBcastPkts" [1 3 6 1 2 1 4 31 1 1 45] Column ObjectType [ReadOnly] [Current] [S22] D9
"ipSystemStatsDiscontinuityTime" [1 3 6 1 2 1 4 31 1 1 46] Column ObjectType [ReadOnly] [Current] [S15] D9
"ipSystemStatsRefreshRate" [1 3 6 1 2 1 4 31 1 1 47] Column ObjectType [ReadOnly] [Current] [S19] D10
"ipIfStatsTableLastChange" [1 3 6 1 2 1 4 31 2] Scalar ObjectType [ReadOnly] [Current] [S15] D0
"ipIfStatsTable" [1 3 6 1 2 1 4 31 3] Table ObjectType [NotAccessible] [Current] [] D0
"ipIfStatsEntry" [1 3 6 1 2 1 4 31 3 1] Row ObjectType [NotAccessible] [Current] [] D11
"ipIfStatsIPVersion" [1 3 6 1 2 1 4 31 3 1 1] Column ObjectType [NotAccessible] [Current] [S21] D11
"ipIfStatsIfIndex" [1 3 6 1 2 1 4 31 3 1 2] Column ObjectType [NotAccessible] [Current] [S16] D11
"ipIfStatsInReceives" [1 3 6 1 2 1 4 31 3 1 3] Column ObjectType [ReadOnly] [Current] [S6] D11
"ipIfStatsHCInReceives" [1 3 6 1 2 1 4 31 3 1 4] Column ObjectType [ReadOnly] [Current] [S22] D11
"ipIfStatsInOctets" [1 3 6 1 2 1 4 31 3 1 5] Column ObjectType [ReadOnly] [Current] [S6] D11
"ipIfStatsHCInOctets" [1 3 6 1 2 1 4 31 3 1 6] Column ObjectType [ReadOnly] [Current] [S22] D11
"ipIfStatsInHdrErrors" [1 3 6 1 2 1 4 31 3 1 7] Column ObjectType [ReadOnly] [Current] [S6] D11
"ipIfStatsInNoRoutes" [1 3 6 1 2 1 4 31 3 1 8] Column ObjectType [ReadOnly] [Current] [S6] D11
"ipIfStatsInAddrErrors" [1 3 6 1 2 1 4 31 3 1 9] Column ObjectType [ReadOnly] [Current] [S6] D11
"ipIfStatsInUnknownProtos" [1 3 6 1 2 1 4 31 3 1 10] Column ObjectType [ReadOnly] [Current] [S6] D11
"ipIfStatsInTruncatedPkts" [1 3 6 1 2 1 4 31 3 1 11] Column ObjectType [ReadOnly] [Current] [S6] D11
"ipIfStatsInForwDatagrams" [1 3 6 1 2 1 4 31 3 1 12] Column ObjectType [ReadOnly] [Current] [S6] D11
"ipIfStatsHCInForwDatagrams" [1 3 6 1 2 1 4 31 3 1 13] Column ObjectType [ReadOnly] [Current] [S22] D11
"ipIfStatsReasmReqds" [1 3 6 1 2 1 4 31 3 1 14] Column ObjectType [ReadOnly] [Current] [S6] D11
"ipIfStatsReasmOKs" [1 3 6 1 2 1 4 31 3 1 15] Column ObjectType [ReadOnly] [Current] [S6] D11
"ipIfStatsReasmFails" [1 3 6 1 2 1 4 31 3 1 16] Column ObjectType [ReadOnly] [Current] [S6] D11
"ipIfStatsInDiscards" [1 3 6 1 2 1 4 31 3 1 17] Column ObjectType [ReadOnly] [Current] [S6] D11
"ipIfStatsInDelivers" [1 3 6 1 2 1 4 31 3 1 18] Column ObjectType [ReadOnly] [Current] [S6] D11
"ipIfStatsHCInDelivers" [1 3 6 1 2 1 4 31 3 1 19] Column ObjectType [ReadOnly] [Current] [S22] D11
"ipIfStatsOutRequests" [1 3 6 1 2 1 4 31 3 1 20] Column ObjectType [ReadOnly] [Current] [S6] D11
"ipIfStatsHCOutRequests" [1 3 6 1 2 1 4 31 3 1 21] Column ObjectType [ReadOnly] [Current] [S22] D11
"ipIfStatsOutForwDatagrams" [1 3 6 1 2 1 4 31 3 1 23] Column ObjectType [ReadOnly] [Current] [S6] D11
"ipIfStatsHCOutForwDatagrams" [1 3 6 1 2 1 4 31 3 1 24] Column ObjectType [ReadOnly] [Current] [S22] D11
"ipIfStatsOutDiscards" [1 3 6 1 2 1 4 31 3 1 25] Column ObjectType [ReadOnly] [Current] [S6] D11
"ipIfStatsOutFragReqds" [1 3 6 1 2 1 4 31 3 1 26] Column ObjectType [ReadOnly] [Current] [S6] D11
"ipIfStatsOutFragOKs" [1 3 6 1 2 1 4 31 3 1 27] Column ObjectType [ReadOnly] [Current] [S6] D11
"ipIfStatsOutFragFails" [1 3 6 1 2 1 4 31 3 1 28] Column ObjectType [ReadOnly] [Current] [S6] D11
"ipIfStatsOutFragCreates" [1 3 6 1 2 1 4 31 3 1 29] Column ObjectType [ReadOnly] [Current] [S6] D11
"ipIfStatsOutTransmits" [1 3 6 1 2 1 4 31 3 1 30] Column ObjectType [ReadOnly] [Current] [S6] D11
"ipIfStatsHCOutTransmits" [1 3 6 1 2 1 4 31 3 1 31] Column ObjectType [ReadOnly] [Current] [S22] D11
"ipIfStatsOutOctets" [1 3 6 1 2 1 4 31 3 1 32] Column ObjectType [ReadOnly] [Current] [S6] D11
"ipIfStatsHCOutOctets" [1 3 6 1 2 1 4 31 3 1 33] Column ObjectType [ReadOnly] [Current] [S22] D11
"ipIfStatsInMcastPkts" [1 3 6 1 2 1 4 31 3 1 34] Column ObjectType [ReadOnly] [Current] [S6] D11
"ipIfStatsHCInMcastPkts" [1 3 6 1 2 1 4 31 3 1 35] Column ObjectType [ReadOnly] [Current] [S22] D11
"ipIfStatsInMcastOctets" [1 3 6 1 2 1 4 31 3 1 36] Column ObjectType [ReadOnly] [Current] [S6] D11
"ipIfStatsHCInMcastOctets" [1 3 6 1 2 1 4 31 3 1 37] Column ObjectType [ReadOnly] [Current] [S22] D11
"ipIfStatsOutMcastPkts" [1 3 6 1 2 1 4 31 3 1 38] Column ObjectType [ReadOnly] [Current] [S6] D11
"ipIfStatsHCOutMcastPkts" [1 3 6 1 2 1 4 31 3 1 39] Column ObjectType [ReadOnly] [Current] [S22] D11
"ipIfStatsOutMcastOctets" [1 3 6 1 2 1 4 31 3 1 40] Column ObjectType [ReadOnly] [Current] [S6] D11
"ipIfStatsHCOutMcastOctets" [1 3 6 1 2 1 4 31 3 1 41] Column ObjectType [ReadOnly] [Current] [S22] D11
"ipIfStatsInBcastPkts" [1 3 6 1 2 1 4 31 3 1 42] Column ObjectType [ReadOnly] [Current] [S6] D11
"ipIfStatsHCInBcastPkts" [1 3 6 1 2 1 4 31 3 1 43] Column ObjectType [ReadOnly] [Current] [S22] D11
"ipIfStatsOutBcastPkts" [1 3 6 1 2 1 4 31 3 1 44] Column ObjectType [ReadOnly] [Current] [S6] D11
"ipIfStatsHCOutBcastPkts" [1 3 6 1 2 1 4 31 3 1 45] Column ObjectType [ReadOnly] [Current] [S22] D11
"ipIfStatsDiscontinuityTime" [1 3 6 1 2 1 4 31 3 1 46] Column ObjectType [ReadOnly] [Current] [S15] D11
"ipIfStatsRefreshRate" [1 3 6 1 2 1 4 31 3 1 47] Column ObjectType [ReadOnly] [Current] [S19] D12
"ipAddressPrefixTable" [1 3 6 1 2 1 4 32] Table ObjectType [NotAccessible] [Current] [] D0
"ipAddressPrefixEntry" [1 3 6 1 2 1 4 32 1] Row ObjectType [NotAccessible] [Current] [] D13
"ipAddressPrefixIfIndex" [1 3 6 1 2 1 4 32 1 1] Column ObjectType [NotAccessible] [Current] [S16] D13
"ipAddressPrefixType" [1 3 6 1 2 1 4 32 1 2] Column ObjectType [NotAccessible] [Current] [S23] D13
"ipAddressPrefixPrefix" [1 3 6 1 2 1 4 32 1 3] Column ObjectType [NotAccessible] [Current] [S24] D13
"ipAddressPrefixLength" [1 3 6 1 2 1 4 32 1 4] Column ObjectType [NotAccessible] [Current] [S25] D13
"ipAddressPrefixOrigin" [1 3 6 1 2 1 4 32 1 5] Column ObjectType [ReadOnly] [Current] [S1] D13
"ipAddressPrefixOnLinkFlag" [1 3 6 1 2 1 4 32 1 6] Column ObjectType [ReadOnly] [Current] [S26] D13
"ipAddressPrefixAutonomousFlag" [1 3 6 1 2 1 4 32 1 7] Column ObjectType [ReadOnly] [Current] [S26] D13
"ipAddressPrefixAdvPreferredLifetime" [1 3 6 1 2 1 4 32 1 8] Column ObjectType [ReadOnly] [Current] [S19] D14
"ipAddressPrefixAdvValidLifetime" [1 3 6 1 2 1 4 32 1 9] Column ObjectType [ReadOnly] [Current] [S19] D14
"ipAddressSpinLock" [1 3 6 1 2 1 4 33] Scalar ObjectType [ReadWrite] [Current] [S27] D0
"ipAddressTable" [1 3 6 1 2 1 4 34] Table ObjectType [NotAccessible] [Current] [] D0
"ipAddressEntry" [1 3 6 1 2 1 4 34 1] Row ObjectType [NotAccessible] [Current] [] D15
"ipAddressAddrType" [1 3 6 1 2 1 4 34 1 1] Column ObjectType [NotAccessible] [Current] [S23] D15
"ipAddressAddr" [1 3 6 1 2 1 4 34 1 2] Column ObjectType [NotAccessible] [Current] [S24] D15
"ipAddressIfIndex" [1 3 6 1 2 1 4 34 1 3] Column ObjectType [ReadCreate] [Current] [S16] D15
"ipAddressType" [1 3 6 1 2 1 4 34 1 4] Column ObjectType [ReadCreate] [Current] [S28] D16
"ipAddressPrefix" [1 3 6 1 2 1 4 34 1 5] Column ObjectType [ReadOnly] [Current] [S29] D17
"ipAddressOrigin" [1 3 6 1 2 1 4 34 1 6] Column ObjectType [ReadOnly] [Current] [S0] D15
"ipAddressStatus" [1 3 6 1 2 1 4 34 1 7] Column ObjectType [ReadCreate] [Current] [S2] D18
"ipAddressCreated" [1 3 6 1 2 1 4 34 1 8] Column ObjectType [ReadOnly] [Current] [S15] D15
"ipAddressLastChanged" [1 3 6 1 2 1 4 34 1 9] Column ObjectType [ReadOnly] [Current] [S15] D15
"ipAddressRowStatus" [1 3 6 1 2 1 4 34 1 10] Column ObjectType [ReadCreate] [Current] [S30] D15
"ipAddressStorageType" [1 3 6 1 2 1 4 34 1 11] Column ObjectType [ReadCreate] [Current] [S31] D19
"ipNetToPhysicalTable" [1 3 6 1 2 1 4 35] Table ObjectType [NotAccessible] [Current] [] D0
"ipNetToPhysicalEntry" [1 3 6 1 2 1 4 35 1] Row ObjectType [NotAccessible] [Current] [] D20
"ipNetToPhysicalIfIndex" [1 3 6 1 2 1 4 35 1 1] Column ObjectType [NotAccessible] [Current] [S16] D20
"ipNetToPhysicalNetAddressType" [1 3 6 1 2 1 4 35 1 2] Column ObjectType [NotAccessible] [Current] [S23] D20
"ipNetToPhysicalNetAddress" [1 3 6 1 2 1 4 35 1 3] Column ObjectType [NotAccessible] [Current] [S24] D20
"ipNetToPhysicalPhysAddress" [1 3 6 1 2 1 4 35 1 4] Column ObjectType [ReadCreate] [Current] [S12] D20
"ipNetToPhysicalLastUpdated" [1 3 6 1 2 1 4 35 1 5] Column ObjectType [ReadOnly] [Current] [S15] D20
"ipNetToPhysicalType" [1 3 6 1 2 1 4 35 1 6] Column ObjectType [ReadCreate] [Current] [S32] D21
"ipNetToPhysicalState" [1 3 6 1 2 1 4 35 1 7] Column ObjectType [ReadOnly] [Current] [S33] D20
"ipNetToPhysicalRowStatus" [1 3 6 1 2 1 4 35 1 8] Column ObjectType [ReadCreate] [Current] [S30] D20
"ipv6ScopeZoneIndexTable" [1 3 6 1 2 1 4 36] Table ObjectType [NotAccessible] [Current] [] D0
"ipv6ScopeZoneIndexEntry" [1 3 6 1 2 1 4 36 1] Row ObjectType [NotAccessible] [Current] [] D22
"ipv6ScopeZoneIndexIfIndex" [1 3 6 1 2 1 4 36 1 1] Column ObjectType [NotAccessible] [Current] [S16] D22
"ipv6ScopeZoneIndexLinkLocal" [1 3 6 1 2 1 4 36 1 2] Column ObjectType [ReadOnly] [Current] [S34] D22
"ipv6ScopeZoneIndex3" [1 3 6 1 2 1 4 36 1 3] Column ObjectType [ReadOnly] [Current] [S34] D22
"ipv6ScopeZoneIndexAdminLocal" [1 3 6 1 2 1 4 36 1 4] Column ObjectType [ReadOnly] [Current] [S34] D22
"ipv6ScopeZoneIndexSiteLocal" [1 3 6 1 2 1 4 36 1 5] Column ObjectType [ReadOnly] [Current] [S34] D22
"ipv6ScopeZoneIndex6" [1 3 6 1 2 1 4 36 1 6] Column ObjectType [ReadOnly] [Current] [S34] D22
"ipv6ScopeZoneIndex7" [1 3 6 1 2 1 4 36 1 7] Column ObjectType [ReadOnly] [Current] [S34] D22
"ipv6ScopeZoneIndexOrganizationLocal" [1 3 6 1 2 1 4 36 1 8] Column ObjectType [ReadOnly] [Current] [S34] D22
"ipv6ScopeZoneIndex9" [1 3 6 1 2 1 4 36 1 9] Column ObjectType [ReadOnly] [Current] [S34] D22
"ipv6ScopeZoneIndexA" [1 3 6 1 2 1 4 36 1 10] Column ObjectType [ReadOnly] [Current] [S34] D22
"ipv6ScopeZoneIndexB" [1 3 6 1 2 1 4 36 1 11] Column ObjectType [ReadOnly] [Current] [S34] D22
"ipv6ScopeZoneIndexC" [1 3 6 1 2 1 4 36 1 12] Column ObjectType [ReadOnly] [Current] [S34] D22
"ipv6ScopeZoneIndexD" [1 3 6 1 2 1 4 36 1 13] Column ObjectType [ReadOnly] [Current] [S34] D22
"ipDefaultRouterTable" [1 3 6 1 2 1 4 37] Table ObjectType [NotAccessible] [Current] [] D0
"ipDefaultRouterEntry" [1 3 6 1 2 1 4 37 1] Row ObjectType [NotAccessible] [Current] [] D23
"ipDefaultRouterAddressType" [1 3 6 1 2 1 4 37 1 1] Column ObjectType [NotAccessible] [Current] [S23] D23
"ipDefaultRouterAddress" [1 3 6 1 2 1 4 37 1 2] Column ObjectType [NotAccessible] [Current] [S24] D23
"ipDefaultRouterIfIndex" [1 3 6 1 2 1 4 37 1 3] Column ObjectType [NotAccessible] [Current] [S16] D23
"ipDefaultRouterLifetime" [1 3 6 1 2 1 4 37 1 4] Column ObjectType [ReadOnly] [Current] [S35] D24
"ipDefaultRouterPreference" [1 3 6 1 2 1 4 37 1 5] Column ObjectType [ReadOnly] [Current] [S36] D23
"ipv6RouterAdvertSpinLock" [1 3 6 1 2 1 4 38] Scalar ObjectType [ReadWrite] [Current] [S27] D0
"ipv6RouterAdvertTable" [1 3 6 1 2 1 4 39] Table ObjectType [NotAccessible] [Current] [] D0
"ipv6RouterAdvertEntry" [1 3 6 1 2 1 4 39 1] Row ObjectType [NotAccessible] [Current] [] D25
"ipv6RouterAdvertIfIndex" [1 3 6 1 2 1 4 39 1 1] Column ObjectType [NotAccessible] [Current] [S16] D25
"ipv6RouterAdvertSendAdverts" [1 3 6 1 2 1 4 39 1 2] Column ObjectType [ReadCreate] [Current] [S26] D26
"ipv6RouterAdvertMaxInterval" [1 3 6 1 2 1 4 39 1 3] Column ObjectType [ReadCreate] [Current] [S37] D27
"ipv6RouterAdvertMinInterval" [1 3 6 1 2 1 4 39 1 4] Column ObjectType [ReadCreate] [Current] [S38] D28
"ipv6RouterAdvertManagedFlag" [1 3 6 1 2 1 4 39 1 5] Column ObjectType [ReadCreate] [Current] [S26] D26
"ipv6RouterAdvertOtherConfigFlag" [1 3 6 1 2 1 4 39 1 6] Column ObjectType [ReadCreate] [Current] [S26] D26
"ipv6RouterAdvertLinkMTU" [1 3 6 1 2 1 4 39 1 7] Column ObjectType [ReadCreate] [Current] [S19] D29
"ipv6RouterAdvertReachableTime" [1 3 6 1 2 1 4 39 1 8] Column ObjectType [ReadCreate] [Current] [S39] D30
"ipv6RouterAdvertRetransmitTime" [1 3 6 1 2 1 4 39 1 9] Column ObjectType [ReadCreate] [Current] [S19] D30
"ipv6RouterAdvertCurHopLimit" [1 3 6 1 2 1 4 39 1 10] Column ObjectType [ReadCreate] [Current] [S40] D25
"ipv6RouterAdvertDefaultLifetime" [1 3 6 1 2 1 4 39 1 11] Column ObjectType [ReadCreate] [Current] [S41] D28
"ipv6RouterAdvertRowStatus" [1 3 6 1 2 1 4 39 1 12] Column ObjectType [ReadCreate] [Current] [S30] D25
"icmp" [1 3 6 1 2 1 5] Node ObjectIdentifier [] [] [] D0
"icmpInMsgs" [1 3 6 1 2 1 5 1] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"icmpInErrors" [1 3 6 1 2 1 5 2] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"icmpInDestUnreachs" [1 3 6 1 2 1 5 3] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"icmpInTimeExcds" [1 3 6 1 2 1 5 4] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"icmpInParmProbs" [1 3 6 1 2 1 5 5] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"icmpInSrcQuenchs" [1 3 6 1 2 1 5 6] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"icmpInRedirects" [1 3 6 1 2 1 5 7] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"icmpInEchos" [1 3 6 1 2 1 5 8] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"icmpInEchoReps" [1 3 6 1 2 1 5 9] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"icmpInTimestamps" [1 3 6 1 2 1 5 10] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"icmpInTimestampReps" [1 3 6 1 2 1 5 11] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"icmpInAddrMasks" [1 3 6 1 2 1 5 12] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"icmpInAddrMaskReps" [1 3 6 1 2 1 5 13] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"icmpOutMsgs" [1 3 6 1 2 1 5 14] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"icmpOutErrors" [1 3 6 1 2 1 5 15] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"icmpOutDestUnreachs" [1 3 6 1 2 1 5 16] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"icmpOutTimeExcds" [1 3 6 1 2 1 5 17] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"icmpOutParmProbs" [1 3 6 1 2 1 5 18] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"icmpOutSrcQuenchs" [1 3 6 1 2 1 5 19] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"icmpOutRedirects" [1 3 6 1 2 1 5 20] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"icmpOutEchos" [1 3 6 1 2 1 5 21] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"icmpOutEchoReps" [1 3 6 1 2 1 5 22] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"icmpOutTimestamps" [1 3 6 1 2 1 5 23] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"icmpOutTimestampReps" [1 3 6 1 2 1 5 24] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"icmpOutAddrMasks" [1 3 6 1 2 1 5 25] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"icmpOutAddrMaskReps" [1 3 6 1 2 1 5 26] Scalar ObjectType [ReadOnly] [Deprecated] [S6] D0
"icmpStatsTable" [1 3 6 1 2 1 5 29] Table ObjectType [NotAccessible] [Current] [] D0
"icmpStatsEntry" [1 3 6 1 2 1 5 29 1] Row ObjectType [NotAccessible] [Current] [] D31
"icmpStatsIPVersion" [1 3 6 1 2 1 5 29 1 1] Column ObjectType [NotAccessible] [Current] [S21] D31
"icmpStatsInMsgs" [1 3 6 1 2 1 5 29 1 2] Column ObjectType [ReadOnly] [Current] [S6] D31
"icmpStatsInErrors" [1 3 6 1 2 1 5 29 1 3] Column ObjectType [ReadOnly] [Current] [S6] D31
"icmpStatsOutMsgs" [1 3 6 1 2 1 5 29 1 4] Column ObjectType [ReadOnly] [Current] [S6] D31
"icmpStatsOutErrors" [1 3 6 1 2 1 5 29 1 5] Column ObjectType [ReadOnly] [Current] [S6] D31
"icmpMsgStatsTable" [1 3 6 1 2 1 5 30] Table ObjectType [NotAccessible] [Current] [] D0
"icmpMsgStatsEntry" [1 3 6 1 2 1 5 30 1] Row ObjectType [NotAccessible] [Current] [] D32
"icmpMsgStatsIPVersion" [1 3 6 1 2 1 5 30 1 1] Column ObjectType [NotAccessible] [Current] [S21] D32
"icmpMsgStatsType" [1 3 6 1 2 1 5 30 1 2] Column ObjectType [NotAccessible] [Current] [S14] D32
"icmpMsgStatsInPkts" [1 3 6 1 2 1 5 30 1 3] Column ObjectType [ReadOnly] [Current] [S6] D32
"icmpMsgStatsOutPkts" [1 3 6 1 2 1 5 30 1 4] Column ObjectType [ReadOnly] [Current] [S6] D32
"ipMIB" [1 3 6 1 2 1 48] Node ModuleIdentity [] [] [] D0
"ipMIBConformance" [1 3 6 1 2 1 48 2] Node ObjectIdentifier [] [] [] D0
"ipMIBCompliances" [1 3 6 1 2 1 48 2 1] Node ObjectIdentifier [] [] [] D0
"ipMIBCompliance" [1 3 6 1 2 1 48 2 1 1] Compliance ModuleCompliance [] [Deprecated] [] D0
"ipMIBCompliance2" [1 3 6 1 2 1 48 2 1 2] Compliance ModuleCompliance [] [Current] [] D0
"ipMIBGroups" [1 3 6 1 2 1 48 2 2] Node ObjectIdentifier [] [] [] D0
"ipGroup" [1 3 6 1 2 1 48 2 2 1] Group ObjectGroup [] [Deprecated] [] D33
"icmpGroup" [1 3 6 1 2 1 48 2 2 2] Group ObjectGroup [] [Deprecated] [] D34
"ipv4GeneralGroup" [1 3 6 1 2 1 48 2 2 3] Group ObjectGroup [] [Current] [] D35
"ipv4IfGroup" [1 3 6 1 2 1 48 2 2 4] Group ObjectGroup [] [Current] [] D36
"ipv6GeneralGroup2" [1 3 6 1 2 1 48 2 2 5] Group ObjectGroup [] [Current] [] D37
"ipv6IfGroup" [1 3 6 1 2 1 48 2 2 6] Group ObjectGroup [] [Current] [] D38
"ipLastChangeGroup" [1 3 6 1 2 1 48 2 2 7] Group ObjectGroup [] [Current] [] D39
"ipSystemStatsGroup" [1 3 6 1 2 1 48 2 2 8] Group ObjectGroup [] [Current] [] D40
"ipv4SystemStatsGroup" [1 3 6 1 2 1 48 2 2 9] Group ObjectGroup [] [Current] [] D41
"ipSystemStatsHCOctetGroup" [1 3 6 1 2 1 48 2 2 10] Group ObjectGroup [] [Current] [] D42
"ipSystemStatsHCPacketGroup" [1 3 6 1 2 1 48 2 2 11] Group ObjectGroup [] [Current] [] D43
"ipv4SystemStatsHCPacketGroup" [1 3 6 1 2 1 48 2 2 12] Group ObjectGroup [] [Current] [] D44
"ipIfStatsGroup" [1 3 6 1 2 1 48 2 2 13] Group ObjectGroup [] [Current] [] D45
"ipv4IfStatsGroup" [1 3 6 1 2 1 48 2 2 14] Group ObjectGroup [] [Current] [] D46
"ipIfStatsHCOctetGroup" [1 3 6 1 2 1 48 2 2 15] Group ObjectGroup [] [Current] [] D47
"ipIfStatsHCPacketGroup" [1 3 6 1 2 1 48 2 2 16] Group ObjectGroup [] [Current] [] D48
"ipv4IfStatsHCPacketGroup" [1 3 6 1 2 1 48 2 2 17] Group ObjectGroup [] [Current] [] D49
"ipAddressPrefixGroup" [1 3 6 1 2 1 48 2 2 18] Group ObjectGroup [] [Current] [] D50
"ipAddressGroup" [1 3 6 1 2 1 48 2 2 19] Group ObjectGroup [] [Current] [] D51
"ipNetToPhysicalGroup" [1 3 6 1 2 1 48 2 2 20] Group ObjectGroup [] [Current] [] D52
"ipv6ScopeGroup" [1 3 6 1 2 1 48 2 2 21] Group ObjectGroup [] [Current] [] D53
"ipDefaultRouterGroup" [1 3 6 1 2 1 48 2 2 22] Group ObjectGroup [] [Current] [] D54
"ipv6RouterAdvertGroup" [1 3 6 1 2 1 48 2 2 23] Group ObjectGroup [] [Current] [] D55
"icmpStatsGroup" [1 3 6 1 2 1 48 2 2 24] Group ObjectGroup [] [Current] [] D56
}
names {
223 270 236 235 226 232 231 225 224 228 230 229 227 234 233 258 259 261 262 257 260 249 248 239 245 244 238
237 241 243 242 240 247 246 251 292 252 254 253 256 255 250 0 22 25 23 24 26 21 20 166 165 172 164 287 167 173
170 169 160 161 159 152 286 153 156 158 157 155 151 154 174 162 171 175 163 168 204 203 202 290 205 206 207
201 2 6 1 19 18 17 269 149 104 281 146 123 117 140 138 110 108 283 148 127 144 142 136 125 134 284 105 106 113
145 122 121 116 111 139 137 112 109 107 115 114 147 128 126 132 131 130 129 143 141 135 124 133 120 119 118
150 103 102 5 9 8 4 3 7 275 263 266 267 265 264 268 28 29 31 30 27 32 177 288 178 182 180 179 181 185 184 176
183 11 12 10 16 15 14 13 33 100 55 276 97 73 67 91 89 60 58 278 99 78 95 93 87 75 85 279 56 63 96 72 71 66 61
90 88 62 59 57 65 64 98 79 77 83 82 81 80 94 92 76 86 74 84 70 69 68 101 54 53 271 272 282 285 41 38 39 40 42
37 36 277 280 273 274 49 45 52 48 46 50 47 51 44 43 35 34 220 221 210 291 211 217 215 213 214 216 218 219 222
212 208 209 289 190 193 194 196 197 191 198 199 200 187 188 189 195 192 186
}
types {
"IpAddressOriginTC" S0
"IpAddressPrefixOriginTC" S1
"IpAddressStatusTC" S2
"Ipv6AddressIfIdentifierTC" S3
} }
