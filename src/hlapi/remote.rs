//! An engine, whom it asks and in whose name: in one value.

use std::fmt;
use std::rc::Rc;
use std::time::Duration;

use crate::applications::Command;
use crate::deferred::Deferred;
use crate::engine::Context;
use crate::pdu::{Bulk, Pdu};
use crate::reactor::Handle;

use super::auth::AuthData;
use super::context::ContextData;
use super::error::SnmpError;
use super::exchange::Exchange;
use super::notify::{NotificationType, NotifyType};
use super::object::{ObjectIdentity, ObjectType};
use super::place::{Place, TransportTarget};
use super::question::Question;
use super::response::Response;
use super::session::{Session, SnmpEngine};
use super::table::{ResponseTable, TableOptions};
use super::walk::WalkCommand;

impl SnmpEngine {
    /// The engine at `target`, spoken to in the name of `auth`: see [`RemoteEngine`]. Nothing is sent yet.
    pub fn remote(
        &self,
        auth: &(impl AuthData + ?Sized),
        target: &(impl TransportTarget + ?Sized),
    ) -> RemoteEngine {
        RemoteEngine {
            session: Rc::clone(self.session()),
            place: target.place().clone(),
            question: (auth.credentials())
                .map(|it| Question::new(it, Context::default(), target.options())),
        }
    }
}

/// Another engine, as this one speaks to it: with credentials, in a context, with patience. From [`SnmpEngine::remote`].
///
/// Its verbs are those of this module's functions, for one [`get_cmd`](super::get_cmd), without the arguments that are
/// the same each time. A clone costs as little as a request of credentials that are kept: keep one for each agent, and
/// change a clone where one request is to be another. What is wrong with the credentials is an error of each operation.
///
/// # Examples
///
/// ```no_run
/// // Not run here: it asks an agent on port 161.
/// use std::time::Duration;
/// use deferred_snmp::hlapi::*;
/// use deferred_snmp::task::react;
///
/// fn main() -> ExitCode {
///     react(|reactor| {
///         let engine = SnmpEngine::new(reactor);
///         let target = UdpTransportTarget::new(("127.0.0.1", 161));
///         let agent = engine.remote(&CommunityData::new("public"), &target);
///         agent
///             .get(["SNMPv2-MIB::sysDescr.0"])
///             .add_callback(move |response| {
///                 response.iter().for_each(|var_bind| println!("{var_bind}"));
///                 let patient = agent.timeout(Duration::from_secs(5));
///                 patient.walk(["IF-MIB::ifTable"]).lexicographic_mode(false).collect()
///             })
///             .map(|rows| println!("{} rows", rows.len()))
///             .add_errback(|error| eprintln!("failure: {error}"))
///     })
/// }
/// ```
#[derive(Clone)]
pub struct RemoteEngine {
    session: Rc<Session>,
    place: Place,
    question: Result<Question, SnmpError>,
}

impl RemoteEngine {
    /// The context that is spoken of. Default the default context.
    #[must_use]
    pub fn context(self, context: &ContextData) -> Self {
        self.asking(|question| question.context = context.context().clone())
    }

    /// Whether names are looked up when what comes back is printed (PySNMP's `lookupMib`). Default `true`; it costs
    /// nothing until then.
    #[must_use]
    pub fn lookup_mib(self, lookup: bool) -> Self {
        self.asking(|question| question.lookup_mib = lookup)
    }

    /// How long to wait for the answer to each try. Default what the target says.
    #[must_use]
    pub fn timeout(self, timeout: Duration) -> Self {
        self.asking(|question| question.options.timeout = timeout)
    }

    /// How many further tries to make. Default what the target says.
    #[must_use]
    pub fn retries(self, retries: u32) -> Self {
        self.asking(|question| question.options.retries = retries)
    }

    /// The reactor that the engine runs on: what an [`add_timeout`](crate::deferred::Deferred::add_timeout) asks for.
    pub fn reactor(&self) -> &Handle {
        self.session.handle()
    }

    /// Reads variables by name: [`get_cmd`](super::get_cmd).
    ///
    /// # Errors
    ///
    /// Through the errback: [`SnmpError`].
    pub fn get(
        &self,
        objects: impl IntoIterator<Item = impl Into<ObjectType>>,
    ) -> Deferred<Response, SnmpError> {
        self.exchange().send(Command::Get, objects)
    }

