use super::*;
use crate::smi::{Counter64, IpAddress, TimeTicks, Value, VarBind};

static EMPTY: VarBindList = VarBindList::new();
const OWN: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 1);

fn notification(trap_oid: &str, more: &[(&str, Value)]) -> VarBindList {
    let oid: ObjectIdentifier = trap_oid.parse().unwrap();
    let mut list: VarBindList = [
        VarBind::new(&SYS_UP_TIME, TimeTicks(99)),
        VarBind::new(&SNMP_TRAP_OID, oid),
    ]
    .into_iter()
    .collect();
    for (name, value) in more {
        let name: ObjectIdentifier = name.parse().unwrap();
        list.push(name.as_ref(), value.as_ref());
    }
    list
}

fn trap(enterprise: &str, generic: i32, specific: i32) -> String {
    format!("{enterprise} {generic} {specific}")
}

fn header(list: &VarBindList) -> Result<String, TranslationError> {
    let pdu = TrapPduRef::from_notification(list.as_ref(), OWN)?;
    assert_eq!(pdu.time_stamp, 99);
    Ok(trap(
        &pdu.enterprise.to_string(),
        pdu.generic_trap.number(),
        pdu.specific_trap,
    ))
}

#[test]
fn standard_traps_either_way() {
    // RFC 3584 section 3.1 (3) and section 3.2 (3).
    for generic in 0..=5 {
        let oid = format!("1.3.6.1.6.3.1.1.5.{}", generic + 1);
        let list = notification(&oid, &[]);
        let pdu = TrapPduRef::from_notification(list.as_ref(), OWN).unwrap();
        assert_eq!(pdu.generic_trap, GenericTrap::new(generic));
        assert_eq!(pdu.specific_trap, 0);
        assert_eq!(pdu.enterprise.to_string(), "1.3.6.1.6.3.1.1.5");
        assert_eq!(pdu.trap_oid().unwrap().to_string(), oid);
    }
}

#[test]
fn the_enterprise_of_a_standard_trap_is_a_binding() {
    let enterprise: ObjectIdentifier = oid!(1.3.6.1.4.1.20408.4.1.1.2);
    let list = notification(
        "1.3.6.1.6.3.1.1.5.2",
        &[("1.3.6.1.6.3.1.1.4.3.0", (&enterprise).into())],
    );
    assert_eq!(header(&list), Ok(trap("1.3.6.1.4.1.20408.4.1.1.2", 1, 0)));
    // It stays a binding: RFC 3584 section 3.2 (6) takes the first two out and no other.
    let pdu = TrapPduRef::from_notification(list.as_ref(), OWN).unwrap();
    assert_eq!(pdu.var_binds.len(), 1);
}

#[test]
fn a_trap_of_an_enterprise_is_split_at_its_last_arcs() {
    // (snmpTrapOID.0, enterprise, specific-trap), RFC 3584 section 3.2 (1) and (4)
    for (oid, enterprise, specific) in [
        ("1.3.6.1.4.1.9999.0.17", "1.3.6.1.4.1.9999", 17),
        ("1.3.6.1.4.1.9999.5.17", "1.3.6.1.4.1.9999.5", 17),
        (
            "1.3.6.1.4.1.20408.4.1.1.2.0.432",
            "1.3.6.1.4.1.20408.4.1.1.2",
            432,
        ),
        (
            "1.3.6.1.4.1.9999.0.2147483647",
            "1.3.6.1.4.1.9999",
            i32::MAX,
        ),
        // No standard traps, however near.
        ("1.3.6.1.6.3.1.1.5.7", "1.3.6.1.6.3.1.1.5", 7),
        ("1.3.6.1.6.3.1.1.5.1.0", "1.3.6.1.6.3.1.1.5.1", 0),
        ("1.3.6.1.6.3.1.1.5", "1.3.6.1.6.3.1.1", 5),
    ] {
        let list = notification(oid, &[]);
        assert_eq!(header(&list), Ok(trap(enterprise, 6, specific)), "{oid}");
    }
    // An enterprise's binding says nothing about a trap that has its own.
    let list = notification(
        "1.3.6.1.4.1.9999.0.17",
        &[("1.3.6.1.6.3.1.1.4.3.0", oid!(1.3.6.1.4.1.1).into())],
    );
    assert_eq!(header(&list), Ok(trap("1.3.6.1.4.1.9999", 6, 17)));
}

