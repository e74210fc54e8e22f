//! Answers with other names than asked, in a user's name.

use std::time::Duration;

use deferred_snmp::engine::{Event, UsmCredentials};
use deferred_snmp::oid;
use deferred_snmp::pdu::PduKind;
use deferred_snmp::smi::{ObjectIdentifier, ValueRef, VarBindList};

use crate::pair::{Pair, agent_config, auth_user, decoded, plain_user, request, user};

const OTHER: ObjectIdentifier = oid!(1.3.6.1.2.1.1.1);

/// An agent that answers every request by another name, and the manager's tries.
struct Careless {
    pair: Pair,
    tries: Vec<i32>,
}

impl Careless {
    /// Both know each other already.
    fn new(credentials: &UsmCredentials) -> Self {
        let mut pair = Pair::new();
        pair.ask(credentials.clone()).1.unwrap();
        Self {
            pair,
            tries: Vec::new(),
        }
    }

    /// Lets the next messages of the manager be answered; an answer names what `name` says.
    fn round(&mut self, name: &ObjectIdentifier) {
        for datagram in self.pair.asked() {
            self.tries.push(decoded(&datagram).0.message_id);
            self.pair.give_agent(&datagram);
        }
        while let Some(event) = self.pair.agent.poll_event() {
            let Event::Request(request) = event else {
                panic!("{event:?}");
            };
            let mut var_binds = VarBindList::new();
            var_binds.push(name.as_ref(), ValueRef::Integer(1));
            let mut pdu = request.pdu;
            (pdu.kind, pdu.var_binds) = (PduKind::Response, var_binds);
            let now = self.pair.now();
            assert!(self.pair.agent.respond(now, request.state, pdu));
        }
        for datagram in self.pair.answered() {
            self.pair.give_manager(&datagram);
        }
    }

    /// Whether the outcome is an answer that is marked, if there is one.
    fn outcome(&mut self) -> Option<Result<bool, String>> {
        Some(match self.pair.manager.poll_event()? {
            Event::Response { response, .. } => Ok(response.names_differ),
            Event::Failed { error, .. } => Err(error.to_string()),
            other => panic!("{other:?}"),
        })
    }
}

fn levels() -> [UsmCredentials; 3] {
    [
        UsmCredentials::new(plain_user("plain")),
        UsmCredentials::new(auth_user("auth")),
        UsmCredentials::new(user("both")),
    ]
}

#[test]
fn each_try_has_a_number_of_its_own_and_the_last_answer_is_marked() {
    for credentials in levels() {
        for retries in [0, 3] {
            let mut careless = Careless::new(&credentials);
            let request = request(credentials.clone()).patience(Duration::from_secs(1), retries);
            careless.pair.submit_request(request);
            for left in (0..=retries).rev() {
                careless.round(&OTHER);
                assert_eq!(careless.outcome(), (left == 0).then_some(Ok(true)));
            }
            assert!(careless.pair.asked().is_empty());
            let mut numbers = careless.tries;
            numbers.sort_unstable();
            numbers.dedup();
            assert_eq!(numbers.len() as u32, retries + 1);
            let counted = careless.pair.manager.statistics();
            assert_eq!(counted.differing_responses, u64::from(retries) + 1);
            assert_eq!((counted.responses, counted.timeouts), (2, 0));
        }
    }
}

#[test]
fn a_right_answer_to_a_later_try_is_the_result() {
    for credentials in levels() {
        let mut careless = Careless::new(&credentials);
        careless.pair.submit(credentials);
        careless.round(&OTHER);
        assert_eq!(careless.outcome(), None);
        careless.round(&util::rig::SYS_DESCR);
        assert_eq!(careless.outcome(), Some(Ok(false)));
    }
}

#[test]
fn the_one_kept_is_handed_out_when_the_last_try_is_not_answered() {
    let credentials = UsmCredentials::new(user("both"));
    let mut careless = Careless::new(&credentials);
    let request = request(credentials).patience(Duration::from_secs(1), 1);
    careless.pair.submit_request(request);
    careless.pair.pass(500);
    careless.round(&OTHER);
    assert_eq!(careless.pair.asked().len(), 1, "the last try is lost");
    careless.pair.pass(999);
    assert_eq!(careless.outcome(), None);
    careless.pair.pass(1);
    assert_eq!(careless.outcome(), Some(Ok(true)));
}

/// A message that is repeated for the agent's clock is no try.
#[test]
fn a_restart_of_the_agent_takes_no_try_away() {
    let credentials = UsmCredentials::new(user("both"));
    for retries in [0, 1] {
        let mut careless = Careless::new(&credentials);
        careless.pair.replace_agent(agent_config(7).boots(5));
        let request = request(credentials.clone()).patience(Duration::from_secs(1), retries);
        careless.pair.submit_request(request);
        careless.round(&OTHER);
        let counted = careless.pair.manager.statistics();
        assert_eq!(
            (counted.resynchronisations, counted.differing_responses),
            (1, 0)
        );
        for left in (0..=retries).rev() {
            careless.round(&OTHER);
            assert_eq!(careless.outcome(), (left == 0).then_some(Ok(true)));
        }
        assert_eq!(careless.tries.len() as u32, retries + 2);
    }
}

#[test]
fn strict_names_drop_the_answer_and_a_time_out_says_so() {
    for credentials in levels() {
        let mut careless = Careless::new(&credentials);
        let request = request(credentials).strict_names(true);
        let request = request.patience(Duration::from_secs(1), 1);
        careless.pair.submit_request(request);
        for _ in 0..2 {
            careless.round(&OTHER);
            assert_eq!(careless.outcome(), None);
            assert!(careless.pair.asked().is_empty());
            careless.pair.pass(1_000);
        }
        let words = careless.outcome().unwrap().unwrap_err();
        assert!(
            words.ends_with("2 tries of 1s; an answer from there had other names than asked"),
            "{words}"
        );
        assert_eq!(careless.pair.manager.statistics().differing_responses, 2);
    }
}
