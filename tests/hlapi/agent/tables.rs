//! Tables and their handles, from inside their own code as well.

use std::cell::RefCell;
use std::rc::Rc;

use deferred_snmp::hlapi::*;
use deferred_snmp::names::{BaseType, Syntax};
use deferred_snmp::objects::{Column, MibTree, RowStatus, SetError, Table, TableHandle};

use super::{Rig, free};

fn cell(column: u32, row: u32) -> ObjectIdentifier {
    free(1).extend([column, row]).expect("short")
}

fn jobs() -> Table {
    Table::new([
        Column::new(2).writable(),
        Column::new(3).writable().default(5),
        Column::new(4).row_status(),
    ])
}

fn create(rig: &mut Rig, row: u32) -> String {
    rig.set([
        (cell(2, row), ObjectValue::from("tar")),
        (cell(4, row), 4.into()),
    ])
}

/// The table goes while its own hook runs, and is dropped when that has returned.
#[test]
fn a_table_that_is_removed_in_each_of_its_hooks() {
    type Hooked = fn(Table, Box<dyn FnMut()>) -> Table;
    let hooks: [(&str, Hooked); 4] = [
        ("activate", |it, mut then| it.on_activate(move |_| then())),
        ("change", |it, mut then| it.on_change(move |_| then())),
        ("deactivate", |it, mut then| {
            it.on_deactivate(move |_| then())
        }),
        ("destroy", |it, mut then| it.on_destroy(move |_| then())),
    ];
    for (name, hook) in hooks {
        let (mut rig, agent) = Rig::open();
        let (reaching, removed) = (agent.clone(), Rc::new(RefCell::new(Vec::new())));
        let noting = Rc::clone(&removed);
        let then = move || noting.borrow_mut().push(reaching.remove(free(1)));
        let rows = agent.table(free(1), hook(jobs(), Box::new(then)));
        let rows = rows.expect("free");
        assert_eq!(create(&mut rig, 1), "tar, 4", "{name}");
        if name != "activate" {
            assert_eq!(rig.set([(cell(3, 1), 7)]), "7", "{name}");
        }
        if matches!(name, "deactivate" | "destroy") {
            assert_eq!(rig.set([(cell(4, 1), 6)]), "6", "{name}");
        }
        assert_eq!(removed.take(), [true], "{name}");
        let gone = "No Such Object currently exists at this OID";
        assert_eq!(rig.get([cell(2, 1)]), gone, "{name}");
        // The place is free, and the rows are as the SET has left them.
        agent.table(free(1), jobs()).expect("free again");
        let expected = usize::from(!matches!(name, "deactivate" | "destroy"));
        assert_eq!(rows.len(), expected, "{name}");
    }
}

/// The SET of a table that goes while it is judged fails, and leaves no row.
#[test]
fn a_table_that_is_removed_while_it_judges() {
    let (mut rig, agent) = Rig::open();
    let reaching = agent.clone();
    let table = jobs().validate(move |_, _| {
        reaching.remove(free(1));
        Ok(())
    });
    let rows = agent.table(free(1), table).expect("free");
    let told = create(&mut rig, 1);
    assert_eq!(told, "commitFailed 1");
    assert!(rows.is_empty(), "{rows:?}");
    let (mut rig, agent) = Rig::open();
    let reaching = agent.clone();
    let column = Column::new(2).writable().validate(move |_, _| {
        reaching.remove(free(1));
        Ok(())
    });
    let table = Table::new([column, Column::new(4).row_status()]);
    let rows = agent.table(free(1), table).expect("free");
    let told = create(&mut rig, 1);
    assert_eq!(told, "notWritable 2");
    assert!(rows.is_empty(), "{rows:?}");
}

