//! Object identifiers: text, arcs and encoding, order and prefixes.

use std::cmp::Ordering;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use deferred_snmp::oid;
use deferred_snmp::smi::{MAX_ARCS, ObjectIdentifier, OidError, OidRef};
use proptest::collection::vec;
use proptest::prelude::*;

const SYSTEM: ObjectIdentifier = oid!(1.3.6.1.2.1.1);
static ENTERPRISES: ObjectIdentifier = oid!("1.3.6.1.4.1");

fn parsed(text: &str) -> ObjectIdentifier {
    text.parse().unwrap()
}

#[test]
fn literals() {
    assert_eq!(SYSTEM.arcs().collect::<Vec<_>>(), [1, 3, 6, 1, 2, 1, 1]);
    assert_eq!(ENTERPRISES.to_string(), "1.3.6.1.4.1");
    assert_eq!(oid!(1.3), parsed("1.3"));
    assert_eq!(oid!(0.0), parsed("0.0"));
    assert_eq!(oid!(1.3.6), oid!(1.3.6));
    assert_eq!(oid!(2.999.4294967295).to_string(), "2.999.4294967295");
    let long = oid!(
        1.3.6
            .1
            .2
            .1
            .4
            .24
            .7
            .1
            .7
            .2
            .16
            .254
            .128
            .0
            .0
            .0
            .0
            .0
            .0
            .0
            .0
            .0
            .0
            .0
            .0
            .0
            .0
            .64
            .2
            .0
            .0
            .1
            .4
            .0
            .0
            .0
            .0
    );
    assert_eq!(long.len(), 39);
    assert_eq!(long, parsed(&long.to_string()));
}

#[test]
fn texts() {
    let cases: [(&str, Result<&[u32], OidError>); 18] = [
        ("1.3.6.1", Ok(&[1, 3, 6, 1])),
        (".1.3.6.1", Ok(&[1, 3, 6, 1])),
        ("1.03", Ok(&[1, 3])),
        ("2.4294967215", Ok(&[2, 4_294_967_215])),
        ("", Err(OidError::TooFewArcs)),
        (".", Err(OidError::TooFewArcs)),
        ("1", Err(OidError::TooFewArcs)),
        ("1.3.", Err(OidError::MissingArc { at: 4 })),
        ("1..3", Err(OidError::MissingArc { at: 2 })),
        ("..1.3", Err(OidError::MissingArc { at: 1 })),
        ("3.1", Err(OidError::FirstArc)),
        ("1.40", Err(OidError::SecondArc)),
        ("2.4294967216", Err(OidError::ArcTooLarge { arc: 2 })),
        ("1.3.6.4294967296", Err(OidError::ArcTooLarge { arc: 4 })),
        (
            "1.3.99999999999999999999999",
            Err(OidError::ArcTooLarge { arc: 3 }),
        ),
        ("1.3.-6", Err(OidError::BadCharacter { at: 4 })),
        ("1.3 .6", Err(OidError::BadCharacter { at: 3 })),
        ("1.3.6é", Err(OidError::BadCharacter { at: 5 })),
    ];
    for (text, arcs) in cases {
        let parsed: Result<ObjectIdentifier, OidError> = text.parse();
        let parsed = parsed.map(|oid| oid.arcs().collect::<Vec<_>>());
        assert_eq!(
            parsed.as_deref(),
            arcs.as_ref().map(|arcs| &**arcs),
            "{text:?}"
        );
    }
}

#[test]
fn errors_name_what_and_where() {
    let error = |text: &str| text.parse::<ObjectIdentifier>().unwrap_err().to_string();
    assert_eq!(
        error("1.3.x"),
        "neither a digit nor a dot in an object identifier at octet 4"
    );
    assert_eq!(
        error("1.3.5000000000"),
        "arc of an object identifier too large: arc 3"
    );
    assert_eq!(error("1"), "an object identifier has at least two arcs");
}

#[test]
fn at_most_128_arcs() {
    let full = ObjectIdentifier::from_arcs(&[1; MAX_ARCS]).unwrap();
    assert_eq!(full.len(), MAX_ARCS);
    assert_eq!(
        ObjectIdentifier::from_arcs(&[1; MAX_ARCS + 1]),
        Err(OidError::TooManyArcs)
    );
    assert_eq!(full.child(1), Err(OidError::TooManyArcs));
    assert_eq!(SYSTEM.extend([0; 122]), Err(OidError::TooManyArcs));
    assert_eq!(
        format!("1.1{}", ".1".repeat(127)).parse::<ObjectIdentifier>(),
        Err(OidError::TooManyArcs)
    );
    // the longest encoding there is
    let long =
        ObjectIdentifier::from_arcs(&[vec![2], vec![u32::MAX - 80], vec![u32::MAX; 126]].concat());
    assert_eq!(long.unwrap().contents().len(), 127 * 5);
}

#[test]
fn relatives() {
    let name = SYSTEM.extend([5, 0]).unwrap();
    assert_eq!(name, oid!(1.3.6.1.2.1.1.5.0));
    assert_eq!(name.parent().unwrap(), SYSTEM.child(5).unwrap());
    assert_eq!(oid!(1.3).parent(), None);
    assert_eq!(oid!(1.3.300).parent().unwrap(), oid!(1.3));
    assert!(name.starts_with(&SYSTEM) && name.starts_with(name.as_ref()));
    assert!(!SYSTEM.starts_with(&name));
    assert!(name.strip_prefix(&ENTERPRISES).is_none());
    assert_eq!(name.strip_prefix(&name).unwrap().count(), 0);
}

