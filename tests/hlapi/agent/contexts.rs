//! Contexts that come and go, while requests wait as well.

use deferred_snmp::hlapi::*;
use deferred_snmp::objects::{MibTree, Scalar};
use deferred_snmp::security::CommunityEntry;

use super::{Rig, after, all, free, is_unanswered, told};

fn name(number: u32) -> String {
    free(number).child(0).expect("short").to_string()
}

fn fridge() -> CommunityData {
    CommunityData::new("fridge")
}

fn with_fridge() -> (Rig, Agent) {
    let (rig, agent) = Rig::open();
    let entry = CommunityEntry::new("cook").context_name("fridge");
    agent.add_community("fridge", entry);
    agent.grant("cook", all());
    (rig, agent)
}

fn tree(text: &str) -> MibTree {
    let mut tree = MibTree::new();
    tree.register(free(2), Scalar::variable(text))
        .expect("an empty tree");
    tree
}

#[test]
fn a_context_is_added_replaced_and_removed() {
    let (mut rig, agent) = with_fridge();
    assert!(is_unanswered(&rig.get_as(&fridge(), &name(2))));
    assert!(agent.context("fridge").is_none());
    let first = agent.add_context("fridge", tree("cold"));
    assert_eq!(rig.get_as(&fridge(), &name(2)), "cold");
    assert_eq!(
        rig.get([name(2)]),
        "No Such Object currently exists at this OID"
    );
    agent.add_context("fridge", tree("colder"));
    assert_eq!(rig.get_as(&fridge(), &name(2)), "colder");
    // It is known by its name.
    first
        .scalar(free(3), Scalar::constant("new"))
        .expect("free");
    assert_eq!(rig.get_as(&fridge(), &name(3)), "new");
    assert!(first.remove(free(3)));
    assert!(!first.remove(free(3)));
    assert!(agent.remove_context("fridge"));
    assert!(!agent.remove_context("fridge"));
    assert!(is_unanswered(&rig.get_as(&fridge(), &name(2))));
    let error = first.scalar(free(4), Scalar::constant("late"));
    let error = error.expect_err("it has gone").to_string();
    assert_eq!(error, "there is no context \"fridge\"");
    let error = first.subtree(free(4), Scalar::constant("late"));
    assert!(matches!(error, Err(SnmpError::NoContext { .. })));
    assert!(!first.remove(free(2)));
    assert_eq!(first.with(free(2), |_: &mut Scalar| ()), None);
}

/// What waits ends, and what comes is answered by what there is then.
#[test]
fn a_context_that_is_replaced_or_removed_while_requests_wait() {
    let (mut rig, agent) = with_fridge();
    for removes in [false, true] {
        let context = agent.add_context("fridge", tree("cold"));
        let reactor = rig.reactor();
        let slow = Scalar::later(move |_| after(&reactor, 100, "slow"));
        context.scalar(free(1), slow).expect("free");
        let remote = rig.remote(&fridge());
        let waits = told(remote.get([name(1), name(2)]));
        rig.run(50);
        let mut asked = None;
        if removes {
            assert!(agent.remove_context("fridge"));
        } else {
            agent.add_context("fridge", tree("other"));
            asked = Some(told(remote.get([name(2)])));
        }
        // What had been found before stays in the response; it was for objects that were there.
        assert_eq!(rig.wait(waits), "slow, cold");
        if let Some(asked) = asked {
            assert_eq!(rig.wait(asked), "other");
        }
    }
}

#[test]
fn the_default_context_stays_without_objects() {
    let (mut rig, agent) = with_fridge();
    agent
        .scalar(free(2), Scalar::constant("text"))
        .expect("free");
    assert!(agent.remove_context(""));
    assert_eq!(
        rig.get([name(2)]),
        "No Such Object currently exists at this OID"
    );
    agent
        .scalar(free(2), Scalar::constant("again"))
        .expect("free");
    assert_eq!(rig.get([name(2)]), "again");
    let context = agent.context("").expect("it is always there");
    assert!(context.remove(free(2)));
    agent.add_context("", tree("third"));
    assert_eq!(rig.get([name(2)]), "third");
}

/// An object takes its own context away, and goes with it.
#[test]
fn an_object_removes_its_own_context() {
    let (mut rig, agent) = with_fridge();
    let context = agent.add_context("fridge", MibTree::new());
    let reaching = agent.clone();
    let last = Scalar::dynamic(move || i32::from(reaching.remove_context("fridge")));
    context.scalar(free(1), last).expect("free");
    assert_eq!(rig.get_as(&fridge(), &name(1)), "1");
    assert!(is_unanswered(&rig.get_as(&fridge(), &name(1))));
    assert!(agent.context("fridge").is_none());
}
