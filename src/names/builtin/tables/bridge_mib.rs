//! BRIDGE-MIB. Written by `examples/mibgen.rs`; not to be edited.

use crate::names::builtin::entry::{optional, table};

table! { "BRIDGE-MIB"
syntaxes {
S0 "BridgeId" OctetString [ (8 8) ] [ ] []
S1 "Timeout" Integer32 [ ] [ ] ["d"]
S2 "MacAddress" OctetString [ (6 6) ] [ ] ["1x:"]
S3 "Integer32" Integer32 [ ] [ ] []
S4 "INTEGER" Integer32 [ ] [ "unknown" 1 "transparent-only" 2 "sourceroute-only" 3 "srt" 4 ] []
S5 "Integer32" Integer32 [ (1 65535) ] [ ] []
S6 "InterfaceIndex" Integer32 [ (1 2147483647) ] [ ] ["d"]
S7 "OBJECT IDENTIFIER" ObjectIdentifier [ ] [ ] []
S8 "Counter32" Counter32 [ ] [ ] []
S9 "INTEGER" Integer32 [ ] [ "unknown" 1 "decLb100" 2 "ieee8021d" 3 ] []
S10 "Integer32" Integer32 [ (0 65535) ] [ ] []
S11 "TimeTicks" TimeTicks [ ] [ ] []
S12 "Timeout" Integer32 [ (600 4000) ] [ ] ["d"]
S13 "Timeout" Integer32 [ (100 1000) ] [ ] ["d"]
S14 "Timeout" Integer32 [ (400 3000) ] [ ] ["d"]
S15 "Integer32" Integer32 [ (0 255) ] [ ] []
S16 "INTEGER" Integer32 [ ] [ "disabled" 1 "blocking" 2 "listening" 3 "learning" 4 "forwarding" 5 "broken" 6
] []
S17 "INTEGER" Integer32 [ ] [ "enabled" 1 "disabled" 2 ] []
S18 "OCTET STRING" OctetString [ (2 2) ] [ ] []
S19 "Integer32" Integer32 [ (1 200000000) ] [ ] []
S20 "Integer32" Integer32 [ (10 1000000) ] [ ] []
S21 "INTEGER" Integer32 [ ] [ "other" 1 "invalid" 2 "learned" 3 "self" 4 "mgmt" 5 ] []
S22 "OCTET STRING" OctetString [ (0 512) ] [ ] []
S23 "INTEGER" Integer32 [ ] [ "other" 1 "invalid" 2 "permanent" 3 "deleteOnReset" 4 "deleteOnTimeout" 5 ] []
}
details {
D0 [] [] [] ""
D1 [] [] [] "ports"
D2 [(new "dot1dBasePort" S5)] [] [] ""
D3 [] [] [] "centi-seconds"
D4 [(new "dot1dStpPort" S5)] [] [] ""
D5 [] [] [] "seconds"
D6 [(new "dot1dTpFdbAddress" S2)] [] [] ""
D7 [(new "dot1dTpPort" S5)] [] [] ""
D8 [(new "dot1dTpPort" S5)] [] [] "bytes"
D9 [(new "dot1dTpPort" S5)] [] [] "frames"
D10 [(new "dot1dStaticAddress" S2) (new "dot1dStaticReceivePort" S10)] [] [] ""
D11 [] [] [("BRIDGE-MIB" "dot1dBaseBridgeAddress") ("BRIDGE-MIB" "dot1dBaseNumPorts") ("BRIDGE-MIB" "dot1dBaseType")] ""
D12 [] [] [("BRIDGE-MIB" "dot1dBasePort") ("BRIDGE-MIB" "dot1dBasePortIfIndex") ("BRIDGE-MIB" "dot1dBasePortCircuit") ("BRIDGE-MIB" "dot1dBasePortDelayExceededDiscards") ("BRIDGE-MIB" "dot1dBasePortMtuExceededDiscards")] ""
D13 [] [] [("BRIDGE-MIB" "dot1dStpProtocolSpecification") ("BRIDGE-MIB" "dot1dStpPriority") ("BRIDGE-MIB" "dot1dStpTimeSinceTopologyChange") ("BRIDGE-MIB" "dot1dStpTopChanges") ("BRIDGE-MIB" "dot1dStpDesignatedRoot") ("BRIDGE-MIB" "dot1dStpRootCost") ("BRIDGE-MIB" "dot1dStpRootPort") ("BRIDGE-MIB" "dot1dStpMaxAge") ("BRIDGE-MIB" "dot1dStpHelloTime") ("BRIDGE-MIB" "dot1dStpHoldTime") ("BRIDGE-MIB" "dot1dStpForwardDelay") ("BRIDGE-MIB" "dot1dStpBridgeMaxAge") ("BRIDGE-MIB" "dot1dStpBridgeHelloTime") ("BRIDGE-MIB" "dot1dStpBridgeForwardDelay")] ""
D14 [] [] [("BRIDGE-MIB" "dot1dStpPort") ("BRIDGE-MIB" "dot1dStpPortPriority") ("BRIDGE-MIB" "dot1dStpPortState") ("BRIDGE-MIB" "dot1dStpPortEnable") ("BRIDGE-MIB" "dot1dStpPortPathCost") ("BRIDGE-MIB" "dot1dStpPortDesignatedRoot") ("BRIDGE-MIB" "dot1dStpPortDesignatedCost") ("BRIDGE-MIB" "dot1dStpPortDesignatedBridge") ("BRIDGE-MIB" "dot1dStpPortDesignatedPort") ("BRIDGE-MIB" "dot1dStpPortForwardTransitions")] ""
D15 [] [] [("BRIDGE-MIB" "dot1dStpPort") ("BRIDGE-MIB" "dot1dStpPortPriority") ("BRIDGE-MIB" "dot1dStpPortState") ("BRIDGE-MIB" "dot1dStpPortEnable") ("BRIDGE-MIB" "dot1dStpPortDesignatedRoot") ("BRIDGE-MIB" "dot1dStpPortDesignatedCost") ("BRIDGE-MIB" "dot1dStpPortDesignatedBridge") ("BRIDGE-MIB" "dot1dStpPortDesignatedPort") ("BRIDGE-MIB" "dot1dStpPortForwardTransitions") ("BRIDGE-MIB" "dot1dStpPortPathCost32")] ""
D16 [] [] [("BRIDGE-MIB" "dot1dStpPortPathCost32")] ""
D17 [] [] [("BRIDGE-MIB" "dot1dTpLearnedEntryDiscards") ("BRIDGE-MIB" "dot1dTpAgingTime")] ""
D18 [] [] [("BRIDGE-MIB" "dot1dTpFdbAddress") ("BRIDGE-MIB" "dot1dTpFdbPort") ("BRIDGE-MIB" "dot1dTpFdbStatus")] ""
D19 [] [] [("BRIDGE-MIB" "dot1dTpPort") ("BRIDGE-MIB" "dot1dTpPortMaxInfo") ("BRIDGE-MIB" "dot1dTpPortInFrames") ("BRIDGE-MIB" "dot1dTpPortOutFrames") ("BRIDGE-MIB" "dot1dTpPortInDiscards")] ""
D20 [] [] [("BRIDGE-MIB" "dot1dStaticAddress") ("BRIDGE-MIB" "dot1dStaticReceivePort") ("BRIDGE-MIB" "dot1dStaticAllowedToGoTo") ("BRIDGE-MIB" "dot1dStaticStatus")] ""
D21 [] [] [("BRIDGE-MIB" "newRoot") ("BRIDGE-MIB" "topologyChange")] ""
}
definitions {
"dot1dBridge" [1 3 6 1 2 1 17] Node ModuleIdentity [] [] [] D0
"dot1dNotifications" [1 3 6 1 2 1 17 0] Node ObjectIdentifier [] [] [] D0
"newRoot" [1 3 6 1 2 1 17 0 1] Notification NotificationType [] [Current] [] D0
"topologyChange" [1 3 6 1 2 1 17 0 2] Notification NotificationType [] [Current] [] D0
"dot1dBase" [1 3 6 1 2 1 17 1] Node ObjectIdentifier [] [] [] D0
"dot1dBaseBridgeAddress" [1 3 6 1 2 1 17 1 1] Scalar ObjectType [ReadOnly] [Current] [S2] D0
"dot1dBaseNumPorts" [1 3 6 1 2 1 17 1 2] Scalar ObjectType [ReadOnly] [Current] [S3] D1
"dot1dBaseType" [1 3 6 1 2 1 17 1 3] Scalar ObjectType [ReadOnly] [Current] [S4] D0
"dot1dBasePortTable" [1 3 6 1 2 1 17 1 4] Table ObjectType [NotAccessible] [Current] [] D0
"dot1dBasePortEntry" [1 3 6 1 2 1 17 1 4 1] Row ObjectType [NotAccessible] [Current] [] D2
"dot1dBasePort" [1 3 6 1 2 1 17 1 4 1 1] Column ObjectType [ReadOnly] [Current] [S5] D2
"dot1dBasePortIfIndex" [1 3 6 1 2 1 17 1 4 1 2] Column ObjectType [ReadOnly] [Current] [S6] D2
"dot1dBasePortCircuit" [1 3 6 1 2 1 17 1 4 1 3] Column ObjectType [ReadOnly] [Current] [S7] D2
"dot1dBasePortDelayExceededDiscards" [1 3 6 1 2 1 17 1 4 1 4] Column ObjectType [ReadOnly] [Current] [S8] D2
"dot1dBasePortMtuExceededDiscards" [1 3 6 1 2 1 17 1 4 1 5] Column ObjectType [ReadOnly] [Current] [S8] D2
"dot1dStp" [1 3 6 1 2 1 17 2] Node ObjectIdentifier [] [] [] D0
"dot1dStpProtocolSpecification" [1 3 6 1 2 1 17 2 1] Scalar ObjectType [ReadOnly] [Current] [S9] D0
"dot1dStpPriority" [1 3 6 1 2 1 17 2 2] Scalar ObjectType [ReadWrite] [Current] [S10] D0
"dot1dStpTimeSinceTopologyChange" [1 3 6 1 2 1 17 2 3] Scalar ObjectType [ReadOnly] [Current] [S11] D3
"dot1dStpTopChanges" [1 3 6 1 2 1 17 2 4] Scalar ObjectType [ReadOnly] [Current] [S8] D0
"dot1dStpDesignatedRoot" [1 3 6 1 2 1 17 2 5] Scalar ObjectType [ReadOnly] [Current] [S0] D0
"dot1dStpRootCost" [1 3 6 1 2 1 17 2 6] Scalar ObjectType [ReadOnly] [Current] [S3] D0
"dot1dStpRootPort" [1 3 6 1 2 1 17 2 7] Scalar ObjectType [ReadOnly] [Current] [S3] D0
"dot1dStpMaxAge" [1 3 6 1 2 1 17 2 8] Scalar ObjectType [ReadOnly] [Current] [S1] D3
"dot1dStpHelloTime" [1 3 6 1 2 1 17 2 9] Scalar ObjectType [ReadOnly] [Current] [S1] D3
"dot1dStpHoldTime" [1 3 6 1 2 1 17 2 10] Scalar ObjectType [ReadOnly] [Current] [S3] D3
"dot1dStpForwardDelay" [1 3 6 1 2 1 17 2 11] Scalar ObjectType [ReadOnly] [Current] [S1] D3
"dot1dStpBridgeMaxAge" [1 3 6 1 2 1 17 2 12] Scalar ObjectType [ReadWrite] [Current] [S12] D3
"dot1dStpBridgeHelloTime" [1 3 6 1 2 1 17 2 13] Scalar ObjectType [ReadWrite] [Current] [S13] D3
"dot1dStpBridgeForwardDelay" [1 3 6 1 2 1 17 2 14] Scalar ObjectType [ReadWrite] [Current] [S14] D3
"dot1dStpPortTable" [1 3 6 1 2 1 17 2 15] Table ObjectType [NotAccessible] [Current] [] D0
"dot1dStpPortEntry" [1 3 6 1 2 1 17 2 15 1] Row ObjectType [NotAccessible] [Current] [] D4
"dot1dStpPort" [1 3 6 1 2 1 17 2 15 1 1] Column ObjectType [ReadOnly] [Current] [S5] D4
"dot1dStpPortPriority" [1 3 6 1 2 1 17 2 15 1 2] Column ObjectType [ReadWrite] [Current] [S15] D4
"dot1dStpPortState" [1 3 6 1 2 1 17 2 15 1 3] Column ObjectType [ReadOnly] [Current] [S16] D4
"dot1dStpPortEnable" [1 3 6 1 2 1 17 2 15 1 4] Column ObjectType [ReadWrite] [Current] [S17] D4
"dot1dStpPortPathCost" [1 3 6 1 2 1 17 2 15 1 5] Column ObjectType [ReadWrite] [Current] [S5] D4
"dot1dStpPortDesignatedRoot" [1 3 6 1 2 1 17 2 15 1 6] Column ObjectType [ReadOnly] [Current] [S0] D4
"dot1dStpPortDesignatedCost" [1 3 6 1 2 1 17 2 15 1 7] Column ObjectType [ReadOnly] [Current] [S3] D4
"dot1dStpPortDesignatedBridge" [1 3 6 1 2 1 17 2 15 1 8] Column ObjectType [ReadOnly] [Current] [S0] D4
"dot1dStpPortDesignatedPort" [1 3 6 1 2 1 17 2 15 1 9] Column ObjectType [ReadOnly] [Current] [S18] D4
"dot1dStpPortForwardTransitions" [1 3 6 1 2 1 17 2 15 1 10] Column ObjectType [ReadOnly] [Current] [S8] D4
"dot1dStpPortPathCost32" [1 3 6 1 2 1 17 2 15 1 11] Column ObjectType [ReadWrite] [Current] [S19] D4
"dot1dSr" [1 3 6 1 2 1 17 3] Node ObjectIdentifier [] [] [] D0
"dot1dTp" [1 3 6 1 2 1 17 4] Node ObjectIdentifier [] [] [] D0
"dot1dTpLearnedEntryDiscards" [1 3 6 1 2 1 17 4 1] Scalar ObjectType [ReadOnly] [Current] [S8] D0
"dot1dTpAgingTime" [1 3 6 1 2 1 17 4 2] Scalar ObjectType [ReadWrite] [Current] [S20] D5
"dot1dTpFdbTable" [1 3 6 1 2 1 17 4 3] Table ObjectType [NotAccessible] [Current] [] D0
"dot1dTpFdbEntry" [1 3 6 1 2 1 17 4 3 1] Row ObjectType [NotAccessible] [Current] [] D6
"dot1dTpFdbAddress" [1 3 6 1 2 1 17 4 3 1 1] Column ObjectType [ReadOnly] [Current] [S2] D6
"dot1dTpFdbPort" [1 3 6 1 2 1 17 4 3 1 2] Column ObjectType [ReadOnly] [Current] [S3] D6
"dot1dTpFdbStatus" [1 3 6 1 2 1 17 4 3 1 3] Column ObjectType [ReadOnly] [Current] [S21] D6
"dot1dTpPortTable" [1 3 6 1 2 1 17 4 4] Table ObjectType [NotAccessible] [Current] [] D0
"dot1dTpPortEntry" [1 3 6 1 2 1 17 4 4 1] Row ObjectType [NotAccessible] [Current] [] D7
"dot1dTpPort" [1 3 6 1 2 1 17 4 4 1 1] Column ObjectType [ReadOnly] [Current] [S5] D7
"dot1dTpPortMaxInfo" [1 3 6 1 2 1 17 4 4 1 2] Column ObjectType [ReadOnly] [Current] [S3] D8
"dot1dTpPortInFrames" [1 3 6 1 2 1 17 4 4 1 3] Column ObjectType [ReadOnly] [Current] [S8] D9
"dot1dTpPortOutFrames" [1 3 6 1 2 1 17 4 4 1 4] Column ObjectType [ReadOnly] [Current] [S8] D9
"dot1dTpPortInDiscards" [1 3 6 1 2 1 17 4 4 1 5] Column ObjectType [ReadOnly] [Current] [S8] D9
"dot1dStatic" [1 3 6 1 2 1 17 5] Node ObjectIdentifier [] [] [] D0
"dot1dStaticTable" [1 3 6 1 2 1 17 5 1] Table ObjectType [NotAccessible] [Current] [] D0
"dot1dStaticEntry" [1 3 6 1 2 1 17 5 1 1] Row ObjectType [NotAccessible] [Current] [] D10
"dot1dStaticAddress" [1 3 6 1 2 1 17 5 1 1 1] Column ObjectType [ReadCreate] [Current] [S2] D10
"dot1dStaticReceivePort" [1 3 6 1 2 1 17 5 1 1 2] Column ObjectType [ReadCreate] [Current] [S10] D10
"dot1dStaticAllowedToGoTo" [1 3 6 1 2 1 17 5 1 1 3] Column ObjectType [ReadCreate] [Current] [S22] D10
"dot1dStaticStatus" [1 3 6 1 2 1 17 5 1 1 4] Column ObjectType [ReadCreate] [Current] [S23] D10
"dot1dConformance" [1 3 6 1 2 1 17 8] Node ObjectIdentifier [] [] [] D0
"dot1dGroups" [1 3 6 1 2 1 17 8 1] Node ObjectIdentifier [] [] [] D0
"dot1dBaseBridgeGroup" [1 3 6 1 2 1 17 8 1 1] Group ObjectGroup [] [Current] [] D11
"dot1dBasePortGroup" [1 3 6 1 2 1 17 8 1 2] Group ObjectGroup [] [Current] [] D12
"dot1dStpBridgeGroup" [1 3 6 1 2 1 17 8 1 3] Group ObjectGroup [] [Current] [] D13
"dot1dStpPortGroup" [1 3 6 1 2 1 17 8 1 4] Group ObjectGroup [] [Current] [] D14
"dot1dStpPortGroup2" [1 3 6 1 2 1 17 8 1 5] Group ObjectGroup [] [Current] [] D15
"dot1dStpPortGroup3" [1 3 6 1 2 1 17 8 1 6] Group ObjectGroup [] [Current] [] D16
"dot1dTpBridgeGroup" [1 3 6 1 2 1 17 8 1 7] Group ObjectGroup [] [Current] [] D17
"dot1dTpFdbGroup" [1 3 6 1 2 1 17 8 1 8] Group ObjectGroup [] [Current] [] D18
"dot1dTpGroup" [1 3 6 1 2 1 17 8 1 9] Group ObjectGroup [] [Current] [] D19
"dot1dStaticGroup" [1 3 6 1 2 1 17 8 1 10] Group ObjectGroup [] [Current] [] D20
"dot1dNotificationGroup" [1 3 6 1 2 1 17 8 1 11] Group NotificationGroup [] [Current] [] D21
"dot1dCompliances" [1 3 6 1 2 1 17 8 2] Node ObjectIdentifier [] [] [] D0
"bridgeCompliance1493" [1 3 6 1 2 1 17 8 2 1] Compliance ModuleCompliance [] [Current] [] D0
"bridgeCompliance4188" [1 3 6 1 2 1 17 8 2 2] Compliance ModuleCompliance [] [Current] [] D0
}
names {
80 81 4 5 68 6 10 12 13 9 69 11 14 8 7 0 79 66 67 78 1 43 59 62 64 61 77 63 65 60 15 29 70 28 27 20 26 24 25
23 32 39 38 40 37 35 31 41 71 72 73 36 42 33 34 30 17 16 21 22 18 19 44 46 74 49 48 75 50 51 47 76 45 54 53 58
56 55 57 52 2 3
}
types {
"BridgeId" S0
"Timeout" S1
} }
