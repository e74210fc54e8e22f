//! Net-SNMP's tools against an agent with all that an agent has: tables that managers make rows in, contexts, communities, a
//! user, and objects that are slow or wrong.

#[path = "full_agent/objects.rs"]
mod objects;
#[path = "full_agent/rows.rs"]
mod rows;
#[path = "full_agent/tables.rs"]
mod tables;

use std::path::PathBuf;
use std::time::Duration;

use deferred_snmp::access::Views;
use deferred_snmp::applications::standard::System;
use deferred_snmp::hlapi::{AuthProtocol, PrivProtocol, UsmUserData};
use deferred_snmp::objects::MibTree;
use deferred_snmp::oid;
use deferred_snmp::security::CommunityEntry;
use util::agent::Agent;
use util::netsnmp::{self, Printed};
use util::shared::shared;

/// What the words of a command stand for, and what is printed for it.
const ABBREVIATIONS: [(&str, &str); 9] = [
    ("T", "SNMP-TARGET-MIB::snmpTargetParamsRowStatus"),
    ("T1", "SNMP-TARGET-MIB::snmpTargetParamsMPModel"),
    ("T2", "SNMP-TARGET-MIB::snmpTargetParamsSecurityModel"),
    ("T3", "SNMP-TARGET-MIB::snmpTargetParamsSecurityName"),
    ("T4", "SNMP-TARGET-MIB::snmpTargetParamsSecurityLevel"),
    ("T5", "SNMP-TARGET-MIB::snmpTargetParamsStorageType"),
    ("TABLE", "SNMP-TARGET-MIB::snmpTargetParamsTable"),
    ("SPIN", "SNMP-TARGET-MIB::snmpTargetSpinLock"),
    ("J", "SNMPv2-SMI::enterprises.20408.9"),
];

/// Net-SNMP's tools, which read the MIB modules.
struct Tools {
    modules: PathBuf,
}

impl Tools {
    /// `None`, and a line that says so, where the tools or the modules are missing.
    fn find(test: &str) -> Option<Self> {
        for tool in ["snmpset", "snmpget", "snmptable", "snmpbulkwalk"] {
            netsnmp::peer(test, tool)?;
        }
        let modules = shared(test, "mibs/ietf")?;
        Some(Self { modules })
    }

    /// Runs `P set T.'p1' i 5`: who asks, the tool, and its words, abbreviated.
    fn run(&self, address: &str, command: &str) -> Printed {
        let mut words = command.split_whitespace();
        let who = words.next().expect("who asks");
        let tool = format!("snmp{}", words.next().expect("a tool"));
        let credentials = match who {
            "P" => "-v2c -c private",
            "R" => "-v2c -c public",
            "P1" => "-v1 -c private",
            "R1" => "-v1 -c public",
            "N" => "-v2c -c nothing",
            "BOSS" => "-v3 -l authPriv -u boss -a SHA-256 -A bosspassword -x AES -X bossprivacy1",
            "WEAK" => "-v3 -l authNoPriv -u boss -a SHA-256 -A bosspassword",
            "FRIDGE" => {
                "-v3 -n fridge -l authPriv -u boss -a SHA-256 -A bosspassword -x AES -X bossprivacy1"
            }
            other => panic!("{other} is nobody"),
        };
        let modules = self.modules.display().to_string();
        let common = [
            "-M",
            &modules,
            "-m",
            "SNMP-TARGET-MIB:SNMPv2-MIB:IF-MIB",
            "-Ir",
            "-r0",
            "-t20",
        ];
        // The options of the tool come first, with what they take.
        let is_option = |word: &&str| word.starts_with("-C") || *word == ";";
        let (options, names): (Vec<_>, Vec<_>) = words.partition(is_option);
        let names: Vec<String> = names.into_iter().map(in_full).collect();
        let mut arguments: Vec<&str> = credentials.split(' ').chain(common).collect();
        arguments.extend(options);
        arguments.push(address);
        arguments.extend(names.iter().map(String::as_str));
        netsnmp::run(&tool, &arguments)
    }

