//! Requests that are answered: how many round trips they take.

use deferred_snmp::engine::{EngineConfig, UsmCredentials};
use deferred_snmp::security::SecurityLevel;

use crate::pair::{Pair, agent_config, auth_user, engine_id, plain_user, user};

#[test]
fn a_new_engine_costs_two_round_trips_and_a_known_one_costs_one() {
    for (credentials, level) in [
        (UsmCredentials::new(plain_user("plain")), "noAuthNoPriv"),
        (UsmCredentials::new(auth_user("auth")), "authNoPriv"),
        (UsmCredentials::new(user("both")), "authPriv"),
    ] {
        let mut pair = Pair::new();
        assert_eq!(credentials.level().to_string(), level);
        assert_eq!(pair.ask(credentials.clone()), (2, Ok(())), "{level}");
        assert_eq!(pair.ask(credentials.clone()), (1, Ok(())), "{level}");
        // Ten minutes later: the clock has gone on here as well.
        pair.pass(600_000);
        assert_eq!(pair.ask(credentials), (1, Ok(())), "{level}, after idling");
        assert_eq!(pair.manager.statistics().discoveries, 1);
    }
}

#[test]
fn an_engine_that_is_named_is_not_asked_for_its_name() {
    let mut pair = Pair::new();
    let named = |user| UsmCredentials::new(user).at_engine(engine_id(7));
    assert_eq!(pair.ask(named(plain_user("plain"))), (1, Ok(())));
    // Its clock has to be learnt from a report that is authenticated.
    assert_eq!(pair.ask(named(user("both"))), (2, Ok(())));
    assert_eq!(pair.ask(named(user("both"))), (1, Ok(())));
    let statistics = pair.manager.statistics();
    assert_eq!(
        (statistics.discoveries, statistics.resynchronisations),
        (0, 1)
    );
}

#[test]
fn a_user_with_keys_may_speak_without() {
    let mut pair = Pair::new();
    for level in [
        SecurityLevel::NoAuthNoPriv,
        SecurityLevel::AuthNoPriv,
        SecurityLevel::AuthPriv,
    ] {
        let credentials = UsmCredentials::new(user("both")).at_level(level);
        let (_, outcome) = pair.ask(credentials);
        assert_eq!(outcome, Ok(()), "{level}");
    }
}

#[test]
fn an_engine_knows_its_name_boots_and_time() {
    let mut pair = Pair::with(EngineConfig::with_seed(1), agent_config(7).boots(12));
    pair.pass(61_500);
    assert_eq!(pair.agent.engine_id(), engine_id(7));
    assert_eq!((pair.agent.boots(), pair.agent.engine_time()), (12, 61));
    // Without a name of its own it has one that follows from the seed.
    let name = |seed| {
        Pair::with(EngineConfig::with_seed(seed), agent_config(7))
            .manager
            .engine_id()
    };
    assert_eq!(name(1), name(1));
    assert_ne!(name(1), name(2));
}

#[test]
fn one_discovery_serves_a_hundred_requests() {
    let mut pair = Pair::new();
    let credentials = UsmCredentials::new(user("both"));
    for _ in 0..100 {
        pair.submit(credentials.clone());
    }
    assert_eq!(pair.run(), 2);
    assert_eq!(pair.to_agent.len(), 101);
    let outcomes = pair.outcomes();
    assert_eq!(outcomes.len(), 100);
    assert!(outcomes.iter().all(|(_, outcome)| outcome.is_ok()));
    assert_eq!(pair.agent.statistics().unknown_engine_ids, 1);
}
