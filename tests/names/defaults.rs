//! The values of DEFVAL clauses. RFC 2578 section 7.9.
#![cfg(feature = "mib")]

use deferred_snmp::names::{
    BaseType, Builtin, DefaultError, Modules, Names, NamesExt, Node, Syntax,
};
use deferred_snmp::oid;
use deferred_snmp::smi::{OctetString, Opaque, Value};
use util::shared::shared;

use super::truth::table::modules;

/// What stands before the objects of a module.
const HEAD: &str = "DEFAULT-MIB DEFINITIONS ::= BEGIN
IMPORTS OBJECT-TYPE, Integer32, Unsigned32, Counter64, TimeTicks, IpAddress, Opaque, enterprises FROM SNMPv2-SMI
    MacAddress, DisplayString FROM SNMPv2-TC;
defaults OBJECT IDENTIFIER ::= { enterprises 99999 }
sysDescr OBJECT IDENTIFIER ::= { defaults 1 3 }
";

/// The value of one DEFVAL of one SYNTAX, in a definition that is in order.
fn default_of(syntax: &str, default: &str) -> Result<Option<Value>, DefaultError> {
    let clauses = "MAX-ACCESS read-create STATUS current DESCRIPTION \"\"";
    default_among(clauses, syntax, default)
}

/// The same among other clauses.
fn default_among(
    clauses: &str,
    syntax: &str,
    default: &str,
) -> Result<Option<Value>, DefaultError> {
    let object = format!(
        "defaultObject OBJECT-TYPE SYNTAX {syntax} {clauses}
            DEFVAL {{ {default} }} ::= {{ defaults 2 }}\nEND\n"
    );
    let mut modules = Modules::new();
    modules.add_text("default", format!("{HEAD}{object}"));
    modules.load("DEFAULT-MIB").expect("a module");
    let node = modules.node(Some("DEFAULT-MIB"), "defaultObject");
    modules.default_of(node.expect("the object"))
}

fn octets(octets: &[u8]) -> Value {
    Value::OctetString(OctetString::from(octets))
}

/// SYNTAX, DEFVAL, and its value.
#[test]
fn a_default_is_read_by_its_syntax() {
    let up_down = "INTEGER { down(-1), up(2), 10g(3) }";
    let nine = "BITS { b0(0), b1(1), b8(8) }";
    let speeds = "BITS { 10 Mb(0), 100 Mb(1) }";
    let cases = [
        ("Integer32", "0", Value::Integer(0)),
        ("Integer32", "-2147483648", Value::Integer(i32::MIN)),
        ("INTEGER (-5..5)", "-5", Value::Integer(-5)),
        ("Integer32", "'7f'H", Value::Integer(127)),
        ("Integer32", "'F'h", Value::Integer(15)),
        ("Integer32", "'0101'B", Value::Integer(5)),
        (up_down, "up", Value::Integer(2)),
        (up_down, "down", Value::Integer(-1)),
        (up_down, "2", Value::Integer(2)),
        (up_down, "10g", Value::Integer(3)),
        ("Unsigned32", "4294967295", Value::Gauge32(u32::MAX)),
        ("Unsigned32", "'ffffffff'H", Value::Gauge32(u32::MAX)),
        ("TimeTicks", "100", Value::TimeTicks(100)),
        (
            "Counter64",
            "18446744073709551615",
            Value::Counter64(u64::MAX),
        ),
        ("OCTET STRING", "\"\"", octets(b"")),
        ("OCTET STRING", "''H", octets(b"")),
        ("OCTET STRING", "''B", octets(b"")),
        ("OCTET STRING", "\"a 'b'\"", octets(b"a 'b'")),
        ("OCTET STRING (SIZE (2))", "'00fF'H", octets(&[0, 255])),
        ("OCTET STRING", "'0101000011111111'b", octets(&[0x50, 255])),
        ("DisplayString", "\"gateway\"", octets(b"gateway")),
        // Octets, whatever the DISPLAY-HINT.
        (
            "MacAddress",
            "'001b02030405'H",
            octets(&[0, 0x1b, 2, 3, 4, 5]),
        ),
        (nine, "{ }", octets(&[0, 0])),
        (nine, "{}", octets(&[0, 0])),
        (nine, "{ b1 }", octets(&[0x40, 0])),
        (nine, "{ b8, b0 }", octets(&[0x80, 0x80])),
        (speeds, "{ 100 Mb }", octets(&[0x40])),
        (speeds, "{ 10 Mb, 100 Mb }", octets(&[0xc0])),
        (
            "INTEGER { 10 Mb(1), 100 Mb(2) }",
            "100 Mb",
            Value::Integer(2),
        ),
        (
            "IpAddress",
            "10.0.0.1",
            Value::IpAddress([10, 0, 0, 1].into()),
        ),
        (
            "IpAddress",
            "\"10.0.0.1\"",
            Value::IpAddress([10, 0, 0, 1].into()),
        ),
        (
            "IpAddress",
            "'c0210415'H",
            Value::IpAddress([192, 33, 4, 21].into()),
        ),
        ("Opaque", "'9f'H", Value::Opaque(Opaque::from(vec![0x9f]))),
        ("OBJECT IDENTIFIER", "zeroDotZero", oid!(0.0).into()),
        (
            "OBJECT IDENTIFIER",
            "ifEntry",
            oid!(1.3.6.1.2.1.2.2.1).into(),
        ),
        ("OBJECT IDENTIFIER", "{ 0 0 }", oid!(0.0).into()),
        (
            "OBJECT IDENTIFIER",
            "{ ifEntry 1 }",
            oid!(1.3.6.1.2.1.2.2.1.1).into(),
        ),
        ("OBJECT IDENTIFIER", "{ iso org(3) 6 }", oid!(1.3.6).into()),
        // What the module itself calls so comes first.
        (
            "OBJECT IDENTIFIER",
            "sysDescr",
            oid!(1.3.6.1.4.1.99999.1.3).into(),
        ),
    ];
    for (syntax, default, value) in cases {
        // In a definition that has to be repaired as well.
        let repaired = default_among("STATUS current MAX-ACCESS read-create", syntax, default);
        for found in [default_of(syntax, default), repaired] {
            assert_eq!(found, Ok(Some(value.clone())), "{syntax}: {default}");
        }
    }
}

