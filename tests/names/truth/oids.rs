//! `modules.tsv` and `oids.tsv`: what the modules define.

use std::collections::{HashMap, HashSet};

use deferred_snmp::names::{BaseType, Macro, Node, NodeKind, Syntax};

use super::table::{Report, modules, text_rows};
use util::shared::shared;

#[test]
fn every_module_loads() {
    let Some(shared) = shared("every_module_loads", "mibs") else {
        return;
    };
    let modules = modules(&shared);
    let mut report = Report::default();
    for row in text_rows(&shared, "modules.tsv") {
        let result = modules.load(&row[0]);
        report.count("modules", &row[0], result.is_ok(), || format!("{result:?}"));
    }
    report.finish("", &[]);
    assert_eq!(modules.load_all(), []);
    println!("{} leniencies", modules.leniencies().len());
}

#[test]
fn definitions_are_as_three_implementations_read_them() {
    let Some(shared) = shared("definitions_are_as_three_implementations_read_them", "mibs") else {
        return;
    };
    let modules = modules(&shared);
    let disputed: HashSet<(String, String)> = text_rows(&shared, "oids_disputed.tsv")
        .into_iter()
        .map(|row| (row[0].clone(), row[1].clone()))
        .collect();
    let mut known: HashMap<String, HashMap<&str, Vec<Node<'_>>>> = HashMap::new();
    let mut report = Report::default();
    for row in text_rows(&shared, "oids.tsv") {
        let [
            module,
            symbol,
            oid,
            nodetype,
            decl,
            base,
            syntax,
            access,
            status,
            hint,
        ] = &row[..10]
        else {
            panic!("a row of oids.tsv: {row:?}");
        };
        let [units, named, range, index, objects] = &row[10..15] else {
            panic!("a row of oids.tsv: {row:?}");
        };
        if disputed.contains(&(module.clone(), symbol.clone())) {
            continue;
        }
        let id = format!("{module}::{symbol}");
        if !known.contains_key(module) {
            let mut by_name: HashMap<&str, Vec<Node<'_>>> = HashMap::new();
            for node in modules.definitions(module) {
                by_name.entry(node.name()).or_default().push(node);
            }
            known.insert(module.clone(), by_name);
        }
        let nodes = known[module].get(symbol.as_str());
        let Some(&node) = nodes.and_then(|nodes| nodes.first()) else {
            report.count("oid", &id, false, || "not found".to_owned());
            continue;
        };
        let arcs: Vec<String> = node.arcs().iter().map(u32::to_string).collect();
        report.check("oid", &id, &arcs.join("."), oid);
        // `?`: only Net-SNMP makes a node of a name within an OBJECT IDENTIFIER value.
        if nodetype != "?" {
            report.check("nodetype", &id, kind(node), nodetype);
            report.check("decl", &id, declaration(node), decl);
        }
        report.check(
            "access",
            &id,
            node.access().map_or("", |a| a.name()),
            access,
        );
        report.check("status", &id, status_name(node), status);
        report.check("units", &id, node.units(), units);
        let found = node.syntax();
        report.check("base", &id, found.map_or("", base_name), base);
        report.check(
            "syntax",
            &id,
            &found.map_or_else(String::new, type_name),
            syntax,
        );
        let found_hint = found.and_then(Syntax::hint).unwrap_or("");
        let same = found_hint == hint || (syntax == "DisplayString" && found_hint == "255a");
        report.count("hint", &id, same, || {
            format!("found {found_hint:?}, expected {hint:?}")
        });
        let (found_labels, named) = (found.map_or_else(Vec::new, labels), sorted(named));
        report.count("named", &id, found_labels == named, || {
            format!("found {found_labels:?}, expected {named:?}")
        });
        report.check("range", &id, &found.map_or_else(String::new, ranges), range);
        report.check("index", &id, &index_of(node), index);
        let members: Vec<&str> = node.objects().iter().map(|member| member.name()).collect();
        report.check("objects", &id, &members.join(","), objects);
    }
    let thresholds = [
        "decl", "access", "status", "units", "base", "syntax", "hint", "named", "range", "index",
        "objects",
    ];
    let mut thresholds: Vec<(&str, f64)> = thresholds.iter().map(|&name| (name, 0.998)).collect();
    thresholds.push(("oid", 0.999));
    thresholds.push(("nodetype", 0.995));
    report.finish(include_str!("oids.txt"), &thresholds);
}

