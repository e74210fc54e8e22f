//! The contexts of this entity: which objects answer under which contextName (RFC 3411 section 3.3.1).

use std::collections::BTreeMap;

use crate::objects::MibTree;

/// The managed objects of every context, by contextName. The default context, named by no octets, always exists.
#[derive(Debug)]
pub struct Contexts {
    trees: BTreeMap<Vec<u8>, MibTree>,
}

impl Contexts {
    /// The default context with these objects, and no other.
    pub fn new(default: MibTree) -> Self {
        Self {
            trees: BTreeMap::from([(Vec::new(), default)]),
        }
    }

    /// Adds the context `name`, or replaces its objects. A message of SNMPv3 reaches one whose name has at most 255 octets.
    pub fn insert(&mut self, name: impl Into<Vec<u8>>, tree: MibTree) {
        self.trees.insert(name.into(), tree);
    }

    /// Removes the context `name` with its objects; the default context stays, without objects.
    pub fn remove(&mut self, name: &[u8]) -> Option<MibTree> {
        if name.is_empty() {
            return self.trees.get_mut(name).map(std::mem::take);
        }
        self.trees.remove(name)
    }

    /// The objects of the context `name`.
    pub fn get_mut(&mut self, name: &[u8]) -> Option<&mut MibTree> {
        self.trees.get_mut(name)
    }

    /// The names of all contexts.
    pub fn names(&self) -> impl Iterator<Item = &[u8]> {
        self.trees.keys().map(Vec::as_slice)
    }
}
