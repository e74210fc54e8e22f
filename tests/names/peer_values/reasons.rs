//! Rows that are not right, and why.

use std::collections::{BTreeMap, HashMap};

/// A line each: table, reason, and the rows it is the reason for, separated by tabs and blanks.
const REASONS: &str = include_str!("reasons.tsv");

/// What became of the rows of a table.
pub(crate) struct Share {
    table: String,
    rows: usize,
    wrong: Vec<String>,
}

impl Share {
    pub(crate) fn of(table: impl Into<String>) -> Self {
        Self {
            table: table.into(),
            rows: 0,
            wrong: Vec::new(),
        }
    }

    /// Counts a row, and prints it when it is not right.
    pub(crate) fn add(&mut self, id: &str, context: &str, found: &[u8], expected: &[u8]) {
        self.rows += 1;
        if found != expected {
            println!(
                "{} {id} {context}\n    found    {}\n    expected {}",
                self.table,
                String::from_utf8_lossy(found),
                String::from_utf8_lossy(expected)
            );
            self.wrong.push(id.to_owned());
        }
    }

    /// Prints the share. Fails when it is below `least` per cent, or a row that is not right has no reason.
    pub(crate) fn conclude(self, least: f64) {
        let Self { table, rows, wrong } = self;
        let right = rows - wrong.len();
        let share = 100.0 * right as f64 / rows as f64;
        println!("{table}: {right} of {rows} right, {share:.2} %");
        let reasons: HashMap<&str, &str> = REASONS
            .lines()
            .filter_map(|line| {
                let mut fields = line.split('\t');
                let of_table = fields.next()?.split(' ').any(|name| name == table);
                let reason = fields.next().filter(|_| of_table)?;
                Some(fields.next()?.split(' ').map(move |id| (id, reason)))
            })
            .flatten()
            .collect();
        let mut because: BTreeMap<&str, usize> = BTreeMap::new();
        let mut without = Vec::new();
        for id in &wrong {
            match reasons.get(&id[..]) {
                Some(reason) => *because.entry(reason).or_default() += 1,
                None => without.push(id),
            }
        }
        for (reason, rows) in because {
            println!("    {rows} rows: {reason}");
        }
        assert!(
            share >= least,
            "{table}: {share:.2} % right, {least} % wanted"
        );
        assert!(
            without.is_empty(),
            "{table}: no reason is given for {without:?}"
        );
    }
}
