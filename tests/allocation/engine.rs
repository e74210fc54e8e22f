//! What the engine allocates: in steady state nothing.

use counting_allocator::{counted, held};
use deferred_snmp::engine::{
    Context, Credentials, Engine, EngineConfig, Event, Peer, Request, UsmCredentials,
};
use deferred_snmp::message::{CommunityMessage, can_be_mended, mended};
use deferred_snmp::pdu::{PduBody, PduKind, PduRef};
use deferred_snmp::security::usm::{
    AuthProtocol, PrivProtocol, User, UserEntry, UserTable, UsmUser,
};
use deferred_snmp::security::{CommunityEntry, CommunityTable, EngineId};
use util::rig::{Rig, agent, answer, get_pdu, v2c};

/// Makes `request` its own answer, which is as long: a responder that allocates nothing either.
fn answer_in_place(request: &[u8], out: &mut Vec<u8>) {
    let message = CommunityMessage::decode(request).unwrap();
    let PduBody::Pdu(pdu) = message.pdu else {
        panic!("not a request: {message}");
    };
    let pdu = PduBody::Pdu(PduRef {
        kind: PduKind::Response,
        ..pdu
    });
    CommunityMessage { pdu, ..message }.encode(out);
}

/// Requests to several peers and their answers, `in_flight` at a time.
struct Exchange {
    rig: Rig,
    credentials: Credentials,
    peers: Vec<Peer>,
    in_flight: usize,
    message: Vec<u8>,
    /// Fixed places, so that the test allocates nothing itself.
    answers: Vec<(Peer, Vec<u8>)>,
}

impl Exchange {
    fn new(peers: u8, in_flight: usize) -> Self {
        let nobody = agent(0);
        Self {
            rig: Rig::seeded(),
            credentials: v2c(),
            peers: (1..=peers).map(agent).collect(),
            in_flight,
            message: Vec::with_capacity(2000),
            answers: (0..in_flight)
                .map(|_| (nobody.clone(), Vec::with_capacity(2000)))
                .collect(),
        }
    }

    fn round(&mut self) {
        let now = self.rig.at(0);
        let engine = &mut self.rig.engine;
        for number in 0..self.in_flight {
            let peer = self.peers[number % self.peers.len()].clone();
            let pdu = get_pdu(engine.buffer());
            let request = Request::new(peer, self.credentials.clone(), pdu);
            engine.submit(now, request).unwrap();
        }
        let mut answered = 0;
        while answered < self.in_flight {
            let mut sent = 0;
            while let Some(transmit) = engine.poll_transmit(now, &mut self.message) {
                let (peer, datagram) = &mut self.answers[sent];
                *peer = transmit.peer;
                answer_in_place(&self.message, datagram);
                sent += 1;
            }
            for (peer, datagram) in &self.answers[..sent] {
                engine.handle_message(now, peer, datagram);
            }
            answered += take_answers(engine);
        }
        assert_eq!(engine.outstanding(), 0);
    }
}

fn take_answers(engine: &mut Engine) -> usize {
    let mut answered = 0;
    while let Some(event) = engine.poll_event() {
        match event {
            Event::Response { response, .. } => engine.recycle(response.pdu),
            other => panic!("{other:?}"),
        }
        answered += 1;
    }
    answered
}

#[test]
fn an_exchange_allocates_nothing_once_all_is_warm() {
    // One peer, within its window and beyond it, and many peers.
    for (peers, in_flight) in [(1, 1), (1, 100), (1, 1000), (50, 1000)] {
        let mut exchange = Exchange::new(peers, in_flight);
        for _ in 0..10 {
            exchange.round();
        }
        let ((), allocations) = counted(|| {
            for _ in 0..10 {
                exchange.round();
            }
        });
        assert_eq!(
            allocations, 0,
            "10 rounds of {in_flight} requests to {peers} peers"
        );
    }
}

