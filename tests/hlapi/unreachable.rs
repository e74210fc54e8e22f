//! What the system does not send, and where nobody listens: the reason is told, of the request that it is about.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use deferred_snmp::deferred::Deferred;
#[cfg(target_os = "linux")]
use deferred_snmp::engine::EngineConfig;
use deferred_snmp::hlapi::*;
use util::agent;
use util::manager::Manager;
use util::nobody::{IS_TOLD, Nobody};
use util::ports::has_ipv6;

const NAME: &str = "1.3.6.1.2.1.1.5.0";

fn v2c() -> CommunityData {
    CommunityData::new("public")
}

fn joe() -> UsmUserData {
    UsmUserData::new("joe")
}

fn notify(
    manager: &Manager,
    auth: &dyn AuthData,
    target: &UdpTransportTarget,
    notify_type: NotifyType,
) -> Deferred<Response, SnmpError> {
    let cold_start = NotificationType::new("SNMPv2-MIB::coldStart");
    let context = ContextData::default();
    send_notification(
        &manager.engine,
        auth,
        target,
        &context,
        notify_type,
        cold_start,
    )
}

fn loopbacks() -> Vec<IpAddr> {
    let mut hosts = vec![IpAddr::from(Ipv4Addr::LOCALHOST)];
    hosts.extend(has_ipv6().then_some(IpAddr::from(Ipv6Addr::LOCALHOST)));
    hosts
}

/// Addresses that Linux refuses, and its words.
#[cfg(target_os = "linux")]
fn refused() -> Vec<(SocketAddr, &'static str)> {
    let mut refused = vec![
        ("127.255.255.255:16161", "Permission denied (os error 13)"),
        ("127.0.0.1:0", "Invalid argument (os error 22)"),
    ];
    if has_ipv6() {
        refused.push(("[::1]:0", "Invalid argument (os error 22)"));
    }
    let address = |(address, words): (&str, _)| (address.parse().expect("an address"), words);
    refused.into_iter().map(address).collect()
}

