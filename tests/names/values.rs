//! Values by the syntax of their object: printed, read, and given by a program.

use std::collections::HashMap;

use deferred_snmp::names::{
    BaseType, Builtin, Label, Names, NamesExt, OutputOptions, PrettyName, PrettyValue,
    PrettyVarBind, Syntax,
};
use deferred_snmp::oid;
use deferred_snmp::smi::{
    Counter64, Gauge32, ObjectIdentifier, OctetString, Tag, TimeTicks, Value, ValueRef, VarBind,
};
use deferred_snmp::testing::Random;

fn binding(name: ObjectIdentifier, value: impl Into<Value>) -> String {
    PrettyVarBind::new(&Builtin, VarBind::new(name, value).as_ref()).to_string()
}

#[test]
fn values_are_printed_by_the_syntax_of_their_object() {
    assert_eq!(
        binding(oid!(1.3.6.1.2.1.1.3.0), TimeTicks(7443)),
        "SNMPv2-MIB::sysUpTime.0 = 7443"
    );
    assert_eq!(
        binding(oid!(1.3.6.1.2.1.1.2.0), oid!(1.3.6.1.4.1.8072.3.2.10)),
        "SNMPv2-MIB::sysObjectID.0 = NET-SNMP-MIB::netSnmpAgentOIDs.10"
    );
    assert_eq!(
        binding(oid!(1.3.6.1.2.1.2.2.1.6.1), b"\x00\x11\x22\x33\x44\x55"),
        "IF-MIB::ifPhysAddress.1 = 00:11:22:33:44:55"
    );
    assert_eq!(
        binding(oid!(1.3.6.1.2.1.2.2.1.3.1), 24),
        "IF-MIB::ifType.1 = softwareLoopback"
    );
    assert_eq!(
        binding(oid!(1.3.6.1.2.1.31.1.1.1.17.1), 2),
        "IF-MIB::ifConnectorPresent.1 = false"
    );
    assert_eq!(
        binding(oid!(1.3.6.1.2.1.11.30.0), 2),
        "SNMPv2-MIB::snmpEnableAuthenTraps.0 = disabled"
    );
    assert_eq!(
        binding(oid!(1.3.6.1.2.1.11.30.0), 3),
        "SNMPv2-MIB::snmpEnableAuthenTraps.0 = 3"
    );
    // Without a syntax the value is on its own.
    assert_eq!(
        binding(oid!(1.3.6.1.4.1.1.0), oid!(1.3.6.1.2.1.1)),
        "SNMPv2-SMI::enterprises.1.0 = 1.3.6.1.2.1.1"
    );
    assert_eq!(
        binding(oid!(1.3.6.1.2.1.1.5.0), OctetString::from(b"caf\xe9")),
        // PySNMP leaves out what is not ASCII under a hint for it.
        "SNMPv2-MIB::sysName.0 = 0x636166e9"
    );
    assert_eq!(
        binding(oid!(1.3.6.1.2.1.1.5.0), "Z\u{fc}rich"),
        "SNMPv2-MIB::sysName.0 = Z\u{fc}rich"
    );
    assert_eq!(
        binding(oid!(1.3.6.1.2.1.1.99.0), Value::NoSuchObject),
        "SNMPv2-MIB::system.99.0 = No Such Object currently exists at this OID"
    );
    assert_eq!(
        binding(oid!(1.3.6.1.2.1.1.1.5), Value::NoSuchInstance),
        "SNMPv2-MIB::sysDescr.5 = No Such Instance currently exists at this OID"
    );
    assert_eq!(
        binding(oid!(1.3.6.1.6.3.99), Value::EndOfMibView),
        "SNMPv2-SMI::snmpModules.99 = No more variables left in this MIB View"
    );
}

