//! Every fuzz function over a corpus and over mutations of it, always the same ones.
//!
//! The functions check what they are about by themselves; here it counts that they come back.

use std::fs;
use std::time::Instant;

use deferred_snmp::asn1::fuzz_reader;
use deferred_snmp::engine::fuzz_engine;
use deferred_snmp::message::{V3Message, fuzz_message, fuzz_v3_message};
use deferred_snmp::names::fuzz_display;
use deferred_snmp::security::usm::fuzz_security_parameters;
use deferred_snmp::smi::{fuzz_oid, fuzz_var_binds};
use util::shared::shared;
use util::{hex_octets, json_lines};

const FUNCTIONS: [fn(&[u8]); 6] = [
    fuzz_reader,
    fuzz_oid,
    fuzz_var_binds,
    fuzz_message,
    fuzz_v3_message,
    fuzz_security_parameters,
];

/// For each seed of the corpus, at an engine, and where all that it can be printed as is printed.
const MUTATIONS: usize = 500;
const AT_AN_ENGINE: usize = 300;
const PRINTED: usize = 3;

const CORPUS: [&str; 3] = [
    include_str!("../vectors/community-messages.jsonl"),
    include_str!("../vectors/fuzz-corpus.jsonl"),
    include_str!("../vectors/v3-messages.jsonl"),
];

fn run(data: &[u8]) {
    for function in FUNCTIONS {
        function(data);
    }
}

/// The next number of a fixed sequence (xorshift64).
struct Sequence(u64);

impl Sequence {
    fn next(&mut self) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize
    }

    fn octet(&mut self) -> u8 {
        // the octets that mean something in an encoding, and all others
        const TELLING: [u8; 16] = [
            0x00, 0x01, 0x02, 0x04, 0x06, 0x1f, 0x30, 0x7f, 0x80, 0x81, 0x84, 0x8f, 0xa0, 0xa4,
            0xff, 0xfe,
        ];
        match self.next() % 3 {
            0 => self.next() as u8,
            _ => TELLING[self.next() % TELLING.len()],
        }
    }
}

/// `seed` with one to four changes: an octet replaced, inserted, removed, a part doubled, the end cut
/// off.
fn mutated(seed: &[u8], sequence: &mut Sequence) -> Vec<u8> {
    let mut data = seed.to_vec();
    for _ in 0..=sequence.next() % 4 {
        if data.is_empty() {
            data.push(sequence.octet());
        }
        let at = sequence.next() % data.len();
        match sequence.next() % 8 {
            0..=3 => data[at] = sequence.octet(),
            4 => data.insert(at, sequence.octet()),
            5 => drop(data.remove(at)),
            6 => {
                let end = (at + sequence.next() % 16).min(data.len());
                data.extend_from_within(at..end);
            }
            _ => data.truncate(at),
        }
    }
    data
}

#[test]
fn corpus_and_mutations() {
    let mut sequence = Sequence(0x5eed_0161);
    let mut seeds = 0;
    for line in CORPUS.into_iter().flat_map(json_lines) {
        let seed = hex_octets(&line["hex"]);
        run(&seed);
        for _ in 0..MUTATIONS {
            run(&mutated(&seed, &mut sequence));
        }
        if let Ok(message) = V3Message::decode(&seed) {
            let parameters = message.security_parameters.rest();
            for _ in 0..MUTATIONS {
                run(&mutated(parameters, &mut sequence));
            }
        }
        seeds += 1;
    }
    assert!(seeds >= 40, "{seeds}");
}

#[test]
fn corpus_and_mutations_are_printed() {
    let mut sequence = Sequence(0x5eed_0164);
    for line in CORPUS.into_iter().flat_map(json_lines) {
        let seed = hex_octets(&line["hex"]);
        fuzz_display(&seed);
        for _ in 0..PRINTED {
            fuzz_display(&mutated(&seed, &mut sequence));
            // The octets of text alone.
            let text: Vec<u8> = (0..sequence.next() % 40)
                .map(|_| sequence.octet())
                .collect();
            fuzz_display(&text);
        }
    }
}

/// What an engine is sent: requests, traps, informs, reports and answers, in the clear, signed and encrypted.
#[test]
fn corpus_and_mutations_at_an_engine() {
    let now = now();
    let mut sequence = Sequence(0x5eed_0165);
    for line in CORPUS.into_iter().flat_map(json_lines) {
        let seed = hex_octets(&line["hex"]);
        let taken = fuzz_engine(now, &seed);
        // What was made for this very engine is taken, and so is understood to its end.
        if let Some(expected) = line["taken"].as_u64() {
            assert_eq!(taken as u64, expected, "{}", line["what"]);
        }
        for _ in 0..AT_AN_ENGINE {
            fuzz_engine(now, &mutated(&seed, &mut sequence));
        }
        for end in (0..seed.len()).step_by(7) {
            fuzz_engine(now, &seed[..end]);
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "an Instant can be had in no other way; only distances from it matter"
)]
fn now() -> Instant {
    Instant::now()
}

#[test]
fn every_beginning_of_every_message() {
    let messages = [
        include_str!("../vectors/community-messages.jsonl"),
        include_str!("../vectors/v3-messages.jsonl"),
    ];
    for line in messages.into_iter().flat_map(json_lines) {
        let message = hex_octets(&line["hex"]);
        for end in 0..message.len() {
            run(&message[..end]);
        }
    }
}

#[test]
fn captures() {
    for name in ["malformed-captures.jsonl", "valid-traffic.jsonl"] {
        let Some(path) = shared("captures", &format!("malformed/data/{name}")) else {
            return;
        };
        let mut sequence = Sequence(0x5eed_0162);
        for line in json_lines(&fs::read_to_string(path).unwrap()) {
            let seed = hex_octets(&line["hex"]);
            run(&seed);
            for _ in 0..100 {
                run(&mutated(&seed, &mut sequence));
            }
        }
    }
}

/// Every beginning, in steps, of modules, and the corpus of messages taken for modules; `tests/names/mutated.rs` has more.
#[cfg(feature = "mib")]
#[test]
fn modules() {
    use deferred_snmp::names::fuzz_modules;
    for module in [
        include_str!("../names/modules/CARELESS-MIB.txt"),
        include_str!("../names/modules/SMALL-V1-MIB.txt"),
        include_str!("../names/modules/SMALL-V2-MIB.txt"),
        include_str!("../names/peer_values/VALUES-TEST-MIB.txt"),
    ] {
        for end in (0..=module.len()).step_by(23) {
            fuzz_modules(&module.as_bytes()[..end]);
        }
        let mut sequence = Sequence(0x5eed_0163);
        for _ in 0..MUTATIONS {
            fuzz_modules(&mutated(module.as_bytes(), &mut sequence));
        }
    }
    for line in json_lines(include_str!("../vectors/fuzz-corpus.jsonl")) {
        fuzz_modules(&hex_octets(&line["hex"]));
    }
}
