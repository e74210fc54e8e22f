//! The engine without sockets: what a request costs from submission to its outcome, and what serving
//! one costs.
//!
//!     cargo bench -p benches --bench engine
//!
//! The other side of each exchange is a datagram made beforehand or copied, so that the figures are
//! those of one engine. The times of the groups with many requests are per request. `worst` is about single datagrams
//! that make an agent work as long as they can.

mod datagrams;
mod registering;
mod tables;
mod worst;

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use deferred_snmp::access::OpenAccess;
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::engine::{
    Credentials, Endpoint, Engine, EngineConfig, Event, Peer, Request, RequestId,
};
use deferred_snmp::message::{CommunityMessage, Version};
use deferred_snmp::objects::{Asker, Column, MibTree, Scalar, Table};
use deferred_snmp::oid;
use deferred_snmp::pdu::{Bulk, ErrorStatus, Pdu, PduBody, PduKind, PduRef};
use deferred_snmp::security::{CommunityEntry, CommunityTable};
use deferred_snmp::smi::{ObjectIdentifier, ValueRef, VarBindList};

const SYS_DESCR: ObjectIdentifier = oid!(1.3.6.1.2.1.1.1.0);

fn peer(number: usize) -> Peer {
    Peer::udp(Endpoint(0), ([192, 0, 2, number as u8], 161).into())
}

fn get(buffer: Vec<u8>) -> Pdu {
    let mut var_binds = VarBindList::from_buffer(buffer);
    var_binds.push(SYS_DESCR.as_ref(), ValueRef::Null);
    Pdu::new(PduKind::GetRequest, 0, var_binds)
}

/// A manager, and answers in place of agents.
struct Exchange {
    engine: Engine,
    credentials: Credentials,
    now: Instant,
    message: Vec<u8>,
    bindings: VarBindList,
    sent: Vec<(Peer, i32)>,
}

impl Exchange {
    #[expect(
        clippy::disallowed_methods,
        reason = "an Instant can be had in no other way"
    )]
    fn new() -> Self {
        let now = Instant::now();
        let mut bindings = VarBindList::new();
        let text = ValueRef::OctetString(b"Linux router 6.1.0-18-amd64");
        bindings.push(SYS_DESCR.as_ref(), text);
        Self {
            engine: Engine::new(EngineConfig::with_seed(1), now),
            credentials: Credentials::V2c("public".into()),
            now,
            message: Vec::with_capacity(2000),
            bindings,
            sent: Vec::with_capacity(2000),
        }
    }

    fn submit(&mut self, peer: Peer) -> RequestId {
        let pdu = get(self.engine.buffer());
        let request = Request::new(peer, self.credentials.clone(), pdu);
        self.engine.submit(self.now, request).unwrap()
    }

    fn transmit(&mut self) {
        while let Some(transmit) = self.engine.poll_transmit(self.now, &mut self.message) {
            let message = CommunityMessage::decode(&self.message).unwrap();
            let PduBody::Pdu(pdu) = message.pdu else {
                unreachable!()
            };
            self.sent.push((transmit.peer, pdu.request_id));
        }
    }

    fn answer(&mut self) -> usize {
        for (peer, request_id) in self.sent.drain(..) {
            let pdu = PduRef {
                request_id,
                ..response_of(&self.bindings)
            };
            CommunityMessage::new(Version::V2c, b"public", pdu).encode(&mut self.message);
            self.engine.handle_message(self.now, &peer, &self.message);
        }
        let mut answered = 0;
        while let Some(event) = self.engine.poll_event() {
            let Event::Response { response, .. } = event else {
                unreachable!()
            };
            black_box(response.pdu.var_binds.get(0));
            self.engine.recycle(response.pdu);
            answered += 1;
        }
        answered
    }
}

