//! What the systems have of their own for a file that several programs change. Each has:
//!
//! - `try_lock(path)`: makes the file if it is not there, and locks it; None if somebody else has it, or
//!   it was taken away meanwhile. Follows no link.
//! - `unlock(path, file)`: takes the file away and lets the lock go.
//! - `never_wait(options)`: opening does not wait for the other end of a pipe, and follows no link.
//! - `only_owner(options)`: a new file is for its owner alone.
//! - `keep_access(file, metadata)`: `file` is for those whom the file with `metadata` is for.

#[cfg(unix)]
pub(super) use unix::*;
#[cfg(windows)]
pub(super) use windows::*;

#[cfg(unix)]
mod unix {
    use std::fs::{self, File, Metadata, OpenOptions};
    use std::io;
    use std::os::unix::fs::{MetadataExt, OpenOptionsExt, fchown};
    use std::path::Path;

    use rustix::fs::{FlockOperation, OFlags, flock};

    use crate::hlapi::state::file::check_regular;

    pub(in super::super) fn try_lock(path: &Path) -> io::Result<Option<File>> {
        let mut options = OpenOptions::new();
        only_owner(options.read(true).write(true).create(true).truncate(false));
        let file = never_wait(&mut options).open(path)?;
        let locked = file.metadata()?;
        check_regular(&locked)?;
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => {}
            Err(rustix::io::Errno::WOULDBLOCK | rustix::io::Errno::INTR) => return Ok(None),
            Err(error) => return Err(error.into()),
        }
        // Who had it may have taken it away since it was opened: then it locks nothing any more.
        match fs::symlink_metadata(path) {
            Ok(there) if is_same(&there, &locked) => Ok(Some(file)),
            Ok(_) => Ok(None),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn is_same(one: &Metadata, other: &Metadata) -> bool {
        (one.dev(), one.ino()) == (other.dev(), other.ino())
    }

    pub(in super::super) fn unlock(path: &Path, file: File) {
        // First away, then let go: nobody else can have it in between.
        let _ = fs::remove_file(path);
        drop(file);
    }

    pub(in super::super) fn never_wait(options: &mut OpenOptions) -> &mut OpenOptions {
        let flags = OFlags::NONBLOCK | OFlags::NOFOLLOW | OFlags::NOCTTY;
        options.custom_flags(flags.bits().cast_signed())
    }

    pub(in super::super) fn only_owner(options: &mut OpenOptions) -> &mut OpenOptions {
        options.mode(0o600)
    }

    pub(in super::super) fn keep_access(file: &File, metadata: &Metadata) -> io::Result<()> {
        let own = file.metadata()?;
        if (own.uid(), own.gid()) != (metadata.uid(), metadata.gid()) {
            // Only root may give a file away.
            let _ = fchown(file, Some(metadata.uid()), Some(metadata.gid()));
        }
        file.set_permissions(metadata.permissions())
    }
}

#[cfg(windows)]
mod windows {
    use std::fs::{File, Metadata, OpenOptions};
    use std::io;
    use std::os::windows::fs::OpenOptionsExt;
    use std::path::Path;

    /// Somebody else has the file open.
    const ERROR_SHARING_VIOLATION: i32 = 32;

    pub(in super::super) fn try_lock(path: &Path) -> io::Result<Option<File>> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        match options.share_mode(0).open(path) {
            Ok(file) => Ok(Some(file)),
            Err(error) if error.raw_os_error() == Some(ERROR_SHARING_VIOLATION) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The file stays: while it is taken away, others who open it are refused in another way.
    pub(in super::super) fn unlock(_path: &Path, file: File) {
        drop(file);
    }

    pub(in super::super) fn never_wait(options: &mut OpenOptions) -> &mut OpenOptions {
        options
    }

    /// A new file is for those whom its directory is for.
    pub(in super::super) fn only_owner(options: &mut OpenOptions) -> &mut OpenOptions {
        options
    }

    pub(in super::super) fn keep_access(_file: &File, _metadata: &Metadata) -> io::Result<()> {
        Ok(())
    }
}
