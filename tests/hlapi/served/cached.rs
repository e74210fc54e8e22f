//! Tables whose rows are loaded and kept for a time.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::access::{SubtreeAccess, Views};
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::deferred::{Deferred, Failure, Resolver};
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::{Asker, Column, ManagedObject, MibTree, ReadError, Scalar, Table};
use deferred_snmp::smi::ValueRef;

use super::by_deferred::{about, leaving};
use super::{Rig, after, at, millis, object, told};

/// A row, which cannot be copied, and tells which load it is of.
struct Row(i32);

type Loaded = BTreeMap<u32, Row>;

fn rows_of(load: i32, count: u32) -> Loaded {
    (1..=count).map(|index| (index, Row(load))).collect()
}

/// How often there has been a load, and what has become of them.
#[derive(Clone, Default)]
struct Loads {
    begun: Rc<Cell<i32>>,
    cancelled: Rc<Cell<i32>>,
    /// Of loads that the test ends.
    resolvers: Rc<RefCell<Vec<Resolver<Loaded>>>>,
}

impl Loads {
    fn next(&self) -> i32 {
        self.begun.set(self.begun.get() + 1);
        self.begun.get()
    }

    /// Ends the oldest load under way.
    fn end(&self, result: Result<Loaded, Failure>) {
        let resolver = self.resolvers.borrow_mut().remove(0);
        resolver.resolve(result);
    }
}

/// Rows that are there at once.
fn at_once(period: u64, count: u32) -> (Cached<Loaded>, Loads) {
    let loads = Loads::default();
    let loading = loads.clone();
    let cached = Cached::new(millis(period), move || rows_of(loading.next(), count));
    (cached, loads)
}

/// Rows that take their time.
fn slow(rig: &Rig, period: u64, delay: u64, count: u32) -> (Cached<Loaded>, Loads) {
    let (loads, reactor) = (Loads::default(), rig.reactor());
    let loading = loads.clone();
    let cached = Cached::new(millis(period), move || {
        let load = loading.next();
        after(&reactor, delay, ()).map(move |()| rows_of(load, count))
    });
    (cached, loads)
}

/// Rows that are there when the test says so.
fn held(period: u64) -> (Cached<Loaded>, Loads) {
    let loads = Loads::default();
    let loading = loads.clone();
    let cached = Cached::new(millis(period), move || {
        loading.next();
        let cancelled = Rc::clone(&loading.cancelled);
        let (resolver, deferred) = Deferred::with_canceller(move || {
            cancelled.set(cancelled.get() + 1);
            None
        });
        loading.resolvers.borrow_mut().push(resolver);
        deferred
    });
    (cached, loads)
}

/// Which load a row is of, in column 1.
fn table(cached: &Cached<Loaded>) -> Rows<Loaded> {
    Rows::cached(cached.clone()).column(1, |row| row.0)
}

fn cell(number: u32, index: u32) -> ObjectIdentifier {
    object(number).extend([1, index]).expect("a name")
}

impl Rig {
    fn table(&self, number: u32, cached: &Cached<Loaded>) {
        let registered = self.responder.register(object(number), table(cached));
        registered.expect("free");
    }

    fn cells(&self, cells: &[(u32, u32)]) -> Deferred<String> {
        told(self.manager.get(cells.iter().map(|it| cell(it.0, it.1))))
    }

    /// What a GET of a cell of the table at 5 comes to.
    fn cell(&mut self, index: u32) -> (String, u128) {
        let asked = self.cells(&[(5, index)]);
        self.wait(asked)
    }
}

#[test]
fn sixty_four_requests_wait_for_one_load() {
    let mut rig = Rig::new();
    let (cached, loads) = slow(&rig, 10_000, 500, 9);
    rig.table(5, &cached);
    rig.run(1_000);
    assert_eq!(loads.begun.get(), 0, "nobody has asked");
    let mut waiting = vec![rig.cells(&[(5, 3)])];
    for _ in 0..7 {
        waiting.push(rig.cells(&[
            (5, 1),
            (5, 2),
            (5, 3),
            (5, 4),
            (5, 5),
            (5, 6),
            (5, 7),
            (5, 8),
        ]));
    }
    for _ in 0..7 {
        waiting.push(told(rig.manager.next([object(5)])));
    }
    rig.run(100);
    assert_eq!(loads.begun.get(), 1);
    // As many answers as an object may owe.
    assert_eq!(rig.cell(1), at("genErr 1", 0));
    assert_eq!(rig.get(&[1]), at("at once", 0));
    let all: Vec<_> = waiting.into_iter().map(|it| rig.wait(it)).collect();
    assert_eq!(all[0], at("1", 400));
    assert_eq!(all[1], at("1, 1, 1, 1, 1, 1, 1, 1", 0));
    assert!(all[8..].iter().all(|it| it.0 == "1"), "{all:?}");
    assert_eq!(rig.cell(9), at("1", 0));
    rig.run(9_899);
    assert_eq!(rig.cell(9), at("1", 0));
    rig.run(101);
    assert_eq!(rig.cell(9), at("2", 500));
    assert_eq!(loads.begun.get(), 2);
    assert_eq!(rig.responder.responder().waiting(), 0);
}

