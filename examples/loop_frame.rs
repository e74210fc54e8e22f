//! The reactor in a program that draws frames: turns once in each, and no descriptor.
//!
//!     cargo run --example loop_frame
//!
//! * a turn never blocks, and what it does at most is bounded; what is left over is taken up while there is time
//! * deadlines are met by the next frame; answers wait in the socket until then

mod common;

use std::io;
use std::process::ExitCode;
use std::time::Duration;

use common::survey::Survey;
use deferred_snmp::reactor::Reactor;

const FRAME: Duration = Duration::from_millis(16);
/// What of it the reactor may take.
const SHARE: Duration = Duration::from_millis(4);

fn main() -> io::Result<ExitCode> {
    let mut reactor = Reactor::new()?;
    let handle = reactor.handle();
    let survey = Survey::start(&handle, 10);
    loop {
        let begin = handle.now();
        // Input, movement and drawing stand here.
        loop {
            let turn = reactor.turn()?;
            if !survey.count(turn) {
                return Ok(survey.verdict("loop_frame"));
            }
            if !turn.more || handle.now() - begin >= SHARE {
                break;
            }
        }
        rest(FRAME.saturating_sub(handle.now() - begin));
    }
}

#[expect(clippy::disallowed_methods, reason = "the frame's own clock")]
fn rest(duration: Duration) {
    std::thread::sleep(duration);
}
