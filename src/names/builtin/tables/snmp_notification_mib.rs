//! SNMP-NOTIFICATION-MIB. Written by `examples/mibgen.rs`; not to be edited.

use crate::names::builtin::entry::{optional, table};

table! { "SNMP-NOTIFICATION-MIB"
syntaxes {
S0 "SnmpAdminString" OctetString [ (1 32) ] [ ] ["255t"]
S1 "SnmpTagValue" OctetString [ (0 255) ] [ ] ["255t"]
S2 "INTEGER" Integer32 [ ] [ "trap" 1 "inform" 2 ] []
S3 "StorageType" Integer32 [ ] [ "other" 1 "volatile" 2 "nonVolatile" 3 "permanent" 4 "readOnly" 5 ] []
S4 "RowStatus" Integer32 [ ] [ "active" 1 "notInService" 2 "notReady" 3 "createAndGo" 4 "createAndWait" 5
"destroy" 6 ] []
S5 "OBJECT IDENTIFIER" ObjectIdentifier [ ] [ ] []
S6 "OCTET STRING" OctetString [ (0 16) ] [ ] []
S7 "INTEGER" Integer32 [ ] [ "included" 1 "excluded" 2 ] []
}
details {
D0 [] [] [] ""
D1 [(implied "snmpNotifyName" S0)] [] [] ""
D2 [(implied "snmpNotifyName" S0)] [] [] "" "\"\""
D3 [(implied "snmpNotifyName" S0)] [] [] "" "trap"
D4 [(implied "snmpNotifyName" S0)] [] [] "" "nonVolatile"
D5 [(implied "snmpTargetParamsName" S0)] [] [] ""
D6 [(implied "snmpTargetParamsName" S0)] [] [] "" "nonVolatile"
D7 [(new "snmpNotifyFilterProfileName" S0) (implied "snmpNotifyFilterSubtree" S5)] [] [] ""
D8 [(new "snmpNotifyFilterProfileName" S0) (implied "snmpNotifyFilterSubtree" S5)] [] [] "" "''H"
D9 [(new "snmpNotifyFilterProfileName" S0) (implied "snmpNotifyFilterSubtree" S5)] [] [] "" "included"
D10 [(new "snmpNotifyFilterProfileName" S0) (implied "snmpNotifyFilterSubtree" S5)] [] [] "" "nonVolatile"
D11 [] [] [("SNMP-NOTIFICATION-MIB" "snmpNotifyTag") ("SNMP-NOTIFICATION-MIB" "snmpNotifyType") ("SNMP-NOTIFICATION-MIB" "snmpNotifyStorageType") ("SNMP-NOTIFICATION-MIB" "snmpNotifyRowStatus")] ""
D12 [] [] [("SNMP-NOTIFICATION-MIB" "snmpNotifyFilterProfileName") ("SNMP-NOTIFICATION-MIB" "snmpNotifyFilterProfileStorType") ("SNMP-NOTIFICATION-MIB" "snmpNotifyFilterProfileRowStatus") ("SNMP-NOTIFICATION-MIB" "snmpNotifyFilterMask") ("SNMP-NOTIFICATION-MIB" "snmpNotifyFilterType") ("SNMP-NOTIFICATION-MIB" "snmpNotifyFilterStorageType") ("SNMP-NOTIFICATION-MIB" "snmpNotifyFilterRowStatus")] ""
}
definitions {
"snmpNotificationMIB" [1 3 6 1 6 3 13] Node ModuleIdentity [] [] [] D0
"snmpNotifyObjects" [1 3 6 1 6 3 13 1] Node ObjectIdentifier [] [] [] D0
"snmpNotifyTable" [1 3 6 1 6 3 13 1 1] Table ObjectType [NotAccessible] [Current] [] D0
"snmpNotifyEntry" [1 3 6 1 6 3 13 1 1 1] Row ObjectType [NotAccessible] [Current] [] D1
"snmpNotifyName" [1 3 6 1 6 3 13 1 1 1 1] Column ObjectType [NotAccessible] [Current] [S0] D1
"snmpNotifyTag" [1 3 6 1 6 3 13 1 1 1 2] Column ObjectType [ReadCreate] [Current] [S1] D2
"snmpNotifyType" [1 3 6 1 6 3 13 1 1 1 3] Column ObjectType [ReadCreate] [Current] [S2] D3
"snmpNotifyStorageType" [1 3 6 1 6 3 13 1 1 1 4] Column ObjectType [ReadCreate] [Current] [S3] D4
"snmpNotifyRowStatus" [1 3 6 1 6 3 13 1 1 1 5] Column ObjectType [ReadCreate] [Current] [S4] D1
"snmpNotifyFilterProfileTable" [1 3 6 1 6 3 13 1 2] Table ObjectType [NotAccessible] [Current] [] D0
"snmpNotifyFilterProfileEntry" [1 3 6 1 6 3 13 1 2 1] Row ObjectType [NotAccessible] [Current] [] D5
"snmpNotifyFilterProfileName" [1 3 6 1 6 3 13 1 2 1 1] Column ObjectType [ReadCreate] [Current] [S0] D5
"snmpNotifyFilterProfileStorType" [1 3 6 1 6 3 13 1 2 1 2] Column ObjectType [ReadCreate] [Current] [S3] D6
"snmpNotifyFilterProfileRowStatus" [1 3 6 1 6 3 13 1 2 1 3] Column ObjectType [ReadCreate] [Current] [S4] D5
"snmpNotifyFilterTable" [1 3 6 1 6 3 13 1 3] Table ObjectType [NotAccessible] [Current] [] D0
"snmpNotifyFilterEntry" [1 3 6 1 6 3 13 1 3 1] Row ObjectType [NotAccessible] [Current] [] D7
"snmpNotifyFilterSubtree" [1 3 6 1 6 3 13 1 3 1 1] Column ObjectType [NotAccessible] [Current] [S5] D7
"snmpNotifyFilterMask" [1 3 6 1 6 3 13 1 3 1 2] Column ObjectType [ReadCreate] [Current] [S6] D8
"snmpNotifyFilterType" [1 3 6 1 6 3 13 1 3 1 3] Column ObjectType [ReadCreate] [Current] [S7] D9
"snmpNotifyFilterStorageType" [1 3 6 1 6 3 13 1 3 1 4] Column ObjectType [ReadCreate] [Current] [S3] D10
"snmpNotifyFilterRowStatus" [1 3 6 1 6 3 13 1 3 1 5] Column ObjectType [ReadCreate] [Current] [S4] D7
"snmpNotifyConformance" [1 3 6 1 6 3 13 3] Node ObjectIdentifier [] [] [] D0
"snmpNotifyCompliances" [1 3 6 1 6 3 13 3 1] Node ObjectIdentifier [] [] [] D0
"snmpNotifyBasicCompliance" [1 3 6 1 6 3 13 3 1 1] Compliance ModuleCompliance [] [Current] [] D0
"snmpNotifyBasicFiltersCompliance" [1 3 6 1 6 3 13 3 1 2] Compliance ModuleCompliance [] [Current] [] D0
"snmpNotifyFullCompliance" [1 3 6 1 6 3 13 3 1 3] Compliance ModuleCompliance [] [Current] [] D0
"snmpNotifyGroups" [1 3 6 1 6 3 13 3 2] Node ObjectIdentifier [] [] [] D0
"snmpNotifyGroup" [1 3 6 1 6 3 13 3 2 1] Group ObjectGroup [] [Current] [] D11
"snmpNotifyFilterGroup" [1 3 6 1 6 3 13 3 2 2] Group ObjectGroup [] [Current] [] D12
}
names {
0 23 24 22 21 3 15 28 17 10 11 13 12 9 20 19 16 14 18 25 27 26 4 1 8 7 2 5 6
}
types {
} }
