//! What a program gives as a value, and what is sent for it. The peer echoes the bindings it receives.

use deferred_snmp::hlapi::*;
use deferred_snmp::oid;
use util::manager::Manager;
use util::raw::{self, Asked};

/// What arrives for one object.
fn sent(object: ObjectType) -> Result<Value, SnmpError> {
    let mut manager = Manager::new();
    let peer = raw::listen(&manager.reactor.handle(), |datagram| {
        vec![Asked::new(datagram).answer(|_| ())]
    });
    let context = ContextData::default();
    let writer = CommunityData::new("private");
    let deferred = set_cmd(
        &manager.engine,
        &writer,
        &UdpTransportTarget::from(peer),
        &context,
        [object],
    );
    let response = manager.settle(deferred)?;
    let binding = response.iter().next().expect("one binding");
    Ok(binding.to_owned().value)
}

fn symbol(module: &str, symbol: &str) -> ObjectType {
    ObjectType::symbol(module, symbol, 1)
}

#[test]
fn text_becomes_what_the_syntax_asks_for() {
    let cases = [
        (
            symbol("IF-MIB", "ifAdminStatus").value("down"),
            Value::from(2),
        ),
        (symbol("IF-MIB", "ifAdminStatus").value("2"), 2.into()),
        (
            symbol("IF-MIB", "ifPhysAddress").value("0:1a:2b:3c:4d:5e"),
            (&[0, 0x1a, 0x2b, 0x3c, 0x4d, 0x5e]).into(),
        ),
        (
            symbol("IF-MIB", "ifAlias").value("to the roof"),
            "to the roof".into(),
        ),
        (
            symbol("IF-MIB", "ifSpeed").value("1000"),
            Gauge32(1000).into(),
        ),
        (
            symbol("SNMPv2-MIB", "sysORID").value("SNMPv2-MIB::snmpMIB"),
            oid!(1.3.6.1.6.3.1).into(),
        ),
        (
            symbol("IP-MIB", "ipNetToMediaNetAddress").value("10.0.0.1"),
            IpAddress::new(10, 0, 0, 1).into(),
        ),
    ];
    for (object, expected) in cases {
        let context = format!("{object:?}");
        assert_eq!(sent(object).expect(&context), expected, "{context}");
    }
}

#[test]
fn numbers_become_the_kind_of_number_that_the_syntax_asks_for() {
    let cases = [
        (
            symbol("IF-MIB", "ifInOctets").value(5),
            Value::from(Counter32(5)),
        ),
        (
            symbol("IF-MIB", "ifHCInOctets").value(5),
            Counter64(5).into(),
        ),
        (
            symbol("IF-MIB", "ifLastChange").value(5),
            TimeTicks(5).into(),
        ),
        (ObjectType::new("1.3.6.1.4.1.99999.1").value(5), 5.into()),
        // Those that have no number take its digits.
        (symbol("SNMPv2-MIB", "sysContact").value(5), "5".into()),
    ];
    for (object, expected) in cases {
        let context = format!("{object:?}");
        assert_eq!(sent(object).expect(&context), expected, "{context}");
    }
}

#[test]
fn values_of_types_of_snmp_are_sent_as_they_are() {
    let contradictory = symbol("SNMPv2-MIB", "sysContact").value(Integer32(5));
    assert_eq!(sent(contradictory).expect("an answer"), 5.into());
    let too_large = symbol("IF-MIB", "ifAdminStatus").value(Value::Integer(77));
    assert_eq!(sent(too_large).expect("an answer"), 77.into());
    let raw = symbol("IF-MIB", "ifPhysAddress").value(OctetString::from("0:1"));
    assert_eq!(sent(raw).expect("an answer"), "0:1".into());
}

#[test]
fn what_does_not_suit_the_object_is_an_error_that_says_what_would() {
    let cases = [
        (
            symbol("IF-MIB", "ifAdminStatus").value("sideways"),
            "\"sideways\" is not a value of INTEGER, which is one of up(1), down(2), testing(3)",
        ),
        (
            symbol("IF-MIB", "ifAdminStatus").value(4),
            "\"4\" is not a value of INTEGER, which is one of up(1), down(2), testing(3)",
        ),
        (
            symbol("SNMP-COMMUNITY-MIB", "snmpTrapAddress").value(5),
            "\"5\" is not a value of IpAddress, which is an address in dots",
        ),
        (
            symbol("IF-MIB", "ifPhysAddress").value("roof"),
            "\"roof\" is not a value of PhysAddress, which is text in the form \"1x:\"",
        ),
    ];
    for (object, expected) in cases {
        let error = sent(object).expect_err(expected);
        let SnmpError::Value { error, .. } = error else {
            panic!("{error}");
        };
        assert_eq!(error.to_string(), expected);
    }
    let error = sent(symbol("IF-MIB", "ifAdminStatus").value(4)).expect_err("no such state");
    let text = error.to_string();
    assert!(
        text.starts_with("value of IF-MIB::ifAdminStatus.1: \"4\" is not"),
        "{text}"
    );
    let unknown = symbol("SNMPv2-MIB", "sysORID").value("SNMPv2-MIB::nothing");
    let error = sent(unknown).expect_err("no such name");
    assert!(matches!(error, SnmpError::Name(_)), "{error}");
}

#[cfg(feature = "mib")]
#[test]
fn names_of_a_module_that_was_given_are_resolved_and_printed() {
    use deferred_snmp::mib::Modules;
    use std::rc::Rc;

    const MODULE: &str = "HOUSE-MIB DEFINITIONS ::= BEGIN
        IMPORTS OBJECT-TYPE, MODULE-IDENTITY, enterprises, Integer32 FROM SNMPv2-SMI;
        house MODULE-IDENTITY LAST-UPDATED \"202601010000Z\" ORGANIZATION \"x\" CONTACT-INFO \"x\"
            DESCRIPTION \"x\" ::= { enterprises 99998 }
        door OBJECT-TYPE SYNTAX INTEGER { open(1), shut(2) } MAX-ACCESS read-write STATUS current
            DESCRIPTION \"x\" ::= { house 1 }
        END";
    let mut manager = Manager::new();
    let peer = raw::listen(&manager.reactor.handle(), |datagram| {
        vec![Asked::new(datagram).answer(|_| ())]
    });
    let set = |engine: &SnmpEngine| {
        let writer = CommunityData::new("private");
        let door = ObjectType::symbol("HOUSE-MIB", "door", 0).value("shut");
        set_cmd(
            engine,
            &writer,
            &UdpTransportTarget::from(peer),
            &ContextData::default(),
            [door],
        )
    };
    let unknown = manager.settle(set(&manager.engine));
    assert!(matches!(unknown, Err(SnmpError::Name(_))), "{unknown:?}");
    let mut modules = Modules::new();
    modules.add_text("house", MODULE);
    manager.engine.set_names(Rc::new(modules));
    let response = manager.succeed(set(&manager.engine));
    let printed: Vec<_> = response.iter().map(|v| v.to_string()).collect();
    assert_eq!(printed, ["HOUSE-MIB::door.0 = shut"]);
}
