//! What integration tests share: the Net-SNMP peers and the data beside the crate.
//!
//! A test file takes it in with `mod util;`.

// A test file uses the parts that it needs.
#![allow(dead_code)]

use std::io::Write;

pub(crate) mod netsnmp;
pub(crate) mod rig;
pub(crate) mod shared;

/// Says that a test did not run. Written past the capture of `cargo test`, which would hide it.
pub(crate) fn left_out(test: &str, why: &str) {
    // the line is for people; a closed stderr is no reason to fail
    let _ = writeln!(std::io::stderr(), "left out: {test}: {why}");
}
