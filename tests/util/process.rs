//! Tests that need a process of their own: for its signals, its environment, a switch of the whole process.

use std::process::{Command, ExitStatus};

/// Set in the process that a case runs in.
const CHILD: &str = "DEFERRED_SNMP_CASE";

/// The command that runs one test of this program and no other, whether it is ignored or not, and shows
/// what it prints. `module` is the caller's `module_path!()`.
pub fn one_test(module: &str, name: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("a test has a path"));
    command.args(["--exact", "--include-ignored", "--nocapture"]);
    command.arg(full_name(module, name));
    command
}

/// Runs the test `name` of `module` by a command that takes a program and its arguments, with `variable` set to the name,
/// and gives what it printed. Fails unless the test has passed.
pub fn pass_inside(mut command: Command, variable: &str, module: &str, name: &str) -> String {
    let test = one_test(module, name);
    let output = command
        .arg(test.get_program())
        .args(test.get_args())
        .env(variable, name)
        .output()
        .expect("the program of this test");
    let printed = [output.stdout, output.stderr].concat();
    let printed = String::from_utf8_lossy(&printed).into_owned();
    assert!(output.status.success(), "{printed}");
    assert!(printed.contains("1 passed"), "{printed}");
    printed
}

/// The name of a test as its program lists it.
pub fn full_name(module: &str, name: &str) -> String {
    match module.split_once("::") {
        Some((_program, module)) => format!("{module}::{name}"),
        None => name.to_owned(),
    }
}

/// Runs `case`, the body of the test `name`, in a child and gives its end; none in the child.
pub fn in_a_child(module: &str, name: &str, case: impl FnOnce()) -> Option<ExitStatus> {
    if std::env::var_os(CHILD).is_some() {
        case();
        return None;
    }
    let output = one_test(module, name)
        .env(CHILD, name)
        .output()
        .expect("a child");
    // Shown when the test fails.
    let printed = String::from_utf8_lossy(&output.stdout);
    println!("{printed}");
    println!("{}", String::from_utf8_lossy(&output.stderr));
    assert!(printed.contains("running 1 test\n"), "{name} is no test");
    Some(output.status)
}
