//! The whole tree, or a part of it, in the forms of `-T`.

use std::io::{self, Write};

use deferred_snmp::names::{Access, Label, Node, NodeKind, Syntax};

use crate::tree::{Entry, Kind, Tree};

/// One line for each node below the roots, for every form that is switched on.
#[derive(Default)]
pub(crate) struct Reports {
    pub(crate) labelled: bool,
    pub(crate) numeric: bool,
    pub(crate) symbolic: bool,
    pub(crate) suffixes: bool,
    pub(crate) children: bool,
}

impl Reports {
    pub(crate) fn write(&self, tree: &Tree<'_>, output: &mut impl Write) -> io::Result<()> {
        // The root of everything is no node.
        let mut way: Vec<usize> = Vec::new();
        for root in 0..3 {
            way.push(root);
            self.below(tree, &mut way, output)?;
            way.pop();
        }
        Ok(())
    }

    fn below(
        &self,
        tree: &Tree<'_>,
        way: &mut Vec<usize>,
        output: &mut impl Write,
    ) -> io::Result<()> {
        let Some(&parent) = way.last() else {
            return Ok(());
        };
        let mut children = tree.children(parent);
        // Of several at one place the last that was read comes first here.
        children.reverse();
        children.sort_by_key(|&child| tree.entries[child].arc);
        for child in children {
            way.push(child);
            self.line(tree, way, output)?;
            self.below(tree, way, output)?;
            way.pop();
        }
        Ok(())
    }

    fn line(&self, tree: &Tree<'_>, way: &[usize], output: &mut impl Write) -> io::Result<()> {
        let entries = || way.iter().map(|&at| &tree.entries[at]);
        if self.labelled {
            for entry in entries() {
                write!(output, ".{}({})", entry.label, entry.arc)?;
            }
            writeln!(output)?;
        }
        if self.numeric {
            for entry in entries() {
                write!(output, ".{}", entry.arc)?;
            }
            writeln!(output)?;
        }
        if self.symbolic {
            for entry in entries() {
                write!(output, ".{}", entry.label)?;
            }
            writeln!(output)?;
        }
        let Some(entry) = entries().next_back() else {
            return Ok(());
        };
        if self.children {
            let arcs: Vec<_> = entries().map(|entry| entry.arc.to_string()).collect();
            writeln!(output, "\"{}\"\t\t\t\"{}\"", entry.label, arcs.join("."))?;
        }
        if self.suffixes {
            for _ in 1..way.len() {
                write!(output, "  ")?;
            }
            write!(
                output,
                "{}({}) type={}",
                entry.label, entry.arc, entry.kind.0
            )?;
            if let Some(hint) = hint(entry) {
                write!(output, " hint={hint}")?;
            }
            if let Some(units) = entry
                .definition
                .map(Node::units)
                .filter(|it| !it.is_empty())
            {
                write!(output, " units={units}")?;
            }
            writeln!(output)?;
        }
        Ok(())
    }
}

/// The SYNTAX of an entry whose type is known.
fn syntax<'m>(entry: &Entry<'m>) -> Option<&'m Syntax> {
    entry
        .definition
        .filter(|_| entry.kind != Kind::OTHER)?
        .syntax()
}

/// The DISPLAY-HINT of an entry's values.
pub(crate) fn hint<'m>(entry: &Entry<'m>) -> Option<&'m str> {
    syntax(entry)?.hint()
}

/// The values of an enumeration as `label(number)`.
pub(crate) fn enumeration(entry: &Entry<'_>) -> Vec<String> {
    let labels = syntax(entry).map_or(&[][..], Syntax::labels);
    let label = |label: &Label| format!("{}({})", label.name(), label.number());
    labels.iter().map(label).collect()
}

/// The ranges or sizes of values, in the text of their type; those of other types have none.
pub(crate) fn ranges(entry: &Entry<'_>) -> Vec<String> {
    let ranges = syntax(entry).map_or(&[][..], Syntax::ranges);
    // Limits are 32 bits wide here.
    let limit = |number: i64| match entry.kind {
        Kind::INTEGER | Kind::INTEGER32 => (number as i32).to_string(),
        _ => (number as u32).to_string(),
    };
    let has_text = matches!(
        entry.kind,
        Kind::INTEGER
            | Kind::INTEGER32
            | Kind::UNSIGNED
            | Kind::OCTET_STRING
            | Kind::GAUGE
            | Kind::UINTEGER
    );
    let range = |&(low, high): &(i64, i64)| match (has_text, limit(low), limit(high)) {
        (false, ..) => String::new(),
        (true, low, high) if low == high => low,
        (true, low, high) => format!("{low}..{high}"),
    };
    ranges.iter().map(range).collect()
}

/// The objects of a row's own INDEX clause.
pub(crate) fn index<'m>(entry: &Entry<'m>) -> Vec<(&'m str, bool)> {
    let Some(node) = entry.definition else {
        return Vec::new();
    };
    let own = node.kind() == NodeKind::Row && node.augments().is_none();
    let parts = node.index().iter().filter(|_| own);
    parts.map(|part| (part.name(), part.is_implied())).collect()
}

