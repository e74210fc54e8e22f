//! A whole program as one Deferred.

use std::any::Any;
use std::cell::Cell;
use std::error::Error;
use std::fmt;
use std::io::Write;
use std::process::ExitCode;
use std::rc::Rc;

use crate::deferred::{Deferred, Failure, Fault, is_of_the_end};
use crate::reactor::{Handle, Reactor};

/// Runs `main` on a new reactor until the Deferred it returns settles, and tells how that went.
///
/// Success is exit code 0; an error is printed to standard error and is 1, unless it is an
/// [`Exit`], which carries its own code and is not printed. If something else stops the reactor
/// first, a result that comes during shutdown still counts, and none at all is 0, or after a signal
/// (feature `signals`) 128 and its number, as with a shell. That the shutdown has abandoned the Deferred is no result.
///
/// A program without an end of its own, such as an agent or a receiver of traps, has no Deferred to return:
/// [`Reactor::run`](crate::reactor::Reactor::run) is for it. Here, `reactor.inline_callbacks(pending::<Result<(), _>>())`
/// never settles, with [`pending`](std::future::pending).
///
/// # Examples
///
/// ```
/// use deferred_snmp::deferred::Deferred;
/// use deferred_snmp::task::react;
/// use std::process::ExitCode;
/// use std::time::Duration;
///
/// fn main() -> ExitCode {
///     react(|reactor| {
///         let (resolver, later) = Deferred::<&str>::pair();
///         reactor.call_later(Duration::from_millis(1), || resolver.callback("done"));
///         later.map(|text| println!("{text}"))
///     })
/// }
/// ```
pub fn react<R: MainOutcome>(main: impl FnOnce(&Handle) -> R) -> ExitCode {
    let mut reactor = match Reactor::new() {
        Ok(reactor) => reactor,
        Err(error) => return failed(&error),
    };
    let handle = reactor.handle();
    let code = Rc::new(Cell::new(None));
    let end = ProgramEnd {
        code: code.clone(),
        handle: handle.clone(),
    };
    main(&handle).settle(end);
    match reactor.run() {
        Ok(()) => code.take().unwrap_or_else(|| unfinished(&reactor)),
        Err(error) => failed(&error),
    }
}

/// What the closure given to [`react`] may return: a Deferred, or a `Result` of one, so that `?`
/// can be used in the closure.
///
/// # Examples
///
/// `?` turns errors into that of the Deferred. Errors of several kinds turn into a [`Failure`], so make that its error.
///
/// ```
/// use deferred_snmp::deferred::{Deferred, Failure, Interrupt};
/// use deferred_snmp::task::{defer_later, react};
/// use std::time::Duration;
///
/// react(|reactor| {
///     let pause = Duration::from_millis("10".parse()?);
///     let over: Deferred<(), Interrupt> = defer_later(reactor, pause, || Ok(()));
///     Ok(over.map_err(Failure::from))
/// });
/// ```
#[diagnostic::on_unimplemented(
    message = "a program cannot wait for `{Self}`",
    label = "`react` calls a closure that returns `{Self}`",
    note = "return a Deferred, or a `Result` of one whose error is that of the Deferred"
)]
pub trait MainOutcome {
    /// Tells the outcome of the program when it is known.
    fn settle(self, end: ProgramEnd);
}

impl<T, E: Fault> MainOutcome for Deferred<T, E> {
    fn settle(self, end: ProgramEnd) {
        drop(self.add_both(move |result| end.tell(&result)));
    }
}

impl<T: 'static, E: Fault> MainOutcome for Result<Deferred<T, E>, E> {
    fn settle(self, end: ProgramEnd) {
        match self {
            Ok(deferred) => deferred.settle(end),
            Err(error) => end.tell::<(), E>(&Err(error)),
        }
    }
}

/// Where the end of a program is told, once.
#[derive(Debug)]
pub struct ProgramEnd {
    code: Rc<Cell<Option<ExitCode>>>,
    handle: Handle,
}

impl ProgramEnd {
    fn tell<T, E: Fault>(self, result: &Result<T, E>) {
        let code = match result {
            Ok(_) => ExitCode::SUCCESS,
            // It has no result, since it was stopped.
            Err(error) if is_of_the_end(error) => return,
            Err(error) => {
                let code = exit_code(error);
                if code.is_none() {
                    say(error);
                }
                code.unwrap_or(ExitCode::FAILURE)
            }
        };
        self.code.set(Some(code));
        let handle = self.handle.clone();
        self.handle.call_when_running(move || {
            // Fails if something else has stopped the reactor already, which is just as well.
            let _ = handle.stop();
        });
    }
}

/// An error that asks for an exit code, from anywhere in a program run by [`react`], also as the
/// source of another error in a [`Failure`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "it is its code")]
pub struct Exit(pub u8);

impl fmt::Display for Exit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "exit with code {}", self.0)
    }
}

impl Error for Exit {}

/// The code that the error asks for.
fn exit_code<E: Fault>(error: &E) -> Option<ExitCode> {
    let error: &dyn Any = error;
    let exit = match error.downcast_ref::<Failure>() {
        Some(failure) => failure.find::<Exit>(),
        None => error.downcast_ref::<Exit>(),
    };
    exit.map(|Exit(code)| ExitCode::from(*code))
}

/// The code of a program whose result never came.
#[cfg(all(unix, feature = "signals"))]
fn unfinished(reactor: &Reactor) -> ExitCode {
    let code = |signal: i32| u8::try_from(128 + signal).ok();
    reactor
        .exit_signal()
        .and_then(code)
        .map_or(ExitCode::SUCCESS, ExitCode::from)
}

#[cfg(not(all(unix, feature = "signals")))]
fn unfinished(_: &Reactor) -> ExitCode {
    ExitCode::SUCCESS
}

fn failed(error: &dyn fmt::Display) -> ExitCode {
    say(error);
    ExitCode::FAILURE
}

/// Not by `eprintln!`, which panics where nobody reads: then the program would not end.
fn say(error: &dyn fmt::Display) {
    let _ = writeln!(std::io::stderr(), "{error}");
}
