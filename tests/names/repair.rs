//! What is made of modules that are not in order, and that it is told.
#![cfg(feature = "mib")]

use deferred_snmp::names::{
    Access, BaseType, LoadErrorKind, Modules, Names, NamesExt, Node, NodeKind, PrettyName, Status,
};
use deferred_snmp::oid;

const CARELESS: &str = include_str!("../names/modules/CARELESS-MIB.txt");

fn careless() -> Modules {
    let mut modules = Modules::empty();
    modules.add_text("careless", CARELESS);
    modules.load("CARELESS-MIB").expect("a module");
    modules
}

fn node<'a>(modules: &'a Modules, name: &str) -> Node<'a> {
    let found = modules.find(Some("CARELESS-MIB"), name);
    found.unwrap_or_else(|| panic!("{name} is missing"))
}

fn labels(node: Node<'_>) -> Vec<(&str, i32)> {
    let labels = node.syntax().expect("a syntax").labels().iter();
    labels.map(|label| (label.name(), label.number())).collect()
}

fn members<'a>(node: Node<'a>) -> Vec<&'a str> {
    node.objects().iter().map(|member| member.name()).collect()
}

#[test]
fn every_definition_is_found_at_its_place() {
    let modules = careless();
    let base = [1, 3, 6, 1, 4, 1, 99992];
    for (name, below) in [
        ("example", &[][..]),
        ("careless", &[3]),
        ("carelessTraps", &[4]),
        ("carelessTable", &[3, 1]),
        ("carelessEntry", &[3, 1, 1]),
        ("carelessIndex", &[3, 1, 1, 1]),
        ("carelessName", &[3, 1, 1, 2]),
        ("carelessSpeed", &[3, 1, 1, 3]),
        ("carelessCount", &[3, 1, 2]),
        ("carelessServer", &[3, 2]),
        ("carelessMode", &[3, 3]),
        ("carelessBits", &[3, 4]),
        ("carelessGroup", &[3, 5]),
        ("carelessTrap", &[4, 0, 7]),
        ("carelessAfter", &[3, 6]),
    ] {
        assert_eq!(
            node(&modules, name).arcs(),
            [&base[..], below].concat(),
            "{name}"
        );
    }
}

#[test]
fn clauses_are_read_in_any_order_and_left_out() {
    let modules = careless();
    let table = node(&modules, "carelessTable");
    assert_eq!(table.kind(), NodeKind::Table);
    assert_eq!(table.status(), Some(Status::Current));
    assert_eq!(table.access(), Some(Access::NotAccessible));
    assert_eq!(table.description(), "The clauses in another order.");
    let row = node(&modules, "carelessEntry");
    assert_eq!(row.kind(), NodeKind::Row);
    let index: Vec<_> = row
        .index()
        .iter()
        .map(|part| (part.name(), part.is_implied()))
        .collect();
    assert_eq!(index, [("carelessIndex", false), ("carelessName", true)]);
    let name = node(&modules, "carelessName");
    assert_eq!((name.kind(), name.access()), (NodeKind::Column, None));
    let speed = node(&modules, "carelessSpeed");
    assert_eq!(speed.access(), Some(Access::ReadWrite));
    assert_eq!(speed.default_value(), "unknown");
    let server = node(&modules, "carelessServer");
    assert_eq!(server.units(), "servers");
    assert_eq!(server.default_value(), "0.0.0.0");
    let mode = node(&modules, "carelessMode");
    assert_eq!(mode.kind(), NodeKind::Scalar);
    assert!(mode.syntax().is_none());
}

#[test]
fn a_type_is_kept_where_part_of_it_is_not_understood() {
    let modules = careless();
    let name = node(&modules, "carelessName").syntax().expect("a syntax");
    assert_eq!((name.name(), name.hint()), ("CarelessName", Some("255a")));
    assert_eq!(name.ranges(), [(0, 12)]);
    let index = node(&modules, "carelessIndex").syntax().expect("a syntax");
    assert_eq!(
        (index.base(), index.ranges()),
        (BaseType::Integer32, &[][..])
    );
    let bits = node(&modules, "carelessBits");
    assert_eq!(bits.syntax().expect("a syntax").base(), BaseType::Bits);
    assert_eq!(labels(bits), [("first", 0), ("second", 1)]);
    let count = node(&modules, "carelessCount");
    assert_eq!(count.kind(), NodeKind::Scalar);
    assert_eq!(
        count.syntax().expect("a syntax").base(),
        BaseType::Integer32
    );
}

#[test]
fn labels_that_are_no_names_are_kept_as_they_are_written() {
    let modules = careless();
    let expected = [("10M", 1), ("100M-full duplex", 2), ("unknown", 255)];
    assert_eq!(labels(node(&modules, "carelessSpeed")), expected);
    let text = CARELESS.replace("-- with", "-- label-that-is-no-name-0");
    let mut modules = Modules::empty();
    modules.add_text("taken", text);
    let speed = modules.find(Some("CARELESS-MIB"), "carelessSpeed");
    assert_eq!(
        speed.map(labels),
        Some(vec![("unknown", 255)]),
        "the name that stands for them is taken"
    );
}

#[test]
fn lists_need_no_commas() {
    let modules = careless();
    let group = node(&modules, "carelessGroup");
    assert_eq!(
        members(group),
        ["carelessSpeed", "carelessCount", "carelessServer"]
    );
    let trap = node(&modules, "carelessTrap");
    assert_eq!(members(trap), ["carelessCount", "carelessServer"]);
}

