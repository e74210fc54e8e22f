//! The examples of agents: what they print by themselves, and what the commands of their heads print.

use std::env::consts::{ARCH, OS};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use util::netsnmp::{self, TemporaryDirectory};
use util::ports::own_port;

/// Where an example listens, in its head and here.
const PORT: &str = ":1161";
const ONE: &[&str] = &["127.0.0.1:1161"];
const TWO: &[&str] = &["127.0.0.1:1161", "127.0.0.2:1161"];

struct Example {
    name: &'static str,
    /// What it prints when it is started by itself.
    alone: &'static str,
    addresses: &'static [&'static str],
    /// What each of the commands of its head prints, in their order.
    answers: &'static [&'static str],
}

const EXAMPLES: [Example; 10] = [
    Example {
        name: "agent_scalar_mib_objects",
        alone: "\
GET:
SNMPv2-SMI::dod.5.1.0 = PLATFORM
GETNEXT:
SNMPv2-SMI::dod.5.1.0 = PLATFORM
GETBULK:
SNMPv2-SMI::dod.5.1.0 = PLATFORM
SNMPv2-SMI::dod.5.1.0 = No more variables left in this MIB View
a walk finds 1 variable",
        addresses: ONE,
        answers: &[
            ".1.3.6.5.1.0 = STRING: \"PLATFORM\"",
            "\
.1.3.6.5.1.0 = STRING: \"PLATFORM\"
.1.3.6.5.1.0 = END",
            "\
.1.3.6.5.1.0 = STRING: \"PLATFORM\"
.1.3.6.5.1.0 = END",
        ],
    },
    Example {
        name: "agent_multiple_interfaces",
        alone: "\
at 127.0.0.1
GET:
SNMPv2-MIB::sysLocation.0 = nowhere yet
SET:
SNMPv2-MIB::sysLocation.0 = set at 127.0.0.1
sysDescr cannot be set: notWritable
at 127.0.0.2
GET:
SNMPv2-MIB::sysLocation.0 = set at 127.0.0.1
SET:
SNMPv2-MIB::sysLocation.0 = set at 127.0.0.2
sysDescr cannot be set: notWritable",
        addresses: TWO,
        answers: &[
            ".1.3.6.1.2.1.1.6.0 = STRING: \"set at 127.0.0.1\"",
            ".1.3.6.1.2.1.1.6.0 = STRING: \"set at 127.0.0.1\"",
            "\
Error in packet.
Reason: notWritable (That object does not support modification)
Failed object: .1.3.6.1.2.1.1.1.0",
            TWO_INTERFACES,
            TWO_INTERFACES,
        ],
    },
    Example {
        name: "agent_multiple_communities",
        alone: "\
SET by public: noSuchName
SET by private:
SNMPv2-MIB::sysLocation.0 = far away
GET by public:
SNMPv2-MIB::sysLocation.0 = far away",
        addresses: ONE,
        answers: &[
            "\
Error in packet.
Reason: (noSuchName) There is no such variable name in this MIB.
Failed object: .1.3.6.1.2.1.1.6.0",
            ".1.3.6.1.2.1.1.6.0 = STRING: \"far away\"",
            ".1.3.6.1.2.1.1.6.0 = STRING: \"far away\"",
        ],
    },
    Example {
        name: "agent_snmp_table",
        alone: "\
made:
SNMPv2-SMI::dod.6.1.5.2.97.98.99 = my value
SNMPv2-SMI::dod.6.1.5.4.97.98.99 = 4
the table:
SNMPv2-SMI::dod.6.1.5.2.97.98.99 = my value
SNMPv2-SMI::dod.6.1.5.2.RECORD = my string value
SNMPv2-SMI::dod.6.1.5.3.97.98.99 = 123
SNMPv2-SMI::dod.6.1.5.3.RECORD = 123456
SNMPv2-SMI::dod.6.1.5.4.97.98.99 = 1
SNMPv2-SMI::dod.6.1.5.4.RECORD = 1
changed:
SNMPv2-SMI::dod.6.1.5.3.97.98.99 = 7
removed:
SNMPv2-SMI::dod.6.1.5.4.97.98.99 = 6
gone:
SNMPv2-SMI::dod.6.1.5.2.97.98.99 = No Such Instance currently exists at this OID",
        addresses: ONE,
        answers: &[
            "\
.1.3.6.6.1.5.2.97.98.99 = STRING: \"my value\"
.1.3.6.6.1.5.4.97.98.99 = INTEGER: 4",
            "\
.1.3.6.6.1.5.2.97.98.99 = STRING: \"my value\"
.1.3.6.6.1.5.2.RECORD = STRING: \"my string value\"
.1.3.6.6.1.5.3.97.98.99 = INTEGER: 123
.1.3.6.6.1.5.3.RECORD = INTEGER: 123456
.1.3.6.6.1.5.4.97.98.99 = INTEGER: 1
.1.3.6.6.1.5.4.RECORD = INTEGER: 1
.1.3.6.6.1.5.4.RECORD = END",
            ".1.3.6.6.1.5.4.97.98.99 = INTEGER: 6",
            "\
.1.3.6.6.1.5.2.RECORD = STRING: \"my string value\"
.1.3.6.6.1.5.3.RECORD = INTEGER: 123456
.1.3.6.6.1.5.4.RECORD = INTEGER: 1
.1.3.6.6.1.5.4.RECORD = END",
            ".1.3.6.6.1.5.4.120 = INTEGER: 5",
            ".1.3.6.6.1.5.4.120 = INTEGER: 3",
            ".1.3.6.6.1.5.2.120 = STRING: \"later\"",
            ".1.3.6.6.1.5.4.120 = INTEGER: 1",
            "\
Error in packet.
Reason: wrongType (The set datatype does not match the data type the agent expects)
Failed object: .1.3.6.6.1.5.3.120",
        ],
    },
    Example {
        name: "agent_custom_mib_controller",
        alone: "\
GET:
SNMPv2-MIB::sysDescr.0 = You queried OID 1.3.6.1.2.1.1.1.0
SNMPv2-SMI::mib-2.4711 = You queried OID 1.3.6.1.2.1.4711
GETNEXT:
SNMPv2-MIB::sysDescr.0 = No more variables left in this MIB View
SET: notWritable
not in view:
SNMPv2-SMI::enterprises.1.0 = No Such Object currently exists at this OID",
        addresses: ONE,
        answers: &[
            "\
.1.3.6.1.2.1.1.1.0 = STRING: \"You queried OID 1.3.6.1.2.1.1.1.0\"
.1.3.6.1.2.1.4711 = STRING: \"You queried OID 1.3.6.1.2.1.4711\"",
            ".1.3.6.1.2.1.1.1.0 = END",
            "\
Error in packet.
Reason: notWritable (That object does not support modification)
Failed object: .1.3.6.1.2.1.1.5.0",
            ".1.3.6.1.4.1.1.0 = No Such Object available on this agent at this OID",
        ],
    },
    Example {
        name: "agent_contexts",
        alone: "\
context-a:
SNMPv2-MIB::sysDescr.0 = context-a
context-b:
SNMPv2-MIB::sysDescr.0 = context-b
other engine:
SNMPv2-MIB::sysDescr.0 = default context of the other engine
its my-context:
SNMPv2-MIB::sysDescr.0 = my-context of the other engine
own default context:
SNMPv2-MIB::sysDescr.0 = No Such Object currently exists at this OID",
        addresses: ONE,
        answers: &[
            "\
.1.3.6.1.2.1.1.1.0 = STRING: \"context-a\"
.1.3.6.1.2.1.1.1.0 = END",
            "\
.1.3.6.1.2.1.1.1.0 = STRING: \"context-b\"
.1.3.6.1.2.1.1.1.0 = END",
            "\
.1.3.6.1.2.1.1.1.0 = STRING: \"default context of the other engine\"
.1.3.6.1.2.1.1.1.0 = END",
            "\
.1.3.6.1.2.1.1.1.0 = STRING: \"my-context of the other engine\"
.1.3.6.1.2.1.1.1.0 = END",
        ],
    },
    Example {
        name: "agent_engine_id",
        alone: "\
GET:
SNMPv2-MIB::sysDescr.0 = an agent with a name of its own
answered by 0x8000000004030201",
        addresses: ONE,
        answers: &["\
.1.3.6.1.2.1.1.1.0 = STRING: \"an agent with a name of its own\"
.1.3.6.1.2.1.1.2.0 = OID: .0.0
.1.3.6.1.2.1.1.3.0 = TIME
.1.3.6.1.2.1.1.4.0 = \"\"
.1.3.6.1.2.1.1.5.0 = \"\"
.1.3.6.1.2.1.1.6.0 = \"\"
.1.3.6.1.2.1.1.7.0 = INTEGER: 72
.1.3.6.1.2.1.1.8.0 = Timeticks: (0) 0:00:00.00
.1.3.6.1.2.1.1.9.1.2.1 = OID: .1.3.6.1.6.3.1
.1.3.6.1.2.1.1.9.1.3.1 = STRING: \"The MIB module for SNMP entities\"
.1.3.6.1.2.1.1.9.1.4.1 = Timeticks: (0) 0:00:00.00
.1.3.6.1.2.1.1.9.1.4.1 = END"],
    },
    Example {
        name: "agent_multiple_engines",
        alone: "\
at 127.0.0.1:
SNMP-FRAMEWORK-MIB::snmpEngineID.0 = 0x0102030405060708
at 127.0.0.2:
SNMP-FRAMEWORK-MIB::snmpEngineID.0 = 0x0807060504030201",
        addresses: TWO,
        answers: &[
            ".1.3.6.1.6.3.10.2.1.1.0 = Hex-STRING: 01 02 03 04 05 06 07 08",
            ".1.3.6.1.6.3.10.2.1.1.0 = Hex-STRING: 08 07 06 05 04 03 02 01",
        ],
    },
    Example {
        name: "agent_dynamic_table",
        alone: "\
made:
EXAMPLE-JOB-MIB::exampleJobStatus.\"tick\" = createAndWait
it lacks a text:
EXAMPLE-JOB-MIB::exampleJobStatus.\"tick\" = notReady
which comes:
EXAMPLE-JOB-MIB::exampleJobText.\"tick\" = tick
EXAMPLE-JOB-MIB::exampleJobInterval.\"tick\" = 20
too fast for ever: inconsistentValue
three times:
EXAMPLE-JOB-MIB::exampleJobLimit.\"tick\" = 3
EXAMPLE-JOB-MIB::exampleJobStatus.\"tick\" = active
tick
tick
tick
and then it is gone:
EXAMPLE-JOB-MIB::exampleJobStatus.\"tick\" = No Such Instance currently exists at this OID
a permanent row stays: inconsistentValue",
        addresses: ONE,
        answers: &[
            "\
ENTRY.2.104.105 = STRING: \"hello\"
ENTRY.7.104.105 = INTEGER: 4",
            "\
ENTRY.3.104.101.97.114.116 = Gauge32: 10000
ENTRY.3.104.105 = Gauge32: 1000",
            "ENTRY.3.104.105 = Gauge32: 500",
            "\
Error in packet.
Reason: inconsistentValue (The set value is illegal or unsupported in some way)
Failed object: ENTRY.3.104.105",
            "\
Error in packet.
Reason: wrongValue (The set value is illegal or unsupported in some way)
Failed object: ENTRY.6.104.105",
            "ENTRY.7.104.105 = INTEGER: 6",
            "\
Error in packet.
Reason: inconsistentValue (The set value is illegal or unsupported in some way)
Failed object: ENTRY.7.104.101.97.114.116",
            "ENTRY.2.104.101.97.114.116 = STRING: \"still here\"",
        ],
    },
    Example {
        name: "agent_answers_later",
        alone: "\
at once:
NET-SNMP-MIB::netSnmpPlaypen.2.4.0 = 0
later:
NET-SNMP-MIB::netSnmpPlaypen.2.1.0 = 21
NET-SNMP-MIB::netSnmpPlaypen.2.2.0 = 21
set:
NET-SNMP-MIB::netSnmpPlaypen.2.3.0 = 40
and now:
NET-SNMP-MIB::netSnmpPlaypen.2.3.0 = 40
NET-SNMP-MIB::netSnmpPlaypen.2.5.0 = first set by reader
101 is refused: wrongValue",
        addresses: ONE,
        answers: &[
            "\
.1.3.6.1.4.1.8072.9999.9999.2.1.0 = INTEGER: 21
.1.3.6.1.4.1.8072.9999.9999.2.2.0 = INTEGER: 21",
            ".1.3.6.1.4.1.8072.9999.9999.2.3.0 = INTEGER: 40",
            "\
.1.3.6.1.4.1.8072.9999.9999.2.1.0 = INTEGER: 22
.1.3.6.1.4.1.8072.9999.9999.2.2.0 = INTEGER: 21
.1.3.6.1.4.1.8072.9999.9999.2.3.0 = INTEGER: 40
.1.3.6.1.4.1.8072.9999.9999.2.4.0 = INTEGER: 8
.1.3.6.1.4.1.8072.9999.9999.2.5.0 = STRING: \"first set by reader\"
.1.3.6.1.4.1.8072.9999.9999.2.5.0 = END",
        ],
    },
];

const TWO_INTERFACES: &str = "\
.1.3.6.1.2.1.1.1.0 = STRING: \"an agent on two interfaces\"
.1.3.6.1.2.1.1.2.0 = OID: .0.0
.1.3.6.1.2.1.1.3.0 = TIME
.1.3.6.1.2.1.1.4.0 = \"\"
.1.3.6.1.2.1.1.5.0 = \"\"
.1.3.6.1.2.1.1.6.0 = STRING: \"set at 127.0.0.1\"
.1.3.6.1.2.1.1.7.0 = INTEGER: 72
.1.3.6.1.2.1.1.8.0 = Timeticks: (0) 0:00:00.00
.1.3.6.1.2.1.1.9.1.2.1 = OID: .1.3.6.1.6.3.1
.1.3.6.1.2.1.1.9.1.3.1 = STRING: \"The MIB module for SNMP entities\"
.1.3.6.1.2.1.1.9.1.4.1 = Timeticks: (0) 0:00:00.00
.1.3.6.1.2.1.1.9.1.4.1 = END";

/// What is written out in the tables by a word.
fn written_out(text: &str) -> String {
    let manifest = read("Cargo.toml");
    let version = manifest
        .lines()
        .find_map(|line| line.strip_prefix("version = \""));
    let version = version.expect("a version").trim_end_matches('"');
    let platform = format!("deferred-snmp {version} running on a {OS} {ARCH} platform");
    let record: Vec<_> = b"example record one"
        .iter()
        .map(|octet| octet.to_string())
        .collect();
    text.replace("PLATFORM", &platform)
        .replace("RECORD", &record.join("."))
        .replace("ENTRY", ".1.3.6.1.4.1.8072.9999.9999.4.1.1")
        .replace("END", netsnmp::END_OF_MIB_VIEW)
}

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(util::ROOT).join(path)).expect("a file of the crate")
}

