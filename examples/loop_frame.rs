//! The reactor in a program that draws frames: one turn for each, and no descriptor.
//!
//!     cargo run --example loop_frame
//!
//! * a turn never blocks, and what it does at most is bounded
//! * deadlines are met by the next frame; answers wait in the socket until then

mod common;

use std::io;
use std::process::ExitCode;
use std::time::Duration;

use common::survey::Survey;
use deferred_snmp::reactor::Reactor;

const FRAME: Duration = Duration::from_millis(16);

fn main() -> io::Result<ExitCode> {
    let mut reactor = Reactor::new()?;
    let handle = reactor.handle();
    let survey = Survey::start(&handle, 10);
    loop {
        let begin = handle.now();
        // Input, movement and drawing stand here.
        if !survey.count(reactor.turn()?) {
            break;
        }
        rest(FRAME.saturating_sub(handle.now() - begin));
    }
    Ok(survey.verdict("loop_frame"))
}

#[expect(clippy::disallowed_methods, reason = "the frame's own clock")]
fn rest(duration: Duration) {
    std::thread::sleep(duration);
}
