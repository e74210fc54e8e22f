//! The ordered tree of managed objects.

use std::any::Any;
use std::fmt;

use super::asker::Asker;
use super::call;
use super::definition::{Defined, DefinitionError, ObjectDefinition};
use super::object::{Advance, Answer, ManagedObject, ReadError};
use super::ordered::{Ordered, Place};
use super::records::Records;
use crate::names::Names;
use crate::smi::{ObjectIdentifier, OidRef};

/// The managed objects of one context, in the order of their names.
///
/// Objects are registered at the name above their instances: a scalar at `sysDescr`, a table at its entry. No object
/// lies below another. Finding an object is a binary search, and so is registering one, in whatever order that is done.
#[derive(Default)]
pub struct MibTree {
    objects: Ordered<Registered>,
    records: Records,
    /// How many objects have been registered so far: what tells one from the next at the same name.
    serial: u64,
}

struct Registered {
    name: ObjectIdentifier,
    /// The number of sub-identifiers in `name`.
    arcs: usize,
    serial: u64,
    /// None while it is lent.
    object: Option<Box<dyn ManagedObject>>,
}

/// An object that is out of its place while its code runs, so that the tree is not borrowed.
pub(crate) struct Lent {
    pub(crate) place: Place,
    pub(crate) name: ObjectIdentifier,
    /// The number of sub-identifiers in `name`.
    pub(crate) arcs: usize,
    pub(crate) serial: u64,
    /// There until it is put back.
    pub(crate) object: Option<Box<dyn ManagedObject>>,
}

impl Lent {
    /// What `take` makes of the value of an instance.
    #[inline(always)]
    pub(crate) fn read<R>(
        &mut self,
        asker: &Asker<'_>,
        records: &Records,
        instance: &[u32],
        take: impl FnOnce(Answer<'_>) -> R,
    ) -> Result<R, ReadError> {
        let object = self.object.as_mut().ok_or(ReadError::Failed)?;
        call::read(&self.name, &mut **object, asker, records, instance, take)
    }

    /// Moves `instance` on, where it was at `previous`.
    #[inline(always)]
    pub(crate) fn advance(
        &mut self,
        asker: &Asker<'_>,
        records: &Records,
        instance: &mut Vec<u32>,
        previous: &[u32],
    ) -> Advance {
        let Some(object) = &mut self.object else {
            return Advance::Failed;
        };
        call::advance(
            &self.name,
            self.arcs,
            &mut **object,
            asker,
            records,
            instance,
            previous,
        )
    }

    /// Runs one phase of a SET; `None` when it panics.
    pub(crate) fn phase<R>(
        &mut self,
        asker: &Asker<'_>,
        records: &Records,
        phase: impl FnOnce(&mut dyn ManagedObject, &Asker<'_>) -> R,
    ) -> Option<R> {
        let object = &mut **self.object.as_mut()?;
        call::guard(&self.name, asker, records, || phase(object, asker))
    }
}

/// A place in the tree: an object, and below it an instance that need not exist. Valid until objects come or go.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cursor {
    pub(crate) at: Position,
    /// The instance before the latest move, kept to see that objects move forward.
    pub(crate) previous: Vec<u32>,
}

/// Where a [`Cursor`] is. Ordered as the names are.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Position {
    pub(crate) place: Place,
    pub(crate) instance: Vec<u32>,
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
    pub(crate) fn steps(&self, arcs: usize) -> u32 {
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

    /// Puts `object` in charge of everything below `name`.
    ///
    /// # Errors
    ///
    /// Another object lies at, above or below `name`.
    pub fn register(
        &mut self,
        name: impl Into<ObjectIdentifier>,
        mut object: impl ManagedObject,
    ) -> Result<(), OverlapError> {
        let name = name.into();
        object.registered_at(&name);
        self.insert(name, Box::new(object))
            .map_err(|(error, _)| error)
    }

    /// Registers an object by the name of its definition, `IF-MIB::ifTable`: syntax, access, and of a table INDEX and defaults come from
    /// there. Gives where it is registered.
    ///
    /// # Errors
    ///
    /// There is no such definition, the object is none of it, or another object lies there.
    ///
    /// # Examples
    ///
    /// ```
    /// use deferred_snmp::names::Builtin;
    /// use deferred_snmp::objects::{MibTree, Scalar};
    /// use deferred_snmp::oid;
    ///
    /// let mut tree = MibTree::new();
    /// let name = tree.define(&Builtin, "SNMPv2-MIB::sysContact", Scalar::variable("nobody"))?;
    /// assert_eq!(name, oid!(1.3.6.1.2.1.1.4));
    /// # Ok::<(), deferred_snmp::objects::DefinitionError>(())
    /// ```
    pub fn define(
        &mut self,
        names: &dyn Names,
        name: &str,
        mut object: impl Defined,
    ) -> Result<ObjectIdentifier, DefinitionError> {
        let definition = ObjectDefinition::look_up(names, name)?;
        object.define(&definition)?;
        self.register(definition.oid(), object)?;
        Ok(definition.oid().clone())
    }

    /// The same; gives the object back, to be dropped where its code may run.
    pub(crate) fn insert(
        &mut self,
        name: ObjectIdentifier,
        object: Box<dyn ManagedObject>,
    ) -> Result<(), (OverlapError, Box<dyn ManagedObject>)> {
        let place = self.first_at_or_after(name.as_ref());
        let above = self.objects.previous(place);
        let above = above.and_then(|above| self.objects.get(above));
        let above = above.filter(|above| name.starts_with(&above.name));
        let below = self.objects.get(place);
        let below = below.filter(|below| below.name.starts_with(&name));
        if let Some(other) = above.or(below) {
            let other = other.name.clone();
            return Err((OverlapError { name, other }, object));
        }
        self.serial += 1;
        let registered = Registered {
            arcs: name.len(),
            // A literal lies elsewhere, and a copy as long as most names are does not.
            name: name.as_ref().to_owned(),
            serial: self.serial,
            object: Some(object),
        };
        self.objects.insert(place, registered);
        Ok(())
    }

    /// Takes the object registered at `name` out of the tree. `None` if there is none, or if its code is running: then it
    /// is dropped when that returns.
    pub fn unregister<'n>(
        &mut self,
        name: impl Into<OidRef<'n>>,
    ) -> Option<Box<dyn ManagedObject>> {
        let place = self.place_of(name.into())?;
        self.objects.remove(place)?.object
    }

