//! The datagrams that cost an agent most: up to 65,507 octets, at agents with a million objects.
//!
//! Everything is measured from the datagram to the octets of the answer. GETBULK has the room of an authenticated
//! request.

use std::hint::black_box;

use criterion::Criterion;
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::engine::{Engine, EngineConfig, Event};
use deferred_snmp::objects::Asker;
use deferred_snmp::security::{CommunityEntry, CommunityTable};

use crate::datagrams::{AGENTS, LONGEST};
use crate::{Exchange, peer};

pub(crate) fn datagrams(criterion: &mut Criterion) {
    for agent in AGENTS {
        let mut bench = Bench::new(criterion, agent.name, (agent.responder)());
        for (what, datagram) in (agent.questions)(LONGEST) {
            bench.run(what, &datagram);
        }
    }
}

/// An agent, and a name for it.
struct Bench<'c> {
    criterion: &'c mut Criterion,
    name: &'static str,
    engine: Engine,
    responder: CommandResponder,
}

impl<'c> Bench<'c> {
    fn new(criterion: &'c mut Criterion, name: &'static str, responder: CommandResponder) -> Self {
        let mut communities = CommunityTable::default();
        communities.insert("public", CommunityEntry::new("reader"));
        let config = EngineConfig::with_seed(1)
            .communities(communities)
            .max_unauthenticated_bulk_size(LONGEST);
        Self {
            criterion,
            name,
            engine: Engine::new(config, Exchange::new().now),
            responder,
        }
    }

    fn run(&mut self, what: &str, datagram: &[u8]) {
        let Self {
            engine, responder, ..
        } = self;
        let now = Exchange::new().now;
        let manager = peer(1);
        let mut message = Vec::with_capacity(LONGEST);
        let mut serve = || {
            engine.handle_message(now, &manager, black_box(datagram));
            let Some(Event::Request(request)) = engine.poll_event() else {
                unreachable!("{what}: {} octets", datagram.len())
            };
            let info = Asker::from(&request);
            let answer = responder
                .process(&info, request.pdu.as_ref(), request.room)
                .unwrap();
            let outcome = (answer.error_status, answer.var_binds.len());
            engine.recycle(request.pdu);
            engine.respond(now, request.state, answer);
            black_box(engine.poll_transmit(now, &mut message));
            outcome
        };
        let (status, bindings) = serve();
        println!(
            "worst/{}/{what}: {} octets, {status}, {bindings} bindings",
            self.name,
            datagram.len()
        );
        let mut group = self
            .criterion
            .benchmark_group(format!("worst/{}", self.name));
        group.sample_size(10);
        group.bench_function(what, |bencher| bencher.iter(&mut serve));
        group.finish();
    }
}
