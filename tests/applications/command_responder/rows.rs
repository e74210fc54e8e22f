//! Rows that a SET changes which takes its time, while the program changes them too.

use deferred_snmp::objects::{ConceptualRow, RowStatus, TableHandle};

use super::served::Served;
use super::transactions::{Log, Slow};
use super::*;

/// Where the table stands, and behind it an object that takes its time.
const TABLE: ObjectIdentifier = oid!(1.3.6.1.4.1.99.1);
const SLOW: ObjectIdentifier = oid!(1.3.6.1.4.1.99.2);
/// Where a table stands that augments the other.
const EXTENSION: ObjectIdentifier = oid!(1.3.6.1.4.1.99.3);

/// A responder with a table of column 2, a text, and the RowStatus 3. Rows 1 and 2 are there, active and not.
struct Scene {
    served: Served,
    /// Of the object that takes its time.
    phases: Log,
    rows: TableHandle,
    told: Rc<RefCell<Vec<String>>>,
}

impl Scene {
    fn new(later: &'static str) -> Self {
        let told: Rc<RefCell<Vec<String>>> = Rc::default();
        let note = |what: &'static str| {
            let told = Rc::clone(&told);
            move |row: &ConceptualRow| told.borrow_mut().push(format!("{what} {}", line(row)))
        };
        let table = Table::new([Column::new(2).writable(), Column::new(3).row_status()])
            .on_activate(note("activated"))
            .on_change(note("changed"))
            .on_deactivate(note("deactivated"))
            .on_destroy(note("destroyed"));
        let rows = table.handle();
        rows.insert(1, [(2, "one")]).expect("a row");
        rows.insert(2, [(2, "two")]).expect("a row");
        rows.set(2, 3, RowStatus::NotInService).expect("a status");
        told.take();
        let phases = Log::default();
        let mut responder = CommandResponder::new(MibTree::new(), OpenAccess);
        register(&mut responder, TABLE, table);
        let slow = Slow {
            name: "B",
            later,
            log: phases.clone(),
        };
        register(&mut responder, SLOW, slow);
        Self {
            served: Served::new(responder),
            phases,
            rows,
            told,
        }
    }

    /// All rows as text.
    fn state(&self) -> String {
        let rows: Vec<String> = self.rows.rows().iter().map(line).collect();
        rows.join(", ")
    }

    fn told(&self) -> Vec<String> {
        self.told.take()
    }

    fn change(&self, change: Change) {
        change(&self.rows);
    }
}

/// `1: one 1`: index, text, status.
fn line(row: &ConceptualRow) -> String {
    let text = row.get(2).map(|value| value.to_string());
    let status = row.status().map_or(0, |status| status as i32);
    format!("{}: {} {status}", row.index()[0], text.unwrap_or_default())
}

const BEFORE: &str = "1: one 1, 2: two 2";

/// What the program does in between.
type Change = fn(&TableHandle);

/// A SET of these cells, and of the other object behind them.
fn set(cells: &[(u32, u32, Value)]) -> Pdu {
    let cells = cells.iter().map(|(column, row, value)| {
        let name = TABLE.extend([*column, *row]).expect("short");
        (name, value.clone())
    });
    let slow = (SLOW.child(0).expect("short"), Value::from(1));
    request(Set, cells.chain([slow]))
}

/// One row changed, one put in service, one created.
fn three() -> Pdu {
    set(&[
        (2, 1, "ONE".into()),
        (3, 2, 1.into()),
        (2, 3, "three".into()),
        (3, 3, 4.into()),
    ])
}

const AFTER: &str = "1: ONE 1, 2: two 1, 3: three 1";
const ALL_TOLD: [&str; 3] = [
    "changed 1: ONE 1",
    "activated 2: two 1",
    "activated 3: three 1",
];

