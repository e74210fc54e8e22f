//! Many informs at a time, in whatever order.

use std::time::Duration;

use deferred_snmp::applications::acknowledgement;
use deferred_snmp::engine::{Event, IncomingNotification};
use deferred_snmp::oid;
use deferred_snmp::smi::ValueRef;

use super::informs::{acknowledge, config, handed_out, numbered, only};
use util::rig::{Rig, agent};

/// Informs of others, however many and however they are answered, do not have it handed out again.
#[test]
fn one_that_is_under_way_is_not_forgotten_for_others() {
    let long = vec![7; 60_000];
    for octets in [&[][..], &long] {
        let mut rig = Rig::new(config().max_informs(20));
        rig.receive(0, &agent(9), &numbered(-1));
        let slow = only(&mut rig);
        for number in 0..40 {
            rig.receive(0, &agent(9), &numbered(number));
            let notification = only(&mut rig);
            let mut answer = acknowledgement(&notification, Vec::new());
            answer
                .var_binds
                .push(oid!(1.3.6.1.4.1.1).as_ref(), ValueRef::OctetString(octets));
            let state = notification.state.unwrap();
            assert!(rig.engine.respond(rig.now, state, answer));
            assert_eq!(rig.sent().len(), 1);
        }
        rig.receive(1, &agent(9), &numbered(-1));
        assert!(rig.sent().is_empty() && rig.events().is_empty());
        acknowledge(&mut rig, &slow);
        assert_eq!(rig.sent().len(), 1, "one answer to two");
        rig.receive(2, &agent(9), &numbered(-1));
        assert_eq!(rig.sent().len(), 1, "and it is the latest now");
        assert!(rig.events().is_empty());
    }
}

/// In whatever order tries, answers, refusals and time come: nobody is given what is under way or answered, and what
/// is neither is given.
#[test]
fn each_is_with_one_at_a_time_and_answered_for_150_seconds() {
    #[derive(Clone, Copy)]
    enum Known {
        No,
        UnderWay(usize, u64),
        Answered(u64),
    }
    let mut random = 1_u64;
    let mut draw = |below: u64| {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (random >> 33) % below
    };
    let mut rig = Rig::new(config().answer_within(Duration::from_secs(60)));
    let mut known = [Known::No; 6];
    let mut given = Vec::new();
    let mut now = 0;
    for _ in 0..20_000 {
        now += [0, 0, 1, 1_000, 20_000][draw(5) as usize];
        rig.timeout(now);
        for event in rig.events() {
            let Event::InformExpired { state } = event else {
                panic!("{event:?}");
            };
            let expired = known.iter_mut().find(|it| match it {
                Known::UnderWay(place, _) => {
                    let notification: &IncomingNotification = &given[*place];
                    notification.state == Some(state)
                }
                _ => false,
            });
            let expired = expired.expect("it was under way");
            let Known::UnderWay(_, since) = *expired else {
                panic!()
            };
            assert!(now - since >= 60_000);
            *expired = Known::No;
        }
        let number = draw(6) as usize;
        match (draw(4), known[number]) {
            (0, Known::UnderWay(place, _)) => {
                acknowledge(&mut rig, &given[place]);
                assert_eq!(rig.sent().len(), 1);
                known[number] = Known::Answered(now);
            }
            (1, Known::UnderWay(place, _)) => {
                assert!(rig.engine.discard(given[place].state.unwrap()));
                known[number] = Known::No;
            }
            (_, state) => {
                rig.receive(now, &agent(9), &numbered(number as i32));
                let (events, sent) = (handed_out(&mut rig), rig.sent().len());
                let is_known = matches!(state, Known::Answered(at) if now - at < 150_000);
                match state {
                    Known::UnderWay(..) => assert_eq!((events.len(), sent), (0, 0)),
                    _ if is_known => assert_eq!((events.len(), sent), (0, 1)),
                    _ => {
                        assert_eq!((events.len(), sent), (1, 0));
                        known[number] = Known::UnderWay(given.len(), now);
                        given.extend(events);
                    }
                }
            }
        }
    }
    assert!(given.len() > 1000);
}
