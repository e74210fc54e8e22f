//! What a program may do with modules, whatever is in them.

use super::modules::Modules;
use crate::names::{Builtin, InputOptions, Names, NamesExt, Node, OutputOptions, PrettyVarBind};
use crate::smi::{IpAddress, ObjectIdentifier, Opaque, Value, VarBind};

/// How many definitions of one module are tried.
const DEFINITIONS: usize = 40;

/// The longest name that is looked up as people write it.
const LONGEST_PATTERN: usize = 64;

/// Reads `data` as a file of modules; what loads is looked up, printed, read and expanded: an entry point for fuzzing.
#[doc(hidden)]
pub fn fuzz_modules(data: &[u8]) {
    let mut modules = Modules::empty();
    modules.add_text("data", data);
    for error in modules.load_all() {
        assert!(error.file().is_some() && !error.to_string().is_empty());
    }
    for leniency in modules.leniencies() {
        assert!(leniency.line() > 0 && !leniency.to_string().is_empty());
    }
    let of_text = |name: &&str| !Builtin.has_module(name);
    for name in modules.modules().into_iter().filter(of_text).take(8) {
        let definitions = modules.definitions(name);
        for (nth, node) in definitions.into_iter().take(DEFINITIONS).enumerate() {
            look_up(&modules, node);
            print_and_read(&modules, node, nth);
            if nth % 16 == 1 {
                search(&modules, node);
            }
        }
        for (_, syntax) in modules.types(name).into_iter().take(DEFINITIONS) {
            let _ = syntax.parse("12");
        }
    }
}

fn look_up(names: &Modules, node: Node<'_>) {
    let found = names.find(Some(node.module()), node.name());
    assert!(found.is_some_and(|found| found.name() == node.name()));
    let nearest = names.at_or_above(node.arcs());
    assert!(nearest.is_some_and(|nearest| nearest.arcs() == node.arcs()));
    if let Some(next) = names.next(node) {
        assert!(next.arcs() > node.arcs());
    }
    if let Some(parent) = names.parent(node) {
        assert!(node.arcs().starts_with(parent.arcs()));
    }
    match (names.default_of(node), node.syntax()) {
        (Ok(Some(value)), Some(syntax)) => assert_eq!(syntax.check(value.as_ref()), Ok(())),
        (Ok(default), _) => assert!(default.is_none()),
        (Err(error), _) => assert!(!error.to_string().is_empty()),
    }
    for child in names.children(node.arcs()) {
        assert_eq!(child.arcs().len(), node.arcs().len() + 1);
    }
    if let Ok(oid) = ObjectIdentifier::from_arcs(node.arcs()) {
        for member in names.notification_objects(oid.as_ref()) {
            assert!(names.nearest(member.as_ref()).is_some());
        }
    }
    let _ = names.parse(&format!("{}::{}.1.2", node.module(), node.name()));
    let _ = names.parse(&format!("{}.\"text\"", node.name()));
}

/// A name as people write it is searched for like a pattern, in every name that there is.
fn search(names: &Modules, node: Node<'_>) {
    if node.name().len() > LONGEST_PATTERN {
        return;
    }
    let options = InputOptions::new();
    for text in [
        format!("{}::{}[\"a\"][1]", node.module(), node.name()),
        format!("{}.1.1.2", node.name()),
    ] {
        let _ = options.name(names, &text);
    }
}

fn print_and_read(names: &Modules, node: Node<'_>, nth: usize) {
    let values = [
        Value::from(-1_234_567),
        Value::from(&[7, 0, 255, 1, 10, 0, 0, 0, 9, 32, 65]),
        Value::Counter64(u64::MAX),
        Value::from(""),
        Value::Gauge32(u32::MAX),
        Value::from(2),
        Value::ObjectIdentifier(crate::oid!(1.3.6.1.2.1.1.1.0)),
        Value::IpAddress(IpAddress::from([127, 0, 0, 1])),
        Value::Opaque(Opaque::from(&[0x9f, 0x78, 4, 0, 0, 0, 0][..])),
        Value::from("text of an agent"),
    ];
    let styles = ["", "X", "fb", "e", "sT", "uU", "Qv", "a", "x", "nE"];
    let tails: [&[u32]; 4] = [
        &[],
        &[0],
        &[1, 4, 127, 0, 0, 1, 97, 98],
        &[4, 97, 98, 99, 100, 0, 1, 2],
    ];
    for (place, tail) in tails.into_iter().enumerate() {
        let Ok(name) = ObjectIdentifier::from_arcs(&[node.arcs(), tail].concat()) else {
            continue;
        };
        let value = &values[(nth + place) % values.len()];
        let binding = VarBind::new(name, value.clone());
        if let Some((instance_of, _)) = names.symbol_of(binding.name.as_ref()) {
            assert!(!names.labels(instance_of).is_empty());
        }
        let mut line = Vec::new();
        for style in [styles[nth % styles.len()], styles[place]] {
            let Ok(options) = style.parse::<OutputOptions>() else {
                continue;
            };
            let printed = options.var_bind(names, binding.as_ref());
            printed.append_to(&mut line);
        }
        assert!(!line.is_empty());
        let printed = PrettyVarBind::new(names, binding.as_ref()).to_string();
        assert!(!printed.is_empty());
        let texts = [
            "1",
            "up",
            "1:2:3",
            "first, tenth",
            "2026-1-1,1:2:3.0",
            "-0.5",
        ];
        let text = texts[(nth + place) % texts.len()];
        let _ = InputOptions::new().value(names, &binding.name, '=', text);
        let _ = node.syntax().map(|syntax| syntax.parse(text));
    }
}