/// Between reserve and commit: what the program does, which binding of the SET cannot be any more, the rows then, and what is
/// told.
#[test]
fn a_set_is_of_the_rows_that_are_there_when_it_is_committed() {
    let cases: [(Change, Option<i32>, &str, &[&str]); 7] = [
        (|_| {}, None, AFTER, &ALL_TOLD),
        (
            |rows| rows.insert(9, [(2, "nine")]).expect("a row"),
            None,
            "1: ONE 1, 2: two 1, 3: three 1, 9: nine 1",
            &[
                "activated 9: nine 1",
                "changed 1: ONE 1",
                "activated 2: two 1",
                "activated 3: three 1",
            ],
        ),
        (
            |rows| assert!(rows.remove(1)),
            Some(1),
            "2: two 2",
            &["deactivated 1: one 1", "destroyed 1: one 1"],
        ),
        (
            |rows| assert!(rows.remove(2)),
            Some(2),
            "1: one 1",
            &["destroyed 2: two 2"],
        ),
        (
            |rows| rows.set(1, 2, "mine").expect("a cell"),
            None,
            AFTER,
            &[
                "changed 1: mine 1",
                "changed 1: ONE 1",
                "activated 2: two 1",
                "activated 3: three 1",
            ],
        ),
        (
            |rows| rows.insert(3, [(2, "mine")]).expect("a row"),
            Some(4),
            "1: one 1, 2: two 2, 3: mine 1",
            &["activated 3: mine 1"],
        ),
        // It is as it was: nothing speaks against it.
        (
            |rows| {
                assert!(rows.remove(1));
                rows.insert(1, [(2, "one")]).expect("a row");
            },
            None,
            AFTER,
            &[
                "deactivated 1: one 1",
                "destroyed 1: one 1",
                "activated 1: one 1",
                "changed 1: ONE 1",
                "activated 2: two 1",
                "activated 3: three 1",
            ],
        ),
    ];
    for (number, (change, blamed, state, told)) in cases.into_iter().enumerate() {
        let mut scene = Scene::new("r");
        let set = three();
        scene.served.waits(&set);
        assert_eq!(scene.state(), BEFORE, "{number}");
        scene.change(change);
        assert!(scene.phases.end(&scene.served, Ok(())));
        let (status, index) = match blamed {
            None => (ErrorStatus::NO_ERROR, 0),
            Some(index) => (ErrorStatus::COMMIT_FAILED, index),
        };
        assert_refused(&set, &scene.served.only(), status, index);
        assert_eq!(scene.state(), state, "{number}");
        assert_eq!(scene.told(), told, "{number}");
        let phases = match blamed {
            None => "rB cB xB",
            Some(_) => "rB xB",
        };
        assert_eq!(scene.phases.take(), phases, "{number}");
    }
}

