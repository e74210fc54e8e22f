//! `UdpOptions`: each option does what it says, or is an error.

use std::net::{IpAddr, SocketAddr};
use std::rc::Rc;

use deferred_snmp::reactor::{CannotListenError, Reactor, UdpOptions, UdpPort};
use util::loops::turn_until;
use util::nobody::{IS_TOLD, Nobody};

use super::recorder::{Recorder, listen};

const LOCAL: [u8; 4] = [127, 0, 0, 1];

fn open(
    reactor: &Reactor,
    addr: impl Into<IpAddr>,
    options: &UdpOptions,
) -> Result<(UdpPort, Rc<Recorder>), CannotListenError> {
    let recorder = Rc::new(Recorder::default());
    let addr = SocketAddr::new(addr.into(), 0);
    let handle = reactor.handle();
    let port = handle.listen_udp_with(addr, options, recorder.clone())?;
    Ok((port, recorder))
}

#[test]
fn the_destination_is_told_unless_it_is_not_asked_for() {
    let mut reactor = Reactor::new().expect("a reactor");
    let (sender, _) = listen(&reactor, "127.0.0.1:0");
    let plain = UdpOptions::new().destination(false);
    let tells = cfg!(all(target_os = "linux", not(deferred_snmp_portable_udp)));
    let to = tells.then_some(IpAddr::from(LOCAL));
    for (options, addr, expected) in [
        (UdpOptions::new(), [0; 4], to),
        (plain.clone(), [0; 4], None),
        // The address that a port is bound to is known without asking.
        (plain, LOCAL, Some(LOCAL.into())),
    ] {
        let (port, received) = open(&reactor, addr, &options).expect("bound");
        let number = port.local_addr().port();
        sender.write(b"x", (LOCAL, number).into()).expect("sent");
        turn_until(&mut reactor, || received.count() == 1);
        assert_eq!(received.datagrams.borrow()[0].2, expected, "{options:?}");
    }
}

#[test]
fn nothing_is_told_of_datagrams_unless_it_is_asked_for() {
    let mut reactor = Reactor::new().expect("a reactor");
    let nobody = Nobody::udp();
    let asks = UdpOptions::new().undelivered(true);
    let (deaf, told_nothing) = open(&reactor, LOCAL, &UdpOptions::new()).expect("bound");
    let (asking, told) = open(&reactor, LOCAL, &asks).expect("bound");
    for port in [&deaf, &asking] {
        port.write(b"x", nobody.address).expect("sent");
    }
    let is_told = || !IS_TOLD || told.events.borrow().contains(&"undelivered".into());
    turn_until(&mut reactor, is_told);
    deaf.write(b"y", deaf.local_addr()).expect("sent");
    turn_until(&mut reactor, || told_nothing.count() == 1);
    assert_eq!(*told_nothing.events.borrow(), ["start"]);
}

#[test]
fn buffers_are_asked_for_when_a_port_is_opened_and_later() {
    let reactor = Reactor::new().expect("a reactor");
    let (plain, _) = open(&reactor, LOCAL, &UdpOptions::new()).expect("bound");
    let small = UdpOptions::new().receive_buffer(8192).send_buffer(16_384);
    let (port, _) = open(&reactor, LOCAL, &small).expect("bound");
    let sizes = |port: &UdpPort| {
        let receive = port.receive_buffer().expect("a size");
        (receive, port.send_buffer().expect("a size"))
    };
    let (receive, send) = sizes(&port);
    assert!((8192..=16_384).contains(&receive), "{receive}");
    assert!((16_384..=32_768).contains(&send), "{send}");
    assert!(sizes(&plain).0 > receive && sizes(&plain).1 > send);
    let granted = port.set_receive_buffer(16_384).expect("a size");
    assert_eq!(sizes(&port), (granted, send));
    assert!(granted > receive);
}

/// More than the system counts in is as much as it gives.
#[test]
fn buffers_of_any_size_may_be_asked_for() {
    let reactor = Reactor::new().expect("a reactor");
    let sizes = |octets: usize| {
        let options = UdpOptions::new().receive_buffer(octets).send_buffer(octets);
        let (port, _) = open(&reactor, LOCAL, &options).expect("bound");
        let asked_for = (
            port.receive_buffer().expect("a size"),
            port.send_buffer().expect("a size"),
        );
        let granted = (
            port.set_receive_buffer(octets).expect("a size"),
            port.set_send_buffer(octets).expect("a size"),
        );
        assert_eq!(granted, asked_for);
        granted
    };
    let most = sizes(i32::MAX as usize);
    for octets in [1 << 31, 1 << 32, usize::MAX] {
        assert_eq!(sizes(octets), most, "{octets}");
    }
}

