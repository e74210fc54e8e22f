//! Descriptors of the program's own, watched level-triggered.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::io;
use std::os::fd::{AsFd, AsRawFd, RawFd};
use std::rc::Rc;

use mio::unix::SourceFd;
use mio::{Interest, Registry, Token, event};

use super::core::Core;
use super::readiness::Readiness;
use super::registration::Registration;
use super::report::guarded;
use super::slot::Source;

/// A descriptor that the reactor can watch, and what to do when it is ready.
///
/// Handlers need not drain it: they are called again in the next pass. The descriptor must stay
/// open while it is watched.
pub trait FileDescriptor: AsFd {
    /// It can be read, or has ended. An error ends the watching.
    fn do_read(&self) -> io::Result<()> {
        Ok(())
    }

    /// It can be written. An error ends the watching.
    fn do_write(&self) -> io::Result<()> {
        Ok(())
    }

    /// It is no longer watched: because of an error, or without one because the reactor has ended
    /// or its other side has while it was being read.
    fn connection_lost(&self, reason: Option<io::Error>);
}

/// The watched descriptors, by identity.
#[derive(Default)]
pub(super) struct Descriptors(RefCell<BTreeMap<usize, Rc<Watched>>>);

struct Watched {
    registration: Registration<Fd, ()>,
    descriptor: Rc<dyn FileDescriptor>,
    reading: Cell<bool>,
    writing: Cell<bool>,
}

/// A descriptor that stays the program's.
struct Fd(RawFd);

impl event::Source for Fd {
    fn register(&mut self, to: &Registry, token: Token, interest: Interest) -> io::Result<()> {
        SourceFd(&self.0).register(to, token, interest)
    }

    fn reregister(&mut self, to: &Registry, token: Token, interest: Interest) -> io::Result<()> {
        SourceFd(&self.0).reregister(to, token, interest)
    }

    fn deregister(&mut self, from: &Registry) -> io::Result<()> {
        SourceFd(&self.0).deregister(from)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Read,
    Write,
}

impl Core {
    pub(super) fn watch(
        self: &Rc<Self>,
        descriptor: &Rc<dyn FileDescriptor>,
        way: Way,
    ) -> io::Result<()> {
        let known = self.watched(descriptor);
        if let Some(watched) = known {
            if !watched.way(way).replace(true) {
                watched.rearm()?;
            }
            return Ok(());
        }
        let fd = Fd(descriptor.as_fd().as_raw_fd());
        let interest = match way {
            Way::Read => Interest::READABLE,
            Way::Write => Interest::WRITABLE,
        };
        let build = |registration| Watched {
            registration,
            descriptor: descriptor.clone(),
            reading: Cell::new(way == Way::Read),
            writing: Cell::new(way == Way::Write),
        };
        let watched = Registration::open(self, fd, interest, (), build)?;
        let mut map = self.descriptors.0.borrow_mut();
        map.insert(identity(descriptor), watched);
        Ok(())
    }

    pub(super) fn unwatch(&self, descriptor: &Rc<dyn FileDescriptor>, way: Way) {
        let Some(watched) = self.watched(descriptor) else {
            return;
        };
        watched.way(way).set(false);
        if watched.interest().is_none() {
            self.forget(descriptor);
        } else if let Err(error) = watched.rearm() {
            watched.lost(self, Some(error));
        }
    }

    /// The descriptors watched this way.
    pub(super) fn watched_for(&self, way: Way) -> Vec<Rc<dyn FileDescriptor>> {
        let map = self.descriptors.0.borrow();
        let matching = map.values().filter(|watched| watched.way(way).get());
        matching.map(|watched| watched.descriptor.clone()).collect()
    }

    /// Stops watching all descriptors, and gives them.
    pub(super) fn unwatch_all(&self) -> Vec<Rc<dyn FileDescriptor>> {
        let all: Vec<_> = self.descriptors.0.borrow().values().cloned().collect();
        for watched in &all {
            self.forget(&watched.descriptor);
        }
        all.iter()
            .map(|watched| watched.descriptor.clone())
            .collect()
    }

    fn watched(&self, descriptor: &Rc<dyn FileDescriptor>) -> Option<Rc<Watched>> {
        self.descriptors
            .0
            .borrow()
            .get(&identity(descriptor))
            .cloned()
    }

    /// Lets go of a descriptor, as it is watched now; false if it is not. A handler may have removed it and added it
    /// again since.
    fn forget(&self, descriptor: &Rc<dyn FileDescriptor>) -> bool {
        let removed = self
            .descriptors
            .0
            .borrow_mut()
            .remove(&identity(descriptor));
        let Some(watched) = removed else {
            return false;
        };
        watched.reading.set(false);
        watched.writing.set(false);
        watched.registration.abandon();
        true
    }
}

impl Watched {
    fn way(&self, way: Way) -> &Cell<bool> {
        match way {
            Way::Read => &self.reading,
            Way::Write => &self.writing,
        }
    }

    fn interest(&self) -> Option<Interest> {
        let reading = self.reading.get().then_some(Interest::READABLE);
        let writing = self.writing.get().then_some(Interest::WRITABLE);
        match (reading, writing) {
            (Some(reading), Some(writing)) => Some(reading | writing),
            (reading, writing) => reading.or(writing),
        }
    }

    /// Registers again: readiness that is there already makes another event, which is what turns
    /// the edges of the system into levels.
    fn rearm(&self) -> io::Result<()> {
        match self.interest() {
            Some(interest) => self.registration.reregister(interest),
            None => Ok(()),
        }
    }

    fn lost(&self, core: &Core, reason: Option<io::Error>) {
        if core.forget(&self.descriptor) {
            guarded("connection_lost", || {
                self.descriptor.connection_lost(reason)
            });
        }
    }

    /// Runs a handler; false if that ended the descriptor.
    fn handle(
        &self,
        core: &Core,
        place: &str,
        handler: impl FnOnce(&dyn FileDescriptor) -> io::Result<()>,
    ) -> bool {
        let outcome = guarded(place, || handler(&*self.descriptor));
        let error = match outcome {
            Some(Ok(())) => return true,
            Some(Err(error)) => match error.kind() {
                io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted => return true,
                _ => error,
            },
            None => io::Error::other("the handler panicked"),
        };
        self.lost(core, Some(error));
        false
    }
}

impl Source for Watched {
    fn serve(self: Rc<Self>, core: &Rc<Core>, ready: Readiness) -> Readiness {
        let readable = ready.contains(Readiness::READ);
        let ended = ready.contains(Readiness::HANGUP) && !readable;
        if ended {
            let cut_off = (!self.reading.get()).then(|| io::ErrorKind::ConnectionReset.into());
            self.lost(core, cut_off);
            return Readiness::NONE;
        }
        if readable && self.reading.get() && !self.handle(core, "do_read", |d| d.do_read()) {
            return Readiness::NONE;
        }
        let writable = ready.contains(Readiness::WRITE) && self.writing.get();
        if writable && !self.handle(core, "do_write", |d| d.do_write()) {
            return Readiness::NONE;
        }
        if let Err(error) = self.rearm() {
            self.lost(core, Some(error));
        }
        Readiness::NONE
    }

    fn disconnect(self: Rc<Self>, core: &Rc<Core>) {
        self.lost(core, None);
    }

    fn abandon(self: Rc<Self>, core: &Core) {
        core.forget(&self.descriptor);
    }
}

fn identity(descriptor: &Rc<dyn FileDescriptor>) -> usize {
    Rc::as_ptr(descriptor).cast::<()>() as usize
}
