//! Which bindings a notification goes out with: what the definition asks for, what the program gives, and what of both is
//! left out.

use std::cell::RefCell;
use std::rc::Rc;

use deferred_snmp::hlapi::*;
use deferred_snmp::message::CommunityMessage;
use deferred_snmp::names::{
    BaseType, Definition, IndexPart, Names, Node, NodeKind, Symbol, Syntax,
};
use deferred_snmp::oid;
use deferred_snmp::pdu::{Pdu, PduBody, PduKind};
use deferred_snmp::smi::VarBindListRef;
use util::manager::{Manager, turn_until};
use util::raw;

/// What is sent, as it is on the wire: `name = value` in numbers, of SNMPv1 without what the header says.
struct Wire {
    manager: Manager,
    target: UdpTransportTarget,
    sent: Rc<RefCell<Vec<Vec<String>>>>,
}

fn lines(var_binds: VarBindListRef<'_>) -> Vec<String> {
    var_binds.iter().map(|v| v.to_string()).collect()
}

impl Wire {
    fn new() -> Self {
        let manager = Manager::new();
        let sent = Rc::new(RefCell::new(Vec::new()));
        let to = Rc::clone(&sent);
        let address = raw::listen(&manager.reactor.handle(), move |datagram| {
            let message = CommunityMessage::decode(datagram).expect("our own message");
            to.borrow_mut().push(match message.pdu {
                PduBody::Trap(trap) => lines(trap.var_binds),
                PduBody::Pdu(pdu) => lines(pdu.var_binds).split_off(2),
            });
            Vec::new()
        });
        Self {
            manager,
            target: address.into(),
            sent,
        }
    }

    /// The one notification that `deferred` sends.
    fn one(
        &mut self,
        deferred: deferred_snmp::deferred::Deferred<Response, SnmpError>,
    ) -> Vec<String> {
        self.manager.succeed(deferred);
        let sent = Rc::clone(&self.sent);
        turn_until(&mut self.manager.reactor, || sent.borrow().len() == 1);
        self.sent.borrow_mut().remove(0)
    }

    fn send(
        &mut self,
        auth: &CommunityData,
        notification: impl Into<NotificationType>,
    ) -> Vec<String> {
        let context = ContextData::default();
        let deferred = send_notification(
            &self.manager.engine,
            auth,
            &self.target,
            &context,
            NotifyType::Trap,
            notification,
        );
        self.one(deferred)
    }
}

const INDEX: &str = "1.3.6.1.2.1.2.2.1.1";
const ADMIN: &str = "1.3.6.1.2.1.2.2.1.7";
const OPER: &str = "1.3.6.1.2.1.2.2.1.8";

#[test]
fn link_up_with_its_instances_has_three_bindings_however_it_is_written() {
    let mut wire = Wire::new();
    let expected = [
        format!("{INDEX}.3 = 3"),
        format!("{ADMIN}.3 = 1"),
        format!("{OPER}.3 = 1"),
    ];
    let by_symbol = [
        ("IF-MIB::ifIndex.3", 3),
        ("IF-MIB::ifAdminStatus.3", 1),
        ("IF-MIB::ifOperStatus.3", 1),
    ];
    let by_number = [
        ObjectType::from((oid!(1.3.6.1.2.1.2.2.1.1.3), 3)),
        ObjectType::from((oid!(1.3.6.1.2.1.2.2.1.7.3), "up")),
        ObjectType::from(("1.3.6.1.2.1.2.2.1.8.3", 1)),
    ];
    let [index, admin, oper] = by_number.clone();
    let with_name = vec![
        ObjectType::from(("SNMPv2-MIB::snmpTrapOID.0", "IF-MIB::linkUp")),
        index.clone(),
        admin.clone(),
        oper.clone(),
    ];
    let ways: [NotificationType; 9] = [
        NotificationType::new("IF-MIB::linkUp").add_var_binds(by_symbol),
        NotificationType::symbol("IF-MIB", "linkUp").add_var_binds(by_number.clone()),
        NotificationType::new("1.3.6.1.6.3.1.1.5.4").add_var_binds(by_symbol),
        NotificationType::new(oid!(1.3.6.1.6.3.1.1.5.4)).add_var_binds(by_number.clone()),
        // In the definition's order, whatever the program's.
        NotificationType::new("IF-MIB::linkUp").add_var_binds([oper.clone(), index, admin.clone()]),
        with_name.into(),
        NotificationType::new("IF-MIB::linkUp")
            .instance_index(3)
            .object("IF-MIB", "ifIndex", 3)
            .object("IF-MIB", "ifAdminStatus", 1)
            .object("IF-MIB", "ifOperStatus", 1),
        // Both ways, of the same row and with another one's index.
        NotificationType::new("IF-MIB::linkUp")
            .instance_index(3)
            .object("IF-MIB", "ifIndex", 3)
            .add_var_binds([admin, oper]),
        NotificationType::new("IF-MIB::linkUp")
            .instance_index([4, 5])
            .add_var_binds(by_number),
    ];
    for version in [CommunityData::v1("public"), CommunityData::new("public")] {
        for way in &ways {
            assert_eq!(wire.send(&version, way.clone()), expected, "{way:?}");
        }
    }
}

