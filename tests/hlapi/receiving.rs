//! Receivers that hand notifications over with a Deferred: an inform is acknowledged when the program has taken it.

use std::cell::{Cell, RefCell};
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::deferred::{Deferred, Failure, Resolver};
use deferred_snmp::engine::EngineConfig;
use deferred_snmp::hlapi::*;
use deferred_snmp::message::{CommunityMessage, Version};
use deferred_snmp::oid;
use deferred_snmp::pdu::{Pdu, PduBody, PduKind};
use deferred_snmp::reactor::{Reactor, UdpPort};
use util::manager::turn_until;
use util::raw::{self, Asked};
#[cfg(feature = "log")]
use util::records;

/// A receiver, and a port that sends it notifications and lists what it answers.
struct Post {
    reactor: Reactor,
    engine: SnmpEngine,
    address: SocketAddr,
    port: UdpPort,
    answers: Rc<RefCell<Vec<Vec<u8>>>>,
}

impl Post {
    fn new() -> Self {
        Self::with_config(EngineConfig::default())
    }

    fn with_config(config: EngineConfig) -> Self {
        let reactor = Reactor::new().unwrap();
        let engine = SnmpEngine::with_config(&reactor.handle(), config);
        engine.add_v1_system("my-area", "public");
        let address = engine.listen_udp("127.0.0.1:0".parse().unwrap()).unwrap();
        let answers = Rc::new(RefCell::new(Vec::new()));
        let list = Rc::clone(&answers);
        let port = raw::open(&reactor.handle(), move |answer, _| {
            list.borrow_mut().push(answer.to_vec());
            Vec::new()
        });
        Self {
            reactor,
            engine,
            address,
            port,
            answers,
        }
    }

    fn send(&self, datagram: &[u8]) {
        self.port.write(datagram, self.address).unwrap();
    }

    fn turn_until(&mut self, done: impl Fn() -> bool) {
        turn_until(&mut self.reactor, done);
    }

    /// Turns until so many messages have come in, and all that follows from them is done.
    fn received(&mut self, count: u64) {
        let engine = self.engine.clone();
        self.turn_until(|| engine.statistics().in_pkts == count);
        self.reactor.turn().unwrap();
    }

    /// The request-ids of the answers so far.
    fn answered(&self) -> Vec<i32> {
        let answers = self.answers.borrow();
        let ids = answers.iter().map(|answer| {
            let message = CommunityMessage::decode(answer).unwrap();
            match message.pdu {
                PduBody::Pdu(pdu) => {
                    assert_eq!(pdu.kind, PduKind::Response);
                    assert!(!pdu.error_status.is_error());
                    assert_eq!(pdu.var_binds.iter().count(), 2);
                    pdu.request_id
                }
                PduBody::Trap(_) => panic!("{message:?}"),
            }
        });
        ids.collect()
    }
}

fn message(kind: PduKind, number: i32) -> Vec<u8> {
    let var_binds = [
        VarBind::new(oid!(1.3.6.1.2.1.1.3.0), TimeTicks(1)),
        VarBind::new(oid!(1.3.6.1.6.3.1.1.4.1.0), oid!(1.3.6.1.6.3.1.1.5.1)),
    ];
    let pdu = Pdu::new(kind, number, var_binds.into_iter().collect());
    raw::encode(Version::V2c, b"public", &pdu)
}

fn inform(number: i32) -> Vec<u8> {
    message(PduKind::InformRequest, number)
}

fn trap(number: i32) -> Vec<u8> {
    message(PduKind::TrapV2, number)
}

/// What a receiver has been given, and the Deferreds that it has returned for that.
#[derive(Clone, Default)]
struct Work {
    given: Rc<RefCell<Vec<Notification>>>,
    resolvers: Rc<RefCell<Vec<Resolver<u32>>>>,
    cancelled: Rc<Cell<usize>>,
}

impl Work {
    fn receive(&self, engine: &SnmpEngine) -> NotificationReceiver {
        let work = self.clone();
        NotificationReceiver::deferred(engine, move |notification| {
            work.given.borrow_mut().push(notification);
            let cancelled = Rc::clone(&work.cancelled);
            let (resolver, deferred) = Deferred::with_canceller(move || {
                cancelled.set(cancelled.get() + 1);
                None
            });
            work.resolvers.borrow_mut().push(resolver);
            deferred
        })
        .expect("the only one")
    }

