//! Serve a table of jobs, which managers make and the program does.
//!
//!     cargo run --example agent_dynamic_table [-- ADDRESS:PORT ...]
//!
//! * SNMPv2c, community `public`, which may read and write all
//! * EXAMPLE-JOB-MIB::exampleJobTable, as `examples/mibs/EXAMPLE-JOB-MIB.txt` defines it. A job runs while its row is active
//! * a job that runs for ever does so in 100 ms or more; the rows of managers are volatile
//! * the program adds a row as well, which cannot be destroyed (permanent), and removes rows of jobs that have run often enough
//! * over UDP: on a port of 127.0.0.1, where a job is made, and refused, and done, or on each ADDRESS:PORT until it is
//!   interrupted
//!
//! With `-- 127.0.0.1:1161`, these commands make the job "hi" by createAndGo(4), change it, and remove it by destroy(6):
//!
//!     snmpset -v2c -c public 127.0.0.1:1161 1.3.6.1.4.1.8072.9999.9999.4.1.1.2.104.105 s "hello" 1.3.6.1.4.1.8072.9999.9999.4.1.1.7.104.105 i 4
//!     snmpwalk -v2c -c public 127.0.0.1:1161 1.3.6.1.4.1.8072.9999.9999.4.1.1.3
//!     snmpset -v2c -c public 127.0.0.1:1161 1.3.6.1.4.1.8072.9999.9999.4.1.1.3.104.105 u 500
//!     snmpset -v2c -c public 127.0.0.1:1161 1.3.6.1.4.1.8072.9999.9999.4.1.1.3.104.105 u 50
//!     snmpset -v2c -c public 127.0.0.1:1161 1.3.6.1.4.1.8072.9999.9999.4.1.1.6.104.105 i 3
//!     snmpset -v2c -c public 127.0.0.1:1161 1.3.6.1.4.1.8072.9999.9999.4.1.1.7.104.105 i 6
//!     snmpset -v2c -c public 127.0.0.1:1161 1.3.6.1.4.1.8072.9999.9999.4.1.1.7.104.101.97.114.116 i 6
//!     snmpwalk -v2c -c public 127.0.0.1:1161 1.3.6.1.4.1.8072.9999.9999.4.1.1.2
//!
//! `snmptable -M +examples/mibs .. EXAMPLE-JOB-MIB::exampleJobTable` prints the table as one.

mod common;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

use common::{Failed, agents};
use deferred_snmp::access::Views;
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::{
    Column, ConceptualRow, NewRow, RowChange, RowStatus, SetError, StorageType, Table, TableHandle,
};
use deferred_snmp::oid;
use deferred_snmp::reactor::{Handle, Reactor};
use deferred_snmp::smi::ValueRef;
use deferred_snmp::task::{LoopingCall, sleep};

const JOBS: &str = "EXAMPLE-JOB-MIB";

/// The jobs under way, by the indices of their rows.
#[derive(Clone)]
struct Jobs {
    reactor: Handle,
    running: Rc<RefCell<BTreeMap<Vec<u32>, Job>>>,
}

struct Job {
    calls: LoopingCall,
    runs: Rc<Cell<u32>>,
}

impl Jobs {
    fn start(&self, row: &ConceptualRow, rows: TableHandle) {
        let text = row.get("exampleJobText").map(|text| text.to_string());
        let text = text.unwrap_or_default();
        let interval = Duration::from_millis(number(row, "exampleJobInterval"));
        let limit = number(row, "exampleJobLimit");
        let runs = Rc::new(Cell::new(0_u32));
        let (done, its) = (Rc::clone(&runs), row.clone());
        let calls = LoopingCall::new(&self.reactor, move || {
            println!("{text}");
            done.set(done.get().wrapping_add(1));
            if u64::from(done.get()) == limit {
                // Its hook stops the job.
                rows.remove(&its);
            }
        });
        let _until_it_is_stopped = calls.start(interval, false);
        let index = row.index().to_vec();
        self.running.borrow_mut().insert(index, Job { calls, runs });
    }

    fn stop(&self, row: &ConceptualRow) {
        let job = self.running.borrow_mut().remove(row.index());
        // It runs until it is stopped here.
        let _ = job.map(|job| job.calls.stop());
    }

    /// How often a job has run; none where it does not run now.
    fn runs(&self, index: &[u32]) -> Option<Value> {
        let running = self.running.borrow();
        let job = running.get(index)?;
        Some(Counter32(job.runs.get()).into())
    }
}

