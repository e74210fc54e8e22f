//! What stands before a module's definitions, and how the file is encoded.
#![cfg(feature = "mib")]

use deferred_snmp::names::{LeniencyKind, LoadErrorKind, Modules, Names};

/// Beginnings that are read as `ODD-MIB DEFINITIONS ::= BEGIN`, and whether something is said of them.
const HEADS: [(&str, bool); 20] = [
    ("ODD-MIB DEFINITIONS ::= BEGIN", false),
    ("ODD-MIB DEFINITIONS::=BEGIN", false),
    ("ODD-MIB\n\tDEFINITIONS\n\t::=\n\tBEGIN", false),
    ("ODD-MIB DEFINITIONS -- a comment\n ::= BEGIN", false),
    ("ODD-MIB DEFINITIONS -- a -- ::= -- b -- BEGIN", false),
    ("ODD-MIB DEFINITIONS IMPLICIT TAGS ::= BEGIN", true),
    ("ODD-MIB DEFINITIONS EXPLICIT TAGS ::= BEGIN", true),
    ("ODD-MIB DEFINITIONS AUTOMATIC TAGS ::= BEGIN", true),
    ("ODD-MIB DEFINITIONS IMPLICIT TAGS::=BEGIN", true),
    (
        "ODD-MIB DEFINITIONS\n  IMPLICIT\r\n\tTAGS  ::=\n\n  BEGIN",
        true,
    ),
    (
        "ODD-MIB DEFINITIONS -- one\n IMPLICIT -- two -- TAGS -- three\n ::= BEGIN",
        true,
    ),
    ("ODD-MIB DEFINITIONS Implicit Tags ::= BEGIN", true),
    (
        "ODD-MIB DEFINITIONS AUTOMATIC TAGS EXTENSIBILITY IMPLIED ::= BEGIN",
        true,
    ),
    ("ODD-MIB DEFINITIONS EXTENSIBILITY IMPLIED ::= BEGIN", true),
    (
        "ODD-MIB { iso 3 99 } DEFINITIONS IMPLICIT TAGS ::= BEGIN",
        true,
    ),
    (
        "-- ODD-MIB DEFINITIONS, as they are\nODD-MIB -- named\n DEFINITIONS IMPLICIT TAGS ::= BEGIN",
        true,
    ),
    // EXPORTS do not hide the IMPORTS behind them.
    ("ODD-MIB DEFINITIONS ::= BEGIN EXPORTS odd;", false),
    ("ODD-MIB DEFINITIONS ::= BEGIN EXPORTS ALL;", false),
    ("ODD-MIB DEFINITIONS ::= BEGIN\nEXPORTS;\n", false),
    (
        "ODD-MIB DEFINITIONS ::= -- a -- BEGIN\n EXPORTS -- everything;\n odd, other -- two --;",
        false,
    ),
];

const BODY: &str = "
IMPORTS enterprises FROM SNMPv2-SMI;
odd OBJECT IDENTIFIER ::= { enterprises 99914 5 }
END
";

/// A directory of its own for each test.
struct Directory(std::path::PathBuf);

