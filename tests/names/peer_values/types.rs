//! What Net-SNMP sees of a type, and which of two names it shows. The lines and errors are those of Net-SNMP 5.9.3.

use deferred_snmp::names::{InputOptions, Modules, Names, OutputOptions, PrettyVarBind};
use deferred_snmp::smi::{ObjectIdentifier, Value, VarBind};

use super::cases::{modules, opaque, string};

fn name(below: &str) -> ObjectIdentifier {
    let name = format!("1.3.6.1.4.1.99999.{below}");
    name.parse().expect("a name")
}

/// Checks what is printed of a value below the module, under options.
fn prints(letters: &str, below: &str, value: Value, expected: &str) {
    let modules = modules();
    let options: OutputOptions = letters.parse().expect("options");
    let binding = VarBind::new(name(below), value);
    let line = options.var_bind(&modules, binding.as_ref()).to_string();
    assert_eq!(line, expected, "-O{letters}");
}

/// Checks what becomes of a text for a variable below the module.
fn reads(below: &str, tag: char, text: &str, expected: Result<Value, &str>) {
    let modules = modules();
    let value = InputOptions::new().value(&modules, &name(below), tag, text);
    let value = value.map_err(|error| error.to_string());
    assert_eq!(value, expected.map_err(str::to_owned), "{tag} {text}");
}

#[test]
fn of_a_type_made_of_another_the_base_type_is_seen() {
    let value = || string("6162");
    prints(
        "",
        "8.0",
        value(),
        "VALUES-TEST-MIB::vtNickname.0 = STRING: \"ab\"",
    );
    prints(
        "",
        "9.0",
        1.into(),
        "VALUES-TEST-MIB::vtChoice.0 = INTEGER: 1",
    );
    reads("9.0", '=', "1", Ok(1.into()));
    reads("9.0", '=', "true", Err("Value out of range (true)"));
    let error = "Value out of range (Bad string length :: {(0..8)})";
    reads("8.0", '=', "abcdefghij", Err(error));

    let gauge = || Value::Gauge32(5);
    let line = "VALUES-TEST-MIB::vtStationCount.\"......\" = Gauge32: 5";
    prints("", "13.1.2.6.1.2.3.4.5.6", gauge(), line);
    let line = "VALUES-TEST-MIB::vtStationCount[\"......\"] = Gauge32: 5";
    prints("X", "13.1.2.6.1.2.3.4.5.6", gauge(), line);
    let error = InputOptions::new()
        .name(&modules(), "VALUES-TEST-MIB::vtStationCount.'abcdef'")
        .expect_err("it has no size");
    assert_eq!(
        error.to_string(),
        "Unknown Object Identifier ('-quote is for fixed length strings)"
    );
}

#[test]
fn pysnmp_sees_what_a_type_inherits() {
    let modules = modules();
    let binding = VarBind::new(name("9.0"), 1);
    let line = PrettyVarBind::new(&modules, binding.as_ref()).to_string();
    assert_eq!(line, "VALUES-TEST-MIB::vtChoice.0 = true");
}

#[test]
fn a_type_that_is_not_imported_is_not_seen() {
    prints(
        "",
        "12.0",
        1.into(),
        "VALUES-TEST-MIB::vtForgotten.0 = INTEGER: 1",
    );
    let line = "VALUES-TEST-MIB::vtForgotten.0 = STRING: \"ab\"";
    prints("", "12.0", string("6162"), line);
    reads("12.0", 'i', "1", Ok(1.into()));
    reads("12.0", '=', "active", Err("Bad variable type (\"=\")"));
}

#[test]
fn labels_that_are_words_of_the_language_are_not_seen() {
    prints(
        "",
        "10.0",
        1.into(),
        "VALUES-TEST-MIB::vtState.0 = INTEGER: 1",
    );
    let line = "VALUES-TEST-MIB::vtState.0 = INTEGER: deprecated(2)";
    prints("", "10.0", 2.into(), line);
    prints("q", "10.0", 3.into(), "VALUES-TEST-MIB::vtState.0 high");
    reads("10.0", '=', "current", Err("Value out of range (current)"));
    reads("10.0", '=', "deprecated", Ok(2.into()));
}