#[test]
fn what_is_given_no_value_is_left_out_and_no_null_is_sent() {
    let mut wire = Wire::new();
    let v2c = CommunityData::new("public");
    let nothing: [String; 0] = [];
    let index = [format!("{INDEX}.3 = 3")];
    let link_up = || NotificationType::new("IF-MIB::linkUp");
    let cases = [
        (link_up(), &nothing[..]),
        (link_up().instance_index(3), &nothing),
        (
            link_up().object("IF-MIB", "ifIndex", ()).instance_index(3),
            &nothing,
        ),
        (
            link_up().add_var_binds(["IF-MIB::ifIndex.3", "1.3.6.1.4.1.99999.1.0"]),
            &nothing,
        ),
        (link_up().add_var_binds([("IF-MIB::ifIndex.3", 3)]), &index),
        (
            link_up().instance_index(3).object("IF-MIB", "ifIndex", 3),
            &index,
        ),
        // A binding without a value takes nobody's place.
        (
            link_up()
                .instance_index(3)
                .object("IF-MIB", "ifIndex", 3)
                .add_var_binds(["IF-MIB::ifIndex.3"]),
            &index,
        ),
        (
            link_up().add_var_binds([
                ObjectType::from(("IF-MIB::ifIndex.2", Value::Null)),
                ObjectType::from(("IF-MIB::ifIndex.3", 3)),
                ObjectType::new("SNMPv2-MIB::sysUpTime.0"),
                ObjectType::new("SNMPv2-MIB::snmpTrapOID.0"),
            ]),
            &index,
        ),
        // What was read and is not there is no value either.
        (
            link_up()
                .instance_index(3)
                .object("IF-MIB", "ifAdminStatus", Value::NoSuchInstance)
                .add_var_binds([
                    ("IF-MIB::ifIndex.2", Value::NoSuchInstance),
                    ("IF-MIB::ifIndex.3", Value::Integer(3)),
                    ("IF-MIB::ifOperStatus.3", Value::EndOfMibView),
                    ("IF-MIB::ifDescr.3", Value::NoSuchObject),
                    ("SNMPv2-MIB::sysUpTime.0", Value::NoSuchObject),
                    ("SNMPv2-MIB::snmpTrapOID.0", Value::NoSuchInstance),
                ]),
            &index,
        ),
    ];
    for (notification, expected) in cases {
        for auth in [&v2c, &CommunityData::v1("public")] {
            let sent = wire.send(auth, notification.clone());
            assert_eq!(sent, expected, "{notification:?}");
        }
    }
}

#[cfg(feature = "log")]
#[test]
fn what_is_left_out_is_told_in_the_log() {
    let mut wire = Wire::new();
    let (v2c, context) = (CommunityData::new("public"), ContextData::default());
    let notification = NotificationType::new("IF-MIB::linkUp")
        .instance_index(3)
        .object("IF-MIB", "ifIndex", 3)
        .object("IF-MIB", "ifDescr", "eth0")
        .add_var_binds([ObjectType::new("1.3.6.1.4.1.99999.1.0")]);
    let (deferred, records) = util::records::during(|| {
        let (engine, target) = (&wire.manager.engine, &wire.target);
        send_notification(
            engine,
            &v2c,
            target,
            &context,
            NotifyType::Trap,
            notification,
        )
    });
    assert_eq!(
        records,
        [
            "warn: notification 1.3.6.1.6.3.1.1.5.4: IF-MIB::ifAdminStatus is left out, since it is given no value",
            "warn: notification 1.3.6.1.6.3.1.1.5.4: IF-MIB::ifOperStatus is left out, since it is given no value",
            "warn: notification 1.3.6.1.6.3.1.1.5.4: IF-MIB::ifDescr is left out, since the definition does not have it",
            "warn: notification: 1.3.6.1.4.1.99999.1.0 is left out, since it has no value",
        ]
    );
    assert_eq!(wire.one(deferred), [format!("{INDEX}.3 = 3")]);
}

