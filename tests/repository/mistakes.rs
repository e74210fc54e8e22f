//! What the compiler says of the mistakes that programs begin with.
//!
//! Each file of `compile_fail` is a program with one mistake. Its head is what is said: the error, what stands at the
//! place, and the notes that are ours. The compiler adds words of its own, which are not looked at; where it is another
//! than ci.yml installs, even the order may differ.

use std::path::{Path, PathBuf};
use std::process::Command;

use util::{ROOT, left_out};

/// Directories and compiler of this test program itself.
struct Compiler {
    built: PathBuf,
    library: PathBuf,
}

impl Compiler {
    fn find() -> Self {
        let this = std::env::current_exe().expect("a test has a path");
        let built = this.parent().expect("a test is in a directory").to_owned();
        let entries = built.read_dir().expect("it can be read").flatten();
        let libraries = entries.filter(|entry| {
            let name = entry.file_name().into_string().unwrap_or_default();
            name.starts_with("libdeferred_snmp-") && name.ends_with(".rlib")
        });
        // There is one for each set of features, and one that is older than this test may be of other source.
        let newest =
            libraries.max_by_key(|entry| entry.metadata().and_then(|of| of.modified()).ok());
        let library = newest
            .expect("the library was built before its tests")
            .path();
        Self { built, library }
    }

    /// What is said of the program, a line each.
    fn said_of(&self, program: &Path) -> Vec<String> {
        let output = Command::new("rustc")
            .args([
                "--edition=2024",
                "--crate-type=bin",
                "--emit=metadata",
                "--error-format=json",
                "-o",
                "-",
            ])
            .arg(format!("--extern=deferred_snmp={}", self.library.display()))
            .arg(format!("-Ldependency={}", self.built.display()))
            .arg(program)
            .output()
            .expect("the compiler runs");
        let output = String::from_utf8_lossy(&output.stderr);
        let messages = output
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok());
        messages.flat_map(|message| told(&message)).collect()
    }
}

/// An error in lines: what it is, what stands at its place, and the notes about no place.
fn told(message: &serde_json::Value) -> Vec<String> {
    let text =
        |of: &serde_json::Value, what: &str| of[what].as_str().unwrap_or_default().to_owned();
    let list = |what: &str| message[what].as_array().cloned().unwrap_or_default();
    // "aborting due to" has no code
    if message["level"] != "error" || message["code"].is_null() {
        return Vec::new();
    }
    let mut lines = vec![format!("error: {}", text(message, "message"))];
    for span in list("spans")
        .iter()
        .filter(|span| span["is_primary"] == true)
    {
        lines.push(format!("here: {}", text(span, "label")));
    }
    for child in list("children") {
        let is_of_a_place = child["spans"]
            .as_array()
            .is_some_and(|spans| !spans.is_empty());
        if child["level"] == "note" && !is_of_a_place {
            lines.push(format!("note: {}", text(&child, "message")));
        }
    }
    lines
}

fn is_pinned() -> bool {
    let ci = std::fs::read_to_string(format!("{ROOT}/.github/workflows/ci.yml"));
    let ci = ci.expect("ci.yml is in the repository");
    let mut lines = ci.lines().map(str::trim);
    let pinned = lines.find_map(|line| line.strip_prefix("rustup default "));
    let version = Command::new("rustc")
        .arg("-V")
        .output()
        .expect("the compiler runs");
    let version = String::from_utf8_lossy(&version.stdout);
    version.split(' ').nth(1) == Some(pinned.expect("ci.yml says which compiler is the gate's"))
}

#[test]
fn mistakes_are_told_in_words() {
    if !is_pinned() {
        left_out("mistakes", "the compiler is another than ci.yml installs");
        return;
    }
    let compiler = Compiler::find();
    let directory = Path::new(ROOT).join("tests/compile_fail");
    let mut wrong = Vec::new();
    let mut programs = 0;
    for entry in directory.read_dir().expect("it can be read").flatten() {
        programs += 1;
        let source = std::fs::read_to_string(entry.path()).expect("a program");
        let head = source.lines().map_while(|line| line.strip_prefix("// "));
        let expected: Vec<_> = head.map(str::to_owned).collect();
        let said = compiler.said_of(&entry.path());
        if said != expected {
            let name = entry.file_name();
            wrong.push(format!("{}:\n// {}", name.display(), said.join("\n// ")));
        }
    }
    assert!(wrong.is_empty(), "said is\n\n{}", wrong.join("\n\n"));
    assert!(programs > 5, "{programs} programs were found");
}