/// The answer to a request-id that is put in.
fn response_of(bindings: &VarBindList) -> PduRef<'_> {
    PduRef {
        kind: PduKind::Response,
        request_id: 0,
        error_status: ErrorStatus::NO_ERROR,
        error_index: 0,
        var_binds: bindings.as_ref(),
    }
}

fn manager(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("manager");
    // (in flight, peers): alone, many peers, and one peer beyond its window.
    for (in_flight, peers) in [(1, 1), (1000, 50), (1000, 1)] {
        group.throughput(Throughput::Elements(in_flight as u64));
        let name = format!("{in_flight} in flight to {peers}");
        let mut exchange = Exchange::new();
        group.bench_function(BenchmarkId::new("get", name), |bencher| {
            bencher.iter(|| {
                for number in 0..in_flight {
                    exchange.submit(peer(number % peers));
                }
                let mut answered = 0;
                while answered < in_flight {
                    exchange.transmit();
                    answered += exchange.answer();
                }
            });
        });
    }
    // The share of the other side in the above: to be taken off.
    let mut exchange = Exchange::new();
    exchange.submit(peer(1));
    let mut request = Vec::new();
    let _ = exchange.engine.poll_transmit(exchange.now, &mut request);
    group.throughput(Throughput::Elements(1));
    group.bench_function("the other side", |bencher| {
        bencher.iter(|| {
            let message = CommunityMessage::decode(black_box(&request)).unwrap();
            let PduBody::Pdu(pdu) = message.pdu else {
                unreachable!()
            };
            let answer = PduRef {
                request_id: pdu.request_id,
                ..response_of(&exchange.bindings)
            };
            CommunityMessage::new(Version::V2c, b"public", answer).encode(&mut exchange.message);
            black_box(&exchange.message);
        });
    });
    group.finish();
}

/// A tree of the usual kind: a few scalars and a table.
fn tree() -> MibTree {
    let mut tree = MibTree::new();
    let system = oid!(1.3.6.1.2.1.1);
    for number in 1..=7 {
        let object = Scalar::constant("Linux router 6.1.0-18-amd64");
        tree.register(system.child(number).unwrap(), object)
            .unwrap();
    }
    let mut table = Table::new((1..=22).map(Column::new));
    for row in 1..=48 {
        table.insert(
            &[row],
            (1..=22).map(|column| (column, 1_000_000 + row as i32)),
        );
    }
    tree.register(oid!(1.3.6.1.2.1.2.2.1), table).unwrap();
    tree
}

fn agent(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("agent");
    let bulk = {
        let mut var_binds = VarBindList::new();
        var_binds.push(oid!(1.3.6.1.2.1.2.2.1.10).as_ref(), ValueRef::Null);
        let bulk = Bulk {
            non_repeaters: 0,
            max_repetitions: 25,
        };
        Pdu::bulk_request(1, bulk, var_binds)
    };
    for (name, pdu) in [("get", get(Vec::new())), ("bulk of 25", bulk)] {
        let mut communities = CommunityTable::default();
        communities.insert("public", CommunityEntry::new("reader"));
        let config = EngineConfig::with_seed(1).communities(communities);
        let now = Exchange::new().now;
        let mut engine = Engine::new(config, now);
        let responder = CommandResponder::new(tree(), OpenAccess);
        let mut request = Vec::new();
        CommunityMessage::new(Version::V2c, b"public", &pdu).encode(&mut request);
        let mut message = Vec::with_capacity(2000);
        let manager = peer(1);
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                engine.handle_message(now, &manager, black_box(&request));
                let Some(Event::Request(request)) = engine.poll_event() else {
                    unreachable!()
                };
                let info = Asker::from(&request);
                let answer = responder
                    .process(&info, request.pdu.as_ref(), request.room)
                    .unwrap();
                engine.recycle(request.pdu);
                assert!(engine.respond(now, request.state, answer));
                black_box(engine.poll_transmit(now, &mut message));
            });
        });
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2));
    targets = manager, agent, tables::walks, registering::scalars, worst::datagrams
}
criterion_main!(benches);