/// A definition that asks for one column twice, for a scalar, and for an object that nobody knows.
struct Twice {
    definitions: Vec<Definition>,
}

impl Twice {
    fn new() -> Self {
        let objects = ["cell", "level", "unknown", "cell"];
        let objects = objects.map(|name| Symbol::owned("TWICE-MIB".into(), name.into()));
        let row = Syntax::new("Integer32", BaseType::Integer32);
        let row = IndexPart::owned("row".into(), row, false);
        let twice = Definition::new("twice", [1, 3, 9, 0, 1], NodeKind::Notification);
        Self {
            definitions: vec![
                twice.with_objects(objects.into()),
                Definition::new("level", [1, 3, 9, 1], NodeKind::Scalar),
                Definition::new("cell", [1, 3, 9, 2, 1, 1], NodeKind::Column).with_index(vec![row]),
            ],
        }
    }
}

impl Names for Twice {
    fn modules(&self) -> Vec<&str> {
        vec!["TWICE-MIB"]
    }

    fn has_module(&self, module: &str) -> bool {
        module == "TWICE-MIB"
    }

    fn find(&self, module: Option<&str>, symbol: &str) -> Option<Node<'_>> {
        let mut nodes = self.definitions.iter().map(|it| Node::new("TWICE-MIB", it));
        nodes
            .find(|node| node.name() == symbol && module.is_none_or(|module| module == "TWICE-MIB"))
    }

    fn at_or_above(&self, arcs: &[u32]) -> Option<Node<'_>> {
        let mut nodes = self.definitions.iter().map(|it| Node::new("TWICE-MIB", it));
        nodes.rfind(|node| arcs.starts_with(node.arcs()))
    }

    fn at_or_after(&self, arcs: &[u32]) -> Option<Node<'_>> {
        let mut nodes = self.definitions.iter().map(|it| Node::new("TWICE-MIB", it));
        nodes.find(|node| node.arcs() >= arcs)
    }

    fn edge(&self, _: &str, _: bool) -> Option<Node<'_>> {
        None
    }
}

#[test]
fn an_object_that_is_asked_for_twice_takes_an_instance_each_time() {
    let mut wire = Wire::new();
    let v2c = CommunityData::new("public");
    let given = [
        ("1.3.5.1.0", 8),
        ("1.3.9.2.1.1.7", 7),
        ("1.3.9.2.1.1.6", 6),
        ("1.3.9.2.1.1.5", 5),
        ("1.3.9.1.0", 9),
    ];
    let notification = NotificationType::new("1.3.9.0.1").add_var_binds(given);
    // Who knows no definition sends the bindings as they are.
    let plain = given.map(|(name, value)| format!("{name} = {value}"));
    assert_eq!(wire.send(&v2c, notification.clone()), plain);

    wire.manager.engine.set_names(Rc::new(Twice::new()));
    let expected = [
        "1.3.9.2.1.1.7 = 7",
        "1.3.9.1.0 = 9",
        "1.3.9.2.1.1.6 = 6",
        "1.3.5.1.0 = 8",
        "1.3.9.2.1.1.5 = 5",
    ];
    assert_eq!(wire.send(&v2c, notification.clone()), expected);
    // The row that the program names comes first, and a scalar is no cell of it.
    let expected = [
        "1.3.9.2.1.1.5 = 5",
        "1.3.9.1.0 = 9",
        "1.3.9.2.1.1.7 = 7",
        "1.3.5.1.0 = 8",
        "1.3.9.2.1.1.6 = 6",
    ];
    assert_eq!(wire.send(&v2c, notification.instance_index(5)), expected);
}

#[test]
fn a_value_of_the_row_does_not_lose_a_binding_of_another_one() {
    let mut wire = Wire::new();
    let v2c = CommunityData::new("public");
    let notification = NotificationType::new("IF-MIB::linkUp")
        .instance_index(3)
        .object("IF-MIB", "ifIndex", 3)
        .object("IF-MIB", "ifAdminStatus", 1)
        .add_var_binds([
            ("IF-MIB::ifIndex.4", 4),
            ("IF-MIB::ifOperStatus.4", 2),
            ("IF-MIB::ifOperStatus.3", 1),
        ]);
    let expected = [
        format!("{INDEX}.3 = 3"),
        format!("{ADMIN}.3 = 1"),
        format!("{OPER}.3 = 1"),
        format!("{INDEX}.4 = 4"),
        format!("{OPER}.4 = 2"),
    ];
    assert_eq!(wire.send(&v2c, notification), expected);
}

