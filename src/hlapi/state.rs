//! What an engine keeps from one start to the next.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::engine::EngineConfig;
use crate::security::EngineId;

/// The name of an engine and the number of its starts, kept in a file: what an engine needs that serves
/// SNMPv3 or sends its traps. RFC 3414 section 2.2.
///
/// The file is text. It belongs to one engine that runs once at a time: of two with one name and one
/// number of starts, the messages of either could be played to the other.
///
/// # Examples
///
/// ```no_run
/// // Not run here: it writes a file.
/// use deferred_snmp::engine::EngineConfig;
/// use deferred_snmp::hlapi::EngineState;
///
/// let state = EngineState::open("/var/lib/my-agent/engine")?;
/// let config = state.configure(EngineConfig::default());
/// # Ok::<(), deferred_snmp::hlapi::StateError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EngineState {
    engine_id: EngineId,
    boots: u32,
}

impl EngineState {
    /// Where the number of starts stays. RFC 3414 section 2.2.2.
    const LATCH: u32 = 0x7fff_ffff;

    /// Reads the file at `path` and counts one start more, which is on the disk when this returns. A
    /// file that is not there is made, with a name that no other engine has.
    ///
    /// At 2147483647 starts the number stays where it is, and the engine refuses what is authenticated:
    /// delete the file to give it another name.
    ///
    /// # Errors
    ///
    /// [`StateError`] names the file, and the line if there is one that says something else. The file
    /// stays as it was then.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StateError> {
        let path = path.as_ref();
        let state = match Self::read(path)? {
            Some(state) => state.next(),
            None => Self::first(random_name().map_err(|error| StateError::io(path, error))?),
        };
        state.store(path)
    }

    /// The same for an engine whose name is given. Starts under another name do not count.
    ///
    /// # Errors
    ///
    /// As for [`EngineState::open`].
    pub fn open_as(path: impl AsRef<Path>, engine_id: EngineId) -> Result<Self, StateError> {
        let path = path.as_ref();
        let same = Self::read(path)?.filter(|state| state.engine_id == engine_id);
        same.map_or_else(|| Self::first(engine_id), Self::next)
            .store(path)
    }

    /// `config` with this name and number of starts.
    pub fn configure(self, config: EngineConfig) -> EngineConfig {
        config.engine_id(self.engine_id).boots(self.boots)
    }

    /// The name.
    pub fn engine_id(self) -> EngineId {
        self.engine_id
    }

    /// The number of starts, this one included.
    pub fn boots(self) -> u32 {
        self.boots
    }

    fn first(engine_id: EngineId) -> Self {
        Self {
            engine_id,
            boots: 1,
        }
    }

    fn next(self) -> Self {
        Self {
            boots: self.boots.saturating_add(1).min(Self::LATCH),
            ..self
        }
    }

    fn read(path: &Path) -> Result<Option<Self>, StateError> {
        match read_short(path) {
            Ok(text) => Self::parse(path, &text).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StateError::io(path, error)),
        }
    }

    fn parse(path: &Path, text: &str) -> Result<Self, StateError> {
        let (mut engine_id, mut boots) = (None, None);
        let mut last = 1;
        let fault = |line, problem| StateError {
            path: path.into(),
            fault: Fault::Line { line, problem },
        };
        for (number, line) in (1..).zip(text.lines()) {
            last = number;
            let mut words = line.split_whitespace();
            match (words.next(), words.next(), words.next()) {
                (None, ..) => {}
                (Some(word), ..) if word.starts_with('#') => {}
                (Some("engine-id"), Some(value), None) if engine_id.is_none() => {
                    let value: Result<EngineId, _> = value.parse();
                    engine_id =
                        Some(value.map_err(|_| fault(number, "not the name of an engine"))?);
                }
                (Some("boots"), Some(value), None) if boots.is_none() => {
                    let value = value.parse().ok().filter(|boots| *boots <= Self::LATCH);
                    boots = Some(
                        value.ok_or_else(|| fault(number, "not a number from 0 to 2147483647"))?,
                    );
                }
                _ => {
                    return Err(fault(
                        number,
                        "neither engine-id nor boots, or for the second time",
                    ));
                }
            }
        }
        match (engine_id, boots) {
            (Some(engine_id), Some(boots)) => Ok(Self { engine_id, boots }),
            (None, _) => Err(fault(last, "the file ends without engine-id")),
            (_, None) => Err(fault(last, "the file ends without boots")),
        }
    }

    /// Writes the file so that there is the old one or the new one at any time.
    fn store(self, path: &Path) -> Result<Self, StateError> {
        // Each attempt writes a file of its own, whoever else starts an engine by this one.
        static ATTEMPTS: AtomicU64 = AtomicU64::new(0);
        let attempt = ATTEMPTS.fetch_add(1, Ordering::Relaxed);
        let mut beside = path.as_os_str().to_owned();
        beside.push(format!(".{}.{attempt}", std::process::id()));
        let beside = PathBuf::from(beside);
        let stored = self.write(&beside).and_then(|()| fs::rename(&beside, path));
        if let Err(error) = stored {
            // What is left of the attempt; it may not even have begun.
            let _ = fs::remove_file(&beside);
            return Err(StateError::io(path, error));
        }
        // The new name is in the directory, which has to reach the disk as well. Not every system can.
        let directory = path
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty());
        if let Ok(directory) = File::open(directory.unwrap_or_else(|| Path::new("."))) {
            let _ = directory.sync_all();
        }
        Ok(self)
    }

    fn write(self, path: &Path) -> io::Result<()> {
        let mut file = File::create(path)?;
        write!(
            file,
            "# An SNMP engine: its name, and how often it was started under it.\n\
             engine-id {}\nboots {}\n",
            self.engine_id, self.boots
        )?;
        file.sync_all()
    }
}

/// What stands in a file that is not longer than such a file can be, comments included.
fn read_short(path: &Path) -> io::Result<String> {
    const LONGEST: u64 = 1 << 16;
    let mut text = String::new();
    let read = File::open(path)?
        .take(LONGEST + 1)
        .read_to_string(&mut text)?;
    if read as u64 > LONGEST {
        let problem = "longer than the 65536 octets that are read";
        return Err(io::Error::new(io::ErrorKind::InvalidData, problem));
    }
    Ok(text)
}

fn random_name() -> io::Result<EngineId> {
    // Its error is an error of the standard library only with a feature.
    let random = getrandom::u64().map_err(|error| io::Error::other(error.to_string()))?;
    Ok(EngineId::generate(ENTERPRISE, random.to_be_bytes()))
}

/// PySNMP's.
const ENTERPRISE: u32 = 20_408;

/// Why the state of an engine cannot be had from its file.
#[derive(Clone, Debug)]
pub struct StateError {
    path: PathBuf,
    fault: Fault,
}

#[derive(Clone, Debug)]
enum Fault {
    Io(Arc<io::Error>),
    Line { line: usize, problem: &'static str },
}

impl StateError {
    fn io(path: &Path, error: io::Error) -> Self {
        Self {
            path: path.into(),
            fault: Fault::Io(Arc::new(error)),
        }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The line that is not what it has to be, counted from 1. None if the system refused.
    pub fn line(&self) -> Option<usize> {
        match self.fault {
            Fault::Io(_) => None,
            Fault::Line { line, .. } => Some(line),
        }
    }
}

impl fmt::Display for StateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        match &self.fault {
            Fault::Io(error) => write!(f, "{path}: {error}"),
            Fault::Line { line, problem } => write!(f, "{path}:{line}: {problem}"),
        }
    }
}

impl std::error::Error for StateError {}
