//! What one request may pass over: counted in steps, and by the calls that objects and policies get.

use super::probes::{Broken, Gap};
use super::*;
use deferred_snmp::access::NextInView;

const ENTRY: ObjectIdentifier = oid!(1.3.6.1.4.1.99.1.1);
/// Behind everything in `ENTRY`.
const LAST: ObjectIdentifier = oid!(1.3.6.1.4.1.99.2);

/// A responder with `object` at `ENTRY` and a scalar behind it, which may pass over so much.
fn with(object: impl ManagedObject, max_steps: u32) -> CommandResponder {
    with_policy(object, OpenAccess, max_steps)
}

fn with_policy(
    object: impl ManagedObject,
    policy: impl AccessControl + 'static,
    max_steps: u32,
) -> CommandResponder {
    let mut responder = CommandResponder::new(MibTree::new(), policy);
    responder.set_max_steps(max_steps);
    register(&mut responder, ENTRY, object);
    register(&mut responder, LAST, Scalar::constant("last"));
    responder
}

fn in_entry(arcs: &[u32]) -> ObjectIdentifier {
    ENTRY.extend(arcs.iter().copied()).expect("short")
}

const THE_LAST: &str = "1.3.6.1.4.1.99.2.0 = last";

/// Columns 6 to 9 of a million cells in all, and 18 with a text in the first row alone.
fn sparse_table<V: Into<Value> + Copy>(cell: V) -> Table {
    let mut table = Table::new([6, 7, 8, 9, 18].map(Column::new));
    for row in 1..=5_000 {
        let cells = (6..=9).map(|column| (column, cell.into()));
        table.insert(&[row], cells.chain((row == 1).then(|| (18, "x".into()))));
    }
    table
}

#[test]
fn a_column_of_counter64s_costs_version_1_nothing() {
    let responder = with(sparse_table(Counter64(1)), 1);
    // From every row of every column, in one request.
    let names = (0..107).map(|n| in_entry(&[6 + n % 4, 7 * n]));
    let response = v1(&responder, &named(GetNext, names));
    assert_eq!(
        lines(&response),
        vec!["1.3.6.1.4.1.99.1.1.18.1 = x"; 107],
        "all behind the four columns"
    );
    assert_eq!(responder.exhausted_requests(), 0);
}

#[test]
fn empty_cells_cost_nothing_whatever_the_version() {
    for version in [Version::V1, Version::V2c] {
        let responder = with(sparse_table(Gauge32(1)), 1);
        let names = (1..100).map(|n| in_entry(&[18, 50 * n]));
        let response = ask(&responder, version, &named(GetNext, names));
        assert_eq!(lines(&response), vec![THE_LAST; 99]);
        assert_eq!(responder.exhausted_requests(), 0);
    }
    let responder = with(sparse_table(Gauge32(1)), 1);
    let names = vec![in_entry(&[18]); 50];
    let response = v2(&responder, &bulk(0, 2, names));
    assert_eq!(
        lines(&response)[49..51],
        ["1.3.6.1.4.1.99.1.1.18.1 = x", THE_LAST]
    );
}

#[test]
fn counter64_scalars_are_one_step_each_in_version_1_and_shared() {
    let declared = Syntax::owned(
        "Counter64".to_owned(),
        BaseType::Counter64,
        vec![],
        vec![],
        None,
    );
    let tree_of = |max_steps| {
        let mut responder = with(Scalar::constant("first"), max_steps);
        for arc in 1..=100 {
            let name = oid!(1.3.6.1.4.1.99.1.2).child(arc).expect("short");
            if arc % 2 == 0 {
                register(&mut responder, name, Scalar::constant(Counter64(1)));
            } else {
                let getter = || -> Counter64 { panic!("computed in vain") };
                let object = Scalar::dynamic(getter).syntax(declared.clone());
                register(&mut responder, name, object);
            }
        }
        responder
    };
    let request = named(GetNext, vec![in_entry(&[0]); 50]);
    let responder = tree_of(100 + 49);
    assert_eq!(lines(&v1(&responder, &request)), vec![THE_LAST; 50]);
    let responder = tree_of(99 + 49);
    let response = v1(&responder, &request);
    assert_refused(&request, &response, ErrorStatus::GEN_ERR, 50);
    assert_eq!(responder.exhausted_requests(), 1);
}

