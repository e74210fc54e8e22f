//! Bad input: the error names what was wrong and with what, in time, and nothing panics.

use std::net::SocketAddr;
use std::process::{Command, Output};
use std::time::Duration;

use deferred_snmp::deferred::Deferred;
use deferred_snmp::engine::EngineConfig;
use deferred_snmp::hlapi::*;
use deferred_snmp::reactor::LookupError;
use util::agent;
use util::manager::Manager;
use util::nobody::{IS_TOLD, Nobody};
use util::raw::{self, Asked};

const NAME: &str = "1.3.6.1.2.1.1.5.0";

/// Two short tries.
fn impatient(address: SocketAddr) -> UdpTransportTarget {
    UdpTransportTarget::from(address)
        .timeout(Duration::from_millis(200))
        .retries(1)
}

/// What the text of a time-out of [`impatient`] says besides who was asked and how often. A machine
/// that stands still for the time of both tries makes only one of them.
fn besides(text: &str, address: SocketAddr) -> String {
    let start = format!("No SNMP response received before timeout: {address}, ");
    let tries = ["2 tries of 200ms", "1 try of 200ms"];
    let rest = text.strip_prefix(&start);
    let rest = rest.and_then(|rest| tries.iter().find_map(|tries| rest.strip_prefix(tries)));
    rest.unwrap_or_else(|| panic!("{text:?} is not that {address} did not answer"))
        .to_owned()
}

fn v2c() -> CommunityData {
    CommunityData::new("public")
}

fn get(engine: &SnmpEngine, target: &UdpTransportTarget) -> Deferred<Response, SnmpError> {
    get_cmd(engine, &v2c(), target, &ContextData::default(), [NAME])
}

/// The error that `deferred` ends with, which must not take much longer than the tries of
/// [`impatient`].
fn failure<T: 'static>(manager: &mut Manager, deferred: Deferred<T, SnmpError>) -> SnmpError {
    let began = manager.reactor.handle().now();
    let Err(error) = manager.settle(deferred) else {
        panic!("a success");
    };
    let took = manager.reactor.handle().now().duration_since(began);
    assert!(took < Duration::from_secs(20), "{error}: after {took:?}");
    error
}

#[test]
fn a_target_that_is_none_is_refused_with_its_text() {
    let texts = [
        "",
        ":",
        ":161",
        "host:",
        "host:port",
        "host:65536",
        "host:-1",
        "127.0.0.1:99999",
        "[::1",
        "::1]",
        "[::1]x",
        "[]",
        "[host]:161",
        "[127.0.0.1]x:1",
        "a b",
        "host/path",
        "host:1:2",
        "-x y",
        "é.example",
        "host\n",
        "fe80::1%",
        "[fe80::1%]:161",
        "[fe80::1%eth0",
        "[fe80::1%eth0]161",
        "fe80::1%a b",
        "fe80::1%a%b",
        "127.0.0.1%lo",
        "host%lo",
    ];
    for text in texts {
        let error = text
            .parse::<UdpTransportTarget>()
            .expect_err(text)
            .to_string();
        assert_eq!(
            error,
            format!("{text:?} is not HOST, HOST:PORT or [ADDRESS]:PORT")
        );
    }
    for (text, expected) in [
        ("127.0.0.1", "127.0.0.1:161"),
        ("127.0.0.1:1161", "127.0.0.1:1161"),
        ("::1", "[::1]:161"),
        ("[::1]", "[::1]:161"),
        ("[::1]:1161", "[::1]:1161"),
        ("router-1.example", "router-1.example:161"),
        ("router:1161", "router:1161"),
        ("fe80::1%eth0", "[fe80::1%eth0]:161"),
        ("[fe80::1%eth0]", "[fe80::1%eth0]:161"),
        ("[fe80::1%br-0.7]:1161", "[fe80::1%br-0.7]:1161"),
        ("[fe80::1%2]:1161", "[fe80::1%2]:1161"),
    ] {
        let target: UdpTransportTarget = text.parse().expect(text);
        assert_eq!(target.to_string(), expected);
    }
}