    /// The object registered at `name`, when it is a `T`. This is how a program reaches a [`Table`](super::Table) to
    /// change its rows before it is served; afterwards it has [`ServedContext::with`](crate::applications::ServedContext::with).
    pub fn object_mut<'n, T: ManagedObject>(
        &mut self,
        name: impl Into<OidRef<'n>>,
    ) -> Option<&mut T> {
        let place = self.place_of(name.into())?;
        let object: &mut dyn Any = &mut **self.objects.get_mut(place)?.object.as_mut()?;
        object.downcast_mut()
    }

    /// The names at which objects are registered, ascending.
    pub fn names(&self) -> impl Iterator<Item = OidRef<'_>> {
        self.objects
            .iter()
            .map(|registered| registered.name.as_ref())
    }

    /// The value of the variable `name` (RFC 3416 section 4.2.1), as [the program](Asker::program) sees it.
    ///
    /// # Errors
    ///
    /// Says whether object or instance is missing, or that the value cannot be retrieved. One that comes later cannot.
    pub fn get<'n>(&mut self, name: impl Into<OidRef<'n>>) -> Result<Answer<'_>, ReadError> {
        let mut cursor = Cursor::default();
        if self.locate(name.into(), &mut cursor) {
            self.read(&cursor)
        } else {
            Err(ReadError::NoSuchObject)
        }
    }

    /// The first variable after `name`, and its value; `None` at the end (RFC 3416 section 4.2.2). The program waits as
    /// long as it takes to find it.
    ///
    /// # Errors
    ///
    /// [`ReadError::Failed`]: the value cannot be retrieved.
    pub fn get_next<'n>(
        &mut self,
        name: impl Into<OidRef<'n>>,
    ) -> Result<Option<(ObjectIdentifier, Answer<'_>)>, ReadError> {
        let mut cursor = Cursor::default();
        self.locate(name.into(), &mut cursor);
        while self.advance(&mut cursor)? {
            let owned = match self.read(&cursor) {
                Ok(Answer::Owned(value)) => Some(value),
                Ok(_) => None,
                Err(ReadError::Failed) => return Err(ReadError::Failed),
                Err(_) => continue,
            };
            let registered = self.objects.get(cursor.at.place);
            let registered = registered.ok_or(ReadError::Failed)?;
            let name = registered.name.extend(cursor.at.instance.iter().copied());
            let name = name.map_err(|_| ReadError::Failed)?;
            // A lent value is read again: its borrow cannot leave the loop. What was made for this request is not.
            let answer = match owned {
                Some(value) => Answer::Owned(value),
                None => self.read(&cursor)?,
            };
            return Ok(Some((name, answer)));
        }
        Ok(None)
    }

    fn read(&mut self, cursor: &Cursor) -> Result<Answer<'_>, ReadError> {
        let registered = self.objects.get_mut(cursor.at.place);
        let registered = registered.ok_or(ReadError::Failed)?;
        let object = registered.object.as_mut().ok_or(ReadError::Failed)?;
        let (name, instance) = (&registered.name, &cursor.at.instance);
        match call::read(
            name,
            &mut **object,
            &Asker::program(),
            &self.records,
            instance,
            |answer| answer,
        )? {
            Answer::Later(_) => Err(ReadError::Failed),
            answer => Ok(answer),
        }
    }

    /// Moves `cursor` to the next instance; false at the end of the tree.
    fn advance(&mut self, cursor: &mut Cursor) -> Result<bool, ReadError> {
        let Cursor { at, previous } = cursor;
        while let Some(registered) = self.objects.get_mut(at.place) {
            previous.clone_from(&at.instance);
            let object = registered.object.as_mut().ok_or(ReadError::Failed)?;
            let (name, instance) = (&registered.name, &mut at.instance);
            let program = Asker::program();
            match call::advance(
                name,
                registered.arcs,
                &mut **object,
                &program,
                &self.records,
                instance,
                previous,
            ) {
                Advance::Found => return Ok(true),
                Advance::End => {}
                Advance::Failed | Advance::Later(_) => return Err(ReadError::Failed),
            }
            at.instance.clear();
            at.place = self.objects.next(at.place);
        }
        Ok(false)
    }

    fn first_at_or_after(&self, name: OidRef<'_>) -> Place {
        self.objects
            .search(|registered| registered.name.as_ref() < name)
    }

    /// The place of the object registered at `name`.
    pub(crate) fn place_of(&self, name: OidRef<'_>) -> Option<Place> {
        let place = self.first_at_or_after(name);
        let registered = self.objects.get(place)?;
        (registered.name == name).then_some(place)
    }

    /// Puts `cursor` at `name`, or, when no object answers for that, before the first object after it (false).
    pub(crate) fn locate(&self, name: OidRef<'_>, cursor: &mut Cursor) -> bool {
        cursor.at.instance.clear();
        let after = self
            .objects
            .search(|registered| registered.name.as_ref() <= name);
        if let Some(place) = self.objects.previous(after)
            && let Some(registered) = self.objects.get(place)
            && let Some(instance) = name.strip_prefix(&registered.name)
        {
            cursor.at.place = place;
            cursor.at.instance.extend(instance);
            return true;
        }
        cursor.at.place = after;
        false
    }

    /// Whether there is an object at `place`, which is before the end then.
    pub(crate) fn holds(&self, place: Place) -> bool {
        self.objects.get(place).is_some()
    }

    /// The place behind one with an object.
    pub(crate) fn next(&self, place: Place) -> Place {
        self.objects.next(place)
    }

    /// The name of the object at `place`, and which of those that had the name it is.
    pub(crate) fn registered(&self, place: Place) -> Option<(&ObjectIdentifier, u64)> {
        let registered = self.objects.get(place)?;
        Some((&registered.name, registered.serial))
    }

    /// The name of the first object behind `name` and all that is below it.
    pub(crate) fn name_after(&self, name: OidRef<'_>) -> Option<&ObjectIdentifier> {
        let passed = |registered: &Registered| {
            let its = registered.name.as_ref();
            its <= name || its.starts_with(name)
        };
        let place = self.objects.search(passed);
        self.objects.get(place).map(|registered| &registered.name)
    }

    /// Takes the object at `place` out while its code runs. `None` if it is out already.
    pub(crate) fn lend(&mut self, place: Place) -> Option<Lent> {
        let registered = self.objects.get_mut(place)?;
        Some(Lent {
            place,
            object: Some(registered.object.take()?),
            name: registered.name.clone(),
            arcs: registered.arcs,
            serial: registered.serial,
        })
    }

    /// Forgets the objects that are lent: nobody will find this tree to put them back.
    pub(crate) fn forget_lent(&mut self) {
        self.objects
            .retain(|registered| registered.object.is_some());
    }

    /// Puts an object back, wherever its place is by now. One whose place has gone stays where it is, to be dropped
    /// elsewhere.
    #[inline]
    pub(crate) fn take_back(&mut self, lent: &mut Lent) {
        match self.objects.get_mut(lent.place) {
            Some(registered) if registered.serial == lent.serial => {
                registered.object = lent.object.take();
            }
            _ => self.take_back_elsewhere(lent),
        }
    }

    #[cold]
    fn take_back_elsewhere(&mut self, lent: &mut Lent) {
        if let Some(place) = self.place_of(lent.name.as_ref())
            && let Some(registered) = self.objects.get_mut(place)
            && registered.serial == lent.serial
        {
            registered.object = lent.object.take();
        }
    }
}

impl fmt::Debug for MibTree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.names()).finish()
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
        if self.name == self.other {
            return write!(f, "{} is registered already", self.name);
        }
        write!(
            f,
            "{} cannot be registered: it overlaps with {}",
            self.name, self.other
        )
    }
}

impl std::error::Error for OverlapError {}
