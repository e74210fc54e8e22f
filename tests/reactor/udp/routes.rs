//! Networks without a way to where something is sent, with a firewall, and with routers that say so.

use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};
use std::time::Duration;

use deferred_snmp::hlapi::*;
use deferred_snmp::message::{CommunityMessage, Version};
use deferred_snmp::reactor::{Reactor, socket_address};
use deferred_snmp::security::usm::Auth;
use socket2::{Domain, Protocol, SockAddr, Socket, Type};

use super::namespace::in_network;
use util::agent;
use util::manager::{settle, turn_until};
use util::nobody::IS_TOLD;
use util::ports::own_port;

/// No way to anywhere but this machine.
const LOOPBACK: &str = "ip link set lo up";

/// Ways that end here, by routes of each kind, for both families.
const DEAD_ENDS: &str = "ip link set lo up \
    && ip route add prohibit 192.0.2.0/28 && ip -6 route add prohibit 2001:db8:1::/48 \
    && ip route add blackhole 192.0.2.16/28 && ip -6 route add blackhole 2001:db8:2::/48 \
    && ip route add unreachable 192.0.2.32/28 && ip -6 route add unreachable 2001:db8:3::/48";

/// Links to neighbours that are silent, which is found out soon.
const SILENT_LINK: &str = "ip link set lo up && ip link add silent type veth peer name wall \
    && ip addr add 10.9.0.1/16 dev silent && ip addr add 2001:db8:9::1/64 dev silent nodad \
    && echo 20 > /proc/sys/net/ipv4/neigh/silent/retrans_time_ms \
    && echo 20 > /proc/sys/net/ipv6/neigh/silent/retrans_time_ms \
    && ip link set wall up && ip link set silent up";

#[derive(Clone, Copy)]
enum Command {
    Get,
    Trap,
}

/// What comes of it, with so many milliseconds for each try and so many retries.
fn error_of(command: Command, address: &str, tries: (u64, u32)) -> String {
    let mut reactor = Reactor::new().expect("a reactor");
    let engine = SnmpEngine::new(&reactor.handle());
    let address: SocketAddr = address.parse().expect("an address");
    let target = UdpTransportTarget::from(address)
        .timeout(Duration::from_millis(tries.0))
        .retries(tries.1);
    let (auth, context) = (CommunityData::new("public"), ContextData::default());
    let deferred = match command {
        Command::Get => get_cmd(&engine, &auth, &target, &context, ["1.3.6.1.2.1.1.1.0"]),
        Command::Trap => {
            let cold_start = NotificationType::new("SNMPv2-MIB::coldStart");
            let trap = NotifyType::Trap;
            send_notification(&engine, &auth, &target, &context, trap, cold_start)
        }
    };
    let error = settle(&mut reactor, deferred).expect_err("nobody is there");
    error.to_string()
}

fn timed_out(address: &str, tries: &str, reason: &str) -> String {
    format!("No SNMP response received before timeout: {address}, {tries}; {reason}")
}

#[test]
fn where_there_is_no_route_the_time_out_says_so_and_a_trap_fails_with_it() {
    let name = "where_there_is_no_route_the_time_out_says_so_and_a_trap_fails_with_it";
    in_network(module_path!(), name, LOOPBACK, || {
        let words = "Network is unreachable (os error 101)";
        for address in ["192.0.2.1:161", "[2001:db8::1]:161"] {
            let reason = format!("no message could be sent there: {words}");
            let error = error_of(Command::Get, address, (500, 0));
            assert_eq!(error, timed_out(address, "1 try of 500ms", &reason));
            let error = error_of(Command::Trap, address, (100, 2));
            assert_eq!(error, format!("cannot send to {address}: {words}"));
        }
    });
}

#[test]
fn a_route_that_forbids_ends_a_request_and_one_that_leads_nowhere_does_not() {
    let name = "a_route_that_forbids_ends_a_request_and_one_that_leads_nowhere_does_not";
    in_network(module_path!(), name, DEAD_ENDS, || {
        for (address, words) in [
            ("192.0.2.1:161", "Permission denied (os error 13)"),
            ("192.0.2.17:161", "Invalid argument (os error 22)"),
            ("[2001:db8:1::1]:161", "Permission denied (os error 13)"),
            ("[2001:db8:2::1]:161", "Invalid argument (os error 22)"),
        ] {
            for command in [Command::Get, Command::Trap] {
                let error = error_of(command, address, (1000, 5));
                assert_eq!(error, format!("cannot send to {address}: {words}"));
            }
        }
        for address in ["192.0.2.33:161", "[2001:db8:3::1]:161"] {
            let error = error_of(Command::Get, address, (500, 0));
            let reason = "no message could be sent there: No route to host (os error 113)";
            assert_eq!(error, timed_out(address, "1 try of 500ms", reason));
        }
    });
}

#[test]
fn a_neighbour_that_is_not_there_is_told_of_at_the_end() {
    let name = "a_neighbour_that_is_not_there_is_told_of_at_the_end";
    in_network(module_path!(), name, SILENT_LINK, || {
        for address in ["10.9.1.1:161", "[2001:db8:9::2]:161"] {
            let error = error_of(Command::Get, address, (2000, 0));
            let reason = "a message sent there was not delivered: No route to host (os error 113)";
            match IS_TOLD {
                true => assert_eq!(error, timed_out(address, "1 try of 2s", reason)),
                false => assert!(error.ends_with("1 try of 2s"), "{error}"),
            }
        }
    });
}

