//! SIGINT and SIGTERM stop a reactor that runs.

use std::cell::{Cell, RefCell};
use std::ffi::c_int;
use std::io;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};

use mio::{Interest, Token};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag::register_conditional_default;

use super::core::{Core, State};
use crate::deferred::unhandled;

/// The signals of a reactor.
#[derive(Default)]
pub(super) struct Signals {
    /// In [`super::Reactor::run`], which was not told otherwise.
    wanted: Cell<Option<Token>>,
    watch: RefCell<Option<Watch>>,
    last: Cell<Option<c_int>>,
}

struct Watch {
    arrived: signal_hook_mio::v1_0::Signals,
    _counted: Counted,
}

impl Signals {
    /// The last signal that arrived.
    pub(super) fn last(&self) -> Option<c_int> {
        self.last.get()
    }
}

impl Core {
    /// `run` begins: from start-up on, signals arrive with `token`.
    pub(super) fn want_signals(&self, token: Token) {
        self.signals.wanted.set(Some(token));
        if matches!(self.state(), State::Running | State::Stopping) {
            self.watch_signals();
        }
    }

    /// Watches from here on, if `run` wants that.
    pub(super) fn watch_signals(&self) {
        let Some(token) = self.signals.wanted.get() else {
            return;
        };
        match self.begin_watch(token) {
            Ok(watch) => *self.signals.watch.borrow_mut() = Some(watch),
            Err(error) => unhandled("watching for signals", &error),
        }
    }

    fn begin_watch(&self, token: Token) -> io::Result<Watch> {
        let counted = Counted::new()?;
        let mut arrived = signal_hook_mio::v1_0::Signals::new(counted.signals())?;
        self.registry
            .register(&mut arrived, token, Interest::READABLE)?;
        Ok(Watch {
            arrived,
            _counted: counted,
        })
    }

    /// Has what arrived stop the reactor, in the pass that follows.
    pub(super) fn take_signals(&self) {
        let mut watch = self.signals.watch.borrow_mut();
        let arrived = watch.as_mut().map(|watch| watch.arrived.pending());
        for signal in arrived.into_iter().flatten() {
            self.signals.last.set(Some(signal));
            self.remote().call_with_handle(|handle| {
                // Fails if it stops already.
                let _ = handle.stop();
            });
        }
    }

    /// `run` ends.
    pub(super) fn release_signals(self: &Rc<Self>) {
        self.signals.wanted.set(None);
        if let Some(mut watch) = self.signals.watch.take() {
            // Fails only if it was not registered.
            let _ = self.registry.deregister(&mut watch.arrived);
        }
    }
}

/// Reactors of this process that watch.
#[expect(
    clippy::disallowed_types,
    reason = "signals belong to the process and not to a thread"
)]
static PROCESS: std::sync::Mutex<Process> = std::sync::Mutex::new(Process {
    reactors: 0,
    unclaimed: None,
});
/// No reactor watches, so that signals do what they did before there was one.
static IDLE: AtomicBool = AtomicBool::new(false);

struct Process {
    reactors: usize,
    /// Which signals nobody had claimed when the first reactor began to watch.
    unclaimed: Option<Vec<c_int>>,
}

/// A reactor that watches, among those of the process.
struct Counted {
    interrupt: bool,
}

impl Counted {
    fn new() -> io::Result<Self> {
        let mut process = PROCESS.lock().unwrap_or_else(|held| held.into_inner());
        let interrupt = match &process.unclaimed {
            Some(unclaimed) => unclaimed.contains(&SIGINT),
            None => {
                let mut unclaimed = vec![SIGINT, SIGTERM];
                unclaimed.retain(|signal| !is_claimed(*signal));
                // A handler cannot be taken back without unsafe code. This one stays, and while
                // no reactor watches it does what the system would.
                for signal in &unclaimed {
                    register_conditional_default(*signal, &IDLE)?;
                }
                let interrupt = unclaimed.contains(&SIGINT);
                process.unclaimed = Some(unclaimed);
                interrupt
            }
        };
        process.reactors += 1;
        IDLE.store(false, Ordering::SeqCst);
        Ok(Self { interrupt })
    }

    fn signals(&self) -> &'static [c_int] {
        match self.interrupt {
            true => &[SIGTERM, SIGINT],
            false => &[SIGTERM],
        }
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        let mut process = PROCESS.lock().unwrap_or_else(|held| held.into_inner());
        process.reactors -= 1;
        IDLE.store(process.reactors == 0, Ordering::SeqCst);
    }
}

/// Whether the process catches or ignores a signal, where the system tells (Linux).
fn is_claimed(signal: c_int) -> bool {
    let Ok(status) = std::fs::read_to_string("/proc/self/status") else {
        return false;
    };
    let masks = status.lines().filter_map(|line| {
        let mask = line
            .strip_prefix("SigIgn:")
            .or_else(|| line.strip_prefix("SigCgt:"))?;
        u64::from_str_radix(mask.trim(), 16).ok()
    });
    masks.into_iter().any(|mask| mask >> (signal - 1) & 1 == 1)
}
