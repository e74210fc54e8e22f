//! Net-SNMP's tools at the examples that serve on sockets of several kinds.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use deferred_snmp::message::{CommunityMessage, Version};
use deferred_snmp::pdu::{Pdu, PduBody, PduKind};
use deferred_snmp::smi::{ObjectIdentifier, Value, VarBind};
use util::netsnmp::{self, Printed};
use util::ports::has_ipv6;

use crate::packets::Serving;

const SYS_DESCR: &str = "1.3.6.1.2.1.1.1.0";
const SYS_NAME: &str = "1.3.6.1.2.1.1.5.0";

/// Starts an example on these addresses; `None` and a line if it, or a tool, is missing.
fn start(test: &str, example: &str, own: &[&str]) -> Option<Serving> {
    netsnmp::peer(test, "snmpget")?;
    let programs = util::examples(test, &[example])?;
    Some(Serving::start_on(&programs[0], own))
}

/// A tool and its name for this address.
fn ask(tool: &str, address: SocketAddr, names: &[&str]) -> Printed {
    let target = match address.ip() {
        IpAddr::V4(_) => address.to_string(),
        IpAddr::V6(_) => format!("udp6:{address}"),
    };
    // One try: an answer from elsewhere does not come to it.
    let common = [
        "-v2c", "-c", "public", "-r", "0", "-t", "20", "-Oqv", &target,
    ];
    netsnmp::run(tool, &[&common[..], names].concat())
}

fn everywhere() -> &'static [&'static str] {
    match has_ipv6() {
        true => &["0.0.0.0:0", "[::]:0"],
        false => &["0.0.0.0:0"],
    }
}

#[test]
fn agent_ipv4_ipv6_serves_the_same_by_both() {
    const TEST: &str = "agent_ipv4_ipv6_serves_the_same_by_both";
    let own: &[&str] = match has_ipv6() {
        true => &["127.0.0.1:0", "[::1]:0"],
        false => &["127.0.0.1:0"],
    };
    let Some(agent) = start(TEST, "agent_ipv4_ipv6", own) else {
        return;
    };
    for address in &agent.addresses {
        let printed = ask("snmpwalk", *address, &["1.3.6.1.2.1.1.1"]);
        assert_eq!(
            printed.stdout, "\"an agent over IPv4 and IPv6\"\n",
            "{printed:?}"
        );
        let printed = ask("snmpget", *address, &[SYS_NAME]);
        assert_eq!(printed.stdout, "\"both\"\n", "{printed:?}");
        let printed = ask("snmpset", *address, &[SYS_NAME, "s", "else"]);
        assert!(printed.stderr.contains("noAccess"), "{printed:?}");
    }
}

/// The name of the system, by a socket that is connected and hears nobody but the address that it asks.
#[expect(
    clippy::disallowed_types,
    reason = "the agent is another process, and nothing else is to be done meanwhile"
)]
fn ask_connected(address: SocketAddr) -> Vec<VarBind> {
    let any: IpAddr = match address.ip() {
        IpAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        IpAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
    };
    let socket = std::net::UdpSocket::bind((any, 0)).expect("a free port");
    socket.connect(address).expect("a way there");
    let limit = Some(Duration::from_secs(20));
    socket.set_read_timeout(limit).expect("no more than that");
    let name: ObjectIdentifier = SYS_NAME.parse().expect("a name");
    let var_binds = [(name, Value::Null)].into_iter().collect();
    let get = Pdu::new(PduKind::GetRequest, 4711, var_binds);
    let mut octets = Vec::new();
    CommunityMessage::new(Version::V2c, b"public", &get).encode(&mut octets);
    socket.send(&octets).expect("sent");
    octets.resize(1_500, 0);
    let length = socket.recv(&mut octets).expect("an answer");
    let answer = CommunityMessage::decode(&octets[..length]).expect("a message");
    let PduBody::Pdu(answer) = answer.pdu else {
        panic!("{answer:?}");
    };
    assert_eq!(answer.request_id, 4711);
    answer.var_binds.iter().map(VarBind::from).collect()
}

#[test]
#[cfg(target_os = "linux")]
fn agent_pktinfo_answers_from_the_address_that_was_asked() {
    const TEST: &str = "agent_pktinfo_answers_from_the_address_that_was_asked";
    let Some(agent) = start(TEST, "agent_pktinfo", everywhere()) else {
        return;
    };
    for bound in &agent.addresses {
        let asked: Vec<IpAddr> = match bound {
            SocketAddr::V4(_) => [[127, 0, 0, 1], [127, 0, 0, 2], [127, 1, 2, 3]]
                .map(|octets| Ipv4Addr::from(octets).into())
                .into(),
            SocketAddr::V6(_) => vec![Ipv6Addr::LOCALHOST.into()],
        };
        for ip in asked {
            let address = SocketAddr::new(ip, bound.port());
            let printed = ask("snmpget", address, &[SYS_NAME]);
            assert_eq!(printed.stdout, "\"everywhere\"\n", "{address}: {printed:?}");
            let var_binds = ask_connected(address);
            assert_eq!(var_binds[0].value, Value::from("everywhere"), "{address}");
            for _ in 0..2 {
                assert_eq!(agent.line(), format!("asked at {address}"));
            }
        }
    }
}

#[test]
fn agent_custom_socket_takes_both_versions_of_ip() {
    const TEST: &str = "agent_custom_socket_takes_both_versions_of_ip";
    if !has_ipv6() {
        return util::left_out(TEST, "no IPv6");
    }
    let Some(agent) = start(TEST, "agent_custom_socket", &["[::]:0"]) else {
        return;
    };
    let port = agent.addresses[0].port();
    for ip in [IpAddr::V4(Ipv4Addr::LOCALHOST), Ipv6Addr::LOCALHOST.into()] {
        let printed = ask("snmpget", SocketAddr::new(ip, port), &[SYS_DESCR, SYS_NAME]);
        let expected = "\"an agent on a given socket\"\n\"given\"\n";
        assert_eq!(printed.stdout, expected, "{ip}: {printed:?}");
    }
}
