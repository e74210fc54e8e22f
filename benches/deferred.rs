//! What a stage costs, on a chain that waits and on one that has its result.
//!
//! ```text
//! cargo bench -p benches --bench deferred
//! ```
//!
//! Budget: 50 ns a stage on a pending chain, added, run and freed;
//! 10 ns on a settled one. Each figure stands beside its limit, the same closures with nothing
//! around them: boxed and queued, or called.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use deferred_snmp::deferred::{Deferred, Interrupt};

type D<T> = Deferred<T, Interrupt>;
type Closure = Box<dyn FnOnce(u64) -> Result<u64, Interrupt>>;

fn pending(c: &mut Criterion) {
    let mut group = c.benchmark_group("pending");
    for stages in [1_u64, 16, 256] {
        group.throughput(Throughput::Elements(stages));
        group.bench_function(BenchmarkId::new("stages", stages), |b| {
            b.iter(|| {
                let (resolver, mut d) = D::<u64>::pair();
                for _ in 0..stages {
                    d = d.add_callback(|n| Ok(black_box(n) + 1));
                }
                resolver.callback(black_box(1));
                d
            });
        });
        group.bench_function(BenchmarkId::new("boxed closures", stages), |b| {
            b.iter(|| {
                let mut queue: Vec<Closure> = Vec::new();
                for step in 0..stages {
                    // It captures something, so that there is something to allocate.
                    queue.push(Box::new(move |n| Ok(black_box(n) + black_box(step))));
                }
                let mut result = Ok(black_box(1));
                for closure in queue {
                    result = result.and_then(closure);
                }
                result
            });
        });
    }
    group.finish();
}

fn settled(c: &mut Criterion) {
    let mut group = c.benchmark_group("settled");
    group.throughput(Throughput::Elements(4));
    group.bench_function("stages", |b| {
        b.iter(|| {
            D::<u64>::succeed(black_box(1))
                .add_callback(|n| Ok(black_box(n) + 1))
                .add_errback(|_| Ok(0))
                .add_callback(|n| Ok(black_box(n) + 1))
                .add_both(|result| result)
        });
    });
    group.bench_function("plain calls", |b| {
        let step = |n: u64| Ok::<u64, Interrupt>(black_box(n) + 1);
        let handle = |_: Interrupt| Ok::<u64, Interrupt>(0);
        b.iter(|| step(black_box(1)).or_else(handle).and_then(step));
    });
    group.finish();
}

fn waiting(c: &mut Criterion) {
    let mut group = c.benchmark_group("waiting");
    group.throughput(Throughput::Elements(1));
    group.bench_function("stage that returns a pending Deferred", |b| {
        b.iter(|| {
            let (inner_resolver, inner) = D::<u64>::pair();
            let (resolver, d) = D::<u64>::pair();
            let d = d.add_callback(move |_| inner).map(|n| n + 1);
            resolver.callback(1);
            inner_resolver.callback(black_box(2));
            d
        });
    });
    group.finish();
}

criterion_group!(benches, pending, settled, waiting);
criterion_main!(benches);
