//! Our notifications at Net-SNMP's receiver, and those of its tools at ours, value by value; by
//! SNMPv3 with every authentication and privacy protocol that both have.

use std::cell::{Cell, OnceCell};
use std::net::SocketAddr;
use std::rc::Rc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

use deferred_snmp::deferred::{Deferred, Failure, Resolver};
use deferred_snmp::engine::{Address, EngineConfig, ErrorIndication};
use deferred_snmp::hlapi::*;
use deferred_snmp::message::{V3Message, Version};
use deferred_snmp::oid;
use deferred_snmp::reactor::{Handle, Reactor, Remote, UdpPort};
use deferred_snmp::security::{EngineId, SecurityLevel};
use util::manager::Manager;
use util::netsnmp::{self, Row};
use util::raw;
use util::trapd::Trapd;
use util::v3::{AUTH_PHRASE, PRIV_PHRASE, Pair, SHA_AES, table};

/// One of each type, without and with what SNMPv1 does not have.
fn values(version: Version) -> Vec<VarBind> {
    let mut values: Vec<Value> = vec![
        (-7).into(),
        i32::MIN.into(),
        "some text".into(),
        "".into(),
        OctetString::from(vec![0, 0xff, 0x80]).into(),
        OctetString::from(vec![0x5a; 300]).into(),
        oid!(1.3.6.1.4.1.4294967295.128.127.16384).into(),
        IpAddress::new(192, 0, 2, 7).into(),
        Counter32(u32::MAX).into(),
        Gauge32(u32::MAX).into(),
        TimeTicks(123_456).into(),
        Opaque::from(vec![0x9f, 0x78, 4, 0x40, 0x20, 0, 0]).into(),
    ];
    if version != Version::V1 {
        values.push(Counter64(u64::MAX).into());
    }
    (1..)
        .zip(values)
        .map(|(number, value)| {
            let name = oid!(1.3.6.1.4.1.99999.8).extend([number, 0]);
            VarBind::new(name.expect("a short name"), value)
        })
        .collect()
}

fn rows<'a>(variables: impl IntoIterator<Item = &'a VarBind>) -> Vec<Row> {
    let variables = variables.into_iter();
    variables.map(|v| Row::from(v.as_ref())).collect()
}

/// The notification with all of [`values`].
fn notification(version: Version, trap_oid: &str) -> NotificationType {
    NotificationType::new(trap_oid)
        .add_var_binds([(oid!(1.3.6.1.2.1.1.3.0), TimeTicks(4_242))])
        .add_var_binds(values(version))
}

/// What its first two bindings look like.
fn first_rows(trap_oid: &str) -> Vec<Row> {
    let oid: ObjectIdentifier = trap_oid.parse().expect("numbers");
    rows(&[
        VarBind::new(oid!(1.3.6.1.2.1.1.3.0), TimeTicks(4_242)),
        VarBind::new(oid!(1.3.6.1.6.3.1.1.4.1.0), oid),
    ])
}

fn send(
    manager: &mut Manager,
    auth: &dyn AuthData,
    address: SocketAddr,
    notify_type: NotifyType,
    notification: NotificationType,
) -> Result<Response, SnmpError> {
    let deferred = send_notification(
        &manager.engine,
        auth,
        &UdpTransportTarget::from(address).retries(20),
        &ContextData::default(),
        notify_type,
        notification,
    );
    manager.settle(deferred)
}