#[test]
fn a_hundred_thousand_rows_are_walked_with_one_load() {
    let mut rig = Rig::new();
    let (cached, loads) = at_once(60_000, 100_000);
    rig.table(5, &cached);
    let walk = rig.manager.bulk_walk(100, [object(5)]).collect();
    let found = rig.simulation.block_on(walk).expect("the rows");
    assert_eq!(found.len(), 100_000);
    assert_eq!(loads.begun.get(), 1);
}

#[test]
fn loads_by_result_and_in_other_forms() {
    let mut rig = Rig::new();
    let fails = Rc::new(Cell::new(true));
    let failing = Rc::clone(&fails);
    let by_result = Cached::new(millis(100), move || match failing.get() {
        true => Err(std::io::Error::other("no such daemon")),
        false => Ok(vec![Row(7), Row(8)]),
    });
    let rows = Rows::cached(by_result)
        .column(Column::new(1), |row| row.0)
        .octets(2, |_| "octets")
        .column(Column::new(3).dynamic(|index| index[0] as i32 * 10), |_| 0)
        .writable(4, |row| row.0, |_, _| Ok(()));
    rig.responder.register(object(5), rows).expect("free");
    leaving(&about(5, ": no such daemon"), || {
        assert_eq!(rig.cell(2), at("genErr 1", 0));
    });
    fails.set(false);
    rig.run(999);
    assert_eq!(rig.cell(2), at("genErr 1", 0));
    rig.run(1);
    let names = [1, 2, 3, 4].map(|column| object(5).extend([column, 2]).expect("a name"));
    let asked = told(rig.manager.get(names));
    assert_eq!(rig.wait(asked), at("8, octets, 20, 8", 0));
    let missing = [[1, 3], [9, 1]].map(|it| object(5).extend(it).expect("a name"));
    let asked = rig.manager.get(missing);
    let response = rig.simulation.block_on(asked).expect("an answer");
    let values: Vec<_> = response.var_binds().iter().map(|it| it.value).collect();
    assert_eq!(values, [ValueRef::NoSuchInstance, ValueRef::NoSuchObject]);
    for column in [1, 3, 4] {
        let name = object(5).extend([column, 2]).expect("a name");
        let set = told(rig.manager.set([(name, 1)]));
        assert_eq!(rig.wait(set), at("notWritable 1", 0));
    }
}

#[test]
fn a_load_that_fails_is_generr_for_all_who_wait_and_is_not_tried_again_for_a_second() {
    let mut rig = Rig::new();
    let (cached, loads) = held(60_000);
    rig.table(5, &cached);
    let first = rig.cells(&[(5, 1), (5, 2)]);
    let second = told(rig.manager.next([object(5)]));
    rig.run(100);
    // One record for all.
    leaving(&about(5, ": no rows today"), || {
        loads.end(Err(Failure::message("no rows today")));
    });
    assert_eq!(rig.wait(first), at("genErr 1", 0));
    assert_eq!(rig.wait(second), at("genErr 1", 0));
    rig.run(999);
    assert_eq!(rig.cell(1), at("genErr 1", 0));
    assert_eq!(loads.begun.get(), 1);
    rig.run(1);
    let asked = rig.cells(&[(5, 1)]);
    rig.run(10);
    assert_eq!(loads.begun.get(), 2);
    loads.end(Ok(rows_of(2, 1)));
    assert_eq!(rig.wait(asked), at("2", 0));
    // It is tried at once after a flush.
    cached.flush();
    let asked = rig.cells(&[(5, 1)]);
    rig.run(10);
    loads.end(Err(Failure::message("none now")));
    assert_eq!(rig.wait(asked), at("genErr 1", 0));
    cached.flush();
    let asked = rig.cells(&[(5, 1)]);
    rig.run(10);
    loads.end(Ok(rows_of(4, 1)));
    assert_eq!(rig.wait(asked), at("4", 0));
}

