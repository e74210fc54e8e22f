//! What an operation can fail with.

use std::fmt::{self, Display as _};
use std::rc::Rc;
use std::sync::Arc;

use crate::applications::WalkError;
use crate::deferred::Interrupt;
use crate::engine::{Address, ErrorIndication, RegistrationError, SubmitError};
#[cfg(feature = "mib")]
use crate::names::LoadError;
use crate::names::{CastError, NameError, Names, PrettyName};
use crate::objects::DefinitionError;
use crate::pdu::ErrorStatus;
use crate::reactor::LookupError;
use crate::security::usm::UserError;
use crate::smi::{ObjectIdentifier, OidError, escaped};
use crate::transport::OpenError;

use super::columns::ColumnError;
use super::state::StateError;

/// Why an operation failed: what its errback gets.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum SnmpError {
    /// There is no answer (PySNMP's `errorIndication`).
    Indication(ErrorIndication),
    /// The agent reports an error. Only from [`Response::into_result`](super::Response::into_result)
    /// and from walks: an operation of one request succeeds with a response that carries it.
    ErrorStatus {
        /// Which error.
        status: ErrorStatus,
        /// Which binding it is about, counted from 1; 0 if none, or if no binding has the index that the agent tells.
        index: usize,
        /// The name of that binding.
        name: Option<ObjectIdentifier>,
        /// The same as it is printed; none where names are not looked up.
        label: Option<Box<str>>,
    },
    /// The agent's answers do not advance, so that a walk could go round for ever. Where several columns are walked, it is
    /// told once the others have ended.
    OidNotIncreasing {
        /// What was asked for.
        asked: ObjectIdentifier,
        /// The last name that came in the answer.
        answered: ObjectIdentifier,
    },
    /// A row of a walk does not fit into a message, even if it is asked for column by column.
    TooBig {
        /// What was asked for.
        asked: Vec<ObjectIdentifier>,
        /// How many octets this engine takes ([`EngineConfig::max_message_size`](crate::engine::EngineConfig)); the agent
        /// sends no more than that, and may send less.
        limit: usize,
    },
    /// The answer to a request of a walk, or to GETBULK, holds no binding.
    EmptyResponse,
    /// The request was not sent.
    Submit(SubmitError),
    /// The state of the engine cannot be had from its file.
    State(StateError),
    /// The name or a key of a user is not what it has to be.
    User(UserError),
    /// The engine has no room for another user.
    TooManyUsers,
    /// Another responder or receiver is registered for the same contexts, or there are too many of them.
    Registration(RegistrationError),
    /// The text is not an object identifier.
    Oid {
        /// The text.
        text: String,
        /// What is wrong with it.
        error: OidError,
    },
    /// The name of an object cannot be resolved.
    Name(NameError),
    /// A MIB module or a directory of modules that was asked for is not to be had.
    #[cfg(feature = "mib")]
    Mib(LoadError),
    /// A value does not suit its object.
    Value {
        /// The name of the object.
        name: ObjectIdentifier,
        /// The same as it is printed.
        label: Box<str>,
        /// What is wrong with the value.
        error: CastError,
    },
    /// What is asked for is no column, or not of the same table.
    Column(ColumnError),
    /// An object cannot be registered by its name.
    Definition(DefinitionError),
    /// The agent has no such context.
    NoContext {
        /// Its name.
        name: Vec<u8>,
    },
    /// An engine that the program has already made cannot be configured.
    EngineIsThere,
    /// A notification given by its bindings alone has no snmpTrapOID.0 among them.
    NoTrapOid,
    /// The name of a host cannot be resolved.
    UnknownHost {
        /// The name.
        host: String,
        /// What the resolver says.
        error: LookupError,
    },
    /// No port could be opened.
    Transport(Arc<OpenError>),
    /// The engine has no transport that leads to this address: what [`SnmpEngine::with_network`](super::SnmpEngine::with_network)
    /// was given decides, which is UDP unless there was something else.
    UnsupportedTransport(Address),
    /// The operation was cancelled, timed out as a whole, abandoned, or a callback panicked.
    Interrupt(Interrupt),
}

impl SnmpError {
    /// Whether this is a time-out: no try of a request was answered, or
    /// [`add_timeout`](crate::deferred::Deferred::add_timeout) has ended the operation. An address that the system refuses
    /// to send to is none: that is [`ErrorIndication::CannotSend`].
    pub fn is_timeout(&self) -> bool {
        matches!(
            self,
            Self::Indication(ErrorIndication::RequestTimedOut { .. })
                | Self::Interrupt(Interrupt::TimedOut(_))
        )
    }

    /// The same with its name looked up.
    pub(super) fn labelled(mut self, names: Option<&Rc<dyn Names>>) -> Self {
        if let Self::ErrorStatus { name, label, .. } = &mut self
            && let (Some(name), Some(names)) = (name, names)
        {
            *label = Some(PrettyName::new(&**names, &*name).to_string().into());
        }
        self
    }
}

impl fmt::Display for SnmpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        escaped(f, |f| self.write(f))
    }
}

