//! What an index in a name stands for.

use deferred_snmp::names::{BaseType, Builtin, IndexPart, NamesExt, PrettyName};
use deferred_snmp::oid;
use deferred_snmp::smi::ObjectIdentifier;
use deferred_snmp::testing::Random;

use super::one_column::{COLUMN, OneColumn, syntax};

/// Text, index clause, and the sub-identifiers that it stands for.
#[test]
fn an_index_is_split_by_its_clause() {
    let string = |name: &str, implied| {
        let syntax = syntax(
            "DisplayString",
            BaseType::OctetString,
            &[(0, 32)],
            &[],
            Some("255a"),
        );
        IndexPart::owned(name.to_owned(), syntax, implied)
    };
    let fixed = || {
        let syntax = syntax("OCTET STRING", BaseType::OctetString, &[(2, 2)], &[], None);
        IndexPart::owned("fixed".to_owned(), syntax, false)
    };
    let number = || {
        let syntax = syntax("Integer32", BaseType::Integer32, &[], &[], None);
        IndexPart::owned("number".to_owned(), syntax, false)
    };
    let oid = || {
        let syntax = syntax(
            "OBJECT IDENTIFIER",
            BaseType::ObjectIdentifier,
            &[],
            &[],
            None,
        );
        IndexPart::owned("oid".to_owned(), syntax, false)
    };
    let physical = || {
        let syntax = syntax("PhysAddress", BaseType::OctetString, &[], &[], Some("1x:"));
        IndexPart::owned("physical".to_owned(), syntax, false)
    };
    let two = OneColumn::new(vec![string("owner", false), string("test", false)]);
    let implied = OneColumn::new(vec![string("name", true)]);
    let of_two = OneColumn::new(vec![fixed()]);
    let mixed = OneColumn::new(vec![number(), physical(), fixed()]);
    let view = OneColumn::new(vec![string("view", false), oid()]);
    type Read = Result<&'static [u32], &'static str>;
    let cases: [(&OneColumn, &str, Read); 27] = [
        (&two, r#""ab"."xyz""#, Ok(&[2, 97, 98, 3, 120, 121, 122])),
        (&two, r#""a\"."."b""#, Ok(&[3, 97, 34, 46, 1, 98])),
        (&two, r#""a"b"."""#, Ok(&[3, 97, 34, 98, 0])),
        (
            &two,
            r#""a\x1bb\n"."\u{fc}""#,
            Ok(&[4, 97, 27, 98, 10, 2, 195, 188]),
        ),
        (&two, r#""0x0aff"."\\n""#, Ok(&[2, 10, 255, 2, 92, 110])),
        (&two, r#"2.97.98."x""#, Ok(&[2, 97, 98, 1, 120])),
        (&two, r#""ab".1.120"#, Ok(&[2, 97, 98, 1, 120])),
        (&two, r#""ab""#, Ok(&[2, 97, 98])),
        (&two, r#"2.97.98"#, Ok(&[2, 97, 98])),
        (&two, r#""a::b"."c""#, Ok(&[4, 97, 58, 58, 98, 1, 99])),
        (
            &two,
            r#""ab"."xyz".5"#,
            Err("\"5\" is left over behind the last value"),
        ),
        (
            &two,
            r#""ab"."xyz".""#,
            Err("\"\" is left over behind the last value"),
        ),
        (
            &two,
            r#""ab"."xyz"#,
            Err("\"xyz does not fit test of type DisplayString"),
        ),
        (
            &two,
            r#""ab".xyz"#,
            Err("xyz does not fit test of type DisplayString"),
        ),
        (&implied, r#""ab""#, Ok(&[97, 98])),
        (&implied, "'ab'", Ok(&[97, 98])),
        (&implied, "'it's'", Ok(&[105, 116, 39, 115])),
        (&of_two, "'ab'", Ok(&[97, 98])),
        (&of_two, r#""ab""#, Ok(&[97, 98])),
        (
            &of_two,
            "'abc'",
            Err("\"abc\" is not a value of OCTET STRING, which is text of 2 octets"),
        ),
        (&mixed, r#"7."00:1b:2"."ab""#, Ok(&[7, 3, 0, 27, 2, 97, 98])),
        (
            &mixed,
            r#"7."0x001b02".'ab'"#,
            Ok(&[7, 3, 0, 27, 2, 97, 98]),
        ),
        (&mixed, r#"7.3.0.27.2.'ab'"#, Ok(&[7, 3, 0, 27, 2, 97, 98])),
        // As PySNMP prints it, and as Net-SNMP's tools do.
        (&view, r#""v".1.3.6"#, Ok(&[1, 118, 3, 1, 3, 6])),
        (&view, r#""v".3.1.3.6"#, Ok(&[1, 118, 3, 1, 3, 6])),
        (&view, r#""v".1.1"#, Ok(&[1, 118, 1, 1])),
        (&view, "1.118.3.1.3.6", Ok(&[1, 118, 3, 1, 3, 6])),
    ];
    for (names, text, expected) in cases {
        for text in [format!("TEST-MIB::cell.{text}"), format!("cell.{text}")] {
            let read = names.parse(&text);
            match expected {
                Ok(index) => {
                    let arcs = [&COLUMN[..], index].concat();
                    assert_eq!(
                        read,
                        Ok(ObjectIdentifier::from_arcs(&arcs).unwrap()),
                        "{text}"
                    );
                }
                Err(reason) => {
                    let error = read.expect_err(&text).to_string();
                    assert!(error.starts_with("index of TEST-MIB::cell: "), "{error}");
                    assert!(error.ends_with(reason), "{text}: {error}");
                }
            }
        }
    }
}

#[test]
fn an_index_is_read_below_a_path_of_labels() {
    let cases = [
        (
            ".iso.org.dod.internet.mgmt.mib-2.ip.ipAddressTable.ipAddressEntry.ipAddressIfIndex.ipv4.\"10.0.0.1\"",
            oid!(1.3.6.1.2.1.4.34.1.3.1.4.10.0.0.1),
        ),
        (
            "1.3.6.1.2.1.4.34.1.ipAddressIfIndex.1.\"10.0.0.1\"",
            oid!(1.3.6.1.2.1.4.34.1.3.1.4.10.0.0.1),
        ),
        (
            "ipAddressIfIndex.ipv6.\"20:01:0d:b8:00:00:00:00:00:00:00:00:00:00:00:01\"",
            oid!(
                1.3.6
                    .1
                    .2
                    .1
                    .4
                    .34
                    .1
                    .3
                    .2
                    .16
                    .32
                    .1
                    .13
                    .184
                    .0
                    .0
                    .0
                    .0
                    .0
                    .0
                    .0
                    .0
                    .0
                    .0
                    .0
                    .1
            ),
        ),
        (
            "ipAddressIfIndex.ipv6.\"2001:db8::1\"",
            oid!(
                1.3.6
                    .1
                    .2
                    .1
                    .4
                    .34
                    .1
                    .3
                    .2
                    .16
                    .32
                    .1
                    .13
                    .184
                    .0
                    .0
                    .0
                    .0
                    .0
                    .0
                    .0
                    .0
                    .0
                    .0
                    .0
                    .1
            ),
        ),
    ];
    for (text, name) in cases {
        assert_eq!(Builtin.parse(text), Ok(name), "{text}");
    }
}

#[test]
fn any_text_behind_a_column_is_read_or_refused() {
    let columns = [
        "ipAddressIfIndex",
        "vacmViewTreeFamilyType",
        "ifRcvAddressStatus",
        "sysDescr",
    ];
    let characters: Vec<char> = "\"'\\.0x1ab:%{}u\u{e9}ipv4 ".chars().collect();
    let mut random = Random::new(1);
    for _ in 0..20_000 {
        let column = columns[random.below(4) as usize];
        let length = random.below(12);
        let text: String = (0..length)
            .map(|_| characters[random.below(characters.len() as u64) as usize])
            .collect();
        // What is read has a text of its own.
        if let Ok(name) = Builtin.parse(&format!("{column}.{text}")) {
            let printed = PrettyName::new(&Builtin, &name).to_string();
            assert_eq!(Builtin.parse(&printed), Ok(name), "{text}");
        }
    }
}
