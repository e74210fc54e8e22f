//! Serve a table whose rows managers make and remove.
//!
//!     cargo run --example agent_snmp_table [-- ADDRESS:PORT ...]
//!
//! * SNMPv2c, community `public`, which may read and write 1.3.6.6
//! * the table 1.3.6.6.1, with a row already, and a text as its index: exampleTableColumn2 is a text, exampleTableColumn3 a number, 123
//!   unless something else is set, exampleTableStatus a RowStatus. No MIB module defines it
//! * over UDP: on a port of 127.0.0.1, where a row is made, changed and removed, or on each ADDRESS:PORT until it is
//!   interrupted
//!
//! With `-- 127.0.0.1:1161`, these commands make the row "abc" by createAndGo(4), and remove it by destroy(6):
//!
//!     snmpset -v2c -c public 127.0.0.1:1161 1.3.6.6.1.5.2.97.98.99 s "my value" 1.3.6.6.1.5.4.97.98.99 i 4
//!     snmpwalk -v2c -c public 127.0.0.1:1161 1.3.6
//!     snmpset -v2c -c public 127.0.0.1:1161 1.3.6.6.1.5.4.97.98.99 i 6
//!     snmpwalk -v2c -c public 127.0.0.1:1161 1.3.6
//!
//! Or step by step: createAndWait(5), what the row lacks, active(1):
//!
//!     snmpset -v2c -c public 127.0.0.1:1161 1.3.6.6.1.5.4.120 i 5
//!     snmpget -v2c -c public 127.0.0.1:1161 1.3.6.6.1.5.4.120
//!     snmpset -v2c -c public 127.0.0.1:1161 1.3.6.6.1.5.2.120 s "later"
//!     snmpset -v2c -c public 127.0.0.1:1161 1.3.6.6.1.5.4.120 i 1
//!     snmpset -v2c -c public 127.0.0.1:1161 1.3.6.6.1.5.3.120 s "no number"

mod common;

use std::net::SocketAddr;

use common::{Failed, agents};
use deferred_snmp::access::Views;
use deferred_snmp::hlapi::*;
use deferred_snmp::names::{BaseType, IndexPart, Syntax};
use deferred_snmp::objects::{Column, NewRow, RowStatus, Table};
use deferred_snmp::oid;
use deferred_snmp::reactor::Reactor;

const TEXT: &Syntax = &Syntax::new("OCTET STRING", BaseType::OctetString);

/// exampleTable. The text in its index is IMPLIED: it takes the rest of the name, and needs no length before it.
fn example_table() -> Table {
    Table::new([
        Column::new(2).syntax(BaseType::OctetString).writable(),
        Column::new(3)
            .syntax(BaseType::Integer32)
            .writable()
            .default(123),
        Column::new(4).row_status(),
    ])
    .index([IndexPart::implied("exampleTableColumn1", TEXT)])
}

fn main() -> Result<(), Failed> {
    let mut reactor = Reactor::new()?;
    let agent = Agent::builder(&reactor.handle())
        .community("public", Views::new().read_write(oid!(1.3.6.6)))
        .start()?;
    let rows = agent.table(oid!(1.3.6.6.1.5), example_table())?;
    let first = NewRow::new().set(2, "my string value").set(3, 123_456);
    rows.insert("example record one", first)?;

    agents::serve(&agent, &["127.0.0.1:0"], ask);
    Ok(reactor.run()?)
}

/// Makes a row, looks at the table, changes the row and removes it.
async fn ask(manager: SnmpEngine, agent: SocketAddr) -> Result<(), SnmpError> {
    let public = CommunityData::new("public");
    let agent = manager.remote(&public, &UdpTransportTarget::from(agent));
    let cell = |column| format!("1.3.6.6.1.5.{column}.97.98.99");
    let made = agent.set([
        (cell(2), Value::from("my value")),
        (cell(4), RowStatus::CreateAndGo.into()),
    ]);
    common::report("made:", made.await)?;
    println!("the table:");
    for row in agent.walk(["1.3.6.6"]).collect().await? {
        row.iter().for_each(|var_bind| println!("{var_bind}"));
    }
    common::report("changed:", agent.set([(cell(3), 7)]).await)?;
    let removed = agent.set([(cell(4), RowStatus::Destroy)]);
    common::report("removed:", removed.await)?;
    common::report("gone:", agent.get([cell(2)]).await)
}
