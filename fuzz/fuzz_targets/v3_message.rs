#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| deferred_snmp::message::fuzz_v3_message(data));
