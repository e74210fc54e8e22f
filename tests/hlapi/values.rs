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
fn every_type_of_integer_is_one_number() {
    let counter = |value: ObjectValue| symbol("IF-MIB", "ifHCInOctets").value(value);
    let same: [ObjectValue; 12] = [
        5_i8.into(),
        5_i16.into(),
        5_i32.into(),
        5_i64.into(),
        5_isize.into(),
        5_u8.into(),
        5_u16.into(),
        5_u32.into(),
        5_u64.into(),
        5_usize.into(),
        5_i128.into(),
        5_u128.into(),
    ];
    for value in same {
        assert_eq!(value, ObjectValue::from(5));
        assert_eq!(sent(counter(value)).expect("in range"), Counter64(5).into());
    }
    let unknown = |value: ObjectValue| ObjectType::new("1.3.6.1.4.1.99999.1").value(value);
    let cases = [
        (counter(u64::MAX.into()), Value::from(Counter64(u64::MAX))),
        (
            counter((i64::MAX as u64 + 1).into()),
            Counter64(1 << 63).into(),
        ),
        (
            symbol("IF-MIB", "ifSpeed").value(u32::MAX),
            Gauge32(u32::MAX).into(),
        ),
        (
            symbol("IF-MIB", "ifInOctets").value(u64::from(u32::MAX)),
            Counter32(u32::MAX).into(),
        ),
        (symbol("IF-MIB", "ifAdminStatus").value(2_u8), 2.into()),
        (unknown(i32::MAX.into()), i32::MAX.into()),
        (unknown(i64::from(i32::MIN).into()), i32::MIN.into()),
        (unknown(200_u8.into()), 200.into()),
        (
            counter(u128::from(u64::MAX).into()),
            Counter64(u64::MAX).into(),
        ),
        (unknown(i128::from(i32::MIN).into()), i32::MIN.into()),
        (
            symbol("SNMPv2-MIB", "sysContact").value(u128::MAX),
            "340282366920938463463374607431768211455".into(),
        ),
        (
            symbol("SNMPv2-MIB", "sysContact").value(u64::MAX),
            "18446744073709551615".into(),
        ),
    ];
    for (object, expected) in cases {
        let context = format!("{object:?}");
        assert_eq!(sent(object).expect(&context), expected, "{context}");
    }
}

/// What is said of a value that does not suit.
fn refused(object: ObjectType) -> String {
    let context = format!("{object:?}");
    match sent(object).expect_err(&context) {
        SnmpError::Value { error, .. } => error.to_string(),
        error => panic!("{context}: {error}"),
    }
}

#[test]
fn a_number_out_of_range_is_refused_before_it_is_sent() {
    let unknown = || ObjectType::new("1.3.6.1.4.1.99999.1");
    let not_an_integer =
        "is not a value of INTEGER, which is a number from -2147483648 to 2147483647";
    let cases = [
        (
            symbol("IF-MIB", "ifSpeed").value(-1),
            "\"-1\" is not a value of Gauge32, which is a number from 0 to 4294967295",
        ),
        (
            symbol("IF-MIB", "ifInOctets").value(1_u64 << 32),
            "\"4294967296\" is not a value of Counter32, which is a number from 0 to 4294967295",
        ),
        (
            symbol("IF-MIB", "ifHCInOctets").value(-1_i64),
            "\"-1\" is not a value of Counter64, which is a number from 0 to 18446744073709551615",
        ),
        (
            symbol("IF-MIB", "ifAdminStatus").value(u64::MAX),
            "\"18446744073709551615\" is not a value of INTEGER, which is one of up(1), down(2), testing(3)",
        ),
        (
            symbol("IP-MIB", "ipDefaultTTL").value(256),
            "\"256\" is not a value of Integer32, which is a number from 1 to 255",
        ),
        (
            symbol("IF-MIB", "ifLastChange").value(i64::MIN),
            "\"-9223372036854775808\" is not a value of TimeTicks, which is a number from 0 to 4294967295",
        ),
        (
            symbol("IF-MIB", "ifMtu").value(1_i64 << 31),
            "\"2147483648\" is not a value of Integer32, which is a number from -2147483648 to 2147483647",
        ),
        (
            symbol("IF-MIB", "ifHCInOctets").value(1_u128 << 64),
            "\"18446744073709551616\" is not a value of Counter64, which is a number from 0 to 18446744073709551615",
        ),
        (
            symbol("IF-MIB", "ifMtu").value(i128::MIN),
            "\"-170141183460469231731687303715884105728\" is not a value of Integer32, \
             which is a number from -2147483648 to 2147483647",
        ),
        (
            unknown().value(u128::MAX),
            &format!("\"340282366920938463463374607431768211455\" {not_an_integer}"),
        ),
        (
            unknown().value(u32::MAX),
            &format!("\"4294967295\" {not_an_integer}"),
        ),
        (
            unknown().value(i64::MIN),
            &format!("\"-9223372036854775808\" {not_an_integer}"),
        ),
        (
            unknown().value(u64::MAX),
            &format!("\"18446744073709551615\" {not_an_integer}"),
        ),
    ];
    for (object, expected) in cases {
        assert_eq!(refused(object), expected);
    }
}

