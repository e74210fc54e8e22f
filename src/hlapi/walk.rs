//! Many requests, one after the other.

use std::cell::Cell;
use std::fmt;
use std::net::SocketAddr;
use std::ops::ControlFlow;
use std::rc::Rc;

use crate::applications::{Command, Progress, Walk, WalkOptions, WalkRoot, WalkSummary};
use crate::deferred::{Deferred, Resolver};
use crate::pdu::Pdu;
use crate::smi::{VarBind, VarBindRef};

use super::auth::AuthData;
use super::context::ContextData;
use super::error::SnmpError;
use super::object::ObjectType;
use super::question::{Current, Question, Waiting, outcome_of_several};
use super::response::Row;
use super::session::{Session, SnmpEngine};
use super::target::UdpTransportTarget;

/// Walks from the objects named, with GETNEXT, to the end of the MIB; see [`WalkCommand`] for other
/// ends. The arcs at the top of the tree can be named, too: `1`, `.1`, `iso` and `.` are the same, as for Net-SNMP's tools,
/// `0` is `ccitt` and `2` is `joint-iso-ccitt`.
pub fn walk_cmd(
    engine: &SnmpEngine,
    auth: &(impl AuthData + ?Sized),
    target: &UdpTransportTarget,
    context: &ContextData,
    objects: impl IntoIterator<Item = impl Into<ObjectType>>,
) -> WalkCommand {
    WalkCommand::new(engine, auth, target, context, objects)
}

/// Walks as [`walk_cmd`] does, with GETBULK: up to `max_repetitions` rows come with each answer. In
/// SNMPv1, which has no GETBULK, this is [`walk_cmd`].
pub fn bulk_walk_cmd(
    engine: &SnmpEngine,
    auth: &(impl AuthData + ?Sized),
    target: &UdpTransportTarget,
    context: &ContextData,
    max_repetitions: u32,
    objects: impl IntoIterator<Item = impl Into<ObjectType>>,
) -> WalkCommand {
    let walk = WalkCommand::new(engine, auth, target, context, objects);
    walk.options(|options| options.max_repetitions(max_repetitions))
}

/// A walk that has not begun. [`WalkCommand::for_each`] and its sisters begin it.
///
/// # What agents do
///
/// - **Rows out of order or repeated.** They are handed out as they come. Each request asks for what follows a higher name
///   than the last one did, so no walk goes round for ever. Rows that do not follow the name asked for are left out and
///   counted ([`WalkSummary::left_out`]). With GETNEXT every row is an answer by itself, so that a row out of order ends
///   its column. [`bulk_walk_cmd`] gets further, the more so with many repetitions, and
///   [`ignore_non_increasing_oid`](WalkCommand::ignore_non_increasing_oid) gets past any, but needs a limit.
/// - **A column that does not move on** has ended; the others go on, and the walk then fails with
///   [`SnmpError::OidNotIncreasing`]. Rows have been handed out until then, with `endOfMibView` in that column.
/// - **Answers that end inside a row**, also inside the first. What came is taken and the rest asked for. After one without
///   any binding, GETNEXT is tried; if that brings none either, the walk fails with [`SnmpError::EmptyResponse`].
/// - **tooBig** to many repetitions: fewer are asked for. A row that GETBULK has no room for is asked for with GETNEXT.
/// - **Silence.** After a time-out to more than one repetition, one is asked for, with the whole patience of the target once
///   more: long answers may not arrive where short ones do. If that is answered, the walk goes on with a quarter of the
///   repetitions, and with more again up to half. If it is not, the walk ends with the time-out. A request of GETNEXT asks
///   for as little as there is, so nothing shorter is tried after it.
#[must_use = "a walk begins with for_each, try_for_each or collect"]
pub struct WalkCommand {
    session: Rc<Session>,
    target: UdpTransportTarget,
    question: Result<Question, SnmpError>,
    roots: Result<Vec<WalkRoot>, SnmpError>,
    options: WalkOptions,
}

impl WalkCommand {
    fn new(
        engine: &SnmpEngine,
        auth: &(impl AuthData + ?Sized),
        target: &UdpTransportTarget,
        context: &ContextData,
        objects: impl IntoIterator<Item = impl Into<ObjectType>>,
    ) -> Self {
        let session = Rc::clone(engine.session());
        let roots: Result<Vec<_>, _> = objects
            .into_iter()
            .map(|object| object.into().resolve_root(&session))
            .collect();
        let question = auth.credentials().map(|credentials| Question {
            command: Command::GetNext,
            credentials,
            context: context.context().clone(),
            options: target.options(),
            own_trap: false,
            until: None,
        });
        Self {
            session,
            target: target.clone(),
            question,
            roots,
            options: WalkOptions::default(),
        }
    }

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
        let (target, handle) = (self.target, session.handle().clone());
        let address = target.address();
        if address.is_none() {
            question.until = target.over_at(&handle);
        }
        let begin = move |address| begin(&session, address, question, walk, Box::new(each));
        match address {
            Some(address) => begin(address),
            None => target.resolve(&handle).add_callback(begin),
        }
    }

    /// Walks, and fires with all rows. An error takes them with it; who wants those before it uses
    /// [`WalkCommand::for_each`].
    pub fn collect(self) -> Deferred<Vec<Vec<VarBind>>, SnmpError> {
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
            .field("target", &self.target)
            .field("roots", &self.roots)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

type EachRow = Box<dyn FnMut(Row<'_>) -> ControlFlow<()>>;

/// A walk under way.
pub(super) struct WalkRun {
    walk: Walk,
    address: SocketAddr,
    question: Question,
    each: EachRow,
    resolver: Resolver<WalkSummary, SnmpError>,
    current: Current,
}

fn begin(
    session: &Rc<Session>,
    address: SocketAddr,
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
        match session.submit(self.address, question, pdu) {
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
        let names = session.names();
        let (each, resolver) = (&mut self.each, &self.resolver);
        let progress = outcome.and_then(|pdu| {
            // The callback may cancel the walk: the rest of the answer is not for it then.
            let rows = |row: &[VarBindRef<'_>]| match each(Row::lent(row, &*names)) {
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
            Err(error) => self.resolver.errback(error),
        }
    }
}
