//! The examples at packet level against Net-SNMP: what they send at its receiver and its agent, and its
//! tools at what they serve.

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::Receiver;
use std::time::Duration;

use deferred_snmp::oid;
use deferred_snmp::smi::{TimeTicks, VarBind};
use util::netsnmp::{self, NUMERIC, Row, Snmpd, lines_of};
use util::ports::has_ipv6;
use util::trapd::Trapd;

/// Runs an example to its end.
fn output(path: &Path, target: SocketAddr) -> Output {
    let output = Command::new("timeout")
        .arg("60")
        .arg(path)
        .arg(target.to_string())
        .output()
        .expect("the example can be started");
    assert!(output.status.success(), "{}: {output:?}", path.display());
    output
}

fn rows(variables: &[VarBind]) -> Vec<Row> {
    variables.iter().map(|v| Row::from(v.as_ref())).collect()
}

/// An example that serves; ended when dropped.
pub(super) struct Serving {
    child: Child,
    lines: Receiver<String>,
    pub(super) addresses: Vec<SocketAddr>,
}

impl Serving {
    /// Starts it on a free port of 127.0.0.1 and, on a machine that has it, of `::1`.
    pub(super) fn start(path: &Path) -> Self {
        let mut own = vec!["127.0.0.1:0"];
        if has_ipv6() {
            own.push("[::1]:0");
        }
        Self::start_on(path, &own)
    }

    /// Starts it on these addresses.
    pub(super) fn start_on(path: &Path, own: &[&str]) -> Self {
        let mut child = Command::new(path)
            .args(own)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the example can be started");
        let lines = lines_of(child.stdout.take().expect("stdout is a pipe"));
        let mut serving = Self {
            child,
            lines,
            addresses: Vec::new(),
        };
        for _ in own {
            let line = serving.line();
            let address = line.strip_prefix("listening at ").expect("an address");
            serving.addresses.push(address.parse().expect("an address"));
        }
        serving
    }

    pub(super) fn line(&self) -> String {
        let line = self.lines.recv_timeout(Duration::from_secs(30));
        line.expect("it says what it does")
    }

