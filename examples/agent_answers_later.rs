//! Serve values that take their time: others are served meanwhile.
//!
//!     cargo run --example agent_answers_later [-- ADDRESS:PORT ...]
//!
//! * SNMPv2c, community `public`, which may read and write these objects
//! * 1.3.6.1.4.1.8072.9999.9999.2.1.0, a temperature that is there after 300 ms; .2.2.0, the mean of three readings, by a
//!   coroutine that waits for a timer between them; .2.3.0, a fan speed that SET changes, once the fan has it; .2.4.0, how
//!   often all this has been asked for, which is there at once
//! * a fifth object comes with the first SET, while all are served
//! * over UDP: on a port of 127.0.0.1, where they are asked by the program itself, or on each ADDRESS:PORT until it is
//!   interrupted
//!
//! With `-- 127.0.0.1:1161`, these commands ask the same:
//!
//!     snmpget -v2c -c public 127.0.0.1:1161 1.3.6.1.4.1.8072.9999.9999.2.1.0 1.3.6.1.4.1.8072.9999.9999.2.2.0
//!     snmpset -v2c -c public 127.0.0.1:1161 1.3.6.1.4.1.8072.9999.9999.2.3.0 i 40
//!     snmpwalk -v2c -c public 127.0.0.1:1161 1.3.6.1.4.1.8072.9999.9999.2

mod common;

use std::cell::Cell;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

use common::{Failed, agents};
use deferred_snmp::access::Views;
use deferred_snmp::deferred::{Deferred, Failure};
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::{Scalar, SetError};
use deferred_snmp::oid;
use deferred_snmp::reactor::{Handle, Reactor};
use deferred_snmp::smi::ValueRef;
use deferred_snmp::task::sleep;

const OBJECTS: &str = "1.3.6.1.4.1.8072.9999.9999.2";

fn object(number: u32) -> String {
    format!("{OBJECTS}.{number}")
}

/// How long a device takes.
const A_WHILE: Duration = Duration::from_millis(300);

/// A sensor that is asked over some slow wire.
#[derive(Clone)]
struct Sensor {
    reactor: Handle,
    readings: Rc<Cell<i32>>,
}

impl Sensor {
    fn read(&self) -> Deferred<i32> {
        let readings = Rc::clone(&self.readings);
        sleep(&self.reactor, A_WHILE).map(move |()| {
            readings.set(readings.get() + 1);
            20 + readings.get() % 3
        })
    }

    async fn mean(self) -> Result<i32, Failure> {
        let mut sum = 0;
        for _ in 0..3 {
            sum += self.read().await?;
            sleep(&self.reactor, Duration::from_millis(50)).await?;
        }
        Ok(sum / 3)
    }
}

/// Sets the fan; it tells when it has got there.
fn set_fan(reactor: &Handle, fan: &Rc<Cell<i32>>, speed: &Value) -> Deferred<()> {
    let fan = Rc::clone(fan);
    match *speed {
        Value::Integer(speed) => sleep(reactor, A_WHILE).map(move |()| fan.set(speed)),
        _ => Deferred::fail(SetError::WrongType.into()),
    }
}

/// What can be known before anything is set.
fn is_speed(value: ValueRef<'_>) -> Result<(), SetError> {
    match value {
        ValueRef::Integer(0..=100) => Ok(()),
        _ => Err(SetError::WrongValue),
    }
}

fn main() -> Result<(), Failed> {
    let mut reactor = Reactor::new()?;
    let handle = reactor.handle();
    let agent = Agent::builder(&handle)
        .v1_system("reader", "public")
        .grant(
            "reader",
            Views::new().read_write(oid!(1.3.6.1.4.1.8072.9999.9999.2)),
        )
        .start()?;

    let sensor = Sensor {
        reactor: handle.clone(),
        readings: Rc::default(),
    };
    let asked = sensor.clone();
    agent.scalar(object(1), Scalar::later(move |_| asked.read()))?;
    let (asked, spawning) = (sensor.clone(), handle.clone());
    let mean = Scalar::later(move |_| spawning.spawn(asked.clone().mean()));
    agent.scalar(object(2), mean)?;
    let fan = Rc::new(Cell::new(25));
    let (reading, own) = (Rc::clone(&fan), agent.clone());
    let speed = Scalar::dynamic(move || reading.get()).writable_later(move |speed, asker| {
        let who = String::from_utf8_lossy(asker.security_name).into_owned();
        let first = Scalar::constant(format!("first set by {who}"));
        // Taken already from the second time on.
        let _ = own.scalar(object(5), first);
        set_fan(&handle, &fan, &speed)
    });
    agent.scalar(object(3), speed.validate(is_speed))?;
    agent.scalar(object(4), Scalar::dynamic(move || sensor.readings.get()))?;

    agents::serve(&agent, &["127.0.0.1:0"], ask);
    Ok(reactor.run()?)
}

/// Reads, sets, and reads again.
async fn ask(manager: SnmpEngine, agent: SocketAddr) -> Result<(), SnmpError> {
    let target = UdpTransportTarget::from(agent).timeout(Duration::from_secs(5));
    let agent = manager.remote(&CommunityData::new("public"), &target);
    let name = |number: u32| format!("{OBJECTS}.{number}.0");
    // Two that take their time, and another request that does not wait for them.
    let slow = agent.get([name(1), name(2)]);
    common::report("at once:", agent.get([name(4)]).await)?;
    common::report("later:", slow.await)?;
    common::report("set:", agent.set([(name(3), 40)]).await)?;
    common::report("and now:", agent.get([name(3), name(5)]).await)?;
    let refused = agent.set([(name(3), 101)]).await?;
    println!("101 is refused: {}", refused.error_status());
    Ok(())
}
