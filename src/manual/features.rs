//! What can be switched on and off in `Cargo.toml`.
//!
//! | feature | default | what it adds |
//! |---|---|---|
//! | `log` | on | [records](#records) of the crate `log` wherever something is dropped or reported |
//! | `mib` | on | MIB modules from files, read by the crate `mib-rs`: [`Modules`](crate::names::Modules) |
//! | `serde` | off | [`Serialize`](#serde) for values, bindings, responses, notifications and tables |
//! | `signals` | off | SIGINT and SIGTERM stop a reactor that [`run`](crate::reactor::Reactor::run) runs; Unix |
//! | `testing` | off | the module `testing`: what a Deferred has come to, and engines on a lossy wire in virtual time, for tests of your program |
//!
//! Features only add; none changes what another does.
//!
//! # Records
//!
//! What the engine drops leaves a record, one a second at most for each kind:
//! [`Statistics`](crate::engine::Statistics#records) has the list, with counters and levels. So do UDP ports (datagrams that
//! are longer than they take, or from others than their only peer: `debug`), an engine's ports (messages for one that is not
//! open: `warn`), and receivers of notifications (a full queue: `warn`). Most are `debug`, since anybody may have sent what is
//! dropped: with the crate `env_logger`, the environment variable `RUST_LOG=deferred_snmp=debug` shows them all.
//!
//! What managed objects do wrong is told once a second at most for each kind, with the name of the object, since whoever asks
//! may have it happen again: a panic, a Null, a name out of order, an answer that does not come (`error`), a value that
//! cannot be retrieved or a next one that cannot be found, a commit or undo that fails (`debug`). A record says how many have been left out before it.
//! Rows of a [`Cached`](crate::hlapi::Cached) table that cannot be loaded while no request waits are told without a name (`error`).
//!
//! What the program itself does wrong is told each time: a notification without a value for one of its objects (`warn`), an
//! error of a Deferred that nobody handles (`error`). A walk tells the first row that it leaves out (`warn`). No record shows
//! a community, a key or a value.
//!
//! # Serde
//!
//! With `serde`, what comes back is written in any format that the crate `serde` has a serializer for. In JSON, a binding
//! is
//!
//! ```json
//! {"name": "1.3.6.1.2.1.2.2.1.8.3", "label": "IF-MIB::ifOperStatus.3", "type": "Integer32", "value": 2, "text": "down"}
//! ```
//!
//! - `name`: in numbers
//! - `label`, `text`: name and value as they are printed; not there where names are not looked up, nor in a
//!   [`VarBind`](crate::smi::VarBind)
//! - `type`: `Integer32`, `OctetString`, `ObjectIdentifier`, `IpAddress`, `Counter32`, `Gauge32`, `TimeTicks`, `Opaque`,
//!   `Counter64`, `Null`, `Other`; or `noSuchObject`, `noSuchInstance`, `endOfMibView`
//! - `value`: a number, of Counter64 as well; text for an OctetString of UTF-8, numbers with dots for an ObjectIdentifier or
//!   IpAddress; null where there is no value
//! - `hex`, in place of `value`: octets that are not UTF-8, an Opaque, and `Other`, which has its `tag` as well; two digits
//!   an octet
//!
//! A [`Value`](crate::smi::Value) has the fields from `type` on. A [`Response`](crate::hlapi::Response) has `error_status`,
//! `error_index` and `var_binds`; a [`Notification`](crate::hlapi::Notification) `address`, `version`, `inform`, `trap_oid`,
//! `trap` (its label), `up_time` and `var_binds`, and neither community nor user (but a trap of SNMPv1 has its community as a
//! binding, snmpTrapCommunity.0); a [`ResponseTable`](crate::hlapi::ResponseTable) is a list of rows, each with `index`,
//! `arcs` and `cells` by the names of their columns.
//!
//! ```
//! # #[cfg(feature = "serde")] {
//! use deferred_snmp::oid;
//! use deferred_snmp::smi::{Counter64, VarBind};
//!
//! let octets = VarBind::new(oid!(1.3.6.1.2.1.31.1.1.1.6.3), Counter64(1 << 40));
//! let line = serde_json::to_string(&octets)?;
//! assert_eq!(line, r#"{"name":"1.3.6.1.2.1.31.1.1.1.6.3","type":"Counter64","value":1099511627776}"#);
//! let address = VarBind::new(oid!(1.3.6.1.2.1.2.2.1.6.3), &[0x00, 0x1a, 0x2b, 0x3c, 0x4d, 0xff]);
//! let line = serde_json::to_string(&address)?;
//! assert_eq!(line, r#"{"name":"1.3.6.1.2.1.2.2.1.6.3","type":"OctetString","hex":"001a2b3c4dff"}"#);
//! # }
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! # Signals
//!
//! With `signals`, SIGTERM and SIGINT stop a reactor as a call from another thread would: shutdown
//! triggers run, and ports are closed. They are watched from start-up, after the "before" triggers,
//! until `run` returns; afterwards they do what they did before. SIGINT is left alone if the program
//! catches or ignores it itself, which only Linux tells. A signal is for the whole process: all reactors
//! that run are stopped. `ReactorBuilder::signals(false)` switches this off, and reactors that a host
//! turns never watch. `Reactor::exit_signal` tells which signal it was;
//! [`react`](crate::task::react) makes an exit code of it if the program has none.
//!
//! # Without features
//!
//! With `default-features = false` everything that is not in the table is there. Errors that nobody
//! handles go to standard error, or wherever [`set_reporter`](crate::deferred::set_reporter) sends them.
//!
//! # Systems
//!
//! Linux is what the tests run on. On the rest of Unix, single system calls stand in for `recvmmsg`
//! and `sendmmsg`, and deadlines do not show on the descriptor
//! ([`timer_fd`](crate::reactor::ReactorBuilder::timer_fd)). On systems where mio has no descriptor to
//! watch, Windows among them, a reactor runs by itself, attached, or turned at intervals; see
//! [`embedding`](super::embedding).
