//! The reactor as a future on async-io, the loop under smol.
//!
//!     cargo run --manifest-path examples/embedding/async_io/Cargo.toml
//!
//! * an `Async` on a duplicate of the reactor's descriptor, raced with a timer
//! * a Deferred is a future: the program's own futures await it, with no coroutine of the library's

#[path = "../../../common/mod.rs"]
mod common;

use std::io;
use std::os::fd::AsFd;
use std::process::ExitCode;
use std::time::Duration;

use async_io::{Async, Timer};
use common::survey::Survey;
use deferred_snmp::hlapi::SnmpError;
use deferred_snmp::reactor::Reactor;
use futures_lite::future::{or, zip};

const QUESTIONS: u32 = 20;

fn main() -> io::Result<ExitCode> {
    let mut reactor = Reactor::new()?;
    let survey = Survey::prepare(&reactor.handle(), QUESTIONS);
    let program = async {
        let result = ask(&survey).await;
        survey.finish(result)
    };
    let (driven, asked) = async_io::block_on(zip(drive(&mut reactor, &survey), program));
    driven?;
    asked.map_err(io::Error::other)?;
    Ok(survey.verdict("loop_async_io"))
}

async fn ask(survey: &Survey) -> Result<(), SnmpError> {
    for _ in 0..QUESTIONS {
        survey.question().await?;
        Timer::after(Duration::from_millis(4)).await;
    }
    Ok(())
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