#[test]
fn a_stretch_is_passed_over_once_however_many_bindings_come_into_it() {
    // Of whatever nature: what is passed over shows in the calls that it gets.
    for value in [None, Some(Value::from(Counter64(1)))] {
        let gap = Gap::new(1_000, value);
        let responder = with(gap.clone(), 5_000);
        let names = (0..100).map(|n| in_entry(&[n * 9]));
        let response = v1(&responder, &named(GetNext, names));
        assert_eq!(lines(&response), vec![THE_LAST; 100]);
        assert_eq!(gap.take_reads(), 999 + 99);
        // Backwards, each stretch is longer than those before by what they have not passed over.
        let names = (0..100).rev().map(|n| in_entry(&[n * 9]));
        let response = v1(&responder, &named(GetNext, names));
        assert_eq!(lines(&response), vec![THE_LAST; 100]);
        assert_eq!(gap.take_reads(), 999 + 99);
    }
}

#[test]
fn past_the_bound_get_next_is_gen_err_at_the_binding_that_met_it() {
    for version in [Version::V1, Version::V2c] {
        let gap = Gap::new(u32::MAX, None);
        let responder = with(gap.clone(), 500);
        // Two stretches: only one is remembered.
        let names = [oid!(1.3), in_entry(&[400]), in_entry(&[10])];
        let request = named(GetNext, names);
        let response = ask(&responder, version, &request);
        assert_refused(&request, &response, ErrorStatus::GEN_ERR, 1);
        assert_eq!(gap.take_reads(), 501);
        assert_eq!(responder.exhausted_requests(), 1);
        // The next request begins anew.
        let request = named(GetNext, [in_entry(&[u32::MAX - 400])]);
        let response = ask(&responder, version, &request);
        assert_eq!(lines(&response), [THE_LAST]);
        assert_eq!(responder.exhausted_requests(), 1);
    }
}

#[test]
fn past_the_bound_get_bulk_ends_with_the_repetitions_that_are_complete() {
    let gap = Gap::new(u32::MAX, None);
    let responder = || {
        let mut responder = with(gap.clone(), 500);
        let before = oid!(1.3.6.1.4.1.99.1.0);
        let mut table = Table::new([Column::new(1)]);
        (1..=3).for_each(|row| table.insert(&[row], [(1, row as i32)]));
        register(&mut responder, before, table);
        responder
    };
    let first = oid!(1.3.6.1.4.1.99.1.0);
    let second = oid!(1.3.6.1.4.1.99.1.0.1.1);
    let names = || [first.clone(), second.clone()];

    // The third repetition has a first binding and no second.
    let agent = responder();
    let response = v2(&agent, &bulk(0, 10, names()));
    assert_eq!(
        lines(&response),
        [
            "1.3.6.1.4.1.99.1.0.1.1 = 1",
            "1.3.6.1.4.1.99.1.0.1.2 = 2",
            "1.3.6.1.4.1.99.1.0.1.2 = 2",
            "1.3.6.1.4.1.99.1.0.1.3 = 3",
        ]
    );
    assert_eq!(agent.exhausted_requests(), 1);
    assert_eq!(gap.take_reads(), 501);

    // In the first repetition, or in a non-repeater, it is an error.
    let request = bulk(0, 10, [first.clone(), in_entry(&[])]);
    assert_refused(&request, &v2(&agent, &request), ErrorStatus::GEN_ERR, 2);
    let request = bulk(2, 10, [first.clone(), in_entry(&[]), first.clone()]);
    assert_refused(&request, &v2(&agent, &request), ErrorStatus::GEN_ERR, 2);
    assert_eq!(agent.exhausted_requests(), 3);
}

