//! Thinking in chains.
//!
//! A [`Deferred`](crate::deferred::Deferred) is a result that is there now or comes later, and the
//! end of a chain of stages that the result will run through. You do not ask it for the result: you
//! say what shall happen with it.
//!
//! # Two tracks
//!
//! A chain has two tracks, and a result is on one of them. A stage has a side for either, or lets
//! what is on the other track pass. What a stage returns decides on which track the result goes on.
//!
//! ```text
//!                    success                    failure
//!                  callback(v)                errback(e)
//!                       |                          |
//!                     +---+                        |
//!   add_callback      | f |---- Err(e), panic ---->|
//!                     +---+                        |
//!                       |                        +---+
//!   add_errback         |<-------- Ok(v) --------| g |
//!                       |                        +---+
//!                       |                          |
//!                     +---+                      +---+
//!   add_callbacks     | f |      one stage       | g |
//!                     +---+                      +---+
//!                       |                          |
//!                     +------------------------------+
//!   add_both          |      h(Ok(v) or Err(e))      |
//!                     +------------------------------+
//!                       |                          |
//!                       v                          v
//!                     Ok(v)             Err(e): reported, unless a
//!                                       stage below handles it
//! ```
//!
//! Read a chain from top to bottom like a `try` block: callbacks are its statements, an errback is an
//! `except` for all that stands above it, `add_both` is a `finally` that is shown the result.
//!
//! ```
//! use deferred_snmp::deferred::{Deferred, Failure};
//! use std::{cell::RefCell, num::ParseIntError, rc::Rc};
//!
//! let seen = Rc::new(RefCell::new(Vec::new()));
//! let log = seen.clone();
//! let (resolver, text) = Deferred::<&str>::pair();
//! text.add_callback(|text| Ok(text.parse::<u16>()?))      // leaves the success track here
//!     .map(|port| port + 1)                               // passed by
//!     .add_errback(|failure: Failure| {
//!         let _: ParseIntError = failure.trap()?;         // anything else goes on as it is
//!         Ok(161)                                         // handled: back on the success track
//!     })
//!     .add_callback(move |port| log.borrow_mut().push(port));
//! resolver.callback("no number");
//! assert_eq!(*seen.borrow(), [161]);
//! ```
//!
//! # What a stage returns
//!
//! | it returns | and the chain |
//! |---|---|
//! | `Ok(value)` | goes on with the value |
//! | `Err(error)`, or it panics | goes on with the error |
//! | nothing | goes on with `()` |
//! | another Deferred | waits for that one, and goes on with its result |
//!
//! An errback ends in the type that the chain has; one that only prints the error, or counts it, is
//! for [`handle`](crate::deferred::Deferred::handle), which is the end of a chain. A closure that uses
//! `?` and ends in a Deferred is for [`try_callback`](crate::deferred::Deferred::try_callback) and
//! [`try_errback`](crate::deferred::Deferred::try_errback).
//!
//! A closure for a plain value belongs into [`map`](crate::deferred::Deferred::map), since the
//! compiler could not otherwise tell `Ok(..)` from a value. `E` stays the same along a chain;
//! [`map_err`](crate::deferred::Deferred::map_err) and [`then`](crate::deferred::Deferred::then)
//! change it. A chain that names no error type has [`Failure`](crate::deferred::Failure), which
//! takes every [`std::error::Error`] by `?` and gives it back by
//! [`trap`](crate::deferred::Failure::trap).
//!
//! # One thing after the other
//!
//! A stage that returns a Deferred is how steps are put in order. A loop is a function that calls
//! itself in a stage; neither memory nor stack grows with the rounds.
//!
//! ```
//! use deferred_snmp::deferred::{Deferred, succeed};
//! use deferred_snmp::task::{Clock, defer_later};
//! use std::{cell::Cell, rc::Rc, time::Duration};
//!
//! fn count_down(clock: Clock, from: u32) -> Deferred<&'static str> {
//!     if from == 0 {
//!         return succeed("lift-off");
//!     }
//!     defer_later(&clock.clone(), Duration::from_secs(1), move || Ok(from - 1))
//!         .add_callback(move |left| count_down(clock, left))
//! }
//!
//! let clock = Clock::new();
//! let said = Rc::new(Cell::new(""));
//! let slot = said.clone();
//! count_down(clock.clone(), 10).add_callback(move |text| slot.set(text));
//! clock.pump([Duration::from_secs(1); 10])?;
//! assert_eq!(said.get(), "lift-off");
//! # Ok::<(), deferred_snmp::task::ClockSpins>(())
//! ```
//!
//! The same with a coroutine, where a chain would need many captures: `.await` takes the result out of
//! a Deferred, and [`inline_callbacks`](crate::reactor::Handle::inline_callbacks) makes a Deferred of
//! the whole; [`spawn`](crate::reactor::Handle::spawn) does it for any error type.
//!
//! ```
//! use deferred_snmp::deferred::{Deferred, Failure};
//! use deferred_snmp::reactor::Handle;
//! use deferred_snmp::task::{defer_later, react};
//! use std::time::Duration;
//!
//! fn tick(clock: &Handle, left: u32) -> Deferred<u32> {
//!     defer_later(clock, Duration::from_millis(1), move || Ok(left - 1))
//! }
//!
//! # assert_eq!(
//! react(|reactor| {
//!     let clock = reactor.clone();
//!     reactor.inline_callbacks(async move {
//!         let mut left = 3;
//!         while left > 0 {
//!             left = tick(&clock, left).await?;
//!         }
//!         Ok(())
//!     })
//! })
//! # , std::process::ExitCode::SUCCESS);
//! ```
//!
//! # Several at once
//!
//! Nothing has to be done for two operations to run side by side: start both. What joins them is a
//! combinator.
//!
//! | you want | use |
//! |---|---|
//! | every outcome, in order | [`DeferredList::new`](crate::deferred::DeferredList::new) |
//! | all values, or the first error | [`gather_results`](crate::deferred::gather_results) |
//! | the first success; the others cancelled | [`race`](crate::deferred::race) |
//! | at most n at a time | [`DeferredSemaphore`](crate::deferred::DeferredSemaphore) |
//! | one at a time | [`DeferredLock`](crate::deferred::DeferredLock) |
//! | items handed from one side to the other | [`DeferredQueue`](crate::deferred::DeferredQueue) |
//! | one result for two chains | [`fork`](crate::deferred::Deferred::fork) |
//!
//! # When stages run
//!
//! Inside the call that fires: when `callback` returns, every stage that was able to run has run. On
//! a Deferred that has its result, inside the call that adds. Nothing is put off to a later turn of a
//! loop, and no loop is needed. A stage may fire, cancel, extend and drop any Deferred, its own chain
//! included.
//!
//! A request of [`hlapi`](crate::hlapi) never fires before the call that starts it has returned, unless
//! it fails before anything is sent.
//!
//! # Cancelling
//!
//! [`cancel`](crate::deferred::Deferred::cancel) asks whatever the chain waits for at that moment to
//! stop, however deep that is, and the chain goes on with
//! [`Interrupt::Cancelled`](crate::deferred::Interrupt::Cancelled) on its failure track. A chain is
//! consumed by adding to it; take a [`cancel_handle`](crate::deferred::Deferred::cancel_handle) if it
//! shall be cancelled from elsewhere. [`add_timeout`](crate::deferred::Deferred::add_timeout) cancels
//! what stands above it in the chain, and nothing below; it does so for every operation, walk, list and
//! coroutine alike. Which interrupt an error comes from is told by
//! [`Failure::interrupt`](crate::deferred::Failure::interrupt) and
//! [`AsInterrupt`](crate::deferred::AsInterrupt), for an error of [`hlapi`](crate::hlapi) by
//! [`is_timeout`](crate::hlapi::SnmpError::is_timeout) as well.
//!
//! ```
//! use deferred_snmp::deferred::{Deferred, Interrupt};
//! use deferred_snmp::task::Clock;
//! use std::time::Duration;
//!
//! let clock = Clock::new();
//! let (resolver, answer) = Deferred::<u32>::pair();
//! answer
//!     .add_timeout(Duration::from_secs(3), &clock)
//!     .handle(|failure| {
//!         let limit = Interrupt::TimedOut(Duration::from_secs(3));
//!         assert_eq!(failure.interrupt(), Some(&limit));
//!     });
//! clock.advance(Duration::from_secs(3))?;
//! assert!(resolver.is_cancelled());
//! # Ok::<(), deferred_snmp::task::ClockSpins>(())
//! ```
//!
//! # What is easily got wrong
//!
//! - **Dropping a Deferred cancels nothing.** The work goes on, and so do the stages. What is dropped
//!   is the wish to add more. (A Deferred that is being awaited is the exception: dropping that future
//!   cancels.)
//! - **An error at the end of a chain is reported**, when the Deferred is dropped, to the reporter of
//!   [`set_reporter`](crate::deferred::set_reporter). End chains with an errback.
//! - **Dropping the firing side is an error too**: the chain goes on with
//!   [`Interrupt::Abandoned`](crate::deferred::Interrupt::Abandoned), so that nobody waits for ever.
//! - **A Deferred that waits for itself is an error.** A chain that is to wait for one that waits for
//!   this very chain, by whatever way, goes on with
//!   [`Interrupt::Circular`](crate::deferred::Interrupt::Circular) at once; a coroutine gets it at its
//!   `.await`.
//! - **The errback beside a callback does not see its errors**
//!   ([`add_callbacks`](crate::deferred::Deferred::add_callbacks) is one stage). Put it below.
//! - **A callback gets the value, not a share of it.** The next stage sees what it returned.