fn kind(node: Node<'_>) -> &'static str {
    match node.kind() {
        NodeKind::Scalar => "scalar",
        NodeKind::Table => "table",
        NodeKind::Row => "row",
        NodeKind::Column => "column",
        NodeKind::Notification => "notification",
        NodeKind::Group => "group",
        NodeKind::Compliance => "compliance",
        NodeKind::Capabilities => "capabilities",
        _ => "node",
    }
}

fn declaration(node: Node<'_>) -> &'static str {
    match node.defined_by() {
        Macro::ObjectIdentifier => "value-assignment",
        Macro::ModuleIdentity => "module-identity",
        Macro::ObjectIdentity => "object-identity",
        Macro::ObjectType => "object-type",
        Macro::NotificationType => "notification-type",
        Macro::TrapType => "trap-type",
        Macro::ObjectGroup => "object-group",
        Macro::NotificationGroup => "notification-group",
        Macro::ModuleCompliance => "module-compliance",
        Macro::AgentCapabilities => "agent-capabilities",
    }
}

fn base_name(syntax: &Syntax) -> &'static str {
    match syntax.base() {
        BaseType::Integer32 if !syntax.labels().is_empty() => "Enum",
        BaseType::Integer32 => "Integer32",
        BaseType::Bits => "Bits",
        BaseType::Counter64 => "Unsigned64",
        BaseType::Counter32 | BaseType::Gauge32 | BaseType::TimeTicks => "Unsigned32",
        BaseType::ObjectIdentifier => "ObjectIdentifier",
        BaseType::OctetString | BaseType::IpAddress | BaseType::Opaque => "OctetString",
    }
}

/// libsmi's words for types without a name.
fn type_name(syntax: &Syntax) -> String {
    match syntax.name() {
        "INTEGER" if !syntax.labels().is_empty() => "Enumeration".to_owned(),
        "INTEGER" => "Integer32".to_owned(),
        "BITS" => "Bits".to_owned(),
        "OCTET STRING" => "OctetString".to_owned(),
        "OBJECT IDENTIFIER" => "ObjectIdentifier".to_owned(),
        name => name.to_owned(),
    }
}

/// MODULE-IDENTITY and TRAP-TYPE have no STATUS, and libsmi says `current` of them.
fn status_name(node: Node<'_>) -> &'static str {
    match node.defined_by() {
        Macro::ModuleIdentity | Macro::TrapType => "current",
        _ => node.status().map_or("", |status| status.name()),
    }
}

fn sorted(labels: &str) -> Vec<String> {
    let mut labels: Vec<String> = labels.split(',').map(str::to_owned).collect();
    labels.retain(|label| !label.is_empty());
    labels.sort();
    labels
}

fn labels(syntax: &Syntax) -> Vec<String> {
    let label =
        |label: &deferred_snmp::names::Label| format!("{}({})", label.name(), label.number());
    let mut labels: Vec<String> = syntax.labels().iter().map(label).collect();
    labels.sort();
    labels
}

/// The limits as libsmi prints them: neighbours in one, and of a type without any those of the type that it is
/// derived from.
fn ranges(syntax: &Syntax) -> String {
    let mut ranges: Vec<(i64, i64)> = Vec::new();
    for &(low, high) in syntax.ranges() {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == low => *last = high,
            _ => ranges.push((low, high)),
        }
    }
    let ranges: Vec<String> = ranges
        .iter()
        .map(|(low, high)| format!("{low}..{high}"))
        .collect();
    match syntax.base() {
        _ if !ranges.is_empty() => ranges.join(","),
        _ if syntax.name() == "Unsigned32" => String::new(),
        BaseType::Counter32 | BaseType::Gauge32 | BaseType::TimeTicks => "0..4294967295".to_owned(),
        BaseType::Counter64 => "0..18446744073709551615".to_owned(),
        BaseType::IpAddress => "4..4".to_owned(),
        _ => String::new(),
    }
}

fn index_of(node: Node<'_>) -> String {
    if node.kind() != NodeKind::Row {
        return String::new();
    }
    if let Some(row) = node.augments() {
        return format!("AUGMENTS {}", row.name());
    }
    let part = |part: &deferred_snmp::names::IndexPart| match part.is_implied() {
        true => format!("IMPLIED {}", part.name()),
        false => part.name().to_owned(),
    };
    let parts: Vec<String> = node.index().iter().map(part).collect();
    parts.join(",")
}
