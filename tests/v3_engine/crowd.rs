//! Many requests to many engines on a wire that loses datagrams.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::time::Duration;

use deferred_snmp::engine::{
    Credentials, Endpoint, EngineConfig, Event, Peer, Request, UsmCredentials,
};
use deferred_snmp::pdu::{Pdu, PduKind};
use deferred_snmp::security::EngineId;
use deferred_snmp::security::usm::{UserEntry, UserTable};
use deferred_snmp::smi::{ValueRef, VarBindList};
use deferred_snmp::testing::{Simulation, Wire};

use crate::pair::user;
use crate::util::rig::{SYS_DESCR, get_pdu};

#[test]
fn ten_thousand_requests_to_a_thousand_engines_end_once_and_rightly() {
    const ENGINES: u32 = 1_000;
    const REQUESTS: u32 = 10_000;
    let wire = Wire::new(5).loss(0.1);
    let mut simulation = Simulation::new(wire);
    let manager: SocketAddr = ([198, 51, 100, 1], 40_000).into();
    let manager = simulation.add(manager, EngineConfig::with_seed(1));
    // One value: the pass phrase is turned into a key once.
    let user = user("both");
    let mut peers = Vec::new();
    for number in 0..ENGINES {
        let [.., high, low] = number.to_be_bytes();
        let address: SocketAddr = ([10, 0, high, low], 161).into();
        let mut users = UserTable::default();
        users.insert(UserEntry::new(user.clone())).unwrap();
        let name = EngineId::new(&[0x80, 0, 0, 0, 5, high, low]).unwrap();
        let config = EngineConfig::with_seed(number.into());
        let node = simulation.add(address, config.engine_id(name).users(users));
        // Each tells who it is.
        simulation.serve(node, move |_| {
            let mut var_binds = VarBindList::new();
            var_binds.push(SYS_DESCR.as_ref(), ValueRef::Gauge32(number));
            Pdu::new(PduKind::Response, 0, var_binds)
        });
        peers.push(Peer::udp(Endpoint(0), address));
    }
    let credentials = Credentials::Usm(UsmCredentials::new(user));
    let mut asked = HashMap::new();
    for number in 0..REQUESTS {
        let engine = number % ENGINES;
        let request = Request::new(
            peers[engine as usize],
            credentials.clone(),
            get_pdu(Vec::new()),
        )
        .patience(Duration::from_secs(1), 20);
        let now = simulation.now();
        let id = simulation.engine(manager).submit(now, request).unwrap();
        asked.insert(id, engine);
    }
    assert!(simulation.run(Duration::from_secs(60)));
    for event in simulation.events(manager) {
        let Event::Response { id, response } = event else {
            panic!("{event:?}");
        };
        let engine = asked.remove(&id).expect("each ends once");
        let value = response.pdu.var_binds.get(0).unwrap().value;
        assert_eq!(value, ValueRef::Gauge32(engine));
    }
    assert!(asked.is_empty(), "{} never ended", asked.len());
    let statistics = simulation.engine(manager).statistics();
    // Of a hundred questions, ten are lost, and of the answers.
    assert!(statistics.discoveries < 1_500, "{statistics:?}");
}
