//! Host names, looked up where blocking does no harm.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::fmt;
use std::net::{Ipv4Addr, SocketAddr, ToSocketAddrs};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use super::addresses::{canonical, literal};
use super::core::Core;
use super::remote::Job;
use crate::deferred::{Deferred, Interrupt, Resolver};

/// A name was not found, or not in time.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LookupError {
    /// What the system's resolver says.
    NotFound(Box<str>),
    /// This machine has no interface of that name, or number, which stands behind an address.
    UnknownZone(Box<str>),
    /// There was no answer for so long.
    TimedOut(Duration),
    /// The name was not asked for in so long, since as many others were under way as may.
    Waiting {
        /// How long.
        limit: Duration,
        /// What the system's resolver said of one of the others, if it refused the last that it answered.
        last: Option<Box<str>>,
    },
    /// No thread could be started to ask in; what the system says.
    NoThread(Box<str>),
    /// The lookup was cancelled or could not be made.
    Interrupted(Interrupt),
}

impl fmt::Display for LookupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound(reason) => write!(f, "the name cannot be resolved: {reason}"),
            Self::UnknownZone(zone) => write!(f, "this machine has no interface {zone:?}"),
            Self::TimedOut(limit) => write!(f, "no answer from the resolver in {limit:?}"),
            Self::Waiting { limit, last } => {
                write!(
                    f,
                    "not looked up in {limit:?}: the resolver is busy with other names"
                )?;
                match last {
                    Some(reason) => write!(f, ", of which it last said: {reason}"),
                    None => Ok(()),
                }
            }
            Self::NoThread(reason) => {
                write!(f, "no thread could be started for the lookup: {reason}")
            }
            Self::Interrupted(interrupt) => write!(f, "the lookup was not made: {interrupt}"),
        }
    }
}

impl Error for LookupError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Interrupted(interrupt) => Some(interrupt),
            _ => None,
        }
    }
}

impl From<Interrupt> for LookupError {
    fn from(interrupt: Interrupt) -> Self {
        Self::Interrupted(interrupt)
    }
}

/// Asks the system's resolver, and waits for what it says: an address with port 0, whose scope counts.
pub(crate) type LookUp = Arc<dyn Fn(&str) -> Result<SocketAddr, Box<str>> + Send + Sync>;

type Waiter = Resolver<SocketAddr, LookupError>;

/// The look-ups of a reactor: each name at most once at a time, each in a thread of its own, and so many at
/// most.
///
/// They are not work of the pool: a resolver can take minutes, and neither other work nor the end of the
/// reactor is to wait for it.
pub(super) struct Lookups {
    look_up: RefCell<LookUp>,
    names: RefCell<Names>,
}

impl Default for Lookups {
    fn default() -> Self {
        Self {
            look_up: RefCell::new(Arc::new(look_up)),
            names: RefCell::default(),
        }
    }
}

/// What is asked for.
#[derive(Default)]
struct Names {
    asked: HashMap<Rc<str>, Asked>,
    /// Those that have not been begun, in their order.
    line: BTreeMap<u64, Rc<str>>,
    under_way: usize,
    /// What was said last since look-ups are under way, if that was no address.
    last: Option<Box<str>>,
    /// Why no further thread could be started.
    refused: Option<Box<str>>,
    next: u64,
}

struct Asked {
    /// The place in line; none if it is under way.
    place: Option<u64>,
    waiting: BTreeMap<u64, Waiter>,
}

impl Names {
    /// How many look-ups are under way at most.
    const MOST: usize = 64;

    /// Has `waiter` wait for `name`, under a number.
    fn enter(&mut self, name: &Rc<str>, waiter: Waiter) -> u64 {
        let number = self.next;
        self.next += 1;
        let asked = self.asked.entry(name.clone()).or_insert_with(|| {
            self.line.insert(number, name.clone());
            Asked {
                place: Some(number),
                waiting: BTreeMap::new(),
            }
        });
        asked.waiting.insert(number, waiter);
        number
    }

    /// Takes out one who waits no longer. A name that nobody waits for is not begun.
    fn leave(&mut self, name: &str, number: u64) -> Option<(Waiter, bool)> {
        let asked = self.asked.get_mut(name)?;
        let waiter = asked.waiting.remove(&number)?;
        let place = asked.place;
        if let Some(place) = place.filter(|_| asked.waiting.is_empty()) {
            self.line.remove(&place);
            self.asked.remove(name);
        }
        Some((waiter, place.is_none()))
    }

    /// Takes out all who wait for a name.
    fn settle(&mut self, name: &str) -> BTreeMap<u64, Waiter> {
        let asked = self.asked.remove(name);
        asked.map(|asked| asked.waiting).unwrap_or_default()
    }

    /// The next name to begin with, if one more may be under way.
    fn begin(&mut self) -> Option<(u64, Rc<str>)> {
        if self.under_way >= Self::MOST {
            return None;
        }
        let (place, name) = self.line.pop_first()?;
        if let Some(asked) = self.asked.get_mut(&name) {
            asked.place = None;
        }
        self.under_way += 1;
        Some((place, name))
    }

