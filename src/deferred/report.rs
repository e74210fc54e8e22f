//! Errors that reached the end of a chain with nobody left to handle them.

use std::cell::RefCell;
use std::fmt;
use std::io::Write;
use std::panic::{AssertUnwindSafe, Location, catch_unwind};
use std::rc::Rc;

use super::control::Control;
use super::debugging::{Traces, debugging};
use super::ending::is_of_the_end;
use super::outcome::{Fault, Interrupt};
use super::release::{discard, user_code};

/// Replaces, on this thread, what is done with errors that nobody handled.
///
/// By default they are logged at level error where a logger is installed, and otherwise written
/// to standard error. The reporter may itself make, fire, cancel and drop Deferreds.
///
/// That a Deferred is [abandoned](Interrupt::Abandoned) is no error once the last reactor of the thread has been told to
/// stop: whatever a program does all the time is pending then, and it is not reported.
pub fn set_reporter(reporter: impl Fn(&Unhandled<'_>) + 'static) {
    install(Some(Rc::new(reporter)));
}

/// Puts the default reporter back.
pub fn reset_reporter() {
    install(None);
}

/// An error that nobody handled, as the reporter sees it.
pub struct Unhandled<'a> {
    error: &'a dyn fmt::Display,
    kind: &'static str,
    what: &'a str,
    origin: Option<&'static Location<'static>>,
    traces: Option<Rc<Traces>>,
}

const UNHANDLED: &str = "unhandled error in";

impl Unhandled<'_> {
    /// The error's text.
    pub fn error(&self) -> &dyn fmt::Display {
        self.error
    }

    /// Where the Deferred was made.
    pub fn origin(&self) -> Option<&'static Location<'static>> {
        self.origin
    }
}

impl fmt::Display for Unhandled<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.kind, self.what, self.error)?;
        if debugging() {
            if let Some(origin) = self.origin {
                write!(f, "\nmade at {origin}")?;
            }
            if let Some(traces) = &self.traces {
                traces.fmt(f)?;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Unhandled<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unhandled")
            .field("error", &format_args!("{}", self.error))
            .field("what", &self.what)
            .field("origin", &self.origin)
            .finish()
    }
}

type Reporter = Rc<dyn Fn(&Unhandled<'_>)>;

thread_local! {
    static REPORTER: RefCell<Option<Reporter>> = const { RefCell::new(None) };
}

fn install(reporter: Option<Reporter>) {
    let former = REPORTER
        .try_with(|slot| slot.replace(reporter))
        .ok()
        .flatten();
    discard(former);
}

/// Disposes of a result that no handle is left for.
pub(super) fn dropped<T, E: Fault>(result: Result<T, E>, origin: &'static Location<'static>) {
    dispose(result, origin, || None);
}

/// As [`dropped`], at the end of a chain.
pub(super) fn dropped_by<T, E: Fault>(result: Result<T, E>, chain: &Control) {
    dispose(result, chain.origin, || chain.traces());
}

fn dispose<T, E: Fault>(
    result: Result<T, E>,
    origin: &'static Location<'static>,
    traces: impl FnOnce() -> Option<Rc<Traces>>,
) {
    match result {
        Ok(value) => discard(value),
        Err(error) => {
            if !is_of_the_end(&error) {
                report(&Unhandled {
                    error: &error,
                    kind: UNHANDLED,
                    what: "Deferred",
                    origin: Some(origin),
                    traces: traces(),
                });
            }
            discard(error);
        }
    }
}

/// Reports a panic where there is no chain that could carry it.
pub(super) fn panic_in(what: &str, panic: &Interrupt) {
    unhandled(what, panic);
}

/// Reports an error of user code where there is neither a chain nor a caller to tell.
pub(crate) fn unhandled(what: &str, error: &dyn fmt::Display) {
    report(&Unhandled {
        error,
        kind: UNHANDLED,
        what,
        origin: None,
        traces: None,
    });
}

/// Tells of an error that goes on.
pub(super) fn log(error: &impl fmt::Display) {
    report(&Unhandled {
        error,
        kind: "error in",
        what: "Deferred",
        origin: None,
        traces: None,
    });
}

fn report(unhandled: &Unhandled<'_>) {
    let reporter = REPORTER
        .try_with(|slot| slot.borrow().clone())
        .ok()
        .flatten();
    let outcome = user_code(|| match &reporter {
        Some(reporter) => reporter(unhandled),
        None => by_default(unhandled),
    });
    if let Err(panic) = outcome {
        // Not through the reporter again.
        let _ = catch_unwind(AssertUnwindSafe(|| {
            by_default(&Unhandled {
                error: &panic,
                kind: UNHANDLED,
                what: "the reporter of unhandled errors",
                origin: None,
                traces: None,
            });
        }));
    }
}

fn by_default(unhandled: &Unhandled<'_>) {
    #[cfg(feature = "log")]
    if log::max_level() > log::LevelFilter::Off {
        error!("{unhandled}");
        return;
    }
    // Nobody may be reading, at which `eprintln!` would panic.
    let _ = writeln!(std::io::stderr(), "{unhandled}");
}
