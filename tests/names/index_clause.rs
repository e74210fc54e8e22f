//! Indices by an INDEX clause, there and back. RFC 2578 section 7.7.

use std::net::Ipv4Addr;

use deferred_snmp::names::{BaseType, Builtin, Index, IndexPart, IndexValue, NamesExt, Syntax};
use deferred_snmp::oid;
use deferred_snmp::testing::Random;

use super::one_column::syntax;

fn part(base: BaseType, ranges: &[(i64, i64)]) -> IndexPart {
    IndexPart::owned(
        "part".to_owned(),
        syntax("Part", base, ranges, &[], None),
        false,
    )
}

fn implied(base: BaseType, ranges: &[(i64, i64)]) -> IndexPart {
    IndexPart::owned(
        "last".to_owned(),
        syntax("Part", base, ranges, &[], None),
        true,
    )
}

/// The INDEX clause of a compiled-in column.
fn clause(column: &str) -> &'static [IndexPart] {
    Builtin.node(None, column).expect("a column").index()
}

/// Column, values, and the sub-identifiers that they are.
#[test]
fn values_are_sub_identifiers_by_their_clause_and_back() {
    let cases: Vec<(&str, Index, Vec<u32>)> = vec![
        ("ifDescr", 7.into(), vec![7]),
        ("ifDescr", 2_147_483_647_u32.into(), vec![2_147_483_647]),
        ("ifStackStatus", (0, 7).into(), vec![0, 7]),
        ("ifStackStatus", [0_u32, 7][..].into(), vec![0, 7]),
        ("vacmGroupName", (3, "al").into(), vec![3, 2, 97, 108]),
        (
            "vacmAccessStatus",
            ("g", "", 3, "authPriv").into(),
            vec![1, 103, 0, 3, 3],
        ),
        (
            "vacmViewTreeFamilyType",
            ("v", oid!(1.3.6)).into(),
            vec![1, 118, 3, 1, 3, 6],
        ),
        ("snmpNotifyTag", "ab".into(), vec![97, 98]),
        (
            "snmpNotifyFilterType",
            ("p", oid!(1.3)).into(),
            vec![1, 112, 1, 3],
        ),
        (
            "ipRouteNextHop",
            Ipv4Addr::new(10, 0, 0, 255).into(),
            vec![10, 0, 0, 255],
        ),
        // The kind of a NetworkAddress stands before it: RFC 1212 section 4.1.6.
        (
            "atPhysAddress",
            (2, Ipv4Addr::LOCALHOST).into(),
            vec![2, 1, 127, 0, 0, 1],
        ),
        (
            "ipAddressIfIndex",
            ("ipv4", "10.0.0.1").into(),
            vec![1, 4, 10, 0, 0, 1],
        ),
        ("ifRcvAddressStatus", (1, "00:1b").into(), vec![1, 2, 0, 27]),
    ];
    for (column, index, arcs) in cases {
        let clause = clause(column);
        assert_eq!(index.encode(clause).as_deref(), Ok(&arcs[..]), "{column}");
        assert!(Index::fits(clause, &arcs), "{column}");
        let values = Index::decode(clause, &arcs).expect(column);
        assert_eq!(values.encode(clause), Ok(arcs), "{column}: {values:?}");
    }
}

#[test]
fn an_index_has_as_many_values_as_its_clause() {
    let cases: [(&str, Index, &str); 11] = [
        ("vacmGroupName", ().into(), "0 values given, 2 wanted"),
        ("vacmGroupName", 3.into(), "1 values given, 2 wanted"),
        (
            "vacmGroupName",
            (3, "a", 1).into(),
            "3 values given, 2 taken",
        ),
        ("sysDescr", 0.into(), "1 values given, 0 taken"),
        (
            "ifDescr",
            0.into(),
            "0 does not fit ifIndex of type InterfaceIndex",
        ),
        (
            "ifDescr",
            u32::MAX.into(),
            "4294967295 does not fit ifIndex of type InterfaceIndex",
        ),
        (
            "ifDescr",
            (-1).into(),
            "-1 does not fit ifIndex of type InterfaceIndex",
        ),
        (
            "ifDescr",
            Ipv4Addr::LOCALHOST.into(),
            "127.0.0.1 does not fit ifIndex of type InterfaceIndex",
        ),
        (
            "ipAddressPrefixOrigin",
            (1, 1, "10.0.0.0", 2041).into(),
            "2041 does not fit ipAddressPrefixLength of type InetAddressPrefixLength",
        ),
        (
            "snmpNotifyTag",
            vec![IndexValue::from(&b""[..])].into(),
            "\"\" does not fit snmpNotifyName of type SnmpAdminString",
        ),
        (
            "ipRouteNextHop",
            oid!(1.3).into(),
            "1.3 does not fit ipRouteDest of type IpAddress",
        ),
    ];
    for (column, index, reason) in cases {
        let refused = index.encode(clause(column)).expect_err(column);
        assert_eq!(refused.to_string(), reason, "{column}");
    }
}

