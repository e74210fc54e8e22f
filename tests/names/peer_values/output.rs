//! What is printed.

use std::collections::HashMap;

use deferred_snmp::names::{OutputOptions, PrettyVarBind};
use deferred_snmp::smi::{ObjectIdentifier, ValueRef, VarBindRef};

use super::names::Loaded;
use super::reasons::Share;
use super::table::{Table, directory, octets, text};

/// The content of a value.
enum Raw {
    None,
    Number(i64),
    Unsigned(u64),
    Octets(Vec<u8>),
    Oid(ObjectIdentifier),
}

impl Raw {
    fn read(kind: &str, raw: &[u8]) -> Self {
        match kind {
            "INTEGER" => Self::Number(text(raw).parse().expect("a number")),
            "COUNTER32" | "COUNTER64" | "GAUGE32" | "TIMETICKS" => {
                Self::Unsigned(text(raw).parse().expect("a number"))
            }
            "OCTETSTRING" | "IPADDRESS" | "OPAQUE" => Self::Octets(octets(raw)),
            "OID" => Self::Oid(text(raw).parse().expect("an OBJECT IDENTIFIER")),
            _ => Self::None,
        }
    }

    fn value(&self, kind: &str) -> ValueRef<'_> {
        match (kind, self) {
            ("INTEGER", Self::Number(number)) => ValueRef::Integer(*number as i32),
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
            ("NULL", _) => ValueRef::Null,
            _ => panic!("{kind} is no type"),
        }
    }
}

/// A line of PySNMP's with what a terminal would act on shown, as `Display` does; no other such character is in the table.
fn shown(line: &str) -> String {
    line.chars()
        .map(|character| match character {
            '\n' => "\\n".to_owned(),
            '\r' => "\\r".to_owned(),
            '\t' => "\\t".to_owned(),
            '\0'..'\x20' | '\x7f' => format!("\\x{:02x}", u32::from(character)),
            '\u{80}'..'\u{a0}' | '\u{ad}' => format!("\\u{{{:x}}}", u32::from(character)),
            seen => seen.to_string(),
        })
        .collect()
}

#[test]
fn bindings_are_printed_as_net_snmp_and_as_pysnmp_print_them() {
    let test = "bindings_are_printed_as_net_snmp_and_as_pysnmp_print_them";
    let Some(truth) = directory(test) else {
        return;
    };
    let mibs = truth.join("..");
    let mut loaded = Loaded::new(&mibs);
    let table = Table::read(truth.join("values.tsv"));
    let pysnmp = Table::of_text(truth.join("values_pysnmp.tsv"));
    let pysnmp: HashMap<&[u8], &[u8]> = pysnmp
        .rows
        .iter()
        .map(|row| (&row[0][..], &row[1][..]))
        .filter(|(_, line)| !line.starts_with(b"ERR"))
        .collect();
    let mut styles: Vec<(OutputOptions, Share)> = table.columns[5..]
        .iter()
        .map(|letters| {
            // The table was made from values that no message was decoded into.
            let options: OutputOptions = letters[2..].parse().expect("options");
            (options.opaque_values(false), Share::of(letters))
        })
        .collect();
    let mut pretty = Share::of("values_pysnmp");
    for row in &table.rows {
        let (id, kind) = (text(&row[0]), text(&row[3]));
        let names = loaded.modules(&row[1]);
        let name: ObjectIdentifier = text(&row[2]).parse().expect("an OBJECT IDENTIFIER");
        let raw = Raw::read(kind, &row[4]);
        let binding = VarBindRef {
            name: name.as_ref(),
            value: raw.value(kind),
        };
        for ((options, share), expected) in styles.iter_mut().zip(&row[5..]) {
            let mut line = Vec::new();
            options.var_bind(names, binding).append_to(&mut line);
            share.add(id, kind, &line, expected);
        }
        if let Some(expected) = pysnmp.get(&row[0][..]) {
            let line = PrettyVarBind::new(names, binding).to_string();
            pretty.add(id, kind, line.as_bytes(), shown(text(expected)).as_bytes());
        }
    }
    for (_, share) in styles {
        share.conclude(99.5);
    }
    // PySNMP's lines cannot all be told apart: more than half of those that are not right are such.
    pretty.conclude(95.0);
}
