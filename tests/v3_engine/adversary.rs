//! Somebody who sees everything, holds everything up and repeats, changes and recombines what he likes:
//! an answer is the one to its request, a request served is one that was sent lately, and each request
//! ends exactly once.

use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

use deferred_snmp::engine::{Engine, EngineConfig, Event, RequestId, UsmCredentials};
use deferred_snmp::oid;
use deferred_snmp::pdu::{Pdu, PduKind};
use deferred_snmp::security::SecurityLevel;
use deferred_snmp::security::usm::{UserEntry, UserTable};
use deferred_snmp::smi::{ObjectIdentifier, ValueRef, VarBindList};
use deferred_snmp::testing::Random;

use crate::pair::{
    Forged, Pair, agent_config, auth_user, decoded, engine_id, manager_peer, request, user,
};
use util::rig::agent as stranger;

const WINDOW: Duration = Duration::from_secs(151);

struct World {
    random: Random,
    pair: Pair,
    boots: u32,
    /// Counts what happens.
    step: i32,
    /// Messages on their way, and all that ever were, by direction: to the agent, to the manager.
    under_way: [Vec<Vec<u8>>; 2],
    seen: [Vec<Vec<u8>>; 2],
    /// When a message with this msgID was sent to the agent last.
    sent: HashMap<i32, Instant>,
    /// What was asked, and from which step on.
    asked: HashMap<RequestId, (ObjectIdentifier, i32)>,
    /// Which object had which value: the values are steps.
    said: HashMap<i32, ObjectIdentifier>,
    answered: usize,
    failed: usize,
}

impl World {
    fn new(seed: u64) -> Self {
        Self {
            random: Random::new(seed),
            pair: Pair::with(EngineConfig::with_seed(seed), agent_config(7)),
            boots: 1,
            step: 0,
            under_way: Default::default(),
            seen: Default::default(),
            sent: HashMap::new(),
            asked: HashMap::new(),
            said: HashMap::new(),
            answered: 0,
            failed: 0,
        }
    }

    fn submit(&mut self, credentials: &UsmCredentials) {
        let object = oid!(1.3.6.1.4.1.99999).extend([self.random.below(5) as u32, 0]);
        let object = object.unwrap();
        let mut asked = request(credentials.clone()).patience(Duration::from_secs(2), 2);
        asked.pdu.var_binds = VarBindList::new();
        asked.pdu.var_binds.push(object.as_ref(), ValueRef::Null);
        let id = self.pair.submit_request(asked);
        assert_eq!(self.asked.insert(id, (object, self.step)), None);
    }

    /// Takes what both engines have to say.
    fn collect(&mut self) {
        let now = self.pair.now();
        for message in self.pair.asked() {
            self.sent.insert(decoded(&message).0.message_id, now);
            self.seen[0].push(message.clone());
            self.under_way[0].push(message);
        }
        while let Some(event) = self.pair.agent.poll_event() {
            let Event::Request(request) = event else {
                panic!("{event:?}");
            };
            // Less than that, anybody can ask; access control is told so.
            if request.security_level == SecurityLevel::NoAuthNoPriv {
                self.pair.agent.discard(request.state);
                continue;
            }
            let sent = self.sent[&request.pdu.request_id];
            assert!(now - sent <= WINDOW, "served {:?} later", now - sent);
            let asked = request.pdu.var_binds.iter().next().unwrap();
            let mut var_binds = VarBindList::new();
            var_binds.push(asked.name, ValueRef::Integer(self.step));
            self.said.insert(self.step, asked.name.to_owned());
            let answer = Pdu::new(PduKind::Response, 0, var_binds);
            self.pair
                .agent
                .respond(self.pair.now(), request.state, answer);
        }
        for message in self.pair.answered() {
            self.seen[1].push(message.clone());
            self.under_way[1].push(message);
        }
        while let Some(event) = self.pair.manager.poll_event() {
            match event {
                Event::Response { id, response } => {
                    let (object, since) = self.asked.remove(&id).expect("one outcome each");
                    let answer = response.pdu.var_binds.iter().next().unwrap();
                    let ValueRef::Integer(value) = answer.value else {
                        panic!("{answer}");
                    };
                    assert_eq!(answer.name, object.as_ref());
                    assert_eq!(self.said.get(&value), Some(&object));
                    assert!(value >= since, "an answer from before the question");
                    self.answered += 1;
                }
                Event::Failed { id, .. } => {
                    self.asked.remove(&id).expect("one outcome each");
                    self.failed += 1;
                }
                other => panic!("{other:?}"),
            }
        }
    }

