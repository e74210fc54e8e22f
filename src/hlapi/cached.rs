//! Rows that are loaded when they are asked for, and kept for a time.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::{Rc, Weak};
use std::time::{Duration, Instant};

use crate::deferred::{
    CancelHandle, Deferred, Failure, Fault, Resolver, is_of_the_end, maybe_deferred,
};
use crate::engine::later;
use crate::objects::{Asker, Completion, ReadError, Ticket};
use crate::throttle::Throttle;

use super::later::{settled, wait};
use super::rows_collection::RowCollection;
use super::served::Served;
use super::snapshots::{Operation, Snapshots};

/// How long a load that has failed is not tried again.
const FAILURE: Duration = Duration::from_secs(1);

/// The rows of a table as snapshots: loaded by a closure when a request asks for them, and kept for a time.
/// [`Rows::cached`](super::Rows::cached) serves them.
///
/// The closure returns the collection, a `Result`, or a [`Deferred`], where a load takes its time: see [`IntoRows`]. One load
/// serves all requests that wait for it; others are served meanwhile, and nothing is loaded while nobody asks. A snapshot is
/// kept for the period from the end of its load, and stays in memory until there is another.
///
/// A response never has rows of two loads. A request that has begun with one snapshot goes on with it, also when it waits for
/// something else, or [gives way](crate::applications::CommandResponder::set_slice), and the snapshot expires meanwhile. Four
/// snapshots that have been replaced are kept for such requests; one that has begun with an older one gets genErr. A walk is
/// many requests, and may see rows of several loads.
///
/// A load that fails, panics or is dropped is genErr for those who wait, with a record in the log, and is not tried again for
/// one second. The snapshot before it is not served in its place: the guide [`agent_later`](crate::manual::agent_later) has a load that
/// falls back on it. Those who wait longer than
/// [`set_read_timeout`](crate::applications::CommandResponder::set_read_timeout) says get genErr as well. The load itself goes
/// on then: the next request finds what it has brought, where another one would take as long. One that may never end is bounded
/// by [`Deferred::add_timeout`]. It is cancelled when the last clone of this and the last table of it are dropped.
///
/// Clones are the same rows. Tables that share an INDEX, as ifTable and ifXTable do, can be served from one.
///
/// Where [nobody can wait](Asker::can_wait), rows that are not there at once cannot be read. Where
/// [nobody tells the time](Asker::program), a snapshot that is there does not expire.
///
/// # Examples
///
/// ```
/// use std::collections::BTreeMap;
/// use std::time::Duration;
///
/// use deferred_snmp::deferred::Deferred;
/// use deferred_snmp::hlapi::{Cached, Gauge32, Rows};
/// use deferred_snmp::objects::MibTree;
/// use deferred_snmp::oid;
/// use deferred_snmp::task::sleep;
/// # use deferred_snmp::reactor::Reactor;
/// # let reactor = Reactor::new()?.handle();
///
/// struct Disk {
///     name: String,
///     free: u32,
/// }
///
/// // What a daemon would be asked.
/// let disks = Cached::new(Duration::from_secs(10), move || -> Deferred<BTreeMap<u32, Disk>> {
///     sleep(&reactor, Duration::from_millis(500))
///         .map(|()| BTreeMap::from([(1, Disk { name: "sda".into(), free: 4711 })]))
/// });
/// let rows = Rows::cached(disks.clone())
///     .octets(2, |disk| &disk.name)
///     .column(3, |disk| Gauge32(disk.free));
/// let mut tree = MibTree::new();
/// tree.register(oid!(1.3.6.1.4.1.99.1.1), rows)?;
/// // A disk has been removed: the next request has the rows loaded again.
/// disks.flush();
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Cached<C: RowCollection> {
    inner: Rc<Inner<C>>,
}

/// What the closure of [`Cached`] may return: the collection, `Result<C, E>`, or `Deferred<C, E>`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is nothing that the closure of `Cached` may return",
    note = "it returns a collection of rows, a `Result` or a `Deferred` of one; an `async` block becomes a Deferred by `Handle::inline_callbacks`"
)]
pub trait IntoRows: 'static {
    /// The collection.
    type Rows: RowCollection;

    /// The rows, or how they come.
    fn into_rows(self) -> Deferred<Self::Rows>;
}