#[test]
fn a_v1_trap_has_no_bindings_for_its_header_unless_it_is_passed_on() {
    let mut wire = Wire::new();
    let enterprise = "1.3.6.1.6.3.1.1.4.3.0 = 1.3.6.1.4.1.20408.4.1.1.2";
    let address = "1.3.6.1.6.3.18.1.3.0 = 192.0.2.7";
    let community = "1.3.6.1.6.3.18.1.4.0 = told";
    let descr = "1.3.6.1.2.1.1.1.0 = my system";
    let given = [
        ObjectType::from((oid!(1.3.6.1.6.3.18.1.3.0), IpAddress::new(192, 0, 2, 7))),
        ObjectType::from((oid!(1.3.6.1.2.1.1.1.0), "my system")),
        ObjectType::from((oid!(1.3.6.1.6.3.1.1.4.3.0), oid!(1.3.6.1.4.1.20408.4.1.1.2))),
        ObjectType::from((oid!(1.3.6.1.6.3.18.1.4.0), "told")),
    ];
    let (v1, v2c) = (CommunityData::v1("public"), CommunityData::new("public"));
    for name in ["1.3.6.1.6.3.1.1.5.2", "1.3.6.1.4.1.20408.4.1.1.2.0.432"] {
        let notification = NotificationType::new(name).add_var_binds(given.clone());
        assert_eq!(wire.send(&v1, notification.clone()), [descr, community]);
        let all = [address, descr, enterprise, community];
        assert_eq!(wire.send(&v2c, notification), all);

        let name: ObjectIdentifier = name.parse().unwrap();
        let var_binds = [
            VarBind::new(oid!(1.3.6.1.2.1.1.3.0), TimeTicks(1)),
            VarBind::new(oid!(1.3.6.1.6.3.1.1.4.1.0), name),
            VarBind::new(oid!(1.3.6.1.6.3.18.1.3.0), IpAddress::new(192, 0, 2, 7)),
            VarBind::new(oid!(1.3.6.1.2.1.1.1.0), "my system"),
            VarBind::new(oid!(1.3.6.1.6.3.1.1.4.3.0), oid!(1.3.6.1.4.1.20408.4.1.1.2)),
            VarBind::new(oid!(1.3.6.1.6.3.18.1.4.0), "told"),
        ];
        let pdu = Pdu::new(PduKind::TrapV2, 0, var_binds.into_iter().collect());
        let context = ContextData::default();
        let passed_on = send_pdu(&wire.manager.engine, &v1, &wire.target, &context, pdu);
        assert_eq!(wire.one(passed_on), all);
    }
    // Of another type they are bindings like any other.
    let odd = NotificationType::new("SNMPv2-MIB::coldStart").add_var_binds([
        (oid!(1.3.6.1.6.3.18.1.3.0), OctetString::from("here")),
        (oid!(1.3.6.1.6.3.1.1.4.3.0), OctetString::from("we")),
    ]);
    let expected = ["1.3.6.1.6.3.18.1.3.0 = here", "1.3.6.1.6.3.1.1.4.3.0 = we"];
    assert_eq!(wire.send(&v1, odd), expected);
}

#[test]
fn a_community_says_whose_context_it_is_or_nobody_does() {
    let mut wire = Wire::new();
    let receiver = SnmpEngine::new(&wire.manager.reactor.handle());
    receiver.add_v1_system("some area", "public");
    let of: EngineId = "8000000001020304".parse().unwrap();
    receiver.set_community_rule(move |community| {
        let entry = CommunityEntry::new("by rule").context_name("there");
        (community == b"private").then_some(entry.context_engine_id(of))
    });
    let address = receiver.listen_udp("127.0.0.1:0".parse().unwrap()).unwrap();
    wire.target = address.into();
    let queue = NotificationReceiver::queue(&receiver, 10).expect("the only one");
    for (auth, engine_id, context) in [
        (CommunityData::v1("public"), None, ""),
        (CommunityData::new("public"), None, ""),
        (CommunityData::v1("private"), Some(of), "there"),
        (CommunityData::new("private"), Some(of), "there"),
    ] {
        let sent = send_notification(
            &wire.manager.engine,
            &auth,
            &wire.target,
            &ContextData::default(),
            NotifyType::Trap,
            "SNMPv2-MIB::coldStart",
        );
        wire.manager.succeed(sent);
        let taken = wire.manager.succeed(queue.next());
        assert_eq!(taken.context_engine_id(), engine_id);
        assert_eq!(taken.context_name(), context.as_bytes());
    }
}
