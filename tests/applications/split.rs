//! Requests in parts: where the answer to the whole is too long, or ends before it is whole.

use deferred_snmp::applications::{Command, Progress, Split};
use deferred_snmp::message::Version::V2c;
use deferred_snmp::pdu::{ErrorStatus, Pdu, PduKind};
use deferred_snmp::smi::{ObjectIdentifier, ValueRef, VarBindList};

fn name(number: usize) -> ObjectIdentifier {
    format!("1.3.6.1.{number}").parse().expect("a name")
}

fn asked(count: usize) -> VarBindList {
    let mut list = VarBindList::new();
    for number in 1..=count {
        list.push(name(number).as_ref(), ValueRef::Null);
    }
    list
}

/// The numbers of the variables in a list, by the last arc of their names.
fn numbers(list: &VarBindList) -> Vec<u32> {
    let last = list.iter().map(|v| v.name.arcs().last());
    last.map(|arc| arc.expect("an arc")).collect()
}

fn refusal(status: ErrorStatus, index: i32) -> Pdu {
    let mut pdu = Pdu::new(PduKind::Response, 0, VarBindList::new());
    (pdu.error_status, pdu.error_index) = (status, index);
    pdu
}

/// The first `most` of what is asked for, with their numbers for values.
fn answer(request: &Pdu, most: usize) -> Pdu {
    let mut list = VarBindList::new();
    for asked in request.var_binds.iter().take(most) {
        let number = asked.name.arcs().last().expect("an arc");
        list.push(asked.name, ValueRef::Gauge32(number));
    }
    Pdu::new(PduKind::Response, 0, list)
}

/// Runs it against `agent`: what was asked for, and the answer to the whole.
fn run(count: usize, mut agent: impl FnMut(&Pdu) -> Pdu) -> (Vec<Vec<u32>>, Pdu) {
    let mut split = Split::new(Command::Get, V2c, asked(count));
    let mut requests = Vec::new();
    while let Some(request) = split.next_request(Vec::new()) {
        requests.push(numbers(&request.var_binds));
        let progress = split.handle_response(&agent(&request));
        assert_eq!(
            progress == Progress::Done,
            split.next_request(Vec::new()).is_none()
        );
        assert!(requests.len() <= 2 * count.max(1), "{requests:?}");
    }
    (requests, split.into_response())
}

/// An agent that has room for so many bindings in a message.
fn small(room: usize) -> impl FnMut(&Pdu) -> Pdu {
    move |request| match request.var_binds.len() {
        wanted if wanted > room => refusal(ErrorStatus::TOO_BIG, 0),
        wanted => answer(request, wanted),
    }
}

#[test]
fn what_fits_is_asked_for_once_and_handed_out_as_it_came() {
    for extra in [0, 3] {
        let (requests, response) = run(4, |request| {
            let mut response = answer(request, 4);
            for number in 0..extra {
                response
                    .var_binds
                    .push(name(90 + number).as_ref(), ValueRef::Null);
            }
            response
        });
        assert_eq!(requests, [[1, 2, 3, 4]]);
        assert_eq!(numbers(&response.var_binds)[..4], [1, 2, 3, 4]);
        assert_eq!(response.var_binds.len(), 4 + extra);
    }
    let (requests, response) = run(0, small(0));
    assert_eq!((requests.len(), response.var_binds.len()), (1, 0));
}

#[test]
fn too_big_is_halved_until_it_fits_and_comes_in_the_order_asked() {
    let (requests, response) = run(7, small(2));
    let expected: [&[u32]; 7] = [
        &[1, 2, 3, 4, 5, 6, 7],
        &[1, 2, 3, 4],
        &[1, 2],
        &[3, 4],
        &[5, 6, 7],
        &[5, 6],
        &[7],
    ];
    assert_eq!(requests, expected);
    assert!(!response.error_status.is_error());
    let values: Vec<_> = response.var_binds.iter().map(|v| v.value).collect();
    assert_eq!(values, [1, 2, 3, 4, 5, 6, 7].map(ValueRef::Gauge32));
    for (count, room) in (1..40).flat_map(|count| (1..6).map(move |room| (count, room))) {
        let (_, response) = run(count, small(room));
        assert_eq!(
            numbers(&response.var_binds),
            (1..=count as u32).collect::<Vec<_>>()
        );
    }
}

#[test]
fn one_variable_that_is_too_big_by_itself_is_the_error() {
    for long in 1..=5 {
        let (_, response) = run(5, |request| {
            match numbers(&request.var_binds).contains(&long) {
                true => refusal(ErrorStatus::TOO_BIG, 0),
                false => answer(request, 5),
            }
        });
        assert_eq!(response.error_status, ErrorStatus::TOO_BIG);
        assert_eq!(response.error_index, long as i32);
        assert_eq!(numbers(&response.var_binds), [1, 2, 3, 4, 5]);
    }
}

