//! Tests in a network of their own.

use std::process::Command;
#[expect(clippy::disallowed_types, reason = "tests have threads of their own")]
use std::sync::Mutex;

use util::process::pass_inside;

/// Set in the process that has that network.
const INSIDE: &str = "DEFERRED_SNMP_NETWORK";

/// Systems share the table of neighbours between networks.
#[expect(clippy::disallowed_types, reason = "tests have threads of their own")]
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// A link that is new drops what it is given until the system has looked at its state, which takes up to a second on a
/// busy machine, and is then said to be up. The loopback says nothing of that.
const LINKS_ARE_UP: &str = "for try in $(seq 1000); do \
    ip -oneline link show up | grep -v LOOPBACK | grep -qv 'state UP' || break; sleep 0.01; done";

/// Runs `body` as test `name` of `module` (the caller's `module_path!()`), in a network that `setup` makes of a new one. The test is
/// left out with a line where that is not permitted.
pub(crate) fn in_network(module: &str, name: &str, setup: &str, body: impl FnOnce()) {
    if std::env::var_os(INSIDE).is_some_and(|inside| *inside == *name) {
        return body();
    }
    let _alone = ONE_AT_A_TIME.lock();
    let namespaces = [&["--net"][..], &["--net", "--map-root-user"]];
    let inside = |options: &[&str], script: &str| {
        let mut command = Command::new("unshare");
        command.args(options).args(["sh", "-c", script]);
        command
    };
    let possible = namespaces.into_iter().find(|options| {
        let tried = inside(options, setup).output();
        tried.is_ok_and(|tried| tried.status.success())
    });
    let Some(options) = possible else {
        util::left_out(name, "no network namespace can be made");
        return;
    };
    let script = format!("{setup} && {LINKS_ARE_UP} && exec \"$0\" \"$@\"");
    let printed = pass_inside(inside(options, &script), INSIDE, module, name);
    for line in printed.lines() {
        if line.contains("left out: ") || line.contains("measured: ") {
            util::tell(line);
        }
    }
}
