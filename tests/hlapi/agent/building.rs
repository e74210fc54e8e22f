//! What the builder puts together.

use deferred_snmp::access::OpenAccess;
use deferred_snmp::applications::standard::System;
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::{MibTree, Scalar};
use deferred_snmp::oid;
use deferred_snmp::reactor::Reactor;
use deferred_snmp::security::CommunityEntry;
use util::manager::{Manager, settle};
use util::ports::own_address;

use super::{Rig, all, auth, auth_priv, free, held, is_unanswered};
use deferred_snmp::access::Views;

fn one(number: u32, text: &str) -> MibTree {
    let mut tree = MibTree::new();
    tree.register(free(number), Scalar::variable(text))
        .expect("an empty tree");
    tree
}

fn first(number: u32) -> String {
    free(number).child(0).expect("short").to_string()
}

#[test]
fn what_it_is_told_is_what_it_serves() {
    let mut rig = Rig::new();
    let system = System::new("a thermometer").contact("nobody@example.org");
    let card = CommunityEntry::new("carder").context_name("card");
    let agent = rig
        .build()
        .system(system)
        .objects(one(1, "an object"))
        .context("card", one(2, "of the card"))
        .community("public", Views::new().read(oid!(1.3)))
        .v1_system("operator", "private")
        .grant("operator", all())
        .community_entry("card-7", card)
        .grant("carder", Views::new().read(oid!(1.3)))
        .user(&UsmUserData::new("plain"), all())
        .user(&auth("auth"), all())
        .user(&auth_priv("both"), all())
        .start()
        .expect("an agent");
    let public = CommunityData::new("public");
    let private = CommunityData::new("private");
    let v1 = CommunityData::v1("private");
    let card = CommunityData::new("card-7");
    let object = first(1);
    assert_eq!(
        rig.get_as(&public, "SNMPv2-MIB::sysDescr.0"),
        "a thermometer"
    );
    assert_eq!(rig.get_as(&public, &object), "an object");
    assert_eq!(
        rig.get_as(&public, &first(2)),
        "No Such Object currently exists at this OID"
    );
    assert_eq!(rig.set_as(&public, &object, "other"), "noAccess 1");
    assert_eq!(rig.set_as(&private, &object, "other"), "other");
    assert_eq!(rig.set_as(&v1, &object, "another"), "another");
    assert_eq!(rig.get_as(&card, &first(2)), "of the card");
    assert_eq!(rig.set_as(&card, &first(2), "mine"), "noAccess 1");
    for user in [
        &UsmUserData::new("plain") as &dyn AuthData,
        &auth("auth"),
        &auth_priv("both"),
    ] {
        assert_eq!(rig.set_as(user, &object, "set"), "set");
    }
    let remote = rig.remote(&auth_priv("both"));
    let remote = remote.context(&ContextData::default().name("card"));
    let asked = super::told(remote.get([first(2)]));
    assert_eq!(rig.wait(asked), "of the card");
    let context = agent.context("card").expect("it is there");
    assert_eq!(context.name(), b"card");
    assert!(agent.context("other").is_none());
}

#[test]
fn nothing_is_granted_that_was_not_said() {
    let mut rig = Rig::new();
    let builder = rig.build().objects(one(1, "an object"));
    let builder = builder.v1_system("operator", "private");
    builder.start().expect("an agent");
    let private = CommunityData::new("private");
    assert_eq!(rig.get_as(&private, &first(1)), "authorizationError 0");
    let stranger = CommunityData::new("public");
    let told = rig.get_as(&stranger, &first(1));
    assert!(is_unanswered(&told), "{told}");
}

#[test]
fn a_policy_of_the_program_decides_until_something_is_granted() {
    let mut rig = Rig::new();
    let builder = rig.build().objects(one(1, "an object"));
    let builder = builder.v1_system("operator", "public");
    let agent = builder.access(OpenAccess).start().expect("an agent");
    assert_eq!(rig.set([(first(1), "other")]), "other");
    agent.grant("operator", Views::new().read(oid!(1.3)));
    assert_eq!(rig.set([(first(1), "third")]), "noAccess 1");
    assert_eq!(rig.get([first(1)]), "other");
}

