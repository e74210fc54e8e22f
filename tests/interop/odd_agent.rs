//! Net-SNMP's tools against an agent with endless, wrong and changing objects.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use deferred_snmp::access::OpenAccess;
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::deferred::{Deferred, Failure, SharedResolver};
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::{
    Advance, Answer, Asker, Assignments, Column, ManagedObject, MibTree, ProviderTable, ReadError,
    Refused, Scalar, SetError, SetPhase, TableProvider,
};
use deferred_snmp::smi::ValueRef;
use util::agent::Agent;
use util::netsnmp;

use super::later_agent::{AT_ONCE, OBJECTS, is_refused, object, run, values};

/// The name at which an object stands, as the tools print it.
fn root(number: u32) -> String {
    format!("{OBJECTS}.{number}")
}

/// An agent with "at once" as number 1 and what `register` adds.
fn start(
    test: &str,
    register: impl FnOnce(&RegisteredResponder) + Send + 'static,
) -> Option<Agent> {
    netsnmp::peer(test, "snmpget")?;
    Some(Agent::on_thread(move |reactor| {
        let engine = SnmpEngine::new(reactor);
        engine.add_v1_system("somebody", "public");
        let responder = CommandResponder::new(MibTree::new(), OpenAccess);
        let agent = engine.register_responder(responder);
        let agent = agent.expect("the only one");
        let first = Scalar::constant("at once");
        agent.register(object(1), first).expect("free");
        register(&agent);
        let address = "127.0.0.1:0".parse().expect("an address");
        let address = engine.listen_udp(address).expect("a free port");
        (address, Some(engine))
    }))
}

/// Comes to the same instance again and again.
struct Stuck;

impl ManagedObject for Stuck {
    fn get(&mut self, _: &Asker<'_>, _: &[u32]) -> Result<Answer<'_>, ReadError> {
        Ok(Answer::Borrowed(ValueRef::Integer(1)))
    }

    fn advance(&mut self, _: &Asker<'_>, instance: &mut Vec<u32>) -> Advance {
        *instance = vec![0];
        Advance::Found
    }
}

/// Agrees to anything, and cannot take it back.
struct NoWayBack;

impl ManagedObject for NoWayBack {
    fn get(&mut self, _: &Asker<'_>, _: &[u32]) -> Result<Answer<'_>, ReadError> {
        Ok(Answer::Borrowed(ValueRef::Integer(1)))
    }

    fn advance(&mut self, _: &Asker<'_>, _: &mut Vec<u32>) -> Advance {
        Advance::End
    }

    fn check(&mut self, _: &Asker<'_>, _: &[u32], _: ValueRef<'_>) -> Result<(), SetError> {
        Ok(())
    }

    fn commit(&mut self, _: &Asker<'_>, _: Assignments<'_>) -> Result<SetPhase, Refused> {
        Ok(SetPhase::Done)
    }

    fn undo(&mut self, _: &Asker<'_>, _: Assignments<'_>) -> Result<SetPhase, Refused> {
        panic!("no way back")
    }
}

#[test]
fn objects_that_do_wrong_are_errors_of_their_requests() {
    let register = |agent: &RegisteredResponder| {
        agent.register(object(2), Stuck).expect("free");
        agent.register(object(3), NoWayBack).expect("free");
        let fails = Scalar::variable(1).writable(|_| Err(SetError::GenErr));
        agent.register(object(4), fails).expect("free");
    };
    let Some(agent) = start(
        "objects_that_do_wrong_are_errors_of_their_requests",
        register,
    ) else {
        return;
    };
    let address = agent.address.to_string();
    let general = "(genError) A general failure occured";
    let next = run("snmpgetnext", &address, &["#1", "#2"]);
    is_refused(&next, general, 2);
    let walk = run("snmpbulkwalk", &address, &[OBJECTS]);
    is_refused(&walk, general, 2);
    let rows = netsnmp::rows(&walk.stdout);
    assert_eq!(rows.len(), 2, "those before it: {walk:?}");

    let set = run("snmpset", &address, &["#3", "i", "2", "#4", "i", "2"]);
    assert!(!set.success && set.stderr.contains("undoFailed"), "{set:?}");
    assert_eq!(
        values(&run("snmpget", &address, &["#1", "#4"])),
        [AT_ONCE, "1"]
    );
}

const PHANTOMS: u32 = 1_000_000;

/// A million names without a variable, and how many of them have been passed over.
struct Phantoms(Rc<Cell<u32>>);

impl ManagedObject for Phantoms {
    fn get(&mut self, _: &Asker<'_>, _: &[u32]) -> Result<Answer<'_>, ReadError> {
        Err(ReadError::NoSuchInstance)
    }

    fn advance(&mut self, _: &Asker<'_>, instance: &mut Vec<u32>) -> Advance {
        let next = instance.first().map_or(1, |it| it + 1);
        *instance = vec![next];
        self.0.set(next);
        Advance::from(next <= PHANTOMS)
    }
}

#[test]
fn a_million_names_without_a_variable_hold_nobody_up() {
    let register = |agent: &RegisteredResponder| {
        let passed = Rc::new(Cell::new(0));
        let phantoms = Phantoms(Rc::clone(&passed));
        agent.register(object(2), phantoms).expect("free");
        let behind = Scalar::constant("behind");
        agent.register(object(3), behind).expect("free");
        let passed = Scalar::dynamic(move || passed.get() as i32);
        agent.register(object(4), passed).expect("free");
    };
    let test = "a_million_names_without_a_variable_hold_nobody_up";
    let Some(agent) = start(test, register) else {
        return;
    };
    let address = agent.address.to_string();
    const BEHIND: &str = "62 65 68 69 6E 64";
    let beneath = root(2);
    let searches: [(&str, &[&str]); 2] = [
        ("snmpgetnext", &["#1"]),
        ("snmpbulkget", &["-Cr1", &beneath]),
    ];
    for (tool, names) in searches {
        let found = std::thread::scope(|scope| {
            let search = scope.spawn(|| run(tool, &address, names));
            // Somebody else learns from where it has got to that it is not at the end.
            let mut seen = Vec::new();
            while !search.is_finished() {
                seen.extend(values(&run("snmpget", &address, &["#4"])));
            }
            let seen = seen.iter().map(|it| it.parse().expect("a number"));
            let on_its_way = seen.filter(|it| (1..PHANTOMS).contains(it)).count();
            assert!(on_its_way > 1, "{tool}: {on_its_way}");
            search.join().expect("it ran")
        });
        assert_eq!(values(&found), [BEHIND], "{tool}");
    }
    let walk = values(&run("snmpbulkwalk", &address, &[OBJECTS]));
    let passed = (PHANTOMS + 1).to_string();
    let end = netsnmp::END_OF_MIB_VIEW;
    assert_eq!(walk, [AT_ONCE, BEHIND, &passed, end]);
}

/// Rows made when they are asked for: a column that is the index.
pub(super) struct Numbers(pub(super) u32);

impl TableProvider for Numbers {
    type Index = u32;

