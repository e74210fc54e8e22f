//! What is asked, and who waits for the answer.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Instant;

use crate::applications::Command;
use crate::deferred::{Deferred, Resolver};
use crate::engine::{Context, Credentials, RequestId};
use crate::message::Version;
use crate::security::EngineId;

use super::error::SnmpError;
use super::place::TargetOptions;
use super::response::Response;
use super::session::Session;
use super::split::SplitRun;
use super::walk::WalkRun;

/// What goes on when a request is over.
pub(super) enum Waiting {
    Command(CommandWait),
    Walk(Box<WalkRun>),
    Split(Box<SplitRun>),
    Name(Resolver<EngineId, SnmpError>),
}

/// An operation of one request.
pub(super) struct CommandWait {
    pub(super) resolver: Resolver<Response, SnmpError>,
    pub(super) asked: Asked,
}

/// What is asked, less the variables: from the call of a verb to the request of the engine, which is made of it.
#[derive(Clone, Debug)]
pub(super) struct Question {
    pub(super) command: Command,
    pub(super) credentials: Credentials,
    pub(super) context: Context,
    pub(super) options: TargetOptions,
    /// Whether a trap is the program's own, by [`Request::own_trap`].
    pub(super) own_trap: bool,
    /// Whether the answer is to know names.
    pub(super) lookup_mib: bool,
    /// When it is over, if the look-up of a name has used up part of the patience.
    pub(super) until: Option<Instant>,
}

impl Question {
    /// A GET of what is known by names.
    pub(super) fn new(credentials: Credentials, context: Context, options: TargetOptions) -> Self {
        Self {
            command: Command::Get,
            credentials,
            context,
            options,
            own_trap: false,
            lookup_mib: true,
            until: None,
        }
    }
}

/// What an answer is read by.
#[derive(Clone, Copy)]
pub(super) struct Asked {
    pub(super) command: Command,
    pub(super) version: Version,
    /// How many variables are asked for: the width of a row.
    pub(super) columns: usize,
    /// Whether the answer knows names.
    pub(super) lookup_mib: bool,
}

impl Asked {
    pub(super) fn non_repeaters(&self) -> usize {
        match self.command {
            Command::GetBulk(bulk) => bulk.non_repeaters as usize,
            _ => 0,
        }
    }

    /// How many bindings an answer without an error has at least.
    pub(super) fn expected(&self) -> usize {
        match self.command {
            Command::Trap | Command::Inform => 0,
            Command::GetBulk(bulk) if bulk.max_repetitions == 0 => {
                self.columns.min(self.non_repeaters())
            }
            _ => self.columns,
        }
    }
}

/// The request that an operation of several waits for.
pub(super) type Current = Rc<Cell<Option<RequestId>>>;

/// The outcome of an operation of several requests; who cancels it cancels the one that it waits for.
pub(super) fn outcome_of_several<T: 'static>(
    session: &Rc<Session>,
) -> (Current, Resolver<T, SnmpError>, Deferred<T, SnmpError>) {
    let current = Current::default();
    let (cancelled, waits_for) = (Rc::clone(session), Rc::clone(&current));
    let (resolver, deferred) = Deferred::with_canceller(move || {
        if let Some(id) = waits_for.take() {
            cancelled.cancel(id);
        }
        None
    });
    (current, resolver, deferred)
}
