//! Net-SNMP's tools against an agent whose objects take their time, fail, or never answer.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::access::OpenAccess;
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::deferred::{Deferred, Failure, SharedResolver};
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::{
    Advance, Answer, Asker, Assignments, ManagedObject, MibTree, ReadError, Refused, Scalar,
    SetError, SetPhase,
};
use deferred_snmp::reactor::Handle;
use deferred_snmp::smi::ValueRef;
use util::agent::Agent;
use util::netsnmp::{self, NUMERIC, Printed};

/// Where the objects stand.
pub(super) const OBJECTS: &str = ".1.3.6.1.4.1.20408.9";

pub(super) fn object(number: u32) -> ObjectIdentifier {
    format!("{}.{number}", &OBJECTS[1..])
        .parse()
        .expect("a name")
}

/// Those who wait for number 2.
type Waiting = Rc<RefCell<Vec<SharedResolver<i32, Failure>>>>;

/// A scalar with this value that notes its phases, and whose commit may fail.
pub(super) struct Noting {
    pub(super) value: i32,
    pub(super) former: i32,
    pub(super) commits: bool,
    pub(super) notes: Rc<RefCell<String>>,
}

impl Noting {
    fn note(&self, phase: char) {
        self.notes.borrow_mut().push(phase);
    }
}