/// The lines that a program printed, but for the time that the agent is up and for what Net-SNMP's tools say of their files.
fn lines(text: &str) -> String {
    let line = |line: &str| match line.split_once("1.3.0 = Timeticks: ") {
        Some((name, _)) => format!("{name}1.3.0 = TIME"),
        None => line.trim_end().to_owned(),
    };
    let is_said = |line: &&str| !line.is_empty() && !line.starts_with("Created directory: ");
    let lines = text.lines().filter(is_said).map(line);
    lines.collect::<Vec<_>>().join("\n")
}

fn paths(test: &str) -> Option<Vec<PathBuf>> {
    util::examples(test, &EXAMPLES.each_ref().map(|example| example.name))
}

#[test]
fn the_examples_of_agents_print_what_they_ask_themselves() {
    let Some(paths) = paths("the_examples_of_agents_print_what_they_ask_themselves") else {
        return;
    };
    for (path, example) in paths.iter().zip(&EXAMPLES) {
        let place = TemporaryDirectory::new();
        let output = Command::new("timeout")
            .env("TMPDIR", &place.0)
            .arg("60")
            .arg(path)
            .output()
            .expect("an example can be started");
        assert!(output.status.success(), "{}: {output:?}", example.name);
        let printed = lines(&String::from_utf8_lossy(&output.stdout));
        assert_eq!(printed, written_out(example.alone), "{}", example.name);
    }
}

