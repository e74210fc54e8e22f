//! What it takes to register many scalars, by the order in which they come.

use criterion::{BatchSize, Criterion};
use deferred_snmp::objects::{MibTree, Scalar};
use deferred_snmp::oid;
use deferred_snmp::smi::ObjectIdentifier;

const SCALARS: u32 = 20_000;

pub(crate) fn scalars(criterion: &mut Criterion) {
    let above = oid!(1.3.6.1.4.1.99.1);
    let ascending: Vec<ObjectIdentifier> =
        (1..=SCALARS).map(|arc| above.child(arc).unwrap()).collect();
    let mut backwards = ascending.clone();
    backwards.reverse();
    let mut group = criterion.benchmark_group("20,000 scalars registered");
    group.sample_size(10);
    for (order, names) in [
        ("in order", &ascending),
        ("backwards", &backwards),
        ("in no order", &shuffled(&ascending)),
    ] {
        group.bench_function(order, |bencher| {
            bencher.iter_batched(
                MibTree::new,
                |mut tree| {
                    for name in names {
                        tree.register(name.clone(), Scalar::constant(1)).unwrap();
                    }
                    // It is dropped after the clock has stopped.
                    tree
                },
                BatchSize::LargeInput,
            );
        });
    }
    group.finish();
}

/// The same names in an order that follows no rule.
fn shuffled(names: &[ObjectIdentifier]) -> Vec<ObjectIdentifier> {
    // A step that shares no factor with their number comes to each of them once.
    const STEP: usize = 7_919;
    (0..names.len())
        .map(|place| names[place * STEP % names.len()].clone())
        .collect()
}
