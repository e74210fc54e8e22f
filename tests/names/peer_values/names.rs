//! The modules that a row of a table asks for.

use std::collections::HashMap;
use std::path::Path;

use deferred_snmp::names::Modules;

/// Sets of loaded modules, each made once.
pub(crate) struct Loaded<'d> {
    mibs: &'d Path,
    sets: HashMap<Vec<u8>, Modules>,
}

impl<'d> Loaded<'d> {
    /// Modules from the directories of `mibs`.
    pub(crate) fn new(mibs: &'d Path) -> Self {
        Self {
            mibs,
            sets: HashMap::new(),
        }
    }

    /// The modules of a list with `:` between them, and what they import.
    pub(crate) fn modules(&mut self, list: &[u8]) -> &Modules {
        let mibs = self.mibs;
        self.sets.entry(list.to_owned()).or_insert_with(|| {
            let mut modules = Modules::empty();
            for directory in ["ietf", "vendor"] {
                modules
                    .add_directory(mibs.join(directory))
                    .expect("the directory can be listed");
            }
            for name in std::str::from_utf8(list).expect("names").split(':') {
                if let Err(error) = modules.load(name) {
                    println!("{error}");
                }
            }
            modules
        })
    }
}