#[test]
fn small_and_cheap() {
    assert_eq!(size_of::<ObjectIdentifier>(), 32);
    assert_eq!(size_of::<OidRef<'_>>(), 16);
}

#[test]
fn order_by_example() {
    let sorted = [
        oid!(0.0),
        oid!(0.39),
        oid!(1.0),
        oid!(1.3),
        oid!(1.3.6),
        oid!(1.3.6.1),
        oid!(1.3.6.127),
        oid!(1.3.6.127.5),
        oid!(1.3.6.128),
        oid!(1.3.6.128.0),
        oid!(1.3.6.16383),
        oid!(1.3.6.16384),
        oid!(1.3.6.16385.1),
        oid!(1.3.6.4294967295),
        oid!(1.3.7),
        oid!(2.0),
        oid!(2.47),
        oid!(2.48),
    ];
    for (i, a) in sorted.iter().enumerate() {
        for (j, b) in sorted.iter().enumerate() {
            assert_eq!(a.cmp(b), i.cmp(&j), "{a} and {b}");
        }
    }
}

fn hash(value: impl std::hash::Hash) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(value)
}

/// Arcs at and around the places where their encoding changes its length.
fn arc() -> impl Strategy<Value = u32> {
    prop_oneof![
        4 => 0..4_u32,
        2 => (0..5_u32, 0..5_u32).prop_map(|(septets, off)| {
            u32::try_from((1_u64 << (7 * septets)) + u64::from(off) - 2 * u64::from(septets > 0))
                .unwrap()
        }),
        1 => Just(u32::MAX),
        2 => any::<u32>(),
    ]
}

fn arcs() -> impl Strategy<Value = Vec<u32>> {
    let head = prop_oneof![
        (0..2_u32, 0..40_u32).prop_map(|(first, second)| [first, second]),
        (0..=u32::MAX - 80).prop_map(|second| [2, second]),
        Just([1, 3]),
    ];
    let tail = prop_oneof![9 => vec(arc(), 0..8), 1 => vec(arc(), 0..=126)];
    (head, tail).prop_map(|(head, tail)| [head.to_vec(), tail].concat())
}

/// Two identifiers that have a beginning in common.
fn related() -> impl Strategy<Value = (Vec<u32>, Vec<u32>)> {
    (arcs(), any::<prop::sample::Index>(), vec(arc(), 0..4)).prop_map(|(first, cut, tail)| {
        let keep = (2 + cut.index(first.len() - 1)).min(first.len());
        let mut second = [&first[..keep], &tail[..]].concat();
        second.truncate(MAX_ARCS);
        (first, second)
    })
}

fn from_arcs(arcs: &[u32]) -> ObjectIdentifier {
    ObjectIdentifier::from_arcs(arcs).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn arcs_text_and_contents_lead_back(arcs in arcs()) {
        let oid = from_arcs(&arcs);
        prop_assert_eq!(oid.arcs().collect::<Vec<_>>(), &arcs[..]);
        prop_assert_eq!(oid.len(), arcs.len());
        let text: Vec<String> = arcs.iter().map(u32::to_string).collect();
        prop_assert_eq!(oid.to_string(), text.join("."));
        prop_assert_eq!(&text.join(".").parse::<ObjectIdentifier>().unwrap(), &oid);
        let view = OidRef::from_contents(oid.contents()).unwrap();
        prop_assert_eq!(&view.to_owned(), &oid);
        prop_assert_eq!(view, oid.as_ref());
        prop_assert_eq!(hash(view), hash(&oid));
        prop_assert_eq!(&oid.clone(), &oid);
    }

    #[test]
    fn order_is_that_of_the_arcs((a, b) in related(), c in arcs()) {
        for (a, b) in [(&a, &b), (&b, &a), (&a, &c), (&b, &c)] {
            let order = a.cmp(b);
            let (a, b) = (from_arcs(a), from_arcs(b));
            prop_assert_eq!(a.cmp(&b), order, "{} and {}", a, b);
            prop_assert_eq!(a.as_ref().partial_cmp(&b), Some(order));
            prop_assert_eq!(a == b, order == Ordering::Equal);
        }
    }

    #[test]
    fn prefixes_are_those_of_the_arcs((a, b) in related(), c in arcs()) {
        for (a, b) in [(&a, &b), (&b, &a), (&a, &c), (&a, &a)] {
            let tail = a.strip_prefix(&b[..]);
            let (a, b) = (from_arcs(a), from_arcs(b));
            prop_assert_eq!(a.starts_with(&b), tail.is_some(), "{} below {}", a, b);
            let stripped: Option<Vec<u32>> = a.strip_prefix(&b).map(Iterator::collect);
            prop_assert_eq!(stripped.as_deref(), tail);
        }
    }

    #[test]
    fn parent_and_child_are_inverse(arcs in arcs(), last in arc()) {
        let oid = from_arcs(&arcs);
        if let Ok(child) = oid.child(last) {
            prop_assert_eq!(child.parent().unwrap(), oid.as_ref());
            prop_assert!(child > oid);
        } else {
            prop_assert_eq!(arcs.len(), MAX_ARCS);
        }
    }

    #[test]
    fn no_text_panics(text in "[0-9.x ]{0,40}|\\PC{0,20}") {
        if let Ok(oid) = text.parse::<ObjectIdentifier>() {
            prop_assert_eq!(oid.to_string().parse::<ObjectIdentifier>().unwrap(), oid);
        }
    }
}
