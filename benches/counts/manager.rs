//! A manager: requests through its engine, from their submission to their outcome, without sockets. What the agent does
//! in between does not count.

use std::hint::black_box;
use std::ops::ControlFlow;
use std::time::Instant;

use deferred_snmp::applications::{Walk, WalkOptions};
use deferred_snmp::engine::{
    Credentials, Endpoint, Engine, EngineConfig, Event, Peer, Request, UsmCredentials,
};
use deferred_snmp::message::Version;
use deferred_snmp::pdu::{Pdu, PduKind};
use deferred_snmp::security::usm::{AuthProtocol, Key, PrivProtocol, User, UsmUser};
use deferred_snmp::smi::{ValueRef, VarBindList};

use crate::agent::{Agent, COLUMN, SYS_DESCR};
use crate::{Cases, counted};

pub(crate) fn cases(cases: &Cases) {
    let mut manager = Manager::new(Credentials::V2c("public".into()));
    cases.parts("manager, GET", || manager.get());
    cases.parts("manager, walk of 50 rows", || manager.walk());
    // The keys are localized, and the agent's clock is known, from the first request on.
    let credentials = Credentials::Usm(UsmCredentials::new(user()));
    let mut manager = Manager::new(credentials);
    cases.parts("manager, GET with SHA-1 and AES-128", || manager.get());
    // Its last request again, which is as good as a new one as long as its time is right.
    manager.get();
    cases.whole("agent, GET with SHA-1 and AES-128", || {
        black_box(manager.agent.answer(black_box(&manager.message)));
    });
}

/// A user with keys in place of pass phrases, whose hashing would take most of the time.
pub(crate) fn user() -> User {
    UsmUser::new("operator")
        .and_then(|user| user.auth(AuthProtocol::Sha1, Key::master([0x5a; 20])))
        .and_then(|user| user.privacy(PrivProtocol::Aes128, Key::master([0xa5; 20])))
        .expect("keys of the right length")
        .into()
}

#[expect(
    clippy::disallowed_methods,
    reason = "an Instant can be had in no other way"
)]
pub(crate) fn clock() -> Instant {
    Instant::now()
}

/// A manager, and the agent that it asks.
struct Manager {
    engine: Engine,
    credentials: Credentials,
    peer: Peer,
    now: Instant,
    message: Vec<u8>,
    agent: Agent,
}

impl Manager {
    fn new(credentials: Credentials) -> Self {
        let now = clock();
        Self {
            engine: Engine::new(EngineConfig::with_seed(1), now),
            credentials,
            peer: Peer::udp(Endpoint(0), ([192, 0, 2, 2], 161).into()),
            now,
            message: Vec::with_capacity(2000),
            agent: Agent::new(now),
        }
    }

    fn get(&mut self) {
        counted(|| {
            let mut var_binds = VarBindList::from_buffer(self.engine.buffer());
            var_binds.push(SYS_DESCR.as_ref(), ValueRef::Null);
            self.submit(Pdu::new(PduKind::GetRequest, 0, var_binds));
        });
        self.exchange(|response| {
            black_box(response.var_binds.get(0));
        });
    }

    fn walk(&mut self) {
        let mut rows = 0;
        let mut walk = counted(|| {
            let options = WalkOptions::default().max_repetitions(25);
            let options = options.lexicographic_mode(false);
            Walk::new(Version::V2c, [COLUMN], options)
        });
        while counted(|| {
            let request = walk.next_request(self.engine.buffer());
            request.map(|request| self.submit(request)).is_some()
        }) {
            self.exchange(|response| {
                let progress = walk.handle_response(response, |row| {
                    black_box(row);
                    rows += 1;
                    ControlFlow::Continue(())
                });
                black_box(progress).expect("a walk goes on");
            });
        }
        assert_eq!(rows, 50);
    }

    fn submit(&mut self, pdu: Pdu) {
        let request = Request::new(self.peer.clone(), self.credentials.clone(), pdu);
        self.engine.submit(self.now, request).expect("room");
    }

    /// Sends what has been submitted and hands out the answer to it. An agent whose engine is not known yet says
    /// something else before it answers.
    fn exchange(&mut self, mut take: impl FnMut(&Pdu)) {
        loop {
            counted(|| {
                let transmit = self.engine.poll_transmit(self.now, &mut self.message);
                assert!(transmit.is_some());
            });
            let answer = self.agent.answer(&self.message);
            let is_over = counted(|| {
                self.engine.handle_message(self.now, &self.peer, answer);
                let Some(event) = self.engine.poll_event() else {
                    return false;
                };
                let Event::Response { response, .. } = event else {
                    unreachable!()
                };
                take(&response.pdu);
                self.engine.recycle(response.pdu);
                true
            });
            if is_over {
                return;
            }
        }
    }
}
