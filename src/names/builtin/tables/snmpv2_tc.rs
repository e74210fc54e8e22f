//! SNMPv2-TC. Written by `examples/mibgen.rs`; not to be edited.

use crate::names::builtin::entry::{optional, table};

table! { "SNMPv2-TC"
syntaxes {
S0 "AutonomousType" ObjectIdentifier [ ] [ ] []
S1 "DateAndTime" OctetString [ (8 8) (11 11) ] [ ] ["2d-1d-1d,1d:1d:1d.1d,1a1d:1d"]
S2 "DisplayString" OctetString [ (0 255) ] [ ] ["255a"]
S3 "InstancePointer" ObjectIdentifier [ ] [ ] []
S4 "MacAddress" OctetString [ (6 6) ] [ ] ["1x:"]
S5 "PhysAddress" OctetString [ ] [ ] ["1x:"]
S6 "RowPointer" ObjectIdentifier [ ] [ ] []
S7 "RowStatus" Integer32 [ ] [ "active" 1 "notInService" 2 "notReady" 3 "createAndGo" 4 "createAndWait" 5
"destroy" 6 ] []
S8 "StorageType" Integer32 [ ] [ "other" 1 "volatile" 2 "nonVolatile" 3 "permanent" 4 "readOnly" 5 ] []
S9 "TAddress" OctetString [ (1 255) ] [ ] []
S10 "TDomain" ObjectIdentifier [ ] [ ] []
S11 "TestAndIncr" Integer32 [ (0 2147483647) ] [ ] []
S12 "TimeInterval" Integer32 [ (0 2147483647) ] [ ] []
S13 "TimeStamp" TimeTicks [ ] [ ] []
S14 "TruthValue" Integer32 [ ] [ "true" 1 "false" 2 ] []
S15 "VariablePointer" ObjectIdentifier [ ] [ ] []
}
details {
}
definitions {
}
names {

}
types {
"AutonomousType" S0
"DateAndTime" S1
"DisplayString" S2
"InstancePointer" S3
"MacAddress" S4
"PhysAddress" S5
"RowPointer" S6
"RowStatus" S7
"StorageType" S8
"TAddress" S9
"TDomain" S10
"TestAndIncr" S11
"TimeInterval" S12
"TimeStamp" S13
"TruthValue" S14
"VariablePointer" S15
} }
