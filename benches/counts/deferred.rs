//! Stages: on a Deferred that waits for its result, and on one that has it.

use std::hint::black_box;

use deferred_snmp::deferred::{Deferred, Interrupt};

use crate::Cases;

type D = Deferred<u64, Interrupt>;

pub(crate) fn cases(cases: &Cases) {
    cases.whole("Deferred, 16 stages, fired", || {
        let (resolver, mut deferred) = D::pair();
        for _ in 0..16 {
            deferred = deferred.add_callback(|n| Ok(black_box(n) + 1));
        }
        resolver.callback(black_box(1));
        drop(black_box(deferred));
    });
    cases.whole("Deferred, settled, 4 stages", || {
        let deferred = D::succeed(black_box(1))
            .add_callback(|n| Ok(black_box(n) + 1))
            .add_errback(|_| Ok(0))
            .add_callback(|n| Ok(black_box(n) + 1))
            .add_both(|result| result);
        drop(black_box(deferred));
    });
}
