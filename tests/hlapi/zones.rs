//! Addresses of IPv6 with their zone, addresses of IPv4 inside IPv6, and which families a port takes.

use std::cell::RefCell;
use std::net::{Ipv6Addr, SocketAddr, SocketAddrV6};
use std::rc::Rc;

use deferred_snmp::hlapi::*;
use deferred_snmp::reactor::{LookupError, socket_address};
use deferred_snmp::security::usm::Auth;
use util::agent;
use util::manager::{Manager, turn_until};
use util::ports::{has_ipv6, own_port};

const NAME: &str = "1.3.6.1.2.1.1.5.0";

fn joe() -> UsmUserData<Auth> {
    UsmUserData::new("joe").auth(AuthProtocol::Sha1, "authentication phrase")
}

/// A manager and an agent that knows it by community and as a user; all of one host, if there is IPv6.
fn pair(name: &str, host: &str) -> Option<(Manager, SnmpEngine, SocketAddr)> {
    if !has_ipv6() {
        util::left_out(name, "no IPv6");
        return None;
    }
    let manager = Manager::new();
    let reactor = manager.reactor.handle();
    let (agent, address) = agent::serve(&reactor, host, agent::tree());
    agent.add_v3_user(&joe()).expect("a user");
    Some((manager, agent, address))
}

