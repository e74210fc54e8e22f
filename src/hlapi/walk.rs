//! Many requests, one after the other.

use std::cell::Cell;
use std::fmt;
use std::ops::ControlFlow;
use std::rc::Rc;

use crate::applications::{Progress, Walk, WalkOptions, WalkRoot, WalkSummary};
use crate::deferred::{Deferred, Resolver};
use crate::engine::Address;
use crate::pdu::Pdu;
use crate::smi::VarBindRef;

use super::auth::AuthData;
use super::context::ContextData;
use super::error::SnmpError;
use super::exchange::Exchange;
use super::object::ObjectType;
use super::place::{Place, TransportTarget};
use super::question::{Current, Question, Waiting, outcome_of_several};
use super::response::Row;
use super::session::{Session, SnmpEngine};
use super::var_bind::NamedVarBind;

/// Walks from the objects named, with GETNEXT, to the end of the MIB; see [`WalkCommand`] for other
/// ends. The arcs at the top of the tree can be named, too: `1`, `.1`, `iso` and `.` are the same, as for Net-SNMP's tools,
/// `0` is `ccitt` and `2` is `joint-iso-ccitt`.
pub fn walk_cmd(
    engine: &SnmpEngine,
    auth: &(impl AuthData + ?Sized),
    target: &(impl TransportTarget + ?Sized),
    context: &ContextData,
    objects: impl IntoIterator<Item = impl Into<ObjectType>>,
) -> WalkCommand {
    Exchange::new(engine, auth, target, context).walk(objects)
}

/// Walks as [`walk_cmd`] does, with GETBULK: up to `max_repetitions` rows come with each answer. In
/// SNMPv1, which has no GETBULK, this is [`walk_cmd`].
pub fn bulk_walk_cmd(
    engine: &SnmpEngine,
    auth: &(impl AuthData + ?Sized),
    target: &(impl TransportTarget + ?Sized),
    context: &ContextData,
    max_repetitions: u32,
    objects: impl IntoIterator<Item = impl Into<ObjectType>>,
) -> WalkCommand {
    Exchange::new(engine, auth, target, context).bulk_walk(max_repetitions, objects)
}

/// A walk that has not begun. [`WalkCommand::for_each`] and its sisters begin it.
///
/// # What agents do
///
/// - **Rows out of order or repeated.** They are handed out as they come. Each request asks for what follows a higher name
///   than the last one did, so no walk goes round for ever. Rows that do not follow the name asked for are left out and
///   counted ([`WalkSummary::left_out`]). With GETNEXT every row is an answer by itself, so that a row out of order ends
///   its column. [`bulk_walk_cmd`] gets further, the more so with many repetitions, and
///   [`ignore_non_increasing_oid`](WalkCommand::ignore_non_increasing_oid) gets past any, but needs a limit. A column that
///   leaves its subtree, or has an exception, ends with that answer: rows of it that stand behind in the same answer are
///   handed out, as `snmpbulkwalk` prints them.
/// - **A column that does not move on** has ended; the others go on, and the walk then fails with
///   [`SnmpError::OidNotIncreasing`]. Rows have been handed out until then, with `endOfMibView` in that column.
/// - **Answers that end inside a row**, also inside the first. What came is taken and the rest asked for. After one without
///   any binding, GETNEXT is tried; if that brings none for a single column either, the walk fails with
///   [`SnmpError::EmptyResponse`].
/// - **tooBig** to many repetitions: fewer are asked for. A row that GETBULK has no room for is asked for with GETNEXT, and
///   if that has no room for all of its columns, for some of them at a time.
/// - **noSuchName without an index** that says which column has ended: each is asked for by itself.
/// - **Silence.** After a time-out to more than one repetition, one is asked for, with the whole patience of the target once
///   more: long answers may not arrive where short ones do. If that is answered, the walk goes on with a quarter of the
///   repetitions, and with more again up to half. If it is not, the walk ends with the time-out. A request of GETNEXT asks
///   for as little as there is, so nothing shorter is tried after it.
#[must_use = "a walk begins with for_each, try_for_each or collect"]
pub struct WalkCommand {
    session: Rc<Session>,
    place: Place,
    question: Result<Question, SnmpError>,
    roots: Result<Vec<WalkRoot>, SnmpError>,
    options: WalkOptions,
}

