//! Look around in MIB modules: from names to numbers and back, up, down and onwards in the tree.
//!
//!     cargo run --example mib_browser [-- [MODULE::]SYMBOL]
//!
//! * no agent is asked
//! * of the symbol, or else of IF-MIB::ifEntry: where it is, what it is, what is above and below it
//! * modules are looked for as Net-SNMP's tools do, and in `examples/mibs`
//!
//! Does what this command does:
//!
//!     snmptranslate -Td IF-MIB::ifEntry

mod common;

use std::process::ExitCode;

use deferred_snmp::names::{Modules, Names, NamesExt, Node, SearchPath};

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let wanted = arguments
        .next()
        .unwrap_or_else(|| "IF-MIB::ifEntry".to_owned());
    if wanted.starts_with('-') || arguments.next().is_some() {
        eprintln!("usage: mib_browser [[MODULE::]SYMBOL]");
        return ExitCode::from(2);
    }
    let path = SearchPath::from_env().with_directories(&format!("+{}", common::MIBS));
    let (modules, errors) = Modules::from_path(&path);
    errors.iter().for_each(|error| eprintln!("{error}"));
    let (module, symbol) = match wanted.split_once("::") {
        Some((module, symbol)) => (Some(module), symbol),
        None => (None, wanted.as_str()),
    };
    match modules.node(module, symbol) {
        Ok(node) => {
            browse(&modules, node);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn browse(names: &dyn Names, node: Node<'_>) {
    println!("{} is {}", full(node), dotted(node));
    println!("path     {}", names.labels(node).join("."));
    println!("kind     {:?}", node.kind());
    if let Some(access) = node.access() {
        println!("access   {}", access.name());
    }
    if let Some(status) = node.status() {
        println!("status   {}", status.name());
    }
    if let Some(syntax) = node.syntax() {
        println!("syntax   {} ({:?})", syntax.name(), syntax.base());
        for label in syntax.labels() {
            println!("         {}({})", label.name(), label.number());
        }
    }
    if !node.units().is_empty() {
        println!("units    {}", node.units().escape_debug());
    }
    for part in node.index() {
        println!("index    {} of type {}", part.name(), part.syntax().name());
    }
    for object in node.objects() {
        println!("member   {}::{}", object.module(), object.name());
    }
    if let Some(parent) = names.parent(node) {
        println!("parent   {}", full(parent));
    }
    for child in names.children(node.arcs()) {
        println!("child    {}", full(child));
    }
    if let Some(next) = names.next(node) {
        println!("next     {}", full(next));
    }
    for last in [false, true] {
        if let Some(edge) = names.edge(node.module(), last) {
            let which = if last { "last" } else { "first" };
            println!("{which:<8} {} of its module", full(edge));
        }
    }
}

fn full(node: Node<'_>) -> String {
    format!("{}::{}", node.module(), node.name())
}

fn dotted(node: Node<'_>) -> String {
    let arcs: Vec<String> = node.arcs().iter().map(u32::to_string).collect();
    arcs.join(".")
}
