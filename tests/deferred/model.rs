//! Graphs of Deferreds made at random: whatever is done to them, in whatever order, also from inside
//! their stages, every chain ends, each stage runs once, and nothing is left over.

use std::cell::{Cell, RefCell};
use std::future::IntoFuture;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Waker};
use std::time::Duration;

use deferred_snmp::deferred::{
    CancelHandle, DeferredFuture, DeferredList, DeferredLock, DeferredQueue, PauseGuard, Resolver,
    Rest, gather_results, race, set_reporter,
};
use deferred_snmp::reactor::{Handle, Reactor};
use deferred_snmp::task::Clock;

use crate::journal::{D, Oops};

/// How many graphs are made of each kind.
const GRAPHS: u64 = if cfg!(miri) { 10 } else { 1_000 };
/// How much is done to each.
const STEPS: usize = 60;
/// What stages may do to the graph while they run, all together; so that each graph has an end.
const INSIDE: usize = 60;

thread_local! {
    static GRAPH: RefCell<Option<Rc<Graph>>> = const { RefCell::new(None) };
    static ALIVE: Cell<isize> = const { Cell::new(0) };
}

/// Counts as long as it is alive.
#[derive(Debug)]
struct Counted;

impl Counted {
    fn new() -> Self {
        ALIVE.set(ALIVE.get() + 1);
        Self
    }
}

impl Clone for Counted {
    fn clone(&self) -> Self {
        Self::new()
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        ALIVE.set(ALIVE.get() - 1);
    }
}

type End = D<Counted>;

/// What may happen besides firing, following, copying, joining and cancelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Nothing that could keep a chain from its end.
    Plain,
    /// The firing side is forgotten, and locks are waited for inside of each other.
    Stuck,
}

/// What there is to do something with.
struct Graph {
    kind: Kind,
    seed: Cell<u64>,
    inside: Cell<usize>,
    clock: Clock,
    reactor: Option<Handle>,
    resolvers: RefCell<Vec<Resolver<Counted, Oops>>>,
    ends: RefCell<Vec<End>>,
    handles: RefCell<Vec<CancelHandle>>,
    guards: RefCell<Vec<PauseGuard>>,
    futures: RefCell<Vec<DeferredFuture<Counted, Oops>>>,
    lock: DeferredLock<Oops>,
    in_line: RefCell<Vec<CancelHandle>>,
    queue: DeferredQueue<Counted, Oops>,
    /// How often each stage has run.
    runs: RefCell<Vec<u32>>,
}

impl Graph {
    fn new(kind: Kind, seed: u64, reactor: Option<Handle>) -> Self {
        Self {
            reactor,
            kind,
            seed: Cell::new(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1),
            inside: Cell::new(INSIDE),
            clock: Clock::new(),
            resolvers: RefCell::default(),
            ends: RefCell::default(),
            handles: RefCell::default(),
            guards: RefCell::default(),
            futures: RefCell::default(),
            lock: DeferredLock::new(),
            in_line: RefCell::default(),
            queue: DeferredQueue::new(),
            runs: RefCell::default(),
        }
    }

    /// The next number below `limit` of a fixed sequence (xorshift64).
    fn random(&self, limit: usize) -> usize {
        let mut x = self.seed.get();
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        self.seed.set(x);
        (x >> 16) as usize % limit
    }

    fn take<X>(&self, from: &RefCell<Vec<X>>) -> Option<X> {
        let len = from.borrow().len();
        (len > 0).then(|| {
            let index = self.random(len);
            from.borrow_mut().swap_remove(index)
        })
    }

    fn end(&self) -> Option<End> {
        self.take(&self.ends)
    }

    fn keep(&self, end: End) {
        self.ends.borrow_mut().push(end);
    }

    fn result(&self) -> Result<Counted, Oops> {
        match self.random(3) {
            0 => Err(Oops::Said("no")),
            _ => Ok(Counted::new()),
        }
    }

    /// One step from inside a stage, a canceller or a drop.
    fn step_inside(&self) {
        if self.inside.get() > 0 {
            self.inside.set(self.inside.get() - 1);
            self.step();
        }
    }

    fn make(&self) {
        let (resolver, end) = if self.random(3) == 0 {
            let kept = Counted::new();
            D::with_canceller(move || {
                let _kept = &kept;
                let graph = graph()?;
                graph.step_inside();
                (graph.random(2) == 0).then(|| graph.result())
            })
        } else {
            D::pair()
        };
        self.resolvers.borrow_mut().push(resolver);
        self.keep(end);
    }