#[cfg(target_os = "linux")]
#[test]
fn what_the_system_refuses_fails_with_its_words_at_the_first_try() {
    for (address, words) in refused() {
        let words = format!("cannot send to {address}: {words}");
        let mut manager = Manager::new();
        let target = UdpTransportTarget::from(address);
        let (v1, v2c, joe) = (CommunityData::v1("public"), v2c(), joe());
        let asking: [&dyn AuthData; 3] = [&v1, &v2c, &joe];
        let mut deferreds: Vec<_> = asking.map(|auth| manager.get(NAME, auth, &target)).into();
        deferreds.push(notify(&manager, &v1, &target, NotifyType::Trap));
        deferreds.push(notify(&manager, &v2c, &target, NotifyType::Trap));
        deferreds.push(notify(&manager, &joe, &target, NotifyType::Trap));
        deferreds.push(notify(&manager, &v2c, &target, NotifyType::Inform));
        deferreds.push(notify(&manager, &joe, &target, NotifyType::Inform));
        let asked = deferreds.len() as u64;
        for deferred in deferreds {
            let error = manager.settle(deferred).expect_err("it is refused");
            assert_eq!(error.to_string(), words);
            assert!(!error.is_timeout());
        }
        let statistics = manager.engine.statistics();
        assert_eq!(statistics.out_pkts, 0);
        // One question for the name of the engine serves both requests of the user.
        assert_eq!(statistics.send_failures, asked - 1, "one message each");
        let walk = walk_cmd(
            &manager.engine,
            &v2c,
            &target,
            &ContextData::default(),
            ["1.3"],
        );
        let error = manager.settle(walk.collect()).expect_err("it is refused");
        assert_eq!(error.to_string(), words);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_message_longer_than_the_system_sends_fails_with_its_words() {
    let mut manager = Manager::new();
    let config = EngineConfig::default().max_message_size(65_535);
    manager.engine = SnmpEngine::with_config(&manager.reactor.handle(), config);
    let nobody = Nobody::udp();
    let long = || ObjectType::new("1.3.6.1.2.1.1.5.0").value(vec![b'x'; 65_480]);
    let (auth, context) = (v2c(), ContextData::default());
    let target = UdpTransportTarget::from(nobody.address);
    let deferred = set_cmd(&manager.engine, &auth, &target, &context, [long()]);
    let error = manager.settle(deferred).expect_err("it is too long");
    let words = format!(
        "cannot send to {}: Message too long (os error 90)",
        nobody.address
    );
    assert_eq!(error.to_string(), words);
}

/// Requests to closed ports, to an address that is refused and to an agent, all in one batch: the system tells
/// of each closed port when something else is sent.
#[test]
fn a_closed_port_or_a_refused_address_is_no_matter_of_another_request() {
    for host in loopbacks() {
        let mut manager = Manager::new();
        let nobodies: Vec<_> = (0..12).map(|_| Nobody::udp_at(host)).collect();
        let reactor = manager.reactor.handle();
        let own = SocketAddr::new(host, 0).to_string();
        let (_agent, address) = agent::serve(&reactor, &own, agent::tree());
        let one_try = |address: SocketAddr| {
            UdpTransportTarget::from(address)
                .timeout(Duration::from_secs(1))
                .retries(0)
        };
        let (mut answered, mut closed, mut refused) = (Vec::new(), Vec::new(), Vec::new());
        for nobody in &nobodies {
            let patient = UdpTransportTarget::from(address).timeout(Duration::from_secs(30));
            answered.push(manager.get(NAME, &v2c(), &patient));
            let address = nobody.address;
            closed.push((address, manager.get(NAME, &v2c(), &one_try(address))));
            let port_zero = SocketAddr::new(host, 0);
            refused.push(manager.get(NAME, &v2c(), &port_zero.into()));
            answered.push(manager.get(NAME, &v2c(), &patient));
        }
        for deferred in answered {
            assert_eq!(manager.succeed(deferred).iter().count(), 1);
        }
        for deferred in refused {
            let error = manager.settle(deferred).expect_err("it is refused");
            assert!(error.to_string().starts_with("cannot send to "), "{error}");
        }
        for (address, deferred) in closed {
            let error = manager.settle(deferred).expect_err("nobody answers");
            let mut words =
                format!("No SNMP response received before timeout: {address}, 1 try of 1s");
            if IS_TOLD {
                words += "; nobody listens there";
            }
            assert_eq!(error.to_string(), words);
        }
        let statistics = manager.engine.statistics();
        assert_eq!((statistics.out_pkts, statistics.send_failures), (36, 12));
        assert_eq!(statistics.retransmissions, 0);
    }
}

#[test]
fn an_agent_that_comes_late_answers_a_later_try() {
    let mut manager = Manager::new();
    let nobody = Nobody::udp();
    let address = nobody.address;
    let target = UdpTransportTarget::from(address)
        .timeout(Duration::from_millis(100))
        .retries(300);
    let deferred = manager.get(NAME, &v2c(), &target);
    let engine = manager.engine.clone();
    util::manager::turn_until(&mut manager.reactor, || engine.statistics().out_pkts >= 3);
    drop(nobody);
    let reactor = manager.reactor.handle();
    let (_agent, _) = agent::serve(&reactor, &address.to_string(), agent::tree());
    assert_eq!(manager.succeed(deferred).iter().count(), 1);
}

#[test]
fn notifications_to_a_closed_port_are_sent_and_an_inform_says_why_it_is_not_answered() {
    for host in loopbacks() {
        let mut manager = Manager::new();
        let nobody = Nobody::udp_at(host);
        let target = UdpTransportTarget::from(nobody.address)
            .timeout(Duration::from_millis(200))
            .retries(0);
        for _ in 0..3 {
            let trap = notify(&manager, &v2c(), &target, NotifyType::Trap);
            manager.succeed(trap);
        }
        let (v2c, joe) = (v2c(), joe());
        let auths: [&dyn AuthData; 2] = [&v2c, &joe];
        for auth in auths {
            let inform = notify(&manager, auth, &target, NotifyType::Inform);
            let error = manager.settle(inform).expect_err("nobody answers");
            assert!(error.is_timeout(), "{error}");
            assert_eq!(
                error.to_string().ends_with("; nobody listens there"),
                IS_TOLD
            );
        }
    }
}

/// An agent does not listen to what is said of its answers, which go to whoever was named as the asker.
#[test]
fn an_agent_whose_asker_has_gone_answers_the_next_one() {
    let mut manager = Manager::new();
    let reactor = manager.reactor.handle();
    let (agent, address) = agent::serve(&reactor, "127.0.0.1:0", agent::tree());
    let mut request = Vec::new();
    let pdu = util::rig::get_pdu(Vec::new());
    let version = deferred_snmp::message::Version::V2c;
    deferred_snmp::message::CommunityMessage::new(version, b"public", &pdu).encode(&mut request);
    for _ in 0..8 {
        let gone = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::DGRAM, None);
        let gone = gone.expect("a socket");
        gone.send_to(&request, &address.into()).expect("sent");
        drop(gone);
    }
    let answer = manager.get(NAME, &v2c(), &address.into());
    assert_eq!(manager.succeed(answer).iter().count(), 1);
    let statistics = agent.statistics();
    assert_eq!((statistics.send_failures, statistics.out_pkts), (0, 9));
}
