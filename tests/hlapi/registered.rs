//! Several responders and receivers at one engine, each for its contexts, and what becomes of one that is closed.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::access::OpenAccess;
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::{MibTree, Scalar};
use deferred_snmp::oid;
use util::manager::{Manager, turn_until};

const DEVICE: &str = "80000000010a0b0c0d";

fn device() -> EngineId {
    DEVICE.parse().expect("a name")
}

/// A responder whose sysDescr.0 is `text`, in the contexts without a name and "east".
fn responder(text: &'static str) -> CommandResponder {
    let tree = || {
        let mut tree = MibTree::new();
        tree.register(oid!(1.3.6.1.2.1.1.1), Scalar::constant(text))
            .expect("an empty tree");
        tree
    };
    let mut responder = CommandResponder::new(tree(), OpenAccess);
    responder.contexts_mut().insert("east", tree());
    responder
}

/// An agent without responders and receivers, who is asked and notified.
struct Rig {
    manager: Manager,
    agent: SnmpEngine,
    target: UdpTransportTarget,
}

impl Rig {
    fn new() -> Self {
        let manager = Manager::new();
        let agent = SnmpEngine::new(&manager.reactor.handle());
        agent.add_v1_system("somebody", "public");
        agent.set_community_rule(|community| {
            let entry = CommunityEntry::new("somebody").context_engine_id(device());
            (community == b"device").then_some(entry)
        });
        agent.add_v3_user(&UsmUserData::new("plain")).unwrap();
        let address = agent.listen_udp("127.0.0.1:0".parse().unwrap()).unwrap();
        let target = UdpTransportTarget::from(address)
            .timeout(Duration::from_millis(500))
            .retries(0);
        Self {
            manager,
            agent,
            target,
        }
    }

    /// sysDescr.0 in a context.
    fn get(&mut self, auth: &dyn AuthData, context: &ContextData) -> Result<String, SnmpError> {
        let engine = &self.manager.engine;
        let names = ["SNMPv2-MIB::sysDescr.0"];
        let get = get_cmd(engine, auth, &self.target, context, names);
        let response = self.manager.settle(get)?;
        let var_bind = response.iter().next().expect("one binding");
        Ok(var_bind.value().to_string())
    }

    fn get_v3(&mut self, context: &ContextData) -> Result<String, SnmpError> {
        self.get(&UsmUserData::new("plain"), context)
    }

    fn notify(&mut self, auth: &dyn AuthData, context: &ContextData) {
        let send = send_notification(
            &self.manager.engine,
            auth,
            &self.target,
            context,
            NotifyType::Trap,
            NotificationType::new("SNMPv2-MIB::warmStart"),
        );
        self.manager.succeed(send);
    }
}

fn of_device() -> ContextData {
    ContextData::default().engine_id(device())
}

fn is_unhandled<T: std::fmt::Debug>(outcome: Result<T, SnmpError>) -> bool {
    matches!(
        outcome,
        Err(SnmpError::Indication(ErrorIndication::UnknownPduHandler))
    )
}

#[test]
fn each_responder_serves_its_contexts() {
    let mut rig = Rig::new();
    let (default, east) = (ContextData::default(), ContextData::default().name("east"));
    let agent = rig.agent.clone();
    agent.register_responder(responder("the agent")).unwrap();
    let scope = ContextScope::this_engine().named("east");
    agent
        .register_responder_within(scope, responder("its east"))
        .unwrap();
    let scope = ContextScope::engine(device());
    agent
        .register_responder_within(scope, responder("the device"))
        .unwrap();
    assert_eq!(rig.get_v3(&default).unwrap(), "the agent");
    assert_eq!(rig.get_v3(&east).unwrap(), "its east");
    assert_eq!(rig.get_v3(&of_device()).unwrap(), "the device");
    assert_eq!(rig.get_v3(&of_device().name("east")).unwrap(), "the device");
    let other = "8000000001020304".parse().unwrap();
    assert!(is_unhandled(rig.get_v3(&default.clone().engine_id(other))));
    // A community may speak of the device as well.
    for (community, expected) in [("public", "the agent"), ("device", "the device")] {
        let auth = CommunityData::new(community);
        assert_eq!(rig.get(&auth, &default).unwrap(), expected);
    }
    assert_eq!(agent.statistics().unknown_pdu_handlers, 1);
}

