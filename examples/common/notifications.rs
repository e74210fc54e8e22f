//! What the examples of notifications share: a receiver for those that send, a sender for those that
//! receive.

use std::fmt::Display;
use std::net::{IpAddr, SocketAddr};

use deferred_snmp::deferred::{Deferred, DeferredList, succeed};
use deferred_snmp::engine::EngineConfig;
use deferred_snmp::hlapi::*;
use deferred_snmp::reactor::{Handle, socket_address};

use super::{addresses_given, usage};

/// The port that managers listen on (RFC 3417 section 3.2).
const PORT: u16 = 162;

/// Whom to notify: the `HOST[:PORT]` on the command line, or else a receiver of our own.
pub(crate) struct Manager {
    pub(crate) target: UdpTransportTarget,
    own: Option<NotificationQueue>,
}

/// The managers on the command line, or else receivers of our own on these addresses.
pub(crate) fn managers(reactor: &Handle, own: &[&str]) -> Vec<Manager> {
    let given: Vec<_> = std::env::args().skip(1).map(|word| parse(&word)).collect();
    if given.is_empty() {
        return own.iter().map(|own| receiver(reactor, own)).collect();
    }
    let foreign = |target| Manager { target, own: None };
    given.into_iter().map(foreign).collect()
}

/// The only one of them.
pub(crate) fn manager(reactor: &Handle) -> Manager {
    let mut managers = managers(reactor, &["127.0.0.1:0"]);
    match (managers.pop(), managers.is_empty()) {
        (Some(manager), true) => manager,
        _ => usage(),
    }
}

fn parse(word: &str) -> UdpTransportTarget {
    if word.starts_with('-') {
        usage();
    }
    let target = word.parse().unwrap_or_else(|error| {
        eprintln!("{error}");
        usage()
    });
    // Without a port, that has the port of agents.
    let literal = word.trim_start_matches('[').trim_end_matches(']');
    match literal.parse::<IpAddr>() {
        Ok(address) => SocketAddr::new(address, PORT).into(),
        Err(_) if !word.contains(':') => UdpTransportTarget::new((word, PORT)),
        Err(_) => target,
    }
}

fn receiver(reactor: &Handle, address: &str) -> Manager {
    let engine = SnmpEngine::new(reactor);
    engine.add_v1_system("my-area", "public");
    add_users(&engine);
    let target = listen(&engine, &[address])[0].into();
    let queue = NotificationReceiver::queue(&engine, 100);
    Manager {
        target,
        own: Some(queue.expect("the engine is new")),
    }
}

/// The engine 0x8000000001020304, which sends traps to `manager`. What it sends is refused as a replay unless it
/// counts its starts; only a receiver of our own has never heard of it before.
pub(crate) fn sender(reactor: &Handle, manager: &Manager) -> SnmpEngine {
    let engine_id = EngineId::new(&[0x80, 0, 0, 0, 1, 2, 3, 4]).expect("of 1 to 32 octets");
    let config = EngineConfig::default();
    if manager.is_own() {
        return SnmpEngine::with_config(reactor, config.engine_id(engine_id));
    }
    // A program that is installed has a place that is its own and lasts.
    let file = std::env::temp_dir().join("deferred-snmp-8000000001020304");
    let state = EngineState::open_as(file, engine_id).unwrap_or_else(|error| {
        eprintln!("{error}");
        std::process::exit(1);
    });
    SnmpEngine::with_config(reactor, state.configure(config))
}

/// The users that the examples send notifications as, at whatever engine they are.
fn add_users(engine: &SnmpEngine) {
    let authenticated = |name, protocol| UsmUserData::new(name).auth(protocol, "authkey1");
    let md5_des = authenticated("usr-md5-des", AuthProtocol::Md5);
    let sha_aes = authenticated("usr-sha-aes128", AuthProtocol::Sha1);
    engine
        .add_v3_user(&md5_des.privacy(PrivProtocol::Des, "privkey1").any_engine())
        .and_then(|()| {
            let sha_aes = sha_aes.privacy(PrivProtocol::Aes128, "privkey1");
            engine.add_v3_user(&sha_aes.any_engine())
        })
        .and_then(|()| {
            let md5_none = authenticated("usr-md5-none", AuthProtocol::Md5);
            engine.add_v3_user(&md5_none.any_engine())
        })
        .expect("the keys are long enough");
}

impl Manager {
    /// Whether it is a receiver of our own.
    pub(crate) fn is_own(&self) -> bool {
        self.own.is_some()
    }

    /// Waits until the receiver of our own has got so many notifications, and prints them. A real
    /// manager prints them itself.
    pub(crate) fn print(self, count: usize) -> Deferred<(), SnmpError> {
        match (&self.own, count.checked_sub(1)) {
            (Some(queue), Some(left)) => queue.next().add_callback(move |notification| {
                print(&notification);
                self.print(left)
            }),
            _ => succeed(()),
        }
    }
}

/// Prints a notification as PySNMP's examples do.
pub(crate) fn print(notification: &Notification) {
    println!("{}", origin(notification));
    let plain = notification.clone().lookup_mib(false);
    plain.iter().for_each(|var_bind| println!("{var_bind}"));
}

