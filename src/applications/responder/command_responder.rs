//! The command responder: a request in, a response out (RFC 3413 section 3.2, RFC 3416 section 4.2).

use std::any::Any;
use std::cell::{Cell, OnceCell, RefCell};
use std::fmt;
use std::time::Duration;

use super::contexts::{ContextId, Contexts, NoContext};
use super::failure::{Failure, Halt, Unanswered};
use super::handed_in::Come;
use super::operations::Operations;
use super::reading::{Kind, Progress, Reading};
use super::repeats::Outcomes;
use super::settings::{Budget, MAX_STEPS_AT_ONCE, Settings};
use super::transaction::Transaction;
use super::waiters::Waiters;
use crate::access::AccessControl;
use crate::message::Version;
use crate::objects::{Asker, MibTree, Records};
use crate::pdu::{Bulk, ErrorStatus, Pdu, PduKind, PduRef};
use crate::smi::VarBindList;

/// Answers Get, GetNext, GetBulk and Set from trees of managed objects, within what access control allows.
///
/// It does no input and output. A request is [started](Self::start), and answered at once or later: when it waits for an
/// object that [answers later](crate::objects::Answer::Later), or when it gives way to others after a slice of steps. Whoever
/// drives the responder then
///
/// - hands in what objects have to say, by [`complete`](Self::complete),
/// - lets those go on that can, by [`run_waiting`](Self::run_waiting), once in each turn of its loop,
/// - calls [`handle_timeout`](Self::handle_timeout) at [`next_deadline`](Self::next_deadline),
/// - and fetches answers from [`poll_finished`](Self::poll_finished).
///
/// [`SnmpEngine::register_responder`](crate::hlapi::SnmpEngine::register_responder) does all that. [`process`](Self::process) is
/// for programs whose objects all answer at once.
///
/// # What may be changed while it serves
///
/// All of it, from the code of its objects too: nothing is borrowed while that runs. [`contexts`](Self::contexts) leads to
/// the objects. Only to serve another request is left to when the code has returned.
///
/// # Bounds
///
/// 1,024 requests may wait, 64 of one asker (an address and a security name), 64 for one object, 64 for another slice of
/// steps (16 of one asker), and 64 SETs for one in the same context (16 of one asker); they
/// may have 65,536 variable bindings (16,384 of one asker). A request beyond that is genErr, or ends where it
/// is if it is a GetBulk with something to tell; a SET is resourceUnavailable.
pub struct CommandResponder {
    pub(super) contexts: Contexts,
    /// None while it is asked.
    pub(super) access: RefCell<Option<Box<dyn AccessControl>>>,
    pub(super) settings: Cell<Settings>,
    pub(super) budget: Cell<Budget>,
    pub(super) records: Records,
    pub(super) waiters: Waiters,
    pub(super) operations: RefCell<Operations>,
    pub(super) outcomes: RefCell<Outcomes>,
    /// Which operation runs, and what has come for it meanwhile.
    pub(super) running: Cell<Option<(usize, u64)>>,
    pub(super) early: RefCell<Vec<Come>>,
    pub(super) driver: OnceCell<Box<dyn Any>>,
    pub(super) spare: RefCell<Spare>,
    bad_community_uses: Cell<u32>,
    exhausted_requests: Cell<u32>,
}

/// What earlier requests have left, kept for its allocations.
#[derive(Default)]
pub(super) struct Spare {
    var_binds: VarBindList,
    reading: Option<Box<Reading>>,
    transaction: Option<Box<Transaction>>,
}

impl Spare {
    pub(super) fn reading(&mut self) -> Box<Reading> {
        let mut reading = self.reading.take().unwrap_or_default();
        reading.var_binds = std::mem::take(&mut self.var_binds);
        reading
    }

    pub(super) fn transaction(&mut self) -> Box<Transaction> {
        let mut transaction = self.transaction.take().unwrap_or_default();
        transaction.begin();
        transaction
    }
}

