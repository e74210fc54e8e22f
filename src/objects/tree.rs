//! The ordered tree of managed objects.

use std::any::Any;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use super::object::{Answer, ManagedObject, ReadError, SetError};
use super::passage::Passage;
use crate::smi::{ObjectIdentifier, OidRef, ValueRef, escaped};
use crate::throttle::{LeftOut, Throttle};

/// The managed objects of one context, in the order of their names.
///
/// Objects are registered at the name above their instances: a scalar at `sysDescr`, a table at its entry. No object
/// lies below another. Finding an object is a binary search.
#[derive(Default)]
pub struct MibTree {
    objects: Vec<Registered>,
    records: Records,
}

/// When the log heard last of what objects do wrong: whoever asks for them must not fill a disk.
#[derive(Default)]
struct Records {
    /// None as long as nobody tells the time: each leaves a record then.
    now: Option<Instant>,
    panics: Throttle,
    nulls: Throttle,
    disorder: Throttle,
}

impl Records {
    fn admit(now: Option<Instant>, throttle: &mut Throttle) -> Option<LeftOut> {
        match now {
            Some(now) => throttle.admit(now),
            None => Some(LeftOut::NONE),
        }
    }
}

struct Registered {
    name: ObjectIdentifier,
    /// The number of sub-identifiers in `name`.
    arcs: usize,
    object: Box<dyn ManagedObject>,
}

/// A place in the tree: an object, and below it an instance that need not exist. Valid until objects come or go.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cursor {
    pub(crate) at: Position,
    /// The instance before the latest move, kept to see that objects move forward.
    previous: Vec<u32>,
}

/// Where a [`Cursor`] is. Ordered as the names are.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Position {
    place: usize,
    instance: Vec<u32>,
}

/// How many sub-identifiers of an object, or of an instance, cost another step.
const SUBIDENTIFIERS_A_STEP: usize = 16;

impl Position {
    /// Whether it names something below an object, which may be an instance.
    pub(crate) fn is_instance(&self) -> bool {
        !self.instance.is_empty()
    }

    /// What it costs to pass over it below an object whose name has `arcs` sub-identifiers: a long name takes longer to
    /// find, to write and to compare.
    fn steps(&self, arcs: usize) -> u32 {
        (1 + arcs / SUBIDENTIFIERS_A_STEP + self.instance.len() / SUBIDENTIFIERS_A_STEP) as u32
    }

    /// Becomes `other`, in the allocation that it has.
    pub(super) fn move_to(&mut self, other: &Self) {
        self.place = other.place;
        self.instance.clone_from(&other.instance);
    }
}

impl MibTree {
    /// A tree without objects.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes note of the time: from then on each kind of record is left once a second at most.
    pub(crate) fn set_time(&mut self, now: Option<Instant>) {
        self.records.now = now;
    }

    /// Puts `object` in charge of everything below `name`. Costs a move of the objects that follow.
    ///
    /// # Errors
    ///
    /// Another object lies at, above or below `name`.
    pub fn register(
        &mut self,
        name: impl Into<ObjectIdentifier>,
        object: impl ManagedObject,
    ) -> Result<(), OverlapError> {
        let name = name.into();
        let place = self.first_at_or_after(name.as_ref());
        let above = place
            .checked_sub(1)
            .map(|above| &self.objects[above].name)
            .filter(|above| name.starts_with(*above));
        let below = self
            .objects
            .get(place)
            .map(|below| &below.name)
            .filter(|below| below.starts_with(&name));
        if let Some(other) = above.or(below) {
            return Err(OverlapError {
                other: other.clone(),
                name,
            });
        }
        let arcs = name.len();
        self.objects.insert(
            place,
            Registered {
                name,
                arcs,
                object: Box::new(object),
            },
        );
        Ok(())
    }

    /// Takes the object registered at `name` out of the tree.
    pub fn unregister(&mut self, name: OidRef<'_>) -> Option<Box<dyn ManagedObject>> {
        let place = self.first_at_or_after(name);
        let found = self
            .objects
            .get(place)
            .is_some_and(|registered| registered.name == name);
        found.then(|| self.objects.remove(place).object)
    }

    /// The object registered at `name`, when it is a `T`. This is how a program reaches a [`Table`](super::Table) to
    /// change its rows.
    pub fn object_mut<T: ManagedObject>(&mut self, name: OidRef<'_>) -> Option<&mut T> {
        let place = self.first_at_or_after(name);
        let registered = self
            .objects
            .get_mut(place)
            .filter(|registered| registered.name == name)?;
        let object: &mut dyn Any = &mut *registered.object;
        object.downcast_mut()
    }

