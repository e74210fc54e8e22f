//! Tasks: work that is scheduled again and again and runs at the end of a pass.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::{Rc, Weak};

use super::core::Core;

/// A closure that runs once in a pass after it was scheduled; made by `Handle::task`.
///
/// The port of "flush what was queued, once": senders call [`Task::schedule`] as often as they
/// like, and the closure runs after the timed calls and the sockets of the present pass, or in
/// the next pass if it is scheduled by another task or outside a pass. Dropping the task
/// unregisters it.
pub struct Task {
    core: Weak<Core>,
    node: Rc<TaskNode>,
}

impl Task {
    pub(super) fn new(core: &Rc<Core>, run: impl FnMut() + 'static) -> Self {
        Self {
            core: Rc::downgrade(core),
            node: Rc::new(TaskNode {
                run: RefCell::new(Some(Box::new(run))),
                queued: Cell::new(false),
                ended: Cell::new(false),
            }),
        }
    }

    /// Has the closure run once, soon. Idempotent; costs O(1) and no allocation.
    pub fn schedule(&self) {
        if self.node.queued.get() {
            return;
        }
        if let Some(core) = self.core.upgrade() {
            self.node.queued.set(true);
            core.queue_work(Work::Task(self.node.clone()));
        }
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        self.node.ended.set(true);
        // A running closure is out of its place and dropped when it returns.
        let run = self
            .node
            .run
            .try_borrow_mut()
            .ok()
            .and_then(|mut run| run.take());
        drop(run);
    }
}

impl fmt::Debug for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Task")
            .field("scheduled", &self.node.queued.get())
            .finish_non_exhaustive()
    }
}

/// What runs at the end of a pass.
pub(super) enum Work {
    Task(Rc<TaskNode>),
    Call(Box<dyn FnOnce()>),
}

impl Work {
    pub(super) fn run(self) {
        match self {
            Self::Task(node) => node.run(),
            Self::Call(call) => call(),
        }
    }
}

pub(super) struct TaskNode {
    run: RefCell<Option<Box<dyn FnMut()>>>,
    queued: Cell<bool>,
    ended: Cell<bool>,
}

impl TaskNode {
    fn run(&self) {
        self.queued.set(false);
        let Some(run) = self.run.borrow_mut().take() else {
            return;
        };
        // Put back also when the closure panics: one bad run does not end a task.
        let mut running = Running { node: self, run };
        (running.run)();
    }
}

struct Running<'a> {
    node: &'a TaskNode,
    run: Box<dyn FnMut()>,
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        if !self.node.ended.get() {
            let run = std::mem::replace(&mut self.run, Box::new(|| ()));
            *self.node.run.borrow_mut() = Some(run);
        }
    }
}
