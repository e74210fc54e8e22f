//! A file that has child files is a table of contents: attributes, `mod name;` and `use` lines.
//!
//! That holds for `lib.rs`, for every `mod.rs`, and for a file `udp.rs` that leads to files in `udp`. Modules
//! for tests do not count: logic whose tests have a file of their own is an ordinary file.

use std::path::Path;

use super::source::{self, Module, Token};
use super::source_files;

#[test]
fn mod_files_are_tables_of_contents() {
    let mut found = Vec::new();
    let mut contents = 0;
    for (module, tokens) in source_files() {
        if is_module_file(&module, &tokens) {
            contents += 1;
            found.extend(contents_violations(&module, &tokens));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert!(contents > 10, "{contents} tables of contents were found");
}

/// What would let a file lead to others, or be passed over as a test, unseen.
#[test]
fn no_file_hides_from_these_rules() {
    let mut found = Vec::new();
    for (module, tokens) in source_files() {
        found.extend(hidden(&module, &tokens));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    let module = Module::of_file(Path::new("asn1/reader.rs"));
    for (text, complaints) in [
        ("mod tests;\nfn f() {}\n", 1),
        ("#[cfg(test)]\nmod tests;\nfn f() {}\n", 0),
        ("include!(\"x.rs\");\n", 1),
        ("const TEXT: &str = include_str!(\"x.txt\");\n", 0),
        ("macro_rules! m { ($n:ident) => { mod $n; } }\n", 1),
    ] {
        assert_eq!(
            hidden(&module, &source::tokens(text)).len(),
            complaints,
            "{text}"
        );
    }
}

/// Test files are passed over by their name, so no other module may have it; and modules are declared by `mod name;`.
fn hidden(module: &Module, tokens: &[Token]) -> Vec<String> {
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let next = source::text(tokens, at + 1);
        let complaint = match token.text.as_str() {
            "mod" if next == "tests" => "`mod tests` without `cfg(test)`",
            "mod" if next == "$" => "a macro that makes a module",
            "include" if next == "!" => "`include!`",
            _ => continue,
        };
        found.push(format!("{}:{}: {complaint}", module.file, token.line));
    }
    found
}

#[test]
fn logic_in_a_mod_file_is_detected() {
    let lines = "//! Docs.\n#![cfg_attr(not(test), warn(clippy::panic))]\n\
                 mod a;\npub mod b;\n#[cfg(test)] mod tests;\n\
                 #[cfg(unix)]\npub(crate) use a::{X, b::Y};\n";
    // (file, text, a word of the complaint; empty where there must be none)
    let cases = [
        ("asn1/mod.rs", lines, ""),
        ("asn1/mod.rs", "mod a;\npub fn f() {}\n", "fn"),
        ("asn1/mod.rs", "mod a { pub struct S; }\n", "mod"),
        ("asn1/mod.rs", "pub const N: usize = 1;\n", "const"),
        ("lib.rs", "#[macro_use]\nmod macros;\npub mod a;\n", ""),
        ("lib.rs", "pub mod a;\npub fn f() {}\n", "fn"),
        ("lib.rs", "macro_rules! m { () => {}; }\n", "macro_rules"),
        // beside a directory `udp`
        ("reactor/udp.rs", lines, ""),
        ("reactor/udp.rs", "use a::B;\nstruct S;\nmod a;\n", "struct"),
        ("reactor/udp.rs", "mod a;\nmod b;\nimpl S {}\n", "impl"),
        ("reactor/udp.rs", "pub(crate) mod a;\nfn f() {}\n", "fn"),
        ("reactor/udp.rs", "#[cfg(unix)]\nmod a;\nfn f() {}\n", "fn"),
        (
            "reactor/udp.rs",
            "#[path = \"elsewhere.rs\"]\nmod a;\nfn f() {}\n",
            "fn",
        ),
        (
            "reactor/udp.rs",
            "#[cfg(any(test, feature = \"testing\"))]\nmod a;\nfn f() {}\n",
            "fn",
        ),
        (
            "reactor/udp.rs",
            "mod inner {\n    mod a;\n}\nfn f() {}\n",
            "mod",
        ),
        // no child file, or for tests only
        ("smi/oid.rs", "fn f() {}\n", ""),
        ("smi/oid.rs", "mod inner { fn f() {} }\nfn g() {}\n", ""),
        ("smi/oid.rs", "fn f() {}\n#[cfg(test)]\nmod tests;\n", ""),
        (
            "smi/oid.rs",
            "#[cfg(all(test, unix))]\nmod tests;\nfn f() {}\n",
            "",
        ),
        (
            "smi/oid.rs",
            "// mod a;\nfn f() -> &str { \"mod a;\" }\n",
            "",
        ),
        ("smi/a_mod.rs", "fn f() {}\n", ""),
    ];
    for (file, text, complaint) in cases {
        let module = Module::of_file(Path::new(file));
        let tokens = source::tokens(text);
        let mut found = Vec::new();
        if is_module_file(&module, &tokens) {
            found = contents_violations(&module, &tokens);
        }
        match complaint {
            "" => assert!(found.is_empty(), "{file}: {text}: found {found:?}"),
            word => assert!(
                found.len() == 1 && found[0].contains(&format!("`{word}`")),
                "{file}: {text}: found {found:?}"
            ),
        }
    }
}

/// Whether the file leads to other files that are not for tests.
fn is_module_file(module: &Module, tokens: &[Token]) -> bool {
    module.file == "src/lib.rs"
        || module.file.ends_with("/mod.rs")
        || (0..tokens.len()).any(|at| leads_on(tokens, at))
}

/// Whether `mod name;` begins there.
fn leads_on(tokens: &[Token], at: usize) -> bool {
    source::text(tokens, at) == "mod" && source::text(tokens, at + 2) == ";"
}

/// What else there is in a table of contents than attributes, `mod name;` and `use` lines.
fn contents_violations(module: &Module, tokens: &[Token]) -> Vec<String> {
    let mut at = 0;
    while at < tokens.len() {
        let line = tokens[at].line;
        if source::text(tokens, at) == "#" {
            let inner = source::text(tokens, at + 1) == "!";
            at = source::closing(tokens, at + 1 + usize::from(inner)) + 1;
            continue;
        }
        at = source::past_visibility(tokens, at);
        let text = source::text(tokens, at);
        if text != "use" && !leads_on(tokens, at) {
            return vec![format!(
                "{}:{line}: `{text}`: a table of contents holds `mod` and `use` lines only",
                module.file
            )];
        }
        at = source::item_end(tokens, at);
    }
    Vec::new()
}
