//! Ways of driving a reactor.

use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::time::{Duration, Instant};

use deferred_snmp::reactor::mio;
use deferred_snmp::reactor::{
    Attached, Handle, Reactor, ReactorBuilder, Remote, Turn, poll_timeout_ms,
};
use rustix::event::{PollFd, PollFlags, epoll, poll};

/// A loop that the reactor lives in.
pub(crate) trait Host {
    fn handle(&self) -> Handle;
    fn remote(&self) -> Remote;
    /// Asks for the timeout, lets `between` happen, sleeps with that timeout, and turns once.
    fn step(&mut self, between: &mut dyn FnMut()) -> Turn;
}

/// No case may sleep for longer; one that does has lost a wake-up.
pub(crate) const LIMIT: Duration = Duration::from_secs(10);

pub(crate) fn limited(timeout: Option<Duration>) -> Duration {
    timeout.map_or(LIMIT, |timeout| timeout.min(LIMIT))
}

#[expect(clippy::disallowed_methods, reason = "a host has a clock")]
pub(crate) fn clock() -> Instant {
    Instant::now()
}

/// The reactor's own loop.
pub(crate) struct Own(pub(crate) Reactor);

impl Host for Own {
    fn handle(&self) -> Handle {
        self.0.handle()
    }
    fn remote(&self) -> Remote {
        self.0.remote()
    }
    fn step(&mut self, between: &mut dyn FnMut()) -> Turn {
        between();
        let start = clock();
        let turn = self.0.iterate(Some(LIMIT)).expect("a pass");
        assert!(start.elapsed() < LIMIT, "a wake-up was lost");
        turn
    }
}

/// A host with `poll(2)` or the like, which is level-triggered.
pub(crate) struct Level(pub(crate) Reactor);

impl Host for Level {
    fn handle(&self) -> Handle {
        self.0.handle()
    }
    fn remote(&self) -> Remote {
        self.0.remote()
    }
    fn step(&mut self, between: &mut dyn FnMut()) -> Turn {
        let timeout = self.0.next_timeout(clock());
        between();
        let start = clock();
        let milliseconds = poll_timeout_ms(Some(limited(timeout)));
        let timeout = rustix::event::Timespec {
            tv_sec: (milliseconds / 1000).into(),
            tv_nsec: (milliseconds % 1000 * 1_000_000).into(),
        };
        poll(&mut [PollFd::new(&self.0, PollFlags::IN)], Some(&timeout)).expect("polled");
        assert!(start.elapsed() < LIMIT, "a wake-up was lost");
        self.0.turn().expect("a pass")
    }
}

/// A host that is told of each change once, and turns once for each.
pub(crate) struct Edge {
    reactor: Reactor,
    outer: OwnedFd,
}

impl Edge {
    pub(crate) fn new(reactor: Reactor) -> Self {
        let outer = epoll::create(epoll::CreateFlags::CLOEXEC).expect("an epoll");
        let flags = epoll::EventFlags::IN | epoll::EventFlags::ET;
        epoll::add(&outer, &reactor, epoll::EventData::new_u64(0), flags).expect("added");
        Self { reactor, outer }
    }
}

impl Host for Edge {
    fn handle(&self) -> Handle {
        self.reactor.handle()
    }
    fn remote(&self) -> Remote {
        self.reactor.remote()
    }
    fn step(&mut self, between: &mut dyn FnMut()) -> Turn {
        let timeout = self.reactor.next_timeout(clock());
        between();
        let start = clock();
        // Zero is ignored: the descriptor has to tell of work that is left over.
        let timeout = timeout.filter(|timeout| !timeout.is_zero());
        let milliseconds = poll_timeout_ms(Some(limited(timeout)));
        let timeout = rustix::event::Timespec {
            tv_sec: (milliseconds / 1000).into(),
            tv_nsec: (milliseconds % 1000 * 1_000_000).into(),
        };
        let mut events = [epoll::Event {
            flags: epoll::EventFlags::empty(),
            data: epoll::EventData::new_u64(0),
        }];
        epoll::wait(&self.outer, &mut events, Some(&timeout)).expect("waited");
        assert!(start.elapsed() < LIMIT, "a wake-up was lost");
        self.reactor.turn().expect("a pass")
    }
}

/// A host that watches the descriptor and nothing else.
pub(crate) struct FdOnly(pub(crate) Reactor);

impl Host for FdOnly {
    fn handle(&self) -> Handle {
        self.0.handle()
    }
    fn remote(&self) -> Remote {
        self.0.remote()
    }
    fn step(&mut self, between: &mut dyn FnMut()) -> Turn {
        assert!(self.0.timeouts_on_fd());
        between();
        let timeout = rustix::event::Timespec {
            tv_sec: 10,
            tv_nsec: 0,
        };
        let ready = poll(&mut [PollFd::new(&self.0, PollFlags::IN)], Some(&timeout));
        assert_eq!(ready, Ok(1), "a wake-up was lost");
        self.0.turn().expect("a pass")
    }
}

/// A host on mio, with sockets and a waker of its own.
pub(crate) struct OnMio {
    attached: Attached,
    poll: mio::Poll,
    events: mio::Events,
    _waker: Arc<mio::Waker>,
}

pub(crate) const HOST_WAKER: mio::Token = mio::Token(7);

impl OnMio {
    pub(crate) fn new(builder: ReactorBuilder, events: usize) -> Self {
        let poll = mio::Poll::new().expect("a poll");
        let waker = Arc::new(mio::Waker::new(poll.registry(), HOST_WAKER).expect("a waker"));
        let wake = waker.clone();
        let attached = builder.attach(poll.registry(), 1000..1064, move || {
            wake.wake().expect("woken");
        });
        Self {
            attached: attached.expect("attached"),
            poll,
            events: mio::Events::with_capacity(events),
            _waker: waker,
        }
    }
}

impl Host for OnMio {
    fn handle(&self) -> Handle {
        self.attached.handle()
    }
    fn remote(&self) -> Remote {
        self.attached.remote()
    }
    fn step(&mut self, between: &mut dyn FnMut()) -> Turn {
        let timeout = self.attached.next_timeout(clock());
        between();
        let start = clock();
        let timeout = limited(timeout);
        self.poll
            .poll(&mut self.events, Some(timeout))
            .expect("polled");
        assert!(start.elapsed() < LIMIT, "a wake-up was lost");
        for event in &self.events {
            let ours = event.token() == HOST_WAKER;
            assert_ne!(self.attached.note(event), ours, "tokens are kept apart");
        }
        self.attached.turn().expect("a pass")
    }
}

/// How a case wants its reactor.
#[derive(Clone, Copy)]
pub(crate) struct Wish {
    pub(crate) datagrams: usize,
    pub(crate) thread_wait: Option<Duration>,
}

impl Default for Wish {
    fn default() -> Self {
        Self {
            datagrams: 256,
            thread_wait: None,
        }
    }
}

impl Wish {
    pub(crate) fn builder(self) -> ReactorBuilder {
        let builder = Reactor::builder()
            .event_capacity(4)
            .event_budget(8)
            .datagram_budget(self.datagrams);
        match self.thread_wait {
            Some(wait) => builder.thread_wait(wait),
            None => builder,
        }
    }

    pub(crate) fn build(self) -> Reactor {
        self.builder().build().expect("a reactor")
    }
}
