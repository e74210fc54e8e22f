//! What is wrong with a MIB file, and what was overlooked.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::modules::MOST_FILES;
use super::source::LONGEST;
use crate::smi::escaped;

/// Why a module is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LoadErrorKind {
    /// No file of the search path has it, and it is not compiled in.
    NotFound,
    /// The file or directory cannot be read.
    Unreadable(io::ErrorKind),
    /// It is a directory, a FIFO or a device; such are not opened.
    NotAFile,
    /// The file is longer than 16 MiB, several times the longest MIB module in use.
    TooLong,
    /// The directory has more than 100,000 files.
    TooManyFiles,
    /// The text is encoded in this way, UTF-16 for one; MIB files are ASCII, or UTF-8.
    Encoding(&'static str),
    /// The file holds no MIB module; the text says what is wrong at that line.
    NoModule(String),
    /// The module holds nothing that could be understood; the text says what is wrong at that line.
    Syntax(String),
}

impl fmt::Display for LoadErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        escaped(f, |f| self.write(f))
    }
}

impl LoadErrorKind {
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => f.write_str("not found"),
            Self::Unreadable(kind) => write!(f, "cannot be read: {kind}"),
            Self::NotAFile => f.write_str("is no regular file"),
            Self::TooLong => write!(f, "longer than {LONGEST} octets, the limit for a MIB file"),
            Self::TooManyFiles => {
                write!(f, "more than {MOST_FILES} files, the limit for a directory")
            }
            Self::Encoding(name) => {
                write!(f, "encoded as {name}; a MIB file is ASCII, or UTF-8")
            }
            Self::NoModule(reason) => write!(f, "no MIB module: {reason}"),
            Self::Syntax(reason) => f.write_str(reason),
        }
    }
}

impl std::error::Error for LoadErrorKind {}

/// A module that could not be loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadError {
    pub(super) module: Option<String>,
    pub(super) file: Option<PathBuf>,
    pub(super) line: Option<usize>,
    pub(super) kind: LoadErrorKind,
}

impl LoadError {
    /// The module asked for, if it is known by name.
    pub fn module(&self) -> Option<&str> {
        self.module.as_deref()
    }

    /// The file.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// The line, counted from 1.
    pub const fn line(&self) -> Option<usize> {
        self.line
    }

    /// The reason.
    pub const fn kind(&self) -> &LoadErrorKind {
        &self.kind
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        escaped(f, |f| self.write(f))
    }
}

impl LoadError {
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{}", file.display())?;
            if let Some(line) = self.line {
                write!(f, ":{line}")?;
            }
            f.write_str(": ")?;
        }
        if let Some(module) = &self.module {
            write!(f, "MIB module {module}: ")?;
        }
        self.kind.write(f)
    }
}

impl std::error::Error for LoadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.kind)
    }
}

/// What a [`Leniency`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum LeniencyKind {
    /// A name has more than the 32 characters that RFC 2578 section 3.1 recommends, or than the 64 that it allows. Nothing
    /// is lost by that, and nearly all leniencies are of this kind.
    LongName,
    /// A name, a number or a comment is written against the rules, or something stands beside the module; it is read as it
    /// is meant.
    Notation,
    /// A name is not imported, not known or defined twice; it is taken from where it is found, or left open.
    Reference,
    /// The parser did not understand something. What can be understood of it is kept, the rest is lost.
    Syntax,
}

/// Something in a module that is against the rules, and what was made of it.
///
/// # Examples
///
/// ```
/// use deferred_snmp::names::{LeniencyKind, Modules};
///
/// let mut modules = Modules::new();
/// modules.add_text(
///     "my module",
///     "MY-MIB DEFINITIONS ::= BEGIN
///      IMPORTS enterprises FROM SNMPv2-SMI;
///      aNameOfMoreThanThirtyTwoCharacters OBJECT IDENTIFIER ::= { enterprises 99999 }
///      other OBJECT IDENTIFIER ::= { mib-2 99999 }
///      END",
/// );
/// modules.load("MY-MIB")?;
/// let leniencies = modules.leniencies();
/// assert_eq!(leniencies.len(), 2);
/// let mut worth_reading = leniencies.iter().filter(|it| it.kind() != LeniencyKind::LongName);
/// assert_eq!(worth_reading.next().unwrap().text(), "mib-2 is not imported");
/// # Ok::<(), deferred_snmp::names::LoadError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leniency {
    pub(super) module: String,
    pub(super) file: Option<PathBuf>,
    pub(super) line: usize,
    pub(super) kind: LeniencyKind,
    pub(super) text: String,
}

impl Leniency {
    /// The module.
    pub fn module(&self) -> &str {
        &self.module
    }

    /// The file, if the module came from one.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// The line, counted from 1.
    pub const fn line(&self) -> usize {
        self.line
    }

    /// What it is about.
    pub const fn kind(&self) -> LeniencyKind {
        self.kind
    }

    /// What is wrong.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Leniency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        escaped(f, |f| self.write(f))
    }
}

impl Leniency {
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.file {
            Some(file) => write!(f, "{}:{}: {}", file.display(), self.line, self.text),
            None => write!(f, "{}:{}: {}", self.module, self.line, self.text),
        }
    }
}
