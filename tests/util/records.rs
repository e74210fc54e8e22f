//! The records of the log that the thread of a test causes.

use std::cell::RefCell;
use std::sync::Once;

use log::{Level, LevelFilter, Log, Metadata, Record};

thread_local! {
    static RECORDS: RefCell<Vec<(Level, String)>> = const { RefCell::new(Vec::new()) };
}

/// Collects the records of each thread by itself: tests run side by side.
struct Collector;

impl Log for Collector {
    /// The library's, and nothing of what it stands on.
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("deferred_snmp")
    }

    fn log(&self, record: &Record<'_>) {
        if !self.enabled(record.metadata()) {
            return;
        }
        let text = record.args().to_string();
        RECORDS.with_borrow_mut(|records| records.push((record.level(), text)));
    }

    fn flush(&self) {}
}

/// From here on this thread's records are kept.
pub fn collect() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        log::set_logger(&Collector).expect("no other logger in a program of tests");
        log::set_max_level(LevelFilter::Trace);
    });
    RECORDS.take();
}

/// The records of this thread since the last look.
pub fn take() -> Vec<(Level, String)> {
    RECORDS.take()
}

/// What `call` returns, and the records that it leaves on this thread: `warn: text`.
pub fn during<R>(call: impl FnOnce() -> R) -> (R, Vec<String>) {
    collect();
    let result = call();
    let line =
        |(level, text): (Level, String)| format!("{}: {text}", level.as_str().to_lowercase());
    (result, take().into_iter().map(line).collect())
}
