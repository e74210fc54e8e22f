//! The reactor behind one descriptor: the host knows nothing of deadlines.
//!
//!     cargo run --example single_fd
//!
//! * with `timer_fd` the descriptor becomes readable at deadlines as well (Linux)
//! * so the host sleeps without a limit

mod common;

use std::io;
use std::process::ExitCode;

use common::survey::Survey;
use deferred_snmp::reactor::Reactor;
use rustix::event::{PollFd, PollFlags, poll};

fn main() -> io::Result<ExitCode> {
    let mut reactor = Reactor::builder().timer_fd(true).build()?;
    if !reactor.timeouts_on_fd() {
        println!("single_fd: this system has no descriptor for deadlines");
        return Ok(ExitCode::SUCCESS);
    }
    let survey = Survey::start(&reactor.handle(), 20);
    loop {
        poll(&mut [PollFd::new(&reactor, PollFlags::IN)], None)?;
        if !survey.count(reactor.turn()?) {
            break;
        }
    }
    Ok(survey.verdict("single_fd"))
}
