//! The definitions of a module, with what other modules contribute to them.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use mib_rs::compile::ast::{self, OidComponent, TypeSyntax};

use super::error::LeniencyKind;
use super::home::Home;
use super::modules::{Form, Key, Modules};
use super::source::Parsed;
use super::types::NamedTypes;
use super::words::{access, default, status, text};
use crate::names::definition::{Definition, Details, Lent, Macro, NO_DETAILS, NodeKind, Symbol};
use crate::names::index::IndexPart;
use crate::names::module::Module;
use crate::names::syntax::Syntax;
use crate::smi::MAX_ARCS;

/// How many steps a definition may be away from one that stands on its own; more are taken for a circle.
pub(super) const DEEPEST: usize = 64;

/// The most definitions of a module; positions in it have 16 bits.
const MOST_DEFINITIONS: usize = u16::MAX as usize;

impl Modules {
    /// The place in the tree of what is defined at `home`.
    fn place_of(&self, home: Home, depth: usize) -> Option<Arc<[u32]>> {
        match home {
            Home::Builtin(module, at) => Some(module.definitions[at?].arcs.as_ref().into()),
            Home::Parsed(key, at) => {
                let depth = depth.checked_sub(1)?;
                let Form::Parsed(parsed) = self.form(key) else {
                    return None;
                };
                if let Some(known) = parsed.oids.borrow().get(&at) {
                    return known.clone();
                }
                let place = self.compute_place(key, &parsed.ast.body[at], depth);
                if depth > DEEPEST / 2 || place.is_some() {
                    parsed.oids.borrow_mut().insert(at, place.clone());
                }
                place
            }
        }
    }

    fn compute_place(
        &self,
        key: Key,
        definition: &ast::Definition,
        depth: usize,
    ) -> Option<Arc<[u32]>> {
        if let ast::Definition::TrapType(trap) = definition {
            let enterprise = self.symbol_place(key, &trap.enterprise.name, depth)?;
            return Some([&*enterprise, &[0, trap.trap_number]].concat().into());
        }
        let name = definition.name()?;
        let mut arcs: Vec<u32> = Vec::new();
        for (nth, component) in oid_of(definition)?.components.iter().enumerate() {
            match component {
                OidComponent::Number { value, .. } => arcs.push(*value),
                OidComponent::NamedNumber {
                    name: label, num, ..
                }
                | OidComponent::QualifiedNamedNumber {
                    name: label, num, ..
                } => {
                    let known = (nth == 0 && label.name != name.name)
                        .then(|| self.symbol_place(key, &label.name, depth))
                        .flatten();
                    match known {
                        Some(place) => arcs.extend_from_slice(&place),
                        None => arcs.push(*num),
                    }
                }
                OidComponent::Name(label) => {
                    if label.name == name.name {
                        return None;
                    }
                    let place = self.symbol_place(key, &label.name, depth)?;
                    if nth == 0 {
                        arcs.extend_from_slice(&place);
                    } else {
                        arcs.push(*place.last()?);
                    }
                }
                OidComponent::QualifiedName {
                    module_name,
                    name: label,
                    ..
                } => {
                    let module = self.locate(&module_name.name)?;
                    arcs.extend_from_slice(&self.symbol_place(module, &label.name, depth)?);
                }
            }
        }
        (!arcs.is_empty() && arcs.len() <= MAX_ARCS).then(|| arcs.into())
    }

    fn symbol_place(&self, key: Key, symbol: &str, depth: usize) -> Option<Arc<[u32]>> {
        match symbol {
            "iso" => return Some([1].into()),
            "ccitt" | "itu-t" => return Some([0].into()),
            "joint-iso-ccitt" | "joint-iso-itu-t" => return Some([2].into()),
            _ => {}
        }
        match self.home(key, symbol) {
            Some(home) => self.place_of(home, depth),
            None => self.place_on_the_way(key, symbol, depth),
        }
    }

    /// The place of a name that the module gives only on the way to another one: `b` in `{ a b(1) 2 }`.
    fn place_on_the_way(&self, key: Key, symbol: &str, depth: usize) -> Option<Arc<[u32]>> {
        let Form::Parsed(parsed) = self.form(key) else {
            return None;
        };
        let &(at, after) = parsed
            .on_the_way
            .get_or_init(|| on_the_way(parsed))
            .get(symbol)?;
        let place = self.place_of(Home::Parsed(key, at), depth)?;
        Some(place[..place.len().checked_sub(after)?].into())
    }