/// What a hook does to other rows is done, and so is what it does to its own.
#[test]
fn a_hook_changes_rows_of_its_own_table() {
    let (mut rig, agent) = Rig::open();
    let kept: Rc<RefCell<Option<TableHandle>>> = Rc::default();
    let keeping = Rc::clone(&kept);
    let table = jobs().on_activate(move |row| {
        let rows = keeping.borrow().clone().expect("registered");
        if rows.len() < 3 {
            let next = rows.len() as u32 + 10;
            rows.insert(next, [(2, "copy")]).expect("a row");
            rows.set(row.index().last().copied().expect("an index"), 3, 9)
                .expect("there");
        }
    });
    let rows = agent.table(free(1), table).expect("free");
    kept.replace(Some(rows.clone()));
    assert_eq!(create(&mut rig, 1), "tar, 4");
    assert_eq!(rows.len(), 3);
    assert_eq!(
        rig.get([cell(3, 1), cell(2, 11), cell(2, 12)]),
        "9, copy, copy"
    );
    kept.take();
}

/// A computed cell may ask for others of its table, and change them.
#[test]
fn a_getter_uses_the_handle_of_its_own_table() {
    let (mut rig, agent) = Rig::open();
    let kept: Rc<RefCell<Option<TableHandle>>> = Rc::default();
    let keeping = Rc::clone(&kept);
    let total = Column::new(3).dynamic(move |index| {
        let rows = keeping.borrow().clone().expect("registered");
        let numbers = rows.rows();
        let sum = numbers.iter().filter_map(|row| row.get(2)?.as_i64());
        let sum = sum.sum::<i64>() as i32;
        if rows.len() < 5 {
            rows.insert(rows.len() as u32 + 1, [(2, 1)]).expect("a row");
        }
        if index == [2] {
            assert!(rows.remove(2), "itself");
        }
        sum
    });
    let rows = agent
        .table(free(1), Table::new([Column::new(2), total]))
        .expect("free");
    kept.replace(Some(rows.clone()));
    rows.insert(1, [(2, 1)]).expect("a row");
    rows.insert(2, [(2, 2)]).expect("a row");
    assert_eq!(rig.get([cell(3, 1), cell(3, 1), cell(3, 2)]), "3, 4, 5");
    assert!(rows.row(2).is_none());
    let walk = rig.public().bulk(0, 20, [cell(3, 0)]);
    let asked = super::told(walk);
    rig.wait(asked);
    assert_eq!(rows.len(), 4, "{rows:?}");
    kept.take();
}

/// A table is served where it was put. The same rows in another context are those of another table that is told of them.
#[test]
fn rows_are_reached_by_every_clone_of_the_handle() {
    let (mut rig, agent) = Rig::open();
    let rows = agent.table(free(1), jobs()).expect("free");
    let context = agent.add_context("other", MibTree::new());
    let others = context.table(free(1), jobs()).expect("free");
    let clone = rows.clone();
    clone.insert(1, [(2, "tar")]).expect("a row");
    assert_eq!(rig.get([cell(2, 1)]), "tar");
    assert!(others.is_empty(), "a table of its own");
    drop((rows, clone));
    assert_eq!(rig.get([cell(2, 1)]), "tar");
}

/// Then managers see the status, and cannot make rows.
#[test]
fn a_row_status_that_is_read_only() {
    let (mut rig, agent) = Rig::open();
    let status = Column::new(4).syntax(RowStatus::SYNTAX.clone());
    let table = Table::new([Column::new(2).writable(), status]);
    let rows = agent.table(free(1), table).expect("free");
    rows.insert(1, [(2, "tar")]).expect("a row");
    assert_eq!(rig.set([(cell(4, 1), 6)]), "notWritable 1");
    assert_eq!(rig.set([(cell(4, 2), 4)]), "notWritable 1");
    assert_eq!(rig.set([(cell(2, 1), "cp")]), "cp");
    let told = rig.set([(cell(2, 2), "cp")]);
    assert_eq!(told, "noCreation 1");
    assert_eq!(rows.len(), 1);
}