#[test]
fn the_agent_address_is_that_of_the_binding_or_the_one_given() {
    let agent = IpAddress::new(203, 0, 113, 9);
    let list = notification(
        "1.3.6.1.6.3.1.1.5.1",
        &[("1.3.6.1.6.3.18.1.3.0", agent.into())],
    );
    let pdu = TrapPduRef::from_notification(list.as_ref(), OWN).unwrap();
    assert_eq!(pdu.agent_addr, agent);
    let list = notification("1.3.6.1.6.3.1.1.5.1", &[]);
    let pdu = TrapPduRef::from_notification(list.as_ref(), OWN).unwrap();
    assert_eq!(pdu.agent_addr, OWN);
}

#[test]
fn what_v1_cannot_say() {
    use TranslationError::{NoSuchType, NotANotification, TrapOid};
    let some = "1.3.6.1.4.1.9999.1.0";
    let cold = "1.3.6.1.6.3.1.1.5.1";
    for (list, error) in [
        (
            notification(cold, &[(some, Counter64(1).into())]),
            NoSuchType,
        ),
        (
            notification(cold, &[(some, Value::NoSuchObject)]),
            NoSuchType,
        ),
        (
            notification(cold, &[(some, Value::EndOfMibView)]),
            NoSuchType,
        ),
        (notification("1.3.6.1.4.1.9999.0.2147483648", &[]), TrapOid),
        (notification("1.3", &[]), TrapOid),
        (notification("1.0.5", &[]), TrapOid),
        (VarBindList::new(), NotANotification),
        (
            [(&SYS_UP_TIME, TimeTicks(1))].into_iter().collect(),
            NotANotification,
        ),
        (
            [
                VarBind::new(&SYS_UP_TIME, 1),
                VarBind::new(&SNMP_TRAP_OID, oid!(1.3.6.1.6.3.1.1.5.1)),
            ]
            .into_iter()
            .collect(),
            NotANotification,
        ),
        (
            [
                VarBind::new(&SYS_UP_TIME, TimeTicks(1)),
                VarBind::new(&SNMP_TRAP_OID, "coldStart"),
            ]
            .into_iter()
            .collect(),
            NotANotification,
        ),
        // A Counter64 of nine octets of which the first is not zero.
        (
            notification(
                cold,
                &[(
                    some,
                    Value::Other {
                        tag: Tag::COUNTER64,
                        contents: [0xff; 9].into(),
                    },
                )],
            ),
            NoSuchType,
        ),
    ] {
        assert_eq!(header(&list), Err(error), "{list:?}");
    }
}

#[test]
fn the_two_bindings_of_a_notification_are_found_by_their_names() {
    let up_time = VarBind::new(&SYS_UP_TIME, TimeTicks(99));
    let trap_oid = VarBind::new(&SNMP_TRAP_OID, oid!(1.3.6.1.4.1.9999.0.17));
    let own = VarBind::new(oid!(1.3.6.1.2.1.1.5.0), "a name");
    // The time-stamp, and how many bindings are passed on.
    let cases: [(Vec<&VarBind>, u32, usize); 6] = [
        (vec![&up_time, &trap_oid, &own], 99, 1),
        (vec![&trap_oid, &up_time, &own], 99, 1),
        (vec![&trap_oid, &own], 0, 1),
        (vec![&trap_oid], 0, 0),
        (vec![&own, &up_time, &trap_oid], 99, 3),
        (vec![&up_time, &own, &trap_oid], 99, 2),
    ];
    for (bindings, time_stamp, passed_on) in cases {
        let list: VarBindList = bindings.iter().map(|&it| it.clone()).collect();
        let pdu = TrapPduRef::from_notification(list.as_ref(), OWN).unwrap();
        assert_eq!(pdu.enterprise, oid!(1.3.6.1.4.1.9999).as_ref());
        assert_eq!((pdu.specific_trap, pdu.time_stamp), (17, time_stamp));
        assert_eq!(pdu.var_binds.len(), passed_on, "{list:?}");
        let last = bindings.last().unwrap().as_ref();
        if passed_on > 0 {
            assert_eq!(pdu.var_binds.get(passed_on - 1), Some(last));
        }
    }
}

