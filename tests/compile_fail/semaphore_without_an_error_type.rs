// error: a stage of this chain cannot return `Deferred<deferred_snmp::hlapi::Response, SnmpError>`
// here: the stage that returns `Deferred<deferred_snmp::hlapi::Response, SnmpError>`
// note: return `Ok(..)`, a Deferred or (); for a plain value use `.map(..)`
// note: the errors of a chain are of one type, here `Failure`: `.map_err(..)` and `.then(..)` change it
// note: a type that names none has `Failure`: write `Deferred<T, E>`, `DeferredSemaphore<E>`

use deferred_snmp::deferred::DeferredSemaphore;
use deferred_snmp::hlapi::RemoteEngine;

fn ask(agent: RemoteEngine, at_a_time: &DeferredSemaphore) {
    at_a_time.run(move || agent.get(["SNMPv2-MIB::sysUpTime.0"]));
}

fn main() {}