#[test]
fn text_is_read_by_the_syntax_of_its_object() {
    let parse = |symbol: &str, text: &str| {
        let node = Builtin.node(None, symbol).expect("known");
        node.syntax()
            .expect("an object")
            .parse(text)
            .map_err(|error| error.to_string())
    };
    assert_eq!(
        parse("snmpEnableAuthenTraps", "disabled"),
        Ok(Value::Integer(2))
    );
    assert_eq!(parse("snmpEnableAuthenTraps", "2"), Ok(Value::Integer(2)));
    assert_eq!(parse("sysName", "gateway"), Ok(Value::from("gateway")));
    assert_eq!(parse("sysUpTime", "12"), Ok(Value::TimeTicks(12)));
    assert_eq!(
        parse("ifHCInOctets", "18446744073709551615"),
        Ok(Counter64(u64::MAX).into())
    );
    assert_eq!(
        parse("sysObjectID", "1.3.6.1.4.1.1"),
        Ok(oid!(1.3.6.1.4.1.1).into())
    );
    assert_eq!(
        parse("ifPhysAddress", "0:1b:2:3:4:ff"),
        Ok(b"\x00\x1b\x02\x03\x04\xff".into())
    );
    for (symbol, text, syntax) in [
        ("snmpEnableAuthenTraps", "perhaps", "INTEGER"),
        ("snmpEnableAuthenTraps", "3", "INTEGER"),
        ("sysServices", "128", "INTEGER"),
        ("sysUpTime", "-1", "TimeTicks"),
        ("ifPhysAddress", "0:1b:xx", "PhysAddress"),
    ] {
        let expected = format!("{text:?} is not a value of {syntax}");
        // What would be one follows.
        let error = parse(symbol, text).expect_err(text);
        assert!(error.starts_with(&expected), "{symbol}: {error}");
    }
    let long = "x".repeat(256);
    assert!(parse("sysName", &long).is_err());
    assert!(parse("sysName", &long[..255]).is_ok());
}

#[test]
fn what_a_program_gives_becomes_a_value_of_the_object() {
    let cast = |symbol: &str, value: Value| {
        let node = Builtin.node(None, symbol).expect("known");
        let syntax = node.syntax().expect("an object");
        syntax.cast(value).map_err(|error| error.to_string())
    };
    for (symbol, given, expected) in [
        (
            "snmpEnableAuthenTraps",
            Value::from("disabled"),
            Value::from(2),
        ),
        ("snmpEnableAuthenTraps", 2.into(), 2.into()),
        ("ifSpeed", 5.into(), Gauge32(5).into()),
        ("sysUpTime", 5.into(), TimeTicks(5).into()),
        ("ifHCInOctets", 5.into(), Counter64(5).into()),
        ("sysObjectID", "1.3.6".into(), oid!(1.3.6).into()),
        ("sysName", "gateway".into(), "gateway".into()),
        // Octets are octets, and a type that fits in no way is for the agent to refuse.
        ("ifPhysAddress", b"\x00\xff".into(), b"\x00\xff".into()),
        ("sysName", 5.into(), 5.into()),
        ("sysServices", Gauge32(5).into(), Gauge32(5).into()),
    ] {
        assert_eq!(cast(symbol, given), Ok(expected), "{symbol}");
    }
    for (symbol, given, error) in [
        (
            "snmpEnableAuthenTraps",
            Value::from("perhaps"),
            "\"perhaps\" is not a value of INTEGER",
        ),
        (
            "snmpEnableAuthenTraps",
            3.into(),
            "\"3\" is not a value of INTEGER",
        ),
        ("ifSpeed", (-1).into(), "\"-1\" is not a value of Gauge32"),
    ] {
        let found = cast(symbol, given).expect_err(error);
        assert!(found.starts_with(error), "{symbol}: {found}");
    }
    assert!(cast("sysName", "x".repeat(256).into()).is_err());
}

#[test]
fn bits_are_printed_and_read_by_name() {
    let labels = vec![Label::new("apple", 0), Label::new("peach", 9)];
    let syntax = Syntax::owned("BITS".to_owned(), BaseType::Bits, vec![], labels, None);
    let value = Value::from(b"\xa0\x40");
    assert_eq!(
        syntax.display(value.as_ref()).to_string(),
        "apple, UnknownBit-2, peach"
    );
    assert_eq!(syntax.parse("peach, apple"), Ok(Value::from(b"\x80\x40")));
    assert!(syntax.parse("plum").is_err());
    assert!(syntax.check(value.as_ref()).is_ok());
}

