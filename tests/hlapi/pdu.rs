//! PDUs that the program has made, through the engine.

use std::cell::RefCell;
use std::rc::Rc;

use deferred_snmp::engine::SubmitError;
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::{MibTree, Scalar};
use deferred_snmp::oid;
use deferred_snmp::pdu::{Bulk, Pdu, PduBody, PduKind};
use deferred_snmp::smi::VarBindList;
use util::manager::{Manager, Pair, turn_until};

const SYS_NAME: ObjectIdentifier = oid!(1.3.6.1.2.1.1.5.0);

fn names(names: &[ObjectIdentifier]) -> VarBindList {
    names.iter().map(|name| VarBind::new(name, ())).collect()
}

fn pair() -> Pair {
    let mut tree = MibTree::new();
    for number in 1..=3 {
        let name = oid!(1.3.6.1.2.1.1).extend([4 + number]).unwrap();
        tree.register(name, Scalar::constant(number as i32))
            .unwrap();
    }
    Pair::new(tree)
}

fn send(pair: &mut Pair, auth: CommunityData, pdu: Pdu) -> Result<Response, SnmpError> {
    let context = ContextData::default();
    let deferred = send_pdu(&pair.manager.engine, &auth, &pair.target, &context, pdu);
    pair.manager.settle(deferred)
}

#[test]
fn requests_are_answered() {
    let mut pair = pair();
    let v2c = || CommunityData::new("public");
    let get = Pdu::new(PduKind::GetRequest, 0, names(&[SYS_NAME]));
    let response = send(&mut pair, v2c(), get).unwrap();
    assert_eq!(
        response.iter().next().unwrap().to_string(),
        "SNMPv2-MIB::sysName.0 = 1"
    );

    let bulk = Bulk {
        non_repeaters: 0,
        max_repetitions: 2,
    };
    let bulk = || Pdu::bulk_request(0, bulk, names(&[SYS_NAME]));
    let response = send(&mut pair, v2c(), bulk()).unwrap();
    assert_eq!(response.rows().count(), 2);

    let v1 = CommunityData::v1("public");
    let refused = send(&mut pair, v1, bulk()).expect_err("SNMPv1 has none");
    assert!(matches!(
        refused,
        SnmpError::Submit(SubmitError::UnsupportedPdu)
    ));
    for kind in [PduKind::Response, PduKind::Report] {
        let pdu = Pdu::new(kind, 0, names(&[SYS_NAME]));
        let refused = send(&mut pair, v2c(), pdu).expect_err("it asks for nothing");
        assert!(matches!(
            refused,
            SnmpError::Submit(SubmitError::UnsupportedPdu)
        ));
    }
}

#[test]
fn a_trap_goes_as_it_is() {
    let mut manager = Manager::new();
    let receiver = SnmpEngine::new(&manager.reactor.handle());
    let address = receiver.listen_udp("127.0.0.1:0".parse().unwrap()).unwrap();
    let seen: Rc<RefCell<Vec<Pdu>>> = Rc::default();
    let pdus = Rc::clone(&seen);
    receiver.observe(move |message| match message.pdu() {
        Some(PduBody::Pdu(pdu)) => pdus.borrow_mut().push(pdu.to_owned()),
        other => panic!("{other:?}"),
    });
    // Neither sysUpTime.0 nor snmpTrapOID.0, and an error-status: none of it is put right.
    let mut trap = Pdu::new(PduKind::TrapV2, 0, names(&[SYS_NAME]));
    trap.error_status = ErrorStatus::GEN_ERR;
    trap.error_index = 1;
    let sent = send_pdu(
        &manager.engine,
        &CommunityData::new("public"),
        &UdpTransportTarget::from(address),
        &ContextData::default(),
        trap.clone(),
    );
    assert_eq!(manager.succeed(sent).iter().count(), 0);
    turn_until(&mut manager.reactor, || !seen.borrow().is_empty());
    let mut got = seen.take().remove(0);
    assert_ne!(got.request_id, 0, "the engine's own");
    got.request_id = 0;
    assert_eq!(got, trap);
}

#[test]
fn by_snmpv1_a_trap_goes_in_the_form_of_snmpv1_or_not_at_all() {
    let mut manager = Manager::new();
    let receiver = SnmpEngine::new(&manager.reactor.handle());
    receiver.add_v1_system("my-area", "public");
    let address = receiver.listen_udp("127.0.0.1:0".parse().unwrap()).unwrap();
    let queue = NotificationReceiver::queue(&receiver, 1).expect("the only one");
    let mut send = |var_binds: VarBindList| {
        let sent = send_pdu(
            &manager.engine,
            &CommunityData::v1("public"),
            &UdpTransportTarget::from(address),
            &ContextData::default(),
            Pdu::new(PduKind::TrapV2, 0, var_binds),
        );
        let sent = manager.settle(sent).map(drop);
        sent.map(|()| manager.succeed(queue.next()))
    };
    let var_binds = [
        VarBind::new(oid!(1.3.6.1.2.1.1.3.0), TimeTicks(123)),
        VarBind::new(oid!(1.3.6.1.6.3.1.1.4.1.0), oid!(1.3.6.1.6.3.1.1.5.1)),
    ];
    let notification = send(var_binds.into_iter().collect()).unwrap();
    assert_eq!(notification.up_time(), Some(123));
    assert_eq!(notification.version(), deferred_snmp::message::Version::V1);
    let refused = send(names(&[SYS_NAME])).expect_err("it is no notification");
    assert!(matches!(
        refused,
        SnmpError::Submit(SubmitError::Untranslatable(_))
    ));
}