impl CommandResponder {
    /// A responder for `tree` as the default context.
    pub fn new(tree: MibTree, access: impl AccessControl + 'static) -> Self {
        Self {
            contexts: Contexts::new(tree),
            access: RefCell::new(Some(Box::new(access))),
            settings: Cell::new(Settings::DEFAULT),
            budget: Cell::default(),
            records: Records::default(),
            waiters: Waiters::default(),
            operations: RefCell::default(),
            outcomes: RefCell::default(),
            running: Cell::default(),
            early: RefCell::default(),
            driver: OnceCell::new(),
            spare: RefCell::default(),
            bad_community_uses: Cell::new(0),
            exhausted_requests: Cell::new(0),
        }
    }

    /// The contexts and their managed objects.
    pub fn contexts(&self) -> &Contexts {
        &self.contexts
    }

    /// The same before they are served, when trees can be [had whole](Contexts::get_mut).
    pub fn contexts_mut(&mut self) -> &mut Contexts {
        &mut self.contexts
    }

    /// Replaces the access control. A request under way goes by the old one until its next slice, or until what it waits for
    /// has come.
    pub fn set_access(&self, access: impl AccessControl + 'static) {
        let former = self.access.borrow_mut().replace(Box::new(access));
        drop(former);
    }

    fn set(&self, change: impl FnOnce(&mut Settings)) {
        let mut settings = self.settings.get();
        change(&mut settings);
        self.settings.set(settings);
    }

    /// Bounds the repetitions of one GetBulk, whatever it asks for; at least one is made. The default is 1,000.
    pub fn set_max_repetitions(&self, max_repetitions: u32) {
        self.set(|settings| settings.max_repetitions = max_repetitions.max(1));
    }

    /// Bounds what one GetBulk may pass over, in steps. The default is 200,000; at least one is made. Past the bound it ends
    /// after its last complete repetition, if there is one. A GetNext goes on, but for 60 seconds at most: then
    /// nobody waits for its answer.
    ///
    /// A step is a variable that is not handed out because it is missing, hidden by access control or, in SNMPv1, a
    /// Counter64; or a whole object that has no instance. Every 16 sub-identifiers of an instance are one more, and so
    /// are every 16 of the name that its object is registered at. A subtree that [`AccessControl::next_in_view`] jumps
    /// over is one step, what [`ManagedObject::advance`](crate::objects::ManagedObject::advance) leaves out none, and
    /// bindings that come into the same stretch share its steps. What is handed out is bounded by the size of the
    /// response.
    ///
    /// In [`process`](Self::process), where nothing can give way, the bound is 10,000 if this is not less, and holds for
    /// GetNext too: without a repetition to tell, the response is genErr for the binding at which it was met.
    pub fn set_max_steps(&self, max_steps: u32) {
        self.set(|settings| settings.max_steps = max_steps.max(1));
    }

    /// The steps after which a request gives way: 4,096, some milliseconds, unless this says otherwise. Here, variables
    /// that are handed out are steps, too. New requests come first, and share one slice with all that wait in each turn of the loop.
    pub fn set_slice(&self, steps: u32) {
        self.set(|settings| settings.slice = steps.max(1));
    }

    /// How long an object may take that answers later: 5 seconds unless this says otherwise. Then it has failed. A GetBulk
    /// that has taken so long in all ends after its last complete repetition, if there is one.
    pub fn set_read_timeout(&self, timeout: Duration) {
        self.set(|settings| settings.read_timeout = timeout);
    }

    /// How long an object may take for one phase of a SET: 10 seconds unless this says otherwise. Then the phase has failed.
    pub fn set_set_timeout(&self, timeout: Duration) {
        self.set(|settings| settings.set_timeout = timeout);
    }

    /// Requests that met the bound of [`set_max_steps`](Self::set_max_steps), could not give way, or ended early as they
    /// [took too long](Self::set_read_timeout).
    pub fn exhausted_requests(&self) -> u32 {
        self.exhausted_requests.get()
    }

