//! Which module a name that another one uses is taken from.

use std::collections::HashSet;

use mib_rs::compile::ast;

use super::error::LeniencyKind;
use super::modules::{Form, Key, Modules};
use super::resolve::DEEPEST;
use super::source::Parsed;
use crate::names::module::Module;

/// Modules whose names are used without being imported, and what they are called elsewhere.
const WELL_KNOWN: [&str; 6] = [
    "SNMPv2-SMI",
    "SNMPv2-TC",
    "RFC1155-SMI",
    "RFC1213-MIB",
    "SNMPv2-MIB",
    "RFC1065-SMI",
];

/// Names that modules had before, and where their symbols are now.
const RENAMED: [(&str, &str); 10] = [
    ("RFC1155-SMI", "SNMPv2-SMI"),
    ("RFC1065-SMI", "SNMPv2-SMI"),
    ("RFC-1155", "SNMPv2-SMI"),
    ("SNMPv2-SMI-v1", "SNMPv2-SMI"),
    ("SNMPv2-TC-v1", "SNMPv2-TC"),
    ("RFC-1213", "RFC1213-MIB"),
    ("RFC1213", "RFC1213-MIB"),
    ("RFC1158-MIB", "RFC1213-MIB"),
    ("RFC1156-MIB", "RFC1213-MIB"),
    ("RFC1271-MIB", "RMON-MIB"),
];

/// Macros and types that Net-SNMP knows without reading a module.
const KEYWORDS: [&str; 30] = [
    "AGENT-CAPABILITIES",
    "ApplicationSyntax",
    "BITS",
    "Counter",
    "Counter32",
    "Counter64",
    "Gauge",
    "Gauge32",
    "INTEGER",
    "Integer32",
    "IpAddress",
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
    "ObjectName",
    "ObjectSyntax",
    "Opaque",
    "SimpleSyntax",
    "TEXTUAL-CONVENTION",
    "TRAP-TYPE",
    "TimeTicks",
    "UInteger32",
    "Unsigned32",
];

fn renamed(module: &str) -> Option<&'static str> {
    let renamed = RENAMED.iter().find(|(old, _)| *old == module);
    renamed.map(|(_, new)| *new)
}

/// How many modules are asked for a name that is not imported.
const MOST_ASKED: usize = 128;

/// Where a name is defined.
#[derive(Clone, Copy, Debug)]
pub(super) enum Home {
    Builtin(&'static Module, Option<usize>),
    Parsed(Key, usize),
}

impl Parsed {
    /// The module that `symbol` is imported from.
    pub(super) fn origin(&self, symbol: &str) -> Option<&str> {
        let &clause = self.imported.get(symbol)?;
        Some(&self.ast.imports[clause].from_module.name)
    }

    /// The modules that something is imported from, each as often as there are clauses for it.
    fn origins(&self) -> impl Iterator<Item = &str> {
        let clauses = self.ast.imports.iter();
        clauses.map(|clause| clause.from_module.name.as_str())
    }

    /// As [`origins`](Self::origins), of names that are no keywords.
    pub(super) fn origins_of_names(&self) -> impl Iterator<Item = &str> {
        let is_name = |symbol: &ast::Ident| !KEYWORDS.contains(&symbol.name.as_str());
        let clauses = self.ast.imports.iter();
        let clauses = clauses.filter(move |clause| clause.symbols.iter().any(is_name));
        clauses.map(|clause| clause.from_module.name.as_str())
    }

    /// What is imported, and from which module.
    pub(super) fn imports(&self) -> impl Iterator<Item = (&str, &str)> {
        self.ast.imports.iter().flat_map(|clause| {
            let from = clause.from_module.name.as_str();
            clause
                .symbols
                .iter()
                .map(move |symbol| (symbol.name.as_str(), from))
        })
    }
}

impl Modules {
    /// Where the module `key` takes `symbol` from.
    pub(super) fn home(&self, key: Key, symbol: &str) -> Option<Home> {
        if let Some(home) = self.own(key, symbol) {
            return Some(home);
        }
        let Form::Parsed(parsed) = self.form(key) else {
            return None;
        };
        if let Some(&known) = parsed.homes.borrow().get(symbol) {
            return known;
        }
        let home = self.home_within(key, symbol, DEEPEST);
        parsed.homes.borrow_mut().insert(symbol.to_owned(), home);
        home
    }

    fn home_within(&self, key: Key, symbol: &str, depth: usize) -> Option<Home> {
        let depth = depth.checked_sub(1)?;
        if let Some(home) = self.own(key, symbol) {
            return Some(home);
        }
        let Form::Parsed(parsed) = self.form(key) else {
            return None;
        };
        if let Some(from) = parsed.origin(symbol) {
            if let Some(home) = self
                .locate(from)
                .and_then(|from| self.home_within(from, symbol, depth))
            {
                return Some(home);
            }
            parsed.note(
                parsed.ast.span,
                LeniencyKind::Reference,
                format!("{symbol} is imported from {from}, which is missing or does not have it"),
            );
            if let Some(home) = renamed(from)
                .and_then(|new| self.locate(new))
                .and_then(|new| self.own(new, symbol))
            {
                return Some(home);
            }
        } else {
            let missing = LeniencyKind::Reference;
            parsed.note(
                parsed.ast.span,
                missing,
                format!("{symbol} is not imported"),
            );
        }
        let known = WELL_KNOWN.into_iter();
        let mut asked = HashSet::new();
        known
            .chain(parsed.origins())
            .filter(|&module| asked.insert(module))
            .take(MOST_ASKED)
            .find_map(|module| self.own(self.locate(module)?, symbol))
    }

    /// Where a module is, or the one that has taken its place if it is nowhere.
    pub(super) fn locate_renamed(&self, module: &str) -> Option<Key> {
        self.locate(module)
            .or_else(|| self.locate(renamed(module)?))
    }

    pub(super) fn own(&self, key: Key, symbol: &str) -> Option<Home> {
        match self.form(key) {
            Form::Builtin(module) => {
                let at = module.position(symbol);
                let known = at.is_some() || module.syntax(symbol).is_some();
                known.then_some(Home::Builtin(module, at))
            }
            Form::Parsed(parsed) => {
                let &at = parsed.by_name.get(symbol)?;
                let defines = !matches!(
                    parsed.ast.body[at],
                    ast::Definition::MacroDefinition(_) | ast::Definition::Error(_)
                );
                defines.then_some(Home::Parsed(key, at))
            }
        }
    }

    pub(super) fn module_name(&self, home: Home) -> &str {
        match home {
            Home::Builtin(module, _) => &module.name,
            Home::Parsed(key, _) => match self.form(key) {
                Form::Parsed(parsed) => &parsed.name,
                Form::Builtin(module) => &module.name,
            },
        }
    }
}
