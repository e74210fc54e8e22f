//! Names and OBJECT IDENTIFIERs, either way.

use super::buffered::Buffered;
use super::definition::{Node, NodeKind};
use super::index_value::IndexValue;
use super::input::{DefaultError, arc, below, default_of, instance_at, unusual};
use super::name_error::NameError;
use super::roots::root_arc;
use super::source::Names;
use crate::smi::{ObjectIdentifier, OidRef, Value};

/// What programs ask a source of names: what a name means, what a number is called, and what is near.
///
/// Every [`Names`] has it, and none can have it otherwise: a name means the same wherever its definition comes from.
pub trait NamesExt: Names {
    /// The deepest node at or above `oid`.
    fn nearest(&self, oid: OidRef<'_>) -> Option<Node<'_>> {
        self.at_or_above(Buffered::new(oid).arcs())
    }

    /// The OBJECTS clause of the notification at `oid`, in its order; empty if it has none.
    fn notification_objects(&self, oid: OidRef<'_>) -> Vec<ObjectIdentifier> {
        let arcs = Buffered::new(oid);
        let Some(node) = self
            .at_or_above(arcs.arcs())
            .filter(|node| node.arcs() == arcs.arcs())
        else {
            return Vec::new();
        };
        let objects = node.objects().iter();
        objects
            .filter_map(|symbol| self.find(Some(symbol.module()), symbol.name()))
            .filter_map(|node| ObjectIdentifier::from_arcs(node.arcs()).ok())
            .collect()
    }

    /// The node that follows `node` in the order of the tree.
    fn next(&self, node: Node<'_>) -> Option<Node<'_>> {
        self.at_or_after(&[node.arcs(), &[0]].concat())
    }

    /// The node above `node`.
    fn parent(&self, node: Node<'_>) -> Option<Node<'_>> {
        let (_, above) = node.arcs().split_last()?;
        self.at_or_above(above)
    }

    /// The labels of the nodes on the way to `node`, and its own: `iso`, `org`, `dod` and so on. Places without a name are
    /// passed over.
    fn labels(&self, node: Node<'_>) -> Vec<&str> {
        self.way(node.arcs()).into_iter().map(Node::name).collect()
    }

    /// The node that `oid` is an instance of, and the values of its index by the INDEX clause; `None` when no node is
    /// known, or the index does not fit. A scalar's index is the number 0.
    fn symbol_of(&self, oid: OidRef<'_>) -> Option<(Node<'_>, Vec<IndexValue>)> {
        let arcs = Buffered::new(oid);
        let node = self.at_or_above(arcs.arcs())?;
        let mut rest = &arcs.arcs()[node.arcs().len()..];
        let mut values = Vec::new();
        if node.kind() == NodeKind::Column {
            for part in node.index() {
                if !rest.is_empty() {
                    values.push(part.decode(&mut rest)?);
                }
            }
            return rest.is_empty().then_some((node, values));
        }
        values.extend(rest.iter().map(|&arc| IndexValue::from(arc)));
        Some((node, values))
    }

    /// The value that the DEFVAL of an object stands for, which is one of its SYNTAX; `None` where it has none. RFC 2578
    /// section 7.9.
    ///
    /// BITS have the octets for all bits that are named, as RFC 3417 section 8 has it. A name that is an OBJECT IDENTIFIER
    /// is looked for in the module of the object, then in all.
    ///
    /// # Errors
    ///
    /// It is not a value of the SYNTAX, it has a name that is not known, or the type of the object is not known.
    ///
    /// # Examples
    ///
    /// ```
    /// use deferred_snmp::names::{Builtin, NamesExt};
    /// use deferred_snmp::smi::Value;
    ///
    /// let storage = Builtin.node(Some("SNMP-TARGET-MIB"), "snmpTargetAddrStorageType")?;
    /// assert_eq!(storage.default_value(), "nonVolatile");
    /// assert_eq!(Builtin.default_of(storage), Ok(Some(Value::Integer(3))));
    /// # Ok::<(), deferred_snmp::names::NameError>(())
    /// ```
    fn default_of(&self, node: Node<'_>) -> Result<Option<Value>, DefaultError> {
        default_of(self, node)
    }

    /// The nodes right below `parent`, which is empty for the root: the columns of a row, for one. Costs a look-up
    /// for each.
    fn children(&self, parent: &[u32]) -> Vec<Node<'_>> {
        let mut children = Vec::new();
        let mut at = [parent, &[0]].concat();
        while let Some(node) = self.at_or_after(&at) {
            let Some(&[arc, ref below @ ..]) = node.arcs().strip_prefix(parent) else {
                break;
            };
            if below.is_empty() {
                children.push(node);
            }
            let Some(next) = arc.checked_add(1) else {
                break;
            };
            at[parent.len()] = next;
        }
        children
    }

    /// The node labelled `label` right below `parent`, which is empty for the root.
    fn child(&self, parent: &[u32], label: &str) -> Option<Node<'_>> {
        // Mostly it is the only one of this name, or the first.
        let is_it = |node: &Node<'_>| {
            let above = node.arcs().split_last();
            above.is_some_and(|(_, above)| above == parent)
        };
        self.find(None, label).filter(is_it).or_else(|| {
            let children = self.children(parent);
            children.into_iter().find(|node| node.name() == label)
        })
    }

