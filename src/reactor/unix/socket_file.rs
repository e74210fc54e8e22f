//! The file of a Unix socket.

use std::cell::Cell;
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use mio::net::UnixDatagram;

/// The file of a bound socket, which stays in the file system until somebody removes it.
pub(super) struct SocketFile {
    path: PathBuf,
    /// Device and inode; a file that has taken this one's place is not ours to remove.
    identity: Cell<Option<(u64, u64)>>,
}

impl SocketFile {
    pub(super) fn bind(path: &Path) -> io::Result<(UnixDatagram, Self)> {
        let socket = UnixDatagram::bind(path)?;
        let file = Self {
            path: path.to_owned(),
            identity: Cell::new(identity(path)),
        };
        Ok((socket, file))
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn remove(&self) {
        let ours = self.identity.take();
        if ours.is_some()
            && ours == identity(&self.path)
            && let Err(error) = fs::remove_file(&self.path)
        {
            debug!("{} is left behind: {error}", self.path.display());
        }
    }
}

impl Drop for SocketFile {
    fn drop(&mut self) {
        self.remove();
    }
}

fn identity(path: &Path) -> Option<(u64, u64)> {
    let metadata = fs::symlink_metadata(path).ok()?;
    Some((metadata.dev(), metadata.ino()))
}
