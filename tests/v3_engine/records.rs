//! What is dropped leaves a record, one a second for each kind, as the documentation of `Statistics` says.

use std::io::ErrorKind;
use std::time::{Duration, Instant};

use deferred_snmp::engine::{
    Credentials, Engine, EngineConfig, Event, Refusal, Request, SendFailure, Statistics,
    UsmCredentials,
};
use deferred_snmp::message::{CommunityMessage, Version};
use deferred_snmp::oid;
use deferred_snmp::pdu::PduKind;
use deferred_snmp::security::{CommunityEntry, CommunityTable, SecurityLevel};
use deferred_snmp::smi::ValueRef;
use util::records;
use util::rig::{answer, answer_by, get_pdu};

use crate::pair::{
    Forged, Pair, agent_config, agent_peer, both, engine_id, manager_peer, plain_user, request,
    user, user_with,
};

/// The rows of the documentation: counter, level and what the record begins with.
fn documented() -> Vec<[String; 3]> {
    let lines = include_str!("../../src/engine/stats.rs").lines();
    let rows = lines.filter_map(|line| {
        let cells = line.strip_prefix("/// | ")?.strip_suffix(" |")?;
        let cells: Vec<_> = cells.split(" | ").collect();
        let [counter, level, words] = <[&str; 3]>::try_from(cells).ok()?;
        let counter = counter.strip_prefix("[`")?.split('`').next()?;
        Some([counter, level, words].map(str::to_owned))
    });
    rows.collect()
}

/// The value of a counter by its name.
fn count(statistics: &Statistics, counter: &str) -> u64 {
    let shown = format!("{statistics:?}");
    let (_, rest) = shown
        .split_once(&format!(" {counter}: "))
        .unwrap_or_else(|| panic!("no counter {counter}"));
    let end = rest.find([',', ' ']).expect("more follows");
    rest[..end].parse().expect("a number")
}

/// An agent that knows the community `secret`, with one setting changed.
fn agent(change: impl FnOnce(EngineConfig) -> EngineConfig) -> Pair {
    let mut communities = CommunityTable::default();
    communities.insert("secret", CommunityEntry::new("reader"));
    let config = agent_config(7).communities(communities).notifications(true);
    Pair::with(EngineConfig::with_seed(1), change(config))
}

fn community_message(kind: PduKind) -> Vec<u8> {
    let mut pdu = get_pdu(Vec::new());
    pdu.kind = kind;
    let mut out = Vec::new();
    CommunityMessage::new(Version::V2c, b"secret", &pdu).encode(&mut out);
    out
}

/// A message of SNMPv3 to the agent, in the name of `both`.
fn to_agent() -> Forged<'static> {
    let mut other = Pair::new();
    other.submit(both());
    let mut forged = Forged::answer(&other.asked().remove(0));
    forged.pdu.kind = PduKind::GetRequest;
    forged
}

/// A manager with an outstanding GET of a community, and that.
fn asking() -> (Pair, Vec<u8>) {
    let mut pair = Pair::new();
    let v2c = Credentials::V2c("secret".into());
    pair.submit_request(Request::new(agent_peer(), v2c, get_pdu(Vec::new())));
    let asked = pair.asked().remove(0);
    (pair, asked)
}

fn fetch_request(pair: &mut Pair) -> deferred_snmp::engine::IncomingRequest {
    match pair.agent.poll_event() {
        Some(Event::Request(request)) => request,
        other => panic!("{other:?}"),
    }
}

