//! IF-MIB. Written by `examples/mibgen.rs`; not to be edited.

use crate::names::builtin::entry::{optional, table};

table! { "IF-MIB"
syntaxes {
S0 "InterfaceIndex" Integer32 [ (1 2147483647) ] [ ] ["d"]
S1 "InterfaceIndexOrZero" Integer32 [ (0 2147483647) ] [ ] ["d"]
S2 "OwnerString" OctetString [ (0 255) ] [ ] ["255a"]
S3 "Integer32" Integer32 [ ] [ ] []
S4 "DisplayString" OctetString [ (0 255) ] [ ] ["255a"]
S5 "IANAifType" Integer32 [ ] [ "other" 1 "regular1822" 2 "hdh1822" 3 "ddnX25" 4 "rfc877x25" 5
"ethernetCsmacd" 6 "iso88023Csmacd" 7 "iso88024TokenBus" 8 "iso88025TokenRing" 9 "iso88026Man" 10 "starLan" 11
"proteon10Mbit" 12 "proteon80Mbit" 13 "hyperchannel" 14 "fddi" 15 "lapb" 16 "sdlc" 17 "ds1" 18 "e1" 19
"basicISDN" 20 "primaryISDN" 21 "propPointToPointSerial" 22 "ppp" 23 "softwareLoopback" 24 "eon" 25
"ethernet3Mbit" 26 "nsip" 27 "slip" 28 "ultra" 29 "ds3" 30 "sip" 31 "frameRelay" 32 "rs232" 33 "para" 34
"arcnet" 35 "arcnetPlus" 36 "atm" 37 "miox25" 38 "sonet" 39 "x25ple" 40 "iso88022llc" 41 "localTalk" 42
"smdsDxi" 43 "frameRelayService" 44 "v35" 45 "hssi" 46 "hippi" 47 "modem" 48 "aal5" 49 "sonetPath" 50
"sonetVT" 51 "smdsIcip" 52 "propVirtual" 53 "propMultiplexor" 54 "ieee80212" 55 "fibreChannel" 56
"hippiInterface" 57 "frameRelayInterconnect" 58 "aflane8023" 59 "aflane8025" 60 "cctEmul" 61 "fastEther" 62
"isdn" 63 "v11" 64 "v36" 65 "g703at64k" 66 "g703at2mb" 67 "qllc" 68 "fastEtherFX" 69 "channel" 70
"ieee80211" 71 "ibm370parChan" 72 "escon" 73 "dlsw" 74 "isdns" 75 "isdnu" 76 "lapd" 77 "ipSwitch" 78 "rsrb" 79
"atmLogical" 80 "ds0" 81 "ds0Bundle" 82 "bsc" 83 "async" 84 "cnr" 85 "iso88025Dtr" 86 "eplrs" 87 "arap" 88
"propCnls" 89 "hostPad" 90 "termPad" 91 "frameRelayMPI" 92 "x213" 93 "adsl" 94 "radsl" 95 "sdsl" 96 "vdsl" 97
"iso88025CRFPInt" 98 "myrinet" 99 "voiceEM" 100 "voiceFXO" 101 "voiceFXS" 102 "voiceEncap" 103
"voiceOverIp" 104 "atmDxi" 105 "atmFuni" 106 "atmIma" 107 "pppMultilinkBundle" 108 "ipOverCdlc" 109
"ipOverClaw" 110 "stackToStack" 111 "virtualIpAddress" 112 "mpc" 113 "ipOverAtm" 114 "iso88025Fiber" 115
"tdlc" 116 "gigabitEthernet" 117 "hdlc" 118 "lapf" 119 "v37" 120 "x25mlp" 121 "x25huntGroup" 122
"transpHdlc" 123 "interleave" 124 "fast" 125 "ip" 126 "docsCableMaclayer" 127 "docsCableDownstream" 128
"docsCableUpstream" 129 "a12MppSwitch" 130 "tunnel" 131 "coffee" 132 "ces" 133 "atmSubInterface" 134
"l2vlan" 135 "l3ipvlan" 136 "l3ipxvlan" 137 "digitalPowerline" 138 "mediaMailOverIp" 139 "dtm" 140 "dcn" 141
"ipForward" 142 "msdsl" 143 "ieee1394" 144 "if-gsn" 145 "dvbRccMacLayer" 146 "dvbRccDownstream" 147
"dvbRccUpstream" 148 "atmVirtual" 149 "mplsTunnel" 150 "srp" 151 "voiceOverAtm" 152 "voiceOverFrameRelay" 153
"idsl" 154 "compositeLink" 155 "ss7SigLink" 156 "propWirelessP2P" 157 "frForward" 158 "rfc1483" 159 "usb" 160
"ieee8023adLag" 161 "bgppolicyaccounting" 162 "frf16MfrBundle" 163 "h323Gatekeeper" 164 "h323Proxy" 165
"mpls" 166 "mfSigLink" 167 "hdsl2" 168 "shdsl" 169 "ds1FDL" 170 "pos" 171 "dvbAsiIn" 172 "dvbAsiOut" 173
"plc" 174 "nfas" 175 "tr008" 176 "gr303RDT" 177 "gr303IDT" 178 "isup" 179 "propDocsWirelessMaclayer" 180
"propDocsWirelessDownstream" 181 "propDocsWirelessUpstream" 182 "hiperlan2" 183 "propBWAp2Mp" 184
"sonetOverheadChannel" 185 "digitalWrapperOverheadChannel" 186 "aal2" 187 "radioMAC" 188 "atmRadio" 189
"imt" 190 "mvl" 191 "reachDSL" 192 "frDlciEndPt" 193 "atmVciEndPt" 194 "opticalChannel" 195
"opticalTransport" 196 "propAtm" 197 "voiceOverCable" 198 "infiniband" 199 "teLink" 200 "q2931" 201
"virtualTg" 202 "sipTg" 203 "sipSig" 204 "docsCableUpstreamChannel" 205 "econet" 206 "pon155" 207 "pon622" 208
"bridge" 209 "linegroup" 210 "voiceEMFGD" 211 "voiceFGDEANA" 212 "voiceDID" 213 "mpegTransport" 214
"sixToFour" 215 "gtp" 216 "pdnEtherLoop1" 217 "pdnEtherLoop2" 218 "opticalChannelGroup" 219 "homepna" 220
"gfp" 221 "ciscoISLvlan" 222 "actelisMetaLOOP" 223 "fcipLink" 224 "rpr" 225 "qam" 226 "lmp" 227
"cblVectaStar" 228 "docsCableMCmtsDownstream" 229 "adsl2" 230 "macSecControlledIF" 231
"macSecUncontrolledIF" 232 "aviciOpticalEther" 233 "atmbond" 234 "voiceFGDOS" 235 "mocaVersion1" 236
"ieee80216WMAN" 237 "adsl2plus" 238 "dvbRcsMacLayer" 239 "dvbTdm" 240 "dvbRcsTdma" 241 "x86Laps" 242
"wwanPP" 243 "wwanPP2" 244 "voiceEBS" 245 "ifPwType" 246 "ilan" 247 "pip" 248 "aluELP" 249 "gpon" 250
"vdsl2" 251 "capwapDot11Profile" 252 "capwapDot11Bss" 253 "capwapWtpVirtualRadio" 254 "bits" 255
"docsCableUpstreamRfPort" 256 "cableDownstreamRfPort" 257 "vmwareVirtualNic" 258 "ieee802154" 259 "otnOdu" 260
"otnOtu" 261 "ifVfiType" 262 "g9981" 263 "g9982" 264 "g9983" 265 "aluEpon" 266 "aluEponOnu" 267
"aluEponPhysicalUni" 268 "aluEponLogicalLink" 269 "aluGponOnu" 270 "aluGponPhysicalUni" 271
"vmwareNicTeam" 272 "docsOfdmDownstream" 277 "docsOfdmaUpstream" 278 "gfast" 279 "sdci" 280 "xboxWireless" 281
"fastdsl" 282 "docsCableScte55d1FwdOob" 283 "docsCableScte55d1RetOob" 284 "docsCableScte55d2DsOob" 285
"docsCableScte55d2UsOob" 286 "docsCableNdf" 287 "docsCableNdr" 288 "ptm" 289 "ghn" 290 "otnOtsi" 291
"otnOtuc" 292 "otnOduc" 293 "otnOtsig" 294 "microwaveCarrierTermination" 295 "microwaveRadioLinkTerminal" 296
"ieee8021axDrni" 297 "ax25" 298 "ieee19061nanocom" 299 "cpri" 300 "omni" 301 "roe" 302 "p2pOverLan" 303 ] []
S6 "Gauge32" Gauge32 [ ] [ ] []
S7 "PhysAddress" OctetString [ ] [ ] ["1x:"]
S8 "INTEGER" Integer32 [ ] [ "up" 1 "down" 2 "testing" 3 ] []
S9 "INTEGER" Integer32 [ ] [ "up" 1 "down" 2 "testing" 3 "unknown" 4 "dormant" 5 "notPresent" 6
"lowerLayerDown" 7 ] []
S10 "TimeTicks" TimeTicks [ ] [ ] []
S11 "Counter32" Counter32 [ ] [ ] []
S12 "OBJECT IDENTIFIER" ObjectIdentifier [ ] [ ] []
S13 "Counter64" Counter64 [ ] [ ] []
S14 "INTEGER" Integer32 [ ] [ "enabled" 1 "disabled" 2 ] []
S15 "TruthValue" Integer32 [ ] [ "true" 1 "false" 2 ] []
S16 "DisplayString" OctetString [ (0 64) ] [ ] ["255a"]
S17 "TimeStamp" TimeTicks [ ] [ ] []
S18 "RowStatus" Integer32 [ ] [ "active" 1 "notInService" 2 "notReady" 3 "createAndGo" 4 "createAndWait" 5
"destroy" 6 ] []
S19 "TestAndIncr" Integer32 [ (0 2147483647) ] [ ] []
S20 "INTEGER" Integer32 [ ] [ "notInUse" 1 "inUse" 2 ] []
S21 "AutonomousType" ObjectIdentifier [ ] [ ] []
S22 "INTEGER" Integer32 [ ] [ "none" 1 "success" 2 "inProgress" 3 "notSupported" 4 "unAbleToRun" 5 "aborted" 6
"failed" 7 ] []
S23 "INTEGER" Integer32 [ ] [ "other" 1 "volatile" 2 "nonVolatile" 3 ] []
}
details {
D0 [] [] [] ""
D1 [(new "ifIndex" S0)] [] [] ""
D2 [(new "ifIndex" S0)] [("IF-MIB" "ifEntry")] [] ""
D3 [(new "ifStackHigherLayer" S1) (new "ifStackLowerLayer" S1)] [] [] ""
D4 [(new "ifIndex" S0) (new "ifRcvAddressAddress" S7)] [] [] ""
D5 [(new "ifIndex" S0) (new "ifRcvAddressAddress" S7)] [] [] "" "volatile"
D6 [] [] [("IF-MIB" "ifDescr") ("IF-MIB" "ifType") ("IF-MIB" "ifSpeed") ("IF-MIB" "ifPhysAddress") ("IF-MIB" "ifAdminStatus") ("IF-MIB" "ifOperStatus") ("IF-MIB" "ifLastChange") ("IF-MIB" "ifLinkUpDownTrapEnable") ("IF-MIB" "ifConnectorPresent") ("IF-MIB" "ifHighSpeed") ("IF-MIB" "ifName")] ""
D7 [] [] [("IF-MIB" "ifInOctets") ("IF-MIB" "ifOutOctets") ("IF-MIB" "ifInUnknownProtos") ("IF-MIB" "ifInErrors") ("IF-MIB" "ifOutErrors")] ""
D8 [] [] [("IF-MIB" "ifHCInOctets") ("IF-MIB" "ifHCOutOctets") ("IF-MIB" "ifInOctets") ("IF-MIB" "ifOutOctets") ("IF-MIB" "ifInUnknownProtos") ("IF-MIB" "ifInErrors") ("IF-MIB" "ifOutErrors")] ""
D9 [] [] [("IF-MIB" "ifInOctets") ("IF-MIB" "ifOutOctets") ("IF-MIB" "ifInUnknownProtos") ("IF-MIB" "ifInErrors") ("IF-MIB" "ifOutErrors") ("IF-MIB" "ifMtu") ("IF-MIB" "ifInUcastPkts") ("IF-MIB" "ifInMulticastPkts") ("IF-MIB" "ifInBroadcastPkts") ("IF-MIB" "ifInDiscards") ("IF-MIB" "ifOutUcastPkts") ("IF-MIB" "ifOutMulticastPkts") ("IF-MIB" "ifOutBroadcastPkts") ("IF-MIB" "ifOutDiscards") ("IF-MIB" "ifPromiscuousMode")] ""
D10 [] [] [("IF-MIB" "ifHCInOctets") ("IF-MIB" "ifHCOutOctets") ("IF-MIB" "ifInOctets") ("IF-MIB" "ifOutOctets") ("IF-MIB" "ifInUnknownProtos") ("IF-MIB" "ifInErrors") ("IF-MIB" "ifOutErrors") ("IF-MIB" "ifMtu") ("IF-MIB" "ifInUcastPkts") ("IF-MIB" "ifInMulticastPkts") ("IF-MIB" "ifInBroadcastPkts") ("IF-MIB" "ifInDiscards") ("IF-MIB" "ifOutUcastPkts") ("IF-MIB" "ifOutMulticastPkts") ("IF-MIB" "ifOutBroadcastPkts") ("IF-MIB" "ifOutDiscards") ("IF-MIB" "ifPromiscuousMode")] ""
D11 [] [] [("IF-MIB" "ifHCInUcastPkts") ("IF-MIB" "ifHCInMulticastPkts") ("IF-MIB" "ifHCInBroadcastPkts") ("IF-MIB" "ifHCOutUcastPkts") ("IF-MIB" "ifHCOutMulticastPkts") ("IF-MIB" "ifHCOutBroadcastPkts") ("IF-MIB" "ifHCInOctets") ("IF-MIB" "ifHCOutOctets") ("IF-MIB" "ifInOctets") ("IF-MIB" "ifOutOctets") ("IF-MIB" "ifInUnknownProtos") ("IF-MIB" "ifInErrors") ("IF-MIB" "ifOutErrors") ("IF-MIB" "ifMtu") ("IF-MIB" "ifInUcastPkts") ("IF-MIB" "ifInMulticastPkts") ("IF-MIB" "ifInBroadcastPkts") ("IF-MIB" "ifInDiscards") ("IF-MIB" "ifOutUcastPkts") ("IF-MIB" "ifOutMulticastPkts") ("IF-MIB" "ifOutBroadcastPkts") ("IF-MIB" "ifOutDiscards") ("IF-MIB" "ifPromiscuousMode")] ""
D12 [] [] [("IF-MIB" "ifRcvAddressStatus") ("IF-MIB" "ifRcvAddressType")] ""
D13 [] [] [("IF-MIB" "ifTestId") ("IF-MIB" "ifTestStatus") ("IF-MIB" "ifTestType") ("IF-MIB" "ifTestResult") ("IF-MIB" "ifTestCode") ("IF-MIB" "ifTestOwner")] ""
D14 [] [] [("IF-MIB" "ifStackStatus")] ""
D15 [] [] [("IF-MIB" "ifIndex") ("IF-MIB" "ifDescr") ("IF-MIB" "ifType") ("IF-MIB" "ifSpeed") ("IF-MIB" "ifPhysAddress") ("IF-MIB" "ifAdminStatus") ("IF-MIB" "ifOperStatus") ("IF-MIB" "ifLastChange") ("IF-MIB" "ifLinkUpDownTrapEnable") ("IF-MIB" "ifConnectorPresent") ("IF-MIB" "ifHighSpeed") ("IF-MIB" "ifName") ("IF-MIB" "ifNumber") ("IF-MIB" "ifAlias") ("IF-MIB" "ifTableLastChange")] ""
D16 [] [] [("IF-MIB" "ifStackStatus") ("IF-MIB" "ifStackLastChange")] ""
D17 [] [] [("IF-MIB" "ifInNUcastPkts") ("IF-MIB" "ifOutNUcastPkts") ("IF-MIB" "ifOutQLen") ("IF-MIB" "ifSpecific")] ""
D18 [] [] [("IF-MIB" "ifCounterDiscontinuityTime")] ""
D19 [] [] [("IF-MIB" "linkUp") ("IF-MIB" "linkDown")] ""
D20 [] [] [("IF-MIB" "ifIndex") ("IF-MIB" "ifAdminStatus") ("IF-MIB" "ifOperStatus")] ""
}
definitions {
"interfaces" [1 3 6 1 2 1 2] Node ObjectIdentifier [] [] [] D0
"ifNumber" [1 3 6 1 2 1 2 1] Scalar ObjectType [ReadOnly] [Current] [S3] D0
"ifTable" [1 3 6 1 2 1 2 2] Table ObjectType [NotAccessible] [Current] [] D0
"ifEntry" [1 3 6 1 2 1 2 2 1] Row ObjectType [NotAccessible] [Current] [] D1
"ifIndex" [1 3 6 1 2 1 2 2 1 1] Column ObjectType [ReadOnly] [Current] [S0] D1
"ifDescr" [1 3 6 1 2 1 2 2 1 2] Column ObjectType [ReadOnly] [Current] [S4] D1
"ifType" [1 3 6 1 2 1 2 2 1 3] Column ObjectType [ReadOnly] [Current] [S5] D1
"ifMtu" [1 3 6 1 2 1 2 2 1 4] Column ObjectType [ReadOnly] [Current] [S3] D1
"ifSpeed" [1 3 6 1 2 1 2 2 1 5] Column ObjectType [ReadOnly] [Current] [S6] D1
"ifPhysAddress" [1 3 6 1 2 1 2 2 1 6] Column ObjectType [ReadOnly] [Current] [S7] D1
"ifAdminStatus" [1 3 6 1 2 1 2 2 1 7] Column ObjectType [ReadWrite] [Current] [S8] D1
"ifOperStatus" [1 3 6 1 2 1 2 2 1 8] Column ObjectType [ReadOnly] [Current] [S9] D1
"ifLastChange" [1 3 6 1 2 1 2 2 1 9] Column ObjectType [ReadOnly] [Current] [S10] D1
"ifInOctets" [1 3 6 1 2 1 2 2 1 10] Column ObjectType [ReadOnly] [Current] [S11] D1
"ifInUcastPkts" [1 3 6 1 2 1 2 2 1 11] Column ObjectType [ReadOnly] [Current] [S11] D1
"ifInNUcastPkts" [1 3 6 1 2 1 2 2 1 12] Column ObjectType [ReadOnly] [Deprecated] [S11] D1
"ifInDiscards" [1 3 6 1 2 1 2 2 1 13] Column ObjectType [ReadOnly] [Current] [S11] D1
"ifInErrors" [1 3 6 1 2 1 2 2 1 14] Column ObjectType [ReadOnly] [Current] [S11] D1
"ifInUnknownProtos" [1 3 6 1 2 1 2 2 1 15] Column ObjectType [ReadOnly] [Current] [S11] D1
"ifOutOctets" [1 3 6 1 2 1 2 2 1 16] Column ObjectType [ReadOnly] [Current] [S11] D1
"ifOutUcastPkts" [1 3 6 1 2 1 2 2 1 17] Column ObjectType [ReadOnly] [Current] [S11] D1
"ifOutNUcastPkts" [1 3 6 1 2 1 2 2 1 18] Column ObjectType [ReadOnly] [Deprecated] [S11] D1
"ifOutDiscards" [1 3 6 1 2 1 2 2 1 19] Column ObjectType [ReadOnly] [Current] [S11] D1
"ifOutErrors" [1 3 6 1 2 1 2 2 1 20] Column ObjectType [ReadOnly] [Current] [S11] D1
"ifOutQLen" [1 3 6 1 2 1 2 2 1 21] Column ObjectType [ReadOnly] [Deprecated] [S6] D1
"ifSpecific" [1 3 6 1 2 1 2 2 1 22] Column ObjectType [ReadOnly] [Deprecated] [S12] D1
"ifMIB" [1 3 6 1 2 1 31] Node ModuleIdentity [] [] [] D0
"ifMIBObjects" [1 3 6 1 2 1 31 1] Node ObjectIdentifier [] [] [] D0
"ifXTable" [1 3 6 1 2 1 31 1 1] Table ObjectType [NotAccessible] [Current] [] D0
"ifXEntry" [1 3 6 1 2 1 31 1 1 1] Row ObjectType [NotAccessible] [Current] [] D2
"ifName" [1 3 6 1 2 1 31 1 1 1 1] Column ObjectType [ReadOnly] [Current] [S4] D1
"ifInMulticastPkts" [1 3 6 1 2 1 31 1 1 1 2] Column ObjectType [ReadOnly] [Current] [S11] D1
"ifInBroadcastPkts" [1 3 6 1 2 1 31 1 1 1 3] Column ObjectType [ReadOnly] [Current] [S11] D1
"ifOutMulticastPkts" [1 3 6 1 2 1 31 1 1 1 4] Column ObjectType [ReadOnly] [Current] [S11] D1
"ifOutBroadcastPkts" [1 3 6 1 2 1 31 1 1 1 5] Column ObjectType [ReadOnly] [Current] [S11] D1
"ifHCInOctets" [1 3 6 1 2 1 31 1 1 1 6] Column ObjectType [ReadOnly] [Current] [S13] D1
"ifHCInUcastPkts" [1 3 6 1 2 1 31 1 1 1 7] Column ObjectType [ReadOnly] [Current] [S13] D1
"ifHCInMulticastPkts" [1 3 6 1 2 1 31 1 1 1 8] Column ObjectType [ReadOnly] [Current] [S13] D1
"ifHCInBroadcastPkts" [1 3 6 1 2 1 31 1 1 1 9] Column ObjectType [ReadOnly] [Current] [S13] D1
"ifHCOutOctets" [1 3 6 1 2 1 31 1 1 1 10] Column ObjectType [ReadOnly] [Current] [S13] D1
"ifHCOutUcastPkts" [1 3 6 1 2 1 31 1 1 1 11] Column ObjectType [ReadOnly] [Current] [S13] D1
"ifHCOutMulticastPkts" [1 3 6 1 2 1 31 1 1 1 12] Column ObjectType [ReadOnly] [Current] [S13] D1
"ifHCOutBroadcastPkts" [1 3 6 1 2 1 31 1 1 1 13] Column ObjectType [ReadOnly] [Current] [S13] D1
"ifLinkUpDownTrapEnable" [1 3 6 1 2 1 31 1 1 1 14] Column ObjectType [ReadWrite] [Current] [S14] D1
"ifHighSpeed" [1 3 6 1 2 1 31 1 1 1 15] Column ObjectType [ReadOnly] [Current] [S6] D1
"ifPromiscuousMode" [1 3 6 1 2 1 31 1 1 1 16] Column ObjectType [ReadWrite] [Current] [S15] D1
"ifConnectorPresent" [1 3 6 1 2 1 31 1 1 1 17] Column ObjectType [ReadOnly] [Current] [S15] D1
"ifAlias" [1 3 6 1 2 1 31 1 1 1 18] Column ObjectType [ReadWrite] [Current] [S16] D1
"ifCounterDiscontinuityTime" [1 3 6 1 2 1 31 1 1 1 19] Column ObjectType [ReadOnly] [Current] [S17] D1
"ifStackTable" [1 3 6 1 2 1 31 1 2] Table ObjectType [NotAccessible] [Current] [] D0
"ifStackEntry" [1 3 6 1 2 1 31 1 2 1] Row ObjectType [NotAccessible] [Current] [] D3
"ifStackHigherLayer" [1 3 6 1 2 1 31 1 2 1 1] Column ObjectType [NotAccessible] [Current] [S1] D3
"ifStackLowerLayer" [1 3 6 1 2 1 31 1 2 1 2] Column ObjectType [NotAccessible] [Current] [S1] D3
"ifStackStatus" [1 3 6 1 2 1 31 1 2 1 3] Column ObjectType [ReadCreate] [Current] [S18] D3
"ifTestTable" [1 3 6 1 2 1 31 1 3] Table ObjectType [NotAccessible] [Deprecated] [] D0
"ifTestEntry" [1 3 6 1 2 1 31 1 3 1] Row ObjectType [NotAccessible] [Deprecated] [] D2
"ifTestId" [1 3 6 1 2 1 31 1 3 1 1] Column ObjectType [ReadWrite] [Deprecated] [S19] D1
"ifTestStatus" [1 3 6 1 2 1 31 1 3 1 2] Column ObjectType [ReadWrite] [Deprecated] [S20] D1
"ifTestType" [1 3 6 1 2 1 31 1 3 1 3] Column ObjectType [ReadWrite] [Deprecated] [S21] D1
"ifTestResult" [1 3 6 1 2 1 31 1 3 1 4] Column ObjectType [ReadOnly] [Deprecated] [S22] D1
"ifTestCode" [1 3 6 1 2 1 31 1 3 1 5] Column ObjectType [ReadOnly] [Deprecated] [S12] D1
"ifTestOwner" [1 3 6 1 2 1 31 1 3 1 6] Column ObjectType [ReadWrite] [Deprecated] [S2] D1
"ifRcvAddressTable" [1 3 6 1 2 1 31 1 4] Table ObjectType [NotAccessible] [Current] [] D0
"ifRcvAddressEntry" [1 3 6 1 2 1 31 1 4 1] Row ObjectType [NotAccessible] [Current] [] D4
"ifRcvAddressAddress" [1 3 6 1 2 1 31 1 4 1 1] Column ObjectType [NotAccessible] [Current] [S7] D4
"ifRcvAddressStatus" [1 3 6 1 2 1 31 1 4 1 2] Column ObjectType [ReadCreate] [Current] [S18] D4
"ifRcvAddressType" [1 3 6 1 2 1 31 1 4 1 3] Column ObjectType [ReadCreate] [Current] [S23] D5
"ifTableLastChange" [1 3 6 1 2 1 31 1 5] Scalar ObjectType [ReadOnly] [Current] [S10] D0
"ifStackLastChange" [1 3 6 1 2 1 31 1 6] Scalar ObjectType [ReadOnly] [Current] [S10] D0
"ifConformance" [1 3 6 1 2 1 31 2] Node ObjectIdentifier [] [] [] D0
"ifGroups" [1 3 6 1 2 1 31 2 1] Node ObjectIdentifier [] [] [] D0
"ifGeneralGroup" [1 3 6 1 2 1 31 2 1 1] Group ObjectGroup [] [Deprecated] [] D6
"ifFixedLengthGroup" [1 3 6 1 2 1 31 2 1 2] Group ObjectGroup [] [Current] [] D7
"ifHCFixedLengthGroup" [1 3 6 1 2 1 31 2 1 3] Group ObjectGroup [] [Current] [] D8
"ifPacketGroup" [1 3 6 1 2 1 31 2 1 4] Group ObjectGroup [] [Current] [] D9
"ifHCPacketGroup" [1 3 6 1 2 1 31 2 1 5] Group ObjectGroup [] [Current] [] D10
"ifVHCPacketGroup" [1 3 6 1 2 1 31 2 1 6] Group ObjectGroup [] [Current] [] D11
"ifRcvAddressGroup" [1 3 6 1 2 1 31 2 1 7] Group ObjectGroup [] [Current] [] D12
"ifTestGroup" [1 3 6 1 2 1 31 2 1 8] Group ObjectGroup [] [Deprecated] [] D13
"ifStackGroup" [1 3 6 1 2 1 31 2 1 9] Group ObjectGroup [] [Deprecated] [] D14
"ifGeneralInformationGroup" [1 3 6 1 2 1 31 2 1 10] Group ObjectGroup [] [Current] [] D15
"ifStackGroup2" [1 3 6 1 2 1 31 2 1 11] Group ObjectGroup [] [Current] [] D16
"ifOldObjectsGroup" [1 3 6 1 2 1 31 2 1 12] Group ObjectGroup [] [Deprecated] [] D17
"ifCounterDiscontinuityGroup" [1 3 6 1 2 1 31 2 1 13] Group ObjectGroup [] [Current] [] D18
"linkUpDownNotificationsGroup" [1 3 6 1 2 1 31 2 1 14] Group NotificationGroup [] [Current] [] D19
"ifCompliances" [1 3 6 1 2 1 31 2 2] Node ObjectIdentifier [] [] [] D0
"ifCompliance" [1 3 6 1 2 1 31 2 2 1] Compliance ModuleCompliance [] [Deprecated] [] D0
"ifCompliance2" [1 3 6 1 2 1 31 2 2 2] Compliance ModuleCompliance [] [Deprecated] [] D0
"ifCompliance3" [1 3 6 1 2 1 31 2 2 3] Compliance ModuleCompliance [] [Current] [] D0
"linkDown" [1 3 6 1 6 3 1 1 5 3] Notification NotificationType [] [Current] [] D20
"linkUp" [1 3 6 1 6 3 1 1 5 4] Notification NotificationType [] [Current] [] D20
}
names {
10 47 86 87 88 85 69 46 83 48 5 3 72 71 80 70 73 38 37 35 36 42 41 39 40 75 44 32 16 17 31 15 13 14 18 4 12 43
26 27 7 30 1 82 11 34 22 23 33 21 19 24 20 74 9 45 64 63 77 65 62 66 25 8 50 79 81 51 68 52 53 49 2 67 60 55
78 56 61 59 57 54 58 6 76 29 28 0 89 90 84
}
types {
"InterfaceIndex" S0
"InterfaceIndexOrZero" S1
"OwnerString" S2
} }