/// One makes rows; the other is a column like any.
#[test]
fn two_columns_of_the_syntax_row_status() {
    let (mut rig, agent) = Rig::open();
    let table = Table::new([
        Column::new(2).writable(),
        Column::new(4).row_status(),
        Column::new(5).row_status().required(false),
    ]);
    let rows = agent.table(free(1), table).expect("free");
    assert_eq!(create(&mut rig, 1), "tar, 4");
    assert_eq!(rig.get([cell(4, 1)]), "1");
    assert_eq!(rig.set([(cell(4, 1), 6)]), "6");
    assert!(rows.is_empty());
}

#[test]
fn columns_at_both_ends_of_what_there_can_be() {
    let (mut rig, agent) = Rig::open();
    let [first, last] = [0, u32::MAX];
    let table = Table::new([first, last].map(|it| Column::new(it).writable()));
    let rows = agent.table(free(1), table).expect("free");
    for index in [0, u32::MAX] {
        rows.insert(index, [(first, 1), (last, 2)]).expect("a row");
    }
    let names = [
        cell(first, 0),
        cell(first, u32::MAX),
        cell(last, 0),
        cell(last, u32::MAX),
    ];
    assert_eq!(rig.get(names.clone()), "1, 1, 2, 2");
    let walked = rig.public().bulk(0, 10, [free(1)]);
    let response = rig.simulation.block_on(walked).expect("an answer");
    let walked: Vec<_> = response.iter().map(|it| it.name().to_owned()).collect();
    assert_eq!(walked[..4], names);
    assert_eq!(rig.set([(cell(last, u32::MAX), 9)]), "9");
}

/// A name without an index is none of an instance.
#[test]
fn an_index_without_sub_identifiers() {
    let (mut rig, agent) = Rig::open();
    let rows = agent.table(free(1), jobs()).expect("free");
    let error = rows.insert(&[0_u32; 0][..], [(2, "tar")]);
    assert!(error.is_err());
    let column = free(1).child(2).expect("short");
    let none = "No Such Instance currently exists at this OID";
    assert_eq!(rig.get([column.clone()]), none);
    let status = free(1).child(4).expect("short");
    let told = rig.set([(column, ObjectValue::from("tar")), (status, 4.into())]);
    assert_eq!(told, "noCreation 1");
    assert!(rows.is_empty());
}

#[test]
fn a_hook_that_panics_fails_alone() {
    let (mut rig, agent) = Rig::open();
    let table = jobs()
        .on_activate(|_| panic!("asked to fail"))
        .validate(|_, _| Err(SetError::ResourceUnavailable));
    let rows = agent.table(free(1), table).expect("free");
    assert!(create(&mut rig, 1).starts_with("resourceUnavailable"));
    assert!(rows.is_empty());
    let Err(_) = agent.table(free(1), jobs()) else {
        panic!("it is there still");
    };
    assert!(agent.remove(free(1)));
    let table = jobs().on_activate(|_| panic!("asked to fail"));
    let rows = agent.table(free(1), table).expect("free");
    let told = create(&mut rig, 1);
    assert_eq!((told.as_str(), rows.len()), ("tar, 4", 1));
    assert_eq!(rig.get([cell(4, 1)]), "1");
}

/// What is stored at a registration by number has no names to go by.
#[test]
fn a_syntax_of_the_programs_own() {
    let (mut rig, agent) = Rig::open();
    let percent = Syntax::owned(
        "Percent".to_owned(),
        BaseType::Gauge32,
        vec![(0, 100)],
        vec![],
        None,
    );
    let table = Table::new([Column::new(2).syntax(percent).writable()]);
    let rows = agent.table(free(1), table).expect("free");
    rows.insert(1, [(2, 50)]).expect("a row");
    let asked = rig.public().get([cell(2, 1)]);
    let response = rig.simulation.block_on(asked).expect("an answer");
    let value = response.iter().next().expect("one").value().to_owned();
    assert_eq!(value, Gauge32(50).into());
    assert_eq!(rig.set([(cell(2, 1), Gauge32(101))]), "wrongValue 1");
    assert!(rows.insert(2, [(2, 101)]).is_err());
}
