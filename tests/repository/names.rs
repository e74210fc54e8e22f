//! What a program imports by `*`: a name that two modules have is the same thing in both.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::layering::source::{self, Module, Token, text};
use crate::layering::source_files;

/// A module of the crate page, or another crate, and a name in it.
type Item = (String, String);

/// The names that the modules of the crate page show, and what each was taken from.
fn shown(files: &[(Module, Vec<Token>)]) -> BTreeMap<Item, Item> {
    let mut found = BTreeMap::new();
    for (module, tokens) in files {
        let layer = module.layer();
        let is_top =
            [format!("src/{layer}/mod.rs"), format!("src/{layer}.rs")].contains(&module.file);
        if !is_top {
            continue;
        }
        for at in 0..tokens.len() {
            if text(tokens, at) != "pub" || text(tokens, at + 1) != "use" {
                continue;
            }
            for (path, name) in used(&tokens[at + 2..]) {
                let from = match path[0].as_str() {
                    "crate" => path[1].clone(),
                    "std" => "std".to_owned(),
                    _ => layer.to_owned(),
                };
                let last = path.last().cloned().unwrap_or_default();
                found.insert((layer.to_owned(), name), (from, last));
            }
        }
    }
    found
}

/// The paths of a `use` up to its semicolon, and the names that they get.
fn used(tokens: &[Token]) -> Vec<(Vec<String>, String)> {
    let mut found = Vec::new();
    let mut prefixes = vec![Vec::new()];
    let mut path: Vec<String> = Vec::new();
    let mut at = 0;
    loop {
        let prefix = prefixes.last().cloned().unwrap_or_default();
        match text(tokens, at) {
            "::" => {}
            "{" => prefixes.push(path.clone()),
            mark @ ("," | "}" | ";" | "") => {
                let name = path.last().cloned().unwrap_or_default();
                let alias = (at > 1 && text(tokens, at - 2) == "as")
                    .then(|| path.pop())
                    .flatten();
                if path.len() > prefix.len() && name != "*" {
                    found.push((path, alias.unwrap_or(name)));
                }
                match mark {
                    ";" | "" => return found,
                    "}" => drop(prefixes.pop()),
                    _ => {}
                }
                // Behind a closing brace stands the next comma, and nothing to be noted.
                path = if mark == "}" { Vec::new() } else { prefix };
            }
            "as" => {}
            word => path.push(word.to_owned()),
        }
        at += 1;
    }
}

fn clashes(files: &[(Module, Vec<Token>)]) -> Vec<String> {
    let shown = shown(files);
    let mut means: BTreeMap<&String, BTreeSet<&Item>> = BTreeMap::new();
    for item in shown.keys() {
        let mut origin = item;
        while let Some(next) = shown.get(origin).filter(|next| next.0 != origin.0) {
            origin = next;
        }
        means.entry(&item.1).or_default().insert(origin);
    }
    let several = means.into_iter().filter(|(_, origins)| origins.len() > 1);
    several
        .map(|(name, origins)| format!("{name} is all of {origins:?}"))
        .collect()
}

#[test]
fn no_name_means_two_things() {
    let files = source_files();
    let found = clashes(&files);
    assert!(found.is_empty(), "{}", found.join("\n"));
    let count = shown(&files).len();
    assert!(count > 200, "{count} names were found");
}

#[test]
fn a_name_with_two_meanings_is_detected() {
    for (texts, complaints) in [
        (["pub use clock::Clock;", "pub use timeout::{A, Clock};"], 1),
        (["pub use a::{b::{C, D}, E};", "pub use x::E;"], 1),
        (["pub use clock::Clock;", "pub use crate::one::Clock;"], 0),
        (
            [
                "pub use clock::Clock;",
                "pub use timeout::Clock as TimeSource;",
            ],
            0,
        ),
        (
            [
                "pub use clock::Clock;",
                "use timeout::Clock; pub(crate) use x::Clock;",
            ],
            0,
        ),
        (
            [
                "pub use std::process::ExitCode;",
                "pub use std::process::ExitCode;",
            ],
            0,
        ),
    ] {
        let files: Vec<_> = ["one/mod.rs", "two/mod.rs"]
            .iter()
            .zip(texts)
            .map(|(file, text)| (Module::of_file(Path::new(file)), source::tokens(text)))
            .collect();
        assert_eq!(clashes(&files).len(), complaints, "{texts:?}");
    }
}