    /// Adds a stage that does anything.
    fn add_stage(&self, end: End) -> End {
        let number = self.runs.borrow().len();
        self.runs.borrow_mut().push(0);
        let kept = Counted::new();
        // Forgotten chains whose closures have each other's ends would be a circle that nobody can end.
        let has_inner = self.kind == Kind::Plain && self.random(3) == 0;
        let inner = if has_inner { self.end() } else { None };
        let stage = move |result: Result<Counted, Oops>| -> End {
            let _kept = &kept;
            let Some(graph) = graph() else {
                return D::settled_or(result);
            };
            graph.runs.borrow_mut()[number] += 1;
            if graph.random(2) == 0 {
                graph.step_inside();
            }
            match graph.random(8) {
                // A panic that nothing is printed of.
                0 => std::panic::resume_unwind(Box::new("a stage")),
                1 | 2 => graph.end().unwrap_or_else(|| D::settled_or(result)),
                3 | 4 => inner.unwrap_or_else(|| D::settled_or(result)),
                5 => D::settled_or(graph.result()),
                _ => D::settled_or(result),
            }
        };
        end.add_both(stage)
    }

    fn members(&self) -> Vec<End> {
        let count = 1 + self.random(3);
        std::iter::from_fn(|| self.end()).take(count).collect()
    }

    fn step(&self) {
        match self.random(27) {
            0..=3 => self.make(),
            4..=7 => {
                if let Some(end) = self.end() {
                    self.keep(self.add_stage(end));
                }
            }
            8 | 9 => {
                if let (Some(resolver), Some(end)) = (self.take(&self.resolvers), self.end()) {
                    resolver.follow(end);
                }
            }
            10 => {
                if let Some(end) = self.end() {
                    let (this, copy) = end.fork();
                    self.keep(this);
                    self.keep(copy);
                }
            }
            11 => {
                if let (Some(resolver), Some(end)) = (self.take(&self.resolvers), self.end()) {
                    self.keep(end.forward_to(resolver).map(|()| Counted::new()));
                }
            }
            12 => {
                let members = self.members();
                self.keep(gather_results(members).map(|_| Counted::new()));
            }
            13 => {
                let members = self.members();
                let list = DeferredList::fire_on_one(members, Rest::Leave);
                self.keep(list.then(|result| match result {
                    Ok((_, value)) => Ok(value),
                    Err(error) => Err(error.into_sub_failure()),
                }));
            }
            14 => {
                let members = self.members();
                self.keep(race(members).then(|result| match result {
                    Ok((_, value)) => Ok(value),
                    Err(_) => Err(Oops::Said("all")),
                }));
            }
            15 => {
                if let Some(end) = self.end() {
                    self.guards.borrow_mut().push(end.pause());
                    self.keep(end);
                }
            }
            16 => drop(self.take(&self.guards)),
            17 => {
                if let Some(end) = self.end() {
                    self.handles.borrow_mut().push(end.cancel_handle());
                    self.keep(end);
                }
            }
            18 => {
                if let Some(handle) = self.take(&self.handles) {
                    handle.cancel();
                }
            }
            19 => {
                if let Some(resolver) = self.take(&self.resolvers) {
                    resolver.resolve(self.result());
                }
            }
            20 => drop(self.take(&self.resolvers)),
            21 => {
                if let Some(end) = self.end() {
                    let limit = Duration::from_secs(1 + self.random(3) as u64);
                    self.keep(end.add_timeout(limit, &self.clock));
                }
            }
            22 => {
                if self.inside.get() == INSIDE {
                    self.clock.advance(Duration::from_secs(1)).expect("it ends");
                }
            }
            23 => self.step_of_a_future(),
            24 => {
                if let Some(reactor) = &self.reactor {
                    self.keep(reactor.spawn(coroutine(Counted::new())));
                }
            }
            25 => {
                if let Some(reactor) = &self.reactor {
                    self.keep(reactor.from_future(coroutine(Counted::new())));
                }
            }
            _ => self.step_of_its_kind(),
        }
    }

