//! The managed objects of this agent. Each asks something slow, which a `sleep` stands for.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::ops::Bound::{Excluded, Unbounded};
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::deferred::Deferred;
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::{Scalar, SetError};
use deferred_snmp::reactor::Handle;
use deferred_snmp::task::sleep;

/// A sensor that takes 300 ms.
pub(crate) fn temperature(reactor: &Handle) -> Scalar {
    let reactor = reactor.clone();
    Scalar::later(move |_| sleep(&reactor, Duration::from_millis(300)).map(|()| 21))
}

pub(crate) struct Process {
    name: String,
    threads: u32,
}

type Processes = BTreeMap<u32, Process>;

/// A table that takes 500 ms to load, however many ask for it, and is kept for ten seconds.
pub(crate) fn processes(reactor: &Handle, loads: &Rc<Cell<i32>>) -> Rows<Processes> {
    let (reactor, loads) = (reactor.clone(), Rc::clone(loads));
    let processes = Cached::new(Duration::from_secs(10), move || -> Deferred<Processes> {
        let loads = Rc::clone(&loads);
        sleep(&reactor, Duration::from_millis(500)).map(move |()| {
            loads.set(loads.get() + 1);
            let names = ["init", "shell", "agent"].map(str::to_owned);
            let processes = names.into_iter().map(|name| Process { name, threads: 1 });
            (1..).zip(processes).collect()
        })
    });
    Rows::cached(processes)
        .octets(2, |process| &process.name)
        .column(3, |process| Gauge32(process.threads))
}

/// A store that is asked over a network of 50 ms. It keeps texts of up to 40 octets.
pub(crate) fn store(reactor: &Handle) -> Handler {
    let keys = [(vec![1, 1], "first"), (vec![1, 2], "second")];
    let keys = keys.map(|(name, text)| (name, Value::from(text)));
    let store = Rc::new(RefCell::new(BTreeMap::from(keys)));
    let reactor = reactor.clone();
    let answer = move |ask: Ask| {
        let (store, reactor) = (Rc::clone(&store), reactor.clone());
        async move {
            sleep(&reactor, Duration::from_millis(50)).await?;
            let mut store = store.borrow_mut();
            Ok(match ask.kind {
                AskKind::Get => store.get(&ask.instance).cloned().into(),
                AskKind::Next => {
                    let next = store.range((Excluded(ask.instance), Unbounded)).next();
                    let next = next.map(|(name, value)| (name.clone(), value.clone()));
                    next.into()
                }
                AskKind::Check(Value::OctetString(text)) if text.len() > 40 => {
                    return Err(SetError::WrongLength.into());
                }
                AskKind::Check(Value::OctetString(_)) => Reply::Done,
                AskKind::Check(_) => return Err(SetError::WrongType.into()),
                AskKind::Set(Some(value)) => {
                    store.insert(ask.instance, value);
                    Reply::Done
                }
                AskKind::Set(None) => {
                    store.remove(&ask.instance);
                    Reply::Done
                }
            })
        }
    };
    handler(answer).writable()
}
