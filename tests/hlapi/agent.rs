//! A whole agent in one value: what it is put together from, and what changes while it serves. In virtual time, but where ports
//! matter.

mod access;
mod bounds;
mod building;
mod contexts;
mod ending;
mod named_rows;
mod objects;
mod refusals;
mod tables;

use std::fmt::Debug;
use std::net::SocketAddr;
use std::time::Duration;

use deferred_snmp::access::Views;
use deferred_snmp::deferred::{Deferred, Failure};
use deferred_snmp::hlapi::*;
use deferred_snmp::oid;
use deferred_snmp::reactor::Handle;
use deferred_snmp::security::usm::{Auth, AuthPriv};
use deferred_snmp::task::sleep;
use deferred_snmp::testing::{Simulation, Wire};

/// Where nothing is defined.
const FREE: ObjectIdentifier = oid!(1.3.6.1.4.1.99999.5);

fn free(number: u32) -> ObjectIdentifier {
    FREE.child(number).expect("short")
}

/// May read and write all.
fn all() -> Views {
    Views::new().read(oid!(1.3)).write(oid!(1.3))
}

fn auth(name: &str) -> UsmUserData<Auth> {
    UsmUserData::new(name).auth(AuthProtocol::Sha256, "authkey12")
}

fn auth_priv(name: &str) -> UsmUserData<AuthPriv> {
    auth(name).privacy(PrivProtocol::Aes128, "privkey12")
}

/// An engine for an agent, and who asks it.
struct Rig {
    simulation: Simulation,
    engine: SnmpEngine,
    manager: SnmpEngine,
}

impl Rig {
    fn new() -> Self {
        let mut simulation = Simulation::new(Wire::new(1).delay(Duration::ZERO..=Duration::ZERO));
        let engine = simulation.engine([192, 0, 2, 1]);
        let manager = simulation.engine([198, 51, 100, 1]);
        Self {
            simulation,
            engine,
            manager,
        }
    }

    /// One that grants everything to the community `public`.
    fn open() -> (Self, Agent) {
        let rig = Self::new();
        let agent = rig.build().community("public", all()).start();
        (rig, agent.expect("an agent"))
    }

    fn build(&self) -> AgentBuilder {
        let address = "192.0.2.1:161".parse().expect("an address");
        Agent::on(&self.engine).listen(address)
    }

    fn reactor(&self) -> Handle {
        self.simulation.reactor().clone()
    }

    fn remote(&self, auth: &dyn AuthData) -> RemoteEngine {
        let target = UdpTransportTarget::new(("192.0.2.1", 161));
        let target = target.timeout(Duration::from_secs(60)).retries(0);
        self.manager.remote(auth, &target)
    }

    fn public(&self) -> RemoteEngine {
        self.remote(&CommunityData::new("public"))
    }

    /// What GET of these names comes to.
    fn get<N: Into<ObjectType>>(&mut self, names: impl IntoIterator<Item = N>) -> String {
        let asked = told(self.public().get(names));
        self.wait(asked)
    }

    /// What SET comes to.
    fn set<N: Into<ObjectType>>(&mut self, values: impl IntoIterator<Item = N>) -> String {
        let asked = told(self.public().set(values));
        self.wait(asked)
    }

    /// The same by somebody else.
    fn get_as(&mut self, auth: &dyn AuthData, name: &str) -> String {
        let asked = told(self.remote(auth).get([name]));
        self.wait(asked)
    }

    fn set_as(&mut self, auth: &dyn AuthData, name: &str, value: impl Into<ObjectValue>) -> String {
        let asked = told(self.remote(auth).set([(name, value)]));
        self.wait(asked)
    }

    fn wait<T: Debug + 'static>(&mut self, asked: Deferred<T>) -> T {
        self.simulation.block_on(asked).expect("an outcome")
    }

    /// Lets time pass.
    fn run(&mut self, milliseconds: u64) {
        let time = Duration::from_millis(milliseconds);
        self.reactor().call_later(time, || ());
        self.simulation.run(time);
    }
}

/// The values of a response, or its error; or why there is none.
fn told(asked: Deferred<Response, SnmpError>) -> Deferred<String> {
    let text = |response: Response| match response.error_status() {
        ErrorStatus::NO_ERROR => {
            let texts: Vec<String> = response.iter().map(|it| it.text()).collect();
            texts.join(", ")
        }
        status => format!("{status} {}", response.error_index()),
    };
    let answered = asked.map(text);
    let answered = answered.add_errback(|error: SnmpError| Ok(error.to_string()));
    answered.map_err(Failure::from)
}

/// Binds an address, which has to be free.
#[expect(clippy::disallowed_types, reason = "nobody's reactor has it")]
fn held(address: SocketAddr) -> std::net::UdpSocket {
    std::net::UdpSocket::bind(address).expect("the address is free")
}

/// Whether nobody has answered.
fn is_unanswered(told: &str) -> bool {
    told.starts_with("No SNMP response received before timeout")
}

/// Fires with `value` after some time.
fn after<T: 'static>(reactor: &Handle, milliseconds: u64, value: T) -> Deferred<T, Failure> {
    sleep(reactor, Duration::from_millis(milliseconds)).map(|()| value)
}