/// An IMPLIED value without sub-identifiers cannot be told from none.
#[test]
fn values_without_sub_identifiers_are_no_index() {
    let empty = || IndexValue::from(&b""[..]);
    let number = || part(BaseType::Integer32, &[]);
    let clauses = [
        (vec![], vec![]),
        (vec![implied(BaseType::OctetString, &[])], vec![empty()]),
        (
            vec![number(), implied(BaseType::OctetString, &[])],
            vec![5.into(), empty()],
        ),
        (
            vec![implied(BaseType::OctetString, &[]), number()],
            vec![empty(), 5.into()],
        ),
        (vec![part(BaseType::OctetString, &[(0, 0)])], vec![empty()]),
    ];
    for (clause, values) in clauses {
        let refused = Index::from(values).encode(&clause).expect_err("no index");
        assert_eq!(
            refused.to_string(),
            "an IMPLIED value is empty or not the last, or no value is given"
        );
        assert!(!Index::fits(&clause, &[]));
    }
}

/// What a peer may put behind a column: lengths that lie, numbers that are no octets, too much, too little.
#[test]
fn arcs_that_are_no_index_are_told() {
    let labels: Syntax = syntax(
        "Kind",
        BaseType::Integer32,
        &[],
        &[("a", 1), ("b", 3)],
        None,
    );
    let string = || part(BaseType::OctetString, &[(0, 32)]);
    let fixed = || part(BaseType::OctetString, &[(2, 2)]);
    let number = || part(BaseType::Integer32, &[]);
    let unsigned = || part(BaseType::Gauge32, &[]);
    let oid = || part(BaseType::ObjectIdentifier, &[]);
    let address = || part(BaseType::IpAddress, &[]);
    let label = || IndexPart::owned("kind".to_owned(), labels.clone(), false);
    let long = [vec![1; 33], vec![1; 128]];
    let many = [
        [vec![32], vec![255; 32]].concat(),
        [vec![33], vec![255; 33]].concat(),
    ];
    const MOST: u32 = u32::MAX;
    let cases: Vec<(Vec<IndexPart>, &[u32], bool)> = vec![
        (vec![number()], &[], false),
        (vec![number()], &[0], true),
        (vec![number()], &[2_147_483_647], true),
        (vec![number()], &[2_147_483_648], false),
        (vec![number()], &[MOST], false),
        (vec![number()], &[1, 1], false),
        (vec![number()], &long[1], false),
        (vec![unsigned()], &[MOST], true),
        (vec![part(BaseType::TimeTicks, &[])], &[MOST], true),
        (vec![part(BaseType::Counter32, &[])], &[MOST], true),
        (vec![part(BaseType::Counter64, &[])], &[MOST], true),
        (
            vec![part(BaseType::Gauge32, &[(1, 4), (6, 6)])],
            &[5],
            false,
        ),
        (vec![part(BaseType::Gauge32, &[(1, 4), (6, 6)])], &[6], true),
        (vec![label()], &[3], true),
        (vec![label()], &[2], false),
        (vec![string()], &[], false),
        (vec![string()], &[0], true),
        (vec![string()], &[2, 97, 98], true),
        (vec![string()], &[2, 97], false),
        (vec![string()], &[2, 97, 98, 99], false),
        (vec![string()], &[2, 97, 256], false),
        (vec![string()], &[MOST, 97], false),
        (vec![string()], &[MOST], false),
        (vec![string()], &many[0], true),
        (vec![string()], &many[1], false),
        (vec![string(), string()], &[0, 0], true),
        (vec![string(), string()], &[0], false),
        (vec![string(), string()], &[1, 97], false),
        (vec![fixed()], &[97, 98], true),
        (vec![fixed()], &[97], false),
        (vec![fixed()], &[2, 97, 98], false),
        (vec![fixed(), number()], &[97, 98, 5], true),
        (
            vec![implied(BaseType::OctetString, &[(1, 32)])],
            &[97],
            true,
        ),
        (vec![implied(BaseType::OctetString, &[(1, 32)])], &[], false),
        (
            vec![implied(BaseType::OctetString, &[(1, 32)])],
            &long[0],
            false,
        ),
        (vec![implied(BaseType::OctetString, &[])], &long[1], true),
        (vec![implied(BaseType::OctetString, &[])], &[MOST], false),
        (
            vec![number(), implied(BaseType::OctetString, &[])],
            &[5],
            false,
        ),
        (
            vec![number(), implied(BaseType::OctetString, &[])],
            &[5, 1],
            true,
        ),
        (vec![oid()], &[3, 1, 3, MOST], true),
        (vec![oid()], &[2, 1, 3, 6], false),
        (vec![oid()], &[4, 1, 3, 6], false),
        (vec![oid()], &[0], false),
        (vec![oid()], &[1, 1], false),
        (vec![oid()], &[2, 3, 1], false),
        (vec![oid()], &[MOST, 1, 3], false),
        (
            vec![implied(BaseType::ObjectIdentifier, &[])],
            &[1, 3, 6],
            true,
        ),
        (vec![implied(BaseType::ObjectIdentifier, &[])], &[1], false),
        (
            vec![implied(BaseType::ObjectIdentifier, &[])],
            &long[1],
            true,
        ),
        (vec![address()], &[10, 0, 0, 255], true),
        (vec![address()], &[10, 0, 0, 256], false),
        (vec![address()], &[10, 0, 0], false),
        (vec![address()], &[10, 0, 0, 1, 1], false),
        (clause("atPhysAddress").to_vec(), &[1, 1, 10, 0, 0, 1], true),
        (
            clause("atPhysAddress").to_vec(),
            &[1, 2, 10, 0, 0, 1],
            false,
        ),
        (clause("atPhysAddress").to_vec(), &[1, 10, 0, 0, 1], false),
        (vec![], &[], false),
        (vec![], &[0], false),
    ];
    for (clause, arcs, fits) in cases {
        let case = format!("{arcs:?} by {clause:?}");
        assert_eq!(Index::fits(&clause, arcs), fits, "{case}");
        let values = Index::decode(&clause, arcs);
        assert_eq!(values.is_some(), fits, "{case}");
        if let Some(values) = values {
            assert_eq!(values.encode(&clause).as_deref(), Ok(arcs), "{case}");
        }
    }
}

