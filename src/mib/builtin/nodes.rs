//! The nodes of the compiled-in modules, ascending within each.

use super::entry::{Entry, Module, column, node, notification, row, scalar, table};
use super::syntaxes::{
    AUTONOMOUS_TYPE, COUNTER32, COUNTER64, DISPLAY_STRING, DISPLAY_STRING_64, ENABLED_OR_DISABLED,
    GAUGE32, IF_ADMIN_STATUS, IF_INDEX, IF_OPER_STATUS, IF_RCV_ADDRESS_INDEX, IF_RCV_ADDRESS_TYPE,
    IF_STACK_INDEX, IF_TEST_RESULT, IF_TEST_STATUS, IF_TYPE, INTEGER32, INTEGER32_FROM_0_TO_127,
    INTEGER32_FROM_1_TO_2147483647, INTERFACE_INDEX, INTERFACE_INDEX_OR_ZERO, OBJECT_IDENTIFIER,
    OWNER_STRING, PHYS_ADDRESS, ROW_STATUS, SYS_OR_INDEX, TEST_AND_INCR, TIME_STAMP, TIME_TICKS,
    TRUTH_VALUE,
};

/// All modules, that of the roots first.
pub(super) static MODULES: [Module; 3] = [
    Module {
        name: "SNMPv2-SMI",
        entries: &SNMPV2_SMI,
    },
    Module {
        name: "SNMPv2-MIB",
        entries: &SNMPV2_MIB,
    },
    Module {
        name: "IF-MIB",
        entries: &IF_MIB,
    },
];

static NO_OBJECTS: [&[u32]; 0] = [];
/// ifIndex, ifAdminStatus and ifOperStatus, RFC 2863 section 6.
static IF_LINK_OBJECTS: [&[u32]; 3] = [
    &[1, 3, 6, 1, 2, 1, 2, 2, 1, 1],
    &[1, 3, 6, 1, 2, 1, 2, 2, 1, 7],
    &[1, 3, 6, 1, 2, 1, 2, 2, 1, 8],
];

/// One node a line: name, place, what it is, its syntax and its index, or its objects.
macro_rules! nodes {
    ($list:ident[$size:literal]:
     $($name:literal [$($arc:literal)+] $kind:ident $($part:ident)*;)+) => {
        static $list: [Entry; $size] = [$($kind($name, &[$($arc),+] $(, &$part)*)),+];
    };
}

// SNMPv2-SMI, RFC 2578.
nodes! { SNMPV2_SMI[17]:
    "zeroDotZero" [0 0] node;
    "iso" [1] node;
    "org" [1 3] node;
    "dod" [1 3 6] node;
    "internet" [1 3 6 1] node;
    "directory" [1 3 6 1 1] node;
    "mgmt" [1 3 6 1 2] node;
    "mib-2" [1 3 6 1 2 1] node;
    "transmission" [1 3 6 1 2 1 10] node;
    "experimental" [1 3 6 1 3] node;
    "private" [1 3 6 1 4] node;
    "enterprises" [1 3 6 1 4 1] node;
    "security" [1 3 6 1 5] node;
    "snmpV2" [1 3 6 1 6] node;
    "snmpDomains" [1 3 6 1 6 1] node;
    "snmpProxys" [1 3 6 1 6 2] node;
    "snmpModules" [1 3 6 1 6 3] node;
}