#[test]
fn a_responder_that_is_closed_serves_no_more_and_another_may_have_its_place() {
    let mut rig = Rig::new();
    let default = ContextData::default();
    assert!(is_unhandled(rig.get_v3(&default)), "nobody serves yet");
    let agent = rig.agent.clone();
    let first = agent.register_responder(responder("the first")).unwrap();
    assert_eq!(rig.get_v3(&default).unwrap(), "the first");
    let error = agent.register_responder(responder("the second"));
    let error = error.unwrap_err();
    let words =
        "another application has registered for read requests in all contexts of this engine";
    assert_eq!(error.to_string(), words);
    assert!(std::error::Error::source(&error).is_some());
    assert!(matches!(error, SnmpError::Registration(_)));
    assert_eq!(rig.get_v3(&default).unwrap(), "the first");
    assert_eq!(
        format!("{first:?}"),
        "RegisteredResponder { is_open: true }"
    );
    assert!(first.close());
    assert!(!first.close());
    assert_eq!(
        format!("{first:?}"),
        "RegisteredResponder { is_open: false }"
    );
    assert!(is_unhandled(rig.get_v3(&default)));
    let third = agent.register_responder(responder("the third")).unwrap();
    assert!(!first.close(), "it closes no other");
    // It stays when its handle is dropped.
    drop(third);
    assert_eq!(rig.get_v3(&default).unwrap(), "the third");
}

/// What a managed object calls may come back here.
#[test]
fn a_responder_may_be_closed_and_replaced_while_it_answers() {
    let mut rig = Rig::new();
    let default = ContextData::default();
    let own: Rc<RefCell<Option<RegisteredResponder>>> = Rc::default();
    let (place, agent) = (Rc::clone(&own), rig.agent.clone());
    let mut tree = MibTree::new();
    let scalar = Scalar::dynamic(move || {
        let is_open = place.take().is_some_and(|it| it.close());
        let next = agent.register_responder(responder("the next"));
        format!("closed: {is_open}, replaced: {}", next.is_ok())
    });
    tree.register(oid!(1.3.6.1.2.1.1.1), scalar).unwrap();
    let registered = rig
        .agent
        .register_responder(CommandResponder::new(tree, OpenAccess));
    own.replace(Some(registered.unwrap()));
    let last = rig.get_v3(&default).unwrap();
    assert_eq!(last, "closed: true, replaced: true");
    assert_eq!(rig.get_v3(&default).unwrap(), "the next");
}

#[test]
fn each_receiver_takes_the_notifications_of_its_contexts() {
    let mut rig = Rig::new();
    let agent = rig.agent.clone();
    let all = NotificationReceiver::queue(&agent, 10).unwrap();
    let scope = ContextScope::engine(device());
    let alarms = NotificationReceiver::within(&agent, scope.clone());
    let alarms = alarms.queue(10).unwrap();
    let count = Rc::new(Cell::new(0));
    let counts = Rc::clone(&count);
    let east = NotificationReceiver::within(&agent, scope.clone().named("east"));
    let east = east
        .deferred(move |_| counts.set(counts.get() + 1))
        .unwrap();
    let twice = NotificationReceiver::within(&agent, scope).call(|_| ());
    assert!(matches!(twice, Err(SnmpError::Registration(_))));

    let (public, default) = (CommunityData::new("public"), ContextData::default());
    rig.notify(&public, &default);
    rig.notify(&CommunityData::new("device"), &default);
    let east_of = |rig: &mut Rig| {
        let user = UsmUserData::new("plain").security_engine_id(rig.agent.engine_id());
        let context = of_device().name("east");
        let inform = send_notification(
            &rig.manager.engine,
            &user,
            &rig.target,
            &context,
            NotifyType::Inform,
            NotificationType::new("SNMPv2-MIB::warmStart"),
        );
        rig.manager.succeed(inform);
    };
    east_of(&mut rig);
    turn_until(&mut rig.manager.reactor, || {
        (all.len(), alarms.len(), count.get()) == (1, 1, 1)
    });
    // What its receiver leaves goes to the next in line.
    east.close();
    east_of(&mut rig);
    assert_eq!((all.len(), alarms.len(), count.get()), (1, 2, 1));
    drop(alarms);
    rig.notify(&CommunityData::new("device"), &default);
    turn_until(&mut rig.manager.reactor, || all.len() == 2);
    let taken: Vec<_> = (0..2)
        .map(|_| rig.manager.succeed(all.next()).context_engine_id())
        .collect();
    assert_eq!(taken, [None, Some(device())]);

    // The end of the engine's ports ends all of them.
    let another = NotificationReceiver::within(&agent, ContextScope::this_engine());
    let another = another.call(|_| ()).unwrap();
    agent.close();
    assert_eq!(
        format!("{another:?}"),
        "NotificationReceiver { is_open: false }"
    );
    NotificationReceiver::new(&agent, |_| ()).unwrap();
}
