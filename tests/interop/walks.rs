//! Walks of recorded devices that keep the order of their rows, beside those of Net-SNMP's tools.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use deferred_snmp::hlapi::*;
use deferred_snmp::pdu::Pdu;
use util::agent::Agent;
use util::manager::Manager;
use util::netsnmp::{self, NUMERIC, Row};
use util::raw::Asked;
use util::recording::{self, InOrder};
use util::shared::shared;

/// The recordings, or `None` where they or the tools are missing.
fn devices(test: &str) -> Option<Vec<PathBuf>> {
    netsnmp::peer(test, "snmpbulkwalk")?;
    let directory = shared(test, "snmprec")?;
    let files = std::fs::read_dir(directory).expect("a directory");
    let paths = files.map(|file| file.expect("a readable directory").path());
    let mut devices: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|is| is == "snmprec"))
        .collect();
    devices.sort();
    assert_eq!(devices.len(), 41);
    Some(devices)
}

fn start(device: &Path) -> Agent {
    let device = InOrder::new(recording::lines(device));
    Agent::answering(move |datagram| {
        let asked = Asked::new(datagram);
        let answer = device.answer(&asked.pdu);
        vec![asked.answer(|pdu: &mut Pdu| pdu.var_binds = answer.var_binds)]
    })
}

/// What the tool prints, and the name it complains of where it finds that names do not increase.
fn tool(
    agent: &Agent,
    repetitions: Option<u32>,
    root: &str,
    options: &[&str],
) -> (Vec<Row>, Option<String>) {
    let address = agent.address.to_string();
    let (tool, bulk) = match repetitions {
        Some(repetitions) => ("snmpbulkwalk", vec![format!("-Cr{repetitions}")]),
        None => ("snmpwalk", Vec::new()),
    };
    let mut arguments = vec!["-v2c", "-c", "public", "-r", "2", NUMERIC];
    arguments.extend(bulk.iter().map(String::as_str));
    arguments.extend(options);
    arguments.extend([address.as_str(), root]);
    let printed = netsnmp::run(tool, &arguments);
    let mut rows = netsnmp::rows(&printed.stdout);
    rows.retain(|row| row.value != netsnmp::END_OF_MIB_VIEW);
    let complaint = printed.stderr.split_once("OID not increasing: ");
    assert_eq!(complaint.is_none(), printed.success, "{}", printed.stderr);
    let asked = complaint.map(|(_, names)| names.lines().next().unwrap().trim().to_owned());
    (rows, asked)
}

fn ours(
    manager: &mut Manager,
    agent: &Agent,
    repetitions: Option<u32>,
    root: &str,
    ignore: bool,
) -> (Vec<Row>, Result<WalkSummary, SnmpError>) {
    let (engine, target) = (&manager.engine, UdpTransportTarget::from(agent.address));
    let (auth, context) = (CommunityData::new("public"), ContextData::default());
    let walk = match repetitions {
        Some(repetitions) => bulk_walk_cmd(engine, &auth, &target, &context, repetitions, [root]),
        None => walk_cmd(engine, &auth, &target, &context, [root]),
    };
    let rows = Rc::new(RefCell::new(Vec::new()));
    let filling = Rc::clone(&rows);
    let walk = walk
        .lexicographic_mode(false)
        .ignore_non_increasing_oid(ignore)
        .for_each(move |row| {
            let row = row.iter().map(|v| Row::from(v.to_owned().as_ref()));
            filling.borrow_mut().extend(row);
        });
    let outcome = manager.settle(walk);
    (rows.take(), outcome)
}

fn arcs(name: &str) -> Vec<u32> {
    let arcs = name.split('.').skip(1);
    arcs.map(|arc| arc.parse().expect("a number")).collect()
}

/// Compares row by row, and says where the first difference is.
fn assert_same(found: &[Row], expected: &[Row], what: &str) {
    for (at, (found, expected)) in found.iter().zip(expected).enumerate() {
        assert_eq!(found, expected, "{what}, row {at}");
    }
    assert_eq!(found.len(), expected.len(), "{what}");
}

