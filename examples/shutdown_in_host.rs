//! Shutdown that takes a message or two, in a loop that is not the library's.
//!
//!     cargo run --example shutdown_in_host
//!
//! * "before shutdown" the program writes to its agent, and the reactor waits for the answer
//! * the host asks for the end, goes on turning while the phase is `Stopping`, and ends last

mod common;

use std::cell::Cell;
use std::io;
use std::process::ExitCode;
use std::rc::Rc;
use std::time::Duration;

use common::survey::watchdog;
use deferred_snmp::hlapi::*;
use deferred_snmp::reactor::{Phase, Reactor, SystemEvent, TriggerPhase};
use rustix::event::{PollFd, PollFlags, Timespec, poll};

const TURNS: u32 = 8;

fn main() -> io::Result<ExitCode> {
    let _watchdog = watchdog();
    let mut reactor = Reactor::new()?;
    let handle = reactor.handle();
    let target = UdpTransportTarget::from(common::agent(&handle, "127.0.0.1:0"));
    // Longer than the program may take: a lost wake-up is not made up for by a second try.
    let agent = SnmpEngine::new(&handle)
        .remote(&CommunityData::new("private"), &target)
        .timeout(Duration::from_secs(60));
    let said_goodbye = Rc::new(Cell::new(false));
    let said = said_goodbye.clone();
    let (before, shutdown) = (TriggerPhase::Before, SystemEvent::Shutdown);
    handle.add_system_event_trigger(before, shutdown, move || {
        agent
            .set([("SNMPv2-MIB::sysLocation.0", "gone home")])
            .add_callback(Response::into_result)
            .map(move |_| said.set(true))
    });

    // The host's window is closed as soon as the reactor runs.
    let mut phases = vec![reactor.turn()?.phase];
    handle.stop().expect("it runs");
    while phases.last() != Some(&Phase::Stopped) {
        let timeout = reactor.next_timeout(handle.now()).map(Timespec::try_from);
        let timeout = timeout.transpose().map_err(io::Error::other)?;
        poll(
            &mut [PollFd::new(&reactor, PollFlags::IN)],
            timeout.as_ref(),
        )?;
        phases.push(reactor.turn()?.phase);
    }
    // Nothing of the library runs any more: the host may go.
    drop(reactor);

    let turns = phases.len();
    phases.dedup();
    println!("shutdown_in_host: {phases:?} in {turns} turns, at most {TURNS} allowed");
    Ok(match said_goodbye.get() && turns <= TURNS as usize {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}
