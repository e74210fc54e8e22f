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
D2 [] [] [] "seconds"
D3 [(new "lldpPortConfigPortNum" S7)] [] [] ""
D4 [(new "lldpLocManAddrSubtype" S17) (new "lldpLocManAddr" S3)] [("LLDP-MIB" "lldpLocManAddrEntry")] [] ""
D5 [(new "lldpLocManAddrSubtype" S17) (new "lldpLocManAddr" S3)] [] [] ""
D6 [] [] [] "table entries"
D7 [(new "lldpStatsTxPortNum" S7)] [] [] ""
D8 [(new "lldpStatsRxPortNum" S7)] [] [] ""
D9 [(new "lldpLocPortNum" S7)] [] [] ""
D10 [(new "lldpRemTimeMark" S24) (new "lldpRemLocalPortNum" S7) (new "lldpRemIndex" S25)] [] [] ""
D11 [(new "lldpRemTimeMark" S24) (new "lldpRemLocalPortNum" S7) (new "lldpRemIndex" S25) (new "lldpRemManAddrSubtype" S17) (new "lldpRemManAddr" S3)] [] [] ""
D12 [(new "lldpRemTimeMark" S24) (new "lldpRemLocalPortNum" S7) (new "lldpRemIndex" S25) (new "lldpRemUnknownTLVType" S26)] [] [] ""
D13 [(new "lldpRemTimeMark" S24) (new "lldpRemLocalPortNum" S7) (new "lldpRemIndex" S25) (new "lldpRemOrgDefInfoOUI" S28) (new "lldpRemOrgDefInfoSubtype" S29) (new "lldpRemOrgDefInfoIndex" S25)] [] [] ""
D14 [] [] [("LLDP-MIB" "lldpPortConfigAdminStatus")] ""
D15 [] [] [("LLDP-MIB" "lldpNotificationInterval") ("LLDP-MIB" "lldpPortConfigNotificationEnable")] ""
D16 [] [] [("LLDP-MIB" "lldpMessageTxInterval") ("LLDP-MIB" "lldpMessageTxHoldMultiplier") ("LLDP-MIB" "lldpReinitDelay") ("LLDP-MIB" "lldpTxDelay") ("LLDP-MIB" "lldpPortConfigTLVsTxEnable") ("LLDP-MIB" "lldpConfigManAddrPortsTxEnable")] ""
D17 [] [] [("LLDP-MIB" "lldpStatsRemTablesLastChangeTime") ("LLDP-MIB" "lldpStatsRemTablesInserts") ("LLDP-MIB" "lldpStatsRemTablesDeletes") ("LLDP-MIB" "lldpStatsRemTablesDrops") ("LLDP-MIB" "lldpStatsRemTablesAgeouts") ("LLDP-MIB" "lldpStatsRxPortFramesDiscardedTotal") ("LLDP-MIB" "lldpStatsRxPortFramesErrors") ("LLDP-MIB" "lldpStatsRxPortFramesTotal") ("LLDP-MIB" "lldpStatsRxPortTLVsDiscardedTotal") ("LLDP-MIB" "lldpStatsRxPortTLVsUnrecognizedTotal") ("LLDP-MIB" "lldpStatsRxPortAgeoutsTotal")] ""
D18 [] [] [("LLDP-MIB" "lldpStatsTxPortFramesTotal")] ""
D19 [] [] [("LLDP-MIB" "lldpLocChassisIdSubtype") ("LLDP-MIB" "lldpLocChassisId") ("LLDP-MIB" "lldpLocPortIdSubtype") ("LLDP-MIB" "lldpLocPortId") ("LLDP-MIB" "lldpLocPortDesc") ("LLDP-MIB" "lldpLocSysDesc") ("LLDP-MIB" "lldpLocSysName") ("LLDP-MIB" "lldpLocSysCapSupported") ("LLDP-MIB" "lldpLocSysCapEnabled") ("LLDP-MIB" "lldpLocManAddrLen") ("LLDP-MIB" "lldpLocManAddrIfSubtype") ("LLDP-MIB" "lldpLocManAddrIfId") ("LLDP-MIB" "lldpLocManAddrOID")] ""
D20 [] [] [("LLDP-MIB" "lldpRemChassisIdSubtype") ("LLDP-MIB" "lldpRemChassisId") ("LLDP-MIB" "lldpRemPortIdSubtype") ("LLDP-MIB" "lldpRemPortId") ("LLDP-MIB" "lldpRemPortDesc") ("LLDP-MIB" "lldpRemSysName") ("LLDP-MIB" "lldpRemSysDesc") ("LLDP-MIB" "lldpRemSysCapSupported") ("LLDP-MIB" "lldpRemSysCapEnabled") ("LLDP-MIB" "lldpRemManAddrIfSubtype") ("LLDP-MIB" "lldpRemManAddrIfId") ("LLDP-MIB" "lldpRemManAddrOID") ("LLDP-MIB" "lldpRemUnknownTLVInfo") ("LLDP-MIB" "lldpRemOrgDefInfo")] ""
D21 [] [] [("LLDP-MIB" "lldpRemTablesChange")] ""
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
"lldpMessageTxHoldMultiplier" [1 0 8802 1 1 2 1 1 2] Scalar ObjectType [ReadWrite] [Current] [S10] D0
"lldpReinitDelay" [1 0 8802 1 1 2 1 1 3] Scalar ObjectType [ReadWrite] [Current] [S11] D2
"lldpTxDelay" [1 0 8802 1 1 2 1 1 4] Scalar ObjectType [ReadWrite] [Current] [S12] D2
"lldpNotificationInterval" [1 0 8802 1 1 2 1 1 5] Scalar ObjectType [ReadWrite] [Current] [S13] D2
"lldpPortConfigTable" [1 0 8802 1 1 2 1 1 6] Table ObjectType [NotAccessible] [Current] [] D0
"lldpPortConfigEntry" [1 0 8802 1 1 2 1 1 6 1] Row ObjectType [NotAccessible] [Current] [] D3
"lldpPortConfigPortNum" [1 0 8802 1 1 2 1 1 6 1 1] Column ObjectType [NotAccessible] [Current] [S7] D3
"lldpPortConfigAdminStatus" [1 0 8802 1 1 2 1 1 6 1 2] Column ObjectType [ReadWrite] [Current] [S14] D3
"lldpPortConfigNotificationEnable" [1 0 8802 1 1 2 1 1 6 1 3] Column ObjectType [ReadWrite] [Current] [S15] D3
"lldpPortConfigTLVsTxEnable" [1 0 8802 1 1 2 1 1 6 1 4] Column ObjectType [ReadWrite] [Current] [S16] D3
"lldpConfigManAddrTable" [1 0 8802 1 1 2 1 1 7] Table ObjectType [NotAccessible] [Current] [] D0
"lldpConfigManAddrEntry" [1 0 8802 1 1 2 1 1 7 1] Row ObjectType [NotAccessible] [Current] [] D4
"lldpConfigManAddrPortsTxEnable" [1 0 8802 1 1 2 1 1 7 1 1] Column ObjectType [ReadWrite] [Current] [S6] D5
"lldpStatistics" [1 0 8802 1 1 2 1 2] Node ObjectIdentifier [] [] [] D0
"lldpStatsRemTablesLastChangeTime" [1 0 8802 1 1 2 1 2 1] Scalar ObjectType [ReadOnly] [Current] [S18] D0
"lldpStatsRemTablesInserts" [1 0 8802 1 1 2 1 2 2] Scalar ObjectType [ReadOnly] [Current] [S19] D6
"lldpStatsRemTablesDeletes" [1 0 8802 1 1 2 1 2 3] Scalar ObjectType [ReadOnly] [Current] [S19] D6
"lldpStatsRemTablesDrops" [1 0 8802 1 1 2 1 2 4] Scalar ObjectType [ReadOnly] [Current] [S19] D6
"lldpStatsRemTablesAgeouts" [1 0 8802 1 1 2 1 2 5] Scalar ObjectType [ReadOnly] [Current] [S19] D0
"lldpStatsTxPortTable" [1 0 8802 1 1 2 1 2 6] Table ObjectType [NotAccessible] [Current] [] D0
"lldpStatsTxPortEntry" [1 0 8802 1 1 2 1 2 6 1] Row ObjectType [NotAccessible] [Current] [] D7
"lldpStatsTxPortNum" [1 0 8802 1 1 2 1 2 6 1 1] Column ObjectType [NotAccessible] [Current] [S7] D7
"lldpStatsTxPortFramesTotal" [1 0 8802 1 1 2 1 2 6 1 2] Column ObjectType [ReadOnly] [Current] [S20] D7
"lldpStatsRxPortTable" [1 0 8802 1 1 2 1 2 7] Table ObjectType [NotAccessible] [Current] [] D0
"lldpStatsRxPortEntry" [1 0 8802 1 1 2 1 2 7 1] Row ObjectType [NotAccessible] [Current] [] D8
"lldpStatsRxPortNum" [1 0 8802 1 1 2 1 2 7 1 1] Column ObjectType [NotAccessible] [Current] [S7] D8
"lldpStatsRxPortFramesDiscardedTotal" [1 0 8802 1 1 2 1 2 7 1 2] Column ObjectType [ReadOnly] [Current] [S20] D8
"lldpStatsRxPortFramesErrors" [1 0 8802 1 1 2 1 2 7 1 3] Column ObjectType [ReadOnly] [Current] [S20] D8
"lldpStatsRxPortFramesTotal" [1 0 8802 1 1 2 1 2 7 1 4] Column ObjectType [ReadOnly] [Current] [S20] D8
"lldpStatsRxPortTLVsDiscardedTotal" [1 0 8802 1 1 2 1 2 7 1 5] Column ObjectType [ReadOnly] [Current] [S20] D8
"lldpStatsRxPortTLVsUnrecognizedTotal" [1 0 8802 1 1 2 1 2 7 1 6] Column ObjectType [ReadOnly] [Current] [S20] D8
"lldpStatsRxPortAgeoutsTotal" [1 0 8802 1 1 2 1 2 7 1 7] Column ObjectType [ReadOnly] [Current] [S19] D8
"lldpLocalSystemData" [1 0 8802 1 1 2 1 3] Node ObjectIdentifier [] [] [] D0
"lldpLocChassisIdSubtype" [1 0 8802 1 1 2 1 3 1] Scalar ObjectType [ReadOnly] [Current] [S1] D0
"lldpLocChassisId" [1 0 8802 1 1 2 1 3 2] Scalar ObjectType [ReadOnly] [Current] [S0] D0
"lldpLocSysName" [1 0 8802 1 1 2 1 3 3] Scalar ObjectType [ReadOnly] [Current] [S21] D0
"lldpLocSysDesc" [1 0 8802 1 1 2 1 3 4] Scalar ObjectType [ReadOnly] [Current] [S21] D0
"lldpLocSysCapSupported" [1 0 8802 1 1 2 1 3 5] Scalar ObjectType [ReadOnly] [Current] [S8] D0
"lldpLocSysCapEnabled" [1 0 8802 1 1 2 1 3 6] Scalar ObjectType [ReadOnly] [Current] [S8] D0
"lldpLocPortTable" [1 0 8802 1 1 2 1 3 7] Table ObjectType [NotAccessible] [Current] [] D0
"lldpLocPortEntry" [1 0 8802 1 1 2 1 3 7 1] Row ObjectType [NotAccessible] [Current] [] D9
"lldpLocPortNum" [1 0 8802 1 1 2 1 3 7 1 1] Column ObjectType [NotAccessible] [Current] [S7] D9
"lldpLocPortIdSubtype" [1 0 8802 1 1 2 1 3 7 1 2] Column ObjectType [ReadOnly] [Current] [S5] D9
"lldpLocPortId" [1 0 8802 1 1 2 1 3 7 1 3] Column ObjectType [ReadOnly] [Current] [S4] D9
"lldpLocPortDesc" [1 0 8802 1 1 2 1 3 7 1 4] Column ObjectType [ReadOnly] [Current] [S21] D9
"lldpLocManAddrTable" [1 0 8802 1 1 2 1 3 8] Table ObjectType [NotAccessible] [Current] [] D0
"lldpLocManAddrEntry" [1 0 8802 1 1 2 1 3 8 1] Row ObjectType [NotAccessible] [Current] [] D5
"lldpLocManAddrSubtype" [1 0 8802 1 1 2 1 3 8 1 1] Column ObjectType [NotAccessible] [Current] [S17] D5
"lldpLocManAddr" [1 0 8802 1 1 2 1 3 8 1 2] Column ObjectType [NotAccessible] [Current] [S3] D5
"lldpLocManAddrLen" [1 0 8802 1 1 2 1 3 8 1 3] Column ObjectType [ReadOnly] [Current] [S22] D5
"lldpLocManAddrIfSubtype" [1 0 8802 1 1 2 1 3 8 1 4] Column ObjectType [ReadOnly] [Current] [S2] D5
"lldpLocManAddrIfId" [1 0 8802 1 1 2 1 3 8 1 5] Column ObjectType [ReadOnly] [Current] [S22] D5
"lldpLocManAddrOID" [1 0 8802 1 1 2 1 3 8 1 6] Column ObjectType [ReadOnly] [Current] [S23] D5
"lldpRemoteSystemsData" [1 0 8802 1 1 2 1 4] Node ObjectIdentifier [] [] [] D0
"lldpRemTable" [1 0 8802 1 1 2 1 4 1] Table ObjectType [NotAccessible] [Current] [] D0
"lldpRemEntry" [1 0 8802 1 1 2 1 4 1 1] Row ObjectType [NotAccessible] [Current] [] D10
"lldpRemTimeMark" [1 0 8802 1 1 2 1 4 1 1 1] Column ObjectType [NotAccessible] [Current] [S24] D10
"lldpRemLocalPortNum" [1 0 8802 1 1 2 1 4 1 1 2] Column ObjectType [NotAccessible] [Current] [S7] D10
"lldpRemIndex" [1 0 8802 1 1 2 1 4 1 1 3] Column ObjectType [NotAccessible] [Current] [S25] D10
"lldpRemChassisIdSubtype" [1 0 8802 1 1 2 1 4 1 1 4] Column ObjectType [ReadOnly] [Current] [S1] D10
"lldpRemChassisId" [1 0 8802 1 1 2 1 4 1 1 5] Column ObjectType [ReadOnly] [Current] [S0] D10
"lldpRemPortIdSubtype" [1 0 8802 1 1 2 1 4 1 1 6] Column ObjectType [ReadOnly] [Current] [S5] D10
"lldpRemPortId" [1 0 8802 1 1 2 1 4 1 1 7] Column ObjectType [ReadOnly] [Current] [S4] D10
"lldpRemPortDesc" [1 0 8802 1 1 2 1 4 1 1 8] Column ObjectType [ReadOnly] [Current] [S21] D10
"lldpRemSysName" [1 0 8802 1 1 2 1 4 1 1 9] Column ObjectType [ReadOnly] [Current] [S21] D10
"lldpRemSysDesc" [1 0 8802 1 1 2 1 4 1 1 10] Column ObjectType [ReadOnly] [Current] [S21] D10
"lldpRemSysCapSupported" [1 0 8802 1 1 2 1 4 1 1 11] Column ObjectType [ReadOnly] [Current] [S8] D10
"lldpRemSysCapEnabled" [1 0 8802 1 1 2 1 4 1 1 12] Column ObjectType [ReadOnly] [Current] [S8] D10
"lldpRemManAddrTable" [1 0 8802 1 1 2 1 4 2] Table ObjectType [NotAccessible] [Current] [] D0
"lldpRemManAddrEntry" [1 0 8802 1 1 2 1 4 2 1] Row ObjectType [NotAccessible] [Current] [] D11
"lldpRemManAddrSubtype" [1 0 8802 1 1 2 1 4 2 1 1] Column ObjectType [NotAccessible] [Current] [S17] D11
"lldpRemManAddr" [1 0 8802 1 1 2 1 4 2 1 2] Column ObjectType [NotAccessible] [Current] [S3] D11
"lldpRemManAddrIfSubtype" [1 0 8802 1 1 2 1 4 2 1 3] Column ObjectType [ReadOnly] [Current] [S2] D11
"lldpRemManAddrIfId" [1 0 8802 1 1 2 1 4 2 1 4] Column ObjectType [ReadOnly] [Current] [S22] D11
"lldpRemManAddrOID" [1 0 8802 1 1 2 1 4 2 1 5] Column ObjectType [ReadOnly] [Current] [S23] D11
"lldpRemUnknownTLVTable" [1 0 8802 1 1 2 1 4 3] Table ObjectType [NotAccessible] [Current] [] D0
"lldpRemUnknownTLVEntry" [1 0 8802 1 1 2 1 4 3 1] Row ObjectType [NotAccessible] [Current] [] D12
"lldpRemUnknownTLVType" [1 0 8802 1 1 2 1 4 3 1 1] Column ObjectType [NotAccessible] [Current] [S26] D12
"lldpRemUnknownTLVInfo" [1 0 8802 1 1 2 1 4 3 1 2] Column ObjectType [ReadOnly] [Current] [S27] D12
"lldpRemOrgDefInfoTable" [1 0 8802 1 1 2 1 4 4] Table ObjectType [NotAccessible] [Current] [] D0
"lldpRemOrgDefInfoEntry" [1 0 8802 1 1 2 1 4 4 1] Row ObjectType [NotAccessible] [Current] [] D13
"lldpRemOrgDefInfoOUI" [1 0 8802 1 1 2 1 4 4 1 1] Column ObjectType [NotAccessible] [Current] [S28] D13
"lldpRemOrgDefInfoSubtype" [1 0 8802 1 1 2 1 4 4 1 2] Column ObjectType [NotAccessible] [Current] [S29] D13
"lldpRemOrgDefInfoIndex" [1 0 8802 1 1 2 1 4 4 1 3] Column ObjectType [NotAccessible] [Current] [S25] D13
"lldpRemOrgDefInfo" [1 0 8802 1 1 2 1 4 4 1 4] Column ObjectType [ReadOnly] [Current] [S30] D13
"lldpExtensions" [1 0 8802 1 1 2 1 5] Node ObjectIdentifier [] [] [] D0
"lldpConformance" [1 0 8802 1 1 2 2] Node ObjectIdentifier [] [] [] D0
"lldpCompliances" [1 0 8802 1 1 2 2 1] Node ObjectIdentifier [] [] [] D0
"lldpCompliance" [1 0 8802 1 1 2 2 1 1] Compliance ModuleCompliance [] [Current] [] D0
"lldpGroups" [1 0 8802 1 1 2 2 2] Node ObjectIdentifier [] [] [] D0
"lldpConfigGroup" [1 0 8802 1 1 2 2 2 1] Group ObjectGroup [] [Current] [] D14
"lldpConfigRxGroup" [1 0 8802 1 1 2 2 2 2] Group ObjectGroup [] [Current] [] D15
"lldpConfigTxGroup" [1 0 8802 1 1 2 2 2 3] Group ObjectGroup [] [Current] [] D16
"lldpStatsRxGroup" [1 0 8802 1 1 2 2 2 4] Group ObjectGroup [] [Current] [] D17
"lldpStatsTxGroup" [1 0 8802 1 1 2 2 2 5] Group ObjectGroup [] [Current] [] D18
"lldpLocSysGroup" [1 0 8802 1 1 2 2 2 6] Group ObjectGroup [] [Current] [] D19
"lldpRemSysGroup" [1 0 8802 1 1 2 2 2 7] Group ObjectGroup [] [Current] [] D20
"lldpNotificationsGroup" [1 0 8802 1 1 2 2 2 8] Group NotificationGroup [] [Current] [] D21
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
