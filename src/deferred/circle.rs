//! Chains that would wait for themselves.
//!
//! Such a chain never fires, and as each link owns the next nothing of it would ever be freed. So
//! it is looked for whenever a chain comes to wait for another one: inward, along what that one
//! waits for, and outward, along what becomes of this one's result, a step here and a step there.
//! What ends first without a hit decides. So a wait costs no more than the shorter of the two ways,
//! whichever end a long one grows at; and nothing in the usual case, an inner chain that waits for
//! its producer.

use std::collections::HashSet;
use std::rc::{Rc, Weak};

use super::chain::{Chain, Node};
use super::control::Feed;

/// Whether `outer` would wait for itself if it waited for the chain `inner`, whose last node is at
/// `end`. The result of `outer` comes out of the node that `from` yields.
pub(super) fn closes(
    outer: &Rc<dyn Chain>,
    from: impl FnOnce() -> Rc<dyn Node>,
    inner: &Rc<dyn Chain>,
    end: *const (),
) -> bool {
    if place(outer) == place(inner) {
        return true;
    }
    if inner.control().waits_for_producer() {
        return false;
    }
    let mut inward = Inward {
        target: place(outer),
        next: Some(inner.clone()),
        others: Vec::new(),
        passed: HashSet::new(),
        certain: true,
    };
    let mut outward = Ways::from(from());
    loop {
        match inward.step() {
            Step::Hit => return true,
            Step::End if inward.certain => return false,
            Step::End | Step::On => {}
        }
        match outward.step(end) {
            Step::Hit => return true,
            Step::End => return false,
            Step::On => {}
        }
    }
}

/// Where a node or chain is; what tells one from another.
pub(super) fn place<N: ?Sized>(node: &Rc<N>) -> *const () {
    Rc::as_ptr(node).cast()
}

enum Step {
    Hit,
    On,
    End,
}

/// Along what a chain waits for.
struct Inward {
    target: *const (),
    next: Option<Rc<dyn Chain>>,
    others: Vec<Weak<dyn Chain>>,
    /// The chains with several others to wait for.
    passed: HashSet<*const ()>,
    /// Nothing was met that may be fired by a chain that is not known here.
    certain: bool,
}

impl Inward {
    fn step(&mut self) -> Step {
        let next = self.next.take();
        let next =
            next.or_else(|| std::iter::from_fn(|| self.others.pop()).find_map(|w| w.upgrade()));
        let Some(chain) = next else {
            return Step::End;
        };
        if place(&chain) == self.target {
            return Step::Hit;
        }
        let control = chain.control();
        if control.is_fired() {
            self.next = control.waiting().and_then(|inner| inner.upgrade());
            return Step::On;
        }
        match control.feed() {
            Feed::Producer => {}
            Feed::Forwarded => self.certain = false,
            Feed::Chains if self.passed.insert(place(&chain)) => chain.feeders(&mut self.others),
            Feed::Chains => {}
        }
        Step::On
    }
}

/// Where results go, from node to node.
#[derive(Default)]
pub(super) struct Ways {
    next: Option<Rc<dyn Node>>,
    others: Vec<Rc<dyn Node>>,
    /// The nodes that several ways lead to.
    joined: HashSet<*const ()>,
    /// Only those of one chain are looked for.
    within: bool,
    /// The node asked last has a seam behind it.
    seam: bool,
}

impl Ways {
    fn from(node: Rc<dyn Node>) -> Self {
        Self {
            next: Some(node),
            ..Self::default()
        }
    }

    /// The result of a node goes on to this one, of another chain.
    pub(super) fn cross_to(&mut self, node: Rc<dyn Node>) {
        if !self.within {
            self.lead_to(node);
        }
    }

    /// What comes now belongs to a chain that this one has become.
    pub(super) fn note_seam(&mut self) {
        self.seam = true;
    }

    /// The result of a node goes on to this one.
    pub(super) fn lead_to(&mut self, node: Rc<dyn Node>) {
        if let Some(former) = self.next.replace(node) {
            self.others.push(former);
        }
    }

    /// As `lead_to`, where others may lead to it as well.
    pub(super) fn join(&mut self, node: Rc<dyn Node>) {
        if !self.within && self.joined.insert(place(&node)) {
            self.lead_to(node);
        }
    }

    fn step(&mut self, target: *const ()) -> Step {
        let Some(node) = self.next.take().or_else(|| self.others.pop()) else {
            return Step::End;
        };
        if place(&node) == target {
            return Step::Hit;
        }
        node.onward(self);
        Step::On
    }
}

/// Whether the result of a head comes back to it.
pub(super) fn returns(head: Rc<dyn Node>) -> bool {
    let target = place(&head);
    let mut ways = Ways::default();
    head.onward(&mut ways);
    loop {
        match ways.step(target) {
            Step::Hit => return true,
            Step::End => return false,
            Step::On => {}
        }
    }
}

/// The last node, from this one on, after which its chain is another one that had settled before.
pub(super) fn last_seam(node: &Rc<dyn Node>) -> Option<*const ()> {
    let mut ways = Ways::from(node.clone());
    ways.within = true;
    let mut last = None;
    while let Some(node) = ways.next.take() {
        node.onward(&mut ways);
        if std::mem::take(&mut ways.seam) {
            last = Some(place(&node));
        }
    }
    last
}
