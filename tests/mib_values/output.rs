//! What is printed.

use deferred_snmp::mib::OutputOptions;
use deferred_snmp::smi::{ObjectIdentifier, ValueRef, VarBindRef};

use crate::names::Loaded;
use crate::table::{Table, directory, octets, text};

/// The content of a field of raw values.
pub(crate) enum Raw {
    None,
    Signed(i32),
    Unsigned(u64),
    Octets(Vec<u8>),
    Oid(ObjectIdentifier),
}

impl Raw {
    pub(crate) fn read(kind: &str, raw: &[u8]) -> Self {
        let number = || text(raw).parse().expect("a number");
        match kind {
            "INTEGER" => Self::Signed(text(raw).parse().expect("a number")),
            "COUNTER32" | "COUNTER64" | "GAUGE32" | "TIMETICKS" => Self::Unsigned(number()),
            "OCTETSTRING" | "IPADDRESS" | "OPAQUE" => Self::Octets(octets(raw)),
            "OID" => Self::Oid(text(raw).parse().expect("an OBJECT IDENTIFIER")),
            _ => Self::None,
        }
    }

    pub(crate) fn value(&self, kind: &str) -> ValueRef<'_> {
        match (kind, self) {
            ("INTEGER", Self::Signed(number)) => ValueRef::Integer(*number),
            ("COUNTER32", Self::Unsigned(number)) => ValueRef::Counter32(*number as u32),
            ("GAUGE32", Self::Unsigned(number)) => ValueRef::Gauge32(*number as u32),
            ("TIMETICKS", Self::Unsigned(number)) => ValueRef::TimeTicks(*number as u32),
            ("COUNTER64", Self::Unsigned(number)) => ValueRef::Counter64(*number),
            ("OCTETSTRING", Self::Octets(octets)) => ValueRef::OctetString(octets),
            ("OPAQUE", Self::Octets(octets)) => ValueRef::Opaque(octets),
            ("IPADDRESS", Self::Octets(octets)) => {
                let octets: [u8; 4] = octets[..].try_into().expect("four octets");
                ValueRef::IpAddress(octets.into())
            }
            ("OID", Self::Oid(oid)) => ValueRef::ObjectIdentifier(oid.as_ref()),
            ("NOSUCHOBJECT", _) => ValueRef::NoSuchObject,
            ("NOSUCHINSTANCE", _) => ValueRef::NoSuchInstance,
            ("ENDOFMIBVIEW", _) => ValueRef::EndOfMibView,
            _ => ValueRef::Null,
        }
    }
}

#[test]
fn bindings_are_printed_as_net_snmp_prints_them() {
    let Some(truth) = directory("bindings_are_printed_as_net_snmp_prints_them") else {
        return;
    };
    let mibs = truth.join("..");
    let mut loaded = Loaded::new(&mibs);
    let table = Table::read(truth.join("values.tsv"));
    for (column, letters) in table.columns.iter().enumerate().skip(5) {
        // The table was made from values that had not been decoded from a message.
        let options: OutputOptions = letters[2..].parse().expect("options");
        let options = options.opaque_values(false);
        let mut right = 0;
        for row in &table.rows {
            let names = loaded.modules(&row[1]);
            let name: ObjectIdentifier = text(&row[2]).parse().expect("an OBJECT IDENTIFIER");
            let kind = text(&row[3]);
            let raw = Raw::read(kind, &row[4]);
            let binding = VarBindRef {
                name: name.as_ref(),
                value: raw.value(kind),
            };
            let mut line = Vec::new();
            options.var_bind(names, binding).append_to(&mut line);
            if line == row[column] {
                right += 1;
            } else {
                println!(
                    "{letters} {} {}\n   {}\n  expected\n   {}",
                    text(&row[0]),
                    text(&row[2]),
                    String::from_utf8_lossy(&line),
                    String::from_utf8_lossy(&row[column])
                );
            }
        }
        println!("SHARE {letters} {right} of {}", table.rows.len());
    }
}

#[test]
fn bindings_are_printed_as_pysnmp_prints_them() {
    let Some(truth) = directory("bindings_are_printed_as_pysnmp_prints_them") else {
        return;
    };
    let mibs = truth.join("..");
    let mut loaded = Loaded::new(&mibs);
    let table = Table::read(truth.join("values.tsv"));
    let expected = Table::of_text(truth.join("values_pysnmp.tsv"));
    let expected: std::collections::HashMap<&[u8], &[u8]> = expected
        .rows
        .iter()
        .map(|row| (&row[0][..], &row[1][..]))
        .collect();
    let mut right = 0;
    let mut all = 0;
    for row in &table.rows {
        let Some(expected) = expected.get(&row[0][..]).filter(|e| !e.starts_with(b"ERR")) else {
            continue;
        };
        all += 1;
        let names = loaded.modules(&row[1]);
        let name: ObjectIdentifier = text(&row[2]).parse().expect("an OBJECT IDENTIFIER");
        let kind = text(&row[3]);
        let raw = Raw::read(kind, &row[4]);
        let binding = VarBindRef {
            name: name.as_ref(),
            value: raw.value(kind),
        };
        let line = deferred_snmp::mib::PrettyVarBind::new(names, binding).to_string();
        if line.as_bytes() == *expected {
            right += 1;
        } else {
            println!(
                "PY {} {} {}\n   {}\n  expected\n   {}",
                text(&row[0]),
                text(&row[2]),
                text(&row[3]),
                line,
                String::from_utf8_lossy(expected)
            );
        }
    }
    println!("SHARE pysnmp {right} of {all}");
}
