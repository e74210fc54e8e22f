//! The contexts of this entity: which objects answer under which contextName (RFC 3411 section 3.3.1).

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use slab::Slab;

use super::hand::Hand;
use crate::objects::{Lent, ManagedObject, MibTree, OverlapError};
use crate::smi::{ObjectIdentifier, OidRef};

/// The managed objects of every context, by contextName. The default context, named by no octets, always exists.
///
/// Contexts and their objects come and go while they are served: nothing of this is borrowed while an object's code runs, so
/// that code may do it too. What a request under way has found remains in its response; it goes on from the
/// names that it has come to.
pub struct Contexts {
    inner: RefCell<Inner>,
    /// Moves with every change of what is registered where: places that were found before may be others now.
    generation: Cell<u64>,
}

struct Inner {
    by_name: BTreeMap<Vec<u8>, usize>,
    slots: Slab<Slot>,
    serial: u64,
}

/// The place of the default context, which comes first and never goes.
const DEFAULT: usize = 0;

struct Slot {
    serial: u64,
    tree: MibTree,
    is_available: bool,
}

/// Which context, and which of those that had its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ContextId {
    slot: usize,
    serial: u64,
}

impl ContextId {
    /// In numbers, as a key.
    pub(super) fn parts(self) -> (usize, u64) {
        (self.slot, self.serial)
    }
}

/// Why a context cannot be asked (RFC 3413 section 3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoContext {
    Unknown,
    Unavailable,
}

impl Inner {
    fn add(&mut self, name: Vec<u8>, tree: MibTree) -> Option<MibTree> {
        self.serial += 1;
        let slot = Slot {
            serial: self.serial,
            tree,
            is_available: true,
        };
        match self.by_name.get(&name) {
            Some(&place) => Some(std::mem::replace(&mut self.slots[place], slot).tree),
            None => {
                let place = self.slots.insert(slot);
                self.by_name.insert(name, place);
                None
            }
        }
    }

    /// The place of the context `name`.
    #[inline]
    fn place(&self, name: &[u8]) -> Option<usize> {
        match name {
            // Nearly every request is for this one, and to compare no octets with no octets takes a processor long.
            [] => Some(DEFAULT),
            name => self.by_name.get(name).copied(),
        }
    }

    #[inline]
    fn get_mut(&mut self, id: ContextId) -> Option<&mut Slot> {
        let slot = self.slots.get_mut(id.slot)?;
        (slot.serial == id.serial).then_some(slot)
    }

    fn named(&mut self, name: &[u8]) -> Option<&mut Slot> {
        self.slots.get_mut(self.place(name)?)
    }
}

impl Contexts {
    /// The default context with these objects, and no other.
    pub fn new(default: MibTree) -> Self {
        let mut inner = Inner {
            by_name: BTreeMap::new(),
            slots: Slab::new(),
            serial: 0,
        };
        inner.add(Vec::new(), default);
        Self {
            inner: RefCell::new(inner),
            generation: Cell::new(0),
        }
    }

    /// Adds the context `name`, or replaces its objects. A message of SNMPv3 reaches one whose name has at most 255 octets.
    /// It is available.
    pub fn insert(&self, name: impl AsRef<[u8]>, tree: MibTree) {
        let name = name.as_ref().to_vec();
        let former = self.change(|inner| inner.add(name, tree));
        drop(former);
    }

    /// Removes the context `name` with its objects; the default context stays, without objects. An object whose code runs is
    /// not among those given back: it is dropped when that returns.
    pub fn remove(&self, name: impl AsRef<[u8]>) -> Option<MibTree> {
        let name = name.as_ref();
        let mut tree = self.change(|inner| {
            if name.is_empty() {
                return inner.add(Vec::new(), MibTree::new());
            }
            let place = inner.by_name.remove(name)?;
            Some(inner.slots.remove(place).tree)
        })?;
        tree.forget_lent();
        Some(tree)
    }

    /// Makes the context `name` available or not: a request in one that is not counts in snmpUnavailableContexts, and gets a
    /// report in SNMPv3 and no answer otherwise (RFC 3413 section 3.2). False if there is no such context. Net-SNMP's tools
    /// print the same text of an unavailable context as of an unknown one.
    #[must_use = "there may be no such context"]
    pub fn set_available(&self, name: impl AsRef<[u8]>, is_available: bool) -> bool {
        let mut inner = self.inner.borrow_mut();
        let slot = inner.named(name.as_ref());
        slot.map(|slot| slot.is_available = is_available).is_some()
    }

    /// Whether there is a context `name` and it is available.
    pub fn is_available(&self, name: impl AsRef<[u8]>) -> bool {
        let mut inner = self.inner.borrow_mut();
        inner
            .named(name.as_ref())
            .is_some_and(|slot| slot.is_available)
    }