    /// The same as one line: what the tool prints, or its code, its reason and the object that is to blame.
    fn ask(&self, address: &str, command: &str) -> String {
        let printed = self.run(address, command);
        let text = match printed.code {
            Some(0) => printed.stdout.trim().replace('\n', "; "),
            _ => refusal(&printed),
        };
        let mut short = text;
        for (abbreviation, name) in ABBREVIATIONS {
            short = short.replace(name, abbreviation);
        }
        short.replace("SNMPv2-MIB::", "")
    }
}

/// `2: inconsistentValue NAME`.
fn refusal(printed: &Printed) -> String {
    let told = [printed.stdout.as_str(), printed.stderr.as_str()].concat();
    let after = |word: &str| told.lines().find_map(|line| line.strip_prefix(word));
    let code = printed.code.expect("it ends by itself");
    let Some(reason) = after("Reason: ") else {
        return format!("{code}: {}", told.trim());
    };
    let reason = match reason.strip_prefix('(') {
        // SNMPv1: `(noSuchName) There is no such variable name in this MIB.`
        Some(rest) => rest.split(')').next(),
        None => reason.split(" (").next(),
    };
    let reason = reason.unwrap_or_default();
    let blamed = after("Failed object: ").map(|name| format!(" {name}"));
    format!("{code}: {reason}{}", blamed.unwrap_or_default())
}

fn in_full(word: &str) -> String {
    let (head, rest) = word.split_once('.').unwrap_or((word, ""));
    match ABBREVIATIONS.iter().find(|(it, _)| *it == head) {
        Some((_, name)) if rest.is_empty() => (*name).to_owned(),
        Some((_, name)) => format!("{name}.{rest}"),
        None => word.to_owned(),
    }
}

/// What everybody has: the communities "public", "private" and "nothing", the user "boss", and the context "fridge".
fn start(objects: impl FnOnce() -> MibTree + Send + 'static, slow: bool) -> Agent {
    Agent::on_thread(move |reactor| {
        let everything = Views::new().read(oid!(1.3.6.1)).write(oid!(1.3.6.1));
        let boss = UsmUserData::new("boss").auth(AuthProtocol::Sha256, "bosspassword");
        let boss = boss.privacy(PrivProtocol::Aes128, "bossprivacy1");
        let mut fridge = MibTree::new();
        let up_time = || 0;
        let registered = System::new("a fridge").register(&mut fridge, up_time);
        registered.expect("an empty tree");
        // What is secret lies at 1.3.6.1.6.3.15, 16 and 18.
        let public = [
            oid!(1.3.6.1.2),
            oid!(1.3.6.1.4),
            oid!(1.3.6.1.6.3.10),
            oid!(1.3.6.1.6.3.11),
            oid!(1.3.6.1.6.3.12),
        ];
        let public = public.into_iter().fold(Views::new(), Views::read);
        let agent = deferred_snmp::hlapi::Agent::builder(reactor)
            .objects(objects())
            .context("fridge", fridge)
            .community("public", public)
            .community("private", everything.clone())
            .community_entry("nothing", CommunityEntry::new("nobody"))
            .user(&boss, everything)
            .start()
            .expect("all of it is right");
        if slow {
            let second = Duration::from_secs(1);
            agent.responder().responder().set_read_timeout(second);
            agent.responder().responder().set_set_timeout(second);
            objects::add_slow(&agent, reactor);
        }
        let address = "127.0.0.1:0".parse().expect("an address");
        let address = agent.listen_udp(address).expect("a free port");
        (address, Some(agent.engine().clone()))
    })
}

/// Each command with what it prints.
type Script = [(&'static str, &'static str)];

/// Compares what a script prints with what it is to print, as a whole.
#[track_caller]
fn plays(tools: &Tools, address: &str, script: &Script) {
    let told = script.iter().map(|(command, expected)| {
        let told = tools.ask(address, command);
        (*command, told, *expected)
    });
    let wrong: Vec<_> = told
        .filter(|(_, told, expected)| told != expected)
        .collect();
    assert!(wrong.is_empty(), "command, printed, expected: {wrong:#?}");
}
