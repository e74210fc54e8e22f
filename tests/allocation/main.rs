//! How often this crate allocates, counted.

use counting_allocator::Counting;

mod deferred;
mod engine;
mod messages;
mod mib;
mod notifications;
mod reactor;
mod responder;
mod target;
mod walk;

#[global_allocator]
static ALLOCATOR: Counting = Counting;