#[test]
fn recorded_devices_are_walked_to_the_rows_that_the_tools_print() {
    let Some(devices) = devices("recorded_devices_are_walked_to_the_rows_that_the_tools_print")
    else {
        return;
    };
    let mut manager = Manager::new();
    // How many devices the tool walks to the end: with 397 repetitions, no answer to any of them begins or ends amid
    // rows that are out of order.
    for (repetitions, to_the_end) in [(None, 36), (Some(10), 38), (Some(397), 41)] {
        let mut same = 0;
        for device in &devices {
            let what = format!("{} {repetitions:?}", device.display());
            let agent = start(device);
            let (printed, complaint) = tool(&agent, repetitions, "1.3", &[]);
            let (found, outcome) = ours(&mut manager, &agent, repetitions, "1.3", false);
            let Some(asked) = complaint else {
                assert_same(&found, &printed, &what);
                assert_eq!(outcome.expect(&what).left_out, 0, "{what}");
                same += 1;
                continue;
            };
            // The tool prints rows that do not follow the name it asked for, and gives up behind that answer. Ours leaves
            // them out, and goes on if the last name of the answer follows.
            let place = printed.iter().rposition(|row| row.oid == asked);
            let mut expected = printed;
            let answer = expected.split_off(place.expect("a row") + 1);
            let last_follows = answer
                .last()
                .is_some_and(|row| arcs(&row.oid) > arcs(&asked));
            let follows = |row: &Row| arcs(&row.oid) > arcs(&asked);
            expected.extend(answer.into_iter().filter(follows));
            if last_follows {
                assert!(found.len() > expected.len(), "{what}");
                assert_same(&found[..expected.len()], &expected, &what);
                assert!(outcome.expect(&what).left_out > 0, "{what}");
            } else {
                assert_same(&found, &expected, &what);
                let error = outcome.expect_err(&what).to_string();
                let follows = format!("follows {}", &asked[1..]);
                assert!(error.ends_with(&follows), "{what}: {error}");
            }
        }
        assert_eq!(same, to_the_end, "{repetitions:?}");
    }
}

#[test]
fn whatever_order_devices_have_all_of_it_is_walked_where_the_order_is_ignored() {
    let Some(devices) =
        devices("whatever_order_devices_have_all_of_it_is_walked_where_the_order_is_ignored")
    else {
        return;
    };
    let mut manager = Manager::new();
    for device in &devices {
        let agent = start(device);
        for repetitions in [Some(10), Some(50)] {
            let what = format!("{} {repetitions:?}", device.display());
            let (printed, complaint) = tool(&agent, repetitions, "1.3", &["-Cc"]);
            assert_eq!(complaint, None, "{what}");
            let (found, outcome) = ours(&mut manager, &agent, repetitions, "1.3", true);
            assert_same(&found, &printed, &what);
            assert_eq!(outcome.expect(&what).left_out, 0, "{what}");
        }
    }
}

/// Where rows are out of order, those of a subtree stand behind rows of the next one in the same answer.
#[test]
fn subtrees_out_of_order_are_walked_to_the_rows_that_the_tool_prints() {
    let Some(devices) =
        devices("subtrees_out_of_order_are_walked_to_the_rows_that_the_tool_prints")
    else {
        return;
    };
    let mut manager = Manager::new();
    let mut with_others_between = 0;
    for device in &devices {
        let lines = recording::lines(device);
        let Some(out_of_order) = lines.windows(2).find(|two| two[0].name >= two[1].name) else {
            continue;
        };
        let arcs: Vec<String> = out_of_order[1]
            .name
            .arcs()
            .map(|it| it.to_string())
            .collect();
        let agent = start(device);
        for depth in 8..arcs.len().min(13) {
            let root = arcs[..depth].join(".");
            for repetitions in [Some(5), Some(50)] {
                let what = format!("{} {root} {repetitions:?}", device.display());
                let (printed, complaint) = tool(&agent, repetitions, &root, &[]);
                if complaint.is_some() {
                    continue;
                }
                let (found, outcome) = ours(&mut manager, &agent, repetitions, &root, false);
                assert_same(&found, &printed, &what);
                outcome.expect(&what);
                let below: ObjectIdentifier = root.parse().expect("a name");
                let mut places = lines.iter().enumerate();
                let first = places.find(|(_, line)| line.name.starts_with(&below));
                let at_once = lines[first.expect("a row").0..]
                    .iter()
                    .take_while(|line| line.name.starts_with(&below));
                with_others_between += usize::from(printed.len() > at_once.count());
            }
        }
    }
    assert!(with_others_between > 0, "such devices are among them");
}