#[test]
fn snmptrapd_logs_our_traps_of_v1() {
    let Some(trapd) = Trapd::start("snmptrapd_logs_our_traps_of_v1", "") else {
        return;
    };
    let mut manager = Manager::new();
    let auth = CommunityData::v1("public");
    // (snmpTrapOID, generic-trap, specific-trap, enterprise)
    for (trap_oid, header) in [
        ("1.3.6.1.6.3.1.1.5.1", "0 0 4242 .1.3.6.1.6.3.1.1.5"),
        ("1.3.6.1.6.3.1.1.5.5", "4 0 4242 .1.3.6.1.6.3.1.1.5"),
        ("1.3.6.1.4.1.99999.0.17", "6 .17 4242 .1.3.6.1.4.1.99999"),
        ("1.3.6.1.4.1.99999.5.17", "6 .17 4242 .1.3.6.1.4.1.99999.5"),
    ] {
        let plain = notification(Version::V1, trap_oid);
        send(&mut manager, &auth, trapd.address, NotifyType::Trap, plain).unwrap();
        let logged = trapd.logged();
        assert_eq!(
            logged.head,
            format!("{header} 0.0.0.0 TRAP, SNMP v1, community public")
        );
        assert_eq!(logged.rows, rows(&values(Version::V1)));
    }
    let given = [
        VarBind::new(oid!(1.3.6.1.6.3.18.1.3.0), IpAddress::new(127, 0, 0, 9)),
        VarBind::new(oid!(1.3.6.1.6.3.1.1.4.3.0), oid!(1.3.6.1.4.1.20408.4.1.1.2)),
    ];
    let warm = NotificationType::new("SNMPv2-MIB::warmStart").add_var_binds(given);
    send(&mut manager, &auth, trapd.address, NotifyType::Trap, warm).unwrap();
    let logged = trapd.logged();
    assert!(
        logged.head.starts_with("1 0 ")
            && logged
                .head
                .ends_with(" .1.3.6.1.4.1.20408.4.1.1.2 127.0.0.9 TRAP, SNMP v1, community public"),
        "{logged:?}"
    );
    assert_eq!(logged.rows, [], "the header says it");
}

#[test]
fn snmptrapd_logs_our_traps_and_acknowledges_our_informs_of_v2c() {
    const TEST: &str = "snmptrapd_logs_our_traps_and_acknowledges_our_informs_of_v2c";
    let Some(trapd) = Trapd::start(TEST, "") else {
        return;
    };
    let mut manager = Manager::new();
    let auth = CommunityData::new("public");
    for trap_oid in ["1.3.6.1.6.3.1.1.5.2", "1.3.6.1.4.1.99999.0.17"] {
        let mut expected = first_rows(trap_oid);
        expected.extend(rows(&values(Version::V2c)));
        for (notify_type, kind) in [(NotifyType::Trap, "TRAP2"), (NotifyType::Inform, "INFORM")] {
            let given = notification(Version::V2c, trap_oid);
            let answer = send(&mut manager, &auth, trapd.address, notify_type, given).unwrap();
            let logged = trapd.logged();
            assert_eq!(logged.head, format!("{kind}, SNMP v2c, community public"));
            assert_eq!(logged.rows, expected);
            if notify_type == NotifyType::Inform {
                let answered: Vec<Row> = answer.var_binds().iter().map(Row::from).collect();
                assert_eq!(answered, expected);
            }
        }
    }
    // It answers no community but its own.
    let deferred = send_notification(
        &manager.engine,
        &CommunityData::new("private"),
        &UdpTransportTarget::from(trapd.address)
            .timeout(Duration::from_millis(100))
            .retries(1),
        &ContextData::default(),
        NotifyType::Inform,
        "SNMPv2-MIB::coldStart",
    );
    assert!(manager.settle(deferred).unwrap_err().is_timeout());
}

/// A receiver of our own on a thread, which tells what it gets; ended when dropped.
struct Receiving {
    addresses: [SocketAddr; 2],
    /// In front of the first one, each for one sender.
    lossy: [SocketAddr; 3],
    taken: Receiver<Taken>,
    remote: Remote,
    thread: Option<JoinHandle<()>>,
}

struct Taken {
    version: Version,
    level: SecurityLevel,
    user: Vec<u8>,
    context: Vec<u8>,
    is_inform: bool,
    at: Option<SocketAddr>,
    community: Vec<u8>,
    rows: Vec<Row>,
}

impl From<&Notification> for Taken {
    fn from(notification: &Notification) -> Self {
        Self {
            version: notification.version(),
            level: notification.security_level(),
            user: notification.security_name().to_vec(),
            context: notification.context_name().to_vec(),
            is_inform: notification.is_inform(),
            at: notification.local_addr().and_then(Address::socket_addr),
            community: notification.community().unwrap_or_default().to_vec(),
            rows: notification.var_binds().iter().map(Row::from).collect(),
        }
    }
}

impl Receiving {
    /// Listens on two ports of 127.0.0.1 for what comes with the community `public`.
    fn start(test: &str) -> Option<Self> {
        Self::start_with(test, |engine, give| {
            NotificationReceiver::new(engine, move |notification| {
                // nobody asks for it any more
                let _ = give.send(Taken::from(notification));
            })
            .expect("the only one");
        })
    }

