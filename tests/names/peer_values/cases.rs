//! What the tables do not show. The lines were printed by Net-SNMP 5.9.3, which read the values from a message.

use deferred_snmp::names::{InputOptions, Modules, Names, NamesExt, OutputOptions, PrettyVarBind};
use deferred_snmp::smi::{Counter32, ObjectIdentifier, Opaque, TimeTicks, Value, VarBind};

/// The module that the cases are about, and what it imports.
pub(crate) fn modules() -> Modules {
    let mut modules = Modules::empty();

    modules.add_text("VALUES-TEST-MIB", include_str!("VALUES-TEST-MIB.txt"));
    modules.load("VALUES-TEST-MIB").expect("the module loads");
    modules
}

fn octets(hex: &str) -> Vec<u8> {
    super::table::octets(hex.as_bytes())
}

pub(crate) fn opaque(hex: &str) -> Value {
    Value::Opaque(Opaque::from(octets(hex)))
}

pub(crate) fn string(hex: &str) -> Value {
    Value::from(octets(hex))
}

/// Options, name below the module, value, and what is printed.
fn cases() -> Vec<(&'static str, &'static str, Value, &'static str)> {
    let gauge = || Value::Gauge32(5);
    vec![
        (
            "",
            "1.0",
            (-1).into(),
            "VALUES-TEST-MIB::vtTenths.0 = INTEGER: -.1 degrees",
        ),
        (
            "",
            "1.0",
            5.into(),
            "VALUES-TEST-MIB::vtTenths.0 = INTEGER: .5 degrees",
        ),
        (
            "U",
            "1.0",
            1234.into(),
            "VALUES-TEST-MIB::vtTenths.0 = INTEGER: 123.4",
        ),
        (
            "q",
            "1.0",
            1234.into(),
            "VALUES-TEST-MIB::vtTenths.0 123.4 degrees",
        ),
        (
            "",
            "1",
            5.into(),
            "VALUES-TEST-MIB::vtTenths = INTEGER: .5 degrees",
        ),
        (
            "Q",
            "1.0",
            string("6162"),
            "VALUES-TEST-MIB::vtTenths.0 = \"ab\"",
        ),
        (
            "q",
            "1.0",
            string("6162"),
            "VALUES-TEST-MIB::vtTenths.0 Wrong Type (should be INTEGER): \"ab\"",
        ),
        (
            "",
            "2.0",
            string("a040"),
            "VALUES-TEST-MIB::vtBits.0 = BITS: A0 40 first(0) 2 9 ",
        ),
        (
            "e",
            "2.0",
            string("8140"),
            "VALUES-TEST-MIB::vtBits.0 = BITS: 81 40 0 7 9 ",
        ),
        (
            "T",
            "2.0",
            string("8040"),
            "VALUES-TEST-MIB::vtBits.0 = BITS: 80 40   [.@]first(0) tenth(9) ",
        ),
        (
            "",
            "3.0",
            opaque("9f780442280000"),
            "VALUES-TEST-MIB::vtOpaque.0 = Opaque: Float: 42.000000 volts",
        ),
        (
            "p.2",
            "3.0",
            opaque("9f780442280000"),
            "VALUES-TEST-MIB::vtOpaque.0 = Opaque: Float: 42.00 volts",
        ),
        (
            "p10.1",
            "3.0",
            opaque("9f780442280000"),
            "VALUES-TEST-MIB::vtOpaque.0 = Opaque: Float:       42.0 volts",
        ),
        (
            "",
            "3.0",
            opaque("9f7a0180"),
            "VALUES-TEST-MIB::vtOpaque.0 = Opaque: Int64: -128 volts",
        ),
        (
            "",
            "3.0",
            opaque("9f760101"),
            "VALUES-TEST-MIB::vtOpaque.0 = Opaque: Counter64: 1 volts",
        ),
        (
            "q",
            "3.0",
            opaque("9f7b0105"),
            "VALUES-TEST-MIB::vtOpaque.0 5 volts",
        ),
        (
            "",
            "3.0",
            opaque("9f78047f800000"),
            "VALUES-TEST-MIB::vtOpaque.0 = Opaque: Float: inf volts",
        ),
        (
            "",
            "3.0",
            opaque("9f78047fc00000"),
            "VALUES-TEST-MIB::vtOpaque.0 = Opaque: Float: nan volts",
        ),
        (
            "",
            "3.0",
            opaque("0102"),
            "VALUES-TEST-MIB::vtOpaque.0 = OPAQUE: 01 02  volts",
        ),
        (
            "",
            "4.0",
            string("0a01bb"),
            "VALUES-TEST-MIB::vtMarks.0 = STRING: 0a01bb",
        ),
        (
            "",
            "5.0",
            string("020a0b0c"),
            "VALUES-TEST-MIB::vtCounted.0 = STRING: 10.11./0c",
        ),
        (
            "",
            "6.0",
            string("07e70a1c0d1e0f05"),
            "VALUES-TEST-MIB::vtDate.0 = STRING: 2023-10-28,13:30:15.5",
        ),
        (
            "",
            "6.0",
            string("07e7"),
            "VALUES-TEST-MIB::vtDate.0 = STRING: 2023",
        ),
        (
            "",
            "6.0",
            string("07"),
            "VALUES-TEST-MIB::vtDate.0 = STRING: 1792",
        ),
        (
            "0",
            "6.0",
            string("07e70a1c0d1e0f052b0200"),
            "VALUES-TEST-MIB::vtDate.0 = STRING: 2023-10-28,13:30:15.5,+2:0",
        ),
        (
            "",
            "7.1.4.97.98.99.4.1.3.6.1.120.121",
            gauge(),
            "VALUES-TEST-MIB::vtCount.'abc'.4.1.3.6.1.'xy' = Gauge32: 5 apples",
        ),
        (
            "X",
            "7.1.4.97.98.99.4.1.3.6.1.120.121",
            gauge(),
            "VALUES-TEST-MIB::vtCount['abc'][SNMPv2-SMI::internet]['xy'] = Gauge32: 5 apples",
        ),
        (
            "XU",
            "7.1.4.97.98.1",
            gauge(),
            "VALUES-TEST-MIB::vtCount['ab.'] = Gauge32: 5",
        ),
        (
            "",
            "7.1.9.97.98.99.2.1.3.120",
            gauge(),
            "VALUES-TEST-MIB::vtEntry.9.'abc'.2.1.3.'x' = Gauge32: 5",
        ),
        (
            "u",
            "7.1.4.97.98.99.2.1.3.120",
            gauge(),
            "enterprises.valuesTest.vtTable.vtEntry.vtCount.'abc'.2.1.3.'x' = Gauge32: 5 apples",
        ),
        (
            "x",
            "99.0",
            string("6162636465666768696a6b6c6d6e6f7071"),
            "VALUES-TEST-MIB::valuesTest.99.0 = Hex-STRING: 61 62 63 64 65 66 67 68 69 6A 6B 6C 6D 6E 6F 70 \n71 ",
        ),
        (
            "xT",
            "99.0",
            string("610a"),
            "VALUES-TEST-MIB::valuesTest.99.0 = Hex-STRING: 61 0A   [a\n]",
        ),
        (
            "xq",
            "99.0",
            string("61"),
            "VALUES-TEST-MIB::valuesTest.99.0 \"61 \"",
        ),
        (
            "a",
            "99.0",
            string("610022"),
            "VALUES-TEST-MIB::valuesTest.99.0 = STRING: \"a.\\\"\"",
        ),
        (
            "",
            "99.0",
            Value::Null,
            "VALUES-TEST-MIB::valuesTest.99.0 = NULL",
        ),
    ]
}

