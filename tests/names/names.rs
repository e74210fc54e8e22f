//! Names to OBJECT IDENTIFIERs and back, and values as PySNMP prints them.

use std::net::Ipv4Addr;

use deferred_snmp::names::{
    BaseType, Builtin, IndexPart, IndexValue, Label, NameError, Names, NamesExt, PrettyName, Syntax,
};
use deferred_snmp::oid;
use deferred_snmp::smi::ObjectIdentifier;

use super::one_column::OneColumn;

fn name(oid: &ObjectIdentifier) -> String {
    PrettyName::new(&Builtin, oid).to_string()
}

fn resolve(module: &str, symbol: &str, index: &[IndexValue]) -> Result<String, String> {
    Builtin
        .resolve(Some(module), symbol, index)
        .map(|oid| oid.to_string())
        .map_err(|error| error.to_string())
}

#[test]
fn symbols_lead_to_object_identifiers() {
    let cases: &[(&str, &str, &[IndexValue], &str)] = &[
        (
            "SNMPv2-MIB",
            "sysDescr",
            &[IndexValue::Number(0)],
            "1.3.6.1.2.1.1.1.0",
        ),
        ("SNMPv2-MIB", "sysDescr", &[], "1.3.6.1.2.1.1.1"),
        (
            "SNMPv2-MIB",
            "snmpTrapOID",
            &[IndexValue::Number(0)],
            "1.3.6.1.6.3.1.1.4.1.0",
        ),
        (
            "IF-MIB",
            "ifDescr",
            &[IndexValue::Number(2)],
            "1.3.6.1.2.1.2.2.1.2.2",
        ),
        ("IF-MIB", "linkUp", &[], "1.3.6.1.6.3.1.1.5.4"),
        ("SNMPv2-SMI", "enterprises", &[], "1.3.6.1.4.1"),
        (
            "",
            "sysUpTime",
            &[IndexValue::Number(0)],
            "1.3.6.1.2.1.1.3.0",
        ),
    ];
    for (module, symbol, index, expected) in cases {
        assert_eq!(
            resolve(module, symbol, index),
            Ok((*expected).to_owned()),
            "{symbol}"
        );
    }
}

#[test]
fn an_index_is_taken_as_the_index_clause_says() {
    let physical = IndexValue::from(b"\x00\x11\x22\x33\x44\x55".as_slice());
    let text = IndexValue::from("0:11:22:33:44:55");
    for address in [physical, text] {
        assert_eq!(
            resolve("IF-MIB", "ifRcvAddressStatus", &[3.into(), address]),
            Ok("1.3.6.1.2.1.31.1.4.1.2.3.6.0.17.34.51.68.85".to_owned())
        );
    }
}

#[test]
fn errors_name_what_is_unknown_or_does_not_fit() {
    let cases: &[(&str, &str, &[IndexValue], &str)] = &[
        (
            "NO-SUCH-MIB",
            "x",
            &[],
            "MIB module NO-SUCH-MIB is not known",
        ),
        (
            "SNMPv2-MIB",
            "sysNope",
            &[],
            "no symbol sysNope in MIB module SNMPv2-MIB",
        ),
        (
            "",
            "sysNope",
            &[],
            "no symbol sysNope in any MIB module that is known",
        ),
        (
            "IF-MIB",
            "ifDescr",
            &[IndexValue::Number(1), IndexValue::Number(2)],
            "index of IF-MIB::ifDescr: 2 values given, 1 taken",
        ),
        (
            "IF-MIB",
            "ifDescr",
            &[IndexValue::Number(0)],
            "index of IF-MIB::ifDescr: 0 does not fit ifIndex of type InterfaceIndex",
        ),
        (
            "IF-MIB",
            "ifDescr",
            &[IndexValue::Address(Ipv4Addr::LOCALHOST)],
            "index of IF-MIB::ifDescr: 127.0.0.1 does not fit ifIndex of type InterfaceIndex",
        ),
        (
            "SNMPv2-MIB",
            "sysDescr",
            &[IndexValue::Number(-1)],
            "index of SNMPv2-MIB::sysDescr: -1 is not a sub-identifier",
        ),
        (
            "SNMPv2-MIB",
            "sysDescr",
            &[IndexValue::Number(0), IndexValue::Number(0)],
            "index of SNMPv2-MIB::sysDescr: 2 values given, 1 taken",
        ),
    ];
    for (module, symbol, index, expected) in cases {
        assert_eq!(
            resolve(module, symbol, index),
            Err((*expected).to_owned()),
            "{symbol}"
        );
    }
}

