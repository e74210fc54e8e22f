//! Ten thousand MIB modules with something wrong in them, always the same ones: none makes the loader panic or hang,
//! and what loads can be looked up, printed and expanded.
//!
//! The checks are in the function that is behind the fuzz target `mib`.
#![cfg(feature = "mib")]

use std::path::Path;

use deferred_snmp::names::fuzz_modules;

const MODULES: [&str; 4] = [
    include_str!("../names/modules/CARELESS-MIB.txt"),
    include_str!("../names/modules/SMALL-V1-MIB.txt"),
    include_str!("../names/modules/SMALL-V2-MIB.txt"),
    include_str!("../names/peer_values/VALUES-TEST-MIB.txt"),
];

/// Of these a quarter each in a test of its own, which run side by side.
const MUTATIONS: u64 = 10_000;

/// Words that mean something to a parser, where they do not belong.
const WORDS: [&str; 32] = [
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "::=",
    "..",
    "|",
    ",",
    ";",
    "--",
    "\"",
    "'",
    "SEQUENCE",
    "OF",
    "CHOICE",
    "OBJECT",
    "IDENTIFIER",
    "INTEGER",
    "BITS",
    "IMPLIED",
    "IMPORTS",
    "FROM",
    "BEGIN",
    "END",
    "DEFINITIONS",
    "MACRO",
    "-1",
    "18446744073709551616",
    "'ff'H",
    "iso",
];

const NUMBERS: [&str; 8] = [
    "0",
    "-1",
    "4294967295",
    "4294967296",
    "-9223372036854775808",
    "18446744073709551615",
    "99999999999999999999999999999999999999999",
    "1000000",
];

const HINTS: [&str; 6] = [
    "\"99999999999999999999d\"",
    "\"*1d\"",
    "\"d-4294967295\"",
    "\"1000000000x:\"",
    "\"0a0t0d\"",
    "\"*\"",
];

/// The next number of a fixed sequence (xorshift64).
struct Sequence(u64);

impl Sequence {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % limit.max(1)
    }

    fn of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }
}

/// A text in words, strings and what stands between them.
fn tokens(text: &str) -> Vec<String> {
    let is_word = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    let mut tokens: Vec<String> = Vec::new();
    let mut in_string = false;
    for c in text.chars() {
        let joins = tokens.last().and_then(|last| last.chars().last());
        let joins = joins.is_some_and(|last| in_string || (is_word(last) && is_word(c)));
        match tokens.last_mut() {
            Some(last) if joins => last.push(c),
            _ => tokens.push(c.to_string()),
        }
        in_string ^= c == '"';
    }
    tokens
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// The place of a token that is chosen, from a random one on; the last if there is none.
fn place(tokens: &[String], sequence: &mut Sequence, chosen: impl Fn(&str) -> bool) -> usize {
    let from = sequence.below(tokens.len());
    let found = tokens[from..].iter().position(|token| chosen(token));
    found.map_or(tokens.len() - 1, |at| from + at)
}

fn mutate(tokens: &mut Vec<String>, sequence: &mut Sequence) {
    if tokens.is_empty() {
        tokens.push(sequence.of(&WORDS).to_owned());
    }
    let at = sequence.below(tokens.len());
    let length = (1 + sequence.below(30)).min(tokens.len() - at);
    match sequence.below(16) {
        0 => drop(tokens.drain(at..at + length)),
        1 => {
            let part = tokens[at..at + length].to_vec();
            tokens.splice(at..at, part);
        }
        2 => tokens.truncate(at),
        3 => {
            let other = sequence.below(tokens.len());
            tokens.swap(at, other);
        }
        4 => {
            let digits = |token: &str| token.starts_with(|c: char| c.is_ascii_digit());
            let at = place(tokens, sequence, digits);
            tokens[at] = sequence.of(&NUMBERS).to_owned();
        }
        5 => {
            let opening = sequence.of(&[
                "{ ",
                "( ",
                "[1] ",
                "{ a(",
                "SEQUENCE { a ",
                "[APPLICATION 1] IMPLICIT ",
            ]);
            tokens[at] = opening.repeat(1 + sequence.below(300));
        }
        6 => {
            let at = place(tokens, sequence, is_name);
            let first = if tokens[at].starts_with(char::is_uppercase) {
                "A"
            } else {
                "a"
            };
            tokens[at] = first.repeat(1 + sequence.below(20_000));
        }
        7 => tokens.insert(at, sequence.of(&WORDS).to_owned()),
        8 => tokens[at] = sequence.of(&WORDS).to_owned(),
        9 => {
            let at = place(tokens, sequence, |token| token.starts_with('"'));
            tokens[at] = sequence.of(&HINTS).to_owned();
        }
        10 => {
            let part = tokens[at..at + length].concat();
            let times = 1 + sequence.below(30_000 / part.len().max(1));
            tokens[at] = part.repeat(times);
        }
        // One name in the place of another: circles of types, of places, of rows, of modules.
        _ => {
            let to = place(tokens, sequence, is_name);
            let from = place(tokens, sequence, is_name);
            tokens[to] = tokens[from].clone();
        }
    }
}

/// `text` with one to six changes; every eighth time bits of it are turned as well.
fn mutated(text: &str, sequence: &mut Sequence) -> Vec<u8> {
    let mut tokens = tokens(text);
    for _ in 0..=sequence.below(6) {
        mutate(&mut tokens, sequence);
    }
    let mut octets = tokens.concat().into_bytes();
    octets.truncate(200_000);
    if sequence.below(8) == 0 && !octets.is_empty() {
        for _ in 0..=sequence.below(8) {
            let at = sequence.below(octets.len());
            octets[at] ^= 1 << sequence.below(8);
        }
    }
    octets
}

/// The modules of this crate, and short ones of `../shared` when they are there.
fn modules() -> Vec<String> {
    let mut modules: Vec<String> = MODULES.map(str::to_owned).to_vec();
    for directory in ["ietf", "vendor"] {
        let path = Path::new(util::ROOT).join("../shared/mibs");
        let Ok(entries) = std::fs::read_dir(path.join(directory)) else {
            util::left_out("mutations of published modules", "../shared is not there");
            return modules;
        };
        let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        let texts = paths
            .iter()
            .filter_map(|path| std::fs::read_to_string(path).ok());
        modules.extend(texts.filter(|text| text.len() < 8_000).take(12));
    }
    modules
}

fn run(quarter: u64) {
    let modules = modules();
    for number in (0..MUTATIONS).filter(|number| number % 4 == quarter) {
        // Each has a sequence of its own, so that one can be repeated alone.
        let mut sequence = Sequence((number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let text = &modules[sequence.below(modules.len())];
        let data = mutated(text, &mut sequence);
        let outcome = std::panic::catch_unwind(|| fuzz_modules(&data));
        if outcome.is_err() {
            let path = std::env::temp_dir().join(format!("mutated-{number}.mib"));
            let _ = std::fs::write(&path, &data);
            panic!("mutation {number} of a module, kept in {}", path.display());
        }
    }
}

#[test]
fn mutated_modules_first_quarter() {
    run(0);
}

#[test]
fn mutated_modules_second_quarter() {
    run(1);
}

#[test]
fn mutated_modules_third_quarter() {
    run(2);
}

#[test]
fn mutated_modules_last_quarter() {
    run(3);
}