impl<C: RowCollection> IntoRows for C {
    type Rows = C;

    fn into_rows(self) -> Deferred<C> {
        Deferred::succeed(self)
    }
}

impl<C: RowCollection, E: fmt::Display + 'static> IntoRows for Result<C, E> {
    type Rows = C;

    fn into_rows(self) -> Deferred<C> {
        match self {
            Ok(rows) => Deferred::succeed(rows),
            Err(error) => Deferred::fail(Failure::message(error.to_string())),
        }
    }
}

impl<C: RowCollection, E: Fault> IntoRows for Deferred<C, E> {
    type Rows = C;

    fn into_rows(self) -> Deferred<C> {
        self.map_err(|error| Failure::message(error.to_string()))
    }
}

type Load<C> = Box<dyn FnMut() -> Deferred<C>>;

struct Inner<C: RowCollection> {
    period: Duration,
    /// None while it runs.
    load: RefCell<Option<Load<C>>>,
    /// How often the rows have been flushed.
    flushes: Cell<u64>,
    state: RefCell<State<C>>,
    /// Of the records of loads that have failed while nobody waited.
    failures: RefCell<Throttle>,
}

struct State<C> {
    latest: Option<Latest<C>>,
    failed: Option<Failed>,
    loading: Option<Loading>,
    waiters: Vec<Waiter>,
    snapshots: Snapshots<C>,
}

struct Latest<C> {
    rows: Rc<C>,
    /// How often the rows had been flushed when the load began.
    flushes: u64,
    /// When it ended. None while nobody has told the time.
    since: Option<Instant>,
}

/// That the latest load has failed.
struct Failed {
    /// How often the rows had been flushed when it began.
    flushes: u64,
    /// No other load is tried before.
    until: Instant,
}

/// A load under way.
struct Loading {
    flushes: u64,
    /// Who knows the time when it ends.
    operation: Option<Operation>,
    /// None while the closure runs.
    cancel: Option<CancelHandle>,
}

/// A request that waits for a load.
struct Waiter {
    operation: Operation,
    /// Loads that began before the rows were flushed so often are none for it.
    flushes: u64,
    resolver: Resolver<Loaded>,
}

/// What those are told who wait for a load.
enum Loaded {
    Rows,
    /// Another one has been told why.
    Nothing,
}

/// Why there are no rows for a request now.
pub(super) enum NoRows {
    /// They come later.
    Later(Ticket),
    Failed,
}

impl<C: RowCollection> Cached<C> {
    /// The rows that `load` gives, each time for this period. With a period of zero, each request has them loaded.
    pub fn new<R: IntoRows<Rows = C>>(
        period: Duration,
        mut load: impl FnMut() -> R + 'static,
    ) -> Self {
        let state = State {
            latest: None,
            failed: None,
            loading: None,
            waiters: Vec::new(),
            snapshots: Snapshots::default(),
        };
        let inner = Inner {
            period,
            load: RefCell::new(Some(Box::new(move || load().into_rows()))),
            flushes: Cell::new(0),
            state: RefCell::new(state),
            failures: RefCell::default(),
        };
        Self {
            inner: Rc::new(inner),
        }
    }

    /// Has the rows loaded again for the next request, though they have not expired, or the latest load has failed just now.
    ///
    /// A load under way goes on for those who wait for it. Who asks from now on waits for the next, which begins
    /// when that one ends.
    pub fn flush(&self) {
        self.inner.flushes.set(self.inner.flushes.get() + 1);
    }

    /// Sees to it that there are rows for this request.
    pub(super) fn prepare(&self, asker: &Asker<'_>) -> Result<(), NoRows> {
        let inner = &self.inner;
        let state = inner.state.borrow();
        match state.snapshots.of(asker) {
            Some(Some(_)) => return Ok(()),
            Some(None) => return Err(NoRows::Failed),
            None => drop(state),
        }
        let operation = Operation::that_asks(asker);
        let mut begun = None;
        if let Some(rows) = inner.fresh(asker.now) {
            begun = Some(rows);
        } else if inner.has_failed(asker.now) {
            return Err(NoRows::Failed);
        } else if inner.state.borrow().loading.is_none() {
            begun = match inner.begin(operation.clone(), asker.now) {
                Some(Ok(rows)) => Some(rows),
                Some(Err(failure)) => return Err(inner.failed_at_once(asker, failure)),
                None => None,
            };
        }
        match (begun, operation) {
            (Some(_), None) => Ok(()),
            (Some(rows), Some(operation)) => {
                let dropped = inner.state.borrow_mut().snapshots.begin(operation, &rows);
                drop(dropped);
                Ok(())
            }
            (None, Some(operation)) if Served::driver_of(asker).is_some() => {
                Err(NoRows::Later(inner.line_up(asker, operation)))
            }
            (None, _) => Err(NoRows::Failed),
        }
    }