    fn give(&mut self, direction: usize, message: &[u8]) {
        let now = self.pair.now();
        let from_elsewhere = self.random.chance(0.05);
        match (direction, from_elsewhere) {
            (0, true) => self.pair.agent.handle_message(now, &stranger(9), message),
            (0, false) => self
                .pair
                .agent
                .handle_message(now, &manager_peer(), message),
            (_, true) => self
                .pair
                .manager
                .handle_message(now, &stranger(9), message),
            (_, false) => self.pair.give_manager(message),
        }
    }

    fn pick(&mut self, len: usize) -> Option<usize> {
        (len > 0).then(|| self.random.below(len as u64) as usize)
    }

    fn changed(&mut self, mut message: Vec<u8>) -> Vec<u8> {
        match self.random.below(3) {
            0 | 1 => damage(&mut self.random, &mut message),
            // Under the msgID of another message, in any of its places.
            _ => {
                let other = self.random.below(2) as usize;
                if let Some(number) = self.pick(self.seen[other].len()) {
                    let old = decoded(&message).0.message_id.to_be_bytes();
                    let new = decoded(&self.seen[other][number])
                        .0
                        .message_id
                        .to_be_bytes();
                    let places: Vec<_> = (0..message.len().saturating_sub(3))
                        .filter(|&at| message[at..at + 4] == old)
                        .collect();
                    for at in places {
                        message[at..at + 4].copy_from_slice(&new);
                    }
                }
            }
        }
        message
    }

    /// An answer or a report to a message to the agent, without a digest.
    fn forged(&mut self, number: usize) -> Vec<u8> {
        let asked = &self.seen[0][number];
        let counters = [1, 2, 3, 4, 5, 6].map(|counter| [counter, 0]);
        let counter = counters[self.random.below(6) as usize];
        let counter = oid!(1.3.6.1.6.3.15.1.1).extend(counter).unwrap();
        let mut forged = Forged::report(asked, counter);
        if self.random.chance(0.5) {
            let object = oid!(1.3.6.1.4.1.99999).extend([self.random.below(5) as u32, 0]);
            forged.pdu.kind = PduKind::Response;
            forged.pdu.request_id = forged.message_id;
            forged.pdu.var_binds = VarBindList::new();
            let var_binds = &mut forged.pdu.var_binds;
            var_binds.push(object.unwrap().as_ref(), ValueRef::Integer(-1));
            forged.user_name = "both";
        }
        forged.plain()
    }

    fn act(&mut self, credentials: &UsmCredentials) {
        self.step += 1;
        let direction = self.random.below(2) as usize;
        match self.random.below(100) {
            0..15 => self.submit(credentials),
            15..70 => {
                if let Some(number) = self.pick(self.under_way[direction].len()) {
                    let message = self.under_way[direction].swap_remove(number);
                    match self.random.below(10) {
                        0 => {}
                        1 => {
                            let changed = self.changed(message);
                            self.give(direction, &changed);
                        }
                        _ => self.give(direction, &message),
                    }
                }
            }
            70..73 => {
                if let Some(number) = self.pick(self.seen[0].len()) {
                    let forged = self.forged(number);
                    self.give(1, &forged);
                }
            }
            73..90 => {
                if let Some(number) = self.pick(self.seen[direction].len()) {
                    let message = self.seen[direction][number].clone();
                    let message = match self.random.chance(0.5) {
                        true => self.changed(message),
                        false => message,
                    };
                    // Also back to where it came from.
                    let to = if self.random.chance(0.1) {
                        1 - direction
                    } else {
                        direction
                    };
                    self.give(to, &message);
                }
            }
            90..98 => {
                let milliseconds = self.random.below(500);
                self.pair.pass(milliseconds);
            }
            98 => self.pair.pass(200_000),
            _ => {
                self.boots += 1;
                let now = self.pair.now();
                self.pair.agent = Engine::new(agent_config(7).boots(self.boots), now);
            }
        }
        self.collect();
    }
}

