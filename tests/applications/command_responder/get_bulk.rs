//! GetBulkRequest-PDU, RFC 3416 section 4.2.3.

use super::probes::Broken;
use super::*;

#[test]
fn the_example_of_section_4_2_3_1_in_our_tables() {
    let names = [
        oid!(1.3.6.1.2.1.1.3),
        oid!(1.3.6.1.2.1.2.2.1.2),
        oid!(1.3.6.1.2.1.2.2.1.7),
    ];
    assert_eq!(
        lines(&v2(&responder(), &bulk(1, 3, names))),
        [
            "1.3.6.1.2.1.1.3.0 = 4711",
            "1.3.6.1.2.1.2.2.1.2.1 = lo",
            "1.3.6.1.2.1.2.2.1.7.1 = 1",
            "1.3.6.1.2.1.2.2.1.2.2 = eth0",
            "1.3.6.1.2.1.2.2.1.7.2 = 1",
            "1.3.6.1.2.1.2.2.1.7.1 = 1",
            "1.3.6.1.2.1.2.2.1.10.1 = 100",
        ]
    );
}

#[test]
fn n_m_and_r_may_be_anything() {
    let names = || [oid!(1.3.6.1.2.1.1.1), oid!(1.3.6.1.2.1.1.5)];
    let responder = responder();
    let count = |non_repeaters, repetitions| {
        lines(&v2(&responder, &bulk(non_repeaters, repetitions, names()))).len()
    };
    assert_eq!(count(0, 0), 0);
    assert_eq!(count(1, 0), 1);
    assert_eq!(count(2, 0), 2);
    assert_eq!(count(9, 5), 2);
    assert_eq!(count(0, 3), 6);
    assert_eq!(count(1, 3), 4);
    assert_eq!(count(u32::MAX, u32::MAX), 2);
    let mut negative = bulk(0, 0, names());
    negative.error_status = ErrorStatus::new(-1);
    negative.error_index = -1;
    assert!(lines(&v2(&responder, &negative)).is_empty());
    assert!(lines(&v2(&responder, &bulk(0, 5, []))).is_empty());
}

#[test]
fn a_column_that_ended_repeats_its_last_name_while_others_go_on() {
    let last = oid!(1.3.6.1.2.1.31.1.1.1.18.1);
    let request = bulk(0, 3, [last, oid!(1.3.6.1.2.1.1.1)]);
    assert_eq!(
        lines(&v2(&responder(), &request)),
        [
            "1.3.6.1.2.1.31.1.1.1.18.2 = ",
            "1.3.6.1.2.1.1.1.0 = probe",
            "1.3.6.1.2.1.31.1.1.1.18.2 endOfMibView",
            "1.3.6.1.2.1.1.2.0 = 0.0",
            "1.3.6.1.2.1.31.1.1.1.18.2 endOfMibView",
            "1.3.6.1.2.1.1.3.0 = 4711",
        ]
    );
}

#[test]
fn an_iteration_of_nothing_but_ends_is_the_last() {
    let request = bulk(0, 50, [oid!(1.3.6.1.6.3.98), oid!(1.3.6.1.6.3.99)]);
    assert_eq!(
        lines(&v2(&responder(), &request)),
        ["1.3.6.1.6.3.98 endOfMibView", "1.3.6.1.6.3.99 endOfMibView"]
    );
    let request = bulk(1, 2, [oid!(1.3.6.1.6.3.98), oid!(1.3.6.1.2.1.1.1)]);
    assert_eq!(
        lines(&v2(&responder(), &request)),
        [
            "1.3.6.1.6.3.98 endOfMibView",
            "1.3.6.1.2.1.1.1.0 = probe",
            "1.3.6.1.2.1.1.2.0 = 0.0"
        ]
    );
}

#[test]
fn what_does_not_fit_is_left_out_from_the_end() {
    let request = bulk(1, 10, [oid!(1.3.6.1.2.1.1.3), oid!(1.3.6.1.2.1.2.2.1)]);
    let responder = responder();
    let whole = v2(&responder, &request);
    let all = lines(&whole);
    let size = whole.var_binds.as_ref().encoded_len();
    let first = whole.var_binds.get(0).expect("a binding");
    let smallest = VarBindList::from_iter([VarBind::from(first)])
        .octets()
        .len();
    let mut before = all.len() + 1;
    for limit in (smallest..=size).rev() {
        let response = ask_within(&responder, Version::V2c, &request, limit);
        assert!(response.var_binds.as_ref().encoded_len() <= limit);
        let part = lines(&response);
        assert_eq!(part, all[..part.len()]);
        assert!(part.len() <= before);
        before = part.len();
    }
    assert_eq!(before, 1);
}

#[test]
fn repetitions_are_bounded_whatever_is_asked_for() {
    let responder = responder();
    responder.set_max_repetitions(3);
    let request = bulk(0, u32::MAX, [oid!(1.3.6.1.2.1.1)]);
    assert_eq!(lines(&v2(&responder, &request)).len(), 3);
    responder.set_max_repetitions(0);
    assert_eq!(lines(&v2(&responder, &request)).len(), 1);
}

#[test]
fn a_failure_has_the_index_of_the_request_and_its_bindings() {
    let mut responder = responder();
    register(&mut responder, oid!(1.3.6.1.4.1.99.1), Broken);
    let request = bulk(
        1,
        2,
        [
            oid!(1.3.6.1.2.1.1.1),
            oid!(1.3.6.1.2.1.1.2),
            oid!(1.3.6.1.4.1.99),
        ],
    );
    assert_refused(&request, &v2(&responder, &request), ErrorStatus::GEN_ERR, 3);
}

#[test]
fn a_table_of_five_thousand_rows_is_walked_completely() {
    let mut table = Table::new([Column::new(1), Column::new(2)]);
    for row in 0..5_000_u32 {
        table.insert(&[row / 70, row], [(1, Gauge32(row)), (2, Gauge32(row))]);
    }
    let mut responder = responder();
    register(&mut responder, oid!(1.3.6.1.4.1.99.1.1), table);
    let mut name = oid!(1.3.6.1.4.1.99.1.1);
    let mut values = Vec::new();
    'walk: loop {
        let response = v2(&responder, &bulk(0, 50, [name.clone()]));
        for binding in &response.var_binds {
            match binding.value {
                ValueRef::Gauge32(value) => values.push(value),
                _ => break 'walk,
            }
            name = binding.name.to_owned();
        }
    }
    assert!(values.iter().copied().eq((0..5_000).chain(0..5_000)));
}