/// Between commit and the end: requests see the new rows, nothing is told, and what the program does in between stays.
///
/// For each change: the rows and what is told if the SET succeeds; and if it is undone, with whether it could be.
#[test]
fn nothing_is_told_before_a_set_has_ended() {
    type End<'e> = (&'e str, &'e [&'e str]);
    let cases: [(Change, End<'_>, bool, End<'_>); 7] = [
        (|_| {}, (AFTER, &ALL_TOLD), true, (BEFORE, &[])),
        // A row of which the SET knows nothing.
        (
            |rows| rows.insert(9, [(2, "nine")]).expect("a row"),
            (
                "1: ONE 1, 2: two 1, 3: three 1, 9: nine 1",
                &[
                    "activated 9: nine 1",
                    "changed 1: ONE 1",
                    "activated 2: two 1",
                    "activated 3: three 1",
                ],
            ),
            true,
            ("1: one 1, 2: two 2, 9: nine 1", &["activated 9: nine 1"]),
        ),
        // One that the SET puts in service never was.
        (
            |rows| assert!(rows.remove(2)),
            (
                "1: ONE 1, 3: three 1",
                &[
                    "changed 1: ONE 1",
                    "destroyed 2: two 2",
                    "activated 3: three 1",
                ],
            ),
            false,
            ("1: one 1", &["destroyed 2: two 2"]),
        ),
        // One that the SET has created was never there.
        (
            |rows| assert!(rows.remove(3)),
            (
                "1: ONE 1, 2: two 1",
                &["changed 1: ONE 1", "activated 2: two 1"],
            ),
            false,
            (BEFORE, &[]),
        ),
        (
            |rows| rows.set(3, 2, "mine").expect("a cell"),
            (
                "1: ONE 1, 2: two 1, 3: mine 1",
                &[
                    "changed 1: ONE 1",
                    "activated 2: two 1",
                    "activated 3: mine 1",
                ],
            ),
            false,
            ("1: one 1, 2: two 2, 3: mine 1", &["activated 3: mine 1"]),
        ),
        (
            |rows| rows.set(1, 2, "mine").expect("a cell"),
            (
                "1: mine 1, 2: two 1, 3: three 1",
                &[
                    "changed 1: mine 1",
                    "activated 2: two 1",
                    "activated 3: three 1",
                ],
            ),
            false,
            ("1: mine 1, 2: two 2", &["changed 1: mine 1"]),
        ),
        (
            |rows| assert!(rows.remove(1)),
            (
                "2: two 1, 3: three 1",
                &[
                    "deactivated 1: one 1",
                    "destroyed 1: one 1",
                    "activated 2: two 1",
                    "activated 3: three 1",
                ],
            ),
            false,
            ("2: two 2", &["deactivated 1: one 1", "destroyed 1: one 1"]),
        ),
    ];
    for (number, (change, success, is_undone, undone)) in cases.into_iter().enumerate() {
        for (succeeds, (state, told)) in [(true, success), (false, undone)] {
            let what = format!("{number}, {succeeds}");
            let mut scene = Scene::new("c");
            let set = three();
            scene.served.waits(&set);
            assert_eq!(scene.state(), AFTER, "{what}");
            assert_eq!(scene.told(), [""; 0], "{what}");
            let name = TABLE.extend([2, 1]).expect("short");
            let read = scene.served.answer(&named(Get, [name]));
            assert_eq!(lines(&read), ["1.3.6.1.4.1.99.1.2.1 = ONE"]);
            scene.change(change);
            let outcome = match succeeds {
                true => Ok(()),
                false => Err(SetError::GenErr.into()),
            };
            assert!(scene.phases.end(&scene.served, outcome));
            let (status, index) = match (succeeds, is_undone) {
                (true, _) => (ErrorStatus::NO_ERROR, 0),
                (false, true) => (ErrorStatus::COMMIT_FAILED, 5),
                (false, false) => (ErrorStatus::UNDO_FAILED, 0),
            };
            assert_refused(&set, &scene.served.only(), status, index);
            assert_eq!(scene.state(), state, "{what}");
            assert_eq!(scene.told(), told, "{what}");
            // From now on all of it is told at once again.
            scene.rows.insert(5, [(2, "five")]).expect("a row");
            assert_eq!(scene.told(), ["activated 5: five 1"], "{what}");
        }
    }
}

/// A row that the SET destroys, and that the program brings again meanwhile.
#[test]
fn a_row_that_is_destroyed_may_come_again() {
    let destroy = || set(&[(3, 1, 6.into())]);
    for (succeeds, is_back, status, state, told) in [
        (
            true,
            false,
            ErrorStatus::NO_ERROR,
            "2: two 2",
            &["deactivated 1: one 1", "destroyed 1: one 1"][..],
        ),
        (
            true,
            true,
            ErrorStatus::NO_ERROR,
            "1: back 1, 2: two 2",
            &["changed 1: back 1"],
        ),
        (false, false, ErrorStatus::COMMIT_FAILED, BEFORE, &[]),
        (
            false,
            true,
            ErrorStatus::UNDO_FAILED,
            "1: back 1, 2: two 2",
            &["changed 1: back 1"],
        ),
    ] {
        let mut scene = Scene::new("c");
        scene.served.waits(&destroy());
        assert_eq!(scene.state(), "2: two 2");
        if is_back {
            scene.rows.insert(1, [(2, "back")]).expect("a row");
        }
        let outcome = match succeeds {
            true => Ok(()),
            false => Err(SetError::GenErr.into()),
        };
        scene.phases.end(&scene.served, outcome);
        assert_eq!(scene.served.only().error_status, status);
        assert_eq!(scene.state(), state);
        assert_eq!(scene.told(), told);
    }
}

