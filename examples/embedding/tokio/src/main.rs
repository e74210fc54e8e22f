//! The reactor as a task in a program that has tokio anyway.
//!
//!     cargo run --manifest-path examples/embedding/tokio/Cargo.toml
//!
//! * an `AsyncFd` on a duplicate of the reactor's descriptor, in a current-thread runtime: what
//!   belongs to the reactor stays on its thread
//! * the readiness is cleared after each turn; a turn that leaves work behind makes it ready again

#[path = "../../../common/mod.rs"]
mod common;

use std::io;
use std::os::fd::AsFd;
use std::process::ExitCode;

use common::survey::Survey;
use deferred_snmp::reactor::Reactor;
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;
use tokio::runtime;
use tokio::time::timeout_at;

fn main() -> io::Result<ExitCode> {
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let mut reactor = Reactor::new()?;
    let survey = Survey::start(&reactor.handle(), 20);
    runtime.block_on(drive(&mut reactor, &survey))?;
    Ok(survey.verdict("loop_tokio"))
}

/// Turns the reactor until it stops.
async fn drive(reactor: &mut Reactor, survey: &Survey) -> io::Result<()> {
    let duplicate = reactor.as_fd().try_clone_to_owned()?;
    // SAFETY: the duplicate is open for as long as the `AsyncFd` owns it.
    let descriptor = unsafe { AsyncFd::register_with_interest(duplicate, Interest::READABLE) };
    let descriptor = descriptor.map_err(io::Error::from)?;
    loop {
        let readable = descriptor.readable();
        let guard = match reactor.next_deadline() {
            // An error is the deadline.
            Some(at) => timeout_at(at.into(), readable).await.ok().transpose()?,
            None => Some(readable.await?),
        };
        let turn = reactor.turn()?;
        if let Some(mut guard) = guard {
            guard.clear_ready();
        }
        if !survey.count(turn) {
            return Ok(());
        }
    }
}
