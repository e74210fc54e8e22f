//! Everything that is known of one node, as `-Td` prints it.

use deferred_snmp::names::{Macro, Node};

use crate::report::{enumeration, hint, index, ranges};
use crate::tree::{Entry, Kind, Tree};

/// The most octets that Net-SNMP keeps of a DESCRIPTION, and of that of an AGENT-CAPABILITIES.
const LONGEST: usize = 4095;
const LONGEST_OF_CAPABILITIES: usize = 127;

/// The column in which the text of a clause begins.
const CLAUSE: usize = 16;

pub(crate) fn describe(tree: &Tree<'_>, arcs: &[u32], width: usize) -> String {
    let Some(at) = tree.deepest(arcs) else {
        return " [TRUNCATED]".to_owned();
    };
    let entry = &tree.entries[at];
    let mut text = format!("{} {}\n", entry.label, macro_name(entry.kind));
    text += &modules(entry, width);
    if let Some(convention) = entry.convention() {
        text += &format!("  -- TEXTUAL CONVENTION {convention}\n");
    }
    text += &syntax(entry, width);
    if let Some(node) = entry.definition {
        text += &clauses(entry, node, width);
    }
    text += &place(tree, arcs, width);
    text
}

fn macro_name(kind: Kind) -> String {
    match kind.0 {
        0..=16 => "OBJECT-TYPE".to_owned(),
        20 => "TRAP-TYPE".to_owned(),
        21 => "NOTIFICATION-TYPE".to_owned(),
        22 => "OBJECT-GROUP".to_owned(),
        24 => "MODULE-IDENTITY".to_owned(),
        25 => "AGENT-CAPABILITIES".to_owned(),
        26 => "MODULE-COMPLIANCE".to_owned(),
        27 => "OBJECT-IDENTITY".to_owned(),
        other => format!("type_{other}"),
    }
}

fn modules(entry: &Entry<'_>, width: usize) -> String {
    let mut modules = entry.modules.clone();
    modules.dedup();
    let mut text = "  -- FROM\t".to_owned();
    let mut used = CLAUSE;
    for (nth, module) in modules.into_iter().enumerate() {
        if nth > 0 {
            if used + module.len() + 2 > width {
                text += ",\n  --\t\t";
                used = CLAUSE;
            } else {
                text += ", ";
                used += 2;
            }
        }
        text += module;
        used += module.len();
    }
    text + "\n"
}

fn syntax(entry: &Entry<'_>, width: usize) -> String {
    let name = match entry.kind.0 {
        1 => "OBJECT IDENTIFIER",
        2 => "OCTET STRING",
        3 => "INTEGER",
        4 => "NetworkAddress",
        5 => "IpAddress",
        6 => "Counter32",
        7 => "Gauge32",
        8 => "TimeTicks",
        9 => "Opaque",
        11 => "Counter64",
        12 => "BITS",
        14 => "UInteger32",
        15 => "Unsigned32",
        16 => "Integer32",
        _ => return String::new(),
    };
    let mut text = format!("  SYNTAX\t{name}");
    let ranges = ranges(entry);
    if !ranges.is_empty() {
        text += &format!(" ({}) ", ranges.join(" | "));
    }
    let values = enumeration(entry);
    if !values.is_empty() {
        text += " {";
        append_list(&mut text, values, CLAUSE + name.len() + 2, width);
        text += "} ";
    }
    text + "\n"
}

/// Appends words between commas, over as many lines as they take.
fn append_list(text: &mut String, words: Vec<String>, start: usize, width: usize) {
    let mut used = start;
    for (nth, word) in words.into_iter().enumerate() {
        if nth > 0 {
            text.push_str(", ");
        }
        if used + word.len() + 2 > width {
            text.push_str("\n\t\t  ");
            used = CLAUSE + 2;
        }
        text.push_str(&word);
        used += word.len() + 2;
    }
}

