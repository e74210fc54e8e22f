//! Object identifiers: text, arcs and encoding, order and prefixes.

use deferred_snmp::oid;
use deferred_snmp::smi::{MAX_ARCS, ObjectIdentifier, OidError, OidRef};

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
