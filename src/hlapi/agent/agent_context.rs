//! The objects of an agent in one context.

use std::fmt;

use crate::applications::ServedContext;
use crate::hlapi::error::SnmpError;
use crate::hlapi::object::ObjectIdentity;
use crate::objects::{Defined, DefinitionError, ManagedObject, ObjectDefinition};
use crate::smi::ObjectIdentifier;

use super::agent::Agent;

/// One context of an [`Agent`], whose objects come and go by their names. It has no hold on the context: once that is removed,
/// nothing can be registered in it.
#[derive(Clone)]
pub struct AgentContext {
    agent: Agent,
    name: Vec<u8>,
}

impl AgentContext {
    pub(super) fn new(agent: Agent, name: Vec<u8>) -> Self {
        Self { agent, name }
    }

    /// Its contextName.
    pub fn name(&self) -> &[u8] {
        &self.name
    }

    /// As [`Agent::scalar`].
    ///
    /// # Errors
    ///
    /// As there; and [`SnmpError::NoContext`].
    pub fn scalar<O: Defined>(
        &self,
        name: impl Into<ObjectIdentity>,
        scalar: O,
    ) -> Result<O::Handle, SnmpError> {
        self.define(name.into(), scalar)
    }

    /// As [`Agent::table`].
    ///
    /// # Errors
    ///
    /// As there; and [`SnmpError::NoContext`].
    pub fn table<O: Defined>(
        &self,
        name: impl Into<ObjectIdentity>,
        table: O,
    ) -> Result<O::Handle, SnmpError> {
        self.define(name.into(), table)
    }

    fn define<O: Defined>(
        &self,
        name: ObjectIdentity,
        mut object: O,
    ) -> Result<O::Handle, SnmpError> {
        let oid = self.resolve(&name)?;
        let names = self.agent.engine().names();
        let definition = ObjectDefinition::at(&*names, &oid)?;
        object.define(&definition)?;
        let handle = object.handle();
        self.register(definition.oid().clone(), object)?;
        Ok(handle)
    }

    /// As [`Agent::subtree`].
    ///
    /// # Errors
    ///
    /// As there; and [`SnmpError::NoContext`].
    pub fn subtree(
        &self,
        name: impl Into<ObjectIdentity>,
        object: impl ManagedObject,
    ) -> Result<(), SnmpError> {
        let oid = self.resolve(&name.into())?;
        self.register(oid, object)
    }

    fn register(&self, oid: ObjectIdentifier, object: impl ManagedObject) -> Result<(), SnmpError> {
        let context = self.served().ok_or_else(|| SnmpError::NoContext {
            name: self.name.clone(),
        })?;
        context
            .register(oid, object)
            .map_err(DefinitionError::from)?;
        Ok(())
    }

    /// As [`Agent::remove`].
    pub fn remove(&self, name: impl Into<ObjectIdentity>) -> bool {
        let place = self.place(&name.into());
        place.is_some_and(|(context, oid)| context.unregister(&oid))
    }

    /// As [`Agent::with`].
    pub fn with<T: ManagedObject, R>(
        &self,
        name: impl Into<ObjectIdentity>,
        look: impl FnOnce(&mut T) -> R,
    ) -> Option<R> {
        let (context, oid) = self.place(&name.into())?;
        context.with(&oid, look)
    }

    fn served(&self) -> Option<ServedContext<'_>> {
        self.agent.responder().context(&self.name)
    }

    /// Where the object of this name is registered.
    fn place(&self, name: &ObjectIdentity) -> Option<(ServedContext<'_>, ObjectIdentifier)> {
        let oid = self.resolve(name).ok()?;
        let context = self.served()?;
        // What was put in charge of a table's name lies there, and a table at its entry.
        if context.holds(&oid) {
            return Some((context, oid));
        }
        let names = self.agent.engine().names();
        let definition = ObjectDefinition::at(&*names, &oid).ok()?;
        Some((context, definition.oid().clone()))
    }

    fn resolve(&self, name: &ObjectIdentity) -> Result<ObjectIdentifier, SnmpError> {
        name.resolve(self.agent.engine().session())
    }
}

impl fmt::Debug for AgentContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = String::from_utf8_lossy(&self.name);
        f.debug_tuple("AgentContext").field(&name).finish()
    }
}