// SNMPv2-MIB, RFC 3418.
nodes! { SNMPV2_MIB[70]:
    "system" [1 3 6 1 2 1 1] node;
    "sysDescr" [1 3 6 1 2 1 1 1] scalar DISPLAY_STRING;
    "sysObjectID" [1 3 6 1 2 1 1 2] scalar OBJECT_IDENTIFIER;
    "sysUpTime" [1 3 6 1 2 1 1 3] scalar TIME_TICKS;
    "sysContact" [1 3 6 1 2 1 1 4] scalar DISPLAY_STRING;
    "sysName" [1 3 6 1 2 1 1 5] scalar DISPLAY_STRING;
    "sysLocation" [1 3 6 1 2 1 1 6] scalar DISPLAY_STRING;
    "sysServices" [1 3 6 1 2 1 1 7] scalar INTEGER32_FROM_0_TO_127;
    "sysORLastChange" [1 3 6 1 2 1 1 8] scalar TIME_STAMP;
    "sysORTable" [1 3 6 1 2 1 1 9] table;
    "sysOREntry" [1 3 6 1 2 1 1 9 1] row SYS_OR_INDEX;
    "sysORIndex" [1 3 6 1 2 1 1 9 1 1] column INTEGER32_FROM_1_TO_2147483647 SYS_OR_INDEX;
    "sysORID" [1 3 6 1 2 1 1 9 1 2] column OBJECT_IDENTIFIER SYS_OR_INDEX;
    "sysORDescr" [1 3 6 1 2 1 1 9 1 3] column DISPLAY_STRING SYS_OR_INDEX;
    "sysORUpTime" [1 3 6 1 2 1 1 9 1 4] column TIME_STAMP SYS_OR_INDEX;
    "snmp" [1 3 6 1 2 1 11] node;
    "snmpInPkts" [1 3 6 1 2 1 11 1] scalar COUNTER32;
    "snmpOutPkts" [1 3 6 1 2 1 11 2] scalar COUNTER32;
    "snmpInBadVersions" [1 3 6 1 2 1 11 3] scalar COUNTER32;
    "snmpInBadCommunityNames" [1 3 6 1 2 1 11 4] scalar COUNTER32;
    "snmpInBadCommunityUses" [1 3 6 1 2 1 11 5] scalar COUNTER32;
    "snmpInASNParseErrs" [1 3 6 1 2 1 11 6] scalar COUNTER32;
    "snmpInTooBigs" [1 3 6 1 2 1 11 8] scalar COUNTER32;
    "snmpInNoSuchNames" [1 3 6 1 2 1 11 9] scalar COUNTER32;
    "snmpInBadValues" [1 3 6 1 2 1 11 10] scalar COUNTER32;
    "snmpInReadOnlys" [1 3 6 1 2 1 11 11] scalar COUNTER32;
    "snmpInGenErrs" [1 3 6 1 2 1 11 12] scalar COUNTER32;
    "snmpInTotalReqVars" [1 3 6 1 2 1 11 13] scalar COUNTER32;
    "snmpInTotalSetVars" [1 3 6 1 2 1 11 14] scalar COUNTER32;
    "snmpInGetRequests" [1 3 6 1 2 1 11 15] scalar COUNTER32;
    "snmpInGetNexts" [1 3 6 1 2 1 11 16] scalar COUNTER32;
    "snmpInSetRequests" [1 3 6 1 2 1 11 17] scalar COUNTER32;
    "snmpInGetResponses" [1 3 6 1 2 1 11 18] scalar COUNTER32;
    "snmpInTraps" [1 3 6 1 2 1 11 19] scalar COUNTER32;
    "snmpOutTooBigs" [1 3 6 1 2 1 11 20] scalar COUNTER32;
    "snmpOutNoSuchNames" [1 3 6 1 2 1 11 21] scalar COUNTER32;
    "snmpOutBadValues" [1 3 6 1 2 1 11 22] scalar COUNTER32;
    "snmpOutGenErrs" [1 3 6 1 2 1 11 24] scalar COUNTER32;
    "snmpOutGetRequests" [1 3 6 1 2 1 11 25] scalar COUNTER32;
    "snmpOutGetNexts" [1 3 6 1 2 1 11 26] scalar COUNTER32;
    "snmpOutSetRequests" [1 3 6 1 2 1 11 27] scalar COUNTER32;
    "snmpOutGetResponses" [1 3 6 1 2 1 11 28] scalar COUNTER32;
    "snmpOutTraps" [1 3 6 1 2 1 11 29] scalar COUNTER32;
    "snmpEnableAuthenTraps" [1 3 6 1 2 1 11 30] scalar ENABLED_OR_DISABLED;
    "snmpSilentDrops" [1 3 6 1 2 1 11 31] scalar COUNTER32;
    "snmpProxyDrops" [1 3 6 1 2 1 11 32] scalar COUNTER32;
    "snmpMIB" [1 3 6 1 6 3 1] node;
    "snmpMIBObjects" [1 3 6 1 6 3 1 1] node;
    "snmpTrap" [1 3 6 1 6 3 1 1 4] node;
    "snmpTrapOID" [1 3 6 1 6 3 1 1 4 1] scalar OBJECT_IDENTIFIER;
    "snmpTrapEnterprise" [1 3 6 1 6 3 1 1 4 3] scalar OBJECT_IDENTIFIER;
    "snmpTraps" [1 3 6 1 6 3 1 1 5] node;
    "coldStart" [1 3 6 1 6 3 1 1 5 1] notification NO_OBJECTS;
    "warmStart" [1 3 6 1 6 3 1 1 5 2] notification NO_OBJECTS;
    "authenticationFailure" [1 3 6 1 6 3 1 1 5 5] notification NO_OBJECTS;
    "snmpSet" [1 3 6 1 6 3 1 1 6] node;
    "snmpSetSerialNo" [1 3 6 1 6 3 1 1 6 1] scalar TEST_AND_INCR;
    "snmpMIBConformance" [1 3 6 1 6 3 1 2] node;
    "snmpMIBCompliances" [1 3 6 1 6 3 1 2 1] node;
    "snmpBasicCompliance" [1 3 6 1 6 3 1 2 1 2] node;
    "snmpBasicComplianceRev2" [1 3 6 1 6 3 1 2 1 3] node;
    "snmpMIBGroups" [1 3 6 1 6 3 1 2 2] node;
    "snmpSetGroup" [1 3 6 1 6 3 1 2 2 5] node;
    "systemGroup" [1 3 6 1 6 3 1 2 2 6] node;
    "snmpBasicNotificationsGroup" [1 3 6 1 6 3 1 2 2 7] node;
    "snmpGroup" [1 3 6 1 6 3 1 2 2 8] node;
    "snmpCommunityGroup" [1 3 6 1 6 3 1 2 2 9] node;
    "snmpObsoleteGroup" [1 3 6 1 6 3 1 2 2 10] node;
    "snmpWarmStartNotificationGroup" [1 3 6 1 6 3 1 2 2 11] node;
    "snmpNotificationGroup" [1 3 6 1 6 3 1 2 2 12] node;
}

