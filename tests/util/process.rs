//! Tests that need a process of their own: for its signals, its environment, a switch of the whole process.

use std::process::Command;

/// The command that runs one test of this program and no other, whether it is ignored or not, and shows
/// what it prints. `module` is the caller's `module_path!()`.
pub fn one_test(module: &str, name: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("a test has a path"));
    command.args(["--exact", "--include-ignored", "--nocapture"]);
    command.arg(full_name(module, name));
    command
}

/// The name of a test as its program lists it.
pub fn full_name(module: &str, name: &str) -> String {
    match module.split_once("::") {
        Some((_program, module)) => format!("{module}::{name}"),
        None => name.to_owned(),
    }
}