impl Directory {
    fn new(test: &str, file: &str, text: &[u8]) -> Self {
        let name = format!("deferred-snmp-{test}-{}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        std::fs::write(path.join(file), text).unwrap();
        Self(path)
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_module_with_a_tag_default_loads_however_it_is_spaced() {
    for (head, is_told) in HEADS {
        let text = format!("{head}{BODY}");
        let mut modules = Modules::new();
        modules.add_text("a module", text.clone());
        assert_eq!(modules.load("ODD-MIB"), Ok(()), "{head:?}");
        let odd = modules.find(Some("ODD-MIB"), "odd").expect(head);
        assert_eq!(odd.arcs(), [1, 3, 6, 1, 4, 1, 99914, 5]);
        let told: Vec<_> = modules.leniencies();
        assert_eq!(told.len(), usize::from(is_told), "{head:?}: {told:?}");
        for leniency in told {
            assert_eq!(leniency.kind(), LeniencyKind::Notation);
            assert_eq!(
                leniency.text(),
                "what stands between DEFINITIONS and ::= is left out"
            );
            let line = text.lines().nth(leniency.line() - 1).unwrap();
            assert!(line.contains("DEFINITIONS"), "{line}");
        }
    }
}

#[test]
fn a_module_with_a_tag_default_is_found_in_a_file_of_another_name() {
    let text = format!("ODD-MIB DEFINITIONS IMPLICIT -- so -- TAGS ::= BEGIN{BODY}");
    let directory = Directory::new("tags", "vendor.txt", text.as_bytes());
    let mut modules = Modules::new();
    modules.add_directory(&directory.0).unwrap();
    assert!(modules.find(Some("ODD-MIB"), "odd").is_some());
}

#[test]
fn other_words_before_the_assignment_are_no_head() {
    for head in [
        "ODD-MIB DEFINITIONS OF ::= BEGIN",
        "ODD-MIB DEFINITIONS TAG ::= BEGIN",
    ] {
        let mut modules = Modules::new();
        modules.add_text("a module", format!("{head}{BODY}"));
        assert!(modules.load("ODD-MIB").is_err(), "{head}");
    }
}

/// The text in UTF-16.
fn wide(text: &str, order: fn(u16) -> [u8; 2], mark: bool) -> Vec<u8> {
    let mark = mark.then_some(0xfeff);
    mark.into_iter()
        .chain(text.encode_utf16())
        .flat_map(order)
        .collect()
}

#[test]
fn utf_16_is_refused_by_that_name() {
    let plain = format!("ODD-MIB DEFINITIONS ::= BEGIN{BODY}");
    let commented = format!("-- {}\n{plain}", "名".repeat(2_000));
    for text in [&plain, &commented] {
        for order in [u16::to_le_bytes as fn(u16) -> [u8; 2], u16::to_be_bytes] {
            for mark in [true, false] {
                let octets = wide(text, order, mark);
                let mut modules = Modules::new();
                modules.add_text("a module", octets.clone());
                let error = modules.load("ODD-MIB").expect_err("UTF-16");
                assert_eq!(*error.kind(), LoadErrorKind::Encoding("UTF-16"));
                assert_eq!(
                    error.to_string(),
                    "a module: MIB module ODD-MIB: encoded as UTF-16; a MIB file is ASCII, or UTF-8"
                );
                // Also where the file has another name than the module.
                for file in ["ODD-MIB.txt", "vendor.mib"] {
                    let directory = Directory::new("wide", file, &octets);
                    let mut modules = Modules::new();
                    modules.add_directory(&directory.0).unwrap();
                    let error = modules.load("ODD-MIB").expect_err("UTF-16");
                    assert_eq!(*error.kind(), LoadErrorKind::Encoding("UTF-16"), "{file}");
                    assert_eq!(error.file(), Some(&*directory.0.join(file)));
                    assert_eq!(modules.load_all().len(), 1);
                }
            }
        }
    }
    let wider = |order: fn(u32) -> [u8; 4], mark: bool| {
        let mark = mark.then_some('\u{feff}');
        let letters = mark.into_iter().chain(plain.chars());
        letters.map(u32::from).flat_map(order).collect::<Vec<u8>>()
    };
    for order in [u32::to_le_bytes as fn(u32) -> [u8; 4], u32::to_be_bytes] {
        for mark in [true, false] {
            let mut modules = Modules::new();
            modules.add_text("a module", wider(order, mark));
            let error = modules.load("ODD-MIB").expect_err("UTF-32");
            assert_eq!(*error.kind(), LoadErrorKind::Encoding("UTF-32"));
        }
    }
    // UTF-8 with its mark, or a stray zero, is none of these.
    for text in [
        format!("\u{feff}{plain}"),
        format!("{plain}\0\0"),
        format!("\0{plain}"),
    ] {
        let mut modules = Modules::new();
        modules.add_text("a module", text);
        assert_eq!(modules.load("ODD-MIB"), Ok(()));
    }
}

#[test]
fn long_names_are_told_apart_and_do_not_crowd_out_the_rest() {
    let mut text = String::from("LONG-MIB DEFINITIONS ::= BEGIN\n");
    for number in 0..1_500 {
        text += &format!(
            "aNameThatIsMuchLongerThanItNeedsToBe{number} OBJECT IDENTIFIER ::= {{ iso 3 {number} }}\n"
        );
    }
    text += "an_other OBJECT IDENTIFIER ::= { nowhere 1 }\nlast OBJECT-TYPE SYNTAX ::= { iso 3 9999 }\nEND\n";
    let mut modules = Modules::new();
    modules.add_text("a module", text);
    modules.load("LONG-MIB").unwrap();
    let leniencies = modules.leniencies();
    let of = |kind| leniencies.iter().filter(move |it| it.kind() == kind);
    assert_eq!(
        of(LeniencyKind::LongName).count(),
        1_000,
        "a bounded number"
    );
    for (kind, line, text) in [
        (LeniencyKind::Notation, 1_502, "underscore"),
        (
            LeniencyKind::Reference,
            1_502,
            "an_other has no place in the tree",
        ),
        (LeniencyKind::Syntax, 1_503, "last is not in order"),
    ] {
        let mut found = of(kind).filter(|it| it.line() == line);
        let found = found.find(|it| it.text().contains(text));
        assert!(
            found.is_some(),
            "{kind:?} {text}: {:?}",
            of(kind).collect::<Vec<_>>()
        );
    }
    assert!(leniencies.is_sorted_by_key(|leniency| leniency.line()));
}
