//! SNMP-USER-BASED-SM-MIB. Written by `examples/mibgen.rs`; not to be edited.

use crate::names::builtin::entry::{optional, table};

table! { "SNMP-USER-BASED-SM-MIB"
syntaxes {
S0 "KeyChange" OctetString [ ] [ ] []
S1 "Counter32" Counter32 [ ] [ ] []
S2 "TestAndIncr" Integer32 [ (0 2147483647) ] [ ] []
S3 "SnmpEngineID" OctetString [ (5 32) ] [ ] []
S4 "SnmpAdminString" OctetString [ (1 32) ] [ ] ["255t"]
S5 "SnmpAdminString" OctetString [ (0 255) ] [ ] ["255t"]
S6 "RowPointer" ObjectIdentifier [ ] [ ] []
S7 "AutonomousType" ObjectIdentifier [ ] [ ] []
S8 "OCTET STRING" OctetString [ (0 32) ] [ ] []
S9 "StorageType" Integer32 [ ] [ "other" 1 "volatile" 2 "nonVolatile" 3 "permanent" 4 "readOnly" 5 ] []
S10 "RowStatus" Integer32 [ ] [ "active" 1 "notInService" 2 "notReady" 3 "createAndGo" 4 "createAndWait" 5
"destroy" 6 ] []
}
details {
D0 [] [] [] ""
D1 [(new "usmUserEngineID" S3) (new "usmUserName" S4)] [] [] ""
D2 [(new "usmUserEngineID" S3) (new "usmUserName" S4)] [] [] "" "usmNoAuthProtocol"
D3 [(new "usmUserEngineID" S3) (new "usmUserName" S4)] [] [] "" "''H"
D4 [(new "usmUserEngineID" S3) (new "usmUserName" S4)] [] [] "" "usmNoPrivProtocol"
D5 [(new "usmUserEngineID" S3) (new "usmUserName" S4)] [] [] "" "nonVolatile"
D6 [] [] [("SNMP-USER-BASED-SM-MIB" "usmStatsUnsupportedSecLevels") ("SNMP-USER-BASED-SM-MIB" "usmStatsNotInTimeWindows") ("SNMP-USER-BASED-SM-MIB" "usmStatsUnknownUserNames") ("SNMP-USER-BASED-SM-MIB" "usmStatsUnknownEngineIDs") ("SNMP-USER-BASED-SM-MIB" "usmStatsWrongDigests") ("SNMP-USER-BASED-SM-MIB" "usmStatsDecryptionErrors") ("SNMP-USER-BASED-SM-MIB" "usmUserSpinLock") ("SNMP-USER-BASED-SM-MIB" "usmUserSecurityName") ("SNMP-USER-BASED-SM-MIB" "usmUserCloneFrom") ("SNMP-USER-BASED-SM-MIB" "usmUserAuthProtocol") ("SNMP-USER-BASED-SM-MIB" "usmUserAuthKeyChange") ("SNMP-USER-BASED-SM-MIB" "usmUserOwnAuthKeyChange") ("SNMP-USER-BASED-SM-MIB" "usmUserPrivProtocol") ("SNMP-USER-BASED-SM-MIB" "usmUserPrivKeyChange") ("SNMP-USER-BASED-SM-MIB" "usmUserOwnPrivKeyChange") ("SNMP-USER-BASED-SM-MIB" "usmUserPublic") ("SNMP-USER-BASED-SM-MIB" "usmUserStorageType") ("SNMP-USER-BASED-SM-MIB" "usmUserStatus")] ""
}
definitions {
"usmNoAuthProtocol" [1 3 6 1 6 3 10 1 1 1] Node ObjectIdentity [] [Current] [] D0
"usmHMACMD5AuthProtocol" [1 3 6 1 6 3 10 1 1 2] Node ObjectIdentity [] [Current] [] D0
"usmHMACSHAAuthProtocol" [1 3 6 1 6 3 10 1 1 3] Node ObjectIdentity [] [Current] [] D0
"usmNoPrivProtocol" [1 3 6 1 6 3 10 1 2 1] Node ObjectIdentity [] [Current] [] D0
"usmDESPrivProtocol" [1 3 6 1 6 3 10 1 2 2] Node ObjectIdentity [] [Current] [] D0
"snmpUsmMIB" [1 3 6 1 6 3 15] Node ModuleIdentity [] [] [] D0
"usmMIBObjects" [1 3 6 1 6 3 15 1] Node ObjectIdentifier [] [] [] D0
"usmStats" [1 3 6 1 6 3 15 1 1] Node ObjectIdentifier [] [] [] D0
"usmStatsUnsupportedSecLevels" [1 3 6 1 6 3 15 1 1 1] Scalar ObjectType [ReadOnly] [Current] [S1] D0
"usmStatsNotInTimeWindows" [1 3 6 1 6 3 15 1 1 2] Scalar ObjectType [ReadOnly] [Current] [S1] D0
"usmStatsUnknownUserNames" [1 3 6 1 6 3 15 1 1 3] Scalar ObjectType [ReadOnly] [Current] [S1] D0
"usmStatsUnknownEngineIDs" [1 3 6 1 6 3 15 1 1 4] Scalar ObjectType [ReadOnly] [Current] [S1] D0
"usmStatsWrongDigests" [1 3 6 1 6 3 15 1 1 5] Scalar ObjectType [ReadOnly] [Current] [S1] D0
"usmStatsDecryptionErrors" [1 3 6 1 6 3 15 1 1 6] Scalar ObjectType [ReadOnly] [Current] [S1] D0
"usmUser" [1 3 6 1 6 3 15 1 2] Node ObjectIdentifier [] [] [] D0
"usmUserSpinLock" [1 3 6 1 6 3 15 1 2 1] Scalar ObjectType [ReadWrite] [Current] [S2] D0
"usmUserTable" [1 3 6 1 6 3 15 1 2 2] Table ObjectType [NotAccessible] [Current] [] D0
"usmUserEntry" [1 3 6 1 6 3 15 1 2 2 1] Row ObjectType [NotAccessible] [Current] [] D1
"usmUserEngineID" [1 3 6 1 6 3 15 1 2 2 1 1] Column ObjectType [NotAccessible] [Current] [S3] D1
"usmUserName" [1 3 6 1 6 3 15 1 2 2 1 2] Column ObjectType [NotAccessible] [Current] [S4] D1
"usmUserSecurityName" [1 3 6 1 6 3 15 1 2 2 1 3] Column ObjectType [ReadOnly] [Current] [S5] D1
"usmUserCloneFrom" [1 3 6 1 6 3 15 1 2 2 1 4] Column ObjectType [ReadCreate] [Current] [S6] D1
"usmUserAuthProtocol" [1 3 6 1 6 3 15 1 2 2 1 5] Column ObjectType [ReadCreate] [Current] [S7] D2
"usmUserAuthKeyChange" [1 3 6 1 6 3 15 1 2 2 1 6] Column ObjectType [ReadCreate] [Current] [S0] D3
"usmUserOwnAuthKeyChange" [1 3 6 1 6 3 15 1 2 2 1 7] Column ObjectType [ReadCreate] [Current] [S0] D3
"usmUserPrivProtocol" [1 3 6 1 6 3 15 1 2 2 1 8] Column ObjectType [ReadCreate] [Current] [S7] D4
"usmUserPrivKeyChange" [1 3 6 1 6 3 15 1 2 2 1 9] Column ObjectType [ReadCreate] [Current] [S0] D3
"usmUserOwnPrivKeyChange" [1 3 6 1 6 3 15 1 2 2 1 10] Column ObjectType [ReadCreate] [Current] [S0] D3
"usmUserPublic" [1 3 6 1 6 3 15 1 2 2 1 11] Column ObjectType [ReadCreate] [Current] [S8] D3
"usmUserStorageType" [1 3 6 1 6 3 15 1 2 2 1 12] Column ObjectType [ReadCreate] [Current] [S9] D5
"usmUserStatus" [1 3 6 1 6 3 15 1 2 2 1 13] Column ObjectType [ReadCreate] [Current] [S10] D1
"usmMIBConformance" [1 3 6 1 6 3 15 2] Node ObjectIdentifier [] [] [] D0
"usmMIBCompliances" [1 3 6 1 6 3 15 2 1] Node ObjectIdentifier [] [] [] D0
"usmMIBCompliance" [1 3 6 1 6 3 15 2 1 1] Compliance ModuleCompliance [] [Current] [] D0
"usmMIBGroups" [1 3 6 1 6 3 15 2 2] Node ObjectIdentifier [] [] [] D0
"usmMIBBasicGroup" [1 3 6 1 6 3 15 2 2 1] Group ObjectGroup [] [Current] [] D6
}
names {
5 4 1 2 35 33 32 31 34 6 0 3 7 13 9 11 10 8 12 14 23 22 21 18 17 19 24 27 26 25 28 20 15 30 29 16
}
types {
"KeyChange" S0
} }
