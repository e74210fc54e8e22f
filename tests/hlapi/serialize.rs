//! What comes back, as JSON.

use deferred_snmp::hlapi::*;
use deferred_snmp::oid;
use deferred_snmp::smi::{Tag, VarBindList};
use serde_json::{Value as Json, json};
use util::manager::{Manager, Pair};
use util::recording;

fn v2c() -> CommunityData {
    CommunityData::new("public")
}

fn json(value: &(impl serde::Serialize + ?Sized)) -> Json {
    serde_json::to_value(value).expect("JSON has all of it")
}

#[test]
fn a_value_says_its_type_and_whether_it_is_text_or_octets() {
    let cases: [(Value, Json); 20] = [
        ((-5).into(), json!({"type": "Integer32", "value": -5})),
        (
            "eth0".into(),
            json!({"type": "OctetString", "value": "eth0"}),
        ),
        ("".into(), json!({"type": "OctetString", "value": ""})),
        // What looks like hexadecimal is text as long as it is `value`.
        (
            "0x00ff".into(),
            json!({"type": "OctetString", "value": "0x00ff"}),
        ),
        (
            "Zürich\n\0".into(),
            json!({"type": "OctetString", "value": "Zürich\n\0"}),
        ),
        (
            (&[0, 0x1a, 0xff]).into(),
            json!({"type": "OctetString", "hex": "001aff"}),
        ),
        (
            (&[0xc3]).into(),
            json!({"type": "OctetString", "hex": "c3"}),
        ),
        (().into(), json!({"type": "Null", "value": null})),
        (
            oid!(1.3.6.1.4294967295).into(),
            json!({"type": "ObjectIdentifier", "value": "1.3.6.1.4294967295"}),
        ),
        (
            IpAddress::new(10, 0, 0, 1).into(),
            json!({"type": "IpAddress", "value": "10.0.0.1"}),
        ),
        (
            Counter32(u32::MAX).into(),
            json!({"type": "Counter32", "value": 4_294_967_295_u32}),
        ),
        (Gauge32(7).into(), json!({"type": "Gauge32", "value": 7})),
        (
            TimeTicks(7).into(),
            json!({"type": "TimeTicks", "value": 7}),
        ),
        (
            Counter64(u64::MAX).into(),
            json!({"type": "Counter64", "value": u64::MAX}),
        ),
        (
            Opaque::float(1.5).into(),
            json!({"type": "Opaque", "hex": "9f78043fc00000"}),
        ),
        (
            Opaque::from(b"text".to_vec()).into(),
            json!({"type": "Opaque", "hex": "74657874"}),
        ),
        (
            Value::NoSuchObject,
            json!({"type": "noSuchObject", "value": null}),
        ),
        (
            Value::NoSuchInstance,
            json!({"type": "noSuchInstance", "value": null}),
        ),
        (
            Value::EndOfMibView,
            json!({"type": "endOfMibView", "value": null}),
        ),
        (
            Value::Other {
                tag: Tag::INTEGER,
                contents: [1, 0, 0, 0, 0].into(),
            },
            json!({"type": "Other", "tag": "0x02", "hex": "0100000000"}),
        ),
    ];
    for (value, expected) in cases {
        assert_eq!(json(&value), expected);
        assert_eq!(json(&value.as_ref()), expected);
        let binding = VarBind::new(oid!(1.3.6.1.2.1.1.5.0), value);
        let mut with_name = expected;
        with_name["name"] = "1.3.6.1.2.1.1.5.0".into();
        assert_eq!(json(&binding), with_name);
        assert_eq!(json(&binding.as_ref()), with_name);
        let list: VarBindList = [binding].into_iter().collect();
        assert_eq!(json(&list), json!([with_name]));
    }
}

fn variables() -> [VarBind; 3] {
    [
        VarBind::new(oid!(1.3.6.1.2.1.2.2.1.2.3), "eth0"),
        VarBind::new(
            oid!(1.3.6.1.2.1.2.2.1.6.3),
            &[0, 0x1a, 0x2b, 0x3c, 0x4d, 0xff],
        ),
        VarBind::new(oid!(1.3.6.1.2.1.2.2.1.8.3), 2),
    ]
}

fn named() -> [Json; 3] {
    [
        json!({"name": "1.3.6.1.2.1.2.2.1.2.3", "label": "IF-MIB::ifDescr.3", "type": "OctetString",
            "value": "eth0", "text": "eth0"}),
        json!({"name": "1.3.6.1.2.1.2.2.1.6.3", "label": "IF-MIB::ifPhysAddress.3", "type": "OctetString",
            "hex": "001a2b3c4dff", "text": "00:1a:2b:3c:4d:ff"}),
        json!({"name": "1.3.6.1.2.1.2.2.1.8.3", "label": "IF-MIB::ifOperStatus.3", "type": "Integer32",
            "value": 2, "text": "down"}),
    ]
}

