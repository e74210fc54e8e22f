//! Rule D-037 at full size: a million links on a small stack, built, fired, cancelled, dropped.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use deferred_snmp::deferred::{Deferred, Interrupt, Resolver};
use util::result_of::result_of;

/// Under Miri, which is a thousand times slower, only what the links do to memory counts.
const LINKS: usize = if cfg!(miri) { 200 } else { 1_000_000 };
const STACK: usize = 512 * 1024;

type D<T> = Deferred<T, Interrupt>;
type R<T> = Resolver<T, Interrupt>;

fn on_a_small_stack(test: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new()
        .stack_size(STACK)
        .spawn(test)
        .expect("a thread")
        .join()
        .expect("the test body passes");
}

/// The innermost resolver and the outermost Deferred of a million that wait on each other.
fn nested_waits() -> (R<usize>, D<usize>) {
    let (innermost, mut d) = D::pair();
    for _ in 0..LINKS {
        let (resolver, outer) = D::pair();
        let outer = outer.add_callback(move |()| d);
        resolver.callback(());
        d = outer;
    }
    (innermost, d)
}

#[test]
fn d_037_a_million_stages() {
    on_a_small_stack(|| {
        let (resolver, mut d) = D::pair();
        for _ in 0..LINKS {
            d = d.add_callback(|n: usize| Ok(n + 1));
        }
        resolver.callback(0);
        assert_eq!(result_of(d), Some(Ok(LINKS)));
    });
}

#[test]
fn d_037_a_million_stages_dropped_unfired() {
    on_a_small_stack(|| {
        let (resolver, mut d) = D::pair();
        let alive = Rc::new(());
        for _ in 0..LINKS {
            let guard = alive.clone();
            d = d.add_callback(move |()| {
                let _ = &guard;
                Ok(())
            });
        }
        resolver.forget();
        drop(d);
        assert_eq!(Rc::strong_count(&alive), 1, "every closure is gone");
    });
}

#[test]
fn d_037_a_million_stages_settled_meanwhile() {
    on_a_small_stack(|| {
        let (resolver, mut d) = D::pair();
        for _ in 0..LINKS {
            d = d.add_callback(|n: usize| D::succeed(n + 1));
        }
        resolver.callback(0);
        assert_eq!(result_of(d), Some(Ok(LINKS)));
    });
}

#[test]
fn d_037_a_million_nested_waits() {
    on_a_small_stack(|| {
        let (innermost, d) = nested_waits();
        assert!(d.is_waiting());
        innermost.callback(5);
        assert_eq!(result_of(d), Some(Ok(5)));
    });
}

#[test]
fn d_037_a_million_nested_waits_with_stages_left() {
    on_a_small_stack(|| {
        let (innermost, mut d) = D::pair();
        for _ in 0..LINKS {
            let (resolver, outer) = D::pair();
            let outer = outer
                .add_callback(move |()| d)
                .add_callback(|n: usize| Ok(n + 1));
            resolver.callback(());
            d = outer;
        }
        innermost.callback(0);
        assert_eq!(result_of(d), Some(Ok(LINKS)));
    });
}

#[test]
fn d_037_a_million_nested_waits_dropped() {
    on_a_small_stack(|| {
        let (innermost, d) = nested_waits();
        drop(d);
        innermost.forget();
    });
    on_a_small_stack(|| {
        let (innermost, d) = nested_waits();
        innermost.forget();
        drop(d);
    });
}

#[test]
fn d_037_a_million_unfired_links_captured_in_each_other() {
    on_a_small_stack(|| {
        let resolvers = Rc::new(RefCell::new(Vec::new()));
        let (resolver, mut d) = D::<()>::pair();
        resolvers.borrow_mut().push(resolver);
        for _ in 0..LINKS {
            let (resolver, outer) = D::pair();
            resolvers.borrow_mut().push(resolver);
            d = outer.add_callback(move |()| d);
        }
        for resolver in resolvers.take() {
            resolver.forget();
        }
        drop(d);
    });
}

#[test]
fn d_070_a_million_resolvers_captured_in_each_other_are_abandoned() {
    on_a_small_stack(|| {
        let (last, d) = D::<()>::pair();
        let seen = Rc::new(Cell::new(false));
        let sink = seen.clone();
        d.add_errback(move |error| {
            sink.set(error == Interrupt::Abandoned);
        });
        let mut resolver = last;
        for _ in 0..LINKS {
            let (outer, d) = D::<()>::pair();
            d.add_callback(move |()| {
                let _ = &resolver;
            })
            .add_errback(|_| ());
            resolver = outer;
        }
        drop(resolver);
        assert!(seen.get(), "the last chain was abandoned too");
    });
}

#[test]
fn d_037_a_million_copies_of_copies() {
    on_a_small_stack(|| {
        let (resolver, mut d) = D::pair();
        for _ in 0..LINKS {
            let (this, copy) = d.fork();
            drop(this);
            d = copy;
        }
        resolver.callback(3);
        assert_eq!(result_of(d), Some(Ok(3)));
    });
}

#[test]
fn d_037_a_million_that_follow_each_other() {
    on_a_small_stack(|| {
        let (innermost, mut d) = D::pair();
        for _ in 0..LINKS {
            let (resolver, outer) = D::pair();
            resolver.follow(d);
            d = outer;
        }
        assert!(d.is_waiting());
        innermost.callback(4);
        assert_eq!(result_of(d), Some(Ok(4)));
    });
}

#[test]
fn d_079_a_million_links_cancelled() {
    on_a_small_stack(|| {
        let (innermost, d) = nested_waits();
        assert!(d.cancel());
        assert_eq!(result_of(d), Some(Err(Interrupt::Cancelled)));
        assert!(innermost.is_cancelled());
    });
}

#[test]
fn d_079_a_million_held_links_cancelled() {
    on_a_small_stack(|| {
        let (innermost, mut d) = D::<u8>::pair();
        let mut handles = Vec::new();
        for _ in 0..LINKS {
            let (resolver, outer) = D::pair();
            let outer = outer.add_callback(move |()| d);
            resolver.callback(());
            handles.push(outer.cancel_handle());
            d = outer;
        }
        assert!(handles[LINKS / 2].cancel());
        assert!(!d.cancel(), "everything has settled");
        drop(innermost);
        assert_eq!(result_of(d), Some(Err(Interrupt::Cancelled)));
    });
}
