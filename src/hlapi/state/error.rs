//! Why the state of an engine cannot be had.

use std::borrow::Cow;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::security::EngineId;
use crate::smi::escaped;

/// Why the state of an engine cannot be had from its file.
#[derive(Clone, Debug)]
pub struct StateError {
    pub(super) path: PathBuf,
    pub(super) fault: Fault,
}

#[derive(Clone, Debug)]
pub(super) enum Fault {
    Io(Arc<io::Error>),
    Line {
        line: usize,
        problem: Cow<'static, str>,
    },
    WornOut(EngineId),
    /// The name that is given is [`EngineId::LOCAL`].
    LocalName,
}

/// What is wrong with [`EngineId::LOCAL`] as the name of an engine.
pub(super) const LOCAL_NAME: &str =
    "8000000006 stands for any engine in a context, and is the name of none";

impl StateError {
    pub(super) fn io(path: &Path, error: io::Error) -> Self {
        Self {
            path: path.into(),
            fault: Fault::Io(Arc::new(error)),
        }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The line that is not what it has to be, counted from 1. None if it is not about a line.
    pub fn line(&self) -> Option<usize> {
        match self.fault {
            Fault::Io(_) | Fault::WornOut(_) | Fault::LocalName => None,
            Fault::Line { line, .. } => Some(line),
        }
    }

    /// Whether the engine has been started as often as it may be under its name: it needs another one.
    pub fn is_worn_out(&self) -> bool {
        matches!(self.fault, Fault::WornOut(_))
    }
}

impl fmt::Display for StateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        escaped(f, |f| match &self.fault {
            Fault::Io(error) => write!(f, "{path}: {error}"),
            Fault::Line { line, problem } => write!(f, "{path}:{line}: {problem}"),
            Fault::LocalName => write!(f, "{path}: {LOCAL_NAME}"),
            Fault::WornOut(engine_id) => write!(
                f,
                "{path}: the engine {engine_id} has been started as often as it may be (RFC 3414 \
                 section 2.2.2); remove the file or give another engine ID, and make the new one known \
                 to those who know the old one"
            ),
        })
    }
}

impl std::error::Error for StateError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.fault {
            Fault::Io(error) => Some(&**error),
            Fault::Line { .. } | Fault::WornOut(_) | Fault::LocalName => None,
        }
    }
}