/// An `OBJECT IDENTIFIER ::=` for each node.
pub(crate) fn ascii(tree: &Tree<'_>, output: &mut impl Write) -> io::Result<()> {
    writeln!(output, "dump DEFINITIONS ::= BEGIN")?;
    let mut waiting = vec![Tree::ISO];
    while let Some(at) = waiting.pop() {
        let children = tree.linked_children(at);
        for &child in &children {
            let child = &tree.entries[child];
            let parent = &tree.entries[at].label;
            let (label, arc) = (&child.label, child.arc);
            writeln!(output, "{label} OBJECT IDENTIFIER ::= {{ {parent} {arc} }}")?;
        }
        waiting.extend(children.into_iter().rev());
    }
    writeln!(output, "END")
}

/// A drawing of a node and everything below.
pub(crate) fn tree(
    tree: &Tree<'_>,
    at: usize,
    width: usize,
    output: &mut impl Write,
) -> io::Result<()> {
    let mut drawing = Drawing {
        tree,
        width,
        indent: " ".to_owned(),
        close: true,
        output,
    };
    drawing.node(at)
}

struct Drawing<'t, 'm, W> {
    tree: &'t Tree<'m>,
    width: usize,
    indent: String,
    /// Whether a node may follow without a line between.
    close: bool,
    output: &'t mut W,
}

impl<W: Write> Drawing<'_, '_, W> {
    fn node(&mut self, at: usize) -> io::Result<()> {
        let tree = self.tree;
        let entry = &tree.entries[at];
        let before = &self.indent[..self.indent.len() - 1];
        let is_simple = entry.kind != Kind::OTHER && entry.kind <= Kind::LAST_SIMPLE;
        if is_simple {
            let (access, kind) = (access(entry), kind(entry));
            let (label, arc) = (&entry.label, entry.arc);
            writeln!(self.output, "{before}+-- {access} {kind} {label}({arc})")?;
            self.details(entry)?;
        } else {
            writeln!(self.output, "{before}+--{}({})", entry.label, entry.arc)?;
            let index: Vec<_> = index(entry).into_iter().map(|(name, _)| name).collect();
            if !index.is_empty() {
                let room = self.room(12);
                let index = index.into_iter().map(str::to_owned).collect();
                let (first, next) = ("  |  Index: ", "  |         ");
                self.list(first, next, index, |used| used > room)?;
            }
        }
        let depth = self.indent.len();
        self.indent += "  |";
        self.close = entry.kind != Kind::OTHER;
        let children = tree.children(at);
        for (nth, &child) in children.iter().enumerate() {
            if !self.close || tree.entries[child].kind == Kind::OTHER {
                writeln!(self.output, "{}", self.indent)?;
            }
            if nth + 1 == children.len() {
                self.indent.pop();
                self.indent.push(' ');
            }
            self.node(child)?;
        }
        self.close &= children.is_empty();
        self.indent.truncate(depth);
        Ok(())
    }

    /// How many columns are left of the width.
    fn room(&self, taken: usize) -> usize {
        self.width.saturating_sub(self.indent.len() + taken)
    }

    fn details(&mut self, entry: &Entry<'_>) -> io::Result<()> {
        let indent = &self.indent;
        if let Some(convention) = entry.convention() {
            writeln!(
                self.output,
                "{indent}        Textual Convention: {convention}"
            )?;
        }
        let values = enumeration(entry);
        if !values.is_empty() {
            let room = self.room(16);
            let (first, next) = ("        Values: ", "                ");
            self.list(first, next, values, |used| used >= room)?;
        }
        let ranges = ranges(entry);
        if !ranges.is_empty() {
            let what = match entry.kind {
                Kind::OCTET_STRING | Kind::OPAQUE => "Size",
                _ => "Range",
            };
            let (indent, ranges) = (&self.indent, ranges.join(" | "));
            writeln!(self.output, "{indent}        {what}: {ranges}")?;
        }
        Ok(())
    }

    /// Words between commas, over as many lines as they take.
    fn list(
        &mut self,
        first: &str,
        next: &str,
        words: Vec<String>,
        is_full: impl Fn(usize) -> bool,
    ) -> io::Result<()> {
        let indent = &self.indent;
        write!(self.output, "{indent}{first}")?;
        let mut used = 0;
        for (nth, word) in words.into_iter().enumerate() {
            if nth > 0 {
                write!(self.output, ", ")?;
            }
            used += word.len() + 2;
            if is_full(used) {
                write!(self.output, "\n{indent}{next}")?;
                used = word.len() + 2;
            }
            write!(self.output, "{word}")?;
        }
        writeln!(self.output)
    }
}

fn access(entry: &Entry<'_>) -> &'static str {
    match entry.definition.and_then(Node::access) {
        Some(Access::NotAccessible) => "----",
        Some(Access::ReadOnly) => "-R--",
        Some(Access::WriteOnly) => "--W-",
        Some(Access::ReadWrite) => "-RW-",
        Some(Access::AccessibleForNotify) => "---N",
        Some(Access::ReadCreate) => "CR--",
        None => "    ",
    }
}

fn kind(entry: &Entry<'_>) -> &'static str {
    let is_enumeration = syntax(entry).is_some_and(|it| !it.labels().is_empty());
    match entry.kind.0 {
        1 => "ObjID    ",
        2 => "String   ",
        3 if is_enumeration => "EnumVal  ",
        3 => "INTEGER  ",
        4 => "NetAddr  ",
        5 => "IpAddr   ",
        6 => "Counter  ",
        7 => "Gauge    ",
        8 => "TimeTicks",
        9 => "Opaque   ",
        11 => "Counter64",
        12 => "BitString",
        14 => "UInteger ",
        15 => "Unsigned ",
        16 => "Integer32",
        _ => "         ",
    }
}
