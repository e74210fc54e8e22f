//! SET by the program that owns the objects.

use std::fmt;
use std::mem;

use super::command_responder::CommandResponder;
use crate::access::OpenAccess;
use crate::objects::{Asker, MibTree};
use crate::pdu::{ErrorStatus, Pdu, PduKind};
use crate::smi::{ObjectIdentifier, VarBind};

impl MibTree {
    /// Assigns these values as one SET (RFC 3416 section 4.2.5): all of them, or none if one is refused. It goes the way of a
    /// manager's request, phase by phase, with [the program](Asker::program) as the asker and no access control. So it tries objects
    /// without a network, and creates and destroys rows by their RowStatus (PySNMP's `writeVars` of a `MibInstrumController`).
    ///
    /// An object that [answers later](crate::objects::SetPhase::Later) cannot be set so. Objects that are served already are changed through what the
    /// program shares with them: a [`TableHandle`](crate::objects::TableHandle), for one.
    ///
    /// # Errors
    ///
    /// What a manager would be told: which error-status, and which of the bindings is to blame. Nothing has changed then, unless it
    /// is undoFailed.
    ///
    /// # Examples
    ///
    /// ```
    /// use deferred_snmp::names::{Builtin, NamesExt};
    /// use deferred_snmp::objects::{MibTree, Scalar};
    /// use deferred_snmp::pdu::ErrorStatus;
    ///
    /// let mut tree = MibTree::new();
    /// tree.define(&Builtin, "SNMPv2-MIB::sysContact", Scalar::variable("nobody"))?;
    /// let contact = Builtin.parse("SNMPv2-MIB::sysContact.0")?;
    /// tree.set([(&contact, "somebody")])?;
    /// assert_eq!(tree.get(&contact)?.as_ref().to_string(), "somebody");
    ///
    /// let refused = tree.set([(&contact, 5)]).unwrap_err();
    /// assert_eq!(refused.error_status, ErrorStatus::WRONG_TYPE);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn set<B: Into<VarBind>>(
        &mut self,
        var_binds: impl IntoIterator<Item = B>,
    ) -> Result<(), SetFailure> {
        let var_binds = var_binds.into_iter().collect();
        let request = Pdu::new(PduKind::SetRequest, 0, var_binds);
        // The phases are those of a responder, so one has the tree meanwhile.
        let responder = CommandResponder::new(mem::take(self), OpenAccess);
        let response = responder.process(&Asker::program(), request.as_ref(), usize::MAX);
        *self = responder.contexts().remove("").unwrap_or_default();
        match response {
            Ok(response) if !response.error_status.is_error() => Ok(()),
            Ok(response) => Err(SetFailure {
                error_status: response.error_status,
                at_fault: response
                    .at_fault()
                    .map(|(index, var_bind)| (index, var_bind.name.into())),
            }),
            // The default context is there, and a SET is a request.
            Err(_) => Err(SetFailure {
                error_status: ErrorStatus::GEN_ERR,
                at_fault: None,
            }),
        }
    }
}

/// Why [`MibTree::set`] has failed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SetFailure {
    /// What a manager would be told.
    pub error_status: ErrorStatus,
    /// The binding that is to blame, counted from 1, and its variable. `None` with undoFailed.
    pub at_fault: Option<(usize, ObjectIdentifier)>,
}

impl fmt::Display for SetFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.at_fault {
            Some((_, name)) => write!(f, "{} at {name}", self.error_status),
            None => self.error_status.fmt(f),
        }
    }
}

impl std::error::Error for SetFailure {}
