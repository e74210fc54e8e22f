//! Scalars: one instance, `.0`.

use std::fmt;

use super::asker::Asker;
use super::object::{Advance, Answer, Computed, ManagedObject, ReadError};
use super::phases::{Assignments, Phase, Refused, SetError};
use crate::message::Version;
use crate::names::{BaseType, Syntax, misfit};
use crate::smi::{Value, ValueRef};

type Getter = Box<dyn FnMut(&Asker<'_>) -> Result<Answer<'static>, ReadError>>;
type Setter = Box<dyn FnMut(&Asker<'_>, ValueRef<'_>) -> Result<Phase, SetError>>;
type Validator = Box<dyn FnMut(ValueRef<'_>) -> Result<(), SetError>>;

/// A managed object with the one instance `.0`, stored here or computed for every request.
///
/// ```
/// use deferred_snmp::objects::{MibTree, Scalar};
/// use deferred_snmp::oid;
/// use deferred_snmp::smi::TimeTicks;
///
/// let mut tree = MibTree::new();
/// tree.register(oid!(1.3.6.1.2.1.1.1), Scalar::constant("a small router"))?;
/// tree.register(oid!(1.3.6.1.2.1.1.3), Scalar::dynamic(|| TimeTicks(4711)))?;
/// tree.register(oid!(1.3.6.1.2.1.1.5), Scalar::variable("name me"))?;
/// # Ok::<(), deferred_snmp::objects::OverlapError>(())
/// ```
pub struct Scalar {
    source: Source,
    syntax: Option<Syntax>,
    /// SET keeps the value here.
    stored_by_set: bool,
    setter: Option<Setter>,
    validator: Option<Validator>,
    /// What the SET under way has replaced.
    former: Option<Value>,
}

enum Source {
    Stored(Value),
    Computed(Getter),
}

impl Source {
    fn read(&mut self, asker: &Asker<'_>) -> Result<Answer<'_>, ReadError> {
        match self {
            Self::Stored(value) => Ok(Answer::Borrowed(value.as_ref())),
            Self::Computed(getter) => getter(asker),
        }
    }
}

impl Scalar {
    /// A value that no request changes.
    pub fn constant(value: impl Into<Value>) -> Self {
        Self::from_source(Source::Stored(value.into()))
    }

    /// A value kept here that SET replaces by another of the same type.
    pub fn variable(value: impl Into<Value>) -> Self {
        let mut scalar = Self::constant(value);
        scalar.stored_by_set = true;
        scalar
    }

    /// A value computed for every request. The closure may say that there is none at present, or that reading it fails:
    /// see [`Computed`].
    pub fn dynamic<C: Computed>(mut getter: impl FnMut() -> C + 'static) -> Self {
        Self::dynamic_for(move |_| getter())
    }

    /// The same by a closure that is told who asks.
    pub fn dynamic_for<C: Computed>(mut getter: impl FnMut(&Asker<'_>) -> C + 'static) -> Self {
        let getter = move |asker: &Asker<'_>| getter(asker).into_result().map(Answer::Owned);
        Self::from_source(Source::Computed(Box::new(getter)))
    }

    fn from_source(source: Source) -> Self {
        Self {
            source,
            syntax: None,
            stored_by_set: false,
            setter: None,
            validator: None,
            former: None,
        }
    }

    /// Declares the syntax that SET holds values to; without it the type of the present value is the measure.
    #[must_use]
    pub fn syntax(mut self, syntax: Syntax) -> Self {
        self.syntax = Some(syntax);
        self
    }

    /// Hands the value of a SET to `setter`. It is called again with the former value when the SET is undone.
    ///
    /// An error from it ends the SET with commitFailed; what can be known earlier belongs in
    /// [`validate`](Self::validate).
    #[must_use]
    pub fn writable(
        mut self,
        mut setter: impl FnMut(ValueRef<'_>) -> Result<(), SetError> + 'static,
    ) -> Self {
        self.setter = Some(Box::new(move |_, value| {
            setter(value).map(|()| Phase::Done)
        }));
        self.stored_by_set = matches!(self.source, Source::Stored(_));
        self
    }

    /// Asks `validator` about every value of the right syntax before anything is changed.
    #[must_use]
    pub fn validate(
        mut self,
        validator: impl FnMut(ValueRef<'_>) -> Result<(), SetError> + 'static,
    ) -> Self {
        self.validator = Some(Box::new(validator));
        self
    }

    /// The present value.
    ///
    /// # Errors
    ///
    /// What the closure says that computes it.
    pub fn value(&mut self) -> Result<Value, ReadError> {
        self.value_for(&Asker::program())
    }

    fn value_for(&mut self, asker: &Asker<'_>) -> Result<Value, ReadError> {
        match self.source.read(asker)? {
            Answer::Borrowed(value) => Ok(value.to_owned()),
            Answer::Owned(value) => Ok(value),
            Answer::Later(_) => Err(ReadError::Failed),
        }
    }

    /// Replaces the value from inside the program, whatever SET may do; from now on it is stored, not computed.
    pub fn set(&mut self, value: impl Into<Value>) {
        self.source = Source::Stored(value.into());
    }

    /// Whether SNMPv1 has no such variable.
    fn is_counter64(&self) -> bool {
        match (&self.source, &self.syntax) {
            (Source::Stored(value), _) => matches!(value, Value::Counter64(_)),
            (Source::Computed(_), Some(syntax)) => syntax.base() == BaseType::Counter64,
            (Source::Computed(_), None) => false,
        }
    }

    fn is_writable(&self) -> bool {
        self.stored_by_set || self.setter.is_some()
    }

    fn assign(&mut self, asker: &Asker<'_>, value: ValueRef<'_>) -> Result<Phase, SetError> {
        let mut phase = Phase::Done;
        if let Some(setter) = &mut self.setter {
            phase = setter(asker, value)?;
        }
        if self.stored_by_set {
            self.source = Source::Stored(value.to_owned());
        }
        Ok(phase)
    }
}

impl ManagedObject for Scalar {
    fn get(&mut self, asker: &Asker<'_>, instance: &[u32]) -> Result<Answer<'_>, ReadError> {
        match instance {
            [0] => self.source.read(asker),
            _ => Err(ReadError::NoSuchInstance),
        }
    }

    fn advance(&mut self, asker: &Asker<'_>, instance: &mut Vec<u32>) -> Advance {
        if !instance.is_empty() || (asker.version == Version::V1 && self.is_counter64()) {
            return Advance::End;
        }
        instance.push(0);
        Advance::Found
    }

    fn check(
        &mut self,
        asker: &Asker<'_>,
        instance: &[u32],
        value: ValueRef<'_>,
    ) -> Result<(), SetError> {
        if !self.is_writable() {
            return Err(SetError::NotWritable);
        }
        match &self.syntax {
            Some(syntax) => syntax.check(value)?,
            None => match self.source.read(asker) {
                // What comes later is of the type that it will be; its setter judges.
                Ok(Answer::Later(_)) => {}
                Ok(present) if matches!(present.as_ref(), ValueRef::Null) => {
                    return Err(null_is_no_value());
                }
                Ok(present) => same_type(present.as_ref(), value)?,
                Err(ReadError::Failed) => return Err(SetError::GenErr),
                Err(_) => return Err(SetError::WrongType),
            },
        }
        if instance != [0] {
            return Err(SetError::NoCreation);
        }
        self.validator
            .as_mut()
            .map_or(Ok(()), |validator| validator(value))
    }

    fn commit(
        &mut self,
        asker: &Asker<'_>,
        assignments: Assignments<'_>,
    ) -> Result<Phase, Refused> {
        let former = match self.value_for(asker) {
            // It could not be undone.
            Ok(Value::Null) if matches!(self.source, Source::Computed(_)) => {
                return Err(null_is_no_value().into());
            }
            Ok(former) => former,
            Err(ReadError::Failed) => return Err(SetError::GenErr.into()),
            Err(_) => Value::NoSuchInstance,
        };
        // Of several values for the one variable the last counts.
        let last = assignments.iter().next_back();
        let value = last.ok_or(SetError::GenErr)?.value;
        let phase = self.assign(asker, value)?;
        self.former = Some(former);
        Ok(phase)
    }

    fn undo(&mut self, asker: &Asker<'_>, _: Assignments<'_>) -> Result<Phase, Refused> {
        match self.former.take() {
            Some(former) => Ok(self.assign(asker, former.as_ref())?),
            None => Ok(Phase::Done),
        }
    }

    fn cleanup(&mut self, _: Assignments<'_>) {
        self.former = None;
    }
}

impl fmt::Debug for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Scalar");
        match &self.source {
            Source::Stored(value) => debug.field("value", value),
            Source::Computed(_) => debug.field("value", &format_args!("computed")),
        };
        debug
            .field("writable", &self.is_writable())
            .finish_non_exhaustive()
    }
}

/// What a SET gets where the present value is a Null.
#[cold]
fn null_is_no_value() -> SetError {
    error!("managed object: the present value of a scalar that is set is Null, which is no value");
    SetError::GenErr
}

/// Holds a value to the type of the one it replaces.
pub(super) fn same_type(present: ValueRef<'_>, value: ValueRef<'_>) -> Result<(), SetError> {
    match (BaseType::of(present), BaseType::of(value)) {
        (Some(expected), Some(given)) if expected == given => Ok(()),
        (_, Some(_)) => Err(SetError::WrongType),
        (_, None) => Err(misfit(present.tag(), value).into()),
    }
}
