//! The reactor on the host's own `mio::Poll`, beside an echo server of the host's.
//!
//!     cargo run --example loop_mio
//!
//! * one poll, one range of tokens for the library, one waker, which is the host's
//! * events are noted while the batch is gone through; the library's code runs in the turn after it

mod common;

use std::collections::HashMap;
use std::io::{self, Read, Write};
use std::net::SocketAddr;
use std::ops::Range;
use std::process::ExitCode;
use std::thread;

use common::survey::Survey;
use deferred_snmp::reactor::{Attached, mio};
use mio::net::{TcpListener, TcpStream};
use mio::{Events, Interest, Poll, Token, Waker};

const WAKER: Token = Token(0);
const LISTENER: Token = Token(1);
const FIRST_CLIENT: usize = 2;
const LIBRARY: Range<usize> = 1_000_000..1_000_064;

fn main() -> io::Result<ExitCode> {
    let mut poll = Poll::new()?;
    let mut events = Events::with_capacity(64);
    let waker = Waker::new(poll.registry(), WAKER)?;
    let wake = move || waker.wake().expect("the poll lives as long as the library");
    let mut attached = Attached::new(poll.registry(), LIBRARY, wake)?;
    let handle = attached.handle();

    let mut echo = Echo::listen(&poll)?;
    let address = echo.listener.local_addr()?;
    let client = thread::Builder::new().spawn(move || call(address))?;
    let survey = Survey::start(&handle, 20);

    loop {
        match poll.poll(&mut events, attached.next_timeout(handle.now())) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            polled => polled?,
        }
        for event in &events {
            match event.token() {
                token if attached.owns(token) => assert!(attached.note(event)),
                // The turn below is all it asks for.
                WAKER => {}
                LISTENER => echo.accept(&poll)?,
                client => echo.serve(client),
            }
        }
        // Also when nothing was noted: a deadline may have ended the sleep.
        if !survey.count(attached.turn()?) {
            break;
        }
    }
    client.join().expect("the echo server answers")?;
    Ok(survey.verdict("loop_mio"))
}

/// The host's own business.
struct Echo {
    listener: TcpListener,
    clients: HashMap<Token, TcpStream>,
    next: usize,
}

impl Echo {
    fn listen(poll: &Poll) -> io::Result<Self> {
        let mut listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0)))?;
        let registry = poll.registry();
        registry.register(&mut listener, LISTENER, Interest::READABLE)?;
        Ok(Self {
            listener,
            clients: HashMap::new(),
            next: FIRST_CLIENT,
        })
    }

    fn accept(&mut self, poll: &Poll) -> io::Result<()> {
        loop {
            let mut stream = match self.listener.accept() {
                Ok((stream, _)) => stream,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                Err(error) => return Err(error),
            };
            let token = Token(self.next);
            self.next += 1;
            let registry = poll.registry();
            registry.register(&mut stream, token, Interest::READABLE)?;
            self.clients.insert(token, stream);
        }
    }

    /// Sends back what has come; a client that does not take it in is dropped.
    fn serve(&mut self, client: Token) {
        let Some(stream) = self.clients.get_mut(&client) else {
            return;
        };
        let mut buffer = [0; 1024];
        loop {
            let echoed = match stream.read(&mut buffer) {
                Ok(0) => Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(count) => stream.write_all(&buffer[..count]),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
                Err(error) => Err(error),
            };
            if echoed.is_err() {
                self.clients.remove(&client);
                return;
            }
        }
    }
}

#[expect(clippy::disallowed_types, reason = "a client of the host's server")]
fn call(address: SocketAddr) -> io::Result<()> {
    let mut stream = std::net::TcpStream::connect(address)?;
    for _ in 0..5 {
        let mut echo = [0; 5];
        stream.write_all(b"hello")?;
        stream.read_exact(&mut echo)?;
        assert_eq!(&echo, b"hello");
    }
    Ok(())
}
