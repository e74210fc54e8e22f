#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| deferred_snmp::asn1::fuzz_reader(data));
