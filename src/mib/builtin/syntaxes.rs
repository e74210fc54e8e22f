//! The syntaxes and indices of the compiled-in modules.

use super::labels::{
    ENABLED_OR_DISABLED_LABELS, IF_ADMIN_STATUS_LABELS, IF_OPER_STATUS_LABELS,
    IF_RCV_ADDRESS_TYPE_LABELS, IF_TEST_RESULT_LABELS, IF_TEST_STATUS_LABELS, IF_TYPE_LABELS,
    ROW_STATUS_LABELS, TRUTH_VALUE_LABELS,
};
use crate::mib::index::IndexPart;
use crate::mib::syntax::{BaseType, Syntax};

pub(super) static AUTONOMOUS_TYPE: Syntax =
    Syntax::new("AutonomousType", BaseType::ObjectIdentifier);
pub(super) static COUNTER32: Syntax = Syntax::new("Counter32", BaseType::Counter32);
pub(super) static COUNTER64: Syntax = Syntax::new("Counter64", BaseType::Counter64);
pub(in crate::mib) static DISPLAY_STRING: Syntax = Syntax::from_static(
    "DisplayString",
    BaseType::OctetString,
    &[(0, 255)],
    &[],
    Some("255a"),
);
pub(super) static DISPLAY_STRING_64: Syntax = Syntax::from_static(
    "DisplayString",
    BaseType::OctetString,
    &[(0, 64)],
    &[],
    Some("255a"),
);
pub(super) static ENABLED_OR_DISABLED: Syntax = Syntax::from_static(
    "INTEGER",
    BaseType::Integer32,
    &[],
    &ENABLED_OR_DISABLED_LABELS,
    None,
);
pub(super) static GAUGE32: Syntax = Syntax::new("Gauge32", BaseType::Gauge32);
pub(super) static IF_ADMIN_STATUS: Syntax = Syntax::from_static(
    "INTEGER",
    BaseType::Integer32,
    &[],
    &IF_ADMIN_STATUS_LABELS,
    None,
);
pub(super) static IF_OPER_STATUS: Syntax = Syntax::from_static(
    "INTEGER",
    BaseType::Integer32,
    &[],
    &IF_OPER_STATUS_LABELS,
    None,
);
pub(super) static IF_RCV_ADDRESS_TYPE: Syntax = Syntax::from_static(
    "INTEGER",
    BaseType::Integer32,
    &[],
    &IF_RCV_ADDRESS_TYPE_LABELS,
    None,
);
pub(super) static IF_TEST_RESULT: Syntax = Syntax::from_static(
    "INTEGER",
    BaseType::Integer32,
    &[],
    &IF_TEST_RESULT_LABELS,
    None,
);
pub(super) static IF_TEST_STATUS: Syntax = Syntax::from_static(
    "INTEGER",
    BaseType::Integer32,
    &[],
    &IF_TEST_STATUS_LABELS,
    None,
);
pub(super) static IF_TYPE: Syntax = Syntax::from_static(
    "IANAifType",
    BaseType::Integer32,
    &[],
    &IF_TYPE_LABELS,
    None,
);
pub(super) static INTEGER32: Syntax = Syntax::new("Integer32", BaseType::Integer32);
pub(super) static INTEGER32_FROM_0_TO_127: Syntax =
    Syntax::from_static("Integer32", BaseType::Integer32, &[(0, 127)], &[], None);
pub(super) static INTEGER32_FROM_1_TO_2147483647: Syntax = Syntax::from_static(
    "Integer32",
    BaseType::Integer32,
    &[(1, 2147483647)],
    &[],
    None,
);
pub(super) static INTERFACE_INDEX: Syntax = Syntax::from_static(
    "InterfaceIndex",
    BaseType::Integer32,
    &[(1, 2147483647)],
    &[],
    Some("d"),
);
pub(super) static INTERFACE_INDEX_OR_ZERO: Syntax = Syntax::from_static(
    "InterfaceIndexOrZero",
    BaseType::Integer32,
    &[(0, 2147483647)],
    &[],
    Some("d"),
);
pub(super) static OBJECT_IDENTIFIER: Syntax =
    Syntax::new("OBJECT IDENTIFIER", BaseType::ObjectIdentifier);
pub(super) static OWNER_STRING: Syntax = Syntax::from_static(
    "OwnerString",
    BaseType::OctetString,
    &[(0, 255)],
    &[],
    Some("255a"),
);
pub(super) static PHYS_ADDRESS: Syntax =
    Syntax::from_static("PhysAddress", BaseType::OctetString, &[], &[], Some("1x:"));
pub(super) static ROW_STATUS: Syntax = Syntax::from_static(
    "RowStatus",
    BaseType::Integer32,
    &[],
    &ROW_STATUS_LABELS,
    None,
);
pub(super) static TEST_AND_INCR: Syntax = Syntax::from_static(
    "TestAndIncr",
    BaseType::Integer32,
    &[(0, 2147483647)],
    &[],
    None,
);
pub(super) static TIME_STAMP: Syntax = Syntax::new("TimeStamp", BaseType::TimeTicks);
pub(super) static TIME_TICKS: Syntax = Syntax::new("TimeTicks", BaseType::TimeTicks);
pub(super) static TRUTH_VALUE: Syntax = Syntax::from_static(
    "TruthValue",
    BaseType::Integer32,
    &[],
    &TRUTH_VALUE_LABELS,
    None,
);

pub(super) static SYS_OR_INDEX: [IndexPart; 1] = [IndexPart::new(
    "sysORIndex",
    &INTEGER32_FROM_1_TO_2147483647,
)];
pub(super) static IF_INDEX: [IndexPart; 1] = [IndexPart::new("ifIndex", &INTERFACE_INDEX)];
pub(super) static IF_STACK_INDEX: [IndexPart; 2] = [
    IndexPart::new("ifStackHigherLayer", &INTERFACE_INDEX_OR_ZERO),
    IndexPart::new("ifStackLowerLayer", &INTERFACE_INDEX_OR_ZERO),
];
pub(super) static IF_RCV_ADDRESS_INDEX: [IndexPart; 2] = [
    IndexPart::new("ifIndex", &INTERFACE_INDEX),
    IndexPart::new("ifRcvAddressAddress", &PHYS_ADDRESS),
];
