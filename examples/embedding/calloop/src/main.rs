//! The reactor in a calloop event loop.
//!
//!     cargo run --manifest-path examples/embedding/calloop/Cargo.toml
//!
//! * a level-triggered source on a duplicate of the reactor's descriptor, and a timer
//! * the timer is set anew after each turn, since a turn may change the next deadline
//! * the callback of another source starts requests and need not touch either of them

#[path = "../../../common/mod.rs"]
mod common;

use std::io;
use std::os::fd::AsFd;
use std::process::ExitCode;
use std::time::Duration;

use calloop::generic::Generic;
use calloop::timer::{TimeoutAction, Timer};
use calloop::{EventLoop, Interest, LoopHandle, LoopSignal, Mode, PostAction, RegistrationToken};
use common::survey::Survey;
use deferred_snmp::reactor::Reactor;

const QUESTIONS: u32 = 20;

/// What the callbacks of the loop share.
struct Host {
    reactor: Reactor,
    timer: Option<RegistrationToken>,
    event_loop: LoopHandle<'static, Self>,
    signal: LoopSignal,
    survey: Survey,
}

fn main() -> io::Result<ExitCode> {
    let mut event_loop = EventLoop::try_new().map_err(io::Error::other)?;
    let reactor = Reactor::new()?;
    let mut host = Host {
        survey: Survey::prepare(&reactor.handle(), QUESTIONS),
        timer: None,
        event_loop: event_loop.handle(),
        signal: event_loop.get_signal(),
        reactor,
    };

    let descriptor = host.reactor.as_fd().try_clone_to_owned()?;
    let readable = Generic::new(descriptor, Interest::READ, Mode::Level);
    let watched = host.event_loop.insert_source(readable, |_, _, host| {
        host.turn()?;
        host.arm();
        Ok(PostAction::Continue)
    });
    let watched = watched.map_err(|refused| io::Error::other(refused.error))?;

    // The program's own source: a button pressed every four milliseconds.
    let mut presses = 0;
    let pressed = host
        .event_loop
        .insert_source(Timer::immediate(), move |_, _, host| {
            host.survey.press();
            presses += 1;
            match presses < QUESTIONS {
                true => TimeoutAction::ToDuration(Duration::from_millis(4)),
                false => TimeoutAction::Drop,
            }
        });
    pressed.map_err(|refused| io::Error::other(refused.error))?;

    event_loop
        .run(None, &mut host, |_| {})
        .map_err(io::Error::other)?;
    host.event_loop.remove(watched);
    Ok(host.survey.verdict("loop_calloop"))
}

impl Host {
    fn turn(&mut self) -> io::Result<()> {
        if !self.survey.count(self.reactor.turn()?) {
            self.signal.stop();
        }
        Ok(())
    }

    /// Sets the timer to the reactor's next deadline.
    fn arm(&mut self) {
        if let Some(earlier) = self.timer.take() {
            self.event_loop.remove(earlier);
        }
        self.timer = self.reactor.next_deadline().map(|at| {
            let timer = Timer::from_deadline(at);
            let inserted = self
                .event_loop
                .insert_source(timer, |_, _, host| host.expired());
            inserted.expect("a timer needs no descriptor")
        });
    }

    fn expired(&mut self) -> TimeoutAction {
        self.turn().expect("the descriptor can be polled");
        match self.reactor.next_deadline() {
            Some(at) => TimeoutAction::ToInstant(at),
            None => {
                self.timer = None;
                TimeoutAction::Drop
            }
        }
    }
}
