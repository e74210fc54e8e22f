//! What the examples share: the agent that they start themselves, and the command line.

// No example uses all of it.
#![allow(dead_code, clippy::allow_attributes)]

pub(crate) mod agents;
pub(crate) mod notifications;
pub(crate) mod packets;
pub(crate) mod survey;
pub(crate) mod users;

use std::error::Error;
use std::fmt;
use std::net::SocketAddr;

use deferred_snmp::applications::standard;
use deferred_snmp::engine::EngineConfig;
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::{Column, MibTree, Scalar, Table};
use deferred_snmp::oid;
use deferred_snmp::reactor::{Handle, socket_address};

/// What a program ends with that cannot begin: it is printed as it reads, where `Box<dyn Error>` is printed for programmers.
pub(crate) struct Failed(Box<dyn Error>);

impl<E: Error + 'static> From<E> for Failed {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl fmt::Debug for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// Whom to ask: the `HOST[:PORT]` on the command line, or else an agent of our own.
pub(crate) fn target(reactor: &Handle) -> UdpTransportTarget {
    target_or(reactor, "127.0.0.1:0")
}

/// The same with an agent on this address.
pub(crate) fn target_or(reactor: &Handle, own: &str) -> UdpTransportTarget {
    target_or_else(|| only_agent(reactor, own))
}

/// The same with an agent that is started by `own`.
pub(crate) fn target_or_else(own: impl FnOnce() -> SocketAddr) -> UdpTransportTarget {
    match targets().as_slice() {
        [] => own().into(),
        [target] => target.clone(),
        _ => usage(),
    }
}

/// The targets on the command line.
pub(crate) fn targets() -> Vec<UdpTransportTarget> {
    let mut targets = Vec::new();
    for argument in std::env::args().skip(1) {
        match argument.parse() {
            _ if argument.starts_with('-') => usage(),
            Ok(target) => targets.push(target),
            Err(error) => {
                eprintln!("{error}");
                usage();
            }
        }
    }
    targets
}

/// The words of the command line, all of which have to be addresses.
pub(crate) fn addresses_given(usage: &str) -> Vec<String> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    for word in &given {
        if word.starts_with('-') {
            usage_is(usage);
        }
        if let Err(error) = socket_address(word) {
            eprintln!("{error}");
            usage_is(usage);
        }
    }
    given
}

/// Ends the program if there is anything on its command line.
pub(crate) fn no_arguments() {
    if std::env::args().len() > 1 {
        usage_is("");
    }
}

fn usage() -> ! {
    usage_is(" [HOST[:PORT]]");
}

pub(crate) fn usage_is(arguments: &str) -> ! {
    let program = std::env::args().next().unwrap_or_default();
    eprintln!("usage: {program}{arguments}");
    std::process::exit(2);
}

/// The name of an agent that is alone: the one of PySNMP's public agent.
pub(crate) const ENGINE_ID: &str = "80004fb805636c6f75644dab22cc";

/// Starts an agent on a free port of an address, and gives its address. It has a name of its own, as
/// agents have to that run side by side.
pub(crate) fn agent(reactor: &Handle, address: &str) -> SocketAddr {
    users::agent(reactor, address, EngineConfig::default())
}

/// The same with the name [`ENGINE_ID`].
fn only_agent(reactor: &Handle, address: &str) -> SocketAddr {
    let engine_id = ENGINE_ID.parse().expect("an engine id");
    let config = EngineConfig::default().engine_id(engine_id);
    users::agent(reactor, address, config)
}

/// Opens a port for an agent, or ends the program.
pub(crate) fn listen(engine: &SnmpEngine, address: &str) -> SocketAddr {
    let address = socket_address(address).expect("an address");
    engine.listen_udp(address).unwrap_or_else(|error| {
        eprintln!("{error}");
        std::process::exit(1);
    })
}

/// The MIB modules of the examples.
pub(crate) const MIBS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/mibs");

/// The objects of the agent: the system group, tables of interfaces and TCP connections, and those of EXAMPLE-MIB.
pub(crate) fn objects(reactor: &Handle) -> MibTree {
    let mut tree = MibTree::new();
    let (clock, start) = (reactor.clone(), reactor.now());
    let up_time = move || (clock.now().duration_since(start).as_millis() / 10) as u32;
    standard::System::new("an agent of deferred-snmp")
        .object_id(oid!(1.3.6.1.4.1.8072.3.2.10))
        .contact("nobody@example.org")
        .name("example")
        .location("127.0.0.1")
        .register(&mut tree, up_time)
        .and_then(|()| tree.register(oid!(1.3.6.1.2.1.2.1), Scalar::constant(INTERFACES as i32)))
        .and_then(|()| tree.register(oid!(1.3.6.1.2.1.2.2.1), interfaces()))
        .and_then(|()| tree.register(oid!(1.3.6.1.2.1.6.13.1), connections()))
        .and_then(|()| {
            tree.register(
                oid!(1.3.6.1.4.1.8072.9999.9999.1.1.1),
                Scalar::constant(215),
            )
        })
        .and_then(|()| tree.register(oid!(1.3.6.1.4.1.8072.9999.9999.1.1.2), Scalar::constant(1)))
        .and_then(|()| tree.register(oid!(1.3.6.1.4.1.8072.9999.9999.1.1.3.1), sensors()))
        .expect("the objects do not overlap");
    tree
}

