//! What integration tests share: the Net-SNMP peers and the data beside the crate.
//!
//! A test file takes it in with `mod util;`.

// A test file uses the parts that it needs.
#![allow(dead_code)]

use std::io::Write;
use std::path::PathBuf;

pub(crate) mod agent;
pub(crate) mod manager;
pub(crate) mod netsnmp;
pub(crate) mod raw;
pub(crate) mod recording;
pub(crate) mod rig;
pub(crate) mod shared;
pub(crate) mod simulated;
pub(crate) mod trapd;
pub(crate) mod usm;
pub(crate) mod v3;

/// Says that a test did not run. Written past the capture of `cargo test`, which would hide it.
pub(crate) fn left_out(test: &str, why: &str) {
    // the line is for people; a closed stderr is no reason to fail
    let _ = writeln!(std::io::stderr(), "left out: {test}: {why}");
}

/// Shows a table or a figure, past the capture of `cargo test`.
pub(crate) fn tell(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// The objects of a file with one JSON object a line. The first may be the file's `source` alone.
pub(crate) fn json_lines(text: &str) -> impl Iterator<Item = serde_json::Value> + '_ {
    text.lines()
        .map(|line| serde_json::from_str(line).expect("a line is a JSON object"))
        .filter(|object: &serde_json::Value| object.get("hex").is_some())
}

/// The octets that a JSON string of hexadecimal digits stands for.
pub(crate) fn hex_octets(digits: &serde_json::Value) -> Vec<u8> {
    let digits = digits.as_str().expect("hexadecimal digits");
    (0..digits.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&digits[at..at + 2], 16).expect("hexadecimal digits"))
        .collect()
}

/// The paths of these examples, which are built beside the tests, or `None` and a line that `test`
/// is left out.
///
/// # Panics
///
/// Under the gate, which builds them first.
pub(crate) fn examples(test: &str, names: &[&str]) -> Option<Vec<PathBuf>> {
    let this = std::env::current_exe().expect("a test has a path");
    // target/debug/deps/test-0123456789abcdef
    let directory = this.ancestors().nth(2)?.join("examples");
    let paths: Vec<_> = names.iter().map(|name| directory.join(name)).collect();
    let missing = paths.iter().find(|path| !path.is_file());
    let Some(missing) = missing else {
        return Some(paths);
    };
    let why = format!("{} is not built", missing.display());
    assert!(
        std::env::var_os(netsnmp::REQUIRED).is_none(),
        "{test}: {why}"
    );
    left_out(test, &why);
    None
}
