//! Errors name what they hold: whoever looks for an interrupt, or for what the system said, follows `source()`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::layering::source::{self, Module, Token, text};
use crate::layering::source_files;

/// An `impl Error for X`.
#[derive(Debug)]
struct Implementation {
    place: String,
    has_source: bool,
}

/// The error types among these files, and what their definitions name, in the same file looked through.
#[derive(Debug, Default)]
struct Errors {
    implementations: BTreeMap<String, Implementation>,
    named: BTreeMap<String, BTreeSet<String>>,
}

impl Errors {
    fn read(files: &[(Module, Vec<Token>)]) -> Self {
        let mut errors = Self::default();
        for (module, tokens) in files {
            let definitions = definitions(tokens);
            for at in 0..tokens.len() {
                let is_impl = text(tokens, at) == "Error" && text(tokens, at + 1) == "for";
                let name = text(tokens, at + 2).to_owned();
                if !is_impl || !definitions.contains_key(&name) {
                    continue;
                }
                let open = (at..tokens.len()).find(|at| text(tokens, *at) == "{");
                let body =
                    open.map_or(&[][..], |open| &tokens[open..source::closing(tokens, open)]);
                let implementation = Implementation {
                    place: format!("{}:{}", module.file, tokens[at].line),
                    has_source: body.iter().any(|token| token.text == "source"),
                };
                errors.implementations.insert(name.clone(), implementation);
                let mut named = BTreeSet::new();
                look_through(&definitions, &name, &mut named);
                errors.named.insert(name, named);
            }
        }
        errors
    }

    fn complaints(&self) -> Vec<String> {
        let is_error = |name: &String| {
            matches!(name.as_str(), "Error" | "Failure") || self.implementations.contains_key(name)
        };
        let silent = self
            .implementations
            .iter()
            .filter(|(_, found)| !found.has_source);
        silent
            .filter_map(|(name, found)| {
                let inner = self.named[name]
                    .iter()
                    .find(|inner| *inner != name && is_error(inner))?;
                Some(format!(
                    "{}: {name} holds {inner}, and has no `source`",
                    found.place
                ))
            })
            .collect()
    }
}

/// The words in the definition of each type of a file, but for the names of variants.
fn definitions(tokens: &[Token]) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    for at in 0..tokens.len() {
        let keyword = text(tokens, at);
        if !matches!(keyword, "struct" | "enum") {
            continue;
        }
        let mut words = BTreeSet::new();
        let mut depth = 0_usize;
        for at in at + 2..source::item_end(tokens, at) {
            let word = text(tokens, at);
            match word {
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" => depth -= 1,
                _ if keyword == "enum" && depth == 1 => {}
                _ => drop(words.insert(word.to_owned())),
            }
        }
        found.insert(text(tokens, at + 1).to_owned(), words);
    }
    found
}

fn look_through(
    definitions: &BTreeMap<String, BTreeSet<String>>,
    name: &str,
    named: &mut BTreeSet<String>,
) {
    for word in definitions.get(name).into_iter().flatten() {
        if named.insert(word.clone()) {
            look_through(definitions, word, named);
        }
    }
}

#[test]
fn an_error_that_holds_another_gives_it_as_its_source() {
    let errors = Errors::read(&source_files());
    let complaints = errors.complaints();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    let count = errors.implementations.len();
    assert!(count > 40, "{count} errors were found");
}

#[test]
fn a_source_that_is_missing_is_detected() {
    let inner = "pub struct Inner; impl Error for Inner {}";
    for (text, complaints) in [
        ("pub enum E { A(Inner) } impl Error for E {}", 1),
        (
            "pub enum E { A { b: Arc<io::Error> } } impl std::error::Error for E {}",
            1,
        ),
        (
            "pub struct E { kind: Kind } enum Kind { A(Interrupt, Inner) } impl Error for E {}",
            1,
        ),
        (
            "pub enum E { A(Inner) } impl Error for E { fn source(&self) {} }",
            0,
        ),
        (
            "pub struct E; impl Error for E {} impl From<Inner> for E { fn from() {} }",
            0,
        ),
    ] {
        let text = format!("{inner} {text}");
        let module = Module::of_file(Path::new("a/error.rs"));
        let errors = Errors::read(&[(module, source::tokens(&text))]);
        assert_eq!(errors.complaints().len(), complaints, "{text}: {errors:?}");
    }
}