// IF-MIB, RFC 2863.
nodes! { IF_MIB[91]:
    "interfaces" [1 3 6 1 2 1 2] node;
    "ifNumber" [1 3 6 1 2 1 2 1] scalar INTEGER32;
    "ifTable" [1 3 6 1 2 1 2 2] table;
    "ifEntry" [1 3 6 1 2 1 2 2 1] row IF_INDEX;
    "ifIndex" [1 3 6 1 2 1 2 2 1 1] column INTERFACE_INDEX IF_INDEX;
    "ifDescr" [1 3 6 1 2 1 2 2 1 2] column DISPLAY_STRING IF_INDEX;
    "ifType" [1 3 6 1 2 1 2 2 1 3] column IF_TYPE IF_INDEX;
    "ifMtu" [1 3 6 1 2 1 2 2 1 4] column INTEGER32 IF_INDEX;
    "ifSpeed" [1 3 6 1 2 1 2 2 1 5] column GAUGE32 IF_INDEX;
    "ifPhysAddress" [1 3 6 1 2 1 2 2 1 6] column PHYS_ADDRESS IF_INDEX;
    "ifAdminStatus" [1 3 6 1 2 1 2 2 1 7] column IF_ADMIN_STATUS IF_INDEX;
    "ifOperStatus" [1 3 6 1 2 1 2 2 1 8] column IF_OPER_STATUS IF_INDEX;
    "ifLastChange" [1 3 6 1 2 1 2 2 1 9] column TIME_TICKS IF_INDEX;
    "ifInOctets" [1 3 6 1 2 1 2 2 1 10] column COUNTER32 IF_INDEX;
    "ifInUcastPkts" [1 3 6 1 2 1 2 2 1 11] column COUNTER32 IF_INDEX;
    "ifInNUcastPkts" [1 3 6 1 2 1 2 2 1 12] column COUNTER32 IF_INDEX;
    "ifInDiscards" [1 3 6 1 2 1 2 2 1 13] column COUNTER32 IF_INDEX;
    "ifInErrors" [1 3 6 1 2 1 2 2 1 14] column COUNTER32 IF_INDEX;
    "ifInUnknownProtos" [1 3 6 1 2 1 2 2 1 15] column COUNTER32 IF_INDEX;
    "ifOutOctets" [1 3 6 1 2 1 2 2 1 16] column COUNTER32 IF_INDEX;
    "ifOutUcastPkts" [1 3 6 1 2 1 2 2 1 17] column COUNTER32 IF_INDEX;
    "ifOutNUcastPkts" [1 3 6 1 2 1 2 2 1 18] column COUNTER32 IF_INDEX;
    "ifOutDiscards" [1 3 6 1 2 1 2 2 1 19] column COUNTER32 IF_INDEX;
    "ifOutErrors" [1 3 6 1 2 1 2 2 1 20] column COUNTER32 IF_INDEX;
    "ifOutQLen" [1 3 6 1 2 1 2 2 1 21] column GAUGE32 IF_INDEX;
    "ifSpecific" [1 3 6 1 2 1 2 2 1 22] column OBJECT_IDENTIFIER IF_INDEX;
    "ifMIB" [1 3 6 1 2 1 31] node;
    "ifMIBObjects" [1 3 6 1 2 1 31 1] node;
    "ifXTable" [1 3 6 1 2 1 31 1 1] table;
    "ifXEntry" [1 3 6 1 2 1 31 1 1 1] row IF_INDEX;
    "ifName" [1 3 6 1 2 1 31 1 1 1 1] column DISPLAY_STRING IF_INDEX;
    "ifInMulticastPkts" [1 3 6 1 2 1 31 1 1 1 2] column COUNTER32 IF_INDEX;
    "ifInBroadcastPkts" [1 3 6 1 2 1 31 1 1 1 3] column COUNTER32 IF_INDEX;
    "ifOutMulticastPkts" [1 3 6 1 2 1 31 1 1 1 4] column COUNTER32 IF_INDEX;
    "ifOutBroadcastPkts" [1 3 6 1 2 1 31 1 1 1 5] column COUNTER32 IF_INDEX;
    "ifHCInOctets" [1 3 6 1 2 1 31 1 1 1 6] column COUNTER64 IF_INDEX;
    "ifHCInUcastPkts" [1 3 6 1 2 1 31 1 1 1 7] column COUNTER64 IF_INDEX;
    "ifHCInMulticastPkts" [1 3 6 1 2 1 31 1 1 1 8] column COUNTER64 IF_INDEX;
    "ifHCInBroadcastPkts" [1 3 6 1 2 1 31 1 1 1 9] column COUNTER64 IF_INDEX;
    "ifHCOutOctets" [1 3 6 1 2 1 31 1 1 1 10] column COUNTER64 IF_INDEX;
    "ifHCOutUcastPkts" [1 3 6 1 2 1 31 1 1 1 11] column COUNTER64 IF_INDEX;
    "ifHCOutMulticastPkts" [1 3 6 1 2 1 31 1 1 1 12] column COUNTER64 IF_INDEX;
    "ifHCOutBroadcastPkts" [1 3 6 1 2 1 31 1 1 1 13] column COUNTER64 IF_INDEX;
    "ifLinkUpDownTrapEnable" [1 3 6 1 2 1 31 1 1 1 14] column ENABLED_OR_DISABLED IF_INDEX;
    "ifHighSpeed" [1 3 6 1 2 1 31 1 1 1 15] column GAUGE32 IF_INDEX;
    "ifPromiscuousMode" [1 3 6 1 2 1 31 1 1 1 16] column TRUTH_VALUE IF_INDEX;
    "ifConnectorPresent" [1 3 6 1 2 1 31 1 1 1 17] column TRUTH_VALUE IF_INDEX;
    "ifAlias" [1 3 6 1 2 1 31 1 1 1 18] column DISPLAY_STRING_64 IF_INDEX;
    "ifCounterDiscontinuityTime" [1 3 6 1 2 1 31 1 1 1 19] column TIME_STAMP IF_INDEX;
    "ifStackTable" [1 3 6 1 2 1 31 1 2] table;
    "ifStackEntry" [1 3 6 1 2 1 31 1 2 1] row IF_STACK_INDEX;
    "ifStackHigherLayer" [1 3 6 1 2 1 31 1 2 1 1] column INTERFACE_INDEX_OR_ZERO IF_STACK_INDEX;
    "ifStackLowerLayer" [1 3 6 1 2 1 31 1 2 1 2] column INTERFACE_INDEX_OR_ZERO IF_STACK_INDEX;
    "ifStackStatus" [1 3 6 1 2 1 31 1 2 1 3] column ROW_STATUS IF_STACK_INDEX;
    "ifTestTable" [1 3 6 1 2 1 31 1 3] table;
    "ifTestEntry" [1 3 6 1 2 1 31 1 3 1] row IF_INDEX;
    "ifTestId" [1 3 6 1 2 1 31 1 3 1 1] column TEST_AND_INCR IF_INDEX;
    "ifTestStatus" [1 3 6 1 2 1 31 1 3 1 2] column IF_TEST_STATUS IF_INDEX;
    "ifTestType" [1 3 6 1 2 1 31 1 3 1 3] column AUTONOMOUS_TYPE IF_INDEX;
    "ifTestResult" [1 3 6 1 2 1 31 1 3 1 4] column IF_TEST_RESULT IF_INDEX;
    "ifTestCode" [1 3 6 1 2 1 31 1 3 1 5] column OBJECT_IDENTIFIER IF_INDEX;
    "ifTestOwner" [1 3 6 1 2 1 31 1 3 1 6] column OWNER_STRING IF_INDEX;
    "ifRcvAddressTable" [1 3 6 1 2 1 31 1 4] table;
    "ifRcvAddressEntry" [1 3 6 1 2 1 31 1 4 1] row IF_RCV_ADDRESS_INDEX;
    "ifRcvAddressAddress" [1 3 6 1 2 1 31 1 4 1 1] column PHYS_ADDRESS IF_RCV_ADDRESS_INDEX;
    "ifRcvAddressStatus" [1 3 6 1 2 1 31 1 4 1 2] column ROW_STATUS IF_RCV_ADDRESS_INDEX;
    "ifRcvAddressType" [1 3 6 1 2 1 31 1 4 1 3] column IF_RCV_ADDRESS_TYPE IF_RCV_ADDRESS_INDEX;
    "ifTableLastChange" [1 3 6 1 2 1 31 1 5] scalar TIME_TICKS;
    "ifStackLastChange" [1 3 6 1 2 1 31 1 6] scalar TIME_TICKS;
    "ifConformance" [1 3 6 1 2 1 31 2] node;
    "ifGroups" [1 3 6 1 2 1 31 2 1] node;
    "ifGeneralGroup" [1 3 6 1 2 1 31 2 1 1] node;
    "ifFixedLengthGroup" [1 3 6 1 2 1 31 2 1 2] node;
    "ifHCFixedLengthGroup" [1 3 6 1 2 1 31 2 1 3] node;
    "ifPacketGroup" [1 3 6 1 2 1 31 2 1 4] node;
    "ifHCPacketGroup" [1 3 6 1 2 1 31 2 1 5] node;
    "ifVHCPacketGroup" [1 3 6 1 2 1 31 2 1 6] node;
    "ifRcvAddressGroup" [1 3 6 1 2 1 31 2 1 7] node;
    "ifTestGroup" [1 3 6 1 2 1 31 2 1 8] node;
    "ifStackGroup" [1 3 6 1 2 1 31 2 1 9] node;
    "ifGeneralInformationGroup" [1 3 6 1 2 1 31 2 1 10] node;
    "ifStackGroup2" [1 3 6 1 2 1 31 2 1 11] node;
    "ifOldObjectsGroup" [1 3 6 1 2 1 31 2 1 12] node;
    "ifCounterDiscontinuityGroup" [1 3 6 1 2 1 31 2 1 13] node;
    "linkUpDownNotificationsGroup" [1 3 6 1 2 1 31 2 1 14] node;
    "ifCompliances" [1 3 6 1 2 1 31 2 2] node;
    "ifCompliance" [1 3 6 1 2 1 31 2 2 1] node;
    "ifCompliance2" [1 3 6 1 2 1 31 2 2 2] node;
    "ifCompliance3" [1 3 6 1 2 1 31 2 2 3] node;
    "linkDown" [1 3 6 1 6 3 1 1 5 3] notification IF_LINK_OBJECTS;
    "linkUp" [1 3 6 1 6 3 1 1 5 4] notification IF_LINK_OBJECTS;
}
