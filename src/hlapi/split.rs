//! A request that is divided where its answer would be too long.

use std::rc::Rc;

use crate::applications::Split;
use crate::deferred::{Deferred, Resolver};
use crate::engine::{Address, ErrorIndication, IncomingResponse as Answer, SubmitError};
use crate::pdu::Pdu;

use super::error::SnmpError;
use super::question::{Asked, Current, Question, Waiting, outcome_of_several};
use super::response::Response;
use super::session::Session;

/// Such a request under way.
pub(super) struct SplitRun {
    split: Split,
    address: Address,
    question: Question,
    asked: Asked,
    /// Whether a part was answered by other names.
    names_differ: bool,
    resolver: Resolver<Response, SnmpError>,
    current: Current,
}

pub(super) fn begin(
    session: &Rc<Session>,
    address: Address,
    question: Question,
    asked: Asked,
    pdu: Pdu,
) -> Deferred<Response, SnmpError> {
    let (current, resolver, deferred) = outcome_of_several(session);
    let version = question.credentials.version();
    let run = Box::new(SplitRun {
        split: Split::new(question.command, version, pdu.var_binds),
        address,
        question,
        asked,
        names_differ: false,
        resolver,
        current,
    });
    run.proceed(session);
    deferred
}

impl SplitRun {
    /// Sends the next request, or fires with the answer to the whole.
    fn proceed(mut self: Box<Self>, session: &Rc<Session>) {
        while let Some(pdu) = self.split.next_request(session.buffer()) {
            match session.submit(self.address.clone(), self.question.clone(), pdu) {
                Ok(id) => {
                    // Only the first request has shared its time with a look-up.
                    self.question.until = None;
                    self.current.set(Some(id));
                    return session.wait(id, Waiting::Split(self));
                }
                Err(error) if is_too_long(&error) && self.split.handle_too_long() => {}
                Err(error) => return self.resolver.errback(error),
            }
        }
        let mut answer = Answer::new(self.split.into_response());
        answer.names_differ = self.names_differ;
        self.resolver.resolve(session.response(answer, self.asked));
    }

    /// Takes the answer to the last request and goes on.
    pub(super) fn resume(
        mut self: Box<Self>,
        session: &Rc<Session>,
        outcome: Result<Answer, SnmpError>,
    ) {
        self.current.set(None);
        match outcome {
            Ok(answer) => {
                self.names_differ |= answer.names_differ;
                self.split.handle_response(&answer.pdu);
                session.recycle(answer.pdu);
                self.proceed(session);
            }
            Err(error) if is_too_long(&error) && self.split.handle_too_long() => {
                self.proceed(session);
            }
            Err(error) => self.resolver.errback(error),
        }
    }
}

/// Whether the request itself is longer than this engine sends or the agent takes.
fn is_too_long(error: &SnmpError) -> bool {
    matches!(
        error,
        SnmpError::Submit(SubmitError::TooBig { .. })
            | SnmpError::Indication(ErrorIndication::TooBig { .. })
    )
}
