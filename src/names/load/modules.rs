//! MIB modules read from files when something is wanted of them.

use std::cell::{OnceCell, RefCell};
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::error::{Leniency, LeniencyKind, LoadError, LoadErrorKind};
use super::notes::Note;
use super::search::SearchPath;
use super::source::{Parsed, Source};
use crate::names::builtin::MODULES;
use crate::names::definition::Node;
use crate::names::module::{self, Module};
use crate::names::source::Names;
use crate::names::syntax::Syntax;

/// The most files that are taken from one directory.
pub(super) const MOST_FILES: usize = 100_000;

/// MIB modules: those that are compiled in, and those of files, read one by one when a name asks for them.
///
/// A module is looked for in the texts and files that were added, then in the directories in their order, first under
/// its own name, then in every file; then among the compiled-in modules. A file is read once. The modules
/// that a module imports names from are loaded before it; macros and types of the SMI need none.
///
/// ```no_run
/// // Not run here: it reads MIB files.
/// use deferred_snmp::names::{Modules, NamesExt};
///
/// let mut modules = Modules::new();
/// modules.add_directory("/usr/share/snmp/mibs")?;
/// modules.load("NET-SNMP-AGENT-MIB")?;
/// println!("{}", modules.parse("NET-SNMP-AGENT-MIB::nsCacheDefaultTimeout.0")?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Modules {
    sources: Vec<Source>,
    by_stem: HashMap<String, Vec<u32>>,
    by_head: OnceCell<HashMap<String, Vec<u32>>>,
    /// Texts and files that were given one by one: asked before all others, the last first.
    given: Vec<u32>,
    builtin_first: bool,
    found: RefCell<HashMap<String, Option<Key>>>,
    known: RefCell<Known>,
}

/// Which module: the number of its source and its place in that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Key {
    source: u32,
    nth: u32,
}

impl Key {
    const BUILTIN: u32 = u32::MAX;

    const fn builtin(nth: usize) -> Self {
        Self {
            source: Self::BUILTIN,
            nth: nth as u32,
        }
    }
}

/// The modules whose names can be looked up, in the order in which they became known.
#[derive(Default)]
struct Known {
    order: Vec<Key>,
    members: HashSet<Key>,
    asked_for: Vec<Key>,
    asked: HashSet<Key>,
    places: Vec<Place>,
    sorted: bool,
    /// The sub-identifiers of all places, side by side: a look-up reads nothing else.
    arcs: Vec<u32>,
}

/// A definition's place in the tree.
#[derive(Clone, Copy)]
struct Place {
    rank: u32,
    key: Key,
    at: u32,
    arcs: u32,
    length: u32,
}

