//! The machinery below lists and races: a node on every member, and a head that one of them fires.

use std::cell::{Cell, RefCell};
use std::panic::Location;
use std::rc::{Rc, Weak};

use super::cancel::cancel;
use super::chain::{Chain, Cursor, Node, Sink, attach};
use super::circle::Ways;
use super::control::Feed;
use super::deferred::Deferred;
use super::head::{Canceller, Head, Producer, Verdict};
use super::outcome::Fault;
use super::release::discard;
use super::resolver::fire;

/// What happens to the members left when a list fires early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "there is no third thing to do")]
pub enum Rest {
    /// They go on, and what they come to is dropped.
    Leave,
    /// They are cancelled before the list fires.
    Cancel,
}

/// When a list fires, and with what.
pub(super) trait Mode<T, E>: Sized + 'static {
    type Ok: 'static;
    type Error: Fault;

    /// Whether a cancelled list settles even if its members do not.
    const SETTLES_WHEN_CANCELLED: bool = false;

    /// What one outcome alone means.
    fn look_at(index: usize, outcome: Result<T, E>) -> Decision<T, E, Self>;

    /// What all outcomes together come to.
    fn complete(outcomes: Vec<Result<T, E>>) -> Result<Self::Ok, Self::Error>;
}

pub(super) enum Decision<T, E, M: Mode<T, E>> {
    Keep(Result<T, E>),
    Fire(Result<M::Ok, M::Error>),
}

#[track_caller]
pub(super) fn gather<T: 'static, E: Fault, M: Mode<T, E>>(
    members: impl IntoIterator<Item = Deferred<T, E>>,
    _mode: M,
    rest: Rest,
) -> Deferred<M::Ok, M::Error> {
    let origin = Location::caller();
    let members: Vec<_> = members.into_iter().collect();
    if members.is_empty() {
        return Deferred::settled(M::complete(Vec::new()));
    }
    let unsettled = Unsettled::of(members.len());
    let head = Rc::new(Head::new(
        Some(CancelMembers {
            unsettled: unsettled.clone(),
            then_settle: M::SETTLES_WHEN_CANCELLED,
        }),
        origin,
    ));
    head.control().fed_by(Feed::Chains);
    let gathered = Deferred::from_head(&head);
    let gathering = Rc::new(Gathering::<T, E, M> {
        outcomes: RefCell::new(members.iter().map(|_| None).collect()),
        head: Cell::new(Some(head.clone())),
        rest,
        unsettled,
    });
    let mut cursor = Cursor::new(head);
    for (index, member) in members.into_iter().enumerate() {
        if gathering.is_decided() && rest == Rest::Cancel {
            member.cancel();
        }
        match member.into_ready() {
            Ok(outcome) => {
                let next = gathering.note(index, outcome, &mut cursor);
                debug_assert!(next.is_none(), "no stage was added yet");
            }
            Err(waiting) => {
                gathering.unsettled.add(index, &waiting.chain);
                let entry = Entry {
                    gathering: gathering.clone(),
                    index,
                    input: Cell::new(None),
                    noted: Cell::new(false),
                };
                attach(waiting, Rc::new(entry));
            }
        }
    }
    gathered
}

struct Gathering<T, E, M: Mode<T, E>> {
    outcomes: RefCell<Vec<Option<Result<T, E>>>>,
    /// Gone as soon as it is decided what the list fires with.
    head: Cell<Option<ListHead<M::Ok, M::Error>>>,
    rest: Rest,
    unsettled: Unsettled,
}

type ListHead<T, E> = Rc<dyn Producer<T, E>>;