#[test]
fn loads_that_panic_or_are_dropped() {
    let mut rig = Rig::new();
    let panics = Rc::new(Cell::new(true));
    let panicking = Rc::clone(&panics);
    let cached = Cached::new(millis(100), move || {
        assert!(!panicking.get(), "a load that fails");
        rows_of(1, 1)
    });
    rig.table(5, &cached);
    leaving(&about(5, ": panicked: a load that fails"), || {
        assert_eq!(rig.cell(1), at("genErr 1", 0));
    });
    panics.set(false);
    rig.run(1_000);
    assert_eq!(rig.cell(1), at("1", 0));

    let (cached, loads) = held(100);
    rig.table(6, &cached);
    let asked = rig.cells(&[(6, 1)]);
    rig.run(100);
    drop(loads.resolvers.take());
    assert_eq!(rig.wait(asked), at("genErr 1", 0));
    rig.run(1_000);
    let asked = rig.cells(&[(6, 1)]);
    rig.run(1);
    loads.end(Ok(rows_of(2, 1)));
    assert_eq!(rig.wait(asked), at("2", 0));
}

#[test]
fn a_load_goes_on_when_nobody_waits_any_more() {
    let mut rig = Rig::new();
    let (cached, loads) = held(60_000);
    rig.table(5, &cached);
    for _ in 0..200 {
        assert_eq!(rig.cell(1), at("genErr 1", 5_000));
    }
    assert_eq!((loads.begun.get(), loads.cancelled.get()), (1, 0));
    leaving(&[], || loads.end(Ok(rows_of(1, 1))));
    assert_eq!(rig.cell(1), at("1", 0));
    // One that fails leaves a record still.
    cached.flush();
    assert_eq!(rig.cell(1), at("genErr 1", 5_000));
    let record = "error: rows that are served as a table could not be loaded: no rows";
    leaving(&[record.to_owned()], || {
        loads.end(Err(Failure::message("no rows")));
    });
}

#[test]
fn who_asks_after_a_flush_waits_for_the_next_load() {
    let mut rig = Rig::new();
    let (cached, loads) = slow(&rig, 60_000, 300, 2);
    rig.table(5, &cached);
    let before = rig.cells(&[(5, 1)]);
    rig.run(100);
    cached.flush();
    let behind = rig.cells(&[(5, 1), (5, 2)]);
    rig.run(100);
    assert_eq!(loads.begun.get(), 1);
    assert_eq!(rig.wait(before), at("1", 100));
    assert_eq!(rig.wait(behind), at("2, 2", 300));
    assert_eq!(rig.cell(1), at("2", 0));
    // The rows of a load during which they are flushed are for those only who wait for it.
    cached.flush();
    let asked = rig.cells(&[(5, 1)]);
    rig.run(100);
    cached.flush();
    assert_eq!(rig.wait(asked), at("3", 200));
    assert_eq!(rig.cell(1), at("4", 300));
}

#[test]
fn a_load_may_flush_its_own_rows_and_a_period_may_be_zero() {
    let mut rig = Rig::new();
    let slot: Rc<RefCell<Option<Cached<Loaded>>>> = Rc::default();
    let (own, loads) = (Rc::clone(&slot), Loads::default());
    let cached = Cached::new(millis(60_000), move || {
        if let Some(own) = &*own.borrow() {
            own.flush();
        }
        rows_of(loads.next(), 2)
    });
    slot.replace(Some(cached.clone()));
    rig.table(5, &cached);
    let (zero, _) = at_once(0, 2);
    rig.table(6, &zero);
    for load in 1..4 {
        let asked = rig.cells(&[(5, 1), (6, 1), (5, 2), (6, 2)]);
        assert_eq!(
            rig.wait(asked),
            at(&[&load.to_string()[..]; 4].join(", "), 0)
        );
        rig.run(1);
    }
    let (slow, _) = slow(&rig, 0, 100, 2);
    rig.table(7, &slow);
    for load in ["1, 1", "2, 2"] {
        let asked = rig.cells(&[(7, 1), (7, 2)]);
        assert_eq!(rig.wait(asked), at(load, 100));
        rig.run(1);
    }
    slot.take();
}

#[test]
fn tables_share_rows() {
    let mut rig = Rig::new();
    let (cached, loads) = slow(&rig, 100, 50, 2);
    rig.table(5, &cached);
    rig.table(6, &cached);
    let asked = rig.cells(&[(5, 1), (6, 1), (5, 2), (6, 2)]);
    assert_eq!(rig.wait(asked), at("1, 1, 1, 1", 50));
    assert_eq!(loads.begun.get(), 1);
}

