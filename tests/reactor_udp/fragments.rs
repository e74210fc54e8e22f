//! Datagrams longer than the frames of the link, on a loopback of our own with frames of 1500 octets.

use std::process::Command;

use crate::loops::turn_until;
use crate::recorder::listen;
use deferred_snmp::reactor::{Reactor, SendBatch, SendError};

const TEST: &str =
    "fragments::datagrams_longer_than_the_frames_of_the_link_go_between_those_that_are_not";
/// Set in the process that has that loopback.
const INSIDE: &str = "DEFERRED_SNMP_SMALL_LINK";

#[test]
fn datagrams_longer_than_the_frames_of_the_link_go_between_those_that_are_not() {
    if std::env::var_os(INSIDE).is_some() {
        return exchange();
    }
    let small_link = "ip link set lo mtu 1500 up";
    let namespaces = [&["--net"][..], &["--net", "--map-root-user"]];
    let inside = |options: &[&str], script: &str| {
        let mut command = Command::new("unshare");
        command.args(options).args(["sh", "-c", script]);
        command
    };
    let possible = namespaces.into_iter().find(|options| {
        let tried = inside(options, small_link).output();
        tried.is_ok_and(|tried| tried.status.success())
    });
    let Some(options) = possible else {
        println!("left out: {TEST}: no network namespace can be made");
        return;
    };
    let program = std::env::current_exe().expect("this test has a program");
    let script = format!("{small_link} && exec \"$0\" --exact {TEST} --nocapture");
    let output = inside(options, &script)
        .arg(program)
        .env(INSIDE, "1")
        .output()
        .expect("the program of this test");
    let printed = [output.stdout, output.stderr].concat();
    let printed = String::from_utf8_lossy(&printed);
    assert!(output.status.success(), "{printed}");
    assert!(printed.contains("1 passed"), "{printed}");
}

fn exchange() {
    let mut reactor = Reactor::new().expect("a reactor");
    for (server, client) in [("127.0.0.1:0", "127.0.0.1:0"), ("127.0.0.1:0", "0.0.0.0:0")] {
        let (server, received) = listen(&reactor, server);
        let (client, _) = listen(&reactor, client);
        let to = server.local_addr();
        let lengths = [100, 1472, 1473, 20_000, 50_000, 100];
        let mut batch = SendBatch::new();
        for length in lengths {
            batch.push(&vec![7; length], to, None);
        }
        assert_eq!(client.write_batch(&batch).expect("sent"), lengths.len());
        // A fragmented datagram takes much of the receive buffer.
        turn_until(&mut reactor, || received.count() == lengths.len());
        for (sent, length) in lengths.into_iter().enumerate() {
            client.write(&vec![7; length], to).expect("sent");
            turn_until(&mut reactor, || {
                received.count() == lengths.len() + sent + 1
            });
        }
        let arrived = received.datagrams.borrow();
        let arrived: Vec<usize> = arrived.iter().map(|(data, ..)| data.len()).collect();
        assert_eq!(arrived, [lengths, lengths].concat());
        let error = client.write(&[0; 65_508], to).expect_err("too long");
        assert!(matches!(error, SendError::MessageTooLong), "{error:?}");
    }
}