    /// The same with a receiver of the test's own.
    #[expect(
        clippy::disallowed_methods,
        reason = "a tool of Net-SNMP is waited for while the receiver answers"
    )]
    fn start_with(
        test: &str,
        receive: impl FnOnce(&SnmpEngine, Sender<Taken>) + Send + 'static,
    ) -> Option<Self> {
        netsnmp::peer(test, "snmptrap")?;
        let (tell, told) = mpsc::channel();
        let (give, taken) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            let mut reactor = Reactor::new().expect("the system gives descriptors");
            let handle = reactor.handle();
            let engine = SnmpEngine::new(&handle);
            engine.add_v1_system("my-area", "public");
            for pair in Pair::all() {
                add(&engine, pair).expect("there is room");
            }
            let addresses = [(); 2].map(|()| {
                let any = SocketAddr::from(([127, 0, 0, 1], 0));
                engine.listen_udp(any).expect("a free port")
            });
            receive(&engine, give);
            let lossy = [(); 3].map(|()| lossy(&handle, addresses[0]));
            tell.send((addresses, lossy, handle.remote()))
                .expect("the test waits for it");
            reactor.run().expect("the reactor runs until it is stopped");
        });
        let (addresses, lossy, remote) = told
            .recv_timeout(Duration::from_secs(30))
            .expect("the receiver starts");
        Some(Self {
            addresses,
            lossy,
            taken,
            remote,
            thread: Some(thread),
        })
    }

    fn next(&self) -> Taken {
        let next = self.taken.recv_timeout(Duration::from_secs(30));
        next.expect("what a tool has sent comes in")
    }
}

impl Drop for Receiving {
    fn drop(&mut self) {
        self.remote.call_with_handle(|reactor| {
            let stop = reactor.clone();
            // it may not have begun to run
            reactor.call_when_running(move || stop.stop().expect("it runs"));
        });
        let thread = self.thread.take().expect("joined once");
        if thread.join().is_err() && !std::thread::panicking() {
            panic!("the receiver panicked");
        }
    }
}

/// A port that passes on what comes to it, and what `receiver` answers, but for the first two
/// acknowledgements.
fn lossy(reactor: &Handle, receiver: SocketAddr) -> SocketAddr {
    let sender = Rc::new(Cell::new(receiver));
    let front: Rc<OnceCell<UdpPort>> = Rc::default();
    let (to, through, lost) = (Rc::clone(&sender), Rc::clone(&front), Cell::new(0));
    let back = raw::open(reactor, move |answer, _| {
        // The report that names the engine comes without a digest.
        let message = V3Message::decode(answer);
        let is_report = message.is_ok_and(|it| !it.header.flags.is_authenticated());
        if is_report || lost.get() == 2 {
            let front = through.get().expect("it has been opened");
            front.write(answer, to.get()).expect("loopback takes it");
        } else {
            lost.set(lost.get() + 1);
        }
        Vec::new()
    });
    let port = raw::open(reactor, move |message, from| {
        sender.set(from);
        back.write(message, receiver).expect("loopback takes it");
        Vec::new()
    });
    front.set(port.clone()).expect("it is opened once");
    port.local_addr()
}

/// What follows the name on the command line of snmptrap, for all of [`values`].
fn arguments(variables: &[VarBind]) -> Vec<String> {
    let mut words = Vec::new();
    for VarBind { name, value } in variables {
        let (kind, text) = match value {
            Value::Integer(number) => ("i", number.to_string()),
            Value::OctetString(octets) => ("x", {
                octets.iter().map(|octet| format!("{octet:02x}")).collect()
            }),
            Value::ObjectIdentifier(oid) => ("o", oid.to_string()),
            Value::IpAddress(address) => ("a", address.to_string()),
            Value::Counter32(number) => ("c", number.to_string()),
            Value::Gauge32(number) => ("u", number.to_string()),
            Value::TimeTicks(number) => ("t", number.to_string()),
            Value::Counter64(number) => ("C", number.to_string()),
            // what the octets of the Opaque stand for in Net-SNMP
            Value::Opaque(_) => ("F", "2.5".to_owned()),
            other => panic!("{other:?} cannot be sent"),
        };
        words.extend([name.to_string(), kind.to_owned(), text]);
    }
    words
}

fn run(tool: &str, first: &[&str], variables: &[VarBind]) -> bool {
    let words = arguments(variables);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let printed = netsnmp::run(tool, &[first, &words].concat());
    assert!(printed.stdout.is_empty(), "{printed:?}");
    printed.success
}