#[test]
fn display_hints_are_those_of_rfc_2579_section_3_1() {
    let octets = |hint: &str, octets: &[u8]| {
        let syntax = Syntax::owned(
            "X".to_owned(),
            BaseType::OctetString,
            vec![],
            vec![],
            Some(hint.to_owned()),
        );
        syntax.display(Value::from(octets).as_ref()).to_string()
    };
    let date = b"\x07\xe3\x0a\x1c\x0d\x1e\x0f\x05+\x02\x00";
    assert_eq!(
        octets("2d-1d-1d,1d:1d:1d.1d,1a1d:1d", date),
        "2019-10-28,13:30:15.5,+2:0"
    );
    assert_eq!(
        octets("2d-1d-1d,1d:1d:1d.1d,1a1d:1d", &date[..8]),
        "2019-10-28,13:30:15.5"
    );
    assert_eq!(octets("1x:", b"\x00\xab"), "00:ab");
    assert_eq!(
        octets("1d.1d.1d.1d/2d", b"\x7f\x00\x00\x01\x00\xa1"),
        "127.0.0.1/161"
    );
    // RFC 2579 has a separator here; PySNMP has the terminator in its place.
    assert_eq!(octets("*1d./1a", b"\x02\x01\x02x"), "1/2/x");
    assert_eq!(octets("255t", "é".as_bytes()), "é");
    assert_eq!(octets("255a", b"two\r\nlines"), "two\\r\\nlines");
    assert_eq!(octets("255a", b"\xffx"), "0xff78");
    // A specification may take no octets.
    assert_eq!(
        octets("0a[2x:2x]0a:2d", b"\x20\x01\x0d\xb8\x00\xa1"),
        "[2001:db8]:161"
    );
    // A hint that is none is as good as no hint.
    assert_eq!(octets("nonsense", b"abc"), "abc");
    assert_eq!(octets("0a", b"abc"), "abc");
    assert_eq!(octets("", b"abc"), "abc");
    assert_eq!(octets("", b"a\0c"), "0x610063");
    assert_eq!(octets("0x:", b"a\0c"), "0x610063");
    let integer = |hint: &str, number: i32| {
        let hint = Some(hint.to_owned());
        let syntax = Syntax::owned("X".to_owned(), BaseType::Integer32, vec![], vec![], hint);
        syntax.display(Value::from(number).as_ref()).to_string()
    };
    assert_eq!(integer("d-2", 1234), "12.34");
    assert_eq!(integer("d-2", -5), "-0.05");
    assert_eq!(integer("x", 255), "0xff");
    assert_eq!(integer("d-99", 5), "5");
}

/// Objects whose values are text from outside in some way: a DISPLAY-HINT for ASCII, for UTF-8, for octets and for numbers,
/// BITS, none at all; and the same in an index.
const TEXTUAL: [&str; 8] = [
    "1.3.6.1.2.1.1.1.0",
    "1.3.6.1.2.1.25.1.2.0",
    "1.3.6.1.2.1.2.2.1.6.1",
    "1.3.6.1.6.3.18.1.1.1.5.1.97",
    "1.3.6.1.6.3.15.1.2.2.1.3.5.128.0.31.136.128.1.97",
    "1.3.6.1.6.3.16.1.1.1.1.1.97",
    "1.3.6.1.2.1.99.0",
    "1.3.6.1.4.1.1.0",
];

#[test]
fn no_octet_of_an_agent_reaches_a_terminal_unless_it_is_seen() {
    let mut texts: Vec<Vec<u8>> = (0..=255).map(|octet| vec![b'a', octet, b'b']).collect();
    texts.push((0..=99).collect());
    texts.push((100..=199).collect());
    texts.extend(
        [
            "\u{9b}2J",
            "\u{85}",
            "\u{202e}evil\u{2066}",
            "\u{2028}",
            "\u{feff}",
        ]
        .map(Into::into),
    );
    let mut shown = 0;
    for text in texts {
        let arcs: String = text.iter().map(|octet| format!(".{octet}")).collect();
        for name in TEXTUAL {
            let name: ObjectIdentifier = name.parse().unwrap();
            // A community as the index of the community table, a context as that of the context table.
            let indexed = ["1.3.6.1.6.3.18.1.1.1.2", "1.3.6.1.6.3.16.1.1.1.1"]
                .map(|column| format!("{column}.{}{arcs}", text.len()));
            let names = indexed.iter().map(|name| name.parse().unwrap());
            for name in names.chain([name]) {
                for value in [
                    Value::from(&text[..]),
                    Value::Opaque(text.clone().into()),
                    Value::ObjectIdentifier(indexed[0].parse().unwrap()),
                ] {
                    let var_bind = VarBind::new(name.clone(), value);
                    let pretty = PrettyVarBind::new(&Builtin, var_bind.as_ref());
                    for line in [
                        pretty.to_string(),
                        format!("{pretty:?}"),
                        var_bind.to_string(),
                        format!("{var_bind:?}"),
                        PrettyValue::new(&Builtin, &name, &var_bind.value).to_string(),
                        PrettyName::new(&Builtin, &name).to_string(),
                    ] {
                        assert!(
                            !line.chars().any(|c| c.is_control()
                                || ('\u{2028}'..='\u{202e}').contains(&c)
                                || ('\u{2066}'..='\u{2069}').contains(&c)
                                || c == '\u{feff}'),
                            "{line:?}"
                        );
                        shown += usize::from(line.contains("\\x1b") || line.contains("\\u{9b}"));
                    }
                }
            }
        }
    }
    assert!(shown > 0, "there are such octets");
}

