//! What the log hears of objects that do wrong.

use std::cell::RefCell;
use std::fmt;
use std::time::Instant;

use super::phases::Refused;
use crate::smi::{MAX_ARCS, ObjectIdentifier, escaped};
use crate::throttle::{LeftOut, Throttle};

/// When the log heard last of each kind: whoever asks for such objects must not fill a disk. Where nobody tells the time,
/// each leaves a record.
#[derive(Default)]
pub(crate) struct Records {
    panics: RefCell<Throttle>,
    nulls: RefCell<Throttle>,
    disorder: RefCell<Throttle>,
    too_long: RefCell<Throttle>,
    late: RefCell<Throttle>,
    failures: RefCell<Throttle>,
    refusals: RefCell<Throttle>,
}

fn admit(throttle: &RefCell<Throttle>, now: Option<Instant>) -> Option<LeftOut> {
    throttle.borrow_mut().admit_at(now)
}

impl Records {
    #[cold]
    pub(super) fn panicked(&self, name: &ObjectIdentifier, message: &str, now: Option<Instant>) {
        if let Some(left_out) = admit(&self.panics, now) {
            let message = Shown(message);
            error!("managed object {name} panicked: {message}{left_out}");
        }
    }

    /// A Null is the value of no variable, and would be told as one.
    #[cold]
    pub(crate) fn null(&self, name: &ObjectIdentifier, instance: &[u32], now: Option<Instant>) {
        if let Some(left_out) = admit(&self.nulls, now) {
            match name.extend(instance.iter().copied()) {
                Ok(variable) => error!(
                    "managed object {name}: the value of {variable} is Null, which is no value{left_out}"
                ),
                Err(_) => error!(
                    "managed object {name}: the value of {instance:?} is Null, which is no value{left_out}"
                ),
            }
        }
    }

    #[cold]
    pub(crate) fn disorder(
        &self,
        name: &ObjectIdentifier,
        instance: &[u32],
        previous: &[u32],
        now: Option<Instant>,
    ) {
        if let Some(left_out) = admit(&self.disorder, now) {
            error!(
                "managed object {name}: {instance:?} does not come after {previous:?}{left_out}"
            );
        }
    }

    /// No variable has such a name.
    #[cold]
    pub(crate) fn too_long(&self, name: &ObjectIdentifier, instance: &[u32], now: Option<Instant>) {
        if let Some(left_out) = admit(&self.too_long, now) {
            let arcs = instance.len();
            error!(
                "managed object {name}: an instance of {arcs} sub-identifiers is left out, since a name has at most {MAX_ARCS}{left_out}"
            );
        }
    }

    /// An object could not tell a value, or what comes next.
    #[cold]
    pub(super) fn failed(&self, name: &ObjectIdentifier, words: &str, now: Option<Instant>) {
        if let Some(left_out) = admit(&self.failures, now) {
            debug!("managed object {name}: {words}{left_out}");
        }
    }

    /// A phase of a SET has failed whose error the response does not name.
    #[cold]
    pub(crate) fn refused(
        &self,
        name: &ObjectIdentifier,
        phase: &str,
        refused: Refused,
        now: Option<Instant>,
    ) {
        if let Some(left_out) = admit(&self.refusals, now) {
            debug!("managed object {name}: {phase} failed: {refused}{left_out}");
        }
    }

    /// An answer that was to come later has not come in time, or is none.
    #[cold]
    pub(crate) fn late(
        &self,
        name: &ObjectIdentifier,
        reason: &dyn fmt::Display,
        now: Option<Instant>,
    ) {
        if let Some(left_out) = admit(&self.late, now) {
            error!("managed object {name}: {reason}{left_out}");
        }
    }
}

/// The words of a panic, in which a value of a SET may stand.
struct Shown<'a>(&'a str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        escaped(f, |f| f.write_str(self.0))
    }
}
