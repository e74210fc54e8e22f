//! The MIB layer: names looked up, a response of 50 bindings resolved and printed, modules loaded from files.
//!
//!     cargo bench -p benches --bench mib
//!     MIB_DIRECTORIES=a:b cargo bench -p benches --bench mib
//!
//! Modules are loaded from `MIB_DIRECTORIES`, else from `/usr/share/snmp/mibs`, each time in a fresh process, and by
//! `snmptranslate` in turn with it. Without IF-MIB there, loading is left out.
//!
//! Budgets on two virtual cores: 1 µs a binding printed, in the mean over the response; IF-MIB in 15 ms from a
//! directory that is listed; 268 modules in 0.7 s and 120 MB.

mod load;
mod names;
mod print;

use criterion::Criterion;

fn main() {
    if load::is_child() {
        load::child();
        return;
    }
    let directories = load::directories();
    let mut criterion = Criterion::default().configure_from_args();
    names::bench(&mut criterion);
    print::bench(&mut criterion, &directories);
    criterion.final_summary();
    load::bench(&directories);
}