#[test]
fn thousands_of_bindings_share_one_bound() {
    let gap = Gap::new(u32::MAX, None);
    let responder = with(gap.clone(), 10_000);
    let names = || (0..9_000).map(|n| in_entry(&[n]));
    let request = bulk(0, 1_000, names());
    let response = v2(&responder, &request);
    assert_eq!(response.error_status, ErrorStatus::GEN_ERR);
    assert_eq!(gap.take_reads(), 10_001);
    let request = named(GetNext, names());
    assert_eq!(v1(&responder, &request).error_status, ErrorStatus::GEN_ERR);
    assert_eq!(gap.take_reads(), 10_001);
    // Stretches apart from one another are not remembered: it is the sum that counts.
    let islands = Gap::new(u32::MAX, None).with_islands(100);
    let responder = with(islands.clone(), 10_000);
    let names = (0..9_000).map(|n| in_entry(&[(n % 1_000) * 100]));
    let request = named(GetNext, names);
    let response = v2(&responder, &request);
    assert_eq!(response.error_status, ErrorStatus::GEN_ERR);
    assert!((10_000..20_000).contains(&islands.take_reads()));
}

#[test]
fn values_that_are_computed_are_asked_for_within_the_bound() {
    let calls = Rc::new(Cell::new(0));
    let counting = Rc::clone(&calls);
    let getter = move |_: &[u32]| {
        counting.set(counting.get() + 1);
        None
    };
    let mut table = Table::new([Column::new(1).dynamic(getter)]);
    for row in 0..20_000 {
        table.insert(&[row], [(9, 0)]);
    }
    let responder = with(table, 10_000);
    let request = bulk(0, 5, vec![in_entry(&[]); 1_000]);
    let response = v2(&responder, &request);
    assert_refused(&request, &response, ErrorStatus::GEN_ERR, 1);
    assert_eq!(calls.take(), 10_001);
    // From the middle on there are few enough.
    let request = named(GetNext, vec![in_entry(&[1, 10_500]); 100]);
    assert_eq!(lines(&v2(&responder, &request)), vec![THE_LAST; 100]);
    assert_eq!(calls.take(), 9_499 + 99);
}

/// Lets nothing in `ENTRY` be seen, and says so much of where the view goes on.
struct Hides {
    calls: Rc<Cell<u32>>,
    next: fn(OidRef<'_>) -> NextInView,
}

impl AccessControl for Hides {
    fn is_access_allowed(&self, _: &AccessRequest<'_>, variable: OidRef<'_>) -> AccessDecision {
        self.calls.set(self.calls.get() + 1);
        if variable.starts_with(&ENTRY) {
            AccessDecision::NotInView
        } else {
            AccessDecision::Allowed
        }
    }

