//! A stream that acts as a test tells it to.

use std::cell::{Cell, RefCell};
use std::io::{self, Read};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::rc::Rc;

use deferred_snmp::reactor::FileDescriptor;
use util::loops::Log;

pub(crate) fn fail() {
    panic!("asked to fail");
}

pub(crate) type Act = Box<dyn FnMut(&Stream)>;

/// One end of a pair of streams, watched.
pub(crate) struct Stream {
    stream: UnixStream,
    log: Log,
    act: RefCell<Act>,
    pub(crate) fail: Cell<bool>,
    pub(crate) take: Cell<usize>,
}

impl Stream {
    pub(crate) fn new(stream: UnixStream, log: &Log) -> Rc<Self> {
        stream.set_nonblocking(true).expect("non-blocking");
        Rc::new(Self {
            stream,
            log: log.clone(),
            act: RefCell::new(Box::new(|_| ())),
            fail: Cell::new(false),
            take: Cell::new(1024),
        })
    }

    pub(crate) fn dynamic(self: &Rc<Self>) -> Rc<dyn FileDescriptor> {
        self.clone()
    }

    pub(crate) fn acting(self: &Rc<Self>, act: impl FnMut(&Self) + 'static) {
        *self.act.borrow_mut() = Box::new(act);
    }

    pub(crate) fn act(&self) {
        let mut act = self.act.replace(Box::new(|_| ()));
        act(self);
        *self.act.borrow_mut() = act;
    }
}

impl AsFd for Stream {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.stream.as_fd()
    }
}

impl FileDescriptor for Stream {
    fn do_read(&self) -> io::Result<()> {
        if self.fail.get() {
            return Err(io::Error::other("asked to fail"));
        }
        let mut buffer = vec![0; self.take.get()];
        let count = (&self.stream).read(&mut buffer)?;
        self.log.note(format!("read {count}"));
        self.act();
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(())
    }

    fn do_write(&self) -> io::Result<()> {
        self.log.note("write");
        self.act();
        Ok(())
    }

    fn connection_lost(&self, reason: Option<io::Error>) {
        let reason = reason.map_or_else(|| "clean".to_owned(), |error| error.to_string());
        self.log.note(format!("lost: {reason}"));
        assert!(!self.fail.get() || reason != "clean", "asked to fail");
    }
}

pub(crate) fn pair(log: &Log) -> (Rc<Stream>, UnixStream) {
    let (ours, other) = UnixStream::pair().expect("a pair");
    (Stream::new(ours, log), other)
}
