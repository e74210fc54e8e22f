//! The command responder, by sections of RFC 3416, RFC 1157, RFC 3413 and RFC 3584.

#[path = "command_responder/adversity.rs"]
mod adversity;
#[path = "command_responder/bounds.rs"]
mod bounds;
#[path = "command_responder/computed.rs"]
mod computed;
#[path = "command_responder/cut_short.rs"]
mod cut_short;
#[path = "command_responder/lazy.rs"]
mod lazy;
#[path = "command_responder/operations.rs"]
mod operations;
#[path = "command_responder/oracle.rs"]
mod oracle;
#[path = "command_responder/probes.rs"]
mod probes;
#[path = "command_responder/providers.rs"]
mod providers;
#[path = "command_responder/v1.rs"]
mod rfc_1157_section_4_1;
#[path = "command_responder/access.rs"]
mod rfc_3413_section_3_2_access;
#[path = "command_responder/get.rs"]
mod rfc_3416_section_4_2_1_get;
#[path = "command_responder/get_next.rs"]
mod rfc_3416_section_4_2_2_get_next;
#[path = "command_responder/get_bulk.rs"]
mod rfc_3416_section_4_2_3_get_bulk;
#[path = "command_responder/set.rs"]
mod rfc_3416_section_4_2_5_set;
#[path = "command_responder/coexistence.rs"]
mod rfc_3584_section_4_2_2;
#[path = "command_responder/rows.rs"]
mod rows;
#[path = "command_responder/served.rs"]
mod served;
#[path = "command_responder/slices.rs"]
mod slices;
#[path = "command_responder/transactions.rs"]
mod transactions;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use deferred_snmp::access::{
    AccessControl, AccessDecision, AccessRequest, OpenAccess, SubtreeAccess, Views,
};
use deferred_snmp::applications::standard::System;
use deferred_snmp::applications::{CommandResponder, Unanswered};
use deferred_snmp::message::Version;
use deferred_snmp::names::{BaseType, Label, Syntax};
use deferred_snmp::objects::{Asker, Column, ManagedObject, MibTree, Scalar, SetError, Table};
use deferred_snmp::oid;
use deferred_snmp::pdu::{Bulk, ErrorStatus, Pdu, PduKind};
use deferred_snmp::security::{SecurityLevel, SecurityModel};
use deferred_snmp::smi::{
    Counter32, Counter64, Gauge32, ObjectIdentifier, OidRef, Tag, Value, ValueRef, VarBind,
    VarBindList,
};

use PduKind::{GetNextRequest as GetNext, GetRequest as Get, SetRequest as Set};

/// More than any response here needs.
const PLENTY: usize = 65_000;

const IF_ENTRY: ObjectIdentifier = oid!(1.3.6.1.2.1.2.2.1);
const IF_X_ENTRY: ObjectIdentifier = oid!(1.3.6.1.2.1.31.1.1.1);

/// The system group, two interfaces with an enumeration that can be set, and Counter64 columns.
fn tree() -> MibTree {
    let mut tree = MibTree::new();
    System::new("probe")
        .name("here")
        .register(&mut tree, || 4711)
        .expect("free");
    tree.register(oid!(1.3.6.1.2.1.2.1), Scalar::constant(2))
        .expect("free");
    let labels = [("up", 1), ("down", 2), ("testing", 3)];
    let labels = labels
        .map(|(name, number)| Label::new(name, number))
        .to_vec();
    let status = Syntax::owned(
        "INTEGER".to_owned(),
        BaseType::Integer32,
        vec![],
        labels,
        None,
    );
    let mut interfaces = Table::new([
        Column::new(1),
        Column::new(2),
        Column::new(7).syntax(status).writable(),
        Column::new(10).dynamic(|index| Some(Counter32(100 * index[0]).into())),
    ]);
    let mut high_capacity =
        Table::new([Column::new(6), Column::new(7), Column::new(18).writable()]);
    for (index, name) in [(1, "lo"), (2, "eth0")] {
        let cells = [
            (1, Value::from(index as i32)),
            (2, name.into()),
            (7, 1.into()),
        ];
        interfaces.insert(&[index], cells);
        let cells = [
            (6, Counter64(1 << 40).into()),
            (7, Counter64(7).into()),
            (18, Value::from("")),
        ];
        high_capacity.insert(&[index], cells);
    }
    tree.register(IF_ENTRY, interfaces).expect("free");
    tree.register(IF_X_ENTRY, high_capacity).expect("free");
    tree
}

