//! Names that are printed are read back, and no two print the same.

use std::collections::HashMap;

use deferred_snmp::names::{
    BaseType, Builtin, IndexPart, Names, NamesExt, Node, NodeKind, OutputOptions, PrettyName,
};
use deferred_snmp::oid;
use deferred_snmp::smi::{MAX_ARCS, ObjectIdentifier};
use deferred_snmp::testing::Random;

use super::one_column::{OneColumn, syntax, syntaxes};

/// Strings that notations trip over.
const STRINGS: [&[u8]; 30] = [
    b"",
    b"ab",
    b"a.b",
    b"a\".\"b",
    b"\"",
    b"\".",
    b"say \"x\"",
    b"'ab'",
    b"it's",
    b"'.'",
    b"\\",
    b"a\\",
    b"\\\"",
    b"\\\".",
    b"C:\\new\\table",
    b"\\x41\\u{e9}",
    b"a\nb\r\t",
    b"\x1b[2J\0\x7f",
    b"0x",
    b"0x6162",
    b"0x80ff",
    b"0X80",
    b"7",
    b"10.0.0.1",
    b"a::b",
    b" a ",
    b"\x80\xff",
    b"\x0a\x00\x00\x01",
    "Z\u{fc}rich \u{4e2d}".as_bytes(),
    "\u{9b}\u{202e}\u{feff}\u{200d}".as_bytes(),
];

fn octets(random: &mut Random, size: Option<usize>) -> Vec<u8> {
    let mut octets = match random.below(4) {
        0 => (0..random.below(8))
            .map(|_| random.next_u64() as u8)
            .collect(),
        1 => (0..random.below(8))
            .map(|_| b"\"'\\.nx0 a"[random.below(9) as usize])
            .collect(),
        _ => STRINGS[random.below(STRINGS.len() as u64) as usize].to_vec(),
    };
    if let Some(size) = size {
        octets.resize(size, b'a' + (random.below(3) as u8));
    }
    octets
}

/// The sub-identifiers of a value of an index, mostly one that its object can have.
fn append_value(part: &IndexPart, random: &mut Random, arcs: &mut Vec<u32>) {
    let syntax = part.syntax();
    let ranges = syntax.ranges();
    let size = match *ranges {
        [(low, high)] if low == high => usize::try_from(low).ok(),
        _ => None,
    };
    match syntax.base() {
        BaseType::IpAddress => arcs.extend((0..4).map(|_| random.below(256) as u32)),
        BaseType::ObjectIdentifier => {
            let count = random.below(6) as u32;
            if !part.is_implied() {
                arcs.push(count);
            }
            arcs.extend((0..count).map(|_| random.below(7) as u32));
        }
        BaseType::OctetString | BaseType::Opaque | BaseType::Bits => {
            // After an InetAddressType, mostly an address of it.
            let octets = match arcs.last() {
                Some(&kind @ 1..=4) if syntax.name() == "InetAddress" && random.chance(0.9) => {
                    let size = [4, 16, 8, 20][kind as usize - 1];
                    (0..size).map(|_| random.below(3) as u8 * 100).collect()
                }
                _ => octets(random, size),
            };
            if !part.is_implied() && size.is_none() {
                arcs.push(octets.len() as u32);
            }
            arcs.extend(octets.iter().map(|&octet| u32::from(octet)));
        }
        _ => arcs.push(match (syntax.labels(), ranges) {
            ([], [(low, high), ..]) if random.chance(0.5) => {
                let low = u32::try_from(*low).unwrap_or(0);
                let high = u32::try_from(*high).unwrap_or(u32::MAX);
                low + random.below(u64::from(high.saturating_sub(low)) + 1) as u32
            }
            ([], _) => random.below(40) as u32,
            (labels, _) => {
                let label = &labels[random.below(labels.len() as u64) as usize];
                u32::try_from(label.number()).unwrap_or(0)
            }
        }),
    }
}

/// The name of some instance: of a row as it should be, cut off, too long, or of numbers alone.
fn instance(node: Node<'_>, random: &mut Random) -> Option<ObjectIdentifier> {
    let mut arcs = node.arcs().to_vec();
    let depth = arcs.len();
    for part in node.index() {
        append_value(part, random, &mut arcs);
    }
    match random.below(8) {
        0 => arcs.truncate(depth + random.below((arcs.len() - depth) as u64 + 1) as usize),
        1 => arcs.push(random.below(3) as u32),
        2 => {
            arcs.truncate(depth);
            arcs.extend((0..random.below(6)).map(|_| random.below(5) as u32));
        }
        _ => {}
    }
    let fits = (2..=MAX_ARCS).contains(&arcs.len());
    fits.then(|| ObjectIdentifier::from_arcs(&arcs).ok())?
}

/// Names by what they print as; fails where one is not read back, or prints as another.
#[derive(Default)]
struct Printed(HashMap<String, ObjectIdentifier>);

impl Printed {
    fn check(&mut self, names: &dyn Names, name: ObjectIdentifier) {
        let text = PrettyName::new(names, &name).to_string();
        assert_eq!(names.parse(&text), Ok(name.clone()), "{text}");
        if let Some(other) = self.0.insert(text.clone(), name.clone()) {
            assert_eq!(other, name, "{text}");
        }
    }
}

