//! Where MIB files are looked for.

use std::env;
use std::path::PathBuf;

/// Directories with MIB files, and the modules to load from them: as Net-SNMP's tools find theirs.
///
/// The default directories are `~/.snmp/mibs`, `/usr/local/share/snmp/mibs`, `/usr/share/snmp/mibs` and
/// `/usr/share/mibs`, the last two with the directories right below them. A later directory has precedence over an
/// earlier one, as the option `-M` of those tools has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchPath {
    pub(super) directories: Vec<PathBuf>,
    pub(super) modules: Vec<String>,
}

impl SearchPath {
    /// No directory, no module.
    pub fn new() -> Self {
        Self::default()
    }

    /// What the environment says: `MIBDIRS`, directories between colons, and `MIBS`, modules between colons.
    ///
    /// A leading `+` adds to the default behind it, `+` at the end or a leading `-` in front of it;
    /// `ALL` stands for every module there is, and what holds a `/` for a file. Without `MIBS` no module is named: modules are loaded when a name asks
    /// for them.
    pub fn from_env() -> Self {
        let mut path = Self::with_default_directories();
        if let Ok(directories) = env::var("MIBDIRS") {
            path = path.with_directories(&directories);
        }
        if let Ok(modules) = env::var("MIBS") {
            path = path.with_modules(&modules);
        }
        path
    }

    /// The directories where systems keep MIB files.
    pub fn with_default_directories() -> Self {
        let mut directories = Vec::new();
        if let Some(home) = env::var_os("HOME") {
            directories.push(PathBuf::from(home).join(".snmp/mibs"));
        }
        directories.push("/usr/local/share/snmp/mibs".into());
        for parent in ["/usr/share/snmp/mibs", "/usr/share/mibs"] {
            directories.push(parent.into());
            let below = std::fs::read_dir(parent).into_iter().flatten().flatten();
            let mut below: Vec<PathBuf> = below
                .filter(|entry| entry.path().is_dir())
                .map(|entry| entry.path())
                .collect();
            below.sort();
            directories.append(&mut below);
        }
        Self {
            directories,
            modules: Vec::new(),
        }
    }

    /// The path with directories given as the option `-M` and `MIBDIRS` give them: between colons, in the place of
    /// those before, or added to them after a `+`, in front of them after a `-`.
    #[must_use]
    pub fn with_directories(mut self, list: &str) -> Self {
        let separator = if cfg!(windows) { ';' } else { ':' };
        let items = |list: &str| list.split(separator).map(PathBuf::from).collect::<Vec<_>>();
        self.directories = merged(self.directories, list, items);
        self
    }

    /// The path with modules given as the option `-m` and `MIBS` give them: between colons, with `+` and `-` as for
    /// directories.
    #[must_use]
    pub fn with_modules(mut self, list: &str) -> Self {
        let items = |list: &str| list.split(':').map(str::to_owned).collect::<Vec<_>>();
        self.modules = merged(self.modules, list, items);
        self
    }

    /// The directories, in the order in which they were given: the last is asked first.
    pub fn directories(&self) -> &[PathBuf] {
        &self.directories
    }

    /// The modules to load; `ALL` stands for every module there is.
    pub fn modules(&self) -> &[String] {
        &self.modules
    }
}

fn merged<T>(before: Vec<T>, list: &str, items: impl Fn(&str) -> Vec<T>) -> Vec<T> {
    let given = |list: &str| {
        let list = list.trim_matches([':', ';']);
        if list.is_empty() {
            Vec::new()
        } else {
            items(list)
        }
    };
    let mut merged = before;
    if let Some(list) = list.strip_prefix('+') {
        merged.extend(given(list));
    } else if let Some(list) = list.strip_prefix('-') {
        merged.splice(0..0, given(list));
    } else if let Some(list) = list.strip_suffix('+') {
        merged.splice(0..0, given(list));
    } else {
        merged = given(list);
    }
    merged
}
