//! What comes back.

use std::fmt;
use std::rc::Rc;

use crate::applications::{ResponseRows, is_end_of_mib};
use crate::engine::IncomingResponse as Answer;
use crate::names::Names;
use crate::pdu::{ErrorStatus, Pdu};
use crate::smi::{VarBindIter, VarBindList, VarBindRef};

use super::error::SnmpError;
use super::object::ObjectType;
use super::question::Asked;
use super::var_bind::{NamedVarBind, ResponseVarBind};

/// The answer to a request (PySNMP's `errorStatus`, `errorIndex` and `varBinds` in one).
///
/// It keeps the bindings as they came: iterating lends them, and a name is looked up when it is
/// printed, so that what is not looked at costs nothing.
pub struct Response {
    pdu: Pdu,
    columns: usize,
    non_repeaters: usize,
    names_differ: bool,
    missing: usize,
    names: Option<Rc<dyn Names>>,
}

impl Response {
    pub(super) fn new(answer: Answer, asked: Asked, names: Option<Rc<dyn Names>>) -> Self {
        let pdu = answer.pdu;
        let missing = match pdu.error_status.is_error() {
            true => 0,
            false => asked.expected().saturating_sub(pdu.var_binds.len()),
        };
        Self {
            pdu,
            missing,
            names_differ: answer.names_differ,
            columns: asked.columns,
            non_repeaters: asked.non_repeaters(),
            names,
        }
    }

    /// The error that the agent reports; [`ErrorStatus::NO_ERROR`] if none.
    pub fn error_status(&self) -> ErrorStatus {
        self.pdu.error_status
    }

    /// Which binding the error is about, counted from 1; 0 if none. It is 0 as well where the agent
    /// tells an index that none of the bindings has: [`Debug`](fmt::Debug) shows that.
    pub fn error_index(&self) -> usize {
        self.pdu.at_fault().map_or(0, |(index, _)| index)
    }

    /// Whether the agent has answered a GET or SET, without an error and with as many bindings as asked
    /// for, but with other names (another order does not count). To a GET, no better answer has come to
    /// any of the tries.
    ///
    /// Some agents answer the question for 1.2.3 by 1.2.3.0, append .0 or lose the sign of a
    /// sub-identifier; and where nothing signs messages, a network that damages them changes names.
    /// [`UdpTransportTarget::strict_names`] has such answers dropped.
    ///
    /// [`UdpTransportTarget::strict_names`]: super::UdpTransportTarget::strict_names
    pub fn names_differ(&self) -> bool {
        self.names_differ
    }

    /// How many bindings less than were asked for the agent has answered, without an error; 0 as a rule. To GETBULK, how
    /// many less than one for each object.
    ///
    /// A GET or SET has to be answered whole, and its bindings in their order; an agent that leaves some out does not say
    /// which, so compare names. GETNEXT and GETBULK may be cut anywhere (RFC 3416 section 4.2.3): what came is about the
    /// first objects. [`iter`](Self::iter) has all that came, [`rows`](Self::rows) only whole rows. What is missing is asked
    /// for by another request; walks do that by themselves, and so does
    /// [`UdpTransportTarget::split_too_big`](super::UdpTransportTarget::split_too_big). An answer with more bindings than
    /// were asked for is handed out with all of them.
    pub fn missing(&self) -> usize {
        self.missing
    }

    /// The response, unless the agent reports an error.
    ///
    /// # Errors
    ///
    /// [`SnmpError::ErrorStatus`] with what the agent reports.
    pub fn into_result(self) -> Result<Self, SnmpError> {
        let status = self.error_status();
        if status == ErrorStatus::NO_ERROR {
            return Ok(self);
        }
        let (index, at_fault) = self.pdu.at_fault().unzip();
        let error = SnmpError::ErrorStatus {
            status,
            index: index.unwrap_or(0),
            name: at_fault.map(|var_bind| var_bind.name.to_owned()),
            label: None,
        };
        Err(error.labelled(self.names.as_ref()))
    }

    /// Whether names are looked up when the bindings are printed (PySNMP's `lookupMib`). Default
    /// `true`; it costs nothing until then.
    #[must_use]
    pub fn lookup_mib(mut self, lookup: bool) -> Self {
        if !lookup {
            self.names = None;
        }
        self
    }