#[test]
fn a_response_has_its_bindings_with_names_where_they_are_looked_up() {
    let mut pair = Pair::new(recording::tree(&variables()));
    let names = variables().map(|v| v.name);
    let response = pair.get(&v2c(), names).expect("an answer");
    let kept: Vec<_> = response.iter().map(|v| v.to_owned()).collect();
    let lent: Vec<_> = response.iter().collect();
    assert_eq!(json(&kept), json!(named()));
    assert_eq!(json(&lent), json!(named()));
    let expected = json!({"error_status": "noError", "error_index": 0, "var_binds": named()});
    assert_eq!(json(&response), expected);
    let numbers = response.lookup_mib(false);
    assert_eq!(json(&numbers)["var_binds"], json(&variables()[..]));
    let row = pair
        .next(&v2c(), ["ifDescr", "ifOperStatus"])
        .expect("an answer");
    let [first, _, last] = named();
    assert_eq!(
        json(&row.rows().next().expect("one row")),
        json!([first, last])
    );
    let refused = pair.set(&v2c(), [("1.3.6.1.2.1.2.2.1.2.3", "x")]);
    let refused = json(&refused.expect("an answer"));
    assert_eq!(refused["error_status"], "noAccess");
    assert_eq!(refused["error_index"], 1);
}

#[test]
fn a_table_is_a_list_of_rows() {
    let mut variables = variables().to_vec();
    variables.insert(1, VarBind::new(oid!(1.3.6.1.2.1.2.2.1.2.4), "eth1"));
    let mut pair = Pair::new(recording::tree(&variables));
    let remote = pair.manager.engine.remote(&v2c(), &pair.target);
    let table = pair
        .manager
        .succeed(remote.table(["ifDescr", "ifOperStatus"]));
    let [first, _, last] = named();
    let second = json!({"name": "1.3.6.1.2.1.2.2.1.2.4", "label": "IF-MIB::ifDescr.4", "type": "OctetString",
        "value": "eth1", "text": "eth1"});
    let expected = json!([
        {"index": "3", "arcs": [3], "cells": {"ifDescr": first, "ifOperStatus": last}},
        {"index": "4", "arcs": [4], "cells": {"ifDescr": second}},
    ]);
    assert_eq!(json(&table), expected);
    assert_eq!(json(&table.row(&[4]).expect("a row")), expected[1]);
}

#[test]
fn a_notification_says_from_whom_it_is_and_what() {
    let mut manager = Manager::new();
    let receiver = SnmpEngine::new(&manager.reactor.handle());
    receiver.add_v1_system("my-area", "a secret");
    let address = receiver.listen_udp(([127, 0, 0, 1], 0).into());
    let target = UdpTransportTarget::from(address.expect("a free port"));
    let queue = NotificationReceiver::queue(&receiver, 10).expect("the only one");
    let remote = manager
        .engine
        .remote(&CommunityData::new("a secret"), &target);
    let objects = objects![
        ("SNMPv2-MIB::sysUpTime.0", TimeTicks(4711)),
        ("IF-MIB::ifDescr.3", "eth0"),
    ];
    let link_down = NotificationType::new("IF-MIB::linkDown").add_var_binds(objects);
    manager.succeed(remote.notify(NotifyType::Inform, link_down));
    let notification = manager.succeed(queue.next());
    let [descr, ..] = named();
    let expected = json!({
        "address": notification.address().to_string(),
        "version": "v2c",
        "inform": true,
        "trap_oid": "1.3.6.1.6.3.1.1.5.3",
        "trap": "IF-MIB::linkDown",
        "up_time": 4711,
        "var_binds": [
            {"name": "1.3.6.1.2.1.1.3.0", "label": "SNMPv2-MIB::sysUpTime.0", "type": "TimeTicks",
                "value": 4711, "text": "4711"},
            {"name": "1.3.6.1.6.3.1.1.4.1.0", "label": "SNMPv2-MIB::snmpTrapOID.0", "type": "ObjectIdentifier",
                "value": "1.3.6.1.6.3.1.1.5.3", "text": "IF-MIB::linkDown"},
            descr,
        ],
    });
    assert_eq!(json(&notification), expected);
    let numbers = json(&notification.lookup_mib(false));
    assert!(numbers.get("trap").is_none());
    assert!(numbers["var_binds"][0].get("label").is_none());
    assert!(!numbers.to_string().contains("secret"));
}
