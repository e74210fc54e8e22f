//! Net-SNMP as a peer: a private `snmpd`, and its command line tools.
//!
//! Nothing here reads or writes outside a temporary directory, and nothing listens beyond loopback.

use std::io::{BufRead, BufReader, Read};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use deferred_snmp::smi::{Tag, ValueRef, VarBindRef};

use super::left_out;
use super::ports::{has_ipv6, own_port};

/// Set by the gate: a missing peer is then a failure.
pub const REQUIRED: &str = "DEFERRED_SNMP_PEERS";

/// Seconds after which a tool is ended, whatever it is doing.
const TOOL_LIMIT: &str = "60";

/// What `public` may read and `private` may read and write: everything but the rows that come
/// and go with processes, packages and the sockets of the test itself, and gauges that go up and
/// down from one moment to the next.
const VIEW: &str = "\
view stable included .1
view stable excluded .1.3.6.1.2.1.6.9
view stable excluded .1.3.6.1.2.1.6.13
view stable excluded .1.3.6.1.2.1.6.19
view stable excluded .1.3.6.1.2.1.6.20
view stable excluded .1.3.6.1.2.1.7.5
view stable excluded .1.3.6.1.2.1.7.7
view stable excluded .1.3.6.1.2.1.25
view stable excluded .1.3.6.1.4.1.2021.4
view stable excluded .1.3.6.1.4.1.2021.11
view stable excluded .1.3.6.1.4.1.8072.1.5
";

/// Objects of known value under 1.3.6.1.4.1.99999.7, the last two writable.
const OBJECTS: &str = "\
override 1.3.6.1.4.1.99999.7.1.0 integer -7
override 1.3.6.1.4.1.99999.7.2.0 octet_str \"some text\"
override 1.3.6.1.4.1.99999.7.3.0 counter 4294967295
override 1.3.6.1.4.1.99999.7.4.0 unsigned 4294967295
override 1.3.6.1.4.1.99999.7.5.0 timeticks 123456
override 1.3.6.1.4.1.99999.7.6.0 object_id 1.3.6.1.4.1.4294967295
override -rw 1.3.6.1.4.1.99999.7.7.0 integer 5
override -rw 1.3.6.1.4.1.99999.7.8.0 octet_str \"writable\"
";

/// A running `snmpd` of one's own, ended when dropped.
///
/// Communities: `public` reads, `private` reads and writes. `sysContact.0`, `sysName.0` and
/// `sysLocation.0` can be set with `private`, as can 1.3.6.1.4.1.99999.7.7.0 (INTEGER) and
/// 1.3.6.1.4.1.99999.7.8.0 (OCTET STRING).
#[derive(Debug)]
pub struct Snmpd {
    child: Child,
    port: u16,
    ipv6: bool,
    program: PathBuf,
    /// Holds what it keeps from one start to the next, its boots among that.
    directory: Rc<TemporaryDirectory>,
}

impl Snmpd {
    /// Starts one that answers, or says that `test` is left out and returns `None`.
    pub fn start(test: &str) -> Option<Self> {
        Self::start_with(test, "")
    }

    /// The same with further lines of `snmpd.conf`.
    pub fn start_with(test: &str, configuration: &str) -> Option<Self> {
        let program = peer(test, "snmpd")?;
        peer(test, "snmpget")?;
        let mut log = String::new();
        // the port was free a moment ago; a program outside these tests may have taken it since
        for _ in 0..5 {
            let directory = Rc::new(TemporaryDirectory::new());
            match Self::launch(&program, directory, own_port(), configuration) {
                Ok(snmpd) => {
                    snmpd.probe();
                    return Some(snmpd);
                }
                Err(text) => log = text,
            }
        }
        panic!("{test}: snmpd does not start: {log}");
    }

    /// Ends it and starts it again on the same port, one boot later, with these lines of `snmpd.conf`.
    pub fn restart_with(&mut self, configuration: &str) {
        self.end();
        let directory = Rc::clone(&self.directory);
        *self = Self::launch(&self.program.clone(), directory, self.port, configuration)
            .unwrap_or_else(|log| panic!("snmpd does not start again: {log}"));
        self.probe();
    }

    /// Ends it, and has it lose its name, its boots and the keys of its users.
    pub fn forget(&mut self) {
        self.end();
        std::fs::remove_file(self.directory.0.join("snmpd.conf")).expect("it keeps them there");
    }

    fn probe(&self) {
        let address = self.v4().to_string();
        let probe = ["-v2c", "-c", "public", "-t", "1", "-r", "20", &address];
        let answer = run("snmpget", &[&probe[..], &["1.3.6.1.2.1.1.3.0"]].concat());
        assert!(answer.success, "snmpd does not answer: {answer:?}");
    }

