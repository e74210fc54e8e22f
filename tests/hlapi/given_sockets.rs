//! An agent on a socket that the program has made itself.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::os::fd::AsFd;
use std::rc::Rc;

use deferred_snmp::access::OpenAccess;
use deferred_snmp::engine::EngineConfig;
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::{MibTree, Scalar};
use deferred_snmp::oid;
use deferred_snmp::transport::{Carrier, Link, Network, OpenError, Opening};
use socket2::{Domain, Protocol, Socket, Type};
use util::manager::Manager;
use util::ports::has_ipv6;

fn udp(address: SocketAddr) -> Socket {
    let domain = Domain::for_address(address);
    let socket = Socket::new(domain, Type::DGRAM, Some(Protocol::UDP)).expect("a socket");
    if address.is_ipv6() {
        socket.set_only_v6(false).expect("both versions of IP");
    }
    socket.bind(&address.into()).expect("bound");
    socket
}

fn name() -> MibTree {
    let mut objects = MibTree::new();
    let given = Scalar::constant("given");
    objects
        .register(oid!(1.3.6.1.2.1.1.5), given)
        .expect("free");
    objects
}

fn agent(manager: &Manager) -> Agent {
    let builder = Agent::builder(&manager.reactor.handle()).v1_system("anybody", "public");
    let builder = builder.objects(name()).access(OpenAccess);
    builder.start().expect("nothing is wrong")
}

/// What sysName.0 is at this address. An answer from another one is none.
fn ask(manager: &mut Manager, address: SocketAddr) -> String {
    let target = UdpTransportTarget::from(address);
    let remote = manager
        .engine
        .remote(&CommunityData::new("public"), &target);
    let response = manager.succeed(remote.get([oid!(1.3.6.1.2.1.1.5.0)]));
    let var_bind = response.iter().next().expect("one binding");
    var_bind.value().to_string()
}

#[test]
fn a_socket_of_both_versions_serves_both() {
    if !has_ipv6() {
        return util::left_out("a_socket_of_both_versions_serves_both", "no IPv6");
    }
    let mut manager = Manager::new();
    let agent = agent(&manager);
    let socket = udp((Ipv6Addr::UNSPECIFIED, 0).into());
    let bound = agent.listen_socket(&socket).expect("taken");
    assert_eq!(Some(bound), socket.local_addr().expect("bound").as_socket());
    // The agent has a duplicate.
    drop(socket);
    let mut asked = vec![SocketAddr::from((Ipv4Addr::LOCALHOST, bound.port()))];
    asked.push((Ipv6Addr::LOCALHOST, bound.port()).into());
    if cfg!(all(target_os = "linux", not(deferred_snmp_portable_udp))) {
        asked.push((Ipv4Addr::new(127, 0, 0, 2), bound.port()).into());
    }
    for address in asked {
        assert_eq!(ask(&mut manager, address), "given", "{address}");
    }
}

#[test]
fn the_socket_keeps_its_buffers_until_others_are_asked_for() {
    let manager = Manager::new();
    let agent = agent(&manager);
    let socket = udp((Ipv4Addr::LOCALHOST, 0).into());
    let sizes = || {
        let receive = socket.recv_buffer_size().expect("a size");
        (receive, socket.send_buffer_size().expect("a size"))
    };
    socket.set_recv_buffer_size(20_000).expect("a size");
    socket.set_send_buffer_size(30_000).expect("a size");
    let before = sizes();
    agent.listen_socket(&socket).expect("taken");
    assert_eq!(sizes(), before);
    agent.engine().set_receive_buffer(50_000);
    assert!(sizes().0 > before.0, "{:?} after {before:?}", sizes());
}

#[test]
fn what_is_no_bound_udp_socket_is_refused() {
    let manager = Manager::new();
    let agent = agent(&manager);
    let refused = |socket: &dyn AsFd| {
        let error = agent.listen_socket(socket.as_fd()).expect_err("refused");
        let SnmpError::Transport(open) = &error else {
            panic!("{error:?}");
        };
        let OpenError::Socket(system) = &**open else {
            panic!("{error:?}");
        };
        assert_eq!(system.kind(), ErrorKind::InvalidInput);
        error.to_string()
    };
    let (unix, _other) = std::os::unix::net::UnixDatagram::pair().expect("a pair");
    let tcp = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
    let local = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    tcp.bind(&local.into()).expect("bound");
    for socket in [&unix as &dyn AsFd, &tcp] {
        assert_eq!(
            refused(socket),
            "cannot listen on the socket that was given: it is no UDP socket"
        );
    }
    let unbound = Socket::new(Domain::IPV4, Type::DGRAM, None).expect("a socket");
    assert_eq!(
        refused(&unbound),
        "cannot listen on the socket that was given: it is not bound"
    );
}

#[test]
fn the_network_of_the_engine_is_not_asked() {
    struct None;

    impl Network for None {
        fn open(&self, opening: Opening<'_>, _: Link) -> Result<Rc<dyn Carrier>, OpenError> {
            Err(OpenError::Unsupported(opening.address().clone()))
        }
    }

    let mut manager = Manager::new();
    let handle = manager.reactor.handle();
    let engine = SnmpEngine::with_network(&handle, EngineConfig::default(), None);
    let builder = Agent::on(&engine).v1_system("anybody", "public");
    let agent = builder.objects(name()).access(OpenAccess).start();
    let agent = agent.expect("nothing is wrong");
    let local = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    agent.listen_udp(local).expect_err("nothing leads there");
    let bound = agent.listen_socket(udp(local)).expect("taken");
    assert_eq!(ask(&mut manager, bound), "given");
}

#[test]
fn an_agent_that_closes_leaves_the_socket_to_the_program() {
    let mut manager = Manager::new();
    let agent = agent(&manager);
    let socket = udp((Ipv4Addr::LOCALHOST, 0).into());
    agent.listen_socket(&socket).expect("taken");
    manager.succeed(agent.close());
    let sender = udp((Ipv4Addr::LOCALHOST, 0).into());
    let own = socket.local_addr().expect("it is open");
    sender.send_to(b"still there", &own).expect("sent");
    manager.reactor.turn().expect("a pass");
    let mut octets = [std::mem::MaybeUninit::uninit(); 64];
    assert_eq!(socket.recv(&mut octets).expect("it is there"), 11);
    // And it may be given to the next one.
    let next = super::given_sockets::agent(&manager);
    let bound = next.listen_socket(&socket).expect("taken");
    assert_eq!(ask(&mut manager, bound), "given");
}
