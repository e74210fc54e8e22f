//! The reactor in a GLib main loop, as every GTK program has one.
//!
//!     cargo run --manifest-path examples/embedding/glib/Cargo.toml
//!
//! * a source on the reactor's descriptor, and one time-out, replaced after each turn
//! * milliseconds are rounded up
//! * what the handler of a button schedules is on time although nobody replaces the time-out: the
//!   descriptor tells of it

#[path = "../../../common/mod.rs"]
mod common;

use std::cell::{Cell, RefCell};
use std::io;
use std::os::fd::AsRawFd;
use std::process::ExitCode;
use std::rc::Rc;
use std::time::Duration;

use common::survey::Survey;
use deferred_snmp::reactor::{Handle, Reactor, poll_timeout_ms};
use glib::{ControlFlow, IOCondition, MainLoop, SourceId};

const QUESTIONS: u32 = 20;

/// The reactor as a guest of the main loop.
struct Guest {
    reactor: RefCell<Reactor>,
    timeout: Cell<Option<SourceId>>,
    main_loop: MainLoop,
    survey: Survey,
}

fn main() -> io::Result<ExitCode> {
    let reactor = Reactor::new()?;
    let handle = reactor.handle();
    let descriptor = reactor.as_raw_fd();
    let guest = Rc::new(Guest {
        survey: Survey::prepare(&handle, QUESTIONS),
        reactor: RefCell::new(reactor),
        timeout: Cell::new(None),
        main_loop: MainLoop::new(None, false),
    });
    let turned = guest.clone();
    let watch = glib_unix::unix_fd_add_local(descriptor, IOCondition::IN, move |_, _| {
        turned.turn();
        ControlFlow::Continue
    });

    let survey = guest.survey.clone();
    let mut presses = 0;
    glib::timeout_add_local(Duration::from_millis(5), move || {
        press(&handle, survey.clone());
        presses += 1;
        match presses < QUESTIONS {
            true => ControlFlow::Continue,
            false => ControlFlow::Break,
        }
    });

    guest.main_loop.run();
    // Before the reactor closes its descriptor.
    watch.remove();
    Ok(guest.survey.verdict("loop_glib"))
}

/// What happens when a button is pressed: two milliseconds later the agent is asked.
fn press(handle: &Handle, survey: Survey) {
    handle.call_later(Duration::from_millis(2), move || survey.press());
}

impl Guest {
    fn turn(self: &Rc<Self>) {
        let turn = self.reactor.borrow_mut().turn();
        if !self
            .survey
            .count(turn.expect("the descriptor can be polled"))
        {
            self.main_loop.quit();
        }
        self.arm();
    }

    /// Replaces the time-out by one for the reactor's next deadline.
    fn arm(self: &Rc<Self>) {
        if let Some(earlier) = self.timeout.take() {
            earlier.remove();
        }
        let reactor = self.reactor.borrow();
        let now = reactor.handle().now();
        if let Ok(milliseconds) = u64::try_from(poll_timeout_ms(reactor.next_timeout(now))) {
            let timeout = Duration::from_millis(milliseconds);
            let guest = self.clone();
            let source = glib::timeout_add_local_once(timeout, move || {
                // It has gone off, and must not be removed again.
                drop(guest.timeout.take());
                guest.turn();
            });
            self.timeout.set(Some(source));
        }
    }
}