/// Makes the counter move by one drop. Gives the engine that has counted.
fn provoke(counter: &str) -> Engine {
    let keys = || user("both").localize(&engine_id(7)).unwrap();
    let mut pair = agent(|config| config);
    let get = community_message(PduKind::GetRequest);
    match counter {
        "in_asn_parse_errs" => pair.give_agent(b"nonsense"),
        "in_bad_versions" => {
            let mut message = get;
            message[4] = 2;
            pair.give_agent(&message);
        }
        "in_bad_community_names" => {
            pair = Pair::new();
            pair.give_agent(&get);
        }
        "unknown_pdu_handlers" => pair.give_agent(&community_message(PduKind::Report)),
        "silent_drops" => {
            pair = agent(|config| config.max_unanswered(0));
            pair.give_agent(&get);
        }
        "unanswered_requests" => {
            pair.give_agent(&get);
            pair.pass(60_000);
        }
        "dropped_reports" => {
            pair.agent.block(manager_peer().endpoint);
            let mut message = to_agent();
            message.user_name = "nobody";
            pair.give_agent(&message.plain());
        }
        "dropped_responses" => {
            pair.give_agent(&get);
            pair.serve();
            pair.pass(5_000);
            assert!(pair.answered().is_empty());
        }
        "send_failures" => {
            let v2c = Credentials::V2c("secret".into());
            let request = Request::new(agent_peer(), v2c, get_pdu(Vec::new()));
            pair.submit_request(request);
            let now = pair.now();
            let transmit = pair.manager.poll_transmit(now, &mut Vec::new());
            let failure = SendFailure::Refused(ErrorKind::PermissionDenied.into());
            let transmit = transmit.expect("a request");
            pair.manager.handle_send_failure(now, &transmit, failure);
            return pair.manager;
        }
        "dropped_notifications" => {
            pair = agent(|config| config.max_unanswered(0));
            pair.give_agent(&community_message(PduKind::TrapV2));
        }
        "repeated_informs" => {
            for _ in 0..2 {
                pair.give_agent(&community_message(PduKind::InformRequest));
            }
        }
        "unknown_security_models" | "invalid_msgs" => {
            let mut message = to_agent().seal(&keys(), SecurityLevel::AuthPriv);
            let at = message.windows(6).position(|it| it == [4, 1, 7, 2, 1, 3]);
            let at = at.expect("flags and security model");
            match counter {
                "invalid_msgs" => message[at + 2] = 6,
                _ => message[at + 5] = 9,
            }
            pair.give_agent(&message);
        }
        "unavailable_contexts" | "unknown_contexts" => {
            pair.give_agent(&to_agent().seal(&keys(), SecurityLevel::AuthPriv));
            let state = fetch_request(&mut pair).state;
            let refusal = match counter {
                "unknown_contexts" => Refusal::UnknownContext,
                _ => Refusal::UnavailableContext,
            };
            let now = pair.now();
            assert!(pair.agent.refuse_request(now, state, refusal));
        }
        "unsupported_sec_levels" => {
            let mut message = to_agent();
            message.user_name = "plain";
            pair.give_agent(&message.seal(&keys(), SecurityLevel::AuthPriv));
        }
        "not_in_time_windows" => {
            let mut message = to_agent();
            message.clock = (1, 1_000);
            pair.give_agent(&message.seal(&keys(), SecurityLevel::AuthPriv));
        }
        "unknown_user_names" => {
            let mut message = to_agent();
            message.user_name = "nobody";
            pair.give_agent(&message.plain());
        }
        "unknown_engine_ids" => {
            let mut message = to_agent();
            message.engine_id = &[0x80, 0, 0, 1, 5, 9];
            pair.give_agent(&message.plain());
        }
        "wrong_digests" | "decryption_errors" => {
            let (authentication, privacy) = match counter {
                "wrong_digests" => ("another phrase", "privacy phrase"),
                _ => ("authentication phrase", "another phrase"),
            };
            let other = user_with("both", authentication, privacy);
            let keys = other.localize(&engine_id(7)).unwrap();
            pair.give_agent(&to_agent().seal(&keys, SecurityLevel::AuthPriv));
        }
        "stale_messages" => {
            pair.ask(both()).1.unwrap();
            pair.submit_request(request(both()));
            let mut forged = Forged::answer(&pair.asked().remove(0));
            forged.clock = (0x7fff_ffff, 0);
            pair.give_manager(&forged.seal(&keys(), SecurityLevel::AuthPriv));
            return pair.manager;
        }
        "engine_changes" => {
            let manager = EngineConfig::with_seed(1).follow_engine_changes(true);
            pair = Pair::with(manager, agent_config(7));
            pair.ask(both()).1.unwrap();
            pair.replace_agent(agent_config(8));
            pair.ask(both()).1.unwrap();
            return pair.manager;
        }
        "late_responses"
        | "duplicate_responses"
        | "foreign_responses"
        | "mismatched_responses"
        | "differing_responses" => {
            return provoke_by_answer(counter);
        }
        other => panic!("nothing here makes {other} move"),
    }
    pair.agent
}