#[test]
fn what_a_terminal_acts_on_is_shown_in_a_binding() {
    let descr = || oid!(1.3.6.1.2.1.1.1.0);
    for (text, shown) in [
        ("Linux\r\n\tbox", "Linux\\r\\n\\tbox"),
        ("\x1b]0;owned\x07", "\\x1b]0;owned\\x07"),
        ("a\0b\x7f", "a\\x00b\\x7f"),
        ("C:\\Windows\\", "C:\\Windows\\"),
        // Not to be taken for a line feed.
        ("C:\\new", "C:\\\\new"),
    ] {
        assert_eq!(
            binding(descr(), text),
            format!("SNMPv2-MIB::sysDescr.0 = {shown}")
        );
        // The octets themselves are there for who wants them.
        assert_eq!(Value::from(text).as_str(), Some(text));
    }
    // The options for the output of Net-SNMP's tools print what those print.
    let var_bind = VarBind::new(descr(), "Linux\r\n\tbox");
    let mut line = Vec::new();
    OutputOptions::new()
        .var_bind(&Builtin, var_bind.as_ref())
        .append_to(&mut line);
    assert_eq!(line, b"SNMPv2-MIB::sysDescr.0 = STRING: Linux\r\n\tbox");
    let community = oid!(1.3.6.1.6.3.18.1.1.1.2.97.27.98);
    assert_eq!(
        PrettyName::new(&Builtin, &community).to_string(),
        "SNMP-COMMUNITY-MIB::snmpCommunityName.\"a\\x1bb\""
    );
}

#[test]
fn errors_about_names_and_values_show_what_they_were_given() {
    let escape = "\x1b[2J";
    let said = [
        Builtin
            .resolve(Some(escape), "x", &[])
            .unwrap_err()
            .to_string(),
        Builtin.resolve(None, escape, &[]).unwrap_err().to_string(),
        Builtin
            .resolve(Some("IF-MIB"), "ifDescr", &[escape.into()])
            .unwrap_err()
            .to_string(),
        Builtin
            .resolve(Some("IF-MIB"), escape, &[])
            .unwrap_err()
            .to_string(),
    ];
    for said in said {
        assert!(!said.contains('\x1b') && said.contains("[2J"), "{said:?}");
    }
}

/// Octets that notations trip over, and a few of every kind.
fn strings() -> Vec<Vec<u8>> {
    let chosen: [&[u8]; 26] = [
        b"a\nb",
        b"a\\nb",
        b"a\\\nb",
        b"a\\\\nb",
        b"a\\",
        b"\x1b",
        b"\\x1b",
        b"\\x5cx1b",
        b"\\u{9b}",
        "\u{9b}".as_bytes(),
        "\\u{202e}\u{202e}".as_bytes(),
        b"\x80\xff",
        b"0x80ff",
        b"0x307838306666",
        b"0x616263",
        b"0x0001",
        b"\0\x01",
        b"0xFF",
        b"0x8",
        "Z\u{fc}rich".as_bytes(),
        b"Z\xfcrich",
        b"Zrich",
        b"0x5afc72696368",
        b"10.0.0.1",
        b"1:2",
        b"2019-10-28",
    ];
    let mut strings: Vec<Vec<u8>> = chosen.iter().map(|octets| octets.to_vec()).collect();
    strings.extend((0..=255).map(|octet| vec![octet]));
    let mut random = Random::new(5);
    for _ in 0..3000 {
        let length = random.below(7);
        let any = random.chance(0.5);
        let octet = |random: &mut Random| match any {
            true => random.below(4) as u8 * 85,
            false => b"\\nx0a\x1b1"[random.below(7) as usize],
        };
        strings.push((0..length).map(|_| octet(&mut random)).collect());
    }
    strings.sort();
    strings.dedup();
    strings
}

