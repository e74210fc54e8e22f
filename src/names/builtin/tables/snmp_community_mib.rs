//! SNMP-COMMUNITY-MIB. Written by `examples/mibgen.rs`; not to be edited.

use crate::names::builtin::entry::{optional, table};

table! { "SNMP-COMMUNITY-MIB"
syntaxes {
S0 "SnmpAdminString" OctetString [ (1 32) ] [ ] ["255t"]
S1 "OCTET STRING" OctetString [ ] [ ] []
S2 "SnmpEngineID" OctetString [ (5 32) ] [ ] []
S3 "SnmpAdminString" OctetString [ (0 32) ] [ ] ["255t"]
S4 "SnmpTagValue" OctetString [ (0 255) ] [ ] ["255t"]
S5 "StorageType" Integer32 [ ] [ "other" 1 "volatile" 2 "nonVolatile" 3 "permanent" 4 "readOnly" 5 ] []
S6 "RowStatus" Integer32 [ ] [ "active" 1 "notInService" 2 "notReady" 3 "createAndGo" 4 "createAndWait" 5
"destroy" 6 ] []
S7 "OCTET STRING" OctetString [ (0 255) ] [ ] []
S8 "Integer32" Integer32 [ (0 0) (484 2147483647) ] [ ] []
S9 "IpAddress" IpAddress [ ] [ ] []
}
details {
D0 [] [] [] ""
D1 [(implied "snmpCommunityIndex" S0)] [] [] ""
D2 [(implied "snmpCommunityIndex" S0)] [] [] "" "''H"
D3 [(implied "snmpTargetAddrName" S0)] [("SNMP-TARGET-MIB" "snmpTargetAddrEntry")] [] ""
D4 [(implied "snmpTargetAddrName" S0)] [] [] "" "''H"
D5 [(implied "snmpTargetAddrName" S0)] [] [] "" "484"
D6 [] [] [("SNMP-COMMUNITY-MIB" "snmpCommunityName") ("SNMP-COMMUNITY-MIB" "snmpCommunitySecurityName") ("SNMP-COMMUNITY-MIB" "snmpCommunityContextEngineID") ("SNMP-COMMUNITY-MIB" "snmpCommunityContextName") ("SNMP-COMMUNITY-MIB" "snmpCommunityTransportTag") ("SNMP-COMMUNITY-MIB" "snmpCommunityStorageType") ("SNMP-COMMUNITY-MIB" "snmpCommunityStatus") ("SNMP-COMMUNITY-MIB" "snmpTargetAddrTMask") ("SNMP-COMMUNITY-MIB" "snmpTargetAddrMMS")] ""
D7 [] [] [("SNMP-COMMUNITY-MIB" "snmpTrapAddress") ("SNMP-COMMUNITY-MIB" "snmpTrapCommunity")] ""
}
definitions {
"snmpCommunityMIB" [1 3 6 1 6 3 18] Node ModuleIdentity [] [] [] D0
"snmpCommunityMIBObjects" [1 3 6 1 6 3 18 1] Node ObjectIdentifier [] [] [] D0
"snmpCommunityTable" [1 3 6 1 6 3 18 1 1] Table ObjectType [NotAccessible] [Current] [] D0
"snmpCommunityEntry" [1 3 6 1 6 3 18 1 1 1] Row ObjectType [NotAccessible] [Current] [] D1
"snmpCommunityIndex" [1 3 6 1 6 3 18 1 1 1 1] Column ObjectType [NotAccessible] [Current] [S0] D1
"snmpCommunityName" [1 3 6 1 6 3 18 1 1 1 2] Column ObjectType [ReadCreate] [Current] [S1] D1
"snmpCommunitySecurityName" [1 3 6 1 6 3 18 1 1 1 3] Column ObjectType [ReadCreate] [Current] [S0] D1
"snmpCommunityContextEngineID" [1 3 6 1 6 3 18 1 1 1 4] Column ObjectType [ReadCreate] [Current] [S2] D1
"snmpCommunityContextName" [1 3 6 1 6 3 18 1 1 1 5] Column ObjectType [ReadCreate] [Current] [S3] D2
"snmpCommunityTransportTag" [1 3 6 1 6 3 18 1 1 1 6] Column ObjectType [ReadCreate] [Current] [S4] D2
"snmpCommunityStorageType" [1 3 6 1 6 3 18 1 1 1 7] Column ObjectType [ReadCreate] [Current] [S5] D1
"snmpCommunityStatus" [1 3 6 1 6 3 18 1 1 1 8] Column ObjectType [ReadCreate] [Current] [S6] D1
"snmpTargetAddrExtTable" [1 3 6 1 6 3 18 1 2] Table ObjectType [NotAccessible] [Current] [] D0
"snmpTargetAddrExtEntry" [1 3 6 1 6 3 18 1 2 1] Row ObjectType [NotAccessible] [Current] [] D3
"snmpTargetAddrTMask" [1 3 6 1 6 3 18 1 2 1 1] Column ObjectType [ReadCreate] [Current] [S7] D4
"snmpTargetAddrMMS" [1 3 6 1 6 3 18 1 2 1 2] Column ObjectType [ReadCreate] [Current] [S8] D5
"snmpTrapAddress" [1 3 6 1 6 3 18 1 3] Scalar ObjectType [AccessibleForNotify] [Current] [S9] D0
"snmpTrapCommunity" [1 3 6 1 6 3 18 1 4] Scalar ObjectType [AccessibleForNotify] [Current] [S1] D0
"snmpCommunityMIBConformance" [1 3 6 1 6 3 18 2] Node ObjectIdentifier [] [] [] D0
"snmpCommunityMIBCompliances" [1 3 6 1 6 3 18 2 1] Node ObjectIdentifier [] [] [] D0
"snmpCommunityMIBCompliance" [1 3 6 1 6 3 18 2 1 1] Compliance ModuleCompliance [] [Current] [] D0
"snmpProxyTrapForwardCompliance" [1 3 6 1 6 3 18 2 1 2] Compliance ModuleCompliance [] [Current] [] D0
"snmpCommunityMIBGroups" [1 3 6 1 6 3 18 2 2] Node ObjectIdentifier [] [] [] D0
"snmpCommunityGroup" [1 3 6 1 6 3 18 2 2 1] Group ObjectGroup [] [Current] [] D6
"snmpProxyTrapForwardGroup" [1 3 6 1 6 3 18 2 2 3] Group ObjectGroup [] [Current] [] D7
}
names {
7 8 3 23 4 0 20 19 18 22 1 5 6 11 10 2 9 21 24 13 12 15 14 16 17
}
types {
} }
