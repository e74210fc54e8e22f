//! The reactor on somebody else's poll.

use std::fmt;
use std::io;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use mio::event::Event;
use mio::{Registry, Token};

use super::clock::Clock;
use super::core::Core;
use super::handle::Handle;
use super::reactor::{ReactorBuilder, Turn};
use super::readiness::Readiness;
use super::remote::{Inlet, Remote};
use super::slot::Tokens;

/// A reactor whose sockets are registered with the host's own [`mio::Poll`].
///
/// The host polls for at most [`Attached::next_timeout`], hands each event whose token is not its
/// own to [`Attached::note`], and calls [`Attached::turn`] once after the batch, also when nothing
/// was noted. User code runs in `turn` only.
///
/// A time limit that is over waits for sockets that were noted; of others the reactor knows nothing. So a host
/// whose `Events` are full polls again, without sleeping, before `turn`.
pub struct Attached {
    core: Rc<Core>,
    tokens: Range<usize>,
}

impl Attached {
    /// A reactor on `registry` that uses the tokens of the range and no others.
    ///
    /// `wake` must make the host call `turn` soon; it is called from any thread, and not again
    /// before the next turn begins. A socket needs one token, and one more for as long as the
    /// turn lasts in which it was closed.
    pub fn new(
        registry: &Registry,
        tokens: Range<usize>,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> io::Result<Self> {
        ReactorBuilder::default().attach(registry, tokens, wake)
    }

    /// Whether the token is one of the range.
    pub fn owns(&self, token: Token) -> bool {
        self.tokens.contains(&token.0)
    }

    /// Records what an event says; false if its token is not ours. Runs nothing and allocates
    /// nothing.
    pub fn note(&mut self, event: &Event) -> bool {
        let owns = self.owns(event.token());
        if owns {
            self.core.note(event.token(), Readiness::of(event));
        }
        owns
    }

    /// Does one pass: calls from threads, timed calls that are due, and what was noted.
    pub fn turn(&mut self) -> io::Result<Turn> {
        self.core.inlet.lower();
        let turn = self.core.begin().finish();
        self.core.forget_told();
        if turn.more {
            self.core.remote().wake();
        }
        Ok(turn)
    }

    /// When the next timed thing is due.
    pub fn next_deadline(&self) -> Option<Instant> {
        self.core.tell();
        self.core.next_deadline()
    }

    /// The longest sleep allowed: zero means not to sleep, none that there is no limit.
    pub fn next_timeout(&self, now: Instant) -> Option<Duration> {
        self.core.tell();
        self.core.sleep(now)
    }

    /// The handle used inside callbacks.
    pub fn handle(&self) -> Handle {
        Handle::new(self.core.clone())
    }

    /// The handle for other threads.
    pub fn remote(&self) -> Remote {
        self.core.remote().clone()
    }
}

impl Drop for Attached {
    fn drop(&mut self) {
        self.core.abandon();
    }
}

impl fmt::Debug for Attached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attached")
            .field("tokens", &self.tokens)
            .field("state", &self.core.state())
            .field("next_deadline", &self.core.next_deadline())
            .finish_non_exhaustive()
    }
}

impl ReactorBuilder {
    /// As [`Attached::new`], with these budgets.
    pub fn attach(
        self,
        registry: &Registry,
        tokens: Range<usize>,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> io::Result<Attached> {
        let registry = registry.try_clone()?;
        let inlet = Inlet::new(Arc::new(wake));
        let lent = Tokens::Lent(tokens.clone());
        Ok(Attached {
            core: Core::new(registry, lent, self.budgets, inlet, Clock::new(None), None),
            tokens,
        })
    }
}