impl ManagedObject for Noting {
    fn get(&mut self, _: &Asker<'_>, instance: &[u32]) -> Result<Answer<'_>, ReadError> {
        match instance {
            [0] => Ok(Answer::Borrowed(ValueRef::Integer(self.value))),
            _ => Err(ReadError::NoSuchInstance),
        }
    }

    fn advance(&mut self, _: &Asker<'_>, instance: &mut Vec<u32>) -> Advance {
        let before = instance.is_empty();
        *instance = vec![0];
        Advance::from(before)
    }

    fn check(&mut self, _: &Asker<'_>, _: &[u32], _: ValueRef<'_>) -> Result<(), SetError> {
        Ok(())
    }

    fn reserve(&mut self, _: &Asker<'_>, _: Assignments<'_>) -> Result<SetPhase, Refused> {
        self.note('r');
        Ok(SetPhase::Done)
    }

    fn commit(&mut self, _: &Asker<'_>, assignments: Assignments<'_>) -> Result<SetPhase, Refused> {
        self.note('c');
        if !self.commits {
            return Err(SetError::GenErr.into());
        }
        self.former = self.value;
        if let Some(ValueRef::Integer(value)) = assignments.get(0).map(|it| it.value) {
            self.value = value;
        }
        Ok(SetPhase::Done)
    }

    fn undo(&mut self, _: &Asker<'_>, _: Assignments<'_>) -> Result<SetPhase, Refused> {
        self.note('u');
        self.value = self.former;
        Ok(SetPhase::Done)
    }

    fn cleanup(&mut self, _: Assignments<'_>) {
        self.note('x');
    }
}

fn serve(reactor: &Handle, patience: Duration) -> SnmpEngine {
    let engine = SnmpEngine::new(reactor);
    engine.add_v1_system("somebody", "public");
    let responder = CommandResponder::new(MibTree::new(), OpenAccess);
    responder.set_read_timeout(patience);
    responder.set_set_timeout(patience);
    let agent = engine.register_responder(responder).expect("the only one");
    let register = |number, scalar: Scalar| {
        agent.register(object(number), scalar).expect("free");
    };
    register(1, Scalar::constant("at once"));
    let waiting: Waiting = Rc::default();
    let waits = Rc::clone(&waiting);
    register(
        2,
        Scalar::later(move |_| {
            let (resolver, deferred) = Deferred::pair();
            waits.borrow_mut().push(resolver.into_shared());
            deferred
        }),
    );
    let count = Rc::clone(&waiting);
    register(3, Scalar::dynamic(move || count.borrow().len() as i32));
    // A SET of this lets number 2 answer.
    register(
        4,
        Scalar::variable(0).writable(move |_| {
            for resolver in waiting.take() {
                _ = resolver.callback(42);
            }
            Ok(())
        }),
    );
    let kept: Waiting = Rc::default();
    let never = move || {
        let (resolver, deferred) = Deferred::<i32>::pair();
        kept.borrow_mut().push(resolver.into_shared());
        deferred
    };
    let setting = never.clone();
    let silent = Scalar::later(move |_| never());
    register(5, silent.writable_later(move |_, _| setting().map(drop)));
    let panics = Cell::new(0);
    register(
        6,
        Scalar::dynamic(move || -> i32 {
            panics.set(panics.get() + 1);
            panic!("number {} of many", panics.get())
        }),
    );
    let notes: Rc<RefCell<String>> = Rc::default();
    for (number, commits) in [(7, true), (8, false)] {
        let notes = match commits {
            true => Rc::clone(&notes),
            false => Rc::default(),
        };
        let noting = Noting {
            value: 1,
            former: 1,
            commits,
            notes,
        };
        agent.register(object(number), noting).expect("free");
    }
    register(9, Scalar::dynamic(move || notes.borrow().clone()));
    engine
}

/// An agent that waits so many milliseconds for its objects.
fn start(test: &str, patience: u64) -> Option<Agent> {
    netsnmp::peer(test, "snmpget")?;
    Some(Agent::on_thread(move |reactor| {
        let engine = serve(reactor, Duration::from_millis(patience));
        let address = "127.0.0.1:0".parse().expect("an address");
        let address = engine.listen_udp(address).expect("a free port");
        (address, Some(engine))
    }))
}

pub(super) fn run(tool: &str, agent: &str, names: &[&str]) -> Printed {
    let common = [
        "-v2c", "-c", "public", "-r", "0", "-t", "20", NUMERIC, agent,
    ];
    let name = |word: &&str| match word.strip_prefix('#') {
        Some(number) => format!("{OBJECTS}.{number}.0"),
        None => (*word).to_owned(),
    };
    let names: Vec<String> = names.iter().map(name).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    netsnmp::run(tool, &[&common, &names[..]].concat())
}

pub(super) fn values(printed: &Printed) -> Vec<String> {
    assert!(printed.success, "{printed:?}");
    let rows = netsnmp::rows(&printed.stdout).into_iter();
    rows.map(|row| row.value).collect()
}

/// The words by which a tool tells of an error, and the object that is to blame.
#[track_caller]
pub(super) fn is_refused(printed: &Printed, reason: &str, number: u32) {
    let (reason, object) = (format!("Reason: {reason}"), format!("{OBJECTS}.{number}.0"));
    assert!(!printed.success, "{printed:?}");
    let told = [printed.stdout.as_str(), printed.stderr.as_str()].concat();
    assert!(told.contains(&reason), "{printed:?}");
    let blamed = told.lines().find(|line| line.starts_with("Failed object"));
    assert!(
        blamed.is_some_and(|line| line.contains(&object)),
        "{printed:?}"
    );
}

pub(super) const AT_ONCE: &str = "61 74 20 6F 6E 63 65";

#[test]
fn who_waits_for_an_object_holds_nobody_up() {
    let Some(agent) = start("who_waits_for_an_object_holds_nobody_up", 60_000) else {
        return;
    };
    let address = agent.address.to_string();
    let slow = std::thread::scope(|scope| {
        let slow = scope.spawn(|| run("snmpget", &address, &["#2", "#1", "#2"]));
        // Both are asked for before either has come; others are answered meanwhile.
        let both_wait = || values(&run("snmpget", &address, &["#3"])) == ["2"];
        while !both_wait() && !slow.is_finished() {}
        assert_eq!(values(&run("snmpget", &address, &["#1"])), [AT_ONCE]);
        values(&run("snmpset", &address, &["#4", "i", "1"]));
        slow.join().expect("it ran")
    });
    assert_eq!(values(&slow), ["42", AT_ONCE, "42"]);
}

#[test]
fn silent_and_panicking_objects_are_gen_err_and_others_are_served() {
    let Some(agent) = start(
        "silent_and_panicking_objects_are_gen_err_and_others_are_served",
        300,
    ) else {
        return;
    };
    let address = agent.address.to_string();
    let general = "(genError) A general failure occured";
    is_refused(&run("snmpget", &address, &["#1", "#5"]), general, 5);
    is_refused(&run("snmpset", &address, &["#5", "i", "2"]), general, 5);
    is_refused(&run("snmpget", &address, &["#6"]), general, 6);
    is_refused(&run("snmpget", &address, &["#1", "#6"]), general, 6);
    assert_eq!(values(&run("snmpget", &address, &["#1"])), [AT_ONCE]);
}

#[test]
fn a_set_that_fails_is_taken_back_object_by_object() {
    let Some(agent) = start("a_set_that_fails_is_taken_back_object_by_object", 60_000) else {
        return;
    };
    let address = agent.address.to_string();
    let set = run("snmpset", &address, &["#7", "i", "2", "#8", "i", "2"]);
    is_refused(&set, "commitFailed", 8);
    let phases: Vec<String> = "rcux".bytes().map(|it| format!("{it:02X}")).collect();
    let read = run("snmpget", &address, &["#7", "#8", "#9"]);
    assert_eq!(values(&read), ["1", "1", &phases.join(" ")]);
}