/// Asks in each version, without a second try.
fn succeeds(manager: &mut Manager, target: &UdpTransportTarget) {
    let target = target
        .clone()
        .retries(0)
        .timeout(std::time::Duration::from_secs(30));
    let (v1, v2c, joe) = (
        CommunityData::v1("public"),
        CommunityData::new("public"),
        joe(),
    );
    let auths: [&dyn AuthData; 3] = [&v1, &v2c, &joe];
    for auth in auths {
        let answer = manager.get(NAME, auth, &target);
        assert_eq!(manager.succeed(answer).iter().count(), 1, "{target}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_zone_on_an_address_that_needs_none_is_taken_by_name_and_number() {
    let name = "a_zone_on_an_address_that_needs_none_is_taken_by_name_and_number";
    let Some((mut manager, _agent, address)) = pair(name, "[::1]:0") else {
        return;
    };
    let port = address.port();
    for host in ["::1%lo", "::1%1", "::1%0", "[::1%lo]", "::1"] {
        succeeds(&mut manager, &UdpTransportTarget::new((host, port)));
    }
    for text in ["[::1%lo]", "[::1%1]", "[::1]"] {
        let target: UdpTransportTarget = format!("{text}:{port}").parse().expect("a target");
        succeeds(&mut manager, &target);
    }
    let numbered = SocketAddrV6::new(Ipv6Addr::LOCALHOST, port, 7, 1);
    succeeds(&mut manager, &SocketAddr::from(numbered).into());
    // Whoever is asked under two names is one peer, whose engine is discovered once.
    assert_eq!(manager.engine.statistics().discoveries, 1);
}

#[cfg(target_os = "linux")]
#[test]
fn a_zone_that_is_none_is_named() {
    let mut manager = Manager::new();
    for zone in ["no-such-link", "4294967295", "no.such.link"] {
        let host = format!("fe80::1%{zone}");
        let parsed: UdpTransportTarget = format!("[{host}]:161").parse().expect("a target");
        for target in [UdpTransportTarget::new((&host, 161)), parsed] {
            let answer = manager.get(NAME, &CommunityData::new("public"), &target);
            let error = manager.settle(answer).expect_err("there is none");
            let words = format!("unknown host {host:?}: this machine has no interface {zone:?}");
            assert_eq!(error.to_string(), words);
            assert!(matches!(
                error,
                SnmpError::UnknownHost { error: LookupError::UnknownZone(named), .. } if *named == *zone
            ));
        }
    }
    assert_eq!(manager.engine.statistics().requests, 0);
}

#[cfg(target_os = "linux")]
#[test]
fn ports_are_opened_with_a_zone() {
    let name = "ports_are_opened_with_a_zone";
    let Some((mut manager, agent, _)) = pair(name, "[::1%1]:0") else {
        return;
    };
    let with_zone = socket_address("[::1%lo]:0").expect("an address");
    let second = agent.listen_udp(with_zone).expect("a port");
    let own = manager.engine.send_from(with_zone).expect("a port");
    let seen = Rc::new(RefCell::new(Vec::new()));
    let notes = seen.clone();
    let _observer =
        agent.observe(move |message| notes.borrow_mut().push(message.address().to_string()));
    succeeds(&mut manager, &second.into());
    assert!(
        seen.borrow().iter().all(|peer| *peer == own.to_string()),
        "{seen:?}"
    );
}

#[test]
fn an_address_of_ipv4_inside_ipv6_is_asked_by_ipv4() {
    let mut manager = Manager::new();
    let reactor = manager.reactor.handle();
    let (agent, address) = agent::serve(&reactor, "127.0.0.1:0", agent::tree());
    agent.add_v3_user(&joe()).expect("a user");
    let port = address.port();
    let mapped: SocketAddr = format!("[::ffff:127.0.0.1]:{port}").parse().expect("one");
    let targets = [
        UdpTransportTarget::new(("::ffff:127.0.0.1", port)),
        UdpTransportTarget::new(("[::ffff:7f00:1]", port)),
        format!("[::ffff:127.0.0.1]:{port}")
            .parse()
            .expect("a target"),
        mapped.into(),
    ];
    for target in targets {
        assert_eq!(target.to_string(), address.to_string());
        succeeds(&mut manager, &target);
    }
    // Our own ports likewise.
    let inside: SocketAddr = "[::ffff:127.0.0.1]:0".parse().expect("one");
    let other = agent.listen_udp(inside).expect("a port");
    assert!(other.is_ipv4(), "{other}");
    assert!(manager.engine.send_from(inside).expect("a port").is_ipv4());
    succeeds(&mut manager, &other.into());
}

#[test]
fn a_port_for_each_family_serves_both_under_one_number() {
    let Some((mut manager, agent, by_ipv4)) = pair(
        "a_port_for_each_family_serves_both_under_one_number",
        "127.0.0.1:0",
    ) else {
        return;
    };
    let port = own_port();
    for any in ["[::]", "0.0.0.0"] {
        let any = format!("{any}:{port}").parse().expect("an address");
        agent.listen_udp(any).expect("a port");
    }
    let seen = Rc::new(RefCell::new(Vec::new()));
    let notes = seen.clone();
    let _observer = agent.observe(move |message| {
        let direction = message.direction();
        notes
            .borrow_mut()
            .push((direction, message.address().to_string()));
    });
    for host in ["127.0.0.1", "::1", "::ffff:127.0.0.1"] {
        succeeds(&mut manager, &UdpTransportTarget::new((host, port)));
        let seen = std::mem::take(&mut *seen.borrow_mut());
        let family = if host == "::1" {
            "[::1]:"
        } else {
            "127.0.0.1:"
        };
        assert!(!seen.is_empty());
        assert!(
            seen.iter().all(|(_, peer)| peer.starts_with(family)),
            "{seen:?}"
        );
    }
    succeeds(&mut manager, &by_ipv4.into());
}

/// Nobody answers by IPv4 at a port for IPv6 alone.
#[test]
fn the_wildcard_of_ipv6_takes_ipv6_alone() {
    let Some((mut manager, _agent, _)) = pair("the_wildcard_of_ipv6_takes_ipv6_alone", "[::1]:0")
    else {
        return;
    };
    let port = own_port();
    let reactor = manager.reactor.handle();
    let both = format!("[::]:{port}");
    let (_agent, _) = agent::serve(&reactor, &both, agent::tree());
    let other = manager.engine.listen_udp(([127, 0, 0, 1], port).into());
    assert!(other.is_ok(), "the port of IPv4 is another's to take");
    let auth = CommunityData::new("public");
    let answer = manager.get(NAME, &auth, &UdpTransportTarget::new(("::1", port)));
    assert_eq!(manager.succeed(answer).iter().count(), 1);
}

#[cfg(target_os = "linux")]
#[test]
fn notifications_go_to_a_zone_and_to_ipv4_inside_ipv6() {
    let name = "notifications_go_to_a_zone_and_to_ipv4_inside_ipv6";
    let Some((mut manager, _agent, _)) = pair(name, "[::1]:0") else {
        return;
    };
    let receiver = SnmpEngine::new(&manager.reactor.handle());
    receiver.add_v1_system("area", "public");
    let port = own_port();
    for any in ["[::]", "0.0.0.0"] {
        let any = format!("{any}:{port}").parse().expect("an address");
        receiver.listen_udp(any).expect("a port");
    }
    let from = Rc::new(RefCell::new(Vec::new()));
    let notes = from.clone();
    let _receiver = NotificationReceiver::new(&receiver, move |notification| {
        let from = notification.address().to_string();
        let (host, _) = from.rsplit_once(':').expect("a port");
        notes.borrow_mut().push(host.to_owned());
    })
    .expect("the only one");
    for host in ["::1%lo", "::ffff:127.0.0.1"] {
        let target = UdpTransportTarget::new((host, port));
        for notify_type in [NotifyType::Trap, NotifyType::Inform] {
            let (auth, context) = (CommunityData::new("public"), ContextData::default());
            let cold_start = NotificationType::new("SNMPv2-MIB::coldStart");
            let engine = &manager.engine;
            let sent = send_notification(engine, &auth, &target, &context, notify_type, cold_start);
            manager.succeed(sent);
        }
    }
    turn_until(&mut manager.reactor, || from.borrow().len() == 4);
    assert_eq!(*from.borrow(), ["[::1]", "[::1]", "127.0.0.1", "127.0.0.1"]);
}
