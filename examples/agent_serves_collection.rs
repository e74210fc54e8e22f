//! Serve a collection of the program as a table, while the program changes it.
//!
//!     cargo run --example agent_serves_collection [-- ADDRESS:PORT ...]
//!
//! * SNMPv2c, community `public`, which may read and write SNMPv2-SMI::mib-2
//! * IF-MIB::ifDescr, ifSpeed, ifAdminStatus, which can be set, and ifInOctets of the interfaces in a `BTreeMap`: nothing is
//!   copied
//! * over UDP: on a port of 127.0.0.1, where the table is asked for, changed by SET and by the program, and asked for again; or
//!   on each ADDRESS:PORT, with traffic on the interfaces and a new one every ten seconds, until it is interrupted
//!
//! With `-- 127.0.0.1:1161`, these commands ask the same:
//!
//!     snmpwalk -v2c -c public 127.0.0.1:1161 1.3.6.1.2.1.2.2
//!     snmpset -v2c -c public 127.0.0.1:1161 1.3.6.1.2.1.2.2.1.7.2 i 2
//!
//! Where Net-SNMP finds the module IF-MIB, `snmptable .. IF-MIB::ifTable` prints the table as one.

mod common;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

use common::{Failed, agents};
use deferred_snmp::access::Views;
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::{Column, SetError};
use deferred_snmp::oid;
use deferred_snmp::reactor::Reactor;
use deferred_snmp::smi::ValueRef;
use deferred_snmp::task::{LoopingCall, sleep};

/// An interface as the program knows it.
struct Interface {
    name: String,
    /// In bits a second; not every interface has one.
    speed: Option<u32>,
    is_up: bool,
    octets: u64,
}

type Interfaces = Rc<RefCell<BTreeMap<u32, Interface>>>;

fn interface(name: &str, speed: Option<u32>) -> Interface {
    Interface {
        name: name.to_owned(),
        speed,
        is_up: true,
        octets: 0,
    }
}

/// The interfaces as rows of IF-MIB::ifTable.
fn table(interfaces: &Interfaces) -> Rows<BTreeMap<u32, Interface>> {
    // up(1) or down(2); testing(3) is not for us.
    let admin_status = Column::named("ifAdminStatus").validate(|_, value| match value.as_i64() {
        Some(1 | 2) => Ok(()),
        _ => Err(SetError::WrongValue),
    });
    let set_admin_status = |interface: &mut Interface, value: ValueRef<'_>| {
        interface.is_up = value.as_i64() == Some(1);
        Ok(())
    };
    Rows::of(Rc::clone(interfaces))
        .octets("ifDescr", |interface| &interface.name)
        .column("ifSpeed", |interface| {
            interface.speed.map(|speed| Gauge32(speed).into())
        })
        .writable(
            admin_status,
            |interface| if interface.is_up { 1 } else { 2 },
            set_admin_status,
        )
        // A counter of 32 bits begins again from 0 now and then.
        .column("ifInOctets", |interface| Counter32(interface.octets as u32))
}

fn main() -> Result<(), Failed> {
    let mut reactor = Reactor::new()?;
    let agent = Agent::builder(&reactor.handle())
        .community("public", Views::new().read_write(oid!(1.3.6.1.2.1)))
        .start()?;

    let interfaces = Interfaces::default();
    let first = [
        (1, interface("lo", None)),
        (2, interface("eth0", Some(1_000_000_000))),
    ];
    interfaces.borrow_mut().extend(first);
    agent.table("IF-MIB::ifTable", table(&interfaces))?;

    // Whatever the program does with its interfaces, it does not do it for SNMP.
    let mut seconds = 0;
    let work = LoopingCall::new(&reactor.handle(), move || {
        let mut interfaces = interfaces.borrow_mut();
        if seconds % 10 == 0 {
            let number = seconds / 10 + 3;
            let name = format!("vlan{number}");
            interfaces.insert(number, interface(&name, None));
        }
        for interface in interfaces.values_mut().filter(|it| it.is_up) {
            interface.octets += 1_500;
        }
        seconds += 1;
    });
    let _until_the_end = work.start(Duration::from_secs(1), false);

    agents::serve(&agent, &["127.0.0.1:0"], ask);
    Ok(reactor.run()?)
}

/// Asks for the table, sets a cell of it, and asks again when the program has changed it, too.
async fn ask(manager: SnmpEngine, agent: SocketAddr) -> Result<(), SnmpError> {
    let public = CommunityData::new("public");
    let agent = manager.remote(&public, &UdpTransportTarget::from(agent));
    print(&agent.table(["ifTable"]).await?);
    let set = agent.set([("IF-MIB::ifAdminStatus.2", 2)]).await;
    common::report("SET:", set)?;
    let slept = sleep(manager.reactor(), Duration::from_millis(1_100)).await;
    slept.expect("nobody cancels it");
    print(&agent.table(["ifTable"]).await?);
    Ok(())
}

fn print(table: &ResponseTable) {
    for row in table {
        let cells = row.iter().flatten().map(|cell| cell.to_string());
        println!("{}", cells.collect::<Vec<_>>().join(", "));
    }
}
