//! Unix datagram ports.
#![cfg(unix)]

use std::cell::{Cell, RefCell};
use std::fs;
use std::io;
use std::os::unix::net::UnixDatagram;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use deferred_snmp::reactor::{Reactor, SendError, UnixDatagramPort, UnixDatagramProtocol};
use util::loops::{Log, reactor, reports, turn_until};

/// A directory of the test's own, removed with its contents.
struct Directory(PathBuf);

impl Directory {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("dsnmp-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).expect("a directory");
        Self(path)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        // A directory that is left over does no harm.
        let _ = fs::remove_dir_all(&self.0);
    }
}

type Act = Box<dyn FnMut(&UnixDatagramPort)>;

#[derive(Default)]
struct Recorder {
    log: Log,
    datagrams: RefCell<Vec<(Vec<u8>, Option<PathBuf>)>>,
    port: RefCell<Option<UnixDatagramPort>>,
    on_data: RefCell<Option<Act>>,
    on_start: Cell<Option<Act>>,
}

impl Recorder {
    fn count(&self) -> usize {
        self.datagrams.borrow().len()
    }
}

impl UnixDatagramProtocol for Recorder {
    fn start_protocol(&self, port: &UnixDatagramPort) {
        self.log.note("start");
        *self.port.borrow_mut() = Some(port.clone());
        if let Some(mut act) = self.on_start.take() {
            act(port);
        }
    }
    fn datagram_received(&self, data: &[u8], from: Option<&Path>) {
        let entry = (data.to_vec(), from.map(Path::to_owned));
        self.datagrams.borrow_mut().push(entry);
        let act = self.on_data.take();
        if let Some(mut act) = act {
            act(&self.port.borrow().clone().expect("started"));
            *self.on_data.borrow_mut() = Some(act);
        }
    }
    fn writable(&self) {
        self.log.note("writable");
    }
    fn stop_protocol(&self) {
        self.log.note("stop");
        self.port.take();
    }
}

fn listen(reactor: &Reactor, path: &Path) -> (UnixDatagramPort, Rc<Recorder>) {
    let recorder = Rc::new(Recorder::default());
    let port = reactor
        .handle()
        .listen_unix_datagram(path, recorder.clone());
    (port.expect("bound"), recorder)
}

#[test]
fn datagrams_arrive_once_in_order_with_their_senders_path() {
    let directory = Directory::new("order");
    let mut reactor = reactor();
    let (server, received) = listen(&reactor, &directory.path("server"));
    let (client, answers) = listen(&reactor, &directory.path("client"));
    assert_eq!(received.log.events(), ["start"], "inside the call");
    let to = directory.path("server");
    for data in [&b"one"[..], b"", b"three"] {
        client.write(data, &to).expect("sent");
    }
    assert_eq!(received.count(), 0, "nothing is read outside a pass");
    turn_until(&mut reactor, || received.count() == 3);
    let from = directory.path("client");
    let expected = [&b"one"[..], b"", b"three"].map(|data| (data.to_vec(), Some(from.clone())));
    assert_eq!(*received.datagrams.borrow(), expected);
    server.write(b"answer", &from).expect("sent");
    turn_until(&mut reactor, || answers.count() == 1);
    assert_eq!(server.local_path(), Some(&*to));
}

#[test]
fn a_connected_port_writes_to_its_peer_with_a_path_or_without() {
    let directory = Directory::new("connected");
    let mut reactor = reactor();
    let handle = reactor.handle();
    let path = directory.path("server");
    let (_server, received) = listen(&reactor, &path);
    let own = directory.path("own");
    for own in [None, Some(&*own)] {
        let client = handle.connect_unix_datagram(&path, own, Rc::<Recorder>::default());
        let client = client.expect("connected");
        assert_eq!(client.peer_path(), Some(&*path));
        assert_eq!(client.local_path(), own);
        client.write_to_peer(b"x").expect("sent");
    }
    turn_until(&mut reactor, || received.count() == 2);
    let senders: Vec<_> = received
        .datagrams
        .borrow()
        .iter()
        .map(|it| it.1.clone())
        .collect();
    assert_eq!(senders, [None, Some(own)]);
}

#[test]
fn what_cannot_be_opened_names_the_path() {
    let directory = Directory::new("errors");
    let reactor = reactor();
    let handle = reactor.handle();
    let stale = directory.path("stale");
    // Left by a program that died.
    drop(UnixDatagram::bind(&stale).expect("bound"));
    let taken = handle.listen_unix_datagram(&stale, Rc::<Recorder>::default());
    let error = taken.expect_err("there is a file");
    assert_eq!(
        (&*error.path, error.error.kind()),
        (&*stale, io::ErrorKind::AddrInUse)
    );
    assert!(stale.exists(), "the file of another is not touched");
    let nobody = handle.connect_unix_datagram(&stale, None, Rc::<Recorder>::default());
    let error = nobody.expect_err("nobody listens");
    assert_eq!(error.error.kind(), io::ErrorKind::ConnectionRefused);
    let (absent, own) = (directory.path("absent"), directory.path("own"));
    let failed = handle.connect_unix_datagram(&absent, Some(&own), Rc::<Recorder>::default());
    let error = failed.expect_err("no such file");
    assert_eq!(
        (&*error.path, error.error.kind()),
        (&*absent, io::ErrorKind::NotFound)
    );
    assert!(error.to_string().contains("absent"), "{error}");
    assert!(!own.exists(), "nothing is left of the attempt");
}

