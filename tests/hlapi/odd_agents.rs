//! Agents that answer otherwise than asked: what the time-out says, and which option reads them.

use std::net::{SocketAddr, UdpSocket};
use std::time::Duration;

use deferred_snmp::engine::EngineConfig;
use deferred_snmp::hlapi::*;
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
    let other = UdpSocket::bind("127.0.0.1:0").expect("a free port");
    let from = other.local_addr().expect("bound");
    let port = raw::open(&manager.reactor.handle(), move |datagram, asker| {
        let answer = Asked::new(datagram).answer(|_| ());
        other.send_to(&answer, asker).expect("loopback takes it");
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