/// What a notification is about. Messages of SNMPv1 and SNMPv2c name no engine.
pub(crate) fn origin(notification: &Notification) -> String {
    let context = notification.context_name().escape_ascii();
    match notification.context_engine_id() {
        Some(engine) => {
            format!("Notification from ContextEngineId \"0x{engine}\", Context \"{context}\"")
        }
        None => format!("Notification from ContextEngineId None, Context \"{context}\""),
    }
}

/// Listens on these addresses.
pub(crate) fn listen(engine: &SnmpEngine, addresses: &[&str]) -> Vec<SocketAddr> {
    listen_by(|address| engine.listen_udp(address), addresses)
}

fn listen_by<E: Display>(
    listen: impl Fn(SocketAddr) -> Result<SocketAddr, E>,
    addresses: &[&str],
) -> Vec<SocketAddr> {
    let listen = |address: &&str| {
        let address = socket_address(address).unwrap_or_else(|error| {
            eprintln!("{error}");
            std::process::exit(2);
        });
        listen(address).unwrap_or_else(|error| {
            eprintln!("{error}");
            std::process::exit(1);
        })
    };
    addresses.iter().map(listen).collect()
}

/// Listens on the `ADDRESS:PORT`s on the command line until the program is interrupted, or else on
/// `own`, where `send` sends something of our own; the reactor stops when that is done.
pub(crate) fn serve<T: 'static>(
    engine: &SnmpEngine,
    own: &[&str],
    send: fn(&Handle, SocketAddr) -> Deferred<T, SnmpError>,
) {
    let listen = |address| engine.listen_udp(address);
    serve_by(engine.reactor(), listen, own, send);
}

/// The same where standard output is not for people.
pub(crate) fn serve_silently<T: 'static>(
    engine: &SnmpEngine,
    own: &[&str],
    send: fn(&Handle, SocketAddr) -> Deferred<T, SnmpError>,
) {
    let listen = |address| engine.listen_udp(address);
    let say = |address| eprintln!("listening at {address}");
    serve_with(engine.reactor(), listen, own, send, say);
}

/// The same where `listen` opens a port.
pub(crate) fn serve_by<T: 'static, E: Display>(
    reactor: &Handle,
    listen: impl Fn(SocketAddr) -> Result<SocketAddr, E>,
    own: &[&str],
    send: fn(&Handle, SocketAddr) -> Deferred<T, SnmpError>,
) {
    let say = |address| println!("listening at {address}");
    serve_with(reactor, listen, own, send, say);
}

fn serve_with<T: 'static, E: Display>(
    reactor: &Handle,
    listen: impl Fn(SocketAddr) -> Result<SocketAddr, E>,
    own: &[&str],
    send: fn(&Handle, SocketAddr) -> Deferred<T, SnmpError>,
    say: impl Fn(SocketAddr),
) {
    let given = addresses_given(" [ADDRESS:PORT ...]");
    if !given.is_empty() {
        let given: Vec<&str> = given.iter().map(String::as_str).collect();
        return listen_by(listen, &given).into_iter().for_each(say);
    }
    let addresses = listen_by(listen, own);
    let sending = addresses.into_iter().map(|address| send(reactor, address));
    let stop = reactor.clone();
    DeferredList::new(sending.collect::<Vec<_>>()).add_both(move |outcomes| {
        for outcome in outcomes.into_iter().flatten() {
            if let Err(error) = outcome {
                eprintln!("{error}");
            }
        }
        // It has not been stopped by anybody else.
        let _ = stop.stop();
    });
}

/// Ends when what has been sent is there.
pub(crate) type Sending = Deferred<Response, SnmpError>;

/// A trap and an inform of SNMPv2c with the community `public`.
pub(crate) fn trap_and_inform(reactor: &Handle, address: SocketAddr) -> Sending {
    send(reactor, address, &CommunityData::new("public"))
}

/// A trap of SNMPv1 before them.
pub(crate) fn of_each_kind(reactor: &Handle, address: SocketAddr) -> Sending {
    let engine = SnmpEngine::new(reactor);
    let trap = engine
        .remote(
            &CommunityData::v1("public"),
            &UdpTransportTarget::from(address),
        )
        .notify(NotifyType::Trap, "SNMPv2-MIB::warmStart");
    trap.add_callback(move |_| send_by(&engine, address, &CommunityData::new("public")))
}

/// A trap and an inform in the name of `auth`.
pub(crate) fn send(reactor: &Handle, address: SocketAddr, auth: &dyn AuthData) -> Sending {
    send_by(&SnmpEngine::new(reactor), address, auth)
}

/// The same from `engine`. The inform is acknowledged after the trap has come in.
pub(crate) fn send_by(engine: &SnmpEngine, address: SocketAddr, auth: &dyn AuthData) -> Sending {
    let notify = |notify_type| {
        engine
            .remote(auth, &UdpTransportTarget::from(address))
            .notify(
                notify_type,
                NotificationType::new("SNMPv2-MIB::coldStart")
                    .add_var_binds([ObjectType::new("SNMPv2-MIB::sysName.0").value("test")]),
            )
    };
    let trap = notify(NotifyType::Trap);
    let inform = notify(NotifyType::Inform);
    trap.add_callback(move |_| inform)
}