fn number(row: &ConceptualRow, column: &'static str) -> u64 {
    let number = row.get(column).and_then(ValueRef::as_u64);
    number.unwrap_or_default()
}

/// What a manager may not ask for, although each of the values may be by itself.
fn judge(row: &ConceptualRow, change: RowChange) -> Result<(), SetError> {
    let is_fast = number(row, "exampleJobInterval") < 100;
    let has_no_end = number(row, "exampleJobLimit") == 0;
    match change {
        RowChange::Complete if is_fast && has_no_end => Err(SetError::InconsistentValue),
        _ => Ok(()),
    }
}

/// Nothing is kept over a start here.
fn is_kept_as_said(_: &[u32], storage: ValueRef<'_>) -> Result<(), SetError> {
    match storage.as_i64() {
        Some(it) if it == StorageType::Volatile as i64 => Ok(()),
        _ => Err(SetError::WrongValue),
    }
}

/// exampleJobTable. The definition has the columns, their defaults and who may write them.
fn job_table(jobs: &Jobs) -> Table {
    let [starting, changing, stopping, asked] = [jobs; 4].map(Jobs::clone);
    let runs = Column::named("exampleJobRuns").dynamic(move |index| asked.runs(index));
    let storage = Column::named("exampleJobStorageType").validate(is_kept_as_said);
    let table = Table::managed().column(runs).column(storage);
    let (of_started, of_changed) = (table.handle(), table.handle());
    table
        .max_rows(1_000)
        .validate(judge)
        .on_activate(move |row| starting.start(row, of_started.clone()))
        .on_change(move |row| {
            changing.stop(row);
            changing.start(row, of_changed.clone());
        })
        .on_deactivate(move |row| stopping.stop(row))
}

fn main() -> Result<(), Failed> {
    let mut reactor = Reactor::new()?;
    let agent = Agent::builder(&reactor.handle())
        .community("public", Views::new().read_write(oid!(1.3)))
        .start()?;
    agent.engine().add_asn1_mib_source(common::MIBS)?;

    let jobs = Jobs {
        reactor: reactor.handle(),
        running: Rc::default(),
    };
    let rows = agent.table("EXAMPLE-JOB-MIB::exampleJobTable", job_table(&jobs))?;
    let heart = NewRow::new()
        .set("exampleJobText", "still here")
        .set("exampleJobInterval", 10_000)
        .set("exampleJobStorageType", StorageType::Permanent);
    rows.insert("heart", heart)?;

    agents::serve(&agent, &["127.0.0.1:0"], ask);
    Ok(reactor.run()?)
}

/// Makes a job step by step, and waits until it has run three times.
async fn ask(manager: SnmpEngine, agent: SocketAddr) -> Result<(), SnmpError> {
    manager.add_asn1_mib_source(common::MIBS)?;
    let public = CommunityData::new("public");
    let agent = manager.remote(&public, &UdpTransportTarget::from(agent));
    let cell = |column: &str, job: &str| ObjectType::symbol(JOBS, column, job);
    let status = || cell("exampleJobStatus", "tick");

    let wait = status().value(RowStatus::CreateAndWait);
    common::report("made:", agent.set([wait]).await)?;
    common::report("it lacks a text:", agent.get([status()]).await)?;
    let lacking = [
        cell("exampleJobText", "tick").value("tick"),
        cell("exampleJobInterval", "tick").value(20),
    ];
    common::report("which comes:", agent.set(lacking).await)?;
    let go = || status().value(RowStatus::Active);
    let refused = agent.set([go()]).await?;
    println!("too fast for ever: {}", refused.error_status());
    let limit = cell("exampleJobLimit", "tick").value(3);
    common::report("three times:", agent.set([limit, go()]).await)?;
    for _ in 0..500 {
        let response = agent.get([status()]).await?;
        if response.iter().any(|var_bind| var_bind.is_exception()) {
            break;
        }
        let slept = sleep(manager.reactor(), Duration::from_millis(10)).await;
        slept.expect("nobody cancels it");
    }
    common::report("and then it is gone:", agent.get([status()]).await)?;
    let destroy = cell("exampleJobStatus", "heart").value(RowStatus::Destroy);
    let refused = agent.set([destroy]).await?;
    println!("a permanent row stays: {}", refused.error_status());
    Ok(())
}
