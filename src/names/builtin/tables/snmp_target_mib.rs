//! SNMP-TARGET-MIB. Written by `examples/mibgen.rs`; not to be edited.

use crate::names::builtin::entry::{optional, table};

table! { "SNMP-TARGET-MIB"
syntaxes {
S0 "SnmpTagList" OctetString [ (0 255) ] [ ] ["255t"]
S1 "SnmpTagValue" OctetString [ (0 255) ] [ ] ["255t"]
S2 "TestAndIncr" Integer32 [ (0 2147483647) ] [ ] []
S3 "SnmpAdminString" OctetString [ (1 32) ] [ ] ["255t"]
S4 "TDomain" ObjectIdentifier [ ] [ ] []
S5 "TAddress" OctetString [ (1 255) ] [ ] []
S6 "TimeInterval" Integer32 [ (0 2147483647) ] [ ] []
S7 "Integer32" Integer32 [ (0 255) ] [ ] []
S8 "StorageType" Integer32 [ ] [ "other" 1 "volatile" 2 "nonVolatile" 3 "permanent" 4 "readOnly" 5 ] []
S9 "RowStatus" Integer32 [ ] [ "active" 1 "notInService" 2 "notReady" 3 "createAndGo" 4 "createAndWait" 5
"destroy" 6 ] []
S10 "SnmpMessageProcessingModel" Integer32 [ (0 2147483647) ] [ ] []
S11 "SnmpSecurityModel" Integer32 [ (1 2147483647) ] [ ] []
S12 "SnmpAdminString" OctetString [ (0 255) ] [ ] ["255t"]
S13 "SnmpSecurityLevel" Integer32 [ ] [ "noAuthNoPriv" 1 "authNoPriv" 2 "authPriv" 3 ] []
S14 "Counter32" Counter32 [ ] [ ] []
}
details {
D0 [] [] [] ""
D1 [(implied "snmpTargetAddrName" S3)] [] [] ""
D2 [(implied "snmpTargetAddrName" S3)] [] [] "" "1500"
D3 [(implied "snmpTargetAddrName" S3)] [] [] "" "3"
D4 [(implied "snmpTargetAddrName" S3)] [] [] "" "\"\""
D5 [(implied "snmpTargetAddrName" S3)] [] [] "" "nonVolatile"
D6 [(implied "snmpTargetParamsName" S3)] [] [] ""
D7 [(implied "snmpTargetParamsName" S3)] [] [] "" "nonVolatile"
D8 [] [] [("SNMP-TARGET-MIB" "snmpTargetSpinLock") ("SNMP-TARGET-MIB" "snmpTargetAddrTDomain") ("SNMP-TARGET-MIB" "snmpTargetAddrTAddress") ("SNMP-TARGET-MIB" "snmpTargetAddrTagList") ("SNMP-TARGET-MIB" "snmpTargetAddrParams") ("SNMP-TARGET-MIB" "snmpTargetAddrStorageType") ("SNMP-TARGET-MIB" "snmpTargetAddrRowStatus") ("SNMP-TARGET-MIB" "snmpTargetParamsMPModel") ("SNMP-TARGET-MIB" "snmpTargetParamsSecurityModel") ("SNMP-TARGET-MIB" "snmpTargetParamsSecurityName") ("SNMP-TARGET-MIB" "snmpTargetParamsSecurityLevel") ("SNMP-TARGET-MIB" "snmpTargetParamsStorageType") ("SNMP-TARGET-MIB" "snmpTargetParamsRowStatus")] ""
D9 [] [] [("SNMP-TARGET-MIB" "snmpTargetAddrTimeout") ("SNMP-TARGET-MIB" "snmpTargetAddrRetryCount")] ""
D10 [] [] [("SNMP-TARGET-MIB" "snmpUnavailableContexts") ("SNMP-TARGET-MIB" "snmpUnknownContexts")] ""
}
definitions {
"snmpTargetMIB" [1 3 6 1 6 3 12] Node ModuleIdentity [] [] [] D0
"snmpTargetObjects" [1 3 6 1 6 3 12 1] Node ObjectIdentifier [] [] [] D0
"snmpTargetSpinLock" [1 3 6 1 6 3 12 1 1] Scalar ObjectType [ReadWrite] [Current] [S2] D0
"snmpTargetAddrTable" [1 3 6 1 6 3 12 1 2] Table ObjectType [NotAccessible] [Current] [] D0
"snmpTargetAddrEntry" [1 3 6 1 6 3 12 1 2 1] Row ObjectType [NotAccessible] [Current] [] D1
"snmpTargetAddrName" [1 3 6 1 6 3 12 1 2 1 1] Column ObjectType [NotAccessible] [Current] [S3] D1
"snmpTargetAddrTDomain" [1 3 6 1 6 3 12 1 2 1 2] Column ObjectType [ReadCreate] [Current] [S4] D1
"snmpTargetAddrTAddress" [1 3 6 1 6 3 12 1 2 1 3] Column ObjectType [ReadCreate] [Current] [S5] D1
"snmpTargetAddrTimeout" [1 3 6 1 6 3 12 1 2 1 4] Column ObjectType [ReadCreate] [Current] [S6] D2
"snmpTargetAddrRetryCount" [1 3 6 1 6 3 12 1 2 1 5] Column ObjectType [ReadCreate] [Current] [S7] D3
"snmpTargetAddrTagList" [1 3 6 1 6 3 12 1 2 1 6] Column ObjectType [ReadCreate] [Current] [S0] D4
"snmpTargetAddrParams" [1 3 6 1 6 3 12 1 2 1 7] Column ObjectType [ReadCreate] [Current] [S3] D1
"snmpTargetAddrStorageType" [1 3 6 1 6 3 12 1 2 1 8] Column ObjectType [ReadCreate] [Current] [S8] D5
"snmpTargetAddrRowStatus" [1 3 6 1 6 3 12 1 2 1 9] Column ObjectType [ReadCreate] [Current] [S9] D1
"snmpTargetParamsTable" [1 3 6 1 6 3 12 1 3] Table ObjectType [NotAccessible] [Current] [] D0
"snmpTargetParamsEntry" [1 3 6 1 6 3 12 1 3 1] Row ObjectType [NotAccessible] [Current] [] D6
"snmpTargetParamsName" [1 3 6 1 6 3 12 1 3 1 1] Column ObjectType [NotAccessible] [Current] [S3] D6
"snmpTargetParamsMPModel" [1 3 6 1 6 3 12 1 3 1 2] Column ObjectType [ReadCreate] [Current] [S10] D6
"snmpTargetParamsSecurityModel" [1 3 6 1 6 3 12 1 3 1 3] Column ObjectType [ReadCreate] [Current] [S11] D6
"snmpTargetParamsSecurityName" [1 3 6 1 6 3 12 1 3 1 4] Column ObjectType [ReadCreate] [Current] [S12] D6
"snmpTargetParamsSecurityLevel" [1 3 6 1 6 3 12 1 3 1 5] Column ObjectType [ReadCreate] [Current] [S13] D6
"snmpTargetParamsStorageType" [1 3 6 1 6 3 12 1 3 1 6] Column ObjectType [ReadCreate] [Current] [S8] D7
"snmpTargetParamsRowStatus" [1 3 6 1 6 3 12 1 3 1 7] Column ObjectType [ReadCreate] [Current] [S9] D6
"snmpUnavailableContexts" [1 3 6 1 6 3 12 1 4] Scalar ObjectType [ReadOnly] [Current] [S14] D0
"snmpUnknownContexts" [1 3 6 1 6 3 12 1 5] Scalar ObjectType [ReadOnly] [Current] [S14] D0
"snmpTargetConformance" [1 3 6 1 6 3 12 3] Node ObjectIdentifier [] [] [] D0
"snmpTargetCompliances" [1 3 6 1 6 3 12 3 1] Node ObjectIdentifier [] [] [] D0
"snmpTargetCommandResponderCompliance" [1 3 6 1 6 3 12 3 1 1] Compliance ModuleCompliance [] [Current] [] D0
"snmpTargetGroups" [1 3 6 1 6 3 12 3 2] Node ObjectIdentifier [] [] [] D0
"snmpTargetBasicGroup" [1 3 6 1 6 3 12 3 2 1] Group ObjectGroup [] [Current] [] D8
"snmpTargetResponseGroup" [1 3 6 1 6 3 12 3 2 2] Group ObjectGroup [] [Current] [] D9
"snmpTargetCommandResponderGroup" [1 3 6 1 6 3 12 3 2 3] Group ObjectGroup [] [Current] [] D10
}
names {
4 5 11 9 13 12 7 6 3 10 8 29 27 31 26 25 28 0 1 15 17 16 22 20 18 19 21 14 30 2 23 24
}
types {
"SnmpTagList" S0
"SnmpTagValue" S1
} }