impl Exchange<'_> {
    /// A walk by GETNEXT from each of `objects`.
    pub(super) fn walk(
        self,
        objects: impl IntoIterator<Item = impl Into<ObjectType>>,
    ) -> WalkCommand {
        let session = self.session;
        let objects = objects.into_iter();
        let roots = objects.map(|object| object.into().resolve_root(session));
        let roots = roots.collect();
        self.walk_below(roots)
    }

    fn walk_below(self, roots: Result<Vec<WalkRoot>, SnmpError>) -> WalkCommand {
        WalkCommand {
            session: Rc::clone(self.session),
            place: self.place.clone(),
            question: self.question,
            roots,
            options: WalkOptions::default(),
        }
    }

    /// The same by GETBULK.
    pub(super) fn bulk_walk(
        self,
        max_repetitions: u32,
        objects: impl IntoIterator<Item = impl Into<ObjectType>>,
    ) -> WalkCommand {
        let walk = self.walk(objects);
        walk.options(|options| options.max_repetitions(max_repetitions))
    }

    /// The same below names that are known.
    pub(super) fn bulk_walk_below(self, max_repetitions: u32, roots: Vec<WalkRoot>) -> WalkCommand {
        let walk = self.walk_below(Ok(roots));
        walk.options(|options| options.max_repetitions(max_repetitions))
    }
}

impl WalkCommand {
    fn options(mut self, change: impl FnOnce(WalkOptions) -> WalkOptions) -> Self {
        self.options = change(self.options);
        self
    }

    /// See [`WalkOptions::lexicographic_mode`]. Default `true`: to the end of the MIB.
    pub fn lexicographic_mode(self, to_the_end: bool) -> Self {
        self.options(|options| options.lexicographic_mode(to_the_end))
    }

    /// Stops after so many rows have been handed out, repeated ones counted as often as they come.
    pub fn max_rows(self, rows: usize) -> Self {
        self.options(|options| options.max_rows(rows))
    }

    /// Stops after so many requests have been answered.
    pub fn max_calls(self, calls: usize) -> Self {
        self.options(|options| options.max_calls(calls))
    }

    /// Hands out every row and goes on from the last one, wherever that leads: see
    /// [`WalkOptions::ignore_non_increasing_oid`]. Such a walk may never end, so give it a limit. Default `false`.
    pub fn ignore_non_increasing_oid(self, ignore: bool) -> Self {
        self.options(|options| options.ignore_non_increasing_oid(ignore))
    }

    /// Whether names are looked up when the bindings are printed (PySNMP's `lookupMib`). Default `true`.
    pub fn lookup_mib(mut self, lookup: bool) -> Self {
        if let Ok(question) = &mut self.question {
            question.lookup_mib = lookup;
        }
        self
    }

