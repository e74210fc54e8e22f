//! A thousand agents and a manager in one process, in virtual time, on a network that loses a fifth
//! of all datagrams.
//!
//!     cargo run --example sans_io_simulation --features testing [-- SEED]
//!
//! * no socket, no thread, no clock: time jumps from one thing that is due to the next
//! * the same seed gives the same run, datagram for datagram

use std::error::Error;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

use deferred_snmp::access::OpenAccess;
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::engine::{Credentials, Endpoint, EngineConfig, Event, Peer, Request};
use deferred_snmp::objects::{Asker, MibTree, Scalar};
use deferred_snmp::oid;
use deferred_snmp::pdu::{Pdu, PduKind};
use deferred_snmp::security::{CommunityEntry, CommunityTable};
use deferred_snmp::smi::{ValueRef, VarBindList};
use deferred_snmp::testing::{Simulation, Wire};

const AGENTS: u16 = 1_000;
/// Each lost try is made up for by another; 25 in a row are not lost.
const RETRIES: u32 = 25;
/// A question takes two datagrams; at this loss it takes less than two tries on average.
const DATAGRAMS: u64 = 4 * AGENTS as u64;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let seed = match std::env::args().nth(1) {
        Some(seed) => seed.parse()?,
        None => 1,
    };
    let (shortest, longest) = (Duration::from_millis(1), Duration::from_millis(40));
    let wire = Wire::new(seed).loss(0.2).delay(shortest..=longest);
    let mut simulation = Simulation::new(wire);
    let manager = SocketAddr::from(([198, 51, 100, 1], 40_000));
    let manager = simulation.add(manager, EngineConfig::with_seed(seed));
    for number in 0..AGENTS {
        let agent = add_agent(&mut simulation, number)?;
        let mut var_binds = VarBindList::new();
        var_binds.push(oid!(1.3.6.1.2.1.1.5.0).as_ref(), ValueRef::Null);
        let get = Pdu::new(PduKind::GetRequest, 0, var_binds);
        let request = Request::new(agent, Credentials::V2c("public".into()), get)
            .patience(Duration::from_secs(1), RETRIES);
        let now = simulation.now();
        simulation.node(manager).submit(now, request)?;
    }
    let ended = simulation.run(Duration::from_secs(60));
    let outcomes = simulation.events(manager);
    let answered = |event: &&Event| matches!(event, Event::Response { .. });
    let answers = outcomes.iter().filter(answered).count();
    let statistics = simulation.wire().statistics();
    println!(
        "sans_io_simulation: {answers} of {AGENTS} answered in {:?} of virtual time; \
         {} datagrams of at most {DATAGRAMS}, {} of them lost; trace {:016x}",
        simulation.elapsed(),
        statistics.sent,
        statistics.lost,
        simulation.wire().trace(),
    );
    let right = ended && answers == AGENTS.into() && statistics.sent <= DATAGRAMS;
    Ok(if right {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// An agent of one object, its name.
fn add_agent(simulation: &mut Simulation, number: u16) -> Result<Peer, Box<dyn Error>> {
    let [high, low] = number.to_be_bytes();
    let address = SocketAddr::from(([10, 0, high, low], 161));
    let mut tree = MibTree::new();
    let name = format!("agent {number}");
    tree.register(oid!(1.3.6.1.2.1.1.5), Scalar::constant(name))?;
    let mut communities = CommunityTable::default();
    communities.insert("public", CommunityEntry::new("reader"));
    let config = EngineConfig::with_seed(number.into()).communities(communities);
    let node = simulation.add(address, config);
    let responder = CommandResponder::new(tree, OpenAccess);
    simulation.serve(node, move |request| {
        let info = Asker::from(request);
        let answer = responder.process(&info, request.pdu.as_ref(), request.room);
        answer.expect("a GET is answered")
    });
    Ok(Peer::udp(Endpoint(0), address))
}
