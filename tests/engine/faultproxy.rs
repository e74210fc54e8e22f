//! Our manager and our agent with a proxy between them that loses, doubles, delays, mixes up, cuts
//! and replays datagrams: every request ends once, and never with data that is not the agent's.

use std::cell::{Cell, RefCell};
use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::hlapi::*;
use deferred_snmp::oid;
use util::agent;
use util::manager::{Manager, turn_until};
use util::{left_out, recording, shared};

/// The proxy, a program in Python beside the crate.
struct Proxy {
    child: Child,
    output: BufReader<ChildStdout>,
    address: SocketAddr,
}

impl Proxy {
    /// Starts one in front of `target`; `None` and a line if it is not there.
    fn start(test: &str, target: SocketAddr, faults: &[&str]) -> Option<Self> {
        let program = shared::shared(test, "faultproxy/faultproxy.py")?;
        let child = Command::new("python3")
            .arg(program)
            .args(["--target", &target.to_string(), "--max-secs", "100"])
            .args(faults)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn();
        let Ok(mut child) = child else {
            left_out(test, "python3 is not installed");
            return None;
        };
        let output = child.stdout.take().expect("stdout is a pipe");
        let mut output = BufReader::new(output);
        let mut line = String::new();
        output
            .read_line(&mut line)
            .expect("the proxy says where it listens");
        let address = line.trim().strip_prefix("listening ");
        let address = address.expect("the first line names the port");
        Some(Self {
            address: address.parse().expect("an address"),
            child,
            output,
        })
    }