    fn launch(
        program: &Path,
        directory: Rc<TemporaryDirectory>,
        port: u16,
        configuration: &str,
    ) -> Result<Self, String> {
        let ipv6 = has_ipv6();
        let mut listen = format!("udp:127.0.0.1:{port}");
        if ipv6 {
            listen.push_str(&format!(",udp6:[::1]:{port}"));
        }
        // Under the usual name, snmpd keeps what has to survive it: its name and its boots.
        let file = directory.0.join("configuration");
        let text = format!(
            "{VIEW}{OBJECTS}\
             rocommunity public 127.0.0.1 -V stable\n\
             rocommunity6 public ::1 -V stable\n\
             rwcommunity private 127.0.0.1 -V stable\n\
             rwcommunity6 private ::1 -V stable\n\
             dontLogTCPWrappersConnects yes\n\
             {configuration}\n"
        );
        std::fs::write(&file, text).expect("the temporary directory takes a file");
        let mut child = command(program, &directory)
            // Not -C, which leaves out what it kept as well; its path for others is the directory.
            .args(["-f", "-Lo", "-c"])
            .arg(&file)
            .arg(listen)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("snmpd can be started");
        let output = child.stdout.take().expect("stdout is a pipe");
        let ready = wait_for_line(&lines_of(output), "NET-SNMP version");
        let snmpd = Self {
            child,
            port,
            ipv6,
            program: program.to_owned(),
            directory,
        };
        ready.map(|()| snmpd)
    }

    /// Where it listens over IPv4.
    pub fn v4(&self) -> SocketAddr {
        SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), self.port)
    }

    /// Where it listens over IPv6, on a machine that has `::1`.
    pub fn v6(&self) -> Option<SocketAddr> {
        self.ipv6
            .then(|| SocketAddr::new(IpAddr::V6(Ipv6Addr::LOCALHOST), self.port))
    }
}