impl SnmpError {
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Indication(error) => error.fmt(f),
            Self::ErrorStatus {
                status,
                index,
                name,
                label,
            } => {
                write!(f, "{status}")?;
                match (label, name) {
                    (Some(label), _) => write!(f, " at {label} (index {index})"),
                    (None, Some(name)) => write!(f, " at {name} (index {index})"),
                    (None, None) => Ok(()),
                }
            }
            Self::OidNotIncreasing { asked, answered } => {
                write!(f, "OIDs are not increasing: {answered} follows {asked}")
            }
            Self::TooBig { asked, limit } => WalkError::TooBig {
                asked: asked.clone(),
                limit: *limit,
            }
            .fmt(f),
            Self::EmptyResponse => f.write_str("Empty SNMP response message"),
            Self::Submit(error) => error.fmt(f),
            Self::State(error) => error.fmt(f),
            Self::User(error) => error.fmt(f),
            Self::TooManyUsers => f.write_str("no room for another user"),
            Self::Registration(error) => error.fmt(f),
            Self::Oid { text, error } => write!(f, "bad object identifier {text:?}: {error}"),
            Self::Name(error) => error.fmt(f),
            #[cfg(feature = "mib")]
            Self::Mib(error) => error.fmt(f),
            Self::Value { label, error, .. } => write!(f, "value of {label}: {error}"),
            Self::Column(error) => error.fmt(f),
            Self::Definition(error) => error.fmt(f),
            Self::NoContext { name } => {
                let name = String::from_utf8_lossy(name);
                write!(f, "there is no context {name:?}")
            }
            Self::EngineIsThere => f.write_str("an engine that is there cannot be configured"),
            Self::NoTrapOid => f.write_str("a notification needs a snmpTrapOID.0"),
            Self::UnknownHost { host, error } => {
                write!(f, "unknown host {host:?}: {error}")
            }
            Self::Transport(error) => error.fmt(f),
            Self::UnsupportedTransport(address) => OpenError::Unsupported(address.clone()).fmt(f),
            Self::Interrupt(interrupt) => interrupt.fmt(f),
        }
    }
}

impl std::error::Error for SnmpError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Indication(error) => Some(error),
            Self::Submit(error) => Some(error),
            Self::State(error) => Some(error),
            Self::User(error) => Some(error),
            Self::Registration(error) => Some(error),
            Self::Oid { error, .. } => Some(error),
            Self::Name(error) => Some(error),
            Self::Column(error) => Some(error),
            Self::Definition(error) => Some(error),
            #[cfg(feature = "mib")]
            Self::Mib(error) => Some(error),
            Self::Value { error, .. } => Some(error),
            Self::UnknownHost { error, .. } => Some(error),
            Self::Transport(error) => Some(&**error),
            Self::Interrupt(interrupt) => Some(interrupt),
            Self::ErrorStatus { .. }
            | Self::OidNotIncreasing { .. }
            | Self::TooBig { .. }
            | Self::EmptyResponse
            | Self::TooManyUsers
            | Self::NoContext { .. }
            | Self::EngineIsThere
            | Self::NoTrapOid
            | Self::UnsupportedTransport(_) => None,
        }
    }
}

impl From<ErrorIndication> for SnmpError {
    fn from(error: ErrorIndication) -> Self {
        Self::Indication(error)
    }
}

impl From<SubmitError> for SnmpError {
    fn from(error: SubmitError) -> Self {
        Self::Submit(error)
    }
}

impl From<RegistrationError> for SnmpError {
    fn from(error: RegistrationError) -> Self {
        Self::Registration(error)
    }
}

impl From<StateError> for SnmpError {
    fn from(error: StateError) -> Self {
        Self::State(error)
    }
}

impl From<DefinitionError> for SnmpError {
    fn from(error: DefinitionError) -> Self {
        match error {
            DefinitionError::Name(error) => error.into(),
            error => Self::Definition(error),
        }
    }
}

impl From<NameError> for SnmpError {
    fn from(error: NameError) -> Self {
        Self::Name(error)
    }
}

#[cfg(feature = "mib")]
impl From<LoadError> for SnmpError {
    fn from(error: LoadError) -> Self {
        Self::Mib(error)
    }
}

impl From<OpenError> for SnmpError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Unsupported(address) => Self::UnsupportedTransport(address),
            refused => Self::Transport(Arc::new(refused)),
        }
    }
}

impl From<Interrupt> for SnmpError {
    fn from(interrupt: Interrupt) -> Self {
        Self::Interrupt(interrupt)
    }
}

impl From<WalkError> for SnmpError {
    fn from(error: WalkError) -> Self {
        match error {
            WalkError::ErrorStatus {
                status,
                index,
                name,
            } => Self::ErrorStatus {
                status,
                index,
                name,
                label: None,
            },
            WalkError::OidNotIncreasing { asked, answered } => {
                Self::OidNotIncreasing { asked, answered }
            }
            WalkError::TooBig { asked, limit } => Self::TooBig { asked, limit },
            WalkError::EmptyResponse => Self::EmptyResponse,
        }
    }
}
