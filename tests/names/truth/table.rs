//! Reading the tables, and the report of what is not right.

use std::collections::BTreeMap;
use std::path::Path;

use deferred_snmp::names::Modules;

/// The rows of a table without its heading, every field with its escapes undone.
pub(crate) fn rows(shared: &Path, table: &str) -> Vec<Vec<Vec<u8>>> {
    let text = std::fs::read_to_string(shared.join("truth").join(table)).expect("a table");
    let lines = text.lines().skip(1);
    lines
        .map(|line| line.split('\t').map(unescaped).collect())
        .collect()
}

/// The rows of a table as text.
pub(crate) fn text_rows(shared: &Path, table: &str) -> Vec<Vec<String>> {
    let text = |field: Vec<u8>| String::from_utf8_lossy(&field).into_owned();
    rows(shared, table)
        .into_iter()
        .map(|row| row.into_iter().map(text).collect())
        .collect()
}

fn unescaped(field: &str) -> Vec<u8> {
    let mut octets = Vec::new();
    let mut rest = field.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        if *first != b'\\' {
            octets.push(*first);
            continue;
        }
        let [kind, after @ ..] = rest else { break };
        rest = after;
        match kind {
            b't' => octets.push(b'\t'),
            b'n' => octets.push(b'\n'),
            b'r' => octets.push(b'\r'),
            b'x' => {
                let digits = std::str::from_utf8(&rest[..2]).expect("hexadecimal digits");
                octets.push(u8::from_str_radix(digits, 16).expect("hexadecimal digits"));
                rest = &rest[2..];
            }
            other => octets.push(*other),
        }
    }
    octets
}

/// Modules of the two directories, nothing loaded.
pub(crate) fn modules(shared: &Path) -> Modules {
    let mut modules = Modules::empty();
    for directory in ["ietf", "vendor"] {
        let added = modules.add_directory(shared.join(directory));
        added.expect("a directory of modules");
    }
    modules
}

/// Counts of right and wrong by column or kind, and a line for each that is wrong.
#[derive(Default)]
pub(crate) struct Report {
    shares: BTreeMap<String, (usize, usize)>,
    wrong: Vec<(String, String)>,
}

impl Report {
    /// Adds the outcome of one check. `id` names the row in the file of reasons.
    pub(crate) fn check(&mut self, share: &str, id: &str, found: &str, expected: &str) {
        self.count(share, id, found == expected, || {
            format!("found {found:?}, expected {expected:?}")
        });
    }

    pub(crate) fn count(
        &mut self,
        share: &str,
        id: &str,
        right: bool,
        complaint: impl FnOnce() -> String,
    ) {
        let (rights, all) = self.shares.entry(share.to_owned()).or_default();
        *all += 1;
        if right {
            *rights += 1;
        } else {
            let id = format!("{share} {id}");
            self.wrong.push((id, complaint()));
        }
    }

    /// Prints shares and wrong rows, and fails when a share is below its threshold (parts of one), or when a wrong
    /// row is not named among the reasons. A line of `reasons` is `id: reason`; an id ends in `*` for all that begin so.
    pub(crate) fn finish(self, reasons: &str, thresholds: &[(&str, f64)]) {
        let mut failed = Vec::new();
        for (share, (right, all)) in &self.shares {
            let part = *right as f64 / *all as f64;
            println!("{share}: {right} of {all} right, {:.2} %", part * 100.0);
            let wanted = thresholds.iter().find(|(name, _)| name == share);
            let wanted = wanted.map_or(1.0, |(_, wanted)| *wanted);
            if part < wanted {
                failed.push(format!("{share}: {:.2} %", part * 100.0));
            }
        }
        let known: Vec<&str> = reasons
            .lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty())
            .filter_map(|line| line.split_once(": ").map(|(id, _)| id))
            .collect();
        let is_known = |id: &str| {
            known.iter().any(|known| match known.strip_suffix('*') {
                Some(beginning) => id.starts_with(beginning),
                None => *known == id,
            })
        };
        for (id, complaint) in &self.wrong {
            println!("{id}: {complaint}");
            if !is_known(id) {
                failed.push(format!("{id} has no reason"));
            }
        }
        failed.truncate(20);
        assert!(failed.is_empty(), "{}", failed.join("\n"));
    }
}
