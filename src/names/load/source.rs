//! A file of a search path: read at most once, and only when something is wanted of it.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use mib_rs::compile::{ast, parser};
use mib_rs::{DiagCode, DiagnosticConfig, SourceOrigin, SourceRange, SourceSet};

use super::encoding::{ascii_of, foreign};
use super::error::{Leniency, LeniencyKind, LoadError, LoadErrorKind};
use super::home::Home;
use super::notes::{self, Note, Notes};
use super::quotes;
use super::repair::{Repaired, repair};
use super::text::{Prepared, heads, prepare};
use crate::names::definition::Lent;
use crate::names::module::Module;
use crate::names::syntax::Syntax;

/// The longest file that is read, in octets; the longest module in use has some four million.
pub(super) const LONGEST: u64 = 16 << 20;

/// The most text that is kept of files that have been looked into and not parsed, in octets.
const MOST_KEPT: usize = 32 << 20;

/// The deepest nesting of brackets in a module that is parsed: deeper ones are no MIB, and parsers recurse.
const DEEPEST: usize = 64;

/// A file, or a text given by the program.
#[derive(Debug)]
pub(super) struct Source {
    path: Option<PathBuf>,
    label: String,
    text: RefCell<Option<Vec<u8>>>,
    parsed: OnceCell<Result<Contents, LoadError>>,
}

/// What a file holds.
#[derive(Debug, Default)]
struct Contents {
    modules: Vec<Parsed>,
    by_name: HashMap<String, u32>,
    /// Modules of which nothing could be understood.
    faults: Vec<LoadError>,
}

/// A module as it stands in its file. What other modules ask of it is found one by one and kept.
#[derive(Debug)]
pub(super) struct Parsed {
    pub(super) name: String,
    pub(super) ast: ast::Module,
    pub(super) by_name: HashMap<String, usize>,
    pub(super) oids: RefCell<HashMap<usize, Option<Arc<[u32]>>>>,
    pub(super) types: RefCell<HashMap<usize, Option<Lent<Syntax>>>>,
    pub(super) homes: RefCell<HashMap<String, Option<Home>>>,
    /// The number of the IMPORTS clause that a name stands in.
    pub(super) imported: HashMap<String, usize>,
    /// Names that are given on the way to others: by which definition, and how far above it.
    pub(super) on_the_way: OnceCell<HashMap<String, (usize, usize)>>,
    /// Labels that are no names, by the names that stand for them in `ast`.
    pub(super) labels: Arc<HashMap<String, String>>,
    pub(super) module: OnceCell<Module>,
    notes: RefCell<Notes>,
    file: Option<PathBuf>,
    line_starts: Arc<[usize]>,
}

impl Source {
    pub(super) fn file(path: PathBuf) -> Self {
        Self {
            label: path.display().to_string(),
            path: Some(path),
            text: RefCell::new(None),
            parsed: OnceCell::new(),
        }
    }

    pub(super) fn text(label: String, text: Vec<u8>) -> Self {
        Self {
            path: None,
            label,
            text: RefCell::new(Some(text)),
            parsed: OnceCell::new(),
        }
    }

    pub(super) fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The names of the modules in it, without parsing; none if it cannot be read.
    ///
    /// The text is kept for the parser, as long as no more than [`MOST_KEPT`] octets of all files are.
    pub(super) fn heads(&self, kept: &mut usize) -> Vec<String> {
        if let Some(Ok(parsed)) = self.parsed.get() {
            return parsed.by_name.keys().cloned().collect();
        }
        let Ok(text) = self.read() else {
            return Vec::new();
        };
        let heads = match foreign(&text) {
            None => heads(&text),
            // To name it when it is asked for.
            Some(_) => heads(&ascii_of(&text)),
        };
        if self.path.is_none() || *kept + text.len() <= MOST_KEPT {
            *kept += text.len();
            self.text.replace(Some(text));
        }
        heads
    }

    pub(super) fn parsed(&self) -> Result<&[Parsed], LoadError> {
        match self.contents() {
            Ok(contents) => Ok(&contents.modules),
            Err(error) => Err(error.clone()),
        }
    }

    /// The place of a module in the file.
    pub(super) fn position(&self, module: &str) -> Option<u32> {
        let contents = self.contents().as_ref().ok()?;
        contents.by_name.get(module).copied()
    }

    /// What is wrong with the file, or with a module of it.
    pub(super) fn fault(&self, module: &str) -> Option<LoadError> {
        match self.contents() {
            Ok(contents) => {
                let mut faults = contents.faults.iter();
                faults.find(|fault| fault.module() == Some(module)).cloned()
            }
            Err(error) => Some(error.clone()),
        }
    }

    /// What is wrong with modules of the file, where others are in order.
    pub(super) fn faults(&self) -> &[LoadError] {
        self.contents().as_ref().map_or(&[], |found| &found.faults)
    }

    fn contents(&self) -> &Result<Contents, LoadError> {
        self.parsed.get_or_init(|| self.parse())
    }

