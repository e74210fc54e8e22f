//! Virtual time: a reactor whose clock its owner moves.

use std::io;
use std::time::Instant;

use super::reactor::{Phase, Reactor, ReactorBuilder};

impl ReactorBuilder {
    /// Has time begin at `start`, and move by [`Reactor::advance_to`] only.
    ///
    /// Such a reactor never sleeps until a deadline. It waits for the threads of its pool and for look-ups, while time
    /// stands still; of other threads, and of what comes by sockets of the system, it does not know. So the owner goes
    /// round: [`Reactor::settle`], then `advance_to` the [next deadline](Reactor::next_deadline) or what else comes first.
    pub(crate) fn virtual_time(mut self, start: Instant) -> Self {
        self.start = Some(start);
        self
    }
}

impl Reactor {
    /// Moves virtual time to `at`, or leaves it where it is if that is earlier. What is due then runs in the next pass.
    pub(crate) fn advance_to(&self, at: Instant) {
        self.core.clock.advance_to(at);
    }

    /// In virtual time: does everything that can be done without time moving on, and waits for threads that are at work.
    ///
    /// Fails after 100,000 passes, which calls without delay that go on scheduling one another would make for ever, and
    /// if polling itself fails.
    pub(crate) fn settle(&mut self) -> io::Result<Phase> {
        for _ in 0..MOST_PASSES {
            // Which sleeps for threads only.
            let turn = self.iterate(None)?;
            if !turn.more && !self.core.waits_for_threads() {
                return Ok(turn.phase);
            }
        }
        Err(io::Error::other(
            "calls without delay keep scheduling one another",
        ))
    }
}

const MOST_PASSES: usize = 100_000;