#[test]
fn no_two_strings_of_one_syntax_print_the_same() {
    let hints = [
        None,
        Some("255a"),
        Some("255t"),
        Some("1a"),
        Some("2a"),
        Some("3t-"),
        Some("1x:"),
        Some("2x:"),
        Some("1x"),
        Some("1x1x-"),
        Some("1d.1d.1d.1d"),
        Some("1d"),
        Some("1d-1d"),
        Some("1d1a"),
        Some("2d-1d-1d,1d:1d:1d.1d,1a1d:1d"),
        Some("*1d./1a"),
        Some("*1x:"),
        Some("0a[2x:2x]0a:2d"),
        Some("0x:"),
        Some("0a"),
        Some(""),
        Some("1dx1d"),
        Some("1d\\1d"),
        Some("a"),
        Some("x"),
        Some("d"),
        Some("1o"),
        Some("20d"),
        Some("no hint"),
    ];
    let strings = strings();
    for (hint, base) in hints
        .into_iter()
        .flat_map(|hint| [BaseType::OctetString, BaseType::Opaque].map(|base| (hint, base)))
    {
        let hint = hint.map(str::to_owned);
        let syntax = Syntax::owned("Text".to_owned(), base, vec![], vec![], hint.clone());
        let mut printed: HashMap<String, &[u8]> = HashMap::new();
        for octets in &strings {
            let value = match base {
                BaseType::Opaque => ValueRef::Opaque(octets),
                _ => ValueRef::OctetString(octets),
            };
            let text = syntax.display(value).to_string();
            assert!(octets.is_empty() || !text.is_empty(), "{hint:?} {octets:?}");
            if let Some(other) = printed.insert(text.clone(), octets) {
                panic!("{hint:?}: {octets:?} and {other:?} are {text}");
            }
        }
    }
    let mut printed: HashMap<String, &[u8]> = HashMap::new();
    for octets in &strings {
        let text = ValueRef::OctetString(octets).to_string();
        if let Some(other) = printed.insert(text.clone(), octets) {
            panic!("{octets:?} and {other:?} are {text}");
        }
    }
}

#[test]
fn a_display_string_is_text_by_its_definition_and_not_by_its_name() {
    let text = "Z\u{fc}rich\n";
    let own = Syntax::new("DisplayString", BaseType::OctetString);
    let value = Value::from(text);
    assert_eq!(
        own.display(value.as_ref()).to_string(),
        "0x5ac3bc726963680a"
    );
    // RFC 1213 has it in words only; its successor has the hint.
    for module in ["RFC1213-MIB", "SNMPv2-MIB"] {
        let node = Builtin.find(Some(module), "sysDescr").expect(module);
        let syntax = node.syntax().expect(module);
        assert_eq!(syntax.name(), "DisplayString");
        assert_eq!(syntax.display(value.as_ref()).to_string(), "Z\u{fc}rich\\n");
    }
}

#[test]
fn a_value_of_no_type_of_ours_prints_as_tag_and_octets() {
    // Beside each, what snmpget 5.9.3 prints.
    for (tag, contents, pretty, tools) in [
        (
            Tag::BIT_STRING,
            &[4, 0x80, 0x40][..],
            "tag 0x03: 0x048040",
            "BITS: 04 80 40 5 8 17 ",
        ),
        (
            Tag::NSAP_ADDRESS,
            &[0x47, 0, 5],
            "tag 0x45: 0x470005",
            // It says no more than that the type is bad.
            "Variable has bad type 0x45: 47 00 05 ",
        ),
        (Tag::UINTEGER32, &[1, 2], "258", "258"),
        (
            Tag::INTEGER,
            &[0, 0xdf, 0x65, 0xc7, 0x13],
            "3747989267",
            "INTEGER: 3747989267",
        ),
        (Tag::NULL, &[0xaa], "tag 0x05: 0xaa", "NULL"),
    ] {
        let contents = contents.into();
        let binding = VarBind::new(oid!(1.3.6.1.4.1.99999.1.0), Value::Other { tag, contents });
        let name = "SNMPv2-SMI::enterprises.99999.1.0";
        assert_eq!(
            PrettyVarBind::new(&Builtin, binding.as_ref()).to_string(),
            format!("{name} = {pretty}")
        );
        assert_eq!(
            OutputOptions::new()
                .var_bind(&Builtin, binding.as_ref())
                .to_string(),
            format!("{name} = {tools}")
        );
        assert_eq!(binding.value.to_string(), pretty);
    }
}
