//! The file itself: who may change it, and how it is replaced.

use std::ffi::OsStr;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::sys;

/// The file at a path, for as long as nobody else changes it.
pub(super) struct StateFile {
    /// Where it is: what the path leads to, links followed.
    target: PathBuf,
    /// Of the file that is there.
    metadata: Option<Metadata>,
    _lock: Lock,
}

impl StateFile {
    /// Locks the file at `path`, and reads what stands in it: nothing if it is not there.
    pub(super) fn open(path: &Path) -> io::Result<(Self, Option<String>)> {
        if path.as_os_str().is_empty() {
            let problem = "the path of the file is empty";
            return Err(io::Error::new(io::ErrorKind::InvalidInput, problem));
        }
        // The system's own look along the path comes first: it may refuse to follow a link that
        // somebody else has put there. No lock is left beside what is no file.
        match fs::metadata(path) {
            Ok(metadata) => check_regular(&metadata)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        let target = follow(path)?;
        let lock = Lock::take(&target)?;
        let (metadata, text) = match read(&target) {
            Ok((metadata, text)) => (Some(metadata), Some(text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => (None, None),
            Err(error) => return Err(error),
        };
        let file = Self {
            target,
            metadata,
            _lock: lock,
        };
        Ok((file, text))
    }

    /// Writes the file so that there is the old one or the new one at any time, on the disk when this
    /// returns.
    pub(super) fn replace(self, text: &str) -> io::Result<()> {
        self.sweep();
        let (beside, mut file) = self.create_beside()?;
        let written = self
            .write(&mut file, text)
            .and_then(|()| fs::rename(&beside, &self.target));
        if let Err(error) = written {
            let _ = fs::remove_file(&beside);
            return Err(error);
        }
        // The new name is in the directory, which has to reach the disk as well. Not every system can.
        if let Ok(directory) = File::open(directory_of(&self.target)) {
            let _ = directory.sync_all();
        }
        Ok(())
    }

    /// Takes away what starts that were killed have left beside the file: whoever has the lock is alone
    /// with such names.
    fn sweep(&self) {
        let Some(own) = self.target.file_name() else {
            return;
        };
        let Ok(entries) = fs::read_dir(directory_of(&self.target)) else {
            return;
        };
        for entry in entries.map_while(Result::ok) {
            if is_beside(&entry.file_name(), own) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    fn write(&self, file: &mut File, text: &str) -> io::Result<()> {
        if let Some(metadata) = &self.metadata {
            sys::keep_access(file, metadata)?;
        }
        file.write_all(text.as_bytes())?;
        file.sync_all()
    }

    /// A new file, of a name that nobody can have foreseen: what is there already is not touched, nor is
    /// a link followed.
    fn create_beside(&self) -> io::Result<(PathBuf, File)> {
        const ATTEMPTS: usize = 16;
        let mut attempts = 0;
        loop {
            attempts += 1;
            let beside = with_suffix(&self.target, format!(".{:016x}.new", random()?).as_ref());
            let mut options = OpenOptions::new();
            sys::only_owner(options.write(true).create_new(true));
            match options.open(&beside) {
                Ok(file) => return Ok((beside, file)),
                Err(error)
                    if error.kind() == io::ErrorKind::AlreadyExists && attempts < ATTEMPTS => {}
                Err(error) => return Err(about(&beside, &error)),
            }
        }
    }
}

/// The right to change a file: a file beside it, which one start at a time has locked, and which is gone
/// when nobody has.
///
/// It is not the file itself, since that is replaced, nor its directory: others may open those for
/// reading, and whoever can do that can lock them.
struct Lock {
    path: PathBuf,
    file: Option<File>,
}

impl Lock {
    const ATTEMPTS: u32 = 2_000;
    const PAUSE: Duration = Duration::from_millis(5);

    fn take(target: &Path) -> io::Result<Self> {
        let path = with_suffix(target, ".lock".as_ref());
        for _ in 0..Self::ATTEMPTS {
            match sys::try_lock(&path) {
                Ok(Some(file)) => {
                    let file = Some(file);
                    return Ok(Self { path, file });
                }
                Ok(None) => pause(Self::PAUSE),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    let directory = directory_of(target).display();
                    let problem = format!("there is no directory {directory}");
                    return Err(io::Error::new(error.kind(), problem));
                }
                Err(error) => return Err(about(&path, &error)),
            }
        }
        let waited = Self::PAUSE * Self::ATTEMPTS;
        Err(io::Error::new(
            io::ErrorKind::TimedOut,
            format!("{} is held by another start for {waited:?}", path.display()),
        ))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some(file) = self.file.take() {
            sys::unlock(&self.path, file);
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "an engine is opened before its reactor runs, and takes turns with other processes"
)]
fn pause(pause: Duration) {
    std::thread::sleep(pause);
}

/// Where `path` leads, its last part followed as far as there are links: a link stays, and what it names is
/// made if it is not there.
fn follow(path: &Path) -> io::Result<PathBuf> {
    const LINKS: usize = 40;
    let mut target = path.to_owned();
    for _ in 0..LINKS {
        match fs::symlink_metadata(&target) {
            Ok(metadata) if metadata.is_symlink() => {
                let next = fs::read_link(&target)?;
                target.pop();
                target.push(next);
            }
            Ok(_) => return Ok(target),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(target),
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other("too many links, one after the other"))
}

/// What stands in a file that is not longer than such a file can be, comments included.
fn read(target: &Path) -> io::Result<(Metadata, String)> {
    const LONGEST: u64 = 1 << 16;
    let mut options = OpenOptions::new();
    sys::never_wait(options.read(true));
    let file = options.open(target)?;
    let metadata = file.metadata()?;
    check_regular(&metadata)?;
    let mut text = String::new();
    let read = file.take(LONGEST + 1).read_to_string(&mut text)?;
    if read as u64 > LONGEST {
        let problem = "longer than the 65536 octets that are read";
        return Err(io::Error::new(io::ErrorKind::InvalidData, problem));
    }
    Ok((metadata, text))
}

/// A pipe has no end, and a device may do anything.
pub(super) fn check_regular(metadata: &Metadata) -> io::Result<()> {
    if metadata.is_file() {
        return Ok(());
    }
    let problem = if metadata.is_dir() {
        "a directory, not a file"
    } else {
        "not a regular file"
    };
    Err(io::Error::new(io::ErrorKind::InvalidInput, problem))
}

/// Whether `name` is one of those that [`StateFile::create_beside`] gives beside a file of the name `own`.
fn is_beside(name: &OsStr, own: &OsStr) -> bool {
    let number = name
        .as_encoded_bytes()
        .strip_prefix(own.as_encoded_bytes())
        .and_then(|rest| rest.strip_prefix(b"."))
        .and_then(|rest| rest.strip_suffix(b".new"));
    number.is_some_and(|number| {
        number.len() == 16
            && number
                .iter()
                .all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
    })
}

fn directory_of(path: &Path) -> &Path {
    let directory = path.parent();
    let directory = directory.filter(|directory| !directory.as_os_str().is_empty());
    directory.unwrap_or_else(|| Path::new("."))
}

fn with_suffix(path: &Path, suffix: &OsStr) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// The same error, which says that it is about a file beside the one that was asked for.
fn about(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

pub(super) fn random() -> io::Result<u64> {
    // Its error is an error of the standard library only with a feature.
    getrandom::u64().map_err(|error| io::Error::other(error.to_string()))
}
