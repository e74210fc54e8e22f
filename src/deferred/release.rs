//! Dropping without recursion.
//!
//! A node owns the nodes behind it, and closures own whole chains, so plain drop glue would use
//! one stack frame a link. Whoever lets go of a node hands it to [`release`]: the outermost
//! caller drops, and what comes loose meanwhile waits in a queue for it.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use super::cancel::cancel;
use super::chain::{Chain, Node};
use super::outcome::Interrupt;
use super::report;

/// Lets go of a node; frees it, and all it alone keeps alive, in bounded stack.
#[inline]
pub(super) fn release(node: Rc<dyn Node>) {
    // Another owner is left: nothing dies here.
    if Rc::strong_count(&node) == 1 {
        dispose(Item::Node(node));
    }
}

/// Settles a chain whose producer has gone with `Abandoned`; inside a drop, once that is over.
pub(super) fn abandon(chain: Rc<dyn Chain>) {
    dispose(Item::Abandoned(chain));
}

/// Cancels a chain whose future was dropped; inside a drop, once that is over. So futures that own
/// each other are cancelled one after the other, and not one inside the other.
pub(super) fn cancel_in_turn(chain: Rc<dyn Chain>) {
    dispose(Item::Cancelled(chain));
}

/// Drops a value of the user's: a panic in its `Drop` is reported and stays here.
pub(crate) fn discard<V>(value: V) {
    if !std::mem::needs_drop::<V>() {
        return;
    }
    match Scope::enter() {
        Some(scope) => {
            contain(|| drop(value));
            scope.drain();
        }
        None => contain(|| drop(value)),
    }
}

/// Runs code of ours that drops values of the user's.
pub(crate) fn own_code<R>(code: impl FnOnce() -> R) -> Result<R, Interrupt> {
    catch_unwind(AssertUnwindSafe(code)).map_err(|payload| {
        let interrupt = Interrupt::panicked(&*payload);
        contain(|| drop(payload));
        interrupt
    })
}

/// Runs code of the user's, which sees drops happen at once whatever surrounds it.
pub(super) fn user_code<R>(code: impl FnOnce() -> R) -> Result<R, Interrupt> {
    let outer = DROPPING.replace(false);
    let outcome = catch_unwind(AssertUnwindSafe(code));
    DROPPING.set(outer);
    outcome.map_err(|payload| {
        let interrupt = Interrupt::panicked(&*payload);
        contain(|| drop(payload));
        interrupt
    })
}

enum Item {
    Node(Rc<dyn Node>),
    Abandoned(Rc<dyn Chain>),
    Cancelled(Rc<dyn Chain>),
}

impl Item {
    fn process(self) {
        match self {
            Self::Node(node) => contain(|| drop(node)),
            Self::Abandoned(chain) => chain.abandon(),
            Self::Cancelled(chain) => {
                cancel(chain);
            }
        }
    }
}

fn dispose(item: Item) {
    match Scope::enter() {
        Some(scope) => {
            item.process();
            scope.drain();
        }
        None => {
            let mut item = Some(item);
            let _ = LOOSE.try_with(|loose| loose.borrow_mut().extend(item.take()));
            // The thread is ending and its queue is gone.
            if let Some(item) = item {
                item.process();
            }
        }
    }
}

fn contain(drop_it: impl FnOnce()) {
    if let Err(payload) = catch_unwind(AssertUnwindSafe(drop_it)) {
        report::panic_in("a destructor", &Interrupt::panicked(&*payload));
        if let Err(another) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
            // A payload that panics in turn: there is no end to that.
            std::mem::forget(another);
        }
    }
}

/// The outermost drop on this thread.
struct Scope;

impl Scope {
    fn enter() -> Option<Self> {
        // Not `then_some`: a scope that is not needed must not be made, as its drop ends the outer one.
        (!DROPPING.replace(true)).then(|| Self)
    }

    fn drain(self) {
        while let Some(item) = LOOSE
            .try_with(|loose| loose.borrow_mut().pop_front())
            .ok()
            .flatten()
        {
            item.process();
        }
    }
}

impl Drop for Scope {
    fn drop(&mut self) {
        DROPPING.set(false);
    }
}

thread_local! {
    static DROPPING: Cell<bool> = const { Cell::new(false) };
    static LOOSE: RefCell<VecDeque<Item>> = const { RefCell::new(VecDeque::new()) };
}
