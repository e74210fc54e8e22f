//! MIB modules that are brought in through the high-level API.

#![cfg(feature = "mib")]

use std::time::Duration;

use deferred_snmp::hlapi::*;
use deferred_snmp::oid;
use util::manager::Manager;

const MIBS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/mibs");

/// An SMIv1 module with traps of its own, and a generic one.
const TRAPS: &str = "
ROOM-MIB DEFINITIONS ::= BEGIN
IMPORTS enterprises FROM RFC1155-SMI
        snmp FROM RFC1213-MIB
        OBJECT-TYPE FROM RFC-1212
        TRAP-TYPE FROM RFC-1215;
room OBJECT IDENTIFIER ::= { enterprises 99999 }
doorTable OBJECT-TYPE SYNTAX SEQUENCE OF DoorEntry ACCESS not-accessible STATUS mandatory ::= { room 1 }
doorEntry OBJECT-TYPE SYNTAX DoorEntry ACCESS not-accessible STATUS mandatory INDEX { doorIndex } ::= { doorTable 1 }
DoorEntry ::= SEQUENCE { doorIndex INTEGER, doorState INTEGER }
doorIndex OBJECT-TYPE SYNTAX INTEGER (1..99) ACCESS read-only STATUS mandatory ::= { doorEntry 1 }
doorState OBJECT-TYPE SYNTAX INTEGER { open(1), shut(2) } ACCESS read-only STATUS mandatory ::= { doorEntry 2 }
doorOpened TRAP-TYPE ENTERPRISE room VARIABLES { doorIndex, doorState } ::= 7
reborn TRAP-TYPE ENTERPRISE snmp ::= 1
END
";

/// A directory of its own for each test.
struct Directory(std::path::PathBuf);

