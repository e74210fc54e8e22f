//! Ask many agents every five seconds, a few at a time, and those that are silent less often.
//!
//!     cargo run --example poll_every_five_seconds --features signals [-- ROUNDS HOST[:PORT] ...]
//!
//! * SNMPv2c, community `public`
//! * over UDP, to so many agents that the example starts itself, one of which is silent, for a few short
//!   rounds; or to each HOST:161, so many ROUNDS of five seconds, or with 0 until it is interrupted
//! * SNMPv2-MIB::sysUpTime.0 and IF-MIB::ifInOctets.1, in one request for each agent
//! * at most 8 agents are asked at the same time; a round that takes longer than five seconds costs the next
//! * an agent that does not answer is left out of 1 round, then of 3, 7 and so on to 15, until it answers
//! * with the feature `signals`, SIGINT and SIGTERM end it in an orderly way: what is under way is cancelled
//!
//! Does for each agent what this command does, all the time:
//!
//!     snmpget -v2c -c public -r 1 HOST 1.3.6.1.2.1.1.3.0 1.3.6.1.2.1.2.2.1.10.1

mod common;

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::deferred::{Deferred, DeferredList, DeferredSemaphore, Interrupt};
use deferred_snmp::hlapi::*;
use deferred_snmp::reactor::{Handle, SystemEvent, TriggerPhase};
use deferred_snmp::task::{LoopingCall, react};

/// How many are asked at the same time.
const AT_ONCE: usize = 8;

/// The longest that a silent agent is left out, in rounds.
const MOST_LEFT_OUT: u32 = 15;

struct Plan {
    interval: Duration,
    /// None for as long as it is not interrupted.
    rounds: Option<u32>,
    targets: Vec<UdpTransportTarget>,
}

/// An agent, and how it has answered so far.
struct Polled {
    name: String,
    agent: RemoteEngine,
    /// Of how many rounds it is left out after the next time-out.
    penalty: Cell<u32>,
    left_out: Cell<u32>,
}

fn main() -> ExitCode {
    react(|reactor| {
        let plan = plan(reactor);
        let polled = polled(reactor, &plan.targets);
        let at_once = DeferredSemaphore::new(AT_ONCE)?;
        let (stop, mut round) = (reactor.clone(), 0);
        let looping = LoopingCall::new(reactor, move || {
            round += 1;
            println!("round {round}");
            let is_last = plan.rounds == Some(round);
            let stop = stop.clone();
            poll(&polled, &at_once).add_callback(move |_| {
                if is_last {
                    stop.stop()?;
                }
                Ok(())
            })
        });
        let (before, ending) = (TriggerPhase::Before, looping.clone());
        reactor.add_system_event_trigger(before, SystemEvent::Shutdown, move || {
            // Nothing is asked any more, and the loop has ended well.
            ending.stop_and_cancel()?;
            Ok(())
        });
        Ok(looping.start(plan.interval, true))
    })
}

/// Asks everybody whose turn it is; fires when all have answered or been given up.
fn poll(polled: &[Rc<Polled>], at_once: &DeferredSemaphore) -> Deferred<()> {
    let due = polled.iter().filter(|polled| polled.is_due());
    let asked = due.map(|polled| {
        let polled = Rc::clone(polled);
        at_once.run(move || polled.ask())
    });
    DeferredList::new(asked.collect::<Vec<_>>()).map(drop)
}

impl Polled {
    fn is_due(&self) -> bool {
        let left_out = self.left_out.get();
        self.left_out.set(left_out.saturating_sub(1));
        left_out == 0
    }

    /// Whatever becomes of it is told here, and is no error of the round.
    fn ask(self: Rc<Self>) -> Deferred<()> {
        let objects = ["SNMPv2-MIB::sysUpTime.0", "IF-MIB::ifInOctets.1"];
        self.agent.get(objects).then(move |outcome| {
            self.tell(outcome.and_then(Response::into_result));
        })
    }

    fn tell(&self, outcome: Result<Response, SnmpError>) {
        let name = &self.name;
        match outcome {
            Ok(response) => {
                self.penalty.set(1);
                for var_bind in &response {
                    println!("{name}: {var_bind}");
                }
            }
            Err(error) if error.is_timeout() => {
                let penalty = self.penalty.get();
                self.left_out.set(penalty);
                self.penalty.set((2 * penalty + 1).min(MOST_LEFT_OUT));
                println!("{name}: no answer; left out of the next rounds: {penalty}");
            }
            // The program ends.
            Err(SnmpError::Interrupt(Interrupt::Cancelled)) => {}
            Err(error) => println!("{name}: {error}"),
        }
    }
}

fn polled(reactor: &Handle, targets: &[UdpTransportTarget]) -> Vec<Rc<Polled>> {
    // One engine, with one socket, asks them all.
    let engine = SnmpEngine::new(reactor);
    let auth = CommunityData::new("public");
    let polled = targets.iter().map(|target| Polled {
        name: target.to_string(),
        agent: engine.remote(&auth, target),
        penalty: Cell::new(1),
        left_out: Cell::new(0),
    });
    polled.map(Rc::new).collect()
}

/// What the command line says, or else a few rounds with agents of our own.
fn plan(reactor: &Handle) -> Plan {
    let mut words = std::env::args().skip(1);
    let Some(rounds) = words.next() else {
        let mut targets: Vec<UdpTransportTarget> = (0..20)
            .map(|_| common::agent(reactor, "127.0.0.1:0").into())
            .collect();
        // It knows no community.
        let silent = SnmpEngine::new(reactor);
        targets.push(common::listen(&silent, "127.0.0.1:0").into());
        let patience = Duration::from_millis(100);
        let hasty = targets
            .into_iter()
            .map(|it| it.timeout(patience).retries(0));
        return Plan {
            interval: Duration::from_millis(300),
            rounds: Some(5),
            targets: hasty.collect(),
        };
    };
    let rounds: u32 = rounds.parse().unwrap_or_else(|_| usage());
    let targets = words.map(|word| {
        let target: Result<UdpTransportTarget, _> = word.parse();
        target.map_or_else(|_| usage(), |target| target.retries(1))
    });
    Plan {
        interval: Duration::from_secs(5),
        rounds: Some(rounds).filter(|rounds| *rounds > 0),
        targets: targets.collect(),
    }
}

fn usage() -> ! {
    common::usage_is(" [ROUNDS HOST[:PORT] ...]")
}