#[test]
fn the_commands_of_their_heads_get_answers() {
    let test = "the_commands_of_their_heads_get_answers";
    let Some(paths) = paths(test) else {
        return;
    };
    if netsnmp::peer(test, "snmpget").is_none() {
        return;
    }
    for (path, example) in paths.iter().zip(&EXAMPLES) {
        let port = format!(":{}", own_port());
        let addresses = example.addresses.iter().map(|it| it.replace(PORT, &port));
        let _serving = Serving::start(path, &addresses.collect::<Vec<_>>());
        let head = read(&format!("examples/{}.rs", example.name));
        let with = format!("With `-- {}`", example.addresses.join(" "));
        assert!(head.contains(&with), "{}: {with}", example.name);
        let commands = head
            .lines()
            .filter_map(|it| it.strip_prefix("//!     snmp"));
        let commands: Vec<_> = commands.map(|it| it.replace(PORT, &port)).collect();
        assert_eq!(commands.len(), example.answers.len(), "{}", example.name);
        for (command, answer) in commands.iter().zip(example.answers) {
            let words = words(command);
            let (tool, arguments) = words.split_first().expect("the name of a tool");
            // By numbers, as the tables here have it.
            let arguments: Vec<&str> = std::iter::once("-On")
                .chain(arguments.iter().copied())
                .collect();
            let printed = netsnmp::run(&format!("snmp{tool}"), &arguments);
            let said = lines(&(printed.stdout + &printed.stderr));
            assert_eq!(said, written_out(answer), "{}: snmp{command}", example.name);
        }
    }
}

