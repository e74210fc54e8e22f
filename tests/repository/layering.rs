//! The modules of `src` use one another only as the layers allow, and the protocol trunk
//! contains no socket, clock, thread or `Rc`. A file that leads to others holds nothing else.
//!
//! The source is read as text: comments, literals and test-only items are taken out, then every
//! path that begins with `crate`, `super`, `self` or `std` is resolved and compared with the table.

mod contents;
pub(crate) mod source;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use source::{Module, Token};

/// What a top-level module may name, besides itself.
const ALLOWED: &[(&str, &[&str])] = &[
    ("asn1", &[]),
    ("smi", &["asn1"]),
    ("pdu", &["asn1", "smi"]),
    ("message", &["asn1", "smi", "pdu"]),
    ("security", &["asn1", "smi", "message"]),
    ("access", &["smi", "security"]),
    ("names", &["smi"]),
    (
        "objects",
        &["smi", "message", "security", "engine", "names", "throttle"],
    ),
    (
        "engine",
        &[
            "asn1",
            "smi",
            "pdu",
            "message",
            "security",
            "deadline_queue",
            "slot_list",
            "throttle",
        ],
    ),
    (
        "applications",
        &[
            "smi",
            "pdu",
            "message",
            "security",
            "access",
            "names",
            "objects",
            "engine",
            "deadline_queue",
        ],
    ),
    ("deferred", &[]),
    ("reactor", &["deferred", "deadline_queue", "throttle"]),
    ("task", &["deferred", "reactor", "slot_list"]),
    ("transport", &["engine", "reactor", "throttle"]),
    ("deadline_queue", &["slot_list"]),
    ("slot_list", &[]),
    ("throttle", &[]),
    ("macros", &[]),
];

/// The crown and the crate page: they may use everything.
const UNRESTRICTED: &[&str] = &["hlapi", "testing", "manual", ""];

/// The trunk that is driven from outside: time, datagrams and entropy are arguments.
const PROTOCOL_TRUNK: &[&str] = &[
    "asn1",
    "smi",
    "pdu",
    "message",
    "security",
    "access",
    "engine",
    "applications",
    "names",
    "objects",
];

/// What is wrong with a name below.
const OUTSIDE: &str = "has no business in the protocol trunk, to which time, datagrams and chance are arguments (design.md)";

/// Names that have no business in the protocol trunk, wherever they come from.
const FORBIDDEN_NAMES: &[&str] = &["UdpSocket", "TcpStream", "TcpListener", "SystemTime", "Rc"];

/// Crates and standard modules that have no business there.
const FORBIDDEN_PATHS: &[&[&str]] = &[
    &["std", "thread"],
    &["std", "rc"],
    &["std", "os"],
    &["mio"],
    &["socket2"],
    &["nix"],
    &["rustix"],
    &["crossbeam_channel"],
];

/// Whose values are shared with handles that the program keeps (design.md, "Who has the rows of a table?").
const SHARED: &str = "src/objects/table/";