/// The values of a GETBULK.
fn bulk(
    rig: &Rig,
    names: impl IntoIterator<Item = ObjectIdentifier>,
    repetitions: u32,
) -> Deferred<Vec<String>> {
    let asked = rig.manager.bulk(0, repetitions, names);
    asked
        .map(|response| response.iter().map(|it| it.text()).collect())
        .map_err(Failure::from)
}

#[test]
fn a_request_that_gives_way_goes_on_with_its_rows() {
    let mut rig = Rig::new();
    let (cached, loads) = at_once(60_000, 100);
    let flushing = cached.clone();
    let reads = Rc::new(Cell::new(0));
    let rows = Rows::cached(cached).column(1, move |row| {
        reads.set(reads.get() + 1);
        if reads.get() == 20 {
            flushing.flush();
        }
        row.0
    });
    rig.responder.register(object(5), rows).expect("free");
    rig.responder.responder().set_slice(10);
    let first = bulk(&rig, [object(5)], 60);
    let second = rig.cells(&[(5, 1)]);
    let third = bulk(&rig, [object(5)], 60);
    let (first, _) = rig.wait(first);
    assert_eq!(first, vec!["1"; 60]);
    let (second, _) = rig.wait(second);
    let (third, _) = rig.wait(third);
    // Whichever they have begun with, it is one.
    assert!(
        third == vec!["1"; 60] || third == vec!["2"; 60],
        "{third:?}"
    );
    assert!(["1", "2"].contains(&&second[..]));
    assert_eq!(rig.cell(100), at("2", 0));
    assert_eq!(loads.begun.get(), 2);
}

/// A column of values that take 100 ms each.
fn slow_column(rig: &Rig, number: u32) {
    let mut rows = Table::new([{
        let reactor = rig.reactor();
        Column::new(1).later(move |_, _| after(&reactor, 100, 0))
    }]);
    for index in 1..=3 {
        rows.insert(&[index], [(2, 0)]);
    }
    rig.responder.register(object(number), rows).expect("free");
}

#[test]
fn two_requests_go_by_two_snapshots_at_once() {
    let mut rig = Rig::new();
    let (cached, loads) = at_once(50, 3);
    rig.table(5, &cached);
    slow_column(&rig, 6);
    let first = bulk(&rig, [object(5), object(6)], 3);
    rig.run(60);
    let second = bulk(&rig, [object(5), object(6)], 3);
    assert_eq!(rig.wait(first).0, ["1", "0", "1", "0", "1", "0"]);
    assert_eq!(rig.wait(second).0, ["2", "0", "2", "0", "2", "0"]);
    assert_eq!(loads.begun.get(), 2);
}

#[test]
fn a_request_whose_snapshot_is_too_old_has_no_rows_of_another() {
    let mut rig = Rig::new();
    let (cached, _) = at_once(60_000, 3);
    rig.table(5, &cached);
    slow_column(&rig, 6);
    let begun: Vec<_> = (0..7)
        .map(|_| {
            let begun = bulk(&rig, [object(5), object(6)], 2);
            rig.run(1);
            cached.flush();
            begun
        })
        .collect();
    let ended: Vec<_> = begun.into_iter().map(|it| rig.wait(it).0).collect();
    for (load, values) in (1..).zip(ended) {
        let load = load.to_string();
        // A GETBULK ends before a repetition that fails.
        let repetitions = if ["1", "2"].contains(&&load[..]) {
            1
        } else {
            2
        };
        assert_eq!(values, [&load[..], "0"].repeat(repetitions));
    }
}

#[test]
fn former_snapshots_are_dropped_when_no_request_has_begun_with_them() {
    let mut rig = Rig::new();
    // A clone lies in each row.
    let alive = Rc::new(());
    let row = Rc::clone(&alive);
    let cached = Cached::new(millis(10), move || vec![Rc::clone(&row); 3]);
    let rows = Rows::cached(cached).column(1, |_| 1);
    rig.responder.register(object(5), rows).expect("free");
    slow_column(&rig, 6);
    let snapshots = || (Rc::strong_count(&alive) - 2) / 3;
    let mut waiting = Vec::new();
    for _ in 0..100 {
        waiting.push(bulk(&rig, [object(5), object(6)], 2));
        rig.run(10);
        // The latest, and four before it.
        assert!(snapshots() <= 5, "{}", snapshots());
    }
    for waiting in waiting {
        rig.wait(waiting);
    }
    rig.run(10);
    assert_eq!(rig.cell(1), at("1", 0));
    assert_eq!(snapshots(), 1);
}