    /// The rows that this request goes by, once it has been [prepared](Self::prepare).
    pub(super) fn rows(&self, asker: &Asker<'_>) -> Result<Rc<C>, ReadError> {
        let state = self.inner.state.borrow();
        let rows = match (state.snapshots.of(asker), &state.latest) {
            (Some(its), _) => its.cloned(),
            (None, Some(latest)) if !asker.can_wait() => Some(Rc::clone(&latest.rows)),
            (None, _) => None,
        };
        rows.ok_or(ReadError::Failed)
    }
}

impl<C: RowCollection> Inner<C> {
    /// The latest snapshot, if it has not expired.
    fn fresh(&self, now: Option<Instant>) -> Option<Rc<C>> {
        let mut state = self.state.borrow_mut();
        let latest = state.latest.as_mut()?;
        if latest.flushes != self.flushes.get() {
            return None;
        }
        if let Some(now) = now {
            let since = *latest.since.get_or_insert(now);
            let age = now.saturating_duration_since(since);
            if age > Duration::ZERO && age >= self.period {
                return None;
            }
        }
        Some(Rc::clone(&latest.rows))
    }

    /// Whether a load has failed just now.
    fn has_failed(&self, now: Option<Instant>) -> bool {
        let state = self.state.borrow();
        let failed = state.failed.as_ref();
        failed
            .zip(now)
            .is_some_and(|(failed, now)| failed.flushes == self.flushes.get() && now < failed.until)
    }

    /// Has the rows loaded. Gives what has come of that already; an error is one that nobody has been told of.
    fn begin(
        self: &Rc<Self>,
        operation: Option<Operation>,
        now: Option<Instant>,
    ) -> Option<Result<Rc<C>, Option<Failure>>> {
        let mut load = self.load.borrow_mut().take()?;
        self.state.borrow_mut().loading = Some(Loading {
            flushes: self.flushes.get(),
            operation,
            cancel: None,
        });
        let deferred = maybe_deferred(&mut load);
        *self.load.borrow_mut() = Some(load);
        match settled(deferred) {
            Ok(result) => Some(self.end(result, now)),
            Err(deferred) => {
                let cancel = deferred.cancel_handle();
                if let Some(loading) = &mut self.state.borrow_mut().loading {
                    loading.cancel = Some(cancel);
                }
                let inner = Rc::downgrade(self);
                deferred.add_both(move |result| Self::has_come(&inner, result));
                None
            }
        }
    }

    /// A load has come to its end that took its time.
    fn has_come(inner: &Weak<Self>, result: Result<C, Failure>) {
        let Some(inner) = inner.upgrade() else { return };
        let state = inner.state.borrow();
        let starter = state.loading.as_ref().and_then(|it| it.operation.as_ref());
        let mut who = starter
            .into_iter()
            .chain(state.waiters.iter().map(|it| &it.operation));
        let now = who.find_map(Operation::now);
        drop(state);
        if let Err(Some(failure)) = inner.end(result, now) {
            inner.record(&failure, now);
        }
    }

