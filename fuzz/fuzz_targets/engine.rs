#![no_main]

use std::time::Instant;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    deferred_snmp::engine::fuzz_engine(Instant::now(), data);
});