#[test]
fn written_names_are_read_in_every_form() {
    let cases = [
        ("1.3.6.1.2.1.1.1.0", "1.3.6.1.2.1.1.1.0"),
        (".1.3.6.1.2.1.1.1.0", "1.3.6.1.2.1.1.1.0"),
        ("SNMPv2-MIB::sysDescr.0", "1.3.6.1.2.1.1.1.0"),
        ("sysDescr.0", "1.3.6.1.2.1.1.1.0"),
        ("sysDescr", "1.3.6.1.2.1.1.1"),
        ("SNMPv2-MIB::sysObjectID.0.5", "1.3.6.1.2.1.1.2.0.5"),
        ("IF-MIB::ifDescr.2", "1.3.6.1.2.1.2.2.1.2.2"),
        (
            "iso.org.dod.internet.mgmt.mib-2.system.sysDescr.0",
            "1.3.6.1.2.1.1.1.0",
        ),
        (".iso.org.6.internet.2.mib-2.1", "1.3.6.1.2.1.1"),
        ("1.3.dod.internet", "1.3.6.1"),
        ("enterprises.8072", "1.3.6.1.4.1.8072"),
    ];
    for (text, expected) in cases {
        let read = Builtin.parse(text).map(|oid| oid.to_string());
        assert_eq!(read.as_deref(), Ok(expected), "{text}");
    }
}

#[test]
fn written_names_that_lead_nowhere_are_refused_by_name() {
    let cases = [
        (
            "sysNope",
            "no symbol sysNope in any MIB module that is known",
        ),
        (
            "NO-SUCH-MIB::sysDescr.0",
            "MIB module NO-SUCH-MIB is not known",
        ),
        (
            "iso.org.dood.internet",
            "unknown object name component \"dood\" in \"iso.org.dood.internet\"",
        ),
        (
            "sysDescr.first",
            "unknown object name component \"first\" in \"sysDescr.first\"",
        ),
        ("1", "an object identifier has at least two arcs"),
        ("iso", "an object identifier has at least two arcs"),
        ("", "an object identifier has at least two arcs"),
    ];
    for (text, expected) in cases {
        let error = Builtin.parse(text).map_err(|error| error.to_string());
        assert_eq!(error, Err(expected.to_owned()), "{text}");
    }
    assert!(matches!(
        Builtin.parse("1.3.6.1.99999999999"),
        Err(NameError::Oid(_))
    ));
}

#[test]
fn a_module_has_a_first_and_a_last_node() {
    let edge = |last| {
        Builtin
            .edge("SNMPv2-MIB", last)
            .map(|node| node.name().to_owned())
    };
    assert_eq!(edge(false).as_deref(), Some("system"));
    assert_eq!(edge(true).as_deref(), Some("snmpNotificationGroup"));
    assert!(Builtin.edge("NO-SUCH-MIB", false).is_none());
}

#[test]
fn the_tail_below_the_nearest_node_is_printed_in_numbers() {
    let cases = [
        (oid!(1.3.6.1.2.1.1.1.0), "SNMPv2-MIB::sysDescr.0"),
        (oid!(1.3.6.1.2.1.1.99.0), "SNMPv2-MIB::system.99.0"),
        (
            oid!(1.3.6.1.4.1.8072.3.2.10),
            "NET-SNMP-MIB::netSnmpAgentOIDs.10",
        ),
        (oid!(1.3.6.1.6.3.99), "SNMPv2-SMI::snmpModules.99"),
        (oid!(1.3.6.1.2.1.99.1), "SNMPv2-SMI::mib-2.99.1"),
        (oid!(1.2.840), "SNMPv2-SMI::iso.2.840"),
        (oid!(0.0), "SNMPv2-SMI::zeroDotZero"),
        (oid!(2.999.1), "SNMPv2-SMI::joint-iso-itu-t.999.1"),
        (oid!(1.3.6.1.2.1.2.2.1.2.1), "IF-MIB::ifDescr.1"),
        (oid!(1.3.6.1.2.1.2.2.1.2), "IF-MIB::ifDescr"),
        (
            oid!(1.3.6.1.2.1.31.1.2.1.3.0.7),
            "IF-MIB::ifStackStatus.0.7",
        ),
        (
            oid!(1.3.6.1.2.1.31.1.4.1.2.3.6.0.17.34.51.68.85),
            "IF-MIB::ifRcvAddressStatus.3.\"00:11:22:33:44:55\"",
        ),
        // A string that is cut off, one that is missing, and an index with more than its clause explains.
        (
            oid!(1.3.6.1.2.1.31.1.4.1.2.3.6.0.17),
            "IF-MIB::ifRcvAddressStatus.3.6.0.17",
        ),
        (
            oid!(1.3.6.1.2.1.31.1.4.1.2.3),
            "IF-MIB::ifRcvAddressStatus.3",
        ),
        // PySNMP prints the tails of these two only, which are the same: the second address has no type.
        (
            oid!(1.3.6.1.2.1.7.7.1.8.1.4.127.0.0.1.161.0.0.0.1),
            "UDP-MIB::udpEndpointProcess.ipv4.\"127.0.0.1\".161.unknown.\"\".0.1",
        ),
        (
            oid!(1.3.6.1.2.1.7.7.1.8.1.4.127.0.0.1.162.0.0.0.1),
            "UDP-MIB::udpEndpointProcess.ipv4.\"127.0.0.1\".162.unknown.\"\".0.1",
        ),
        (
            oid!(1.3.6.1.2.1.4.32.1.5.1.1.4.10.0.0.0),
            "IP-MIB::ipAddressPrefixOrigin.1.1.4.10.0.0.0",
        ),
        (oid!(1.3.6.1.2.1.2.2.1.2.1.2), "IF-MIB::ifDescr.1.2"),
    ];
    for (oid, expected) in cases {
        assert_eq!(name(&oid), expected);
    }
}

