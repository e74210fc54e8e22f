//! The examples that run until a signal tells them to end, beside Net-SNMP's tools.

use std::fs::File;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::Receiver;
use std::time::Duration;

use serde_json::Value;
use util::netsnmp::{self, Snmpd, lines_of};

/// A program that runs; killed when dropped.
struct Daemon {
    child: Child,
    complaints: Receiver<String>,
}

impl Daemon {
    fn start(path: &Path, arguments: &[&str], output: impl Into<Stdio>) -> Self {
        let mut child = Command::new(path)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(output)
            .stderr(Stdio::piped())
            .spawn()
            .expect("an example can be started");
        let complaints = lines_of(child.stderr.take().expect("a pipe"));
        Self { child, complaints }
    }

    fn lines(&mut self) -> Receiver<String> {
        lines_of(self.child.stdout.take().expect("a pipe"))
    }

    fn address(&self) -> SocketAddr {
        let line = next(&self.complaints);
        let address = line.strip_prefix("listening at ").expect("an address");
        address.parse().expect("an address")
    }

    /// Tells it to end. Gives its code, and what it has complained of.
    fn terminate(&mut self) -> (Option<i32>, Vec<String>) {
        let id = self.child.id().to_string();
        let killed = Command::new("kill").arg(id).status();
        assert!(killed.expect("a command of every system").success());
        let status = self.child.wait().expect("it ends");
        (status.code(), self.complaints.iter().collect())
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        // it may have ended
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn next(lines: &Receiver<String>) -> String {
    let line = lines.recv_timeout(Duration::from_secs(30));
    line.expect("it says what it does")
}

/// Sends an inform by `snmpinform`; true if it was acknowledged.
fn inform(address: SocketAddr, options: &[&str]) -> bool {
    let address = address.to_string();
    let sent = ["4242", "1.3.6.1.6.3.1.1.5.2"];
    let own = ["1.3.6.1.2.1.1.5.0", "s", "a \"name\""];
    let words = [options, &[&*address], &sent[..], &own].concat();
    netsnmp::run("snmpinform", &words).success
}

#[test]
fn the_trap_daemon_acknowledges_what_it_has_written_and_ends_silently() {
    let test = "the_trap_daemon_acknowledges_what_it_has_written_and_ends_silently";
    let Some(programs) = util::examples(test, &["trap_daemon_json_lines"]) else {
        return;
    };
    if netsnmp::peer(test, "snmpinform").is_none() {
        return;
    }
    let mut daemon = Daemon::start(&programs[0], &["127.0.0.1:0"], Stdio::piped());
    let (address, lines) = (daemon.address(), daemon.lines());
    let v3 = "-v3 -r 20 -u usr-sha-aes128 -l authPriv -a SHA -A authkey1 -x AES -X privkey1";
    for (version, options) in [("v2c", "-v2c -r 20 -c public"), ("v3", v3)] {
        let options: Vec<&str> = options.split(' ').collect();
        assert!(inform(address, &options), "{version}");
        let line: Value = serde_json::from_str(&next(&lines)).expect("a line of JSON");
        assert_eq!(line["version"], version);
        assert_eq!(line["inform"], true);
        assert_eq!(line["trap"], "SNMPv2-MIB::warmStart");
        assert_eq!(line["up_time"], 4242);
        assert_eq!(line["var_binds"][2]["value"], "a \"name\"");
    }
    assert_eq!(daemon.terminate(), (Some(0), vec![]));
    assert_eq!(lines.iter().count(), 0);

    // A disk that is full takes no line.
    let full = File::options().write(true).open("/dev/full");
    let mut daemon = Daemon::start(&programs[0], &["127.0.0.1:0"], full.expect("Linux has it"));
    let hasty = ["-v2c", "-c", "public", "-r", "1", "-t", "1"];
    assert!(!inform(daemon.address(), &hasty));
    assert_eq!(daemon.terminate(), (Some(0), vec![]));
}

#[test]
fn the_poller_asks_until_it_is_told_to_end() {
    let test = "the_poller_asks_until_it_is_told_to_end";
    let Some(snmpd) = Snmpd::start(test) else {
        return;
    };
    let Some(programs) = util::examples(test, &["poll_every_five_seconds"]) else {
        return;
    };
    let agent = snmpd.v4().to_string();
    let once = Command::new(&programs[0]).args(["1", &agent]).output();
    let once = once.expect("an example can be started");
    assert!(once.status.success() && once.stderr.is_empty(), "{once:?}");
    let text = String::from_utf8_lossy(&once.stdout);
    assert!(text.starts_with("round 1\n"), "{text}");
    assert!(text.contains(&format!("{agent}: SNMPv2-MIB::sysUpTime.0 = ")));

    let mut poller = Daemon::start(&programs[0], &["0", &agent], Stdio::piped());
    let lines = poller.lines();
    assert_eq!(next(&lines), "round 1");
    assert!(next(&lines).starts_with(&agent));
    assert_eq!(poller.terminate(), (Some(0), vec![]));
}