    fn first_from(&mut self, _: &Asker<'_>, from: &u32) -> Result<Option<u32>, ReadError> {
        Ok(Some(*from).map(|it| it.max(1)).filter(|it| *it <= self.0))
    }

    fn cell(&mut self, _: &Asker<'_>, index: &u32, _: u32) -> Result<Answer<'_>, ReadError> {
        match (1..=self.0).contains(index) {
            true => Ok(Value::from(Gauge32(*index)).into()),
            false => Err(ReadError::NoSuchInstance),
        }
    }
}

#[test]
fn a_hundred_thousand_rows_of_a_provider_are_walked() {
    let register = |agent: &RegisteredResponder| {
        let rows = ProviderTable::new(Numbers(100_000), [2, 3].map(Column::new));
        agent.register(object(6), rows).expect("free");
    };
    let test = "a_hundred_thousand_rows_of_a_provider_are_walked";
    let Some(agent) = start(test, register) else {
        return;
    };
    let (address, column) = (agent.address.to_string(), format!("{}.2", root(6)));
    let walk = run("snmpbulkwalk", &address, &["-Cp", "-Cr50", &column]);
    let printed = walk.stdout.split_once("Variables found: ");
    let (rows, count) = printed.expect("they are counted");
    assert_eq!(count.trim(), "100000");
    let rows = netsnmp::rows(rows).into_iter();
    let found = rows.map(|row| row.value.parse::<u32>().expect("a number"));
    assert!(found.eq(1..=100_000));
}

#[test]
fn all_repetitions_that_can_be_asked_for_of_a_hundred_columns() {
    let register = |agent: &RegisteredResponder| {
        let rows = ProviderTable::new(Numbers(100_000), (1..=100).map(Column::new));
        agent.register(object(6), rows).expect("free");
    };
    let test = "all_repetitions_that_can_be_asked_for_of_a_hundred_columns";
    let Some(agent) = start(test, register) else {
        return;
    };
    let address = agent.address.to_string();
    let columns: Vec<String> = (1..=100).map(|it| format!("{}.{it}", root(6))).collect();
    // The tool has room for no more than 128 names, and asks for as many repetitions as there are.
    let mut words = vec!["-Cn0", "-Cr2147483647"];
    words.extend(columns.iter().map(String::as_str));
    let bulk = run("snmpbulkget", &address, &words);
    let expected = (1..).flat_map(|row| columns.iter().map(move |it| (format!("{it}.{row}"), row)));
    let rows = netsnmp::rows(&bulk.stdout);
    assert!(rows.len() > 50, "what a datagram has room for: {bulk:?}");
    for (row, (oid, value)) in rows.iter().zip(expected) {
        assert_eq!((&row.oid, &row.value), (&oid, &value.to_string()));
    }
    assert_eq!(values(&run("snmpget", &address, &["#1"])), [AT_ONCE]);
}

/// A table of the program's that changes with every cell that is read: rows go and come on both sides of it.
#[test]
fn a_table_that_changes_under_a_walk_is_walked_in_order() {
    let register = |agent: &RegisteredResponder| {
        let numbers: Rc<RefCell<BTreeMap<u32, u32>>> = Rc::default();
        numbers
            .borrow_mut()
            .extend((1..=200).map(|n| (10 * n, 10 * n)));
        let changing = Rc::clone(&numbers);
        let table = Rows::of(numbers).column(2, |number| Gauge32(*number));
        agent.register(object(6), table).expect("free");
        // The program's own work, which goes on whenever somebody reads this.
        let mut turns = 0;
        let work = Scalar::dynamic(move || {
            let mut numbers = changing.borrow_mut();
            for _ in 0..10.min(100 - turns) {
                numbers.remove(&(20 * turns + 10));
                numbers.insert(20 * turns + 5, 20 * turns + 5);
                numbers.insert(turns + 1, turns + 1);
                turns += 1;
            }
            turns as i32
        });
        agent.register(object(7), work).expect("free");
    };
    let test = "a_table_that_changes_under_a_walk_is_walked_in_order";
    let Some(agent) = start(test, register) else {
        return;
    };
    let address = agent.address.to_string();
    let column = format!("{}.2", root(6));
    // Two columns side by side: the second is where the work goes on.
    let mut walked: Vec<u32> = Vec::new();
    let mut at = column.clone();
    loop {
        let both = run("snmpbulkget", &address, &["-Cn1", "-Cr10", &root(7), &at]);
        let rows = netsnmp::rows(&both.stdout);
        let below = rows.iter().filter(|row| row.oid.starts_with(&column));
        let before = walked.len();
        walked.extend(below.map(|row| row.value.parse::<u32>().expect("a number")));
        if walked.len() < before + 10 {
            break;
        }
        at = format!("{column}.{}", walked[walked.len() - 1]);
    }
    assert!(walked.is_sorted_by(|one, next| one < next), "{walked:?}");
    let stayed = walked.iter().copied().filter(|it| it % 20 == 0);
    assert!(stayed.eq((1..=100).map(|n| 20 * n)), "{walked:?}");
    assert!(walked.iter().any(|it| it % 20 == 5), "{walked:?}");
}

/// While a GETBULK waits for an object, that one goes, and others come before and behind it.
#[test]
fn objects_come_and_go_under_a_bulk_request() {
    let register = |agent: &RegisteredResponder| {
        let waiting: Rc<RefCell<Vec<SharedResolver<i32, Failure>>>> = Rc::default();
        let waits = Rc::clone(&waiting);
        let later = Scalar::later(move |_| {
            let (resolver, deferred) = Deferred::pair();
            waits.borrow_mut().push(resolver.into_shared());
            deferred
        });
        agent.register(object(20), later).expect("free");
        for number in [10, 30, 40] {
            let scalar = Scalar::constant(number as i32);
            agent.register(object(number), scalar).expect("free");
        }
        let count = Rc::clone(&waiting);
        let count = Scalar::dynamic(move || count.borrow().len() as i32);
        agent.register(object(50), count).expect("free");
        let responder = agent.clone();
        let changes = Scalar::variable(0).writable(move |_| {
            for number in [10, 20, 30] {
                assert!(responder.unregister(object(number).as_ref()));
            }
            for number in [5, 15, 25] {
                let scalar = Scalar::constant(number as i32);
                responder.register(object(number), scalar).expect("free");
            }
            for resolver in waiting.take() {
                _ = resolver.callback(20);
            }
            Ok(())
        });
        agent.register(object(60), changes).expect("free");
    };
    let Some(agent) = start("objects_come_and_go_under_a_bulk_request", register) else {
        return;
    };
    let address = agent.address.to_string();
    let bulk = std::thread::scope(|scope| {
        let all = root(1);
        let names = ["-Cr5".to_owned(), all];
        let address = &address;
        let bulk = scope.spawn(move || {
            let names = [names[0].as_str(), names[1].as_str()];
            run("snmpbulkget", address, &names)
        });
        let waits = || values(&run("snmpget", address, &["#50"])) == ["1"];
        while !waits() && !bulk.is_finished() {}
        values(&run("snmpset", address, &["#60", "i", "1"]));
        bulk.join().expect("it ran")
    });
    assert_eq!(values(&bulk), [AT_ONCE, "10", "20", "25", "40"]);
}
