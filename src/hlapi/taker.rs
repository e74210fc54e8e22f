//! Who takes the notifications of an engine, and what becomes of their acknowledgements.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

use crate::applications::acknowledgement;
use crate::deferred::Failure;
use crate::engine::{IncomingNotification, Peer, StateReference};
use crate::pdu::Pdu;
use crate::throttle::Throttle;

use super::receiver::{Notification, Queue};
use super::session::Session;
use super::under_way::{Inform, UnderWay, Worker};

/// Who takes the notifications of an engine.
pub(super) enum Taker {
    Callback(Box<dyn FnMut(&Notification)>),
    Queue(Rc<Queue>),
    Worker(Worker),
}

/// Why a notification is not handed over.
#[derive(Clone, Copy, Debug)]
enum NotTaken {
    NobodyReceives,
    QueueIsFull,
    TooManyUnderWay,
}

impl fmt::Display for NotTaken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NobodyReceives => "nobody receives any more",
            Self::QueueIsFull => "the queue of the receiver is full",
            Self::TooManyUnderWay => "the receiver works on as many as it may",
        })
    }
}

impl Taker {
    /// Whether another notification with `len` octets of bindings is taken; counted if not.
    fn room_for(&self, len: usize) -> Result<(), NotTaken> {
        let (has_room, otherwise) = match self {
            Self::Callback(_) => return Ok(()),
            Self::Queue(queue) => (queue.has_room(len), NotTaken::QueueIsFull),
            Self::Worker(worker) => (worker.under_way().has_room(), NotTaken::TooManyUnderWay),
        };
        has_room.then_some(()).ok_or(otherwise)
    }

    /// Hands over a notification that there is room for, and sees to its acknowledgement.
    fn take(&mut self, session: &Rc<Session>, incoming: IncomingNotification) {
        match self {
            Self::Callback(callback) => {
                session.acknowledge(&incoming);
                let notification = session.notification(incoming);
                callback(&notification);
                session.recycle(notification.into_incoming().pdu);
            }
            Self::Queue(queue) => {
                session.acknowledge(&incoming);
                queue.put(session.notification(incoming));
            }
            Self::Worker(worker) => worker.take(session, incoming),
        }
    }
}

/// The place of an engine's receiver.
#[derive(Default)]
pub(super) struct ReceiverPlace {
    taker: RefCell<Option<Taker>>,
    /// Which one it is: a handle on an earlier one closes nothing.
    number: Cell<u64>,
    /// Whether there is one, in its place or lent.
    is_open: Cell<bool>,
    /// Of the records of notifications that nobody has taken.
    throttle: RefCell<Throttle>,
}

impl ReceiverPlace {
    /// Whether somebody receives.
    pub(super) fn is_open(&self) -> bool {
        self.is_open.get()
    }

    /// Puts another one there, or none, and gives its number.
    pub(super) fn replace(&self, taker: Option<Taker>) -> u64 {
        let number = self.number.get() + 1;
        self.number.set(number);
        self.is_open.set(taker.is_some());
        // What is dropped may run code that comes back here.
        let earlier = self.taker.replace(taker);
        drop(earlier);
        number
    }

    /// What the receiver works on, if it takes notifications with a Deferred.
    fn under_way(&self) -> Option<Rc<UnderWay>> {
        match self.taker.borrow().as_ref()? {
            Taker::Worker(worker) => Some(Rc::clone(worker.under_way())),
            Taker::Callback(_) | Taker::Queue(_) => None,
        }
    }

    pub(super) fn is(&self, number: u64) -> bool {
        self.is_open() && self.number.get() == number
    }

    /// Takes the receiver out for as long as it runs: it may close or replace itself.
    fn lend(&self) -> Option<Lent<'_>> {
        Some(Lent {
            taker: Some(self.taker.take()?),
            place: self,
            number: self.number.get(),
        })
    }
}

impl Drop for ReceiverPlace {
    fn drop(&mut self) {
        if self.is_open() {
            debug!("an engine has ended whose receiver of notifications was open");
        }
    }
}

/// A receiver that runs. It goes back to its place, also after a panic, unless it has been replaced.
struct Lent<'a> {
    taker: Option<Taker>,
    place: &'a ReceiverPlace,
    number: u64,
}

impl Lent<'_> {
    fn taker(&mut self) -> Option<&mut Taker> {
        self.taker.as_mut()
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        if self.place.is(self.number) {
            self.place.taker.replace(self.taker.take());
        }
    }
}

impl Session {
    /// Hands a notification to the receiver.
    pub(super) fn notified(self: &Rc<Self>, incoming: IncomingNotification) {
        let mut lent = self.receiver().lend();
        let len = incoming.pdu.var_binds.octets().len();
        let taker = lent.as_mut().and_then(Lent::taker);
        let taker = taker.ok_or(NotTaken::NobodyReceives);
        match taker.and_then(|taker| taker.room_for(len).map(|()| taker)) {
            Ok(taker) => taker.take(self, incoming),
            Err(why) => {
                self.warn_of_dropped(incoming.peer, &why);
                self.leave(incoming.state, incoming.pdu);
            }
        }
    }

    /// Acknowledges a notification, if it is an inform.
    fn acknowledge(&self, incoming: &IncomingNotification) {
        if let Some(state) = incoming.state {
            self.binding().with_engine(|engine, now| {
                let answer = acknowledgement(incoming, engine.buffer());
                engine.respond(now, state, answer)
            });
        }
    }

    pub(super) fn notification(&self, incoming: IncomingNotification) -> Notification {
        let local_addr = self.binding().local_addr(incoming.peer.endpoint);
        Notification::new(incoming, local_addr, self.names())
    }

    /// What a notification has come to that was handed over with a Deferred; no error if there is nothing to tell.
    pub(super) fn taken(
        &self,
        peer: Peer,
        inform: Option<Inform>,
        result: Result<(), Option<Failure>>,
    ) {
        if let Err(Some(error)) = &result {
            self.warn_of_dropped(peer, &format_args!("the receiver failed: {error}"));
        }
        let Some(inform) = inform else { return };
        let (state, answer) = (inform.state, inform.acknowledgement);
        match result {
            Ok(()) => {
                _ = self
                    .binding()
                    .with_engine(|engine, now| engine.respond(now, state, answer))
            }
            Err(_) => self.leave(Some(state), answer),
        }
    }

    /// Leaves a notification unacknowledged.
    fn leave(&self, state: Option<StateReference>, pdu: Pdu) {
        self.binding().with_engine(|engine, _| {
            if let Some(state) = state {
                engine.discard(state);
            }
            engine.recycle(pdu);
        });
    }

    fn warn_of_dropped(&self, peer: Peer, why: &dyn fmt::Display) {
        let left_out = self
            .receiver()
            .throttle
            .borrow_mut()
            .admit(self.handle().now());
        if let Some(left_out) = left_out {
            warn!("notification from {peer}: {why}{left_out}");
        }
    }

    /// The time to acknowledge an inform is over.
    pub(super) fn expired(&self, state: StateReference) {
        if let Some(under_way) = self.receiver().under_way() {
            under_way.expire(state);
        }
    }
}