#[test]
fn who_is_between_them_can_delay_and_end_requests_but_never_answer_them() {
    let (mut answered, mut failed) = (0, 0);
    for seed in 0..20 {
        let user = if seed % 2 == 0 {
            user("both")
        } else {
            auth_user("auth")
        };
        let credentials = UsmCredentials::new(user);
        let mut world = World::new(seed);
        for _ in 0..1_500 {
            world.act(&credentials);
        }
        // Left alone, what is outstanding ends.
        for _ in 0..20 {
            world.pair.pass(1_000);
            world.collect();
        }
        assert!(world.asked.is_empty(), "{:?} never ended", world.asked);
        assert_eq!(world.pair.manager.outstanding(), 0);
        answered += world.answered;
        failed += world.failed;
    }
    assert!(answered > 500 && failed > 100, "{answered} {failed}");
}

/// Cuts a message off, or changes a few of its bits.
fn damage(random: &mut Random, message: &mut Vec<u8>) {
    if random.chance(0.5) {
        return message.truncate(random.below(message.len() as u64) as usize);
    }
    for _ in 0..=random.below(3) {
        let at = random.below(message.len() as u64) as usize;
        message[at] ^= 1 << random.below(8);
    }
}

#[test]
fn who_is_between_them_can_hold_traps_up_but_never_add_one() {
    let mut taken = 0;
    for seed in 0..20 {
        let mut random = Random::new(seed);
        let user = if seed % 2 == 0 {
            user("both")
        } else {
            auth_user("auth")
        };
        let mut users = UserTable::default();
        let entry = UserEntry::new(user.clone());
        users
            .insert(if seed % 3 == 0 {
                entry.at_any_engine()
            } else {
                entry.at_engine(engine_id(1))
            })
            .unwrap();
        let sender = |boots| {
            EngineConfig::with_seed(1)
                .engine_id(engine_id(1))
                .boots(boots)
        };
        let receiver = EngineConfig::with_seed(7).users(users).notifications(true);
        let mut pair = Pair::with(sender(1), receiver);
        let (mut boots, mut seen) = (1, Vec::new());
        let mut values = HashSet::new();
        for step in 0..1_000 {
            match random.below(100) {
                0..40 => {
                    let mut trap = request(UsmCredentials::new(user.clone()));
                    trap.pdu = Pdu::new(PduKind::TrapV2, 0, VarBindList::new());
                    let name = oid!(1.3.6.1.4.1.99999.1);
                    trap.pdu
                        .var_binds
                        .push(name.as_ref(), ValueRef::Integer(step));
                    pair.submit_request(trap);
                    seen.extend(pair.asked());
                    while pair.manager.poll_event().is_some() {}
                }
                40..95 => {
                    // Among the last ones; older ones are told by the clock alone.
                    let oldest = seen.len().saturating_sub(20);
                    let among = (seen.len() - oldest) as u64;
                    let Some(message) = seen.get(oldest + random.below(among) as usize) else {
                        continue;
                    };
                    let mut message = message.clone();
                    if random.chance(0.3) {
                        damage(&mut random, &mut message);
                    }
                    let now = pair.now();
                    let from = if random.chance(0.5) {
                        stranger(9)
                    } else {
                        manager_peer()
                    };
                    pair.agent.handle_message(now, &from, &message);
                }
                95..99 => pair.pass(random.below(20_000)),
                _ => {
                    boots += 1;
                    pair.manager = Engine::new(sender(boots), pair.now());
                }
            }
            while let Some(event) = pair.agent.poll_event() {
                let Event::Notification(trap) = event else {
                    panic!("{event:?}");
                };
                assert!(trap.security_level > SecurityLevel::NoAuthNoPriv);
                let binding = trap.pdu.var_binds.iter().next().unwrap();
                let ValueRef::Integer(value) = binding.value else {
                    panic!("{binding}");
                };
                assert!((0..=step).contains(&value));
                assert!(values.insert(value), "trap {value} is taken twice");
            }
            // A trap whose reportableFlag was changed may be reported about.
            drop(pair.answered());
        }
        taken += values.len();
    }
    assert!(taken > 2_000, "{taken}");
}