impl<T: 'static, E: Fault, M: Mode<T, E>> Gathering<T, E, M> {
    fn is_decided(&self) -> bool {
        let head = self.head.take();
        let decided = head.is_none();
        self.head.set(head);
        decided
    }

    /// Takes the outcome of a member; fires the list, and turns to its chain, if that decides it.
    fn note(
        &self,
        index: usize,
        outcome: Result<T, E>,
        cursor: &mut Cursor,
    ) -> Option<Rc<dyn Node>> {
        let Some(head) = self.head.take() else {
            discard(outcome);
            return None;
        };
        let result = match M::look_at(index, outcome) {
            Decision::Fire(result) => {
                if self.rest == Rest::Cancel {
                    self.unsettled.cancel_all_but(index);
                }
                result
            }
            Decision::Keep(outcome) => {
                self.outcomes.borrow_mut()[index] = Some(outcome);
                if self.unsettled.note_outcome() > 0 {
                    self.head.set(Some(head));
                    return None;
                }
                M::complete(self.outcomes.take().into_iter().flatten().collect())
            }
        };
        discard(self.outcomes.take());
        cursor.detour(head.clone(), None);
        match fire(&head, result, cursor) {
            Ok(next) => next,
            Err(late) => {
                discard(late);
                None
            }
        }
    }
}

/// The last stage of a member.
struct Entry<T, E, M: Mode<T, E>> {
    gathering: Rc<Gathering<T, E, M>>,
    index: usize,
    input: Cell<Option<Result<T, E>>>,
    noted: Cell<bool>,
}

impl<T: 'static, E: Fault, M: Mode<T, E>> Node for Entry<T, E, M> {
    fn run(self: Rc<Self>, cursor: &mut Cursor) -> Option<Rc<dyn Node>> {
        let outcome = self.input.take()?;
        self.noted.set(true);
        self.gathering.note(self.index, outcome, cursor)
    }

    fn onward(&self, ways: &mut Ways) {
        let head = self.gathering.head.take();
        if let Some(head) = &head {
            ways.join(head.clone());
        }
        self.gathering.head.set(head);
    }
}

impl<T: 'static, E: Fault, M: Mode<T, E>> Sink<T, E> for Entry<T, E, M> {
    fn put(&self, input: Result<T, E>) {
        self.input.set(Some(input));
    }
}

impl<T, E, M: Mode<T, E>> Drop for Entry<T, E, M> {
    fn drop(&mut self) {
        if !self.noted.get() {
            self.gathering.unsettled.note_loss();
        }
        discard(self.input.take());
    }
}

/// What a list and its canceller know of the members.
#[derive(Clone)]
struct Unsettled(Rc<Members>);

struct Members {
    /// Those that were pending when the list was made, in order.
    chains: RefCell<Vec<Indexed>>,
    /// How many have no outcome yet.
    missing: Cell<usize>,
    /// How many of these never will: they went without firing.
    lost: Cell<usize>,
}

type Indexed = (usize, Weak<dyn Chain>);

impl Unsettled {
    fn of(members: usize) -> Self {
        Self(Rc::new(Members {
            chains: RefCell::default(),
            missing: Cell::new(members),
            lost: Cell::new(0),
        }))
    }

    fn add(&self, index: usize, chain: &Rc<dyn Chain>) {
        let mut chains = self.0.chains.borrow_mut();
        chains.push((index, Rc::downgrade(chain)));
    }

    /// There is one outcome more; tells how many are missing.
    fn note_outcome(&self) -> usize {
        self.0.missing.set(self.0.missing.get() - 1);
        self.0.missing.get()
    }

    fn note_loss(&self) {
        self.0.lost.set(self.0.lost.get() + 1);
    }

    fn chains(&self) -> Vec<Weak<dyn Chain>> {
        let chains = self.0.chains.borrow();
        chains.iter().map(|(_, chain)| chain.clone()).collect()
    }

    fn cancel_all_but(&self, winner: usize) {
        for (index, chain) in self.0.chains.take() {
            if index != winner
                && let Some(chain) = chain.upgrade()
            {
                cancel(chain);
            }
        }
    }
}

struct CancelMembers {
    unsettled: Unsettled,
    then_settle: bool,
}

impl<T, E> Canceller<T, E> for CancelMembers {
    fn cancel(self) -> Verdict<T, E, Self> {
        let members = self.unsettled.chains();
        Verdict::Members(members, self)
    }

    fn is_stuck(&self) -> bool {
        self.then_settle || self.unsettled.0.lost == self.unsettled.0.missing
    }

    fn feeders(&self, found: &mut Vec<Weak<dyn Chain>>) {
        found.extend(self.unsettled.chains());
    }
}