    /// A module with everything resolved that can be.
    pub(super) fn resolve_module(&self, key: Key, parsed: &Parsed) -> Module {
        let mut types: NamedTypes = Vec::new();
        let mut definitions = Vec::new();
        let mut rows: HashMap<Arc<[u32]>, Row> = HashMap::new();
        let mut objects = Vec::new();
        let mut passing = Vec::new();
        for (at, written) in parsed.ast.body.iter().enumerate() {
            let Some(name) = written.name() else {
                continue;
            };
            match written {
                ast::Definition::TextualConvention(_) | ast::Definition::TypeAssignment(_) => {
                    if let Some(syntax) = self.type_at(key, at, DEEPEST) {
                        types.push((Cow::Owned(name.name.clone()), syntax));
                    }
                    continue;
                }
                ast::Definition::MacroDefinition(_) | ast::Definition::Error(_) => continue,
                _ => {}
            }
            let Some(arcs) = self.place_of(Home::Parsed(key, at), DEEPEST) else {
                parsed.note(
                    written.span(),
                    LeniencyKind::Reference,
                    format!("{} has no place in the tree", name.name),
                );
                continue;
            };
            let above = names_on_the_way(written).filter_map(|(name, after)| {
                let place = &arcs[..arcs.len().checked_sub(after)?];
                Some((name, place.to_vec()))
            });
            passing.extend(above);
            if let ast::Definition::ObjectType(object) = written {
                if is_table(object) {
                    rows.entry(Arc::clone(&arcs)).or_insert(Row::Table);
                }
                objects.push((object, arcs));
            } else {
                definitions.push(self.plain(key, written, &arcs));
            }
        }
        // Rows stand below tables, columns below rows: from the top down.
        objects.sort_by_key(|(_, arcs)| arcs.len());
        for (object, arcs) in objects {
            definitions.push(self.object(key, parsed, object, &arcs, &mut rows));
        }
        if parsed.name == "SNMPv2-SMI" || parsed.name == "RFC1155-SMI" {
            definitions.push(Definition::new("iso", [1], NodeKind::Node));
        }
        let defined = |name: &str| self.own(key, name).is_some() || parsed.origin(name).is_some();
        passing.retain(|&(name, _)| !defined(name));
        let mut passed = HashSet::new();
        for (name, arcs) in passing {
            if passed.insert(name) {
                definitions.push(Definition::new(name, arcs, NodeKind::Node));
            }
        }
        if definitions.len() > MOST_DEFINITIONS {
            definitions.truncate(MOST_DEFINITIONS);
            let text = format!("only the first {MOST_DEFINITIONS} definitions are kept");
            parsed.note(parsed.ast.span, LeniencyKind::Syntax, text);
        }
        Module::owned(parsed.name.clone(), definitions, types)
    }

    fn object(
        &self,
        key: Key,
        parsed: &Parsed,
        object: &ast::ObjectTypeDef,
        arcs: &Arc<[u32]>,
        rows: &mut HashMap<Arc<[u32]>, Row>,
    ) -> Definition {
        let above = arcs.split_last().map_or(&[][..], |(_, above)| above);
        let mut index = Lent::Static(&[][..]);
        let syntax = object
            .syntax
            .as_ref()
            .and_then(|clause| self.syntax(key, &clause.syntax, DEEPEST));
        // A row's SYNTAX is no type of values. Where it is one, the object has values, whatever it stands below; and if
        // it has an INDEX all the same, one for each row.
        let may_be_row = syntax.is_none();
        let kind = if is_table(object) {
            NodeKind::Table
        } else if is_row(object) && !may_be_row {
            index = self.row_index(key, parsed, object, DEEPEST);
            NodeKind::Column
        } else if may_be_row && (is_row(object) || matches!(rows.get(above), Some(Row::Table))) {
            index = self.row_index(key, parsed, object, DEEPEST);
            rows.insert(Arc::clone(arcs), Row::Row(index.clone()));
            NodeKind::Row
        } else if let Some(Row::Row(row)) = rows.get(above) {
            index = row.clone();
            NodeKind::Column
        } else if let Some(row) = self.foreign_row(key, object) {
            index = row;
            NodeKind::Column
        } else {
            NodeKind::Scalar
        };
        let has_values = matches!(kind, NodeKind::Scalar | NodeKind::Column);
        if has_values && syntax.is_none() {
            let text = format!("the SYNTAX of {} is not known", object.name.name);
            parsed.note(object.span, LeniencyKind::Reference, text);
        }
        let augments = object.augments.as_ref().map(|clause| {
            let home = self.home(key, &clause.target.name);
            let module = home.map_or(parsed.name.as_str(), |home| self.module_name(home));
            Symbol::owned(module.to_owned(), clause.target.name.clone())
        });
        let details = Details {
            index,
            augments,
            objects: Cow::Borrowed(&[]),
            units: text(object.units.as_ref()),
            default: object.defval.as_ref().map_or(Cow::Borrowed(""), |clause| {
                default(&clause.value, &parsed.labels).into()
            }),
            description: text(object.description.as_ref()),
        };
        Definition {
            name: Cow::Owned(object.name.name.clone()),
            arcs: Cow::Owned(arcs.to_vec()),
            kind,
            defined_by: Macro::ObjectType,
            access: object
                .access
                .as_ref()
                .and_then(|clause| access(clause.value)),
            status: object.status.as_ref().map(|clause| status(clause.value)),
            syntax,
            details: details.into(),
            hidden: false,
        }
    }

