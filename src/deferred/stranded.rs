//! Chains that wait for one that has gone unfired, which only [`Resolver::forget`] brings about.
//!
//! Nothing will fire them; but whoever still has the end of one may cancel it, and then it goes on
//! from where it waits.
//!
//! [`Resolver::forget`]: super::resolver::Resolver::forget

use std::cell::Cell;
use std::rc::{Rc, Weak};

use super::chain::{Chain, Cursor, Node, Sink, Source, deliver};
use super::circle::{Ways, place};
use super::outcome::{Fault, Interrupt};
use super::release::release;

/// `chain` waited, to go on with this stage.
pub(super) fn at_sink<T: 'static, E: Fault>(sink: Rc<dyn Sink<T, E>>, chain: Rc<dyn Chain>) {
    if Rc::strong_count(&chain) > 1 {
        strand(&chain, Way::Sink(sink));
    } else {
        release(sink);
    }
    release(chain);
}

/// `chain` waited, to go on wherever the result of this node goes.
pub(super) fn at_source<T: 'static, E: Fault>(source: Rc<dyn Source<T, E>>, chain: Rc<dyn Chain>) {
    if place(&source) == place(&chain) {
        // The head itself: a chain must not own itself.
        let head = Rc::downgrade(&source);
        drop(source);
        if Rc::strong_count(&chain) > 1 {
            strand(&chain, Way::Head(head));
        }
    } else if Rc::strong_count(&chain) > 1 {
        strand(&chain, Way::Source(source));
    } else {
        release(source);
    }
    release(chain);
}

fn strand<T: 'static, E: Fault>(chain: &Rc<dyn Chain>, way: Way<T, E>) {
    let way = Cell::new(Some(way));
    chain.control().strand(Rc::new(Stranded { way }));
}

/// Where a stranded chain goes on.
struct Stranded<T: 'static, E: Fault> {
    way: Cell<Option<Way<T, E>>>,
}

enum Way<T: 'static, E: Fault> {
    Sink(Rc<dyn Sink<T, E>>),
    Source(Rc<dyn Source<T, E>>),
    Head(Weak<dyn Source<T, E>>),
}

impl<T, E: Fault> Node for Stranded<T, E> {
    fn run(self: Rc<Self>, cursor: &mut Cursor) -> Option<Rc<dyn Node>> {
        let source = match self.way.take()? {
            Way::Sink(sink) => {
                sink.put(Err(Interrupt::Cancelled.into()));
                return Some(sink);
            }
            Way::Source(source) => source,
            Way::Head(head) => head.upgrade()?,
        };
        deliver(source, Err(Interrupt::Cancelled.into()), cursor)
    }

    fn onward(&self, ways: &mut Ways) {
        let way = self.way.take();
        match &way {
            Some(Way::Sink(sink)) => ways.lead_to(sink.clone()),
            Some(Way::Source(source)) => ways.lead_to(source.clone()),
            Some(Way::Head(_)) | None => {}
        }
        self.way.set(way);
    }
}

impl<T, E: Fault> Drop for Stranded<T, E> {
    fn drop(&mut self) {
        match self.way.take() {
            Some(Way::Sink(sink)) => release(sink),
            Some(Way::Source(source)) => release(source),
            Some(Way::Head(_)) | None => {}
        }
    }
}