/// Who asks from port 0 cannot be answered.
#[test]
fn an_answer_that_cannot_be_sent_is_counted_and_the_next_one_goes() {
    let name = "an_answer_that_cannot_be_sent_is_counted_and_the_next_one_goes";
    in_network(module_path!(), name, LOOPBACK, || {
        let mut reactor = Reactor::new().expect("a reactor");
        let handle = reactor.handle();
        let (agent, address) = agent::serve(&handle, "127.0.0.1:0", agent::tree());
        let mut request = Vec::new();
        let pdu = util::rig::get_pdu(Vec::new());
        CommunityMessage::new(Version::V2c, b"public", &pdu).encode(&mut request);
        let protocol = Some(Protocol::from(255));
        let forger = Socket::new(Domain::IPV4, Type::RAW, protocol).expect("a raw socket");
        forger.set_header_included_v4(true).expect("a header");
        let mut packet = vec![0; 28];
        packet[0] = 0x45;
        packet[8] = 64;
        packet[9] = 17;
        packet[12..16].copy_from_slice(&[127, 0, 0, 1]);
        packet[16..20].copy_from_slice(&[127, 0, 0, 1]);
        packet[22..24].copy_from_slice(&address.port().to_be_bytes());
        packet[24..26].copy_from_slice(&(8 + request.len() as u16).to_be_bytes());
        packet.extend_from_slice(&request);
        let to = SocketAddrV4::new(Ipv4Addr::LOCALHOST, 0);
        let to = SockAddr::from(SocketAddr::from(to));
        for _ in 0..3 {
            forger.send_to(&packet, &to).expect("sent");
        }
        turn_until(&mut reactor, || agent.statistics().send_failures == 3);
        let statistics = agent.statistics();
        assert_eq!((statistics.dropped_responses, statistics.out_pkts), (3, 0));
        let manager = SnmpEngine::new(&handle);
        let (auth, context) = (CommunityData::new("public"), ContextData::default());
        let target = UdpTransportTarget::from(address);
        let asked = ["1.3.6.1.2.1.1.1.0"];
        let answer = get_cmd(&manager, &auth, &target, &context, asked);
        let answer = settle(&mut reactor, answer).expect("an answer");
        assert_eq!(answer.iter().count(), 1);
    });
}

/// Two links between the same machines, which have addresses there that count on that link only.
const TWO_ENDS: &str = "ip link set lo up && ip link add left type veth peer name right \
    && ip addr add fe80::a/64 dev left nodad && ip addr add fe80::b/64 dev right nodad \
    && ip link set left up && ip link set right up";

/// Asks by community and as a user.
fn ask(
    reactor: &mut Reactor,
    engine: &SnmpEngine,
    target: &UdpTransportTarget,
) -> Result<(), SnmpError> {
    let (community, joe) = (CommunityData::new("public"), joe());
    let auths: [&dyn AuthData; 2] = [&community, &joe];
    for auth in auths {
        let asked = ["1.3.6.1.2.1.1.1.0"];
        let answer = get_cmd(engine, auth, target, &ContextData::default(), asked);
        settle(reactor, answer)?;
    }
    Ok(())
}

fn joe() -> UsmUserData<Auth> {
    UsmUserData::new("joe").auth(AuthProtocol::Sha1, "authentication phrase")
}

#[test]
fn addresses_of_one_link_are_asked_and_answered_by_their_zone() {
    let name = "addresses_of_one_link_are_asked_and_answered_by_their_zone";
    in_network(module_path!(), name, TWO_ENDS, || {
        let mut reactor = Reactor::new().expect("a reactor");
        let handle = reactor.handle();
        let of = |text: &str| socket_address(text).expect(text);
        let (agent, any) = agent::serve(&handle, "[::]:0", agent::tree());
        agent.add_v3_user(&joe()).expect("a user");
        let bound = agent.listen_udp(of("[fe80::b%right]:0")).expect("a port");
        let engine = SnmpEngine::new(&handle);
        let left = of("[fe80::a%left]:0").to_string();
        let index = left.split(['%', ']']).nth(1).expect("a number").to_owned();
        for port in [any.port(), bound.port()] {
            for zone in ["left", &index] {
                let target = UdpTransportTarget::new((&format!("fe80::b%{zone}"), port));
                ask(&mut reactor, &engine, &target).expect("an answer");
            }
        }
        // From an address of a link, who is there needs no zone.
        let own = engine.send_from(of("[fe80::a%left]:0")).expect("a port");
        assert!(
            own.to_string().starts_with(&format!("[fe80::a%{index}]:")),
            "{own}"
        );
        let target = UdpTransportTarget::new(("fe80::b", any.port()));
        ask(&mut reactor, &engine, &target).expect("an answer");
        assert_eq!(engine.statistics().retransmissions, 0);
        for host in ["fe80::b", "fe80::b%left"] {
            let target = UdpTransportTarget::new((host, own_port()))
                .timeout(Duration::from_millis(500))
                .retries(0);
            let error = ask(&mut reactor, &engine, &target).expect_err("nobody is there");
            assert_eq!(
                error.to_string().ends_with("; nobody listens there"),
                IS_TOLD,
                "{error}"
            );
        }
    });
}