    /// The INDEX of a row of another module that this object is a column of.
    fn foreign_row(&self, key: Key, object: &ast::ObjectTypeDef) -> Option<Lent<[IndexPart]>> {
        let [OidComponent::Name(parent), OidComponent::Number { .. }] =
            object.oid.components.as_slice()
        else {
            return None;
        };
        match self.home(key, &parent.name)? {
            Home::Builtin(module, at) => {
                let row = &module.definitions[at?];
                (row.kind == NodeKind::Row).then(|| row.details.index.clone())
            }
            Home::Parsed(home, at) => {
                let Form::Parsed(parsed) = self.form(home) else {
                    return None;
                };
                match &parsed.ast.body[at] {
                    ast::Definition::ObjectType(row) if is_row(row) => {
                        Some(self.row_index(home, parsed, row, DEEPEST))
                    }
                    _ => None,
                }
            }
        }
    }

    fn row_index(
        &self,
        key: Key,
        parsed: &Parsed,
        row: &ast::ObjectTypeDef,
        depth: usize,
    ) -> Lent<[IndexPart]> {
        let Some(depth) = depth.checked_sub(1) else {
            return Lent::Static(&[]);
        };
        if let Some(augments) = &row.augments {
            return match self.home(key, &augments.target.name) {
                Some(Home::Builtin(module, Some(at))) => {
                    module.definitions[at].details.index.clone()
                }
                Some(Home::Parsed(home, at)) => match self.form(home) {
                    Form::Parsed(parsed) => match &parsed.ast.body[at] {
                        ast::Definition::ObjectType(row) => {
                            self.row_index(home, parsed, row, depth)
                        }
                        _ => Lent::Static(&[]),
                    },
                    Form::Builtin(_) => Lent::Static(&[]),
                },
                _ => Lent::Static(&[]),
            };
        }
        // Each part has at least one sub-identifier.
        let items = row.index.iter().flat_map(|clause| &clause.items);
        let items = items.take(MAX_ARCS);
        let mut parts = Vec::new();
        for item in items {
            let name = &item.object.name;
            let name = parsed.labels.get(name).unwrap_or(name).clone();
            let syntax = self.index_syntax(key, parsed, &name);
            if syntax.is_none() {
                let text = format!("{name} in an INDEX is not known");
                parsed.note(item.span, LeniencyKind::Reference, text);
            }
            let syntax = syntax.unwrap_or(Lent::Static(&UNKNOWN));
            parts.push(IndexPart::shared(name, syntax, item.implied));
        }
        parts.into()
    }

    fn index_syntax(&self, key: Key, parsed: &Parsed, name: &str) -> Option<Lent<Syntax>> {
        match self.home(key, name) {
            Some(Home::Builtin(module, Some(at))) => module.definitions[at].syntax.clone(),
            Some(Home::Parsed(home, at)) => {
                let Form::Parsed(parsed) = self.form(home) else {
                    return None;
                };
                match &parsed.ast.body[at] {
                    ast::Definition::ObjectType(object) => {
                        let clause = object.syntax.as_ref()?;
                        self.syntax(home, &clause.syntax, DEEPEST)
                    }
                    _ => self.type_at(home, at, DEEPEST),
                }
            }
            // SMIv1 allows a type in the place of an object.
            _ => {
                let span = parsed.ast.span;
                let name = name.to_owned();
                let written = TypeSyntax::TypeRef(ast::Ident { name, span });
                self.syntax(key, &written, DEEPEST)
            }
        }
    }