/// SYNTAX, DEFVAL, and the end of what is said of it.
#[test]
fn a_default_that_is_no_value_says_why() {
    let far = "BITS { near(0), far(2147483647) }";
    let cases = [
        (
            "Integer32",
            "'80000000'H",
            "is a number from -2147483648 to 2147483647",
        ),
        (
            "Integer32",
            "''H",
            "is a number from -2147483648 to 2147483647",
        ),
        (
            "Integer32",
            "up",
            "is a number from -2147483648 to 2147483647",
        ),
        (
            "Integer32",
            "\"1\"",
            "is a number from -2147483648 to 2147483647",
        ),
        ("INTEGER (1..5)", "6", "is a number from 1 to 5"),
        ("INTEGER { up(1) }", "2", "is one of up(1)"),
        ("INTEGER { up(1) }", "down", "is one of up(1)"),
        ("Unsigned32", "-1", "is a number from 0 to 4294967295"),
        (
            "Unsigned32",
            "'100000000'H",
            "is a number from 0 to 4294967295",
        ),
        ("OCTET STRING (SIZE (2))", "''H", "is text of 2 octets"),
        ("OCTET STRING", "'123'H", "which is text"),
        ("OCTET STRING", "'0101'B", "which is text"),
        ("OCTET STRING", "7", "which is text"),
        ("OCTET STRING", "{ a }", "which is text"),
        ("BITS { b0(0) }", "{ b1 }", "is names of bits of b0(0)"),
        ("BITS { b0(0) }", "b0", "is names of bits of b0(0)"),
        (
            far,
            "{ far }",
            "is names of bits of near(0), far(2147483647)",
        ),
        ("IpAddress", "'00'H", "is an address in dots"),
        ("IpAddress", "10.0.0", "is an address in dots"),
        ("IpAddress", "{ 0 0 0 0 }", "is an address in dots"),
        ("OBJECT IDENTIFIER", "''H", "is an OBJECT IDENTIFIER"),
        (
            "OBJECT IDENTIFIER",
            "{ iso org }",
            "is an OBJECT IDENTIFIER",
        ),
        (
            "OBJECT IDENTIFIER",
            "nobody",
            "nobody: no symbol nobody in any MIB module that is known",
        ),
        (
            "OBJECT IDENTIFIER",
            "{ nobody 1 }",
            "no symbol nobody in any MIB module that is known",
        ),
        ("OBJECT IDENTIFIER", "iso", "at least two arcs"),
        (
            "OBJECT IDENTIFIER",
            "{ 3 1 }",
            "the first arc of an object identifier is 0, 1 or 2",
        ),
    ];
    for (syntax, default, end) in cases {
        let error = default_of(syntax, default).expect_err(default).to_string();
        let beginning = "DEFVAL of DEFAULT-MIB::defaultObject: ";
        assert!(error.starts_with(beginning), "{error}");
        assert!(error.ends_with(end), "{syntax}: {default}: {error}");
    }
    assert_eq!(default_of(far, "{ near }"), Ok(Some(octets(&[0x80]))));
}

/// A DEFVAL that stands for nothing is told from none.
#[test]
fn a_default_needs_a_syntax() {
    let error = default_of("Nowhere", "5").expect_err("no type").to_string();
    assert_eq!(
        error,
        "DEFVAL of DEFAULT-MIB::defaultObject: 5 has no SYNTAX to be read by"
    );
    let table = Builtin.node(None, "ifTable").expect("a table");
    assert_eq!(Builtin.default_of(table), Ok(None));
    let scalar = Builtin.node(None, "sysDescr").expect("a scalar");
    assert_eq!(Builtin.default_of(scalar), Ok(None));
}

