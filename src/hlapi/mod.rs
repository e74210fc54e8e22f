//! The high-level API: one call, one [`Deferred`](crate::deferred::Deferred).
//!
//! The nouns are PySNMP's: an [`SnmpEngine`], whose name one speaks in ([`CommunityData`],
//! [`UsmUserData`]), whom one speaks to ([`UdpTransportTarget`]), in which context ([`ContextData`]), and about what
//! ([`ObjectType`], [`ObjectIdentity`]). The verbs are [`get_cmd`], [`set_cmd`], [`next_cmd`],
//! [`bulk_cmd`], [`walk_cmd`], [`bulk_walk_cmd`], [`send_notification`], [`send_pdu`] and [`discover`]. Shorter where one agent
//! is asked more than once: [`SnmpEngine::remote`] has the verbs as methods of a [`RemoteEngine`].
//!
//! Objects come in a list, a single one too: `["SNMPv2-MIB::sysDescr.0"]`, or any array, vector or iterator of what an
//! [`ObjectType`] is made of. For values of several types, [`objects!`] makes a list.
//!
//! Everything that can go wrong goes to the errback, also what is wrong with the arguments. An
//! error-status that the agent reports is part of a [`Response`], which is a success;
//! [`Response::into_result`] makes an error of it.

mod address_target;
mod agent;
mod ask;
mod auth;
mod cached;
mod columns;
mod commands;
mod context;
mod discover;
mod driver;
mod error;
mod exchange;
mod handler;
mod later;
#[cfg(feature = "mib")]
mod mibs;
mod notify;
mod object;
mod observer;
mod patience;
mod place;
mod ports;
mod question;
mod receiver;
mod registered;
mod remote;
mod responders;
mod response;
mod rows;
mod rows_collection;
#[cfg(feature = "serde")]
mod serialize;
mod served;
mod session;
mod snapshots;
mod split;
mod state;
mod table;
mod taker;
mod target;
mod under_way;
mod user_data;
mod value;
mod var_bind;
mod walk;

pub use std::process::ExitCode;

pub use crate::applications::{WalkOptions, WalkSummary};
pub use crate::engine::{Address, ContextScope, EngineConfig, ErrorIndication, RegistrationError};
pub use crate::names::{Index, NamesExt};
pub use crate::objects;
pub use crate::pdu::ErrorStatus;
pub use crate::security::usm::constants::*;
pub use crate::security::usm::{AuthProtocol, Key, PrivProtocol};
pub use crate::security::{CommunityEntry, EngineId, SecurityLevel};
pub use crate::smi::{
    Counter32, Counter64, Gauge32, Integer32, IpAddress, ObjectIdentifier, OctetString, Opaque,
    Tag, TimeTicks, Unsigned32, Value, VarBind,
};
pub use crate::transport::Direction;
pub use address_target::AddressTransportTarget;
pub use agent::{Agent, AgentBuilder, AgentContext};
pub use ask::{Ask, AskKind, Reply};
pub use auth::{AuthData, CommunityData};
pub use cached::{Cached, IntoRows};
pub use columns::ColumnError;
pub use commands::{bulk_cmd, get_cmd, next_cmd, send_pdu, set_cmd};
pub use context::ContextData;
pub use discover::discover;
pub use error::SnmpError;
pub use handler::{Handler, handler};
pub use notify::{NotificationType, NotifyType, send_notification};
pub use object::{ObjectIdentity, ObjectType};
pub use observer::{ObservedMessage, Observer};
pub use place::TransportTarget;
pub use receiver::{Notification, NotificationQueue, NotificationReceiver, ScopedReceiver};
pub use remote::RemoteEngine;
pub use responders::RegisteredResponder;
pub use response::{Bindings, Response, Row, TableRows};
pub use rows::Rows;
pub use rows_collection::RowCollection;
pub use session::SnmpEngine;
pub use state::{EngineState, StateError};
pub use table::{ResponseTable, RowIndex, TableColumn, TableIter, TableOptions, TableRow};
pub use target::UdpTransportTarget;
pub use user_data::UsmUserData;
pub use value::ObjectValue;
pub use var_bind::{NamedVarBind, ResponseVarBind};
pub use walk::{WalkCommand, bulk_walk_cmd, walk_cmd};
