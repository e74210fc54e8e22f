//! NET-SNMP-MIB. Written by `examples/mibgen.rs`; not to be edited.

use crate::names::builtin::entry::{optional, table};

table! { "NET-SNMP-MIB"
syntaxes {
}
details {
D0 [] [] [] ""
}
definitions {
"netSnmp" [1 3 6 1 4 1 8072] Node ModuleIdentity [] [] [] D0
"netSnmpObjects" [1 3 6 1 4 1 8072 1] Node ObjectIdentifier [] [] [] D0
"netSnmpEnumerations" [1 3 6 1 4 1 8072 3] Node ObjectIdentifier [] [] [] D0
"netSnmpModuleIDs" [1 3 6 1 4 1 8072 3 1] Node ObjectIdentifier [] [] [] D0
"netSnmpAgentOIDs" [1 3 6 1 4 1 8072 3 2] Node ObjectIdentifier [] [] [] D0
"netSnmpDomains" [1 3 6 1 4 1 8072 3 3] Node ObjectIdentifier [] [] [] D0
"netSnmpNotificationPrefix" [1 3 6 1 4 1 8072 4] Node ObjectIdentifier [] [] [] D0
"netSnmpNotifications" [1 3 6 1 4 1 8072 4 0] Node ObjectIdentifier [] [] [] D0
"netSnmpNotificationObjects" [1 3 6 1 4 1 8072 4 1] Node ObjectIdentifier [] [] [] D0
"netSnmpConformance" [1 3 6 1 4 1 8072 5] Node ObjectIdentifier [] [] [] D0
"netSnmpCompliances" [1 3 6 1 4 1 8072 5 1] Node ObjectIdentifier [] [] [] D0
"netSnmpGroups" [1 3 6 1 4 1 8072 5 2] Node ObjectIdentifier [] [] [] D0
"netSnmpExperimental" [1 3 6 1 4 1 8072 9999] Node ObjectIdentifier [] [] [] D0
"netSnmpPlaypen" [1 3 6 1 4 1 8072 9999 9999] Node ObjectIdentifier [] [] [] D0
}
names {
0 4 10 9 5 2 12 11 3 8 6 7 1 13
}
types {
} }