#[test]
fn we_take_traps_of_v1_from_snmptrap() {
    let Some(receiving) = Receiving::start("we_take_traps_of_v1_from_snmptrap") else {
        return;
    };
    let own = values(Version::V1);
    for (number, (generic, specific, trap_oid)) in [
        ("6", "17", "1.3.6.1.4.1.99999.0.17"),
        ("0", "0", "1.3.6.1.6.3.1.1.5.1"),
        ("3", "0", "1.3.6.1.6.3.1.1.5.4"),
        ("5", "9", "1.3.6.1.6.3.1.1.5.6"),
    ]
    .into_iter()
    .enumerate()
    {
        let at = receiving.addresses[number % 2];
        let address = at.to_string();
        let first = [
            "-v1",
            "-c",
            "public",
            &address,
            "1.3.6.1.4.1.99999",
            "127.0.0.9",
            generic,
            specific,
            "4242",
        ];
        assert!(run("snmptrap", &first, &own));
        let taken = receiving.next();
        assert_eq!((taken.version, taken.is_inform), (Version::V1, false));
        assert_eq!(taken.at, Some(at));
        assert_eq!(taken.community, b"public");
        let mut expected = first_rows(trap_oid);
        expected.extend(rows(&own));
        expected.extend(rows(&[
            VarBind::new(oid!(1.3.6.1.6.3.18.1.3.0), IpAddress::new(127, 0, 0, 9)),
            VarBind::new(oid!(1.3.6.1.6.3.18.1.4.0), "public"),
            VarBind::new(oid!(1.3.6.1.6.3.1.1.4.3.0), oid!(1.3.6.1.4.1.99999)),
        ]));
        assert_eq!(taken.rows, expected);
    }
}

#[test]
fn we_take_traps_and_acknowledge_informs_of_v2c() {
    const TEST: &str = "we_take_traps_and_acknowledge_informs_of_v2c";
    let Some(receiving) = Receiving::start(TEST) else {
        return;
    };
    let own = values(Version::V2c);
    let trap_oid = "1.3.6.1.4.1.99999.0.17";
    for (tool, is_inform) in [("snmptrap", false), ("snmpinform", true)] {
        let address = receiving.addresses[0].to_string();
        let first = [
            "-v2c", "-c", "public", "-r", "20", &address, "4242", trap_oid,
        ];
        assert!(run(tool, &first, &own), "{tool}");
        let taken = receiving.next();
        assert_eq!((taken.version, taken.is_inform), (Version::V2c, is_inform));
        let mut expected = first_rows(trap_oid);
        expected.extend(rows(&own));
        assert_eq!(taken.rows, expected);
    }
    // Nothing comes of another community, and snmpinform learns it.
    let address = receiving.addresses[0].to_string();
    let first = [
        "-v2c", "-c", "privat", "-r", "0", "-t", "1", &address, "1", trap_oid,
    ];
    assert!(!run("snmpinform", &first, &[]));
    let first = ["-v2c", "-c", "public", &address, "4242", trap_oid];
    assert!(run("snmptrap", &first, &[]));
    assert_eq!(receiving.next().rows, first_rows(trap_oid));
}

#[test]
fn a_try_of_snmpinform_whose_acknowledgement_was_lost_is_taken_once() {
    const TEST: &str = "a_try_of_snmpinform_whose_acknowledgement_was_lost_is_taken_once";
    let Some(receiving) = Receiving::start(TEST) else {
        return;
    };
    let authenticated = Pair {
        privacy: None,
        ..SHA_AES
    };
    let options = ["-r", "20", "-t", "1"];
    let names = ["4242", TRAP_OID];
    let [first, second, third] = receiving.lossy;
    let address = first.to_string();
    let arguments = [
        &["-v2c", "-c", "public"],
        &options[..],
        &[&*address],
        &names,
    ]
    .concat();
    assert!(run("snmpinform", &arguments, &[]));
    for (pair, address) in [(authenticated, second), (SHA_AES, third)] {
        let printed = pair.run(address, "snmpinform", &options, &names);
        assert!(printed.success, "{printed:?}");
    }
    for version in [Version::V2c, Version::V3, Version::V3] {
        let taken = receiving.next();
        assert_eq!((taken.version, taken.is_inform), (version, true));
    }
    // Whatever was taken twice would come before this.
    let address = receiving.addresses[0].to_string();
    let first = ["-v2c", "-c", "public", &address, "4242", TRAP_OID];
    assert!(run("snmptrap", &first, &[]));
    assert!(!receiving.next().is_inform);
}

