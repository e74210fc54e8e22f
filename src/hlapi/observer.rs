//! A look at the messages of an engine.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::{Rc, Weak};

use crate::engine::Address;
use crate::message::{self, CommunityMessage, ScopedPdu, ScopedPduData, V3Message, Version, peek};
use crate::pdu::PduBody;
use crate::reactor::guarded;
use crate::security::SecurityLevel;
use crate::security::usm::SecurityParameters;
use crate::transport::Direction;

use super::session::{Session, SnmpEngine};

impl SnmpEngine {
    /// Lends every message that the engine receives or sends from now on to `callback`, and gives the
    /// handle that ends this (PySNMP's `observer.registerObserver`).
    ///
    /// What is received is shown before the engine looks at it, whatever it is; what is sent, once a port
    /// has it, each try anew. Several observers are called in the order of their registration, and one
    /// that panics is reported like other callbacks and keeps its place. A callback may call anything; a
    /// message is not shown to observers that it registers meanwhile. Keys and pass phrases are never
    /// shown, and what is encrypted stays so.
    ///
    /// An observer is called until [`Observer::close`], [`SnmpEngine::close`] or the end of the engine; one
    /// that holds the engine keeps it alive. While there is none, nothing is spent on it.
    ///
    /// # Examples
    ///
    /// ```
    /// use deferred_snmp::hlapi::SnmpEngine;
    /// # use deferred_snmp::reactor::Reactor;
    ///
    /// # let reactor = Reactor::new()?;
    /// let engine = SnmpEngine::new(&reactor.handle());
    /// let observer = engine.observe(|message| println!("{message}"));
    /// // Requests, and what answers them.
    /// observer.close();
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn observe(&self, callback: impl FnMut(&ObservedMessage<'_>) + 'static) -> Observer {
        let session = self.session();
        let number = session.observers().add(Box::new(callback));
        session.watch();
        Observer {
            session: Rc::downgrade(session),
            number,
        }
    }
}

/// Ends what [`SnmpEngine::observe`] has begun. Dropping it ends nothing.
pub struct Observer {
    session: Weak<Session>,
    number: u64,
}

impl Observer {
    /// Shows no more messages. The callback is dropped, at its own end if it is what calls this.
    pub fn close(&self) {
        if let Some(session) = self.session.upgrade() {
            session.observers().remove(self.number);
            session.watch();
        }
    }
}

impl fmt::Debug for Observer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let session = self.session.upgrade();
        let is_open = session.is_some_and(|session| session.observers().has(self.number));
        f.debug_struct("Observer")
            .field("is_open", &is_open)
            .finish()
    }
}

type Callback = Box<dyn FnMut(&ObservedMessage<'_>)>;

/// The observers of an engine, in the order of their numbers.
#[derive(Default)]
pub(super) struct Observers {
    places: RefCell<Vec<Place>>,
    last: Cell<u64>,
}

struct Place {
    number: u64,
    /// None while it runs.
    callback: Option<Callback>,
}

impl Observers {
    fn add(&self, callback: Callback) -> u64 {
        let number = self.last.get() + 1;
        self.last.set(number);
        self.places.borrow_mut().push(Place {
            number,
            callback: Some(callback),
        });
        number
    }

    fn remove(&self, number: u64) {
        let mut places = self.places.borrow_mut();
        let index = places.iter().position(|place| place.number == number);
        let removed = index.map(|index| places.remove(index));
        // What it holds may come back here when it is dropped.
        drop(places);
        drop(removed);
    }

    fn has(&self, number: u64) -> bool {
        let places = self.places.borrow();
        places.iter().any(|place| place.number == number)
    }

    pub(super) fn clear(&self) {
        let removed = self.places.take();
        drop(removed);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.places.borrow().is_empty()
    }

    /// Lends a message to those who are registered now.
    pub(super) fn show(&self, message: &ObservedMessage<'_>) {
        let newest = self.last.get();
        let mut shown = 0;
        while let Some((number, callback)) = self.lend(shown, newest) {
            shown = number;
            if let Some(mut callback) = callback {
                // One that fails must keep neither the engine from the message nor the others.
                guarded("an observer", || callback(message));
                self.give_back(number, callback);
            }
        }
    }

    /// The next one after `shown`, out of its place unless it runs already.
    fn lend(&self, shown: u64, newest: u64) -> Option<(u64, Option<Callback>)> {
        let mut places = self.places.borrow_mut();
        let is_next = |place: &&mut Place| place.number > shown && place.number <= newest;
        let place = places.iter_mut().find(is_next)?;
        Some((place.number, place.callback.take()))
    }

    /// Puts it back, unless it has been removed.
    fn give_back(&self, number: u64, callback: Callback) {
        let mut places = self.places.borrow_mut();
        let place = places.iter_mut().find(|place| place.number == number);
        let removed = match place {
            Some(place) => place.callback.replace(callback),
            None => Some(callback),
        };
        drop(places);
        drop(removed);
    }
}

/// A message on its way, as its transport carries it: over UDP, a datagram. Nothing of it has been taken apart until that
/// is asked for, and nothing has been checked.
///
/// Prints on one line, without the community, which serves as a password; in SNMPv3 with the user's
/// name, and with the PDU where that is in the clear.
#[derive(Clone, Copy)]
pub struct ObservedMessage<'a> {
    direction: Direction,
    address: &'a Address,
    local_addr: Option<&'a Address>,
    octets: &'a [u8],
}

