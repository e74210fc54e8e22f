//! The reactor in a loop on the `polling` crate, whose sources go off once or on edges.
//!
//!     cargo run --manifest-path examples/embedding/polling/Cargo.toml
//!
//! * one-shot: the interest is set again after each turn
//! * edge-triggered: one turn for each event is enough, since a turn that leaves work behind makes
//!   an event of it

#[path = "../../../common/mod.rs"]
mod common;

use std::io;
use std::process::ExitCode;

use common::survey::Survey;
use deferred_snmp::reactor::Reactor;
use polling::{Event, Events, PollMode, Poller};

const KEY: usize = 1;

fn main() -> io::Result<ExitCode> {
    let one_shot = run(PollMode::Oneshot)?.verdict("loop_polling, one-shot");
    let edge = run(PollMode::Edge)?.verdict("loop_polling, edges");
    Ok(match one_shot == ExitCode::SUCCESS {
        true => edge,
        false => one_shot,
    })
}

fn run(mode: PollMode) -> io::Result<Survey> {
    let mut reactor = Reactor::new()?;
    let handle = reactor.handle();
    let survey = Survey::start(&handle, 20);
    let poller = Poller::new()?;
    let mut events = Events::new();
    // SAFETY: the descriptor is deleted below, while the reactor still has it open. Should an error
    // end this function earlier, the poller is dropped first: it was made later.
    unsafe { poller.add_with_mode(&reactor, Event::readable(KEY), mode)? };
    loop {
        events.clear();
        poller.wait(&mut events, reactor.next_timeout(handle.now()))?;
        if !survey.count(reactor.turn()?) {
            break;
        }
        if mode == PollMode::Oneshot {
            poller.modify(&reactor, Event::readable(KEY))?;
        }
    }
    poller.delete(&reactor)?;
    Ok(survey)
}
