//! ENTITY-MIB. Written by `examples/mibgen.rs`; not to be edited.

use crate::names::builtin::entry::{optional, table};

table! { "ENTITY-MIB"
syntaxes {
S0 "PhysicalClass" Integer32 [ ] [ "other" 1 "unknown" 2 "chassis" 3 "backplane" 4 "container" 5
"powerSupply" 6 "fan" 7 "sensor" 8 "module" 9 "port" 10 "stack" 11 "cpu" 12 ] []
S1 "PhysicalIndex" Integer32 [ (1 2147483647) ] [ ] ["d"]
S2 "PhysicalIndexOrZero" Integer32 [ (0 2147483647) ] [ ] ["d"]
S3 "SnmpEngineIdOrNone" OctetString [ (0 32) ] [ ] []
S4 "SnmpAdminString" OctetString [ (0 255) ] [ ] ["255t"]
S5 "AutonomousType" ObjectIdentifier [ ] [ ] []
S6 "IANAPhysicalClass" Integer32 [ ] [ "other" 1 "unknown" 2 "chassis" 3 "backplane" 4 "container" 5
"powerSupply" 6 "fan" 7 "sensor" 8 "module" 9 "port" 10 "stack" 11 "cpu" 12 "energyObject" 13 "battery" 14
"storageDrive" 15 ] []
S7 "Integer32" Integer32 [ (-1 2147483647) ] [ ] []
S8 "SnmpAdminString" OctetString [ (0 32) ] [ ] ["255t"]
S9 "TruthValue" Integer32 [ ] [ "true" 1 "false" 2 ] []
S10 "DateAndTime" OctetString [ (8 8) (11 11) ] [ ] ["2d-1d-1d,1d:1d:1d.1d,1a1d:1d"]
S11 "OCTET STRING" OctetString [ ] [ ] []
S12 "UUIDorZero" OctetString [ (0 0) (16 16) ] [ ] ["4x-2x-2x-1x1x-6x"]
S13 "Integer32" Integer32 [ (1 2147483647) ] [ ] []
S14 "OCTET STRING" OctetString [ (0 255) ] [ ] []
S15 "TAddress" OctetString [ (1 255) ] [ ] []
S16 "TDomain" ObjectIdentifier [ ] [ ] []
S17 "Integer32" Integer32 [ (0 2147483647) ] [ ] []
S18 "RowPointer" ObjectIdentifier [ ] [ ] []
S19 "TimeStamp" TimeTicks [ ] [ ] []
}
details {
D0 [] [] [] ""
D1 [(new "entPhysicalIndex" S1)] [] [] ""
D2 [(new "entLogicalIndex" S13)] [] [] ""
D3 [(new "entLogicalIndex" S13) (new "entLPPhysicalIndex" S1)] [] [] ""
D4 [(new "entPhysicalIndex" S1) (new "entAliasLogicalIndexOrZero" S17)] [] [] ""
D5 [(new "entPhysicalIndex" S1) (new "entPhysicalChildIndex" S1)] [] [] ""
D6 [] [] [("ENTITY-MIB" "entPhysicalDescr") ("ENTITY-MIB" "entPhysicalVendorType") ("ENTITY-MIB" "entPhysicalContainedIn") ("ENTITY-MIB" "entPhysicalClass") ("ENTITY-MIB" "entPhysicalParentRelPos") ("ENTITY-MIB" "entPhysicalName")] ""
D7 [] [] [("ENTITY-MIB" "entLogicalDescr") ("ENTITY-MIB" "entLogicalType") ("ENTITY-MIB" "entLogicalCommunity") ("ENTITY-MIB" "entLogicalTAddress") ("ENTITY-MIB" "entLogicalTDomain")] ""
D8 [] [] [("ENTITY-MIB" "entLPPhysicalIndex") ("ENTITY-MIB" "entAliasMappingIdentifier") ("ENTITY-MIB" "entPhysicalChildIndex")] ""
D9 [] [] [("ENTITY-MIB" "entLastChangeTime")] ""
D10 [] [] [("ENTITY-MIB" "entConfigChange")] ""
D11 [] [] [("ENTITY-MIB" "entPhysicalHardwareRev") ("ENTITY-MIB" "entPhysicalFirmwareRev") ("ENTITY-MIB" "entPhysicalSoftwareRev") ("ENTITY-MIB" "entPhysicalSerialNum") ("ENTITY-MIB" "entPhysicalMfgName") ("ENTITY-MIB" "entPhysicalModelName") ("ENTITY-MIB" "entPhysicalAlias") ("ENTITY-MIB" "entPhysicalAssetID") ("ENTITY-MIB" "entPhysicalIsFRU")] ""
D12 [] [] [("ENTITY-MIB" "entLogicalDescr") ("ENTITY-MIB" "entLogicalType") ("ENTITY-MIB" "entLogicalTAddress") ("ENTITY-MIB" "entLogicalTDomain") ("ENTITY-MIB" "entLogicalContextEngineID") ("ENTITY-MIB" "entLogicalContextName")] ""
D13 [] [] [("ENTITY-MIB" "entPhysicalMfgDate") ("ENTITY-MIB" "entPhysicalUris")] ""
D14 [] [] [("ENTITY-MIB" "entPhysicalUUID")] ""
D15 [] [] [("ENTITY-MIB" "entPhysicalClass") ("ENTITY-MIB" "entPhysicalName")] ""
}
definitions {
"entityMIB" [1 3 6 1 2 1 47] Node ModuleIdentity [] [] [] D0
"entityMIBObjects" [1 3 6 1 2 1 47 1] Node ObjectIdentifier [] [] [] D0
"entityPhysical" [1 3 6 1 2 1 47 1 1] Node ObjectIdentifier [] [] [] D0
"entPhysicalTable" [1 3 6 1 2 1 47 1 1 1] Table ObjectType [NotAccessible] [Current] [] D0
"entPhysicalEntry" [1 3 6 1 2 1 47 1 1 1 1] Row ObjectType [NotAccessible] [Current] [] D1
"entPhysicalIndex" [1 3 6 1 2 1 47 1 1 1 1 1] Column ObjectType [NotAccessible] [Current] [S1] D1
"entPhysicalDescr" [1 3 6 1 2 1 47 1 1 1 1 2] Column ObjectType [ReadOnly] [Current] [S4] D1
"entPhysicalVendorType" [1 3 6 1 2 1 47 1 1 1 1 3] Column ObjectType [ReadOnly] [Current] [S5] D1
"entPhysicalContainedIn" [1 3 6 1 2 1 47 1 1 1 1 4] Column ObjectType [ReadOnly] [Current] [S2] D1
"entPhysicalClass" [1 3 6 1 2 1 47 1 1 1 1 5] Column ObjectType [ReadOnly] [Current] [S6] D1
"entPhysicalParentRelPos" [1 3 6 1 2 1 47 1 1 1 1 6] Column ObjectType [ReadOnly] [Current] [S7] D1
"entPhysicalName" [1 3 6 1 2 1 47 1 1 1 1 7] Column ObjectType [ReadOnly] [Current] [S4] D1
"entPhysicalHardwareRev" [1 3 6 1 2 1 47 1 1 1 1 8] Column ObjectType [ReadOnly] [Current] [S4] D1
"entPhysicalFirmwareRev" [1 3 6 1 2 1 47 1 1 1 1 9] Column ObjectType [ReadOnly] [Current] [S4] D1
"entPhysicalSoftwareRev" [1 3 6 1 2 1 47 1 1 1 1 10] Column ObjectType [ReadOnly] [Current] [S4] D1
"entPhysicalSerialNum" [1 3 6 1 2 1 47 1 1 1 1 11] Column ObjectType [ReadWrite] [Current] [S8] D1
"entPhysicalMfgName" [1 3 6 1 2 1 47 1 1 1 1 12] Column ObjectType [ReadOnly] [Current] [S4] D1
"entPhysicalModelName" [1 3 6 1 2 1 47 1 1 1 1 13] Column ObjectType [ReadOnly] [Current] [S4] D1
"entPhysicalAlias" [1 3 6 1 2 1 47 1 1 1 1 14] Column ObjectType [ReadWrite] [Current] [S8] D1
"entPhysicalAssetID" [1 3 6 1 2 1 47 1 1 1 1 15] Column ObjectType [ReadWrite] [Current] [S8] D1
"entPhysicalIsFRU" [1 3 6 1 2 1 47 1 1 1 1 16] Column ObjectType [ReadOnly] [Current] [S9] D1
"entPhysicalMfgDate" [1 3 6 1 2 1 47 1 1 1 1 17] Column ObjectType [ReadOnly] [Current] [S10] D1
"entPhysicalUris" [1 3 6 1 2 1 47 1 1 1 1 18] Column ObjectType [ReadWrite] [Current] [S11] D1
"entPhysicalUUID" [1 3 6 1 2 1 47 1 1 1 1 19] Column ObjectType [ReadOnly] [Current] [S12] D1
"entityLogical" [1 3 6 1 2 1 47 1 2] Node ObjectIdentifier [] [] [] D0
"entLogicalTable" [1 3 6 1 2 1 47 1 2 1] Table ObjectType [NotAccessible] [Current] [] D0
"entLogicalEntry" [1 3 6 1 2 1 47 1 2 1 1] Row ObjectType [NotAccessible] [Current] [] D2
"entLogicalIndex" [1 3 6 1 2 1 47 1 2 1 1 1] Column ObjectType [NotAccessible] [Current] [S13] D2
"entLogicalDescr" [1 3 6 1 2 1 47 1 2 1 1 2] Column ObjectType [ReadOnly] [Current] [S4] D2
"entLogicalType" [1 3 6 1 2 1 47 1 2 1 1 3] Column ObjectType [ReadOnly] [Current] [S5] D2
"entLogicalCommunity" [1 3 6 1 2 1 47 1 2 1 1 4] Column ObjectType [ReadOnly] [Deprecated] [S14] D2
"entLogicalTAddress" [1 3 6 1 2 1 47 1 2 1 1 5] Column ObjectType [ReadOnly] [Current] [S15] D2
"entLogicalTDomain" [1 3 6 1 2 1 47 1 2 1 1 6] Column ObjectType [ReadOnly] [Current] [S16] D2
"entLogicalContextEngineID" [1 3 6 1 2 1 47 1 2 1 1 7] Column ObjectType [ReadOnly] [Current] [S3] D2
"entLogicalContextName" [1 3 6 1 2 1 47 1 2 1 1 8] Column ObjectType [ReadOnly] [Current] [S4] D2
"entityMapping" [1 3 6 1 2 1 47 1 3] Node ObjectIdentifier [] [] [] D0
"entLPMappingTable" [1 3 6 1 2 1 47 1 3 1] Table ObjectType [NotAccessible] [Current] [] D0
"entLPMappingEntry" [1 3 6 1 2 1 47 1 3 1 1] Row ObjectType [NotAccessible] [Current] [] D3
"entLPPhysicalIndex" [1 3 6 1 2 1 47 1 3 1 1 1] Column ObjectType [ReadOnly] [Current] [S1] D3
"entAliasMappingTable" [1 3 6 1 2 1 47 1 3 2] Table ObjectType [NotAccessible] [Current] [] D0
"entAliasMappingEntry" [1 3 6 1 2 1 47 1 3 2 1] Row ObjectType [NotAccessible] [Current] [] D4
"entAliasLogicalIndexOrZero" [1 3 6 1 2 1 47 1 3 2 1 1] Column ObjectType [NotAccessible] [Current] [S17] D4
"entAliasMappingIdentifier" [1 3 6 1 2 1 47 1 3 2 1 2] Column ObjectType [ReadOnly] [Current] [S18] D4
"entPhysicalContainsTable" [1 3 6 1 2 1 47 1 3 3] Table ObjectType [NotAccessible] [Current] [] D0
"entPhysicalContainsEntry" [1 3 6 1 2 1 47 1 3 3 1] Row ObjectType [NotAccessible] [Current] [] D5
"entPhysicalChildIndex" [1 3 6 1 2 1 47 1 3 3 1 1] Column ObjectType [ReadOnly] [Current] [S1] D5
"entityGeneral" [1 3 6 1 2 1 47 1 4] Node ObjectIdentifier [] [] [] D0
"entLastChangeTime" [1 3 6 1 2 1 47 1 4 1] Scalar ObjectType [ReadOnly] [Current] [S19] D0
"entityMIBTraps" [1 3 6 1 2 1 47 2] Node ObjectIdentifier [] [] [] D0
"entityMIBTrapPrefix" [1 3 6 1 2 1 47 2 0] Node ObjectIdentifier [] [] [] D0
"entConfigChange" [1 3 6 1 2 1 47 2 0 1] Notification NotificationType [] [Current] [] D0
"entityConformance" [1 3 6 1 2 1 47 3] Node ObjectIdentifier [] [] [] D0
"entityCompliances" [1 3 6 1 2 1 47 3 1] Node ObjectIdentifier [] [] [] D0
"entityCompliance" [1 3 6 1 2 1 47 3 1 1] Compliance ModuleCompliance [] [Deprecated] [] D0
"entity2Compliance" [1 3 6 1 2 1 47 3 1 2] Compliance ModuleCompliance [] [Deprecated] [] D0
"entity3Compliance" [1 3 6 1 2 1 47 3 1 3] Compliance ModuleCompliance [] [Deprecated] [] D0
"entity4Compliance" [1 3 6 1 2 1 47 3 1 4] Compliance ModuleCompliance [] [Current] [] D0
"entity4CRCompliance" [1 3 6 1 2 1 47 3 1 5] Compliance ModuleCompliance [] [Current] [] D0
"entityGroups" [1 3 6 1 2 1 47 3 2] Node ObjectIdentifier [] [] [] D0
"entityPhysicalGroup" [1 3 6 1 2 1 47 3 2 1] Group ObjectGroup [] [Current] [] D6
"entityLogicalGroup" [1 3 6 1 2 1 47 3 2 2] Group ObjectGroup [] [Deprecated] [] D7
"entityMappingGroup" [1 3 6 1 2 1 47 3 2 3] Group ObjectGroup [] [Current] [] D8
"entityGeneralGroup" [1 3 6 1 2 1 47 3 2 4] Group ObjectGroup [] [Current] [] D9
"entityNotificationsGroup" [1 3 6 1 2 1 47 3 2 5] Group NotificationGroup [] [Current] [] D10
"entityPhysical2Group" [1 3 6 1 2 1 47 3 2 6] Group ObjectGroup [] [Current] [] D11
"entityLogical2Group" [1 3 6 1 2 1 47 3 2 7] Group ObjectGroup [] [Current] [] D12
"entityPhysical3Group" [1 3 6 1 2 1 47 3 2 8] Group ObjectGroup [] [Current] [] D13
"entityPhysical4Group" [1 3 6 1 2 1 47 3 2 9] Group ObjectGroup [] [Current] [] D14
"entityPhysicalCRGroup" [1 3 6 1 2 1 47 3 2 10] Group ObjectGroup [] [Current] [] D15
}
names {
41 40 42 39 50 37 36 38 47 30 33 34 28 26 27 31 32 25 29 18 19 45 9 8 44 43 6 4 13 12 5 20 21 16 17 11 10 15
14 3 23 22 7 54 55 57 56 53 52 51 46 62 58 24 65 60 0 1 49 48 35 61 63 2 64 66 67 68 59
}
types {
"PhysicalClass" S0
"PhysicalIndex" S1
"PhysicalIndexOrZero" S2
"SnmpEngineIdOrNone" S3
} }