fn clauses(entry: &Entry<'_>, node: Node<'_>, width: usize) -> String {
    let mut text = String::new();
    if let Some(hint) = hint(entry) {
        text += &format!("  DISPLAY-HINT\t\"{hint}\"\n");
    }
    if !node.units().is_empty() {
        text += &format!("  UNITS\t\t\"{}\"\n", node.units());
    }
    let is_object = node.defined_by() == Macro::ObjectType;
    if let Some(access) = node.access().filter(|_| is_object) {
        text += &format!("  MAX-ACCESS\t{}\n", access.name());
    }
    if let Some(status) = node.status().filter(|_| is_object) {
        text += &format!("  STATUS\t{}\n", status.name());
    }
    if let Some(row) = node.augments() {
        text += &format!("  AUGMENTS\t{{ {} }}\n", row.name());
    }
    let list = |clause: &str, words: Vec<String>| {
        let mut text = format!("  {clause}{{ ");
        append_list(&mut text, words, CLAUSE + 2, width);
        text + " }\n"
    };
    let index: Vec<_> = index(entry)
        .into_iter()
        .map(|(name, implied)| format!("{}{name}", if implied { "IMPLIED " } else { "" }))
        .collect();
    if !index.is_empty() {
        text += &list("INDEX\t\t", index);
    }
    // The members of groups are not kept.
    let has_objects = matches!(node.defined_by(), Macro::NotificationType | Macro::TrapType);
    let objects: Vec<_> = node
        .objects()
        .iter()
        .map(|it| it.name().to_owned())
        .collect();
    if has_objects && !objects.is_empty() {
        text += &list("OBJECTS\t", objects);
    }
    let description = description(node);
    if !description.is_empty() {
        text += &format!("  DESCRIPTION\t\"{description}\"\n");
    }
    if !node.default_value().is_empty() {
        text += &format!("  DEFVAL\t{{ {} }}\n", default(node.default_value()));
    }
    text
}

fn description(node: Node<'_>) -> String {
    let longest = match node.defined_by() {
        Macro::AgentCapabilities => LONGEST_OF_CAPABILITIES,
        _ => LONGEST,
    };
    let mut text = node.description().replace('\r', "");
    let mut end = longest.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    text
}

/// A DEFVAL in the tokens that Net-SNMP takes it apart into: strings of octets are numbers, quotes are escaped.
fn default(written: &str) -> String {
    if let Some(text) = written
        .strip_prefix('"')
        .and_then(|it| it.strip_suffix('"'))
    {
        return format!("\\\"{text}\\\"");
    }
    let number = |suffix, radix| {
        let digits = written.strip_prefix('\'')?.strip_suffix(suffix)?;
        let radix_of = |digit: char| digit.to_digit(radix).map(i64::from);
        // The last octets are left of a long one.
        let mut digits = digits.chars().filter_map(radix_of);
        digits.try_fold(0_i64, |number, digit| {
            Some(number.wrapping_mul(radix.into()).wrapping_add(digit))
        })
    };
    if let Some(number) = number("'H", 16).or_else(|| number("'B", 2)) {
        return number.to_string();
    }
    written.replace(", ", " , ").replace("{  }", "{ }")
}

/// The name in numbers, with the labels that are known on the way.
fn place(tree: &Tree<'_>, arcs: &[u32], width: usize) -> String {
    let way = tree.way(arcs);
    let mut text = "::= {".to_owned();
    let mut used = text.len();
    for (nth, arc) in arcs.iter().enumerate() {
        let label = way.get(nth).and_then(|&at| tree.entries[at].given_label());
        let word = match label {
            _ if nth + 1 == arcs.len() => format!(" {arc} }}"),
            Some(label) => format!(" {label}({arc})"),
            None => format!(" {arc}"),
        };
        if used + word.len() + 2 > width {
            text += "\n     ";
            used = 5;
        }
        text += &word;
        used += word.len();
    }
    text
}