#[test]
fn a_user_at_an_engine_takes_less_than_two_kibibytes() {
    const ENGINES: u32 = 1_000;
    for (auth, privacy) in [
        (AuthProtocol::Sha1, PrivProtocol::Aes128),
        (AuthProtocol::Sha512, PrivProtocol::Aes256Blumenthal),
    ] {
        let user: User = UsmUser::new("both")
            .and_then(|user| user.auth(auth, "authentication phrase"))
            .and_then(|user| user.privacy(privacy, "privacy phrase"))
            .unwrap()
            .into();
        let mut rig = Rig::seeded();
        let mut message = Vec::with_capacity(2000);
        let mut ask = |rig: &mut Rig, number: u32| {
            let engine_id = EngineId::generate(1, u64::from(number).to_be_bytes());
            let credentials = UsmCredentials::new(user.clone()).at_engine(engine_id);
            let pdu = get_pdu(rig.engine.buffer());
            let request = Request::new(agent(1), Credentials::Usm(credentials), pdu);
            let id = rig.submit(0, request);
            assert!(rig.engine.poll_transmit(rig.now, &mut message).is_some());
            assert!(rig.engine.cancel(rig.now, id));
        };
        ask(&mut rig, 0);
        let before = held();
        (1..=ENGINES).for_each(|number| ask(&mut rig, number));
        let each = (held() - before) as u32 / ENGINES;
        assert!(each <= 2048, "{each} octets with {auth} and {privacy}");
    }
}

/// Engines in a user's name, at the highest level: the manager asks each of the agents.
#[test]
fn an_exchange_in_a_users_name_allocates_nothing_once_all_is_warm() {
    const AGENTS: u8 = 8;
    const IN_FLIGHT: usize = 64;
    let user: User = UsmUser::new("both")
        .and_then(|user| user.auth(AuthProtocol::Sha1, "authentication phrase"))
        .and_then(|user| user.privacy(PrivProtocol::Aes128, "privacy phrase"))
        .unwrap()
        .into();
    let mut manager = Rig::seeded();
    let now = manager.at(0);
    let mut agents: Vec<Engine> = (0..AGENTS)
        .map(|number| {
            let mut users = UserTable::default();
            users.insert(UserEntry::new(user.clone())).unwrap();
            Engine::new(EngineConfig::with_seed(number.into()).users(users), now)
        })
        .collect();
    let credentials = Credentials::Usm(UsmCredentials::new(user));
    let mut message = Vec::with_capacity(2000);
    let mut round = |manager: &mut Rig| {
        let engine = &mut manager.engine;
        for number in 0..IN_FLIGHT {
            let pdu = get_pdu(engine.buffer());
            let peer = agent(number as u8 % AGENTS);
            let context = Context::default();
            let request = Request::new(peer, credentials.clone(), pdu).context(context);
            engine.submit(now, request).unwrap();
        }
        while let Some(transmit) = engine.poll_transmit(now, &mut message) {
            let number = (0..AGENTS).find(|number| agent(*number).is(&transmit.peer));
            let asked = &mut agents[usize::from(number.unwrap())];
            asked.handle_message(now, &agent(200), &message);
            while let Some(event) = asked.poll_event() {
                let Event::Request(request) = event else {
                    panic!("{event:?}");
                };
                let mut pdu = request.pdu;
                pdu.kind = PduKind::Response;
                assert!(asked.respond(now, request.state, pdu));
            }
            while asked.poll_transmit(now, &mut message).is_some() {
                engine.handle_message(now, &transmit.peer, &message);
            }
        }
        assert_eq!(take_answers(engine), IN_FLIGHT);
    };
    (0..10).for_each(|_| round(&mut manager));
    let ((), allocations) = counted(|| (0..10).for_each(|_| round(&mut manager)));
    assert_eq!(allocations, 0);
}

#[test]
fn retries_and_dropped_datagrams_allocate_nothing() {
    let mut rig = Rig::seeded();
    let patience = std::time::Duration::from_secs(1);
    for number in 0..50 {
        let request = Request::new(agent(number), v2c(), get_pdu(Vec::new()));
        rig.submit(0, request.patience(patience, 1000));
    }
    let sent = rig.sent();
    let strange = answer(&sent[0].data, 1);
    let mut message = Vec::with_capacity(2000);
    let mut at = 0;
    let mut round = |rig: &mut Rig| {
        at += 1000;
        rig.timeout(at);
        let mut messages = 0;
        while rig.engine.poll_transmit(rig.now, &mut message).is_some() {
            messages += 1;
        }
        assert_eq!(messages, 50);
        rig.receive(at, &agent(200), &strange);
        rig.receive(at, &agent(1), &strange[..strange.len() - 1]);
        rig.receive(at, &agent(1), b"");
    };
    round(&mut rig);
    let ((), allocations) = counted(|| (0..20).for_each(|_| round(&mut rig)));
    assert_eq!(allocations, 0);
    assert_eq!(rig.engine.outstanding(), 50);
}

