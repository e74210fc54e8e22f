//! ICMP in the name of anybody: of datagrams that were never sent, of every kind. It ends nothing and loses nothing.

use std::cell::RefCell;
use std::io;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::rc::Rc;

use deferred_snmp::hlapi::*;
use deferred_snmp::reactor::{Datagram, DatagramProtocol, Reactor, SendBatch, UdpOptions};
use socket2::{Domain, Protocol, Socket, Type};

use super::namespace::in_network;
use super::recorder::listen;
use util::agent;
use util::loops::turn_until;
use util::manager::settle;
use util::nobody::IS_TOLD;

const LOOPBACK: &str = "ip link set lo up";

/// Of whom it is said.
const VICTIMS: [&str; 2] = ["192.0.2.9:161", "[2001:db8::9]:161"];

/// Sends ICMP to this machine.
struct Forger {
    v4: Socket,
    v6: Socket,
}

impl Forger {
    fn new() -> Self {
        let open = |domain, protocol| {
            Socket::new(domain, Type::RAW, Some(protocol)).expect("a raw socket")
        };
        Self {
            v4: open(Domain::IPV4, Protocol::ICMPV4),
            v6: open(Domain::IPV6, Protocol::ICMPV6),
        }
    }

    /// "A datagram of your `port` to `victim` was not delivered", of this type and code.
    fn send(&self, kind: u8, code: u8, port: u16, victim: SocketAddr) {
        let mut packet = vec![kind, code, 0, 0, 0, 0, 5, 120];
        match victim.ip() {
            IpAddr::V4(ip) => {
                packet.extend([0x45, 0, 0, 28, 0, 0, 0, 0, 64, 17, 0, 0, 127, 0, 0, 1]);
                packet.extend(ip.octets());
            }
            IpAddr::V6(ip) => {
                packet.extend([0x60, 0, 0, 0, 0, 8, 17, 64]);
                packet.extend(Ipv6Addr::LOCALHOST.octets());
                packet.extend(ip.octets());
            }
        }
        packet.extend(port.to_be_bytes());
        packet.extend(victim.port().to_be_bytes());
        packet.extend([0, 8, 0, 0]);
        let (socket, to) = match victim {
            SocketAddr::V4(_) => (&self.v4, "127.0.0.1:0"),
            SocketAddr::V6(_) => (&self.v6, "[::1]:0"),
        };
        if victim.is_ipv4() {
            let words = packet
                .chunks(2)
                .map(|two| u32::from(two[0]) << 8 | u32::from(two[1]));
            let sum: u32 = words.sum();
            let sum = (sum & 0xffff) + (sum >> 16);
            let sum = (sum & 0xffff) + (sum >> 16);
            packet[2..4].copy_from_slice(&(!sum as u16).to_be_bytes());
        }
        let to: SocketAddr = to.parse().expect("an address");
        socket.send_to(&packet, &to.into()).expect("sent");
    }
}

/// Every type and code that says that something was not delivered.
fn kinds(victim: SocketAddr) -> Vec<(u8, u8)> {
    match victim {
        SocketAddr::V4(_) => {
            let unreachable = (0..=15).map(|code| (3, code));
            unreachable.chain([(11, 0), (12, 0)]).collect()
        }
        SocketAddr::V6(_) => {
            let unreachable = (0..=7).map(|code| (1, code));
            unreachable.chain([(2, 0), (3, 0), (4, 0)]).collect()
        }
    }
}

#[derive(Default)]
struct Asker(RefCell<Vec<SocketAddr>>);

