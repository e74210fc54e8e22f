//! Looking things up in the static tables.

use super::nodes::MODULES;
use crate::mib::index::IndexPart;
use crate::mib::names::{Names, Node, NodeKind};
use crate::mib::syntax::Syntax;
use crate::smi::{ObjectIdentifier, OidRef};

/// A node as the tables hold it.
#[derive(Debug)]
pub(super) struct Entry {
    name: &'static str,
    arcs: &'static [u32],
    kind: NodeKind,
    syntax: Option<&'static Syntax>,
    index: &'static [IndexPart],
    /// The columns in the OBJECTS clause.
    objects: &'static [&'static [u32]],
}

/// A module as the tables hold it; its entries ascend.
#[derive(Debug)]
pub(super) struct Module {
    pub(super) name: &'static str,
    pub(super) entries: &'static [Entry],
}

const fn plain(kind: NodeKind, name: &'static str, arcs: &'static [u32]) -> Entry {
    Entry {
        name,
        arcs,
        kind,
        syntax: None,
        index: &[],
        objects: &[],
    }
}

pub(super) const fn node(name: &'static str, arcs: &'static [u32]) -> Entry {
    plain(NodeKind::Node, name, arcs)
}

pub(super) const fn notification(
    name: &'static str,
    arcs: &'static [u32],
    objects: &'static [&'static [u32]],
) -> Entry {
    Entry {
        objects,
        ..plain(NodeKind::Notification, name, arcs)
    }
}

pub(super) const fn table(name: &'static str, arcs: &'static [u32]) -> Entry {
    plain(NodeKind::Table, name, arcs)
}

pub(super) const fn row(
    name: &'static str,
    arcs: &'static [u32],
    index: &'static [IndexPart],
) -> Entry {
    Entry {
        index,
        ..plain(NodeKind::Row, name, arcs)
    }
}

pub(super) const fn scalar(
    name: &'static str,
    arcs: &'static [u32],
    syntax: &'static Syntax,
) -> Entry {
    Entry {
        syntax: Some(syntax),
        ..plain(NodeKind::Scalar, name, arcs)
    }
}

pub(super) const fn column(
    name: &'static str,
    arcs: &'static [u32],
    syntax: &'static Syntax,
    index: &'static [IndexPart],
) -> Entry {
    Entry {
        syntax: Some(syntax),
        index,
        ..plain(NodeKind::Column, name, arcs)
    }
}

impl Module {
    fn node(&self, entry: &'static Entry) -> Node<'static> {
        let node = Node::new(self.name, entry.name, entry.arcs, entry.kind).with_index(entry.index);
        match entry.syntax {
            Some(syntax) => node.with_syntax(syntax),
            None => node,
        }
    }

    /// The deepest entry at or above `oid`.
    fn nearest(&self, oid: OidRef<'_>) -> Option<&'static Entry> {
        let mut depth = usize::MAX;
        loop {
            let after = self
                .entries
                .partition_point(|entry| entry.arcs.iter().copied().le(oid.arcs().take(depth)));
            let entry = &self.entries[after.checked_sub(1)?];
            let common = entry
                .arcs
                .iter()
                .zip(oid.arcs())
                .take_while(|&(&a, b)| a == b)
                .count();
            if common == entry.arcs.len() {
                return Some(entry);
            }
            // Whatever lies above `oid` lies above what it has in common with this entry.
            depth = common;
        }
    }
}

/// The names of SNMPv2-SMI, SNMPv2-MIB and IF-MIB, compiled in: nothing is read or parsed at start.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "it has nothing to configure")]
pub struct Builtin;

impl Names for Builtin {
    fn has_module(&self, module: &str) -> bool {
        MODULES.iter().any(|candidate| candidate.name == module)
    }

    fn find(&self, module: Option<&str>, symbol: &str) -> Option<Node<'_>> {
        MODULES
            .iter()
            .filter(|candidate| module.is_none_or(|module| candidate.name == module))
            .find_map(|module| {
                let entry = module.entries.iter().find(|entry| entry.name == symbol)?;
                Some(module.node(entry))
            })
    }

    fn nearest(&self, oid: OidRef<'_>) -> Option<Node<'_>> {
        MODULES
            .iter()
            .filter_map(|module| module.nearest(oid).map(|entry| module.node(entry)))
            .max_by_key(|node| node.arcs().len())
    }

    fn child(&self, parent: &[u32], label: &str) -> Option<Node<'_>> {
        MODULES.iter().find_map(|module| {
            let entry = module.entries.iter().find(|entry| {
                entry.name == label
                    && entry
                        .arcs
                        .split_last()
                        .is_some_and(|(_, above)| above == parent)
            })?;
            Some(module.node(entry))
        })
    }

    fn edge(&self, module: &str, last: bool) -> Option<Node<'_>> {
        let module = MODULES.iter().find(|candidate| candidate.name == module)?;
        let entry = if last {
            module.entries.last()
        } else {
            module.entries.first()
        };
        entry.map(|entry| module.node(entry))
    }

    fn notification_objects(&self, oid: OidRef<'_>) -> Vec<ObjectIdentifier> {
        let entries = MODULES.iter().flat_map(|module| module.entries);
        let found = entries
            .filter(|entry| entry.kind == NodeKind::Notification)
            .find(|entry| entry.arcs.iter().copied().eq(oid.arcs()));
        let objects = found.map_or(&[][..], |entry| entry.objects);
        let names = objects.iter().map(|arcs| ObjectIdentifier::from_arcs(arcs));
        names.flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_entries_of_every_module_ascend() {
        for module in &MODULES {
            for pair in module.entries.windows(2) {
                assert!(
                    pair[0].arcs < pair[1].arcs,
                    "{}::{}",
                    module.name,
                    pair[1].name
                );
            }
        }
    }
}