    /// Ends it, and says how often it did `fault` to a datagram.
    fn count(mut self, faults: &[&str]) -> Vec<u64> {
        let pid = self.child.id().to_string();
        let ended = Command::new("kill").arg(pid).status();
        assert!(ended.expect("kill can be run").success());
        let mut text = String::new();
        self.output
            .read_to_string(&mut text)
            .expect("the proxy prints what it did");
        let counts: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let of = |direction: &str, fault: &str| counts[direction][fault].as_u64().expect("a count");
        faults
            .iter()
            .map(|fault| of("up", fault) + of("down", fault))
            .collect()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        // already gone is as good
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const REQUESTS: u32 = 300;

/// What the agent shows: numbers and texts that tell which object they belong to.
fn variables() -> Vec<VarBind> {
    let object = |number: u32| {
        let name = oid!(1.3.6.1.4.1.99999.9).extend([number, 0]);
        let name = name.expect("a short name");
        match number % 2 {
            0 => VarBind::new(name, number as i32),
            _ => VarBind::new(name, format!("the object with number {number}")),
        }
    };
    (1..=REQUESTS).map(object).collect()
}

struct Bench {
    manager: Manager,
    proxy: Proxy,
    target: UdpTransportTarget,
    _agent: SnmpEngine,
}

impl Bench {
    fn new(test: &str, faults: &[&str]) -> Option<Self> {
        let manager = Manager::new();
        let reactor = manager.reactor.handle();
        let tree = recording::tree(&variables());
        let (agent, address) = agent::serve(&reactor, "127.0.0.1:0", tree);
        let proxy = Proxy::start(test, address, faults)?;
        let target = UdpTransportTarget::from(proxy.address)
            .timeout(Duration::from_millis(100))
            .retries(100);
        Some(Self {
            manager,
            proxy,
            target,
            _agent: agent,
        })
    }

    /// GETs for every variable at once: what each ended with, after all have ended. Each ends once.
    fn get_all(&mut self, auth: &CommunityData) -> Vec<Result<Vec<VarBind>, SnmpError>> {
        let variables = variables();
        let outcomes: Rc<RefCell<Vec<_>>> = Rc::default();
        outcomes.borrow_mut().resize_with(variables.len(), || None);
        let ended = Rc::new(Cell::new(0));
        let before = self.manager.engine.statistics();
        for (at, variable) in variables.iter().enumerate() {
            let (outcomes, ended) = (Rc::clone(&outcomes), Rc::clone(&ended));
            get_cmd(
                &self.manager.engine,
                auth,
                &self.target,
                &ContextData::default(),
                [&variable.name].map(ObjectIdentifier::clone),
            )
            .add_both(move |outcome| {
                let outcome = outcome.and_then(Response::into_result);
                let outcome = outcome.map(|r| r.iter().map(VarBind::from).collect());
                let former = outcomes.borrow_mut()[at].replace(outcome);
                assert!(former.is_none(), "a second end");
                ended.set(ended.get() + 1);
                Ok(())
            });
        }
        turn_until(&mut self.manager.reactor, || ended.get() >= variables.len());
        let after = self.manager.engine.statistics();
        assert_eq!(after.requests - before.requests, u64::from(REQUESTS));
        let over = |s: &deferred_snmp::engine::Statistics| s.responses + s.timeouts;
        assert_eq!(over(&after) - over(&before), u64::from(REQUESTS));
        assert_eq!(ended.get(), variables.len());
        let outcomes = outcomes.take().into_iter();
        outcomes
            .map(|outcome| outcome.expect("it has ended"))
            .collect()
    }
}

const SEEDS: [&str; 3] = ["1", "20", "300"];

#[test]
fn whatever_happens_on_the_way_each_get_ends_with_its_own_value() {
    let test = "whatever_happens_on_the_way_each_get_ends_with_its_own_value";
    let kinds: [&[&str]; 6] = [
        &["loss", "0.3"],
        &["dup", "0.5", "replay", "0.5"],
        &["delay", "0.5", "reorder", "0.3"],
        // Not both: what is cut and then filled up again is a sound message with other octets.
        &["truncate", "0.2"],
        &["extend", "0.2"],
        &[
            "loss", "0.1", "dup", "0.2", "delay", "0.2", "reorder", "0.1", "replay", "0.2",
        ],
    ];
    for (kind, seed) in kinds.into_iter().zip(SEEDS.iter().cycle()) {
        let mut arguments = vec!["--seed".to_owned(), (*seed).to_owned()];
        let mut names = Vec::new();
        for pair in kind.chunks(2) {
            names.push(pair[0]);
            arguments.extend([format!("--{}", pair[0]), pair[1].to_owned()]);
        }
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let Some(mut bench) = Bench::new(test, &arguments) else {
            return;
        };
        for auth in [CommunityData::new("public"), CommunityData::v1("public")] {
            let outcomes = bench.get_all(&auth);
            for (variable, outcome) in variables().into_iter().zip(outcomes) {
                // so many retries get through all of this
                let found = outcome.unwrap_or_else(|error| panic!("{kind:?}: {error}"));
                assert_eq!(found, [variable], "{kind:?}");
            }
        }
        let counts = bench.proxy.count(&names);
        assert!(
            counts.iter().all(|&count| count > 0),
            "{kind:?}: {counts:?}"
        );
    }
}

#[test]
fn an_answer_from_another_port_is_never_taken() {
    let test = "an_answer_from_another_port_is_never_taken";
    let faults = ["--seed", "4", "--othersource", "0.4"];
    let Some(mut bench) = Bench::new(test, &faults) else {
        return;
    };
    let outcomes = bench.get_all(&CommunityData::new("public"));
    for (variable, outcome) in variables().into_iter().zip(outcomes) {
        assert_eq!(outcome.expect("an answer in time"), [variable]);
    }
    let foreign = bench.manager.engine.statistics().foreign_responses;
    let sent = bench.proxy.count(&["othersource"])[0];
    assert!(foreign > 0 && foreign <= sent, "{foreign} of {sent}");
}

#[test]
fn a_walk_through_it_reads_what_is_there() {
    let test = "a_walk_through_it_reads_what_is_there";
    let faults = [
        "--seed",
        "5",
        "--loss",
        "0.1",
        "--dup",
        "0.3",
        "--delay",
        "0.2",
        "--delay-max",
        "0.15",
        "--reorder",
        "0.1",
        "--reorder-hold",
        "0.05",
        "--replay",
        "0.5",
        "--truncate",
        "0.05",
        "--othersource",
        "0.1",
    ];
    let Some(mut bench) = Bench::new(test, &faults) else {
        return;
    };
    let (auth, context) = (CommunityData::new("public"), ContextData::default());
    for repetitions in [Some(7), Some(40)] {
        let engine = &bench.manager.engine;
        let walk = match repetitions {
            None => walk_cmd(engine, &auth, &bench.target, &context, ["1.3"]),
            Some(n) => bulk_walk_cmd(engine, &auth, &bench.target, &context, n, ["1.3"]),
        };
        let rows = bench.manager.succeed(walk.collect());
        let found: Vec<_> = rows.into_iter().flatten().collect();
        assert_eq!(found, variables(), "{repetitions:?}");
    }
    let counts = bench.proxy.count(&["dup", "replay"]);
    assert!(counts.iter().all(|&count| count > 0), "{counts:?}");
}

#[test]
fn a_request_that_was_corrupted_reads_nothing_that_is_not_there() {
    let test = "a_request_that_was_corrupted_reads_nothing_that_is_not_there";
    let faults = ["--seed", "6", "--corrupt-up", "0.7", "--corrupt-bits", "2"];
    let Some(mut bench) = Bench::new(test, &faults) else {
        return;
    };
    let all = variables();
    let outcomes = bench.get_all(&CommunityData::new("public"));
    for outcome in outcomes {
        // a request that was changed on the way is another question; its answer says so
        let found = match outcome {
            Err(SnmpError::ErrorStatus { .. }) => continue,
            outcome => outcome.expect("an answer in time"),
        };
        for found in found {
            let there = all.iter().find(|variable| variable.name == found.name);
            match there {
                Some(variable) => assert_eq!(found.value, variable.value),
                None => assert!(found.value.is_exception(), "{found}"),
            }
        }
    }
    assert!(bench.proxy.count(&["corrupt"])[0] > 100);
}

#[test]
fn answers_that_were_corrupted_end_each_request_once_all_the_same() {
    let test = "answers_that_were_corrupted_end_each_request_once_all_the_same";
    for seed in SEEDS {
        let faults = ["--seed", seed, "--corrupt-down", "0.9", "--truncate", "0.1"];
        let Some(mut bench) = Bench::new(test, &faults) else {
            return;
        };
        // Longer than a busy machine keeps the proxy waiting: some answers have to come in time.
        bench.target = bench.target.retries(3).timeout(Duration::from_millis(400));
        let (mut right, mut late) = (0, 0);
        for (variable, outcome) in variables()
            .into_iter()
            .zip(bench.get_all(&CommunityData::new("public")))
        {
            match outcome {
                // these versions have no checksum of their own: a changed value is not to be told
                Ok(found) => right += usize::from(found == [variable]),
                Err(error) if error.is_timeout() => late += 1,
                Err(error) => assert!(matches!(error, SnmpError::ErrorStatus { .. }), "{error}"),
            }
        }
        assert!(
            right > 0 && right + late < REQUESTS as usize,
            "{right} {late}"
        );
        assert!(bench.manager.engine.statistics().in_asn_parse_errs > 0);
    }
}

#[test]
fn when_everything_is_lost_each_request_times_out_after_its_tries() {
    let test = "when_everything_is_lost_each_request_times_out_after_its_tries";
    for direction in ["--loss-up", "--loss-down"] {
        let Some(mut bench) = Bench::new(test, &[direction, "1"]) else {
            return;
        };
        bench.target = bench.target.retries(1).timeout(Duration::from_millis(300));
        let outcomes = bench.get_all(&CommunityData::new("public"));
        for outcome in outcomes {
            assert!(outcome.expect_err("no answer").is_timeout());
        }
        let statistics = bench.manager.engine.statistics();
        assert_eq!(statistics.timeouts, u64::from(REQUESTS));
        assert!(statistics.out_pkts <= u64::from(REQUESTS) * 2);
    }
}

#[test]
fn an_agent_that_was_away_for_a_while_is_asked_again() {
    let test = "an_agent_that_was_away_for_a_while_is_asked_again";
    let faults = ["--blackhole-at", "1", "--blackhole-secs", "0.5"];
    let Some(mut bench) = Bench::new(test, &faults) else {
        return;
    };
    let outcomes = bench.get_all(&CommunityData::new("public"));
    for (variable, outcome) in variables().into_iter().zip(outcomes) {
        assert_eq!(outcome.expect("an answer in time"), [variable]);
    }
    assert!(bench.manager.engine.statistics().retransmissions > 0);
}