fn provoke_by_answer(counter: &str) -> Engine {
    let (mut pair, asked) = asking();
    let right = answer(&asked, 1);
    match counter {
        "late_responses" => {
            pair.give_manager(&answer_by(&right, |pdu| pdu.request_id ^= 1));
        }
        "duplicate_responses" => {
            pair.give_manager(&right);
            pair.give_manager(&right);
        }
        "foreign_responses" => {
            let now = pair.now();
            pair.manager.handle_message(now, &manager_peer(), &right);
        }
        "mismatched_responses" => {
            let pdu = CommunityMessage::decode(&right).unwrap().pdu;
            let mut out = Vec::new();
            CommunityMessage::new(Version::V1, b"secret", pdu).encode(&mut out);
            pair.give_manager(&out);
        }
        _ => {
            let other = answer_by(&right, |pdu| {
                pdu.var_binds.clear();
                let name = oid!(1.3.6.1.2.1.1.1);
                pdu.var_binds.push(name.as_ref(), ValueRef::Integer(1));
            });
            pair.give_manager(&other);
        }
    }
    pair.manager
}

#[test]
fn each_counter_of_drops_leaves_its_record_when_it_moves() {
    let documented = documented();
    assert!(documented.len() > 20, "the table is there");
    for [counter, level, words] in documented {
        records::collect();
        let engine = provoke(&counter);
        assert_eq!(count(engine.statistics(), &counter), 1, "{counter}");
        let records = records::take();
        let its: Vec<_> = (records.iter())
            .filter(|(_, text)| text.starts_with(&format!("{words}, ")))
            .collect();
        let [(found, text)] = its[..] else {
            panic!("{counter}: {records:?}");
        };
        assert_eq!(found.to_string().to_lowercase(), level, "{counter}");
        let peers = [agent_peer(), manager_peer()].map(|peer| peer.to_string());
        let has_peer = peers.iter().any(|peer| text.contains(peer));
        assert!(has_peer, "{text}");
        for (_, text) in &records {
            let is_discreet = !text.contains("secret") && !text.contains("phrase");
            assert!(is_discreet, "{text}");
        }
    }
}

#[test]
fn a_record_names_user_and_engine() {
    records::collect();
    let mut pair = agent(|config| config);
    let mut message = to_agent();
    message.user_name = "joe\n\x1b[2J";
    pair.give_agent(&message.plain());
    let expected = "message of an unknown user, 198.51.100.1:40000, user joe\\n\\x1b[2J, \
                    engine 80004fb8050707070707070707";
    let texts: Vec<_> = records::take().into_iter().map(|(_, text)| text).collect();
    assert_eq!(texts, [expected]);
}

#[test]
fn names_that_are_none_fill_no_log() {
    records::collect();
    let mut pair = agent(|config| config);
    let (long, name) = ([0x61; 1_000], "u".repeat(1_000));
    let mut message = to_agent();
    message.engine_id = &long;
    message.user_name = &name;
    pair.give_agent(&message.plain());
    for (_, text) in records::take() {
        assert!(text.len() < 300, "{text}");
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "only distances from it matter")]
fn one_record_a_second_says_how_many_are_left_out() {
    records::collect();
    let start = Instant::now();
    let mut engine = Engine::new(EngineConfig::with_seed(1), start);
    let mut receive = |milliseconds, datagram: &[u8]| {
        let now = start + Duration::from_millis(milliseconds);
        engine.handle_message(now, &agent_peer(), datagram);
        records::take().into_iter().map(|(_, text)| text).collect()
    };
    let first: Vec<String> = receive(0, b"nonsense");
    assert_eq!(first.len(), 1);
    assert!(!first[0].contains("more of this kind"), "{first:?}");
    for milliseconds in 0..41 {
        let none: Vec<String> = receive(20 * milliseconds, b"nonsense");
        assert!(none.is_empty(), "{none:?}");
    }
    // Another kind has its own second.
    let trap = community_message(PduKind::TrapV2);
    let other: Vec<String> = receive(900, &trap);
    assert_eq!(other.len(), 1, "{other:?}");
    let next: Vec<String> = receive(1_000, b"nonsense");
    assert_eq!(next.len(), 1, "{next:?}");
    assert!(next[0].ends_with("; and 41 more of this kind"), "{next:?}");
}

#[test]
fn what_is_not_dropped_leaves_no_record() {
    records::collect();
    let mut pair = agent(|config| config);
    // The question for the engine's name is a message for another engine.
    pair.ask(both()).1.unwrap();
    records::take();
    pair.ask(UsmCredentials::new(plain_user("plain")))
        .1
        .unwrap();
    pair.give_agent(&community_message(PduKind::GetRequest));
    pair.serve();
    assert_eq!(records::take(), []);
}
