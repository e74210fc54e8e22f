//! Who takes the notifications of an engine, and what becomes of their acknowledgements.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use crate::applications::acknowledgement;
use crate::deferred::Failure;
use crate::engine::{IncomingNotification, Peer, RegistrationId, StateReference};
use crate::pdu::Pdu;
use crate::throttle::Throttle;

use super::receiver::{Notification, Queue};
use super::registered::{Lent, Registered};
use super::session::Session;
use super::under_way::{Inform, Worker};

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

/// The receivers of an engine.
#[derive(Default)]
pub(super) struct Receivers {
    pub(super) registered: Registered<Taker>,
    /// Of the records of notifications that nobody has taken.
    throttle: RefCell<Throttle>,
}

impl Drop for Receivers {
    fn drop(&mut self) {
        if !self.registered.is_empty() {
            debug!("an engine has ended whose receiver of notifications was open");
        }
    }
}

impl Session {
    /// Hands a notification to the receiver that it is for.
    pub(super) fn notified(self: &Rc<Self>, incoming: IncomingNotification) {
        let registered = &self.receivers().registered;
        let context = (
            incoming.context_engine_id.as_ref(),
            &incoming.context_name[..],
        );
        let kind = incoming.pdu.kind;
        let id = self.who_takes(registered, incoming.registration, kind, context);
        let mut lent = id.and_then(|id| registered.lend(id));
        let len = incoming.pdu.var_binds.octets().len();
        let taker = lent.as_mut().and_then(Lent::application);
        let taker = taker.ok_or(NotTaken::NobodyReceives);
        match taker.and_then(|taker| taker.room_for(len).map(|()| taker)) {
            Ok(taker) => taker.take(self, incoming),
            Err(why) => {
                self.warn_of_dropped(incoming.peer, &why);
                self.leave(incoming.state, incoming.pdu);
            }
        }
    }

    /// Ends a receiver.
    pub(super) fn close_receiver(&self, id: RegistrationId) {
        self.unregister(&self.receivers().registered, id);
    }

    pub(super) fn close_receivers(&self) {
        for id in self.receivers().registered.ids() {
            self.close_receiver(id);
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
            .receivers()
            .throttle
            .borrow_mut()
            .admit(self.handle().now());
        if let Some(left_out) = left_out {
            warn!("notification from {peer}: {why}{left_out}");
        }
    }

    /// The time to acknowledge an inform is over.
    pub(super) fn expired(&self, state: StateReference) {
        let workers = self.receivers().registered.collect(|taker| match taker {
            Taker::Worker(worker) => Some(Rc::clone(worker.under_way())),
            Taker::Callback(_) | Taker::Queue(_) => None,
        });
        for under_way in workers {
            under_way.expire(state);
        }
    }
}
