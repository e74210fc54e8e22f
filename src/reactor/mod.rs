//! An event loop on mio: timers, UDP, calls from threads, inside its own loop or anybody's.

mod core;
mod handle;
#[expect(
    clippy::module_inception,
    reason = "the file of the type this module is named for"
)]
mod reactor;
mod readiness;
mod remote;
mod report;
mod slot;
mod tasks;
mod timers;
mod triggers;
mod udp;

pub use handle::{Handle, ReactorNotRunning};
pub use reactor::{Phase, Reactor, ReactorBuilder, ReactorNotRestartable, Turn, poll_timeout_ms};
pub use remote::Remote;
pub use tasks::Task;
pub use timers::{DelayedCall, NotPending};
pub use triggers::{NoSuchTrigger, SystemEvent, TriggerId, TriggerPhase};
pub use udp::{
    BatchError, CannotListenError, Datagram, DatagramProtocol, Route, SendBatch, SendError, UdpPort,
};
