//! Look-ups in the compiled-in tables.

use std::hint::black_box;

use deferred_snmp::names::{Builtin, Names, NamesExt};
use deferred_snmp::oid;

use crate::Cases;

pub(crate) fn cases(cases: &Cases) {
    cases.whole("mib, MODULE::symbol to node", || {
        black_box(Builtin.find(black_box(Some("IF-MIB")), black_box("ifHCInOctets")));
    });
    cases.whole("mib, MODULE::symbol.index to name", || {
        let name = Builtin.parse(black_box("IF-MIB::ifHCInOctets.10101"));
        black_box(name).expect("a column");
    });
    let name = oid!(1.3.6.1.2.1.31.1.1.1.6.10101);
    cases.whole("mib, name to label", || {
        let node = Builtin.nearest(black_box(&name).as_ref());
        black_box(node.expect("a column").name());
    });
}
