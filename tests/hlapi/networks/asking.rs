//! Commands, walks, tables, names of engines: what is answered, and what is not.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::deferred::gather_results;
use deferred_snmp::engine::{EngineConfig, ErrorIndication, SubmitError};
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::{MibTree, Scalar};
use deferred_snmp::oid;
use deferred_snmp::pdu::ErrorStatus;
use deferred_snmp::security::usm::AuthPriv;
use util::{agent, recording};

use super::place::{Place, hasty};

const NAME: &str = "1.3.6.1.2.1.1.5.0";

pub(super) fn public() -> CommunityData {
    CommunityData::new("public")
}

fn private() -> CommunityData {
    CommunityData::new("private")
}

/// What the agents know as `operator`.
pub(super) fn operator() -> UsmUserData<AuthPriv> {
    UsmUserData::new("operator")
        .auth(AuthProtocol::Sha256, "authentication phrase")
        .privacy(PrivProtocol::Aes128, "a phrase for privacy")
}

fn add_operator(agent: &SnmpEngine) {
    let user = operator().security_name("writer");
    agent.add_v3_user(&user).unwrap();
}

pub(super) fn text(response: &Response) -> String {
    let texts: Vec<_> = response.iter().map(|it| it.text()).collect();
    texts.join(" ")
}

pub(super) fn get_set_next_and_bulk<P: Place>() {
    let mut place = P::new();
    let (_agent, target) = place.agent(recording::tree(&[
        VarBind::new(oid!(1.3.6.1.2.1.1.5.0), "example"),
        VarBind::new(oid!(1.3.6.1.2.1.1.6.0), "rack 12"),
        VarBind::new(oid!(1.3.6.1.2.1.1.7.0), 72),
    ]));
    let remote = place.engine().remote(&public(), &target);
    let got = place.succeed(remote.get([NAME, "SNMPv2-MIB::sysServices.0"]));
    assert_eq!(text(&got), "example 72");
    let next = place.succeed(remote.next([NAME]));
    assert_eq!(text(&next), "rack 12");
    let bulk = place.succeed(remote.bulk(1, 2, [NAME, NAME]));
    assert_eq!(text(&bulk), "rack 12 rack 12 72");
    let refused = place.succeed(remote.set([("SNMPv2-MIB::sysName.0", "other")]));
    assert_eq!(refused.error_status(), ErrorStatus::NO_ACCESS);
    let missing = place.succeed(remote.get(["1.3.6.1.2.1.1.99.0"]));
    assert!(missing.iter().all(|it| it.is_exception()), "{missing:?}");
}

pub(super) fn walks_in_every_version<P: Place>() {
    let mut place = P::new();
    let (agent, target) = place.agent(agent::tree());
    add_operator(&agent);
    let engine = place.engine();
    let v1 = CommunityData::v1("public");
    let all: [(&dyn AuthData, bool); 3] = [(&v1, true), (&public(), false), (&operator(), false)];
    for (auth, is_v1) in all {
        let rows = place.succeed(engine.remote(auth, &target).walk(["1.3"]).collect());
        let found: Vec<_> = rows.iter().flatten().map(|it| it.name.clone()).collect();
        let expected = agent::variables().into_iter();
        // SNMPv1 has no Counter64.
        let is_beyond_it = |it: &VarBind| matches!(it.value, Value::Counter64(_));
        let expected = expected
            .filter(|it| !is_v1 || !is_beyond_it(it))
            .map(|it| it.name);
        assert_eq!(found, expected.collect::<Vec<_>>());
    }
    let bulk = engine.remote(&operator(), &target).bulk_walk(50, ["1.3"]);
    let rows = place.succeed(bulk.collect());
    assert_eq!(rows.len(), agent::variables().len());
}

pub(super) fn a_table_by_rows<P: Place>() {
    let mut place = P::new();
    let cell = |column: u32, row: u32, value: Value| {
        let name = oid!(1.3.6.1.2.1.2.2.1).extend([column, row]);
        VarBind::new(name.unwrap(), value)
    };
    let cells: Vec<_> = [2, 10]
        .into_iter()
        .flat_map(|column| (1..=100).map(move |row| (column, row)))
        .map(|(column, row)| match column {
            2 => cell(column, row, format!("eth{row}").as_str().into()),
            _ => cell(column, row, Counter32(row * 7).into()),
        })
        .collect();
    let (_agent, target) = place.agent(recording::tree(&cells));
    let remote = place.engine().remote(&public(), &target);
    let table = place.succeed(remote.table(["IF-MIB::ifDescr", "IF-MIB::ifInOctets"]));
    assert_eq!(table.len(), 100);
    let row = table.row(&[42]).expect("a row");
    assert_eq!(row.get("ifDescr").unwrap().text(), "eth42");
    assert_eq!(row.get("ifInOctets").unwrap().as_u64(), Some(294));
}

pub(super) fn the_name_of_an_engine<P: Place>() {
    let mut place = P::new();
    let (agent, target) = place.agent(agent::tree());
    let engine = place.engine();
    assert_eq!(engine.engine_id_of(&target), None);
    let found = place.succeed(discover(&engine, &target));
    assert_eq!(found, agent.engine_id());
    assert_eq!(engine.engine_id_of(&target), Some(found));
}

