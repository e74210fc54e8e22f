//! Agents and a manager on a simulated wire.

use std::net::SocketAddr;

use deferred_snmp::access::OpenAccess;
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::engine::{Endpoint, EngineConfig, Peer};
use deferred_snmp::objects::{Asker, MibTree};
use deferred_snmp::security::{CommunityEntry, CommunityTable};
use deferred_snmp::testing::{NodeId, Simulation};

/// Adds agent `number`, which shows `tree` to the community `public`.
pub fn add_agent(simulation: &mut Simulation, number: u8, tree: MibTree) -> Peer {
    let address = SocketAddr::from(([192, 0, 2, number], 161));
    let mut communities = CommunityTable::default();
    communities.insert("public", CommunityEntry::new("reader"));
    let config = EngineConfig::with_seed(number.into()).communities(communities);
    let node = simulation.add(address, config);
    let responder = CommandResponder::new(tree, OpenAccess);
    simulation.serve(node, move |request| {
        let info = Asker::from(request);
        responder
            .process(&info, request.pdu.as_ref(), request.room)
            .expect("a request that is answered")
    });
    Peer::udp(Endpoint(0), address)
}

/// Adds a manager whose request-ids follow from `seed`.
pub fn add_manager(simulation: &mut Simulation, seed: u64) -> NodeId {
    let address = SocketAddr::from(([198, 51, 100, 1], 40_000));
    simulation.add(address, EngineConfig::with_seed(seed))
}
