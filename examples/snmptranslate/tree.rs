//! The tree of names as Net-SNMP builds it: one node for each label at a place, with every module that defines it.

use std::borrow::Cow;
use std::collections::HashMap;

use deferred_snmp::names::{BaseType, Macro, Modules, Names, Node, NodeKind};
use regex_lite::{Regex, RegexBuilder};

/// The names of modules that are words of the language: Net-SNMP reads no module for their sake.
const KEYWORDS: [&str; 35] = [
    "ACCESS",
    "AGENT-CAPABILITIES",
    "ApplicationSyntax",
    "BITS",
    "Counter",
    "Counter32",
    "Counter64",
    "DISPLAY-HINT",
    "Gauge",
    "Gauge32",
    "INTEGER",
    "Integer32",
    "IpAddress",
    "MACRO",
    "MODULE-COMPLIANCE",
    "MODULE-IDENTITY",
    "NOTIFICATION-GROUP",
    "NOTIFICATION-TYPE",
    "NetworkAddress",
    "NotificationName",
    "NsapAddress",
    "OBJECT-GROUP",
    "OBJECT-IDENTITY",
    "OBJECT-TYPE",
    "OCTET",
    "ObjectName",
    "ObjectSyntax",
    "Opaque",
    "STATUS",
    "SimpleSyntax",
    "TEXTUAL-CONVENTION",
    "TRAP-TYPE",
    "TimeTicks",
    "UInteger32",
    "Unsigned32",
];

/// What a node is to the reports; those up to [`LAST_SIMPLE`](Self::LAST_SIMPLE) have values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Kind(pub(crate) u8);

impl Kind {
    pub(crate) const OTHER: Self = Self(0);
    pub(crate) const OCTET_STRING: Self = Self(2);
    pub(crate) const INTEGER: Self = Self(3);
    pub(crate) const GAUGE: Self = Self(7);
    pub(crate) const OPAQUE: Self = Self(9);
    pub(crate) const UINTEGER: Self = Self(14);
    pub(crate) const UNSIGNED: Self = Self(15);
    pub(crate) const INTEGER32: Self = Self(16);
    pub(crate) const LAST_SIMPLE: Self = Self::INTEGER32;
    const TRAP: Self = Self(20);

    fn of(modules: &Modules, node: Node<'_>) -> Self {
        Self(match node.defined_by() {
            // What Net-SNMP takes for the trap is the zero above it.
            Macro::ObjectIdentifier | Macro::TrapType => 0,
            Macro::NotificationType => 21,
            Macro::ObjectGroup => 22,
            Macro::NotificationGroup => 23,
            Macro::ModuleIdentity => 24,
            Macro::AgentCapabilities => 25,
            Macro::ModuleCompliance => 26,
            Macro::ObjectIdentity => 27,
            Macro::ObjectType => {
                let has_values = matches!(node.kind(), NodeKind::Scalar | NodeKind::Column);
                let syntax = (node.syntax().filter(|_| has_values))
                    .filter(|syntax| is_known(modules, node.module(), syntax.name()));
                let primitive = syntax.map(|syntax| {
                    let primitive = modules.primitive_type(node.module(), syntax.name());
                    // Compiled-in modules say nothing of the names between.
                    primitive.unwrap_or_else(|| name_of(syntax.base()))
                });
                match primitive {
                    Some("OBJECT IDENTIFIER") => 1,
                    Some("OCTET STRING") => 2,
                    Some("INTEGER") => 3,
                    Some("NetworkAddress") => 4,
                    Some("IpAddress") => 5,
                    Some("Counter" | "Counter32") => 6,
                    Some("Gauge" | "Gauge32") => 7,
                    Some("TimeTicks") => 8,
                    Some("Opaque") => 9,
                    Some("Counter64") => 11,
                    Some("BITS") => 12,
                    Some("UInteger32") => 14,
                    Some("Unsigned32") => 15,
                    Some("Integer32") => 16,
                    _ => 0,
                }
            }
        })
    }
}

/// Whether a module defines a type or imports it from one that does. Others have no meaning to Net-SNMP.
fn is_known(modules: &Modules, module: &str, name: &str) -> bool {
    let imports = modules.imports(module);
    if is_keyword(name) || imports.is_empty() {
        return true;
    }
    let imported = imports.into_iter().find(|(_, symbol)| *symbol == name);
    let home = imported.map_or(module, |(from, _)| from);
    modules.types(home).iter().any(|(known, _)| *known == name)
}

fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name) || name.contains(' ')
}

const fn name_of(base: BaseType) -> &'static str {
    match base {
        BaseType::Integer32 => "INTEGER",
        BaseType::OctetString => "OCTET STRING",
        BaseType::ObjectIdentifier => "OBJECT IDENTIFIER",
        BaseType::IpAddress => "IpAddress",
        BaseType::Counter32 => "Counter32",
        BaseType::Gauge32 => "Gauge32",
        BaseType::TimeTicks => "TimeTicks",
        BaseType::Opaque => "Opaque",
        BaseType::Counter64 => "Counter64",
        BaseType::Bits => "BITS",
    }
}

