//! Send buffers that fill because neighbours are silent: nobody else waits for that.
//!
//! A datagram to a neighbour that does not answer the question for its address (ARP) stays in the send
//! buffer of its socket for up to three seconds.

use std::cell::Cell;
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::engine::{
    Credentials, Endpoint, Engine, EngineConfig, Peer, Request, UsmCredentials,
};
use deferred_snmp::hlapi::{
    AuthProtocol, CommunityData, ContextData, ObjectType, PrivProtocol, SnmpEngine,
    UdpTransportTarget, UsmUserData, get_cmd,
};
use deferred_snmp::oid;
use deferred_snmp::pdu::{Pdu, PduKind};
use deferred_snmp::reactor::{Handle, Reactor};
use deferred_snmp::security::usm::{User, UsmUser};
use socket2::{Domain, Protocol, SockAddr, Socket, Type};

use super::namespace::in_network;
use super::recorder::listen;
use util::agent::{Agent, tree};
use util::loops::ms;

/// 10.9.0.0/16, where nobody answers.
const SILENT_LINK: &str = "ip link set lo up && ip link add silent type veth peer name wall \
    && ip addr add 10.9.0.1/16 dev silent && ip link set wall up && ip link set silent up";

/// What a system grants whose net.core.wmem_max is the stock one, when 4 MiB are asked for.
const STOCK: usize = 212_992;

/// Whether the system grants what is asked for by default.
fn grants_four_mebibytes() -> bool {
    let reactor = Reactor::new().expect("a reactor");
    let (port, _) = listen(&reactor, "127.0.0.1:0");
    let granted = port.set_send_buffer(4 << 20).expect("some size");
    granted >= 8 << 20
}

fn silent(number: u32) -> Ipv4Addr {
    Ipv4Addr::from(u32::from(Ipv4Addr::new(10, 9, 1, 0)) + number)
}

fn target(address: SocketAddr) -> UdpTransportTarget {
    UdpTransportTarget::from(address)
}

/// Counts requests that are over, and those of them that were answered.
#[derive(Clone, Default)]
struct Tally {
    over: Rc<Cell<usize>>,
    right: Rc<Cell<usize>>,
}

impl Tally {
    fn ask<A: deferred_snmp::hlapi::AuthData>(
        &self,
        engine: &SnmpEngine,
        auth: &A,
        target: &UdpTransportTarget,
    ) {
        let variable = ObjectType::new(oid!(1.3.6.1.2.1.1.1.0));
        let (over, right) = (self.over.clone(), self.right.clone());
        get_cmd(engine, auth, target, &ContextData::default(), [variable])
            .add_callback(move |_| right.set(right.get() + 1))
            .add_errback(|_| ())
            .add_callback(move |()| over.set(over.get() + 1));
    }
}

/// Calls `f` with 0, 1, ... up to `count`, one every `pause`.
fn every(reactor: &Handle, pause: Duration, count: u32, f: impl Fn(u32) + 'static) {
    fn next(reactor: Handle, pause: Duration, left: std::ops::Range<u32>, f: Rc<dyn Fn(u32)>) {
        let mut left = left;
        let Some(number) = left.next() else { return };
        f(number);
        let again = reactor.clone();
        reactor.call_later(pause, move || next(again, pause, left, f));
    }
    next(reactor.clone(), pause, 0..count, Rc::new(f));
}

fn turn_until(reactor: &mut Reactor, done: impl Fn() -> bool) {
    let late = Rc::new(Cell::new(false));
    let flag = late.clone();
    let limit = Duration::from_secs(60);
    reactor.handle().call_later(limit, move || flag.set(true));
    while !done() {
        assert!(!late.get(), "not done within a minute");
        reactor.iterate(None).expect("a pass");
    }
}

/// A manager with requests to `dead` hosts that are silent and 41 to one that is not, by another route.
/// Gives how many of those are right.
fn ask_one_good_host(dead: u32, buffer: Option<usize>) -> usize {
    let agent = Agent::start("127.0.0.1", tree);
    let mut reactor = Reactor::new().expect("a reactor");
    let engine = SnmpEngine::new(&reactor.handle());
    if let Some(buffer) = buffer {
        engine.set_send_buffer(buffer);
    }
    let community = CommunityData::new("public");
    let lost = Tally::default();
    for number in 0..dead {
        let address = SocketAddrV4::new(silent(number), 161);
        lost.ask(&engine, &community, &target(address.into()));
    }
    let good = Tally::default();
    // As long as a machine may stand still, and less than what is in a full buffer waits there.
    let good_host = target(agent.address).timeout(ms(2500)).retries(0);
    let (tally, asking) = (good.clone(), engine);
    every(&reactor.handle(), ms(75), 41, move |_| {
        tally.ask(&asking, &community, &good_host);
    });
    turn_until(&mut reactor, || good.over.get() == 41);
    assert_eq!(lost.right.get(), 0);
    good.right.get()
}

#[test]
fn a_thousand_dead_neighbours_keep_no_request_to_another_host_waiting() {
    let name = "a_thousand_dead_neighbours_keep_no_request_to_another_host_waiting";
    in_network(module_path!(), name, SILENT_LINK, || {
        if !grants_four_mebibytes() {
            util::left_out(name, "net.core.wmem_max is below 4 MiB");
            return;
        }
        assert_eq!(ask_one_good_host(1000, None), 41);
    });
}