/// The first try fails, the second is worked on while the third comes.
#[test]
fn snmpinform_tries_again_until_the_program_has_taken_its_inform() {
    const TEST: &str = "snmpinform_tries_again_until_the_program_has_taken_its_inform";
    let receiving = Receiving::start_with(TEST, |engine, give| {
        let (clock, counts) = (engine.reactor().clone(), engine.clone());
        let (mut times, mut repeated) = (0, 0);
        NotificationReceiver::deferred(engine, move |notification| {
            times += 1;
            give.send(Taken::from(&notification))
                .expect("it is asked for");
            if times % 2 == 1 {
                return Deferred::fail(Failure::message("not now"));
            }
            repeated += 1;
            let (resolver, deferred) = Deferred::pair();
            until_repeated(&clock, counts.clone(), repeated, resolver);
            deferred
        })
        .expect("the only one");
    });
    let Some(receiving) = receiving else {
        return;
    };
    let address = receiving.addresses[0];
    let options = ["-r", "20", "-t", "1"];
    let names = ["4242", TRAP_OID];
    let to = address.to_string();
    let arguments = [&["-v2c", "-c", "public"], &options[..], &[&*to], &names].concat();
    assert!(run("snmpinform", &arguments, &[]));
    let printed = SHA_AES.run(address, "snmpinform", &options, &names);
    assert!(printed.success, "{printed:?}");
    for version in [Version::V2c, Version::V2c, Version::V3, Version::V3] {
        let taken = receiving.next();
        assert_eq!((taken.version, taken.is_inform), (version, true));
    }
    let nothing = receiving.taken.try_recv();
    assert!(nothing.is_err(), "it is acknowledged last");
}

/// Fires when an inform has come again for the time `count`.
fn until_repeated(clock: &Handle, engine: SnmpEngine, count: u64, resolver: Resolver<()>) {
    if engine.statistics().repeated_informs >= count {
        return resolver.callback(());
    }
    let again = clock.clone();
    clock.call_later(Duration::from_millis(10), move || {
        until_repeated(&again, engine, count, resolver);
    });
}

/// The engine that traps come from.
const SENDER: &str = "0x8000000001020304";

const TRAP_OID: &str = "1.3.6.1.4.1.99999.0.17";

fn sender() -> EngineId {
    SENDER.parse().expect("hexadecimal digits")
}

/// Accepts the user's informs to `engine`, and traps from wherever.
fn add(engine: &SnmpEngine, pair: Pair) -> Result<(), SnmpError> {
    let user = UsmUserData::new(pair.name());
    match (pair.auth, pair.privacy) {
        (Some(auth), Some(privacy)) => {
            let user = user.auth(auth, AUTH_PHRASE).privacy(privacy, PRIV_PHRASE);
            engine.add_v3_user(&user.any_engine())
        }
        (Some(auth), None) => engine.add_v3_user(&user.auth(auth, AUTH_PHRASE).any_engine()),
        (None, _) => engine.add_v3_user(&user.any_engine()),
    }
}

/// Whether this Net-SNMP was built with the protocols.
fn is_there(pair: Pair) -> bool {
    let nobody = SocketAddr::from(([127, 0, 0, 1], 9));
    let printed = pair.run(nobody, "snmptrap", &["-e", SENDER], &["0", TRAP_OID]);
    assert!(
        printed.success || printed.stderr.contains("Invalid"),
        "{printed:?}"
    );
    printed.success
}

/// Says how each pair of protocols fared; at least those that every Net-SNMP has are there.
fn tell(title: &str, cells: &[&str]) {
    let table = table(title, cells);
    util::tell(&table);
    assert!(table.matches(" ok").count() >= 20, "{table}");
}