#[test]
fn a_host_that_nobody_knows_is_named() {
    let mut manager = Manager::new();
    for host in [
        "no-such-host.invalid",
        "256.1.2.3",
        "a b",
        "[::zz]",
        "",
        "nul\0inside",
    ] {
        let target = UdpTransportTarget::new((host, 161))
            .timeout(Duration::from_secs(2))
            .retries(0);
        let deferreds = [get(&manager.engine, &target), get(&manager.engine, &target)];
        for deferred in deferreds {
            let error = failure(&mut manager, deferred);
            let text = error.to_string();
            assert!(
                text.starts_with(&format!("unknown host {host:?}: ")),
                "{text}"
            );
            assert!(matches!(error, SnmpError::UnknownHost { host: named, .. } if named == host));
        }
        let (auth, context) = (v2c(), ContextData::default());
        let walk = walk_cmd(&manager.engine, &auth, &target, &context, ["1.3"]);
        let error = failure(&mut manager, walk.collect());
        assert!(matches!(error, SnmpError::UnknownHost { .. }), "{error}");
    }
    assert_eq!(manager.engine.statistics().requests, 0);
}

#[test]
fn a_name_that_means_nothing_is_an_errback_before_anything_is_sent() {
    let mut manager = Manager::new();
    let nobody = Nobody::udp();
    let target = impatient(nobody.address);
    let long = format!("1.3{}", ".1".repeat(127));
    let cases: Vec<(ObjectType, &[&str])> = vec![
        ("SNMPv2-MIB::sysNope.0".into(), &["sysNope", "SNMPv2-MIB"]),
        (
            ObjectType::symbol("SNMPv2-MIB", "sysNope", 0),
            &["sysNope", "SNMPv2-MIB"],
        ),
        (ObjectType::symbol("", "sysNope", 0), &["sysNope"]),
        ("NO-SUCH-MIB::sysDescr.0".into(), &["NO-SUCH-MIB"]),
        (
            ObjectType::symbol("NO-SUCH-MIB", "sysDescr", 0),
            &["NO-SUCH-MIB"],
        ),
        (
            "iso.org.nope.internet".into(),
            &["nope", "iso.org.nope.internet"],
        ),
        (
            ObjectType::symbol("SNMPv2-MIB", "sysDescr", [0, 1]),
            &["SNMPv2-MIB::sysDescr"],
        ),
        (
            ObjectType::symbol("IF-MIB", "ifDescr", [1, 2]),
            &["IF-MIB::ifDescr"],
        ),
        (
            ObjectType::symbol("IF-MIB", "ifDescr", "text"),
            &["IF-MIB::ifDescr"],
        ),
        (
            ObjectType::symbol("IF-MIB", "ifDescr", -1),
            &["IF-MIB::ifDescr"],
        ),
        ("".into(), &["\"\""]),
        ("1..3".into(), &["\"1..3\"", "octet 2"]),
        ("1.3.".into(), &["\"1.3.\"", "octet 4"]),
        ("1.3.x".into(), &["1.3.x"]),
        ("1.3 .6".into(), &["1.3 .6"]),
        ("1.3.-6".into(), &["1.3.-6"]),
        ("1.3.6é".into(), &["1.3.6é"]),
        ("3.1".into(), &["\"3.1\"", "first arc"]),
        ("1.40".into(), &["\"1.40\"", "second arc"]),
        ("1.3.4294967296".into(), &["1.3.4294967296", "arc 3"]),
        (long.into(), &["128"]),
    ];
    for (object, said) in cases {
        let (auth, context) = (v2c(), ContextData::default());
        let engine = &manager.engine;
        // a good name before it does not help
        let objects = || [ObjectType::new(NAME), object.clone()];
        let valued = objects().map(|object| object.value(1));
        let errors = [
            get_cmd(engine, &auth, &target, &context, objects()).map(|_| ()),
            next_cmd(engine, &auth, &target, &context, objects()).map(|_| ()),
            bulk_cmd(engine, &auth, &target, &context, 0, 5, objects()).map(|_| ()),
            set_cmd(engine, &auth, &target, &context, valued).map(|_| ()),
            walk_cmd(engine, &auth, &target, &context, objects())
                .for_each(|_| ())
                .map(|_| ()),
            bulk_walk_cmd(engine, &auth, &target, &context, 5, objects())
                .collect()
                .map(|_| ()),
        ];
        for deferred in errors {
            assert!(deferred.is_fired(), "{object:?}: no answer is waited for");
            let text = failure(&mut manager, deferred).to_string();
            for part in said {
                assert!(text.contains(part), "{object:?}: {text:?} lacks {part:?}");
            }
        }
    }
    // Good for what follows them, but nothing to read or write by themselves.
    for (arc, said) in [
        (".", "\".\""),
        ("1", "\"1\": an object identifier has at least two arcs"),
    ] {
        let (auth, context) = (v2c(), ContextData::default());
        let engine = &manager.engine;
        for deferred in [
            get_cmd(engine, &auth, &target, &context, [arc]),
            set_cmd(engine, &auth, &target, &context, [(arc, 1)]),
        ] {
            let text = failure(&mut manager, deferred).to_string();
            assert!(text.contains(said), "{text:?} lacks {said:?}");
        }
    }
    assert_eq!(manager.engine.statistics().requests, 0);
}

