//! Names of recorded devices, and of all modules there are.

use std::collections::HashMap;
use std::path::Path;

use deferred_snmp::names::{Builtin, Names, NamesExt, PrettyName};
#[cfg(feature = "mib")]
use deferred_snmp::names::{Modules, NodeKind};
use deferred_snmp::smi::ObjectIdentifier;
use util::shared::shared;

/// Every name of a recording, whatever its value.
fn names(path: &Path) -> Vec<ObjectIdentifier> {
    let octets = std::fs::read(path).expect("a recording can be read");
    let lines = octets.split(|octet| *octet == b'\n');
    let names = lines.filter_map(|line| {
        let name = line.split(|octet| *octet == b'|').next()?;
        std::str::from_utf8(name).ok()?.trim().parse().ok()
    });
    names.collect()
}

/// How many names of the recordings print as another one of the same device does, and how many are not read back.
fn counted(recordings: &Path, known: &dyn Names) -> (usize, usize, usize) {
    let (mut count, mut shared, mut lost) = (0, 0, 0);
    for entry in std::fs::read_dir(recordings).expect("a directory") {
        let path = entry.expect("an entry").path();
        if path
            .extension()
            .is_none_or(|extension| extension != "snmprec")
        {
            continue;
        }
        let mut printed: HashMap<String, ObjectIdentifier> = HashMap::new();
        for name in names(&path) {
            count += 1;
            let text = PrettyName::new(known, &name).to_string();
            if known.parse(&text).as_ref() != Ok(&name) {
                println!("{}: {name} {text}", path.display());
                lost += 1;
            }
            let other = printed.insert(text.clone(), name.clone());
            if let Some(other) = other.filter(|other| *other != name) {
                println!("{}: {name} and {other} are {text}", path.display());
                shared += 1;
            }
        }
    }
    (count, shared, lost)
}

#[test]
fn no_two_names_of_a_device_print_the_same() {
    let Some(recordings) = shared("no_two_names_of_a_device_print_the_same", "snmprec") else {
        return;
    };
    let (count, same, lost) = counted(&recordings, &Builtin);
    println!("{count} names, compiled-in modules");
    assert!(count > 50_000, "{count}");
    assert_eq!((same, lost), (0, 0), "compiled-in modules");
}

#[cfg(feature = "mib")]
#[test]
fn no_two_names_of_a_device_print_the_same_with_all_modules() {
    let test = "no_two_names_of_a_device_print_the_same_with_all_modules";
    let (Some(recordings), Some(mibs)) = (shared(test, "snmprec"), shared(test, "mibs")) else {
        return;
    };
    let modules = all_modules(&mibs);
    let (_, same, lost) = counted(&recordings, &modules);
    assert_eq!((same, lost), (0, 0));
}

#[cfg(feature = "mib")]
#[test]
fn every_node_of_all_modules_is_read_back() {
    let Some(mibs) = shared("every_node_of_all_modules_is_read_back", "mibs") else {
        return;
    };
    let modules = all_modules(&mibs);
    let mut next = modules.at_or_after(&[]);
    let (mut count, mut wrong) = (0, 0);
    while let Some(node) = next {
        let tail: &[u32] = match node.kind() {
            NodeKind::Column => &[1],
            _ => &[0, 7],
        };
        for arcs in [node.arcs().to_vec(), [node.arcs(), tail].concat()] {
            let Ok(name) = ObjectIdentifier::from_arcs(&arcs) else {
                continue;
            };
            let text = PrettyName::new(&modules, &name).to_string();
            count += 1;
            if modules.parse(&text).as_ref() != Ok(&name) {
                println!("{name} {text} {:?}", modules.parse(&text));
                wrong += 1;
            }
        }
        next = modules.next(node);
    }
    assert!(count > 30_000, "{count}");
    assert_eq!(wrong, 0);
}

#[cfg(feature = "mib")]
#[test]
fn names_are_read_back_where_only_modules_of_smiv1_are_known() {
    let test = "names_are_read_back_where_only_modules_of_smiv1_are_known";
    let Some(mibs) = shared(test, "mibs") else {
        return;
    };
    let mut modules = Modules::empty();
    modules
        .add_directory(mibs.join("ietf"))
        .expect("a directory");
    modules.load("RFC1213-MIB").expect("the module loads");
    for (name, text) in [
        ("1.3.6.1.4.1.5", "SNMPv2-SMI::enterprises.5"),
        ("1.3.6.1.2.1.1.1.0", "RFC1213-MIB::sysDescr.0"),
        ("2.5", "SNMPv2-SMI::joint-iso-itu-t.5"),
    ] {
        let name: ObjectIdentifier = name.parse().unwrap();
        assert_eq!(PrettyName::new(&modules, &name).to_string(), text);
        assert_eq!(modules.parse(text), Ok(name));
    }
}

/// As PAN-COMMON-MIB does it.
#[cfg(feature = "mib")]
#[test]
fn two_places_that_a_module_gives_one_name_are_told_apart() {
    let mut modules = Modules::new();
    modules.add_text(
        "TWICE-MIB",
        r#"
TWICE-MIB DEFINITIONS ::= BEGIN
IMPORTS enterprises, OBJECT-TYPE, Integer32 FROM SNMPv2-SMI;
twice OBJECT IDENTIFIER ::= { enterprises 99997 }
first OBJECT IDENTIFIER ::= { twice 1 }
second OBJECT IDENTIFIER ::= { twice 2 }
count OBJECT-TYPE SYNTAX Integer32 MAX-ACCESS read-only STATUS current DESCRIPTION "" ::= { first 1 }
count OBJECT-TYPE SYNTAX Integer32 MAX-ACCESS read-only STATUS current DESCRIPTION "" ::= { second 1 }
END
"#,
    );
    modules.load("TWICE-MIB").expect("the module loads");
    for (name, text) in [
        ("1.3.6.1.4.1.99997.1.1.0", "TWICE-MIB::count.0"),
        ("1.3.6.1.4.1.99997.2.1.0", "TWICE-MIB::second.1.0"),
    ] {
        let name: ObjectIdentifier = name.parse().unwrap();
        assert_eq!(PrettyName::new(&modules, &name).to_string(), text);
        assert_eq!(modules.parse(text), Ok(name));
    }
}

#[cfg(feature = "mib")]
fn all_modules(mibs: &Path) -> Modules {
    let mut modules = Modules::new();
    for directory in ["ietf", "vendor"] {
        modules
            .add_directory(mibs.join(directory))
            .expect("a directory");
    }
    modules.load_all();
    modules
}