#[test]
fn every_module_keeps_to_its_layer() {
    let files = source_files();
    let macros = exported_macros(&files);
    let mut found = Vec::new();
    let mut edges = 0;
    for (module, tokens) in &files {
        let paths = source::paths(module, tokens);
        edges += paths.iter().filter(|p| p.is_local()).count();
        found.extend(layer_violations(module, &paths, &macros));
        found.extend(trunk_violations(module, tokens, &paths));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert!(
        files.len() > 10 && edges > 0,
        "the source was not found: {} files, {edges} paths",
        files.len()
    );
}

/// Objects with behaviour of their own make the engine; what `Engine` itself has is the way to them (design.md).
#[test]
fn the_engine_is_a_facade() {
    let is_impl = |tokens: &[Token]| {
        let words = tokens.windows(3);
        let mut words = words.map(|it| [&*it[0].text, &*it[1].text, &*it[2].text]);
        words.any(|it| it == ["impl", "Engine", "{"])
    };
    let files = source_files();
    let with_impl = files.iter().filter(|(_, tokens)| is_impl(tokens));
    let found: Vec<_> = with_impl.map(|(it, _)| &*it.file).collect();
    assert_eq!(found, ["src/engine/engine.rs"]);
}

#[test]
fn violations_are_detected() {
    // (file, text, a word of the complaint; empty where there must be none)
    let cases = [
        ("asn1/reader.rs", "use crate::smi::Value;", "smi"),
        (
            "asn1/reader.rs",
            "use crate::{asn1::tag, engine::{a, b}};",
            "engine",
        ),
        (
            "asn1/reader.rs",
            "use super::super::engine::Engine;",
            "engine",
        ),
        (
            "asn1/reader.rs",
            "use super::{super::pdu::Pdu, tag};",
            "pdu",
        ),
        ("asn1/mod.rs", "pub use super::smi::Value;", "smi"),
        (
            "asn1/reader.rs",
            "mod inner { use super::super::super::objects::Tree; }",
            "objects",
        ),
        (
            "asn1/reader.rs",
            "fn f() { crate::engine::step(); }",
            "engine",
        ),
        (
            "asn1/reader.rs",
            "fn f<'a>(x: &'a str) -> crate::pdu::Pdu<'a> {}",
            "pdu",
        ),
        ("asn1/reader.rs", "use crate::*;", "whole crate"),
        ("asn1/reader.rs", "use crate as root;", "whole crate"),
        ("asn1/reader.rs", "use crate::Deferred;", "Deferred"),
        (
            "smi/oid.rs",
            "use deferred_snmp::engine::Engine;",
            "deferred_snmp",
        ),
        ("reactor/core.rs", "use crate::engine::Engine;", "engine"),
        (
            "deferred/chain.rs",
            "use crate::reactor::Reactor;",
            "reactor",
        ),
        (
            "transport/udp.rs",
            "use crate::applications::Walk;",
            "applications",
        ),
        ("surprise.rs", "fn f() {}", "not in the table"),
        (
            "engine/engine.rs",
            "use std::net::{IpAddr, UdpSocket};",
            "UdpSocket",
        ),
        ("engine/engine.rs", "use std::{fmt, thread};", "std::thread"),
        (
            "engine/engine.rs",
            "let t = std::time::Instant::now();",
            "Instant::now",
        ),
        (
            "objects/tree.rs",
            "use std::time::SystemTime;",
            "SystemTime",
        ),
        ("objects/tree.rs", "struct T(Rc<u8>);", "Rc"),
        ("objects/table/store.rs", "struct T(Rc<u8>);", ""),
        ("engine/engine.rs", "use mio::Poll;", "mio"),
        ("engine/engine.rs", "fn f(t: std::time::Instant) {}", ""),
        ("reactor/core.rs", "let t = std::time::Instant::now();", ""),
        (
            "smi/value.rs",
            "use crate::{asn1::{Reader, Writer}, smi::oid};",
            "",
        ),
        ("smi/value.rs", "use super::super::asn1::Reader;", ""),
        (
            "smi/value.rs",
            "pub(crate) fn f() { self::g(); super::h() }",
            "",
        ),
        (
            "asn1/reader.rs",
            "// use crate::smi::Value;\n/* a /* crate::pdu */ crate::smi */",
            "",
        ),
        (
            "asn1/reader.rs",
            "const S: &str = \"crate::smi \\\" crate::pdu\";",
            "",
        ),
        (
            "asn1/reader.rs",
            "const S: &str = r#\"crate::smi \" crate::pdu\"#;",
            "",
        ),
        (
            "asn1/reader.rs",
            "const C: (char, char) = ('\"', '\\''); use crate::smi::A;",
            "smi",
        ),
        (
            "asn1/reader.rs",
            "#[cfg(test)]\nmod tests { use crate::smi::Value; }",
            "",
        ),
        (
            "asn1/reader.rs",
            "#[cfg(test)]\nuse crate::{smi::Value};",
            "",
        ),
        (
            "asn1/reader.rs",
            "#[cfg(test)]\n#[path = \"x.rs\"] mod t { }\nuse crate::smi::A;",
            "smi",
        ),
        (
            "asn1/reader.rs",
            "#[cfg(not(test))]\nuse crate::smi::Value;",
            "smi",
        ),
        ("hlapi/session.rs", "use crate::{asn1, engine};", ""),
    ];
    for (file, text, complaint) in cases {
        let module = Module::of_file(Path::new(file));
        let tokens = source::tokens(text);
        let paths = source::paths(&module, &tokens);
        let mut found = layer_violations(&module, &paths, &BTreeMap::new());
        found.extend(trunk_violations(&module, &tokens, &paths));
        let found = found.join("\n");
        match complaint {
            "" => assert_eq!(found, "", "{file}: {text}"),
            word => assert!(found.contains(word), "{file}: {text}: found {found:?}"),
        }
    }
}

/// Every file of `src` that is not a test, with its tokens.
pub(crate) fn source_files() -> Vec<(Module, Vec<Token>)> {
    let root = Path::new(util::ROOT).join("src");
    let mut files = Vec::new();
    let mut waiting = vec![root.clone()];
    while let Some(directory) = waiting.pop() {
        for entry in std::fs::read_dir(directory).expect("src can be read") {
            let path = entry.expect("src can be read").path();
            let name = path.file_name().unwrap_or_default();
            if path.is_dir() {
                // a directory `tests` belongs to a test module
                if name != "tests" {
                    waiting.push(path);
                }
            } else if path.extension().is_some_and(|e| e == "rs") && name != "tests.rs" {
                let text = std::fs::read_to_string(&path).expect("a source file is text");
                let relative: PathBuf = path.strip_prefix(&root).expect("under src").into();
                files.push((Module::of_file(&relative), source::tokens(&text)));
            }
        }
    }
    files.sort_by(|a, b| a.0.file.cmp(&b.0.file));
    files
}

/// Macros that `#[macro_export]` puts at the root of the crate, and the module that defines each.
fn exported_macros(files: &[(Module, Vec<Token>)]) -> BTreeMap<String, String> {
    let mut macros = BTreeMap::new();
    for (module, tokens) in files {
        for (at, token) in tokens.iter().enumerate() {
            if token.text == "macro_rules" {
                let name = source::text(tokens, at + 2).to_owned();
                macros.insert(name, module.layer().to_owned());
            }
        }
    }
    macros
}

fn layer_violations(
    module: &Module,
    paths: &[source::UsedPath],
    macros: &BTreeMap<String, String>,
) -> Vec<String> {
    let layer = module.layer();
    if UNRESTRICTED.contains(&layer) {
        return Vec::new();
    }
    let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| *name == layer) else {
        return vec![format!(
            "{}: module `{layer}` is not in the table of layers",
            module.file
        )];
    };
    let mut found = Vec::new();
    for path in paths {
        let line = path.line;
        let place = format!("{}:{line}", module.file);
        if path.segments[0] == "deferred_snmp" {
            found.push(format!(
                "{place}: `deferred_snmp::` names the crate from inside it"
            ));
        }
        if !path.is_local() {
            continue;
        }
        let target = match path.segments.get(1).map(String::as_str) {
            Some("*") | None => {
                found.push(format!("{place}: `{layer}` takes in the whole crate"));
                continue;
            }
            // A module and a macro may share a name: a path with more behind it is the module's.
            Some(name) if path.segments.len() > 2 => name,
            Some(name) => macros.get(name).map_or(name, String::as_str),
        };
        if target == layer || target == "macros" || allowed.contains(&target) {
            continue;
        }
        found.push(format!(
            "{place}: `{layer}` may not use `{target}` ({})",
            path.segments.join("::")
        ));
    }
    found
}

fn trunk_violations(module: &Module, tokens: &[Token], paths: &[source::UsedPath]) -> Vec<String> {
    if !PROTOCOL_TRUNK.contains(&module.layer()) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let is_shared = module.file.starts_with(SHARED);
    for token in tokens {
        if is_shared && token.text == "Rc" {
            continue;
        }
        if FORBIDDEN_NAMES.contains(&token.text.as_str()) {
            found.push(format!(
                "{}:{}: `{}` {OUTSIDE}",
                module.file, token.line, token.text
            ));
        }
    }
    for path in paths {
        let reads_clock = path
            .segments
            .ends_with(&["Instant".to_owned(), "now".to_owned()]);
        if is_shared && path.starts_with(&["std", "rc"]) {
            continue;
        }
        if reads_clock || FORBIDDEN_PATHS.iter().any(|f| path.starts_with(f)) {
            let (line, text) = (path.line, path.segments.join("::"));
            found.push(format!("{}:{line}: `{text}` {OUTSIDE}", module.file));
        }
    }
    found
}
