//! Net-SNMP as a peer that takes notifications: a private `snmptrapd`.

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc::Receiver;
use std::time::Duration;

use super::netsnmp::{
    NUMERIC, Row, TemporaryDirectory, command, lines_of, peer, rows, wait_for_line,
};
use super::ports::own_port;

/// A running `snmptrapd` of one's own on 127.0.0.1, ended when dropped. Takes what comes with the
/// community `public`.
#[derive(Debug)]
pub struct Trapd {
    child: Child,
    pub address: SocketAddr,
    lines: Receiver<String>,
    _directory: TemporaryDirectory,
}

/// A notification as it was logged.
#[derive(Debug, PartialEq, Eq)]
pub struct Logged {
    /// Kind, version and how it was secured; before that, of a Trap-PDU: generic-trap, specific-trap,
    /// time-stamp, enterprise and agent address.
    pub head: String,
    pub rows: Vec<Row>,
}

const FORMAT: &str = "\
authCommunity log public
format1 BEGIN %w %q %T %N %a %P\\n%V\\n%v\\nEND\\n
format2 BEGIN %P\\n%V\\n%v\\nEND\\n
";

impl Trapd {
    /// Starts one with further lines of `snmptrapd.conf`, or says that `test` is left out and returns
    /// `None`.
    pub fn start(test: &str, configuration: &str) -> Option<Self> {
        let program = peer(test, "snmptrapd")?;
        let mut log = String::new();
        // The port was free a moment ago; a program outside these tests may have taken it since.
        for _ in 0..5 {
            match Self::launch(&program, own_port(), configuration) {
                Ok(trapd) => return Some(trapd),
                Err(text) => log = text,
            }
        }
        panic!("{test}: snmptrapd does not start: {log}");
    }

    fn launch(program: &Path, port: u16, configuration: &str) -> Result<Self, String> {
        let directory = TemporaryDirectory::new();
        let file = directory.0.join("snmptrapd.conf");
        std::fs::write(&file, format!("{FORMAT}{configuration}\n"))
            .expect("the temporary directory takes a file");
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        let mut child = command(program, &directory)
            .args(["-f", "-Lo", NUMERIC, "-C", "-c"])
            .arg(&file)
            .arg(format!("udp:{address}"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("snmptrapd can be started");
        let lines = lines_of(child.stdout.take().expect("stdout is a pipe"));
        let ready = wait_for_line(&lines, "NET-SNMP version");
        let trapd = Self {
            child,
            address,
            lines,
            _directory: directory,
        };
        ready.map(|()| trapd)
    }

    /// The next notification that it has logged.
    pub fn logged(&self) -> Logged {
        let next = || {
            let line = self.lines.recv_timeout(Duration::from_secs(30));
            line.expect("snmptrapd logs what it was sent")
        };
        let head = loop {
            if let Some(head) = next().strip_prefix("BEGIN ") {
                break head.trim().to_owned();
            }
        };
        let mut printed = String::new();
        loop {
            match next() {
                line if line == "END" => break,
                // a Trap-PDU without bindings
                line if line.is_empty() && printed.is_empty() => {}
                line => printed = printed + &line + "\n",
            }
        }
        let rows = rows(&printed);
        Logged { head, rows }
    }
}

impl Drop for Trapd {
    fn drop(&mut self) {
        // already gone is as good
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