#[cfg(unix)]
#[test]
fn a_socket_that_cannot_be_adopted_is_left_as_it_was() {
    use socket2::{Domain, Socket, Type};

    let reactor = Reactor::new().expect("a reactor");
    let handle = reactor.handle();
    let socket = Socket::new(Domain::IPV4, Type::DGRAM, None).expect("a socket");
    let address = SocketAddr::from((LOCAL, 0));
    socket.bind(&address.into()).expect("bound");
    let none = UdpOptions::new().interface("nosuch0");
    let recorder = Rc::new(Recorder::default());
    let refused = handle.adopt_udp_with(&socket, &none, recorder);
    refused.expect_err("there is no such interface");
    let flags = rustix::fs::fcntl_getfl(&socket).expect("flags");
    assert!(!flags.contains(rustix::fs::OFlags::NONBLOCK));
}

#[test]
fn a_port_is_shared_only_by_those_who_say_so() {
    let mut reactor = Reactor::new().expect("a reactor");
    let shared = UdpOptions::new().shared(true);
    let (first, _) = open(&reactor, LOCAL, &shared).expect("bound");
    let listening = |options: &UdpOptions| {
        let recorder = Rc::new(Recorder::default());
        let handle = reactor.handle();
        handle.listen_udp_with(first.local_addr(), options, recorder)
    };
    listening(&UdpOptions::new()).expect_err("it is taken");
    let second = listening(&shared).expect("shared");
    assert_eq!(second.local_addr(), first.local_addr());
    reactor.turn().expect("a pass");
}

#[cfg(unix)]
#[test]
fn a_socket_that_is_adopted_takes_what_is_not_too_late() {
    use std::net::Ipv4Addr;

    use socket2::{Domain, Protocol, Socket, Type};

    let mut reactor = Reactor::new().expect("a reactor");
    let handle = reactor.handle();
    let socket = Socket::new(Domain::IPV4, Type::DGRAM, Some(Protocol::UDP)).expect("a socket");
    let any = SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0));
    socket.bind(&any.into()).expect("bound");
    let received = Rc::new(Recorder::default());
    let options = UdpOptions::new().longest_datagram(2);
    let too_late = options.clone().shared(true);
    let refused = handle.adopt_udp_with(&socket, &too_late, received.clone());
    assert_eq!(
        refused.expect_err("it is bound").kind(),
        std::io::ErrorKind::InvalidInput
    );
    let port = handle.adopt_udp_with(&socket, &options, received.clone());
    let port = port.expect("adopted");
    let (sender, _) = listen(&reactor, "127.0.0.1:0");
    let to = SocketAddr::from((LOCAL, port.local_addr().port()));
    for data in [&b"long"[..], b"x"] {
        sender.write(data, to).expect("sent");
    }
    turn_until(&mut reactor, || received.count() == 1);
    assert_eq!(port.truncated(), 1);
    if cfg!(all(target_os = "linux", not(deferred_snmp_portable_udp))) {
        assert_eq!(received.datagrams.borrow()[0].2, Some(LOCAL.into()));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_interface_that_does_not_exist_is_an_error_that_names_it() {
    let mut reactor = Reactor::new().expect("a reactor");
    let longer_than_names_are = "lo".to_owned() + &"o".repeat(14);
    for name in ["nosuch0", "", "lo\0", &longer_than_names_are] {
        let options = UdpOptions::new().interface(name);
        let opened = open(&reactor, LOCAL, &options);
        let error = opened.err().expect("there is none");
        assert!(
            error.to_string().contains(&format!("interface {name:?}")),
            "{error}"
        );
    }
    let options = UdpOptions::new().interface("lo");
    let (port, received) = open(&reactor, LOCAL, &options).expect("bound");
    port.write(b"x", port.local_addr()).expect("sent");
    turn_until(&mut reactor, || received.count() == 1);
}

#[cfg(target_os = "linux")]
#[test]
fn a_port_that_is_tied_to_an_interface_hears_no_other() {
    let name = "a_port_that_is_tied_to_an_interface_hears_no_other";
    let links = "ip link set lo up && ip link add other type veth peer name far \
        && ip link set far up && ip link set other up";
    super::namespace::in_network(module_path!(), name, links, || {
        let mut reactor = Reactor::new().expect("a reactor");
        let on = |name: &str| UdpOptions::new().interface(name);
        let (other, heard_nothing) = open(&reactor, [0; 4], &on("other")).expect("bound");
        let number = other.local_addr().port();
        let received = Rc::new(Recorder::default());
        let any = SocketAddr::from(([0; 4], number));
        let handle = reactor.handle();
        // Each has an interface of its own, so that they can have one number.
        let port = handle.listen_udp_with(any, &on("lo"), received.clone());
        let port = port.expect("bound");
        let (sender, answered) = listen(&reactor, "127.0.0.1:0");
        for _ in 0..10 {
            sender.write(b"x", (LOCAL, number).into()).expect("sent");
        }
        turn_until(&mut reactor, || received.count() == 10);
        assert_eq!(heard_nothing.count(), 0);
        // Whether the system says that there is no way is its own affair.
        let _ = other.write(b"other", sender.local_addr());
        port.write(b"lo", sender.local_addr()).expect("sent");
        turn_until(&mut reactor, || answered.count() == 1);
        reactor.turn().expect("a pass");
        let answers = answered.datagrams.borrow();
        assert_eq!(answers.len(), 1);
        assert_eq!(answers[0].0, b"lo");
    });
}
