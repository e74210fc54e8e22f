#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| deferred_snmp::names::fuzz_display(data));