#[test]
fn bindings_are_printed_as_snmpget_prints_them() {
    let modules = modules();
    for (letters, name, value, expected) in cases() {
        let name: ObjectIdentifier = format!("1.3.6.1.4.1.99999.{name}").parse().expect("a name");
        let options: OutputOptions = letters.parse().expect("options");
        let binding = VarBind::new(name, value);
        let line = options.var_bind(&modules, binding.as_ref()).to_string();
        assert_eq!(line, expected, "-O{letters}");
    }
}

#[test]
fn roots_are_known_without_modules() {
    let modules = Modules::empty();
    let print = |name: &str, letters: &str| {
        let name: ObjectIdentifier = name.parse().expect("a name");
        let options: OutputOptions = letters.parse().expect("options");
        options.name(&modules, &name).to_string()
    };
    assert_eq!(print("2.5", "S"), "joint-iso-ccitt.5");
    assert_eq!(print("0.5", "f"), ".ccitt.5");
    assert_eq!(print("2.5", "n"), ".2.5");
}

#[test]
fn text_that_is_no_utf8_is_printed_as_it_is() {
    let modules = modules();
    modules.load("SNMPv2-MIB").expect("the module loads");
    let name = modules.parse("SNMPv2-MIB::sysDescr.0").expect("a name");
    let binding = VarBind::new(name, string("61ff"));
    let options = OutputOptions::new();
    let printed = options.var_bind(&modules, binding.as_ref());
    let mut line = b"> ".to_vec();
    printed.append_to(&mut line);
    assert_eq!(line, b"> SNMPv2-MIB::sysDescr.0 = STRING: a\xff");
    assert_eq!(
        printed.to_string(),
        "SNMPv2-MIB::sysDescr.0 = STRING: a\u{fffd}"
    );
}

#[test]
fn an_unknown_option_is_refused() {
    let error = OutputOptions::new().with("qz").expect_err("z is no option");
    assert_eq!(error.letter(), 'z');
    assert_eq!(error.to_string(), "unknown output option z");
    let error = OutputOptions::new()
        .with("px")
        .expect_err("x is no precision");
    assert_eq!(
        error.to_string(),
        "output option p is followed by no precision"
    );
}

