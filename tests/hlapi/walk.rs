//! Walks through the high-level API: what they hand out, and every way of ending one.

use std::cell::{Cell, RefCell};
use std::ops::ControlFlow;
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::deferred::{CancelHandle, Interrupt};
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::{Column, Scalar, Table};
use deferred_snmp::oid;
use deferred_snmp::pdu::Pdu;
use deferred_snmp::smi::VarBindList;
use util::agent;
use util::manager::{Manager, Pair, settle, turn_until};
use util::raw::{self, Asked};

fn v2c() -> CommunityData {
    CommunityData::new("public")
}

const WAYS: [Option<u32>; 4] = [None, Some(1), Some(7), Some(100)];

#[test]
fn a_walk_collects_every_variable_of_the_agent() {
    let mut pair = Pair::new(agent::tree());
    for auth in [CommunityData::v1("public"), v2c()] {
        let is_v1 = auth != v2c();
        let mut expected = agent::variables();
        expected.retain(|v| !(is_v1 && matches!(v.value, Value::Counter64(_))));
        for repetitions in WAYS {
            let walk = pair.walk(&auth, repetitions, [oid!(1.3)]);
            let found: Vec<_> = pair.collect(walk).into_iter().flatten().collect();
            assert_eq!(found, expected, "{repetitions:?}");
        }
    }
}

#[test]
fn a_walk_of_a_subtree_stops_where_it_ends() {
    let mut pair = Pair::new(agent::tree());
    for repetitions in WAYS {
        let walk = pair
            .walk(&v2c(), repetitions, ["SNMPv2-MIB::system"])
            .lexicographic_mode(false);
        let found: Vec<_> = pair.collect(walk).into_iter().flatten().collect();
        assert_eq!(found, agent::variables()[..11]);
        // an instance has nothing below it, as nothing has
        let walk = pair.walk(&v2c(), repetitions, ["1.3.6.1.2.1.1.1.0", "1.3.6.1.9"]);
        assert!(pair.collect(walk.lexicographic_mode(false)).is_empty());
    }
}

#[test]
fn columns_are_walked_in_step_and_a_finished_one_says_so() {
    let mut pair = Pair::new(agent::tree());
    // the second column lacks the third row
    let columns = [oid!(1.3.6.1.4.1.99999.2.1.1), oid!(1.3.6.1.4.1.99999.2.1.2)];
    let cell = |column: u32, index: &[u32]| {
        let arcs = [&[1, 3, 6, 1, 4, 1, 99999, 2, 1, column], index].concat();
        ObjectIdentifier::from_arcs(&arcs).expect("a short name")
    };
    let last = u32::MAX;
    let expected = [
        [
            VarBind::new(cell(1, &[0]), 0),
            VarBind::new(cell(2, &[0]), "row 0"),
        ],
        [
            VarBind::new(cell(1, &[1]), 1),
            VarBind::new(cell(2, &[1]), "row 1"),
        ],
        [
            VarBind::new(cell(1, &[1, 1]), 2),
            VarBind::new(cell(2, &[last]), "row 3"),
        ],
        [
            VarBind::new(cell(1, &[last]), 3),
            VarBind::new(cell(2, &[last]), Value::EndOfMibView),
        ],
    ];
    for auth in [CommunityData::v1("public"), v2c()] {
        for repetitions in WAYS {
            let walk = pair.walk(&auth, repetitions, columns.clone());
            let found = pair.collect(walk.lexicographic_mode(false));
            assert_eq!(found, expected, "{repetitions:?}");
        }
    }
}

