//! A binding whose host stands still.

use std::cell::Cell;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

use super::{Binding, EventSink};
use crate::engine::{
    Address, Credentials, EngineConfig, ErrorIndication, Event, Peer, Request, RequestId,
};
use crate::pdu::{Pdu, PduKind};
use crate::reactor::{Call, Reactor, ReactorBuilder, faults, standstill};
use crate::smi::VarBindList;

#[expect(clippy::disallowed_types, reason = "a peer without a reactor")]
type Socket = std::net::UdpSocket;

const HOUR: Duration = Duration::from_secs(3600);
/// Datagrams that a pass takes from a socket.
const BUDGET: usize = 32;

#[derive(Default)]
struct Outcomes {
    answered: Cell<usize>,
    timed_out: Cell<usize>,
}

impl EventSink for Outcomes {
    fn event(self: Rc<Self>, event: Event) {
        let count = match event {
            Event::Response { .. } => &self.answered,
            Event::Failed {
                error: ErrorIndication::RequestTimedOut { .. },
                ..
            } => &self.timed_out,
            event => panic!("{event:?}"),
        };
        count.set(count.get() + 1);
    }
    fn abandoned(self: Rc<Self>, _: Vec<RequestId>) {}
}

struct Host {
    reactor: Reactor,
    binding: Binding,
    outcomes: Rc<Outcomes>,
}

impl Host {
    fn new() -> Self {
        Self::on(Reactor::builder().datagram_budget(BUDGET))
    }

    fn on(builder: ReactorBuilder) -> Self {
        let reactor = builder.build().expect("a reactor");
        let outcomes = Rc::new(Outcomes::default());
        let sink: Rc<dyn EventSink> = outcomes.clone();
        let config = EngineConfig::default();
        let binding = Binding::new(&reactor.handle(), config, Rc::downgrade(&sink));
        Self {
            reactor,
            binding,
            outcomes,
        }
    }

    /// A request that is tried once, and may take an hour.
    fn ask(&self, agent: &Socket) {
        let agent = agent.local_addr().expect("an address");
        let endpoint = self
            .binding
            .endpoint_for(&Address::Udp(agent))
            .expect("a port");
        let pdu = Pdu::new(PduKind::GetRequest, 0, VarBindList::new());
        let peer = Peer::udp(endpoint, agent);
        let request = Request::new(peer, Credentials::V2c("public".into()), pdu);
        let request = request.patience(HOUR, 0);
        self.binding.submit(request).expect("room");
    }

    fn send_all(&mut self) {
        while self.binding.with_engine(|engine, _| engine.has_output()) {
            self.reactor.turn().expect("a pass");
        }
    }

    fn sent(&self) -> u64 {
        self.binding
            .with_engine_at_rest(|engine| engine.statistics().out_pkts)
    }

    fn outstanding(&self) -> usize {
        self.binding.with_engine(|engine, _| engine.outstanding())
    }
}

fn socket() -> Socket {
    Socket::bind(SocketAddr::from(([127, 0, 0, 1], 0))).expect("bound")
}

/// Answers the next `count` requests.
fn answer(agent: &Socket, count: usize) {
    let mut message = [0; 1500];
    for _ in 0..count {
        let (len, manager) = agent.recv_from(&mut message).expect("a request");
        let tag = message.iter().position(|octet| *octet == 0xa0);
        message[tag.expect("a GetRequest-PDU")] = 0xa2;
        agent.send_to(&message[..len], manager).expect("sent");
    }
}

#[test]
fn answers_that_wait_in_the_socket_come_before_time_outs() {
    let mut host = Host::new();
    let agents = [(); 4].map(|()| socket());
    for _ in 0..100 {
        agents.iter().for_each(|agent| host.ask(agent));
    }
    host.send_all();
    agents.iter().for_each(|agent| answer(agent, 100));
    standstill::pass(2 * HOUR);
    let mut turns = 0;
    while host.outstanding() > 0 {
        let turn = host.reactor.turn().expect("a pass");
        assert!(turn.more || host.outstanding() == 0, "a host would sleep");
        turns += 1;
    }
    assert_eq!(host.outcomes.timed_out.get(), 0);
    assert_eq!(host.outcomes.answered.get(), 400);
    assert!(turns >= 400 / BUDGET, "a turn is bounded: {turns}");
}

#[test]
fn a_flood_does_not_keep_a_request_from_timing_out() {
    let mut host = Host::new();
    let (silent, flooding) = (socket(), socket());
    host.ask(&silent);
    host.send_all();
    let (_, manager) = silent.recv_from(&mut [0; 1500]).expect("a request");
    standstill::pass(2 * HOUR);
    let mut turns = 0;
    while host.outstanding() > 0 {
        for _ in 0..2 * BUDGET {
            flooding.send_to(b"flood", manager).expect("sent");
        }
        host.reactor.turn().expect("a pass");
        turns += 1;
        assert!(turns <= 100, "the flood stops time");
    }
    assert_eq!(host.outcomes.timed_out.get(), 1);
    assert!(turns > 50, "it waits for what may be there: {turns}");
}