impl DatagramProtocol for Asker {
    fn datagram_received(&self, _: Datagram<'_>) {}
    fn undelivered(&self, to: SocketAddr, _: &io::Error) {
        self.0.borrow_mut().push(to);
    }
}

#[test]
fn what_is_said_of_another_datagram_costs_the_next_ones_nothing() {
    let name = "what_is_said_of_another_datagram_costs_the_next_ones_nothing";
    in_network(module_path!(), name, LOOPBACK, || {
        let forger = Forger::new();
        for (victim, own) in VICTIMS.into_iter().zip(["127.0.0.1:0", "[::1]:0"]) {
            let victim: SocketAddr = victim.parse().expect("an address");
            let any = match victim {
                SocketAddr::V4(_) => "0.0.0.0:0",
                SocketAddr::V6(_) => "[::]:0",
            };
            let mut reactor = Reactor::new().expect("a reactor");
            let (other, received) = listen(&reactor, own);
            let asker = Rc::new(Asker::default());
            let any = any.parse().expect("an address");
            let options = UdpOptions::new().undelivered(true);
            let port = reactor
                .handle()
                .listen_udp_with(any, &options, asker.clone());
            let port = port.expect("bound");
            let number = port.local_addr().port();
            let mut batch = SendBatch::new();
            for _ in 0..3 {
                batch.push(b"one of three", other.local_addr(), None);
            }
            for (place, (kind, code)) in kinds(victim).into_iter().enumerate() {
                // The error waits at the socket when something else is sent.
                forger.send(kind, code, number, victim);
                port.write(b"alone", other.local_addr()).expect("sent");
                forger.send(kind, code, number, victim);
                assert_eq!(port.write_batch(&batch).expect("sent"), 3);
                turn_until(&mut reactor, || received.count() == 4 * (place + 1));
            }
            assert!(port.is_listening());
            reactor.turn().expect("a pass");
            let told = asker.0.borrow();
            assert_eq!(told.len(), usize::from(IS_TOLD) * 2 * kinds(victim).len());
            assert!(told.iter().all(|to| *to == victim), "{told:?}");
        }
    });
}

/// More than is told of at once, while the program did something else.
#[test]
fn a_flood_of_what_is_said_of_others_is_no_matter_of_the_next_datagram() {
    let name = "a_flood_of_what_is_said_of_others_is_no_matter_of_the_next_datagram";
    in_network(module_path!(), name, LOOPBACK, || {
        let forger = Forger::new();
        // No way there, no port there, and for IPv6 what a system says that will not send.
        let floods = [(VICTIMS[0], 3, 1), (VICTIMS[0], 3, 3), (VICTIMS[1], 1, 1)];
        for (victim, kind, code) in floods {
            let victim: SocketAddr = victim.parse().expect("an address");
            let own = match victim {
                SocketAddr::V4(_) => "127.0.0.1:0",
                SocketAddr::V6(_) => "[::1]:0",
            };
            let mut reactor = Reactor::new().expect("a reactor");
            let (other, received) = listen(&reactor, own);
            let asker = Rc::new(Asker::default());
            let own = own.parse().expect("an address");
            let options = UdpOptions::new().undelivered(true).receive_buffer(4 << 20);
            let port = reactor
                .handle()
                .listen_udp_with(own, &options, asker.clone());
            let port = port.expect("bound");
            for round in 1..=2 {
                for _ in 0..1500 {
                    forger.send(kind, code, port.local_addr().port(), victim);
                }
                port.write(b"alone", other.local_addr()).expect("sent");
                turn_until(&mut reactor, || received.count() == round);
            }
            assert!(port.is_listening());
            assert!(asker.0.borrow().iter().all(|to| *to == victim));
        }
    });
}

#[test]
fn forged_news_ends_no_request_and_no_port() {
    let name = "forged_news_ends_no_request_and_no_port";
    in_network(module_path!(), name, LOOPBACK, || {
        let forger = Forger::new();
        for (victim, own) in VICTIMS.into_iter().zip(["127.0.0.1:0", "[::1]:0"]) {
            let mut reactor = Reactor::new().expect("a reactor");
            let handle = reactor.handle();
            let (agent, address) = agent::serve(&handle, own, agent::tree());
            let engine = SnmpEngine::new(&handle);
            let port = engine.send_from(own.parse().expect("an address"));
            let port = port.expect("a port").port();
            // Of the agent itself, too: a request to it goes on as well.
            for victim in [victim.parse().expect("an address"), address] {
                for (kind, code) in kinds(victim) {
                    let (auth, context) = (CommunityData::new("public"), ContextData::default());
                    let target = UdpTransportTarget::from(address).retries(0);
                    let asked = ["1.3.6.1.2.1.1.1.0"];
                    let answer = get_cmd(&engine, &auth, &target, &context, asked);
                    for number in [port, address.port()] {
                        forger.send(kind, code, number, victim);
                    }
                    settle(&mut reactor, answer).expect("an answer");
                }
            }
            for engine in [&engine, &agent] {
                assert_eq!(engine.statistics().send_failures, 0);
            }
        }
    });
}
