//! SNMP-MPD-MIB. Written by `examples/mibgen.rs`; not to be edited.

use crate::names::builtin::entry::{optional, table};

table! { "SNMP-MPD-MIB"
syntaxes {
S0 "Counter32" Counter32 [ ] [ ] []
}
details {
D0 [] [] [] ""
D1 [] [] [("SNMP-MPD-MIB" "snmpUnknownSecurityModels") ("SNMP-MPD-MIB" "snmpInvalidMsgs") ("SNMP-MPD-MIB" "snmpUnknownPDUHandlers")] ""
}
definitions {
"snmpMPDMIB" [1 3 6 1 6 3 11] Node ModuleIdentity [] [] [] D0
"snmpMPDAdmin" [1 3 6 1 6 3 11 1] Node ObjectIdentifier [] [] [] D0
"snmpMPDMIBObjects" [1 3 6 1 6 3 11 2] Node ObjectIdentifier [] [] [] D0
"snmpMPDStats" [1 3 6 1 6 3 11 2 1] Node ObjectIdentifier [] [] [] D0
"snmpUnknownSecurityModels" [1 3 6 1 6 3 11 2 1 1] Scalar ObjectType [ReadOnly] [Current] [S0] D0
"snmpInvalidMsgs" [1 3 6 1 6 3 11 2 1 2] Scalar ObjectType [ReadOnly] [Current] [S0] D0
"snmpUnknownPDUHandlers" [1 3 6 1 6 3 11 2 1 3] Scalar ObjectType [ReadOnly] [Current] [S0] D0
"snmpMPDMIBConformance" [1 3 6 1 6 3 11 3] Node ObjectIdentifier [] [] [] D0
"snmpMPDMIBCompliances" [1 3 6 1 6 3 11 3 1] Node ObjectIdentifier [] [] [] D0
"snmpMPDCompliance" [1 3 6 1 6 3 11 3 1 1] Compliance ModuleCompliance [] [Current] [] D0
"snmpMPDMIBGroups" [1 3 6 1 6 3 11 3 2] Node ObjectIdentifier [] [] [] D0
"snmpMPDGroup" [1 3 6 1 6 3 11 3 2 1] Group ObjectGroup [] [Current] [] D1
}
names {
5 1 9 11 0 8 7 10 2 3 6 4
}
types {
} }