#[test]
fn nothing_wakes_the_host_of_an_idle_engine() {
    let mut host = Host::new();
    let agent = socket();
    host.reactor.turn().expect("a pass");
    let mut deadlines = Vec::new();
    // The second request has the time limit of the first one set again.
    for answered in 1..=2 {
        host.ask(&agent);
        host.send_all();
        deadlines.push(host.reactor.next_deadline().expect("a time limit"));
        answer(&agent, 1);
        while host.outcomes.answered.get() < answered {
            host.reactor.iterate(None).expect("a pass");
        }
        assert_eq!(host.reactor.next_deadline(), None);
        standstill::pass(HOUR / 2);
    }
    assert!(deadlines[1] >= deadlines[0] + HOUR / 2);
    host.ask(&agent);
    standstill::pass(2 * HOUR);
    while host.outstanding() > 0 {
        host.reactor.turn().expect("a pass");
    }
    assert_eq!(host.outcomes.timed_out.get(), 1);
}

#[test]
fn a_time_limit_that_has_moved_away_is_no_progress() {
    let mut host = Host::new();
    let (quick, slow) = (socket(), socket());
    host.ask(&quick);
    host.send_all();
    standstill::pass(HOUR / 2);
    host.ask(&slow);
    host.send_all();
    answer(&quick, 1);
    while host.outcomes.answered.get() == 0 {
        host.reactor.iterate(None).expect("a pass");
    }
    // That of the answered one is over.
    standstill::pass(HOUR * 3 / 4);
    let turn = host.reactor.turn().expect("a pass");
    assert!(!turn.progressed && !turn.more, "{turn:?}");
    let now = host.reactor.handle().now();
    assert!(host.reactor.next_deadline().expect("a time limit") > now);
    standstill::pass(HOUR / 2);
    let turn = host.reactor.turn().expect("a pass");
    assert!(turn.progressed);
    assert_eq!(host.outcomes.timed_out.get(), 1);
}

#[cfg(unix)]
#[test]
fn a_request_that_the_system_has_no_room_for_is_sent_a_little_later() {
    use rustix::io::Errno;
    for error in [Errno::NOBUFS, Errno::NOMEM, Errno::INTR] {
        let mut host = Host::new();
        let agent = socket();
        let limit = Some(Duration::from_secs(30));
        agent.set_read_timeout(limit).expect("set");
        for _ in 0..3 {
            host.ask(&agent);
        }
        faults::inject(Call::Send, error.raw_os_error(), usize::MAX);
        for _ in 0..3 {
            host.reactor.turn().expect("a pass");
        }
        assert!(!host.reactor.turn().expect("a pass").more, "it spins");
        assert_eq!(host.sent(), 0);
        faults::end();
        standstill::pass(HOUR / 2);
        host.reactor.turn().expect("a pass");
        answer(&agent, 3);
        while host.outstanding() > 0 {
            host.reactor.turn().expect("a pass");
        }
        assert_eq!(host.outcomes.answered.get(), 3, "{error:?}");
    }
}

#[test]
fn a_turn_sends_as_much_as_its_budget_and_says_that_there_is_more() {
    let budgets = [None, Some(50), Some(1000)];
    for (budget, turns) in budgets.into_iter().zip([7, 4, 1]) {
        let builder = Reactor::builder();
        let mut host = Host::on(match budget {
            Some(messages) => builder.send_budget(messages),
            None => builder,
        });
        host.reactor.turn().expect("start-up");
        let agents = [socket(), socket()];
        for _ in 0..100 {
            agents.iter().for_each(|agent| host.ask(agent));
        }
        for turn in 1..=turns {
            let is_more = host.reactor.turn().expect("a pass").more;
            let expected = 200.min(turn * budget.unwrap_or(32));
            assert_eq!(host.sent(), expected as u64);
            assert_eq!(is_more, turn < turns);
        }
    }
}

/// As the manual has it for hosts that draw frames.
#[test]
fn turns_until_there_is_no_more_send_all_and_then_take_all() {
    let mut host = Host::new();
    host.reactor.turn().expect("start-up");
    let agents = [(); 4].map(|()| socket());
    for _ in 0..100 {
        agents.iter().for_each(|agent| host.ask(agent));
    }
    while host.reactor.turn().expect("a pass").more {}
    assert_eq!(host.sent(), 400);
    agents.iter().for_each(|agent| answer(agent, 100));
    while host.reactor.turn().expect("a pass").more {}
    assert_eq!(host.outcomes.answered.get(), 400);
}