#[test]
fn names_of_every_compiled_in_table_are_read_back() {
    let mut printed = Printed::default();
    let mut random = Random::new(13);
    let mut next = Builtin.at_or_after(&[]);
    while let Some(node) = next {
        let times = if node.kind() == NodeKind::Column {
            200
        } else {
            5
        };
        for _ in 0..times {
            if let Some(name) = instance(node, &mut random) {
                printed.check(&Builtin, name);
            }
        }
        next = Builtin.next(node);
    }
    for name in [
        oid!(0.0),
        oid!(0.5.7),
        oid!(1.0),
        oid!(1.2.840),
        oid!(2.5),
        oid!(2.999.1),
    ] {
        printed.check(&Builtin, name);
    }
    let count = printed.0.len();
    assert!(count > 20_000, "{count}");
}

#[test]
fn names_of_any_mixture_of_index_types_are_read_back() {
    let syntaxes = syntaxes();
    for seed in 0..3000 {
        let mut random = Random::new(seed);
        let count = 1 + random.below(4);
        let parts = (0..count).map(|place| {
            let syntax = &syntaxes[random.below(syntaxes.len() as u64) as usize];
            let implied = place + 1 == count && random.chance(0.3);
            IndexPart::owned(format!("part{place}"), syntax.clone(), implied)
        });
        let names = OneColumn::new(parts.collect());
        let mut printed = Printed::default();
        for _ in 0..30 {
            if let Some(name) = instance(names.node(), &mut random) {
                printed.check(&names, name);
            }
        }
    }
}

#[test]
fn each_syntax_of_an_index_is_read_back_beside_a_number_and_a_string() {
    let number = || syntax("Integer32", BaseType::Integer32, &[], &[], None);
    let string = || syntax("OCTET STRING", BaseType::OctetString, &[], &[], None);
    for syntax in syntaxes() {
        let part = |implied| IndexPart::owned("this".to_owned(), syntax.clone(), implied);
        let number = || IndexPart::owned("number".to_owned(), number(), false);
        let string = || IndexPart::owned("string".to_owned(), string(), false);
        for index in [
            vec![part(false)],
            vec![part(true)],
            vec![number(), part(false)],
            vec![part(false), number()],
            vec![string(), part(false), number()],
            vec![number(), part(false), string()],
            vec![string(), part(true)],
            vec![part(false), part(false)],
        ] {
            let names = OneColumn::new(index);
            let mut printed = Printed::default();
            let mut random = Random::new(7);
            for _ in 0..200 {
                if let Some(name) = instance(names.node(), &mut random) {
                    printed.check(&names, name);
                }
            }
        }
    }
}

/// As [`append_value`], but nothing that Net-SNMP's tools print in dots, or by another rule than a value's hint.
fn append_plain_value(part: &IndexPart, random: &mut Random, arcs: &mut Vec<u32>) -> bool {
    let syntax = part.syntax();
    let is_text = matches!(syntax.hint(), None | Some("255a" | "255t"));
    let kind = arcs.last().copied();
    let octets: Vec<u8> = match (syntax.base(), syntax.name(), kind) {
        (BaseType::OctetString, "InetAddress", Some(kind @ 1..=4)) => {
            let size = [4, 16, 8, 20][kind as usize - 1];
            (0..size).map(|_| random.next_u64() as u8).collect()
        }
        (BaseType::OctetString, ..) if is_text => {
            let size = match *syntax.ranges() {
                [(low, high)] if low == high => low as u64,
                [(low, _), ..] => low as u64 + random.below(4),
                [] => random.below(4),
            };
            let size = size.max(u64::from(part.is_implied()));
            (0..size)
                .map(|_| b"a. 0b"[random.below(5) as usize])
                .collect()
        }
        (BaseType::OctetString | BaseType::Bits | BaseType::Opaque, ..) => return false,
        (BaseType::ObjectIdentifier, ..) => {
            let count = 1 + random.below(5) as u32;
            if !part.is_implied() {
                arcs.push(count);
            }
            arcs.extend((0..count).map(|_| random.below(7) as u32));
            return true;
        }
        _ => {
            append_value(part, random, arcs);
            return true;
        }
    };
    let is_fixed = matches!(*syntax.ranges(), [(low, high)] if low == high);
    if !part.is_implied() && !is_fixed {
        arcs.push(octets.len() as u32);
    }
    arcs.extend(octets.iter().map(|&octet| u32::from(octet)));
    true
}

#[test]
fn names_that_are_printed_as_the_tools_print_them_are_read_back() {
    let mut random = Random::new(3);
    let mut next = Builtin.at_or_after(&[]);
    let mut count = 0;
    while let Some(node) = next {
        for _ in 0..20 {
            let mut arcs = node.arcs().to_vec();
            let plain = node
                .index()
                .iter()
                .all(|part| append_plain_value(part, &mut random, &mut arcs));
            if node.kind() != NodeKind::Column || !plain || arcs.len() > MAX_ARCS {
                break;
            }
            let name = ObjectIdentifier::from_arcs(&arcs).unwrap();
            for letters in ["", "f", "s", "n", "b"] {
                let options: OutputOptions = letters.parse().unwrap();
                let text = options.name(&Builtin, &name).to_string();
                assert_eq!(Builtin.parse(&text), Ok(name.clone()), "{text}");
                count += 1;
            }
        }
        next = Builtin.next(node);
    }
    assert!(count > 20_000, "{count}");
}