#[test]
fn errors_of_sending_are_told_to_the_sender() {
    let directory = Directory::new("sending");
    let mut reactor = reactor();
    let (port, received) = listen(&reactor, &directory.path("port"));
    let absent = port.write(b"x", &directory.path("absent"));
    assert!(
        matches!(&absent, Err(SendError::Io(error)) if error.kind() == io::ErrorKind::NotFound)
    );
    assert!(
        matches!(port.write_to_peer(b"x"), Err(SendError::Io(_))),
        "it has none"
    );
    let own = directory.path("port");
    let long = port.write(&vec![0; 64 << 20], &own);
    assert!(matches!(long, Err(SendError::MessageTooLong)), "{long:?}");
    // The longest that is taken, and one more.
    port.write(&[1; 65_535], &own).expect("sent");
    port.write(&[2; 65_536], &own).expect("sent");
    port.write(b"after", &own).expect("sent");
    turn_until(&mut reactor, || received.count() == 2);
    assert_eq!(received.datagrams.borrow()[0].0.len(), 65_535);
    assert_eq!(port.truncated(), 1);
}

#[test]
fn a_full_queue_is_told_and_so_is_the_end_of_it() {
    let directory = Directory::new("full");
    let mut reactor = reactor();
    let path = directory.path("slow");
    let slow = UnixDatagram::bind(&path).expect("bound");
    let sender = Rc::new(Recorder::default());
    let port = reactor
        .handle()
        .connect_unix_datagram(&path, None, sender.clone());
    let port = port.expect("connected");
    let mut sent = 0;
    let full = loop {
        match port.write_to_peer(&[0; 1000]) {
            Ok(()) => sent += 1,
            Err(error) => break error,
        }
        assert!(sent < 1_000_000, "it never fills");
    };
    assert!(matches!(full, SendError::WouldBlock), "{full:?}");
    for _ in 0..5 {
        reactor.turn().expect("a pass");
    }
    assert_eq!(sender.log.events(), ["start"], "there is no room yet");
    for _ in 0..sent {
        slow.recv(&mut [0; 1000]).expect("received");
    }
    turn_until(&mut reactor, || sender.log.len() == 2);
    port.write_to_peer(b"x").expect("sent");
    for _ in 0..5 {
        reactor.turn().expect("a pass");
    }
    assert_eq!(sender.log.events(), ["start", "writable"]);
}

#[test]
fn a_pass_takes_a_bounded_number_and_the_rest_is_not_forgotten() {
    let directory = Directory::new("budget");
    let builder = Reactor::builder().datagram_budget(3);
    let mut reactor = builder.build().expect("a reactor");
    let (port, received) = listen(&reactor, &directory.path("port"));
    for _ in 0..8 {
        port.write(b"", &directory.path("port")).expect("sent");
    }
    let mut counts = Vec::new();
    while received.count() < 8 {
        reactor.iterate(None).expect("a pass");
        counts.push(received.count());
    }
    assert_eq!(counts, [3, 6, 8]);
}

#[test]
fn stopping_removes_the_file_and_nothing_is_delivered_any_more() {
    let directory = Directory::new("stopping");
    let mut reactor = reactor();
    let path = directory.path("port");
    let (port, received) = listen(&reactor, &path);
    let log = received.log.clone();
    *received.on_data.borrow_mut() = Some(Box::new(move |port| {
        let closed = log.noting("closed");
        drop(port.stop_listening().add_callback(|()| closed()));
        log.note("asked");
    }));
    for _ in 0..3 {
        port.write(b"x", &path).expect("sent");
    }
    turn_until(&mut reactor, || received.log.len() == 4);
    assert_eq!(received.count(), 1);
    assert_eq!(received.log.events(), ["start", "asked", "stop", "closed"]);
    assert!(!path.exists() && !port.is_listening());
    assert!(matches!(port.write(b"x", &path), Err(SendError::Closed)));
    // What another program has put there meanwhile stays.
    let (port, _) = listen(&reactor, &path);
    fs::remove_file(&path).expect("removed");
    let _other = UnixDatagram::bind(&path).expect("bound");
    drop(port.stop_listening());
    reactor.turn().expect("a pass");
    assert!(!port.is_listening() && path.exists());
}

#[test]
fn shutdown_and_drop_close_ports_and_remove_their_files() {
    let directory = Directory::new("shutdown");
    for dropped in [false, true] {
        let mut reactor = reactor();
        let path = directory.path("port");
        let (_port, received) = listen(&reactor, &path);
        reactor.turn().expect("a pass");
        if !dropped {
            reactor.handle().stop().expect("running");
            reactor.run().expect("a run");
            assert_eq!(received.log.events(), ["start", "stop"]);
        }
        drop(reactor);
        assert_eq!(received.log.len(), 2 - usize::from(dropped));
        received.port.take();
        assert!(!path.exists());
        assert_eq!(Rc::strong_count(&received), 1);
    }
}

#[test]
fn everything_may_be_done_from_every_callback() {
    let directory = Directory::new("inside");
    let reported = reports();
    let mut reactor = reactor();
    let path = directory.path("port");
    let recorder = Rc::new(Recorder::default());
    let own = path.clone();
    recorder.on_start.set(Some(Box::new(move |port| {
        port.write(b"from the start", &own).expect("sent");
    })));
    let own = path.clone();
    *recorder.on_data.borrow_mut() = Some(Box::new(move |port| {
        port.write(b"again", &own).expect("sent");
        drop(port.stop_listening());
        drop(port.stop_listening());
        panic!("asked to fail");
    }));
    let port = reactor
        .handle()
        .listen_unix_datagram(&path, recorder.clone());
    let port = port.expect("bound");
    turn_until(&mut reactor, || recorder.log.len() == 2);
    assert_eq!(reported.len(), 1);
    assert!(!port.is_listening());
    assert_eq!(recorder.count(), 1);
}