fn specific<'a>(enterprise: OidRef<'a>, generic: i32, specific: i32) -> TrapPduRef<'a> {
    TrapPduRef {
        enterprise,
        agent_addr: OWN,
        generic_trap: GenericTrap::new(generic),
        specific_trap: specific,
        time_stamp: u32::MAX,
        var_binds: EMPTY.as_ref(),
    }
}

#[test]
fn a_v1_trap_gets_the_bindings_of_its_header() {
    let own: VarBindList = [VarBind::new(oid!(1.3.6.1.2.1.1.5.0), "a name")]
        .into_iter()
        .collect();
    let enterprise = oid!(1.3.6.1.4.1.9999);
    let pdu = TrapPduRef {
        var_binds: own.as_ref(),
        ..specific(enterprise.as_ref(), 6, 17)
    };
    let mut list = VarBindList::new();
    pdu.append_notification(b"public", &mut list).unwrap();
    let expected: VarBindList = [
        VarBind::new(&SYS_UP_TIME, TimeTicks(u32::MAX)),
        VarBind::new(&SNMP_TRAP_OID, oid!(1.3.6.1.4.1.9999.0.17)),
        VarBind::new(oid!(1.3.6.1.2.1.1.5.0), "a name"),
        VarBind::new(&SNMP_TRAP_ADDRESS, OWN),
        VarBind::new(&SNMP_TRAP_COMMUNITY, "public"),
        VarBind::new(&SNMP_TRAP_ENTERPRISE, &enterprise),
    ]
    .into_iter()
    .collect();
    assert_eq!(list, expected);

    // A second translation finds them there and adds nothing: RFC 3584 section 3.1 (4).
    let again = TrapPduRef::from_notification(list.as_ref(), Ipv4Addr::UNSPECIFIED).unwrap();
    assert_eq!(again.enterprise, enterprise.as_ref());
    assert_eq!((again.specific_trap, again.agent_addr), (17, OWN));
    let mut twice = VarBindList::new();
    again.append_notification(b"other", &mut twice).unwrap();
    assert_eq!(twice, expected);
}

#[test]
fn a_v1_trap_that_means_nothing() {
    let enterprise = oid!(1.3.6.1.4.1.9999);
    let mut deep = enterprise.clone();
    while deep.len() < 127 {
        deep = deep.child(1).unwrap();
    }
    for (pdu, error) in [
        (
            specific(enterprise.as_ref(), 7, 0),
            TranslationError::TrapNumber,
        ),
        (
            specific(enterprise.as_ref(), -1, 0),
            TranslationError::TrapNumber,
        ),
        (
            specific(enterprise.as_ref(), 6, -1),
            TranslationError::TrapNumber,
        ),
        (specific(deep.as_ref(), 6, 1), TranslationError::Enterprise),
    ] {
        let mut list = VarBindList::new();
        assert_eq!(pdu.append_notification(b"", &mut list), Err(error));
        assert!(list.is_empty());
    }
    // A standard trap does not need its enterprise for the name.
    assert!(specific(deep.as_ref(), 0, 1).trap_oid().is_ok());
}
