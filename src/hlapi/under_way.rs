//! Notifications that the program works on: each has a Deferred that has not fired.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use slab::Slab;

use crate::applications::acknowledgement;
use crate::deferred::{CancelHandle, Deferred, Failure};
use crate::engine::{IncomingNotification, Peer, StateReference};
use crate::pdu::Pdu;

use super::receiver::Notification;
use super::session::Session;

/// The program's code, which may run while its receiver ends.
type Work = Rc<RefCell<dyn FnMut(Notification) -> Deferred<()>>>;

/// A receiver that hands notifications over with a Deferred for each. Dropping it ends what is under way.
pub(super) struct Worker {
    work: Work,
    under_way: Rc<UnderWay>,
}

/// What a worker has begun and not ended.
#[derive(Debug)]
pub(super) struct UnderWay {
    entries: RefCell<Slab<Entry>>,
    max: Cell<usize>,
    dropped: Cell<u64>,
}

#[derive(Debug)]
struct Entry {
    inform: Option<Inform>,
    /// Once the Deferred is there.
    cancel: Option<CancelHandle>,
    /// It has been cancelled here, of which nobody need be told.
    is_ended: bool,
}

/// An inform that waits for its acknowledgement.
#[derive(Debug)]
pub(super) struct Inform {
    pub(super) state: StateReference,
    pub(super) acknowledgement: Pdu,
}

/// How many may be under way unless told otherwise.
const MOST: usize = 1_024;

impl Worker {
    pub(super) fn new(work: impl FnMut(Notification) -> Deferred<()> + 'static) -> Self {
        Self {
            work: Rc::new(RefCell::new(work)),
            under_way: Rc::new(UnderWay {
                entries: RefCell::default(),
                max: Cell::new(MOST),
                dropped: Cell::new(0),
            }),
        }
    }

    pub(super) fn under_way(&self) -> &Rc<UnderWay> {
        &self.under_way
    }

    /// Hands a notification over. What becomes of it is told to the session.
    pub(super) fn take(&self, session: &Rc<Session>, incoming: IncomingNotification) {
        let peer = incoming.peer.clone();
        let inform = incoming.state.map(|state| Inform {
            state,
            acknowledgement: acknowledgement(&incoming, session.buffer()),
        });
        let mut notification = session.notification(incoming);
        notification.shrink();
        let key = self.under_way.begin(inform);
        let work = Rc::clone(&self.work);
        // A stage, so that a panic is a failure as any other.
        let outcome = Deferred::<Notification>::succeed(notification).add_callback(move |it| {
            let mut work = work.borrow_mut();
            work(it)
        });
        if !outcome.is_fired() || outcome.is_waiting() {
            self.under_way.wait(key, outcome.cancel_handle());
        }
        let (under_way, session) = (Rc::clone(&self.under_way), Rc::downgrade(session));
        outcome.add_both(move |result| under_way.end(key, &session, peer, result));
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.under_way.cancel_where(|_| true);
    }
}

impl UnderWay {
    /// How many may be under way.
    pub(super) fn set_max(&self, notifications: usize) {
        self.max.set(notifications);
    }

    pub(super) fn len(&self) -> usize {
        self.entries.borrow().len()
    }

    pub(super) fn dropped(&self) -> u64 {
        self.dropped.get()
    }

    /// Whether another one may be under way; counted if not.
    pub(super) fn has_room(&self) -> bool {
        let has_room = self.len() < self.max.get();
        self.dropped.set(self.dropped.get() + u64::from(!has_room));
        has_room
    }

    /// The time for the acknowledgement of an inform is over.
    pub(super) fn expire(&self, state: StateReference) {
        self.cancel_where(|entry| {
            let inform = entry.inform.as_ref();
            inform.is_some_and(|inform| inform.state == state)
        });
    }

    fn begin(&self, inform: Option<Inform>) -> usize {
        self.entries.borrow_mut().insert(Entry {
            inform,
            cancel: None,
            is_ended: false,
        })
    }

    fn wait(&self, key: usize, cancel: CancelHandle) {
        if let Some(entry) = self.entries.borrow_mut().get_mut(key) {
            entry.cancel = Some(cancel);
            if let Some(inform) = &mut entry.inform {
                // The buffer may be one that a long message has left.
                inform.acknowledgement.var_binds.shrink();
            }
        }
    }

    fn end(&self, key: usize, session: &Weak<Session>, peer: Peer, result: Result<(), Failure>) {
        let entry = self.entries.borrow_mut().try_remove(key);
        let (Some(entry), Some(session)) = (entry, session.upgrade()) else {
            return;
        };
        let is_told = !entry.is_ended;
        session.taken(
            peer,
            entry.inform,
            result.map_err(|error| is_told.then_some(error)),
        );
    }

    fn cancel_where(&self, is_meant: impl Fn(&Entry) -> bool) {
        let mut entries = self.entries.borrow_mut();
        let meant = entries.iter_mut().filter(|(_, entry)| is_meant(entry));
        let cancelled: Vec<CancelHandle> = meant
            .filter_map(|(_, entry)| {
                entry.is_ended = true;
                entry.cancel.clone()
            })
            .collect();
        // The program's code runs, and what is cancelled leaves the table.
        drop(entries);
        for handle in cancelled {
            handle.cancel();
        }
    }
}