    fn given(&self) -> usize {
        self.given.borrow().len()
    }

    fn oldest(&self) -> Resolver<u32> {
        self.resolvers.borrow_mut().remove(0)
    }
}

#[test]
fn an_inform_is_acknowledged_when_its_deferred_succeeds() {
    let mut post = Post::new();
    let work = Work::default();
    let receiver = work.receive(&post.engine);
    for number in 1..=3 {
        post.send(&inform(number));
    }
    post.received(3);
    assert_eq!((work.given(), receiver.under_way()), (3, 3));
    assert!(post.answered().is_empty());
    let (first, second) = (work.oldest(), work.oldest());
    second.callback(0);
    work.oldest().callback(7);
    first.callback(1);
    assert_eq!(receiver.under_way(), 0);
    let answers = Rc::clone(&post.answers);
    post.turn_until(|| answers.borrow().len() == 3);
    assert_eq!(post.answered(), [2, 3, 1]);
    // They are the program's.
    let given = work.given.take();
    assert!(given.iter().all(Notification::is_inform));
    assert!(given.iter().all(|it| it.up_time() == Some(1)));
    let shown = format!("{:?}", given[0]);
    assert!(shown.contains("[SNMPv2-MIB::sysUpTime.0 = 1"), "{shown}");
}

#[test]
fn a_try_that_comes_while_one_is_under_way_is_not_handed_over() {
    let mut post = Post::new();
    let work = Work::default();
    let receiver = work.receive(&post.engine);
    for _ in 0..3 {
        post.send(&inform(1));
    }
    post.received(3);
    assert_eq!((work.given(), receiver.under_way()), (1, 1));
    work.oldest().callback(0);
    let answers = Rc::clone(&post.answers);
    post.turn_until(|| answers.borrow().len() == 1);
    // One whose acknowledgement is lost is acknowledged again.
    post.send(&inform(1));
    post.turn_until(|| answers.borrow().len() == 2);
    assert_eq!(post.answered(), [1, 1]);
    assert_eq!(work.given(), 1);
    assert_eq!(post.engine.statistics().repeated_informs, 3);
}

#[test]
fn an_inform_whose_deferred_fails_is_handed_over_again_when_it_comes_again() {
    let mut post = Post::new();
    let work = Work::default();
    let receiver = work.receive(&post.engine);
    for round in 1..=3 {
        post.send(&inform(1));
        post.received(round);
        assert_eq!(work.given(), round as usize);
        assert!(post.answered().is_empty());
        let error = Failure::message("no room on the disk");
        work.oldest().errback(error);
        assert_eq!(receiver.under_way(), 0);
    }
    post.send(&inform(1));
    post.received(4);
    work.oldest().callback(0);
    let answers = Rc::clone(&post.answers);
    post.turn_until(|| answers.borrow().len() == 1);
    assert_eq!(post.engine.statistics().repeated_informs, 0);
}

/// A receiver may come to its result at once, and return what a stage may return.
#[test]
fn a_result_or_nothing_at_all_is_an_outcome_as_well() {
    let mut post = Post::new();
    let rounds = Rc::new(Cell::new(0));
    let counts = Rc::clone(&rounds);
    let receiver = NotificationReceiver::deferred(&post.engine, move |_| -> Result<(), Failure> {
        counts.set(counts.get() + 1);
        match counts.get() {
            1 => Err(std::fmt::Error.into()),
            2 => panic!("as good as an error"),
            _ => Ok(()),
        }
    });
    for round in 1..=2 {
        post.send(&inform(1));
        post.received(round);
        assert!(post.answered().is_empty());
        assert_eq!(rounds.get(), round);
    }
    post.send(&inform(1));
    let answers = Rc::clone(&post.answers);
    post.turn_until(|| answers.borrow().len() == 1);
    assert_eq!(rounds.get(), 3);

    receiver.expect("the only one").close();
    let counts = Rc::clone(&rounds);
    let receiver = NotificationReceiver::deferred(&post.engine, move |_| counts.set(10));
    post.send(&inform(2));
    post.turn_until(|| answers.borrow().len() == 2);
    assert_eq!(rounds.get(), 10);

    fn work() -> std::io::Result<u8> {
        Ok(7)
    }
    receiver.expect("the only one").close();
    let reactor = post.engine.reactor().clone();
    let receiver = NotificationReceiver::deferred(&post.engine, move |_| {
        let done: Deferred<u8> = reactor.defer_to_thread(work);
        done
    });
    post.send(&inform(3));
    post.turn_until(|| answers.borrow().len() == 3);

    receiver.expect("the only one").close();
    // As of any operation.
    NotificationReceiver::deferred(&post.engine, |_| Deferred::<u8, SnmpError>::succeed(7))
        .expect("the only one");
    post.send(&inform(4));
    post.turn_until(|| answers.borrow().len() == 4);
    assert_eq!(post.answered(), [1, 2, 3, 4]);
}

