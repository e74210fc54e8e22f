//! UCD-SNMP-MIB. Written by `examples/mibgen.rs`; not to be edited.

use crate::names::builtin::entry::{optional, table};

table! { "UCD-SNMP-MIB"
syntaxes {
S0 "Float" Opaque [ (7 7) ] [ ] []
S1 "UCDErrorFix" Integer32 [ ] [ "noError" 0 "runFix" 1 ] []
S2 "UCDErrorFlag" Integer32 [ ] [ "noError" 0 "error" 1 ] []
S3 "Integer32" Integer32 [ (0 65535) ] [ ] []
S4 "DisplayString" OctetString [ (0 255) ] [ ] ["255a"]
S5 "Integer32" Integer32 [ ] [ ] []
S6 "CounterBasedGauge64" Counter64 [ ] [ ] []
S7 "Unsigned32" Gauge32 [ ] [ ] []
S8 "Integer32" Integer32 [ (0 3) ] [ ] []
S9 "Counter32" Counter32 [ ] [ ] []
S10 "Integer32" Integer32 [ (0 2147483647) ] [ ] []
S11 "Integer32" Integer32 [ (1 2147483647) ] [ ] []
S12 "OBJECT IDENTIFIER" ObjectIdentifier [ ] [ ] []
}
details {
D0 [] [] [] ""
D1 [(new "prIndex" S3)] [] [] ""
D2 [] [] [] "kB"
D3 [(new "extIndex" S3)] [] [] ""
D4 [(new "dskIndex" S3)] [] [] ""
D5 [(new "laIndex" S8)] [] [] ""
D6 [] [] [] "blocks/s"
D7 [] [] [] "interrupts/s"
D8 [] [] [] "switches/s"
D9 [(new "fileIndex" S10)] [] [] ""
D10 [(new "fileIndex" S10)] [] [] "kB"
D11 [(new "logMatchIndex" S11)] [] [] ""
D12 [(implied "mrIndex" S12)] [] [] ""
}
definitions {
"ucdavis" [1 3 6 1 4 1 2021] Node ModuleIdentity [] [] [] D0
"prTable" [1 3 6 1 4 1 2021 2] Table ObjectType [NotAccessible] [Current] [] D0
"prEntry" [1 3 6 1 4 1 2021 2 1] Row ObjectType [NotAccessible] [Current] [] D1
"prIndex" [1 3 6 1 4 1 2021 2 1 1] Column ObjectType [ReadOnly] [Current] [S3] D1
"prNames" [1 3 6 1 4 1 2021 2 1 2] Column ObjectType [ReadOnly] [Current] [S4] D1
"prMin" [1 3 6 1 4 1 2021 2 1 3] Column ObjectType [ReadOnly] [Current] [S5] D1
"prMax" [1 3 6 1 4 1 2021 2 1 4] Column ObjectType [ReadOnly] [Current] [S5] D1
"prCount" [1 3 6 1 4 1 2021 2 1 5] Column ObjectType [ReadOnly] [Current] [S5] D1
"prErrorFlag" [1 3 6 1 4 1 2021 2 1 100] Column ObjectType [ReadOnly] [Current] [S2] D1
"prErrMessage" [1 3 6 1 4 1 2021 2 1 101] Column ObjectType [ReadOnly] [Current] [S4] D1
"prErrFix" [1 3 6 1 4 1 2021 2 1 102] Column ObjectType [ReadWrite] [Current] [S1] D1
"prErrFixCmd" [1 3 6 1 4 1 2021 2 1 103] Column ObjectType [ReadOnly] [Current] [S4] D1
"memory" [1 3 6 1 4 1 2021 4] Node ObjectIdentifier [] [] [] D0
"memIndex" [1 3 6 1 4 1 2021 4 1] Scalar ObjectType [ReadOnly] [Current] [S5] D0
"memErrorName" [1 3 6 1 4 1 2021 4 2] Scalar ObjectType [ReadOnly] [Current] [S4] D0
"memTotalSwap" [1 3 6 1 4 1 2021 4 3] Scalar ObjectType [ReadOnly] [Current] [S5] D2
"memAvailSwap" [1 3 6 1 4 1 2021 4 4] Scalar ObjectType [ReadOnly] [Current] [S5] D2
"memTotalReal" [1 3 6 1 4 1 2021 4 5] Scalar ObjectType [ReadOnly] [Current] [S5] D2
"memAvailReal" [1 3 6 1 4 1 2021 4 6] Scalar ObjectType [ReadOnly] [Current] [S5] D2
"memTotalSwapTXT" [1 3 6 1 4 1 2021 4 7] Scalar ObjectType [ReadOnly] [Current] [S5] D2
"memAvailSwapTXT" [1 3 6 1 4 1 2021 4 8] Scalar ObjectType [ReadOnly] [Deprecated] [S5] D2
"memTotalRealTXT" [1 3 6 1 4 1 2021 4 9] Scalar ObjectType [ReadOnly] [Current] [S5] D2
"memAvailRealTXT" [1 3 6 1 4 1 2021 4 10] Scalar ObjectType [ReadOnly] [Deprecated] [S5] D2
"memTotalFree" [1 3 6 1 4 1 2021 4 11] Scalar ObjectType [ReadOnly] [Current] [S5] D2
"memMinimumSwap" [1 3 6 1 4 1 2021 4 12] Scalar ObjectType [ReadOnly] [Current] [S5] D2
"memShared" [1 3 6 1 4 1 2021 4 13] Scalar ObjectType [ReadOnly] [Current] [S5] D2
"memBuffer" [1 3 6 1 4 1 2021 4 14] Scalar ObjectType [ReadOnly] [Current] [S5] D2
"memCached" [1 3 6 1 4 1 2021 4 15] Scalar ObjectType [ReadOnly] [Current] [S5] D2
"memUsedSwapTXT" [1 3 6 1 4 1 2021 4 16] Scalar ObjectType [ReadOnly] [Current] [S5] D2
"memUsedRealTXT" [1 3 6 1 4 1 2021 4 17] Scalar ObjectType [ReadOnly] [Current] [S5] D2
"memTotalSwapX" [1 3 6 1 4 1 2021 4 18] Scalar ObjectType [ReadOnly] [Current] [S6] D2
"memAvailSwapX" [1 3 6 1 4 1 2021 4 19] Scalar ObjectType [ReadOnly] [Current] [S6] D2
"memTotalRealX" [1 3 6 1 4 1 2021 4 20] Scalar ObjectType [ReadOnly] [Current] [S6] D2
"memAvailRealX" [1 3 6 1 4 1 2021 4 21] Scalar ObjectType [ReadOnly] [Current] [S6] D2
"memTotalFreeX" [1 3 6 1 4 1 2021 4 22] Scalar ObjectType [ReadOnly] [Current] [S6] D2
"memMinimumSwapX" [1 3 6 1 4 1 2021 4 23] Scalar ObjectType [ReadOnly] [Current] [S6] D2
"memSharedX" [1 3 6 1 4 1 2021 4 24] Scalar ObjectType [ReadOnly] [Current] [S6] D2
"memBufferX" [1 3 6 1 4 1 2021 4 25] Scalar ObjectType [ReadOnly] [Current] [S6] D2
"memCachedX" [1 3 6 1 4 1 2021 4 26] Scalar ObjectType [ReadOnly] [Current] [S6] D2
"memSysAvail" [1 3 6 1 4 1 2021 4 27] Scalar ObjectType [ReadOnly] [Current] [S6] D2
"memSwapError" [1 3 6 1 4 1 2021 4 100] Scalar ObjectType [ReadOnly] [Current] [S2] D0
"memSwapErrorMsg" [1 3 6 1 4 1 2021 4 101] Scalar ObjectType [ReadOnly] [Current] [S4] D0
"extTable" [1 3 6 1 4 1 2021 8] Table ObjectType [NotAccessible] [Current] [] D0
"extEntry" [1 3 6 1 4 1 2021 8 1] Row ObjectType [NotAccessible] [Current] [] D3
"extIndex" [1 3 6 1 4 1 2021 8 1 1] Column ObjectType [ReadOnly] [Current] [S3] D3
"extNames" [1 3 6 1 4 1 2021 8 1 2] Column ObjectType [ReadOnly] [Current] [S4] D3
"extCommand" [1 3 6 1 4 1 2021 8 1 3] Column ObjectType [ReadOnly] [Current] [S4] D3
"extResult" [1 3 6 1 4 1 2021 8 1 100] Column ObjectType [ReadOnly] [Current] [S5] D3
"extOutput" [1 3 6 1 4 1 2021 8 1 101] Column ObjectType [ReadOnly] [Current] [S4] D3
"extErrFix" [1 3 6 1 4 1 2021 8 1 102] Column ObjectType [ReadWrite] [Current] [S1] D3
"extErrFixCmd" [1 3 6 1 4 1 2021 8 1 103] Column ObjectType [ReadOnly] [Current] [S4] D3
"dskTable" [1 3 6 1 4 1 2021 9] Table ObjectType [NotAccessible] [Current] [] D0
"dskEntry" [1 3 6 1 4 1 2021 9 1] Row ObjectType [NotAccessible] [Current] [] D4
"dskIndex" [1 3 6 1 4 1 2021 9 1 1] Column ObjectType [ReadOnly] [Current] [S3] D4
"dskPath" [1 3 6 1 4 1 2021 9 1 2] Column ObjectType [ReadOnly] [Current] [S4] D4
"dskDevice" [1 3 6 1 4 1 2021 9 1 3] Column ObjectType [ReadOnly] [Current] [S4] D4
"dskMinimum" [1 3 6 1 4 1 2021 9 1 4] Column ObjectType [ReadOnly] [Current] [S5] D4
"dskMinPercent" [1 3 6 1 4 1 2021 9 1 5] Column ObjectType [ReadOnly] [Current] [S5] D4
"dskTotal" [1 3 6 1 4 1 2021 9 1 6] Column ObjectType [ReadOnly] [Current] [S5] D4
"dskAvail" [1 3 6 1 4 1 2021 9 1 7] Column ObjectType [ReadOnly] [Current] [S5] D4
"dskUsed" [1 3 6 1 4 1 2021 9 1 8] Column ObjectType [ReadOnly] [Current] [S5] D4
"dskPercent" [1 3 6 1 4 1 2021 9 1 9] Column ObjectType [ReadOnly] [Current] [S5] D4
"dskPercentNode" [1 3 6 1 4 1 2021 9 1 10] Column ObjectType [ReadOnly] [Current] [S5] D4
"dskTotalLow" [1 3 6 1 4 1 2021 9 1 11] Column ObjectType [ReadOnly] [Current] [S7] D4
"dskTotalHigh" [1 3 6 1 4 1 2021 9 1 12] Column ObjectType [ReadOnly] [Current] [S7] D4
"dskAvailLow" [1 3 6 1 4 1 2021 9 1 13] Column ObjectType [ReadOnly] [Current] [S7] D4
"dskAvailHigh" [1 3 6 1 4 1 2021 9 1 14] Column ObjectType [ReadOnly] [Current] [S7] D4
"dskUsedLow" [1 3 6 1 4 1 2021 9 1 15] Column ObjectType [ReadOnly] [Current] [S7] D4
"dskUsedHigh" [1 3 6 1 4 1 2021 9 1 16] Column ObjectType [ReadOnly] [Current] [S7] D4
"dskErrorFlag" [1 3 6 1 4 1 2021 9 1 100] Column ObjectType [ReadOnly] [Current] [S2] D4
"dskErrorMsg" [1 3 6 1 4 1 2021 9 1 101] Column ObjectType [ReadOnly] [Current] [S4] D4
"laTable" [1 3 6 1 4 1 2021 10] Table ObjectType [NotAccessible] [Current] [] D0
"laEntry" [1 3 6 1 4 1 2021 10 1] Row ObjectType [NotAccessible] [Current] [] D5
"laIndex" [1 3 6 1 4 1 2021 10 1 1] Column ObjectType [ReadOnly] [Current] [S8] D5
"laNames" [1 3 6 1 4 1 2021 10 1 2] Column ObjectType [ReadOnly] [Current] [S4] D5
"laLoad" [1 3 6 1 4 1 2021 10 1 3] Column ObjectType [ReadOnly] [Current] [S4] D5
"laConfig" [1 3 6 1 4 1 2021 10 1 4] Column ObjectType [ReadWrite] [Current] [S4] D5
"laLoadInt" [1 3 6 1 4 1 2021 10 1 5] Column ObjectType [ReadOnly] [Current] [S5] D5
"laLoadFloat" [1 3 6 1 4 1 2021 10 1 6] Column ObjectType [ReadOnly] [Current] [S0] D5
"laErrorFlag" [1 3 6 1 4 1 2021 10 1 100] Column ObjectType [ReadOnly] [Current] [S2] D5
"laErrMessage" [1 3 6 1 4 1 2021 10 1 101] Column ObjectType [ReadOnly] [Current] [S4] D5
"systemStats" [1 3 6 1 4 1 2021 11] Node ObjectIdentifier [] [] [] D0
"ssIndex" [1 3 6 1 4 1 2021 11 1] Scalar ObjectType [ReadOnly] [Current] [S5] D0
"ssErrorName" [1 3 6 1 4 1 2021 11 2] Scalar ObjectType [ReadOnly] [Current] [S4] D0
"ssSwapIn" [1 3 6 1 4 1 2021 11 3] Scalar ObjectType [ReadOnly] [Current] [S5] D2
"ssSwapOut" [1 3 6 1 4 1 2021 11 4] Scalar ObjectType [ReadOnly] [Current] [S5] D2
"ssIOSent" [1 3 6 1 4 1 2021 11 5] Scalar ObjectType [ReadOnly] [Deprecated] [S5] D6
"ssIOReceive" [1 3 6 1 4 1 2021 11 6] Scalar ObjectType [ReadOnly] [Deprecated] [S5] D6
"ssSysInterrupts" [1 3 6 1 4 1 2021 11 7] Scalar ObjectType [ReadOnly] [Deprecated] [S5] D7
"ssSysContext" [1 3 6 1 4 1 2021 11 8] Scalar ObjectType [ReadOnly] [Deprecated] [S5] D8
"ssCpuUser" [1 3 6 1 4 1 2021 11 9] Scalar ObjectType [ReadOnly] [Deprecated] [S5] D0
"ssCpuSystem" [1 3 6 1 4 1 2021 11 10] Scalar ObjectType [ReadOnly] [Deprecated] [S5] D0
"ssCpuIdle" [1 3 6 1 4 1 2021 11 11] Scalar ObjectType [ReadOnly] [Deprecated] [S5] D0
"ssCpuRawUser" [1 3 6 1 4 1 2021 11 50] Scalar ObjectType [ReadOnly] [Current] [S9] D0
"ssCpuRawNice" [1 3 6 1 4 1 2021 11 51] Scalar ObjectType [ReadOnly] [Current] [S9] D0
"ssCpuRawSystem" [1 3 6 1 4 1 2021 11 52] Scalar ObjectType [ReadOnly] [Current] [S9] D0
"ssCpuRawIdle" [1 3 6 1 4 1 2021 11 53] Scalar ObjectType [ReadOnly] [Current] [S9] D0
"ssCpuRawWait" [1 3 6 1 4 1 2021 11 54] Scalar ObjectType [ReadOnly] [Current] [S9] D0
"ssCpuRawKernel" [1 3 6 1 4 1 2021 11 55] Scalar ObjectType [ReadOnly] [Current] [S9] D0
"ssCpuRawInterrupt" [1 3 6 1 4 1 2021 11 56] Scalar ObjectType [ReadOnly] [Current] [S9] D0
"ssIORawSent" [1 3 6 1 4 1 2021 11 57] Scalar ObjectType [ReadOnly] [Current] [S9] D0
"ssIORawReceived" [1 3 6 1 4 1 2021 11 58] Scalar ObjectType [ReadOnly] [Current] [S9] D0
"ssRawInterrupts" [1 3 6 1 4 1 2021 11 59] Scalar ObjectType [ReadOnly] [Current] [S9] D0
"ssRawContexts" [1 3 6 1 4 1 2021 11 60] Scalar ObjectType [ReadOnly] [Current] [S9] D0
"ssCpuRawSoftIRQ" [1 3 6 1 4 1 2021 11 61] Scalar ObjectType [ReadOnly] [Current] [S9] D0
"ssRawSwapIn" [1 3 6 1 4 1 2021 11 62] Scalar ObjectType [ReadOnly] [Current] [S9] D0
"ssRawSwapOut" [1 3 6 1 4 1 2021 11 63] Scalar ObjectType [ReadOnly] [Current] [S9] D0
"ssCpuRawSteal" [1 3 6 1 4 1 2021 11 64] Scalar ObjectType [ReadOnly] [Current] [S9] D0
"ssCpuRawGuest" [1 3 6 1 4 1 2021 11 65] Scalar ObjectType [ReadOnly] [Current] [S9] D0
"ssCpuRawGuestNice" [1 3 6 1 4 1 2021 11 66] Scalar ObjectType [ReadOnly] [Current] [S9] D0
"ssCpuNumCpus" [1 3 6 1 4 1 2021 11 67] Scalar ObjectType [ReadOnly] [Current] [S5] D0
"ucdInternal" [1 3 6 1 4 1 2021 12] Node ObjectIdentifier [] [] [] D0
"ucdExperimental" [1 3 6 1 4 1 2021 13] Node ObjectIdentifier [] [] [] D0
"fileTable" [1 3 6 1 4 1 2021 15] Table ObjectType [NotAccessible] [Current] [] D0
"fileEntry" [1 3 6 1 4 1 2021 15 1] Row ObjectType [NotAccessible] [Current] [] D9
"fileIndex" [1 3 6 1 4 1 2021 15 1 1] Column ObjectType [ReadOnly] [Current] [S10] D9
"fileName" [1 3 6 1 4 1 2021 15 1 2] Column ObjectType [ReadOnly] [Current] [S4] D9
"fileSize" [1 3 6 1 4 1 2021 15 1 3] Column ObjectType [ReadOnly] [Current] [S5] D10
"fileMax" [1 3 6 1 4 1 2021 15 1 4] Column ObjectType [ReadOnly] [Current] [S5] D10
"fileErrorFlag" [1 3 6 1 4 1 2021 15 1 100] Column ObjectType [ReadOnly] [Current] [S2] D9
"fileErrorMsg" [1 3 6 1 4 1 2021 15 1 101] Column ObjectType [ReadOnly] [Current] [S4] D9
"logMatch" [1 3 6 1 4 1 2021 16] Node ObjectIdentifier [] [] [] D0
"logMatchMaxEntries" [1 3 6 1 4 1 2021 16 1] Scalar ObjectType [ReadOnly] [Current] [S5] D0
"logMatchTable" [1 3 6 1 4 1 2021 16 2] Table ObjectType [NotAccessible] [Current] [] D0
"logMatchEntry" [1 3 6 1 4 1 2021 16 2 1] Row ObjectType [NotAccessible] [Current] [] D11
"logMatchIndex" [1 3 6 1 4 1 2021 16 2 1 1] Column ObjectType [ReadOnly] [Current] [S11] D11
"logMatchName" [1 3 6 1 4 1 2021 16 2 1 2] Column ObjectType [ReadOnly] [Current] [S4] D11
"logMatchFilename" [1 3 6 1 4 1 2021 16 2 1 3] Column ObjectType [ReadOnly] [Current] [S4] D11
"logMatchRegEx" [1 3 6 1 4 1 2021 16 2 1 4] Column ObjectType [ReadOnly] [Current] [S4] D11
"logMatchGlobalCounter" [1 3 6 1 4 1 2021 16 2 1 5] Column ObjectType [ReadOnly] [Current] [S9] D11
"logMatchGlobalCount" [1 3 6 1 4 1 2021 16 2 1 6] Column ObjectType [ReadOnly] [Current] [S5] D11
"logMatchCurrentCounter" [1 3 6 1 4 1 2021 16 2 1 7] Column ObjectType [ReadOnly] [Current] [S9] D11
"logMatchCurrentCount" [1 3 6 1 4 1 2021 16 2 1 8] Column ObjectType [ReadOnly] [Current] [S5] D11
"logMatchCounter" [1 3 6 1 4 1 2021 16 2 1 9] Column ObjectType [ReadOnly] [Current] [S9] D11
"logMatchCount" [1 3 6 1 4 1 2021 16 2 1 10] Column ObjectType [ReadOnly] [Current] [S5] D11
"logMatchCycle" [1 3 6 1 4 1 2021 16 2 1 11] Column ObjectType [ReadOnly] [Current] [S5] D11
"logMatchErrorFlag" [1 3 6 1 4 1 2021 16 2 1 100] Column ObjectType [ReadOnly] [Current] [S2] D11
"logMatchRegExCompilation" [1 3 6 1 4 1 2021 16 2 1 101] Column ObjectType [ReadOnly] [Current] [S4] D11
"version" [1 3 6 1 4 1 2021 100] Node ObjectIdentifier [] [] [] D0
"versionIndex" [1 3 6 1 4 1 2021 100 1] Scalar ObjectType [ReadOnly] [Current] [S5] D0
"versionTag" [1 3 6 1 4 1 2021 100 2] Scalar ObjectType [ReadOnly] [Current] [S4] D0
"versionDate" [1 3 6 1 4 1 2021 100 3] Scalar ObjectType [ReadOnly] [Current] [S4] D0
"versionCDate" [1 3 6 1 4 1 2021 100 4] Scalar ObjectType [ReadOnly] [Current] [S4] D0
"versionIdent" [1 3 6 1 4 1 2021 100 5] Scalar ObjectType [ReadOnly] [Current] [S4] D0
"versionConfigureOptions" [1 3 6 1 4 1 2021 100 6] Scalar ObjectType [ReadOnly] [Current] [S4] D0
"versionClearCache" [1 3 6 1 4 1 2021 100 10] Scalar ObjectType [ReadWrite] [Current] [S5] D0
"versionUpdateConfig" [1 3 6 1 4 1 2021 100 11] Scalar ObjectType [ReadWrite] [Current] [S5] D0
"versionRestartAgent" [1 3 6 1 4 1 2021 100 12] Scalar ObjectType [ReadWrite] [Current] [S5] D0
"versionSavePersistentData" [1 3 6 1 4 1 2021 100 13] Scalar ObjectType [ReadWrite] [Current] [S5] D0
"versionDoDebugging" [1 3 6 1 4 1 2021 100 20] Scalar ObjectType [ReadWrite] [Current] [S5] D0
"snmperrs" [1 3 6 1 4 1 2021 101] Node ObjectIdentifier [] [] [] D0
"snmperrIndex" [1 3 6 1 4 1 2021 101 1] Scalar ObjectType [ReadOnly] [Current] [S5] D0
"snmperrNames" [1 3 6 1 4 1 2021 101 2] Scalar ObjectType [ReadOnly] [Current] [S4] D0
"snmperrErrorFlag" [1 3 6 1 4 1 2021 101 100] Scalar ObjectType [ReadOnly] [Current] [S2] D0
"snmperrErrMessage" [1 3 6 1 4 1 2021 101 101] Scalar ObjectType [ReadOnly] [Current] [S4] D0
"mrTable" [1 3 6 1 4 1 2021 102] Table ObjectType [NotAccessible] [Current] [] D0
"mrEntry" [1 3 6 1 4 1 2021 102 1] Row ObjectType [NotAccessible] [Current] [] D12
"mrIndex" [1 3 6 1 4 1 2021 102 1 1] Column ObjectType [ReadOnly] [Current] [S12] D12
"mrModuleName" [1 3 6 1 4 1 2021 102 1 2] Column ObjectType [ReadOnly] [Current] [S4] D12
"ucdSnmpAgent" [1 3 6 1 4 1 2021 250] Node ObjectIdentifier [] [] [] D0
"hpux9" [1 3 6 1 4 1 2021 250 1] Node ObjectIdentifier [] [] [] D0
"sunos4" [1 3 6 1 4 1 2021 250 2] Node ObjectIdentifier [] [] [] D0
"solaris" [1 3 6 1 4 1 2021 250 3] Node ObjectIdentifier [] [] [] D0
"osf" [1 3 6 1 4 1 2021 250 4] Node ObjectIdentifier [] [] [] D0
"ultrix" [1 3 6 1 4 1 2021 250 5] Node ObjectIdentifier [] [] [] D0
"hpux10" [1 3 6 1 4 1 2021 250 6] Node ObjectIdentifier [] [] [] D0
"netbsd1" [1 3 6 1 4 1 2021 250 7] Node ObjectIdentifier [] [] [] D0
"freebsd" [1 3 6 1 4 1 2021 250 8] Node ObjectIdentifier [] [] [] D0
"irix" [1 3 6 1 4 1 2021 250 9] Node ObjectIdentifier [] [] [] D0
"linux" [1 3 6 1 4 1 2021 250 10] Node ObjectIdentifier [] [] [] D0
"bsdi" [1 3 6 1 4 1 2021 250 11] Node ObjectIdentifier [] [] [] D0
"openbsd" [1 3 6 1 4 1 2021 250 12] Node ObjectIdentifier [] [] [] D0
"win32" [1 3 6 1 4 1 2021 250 13] Node ObjectIdentifier [] [] [] D0
"hpux11" [1 3 6 1 4 1 2021 250 14] Node ObjectIdentifier [] [] [] D0
"aix" [1 3 6 1 4 1 2021 250 15] Node ObjectIdentifier [] [] [] D0
"macosx" [1 3 6 1 4 1 2021 250 16] Node ObjectIdentifier [] [] [] D0
"dragonfly" [1 3 6 1 4 1 2021 250 17] Node ObjectIdentifier [] [] [] D0
"unknown" [1 3 6 1 4 1 2021 250 255] Node ObjectIdentifier [] [] [] D0
"ucdTraps" [1 3 6 1 4 1 2021 251] Node ObjectIdentifier [] [] [] D0
"ucdStart" [1 3 6 1 4 1 2021 251 1] Notification NotificationType [] [Current] [] D0
"ucdShutdown" [1 3 6 1 4 1 2021 251 2] Notification NotificationType [] [Current] [] D0
}
names {
174 170 176 59 66 65 55 52 69 70 53 57 56 54 61 62 51 58 64 63 60 68 67 46 43 49 50 44 45 48 47 42 114 119 120
115 118 116 117 113 167 165 173 160 168 76 72 80 79 73 75 78 77 74 71 169 121 134 133 132 131 135 124 136 127
130 129 125 122 126 128 137 123 175 18 22 33 16 20 31 26 37 27 38 14 13 24 35 25 36 40 41 39 23 34 17 21 32 15
19 30 29 28 12 156 157 158 155 166 171 163 7 2 10 11 9 8 3 6 5 4 1 154 153 151 152 150 162 92 110 108 109 96
99 98 94 104 107 95 93 97 91 90 83 101 100 87 86 82 103 102 105 106 84 85 89 88 161 81 112 111 180 159 179 178
0 164 177 138 142 145 144 141 149 143 139 147 148 140 146 172
}
types {
"Float" S0
"UCDErrorFix" S1
"UCDErrorFlag" S2
} }
