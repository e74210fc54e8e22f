//! OBJECT IDENTIFIERs: arcs, text and contents are the same thing, and their order is that of the arcs.

use std::cmp::Ordering;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use deferred_snmp::smi::{MAX_ARCS, ObjectIdentifier, OidRef};
use proptest::collection::vec;
use proptest::prelude::*;

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