#[test]
fn a_table_that_is_removed_while_it_loads() {
    let mut rig = Rig::new();
    let (cached, loads) = held(60_000);
    rig.table(5, &cached);
    let get = rig.cells(&[(5, 1), (5, 2)]);
    rig.register(8, Scalar::constant("behind"));
    let next = told(rig.manager.next([object(5)]));
    rig.run(10);
    assert!(rig.responder.unregister(&object(5)));
    rig.run(10);
    loads.end(Ok(rows_of(1, 2)));
    let none = "No Such Object currently exists at this OID";
    assert_eq!(rig.wait(get), at(&format!("{none}, {none}"), 0));
    assert_eq!(rig.wait(next), at("behind", 0));
    // Nobody has the rows any more: there is no use in loading them.
    rig.table(5, &cached);
    cached.flush();
    let get = rig.cells(&[(5, 1)]);
    rig.run(10);
    drop(cached);
    rig.responder.unregister(&object(5));
    assert_eq!(loads.cancelled.get(), 1);
    assert_eq!(rig.wait(get), at("genErr 1", 0));
}

#[test]
fn an_engine_that_is_closed_while_rows_are_loaded() {
    let mut rig = Rig::new();
    let (cached, loads) = held(60_000);
    rig.table(5, &cached);
    let quick = rig.manager.clone().timeout(millis(200));
    let get = told(quick.get([cell(5, 1)]));
    rig.run(10);
    leaving(&[], || {
        rig.agent.close();
        rig.run(10);
    });
    assert_eq!(rig.responder.responder().waiting(), 0);
    loads.end(Ok(rows_of(1, 1)));
    drop(get);
}

#[test]
fn a_view_that_leads_to_a_cell_waits_for_it_as_well() {
    let mut rig = Rig::new();
    let (cached, loads) = slow(&rig, 60_000, 200, 3);
    rig.table(5, &cached);
    let views = Views::new().read(cell(5, 2)).read(cell(5, 9));
    let mut access = SubtreeAccess::new();
    access.set("somebody", views);
    rig.responder.set_access(access);
    let next = told(rig.manager.next([object(1)]));
    assert_eq!(rig.wait(next), at("1", 200));
    assert_eq!(loads.begun.get(), 1);
    let behind = rig.manager.next([cell(5, 2)]);
    let response = rig.simulation.block_on(behind).expect("an answer");
    let values: Vec<_> = response.var_binds().iter().map(|it| it.value).collect();
    assert_eq!(values, [ValueRef::EndOfMibView]);
}

#[test]
fn a_program_without_an_agent_reads_what_is_there() {
    let mut tree = MibTree::new();
    let (now, loads) = at_once(0, 1);
    tree.register(object(5), table(&now)).expect("free");
    for _ in 0..2 {
        let value = tree.get(&cell(5, 1)).expect("a value");
        assert_eq!(value.as_ref(), ValueRef::Integer(1));
    }
    let (name, _) = tree
        .get_next(&object(5))
        .expect("no error")
        .expect("a cell");
    assert_eq!(name, cell(5, 1));
    assert_eq!(loads.begun.get(), 1, "nobody tells the time");
    now.flush();
    let value = tree.get(&cell(5, 1)).expect("a value");
    assert_eq!(value.as_ref(), ValueRef::Integer(2));
    let (later, loads) = held(60_000);
    tree.register(object(6), table(&later)).expect("free");
    assert_eq!(tree.get(&cell(6, 1)).unwrap_err(), ReadError::Failed);
    assert_eq!(tree.get(&cell(6, 1)).unwrap_err(), ReadError::Failed);
    assert_eq!(loads.begun.get(), 1);
    loads.end(Ok(rows_of(1, 1)));
    let value = tree.get(&cell(6, 1)).expect("a value");
    assert_eq!(value.as_ref(), ValueRef::Integer(1));
}

#[test]
fn requests_that_cannot_wait_and_clocks_of_other_programs() {
    let (cached, loads) = at_once(100, 1);
    let mut tree = MibTree::new();
    tree.register(object(5), table(&cached)).expect("free");
    let mut responder = CommandResponder::new(tree, deferred_snmp::access::OpenAccess);
    let start = Rig::new().reactor().now();
    let tree = responder.contexts_mut().get_mut("").expect("there always");
    let rows: &mut Rows<Loaded> = tree.object_mut(&object(5)).expect("it is there");
    let mut load_at = |milliseconds| {
        let asker = Asker::program().at(start + Duration::from_millis(milliseconds));
        match rows.get(&asker, &[1, 1]) {
            Ok(answer) => answer.as_ref().as_i64(),
            Err(_) => None,
        }
    };
    let seen = [0, 99, 100, 199, 150, 200].map(&mut load_at);
    assert_eq!(seen, [1, 1, 2, 2, 2, 3].map(Some));
    assert_eq!(loads.begun.get(), 3);
}
