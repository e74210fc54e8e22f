//! SNMP-FRAMEWORK-MIB. Written by `examples/mibgen.rs`; not to be edited.

use crate::names::builtin::entry::{optional, table};

table! { "SNMP-FRAMEWORK-MIB"
syntaxes {
S0 "SnmpAdminString" OctetString [ (0 255) ] [ ] ["255t"]
S1 "SnmpEngineID" OctetString [ (5 32) ] [ ] []
S2 "SnmpMessageProcessingModel" Integer32 [ (0 2147483647) ] [ ] []
S3 "SnmpSecurityLevel" Integer32 [ ] [ "noAuthNoPriv" 1 "authNoPriv" 2 "authPriv" 3 ] []
S4 "SnmpSecurityModel" Integer32 [ (0 2147483647) ] [ ] []
S5 "INTEGER" Integer32 [ (1 2147483647) ] [ ] []
S6 "INTEGER" Integer32 [ (0 2147483647) ] [ ] []
S7 "INTEGER" Integer32 [ (484 2147483647) ] [ ] []
}
details {
D0 [] [] [] ""
D1 [] [] [] "seconds"
D2 [] [] [("SNMP-FRAMEWORK-MIB" "snmpEngineID") ("SNMP-FRAMEWORK-MIB" "snmpEngineBoots") ("SNMP-FRAMEWORK-MIB" "snmpEngineTime") ("SNMP-FRAMEWORK-MIB" "snmpEngineMaxMessageSize")] ""
}
definitions {
"snmpFrameworkMIB" [1 3 6 1 6 3 10] Node ModuleIdentity [] [] [] D0
"snmpFrameworkAdmin" [1 3 6 1 6 3 10 1] Node ObjectIdentifier [] [] [] D0
"snmpAuthProtocols" [1 3 6 1 6 3 10 1 1] Node ObjectIdentity [] [Current] [] D0
"snmpPrivProtocols" [1 3 6 1 6 3 10 1 2] Node ObjectIdentity [] [Current] [] D0
"snmpFrameworkMIBObjects" [1 3 6 1 6 3 10 2] Node ObjectIdentifier [] [] [] D0
"snmpEngine" [1 3 6 1 6 3 10 2 1] Node ObjectIdentifier [] [] [] D0
"snmpEngineID" [1 3 6 1 6 3 10 2 1 1] Scalar ObjectType [ReadOnly] [Current] [S1] D0
"snmpEngineBoots" [1 3 6 1 6 3 10 2 1 2] Scalar ObjectType [ReadOnly] [Current] [S5] D0
"snmpEngineTime" [1 3 6 1 6 3 10 2 1 3] Scalar ObjectType [ReadOnly] [Current] [S6] D1
"snmpEngineMaxMessageSize" [1 3 6 1 6 3 10 2 1 4] Scalar ObjectType [ReadOnly] [Current] [S7] D0
"snmpFrameworkMIBConformance" [1 3 6 1 6 3 10 3] Node ObjectIdentifier [] [] [] D0
"snmpFrameworkMIBCompliances" [1 3 6 1 6 3 10 3 1] Node ObjectIdentifier [] [] [] D0
"snmpFrameworkMIBCompliance" [1 3 6 1 6 3 10 3 1 1] Compliance ModuleCompliance [] [Current] [] D0
"snmpFrameworkMIBGroups" [1 3 6 1 6 3 10 3 2] Node ObjectIdentifier [] [] [] D0
"snmpEngineGroup" [1 3 6 1 6 3 10 3 2 1] Group ObjectGroup [] [Current] [] D2
}
names {
2 5 7 14 6 9 8 1 0 12 11 10 13 4 3
}
types {
"SnmpAdminString" S0
"SnmpEngineID" S1
"SnmpMessageProcessingModel" S2
"SnmpSecurityLevel" S3
"SnmpSecurityModel" S4
} }