    fn plain(&self, key: Key, written: &ast::Definition, arcs: &[u32]) -> Definition {
        use ast::Definition as D;
        let (kind, defined_by) = match written {
            D::ModuleIdentity(_) => (NodeKind::Node, Macro::ModuleIdentity),
            D::ObjectIdentity(_) => (NodeKind::Node, Macro::ObjectIdentity),
            D::NotificationType(_) => (NodeKind::Notification, Macro::NotificationType),
            D::TrapType(_) => (NodeKind::Notification, Macro::TrapType),
            D::ObjectGroup(_) => (NodeKind::Group, Macro::ObjectGroup),
            D::NotificationGroup(_) => (NodeKind::Group, Macro::NotificationGroup),
            D::ModuleCompliance(_) => (NodeKind::Compliance, Macro::ModuleCompliance),
            D::AgentCapabilities(_) => (NodeKind::Capabilities, Macro::AgentCapabilities),
            _ => (NodeKind::Node, Macro::ObjectIdentifier),
        };
        let (members, written_status, description): (&[ast::Ident], _, _) = match written {
            D::ModuleIdentity(d) => (&[], None, Some(&d.description)),
            D::ObjectIdentity(d) => (&[], Some(&d.status), Some(&d.description)),
            D::NotificationType(d) => (&d.objects, Some(&d.status), Some(&d.description)),
            D::TrapType(d) => (&d.variables, None, d.description.as_ref()),
            D::ObjectGroup(d) => (&d.objects, Some(&d.status), Some(&d.description)),
            D::NotificationGroup(d) => (&d.notifications, Some(&d.status), Some(&d.description)),
            D::ModuleCompliance(d) => (&[], Some(&d.status), Some(&d.description)),
            D::AgentCapabilities(d) => (&[], Some(&d.status), Some(&d.description)),
            _ => (&[], None, None),
        };
        let objects: Vec<Symbol> = members
            .iter()
            .map(|member| {
                let home = self.home(key, &member.name);
                let module = home.map_or_else(|| self.name_of(key), |home| self.module_name(home));
                Symbol::owned(module.to_owned(), member.name.clone())
            })
            .collect();
        let description = text(description);
        let details = if objects.is_empty() && description.is_empty() {
            Lent::Static(&NO_DETAILS)
        } else {
            Details {
                objects: Cow::Owned(objects),
                description,
                ..Details::NONE
            }
            .into()
        };
        Definition {
            name: Cow::Owned(written.name().map_or_else(String::new, |n| n.name.clone())),
            arcs: Cow::Owned(arcs.to_vec()),
            kind,
            defined_by,
            access: None,
            status: written_status.map(|clause| status(clause.value)),
            syntax: None,
            details,
            hidden: false,
        }
    }
}

/// The names that an OBJECT IDENTIFIER value gives to nodes above the one that it is about, and how far above:
/// `{ iso org(3) dod(6) 1 }` has two.
fn names_on_the_way(definition: &ast::Definition) -> impl Iterator<Item = (&str, usize)> {
    let components = oid_of(definition).map_or(&[][..], |oid| &oid.components);
    // What stands last is the node itself; each before it has one sub-identifier, save the first.
    let numbered = components.iter().enumerate().skip(1);
    numbered.filter_map(|(nth, component)| match component {
        OidComponent::NamedNumber { name, .. } if nth + 1 < components.len() => {
            Some((name.name.as_str(), components.len() - 1 - nth))
        }
        _ => None,
    })
}

/// Those names in a whole module, each with the first definition that has it.
fn on_the_way(parsed: &Parsed) -> HashMap<String, (usize, usize)> {
    let mut names = HashMap::new();
    for (at, definition) in parsed.ast.body.iter().enumerate() {
        for (name, after) in names_on_the_way(definition) {
            names.entry(name.to_owned()).or_insert((at, after));
        }
    }
    names
}

/// What stands above a column.
enum Row {
    Table,
    Row(Lent<[IndexPart]>),
}

static UNKNOWN: Syntax = Syntax::UNKNOWN;

fn is_table(object: &ast::ObjectTypeDef) -> bool {
    matches!(
        object.syntax.as_ref().map(|clause| &clause.syntax),
        Some(TypeSyntax::SequenceOf { .. })
    )
}

fn is_row(object: &ast::ObjectTypeDef) -> bool {
    object.index.is_some() || object.augments.is_some()
}

fn oid_of(definition: &ast::Definition) -> Option<&ast::OidAssignment> {
    use ast::Definition as D;
    match definition {
        D::ObjectType(d) => Some(&d.oid),
        D::ModuleIdentity(d) => Some(&d.oid),
        D::ObjectIdentity(d) => Some(&d.oid),
        D::NotificationType(d) => Some(&d.oid),
        D::ValueAssignment(d) => Some(&d.oid),
        D::ObjectGroup(d) => Some(&d.oid),
        D::NotificationGroup(d) => Some(&d.oid),
        D::ModuleCompliance(d) => Some(&d.oid),
        D::AgentCapabilities(d) => Some(&d.oid),
        D::TrapType(_)
        | D::TextualConvention(_)
        | D::TypeAssignment(_)
        | D::MacroDefinition(_)
        | D::Error(_) => None,
    }
}