#[test]
fn a_port_where_nobody_listens_is_named() {
    let mut manager = Manager::new();
    let nobody = Nobody::udp();
    let address = nobody.address;
    let deferred = get(&manager.engine, &impatient(address));
    let error = failure(&mut manager, deferred);
    assert!(error.is_timeout());
    let said = match IS_TOLD {
        true => "; nobody listens there",
        false => "",
    };
    assert_eq!(besides(&error.to_string(), address), said);
    assert!((1..=2).contains(&manager.engine.statistics().out_pkts));
}

#[test]
fn an_address_that_cannot_be_sent_to_fails_alone_and_at_once() {
    let mut manager = Manager::new();
    let reactor = manager.reactor.handle();
    let (_agent, address) = agent::serve(&reactor, "127.0.0.1:0", agent::tree());
    let port_zero = SocketAddr::from(([127, 0, 0, 1], 0));
    let bad = get(&manager.engine, &port_zero.into());
    let good = get(&manager.engine, &address.into());
    let worse = get(&manager.engine, &port_zero.into());
    assert_eq!(manager.succeed(good).iter().count(), 1);
    for deferred in [bad, worse] {
        let error = failure(&mut manager, deferred).to_string();
        let start = "cannot send to 127.0.0.1:0: Invalid argument (os error ";
        assert!(error.starts_with(start), "{error}");
    }
    let statistics = manager.engine.statistics();
    assert_eq!((statistics.out_pkts, statistics.send_failures), (1, 2));
}

#[test]
fn answers_that_are_not_snmp_explain_the_time_out() {
    let mut manager = Manager::new();
    let reactor = manager.reactor.handle();
    let answers: Vec<Vec<u8>> = vec![
        b"".to_vec(),
        b"garbage".to_vec(),
        vec![0x30],
        vec![0x30, 0x82, 0xff, 0xff, 0x02],
        vec![0x30, 0x80, 0x02, 0x01, 0x01, 0, 0],
        vec![0x30, 0x84, 0xff, 0xff, 0xff, 0xff],
        vec![0xff; 2_000],
        vec![0; 60_000],
    ];
    let mut peers: Vec<SocketAddr> = answers
        .into_iter()
        .map(|answer| raw::listen(&reactor, move |_| vec![answer.clone()]))
        .collect();
    // one that ends too early
    peers.push(raw::listen(&reactor, |datagram| {
        let mut answer = Asked::new(datagram).answer(|_| ());
        answer.pop();
        vec![answer]
    }));
    let pending: Vec<_> = peers
        .iter()
        .map(|&peer| get(&manager.engine, &impatient(peer)))
        .collect();
    for (peer, deferred) in peers.into_iter().zip(pending) {
        let text = failure(&mut manager, deferred).to_string();
        let said = besides(&text, peer);
        let reason = said.strip_prefix("; a message from there could not be parsed: ");
        assert!(reason.is_some_and(|reason| !reason.is_empty()), "{text}");
    }
    assert_eq!(manager.engine.statistics().responses, 0);
}

#[test]
fn garbage_before_the_answer_does_no_harm() {
    let mut manager = Manager::new();
    let peer = raw::listen(&manager.reactor.handle(), |datagram| {
        let answer = Asked::new(datagram).answer(|_| ());
        vec![b"garbage".to_vec(), answer[..9].to_vec(), answer]
    });
    let response = manager.succeed(get(&manager.engine, &peer.into()));
    assert_eq!(
        response
            .iter()
            .next()
            .map(|v| v.name().to_string())
            .as_deref(),
        Some(NAME)
    );
    assert!(manager.engine.statistics().in_asn_parse_errs > 0);
}

