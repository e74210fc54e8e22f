//! The arcs at the top of the tree as roots.

use deferred_snmp::applications::{Walk, WalkOptions, WalkRoot};
use deferred_snmp::message::Version::V2c;
use deferred_snmp::oid;
use deferred_snmp::smi::OidError;

use super::script::{agent, drive};

/// Under each arc of the top, right behind it and far from it.
const VARIABLES: &[(&str, i32)] = &[
    ("0.0.1", 1),
    ("0.39.4294967295", 2),
    ("1.0.8802.1", 3),
    ("1.3.6.1.2.1.1.5.0", 4),
    ("1.39.1", 5),
    ("2.0.1", 6),
    ("2.100.3", 7),
    ("2.4294967215.1", 8),
];

#[test]
fn an_arc_at_the_top_is_walked_as_what_follows_n_0() {
    let roots = [
        ("0", "0.0", &VARIABLES[..2]),
        ("1", "1.0", &VARIABLES[2..5]),
        ("2", "2.0", &VARIABLES[5..]),
    ];
    for (root, asked, expected) in roots {
        for options in [
            WalkOptions::default(),
            WalkOptions::default().max_repetitions(3),
        ] {
            let options = options.lexicographic_mode(false);
            let root: WalkRoot = root.parse().unwrap();
            let mut walk = Walk::below(V2c, [root], options);
            let walked = drive(&mut walk, agent(V2c, VARIABLES));
            let expected: Vec<_> = expected
                .iter()
                .map(|(name, value)| [format!("{name} = {value}")])
                .collect();
            assert_eq!(walked.rows, expected);
            let first = &walked.asked[0];
            assert!(first.ends_with(&format!("[{asked} = ]")), "{first}");
            walked.outcome.unwrap();
        }
    }
}

#[test]
fn arcs_at_the_top_are_known_by_number_and_label() {
    let [ccitt, iso, joint] = [0, 1, 2].map(|arc| WalkRoot::top(arc).unwrap());
    for (root, texts) in [
        (&ccitt, &["0", ".0", "ccitt", ".ccitt", "itu-t"][..]),
        (&iso, &[".", "1", ".1", "iso", ".iso", " 1 "]),
        (&joint, &["2", ".2", "joint-iso-ccitt", ".joint-iso-itu-t"]),
    ] {
        for text in texts {
            assert_eq!(text.parse().as_ref(), Ok(root), "{text:?}");
        }
    }
    assert_eq!(WalkRoot::top(3), None);
    let asked = [ccitt, iso, joint].map(|root| root.asked());
    assert_eq!(asked, [oid!(0.0), oid!(1.0), oid!(2.0)]);
}

#[test]
fn other_roots_are_names() {
    for text in ["1.0", ".1.3", "2.100.3"] {
        let root: WalkRoot = text.parse().unwrap();
        assert_eq!(root.asked().to_string(), text.trim_start_matches('.'));
        assert_ne!(Some(root), WalkRoot::top(1));
    }
    for (text, error) in [
        ("3", OidError::FirstArc),
        ("", OidError::TooFewArcs),
        ("..", OidError::MissingArc { at: 1 }),
        ("1.", OidError::MissingArc { at: 2 }),
        ("1.40", OidError::SecondArc),
        ("isо", OidError::BadCharacter { at: 0 }),
    ] {
        assert_eq!(text.parse::<WalkRoot>(), Err(error), "{text:?}");
    }
}
