//! An agent whose objects answer later, and change while they are served, in virtual time.

mod adversity;
mod asked_again;
mod by_deferred;
mod cached;
mod ending;
mod handlers;
mod odd;
mod reach;
mod setting;

use std::cell::RefCell;
use std::fmt::Debug;
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::access::OpenAccess;
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::deferred::{Deferred, Failure};
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::{MibTree, Scalar};
use deferred_snmp::reactor::Handle;
use deferred_snmp::task::sleep;
use deferred_snmp::testing::{Simulation, Wire};

/// Where the objects of these tests stand.
const OBJECTS: &str = "1.3.6.1.4.1.20408.9";

fn object(number: u32) -> ObjectIdentifier {
    format!("{OBJECTS}.{number}").parse().expect("a name")
}

/// The instance of the scalar there.
fn name(number: u32) -> String {
    format!("{OBJECTS}.{number}.0")
}

const fn millis(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

/// A Deferred that fires with `value` after some time.
fn after<T: 'static>(reactor: &Handle, milliseconds: u64, value: T) -> Deferred<T, Failure> {
    sleep(reactor, millis(milliseconds)).map(|()| value)
}

/// What happened, in its order.
#[derive(Clone, Default)]
struct Journal(Rc<RefCell<Vec<String>>>);

impl Journal {
    fn note(&self, what: impl Into<String>) {
        self.0.borrow_mut().push(what.into());
    }

    fn take(&self) -> Vec<String> {
        self.0.take()
    }
}

/// An agent that serves everything to everybody, and who asks it.
struct Rig {
    simulation: Simulation,
    agent: SnmpEngine,
    responder: RegisteredResponder,
    manager: RemoteEngine,
    target: UdpTransportTarget,
}

impl Rig {
    /// Serves scalars, each made with the reactor.
    fn new() -> Self {
        let mut simulation = Simulation::new(Wire::new(1).delay(Duration::ZERO..=Duration::ZERO));
        let agent = simulation.engine([192, 0, 2, 1]);
        let responder = CommandResponder::new(MibTree::new(), OpenAccess);
        let responder = agent.register_responder(responder).expect("the only one");
        responder
            .register(object(1), Scalar::constant("at once"))
            .expect("free");
        agent.add_v1_system("somebody", "public");
        agent.add_v3_user(&UsmUserData::new("plain")).expect("room");
        let address = "192.0.2.1:161".parse().expect("an address");
        agent.listen_udp(address).expect("free");
        let target = UdpTransportTarget::from(address)
            .timeout(Duration::from_secs(60))
            .retries(0);
        let manager = simulation.engine([198, 51, 100, 1]);
        let manager = manager.remote(&CommunityData::new("public"), &target);
        Self {
            simulation,
            agent,
            responder,
            manager,
            target,
        }
    }

    fn reactor(&self) -> Handle {
        self.simulation.reactor().clone()
    }

    fn register(&self, number: u32, scalar: Scalar) {
        self.responder
            .register(object(number), scalar)
            .expect("free");
    }

    /// Registers a scalar that answers later.
    fn later<T: Into<Value> + Clone + 'static>(&self, number: u32, milliseconds: u64, value: T) {
        let reactor = self.reactor();
        let scalar = Scalar::later(move |_| after(&reactor, milliseconds, value.clone()));
        self.register(number, scalar);
    }

    fn ask<'a>(&self, numbers: impl IntoIterator<Item = &'a u32>) -> Deferred<String> {
        told(self.manager.get(numbers.into_iter().map(|it| name(*it))))
    }

    /// What a GET of these scalars comes to, and after how many milliseconds.
    fn get(&mut self, numbers: &[u32]) -> (String, u128) {
        let asked = self.ask(numbers);
        self.wait(asked)
    }

    /// The same for a SET.
    fn set(&mut self, values: &[(u32, i32)]) -> (String, u128) {
        let values = values.iter().map(|(number, value)| (name(*number), *value));
        let asked = told(self.manager.set(values));
        self.wait(asked)
    }

    fn wait<T: Debug + 'static>(&mut self, asked: Deferred<T>) -> (T, u128) {
        let begin = self.simulation.elapsed();
        let outcome = self.simulation.block_on(asked).expect("an answer");
        let took = self.simulation.elapsed() - begin;
        (outcome, took.as_millis())
    }

    /// Lets time pass.
    fn run(&mut self, milliseconds: u64) {
        self.reactor().call_later(millis(milliseconds), || ());
        self.simulation.run(millis(milliseconds));
    }
}

/// The values of a response, or its error.
fn told(asked: Deferred<Response, SnmpError>) -> Deferred<String> {
    let text = |response: Response| match response.error_status() {
        ErrorStatus::NO_ERROR => {
            let texts: Vec<String> = response.iter().map(|it| it.text()).collect();
            texts.join(", ")
        }
        status => format!("{status} {}", response.error_index()),
    };
    asked.map(text).map_err(Failure::from)
}

/// What an answer is that came after so many milliseconds.
fn at(text: &str, milliseconds: u128) -> (String, u128) {
    (text.to_owned(), milliseconds)
}