    fn step_of_a_future(&self) {
        match self.random(3) {
            0 => {
                if let Some(end) = self.end() {
                    self.futures.borrow_mut().push(end.into_future());
                }
            }
            1 => {
                if let Some(mut future) = self.take(&self.futures) {
                    let mut context = Context::from_waker(Waker::noop());
                    if Pin::new(&mut future).poll(&mut context).is_pending() {
                        self.futures.borrow_mut().push(future);
                    }
                }
            }
            _ => drop(self.take(&self.futures)),
        }
    }

    fn step_of_its_kind(&self) {
        if self.kind == Kind::Plain {
            if let Some(end) = self.end() {
                drop(end);
            }
            return;
        }
        match self.random(4) {
            0 => {
                if let Some(resolver) = self.take(&self.resolvers) {
                    resolver.forget();
                }
            }
            1 => {
                let work = || graph().and_then(|graph| graph.end());
                let done = || D::settled_or(Ok(Counted::new()));
                let end = self.lock.run(move || work().unwrap_or_else(done));
                // Whoever holds the lock may come to wait for those in line.
                self.in_line.borrow_mut().push(end.cancel_handle());
                self.keep(end);
            }
            2 => self.keep(self.queue.get().expect("no limit")),
            _ => self.queue.put(Counted::new()).expect("no limit"),
        }
    }

    /// Fires and releases all there is, again and again, as stages make more.
    fn fire_all(&self) {
        loop {
            let guards = self.guards.take();
            let resolvers = self.resolvers.take();
            if guards.is_empty() && resolvers.is_empty() {
                return;
            }
            drop(guards);
            for resolver in resolvers {
                resolver.resolve(self.result());
            }
        }
    }
}

trait Settled {
    fn settled_or(result: Result<Counted, Oops>) -> Self;
}

impl Settled for End {
    fn settled_or(result: Result<Counted, Oops>) -> Self {
        match result {
            Ok(value) => Self::succeed(value),
            Err(error) => Self::fail(error),
        }
    }
}

/// A coroutine that waits for anything, and does anything in between.
async fn coroutine(kept: Counted) -> Result<Counted, Oops> {
    let mut result = Ok(kept);
    for _ in 0..3 {
        let Some(graph) = graph() else { break };
        match graph.random(4) {
            0 => graph.step_inside(),
            1 | 2 => {
                let end = graph.end();
                drop(graph);
                if let Some(end) = end {
                    result = end.await;
                }
            }
            _ => break,
        }
    }
    result
}

fn graph() -> Option<Rc<Graph>> {
    GRAPH.with_borrow(Clone::clone)
}

/// Makes one graph, does things to it, and takes it apart.
fn one(kind: Kind, seed: u64) {
    // Miri does not know what a reactor waits with.
    let reactor = (!cfg!(miri)).then(|| Reactor::new().expect("a reactor"));
    let handle = reactor.as_ref().map(Reactor::handle);
    let graph = Rc::new(Graph::new(kind, seed, handle));
    GRAPH.set(Some(graph.clone()));
    for _ in 0..STEPS {
        graph.step();
    }
    graph.inside.set(0);
    if kind == Kind::Plain {
        graph.fire_all();
        let mut pending = 0;
        for end in graph.ends.take() {
            pending += usize::from(util::result_of::result_of(end).is_none());
        }
        assert_eq!(pending, 0, "nothing can fire these, seed {seed}");
    } else {
        drop(graph.guards.take());
        for handle in graph.in_line.take() {
            handle.cancel();
            drop(graph.guards.take());
        }
        for end in graph.ends.take() {
            // A stage may answer by waiting for something else.
            for _ in 0..2 * (STEPS + INSIDE) {
                end.cancel();
                drop(graph.guards.take());
            }
            assert!(
                util::result_of::result_of(end).is_some(),
                "a cancelled chain has an end, seed {seed}"
            );
        }
    }
    let most = graph.runs.borrow().iter().copied().max();
    assert!(most.unwrap_or(0) <= 1, "seed {seed}");
    GRAPH.set(None);
    let clock = graph.clock.clone();
    drop(graph);
    drop(reactor);
    assert_eq!(ALIVE.get(), 0, "left over, seed {seed}");
    assert!(clock.delayed_calls().is_empty(), "seed {seed}");
}

fn many(kind: Kind) {
    set_reporter(|_| ());
    for seed in 0..GRAPHS {
        one(kind, seed);
    }
}

#[test]
fn d_035_whatever_can_fire_has_fired_in_the_end() {
    many(Kind::Plain);
}

#[test]
fn d_079_whatever_waits_can_be_cancelled() {
    many(Kind::Stuck);
}