    /// The node of this name, in any module when `module` is `None` or empty.
    ///
    /// # Errors
    ///
    /// [`NameError::UnknownModule`], [`NameError::UnknownSymbol`].
    fn node(&self, module: Option<&str>, symbol: &str) -> Result<Node<'_>, NameError> {
        let module = module.filter(|module| !module.is_empty());
        if let Some(node) = self.find(module, symbol) {
            return Ok(node);
        }
        Err(match module {
            Some(module) if !self.has_module(module) => NameError::UnknownModule {
                module: module.to_owned(),
            },
            _ => NameError::UnknownSymbol {
                module: module.map(str::to_owned),
                symbol: symbol.to_owned(),
            },
        })
    }

    /// The OBJECT IDENTIFIER of a symbol and its index: `("SNMPv2-MIB", "sysDescr", [0])`.
    ///
    /// The values of a column's index are taken as its INDEX clause says; fewer than it has are allowed and name
    /// everything below. Anything else takes plain numbers.
    ///
    /// # Errors
    ///
    /// Module or symbol is unknown, or the index does not fit; the error says which and why.
    fn resolve(
        &self,
        module: Option<&str>,
        symbol: &str,
        index: &[IndexValue],
    ) -> Result<ObjectIdentifier, NameError> {
        self.node(module, symbol)?.instance(index)
    }

    /// The OBJECT IDENTIFIER of a dotted path of labels, numbers, or both: `iso.org.dod.internet.mgmt.1.system`.
    ///
    /// # Errors
    ///
    /// Names the label that is not known below what precedes it.
    fn resolve_path(&self, path: &str) -> Result<ObjectIdentifier, NameError> {
        let mut arcs: Vec<u32> = Vec::new();
        for label in path.strip_prefix('.').unwrap_or(path).split('.') {
            if let Some(number) = arc(label) {
                arcs.push(number);
            } else if let Some(node) = self.child(&arcs, label) {
                arcs = node.arcs().to_vec();
            } else if let Some(root) = root_arc(label).filter(|_| arcs.is_empty()) {
                arcs.push(root);
            } else {
                return instance_at(self, &arcs, label, path);
            }
        }
        ObjectIdentifier::from_arcs(&arcs).map_err(NameError::Oid)
    }

    /// The OBJECT IDENTIFIER of a name as people write it: dotted numbers, `MODULE::symbol.index`, `symbol.index`, or
    /// a path of labels, from the root or from the symbol on (`system.sysDescr.0`). What [`PrettyName`](super::PrettyName) prints is read back.
    ///
    /// An index of numbers alone is sub-identifiers as they stand. Any other is taken apart by the INDEX clause, value by
    /// value with dots between, and fewer than it has name everything below: numbers; labels of an enumeration; strings
    /// in quotes, by the DISPLAY-HINT, as an address behind its type, or in hexadecimal (`"0x00ff"`). In double quotes
    /// `\n`, `\r`, `\t`, `\x1b`, `\u{202e}`, `\\` and `\"` are escapes. The single quotes of Net-SNMP's tools will do as
    /// well, and what stands in them are the octets.
    ///
    /// ```
    /// use deferred_snmp::names::{Builtin, NamesExt};
    ///
    /// let name = Builtin.parse(r#"SNMP-VIEW-BASED-ACM-MIB::vacmGroupName.3."alice""#)?;
    /// assert_eq!(name.to_string(), "1.3.6.1.6.3.16.1.2.1.3.3.5.97.108.105.99.101");
    /// # Ok::<(), deferred_snmp::names::NameError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve`](Self::resolve) and [`resolve_path`](Self::resolve_path).
    fn parse(&self, text: &str) -> Result<ObjectIdentifier, NameError> {
        let text = text.trim();
        let (module, rest) = match text.split_once("::") {
            Some((module, rest)) => (Some(module), rest),
            None => (None, text),
        };
        let plain = rest.strip_prefix('.').unwrap_or(rest);
        if module.is_none() && plain.chars().all(|c| c.is_ascii_digit() || c == '.') {
            return plain.parse().map_err(NameError::Oid);
        }
        // As before a path from the root, a dot before a symbol says nothing.
        let rest = if module.is_none() { plain } else { rest };
        let (symbol, suffix) = match rest.split_once('.') {
            Some((symbol, suffix)) => (symbol, Some(suffix)),
            None => (rest, None),
        };
        if module.is_none()
            && self
                .find(None, symbol)
                .is_none_or(|node| node.arcs().len() == 1)
        {
            return if suffix.is_some() || self.child(&[], symbol).is_some() {
                self.resolve_path(plain)
            } else {
                Err(NameError::UnknownSymbol {
                    module: None,
                    symbol: symbol.to_owned(),
                })
            };
        }
        let node = match self.node(module, symbol) {
            Ok(node) => node,
            Err(error) => return unusual(self, module, rest, text).unwrap_or(Err(error)),
        };
        let Some(suffix) = suffix else {
            return node.instance(&[]);
        };
        // Numbers are sub-identifiers here, whatever the INDEX clause makes of them.
        let mut arcs = node.arcs().to_vec();
        for word in suffix.split('.') {
            match arc(word) {
                Some(number) => arcs.push(number),
                None => return below(self, node, suffix, text),
            }
        }
        ObjectIdentifier::from_arcs(&arcs).map_err(NameError::Oid)
    }
}

impl<N: Names + ?Sized> NamesExt for N {}
