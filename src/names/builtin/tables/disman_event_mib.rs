//! DISMAN-EVENT-MIB. Written by `examples/mibgen.rs`; not to be edited.

use crate::names::builtin::entry::{optional, table};

table! { "DISMAN-EVENT-MIB"
syntaxes {
S0 "FailureReason" Integer32 [ ] [ "localResourceLack" -1 "badDestination" -2 "destinationUnreachable" -3
"noResponse" -4 "badType" -5 "sampleOverrun" -6 "noError" 0 "tooBig" 1 "noSuchName" 2 "badValue" 3
"readOnly" 4 "genErr" 5 "noAccess" 6 "wrongType" 7 "wrongLength" 8 "wrongEncoding" 9 "wrongValue" 10
"noCreation" 11 "inconsistentValue" 12 "resourceUnavailable" 13 "commitFailed" 14 "undoFailed" 15
"authorizationError" 16 "notWritable" 17 "inconsistentName" 18 ] []
S1 "Integer32" Integer32 [ (1 2147483647) ] [ ] []
S2 "Unsigned32" Gauge32 [ ] [ ] []
S3 "Gauge32" Gauge32 [ ] [ ] []
S4 "Counter32" Counter32 [ ] [ ] []
S5 "SnmpAdminString" OctetString [ (0 32) ] [ ] ["255t"]
S6 "SnmpAdminString" OctetString [ (1 32) ] [ ] ["255t"]
S7 "SnmpAdminString" OctetString [ (0 255) ] [ ] ["255t"]
S8 "BITS" Bits [ ] [ "existence" 0 "boolean" 1 "threshold" 2 ] []
S9 "INTEGER" Integer32 [ ] [ "absoluteValue" 1 "deltaValue" 2 ] []
S10 "OBJECT IDENTIFIER" ObjectIdentifier [ ] [ ] []
S11 "TruthValue" Integer32 [ ] [ "true" 1 "false" 2 ] []
S12 "SnmpTagValue" OctetString [ (0 255) ] [ ] ["255t"]
S13 "RowStatus" Integer32 [ ] [ "active" 1 "notInService" 2 "notReady" 3 "createAndGo" 4 "createAndWait" 5
"destroy" 6 ] []
S14 "INTEGER" Integer32 [ ] [ "timeTicks" 1 "timeStamp" 2 "dateAndTime" 3 ] []
S15 "BITS" Bits [ ] [ "present" 0 "absent" 1 "changed" 2 ] []
S16 "BITS" Bits [ ] [ "present" 0 "absent" 1 ] []
S17 "INTEGER" Integer32 [ ] [ "unequal" 1 "equal" 2 "less" 3 "lessOrEqual" 4 "greater" 5 "greaterOrEqual" 6
] []
S18 "Integer32" Integer32 [ ] [ ] []
S19 "INTEGER" Integer32 [ ] [ "rising" 1 "falling" 2 "risingOrFalling" 3 ] []
S20 "Unsigned32" Gauge32 [ (1 4294967295) ] [ ] []
S21 "BITS" Bits [ ] [ "notification" 0 "set" 1 ] []
}
details {
D0 [] [] [] ""
D1 [] [] [] "seconds"
D2 [] [] [] "instances"
D3 [] [] [] "failures"
D4 [(new "mteOwner" S5) (implied "mteTriggerName" S6)] [] [] ""
D5 [(new "mteOwner" S5) (implied "mteTriggerName" S6)] [] [] "" "''H"
D6 [(new "mteOwner" S5) (implied "mteTriggerName" S6)] [] [] "" "{ boolean }"
D7 [(new "mteOwner" S5) (implied "mteTriggerName" S6)] [] [] "" "absoluteValue"
D8 [(new "mteOwner" S5) (implied "mteTriggerName" S6)] [] [] "" "zeroDotZero"
D9 [(new "mteOwner" S5) (implied "mteTriggerName" S6)] [] [] "" "false"
D10 [(new "mteOwner" S5) (implied "mteTriggerName" S6)] [] [] "seconds" "600"
D11 [(new "mteOwner" S5) (implied "mteTriggerName" S6)] [] [] "" "{ sysUpTime 0 }"
D12 [(new "mteOwner" S5) (implied "mteTriggerName" S6)] [] [] "" "timeTicks"
D13 [(new "mteOwner" S5) (implied "mteTriggerName" S6)] [] [] "" "{ present, absent }"
D14 [(new "mteOwner" S5) (implied "mteTriggerName" S6)] [] [] "" "unequal"
D15 [(new "mteOwner" S5) (implied "mteTriggerName" S6)] [] [] "" "0"
D16 [(new "mteOwner" S5) (implied "mteTriggerName" S6)] [] [] "" "true"
D17 [(new "mteOwner" S5) (implied "mteTriggerName" S6)] [] [] "" "risingOrFalling"
D18 [(new "mteOwner" S5) (new "mteObjectsName" S6) (new "mteObjectsIndex" S20)] [] [] ""
D19 [(new "mteOwner" S5) (new "mteObjectsName" S6) (new "mteObjectsIndex" S20)] [] [] "" "zeroDotZero"
D20 [(new "mteOwner" S5) (new "mteObjectsName" S6) (new "mteObjectsIndex" S20)] [] [] "" "false"
D21 [(new "mteOwner" S5) (implied "mteEventName" S6)] [] [] ""
D22 [(new "mteOwner" S5) (implied "mteEventName" S6)] [] [] "" "''H"
D23 [(new "mteOwner" S5) (implied "mteEventName" S6)] [] [] "" "{  }"
D24 [(new "mteOwner" S5) (implied "mteEventName" S6)] [] [] "" "false"
D25 [(new "mteOwner" S5) (implied "mteEventName" S6)] [] [] "" "zeroDotZero"
D26 [(new "mteOwner" S5) (implied "mteEventName" S6)] [] [] "" "0"
D27 [] [] [("DISMAN-EVENT-MIB" "mteHotTrigger") ("DISMAN-EVENT-MIB" "mteHotTargetName") ("DISMAN-EVENT-MIB" "mteHotContextName") ("DISMAN-EVENT-MIB" "mteHotOID") ("DISMAN-EVENT-MIB" "mteHotValue")] ""
D28 [] [] [("DISMAN-EVENT-MIB" "mteHotTrigger") ("DISMAN-EVENT-MIB" "mteHotTargetName") ("DISMAN-EVENT-MIB" "mteHotContextName") ("DISMAN-EVENT-MIB" "mteHotOID") ("DISMAN-EVENT-MIB" "mteFailedReason")] ""
D29 [] [] [("DISMAN-EVENT-MIB" "mteResourceSampleMinimum") ("DISMAN-EVENT-MIB" "mteResourceSampleInstanceMaximum") ("DISMAN-EVENT-MIB" "mteResourceSampleInstances") ("DISMAN-EVENT-MIB" "mteResourceSampleInstancesHigh") ("DISMAN-EVENT-MIB" "mteResourceSampleInstanceLacks")] ""
D30 [] [] [("DISMAN-EVENT-MIB" "mteTriggerFailures") ("DISMAN-EVENT-MIB" "mteTriggerComment") ("DISMAN-EVENT-MIB" "mteTriggerTest") ("DISMAN-EVENT-MIB" "mteTriggerSampleType") ("DISMAN-EVENT-MIB" "mteTriggerValueID") ("DISMAN-EVENT-MIB" "mteTriggerValueIDWildcard") ("DISMAN-EVENT-MIB" "mteTriggerTargetTag") ("DISMAN-EVENT-MIB" "mteTriggerContextName") ("DISMAN-EVENT-MIB" "mteTriggerContextNameWildcard") ("DISMAN-EVENT-MIB" "mteTriggerFrequency") ("DISMAN-EVENT-MIB" "mteTriggerObjectsOwner") ("DISMAN-EVENT-MIB" "mteTriggerObjects") ("DISMAN-EVENT-MIB" "mteTriggerEnabled") ("DISMAN-EVENT-MIB" "mteTriggerEntryStatus") ("DISMAN-EVENT-MIB" "mteTriggerDeltaDiscontinuityID") ("DISMAN-EVENT-MIB" "mteTriggerDeltaDiscontinuityIDWildcard") ("DISMAN-EVENT-MIB" "mteTriggerDeltaDiscontinuityIDType") ("DISMAN-EVENT-MIB" "mteTriggerExistenceTest") ("DISMAN-EVENT-MIB" "mteTriggerExistenceStartup") ("DISMAN-EVENT-MIB" "mteTriggerExistenceObjectsOwner") ("DISMAN-EVENT-MIB" "mteTriggerExistenceObjects") ("DISMAN-EVENT-MIB" "mteTriggerExistenceEventOwner") ("DISMAN-EVENT-MIB" "mteTriggerExistenceEvent") ("DISMAN-EVENT-MIB" "mteTriggerBooleanComparison") ("DISMAN-EVENT-MIB" "mteTriggerBooleanValue") ("DISMAN-EVENT-MIB" "mteTriggerBooleanStartup") ("DISMAN-EVENT-MIB" "mteTriggerBooleanObjectsOwner") ("DISMAN-EVENT-MIB" "mteTriggerBooleanObjects") ("DISMAN-EVENT-MIB" "mteTriggerBooleanEventOwner") ("DISMAN-EVENT-MIB" "mteTriggerBooleanEvent") ("DISMAN-EVENT-MIB" "mteTriggerThresholdStartup") ("DISMAN-EVENT-MIB" "mteTriggerThresholdObjectsOwner") ("DISMAN-EVENT-MIB" "mteTriggerThresholdObjects") ("DISMAN-EVENT-MIB" "mteTriggerThresholdRising") ("DISMAN-EVENT-MIB" "mteTriggerThresholdFalling") ("DISMAN-EVENT-MIB" "mteTriggerThresholdDeltaRising") ("DISMAN-EVENT-MIB" "mteTriggerThresholdDeltaFalling") ("DISMAN-EVENT-MIB" "mteTriggerThresholdRisingEventOwner") ("DISMAN-EVENT-MIB" "mteTriggerThresholdRisingEvent") ("DISMAN-EVENT-MIB" "mteTriggerThresholdFallingEventOwner") ("DISMAN-EVENT-MIB" "mteTriggerThresholdFallingEvent") ("DISMAN-EVENT-MIB" "mteTriggerThresholdDeltaRisingEventOwner") ("DISMAN-EVENT-MIB" "mteTriggerThresholdDeltaRisingEvent") ("DISMAN-EVENT-MIB" "mteTriggerThresholdDeltaFallingEventOwner") ("DISMAN-EVENT-MIB" "mteTriggerThresholdDeltaFallingEvent")] ""
D31 [] [] [("DISMAN-EVENT-MIB" "mteObjectsID") ("DISMAN-EVENT-MIB" "mteObjectsIDWildcard") ("DISMAN-EVENT-MIB" "mteObjectsEntryStatus")] ""
D32 [] [] [("DISMAN-EVENT-MIB" "mteEventFailures") ("DISMAN-EVENT-MIB" "mteEventComment") ("DISMAN-EVENT-MIB" "mteEventActions") ("DISMAN-EVENT-MIB" "mteEventEnabled") ("DISMAN-EVENT-MIB" "mteEventEntryStatus") ("DISMAN-EVENT-MIB" "mteEventNotification") ("DISMAN-EVENT-MIB" "mteEventNotificationObjectsOwner") ("DISMAN-EVENT-MIB" "mteEventNotificationObjects") ("DISMAN-EVENT-MIB" "mteEventSetObject") ("DISMAN-EVENT-MIB" "mteEventSetObjectWildcard") ("DISMAN-EVENT-MIB" "mteEventSetValue") ("DISMAN-EVENT-MIB" "mteEventSetTargetTag") ("DISMAN-EVENT-MIB" "mteEventSetContextName") ("DISMAN-EVENT-MIB" "mteEventSetContextNameWildcard")] ""
D33 [] [] [("DISMAN-EVENT-MIB" "mteHotTrigger") ("DISMAN-EVENT-MIB" "mteHotTargetName") ("DISMAN-EVENT-MIB" "mteHotContextName") ("DISMAN-EVENT-MIB" "mteHotOID") ("DISMAN-EVENT-MIB" "mteHotValue") ("DISMAN-EVENT-MIB" "mteFailedReason")] ""
D34 [] [] [("DISMAN-EVENT-MIB" "mteTriggerFired") ("DISMAN-EVENT-MIB" "mteTriggerRising") ("DISMAN-EVENT-MIB" "mteTriggerFalling") ("DISMAN-EVENT-MIB" "mteTriggerFailure") ("DISMAN-EVENT-MIB" "mteEventSetFailure")] ""
}
definitions {
"dismanEventMIB" [1 3 6 1 2 1 88] Node ModuleIdentity [] [] [] D0
"dismanEventMIBObjects" [1 3 6 1 2 1 88 1] Node ObjectIdentifier [] [] [] D0
"mteResource" [1 3 6 1 2 1 88 1 1] Node ObjectIdentifier [] [] [] D0
"mteResourceSampleMinimum" [1 3 6 1 2 1 88 1 1 1] Scalar ObjectType [ReadWrite] [Current] [S1] D1
"mteResourceSampleInstanceMaximum" [1 3 6 1 2 1 88 1 1 2] Scalar ObjectType [ReadWrite] [Current] [S2] D2
"mteResourceSampleInstances" [1 3 6 1 2 1 88 1 1 3] Scalar ObjectType [ReadOnly] [Current] [S3] D2
"mteResourceSampleInstancesHigh" [1 3 6 1 2 1 88 1 1 4] Scalar ObjectType [ReadOnly] [Current] [S3] D2
"mteResourceSampleInstanceLacks" [1 3 6 1 2 1 88 1 1 5] Scalar ObjectType [ReadOnly] [Current] [S4] D2
"mteTrigger" [1 3 6 1 2 1 88 1 2] Node ObjectIdentifier [] [] [] D0
"mteTriggerFailures" [1 3 6 1 2 1 88 1 2 1] Scalar ObjectType [ReadOnly] [Current] [S4] D3
"mteTriggerTable" [1 3 6 1 2 1 88 1 2 2] Table ObjectType [NotAccessible] [Current] [] D0
"mteTriggerEntry" [1 3 6 1 2 1 88 1 2 2 1] Row ObjectType [NotAccessible] [Current] [] D4
"mteOwner" [1 3 6 1 2 1 88 1 2 2 1 1] Column ObjectType [NotAccessible] [Current] [S5] D4
"mteTriggerName" [1 3 6 1 2 1 88 1 2 2 1 2] Column ObjectType [NotAccessible] [Current] [S6] D4
"mteTriggerComment" [1 3 6 1 2 1 88 1 2 2 1 3] Column ObjectType [ReadCreate] [Current] [S7] D5
"mteTriggerTest" [1 3 6 1 2 1 88 1 2 2 1 4] Column ObjectType [ReadCreate] [Current] [S8] D6
"mteTriggerSampleType" [1 3 6 1 2 1 88 1 2 2 1 5] Column ObjectType [ReadCreate] [Current] [S9] D7
"mteTriggerValueID" [1 3 6 1 2 1 88 1 2 2 1 6] Column ObjectType [ReadCreate] [Current] [S10] D8
"mteTriggerValueIDWildcard" [1 3 6 1 2 1 88 1 2 2 1 7] Column ObjectType [ReadCreate] [Current] [S11] D9
"mteTriggerTargetTag" [1 3 6 1 2 1 88 1 2 2 1 8] Column ObjectType [ReadCreate] [Current] [S12] D5
"mteTriggerContextName" [1 3 6 1 2 1 88 1 2 2 1 9] Column ObjectType [ReadCreate] [Current] [S7] D5
"mteTriggerContextNameWildcard" [1 3 6 1 2 1 88 1 2 2 1 10] Column ObjectType [ReadCreate] [Current] [S11] D9
"mteTriggerFrequency" [1 3 6 1 2 1 88 1 2 2 1 11] Column ObjectType [ReadCreate] [Current] [S2] D10
"mteTriggerObjectsOwner" [1 3 6 1 2 1 88 1 2 2 1 12] Column ObjectType [ReadCreate] [Current] [S5] D5
"mteTriggerObjects" [1 3 6 1 2 1 88 1 2 2 1 13] Column ObjectType [ReadCreate] [Current] [S5] D5
"mteTriggerEnabled" [1 3 6 1 2 1 88 1 2 2 1 14] Column ObjectType [ReadCreate] [Current] [S11] D9
"mteTriggerEntryStatus" [1 3 6 1 2 1 88 1 2 2 1 15] Column ObjectType [ReadCreate] [Current] [S13] D4
"mteTriggerDeltaTable" [1 3 6 1 2 1 88 1 2 3] Table ObjectType [NotAccessible] [Current] [] D0
"mteTriggerDeltaEntry" [1 3 6 1 2 1 88 1 2 3 1] Row ObjectType [NotAccessible] [Current] [] D4
"mteTriggerDeltaDiscontinuityID" [1 3 6 1 2 1 88 1 2 3 1 1] Column ObjectType [ReadWrite] [Current] [S10] D11
"mteTriggerDeltaDiscontinuityIDWildcard" [1 3 6 1 2 1 88 1 2 3 1 2] Column ObjectType [ReadWrite] [Current] [S11] D9
"mteTriggerDeltaDiscontinuityIDType" [1 3 6 1 2 1 88 1 2 3 1 3] Column ObjectType [ReadWrite] [Current] [S14] D12
"mteTriggerExistenceTable" [1 3 6 1 2 1 88 1 2 4] Table ObjectType [NotAccessible] [Current] [] D0
"mteTriggerExistenceEntry" [1 3 6 1 2 1 88 1 2 4 1] Row ObjectType [NotAccessible] [Current] [] D4
"mteTriggerExistenceTest" [1 3 6 1 2 1 88 1 2 4 1 1] Column ObjectType [ReadWrite] [Current] [S15] D13
"mteTriggerExistenceStartup" [1 3 6 1 2 1 88 1 2 4 1 2] Column ObjectType [ReadWrite] [Current] [S16] D13
"mteTriggerExistenceObjectsOwner" [1 3 6 1 2 1 88 1 2 4 1 3] Column ObjectType [ReadWrite] [Current] [S5] D5
"mteTriggerExistenceObjects" [1 3 6 1 2 1 88 1 2 4 1 4] Column ObjectType [ReadWrite] [Current] [S5] D5
"mteTriggerExistenceEventOwner" [1 3 6 1 2 1 88 1 2 4 1 5] Column ObjectType [ReadWrite] [Current] [S5] D5
"mteTriggerExistenceEvent" [1 3 6 1 2 1 88 1 2 4 1 6] Column ObjectType [ReadWrite] [Current] [S5] D5
"mteTriggerBooleanTable" [1 3 6 1 2 1 88 1 2 5] Table ObjectType [NotAccessible] [Current] [] D0
"mteTriggerBooleanEntry" [1 3 6 1 2 1 88 1 2 5 1] Row ObjectType [NotAccessible] [Current] [] D4
"mteTriggerBooleanComparison" [1 3 6 1 2 1 88 1 2 5 1 1] Column ObjectType [ReadWrite] [Current] [S17] D14
"mteTriggerBooleanValue" [1 3 6 1 2 1 88 1 2 5 1 2] Column ObjectType [ReadWrite] [Current] [S18] D15
"mteTriggerBooleanStartup" [1 3 6 1 2 1 88 1 2 5 1 3] Column ObjectType [ReadWrite] [Current] [S11] D16
"mteTriggerBooleanObjectsOwner" [1 3 6 1 2 1 88 1 2 5 1 4] Column ObjectType [ReadWrite] [Current] [S5] D5
"mteTriggerBooleanObjects" [1 3 6 1 2 1 88 1 2 5 1 5] Column ObjectType [ReadWrite] [Current] [S5] D5
"mteTriggerBooleanEventOwner" [1 3 6 1 2 1 88 1 2 5 1 6] Column ObjectType [ReadWrite] [Current] [S5] D5
"mteTriggerBooleanEvent" [1 3 6 1 2 1 88 1 2 5 1 7] Column ObjectType [ReadWrite] [Current] [S5] D5
"mteTriggerThresholdTable" [1 3 6 1 2 1 88 1 2 6] Table ObjectType [NotAccessible] [Current] [] D0
"mteTriggerThresholdEntry" [1 3 6 1 2 1 88 1 2 6 1] Row ObjectType [NotAccessible] [Current] [] D4
"mteTriggerThresholdStartup" [1 3 6 1 2 1 88 1 2 6 1 1] Column ObjectType [ReadWrite] [Current] [S19] D17
"mteTriggerThresholdRising" [1 3 6 1 2 1 88 1 2 6 1 2] Column ObjectType [ReadWrite] [Current] [S18] D15
"mteTriggerThresholdFalling" [1 3 6 1 2 1 88 1 2 6 1 3] Column ObjectType [ReadWrite] [Current] [S18] D15
"mteTriggerThresholdDeltaRising" [1 3 6 1 2 1 88 1 2 6 1 4] Column ObjectType [ReadWrite] [Current] [S18] D15
"mteTriggerThresholdDeltaFalling" [1 3 6 1 2 1 88 1 2 6 1 5] Column ObjectType [ReadWrite] [Current] [S18] D15
"mteTriggerThresholdObjectsOwner" [1 3 6 1 2 1 88 1 2 6 1 6] Column ObjectType [ReadWrite] [Current] [S5] D5
"mteTriggerThresholdObjects" [1 3 6 1 2 1 88 1 2 6 1 7] Column ObjectType [ReadWrite] [Current] [S5] D5
"mteTriggerThresholdRisingEventOwner" [1 3 6 1 2 1 88 1 2 6 1 8] Column ObjectType [ReadWrite] [Current] [S5] D5
"mteTriggerThresholdRisingEvent" [1 3 6 1 2 1 88 1 2 6 1 9] Column ObjectType [ReadWrite] [Current] [S5] D5
"mteTriggerThresholdFallingEventOwner" [1 3 6 1 2 1 88 1 2 6 1 10] Column ObjectType [ReadWrite] [Current] [S5] D5
"mteTriggerThresholdFallingEvent" [1 3 6 1 2 1 88 1 2 6 1 11] Column ObjectType [ReadWrite] [Current] [S5] D5
"mteTriggerThresholdDeltaRisingEventOwner" [1 3 6 1 2 1 88 1 2 6 1 12] Column ObjectType [ReadWrite] [Current] [S5] D5
"mteTriggerThresholdDeltaRisingEvent" [1 3 6 1 2 1 88 1 2 6 1 13] Column ObjectType [ReadWrite] [Current] [S5] D5
"mteTriggerThresholdDeltaFallingEventOwner" [1 3 6 1 2 1 88 1 2 6 1 14] Column ObjectType [ReadWrite] [Current] [S5] D5
"mteTriggerThresholdDeltaFallingEvent" [1 3 6 1 2 1 88 1 2 6 1 15] Column ObjectType [ReadWrite] [Current] [S5] D5
"mteObjects" [1 3 6 1 2 1 88 1 3] Node ObjectIdentifier [] [] [] D0
"mteObjectsTable" [1 3 6 1 2 1 88 1 3 1] Table ObjectType [NotAccessible] [Current] [] D0
"mteObjectsEntry" [1 3 6 1 2 1 88 1 3 1 1] Row ObjectType [NotAccessible] [Current] [] D18
"mteObjectsName" [1 3 6 1 2 1 88 1 3 1 1 1] Column ObjectType [NotAccessible] [Current] [S6] D18
"mteObjectsIndex" [1 3 6 1 2 1 88 1 3 1 1 2] Column ObjectType [NotAccessible] [Current] [S20] D18
"mteObjectsID" [1 3 6 1 2 1 88 1 3 1 1 3] Column ObjectType [ReadCreate] [Current] [S10] D19
"mteObjectsIDWildcard" [1 3 6 1 2 1 88 1 3 1 1 4] Column ObjectType [ReadCreate] [Current] [S11] D20
"mteObjectsEntryStatus" [1 3 6 1 2 1 88 1 3 1 1 5] Column ObjectType [ReadCreate] [Current] [S13] D18
"mteEvent" [1 3 6 1 2 1 88 1 4] Node ObjectIdentifier [] [] [] D0
"mteEventFailures" [1 3 6 1 2 1 88 1 4 1] Scalar ObjectType [ReadOnly] [Current] [S4] D0
"mteEventTable" [1 3 6 1 2 1 88 1 4 2] Table ObjectType [NotAccessible] [Current] [] D0
"mteEventEntry" [1 3 6 1 2 1 88 1 4 2 1] Row ObjectType [NotAccessible] [Current] [] D21
"mteEventName" [1 3 6 1 2 1 88 1 4 2 1 1] Column ObjectType [NotAccessible] [Current] [S6] D21
"mteEventComment" [1 3 6 1 2 1 88 1 4 2 1 2] Column ObjectType [ReadCreate] [Current] [S7] D22
"mteEventActions" [1 3 6 1 2 1 88 1 4 2 1 3] Column ObjectType [ReadCreate] [Current] [S21] D23
"mteEventEnabled" [1 3 6 1 2 1 88 1 4 2 1 4] Column ObjectType [ReadCreate] [Current] [S11] D24
"mteEventEntryStatus" [1 3 6 1 2 1 88 1 4 2 1 5] Column ObjectType [ReadCreate] [Current] [S13] D21
"mteEventNotificationTable" [1 3 6 1 2 1 88 1 4 3] Table ObjectType [NotAccessible] [Current] [] D0
"mteEventNotificationEntry" [1 3 6 1 2 1 88 1 4 3 1] Row ObjectType [NotAccessible] [Current] [] D21
"mteEventNotification" [1 3 6 1 2 1 88 1 4 3 1 1] Column ObjectType [ReadWrite] [Current] [S10] D25
"mteEventNotificationObjectsOwner" [1 3 6 1 2 1 88 1 4 3 1 2] Column ObjectType [ReadWrite] [Current] [S5] D22
"mteEventNotificationObjects" [1 3 6 1 2 1 88 1 4 3 1 3] Column ObjectType [ReadWrite] [Current] [S5] D22
"mteEventSetTable" [1 3 6 1 2 1 88 1 4 4] Table ObjectType [NotAccessible] [Current] [] D0
"mteEventSetEntry" [1 3 6 1 2 1 88 1 4 4 1] Row ObjectType [NotAccessible] [Current] [] D21
"mteEventSetObject" [1 3 6 1 2 1 88 1 4 4 1 1] Column ObjectType [ReadWrite] [Current] [S10] D25
"mteEventSetObjectWildcard" [1 3 6 1 2 1 88 1 4 4 1 2] Column ObjectType [ReadWrite] [Current] [S11] D24
"mteEventSetValue" [1 3 6 1 2 1 88 1 4 4 1 3] Column ObjectType [ReadWrite] [Current] [S18] D26
"mteEventSetTargetTag" [1 3 6 1 2 1 88 1 4 4 1 4] Column ObjectType [ReadWrite] [Current] [S12] D22
"mteEventSetContextName" [1 3 6 1 2 1 88 1 4 4 1 5] Column ObjectType [ReadWrite] [Current] [S7] D22
"mteEventSetContextNameWildcard" [1 3 6 1 2 1 88 1 4 4 1 6] Column ObjectType [ReadWrite] [Current] [S11] D24
"dismanEventMIBNotificationPrefix" [1 3 6 1 2 1 88 2] Node ObjectIdentifier [] [] [] D0
"dismanEventMIBNotifications" [1 3 6 1 2 1 88 2 0] Node ObjectIdentifier [] [] [] D0
"mteTriggerFired" [1 3 6 1 2 1 88 2 0 1] Notification NotificationType [] [Current] [] D27
"mteTriggerRising" [1 3 6 1 2 1 88 2 0 2] Notification NotificationType [] [Current] [] D27
"mteTriggerFalling" [1 3 6 1 2 1 88 2 0 3] Notification NotificationType [] [Current] [] D27
"mteTriggerFailure" [1 3 6 1 2 1 88 2 0 4] Notification NotificationType [] [Current] [] D28
"mteEventSetFailure" [1 3 6 1 2 1 88 2 0 5] Notification NotificationType [] [Current] [] D28
"dismanEventMIBNotificationObjects" [1 3 6 1 2 1 88 2 1] Node ObjectIdentifier [] [] [] D0
"mteHotTrigger" [1 3 6 1 2 1 88 2 1 1] Scalar ObjectType [AccessibleForNotify] [Current] [S7] D0
"mteHotTargetName" [1 3 6 1 2 1 88 2 1 2] Scalar ObjectType [AccessibleForNotify] [Current] [S7] D0
"mteHotContextName" [1 3 6 1 2 1 88 2 1 3] Scalar ObjectType [AccessibleForNotify] [Current] [S7] D0
"mteHotOID" [1 3 6 1 2 1 88 2 1 4] Scalar ObjectType [AccessibleForNotify] [Current] [S10] D0
"mteHotValue" [1 3 6 1 2 1 88 2 1 5] Scalar ObjectType [AccessibleForNotify] [Current] [S18] D0
"mteFailedReason" [1 3 6 1 2 1 88 2 1 6] Scalar ObjectType [AccessibleForNotify] [Current] [S0] D0
"dismanEventMIBConformance" [1 3 6 1 2 1 88 3] Node ObjectIdentifier [] [] [] D0
"dismanEventMIBCompliances" [1 3 6 1 2 1 88 3 1] Node ObjectIdentifier [] [] [] D0
"dismanEventMIBCompliance" [1 3 6 1 2 1 88 3 1 1] Compliance ModuleCompliance [] [Current] [] D0
"dismanEventMIBGroups" [1 3 6 1 2 1 88 3 2] Node ObjectIdentifier [] [] [] D0
"dismanEventResourceGroup" [1 3 6 1 2 1 88 3 2 1] Group ObjectGroup [] [Current] [] D29
"dismanEventTriggerGroup" [1 3 6 1 2 1 88 3 2 2] Group ObjectGroup [] [Current] [] D30
"dismanEventObjectsGroup" [1 3 6 1 2 1 88 3 2 3] Group ObjectGroup [] [Current] [] D31
"dismanEventEventGroup" [1 3 6 1 2 1 88 3 2 4] Group ObjectGroup [] [Current] [] D32
"dismanEventNotificationObjectGroup" [1 3 6 1 2 1 88 3 2 5] Group ObjectGroup [] [Current] [] D33
"dismanEventNotificationGroup" [1 3 6 1 2 1 88 3 2 6] Group NotificationGroup [] [Current] [] D34
}
names {
117 0 112 111 110 113 103 96 97 1 119 118 116 114 115 74 80 79 81 77 82 75 78 85 84 87 86 83 94 95 89 102 90
91 88 93 92 76 109 106 107 105 104 108 66 68 73 71 72 70 69 67 12 2 7 4 5 6 3 8 42 41 48 47 46 45 44 40 43 14
20 21 29 31 30 28 27 25 11 26 33 39 38 37 36 35 32 34 101 9 100 98 22 13 24 23 99 16 10 19 15 55 65 64 54 63
62 50 53 61 60 57 56 52 59 58 51 49 17 18
}
types {
"FailureReason" S0
} }
