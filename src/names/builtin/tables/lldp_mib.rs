//! LLDP-MIB. Written by `examples/mibgen.rs`; not to be edited.

use crate::names::builtin::entry::{optional, table};

table! { "LLDP-MIB"
syntaxes {
S0 "LldpChassisId" OctetString [ (1 255) ] [ ] []
S1 "LldpChassisIdSubtype" Integer32 [ ] [ "chassisComponent" 1 "interfaceAlias" 2 "portComponent" 3
"macAddress" 4 "networkAddress" 5 "interfaceName" 6 "local" 7 ] []
S2 "LldpManAddrIfSubtype" Integer32 [ ] [ "unknown" 1 "ifIndex" 2 "systemPortNumber" 3 ] []
S3 "LldpManAddress" OctetString [ (1 31) ] [ ] []
S4 "LldpPortId" OctetString [ (1 255) ] [ ] []
S5 "LldpPortIdSubtype" Integer32 [ ] [ "interfaceAlias" 1 "portComponent" 2 "macAddress" 3 "networkAddress" 4
"interfaceName" 5 "agentCircuitId" 6 "local" 7 ] []
S6 "LldpPortList" OctetString [ (0 512) ] [ ] []
S7 "LldpPortNumber" Integer32 [ (1 4096) ] [ ] ["d"]
S8 "LldpSystemCapabilitiesMap" Bits [ ] [ "other" 0 "repeater" 1 "bridge" 2 "wlanAccessPoint" 3 "router" 4
"telephone" 5 "docsisCableDevice" 6 "stationOnly" 7 ] []
S9 "Integer32" Integer32 [ (5 32768) ] [ ] []
S10 "Integer32" Integer32 [ (2 10) ] [ ] []
S11 "Integer32" Integer32 [ (1 10) ] [ ] []
S12 "Integer32" Integer32 [ (1 8192) ] [ ] []
S13 "Integer32" Integer32 [ (5 3600) ] [ ] []
S14 "INTEGER" Integer32 [ ] [ "txOnly" 1 "rxOnly" 2 "txAndRx" 3 "disabled" 4 ] []
S15 "TruthValue" Integer32 [ ] [ "true" 1 "false" 2 ] []
S16 "BITS" Bits [ ] [ "portDesc" 0 "sysName" 1 "sysDesc" 2 "sysCap" 3 ] []
S17 "AddressFamilyNumbers" Integer32 [ ] [ "other" 0 "ipV4" 1 "ipV6" 2 "nsap" 3 "hdlc" 4 "bbn1822" 5
"all802" 6 "e163" 7 "e164" 8 "f69" 9 "x121" 10 "ipx" 11 "appleTalk" 12 "decnetIV" 13 "banyanVines" 14
"e164withNsap" 15 "dns" 16 "distinguishedName" 17 "asNumber" 18 "xtpOverIpv4" 19 "xtpOverIpv6" 20
"xtpNativeModeXTP" 21 "fibreChannelWWPN" 22 "fibreChannelWWNN" 23 "gwid" 24 "afi" 25
"mplsTpSectionEndpointIdentifier" 26 "mplsTpLspEndpointIdentifier" 27 "mplsTpPseudowireEndpointIdentifier" 28
"mtipmultitopologyipversion4" 29 "mtipv6multitopologyipversion6" 30 "bgpSfc" 31
"eigrpCommonServiceFamily" 16384 "eigrpIpv4ServiceFamily" 16385 "eigrpIpv6ServiceFamily" 16386
"lispCanonicalAddressFormat" 16387 "bgpLs" 16388 "fortyeightBitMac" 16389 "sixtyfourBitMac" 16390 "oui" 16391
"mac24" 16392 "mac40" 16393 "ipv664" 16394 "rBridgePortID" 16395 "trillNickname" 16396
"universallyUniqueIdentifier" 16397 "routingPolicyAfi" 16398 "mplsNamespaces" 16399 "reserved" 65535 ] []
S18 "TimeStamp" TimeTicks [ ] [ ] []
S19 "ZeroBasedCounter32" Gauge32 [ ] [ ] []
S20 "Counter32" Counter32 [ ] [ ] []
S21 "SnmpAdminString" OctetString [ (0 255) ] [ ] ["255t"]
S22 "Integer32" Integer32 [ ] [ ] []
S23 "OBJECT IDENTIFIER" ObjectIdentifier [ ] [ ] []
S24 "TimeFilter" TimeTicks [ ] [ ] []
S25 "Integer32" Integer32 [ (1 2147483647) ] [ ] []
S26 "Integer32" Integer32 [ (9 126) ] [ ] []
S27 "OCTET STRING" OctetString [ (0 511) ] [ ] []
S28 "OCTET STRING" OctetString [ (3 3) ] [ ] []
S29 "Integer32" Integer32 [ (1 255) ] [ ] []
S30 "OCTET STRING" OctetString [ (0 507) ] [ ] []
}
details {
D0 [] [] [] ""
D1 [] [] [("LLDP-MIB" "lldpStatsRemTablesInserts") ("LLDP-MIB" "lldpStatsRemTablesDeletes") ("LLDP-MIB" "lldpStatsRemTablesDrops") ("LLDP-MIB" "lldpStatsRemTablesAgeouts")] ""
D2 [] [] [] "seconds" "30"
D3 [] [] [] "" "4"
D4 [] [] [] "seconds" "2"
D5 [] [] [] "seconds" "5"
D6 [(new "lldpPortConfigPortNum" S7)] [] [] ""
D7 [(new "lldpPortConfigPortNum" S7)] [] [] "" "txAndRx"
D8 [(new "lldpPortConfigPortNum" S7)] [] [] "" "false"
D9 [(new "lldpPortConfigPortNum" S7)] [] [] "" "{  }"
D10 [(new "lldpLocManAddrSubtype" S17) (new "lldpLocManAddr" S3)] [("LLDP-MIB" "lldpLocManAddrEntry")] [] ""
D11 [(new "lldpLocManAddrSubtype" S17) (new "lldpLocManAddr" S3)] [] [] "" "''H"
D12 [] [] [] "table entries"
D13 [(new "lldpStatsTxPortNum" S7)] [] [] ""
D14 [(new "lldpStatsRxPortNum" S7)] [] [] ""
D15 [(new "lldpLocPortNum" S7)] [] [] ""
D16 [(new "lldpLocManAddrSubtype" S17) (new "lldpLocManAddr" S3)] [] [] ""
D17 [(new "lldpRemTimeMark" S24) (new "lldpRemLocalPortNum" S7) (new "lldpRemIndex" S25)] [] [] ""
D18 [(new "lldpRemTimeMark" S24) (new "lldpRemLocalPortNum" S7) (new "lldpRemIndex" S25) (new "lldpRemManAddrSubtype" S17) (new "lldpRemManAddr" S3)] [] [] ""
D19 [(new "lldpRemTimeMark" S24) (new "lldpRemLocalPortNum" S7) (new "lldpRemIndex" S25) (new "lldpRemUnknownTLVType" S26)] [] [] ""
D20 [(new "lldpRemTimeMark" S24) (new "lldpRemLocalPortNum" S7) (new "lldpRemIndex" S25) (new "lldpRemOrgDefInfoOUI" S28) (new "lldpRemOrgDefInfoSubtype" S29) (new "lldpRemOrgDefInfoIndex" S25)] [] [] ""
D21 [] [] [("LLDP-MIB" "lldpPortConfigAdminStatus")] ""
D22 [] [] [("LLDP-MIB" "lldpNotificationInterval") ("LLDP-MIB" "lldpPortConfigNotificationEnable")] ""
D23 [] [] [("LLDP-MIB" "lldpMessageTxInterval") ("LLDP-MIB" "lldpMessageTxHoldMultiplier") ("LLDP-MIB" "lldpReinitDelay") ("LLDP-MIB" "lldpTxDelay") ("LLDP-MIB" "lldpPortConfigTLVsTxEnable") ("LLDP-MIB" "lldpConfigManAddrPortsTxEnable")] ""
D24 [] [] [("LLDP-MIB" "lldpStatsRemTablesLastChangeTime") ("LLDP-MIB" "lldpStatsRemTablesInserts") ("LLDP-MIB" "lldpStatsRemTablesDeletes") ("LLDP-MIB" "lldpStatsRemTablesDrops") ("LLDP-MIB" "lldpStatsRemTablesAgeouts") ("LLDP-MIB" "lldpStatsRxPortFramesDiscardedTotal") ("LLDP-MIB" "lldpStatsRxPortFramesErrors") ("LLDP-MIB" "lldpStatsRxPortFramesTotal") ("LLDP-MIB" "lldpStatsRxPortTLVsDiscardedTotal") ("LLDP-MIB" "lldpStatsRxPortTLVsUnrecognizedTotal") ("LLDP-MIB" "lldpStatsRxPortAgeoutsTotal")] ""
D25 [] [] [("LLDP-MIB" "lldpStatsTxPortFramesTotal")] ""
D26 [] [] [("LLDP-MIB" "lldpLocChassisIdSubtype") ("LLDP-MIB" "lldpLocChassisId") ("LLDP-MIB" "lldpLocPortIdSubtype") ("LLDP-MIB" "lldpLocPortId") ("LLDP-MIB" "lldpLocPortDesc") ("LLDP-MIB" "lldpLocSysDesc") ("LLDP-MIB" "lldpLocSysName") ("LLDP-MIB" "lldpLocSysCapSupported") ("LLDP-MIB" "lldpLocSysCapEnabled") ("LLDP-MIB" "lldpLocManAddrLen") ("LLDP-MIB" "lldpLocManAddrIfSubtype") ("LLDP-MIB" "lldpLocManAddrIfId") ("LLDP-MIB" "lldpLocManAddrOID")] ""
D27 [] [] [("LLDP-MIB" "lldpRemChassisIdSubtype") ("LLDP-MIB" "lldpRemChassisId") ("LLDP-MIB" "lldpRemPortIdSubtype") ("LLDP-MIB" "lldpRemPortId") ("LLDP-MIB" "lldpRemPortDesc") ("LLDP-MIB" "lldpRemSysName") ("LLDP-MIB" "lldpRemSysDesc") ("LLDP-MIB" "lldpRemSysCapSupported") ("LLDP-MIB" "lldpRemSysCapEnabled") ("LLDP-MIB" "lldpRemManAddrIfSubtype") ("LLDP-MIB" "lldpRemManAddrIfId") ("LLDP-MIB" "lldpRemManAddrOID") ("LLDP-MIB" "lldpRemUnknownTLVInfo") ("LLDP-MIB" "lldpRemOrgDefInfo")] ""
D28 [] [] [("LLDP-MIB" "lldpRemTablesChange")] ""
}
definitions {
"std" [1 0] Node ObjectIdentifier [] [] [] D0
"iso8802" [1 0 8802] Node ObjectIdentifier [] [] [] D0
"ieee802dot1" [1 0 8802 1] Node ObjectIdentifier [] [] [] D0
"ieee802dot1mibs" [1 0 8802 1 1] Node ObjectIdentifier [] [] [] D0
"lldpMIB" [1 0 8802 1 1 2] Node ModuleIdentity [] [] [] D0
"lldpNotifications" [1 0 8802 1 1 2 0] Node ObjectIdentifier [] [] [] D0
"lldpNotificationPrefix" [1 0 8802 1 1 2 0 0] Node ObjectIdentifier [] [] [] D0
"lldpRemTablesChange" [1 0 8802 1 1 2 0 0 1] Notification NotificationType [] [Current] [] D1
"lldpObjects" [1 0 8802 1 1 2 1] Node ObjectIdentifier [] [] [] D0
"lldpConfiguration" [1 0 8802 1 1 2 1 1] Node ObjectIdentifier [] [] [] D0
"lldpMessageTxInterval" [1 0 8802 1 1 2 1 1 1] Scalar ObjectType [ReadWrite] [Current] [S9] D2
"lldpMessageTxHoldMultiplier" [1 0 8802 1 1 2 1 1 2] Scalar ObjectType [ReadWrite] [Current] [S10] D3
"lldpReinitDelay" [1 0 8802 1 1 2 1 1 3] Scalar ObjectType [ReadWrite] [Current] [S11] D4
"lldpTxDelay" [1 0 8802 1 1 2 1 1 4] Scalar ObjectType [ReadWrite] [Current] [S12] D4
"lldpNotificationInterval" [1 0 8802 1 1 2 1 1 5] Scalar ObjectType [ReadWrite] [Current] [S13] D5
"lldpPortConfigTable" [1 0 8802 1 1 2 1 1 6] Table ObjectType [NotAccessible] [Current] [] D0
"lldpPortConfigEntry" [1 0 8802 1 1 2 1 1 6 1] Row ObjectType [NotAccessible] [Current] [] D6
"lldpPortConfigPortNum" [1 0 8802 1 1 2 1 1 6 1 1] Column ObjectType [NotAccessible] [Current] [S7] D6
"lldpPortConfigAdminStatus" [1 0 8802 1 1 2 1 1 6 1 2] Column ObjectType [ReadWrite] [Current] [S14] D7
"lldpPortConfigNotificationEnable" [1 0 8802 1 1 2 1 1 6 1 3] Column ObjectType [ReadWrite] [Current] [S15] D8
"lldpPortConfigTLVsTxEnable" [1 0 8802 1 1 2 1 1 6 1 4] Column ObjectType [ReadWrite] [Current] [S16] D9
"lldpConfigManAddrTable" [1 0 8802 1 1 2 1 1 7] Table ObjectType [NotAccessible] [Current] [] D0
"lldpConfigManAddrEntry" [1 0 8802 1 1 2 1 1 7 1] Row ObjectType [NotAccessible] [Current] [] D10
"lldpConfigManAddrPortsTxEnable" [1 0 8802 1 1 2 1 1 7 1 1] Column ObjectType [ReadWrite] [Current] [S6] D11
"lldpStatistics" [1 0 8802 1 1 2 1 2] Node ObjectIdentifier [] [] [] D0
"lldpStatsRemTablesLastChangeTime" [1 0 8802 1 1 2 1 2 1] Scalar ObjectType [ReadOnly] [Current] [S18] D0
"lldpStatsRemTablesInserts" [1 0 8802 1 1 2 1 2 2] Scalar ObjectType [ReadOnly] [Current] [S19] D12
"lldpStatsRemTablesDeletes" [1 0 8802 1 1 2 1 2 3] Scalar ObjectType [ReadOnly] [Current] [S19] D12
"lldpStatsRemTablesDrops" [1 0 8802 1 1 2 1 2 4] Scalar ObjectType [ReadOnly] [Current] [S19] D12
"lldpStatsRemTablesAgeouts" [1 0 8802 1 1 2 1 2 5] Scalar ObjectType [ReadOnly] [Current] [S19] D0
"lldpStatsTxPortTable" [1 0 8802 1 1 2 1 2 6] Table ObjectType [NotAccessible] [Current] [] D0
"lldpStatsTxPortEntry" [1 0 8802 1 1 2 1 2 6 1] Row ObjectType [NotAccessible] [Current] [] D13
"lldpStatsTxPortNum" [1 0 8802 1 1 2 1 2 6 1 1] Column ObjectType [NotAccessible] [Current] [S7] D13
"lldpStatsTxPortFramesTotal" [1 0 8802 1 1 2 1 2 6 1 2] Column ObjectType [ReadOnly] [Current] [S20] D13
"lldpStatsRxPortTable" [1 0 8802 1 1 2 1 2 7] Table ObjectType [NotAccessible] [Current] [] D0
"lldpStatsRxPortEntry" [1 0 8802 1 1 2 1 2 7 1] Row ObjectType [NotAccessible] [Current] [] D14
"lldpStatsRxPortNum" [1 0 8802 1 1 2 1 2 7 1 1] Column ObjectType [NotAccessible] [Current] [S7] D14
"lldpStatsRxPortFramesDiscardedTotal" [1 0 8802 1 1 2 1 2 7 1 2] Column ObjectType [ReadOnly] [Current] [S20] D14
"lldpStatsRxPortFramesErrors" [1 0 8802 1 1 2 1 2 7 1 3] Column ObjectType [ReadOnly] [Current] [S20] D14
"lldpStatsRxPortFramesTotal" [1 0 8802 1 1 2 1 2 7 1 4] Column ObjectType [ReadOnly] [Current] [S20] D14
"lldpStatsRxPortTLVsDiscardedTotal" [1 0 8802 1 1 2 1 2 7 1 5] Column ObjectType [ReadOnly] [Current] [S20] D14
"lldpStatsRxPortTLVsUnrecognizedTotal" [1 0 8802 1 1 2 1 2 7 1 6] Column ObjectType [ReadOnly] [Current] [S20] D14
"lldpStatsRxPortAgeoutsTotal" [1 0 8802 1 1 2 1 2 7 1 7] Column ObjectType [ReadOnly] [Current] [S19] D14
"lldpLocalSystemData" [1 0 8802 1 1 2 1 3] Node ObjectIdentifier [] [] [] D0
"lldpLocChassisIdSubtype" [1 0 8802 1 1 2 1 3 1] Scalar ObjectType [ReadOnly] [Current] [S1] D0
"lldpLocChassisId" [1 0 8802 1 1 2 1 3 2] Scalar ObjectType [ReadOnly] [Current] [S0] D0
"lldpLocSysName" [1 0 8802 1 1 2 1 3 3] Scalar ObjectType [ReadOnly] [Current] [S21] D0
"lldpLocSysDesc" [1 0 8802 1 1 2 1 3 4] Scalar ObjectType [ReadOnly] [Current] [S21] D0
"lldpLocSysCapSupported" [1 0 8802 1 1 2 1 3 5] Scalar ObjectType [ReadOnly] [Current] [S8] D0
"lldpLocSysCapEnabled" [1 0 8802 1 1 2 1 3 6] Scalar ObjectType [ReadOnly] [Current] [S8] D0
"lldpLocPortTable" [1 0 8802 1 1 2 1 3 7] Table ObjectType [NotAccessible] [Current] [] D0
"lldpLocPortEntry" [1 0 8802 1 1 2 1 3 7 1] Row ObjectType [NotAccessible] [Current] [] D15
"lldpLocPortNum" [1 0 8802 1 1 2 1 3 7 1 1] Column ObjectType [NotAccessible] [Current] [S7] D15
"lldpLocPortIdSubtype" [1 0 8802 1 1 2 1 3 7 1 2] Column ObjectType [ReadOnly] [Current] [S5] D15
"lldpLocPortId" [1 0 8802 1 1 2 1 3 7 1 3] Column ObjectType [ReadOnly] [Current] [S4] D15
"lldpLocPortDesc" [1 0 8802 1 1 2 1 3 7 1 4] Column ObjectType [ReadOnly] [Current] [S21] D15
"lldpLocManAddrTable" [1 0 8802 1 1 2 1 3 8] Table ObjectType [NotAccessible] [Current] [] D0
"lldpLocManAddrEntry" [1 0 8802 1 1 2 1 3 8 1] Row ObjectType [NotAccessible] [Current] [] D16
"lldpLocManAddrSubtype" [1 0 8802 1 1 2 1 3 8 1 1] Column ObjectType [NotAccessible] [Current] [S17] D16
"lldpLocManAddr" [1 0 8802 1 1 2 1 3 8 1 2] Column ObjectType [NotAccessible] [Current] [S3] D16
"lldpLocManAddrLen" [1 0 8802 1 1 2 1 3 8 1 3] Column ObjectType [ReadOnly] [Current] [S22] D16
"lldpLocManAddrIfSubtype" [1 0 8802 1 1 2 1 3 8 1 4] Column ObjectType [ReadOnly] [Current] [S2] D16
"lldpLocManAddrIfId" [1 0 8802 1 1 2 1 3 8 1 5] Column ObjectType [ReadOnly] [Current] [S22] D16
"lldpLocManAddrOID" [1 0 8802 1 1 2 1 3 8 1 6] Column ObjectType [ReadOnly] [Current] [S23] D16
"lldpRemoteSystemsData" [1 0 8802 1 1 2 1 4] Node ObjectIdentifier [] [] [] D0
"lldpRemTable" [1 0 8802 1 1 2 1 4 1] Table ObjectType [NotAccessible] [Current] [] D0
"lldpRemEntry" [1 0 8802 1 1 2 1 4 1 1] Row ObjectType [NotAccessible] [Current] [] D17
"lldpRemTimeMark" [1 0 8802 1 1 2 1 4 1 1 1] Column ObjectType [NotAccessible] [Current] [S24] D17
"lldpRemLocalPortNum" [1 0 8802 1 1 2 1 4 1 1 2] Column ObjectType [NotAccessible] [Current] [S7] D17
"lldpRemIndex" [1 0 8802 1 1 2 1 4 1 1 3] Column ObjectType [NotAccessible] [Current] [S25] D17
"lldpRemChassisIdSubtype" [1 0 8802 1 1 2 1 4 1 1 4] Column ObjectType [ReadOnly] [Current] [S1] D17
"lldpRemChassisId" [1 0 8802 1 1 2 1 4 1 1 5] Column ObjectType [ReadOnly] [Current] [S0] D17
"lldpRemPortIdSubtype" [1 0 8802 1 1 2 1 4 1 1 6] Column ObjectType [ReadOnly] [Current] [S5] D17
"lldpRemPortId" [1 0 8802 1 1 2 1 4 1 1 7] Column ObjectType [ReadOnly] [Current] [S4] D17
"lldpRemPortDesc" [1 0 8802 1 1 2 1 4 1 1 8] Column ObjectType [ReadOnly] [Current] [S21] D17
"lldpRemSysName" [1 0 8802 1 1 2 1 4 1 1 9] Column ObjectType [ReadOnly] [Current] [S21] D17
"lldpRemSysDesc" [1 0 8802 1 1 2 1 4 1 1 10] Column ObjectType [ReadOnly] [Current] [S21] D17
"lldpRemSysCapSupported" [1 0 8802 1 1 2 1 4 1 1 11] Column ObjectType [ReadOnly] [Current] [S8] D17
"lldpRemSysCapEnabled" [1 0 8802 1 1 2 1 4 1 1 12] Column ObjectType [ReadOnly] [Current] [S8] D17
"lldpRemManAddrTable" [1 0 8802 1 1 2 1 4 2] Table ObjectType [NotAccessible] [Current] [] D0
"lldpRemManAddrEntry" [1 0 8802 1 1 2 1 4 2 1] Row ObjectType [NotAccessible] [Current] [] D18
"lldpRemManAddrSubtype" [1 0 8802 1 1 2 1 4 2 1 1] Column ObjectType [NotAccessible] [Current] [S17] D18
"lldpRemManAddr" [1 0 8802 1 1 2 1 4 2 1 2] Column ObjectType [NotAccessible] [Current] [S3] D18
"lldpRemManAddrIfSubtype" [1 0 8802 1 1 2 1 4 2 1 3] Column ObjectType [ReadOnly] [Current] [S2] D18
"lldpRemManAddrIfId" [1 0 8802 1 1 2 1 4 2 1 4] Column ObjectType [ReadOnly] [Current] [S22] D18
"lldpRemManAddrOID" [1 0 8802 1 1 2 1 4 2 1 5] Column ObjectType [ReadOnly] [Current] [S23] D18
"lldpRemUnknownTLVTable" [1 0 8802 1 1 2 1 4 3] Table ObjectType [NotAccessible] [Current] [] D0
"lldpRemUnknownTLVEntry" [1 0 8802 1 1 2 1 4 3 1] Row ObjectType [NotAccessible] [Current] [] D19
"lldpRemUnknownTLVType" [1 0 8802 1 1 2 1 4 3 1 1] Column ObjectType [NotAccessible] [Current] [S26] D19
"lldpRemUnknownTLVInfo" [1 0 8802 1 1 2 1 4 3 1 2] Column ObjectType [ReadOnly] [Current] [S27] D19
"lldpRemOrgDefInfoTable" [1 0 8802 1 1 2 1 4 4] Table ObjectType [NotAccessible] [Current] [] D0
"lldpRemOrgDefInfoEntry" [1 0 8802 1 1 2 1 4 4 1] Row ObjectType [NotAccessible] [Current] [] D20
"lldpRemOrgDefInfoOUI" [1 0 8802 1 1 2 1 4 4 1 1] Column ObjectType [NotAccessible] [Current] [S28] D20
"lldpRemOrgDefInfoSubtype" [1 0 8802 1 1 2 1 4 4 1 2] Column ObjectType [NotAccessible] [Current] [S29] D20
"lldpRemOrgDefInfoIndex" [1 0 8802 1 1 2 1 4 4 1 3] Column ObjectType [NotAccessible] [Current] [S25] D20
"lldpRemOrgDefInfo" [1 0 8802 1 1 2 1 4 4 1 4] Column ObjectType [ReadOnly] [Current] [S30] D20
"lldpExtensions" [1 0 8802 1 1 2 1 5] Node ObjectIdentifier [] [] [] D0
"lldpConformance" [1 0 8802 1 1 2 2] Node ObjectIdentifier [] [] [] D0
"lldpCompliances" [1 0 8802 1 1 2 2 1] Node ObjectIdentifier [] [] [] D0
"lldpCompliance" [1 0 8802 1 1 2 2 1 1] Compliance ModuleCompliance [] [Current] [] D0
"lldpGroups" [1 0 8802 1 1 2 2 2] Node ObjectIdentifier [] [] [] D0
"lldpConfigGroup" [1 0 8802 1 1 2 2 2 1] Group ObjectGroup [] [Current] [] D21
"lldpConfigRxGroup" [1 0 8802 1 1 2 2 2 2] Group ObjectGroup [] [Current] [] D22
"lldpConfigTxGroup" [1 0 8802 1 1 2 2 2 3] Group ObjectGroup [] [Current] [] D23
"lldpStatsRxGroup" [1 0 8802 1 1 2 2 2 4] Group ObjectGroup [] [Current] [] D24
"lldpStatsTxGroup" [1 0 8802 1 1 2 2 2 5] Group ObjectGroup [] [Current] [] D25
"lldpLocSysGroup" [1 0 8802 1 1 2 2 2 6] Group ObjectGroup [] [Current] [] D26
"lldpRemSysGroup" [1 0 8802 1 1 2 2 2 7] Group ObjectGroup [] [Current] [] D27
"lldpNotificationsGroup" [1 0 8802 1 1 2 2 2 8] Group NotificationGroup [] [Current] [] D28
}
names {
2 3 1 99 98 101 22 23 21 102 103 9 97 96 100 45 44 59 57 62 61 60 63 58 56 55 51 54 53 52 50 49 48 47 106 46
43 4 11 10 14 6 5 108 8 18 16 19 17 20 15 12 71 70 66 69 68 82 80 84 83 85 81 79 95 91 94 92 93 90 74 73 72 78
77 76 107 75 65 7 67 87 89 86 88 64 24 29 27 28 26 25 104 42 35 37 38 39 36 40 41 34 105 31 33 32 30 13 0
}
types {
"LldpChassisId" S0
"LldpChassisIdSubtype" S1
"LldpManAddrIfSubtype" S2
"LldpManAddress" S3
"LldpPortId" S4
"LldpPortIdSubtype" S5
"LldpPortList" S6
"LldpPortNumber" S7
"LldpSystemCapabilitiesMap" S8
} }