const INTERFACES: u32 = 24;

/// ifIndex, ifDescr, ifType, ifMtu, ifSpeed, ifPhysAddress, ifAdminStatus, ifOperStatus, ifInOctets
/// and ifOutOctets.
fn interfaces() -> Table {
    let columns = [1, 2, 3, 4, 5, 6, 7, 8, 10, 16];
    let mut table = Table::new(columns.map(Column::new));
    for index in 1..=INTERFACES {
        let loopback = index == 1;
        let description = match loopback {
            true => "lo".to_owned(),
            false => format!("eth{}", index - 2),
        };
        let address = match loopback {
            true => Vec::new(),
            false => vec![2, 0, 0, 0, 0, index as u8],
        };
        let cells: [(u32, Value); 10] = [
            (1, (index as i32).into()),
            (2, description.into()),
            (3, (if loopback { 24 } else { 6 }).into()),
            (4, (if loopback { 65_536 } else { 1_500 }).into()),
            (5, Gauge32(1_000_000_000).into()),
            (6, OctetString::from(address).into()),
            (7, 1.into()),
            (8, (if index % 5 == 0 { 2 } else { 1 }).into()),
            (10, Counter32(1_000 * index).into()),
            (16, Counter32(2_000 * index).into()),
        ];
        table.insert(&[index], cells);
    }
    table
}

/// tcpConnState, tcpConnLocalAddress, tcpConnLocalPort, tcpConnRemAddress and tcpConnRemPort.
fn connections() -> Table {
    let mut table = Table::new((1..=5).map(Column::new));
    let (any, own) = (IpAddress::new(0, 0, 0, 0), IpAddress::new(127, 0, 0, 1));
    for (state, local, remote, port) in [(2, any, any, 0), (5, own, own, 40_000)] {
        let mut index = Vec::new();
        index.extend(local.octets().map(u32::from));
        index.push(22);
        index.extend(remote.octets().map(u32::from));
        index.push(port);
        let cells: [(u32, Value); 5] = [
            (1, state.into()),
            (2, local.into()),
            (3, 22.into()),
            (4, remote.into()),
            (5, (port as i32).into()),
        ];
        table.insert(&index, cells);
    }
    table
}

/// exampleSensorValue, by exampleSensorName.
fn sensors() -> Table {
    let mut table = Table::new([Column::new(2)]);
    for (name, tenths) in [("door", 189), ("window", 224)] {
        let mut index = vec![name.len() as u32];
        index.extend(name.bytes().map(u32::from));
        table.insert(&index, [(2, tenths)]);
    }
    table
}

/// Prints the bindings of a response, or what the agent reports instead.
pub(crate) fn print(response: Response) -> Result<(), SnmpError> {
    let response = response.into_result()?;
    response.iter().for_each(|var_bind| println!("{var_bind}"));
    Ok(())
}

/// Prints the outcome of one request of several under a heading, and passes an error on.
pub(crate) fn report(heading: &str, outcome: Result<Response, SnmpError>) -> Result<(), SnmpError> {
    println!("{heading}");
    let result = outcome.and_then(print);
    result.inspect_err(|error| println!("{error}"))
}

/// Prints a message that passes through an engine, part by part.
pub(crate) fn observed(message: &ObservedMessage<'_>) {
    let way = match message.direction() {
        Direction::Received => "received from",
        Direction::Sent => "sent to",
    };
    println!("* {way} {}", message.address());
    if let Some(local) = message.local_addr() {
        println!("  through {local}");
    }
    if let (Some(version), Some(level)) = (message.version(), message.security_level()) {
        println!("  {version} {level}, {} octets", message.octets().len());
    }
    if let Some(v3) = message.v3_message() {
        println!("  {}", v3.header);
    }
    if let Some(parameters) = message.security_parameters() {
        println!("  {parameters}");
    }
    match message.pdu() {
        Some(pdu) => println!("  {pdu}"),
        None => println!("  (no PDU that can be read)"),
    }
}

/// A free port of each loopback address that this system has.
pub(crate) fn loopbacks() -> &'static [&'static str] {
    match has_ipv6() {
        true => &["127.0.0.1:0", "[::1]:0"],
        false => &["127.0.0.1:0"],
    }
}

/// Whether this system has IPv6 on its loopback interface.
#[expect(
    clippy::disallowed_types,
    reason = "binding a socket is the one sure way to tell"
)]
pub(crate) fn has_ipv6() -> bool {
    std::net::UdpSocket::bind("[::1]:0").is_ok()
}
