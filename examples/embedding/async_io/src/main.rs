//! The reactor as a future on async-io, the loop under smol.
//!
//!     cargo run --manifest-path examples/embedding/async_io/Cargo.toml
//!
//! * an `Async` on a duplicate of the reactor's descriptor, raced with a timer

#[path = "../../../common/mod.rs"]
mod common;

use std::io;
use std::os::fd::AsFd;
use std::process::ExitCode;

use async_io::{Async, Timer};
use common::survey::Survey;
use deferred_snmp::reactor::Reactor;
use futures_lite::future::or;

fn main() -> io::Result<ExitCode> {
    let mut reactor = Reactor::new()?;
    let survey = Survey::start(&reactor.handle(), 20);
    async_io::block_on(drive(&mut reactor, &survey))?;
    Ok(survey.verdict("loop_async_io"))
}

/// Turns the reactor until it stops.
async fn drive(reactor: &mut Reactor, survey: &Survey) -> io::Result<()> {
    let descriptor = Async::new_nonblocking(reactor.as_fd().try_clone_to_owned()?)?;
    loop {
        let deadline = reactor.next_deadline().map_or_else(Timer::never, Timer::at);
        let expired = async {
            deadline.await;
            Ok(())
        };
        or(descriptor.readable(), expired).await?;
        if !survey.count(reactor.turn()?) {
            return Ok(());
        }
    }
}
