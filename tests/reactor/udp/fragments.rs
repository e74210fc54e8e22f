//! Datagrams longer than the frames of the link, on a loopback of our own with frames of 1500 octets.

use super::namespace::in_network;
use super::recorder::listen;
use deferred_snmp::reactor::{Reactor, SendBatch, SendError};
use util::loops::turn_until;

const TEST: &str = "datagrams_longer_than_the_frames_of_the_link_go_between_those_that_are_not";
#[test]
fn datagrams_longer_than_the_frames_of_the_link_go_between_those_that_are_not() {
    in_network(module_path!(), TEST, "ip link set lo mtu 1500 up", exchange);
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
