//! The rules of Deferred, one test a rule; the number of the rule begins the test's name.

mod cancel;
mod chaining;
mod circles;
mod combine;
mod debugging;
mod depth;
mod errors;
mod inference;
mod interrupts;
mod journal;
mod model;
mod reentrancy;
mod results;
mod stages;
mod sync;
mod timeout;

/// How long a chain has to be for recursion to show; under Miri, which is a thousand times slower, only
/// what the links do to memory counts.
const MANY: u32 = if cfg!(miri) { 200 } else { 1_000_000 };