    /// The bindings.
    pub fn iter(&self) -> Bindings<'_> {
        Bindings::new(&self.pdu.var_binds, self.names.as_ref())
    }

    /// The bindings in rows, one binding a row for each object asked for: what [`next_cmd`] and
    /// [`bulk_cmd`] answer. Those of the non-repeaters are repeated, and a last row that is not
    /// complete is left out: there is none at all where [`missing`](Self::missing) is not 0.
    ///
    /// [`next_cmd`]: super::next_cmd
    /// [`bulk_cmd`]: super::bulk_cmd
    pub fn rows(&self) -> TableRows<'_> {
        TableRows {
            rows: ResponseRows::new(&self.pdu.var_binds, self.columns, self.non_repeaters),
            names: self.names.as_ref(),
        }
    }

    /// The bindings as they came.
    pub fn var_binds(&self) -> &VarBindList {
        &self.pdu.var_binds
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("error_status", &self.error_status())
            .field("error_index", &self.pdu.error_index)
            .field("names_differ", &self.names_differ)
            .field("missing", &self.missing)
            .field("var_binds", &self.iter())
            .finish()
    }
}

impl<'a> IntoIterator for &'a Response {
    type Item = ResponseVarBind<'a>;
    type IntoIter = Bindings<'a>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// The bindings of a [`Response`] or a [`Notification`](super::Notification).
#[derive(Clone)]
pub struct Bindings<'a> {
    var_binds: VarBindIter<'a>,
    names: Option<&'a Rc<dyn Names>>,
}

impl<'a> Bindings<'a> {
    pub(super) fn new(var_binds: &'a VarBindList, names: Option<&'a Rc<dyn Names>>) -> Self {
        Self {
            var_binds: var_binds.iter(),
            names,
        }
    }
}

impl<'a> Iterator for Bindings<'a> {
    type Item = ResponseVarBind<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let var_bind = self.var_binds.next()?;
        Some(ResponseVarBind::new(var_bind, self.names))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.var_binds.size_hint()
    }
}

impl ExactSizeIterator for Bindings<'_> {}

impl fmt::Debug for Bindings<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

/// The rows of a [`Response`].
#[derive(Clone)]
pub struct TableRows<'a> {
    rows: ResponseRows<'a>,
    names: Option<&'a Rc<dyn Names>>,
}

impl<'a> Iterator for TableRows<'a> {
    type Item = Row<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(Row {
            bindings: self.rows.next()?.into(),
            names: self.names,
        })
    }
}

impl fmt::Debug for TableRows<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

/// One binding for each object asked for.
#[derive(Clone)]
pub struct Row<'a> {
    bindings: std::borrow::Cow<'a, [VarBindRef<'a>]>,
    names: Option<&'a Rc<dyn Names>>,
}

impl<'a> Row<'a> {
    pub(super) fn lent(bindings: &'a [VarBindRef<'a>], names: Option<&'a Rc<dyn Names>>) -> Self {
        Self {
            bindings: bindings.into(),
            names,
        }
    }

    /// The bindings.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = ResponseVarBind<'a>> + '_ {
        let names = self.names;
        let bindings = self.bindings.iter();
        bindings.map(move |&var_bind| ResponseVarBind::new(var_bind, names))
    }

    /// Whether nothing follows: every value is `endOfMibView`, `noSuchObject` or `noSuchInstance`
    /// (PySNMP's `isEndOfMib`).
    pub fn is_end_of_mib(&self) -> bool {
        is_end_of_mib(self.bindings.iter().copied())
    }

    /// The objects of this row without their values: what to ask for next.
    pub fn objects(&self) -> Vec<ObjectType> {
        let names = self.bindings.iter().map(|var_bind| var_bind.name);
        names.map(|name| ObjectType::new(name.to_owned())).collect()
    }

    /// A copy to keep, which prints in the same way.
    pub fn to_owned(&self) -> Vec<NamedVarBind> {
        self.iter().map(|var_bind| var_bind.to_owned()).collect()
    }
}

impl fmt::Debug for Row<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}