    /// Requests of SNMPv1 refused for lack of any rights: their part in snmpInBadCommunityUses (RFC 3584 section 4.4).
    pub fn bad_community_uses(&self) -> u32 {
        self.bad_community_uses.get()
    }

    /// Takes back a PDU that is not needed any more, for the sake of its buffer.
    pub fn recycle(&self, pdu: Pdu) {
        let mut spare = self.spare.borrow_mut();
        spare.var_binds = pdu.var_binds;
        spare.var_binds.clear();
    }

    /// An empty list of bindings, in a buffer that an earlier one has left.
    pub(super) fn var_binds(&self) -> VarBindList {
        std::mem::take(&mut self.spare.borrow_mut().var_binds)
    }

    /// What objects are told to hand their answers to.
    pub(crate) fn set_driver(&self, driver: impl Any) {
        _ = self.driver.set(Box::new(driver));
    }

    pub(super) fn driver(&self) -> Option<&dyn Any> {
        self.driver.get().map(|driver| &**driver)
    }

    /// The response to `pdu`, with at most `max_octets` octets of encoded variable bindings.
    ///
    /// What would have to wait has failed: an object that answers later, and a search of too many
    /// [steps](Self::set_max_steps).
    ///
    /// A response that cannot be made so small is tooBig with no bindings, or, in SNMPv1, with those of the request
    /// even when these are too long; whoever sends it drops it then (snmpSilentDrops).
    ///
    /// # Errors
    ///
    /// There is no response to such a request.
    pub fn process(
        &self,
        asker: &Asker<'_>,
        pdu: PduRef<'_>,
        max_octets: usize,
    ) -> Result<Pdu, Unanswered> {
        let context = self.admit(asker, pdu)?;
        let asker = asker.without_calls();
        if pdu.kind == PduKind::SetRequest {
            let mut transaction = self.spare.borrow_mut().transaction();
            let is_taken = self.operations.borrow().has_set(context);
            let outcome = match is_taken {
                true => Err(Failure::of_all(ErrorStatus::RESOURCE_UNAVAILABLE).into()),
                false => self.in_world(context, &asker, pdu.kind, |world| {
                    transaction.run(world, pdu.var_binds, max_octets)
                }),
            };
            return self.finish_set(transaction, outcome, pdu, asker.version, max_octets);
        }
        let mut reading = self.reading_for(pdu, asker.version, max_octets);
        reading.passage.grant(u32::MAX);
        let most = self.settings.get().max_steps;
        reading.passage.limit(most.min(MAX_STEPS_AT_ONCE));
        let outcome = self.in_world(context, &asker, pdu.kind, |world| {
            match reading.run(world, pdu.var_binds)? {
                Progress::Done => Ok(Progress::Done),
                Progress::Pause | Progress::Wait => reading.give_up(),
            }
        });
        self.finish_reading(reading, outcome, pdu, asker.version, max_octets)
    }

    /// The context that a request is for, if it is a request and there is one.
    pub(super) fn admit(
        &self,
        asker: &Asker<'_>,
        pdu: PduRef<'_>,
    ) -> Result<ContextId, Unanswered> {
        use PduKind::{GetBulkRequest, GetNextRequest, GetRequest, SetRequest};
        if !matches!(
            pdu.kind,
            GetRequest | GetNextRequest | GetBulkRequest | SetRequest
        ) {
            return Err(Unanswered::NotARequest);
        }
        let v1 = asker.version == Version::V1;
        if v1 && (pdu.kind == GetBulkRequest || !pdu.has_values_of_v1()) {
            return Err(Unanswered::IllFormed);
        }
        let context = self.contexts.for_request(asker.context_name);
        context.map_err(|reason| match reason {
            NoContext::Unknown => Unanswered::UnknownContext,
            NoContext::Unavailable => Unanswered::UnavailableContext,
        })
    }

