//! Errors that the system is made to give, by `strace`.

use std::cell::Cell;
use std::net::SocketAddr;
use std::process::Command;
use std::rc::Rc;

use deferred_snmp::hlapi::*;
use deferred_snmp::reactor::{Reactor, UdpPort};
use util::loops::{ms, turn_until};
use util::process::pass_inside;
use util::raw;

use super::recorder::{Recorder, listen};

/// Set in the process that is traced.
const INSIDE: &str = "DEFERRED_SNMP_TRACED";

/// Runs `body` as test `name` in a process in which system calls fail as `faults` say, in the terms of
/// `strace -e inject`. The test is left out with a line where that cannot be done.
fn under_strace(name: &str, faults: &[&str], body: impl FnOnce()) {
    if std::env::var_os(INSIDE).is_some_and(|inside| *inside == *name) {
        return body();
    }
    let strace = |faults: &[&str]| {
        let mut command = Command::new("strace");
        command.args(["--follow-forks", "--quiet=all", "--output=/dev/null"]);
        command.args(faults.iter().map(|fault| format!("--inject={fault}")));
        // The sanitizer looks for leaks by tracing, and a process is traced once.
        command.env("ASAN_OPTIONS", "detect_leaks=0");
        command
    };
    let tried = strace(faults).arg("true").output();
    if !tried.is_ok_and(|tried| tried.status.success()) {
        return util::left_out(name, "strace cannot trace a process");
    }
    pass_inside(strace(faults), INSIDE, module_path!(), name);
}

/// A port that has sent a datagram to itself.
fn with_one_that_waits(reactor: &Reactor) -> (UdpPort, Rc<Recorder>) {
    let (port, heard) = listen(reactor, "127.0.0.1:0");
    let own: SocketAddr = port.local_addr();
    port.write(b"x", own).expect("sent");
    (port, heard)
}

#[test]
fn a_read_that_is_interrupted_is_made_again() {
    let name = "a_read_that_is_interrupted_is_made_again";
    let faults = ["recvmmsg,recvfrom:error=EINTR:when=1..3"];
    under_strace(name, &faults, || {
        let mut reactor = Reactor::new().expect("a reactor");
        let (_port, heard) = with_one_that_waits(&reactor);
        // No event tells of it a second time.
        reactor.turn().expect("a pass");
        assert_eq!(heard.count(), 1);
    });
}

#[test]
fn a_read_for_which_the_system_has_no_memory_is_made_later() {
    let name = "a_read_for_which_the_system_has_no_memory_is_made_later";
    let faults = ["recvmmsg,recvfrom:error=ENOMEM:when=1..3"];
    under_strace(name, &faults, || {
        let mut reactor = Reactor::new().expect("a reactor");
        let (port, heard) = with_one_that_waits(&reactor);
        turn_until(&mut reactor, || heard.count() == 1);
        assert!(port.is_listening());
        assert_eq!(*heard.events.borrow(), ["start"]);
    });
}

/// The first send of the thread is the request's.
#[test]
fn a_request_for_which_the_system_has_no_buffer_is_sent_a_little_later() {
    let name = "a_request_for_which_the_system_has_no_buffer_is_sent_a_little_later";
    let faults = ["sendto,sendmsg,sendmmsg:error=ENOBUFS:when=1"];
    under_strace(name, &faults, || {
        let mut reactor = Reactor::new().expect("a reactor");
        let agent = raw::listen(&reactor.handle(), |request| {
            let mut answer = request.to_vec();
            let tag = answer.iter().position(|octet| *octet == 0xa0);
            answer[tag.expect("a GetRequest-PDU")] = 0xa2;
            vec![answer]
        });
        let engine = SnmpEngine::new(&reactor.handle());
        let target = UdpTransportTarget::from(agent).timeout(ms(4000)).retries(0);
        let is_answered = Rc::new(Cell::new(None));
        let told = is_answered.clone();
        let get = get_cmd(
            &engine,
            &CommunityData::new("public"),
            &target,
            &ContextData::default(),
            [ObjectType::symbol("SNMPv2-MIB", "sysDescr", 0)],
        );
        drop(get.add_both(move |result| told.set(Some(result.is_ok()))));
        turn_until(&mut reactor, || is_answered.get().is_some());
        assert_eq!(is_answered.get(), Some(true));
        assert_eq!(engine.statistics().send_failures, 1);
        assert_eq!(engine.statistics().retransmissions, 0);
    });
}