impl<'a> ObservedMessage<'a> {
    pub(super) fn new(
        direction: Direction,
        address: &'a Address,
        local_addr: Option<&'a Address>,
        octets: &'a [u8],
    ) -> Self {
        Self {
            direction,
            address,
            local_addr,
            octets,
        }
    }

    /// Whether it comes or goes.
    pub fn direction(&self) -> Direction {
        self.direction
    }

    /// Who sent it, or is to receive it.
    pub fn address(&self) -> &'a Address {
        self.address
    }

    /// The own address that it goes through: as exactly as the system tells, else that of the port.
    pub fn local_addr(&self) -> Option<&'a Address> {
        self.local_addr
    }

    /// The whole message.
    pub fn octets(&self) -> &'a [u8] {
        self.octets
    }

    /// The version, if it begins like a message.
    pub fn version(&self) -> Option<Version> {
        peek::version(self.octets).ok()
    }

    /// What a message of SNMPv1 or SNMPv2c says, the community among it. None also where the engine has to
    /// mend it first ([`message::mended`](crate::message::mended)).
    pub fn community_message(&self) -> Option<CommunityMessage<'a>> {
        CommunityMessage::decode(self.octets).ok()
    }

    /// What is in the clear of a message of SNMPv3: msgID, security level, and the rest of its header.
    pub fn v3_message(&self) -> Option<V3Message<'a>> {
        V3Message::decode(self.octets).ok()
    }

    /// Which engine's clock and keys count in a message of SNMPv3, what that clock shows, and the user.
    pub fn security_parameters(&self) -> Option<SecurityParameters<'a>> {
        SecurityParameters::decode(self.v3_message()?.security_parameters).ok()
    }

    /// How it is protected, or says that it is: a digest has not been checked.
    pub fn security_level(&self) -> Option<SecurityLevel> {
        if self.version()? != Version::V3 {
            return Some(SecurityLevel::NoAuthNoPriv);
        }
        Some(self.v3_message()?.header.flags.into())
    }

    /// The PDU of a message of SNMPv3 and its context, where it is not encrypted.
    pub fn scoped_pdu(&self) -> Option<ScopedPdu<'a>> {
        match self.v3_message()?.data {
            ScopedPduData::Plaintext(element) => ScopedPdu::decode_padded(element, 0).ok(),
            ScopedPduData::Encrypted(_) => None,
        }
    }

    /// The PDU in any version, where it is not encrypted.
    pub fn pdu(&self) -> Option<PduBody<'a>> {
        match self.version()? {
            Version::V3 => Some(self.scoped_pdu()?.pdu.into()),
            _ => Some(self.community_message()?.pdu),
        }
    }
}

impl fmt::Display for ObservedMessage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let address = self.address;
        match self.direction {
            Direction::Received => write!(f, "from {address}: ")?,
            Direction::Sent => write!(f, "to {address}: ")?,
        }
        if let Some(message) = self.community_message() {
            fmt::Display::fmt(&message, f)
        } else if let Some(message) = self.v3_message() {
            match self.security_parameters() {
                Some(parameters) => write!(f, "{parameters}: {message}"),
                None => fmt::Display::fmt(&message, f),
            }
        } else {
            match CommunityMessage::decode(&message::mended(self.octets)) {
                Ok(message) => fmt::Display::fmt(&message, f),
                Err(_) => write!(f, "{} octets, no message of SNMP", self.octets.len()),
            }
        }
    }
}

impl fmt::Debug for ObservedMessage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ObservedMessage")
            .field("direction", &self.direction)
            .field("address", &self.address)
            .field("local_addr", &self.local_addr)
            .finish_non_exhaustive()
    }
}
