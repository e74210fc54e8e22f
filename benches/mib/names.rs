//! Look-ups in the compiled-in tables, by name and by OBJECT IDENTIFIER.

use std::hint::black_box;

use criterion::Criterion;
use deferred_snmp::names::{Builtin, Names, NamesExt};
use deferred_snmp::oid;

pub(crate) fn bench(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("look up");
    group.bench_function("module and symbol", |bencher| {
        bencher.iter(|| Builtin.find(black_box(Some("IF-MIB")), black_box("ifHCInOctets")));
    });
    group.bench_function("symbol of any module", |bencher| {
        bencher.iter(|| Builtin.find(None, black_box("hrStorageUsed")));
    });
    group.bench_function("MODULE::symbol.index", |bencher| {
        bencher.iter(|| Builtin.parse(black_box("IF-MIB::ifHCInOctets.10101")));
    });
    group.bench_function("path of labels", |bencher| {
        let path = "iso.org.dod.internet.mgmt.mib-2.interfaces.ifNumber.0";
        bencher.iter(|| Builtin.parse(black_box(path)));
    });
    let name = oid!(1.3.6.1.2.1.31.1.1.1.6.10101);
    group.bench_function("OBJECT IDENTIFIER", |bencher| {
        bencher.iter(|| Builtin.nearest(black_box(&name).as_ref()));
    });
    group.finish();
}
