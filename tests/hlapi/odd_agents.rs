//! Agents that answer otherwise than asked: what the time-out says, and which option reads them.

use std::net::SocketAddr;
use std::time::Duration;

use deferred_snmp::engine::EngineConfig;
use deferred_snmp::hlapi::*;
use deferred_snmp::message::Version;
use util::manager::Manager;
use util::raw::{self, Asked};

/// For a time-out, and for an answer.
const SHORT: Duration = Duration::from_millis(300);
const LONG: Duration = Duration::from_secs(30);
const NAME: &str = "1.3.6.1.2.1.1.5.0";

/// The outcome of a GET that waits so long for each of two tries.
fn get(
    manager: &mut Manager,
    engine: &SnmpEngine,
    address: SocketAddr,
    patience: Duration,
) -> Result<Response, SnmpError> {
    let target = UdpTransportTarget::from(address)
        .timeout(patience)
        .retries(1);
    let auth = CommunityData::new("public");
    let deferred = get_cmd(engine, &auth, &target, &ContextData::default(), [NAME]);
    manager.settle(deferred)
}

fn engine(manager: &Manager, config: EngineConfig) -> SnmpEngine {
    SnmpEngine::with_config(&manager.reactor.handle(), config)
}

#[test]
fn one_that_keeps_16_bits_of_the_request_id() {
    let mut manager = Manager::new();
    let address = raw::listen(&manager.reactor.handle(), |datagram| {
        let cut_off = |pdu: &mut deferred_snmp::pdu::Pdu| pdu.request_id &= 0xffff;
        vec![Asked::new(datagram).answer(cut_off)]
    });
    let usual = engine(&manager, EngineConfig::with_seed(1));
    let words = get(&mut manager, &usual, address, SHORT)
        .unwrap_err()
        .to_string();
    let option = "; for agents that keep 16 bits of it there is short_identifiers";
    assert!(words.ends_with(option), "{words}");
    let config = EngineConfig::with_seed(1).short_identifiers(true);
    let short = engine(&manager, config);
    let response = get(&mut manager, &short, address, LONG).expect("it is read");
    assert_eq!(response.var_binds().len(), 1);
}

#[test]
fn one_that_answers_from_another_port() {
    let mut manager = Manager::new();
    let other = raw::open(&manager.reactor.handle(), |_, _| Vec::new());
    let from = other.local_addr();
    let port = raw::open(&manager.reactor.handle(), move |datagram, asker| {
        let answer = Asked::new(datagram).answer(|_| ());
        other.write(&answer, asker).expect("loopback takes it");
        Vec::new()
    });
    let usual = engine(&manager, EngineConfig::with_seed(1));
    let words = get(&mut manager, &usual, port.local_addr(), SHORT)
        .unwrap_err()
        .to_string();
    let expected = format!(
        "; an answer came from {from}, which was not asked; accept_any_source takes such answers"
    );
    assert!(words.ends_with(&expected), "{words}");
    let config = EngineConfig::with_seed(1).accept_any_source(true);
    let any = engine(&manager, config);
    let response = get(&mut manager, &any, port.local_addr(), LONG).expect("it is taken");
    assert_eq!(response.var_binds().len(), 1);
}

#[test]
fn one_that_sends_the_request_back() {
    let mut manager = Manager::new();
    let address = raw::listen(&manager.reactor.handle(), |datagram| {
        vec![datagram.to_vec()]
    });
    let usual = engine(&manager, EngineConfig::with_seed(1));
    let words = get(&mut manager, &usual, address, SHORT)
        .unwrap_err()
        .to_string();
    assert!(
        words.ends_with("; the request itself came back from there"),
        "{words}"
    );
}

#[test]
fn ones_that_answer_in_another_version_or_community() {
    let mut manager = Manager::new();
    let reactor = manager.reactor.handle();
    let community = "; an answer from there had another community than asked";
    let changes: [(fn(&mut Asked), _); 3] = [
        (
            |asked| asked.version = Version::V1,
            "; an answer from there was of SNMPv1, and the request of SNMPv2c",
        ),
        (|asked| asked.community = b"private".to_vec(), community),
        (|asked| asked.community.clear(), community),
    ];
    let peers = changes.map(|(change, said)| {
        let peer = raw::listen(&reactor, move |datagram| {
            let mut asked = Asked::new(datagram);
            change(&mut asked);
            vec![asked.answer(|_| ())]
        });
        (peer, said)
    });
    let version_seven = vec![0x30, 0x05, 0x02, 0x01, 0x07, 0x04, 0x00];
    let strange = raw::listen(&reactor, move |_| vec![version_seven.clone()]);
    let strange = (
        strange,
        "; a message from there was of an unknown version, 7",
    );
    let usual = engine(&manager, EngineConfig::with_seed(1));
    for (peer, said) in peers.into_iter().chain([strange]) {
        let words = get(&mut manager, &usual, peer, SHORT)
            .unwrap_err()
            .to_string();
        assert!(words.ends_with(said), "{words}");
        assert!(!words.contains("private"), "{words}");
    }
    let statistics = usual.statistics();
    assert!(statistics.mismatched_responses >= 3);
    assert!(statistics.in_bad_versions >= 1);
}

#[test]
fn the_answer_of_the_one_who_was_asked_is_taken_beside_another_ones() {
    let mut manager = Manager::new();
    let reactor = manager.reactor.handle();
    let other = raw::open(&reactor, |_, _| Vec::new());
    let peer = raw::open(&reactor, move |datagram, from| {
        let answer = Asked::new(datagram).answer(|pdu| pdu.var_binds.clear());
        other.write(&answer, from).expect("loopback takes it");
        vec![Asked::new(datagram).answer(|_| ())]
    });
    let usual = engine(&manager, EngineConfig::with_seed(1));
    let response = get(&mut manager, &usual, peer.local_addr(), LONG).expect("an answer");
    assert_eq!(response.iter().count(), 1);
}