impl Snmpd {
    fn end(&mut self) {
        // already gone is as good
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Snmpd {
    fn drop(&mut self) {
        self.end();
    }
}

/// What a tool printed and how it ended.
#[derive(Debug)]
pub struct Printed {
    pub success: bool,
    /// `None` when a signal has ended it.
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

/// Runs one of the tools to its end, with no MIB and no configuration read.
///
/// Ask [`peer`] or [`Snmpd::start`] first: a tool that is missing is a panic here.
pub fn run(tool: &str, arguments: &[&str]) -> Printed {
    let directory = TemporaryDirectory::new();
    let program = find(tool).unwrap_or_else(|| panic!("{tool} is not installed"));
    let output = command(Path::new("timeout"), &directory)
        .arg(TOOL_LIMIT)
        .arg(program)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .unwrap_or_else(|error| panic!("{tool} cannot be started: {error}"));
    Printed {
        success: output.status.success(),
        code: output.status.code(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// One variable as a tool printed it with [`NUMERIC`]: types by Net-SNMP's names, octets in hex.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Dotted, with the leading dot.
    pub oid: String,
    /// `INTEGER`, `Hex-STRING`, `Timeticks` ..; empty for an exception, whose text is the value.
    pub kind: String,
    pub value: String,
}

impl From<VarBindRef<'_>> for Row {
    /// The binding as the tools print it with [`NUMERIC`].
    fn from(var_bind: VarBindRef<'_>) -> Self {
        let (kind, value) = match var_bind.value {
            ValueRef::Integer(value) => ("INTEGER", value.to_string()),
            ValueRef::OctetString(octets) => ("Hex-STRING", hex(octets)),
            ValueRef::Null => ("", "NULL".to_owned()),
            ValueRef::ObjectIdentifier(oid) => ("OID", format!(".{oid}")),
            ValueRef::IpAddress(address) => ("IpAddress", address.to_string()),
            ValueRef::Counter32(value) => ("Counter32", value.to_string()),
            ValueRef::Gauge32(value) => ("Gauge32", value.to_string()),
            ValueRef::TimeTicks(value) => ("Timeticks", value.to_string()),
            ValueRef::Opaque(octets) => match octets {
                // a float in the wrapping that Net-SNMP made up for its load averages
                &[0x9f, 0x78, 4, a, b, c, d] => (
                    "Opaque",
                    format!("Float: {:.6}", f32::from_be_bytes([a, b, c, d])),
                ),
                octets => ("OPAQUE", hex(octets)),
            },
            ValueRef::Counter64(value) => ("Counter64", value.to_string()),
            ValueRef::NoSuchObject => ("", NO_SUCH_OBJECT.to_owned()),
            ValueRef::NoSuchInstance => ("", NO_SUCH_INSTANCE.to_owned()),
            ValueRef::EndOfMibView => ("", END_OF_MIB_VIEW.to_owned()),
            ValueRef::Other {
                tag: Tag::INTEGER, ..
            } => ("INTEGER", var_bind.value.to_string()),
            ValueRef::Other { contents, .. } => ("", hex(contents)),
        };
        Self {
            oid: format!(".{}", var_bind.name),
            kind: kind.to_owned(),
            value,
        }
    }
}

/// How the tools print the exceptions of RFC 3416.
pub const NO_SUCH_OBJECT: &str = "No Such Object available on this agent at this OID";
pub const NO_SUCH_INSTANCE: &str = "No Such Instance currently exists at this OID";
pub const END_OF_MIB_VIEW: &str =
    "No more variables left in this MIB View (It is past the end of the MIB tree)";

fn hex(octets: &[u8]) -> String {
    let digits: Vec<_> = octets.iter().map(|octet| format!("{octet:02X}")).collect();
    digits.join(" ")
}

/// What snmpwalk prints behind the last row of an SNMPv1 agent.
const END_OF_MIB: &str = "End of MIB";

/// Reads what a tool printed with [`NUMERIC`].
pub fn rows(printed: &str) -> Vec<Row> {
    let mut found: Vec<Row> = Vec::new();
    for line in printed.lines().filter(|line| *line != END_OF_MIB) {
        let named = line.starts_with('.').then(|| line.split_once(" = "));
        let Some((oid, rest)) = named.flatten() else {
            // long octet strings go on in the next line
            let row = found.last_mut().expect("a first line names an object");
            row.value = format!("{} {}", row.value, line.trim()).trim().to_owned();
            continue;
        };
        let (kind, value) = match rest.split_once(": ") {
            Some((kind, value)) => (kind, value),
            None if rest == "\"\"" => ("Hex-STRING", ""),
            None => rest.split_once(':').unwrap_or(("", rest)),
        };
        let value = match kind {
            // `(123456) 0:20:34.56`
            "Timeticks" => value.trim_start_matches('(').split(')').next(),
            _ => Some(value.trim()),
        };
        found.push(Row {
            oid: oid.to_owned(),
            kind: kind.to_owned(),
            value: value.unwrap_or_default().to_owned(),
        });
    }
    found
}

/// The output option that [`rows`] reads: dotted names, octets in hex, numbers for enumerations.
pub const NUMERIC: &str = "-Onxe";

/// The path of a program of Net-SNMP, or `None` and a line that `test` is left out.
///
/// # Panics
///
/// Under the gate, where a missing peer is a failure.
pub fn peer(test: &str, program: &str) -> Option<PathBuf> {
    let found = find(program);
    if found.is_none() {
        assert!(
            std::env::var_os(REQUIRED).is_none_or(|value| value != "required"),
            "{test}: {program} of net-snmp is not installed, and {REQUIRED} says that it must be"
        );
        left_out(test, "net-snmp is not installed");
    }
    found
}

fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        // where Debian keeps snmpd, and a user's PATH may lack it
        .chain(["/usr/sbin".into(), "/sbin".into()])
        .map(|directory| directory.join(program))
        .find(|candidate| candidate.is_file())
}

pub fn command(program: &Path, directory: &TemporaryDirectory) -> Command {
    let mut command = Command::new(program);
    command
        .env("MIBS", "")
        .env("MIBDIRS", "")
        .env("SNMPCONFPATH", &directory.0)
        .env("SNMP_PERSISTENT_DIR", &directory.0)
        .env("HOME", &directory.0)
        .env("LC_ALL", "C");
    command
}

/// The lines that a program prints. They are read whether anybody asks for them or not, so that it
/// never blocks on a full pipe.
#[expect(
    clippy::disallowed_methods,
    reason = "a pipe has no read with a time limit; the thread ends with the program"
)]
pub fn lines_of(output: impl Read + Send + 'static) -> Receiver<String> {
    let (send, lines) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            // nobody listens any more
            let _ = send.send(line);
        }
    });
    lines
}

/// Waits until the program has printed `wanted`. An error is what it printed instead.
pub fn wait_for_line(lines: &Receiver<String>, wanted: &str) -> Result<(), String> {
    let mut log = String::new();
    loop {
        match lines.recv_timeout(Duration::from_secs(30)) {
            Ok(line) if line.contains(wanted) => return Ok(()),
            Ok(line) => log = log + &line + "\n",
            Err(_) => return Err(log),
        }
    }
}

/// A directory of one's own under the system's temporary directory, removed when dropped.
#[derive(Debug)]
pub struct TemporaryDirectory(pub PathBuf);

impl TemporaryDirectory {
    pub fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("deferred-snmp-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).expect("a temporary directory can be made");
        Self(path)
    }
}

impl Drop for TemporaryDirectory {
    fn drop(&mut self) {
        // what cannot be removed is left to the system
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