impl Directory {
    fn new(test: &str, files: &[(&str, &str)]) -> Self {
        let name = format!("deferred-snmp-{test}-{}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        for (file, text) in files {
            std::fs::write(path.join(file), text).unwrap();
        }
        Self(path)
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn resolved(engine: &SnmpEngine, identity: impl Into<ObjectIdentity>) -> Result<String, String> {
    let oid = identity.into().resolve_with_mib(engine);
    oid.map(|oid| oid.to_string())
        .map_err(|error| error.to_string())
}

#[test]
fn a_module_of_a_source_is_found_by_its_name_and_once_loaded_by_its_symbols() {
    let engine = Manager::new().engine;
    let temperature = "EXAMPLE-MIB::exampleTemperature.0";
    assert_eq!(
        resolved(&engine, temperature),
        Err("MIB module EXAMPLE-MIB is not known".to_owned())
    );
    engine.add_asn1_mib_source(MIBS).unwrap();
    let before = engine.names();
    engine.add_asn1_mib_source(MIBS).unwrap();
    assert!(
        std::rc::Rc::ptr_eq(&before, &engine.names()),
        "a source that is known changes nothing"
    );
    assert!(resolved(&engine, ObjectIdentity::symbol("", "exampleMode", 0)).is_err());
    engine.load_mibs(["EXAMPLE-MIB"]).unwrap();
    for identity in [
        ObjectIdentity::from(temperature),
        ObjectIdentity::symbol("", "exampleTemperature", 0),
        ObjectIdentity::from([1, 3, 6, 1, 4, 1, 8072, 9999, 9999, 1, 1, 1, 0]),
    ] {
        assert_eq!(
            resolved(&engine, identity).as_deref(),
            Ok("1.3.6.1.4.1.8072.9999.9999.1.1.1.0")
        );
    }
    assert_eq!(
        resolved(&engine, ObjectIdentity::module_first("EXAMPLE-MIB")).as_deref(),
        Ok("1.3.6.1.4.1.8072"),
        "its first name is one on the way to its own place"
    );
    assert_eq!(
        resolved(&engine, "EXAMPLE-MIB"),
        resolved(&engine, ObjectIdentity::module_first("EXAMPLE-MIB"))
    );
    assert_eq!(
        resolved(&engine, ObjectIdentity::symbol("EXAMPLE-MIB", "", ())),
        resolved(&engine, ObjectIdentity::module_first("EXAMPLE-MIB"))
    );
    assert_eq!(
        resolved(&engine, ObjectIdentity::module_last("EXAMPLE-MIB")).as_deref(),
        Ok("1.3.6.1.4.1.8072.9999.9999.1.1.3.1.2")
    );
    // What was compiled in is there as before.
    assert_eq!(
        resolved(&engine, "IF-MIB::ifDescr.1").as_deref(),
        Ok("1.3.6.1.2.1.2.2.1.2.1")
    );
}

#[test]
fn a_text_names_a_row_as_it_is_printed() {
    let engine = Manager::new().engine;
    for (text, expected) in [
        (
            r#"SNMP-VIEW-BASED-ACM-MIB::vacmAccessContextMatch."a.b"."".3.authPriv"#,
            Ok("1.3.6.1.6.3.16.1.4.1.4.3.97.46.98.0.3.3"),
        ),
        (
            r#"IP-MIB::ipAddressIfIndex.ipv4."10.0.0.1""#,
            Ok("1.3.6.1.2.1.4.34.1.3.1.4.10.0.0.1"),
        ),
        (
            r#"SNMP-VIEW-BASED-ACM-MIB::vacmAccessContextMatch."a"."b".3.authPriv.5"#,
            Err(
                "index of SNMP-VIEW-BASED-ACM-MIB::vacmAccessContextMatch: \"5\" is left over behind the last value",
            ),
        ),
    ] {
        let resolved = resolved(&engine, text);
        assert_eq!(
            resolved.as_deref().map_err(String::as_str),
            expected,
            "{text}"
        );
        if let Ok(oid) = resolved {
            let name: ObjectIdentifier = oid.parse().unwrap();
            let printed =
                deferred_snmp::names::PrettyName::new(&*engine.names(), &name).to_string();
            assert_eq!(printed, text);
        }
    }
}

#[test]
fn what_is_missing_or_broken_is_told_by_the_errback() {
    let directory = Directory::new(
        "broken",
        &[(
            "BROKEN-MIB.txt",
            "BROKEN-MIB DEFINITIONS ::= BEGIN\nx OBJECT\n",
        )],
    );
    let mut manager = Manager::new();
    let target = UdpTransportTarget::new(("127.0.0.1", 9))
        .timeout(Duration::from_millis(1))
        .retries(0);
    let mut get = |identity: ObjectIdentity| {
        let engine = manager.engine.clone();
        let auth = CommunityData::new("public");
        let deferred = get_cmd(&engine, &auth, &target, &ContextData::default(), [identity]);
        manager.settle(deferred).unwrap_err().to_string()
    };
    let name = || ObjectIdentity::symbol("SNMPv2-MIB", "sysDescr", 0);
    assert_eq!(
        get(name().load_mibs(["NO-SUCH-MIB"])),
        "MIB module NO-SUCH-MIB: not found"
    );
    assert_eq!(
        get(name().add_asn1_mib_source("/nowhere/mibs")),
        "/nowhere/mibs: cannot be read: entity not found"
    );
    let broken = get(name()
        .add_asn1_mib_source(&directory.0)
        .load_mibs(["BROKEN-MIB"]));
    let file = directory.0.join("BROKEN-MIB.txt");
    let start = format!("{}:", file.display());
    assert!(
        broken.starts_with(&start) && broken.contains("BROKEN-MIB"),
        "{broken}"
    );
    // A source that cannot be had is not kept, and what follows works.
    assert_eq!(
        get(ObjectIdentity::from([1])),
        "bad object identifier \"1\": an object identifier has at least two arcs"
    );
}

#[test]
fn names_given_by_hand_and_names_loaded_replace_one_another() {
    let engine = Manager::new().engine;
    engine.add_asn1_mib_source(MIBS).unwrap();
    engine.load_mibs(["EXAMPLE-MIB"]).unwrap();
    engine.set_names(std::rc::Rc::new(deferred_snmp::names::Builtin));
    assert!(resolved(&engine, "EXAMPLE-MIB::exampleMode.0").is_err());
    engine.load_mibs(["SNMPv2-MIB"]).unwrap();
    assert!(
        resolved(&engine, "EXAMPLE-MIB::exampleMode.0").is_err(),
        "its source went with them"
    );
    assert!(engine.names().has_module("SNMPv2-MIB"));
}

/// What a receiver gets of a notification, in numbers, without sysUpTime.
fn received(
    auth: &CommunityData,
    mibs: &std::path::Path,
    notification: NotificationType,
) -> Vec<String> {
    let mut manager = Manager::new();
    manager.engine.add_asn1_mib_source(mibs).unwrap();
    let receiver = SnmpEngine::new(&manager.reactor.handle());
    receiver.add_v1_system("my-area", "public");
    let address = receiver.listen_udp("127.0.0.1:0".parse().unwrap()).unwrap();
    let queue = NotificationReceiver::queue(&receiver, 10).expect("the only one");
    let sent = send_notification(
        &manager.engine.clone(),
        auth,
        &UdpTransportTarget::from(address),
        &ContextData::default(),
        NotifyType::Trap,
        notification,
    );
    manager.succeed(sent);
    let notification = manager.succeed(queue.next()).lookup_mib(false);
    notification
        .iter()
        .skip(1)
        .map(|binding| binding.to_string())
        .collect()
}

#[test]
fn the_objects_of_a_notification_type_from_a_file_come_with_it() {
    let notification = NotificationType::symbol("EXAMPLE-MIB", "exampleTooWarm")
        .instance_index("door")
        .object("EXAMPLE-MIB", "exampleSensorValue", "31.5")
        .object("EXAMPLE-MIB", "exampleMode", "cooling");
    let auth = CommunityData::new("public");
    assert_eq!(
        received(&auth, MIBS.as_ref(), notification.clone()),
        [
            "1.3.6.1.6.3.1.1.4.1.0 = 1.3.6.1.4.1.8072.9999.9999.1.0.1",
            "1.3.6.1.4.1.8072.9999.9999.1.1.3.1.2.4.100.111.111.114 = 315",
            "1.3.6.1.4.1.8072.9999.9999.1.1.2.0 = 1",
        ]
    );
    // RFC 3584 section 3.2: the enterprise is the name less the last two sub-identifiers, the second of which is 0.
    let v1 = received(&CommunityData::v1("public"), MIBS.as_ref(), notification);
    assert_eq!(
        v1[0],
        "1.3.6.1.6.3.1.1.4.1.0 = 1.3.6.1.4.1.8072.9999.9999.1.0.1"
    );
    assert_eq!(
        v1.last().unwrap(),
        "1.3.6.1.6.3.1.1.4.3.0 = 1.3.6.1.4.1.8072.9999.9999.1"
    );
}

#[test]
fn a_trap_type_has_its_variables_its_enterprise_and_its_number() {
    let directory = Directory::new("traps", &[("ROOM-MIB.txt", TRAPS)]);
    let opened = NotificationType::symbol("ROOM-MIB", "doorOpened")
        .instance_index(3)
        .object("ROOM-MIB", "doorIndex", 3)
        .object("ROOM-MIB", "doorState", "open");
    let expected = [
        "1.3.6.1.6.3.1.1.4.1.0 = 1.3.6.1.4.1.99999.0.7",
        "1.3.6.1.4.1.99999.1.1.1.3 = 3",
        "1.3.6.1.4.1.99999.1.1.2.3 = 1",
    ];
    let (v1, v2c) = (CommunityData::v1("public"), CommunityData::new("public"));
    assert_eq!(received(&v2c, &directory.0, opened.clone()), expected);
    let lines = received(&v1, &directory.0, opened);
    // In SNMPv1 enterprise and number stand in the header; the proxy's rules give them back.
    for line in expected {
        assert!(lines.contains(&line.to_owned()), "{line} of {lines:?}");
    }
    assert_eq!(
        lines.last().unwrap(),
        "1.3.6.1.6.3.1.1.4.3.0 = 1.3.6.1.4.1.99999"
    );

    // ENTERPRISE snmp makes a generic trap: warmStart.
    let reborn = || NotificationType::symbol("ROOM-MIB", "reborn");
    for auth in [&v1, &v2c] {
        let lines = received(auth, &directory.0, reborn());
        assert_eq!(lines[0], "1.3.6.1.6.3.1.1.4.1.0 = 1.3.6.1.6.3.1.1.5.2");
    }
    let numbers = oid!(1.3.6.1.4.1.99999.0.7);
    assert_eq!(
        received(&v2c, &directory.0, NotificationType::new(numbers)).len(),
        1,
        "not loaded by numbers"
    );
}
