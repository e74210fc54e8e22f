//! A time-out around whole operations, in virtual time: each ends as timed out, whatever it is made of.

use std::error::Error;
use std::time::Duration;

use deferred_snmp::deferred::{
    AsInterrupt, Deferred, Failure, FailureGroup, Fault, Interrupt, gather_results, race,
};
use deferred_snmp::hlapi::*;
use deferred_snmp::task::Clock;
use util::manager::{Manager, turn_until};
use util::raw;
use util::result_of::result_of;

const LIMIT: Duration = Duration::from_secs(3);
const TIMED_OUT: Option<&Interrupt> = Some(&Interrupt::TimedOut(LIMIT));
const NAME: &str = "1.3.6.1.2.1.1.5.0";

/// A manager, and a peer that listens and says nothing, for longer than a test lasts.
struct Silence {
    manager: Manager,
    target: UdpTransportTarget,
    clock: Clock,
}

impl Silence {
    fn new() -> Self {
        let manager = Manager::new();
        let address = raw::listen(&manager.reactor.handle(), |_| Vec::new());
        Self {
            manager,
            target: UdpTransportTarget::from(address).timeout(Duration::from_secs(3600)),
            clock: Clock::new(),
        }
    }

    fn get(&self) -> Deferred<Response, SnmpError> {
        self.manager
            .get(NAME, &CommunityData::new("public"), &self.target)
    }

    fn walk(&self) -> WalkCommand {
        let (engine, context) = (&self.manager.engine, ContextData::default());
        walk_cmd(
            engine,
            &CommunityData::new("public"),
            &self.target,
            &context,
            [NAME],
        )
    }

    /// The error of an operation that has been sent when its time-out comes.
    fn timed_out<T: 'static, E: Fault + AsInterrupt>(&mut self, operation: Deferred<T, E>) -> E {
        let operation = operation.add_timeout(LIMIT, &self.clock);
        let engine = self.manager.engine.clone();
        turn_until(&mut self.manager.reactor, || {
            engine.statistics().out_pkts > 0
        });
        self.clock.advance(LIMIT).expect("it does not spin");
        let end = result_of(operation).expect("an end inside the call of the clock");
        end.err().expect("an error")
    }
}

#[test]
fn a_verb_ends_as_timed_out() {
    let mut silence = Silence::new();
    let operation = silence.get();
    let error = silence.timed_out(operation);
    assert_eq!(error.interrupt(), TIMED_OUT);
    assert!(error.is_timeout());
    assert_eq!(error.to_string(), "timed out after 3s");
}

#[test]
fn a_verb_behind_a_failure_ends_as_timed_out() {
    let mut silence = Silence::new();
    let operation = silence.get().map_err(Failure::from);
    let failure = silence.timed_out(operation);
    assert_eq!(failure.interrupt(), TIMED_OUT);
}

#[test]
fn a_coroutine_ends_as_timed_out() {
    let mut silence = Silence::new();
    let get = silence.get();
    let reactor = silence.manager.reactor.handle();
    let operation = reactor.spawn(async {
        let response = get.await?.into_result()?;
        Ok::<_, Failure>(response.var_binds().len())
    });
    assert_eq!(silence.timed_out(operation).interrupt(), TIMED_OUT);
}

#[test]
fn a_walk_ends_as_timed_out() {
    let mut silence = Silence::new();
    let operation = silence.walk().collect();
    assert!(silence.timed_out(operation).is_timeout());
}

#[test]
fn gathered_results_end_as_timed_out() {
    let mut silence = Silence::new();
    let operation = gather_results([silence.get(), silence.get()]);
    let error: SnmpError = silence.timed_out(operation);
    assert!(error.is_timeout());
}

#[test]
fn a_race_ends_as_timed_out() {
    let mut silence = Silence::new();
    let operation = race([silence.get(), silence.get()]);
    let error: FailureGroup<SnmpError> = silence.timed_out(operation);
    assert_eq!(error.interrupt(), TIMED_OUT);
}

#[test]
fn a_race_behind_a_failure_ends_as_timed_out() {
    let mut silence = Silence::new();
    let operation = race([silence.get(), silence.get()]).map_err(Failure::from);
    assert_eq!(silence.timed_out(operation).interrupt(), TIMED_OUT);
}

/// The time-out of a request is one, too, and is inside the error for those who look.
#[test]
fn both_kinds_of_time_out_are_one() {
    let mut silence = Silence::new();
    silence.target = silence.target.timeout(Duration::from_millis(10)).retries(0);
    let operation = silence.get();
    let error = silence.manager.settle(operation).expect_err("no answer");
    assert!(error.is_timeout());
    let source = error.source().expect("the indication");
    assert!(matches!(
        source.downcast_ref(),
        Some(ErrorIndication::RequestTimedOut { .. })
    ));
    assert_eq!(error.interrupt(), None, "the request has failed by itself");
}
