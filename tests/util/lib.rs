//! What the tests share: the Net-SNMP peers, the data beside the crate, engines and reactors to try things on.
#![expect(
    missing_docs,
    missing_debug_implementations,
    clippy::exhaustive_structs,
    clippy::len_without_is_empty,
    clippy::new_without_default,
    reason = "for the tests of this repository only"
)]

use std::io::Write;
use std::path::PathBuf;

pub mod agent;
pub mod loops;
pub mod manager;
pub mod netsnmp;
pub mod nobody;
pub mod ports;
pub mod process;
pub mod raw;
pub mod recording;
#[cfg(feature = "log")]
pub mod records;
pub mod result_of;
pub mod rig;
pub mod shared;
pub mod simulated;
pub mod trapd;
pub mod usm;
pub mod v3;

/// The directory of the library's package.
pub const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// Says that a test did not run. Written past the capture of `cargo test`, which would hide it.
pub fn left_out(test: &str, why: &str) {
    // A line of its own, even where the name of the test stands before it; a closed stderr is no reason to fail.
    let _ = writeln!(std::io::stderr(), "\nleft out: {test}: {why}");
}

/// Shows a table or a figure, past the capture of `cargo test`.
pub fn tell(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// The objects of a file with one JSON object a line. The first may be the file's `source` alone.
pub fn json_lines(text: &str) -> impl Iterator<Item = serde_json::Value> + '_ {
    text.lines()
        .map(|line| serde_json::from_str(line).expect("a line is a JSON object"))
        .filter(|object: &serde_json::Value| object.get("hex").is_some())
}

/// The octets that a JSON string of hexadecimal digits stands for.
pub fn hex_octets(digits: &serde_json::Value) -> Vec<u8> {
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
pub fn examples(test: &str, names: &[&str]) -> Option<Vec<PathBuf>> {
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
