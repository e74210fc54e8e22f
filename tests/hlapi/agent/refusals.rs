//! Everything that `start` is refused for: what is said, and that nothing has been left behind.

use deferred_snmp::access::Views;
use deferred_snmp::applications::standard::System;
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::{MibTree, Scalar};
use deferred_snmp::oid;
use deferred_snmp::reactor::Reactor;
use deferred_snmp::security::usm::UserTable;
use util::ports::own_address;

use super::{Rig, all, held, is_unanswered};

fn refused(builder: AgentBuilder) -> String {
    builder.start().expect_err("something is wrong").to_string()
}

/// Tries with a port that has to be free again, and gives what is told.
fn refused_at_port(
    reactor: &mut Reactor,
    build: impl FnOnce(AgentBuilder) -> AgentBuilder,
) -> String {
    let address = own_address();
    let told = refused(build(Agent::builder(&reactor.handle()).listen(address)));
    reactor.turn().expect("a turn");
    held(address);
    told
}

fn contact() -> MibTree {
    let mut tree = MibTree::new();
    tree.register(oid!(1.3.6.1.2.1.1.4), Scalar::variable("somebody"))
        .expect("an empty tree");
    tree
}

#[test]
fn pass_phrases_and_names_of_users() {
    let mut reactor = Reactor::new().expect("descriptors");
    let short = UsmUserData::new("boss").auth(AuthProtocol::Sha1, "seven77");
    let told = refused_at_port(&mut reactor, |it| it.user(&short, all()));
    assert_eq!(told, "pass phrase of fewer than 8 octets");
    let nameless = UsmUserData::new("");
    let told = refused_at_port(&mut reactor, |it| it.user(&nameless, all()));
    assert_eq!(told, "user name not of 1 to 32 octets");
    // The first that is wrong is told.
    let both = refused_at_port(&mut reactor, |it| {
        it.user(&short, all()).user(&nameless, all())
    });
    assert_eq!(both, "pass phrase of fewer than 8 octets");
}

#[test]
fn state_files() {
    let mut reactor = Reactor::new().expect("descriptors");
    let directory = std::env::temp_dir().join(format!("refusals-{}", std::process::id()));
    std::fs::create_dir_all(&directory).expect("a directory");
    let file = directory.join("state");
    let place = file.display().to_string();
    std::fs::write(&file, "nothing of the kind\n").expect("written");
    let told = refused_at_port(&mut reactor, |it| it.state_file(&file));
    assert!(told.starts_with(&format!("{place}:1: ")), "{told}");
    let kept = std::fs::read_to_string(&file).expect("it is there still");
    assert_eq!(kept, "nothing of the kind\n");
    std::fs::remove_file(&file).expect("it goes");
    let told = refused_at_port(&mut reactor, |it| it.state_file(&directory));
    assert!(told.starts_with(&directory.display().to_string()), "{told}");
    std::fs::remove_dir_all(&directory).expect("it goes");
}

#[test]
fn users_beyond_the_room_for_them() {
    let mut reactor = Reactor::new().expect("descriptors");
    let told = refused_at_port(&mut reactor, |it| {
        it.config(|config| config.users(UserTable::with_capacity(1)))
            .user(&UsmUserData::new("one"), all())
            .user(&UsmUserData::new("other"), all())
    });
    assert_eq!(told, "no room for another user");
}

#[test]
fn objects_that_are_there_twice() {
    let mut reactor = Reactor::new().expect("descriptors");
    let told = refused_at_port(&mut reactor, |it| {
        it.system(System::new("a device")).objects(contact())
    });
    assert_eq!(told, "1.3.6.1.2.1.1.4 is registered already");
}

#[test]
fn ports_that_are_taken() {
    let mut reactor = Reactor::new().expect("descriptors");
    let holder = held(([127, 0, 0, 1], 0).into());
    let taken = holder.local_addr().expect("its address");
    let told = refused_at_port(&mut reactor, |it| it.listen(taken));
    assert!(told.contains(&taken.to_string()), "{told}");
    assert!(told.contains("in use"), "{told}");
    // The same one twice.
    let told = refused_at_port(&mut reactor, |it| it.listen(taken).listen(taken));
    assert!(told.contains("in use"), "{told}");
}

/// An engine of the program's is as it was, but for the ports that were opened.
#[test]
fn an_engine_that_is_there_serves_nothing_after_a_refusal() {
    let mut rig = Rig::new();
    let other = rig.simulation.engine([192, 0, 2, 9]);
    other
        .listen_udp("192.0.2.7:161".parse().expect("an address"))
        .expect("free");
    let builder = rig.build().objects(contact());
    let builder = builder.community("public", Views::new().read(oid!(1.3)));
    let told = refused(builder.listen("192.0.2.7:161".parse().expect("an address")));
    assert!(told.contains("192.0.2.7:161"), "{told}");
    let told = rig.get(["1.3.6.1.2.1.1.4.0"]);
    assert!(is_unanswered(&told), "{told}");
    // Its place is free.
    let agent = Agent::on(&rig.engine).objects(contact());
    let agent = agent.community("public", Views::new().read(oid!(1.3)));
    agent.start().expect("an agent");
    assert_eq!(rig.get(["1.3.6.1.2.1.1.4.0"]), "somebody");
}

#[test]
fn engines_that_are_there_are_not_configured() {
    let rig = Rig::new();
    let id: EngineId = "80000000010a0b0c0d".parse().expect("an engine ID");
    let told = "an engine that is there cannot be configured";
    assert_eq!(refused(rig.build().engine_id(id)), told);
    assert_eq!(refused(rig.build().config(|config| config)), told);
    let file = std::env::temp_dir().join(format!("not-configured-{}", std::process::id()));
    assert_eq!(refused(rig.build().state_file(&file)), told);
    assert!(!file.exists(), "nothing is made for a refusal");
    rig.build().start().expect("an agent");
    let again = refused(Agent::on(&rig.engine));
    let expected =
        "another application has registered for read requests in all contexts of this engine";
    assert_eq!(again, expected);
}