    /// Keeps what a load has brought, and tells those who wait for it.
    fn end(
        self: &Rc<Self>,
        result: Result<C, Failure>,
        now: Option<Instant>,
    ) -> Result<Rc<C>, Option<Failure>> {
        let result = result.map(Rc::new);
        let mut state = self.state.borrow_mut();
        let flushes = state.loading.take().map_or(0, |loading| loading.flushes);
        let is_its = |it: &mut Waiter| it.flushes <= flushes;
        let waiters: Vec<Waiter> = state.waiters.extract_if(.., is_its).collect();
        let goes_on = !state.waiters.is_empty();
        let (former, mut dropped) = match &result {
            Ok(rows) => {
                let latest = Latest {
                    rows: Rc::clone(rows),
                    flushes,
                    since: now,
                };
                let mut dropped = state.snapshots.renew();
                for waiter in &waiters {
                    let operation = waiter.operation.clone();
                    dropped.extend(state.snapshots.begin(operation, rows));
                }
                (state.latest.replace(latest), dropped)
            }
            Err(_) => {
                state.failed = now.map(|now| Failed {
                    flushes,
                    until: later(now, FAILURE),
                });
                (state.latest.take(), Vec::new())
            }
        };
        drop(state);
        dropped.extend(former.map(|former| former.rows));
        drop(dropped);
        let result = tell(waiters, result);
        if goes_on {
            let operation = self
                .state
                .borrow()
                .waiters
                .first()
                .map(|it| it.operation.clone());
            let next = self.begin(operation, now);
            if let Some(Err(Some(failure))) = next {
                self.record(&failure, now);
            }
        }
        result
    }

    /// A load has failed before it could be waited for.
    fn failed_at_once(&self, asker: &Asker<'_>, failure: Option<Failure>) -> NoRows {
        match (failure, asker.can_wait()) {
            (None, _) => NoRows::Failed,
            (Some(failure), true) if Served::driver_of(asker).is_some() => {
                NoRows::Later(wait(asker, Deferred::fail(failure), told))
            }
            (Some(failure), _) => {
                self.record(&failure, asker.now);
                NoRows::Failed
            }
        }
    }

    /// Has a request wait for the rows.
    fn line_up(&self, asker: &Asker<'_>, operation: Operation) -> Ticket {
        let (resolver, deferred) = Deferred::pair();
        let mut state = self.state.borrow_mut();
        // Of requests that do not wait any more.
        let gone: Vec<_> = state
            .waiters
            .extract_if(.., |it| it.resolver.is_cancelled())
            .collect();
        // All variables of a request are of one load.
        let former = state.waiters.iter().find(|it| it.operation.is(&operation));
        let flushes = former.map_or_else(|| self.flushes.get(), |it| it.flushes);
        state.waiters.push(Waiter {
            operation,
            flushes,
            resolver,
        });
        drop(state);
        drop(gone);
        wait(asker, deferred, told)
    }

    /// A load has failed, and no request waits for it.
    fn record(&self, failure: &Failure, now: Option<Instant>) {
        if is_of_the_end(failure) {
            return;
        }
        let left_out = self.failures.borrow_mut().admit_at(now);
        if let Some(left_out) = left_out {
            error!("rows that are served as a table could not be loaded: {failure}{left_out}");
        }
    }
}

/// Tells those who wait. The first that still does is told why there are no rows; the error comes back if there is none.
fn tell<R>(waiters: Vec<Waiter>, result: Result<R, Failure>) -> Result<R, Option<Failure>> {
    let mut waiters = waiters.into_iter().filter(|it| !it.resolver.is_cancelled());
    match result {
        Ok(rows) => {
            waiters.for_each(|waiter| waiter.resolver.callback(Loaded::Rows));
            Ok(rows)
        }
        Err(failure) => {
            let Some(first) = waiters.next() else {
                return Err(Some(failure));
            };
            first.resolver.errback(failure);
            waiters.for_each(|waiter| waiter.resolver.callback(Loaded::Nothing));
            Err(None)
        }
    }
}

/// What a request is told that has waited for a load, and the log.
fn told(result: Result<Loaded, Failure>) -> (Completion, Option<String>) {
    let failed = Completion::Value(Err(ReadError::Failed));
    match result {
        Ok(Loaded::Rows) => (Completion::Again, None),
        Ok(Loaded::Nothing) => (failed, None),
        Err(failure) => (failed, Some(failure.to_string())),
    }
}

impl<C: RowCollection> Drop for Inner<C> {
    fn drop(&mut self) {
        let loading = self.state.get_mut().loading.take();
        if let Some(cancel) = loading.and_then(|loading| loading.cancel) {
            cancel.cancel();
        }
    }
}

impl<C: RowCollection> Clone for Cached<C> {
    fn clone(&self) -> Self {
        Self {
            inner: Rc::clone(&self.inner),
        }
    }
}

impl<C: RowCollection> fmt::Debug for Cached<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cached")
            .field("period", &self.inner.period)
            .finish_non_exhaustive()
    }
}