#[test]
fn a_truth_value_is_its_label() {
    for (truth, number) in [(true, 1), (false, 2)] {
        let object = symbol("IF-MIB", "ifPromiscuousMode").value(truth);
        assert_eq!(sent(object).expect("a TruthValue"), number.into());
    }
    let cases = [
        (
            symbol("IF-MIB", "ifAdminStatus").value(true),
            "\"true\" is not a value of INTEGER, which is one of up(1), down(2), testing(3)",
        ),
        (
            symbol("IP-MIB", "ipDefaultTTL").value(false),
            "\"false\" is not a value of Integer32, which is a number from 1 to 255",
        ),
        (
            symbol("IF-MIB", "ifSpeed").value(true),
            "\"true\" is not a value of Gauge32, which is a number from 0 to 4294967295",
        ),
        (
            symbol("IF-MIB", "ifAlias").value(true),
            "\"true\" is not a value of DisplayString, which is text of 0 to 64 octets in the form \"255a\"",
        ),
        (
            ObjectType::new("1.3.6.1.4.1.99999.1").value(true),
            "\"true\" is not a value of INTEGER, which is a number from -2147483648 to 2147483647",
        ),
    ];
    for (object, expected) in cases {
        assert_eq!(refused(object), expected);
    }
}

#[test]
fn a_list_has_values_of_several_types() {
    let list = objects![
        ("sysName.0", "x"),
        ("ifAdminStatus.3", 2),
        (oid!(1.3.6.1.2.1.1.5.0), String::from("y")),
        ("ifPromiscuousMode.3", true),
        "sysUpTime.0",
        ObjectType::symbol("IF-MIB", "ifDescr", 3),
    ];
    let same = [
        ObjectType::new("sysName.0").value("x"),
        ObjectType::new("ifAdminStatus.3").value(2),
        ObjectType::new(oid!(1.3.6.1.2.1.1.5.0)).value("y"),
        ObjectType::new("ifPromiscuousMode.3").value(true),
        ObjectType::new("sysUpTime.0"),
        ObjectType::symbol("IF-MIB", "ifDescr", 3),
    ];
    assert_eq!(list, same);
    assert_eq!(deferred_snmp::objects![], []);
    let sent: Vec<_> = list
        .into_iter()
        .take(4)
        .map(|object| sent(object).unwrap())
        .collect();
    let expected: [Value; 4] = ["x".into(), 2.into(), "y".into(), 1.into()];
    assert_eq!(sent, expected);
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
    let error = sent(symbol("SNMPv2-MIB", "sysObjectID").value("3.1")).expect_err("no such arc");
    assert_eq!(
        error.to_string(),
        "bad object identifier \"3.1\": the first arc of an object identifier is 0, 1 or 2"
    );
}

#[cfg(feature = "mib")]
#[test]
fn names_of_a_module_that_was_given_are_resolved_and_printed() {
    use deferred_snmp::names::Modules;
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
