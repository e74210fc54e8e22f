//! Agents in one value: their engines, and those that they speak for.

use deferred_snmp::access::Views;
use deferred_snmp::hlapi::*;
use deferred_snmp::names::Index;
use deferred_snmp::objects::{NewRow, RowStatus, Scalar, StorageType, Table};
use deferred_snmp::oid;
use util::manager::{Manager, settle};
use util::netsnmp::TemporaryDirectory;

const SYS_NAME: &str = "SNMPv2-MIB::sysName";

/// The name and the starts of an engine that is given both.
#[test]
fn the_starts_of_an_engine_count_under_the_name_that_it_is_given() {
    let manager = Manager::new();
    let place = TemporaryDirectory::new();
    let file = place.0.join("state");
    let start = |engine_id: &str, by_name_first: bool| {
        let engine_id: EngineId = engine_id.parse().unwrap();
        let agent = Agent::builder(manager.engine.reactor());
        let agent = match by_name_first {
            true => agent.engine_id(engine_id).state_file(&file),
            false => agent.state_file(&file).engine_id(engine_id),
        };
        let agent = agent.start().unwrap();
        assert_eq!(agent.engine().engine_id(), engine_id);
        std::fs::read_to_string(&file).unwrap()
    };
    let text = start("8000000004030201", true);
    assert!(
        text.ends_with("engine-id 8000000004030201\nboots 1\n"),
        "{text}"
    );
    let text = start("8000000004030201", false);
    assert!(
        text.ends_with("engine-id 8000000004030201\nboots 2\n"),
        "{text}"
    );
    // Under its own name from the file.
    let agent = Agent::builder(manager.engine.reactor());
    let agent = agent.state_file(&file).start().unwrap();
    assert_eq!(agent.engine().engine_id().to_string(), "8000000004030201");
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.ends_with("boots 3\n"), "{text}");
}

#[test]
fn a_state_file_that_cannot_be_read_starts_no_agent() {
    let manager = Manager::new();
    let place = TemporaryDirectory::new();
    let file = place.0.join("state");
    std::fs::write(&file, "boots many\n").unwrap();
    let agent = Agent::builder(manager.engine.reactor()).state_file(&file);
    assert!(matches!(agent.start(), Err(SnmpError::State(_))));
    let agent = Agent::on(&manager.engine).state_file(&file);
    assert!(matches!(agent.start(), Err(SnmpError::EngineIsThere)));
}

/// Two agents on one engine, each with its own objects, contexts and grants; the end of one is not that of the other.
#[test]
fn an_agent_speaks_for_another_engine_beside_one_on_the_same_engine() {
    let mut manager = Manager::new();
    let user = UsmUserData::new("boss").auth(AuthProtocol::Sha1, "authkey1");
    let views = Views::new().read(oid!(1.3));
    let own = Agent::builder(manager.engine.reactor());
    let own = own.user(&user, views.clone()).start().unwrap();
    let other_id: EngineId = "8000000001020304".parse().unwrap();
    let other = Agent::on(own.engine())
        .context_engine_id(other_id)
        .grant("boss", views)
        .start()
        .unwrap();
    own.scalar(SYS_NAME, Scalar::constant("own")).unwrap();
    other.scalar(SYS_NAME, Scalar::constant("other")).unwrap();
    let card = other.add_context("card", Default::default());
    card.scalar(SYS_NAME, Scalar::constant("card")).unwrap();
    let address = own.listen_udp("127.0.0.1:0".parse().unwrap()).unwrap();
    let remote = manager
        .engine
        .remote(&user, &UdpTransportTarget::from(address));
    let there = ContextData::default().engine_id(other_id);
    let mut name = |context: &ContextData| {
        let remote = remote.clone().context(context);
        let response = manager.succeed(remote.get(["SNMPv2-MIB::sysName.0"]));
        response.iter().next().unwrap().value().to_string()
    };
    assert_eq!(name(&ContextData::default()), "own");
    assert_eq!(name(&there), "other");
    assert_eq!(name(&there.clone().name("card")), "card");
    assert!(other.revoke("boss"));
    assert_eq!(name(&ContextData::default()), "own");

    let third = Agent::on(own.engine()).context_engine_id(other_id);
    assert!(matches!(third.start(), Err(SnmpError::Registration(_))));
    // The engine is not its own, and goes on.
    manager.settle(other.close()).unwrap();
    let mut name = |context: &ContextData| {
        let remote = remote.clone().context(context);
        let response = manager.succeed(remote.get(["SNMPv2-MIB::sysName.0"]));
        response.iter().next().unwrap().value().to_string()
    };
    assert_eq!(name(&ContextData::default()), "own");
    Agent::on(own.engine())
        .context_engine_id(other_id)
        .start()
        .unwrap();
}

