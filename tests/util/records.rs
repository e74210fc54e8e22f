//! The records that the library leaves in the log.

use std::cell::RefCell;

use log::{LevelFilter, Log, Metadata, Record};

/// Collects the records of each thread by itself: tests run side by side.
struct Collector;

thread_local! {
    static RECORDS: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
}

impl Log for Collector {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
        if !record.target().starts_with("deferred_snmp") {
            return;
        }
        RECORDS.with_borrow_mut(|records| {
            if let Some(records) = records {
                let level = record.level().as_str().to_lowercase();
                records.push(format!("{level}: {}", record.args()));
            }
        });
    }

    fn flush(&self) {}
}

/// What `call` returns, and the records that it leaves on this thread: `warn: text`.
pub fn during<R>(call: impl FnOnce() -> R) -> (R, Vec<String>) {
    // It is set already from the second call on.
    let _ = log::set_logger(&Collector);
    log::set_max_level(LevelFilter::Trace);
    RECORDS.set(Some(Vec::new()));
    let result = call();
    (result, RECORDS.take().unwrap_or_default())
}