#[test]
fn snmptrapd_logs_our_traps_and_acknowledges_our_informs_of_v3() {
    const TEST: &str = "snmptrapd_logs_our_traps_and_acknowledges_our_informs_of_v3";
    let pairs = Pair::all();
    let users: String = pairs
        .iter()
        .map(|pair| pair.trapd_configuration(SENDER))
        .collect();
    let Some(trapd) = Trapd::start(TEST, &users) else {
        return;
    };
    let mut manager = Manager::new();
    let config = EngineConfig::default().engine_id(sender());
    manager.engine = SnmpEngine::with_config(&manager.reactor.handle(), config);
    let mut expected = first_rows(TRAP_OID);
    expected.extend(rows(&values(Version::V3)));
    let mut cells = Vec::new();
    for pair in pairs {
        if !is_there(pair) {
            cells.push("not there");
            continue;
        }
        for (notify_type, kind) in [(NotifyType::Trap, "TRAP2"), (NotifyType::Inform, "INFORM")] {
            let given = notification(Version::V3, TRAP_OID);
            let answer = send(
                &mut manager,
                &pair.user(),
                trapd.address,
                notify_type,
                given,
            );
            let answer = answer.unwrap_or_else(|error| panic!("{pair:?}: {error}"));
            let logged = trapd.logged();
            let head = format!("{kind}, SNMP v3, user {}, context ", pair.name());
            assert!(logged.head.starts_with(head.trim()), "{logged:?}");
            assert_eq!(logged.rows, expected, "{pair:?}");
            if notify_type == NotifyType::Inform {
                let answered: Vec<Row> = answer.var_binds().iter().map(Row::from).collect();
                assert_eq!(answered, expected);
            }
        }
        cells.push("ok");
    }
    tell("Our traps and informs at snmptrapd", &cells);
    let unknown = UsmUserData::new("nobody").auth(AuthProtocol::Sha1, AUTH_PHRASE);
    let given = notification(Version::V3, TRAP_OID);
    let refused = send(
        &mut manager,
        &unknown,
        trapd.address,
        NotifyType::Inform,
        given,
    );
    assert!(
        matches!(
            refused,
            Err(SnmpError::Indication(ErrorIndication::UnknownUserName))
        ),
        "{refused:?}"
    );
}

#[test]
fn snmptrapd_believes_an_engine_that_counts_its_boots_and_no_other() {
    const TEST: &str = "snmptrapd_believes_an_engine_that_counts_its_boots_and_no_other";
    let Some(trapd) = Trapd::start(TEST, &SHA_AES.trapd_configuration(SENDER)) else {
        return;
    };
    let mut manager = Manager::new();
    // (boots, whether the trap is logged)
    for (boots, is_logged) in [(4, true), (5, true), (4, false), (6, true)] {
        let config = EngineConfig::default().engine_id(sender()).boots(boots);
        manager.engine = SnmpEngine::with_config(&manager.reactor.handle(), config);
        let trap_oid = format!("{TRAP_OID}.{boots}");
        let given = notification(Version::V3, &trap_oid);
        let trap = NotifyType::Trap;
        send(&mut manager, &SHA_AES.user(), trapd.address, trap, given).unwrap();
        if is_logged {
            // What was sent before and not logged would come first.
            let logged = trapd.logged();
            assert_eq!(logged.rows[..2], first_rows(&trap_oid), "boots {boots}");
        }
    }
}

#[test]
fn we_take_traps_and_acknowledge_informs_of_v3() {
    let test = "we_take_traps_and_acknowledge_informs_of_v3";
    let Some(receiving) = Receiving::start(test) else {
        return;
    };
    let own = values(Version::V3);
    let words = arguments(&own);
    let mut variables = vec!["4242", TRAP_OID];
    variables.extend(words.iter().map(String::as_str));
    let mut expected = first_rows(TRAP_OID);
    expected.extend(rows(&own));
    let mut cells = Vec::new();
    for pair in Pair::all() {
        if !is_there(pair) {
            cells.push("not there");
            continue;
        }
        for (tool, options, is_inform) in [
            ("snmptrap", ["-n", "east", "-e", SENDER], false),
            ("snmpinform", ["-n", "east", "-r", "20"], true),
        ] {
            let printed = pair.run(receiving.addresses[0], tool, &options, &variables);
            assert!(printed.success, "{tool} {pair:?}: {printed:?}");
            let taken = receiving.next();
            assert_eq!((taken.version, taken.is_inform), (Version::V3, is_inform));
            assert_eq!(taken.level.to_string(), pair.level());
            assert_eq!(taken.user, pair.name().as_bytes());
            assert_eq!(taken.context, b"east");
            assert_eq!(taken.rows, expected, "{tool} {pair:?}");
        }
        cells.push("ok");
    }
    tell("snmptrap and snmpinform at our receiver", &cells);
}