/// A module in the form that it has so far.
#[derive(Clone, Copy)]
pub(super) enum Form<'a> {
    Builtin(&'static Module),
    Parsed(&'a Parsed),
}

impl Default for Modules {
    fn default() -> Self {
        Self::new()
    }
}

impl Modules {
    /// The compiled-in modules, and no directory yet.
    pub fn new() -> Self {
        let mut modules = Self::empty();
        modules.builtin_first = true;
        let known = modules.known.get_mut();
        for (nth, module) in MODULES.iter().enumerate() {
            known.add(Key::builtin(nth), module);
        }
        modules
    }

    /// Nothing: a module is known once it was loaded, as with Net-SNMP's tools. The compiled-in modules stand in for
    /// those that no file has.
    pub fn empty() -> Self {
        Self {
            sources: Vec::new(),
            by_stem: HashMap::new(),
            by_head: OnceCell::new(),
            given: Vec::new(),
            builtin_first: false,
            found: RefCell::default(),
            known: RefCell::default(),
        }
    }

    /// The modules that `path` names, and its directories to load more from. Where several have a module, the last of
    /// them gives it, as with Net-SNMP's tools.
    ///
    /// # Errors
    ///
    /// The modules that could not be loaded, beside what could. A directory that does not exist is passed over.
    pub fn from_path(path: &SearchPath) -> (Self, Vec<LoadError>) {
        let mut modules = Self::new();
        let mut errors = Vec::new();
        for directory in path.directories().iter().rev() {
            if directory.is_dir() {
                errors.extend(modules.add_directory(directory).err());
            }
        }
        for name in path.modules() {
            match name.as_str() {
                "" => {}
                name if name.eq_ignore_ascii_case("ALL") => errors.append(&mut modules.load_all()),
                name if name.contains('/') => errors.append(&mut modules.load_file(name)),
                name => errors.extend(modules.load(name).err()),
            }
        }
        (modules, errors)
    }

    /// Looks for modules in a directory too, after those added before (PySNMP's `add_asn1_mib_source`). Lists it and
    /// reads nothing.
    ///
    /// # Errors
    ///
    /// The directory cannot be listed.
    pub fn add_directory(&mut self, directory: impl AsRef<Path>) -> Result<(), LoadError> {
        let directory = directory.as_ref();
        let refused = |kind| LoadError {
            module: None,
            file: Some(directory.to_owned()),
            line: None,
            kind,
        };
        let unreadable = |error: io::Error| refused(LoadErrorKind::Unreadable(error.kind()));
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(directory).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
            let is_directory = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if hidden || is_directory {
                continue;
            }
            if paths.len() == MOST_FILES {
                return Err(refused(LoadErrorKind::TooManyFiles));
            }
            paths.push(entry.path());
        }
        paths.sort();
        for path in paths {
            self.add_source(Source::file(path));
        }
        Ok(())
    }

    /// Looks for modules in this file before all others. It is read when a name asks for it.
    pub fn add_file(&mut self, path: impl Into<PathBuf>) {
        let number = self.add_source(Source::file(path.into()));
        self.given.insert(0, number);
    }

    /// Looks for modules in this text before all others. `label` stands for the file in messages.
    pub fn add_text(&mut self, label: impl Into<String>, text: impl Into<Vec<u8>>) {
        let number = self.add_source(Source::text(label.into(), text.into()));
        self.given.insert(0, number);
    }

    fn add_source(&mut self, source: Source) -> u32 {
        let number = self.sources.len() as u32;
        if let Some(stem) = source.path().and_then(Path::file_stem) {
            let stem = stem.to_string_lossy().to_lowercase();
            self.by_stem.entry(stem).or_default().push(number);
        }
        self.sources.push(source);
        self.by_head = OnceCell::new();
        self.found.get_mut().retain(|_, key| key.is_some());
        number
    }

    /// Makes a module and the modules that it imports names from known, and reads it if that has not been done (PySNMP's `load_mibs`).
    ///
    /// # Errors
    ///
    /// There is no such module, or its file cannot be understood; the error names file, line and reason. What it
    /// imports may be missing: that is a [`Leniency`].
    pub fn load(&self, module: &str) -> Result<(), LoadError> {
        let key = self.locate(module).ok_or_else(|| self.missing(module))?;
        self.make_known(key);
        let mut known = self.known.borrow_mut();
        if known.asked.insert(key) {
            known.asked_for.push(key);
        }
        Ok(())
    }

    /// Loads every module of every file and directory, and returns what could not be loaded.
    pub fn load_all(&self) -> Vec<LoadError> {
        let sources = self.sources.iter();
        sources
            .flat_map(|source| self.load_source(source))
            .collect()
    }

    fn load_file(&mut self, path: &str) -> Vec<LoadError> {
        self.add_file(path);
        self.load_source(&self.sources[self.given[0] as usize])
    }

    fn load_source(&self, source: &Source) -> Vec<LoadError> {
        match source.parsed() {
            Err(error) => vec![error],
            Ok(modules) => {
                let loaded = modules.iter().map(|module| self.load(&module.name));
                let faults = source.faults().iter().cloned();
                faults.chain(loaded.filter_map(Result::err)).collect()
            }
        }
    }

    /// What is against the rules in the modules that were loaded, and was overlooked: in the order of the modules, and of
    /// their lines. Nearly all of it are [long names](super::LeniencyKind::LongName).
    pub fn leniencies(&self) -> Vec<Leniency> {
        let known = self.known.borrow();
        let mut notes = Vec::new();
        for &key in &known.order {
            if let Form::Parsed(parsed) = self.form(key) {
                self.module(key);
                notes.append(&mut parsed.leniencies());
            }
        }
        notes
    }

    /// The names that a module imports, each with the module that it is imported from; none for compiled-in modules.
    pub fn imports(&self, module: &str) -> Vec<(&str, &str)> {
        match self.locate(module).map(|key| self.form(key)) {
            Some(Form::Parsed(parsed)) => parsed
                .imports()
                .map(|(symbol, from)| (from, symbol))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The file that a module was read from.
    pub fn file_of(&self, module: &str) -> Option<&Path> {
        let key = self.locate(module)?;
        self.sources.get(key.source as usize)?.path()
    }

    /// The type of this name in a module: a textual convention, with everything it inherits.
    pub fn type_of(&self, module: &str, name: &str) -> Option<&Syntax> {
        let key = self.locate(module)?;
        Some(self.module(key).syntax(name)?)
    }

    /// The types of a module by their names.
    pub fn types(&self, module: &str) -> Vec<(&str, &Syntax)> {
        let types = self
            .locate(module)
            .map_or(&[][..], |key| &self.module(key).types);
        types
            .iter()
            .map(|(name, syntax)| (&**name, &**syntax))
            .collect()
    }

    /// The definitions of a module in the order of the tree, those of one name or place too.
    pub fn definitions(&self, module: &str) -> Vec<Node<'_>> {
        let Some(key) = self.locate(module) else {
            return Vec::new();
        };
        let module = self.module(key);
        (0..module.definitions.len())
            .map(|at| module.node(at))
            .collect()
    }

    pub(super) fn name_of(&self, key: Key) -> &str {
        match self.form(key) {
            Form::Builtin(module) => &module.name,
            Form::Parsed(parsed) => &parsed.name,
        }
    }

    /// Where a module is.
    pub(super) fn locate(&self, module: &str) -> Option<Key> {
        if let Some(&found) = self.found.borrow().get(module) {
            return found;
        }
        let key = self.search(module);
        self.found.borrow_mut().insert(module.to_owned(), key);
        key
    }

    fn search(&self, module: &str) -> Option<Key> {
        let builtin = || {
            let nth = MODULES.iter().position(|known| known.name == module)?;
            Some(Key::builtin(nth))
        };
        let in_source = |&source: &u32| {
            let nth = self.sources[source as usize].position(module)?;
            Some(Key { source, nth })
        };
        if let Some(key) = self.given.iter().find_map(in_source) {
            return Some(key);
        }
        if self.builtin_first
            && let Some(key) = builtin()
        {
            return Some(key);
        }
        let named_so = self.by_stem.get(&module.to_lowercase());
        if let Some(key) = named_so.into_iter().flatten().find_map(in_source) {
            return Some(key);
        }
        let by_head = self.by_head.get_or_init(|| {
            let mut by_head: HashMap<String, Vec<u32>> = HashMap::new();
            let mut kept = 0;
            for (number, source) in self.sources.iter().enumerate() {
                for head in source.heads(&mut kept) {
                    by_head.entry(head).or_default().push(number as u32);
                }
            }
            by_head
        });
        let named_within = by_head.get(module).into_iter().flatten();
        named_within
            .copied()
            .find_map(|source| in_source(&source))
            .or_else(builtin)
            .or_else(|| self.named_otherwise(module))
    }

    /// The one module of a file that has the name `module`, where the module itself bears another.
    fn named_otherwise(&self, module: &str) -> Option<Key> {
        let mut named_so = self.by_stem.get(&module.to_lowercase())?.iter();
        named_so.find_map(|&source| match self.sources[source as usize].parsed() {
            Ok([only]) => {
                let text = format!("the file is named {module}, the module is not");
                only.add_note(Note::new(1, LeniencyKind::Notation, text));
                Some(Key { source, nth: 0 })
            }
            _ => None,
        })
    }

    /// Why a module is not there: its file has a fault or holds others, or there is none.
    fn missing(&self, module: &str) -> LoadError {
        let named_so = self.by_stem.get(&module.to_lowercase());
        let named_so = || named_so.into_iter().flatten();
        let by_head = self.by_head.get();
        let named_within = by_head.and_then(|by_head| by_head.get(module));
        let fault = named_so()
            .chain(&self.given)
            .chain(named_within.into_iter().flatten())
            .find_map(|&source| self.sources[source as usize].fault(module));
        let other = || {
            named_so().find_map(|&source| {
                let source = &self.sources[source as usize];
                let names: Vec<&str> = source.parsed().ok()?.iter().map(|m| &*m.name).collect();
                let kind = LoadErrorKind::NoModule(format!("it holds {}", names.join(", ")));
                Some((source.path()?.to_owned(), kind))
            })
        };
        let fault = fault.unwrap_or_else(|| {
            let (file, kind) = other().unzip();
            LoadError {
                module: None,
                file,
                line: None,
                kind: kind.unwrap_or(LoadErrorKind::NotFound),
            }
        });
        LoadError {
            module: Some(module.to_owned()),
            ..fault
        }
    }

    pub(super) fn form(&self, key: Key) -> Form<'_> {
        if key.source == Key::BUILTIN {
            return Form::Builtin(MODULES[key.nth as usize]);
        }
        match self.sources[key.source as usize].parsed() {
            Ok(modules) => Form::Parsed(&modules[key.nth as usize]),
            Err(_) => unreachable!("a key is of a source that was parsed"),
        }
    }

    pub(super) fn module(&self, key: Key) -> &Module {
        match self.form(key) {
            Form::Builtin(module) => module,
            Form::Parsed(parsed) => parsed
                .module
                .get_or_init(|| self.resolve_module(key, parsed)),
        }
    }

    /// Adds a module behind what it imports, in the order in which Net-SNMP links modules: of two names for one place the
    /// first is shown. A module of which nothing but keywords is wanted is not read there, and not known here.
    fn make_known(&self, key: Key) {
        let mut met = HashSet::new();
        let mut waiting = Vec::new();
        let mut meet = |key: Key, waiting: &mut Vec<(Key, Vec<Key>)>| {
            if met.insert(key) && !self.known.borrow().members.contains(&key) {
                let mut before = self.prerequisites(key);
                before.reverse();
                waiting.push((key, before));
            }
        };
        meet(key, &mut waiting);
        while let Some((key, before)) = waiting.last_mut() {
            match before.pop() {
                Some(from) => meet(from, &mut waiting),
                None => {
                    let module = self.module(*key);
                    self.known.borrow_mut().add(*key, module);
                    waiting.pop();
                }
            }
        }
    }

    /// The modules that a module imports names from, save keywords.
    fn prerequisites(&self, key: Key) -> Vec<Key> {
        match self.form(key) {
            Form::Builtin(_) => Vec::new(),
            Form::Parsed(parsed) => parsed
                .origins_of_names()
                .filter_map(|from| self.locate(from))
                .collect(),
        }
    }

    fn place(&self, choose: impl FnOnce(&Known) -> Option<Place>) -> Option<Node<'_>> {
        let mut known = self.known.borrow_mut();
        known.sort();
        let place = choose(&known)?;
        Some(self.module(place.key).node(place.at as usize))
    }
}