pub(super) fn errors_of_the_agent_and_of_the_request<P: Place>() {
    let mut place = P::new();
    let (agent, target) = place.agent(agent::tree());
    add_operator(&agent);
    let engine = place.engine();
    let stranger = UsmUserData::new("stranger");
    let error = place.settle(engine.remote(&stranger, &target).get([NAME]));
    let Err(SnmpError::Indication(error)) = error else {
        panic!("{error:?}");
    };
    assert_eq!(error, ErrorIndication::UnknownUserName);
    let config = EngineConfig::with_seed(3).max_message_size(2_000);
    let frugal = place.engine_with_config(config);
    let long = vec![("1.3.6.1.2.1.1.6.0", "x".repeat(200)); 10];
    let error = place.settle(frugal.remote(&private(), &target).set(long));
    let Err(SnmpError::Submit(SubmitError::TooBig { len, limit })) = error else {
        panic!("{error:?}");
    };
    assert!(len > limit && limit == 2_000, "{len} {limit}");
}

pub(super) fn silence_is_a_time_out_after_each_try<P: Place>() {
    let mut place = P::new();
    let (agent, target) = place.agent(agent::tree());
    let engine = place.engine();
    let asked = hasty(target.clone());
    let unknown = CommunityData::new("unknown");
    let error = place.settle(engine.remote(&unknown, &asked).get([NAME]));
    let error = error.expect_err("no answer");
    let expected = format!("No SNMP response received before timeout: {target}, 3 tries of 100ms");
    assert!(error.to_string().starts_with(&expected), "{error}");
    assert!(error.is_timeout());
    assert_eq!(agent.statistics().in_bad_community_names, 3);
    let nobody = hasty(place.nobody());
    let error = place.settle(engine.remote(&public(), &nobody).get([NAME]));
    let error = error.expect_err("no answer");
    assert!(error.is_timeout(), "{error}");
    assert!(error.to_string().contains("3 tries of 100ms"), "{error}");
    assert_eq!(engine.statistics().timeouts, 2);
}

/// The agent does not know the community before it has heard of it once.
pub(super) fn what_is_lost_is_sent_again<P: Place>() {
    let mut place = P::new();
    let (agent, target) = place.agent(agent::tree());
    agent.remove_v1_system("reader");
    let heard = Rc::new(Cell::new(0));
    let (hearing, learning) = (Rc::clone(&heard), agent.clone());
    agent.observe(move |message| {
        if message.direction() == Direction::Received {
            hearing.set(hearing.get() + 1);
        }
        if hearing.get() == 3 {
            learning.add_v1_system("reader", "public");
        }
    });
    let engine = place.engine();
    let target = target.timeout(Duration::from_millis(100)).retries(600);
    let response = place.succeed(engine.remote(&public(), &target).get([NAME]));
    assert_eq!(text(&response), "example");
    assert!(heard.get() >= 3);
    assert!(engine.statistics().retransmissions >= 2);
}

pub(super) fn many_more_requests_than_the_window<P: Place>() {
    let mut place = P::new();
    let (_agent, target) = place.agent(agent::tree());
    let engine = place.engine();
    let remote = engine.remote(&public(), &target.retries(60));
    let gets = (0..1_000).map(|_| remote.get([NAME]));
    let responses = place.succeed(gather_results(gets));
    assert_eq!(responses.len(), 1_000);
    assert!(responses.iter().all(|it| text(it) == "example"));
    assert_eq!(engine.statistics().responses, 1_000);
}

pub(super) fn two_agents_side_by_side<P: Place>() {
    let mut place = P::new();
    let engine = place.engine();
    let agents: Vec<_> = (1..=2)
        .map(|number| {
            let name = format!("agent {number}");
            let mut tree = MibTree::new();
            tree.register(oid!(1.3.6.1.2.1.1.5), Scalar::constant(name.as_str()))
                .unwrap();
            let (agent, target) = place.agent(tree);
            (agent, engine.remote(&public(), &target), name)
        })
        .collect();
    for _ in 0..10 {
        let gets = agents.iter().map(|(_, remote, _)| remote.get([NAME]));
        let responses = place.succeed(gather_results(gets));
        for (response, (_, _, name)) in responses.iter().zip(&agents) {
            assert_eq!(text(response), *name);
        }
    }
}

/// 50,000 octets in one message: fragments of a datagram, and many pieces of a stream.
pub(super) fn a_long_answer_comes_whole<P: Place>() {
    let mut place = P::new();
    let objects: Vec<_> = (1..=50)
        .map(|number| {
            let name = oid!(1.3.6.1.4.1.99999.1).extend([number, 0]);
            VarBind::new(name.unwrap(), "x".repeat(1_000))
        })
        .collect();
    let (agent, target) = place.agent(recording::tree(&objects));
    add_operator(&agent);
    let longest = Rc::new(Cell::new(0));
    let measuring = Rc::clone(&longest);
    let engine = place.engine();
    engine.observe(move |message| {
        measuring.set(measuring.get().max(message.octets().len()));
    });
    let remote = engine.remote(&operator(), &target.retries(60));
    let response = place.succeed(remote.bulk(0, 50, ["1.3.6.1.4.1.99999"]));
    assert_eq!(response.iter().len(), 50);
    assert!(
        response
            .iter()
            .all(|it| it.as_bytes().unwrap() == [b'x'; 1_000])
    );
    assert!(longest.get() > 50_000, "{}", longest.get());
}
