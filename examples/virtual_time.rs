//! A watchman that asks an agent once a minute, for a day in which the agent is away for an hour: the program is one for
//! sockets and a clock, and runs in virtual time on a wire that loses one datagram in twenty.
//!
//!     cargo run --example virtual_time --features testing [-- SEED]
//!
//! * the program has an `SnmpEngine` and its reactor, and does not know what carries its messages and what moves its time
//! * nothing sleeps and no message goes by a socket: time jumps from one thing that is due to the next
//! * the same seed gives the same run, datagram for datagram

use std::cell::{Cell, RefCell};
use std::error::Error;
use std::process::ExitCode;
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::access::Views;
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::Scalar;
use deferred_snmp::oid;
use deferred_snmp::task::LoopingCall;
use deferred_snmp::testing::{Simulation, Wire};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);

/// Asks once a minute, and tells when the agent comes and when it goes.
fn watch(
    engine: &SnmpEngine,
    target: &UdpTransportTarget,
    tell: impl Fn(&'static str) + Clone + 'static,
) -> LoopingCall {
    let agent = engine.remote(&CommunityData::new("public"), target);
    let was_there = Rc::new(Cell::new(false));
    LoopingCall::new(engine.reactor(), move || {
        let (was_there, tell) = (Rc::clone(&was_there), tell.clone());
        let get = agent.get(["SNMPv2-MIB::sysName.0"]);
        get.add_both(move |outcome| {
            let is_there = outcome.is_ok();
            if was_there.replace(is_there) != is_there {
                tell(if is_there { "there" } else { "gone" });
            }
        })
    })
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let seed = match std::env::args().nth(1) {
        Some(seed) => seed.parse()?,
        None => 1,
    };
    let (shortest, longest) = (Duration::from_millis(1), Duration::from_millis(40));
    let wire = Wire::new(seed).loss(0.05).delay(shortest..=longest);
    let mut simulation = Simulation::new(wire);
    let reactor = simulation.reactor().clone();
    let start = simulation.now();

    let address = "192.0.2.1:161".parse()?;
    let agent = Agent::on(&simulation.engine([192, 0, 2, 1]))
        .community("public", Views::new().read(oid!(1.3.6.1.2.1)))
        .listen(address)
        .start()?;
    agent.scalar("SNMPv2-MIB::sysName", Scalar::constant("far away"))?;
    let leaving = agent.clone();
    reactor.call_later(3 * HOUR, move || leaving.engine().close());
    reactor.call_later(4 * HOUR, move || {
        if let Err(error) = agent.listen_udp(address) {
            eprintln!("{error}");
        }
    });

    let told = Rc::new(RefCell::new(Vec::new()));
    let (telling, clock) = (Rc::clone(&told), reactor);
    let manager = simulation.engine([198, 51, 100, 1]);
    let watchman = watch(&manager, &address.into(), move |what| {
        let hours = (clock.now() - start).as_secs_f64() / HOUR.as_secs_f64();
        println!("{hours:6.3} h: the agent is {what}");
        telling.borrow_mut().push(what);
    });
    let watching = watchman.start(MINUTE, true);
    let ended = simulation.run(24 * HOUR);
    watchman.stop()?;
    simulation.block_on(watching)?;
    println!(
        "virtual_time: {:?} of virtual time, {} datagrams, trace {:016x}",
        simulation.elapsed(),
        simulation.wire().statistics().sent,
        simulation.wire().trace(),
    );
    let right = !ended && *told.borrow() == ["there", "gone", "there"];
    Ok(match right {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}