impl Known {
    fn add(&mut self, key: Key, module: &Module) {
        let rank = self.order.len() as u32;
        self.order.push(key);
        self.members.insert(key);
        for (at, definition) in module.definitions.iter().enumerate() {
            self.places.push(Place {
                rank,
                key,
                at: at as u32,
                arcs: self.arcs.len() as u32,
                length: definition.arcs.len() as u32,
            });
            self.arcs.extend_from_slice(&definition.arcs);
        }
        self.sorted = false;
    }

    fn arcs_of(&self, place: Place) -> &[u32] {
        &self.arcs[place.arcs as usize..][..place.length as usize]
    }

    fn sort(&mut self) {
        if self.sorted {
            return;
        }
        let mut places = std::mem::take(&mut self.places);
        places.sort_by(|&a, &b| {
            let (arcs_a, arcs_b) = (self.arcs_of(a), self.arcs_of(b));
            // Of two in one module the last is linked first.
            let linked = a.rank.cmp(&b.rank).then(b.at.cmp(&a.at));
            arcs_a.cmp(arcs_b).then(linked)
        });
        self.places = places;
        self.sorted = true;
    }
}

impl Names for Modules {
    fn modules(&self) -> Vec<&str> {
        let known = self.known.borrow();
        known.order.iter().map(|&key| self.name_of(key)).collect()
    }