#[test]
fn a_community_that_the_agent_does_not_know_is_a_time_out() {
    let mut manager = Manager::new();
    let reactor = manager.reactor.handle();
    let (agent, address) = agent::serve(&reactor, "127.0.0.1:0", agent::tree());
    let secret = "a secret of the test";
    for auth in [CommunityData::v1(secret), CommunityData::v2c(secret)] {
        let context = ContextData::default();
        let target = impatient(address);
        let deferred = get_cmd(&manager.engine, &auth, &target, &context, [NAME]);
        let error = failure(&mut manager, deferred);
        assert_eq!(besides(&error.to_string(), address), "");
        assert!(!format!("{error:?} {auth:?}").contains(secret));
    }
    assert!((2..=4).contains(&agent.statistics().in_bad_community_names));
}

#[test]
fn answers_that_fit_no_request_are_counted_and_dropped() {
    let mut manager = Manager::new();
    let reactor = manager.reactor.handle();
    let peer = raw::listen(&reactor, |datagram| {
        let asked = Asked::new(datagram);
        let mut echo = asked.pdu.clone();
        echo.request_id = asked.pdu.request_id;
        vec![
            asked.answer(|pdu| pdu.request_id = pdu.request_id.wrapping_add(1)),
            asked.answer(|pdu| pdu.request_id = 0),
            // our own request back
            raw::encode(asked.version, &asked.community, &echo),
        ]
    });
    let deferred = get(&manager.engine, &impatient(peer));
    let error = failure(&mut manager, deferred);
    assert!(error.is_timeout());
    besides(&error.to_string(), peer);
    let statistics = manager.engine.statistics();
    assert_eq!(statistics.responses, 0);
    assert!((2..=4).contains(&statistics.late_responses));
}

#[test]
fn a_request_that_does_not_fit_is_not_sent() {
    let mut manager = Manager::new();
    let reactor = manager.reactor.handle();
    let small = SnmpEngine::with_config(&reactor, EngineConfig::default().max_message_size(484));
    let nobody = Nobody::udp();
    let target = impatient(nobody.address);
    let (auth, context) = (v2c(), ContextData::default());
    let value = OctetString::from("x".repeat(500));
    let deferred = set_cmd(&small, &auth, &target, &context, [(NAME, value)]);
    assert!(deferred.is_fired());
    let text = failure(&mut manager, deferred).to_string();
    assert!(text.starts_with("SNMP message will be too big: "), "{text}");
    assert!(text.ends_with("at most 484 are sent"), "{text}");

    let few = SnmpEngine::with_config(&reactor, EngineConfig::default().max_outstanding(2));
    let deferreds = [get(&few, &target), get(&few, &target), get(&few, &target)];
    let texts = deferreds.map(|deferred| failure(&mut manager, deferred).to_string());
    assert_eq!(texts[2], "2 requests are outstanding, which is the limit");
    assert!(
        texts[..2]
            .iter()
            .all(|text| text.starts_with("No SNMP response")),
        "{texts:?}"
    );
}

#[test]
fn an_agent_says_which_address_it_cannot_have() {
    let manager = Manager::new();
    let taken = manager.engine.listen_udp(([127, 0, 0, 1], 0).into());
    let taken = taken.expect("a free port");
    let not_ours = SocketAddr::from(([192, 0, 2, 1], 10_161));
    for address in [taken, not_ours] {
        let other = SnmpEngine::new(&manager.reactor.handle());
        let text = other
            .listen_udp(address)
            .expect_err("not to be had")
            .to_string();
        assert!(text.contains(&address.to_string()), "{text}");
    }
}

/// The examples whose usage, in their head, is this.
fn examples_used_by(usage: &str) -> Vec<String> {
    let directory = std::path::Path::new(util::ROOT).join("examples");
    let files = std::fs::read_dir(directory).expect("the examples are there");
    let paths = files.map(|file| file.expect("a file").path());
    let mut names: Vec<String> = paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .filter_map(|path| {
            let name = path.file_stem()?.to_str()?.to_owned();
            let line = format!("//!     cargo run --example {name}{usage}\n");
            let text = std::fs::read_to_string(&path).expect("an example is text");
            text.contains(&line).then_some(name)
        })
        .collect();
    names.sort();
    names
}

fn example(program: &std::path::Path, arguments: &[&str]) -> (Output, String) {
    let output = Command::new(program).args(arguments).output();
    let output = output.expect("an example can be started");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!said.contains("panicked"), "{said}");
    (output, said)
}

