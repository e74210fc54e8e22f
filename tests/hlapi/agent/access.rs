//! Who may do what, and how that changes while the agent serves.

use deferred_snmp::access::Views;
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::Scalar;
use deferred_snmp::oid;
use deferred_snmp::security::{CommunityEntry, SecurityLevel};

use super::{Rig, after, all, auth, auth_priv, free, is_unanswered, told};

fn name(number: u32) -> String {
    free(number).child(0).expect("short").to_string()
}

fn refused(told: &str) {
    assert!(told.starts_with("authorizationError"), "{told}");
}

/// With less protection than the keys allow nobody gets anything, unless the views say so.
#[test]
fn users_are_held_to_the_level_of_their_keys() {
    let (mut rig, agent) = Rig::open();
    let scalar = Scalar::constant("secret");
    agent.scalar(free(1), scalar).expect("free");
    agent.add_user(&auth_priv("strict"), all()).expect("room");
    let lax = all().at_least(SecurityLevel::AuthNoPriv);
    agent.add_user(&auth_priv("lax"), lax).expect("room");
    agent.add_user(&auth("auth"), all()).expect("room");
    agent
        .add_user(&UsmUserData::new("plain"), all())
        .expect("room");
    let ask = |rig: &mut Rig, user: &dyn AuthData| rig.get_as(user, &name(1));
    assert_eq!(ask(&mut rig, &auth_priv("strict")), "secret");
    refused(&ask(&mut rig, &auth("strict")));
    refused(&ask(&mut rig, &UsmUserData::new("strict")));
    assert_eq!(ask(&mut rig, &auth("lax")), "secret");
    refused(&ask(&mut rig, &UsmUserData::new("lax")));
    assert_eq!(ask(&mut rig, &auth("auth")), "secret");
    refused(&ask(&mut rig, &UsmUserData::new("auth")));
    assert_eq!(ask(&mut rig, &UsmUserData::new("plain")), "secret");
}

/// As PySNMP's programs do it: the user first, then what it may do.
#[test]
fn users_and_systems_come_and_go() {
    let (mut rig, agent) = Rig::open();
    agent
        .scalar(free(1), Scalar::variable("value"))
        .expect("free");
    let boss = auth_priv("boss");
    agent.add_v3_user(&boss).expect("room");
    refused(&rig.get_as(&boss, &name(1)));
    agent.grant("boss", Views::new().read(oid!(1.3)));
    assert_eq!(rig.get_as(&boss, &name(1)), "value");
    // An authenticated message is enough here.
    assert_eq!(rig.get_as(&auth("boss"), &name(1)), "value");
    assert!(agent.revoke("boss"));
    assert!(!agent.revoke("boss"), "it may nothing");
    refused(&rig.get_as(&boss, &name(1)));
    assert!(agent.remove_v3_user("boss"));
    assert!(!agent.remove_v3_user("boss"), "it has gone");
    let told = rig.get_as(&boss, &name(1));
    assert!(told == "Unknown USM user", "{told}");
    let private = CommunityData::new("private");
    agent.add_v1_system("operator", "private");
    refused(&rig.get_as(&private, &name(1)));
    agent.grant("operator", all());
    assert_eq!(rig.set_as(&private, &name(1), "set"), "set");
    assert!(agent.remove_v1_system("operator"));
    assert!(!agent.remove_v1_system("operator"), "it has gone");
    let told = rig.get_as(&private, &name(1));
    assert!(is_unanswered(&told), "{told}");
    let entry = CommunityEntry::new("operator");
    agent.add_community("third", entry);
    assert_eq!(rig.get_as(&CommunityData::new("third"), &name(1)), "set");
}

/// A pass phrase that is too short grants nothing either.
#[test]
fn a_user_that_cannot_be_had_is_granted_nothing() {
    let (mut rig, agent) = Rig::open();
    agent
        .scalar(free(1), Scalar::variable("value"))
        .expect("free");
    let wrong = UsmUserData::new("boss").auth(AuthProtocol::Sha1, "seven77");
    let error = agent.add_user(&wrong, all()).expect_err("too short");
    assert_eq!(error.to_string(), "pass phrase of fewer than 8 octets");
    assert!(!agent.revoke("boss"), "nothing was granted");
    assert_eq!(rig.get([name(1)]), "value");
}

/// A read that waits goes on by what may be done when its value has come.
#[test]
fn rights_that_are_taken_while_a_request_waits() {
    let (mut rig, agent) = Rig::open();
    let reactor = rig.reactor();
    let slow = Scalar::later(move |_| after(&reactor, 100, "slow"));
    agent.scalar(free(1), slow).expect("free");
    agent
        .scalar(free(2), Scalar::constant("quick"))
        .expect("free");
    let waits = told(rig.public().get([name(1), name(2)]));
    let set = told(rig.public().set([(name(2), "no")]));
    rig.run(50);
    assert_eq!(rig.wait(set), "notWritable 1");
    assert!(agent.revoke("community1"));
    refused(&rig.get([name(2)]));
    assert_eq!(rig.wait(waits), "slow, quick");
    agent.grant("community1", Views::new().read(free(2)));
    assert_eq!(
        rig.get([name(1), name(2)]),
        "No Such Object currently exists at this OID, quick"
    );
}

/// An object's own code may take its asker's rights.
#[test]
fn rights_that_an_object_takes_from_who_asks_it() {
    let (mut rig, agent) = Rig::open();
    let reaching = agent.clone();
    let jealous = Scalar::dynamic(move || i32::from(reaching.revoke("community1")));
    agent.scalar(free(1), jealous).expect("free");
    assert_eq!(rig.get([name(1)]), "1");
    refused(&rig.get([name(1)]));
}
