//! What the programs in foreign loops have the reactor do, and the count of what it took.

use std::cell::{Cell, RefCell};
use std::process::ExitCode;
use std::rc::Rc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use deferred_snmp::deferred::{Deferred, succeed};
use deferred_snmp::hlapi::*;
use deferred_snmp::reactor::{Handle, Phase, Turn};
use deferred_snmp::task::defer_later;

/// How long a program may take.
const LIMIT: Duration = Duration::from_secs(10);

/// Asks an agent for its up time again and again, with a pause after each answer, does something on
/// a thread of the pool, and stops the reactor. So it needs sockets, timers and wake-ups.
///
/// No question is asked twice and none times out before the program does: a host that loses a
/// wake-up sleeps until the watchdog ends it. One that turns without a reason is found by counting.
#[derive(Clone)]
pub(crate) struct Survey {
    state: Rc<State>,
}

struct State {
    handle: Handle,
    agent: RemoteEngine,
    questions: u32,
    answers: Cell<u32>,
    turns: Cell<u32>,
    error: RefCell<Option<String>>,
    _watchdog: mpsc::Sender<()>,
}

impl Survey {
    /// Starts an agent and the first question.
    pub(crate) fn start(handle: &Handle, questions: u32) -> Self {
        let survey = Self::prepare(handle, questions);
        survey.ask(questions);
        survey
    }

    /// Starts an agent; the questions come by [`Survey::press`] or [`Survey::question`].
    pub(crate) fn prepare(handle: &Handle, questions: u32) -> Self {
        let target = UdpTransportTarget::from(super::agent(handle, "127.0.0.1:0"));
        let agent = SnmpEngine::new(handle).remote(&CommunityData::new("public"), &target);
        let state = State {
            handle: handle.clone(),
            agent: agent.timeout(2 * LIMIT).retries(0),
            questions,
            answers: Cell::new(0),
            turns: Cell::new(0),
            error: RefCell::new(None),
            _watchdog: watchdog(),
        };
        Self {
            state: Rc::new(state),
        }
    }

    fn ask(&self, questions: u32) {
        let (work, end) = (self.clone(), self.clone());
        self.series(questions)
            .add_callback(move |()| work.state.handle.defer_to_thread(on_a_thread))
            .add_both(move |result| end.finish(result));
    }

    fn series(&self, questions: u32) -> Deferred<(), SnmpError> {
        if questions == 0 {
            return succeed(());
        }
        let (clock, next) = (self.state.handle.clone(), self.clone());
        let pause = Duration::from_micros(3_700);
        self.question()
            .add_callback(move |()| defer_later(&clock, pause, || ()))
            .add_callback(move |()| next.series(questions - 1))
    }

    /// Asks once.
    pub(crate) fn question(&self) -> Deferred<(), SnmpError> {
        let state = Rc::clone(&self.state);
        state
            .agent
            .get(["SNMPv2-MIB::sysUpTime.0"])
            .add_callback(Response::into_result)
            .map(move |_| state.answers.set(state.answers.get() + 1))
    }

    /// Asks once, as the handler of a button would. The last answer, or an error, stops the reactor.
    pub(crate) fn press(&self) {
        let survey = self.clone();
        self.question().add_both(move |result| {
            let complete = survey.state.answers.get() == survey.state.questions;
            match complete || result.is_err() {
                true => survey.finish(result),
                false => Ok(()),
            }
        });
    }

    /// Notes how it ended, and stops the reactor.
    pub(crate) fn finish(&self, result: Result<(), SnmpError>) -> Result<(), SnmpError> {
        if let Err(error) = result {
            *self.state.error.borrow_mut() = Some(error.to_string());
        }
        // Fails if the reactor has stopped already, which is what is wanted.
        let _ = self.state.handle.stop();
        Ok(())
    }

    /// Counts a turn; false if it was the last one.
    pub(crate) fn count(&self, turn: Turn) -> bool {
        self.state.turns.set(self.state.turns.get() + 1);
        turn.phase != Phase::Stopped
    }

    /// Prints the summary and tells whether all went well.
    pub(crate) fn verdict(&self, program: &str) -> ExitCode {
        let State { answers, turns, .. } = &*self.state;
        let bound = 4 * self.state.questions + 20;
        let text = format!(
            "{program}: {} answers to {} questions in {} turns, at most {bound} allowed",
            answers.get(),
            self.state.questions,
            turns.get(),
        );
        let error = self.state.error.take();
        let right = answers.get() == self.state.questions && turns.get() <= bound;
        if right && error.is_none() {
            println!("{text}");
            return ExitCode::SUCCESS;
        }
        eprintln!("{text}; {}", error.unwrap_or_default());
        ExitCode::FAILURE
    }
}

/// Takes long enough for the host to have gone to sleep when it is done.
#[expect(clippy::disallowed_methods, reason = "not on the reactor's thread")]
fn on_a_thread() -> Result<(), SnmpError> {
    std::thread::sleep(Duration::from_millis(10));
    Ok(())
}

/// Ends the program with exit code 1 after [`LIMIT`], unless what it gives is dropped before.
pub(crate) fn watchdog() -> mpsc::Sender<()> {
    let (alive, end) = mpsc::channel();
    let thread = std::thread::Builder::new().spawn(move || {
        if end.recv_timeout(LIMIT) == Err(RecvTimeoutError::Timeout) {
            eprintln!("not done within {LIMIT:?}: a wake-up was lost");
            std::process::exit(1);
        }
    });
    thread.expect("a thread for the watchdog");
    alive
}
