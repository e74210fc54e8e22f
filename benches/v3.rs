//! SNMPv3 between two engines without sockets: a request in a user's name from its submission to its
//! outcome, the agent's part included, beside the same with a community and beside the cryptography
//! alone.
//!
//!     cargo bench -p benches --bench v3

use std::hint::black_box;
use std::time::Instant;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use deferred_snmp::engine::{
    Credentials, Endpoint, Engine, EngineConfig, Event, Peer, Request, UsmCredentials,
};
use deferred_snmp::oid;
use deferred_snmp::pdu::{Pdu, PduKind};
use deferred_snmp::security::usm::{
    AuthProtocol, PrivProtocol, User, UserEntry, UserTable, UsmUser,
};
use deferred_snmp::security::{CommunityEntry, CommunityTable, EngineId};
use deferred_snmp::smi::{ObjectIdentifier, ValueRef, VarBindList};

const SYS_DESCR: ObjectIdentifier = oid!(1.3.6.1.2.1.1.1.0);
const ENGINES: usize = 1_000;

fn user() -> User {
    UsmUser::new("user")
        .and_then(|user| user.auth(AuthProtocol::Sha1, "authentication phrase"))
        .and_then(|user| user.privacy(PrivProtocol::Aes128, "privacy phrase"))
        .expect("a user")
        .into()
}

fn peer(number: usize) -> Peer {
    let [.., high, low] = (number as u32).to_be_bytes();
    Peer::udp(Endpoint(0), ([10, 0, high, low], 161).into())
}

fn number(peer: &Peer) -> usize {
    let deferred_snmp::engine::Address::Udp(address) = peer.address else {
        unreachable!()
    };
    match address.ip() {
        std::net::IpAddr::V4(ip) => {
            usize::from(u16::from_be_bytes([ip.octets()[2], ip.octets()[3]]))
        }
        std::net::IpAddr::V6(_) => unreachable!(),
    }
}

/// A manager and a thousand agents.
struct World {
    now: Instant,
    manager: Engine,
    agents: Vec<Engine>,
    message: Vec<u8>,
}

impl World {
    #[expect(
        clippy::disallowed_methods,
        reason = "an Instant can be had in no other way"
    )]
    fn new(user: &User) -> Self {
        let now = Instant::now();
        let agents = (0..ENGINES).map(|number| {
            let mut users = UserTable::default();
            let entry = UserEntry::new(user.clone());
            users.insert(entry).expect("room for a user");
            let mut communities = CommunityTable::default();
            communities.insert("public", CommunityEntry::new("reader"));
            let name = EngineId::generate(20_408, (number as u64 + 1).to_be_bytes());
            let config = EngineConfig::with_seed(number as u64).engine_id(name);
            Engine::new(config.users(users).communities(communities), now)
        });
        Self {
            now,
            manager: Engine::new(EngineConfig::with_seed(1), now),
            agents: agents.collect(),
            message: Vec::with_capacity(2000),
        }
    }

    /// A GET to each of the agents, all in flight at the same time.
    fn round(&mut self, credentials: &Credentials) {
        for number in 0..ENGINES {
            let mut var_binds = VarBindList::from_buffer(self.manager.buffer());
            var_binds.push(SYS_DESCR.as_ref(), ValueRef::Null);
            let pdu = Pdu::new(PduKind::GetRequest, 0, var_binds);
            let request = Request::new(peer(number), credentials.clone(), pdu);
            self.manager.submit(self.now, request).expect("room");
        }
        let manager = Peer::udp(Endpoint(0), ([10, 1, 0, 1], 40_000).into());
        while let Some(transmit) = self.manager.poll_transmit(self.now, &mut self.message) {
            let agent = &mut self.agents[number(&transmit.peer)];
            agent.handle_message(self.now, &manager, &self.message);
            while let Some(event) = agent.poll_event() {
                let Event::Request(request) = event else {
                    unreachable!()
                };
                let mut pdu = request.pdu;
                pdu.kind = PduKind::Response;
                agent.respond(self.now, request.state, pdu);
            }
            while agent.poll_transmit(self.now, &mut self.message).is_some() {
                let message = &self.message;
                self.manager
                    .handle_message(self.now, &transmit.peer, message);
            }
        }
        let mut answered = 0;
        while let Some(event) = self.manager.poll_event() {
            let Event::Response { response, .. } = event else {
                unreachable!()
            };
            black_box(response.pdu.var_binds.get(0));
            self.manager.recycle(response.pdu);
            answered += 1;
        }
        assert_eq!(answered, ENGINES);
    }
}

fn exchange(criterion: &mut Criterion) {
    let user = user();
    let mut group = criterion.benchmark_group("get, both engines");
    group.throughput(Throughput::Elements(ENGINES as u64));
    let mut world = World::new(&user);
    for (name, credentials) in [
        ("v2c", Credentials::V2c("public".into())),
        (
            "authPriv",
            Credentials::Usm(UsmCredentials::new(user.clone())),
        ),
    ] {
        world.round(&credentials);
        group.bench_function(name, |bencher| bencher.iter(|| world.round(&credentials)));
    }
    group.finish();

    // A request and an answer are each signed, encrypted, checked and decrypted.
    let engine_id = EngineId::generate(20_408, [1; 8]);
    let keys = user.localize(&engine_id).expect("keys");
    let (Some(authentication), Some(privacy)) = (keys.authentication(), keys.privacy()) else {
        unreachable!()
    };
    let mut message = vec![0_u8; 140];
    criterion.bench_function("cryptography of a get", |bencher| {
        bencher.iter(|| {
            for _ in 0..2 {
                privacy.encrypt(1, 1, [1; 8], &mut message[80..]).unwrap();
                authentication.sign(&mut message, 60..72).unwrap();
                authentication.verify(&message, 60..72).unwrap();
                privacy.decrypt(1, 1, &[1; 8], &mut message[80..]).unwrap();
            }
            black_box(&mut message);
        });
    });
}

fn discovery(criterion: &mut Criterion) {
    let user = user();
    // The pass phrase is turned into a key once, here.
    user.localize(&EngineId::generate(20_408, [1; 8]))
        .expect("keys");
    let credentials = Credentials::Usm(UsmCredentials::new(user.clone()));
    let mut group = criterion.benchmark_group("first get");
    group.throughput(Throughput::Elements(ENGINES as u64));
    group.sample_size(20);
    group.bench_function("authPriv", |bencher| {
        bencher.iter_batched_ref(
            || World::new(&user),
            |world| world.round(&credentials),
            criterion::BatchSize::PerIteration,
        );
    });
    group.finish();
}

criterion_group!(benches, exchange, discovery);
criterion_main!(benches);
