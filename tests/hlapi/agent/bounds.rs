//! Many of everything, and what is as long as it can be.

use std::time::Duration;

use deferred_snmp::access::Views;
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::{Column, MibTree, NewRow, Scalar, Table};
use deferred_snmp::oid;
use deferred_snmp::reactor::{Attached, mio};
use deferred_snmp::security::CommunityEntry;
use util::manager::Manager;

use super::{FREE, Rig, all, free, told};

#[test]
fn ten_thousand_objects_and_a_thousand_contexts() {
    let (mut rig, agent) = Rig::open();
    // Backwards, and by texts.
    for number in (1..=10_000).rev() {
        let name = free(number).to_string();
        let scalar = Scalar::constant(number as i32);
        agent.scalar(name.as_str(), scalar).expect("free");
    }
    for number in 1..=1_000 {
        let name = format!("context{number}");
        let context = agent.add_context(&name, MibTree::new());
        let text = Scalar::constant(name.as_str());
        context.scalar("SNMPv2-MIB::sysName", text).expect("free");
        let entry = CommunityEntry::new("all").context_name(&name);
        agent.add_community(&name, entry);
    }
    agent.grant("all", all());
    for number in [1, 500, 1_000] {
        let name = format!("context{number}");
        let community = CommunityData::new(&name);
        assert_eq!(rig.get_as(&community, "SNMPv2-MIB::sysName.0"), name);
    }
    let walk = rig.public().bulk_walk(50, [FREE]);
    let walk = walk.lexicographic_mode(false).for_each(|_| {});
    let summary = rig.simulation.block_on(walk).expect("a walk");
    assert_eq!(summary.rows, 10_000);
    for number in 1..=10_000 {
        assert!(agent.remove(free(number)));
    }
    assert_eq!(
        rig.get([free(1).child(0).expect("short")]),
        "No Such Object currently exists at this OID"
    );
}

/// A name has at most 128 sub-identifiers, with that of the instance.
#[test]
fn names_as_long_as_they_can_be() {
    let (mut rig, agent) = Rig::open();
    let long = |arcs: usize| {
        let more = std::iter::repeat_n(u32::MAX, arcs - FREE.len());
        FREE.extend(more).expect("not too long")
    };
    agent
        .scalar(long(127), Scalar::constant("the longest"))
        .expect("free");
    let instance = long(127).child(0).expect("128 sub-identifiers");
    assert_eq!(rig.get([instance]), "the longest");
    let next = told(rig.public().next([FREE]));
    assert_eq!(rig.wait(next), "the longest");
    assert!(agent.remove(long(127)));
    // One more has no instance that could be named, and holds nobody up.
    agent
        .scalar(long(128), Scalar::constant("nameless"))
        .expect("free");
    agent
        .scalar(oid!(1.3.6.1.4.1.99999.6), Scalar::constant("behind"))
        .expect("free");
    assert_eq!(
        rig.get([long(128)]),
        "No Such Instance currently exists at this OID"
    );
    let behind = told(rig.public().next([oid!(1.3.6.1.4.1.99999.5.4294967295)]));
    let behind = rig.wait(behind);
    assert_eq!(behind, "behind");
    assert!(agent.remove(long(128)));
    let behind = told(rig.public().next([FREE]));
    assert_eq!(rig.wait(behind), "behind");
}

#[test]
fn a_table_of_a_thousand_columns() {
    let (mut rig, agent) = Rig::open();
    let columns = (1..=1_000).map(|number| Column::new(number).writable());
    let rows = agent.table(free(1), Table::new(columns)).expect("free");
    for row in 1..=3_u32 {
        let columns = (1..=1_000_u32).filter(|column| column % row == 0);
        let cells = columns.fold(NewRow::new(), |cells, column| {
            cells.set(column, (column + row) as i32)
        });
        rows.insert(row, cells).expect("a row");
    }
    let walk = rig.public().bulk_walk(50, [free(1)]);
    let walk = walk.lexicographic_mode(false).for_each(|_| {});
    let summary = rig.simulation.block_on(walk).expect("a walk");
    assert_eq!(summary.rows, 1_000 + 500 + 333);
    let cell = |column: u32, row: u32| free(1).extend([column, row]).expect("short");
    assert_eq!(rig.set([(cell(1_000, 2), 7)]), "7");
    assert_eq!(rig.get([cell(1_000, 1), cell(1_000, 2)]), "1001, 7");
}

/// All or none.
#[test]
fn a_thousand_rows_in_one_set() {
    let (mut rig, agent) = Rig::open();
    let table = Table::new([Column::new(2).writable(), Column::new(3).row_status()]);
    let rows = agent.table(free(1), table.max_rows(1_500)).expect("free");
    let cell = |column: u32, row: u32| free(1).extend([column, row]).expect("short");
    let create = |first: u32| {
        (first..first + 1_000).flat_map(move |row| {
            // The status first and last in turn.
            let mut both = [(cell(2, row), row as i32), (cell(3, row), 4)];
            if row % 2 == 0 {
                both.reverse();
            }
            both
        })
    };
    let told = rig.set(create(1));
    assert!(told.ends_with(", 4, 1000"), "{}", &told[told.len() - 20..]);
    assert_eq!(rows.len(), 1_000);
    // There is room for 500 more.
    let told = rig.set(create(2_001));
    assert!(told.starts_with("resourceUnavailable"), "{told}");
    assert_eq!(rows.len(), 1_000);
    let told = rig.set((1..=1_000).map(|row| (cell(3, row), 6)));
    assert!(told.starts_with("6, 6"), "{told}");
    assert!(rows.is_empty());
}

/// In a loop of the program's own.
#[test]
fn an_agent_on_a_reactor_that_is_attached() {
    let mut poll = mio::Poll::new().expect("descriptors");
    let remote_wakes = || ();
    let mut attached = Attached::new(poll.registry(), 0..1_000, remote_wakes).expect("attached");
    let agent = Agent::builder(&attached.handle())
        .community("public", Views::new().read(oid!(1.3)))
        .start()
        .expect("an agent");
    let address = "127.0.0.1:0".parse().expect("an address");
    let address = agent.listen_udp(address).expect("a port");
    agent
        .scalar(free(1), Scalar::constant("attached"))
        .expect("free");
    let mut manager = Manager::new();
    let name = free(1).child(0).expect("short").to_string();
    let target = UdpTransportTarget::from(address);
    let get = manager.get(&name, &CommunityData::new("public"), &target);
    let answer = std::rc::Rc::new(std::cell::RefCell::new(None));
    let keeping = std::rc::Rc::clone(&answer);
    get.add_callback(move |response: Response| {
        let text = response.iter().next().map(|it| it.text());
        keeping.replace(text);
    });
    let mut events = mio::Events::with_capacity(16);
    for _ in 0..10_000 {
        manager.reactor.turn().expect("a turn");
        let timeout = Some(Duration::from_millis(1));
        poll.poll(&mut events, timeout).expect("events");
        for event in &events {
            attached.note(event);
        }
        attached.turn().expect("a turn");
        if answer.borrow().is_some() {
            break;
        }
    }
    assert_eq!(answer.take().as_deref(), Some("attached"));
}
