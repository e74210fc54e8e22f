//! Notifications that are not as the standards have them reach the program, which is told what can be said.

use deferred_snmp::hlapi::*;
use deferred_snmp::message::Version;
use deferred_snmp::oid;
use deferred_snmp::pdu::{GenericTrap, Pdu, PduKind, TrapPdu};
use deferred_snmp::smi::VarBindList;
use hex_literal::hex;
use util::manager::Manager;
use util::raw;

const UP_TIME: ObjectIdentifier = oid!(1.3.6.1.2.1.1.3.0);
const TRAP_OID: ObjectIdentifier = oid!(1.3.6.1.6.3.1.1.4.1.0);
const NAME: ObjectIdentifier = oid!(1.3.6.1.2.1.1.5.0);

/// What a receiver hands out for each datagram.
fn received(datagrams: &[Vec<u8>]) -> Vec<Notification> {
    let mut manager = Manager::new();
    let receiver = SnmpEngine::new(&manager.reactor.handle());
    receiver.add_v1_system("my-area", "public");
    let address = receiver.listen_udp("127.0.0.1:0".parse().unwrap()).unwrap();
    let queue = NotificationReceiver::queue(&receiver, datagrams.len()).expect("the only one");
    let port = raw::open(&manager.reactor.handle(), |_, _| Vec::new());
    let each = datagrams.iter().map(|datagram| {
        port.write(datagram, address).unwrap();
        manager.succeed(queue.next())
    });
    each.collect()
}

#[test]
fn up_time_and_trap_oid_are_found_by_their_names() {
    let up_time = VarBind::new(UP_TIME, TimeTicks(99));
    let trap_oid = VarBind::new(TRAP_OID, oid!(1.3.6.1.6.3.1.1.5.3));
    let own = VarBind::new(NAME, "a name");
    let integer = VarBind::new(UP_TIME, 99);
    let text = VarBind::new(TRAP_OID, "linkDown");
    let link_down = Some(oid!(1.3.6.1.6.3.1.1.5.3));
    let cases: [(Vec<&VarBind>, Option<u32>, Option<ObjectIdentifier>); 8] = [
        (vec![&up_time, &trap_oid, &own], Some(99), link_down.clone()),
        (vec![&trap_oid, &up_time, &own], Some(99), link_down.clone()),
        (vec![&trap_oid, &own], None, link_down.clone()),
        (vec![&own, &trap_oid], None, link_down.clone()),
        (
            vec![&own, &up_time, &own, &trap_oid],
            Some(99),
            link_down.clone(),
        ),
        (vec![&integer, &trap_oid], None, link_down),
        (vec![&up_time, &text], Some(99), None),
        (vec![], None, None),
    ];
    for kind in [PduKind::TrapV2, PduKind::InformRequest] {
        let datagrams: Vec<Vec<u8>> = (1..)
            .zip(&cases)
            .map(|(request_id, (bindings, ..))| {
                let list = bindings.iter().map(|&it| it.clone()).collect();
                raw::encode(Version::V2c, b"public", &Pdu::new(kind, request_id, list))
            })
            .collect();
        let notifications = received(&datagrams);
        for ((bindings, up_time, trap_oid), notification) in cases.iter().zip(notifications) {
            assert_eq!(notification.up_time(), *up_time, "{bindings:?}");
            assert_eq!(notification.trap_oid(), *trap_oid, "{bindings:?}");
            assert_eq!(notification.iter().count(), bindings.len());
        }
    }
}

