//! What a chain has come to. A failed assertion inside a stage would only put a panic on the chain.

use std::cell::Cell;
use std::rc::Rc;

use deferred_snmp::deferred::{Deferred, Fault};

/// The result at the end of a chain; `None` if there is none yet.
pub fn result_of<T: 'static, E: Fault>(d: Deferred<T, E>) -> Option<Result<T, E>> {
    let slot = Rc::new(Cell::new(None));
    let sink = slot.clone();
    d.add_both(move |result| sink.set(Some(result)));
    slot.take()
}