    /// The names at which objects are registered, ascending.
    pub fn names(&self) -> impl Iterator<Item = OidRef<'_>> {
        self.objects
            .iter()
            .map(|registered| registered.name.as_ref())
    }

    /// The value of the variable `name` (RFC 3416 section 4.2.1).
    ///
    /// # Errors
    ///
    /// Says whether object or instance is missing, or that the value cannot be retrieved.
    pub fn get(&mut self, name: OidRef<'_>) -> Result<Answer<'_>, ReadError> {
        let mut cursor = Cursor::default();
        if self.locate(name, &mut cursor) {
            self.read(&cursor)
        } else {
            Err(ReadError::NoSuchObject)
        }
    }

    /// The first variable after `name`, and its value; `None` at the end (RFC 3416 section 4.2.2).
    ///
    /// # Errors
    ///
    /// [`ReadError::Failed`]: the value cannot be retrieved.
    pub fn get_next(
        &mut self,
        name: OidRef<'_>,
    ) -> Result<Option<(ObjectIdentifier, Answer<'_>)>, ReadError> {
        let mut cursor = Cursor::default();
        self.locate(name, &mut cursor);
        let mut passage = Passage::default();
        loop {
            // Whoever asks in the program itself waits as long as it takes.
            passage.reset(u32::MAX);
            if !self.advance(&mut cursor, false, &mut passage)? {
                return Ok(None);
            }
            match self.read(&cursor) {
                Ok(answer) => {
                    let owned = match answer {
                        Answer::Owned(value) => Some(value),
                        Answer::Borrowed(_) => None,
                    };
                    let name = self.name(&cursor).ok_or(ReadError::Failed)?;
                    // A lent value is read again: its borrow cannot leave the loop. What was made for this request is not.
                    let answer = match owned {
                        Some(value) => Answer::Owned(value),
                        None => self.read(&cursor)?,
                    };
                    return Ok(Some((name, answer)));
                }
                Err(ReadError::Failed) => return Err(ReadError::Failed),
                Err(_) => {}
            }
        }
    }

    fn first_at_or_after(&self, name: OidRef<'_>) -> usize {
        self.objects
            .partition_point(|registered| registered.name.as_ref() < name)
    }

    /// Puts `cursor` at `name`, or, when no object answers for that, before the first object after it (false).
    pub(crate) fn locate(&self, name: OidRef<'_>, cursor: &mut Cursor) -> bool {
        cursor.at.instance.clear();
        let after = self
            .objects
            .partition_point(|registered| registered.name.as_ref() <= name);
        if let Some(place) = after.checked_sub(1) {
            let registered = &self.objects[place];
            if name.starts_with(&registered.name) {
                cursor.at.place = place;
                cursor.at.instance.extend(name.arcs().skip(registered.arcs));
                return true;
            }
        }
        cursor.at.place = after;
        false
    }

    /// Moves `cursor` to the next instance, for SNMPv1 past Counter64s that objects can leave out; false at the end of
    /// the tree. Every object without an instance is passed over with a step of `passage`.
    ///
    /// # Errors
    ///
    /// [`ReadError::Failed`]: an object fails, or the steps are used up.
    pub(crate) fn advance(
        &mut self,
        cursor: &mut Cursor,
        v1: bool,
        passage: &mut Passage,
    ) -> Result<bool, ReadError> {
        let Cursor { at, previous } = cursor;
        let records = &mut self.records;
        while let Some(registered) = self.objects.get_mut(at.place) {
            previous.clone_from(&at.instance);
            let object = &mut registered.object;
            let found = guard(&registered.name, records, || {
                if v1 {
                    object.advance_v1(&mut at.instance)
                } else {
                    object.advance(&mut at.instance)
                }
            })
            .ok_or(ReadError::Failed)?;
            if found {
                if at.instance > *previous {
                    return Ok(true);
                }
                if let Some(left_out) = Records::admit(records.now, &mut records.disorder) {
                    error!(
                        "managed object {}: {:?} does not come after {previous:?}{left_out}",
                        registered.name, at.instance
                    );
                }
                return Err(ReadError::Failed);
            }
            at.instance.clear();
            if previous.is_empty() && passage.pass(at, at.steps(registered.arcs))? {
                return Ok(at.place < self.objects.len());
            }
            at.place += 1;
        }
        Ok(false)
    }

    /// Whether `cursor` is before the end of the tree.
    pub(crate) fn holds(&self, cursor: &Cursor) -> bool {
        cursor.at.place < self.objects.len()
    }

    /// Passes over what is at `cursor`; see [`Passage::pass`].
    pub(crate) fn pass(
        &self,
        cursor: &mut Cursor,
        passage: &mut Passage,
    ) -> Result<bool, ReadError> {
        let registered = self.objects.get(cursor.at.place);
        let steps = cursor.at.steps(registered.map_or(0, |object| object.arcs));
        passage.pass(&mut cursor.at, steps)
    }

    /// The name of the variable at `cursor`; `None` when it would be too long for an OBJECT IDENTIFIER.
    pub(crate) fn name(&self, cursor: &Cursor) -> Option<ObjectIdentifier> {
        let registered = self.objects.get(cursor.at.place)?;
        registered
            .name
            .extend(cursor.at.instance.iter().copied())
            .ok()
    }

    /// The value of the variable at `cursor`.
    pub(crate) fn read(&mut self, cursor: &Cursor) -> Result<Answer<'_>, ReadError> {
        let registered = self
            .objects
            .get_mut(cursor.at.place)
            .ok_or(ReadError::NoSuchObject)?;
        let object = &mut registered.object;
        let (instance, records) = (&cursor.at.instance, &mut self.records);
        let answer = guard(&registered.name, records, || object.get(instance))
            .unwrap_or(Err(ReadError::Failed))?;
        match answer.as_ref() {
            ValueRef::NoSuchObject => Err(ReadError::NoSuchObject),
            ValueRef::NoSuchInstance | ValueRef::EndOfMibView => Err(ReadError::NoSuchInstance),
            ValueRef::Null => Err(null_is_no_value(&registered.name, instance, records)),
            _ => Ok(answer),
        }
    }

    /// Runs one phase of a SET on the object at `cursor`.
    pub(crate) fn phase(
        &mut self,
        cursor: &Cursor,
        phase: impl FnOnce(&mut dyn ManagedObject, &[u32]) -> Result<(), SetError>,
    ) -> Result<(), SetError> {
        let registered = self
            .objects
            .get_mut(cursor.at.place)
            .ok_or(SetError::NotWritable)?;
        let object = &mut *registered.object;
        let records = &mut self.records;
        guard(&registered.name, records, || {
            phase(object, &cursor.at.instance)
        })
        .unwrap_or(Err(SetError::GenErr))
    }
}