#[test]
fn a_trap_of_snmpv1_without_a_meaning_has_no_name() {
    let trap = |generic, specific, var_binds: VarBindList| {
        let pdu = TrapPdu {
            enterprise: oid!(1.3.6.1.4.1.9999),
            agent_addr: [192, 0, 2, 7].into(),
            generic_trap: GenericTrap::new(generic),
            specific_trap: specific,
            time_stamp: 99,
            var_binds,
        };
        let mut datagram = Vec::new();
        deferred_snmp::message::CommunityMessage::new(Version::V1, b"public", &pdu)
            .encode(&mut datagram);
        datagram
    };
    let own = || [VarBind::new(NAME, "a name")].into_iter().collect();
    let named = [
        VarBind::new(NAME, "a name"),
        VarBind::new(TRAP_OID, oid!(1.3.6.1.4.1.9999.0.5)),
    ];
    let datagrams = [
        trap(7, 0, own()),
        trap(-1, 0, own()),
        trap(6, -1, own()),
        trap(6, 17, own()),
        // It has no name by its numbers, and says one itself.
        trap(7, 0, named.into_iter().collect()),
        // A generic-trap of 7 and an agent-addr of no octets, as they are on the wire.
        hex!(
            "30 25 02 01 00 04 06 70 75 62 6c 69 63 a4 17 06 07 2b 06 01 04 01 ce 0f 40 00"
            "02 01 07 02 01 00 43 02 80 e8 30 00 00"
        )
        .to_vec(),
    ];
    let expected = [
        (None, 99, "192.0.2.7"),
        (None, 99, "192.0.2.7"),
        (None, 99, "192.0.2.7"),
        (Some(oid!(1.3.6.1.4.1.9999.0.17)), 99, "192.0.2.7"),
        (Some(oid!(1.3.6.1.4.1.9999.0.5)), 99, "192.0.2.7"),
        (None, 33_000, "0.0.0.0"),
    ];
    for ((trap_oid, up_time, address), notification) in
        expected.into_iter().zip(received(&datagrams))
    {
        assert_eq!(notification.version(), Version::V1);
        assert_eq!(notification.trap_oid(), trap_oid);
        assert_eq!(notification.up_time(), Some(up_time));
        let lines: Vec<String> = notification
            .lookup_mib(false)
            .iter()
            .map(|it| it.to_string())
            .collect();
        let line = format!("1.3.6.1.6.3.18.1.3.0 = {address}");
        assert!(lines.contains(&line), "{lines:?}");
        let line = "1.3.6.1.6.3.1.1.4.3.0 = 1.3.6.1.4.1.9999".to_owned();
        assert!(lines.contains(&line), "{lines:?}");
    }
}

/// As `snmptrapd` delivers them.
#[test]
fn headers_that_are_wrong_for_their_version_or_too_wide_cost_no_notification() {
    let element = |tag: u8, contents: &[u8]| -> Vec<u8> {
        [&[tag, u8::try_from(contents.len()).unwrap()], contents].concat()
    };
    let message = |version: u8, pdu: Vec<u8>| {
        let head = [
            0x02, 0x01, version, 0x04, 0x06, b'p', b'u', b'b', b'l', b'i', b'c',
        ];
        let contents = [&head[..], &pdu].concat();
        let length = u8::try_from(contents.len()).unwrap();
        [&[0x30, 0x81, length], &contents[..]].concat()
    };
    // sysUpTime.0 is 33,000, without its leading zero; snmpTrapOID.0 is linkDown.
    let bindings = hex!(
        "30 29 30 0e 06 08 2b 06 01 02 01 01 03 00 43 02 80 e8"
        "30 17 06 0a 2b 06 01 06 03 01 01 04 01 00 06 09 2b 06 01 06 03 01 01 05 03"
    );
    let later = |version: u8, tag: u8, header: &[u8]| {
        message(version, element(tag, &[header, &bindings].concat()))
    };
    let trap =
        hex!("06 07 2b 06 01 04 01 ce 0f 40 04 c0 00 02 07 02 01 02 02 01 00 43 02 80 e8 30 00");
    let plain: &[u8] = &hex!("02 01 07 02 01 00 02 01 00");
    let datagrams = [
        (Version::V2c, message(1, element(0xa4, &trap))),
        (Version::V1, later(0, 0xa7, plain)),
        (Version::V1, later(0, 0xa6, plain)),
        (
            Version::V2c,
            later(1, 0xa7, &hex!("02 05 00 80 00 00 01 02 01 00 02 01 00")),
        ),
        (
            Version::V2c,
            later(1, 0xa6, &hex!("02 05 00 80 00 00 02 02 01 00 02 01 00")),
        ),
        (
            Version::V2c,
            later(
                1,
                0xa7,
                &hex!("02 08 01 00 00 00 00 00 00 01 02 01 00 02 01 00"),
            ),
        ),
        (
            Version::V2c,
            later(
                1,
                0xa7,
                &hex!("02 01 07 02 05 00 ff ff ff ff 02 05 00 80 00 00 00"),
            ),
        ),
    ];
    let octets: Vec<Vec<u8>> = datagrams.iter().map(|(_, octets)| octets.clone()).collect();
    for ((version, octets), notification) in datagrams.iter().zip(received(&octets)) {
        assert_eq!(notification.version(), *version, "{octets:02x?}");
        assert_eq!(notification.up_time(), Some(33_000), "{octets:02x?}");
        let link_down = oid!(1.3.6.1.6.3.1.1.5.3);
        assert_eq!(notification.trap_oid(), Some(link_down), "{octets:02x?}");
    }
}
