//! HOST-RESOURCES-MIB. Written by `examples/mibgen.rs`; not to be edited.

use crate::names::builtin::entry::{optional, table};

table! { "HOST-RESOURCES-MIB"
syntaxes {
S0 "InternationalDisplayString" OctetString [ ] [ ] []
S1 "KBytes" Integer32 [ (0 2147483647) ] [ ] []
S2 "ProductID" ObjectIdentifier [ ] [ ] []
S3 "TimeTicks" TimeTicks [ ] [ ] []
S4 "DateAndTime" OctetString [ (8 8) (11 11) ] [ ] ["2d-1d-1d,1d:1d:1d.1d,1a1d:1d"]
S5 "Integer32" Integer32 [ (1 2147483647) ] [ ] []
S6 "InternationalDisplayString" OctetString [ (0 128) ] [ ] []
S7 "Gauge32" Gauge32 [ ] [ ] []
S8 "Integer32" Integer32 [ (0 2147483647) ] [ ] []
S9 "AutonomousType" ObjectIdentifier [ ] [ ] []
S10 "DisplayString" OctetString [ (0 255) ] [ ] ["255a"]
S11 "Counter32" Counter32 [ ] [ ] []
S12 "DisplayString" OctetString [ (0 64) ] [ ] ["255a"]
S13 "INTEGER" Integer32 [ ] [ "unknown" 1 "running" 2 "warning" 3 "testing" 4 "down" 5 ] []
S14 "Integer32" Integer32 [ (0 100) ] [ ] []
S15 "InterfaceIndexOrZero" Integer32 [ (0 2147483647) ] [ ] ["d"]
S16 "INTEGER" Integer32 [ ] [ "other" 1 "unknown" 2 "idle" 3 "printing" 4 "warmup" 5 ] []
S17 "OCTET STRING" OctetString [ ] [ ] []
S18 "INTEGER" Integer32 [ ] [ "readWrite" 1 "readOnly" 2 ] []
S19 "INTEGER" Integer32 [ ] [ "other" 1 "unknown" 2 "hardDisk" 3 "floppyDisk" 4 "opticalDiskROM" 5
"opticalDiskWORM" 6 "opticalDiskRW" 7 "ramDisk" 8 ] []
S20 "TruthValue" Integer32 [ ] [ "true" 1 "false" 2 ] []
S21 "InternationalDisplayString" OctetString [ (0 64) ] [ ] []
S22 "INTEGER" Integer32 [ ] [ "unknown" 1 "operatingSystem" 2 "deviceDriver" 3 "application" 4 ] []
S23 "INTEGER" Integer32 [ ] [ "running" 1 "runnable" 2 "notRunnable" 3 "invalid" 4 ] []
}
details {
D0 [] [] [] ""
D1 [] [] [] "KBytes"
D2 [(new "hrStorageIndex" S5)] [] [] ""
D3 [(new "hrStorageIndex" S5)] [] [] "Bytes"
D4 [(new "hrDeviceIndex" S5)] [] [] ""
D5 [(new "hrDeviceIndex" S5)] [] [] "KBytes"
D6 [(new "hrDeviceIndex" S5) (new "hrPartitionIndex" S5)] [] [] ""
D7 [(new "hrDeviceIndex" S5) (new "hrPartitionIndex" S5)] [] [] "KBytes"
D8 [(new "hrFSIndex" S5)] [] [] ""
D9 [(new "hrSWRunIndex" S5)] [] [] ""
D10 [(new "hrSWRunIndex" S5)] [("HOST-RESOURCES-MIB" "hrSWRunEntry")] [] ""
D11 [(new "hrSWRunIndex" S5)] [] [] "KBytes"
D12 [(new "hrSWInstalledIndex" S5)] [] [] ""
D13 [] [] [("HOST-RESOURCES-MIB" "hrSystemUptime") ("HOST-RESOURCES-MIB" "hrSystemDate") ("HOST-RESOURCES-MIB" "hrSystemInitialLoadDevice") ("HOST-RESOURCES-MIB" "hrSystemInitialLoadParameters") ("HOST-RESOURCES-MIB" "hrSystemNumUsers") ("HOST-RESOURCES-MIB" "hrSystemProcesses") ("HOST-RESOURCES-MIB" "hrSystemMaxProcesses")] ""
D14 [] [] [("HOST-RESOURCES-MIB" "hrMemorySize") ("HOST-RESOURCES-MIB" "hrStorageIndex") ("HOST-RESOURCES-MIB" "hrStorageType") ("HOST-RESOURCES-MIB" "hrStorageDescr") ("HOST-RESOURCES-MIB" "hrStorageAllocationUnits") ("HOST-RESOURCES-MIB" "hrStorageSize") ("HOST-RESOURCES-MIB" "hrStorageUsed") ("HOST-RESOURCES-MIB" "hrStorageAllocationFailures")] ""
D15 [] [] [("HOST-RESOURCES-MIB" "hrDeviceIndex") ("HOST-RESOURCES-MIB" "hrDeviceType") ("HOST-RESOURCES-MIB" "hrDeviceDescr") ("HOST-RESOURCES-MIB" "hrDeviceID") ("HOST-RESOURCES-MIB" "hrDeviceStatus") ("HOST-RESOURCES-MIB" "hrDeviceErrors") ("HOST-RESOURCES-MIB" "hrProcessorFrwID") ("HOST-RESOURCES-MIB" "hrProcessorLoad") ("HOST-RESOURCES-MIB" "hrNetworkIfIndex") ("HOST-RESOURCES-MIB" "hrPrinterStatus") ("HOST-RESOURCES-MIB" "hrPrinterDetectedErrorState") ("HOST-RESOURCES-MIB" "hrDiskStorageAccess") ("HOST-RESOURCES-MIB" "hrDiskStorageMedia") ("HOST-RESOURCES-MIB" "hrDiskStorageRemoveble") ("HOST-RESOURCES-MIB" "hrDiskStorageCapacity") ("HOST-RESOURCES-MIB" "hrPartitionIndex") ("HOST-RESOURCES-MIB" "hrPartitionLabel") ("HOST-RESOURCES-MIB" "hrPartitionID") ("HOST-RESOURCES-MIB" "hrPartitionSize") ("HOST-RESOURCES-MIB" "hrPartitionFSIndex") ("HOST-RESOURCES-MIB" "hrFSIndex") ("HOST-RESOURCES-MIB" "hrFSMountPoint") ("HOST-RESOURCES-MIB" "hrFSRemoteMountPoint") ("HOST-RESOURCES-MIB" "hrFSType") ("HOST-RESOURCES-MIB" "hrFSAccess") ("HOST-RESOURCES-MIB" "hrFSBootable") ("HOST-RESOURCES-MIB" "hrFSStorageIndex") ("HOST-RESOURCES-MIB" "hrFSLastFullBackupDate") ("HOST-RESOURCES-MIB" "hrFSLastPartialBackupDate")] ""
D16 [] [] [("HOST-RESOURCES-MIB" "hrSWOSIndex") ("HOST-RESOURCES-MIB" "hrSWRunIndex") ("HOST-RESOURCES-MIB" "hrSWRunName") ("HOST-RESOURCES-MIB" "hrSWRunID") ("HOST-RESOURCES-MIB" "hrSWRunPath") ("HOST-RESOURCES-MIB" "hrSWRunParameters") ("HOST-RESOURCES-MIB" "hrSWRunType") ("HOST-RESOURCES-MIB" "hrSWRunStatus")] ""
D17 [] [] [("HOST-RESOURCES-MIB" "hrSWRunPerfCPU") ("HOST-RESOURCES-MIB" "hrSWRunPerfMem")] ""
D18 [] [] [("HOST-RESOURCES-MIB" "hrSWInstalledLastChange") ("HOST-RESOURCES-MIB" "hrSWInstalledLastUpdateTime") ("HOST-RESOURCES-MIB" "hrSWInstalledIndex") ("HOST-RESOURCES-MIB" "hrSWInstalledName") ("HOST-RESOURCES-MIB" "hrSWInstalledID") ("HOST-RESOURCES-MIB" "hrSWInstalledType") ("HOST-RESOURCES-MIB" "hrSWInstalledDate")] ""
}
definitions {
"host" [1 3 6 1 2 1 25] Node ObjectIdentifier [] [] [] D0
"hrSystem" [1 3 6 1 2 1 25 1] Node ObjectIdentifier [] [] [] D0
"hrSystemUptime" [1 3 6 1 2 1 25 1 1] Scalar ObjectType [ReadOnly] [Current] [S3] D0
"hrSystemDate" [1 3 6 1 2 1 25 1 2] Scalar ObjectType [ReadWrite] [Current] [S4] D0
"hrSystemInitialLoadDevice" [1 3 6 1 2 1 25 1 3] Scalar ObjectType [ReadWrite] [Current] [S5] D0
"hrSystemInitialLoadParameters" [1 3 6 1 2 1 25 1 4] Scalar ObjectType [ReadWrite] [Current] [S6] D0
"hrSystemNumUsers" [1 3 6 1 2 1 25 1 5] Scalar ObjectType [ReadOnly] [Current] [S7] D0
"hrSystemProcesses" [1 3 6 1 2 1 25 1 6] Scalar ObjectType [ReadOnly] [Current] [S7] D0
"hrSystemMaxProcesses" [1 3 6 1 2 1 25 1 7] Scalar ObjectType [ReadOnly] [Current] [S8] D0
"hrStorage" [1 3 6 1 2 1 25 2] Node ObjectIdentifier [] [] [] D0
"hrStorageTypes" [1 3 6 1 2 1 25 2 1] Node ObjectIdentifier [] [] [] D0
"hrMemorySize" [1 3 6 1 2 1 25 2 2] Scalar ObjectType [ReadOnly] [Current] [S1] D1
"hrStorageTable" [1 3 6 1 2 1 25 2 3] Table ObjectType [NotAccessible] [Current] [] D0
"hrStorageEntry" [1 3 6 1 2 1 25 2 3 1] Row ObjectType [NotAccessible] [Current] [] D2
"hrStorageIndex" [1 3 6 1 2 1 25 2 3 1 1] Column ObjectType [ReadOnly] [Current] [S5] D2
"hrStorageType" [1 3 6 1 2 1 25 2 3 1 2] Column ObjectType [ReadOnly] [Current] [S9] D2
"hrStorageDescr" [1 3 6 1 2 1 25 2 3 1 3] Column ObjectType [ReadOnly] [Current] [S10] D2
"hrStorageAllocationUnits" [1 3 6 1 2 1 25 2 3 1 4] Column ObjectType [ReadOnly] [Current] [S5] D3
"hrStorageSize" [1 3 6 1 2 1 25 2 3 1 5] Column ObjectType [ReadWrite] [Current] [S8] D2
"hrStorageUsed" [1 3 6 1 2 1 25 2 3 1 6] Column ObjectType [ReadOnly] [Current] [S8] D2
"hrStorageAllocationFailures" [1 3 6 1 2 1 25 2 3 1 7] Column ObjectType [ReadOnly] [Current] [S11] D2
"hrDevice" [1 3 6 1 2 1 25 3] Node ObjectIdentifier [] [] [] D0
"hrDeviceTypes" [1 3 6 1 2 1 25 3 1] Node ObjectIdentifier [] [] [] D0
"hrDeviceTable" [1 3 6 1 2 1 25 3 2] Table ObjectType [NotAccessible] [Current] [] D0
"hrDeviceEntry" [1 3 6 1 2 1 25 3 2 1] Row ObjectType [NotAccessible] [Current] [] D4
"hrDeviceIndex" [1 3 6 1 2 1 25 3 2 1 1] Column ObjectType [ReadOnly] [Current] [S5] D4
"hrDeviceType" [1 3 6 1 2 1 25 3 2 1 2] Column ObjectType [ReadOnly] [Current] [S9] D4
"hrDeviceDescr" [1 3 6 1 2 1 25 3 2 1 3] Column ObjectType [ReadOnly] [Current] [S12] D4
"hrDeviceID" [1 3 6 1 2 1 25 3 2 1 4] Column ObjectType [ReadOnly] [Current] [S2] D4
"hrDeviceStatus" [1 3 6 1 2 1 25 3 2 1 5] Column ObjectType [ReadOnly] [Current] [S13] D4
"hrDeviceErrors" [1 3 6 1 2 1 25 3 2 1 6] Column ObjectType [ReadOnly] [Current] [S11] D4
"hrProcessorTable" [1 3 6 1 2 1 25 3 3] Table ObjectType [NotAccessible] [Current] [] D0
"hrProcessorEntry" [1 3 6 1 2 1 25 3 3 1] Row ObjectType [NotAccessible] [Current] [] D4
"hrProcessorFrwID" [1 3 6 1 2 1 25 3 3 1 1] Column ObjectType [ReadOnly] [Current] [S2] D4
"hrProcessorLoad" [1 3 6 1 2 1 25 3 3 1 2] Column ObjectType [ReadOnly] [Current] [S14] D4
"hrNetworkTable" [1 3 6 1 2 1 25 3 4] Table ObjectType [NotAccessible] [Current] [] D0
"hrNetworkEntry" [1 3 6 1 2 1 25 3 4 1] Row ObjectType [NotAccessible] [Current] [] D4
"hrNetworkIfIndex" [1 3 6 1 2 1 25 3 4 1 1] Column ObjectType [ReadOnly] [Current] [S15] D4
"hrPrinterTable" [1 3 6 1 2 1 25 3 5] Table ObjectType [NotAccessible] [Current] [] D0
"hrPrinterEntry" [1 3 6 1 2 1 25 3 5 1] Row ObjectType [NotAccessible] [Current] [] D4
"hrPrinterStatus" [1 3 6 1 2 1 25 3 5 1 1] Column ObjectType [ReadOnly] [Current] [S16] D4
"hrPrinterDetectedErrorState" [1 3 6 1 2 1 25 3 5 1 2] Column ObjectType [ReadOnly] [Current] [S17] D4
"hrDiskStorageTable" [1 3 6 1 2 1 25 3 6] Table ObjectType [NotAccessible] [Current] [] D0
"hrDiskStorageEntry" [1 3 6 1 2 1 25 3 6 1] Row ObjectType [NotAccessible] [Current] [] D4
"hrDiskStorageAccess" [1 3 6 1 2 1 25 3 6 1 1] Column ObjectType [ReadOnly] [Current] [S18] D4
"hrDiskStorageMedia" [1 3 6 1 2 1 25 3 6 1 2] Column ObjectType [ReadOnly] [Current] [S19] D4
"hrDiskStorageRemoveble" [1 3 6 1 2 1 25 3 6 1 3] Column ObjectType [ReadOnly] [Current] [S20] D4
"hrDiskStorageCapacity" [1 3 6 1 2 1 25 3 6 1 4] Column ObjectType [ReadOnly] [Current] [S1] D5
"hrPartitionTable" [1 3 6 1 2 1 25 3 7] Table ObjectType [NotAccessible] [Current] [] D0
"hrPartitionEntry" [1 3 6 1 2 1 25 3 7 1] Row ObjectType [NotAccessible] [Current] [] D6
"hrPartitionIndex" [1 3 6 1 2 1 25 3 7 1 1] Column ObjectType [ReadOnly] [Current] [S5] D6
"hrPartitionLabel" [1 3 6 1 2 1 25 3 7 1 2] Column ObjectType [ReadOnly] [Current] [S6] D6
"hrPartitionID" [1 3 6 1 2 1 25 3 7 1 3] Column ObjectType [ReadOnly] [Current] [S17] D6
"hrPartitionSize" [1 3 6 1 2 1 25 3 7 1 4] Column ObjectType [ReadOnly] [Current] [S1] D7
"hrPartitionFSIndex" [1 3 6 1 2 1 25 3 7 1 5] Column ObjectType [ReadOnly] [Current] [S8] D6
"hrFSTable" [1 3 6 1 2 1 25 3 8] Table ObjectType [NotAccessible] [Current] [] D0
"hrFSEntry" [1 3 6 1 2 1 25 3 8 1] Row ObjectType [NotAccessible] [Current] [] D8
"hrFSIndex" [1 3 6 1 2 1 25 3 8 1 1] Column ObjectType [ReadOnly] [Current] [S5] D8
"hrFSMountPoint" [1 3 6 1 2 1 25 3 8 1 2] Column ObjectType [ReadOnly] [Current] [S6] D8
"hrFSRemoteMountPoint" [1 3 6 1 2 1 25 3 8 1 3] Column ObjectType [ReadOnly] [Current] [S6] D8
"hrFSType" [1 3 6 1 2 1 25 3 8 1 4] Column ObjectType [ReadOnly] [Current] [S9] D8
"hrFSAccess" [1 3 6 1 2 1 25 3 8 1 5] Column ObjectType [ReadOnly] [Current] [S18] D8
"hrFSBootable" [1 3 6 1 2 1 25 3 8 1 6] Column ObjectType [ReadOnly] [Current] [S20] D8
"hrFSStorageIndex" [1 3 6 1 2 1 25 3 8 1 7] Column ObjectType [ReadOnly] [Current] [S8] D8
"hrFSLastFullBackupDate" [1 3 6 1 2 1 25 3 8 1 8] Column ObjectType [ReadWrite] [Current] [S4] D8
"hrFSLastPartialBackupDate" [1 3 6 1 2 1 25 3 8 1 9] Column ObjectType [ReadWrite] [Current] [S4] D8
"hrFSTypes" [1 3 6 1 2 1 25 3 9] Node ObjectIdentifier [] [] [] D0
"hrSWRun" [1 3 6 1 2 1 25 4] Node ObjectIdentifier [] [] [] D0
"hrSWOSIndex" [1 3 6 1 2 1 25 4 1] Scalar ObjectType [ReadOnly] [Current] [S5] D0
"hrSWRunTable" [1 3 6 1 2 1 25 4 2] Table ObjectType [NotAccessible] [Current] [] D0
"hrSWRunEntry" [1 3 6 1 2 1 25 4 2 1] Row ObjectType [NotAccessible] [Current] [] D9
"hrSWRunIndex" [1 3 6 1 2 1 25 4 2 1 1] Column ObjectType [ReadOnly] [Current] [S5] D9
"hrSWRunName" [1 3 6 1 2 1 25 4 2 1 2] Column ObjectType [ReadOnly] [Current] [S21] D9
"hrSWRunID" [1 3 6 1 2 1 25 4 2 1 3] Column ObjectType [ReadOnly] [Current] [S2] D9
"hrSWRunPath" [1 3 6 1 2 1 25 4 2 1 4] Column ObjectType [ReadOnly] [Current] [S6] D9
"hrSWRunParameters" [1 3 6 1 2 1 25 4 2 1 5] Column ObjectType [ReadOnly] [Current] [S6] D9
"hrSWRunType" [1 3 6 1 2 1 25 4 2 1 6] Column ObjectType [ReadOnly] [Current] [S22] D9
"hrSWRunStatus" [1 3 6 1 2 1 25 4 2 1 7] Column ObjectType [ReadWrite] [Current] [S23] D9
"hrSWRunPerf" [1 3 6 1 2 1 25 5] Node ObjectIdentifier [] [] [] D0
"hrSWRunPerfTable" [1 3 6 1 2 1 25 5 1] Table ObjectType [NotAccessible] [Current] [] D0
"hrSWRunPerfEntry" [1 3 6 1 2 1 25 5 1 1] Row ObjectType [NotAccessible] [Current] [] D10
"hrSWRunPerfCPU" [1 3 6 1 2 1 25 5 1 1 1] Column ObjectType [ReadOnly] [Current] [S8] D9
"hrSWRunPerfMem" [1 3 6 1 2 1 25 5 1 1 2] Column ObjectType [ReadOnly] [Current] [S1] D11
"hrSWInstalled" [1 3 6 1 2 1 25 6] Node ObjectIdentifier [] [] [] D0
"hrSWInstalledLastChange" [1 3 6 1 2 1 25 6 1] Scalar ObjectType [ReadOnly] [Current] [S3] D0
"hrSWInstalledLastUpdateTime" [1 3 6 1 2 1 25 6 2] Scalar ObjectType [ReadOnly] [Current] [S3] D0
"hrSWInstalledTable" [1 3 6 1 2 1 25 6 3] Table ObjectType [NotAccessible] [Current] [] D0
"hrSWInstalledEntry" [1 3 6 1 2 1 25 6 3 1] Row ObjectType [NotAccessible] [Current] [] D12
"hrSWInstalledIndex" [1 3 6 1 2 1 25 6 3 1 1] Column ObjectType [ReadOnly] [Current] [S5] D12
"hrSWInstalledName" [1 3 6 1 2 1 25 6 3 1 2] Column ObjectType [ReadOnly] [Current] [S21] D12
"hrSWInstalledID" [1 3 6 1 2 1 25 6 3 1 3] Column ObjectType [ReadOnly] [Current] [S2] D12
"hrSWInstalledType" [1 3 6 1 2 1 25 6 3 1 4] Column ObjectType [ReadOnly] [Current] [S22] D12
"hrSWInstalledDate" [1 3 6 1 2 1 25 6 3 1 5] Column ObjectType [ReadOnly] [Current] [S4] D12
"hrMIBAdminInfo" [1 3 6 1 2 1 25 7] Node ObjectIdentifier [] [] [] D0
"hostResourcesMibModule" [1 3 6 1 2 1 25 7 1] Node ModuleIdentity [] [] [] D0
"hrMIBCompliances" [1 3 6 1 2 1 25 7 2] Node ObjectIdentifier [] [] [] D0
"hrMIBCompliance" [1 3 6 1 2 1 25 7 2 1] Compliance ModuleCompliance [] [Current] [] D0
"hrMIBGroups" [1 3 6 1 2 1 25 7 3] Node ObjectIdentifier [] [] [] D0
"hrSystemGroup" [1 3 6 1 2 1 25 7 3 1] Group ObjectGroup [] [Current] [] D13
"hrStorageGroup" [1 3 6 1 2 1 25 7 3 2] Group ObjectGroup [] [Current] [] D14
"hrDeviceGroup" [1 3 6 1 2 1 25 7 3 3] Group ObjectGroup [] [Current] [] D15
"hrSWRunGroup" [1 3 6 1 2 1 25 7 3 4] Group ObjectGroup [] [Current] [] D16
"hrSWRunPerfGroup" [1 3 6 1 2 1 25 7 3 5] Group ObjectGroup [] [Current] [] D17
"hrSWInstalledGroup" [1 3 6 1 2 1 25 7 3 6] Group ObjectGroup [] [Current] [] D18
}
names {
0 94 21 27 24 30 100 28 25 29 23 26 22 44 47 43 45 46 42 61 62 56 57 64 65 58 59 63 55 60 66 93 96 95 97 11 36
37 35 49 54 52 50 51 53 48 41 39 40 38 32 33 34 31 83 92 87 103 90 88 84 85 89 86 91 68 67 70 101 73 71 72 75
74 78 81 80 102 82 79 77 69 76 9 20 17 16 13 99 14 18 12 15 10 19 1 3 98 4 5 8 6 7 2
}
types {
"InternationalDisplayString" S0
"KBytes" S1
"ProductID" S2
} }