    fn next_in_view(&self, _: &AccessRequest<'_>, variable: OidRef<'_>) -> NextInView {
        (self.next)(variable)
    }
}

#[test]
fn a_policy_that_cannot_tell_or_tells_wrong_is_asked_within_the_bound() {
    let unknown: fn(OidRef<'_>) -> NextInView = |_| NextInView::Unknown;
    let back: fn(OidRef<'_>) -> NextInView = |_| NextInView::At(oid!(1.3));
    let same: fn(OidRef<'_>) -> NextInView = |name| NextInView::At(name.to_owned());
    // A child of the variable is ahead of it, and as good as no progress.
    let child: fn(OidRef<'_>) -> NextInView = |name| {
        // Not so far that its length counts.
        match name.to_owned().child(0) {
            Ok(child) if child.len() < 20 => NextInView::At(child),
            _ => NextInView::Unknown,
        }
    };
    for next in [unknown, back, same, child] {
        let calls = Rc::new(Cell::new(0));
        let policy = Hides {
            calls: Rc::clone(&calls),
            next,
        };
        let mut table = Table::new([Column::new(1)]);
        (0..5_000).for_each(|row| table.insert(&[row], [(1, 0)]));
        let responder = with_policy(table, policy, 2_000);
        for request in [
            named(GetNext, vec![in_entry(&[]); 300]),
            bulk(0, 100, vec![in_entry(&[]); 300]),
        ] {
            let response = v2(&responder, &request);
            assert_refused(&request, &response, ErrorStatus::GEN_ERR, 1);
            assert_eq!(calls.take(), 2_001);
        }
    }
}

#[test]
fn long_names_cost_a_step_more_for_every_sixteen_sub_identifiers() {
    for (len, steps) in [(14, 1), (15, 2), (63, 5), (110, 7)] {
        let calls = Rc::new(Cell::new(0));
        let policy = Hides {
            calls: Rc::clone(&calls),
            next: |_| NextInView::Unknown,
        };
        let mut table = Table::new([Column::new(1)]);
        for row in 0..200 {
            let mut index = vec![7; len];
            index[len - 1] = row;
            table.insert(&index, [(1, 0)]);
        }
        let responder = with_policy(table, policy, 100 * steps);
        let request = named(GetNext, [in_entry(&[])]);
        let response = v2(&responder, &request);
        assert_refused(&request, &response, ErrorStatus::GEN_ERR, 1);
        assert_eq!(calls.take(), 100 + 1, "{len}");
    }
}

#[test]
fn long_names_of_objects_cost_a_step_more_for_every_sixteen_sub_identifiers() {
    for (len, steps) in [(15, 1), (16, 2), (31, 2), (112, 8), (126, 8)] {
        let calls = Rc::new(Cell::new(0));
        let policy = Hides {
            calls: Rc::clone(&calls),
            next: |_| NextInView::Unknown,
        };
        let above = in_entry(&vec![7; len - ENTRY.len() - 1]);
        let mut responder = CommandResponder::new(MibTree::new(), policy);
        responder.set_max_steps(100 * steps);
        for arc in 0..200 {
            let name = above.child(arc).expect("short enough");
            register(&mut responder, name, Scalar::constant(0));
        }
        let request = named(GetNext, [ENTRY]);
        let response = v2(&responder, &request);
        assert_refused(&request, &response, ErrorStatus::GEN_ERR, 1);
        assert_eq!(calls.take(), 100 + 1, "{len}");
    }
}

#[test]
fn a_view_of_many_roots_where_nothing_is_costs_a_step_for_each_that_is_tried() {
    // Between two roots lies a variable, so that each jump ends before one that is hidden.
    let mut views = Views::new().read(LAST);
    let mut table = Table::new([Column::new(1)]);
    for row in 0..3_000 {
        table.insert(&[2 * row], [(1, 0)]);
        views = views.read(in_entry(&[1, 2 * row + 1]));
    }
    let mut policy = SubtreeAccess::new();
    policy.set("public", views);
    let responder = with_policy(table, policy, 1_000);
    let request = named(GetNext, vec![in_entry(&[1]); 2]);
    let response = v2(&responder, &request);
    assert_refused(&request, &response, ErrorStatus::GEN_ERR, 1);
    responder.set_max_steps(2 * 3_000 + 1);
    assert_eq!(lines(&v2(&responder, &request)), [THE_LAST; 2]);
}

#[test]
fn objects_without_an_instance_are_a_step_each() {
    let mut responder = with(Table::new([Column::new(1)]), 1_000);
    for arc in 0..400 {
        let name = oid!(1.3.6.1.4.1.99.1.2).child(arc).expect("short");
        register(&mut responder, name, Table::new([Column::new(1)]));
    }
    let request = named(GetNext, vec![oid!(1.3); 200]);
    assert_eq!(lines(&v2(&responder, &request)), [THE_LAST; 200]);
    assert_eq!(responder.exhausted_requests(), 0);
    responder.set_max_steps(400);
    let response = v2(&responder, &request);
    assert_refused(&request, &response, ErrorStatus::GEN_ERR, 1);
}

#[test]
fn columns_without_a_cell_are_tried_in_bounded_searches() {
    let mut table = Table::new((1..=6_401).map(Column::new));
    table.insert(&[1], [(1, "first"), (6_401, "end")]);
    let responder = with(table, 100);
    let request = named(GetNext, [in_entry(&[1, 1])]);
    assert_eq!(
        lines(&v2(&responder, &request)),
        ["1.3.6.1.4.1.99.1.1.6401.1 = end"]
    );
    responder.set_max_steps(98);
    let response = v2(&responder, &request);
    assert_refused(&request, &response, ErrorStatus::GEN_ERR, 1);
}

#[test]
fn a_failure_in_a_later_repetition_ends_the_response_before_it() {
    let mut responder = with(Broken, 100);
    let mut table = Table::new([Column::new(1)]);
    (1..=3).for_each(|row| table.insert(&[row], [(1, row as i32)]));
    register(&mut responder, oid!(1.3.6.1.4.1.99.1.0), table);
    let first = oid!(1.3.6.1.4.1.99.1.0);
    let response = v2(&responder, &bulk(0, 10, [first.clone()]));
    assert_eq!(lines(&response).len(), 3);
    // The second row is not complete.
    let second = oid!(1.3.6.1.4.1.99.1.0.1.2);
    let response = v2(&responder, &bulk(1, 10, [LAST, first.clone(), second]));
    assert_eq!(
        lines(&response),
        [
            THE_LAST,
            "1.3.6.1.4.1.99.1.0.1.1 = 1",
            "1.3.6.1.4.1.99.1.0.1.3 = 3"
        ]
    );
    let request = bulk(1, 10, [oid!(1.3.6.1.4.1.99.1.0.1.3), first]);
    let response = v2(&responder, &request);
    assert_refused(&request, &response, ErrorStatus::GEN_ERR, 1);
    assert_eq!(responder.exhausted_requests(), 0);
}

#[test]
fn rights_that_are_refused_in_a_later_repetition_are_an_error() {
    /// Has no rights for anybody from the second row on.
    struct Revokes;
    impl AccessControl for Revokes {
        fn is_access_allowed(&self, _: &AccessRequest<'_>, name: OidRef<'_>) -> AccessDecision {
            match name.arcs().last() {
                Some(1) => AccessDecision::Allowed,
                _ => AccessDecision::NoAccessEntry,
            }
        }
    }
    let mut table = Table::new([Column::new(1)]);
    (1..=3).for_each(|row| table.insert(&[row], [(1, row as i32)]));
    let responder = with_policy(table, Revokes, 100);
    let request = bulk(0, 10, [in_entry(&[])]);
    let response = v2(&responder, &request);
    assert_refused(&request, &response, ErrorStatus::AUTHORIZATION_ERROR, 0);
}

#[test]
fn a_first_binding_that_does_not_fit_is_too_big_where_something_was_asked_for() {
    let responder = with(Scalar::constant(vec![0x5a; 2_000]), 100);
    let name = in_entry(&[]);
    for request in [
        bulk(0, 1, [name.clone()]),
        bulk(0, 10, [name.clone(), LAST]),
        bulk(1, 0, [name.clone()]),
        bulk(1, 10, [name.clone(), LAST]),
    ] {
        let response = ask_within(&responder, Version::V2c, &request, 1_400);
        assert_eq!(
            (response.error_status, response.error_index),
            (ErrorStatus::TOO_BIG, 0)
        );
        assert!(response.var_binds.is_empty());
    }
    // Nothing was asked for.
    for request in [bulk(0, 0, [name.clone()]), bulk(5, 5, [])] {
        let response = ask_within(&responder, Version::V2c, &request, 1_400);
        assert!(lines(&response).is_empty());
    }
    // Something fits.
    for request in [bulk(1, 1, [LAST, name.clone()]), bulk(0, 9, [LAST, name])] {
        let response = ask_within(&responder, Version::V2c, &request, 1_400);
        assert_eq!(lines(&response), [THE_LAST]);
    }
    // Not even the end of the view.
    let end = bulk(0, 1, [oid!(1.3.6.1.5)]);
    let response = ask_within(&responder, Version::V2c, &end, 7);
    assert_eq!(response.error_status, ErrorStatus::TOO_BIG);
}