fn part(name: &str, base: BaseType, ranges: &[(i64, i64)], implied: bool) -> IndexPart {
    let labels = if base == BaseType::Integer32 {
        vec![Label::owned("ipv4".to_owned(), 1)]
    } else {
        Vec::new()
    };
    let syntax = Syntax::owned(name.to_owned(), base, ranges.to_vec(), labels, None);
    IndexPart::owned(name.to_owned(), syntax, implied)
}

#[test]
fn index_values_of_every_type_survive_the_way_there_and_back() {
    use BaseType::{Integer32, IpAddress, ObjectIdentifier as Oid, OctetString as Octets};
    let cases: [(Vec<IndexPart>, Vec<IndexValue>, &str, &str); 8] = [
        (
            vec![part("a", Integer32, &[], false)],
            vec![1.into()],
            "1",
            "ipv4",
        ),
        (
            vec![part("a", Octets, &[], false)],
            vec!["joe".into()],
            "3.106.111.101",
            "\"joe\"",
        ),
        (
            vec![part("a", Octets, &[(3, 3)], false)],
            vec!["joe".into()],
            "106.111.101",
            "\"joe\"",
        ),
        (
            vec![part("a", Octets, &[], true)],
            vec!["a".into()],
            "97",
            "\"a\"",
        ),
        (
            vec![part("a", Octets, &[], true)],
            vec!["joe".into()],
            "106.111.101",
            "\"joe\"",
        ),
        (
            vec![
                part("a", IpAddress, &[], false),
                part("b", BaseType::Gauge32, &[], false),
            ],
            vec![Ipv4Addr::LOCALHOST.into(), 22.into()],
            "127.0.0.1.22",
            "127.0.0.1.22",
        ),
        (
            vec![part("a", Oid, &[], false), part("b", Octets, &[], true)],
            vec![oid!(1.3.6).into(), "x".into()],
            "3.1.3.6.120",
            "1.3.6.\"x\"",
        ),
        (
            vec![part("a", Octets, &[], false), part("b", Octets, &[], false)],
            vec![b"\x80\x00".as_slice().into(), "".into()],
            "2.128.0.0",
            "\"0x8000\".\"\"",
        ),
    ];
    for (index, values, arcs, printed) in cases {
        let names = OneColumn::new(index);
        let oid = names
            .resolve(Some("TEST-MIB"), "cell", &values)
            .expect(printed);
        assert_eq!(oid.to_string(), format!("1.3.6.1.4.1.99.1.1.2.{arcs}"));
        let text = PrettyName::new(&names, &oid).to_string();
        assert_eq!(text, format!("TEST-MIB::cell.{printed}"));
    }
}