#[test]
fn serving_a_request_allocates_nothing() {
    let mut communities = CommunityTable::default();
    communities.insert("public", CommunityEntry::new("reader"));
    let mut rig = Rig::new(EngineConfig::with_seed(1).communities(communities));
    let request = {
        let mut asking = Rig::seeded();
        asking.submit(0, Request::new(agent(1), v2c(), get_pdu(Vec::new())));
        asking.sent_one().data
    };
    let mut message = Vec::with_capacity(2000);
    let mut serve = |rig: &mut Rig| {
        rig.receive(0, &agent(1), &request);
        let Some(Event::Request(request)) = rig.engine.poll_event() else {
            panic!("no request");
        };
        let mut pdu = request.pdu;
        pdu.kind = PduKind::Response;
        assert!(rig.engine.respond(rig.now, request.state, pdu));
        assert!(rig.engine.poll_transmit(rig.now, &mut message).is_some());
    };
    (0..10).for_each(|_| serve(&mut rig));
    let ((), allocations) = counted(|| (0..100).for_each(|_| serve(&mut rig)));
    assert_eq!(allocations, 0);
}

#[test]
fn a_datagram_makes_no_allocation_longer_than_itself() {
    // Length fields that promise gigabytes must not be believed.
    let mut rig = Rig::seeded();
    rig.submit(0, Request::new(agent(1), v2c(), get_pdu(Vec::new())));
    let good = answer(&rig.sent_one().data, 1);
    // Where the engine keeps what time-outs tell, a peer has a place for each class.
    for from in [1, 2] {
        let another = util::rig::answer_by(&good, |pdu| pdu.request_id = -1);
        let (now, other) = (rig.at(0), agent(from));
        rig.engine.handle_message(now, &other, &another);
    }
    rig.engine.handle_message(rig.at(0), &agent(2), &good);
    let mut mended_ones = 0;
    for at in 0..good.len() {
        for octet in [0x00, 0x7f, 0x80, 0x84, 0xff] {
            let mut bad = good.clone();
            bad[at] = octet;
            let now = rig.at(0);
            // From somebody who was not asked, so that none of them is the answer.
            let handle = || rig.engine.handle_message(now, &agent(2), &bad);
            let ((), allocations) = counted(handle);
            let error = CommunityMessage::decode(&bad).err();
            if error.is_some_and(|error| can_be_mended(&error)) {
                mended_ones += 1;
                // The elements around a name, and the name.
                assert!(allocations <= 6, "{allocations}: {bad:02x?}");
                assert!(mended(&bad).capacity() <= bad.len());
            } else {
                assert_eq!(allocations, 0, "{bad:02x?}");
            }
        }
    }
    assert!(mended_ones > 0);
}

#[test]
fn starting_and_cancelling_does_not_grow_memory() {
    // With the window open, and with requests in flight that keep it closed.
    for in_flight in [0, 128] {
        let mut rig = Rig::seeded();
        for _ in 0..in_flight {
            rig.submit(0, Request::new(agent(1), v2c(), get_pdu(Vec::new())));
        }
        drop(rig.sent());
        let mut cycles = |count| {
            for _ in 0..count {
                let pdu = get_pdu(rig.engine.buffer());
                let id = rig.submit(0, Request::new(agent(1), v2c(), pdu));
                assert!(rig.engine.cancel(rig.now, id));
            }
        };
        cycles(2_000);
        let before = held();
        cycles(50_000);
        // A table of 128 entries may have doubled once; anything kept for each would be far more.
        let grown = held() - before;
        assert!(grown <= 4096, "{grown} octets, {in_flight} in flight");
    }
}

#[test]
fn an_outstanding_request_takes_less_than_a_kibibyte() {
    const REQUESTS: usize = 100_000;
    let mut rig = Rig::seeded();
    let before = held();
    for number in 0..REQUESTS {
        let peer = agent((number % 250) as u8);
        rig.submit(0, Request::new(peer, v2c(), get_pdu(Vec::new())));
    }
    let each = (held() - before) as usize / REQUESTS;
    assert!(each <= 1024, "{each} octets");
}
