//! The name of an engine and the number of its starts.

use std::borrow::Cow;
use std::io;
use std::path::Path;

use super::StateError;
use super::error::{Fault, LOCAL_NAME};
use super::file::{StateFile, random};
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
    /// The number that no start has: what carries it is refused. RFC 3414 section 2.2.2.
    const LATCH: u32 = 0x7fff_ffff;

    /// Reads the file at `path` and counts one start more, which is on the disk when this returns. A
    /// file that is not there is made, with a name that no other engine has.
    ///
    /// Starts at the same time take turns, each with a number of its own. A link at `path` stays, and what
    /// it leads to is replaced. A new file is for its owner alone; one that is there keeps its mode, and its
    /// owner where the program may give files away.
    ///
    /// # Errors
    ///
    /// [`StateError`] names the file, and the line if there is one that says something else. The file
    /// stays as it was then. It is an error as well
    ///
    /// - that the engine has been started 2147483646 times under its name
    ///   ([`StateError::is_worn_out`]): the number after that is taken by nobody (RFC 3414 section 2.2.2);
    /// - that there is something else than a regular file: a pipe, a device, a directory;
    /// - that another start keeps the file locked for ten seconds. The lock is a file beside it, with
    ///   `.lock` after its name.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StateError> {
        let path = path.as_ref();
        Self::start(path, |kept| match kept {
            Some(state) => state.next(path),
            None => {
                let name = random_name().map_err(|error| StateError::io(path, error))?;
                Ok(Self::first(name))
            }
        })
    }

    /// The same for an engine whose name is given. Starts under another name do not count.
    ///
    /// # Errors
    ///
    /// As for [`EngineState::open`], and that the name is [`EngineId::LOCAL`], which is the name of no engine.
    pub fn open_as(path: impl AsRef<Path>, engine_id: EngineId) -> Result<Self, StateError> {
        let path = path.as_ref();
        if engine_id == EngineId::LOCAL {
            return Err(StateError {
                path: path.into(),
                fault: Fault::LocalName,
            });
        }
        Self::start(path, |kept| {
            match kept.filter(|state| state.engine_id == engine_id) {
                Some(state) => state.next(path),
                None => Ok(Self::first(engine_id)),
            }
        })
    }

    fn start(
        path: &Path,
        next: impl FnOnce(Option<Self>) -> Result<Self, StateError>,
    ) -> Result<Self, StateError> {
        let (file, text) = StateFile::open(path).map_err(|error| StateError::io(path, error))?;
        let kept = text.map(|text| Self::parse(path, &text)).transpose()?;
        let state = next(kept)?;
        file.replace(&state.text())
            .map_err(|error| StateError::io(path, error))?;
        Ok(state)
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

    fn next(self, path: &Path) -> Result<Self, StateError> {
        match self.boots + 1 {
            boots if boots < Self::LATCH => Ok(Self { boots, ..self }),
            _ => Err(StateError {
                path: path.into(),
                fault: Fault::WornOut(self.engine_id),
            }),
        }
    }

    fn parse(path: &Path, text: &str) -> Result<Self, StateError> {
        let (mut engine_id, mut boots) = (None, None);
        let mut last = 1;
        let fault = |line, problem: Cow<'static, str>| StateError {
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
                    let value = value.map_err(|error| fault(number, error.to_string().into()))?;
                    if value == EngineId::LOCAL {
                        return Err(fault(number, LOCAL_NAME.into()));
                    }
                    engine_id = Some(value);
                }
                (Some("boots"), Some(value), None) if boots.is_none() => {
                    let value = value.parse().ok().filter(|boots| *boots <= Self::LATCH);
                    boots = Some(value.ok_or_else(|| {
                        fault(number, "not a number from 0 to 2147483647".into())
                    })?);
                }
                _ => {
                    return Err(fault(
                        number,
                        "neither engine-id nor boots, or for the second time".into(),
                    ));
                }
            }
        }
        match (engine_id, boots) {
            (Some(engine_id), Some(boots)) => Ok(Self { engine_id, boots }),
            (None, _) => Err(fault(last, "the file ends without engine-id".into())),
            (_, None) => Err(fault(last, "the file ends without boots".into())),
        }
    }

    fn text(self) -> String {
        format!(
            "# An SNMP engine: its name, and how often it was started under it.\n\
             engine-id {}\nboots {}\n",
            self.engine_id, self.boots
        )
    }
}

fn random_name() -> io::Result<EngineId> {
    Ok(EngineId::generate(ENTERPRISE, random()?.to_be_bytes()))
}

/// PySNMP's.
const ENTERPRISE: u32 = 20_408;