/// One stock buffer holds 512 small datagrams. Each of the dead is asked three times before the first
/// question to it leaves the buffer.
#[test]
fn a_full_client_port_goes_on_through_further_sockets() {
    let name = "a_full_client_port_goes_on_through_further_sockets";
    in_network(module_path!(), name, SILENT_LINK, || {
        assert_eq!(ask_one_good_host(600, Some(STOCK)), 41);
    });
}

/// The question for an engine's name, from somebody whom nobody knows.
#[expect(
    clippy::disallowed_methods,
    reason = "an Instant can be had in no other way"
)]
fn discovery() -> Vec<u8> {
    let now = std::time::Instant::now();
    let mut engine = Engine::new(EngineConfig::default(), now);
    let user: User = UsmUser::new("stranger").expect("a name").into();
    let credentials = Credentials::Usm(UsmCredentials::new(user));
    let peer = Peer::udp(Endpoint(0), ([192, 0, 2, 1], 161).into());
    let get = Pdu::new(PduKind::GetRequest, 0, Default::default());
    engine
        .submit(now, Request::new(peer, credentials, get))
        .expect("room");
    let mut question = Vec::new();
    assert!(engine.poll_transmit(now, &mut question).is_some());
    question
}

/// Sends datagrams in the name of others.
struct Forger(Socket);

impl Forger {
    fn new() -> Self {
        let protocol = Some(Protocol::from(255));
        let socket = Socket::new(Domain::IPV4, Type::RAW, protocol).expect("a raw socket");
        socket.set_header_included_v4(true).expect("a header");
        Self(socket)
    }

    fn send(&self, from: Ipv4Addr, to: SocketAddrV4, data: &[u8]) {
        let mut packet = vec![0; 28];
        packet[0] = 0x45;
        packet[8] = 64;
        packet[9] = 17;
        packet[12..16].copy_from_slice(&from.octets());
        packet[16..20].copy_from_slice(&to.ip().octets());
        packet[20..22].copy_from_slice(&40_000_u16.to_be_bytes());
        packet[22..24].copy_from_slice(&to.port().to_be_bytes());
        let length = (8 + data.len()) as u16;
        packet[24..26].copy_from_slice(&length.to_be_bytes());
        packet.extend_from_slice(data);
        let to = SockAddr::from(SocketAddr::from(to));
        self.0.send_to(&packet, &to).expect("sent");
    }
}

/// 60 requests to an agent that is asked for its name by 500 strangers a second, whose addresses are on
/// its network and silent: in turn by a community, by a user that knows the agent, and by a user that does
/// not. Gives how many of the 20 of each kind are right.
fn ask_under_forged_discoveries(buffer: Option<usize>) -> [usize; 3] {
    let user = || {
        UsmUserData::new("joe")
            .auth(AuthProtocol::Sha1, "authentication phrase")
            .privacy(PrivProtocol::Aes128, "privacy phrase")
    };
    let agent = Agent::start_with("0.0.0.0", tree, move |engine| {
        engine.add_v3_user(&user()).expect("a user");
        if let Some(buffer) = buffer {
            engine.set_send_buffer(buffer);
        }
    });
    let port = agent.address.port();
    let mut reactor = Reactor::new().expect("a reactor");
    let handle = reactor.handle();
    let (forger, question) = (Forger::new(), discovery());
    let attacked = SocketAddrV4::new(Ipv4Addr::new(10, 9, 0, 1), port);
    // For longer than the requests take.
    every(&handle, ms(10), 6_000, move |number| {
        for other in 0..5 {
            let from = silent((number * 5 + other) % 900);
            forger.send(from, attacked, &question);
        }
    });
    let asked = target(SocketAddr::from(([127, 0, 0, 1], port)))
        .timeout(ms(1500))
        .retries(0);
    let user = user();
    let known = SnmpEngine::new(&handle);
    let met = Tally::default();
    met.ask(&known, &user, &asked);
    turn_until(&mut reactor, || met.over.get() == 1);
    let tallies: [Tally; 3] = Default::default();
    let (counted, asking) = (tallies.clone(), handle.clone());
    let community = CommunityData::new("public");
    every(&handle, ms(150), 20, move |_| {
        counted[0].ask(&known, &community, &asked);
        counted[1].ask(&known, &user, &asked);
        counted[2].ask(&SnmpEngine::new(&asking), &user, &asked);
    });
    turn_until(&mut reactor, || {
        tallies.iter().all(|tally| tally.over.get() == 20)
    });
    assert_eq!(met.right.get(), 1);
    tallies.map(|tally| tally.right.get())
}

#[test]
fn forged_discoveries_keep_no_honest_request_waiting() {
    let name = "forged_discoveries_keep_no_honest_request_waiting";
    in_network(module_path!(), name, SILENT_LINK, || {
        if !grants_four_mebibytes() {
            util::left_out(name, "net.core.wmem_max is below 4 MiB");
            return;
        }
        assert_eq!(ask_under_forged_discoveries(None), [20; 3]);
    });
}

/// Half of a small buffer is kept from reports: who is known is answered, whatever strangers do. Only where
/// the system tells how full the buffer is.
#[cfg(not(deferred_snmp_portable_udp))]
#[test]
fn forged_discoveries_leave_half_of_a_small_buffer_to_answers() {
    let name = "forged_discoveries_leave_half_of_a_small_buffer_to_answers";
    in_network(module_path!(), name, SILENT_LINK, || {
        let [community, known, unknown] = ask_under_forged_discoveries(Some(STOCK));
        println!("measured: {unknown} of 20 who have to ask for the agent's name first");
        assert_eq!([community, known], [20; 2]);
    });
}
