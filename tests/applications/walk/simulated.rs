//! Whole walks through two engines and a wire.

use std::ops::ControlFlow;
use std::time::Duration;

use deferred_snmp::applications::{Walk, WalkOptions};
use deferred_snmp::engine::{Credentials, Event, Peer, Request};
use deferred_snmp::message::Version;
use deferred_snmp::objects::{Column, MibTree, Scalar, Table};
use deferred_snmp::smi::Value;
use deferred_snmp::testing::{NodeId, Simulation, Wire};

use super::script::oid;
use util::simulated::{add_agent, add_manager};

const ROWS: u32 = 120;
const ENTRY: &str = "1.3.6.1.2.1.2.2.1";

/// A table of three columns between two scalars; the third column has every other row only.
fn tree() -> MibTree {
    let mut table = Table::new([Column::new(1), Column::new(2), Column::new(10)]);
    for row in 1..=ROWS {
        let name = Value::from(format!("eth{row}").as_str());
        let mut cells = vec![(1, Value::from(row as i32)), (2, name)];
        if row % 2 == 0 {
            cells.push((10, Value::Counter32(row * 1000)));
        }
        table.insert(&[row], cells);
    }
    let mut tree = MibTree::new();
    let before = Scalar::constant(ROWS as i32);
    tree.register(oid("1.3.6.1.2.1.2.1"), before).unwrap();
    tree.register(oid(ENTRY), table).unwrap();
    let after = Scalar::constant("the end");
    tree.register(oid("1.3.6.1.2.1.31.1.5"), after).unwrap();
    tree
}

struct Network {
    simulation: Simulation,
    manager: NodeId,
    agent: Peer,
}

fn network(wire: Wire) -> Network {
    let mut simulation = Simulation::new(wire);
    let manager = add_manager(&mut simulation, 1);
    let agent = add_agent(&mut simulation, 1, tree());
    Network {
        simulation,
        manager,
        agent,
    }
}

impl Network {
    fn walk(
        &mut self,
        version: Version,
        roots: &[&str],
        options: WalkOptions,
    ) -> (Vec<Vec<String>>, usize) {
        let roots = roots.iter().map(|root| oid(root));
        let mut walk = Walk::new(version, roots, options);
        let credentials = match version {
            Version::V1 => Credentials::V1("public".into()),
            _ => Credentials::V2c("public".into()),
        };
        let mut rows = Vec::new();
        loop {
            let now = self.simulation.now();
            let engine = self.simulation.node(self.manager);
            let Some(pdu) = walk.next_request(engine.buffer()) else {
                break;
            };
            let request = Request::new(self.agent.clone(), credentials.clone(), pdu)
                .patience(Duration::from_secs(1), 50);
            let asked = engine.submit(now, request).unwrap();
            assert!(self.simulation.run(Duration::from_secs(100)));
            let events = self.simulation.events(self.manager);
            let [Event::Response { id, response }] = &events[..] else {
                panic!("{events:?}");
            };
            assert_eq!(*id, asked);
            walk.handle_response(&response.pdu, |row| {
                rows.push(row.iter().map(ToString::to_string).collect());
                ControlFlow::Continue(())
            })
            .unwrap();
        }
        (rows, walk.summary().calls)
    }
}

/// The columns as a reader of `tree` would write them down.
fn expected_rows() -> Vec<Vec<String>> {
    let end = "No more variables left in this MIB View";
    (1..=ROWS)
        .map(|row| {
            let sparse = 2 * row;
            let last = if sparse <= ROWS {
                format!("{ENTRY}.10.{sparse} = {}", sparse * 1000)
            } else {
                format!("{ENTRY}.10.{ROWS} = {end}")
            };
            vec![
                format!("{ENTRY}.1.{row} = {row}"),
                format!("{ENTRY}.2.{row} = eth{row}"),
                last,
            ]
        })
        .collect()
}

fn ways() -> Vec<(Version, Option<u32>)> {
    let mut ways = vec![(Version::V1, None), (Version::V2c, None)];
    for repetitions in [1, 7, 50, 1000, 100_000] {
        ways.push((Version::V2c, Some(repetitions)));
    }
    ways
}

fn options(repetitions: Option<u32>) -> WalkOptions {
    match repetitions {
        Some(repetitions) => WalkOptions::default().max_repetitions(repetitions),
        None => WalkOptions::default(),
    }
}

#[test]
fn three_columns_in_step() {
    let columns = [1, 2, 10].map(|column| format!("{ENTRY}.{column}"));
    let roots: Vec<&str> = columns.iter().map(String::as_str).collect();
    for (version, repetitions) in ways() {
        let (rows, calls) = network(Wire::new(1)).walk(
            version,
            &roots,
            options(repetitions).lexicographic_mode(false),
        );
        assert_eq!(rows, expected_rows(), "{version} {repetitions:?}");
        if repetitions == Some(50) {
            // Without authentication an answer has 1,472 octets, which is 28 rows and less.
            assert_eq!(calls, 5);
        }
    }
}

#[test]
fn the_whole_mib() {
    for (version, repetitions) in ways() {
        let (rows, _) = network(Wire::new(1)).walk(version, &["1.3"], options(repetitions));
        assert_eq!(rows.len() as u32, 1 + 2 * ROWS + ROWS / 2 + 1);
        assert_eq!(rows[0], ["1.3.6.1.2.1.2.1.0 = 120"]);
        assert_eq!(rows.last().unwrap(), &["1.3.6.1.2.1.31.1.5.0 = the end"]);
    }
}

#[test]
fn over_a_bad_wire_nothing_is_missing_and_nothing_comes_twice() {
    let (shortest, longest) = (Duration::from_millis(1), Duration::from_millis(900));
    let wire = Wire::new(3)
        .loss(0.3)
        .duplication(0.3)
        .delay(shortest..=longest);
    let (rows, _) = network(wire).walk(Version::V2c, &["1.3"], options(Some(7)));
    let (perfect, _) = network(Wire::new(1)).walk(Version::V2c, &["1.3"], options(Some(7)));
    assert_eq!(rows, perfect);
}