    fn read(&self) -> Result<Vec<u8>, LoadError> {
        if let Some(text) = self.text.take() {
            if text.len() as u64 > LONGEST {
                return Err(self.error(None, LoadErrorKind::TooLong));
            }
            return Ok(text);
        }
        let Some(path) = &self.path else {
            return Ok(Vec::new());
        };
        let refused = |kind| self.error(None, kind);
        let unreadable = |error: io::Error| refused(LoadErrorKind::Unreadable(error.kind()));
        // Asked before it is opened: opening a FIFO waits for a writer.
        let metadata = fs::metadata(path).map_err(unreadable)?;
        if !metadata.is_file() {
            return Err(refused(LoadErrorKind::NotAFile));
        }
        if metadata.len() > LONGEST {
            return Err(refused(LoadErrorKind::TooLong));
        }
        let mut text = Vec::with_capacity(metadata.len() as usize + 1);
        File::open(path)
            .and_then(|file| file.take(LONGEST + 1).read_to_end(&mut text))
            .map_err(unreadable)?;
        if text.len() as u64 > LONGEST {
            return Err(refused(LoadErrorKind::TooLong));
        }
        Ok(text)
    }

    fn error(&self, line: Option<usize>, kind: LoadErrorKind) -> LoadError {
        LoadError {
            module: None,
            file: Some(
                self.path
                    .clone()
                    .unwrap_or_else(|| self.label.clone().into()),
            ),
            line,
            kind,
        }
    }

    fn parse(&self) -> Result<Contents, LoadError> {
        let mut text = self.read()?;
        if let Some(encoding) = foreign(&text) {
            return Err(self.error(None, LoadErrorKind::Encoding(encoding)));
        }
        let prepared = self.prepare(&mut text)?;
        let mut read = self.read_modules(text)?;
        let blanked = prepared.blanked.into_iter();
        let mut notes: Vec<Note> = blanked
            .map(|(line, text)| Note::new(line, LeniencyKind::Notation, text))
            .collect();
        if !read.is_understood()
            && let Some(paired) = quotes::pair(&read.text)
        {
            notes.extend(paired.notes);
            // What was in a string before may stand outside now.
            self.prepare(&mut paired.text.clone())?;
            read = self.read_modules(paired.text)?;
        }
        let mut labels = Arc::default();
        if let Some(repaired) = read.repaired() {
            notes.extend(read.complaints());
            notes.extend(repaired.notes);
            labels = Arc::new(repaired.labels);
            self.prepare(&mut repaired.text.clone())?;
            read = self.read_modules(repaired.text)?;
        }
        notes.sort();
        let mut notes = notes.into_iter().peekable();
        let (line_starts, found) = (read.line_starts, read.modules);
        let mut contents = Contents::default();
        let mut first_fault = None;
        for module in found {
            let name = module.name.as_ref().map(|name| name.name.clone());
            let fault = module.diagnostics.first().map(|diagnostic| {
                let range = diagnostic.range.unwrap_or(module.span);
                (line(&line_starts, range), diagnostic.message.clone())
            });
            let understood = !(module.body.is_empty() && module.has_errors());
            match name {
                Some(name) if understood => {
                    let nth = contents.modules.len() as u32;
                    contents.by_name.entry(name).or_insert(nth);
                    let last = last_line(&line_starts, module.span);
                    let module = self.module(module, &line_starts, &labels);
                    while let Some(note) = notes.next_if(|note| note.line <= last) {
                        module.add_note(note);
                    }
                    contents.modules.push(module);
                }
                Some(name) => {
                    let (at, reason) = fault.clone().unwrap_or_default();
                    contents.faults.push(LoadError {
                        module: Some(name),
                        ..self.error(Some(at), LoadErrorKind::Syntax(reason))
                    });
                }
                None => {}
            }
            first_fault = first_fault.or(fault);
        }
        if contents.modules.is_empty() {
            let (line, reason) =
                first_fault.unwrap_or_else(|| (1, "DEFINITIONS ::= BEGIN is missing".to_owned()));
            return Err(self.error(Some(line), LoadErrorKind::NoModule(reason)));
        }
        if let Some(last) = contents.modules.last() {
            notes.for_each(|note| last.add_note(note));
        }
        Ok(contents)
    }

    /// Prepares a text for the parser, which brackets must not be nested too deeply for.
    fn prepare(&self, text: &mut [u8]) -> Result<Prepared, LoadError> {
        let prepared = prepare(text);
        if prepared.depth > DEEPEST {
            let reason = "brackets are nested too deeply".to_owned();
            return Err(self.error(Some(prepared.deepest), LoadErrorKind::Syntax(reason)));
        }
        Ok(prepared)
    }

