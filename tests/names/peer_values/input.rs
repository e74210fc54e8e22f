//! What people write.

use std::collections::HashMap;

use deferred_snmp::names::{InputOptions, Modules, NamesExt, Node};
use deferred_snmp::smi::{Value, ValueRef};

use super::names::Loaded;
use super::reasons::Share;
use super::table::{Table, directory, text};

/// Type and content of a value as the tables write them.
fn fields(value: &Value) -> String {
    let hex =
        |octets: &[u8]| -> String { octets.iter().map(|octet| format!("{octet:02x}")).collect() };
    let (kind, raw) = match value.as_ref() {
        ValueRef::Integer(number) => ("INTEGER", number.to_string()),
        ValueRef::Counter32(number) => ("COUNTER32", number.to_string()),
        ValueRef::Gauge32(number) => ("GAUGE32", number.to_string()),
        ValueRef::TimeTicks(number) => ("TIMETICKS", number.to_string()),
        ValueRef::Counter64(number) => ("COUNTER64", number.to_string()),
        ValueRef::OctetString(octets) => ("OCTETSTRING", hex(octets)),
        ValueRef::Opaque(octets) => ("OPAQUE", hex(octets)),
        ValueRef::IpAddress(address) => ("IPADDRESS", hex(&address.octets())),
        ValueRef::ObjectIdentifier(oid) => ("OID", oid.to_string()),
        other => panic!("{other} is no value to write"),
    };
    format!("{kind} {raw}")
}

/// Net-SNMP cuts a number of more than 32 bits; to refuse it is right as well.
fn is_cut(kind: &str, raw: &str, input: &str) -> bool {
    let is_number = matches!(kind, "INTEGER" | "GAUGE32" | "COUNTER32" | "TIMETICKS");
    is_number && raw != input && input.parse::<i128>().is_ok()
}

fn assigned(names: &Modules, name: &str, tag: char, input: &str) -> Result<Value, String> {
    let options = InputOptions::new();
    let name = options.name(names, name);
    let name = name.map_err(|_| "unknown name".to_owned())?;
    let value = options.value(names, &name, tag, input);
    value.map_err(|error| error.to_string())
}

#[test]
fn names_are_read_as_snmpget_reads_them() {
    let test = "names_are_read_as_snmpget_reads_them";
    let Some(truth) = directory(test) else {
        return;
    };
    let mibs = truth.join("..");
    let mut loaded = Loaded::new(&mibs);
    let mut names = Share::of("names");
    let mut errors = Share::of("names_errors");
    for row in &Table::read(truth.join("names.tsv")).rows {
        let (id, input) = (text(&row[0]), text(&row[2]));
        let found = InputOptions::new().name(loaded.modules(&row[1]), input);
        let oid = found.as_ref();
        let oid = oid.map_or_else(|_| "ERR".to_owned(), ToString::to_string);
        names.add(id, input, oid.as_bytes(), &row[3]);
        if let (Err(found), b"ERR") = (found, &row[3][..]) {
            let (expected, found) = (text(&row[4]), found.to_string());
            // What was noticed of the name before it stands there still: this one is not looked for from the top.
            let is_left_over = input.contains("::") && expected.contains("(top) ->");
            let expected = if is_left_over {
                "Unknown Object Identifier"
            } else {
                expected
            };
            errors.add(id, input, found.as_bytes(), expected.as_bytes());
        }
    }
    names.conclude(99.0);
    errors.conclude(99.0);
}

#[test]
fn values_are_read_as_snmpset_and_as_pysnmp_read_them() {
    let test = "values_are_read_as_snmpset_and_as_pysnmp_read_them";
    let Some(truth) = directory(test) else {
        return;
    };
    let mibs = truth.join("..");
    let mut loaded = Loaded::new(&mibs);
    let table = Table::read(truth.join("setvalues.tsv"));
    let pysnmp = Table::read(truth.join("setvalues_pysnmp.tsv"));
    let pysnmp: HashMap<&[u8], &[Vec<u8>]> = pysnmp
        .rows
        .iter()
        .map(|row| (&row[0][..], &row[1..]))
        .collect();
    let mut snmpset = Share::of("setvalues");
    let mut errors = Share::of("setvalues_errors");
    let mut cast = Share::of("setvalues_pysnmp");
    for row in &table.rows {
        let (id, name, input) = (text(&row[0]), text(&row[2]), text(&row[4]));
        let names = loaded.modules(&row[1]);
        let tag = text(&row[3]).chars().next().expect("a letter");
        let (kind, raw, error) = (text(&row[5]), text(&row[6]), text(&row[7]));
        let context = format!("{name} {tag} {input:?}");
        let value = assigned(names, name, tag, input);
        let found = value.as_ref().map_or_else(|_| "ERR ".to_owned(), fields);
        if !(is_cut(kind, raw, input) && value.is_err()) {
            snmpset.add(
                id,
                &context,
                found.as_bytes(),
                format!("{kind} {raw}").as_bytes(),
            );
        }
        if let (Err(found), "ERR") = (&value, kind) {
            errors.add(id, &context, found.as_bytes(), error.as_bytes());
        }
        let Some([kind, raw]) = pysnmp.get(&row[0][..]) else {
            continue;
        };
        let expected = match (text(kind), text(raw)) {
            ("ERR", "SmiError") => "ERR".to_owned(),
            ("ERR", _) => continue,
            (kind, raw) => format!("{kind} {raw}"),
        };
        let name = names.parse(name).ok();
        let syntax = name
            .as_ref()
            .and_then(|name| names.nearest(name.as_ref()))
            .and_then(Node::syntax);
        let value = syntax.and_then(|syntax| syntax.parse(input).ok());
        let found = value.as_ref().map_or_else(|| "ERR".to_owned(), fields);
        cast.add(id, &context, found.as_bytes(), expected.as_bytes());
    }
    snmpset.conclude(99.0);
    errors.conclude(99.0);
    cast.conclude(97.0);
}