#[test]
fn an_address_in_an_index_is_read_by_the_type_before_it() {
    let cases: [(&str, &str, &str); 6] = [
        ("ipv4", "127.0.0.1", "1.4.127.0.0.1"),
        ("ipv6", "::1", "2.16.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1"),
        ("ipv4z", "10.0.0.1%3", "3.8.10.0.0.1.0.0.0.3"),
        (
            "ipv6z",
            "fe80::1%2",
            "4.20.254.128.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.2",
        ),
        ("dns", "a.b", "16.3.97.46.98"),
        ("unknown", "", "0.0"),
    ];
    for (kind, address, expected) in cases {
        let name = resolve("IP-MIB", "ipAddressIfIndex", &[kind.into(), address.into()]);
        assert_eq!(
            name,
            Ok(format!("1.3.6.1.2.1.4.34.1.3.{expected}")),
            "{kind}"
        );
    }
    let address = IndexValue::Address(Ipv4Addr::LOCALHOST);
    assert_eq!(
        resolve("IP-MIB", "ipAddressIfIndex", &["ipv4".into(), address]),
        Ok("1.3.6.1.2.1.4.34.1.3.1.4.127.0.0.1".to_owned())
    );
    let wrong = resolve(
        "IP-MIB",
        "ipAddressIfIndex",
        &["ipv6".into(), "127.0.0.1".into()],
    );
    assert_eq!(
        wrong.unwrap_err(),
        "index of IP-MIB::ipAddressIfIndex: \"127.0.0.1\" does not fit ipAddressAddr of type InetAddress"
    );
}

#[test]
fn a_name_is_taken_apart_into_symbol_and_index() {
    let parts = |oid: &ObjectIdentifier| {
        let (node, index) = Builtin.symbol_of(oid.as_ref())?;
        let index: Vec<String> = index.iter().map(ToString::to_string).collect();
        Some((node.name(), index.join(" ")))
    };
    let some = |name, index: &str| Some((name, index.to_owned()));
    assert_eq!(parts(&oid!(1.3.6.1.2.1.1.1.0)), some("sysDescr", "0"));
    assert_eq!(parts(&oid!(1.3.6.1.2.1.2.2.1.2.7)), some("ifDescr", "7"));
    assert_eq!(
        parts(&oid!(1.3.6.1.2.1.6.13.1.1.127.0.0.1.22.10.0.0.1.4000)),
        some("tcpConnState", "127.0.0.1 22 10.0.0.1 4000")
    );
    assert_eq!(
        parts(&oid!(1.3.6.1.6.3.16.1.2.1.3.2.3.97.98.99)),
        some("vacmGroupName", "2 \"abc\"")
    );
    assert_eq!(parts(&oid!(1.3.6.1.2.1.2.2.1.2)), some("ifDescr", ""));
    assert_eq!(parts(&oid!(1.3.6.1.2.1.2.2.1.2.7.8)), None, "surplus");
    assert_eq!(
        parts(&oid!(1.3.6.1.6.3.16.1.2.1.3.2.3.97.98)),
        None,
        "cut off"
    );
    assert_eq!(
        parts(&oid!(1.3.6.1.4.1.8072.9999.5)),
        some("netSnmpExperimental", "5")
    );
}

#[test]
fn the_tree_can_be_inspected() {
    let row = Builtin.node(Some("IF-MIB"), "ifXEntry").unwrap();
    assert_eq!(
        Builtin.labels(row).join("."),
        "iso.org.dod.internet.mgmt.mib-2.ifMIB.ifMIBObjects.ifXTable.ifXEntry"
    );
    assert_eq!(row.augments().map(|row| row.name()), Some("ifEntry"));
    assert_eq!(Builtin.parent(row).unwrap().name(), "ifXTable");
    let columns = Builtin.children(row.arcs());
    assert_eq!(columns.len(), 19);
    assert_eq!(columns[0].name(), "ifName");
    assert_eq!(Builtin.next(row).unwrap().name(), "ifName");
    assert_eq!(columns[14].units(), "");
    let modules = Builtin.modules();
    assert!(modules.contains(&"IF-MIB") && modules.len() > 25);
    for module in modules {
        let first = Builtin.edge(module, false);
        assert_eq!(
            first.is_some(),
            Builtin.edge(module, true).is_some(),
            "{module}"
        );
    }
}

#[test]
fn the_way_to_a_place_has_every_node_above_it() {
    let mut next = Builtin.at_or_after(&[]);
    let mut count = 0;
    while let Some(node) = next {
        for arcs in [node.arcs().to_vec(), [node.arcs(), &[7, 0]].concat()] {
            let above = (1..=arcs.len()).filter_map(|depth| {
                let nearest = Builtin.at_or_above(&arcs[..depth])?;
                (nearest.arcs().len() == depth).then_some(nearest.arcs())
            });
            let way = Builtin.way(&arcs);
            let way: Vec<&[u32]> = way.iter().map(|node| node.arcs()).collect();
            assert_eq!(way, above.collect::<Vec<_>>(), "{arcs:?}");
        }
        count += 1;
        next = Builtin.next(node);
    }
    assert!(count > 1000, "{count}");
    assert!(Builtin.way(&[]).is_empty());
    assert!(Builtin.way(&[0]).is_empty());
    assert!(Builtin.way(&[9, 9]).is_empty());
}
