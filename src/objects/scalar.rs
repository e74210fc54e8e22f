//! Scalars: one instance, `.0`.

use std::fmt;

use super::asker::Asker;
use super::definition::{Defined, DefinitionError, ObjectDefinition};
use super::object::{Advance, Answer, Computed, ManagedObject, ReadError};
use super::phases::{Assignments, Refused, SetError, SetPhase};
use crate::message::Version;
use crate::names::{BaseType, Syntax, misfit};
use crate::smi::{Value, ValueRef};

type Getter = Box<dyn FnMut(&Asker<'_>) -> Result<Answer<'static>, ReadError>>;
type Validator = Box<dyn FnMut(ValueRef<'_>) -> Result<(), SetError>>;

/// A managed object with the one instance `.0`, stored here, computed for every request, or answered
/// [later](Self::later).
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
    setter: Option<Box<dyn Setter>>,
    validator: Option<Validator>,
    /// What the SET under way has replaced.
    former: Option<Value>,
    /// What is to be stored here once the setter has taken it.
    pending: Option<Value>,
}

enum Source {
    Stored(Value),
    Computed(Getter),
    Later(Box<dyn LaterValue>),
}

/// A value that comes later.
pub(crate) trait LaterValue {
    /// Asks for it.
    fn read(&mut self, asker: &Asker<'_>) -> Answer<'static>;

    /// Asks for it in a phase of a SET, and keeps it.
    fn keep(&mut self, asker: &Asker<'_>) -> SetPhase;

    /// What has been kept.
    fn kept(&mut self) -> Option<Value>;
}

/// What SET hands a value to.
pub(crate) trait Setter {
    fn set(&mut self, asker: &Asker<'_>, value: ValueRef<'_>) -> Result<SetPhase, SetError>;

    /// Whether it has taken the latest value, which it was to do later.
    fn has_set(&self) -> bool;
}

/// Sets at once.
struct AtOnce<F>(F);

impl<F: FnMut(ValueRef<'_>) -> Result<(), SetError>> Setter for AtOnce<F> {
    fn set(&mut self, _: &Asker<'_>, value: ValueRef<'_>) -> Result<SetPhase, SetError> {
        (self.0)(value).map(|()| SetPhase::Done)
    }

    fn has_set(&self) -> bool {
        true
    }
}

impl Source {
    fn read(&mut self, asker: &Asker<'_>) -> Result<Answer<'_>, ReadError> {
        match self {
            Self::Stored(value) => Ok(Answer::Borrowed(value.as_ref())),
            Self::Computed(getter) => getter(asker),
            Self::Later(value) => Ok(value.read(asker)),
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
            pending: None,
        }
    }

    /// A value that comes later.
    pub(crate) fn from_later(value: impl LaterValue + 'static) -> Self {
        Self::from_source(Source::Later(Box::new(value)))
    }

    /// Declares the syntax that SET holds values to, a [`BaseType`] for one without limits; without it the type of the present value is the measure. A number that is
    /// read becomes one of its kind, but for one that comes [later](Self::later).
    #[must_use]
    pub fn syntax(mut self, syntax: impl Into<Syntax>) -> Self {
        let syntax = syntax.into();
        if let Source::Stored(value) = &mut self.source
            && let Some(cast) = syntax.recast(value.as_ref())
        {
            *value = cast;
        }
        self.syntax = Some(syntax);
        self
    }

    /// Hands the value of a SET to `setter`. It is called again with the former value when the SET is undone.
    ///
    /// An error from it ends the SET with commitFailed; what can be known earlier belongs in
    /// [`validate`](Self::validate).
    #[must_use]
    pub fn writable(
        self,
        setter: impl FnMut(ValueRef<'_>) -> Result<(), SetError> + 'static,
    ) -> Self {
        self.set_by(AtOnce(setter))
    }

    /// Hands the value of a SET to `setter`.
    pub(crate) fn set_by(mut self, setter: impl Setter + 'static) -> Self {
        self.setter = Some(Box::new(setter));
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
    /// What the closure says that computes it. One that comes later cannot be retrieved so.
    pub fn value(&mut self) -> Result<Value, ReadError> {
        self.settle();
        self.value_for(&Asker::program())
    }

    fn value_for(&mut self, asker: &Asker<'_>) -> Result<Value, ReadError> {
        match self.source.read(asker)?.of_syntax(self.syntax.as_ref())? {
            Answer::Borrowed(value) => Ok(value.to_owned()),
            Answer::Owned(value) => Ok(value),
            Answer::Later(_) => Err(ReadError::Failed),
        }
    }

    /// Replaces the value from inside the program, whatever SET may do; from now on it is stored, not computed. A number of another
    /// kind than the syntax has becomes one of its kind.
    pub fn set(&mut self, value: impl Into<Value>) {
        self.pending = None;
        let value = value.into();
        let cast = self
            .syntax
            .as_ref()
            .and_then(|it| it.recast(value.as_ref()));
        self.source = Source::Stored(cast.unwrap_or(value));
    }

    /// Stores what the setter has taken by now.
    #[inline]
    fn settle(&mut self) {
        if self.pending.is_some() {
            self.settle_pending();
        }
    }

    #[cold]
    fn settle_pending(&mut self) {
        let has_set = self.setter.as_ref().is_some_and(|setter| setter.has_set());
        if has_set && let Some(value) = self.pending.take() {
            self.source = Source::Stored(value);
        }
    }

    /// Whether SNMPv1 has no such variable.
    fn is_counter64(&self) -> bool {
        match (&self.source, &self.syntax) {
            (Source::Stored(value), _) => matches!(value, Value::Counter64(_)),
            (Source::Computed(_) | Source::Later(_), Some(syntax)) => {
                syntax.base() == BaseType::Counter64
            }
            (Source::Computed(_) | Source::Later(_), None) => false,
        }
    }

    fn is_writable(&self) -> bool {
        self.stored_by_set || self.setter.is_some()
    }

    fn assign(&mut self, asker: &Asker<'_>, value: ValueRef<'_>) -> Result<SetPhase, SetError> {
        let mut phase = SetPhase::Done;
        if let Some(setter) = &mut self.setter {
            phase = setter.set(asker, value)?;
        }
        if self.stored_by_set {
            match phase {
                SetPhase::Done => self.source = Source::Stored(value.to_owned()),
                SetPhase::Later(_) => self.pending = Some(value.to_owned()),
            }
        }
        Ok(phase)
    }
}

impl ManagedObject for Scalar {
    fn get(&mut self, asker: &Asker<'_>, instance: &[u32]) -> Result<Answer<'_>, ReadError> {
        self.settle();
        if instance != [0] {
            return Err(ReadError::NoSuchInstance);
        }
        match &mut self.source {
            // Cast when it was stored.
            Source::Stored(value) => Ok(Answer::Borrowed(value.as_ref())),
            source => source.read(asker)?.of_syntax(self.syntax.as_ref()),
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
        self.settle();
        match (&self.syntax, &mut self.source) {
            (Some(syntax), _) => syntax.check(value)?,
            // Nobody knows its type yet; its setter judges.
            (None, Source::Later(_)) => {}
            (None, source) => match source.read(asker) {
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

    fn reserve(&mut self, asker: &Asker<'_>, _: Assignments<'_>) -> Result<SetPhase, Refused> {
        Ok(match &mut self.source {
            // For a commit that is undone.
            Source::Later(value) => value.keep(asker),
            Source::Stored(_) | Source::Computed(_) => SetPhase::Done,
        })
    }

    fn commit(
        &mut self,
        asker: &Asker<'_>,
        assignments: Assignments<'_>,
    ) -> Result<SetPhase, Refused> {
        self.settle();
        let former = match &mut self.source {
            Source::Later(value) => value.kept().ok_or(ReadError::Failed),
            Source::Stored(_) | Source::Computed(_) => self.value_for(asker),
        };
        let former = match former {
            // It could not be undone.
            Ok(Value::Null) if !matches!(self.source, Source::Stored(_)) => {
                return Err(null_is_no_value().into());
            }
            Ok(former) => former,
            Err(ReadError::Failed) => return Err(SetError::GenErr.into()),
            Err(_) => Value::NoSuchInstance,
        };
        // Of several values for the one variable the last counts, and is to blame.
        let assignment = assignments.len().saturating_sub(1);
        let last = assignments.get(assignment).ok_or(SetError::GenErr)?;
        let blame = |error| Refused { error, assignment };
        let phase = self.assign(asker, last.value).map_err(blame)?;
        self.former = Some(former);
        Ok(phase)
    }

    fn undo(&mut self, asker: &Asker<'_>, _: Assignments<'_>) -> Result<SetPhase, Refused> {
        self.settle();
        match self.former.take() {
            Some(former) => Ok(self.assign(asker, former.as_ref())?),
            None => Ok(SetPhase::Done),
        }
    }

    fn cleanup(&mut self, _: Assignments<'_>) {
        self.settle();
        self.pending = None;
        self.former = None;
        if let Source::Later(value) = &mut self.source {
            value.kept();
        }
    }
}

impl Defined for Scalar {
    type Handle = ();

    fn handle(&self) {}

    fn define(&mut self, definition: &ObjectDefinition) -> Result<(), DefinitionError> {
        if !definition.is_known() {
            return Ok(());
        }
        if definition.is_table() {
            return Err(definition.contradiction("a table is no scalar"));
        }
        if !definition.is_readable() {
            let access = definition.access().name();
            return Err(
                definition.contradiction(format!("an object that is {access} has no instance"))
            );
        }
        if self.is_writable() && !definition.is_writable() {
            return Err(definition.contradiction("SET cannot change what is defined as read-only; a constant, or what is computed, can be changed by the program"));
        }
        if self.syntax.is_none() {
            self.syntax = definition.syntax().cloned();
        }
        let (Source::Stored(value), Some(syntax)) = (&mut self.source, &self.syntax) else {
            return Ok(());
        };
        *value = definition.fit(syntax, std::mem::take(value))?;
        Ok(())
    }
}

impl fmt::Debug for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Scalar");
        match &self.source {
            Source::Stored(value) => debug.field("value", value),
            Source::Computed(_) => debug.field("value", &format_args!("computed")),
            Source::Later(_) => debug.field("value", &format_args!("comes later")),
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
pub(crate) fn same_type(present: ValueRef<'_>, value: ValueRef<'_>) -> Result<(), SetError> {
    match (BaseType::of(present), BaseType::of(value)) {
        (Some(expected), Some(given)) if expected == given => Ok(()),
        (_, Some(_)) => Err(SetError::WrongType),
        (_, None) => Err(misfit(present.tag(), value).into()),
    }
}