    /// The addresses as Net-SNMP writes them.
    pub(super) fn targets(&self) -> impl Iterator<Item = String> {
        self.addresses.iter().map(|address| match address {
            SocketAddr::V4(_) => address.to_string(),
            SocketAddr::V6(_) => format!("udp6:{address}"),
        })
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // already gone is as good
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn snmptrapd_logs_the_traps_and_acknowledges_the_inform() {
    const TEST: &str = "snmptrapd_logs_the_traps_and_acknowledges_the_inform";
    let Some(programs) = util::examples(TEST, &["packet_trap", "packet_inform"]) else {
        return;
    };
    let Some(trapd) = Trapd::start(TEST, "") else {
        return;
    };
    let name = rows(&[VarBind::new(oid!(1.3.6.1.2.1.1.5.0), "gateway")]);
    let mut all = rows(&[
        VarBind::new(oid!(1.3.6.1.2.1.1.3.0), TimeTicks(12_345)),
        VarBind::new(oid!(1.3.6.1.6.3.1.1.4.1.0), oid!(1.3.6.1.6.3.1.1.5.1)),
    ]);
    all.extend(name.clone());

    output(&programs[0], trapd.address);
    let logged = trapd.logged();
    assert_eq!(
        logged.head,
        "0 0 12345 .1.3.6.1.4.1.20408.4.1.1.2 127.0.0.1 TRAP, SNMP v1, community public"
    );
    assert_eq!(logged.rows, name);
    let logged = trapd.logged();
    assert_eq!(logged.head, "TRAP2, SNMP v2c, community public");
    assert_eq!(logged.rows, all);

    let said = output(&programs[1], trapd.address);
    let logged = trapd.logged();
    assert_eq!(logged.head, "INFORM, SNMP v2c, community public");
    assert_eq!(logged.rows, all);
    let said = String::from_utf8_lossy(&said.stdout);
    assert!(said.contains("Response-PDU"), "{said}");
}

#[test]
fn snmptrapd_logs_what_is_sent_with_nothing_but_numbers() {
    const TEST: &str = "snmptrapd_logs_what_is_sent_with_nothing_but_numbers";
    let names = ["send_custom_pdu", "light_traps", "light_inform"];
    let Some(programs) = util::examples(TEST, &names) else {
        return;
    };
    let Some(trapd) = Trapd::start(TEST, "") else {
        return;
    };
    let v1 = "0 0 12345 .1.3.6.1.4.1.20408.4.1.1.2 0.0.0.0 TRAP, SNMP v1, community public";
    let trap = "TRAP2, SNMP v2c, community public";
    let inform = "INFORM, SNMP v2c, community public";
    // What each sends: its head, and how many bindings.
    let expected = [
        &[(trap, 2)][..],
        &[(v1, 1), (trap, 3), (trap, 5)],
        &[(inform, 3)],
    ];
    for (program, expected) in programs.iter().zip(expected) {
        output(program, trapd.address);
        for (head, bindings) in expected {
            let logged = trapd.logged();
            let program = program.display();
            assert_eq!(logged.head, *head, "{program}");
            assert_eq!(logged.rows.len(), *bindings, "{program}: {logged:?}");
        }
    }
}

#[test]
fn the_receiver_takes_traps_and_answers_informs() {
    const TEST: &str = "the_receiver_takes_traps_and_answers_informs";
    let Some(programs) = util::examples(TEST, &["packet_receiver"]) else {
        return;
    };
    if netsnmp::peer(TEST, "snmptrap").is_none() {
        return;
    }
    let receiver = Serving::start(&programs[0]);
    let binding = ["1.3.6.1.2.1.1.5.0", "s", "test"];
    let send = |tool: &str, first: &[&str]| {
        let printed = netsnmp::run(tool, &[first, &binding].concat());
        assert!(printed.success, "{tool}: {printed:?}");
    };
    let after = |head: &str, bindings: usize| {
        let line = receiver.line();
        assert!(line.contains(head), "{line}");
        let lines: Vec<_> = (0..bindings).map(|_| receiver.line()).collect();
        let last = lines.last().expect("it has bindings");
        assert_eq!(last, "  1.3.6.1.2.1.1.5.0 = test");
        lines
    };
    for target in receiver.targets() {
        let v1 = ["-v1", "-c", "public", &target];
        let trap = ["1.3.6.1.4.1.20408", "127.0.0.9", "6", "17", "4242"];
        send("snmptrap", &[&v1[..], &trap].concat());
        // three fields of the header, and one binding
        let lines = after("enterpriseSpecific of 1.3.6.1.4.1.20408", 4);
        let fields = [
            "  specific-trap 17",
            "  agent-addr 127.0.0.9",
            "  time-stamp 4242",
        ];
        assert_eq!(lines[..3], fields);

        let cold_start = "1.3.6.1.6.3.1.1.5.1";
        let v2c = ["-v2c", "-c", "public", &target, "4242", cold_start];
        send("snmptrap", &v2c);
        after("SNMPv2-Trap-PDU", 3);
        // It succeeds only when it is answered, and tries once.
        send("snmpinform", &[&["-r", "0", "-t", "20"], &v2c[..]].concat());
        after("InformRequest-PDU", 3);
    }
}

#[test]
fn the_tools_read_from_the_agent() {
    const TEST: &str = "the_tools_read_from_the_agent";
    let Some(programs) = util::examples(TEST, &["packet_agent"]) else {
        return;
    };
    if netsnmp::peer(TEST, "snmpwalk").is_none() {
        return;
    }
    let agent = Serving::start(&programs[0]);
    let text = Row::from(
        VarBind::new(oid!(1.3.6.1.4.1.20408.2.1.0), "an agent without an engine").as_ref(),
    );
    for target in agent.targets() {
        for (tool, version) in [
            ("snmpwalk", "-v1"),
            ("snmpwalk", "-v2c"),
            ("snmpbulkwalk", "-v2c"),
        ] {
            let arguments = [version, "-c", "public", NUMERIC, &target, "1.3.6.1.4.1"];
            let printed = netsnmp::run(tool, &arguments);
            let mut found = netsnmp::rows(&printed.stdout);
            // The tools show the end of the MIB in later versions.
            found.retain(|row| !row.kind.is_empty());
            assert_eq!(found.len(), 2, "{tool} {version}: {printed:?}");
            assert_eq!(found[0], text);
            assert_eq!(found[1].kind, "Counter32");
        }
        let first = ["-v2c", "-c", "public", &target];
        // Past the end one row is all there is: repetitions after it would say nothing else (RFC 3416 section 4.2.3).
        for (names, kinds) in [
            (&["1.3.9"][..], &[""][..]),
            (&["1.3.9", "1.4"], &["", ""]),
            (
                &["1.3.6.1.4.1.20408.2.1.0", "1.3.9"],
                &["Counter32", "", "", ""],
            ),
        ] {
            let bulk = ["-Cn0", "-Cr10", NUMERIC];
            let printed = netsnmp::run("snmpbulkget", &[&bulk[..], &first, names].concat());
            let found: Vec<_> = netsnmp::rows(&printed.stdout);
            let found: Vec<_> = found.iter().map(|row| &*row.kind).collect();
            assert_eq!(found, kinds, "{printed:?}");
        }
        let value = ["1.3.6.1.4.1.20408.2.1.0", "s", "else"];
        let printed = netsnmp::run("snmpset", &[&first[..], &value].concat());
        assert!(printed.stderr.contains("notWritable"), "{printed:?}");
        let other = ["-v2c", "-c", "other", "-r", "0", "-t", "0.2", &target];
        let printed = netsnmp::run("snmpget", &[&other[..], &value[..1]].concat());
        assert!(printed.stderr.contains("Timeout"), "{printed:?}");
    }
}

#[test]
fn the_managers_read_and_write_at_snmpd() {
    const TEST: &str = "the_managers_read_and_write_at_snmpd";
    let names = ["packet_get", "packet_set", "packet_walk", "packet_bulkwalk"];
    let Some(programs) = util::examples(TEST, &names) else {
        return;
    };
    let Some(snmpd) = Snmpd::start(TEST) else {
        return;
    };
    let text = |path| {
        let output = output(path, snmpd.v4());
        String::from_utf8(output.stdout).expect("snmpd has printable texts here")
    };
    let address = snmpd.v4().to_string();
    let first = ["-v2c", "-c", "public", NUMERIC, &address];
    let read = |tool: &str, name: &str| {
        let printed = netsnmp::run(tool, &[&first[..], &[name]].concat());
        netsnmp::rows(&printed.stdout)
    };

    let object_id = &read("snmpget", "1.3.6.1.2.1.1.2.0")[0].value;
    let got = text(&programs[0]);
    let expected = format!("1.3.6.1.2.1.1.2.0 = {}", &object_id[1..]);
    assert_eq!(got.lines().last(), Some(&*expected));

    text(&programs[1]);
    let name = rows(&[VarBind::new(oid!(1.3.6.1.2.1.1.5.0), "gateway")]);
    assert_eq!(read("snmpget", "1.3.6.1.2.1.1.5.0"), name);

    let system = |walked: &str| {
        let lines = walked.lines().filter(|v| v.starts_with("1.3.6.1.2.1.1."));
        lines
            .map(|line| format!(".{}", line.split(' ').next().unwrap_or_default()))
            .collect::<Vec<_>>()
    };
    let expected = read("snmpbulkwalk", "1.3.6.1.2.1.1");
    let expected: Vec<_> = expected.into_iter().map(|row| row.oid).collect();
    for program in &programs[2..] {
        let walked = text(program);
        assert_eq!(system(&walked), expected, "{}", program.display());
        let last = "1.3.6.1.4.1.99999.7.8.0 = writable";
        assert!(walked.contains(last), "it goes on to the end");
    }
}
