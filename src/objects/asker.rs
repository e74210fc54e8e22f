//! Who asks a managed object.

use std::any::Any;
use std::cell::Cell;
use std::fmt;
use std::time::Instant;

use super::later::Ticket;
use crate::engine::{IncomingRequest, Peer};
use crate::message::Version;
use crate::security::{SecurityLevel, SecurityModel};

/// Who asks, and when: what the message said about a request besides its PDU, the parameters of processPdu (RFC 3411
/// section 4.2.1.1). Every managed object is told.
///
/// [`Asker::from`] makes one of a received request, and [`Asker::new`] one of its parts, for a program that drives a
/// [`CommandResponder`](crate::applications::CommandResponder) with requests of another origin. The program itself is an
/// asker as well: [`Asker::program`].
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Asker<'a> {
    /// The version of the message: whose rules the PDU follows, RFC 1157 or RFC 3416.
    pub version: Version,
    /// The security model that authenticated the message.
    pub security_model: SecurityModel,
    /// The principal, in the model-independent form.
    pub security_name: &'a [u8],
    /// How the message was protected.
    pub security_level: SecurityLevel,
    /// The context that is asked.
    pub context_name: &'a [u8],
    /// Where the message came from. `None` for one that came by no message.
    pub peer: Option<&'a Peer>,
    /// The time of the request, or of the part of its work that is being done. `None` where nobody has told it.
    pub now: Option<Instant>,
    /// The request-id of the PDU.
    pub request_id: i32,
    calls: Option<&'a Calls<'a>>,
}

impl<'a> Asker<'a> {
    /// An asker by the words of RFC 3411, without an address and without the time.
    pub const fn new(
        version: Version,
        security_model: SecurityModel,
        security_name: &'a [u8],
        security_level: SecurityLevel,
        context_name: &'a [u8],
    ) -> Self {
        Self {
            version,
            security_model,
            security_name,
            security_level,
            context_name,
            peer: None,
            now: None,
            request_id: 0,
            calls: None,
        }
    }

    /// The program that the objects belong to, which asks them without a message. It goes by the rules of SNMPv2, has no
    /// name, and counts as authenticated and private.
    pub const fn program() -> Asker<'static> {
        Asker::new(
            Version::V2c,
            SecurityModel::ANY,
            b"",
            SecurityLevel::AuthPriv,
            b"",
        )
    }

    /// The same at this time.
    #[must_use]
    pub fn at(mut self, now: Instant) -> Self {
        self.now = Some(now);
        self
    }

    /// A name for an answer that comes later, to be given back in [`Answer::Later`](super::Answer::Later) and its like.
    ///
    /// The answer itself goes to [`CommandResponder::complete`](crate::applications::CommandResponder::complete) under this
    /// name. A program on a reactor has less to do: [`Asker::later`] takes a Deferred. Each call wants a ticket of
    /// its own; one that is not given back is void.
    ///
    /// The answer may be handed in before the method that has the ticket returns; it is kept for the request until then.
    ///
    /// Where [nobody can wait](Self::can_wait), what is given back under a ticket has failed.
    pub fn ticket(&self) -> Ticket {
        self.calls.map_or(Ticket::VOID, Calls::ticket)
    }

    /// Whether this request can wait for an answer that comes later. One of the [program](Self::program) cannot, nor one
    /// that is made by [`CommandResponder::process`](crate::applications::CommandResponder::process).
    pub fn can_wait(&self) -> bool {
        self.calls.is_some()
    }

    /// An object gives back a ticket. False if it is none that this request was given since another was given back.
    pub(crate) fn redeem(&self, ticket: Ticket) -> bool {
        let Some(calls) = self.calls else {
            return false;
        };
        let is_its = ticket.operation() == (calls.operation, calls.serial);
        let number = ticket.number();
        let is_new = calls.redeemed.get() < number && number <= calls.given.get();
        if is_its && is_new {
            calls.redeemed.set(number);
        }
        is_its && is_new
    }

    /// What drives the responder that asks.
    pub(crate) fn driver(&self) -> Option<&'a dyn Any> {
        self.calls?.driver
    }

    /// The operation that asks, by its place and serial number among those of its responder. `None` where nobody can wait.
    pub(crate) fn operation(&self) -> Option<(u32, u64)> {
        self.calls.map(|calls| (calls.operation, calls.serial))
    }

    /// The same without tickets.
    pub(crate) fn without_calls(self) -> Self {
        Self {
            calls: None,
            ..self
        }
    }

    /// Whoever has sent this request, with tickets from `calls`.
    #[inline]
    pub(crate) fn of(request: &'a IncomingRequest, now: Instant, calls: &'a Calls<'a>) -> Self {
        Self {
            now: Some(now),
            calls: Some(calls),
            ..Self::from(request)
        }
    }
}

impl<'a> From<&'a IncomingRequest> for Asker<'a> {
    #[inline]
    fn from(request: &'a IncomingRequest) -> Self {
        Self {
            version: request.version,
            security_model: request.security_model,
            security_name: &request.security_name,
            security_level: request.security_level,
            context_name: &request.context_name,
            peer: Some(&request.peer),
            now: None,
            request_id: request.pdu.request_id,
            calls: None,
        }
    }
}

impl fmt::Debug for Asker<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = String::from_utf8_lossy;
        f.debug_struct("Asker")
            .field("version", &self.version)
            .field("security_model", &self.security_model)
            .field("security_name", &text(self.security_name))
            .field("security_level", &self.security_level)
            .field("context_name", &text(self.context_name))
            .field("peer", &self.peer)
            .field("request_id", &self.request_id)
            .finish_non_exhaustive()
    }
}

/// What an operation calls objects with: the tickets of its answers.
pub(crate) struct Calls<'a> {
    operation: u32,
    serial: u64,
    /// How many tickets have been given, which is what tells them apart.
    given: Cell<u64>,
    /// The number of the one that was given back last.
    redeemed: Cell<u64>,
    driver: Option<&'a dyn Any>,
}

impl<'a> Calls<'a> {
    /// For the operation at this place, which has given so many tickets already.
    pub(crate) fn new(
        operation: u32,
        serial: u64,
        given: u64,
        driver: Option<&'a dyn Any>,
    ) -> Self {
        Self {
            operation,
            serial,
            given: Cell::new(given),
            redeemed: Cell::new(given),
            driver,
        }
    }

    /// How many tickets have been given.
    pub(crate) fn given(&self) -> u64 {
        self.given.get()
    }

    fn ticket(&self) -> Ticket {
        self.given.set(self.given.get() + 1);
        Ticket::new(self.operation, self.serial, self.given.get())
    }
}
