//! Rows that managers begin and do not finish: RFC 2579, RowStatus.

use std::time::{Duration, Instant};

use deferred_snmp::objects::{
    Asker, Assignment, Assignments, Column, ManagedObject, Table, TableHandle,
};
use deferred_snmp::smi::ValueRef;

const MINUTE: Duration = Duration::from_secs(60);

/// A table, and the time.
struct Bench {
    table: Table,
    rows: TableHandle,
    now: Instant,
}

impl Bench {
    #[expect(clippy::disallowed_methods, reason = "any time will do")]
    fn new(table: Table) -> Self {
        Self {
            rows: table.handle(),
            table,
            now: Instant::now(),
        }
    }

    /// Sets one cell, all phases.
    fn set(&mut self, column: u32, row: u32, value: i32) {
        self.run(column, row, value, false);
    }

    /// The same, and it is undone, since another object of the SET has failed.
    fn set_in_vain(&mut self, column: u32, row: u32, value: i32) {
        self.run(column, row, value, true);
    }

    fn run(&mut self, column: u32, row: u32, value: i32, is_undone: bool) {
        let asker = Asker::program().at(self.now);
        let (instance, value) = ([column, row], ValueRef::Integer(value));
        let assignments = [Assignment::new(&instance, value)];
        let assignments = Assignments::from(&assignments);
        self.table.check(&asker, &instance, value).expect("fits");
        self.table.reserve(&asker, assignments).expect("free");
        self.table.commit(&asker, assignments).expect("done");
        if is_undone {
            self.table.undo(&asker, assignments).expect("undone");
        }
        self.table.cleanup(assignments);
    }

    fn wait(&mut self, duration: Duration) {
        self.now += duration;
        let asker = Asker::program().at(self.now);
        // Whatever is asked.
        let _ = self.table.get(&asker, &[2, 1]).is_ok();
    }

    fn rows(&self) -> Vec<u32> {
        self.rows.rows().iter().map(|row| row.index()[0]).collect()
    }
}

/// Column 2 is required, 3 is the RowStatus.
fn table() -> Table {
    Table::new([Column::new(2).writable(), Column::new(3).row_status()])
}

#[test]
fn a_row_that_is_not_finished_in_time_goes() {
    let mut bench = Bench::new(table().forget_unfinished(5 * MINUTE));
    bench.set(3, 1, 5);
    bench.wait(2 * MINUTE);
    bench.set(3, 2, 5);
    bench.wait(2 * MINUTE);
    assert_eq!(bench.rows(), [1, 2]);
    // Each from its own time.
    bench.wait(MINUTE);
    assert_eq!(bench.rows(), [2]);
    bench.wait(2 * MINUTE);
    assert!(bench.rows().is_empty());
}

#[test]
fn what_is_done_to_a_row_gives_it_time_and_what_is_active_stays() {
    let mut bench = Bench::new(table().forget_unfinished(5 * MINUTE));
    bench.set(3, 1, 5);
    bench.wait(4 * MINUTE);
    bench.set(2, 1, 7);
    bench.wait(4 * MINUTE);
    assert_eq!(bench.rows(), [1]);
    bench.set(3, 1, 1);
    bench.wait(60 * MINUTE);
    assert_eq!(bench.rows(), [1]);
    // Taken out of service, it has to come back in time.
    bench.set(3, 1, 2);
    bench.wait(5 * MINUTE);
    assert!(bench.rows().is_empty());
}

#[test]
fn rows_stay_where_nobody_says_otherwise_and_those_of_the_program() {
    let mut bench = Bench::new(table());
    bench.set(3, 1, 5);
    bench.wait(600 * MINUTE);
    assert_eq!(bench.rows(), [1]);
    let mut bench = Bench::new(table().forget_unfinished(5 * MINUTE));
    bench.rows.insert(1, [(3, 3)]).expect("a row");
    bench.wait(600 * MINUTE);
    assert_eq!(bench.rows(), [1]);
}

/// What has not happened is not waited for: the row that the program adds then is its own.
#[test]
fn a_row_that_a_manager_has_begun_in_vain_is_none_of_its() {
    let mut bench = Bench::new(table().forget_unfinished(5 * MINUTE));
    bench.set_in_vain(3, 1, 5);
    assert!(bench.rows().is_empty());
    bench.rows.insert(1, [(3, 3)]).expect("a row");
    bench.wait(600 * MINUTE);
    assert_eq!(bench.rows(), [1]);
    // One that has been destroyed in vain waits on.
    bench.set(3, 2, 5);
    bench.set_in_vain(3, 2, 6);
    assert_eq!(bench.rows(), [1, 2]);
    bench.wait(5 * MINUTE);
    assert_eq!(bench.rows(), [1]);
}