    /// Writes variables: [`set_cmd`](super::set_cmd). Of values of several types, [`objects!`](crate::objects!) makes a list.
    ///
    /// # Errors
    ///
    /// Through the errback: [`SnmpError`].
    pub fn set(
        &self,
        objects: impl IntoIterator<Item = impl Into<ObjectType>>,
    ) -> Deferred<Response, SnmpError> {
        self.exchange().send(Command::Set, objects)
    }

    /// Reads the variables that follow: [`next_cmd`](super::next_cmd).
    ///
    /// # Errors
    ///
    /// Through the errback: [`SnmpError`].
    pub fn next(
        &self,
        objects: impl IntoIterator<Item = impl Into<ObjectType>>,
    ) -> Deferred<Response, SnmpError> {
        self.exchange().send(Command::GetNext, objects)
    }

    /// Reads several variables that follow: [`bulk_cmd`](super::bulk_cmd).
    ///
    /// # Errors
    ///
    /// Through the errback: [`SnmpError`], with [`SnmpError::EmptyResponse`] for an answer without rows.
    pub fn bulk(
        &self,
        non_repeaters: u32,
        max_repetitions: u32,
        objects: impl IntoIterator<Item = impl Into<ObjectType>>,
    ) -> Deferred<Response, SnmpError> {
        let command = Command::GetBulk(Bulk {
            non_repeaters,
            max_repetitions,
        });
        self.exchange().send(command, objects)
    }

    /// Walks with GETNEXT: [`walk_cmd`](super::walk_cmd).
    pub fn walk(&self, objects: impl IntoIterator<Item = impl Into<ObjectType>>) -> WalkCommand {
        self.exchange().walk(objects)
    }

    /// Walks with GETBULK, up to `max_repetitions` rows an answer: [`bulk_walk_cmd`](super::bulk_walk_cmd).
    pub fn bulk_walk(
        &self,
        max_repetitions: u32,
        objects: impl IntoIterator<Item = impl Into<ObjectType>>,
    ) -> WalkCommand {
        self.exchange().bulk_walk(max_repetitions, objects)
    }

    /// Reads columns of a table, side by side, and fires with the table by rows. A column is named as for
    /// [`ObjectIdentity`]: `ifDescr`, `IF-MIB::ifDescr`, `1.3.6.1.2.1.2.2.1.2`; the name of a table, `ifTable`, or of its
    /// entry stands for all columns of it that can be read. Those of a table that AUGMENTS the first go with it: `ifName` and
    /// `ifHCInOctets` with `ifDescr`.
    ///
    /// Columns are walked as by [`bulk_walk`](Self::bulk_walk), or [`walk`](Self::walk) in SNMPv1, and what [`WalkCommand`]
    /// says of agents goes for this, too.
    ///
    /// # Errors
    ///
    /// Through the errback: [`SnmpError`], with [`SnmpError::Column`] for what is no column, or one of another table.
    pub fn table(
        &self,
        columns: impl IntoIterator<Item = impl Into<ObjectIdentity>>,
    ) -> Deferred<ResponseTable, SnmpError> {
        self.table_with(TableOptions::default(), columns)
    }

    /// The same with options: a limit of rows, and how many are asked for at a time.
    ///
    /// # Errors
    ///
    /// As [`table`](Self::table).
    pub fn table_with(
        &self,
        options: TableOptions,
        columns: impl IntoIterator<Item = impl Into<ObjectIdentity>>,
    ) -> Deferred<ResponseTable, SnmpError> {
        self.exchange().table(options, columns)
    }

    /// Sends a notification: [`send_notification`](super::send_notification).
    ///
    /// # Errors
    ///
    /// Through the errback: [`SnmpError`].
    pub fn notify(
        &self,
        notify_type: NotifyType,
        notification: impl Into<NotificationType>,
    ) -> Deferred<Response, SnmpError> {
        self.exchange().notify(notify_type, notification)
    }

    /// Sends a PDU that the program has made, as it is: [`send_pdu`](super::send_pdu).
    ///
    /// # Errors
    ///
    /// Through the errback: [`SnmpError`].
    pub fn send_pdu(&self, pdu: Pdu) -> Deferred<Response, SnmpError> {
        self.exchange().send_pdu(pdu)
    }

    pub(super) fn exchange(&self) -> Exchange<'_> {
        Exchange {
            session: &self.session,
            place: &self.place,
            question: self.question.clone(),
        }
    }

    fn asking(mut self, change: impl FnOnce(&mut Question)) -> Self {
        if let Ok(question) = &mut self.question {
            change(question);
        }
        self
    }
}

impl fmt::Debug for RemoteEngine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RemoteEngine")
            .field("target", &self.place)
            .field("question", &self.question)
            .finish_non_exhaustive()
    }
}