#[test]
fn options_switch() {
    let switched = OutputOptions::new().with("eUe").expect("options");
    assert_eq!(switched, OutputOptions::new().with("U").expect("options"));
}

#[test]
fn values_of_other_types_are_printed_as_pysnmp_prints_them() {
    let modules = modules();
    let print = |name: &str, value: Value| {
        let name = modules.parse(name).expect("a name");
        PrettyVarBind::new(&modules, VarBind::new(name, value).as_ref()).to_string()
    };
    assert_eq!(
        print("VALUES-TEST-MIB::vtTenths.0", (-5).into()),
        "VALUES-TEST-MIB::vtTenths.0 = -0.5"
    );
    assert_eq!(
        print("VALUES-TEST-MIB::vtTenths.0", Counter32::from(5).into()),
        "VALUES-TEST-MIB::vtTenths.0 = 5"
    );
    assert_eq!(
        print("VALUES-TEST-MIB::vtCount.1", opaque("27220a")),
        "VALUES-TEST-MIB::vtCount.1 = b'\\'\"\\n'"
    );
    assert_eq!(
        print("VALUES-TEST-MIB::vtBits.0", string("a0")),
        "VALUES-TEST-MIB::vtBits.0 = first, UnknownBit-2"
    );
}

#[test]
fn what_is_assigned_is_checked() {
    let modules = modules();
    let read = |name: &str, tag: char, text: &str| {
        let name = modules.parse(name).expect("a name");
        let value = InputOptions::new().value(&modules, &name, tag, text);
        value.map_err(|error| error.to_string())
    };
    let tenths = "VALUES-TEST-MIB::vtTenths.0";
    assert_eq!(read(tenths, '=', "12"), Ok(12.into()));
    assert_eq!(
        read(tenths, '=', "1001").as_deref_err(),
        Err("Value out of range (1001 :: {(-100..1000)})")
    );
    assert_eq!(
        read(tenths, 's', "1").as_deref_err(),
        Err("Bad variable type (Type of attribute is Integer32, not OCTET STRING)")
    );
    assert_eq!(
        read(tenths, 'q', "1").as_deref_err(),
        Err("Bad variable type (\"q\")")
    );
    assert_eq!(
        read("VALUES-TEST-MIB::vtBits.0", '=', "second, 9"),
        Ok(string("4040"))
    );
    assert_eq!(
        read(
            "VALUES-TEST-MIB::vtDate.0",
            '=',
            "2023-10-28,13:30:15.5,+2:0"
        ),
        Ok(string("07e70a1c0d1e0f052b0200"))
    );
    assert_eq!(
        read("VALUES-TEST-MIB::vtCounted.0", '=', "10.11./c"),
        Ok(string("020a0b0c"))
    );
    assert_eq!(
        read("VALUES-TEST-MIB::vtOpaque.0", 'F', "42"),
        Ok(opaque("9f780442280000"))
    );
    assert_eq!(
        read("VALUES-TEST-MIB::vtOpaque.0", 'I', "-128"),
        Ok(opaque("9f7a0180"))
    );
    assert_eq!(
        read("VALUES-TEST-MIB::vtOpaque.0", 'U', "128"),
        Ok(opaque("9f7b020080"))
    );
    assert_eq!(
        read("SNMPv2-SMI::enterprises.1", 't', "7"),
        Ok(TimeTicks::from(7).into())
    );
}

#[test]
fn switched_off_checks_let_pass_what_the_mib_forbids() {
    let modules = modules();
    let name = modules
        .parse("VALUES-TEST-MIB::vtTenths.0")
        .expect("a name");
    let options = InputOptions::new().checks(false);
    assert_eq!(options.value(&modules, &name, 'i', "1001"), Ok(1001.into()));
    assert_eq!(options.value(&modules, &name, 's', "1"), Ok(string("31")));
}

#[test]
fn a_refused_text_says_what_was_expected() {
    let modules = modules();
    let refused = |name: &str, text: &str| {
        let node = modules.find(Some("VALUES-TEST-MIB"), name).expect("a node");
        let syntax = node.syntax().expect("a syntax");
        syntax.parse(text).expect_err("no value").to_string()
    };
    assert_eq!(
        refused("vtTenths", "200"),
        "\"200\" is not a value of Tenths, which is a number from -100 to 1000 in the form \"d-1\""
    );
    assert_eq!(
        refused("vtBits", "third"),
        "\"third\" is not a value of BITS, which is names of bits of first(0), second(1), tenth(9)"
    );
    assert_eq!(
        refused("vtName", "ab"),
        "\"ab\" is not a value of OCTET STRING, which is text of 3 octets"
    );
}

/// The text of an error, to compare with a literal.
trait ErrorText {
    fn as_deref_err(&self) -> Result<(), &str>;
}

impl ErrorText for Result<Value, String> {
    fn as_deref_err(&self) -> Result<(), &str> {
        self.as_ref().map(|_| ()).map_err(String::as_str)
    }
}