#[test]
fn what_was_overlooked_is_told_with_its_line() {
    let modules = careless();
    let leniencies = modules.leniencies();
    for (text, begins) in [
        ("text before the module is left out", "From: somebody"),
        (
            "the IMPORTS are not in order; what is understood of it is kept",
            "IMPORTS enterprises",
        ),
        ("a comment as in C", "/* careless"),
        (
            "carelessTable is not in order; what is understood of it is kept",
            "carelessTable OBJECT-TYPE",
        ),
        (
            "carelessTrap is not in order; what is understood of it is kept",
            "carelessTrap TRAP-TYPE",
        ),
    ] {
        let found = leniencies.iter().find(|leniency| leniency.text() == text);
        let line = found.unwrap_or_else(|| panic!("{text} is not told")).line();
        let written = CARELESS.lines().nth(line - 1).expect("a line");
        assert!(
            written.starts_with(begins),
            "{text}: line {line}, {written:?}"
        );
    }
}

#[test]
fn a_module_that_is_in_order_is_read_as_it_stands() {
    let mut modules = Modules::empty();
    modules.add_text("small", include_str!("../names/modules/SMALL-V2-MIB.txt"));
    modules.load("SMALL-V2-MIB").expect("a module");
    let mut leniencies = modules.leniencies().into_iter();
    let mended = leniencies.find(|leniency| leniency.text().contains("not in order"));
    assert_eq!(mended, None);
}

#[test]
fn a_byte_order_mark_and_an_end_of_file_character_do_not_matter() {
    let mut modules = Modules::empty();
    let module = "\u{feff}MARKED-MIB DEFINITIONS ::= BEGIN\nmarked OBJECT IDENTIFIER ::= { iso 3 }\nEND\n\u{1a}";
    modules.add_text("marked", module);
    assert_eq!(modules.load_all(), []);
    let marked = modules.find(Some("MARKED-MIB"), "marked");
    assert_eq!(marked.map(Node::arcs), Some(&[1, 3][..]));
}

#[test]
fn a_module_is_found_by_the_name_of_its_file() {
    let directory = std::env::temp_dir().join(format!("mib-repair-{}", std::process::id()));
    std::fs::create_dir_all(&directory).expect("a directory");
    let one = "ONE-MIB DEFINITIONS ::= BEGIN\none OBJECT IDENTIFIER ::= { iso 1 }\nEND\n";
    std::fs::write(directory.join("ONE-GLOBAL-MIB.txt"), one).expect("a file");
    let two =
        format!("{one}TWO-MIB DEFINITIONS ::= BEGIN\ntwo OBJECT IDENTIFIER ::= {{ iso 2 }}\nEND\n");
    std::fs::write(directory.join("TWO-GLOBAL-MIB.txt"), two).expect("a file");
    let mut modules = Modules::empty();
    modules.add_directory(&directory).expect("a directory");
    let found = modules
        .find(Some("ONE-GLOBAL-MIB"), "one")
        .map(Node::module);
    let refused = modules
        .load("TWO-GLOBAL-MIB")
        .expect_err("two modules, none of that name");
    let leniencies = modules.leniencies();
    std::fs::remove_dir_all(&directory).expect("the directory");
    assert_eq!(found, Some("ONE-MIB"));
    assert_eq!(
        leniencies[0].text(),
        "the file is named ONE-GLOBAL-MIB, the module is not"
    );
    assert_eq!(refused.file(), Some(&*directory.join("TWO-GLOBAL-MIB.txt")));
    let holds = "it holds ONE-MIB, TWO-MIB".to_owned();
    assert_eq!(refused.kind(), &LoadErrorKind::NoModule(holds));
}

#[test]
fn a_row_indexed_by_types_of_smiv1_keeps_its_columns() {
    for (index, expected) in [
        ("OBJECT IDENTIFIER", "TYPES-MIB::cell.2.7.8"),
        ("INTEGER, OBJECT IDENTIFIER", "TYPES-MIB::cell.2.7.8"),
        ("INTEGER (1..4), INTEGER, INTEGER", "TYPES-MIB::cell.2.7.8"),
        // The size is not known, nor then how many numbers it has.
        ("OCTET STRING (SIZE (3))", "TYPES-MIB::cell.2.7.8"),
        ("OCTET STRING, INTEGER (1..4)", "TYPES-MIB::cell.2.7.8"),
        ("OBJECT IDENTIFIER, OCTET STRING", "TYPES-MIB::cell.2.7.8"),
    ] {
        let text = format!(
            "TYPES-MIB DEFINITIONS ::= BEGIN
             IMPORTS enterprises FROM SNMPv2-SMI OBJECT-TYPE FROM RFC-1212;
             rows OBJECT-TYPE SYNTAX SEQUENCE OF Row ACCESS not-accessible STATUS mandatory
                 ::= {{ enterprises 99991 }}
             row OBJECT-TYPE SYNTAX Row ACCESS not-accessible STATUS mandatory
                 INDEX {{ {index} }} ::= {{ rows 1 }}
             Row ::= SEQUENCE {{ cell INTEGER }}
             cell OBJECT-TYPE SYNTAX INTEGER ACCESS read-only STATUS mandatory ::= {{ row 1 }}
             END"
        );
        let mut modules = Modules::new();
        modules.add_text("types", text);
        modules.load("TYPES-MIB").expect("a module");
        let name = oid!(1.3.6.1.4.1.99991.1.1.2.7.8);
        let printed = PrettyName::new(&modules, &name).to_string();
        assert_eq!(printed, expected, "{index}");
        assert_eq!(modules.parse(&printed), Ok(name), "{index}");
        let cell = modules.find(None, "cell").expect("a column");
        assert_eq!(cell.index().len(), index.split(',').count(), "{index}");
    }
}