/// Whatever the arcs are, what decodes is the same arcs again, and what encodes is an index.
#[test]
fn any_arcs_are_an_index_or_none() {
    let columns = [
        "ifDescr",
        "ipAddressIfIndex",
        "vacmAccessStatus",
        "vacmViewTreeFamilyType",
        "snmpNotifyFilterType",
        "snmpCommunityName",
        "usmUserStatus",
        "atPhysAddress",
        "ipRouteNextHop",
        "ifRcvAddressStatus",
    ];
    let mut random = Random::new(3);
    let mut found = [0_u32; 2];
    for round in 0..40_000 {
        let clause = clause(columns[round % columns.len()]);
        let most = if random.below(50) == 0 { 129 } else { 9 };
        let length = random.below(most);
        let arcs: Vec<u32> = (0..length)
            .map(|_| match random.below(12) {
                0 => u32::MAX,
                1 => random.below(300) as u32,
                _ => random.below(5) as u32,
            })
            .collect();
        let index = Index::decode(clause, &arcs);
        assert_eq!(index.is_some(), Index::fits(clause, &arcs), "{arcs:?}");
        found[usize::from(index.is_some())] += 1;
        if let Some(index) = index {
            assert_eq!(index.encode(clause).as_ref(), Ok(&arcs));
        }
        let plain = Index::from(&arcs[..]);
        assert_eq!(plain.plain_arcs(), Ok(arcs));
        if let Ok(arcs) = plain.encode(clause) {
            assert!(Index::fits(clause, &arcs), "{plain:?}");
        }
    }
    assert!(found.iter().all(|&count| count > 1_000), "{found:?}");
}

#[test]
fn plain_sub_identifiers_need_no_clause() {
    assert_eq!(
        Index::from((1, "2", u32::MAX)).plain_arcs(),
        Ok(vec![1, 2, u32::MAX])
    );
    for index in [Index::from(-1), "a".into(), oid!(1.3).into()] {
        let refused = index.plain_arcs().expect_err("no number").to_string();
        assert!(refused.ends_with(" is not a sub-identifier"), "{refused}");
    }
}