impl fmt::Debug for MibTree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.names()).finish()
    }
}

/// A Null is the value of no variable, and would be told as one.
#[cold]
fn null_is_no_value(name: &ObjectIdentifier, instance: &[u32], records: &mut Records) -> ReadError {
    if let Some(left_out) = Records::admit(records.now, &mut records.nulls) {
        match name.extend(instance.iter().copied()) {
            Ok(variable) => error!(
                "managed object {name}: the value of {variable} is Null, which is no value{left_out}"
            ),
            Err(_) => error!(
                "managed object {name}: the value of {instance:?} is Null, which is no value{left_out}"
            ),
        }
    }
    ReadError::Failed
}

/// Runs a managed object's code; `None`, and a record, when it panics. The object stays registered: a handler that
/// fails for one request may well answer the next.
fn guard<R>(name: &ObjectIdentifier, records: &mut Records, call: impl FnOnce() -> R) -> Option<R> {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(result) => Some(result),
        Err(panic) => {
            let message = panic
                .downcast_ref::<&str>()
                .copied()
                .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
                .unwrap_or("no message");
            if let Some(left_out) = Records::admit(records.now, &mut records.panics) {
                error!(
                    "managed object {name} panicked: {}{left_out}",
                    Shown(message)
                );
            }
            None
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

/// A name could not be registered: another object lies at, above or below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverlapError {
    name: ObjectIdentifier,
    other: ObjectIdentifier,
}

impl OverlapError {
    /// The name that could not be registered.
    pub fn name(&self) -> &ObjectIdentifier {
        &self.name
    }

    /// The name it overlaps with.
    pub fn other(&self) -> &ObjectIdentifier {
        &self.other
    }
}

impl fmt::Display for OverlapError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} cannot be registered: it overlaps with {}",
            self.name, self.other
        )
    }
}

impl std::error::Error for OverlapError {}