/// What takes a notification may be an operation, whose error is not that of a stage.
#[test]
fn an_operation_is_an_outcome_as_it_is() {
    let mut post = Post::new();
    let is_there = Rc::new(Cell::new(false));
    let (serves, asked) = (Rc::clone(&is_there), Rc::new(Cell::new(0)));
    let count = Rc::clone(&asked);
    let agent = raw::listen(post.engine.reactor(), move |request| {
        count.set(count.get() + 1);
        let status = match serves.get() {
            true => ErrorStatus::NO_ERROR,
            false => ErrorStatus::GEN_ERR,
        };
        vec![Asked::new(request).answer(|pdu| pdu.error_status = status)]
    });
    let target = UdpTransportTarget::from(agent);
    let agent = post.engine.remote(&CommunityData::new("public"), &target);
    NotificationReceiver::deferred(&post.engine, move |_| {
        let name = agent.get(["1.3.6.1.2.1.1.5.0"]);
        name.add_callback(Response::into_result)
    })
    .expect("the only one");
    post.send(&inform(1));
    post.turn_until(|| asked.get() == 1);
    post.received(2);
    assert!(post.answered().is_empty());
    is_there.set(true);
    post.send(&inform(1));
    let answers = Rc::clone(&post.answers);
    post.turn_until(|| answers.borrow().len() == 1);
    assert_eq!((post.answered(), asked.get()), (vec![1], 2));
}

/// What uses `?` and ends in a Deferred is waited for as that Deferred is.
#[test]
fn a_deferred_in_a_result_is_waited_for() {
    let mut post = Post::new();
    let resolvers = Rc::new(RefCell::new(Vec::new()));
    let list = Rc::clone(&resolvers);
    NotificationReceiver::deferred(&post.engine, move |notification| {
        notification.trap_oid().ok_or(std::fmt::Error)?;
        let (resolver, deferred) = Deferred::<u32>::pair();
        list.borrow_mut().push(resolver);
        Ok(deferred)
    })
    .expect("the only one");
    for round in 1..=2 {
        post.send(&inform(1));
        post.received(round);
        let resolver = resolvers.borrow_mut().pop().expect("it is handed over");
        assert!(post.answered().is_empty());
        match round {
            1 => resolver.errback(std::fmt::Error.into()),
            _ => resolver.callback(7),
        }
    }
    let answers = Rc::clone(&post.answers);
    post.turn_until(|| answers.borrow().len() == 1);
    assert_eq!(post.answered(), [1]);
}

#[test]
fn as_many_are_under_way_as_may_be_and_the_others_are_counted() {
    let mut post = Post::new();
    let work = Work::default();
    let receiver = work.receive(&post.engine).max_under_way(2);
    for datagram in [trap(1), inform(2), trap(3), inform(4)] {
        post.send(&datagram);
    }
    post.received(4);
    assert_eq!((work.given(), receiver.under_way()), (2, 2));
    assert_eq!(receiver.dropped(), 2);
    // The trap has come to nothing, and makes room for a try of the inform.
    work.oldest().errback(Failure::message("never mind"));
    post.send(&inform(4));
    post.received(5);
    assert_eq!((work.given(), receiver.dropped()), (3, 2));
    for _ in 0..2 {
        work.oldest().callback(0);
    }
    let answers = Rc::clone(&post.answers);
    post.turn_until(|| answers.borrow().len() == 2);
    assert_eq!(post.answered(), [2, 4]);

    receiver.close();
    let none = work.receive(&post.engine).max_under_way(0);
    post.send(&inform(5));
    post.received(6);
    assert_eq!((work.given(), none.dropped()), (3, 1));
}

type End = fn(&SnmpEngine, &NotificationReceiver);

