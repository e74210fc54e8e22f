//! What the examples of agents share: the command line, and a manager of our own.

use std::future::Future;
use std::net::SocketAddr;

use deferred_snmp::hlapi::*;
use deferred_snmp::reactor::Handle;

use super::notifications::listen;
use super::{addresses_given, usage_is};

/// Has `agent` listen on each `ADDRESS:PORT` of the command line until the program is interrupted, or else on each of `own`, where
/// `ask` asks it as a manager does; the reactor stops when that is done.
pub(crate) fn serve<F>(
    agent: &Agent,
    own: &[&str],
    ask: impl Fn(SnmpEngine, SocketAddr) -> F + 'static,
) where
    F: Future<Output = Result<(), SnmpError>> + 'static,
{
    let engine = agent.engine();
    match addresses_given(" [ADDRESS:PORT ...]").as_slice() {
        [] => ask_each(engine.reactor(), listen(engine, own), ask),
        given => given.iter().for_each(|given| say(engine, given)),
    }
}

/// The same for several agents: each has its own address, in their order.
pub(crate) fn serve_each<F>(
    agents: &[Agent],
    own: &[&str],
    ask: impl Fn(SnmpEngine, SocketAddr) -> F + 'static,
) where
    F: Future<Output = Result<(), SnmpError>> + 'static,
{
    let usage = format!(" [{}]", vec!["ADDRESS:PORT"; agents.len()].join(" "));
    let engines = agents.iter().map(Agent::engine);
    let given = addresses_given(&usage);
    if given.len() == agents.len() {
        engines
            .zip(&given)
            .for_each(|(engine, given)| say(engine, given));
    } else if let ([first, ..], []) = (agents, given.as_slice()) {
        let places = engines
            .zip(own)
            .map(|(engine, own)| listen(engine, &[own])[0]);
        ask_each(first.engine().reactor(), places.collect(), ask);
    } else {
        usage_is(&usage);
    }
}

/// Listens, and says so.
fn say(engine: &SnmpEngine, address: &str) {
    println!("listening at {}", listen(engine, &[address])[0]);
}

/// Asks one after the other, and stops the reactor.
fn ask_each<F>(
    reactor: &Handle,
    addresses: Vec<SocketAddr>,
    ask: impl Fn(SnmpEngine, SocketAddr) -> F + 'static,
) where
    F: Future<Output = Result<(), SnmpError>> + 'static,
{
    let manager = SnmpEngine::new(reactor);
    let stop = reactor.clone();
    let asked = reactor.spawn(async move {
        for address in addresses {
            ask(manager.clone(), address).await?;
        }
        Ok(())
    });
    asked.add_both(move |outcome: Result<(), SnmpError>| {
        if let Err(error) = outcome {
            eprintln!("{error}");
            std::process::exit(1);
        }
        // It has not been stopped by anybody else.
        let _ = stop.stop();
    });
}
