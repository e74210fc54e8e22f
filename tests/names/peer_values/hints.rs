//! Hints that real modules have and that make little sense, or take no octets. The lines of the tools were printed by
//! snmpget 5.9.3.

use deferred_snmp::names::{Modules, Names, NamesExt, OutputOptions, PrettyVarBind, Syntax};
use deferred_snmp::smi::{Value, VarBind};

use super::cases::string;

const MODULE: &str = r#"
HINTS-TEST-MIB DEFINITIONS ::= BEGIN
IMPORTS enterprises, OBJECT-TYPE, MODULE-IDENTITY, Integer32 FROM SNMPv2-SMI
        TEXTUAL-CONVENTION FROM SNMPv2-TC;
hintsTest MODULE-IDENTITY LAST-UPDATED "202601010000Z" ORGANIZATION "none" CONTACT-INFO "none"
    DESCRIPTION "Hints." ::= { enterprises 99998 }
EmptyOctets ::= TEXTUAL-CONVENTION DISPLAY-HINT "" STATUS current DESCRIPTION "" SYNTAX OCTET STRING
EmptyNumber ::= TEXTUAL-CONVENTION DISPLAY-HINT "" STATUS current DESCRIPTION "" SYNTAX Integer32
EmptyLabels ::= TEXTUAL-CONVENTION DISPLAY-HINT "" STATUS current DESCRIPTION ""
    SYNTAX INTEGER { one(1) }
EmptyBits ::= TEXTUAL-CONVENTION DISPLAY-HINT "" STATUS current DESCRIPTION ""
    SYNTAX BITS { first(0), second(1) }
Address ::= TEXTUAL-CONVENTION DISPLAY-HINT "0a[2x:2x]0a:2d" STATUS current DESCRIPTION ""
    SYNTAX OCTET STRING
NoWidth ::= TEXTUAL-CONVENTION DISPLAY-HINT "0x:" STATUS current DESCRIPTION "" SYNTAX OCTET STRING
DisplayString ::= OCTET STRING
htOctets OBJECT-TYPE SYNTAX EmptyOctets MAX-ACCESS read-write STATUS current DESCRIPTION "" ::= { hintsTest 1 }
htNumber OBJECT-TYPE SYNTAX EmptyNumber MAX-ACCESS read-write STATUS current DESCRIPTION "" ::= { hintsTest 2 }
htLabels OBJECT-TYPE SYNTAX EmptyLabels MAX-ACCESS read-write STATUS current DESCRIPTION "" ::= { hintsTest 3 }
htBits OBJECT-TYPE SYNTAX EmptyBits MAX-ACCESS read-write STATUS current DESCRIPTION "" ::= { hintsTest 4 }
htAddress OBJECT-TYPE SYNTAX Address MAX-ACCESS read-write STATUS current DESCRIPTION "" ::= { hintsTest 5 }
htNoWidth OBJECT-TYPE SYNTAX NoWidth MAX-ACCESS read-write STATUS current DESCRIPTION "" ::= { hintsTest 6 }
htOwn OBJECT-TYPE SYNTAX DisplayString MAX-ACCESS read-write STATUS current DESCRIPTION "" ::= { hintsTest 7 }
END
"#;

fn modules() -> Modules {
    let mut modules = Modules::empty();
    modules.add_text("HINTS-TEST-MIB", MODULE);
    modules.load("HINTS-TEST-MIB").expect("the module loads");
    modules
}

#[test]
fn a_hint_that_makes_no_sense_hides_nothing() {
    let modules = modules();
    for (symbol, value, pretty, tools) in [
        ("htOctets", string("000102"), "0x000102", "STRING: 012"),
        ("htOctets", string("6162"), "ab", "STRING: 9798"),
        // The tools print nothing, and we the number.
        ("htNumber", 42.into(), "42", "INTEGER: 42"),
        ("htLabels", 1.into(), "one", "INTEGER: one(1)"),
        ("htBits", string("40"), "second", "BITS: 40 second(1) "),
        // The tools take one octet where the hint has none.
        (
            "htAddress",
            string("20010db800a1"),
            "[2001:db8]:161",
            "STRING:  [10d:b800]\u{fffd}",
        ),
        (
            "htNoWidth",
            string("00ff6162"),
            "0x00ff6162",
            "STRING: 0:ff:61:62",
        ),
        ("htNoWidth", string("616263"), "abc", "STRING: 61:62:63"),
        ("htNoWidth", string(""), "", "STRING: "),
        ("htOwn", string("610a"), "0x610a", "STRING: \"a\n\""),
        (
            "htOwn",
            string("61c3bc"),
            "0x61c3bc",
            "Hex-STRING: 61 C3 BC ",
        ),
    ] {
        let name = modules.parse(&format!("{symbol}.0")).expect(symbol);
        let binding = VarBind::new(name, value);
        let name = format!("HINTS-TEST-MIB::{symbol}.0");
        let line = PrettyVarBind::new(&modules, binding.as_ref()).to_string();
        assert_eq!(line, format!("{name} = {pretty}"));
        let options = OutputOptions::new();
        let line = options.var_bind(&modules, binding.as_ref()).to_string();
        assert_eq!(line, format!("{name} = {tools}"));
    }
}

#[test]
fn text_is_read_under_a_hint_that_makes_no_sense() {
    let modules = modules();
    let syntax = |symbol: &str| -> Syntax {
        let node = modules.find(None, symbol).expect(symbol);
        node.syntax().expect(symbol).clone()
    };
    assert_eq!(syntax("htOctets").parse("ab"), Ok(Value::from("ab")));
    assert_eq!(syntax("htNumber").parse("42"), Ok(Value::from(42)));
    assert_eq!(syntax("htNoWidth").parse("ab"), Ok(Value::from("ab")));
    assert_eq!(
        syntax("htAddress").parse("[2001:db8]:161"),
        Ok(string("20010db800a1"))
    );
}