/// The engine ends while a SET is under way: what was committed is taken back, and nothing is told.
#[test]
fn a_set_that_is_abandoned_changes_no_row() {
    for later in ["r", "c"] {
        let mut scene = Scene::new(later);
        scene.served.waits(&three());
        scene.served.responder.abandon(scene.served.now());
        assert_eq!(scene.state(), BEFORE, "{later}");
        assert_eq!(scene.told(), [""; 0], "{later}");
        scene.rows.set(1, 2, "mine").expect("a cell");
        assert_eq!(scene.told(), ["changed 1: mine 1"], "{later}");
    }
}

/// A table with an extension, each row with a text in both, and the object that takes its time.
struct Extended {
    served: Served,
    phases: Log,
    rows: TableHandle,
    more: TableHandle,
}

impl Extended {
    fn new() -> Self {
        let table = Table::new([Column::new(2).writable(), Column::new(3).row_status()]);
        let extension = Column::new(1).writable().default("default");
        let extensions = Table::augmenting(&table.handle()).column(extension);
        let (rows, more) = (table.handle(), extensions.handle());
        let phases = Log::default();
        let mut responder = CommandResponder::new(MibTree::new(), OpenAccess);
        register(&mut responder, TABLE, table);
        register(&mut responder, EXTENSION, extensions);
        let slow = Slow {
            name: "B",
            later: "c",
            log: phases.clone(),
        };
        register(&mut responder, SLOW, slow);
        for (number, text) in [(1, "one"), (2, "two")] {
            rows.insert(number, [(2, text)]).expect("a row");
            more.set(number, 1, text).expect("a cell");
        }
        Self {
            served: Served::new(responder),
            phases,
            rows,
            more,
        }
    }

    /// What the extension of a row has.
    fn cell(&self, number: u32) -> Option<String> {
        Some(self.more.row(number)?.get(1)?.to_string())
    }

    /// What comes of the SET, when the object that takes its time fails.
    fn fail(&self) -> ErrorStatus {
        let failed = Err(SetError::GenErr.into());
        assert!(self.phases.end(&self.served, failed));
        self.served.only().error_status
    }
}

/// A row that comes back brings what augments it, whatever the program has done to others meanwhile.
#[test]
fn what_augments_a_row_is_undone_with_it() {
    let mut it = Extended::new();
    it.served.waits(&set(&[(3, 1, 6.into())]));
    assert_eq!(it.cell(1), None);
    it.rows.insert(9, [(2, "nine")]).expect("a row");
    // This one goes for good: a row of that index is another one.
    assert!(it.rows.remove(2));
    it.rows.insert(2, [(2, "new")]).expect("a row");
    assert_eq!(it.fail(), ErrorStatus::COMMIT_FAILED);
    assert_eq!(it.cell(1).as_deref(), Some("one"));
    assert_eq!(it.cell(2).as_deref(), Some("default"));
    assert_eq!(it.cell(9).as_deref(), Some("default"));
}

/// Without its row there is no extension, though that was changed by the SET which is undone.
#[test]
fn what_augments_a_row_goes_with_it() {
    let extension = |number| EXTENSION.extend([1, number]).expect("short");
    let status = |number| TABLE.extend([3, number]).expect("short");
    let slow = (SLOW.child(0).expect("short"), Value::from(1));
    let mut it = Extended::new();
    it.served
        .waits(&request(Set, [(extension(1), "new".into()), slow.clone()]));
    assert_eq!(it.cell(1).as_deref(), Some("new"));
    assert!(it.rows.remove(1));
    assert_eq!(it.fail(), ErrorStatus::UNDO_FAILED);
    assert_eq!((it.cell(1), it.more.len()), (None, 1));

    // Both in one SET: a new row with its extension, and one that goes behind it.
    for (number, asked, text) in [(3, 4, None), (2, 6, Some("two"))] {
        let mut both = vec![
            (status(number), Value::from(asked)),
            (TABLE.extend([2, number]).expect("short"), "text".into()),
            (extension(number), Value::from("new")),
            slow.clone(),
        ];
        if text.is_some() {
            both.swap(0, 2);
        }
        let mut it = Extended::new();
        it.served.waits(&request(Set, both));
        assert_eq!(it.fail(), ErrorStatus::COMMIT_FAILED, "{number}");
        assert_eq!(it.cell(number).as_deref(), text, "{number}");
        assert_eq!(it.rows.row(number).is_some(), text.is_some(), "{number}");
    }
}
