//! Where the two trunks meet: ports of the reactor feed an engine, and carry what it sends.

mod binding;

pub use binding::{Binding, EventSink};
