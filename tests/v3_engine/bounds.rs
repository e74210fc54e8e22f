//! Nothing grows with what others send.

use deferred_snmp::engine::{Credentials, EngineConfig, Request, UsmCredentials};
use deferred_snmp::security::usm::{TableFull, UserEntry, UserTable};

use crate::pair::{Pair, agent_config, manager_peer, plain_user, user};
use util::rig::{agent, get_pdu};

#[test]
fn a_storm_of_questions_is_answered_within_bounds() {
    let mut pair = Pair::with(
        EngineConfig::with_seed(1),
        agent_config(7).max_unanswered(100),
    );
    pair.submit(UsmCredentials::new(user("both")));
    let question = pair.asked().remove(0);
    let now = pair.now();
    for number in 0..10_000_u32 {
        let peer = agent((number % 250) as u8);
        pair.agent.handle_message(now, &peer, &question);
    }
    let counted = pair.agent.statistics();
    assert_eq!(counted.unknown_engine_ids, 10_000);
    assert_eq!(counted.dropped_reports, 9_950);
    assert_eq!(pair.answered().len(), 50, "half is left to answers");
    pair.agent.handle_message(now, &manager_peer(), &question);
    assert_eq!(pair.answered().len(), 1, "and then it goes on");
}

#[test]
fn engines_that_nothing_is_outstanding_to_are_forgotten_in_the_order_of_their_use() {
    let mut pair = Pair::with(EngineConfig::with_seed(1).max_peers(10), agent_config(7));
    let ask = |pair: &mut Pair, number: u8| {
        let credentials = Credentials::Usm(UsmCredentials::new(plain_user("plain")));
        let peer = agent(number);
        let before = pair.manager.statistics().discoveries;
        let now = pair.now();
        let request = Request::new(peer.clone(), credentials, get_pdu(Vec::new()));
        pair.manager.submit(now, request).unwrap();
        loop {
            let asked = pair.asked();
            if asked.is_empty() {
                break;
            }
            for datagram in asked {
                pair.give_agent(&datagram);
            }
            pair.serve();
            for datagram in pair.answered() {
                pair.manager.handle_message(now, &peer, &datagram);
            }
        }
        assert!(pair.outcomes().remove(0).1.is_ok());
        pair.manager.statistics().discoveries - before
    };
    for number in 0..10 {
        assert_eq!(ask(&mut pair, number), 1);
    }
    assert_eq!(ask(&mut pair, 0), 0, "ten are known");
    assert_eq!(ask(&mut pair, 10), 1);
    assert_eq!(ask(&mut pair, 0), 0, "0 was used lately");
    assert_eq!(ask(&mut pair, 1), 1, "1 was not");
}

#[test]
fn a_table_of_users_has_a_capacity() {
    let mut users = UserTable::with_capacity(2);
    let entry = |name: &str| UserEntry::new(plain_user(name));
    users.insert(entry("one")).unwrap();
    users.insert(entry("two")).unwrap();
    assert_eq!(users.insert(entry("three")), Err(TableFull));
    users.insert(entry("two")).unwrap();
    assert_eq!(users.len(), 2);
    assert!(users.remove("one") && !users.remove("one"));
    users.insert(entry("three")).unwrap();
}
