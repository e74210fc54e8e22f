//! The instructions that single operations take, as Callgrind counts them.
//!
//!     benches/count                   # compares them with benches/counts.txt
//!     target/release/counts GET       # does the cases with GET in their names, for a profiler
//!
//! Only what runs inside of [`counted`] is counted; [`began`] sets the count to zero, and at the end of [`ended`] it is
//! written down. That is so because `benches/count` names these functions to Callgrind: run by itself, the program
//! counts nothing. It prints a line for each case: how often it was done, and its name.

mod agent;
mod codec;
mod deferred;
mod manager;
mod names;
mod response;
mod timers;

use std::hint::black_box;

fn main() {
    let cases = Cases {
        wanted: std::env::args().nth(1).unwrap_or_default(),
    };
    codec::cases(&cases);
    manager::cases(&cases);
    agent::cases(&cases);
    deferred::cases(&cases);
    names::cases(&cases);
    timers::cases(&cases);
}

/// Does the cases, or those whose names contain what is wanted.
struct Cases {
    wanted: String,
}

/// So often it is done before it is counted: tables and buffers have their size then, and peers are known.
const WARM_UP: u32 = 32;

/// So often it is counted. What happens now and then only is in the mean.
const TIMES: u32 = 64;

impl Cases {
    /// A case of which everything counts.
    fn whole(&self, name: &str, mut operation: impl FnMut()) {
        self.parts(name, || counted(&mut operation));
    }

    /// A case of which counts what it does inside of [`counted`].
    fn parts(&self, name: &str, mut operation: impl FnMut()) {
        if !name.contains(&self.wanted) {
            return;
        }
        (0..WARM_UP).for_each(|_| operation());
        began();
        (0..TIMES).for_each(|_| operation());
        ended();
        println!("{TIMES} {name}");
    }
}

/// Calls `work`, which is counted.
#[inline(never)]
fn counted<R>(work: impl FnOnce() -> R) -> R {
    work()
}

// If these two did the same, the compiler would make one function of them.

#[inline(never)]
fn began() {
    black_box("began");
}

#[inline(never)]
fn ended() {
    black_box("ended");
}