#[test]
fn what_is_under_way_is_cancelled_when_the_receiver_ends() {
    let ends: [End; 2] = [|_, receiver| receiver.close(), |engine, _| engine.close()];
    for end in ends {
        let mut post = Post::new();
        let work = Work::default();
        let receiver = work.receive(&post.engine);
        post.send(&inform(1));
        post.send(&trap(2));
        post.received(2);
        end(&post.engine, &receiver);
        assert_eq!((work.cancelled.get(), receiver.under_way()), (2, 0));
        post.reactor.turn().unwrap();
        assert!(post.answered().is_empty());
        // Whoever still has the firing side changes nothing.
        work.oldest().callback(0);
        post.reactor.turn().unwrap();
        assert!(post.answered().is_empty());
    }
}

/// The last word is the Deferred's.
#[test]
fn one_that_succeeds_when_it_is_cancelled_is_acknowledged() {
    let mut post = Post::new();
    let kept = Rc::new(RefCell::new(None));
    let place = Rc::clone(&kept);
    let receiver = NotificationReceiver::deferred(&post.engine, move |_| {
        let (resolver, deferred) = Deferred::<()>::with_canceller(|| Some(Ok(())));
        place.replace(Some(resolver));
        deferred
    })
    .expect("the only one");
    post.send(&inform(1));
    post.received(1);
    assert_eq!(receiver.under_way(), 1);
    receiver.close();
    let answers = Rc::clone(&post.answers);
    post.turn_until(|| answers.borrow().len() == 1);
    assert_eq!(post.answered(), [1]);
}

#[test]
fn the_engine_may_end_while_something_is_under_way() {
    let mut post = Post::new();
    let work = Work::default();
    work.receive(&post.engine);
    post.send(&inform(1));
    post.received(1);
    let Post {
        reactor, engine, ..
    } = post;
    drop((reactor, engine));
    assert_eq!(work.cancelled.get(), 1);
    work.oldest().callback(0);
}

/// When it comes again, it is handed over again: whoever was given it before may stop.
#[test]
fn what_takes_longer_than_an_answer_may_take_is_cancelled() {
    let config = EngineConfig::default().answer_within(Duration::from_millis(1));
    let mut post = Post::with_config(config);
    let work = Work::default();
    let receiver = work.receive(&post.engine);
    for round in 1..=3 {
        post.send(&inform(1));
        post.received(round);
        let cancelled = Rc::clone(&work.cancelled);
        post.turn_until(|| cancelled.get() == round as usize);
        assert_eq!((work.given(), receiver.under_way()), (round as usize, 0));
    }
    // A trap has no time.
    post.send(&trap(2));
    post.received(4);
    post.send(&inform(1));
    post.received(5);
    let cancelled = Rc::clone(&work.cancelled);
    post.turn_until(|| cancelled.get() == 4);
    assert_eq!((work.given(), receiver.under_way()), (5, 1));
    assert!(post.answered().is_empty());
    assert_eq!(post.engine.statistics().unanswered_requests, 4);
}

#[test]
fn a_receiver_may_close_itself_while_it_works() {
    let mut post = Post::new();
    let own = Rc::new(RefCell::new(None));
    let place: Rc<RefCell<Option<NotificationReceiver>>> = Rc::clone(&own);
    let receiver = NotificationReceiver::deferred(&post.engine, move |_| {
        if let Some(receiver) = place.take() {
            receiver.close();
        }
    })
    .expect("the only one");
    own.replace(Some(receiver));
    post.send(&inform(1));
    let answers = Rc::clone(&post.answers);
    post.turn_until(|| answers.borrow().len() == 1);
    post.send(&inform(2));
    post.received(2);
    assert_eq!(post.answered(), [1]);
}

#[cfg(feature = "log")]
#[test]
fn failures_leave_a_record_and_ends_do_not() {
    records::collect();
    let mut post = Post::new();
    let work = Work::default();
    let receiver = work.receive(&post.engine).max_under_way(1);
    post.send(&trap(1));
    post.received(1);
    work.oldest()
        .errback(Failure::message("no room on the disk"));
    let from = post.port.local_addr();
    let expected = format!("notification from {from}: the receiver failed: no room on the disk");
    assert_eq!(records::take(), [(log::Level::Warn, expected)]);
    post.send(&inform(2));
    post.received(2);
    receiver.close();
    assert_eq!(work.cancelled.get(), 1);
    assert!(records::take().is_empty());
}
