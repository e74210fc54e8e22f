//! SNMPv2-MIB. Written by `examples/mibgen.rs`; not to be edited.

use crate::names::builtin::entry::{optional, table};

table! { "SNMPv2-MIB"
syntaxes {
S0 "DisplayString" OctetString [ (0 255) ] [ ] ["255a"]
S1 "OBJECT IDENTIFIER" ObjectIdentifier [ ] [ ] []
S2 "TimeTicks" TimeTicks [ ] [ ] []
S3 "INTEGER" Integer32 [ (0 127) ] [ ] []
S4 "TimeStamp" TimeTicks [ ] [ ] []
S5 "INTEGER" Integer32 [ (1 2147483647) ] [ ] []
S6 "Counter32" Counter32 [ ] [ ] []
S7 "INTEGER" Integer32 [ ] [ "enabled" 1 "disabled" 2 ] []
S8 "TestAndIncr" Integer32 [ (0 2147483647) ] [ ] []
}
details {
D0 [] [] [] ""
D1 [(new "sysORIndex" S5)] [] [] ""
D2 [] [] [("SNMPv2-MIB" "snmpSetSerialNo")] ""
D3 [] [] [("SNMPv2-MIB" "sysDescr") ("SNMPv2-MIB" "sysObjectID") ("SNMPv2-MIB" "sysUpTime") ("SNMPv2-MIB" "sysContact") ("SNMPv2-MIB" "sysName") ("SNMPv2-MIB" "sysLocation") ("SNMPv2-MIB" "sysServices") ("SNMPv2-MIB" "sysORLastChange") ("SNMPv2-MIB" "sysORID") ("SNMPv2-MIB" "sysORUpTime") ("SNMPv2-MIB" "sysORDescr")] ""
D4 [] [] [("SNMPv2-MIB" "coldStart") ("SNMPv2-MIB" "authenticationFailure")] ""
D5 [] [] [("SNMPv2-MIB" "snmpInPkts") ("SNMPv2-MIB" "snmpInBadVersions") ("SNMPv2-MIB" "snmpInASNParseErrs") ("SNMPv2-MIB" "snmpSilentDrops") ("SNMPv2-MIB" "snmpProxyDrops") ("SNMPv2-MIB" "snmpEnableAuthenTraps")] ""
D6 [] [] [("SNMPv2-MIB" "snmpInBadCommunityNames") ("SNMPv2-MIB" "snmpInBadCommunityUses")] ""
D7 [] [] [("SNMPv2-MIB" "snmpOutPkts") ("SNMPv2-MIB" "snmpInTooBigs") ("SNMPv2-MIB" "snmpInNoSuchNames") ("SNMPv2-MIB" "snmpInBadValues") ("SNMPv2-MIB" "snmpInReadOnlys") ("SNMPv2-MIB" "snmpInGenErrs") ("SNMPv2-MIB" "snmpInTotalReqVars") ("SNMPv2-MIB" "snmpInTotalSetVars") ("SNMPv2-MIB" "snmpInGetRequests") ("SNMPv2-MIB" "snmpInGetNexts") ("SNMPv2-MIB" "snmpInSetRequests") ("SNMPv2-MIB" "snmpInGetResponses") ("SNMPv2-MIB" "snmpInTraps") ("SNMPv2-MIB" "snmpOutTooBigs") ("SNMPv2-MIB" "snmpOutNoSuchNames") ("SNMPv2-MIB" "snmpOutBadValues") ("SNMPv2-MIB" "snmpOutGenErrs") ("SNMPv2-MIB" "snmpOutGetRequests") ("SNMPv2-MIB" "snmpOutGetNexts") ("SNMPv2-MIB" "snmpOutSetRequests") ("SNMPv2-MIB" "snmpOutGetResponses") ("SNMPv2-MIB" "snmpOutTraps")] ""
D8 [] [] [("SNMPv2-MIB" "warmStart")] ""
D9 [] [] [("SNMPv2-MIB" "snmpTrapOID") ("SNMPv2-MIB" "snmpTrapEnterprise")] ""
}
definitions {
"system" [1 3 6 1 2 1 1] Node ObjectIdentifier [] [] [] D0
"sysDescr" [1 3 6 1 2 1 1 1] Scalar ObjectType [ReadOnly] [Current] [S0] D0
"sysObjectID" [1 3 6 1 2 1 1 2] Scalar ObjectType [ReadOnly] [Current] [S1] D0
"sysUpTime" [1 3 6 1 2 1 1 3] Scalar ObjectType [ReadOnly] [Current] [S2] D0
"sysContact" [1 3 6 1 2 1 1 4] Scalar ObjectType [ReadWrite] [Current] [S0] D0
"sysName" [1 3 6 1 2 1 1 5] Scalar ObjectType [ReadWrite] [Current] [S0] D0
"sysLocation" [1 3 6 1 2 1 1 6] Scalar ObjectType [ReadWrite] [Current] [S0] D0
"sysServices" [1 3 6 1 2 1 1 7] Scalar ObjectType [ReadOnly] [Current] [S3] D0
"sysORLastChange" [1 3 6 1 2 1 1 8] Scalar ObjectType [ReadOnly] [Current] [S4] D0
"sysORTable" [1 3 6 1 2 1 1 9] Table ObjectType [NotAccessible] [Current] [] D0
"sysOREntry" [1 3 6 1 2 1 1 9 1] Row ObjectType [NotAccessible] [Current] [] D1
"sysORIndex" [1 3 6 1 2 1 1 9 1 1] Column ObjectType [NotAccessible] [Current] [S5] D1
"sysORID" [1 3 6 1 2 1 1 9 1 2] Column ObjectType [ReadOnly] [Current] [S1] D1
"sysORDescr" [1 3 6 1 2 1 1 9 1 3] Column ObjectType [ReadOnly] [Current] [S0] D1
"sysORUpTime" [1 3 6 1 2 1 1 9 1 4] Column ObjectType [ReadOnly] [Current] [S4] D1
"snmp" [1 3 6 1 2 1 11] Node ObjectIdentifier [] [] [] D0
"snmpInPkts" [1 3 6 1 2 1 11 1] Scalar ObjectType [ReadOnly] [Current] [S6] D0
"snmpOutPkts" [1 3 6 1 2 1 11 2] Scalar ObjectType [ReadOnly] [Obsolete] [S6] D0
"snmpInBadVersions" [1 3 6 1 2 1 11 3] Scalar ObjectType [ReadOnly] [Current] [S6] D0
"snmpInBadCommunityNames" [1 3 6 1 2 1 11 4] Scalar ObjectType [ReadOnly] [Current] [S6] D0
"snmpInBadCommunityUses" [1 3 6 1 2 1 11 5] Scalar ObjectType [ReadOnly] [Current] [S6] D0
"snmpInASNParseErrs" [1 3 6 1 2 1 11 6] Scalar ObjectType [ReadOnly] [Current] [S6] D0
"snmpInTooBigs" [1 3 6 1 2 1 11 8] Scalar ObjectType [ReadOnly] [Obsolete] [S6] D0
"snmpInNoSuchNames" [1 3 6 1 2 1 11 9] Scalar ObjectType [ReadOnly] [Obsolete] [S6] D0
"snmpInBadValues" [1 3 6 1 2 1 11 10] Scalar ObjectType [ReadOnly] [Obsolete] [S6] D0
"snmpInReadOnlys" [1 3 6 1 2 1 11 11] Scalar ObjectType [ReadOnly] [Obsolete] [S6] D0
"snmpInGenErrs" [1 3 6 1 2 1 11 12] Scalar ObjectType [ReadOnly] [Obsolete] [S6] D0
"snmpInTotalReqVars" [1 3 6 1 2 1 11 13] Scalar ObjectType [ReadOnly] [Obsolete] [S6] D0
"snmpInTotalSetVars" [1 3 6 1 2 1 11 14] Scalar ObjectType [ReadOnly] [Obsolete] [S6] D0
"snmpInGetRequests" [1 3 6 1 2 1 11 15] Scalar ObjectType [ReadOnly] [Obsolete] [S6] D0
"snmpInGetNexts" [1 3 6 1 2 1 11 16] Scalar ObjectType [ReadOnly] [Obsolete] [S6] D0
"snmpInSetRequests" [1 3 6 1 2 1 11 17] Scalar ObjectType [ReadOnly] [Obsolete] [S6] D0
"snmpInGetResponses" [1 3 6 1 2 1 11 18] Scalar ObjectType [ReadOnly] [Obsolete] [S6] D0
"snmpInTraps" [1 3 6 1 2 1 11 19] Scalar ObjectType [ReadOnly] [Obsolete] [S6] D0
"snmpOutTooBigs" [1 3 6 1 2 1 11 20] Scalar ObjectType [ReadOnly] [Obsolete] [S6] D0
"snmpOutNoSuchNames" [1 3 6 1 2 1 11 21] Scalar ObjectType [ReadOnly] [Obsolete] [S6] D0
"snmpOutBadValues" [1 3 6 1 2 1 11 22] Scalar ObjectType [ReadOnly] [Obsolete] [S6] D0
"snmpOutGenErrs" [1 3 6 1 2 1 11 24] Scalar ObjectType [ReadOnly] [Obsolete] [S6] D0
"snmpOutGetRequests" [1 3 6 1 2 1 11 25] Scalar ObjectType [ReadOnly] [Obsolete] [S6] D0
"snmpOutGetNexts" [1 3 6 1 2 1 11 26] Scalar ObjectType [ReadOnly] [Obsolete] [S6] D0
"snmpOutSetRequests" [1 3 6 1 2 1 11 27] Scalar ObjectType [ReadOnly] [Obsolete] [S6] D0
"snmpOutGetResponses" [1 3 6 1 2 1 11 28] Scalar ObjectType [ReadOnly] [Obsolete] [S6] D0
"snmpOutTraps" [1 3 6 1 2 1 11 29] Scalar ObjectType [ReadOnly] [Obsolete] [S6] D0
"snmpEnableAuthenTraps" [1 3 6 1 2 1 11 30] Scalar ObjectType [ReadWrite] [Current] [S7] D0
"snmpSilentDrops" [1 3 6 1 2 1 11 31] Scalar ObjectType [ReadOnly] [Current] [S6] D0
"snmpProxyDrops" [1 3 6 1 2 1 11 32] Scalar ObjectType [ReadOnly] [Current] [S6] D0
"snmpMIB" [1 3 6 1 6 3 1] Node ModuleIdentity [] [] [] D0
"snmpMIBObjects" [1 3 6 1 6 3 1 1] Node ObjectIdentifier [] [] [] D0
"snmpTrap" [1 3 6 1 6 3 1 1 4] Node ObjectIdentifier [] [] [] D0
"snmpTrapOID" [1 3 6 1 6 3 1 1 4 1] Scalar ObjectType [AccessibleForNotify] [Current] [S1] D0
"snmpTrapEnterprise" [1 3 6 1 6 3 1 1 4 3] Scalar ObjectType [AccessibleForNotify] [Current] [S1] D0
"snmpTraps" [1 3 6 1 6 3 1 1 5] Node ObjectIdentifier [] [] [] D0
"coldStart" [1 3 6 1 6 3 1 1 5 1] Notification NotificationType [] [Current] [] D0
"warmStart" [1 3 6 1 6 3 1 1 5 2] Notification NotificationType [] [Current] [] D0
"authenticationFailure" [1 3 6 1 6 3 1 1 5 5] Notification NotificationType [] [Current] [] D0
"snmpSet" [1 3 6 1 6 3 1 1 6] Node ObjectIdentifier [] [] [] D0
"snmpSetSerialNo" [1 3 6 1 6 3 1 1 6 1] Scalar ObjectType [ReadWrite] [Current] [S8] D0
"snmpMIBConformance" [1 3 6 1 6 3 1 2] Node ObjectIdentifier [] [] [] D0
"snmpMIBCompliances" [1 3 6 1 6 3 1 2 1] Node ObjectIdentifier [] [] [] D0
"snmpBasicCompliance" [1 3 6 1 6 3 1 2 1 2] Compliance ModuleCompliance [] [Deprecated] [] D0
"snmpBasicComplianceRev2" [1 3 6 1 6 3 1 2 1 3] Compliance ModuleCompliance [] [Current] [] D0
"snmpMIBGroups" [1 3 6 1 6 3 1 2 2] Node ObjectIdentifier [] [] [] D0
"snmpSetGroup" [1 3 6 1 6 3 1 2 2 5] Group ObjectGroup [] [Current] [] D2
"systemGroup" [1 3 6 1 6 3 1 2 2 6] Group ObjectGroup [] [Current] [] D3
"snmpBasicNotificationsGroup" [1 3 6 1 6 3 1 2 2 7] Group NotificationGroup [] [Current] [] D4
"snmpGroup" [1 3 6 1 6 3 1 2 2 8] Group ObjectGroup [] [Current] [] D5
"snmpCommunityGroup" [1 3 6 1 6 3 1 2 2 9] Group ObjectGroup [] [Current] [] D6
"snmpObsoleteGroup" [1 3 6 1 6 3 1 2 2 10] Group ObjectGroup [] [Obsolete] [] D7
"snmpWarmStartNotificationGroup" [1 3 6 1 6 3 1 2 2 11] Group NotificationGroup [] [Current] [] D8
"snmpNotificationGroup" [1 3 6 1 6 3 1 2 2 12] Group ObjectGroup [] [Current] [] D9
}
names {
54 52 15 59 60 64 66 43 65 21 19 20 24 18 26 30 29 32 23 16 25 31 22 27 28 33 46 58 57 61 47 69 67 36 37 39 38
41 35 17 40 34 42 45 55 62 56 44 48 50 49 51 68 4 1 6 5 13 10 12 11 8 9 14 2 7 3 0 63 53
}
types {
} }
