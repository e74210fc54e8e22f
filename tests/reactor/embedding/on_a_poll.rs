//! What only a reactor attached to the poll of its host can meet: its tokens and its registrations.

use std::net::{SocketAddr, TcpListener};

use util::ports::own_address;

use super::*;

#[test]
fn a3_a_used_up_range_is_an_error_and_never_a_token_outside() {
    let host = {
        let poll = mio::Poll::new().expect("a poll");
        let attached = Attached::new(poll.registry(), 5..7, || ()).expect("attached");
        (poll, attached)
    };
    let handle = host.1.handle();
    let _one = listen(&handle);
    let _two = listen(&handle);
    let addr = "127.0.0.1:0".parse().expect("an address");
    let error = handle
        .listen_udp(addr, Rc::new(Counter::default()))
        .expect_err("two tokens, two sockets");
    assert!(error.to_string().contains("tokens"), "{error}");
}

#[test]
fn a5_registrations_end_with_the_object() {
    let poll = mio::Poll::new().expect("a poll");
    let (stream, _other) = twin();
    for _ in 0..3 {
        let attached = Attached::new(poll.registry(), 1..9, || ()).expect("attached");
        let descriptor: Rc<dyn FileDescriptor> = stream.clone();
        // Refused by the system if an earlier registration were left.
        attached.handle().add_reader(&descriptor).expect("watched");
    }
}

/// What the program gave is dropped last, and finds the address free.
#[test]
fn a3_a_socket_that_gets_no_token_is_closed_before_what_was_given_is_dropped() {
    struct Dropped(SocketAddr, Rc<Cell<bool>>);
    impl Drop for Dropped {
        fn drop(&mut self) {
            self.1.set(TcpListener::bind(self.0).is_ok());
        }
    }
    let poll = mio::Poll::new().expect("a poll");
    let attached = Attached::new(poll.registry(), 5..5, || ()).expect("attached");
    let (address, is_free) = (own_address(), Rc::default());
    let given = Dropped(address, Rc::clone(&is_free));
    let maker = move |_| {
        let _kept = &given;
        None
    };
    let refused = attached.handle().listen_tcp(address, maker);
    refused.expect_err("there is no token");
    assert!(is_free.get());
}