/// As behind `2>&1 | head`: every line that is written is an error, those of the panic too.
#[test]
#[cfg(target_os = "linux")]
fn a_program_whose_output_nobody_reads_ends() {
    let names = ["pull_whole_mib", "packet_walk"];
    let Some(programs) = util::examples("a_program_whose_output_nobody_reads_ends", &names) else {
        return;
    };
    for program in programs {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let errors = writer.try_clone().expect("another end of the pipe");
        // Ends it with 124 if it does not end by itself.
        let mut command = Command::new("timeout");
        command
            .arg("60")
            .arg(&program)
            .stdout(writer)
            .stderr(errors);
        let status = command.status().expect("coreutils");
        assert_eq!(status.code(), Some(1), "{}", program.display());
    }
}

#[test]
fn the_examples_refuse_bad_arguments() {
    let test = "the_examples_refuse_bad_arguments";
    let of_one = examples_used_by(" [-- HOST[:PORT]]");
    let of_many = examples_used_by(" [-- HOST[:PORT] ...]");
    assert!(of_one.len() >= 59 && of_many.len() >= 10);
    let names: Vec<&str> = of_one.iter().chain(&of_many).map(|name| &**name).collect();
    let Some(programs) = util::examples(test, &names) else {
        return;
    };
    for (place, (name, program)) in names.into_iter().zip(&programs).enumerate() {
        for bad in ["--bogus", "host:port", "127.0.0.1:99999", "[::1", ""] {
            let (output, said) = example(program, &[bad]);
            assert_eq!(output.status.code(), Some(2), "{name} {bad:?}: {said}");
            assert!(said.contains("usage: "), "{name} {bad:?}: {said}");
            if !bad.starts_with('-') {
                assert!(
                    said.contains(&format!("{bad:?} is not HOST")),
                    "{name}: {said}"
                );
            }
            assert!(output.stdout.is_empty(), "{name} {bad:?}");
        }
        if place < of_one.len() {
            let (output, said) = example(program, &["127.0.0.1:1", "127.0.0.1:2"]);
            assert_eq!(output.status.code(), Some(2), "{name}: {said}");
        }
        let (output, said) = example(program, &["no-such-host.invalid"]);
        assert_eq!(output.status.code(), Some(1), "{name}: {said}");
        assert!(
            said.contains("unknown host \"no-such-host.invalid\""),
            "{name}: {said}"
        );
    }
}

#[test]
fn the_examples_that_listen_or_ask_nobody_refuse_bad_arguments() {
    let test = "the_examples_that_listen_or_ask_nobody_refuse_bad_arguments";
    let listening = examples_used_by(" [-- ADDRESS:PORT ...]");
    let mut alone = examples_used_by("");
    alone.retain(|name| name.starts_with("mib_"));
    assert!(listening.len() >= 10 && alone.len() >= 3);
    let names: Vec<&str> = listening.iter().chain(&alone).map(|name| &**name).collect();
    let Some(programs) = util::examples(test, &names) else {
        return;
    };
    for (name, program) in names.into_iter().zip(&programs) {
        for bad in ["--bogus", "127.0.0.1", "no-such-host.invalid:1162", ""] {
            let (output, said) = example(program, &[bad]);
            assert_eq!(output.status.code(), Some(2), "{name} {bad:?}: {said}");
            assert!(!said.is_empty() && output.stdout.is_empty(), "{name}");
        }
    }
}

#[test]
fn an_example_says_who_did_not_answer() {
    let test = "an_example_says_who_did_not_answer";
    let Some(programs) = util::examples(test, &["custom_timeout_and_retries"]) else {
        return;
    };
    let manager = Manager::new();
    let address = raw::listen(&manager.reactor.handle(), |_| Vec::new());
    let (output, said) = example(&programs[0], &[&address.to_string()]);
    assert_eq!(output.status.code(), Some(1), "{said}");
    let expected = format!("No SNMP response received before timeout: {address}, 1 try of 2s\n");
    assert_eq!(said, expected);
}

#[test]
fn an_error_shows_what_a_terminal_would_act_on() {
    const SAID: &str = "\x1b[31m\r\n\u{9b}5m\u{202e}";
    const SHOWN: &str = "\\x1b[31m\\r\\n\\u{9b}5m\\u{202e}";
    let unknown = SnmpError::UnknownHost {
        host: "host".to_owned(),
        error: LookupError::NotFound(SAID.into()),
    };
    let empty = SnmpError::UnknownHost {
        host: SAID.to_owned(),
        error: LookupError::NotFound("".into()),
    };
    assert_eq!(
        unknown.to_string(),
        format!("unknown host \"host\": the name cannot be resolved: {SHOWN}")
    );
    assert!(!empty.to_string().contains(char::is_control), "{empty}");
}
