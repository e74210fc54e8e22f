//! Writes the tables of the compiled-in modules from MIB files.
//!
//!     cargo run --example mibgen -- src/names/builtin/tables DIRECTORY...
//!
//! Without arguments it shows what it would write for a small module.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use deferred_snmp::names::{Modules, Names, NamesExt, Node, NodeKind, Symbol, Syntax};

/// The modules that are compiled in. Of two that define the same object, the first gives it its name.
const COMPILED_IN: [&str; 29] = [
    "SNMPv2-SMI",
    "SNMPv2-TC",
    "SNMPv2-MIB",
    "IANAifType-MIB",
    "IF-MIB",
    "INET-ADDRESS-MIB",
    "IP-MIB",
    "TCP-MIB",
    "UDP-MIB",
    "HOST-RESOURCES-MIB",
    "ENTITY-MIB",
    "SNMP-FRAMEWORK-MIB",
    "SNMP-MPD-MIB",
    "SNMP-TARGET-MIB",
    "SNMP-NOTIFICATION-MIB",
    "SNMP-PROXY-MIB",
    "SNMP-COMMUNITY-MIB",
    "SNMP-USER-BASED-SM-MIB",
    "SNMP-VIEW-BASED-ACM-MIB",
    "SNMP-USM-AES-MIB",
    "SNMP-USM-HMAC-SHA2-MIB",
    "SNMPv2-TM",
    "TRANSPORT-ADDRESS-MIB",
    "BRIDGE-MIB",
    "LLDP-MIB",
    "DISMAN-EVENT-MIB",
    "NET-SNMP-MIB",
    "UCD-SNMP-MIB",
    "RFC1213-MIB",
];

const SAMPLE: &str = "SAMPLE-MIB DEFINITIONS ::= BEGIN
IMPORTS OBJECT-TYPE, Integer32, enterprises FROM SNMPv2-SMI;
sample OBJECT IDENTIFIER ::= { enterprises 99999 }
sampleState OBJECT-TYPE
    SYNTAX INTEGER { up(1), down(2) }
    MAX-ACCESS read-only
    STATUS current
    DESCRIPTION \"Whether it works.\"
    ::= { sample 1 }
END
";

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let Some(target) = arguments.next() else {
        let mut modules = Modules::new();
        modules.add_text("sample", SAMPLE);
        modules.load("SAMPLE-MIB")?;
        print!("{}", table(&modules, "SAMPLE-MIB"));
        return Ok(());
    };
    let directories: Vec<String> = arguments.collect();
    for (name, text) in tables(&directories)? {
        std::fs::write(Path::new(&target).join(name), text)?;
    }
    Ok(())
}

/// All tables by the names of their files.
pub fn tables(directories: &[String]) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let mut modules = Modules::empty();
    for directory in directories {
        modules.add_directory(directory)?;
    }
    for module in COMPILED_IN {
        modules.load(module)?;
    }
    let mut files: Vec<(String, String)> = COMPILED_IN
        .iter()
        .map(|module| (format!("{}.rs", stem(module)), table(&modules, module)))
        .collect();
    files.push(("mod.rs".to_owned(), contents()));
    files.push(("list.rs".to_owned(), list(&modules)));
    Ok(files)
}

/// The name of a module's file, without what files end in.
fn stem(module: &str) -> String {
    module.to_lowercase().replace('-', "_")
}

fn contents() -> String {
    let mut text = String::from(
        "//! The tables, one file for each module. Written by `examples/mibgen.rs`; not to be edited.\n\n",
    );
    let mut stems: Vec<String> = COMPILED_IN.iter().map(|module| stem(module)).collect();
    stems.push("list".to_owned());
    stems.sort();
    for stem in stems {
        let _ = writeln!(text, "mod {stem};");
    }
    text.push_str("\npub(in crate::names) use list::{MODULES, PLACES};\n");
    text
}

/// The list of the modules, and of all definitions in the order of the tree.
fn list(modules: &Modules) -> String {
    let mut text = String::from(
        "//! The modules, and where their definitions stand in the tree. Written by `examples/mibgen.rs`.\n\n\
         use crate::names::builtin::entry::places;\nuse crate::names::module::Module;\n\n",
    );
    let _ = writeln!(
        text,
        "pub(in crate::names) static MODULES: [&Module; {}] = [",
        COMPILED_IN.len()
    );
    for module in COMPILED_IN {
        let _ = writeln!(text, "    &super::{}::MODULE,", stem(module));
    }
    text.push_str("];\n\nplaces! {\n");
    let mut places = Vec::new();
    for (rank, module) in COMPILED_IN.iter().enumerate() {
        for (at, node) in definitions(modules, module).into_iter().enumerate() {
            places.push((node.arcs().to_vec(), rank, at));
        }
    }
    places.sort();
    let pairs = places.iter().map(|(_, rank, at)| format!("{rank} {at},"));
    wrapped(&mut text, pairs);
    text.push_str("}\n");
    text
}

/// The definitions of a module, but for names of instances: sysUpTime.0 is to be printed as that.
fn definitions<'a>(modules: &'a Modules, module: &str) -> Vec<Node<'a>> {
    let mut nodes = modules.definitions(module);
    nodes.retain(|node| scalar_of(modules, *node).is_none());
    nodes
}

/// The scalar that a node is the instance of.
fn scalar_of<'a>(modules: &'a Modules, node: Node<'a>) -> Option<Node<'a>> {
    let above = modules.parent(node)?;
    (node.kind() == NodeKind::Node && above.kind() == NodeKind::Scalar).then_some(above)
}

