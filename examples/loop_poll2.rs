//! The reactor in a loop on `poll(2)`, beside standard input and a listening socket.
//!
//!     cargo run --example loop_poll2
//!
//! * the host watches the reactor's one descriptor, and sleeps no longer than the reactor allows
//! * milliseconds are rounded up: a loop that rounds down wakes before the deadline and spins
//! * turning when there is nothing to do does no harm, so the host need not look what woke it
//! * after a callback has stopped the reactor, the host goes on until the shutdown is over

mod common;

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::process::ExitCode;
use std::time::Duration;

use common::survey::Survey;
use deferred_snmp::reactor::{Reactor, poll_timeout_ms};
use rustix::event::{PollFd, PollFlags, Timespec, poll};

fn main() -> io::Result<ExitCode> {
    let mut reactor = Reactor::new()?;
    let handle = reactor.handle();
    let survey = Survey::start(&handle, 20);

    let stdin = io::stdin();
    let mut input_is_open = true;
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    handle.call_later(Duration::from_millis(20), move || visit(address));
    let mut visitors = 0;

    loop {
        let mut watched = vec![
            PollFd::new(&reactor, PollFlags::IN),
            PollFd::new(&listener, PollFlags::IN),
        ];
        if input_is_open {
            watched.push(PollFd::new(&stdin, PollFlags::IN));
        }
        let timeout = poll_timeout_ms(reactor.next_timeout(handle.now()));
        poll(&mut watched, timespec(timeout).as_ref())?;
        let ready: Vec<bool> = watched.iter().map(|fd| !fd.revents().is_empty()).collect();

        if ready[1] {
            listener.accept()?;
            visitors += 1;
        }
        if ready.get(2) == Some(&true) {
            // An end of file is readable for ever.
            input_is_open = rustix::io::read(&stdin, &mut [0; 256])? > 0;
        }
        if !survey.count(reactor.turn()?) {
            break;
        }
    }
    assert_eq!(visitors, 1, "the host's own socket is served");
    Ok(survey.verdict("loop_poll2"))
}

/// What rustix takes in place of milliseconds, of which -1 is no limit.
fn timespec(milliseconds: i32) -> Option<Timespec> {
    let milliseconds = u64::try_from(milliseconds).ok()?;
    Duration::from_millis(milliseconds).try_into().ok()
}

#[expect(clippy::disallowed_types, reason = "the host's own socket")]
fn visit(address: SocketAddr) {
    std::net::TcpStream::connect(address).expect("the host listens");
}