    fn has_module(&self, module: &str) -> bool {
        self.load(module).is_ok()
    }

    /// With a module, loads it when that has not been done.
    fn find(&self, module: Option<&str>, symbol: &str) -> Option<Node<'_>> {
        let Some(module) = module else {
            let known = self.known.borrow();
            let keys = known.asked_for.iter().chain(&known.order);
            return keys.copied().find_map(|key| self.module(key).find(symbol));
        };
        self.load(module).ok()?;
        self.module(self.locate(module)?).find(symbol)
    }

    fn at_or_above(&self, arcs: &[u32]) -> Option<Node<'_>> {
        self.place(|known| module::nearest(&known.places, arcs, |place| known.arcs_of(place)))
    }

    fn at_or_after(&self, arcs: &[u32]) -> Option<Node<'_>> {
        self.place(|known| module::at_or_after(&known.places, arcs, |place| known.arcs_of(place)))
    }

    fn way(&self, arcs: &[u32]) -> Vec<Node<'_>> {
        let mut known = self.known.borrow_mut();
        known.sort();
        let way = module::way(&known.places, arcs, |place| known.arcs_of(place));
        let nodes = way
            .into_iter()
            .map(|place| self.module(place.key).node(place.at as usize));
        nodes.collect()
    }

    fn edge(&self, module: &str, last: bool) -> Option<Node<'_>> {
        self.load(module).ok()?;
        self.module(self.locate(module)?).edge(last)
    }
}

impl fmt::Debug for Modules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Modules")
            .field("known", &self.modules())
            .field("files", &self.sources.len())
            .finish_non_exhaustive()
    }
}