/// A label at a place.
pub(crate) struct Entry<'m> {
    pub(crate) label: Cow<'m, str>,
    pub(crate) arc: u32,
    pub(crate) kind: Kind,
    /// The modules that define it, in the order in which they are read. The first one's definition is taken.
    pub(crate) modules: Vec<&'m str>,
    pub(crate) definition: Option<Node<'m>>,
    /// Rank of the module that brought it.
    rank: usize,
    children: Vec<usize>,
}

impl<'m> Entry<'m> {
    /// The textual convention of its values.
    pub(crate) fn convention(&self) -> Option<&'m str> {
        let syntax = self.definition?.syntax()?;
        let simple = self.kind != Kind::OTHER && self.kind <= Kind::LAST_SIMPLE;
        let name = syntax.name();
        (simple && !is_keyword(name)).then_some(name)
    }

    fn is_anonymous(&self) -> bool {
        self.label.starts_with("anonymous#")
    }

    /// The label, where a definition gives it.
    pub(crate) fn given_label(&self) -> Option<&str> {
        (!self.is_anonymous()).then_some(&*self.label)
    }
}

/// All nodes; the roots first.
pub(crate) struct Tree<'m> {
    pub(crate) entries: Vec<Entry<'m>>,
}

impl<'m> Tree<'m> {
    pub(crate) const ISO: usize = 0;
    pub(crate) const ROOTS: [(&'static str, u32); 3] =
        [("iso", 1), ("ccitt", 0), ("joint-iso-ccitt", 2)];

    pub(crate) fn new(modules: &'m Modules, asked_for: &[String]) -> Self {
        let order = reading_order(modules, asked_for);
        let mut tree = Self {
            entries: Vec::new(),
        };
        for (label, arc) in Self::ROOTS {
            tree.entries.push(Entry {
                label: label.into(),
                arc,
                kind: Kind::OTHER,
                // Net-SNMP's name for no module.
                modules: vec!["#-1"],
                definition: None,
                rank: 0,
                children: Vec::new(),
            });
        }
        let mut places: HashMap<Vec<u32>, usize> = (0..Self::ROOTS.len())
            .map(|nth| (vec![Self::ROOTS[nth].1], nth))
            .collect();
        for (rank, module) in order.into_iter().enumerate() {
            for node in modules.definitions(module) {
                tree.add(modules, node, rank, &mut places);
            }
        }
        tree
    }

    fn add(
        &mut self,
        modules: &Modules,
        node: Node<'m>,
        rank: usize,
        places: &mut HashMap<Vec<u32>, usize>,
    ) {
        let arcs = node.arcs();
        let [above @ .., arc] = arcs else { return };
        if above.is_empty() {
            return;
        }
        let trap = node.defined_by() == Macro::TrapType;
        for depth in 2..arcs.len() {
            if !places.contains_key(&arcs[..depth]) {
                let parent = places[&arcs[..depth - 1]];
                // The zero between an enterprise and its traps is named after the enterprise.
                let is_above_trap = trap && depth + 1 == arcs.len();
                let label = match is_above_trap {
                    true => format!("{}#", self.entries[parent].label),
                    false => self.anonymous_label(),
                };
                let last = arcs[depth - 1];
                let at = self.push(label.into(), last, node.module(), parent, rank);
                if is_above_trap {
                    self.entries[at].kind = Kind::TRAP;
                }
                places.insert(arcs[..depth].to_vec(), at);
            }
        }
        let parent = places[above];
        let known = self.entries[parent]
            .children
            .iter()
            .copied()
            .find(|&child| {
                self.entries[child].arc == *arc && self.entries[child].label == node.name()
            });
        if let Some(known) = known {
            self.entries[known].modules.push(node.module());
            return;
        }
        let at = match places.get(arcs) {
            Some(&at) if self.entries[at].is_anonymous() => {
                self.entries[at].label = node.name().into();
                self.entries[at].modules = vec![node.module()];
                at
            }
            first => {
                let is_first = first.is_none();
                let at = self.push(node.name().into(), *arc, node.module(), parent, rank);
                if is_first {
                    places.insert(arcs.to_vec(), at);
                }
                at
            }
        };
        self.entries[at].definition = Some(node);
        self.entries[at].kind = Kind::of(modules, node);
    }

    fn anonymous_label(&self) -> String {
        let others = self.entries.iter().filter(|entry| entry.is_anonymous());
        format!("anonymous#{}", others.count())
    }

    fn push(
        &mut self,
        label: Cow<'m, str>,
        arc: u32,
        module: &'m str,
        parent: usize,
        rank: usize,
    ) -> usize {
        let at = self.entries.len();
        self.entries.push(Entry {
            label,
            arc,
            kind: Kind::OTHER,
            modules: vec![module],
            definition: None,
            rank,
            children: Vec::new(),
        });
        self.entries[parent].children.push(at);
        at
    }

    /// The children in the order of the tree; of several at one place, the first that was read comes first.
    pub(crate) fn children(&self, at: usize) -> Vec<usize> {
        let mut children = self.entries[at].children.clone();
        children.sort_by_key(|&child| self.entries[child].arc);
        children
    }

    /// The children in the order in which Net-SNMP keeps them: by module, and the last of a module first.
    pub(crate) fn linked_children(&self, at: usize) -> Vec<usize> {
        let mut children = self.entries[at].children.clone();
        children.sort_by_key(|&child| {
            let entry = &self.entries[child];
            (entry.rank, u32::MAX - entry.arc)
        });
        children
    }

    /// The nodes on the way to a name, as far as there are any; of several at one place, the first that was read.
    pub(crate) fn way(&self, arcs: &[u32]) -> Vec<usize> {
        let mut way: Vec<usize> = Vec::new();
        for &arc in arcs {
            let next = match way.last() {
                None => (0..Self::ROOTS.len()).find(|&root| Self::ROOTS[root].1 == arc),
                Some(&at) => {
                    let mut children = self.entries[at].children.iter().copied();
                    children.find(|&child| self.entries[child].arc == arc)
                }
            };
            let Some(next) = next else { break };
            way.push(next);
        }
        way
    }

    /// The deepest node on the way to a name.
    pub(crate) fn deepest(&self, arcs: &[u32]) -> Option<usize> {
        self.way(arcs).last().copied()
    }

    /// The places of the labels that begin with what a pattern fits, and then of the best of the others.
    pub(crate) fn matches(&self, pattern: &str) -> Vec<Vec<u32>> {
        let mut found = Vec::new();
        let mut best: Option<(usize, Vec<u32>)> = None;
        let Some(pattern) = compiled(pattern) else {
            return found;
        };
        self.walk(|at, arcs| match start(&pattern, &self.entries[at].label) {
            Some(0) => found.push(arcs.to_vec()),
            Some(start) if best.as_ref().is_none_or(|(earliest, _)| start < *earliest) => {
                best = Some((start, arcs.to_vec()));
            }
            _ => {}
        });
        found.extend(best.map(|(_, arcs)| arcs));
        found
    }

    /// The place of the first label in which what a pattern fits begins earliest.
    pub(crate) fn best_match(&self, pattern: &str) -> Option<Vec<u32>> {
        let pattern = compiled(pattern)?;
        let mut best: Option<(usize, Vec<u32>)> = None;
        self.walk(|at, arcs| {
            let start = start(&pattern, &self.entries[at].label);
            let is_better = |start: &usize| best.as_ref().is_none_or(|(old, _)| start < old);
            if let Some(start) = start.filter(is_better) {
                best = Some((start, arcs.to_vec()));
            }
        });
        best.map(|(_, arcs)| arcs)
    }

    /// Calls for each node with its place, in the order in which Net-SNMP keeps them.
    fn walk(&self, mut visit: impl FnMut(usize, &[u32])) {
        let mut arcs = Vec::new();
        let mut waiting: Vec<(usize, usize)> =
            (0..Self::ROOTS.len()).rev().map(|at| (at, 0)).collect();
        while let Some((at, depth)) = waiting.pop() {
            arcs.truncate(depth);
            arcs.push(self.entries[at].arc);
            visit(at, &arcs);
            let children = self.linked_children(at).into_iter().rev();
            waiting.extend(children.map(|child| (child, depth + 1)));
        }
    }
}

/// The modules in the order in which Net-SNMP would have read them: what a module imports before it.
fn reading_order<'m>(modules: &'m Modules, asked_for: &[String]) -> Vec<&'m str> {
    let known = modules.modules();
    let mut imported: Vec<&str> = Vec::new();
    for module in &known {
        imported.extend(modules.imports(module).into_iter().map(|(from, _)| from));
    }
    let mut order = Reading {
        modules,
        open: Vec::new(),
        done: Vec::new(),
    };
    for module in asked_for {
        order.read(known.iter().copied().find(|name| name == module));
    }
    for &module in &known {
        order.read((!imported.contains(&module)).then_some(module));
    }
    order.done.retain(|module| known.contains(module));
    order.done
}

struct Reading<'m> {
    modules: &'m Modules,
    open: Vec<&'m str>,
    done: Vec<&'m str>,
}

impl<'m> Reading<'m> {
    fn read(&mut self, module: Option<&'m str>) {
        let Some(module) = module.filter(|module| !self.open.contains(module)) else {
            return;
        };
        self.open.push(module);
        for (from, symbol) in self.modules.imports(module) {
            self.read(Some(from).filter(|_| !KEYWORDS.contains(&symbol)));
        }
        self.done.push(module);
    }
}

/// A regular expression, in which case does not count; `None` for what is none.
fn compiled(pattern: &str) -> Option<Regex> {
    let regex = RegexBuilder::new(pattern).case_insensitive(true).build();
    regex.ok().filter(|_| !pattern.is_empty())
}

/// Where what a pattern fits begins in a label.
fn start(pattern: &Regex, label: &str) -> Option<usize> {
    pattern.find(label).map(|found| found.start())
}
