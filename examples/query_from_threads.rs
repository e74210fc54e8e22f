//! Query from several threads, each with a reactor and an engine of its own.
//!
//!     cargo run --example query_from_threads [-- HOST[:PORT] ...]
//!
//! * SNMPv1, SNMPv2c and SNMPv3 (user `usr-md5-none`, MD5 with "authkey1"), community `public`
//! * over UDP, to agents that the example starts itself on 127.0.0.1 and, if there is any IPv6, on `::1`, or
//!   to each HOST:161
//! * three threads share the queries out: sysDescr.0 of each agent in each version; they have nothing in
//!   common, and the answers go back to the main thread as text
//!
//! Does what these commands do, three at a time:
//!
//!     snmpget -v1 -c public HOST 1.3.6.1.2.1.1.1.0
//!     snmpget -v2c -c public HOST 1.3.6.1.2.1.1.1.0
//!     snmpget -v3 -l authNoPriv -u usr-md5-none -a MD5 -A authkey1 HOST 1.3.6.1.2.1.1.1.0

mod common;

use std::error::Error;
use std::io;
use std::process::ExitCode;
use std::sync::mpsc::{self, Sender};
use std::thread;

use deferred_snmp::hlapi::{
    AuthData, AuthProtocol, CommunityData, SnmpEngine, SnmpError, UdpTransportTarget, UsmUserData,
};
use deferred_snmp::reactor::Reactor;

const THREADS: usize = 3;

/// A target is for one thread; its text goes anywhere.
type Query = (&'static str, String);

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut targets: Vec<String> = common::targets().iter().map(ToString::to_string).collect();
    if targets.is_empty() {
        targets = agents()?;
    }
    let mut queries = vec![Vec::<Query>::new(); THREADS];
    let versions = ["v1", "v2c", "v3"];
    let all = targets
        .iter()
        .flat_map(|target| versions.map(|version| (version, target.clone())));
    for (number, query) in all.enumerate() {
        queries[number % THREADS].push(query);
    }
    let (sender, lines) = mpsc::channel();
    let mut threads = Vec::new();
    for queries in queries {
        let sender = sender.clone();
        threads.push(thread::Builder::new().spawn(move || work(queries, sender))?);
    }
    drop(sender);
    for line in lines {
        match line {
            Ok(answer) => println!("{answer}"),
            Err(error) => eprintln!("{error}"),
        }
    }
    let mut answered = true;
    for thread in threads {
        answered &= thread.join().map_err(|_| "a thread has panicked")??;
    }
    Ok(match answered {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}

/// What has been answered, or what went wrong.
type Line = Result<String, String>;

/// Runs a reactor until the queries are over. True if each was answered.
fn work(queries: Vec<Query>, lines: Sender<Line>) -> io::Result<bool> {
    let mut reactor = Reactor::new()?;
    let handle = reactor.handle();
    let engine = SnmpEngine::new(&handle);
    let (done, answered) = mpsc::channel();
    handle
        .clone()
        .inline_callbacks(async move {
            let mut answered = true;
            for (version, target) in queries {
                let answer = query(&engine, version, &target).await;
                answered &= answer.is_ok();
                let line = answer
                    .map(|text| format!("{version} {target}: {text}"))
                    .map_err(|error| format!("{version} {target}: {error}"));
                // The main thread listens until the last of us is gone.
                let _ = lines.send(line);
            }
            Ok(answered)
        })
        .add_both(move |result| {
            let _ = done.send(matches!(result, Ok(true)));
            let _ = handle.stop();
        });
    reactor.run()?;
    Ok(answered.recv().unwrap_or(false))
}

async fn query(engine: &SnmpEngine, version: &str, target: &str) -> Result<String, SnmpError> {
    let auth: Box<dyn AuthData> = match version {
        "v1" => Box::new(CommunityData::v1("public")),
        "v2c" => Box::new(CommunityData::new("public")),
        _ => Box::new(UsmUserData::new("usr-md5-none").auth(AuthProtocol::Md5, "authkey1")),
    };
    let target: UdpTransportTarget = target.parse().expect("it was one on the main thread");
    let agent = engine.remote(&auth, &target);
    let response = agent.get(["SNMPv2-MIB::sysDescr.0"]).await?.into_result()?;
    let lines: Vec<String> = response.iter().map(|v| v.to_string()).collect();
    Ok(lines.join(", "))
}

/// Agents on a thread of their own, which ends with the program.
fn agents() -> io::Result<Vec<String>> {
    let (sender, addresses) = mpsc::channel();
    thread::Builder::new().spawn(move || {
        let mut reactor = Reactor::new().expect("a reactor");
        let handle = reactor.handle();
        let own = common::loopbacks().iter();
        let agents = own.map(|address| common::agent(&handle, address).to_string());
        sender
            .send(agents.collect())
            .expect("the main thread waits for them");
        reactor.run().expect("a loop")
    })?;
    addresses.recv().map_err(io::Error::other)
}
