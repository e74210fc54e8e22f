//! Why a socket with a path cannot be had.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A Unix socket could not be bound or connected.
#[derive(Debug)]
#[non_exhaustive]
pub struct UnixPortError {
    /// The path that is the trouble.
    pub path: PathBuf,
    /// What the system says.
    pub error: io::Error,
}

impl UnixPortError {
    pub(super) fn new(path: &Path, error: io::Error) -> Self {
        Self {
            path: path.to_owned(),
            error,
        }
    }
}

impl fmt::Display for UnixPortError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot use {}: {}", self.path.display(), self.error)
    }
}

impl Error for UnixPortError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.error)
    }
}
