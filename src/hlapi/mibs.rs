//! MIB modules from files, as PySNMP's applications ask for them.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::names::{Modules, SearchPath};

use super::error::SnmpError;
use super::session::{Session, SnmpEngine};

/// What an engine has loaded.
#[derive(Default)]
pub(super) struct LoadedMibs {
    directories: Vec<PathBuf>,
    modules: Vec<String>,
    names: Option<Rc<Modules>>,
}

/// What a name asks for before it can be resolved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct MibSources {
    pub(super) directories: Vec<PathBuf>,
    pub(super) modules: Vec<String>,
}

impl SnmpEngine {
    /// Looks for MIB modules in this directory too, after those given before and ahead of the places where Net-SNMP's
    /// tools look, [`SearchPath::from_env`] (PySNMP's `add_asn1_mib_source` and `add_mib_source`: there is one kind of
    /// source here, text; nothing is compiled, fetched or run). A directory that was given before costs nothing.
    ///
    /// The names that the engine had by [`set_names`](Self::set_names) are replaced.
    ///
    /// # Errors
    ///
    /// [`SnmpError::Mib`] when the directory cannot be listed; then nothing has changed.
    pub fn add_asn1_mib_source(&self, directory: impl AsRef<Path>) -> Result<(), SnmpError> {
        self.session().bring_in(&MibSources {
            directories: vec![directory.as_ref().to_owned()],
            modules: Vec::new(),
        })
    }

    /// Loads MIB modules, with what they import (PySNMP's `load_mibs`). From then on their symbols are found without a
    /// module's name, and names in responses are looked up in them. With a module's name it is not needed: that loads
    /// the module by itself, once a source was added.
    ///
    /// Files are looked for in the directories of [`add_asn1_mib_source`](Self::add_asn1_mib_source), then where
    /// Net-SNMP's tools look. The names that the engine had by [`set_names`](Self::set_names) are replaced.
    ///
    /// What was overlooked in a module is told by [`Modules::leniencies`](crate::names::Modules::leniencies): a program that
    /// wants to see it loads the modules into a [`Modules`](crate::names::Modules), and gives them to the engine by
    /// [`set_names`](Self::set_names).
    ///
    /// # Errors
    ///
    /// [`SnmpError::Mib`] names the first module that could not be loaded, its file and line.
    pub fn load_mibs<M: Into<String>>(
        &self,
        modules: impl IntoIterator<Item = M>,
    ) -> Result<(), SnmpError> {
        self.session().bring_in(&MibSources {
            directories: Vec::new(),
            modules: modules.into_iter().map(Into::into).collect(),
        })
    }
}

impl Session {
    /// Adds directories and loads modules, as far as that has not been done.
    pub(super) fn bring_in(&self, sources: &MibSources) -> Result<(), SnmpError> {
        let mut mibs = self.mibs.borrow_mut();
        let mut directories = mibs.directories.clone();
        for directory in &sources.directories {
            if !directories.contains(directory) {
                directories.push(directory.clone());
            }
        }
        let names = match &mibs.names {
            Some(names) if directories == mibs.directories => Rc::clone(names),
            _ => {
                // Responses may hold the names of before, so they stay as they are.
                let names = Rc::new(modules_of(&directories)?);
                mibs.modules.iter().try_for_each(|name| names.load(name))?;
                mibs.directories = directories;
                mibs.names = Some(Rc::clone(&names));
                names
            }
        };
        for module in &sources.modules {
            if !mibs.modules.contains(module) {
                names.load(module)?;
                mibs.modules.push(module.clone());
            }
        }
        drop(mibs);
        self.set_names(names);
        Ok(())
    }
}

fn modules_of(directories: &[PathBuf]) -> Result<Modules, SnmpError> {
    let mut modules = Modules::new();
    for directory in directories {
        modules.add_directory(directory)?;
    }
    for directory in SearchPath::from_env().directories().iter().rev() {
        if directory.is_dir() && !directories.contains(directory) {
            modules.add_directory(directory)?;
        }
    }
    Ok(modules)
}
