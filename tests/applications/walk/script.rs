//! A walk that talks to a closure, and an agent of thirty lines to be that closure.

use std::ops::ControlFlow;

use deferred_snmp::applications::{Progress, Walk, WalkError, WalkOptions, WalkSummary};
use deferred_snmp::message::Version;
use deferred_snmp::pdu::{ErrorStatus, Pdu, PduKind};
use deferred_snmp::smi::{ObjectIdentifier, ValueRef, VarBindList};

/// What came of a walk.
#[derive(Debug)]
pub(crate) struct Walked {
    /// Each row as text, `name = value` a column.
    pub(crate) rows: Vec<Vec<String>>,
    pub(crate) outcome: Result<WalkSummary, WalkError>,
    /// The requests as text, without what is the same in all.
    pub(crate) asked: Vec<String>,
}

pub(crate) fn oid(text: &str) -> ObjectIdentifier {
    text.parse().unwrap()
}

pub(crate) fn walk(
    version: Version,
    roots: &[&str],
    options: WalkOptions,
    agent: impl FnMut(&Pdu) -> Pdu,
) -> Walked {
    let roots = roots.iter().map(|root| oid(root));
    drive(&mut Walk::new(version, roots, options), agent)
}

pub(crate) fn drive(walk: &mut Walk, mut agent: impl FnMut(&Pdu) -> Pdu) -> Walked {
    let mut rows = Vec::new();
    let mut asked = Vec::new();
    let mut progress = Ok(Progress::Done);
    while let Some(request) = walk.next_request(Vec::new()) {
        assert!(asked.is_empty() || progress == Ok(Progress::More));
        assert!(asked.len() < 10_000, "a walk without end");
        asked.push(request.to_string().replace(" id 0", ""));
        let response = agent(&request);
        progress = walk.handle_response(&response, |row| {
            rows.push(row.iter().map(ToString::to_string).collect());
            ControlFlow::Continue(())
        });
    }
    assert_ne!(progress, Ok(Progress::More), "it said that there is more");
    let calls = walk.summary().calls;
    assert_eq!(calls, asked.len());
    Walked {
        rows,
        outcome: progress.map(|_| walk.summary()),
        asked,
    }
}

/// A response with these bindings: Integer values, or the exception for `None`.
pub(crate) fn response(bindings: &[(&str, Option<i32>)]) -> Pdu {
    let mut var_binds = VarBindList::new();
    for (name, value) in bindings {
        let value = value.map_or(ValueRef::EndOfMibView, ValueRef::Integer);
        var_binds.push(oid(name).as_ref(), value);
    }
    Pdu::new(PduKind::Response, 0, var_binds)
}

/// The bindings of `request` with an error.
pub(crate) fn refusal(request: &Pdu, status: ErrorStatus, index: i32) -> Pdu {
    Pdu {
        kind: PduKind::Response,
        error_status: status,
        error_index: index,
        ..request.clone()
    }
}

/// An agent that has these variables, ascending, and answers by the letter of RFC 1157 or RFC 3416.
pub(crate) fn agent(
    version: Version,
    variables: &[(&str, i32)],
) -> impl FnMut(&Pdu) -> Pdu + use<> {
    let variables: Vec<_> = variables
        .iter()
        .map(|(name, value)| (oid(name), *value))
        .collect();
    move |request| {
        let repetitions = match (request.kind, request.bulk()) {
            (_, Some(bulk)) => bulk.max_repetitions,
            (PduKind::GetNextRequest, _) => 1,
            (kind, _) => panic!("{kind} in a walk"),
        };
        let mut names: Vec<ObjectIdentifier> =
            request.var_binds.iter().map(|vb| vb.name.into()).collect();
        let mut var_binds = VarBindList::new();
        for _ in 0..repetitions {
            for (at, name) in names.iter_mut().enumerate() {
                match variables.iter().find(|(candidate, _)| candidate > name) {
                    Some((next, value)) => {
                        var_binds.push(next.as_ref(), ValueRef::Integer(*value));
                        *name = next.clone();
                    }
                    None if version == Version::V1 => {
                        return refusal(request, ErrorStatus::NO_SUCH_NAME, at as i32 + 1);
                    }
                    None => var_binds.push(name.as_ref(), ValueRef::EndOfMibView),
                }
            }
        }
        Pdu::new(PduKind::Response, 0, var_binds)
    }
}