/// A port that is taken, an address that is none, and too few of them.
#[test]
fn the_examples_of_agents_say_what_is_wrong_with_their_addresses() {
    let test = "the_examples_of_agents_say_what_is_wrong_with_their_addresses";
    let names = ["agent_scalar_mib_objects", "agent_multiple_engines"];
    let Some(paths) = util::examples(test, &names) else {
        return;
    };
    let [scalar, engines] = paths.as_slice() else {
        panic!("two paths");
    };
    let taken = format!("127.0.0.1:{}", own_port());
    let _serving = Serving::start(scalar, std::slice::from_ref(&taken));
    let cases = [
        (
            scalar,
            &*taken,
            1,
            format!("cannot listen on {taken}: Address already in use"),
        ),
        (
            scalar,
            "127.0.0.1",
            2,
            format!(
                "\"127.0.0.1\" is not ADDRESS:PORT\nusage: {} [ADDRESS:PORT ...]",
                scalar.display()
            ),
        ),
        (
            scalar,
            "--help",
            2,
            format!("usage: {} [ADDRESS:PORT ...]", scalar.display()),
        ),
        (
            engines,
            &*taken,
            2,
            format!("usage: {} [ADDRESS:PORT ADDRESS:PORT]", engines.display()),
        ),
    ];
    for (path, word, code, complaint) in cases {
        let place = TemporaryDirectory::new();
        let output = Command::new("timeout")
            .env("TMPDIR", &place.0)
            .arg("60")
            .arg(path)
            .arg(word)
            .output()
            .expect("an example can be started");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.starts_with(&complaint), "{said}");
        assert_eq!(output.status.code(), Some(code), "{said}");
    }
}

/// The words of a command line, of which some stand in double quotes.
fn words(line: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for (place, part) in line.split('"').enumerate() {
        match place % 2 {
            0 => words.extend(part.split_whitespace()),
            _ => words.push(part),
        }
    }
    words
}

/// An example that serves, ended when dropped.
struct Serving {
    child: Child,
    _place: TemporaryDirectory,
}

impl Serving {
    fn start(path: &Path, addresses: &[String]) -> Self {
        let place = TemporaryDirectory::new();
        let mut child = Command::new(path)
            .env("TMPDIR", &place.0)
            .args(addresses)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("an example can be started");
        let output = child.stdout.take().expect("stdout is a pipe");
        let serving = Self {
            child,
            _place: place,
        };
        // All of it is read, so that the example never waits for a reader.
        let printed = netsnmp::lines_of(output);
        for address in addresses {
            let wanted = format!("listening at {address}");
            netsnmp::wait_for_line(&printed, &wanted)
                .unwrap_or_else(|log| panic!("{}: {log}", path.display()));
        }
        serving
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // already gone is as good
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