    /// The name could not be begun: back to its place, if others may make way.
    fn put_back(&mut self, place: u64, name: &Rc<str>, refused: &str) -> bool {
        self.under_way -= 1;
        if self.under_way == 0 {
            return false;
        }
        self.refused = Some(refused.into());
        self.line.insert(place, name.clone());
        if let Some(asked) = self.asked.get_mut(name) {
            asked.place = Some(place);
        }
        true
    }

    fn ended(&mut self, result: &Result<SocketAddr, Box<str>>) {
        self.under_way -= 1;
        self.last = match result {
            Err(reason) if self.under_way > 0 => Some(reason.clone()),
            _ => None,
        };
    }

    /// What one is told who has waited for so long.
    fn too_long(&self, limit: Duration, is_under_way: bool) -> LookupError {
        match &self.refused {
            _ if is_under_way => LookupError::TimedOut(limit),
            Some(reason) => LookupError::NoThread(reason.clone()),
            None => LookupError::Waiting {
                limit,
                last: self.last.clone(),
            },
        }
    }
}

impl Lookups {
    /// Whether anybody waits for one.
    pub(super) fn are_awaited(&self) -> bool {
        let names = self.names.borrow();
        names.asked.values().any(|asked| !asked.waiting.is_empty())
    }

    /// The reactor has ended: nobody waits any more. What is under way ends by itself.
    pub(super) fn close(&self) {
        let mut names = self.names.borrow_mut();
        names.line.clear();
        let asked = std::mem::take(&mut names.asked);
        drop(names);
        drop(asked);
    }
}

impl Core {
    pub(super) fn resolve(
        self: &Rc<Self>,
        name: &str,
        limit: Duration,
    ) -> Deferred<SocketAddr, LookupError> {
        if name.is_empty() {
            return Deferred::succeed((Ipv4Addr::UNSPECIFIED, 0).into());
        }
        match literal(name) {
            Some(Ok(address)) => return Deferred::succeed(address),
            Some(Err(error)) => return Deferred::fail(error),
            None => {}
        }
        if self.is_over() {
            return Deferred::fail(Interrupt::Abandoned.into());
        }
        let name: Rc<str> = name.into();
        let number = Rc::new(std::cell::Cell::new(None));
        let core = Rc::downgrade(self);
        let (cancelled, its_number) = (name.clone(), number.clone());
        let (waiter, deferred) = Deferred::with_canceller(move || {
            if let (Some(core), Some(number)) = (core.upgrade(), its_number.get()) {
                let left = core.lookups.names.borrow_mut().leave(&cancelled, number);
                drop(left);
            }
            None
        });
        let entered = self.lookups.names.borrow_mut().enter(&name, waiter);
        number.set(Some(entered));
        self.begin_lookups();
        let core = Rc::downgrade(self);
        let timer = self.call_later(limit, move || {
            let Some(core) = core.upgrade() else {
                return;
            };
            let mut names = core.lookups.names.borrow_mut();
            if let Some((waiter, is_under_way)) = names.leave(&name, entered) {
                let error = names.too_long(limit, is_under_way);
                drop(names);
                waiter.errback(error);
            }
        });
        deferred.add_both(move |result| {
            // It may be the timer that ended the wait.
            let _ = timer.cancel();
            result
        })
    }

    fn begin_lookups(&self) {
        loop {
            let next = self.lookups.names.borrow_mut().begin();
            let Some((place, name)) = next else {
                return;
            };
            let spawned = self.look_up_in_thread(&name);
            let mut names = self.lookups.names.borrow_mut();
            let Err(error) = spawned else {
                names.refused = None;
                continue;
            };
            let reason = error.to_string().into_boxed_str();
            if names.put_back(place, &name, &reason) {
                return;
            }
            let waiting = names.settle(&name);
            drop(names);
            for waiter in waiting.into_values() {
                waiter.errback(LookupError::NoThread(reason.clone()));
            }
        }
    }

    fn look_up_in_thread(&self, name: &str) -> std::io::Result<()> {
        let look_up = self.lookups.look_up.borrow().clone();
        let remote = self.remote().clone();
        let name: Box<str> = name.into();
        let thread = std::thread::Builder::new().name("host lookup".into());
        thread.spawn(move || {
            let result = look_up(&name);
            remote.send(Job::LookedUp(name, result));
        })?;
        Ok(())
    }

    /// A look-up has ended: tells those who wait for it, and begins the next.
    pub(super) fn looked_up(&self, name: &str, result: &Result<SocketAddr, Box<str>>) {
        let waiting = {
            let mut names = self.lookups.names.borrow_mut();
            names.ended(result);
            names.settle(name)
        };
        self.begin_lookups();
        for waiter in waiting.into_values() {
            waiter.resolve(result.clone().map_err(LookupError::NotFound));
        }
    }

    /// Looks names up by something else than the system's resolver.
    #[cfg(test)]
    pub(super) fn look_up_by(&self, look_up: LookUp) {
        self.lookups.look_up.replace(look_up);
    }
}

fn look_up(name: &str) -> Result<SocketAddr, Box<str>> {
    let mut addresses = (name, 0)
        .to_socket_addrs()
        .map_err(|error| error.to_string())?;
    let first = addresses.next().ok_or("no address")?;
    Ok(canonical(first))
}

#[cfg(test)]
mod tests;
