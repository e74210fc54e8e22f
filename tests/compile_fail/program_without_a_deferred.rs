// error: a program cannot wait for `Vec<DelayedCall>`
// here: `react` calls a closure that returns `Vec<DelayedCall>`
// note: return a Deferred, or a `Result` of one whose error is that of the Deferred

use deferred_snmp::task::react;

fn main() {
    react(|reactor| reactor.delayed_calls());
}