/// The DEFVAL of a node, if any. One that is the name of an instance, which is left out, is that of its scalar and 0.
fn default(modules: &Modules, node: Node<'_>) -> Option<String> {
    let text = node.default_value();
    let named = modules.find(None, text);
    let scalar = named.and_then(|named| scalar_of(modules, named));
    match scalar {
        Some(scalar) => Some(format!("{{ {} 0 }}", scalar.name())),
        None => Some(text.to_owned()).filter(|text| !text.is_empty()),
    }
}

/// The table of one module.
fn table(modules: &Modules, module: &str) -> String {
    let nodes = definitions(modules, module);
    let types = modules.types(module);
    let mut syntaxes: Vec<&Syntax> = Vec::new();
    let mut details = vec![String::from("[] [] [] \"\"")];
    let mut definitions = Vec::new();
    let mut type_lines = Vec::new();
    for (name, syntax) in types {
        let number = number_of(&mut syntaxes, syntax);
        type_lines.push(format!("{name:?} S{number}"));
    }
    for &node in &nodes {
        definitions.push(definition(modules, node, &mut syntaxes, &mut details));
    }
    let mut order: Vec<usize> = (0..nodes.len()).collect();
    order.sort_by_key(|&at| nodes[at].name());
    let mut text = format!(
        "//! {module}. Written by `examples/mibgen.rs`; not to be edited.\n\n\
         use crate::names::builtin::entry::{{optional, table}};\n\ntable! {{ {module:?}\nsyntaxes {{\n"
    );
    for (number, syntax) in syntaxes.iter().enumerate() {
        wrapped(
            &mut text,
            std::iter::once(format!("S{number} {:?} {} [", syntax.name(), base(syntax)))
                .chain(
                    syntax
                        .ranges()
                        .iter()
                        .map(|(low, high)| format!("({low} {high})")),
                )
                .chain(["] [".to_owned()])
                .chain(
                    syntax
                        .labels()
                        .iter()
                        .map(|label| format!("{:?} {}", label.name(), label.number())),
                )
                .chain([format!(
                    "] [{}]",
                    syntax
                        .hint()
                        .map_or_else(String::new, |hint| format!("{hint:?}"))
                )]),
        );
    }
    text.push_str("}\ndetails {\n");
    for (number, line) in details.iter().enumerate() {
        let used = format!(" D{number}");
        if definitions.iter().any(|line| line.ends_with(&used)) {
            let _ = writeln!(text, "D{number} {line}");
        }
    }
    text.push_str("}\ndefinitions {\n");
    for line in definitions {
        let _ = writeln!(text, "{line}");
    }
    text.push_str("}\nnames {\n");
    wrapped(&mut text, order.iter().map(usize::to_string));
    text.push_str("}\ntypes {\n");
    for line in type_lines {
        let _ = writeln!(text, "{line}");
    }
    text.push_str("} }\n");
    text
}

/// Writes words in lines of some hundred characters.
fn wrapped(text: &mut String, words: impl Iterator<Item = String>) {
    let mut length = 0;
    for word in words {
        if length > 0 && length + word.len() > 110 {
            text.push('\n');
            length = 0;
        }
        if length > 0 {
            text.push(' ');
        }
        length += word.len() + 1;
        text.push_str(&word);
    }
    text.push('\n');
}

fn number_of<'a>(syntaxes: &mut Vec<&'a Syntax>, syntax: &'a Syntax) -> usize {
    let known = syntaxes.iter().position(|&known| known == syntax);
    known.unwrap_or_else(|| {
        syntaxes.push(syntax);
        syntaxes.len() - 1
    })
}

fn definition<'a>(
    modules: &Modules,
    node: Node<'a>,
    syntaxes: &mut Vec<&'a Syntax>,
    details: &mut Vec<String>,
) -> String {
    let mut index = Vec::new();
    for part in node.index() {
        let form = if part.is_implied() { "implied" } else { "new" };
        let number = number_of(syntaxes, part.syntax());
        index.push(format!("({form} {:?} S{number})", part.name()));
    }
    let pair = |symbol: &Symbol| format!("({:?} {:?})", symbol.module(), symbol.name());
    let augments = node.augments().map_or_else(String::new, pair);
    let objects: Vec<String> = node.objects().iter().map(pair).collect();
    let mut line = format!(
        "[{}] [{augments}] [{}] {:?}",
        index.join(" "),
        objects.join(" "),
        node.units()
    );
    if let Some(default) = default(modules, node) {
        let _ = write!(line, " {default:?}");
    }
    let known = details.iter().position(|known| *known == line);
    let detail = known.unwrap_or_else(|| {
        details.push(line);
        details.len() - 1
    });
    let arcs: Vec<String> = node.arcs().iter().map(u32::to_string).collect();
    let access = node
        .access()
        .map_or_else(String::new, |it| format!("{it:?}"));
    let status = node
        .status()
        .map_or_else(String::new, |it| format!("{it:?}"));
    let syntax = node
        .syntax()
        .map_or_else(String::new, |it| format!("S{}", number_of(syntaxes, it)));
    format!(
        "{:?} [{}] {:?} {:?} [{access}] [{status}] [{syntax}] D{detail}",
        node.name(),
        arcs.join(" "),
        node.kind(),
        node.defined_by(),
    )
}

fn base(syntax: &Syntax) -> String {
    format!("{:?}", syntax.base())
}