/// Objects of the vendors whose DEFVAL is too short or too long for their SYNTAX.
const MISFITS: [&str; 10] = [
    "IEEE8023-LAG-MIB::dot3adAggPartnerAdminConvServiceMappingDigest",
    "IEEE8023-LAG-MIB::dot3adAggPartnerAdminPortConversationListDigest",
    "IEEE8023-LAG-MIB::dot3adDrniNeighborAdminConvGatewayListDigest",
    "IEEE8023-LAG-MIB::dot3adDrniNeighborAdminConvPortListDigest",
    "IEEE8023-LAG-MIB::dot3adDrniNeighborAdminGatewayAlgorithm",
    "IEEE8023-LAG-MIB::dot3adDrniNeighborAdminPortAlgorithm",
    "RADLAN-MIB::rlMD5KeyStartAccept",
    "RADLAN-MIB::rlMD5KeyStartGenerate",
    "RADLAN-MIB::rlMD5KeyStopAccept",
    "RADLAN-MIB::rlMD5KeyStopGenerate",
];

#[test]
fn every_default_of_the_published_modules_is_a_value() {
    let Some(shared) = shared("every_default_of_the_published_modules_is_a_value", "mibs") else {
        return;
    };
    let modules = modules(&shared);
    assert_eq!(modules.load_all(), []);
    let (mut read, mut refused) = (0, Vec::new());
    for module in modules.modules() {
        for node in modules.definitions(module) {
            match modules.default_of(node) {
                Ok(None) => assert_eq!(node.default_value(), ""),
                Ok(Some(value)) => {
                    check(&modules, node, &value);
                    read += 1;
                }
                Err(DefaultError::Cast { node, .. }) => refused.push(node),
                Err(error) => panic!("{error}"),
            }
        }
    }
    refused.sort();
    assert_eq!(refused, MISFITS);
    assert_eq!(read, 874);
}

#[test]
fn every_default_of_the_compiled_in_modules_is_a_value() {
    let mut read = 0;
    let mut next = Builtin.at_or_after(&[]);
    while let Some(node) = next {
        if let Some(value) = Builtin.default_of(node).expect("a value") {
            check(&Builtin, node, &value);
            read += 1;
        }
        next = Builtin.next(node);
    }
    assert_eq!(read, 114);
}

/// Compares a value, as it would be written in a DEFVAL, with the one that it was made of.
fn check(names: &dyn Names, node: Node<'_>, value: &Value) {
    let syntax = node.syntax().expect("a type");
    let forms = forms(names, syntax, value);
    let found = node.default_value();
    let found = match found.strip_suffix("'h") {
        Some(digits) => format!("{digits}'H"),
        None => found.to_owned(),
    };
    assert!(
        forms.contains(&found) || forms.contains(&found.to_uppercase()),
        "{node:?}: {found} and not {forms:?}"
    );
}

/// The ways to write a value in a DEFVAL.
fn forms(names: &dyn Names, syntax: &Syntax, value: &Value) -> Vec<String> {
    let hex = |octets: &[u8]| {
        let mut text = String::new();
        octets
            .iter()
            .for_each(|octet| text += &format!("{octet:02X}"));
        format!("'{text}'H")
    };
    match value {
        Value::Integer(number) => {
            let label = syntax.label(*number).map(str::to_owned);
            label.into_iter().chain([number.to_string()]).collect()
        }
        Value::OctetString(octets) if syntax.base() == BaseType::Bits => {
            let is_set = |bit: i32| {
                let octet = octets[bit as usize / 8];
                octet & 0x80 >> (bit % 8) != 0
            };
            let labels = syntax.labels().iter();
            let set: Vec<&str> = labels
                .filter(|label| is_set(label.number()))
                .map(|label| label.name())
                .collect();
            vec![format!("{{ {} }}", set.join(", "))]
        }
        Value::OctetString(octets) => {
            vec![
                hex(octets),
                format!("\"{}\"", String::from_utf8_lossy(octets)),
            ]
        }
        Value::IpAddress(address) => vec![hex(&address.octets())],
        Value::ObjectIdentifier(oid) => {
            let arcs: Vec<u32> = oid.arcs().collect();
            let mut forms = vec![format!("{{ {} {} }}", arcs[0], arcs[1])];
            if let Some(node) = names.nearest(oid.as_ref()) {
                let rest: Vec<String> = arcs[node.arcs().len()..]
                    .iter()
                    .map(|arc| format!(" {arc}"))
                    .collect();
                forms.push(match rest.is_empty() {
                    true => node.name().to_owned(),
                    false => format!("{{ {}{} }}", node.name(), rest.concat()),
                });
            }
            forms
        }
        Value::Gauge32(number) | Value::TimeTicks(number) => vec![number.to_string()],
        other => panic!("{other:?}"),
    }
}
