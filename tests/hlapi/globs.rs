//! A program that imports everything by `*`: no name is ambiguous, and no method hides another.

use std::time::{Duration, Instant};

use deferred_snmp::deferred::*;
use deferred_snmp::engine::*;
use deferred_snmp::hlapi::*;
use deferred_snmp::reactor::*;
use deferred_snmp::task::*;

/// Names that two of the modules had.
type OnceAmbiguous = (
    Option<Clock>,
    Option<Outcome<(), Failure>>,
    Option<Response>,
    Option<IncomingResponse>,
    Option<ProgramEnd>,
);

/// One of each module that no other has.
type OfEach = (
    Option<Rest>,
    Option<Engine>,
    Option<SnmpEngine>,
    Option<Handle>,
    Option<Exit>,
);

fn run_out<C: TimeSource>(clock: &C) -> Instant {
    clock.call_later(Duration::ZERO, || ()).unschedule();
    clock.now()
}

#[test]
fn every_name_means_one_thing() {
    let _: (OnceAmbiguous, OfEach) = Default::default();
    let clock = Clock::new();
    assert_eq!(run_out(&clock), clock.now());
    let call: DelayedCall = clock.call_later(Duration::ZERO, || ());
    assert_eq!(call.cancel(), Ok(()), "that of the call itself");
    assert_eq!(call.cancel(), Err(NotPending::AlreadyCancelled));
}

#[test]
fn errors_without_data_are_values() {
    let queue: DeferredQueue<u8> = DeferredQueue::with_limits(None, Some(0));
    assert_eq!(queue.get().err(), Some(QueueUnderflow));
    let semaphore: Result<DeferredSemaphore, _> = DeferredSemaphore::new(0);
    assert_eq!(semaphore.err(), Some(NoTokens));
    let reactor = Reactor::new().expect("the system gives descriptors");
    let handle = reactor.handle();
    assert_eq!(handle.stop(), Err(ReactorNotRunning));
    let clock = Clock::new();
    let spin = clock.clone();
    fn again(clock: Clock) {
        let next = clock.clone();
        clock.call_later(Duration::ZERO, || again(next));
    }
    again(spin);
    assert_eq!(clock.advance(Duration::ZERO), Err(ClockSpins));
    let id = handle.add_system_event_trigger(TriggerPhase::After, SystemEvent::Shutdown, || ());
    assert_eq!(handle.remove_system_event_trigger(id), Ok(()));
    let named = (ReactorNotRestartable, NoSuchTrigger, ThreadPoolClosed);
    assert_eq!(
        named,
        (ReactorNotRestartable, NoSuchTrigger, ThreadPoolClosed)
    );
}
