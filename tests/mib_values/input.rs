//! What people write.

use std::collections::HashMap;

use deferred_snmp::mib::{InputError, InputOptions, Names, Node};
use deferred_snmp::smi::{Value, ValueRef};

use crate::names::Loaded;
use crate::table::{Table, directory, text};

/// The type and content of a value as the tables write them.
fn fields(value: &Value) -> (&'static str, String) {
    let hex = |octets: &[u8]| octets.iter().map(|octet| format!("{octet:02x}")).collect();
    match value.as_ref() {
        ValueRef::Integer(number) => ("INTEGER", number.to_string()),
        ValueRef::Counter32(number) => ("COUNTER32", number.to_string()),
        ValueRef::Gauge32(number) => ("GAUGE32", number.to_string()),
        ValueRef::TimeTicks(number) => ("TIMETICKS", number.to_string()),
        ValueRef::Counter64(number) => ("COUNTER64", number.to_string()),
        ValueRef::OctetString(octets) => ("OCTETSTRING", hex(octets)),
        ValueRef::Opaque(octets) => ("OPAQUE", hex(octets)),
        ValueRef::IpAddress(address) => ("IPADDRESS", hex(&address.octets())),
        ValueRef::ObjectIdentifier(oid) => ("OID", oid.to_string()),
        _ => ("NULL", String::new()),
    }
}

#[test]
fn values_are_read_as_snmpset_reads_them() {
    let Some(truth) = directory("values_are_read_as_snmpset_reads_them") else {
        return;
    };
    let mibs = truth.join("..");
    let mut loaded = Loaded::new(&mibs);
    let table = Table::read(truth.join("setvalues.tsv"));
    let options = InputOptions::new();
    let (mut right, mut texts, mut errors) = (0, 0, 0);
    for row in &table.rows {
        let names = loaded.modules(&row[1]);
        let input = text(&row[4]);
        let tag = text(&row[3]).chars().next().expect("a letter");
        let value = match names.parse(text(&row[2])) {
            Ok(name) => options
                .value(names, &name, tag, input)
                .map_err(|error| error.to_string()),
            Err(_) => Err("unknown name".to_owned()),
        };
        let (kind, raw, error) = match &value {
            Ok(value) => {
                let (kind, raw) = fields(value);
                (kind, raw, "")
            }
            Err(error) => ("ERR", String::new(), &error[..]),
        };
        if kind == text(&row[5]) && raw == text(&row[6]) {
            right += 1;
            if kind == "ERR" {
                errors += 1;
                texts += usize::from(error == text(&row[7]));
                if error != text(&row[7]) {
                    println!("ERRTEXT {error} | {}", text(&row[7]));
                }
            }
        } else {
            println!(
                "IN {} {} {tag} {input:?}\n   {kind} {raw} {error}\n  expected\n   {} {} {}",
                text(&row[0]),
                text(&row[2]),
                text(&row[5]),
                text(&row[6]),
                text(&row[7])
            );
        }
    }
    println!(
        "SHARE setvalues {right} of {}; error texts {texts} of {errors}",
        table.rows.len()
    );
}

#[test]
fn values_are_read_as_pysnmp_reads_them() {
    let Some(truth) = directory("values_are_read_as_pysnmp_reads_them") else {
        return;
    };
    let mibs = truth.join("..");
    let mut loaded = Loaded::new(&mibs);
    let table = Table::read(truth.join("setvalues.tsv"));
    let expected = Table::read(truth.join("setvalues_pysnmp.tsv"));
    let expected: HashMap<&[u8], (&str, &str)> = expected
        .rows
        .iter()
        .map(|row| (&row[0][..], (text(&row[1]), text(&row[2]))))
        .collect();
    let (mut right, mut all) = (0, 0);
    for row in &table.rows {
        let Some(&(kind, raw)) = expected.get(&row[0][..]) else {
            continue;
        };
        if kind == "ERR" && raw != "SmiError" {
            continue;
        }
        all += 1;
        let names = loaded.modules(&row[1]);
        let input = text(&row[4]);
        let name = names.parse(text(&row[2])).ok();
        let syntax = name
            .as_ref()
            .and_then(|name| names.nearest(name.as_ref()))
            .and_then(Node::syntax);
        let got = syntax.map(|syntax| syntax.parse(input));
        let (k, r, e) = match &got {
            Some(Ok(value)) => {
                let (k, r) = fields(value);
                (k, r, String::new())
            }
            Some(Err(error)) => ("ERR", String::new(), error.to_string()),
            None => ("ERR", String::new(), "no syntax".to_owned()),
        };
        let raw = if kind == "ERR" { "" } else { raw };
        if (k, &r[..]) == (kind, raw) {
            right += 1
        } else {
            println!(
                "PYIN {} {} {input:?} {:?}\n   {k} {r} {e}\n  expected\n   {kind} {raw}",
                text(&row[0]),
                text(&row[2]),
                syntax.and_then(|s| s.hint())
            );
        }
    }
    println!("SHARE setvalues pysnmp {right} of {all}");
}