#[test]
fn an_error_of_a_part_counts_in_the_whole_list() {
    for wrong in 1..=6 {
        let mut small = small(2);
        let (_, response) = run(6, |request| {
            let numbers = numbers(&request.var_binds);
            match numbers.iter().position(|number| *number == wrong) {
                Some(at) if numbers.len() <= 2 => refusal(ErrorStatus::GEN_ERR, at as i32 + 1),
                _ => small(request),
            }
        });
        assert_eq!(response.error_status, ErrorStatus::GEN_ERR);
        assert_eq!(response.error_index, wrong as i32);
        assert_eq!(numbers(&response.var_binds), [1, 2, 3, 4, 5, 6]);
    }
}

#[test]
fn an_index_that_points_out_of_its_part_blames_nothing() {
    for index in [0, 3, 4, -1, i32::MAX, i32::MIN] {
        let mut small = small(2);
        let (_, response) = run(4, |request| match numbers(&request.var_binds)[..] {
            [3, 4] => refusal(ErrorStatus::GEN_ERR, index),
            _ => small(request),
        });
        assert_eq!(response.error_status, ErrorStatus::GEN_ERR);
        assert_eq!(response.error_index, 0, "{index}");
    }
}

#[test]
fn an_answer_that_ends_early_is_taken_and_the_rest_asked_for() {
    let (requests, response) = run(5, |request| answer(request, 3));
    assert_eq!(requests, [&[1, 2, 3, 4, 5][..], &[4, 5]]);
    assert_eq!(numbers(&response.var_binds), [1, 2, 3, 4, 5]);
    for most in 1..5 {
        let (_, response) = run(9, |request| answer(request, most));
        assert_eq!(numbers(&response.var_binds), (1..=9).collect::<Vec<_>>());
    }
}

#[test]
fn an_answer_that_leaves_out_what_nobody_can_tell_is_the_end() {
    // The second of five is missing: what came is the answer.
    let (requests, response) = run(5, |request| {
        let mut list = VarBindList::new();
        for binding in answer(request, 5).var_binds.iter() {
            if binding.value != ValueRef::Gauge32(2) {
                list.push(binding.name, binding.value);
            }
        }
        Pdu::new(PduKind::Response, 0, list)
    });
    assert_eq!(requests.len(), 1);
    assert_eq!(numbers(&response.var_binds), [1, 3, 4, 5]);
}

#[test]
fn what_is_left_out_of_one_part_costs_no_other() {
    // Two at a time; the variable `missing` is never answered, alone or beside another.
    for missing in 1..=6 {
        let mut small = small(2);
        let (requests, response) = run(6, |request| {
            let mut response = small(request);
            let bindings = std::mem::take(&mut response.var_binds);
            for binding in bindings.iter() {
                if response.error_status.is_error() || binding.value != ValueRef::Gauge32(missing) {
                    response.var_binds.push(binding.name, binding.value);
                }
            }
            response
        });
        let expected: Vec<u32> = (1..=6).filter(|number| *number != missing).collect();
        assert_eq!(numbers(&response.var_binds), expected, "{requests:?}");
        assert!(!response.error_status.is_error());
        assert!(requests.len() <= 12, "{requests:?}");
    }
}

#[test]
fn answers_without_bindings_end_it_in_bounded_time() {
    let (requests, response) = run(64, |request| answer(request, 0));
    assert_eq!(requests.len(), 7);
    assert!(response.var_binds.is_empty() && !response.error_status.is_error());
}

#[test]
fn more_than_a_part_asks_for_does_not_disturb_the_next() {
    let mut small = small(2);
    let (_, response) = run(4, |request| {
        let mut response = small(request);
        if !response.error_status.is_error() {
            response.var_binds.push(name(99).as_ref(), ValueRef::Null);
        }
        response
    });
    assert_eq!(numbers(&response.var_binds), [1, 2, 3, 4]);
}

#[test]
fn a_request_that_cannot_be_sent_for_its_length_is_halved() {
    let mut split = Split::new(Command::Get, V2c, asked(3));
    assert!(split.handle_too_long());
    let request = split.next_request(Vec::new()).expect("a request");
    assert_eq!(numbers(&request.var_binds), [1, 2]);
    assert!(split.handle_too_long());
    for number in 1..=3 {
        let request = split.next_request(Vec::new()).expect("a request");
        assert_eq!(numbers(&request.var_binds), [number]);
        assert!(!split.clone().handle_too_long(), "one is not halved");
        let progress = split.handle_response(&answer(&request, 1));
        assert_eq!(progress == Progress::Done, number == 3);
    }
    assert!(!split.handle_too_long());
    assert_eq!(numbers(&split.into_response().var_binds), [1, 2, 3]);
    let mut set = Split::new(Command::Set, V2c, asked(3));
    assert!(!set.handle_too_long());
}

#[test]
fn what_has_to_be_done_at_once_is_not_divided() {
    for command in [Command::Set, Command::Inform] {
        let mut split = Split::new(command, V2c, asked(4));
        let request = split.next_request(Vec::new()).expect("a request");
        assert_eq!(request.var_binds.len(), 4);
        let refused = split.handle_response(&refusal(ErrorStatus::TOO_BIG, 0));
        assert_eq!(refused, Progress::Done);
        let response = split.into_response();
        assert_eq!(response.error_status, ErrorStatus::TOO_BIG);
        assert_eq!(response.error_index, 0);
    }
}