#[test]
fn a_walk_stops_after_the_rows_and_calls_it_is_given() {
    let mut pair = Pair::new(agent::tree());
    for (repetitions, rows, calls) in [
        (None, 0, 0),
        (None, 5, 5),
        (Some(2), 5, 3),
        (Some(5), 5, 1),
        (Some(50), 5, 1),
    ] {
        let before = pair.agent.statistics().in_pkts;
        let handed_out = Rc::new(RefCell::new(Vec::new()));
        let rows_there = Rc::clone(&handed_out);
        let walk = pair.walk(&v2c(), repetitions, [oid!(1.3)]).max_rows(rows);
        let deferred = walk.for_each(move |row| rows_there.borrow_mut().extend(row.to_owned()));
        let summary = pair.manager.succeed(deferred);
        assert_eq!((summary.rows, summary.calls), (rows, calls));
        assert_eq!(*handed_out.borrow(), agent::variables()[..rows]);
        let asked = pair.agent.statistics().in_pkts - before;
        assert_eq!(asked, calls as u64, "requests that were received");
    }
    let walk = pair.walk(&v2c(), Some(4), [oid!(1.3)]).max_calls(2);
    assert_eq!(pair.collect(walk).len(), 8);
}

#[test]
fn the_callback_can_break_off() {
    let mut pair = Pair::new(agent::tree());
    for repetitions in WAYS {
        let seen = Rc::new(Cell::new(0));
        let counter = Rc::clone(&seen);
        let walk = pair.walk(&v2c(), repetitions, [oid!(1.3)]);
        let deferred = walk.try_for_each(move |row| {
            counter.set(counter.get() + 1);
            let is_name = row.iter().any(|v| v.name() == oid!(1.3.6.1.2.1.1.5.0));
            match is_name {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        });
        let summary = pair.manager.succeed(deferred);
        assert_eq!((summary.rows, seen.get()), (5, 5), "{repetitions:?}");
    }
}

/// What has been sent by the manager stays what it is while another walk runs to its end.
fn no_more_is_sent(pair: &mut Pair) {
    let before = pair.manager.engine.statistics().requests;
    let other = SnmpEngine::new(&pair.manager.reactor.handle());
    let (auth, context) = (v2c(), ContextData::default());
    let walk = walk_cmd(&other, &auth, &pair.target, &context, [oid!(1.3)]);
    pair.manager.succeed(walk.collect());
    assert_eq!(pair.manager.engine.statistics().requests, before);
}

fn is_cancelled<T>(outcome: &Result<T, SnmpError>) -> bool {
    matches!(outcome, Err(SnmpError::Interrupt(Interrupt::Cancelled)))
}

#[test]
fn a_walk_cancelled_from_its_own_callback_asks_no_more() {
    let mut pair = Pair::new(agent::tree());
    for repetitions in WAYS {
        let seen = Rc::new(Cell::new(0));
        let counter = Rc::clone(&seen);
        let cancel = Rc::new(RefCell::new(None::<CancelHandle>));
        let own = Rc::clone(&cancel);
        let walk = pair.walk(&v2c(), repetitions, [oid!(1.3)]);
        let deferred = walk.for_each(move |_| {
            counter.set(counter.get() + 1);
            if counter.get() == 3 {
                own.borrow().as_ref().expect("set before").cancel();
            }
        });
        *cancel.borrow_mut() = Some(deferred.cancel_handle());
        let outcome = pair.manager.settle(deferred);
        assert!(is_cancelled(&outcome), "{outcome:?}");
        no_more_is_sent(&mut pair);
        assert_eq!(
            seen.get(),
            3,
            "{repetitions:?}: rows after the cancellation"
        );
    }
}

#[test]
fn a_walk_cancelled_between_two_answers_asks_no_more() {
    let mut pair = Pair::new(agent::tree());
    let seen = Rc::new(Cell::new(0));
    let counter = Rc::clone(&seen);
    let walk = pair.walk(&v2c(), None, [oid!(1.3)]);
    let deferred = walk.for_each(move |_| counter.set(counter.get() + 1));
    let reached = Rc::clone(&seen);
    turn_until(&mut pair.manager.reactor, || reached.get() == 4);
    assert!(deferred.cancel());
    let outcome = settle(&mut pair.manager.reactor, deferred);
    assert!(is_cancelled(&outcome), "{outcome:?}");
    no_more_is_sent(&mut pair);
    assert_eq!(seen.get(), 4);
}

#[test]
fn an_agent_that_goes_in_circles_is_found_out() {
    let mut manager = Manager::new();
    let circle = [oid!(1.3.6.1.1), oid!(1.3.6.1.2), oid!(1.3.6.1.3)];
    let peer = raw::listen(&manager.reactor.handle(), move |datagram| {
        let asked = Asked::new(datagram);
        let name = asked.pdu.var_binds.get(0).expect("a name").name;
        let at = circle.iter().position(|c| *c == name);
        let next = &circle[at.map_or(0, |at| (at + 1) % circle.len())];
        let list: VarBindList = [VarBind::new(next, 1)].into_iter().collect();
        vec![asked.answer(|pdu| pdu.var_binds = list)]
    });
    let (auth, context) = (v2c(), ContextData::default());
    let walk = |manager: &Manager| {
        walk_cmd(
            &manager.engine,
            &auth,
            &UdpTransportTarget::from(peer),
            &context,
            ["1.3"],
        )
    };

    let rows = Rc::new(Cell::new(0));
    let counter = Rc::clone(&rows);
    let deferred = walk(&manager).for_each(move |_| counter.set(counter.get() + 1));
    let error = manager.settle(deferred).expect_err("a circle");
    assert_eq!(rows.get(), 3, "the rows before the fault are handed out");
    let text = "OIDs are not increasing: 1.3.6.1.1 follows 1.3.6.1.3";
    assert_eq!(error.to_string(), text);

    let bounded = walk(&manager).ignore_non_increasing_oid(true).max_rows(10);
    assert_eq!(manager.succeed(bounded.collect()).len(), 10);
}

#[test]
fn a_walk_fails_with_what_the_agent_reports() {
    let mut manager = Manager::new();
    let answers = Rc::new(Cell::new(0));
    let count = Rc::clone(&answers);
    let peer = raw::listen(&manager.reactor.handle(), move |datagram| {
        count.set(count.get() + 1);
        let failing = count.get() == 3;
        let number = count.get();
        vec![Asked::new(datagram).answer(|pdu| {
            if failing {
                (pdu.error_status, pdu.error_index) = (ErrorStatus::GEN_ERR, 1);
            } else {
                let name = oid!(1.3.6.1).child(number).expect("a short name");
                pdu.var_binds = [VarBind::new(name, 1)].into_iter().collect();
            }
        })]
    });
    let (auth, context) = (v2c(), ContextData::default());
    let walk = walk_cmd(
        &manager.engine,
        &auth,
        &UdpTransportTarget::from(peer),
        &context,
        ["1.3.6.1"],
    );
    let error = manager.settle(walk.collect()).expect_err("genErr");
    assert_eq!(error.to_string(), "genErr at SNMPv2-SMI::mgmt (index 1)");
    assert_eq!(answers.get(), 3);
}

#[test]
fn a_walk_that_is_not_answered_times_out_and_a_bad_name_is_an_error_at_once() {
    let mut manager = Manager::new();
    let peer = raw::listen(&manager.reactor.handle(), |_| Vec::new());
    let target = UdpTransportTarget::from(peer)
        .timeout(Duration::from_millis(20))
        .retries(1);
    let (auth, context) = (v2c(), ContextData::default());
    let walk = walk_cmd(&manager.engine, &auth, &target, &context, ["1.3.6.1"]);
    let error = manager.settle(walk.collect()).expect_err("no answer");
    assert!(error.is_timeout(), "{error}");

    let walk = walk_cmd(&manager.engine, &auth, &target, &context, ["1.3.x"]);
    let deferred = walk.collect();
    assert!(deferred.is_fired(), "without a turn of the reactor");
    let error = manager.settle(deferred).expect_err("a bad name");
    assert!(error.to_string().contains("1.3.x"), "{error}");
    assert_eq!(manager.engine.statistics().requests, 1);
}

#[test]
fn rows_that_no_answer_to_get_bulk_has_room_for_are_walked_all_the_same() {
    // A row of 4,000 octets, and one object of 2,000 among short ones.
    let mut tree = agent::tree();
    let mut table = Table::new((1..=40).map(Column::new));
    for row in 1..=3 {
        table.insert(&[row], (1..=40).map(|column| (column, "x".repeat(90))));
    }
    tree.register(oid!(1.3.6.1.4.1.99999.8.1), table)
        .expect("free");
    let long = Scalar::constant(vec![b'x'; 2_000]);
    tree.register(oid!(1.3.6.1.4.1.99999.1.99), long)
        .expect("free");
    let mut pair = Pair::new(tree);
    let everything = pair.walk(&v2c(), None, [oid!(1.3)]);
    let everything = pair.collect(everything);
    let columns = || (1..=40).map(|n| oid!(1.3.6.1.4.1.99999.8.1).child(n).expect("short"));
    for repetitions in WAYS {
        let walk = pair.walk(&v2c(), repetitions, [oid!(1.3)]);
        assert_eq!(pair.collect(walk), everything, "{repetitions:?}");
        let walk = pair.walk(&v2c(), repetitions, columns());
        let rows = pair.collect(walk.lexicographic_mode(false));
        assert_eq!(rows.len(), 3, "{repetitions:?}");
        for (row, cells) in (1..).zip(rows) {
            let names: Vec<_> = cells.into_iter().map(|cell| cell.name).collect();
            let expected = columns().map(|column| column.child(row).expect("short"));
            assert!(names.into_iter().eq(expected));
        }
    }
}

#[test]
fn a_row_that_fits_nowhere_ends_the_walk_with_the_size() {
    let mut manager = Manager::new();
    let answers = Rc::new(Cell::new(0));
    let count = Rc::clone(&answers);
    let peer = raw::listen(&manager.reactor.handle(), move |datagram| {
        count.set(count.get() + 1);
        let refusal = |pdu: &mut Pdu| {
            pdu.error_status = ErrorStatus::TOO_BIG;
            pdu.var_binds.clear();
        };
        vec![Asked::new(datagram).answer(refusal)]
    });
    let config = EngineConfig::default().max_message_size(1_200);
    manager.engine = SnmpEngine::with_config(&manager.reactor.handle(), config);
    let (auth, context) = (v2c(), ContextData::default());
    let (engine, target) = (&manager.engine, UdpTransportTarget::from(peer));
    let walk = bulk_walk_cmd(engine, &auth, &target, &context, 10, ["1.3.6.1"]);
    let error = manager.settle(walk.collect()).expect_err("no room");
    assert!(
        matches!(&error, SnmpError::TooBig { asked, limit: 1_200 } if *asked == [oid!(1.3.6.1)]),
        "{error:?}"
    );
    assert_eq!(
        error.to_string(),
        "tooBig: what follows 1.3.6.1 does not fit into one message of the agent; \
         up to 1200 octets are taken"
    );
    // With 10, 5, 2 and 1 repetitions, and with GETNEXT.
    assert_eq!(answers.get(), 5);
}

/// An agent with the variables 1.3.6.1.1 to 1.3.6.1.60, which leaves requests of more than `most` repetitions unanswered
/// (0: all of them), and what it was asked: the repetitions of a GETBULK, or 0.
fn silent_beyond(manager: &Manager, most: u32) -> (UdpTransportTarget, Rc<RefCell<Vec<u32>>>) {
    let requests = Rc::new(RefCell::new(Vec::new()));
    let noted = Rc::clone(&requests);
    let peer = raw::listen(&manager.reactor.handle(), move |datagram| {
        let asked = Asked::new(datagram);
        let repetitions = asked.pdu.bulk().map_or(0, |bulk| bulk.max_repetitions);
        noted.borrow_mut().push(repetitions);
        if repetitions.max(1) > most {
            return Vec::new();
        }
        let name = asked.pdu.var_binds.get(0).expect("a name").name;
        let last = name.arcs().nth(4).unwrap_or(0);
        let rows = (last + 1..=60).take(repetitions.max(1) as usize);
        let mut rows: Vec<_> = rows
            .map(|row| VarBind::new(oid!(1.3.6.1).child(row).expect("short"), row as i32))
            .collect();
        if rows.is_empty() {
            rows.push(VarBind::new(
                ObjectIdentifier::from(name),
                Value::EndOfMibView,
            ));
        }
        vec![asked.answer(|pdu| pdu.var_binds = rows.into_iter().collect())]
    });
    let target = UdpTransportTarget::from(peer)
        .timeout(Duration::from_millis(400))
        .retries(0);
    (target, requests)
}

#[test]
fn a_walk_whose_answers_do_not_come_asks_for_less_and_goes_on() {
    let mut manager = Manager::new();
    let (target, requests) = silent_beyond(&manager, 10);
    let (auth, context) = (v2c(), ContextData::default());
    let engine = manager.engine.clone();
    let walk = bulk_walk_cmd(&engine, &auth, &target, &context, 40, ["1.3.6.1"]);
    let rows = manager.succeed(walk.collect());
    let numbers: Vec<_> = rows.into_iter().map(|row| row[0].value.clone()).collect();
    assert_eq!(numbers, (1..=60).map(Value::from).collect::<Vec<_>>());
    let asked = requests.borrow();
    assert_eq!(asked[..3], [40, 1, 10]);
    let unanswered = asked.iter().filter(|&&repetitions| repetitions > 10);
    assert!(unanswered.count() <= 2, "{asked:?}");
}

#[test]
fn a_walk_gives_up_when_one_repetition_is_not_answered_either() {
    let mut manager = Manager::new();
    let (auth, context) = (v2c(), ContextData::default());
    let engine = manager.engine.clone();
    for (repetitions, expected) in [(Some(40), &[40, 1][..]), (Some(1), &[1]), (None, &[0])] {
        let (target, requests) = silent_beyond(&manager, 0);
        let walk = match repetitions {
            None => walk_cmd(&engine, &auth, &target, &context, ["1.3"]),
            Some(n) => bulk_walk_cmd(&engine, &auth, &target, &context, n, ["1.3"]),
        };
        let error = manager.settle(walk.collect()).expect_err("no answer");
        assert!(error.is_timeout(), "{error}");
        assert_eq!(*requests.borrow(), expected, "{repetitions:?}");
    }
}

#[test]
fn arcs_at_the_top_are_asked_for_what_follows_n_0() {
    let mut pair = Pair::new(agent::tree());
    let everything = agent::variables();
    let roots = [
        ObjectType::new("1"),
        ObjectType::new(".1"),
        ObjectType::new("."),
        ObjectType::new("iso"),
        ObjectType::new(".iso"),
        ObjectType::new("SNMPv2-SMI::iso"),
        ObjectType::new([1]),
        ObjectType::symbol("SNMPv2-SMI", "iso", ()),
        ObjectType::symbol("", "iso", ()),
    ];
    for root in roots {
        for repetitions in [None, Some(7)] {
            let walk = pair.walk(&v2c(), repetitions, [root.clone()]);
            let rows = pair.collect(walk.lexicographic_mode(false));
            let found: Vec<_> = rows.into_iter().flatten().collect();
            assert_eq!(found, everything, "{root:?}");
        }
        let first = pair.next(&v2c(), [root.clone()]).expect("an answer");
        assert_eq!(first.iter().next().expect("one").to_owned(), everything[0]);
        let first = pair
            .bulk(&v2c(), (0, 1), [root.clone()])
            .expect("an answer");
        assert_eq!(first.iter().next().expect("one").to_owned(), everything[0]);
        // They have no encoding: what is to be read or written has to be named.
        let error = pair.get(&v2c(), [root]).expect_err("no name").to_string();
        let known = ["at least two arcs", "unknown", "no symbol"];
        assert!(known.iter().any(|words| error.contains(words)), "{error}");
    }
    for root in ["0", "ccitt", "2", ".2", "joint-iso-ccitt"] {
        let walk = pair.walk(&v2c(), Some(7), [root]).lexicographic_mode(false);
        assert!(pair.collect(walk).is_empty(), "{root}");
    }
    for root in ["3", "1.", "", "..", "isо"] {
        let walk = pair.walk(&v2c(), None, [root]);
        let error = pair.manager.settle(walk.collect()).expect_err("no root");
        assert!(error.to_string().contains(root), "{error}");
    }
}

#[test]
fn a_column_that_stands_still_is_told_when_the_others_have_been_walked() {
    let mut manager = Manager::new();
    let peer = raw::listen(&manager.reactor.handle(), |datagram| {
        let asked = Asked::new(datagram);
        let mut answer = VarBindList::new();
        for name in asked.pdu.var_binds.iter().map(|v| v.name) {
            let (column, row) = (name.arcs().nth(3), name.arcs().nth(4).unwrap_or(0));
            let column = oid!(1.3.6).child(column.expect("a column")).expect("short");
            let stands_still = column == oid!(1.3.6.2);
            let row = if stands_still { 1 } else { row + 1 };
            let next = column.child(row).expect("short");
            match row {
                ..=3 => answer.push(next.as_ref(), Value::from(row as i32).as_ref()),
                _ => answer.push(name, Value::EndOfMibView.as_ref()),
            }
        }
        vec![asked.answer(|pdu| pdu.var_binds = answer)]
    });
    let (auth, context) = (v2c(), ContextData::default());
    let engine = manager.engine.clone();
    let walk = walk_cmd(
        &engine,
        &auth,
        &UdpTransportTarget::from(peer),
        &context,
        ["1.3.6.1", "1.3.6.2"],
    );
    let rows = Rc::new(RefCell::new(Vec::new()));
    let filling = Rc::clone(&rows);
    let deferred = walk.for_each(move |row| {
        let values = row.iter().map(|v| v.to_owned().value);
        filling.borrow_mut().push(values.collect::<Vec<_>>());
    });
    let error = manager.settle(deferred).expect_err("it stands still");
    let text = "OIDs are not increasing: 1.3.6.2.1 follows 1.3.6.2.1";
    assert_eq!(error.to_string(), text);
    let end = Value::EndOfMibView;
    let expected = [
        [Value::from(1), Value::from(1)],
        [Value::from(2), end.clone()],
        [Value::from(3), end],
    ];
    assert_eq!(*rows.borrow(), expected);
}

#[test]
fn a_first_row_that_is_cut_is_walked_on() {
    // Three rows of five columns, of which three bindings fit into any answer.
    let mut manager = Manager::new();
    let columns = (1..=5).map(|n| oid!(1.3.6.1).child(n).expect("short"));
    let columns: Vec<_> = columns.collect();
    let peer = raw::listen(&manager.reactor.handle(), |datagram| {
        let asked = Asked::new(datagram);
        let mut answer = VarBindList::new();
        for name in asked.pdu.var_binds.iter().map(|v| v.name).take(3) {
            let row = name.arcs().nth(5).unwrap_or(0) + 1;
            let column = name.arcs().nth(4).expect("a column");
            let next = match row {
                ..=3 => oid!(1.3.6.1).extend([column, row]),
                _ => oid!(1.3.6.1).extend([column + 1, 1]),
            };
            answer.push(next.expect("short").as_ref(), Value::from(1).as_ref());
        }
        vec![asked.answer(|pdu| pdu.var_binds = answer)]
    });
    let (auth, context) = (v2c(), ContextData::default());
    let engine = manager.engine.clone();
    let target = UdpTransportTarget::from(peer);
    for walk in [
        bulk_walk_cmd(&engine, &auth, &target, &context, 10, &columns),
        walk_cmd(&engine, &auth, &target, &context, &columns),
    ] {
        let rows = manager.succeed(walk.lexicographic_mode(false).collect());
        assert_eq!(rows.len(), 3);
        for (row, cells) in (1..).zip(rows) {
            let names: Vec<_> = cells.into_iter().map(|cell| cell.name).collect();
            let expected = columns
                .iter()
                .map(|column| column.child(row).expect("short"));
            assert!(names.into_iter().eq(expected));
        }
    }
}
