//! What a binding tells of itself, lent and kept.

use deferred_snmp::hlapi::*;
use deferred_snmp::oid;
use deferred_snmp::smi::VarBindList;
use util::agent;
use util::manager::Pair;
use util::recording;

fn v2c() -> CommunityData {
    CommunityData::new("public")
}

/// One object of each kind of value, with its label and its text.
fn interface() -> [(ObjectIdentifier, Value, &'static str, &'static str); 9] {
    [
        (
            oid!(1.3.6.1.2.1.2.2.1.2.3),
            "eth0".into(),
            "IF-MIB::ifDescr.3",
            "eth0",
        ),
        (
            oid!(1.3.6.1.2.1.2.2.1.6.3),
            (&[0, 0x1a, 0x2b, 0x3c, 0x4d, 0xff]).into(),
            "IF-MIB::ifPhysAddress.3",
            "00:1a:2b:3c:4d:ff",
        ),
        (
            oid!(1.3.6.1.2.1.2.2.1.8.3),
            2.into(),
            "IF-MIB::ifOperStatus.3",
            "down",
        ),
        (
            oid!(1.3.6.1.2.1.2.2.1.10.3),
            Counter32(u32::MAX).into(),
            "IF-MIB::ifInOctets.3",
            "4294967295",
        ),
        (
            oid!(1.3.6.1.2.1.4.20.1.1.10.0.0.1),
            IpAddress::new(10, 0, 0, 1).into(),
            "IP-MIB::ipAdEntAddr.10.0.0.1",
            "10.0.0.1",
        ),
        (
            oid!(1.3.6.1.2.1.31.1.1.1.6.3),
            Counter64(u64::MAX).into(),
            "IF-MIB::ifHCInOctets.3",
            "18446744073709551615",
        ),
        (
            oid!(1.3.6.1.4.1.99999.1.0),
            (-5).into(),
            "SNMPv2-SMI::enterprises.99999.1.0",
            "-5",
        ),
        (
            oid!(1.3.6.1.4.1.99999.2.0),
            Opaque::float(1.5).into(),
            "SNMPv2-SMI::enterprises.99999.2.0",
            "0x9f78043fc00000",
        ),
        (
            oid!(1.3.6.1.2.1.1.9.1.2.1),
            oid!(1.3.6.1.6.3.1).into(),
            "SNMPv2-MIB::sysORID.1",
            "SNMPv2-MIB::snmpMIB",
        ),
    ]
}

fn pair() -> Pair {
    let variables = interface().map(|(name, value, ..)| VarBind::new(name, value));
    Pair::new(recording::tree(&variables))
}

#[test]
fn a_binding_tells_its_label_and_its_text() {
    let mut pair = pair();
    let names = interface().map(|(name, ..)| name);
    let response = pair.get(&v2c(), names).expect("an answer");
    for (lent, (name, value, label, text)) in response.iter().zip(interface()) {
        let kept = lent.to_owned();
        assert_eq!((lent.label(), lent.text()), (label.into(), text.into()));
        assert_eq!((kept.label(), kept.text()), (label.into(), text.into()));
        for printed in [lent.to_string(), kept.to_string(), format!("{kept:?}")] {
            assert_eq!(printed, format!("{label} = {text}"));
        }
        let plain = VarBind::new(name, value);
        assert_eq!(kept, plain);
        assert_eq!(plain, kept);
        assert_eq!(VarBind::from(lent), plain);
        assert_eq!(VarBind::from(kept.clone()), plain);
        let nameless = NamedVarBind::from(plain.clone());
        assert_eq!(nameless, kept);
        assert_eq!(nameless.to_string(), plain.to_string());
        let VarBind { name, value } = plain;
        assert_eq!((kept.name, kept.value), (name, value));
    }
    let response = response.lookup_mib(false);
    for (lent, (name, value, ..)) in response.iter().zip(interface()) {
        let kept = lent.to_owned();
        for binding in [lent, kept.lend()] {
            assert_eq!(binding.label(), name.to_string());
            assert_eq!(binding.text(), value.to_string());
            assert_eq!(binding.to_string(), format!("{name} = {value}"));
        }
        assert_eq!(kept.to_string(), format!("{name} = {value}"));
    }
}

