//! SNMP-PROXY-MIB. Written by `examples/mibgen.rs`; not to be edited.

use crate::names::builtin::entry::{optional, table};

table! { "SNMP-PROXY-MIB"
syntaxes {
S0 "SnmpAdminString" OctetString [ (1 32) ] [ ] ["255t"]
S1 "INTEGER" Integer32 [ ] [ "read" 1 "write" 2 "trap" 3 "inform" 4 ] []
S2 "SnmpEngineID" OctetString [ (5 32) ] [ ] []
S3 "SnmpAdminString" OctetString [ (0 255) ] [ ] ["255t"]
S4 "SnmpTagValue" OctetString [ (0 255) ] [ ] ["255t"]
S5 "StorageType" Integer32 [ ] [ "other" 1 "volatile" 2 "nonVolatile" 3 "permanent" 4 "readOnly" 5 ] []
S6 "RowStatus" Integer32 [ ] [ "active" 1 "notInService" 2 "notReady" 3 "createAndGo" 4 "createAndWait" 5
"destroy" 6 ] []
}
details {
D0 [] [] [] ""
D1 [(implied "snmpProxyName" S0)] [] [] ""
D2 [(implied "snmpProxyName" S0)] [] [] "" "nonVolatile"
D3 [] [] [("SNMP-PROXY-MIB" "snmpProxyType") ("SNMP-PROXY-MIB" "snmpProxyContextEngineID") ("SNMP-PROXY-MIB" "snmpProxyContextName") ("SNMP-PROXY-MIB" "snmpProxyTargetParamsIn") ("SNMP-PROXY-MIB" "snmpProxySingleTargetOut") ("SNMP-PROXY-MIB" "snmpProxyMultipleTargetOut") ("SNMP-PROXY-MIB" "snmpProxyStorageType") ("SNMP-PROXY-MIB" "snmpProxyRowStatus")] ""
}
definitions {
"snmpProxyMIB" [1 3 6 1 6 3 14] Node ModuleIdentity [] [] [] D0
"snmpProxyObjects" [1 3 6 1 6 3 14 1] Node ObjectIdentifier [] [] [] D0
"snmpProxyTable" [1 3 6 1 6 3 14 1 2] Table ObjectType [NotAccessible] [Current] [] D0
"snmpProxyEntry" [1 3 6 1 6 3 14 1 2 1] Row ObjectType [NotAccessible] [Current] [] D1
"snmpProxyName" [1 3 6 1 6 3 14 1 2 1 1] Column ObjectType [NotAccessible] [Current] [S0] D1
"snmpProxyType" [1 3 6 1 6 3 14 1 2 1 2] Column ObjectType [ReadCreate] [Current] [S1] D1
"snmpProxyContextEngineID" [1 3 6 1 6 3 14 1 2 1 3] Column ObjectType [ReadCreate] [Current] [S2] D1
"snmpProxyContextName" [1 3 6 1 6 3 14 1 2 1 4] Column ObjectType [ReadCreate] [Current] [S3] D1
"snmpProxyTargetParamsIn" [1 3 6 1 6 3 14 1 2 1 5] Column ObjectType [ReadCreate] [Current] [S3] D1
"snmpProxySingleTargetOut" [1 3 6 1 6 3 14 1 2 1 6] Column ObjectType [ReadCreate] [Current] [S3] D1
"snmpProxyMultipleTargetOut" [1 3 6 1 6 3 14 1 2 1 7] Column ObjectType [ReadCreate] [Current] [S4] D1
"snmpProxyStorageType" [1 3 6 1 6 3 14 1 2 1 8] Column ObjectType [ReadCreate] [Current] [S5] D2
"snmpProxyRowStatus" [1 3 6 1 6 3 14 1 2 1 9] Column ObjectType [ReadCreate] [Current] [S6] D1
"snmpProxyConformance" [1 3 6 1 6 3 14 3] Node ObjectIdentifier [] [] [] D0
"snmpProxyCompliances" [1 3 6 1 6 3 14 3 1] Node ObjectIdentifier [] [] [] D0
"snmpProxyCompliance" [1 3 6 1 6 3 14 3 1 1] Compliance ModuleCompliance [] [Current] [] D0
"snmpProxyGroups" [1 3 6 1 6 3 14 3 2] Node ObjectIdentifier [] [] [] D0
"snmpProxyGroup" [1 3 6 1 6 3 14 3 2 3] Group ObjectGroup [] [Current] [] D3
}
names {
15 14 13 6 7 3 17 16 0 10 4 1 12 9 11 2 8 5
}
types {
} }