    /// What a request that reads begins with.
    pub(super) fn reading_for(
        &self,
        pdu: PduRef<'_>,
        version: Version,
        max_octets: usize,
    ) -> Box<Reading> {
        let mut reading = self.spare.borrow_mut().reading();
        let settings = self.settings.get();
        let kind = match (pdu.kind, pdu.bulk()) {
            (_, Some(bulk)) => Kind::GetBulk(Bulk {
                max_repetitions: bulk.max_repetitions.min(settings.max_repetitions),
                ..bulk
            }),
            (PduKind::GetNextRequest, _) => Kind::GetNext,
            _ => Kind::Get,
        };
        let v1 = version == Version::V1;
        reading.begin(kind, pdu.var_binds.len(), v1, max_octets);
        reading.set_max_steps(settings.max_steps);
        reading
    }

    /// Makes the response of a request that has read.
    pub(super) fn finish_reading(
        &self,
        mut reading: Box<Reading>,
        outcome: Result<Progress, Halt>,
        pdu: PduRef<'_>,
        version: Version,
        max_octets: usize,
    ) -> Result<Pdu, Unanswered> {
        if reading.is_exhausted {
            bump(&self.exhausted_requests);
        }
        let var_binds = std::mem::take(&mut reading.var_binds);
        self.spare.borrow_mut().reading = reading.is_small().then_some(reading);
        self.respond(outcome, var_binds, pdu, version, max_octets)
    }

    /// Makes the response of a SET: its own bindings, whatever became of it.
    pub(super) fn finish_set(
        &self,
        transaction: Box<Transaction>,
        outcome: Result<Progress, Halt>,
        pdu: PduRef<'_>,
        version: Version,
        max_octets: usize,
    ) -> Result<Pdu, Unanswered> {
        let mut spare = self.spare.borrow_mut();
        spare.transaction = transaction.is_small().then_some(transaction);
        let mut var_binds = std::mem::take(&mut spare.var_binds);
        drop(spare);
        if outcome.is_ok() {
            var_binds.assign(pdu.var_binds);
        }
        self.respond(outcome, var_binds, pdu, version, max_octets)
    }

    /// Status and index as the version of the request has them, and the bindings that belong to that.
    pub(super) fn respond(
        &self,
        outcome: Result<Progress, Halt>,
        mut var_binds: VarBindList,
        pdu: PduRef<'_>,
        version: Version,
        max_octets: usize,
    ) -> Result<Pdu, Unanswered> {
        let failure = match outcome {
            Ok(_) => Failure::NONE,
            Err(Halt::Failed(failure)) => failure,
            Err(Halt::Unanswered(reason)) => {
                self.spare.borrow_mut().var_binds = var_binds;
                return Err(reason);
            }
        };
        let v1 = version == Version::V1;
        let (error_status, error_index) = self.report(failure, v1);
        if error_status.is_error() {
            let fits = pdu.var_binds.encoded_len() <= max_octets;
            if v1 || (fits && error_status != ErrorStatus::TOO_BIG) {
                var_binds.assign(pdu.var_binds);
            } else {
                var_binds.clear();
            }
        }
        Ok(Pdu {
            kind: PduKind::Response,
            request_id: pdu.request_id,
            error_status,
            error_index,
            var_binds,
        })
    }

    /// Status and index as the version of the request has them.
    fn report(&self, failure: Failure, v1: bool) -> (ErrorStatus, i32) {
        let Failure { status, index } = failure;
        let unauthorized = status == ErrorStatus::AUTHORIZATION_ERROR;
        if v1 {
            if unauthorized {
                bump(&self.bad_community_uses);
            }
            (status.to_v1(), index)
        } else if unauthorized {
            // RFC 3413 section 3.2: the error concerns the principal and not a variable.
            (status, 0)
        } else {
            (status, index)
        }
    }
}

fn bump(counter: &Cell<u32>) {
    counter.set(counter.get().wrapping_add(1));
}

impl fmt::Debug for CommandResponder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let settings = self.settings.get();
        f.debug_struct("CommandResponder")
            .field("contexts", &self.contexts)
            .field("max_repetitions", &settings.max_repetitions)
            .field("max_steps", &settings.max_steps)
            .finish_non_exhaustive()
    }
}