#[test]
fn a_binding_gives_its_value_as_a_type() {
    let mut pair = pair();
    let names = interface().map(|(name, ..)| name);
    let response = pair.get(&v2c(), names).expect("an answer");
    let lent: Vec<_> = response.iter().collect();
    let kept: Vec<_> = response.iter().map(|v| v.to_owned()).collect();
    macro_rules! assert_both {
        ($place:literal . $getter:ident, $expected:expr) => {{
            assert_eq!(lent[$place].$getter(), $expected);
            assert_eq!(kept[$place].$getter(), $expected);
        }};
    }
    assert_both!(0.as_str, Some("eth0"));
    assert_both!(0.as_bytes, Some(&b"eth0"[..]));
    assert_both!(0.as_u64, None);
    assert_both!(1.as_bytes, Some(&[0, 0x1a, 0x2b, 0x3c, 0x4d, 0xff][..]));
    assert_both!(1.as_str, None);
    assert_both!(2.as_i64, Some(2));
    assert_both!(3.as_u64, Some(u64::from(u32::MAX)));
    assert_both!(4.as_ip, Some(IpAddress::new(10, 0, 0, 1)));
    assert_both!(4.as_bytes, None);
    assert_both!(5.as_u64, Some(u64::MAX));
    assert_both!(5.as_i64, None);
    assert_both!(6.as_i64, Some(-5));
    assert_both!(6.as_u64, None);
    assert_both!(6.as_ip, None);
    assert_both!(7.as_f64, Some(1.5));
    assert_both!(8.as_oid, Some(oid!(1.3.6.1.6.3.1).as_ref()));
    assert_both!(8.is_exception, false);
    let none = pair.get(&v2c(), ["sysName.0"]).expect("an answer");
    let none = none.iter().next().expect("one");
    assert!(none.is_exception() && none.to_owned().is_exception());
}

#[test]
fn what_is_collected_prints_as_what_is_lent() {
    let mut pair = pair();
    let printed = interface().map(|(_, _, label, text)| format!("{label} = {text}"));
    let numbers = interface().map(|(name, value, ..)| format!("{name} = {value}"));
    for (lookup, mut expected) in [(true, printed), (false, numbers)] {
        let walk = pair.walk(&v2c(), Some(5), ["1.3.6.1"]).lookup_mib(lookup);
        let rows = pair.collect(walk);
        let mut found: Vec<_> = rows.iter().flatten().map(ToString::to_string).collect();
        found.sort();
        expected.sort();
        assert_eq!(found, expected);
    }
    let response = pair.next(&v2c(), ["ifDescr", "ifOperStatus"]).unwrap();
    let row = response.rows().next().expect("one row").to_owned();
    assert_eq!(row[0].to_string(), "IF-MIB::ifDescr.3 = eth0");
    assert_eq!(row[1].to_string(), "IF-MIB::ifOperStatus.3 = down");
}

#[test]
fn a_response_shows_its_bindings_as_they_are_printed() {
    let mut pair = pair();
    let response = pair.get(&v2c(), ["ifDescr.3", "ifOperStatus.3"]).unwrap();
    let shown = format!("{response:?}");
    let bindings = "var_binds: [IF-MIB::ifDescr.3 = eth0, IF-MIB::ifOperStatus.3 = down]";
    assert!(shown.contains(bindings), "{shown}");
    let shown = format!("{:?}", response.lookup_mib(false));
    let bindings = "var_binds: [1.3.6.1.2.1.2.2.1.2.3 = eth0, 1.3.6.1.2.1.2.2.1.8.3 = 2]";
    assert!(shown.contains(bindings), "{shown}");
}

#[test]
fn what_is_kept_can_be_sent() {
    let mut pair = Pair::new(agent::writable_tree());
    let name = agent::settable(2).child(0).expect("a short name");
    let auth = CommunityData::new("private");
    let read = pair.get(&auth, [name]).expect("an answer");
    let kept: Vec<NamedVarBind> = read.iter().map(|v| v.to_owned()).collect();
    let list: VarBindList = kept.iter().cloned().collect();
    assert_eq!(list, *read.var_binds());
    let set = pair.set(&auth, kept).expect("an answer");
    assert_eq!(set.error_status(), ErrorStatus::NO_ERROR);
}