/// Names and communities are octets.
#[test]
fn communities_contexts_and_names_of_any_octets() {
    let mut rig = Rig::new();
    let octets: Vec<u8> = (0..=255).collect();
    let long = vec![0xff; 4_000];
    let context = &octets[1..];
    let entry = CommunityEntry::new(&octets[..32]).context_name(context);
    let agent = rig
        .build()
        .context(context, one(1, "found"))
        .community_entry(&octets, entry)
        .community(b"", Views::new().read(oid!(1.3)))
        .community(&long, Views::new().read(oid!(1.3)))
        .grant(&octets[..32], Views::new().read(oid!(1.3)))
        .objects(one(1, "of the default"))
        .start()
        .expect("an agent");
    assert_eq!(rig.get_as(&CommunityData::new(&octets), &first(1)), "found");
    for other in [&b""[..], &long] {
        assert_eq!(
            rig.get_as(&CommunityData::new(other), &first(1)),
            "of the default"
        );
    }
    assert!(agent.context(context).is_some());
    // What is printed of it is text.
    let printed = format!("{:?}", agent.context(context).expect("there"));
    assert!(!printed.contains('\u{1}'), "{printed}");
}

#[test]
fn it_listens_as_often_as_it_is_told_and_answers_where_it_was_asked() {
    let mut manager = Manager::new();
    let handle = manager.reactor.handle();
    let addresses = [own_address(), own_address()];
    let engine_id: EngineId = "80000000010a0b0c0d".parse().expect("an engine ID");
    let builder = addresses
        .iter()
        .fold(Agent::builder(&handle), |it, address| it.listen(*address));
    let agent = builder
        .community("public", Views::new().read(oid!(1.3)))
        .engine_id(engine_id)
        .config(|config| config.max_message_size(1_472))
        .objects(one(1, "an object"))
        .start()
        .expect("an agent");
    assert_eq!(agent.engine().engine_id(), engine_id);
    let third = agent
        .listen_udp("127.0.0.1:0".parse().expect("an address"))
        .expect("a port");
    for address in [addresses[0], addresses[1], third] {
        let target = UdpTransportTarget::from(address);
        let get = manager.get(&first(1), &CommunityData::new("public"), &target);
        let response = manager.succeed(get);
        assert_eq!(response.iter().next().expect("one").text(), "an object");
    }
    manager.succeed(agent.close());
    // They are free again.
    for address in addresses {
        held(address);
    }
}

#[test]
fn what_a_file_keeps_is_the_same_after_a_restart() {
    let directory = std::env::temp_dir().join(format!("agent-{}", std::process::id()));
    std::fs::create_dir_all(&directory).expect("a directory");
    let file = directory.join("state");
    let mut reactor = Reactor::new().expect("descriptors");
    let handle = reactor.handle();
    let mut seen = Vec::new();
    for _ in 0..2 {
        let agent = Agent::builder(&handle).state_file(&file).start();
        let agent = agent.expect("an agent");
        seen.push(agent.engine().engine_id());
        let closed = agent.close();
        settle(&mut reactor, closed).expect("it ends");
        drop(agent);
    }
    assert_eq!(seen[0], seen[1]);
    std::fs::remove_dir_all(&directory).expect("it goes");
}

/// The agent goes on when nobody has it any more.
#[test]
fn an_agent_that_is_let_go_of_serves_on() {
    let mut manager = Manager::new();
    let address = own_address();
    let agent = Agent::builder(&manager.reactor.handle())
        .community("public", Views::new().read(oid!(1.3)))
        .objects(one(1, "an object"))
        .listen(address)
        .start()
        .expect("an agent");
    drop(agent);
    let target = UdpTransportTarget::from(address);
    let get = manager.get(&first(1), &CommunityData::new("public"), &target);
    let response = manager.succeed(get);
    assert_eq!(response.iter().next().expect("one").text(), "an object");
}
