//! Ten thousand requests started at once against a real agent with the buffers a system has by default.

use std::cell::{Cell, RefCell};
use std::fmt::Write;
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::hlapi::*;
use deferred_snmp::oid;
use util::manager::{Manager, turn_until};
use util::netsnmp::Snmpd;

const REQUESTS: usize = 10_000;
const OBJECTS: usize = 1_000;

#[test]
fn ten_thousand_gets_at_once_each_get_the_value_they_asked_for_once() {
    const TEST: &str = "ten_thousand_gets_at_once_each_get_the_value_they_asked_for_once";
    let mut configuration = String::new();
    for object in 1..=OBJECTS {
        let line = format!("override 1.3.6.1.4.1.99999.8.{object}.0 integer {object}");
        writeln!(configuration, "{line}").expect("a string takes text");
    }
    let Some(snmpd) = Snmpd::start_with(TEST, &configuration) else {
        return;
    };
    let mut manager = Manager::new();
    let auth = CommunityData::new("public");
    // However busy the machine is; the default would be a second.
    let target = UdpTransportTarget::from(snmpd.v4()).timeout(Duration::from_secs(20));
    let ended = Rc::new(Cell::new(0));
    let endings = Rc::new(RefCell::new(vec![0; REQUESTS]));
    let wrong = Rc::new(RefCell::new(Vec::new()));
    for request in 0..REQUESTS {
        let object = (request % OBJECTS + 1) as u32;
        let name = oid!(1.3.6.1.4.1.99999.8).extend([object, 0]);
        let name = name.expect("a short name");
        let expected = VarBind::new(&name, object as i32);
        let (ended, endings, wrong) = (ended.clone(), endings.clone(), wrong.clone());
        get_cmd(
            &manager.engine,
            &auth,
            &target,
            &ContextData::default(),
            [name],
        )
        .add_both(move |outcome| {
            ended.set(ended.get() + 1);
            endings.borrow_mut()[request] += 1;
            let is_right = outcome.as_ref().is_ok_and(|response| {
                !response.error_status().is_error()
                    && response.iter().map(|v| v.to_owned()).eq([expected])
            });
            if !is_right {
                wrong.borrow_mut().push((request, format!("{outcome:?}")));
            }
            Ok(())
        });
    }
    assert_eq!(ended.get(), 0, "nothing ends before the reactor runs");
    turn_until(&mut manager.reactor, || ended.get() >= REQUESTS);

    let wrong = wrong.borrow();
    let few = &wrong[..wrong.len().min(3)];
    assert!(wrong.is_empty(), "{} wrong, as {few:?}", wrong.len());
    assert!(endings.borrow().iter().all(|&times| times == 1));
    let statistics = manager.engine.statistics();
    assert_eq!(statistics.requests, REQUESTS as u64);
    assert_eq!(statistics.responses, REQUESTS as u64);
    assert_eq!(statistics.timeouts, 0);
}
