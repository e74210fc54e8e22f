//! What a chain costs in allocations, and that a loop of waits stays as small as one round.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use counting_allocator::{counted, held};
use deferred_snmp::deferred::{Deferred, Interrupt, Resolver};
use util::result_of::result_of;

type D<T> = Deferred<T, Interrupt>;
type R<T> = Resolver<T, Interrupt>;

fn allocations<V>(work: impl FnOnce() -> V) -> u64 {
    counted(work).1
}

#[test]
fn a_pair_is_one_allocation() {
    assert_eq!(allocations(D::<u64>::pair), 1);
    let captured = 5_u64;
    assert_eq!(
        allocations(|| D::<u64>::with_canceller(move || Some(Ok(captured)))),
        1,
        "the canceller is stored with the head"
    );
}

#[test]
fn a_pending_stage_is_one_allocation() {
    let (resolver, d) = D::<u64>::pair();
    let (d, cost) = counted(|| {
        d.add_callback(|n| Ok(n + 1))
            .add_errback(|_| Ok(0))
            .add_both(|result| result)
            .add_callbacks(|n| Ok(n * 2), |_| Ok(1))
            .map(|n| n + 1)
            .map_err(|error| error)
    });
    assert_eq!(cost, 6, "one a stage");
    assert_eq!(
        allocations(|| resolver.callback(1)),
        0,
        "settling allocates nothing"
    );
    assert_eq!(result_of(d), Some(Ok(5)));
}

#[test]
fn a_pending_stage_is_as_large_as_what_it_holds_and_fifteen_words() {
    let (_resolver, d) = D::<u64>::pair();
    let captured = [1_u64; 4];
    let before = held();
    let d = d.add_callback(move |n| Ok(n + captured[0]));
    let octets = held() - before;
    assert!(octets <= 15 * 8 + 32, "{octets} octets");
    drop(d);
}

#[test]
fn d_007_a_settled_stage_is_no_allocation() {
    let (d, cost) = counted(|| {
        D::<u64>::succeed(1)
            .add_callback(|n| Ok(n + 1))
            .add_errback(|_| Ok(0))
            .add_callback(|n| D::succeed(n + 1))
            .add_both(|result| result)
            .map(|n| n + 1)
    });
    assert_eq!(cost, 0);
    assert_eq!(result_of(d), Some(Ok(4)));
}

#[test]
fn a_chain_that_has_settled_falls_back_to_no_allocation() {
    let (resolver, d) = D::<u64>::pair();
    let d = d.add_callback(|n| Ok(n + 1));
    resolver.callback(1);
    assert_eq!(
        allocations(|| d.add_callback(|n| Ok(n + 1)).map(|n| n + 1)),
        0
    );
}

#[test]
fn waiting_allocates_nothing_of_its_own() {
    let (inner_resolver, inner) = D::<u64>::pair();
    let (resolver, d) = D::<()>::pair();
    let d = d.add_callback(move |()| inner).map(|n| n + 1);
    assert_eq!(allocations(|| resolver.callback(())), 0);
    assert_eq!(allocations(|| inner_resolver.callback(1)), 0);
    assert_eq!(result_of(d), Some(Ok(2)));
}

/// Pretends to be a network: whoever asks gets a Deferred that fires when `answer` is called.
#[derive(Default)]
struct Network {
    asked: RefCell<Option<R<u64>>>,
}

impl Network {
    fn request(&self) -> D<u64> {
        let (resolver, d) = D::pair();
        let former = self.asked.replace(Some(resolver));
        assert!(former.is_none(), "one request at a time");
        d
    }

    fn answer(&self, n: u64) {
        self.asked.take().expect("a request").callback(n);
    }
}

fn walk(network: Rc<Network>) -> D<u64> {
    network.clone().request().add_callback(move |n| {
        if n == 0 {
            D::succeed(77)
        } else {
            walk(network)
        }
    })
}

/// As `walk`, and each request is itself a Deferred that waits.
fn indirect_walk(network: Rc<Network>) -> D<u64> {
    let (resolver, d) = D::<()>::pair();
    let asker = network.clone();
    let d = d.add_callback(move |()| asker.request());
    resolver.callback(());
    assert!(d.is_waiting());
    d.add_callback(move |n| {
        if n == 0 {
            D::succeed(77)
        } else {
            indirect_walk(network)
        }
    })
}

/// As `walk`, going on in the innermost Deferred, with the waiting one in between.
fn inside_out_walk(network: Rc<Network>) -> D<u64> {
    let (resolver, d) = D::<()>::pair();
    let d = d.add_callback(move |()| walk_from_inside(network));
    resolver.callback(());
    d
}

fn walk_from_inside(network: Rc<Network>) -> D<u64> {
    network.clone().request().add_callback(move |n| {
        if n == 0 {
            D::succeed(77)
        } else {
            inside_out_walk(network)
        }
    })
}

fn stays_small(rounds: u64, walk: fn(Rc<Network>) -> D<u64>) {
    let network = Rc::new(Network::default());
    let seen = Rc::new(Cell::new(0));
    let sink = seen.clone();
    let d = walk(network.clone()).add_callback(move |n| sink.set(n));
    for n in 0..10 {
        network.answer(10 - n);
    }
    let before = held();
    for round in 0..rounds {
        network.answer(rounds - round);
    }
    let growth = held() - before;
    assert!(growth.abs() < 512, "{growth} octets in {rounds} rounds");
    network.answer(0);
    assert_eq!(seen.get(), 77);
    drop(d);
}

#[test]
fn d_039_a_loop_of_waits_has_constant_size() {
    std::thread::Builder::new()
        .stack_size(512 * 1024)
        .spawn(|| stays_small(1_000_000, walk))
        .expect("a thread")
        .join()
        .expect("the loop ends");
}

#[test]
fn d_039_however_the_waits_are_nested() {
    stays_small(10_000, indirect_walk);
    stays_small(10_000, inside_out_walk);
}

#[test]
fn d_039_also_when_a_loop_is_cancelled_in_the_end() {
    let network = Rc::new(Network::default());
    let d = walk(network.clone());
    for _ in 0..1000 {
        network.answer(1);
    }
    assert!(d.cancel(), "it reaches the request that is out now");
    assert!(network.asked.take().expect("a request").is_cancelled());
    assert_eq!(result_of(d), Some(Err(Interrupt::Cancelled)));
}
