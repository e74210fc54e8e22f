//! A responder behind an engine, so that its requests can wait.

use std::time::{Duration, Instant};

use deferred_snmp::applications::{Finished, Started};
use deferred_snmp::engine::{Endpoint, EngineConfig, Event, IncomingRequest, Peer, StateReference};
use deferred_snmp::message::CommunityMessage;
use deferred_snmp::security::{CommunityEntry, CommunityTable};
use util::rig::Rig;

use super::*;

/// An engine and its responder, by hand.
pub(crate) struct Served {
    rig: Rig,
    pub(crate) responder: CommandResponder,
    /// Milliseconds since it began.
    pub(crate) time: u64,
    pub(crate) peer: Peer,
}

impl Served {
    pub(crate) fn new(responder: CommandResponder) -> Self {
        let mut communities = CommunityTable::default();
        communities.insert("public", CommunityEntry::new("public"));
        communities.insert("other", CommunityEntry::new("other"));
        let config = EngineConfig::with_seed(1)
            .communities(communities)
            .max_unauthenticated_bulk_size(65_507)
            .max_unanswered(10_000);
        Self {
            rig: Rig::new(config),
            responder,
            time: 0,
            peer: Peer::udp(Endpoint(0), ([192, 0, 2, 1], 40_000).into()),
        }
    }

    pub(crate) fn now(&self) -> Instant {
        self.rig.at(self.time)
    }

    /// What the engine makes of a request.
    pub(crate) fn incoming(
        &mut self,
        community: &str,
        version: Version,
        pdu: &Pdu,
    ) -> IncomingRequest {
        let mut message = Vec::new();
        CommunityMessage::new(version, community.as_bytes(), pdu).encode(&mut message);
        let (time, peer) = (self.time, self.peer.clone());
        self.rig.receive(time, &peer, &message);
        match self.rig.engine.poll_event() {
            Some(Event::Request(request)) => request,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn ask_as(
        &mut self,
        community: &str,
        version: Version,
        pdu: &Pdu,
    ) -> (StateReference, Started) {
        let request = self.incoming(community, version, pdu);
        (request.state, self.responder.start(self.now(), request))
    }

    pub(crate) fn ask(&mut self, pdu: &Pdu) -> Started {
        self.ask_as("public", Version::V2c, pdu).1
    }

    /// Starts a request that has to wait.
    #[track_caller]
    pub(crate) fn waits(&mut self, pdu: &Pdu) -> StateReference {
        let (state, started) = self.ask_as("public", Version::V2c, pdu);
        assert!(matches!(started, Started::Waits), "{started:?}");
        state
    }

    /// The response to a request that is answered at once.
    #[track_caller]
    pub(crate) fn answer(&mut self, pdu: &Pdu) -> Pdu {
        match self.ask(pdu) {
            Started::Answered(response) => response,
            other => panic!("{other:?}"),
        }
    }

    /// Lets time go by, and whatever is due happen.
    pub(crate) fn advance(&mut self, milliseconds: u64) {
        self.time += milliseconds;
        self.responder.handle_timeout(self.now());
    }

    /// Lets what can go on do so until nothing can, and gives what is finished.
    #[track_caller]
    pub(crate) fn finished(&self) -> Vec<Finished> {
        let mut turns = 0;
        while self.responder.run_waiting(self.now()) {
            turns += 1;
            assert!(turns < 1_000_000, "it goes on for ever");
        }
        std::iter::from_fn(|| self.responder.poll_finished()).collect()
    }

    /// The only response that is finished by now.
    #[track_caller]
    pub(crate) fn only(&self) -> Pdu {
        let mut finished = self.finished();
        assert_eq!(finished.len(), 1, "{finished:?}");
        finished.remove(0).answer.expect("a response")
    }

    /// Milliseconds until something is due.
    pub(crate) fn due_in(&self) -> Option<u64> {
        let next = self.responder.next_deadline()?;
        Some(next.saturating_duration_since(self.now()).as_millis() as u64)
    }

    pub(crate) fn engine(&mut self) -> &mut deferred_snmp::engine::Engine {
        &mut self.rig.engine
    }
}

/// More than any time-out of a responder.
pub(crate) const LONG: Duration = Duration::from_secs(3_600);
