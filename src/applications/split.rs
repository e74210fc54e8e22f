//! Requests whose answers may be too long for one message: asked for in parts.

use crate::message::Version;
use crate::pdu::{ErrorStatus, Pdu, PduKind};
use crate::smi::VarBindList;

use super::command_generator::Command;
use super::walk::Progress;

/// A request that is halved while the agent says `tooBig`, until its parts are answered. A state machine without I/O, as
/// [`Walk`](super::Walk) is.
///
/// [`Command::Get`] and [`Command::GetNext`] are divided; anything else is asked whole. There are at most twice as many
/// requests as variables.
///
/// # Examples
///
/// ```
/// use deferred_snmp::applications::{Command, Progress, Split};
/// use deferred_snmp::message::Version;
/// use deferred_snmp::oid;
/// use deferred_snmp::pdu::{ErrorStatus, Pdu, PduKind};
/// use deferred_snmp::smi::{ValueRef, VarBindList};
///
/// let mut asked = VarBindList::new();
/// for name in [oid!(1.3.6.1.2.1.1.1.0), oid!(1.3.6.1.2.1.1.5.0)] {
///     asked.push(name.as_ref(), ValueRef::Null);
/// }
/// let mut split = Split::new(Command::Get, Version::V2c, asked);
/// assert_eq!(split.next_request(Vec::new()).unwrap().var_binds.len(), 2);
/// let mut refusal = Pdu::new(PduKind::Response, 0, VarBindList::new());
/// refusal.error_status = ErrorStatus::TOO_BIG;
/// assert_eq!(split.handle_response(&refusal), Progress::More);
/// assert_eq!(split.next_request(Vec::new()).unwrap().var_binds.len(), 1);
/// ```
#[derive(Clone, Debug)]
pub struct Split {
    command: Command,
    version: Version,
    asked: VarBindList,
    /// How many variables the parts have that have not been answered, the next of them last.
    parts: Vec<usize>,
    /// How many variables have been answered.
    done: usize,
    answered: VarBindList,
    /// What ends it, and the place in the whole list that it is about, counted from 1; 0 for none.
    error: Option<(ErrorStatus, usize)>,
}

impl Split {
    /// What `command` asks about `asked`.
    pub fn new(command: Command, version: Version, asked: VarBindList) -> Self {
        Self {
            command,
            version,
            parts: vec![asked.len()],
            asked,
            done: 0,
            answered: VarBindList::new(),
            error: None,
        }
    }

    /// The next request, with its bindings put into `buffer`; `None` when all has been answered.
    pub fn next_request(&self, buffer: Vec<u8>) -> Option<Pdu> {
        let part = *self.parts.last()?;
        let mut var_binds = VarBindList::from_buffer(buffer);
        for var_bind in self.asked.iter().skip(self.done).take(part) {
            var_binds.push(var_bind.name, var_bind.value);
        }
        Some(self.command.pdu(self.version, var_binds))
    }

    /// Takes the answer to the last request. `tooBig`, and an answer without bindings, halve the part that was asked for,
    /// unless it is a single variable. One that ends before the part does is taken, and the rest is asked for. Where a part
    /// of a GET is answered with some of its names left out, the other parts are asked for nevertheless.
    pub fn handle_response(&mut self, response: &Pdu) -> Progress {
        if let Some(part) = self.parts.pop() {
            match response.error_status {
                ErrorStatus::NO_ERROR => self.take(part, &response.var_binds),
                ErrorStatus::TOO_BIG if self.can_halve(part) => self.halve(part),
                status => self.fail(part, status, response.error_index),
            }
        }
        match self.parts.is_empty() {
            true => Progress::Done,
            false => Progress::More,
        }
    }

    /// Takes note that the last request could not be sent, since it is itself longer than a message may be: what was asked
    /// for is halved as if the agent had said so. False if it is a single variable, so that nothing is left to try.
    pub fn handle_too_long(&mut self) -> bool {
        match self.parts.last() {
            Some(&part) if self.can_halve(part) => {
                self.parts.pop();
                self.halve(part);
                true
            }
            _ => false,
        }
    }

    /// The answer to the whole, with the bindings in the order in which they were asked for. An error of a part is one of
    /// the whole: its index counts in the whole list, whose bindings come with it.
    pub fn into_response(self) -> Pdu {
        let Some((status, index)) = self.error else {
            return Pdu::new(PduKind::Response, 0, self.answered);
        };
        let mut response = Pdu::new(PduKind::Response, 0, self.asked);
        response.error_status = status;
        response.error_index = i32::try_from(index).unwrap_or(0);
        response
    }

    fn can_halve(&self, part: usize) -> bool {
        part > 1 && matches!(self.command, Command::Get | Command::GetNext)
    }

    fn halve(&mut self, part: usize) {
        self.parts.push(part / 2);
        self.parts.push(part - part / 2);
    }

    fn take(&mut self, part: usize, bindings: &VarBindList) {
        if bindings.is_empty() && self.can_halve(part) {
            return self.halve(part);
        }
        let is_whole = part == self.asked.len();
        // More than was asked for would put what follows out of its place.
        let most = if is_whole { bindings.len() } else { part };
        for var_bind in bindings.iter().take(most) {
            self.answered.push(var_bind.name, var_bind.value);
        }
        let rest = part.saturating_sub(bindings.len());
        if rest > 0 && self.goes_on_behind(bindings) {
            self.parts.push(rest);
            self.done += part - rest;
            return;
        }
        self.done += part;
        // Nobody knows which are missing: what has come is the answer to this part. Those to GETNEXT are told by their
        // places, so that no other part can follow.
        if rest > 0 && (self.command != Command::Get || self.answered.is_empty()) {
            self.parts.clear();
        }
    }

    /// Whether `bindings`, fewer than were asked for, answer the first that were.
    fn goes_on_behind(&self, bindings: &VarBindList) -> bool {
        let mut asked = self.asked.iter().skip(self.done);
        !bindings.is_empty()
            && match self.command {
                Command::Get => bindings
                    .iter()
                    .all(|binding| asked.next().is_some_and(|a| a.name == binding.name)),
                Command::GetNext => true,
                _ => false,
            }
    }

    fn fail(&mut self, part: usize, status: ErrorStatus, index: i32) {
        let index = match usize::try_from(index) {
            _ if status == ErrorStatus::TOO_BIG && part == 1 => 1,
            Ok(index) if index <= part => index,
            _ => 0,
        };
        let index = if index > 0 { self.done + index } else { 0 };
        self.error = Some((status, index));
        self.parts.clear();
    }
}