    /// Walks, and calls `each` with every row as it comes. Fires when the walk has ended, with what
    /// it did.
    pub fn for_each(
        self,
        mut each: impl FnMut(Row<'_>) + 'static,
    ) -> Deferred<WalkSummary, SnmpError> {
        self.try_for_each(move |row| {
            each(row);
            ControlFlow::Continue(())
        })
    }

    /// Walks as [`WalkCommand::for_each`] does, until `each` breaks off.
    pub fn try_for_each(
        self,
        each: impl FnMut(Row<'_>) -> ControlFlow<()> + 'static,
    ) -> Deferred<WalkSummary, SnmpError> {
        let (roots, mut question) = match (self.roots, self.question) {
            (Ok(roots), Ok(question)) => (roots, question),
            (Err(error), _) | (_, Err(error)) => return Deferred::fail(error),
        };
        let session = self.session;
        let options = self.options.max_message_size(session.max_message_size());
        let walk = Walk::below(question.credentials.version(), roots, options);
        let (place, handle) = (self.place, session.handle().clone());
        let (address, patience) = (place.address(), question.options);
        if address.is_none() {
            question.until = patience.over_at(&handle);
        }
        let begin = move |address| begin(&session, address, question, walk, Box::new(each));
        match address {
            Some(address) => begin(address),
            None => place.resolve(&handle, patience).add_callback(begin),
        }
    }

    /// Walks, and fires with all rows, which print as those that are lent do. An error takes them with it; who wants those before it uses
    /// [`WalkCommand::for_each`].
    pub fn collect(self) -> Deferred<Vec<Vec<NamedVarBind>>, SnmpError> {
        let rows = Rc::new(Cell::new(Vec::new()));
        let filling = Rc::clone(&rows);
        self.for_each(move |row| {
            let mut so_far = filling.take();
            so_far.push(row.to_owned());
            filling.set(so_far);
        })
        .map(move |_| rows.take())
    }
}

impl fmt::Debug for WalkCommand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WalkCommand")
            .field("target", &self.place)
            .field("roots", &self.roots)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

type EachRow = Box<dyn FnMut(Row<'_>) -> ControlFlow<()>>;

/// A walk under way.
pub(super) struct WalkRun {
    walk: Walk,
    address: Address,
    question: Question,
    each: EachRow,
    resolver: Resolver<WalkSummary, SnmpError>,
    current: Current,
}

fn begin(
    session: &Rc<Session>,
    address: Address,
    question: Question,
    walk: Walk,
    each: EachRow,
) -> Deferred<WalkSummary, SnmpError> {
    let (current, resolver, deferred) = outcome_of_several(session);
    let run = Box::new(WalkRun {
        walk,
        address,
        question,
        each,
        resolver,
        current,
    });
    run.proceed(session);
    deferred
}

impl WalkRun {
    /// Sends the next request, or ends the walk.
    fn proceed(mut self: Box<Self>, session: &Rc<Session>) {
        let Some(pdu) = self.walk.next_request(session.buffer()) else {
            let summary = self.walk.summary();
            return self.resolver.callback(summary);
        };
        let question = self.question.clone();
        // Only the first request has shared its time with a look-up.
        self.question.until = None;
        match session.submit(self.address.clone(), question, pdu) {
            Ok(id) => {
                self.current.set(Some(id));
                session.wait(id, Waiting::Walk(self));
            }
            Err(error) => self.resolver.errback(error),
        }
    }

    /// Takes the answer to the last request and goes on.
    pub(super) fn resume(
        mut self: Box<Self>,
        session: &Rc<Session>,
        outcome: Result<Pdu, SnmpError>,
    ) {
        self.current.set(None);
        if outcome.as_ref().is_err_and(SnmpError::is_timeout)
            && self.walk.handle_timeout() == Progress::More
        {
            return self.proceed(session);
        }
        let names = self.question.lookup_mib.then(|| session.names());
        let (each, resolver) = (&mut self.each, &self.resolver);
        let progress = outcome.and_then(|pdu| {
            // The callback may cancel the walk: the rest of the answer is not for it then.
            let rows = |row: &[VarBindRef<'_>]| match each(Row::lent(row, names.as_ref())) {
                ControlFlow::Continue(()) if !resolver.is_cancelled() => ControlFlow::Continue(()),
                _ => ControlFlow::Break(()),
            };
            let progress = self.walk.handle_response(&pdu, rows)?;
            session.recycle(pdu);
            Ok(progress)
        });
        if self.resolver.is_cancelled() {
            return;
        }
        match progress {
            Ok(Progress::More) => self.proceed(session),
            Ok(Progress::Done) => {
                let summary = self.walk.summary();
                self.resolver.callback(summary);
            }
            Err(error) => self.resolver.errback(error.labelled(names.as_ref())),
        }
    }
}