/// A row names itself at its handle, by the INDEX of its table or by numbers.
#[test]
fn a_row_is_an_index_of_its_table() {
    let manager = Manager::new();
    let agent = Agent::on(&manager.engine).start().unwrap();
    let targets = agent.table("SNMP-TARGET-MIB::snmpTargetParamsTable", Table::managed());
    let targets = targets.unwrap();
    let row = NewRow::new()
        .set("snmpTargetParamsMPModel", 3)
        .set("snmpTargetParamsSecurityModel", 3)
        .set("snmpTargetParamsSecurityName", "operator")
        .set("snmpTargetParamsSecurityLevel", "authPriv");
    targets.insert("traps", row).unwrap();
    let [row] = &targets.rows()[..] else {
        panic!("one row");
    };
    assert_eq!(row.index(), [116, 114, 97, 112, 115]);
    assert_eq!(Index::from(row).values()[0].to_string(), "\"traps\"");
    targets.set(row, "snmpTargetParamsMPModel", 1).unwrap();
    let model = targets.row(row).unwrap();
    assert_eq!(
        model.get("snmpTargetParamsMPModel").unwrap().as_i64(),
        Some(1)
    );
    assert!(targets.remove(row));
    assert!(targets.is_empty());

    let plain = agent.table(oid!(1.3.6.1.4.1.8072.9999.9999.9.1), Table::new([1.into()]));
    let plain = plain.unwrap();
    plain.insert((7, 8), [(1, "cell")]).unwrap();
    let row = plain.row((7, 8)).unwrap();
    assert!(plain.remove(&row) && plain.is_empty());
}

/// A manager asks for rows by what RFC 2579 calls their states.
#[test]
fn a_manager_sets_a_status_by_its_name() {
    let mut manager = Manager::new();
    let views = Views::new().read_write(oid!(1.3));
    let agent = Agent::builder(manager.engine.reactor());
    let agent = agent.community("private", views).start().unwrap();
    let targets = agent.table("SNMP-TARGET-MIB::snmpTargetParamsTable", Table::managed());
    let targets = targets.unwrap();
    let address = agent.listen_udp("127.0.0.1:0".parse().unwrap()).unwrap();
    let private = CommunityData::new("private");
    let remote = manager
        .engine
        .remote(&private, &UdpTransportTarget::from(address));
    let cell = |column: &str| ObjectType::symbol("SNMP-TARGET-MIB", column, "traps");
    let made = remote.set([
        cell("snmpTargetParamsRowStatus").value(RowStatus::CreateAndWait),
        cell("snmpTargetParamsStorageType").value(StorageType::Volatile),
    ]);
    let made = settle(&mut manager.reactor, made).unwrap();
    assert_eq!(made.error_status(), ErrorStatus::NO_ERROR);
    let row = targets.row("traps").unwrap();
    assert_eq!(row.status(), Some(RowStatus::NotReady));
    let storage = row.get("snmpTargetParamsStorageType").unwrap();
    assert_eq!(storage.as_i64(), Some(StorageType::Volatile as i64));
}
