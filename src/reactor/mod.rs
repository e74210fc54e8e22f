//! An event loop on mio: timers, UDP, TCP, calls from threads, inside its own loop or anybody's.

mod addresses;
mod alarm;
mod attached;
mod attempt;
mod clock;
mod core;
mod coroutines;
#[cfg(unix)]
mod descriptors;
mod handle;
mod pass;
#[expect(
    clippy::module_inception,
    reason = "the file of the type this module is named for"
)]
mod reactor;
mod readiness;
mod registration;
mod remote;
mod report;
mod resolve;
mod shutdown;
#[cfg(all(unix, feature = "signals"))]
mod signals;
mod slot;
mod sys;
mod tasks;
mod tcp;
mod threads;
#[cfg(target_os = "linux")]
mod timer_fd;
mod timers;
mod triggers;
mod udp;
#[cfg(unix)]
mod unix;
#[cfg(any(test, feature = "testing"))]
mod virtual_time;

pub use mio;

pub use addresses::socket_address;
pub(crate) use alarm::Alarm;
pub use attached::Attached;
pub(crate) use attempt::is_shortage;
#[cfg(test)]
pub(crate) use attempt::{Call, faults};
#[cfg(test)]
pub(crate) use clock::standstill;
#[cfg(unix)]
pub use descriptors::FileDescriptor;
pub use handle::{Handle, ReactorNotRunning};
pub use reactor::{Phase, Reactor, ReactorBuilder, ReactorNotRestartable, Turn, poll_timeout_ms};
pub use remote::{BlockingCallError, Remote};
pub(crate) use report::guarded;
pub use resolve::LookupError;
pub use tasks::Task;
pub use tcp::{ConnectError, ConnectionLost, Protocol, TcpPort, Transport, WriteError};
pub use threads::ThreadPoolClosed;
pub use timers::{DelayedCall, NotPending};
pub(crate) use timers::{TimerOwner, Timers, pending_calls, schedule};
pub use triggers::{NoSuchTrigger, SystemEvent, TriggerId, TriggerPhase};
pub use udp::{
    BatchError, CannotListenError, Datagram, DatagramProtocol, Interface, MulticastJoinError,
    Route, SendBatch, SendError, UdpOptions, UdpPort,
};
#[cfg(unix)]
pub use unix::{UnixDatagramPort, UnixDatagramProtocol, UnixPortError};