fn responder() -> CommandResponder {
    CommandResponder::new(tree(), OpenAccess)
}

fn info(version: Version, security_name: &str) -> Asker<'_> {
    let security_model = match version {
        Version::V1 => SecurityModel::V1,
        Version::V2c | Version::V3 => SecurityModel::V2C,
    };
    let level = SecurityLevel::NoAuthNoPriv;
    Asker::new(
        version,
        security_model,
        security_name.as_bytes(),
        level,
        b"",
    )
}

fn request<V: Into<Value>>(
    kind: PduKind,
    bindings: impl IntoIterator<Item = (ObjectIdentifier, V)>,
) -> Pdu {
    Pdu::new(kind, 77, bindings.into_iter().map(VarBind::from).collect())
}

fn named(kind: PduKind, names: impl IntoIterator<Item = ObjectIdentifier>) -> Pdu {
    request(kind, names.into_iter().map(|name| (name, ())))
}

fn bulk(
    non_repeaters: u32,
    max_repetitions: u32,
    names: impl IntoIterator<Item = ObjectIdentifier>,
) -> Pdu {
    let var_binds = names
        .into_iter()
        .map(|name| VarBind::new(name, ()))
        .collect();
    Pdu::bulk_request(
        77,
        Bulk {
            non_repeaters,
            max_repetitions,
        },
        var_binds,
    )
}

/// The response to a request of "public".
fn ask(responder: &CommandResponder, version: Version, request: &Pdu) -> Pdu {
    ask_within(responder, version, request, PLENTY)
}

fn ask_within(
    responder: &CommandResponder,
    version: Version,
    request: &Pdu,
    max_octets: usize,
) -> Pdu {
    let response = responder
        .process(&info(version, "public"), request.as_ref(), max_octets)
        .expect("a response");
    assert_eq!(response.kind, PduKind::Response);
    assert_eq!(response.request_id, request.request_id);
    response
}

fn v1(responder: &CommandResponder, request: &Pdu) -> Pdu {
    ask(responder, Version::V1, request)
}

fn v2(responder: &CommandResponder, request: &Pdu) -> Pdu {
    ask(responder, Version::V2c, request)
}

/// The bindings as text, with the exceptions in short.
fn lines(response: &Pdu) -> Vec<String> {
    assert_eq!(
        (response.error_status, response.error_index),
        (ErrorStatus::NO_ERROR, 0)
    );
    response
        .var_binds
        .iter()
        .map(|binding| match binding.value {
            ValueRef::NoSuchObject => format!("{} noSuchObject", binding.name),
            ValueRef::NoSuchInstance => format!("{} noSuchInstance", binding.name),
            ValueRef::EndOfMibView => format!("{} endOfMibView", binding.name),
            value => format!("{} = {value}", binding.name),
        })
        .collect()
}

/// That the request failed so, with its own bindings in the response.
#[track_caller]
fn assert_refused(request: &Pdu, response: &Pdu, status: ErrorStatus, index: i32) {
    assert_eq!(
        (response.error_status, response.error_index),
        (status, index)
    );
    assert_eq!(response.var_binds, request.var_binds);
}

fn value(responder: &mut CommandResponder, name: &ObjectIdentifier) -> Value {
    let tree = responder
        .contexts_mut()
        .get_mut(b"")
        .expect("the default context");
    tree.get(name.as_ref())
        .expect("a value")
        .as_ref()
        .to_owned()
}

#[test]
fn a_response_that_is_given_back_lends_its_buffer_to_the_next() {
    let responder = responder();
    let request = named(Get, [oid!(1.3.6.1.2.1.1.1.0)]);
    let mut first = v2(&responder, &request);
    first.var_binds = VarBindList::with_capacity(10_000);
    responder.recycle(first);
    let response = v2(&responder, &request);
    assert_eq!(lines(&response), ["1.3.6.1.2.1.1.1.0 = probe"]);
    assert!(response.var_binds.into_buffer().capacity() >= 10_000);
}

fn register(responder: &mut CommandResponder, name: ObjectIdentifier, object: impl ManagedObject) {
    let tree = responder
        .contexts_mut()
        .get_mut(b"")
        .expect("the default context");
    tree.register(name, object).expect("free");
}
