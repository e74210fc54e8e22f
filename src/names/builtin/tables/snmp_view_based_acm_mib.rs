//! SNMP-VIEW-BASED-ACM-MIB. Written by `examples/mibgen.rs`; not to be edited.

use crate::names::builtin::entry::{optional, table};

table! { "SNMP-VIEW-BASED-ACM-MIB"
syntaxes {
S0 "SnmpAdminString" OctetString [ (0 32) ] [ ] ["255t"]
S1 "SnmpSecurityModel" Integer32 [ (1 2147483647) ] [ ] []
S2 "SnmpAdminString" OctetString [ (1 32) ] [ ] ["255t"]
S3 "StorageType" Integer32 [ ] [ "other" 1 "volatile" 2 "nonVolatile" 3 "permanent" 4 "readOnly" 5 ] []
S4 "RowStatus" Integer32 [ ] [ "active" 1 "notInService" 2 "notReady" 3 "createAndGo" 4 "createAndWait" 5
"destroy" 6 ] []
S5 "SnmpSecurityModel" Integer32 [ (0 2147483647) ] [ ] []
S6 "SnmpSecurityLevel" Integer32 [ ] [ "noAuthNoPriv" 1 "authNoPriv" 2 "authPriv" 3 ] []
S7 "INTEGER" Integer32 [ ] [ "exact" 1 "prefix" 2 ] []
S8 "TestAndIncr" Integer32 [ (0 2147483647) ] [ ] []
S9 "OBJECT IDENTIFIER" ObjectIdentifier [ ] [ ] []
S10 "OCTET STRING" OctetString [ (0 16) ] [ ] []
S11 "INTEGER" Integer32 [ ] [ "included" 1 "excluded" 2 ] []
}
details {
D0 [] [] [] ""
D1 [(new "vacmContextName" S0)] [] [] ""
D2 [(new "vacmSecurityModel" S1) (new "vacmSecurityName" S2)] [] [] ""
D3 [(new "vacmSecurityModel" S1) (new "vacmSecurityName" S2)] [] [] "" "nonVolatile"
D4 [(new "vacmGroupName" S2) (new "vacmAccessContextPrefix" S0) (new "vacmAccessSecurityModel" S5) (new "vacmAccessSecurityLevel" S6)] [] [] ""
D5 [(new "vacmGroupName" S2) (new "vacmAccessContextPrefix" S0) (new "vacmAccessSecurityModel" S5) (new "vacmAccessSecurityLevel" S6)] [] [] "" "exact"
D6 [(new "vacmGroupName" S2) (new "vacmAccessContextPrefix" S0) (new "vacmAccessSecurityModel" S5) (new "vacmAccessSecurityLevel" S6)] [] [] "" "''H"
D7 [(new "vacmGroupName" S2) (new "vacmAccessContextPrefix" S0) (new "vacmAccessSecurityModel" S5) (new "vacmAccessSecurityLevel" S6)] [] [] "" "nonVolatile"
D8 [(new "vacmViewTreeFamilyViewName" S2) (new "vacmViewTreeFamilySubtree" S9)] [] [] ""
D9 [(new "vacmViewTreeFamilyViewName" S2) (new "vacmViewTreeFamilySubtree" S9)] [] [] "" "''H"
D10 [(new "vacmViewTreeFamilyViewName" S2) (new "vacmViewTreeFamilySubtree" S9)] [] [] "" "included"
D11 [(new "vacmViewTreeFamilyViewName" S2) (new "vacmViewTreeFamilySubtree" S9)] [] [] "" "nonVolatile"
D12 [] [] [("SNMP-VIEW-BASED-ACM-MIB" "vacmContextName") ("SNMP-VIEW-BASED-ACM-MIB" "vacmGroupName") ("SNMP-VIEW-BASED-ACM-MIB" "vacmSecurityToGroupStorageType") ("SNMP-VIEW-BASED-ACM-MIB" "vacmSecurityToGroupStatus") ("SNMP-VIEW-BASED-ACM-MIB" "vacmAccessContextMatch") ("SNMP-VIEW-BASED-ACM-MIB" "vacmAccessReadViewName") ("SNMP-VIEW-BASED-ACM-MIB" "vacmAccessWriteViewName") ("SNMP-VIEW-BASED-ACM-MIB" "vacmAccessNotifyViewName") ("SNMP-VIEW-BASED-ACM-MIB" "vacmAccessStorageType") ("SNMP-VIEW-BASED-ACM-MIB" "vacmAccessStatus") ("SNMP-VIEW-BASED-ACM-MIB" "vacmViewSpinLock") ("SNMP-VIEW-BASED-ACM-MIB" "vacmViewTreeFamilyMask") ("SNMP-VIEW-BASED-ACM-MIB" "vacmViewTreeFamilyType") ("SNMP-VIEW-BASED-ACM-MIB" "vacmViewTreeFamilyStorageType") ("SNMP-VIEW-BASED-ACM-MIB" "vacmViewTreeFamilyStatus")] ""
}
definitions {
"snmpVacmMIB" [1 3 6 1 6 3 16] Node ModuleIdentity [] [] [] D0
"vacmMIBObjects" [1 3 6 1 6 3 16 1] Node ObjectIdentifier [] [] [] D0
"vacmContextTable" [1 3 6 1 6 3 16 1 1] Table ObjectType [NotAccessible] [Current] [] D0
"vacmContextEntry" [1 3 6 1 6 3 16 1 1 1] Row ObjectType [NotAccessible] [Current] [] D1
"vacmContextName" [1 3 6 1 6 3 16 1 1 1 1] Column ObjectType [ReadOnly] [Current] [S0] D1
"vacmSecurityToGroupTable" [1 3 6 1 6 3 16 1 2] Table ObjectType [NotAccessible] [Current] [] D0
"vacmSecurityToGroupEntry" [1 3 6 1 6 3 16 1 2 1] Row ObjectType [NotAccessible] [Current] [] D2
"vacmSecurityModel" [1 3 6 1 6 3 16 1 2 1 1] Column ObjectType [NotAccessible] [Current] [S1] D2
"vacmSecurityName" [1 3 6 1 6 3 16 1 2 1 2] Column ObjectType [NotAccessible] [Current] [S2] D2
"vacmGroupName" [1 3 6 1 6 3 16 1 2 1 3] Column ObjectType [ReadCreate] [Current] [S2] D2
"vacmSecurityToGroupStorageType" [1 3 6 1 6 3 16 1 2 1 4] Column ObjectType [ReadCreate] [Current] [S3] D3
"vacmSecurityToGroupStatus" [1 3 6 1 6 3 16 1 2 1 5] Column ObjectType [ReadCreate] [Current] [S4] D2
"vacmAccessTable" [1 3 6 1 6 3 16 1 4] Table ObjectType [NotAccessible] [Current] [] D0
"vacmAccessEntry" [1 3 6 1 6 3 16 1 4 1] Row ObjectType [NotAccessible] [Current] [] D4
"vacmAccessContextPrefix" [1 3 6 1 6 3 16 1 4 1 1] Column ObjectType [NotAccessible] [Current] [S0] D4
"vacmAccessSecurityModel" [1 3 6 1 6 3 16 1 4 1 2] Column ObjectType [NotAccessible] [Current] [S5] D4
"vacmAccessSecurityLevel" [1 3 6 1 6 3 16 1 4 1 3] Column ObjectType [NotAccessible] [Current] [S6] D4
"vacmAccessContextMatch" [1 3 6 1 6 3 16 1 4 1 4] Column ObjectType [ReadCreate] [Current] [S7] D5
"vacmAccessReadViewName" [1 3 6 1 6 3 16 1 4 1 5] Column ObjectType [ReadCreate] [Current] [S0] D6
"vacmAccessWriteViewName" [1 3 6 1 6 3 16 1 4 1 6] Column ObjectType [ReadCreate] [Current] [S0] D6
"vacmAccessNotifyViewName" [1 3 6 1 6 3 16 1 4 1 7] Column ObjectType [ReadCreate] [Current] [S0] D6
"vacmAccessStorageType" [1 3 6 1 6 3 16 1 4 1 8] Column ObjectType [ReadCreate] [Current] [S3] D7
"vacmAccessStatus" [1 3 6 1 6 3 16 1 4 1 9] Column ObjectType [ReadCreate] [Current] [S4] D4
"vacmMIBViews" [1 3 6 1 6 3 16 1 5] Node ObjectIdentifier [] [] [] D0
"vacmViewSpinLock" [1 3 6 1 6 3 16 1 5 1] Scalar ObjectType [ReadWrite] [Current] [S8] D0
"vacmViewTreeFamilyTable" [1 3 6 1 6 3 16 1 5 2] Table ObjectType [NotAccessible] [Current] [] D0
"vacmViewTreeFamilyEntry" [1 3 6 1 6 3 16 1 5 2 1] Row ObjectType [NotAccessible] [Current] [] D8
"vacmViewTreeFamilyViewName" [1 3 6 1 6 3 16 1 5 2 1 1] Column ObjectType [NotAccessible] [Current] [S2] D8
"vacmViewTreeFamilySubtree" [1 3 6 1 6 3 16 1 5 2 1 2] Column ObjectType [NotAccessible] [Current] [S9] D8
"vacmViewTreeFamilyMask" [1 3 6 1 6 3 16 1 5 2 1 3] Column ObjectType [ReadCreate] [Current] [S10] D9
"vacmViewTreeFamilyType" [1 3 6 1 6 3 16 1 5 2 1 4] Column ObjectType [ReadCreate] [Current] [S11] D10
"vacmViewTreeFamilyStorageType" [1 3 6 1 6 3 16 1 5 2 1 5] Column ObjectType [ReadCreate] [Current] [S3] D11
"vacmViewTreeFamilyStatus" [1 3 6 1 6 3 16 1 5 2 1 6] Column ObjectType [ReadCreate] [Current] [S4] D8
"vacmMIBConformance" [1 3 6 1 6 3 16 2] Node ObjectIdentifier [] [] [] D0
"vacmMIBCompliances" [1 3 6 1 6 3 16 2 1] Node ObjectIdentifier [] [] [] D0
"vacmMIBCompliance" [1 3 6 1 6 3 16 2 1 1] Compliance ModuleCompliance [] [Current] [] D0
"vacmMIBGroups" [1 3 6 1 6 3 16 2 2] Node ObjectIdentifier [] [] [] D0
"vacmBasicGroup" [1 3 6 1 6 3 16 2 2 1] Group ObjectGroup [] [Current] [] D12
}
names {
0 17 14 13 20 18 16 15 22 21 12 19 37 3 4 2 9 35 34 33 36 1 23 7 8 6 11 10 5 24 26 29 32 31 28 25 30 27
}
types {
} }