#[test]
fn a_64_bit_integer_in_an_opaque_does_for_a_counter64() {
    let line = "VALUES-TEST-MIB::vtLong.0 = Opaque: Counter64: 256 octets";
    prints("", "11.0", opaque("9f76020100"), line);
    prints(
        "Q",
        "11.0",
        opaque("9f7a01ff"),
        "VALUES-TEST-MIB::vtLong.0 = -1 octets",
    );
    let line =
        "VALUES-TEST-MIB::vtLong.0 = Wrong Type (should be Counter64): Opaque: Float: 42.000000";
    prints("", "11.0", opaque("9f780442280000"), line);
}

#[test]
fn an_index_of_an_object_that_nobody_defines_is_numbers() {
    let line = "VALUES-TEST-MIB::vtLostCount.7 = Gauge32: 5";
    prints("X", "14.1.2.7", Value::Gauge32(5), line);
}

#[test]
fn numbers_for_an_opaque_end_where_they_can_be_read_no_further() {
    reads("3.0", 'F', "42volts", Ok(opaque("9f780442280000")));
    reads("3.0", 'D', "0x10", Ok(opaque("9f79084030000000000000")));
    reads("3.0", 'I', "12.5", Ok(opaque("9f7a010c")));
    reads("3.0", 'U', " 7", Err("Bad value notation ( 7)"));
    reads("3.0", 'F', "volts", Err("Bad value notation (volts)"));
    reads("11.0", '=', "+3", Err("Bad value notation (+3)"));
    // Net-SNMP cuts it to 0.
    let error = "Value out of range (18446744073709551616)";
    reads("11.0", '=', "18446744073709551616", Err(error));
}

#[test]
fn of_two_names_for_a_place_the_last_of_the_first_module_is_shown() {
    prints(
        "",
        "15.3",
        1.into(),
        "VALUES-TEST-MIB::vtLatterName.3 = INTEGER: 1",
    );

    let mut modules = Modules::empty();
    modules.add_text(
        "FIRST-NAME-MIB",
        "FIRST-NAME-MIB DEFINITIONS ::= BEGIN firstName OBJECT IDENTIFIER ::= { iso 9 } END",
    );
    modules.add_text(
        "SECOND-NAME-MIB",
        "SECOND-NAME-MIB DEFINITIONS ::= BEGIN IMPORTS firstName FROM FIRST-NAME-MIB; \
         secondName OBJECT IDENTIFIER ::= { iso 9 } END",
    );
    modules.load("SECOND-NAME-MIB").expect("the module loads");
    let place: ObjectIdentifier = "1.9.3".parse().expect("a name");
    let options = OutputOptions::new();
    assert_eq!(
        options.name(&modules, &place).to_string(),
        "FIRST-NAME-MIB::firstName.3"
    );
    assert_eq!(modules.modules(), ["FIRST-NAME-MIB", "SECOND-NAME-MIB"]);
}

#[test]
fn names_are_read_as_snmpget_reads_them() {
    let modules = modules();
    let read = |text: &str| {
        let name = InputOptions::new().name(&modules, text);
        name.map_or_else(|error| error.to_string(), |name| name.to_string())
    };
    let below = |arcs: &str| format!("1.3.6.1.4.1.99999.{arcs}");
    // A regular expression where nothing else fits.
    assert_eq!(read("vt(Lost|Found)C[a-z]+t$"), below("14.1.2"));
    // A colon makes a name of it, and no path.
    assert_eq!(read("vtDate.'a:b'"), below("6.97.58.98"));
    assert_eq!(
        read(&format!("{}.'a:b'", below("6"))),
        "Unknown Object Identifier"
    );
    // What is not understood is shown with all that follows.
    assert_eq!(
        read("VALUES-TEST-MIB::vtDate.0.x.1"),
        "Unknown Object Identifier (x.1)"
    );
    // A length that leaves no room.
    assert_eq!(
        read("VALUES-TEST-MIB::vtStationCount.120.1"),
        "Unknown Object Identifier (Index out of range: 120 (vtStationAddress))"
    );
}
