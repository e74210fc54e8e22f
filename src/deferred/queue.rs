//! A queue whose readers wait with a Deferred.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::fmt;
use std::rc::Rc;

use super::deferred::Deferred;
use super::failure::Failure;
use super::line::Line;
use super::outcome::Fault;
use super::resolver::Resolver;

/// Hands items to those who ask for them, both in the order they came.
///
/// A clone is the same queue. There is no limit to either side unless one is set.
///
/// # Examples
///
/// ```
/// use deferred_snmp::deferred::DeferredQueue;
///
/// let queue: DeferredQueue<u32> = DeferredQueue::new();
/// queue.get()?.add_callback(|item| assert_eq!(item, 1));
/// queue.put(1)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct DeferredQueue<T: 'static, E: Fault = Failure> {
    shared: Rc<Shared<T, E>>,
}

struct Shared<T: 'static, E: Fault> {
    items: RefCell<VecDeque<T>>,
    getters: Line<T, E>,
    /// An item is being given to a getter; those put meanwhile follow.
    handing_over: Cell<bool>,
    size: Option<usize>,
    backlog: Option<usize>,
}

impl<T, E: Fault> DeferredQueue<T, E> {
    /// A queue without limits.
    pub fn new() -> Self {
        Self::with_limits(None, None)
    }

    /// A queue that keeps at most `size` items nobody has asked for, and at most `backlog`
    /// callers who wait for one. Zero is a limit like others; `None` is none.
    pub fn with_limits(size: Option<usize>, backlog: Option<usize>) -> Self {
        Self {
            shared: Rc::new(Shared {
                items: RefCell::new(VecDeque::new()),
                getters: Line::default(),
                handing_over: Cell::new(false),
                size,
                backlog,
            }),
        }
    }

    /// Gives an item to whoever has waited longest, or keeps it.
    ///
    /// An item that is put while another one is being given away is given to the next in line when
    /// the stages of that getter have run.
    ///
    /// # Errors
    ///
    /// The item comes back if as many are kept already as may be.
    pub fn put(&self, item: T) -> Result<(), QueueOverflow<T>> {
        let shared = &self.shared;
        if !shared.handing_over.get()
            && let Some(getter) = shared.getters.next()
        {
            shared.handing_over.set(true);
            getter.callback(item);
            while let Some((getter, item)) = shared.next_pair() {
                getter.callback(item);
            }
            shared.handing_over.set(false);
            return Ok(());
        }
        if shared.size.is_some_and(|size| self.len() >= size) && self.waiting() == 0 {
            return Err(QueueOverflow(item));
        }
        shared.items.borrow_mut().push_back(item);
        Ok(())
    }

    /// Fires with the oldest item, at once or when there is one. Cancelling gives up the place in
    /// line.
    ///
    /// # Errors
    ///
    /// If as many wait already as may.
    pub fn get(&self) -> Result<Deferred<T, E>, QueueUnderflow> {
        // The first items are for those in line already.
        let ahead = self.shared.getters.len();
        let item = self.shared.items.borrow_mut().remove(ahead);
        if let Some(item) = item {
            return Ok(Deferred::succeed(item));
        }
        let backlog = self.shared.backlog;
        if backlog.is_some_and(|limit| self.waiting() >= limit) {
            return Err(QueueUnderflow);
        }
        let shared = Rc::downgrade(&self.shared);
        Ok(self.shared.getters.wait(move |place| {
            if let Some(shared) = shared.upgrade() {
                shared.getters.leave(place);
            }
        }))
    }

    /// How many items it keeps.
    pub fn len(&self) -> usize {
        let items = self.shared.items.borrow().len();
        items.saturating_sub(self.shared.getters.len())
    }

    /// Whether it keeps no item.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many wait for an item.
    pub fn waiting(&self) -> usize {
        let items = self.shared.items.borrow().len();
        self.shared.getters.len().saturating_sub(items)
    }
}

impl<T, E: Fault> Shared<T, E> {
    /// The first in line and the item that was put for it.
    fn next_pair(&self) -> Option<(Resolver<T, E>, T)> {
        if self.items.borrow().is_empty() {
            return None;
        }
        let getter = self.getters.next()?;
        let item = self.items.borrow_mut().pop_front()?;
        Some((getter, item))
    }
}

impl<T, E: Fault> Default for DeferredQueue<T, E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T, E: Fault> Clone for DeferredQueue<T, E> {
    fn clone(&self) -> Self {
        Self {
            shared: self.shared.clone(),
        }
    }
}

impl<T, E: Fault> fmt::Debug for DeferredQueue<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeferredQueue")
            .field("len", &self.len())
            .field("waiting", &self.waiting())
            .finish_non_exhaustive()
    }
}

/// The queue was full; this is the item it did not take.
#[derive(Clone, PartialEq, Eq)]
pub struct QueueOverflow<T>(T);

impl<T> QueueOverflow<T> {
    /// The item.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> fmt::Debug for QueueOverflow<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("QueueOverflow").finish_non_exhaustive()
    }
}

impl<T> fmt::Display for QueueOverflow<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the queue keeps as many items as it may")
    }
}

impl<T> std::error::Error for QueueOverflow<T> {}

/// As many wait for an item as may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "there is nothing more to say")]
pub struct QueueUnderflow;

impl fmt::Display for QueueUnderflow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("as many wait for an item as may")
    }
}

impl std::error::Error for QueueUnderflow {}