    /// The context `name`, whose objects can be changed while they are served.
    pub fn get(&self, name: impl AsRef<[u8]>) -> Option<ServedContext<'_>> {
        let id = self.id(name.as_ref())?;
        Some(ServedContext { contexts: self, id })
    }

    /// The objects of the context `name`, before it is served.
    pub fn get_mut(&mut self, name: impl AsRef<[u8]>) -> Option<&mut MibTree> {
        self.generation.set(self.generation.get() + 1);
        Some(&mut self.inner.get_mut().named(name.as_ref())?.tree)
    }

    /// The names of all contexts, ascending.
    pub fn names(&self) -> Vec<Vec<u8>> {
        self.inner.borrow().by_name.keys().cloned().collect()
    }

    fn id(&self, name: &[u8]) -> Option<ContextId> {
        let inner = self.inner.borrow();
        let slot = inner.place(name)?;
        let serial = inner.slots[slot].serial;
        Some(ContextId { slot, serial })
    }

    /// The context that a request is for.
    pub(super) fn for_request(&self, name: &[u8]) -> Result<ContextId, NoContext> {
        let inner = self.inner.borrow();
        let place = inner.place(name).ok_or(NoContext::Unknown)?;
        let slot = inner.slots.get(place).ok_or(NoContext::Unknown)?;
        if !slot.is_available {
            return Err(NoContext::Unavailable);
        }
        Ok(ContextId {
            slot: place,
            serial: slot.serial,
        })
    }

    pub(super) fn generation(&self) -> u64 {
        self.generation.get()
    }

    /// Looks at a tree, which is borrowed meanwhile. `None` if the context has gone.
    pub(super) fn look<R>(&self, id: ContextId, look: impl FnOnce(&mut MibTree) -> R) -> Option<R> {
        self.inner
            .borrow_mut()
            .get_mut(id)
            .map(|slot| look(&mut slot.tree))
    }

    fn change<R>(&self, change: impl FnOnce(&mut Inner) -> R) -> R {
        self.generation.set(self.generation.get() + 1);
        change(&mut self.inner.borrow_mut())
    }

    /// Puts an object back that has run. What has lost its place meanwhile is dropped here.
    #[inline]
    pub(super) fn take_back(&self, id: ContextId, mut lent: Lent) {
        self.look(id, |tree| tree.take_back(&mut lent));
        if lent.object.is_some() {
            let_go(lent);
        }
    }
}

/// Drops an object that has lost its place. Should it panic, others have to be served still.
#[cold]
fn let_go(lent: Lent) {
    let Lent { name, object, .. } = lent;
    if catch_unwind(AssertUnwindSafe(|| drop(object))).is_err() {
        error!("managed object {name} panicked when it was dropped");
    }
}

impl fmt::Debug for Contexts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.names();
        let names = names.iter().map(|name| String::from_utf8_lossy(name));
        f.debug_list().entries(names).finish()
    }
}

/// One context while it is served.
#[derive(Clone, Copy)]
pub struct ServedContext<'c> {
    contexts: &'c Contexts,
    id: ContextId,
}

impl ServedContext<'_> {
    /// Puts `object` in charge of everything below `name`. Does nothing if the context has been removed.
    ///
    /// # Errors
    ///
    /// Another object lies at, above or below `name`.
    pub fn register(
        self,
        name: impl Into<ObjectIdentifier>,
        mut object: impl ManagedObject,
    ) -> Result<(), OverlapError> {
        let name = name.into();
        object.registered_at(&name);
        let object = Box::new(object) as Box<dyn ManagedObject>;
        // What is not taken is dropped outside, as its code may come back here.
        let refused = self.contexts.change(|inner| match inner.get_mut(self.id) {
            Some(slot) => slot
                .tree
                .insert(name, object)
                .err()
                .map(|(e, o)| (Some(e), o)),
            None => Some((None, object)),
        });
        match refused {
            Some((Some(error), _)) => Err(error),
            _ => Ok(()),
        }
    }

    /// Removes the object registered at `name`, and drops it, once it has run if it does. False if there is none.
    ///
    /// Requests that wait for it are answered: with what it owes if that comes in time, otherwise as if it had failed. A
    /// SET that has still to call it fails.
    pub fn unregister<'n>(self, name: impl Into<OidRef<'n>>) -> bool {
        let name = name.into();
        if !self.holds(name) {
            return false;
        }
        let object = self
            .contexts
            .change(|inner| inner.get_mut(self.id)?.tree.unregister(name));
        drop(object);
        true
    }

    /// Whether an object is registered at `name`, though its code may run.
    pub(crate) fn holds<'n>(self, name: impl Into<OidRef<'n>>) -> bool {
        let name = name.into();
        let is_there = |tree: &mut MibTree| tree.place_of(name).is_some();
        self.contexts.look(self.id, is_there) == Some(true)
    }

    /// What `look` makes of the object registered at `name`: the way to the rows of a [`Table`](crate::objects::Table) that is
    /// served. `None` if there is none, if it is no `T`, or while its code or another such call of it runs.
    ///
    /// The object is out of its place meanwhile, and nothing is borrowed: requests could not be answered from it, but
    /// `look` may change other objects.
    pub fn with<'n, T: ManagedObject, R>(
        self,
        name: impl Into<OidRef<'n>>,
        look: impl FnOnce(&mut T) -> R,
    ) -> Option<R> {
        let name = name.into();
        let mut hand = Hand::new(self.contexts, self.id);
        let place = self.contexts.look(self.id, |tree| tree.place_of(name))??;
        let object: &mut dyn Any = &mut **hand.take(place)?.object.as_mut()?;
        object.downcast_mut().map(look)
    }

    /// The names at which objects are registered, ascending.
    pub fn names(self) -> Vec<ObjectIdentifier> {
        let names = |tree: &mut MibTree| tree.names().map(OidRef::to_owned).collect();
        self.contexts.look(self.id, names).unwrap_or_default()
    }
}

impl fmt::Debug for ServedContext<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.names()).finish()
    }
}
