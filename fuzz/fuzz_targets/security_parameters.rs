#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    deferred_snmp::security::usm::fuzz_security_parameters(data);
});