    fn read_modules(&self, text: Vec<u8>) -> Result<Reading, LoadError> {
        let mut sources = SourceSet::new();
        let text: Arc<[u8]> = text.into();
        let label = self.label.as_str();
        let document = sources
            .insert(SourceOrigin::memory(label), label, Arc::clone(&text))
            .ok()
            .and_then(|id| sources.get(id))
            .ok_or_else(|| self.error(None, LoadErrorKind::TooLong))?;
        let modules = parser::parse(document, &DiagnosticConfig::verbose());
        let octets = text.iter().enumerate();
        let newlines = octets.filter(|&(_, &octet)| octet == b'\n');
        let line_starts = std::iter::once(0)
            .chain(newlines.map(|(at, _)| at + 1))
            .collect();
        Ok(Reading {
            text,
            line_starts,
            modules,
        })
    }

    fn module(
        &self,
        ast: ast::Module,
        line_starts: &Arc<[usize]>,
        labels: &Arc<HashMap<String, String>>,
    ) -> Parsed {
        let name = ast.name.as_ref().map(|name| name.name.clone());
        let mut by_name: HashMap<String, usize> = HashMap::with_capacity(ast.body.len());
        let parsed = Parsed {
            name: name.unwrap_or_default(),
            by_name: HashMap::new(),
            oids: RefCell::default(),
            types: RefCell::default(),
            notes: RefCell::default(),
            homes: RefCell::default(),
            imported: HashMap::new(),
            labels: Arc::clone(labels),
            on_the_way: OnceCell::new(),
            module: OnceCell::new(),
            file: self.path.clone(),
            line_starts: Arc::clone(line_starts),
            ast,
        };
        for diagnostic in &parsed.ast.diagnostics {
            let range = diagnostic.range.unwrap_or(parsed.ast.span);
            parsed.note(
                range,
                notes::kind(diagnostic.code),
                diagnostic.message.clone(),
            );
        }
        for (at, definition) in parsed.ast.body.iter().enumerate() {
            let Some(name) = definition.name() else {
                continue;
            };
            match by_name.get(&name.name) {
                None => {
                    by_name.insert(name.name.clone(), at);
                }
                Some(_) => parsed.note(
                    definition.span(),
                    LeniencyKind::Reference,
                    format!("{} is defined twice; the first is found by name", name.name),
                ),
            }
        }
        let mut imported = HashMap::new();
        for (nth, clause) in parsed.ast.imports.iter().enumerate() {
            for symbol in &clause.symbols {
                imported.entry(symbol.name.clone()).or_insert(nth);
            }
        }
        Parsed {
            by_name,
            imported,
            ..parsed
        }
    }
}

/// A text as the parser reads it.
struct Reading {
    text: Arc<[u8]>,
    line_starts: Arc<[usize]>,
    modules: Vec<ast::Module>,
}

impl Reading {
    /// The text mended, if the parser did not understand all of it and something can be done about that.
    fn repaired(&self) -> Option<Repaired> {
        self.complaints().next()?;
        let definitions = self.modules.iter().flat_map(|module| &module.body);
        let understood = definitions
            .filter(|definition| !matches!(definition, ast::Definition::Error(_)))
            .map(|definition| definition.span().byte_range().start);
        repair(&self.text, &understood.collect())
    }

    /// Whether the parser got along, and every string has its end.
    fn is_understood(&self) -> bool {
        let mut diagnostics = self.modules.iter().flat_map(|module| &module.diagnostics);
        let faults = [DiagCode::ParseError, DiagCode::UnterminatedString];
        !diagnostics.any(|found| faults.contains(&found.code))
    }

    /// What the parser did not understand.
    fn complaints(&self) -> impl Iterator<Item = Note> {
        let modules = self.modules.iter();
        modules.flat_map(|module| {
            let diagnostics = module.diagnostics.iter();
            let complaints = diagnostics.filter(|found| found.code == DiagCode::ParseError);
            complaints.map(|found| {
                let range = found.range.unwrap_or(module.span);
                let line = line(&self.line_starts, range);
                Note::new(line, LeniencyKind::Syntax, found.message.clone())
            })
        })
    }
}

impl Parsed {
    pub(super) fn note(&self, range: SourceRange, kind: LeniencyKind, text: String) {
        self.add_note(Note::new(line(&self.line_starts, range), kind, text));
    }

    pub(super) fn add_note(&self, note: Note) {
        self.notes.borrow_mut().add(note);
    }

    /// What was overlooked, in the order of the lines.
    pub(super) fn leniencies(&self) -> Vec<Leniency> {
        let notes = self.notes.borrow().sorted().into_iter();
        let leniency = |note: Note| Leniency {
            module: self.name.clone(),
            file: self.file.clone(),
            line: note.line,
            kind: note.kind,
            text: note.text,
        };
        notes.map(leniency).collect()
    }
}

fn line(starts: &[usize], range: SourceRange) -> usize {
    let at = range.byte_range().start;
    starts.partition_point(|&start| start <= at)
}

fn last_line(starts: &[usize], range: SourceRange) -> usize {
    let at = range.byte_range().end;
    starts.partition_point(|&start| start < at)
}
